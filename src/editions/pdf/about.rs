//! What the file says of itself: metadata, and the labels of its pages.
//!
//! Enters: the book's metadata, the layout's labels. Leaves: them in krilla's terms. Promise: nothing
//! is said of the book that its author didn't set; the one date is the one that was handed in.

use super::words::short;
use crate::layout::{Page, PageLabel};
use crate::model::{Book, Timestamp};
use crate::style::Theme;
use krilla::metadata::{DateTime, Metadata, PageLayout, TextDirection};
use krilla::page::{NumberingStyle, PageLabel as Label};
use std::num::NonZeroU32;

/// The metadata.
pub(super) fn metadata(book: &Book, theme: &Theme, pages: usize) -> Metadata {
    let about = &book.metadata;
    let maker = concat!("Aldine ", env!("CARGO_PKG_VERSION"));
    let direction =
        if about.language.is_rtl() { TextDirection::RightToLeft } else { TextDirection::LeftToRight };
    let authors: Vec<String> = about.authors().map(short).filter(|name| !name.is_empty()).collect();
    let subjects: Vec<String> =
        about.subjects.iter().map(|subject| short(subject)).filter(|subject| !subject.is_empty()).collect();
    let mut metadata = Metadata::new()
        .title(title(book))
        .language(about.language.tag().to_owned())
        .creator(maker.to_owned())
        .producer(maker.to_owned())
        .creation_date(date(about.modified))
        .document_id(identifier(book))
        .text_direction(direction)
        .authors(listed(authors))
        .keywords(listed(subjects));
    if let Some(description) = &about.description {
        metadata = metadata.description(short(description));
    }
    // A book opens like one: rectos on the right.
    if theme.front.title_page && pages > 2 {
        metadata = metadata.page_layout(PageLayout::TwoPageRight);
    }
    metadata
}

/// The title as the window shows it; never empty, since PDF/UA wants one.
fn title(book: &Book) -> String {
    let title = short(&book.metadata.title);
    if title.is_empty() { book.metadata.file_name.clone() } else { title }
}

/// As many as one string can hold, since they are joined.
fn listed(names: Vec<String>) -> Vec<String> {
    let mut room = 8_000_usize;
    let mut fits = |name: &String| {
        let length = name.chars().count() + 2;
        let fits = length <= room;
        room = room.saturating_sub(length);
        fits
    };
    names.into_iter().take_while(|name| fits(name)).collect()
}

/// What stays the same when the book is built anew.
fn identifier(book: &Book) -> String {
    let about = &book.metadata;
    if let Some(own) = about.isbn_print.as_deref().or(about.identifier.as_deref()) {
        return own.to_owned();
    }
    let authors: Vec<&str> = about.authors().collect();
    format!("{}\n{}\n{}", about.title, about.language.tag(), authors.join("\n"))
}

fn date(time: Timestamp) -> DateTime {
    let (year, month, day, hour, minute, second) = time.civil();
    DateTime::new(u16::try_from(year.clamp(0, 9999)).unwrap_or(0))
        .month(month)
        .day(day)
        .hour(hour)
        .minute(minute)
        .second(second)
        .utc_offset_hour(0)
}

/// The labels of all pages. A file has one entry for each series that begins at 1, as krilla writes
/// one wherever labels that count by themselves change; other pages name their number themselves.
pub(super) fn labels(pages: &[Page]) -> Vec<Label> {
    let mut labels = Vec::with_capacity(pages.len());
    let series = pages.chunk_by(|a, b| a.label.roman == b.label.roman);
    for run in series {
        let counts = run.iter().zip(1_u32..).all(|(page, number)| page.label.number == number);
        labels.extend(run.iter().map(|page| label(page.label, counts)));
    }
    labels
}

fn label(label: PageLabel, counts: bool) -> Label {
    let style = if label.roman { NumberingStyle::LowerRoman } else { NumberingStyle::Arabic };
    let number = NonZeroU32::new(label.number).filter(|_| !counts);
    Label::new(Some(style), None, number)
}
