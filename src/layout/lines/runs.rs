//! A line's atoms to glyph runs.
//!
//! Enters: atoms in reading order, how wide they have become. Leaves: [`Segment`]s in reading order,
//! each of one look, one face and one direction. Promise: what a run says is in reading order, also
//! where its glyphs are drawn against it.

use super::Segment;
use super::collect::{Flow, Look};
use super::pieces::Piece;
use super::place::Fit;
use super::shaped::{Shape, Shaped, at_size};
use crate::fonts::FaceId;
use crate::layout::types::{Glyph, GlyphRun, Item, Moved};
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
    let total: i64 = atoms.iter().map(|atom| give(atom).to_sp()).sum();
    let (mut so_far, mut given) = (0, 0);
    for atom in atoms.iter_mut() {
        let own = give(atom).to_sp();
        if own > 0 && total > 0 {
            so_far += own;
            let all = share(fit.give.to_sp(), so_far, total);
            atom.width += Length::sp(all - given);
            given = all;
        } else if (fit.stretch - 1.0).abs() > f64::EPSILON && atom.expands() {
            // Spaces of code neither give nor grow: the letters around them were counted without them.
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

/// `sum` parts of `total` of what is given.
fn share(give: i64, sum: i64, total: i64) -> i64 {
    match give.checked_mul(sum) {
        Some(product) => product / total,
        // No line is so long.
        None => i64::try_from(i128::from(give) * i128::from(sum) / i128::from(total)).unwrap_or(0),
    }
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
    /// Until it is closed what they say is counted in the flow's text; nothing for a hyphen.
    glyphs: Vec<Glyph>,
    moved: Vec<Moved>,
}

impl Open {
    /// Notes how far glyphs are moved that are about to be added.
    fn moves(&mut self, shapes: &[Shape], at: Length, stretch: f64) {
        for (glyph, shape) in (self.glyphs.len()..).zip(shapes).filter(|(_, shape)| shape.is_moved()) {
            let dx = at_size(shape.dx, at).scale(stretch).into();
            let dy = at_size(shape.dy, at).into();
            self.moved.push(Moved { glyph: size(glyph), dx, dy });
        }
    }

    /// Puts room after the last glyph.
    fn widen(&mut self, by: Length) {
        if let Some(last) = self.glyphs.last_mut() {
            self.width += by;
            last.advance = (by + last.advance).into();
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
    // Most lines are one run.
    let mut pen = Pen { flow, x, stretch, left: count(atoms), open: None, done: Vec::with_capacity(1) };
    if mixed {
        let levels: Vec<Level> = atoms.iter().map(|atom| atom.level).collect();
        let order = BidiInfo::reorder_visual(&levels);
        order.into_iter().filter_map(|at| atoms.get(at)).for_each(|atom| pen.draw(atom));
    } else {
        atoms.iter().for_each(|atom| pen.draw(atom));
    }
    pen.close();
    let mut done = pen.done;
    if mixed {
        done.sort_by_key(|(at, _)| *at);
    }
    with_strikes(flow, done)
}

/// How many glyphs atoms have at most.
fn count(atoms: &[Atom<'_>]) -> usize {
    let glyphs = |atom: &Atom<'_>| match &atom.body {
        Body::Glyphs { shaped, .. } => shaped.glyphs.len(),
        Body::Object(_) | Body::Gap => 0,
    };
    atoms.iter().map(glyphs).sum()
}

/// Where a line is being drawn.
struct Pen<'a> {
    flow: &'a Flow,
    x: Length,
    stretch: f64,
    /// How many glyphs are to come at most.
    left: usize,
    open: Option<Open>,
    /// Each with its place in the flow.
    done: Vec<(usize, Segment)>,
}

impl Pen<'_> {
    fn draw(&mut self, atom: &Atom<'_>) {
        let Some(look) = self.flow.looks.get(atom.look) else { return };
        match &atom.body {
            Body::Object(at) => {
                self.close();
                if let Some(object) = self.flow.objects.get(*at) {
                    let item =
                        Item::Image { image: object.image, width: object.width, height: object.height };
                    let (x, node, rise) = (self.x, look.node, Length::ZERO);
                    let segment = Segment { x, rise, width: atom.width, item, node, ornament: false };
                    self.done.push((atom.text.start, segment));
                }
            }
            Body::Gap => {
                if let Some(run) = &mut self.open {
                    run.widen(atom.width);
                }
            }
            Body::Glyphs { shaped, from, to, hyphen } => {
                self.glyphs(atom, look, (shaped, *from, *to, *hyphen));
            }
        }
        self.x += atom.width;
    }

    fn glyphs(
        &mut self,
        atom: &Atom<'_>,
        look: &Look,
        (shaped, from, to, hyphen): (&Shaped, u32, u32, bool),
    ) {
        let part: Vec<Shape>;
        let shapes = if shaped.is_whole(from, to) {
            shaped.glyphs.as_slice()
        } else {
            part = shaped.glyphs.iter().filter(|g| g.start >= from && g.end <= to).copied().collect();
            part.as_slice()
        };
        let stretch = if atom.stiff { 1.0 } else { self.stretch };
        let mut pen = self.x;
        let (start, end) = (size(atom.text.start), size(atom.text.end));
        for shapes in shapes.chunk_by(|one, next| one.face == next.face) {
            let Some(face) = shapes.first().map(|shape| shape.face) else { continue };
            let run = self.run(atom, face, stretch, pen);
            if shaped.moves {
                run.moves(shapes, look.size, stretch);
            }
            let begin = pen;
            run.glyphs.extend(shapes.iter().map(|shape| {
                let advance =
                    if atom.space { atom.width } else { at_size(shape.advance, look.size).scale(stretch) };
                let text = if hyphen || atom.space {
                    start..end
                } else {
                    start + (shape.start - from)..start + (shape.end - from)
                };
                pen += advance;
                Glyph { id: shape.id, advance: advance.into(), text }
            }));
            run.width += pen - begin;
        }
        self.left = self.left.saturating_sub(shaped.glyphs.len());
        // Advances are rounded one by one: the atom's width is the sum's.
        let off = self.x + atom.width - pen;
        if let Some(run) = &mut self.open {
            run.widen(off);
        }
    }

    /// The run that a glyph belongs to, begun at `x` if need be.
    fn run(&mut self, atom: &Atom<'_>, face: FaceId, stretch: f64, x: Length) -> &mut Open {
        let fits = self.open.as_ref().is_some_and(|o| {
            (o.look, o.face, o.level) == (atom.look, face, atom.level)
                && o.stretch.to_bits() == stretch.to_bits()
        });
        if !fits {
            self.close();
        }
        let (look, level, left) = (atom.look, atom.level, self.left);
        let begin = || {
            let (width, glyphs) = (Length::ZERO, Vec::with_capacity(left));
            Open { look, face, level, stretch, x, width, glyphs, moved: Vec::new() }
        };
        self.open.get_or_insert_with(begin)
    }

    /// Ends the open run.
    fn close(&mut self) {
        let flow = self.flow;
        self.done.extend(self.open.take().map(|run| close(flow, run)));
    }
}

/// Ends a run: puts together what it says.
fn close(flow: &Flow, run: Open) -> (usize, Segment) {
    let mut glyphs = run.glyphs;
    let (first, mut text) = match plain(flow, &glyphs) {
        Some((first, text)) => {
            for glyph in &mut glyphs {
                glyph.text = glyph.text.start - first..glyph.text.end - first;
            }
            (first, text.to_owned())
        }
        None => {
            let first = glyphs.iter().map(|glyph| glyph.text.start).min().unwrap_or(0);
            let end = glyphs.iter().map(|glyph| glyph.text.end).max().unwrap_or(0);
            (first, said(flow, &mut glyphs, run.level, first..end))
        }
    };
    // Glyphs and words are most of what a book takes in memory.
    glyphs.shrink_to_fit();
    text.shrink_to_fit();
    let look = flow.looks.get(run.look);
    let (size, gray) = look.map_or((Length::ZERO, 0), |look| (look.size, look.gray));
    #[expect(clippy::cast_possible_truncation, reason = "a ratio near 1")]
    let stretch = run.stretch as f32;
    let item = Item::Glyphs(GlyphRun { face: run.face, size, stretch, gray, text, glyphs, moved: run.moved });
    let (rise, node) = look.map_or((Length::ZERO, None), |look| (look.rise, look.node));
    (first as usize, Segment { x: run.x, rise, width: run.width, item, node, ornament: false })
}

/// What a run says that says the flow's text as it stands there, as most do; and where that begins.
fn plain<'f>(flow: &'f Flow, glyphs: &[Glyph]) -> Option<(u32, &'f str)> {
    let first = glyphs.first().map_or(0, |glyph| glyph.text.start);
    let mut last = first..first;
    for glyph in glyphs {
        if glyph.text.is_empty() || (glyph.text.start != last.end && glyph.text != last) {
            return None;
        }
        last = glyph.text.clone();
    }
    let text = flow.text.get(first as usize..last.end as usize)?;
    // Spaces are drawn as one, and so is a line end.
    let as_it_is = !text.contains('\n') && !text.as_bytes().windows(2).any(|pair| pair == b"  ");
    as_it_is.then_some((first, text))
}

/// What a run says; its glyphs are told what of it is theirs.
fn said(flow: &Flow, glyphs: &mut [Glyph], level: Level, range: Range<u32>) -> String {
    let hyphen = if glyphs.last().is_some_and(|glyph| glyph.text.is_empty()) { SOFT_HYPHEN.len() } else { 0 };
    let text = String::with_capacity((range.end - range.start) as usize + hyphen);
    let mut said = Said { text, last: Default::default(), open: 0..0 };
    if level.is_rtl() {
        let mut order: Vec<&mut Glyph> = glyphs.iter_mut().collect();
        order.sort_by_key(|glyph| (glyph.text.start, glyph.text.end));
        order.into_iter().for_each(|glyph| said.say(flow, glyph));
    } else {
        glyphs.iter_mut().for_each(|glyph| said.say(flow, glyph));
    }
    said.add(flow);
    said.text
}

/// What the hyphen of a divided word says.
const SOFT_HYPHEN: &str = "\u{AD}";

/// What a run says, as far as it has been put together.
struct Said {
    text: String,
    /// What the last glyph says, in the flow's text and in the run's.
    last: (Range<u32>, Range<u32>),
    /// What of the flow's text is still to be added.
    open: Range<u32>,
}

impl Said {
    /// Tells a glyph what it says in the run's text.
    fn say(&mut self, flow: &Flow, glyph: &mut Glyph) {
        let of_flow = glyph.text.clone();
        if self.last.0 == of_flow && !of_flow.is_empty() {
            // Of one cluster.
            glyph.text = self.last.1.clone();
            return;
        }
        let first = flow.text.as_bytes().get(of_flow.start as usize);
        let of_run = if of_flow.is_empty() || matches!(first, Some(b' ' | b'\n')) {
            self.add(flow);
            let said = flow.text.get(of_flow.start as usize..of_flow.end as usize).unwrap_or_default();
            let start = size(self.text.len());
            self.text.push_str(match said {
                "" => SOFT_HYPHEN,
                // Spaces are drawn as one, and so is a line end.
                spaces if spaces.bytes().all(|byte| matches!(byte, b' ' | b'\n')) => " ",
                said => said,
            });
            start..size(self.text.len())
        } else {
            if self.open.end != of_flow.start {
                self.add(flow);
                self.open = of_flow.start..of_flow.start;
            }
            let start = size(self.text.len()) + (self.open.end - self.open.start);
            self.open.end = of_flow.end;
            start..start + (of_flow.end - of_flow.start)
        };
        self.last = (of_flow, of_run.clone());
        glyph.text = of_run;
    }

    /// Adds what is open.
    fn add(&mut self, flow: &Flow) {
        let open = std::mem::take(&mut self.open);
        self.text.push_str(flow.text.get(open.start as usize..open.end as usize).unwrap_or_default());
    }
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
