//! Why the pages of a segment end where they do.
//!
//! Enters: a column, the solution chosen for it, which of its pages is asked for. Leaves: the page's
//! [`Story`]: what it is charged for, and what it would have cost to end it a line or two earlier or
//! later. Promise: charges are made by the functions that the search adds up, so that the stories of all
//! pages of a segment come to the solution's price; what is refused is priced with all that would have
//! followed, set anew as well as it can be.

use super::{Close, Solution, Solver};
use crate::layout::bill::Bill;
use crate::layout::galley::Kind;
use crate::layout::pages::column::{Column, Line};
use crate::layout::pages::floats::{self, Standing};
use crate::layout::pages::prices::{self, Charge};
use crate::layout::pages::states::{Cursor, State, Tops};
use crate::layout::pages::{Geometry, Side};
use std::ops::RangeInclusive;

/// So many lines before and after the end of a page are tried.
pub(in crate::layout::pages) const NEIGHBOURS: usize = 2;

/// What ended a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// The breaker's choice.
    Chosen,
    /// The author asked for a new page.
    Asked,
    /// The chapter ends.
    Chapter,
    /// It bears the rest of the chapter's notes and nothing else.
    Notes,
}

/// A page of a segment.
#[derive(Debug)]
pub(crate) struct Story {
    pub(crate) depth: i8,
    pub(crate) ended: Ended,
    pub(crate) bill: Vec<(Charge, f64)>,
    /// Units with lines on the page that are set in another way than their best: which, how, and whether
    /// they begin on it. They are paid for where they begin.
    pub(crate) ways: Vec<(usize, usize, bool)>,
    /// In the order of their lines.
    pub(crate) refused: Vec<Refused>,
}

/// Another end that the page could have had.
#[derive(Debug)]
pub(crate) struct Refused {
    /// So many lines more or fewer.
    pub(crate) by: i32,
    pub(crate) unit: usize,
    pub(crate) line: usize,
    pub(crate) outcome: Outcome<Charge>,
}

/// What would have come of it.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome<C> {
    /// The line doesn't fit on the page, or its notes don't.
    NoRoom,
    /// The page would be a line short or long by itself, and no depth of its spread mends that.
    NoDepth,
    /// It goes, at this price.
    Priced {
        /// By how many lines the page would be longer than usual.
        depth: i8,
        /// What the page would be charged for.
        bill: Vec<(C, f64)>,
        /// What it and the rest of the chapter would cost more than they do.
        more: f64,
    },
}

/// A page as the solution has it.
struct Turn {
    /// At its top, the way of its first unit chosen.
    top: State,
    first: (usize, usize),
    /// At its end.
    end: State,
    /// How it was ended; `None` for the last.
    close: Option<Close>,
    /// Figures stand on it without text.
    bare: bool,
    /// Such a page follows it.
    waits: bool,
}

/// The story of a segment's page, from 0; `exits` are sides that it may end on without its neighbours
/// knowing the difference.
pub(in crate::layout::pages) fn explain(
    (column, page): (&Column, Geometry),
    solution: &Solution,
    (entry, exits): (Side, &[Side]),
    at: usize,
) -> Option<Story> {
    let mut solver = Solver { wide: true, ..Solver::new(column, page) };
    let turns = solver.turns(solution, entry);
    let Some(turn) = turns.get(at) else {
        let last = turns.last()?;
        let notes = solver.notes_pages(&last.end);
        let (bill, ways, refused) = (Vec::new(), Vec::new(), Vec::new());
        let story = Story { depth: 0, ended: Ended::Notes, bill, ways, refused };
        return (at - turns.len() + 1 < notes).then_some(story);
    };
    let bill = solver.bill(turn)?;
    let units = turn.first.0..=turn.last(column)?.0;
    let begun = |unit: usize| (unit, 0) >= turn.first;
    let ways = solution.ways.range(units).map(|(&unit, &way)| (unit, way, begun(unit))).collect();
    let refused = match turn.close.and_then(|close| solver.line(&close)) {
        Some(line) if line.kind == Kind::Content => {
            let rest = turns.get(at + 1..).unwrap_or_default();
            let cost = solver.own(turn, solution)?
                + rest.iter().filter_map(|turn| solver.own(turn, solution)).sum::<f64>();
            solver.refused(turn, solution, exits, cost)
        }
        Some(_) | None => Vec::new(),
    };
    let ended = match turn.close.map(|close| solver.line(&close).map(|line| line.kind)) {
        // A page may be asked for where the next chapter would begin one anyway.
        None => Ended::Chapter,
        Some(_) if at + 1 == turns.len() => Ended::Chapter,
        Some(Some(Kind::Break)) => Ended::Asked,
        Some(_) => Ended::Chosen,
    };
    let depth = turn.close.map_or(solution.depth, |close| close.depth);
    Some(Story { depth, ended, bill, ways, refused })
}

/// How many pages a solution has.
pub(in crate::layout::pages) fn pages(
    (column, page): (&Column, Geometry),
    solution: &Solution,
    entry: Side,
) -> usize {
    let solver = Solver::new(column, page);
    let turns = solver.turns(solution, entry);
    let notes = turns.last().map_or(0, |last| solver.notes_pages(&last.end).saturating_sub(1));
    turns.len() + notes
}

impl Turn {
    /// Unit and line that stand last on the page.
    fn last(&self, column: &Column) -> Option<(usize, usize)> {
        match self.close {
            Some(close) => Some((close.unit, close.line)),
            None => {
                let unit = column.units.len().checked_sub(1)?;
                let way = column.units.last()?.ways.get(usize::from(self.end.way))?;
                Some((unit, way.lines.len().saturating_sub(1)))
            }
        }
    }
}

impl Solver<'_> {
    fn way(&self, unit: usize, solution: &Solution) -> u16 {
        u16::try_from(solution.ways.get(&unit).copied().unwrap_or(0)).unwrap_or(0)
    }

    fn line(&self, close: &Close) -> Option<&Line> {
        // Kinds of lines are the same in all ways.
        let ways = &self.column.units.get(close.unit)?.ways;
        ways.iter().find_map(|way| way.lines.get(close.line))
    }

    fn notes_pages(&self, last: &State) -> usize {
        self.last_pages(last).len()
    }

    /// The lines of a solution from one on, each with its unit and its place.
    fn lines<'s>(
        &'s self,
        solution: &'s Solution,
        first: (usize, usize),
    ) -> impl Iterator<Item = ((usize, usize), u16, &'s Line)> {
        let units = self.column.units.iter().enumerate().skip(first.0);
        units.flat_map(move |(at, unit)| {
            let way = self.way(at, solution);
            let lines = unit.ways.get(usize::from(way)).map(|way| way.lines.as_slice()).unwrap_or_default();
            let from = if at == first.0 { first.1 } else { 0 };
            lines.iter().enumerate().skip(from).map(move |(index, line)| ((at, index), way, line))
        })
    }

    /// The pages of a solution, every one from its top to its end.
    fn turns(&self, solution: &Solution, entry: Side) -> Vec<Turn> {
        let mut turns = Vec::with_capacity(solution.closes.len() + 1);
        let mut closes = solution.closes.iter().peekable();
        let mut state = State::begin(entry);
        let (mut top, mut first) = (state, (0, 0));
        for ((unit, index), way, line) in self.lines(solution, (0, 0)) {
            state.way = way;
            if let Some(unit) = self.column.units.get(unit).filter(|_| index == 0)
                && let Some(lines) = unit.ways.get(usize::from(way))
            {
                floats::take(unit, lines, &mut state);
            }
            let foot = self.foot(&state);
            state.cursor.take(line, self.page.leading, foot);
            // More than one ends here when figures stand on pages without text.
            let mut bare = false;
            while let Some(&close) = closes.next_if(|close| (close.unit, close.line) == (unit, index)) {
                let waits = closes.peek().is_some_and(|next| (next.unit, next.line) == (unit, index));
                turns.push(Turn { top, first, end: state, close: Some(close), bare, waits });
                state = self.after(&state, &close);
                (top, first, bare) = (state, (unit, index + 1), true);
            }
        }
        if state.cursor.is_used() || !state.turned {
            let bare = !state.cursor.filled && state.turned;
            if bare {
                let standing = solution.closes.last().map(|close| close.floats).unwrap_or_default();
                let y = self.column.floats.foot(standing, self.page.leading).unwrap_or_default();
                state.cursor = Cursor { y, filled: true, over: true };
            }
            turns.push(Turn { top, first, end: state, close: None, bare, waits: false });
        }
        turns
    }

    /// The top of the page after one that ends so.
    fn after(&self, state: &State, close: &Close) -> State {
        let (side, depth) = state.turn(close.depth);
        let y = self.column.floats.under(close.floats, self.page.leading);
        let over = close.floats.to > close.floats.from;
        let floats = if over { close.floats.to } else { state.floats };
        let cursor = Cursor { y, filled: false, over };
        State { cursor, notes: close.notes, floats, side, depth, turned: true, ..*state }
    }

    /// What a page of the solution is charged for.
    fn bill(&self, turn: &Turn) -> Option<Vec<(Charge, f64)>> {
        let mut bill = Vec::new();
        if turn.bare {
            bill.charge(Charge::FloatPage, prices::FLOAT_PAGE);
        }
        let Some(close) = turn.close else {
            self.last_page(&turn.end, &mut bill);
            return Some(bill);
        };
        let ways = &self.column.units.get(close.unit)?.ways;
        let line = ways.get(usize::from(turn.end.way))?.lines.get(close.line)?;
        if line.kind == Kind::Content && !turn.bare {
            prices::break_after(line, turn.end.side == Side::Recto, &mut bill);
            self.end_of_page(&turn.end, (close.depth, self.missing(&turn.end)), line, &mut bill)?;
        }
        let called = self.called(&close, line);
        if !turn.bare {
            let recto = turn.end.side == Side::Recto;
            prices::float_turns(called.saturating_sub(turn.end.floats), recto, &mut bill);
        }
        if !turn.waits && self.column.floats.count() > 0 {
            let stands = self.after(&turn.end, &close).floats;
            prices::floats_late(called.saturating_sub(stands), &mut bill);
        }
        Some(bill)
    }

    /// How many floats are called up to the end of a page; all, when the text ends.
    fn called(&self, close: &Close, line: &Line) -> u16 {
        let unit = self.column.units.get(close.unit);
        let last = close.unit + 1 == self.column.units.len()
            && unit.is_some_and(|unit| unit.ways.iter().all(|way| close.line + 1 >= way.lines.len()));
        if last { self.column.floats.count() } else { line.floats }
    }

    /// What the units cost that begin on a page, up to one.
    fn ways(&self, turn: &Turn, solution: &Solution, to: usize) -> f64 {
        let begun = if turn.first.1 == 0 { turn.first.0 } else { turn.first.0 + 1 };
        let range: RangeInclusive<usize> = begun..=to.max(begun);
        let taken = solution.ways.range(range).filter(|(unit, _)| **unit <= to);
        taken.filter_map(|(&unit, &way)| Some(self.column.units.get(unit)?.ways.get(way)?.price)).sum()
    }

    /// A page's bill and its units.
    fn own(&self, turn: &Turn, solution: &Solution) -> Option<f64> {
        let last = turn.last(self.column)?.0;
        Some(total(&self.bill(turn)?) + self.ways(turn, solution, last))
    }

    /// The ends around a page's own.
    fn refused(&mut self, turn: &Turn, solution: &Solution, exits: &[Side], cost: f64) -> Vec<Refused> {
        let Some(close) = turn.close else { return Vec::new() };
        self.narrow();
        let mut state = turn.top;
        let mut ends: Vec<((usize, usize), State, bool)> = Vec::new();
        let mut after = 0;
        for (place, way, line) in self.lines(solution, turn.first) {
            if line.kind == Kind::Break && state.cursor.filled || after == NEIGHBOURS {
                break;
            }
            let (was, foot) = (state.cursor, self.foot(&state));
            state.way = way;
            state.cursor.take(line, self.page.leading, foot);
            if line.kind == Kind::Content {
                after += usize::from(place > (close.unit, close.line));
                let fits = state.cursor.y + self.least_notes(&state, line) <= foot;
                ends.push((place, state, fits || !was.filled));
            }
        }
        let own = |(place, ..): &((usize, usize), State, bool)| *place == (close.unit, close.line);
        let Some(own) = ends.iter().position(own) else { return Vec::new() };
        let mut refused = Vec::new();
        for (at, (place, state, fits)) in ends.iter().enumerate().skip(own.saturating_sub(NEIGHBOURS)) {
            let by = i32::try_from(at).unwrap_or(0) - i32::try_from(own).unwrap_or(0);
            if by == 0 {
                continue;
            }
            let units = self.ways(turn, solution, place.0);
            let outcome =
                if *fits { self.outcome(state, *place, exits, units - cost) } else { Outcome::NoRoom };
            refused.push(Refused { by, unit: place.0, line: place.1, outcome });
        }
        refused
    }

    /// What comes of ending a page there, at its best depth; `base` is what it costs beside.
    fn outcome(
        &mut self,
        state: &State,
        (unit, index): (usize, usize),
        exits: &[Side],
        base: f64,
    ) -> Outcome<Charge> {
        let Some(lines) = self.column.units.get(unit).and_then(|u| u.ways.get(usize::from(state.way))) else {
            return Outcome::NoRoom;
        };
        let Some(line) = lines.lines.get(index) else { return Outcome::NoRoom };
        if unit + 1 == self.column.units.len() && index + 1 == lines.lines.len() {
            let mut bill = Vec::new();
            let last = self.last_floats(State { price: 0.0, ..*state });
            self.last_page(&last, &mut bill);
            let more = base + total(&bill) + last.price;
            return Outcome::Priced { depth: state.depth, bill, more };
        }
        let mut best = Outcome::NoDepth;
        for &depth in state.depths() {
            let mut bill = Vec::new();
            prices::break_after(line, state.side == Side::Recto, &mut bill);
            self.narrow(); // The search for the rest may have changed it.
            let found = self.end_of_page(state, (depth, self.missing(state)), line, &mut bill);
            let Some(notes) = found else { continue };
            let close = Close { unit, line: index, depth, notes, floats: Standing::default() };
            let mut tops = Tops::default();
            self.closed(&State { price: 0.0, ..*state }, close, 0.0, line, &mut tops);
            let tops: Vec<State> = tops.pour(self.beam).collect();
            let rests = tops.into_iter().filter_map(|top| self.rest(top, (unit, index + 1), exits));
            let Some(rest) = rests.min_by(f64::total_cmp) else { continue };
            let more = base + total(&bill) + rest;
            let dearer = matches!(best, Outcome::Priced { more: least, .. } if least <= more);
            if !dearer {
                best = Outcome::Priced { depth, bill, more };
            }
        }
        best
    }

    /// The least that the segment costs from the top of a page on.
    fn rest(&mut self, top: State, first: (usize, usize), exits: &[Side]) -> Option<f64> {
        self.narrow();
        self.trail.clear();
        let states = self.run_somehow(top, first);
        let ends = states.into_iter().filter_map(|state| {
            let state = self.last_floats(state);
            let mut price = state.price;
            exits.contains(&self.last_page(&state, &mut price)).then_some(price)
        });
        ends.min_by(f64::total_cmp)
    }
}

/// The sum of a bill.
pub(crate) fn total<C>(bill: &[(C, f64)]) -> f64 {
    bill.iter().fold(0.0, |sum, (_, price)| sum + price)
}
