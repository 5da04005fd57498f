//! Segments of the book solved apart and chained.
//!
//! Enters: the flow. Leaves: for each segment the side it begins on and the side the next one does.
//! Promise: the sum of all prices is the least; the segments are solved in parallel, each for both
//! sides it may begin on, and the chain is the same with any number of threads.

use super::column::{Column, column};
use super::columns::{Columns, Filled};
use super::solve::{Room, Solution, solve};
use super::{Flow, Geometry, Memory, Side};
use crate::layout::galley::Start;
use crate::model::NoteId;
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::ops::Range;

/// A segment with its solutions.
#[derive(Debug, Clone)]
pub(super) struct Solved {
    ways: Ways,
    /// In which rounds its galleys were made.
    made: Vec<usize>,
}

#[derive(Debug, Clone)]
enum Ways {
    Pages(Box<Pages>),
    /// By the side it begins on.
    Columns(Columns, [Option<Filled>; 2]),
}

#[derive(Debug, Clone)]
struct Pages {
    column: Column,
    /// By the side it begins on, then by the side after its end.
    ways: [[Option<Solution>; 2]; 2],
}

/// The pages of a segment that were chosen.
pub(super) enum Chosen<'a> {
    Pages(&'a Column, &'a Solution),
    Columns(&'a Columns, &'a Filled),
}

impl Solved {
    /// The pages from one side to another.
    pub(super) fn chosen(&self, entry: Side, exit: Side) -> Option<Chosen<'_>> {
        match &self.ways {
            Ways::Pages(pages) => {
                let solution = pages.ways.get(index(entry))?.get(index(exit))?.as_ref()?;
                Some(Chosen::Pages(&pages.column, solution))
            }
            Ways::Columns(columns, ways) => {
                let filled = ways.get(index(entry))?.as_ref().filter(|filled| filled.exit == exit)?;
                Some(Chosen::Columns(columns, filled))
            }
        }
    }
}

impl Chosen<'_> {
    /// What they cost.
    pub(super) fn price(&self) -> f64 {
        match self {
            Chosen::Pages(_, solution) => solution.price,
            Chosen::Columns(_, filled) => filled.price,
        }
    }
}

fn index(side: Side) -> usize {
    match side {
        Side::Recto => 0,
        Side::Verso => 1,
    }
}

pub(super) const SIDES: [Side; 2] = [Side::Recto, Side::Verso];

/// The side a segment begins on when the page before it lets it begin on `next`.
pub(super) fn entry(start: Start, next: Side) -> Side {
    match start {
        Start::Recto => Side::Recto,
        Start::Verso => Side::Verso,
        Start::Page | Start::Run => next,
    }
}

pub(super) fn start(flow: &Flow, segment: &Range<usize>) -> Start {
    flow.galleys.get(segment.start).map_or(Start::Page, |galley| galley.start)
}

/// Solves all segments that changed since they were solved last.
pub(super) fn solve_all(flow: &Flow, segments: &[Range<usize>], page: Geometry, memory: &mut Memory) {
    // A note called again in a later segment has its place in the first.
    let mut seen: BTreeSet<NoteId> = BTreeSet::new();
    let mut before: Vec<BTreeSet<NoteId>> = Vec::with_capacity(segments.len());
    for segment in segments {
        let galleys = flow.galleys.get(segment.clone()).unwrap_or_default();
        let strips = galleys.iter().flat_map(|g| &g.strips);
        let called: BTreeSet<NoteId> = strips.flat_map(|s| s.notes.iter().map(|(note, _)| *note)).collect();
        before.push(called.intersection(&seen).copied().collect());
        seen.extend(called);
    }
    let mut old = std::mem::take(&mut memory.solved).into_iter();
    let old: Vec<Option<Solved>> = segments.iter().map(|_| old.next()).collect();
    memory.solved = segments
        .par_iter()
        .zip(&before)
        .zip(old)
        .map_init(Room::default, |room, ((segment, before), old)| {
            let made = made(flow, segment);
            match old {
                Some(old) if old.made == made => old,
                Some(_) | None => solve_one((flow, segment, before), page, made, room),
            }
        })
        .collect();
}

fn solve_one(
    (flow, segment, before): (&Flow, &Range<usize>, &BTreeSet<NoteId>),
    page: Geometry,
    made: Vec<usize>,
    room: &mut Room,
) -> Solved {
    let begin = start(flow, segment);
    let begins = |side: Side| entry(begin, side) == side;
    let galley = flow.galleys.get(segment.start).filter(|_| segment.len() == 1);
    if let Some(columns) = galley.and_then(|galley| Columns::of(segment.start, galley, page)) {
        let ways = SIDES.map(|side| if begins(side) { columns.solve(side) } else { None });
        return Solved { ways: Ways::Columns(columns, ways), made };
    }
    let column = column(flow, segment.clone(), before, page.leading);
    let ways = SIDES.map(|side| if begins(side) { solve(&column, page, side, room) } else { [None, None] });
    Solved { ways: Ways::Pages(Box::new(Pages { column, ways })), made }
}

/// In which rounds the galleys of a segment, and notes, were made.
fn made(flow: &Flow, segment: &Range<usize>) -> Vec<usize> {
    let galleys = flow.galleys.get(segment.clone()).unwrap_or_default();
    let notes = flow.galleys.get(flow.notes..).unwrap_or_default().iter().map(|g| g.round).max();
    galleys.iter().map(|g| g.round).chain(notes).collect()
}

/// The cheapest chain: for each segment where it begins and where the next page is.
pub(super) fn choose(flow: &Flow, segments: &[Range<usize>], solved: &[Solved]) -> Vec<Option<(Side, Side)>> {
    // The least price of all segments so far by the side of the next page; the book begins on a recto.
    let mut least = [Some(0.0), None];
    let mut steps: Vec<[Option<(Side, Side, Side)>; 2]> = Vec::with_capacity(segments.len());
    for (segment, solved) in segments.iter().zip(solved) {
        let begin = start(flow, segment);
        let mut next: [Option<f64>; 2] = [None, None];
        let mut step = [None, None];
        for from in SIDES {
            let Some(so_far) = least.get(index(from)).copied().flatten() else { continue };
            let side = entry(begin, from);
            for exit in SIDES {
                let Some(found) = solved.chosen(side, exit) else { continue };
                let price = so_far + found.price();
                let Some(slot) = next.get_mut(index(exit)).filter(|slot| slot.is_none_or(|old| price < old))
                else {
                    continue;
                };
                *slot = Some(price);
                if let Some(place) = step.get_mut(index(exit)) {
                    *place = Some((from, side, exit));
                }
            }
        }
        least = next;
        steps.push(step);
    }
    let price = |side: Side| least.get(index(side)).copied().flatten().unwrap_or(f64::INFINITY);
    let mut side = if price(Side::Recto) <= price(Side::Verso) { Side::Recto } else { Side::Verso };
    let mut chosen = vec![None; segments.len()];
    for (place, step) in chosen.iter_mut().zip(&steps).rev() {
        let Some((from, entry, exit)) = step.get(index(side)).copied().flatten() else { continue };
        *place = Some((entry, exit));
        side = from;
    }
    chosen
}
