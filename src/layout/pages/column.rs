//! A segment of the book, from one opening to the next, as the page breaker sees it.
//!
//! Enters: the galleys of the segment. Leaves: a [`Column`]: units of lines, each unit in one or
//! several ways, and all notes called in it as one more column. Promise: lines know nothing but their
//! height, what a break after them costs and how many lines of notes are called up to them; a unit
//! ends where a page may end freely.

use super::floats::{Float, Floats};
use super::{Flow, prices};
use crate::layout::galley::{self, Galley, Give, Kind, Strip, after, cost};
use crate::measure::Length;
use crate::model::{NoteId, Placement};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// A unit of strips that can't be had in other lines is cut at about so many.
const UNIT: usize = 16;

/// A segment.
#[derive(Debug, Clone)]
pub(super) struct Column {
    pub(super) units: Vec<Unit>,
    pub(super) notes: Notes,
    pub(super) floats: Floats,
}

/// Strips that are taken together; pages may still end within.
#[derive(Debug, Clone)]
pub(super) struct Unit {
    pub(super) galley: usize,
    /// The strips of the first way.
    pub(super) strips: Range<usize>,
    /// Its place among the galley's flexible paragraphs.
    pub(super) flexible: Option<usize>,
    /// Its number among the segment's floats.
    pub(super) float: Option<u16>,
    /// The best way first.
    pub(super) ways: Vec<Lines>,
}

/// A way to set a unit.
#[derive(Debug, Clone)]
pub(super) struct Lines {
    pub(super) price: f64,
    /// Which of the paragraph's other ways it is.
    pub(super) other: Option<usize>,
    /// It only calls the float, which stands elsewhere.
    pub(super) away: bool,
    pub(super) lines: Vec<Line>,
    /// Of all its lines.
    pub(super) height: Length,
    /// Nothing but lines of the grid: it can be taken as a whole.
    pub(super) plain: bool,
    /// When it is plain, and its lines are of one height.
    pub(super) inner: Option<Inner>,
}

/// What all lines of a way but the last have in common.
#[derive(Debug, Clone, Copy)]
pub(super) struct Inner {
    pub(super) height: Length,
    /// The most that must stand on the page after one of them.
    pub(super) chunk: Length,
    /// The most strips of notes that are called up to there.
    pub(super) called: u32,
}

/// A strip.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub(super) kind: Kind,
    pub(super) height: Length,
    pub(super) give: Give,
    pub(super) after: u8,
    pub(super) hyphen: bool,
    /// How many strips of notes are called up to here.
    pub(super) called: u32,
    /// How many of these must stand on the page of the last call.
    pub(super) least: u32,
    /// How many floats.
    pub(super) floats: u16,
    /// What follows is passed by no float: a page with floats that wait ends here.
    pub(super) fence: bool,
    /// Height of the table's head that stands over it at the top of a page; how much lower or higher a heading
    /// stands there.
    pub(super) head: Length,
    /// How many lines of the segment come after it, up to [`prices::LAST_PAGE`].
    pub(super) rest: u8,
    /// What must still stand on a page that doesn't end here: up to the next free break.
    pub(super) chunk: Length,
    /// The same as if all figures that may float did, and all that gives way gave its most.
    pub(super) firm: Length,
    /// How many strips of notes are called up to there.
    pub(super) chunk_called: u32,
    /// How many of these must stand on that page.
    pub(super) chunk_least: u32,
}

/// The notes called in a segment, in the order of their calls.
#[derive(Debug, Clone, Default)]
pub(super) struct Notes {
    /// Galley and strip of each.
    pub(super) strips: Vec<(usize, usize)>,
    /// Height of all strips before.
    sums: Vec<Length>,
    /// By the number of strips called: how many must stand on the page of the last call.
    least: BTreeMap<u32, u32>,
}

impl Notes {
    /// Height of the strips of a range.
    pub(super) fn height(&self, from: u32, to: u32) -> Length {
        let sum = |at: u32| self.sums.get(at as usize).copied().unwrap_or_default();
        sum(to) - sum(from)
    }

    /// How many strips have to be placed when so many are called: two lines of the last note.
    pub(super) fn least(&self, called: u32) -> u32 {
        self.least.get(&called).copied().unwrap_or(called)
    }

    /// How far the strips from `from` to `to` fill `room`.
    pub(super) fn fill(&self, from: u32, to: u32, room: Length) -> u32 {
        let base = self.sums.get(from as usize).copied().unwrap_or_default();
        let within = self.sums.get(from as usize..=to as usize).unwrap_or_default();
        let most = base + room;
        let count = within.partition_point(|&sum| sum <= most);
        from + u32::try_from(count.saturating_sub(1)).unwrap_or(0)
    }

    fn add(&mut self, flow: &Flow, note: NoteId) {
        let galley = flow.note(note);
        let strips = flow.galleys.get(galley).map(|g| g.strips.as_slice()).unwrap_or_default();
        let from = self.strips.len();
        for (at, strip) in strips.iter().enumerate() {
            let sum = self.sums.last().copied().unwrap_or_default();
            self.sums.push(sum + strip.height);
            self.strips.push((galley, at));
        }
        let number = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        self.least.insert(number(self.strips.len()), number(from + strips.len().min(2)));
    }
}

/// Makes a segment's column. `seen` are notes called before it.
pub(super) fn column(flow: &Flow, galleys: Range<usize>, seen: &BTreeSet<NoteId>, grid: Length) -> Column {
    let mut maker = Maker {
        flow,
        notes: Notes { sums: vec![Length::ZERO], ..Notes::default() },
        ends: BTreeMap::new(),
        seen,
        grid,
        called: 0,
        floats: Vec::new(),
        units: Vec::new(),
    };
    for at in galleys {
        if let Some(galley) = flow.galleys.get(at) {
            maker.galley(at, galley);
        }
    }
    let Maker { mut units, notes, floats, .. } = maker;
    trim(&mut units);
    chunks(&mut units, &notes);
    rests(&mut units, grid);
    let floats = Floats::new(flow, floats, &mut units);
    Column { units, notes, floats }
}

struct Maker<'a> {
    flow: &'a Flow,
    notes: Notes,
    /// By note: how many strips are called when it and the notes within it are.
    ends: BTreeMap<NoteId, u32>,
    seen: &'a BTreeSet<NoteId>,
    grid: Length,
    called: u32,
    floats: Vec<Float>,
    units: Vec<Unit>,
}

impl Maker<'_> {
    fn galley(&mut self, at: usize, galley: &Galley) {
        let mut flexible = galley.flexible.iter().enumerate().peekable();
        let mut floats = galley.floats.iter().peekable();
        let mut from = 0;
        while from < galley.strips.len() {
            if let Some((index, found)) = flexible.next_if(|(_, f)| f.strips.start == from) {
                let end = found.strips.end.max(from + 1);
                self.unit(at, galley, from..end, Some(index));
                from = end;
                continue;
            }
            if let Some(float) = floats.next_if(|float| float.strips.start == from) {
                self.float(at, galley, float);
                from = float.strips.end.max(from + 1);
                continue;
            }
            let starts = flexible.peek().map(|(_, f)| f.strips.start);
            let starts = starts.into_iter().chain(floats.peek().map(|float| float.strips.start));
            let stop = starts.min().map_or(galley.strips.len(), |start| start.max(from + 1));
            let end = end_of_unit(&galley.strips, from..stop);
            self.unit(at, galley, from..end, None);
            from = end;
        }
    }

    fn unit(&mut self, at: usize, galley: &Galley, strips: Range<usize>, flexible: Option<usize>) {
        let before = self.called;
        let best = galley.strips.get(strips.clone()).unwrap_or_default();
        let mut lines = Vec::with_capacity(best.len());
        for strip in best {
            self.call(strip.notes.iter().map(|(note, _)| *note));
            lines.push(self.line(galley, strip));
        }
        let mut ways = vec![Lines::new(0.0, lines)];
        let others = flexible.and_then(|index| galley.flexible.get(index));
        let height = best.first().map_or(Length::ZERO, |strip| strip.height);
        for (index, way) in others.into_iter().flat_map(|other| other.ways()).enumerate() {
            let count = way.lines.len();
            let mut called = before;
            let lines = way.lines.iter().enumerate().map(|(line, end)| {
                called =
                    end.notes.iter().filter_map(|note| self.ends.get(note)).fold(called, |a, &b| a.max(b));
                let after = after(best, line, count);
                let (hyphen, floats) = (end.carries, self.floated());
                Line { height, after, hyphen, called, floats, ..Line::default() }
            });
            let price = prices::other_way(count.abs_diff(best.len()), way.demerits);
            // Nothing that another way mends is worth so much.
            if price < prices::UNEQUAL {
                ways.push(Lines { other: Some(index), ..Lines::new(price, lines.collect()) });
            }
        }
        if flexible.is_none() {
            self.spaced(best, &mut ways);
        }
        self.units.push(Unit { galley: at, strips, flexible, float: None, ways });
    }

    /// A figure that floats: its lines, or nothing but its call.
    fn float(&mut self, at: usize, galley: &Galley, float: &galley::Float) {
        let number = self.floated();
        let strips = galley.strips.get(float.strips.clone()).unwrap_or_default();
        let content = |strip: &Strip| strip.kind == Kind::Content;
        let from = strips.iter().position(content).unwrap_or(0);
        let to = strips.iter().rposition(content).map_or(from, |last| last + 1);
        let height = strips.get(from..to).unwrap_or_default().iter().map(|strip| strip.height).sum();
        let alone = float.place == Placement::Page;
        let (unit, start) = (self.units.len(), float.strips.start);
        let inner = start + from..start + to;
        self.floats.push(Float { unit, galley: at, strips: inner, height, alone });
        let lines = strips.iter().map(|strip| self.line(galley, strip)).collect();
        let (called, floats) = (self.called, self.floated());
        let call = Line { kind: Kind::Space, height: float.away, called, floats, ..Line::default() };
        let away = Lines { away: true, ..Lines::new(prices::FLOAT, vec![call]) };
        let ways = if float.place == Placement::Auto {
            let mut ways = vec![Lines::new(0.0, lines)];
            self.spaced(strips, &mut ways);
            ways.push(away);
            ways
        } else {
            vec![away, Lines::new(prices::IMPOSSIBLE, lines)]
        };
        let (strips, flexible) = (float.strips.clone(), None);
        self.units.push(Unit { galley: at, strips, flexible, float: Some(number), ways });
    }

    /// How many floats are called so far.
    fn floated(&self) -> u16 {
        u16::try_from(self.floats.len()).unwrap_or(u16::MAX)
    }

    /// The space over headings, code, tables and figures may be a line more, or less when it is wide or the block
    /// fills its last line but little; so may, much dearer, those of a series. No other is: under headings and
    /// between paragraphs the eye compares.
    fn spaced(&self, strips: &[Strip], ways: &mut Vec<Lines>) {
        let Some(best) = ways.first().map(|way| way.lines.clone()) else { return };
        let over = best.iter().take_while(|line| line.kind != Kind::Content);
        let Some((at, space)) = over.enumerate().find(|(_, line)| line.kind == Kind::Space) else { return };
        let (grid, height) = (self.grid, space.height);
        let (more, less) = match space.give {
            Give::None | Give::Stanza => return,
            Give::Like => prices::LIKE_SPACE,
            Give::Block => prices::BLOCK_SPACE,
            Give::Heading => prices::HEADING_SPACE,
        };
        if height < grid {
            return;
        }
        let tight = strips.get(at).map_or(Length::ZERO, |strip| strip.tight);
        let least = if height - grid >= grid { height - grid } else { tight };
        for (height, price) in [(height + grid, more), (least, less)] {
            let mut lines = best.clone();
            let Some(space) = lines.get_mut(at).filter(|_| height > Length::ZERO) else { continue };
            space.height = height;
            ways.push(Lines::new(price, lines));
        }
    }

    fn line(&self, galley: &Galley, strip: &Strip) -> Line {
        let head = strip.repeat.and_then(|head| galley.heads.get(head));
        Line {
            kind: strip.kind,
            height: strip.height,
            give: strip.give,
            after: strip.after,
            hyphen: strip.hyphen,
            called: self.called,
            floats: self.floated(),
            head: head.into_iter().flatten().map(|strip| strip.height).sum::<Length>() + strip.crown,
            ..Line::default()
        }
    }

    /// Notes that have no place yet, each followed by those called within it.
    fn call(&mut self, notes: impl Iterator<Item = NoteId>) {
        for note in notes {
            let mut open = vec![note];
            while let Some(next) = open.pop() {
                if self.seen.contains(&next) || self.ends.contains_key(&next) {
                    continue;
                }
                self.notes.add(self.flow, next);
                self.called = u32::try_from(self.notes.strips.len()).unwrap_or(u32::MAX);
                self.ends.insert(next, self.called);
                let strips = self.flow.galleys.get(self.flow.note(next)).map(|g| g.strips.as_slice());
                let within = strips.unwrap_or_default().iter().flat_map(|s| s.notes.iter().map(|(n, _)| *n));
                let within: Vec<NoteId> = within.collect();
                open.extend(within.into_iter().rev());
            }
        }
    }
}

impl Default for Line {
    fn default() -> Self {
        Line {
            kind: Kind::Content,
            height: Length::ZERO,
            give: Give::None,
            after: cost::FREE,
            hyphen: false,
            called: 0,
            least: 0,
            floats: 0,
            fence: false,
            head: Length::ZERO,
            rest: 0,
            chunk: Length::ZERO,
            firm: Length::ZERO,
            chunk_called: 0,
            chunk_least: 0,
        }
    }
}

impl Lines {
    fn new(price: f64, lines: Vec<Line>) -> Self {
        let height = lines.iter().map(|line| line.height).sum();
        let plain = lines.iter().all(|line| line.kind == Kind::Content && line.head == Length::ZERO);
        Lines { price, other: None, away: false, lines, height, plain, inner: None }
    }
}

/// Where a unit that begins at the range's start ends.
fn end_of_unit(strips: &[Strip], range: Range<usize>) -> usize {
    for at in range.clone() {
        let Some(strip) = strips.get(at) else { break };
        let (next, gives) =
            strips.get(at + 1).map_or((None, Give::None), |next| (Some(next.kind), next.give));
        let ends = match strip.kind {
            Kind::Break => true,
            // A space that gives begins a unit, or it couldn't be had in another way than what is before.
            Kind::Content if next == Some(Kind::Space) && gives != Give::None => true,
            Kind::Content => {
                strip.after == cost::FREE && (next != Some(Kind::Content) || at - range.start >= UNIT)
            }
            Kind::Space | Kind::Sink | Kind::Snap => false,
        };
        if ends {
            return at + 1;
        }
    }
    range.end
}

/// Takes away the space after the last line: a page that ends with that line ends the segment, and what is left
/// of its notes is not put off to a page that never begins.
fn trim(units: &mut Vec<Unit>) {
    while let Some(unit) = units.last_mut().filter(|unit| unit.float.is_none()) {
        for way in &mut unit.ways {
            while let Some(last) = way.lines.pop_if(|last| matches!(last.kind, Kind::Space | Kind::Snap)) {
                way.height -= last.height;
            }
        }
        if unit.ways.iter().any(|way| !way.lines.is_empty()) || units.len() == 1 {
            return;
        }
        units.pop();
    }
}

/// Tells each line how much must follow it on its page, from the end backwards.
fn chunks(units: &mut [Unit], notes: &Notes) {
    let mut next = (Length::ZERO, None, Length::ZERO);
    for unit in units.iter_mut().rev() {
        let mut first = next;
        let mut firm = Length::MAX;
        for (way, lines) in unit.ways.iter_mut().enumerate() {
            let mut ahead = next;
            for line in lines.lines.iter_mut().rev() {
                (line.chunk, line.firm) = (ahead.0, ahead.2);
                line.chunk_called = ahead.1.unwrap_or(line.called).max(line.called);
                line.least = notes.least(line.called);
                line.chunk_least = notes.least(line.chunk_called);
                ahead = match line.kind {
                    Kind::Content if line.after <= cost::SOFT => {
                        (line.height, Some(line.called), line.height)
                    }
                    Kind::Break => (Length::ZERO, Some(line.called), Length::ZERO),
                    // Who sees a block that didn't fit doesn't see that its caption didn't.
                    Kind::Content if line.after == cost::CAPTION => {
                        (ahead.0 + line.height, ahead.1, line.height)
                    }
                    // It is of the block before.
                    Kind::Snap => (ahead.0 + line.height, ahead.1, ahead.2),
                    Kind::Content | Kind::Space | Kind::Sink => {
                        (ahead.0 + line.height, ahead.1, ahead.2 + line.height)
                    }
                };
            }
            lines.inner = inner(lines);
            if way == 0 {
                first = ahead;
            }
            firm = firm.min(ahead.2);
        }
        next = (first.0, first.1, firm);
    }
}

/// Tells each line how many come after it, from the end backwards: the fewest, where paragraphs can be had in
/// fewer lines.
fn rests(units: &mut [Unit], grid: Length) {
    let mut next = 0_u8;
    for unit in units.iter_mut().rev() {
        let mut fewest = u8::MAX;
        for lines in &mut unit.ways {
            let mut rest = next;
            for line in lines.lines.iter_mut().rev() {
                line.rest = rest;
                let counts = match line.kind {
                    // A picture fills a page as well as lines do.
                    Kind::Content if line.height >= grid * 3 => prices::FEW_LINES,
                    Kind::Content => 1,
                    Kind::Space | Kind::Sink | Kind::Snap | Kind::Break => 0,
                };
                rest = rest.saturating_add(counts).min(prices::LAST_PAGE);
            }
            if !lines.away {
                fewest = fewest.min(rest);
            }
        }
        if fewest >= prices::LAST_PAGE {
            // All lines before have more after them.
            break;
        }
        next = fewest;
    }
}

/// What lines but the last have in common, if all are alike.
fn inner(lines: &Lines) -> Option<Inner> {
    let height = lines.lines.first()?.height;
    let [inner @ .., _] = lines.lines.as_slice() else { return None };
    let alike = lines.plain && height > Length::ZERO && lines.lines.iter().all(|line| line.height == height);
    let chunk = inner.iter().map(|line| line.chunk).max()?;
    let called = inner.iter().map(|line| line.chunk_called).max()?;
    alike.then_some(Inner { height, chunk, called })
}
