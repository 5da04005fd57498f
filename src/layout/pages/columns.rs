//! The best pages of an index in two columns, chosen together.
//!
//! Enters: a galley whose strips stand in columns from one on, the page's [`Geometry`], the side it begins on.
//! Leaves: its [`Filled`] pages: which strips stand in which column. Promise: of all ways to end columns within
//! [`REACH`] lines of their foot, the cheapest; there always is one. Both columns of a page, and facing pages, end
//! on one line where that can be had: by a line more over groups of entries, or by a spread that is a line longer
//! or shorter. What comes before a wanted page break or the end is shared evenly by both columns.
//!
//! Lines of an index can't be had in more or fewer lines, and it calls no notes and has no floats, so that the
//! search is over ends of columns alone: from the top of a page, of one depth where its spread has begun, to that
//! of the next. The columns of the first page begin under what stands over both.

mod sheets;
mod story;

pub(super) use sheets::add;
pub(super) use story::explain;

use super::column::Line;
use super::prices::{self, Charge};
use super::states::Cursor;
use super::{Geometry, Side};
use crate::layout::bill::Bill;
use crate::layout::galley::{self, Galley, Kind};
use crate::measure::Length;
use std::collections::BTreeMap;

/// Columns may end so many lines over their foot.
const REACH: i64 = 6;

/// An index in columns.
#[derive(Debug, Clone)]
pub(super) struct Columns {
    /// Its galley.
    galley: usize,
    /// Where they stand.
    place: galley::Columns,
    /// All strips of the galley.
    lines: Vec<Line>,
    /// Those that are page breaks which the author wants.
    breaks: Vec<usize>,
    /// Where columns begin on the first page.
    top: Length,
    /// How many lines of their grid a column has on the first page, and on the others.
    room: [i64; 2],
}

/// Pages of columns.
#[derive(Debug, Clone)]
pub(super) struct Filled {
    pub(super) price: f64,
    pages: Vec<(Top, Pair)>,
    /// The side of the page after them.
    pub(super) exit: Side,
}

/// The top of a page; those further down are greater.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Top {
    /// The first strip of its columns.
    at: usize,
    /// It isn't the first.
    turned: bool,
    side: Side,
    /// On a recto: how much longer its verso is than usual.
    depth: i8,
}

impl Top {
    /// Its depth is still to be chosen. What faces the first page is another chapter's end, which is full by chance
    /// alone: the first page needs the choice most, for it has the fewest lines.
    fn begins(&self) -> bool {
        self.side == Side::Verso || !self.turned
    }
}

/// The columns of a page.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Pair {
    /// How many lines longer than usual it is.
    depth: i8,
    /// Where they end; both empty on a page that has room for nothing but the opening.
    ends: [Option<End>; 2],
    /// They are shared evenly, for what follows begins a page.
    even: bool,
    /// The top of the next page; `None` at the end.
    next: Option<Top>,
}

/// The end of a column.
#[derive(Debug, Clone, Copy, PartialEq)]
struct End {
    /// Its last strip.
    last: usize,
    /// How high it is.
    y: Length,
    /// How many spaces in it can be a line higher.
    spaces: i64,
    /// How many lines of its grid are missing at its foot.
    missing: i64,
}

impl End {
    /// How many spaces are made a line higher, so that nothing is missing.
    fn widened(&self) -> i64 {
        if self.missing <= self.spaces { self.missing.max(0) } else { 0 }
    }

    /// How many lines are missing for good.
    fn short(&self) -> i64 {
        if self.missing <= self.spaces { 0 } else { self.missing }
    }
}

/// What a space may grow by: one that is a line high or more.
fn can_grow(line: &Line, leading: Length, cursor: &Cursor) -> bool {
    line.kind == Kind::Space && line.height >= leading && cursor.is_used()
}

impl Columns {
    /// The columns of a galley, if it has any.
    pub(super) fn of(at: usize, galley: &Galley, page: Geometry) -> Option<Columns> {
        let place = galley.columns?;
        let leading = place.leading.max(Length::sp(1));
        let line = |strip: &galley::Strip| {
            let head = strip.repeat.and_then(|head| galley.heads.get(head));
            let head = head.into_iter().flatten().map(|strip| strip.height).sum();
            let (kind, height, after, hyphen) = (strip.kind, strip.height, strip.after, strip.hyphen);
            Line { kind, height, after, hyphen, head, ..Line::default() }
        };
        let lines: Vec<Line> = galley.strips.iter().map(line).collect();
        let breaks =
            lines.iter().enumerate().filter(|(_, line)| line.kind == Kind::Break).map(|(at, _)| at).collect();
        let mut cursor = Cursor::TOP;
        for line in lines.iter().take(place.from) {
            cursor.take(line, page.leading, page.height);
        }
        let top = cursor.y.round_up_to(leading);
        // The page's height is a whole number of lines but for what a division loses.
        let room = |height: Length| (height + leading / 2).to_sp().div_euclid(leading.to_sp());
        let room = [room(page.height - top), room(page.height)];
        let place = galley::Columns { leading, ..place };
        Some(Columns { galley: at, place, lines, breaks, top, room })
    }

    /// The cheapest pages.
    pub(super) fn solve(&self, entry: Side) -> Option<Filled> {
        let top = Top { at: self.place.from, turned: false, side: entry, depth: 0 };
        self.run(top)
    }

    /// The cheapest pages from the top of one on.
    fn run(&self, start: Top) -> Option<Filled> {
        // By the top of a page: what it costs to come there, and the last step of the trail.
        let mut open: BTreeMap<Top, (f64, usize)> = BTreeMap::new();
        let mut trail: Vec<(usize, Top, Pair)> = Vec::new();
        let mut best: Option<(f64, usize)> = None;
        open.insert(start, (0.0, usize::MAX));
        while let Some((top, (so_far, back))) = open.pop_first() {
            for pair in self.pairs(&top) {
                let price = so_far + self.price(&top, &pair);
                let worse = match &pair.next {
                    Some(next) => open.get(next).is_some_and(|(old, _)| *old <= price),
                    None => best.is_some_and(|(old, _)| old <= price),
                };
                if worse {
                    continue;
                }
                trail.push((back, top, pair));
                let step = trail.len() - 1;
                match pair.next {
                    Some(next) => {
                        open.insert(next, (price, step));
                    }
                    None => best = Some((price, step)),
                }
            }
        }
        let (price, mut at) = best?;
        let mut pages = Vec::new();
        while let Some(&(back, top, pair)) = trail.get(at) {
            pages.push((top, pair));
            at = back;
        }
        pages.reverse();
        let exit = if pages.len().is_multiple_of(2) { start.side } else { start.side.other() };
        Some(Filled { price, pages, exit })
    }

    /// How many lines the columns of a page have.
    fn room(&self, top: &Top, depth: i8) -> i64 {
        let [first, other] = self.room;
        (if top.turned { other } else { first }) + i64::from(depth)
    }

    /// All ways to fill a page that are worth a thought.
    fn pairs(&self, top: &Top) -> Vec<Pair> {
        let depths: &[i8] = if top.begins() { &[0, -1, 1] } else { &[top.depth] };
        let mut pairs = Vec::new();
        for &depth in depths {
            let room = self.room(top, depth);
            let next = |at: usize| {
                let (side, depth) = match top.side {
                    Side::Verso => (Side::Recto, depth),
                    Side::Recto => (Side::Verso, 0),
                };
                Some(Top { at, turned: true, side, depth })
            };
            let stop = self.stop(top.at);
            let after = self.content(stop).and_then(|_| next(stop));
            if self.content(top.at).is_none_or(|at| at >= stop) {
                pairs.push(Pair { depth, ends: [None, None], even: true, next: after });
                continue;
            }
            let ends = self.ends(top, top.at, room);
            if ends.is_empty() {
                pairs.push(Pair { depth, ends: [None, None], even: false, next: next(top.at) });
            }
            self.share(top, (depth, room), after, &mut pairs);
            for one in self.near_foot(ends) {
                let others = self.near_foot(self.ends(top, one.last + 1, room));
                pairs.extend(others.into_iter().filter(|other| !self.is_last(other.last)).map(|other| {
                    let ends = [Some(one), Some(other)];
                    Pair { depth, ends, even: false, next: next(other.last + 1) }
                }));
            }
        }
        pairs
    }

    /// Adds the ways to share the rest evenly, if it has room.
    fn share(&self, top: &Top, (depth, room): (i8, i64), next: Option<Top>, pairs: &mut Vec<Pair>) {
        let stop = self.stop(top.at);
        let most = self.place.leading * (room.max(1) * 2 + REACH);
        let mut left = self.lines.get(top.at..stop).unwrap_or_default().iter().map(|line| line.height);
        let mut height = Length::ZERO;
        if left.any(|line| {
            height += line;
            height > most
        }) {
            return;
        }
        let even = |end: End| End { missing: 0, ..end };
        for one in self.ends(top, top.at, room) {
            let other = self.ends(top, one.last + 1, room).last().copied();
            if self.is_last(other.unwrap_or(one).last) {
                let ends = [Some(even(one)), other.map(even)];
                pairs.push(Pair { depth, ends, even: true, next });
            }
        }
    }

    /// Where what follows a strip begins a page: at a page break that the author wants, or at the end.
    fn stop(&self, at: usize) -> usize {
        let content = self.content(at).unwrap_or(self.lines.len());
        let next = self.breaks.partition_point(|&found| found < content);
        self.breaks.get(next).copied().unwrap_or(self.lines.len())
    }

    /// The first strip from one on that is drawn.
    fn content(&self, at: usize) -> Option<usize> {
        let rest = self.lines.get(at..).unwrap_or_default();
        rest.iter().position(|line| line.kind == Kind::Content).map(|found| at + found)
    }

    /// Whether nothing is drawn between a strip and where the next page begins anyway.
    fn is_last(&self, at: usize) -> bool {
        self.content(at + 1).is_none_or(|next| self.stop(at) < next)
    }

    /// All strips that a column can end with that begins with a strip.
    fn ends(&self, top: &Top, from: usize, room: i64) -> Vec<End> {
        let leading = self.place.leading;
        let foot = leading * room;
        let (mut cursor, mut spaces, mut waiting) = (Cursor::TOP, 0, 0);
        let mut ends: Vec<End> = Vec::new();
        for (at, line) in self.lines.iter().enumerate().skip(from) {
            if line.kind == Kind::Break && cursor.is_used() {
                break;
            }
            waiting += i64::from(can_grow(line, leading, &cursor));
            let was = cursor;
            cursor.take(line, leading, foot);
            if line.kind != Kind::Content {
                continue;
            }
            // What is higher than a column stands alone in one that is as high as columns get.
            if cursor.y > foot && (was.is_used() || !top.turned) {
                break;
            }
            (spaces, waiting) = (spaces + waiting, 0);
            let missing = (foot - cursor.y).to_sp().div_euclid(leading.to_sp()).max(0);
            ends.push(End { last: at, y: cursor.y, spaces, missing });
        }
        ends
    }

    /// Those that are near the foot, or else the last.
    fn near_foot(&self, mut ends: Vec<End>) -> Vec<End> {
        let last = ends.last().copied();
        ends.retain(|end| end.missing <= REACH);
        if ends.is_empty() { last.into_iter().collect() } else { ends }
    }

    /// What a page costs.
    fn price(&self, top: &Top, pair: &Pair) -> f64 {
        let mut price =
            prices::GROUP_SPACE * pair.ends.iter().flatten().map(|e| e.widened() as f64).sum::<f64>();
        self.charge(top, pair, &mut price);
        price
    }

    /// Charges a page, but for its spaces.
    fn charge(&self, top: &Top, pair: &Pair, bill: &mut impl Bill<Charge>) {
        if top.begins() && pair.depth != 0 {
            bill.charge(Charge::Spread, prices::SPREAD);
        }
        let [one, other] = pair.ends;
        if let (Some(line), Some(_)) = (one.and_then(|end| self.lines.get(end.last)), other) {
            prices::break_after(line, false, bill);
        }
        let height = |end: Option<End>| end.map_or(Length::ZERO, |end| end.y);
        if pair.even {
            let lines =
                |length: Length| length.round_up_to(self.place.leading).to_sp() / self.place.leading.to_sp();
            prices::uneven(lines(height(one)) - lines(height(other)), bill);
            let few = self.place.leading * i64::from(prices::FEW_LINES) * 2;
            if top.turned && height(one) + height(other) < few {
                bill.charge(Charge::LastShort, prices::LAST_SHORT);
            }
            return;
        }
        if let Some(line) = other.and_then(|end| self.lines.get(end.last)) {
            prices::break_after(line, top.side == Side::Recto, bill);
        }
        let short = |end: Option<End>| end.map_or(self.room(top, pair.depth), |end| end.short()).max(0);
        let (one, other) = (short(one), short(other));
        if one.min(other) > 0 {
            // No block is kept whole in an index, nor does it know how much is to come.
            let line = Line::default();
            prices::short(one.min(other), (&line, top.side == Side::Recto, self.place.leading), bill);
        }
        if one != other {
            prices::column_short(one.abs_diff(other), bill);
        }
        let off = |end: &End| end.y.to_sp().rem_euclid(self.place.leading.to_sp()) != 0;
        for _ in pair.ends.iter().flatten().filter(|end| off(end)) {
            bill.charge(Charge::OffGrid, prices::OFF_GRID);
        }
    }
}
