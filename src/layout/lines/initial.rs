//! The large first letter of a chapter, which stands beside its first lines.
//!
//! Enters: a [`Flow`] and how many lines the letter is high. Leaves: the flow with the letter in a look
//! of its own, then its segments, drawn before the first line's. Promise: the letter is as high as from
//! the cap height of the first line to the baseline of the last beside it; it stays a part of its leaf
//! and of its word, which has a node of its own that says it whole. What can't have one is set as if
//! none was asked for: text that doesn't begin with a capital, that begins in a link or another
//! language, that is read from right to left, or that is shorter than the letter.

use super::collect::{Flow, Look, Run};
use super::pieces::{Kind, Piece, Row};
use super::runs::{self, Atom, Body, Shapes};
use super::{InlineNode, InlineTag, Line, Paragraph, Segment};
use crate::fonts::FontSet;
use crate::measure::Length;
use icu_segmenter::GraphemeClusterSegmenter;

/// Between the letter and the lines beside it, in em of the text.
const GAP: f64 = 0.12;
/// Between a quotation mark and the letter, likewise.
const AFTER_MARK: f64 = 0.06;
/// How far a letter may reach into the line under it, in em of the text: further than that (Q, J) it
/// stands beside one line more.
const DEEP: f64 = 0.35;
/// The most of the measure that it may take.
const WIDEST: f64 = 0.4;

/// A large first letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Initial {
    /// The lines it stands beside; 2 or more.
    pub lines: u8,
    /// Their leading.
    pub leading: Length,
}

/// Gives the first letter its look and the word its node; the byte after the letter, or `None` where
/// the text can't have one.
pub(super) fn enlarge(
    flow: &mut Flow,
    paragraph: &Paragraph<'_>,
    initial: Initial,
    fonts: &FontSet,
) -> Option<usize> {
    let first = flow.runs.first().and_then(|run| flow.looks.get(run.look))?;
    let plain = first.node.is_none() && !first.code && !first.strike && first.rise == Length::ZERO;
    if paragraph.language.is_rtl() || !plain || initial.lines < 2 {
        return None;
    }
    let marks = flow.text.chars().take_while(|c| is_opening(*c)).map(char::len_utf8).sum::<usize>();
    let rest = flow.text.get(marks..)?;
    if !rest.chars().next()?.is_uppercase() {
        return None;
    }
    let letter = marks + GraphemeClusterSegmenter::new().segment_str(rest).nth(1)?;
    let ends = |c: char| c.is_whitespace() || matches!(c, '\u{FFFC}' | '\u{2014}' | '\u{2013}');
    let mut word = marks + rest.find(ends).unwrap_or(rest.len());
    // A call of a note is no part of the word.
    word = flow.glued.iter().copied().filter(|&at| at >= letter).fold(word, usize::min);
    let large = Look {
        variant: paragraph.font.variant,
        size: size(paragraph, initial, fonts)?,
        rise: Length::ZERO - initial.leading * i64::from(initial.lines - 1),
        small_caps: false,
        node: None,
        ..first.clone()
    };
    let node = whole(flow, word);
    cut(flow, &[marks, letter, word]);
    dress(flow, marks, (letter, large), (word, node));
    Some(letter)
}

/// Quotation marks, and what Spanish puts before a sentence: they stay in the text's size.
fn is_opening(c: char) -> bool {
    matches!(c, '"' | '\'' | '“' | '‘' | '„' | '‚' | '«' | '‹' | '»' | '›' | '¿' | '¡' | '(' | '[')
}

/// Size of the letter: its cap height is what the lines beside it are high.
fn size(paragraph: &Paragraph<'_>, initial: Initial, fonts: &FontSet) -> Option<Length> {
    let face = fonts.get(fonts.face(paragraph.font.variant));
    let cap = f64::from(face.cap_height()) / f64::from(face.units_per_em());
    let height = initial.leading * i64::from(initial.lines - 1) + paragraph.font.size.scale(cap);
    (cap > 0.0).then(|| height.scale(1.0 / cap))
}

/// A node that says the first word whole; `None` when a part of it belongs elsewhere.
fn whole(flow: &mut Flow, word: usize) -> Option<usize> {
    let within = flow.runs.iter().filter(|run| run.range.start < word);
    let mut looks = within.filter_map(|run| flow.looks.get(run.look));
    let span = looks.clone().next()?.span;
    if looks.any(|look| look.node.is_some()) {
        return None;
    }
    let said = flow.text.get(..word)?.to_owned();
    flow.nodes.push(InlineNode { parent: None, kind: InlineTag::Whole(said), span });
    Some(flow.nodes.len() - 1)
}

/// Cuts the runs at these places.
fn cut(flow: &mut Flow, places: &[usize]) {
    for &at in places {
        let Some(found) = flow.runs.iter().position(|run| run.range.start < at && at < run.range.end) else {
            continue;
        };
        let Some(run) = flow.runs.get_mut(found) else { continue };
        let rest = Run { range: at..run.range.end, look: run.look };
        run.range.end = at;
        flow.runs.insert(found + 1, rest);
    }
}

/// Gives every run of the first word a look of its own.
fn dress(
    flow: &mut Flow,
    marks: usize,
    (letter, large): (usize, Look),
    (word, node): (usize, Option<usize>),
) {
    for at in 0..flow.runs.len() {
        let Some(run) = flow.runs.get(at).filter(|run| run.range.start < word) else { break };
        let own = flow.looks.get(run.look).cloned();
        let Some(own) = own else { continue };
        let look = match (run.range.start >= marks, run.range.end <= letter) {
            (true, true) => large.clone(),
            // Marks are those of the text, not of its small capitals.
            (false, _) => Look { small_caps: false, ..own },
            (true, false) => own,
        };
        flow.looks.push(Look { node: node.or(look.node), ..look });
        let look = flow.looks.len() - 1;
        if let Some(run) = flow.runs.get_mut(at) {
            run.look = look;
        }
    }
}

/// The letter, out of the row.
pub(super) struct Taken {
    atoms: Vec<Atom<'static>>,
    /// How many lines stand beside it.
    pub(super) beside: usize,
    /// How much of them it takes.
    pub(super) width: Length,
}

/// Takes the letter out of the row, with the marks before it and the space after a letter that is a word.
pub(super) fn take(
    row: &mut Row,
    flow: &Flow,
    paragraph: &Paragraph<'_>,
    (initial, letter, fonts): (Initial, usize, &FontSet),
) -> Option<Taken> {
    let count = row.pieces.iter().take_while(|piece| piece.range.end <= letter).count();
    let simple = |at: usize| row.pieces.get(at).is_some_and(|piece| piece.kind == Kind::Word);
    if row.mixed || count == 0 || !(0..count).all(simple) {
        return None;
    }
    let space = usize::from(row.pieces.get(count).is_some_and(|piece| piece.kind == Kind::Space));
    let atoms: Vec<Atom<'static>> = row.pieces.drain(..count + space).map(atom).collect();
    row.start = atoms.last().map_or(letter, |atom| atom.text.end);
    let (marks, letters) = atoms.split_at(count - 1);
    let reach = letters.first().map_or(Length::ZERO, |letter| depth(letter, flow, fonts));
    let deep = reach > paragraph.font.size.scale(DEEP);
    let mut taken = Taken {
        beside: usize::from(initial.lines) + usize::from(deep),
        width: Length::ZERO,
        atoms: Vec::new(),
    };
    let apart = paragraph.font.size.scale(AFTER_MARK);
    taken.atoms.extend(marks.iter().cloned().map(|mark| Atom { width: mark.width + apart, ..mark }));
    taken.atoms.extend(letters.iter().cloned());
    taken.width = taken.atoms.iter().map(|atom| atom.width).sum::<Length>() + paragraph.font.size.scale(GAP);
    (taken.width <= paragraph.measure.scale(WIDEST)).then_some(taken)
}

/// A piece as it is; a space takes no room, for the lines begin after it.
fn atom(piece: Piece) -> Atom<'static> {
    let space = piece.kind == Kind::Space;
    Atom {
        body: Body::Glyphs { shaped: Shapes::Own(piece.shaped), from: 0, to: u32::MAX, hyphen: false },
        look: piece.look,
        level: piece.level,
        space,
        stiff: false,
        give: Default::default(),
        width: if space { Length::ZERO } else { piece.width },
        text: piece.range,
    }
}

/// How far the letter reaches below its baseline.
fn depth(letter: &Atom<'_>, flow: &Flow, fonts: &FontSet) -> Length {
    let (Body::Glyphs { shaped, .. }, Some(look)) = (&letter.body, flow.looks.get(letter.look)) else {
        return Length::ZERO;
    };
    let reach = shaped.glyphs.iter().map(|glyph| {
        let face = fonts.get(glyph.face);
        face.scale(face.depth(glyph.id), look.size)
    });
    reach.max().unwrap_or_default()
}

/// Draws the letter before the first line; `false` when the lines beside it can't be such.
pub(super) fn draw(flow: &Flow, taken: &Taken, lines: &mut [Line]) -> bool {
    let beside = lines.get(..taken.beside);
    if beside.is_none_or(|beside| beside.iter().any(|line| line.raise > Length::ZERO)) {
        return false;
    }
    let Some(first) = lines.first_mut() else { return false };
    let drawn: Vec<Segment> = runs::segments(flow, &taken.atoms, Length::ZERO, 1.0, false);
    first.segments.splice(0..0, drawn);
    true
}
