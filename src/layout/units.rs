//! The book cut into units, each a galley of its own: what is generated before the text, then every
//! chapter with its sections. Units don't know of each other, so they can be set in parallel.

use super::fixpoint::Refs;
use super::furniture::Made;
use super::galley::{Builder, Galley, Start, Typesetter, Up};
use super::types::PageKind;
use crate::model::{Block, BookParts, Matter, Section};
use crate::style::{Opening, Theme};

/// A galley to be made.
pub(crate) struct Job<'a> {
    /// Where it begins.
    pub(crate) start: Start,
    /// Its pages count in roman numbers.
    pub(crate) roman: bool,
    /// What is in it.
    pub(crate) what: What<'a>,
}

/// What a galley holds.
pub(crate) enum What<'a> {
    /// Generated pages.
    Made(Made),
    /// Text: the opening's blocks, or sections one after the other.
    Text(Vec<Piece<'a>>),
}

/// A piece of a unit.
#[derive(Clone, Copy)]
pub(crate) enum Piece<'a> {
    /// Text before the first heading.
    Opening(&'a [Block]),
    /// A section without its subsections.
    Section(&'a Section),
}

/// All units in order; notes are galleys apart.
pub(crate) fn jobs<'a>(book: &'a BookParts, theme: &Theme) -> Vec<Job<'a>> {
    let mut jobs: Vec<Job<'a>> = super::furniture::before(book, theme)
        .into_iter()
        .map(|(made, start)| Job { start, roman: true, what: What::Made(made) })
        .collect();
    let mut text = pieces(book, theme);
    if !theme.front.title_page {
        let roman = text.first().is_some_and(|job| job.roman);
        if let Some(first) = text.first_mut() {
            first.start = Start::Run;
        }
        text.insert(0, Job { start: Start::Recto, roman, what: What::Made(Made::TitleBlock) });
    }
    // Arabic numbers begin on a recto.
    if let Some(first) = text.iter_mut().find(|job| !job.roman)
        && (first.start != Start::Run || theme.front.title_page)
    {
        first.start = Start::Recto;
    }
    jobs.append(&mut text);
    jobs
}

fn pieces<'a>(book: &'a BookParts, theme: &Theme) -> Vec<Job<'a>> {
    let mut jobs: Vec<Job<'a>> = Vec::new();
    let mut in_front = book.sections.first().is_some_and(|s| s.matter == Matter::Front);
    if book.opening.iter().any(|block| block.only.print) {
        let what = What::Text(vec![Piece::Opening(&book.opening)]);
        jobs.push(Job { start: Start::Page, roman: in_front, what });
    }
    let mut first_chapter = true;
    for section in book.all_sections() {
        // Once the text has begun, folios stay arabic.
        in_front = in_front && section.matter == Matter::Front;
        let start = match section.rank {
            0 if theme.first_on_recto => Some(Start::Recto),
            0 => Some(Start::Page),
            1 => {
                let first = section.matter == Matter::Body && std::mem::take(&mut first_chapter);
                Some(match theme.chapters {
                    Opening::Recto => Start::Recto,
                    Opening::Page if first && theme.first_on_recto => Start::Recto,
                    Opening::Page => Start::Page,
                    Opening::Run => Start::Run,
                })
            }
            _ => None,
        };
        match (start, jobs.last_mut()) {
            (None, Some(Job { what: What::Text(pieces), .. })) => pieces.push(Piece::Section(section)),
            (start, _) => {
                let start = start.unwrap_or(Start::Run);
                let start = if jobs.is_empty() && start == Start::Run { Start::Page } else { start };
                let what = What::Text(vec![Piece::Section(section)]);
                jobs.push(Job { start, roman: in_front, what });
            }
        }
    }
    jobs
}

/// Sets a unit of text.
pub(crate) fn text<'a>(
    job: &Job<'a>,
    pieces: &[Piece<'a>],
    book: &'a BookParts,
    theme: &'a Theme,
    setter: &'a dyn Typesetter,
    refs: &'a Refs<'a>,
) -> Galley {
    let galley = Galley::new(job.start, job.roman, PageKind::Text);
    let mut builder = Builder::new(book, theme, setter, refs, galley);
    for piece in pieces {
        match piece {
            Piece::Opening(blocks) => {
                builder.opening = true;
                let context = builder.context(Up::Document);
                builder.blocks(&context, blocks);
            }
            Piece::Section(section) => builder.section(section),
        }
    }
    builder.finish()
}

/// Sets a note.
pub(crate) fn note<'a>(
    at: usize,
    book: &'a BookParts,
    theme: &'a Theme,
    setter: &'a dyn Typesetter,
    refs: &'a Refs<'a>,
) -> Galley {
    let galley = Galley::new(Start::Run, false, PageKind::Text);
    let mut builder = Builder::new(book, theme, setter, refs, galley);
    if let Some(note) = book.notes.get(at) {
        builder.note(note);
    }
    let grid = builder.grid;
    let mut galley = builder.finish();
    galley.loosen(grid);
    galley
}
