//! Reads finished editions back and holds them against the book and each other.
//!
//! Enters: the bytes of the editions, as a reader's machine would get them, and the book. Leaves: a
//! [`Reading`] of each, and a diagnostic for every disagreement. Promise: nothing is taken from the
//! writers' memory; what is said of a file was read in it.
//!
//! Compared are the outline (words, levels, order), the words of the book in their order (notes
//! apart, in the order of their calls), and the pages. The PDF is read
//! by its structure, as a screen reader does.

mod epub;
mod pdf;
mod text;
mod words;

pub use epub::read_epub;
pub use pdf::read_pdf;
pub use text::read_text;
pub use words::{BookWords, first_missing, words_of_book, words_of_text};

use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::editions::Artifact;
use crate::model::{Book, Outline};
use crate::phrases::phrases;
use crate::span::Span;

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
    /// The headings in its text, number and title; `None` where they were not read.
    pub headings: Option<Vec<String>>,
    /// Its words in reading order; `None` where they were not read.
    pub words: Option<Vec<String>>,
    /// Labels of pages: of a PDF all, of the others those they mark.
    pub pages: Vec<String>,
}

/// Why a file can't be read back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable(pub String);

/// Reads one artifact by its ending; `None` for an ending that no edition has.
#[must_use]
pub fn read(book: &Book, artifact: &Artifact) -> Option<Result<Reading, Unreadable>> {
    let ending = artifact.name.rsplit('.').next().unwrap_or_default();
    match ending {
        "pdf" => Some(read_pdf(&artifact.bytes)),
        "epub" => Some(read_epub(&artifact.bytes)),
        "txt" => Some(read_text(&artifact.bytes, phrases(&book.metadata.language))),
        _ => None,
    }
}

/// Holds the editions against the book and each other.
pub fn compare(book: &Book, artifacts: &[Artifact], diagnostics: &mut Diagnostics) {
    let expected = words_of_book(book);
    let mut readings = Vec::new();
    for artifact in artifacts {
        match read(book, artifact) {
            Some(Ok(reading)) => {
                against_book(book, &expected, &artifact.name, &reading, diagnostics);
                readings.push((artifact.name.as_str(), reading));
            }
            Some(Err(Unreadable(why))) => {
                disagree(diagnostics, format!("`{}` can't be read back: {why}", artifact.name));
            }
            None => {}
        }
    }
    pages(&readings, diagnostics);
}

fn disagree(diagnostics: &mut Diagnostics, message: String) {
    diagnostics.push(
        Diagnostic::new(Code::EditionsDisagree, Span::NONE, message)
            .hint("this is a fault of Aldine, not of the manuscript; nothing was replaced"),
    );
}

fn against_book(
    book: &Book,
    expected: &BookWords,
    name: &str,
    reading: &Reading,
    diagnostics: &mut Diagnostics,
) {
    outline(&book.outline, name, reading, diagnostics);
    let Some(words) = &reading.words else { return };
    for (wanted, what) in [(&expected.text, "the text"), (&expected.notes, "the notes")] {
        if let Some(at) = first_missing(wanted, words) {
            let around = wanted.get(at.saturating_sub(4)..(at + 3).min(wanted.len())).unwrap_or_default();
            let word = wanted.get(at).map_or("", String::as_str);
            disagree(
                diagnostics,
                format!("`{name}` lost the word “{word}” of {what}, near “{}”", around.join(" ")),
            );
        }
    }
}

fn outline(outline: &Outline, name: &str, reading: &Reading, diagnostics: &mut Diagnostics) {
    let titles: Vec<String> = outline.entries.iter().map(|entry| one_line(&entry.words())).collect();
    // A book without headings has contents of the writer's own, of its title alone.
    if !titles.is_empty() {
        let wanted = outline.entries.iter().zip(&titles).map(|(entry, words)| (entry.level, words.as_str()));
        let found = reading.outline.iter().map(|heading| (heading.level, heading.words.as_str()));
        if let Some((wanted, found)) = difference(wanted, found) {
            let say = |line: Option<(u8, &str)>| match line {
                Some((level, words)) => format!("“{words}” at level {level}"),
                None => "nothing".to_owned(),
            };
            let message =
                format!("the contents of `{name}` have {} where the book has {}", say(found), say(wanted));
            disagree(diagnostics, message);
        }
    }
    if let Some(headings) = &reading.headings {
        let wanted = titles.iter().map(|words| (0, words.as_str()));
        let found = headings.iter().map(|words| (0, words.as_str()));
        if let Some((wanted, found)) = difference(wanted, found) {
            let say = |line: Option<(u8, &str)>| line.map_or("no heading", |(_, words)| words).to_owned();
            let message = format!("`{name}` has “{}” where the book has “{}”", say(found), say(wanted));
            disagree(diagnostics, message);
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

/// The pages that editions mark are pages of the PDF, in its order, and the text marks those that the
/// EPUB lists; contents lead to the same pages.
fn pages(readings: &[(&str, Reading)], diagnostics: &mut Diagnostics) {
    let of = |ending: &str| readings.iter().find(|(name, _)| name.ends_with(ending));
    let pairs = [(".epub", ".txt"), (".epub", ".pdf")];
    for (inner, outer) in pairs {
        let (Some((inner_name, inner)), Some((outer_name, outer))) = (of(inner), of(outer)) else { continue };
        if let Some(at) = first_missing(&inner.pages, &outer.pages) {
            let label = inner.pages.get(at).map_or("", String::as_str);
            disagree(
                diagnostics,
                format!("`{inner_name}` marks page {label}, which `{outer_name}` lacks or has elsewhere"),
            );
        }
    }
    let (Some((text_name, text)), Some((pdf_name, pdf))) = (of(".txt"), of(".pdf")) else { return };
    for (said, led) in text.outline.iter().zip(&pdf.outline) {
        if let (Some(said_page), Some(page)) = (&said.page, &led.page)
            && said_page != page
        {
            disagree(
                diagnostics,
                format!(
                    "the contents of `{text_name}` put “{}” on page {said_page}, `{pdf_name}` on {page}",
                    said.words
                ),
            );
        }
    }
}

/// White space folded, as all editions show it.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
