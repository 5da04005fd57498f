//! Chosen lines to segments at their places.
//!
//! Enters: pieces, the chosen candidates. Leaves: [`Line`]s. Promise: what was estimated for the
//! search is measured here: a justified line fills its measure to the scaled point; a line that is
//! still too wide is made narrower as a whole; segments come in reading order.

use super::Line;
use super::candidates::{Candidate, end_hang, give, start_hang};
use super::choose::{EXPANSION, Goal};
use super::collect::{Flow, Look};
use super::gaps::Gap;
use super::pieces::{Kind, Piece, Row};
use super::runs::{self, Atom, Body, Shapes};
use super::shape::Founts;
use super::shaped::at_size;
use crate::measure::Length;
use crate::style::Align;
use std::ops::Range;
use unicode_bidi::Level;

/// A chosen candidate: what there is to know of it to place its line. A book keeps one for each line of each way
/// that a paragraph can be set in.
#[derive(Debug, Clone, Copy)]
pub(super) struct End {
    pub(super) end: usize,
    pub(super) next: usize,
    /// Hanging out at the line's end.
    pub(super) hangs: Length,
    pub(super) hyphen: bool,
    pub(super) carries: bool,
    pub(super) forced: bool,
}

impl From<&Candidate> for End {
    fn from(candidate: &Candidate) -> Self {
        let &Candidate { end, next, hangs: (hangs, _), hyphen, carries, forced, .. } = candidate;
        End { end, next, hangs, hyphen, carries, forced }
    }
}

/// What all lines of a leaf are placed with.
pub(super) struct Placing<'a> {
    pub(super) flow: &'a Flow,
    pub(super) founts: &'a Founts,
    pub(super) goal: Goal,
    pub(super) align: Align,
    /// The size of the leaf's type.
    pub(super) size: Length,
    pub(super) rtl: bool,
}

/// How a line's widths are changed to fill the measure.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fit {
    /// Letters are this much as wide: near 1.
    pub(super) stretch: f64,
    /// Spaces that can give share this.
    pub(super) give: Length,
}

/// Places all lines; `ends` has the leaf's beginning first.
pub(super) fn place(placing: &Placing<'_>, row: &Row, ends: &[End]) -> Vec<Line> {
    let count = ends.len().saturating_sub(1);
    let mut first_piece = 0;
    let mut lines = Vec::with_capacity(count);
    for (at, pair) in ends.windows(2).enumerate() {
        let [from, to] = pair else { continue };
        while row.pieces.get(first_piece).is_some_and(|piece| piece.range.end <= from.next) {
            first_piece += 1;
        }
        let mut line = one(placing, row, first_piece, (from, to), at);
        let begin = if at == 0 { 0 } else { from.next };
        finish(placing.flow, &mut line, (begin, to), at + 1 == count);
        lines.push(line);
    }
    lines
}

fn one(
    placing: &Placing<'_>,
    row: &Row,
    first_piece: usize,
    (from, to): (&End, &End),
    number: usize,
) -> Line {
    let mut atoms = atoms(placing, row, first_piece, from.next..to.end);
    if to.hyphen {
        hyphen(placing, row, &mut atoms, to.end);
    }
    let align = placing.align;
    let hangs = if align == Align::Justify {
        hangs(placing, row, first_piece, (from, to))
    } else {
        Default::default()
    };
    let (indent, measure) = (placing.goal.start(number), placing.goal.measure);
    let natural: Length = atoms.iter().map(|atom| atom.width).sum();
    let room = measure - indent + hangs.0 + hangs.1;
    if row.gaps && atoms.iter().map(|atom| atom.width - atom.give.1).sum::<Length>() > room {
        // A sign wider than the measure gives way like any other.
        atoms.iter_mut().for_each(|atom| atom.stiff = false);
    }
    let fit = fit(&atoms, room, natural, align == Align::Justify && !to.forced);
    runs::fill(&mut atoms, fit, room);
    let width: Length = atoms.iter().map(|atom| atom.width).sum();
    let spare = measure - indent - width;
    let left = match (align, placing.rtl) {
        (Align::Justify | Align::Start, false) => indent - hangs.0,
        (Align::Justify | Align::Start, true) => spare + hangs.0,
        (Align::Center, false) => indent + spare / 2,
        (Align::Center, true) => spare / 2,
        (Align::End, false) => indent + spare,
        (Align::End, true) => Length::ZERO,
    };
    let trailing = trailing(placing, row, first_piece, to);
    let lead = match &trailing {
        Some(space) if placing.rtl => space.width,
        Some(_) | None => Length::ZERO,
    };
    atoms.extend(trailing);
    let segments = runs::segments(placing.flow, &atoms, left - lead, fit.stretch, row.mixed);
    Line {
        segments,
        width: left + width,
        raise: raise(placing, &atoms),
        hyphen: to.hyphen,
        carries: to.carries,
        ..Line::default()
    }
}

/// The glyphs of the line in reading order.
fn atoms<'a>(placing: &Placing<'_>, row: &'a Row, first: usize, range: Range<usize>) -> Vec<Atom<'a>> {
    let pieces = row.pieces.get(first..).unwrap_or_default();
    let mut atoms = Vec::with_capacity(pieces.partition_point(|piece| piece.range.start < range.end) + 2);
    for piece in pieces.iter().take_while(|piece| piece.range.start < range.end) {
        let Some(look) = placing.flow.looks.get(piece.look) else { continue };
        let start = piece.range.start.max(range.start);
        let end = piece.range.end.min(range.end);
        match piece.kind {
            Kind::Word if start < end => {
                atoms.push(word(placing, row, piece, look, start..end));
                if piece.gap != Gap::None && piece.range.end < range.end {
                    atoms.push(gap(piece, look));
                }
            }
            Kind::Space | Kind::Tie => atoms.push(Atom {
                body: Body::space(piece),
                look: piece.look,
                level: piece.level,
                space: true,
                stiff: false,
                give: give(piece.width, look),
                width: piece.width,
                text: piece.range.clone(),
            }),
            Kind::Object(object) => atoms.push(Atom {
                body: Body::Object(object),
                look: piece.look,
                level: piece.level,
                space: false,
                stiff: false,
                give: Default::default(),
                width: piece.width,
                text: piece.range.clone(),
            }),
            Kind::Word | Kind::End => {}
        }
    }
    atoms
}

/// What stands between a piece and the next.
fn gap<'a>(piece: &Piece, look: &Look) -> Atom<'a> {
    let (width, stretch, shrink) = piece.gap.measures(look.size);
    Atom {
        body: Body::Gap,
        look: piece.look,
        level: piece.level,
        space: false,
        stiff: false,
        give: (stretch, shrink),
        width,
        text: piece.range.end..piece.range.end,
    }
}

/// A word or a part of it; shaped again where a cut goes through what was joined.
fn word<'a>(
    placing: &Placing<'_>,
    row: &'a Row,
    piece: &'a Piece,
    look: &Look,
    text: Range<usize>,
) -> Atom<'a> {
    let byte = |at: usize| u32::try_from(at - piece.range.start).unwrap_or(u32::MAX);
    let (from, to) = (byte(text.start), byte(text.end));
    let whole = text == piece.range;
    let (body, width) = if whole || (piece.shaped.cuts_at(from) && piece.shaped.cuts_at(to)) {
        let parts =
            if whole { piece.shaped.width } else { piece.shaped.width_to(to) - piece.shaped.width_to(from) };
        (Body::Glyphs { shaped: Shapes::Lent(&piece.shaped), from, to, hyphen: false }, parts)
    } else {
        let fount = row.fount(placing.flow, placing.founts, piece.look, piece.level.is_rtl());
        let shaped = fount.word(placing.flow.text.get(text.clone()).unwrap_or_default());
        let parts = shaped.width;
        (Body::Glyphs { shaped: Shapes::Own(shaped), from: 0, to: to - from, hyphen: false }, parts)
    };
    let width = at_size(width, look.size);
    let (look, level, stiff, give) = (piece.look, piece.level, piece.stiff, Default::default());
    Atom { body, look, level, space: false, stiff, give, width, text }
}

fn hyphen(placing: &Placing<'_>, row: &Row, atoms: &mut Vec<Atom<'_>>, end: usize) {
    let Some(last) = atoms.last() else { return };
    let (at, level) = (last.look, last.level);
    let Some(look) = placing.flow.looks.get(at) else { return };
    let shaped = row.fount(placing.flow, placing.founts, at, level.is_rtl()).hyphen();
    let width = at_size(shaped.width, look.size);
    let to = shaped.glyphs.iter().map(|g| g.end).max().unwrap_or(0);
    let body = Body::Glyphs { shaped: Shapes::Own(shaped), from: 0, to, hyphen: true };
    atoms.push(Atom {
        body,
        look: at,
        level,
        space: false,
        stiff: false,
        give: Default::default(),
        width,
        text: end..end,
    });
}

/// The space between this line and the next, past the measure: who copies the text wants it.
fn trailing<'a>(placing: &Placing<'_>, row: &'a Row, first: usize, to: &End) -> Option<Atom<'a>> {
    let skipped = placing.flow.text.get(to.end..to.next)?;
    if to.hyphen || !skipped.contains([' ', '\n']) {
        return None;
    }
    let from = row.pieces.get(first..)?;
    let between =
        |piece: &&Piece| piece.range.start >= to.end && matches!(piece.kind, Kind::Space | Kind::End);
    let piece = from.iter().find(between)?;
    let (body, width) = if piece.kind == Kind::End {
        let shaped = row.fount(placing.flow, placing.founts, piece.look, false).space();
        let width = at_size(shaped.width, placing.flow.looks.get(piece.look)?.size);
        (Body::Glyphs { shaped: Shapes::Own(shaped), from: 0, to: u32::MAX, hyphen: false }, width)
    } else {
        (Body::space(piece), piece.width)
    };
    let level = if placing.rtl { Level::rtl() } else { Level::ltr() };
    let (look, text) = (piece.look, piece.range.clone());
    Some(Atom { body, look, level, space: true, stiff: false, give: Default::default(), width, text })
}

/// How far the first and the last sign hang out.
fn hangs(placing: &Placing<'_>, row: &Row, first: usize, (from, to): (&End, &End)) -> (Length, Length) {
    let flow = placing.flow;
    let rest = row.pieces.get(first..).unwrap_or_default();
    let word = |piece: &&Piece| piece.kind == Kind::Word;
    let start = rest.first().filter(word).and_then(|piece| {
        Some(start_hang(flow, piece, flow.looks.get(piece.look)?, piece.range.start.max(from.next)))
    });
    let last = rest.iter().take_while(|piece| piece.range.start < to.end).last();
    let end = last.filter(word).and_then(|piece| {
        let look = flow.looks.get(piece.look)?;
        Some(if to.hyphen { to.hangs } else { end_hang(flow, piece, look, piece.range.end.min(to.end)) })
    });
    // In right-to-left lines the first sign is the right one: the sum is the same.
    (start.unwrap_or_default(), end.unwrap_or_default())
}

fn fit(atoms: &[Atom<'_>], room: Length, natural: Length, justify: bool) -> Fit {
    let missing = room - natural;
    let none = Fit { stretch: 1.0, give: Length::ZERO };
    if missing == Length::ZERO || (missing > Length::ZERO && !justify) || natural <= Length::ZERO {
        return none;
    }
    let letters: Length = atoms.iter().filter(|a| a.expands()).map(|a| a.width).sum();
    let give: Length = atoms.iter().map(|a| if missing > Length::ZERO { a.give.0 } else { a.give.1 }).sum();
    let total = give + letters.scale(EXPANSION);
    let ratio = missing.ratio(total).clamp(-1.0, 1.0);
    // In steps of a thousandth: fewer different states in the PDF, and no eye sees less.
    let stretch = 1.0 + (ratio * EXPANSION * 1000.0).round() / 1000.0;
    let left = missing - (letters.scale(stretch) - letters);
    if left < Length::ZERO - give {
        // Spaces can't give that much: the whole line is made narrower.
        let fixed = natural - letters;
        let narrow = if letters > Length::ZERO { (room - fixed + give).ratio(letters) } else { 1.0 };
        return Fit { stretch: narrow.clamp(0.1, 1.0), give: Length::ZERO - give };
    }
    Fit { stretch, give: if give > Length::ZERO { left } else { Length::ZERO } }
}

/// How much higher than usual the line is.
fn raise(placing: &Placing<'_>, atoms: &[Atom<'_>]) -> Length {
    // An em fits between the lines: only descenders of the line before come as deep.
    let usual = placing.size;
    let heights = atoms.iter().filter_map(|atom| match atom.body {
        Body::Object(at) => placing.flow.objects.get(at).map(|object| object.height - usual),
        Body::Glyphs { .. } | Body::Gap => None,
    });
    heights.max().unwrap_or_default().max(Length::ZERO)
}

/// What a line that begins at `begin` knows of its leaf.
fn finish(flow: &Flow, line: &mut Line, (begin, to): (usize, &End), last: bool) {
    line.start = flow.leaf_at(begin);
    line.first_word = first_word(flow, begin..to.end);
    line.notes = flow.notes_in(begin, to.end).collect();
    let anchors = flow.anchors.iter().filter(|(at, _)| *at >= begin && (last || *at < to.next));
    line.anchors = anchors.map(|(_, id)| id.clone()).collect();
}

/// The leaf's offset of the first word that begins in the line.
fn first_word(flow: &Flow, range: Range<usize>) -> Option<usize> {
    let mut space = flow.text.get(..range.start)?.chars().next_back().is_none_or(char::is_whitespace);
    for (at, c) in flow.text.get(range.clone())?.char_indices() {
        let at = at + range.start;
        if c.is_whitespace() {
            space = true;
        } else if space && !flow.made_at(at) {
            return Some(flow.leaf_at(at));
        } else if !flow.made_at(at) {
            space = false;
        }
    }
    None
}
