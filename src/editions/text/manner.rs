//! How a text is written: what its profile and width come to.
//!
//! Enters: the settings of the edition. Leaves: a [`Manner`], which all stages of it ask. Promise: a profile is
//! decided here and nowhere else; the others ask what it does, not which it is.

use crate::sources::TextProfile;

/// Ends a line of code, or a line within a word, that goes on in the next one.
const FOLD: &str = "\u{21a9}";
/// The same in ASCII: two signs that end no line of their own accord.
const ASCII_FOLD: &str = "~>";
/// Columns of an indent that the eye is to see.
const INDENT: &str = "    ";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Manner {
    profile: TextProfile,
    /// Columns of the longest line; the greatest number for one line a paragraph.
    pub(super) width: usize,
}

impl Manner {
    /// From what was asked for.
    pub(super) fn new(profile: TextProfile, width: u32) -> Self {
        let columns = |width: u32| usize::try_from(width.max(20)).unwrap_or(72);
        let width = match (profile, width) {
            (TextProfile::Braille, _) => usize::MAX,
            (TextProfile::Gutenberg, 0) => 72,
            (TextProfile::Gutenberg, width) => columns(width.min(72)),
            (TextProfile::ScreenReader | TextProfile::Ascii, 0) => usize::MAX,
            (TextProfile::ScreenReader | TextProfile::Ascii, width) => columns(width),
        };
        Manner { profile, width }
    }

    /// Pages of the print edition are marked, and named in the contents.
    pub(super) fn pages(self) -> bool {
        self.profile != TextProfile::Gutenberg
    }

    /// The text is to become braille: marks of pages are signs of our own, tables are read row by row.
    pub(super) fn braille(self) -> bool {
        self.profile == TextProfile::Braille
    }

    /// Written in ASCII.
    pub(super) fn ascii(self) -> bool {
        self.profile == TextProfile::Ascii
    }

    /// Set apart for the eye: emphasis by `_`, quotations by an indent, scene breaks by asterisks, chapters by four
    /// blank lines before them and two after.
    pub(super) fn seen(self) -> bool {
        self.profile == TextProfile::Gutenberg
    }

    /// What the indent of something set apart is; none where words say it.
    pub(super) fn indent(self) -> &'static str {
        if self.seen() { INDENT } else { "" }
    }

    /// The mark at the end of a line that was cut.
    pub(super) fn fold(self) -> &'static str {
        if self.ascii() { ASCII_FOLD } else { FOLD }
    }
}
