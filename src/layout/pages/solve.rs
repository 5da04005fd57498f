//! The best pages of a segment, chosen together.
//!
//! Enters: a [`Column`], the page's [`Geometry`], the side it begins on. Leaves: for each side that
//! the next segment may begin on, the cheapest [`Solution`]: which way each unit is set, and where
//! pages end. Promise: of all ways that a [`prices::BEAM`] doesn't cut off, the cheapest; there always
//! is one.
//!
//! It is the dynamic program of total-fit paragraphs one storey higher (Plass, *Optimal Pagination
//! Techniques for Automatic Typesetting Systems*, 1981): a state is how far down the page the text
//! has come, on which side, beside a verso of which depth, with which notes still to be placed. Units
//! that end far from the foot are taken at once; line by line only near it.

pub(super) mod explain;

use super::column::{Column, Line, Lines, Unit};
use super::floats::{self, Standing};
use super::prices::{self, Charge};
use super::states::{Cursor, START, Sieve, State, Tops};
use super::{Geometry, Side};
use crate::layout::bill::Bill;
use crate::layout::galley::Kind;
use crate::measure::Length;
use std::collections::BTreeMap;

/// Pages may end this many lines over their foot for no reason but a better page.
const WINDOW: i64 = 6;

/// Where a page ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Close {
    /// After which line of which unit.
    pub(super) unit: usize,
    pub(super) line: usize,
    /// How many lines longer than usual.
    pub(super) depth: i8,
    /// How many strips of notes have been placed when it ends.
    pub(super) notes: u32,
    /// The floats at the head of the page that begins.
    pub(super) floats: Standing,
}

/// The pages of a segment.
#[derive(Debug, Clone, Default)]
pub(super) struct Solution {
    pub(super) price: f64,
    /// Units that are set in another way than their first.
    pub(super) ways: BTreeMap<usize, usize>,
    /// All pages but the last.
    pub(super) closes: Vec<Close>,
    /// Depth of the last page.
    pub(super) depth: i8,
}

/// A step of the way to a state.
#[derive(Debug, Clone, Copy)]
pub(super) enum Step {
    Took { unit: usize, way: u16 },
    Closed { way: u16, close: Close },
}

/// What a solver works in; the next takes it over.
#[derive(Default)]
pub(super) struct Room {
    trail: Vec<(u32, Step)>,
    tops: Vec<Tops>,
}

pub(super) struct Solver<'a> {
    pub(super) column: &'a Column,
    pub(super) page: Geometry,
    /// See [`WINDOW`].
    window: Length,
    /// Every break is tried, and notes may be put off: when nothing else goes.
    wide: bool,
    /// How much dearer than the cheapest of its place a state may be.
    pub(super) beam: f64,
    trail: Vec<(u32, Step)>,
    /// By line of a unit's way: the states at the top of a page that begins there. Kept for its room.
    tops: Vec<Tops>,
}

/// The cheapest pages, by the side that the page after the last one is on.
pub(super) fn solve(column: &Column, page: Geometry, entry: Side, room: &mut Room) -> [Option<Solution>; 2] {
    let Room { mut trail, tops } = std::mem::take(room);
    trail.clear();
    let mut solver = Solver { trail, tops, ..Solver::new(column, page) };
    let states = solver.run_somehow(State::begin(entry), (0, 0));
    let mut exits = [None, None];
    for state in states {
        let state = solver.last_floats(state);
        let mut price = state.price;
        let side = solver.last_page(&state, &mut price);
        let exit: &mut Option<(f64, State)> = match side {
            Side::Recto => &mut exits[0],
            Side::Verso => &mut exits[1],
        };
        if exit.is_none_or(|(least, _)| price < least) {
            *exit = Some((price, state));
        }
    }
    let solutions = exits.map(|exit| exit.map(|(price, state)| solver.solution(price, &state)));
    *room = Room { trail: solver.trail, tops: solver.tops };
    solutions
}

impl<'a> Solver<'a> {
    fn new(column: &'a Column, page: Geometry) -> Self {
        let window = page.leading * WINDOW;
        let (trail, tops) = (Vec::new(), Vec::new());
        Solver { column, page, window, wide: false, beam: prices::BEAM, trail, tops }
    }

    /// Runs, and again with every break tried when there is no way through. What is cheapest up to a place
    /// may have none from there, where all is tied or notes are many: then dearer ways are kept as well.
    fn run_somehow(&mut self, start: State, first: (usize, usize)) -> Vec<State> {
        self.narrow();
        let mut states = self.run(start, first);
        for beam in [prices::BEAM, prices::WIDE_BEAM, f64::INFINITY] {
            if states.is_none() {
                (self.wide, self.beam) = (true, beam);
                self.trail.clear();
                states = self.run(start, first);
            }
        }
        states.unwrap_or_default()
    }

    /// As every search begins.
    fn narrow(&mut self) {
        (self.wide, self.beam) = (false, prices::BEAM);
    }

    /// Takes every unit from a line of one on; `None` when there is no way through.
    fn run(&mut self, start: State, (first, line): (usize, usize)) -> Option<Vec<State>> {
        let mut states = vec![start];
        let column = self.column;
        let mut done = Sieve::new(self.page.leading, self.beam);
        for (at, unit) in column.units.iter().enumerate().skip(first) {
            self.unit((at, unit, if at == first { line } else { 0 }), &states, &mut done);
            done.pour(&mut states);
            if states.is_empty() {
                return None;
            }
            if unit.ways.len() > 1 {
                for state in &mut states {
                    state.back = self.went(state.back, Step::Took { unit: at, way: state.way });
                }
            }
        }
        Some(states)
    }

    /// Notes a step; gives its place.
    pub(super) fn went(&mut self, back: u32, step: Step) -> u32 {
        self.trail.push((back, step));
        u32::try_from(self.trail.len() - 1).unwrap_or(START)
    }

    fn unit(&mut self, (at, unit, from): (usize, &Unit, usize), states: &[State], done: &mut Sieve) {
        let mut tops = std::mem::take(&mut self.tops);
        for (way, lines) in (0..).zip(&unit.ways) {
            tops.resize_with(tops.len().max(lines.lines.len() + 1), Tops::default);
            for state in states.iter().filter(|state| from > 0 && state.way == way) {
                // Its way is chosen and paid for.
                self.walk((at, lines, from), *state, &mut tops, done);
            }
            for state in states.iter().filter(|_| from == 0) {
                let mut state = State { price: state.price + lines.price, way, ..*state };
                if !done.wants(state.price) || !floats::take(unit, lines, &mut state) {
                    continue;
                }
                if lines.plain && state.cursor.filled && self.clear(&state, lines) {
                    let y = state.cursor.y + lines.height;
                    done.add(State { cursor: Cursor { y, filled: true, over: false }, ..state });
                } else {
                    self.walk((at, lines, 0), state, &mut tops, done);
                }
            }
            for line in 1..=lines.lines.len() {
                let Some(mut begun) = tops.get_mut(line).map(std::mem::take) else { continue };
                for state in begun.pour(self.beam) {
                    self.walk((at, lines, line), state, &mut tops, done);
                }
                if let Some(slot) = tops.get_mut(line) {
                    *slot = begun;
                }
            }
        }
        self.tops = tops;
    }

    /// Whether a way can be taken as a whole: it ends where no page would.
    fn clear(&self, state: &State, lines: &Lines) -> bool {
        let Some(last) = lines.lines.last() else { return false };
        let end = state.cursor.y + lines.height;
        let waits = last.fence && state.floats < last.floats;
        !self.wide && !waits && state.notes == last.called && !self.near_foot(state, end, last)
    }

    /// Whether a page may end after a line whose lower edge is at `y`: near the foot, or where
    /// what follows can't stand on the page.
    ///
    /// Where notes are longer than what is left of the page they go on on the next. Then a page takes all
    /// of them, a few lines more or less, or else as much text as it can: what is between has no merit
    /// of its own, and to try every line of it took most of the time a book needs.
    #[inline]
    fn near_foot(&self, state: &State, y: Length, line: &Line) -> bool {
        let window = self.window;
        let notes = self.notes_height(state.notes, line.called);
        if y + notes > self.page.height + window {
            let ahead = self.notes_height(state.notes, line.chunk_least);
            return y + line.chunk + ahead > self.page.height - window;
        }
        let ahead = self.notes_height(state.notes, line.chunk_called);
        y + notes >= self.page.height - window
            || y + line.chunk + ahead > self.page.height - self.page.leading
    }

    pub(super) fn notes_height(&self, from: u32, to: u32) -> Length {
        if to > from { self.column.notes.height(from, to) + self.page.over } else { Length::ZERO }
    }

    /// The lowest that text may come.
    fn foot(&self, state: &State) -> Length {
        let lines = match state.side {
            Side::Verso => 1,
            Side::Recto => i64::from(state.depth.max(0)),
        };
        self.page.height + self.page.leading * lines
    }

    /// Takes all lines at once that no page may end after, but the last; gives their number.
    fn skip(&self, lines: &Lines, from: usize, state: &mut State) -> usize {
        let Some(inner) = lines.inner.filter(|inner| inner.called <= state.notes) else { return 0 };
        if self.wide || !self.column.floats.is_empty() {
            return 0;
        }
        let window = self.page.height - self.window;
        let last = window.min(self.page.height - self.page.leading - inner.chunk) - Length::sp(1);
        let room = (last - state.cursor.y).to_sp() / inner.height.to_sp().max(1);
        let most = lines.lines.len().saturating_sub(from + 1);
        let count = usize::try_from(room).unwrap_or(0).min(most);
        if count > 0 {
            let y = state.cursor.y + inner.height * i64::try_from(count).unwrap_or(0);
            state.cursor = Cursor { y, filled: true, over: false };
        }
        count
    }

    /// Takes the lines of the state's way from `from` on, and ends the page wherever it may.
    fn walk(
        &mut self,
        (at, lines, from): (usize, &Lines, usize),
        mut state: State,
        tops: &mut [Tops],
        done: &mut Sieve,
    ) {
        let from = from + self.skip(lines, from, &mut state);
        let last_unit = at + 1 == self.column.units.len();
        let foot = self.foot(&state);
        let leading = self.page.leading;
        for (index, line) in lines.lines.iter().enumerate().skip(from) {
            let was = state.cursor;
            if line.kind == Kind::Break {
                if was.is_used() {
                    let (notes, floats) = (line.called, Standing::default());
                    let close = Close { unit: at, line: index, depth: 0, notes, floats };
                    if let Some(tops) = tops.get_mut(index + 1) {
                        self.closed(&state, close, 0.0, line, tops);
                    }
                    return;
                }
                continue;
            }
            state.cursor.take(line, leading, foot);
            let waits = line.fence && state.floats < line.floats;
            if waits && line.kind == Kind::Space {
                state.cursor = was;
            } else if line.kind != Kind::Content {
                continue;
            }
            if was.is_used() && state.cursor.y + self.least_notes(&state, line) > foot {
                return;
            }
            let ends = last_unit && index + 1 == lines.lines.len();
            if !ends
                && (self.wide || waits || self.near_foot(&state, state.cursor.y, line))
                && let Some(tops) = tops.get_mut(index + 1)
            {
                self.close(&state, (at, index), line, tops);
            }
            if waits {
                return;
            }
        }
        done.add(state);
    }

    /// The least that notes take of a page on which this line stands.
    fn least_notes(&self, state: &State, line: &Line) -> Length {
        if self.wide { Length::ZERO } else { self.notes_height(state.notes, line.least) }
    }

    /// Ends the page after a line, in every depth that goes.
    fn close(&mut self, state: &State, (unit, index): (usize, usize), line: &Line, tops: &mut Tops) {
        let mut price = 0.0;
        prices::break_after(line, state.side == Side::Recto, &mut price);
        let missing = self.missing(state);
        for &depth in state.depths() {
            let mut price = price;
            let Some(notes) = self.end_of_page(state, (depth, missing), line, &mut price) else { continue };
            let close = Close { unit, line: index, depth, notes, floats: Standing::default() };
            self.closed(state, close, price, line, tops);
        }
    }

    /// How many lines a page of the usual depth that ends here is short, and whether it ends on the grid.
    pub(super) fn missing(&self, state: &State) -> (i64, bool) {
        let (grid, missing) = (self.page.leading.to_sp().max(1), (self.page.height - state.cursor.y).to_sp());
        let lines = missing.div_euclid(grid);
        (lines, lines * grid == missing)
    }

    /// Charges that a page of that depth ends here; gives how many strips of notes stand then.
    #[inline]
    fn end_of_page(
        &self,
        state: &State,
        (depth, (missing, on_grid)): (i8, (i64, bool)),
        line: &Line,
        bill: &mut impl Bill<Charge>,
    ) -> Option<u32> {
        let usual = state.notes >= line.called;
        let short = missing + i64::from(depth);
        // Only a page of the usual depth is called short, or it would be counted thrice.
        if usual && (short < 0 || short > 0 && depth != 0 && state.side == Side::Verso) {
            return None;
        }
        if let (Side::Verso, -1 | 1) = (state.side, depth) {
            bill.charge(Charge::Spread, prices::SPREAD);
        }
        if usual {
            match short {
                0 if on_grid => {}
                0 => bill.charge(Charge::OffGrid, prices::OFF_GRID),
                _ => prices::short(short, (line, state.side == Side::Recto, self.page.leading), bill),
            }
            return Some(line.called);
        }
        let (grid, y) = (self.page.leading, state.cursor.y);
        let foot = self.page.height + grid * i64::from(depth);
        let room = foot - y - self.page.over;
        let lost = room < Length::ZERO;
        let fill = || self.column.notes.fill(state.notes, line.called, room.max(Length::ZERO));
        let stand = if lost && !self.wide { state.notes } else { fill() };
        if lost || stand < line.least {
            bill.charge(Charge::PutOff, prices::IMPOSSIBLE);
            return (self.wide && y <= foot).then_some(stand);
        }
        if stand < line.called {
            bill.charge(Charge::SplitNote, prices::SPLIT_NOTE);
        } else {
            let hole = room - self.column.notes.height(state.notes, stand);
            prices::hole(hole.to_sp() / grid.to_sp().max(1), bill);
        }
        Some(stand)
    }

    /// Adds the state at the top of the page after this one.
    fn closed(&mut self, state: &State, close: Close, price: f64, line: &Line, tops: &mut Tops) {
        // A float at the head of a page is called on it, and an empty page has no end.
        if state.floats > line.floats || !state.cursor.is_used() {
            return;
        }
        let (side, depth) = state.turn(close.depth);
        let price = state.price + price;
        let (cursor, notes) = (Cursor::TOP, close.notes);
        let top = State { cursor, price, notes, side, depth, turned: true, ..*state };
        if !self.column.floats.is_empty() {
            return self.turn(top, close, line, tops);
        }
        if let Some(place) = tops.place(&top, self.beam) {
            let back = self.went(state.back, Step::Closed { way: state.way, close });
            tops.put(place, State { back, ..top });
        }
    }

    /// Charges a state's last page; gives the side of the page after it.
    fn last_page(&self, state: &State, bill: &mut impl Bill<Charge>) -> Side {
        if !state.cursor.is_used() && state.turned {
            return state.side;
        }
        let depth = self.last_depth(state);
        if depth > state.depth {
            bill.charge(Charge::Unequal, prices::UNEQUAL);
        }
        if self.last_least(state) > self.page.height + self.page.leading * i64::from(depth) {
            bill.charge(Charge::PutOff, prices::IMPOSSIBLE);
        }
        let mut side = state.side.other();
        for _ in self.last_pages(state).iter().skip(1) {
            bill.charge(Charge::SplitNote, prices::SPLIT_NOTE);
            side = side.other();
        }
        side
    }

    /// The depth of a page that ends a segment's text: no more than the text and the first lines of its notes
    /// need, so that these begin there.
    pub(super) fn last_depth(&self, last: &State) -> i8 {
        let (least, most) = match last.side {
            Side::Verso => (0, 1),
            Side::Recto => (last.depth, last.depth.max(0)),
        };
        let needed = self.last_least(last) - self.page.height;
        (least..most).find(|depth| needed <= self.page.leading * i64::from(*depth)).unwrap_or(most)
    }

    /// How far down a page the text and the least of all notes come that still wait.
    fn last_least(&self, last: &State) -> Length {
        let all = u32::try_from(self.column.notes.strips.len()).unwrap_or(u32::MAX);
        last.cursor.y + self.notes_height(last.notes, self.column.notes.least(all))
    }

    /// The notes of a segment's last page and of those that they still need.
    pub(super) fn last_pages(&self, last: &State) -> Vec<u32> {
        let depth = self.last_depth(last);
        self.page.pages_of_notes(&self.column.notes, last.notes, last.cursor.y, depth)
    }

    fn solution(&self, price: f64, last: &State) -> Solution {
        let mut solution = Solution { price, depth: self.last_depth(last), ..Solution::default() };
        let mut at = last.back;
        while let Some((back, step)) = self.trail.get(at as usize) {
            let (unit, way) = match *step {
                Step::Took { unit, way } => (unit, way),
                Step::Closed { way, close } => {
                    solution.closes.push(close);
                    (close.unit, way)
                }
            };
            if way > 0 {
                solution.ways.insert(unit, usize::from(way));
            }
            at = *back;
        }
        solution.closes.reverse();
        solution
    }
}
