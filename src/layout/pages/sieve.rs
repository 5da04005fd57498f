//! States told apart: of each kind the cheapest, and none that is too dear.
//!
//! Enters: states at one place of a segment. Leaves: those worth going on from. Promise: what differs in
//! anything that the pages to come depend on is of another kind; the order is that of arrival, then of kind,
//! and the same in every run.

use super::solve::State;
use super::{Side, prices};
use crate::measure::Length;
use std::collections::BTreeMap;

/// Keeps the cheapest state of each kind, and none that is too dear.
#[derive(Debug)]
pub(super) struct Sieve {
    grid: i64,
    /// The least price of all that came.
    least: f64,
    /// By the kind of a state on the grid: its place among the kept, one more than it.
    places: Vec<u32>,
    kept: Vec<State>,
    /// States off the grid, or with other notes or floats than the first.
    odd: BTreeMap<u64, State>,
}

impl Sieve {
    pub(super) fn new(grid: Length) -> Self {
        let (places, kept, odd) = (Vec::new(), Vec::new(), BTreeMap::new());
        Sieve { grid: grid.to_sp().max(1), least: f64::INFINITY, places, kept, odd }
    }

    /// Whether a state of that price may stay.
    pub(super) fn wants(&self, price: f64) -> bool {
        price <= self.least + prices::BEAM
    }

    /// Takes a state, and gives it back to be finished when it is the cheapest of its kind so far.
    pub(super) fn add(&mut self, state: State) -> Option<&mut State> {
        if !self.wants(state.price) {
            return None;
        }
        self.least = self.least.min(state.price);
        let placed = |state: &State| (state.notes, state.floats);
        let usual = self.kept.first().is_none_or(|first| placed(first) == placed(&state));
        let Some(slot) = state.slot(self.grid).filter(|_| usual) else {
            let old = self.odd.entry(state.kind()).or_insert(State { price: f64::INFINITY, ..state });
            return (state.price < old.price).then(|| {
                *old = state;
                old
            });
        };
        if slot >= self.places.len() {
            self.places.resize(slot + 1, 0);
        }
        let place = self.places.get_mut(slot)?;
        if *place == 0 {
            self.kept.push(state);
            *place = u32::try_from(self.kept.len()).unwrap_or(0);
            return self.kept.last_mut();
        }
        let old = self.kept.get_mut(*place as usize - 1)?;
        (state.price < old.price).then(|| {
            *old = state;
            old
        })
    }

    /// Gives all that stay, and is empty again.
    pub(super) fn pour(&mut self, states: &mut Vec<State>) {
        states.clear();
        self.places.clear();
        let most = self.least + prices::BEAM;
        states.extend(self.kept.drain(..).filter(|state| state.price <= most));
        states.extend(std::mem::take(&mut self.odd).into_values().filter(|state| state.price <= most));
        self.least = f64::INFINITY;
    }
}

impl State {
    fn small(&self) -> u64 {
        u64::from(self.side == Side::Recto)
            | u64::from(self.cursor.filled) << 1
            | u64::from(self.turned) << 2
            | u64::try_from(self.depth + 1).unwrap_or(0) << 3
    }

    /// A number for each kind of state that stands on the grid, notes left out.
    fn slot(&self, grid: i64) -> Option<usize> {
        let y = self.cursor.y.to_sp();
        let line = usize::try_from(y / grid).ok().filter(|line| y % grid == 0 && *line < 4096)?;
        Some(line << 5 | usize::try_from(self.small()).ok()?)
    }

    /// What states have in common that can be told apart by nothing but their price.
    fn kind(&self) -> u64 {
        let y = u64::try_from(self.cursor.y.to_sp()).unwrap_or(0);
        // So many floats don't wait at once that seven bits of their number wouldn't tell them apart.
        u64::from(self.floats & 0x7f) << 57 | y << 29 | u64::from(self.notes & 0xff_ffff) << 5 | self.small()
    }
}
