//! What a book has beside its text: cover, half-title, title and copyright pages, contents, running heads,
//! folios.
//!
//! Enters: the book's metadata and outline, the theme. Leaves: galleys for what has pages of its own,
//! placed ornaments for what stands around the text. Promise: what is generated is tagged like text,
//! what only helps to find one's way on paper is ornament.

mod contents;
mod cover;
mod heads;
mod titles;

pub(crate) use contents::{Leaders, leaders};
pub(crate) use cover::cover;
pub(crate) use heads::{Heads, Running};

use super::fixpoint::Refs;
use super::galley::{Builder, Galley, Start, Typesetter};
use super::types::PageKind;
use super::units::{self, Job, What};
use crate::model::{BookParts, ListKind};
use crate::style::Theme;

/// What is generated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Made {
    /// The title alone.
    HalfTitle,
    /// Title, subtitle, authors, publisher.
    Title,
    /// Rights, identifiers.
    Copyright,
    /// The contents.
    Contents,
    /// The list of figures, or of tables.
    List(ListKind),
    /// All notes of the book.
    Notes,
    /// The title over the text of a book that has no title page.
    TitleBlock,
}

impl Made {
    /// A list of what is in the book.
    pub(crate) fn is_list(self) -> bool {
        matches!(self, Made::Contents | Made::List(_))
    }
}

/// What stands before the text, each with where it begins.
pub(crate) fn before(book: &BookParts, theme: &Theme) -> Vec<(Made, Start)> {
    let mut made = Vec::new();
    if theme.front.half_title {
        made.push((Made::HalfTitle, Start::Recto));
    }
    if theme.front.title_page {
        made.push((Made::Title, Start::Recto));
    }
    if theme.front.copyright_page && titles::has_copyright(&book.metadata) {
        made.push((Made::Copyright, Start::Verso));
    }
    if theme.front.contents > 0 && contents::entries(book, theme).next().is_some() {
        made.push((Made::Contents, Start::Recto));
    }
    // Lists follow the contents on the next page, whichever side it is.
    for list in book.outline.lists.iter().filter(|list| list.entries.iter().any(|entry| entry.only.print)) {
        let start = if made.iter().any(|(made, _)| made.is_list()) { Start::Page } else { Start::Recto };
        made.push((Made::List(list.kind), start));
    }
    made
}

/// Makes the galley of a job.
pub(crate) fn or_unit<'a>(
    job: &Job<'a>,
    book: &'a BookParts,
    theme: &'a Theme,
    setter: &'a dyn Typesetter,
    refs: &'a Refs<'a>,
) -> Galley {
    let made = match &job.what {
        What::Text(pieces) => return units::text(job, pieces, book, theme, setter, refs),
        What::Made(made) => *made,
    };
    let kind = if made == Made::TitleBlock { PageKind::Text } else { PageKind::Generated };
    let mut galley = Galley::new(job.start, job.roman, kind);
    galley.folio = matches!(made, Made::Contents | Made::List(_) | Made::Notes | Made::TitleBlock);
    let mut builder = Builder::new(book, theme, setter, refs, galley);
    match made {
        Made::HalfTitle => titles::half_title(&mut builder),
        Made::Title => titles::title_page(&mut builder),
        Made::Copyright => titles::copyright(&mut builder),
        Made::Contents => contents::contents(&mut builder),
        Made::List(kind) => contents::list(&mut builder, kind),
        Made::Notes => builder.book_notes(&units::notes_by_chapter(book, theme)),
        Made::TitleBlock => titles::title_block(&mut builder),
    }
    builder.finish()
}
