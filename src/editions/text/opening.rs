//! How the file opens: title, authors, language, what its marks mean, and the contents.
//!
//! Enters: the metadata, the outline, the layout. Leaves: pieces. Promise: every section of the
//! outline has its line, with its number, its title and the page it begins on in print.

use super::said::GLUE;
use super::wrap::Piece;
use crate::layout::Layout;
use crate::model::{Book, Id, ListKind};
use crate::phrases::{Phrases, phrases, with};

/// The pieces before the text.
pub(super) fn pieces(book: &Book, layout: &Layout) -> Vec<Piece> {
    let metadata = &book.metadata;
    let words = phrases(&metadata.language);
    let mut pieces = vec![Piece::paragraph(&metadata.title)];
    pieces.extend(metadata.subtitle.iter().map(|subtitle| Piece::paragraph(subtitle)));
    let authors: Vec<&str> = metadata.authors().collect();
    if !authors.is_empty() {
        pieces.push(Piece::paragraph(&format!("{} {}", words.by, authors.join(", "))));
    }
    for other in metadata.contributors.iter().filter(|contributor| contributor.role != "aut") {
        pieces.push(Piece::paragraph(&other.name));
    }
    pieces.push(Piece::paragraph(&format!("{}: {}", words.language, metadata.language.tag())));
    let published = [metadata.publisher.as_deref(), metadata.date.as_deref()];
    let published: Vec<&str> = published.into_iter().flatten().collect();
    if !published.is_empty() {
        pieces.push(Piece::paragraph(&published.join(", ")));
    }
    pieces.extend(metadata.rights.iter().map(|rights| Piece::paragraph(rights)));
    pieces.extend(conventions(book, layout).map(|text| Piece::paragraph(&text)));
    let entries = &book.outline.entries;
    if entries.is_empty() {
        return pieces;
    }
    pieces.push(Piece::Heading(words.contents.to_owned()));
    let lines = entries.iter().map(|entry| (entry.words(), &entry.anchor, entry.level));
    pieces.extend(listing(layout, words, lines));
    for list in &book.outline.lists {
        let shown = list.entries.iter().filter(|entry| entry.only.text);
        let lines = listing(layout, words, shown.map(|entry| (entry.words.clone(), &entry.anchor, 1)));
        if !lines.is_empty() {
            pieces.push(Piece::Heading(match list.kind {
                ListKind::Figures => words.figures.to_owned(),
                ListKind::Tables => words.tables.to_owned(),
            }));
            pieces.extend(lines);
        }
    }
    pieces
}

/// Lines with the pages they lead to in print.
fn listing<'a>(
    layout: &Layout,
    words: &Phrases,
    lines: impl Iterator<Item = (String, &'a Id, u8)>,
) -> Vec<Piece> {
    let line = |(at, (mut text, anchor, level)): (usize, (String, &Id, u8))| {
        let indent = "  ".repeat(usize::from(level.max(1)) - 1);
        let page = layout.anchors.get(anchor).map(|place| layout.pagination.label(place.page));
        if let Some(label) = page.filter(|label| !label.is_empty()) {
            text.push_str(", ");
            text.push_str(&with(words.page, label).replace(' ', GLUE));
        }
        let rest = format!("{indent}    ");
        Piece::Paragraph { first: indent, rest, text, close: at > 0 }
    };
    lines.enumerate().map(line).collect()
}

/// What the marks in brackets mean: a sentence in English, the marks themselves in other languages,
/// where their own words explain them.
fn conventions(book: &Book, layout: &Layout) -> Option<String> {
    let words = phrases(&book.metadata.language);
    let english = book.metadata.language.primary() == "en";
    let mut marks = Vec::new();
    if let Some(first) = layout.pagination.marks.first() {
        marks.push((
            with(words.page_mark, layout.pagination.label(first.page)),
            "stands where that page of the print edition begins",
        ));
    }
    if !book.notes.is_empty() {
        marks.push((with(words.note, "1"), "calls a note, which stands at the end of its chapter"));
    }
    if !book.images.is_empty() {
        marks.push((with(words.image, "…"), "describes an image"));
    }
    if marks.is_empty() {
        return None;
    }
    let said = marks.iter().map(|(mark, meaning)| {
        let mark = mark.replace(' ', GLUE);
        if english { format!("[{mark}] {meaning}.") } else { format!("[{mark}]") }
    });
    Some(said.collect::<Vec<_>>().join(" "))
}
