//! The command line: arguments to an exit code, one file for each command.
//!
//! Enters: arguments, the environment, the clock, the disk. Leaves: messages, files, an exit code:
//! 0 done, 1 the manuscript has errors (or warnings under `--strict`) or a rule of typography is broken,
//! 2 wrong usage, 3 a file could not be read or written. Promise: only here does Aldine print, write, or ask what time it is;
//! results go to standard output, everything else to standard error.

mod args;
mod build;
mod check;
mod explain;
mod json;
mod locate;
mod new;
mod outline;
mod programs;
mod proof;
mod report;
mod session;
mod snippet;
mod write;

use args::{Arguments, Command};
use clap::Parser;
use session::{Failure, Session};
use std::ffi::OsString;
use std::process::ExitCode;

/// Runs the command that `arguments` give, the program's own name first.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help and version are answers; everything else is a mistake in the arguments.
            let usage = error.use_stderr();
            let _ = error.print();
            return if usage { ExitCode::from(2) } else { ExitCode::SUCCESS };
        }
    };
    let mut session = Session::new(&arguments.look);
    let done = match &arguments.command {
        Command::New(args) => new::run(args, &mut session),
        Command::Build(args) => build::run(args, &mut session),
        Command::Check(args) => check::run(args, &mut session),
        Command::Outline(args) => outline::run(args, &mut session),
        Command::Proof(args) => proof::run(args, &mut session),
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(Failure { code, message, hint }) => {
            session.failed(&message, hint.as_deref());
            ExitCode::from(code)
        }
    }
}
