//! What stretches of a page are marked as, and what is said within them.
//!
//! Enters: marks that open and close, and the text of glyphs between them. Leaves: the text of each
//! marked sequence by its number. Promise: who reads only words and who reads places hear the same:
//! text that stands for letters (`ActualText`; ISO 32000-1, 14.9.4) is said in their stead, letters
//! marked as reversed are said from the last to the first (14.8.2.3.3).

use super::decoded;
use hayro_syntax::object::{Dict, Name, Number, String as PdfString};
use std::collections::BTreeMap;

/// The texts of a page's marked sequences.
pub(in crate::proof) type Sequences = BTreeMap<i64, String>;

/// What a piece of a page is marked as (ISO 32000-1, 14.6 and 14.8.2.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::proof) enum Owner {
    /// A sequence of the structure, by its number on the page.
    Sequence(i64),
    /// An artifact that says it is a page's head.
    Head,
    /// Another artifact of the page's numbering: folios are such.
    Pagination,
    /// Any other artifact.
    Ornament,
    /// Nothing: the file has no tags here.
    Nobody,
}

/// What a marked sequence is to a reader.
enum Mark {
    /// What has an owner of its own.
    Owned(Owner),
    /// Letters in the order they stand on the page, which isn't that of reading.
    Reversed(Vec<String>),
    /// Letters that stand for other text, and whether a glyph has said it.
    Actual(String, bool),
    /// Anything else.
    Other,
}

/// The marks open at a place of a page, and what was said so far.
#[derive(Default)]
pub(super) struct Marks {
    open: Vec<Mark>,
    /// What the marked sequences say.
    pub(super) said: Sequences,
}

impl Marks {
    /// What the innermost mark of an owner says.
    pub(super) fn owner(&self) -> Owner {
        let owner = |mark: &Mark| if let Mark::Owned(owner) = mark { Some(*owner) } else { None };
        self.open.iter().rev().find_map(owner).unwrap_or(Owner::Nobody)
    }

    /// What a glyph says where it stands: its own text, or what its mark stands for, once.
    pub(super) fn shown<'t>(&'t mut self, own: &'t str) -> &'t str {
        match self.open.iter_mut().rev().find(|mark| matches!(mark, Mark::Actual(..))) {
            Some(Mark::Actual(text, told)) => {
                let first = !std::mem::replace(told, true);
                if first { text } else { "" }
            }
            Some(_) | None => own,
        }
    }

    /// Whether letters come from the last to the first, so that each must be said apart.
    pub(super) fn reversed(&self) -> bool {
        self.open.iter().any(|mark| matches!(mark, Mark::Reversed(_)))
    }

    /// Gives text to the innermost mark that takes it.
    pub(super) fn say(&mut self, text: &str) {
        for mark in self.open.iter_mut().rev() {
            match mark {
                // What is said for the letters is said when they end.
                Mark::Actual(..) => return,
                Mark::Reversed(letters) => {
                    letters.push(text.to_owned());
                    return;
                }
                Mark::Owned(Owner::Sequence(number)) => {
                    self.said.entry(*number).or_default().push_str(text);
                    return;
                }
                Mark::Owned(_) | Mark::Other => {}
            }
        }
    }

    /// A mark opens.
    pub(super) fn begin(&mut self, tag: &[u8], properties: Option<&Dict<'_>>) {
        let number = properties.and_then(|dict| dict.get::<Number>("MCID"));
        let actual = properties.and_then(|dict| dict.get::<PdfString<'_>>("ActualText"));
        let name = |key| properties.and_then(|dict| dict.get::<Name<'_>>(key));
        let is = |key, value| name(key).is_some_and(|name| name.as_str() == value);
        self.open.push(match (number, actual) {
            (Some(number), _) => Mark::Owned(Owner::Sequence(number.as_i64())),
            (None, Some(actual)) => Mark::Actual(decoded(actual.as_bytes()), false),
            (None, None) if tag == b"ReversedChars" => Mark::Reversed(Vec::new()),
            (None, None) if tag != b"Artifact" => Mark::Other,
            (None, None) if is("Subtype", "Header") => Mark::Owned(Owner::Head),
            (None, None) if is("Type", "Pagination") => Mark::Owned(Owner::Pagination),
            (None, None) => Mark::Owned(Owner::Ornament),
        });
    }

    /// The innermost mark closes.
    pub(super) fn end(&mut self) {
        match self.open.pop() {
            Some(Mark::Reversed(letters)) => letters.into_iter().rev().for_each(|text| self.say(&text)),
            Some(Mark::Actual(text, _)) => self.say(&text),
            Some(Mark::Owned(_) | Mark::Other) | None => {}
        }
    }
}
