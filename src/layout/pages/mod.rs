//! Galleys to pages: where each page ends.
//!
//! Enters: the galleys in reading order, the notes' galleys, the height of a page. Leaves: a
//! [`Sheet`] for each page, which names strips and their heights on it. Promise: every strip stands
//! on one page, in order; a note begins on the page of its call; no line of a paragraph is alone and
//! no facing pages end on different lines where any other way can be had at the [`prices`]; a block
//! taller than a page is broken all the same.
//!
//! | stage | takes | gives |
//! |---|---|---|
//! | `column` | the galleys from one opening to the next | a segment's lines, in all ways they can be had |
//! | `floats` | its figures that float | what may stand at the heads of pages |
//! | `solve` | a segment, the side it begins on | its cheapest pages for each side it may end on |
//! | `columns` | an index in two columns | what stands in which column of which page |
//! | `states` | what the solver reaches | the cheapest of each kind |
//! | `chain` | all segments | which of these, so that the book is the cheapest |
//! | `sheets` | a segment's solution | its pages, every strip at its height |
//! | `stories` | the same, when somebody asks | why a page ended where it did |
//!
//! Two functions, [`break_pages`] and [`story`], are all that others know of it.

mod chain;
mod column;
mod columns;
mod floats;
mod prices;
mod sheets;
mod solve;
mod states;
mod stories;

use super::galley::{Galley, Start, Strip, Typesetter};
use super::types::PageKind;
use crate::measure::Length;
use crate::model::NoteId;
use chain::{Chosen, Solved};
use column::Notes;
pub use prices::Charge;
pub(crate) use solve::explain::total;
pub use solve::explain::{Ended, Outcome};
pub(crate) use stories::{Found, story};

/// The galleys of a book: those that flow, then those of the notes.
#[derive(Debug, Clone)]
pub(crate) struct Flow {
    /// All galleys; notes from `notes` on, by number.
    pub(crate) galleys: Vec<Galley>,
    /// Where the notes begin.
    pub(crate) notes: usize,
}

impl Flow {
    /// The galley of a note.
    pub(crate) fn note(&self, note: NoteId) -> usize {
        self.notes + note.0 as usize
    }

    /// The strip of a row.
    pub(crate) fn strip(&self, row: &Row) -> Option<&Strip> {
        let galley = self.galleys.get(row.galley)?;
        match row.other {
            Some(other) => galley.others.get(other)?.strips.get(row.strip),
            None => galley.strips.get(row.strip),
        }
    }

    /// The galleys from each opening to the next.
    fn segments(&self) -> Vec<std::ops::Range<usize>> {
        let mut found: Vec<std::ops::Range<usize>> = Vec::new();
        for (at, galley) in self.galleys.iter().take(self.notes).enumerate() {
            match found.last_mut() {
                Some(last) if galley.start == Start::Run => last.end = at + 1,
                Some(_) | None => found.push(at..at + 1),
            }
        }
        found
    }
}

/// A strip on a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Row {
    /// Its galley.
    pub(crate) galley: usize,
    /// Its place in it, or in the other way that its paragraph is set in.
    pub(crate) strip: usize,
    /// Which of [`Galley::others`] that is.
    pub(crate) other: Option<usize>,
    /// From the left edge of the text block: where its column begins.
    pub(crate) x: Length,
    /// From the top of the text block.
    pub(crate) y: Length,
    /// How high it turned out.
    pub(crate) height: Length,
    /// Which of the galley's table heads it is a strip of, when it is one that comes again.
    pub(crate) head: Option<usize>,
    /// It is of a figure that floats: it stands out of the text's order.
    pub(crate) float: bool,
}

/// A page to be.
#[derive(Debug, Clone)]
pub(crate) struct Sheet {
    /// What it is.
    pub(crate) kind: PageKind,
    /// It begins with an opening: neither head nor folio.
    pub(crate) opening: bool,
    /// It bears a folio.
    pub(crate) folio: bool,
    /// It is counted in roman numbers.
    pub(crate) roman: bool,
    /// The text.
    pub(crate) rows: Vec<Row>,
    /// The notes at its foot.
    pub(crate) notes: Vec<Row>,
    /// Where the rule over the notes stands.
    pub(crate) rule: Option<Length>,
}

/// What pages are filled to.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Geometry {
    /// Of the text, in whole lines.
    pub(crate) height: Length,
    /// The grid.
    pub(crate) leading: Length,
    /// How far the text's last baseline is over the foot.
    pub(crate) below: Length,
    /// Space over the first note, its rule included.
    pub(crate) over: Length,
}

impl Geometry {
    /// Pages of so much text. `baseline` is where the baseline stands in a line of the grid.
    pub(crate) fn new(height: Length, leading: Length, baseline: Length) -> Self {
        let leading = leading.max(Length::sp(1));
        Geometry { height, leading, below: leading - baseline, over: leading }
    }

    /// The notes of a segment's last page, of so many lines more than usual, and of the pages that they still
    /// need: how many strips stand after each.
    fn pages_of_notes(&self, notes: &Notes, from: u32, y: Length, depth: i8) -> Vec<u32> {
        let all = u32::try_from(notes.strips.len()).unwrap_or(u32::MAX);
        let room = self.height + self.leading * i64::from(depth) - y - self.over;
        let mut placed = notes.fill(from, all, room.max(Length::ZERO));
        let mut pages = vec![placed];
        while placed < all {
            // A page without text must take something, or it would never end.
            placed = notes.fill(placed, all, self.height - self.over).max(placed + 1);
            pages.push(placed);
        }
        pages
    }
}

/// Left or right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Side {
    /// A right-hand page.
    Recto,
    /// A left-hand page.
    Verso,
}

impl Side {
    /// The side of a page of the book, from 0.
    fn of(page: usize) -> Self {
        if page.is_multiple_of(2) { Side::Recto } else { Side::Verso }
    }

    fn other(self) -> Self {
        match self {
            Side::Recto => Side::Verso,
            Side::Verso => Side::Recto,
        }
    }
}

/// Segments solved in earlier rounds, which hold as long as their galleys do.
#[derive(Debug, Clone, Default)]
pub(crate) struct Memory {
    solved: Vec<Solved>,
}

/// Breaks the flow into pages: columns, their solutions, the cheapest chain of these, their sheets.
pub(crate) fn break_pages(
    flow: &mut Flow,
    setter: &dyn Typesetter,
    page: Geometry,
    memory: &mut Memory,
) -> Vec<Sheet> {
    let segments = flow.segments();
    chain::solve_all(flow, &segments, page, memory);
    let chosen = chain::choose(flow, &segments, &memory.solved);
    let mut sheets = Vec::new();
    for ((segment, solved), choice) in segments.iter().zip(&memory.solved).zip(chosen) {
        sheets::blank_before(flow, segment, &mut sheets);
        match choice.and_then(|(entry, exit)| solved.chosen(entry, exit)) {
            Some(Chosen::Pages(column, solution)) => {
                sheets::add(flow, setter, page, (column, solution), &mut sheets);
            }
            Some(Chosen::Columns(columns, filled)) => {
                columns::add(flow, page, (columns, filled), &mut sheets)
            }
            None => {}
        }
    }
    sheets::count_in_roman(&mut sheets);
    sheets
}
