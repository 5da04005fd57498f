//! The plain text: for screen readers, braille displays, search and archives.
//!
//! Enters: the book, the pagination of the layout. Leaves: one `.txt` in UTF-8.
//! Promise: what layout says to the eye is said in words; a heading stands after two blank lines and
//! before one, a paragraph after one, items of a list begin alike (W3C's techniques T1 to T3); no
//! line is longer than the width.
//!
//! By stages: `said` turns a leaf into one string, `linear` (with `tables`) the book into pieces and the marks
//! that they use, `wrap` pieces into lines; `signs` explains the marks at the head of the file. `manner` is what
//! tells one profile from another: Project Gutenberg's conventions, ASCII, and braille, for which `braille` has the
//! pieces translated by the program that the settings name and set in cells and pages.

mod braille;
mod linear;
mod manner;
mod opening;
mod said;
mod signs;
mod tables;
mod wrap;

pub use braille::Translator;

use crate::ascii::ascii;
use crate::diagnostics::Diagnostics;
use crate::editions::{Artifact, Edition};
use crate::layout::Layout;
use crate::model::{Book, Language};
use crate::phrases::{meanings_of, phrases_of};
use crate::sources::TextProfile;
use crate::style::Theme;
use manner::Manner;
use signs::Sign;
use wrap::Piece;

/// The plain text edition.
#[derive(Debug, Clone, Copy)]
pub struct PlainText<'p> {
    /// Columns of the longest line; 0 for one line a paragraph. Less than 20 counts as 20, and for Project
    /// Gutenberg more than 72, or 0, as 72; braille has cells of its own.
    pub width: u32,
    /// Which conventions it keeps.
    pub profile: TextProfile,
    /// What makes braille of it; only for that profile.
    pub braille: Option<Translator<'p>>,
}

impl Default for PlainText<'_> {
    fn default() -> Self {
        PlainText { width: 72, profile: TextProfile::ScreenReader, braille: None }
    }
}

impl Edition for PlainText<'_> {
    fn name(&self) -> &'static str {
        "text"
    }

    fn publish(
        &self,
        book: &Book,
        _theme: &Theme,
        layout: &Layout,
        diagnostics: &mut Diagnostics,
    ) -> Option<Artifact> {
        let manner = Manner::new(self.profile, self.width);
        let words = &phrases_of(&book.metadata);
        let meanings = &meanings_of(&book.metadata);
        let (body, mut signs) = linear::pieces(book, layout, words, manner);
        let front = opening::front(&book.metadata, words);
        let contents = opening::contents(book, layout, words, manner);
        if manner.braille() {
            let marks = signs.list(words, meanings, manner);
            let parts = braille::Parts { front, marks, contents, body };
            let bytes = braille::publish(parts, book, self.braille, diagnostics)?;
            return Some(Artifact { name: format!("{}.brf", book.metadata.file_name), bytes });
        }
        let mut rest = contents;
        rest.extend(body);
        let rest = lines(rest, manner, &book.metadata.language, true);
        if rest.lines().any(|line| line.ends_with(manner.fold())) {
            signs.put(Sign::Fold);
        }
        let mut front = front;
        front.extend(signs.list(words, meanings, manner));
        let text = lines(front, manner, &book.metadata.language, false) + &rest;
        Some(Artifact { name: format!("{}.txt", book.metadata.file_name), bytes: text.into_bytes() })
    }
}

/// Pieces to lines, in the signs that the profile writes.
fn lines(mut pieces: Vec<Piece>, manner: Manner, language: &Language, goes_on: bool) -> String {
    if manner.ascii() {
        for piece in &mut pieces {
            match piece {
                Piece::Heading { text, .. } => *text = ascii(text, language),
                Piece::Paragraph { first, text, .. } => {
                    *first = ascii(first, language);
                    *text = ascii(text, language);
                }
                Piece::Lines { lines, .. } => {
                    lines.iter_mut().for_each(|line| *line = ascii(line, language));
                }
            }
        }
    }
    wrap::lines(&pieces, manner, goes_on)
}
