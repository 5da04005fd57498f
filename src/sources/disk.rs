//! The port to a folder on the disk.
//!
//! Enters: a folder. Leaves: its files' bytes. Promise: nothing outside the folder is read, by `..`,
//! by an absolute path or by a link, unless it was made to allow that.

use crate::sources::resources::{ReadError, Resources, normalise};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A folder on the disk.
#[derive(Debug, Clone)]
pub struct Disk {
    /// Without links in it, so that places in it can be told from places outside.
    root: PathBuf,
    outside: bool,
}

impl Disk {
    /// The folder at `root`.
    ///
    /// # Errors
    /// When there is none, or the system refuses to look at it.
    pub fn new(root: &Path) -> std::io::Result<Self> {
        let root = root.canonicalize()?;
        if root.is_dir() { Ok(Disk { root, outside: false }) } else { Err(ErrorKind::NotADirectory.into()) }
    }

    /// The same folder, from which paths may lead out.
    #[must_use]
    pub fn allowing_outside(mut self) -> Self {
        self.outside = true;
        self
    }

    fn path(&self, path: &str) -> Result<PathBuf, ReadError> {
        let joined = if self.outside {
            self.root.join(path)
        } else {
            self.root.join(normalise(path).ok_or(ReadError::Outside)?)
        };
        let real = joined.canonicalize().map_err(refused)?;
        if self.outside || real.starts_with(&self.root) { Ok(real) } else { Err(ReadError::Outside) }
    }

    fn walk(&self, folder: &str, depth: usize) -> Result<Vec<String>, ReadError> {
        let prefix = if self.outside {
            folder.trim_end_matches('/').to_owned()
        } else {
            normalise(folder).ok_or(ReadError::Outside)?
        };
        let top = self.path(folder)?;
        let mut found = Vec::new();
        let walk = walkdir::WalkDir::new(&top).max_depth(depth).follow_links(true).into_iter();
        for entry in walk.filter_entry(|entry| entry.depth() == 0 || !is_hidden(entry.path())) {
            let path = match entry {
                Ok(entry) if entry.file_type().is_dir() => {
                    self.stays_inside(&entry)?;
                    continue;
                }
                Ok(entry) => entry.into_path(),
                Err(error) => match error.path() {
                    Some(path) if is_hidden(path) => continue,
                    // A link to nothing: whoever reads it is told.
                    Some(path) if path.is_symlink() && !path.exists() => path.to_owned(),
                    Some(_) | None => return Err(ReadError::Failed(error.to_string())),
                },
            };
            let relative = path.strip_prefix(&top).unwrap_or(&path);
            let Some(parts) = relative.iter().map(|part| part.to_str()).collect::<Option<Vec<_>>>() else {
                return Err(ReadError::Failed(format!("the name {} is not UTF-8", relative.display())));
            };
            let path = parts.join("/");
            found.push(if prefix.is_empty() { path } else { format!("{prefix}/{path}") });
        }
        found.sort();
        Ok(found)
    }

    fn stays_inside(&self, folder: &walkdir::DirEntry) -> Result<(), ReadError> {
        if self.outside || !folder.path_is_symlink() {
            return Ok(());
        }
        let real = folder.path().canonicalize().map_err(refused)?;
        if real.starts_with(&self.root) { Ok(()) } else { Err(ReadError::Outside) }
    }
}

fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."))
}

#[expect(clippy::wildcard_enum_match_arm, reason = "the system has many ways to refuse")]
#[expect(clippy::needless_pass_by_value, reason = "it stands in `map_err`")]
fn refused(error: std::io::Error) -> ReadError {
    match error.kind() {
        ErrorKind::NotFound | ErrorKind::NotADirectory => ReadError::Missing,
        ErrorKind::PermissionDenied => ReadError::Failed("you may not read it".to_owned()),
        ErrorKind::IsADirectory => ReadError::Failed("it is a folder".to_owned()),
        _ => ReadError::Failed(error.to_string()),
    }
}

impl Resources for Disk {
    fn read(&self, path: &str) -> Result<Arc<Vec<u8>>, ReadError> {
        let real = self.path(path)?;
        // A device or a pipe would never end.
        if !real.is_file() {
            let what = if real.is_dir() { "it is a folder" } else { "it is no ordinary file" };
            return Err(ReadError::Failed(what.to_owned()));
        }
        #[expect(clippy::disallowed_methods, reason = "this is the port to the disk")]
        std::fs::read(real).map(Arc::new).map_err(refused)
    }

    fn list(&self, folder: &str) -> Result<Vec<String>, ReadError> {
        self.walk(folder, usize::MAX)
    }

    fn list_flat(&self, folder: &str) -> Result<Vec<String>, ReadError> {
        self.walk(folder, 1)
    }
}
