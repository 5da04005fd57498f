//! The `aldine` command: arguments in, an exit code out; everything else is in `aldine::cli`.

use std::process::ExitCode;

/// A book is some millions of small pieces that live as long as a leaf or as the book: see
/// `docs/decisions/0004-allocator.md` for what this saves.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    aldine::cli::run(std::env::args_os())
}
