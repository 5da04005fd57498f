//! Reads finished editions back and holds them against the book and each other.
//!
//! Enters: the bytes of the editions, as a reader's machine would get them, and the book. Leaves: a
//! [`Reading`] of each, and a diagnostic for every disagreement. Promise: nothing is taken from the
//! writers' memory; what is said of a file was read in it.
//!
//! Compared are the outline (words, levels, order), the words of the book in their order (of the EPUB
//! no other words, of the text only those that it may add; of the PDF, notes apart), the note calls,
//! and the pages: which are marked, and before which word. The PDF is read by its structure, as a
//! screen reader does.
//!
//! A text of another profile is read by its own conventions: in ASCII its words are the book's transliterated; by
//! Project Gutenberg's it has no pages, and only those are left out. Braille is held to its form alone, and is in
//! no comparison of words: contracted braille can't be read back without the program that made it.
//!
//! [`typography()`] measures how a PDF is set, any program's, from its glyphs.

mod align;
mod braille;
mod epub;
mod expected;
mod links;
mod pages;
mod pdf;
mod text;
mod typography;
mod words;

pub use epub::read_epub;
pub use expected::{Course, Expected, Kind, Word, expected, expected_as};
pub use pdf::read_pdf;
pub use text::{read_text, read_text_as};
pub use typography::{Report, Rule, Spot, Verdict, WordBox, typography, words_of_pdf};
pub use words::{first_missing, words_of_text};

use crate::ascii::ascii;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::editions::Artifact;
use crate::model::{Book, Language};
use crate::phrases::{Phrases, phrases_of};
use crate::sources::TextProfile;
use crate::span::Span;
use smol_str::SmolStr;

/// A line of an edition's contents, bookmarks or navigation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// From 1.
    pub level: u8,
    /// Number and title, one line.
    pub words: String,
    /// The label of the page it leads to, where the edition says so.
    pub page: Option<String>,
}

/// What a finished edition says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reading {
    /// Its contents: bookmarks, navigation, the list at the start of the text.
    pub outline: Vec<Heading>,
    /// The headings in its text, number and title, and in a text the marks in them; `None` where they were not read.
    pub headings: Option<Vec<String>>,
    /// Its words in reading order; `None` where they were not read.
    pub words: Option<Vec<SmolStr>>,
    /// Labels of pages: of a PDF all, of the others those they list.
    pub pages: Vec<String>,
    /// The marks of pages among the words.
    pub marks: Vec<PageMark>,
    /// What its note calls say, in order.
    pub calls: Vec<String>,
    /// What is wrong with the file by itself, each beginning with a verb.
    pub faults: Vec<String>,
}

/// Where an edition says that a page of print begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageMark {
    /// The page's label.
    pub label: String,
    /// How many of the edition's words stand before it.
    pub before: usize,
    /// How many stand before what follows it: more than `before` when the mark itself is in words.
    pub after: usize,
}

/// Why a file can't be read back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable(pub String);

/// Reads one artifact by its ending; `None` for an ending that no edition with words has.
fn read(book: &Book, artifact: &Artifact, profile: TextProfile) -> Option<Result<Reading, Unreadable>> {
    let ending = artifact.name.rsplit('.').next().unwrap_or_default();
    match ending {
        "pdf" => Some(read_pdf(&artifact.bytes)),
        "epub" => Some(read_epub(&artifact.bytes)),
        "txt" => {
            let words = phrases_of(&book.metadata);
            let spelled = match profile {
                TextProfile::Ascii => spelled(&words, &book.metadata.language),
                TextProfile::ScreenReader | TextProfile::Gutenberg | TextProfile::Braille => Vec::new(),
            };
            Some(read_text_as(&artifact.bytes, &words.with_own(&spelled), profile))
        }
        _ => None,
    }
}

/// Phrases in ASCII.
fn spelled(words: &Phrases<'_>, language: &Language) -> Vec<(String, String)> {
    words.all().into_iter().map(|(name, words)| (name.to_owned(), ascii(words, language))).collect()
}

/// The kind of edition that a file is, by its ending.
fn kind_of(name: &str) -> Option<Kind> {
    match name.rsplit('.').next().unwrap_or_default() {
        "pdf" => Some(Kind::Print),
        "epub" => Some(Kind::Epub),
        "txt" => Some(Kind::Text),
        _ => None,
    }
}

/// An edition that was read, and held against the book.
struct Held<'a> {
    name: &'a str,
    kind: Kind,
    reading: Reading,
    wanted: Expected,
    /// It marks the pages of print.
    paged: bool,
    /// Its words are in ASCII.
    ascii: bool,
    /// For each word wanted its place among those read; `None` when they part.
    places: Option<align::Places>,
}

/// Holds the editions against the book and each other, the text in the default profile.
pub fn compare(book: &Book, artifacts: &[Artifact], diagnostics: &mut Diagnostics) {
    compare_as(book, artifacts, TextProfile::default(), diagnostics);
}

/// Likewise, the text in that profile.
pub fn compare_as(book: &Book, artifacts: &[Artifact], profile: TextProfile, diagnostics: &mut Diagnostics) {
    let mut all = Vec::new();
    for artifact in artifacts {
        let name = artifact.name.as_str();
        if name.ends_with(".brf") {
            for fault in braille::faults(&artifact.bytes) {
                disagree(diagnostics, Span::NONE, format!("`{name}` {fault}"));
            }
        }
        let (Some(kind), Some(reading)) = (kind_of(name), read(book, artifact, profile)) else { continue };
        let is_text = kind == Kind::Text;
        match reading {
            Ok(reading) => {
                let mut held = Held {
                    name,
                    kind,
                    reading,
                    wanted: expected_as(book, kind, profile),
                    paged: !is_text || profile != TextProfile::Gutenberg,
                    ascii: is_text && profile == TextProfile::Ascii,
                    places: None,
                };
                against_book(book, &mut held, diagnostics);
                all.push(held);
            }
            Err(Unreadable(why)) => {
                disagree(diagnostics, Span::NONE, format!("`{name}` can't be read back: {why}"));
            }
        }
    }
    pages::compare(&all, diagnostics);
}

fn disagree(diagnostics: &mut Diagnostics, span: Span, message: String) {
    diagnostics.push(
        Diagnostic::new(Code::EditionsDisagree, span, message)
            .hint("this is a fault of Aldine, not of the manuscript; nothing was replaced"),
    );
}

fn against_book(book: &Book, held: &mut Held<'_>, diagnostics: &mut Diagnostics) {
    let name = held.name;
    for fault in &held.reading.faults {
        disagree(diagnostics, Span::NONE, format!("`{name}` {fault}"));
    }
    let labels = held.reading.pages.iter().flat_map(|label| words_of_text(label));
    held.wanted.added.extend(labels);
    outline(book, held, diagnostics);
    let wanted = held.wanted.words.as_slice();
    let Some(found) = held.reading.words.as_deref() else { return };
    // What a text says before its contents can't be told from the rest when it has none.
    let open = held.kind == Kind::Print || (held.kind == Kind::Text && book.outline.entries.is_empty());
    let laid = if open {
        align::among(wanted, found).map(|()| None)
    } else {
        let added = (held.kind == Kind::Text).then_some(&held.wanted.added);
        align::align(wanted, found, added).map(Some)
    };
    match laid {
        Ok(places) => held.places = places,
        Err(parting) => {
            let word = wanted.get(parting.at).or(wanted.last());
            let place = if word.is_some_and(|word| word.course != Course::Text) { "in a note, " } else { "" };
            let near = align::around(wanted, parting.at);
            let message = format!("`{name}` {}: {place}near “{near}”", parting.what);
            disagree(diagnostics, word.map_or(Span::NONE, |word| word.span), message);
        }
    }
    if held.kind != Kind::Print {
        calls(held, diagnostics);
    }
}

/// The notes are called as often as in the book, and in its order.
fn calls(held: &Held<'_>, diagnostics: &mut Diagnostics) {
    let (wanted, found) = (&held.wanted.calls, &held.reading.calls);
    // Words of the author may look like a call of the text.
    let more = if held.kind == Kind::Epub { found.get(wanted.len()) } else { None };
    let lost = first_missing(wanted, found).and_then(|at| wanted.get(at));
    if let Some(number) = lost {
        let message = format!("`{}` lost a call of note {number}", held.name);
        disagree(diagnostics, Span::NONE, message);
    } else if let Some(number) = more {
        let message = format!("`{}` calls note {number} more often than the book", held.name);
        disagree(diagnostics, Span::NONE, message);
    }
}

fn outline(book: &Book, held: &Held<'_>, diagnostics: &mut Diagnostics) {
    let (name, reading, outline) = (held.name, &held.reading, &book.outline);
    let language = &book.metadata.language;
    let spell = |words: String| if held.ascii { ascii(&words, language) } else { words };
    let titles: Vec<String> = outline.entries.iter().map(|entry| one_line(&spell(entry.words()))).collect();
    // A book without headings has contents of the writer's own, of its title alone.
    if !titles.is_empty() {
        let wanted = outline.entries.iter().zip(&titles).map(|(entry, words)| (entry.level, words.as_str()));
        let mut expected = titles.iter();
        let found = reading.outline.iter().map(|heading| {
            let words = heading.words.as_str();
            let title = expected.next().filter(|title| held.kind == Kind::Text && is_divided(title, words));
            (heading.level, title.map_or(words, String::as_str))
        });
        if let Some((wanted, found)) = difference(wanted, found) {
            let say = |line: Option<(u8, &str)>| match line {
                Some((level, words)) => format!("“{words}” at level {level}"),
                None => "nothing".to_owned(),
            };
            let message =
                format!("the contents of `{name}` have {} where the book has {}", say(found), say(wanted));
            disagree(diagnostics, Span::NONE, message);
        }
    }
    if let Some(headings) = &reading.headings {
        let wanted = titles.iter().map(|words| (0, words.as_str()));
        let mut expected = titles.iter();
        let found = headings.iter().map(|words| {
            // The text says more within a heading: the page that begins in it, the notes it calls.
            let title = expected
                .next()
                .filter(|title| held.kind == Kind::Text && align::within(title, words, &held.wanted.added));
            (0, title.map_or(words.as_str(), String::as_str))
        });
        if let Some((wanted, found)) = difference(wanted, found) {
            let say = |line: Option<(u8, &str)>| line.map_or("no heading", |(_, words)| words).to_owned();
            let message = format!("`{name}` has “{}” where the book has “{}”", say(found), say(wanted));
            disagree(diagnostics, Span::NONE, message);
        }
    }
}

type Line<'a> = (u8, &'a str);

/// The first place where two sequences differ.
fn difference<'a>(
    wanted: impl Iterator<Item = Line<'a>>,
    found: impl Iterator<Item = Line<'a>>,
) -> Option<(Option<Line<'a>>, Option<Line<'a>>)> {
    let (mut wanted, mut found) = (wanted, found);
    loop {
        match (wanted.next(), found.next()) {
            (None, None) => return None,
            (wanted, found) if wanted == found => {}
            differing => return Some(differing),
        }
    }
}

/// Whether words are a title that lines divide, and else the same: addresses are divided at their signs, and the
/// blank there is no part of them.
fn is_divided(title: &str, words: &str) -> bool {
    let mut rest = words.chars();
    title.chars().all(|c| rest.find(|&next| next == c || next != ' ') == Some(c)) && rest.next().is_none()
}

/// White space folded, as all editions show it; what some formats can't hold counts as white space.
fn one_line(text: &str) -> String {
    let blank = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '\u{fffd}'..='\u{ffff}');
    text.split(blank).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}
