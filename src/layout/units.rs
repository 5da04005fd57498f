//! The book cut into units, each a galley of its own: what is generated before the text, then every
//! chapter with its sections. Units don't know of each other, so they can be set in parallel.

use super::fixpoint::Refs;
use super::furniture::Made;
use super::galley::{Builder, Galley, Start, Typesetter, Up, index_alone};
use super::types::PageKind;
use crate::diagnostics::{Code, Diagnostic};
use crate::measure::Length;
use crate::model::{Block, BookParts, Matter, Note, Section};
use crate::style::{NotePlace, Opening, Theme};

/// A galley to be made.
pub(crate) struct Job<'a> {
    /// Where it begins.
    pub(crate) start: Start,
    /// Its pages count in roman numbers.
    pub(crate) roman: bool,
    /// What is in it.
    pub(crate) what: What<'a>,
}

impl Job<'_> {
    /// The contents and their like.
    fn is_list(&self) -> bool {
        matches!(self.what, What::Made(made) if made.is_list())
    }

    /// The section that it begins with.
    fn section(&self) -> Option<&Section> {
        match &self.what {
            What::Text(pieces) => match pieces.first() {
                Some(Piece::Section(section)) => Some(section),
                Some(Piece::Opening(_)) | None => None,
            },
            What::Made(_) => None,
        }
    }
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
    // Dedication and epigraph stand before the contents, as in every book (Chicago Manual of Style 18, 1.4).
    let leading = text.iter().take_while(|job| job.roman && stands_alone(job, theme)).count();
    let lists = jobs.iter().position(|job| job.is_list()).unwrap_or(jobs.len());
    jobs.splice(lists..lists, text.drain(..leading));
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
    if theme.notes.place == NotePlace::Book && !book.notes.is_empty() {
        let start = if theme.chapters == Opening::Recto { Start::Recto } else { Start::Page };
        jobs.push(Job { start, roman: false, what: What::Made(Made::Notes) });
    }
    jobs
}

/// The notes first called in a unit.
fn notes_of<'a>(pieces: &[Piece<'_>], book: &'a BookParts) -> Vec<&'a Note> {
    let called_here = |note: &&Note| {
        pieces.iter().any(|piece| match piece {
            Piece::Opening(_) => note.section.is_none(),
            Piece::Section(section) => note.section == Some(section.id),
        })
    };
    book.notes.iter().filter(called_here).collect()
}

/// All notes by the units that call them first, each with its chapter's title.
pub(crate) fn notes_by_chapter<'a>(
    book: &'a BookParts,
    theme: &Theme,
) -> Vec<(Option<String>, Vec<&'a Note>)> {
    let groups = pieces(book, theme).into_iter().filter_map(|job| match job.what {
        What::Text(pieces) => {
            let title = pieces.iter().find_map(|piece| match piece {
                Piece::Section(section) => Some(section.title_text()),
                Piece::Opening(_) => None,
            });
            Some((title, notes_of(&pieces, book))).filter(|(_, notes)| !notes.is_empty())
        }
        What::Made(_) => None,
    });
    groups.collect()
}

/// Whether the unit is a dedication or an epigraph, which has a page to itself and a blank one behind; in
/// a text without title page it stands under the title.
fn stands_alone(job: &Job<'_>, theme: &Theme) -> bool {
    theme.front.title_page && job.section().is_some_and(Section::is_page)
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
            // On a recto with a blank verso.
            1 if theme.front.title_page && section.is_page() => Some(Start::Recto),
            1 if jobs.last().is_some_and(|job| stands_alone(job, theme)) => {
                first_chapter &= section.matter != Matter::Body;
                Some(Start::Recto)
            }
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
        let apart = index_alone(section, theme)
            || jobs.last().and_then(Job::section).is_some_and(|last| index_alone(last, theme));
        let start = start.map(|start| if apart && start == Start::Run { Start::Page } else { start });
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
    builder.galley.folio = !stands_alone(job, theme);
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
    if theme.notes.place == NotePlace::Chapter {
        let up = pieces.iter().find_map(|piece| match piece {
            Piece::Section(section) => Some(Up::Section(section.id)),
            Piece::Opening(_) => None,
        });
        builder.chapter_notes(&notes_of(pieces, book), up.unwrap_or(Up::Document));
    }
    builder.finish()
}

/// Sets a note of the foot; nothing where notes stand elsewhere.
pub(crate) fn note<'a>(
    at: usize,
    book: &'a BookParts,
    theme: &'a Theme,
    setter: &'a dyn Typesetter,
    refs: &'a Refs<'a>,
) -> Galley {
    let galley = Galley::new(Start::Run, false, PageKind::Text);
    let mut builder = Builder::new(book, theme, setter, refs, galley);
    if let Some(note) = book.notes.get(at).filter(|_| theme.notes.place == NotePlace::Foot) {
        builder.note(note, Up::Call);
        let height: Length = builder.galley.strips.iter().map(|strip| strip.height).sum();
        if height > builder.page_height() {
            let message =
                format!("note {} is longer than a page: it goes on at the foot of others", note.number);
            builder.galley.diagnostics.push(Diagnostic::new(Code::LongNote, note.span, message).hint(
                "tell it in the text or an appendix, or set `notes.place` in the style to \"chapter\"",
            ));
        }
    }
    let grid = builder.grid;
    let mut galley = builder.finish();
    galley.loosen(grid);
    galley
}
