//! The plain text: for screen readers, braille displays, search and archives.
//!
//! Enters: the book, the pagination of the layout. Leaves: one `.txt` in UTF-8.
//! Promise: what layout says to the eye is said in words; a heading stands after two blank lines and
//! before one, a paragraph after one, items of a list begin alike (W3C's techniques T1 to T3); no
//! line is longer than the width.
//!
//! By stages: `said` turns a leaf into one string, `linear` (with `tables`) the book into pieces,
//! `wrap` pieces into lines.

mod linear;
mod opening;
mod said;
mod tables;
mod wrap;

use crate::diagnostics::Diagnostics;
use crate::editions::{Artifact, Edition};
use crate::layout::Layout;
use crate::model::Book;
use crate::style::Theme;

/// The plain text edition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlainText {
    /// Columns of the longest line; 0 for one line a paragraph. Less than 20 counts as 20.
    pub width: u32,
}

impl Default for PlainText {
    fn default() -> Self {
        PlainText { width: 72 }
    }
}

impl Edition for PlainText {
    fn name(&self) -> &'static str {
        "text"
    }

    fn publish(
        &self,
        book: &Book,
        _theme: &Theme,
        layout: &Layout,
        _diagnostics: &mut Diagnostics,
    ) -> Option<Artifact> {
        let width = match self.width {
            0 => usize::MAX,
            width => usize::try_from(width.max(20)).unwrap_or(72),
        };
        let mut pieces = opening::pieces(book, layout);
        pieces.extend(linear::pieces(book, layout, width));
        let bytes = wrap::lines(&pieces, width).into_bytes();
        Some(Artifact { name: format!("{}.txt", book.metadata.file_name), bytes })
    }
}
