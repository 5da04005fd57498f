//! How the file opens: title, authors, language, then the contents.
//!
//! Enters: the metadata, the outline, the layout. Leaves: pieces. Promise: every section of the
//! outline has its line, with its number, its title and, where pages are marked, the page it begins on in print.

use super::manner::Manner;
use super::said::{GLUE, PAGE, visible};
use super::wrap::Piece;
use crate::layout::Layout;
use crate::model::{Book, Id, ListKind, Metadata};
use crate::phrases::{Phrases, with};

/// What the book is.
pub(super) fn front(metadata: &Metadata, words: &Phrases<'_>) -> Vec<Piece> {
    let mut pieces = vec![paragraph(&metadata.title)];
    pieces.extend(metadata.subtitle.iter().map(|subtitle| paragraph(subtitle)));
    let authors: Vec<&str> = metadata.authors().collect();
    if !authors.is_empty() {
        pieces.push(paragraph(&format!("{} {}", words.by, authors.join(", "))));
    }
    for other in metadata.contributors.iter().filter(|contributor| contributor.role != "aut") {
        pieces.push(paragraph(&other.name));
    }
    pieces.push(paragraph(&format!("{}: {}", words.language, metadata.language.tag())));
    let published = [metadata.publisher.as_deref(), metadata.date.as_deref()];
    let published: Vec<&str> = published.into_iter().flatten().collect();
    if !published.is_empty() {
        pieces.push(paragraph(&published.join(", ")));
    }
    pieces.extend(metadata.rights.iter().map(|rights| paragraph(rights)));
    pieces
}

fn paragraph(text: &str) -> Piece {
    let lines: Vec<String> = text.lines().map(|line| line.chars().map(visible).collect()).collect();
    Piece::paragraph(&lines.join("\n"))
}

/// The contents, and the lists of figures and tables.
pub(super) fn contents(book: &Book, layout: &Layout, words: &Phrases<'_>, manner: Manner) -> Vec<Piece> {
    let entries = &book.outline.entries;
    if entries.is_empty() {
        return Vec::new();
    }
    let heading = |text: &str| Piece::Heading { text: text.to_owned(), opens: true };
    let mut pieces = vec![heading(words.contents)];
    let lines = entries.iter().map(|entry| (entry.words(), &entry.anchor, entry.level));
    pieces.extend(listing(layout, words, manner, lines));
    for list in &book.outline.lists {
        let shown = list.entries.iter().filter(|entry| entry.only.text);
        let lines = shown.map(|entry| (entry.words.clone(), &entry.anchor, 1));
        let lines = listing(layout, words, manner, lines);
        if !lines.is_empty() {
            pieces.push(heading(match list.kind {
                ListKind::Figures => words.figures,
                ListKind::Tables => words.tables,
            }));
            pieces.extend(lines);
        }
    }
    pieces
}

/// Lines with the pages they lead to in print.
fn listing<'a>(
    layout: &Layout,
    phrases: &Phrases<'_>,
    manner: Manner,
    lines: impl Iterator<Item = (String, &'a Id, u8)>,
) -> Vec<Piece> {
    let line = |(at, (words, anchor, level)): (usize, (String, &Id, u8))| {
        let mut text: String = words.chars().map(visible).collect();
        let indent = "  ".repeat(usize::from(level.max(1)) - 1);
        let page = layout.anchors.get(anchor).map(|place| layout.pagination.label(place.page));
        if let Some(label) = page.filter(|label| manner.pages() && !label.is_empty()) {
            if manner.braille() {
                text.push(PAGE);
                text.push_str(label);
                text.push(PAGE);
                return Piece::Paragraph {
                    rest: format!("{indent}    "),
                    first: indent,
                    text,
                    close: at > 0,
                };
            }
            text.push_str(", ");
            text.push_str(&with(phrases.page, label).replace(' ', GLUE));
        }
        let rest = format!("{indent}    ");
        Piece::Paragraph { first: indent, rest, text, close: at > 0 }
    };
    lines.enumerate().map(line).collect()
}
