//! What the page program goes on from, and which of it is kept.
//!
//! Enters: states, as the solver reaches them. Leaves: the cheapest of each kind. Promise: two states are
//! of one kind when nothing that follows can tell them apart; what is dearer than the cheapest by more
//! than the beam, mostly [`prices::BEAM`], is given up.

use super::Side;
use super::column::Line;
use crate::layout::galley::Kind;
use crate::measure::Length;
use std::collections::BTreeMap;

/// How far down a page the text has come.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cursor {
    pub(super) y: Length,
    /// Something stands on the page.
    pub(super) filled: bool,
    /// Floats stand at its head, which are not what is meant by something.
    pub(super) over: bool,
}

impl Cursor {
    /// The top of a page.
    pub(super) const TOP: Cursor = Cursor { y: Length::ZERO, filled: false, over: false };

    /// The page is not empty.
    pub(super) fn is_used(&self) -> bool {
        self.filled || self.over
    }

    /// Takes a line; gives where it stands and its height, or `None` for space that vanishes.
    #[inline]
    pub(super) fn take(&mut self, line: &Line, grid: Length, foot: Length) -> Option<(Length, Length)> {
        let (y, height) = match line.kind {
            Kind::Break => return None,
            Kind::Space if !self.filled => return None,
            Kind::Space | Kind::Sink => (self.y, line.height),
            Kind::Snap => (self.y, self.y.round_up_to(grid) - self.y),
            Kind::Content => {
                let y = if self.filled { self.y } else { self.y + line.head };
                // The first strip after a sink that leaves no room for it.
                let y = if y + line.height > foot && !self.is_used() {
                    (foot - line.height).max(Length::ZERO)
                } else {
                    y
                };
                self.filled = true;
                (y, line.height)
            }
        };
        self.y = y + height;
        Some((y, height))
    }
}

#[derive(Debug, Clone, Copy)]
pub(super) struct State {
    pub(super) cursor: Cursor,
    pub(super) price: f64,
    /// Its last step of the trail.
    pub(super) back: u32,
    /// Strips of notes that stand on earlier pages.
    pub(super) notes: u32,
    /// The way that the unit is set in.
    pub(super) way: u16,
    /// Floats that have their place.
    pub(super) floats: u16,
    pub(super) side: Side,
    /// On a recto: how much longer its verso is than usual.
    pub(super) depth: i8,
    /// A page of the segment has ended.
    pub(super) turned: bool,
}

/// The trail's beginning.
pub(super) const START: u32 = u32::MAX;

/// The cheapest states of each kind at the top of a page: there are a handful, for all stand on the
/// same line.
#[derive(Debug)]
pub(super) struct Tops {
    least: f64,
    /// Of each its kind and price: what is looked through stands close together.
    kinds: Vec<(u64, f64)>,
    states: Vec<State>,
}

/// Where a state stands among them: its kind, and who stands there now.
pub(super) struct Place {
    kind: u64,
    at: Option<usize>,
}

impl Default for Tops {
    fn default() -> Self {
        Tops { least: f64::INFINITY, kinds: Vec::new(), states: Vec::new() }
    }
}

impl Tops {
    /// The place of a state that is cheaper than any of its kind so far.
    #[inline]
    pub(super) fn place(&self, state: &State, beam: f64) -> Option<Place> {
        if state.price > self.least + beam {
            return None;
        }
        let kind = state.kind();
        let at = self.kinds.iter().position(|&(old, _)| old == kind);
        let dearer = |at: usize| self.kinds.get(at).is_some_and(|&(_, price)| price > state.price);
        at.is_none_or(dearer).then_some(Place { kind, at })
    }

    /// Puts a state at its place.
    pub(super) fn put(&mut self, Place { kind, at }: Place, state: State) {
        self.least = self.least.min(state.price);
        match at {
            Some(at) => {
                self.kinds.get_mut(at).into_iter().for_each(|known| known.1 = state.price);
                self.states.get_mut(at).into_iter().for_each(|known| *known = state);
            }
            None => {
                self.kinds.push((kind, state.price));
                self.states.push(state);
            }
        }
    }

    /// Gives all that stay, and is empty again.
    pub(super) fn pour(&mut self, beam: f64) -> impl Iterator<Item = State> {
        let most = std::mem::replace(&mut self.least, f64::INFINITY) + beam;
        self.kinds.clear();
        if self.states.iter().any(|state| self.states.first().is_some_and(|first| first.notes != state.notes))
        {
            self.waiting();
        }
        self.states.drain(..).filter(move |state| state.price <= most)
    }

    /// Takes away states that have more notes waiting than another and are not cheaper: where a long note
    /// may be divided anywhere, there would be one for every line of it.
    fn waiting(&mut self) {
        let same = |one: &State, other: &State| (one.small(), one.floats) == (other.small(), other.floats);
        let better = |one: &State, other: &State| one.notes > other.notes && one.price <= other.price;
        let all = self.states.clone();
        self.states.retain(|state| !all.iter().any(|other| same(other, state) && better(other, state)));
    }
}

/// Keeps the cheapest state of each kind, and none that is too dear.
#[derive(Debug)]
pub(super) struct Sieve {
    grid: i64,
    beam: f64,
    /// The least price of all that came.
    least: f64,
    /// By the kind of a state on the grid: its place among the kept, one more than it.
    places: Vec<u32>,
    kept: Vec<State>,
    /// States off the grid, or with other notes or floats than the first.
    odd: BTreeMap<u64, State>,
}

impl Sieve {
    pub(super) fn new(grid: Length, beam: f64) -> Self {
        let (places, kept, odd) = (Vec::new(), Vec::new(), BTreeMap::new());
        Sieve { grid: grid.to_sp().max(1), beam, least: f64::INFINITY, places, kept, odd }
    }

    /// Whether a state of that price may stay.
    pub(super) fn wants(&self, price: f64) -> bool {
        price <= self.least + self.beam
    }

    /// Takes a state when it is the cheapest of its kind so far.
    pub(super) fn add(&mut self, state: State) {
        if !self.wants(state.price) {
            return;
        }
        self.least = self.least.min(state.price);
        let placed = |state: &State| (state.notes, state.floats);
        let usual = self.kept.first().is_none_or(|first| placed(first) == placed(&state));
        let Some(slot) = state.slot(self.grid).filter(|_| usual) else {
            let old = self.odd.entry(state.kind()).or_insert(state);
            if state.price < old.price {
                *old = state;
            }
            return;
        };
        if slot >= self.places.len() {
            self.places.resize(slot + 1, 0);
        }
        let Some(place) = self.places.get_mut(slot) else { return };
        match place.checked_sub(1).and_then(|at| self.kept.get_mut(at as usize)) {
            Some(old) if state.price < old.price => *old = state,
            Some(_) => {}
            None => {
                self.kept.push(state);
                *place = u32::try_from(self.kept.len()).unwrap_or(0);
            }
        }
    }

    /// Gives all that stay, and is empty again.
    pub(super) fn pour(&mut self, states: &mut Vec<State>) {
        states.clear();
        self.places.clear();
        let most = self.least + self.beam;
        states.extend(self.kept.drain(..).filter(|state| state.price <= most));
        states.extend(std::mem::take(&mut self.odd).into_values().filter(|state| state.price <= most));
        self.least = f64::INFINITY;
    }
}

impl State {
    /// The top of a segment's first page.
    pub(super) fn begin(side: Side) -> Self {
        let (cursor, price, back, notes) = (Cursor::TOP, 0.0, START, 0);
        State { cursor, price, back, notes, way: 0, floats: 0, side, depth: 0, turned: false }
    }

    /// The depths that its page may have.
    pub(super) fn depths(&self) -> &'static [i8] {
        match (self.side, self.depth) {
            (Side::Verso, _) => &[0, -1, 1],
            (Side::Recto, 1..) => &[1],
            (Side::Recto, 0) => &[0],
            (Side::Recto, _) => &[-1],
        }
    }

    /// Side and depth of the page after one of that depth.
    pub(super) fn turn(&self, depth: i8) -> (Side, i8) {
        match self.side {
            Side::Verso => (Side::Recto, depth),
            Side::Recto => (Side::Verso, 0),
        }
    }

    pub(super) fn small(&self) -> u64 {
        u64::from(self.side == Side::Recto)
            | u64::from(self.cursor.filled) << 1
            | u64::from(self.turned) << 2
            | u64::try_from(self.depth + 1).unwrap_or(0) << 3
    }

    /// A number for each kind of state that stands on the grid, notes left out.
    pub(super) fn slot(&self, grid: i64) -> Option<usize> {
        let y = self.cursor.y.to_sp();
        let line = usize::try_from(y / grid).ok().filter(|line| y % grid == 0 && *line < 4096)?;
        Some(line << 5 | usize::try_from(self.small()).ok()?)
    }

    /// What states have in common that can be told apart by nothing but their price.
    pub(super) fn kind(&self) -> u64 {
        let y = u64::try_from(self.cursor.y.to_sp()).unwrap_or(0);
        // So many floats don't wait at once that seven bits of their number wouldn't tell them apart.
        u64::from(self.floats & 0x7f) << 57 | y << 29 | u64::from(self.notes & 0xff_ffff) << 5 | self.small()
    }
}
