//! A line's atoms to glyph runs.
//!
//! Enters: atoms in reading order, how wide they have become. Leaves: [`Segment`]s in reading order,
//! each of one look, one face and one direction. Promise: what a run says is in reading order, also
//! where its glyphs are drawn against it.

use super::Segment;
use super::collect::{Flow, Look};
use super::pieces::Piece;
use super::place::Fit;
use super::shape::{Shaped, at_size};
use crate::fonts::FaceId;
use crate::layout::types::{Glyph, GlyphRun, Item};
use crate::measure::Length;
use std::ops::{Deref, Range};
use std::sync::Arc;
use unicode_bidi::{BidiInfo, Level};

/// A word's shape: a piece's, or one made for the line.
#[derive(Debug, Clone)]
pub(super) enum Shapes<'a> {
    /// Of a piece. Common words are counted by all threads: to count no more of them is worth a lifetime.
    Lent(&'a Shaped),
    /// A part of a word shaped anew, a hyphen.
    Own(Arc<Shaped>),
}

impl Deref for Shapes<'_> {
    type Target = Shaped;

    fn deref(&self) -> &Shaped {
        match self {
            Shapes::Lent(shaped) => shaped,
            Shapes::Own(shaped) => shaped,
        }
    }
}

/// What an atom draws.
#[derive(Debug, Clone)]
pub(super) enum Body<'a> {
    /// Glyphs of the clusters from one byte to another.
    Glyphs {
        shaped: Shapes<'a>,
        from: u32,
        to: u32,
        /// The hyphen of a divided word: says U+00AD.
        hyphen: bool,
    },
    /// A picture of the flow.
    Object(usize),
    /// Nothing: room between ideographs.
    Gap,
}

impl<'a> Body<'a> {
    /// A word space.
    pub(super) fn space(piece: &'a Piece) -> Self {
        Body::Glyphs { shaped: Shapes::Lent(&piece.shaped), from: 0, to: u32::MAX, hyphen: false }
    }
}

/// A piece of a line that is moved as a whole.
#[derive(Debug, Clone)]
pub(super) struct Atom<'a> {
    pub(super) body: Body<'a>,
    pub(super) look: usize,
    pub(super) level: Level,
    /// It is a word space, drawn as one however many there are.
    pub(super) space: bool,
    /// Its glyphs are neither made wider nor narrower.
    pub(super) stiff: bool,
    /// How much it can stretch and shrink: word spaces and gaps only.
    pub(super) give: (Length, Length),
    pub(super) width: Length,
    /// What it says, in the flow's text.
    pub(super) text: Range<usize>,
}

impl Atom<'_> {
    /// Letters are made wider and narrower; spaces and pictures aren't.
    pub(super) fn expands(&self) -> bool {
        !self.space && !self.stiff && matches!(self.body, Body::Glyphs { .. })
    }
}

/// Gives every atom the width it has in the fitted line; the last scaled points go to the last spaces.
pub(super) fn fill(atoms: &mut [Atom<'_>], fit: Fit, room: Length) {
    let wide = fit.give > Length::ZERO;
    let give = |atom: &Atom<'_>| if wide { atom.give.0 } else { atom.give.1 };
    let total: i128 = atoms.iter().map(|atom| i128::from(give(atom).to_sp())).sum();
    let mut so_far = 0_i128;
    for atom in atoms.iter_mut() {
        let own = i128::from(give(atom).to_sp());
        if own > 0 && total > 0 {
            let share = |sum: i128| i128::from(fit.give.to_sp()) * sum / total;
            let extra = share(so_far + own) - share(so_far);
            so_far += own;
            atom.width += Length::sp(i64::try_from(extra).unwrap_or(0));
        } else if (fit.stretch - 1.0).abs() > f64::EPSILON
            && !atom.stiff
            && !matches!(atom.body, Body::Object(_) | Body::Gap)
        {
            atom.width = atom.width.scale(fit.stretch);
        }
    }
    // Widths of letters are rounded one by one: what is a few scaled points off goes to a space.
    let off = room - atoms.iter().map(|atom| atom.width).sum();
    let fitted = |atom: &Atom<'_>| match atom.body {
        // It takes what is off also where it can't shrink.
        Body::Gap => fit.give != Length::ZERO || (fit.stretch - 1.0).abs() > f64::EPSILON,
        Body::Glyphs { .. } | Body::Object(_) => give(atom) > Length::ZERO && fit.give != Length::ZERO,
    };
    let space = atoms.iter_mut().rev().find(|atom| fitted(atom));
    if let Some(space) = space.filter(|_| off.abs() < Length::pt(0.1)) {
        space.width += off;
    }
}

/// A glyph on its way into a run.
struct Drawn {
    glyph: Glyph,
    /// What its cluster says, in the flow's text; for the hyphen nothing.
    says: (usize, usize),
    hyphen: bool,
    space: bool,
}

/// Glyphs of one look, face and level, side by side: a number after Hebrew in an English line stands right
/// after what is read before both.
struct Open {
    look: usize,
    face: FaceId,
    level: Level,
    stretch: f64,
    x: Length,
    width: Length,
    drawn: Vec<Drawn>,
}

impl Open {
    /// Puts room after the last glyph.
    fn widen(&mut self, by: Length) {
        if let Some(last) = self.drawn.last_mut() {
            self.width += by;
            last.glyph.advance += by;
        }
    }
}

/// Draws the atoms from `x` on.
pub(super) fn segments(
    flow: &Flow,
    atoms: &[Atom<'_>],
    x: Length,
    stretch: f64,
    mixed: bool,
) -> Vec<Segment> {
    let order: Vec<usize> = if mixed {
        let levels: Vec<Level> = atoms.iter().map(|atom| atom.level).collect();
        BidiInfo::reorder_visual(&levels)
    } else {
        (0..atoms.len()).collect()
    };
    let mut done: Vec<(usize, Segment)> = Vec::new();
    let mut open: Option<Open> = None;
    let mut x = x;
    for atom in order.into_iter().filter_map(|at| atoms.get(at)) {
        let Some(look) = flow.looks.get(atom.look) else { continue };
        match &atom.body {
            Body::Object(at) => {
                done.extend(open.take().map(|run| close(flow, run)));
                if let Some(object) = flow.objects.get(*at) {
                    let item =
                        Item::Image { image: object.image, width: object.width, height: object.height };
                    let (node, rise) = (look.node, Length::ZERO);
                    done.push((
                        atom.text.start,
                        Segment { x, rise, width: atom.width, item, node, ornament: false },
                    ));
                }
            }
            Body::Gap => {
                if let Some(run) = &mut open {
                    run.widen(atom.width);
                }
            }
            Body::Glyphs { .. } => glyphs(flow, atom, look, (x, stretch), &mut open, &mut done),
        }
        x += atom.width;
    }
    done.extend(open.take().map(|run| close(flow, run)));
    if mixed {
        done.sort_by_key(|(at, _)| *at);
    }
    with_strikes(flow, done)
}

fn glyphs(
    flow: &Flow,
    atom: &Atom<'_>,
    look: &Look,
    (x, stretch): (Length, f64),
    open: &mut Option<Open>,
    done: &mut Vec<(usize, Segment)>,
) {
    let Body::Glyphs { shaped, from, to, hyphen } = &atom.body else { return };
    let level = atom.level;
    let space = atom.space;
    let stretch = if atom.stiff { 1.0 } else { stretch };
    let mut pen = x;
    let inside = shaped.glyphs.iter().filter(|g| g.start >= *from && g.end <= (*to).max(g.end.min(*to)));
    for shape in inside {
        let advance = if space { atom.width } else { at_size(shape.advance, look.size).scale(stretch) };
        let says = if *hyphen || space {
            (atom.text.start, atom.text.end)
        } else {
            (atom.text.start + (shape.start - from) as usize, atom.text.start + (shape.end - from) as usize)
        };
        let glyph = Glyph {
            id: shape.id,
            advance,
            dx: at_size(shape.dx, look.size).scale(stretch),
            dy: at_size(shape.dy, look.size),
            text: 0..0,
        };
        let fits = open.as_ref().is_some_and(|o| {
            (o.look, o.face, o.level) == (atom.look, shape.face, level)
                && o.stretch.to_bits() == stretch.to_bits()
        });
        if !fits {
            done.extend(open.take().map(|run| close(flow, run)));
        }
        let run = open.get_or_insert_with(|| Open {
            look: atom.look,
            face: shape.face,
            level,
            stretch,
            x: pen,
            width: Length::ZERO,
            drawn: Vec::new(),
        });
        run.width += advance;
        run.drawn.push(Drawn { glyph, says, hyphen: *hyphen, space });
        pen += advance;
    }
    // Advances are rounded one by one: the atom's width is the sum's.
    if let Some(run) = open {
        run.widen((x + atom.width) - pen);
    }
}

/// Ends a run: puts together what it says.
fn close(flow: &Flow, run: Open) -> (usize, Segment) {
    let first = run.drawn.iter().map(|d| d.says.0).min().unwrap_or(0);
    let mut order: Vec<usize> = (0..run.drawn.len()).collect();
    if run.level.is_rtl() {
        order.sort_by_key(|&at| run.drawn.get(at).map_or((0, 0), |d| d.says));
    }
    let mut drawn = run.drawn;
    let mut text = String::new();
    let mut last: Option<((usize, usize), Range<u32>)> = None;
    for at in order {
        let Some(one) = drawn.get_mut(at) else { continue };
        let range = match &last {
            Some((says, range)) if *says == one.says && !one.hyphen => range.clone(),
            Some(_) | None => {
                let start = size(text.len());
                let said = flow.text.get(one.says.0..one.says.1).unwrap_or_default();
                text.push_str(match (one.hyphen, one.space) {
                    (true, _) => "\u{AD}",
                    (false, true) if !said.starts_with('\u{A0}') => " ",
                    (false, _) => said,
                });
                start..size(text.len())
            }
        };
        one.glyph.text = range.clone();
        last = Some((one.says, range));
    }
    let look = flow.looks.get(run.look);
    // Into room of their own size: collecting in place would keep that of the larger `Drawn`, and
    // glyphs are most of what a book takes in memory.
    let mut glyphs = Vec::with_capacity(drawn.len());
    glyphs.extend(drawn.into_iter().map(|d| d.glyph));
    text.shrink_to_fit();
    let (size, gray) = look.map_or((Length::ZERO, 0), |look| (look.size, look.gray));
    #[expect(clippy::cast_possible_truncation, reason = "a ratio near 1")]
    let stretch = run.stretch as f32;
    let item = Item::Glyphs(GlyphRun { face: run.face, size, stretch, gray, text, glyphs });
    let (rise, node) = look.map_or((Length::ZERO, None), |look| (look.rise, look.node));
    (first, Segment { x: run.x, rise, width: run.width, item, node, ornament: false })
}

fn size(len: usize) -> u32 {
    u32::try_from(len).unwrap_or(u32::MAX)
}

/// Strike-through rules over what is struck.
fn with_strikes(flow: &Flow, done: Vec<(usize, Segment)>) -> Vec<Segment> {
    if !flow.looks.iter().any(|look| look.strike) {
        return done.into_iter().map(|(_, segment)| segment).collect();
    }
    let mut segments = Vec::with_capacity(done.len());
    for (at, segment) in done {
        let run = flow.runs.iter().find(|run| run.range.contains(&at));
        let look = run.and_then(|run| flow.looks.get(run.look)).filter(|look| look.strike);
        let rule = look.map(|look| Segment {
            rise: look.rise + look.size.scale(0.28),
            item: Item::Rule { width: segment.width, height: look.size.scale(0.05), gray: look.gray },
            ornament: true,
            ..segment.clone()
        });
        segments.push(segment);
        segments.extend(rule);
    }
    segments
}
