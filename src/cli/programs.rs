//! Programs of the system, for what the settings name one for.
//!
//! Enters: a program, arguments, input. Leaves: what it wrote. Promise: nothing is handed to a shell; a program
//! that doesn't end within its time, or writes without end, is stopped.

use crate::programs::{NotRun, Programs};
use std::io::{ErrorKind, Read, Write};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::Duration;

/// How long a program may take: waits of a hundredth of a second.
const WAITS: u32 = 12_000;
/// It may write so many bytes for each that it reads, and some more.
const MOST: u64 = 64;
const MORE: u64 = 1 << 20;

/// The system's.
#[derive(Debug, Clone, Copy)]
pub(super) struct System;

impl Programs for System {
    fn run(&self, program: &str, arguments: &[&str], input: &[u8]) -> Result<Vec<u8>, NotRun> {
        let piped = Command::new(program)
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn();
        let mut child = piped.map_err(|error| match error.kind() == ErrorKind::NotFound {
            true => NotRun::Missing,
            false => NotRun::Failed(error.to_string()),
        })?;
        let most = u64::try_from(input.len()).unwrap_or(u64::MAX).saturating_mul(MOST).saturating_add(MORE);
        let (wrote, said, status) = thread::scope(|scope| {
            let (stdin, stdout, stderr) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
            // It may end without having read all, which is for its exit code to judge.
            scope.spawn(move || stdin.map(|mut stdin| stdin.write_all(input)));
            let wrote = scope.spawn(move || read(stdout, most));
            let said = scope.spawn(move || read(stderr, MORE));
            let status = wait(&mut child);
            (wrote.join().unwrap_or_default(), said.join().unwrap_or_default(), status)
        });
        let said = String::from_utf8_lossy(&said).trim().lines().take(3).collect::<Vec<_>>().join("; ");
        match status {
            None => Err(NotRun::Failed("it didn't end within two minutes".to_owned())),
            Some(status) if !status.success() => {
                Err(NotRun::Failed(if said.is_empty() { status.to_string() } else { said }))
            }
            // Some programs fail and say so on standard error alone.
            Some(_) if wrote.is_empty() && !said.is_empty() => Err(NotRun::Failed(said)),
            Some(_) => Ok(wrote),
        }
    }
}

fn read(from: Option<impl Read>, most: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    if let Some(from) = from {
        // What was read before a failure is looked at by whoever asked for it.
        let _ = from.take(most).read_to_end(&mut bytes);
    }
    bytes
}

/// How it ended; `None` when it had to be stopped.
fn wait(child: &mut Child) -> Option<ExitStatus> {
    for _ in 0..WAITS {
        match child.try_wait() {
            Ok(Some(status)) => return Some(status),
            Ok(None) => thread::sleep(Duration::from_millis(10)),
            Err(_) => break,
        }
    }
    let _ = child.kill();
    let _ = child.wait();
    None
}
