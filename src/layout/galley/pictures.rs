//! How large pictures in lines of text are.
//!
//! Enters: what the book says of a picture, the measure of the leaf it stands in. Leaves: its width and
//! height. Promise: no picture is wider than the lines it stands in; one in a cell whose width its author
//! doesn't say is no higher than [`CELL_LINES`] lines of the cell.

use super::Context;
use crate::layout::lines::References;
use crate::measure::Length;
use crate::model::{NoteId, Picture, Target};

/// A picture in a cell is so many of its lines high at most: a table is read across its rows, and one of
/// higher rows can't be.
const CELL_LINES: i64 = 4;

/// The references of a leaf: those of the book, its pictures as large as the leaf allows.
pub(super) struct Within<'r> {
    refs: &'r dyn References,
    measure: Length,
    /// Of pictures whose width the author doesn't say.
    room: Option<Length>,
}

impl<'r> Within<'r> {
    /// In running text.
    pub(super) fn text(refs: &'r dyn References, context: &Context<'_>) -> Self {
        Within { refs, measure: context.measure, room: None }
    }

    /// In a cell of a table.
    pub(super) fn cell(refs: &'r dyn References, context: &Context<'_>) -> Self {
        Within { refs, measure: context.measure, room: Some(context.leading * CELL_LINES) }
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
        let wide = if width > self.measure { self.measure.ratio(width) } else { 1.0 };
        let high = match self.room.filter(|room| picture.width.is_none() && height > *room) {
            Some(room) => room.ratio(height),
            None => 1.0,
        };
        let by = wide.min(high);
        if by < 1.0 { (width.scale(by), height.scale(by)) } else { (width, height) }
    }
}
