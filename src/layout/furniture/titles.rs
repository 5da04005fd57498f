//! Title pages: who made the book and what it is called.

use crate::layout::galley::{Builder, Context, Give, Kind, Leaf, Strip, Up, cost, face, leading_of, words};
use crate::layout::types::Tag;
use crate::measure::Length;
use crate::model::{Contributor, Metadata};
use crate::phrases::phrases_of;
use crate::span::Span;
use crate::style::{Align, Theme};

/// Whether there is anything to say on a copyright page.
pub(super) fn has_copyright(metadata: &Metadata) -> bool {
    metadata.rights.is_some()
        || metadata.isbn_print.is_some()
        || metadata.isbn_epub.is_some()
        || metadata.identifier.as_ref().is_some_and(|text| is_telling(metadata, text))
}

/// How the lines of a title page look.
#[derive(Clone, Copy)]
pub(super) struct Look {
    /// Size of the type, in that of the text.
    pub(super) times: f64,
    pub(super) align: Align,
    pub(super) bold: bool,
    pub(super) small_caps: bool,
}

impl Look {
    pub(super) fn plain(times: f64, align: Align) -> Look {
        Look { times, align, bold: false, small_caps: false }
    }
}

/// A line (or more) of a title page, in whole lines of the grid.
pub(super) fn whole(builder: &mut Builder<'_>, up: u32, text: &str, look: Look) {
    let opened = builder.open_block(Length::ZERO, Give::None);
    line(builder, up, text, look);
    builder.close_block(opened, 1.0, Length::ZERO);
}

/// A line (or more).
pub(super) fn line(builder: &mut Builder<'_>, up: u32, text: &str, look: Look) {
    let text = text.trim();
    if text.is_empty() {
        return;
    }
    let size = builder.theme.text.size.scale(look.times).min(builder.page_height() / 4);
    let mut font = face(size, look.bold, false);
    font.small_caps = look.small_caps;
    let base = builder.context(Up::Node(up));
    let (align, leading) = (look.align, leading_of(size));
    let context = Context { font, leading, align, hyphenate: false, keep: cost::KEEP, ..base };
    let node = builder.node(Tag::Paragraph, Up::Node(up), Span::NONE);
    let leaf = Leaf { id: None, node, before: 0 };
    match align {
        Align::Start if look.times <= 1.0 => builder.leaf(&context, &words(text), Length::ZERO, leaf),
        Align::Center | Align::Justify | Align::Start | Align::End => {
            builder.title(&context, &words(text), leaf);
        }
    }
}

/// Begins a page whose first line stands so far down, in whole lines.
pub(super) fn page(builder: &mut Builder<'_>, share: f64) -> u32 {
    sink_to(builder, share);
    builder.node(Tag::Part, Up::Document, Span::NONE)
}

/// Goes down to that share of the page, in whole lines.
fn sink_to(builder: &mut Builder<'_>, share: f64) {
    let all: Length = builder.galley.strips.iter().map(|s| s.height).sum();
    let rest = builder.page_height().scale(share) - all;
    let lines = rest.to_sp().max(0) / builder.grid.to_sp().max(1);
    builder.galley.strips.push(Strip::new(Kind::Sink, builder.grid * lines));
}

/// Pushes what was made since `from` down to the foot of the page.
pub(super) fn to_foot(builder: &mut Builder<'_>, from: usize) {
    let all: Length = builder.galley.strips.iter().map(|s| s.height).sum();
    let rest = (builder.page_height() - all).max(Length::ZERO);
    builder.galley.strips.insert(from.min(builder.galley.strips.len()), Strip::new(Kind::Sink, rest));
}

/// The title alone.
pub(super) fn half_title(builder: &mut Builder<'_>) {
    let up = page(builder, TITLE);
    let title = builder.book.metadata.title.clone();
    let look = titling(builder.theme);
    whole(builder, up, &title, Look { times: 1.3, ..look });
}

/// Where the title begins on its page, and at the earliest its authors: in shares of the page's height. The
/// title stands about the upper third, the authors in the middle, who published it at the foot.
const TITLE: f64 = 0.2;
const AUTHORS: f64 = 0.44;

/// How the style sets the title on its page: as it sets titles of parts.
pub(super) fn titling(theme: &Theme) -> Look {
    let part = theme.part;
    let align = if part.align == Align::Justify { Align::Start } else { part.align };
    Look { times: 2.4, align, bold: part.bold, small_caps: false }
}

/// Title, subtitle, authors and others, publisher and date.
pub(super) fn title_page(builder: &mut Builder<'_>) {
    let up = page(builder, TITLE);
    let metadata = &builder.book.metadata;
    let title = titling(builder.theme);
    let grid = builder.grid;
    whole(builder, up, &metadata.title, title);
    if let Some(subtitle) = &metadata.subtitle {
        builder.space(grid);
        whole(builder, up, subtitle, Look::plain(1.4, title.align));
    }
    let ornament = builder.theme.ornament.trim();
    if !ornament.is_empty() {
        builder.space(grid);
        let size = builder.theme.text.size.scale(1.3);
        let base = builder.context(Up::Node(up));
        let under = Context { font: face(size, false, false), align: title.align, ..base };
        builder.ornament(&under, ornament, Length::ZERO);
    }
    builder.space(grid * 3);
    sink_to(builder, AUTHORS);
    let opened = builder.open_block(Length::ZERO, Give::None);
    people(builder, up, Look::plain(1.35, title.align));
    builder.close_block(opened, 1.0, Length::ZERO);
    if let Some(series) = &metadata.series {
        builder.space(grid * 2);
        let number = series.number.as_ref().map_or_else(String::new, |n| format!(" {n}"));
        whole(builder, up, &format!("{}{number}", series.name), Look::plain(1.0, title.align));
    }
    let from = builder.galley.strips.len();
    if let Some(publisher) = &metadata.publisher {
        whole(builder, up, publisher, Look { small_caps: true, ..Look::plain(1.1, title.align) });
    }
    if let Some(date) = &metadata.date {
        whole(builder, up, year(date), Look::plain(1.0, title.align));
    }
    to_foot(builder, from);
}

/// The year of a date of the form 2026-11-24; any other date as it is.
fn year(date: &str) -> &str {
    match date.split_once('-') {
        Some((year, _)) if year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit()) => year,
        Some(_) | None => date,
    }
}

fn people(builder: &mut Builder<'_>, up: u32, look: Look) {
    let metadata = &builder.book.metadata;
    for author in metadata.authors() {
        line(builder, up, author, look);
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
        line(builder, up, &text, Look { times: 1.0, ..look });
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
    let said = phrases_of(metadata);
    let grid = builder.grid;
    let from = builder.galley.strips.len();
    line(builder, up, &metadata.title, Look::plain(0.9, Align::Start));
    for text in metadata.rights.iter().flat_map(|rights| rights.lines()) {
        line(builder, up, text, Look::plain(0.9, Align::Start));
    }
    builder.space(grid);
    let isbns = [(said.print_edition, &metadata.isbn_print), (said.epub_edition, &metadata.isbn_epub)];
    for (edition, isbn) in isbns {
        if let Some(isbn) = isbn {
            line(builder, up, &format!("ISBN {isbn} ({edition})"), Look::plain(0.9, Align::Start));
        }
    }
    if let Some(identifier) = metadata.identifier.as_ref().filter(|text| is_telling(metadata, text)) {
        line(builder, up, identifier, Look::plain(0.9, Align::Start));
    }
    builder.space(grid);
    for text in [&metadata.publisher, &metadata.date].into_iter().flatten() {
        line(builder, up, text, Look::plain(0.9, Align::Start));
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
    line(builder, up, &metadata.title, Look::plain(1.9, Align::Center));
    if let Some(subtitle) = &metadata.subtitle {
        builder.space(grid / 2);
        line(builder, up, subtitle, Look::plain(1.25, Align::Center));
    }
    if !metadata.contributors.is_empty() {
        builder.space(grid / 2);
        people(builder, up, Look::plain(1.1, Align::Center));
    }
    for strip in &mut builder.galley.strips {
        strip.after = strip.after.max(cost::TIED);
    }
    builder.close_block(opened, 0.0, grid * 2);
}
