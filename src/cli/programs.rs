//! Programs of the system, for what the settings name one for.
//!
//! Enters: a program, arguments, input. Leaves: what it wrote. Promise: nothing is handed to a shell; a program
//! that doesn't end within its time, or writes without end, is stopped; what it started itself and left running, and
//! so may hold its output open, isn't waited for.

use crate::programs::{NotRun, Programs};
use std::io::{ErrorKind, Read, Write};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

/// How long a program may take: waits of a hundredth of a second.
const WAITS: u32 = 12_000;
/// It may write so many bytes for each that it reads, and some more.
const MOST: u64 = 64;
const MORE: u64 = 1 << 20;
/// How long a pipe may be silent and open once the program has ended.
const SILENT: Duration = Duration::from_secs(2);

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
        let (input, stdin) = (input.to_vec(), child.stdin.take());
        // It may end without having read all, which is for its exit code to judge.
        thread::spawn(move || stdin.map(|mut stdin| stdin.write_all(&input)));
        let (wrote, said) = (read(child.stdout.take(), most), read(child.stderr.take(), MORE));
        let Some(status) = wait(&mut child) else {
            return Err(NotRun::Failed("it didn't end within two minutes".to_owned()));
        };
        let (wrote, said) = (heard(&wrote), heard(&said));
        let said = String::from_utf8_lossy(&said).trim().lines().take(3).collect::<Vec<_>>().join("; ");
        if !status.success() {
            return Err(NotRun::Failed(if said.is_empty() { status.to_string() } else { said }));
        }
        // Some programs fail and say so on standard error alone.
        if wrote.is_empty() && !said.is_empty() { Err(NotRun::Failed(said)) } else { Ok(wrote) }
    }
}

/// Reads a pipe up to so many bytes, for as long as it is open.
fn read(from: Option<impl Read + Send + 'static>, most: u64) -> Receiver<Vec<u8>> {
    let (sender, receiver) = channel();
    thread::spawn(move || {
        let mut from = from.map(|from| from.take(most));
        let mut bytes = vec![0; 1 << 16];
        // What was read before a failure is looked at by whoever asked for it.
        loop {
            match from.as_mut().map(|from| from.read(&mut bytes)) {
                Some(Ok(count @ 1..)) => {
                    if sender.send(bytes.get(..count).unwrap_or_default().to_vec()).is_err() {
                        break;
                    }
                }
                Some(Err(error)) if error.kind() == ErrorKind::Interrupted => {}
                Some(Ok(0) | Err(_)) | None => break,
            }
        }
    });
    receiver
}

/// What was read, up to the end of the pipe, or until no more comes of it.
fn heard(from: &Receiver<Vec<u8>>) -> Vec<u8> {
    let mut bytes = Vec::new();
    while let Ok(more) = from.recv_timeout(SILENT) {
        bytes.extend(more);
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
