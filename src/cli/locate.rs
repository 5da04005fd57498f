//! The manuscript that the arguments name, as a port to its folder.
//!
//! Leaves: a [`Located`]. Promise: what is shown to the user are paths as they would type them here.

use crate::build::Request;
use crate::cli::args::Input;
use crate::cli::session::{Failure, now};
use crate::fonts::FontBytes;
use crate::model::Timestamp;
use crate::sources::{Disk, Manuscript, SETTINGS};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A manuscript that is there.
pub(super) struct Located {
    disk: Disk,
    outside: Disk,
    what: Manuscript,
    modified: Timestamp,
    /// The manuscript's folder.
    pub(super) folder: PathBuf,
    /// What stands before the manuscript's own paths when they are shown: `book/`, or nothing.
    pub(super) prefix: String,
}

/// Finds it.
pub(super) fn locate(input: &Input) -> Result<Located, Failure> {
    let path = &input.manuscript;
    let shown = path.display();
    let metadata = std::fs::metadata(path).map_err(|error| {
        let missing = error.kind() == std::io::ErrorKind::NotFound;
        let message = if missing {
            format!("there is no `{shown}`")
        } else {
            format!("`{shown}` can't be read: {error}")
        };
        Failure::file(message).hint("name a Markdown file, or a folder with `aldine.toml` and `manuscript/`")
    })?;
    let settings = path.file_name().is_some_and(|name| name == SETTINGS);
    let (folder, what) = if metadata.is_dir() {
        (path.clone(), Manuscript::Folder)
    } else {
        let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
        let folder = parent.map_or_else(|| PathBuf::from("."), Path::to_owned);
        if settings {
            (folder, Manuscript::Folder)
        } else {
            let name = path.file_name().and_then(|name| name.to_str());
            let name = name.ok_or_else(|| Failure::file(format!("the name `{shown}` is not UTF-8")))?;
            (folder, Manuscript::File(name.to_owned()))
        }
    };
    let disk =
        Disk::new(&folder).map_err(|error| Failure::file(format!("`{shown}` can't be read: {error}")))?;
    let prefix = match folder.to_string_lossy() {
        here if here == "." || here == "./" => String::new(),
        folder => format!("{}/", folder.trim_start_matches("./").trim_end_matches('/')),
    };
    if let Some(jobs) = input.jobs {
        // It can fail only when the pool is already there, and then threads are as good as any.
        let _ = rayon::ThreadPoolBuilder::new().num_threads(jobs.into()).build_global();
    }
    Ok(Located { outside: disk.clone().allowing_outside(), disk, what, modified: now()?, folder, prefix })
}

impl Located {
    /// What the library needs to know of it.
    pub(super) fn request<'r>(&'r self, input: &'r Input, name: Option<&'r str>) -> Request<'r> {
        Request {
            resources: &self.disk,
            outside: Some(&self.outside),
            manuscript: &self.what,
            style: input.style.as_deref(),
            name,
            modified: self.modified,
            system_fonts: Some(&system_fonts),
        }
    }
}

/// Where systems keep their fonts.
const FONT_FOLDERS: &[&str] = &[
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "/System/Library/Fonts",
    "/Library/Fonts",
    "C:\\Windows\\Fonts",
];

/// The system's font files in the order of their paths.
fn system_fonts() -> Vec<(String, FontBytes)> {
    let mut found = Vec::new();
    for folder in FONT_FOLDERS {
        let walk = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter();
        for entry in walk.filter_map(Result::ok).filter(|entry| entry.file_type().is_file()) {
            let ending =
                entry.path().extension().and_then(|ending| ending.to_str()).map(str::to_ascii_lowercase);
            if !matches!(ending.as_deref(), Some("ttf" | "otf" | "ttc")) {
                continue;
            }
            #[expect(clippy::disallowed_methods, reason = "`cli` reads what is outside the manuscript")]
            let Ok(bytes) = std::fs::read(entry.path()) else { continue };
            found.push((entry.path().display().to_string(), Arc::new(bytes) as FontBytes));
        }
    }
    found
}
