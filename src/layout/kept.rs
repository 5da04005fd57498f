//! What an earlier layout leaves for the next.
//!
//! Enters: the book of then and its galleys and pages, the book of now. Leaves: the galleys that are
//! still right, and what was found out of pages. Promise: a galley is kept only when all that it was
//! made of is equal, so that the next layout is what it would be without; page references are looked
//! at anew in any case.
//!
//! Equal means to the last bit: names of leaves and places in sources are counted through, so that
//! after a new paragraph all that follows it in the book is set again, after a changed word all that
//! follows it in its file.

use super::fixpoint::{Labels, Settled};
use super::furniture::Made;
use super::galley::Galley;
use super::pages::Memory;
use super::units::{Job, Piece, What, jobs};
use crate::model::{BookParts, Section};
use crate::style::{NotePlace, Theme};

/// What need not be done again.
#[derive(Debug, Default)]
pub(super) struct Kept {
    /// By unit, then by note.
    pub(super) galleys: Vec<Option<Galley>>,
    pub(super) memory: Memory,
    pub(super) labels: Labels,
    /// How many rounds it took so far: galleys that are made again have later ones.
    pub(super) rounds: usize,
}

/// Keeps what is still right of a layout that was made with the same theme and fonts.
pub(super) fn keep(old: &BookParts, settled: Settled, new: &BookParts, theme: &Theme) -> Kept {
    let elsewhere = theme.notes.place != NotePlace::Foot && old.notes != new.notes;
    if (&old.metadata, &old.images) != (&new.metadata, &new.images) || elsewhere {
        return Kept::default();
    }
    let (before, after) = (jobs(old, theme), jobs(new, theme));
    let rounds = settled.rounds;
    let notes_from = settled.flow.notes;
    let mut galleys: Vec<Option<Galley>> = settled.flow.galleys.into_iter().map(Some).collect();
    let notes = galleys.split_off(notes_from.min(galleys.len()));
    let same_length = before.len() == after.len() && old.notes.len() == new.notes.len();
    let same = (old.outline == new.outline, old.notes == new.notes);
    let units = after.iter().enumerate().map(|(at, job)| {
        let same = before.get(at).is_some_and(|was| alike(was, job, same));
        galleys.get_mut(at).filter(|_| same).and_then(Option::take)
    });
    let mut kept: Vec<Option<Galley>> = units.collect();
    let pairs = new.notes.iter().enumerate().zip(notes);
    kept.extend(pairs.map(|((at, note), galley)| galley.filter(|_| old.notes.get(at) == Some(note))));
    // Segments are known by their places.
    let memory = if same_length { settled.memory } else { Memory::default() };
    Kept { galleys: kept, memory, labels: settled.labels.again(), rounds }
}

/// Whether two units give the same galley. What is generated is made of the metadata, the outline and the
/// notes; it is told whether the latter two are the same.
fn alike(old: &Job<'_>, new: &Job<'_>, (same_outline, same_notes): (bool, bool)) -> bool {
    if (old.start, old.roman) != (new.start, new.roman) {
        return false;
    }
    match (&old.what, &new.what) {
        (What::Made(old), What::Made(new)) => {
            old == new && same_outline && (*new != Made::Notes || same_notes)
        }
        (What::Text(old), What::Text(new)) => {
            old.len() == new.len() && old.iter().zip(new).all(|(old, new)| equal(*old, *new))
        }
        (What::Made(_), What::Text(_)) | (What::Text(_), What::Made(_)) => false,
    }
}

fn equal(old: Piece<'_>, new: Piece<'_>) -> bool {
    match (old, new) {
        (Piece::Opening(old), Piece::Opening(new)) => old == new,
        (Piece::Section(old), Piece::Section(new)) => {
            let own = |section: &Section| {
                (section.id, section.span, section.level, section.rank, section.role, section.matter)
            };
            own(old) == own(new)
                && (&old.anchor, &old.number, &old.label, &old.title, &old.lang, &old.blocks)
                    == (&new.anchor, &new.number, &new.label, &new.title, &new.lang, &new.blocks)
        }
        (Piece::Opening(_), Piece::Section(_)) | (Piece::Section(_), Piece::Opening(_)) => false,
    }
}
