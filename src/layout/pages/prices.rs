//! What a page break, a page and a spread cost: the one table.
//!
//! The order is the trade's, dearest first: a heading without its text, what the author keeps together,
//! a line alone, facing pages of different depth, a hyphen that the reader must carry over the leaf, a paragraph set in other lines
//! than its best, a spread run short or long. The distances keep the order: two of one kind are never
//! cheaper than one of the kind above, but three may be.

use crate::layout::galley::cost;

/// No way to break is right: notes that can't begin where they are called.
pub(super) const IMPOSSIBLE: f64 = 1e9;
/// A heading, a table's head or a picture is parted from what it announces.
const STRANDED: f64 = 1e6;
/// One line of a paragraph alone at the head or the foot.
const ALONE: f64 = 150_000.0;
/// What the author wants together is divided.
const KEEP: f64 = 200_000.0;
/// Words that end in a colon are parted from the code, the list or the table they announce.
const LEANS: f64 = 8_000.0;
/// Facing pages end on different lines.
pub(super) const UNEQUAL: f64 = 40_000.0;
/// And for each line by which a page is short, up to [`SHORT_LINES`]: a page that must be short for a
/// heading's or a figure's sake must never look dearer than the [`BEAM`] allows.
pub(super) const SHORT_LINE: f64 = 8_000.0;
/// See [`SHORT_LINE`].
pub(super) const SHORT_LINES: i64 = 10;
/// A line between text and notes left empty, each.
pub(super) const HOLE: f64 = 6_000.0;
/// A page ends off the grid: within code, a table, a list of small type. It is brought back to the grid
/// where there is a space on the page that can take it.
pub(super) const OFF_GRID: f64 = 4_000.0;
/// The space over a heading, a table or code is a line more than the style says.
pub(super) const MORE_SPACE: f64 = 7_000.0;
/// And when it is the space over a quotation, a list or a scene break.
pub(super) const SPACE_SEEN: f64 = 5_000.0;
/// Or a line less.
pub(super) const LESS_SPACE: f64 = 5_000.0;
/// A hyphen is carried over the leaf, from recto to verso.
const HYPHEN_TURN: f64 = 16_000.0;
/// A hyphen is carried over the gutter.
const HYPHEN_ACROSS: f64 = 9_000.0;
/// A note goes on on the next page.
pub(super) const SPLIT_NOTE: f64 = 15_000.0;
/// A chapter ends with a page of fewer than [`FEW_LINES`] lines.
pub(super) const LAST_SHORT: f64 = 20_000.0;
/// See [`LAST_SHORT`].
pub(super) const FEW_LINES: i64 = 5;
/// A figure stands at the head of a page instead of where it is written: less than any hole there.
pub(super) const FLOAT: f64 = 8_000.0;
/// It doesn't stand on the page of its call, but over the leaf.
const FLOAT_TURN: f64 = 4_000.0;
/// Or on the facing page.
const FLOAT_ACROSS: f64 = 1_000.0;
/// And each page after that on which it has no place either.
pub(super) const FLOAT_LATE: f64 = 4_000.0;
/// A page of figures without text.
pub(super) const FLOAT_PAGE: f64 = 20_000.0;
/// A spread a line longer or shorter than the others.
pub(super) const SPREAD: f64 = 2_500.0;
/// States so much dearer than the best of their place are given up: nothing that follows is worth it.
pub(super) const BEAM: f64 = 260_000.0;

/// A paragraph set in `lines` lines more or fewer than its best, with so many demerits more: what the
/// change costs by itself, then how much worse its lines look.
pub(super) fn other_way(lines: usize, demerits: f64) -> f64 {
    let change = match lines {
        0 => 0.0,
        1 => 300.0,
        _ => 3_000.0,
    };
    change + demerits / 50.0
}

/// A break after a strip of that cost.
pub(super) fn break_after(after: u8) -> f64 {
    match after {
        cost::FREE => 0.0,
        cost::LEANS => LEANS,
        cost::KEEP => KEEP,
        cost::ALONE => ALONE,
        _ => STRANDED,
    }
}

/// A page ends whose figure stands on the next, which is a left one or not.
pub(super) fn float_turn(to_verso: bool) -> f64 {
    if to_verso { FLOAT_TURN } else { FLOAT_ACROSS }
}

/// A page that ends in a hyphen.
pub(super) fn hyphen(recto: bool) -> f64 {
    if recto { HYPHEN_TURN } else { HYPHEN_ACROSS }
}
