//! The manuscript's files: what is read, in which order, with which settings.
//!
//! Enters: a [`Resources`] port over the manuscript's folder. Leaves: [`Sources`]: every text file
//! with its name, the sources in reading order, the settings merged and checked.
//! Promise: nothing outside the manuscript's folder is read unless the settings allow it, and every
//! setting knows the place where it was written.

mod disk;
mod front;
mod isbn;
mod keys;
mod order;
mod plain;
mod read;
mod resources;
mod settings;
mod value;
mod words;

pub use disk::Disk;
pub use read::{Manuscript, SETTINGS, read};
pub use resources::{Memory, ReadError, Resources};
pub use settings::{Dialect, PdfStandard, Settings, Spanned, TextProfile};

use crate::span::{FileId, Files};

/// What was read.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    /// Every text file read, settings included; spans point here.
    pub files: Files,
    /// The Markdown sources in reading order.
    pub list: Vec<Source>,
    /// The settings, merged: `aldine.toml`, then front matter over it.
    pub settings: Settings,
}

/// One Markdown source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Its text, and its path relative to the manuscript's folder with `/` between folders:
    /// what links and images in it are relative to.
    pub file: FileId,
    /// Where its Markdown begins, in bytes: after a byte order mark and front matter.
    pub start: usize,
}

/// Whether text can name the editions' files on every system: no folder, no hidden file, none of the
/// characters that some systems refuse.
#[must_use]
pub fn is_file_name(text: &str) -> bool {
    let refused =
        |c: char| c.is_control() || matches!(c, '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|');
    !text.is_empty() && text.len() <= 200 && !text.starts_with('.') && !text.contains(refused)
}
