//! What a page break, a page and a spread cost: the one table.
//!
//! The order is the trade's, dearest first: a heading without its text, what the author keeps together, a
//! label without what it names, a line alone, a few lines of code divided, facing pages of different depth, a
//! hyphen that the reader must carry over the leaf, a spread run short or long, space over a heading, a
//! paragraph set in other lines than its best. The distances keep the order: two of one kind are never
//! cheaper than one of the kind above, but three may be.

use super::column::Line;
use crate::layout::bill::Bill;
use crate::layout::galley::cost;
use crate::measure::Length;

/// What a page is charged for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Charge {
    /// A note doesn't begin on the page of its call.
    PutOff,
    /// A heading, a picture or a table's head is parted from what it announces.
    Stranded,
    /// What the author keeps together is divided.
    Keep,
    /// The first or the last line of a paragraph stands alone, or whose words a quotation are.
    Alone,
    /// A label or a caption is parted from what it belongs to.
    Label,
    /// Words that end in a colon are parted from what they announce.
    Leans,
    /// Code is divided within a line, or a few lines of it stand alone.
    Whole,
    /// Code is divided before a line that only closes what was opened.
    Closes,
    /// Code is divided where lines belong together, up from 0.
    Code(u8),
    /// A hyphen is carried over the leaf.
    HyphenTurn,
    /// A hyphen is carried over the gutter.
    HyphenAcross,
    /// The spread is a line longer or shorter than the others.
    Spread,
    /// Facing pages end on different lines.
    Unequal,
    /// So many lines are missing at the foot.
    Short(i64),
    /// A column is so many lines shorter than the one beside it.
    Columns(i64),
    /// So many lines between text and notes are empty.
    Hole(i64),
    /// The page ends off the grid.
    OffGrid,
    /// A note goes on on the next page.
    SplitNote,
    /// The chapter ends with a page of a few lines.
    LastShort,
    /// So many figures called on the page stand on the next.
    FloatTurn(u16),
    /// So many figures have no place on the next page either.
    FloatLate(u16),
    /// Figures stand on a page without text.
    FloatPage,
}

impl Charge {
    /// In an author's words.
    #[must_use]
    pub fn words(self) -> String {
        let lines = |count: i64| if count == 1 { "a line".to_owned() } else { format!("{count} lines") };
        let figures = |count: u16| {
            if count == 1 { "a figure stands".to_owned() } else { format!("{count} figures stand") }
        };
        let words = match self {
            Charge::PutOff => "a note can't begin on the page of its call",
            Charge::Stranded => "a heading, a picture or a table's head is parted from what it announces",
            Charge::Keep => "what is to be kept together is divided",
            Charge::Alone => "a line of a paragraph stands alone",
            Charge::Label => "a label or a caption is parted from what it belongs to",
            Charge::Whole => "a few lines of code, or one that goes on in the next, are divided",
            Charge::Closes => "code is divided before a line that only closes",
            Charge::Code(0) => "code is divided before a line that opens something",
            Charge::Code(_) => "code is divided where its lines belong together",
            Charge::Leans => "words that end in a colon are parted from what they announce",
            Charge::HyphenTurn => "a divided word is carried over the leaf",
            Charge::HyphenAcross => "a divided word is carried over to the facing page",
            Charge::Spread => "the spread is a line longer or shorter than the others",
            Charge::Unequal => "facing pages end on different lines",
            Charge::Short(count) => return format!("the page is {} short", lines(count)),
            Charge::Columns(count) => return format!("a column is {} shorter than the other", lines(count)),
            Charge::Hole(count) => return format!("{} between text and notes stay empty", lines(count)),
            Charge::OffGrid => "the last line is off the grid",
            Charge::SplitNote => "a note goes on on the next page",
            Charge::LastShort => "the chapter ends with a page of a few lines",
            Charge::FloatTurn(count) => return format!("{} on the next page", figures(count)),
            Charge::FloatLate(count) => return format!("{} later than on the next page", figures(count)),
            Charge::FloatPage => "figures stand on a page without text",
        };
        words.to_owned()
    }
}

/// No way to break is right: notes that can't begin where they are called.
pub(super) const IMPOSSIBLE: f64 = 1e9;
/// A heading, a table's head or a picture is parted from what it announces.
const STRANDED: f64 = 1e6;
/// One line of a paragraph alone at the head or the foot.
const ALONE: f64 = 150_000.0;
/// What the author wants together is divided.
const KEEP: f64 = 200_000.0;
/// A label is parted from what it names, a caption from its table: more than any hole at a page's foot costs.
const LABEL: f64 = 180_000.0;
/// A few lines of code are divided, or a line of it that goes on in the next.
const WHOLE: f64 = 130_000.0;
/// A page of code begins with a line that only closes what was opened.
const CLOSES: f64 = 45_000.0;
/// Code is divided, by how little the place is made for it.
const CODE: [f64; 5] = [1_000.0, 3_500.0, 8_000.0, 12_000.0, 16_000.0];
/// Words that end in a colon are parted from the code, the list or the table they announce, which are on the
/// facing page.
const LEANS: f64 = 20_000.0;
/// Or over the leaf.
const LEANS_TURN: f64 = 40_000.0;
/// Facing pages end on different lines.
pub(super) const UNEQUAL: f64 = 60_000.0;
/// And for each line by which a page is short, up to [`SHORT_LINES`].
const SHORT_LINE: f64 = 14_000.0;
/// The same where the page is short since what follows can't be divided, which the reader sees: such a page
/// must never look dearer than the [`BEAM`] allows.
const CUT: f64 = 25_000.0;
/// And for each line.
const CUT_LINE: f64 = 6_000.0;
/// What can't be divided is higher than so many lines: paragraphs ask for fewer.
const CUT_HEIGHT: i64 = 4;
/// See [`SHORT_LINE`].
const SHORT_LINES: i64 = 10;
/// Columns that end a chapter or stand before a wanted page break, for each line that the first is longer.
const UNEVEN: f64 = 2_000.0;
/// And that the second is longer, which looks like a mistake.
const UNEVEN_AT_END: f64 = 8_000.0;
/// A line between text and notes left empty, each.
const HOLE: f64 = 6_000.0;
/// A page ends off the grid: within code, a table, a list of small type. It is brought back to the grid
/// where there is a space on the page that can take it.
pub(super) const OFF_GRID: f64 = 4_000.0;
/// The space over a heading is a line more than the style says, or a line less.
pub(super) const HEADING_SPACE: (f64, f64) = (2_500.0, 3_000.0);
/// And over a table, a figure or code.
pub(super) const BLOCK_SPACE: (f64, f64) = (4_000.0, 4_000.0);
/// And in a series of quotations or items, where all spaces of the page then share it and leave the grid.
pub(super) const LIKE_SPACE: (f64, f64) = (13_000.0, 13_000.0);
/// The space over a group of an index is a line more.
pub(super) const GROUP_SPACE: f64 = 7_000.0;
/// A hyphen is carried over the leaf, from recto to verso.
const HYPHEN_TURN: f64 = 28_000.0;
/// A hyphen is carried over the gutter.
const HYPHEN_ACROSS: f64 = 9_000.0;
/// A note goes on on the next page.
pub(super) const SPLIT_NOTE: f64 = 15_000.0;
/// A chapter ends with a page of fewer than [`FEW_LINES`] lines.
pub(super) const LAST_SHORT: f64 = 40_000.0;
/// See [`LAST_SHORT`].
pub(super) const FEW_LINES: u8 = 5;
/// Where fewer lines of a chapter than these come after a left page, the page that it faces isn't full, and
/// nobody sees that they end on different lines.
pub(super) const LAST_PAGE: u8 = 14;
/// A figure stands at the head of a page instead of where it is written: less than any hole there.
pub(super) const FLOAT: f64 = 8_000.0;
/// It doesn't stand on the page of its call, but over the leaf.
const FLOAT_TURN: f64 = 4_000.0;
/// Or on the facing page.
const FLOAT_ACROSS: f64 = 1_000.0;
/// And each page after that on which it has no place either.
const FLOAT_LATE: f64 = 4_000.0;
/// A page of figures without text.
pub(super) const FLOAT_PAGE: f64 = 20_000.0;
/// A spread a line longer or shorter than the others.
pub(super) const SPREAD: f64 = 11_000.0;
/// States so much dearer than the best of their place are given up: nothing that follows is worth it.
pub(super) const BEAM: f64 = 260_000.0;
/// The same where nothing else goes: a page may then part what is tied several times over.
pub(super) const WIDE_BEAM: f64 = 8.0 * STRANDED;

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

/// Charges a page that ends after a line.
pub(super) fn break_after(line: &Line, recto: bool, bill: &mut impl Bill<Charge>) {
    match line.after {
        cost::FREE => {}
        cost::CODE..=cost::CODE_MOST => {
            let place = line.after - cost::CODE;
            let price = CODE.get(usize::from(place)).copied().unwrap_or(CLOSES);
            bill.charge(Charge::Code(place), price);
        }
        cost::LEANS => bill.charge(Charge::Leans, if recto { LEANS_TURN } else { LEANS }),
        cost::CLOSES => bill.charge(Charge::Closes, CLOSES),
        cost::WHOLE => bill.charge(Charge::Whole, WHOLE),
        cost::CAPTION | cost::LABEL => bill.charge(Charge::Label, LABEL),
        cost::KEEP => bill.charge(Charge::Keep, KEEP),
        cost::ALONE => bill.charge(Charge::Alone, ALONE),
        _ => bill.charge(Charge::Stranded, STRANDED),
    }
    if (1..FEW_LINES).contains(&line.rest) {
        bill.charge(Charge::LastShort, LAST_SHORT);
    }
    match (line.hyphen, recto) {
        (false, _) => {}
        (true, true) => bill.charge(Charge::HyphenTurn, HYPHEN_TURN),
        (true, false) => bill.charge(Charge::HyphenAcross, HYPHEN_ACROSS),
    }
}

/// Charges a page that ends with a line and is so many lines of the grid short.
pub(super) fn short(lines: i64, (line, recto, grid): (&Line, bool, Length), bill: &mut impl Bill<Charge>) {
    let cut = line.firm > grid * lines.max(CUT_HEIGHT);
    let faces_end = !recto && (FEW_LINES..LAST_PAGE).contains(&line.rest);
    let (unequal, each) = match (faces_end, cut) {
        (true, _) => (0.0, CUT_LINE),
        (false, true) => (CUT, CUT_LINE),
        (false, false) => (UNEQUAL, SHORT_LINE),
    };
    bill.charge(Charge::Unequal, unequal);
    bill.charge(Charge::Short(lines), each * lines.min(SHORT_LINES) as f64);
}

/// Charges a full column that is so many lines shorter than the one beside it.
pub(super) fn column_short(lines: u64, bill: &mut impl Bill<Charge>) {
    let lines = i64::try_from(lines).unwrap_or(SHORT_LINES);
    bill.charge(Charge::Columns(lines), UNEQUAL + SHORT_LINE * lines.min(SHORT_LINES) as f64);
}

/// Charges columns that share what is left, by how many lines the first is longer.
pub(super) fn uneven(lines: i64, bill: &mut impl Bill<Charge>) {
    let each = if lines > 0 { UNEVEN } else { UNEVEN_AT_END };
    bill.charge(Charge::Columns(lines.abs()), each * lines.abs() as f64);
}

/// Charges empty lines between text and notes.
pub(super) fn hole(lines: i64, bill: &mut impl Bill<Charge>) {
    bill.charge(Charge::Hole(lines), HOLE * lines.clamp(0, SHORT_LINES) as f64);
}

/// Charges a page that ends before figures called on it, which is a left one or not.
pub(super) fn float_turns(count: u16, recto: bool, bill: &mut impl Bill<Charge>) {
    if count > 0 {
        let each = if recto { FLOAT_TURN } else { FLOAT_ACROSS };
        bill.charge(Charge::FloatTurn(count), each * f64::from(count));
    }
}

/// Charges figures that have no place on the next page either.
pub(super) fn floats_late(count: u16, bill: &mut impl Bill<Charge>) {
    if count > 0 {
        bill.charge(Charge::FloatLate(count), FLOAT_LATE * f64::from(count));
    }
}
