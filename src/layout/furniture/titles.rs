//! Title pages: who made the book and what it is called.

use crate::layout::galley::{Builder, Context, Give, Kind, Leaf, Strip, Up, cost, face, leading_of, words};
use crate::layout::types::Tag;
use crate::measure::Length;
use crate::model::{Contributor, Metadata};
use crate::phrases::phrases;
use crate::span::Span;
use crate::style::Align;

/// Whether there is anything to say on a copyright page.
pub(super) fn has_copyright(metadata: &Metadata) -> bool {
    metadata.rights.is_some()
        || metadata.isbn_print.is_some()
        || metadata.isbn_epub.is_some()
        || metadata.identifier.as_ref().is_some_and(|text| is_telling(metadata, text))
}

/// A line (or more) of a title page.
fn line(builder: &mut Builder<'_>, up: u32, text: &str, times: f64, align: Align) {
    let text = text.trim();
    if text.is_empty() {
        return;
    }
    let size = builder.theme.text.size.scale(times).min(builder.page_height() / 4);
    let base = builder.context(Up::Node(up));
    let context = Context {
        font: face(size, false, false),
        leading: leading_of(size),
        align,
        hyphenate: false,
        keep: cost::KEEP,
        ..base
    };
    let node = builder.node(Tag::Paragraph, Up::Node(up), Span::NONE);
    builder.leaf(&context, &words(text), Length::ZERO, Leaf { id: None, node, before: 0 });
}

fn page(builder: &mut Builder<'_>, share: f64) -> u32 {
    let sink = builder.page_height().scale(share);
    builder.galley.strips.push(Strip::new(Kind::Sink, sink));
    builder.node(Tag::Part, Up::Document, Span::NONE)
}

/// Pushes what was made since `from` down to the foot of the page.
fn to_foot(builder: &mut Builder<'_>, from: usize) {
    let all: Length = builder.galley.strips.iter().map(|s| s.height).sum();
    let rest = (builder.page_height() - all).max(Length::ZERO);
    builder.galley.strips.insert(from.min(builder.galley.strips.len()), Strip::new(Kind::Sink, rest));
}

/// The title alone.
pub(super) fn half_title(builder: &mut Builder<'_>) {
    let up = page(builder, 0.2);
    let title = builder.book.metadata.title.clone();
    line(builder, up, &title, 1.3, Align::Center);
}

/// Title, subtitle, authors and others, publisher and date.
pub(super) fn title_page(builder: &mut Builder<'_>) {
    let up = page(builder, 0.16);
    let metadata = &builder.book.metadata;
    line(builder, up, &metadata.title, 2.4, Align::Center);
    let grid = builder.grid;
    if let Some(subtitle) = &metadata.subtitle {
        builder.space(grid);
        line(builder, up, subtitle, 1.4, Align::Center);
    }
    builder.space(grid * 3);
    people(builder, up, 1.35);
    if let Some(series) = &metadata.series {
        builder.space(grid * 2);
        let number = series.number.as_ref().map_or_else(String::new, |n| format!(" {n}"));
        line(builder, up, &format!("{}{number}", series.name), 1.0, Align::Center);
    }
    let from = builder.galley.strips.len();
    for text in [&metadata.publisher, &metadata.date].into_iter().flatten() {
        line(builder, up, text, 1.0, Align::Center);
    }
    to_foot(builder, from);
}

fn people(builder: &mut Builder<'_>, up: u32, times: f64) {
    let metadata = &builder.book.metadata;
    for author in metadata.authors() {
        line(builder, up, author, times, Align::Center);
    }
    let grid = builder.grid;
    let others: Vec<&Contributor> = metadata.contributors.iter().filter(|c| c.role != "aut").collect();
    if !others.is_empty() {
        builder.space(grid);
    }
    for other in others {
        let text = match role(&other.role) {
            Some(role) => format!("{} ({role})", other.name),
            None => other.name.clone(),
        };
        line(builder, up, &text, 1.0, Align::Center);
    }
}

/// A MARC relator as title pages abbreviate it, in the Latin forms that all of Europe's use.
fn role(code: &str) -> Option<&'static str> {
    Some(match code {
        "edt" => "ed.",
        "trl" => "trans.",
        "ill" => "ill.",
        "pht" => "phot.",
        "cmp" | "com" => "comp.",
        "ann" => "annot.",
        _ => return None,
    })
}

/// Rights, ISBNs, publisher, date, at the foot of the page.
pub(super) fn copyright(builder: &mut Builder<'_>) {
    let up = page(builder, 0.0);
    let metadata = &builder.book.metadata;
    let said = phrases(&metadata.language);
    let grid = builder.grid;
    let from = builder.galley.strips.len();
    line(builder, up, &metadata.title, 0.9, Align::Start);
    for text in metadata.rights.iter().flat_map(|rights| rights.lines()) {
        line(builder, up, text, 0.9, Align::Start);
    }
    builder.space(grid);
    let isbns = [(said.print_edition, &metadata.isbn_print), (said.epub_edition, &metadata.isbn_epub)];
    for (edition, isbn) in isbns {
        if let Some(isbn) = isbn {
            line(builder, up, &format!("ISBN {isbn} ({edition})"), 0.9, Align::Start);
        }
    }
    if let Some(identifier) = metadata.identifier.as_ref().filter(|text| is_telling(metadata, text)) {
        line(builder, up, identifier, 0.9, Align::Start);
    }
    builder.space(grid);
    for text in [&metadata.publisher, &metadata.date].into_iter().flatten() {
        line(builder, up, text, 0.9, Align::Start);
    }
    to_foot(builder, from);
}

/// Whether an identifier says anything to a reader: not one for machines alone, nor an ISBN again.
fn is_telling(metadata: &Metadata, identifier: &str) -> bool {
    let digits = |text: &str| text.chars().filter(char::is_ascii_alphanumeric).collect::<String>();
    let known = [&metadata.isbn_print, &metadata.isbn_epub];
    let again = known.into_iter().flatten().any(|isbn| digits(identifier).ends_with(&digits(isbn)));
    !again && !identifier.to_ascii_lowercase().contains("uuid")
}

/// The title over the text.
pub(super) fn title_block(builder: &mut Builder<'_>) {
    let grid = builder.grid;
    let sink = (builder.page_height() / 6).to_sp() / grid.to_sp().max(1);
    builder.galley.strips.push(Strip::new(Kind::Sink, grid * sink.min(3)));
    let up = builder.node(Tag::Part, Up::Document, Span::NONE);
    let opened = builder.open_block(Length::ZERO, Give::None);
    let metadata = &builder.book.metadata;
    line(builder, up, &metadata.title, 1.9, Align::Center);
    if let Some(subtitle) = &metadata.subtitle {
        builder.space(grid / 2);
        line(builder, up, subtitle, 1.25, Align::Center);
    }
    if !metadata.contributors.is_empty() {
        builder.space(grid / 2);
        people(builder, up, 1.1);
    }
    for strip in &mut builder.galley.strips {
        strip.after = strip.after.max(cost::TIED);
    }
    builder.close_block(opened, 0.0, grid * 2);
}
