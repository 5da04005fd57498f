//! A leaf's candidates, and the room in which they are searched.
//!
//! Enters: what finds a leaf's candidates. Leaves: [`Found`], which all searches of the leaf share.
//! Promise: what searches work in is taken over from earlier leaves and given back; it changes nothing
//! but the time it takes.

use super::candidates::Candidate;
use super::choose::Spot;
use super::ways::{Group, Slot, Way};
use std::cell::Cell;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Candidates of the longest leaf whose room is kept for the next.
const MOST_KEPT: usize = 16_384;

/// A leaf's candidates, ready to be searched.
pub(super) struct Found<'a> {
    pub(super) ends: Vec<Candidate>,
    /// One for each of them.
    pub(super) spots: Vec<Spot>,
    pub(super) room: Cell<Room>,
    rooms: &'a Rooms,
}

/// What searches work in. A leaf is searched about four times and a book has thousands: what is as
/// large as this and soon given back costs more to ask for than to fill.
#[derive(Default)]
pub(super) struct Room {
    pub(super) ends: Vec<Candidate>,
    pub(super) spots: Vec<Spot>,
    pub(super) ways: Vec<Way>,
    pub(super) active: Vec<Group>,
    pub(super) slots: Vec<Slot>,
}

/// Rooms of earlier leaves; as many as threads were at work at once.
#[derive(Default)]
pub(super) struct Rooms(Mutex<Vec<Room>>);

impl Rooms {
    fn lock(&self) -> MutexGuard<'_, Vec<Room>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<'a> Found<'a> {
    /// Of the candidates that `find` adds to an empty list.
    pub(super) fn new(rooms: &'a Rooms, find: impl FnOnce(Vec<Candidate>) -> Vec<Candidate>) -> Self {
        let mut room = rooms.lock().pop().unwrap_or_default();
        let (mut ends, mut spots) = (std::mem::take(&mut room.ends), std::mem::take(&mut room.spots));
        ends.clear();
        let ends = find(ends);
        spots.clear();
        spots.extend(ends.iter().map(Spot::new));
        Found { ends, spots, room: Cell::new(room), rooms }
    }
}

impl Drop for Found<'_> {
    fn drop(&mut self) {
        let (ends, spots) = (std::mem::take(&mut self.ends), std::mem::take(&mut self.spots));
        // Nobody writes a leaf that needs more: its room isn't kept.
        if ends.capacity() <= MOST_KEPT {
            self.rooms.lock().push(Room { ends, spots, ..self.room.take() });
        }
    }
}
