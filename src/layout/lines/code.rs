//! Code to lines: as it is written, and wrapped with a mark where it is too long.
//!
//! Enters: the text of a block. Leaves: its lines. Promise: every character but line ends is drawn;
//! a line that goes on in the next ends with a mark, which is ornament, and goes on two columns farther in
//! than it began; an empty line stays one, but at the edges of the block there is none.

use super::candidates::{Effort, candidates};
use super::choose::{Goal, choose};
use super::collect::{Flow, preformatted};
use super::found::Found;
use super::pieces::{key, pieces};
use super::place::{End, Placing, place};
use super::shaped::at_size;
use super::{Line, Paragraph, Segment, Setter, ends};
use crate::diagnostics::Diagnostics;
use crate::layout::types::{Glyph, GlyphRun, Item};
use crate::measure::Length;
use crate::span::Span;
use crate::style::Align;

/// Says that a line goes on.
const MARK: &str = "\u{21A9}";
/// Its shade.
const MARK_GRAY: u8 = 110;
/// Columns that a line goes on farther in than it began.
const HANG: i64 = 2;

/// All lines of a block.
pub(super) fn lines(
    setter: &Setter,
    text: &str,
    block: &Paragraph<'_>,
    span: Span,
    diagnostics: &mut Diagnostics,
) -> Vec<Line> {
    let mut lines = Vec::new();
    let (mut at, body) = body(text);
    for source in body.split('\n').filter(|_| !body.is_empty()) {
        let flow = preformatted(source.strip_suffix('\r').unwrap_or(source), at, block, span);
        if flow.text.is_empty() {
            lines.push(Line { start: at, ..Line::default() });
        } else {
            lines.extend(wrapped(setter, &flow, block, diagnostics));
            // Who copies or hears code wants its lines apart.
            if let Some(line) = lines.last_mut() {
                let x = line.width;
                line.segments.extend(sign(setter, &flow, " ", 0).map(|space| Segment { x, ..space }));
            }
        }
        at += source.len() + 1;
    }
    lines
}

/// What stands between empty lines at the edges, and where it begins.
fn body(text: &str) -> (usize, &str) {
    let (from, to) = (text.len() - text.trim_start().len(), text.trim_end().len());
    let start = text.get(..from).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
    let end = text.get(to..).and_then(|after| after.find('\n')).map_or(text.len(), |at| to + at);
    (start, text.get(start..end).unwrap_or_default())
}

fn wrapped(setter: &Setter, flow: &Flow, block: &Paragraph<'_>, diagnostics: &mut Diagnostics) -> Vec<Line> {
    let founts = &setter.founts;
    let row = pieces(flow, founts, false, diagnostics);
    let natural: Length = row.pieces.iter().map(|piece| piece.width).sum();
    let mark = sign(setter, flow, MARK, MARK_GRAY).map(|sign| {
        let x = block.measure - sign.width;
        Segment { x, ornament: true, ..sign }
    });
    // The size is a whole number of scaled points, and so is the width of each word: a line that fills the
    // measure by its count of columns may come out so much wider, which nobody sees.
    let rounded = Length::sp(i64::try_from(flow.text.len()).unwrap_or(0));
    let (measure, hang) = if natural <= block.measure + rounded {
        (block.measure.max(natural), Length::ZERO)
    } else {
        let taken = mark.as_ref().map_or(Length::ZERO, |mark| mark.width);
        let measure = (block.measure - taken).max(block.measure / 2);
        let column = sign(setter, flow, " ", 0).map_or(Length::ZERO, |space| space.width);
        let begins = flow.text.chars().take_while(|c| *c == ' ').count();
        let hang = column * (i64::try_from(begins).unwrap_or(i64::MAX).min(1_000) + HANG);
        // Where little would be left it begins at the edge.
        let hang = if hang * 2 <= measure { hang } else { Length::ZERO };
        (measure - hang, hang)
    };
    let how = (false, Effort::Anywhere, measure);
    let found = Found::new(&founts.rooms, |room| candidates(&row, flow, founts, how, room));
    // The first line begins so much before the others.
    let (indent, justify, stump, tolerance, last) = (-hang, false, Length::ZERO, f64::INFINITY, true);
    let beside = (0, Length::ZERO);
    let goal = Goal { measure, indent, beside, justify, stump, em: block.font.size, tolerance, last };
    let ends = choose(&found, goal, |_| true).map(|chosen| ends(&found, &chosen)).unwrap_or_default();
    let placing = Placing { flow, founts, goal, align: Align::Start, size: block.font.size, rtl: false };
    let ends: Vec<End> = ends.iter().map(End::from).collect();
    let mut lines = place(&placing, &row, &ends);
    for line in &mut lines {
        line.segments.iter_mut().for_each(|segment| segment.x += hang);
        line.width += hang;
    }
    let count = lines.len();
    for line in lines.iter_mut().take(count.saturating_sub(1)) {
        line.segments.extend(mark.clone());
    }
    lines
}

/// One sign in the block's type, at the left edge.
fn sign(setter: &Setter, flow: &Flow, text: &str, gray: u8) -> Option<Segment> {
    let look = flow.looks.first()?;
    let shaped = setter.founts.fount(&key(flow, Some(look), false)).word(text);
    let shape = shaped.glyphs.first()?;
    let width = at_size(shape.advance, look.size);
    let len = u32::try_from(text.len()).unwrap_or(0);
    let glyph = Glyph { id: shape.id, advance: width.into(), text: 0..len };
    let (face, size, stretch, text) = (shape.face, look.size, 1.0, text.to_owned());
    let item =
        Item::Glyphs(GlyphRun { face, size, stretch, gray, text, glyphs: vec![glyph], moved: Vec::new() });
    Some(Segment { x: Length::ZERO, rise: Length::ZERO, width, item, node: None, ornament: false })
}
