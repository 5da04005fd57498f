//! The `aldine` command: arguments in, an exit code out; everything else is in `aldine::cli`.

use std::process::ExitCode;

fn main() -> ExitCode {
    aldine::cli::run(std::env::args_os())
}
