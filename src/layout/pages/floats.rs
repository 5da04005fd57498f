//! Figures that float: they stand at the head of a page while the text goes on where they are written.
//!
//! Enters: the floats of a segment's galleys, its units. Leaves: [`Floats`] in the order of their calls; for
//! the solver what may stand at the head of a page, for the binder at which height. Promise: floats
//! stand once and in order, on the page of their call or a later one, and before the next
//! [`Fence`] and the segment's end; what takes more of a page than
//! [`MOST`] has a page without text.
//!
//! A float is a unit that can be had in two ways: its lines, or a call without lines. A state carries how
//! many floats have their place, so that those called and not placed are known; they come to the head
//! of the next page that has room. A float may also come to the head of the page before its call is
//! reached: such a state lives on only if the call stands on that page.

use super::column::{Line, Lines, Unit};
use super::prices::{self, Charge};
use super::solve::{Close, Solver, Step};
use super::states::{Cursor, State, Tops};
use super::{Flow, Geometry, Side};
use crate::layout::bill::Bill;
use crate::layout::galley::{Fence, Kind, cost};
use crate::measure::Length;
use std::ops::Range;

/// The part of a page's height that floats take over text.
const MOST: f64 = 0.7;

/// A figure that floats.
#[derive(Debug, Clone)]
pub(super) struct Float {
    /// Which unit calls it.
    pub(super) unit: usize,
    /// Its galley, and its strips in it without the space around.
    pub(super) galley: usize,
    pub(super) strips: Range<usize>,
    /// Of these strips.
    pub(super) height: Length,
    /// The author wants it on a page without text.
    pub(super) alone: bool,
}

/// The floats of a segment, in the order of their calls.
#[derive(Debug, Clone, Default)]
pub(super) struct Floats {
    all: Vec<Float>,
    /// By unit: the height of all text before it.
    sums: Vec<Length>,
    /// Units that no float called after them stands before.
    walls: Vec<usize>,
}

/// The floats that stand at the head of a page, by their number in the segment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Standing {
    pub(super) from: u16,
    pub(super) to: u16,
}

impl Floats {
    /// Makes ready what the solver asks for, and tells lines what no float may pass. A column without
    /// floats stays as it is.
    pub(super) fn new(flow: &Flow, all: Vec<Float>, units: &mut [Unit]) -> Self {
        if all.is_empty() {
            return Floats::default();
        }
        let mut sums = vec![Length::ZERO];
        for unit in units.iter() {
            let height = unit.ways.iter().map(|way| way.height).min().unwrap_or_default();
            sums.push(sums.last().copied().unwrap_or_default() + height);
        }
        let walls = fences(flow, units);
        Floats { all, sums, walls }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    pub(super) fn count(&self) -> u16 {
        u16::try_from(self.all.len()).unwrap_or(u16::MAX)
    }

    /// Each float of a head with where it stands, from the top of the text.
    pub(super) fn places(
        &self,
        standing: Standing,
        grid: Length,
    ) -> impl Iterator<Item = (&Float, Length)> + '_ {
        let range = usize::from(standing.from)..usize::from(standing.to);
        let mut y = Length::ZERO;
        self.all.get(range).unwrap_or_default().iter().map(move |float| {
            let here = y;
            y = below(here + float.height, grid);
            (float, here)
        })
    }

    /// Where text begins under these floats.
    pub(super) fn under(&self, standing: Standing, grid: Length) -> Length {
        self.foot(standing, grid).map_or(Length::ZERO, |foot| below(foot, grid))
    }

    /// The lower edge of the last of them.
    pub(super) fn foot(&self, standing: Standing, grid: Length) -> Option<Length> {
        self.places(standing, grid).last().map(|(float, y)| y + float.height)
    }

    /// A float that leaves too little of its page to text.
    fn alone(&self, at: u16, page: Geometry) -> bool {
        let most = page.height.scale(MOST);
        self.all.get(usize::from(at)).is_some_and(|f| f.alone || below(f.height, page.leading) > most)
    }

    /// How many of the floats up to `end` stand over text, in so much room.
    fn fill(&self, from: u16, end: u16, page: Geometry, room: Length) -> u16 {
        let fits = |to: u16| self.under(Standing { from, to }, page.leading) <= room;
        (from..end).find(|&to| self.alone(to, page) || !fits(to + 1)).unwrap_or(end)
    }

    /// How many stand on a page without text: at least one.
    fn fill_page(&self, from: u16, end: u16, page: Geometry) -> u16 {
        let fits = |to: u16| self.foot(Standing { from, to }, page.leading).is_none_or(|y| y <= page.height);
        (from + 1..end).find(|&to| !fits(to + 1)).unwrap_or(end)
    }

    /// Whether a float's call may stand on the page that begins after a unit.
    fn near(&self, at: u16, unit: usize, page: Geometry) -> bool {
        let Some(float) = self.all.get(usize::from(at)) else { return false };
        let sum = |unit: usize| self.sums.get(unit).copied().unwrap_or_default();
        let wall = self.walls.get(self.walls.partition_point(|&wall| wall <= unit));
        let open = wall.is_none_or(|&wall| wall > float.unit);
        open && float.unit > unit && sum(float.unit) - sum(unit + 1) <= page.height
    }
}

/// Where the next thing under a float begins: most of a line of space at least, and on the grid.
fn below(foot: Length, grid: Length) -> Length {
    (foot + grid.scale(0.8)).round_up_to(grid)
}

/// Marks the lines after which the page must end when floats wait: those before a fence.
/// Gives the units that have one to both sides.
fn fences(flow: &Flow, units: &mut [Unit]) -> Vec<usize> {
    let mut walls = Vec::new();
    for at in 0..units.len() {
        let Some(unit) = units.get(at).filter(|unit| unit.float.is_none()) else { continue };
        let galley = flow.galleys.get(unit.galley);
        let strips = galley.and_then(|g| g.strips.get(unit.strips.clone())).unwrap_or_default();
        let found = strips.iter().enumerate().filter(|(_, strip)| strip.fence != Fence::None);
        for (line, strip) in found {
            fence(units, at, line);
            if strip.fence == Fence::Both {
                walls.push(at);
            }
        }
    }
    walls
}

/// Marks what stands before a line: a line, a break, or a float's call.
fn fence(units: &mut [Unit], at: usize, line: usize) {
    let ends = |line: &Line| matches!(line.kind, Kind::Content | Kind::Break);
    let mut called: Option<usize> = None;
    for index in (0..=at).rev() {
        let Some(unit) = units.get_mut(index) else { continue };
        if unit.float.is_some() {
            called = called.or(Some(index));
            continue;
        }
        let mut after = None;
        for way in &mut unit.ways {
            let end = if index == at { line } else { way.lines.len() };
            let before = way.lines.get_mut(..end).unwrap_or_default();
            let Some(last) = before.iter_mut().rev().find(|line| ends(line)) else { continue };
            after = Some(last.after);
            last.fence |= called.is_none();
        }
        if let Some(after) = after {
            if let Some(unit) = called.and_then(|called| units.get_mut(called)) {
                let calls = unit.ways.iter_mut().filter(|way| way.away).flat_map(|way| &mut way.lines);
                calls.for_each(|line| (line.fence, line.after) = (true, after));
            }
            return;
        }
    }
}

/// Whether a state can have a unit in that way: a float stands where it is written only when it has no
/// place yet and no other waits.
pub(super) fn take(unit: &Unit, lines: &Lines, state: &mut State) -> bool {
    let Some(float) = unit.float.filter(|_| !lines.away) else { return true };
    let here = state.floats == float;
    state.floats += u16::from(here);
    here
}

impl Solver<'_> {
    /// Adds the states at the top of the page after one that ends with `close`: with the floats that may
    /// stand at its head, and after the pages of those that stand without text.
    pub(super) fn turn(&mut self, top: State, close: Close, line: &Line, tops: &mut Tops) {
        let (page, called) = (self.page, line.floats);
        let room = page.height.scale(MOST).min(page.height - self.needed(&top, close));
        let (mut state, mut closes) = (top, vec![close]);
        prices::float_turns(called - top.floats.min(called), top.side == Side::Verso, &mut state.price);
        let floats = &self.column.floats;
        while state.floats < called
            && (floats.alone(state.floats, page)
                || line.fence && floats.fill(state.floats, called, page, room) < called)
        {
            let to = floats.fill_page(state.floats, called, page);
            self.page_of_floats(&mut state, &mut closes, to, line.called);
        }
        let mut to = floats.fill(state.floats, called, page, room);
        prices::floats_late(called - to, &mut state.price);
        loop {
            self.head(state, &mut closes, to, tops);
            let more = to + 1;
            if to < called
                || !self.column.floats.near(to, close.unit, page)
                || self.column.floats.fill(state.floats, more, page, room) < more
            {
                return;
            }
            to = more;
        }
    }

    /// Adds the state at the top of a page with the floats up to `to` at its head.
    fn head(&mut self, state: State, closes: &mut [Close], to: u16, tops: &mut Tops) {
        let standing = Standing { from: state.floats, to };
        let (y, over) = (self.column.floats.under(standing, self.page.leading), to > state.floats);
        let cursor = Cursor { y, filled: false, over };
        if let Some(last) = closes.last_mut() {
            last.floats = standing;
        }
        let top = State { cursor, floats: to, ..state };
        if let Some(place) = tops.place(&top, self.beam) {
            let back = self.ended(&state, closes);
            tops.put(place, State { back, ..top });
        }
    }

    /// Notes the ends of pages; gives the place of the last.
    fn ended(&mut self, state: &State, closes: &[Close]) -> u32 {
        let way = state.way;
        closes.iter().fold(state.back, |back, &close| self.went(back, Step::Closed { way, close }))
    }

    /// A page with the floats up to `to` and no text; notes may go on at its foot.
    fn page_of_floats(&self, state: &mut State, closes: &mut Vec<Close>, to: u16, called: u32) {
        let Some(last) = closes.last_mut() else { return };
        let standing = Standing { from: state.floats, to };
        last.floats = standing;
        let foot = self.column.floats.foot(standing, self.page.leading).unwrap_or_default();
        let room = self.page.height - foot - self.page.over;
        let goes_on = called > state.notes && room > Length::ZERO;
        let notes = if goes_on { self.column.notes.fill(state.notes, called, room) } else { state.notes };
        let depth = if state.side == Side::Recto { state.depth } else { 0 };
        let close = Close { depth, notes, floats: Standing::default(), ..*last };
        closes.push(close);
        (state.side, state.depth) = state.turn(depth);
        state.price.charge(Charge::FloatPage, prices::FLOAT_PAGE);
        (state.floats, state.notes) = (to, notes);
    }

    /// What must stand on the page after this end before it may end freely, its notes included.
    fn needed(&self, top: &State, close: Close) -> Length {
        let units = self.column.units.get(close.unit..).unwrap_or_default();
        let mut needed = Length::ZERO;
        let mut filled = false;
        for (at, unit) in units.iter().enumerate() {
            let (way, from) = if at == 0 { (usize::from(top.way), close.line + 1) } else { (0, 0) };
            if at > 0 && unit.float.is_some() {
                continue;
            }
            let lines = unit.ways.get(way).and_then(|way| way.lines.get(from..)).unwrap_or_default();
            for line in lines {
                match line.kind {
                    Kind::Break => return needed,
                    Kind::Space | Kind::Snap if !filled => {}
                    Kind::Space | Kind::Sink | Kind::Snap => needed += line.height,
                    Kind::Content => {
                        needed += line.height + if filled { Length::ZERO } else { line.head };
                        filled = true;
                        if line.after <= cost::SOFT || needed > self.page.height {
                            return needed + self.notes_height(top.notes, line.least);
                        }
                    }
                }
            }
        }
        needed
    }

    /// A segment's last state, with pages without text for the floats that still wait.
    pub(super) fn last_floats(&mut self, state: State) -> State {
        let (all, page) = (self.column.floats.count(), self.page);
        if state.floats >= all {
            return state;
        }
        let unit = self.column.units.len().saturating_sub(1);
        let way = self.column.units.get(unit).and_then(|unit| unit.ways.get(usize::from(state.way)));
        let line = way.map_or(0, |way| way.lines.len().saturating_sub(1));
        let called = u32::try_from(self.column.notes.strips.len()).unwrap_or(u32::MAX);
        let notes = self.last_pages(&state).first().copied().unwrap_or(state.notes);
        let depth = self.last_depth(&state);
        let mut closes = vec![Close { unit, line, depth, notes, floats: Standing::default() }];
        let (side, depth) = state.turn(depth);
        let mut last = State { side, depth, notes, turned: true, ..state };
        if !state.cursor.is_used() {
            last.price += prices::IMPOSSIBLE;
        }
        prices::float_turns(all - state.floats, side == Side::Verso, &mut last.price);
        loop {
            let to = self.column.floats.fill_page(last.floats, all, page);
            if to >= all {
                break;
            }
            self.page_of_floats(&mut last, &mut closes, to, called);
        }
        let standing = Standing { from: last.floats, to: all };
        let y = self.column.floats.foot(standing, page.leading).unwrap_or_default();
        if let Some(close) = closes.last_mut() {
            close.floats = standing;
        }
        last.price.charge(Charge::FloatPage, prices::FLOAT_PAGE);
        (last.cursor, last.floats) = (Cursor { y, filled: true, over: true }, all);
        last.back = self.ended(&state, &closes);
        last
    }
}
