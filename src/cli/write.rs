//! Finished editions to the disk.
//!
//! Promise: all are written beside their places first, and only then put there, so that a full disk
//! or a torn-out plug leaves the old editions as they were, never half of a new one.

use crate::cli::session::Failure;
use crate::editions::Artifact;
use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// Writes the editions into a folder, which is made if it isn't there; gives their paths.
pub(super) fn all(folder: &Path, artifacts: &[Artifact]) -> Result<Vec<PathBuf>, Failure> {
    fs::create_dir_all(folder).map_err(|error| failed("made", folder, &error))?;
    let mut waiting: Vec<(PathBuf, PathBuf)> = Vec::new();
    for artifact in artifacts {
        let beside = folder.join(format!(".{}.{}.new", artifact.name, std::process::id()));
        let place = folder.join(&artifact.name);
        if let Err(error) = save(&beside, &artifact.bytes) {
            discard(waiting.iter().map(|(beside, _)| beside).chain([&beside]));
            return Err(failed("written", &place, &error));
        }
        waiting.push((beside, place));
    }
    let mut rest = waiting.iter();
    while let Some((beside, place)) = rest.next() {
        if let Err(error) = fs::rename(beside, place) {
            discard(rest.map(|(beside, _)| beside).chain([beside]));
            return Err(failed("replaced", place, &error));
        }
    }
    Ok(waiting.into_iter().map(|(_, place)| place).collect())
}

fn save(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut file = File::create(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// What was begun is taken away; if even that fails there is nothing better to do.
fn discard<'a>(paths: impl Iterator<Item = &'a PathBuf>) {
    paths.for_each(|path| {
        let _ = fs::remove_file(path);
    });
}

fn failed(what: &str, path: &Path, error: &std::io::Error) -> Failure {
    Failure::file(format!("`{}` can't be {what}: {error}", path.display())).hint(
        "see whether the folder can be written to, and whether the disk is full; old editions are untouched",
    )
}
