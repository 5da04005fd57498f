//! Programs that a setting names: the port through which the library has them run.
//!
//! Enters: a program's name or whole path, arguments, what it reads. Leaves: what it wrote. Promise: the library
//! runs nothing by itself; [`NoPrograms`] refuses, and only `cli` has another answer. There is no shell in between.

use std::fmt::Debug;

/// Why nothing was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotRun {
    /// Nobody may run programs here.
    Refused,
    /// There is no such program.
    Missing,
    /// It ran, and failed: what it said, or how it ended.
    Failed(String),
}

/// Runs programs.
pub trait Programs: Debug + Sync {
    /// Runs one until its end, with `input` to read, and gives what it wrote.
    ///
    /// # Errors
    /// When it may not run, isn't there, or ends with anything but success.
    fn run(&self, program: &str, arguments: &[&str], input: &[u8]) -> Result<Vec<u8>, NotRun>;
}

/// Refuses all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct NoPrograms;

impl Programs for NoPrograms {
    fn run(&self, _program: &str, _arguments: &[&str], _input: &[u8]) -> Result<Vec<u8>, NotRun> {
        Err(NotRun::Refused)
    }
}
