//! How large pictures in cells of tables are.
//!
//! Enters: what the book says of a picture. Leaves: its width and height. Promise: one whose width its author
//! doesn't say is no higher than [`CELL_LINES`] lines of the cell; that none is wider than its lines is held
//! wherever lines are set.

use super::Context;
use crate::layout::lines::References;
use crate::measure::Length;
use crate::model::{NoteId, Picture, Target};

/// A picture in a cell is so many of its lines high at most: a table is read across its rows, and one of
/// higher rows can't be.
const CELL_LINES: i64 = 4;

/// The references of a cell: those of the book, its pictures as high as the cell allows.
pub(super) struct Within<'r> {
    refs: &'r dyn References,
    /// Of pictures whose width the author doesn't say.
    room: Length,
}

impl<'r> Within<'r> {
    /// In a cell of a table.
    pub(super) fn cell(refs: &'r dyn References, context: &Context<'_>) -> Self {
        Within { refs, room: context.leading * CELL_LINES }
    }
}

impl References for Within<'_> {
    fn note(&self, note: NoteId) -> String {
        self.refs.note(note)
    }

    fn page(&self, target: &Target) -> String {
        self.refs.page(target)
    }

    fn picture(&self, picture: &Picture, size: Length) -> (Length, Length) {
        let (width, height) = self.refs.picture(picture, size);
        if picture.width.is_some() || height <= self.room {
            return (width, height);
        }
        (width.scale(self.room.ratio(height)), self.room)
    }
}
