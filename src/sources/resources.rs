//! The port to the manuscript's folder, and its twin in memory.

use std::collections::BTreeMap;
use std::sync::Arc;

/// Why a file could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReadError {
    /// There is none of that name.
    Missing,
    /// It stands outside the manuscript's folder (a path with `..`, an absolute path, a symlink).
    Outside,
    /// The system refused; in its words.
    Failed(String),
}

/// Paths to bytes. Paths are relative to the manuscript's folder, with `/` between folders, and
/// normalised by the implementation (`a/../b.png` is `b.png`).
pub trait Resources: Send + Sync {
    /// The bytes of a file.
    ///
    /// # Errors
    /// [`ReadError`], without any message printed.
    fn read(&self, path: &str) -> Result<Arc<Vec<u8>>, ReadError>;

    /// The files under a folder, at any depth, in byte order of their paths; hidden ones left out.
    ///
    /// # Errors
    /// [`ReadError`], without any message printed.
    fn list(&self, folder: &str) -> Result<Vec<String>, ReadError>;

    /// The files right in a folder, none of its subfolders looked into; otherwise as [`list`](Self::list).
    ///
    /// # Errors
    /// [`ReadError`], without any message printed.
    fn list_flat(&self, folder: &str) -> Result<Vec<String>, ReadError> {
        let depth =
            normalise(folder).ok_or(ReadError::Outside)?.split('/').filter(|part| !part.is_empty()).count();
        let mut found = self.list(folder)?;
        found.retain(|path| path.split('/').count() == depth + 1);
        Ok(found)
    }
}

/// Files in memory: for tests, and for callers that have no folder.
#[derive(Debug, Clone, Default)]
pub struct Memory {
    files: BTreeMap<String, Arc<Vec<u8>>>,
}

impl Memory {
    /// No files.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// With one file more.
    #[must_use]
    pub fn with(mut self, path: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        self.files.insert(path.into(), Arc::new(bytes.into()));
        self
    }
}

impl Resources for Memory {
    fn read(&self, path: &str) -> Result<Arc<Vec<u8>>, ReadError> {
        let path = normalise(path).ok_or(ReadError::Outside)?;
        self.files.get(&path).cloned().ok_or(ReadError::Missing)
    }

    fn list(&self, folder: &str) -> Result<Vec<String>, ReadError> {
        let folder = normalise(folder).ok_or(ReadError::Outside)?;
        let prefix = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        let hidden = |path: &str| path.split('/').any(|part| part.starts_with('.'));
        let found = self.files.keys().filter(|path| path.starts_with(&prefix) && !hidden(path));
        Ok(found.cloned().collect())
    }
}

/// `a/./b/../c` as `a/c`; `None` when it leads out of the folder.
#[must_use]
pub(crate) fn normalise(path: &str) -> Option<String> {
    if path.starts_with('/') || path.contains('\\') || path.contains('\0') {
        return None;
    }
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            name => parts.push(name),
        }
    }
    Some(parts.join("/"))
}
