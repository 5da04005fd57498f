//! Ways to set a leaf as far as a place, and which of them are gone on with.
//!
//! Enters: ways, as the search of `choose` reaches a spot by them. Leaves: those from which the best may still
//! come, in groups whose next lines have the same room. Promise: of ways that nothing later can tell
//! apart the cheapest stays, and of equally cheap ones the first.

use super::choose::UNEVEN;
use crate::measure::Length;
use std::ops::Range;

/// A way to set a leaf as far as a candidate.
#[derive(Debug, Clone, Copy)]
pub(super) struct Way {
    pub(super) demerits: f64,
    /// The candidate it ends at.
    pub(super) spot: u32,
    pub(super) before: u32,
    /// Lines so far.
    pub(super) line: u32,
    pub(super) class: u8,
    pub(super) ladder: u8,
}

impl Way {
    /// No way.
    pub(super) const NONE: Way =
        Way { demerits: f64::INFINITY, spot: 0, before: u32::MAX, line: 0, class: 0, ladder: 0 };
}

/// Ways that end at one spot and have the same room for their next line: what that line costs by itself is found
/// once for all of them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Group {
    pub(super) spot: u32,
    pub(super) room: Length,
    /// The first of them, and how many they are: they stand together.
    pub(super) first: u32,
    pub(super) count: u32,
}

impl Group {
    pub(super) fn ways(self) -> Range<usize> {
        self.first as usize..(self.first + self.count) as usize
    }
}

/// The best ways to a spot in so many lines, by class and ladder.
#[derive(Debug, Clone, Copy)]
pub(super) struct Slot {
    pub(super) line: u32,
    /// Which kinds there are: a bit for each.
    known: u16,
    best: [Way; 12],
}

impl Slot {
    fn new(line: u32) -> Self {
        Slot { line, known: 0, best: [Way::NONE; 12] }
    }

    /// Takes a way when it is the best of its kind so far.
    #[inline]
    fn offer(&mut self, way: Way) {
        let kind = way.class * 3 + way.ladder;
        if let Some(best) = self.best.get_mut(usize::from(kind)).filter(|best| way.demerits < best.demerits) {
            *best = way;
            self.known |= 1 << kind;
        }
    }

    /// The best of each kind.
    #[inline]
    fn ways(&self) -> impl Iterator<Item = &Way> {
        let mut left = self.known;
        std::iter::from_fn(move || {
            let kind = left.trailing_zeros();
            left &= left.wrapping_sub(1);
            self.best.get(kind as usize)
        })
    }

    /// Ways that may still turn out best: what follows costs the cheapest no more than any other with as many
    /// hyphens in a row, but for a line of another class beside it.
    #[inline]
    pub(super) fn undominated(&self) -> impl Iterator<Item = &Way> {
        let mut least = [f64::INFINITY; 3];
        for way in self.ways() {
            for least in least.iter_mut().skip(usize::from(way.ladder)) {
                *least = least.min(way.demerits);
            }
        }
        let least = move |way: &Way| least.get(usize::from(way.ladder)).copied().unwrap_or(f64::INFINITY);
        self.ways().filter(move |way| way.demerits <= least(way) + UNEVEN)
    }
}

/// The ways that end at a candidate: the best of each class and ladder, and of each count of lines.
pub(super) struct Offers {
    /// By their lines; else all together.
    pub(super) counted: bool,
    /// Ways of so many demerits or more are of no use.
    pub(super) most: f64,
    pub(super) slots: Vec<Slot>,
}

impl Offers {
    /// Takes a way; one with more than two hyphens in a row only in the last pass.
    #[inline]
    pub(super) fn offer(&mut self, way: Way, last: bool) {
        if way.ladder > 2 && !last || way.demerits >= self.most {
            return;
        }
        let count = if self.counted { way.line } else { 0 };
        let place = self.slots.iter().position(|slot| slot.line == count).unwrap_or_else(|| {
            self.slots.push(Slot::new(count));
            self.slots.len() - 1
        });
        if let Some(slot) = self.slots.get_mut(place) {
            slot.offer(Way { ladder: way.ladder.min(2), ..way });
        }
    }
}
