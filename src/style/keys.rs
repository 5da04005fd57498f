//! What a style file may say: every key, and what kind of value it takes.
//!
//! Enters: nothing. Leaves: [`KEYS`]. Promise: a key that isn't here is an error in a style file, and
//! the style `classic` explains every key that is here.

use crate::fonts::{Monospace, Typeface};

/// Kinds of value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Any words.
    Words,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// `true` or `false`.
    Switch,
    /// A whole number from one to the other.
    Count(u8, u8),
    /// A length, zero or more.
    Measure,
    /// A page size.
    Page,
    /// A colour, `#rrggbb`.
    Colour,
}

/// Names of the built-in styles.
pub(super) const BUILTIN: &[&str] = &["classic", "technical", "essay", "large-print"];

const HEADS: Kind = Kind::Choice(&["none", "author", "title", "chapter", "section"]);

/// Keys at the top and in tables of their own.
const KEYS: &[(&str, Kind)] = &[
    ("name", Kind::Words),
    ("base", Kind::Choice(BUILTIN)),
    ("scene-break", Kind::Words),
    ("number-sections", Kind::Count(0, 6)),
    ("page.size", Kind::Page),
    ("page.inner", Kind::Measure),
    ("page.outer", Kind::Measure),
    ("page.top", Kind::Measure),
    ("page.bottom", Kind::Measure),
    ("page.inner-growth", Kind::Measure),
    ("text.face", Kind::Choice(Typeface::NAMES)),
    ("text.size", Kind::Measure),
    ("text.leading", Kind::Measure),
    ("text.align", Kind::Choice(&["justify", "start"])),
    ("text.hyphenate", Kind::Switch),
    ("text.indent", Kind::Measure),
    ("text.gap", Kind::Measure),
    ("chapters.opening", Kind::Choice(&["recto", "page", "run"])),
    ("chapters.first-on-recto", Kind::Switch),
    ("chapters.small-caps", Kind::Switch),
    ("chapters.drop-cap", Kind::Count(0, 4)),
    ("chapters.ornament", Kind::Words),
    ("code.face", Kind::Choice(Monospace::NAMES)),
    ("code.size", Kind::Measure),
    ("code.leading", Kind::Measure),
    ("code.indent", Kind::Measure),
    ("notes.place", Kind::Choice(&["foot", "chapter", "book"])),
    ("notes.size", Kind::Measure),
    ("notes.leading", Kind::Measure),
    ("notes.indent", Kind::Measure),
    ("blocks.quote-indent", Kind::Measure),
    ("blocks.quote-size", Kind::Measure),
    ("blocks.attribution", Kind::Choice(&["start", "end"])),
    ("blocks.list-indent", Kind::Measure),
    ("blocks.table-size", Kind::Measure),
    ("blocks.caption-size", Kind::Measure),
    ("index.columns", Kind::Count(1, 2)),
    ("index.gutter", Kind::Measure),
    ("index.size", Kind::Measure),
    ("index.leading", Kind::Measure),
    ("figure.place", Kind::Choice(&["here", "top", "auto"])),
    ("front.half-title", Kind::Switch),
    ("front.title-page", Kind::Switch),
    ("front.copyright-page", Kind::Switch),
    ("front.contents", Kind::Count(0, 6)),
    ("front.figures", Kind::Switch),
    ("front.tables", Kind::Switch),
    ("cover.drawn", Kind::Switch),
    ("cover.ground", Kind::Colour),
    ("cover.ink", Kind::Colour),
    ("epub.fonts", Kind::Switch),
    ("heads.verso", HEADS),
    ("heads.recto", HEADS),
    ("heads.depth", Kind::Count(0, 6)),
];

/// Keys of every heading.
const HEADING: &[(&str, Kind)] = &[
    ("size", Kind::Measure),
    ("align", Kind::Choice(&["start", "center", "end"])),
    ("bold", Kind::Switch),
    ("italic", Kind::Switch),
    ("small-caps", Kind::Switch),
    ("above", Kind::Count(0, 40)),
    ("below", Kind::Count(0, 40)),
    ("label-above", Kind::Switch),
    ("number-alone", Kind::Switch),
];

const HEADINGS: &[&str] =
    &["part", "headings.1", "headings.2", "headings.3", "headings.4", "headings.5", "headings.6"];

/// Every key with its path.
pub(super) fn all() -> impl Iterator<Item = (String, Kind)> {
    let plain = KEYS.iter().map(|&(key, kind)| (key.to_owned(), kind));
    let headings = HEADINGS
        .iter()
        .flat_map(|table| HEADING.iter().map(move |&(key, kind)| (format!("{table}.{key}"), kind)));
    plain.chain(headings)
}

/// The kind of a key's value; `None` for a key that no style has.
pub(super) fn kind(path: &str) -> Option<Kind> {
    all().find(|(key, _)| key == path).map(|(_, kind)| kind)
}

/// Whether a table of that path exists.
pub(super) fn is_table(path: &str) -> bool {
    all().any(|(key, _)| key.strip_prefix(path).is_some_and(|rest| rest.starts_with('.')))
}

/// The one of `known` that `typed` most likely stands for.
pub(super) fn nearest(typed: &str, known: impl IntoIterator<Item = String>) -> Option<String> {
    let far = 1 + typed.chars().count() / 3;
    let scored = known.into_iter().map(|name| (strsim::osa_distance(typed, &name), name));
    scored.filter(|(distance, _)| *distance <= far).min().map(|(_, name)| name)
}
