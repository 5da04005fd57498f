//! A leaf that can be set in more or fewer lines, for the sake of its page.
//!
//! Enters: what is left of setting a leaf: its text, the ends of the lines of each other way. Leaves: for
//! whoever breaks pages what each line of a way is to a page; for whoever places them the lines.
//! Promise: nothing is chosen here, and a way's glyphs are placed only when it is taken: a book has
//! five ways for most paragraphs and takes another than the first for one in thirteen. So its pieces are found
//! again, its words in the cache, rather than kept: those of a book take more room than its glyphs.

use super::Line;
use super::choose::Goal;
use super::collect::Flow;
use super::pieces::pieces;
use super::place::{End, Placing, place};
use super::shape::Founts;
use crate::diagnostics::Diagnostics;
use crate::measure::Length;
use crate::model::NoteId;
use crate::style::Align;
use std::fmt;

/// The other ways of a leaf.
pub struct Flexible {
    flow: Flow,
    set: (Goal, Align, Length, bool),
    ends: Vec<Vec<End>>,
    ways: Vec<Way>,
}

/// A way to set a leaf.
#[derive(Debug, Clone)]
pub struct Way {
    /// Its lines.
    pub lines: Vec<LineEnd>,
    /// How many demerits (*The TeXbook*, chapter 14) it has more than the best way.
    pub demerits: f64,
}

/// What a line is to a page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LineEnd {
    /// It ends in a hyphen, made or the author's.
    pub carries: bool,
    /// Notes called in it.
    pub notes: Vec<NoteId>,
}

impl fmt::Debug for Flexible {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Flexible").field("ways", &self.ways).finish_non_exhaustive()
    }
}

impl Flexible {
    pub(super) fn new(
        mut flow: Flow,
        set: (Goal, Align, Length, bool),
        others: Vec<(Vec<End>, f64)>,
    ) -> Self {
        let ways = others.iter().map(|(ends, demerits)| way(&flow, ends, *demerits)).collect();
        let ends = others.into_iter().map(|(ends, _)| ends).collect();
        // A whole book's paragraphs wait for their pages at once.
        flow.text.shrink_to_fit();
        Flexible { flow, set, ends, ways }
    }

    /// The ways, by their counts of lines.
    #[must_use]
    pub fn ways(&self) -> &[Way] {
        &self.ways
    }

    pub(super) fn lines(&self, founts: &Founts, way: usize) -> Vec<Line> {
        let Some(ends) = self.ends.get(way) else { return Vec::new() };
        let (goal, align, size, rtl) = self.set;
        let placing = Placing { flow: &self.flow, founts, goal, align, size, rtl };
        // Whoever set the leaf has told of its mistakes.
        let row = pieces(&self.flow, founts, rtl, &mut Diagnostics::new());
        place(&placing, &row, ends)
    }
}

fn way(flow: &Flow, ends: &[End], demerits: f64) -> Way {
    let lines = ends.windows(2).filter_map(|pair| {
        let [from, to] = pair else { return None };
        let notes = flow.notes_in(from.next, to.end).collect();
        Some(LineEnd { carries: to.carries, notes })
    });
    Way { lines: lines.collect(), demerits }
}
