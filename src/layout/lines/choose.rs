//! The best lines of a leaf, chosen together.
//!
//! Enters: candidates, the measure. Leaves: the candidates at which lines end. Promise: of all ways
//! to break, the one with the least demerits, ladders of more than two hyphens and stumps of last
//! lines counted dear (Knuth and Plass, *Breaking Paragraphs into Lines*, 1981; *The TeXbook*,
//! chapter 14); a way is always found in the last pass.

use super::candidates::{Candidate, Sums};
use super::found::{Found, Room};
use super::told::{Fault, LineTold};
use super::ways::{Group, Offers, Way};
use crate::layout::bill::Bill;
use crate::measure::Length;
use std::ops::RangeInclusive;

/// Letters are made wider or narrower by up to this share (Thanh, 2000; the figure is measured:
/// beyond it readers see it).
pub(super) const EXPANSION: f64 = 0.02;
/// Price of a line, so that fewer are better.
const LINE: f64 = 10.0;
/// Demerits of a second hyphen in a row.
const LADDER: f64 = 5_000.0;
/// Demerits of a third; only in the last pass.
const LADDER_OF_THREE: f64 = 1_000_000.0;
/// Demerits of a tight line beside a loose one.
pub(super) const UNEVEN: f64 = 5_000.0;
/// Demerits of a hyphen in the last line but one: a part of a word begins the last.
const LAST_HYPHEN: f64 = 25_000.0;
/// Demerits of a last line that is hardly one.
const STUMP: f64 = 60_000.0;
/// Demerits of a line that fits in no way; only in the last pass.
const OVERFULL: f64 = 60_000.0;
/// Demerits of a last line of fewer characters than make one: more than a loose line has.
const RUNT: f64 = 2_000_000.0;

/// How far a paragraph may be lengthened or shortened for the page's sake, in lines.
const LOOSENESS: usize = 2;

/// What lines are broken to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Goal {
    pub(super) measure: Length,
    /// Of the first line.
    pub(super) indent: Length,
    /// How many lines stand beside a large first letter, and what it takes of them.
    pub(super) beside: (usize, Length),
    /// Both edges straight.
    pub(super) justify: bool,
    /// Last lines narrower than this are stumps.
    pub(super) stump: Length,
    /// The size of the type.
    pub(super) em: Length,
    /// How far spaces may stretch, in parts of what they like to.
    pub(super) tolerance: f64,
    /// A way must be found.
    pub(super) last: bool,
}

impl Goal {
    /// Where a line begins, by its number from 0.
    pub(super) fn start(&self, line: usize) -> Length {
        let indent = if line == 0 { self.indent } else { Length::ZERO };
        indent + if line < self.beside.0 { self.beside.1 } else { Length::ZERO }
    }

    /// How wide a line may be.
    pub(super) fn room(&self, line: usize) -> Length {
        self.measure - self.start(line)
    }
}

/// A candidate as the search sees it: in scaled points that were turned to numbers once, what letters
/// give counted with what spaces do.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spot {
    /// Up to the line's end, and up to the next one's beginning.
    pub(super) width: (f64, f64),
    pub(super) stretch: (f64, f64),
    pub(super) shrink: (f64, f64),
    /// Hanging out at the line's end, and at the next one's beginning.
    pub(super) hangs: (f64, f64),
    price: f64,
    hyphen: bool,
    forced: bool,
    /// Only a runt is left after it.
    runt: bool,
    /// It divides a word, an address or code.
    pub(super) within: bool,
}

/// A leaf's lines: the candidates they end at, the first being its beginning.
#[derive(Debug, Clone)]
pub(super) struct Chosen {
    pub(super) ends: Vec<usize>,
    pub(super) demerits: f64,
}

/// What a line from one spot to another costs whatever stands before it.
#[derive(Clone, Copy)]
struct Between {
    spaces: f64,
    price: f64,
    class: u8,
    /// It ends in a hyphen.
    hyphen: bool,
    /// It is a leaf's last, and begins with a part of a word.
    last_hyphen: bool,
    /// It is a last one that is too short.
    short: Option<(Fault, f64)>,
}

/// The ends of the lines at candidates that `may` take one; `None` when no way is good enough.
pub(super) fn choose(found: &Found<'_>, goal: Goal, may: impl Fn(&Candidate) -> bool) -> Option<Chosen> {
    choose_under(found, goal, f64::INFINITY, may)
}

/// The same, of ways that have fewer demerits than `most`.
pub(super) fn choose_under(
    found: &Found<'_>,
    goal: Goal,
    most: f64,
    may: impl Fn(&Candidate) -> bool,
) -> Option<Chosen> {
    let mut search = Search::new(found, goal);
    search.offers.most = most;
    // Beside a large letter lines differ in width: ways of different counts aren't the same.
    let chosen = search.run(goal.beside.0 > 0, may, |_| true).and_then(|()| search.best(|_| true));
    search.done();
    chosen
}

/// Whether a leaf that ends at `end` can have another count of lines at all: by the sums of what it can
/// give, before any search.
pub(super) fn may_differ(end: &Candidate, goal: Goal, lines: usize) -> bool {
    let all = end.before;
    let letters = all.letters.scale(EXPANSION);
    let lines = i64::try_from(lines).unwrap_or(i64::MAX);
    let fewer = all.width + goal.indent - all.shrink - letters <= goal.measure * (lines - 1);
    let stretch = (all.stretch + letters).scale(goal.tolerance.min(1e3));
    fewer || all.width + goal.indent + stretch > goal.measure * lines
}

/// The best ways with up to [`LOOSENESS`] lines more or fewer than `lines`, `lines` itself left out.
pub(super) fn choose_others(found: &Found<'_>, goal: Goal, lines: usize) -> Vec<Chosen> {
    let mut search = Search::new(found, goal);
    let mut others = Vec::new();
    let counts = lines.saturating_sub(LOOSENESS).max(1)..=lines + LOOSENESS;
    // A line that the author ends is as short as it likes: of such a leaf sums say nothing.
    let ended = found.ends.iter().rev().skip(1).any(|end| end.forced);
    let reach = Reach { found, goal, lines, counts: counts.clone() };
    if search.run(true, |_| true, |way| ended || reach.may(way)).is_some() {
        let counts = counts.filter(|&count| count != lines);
        others.extend(counts.filter_map(|count| search.best(|way| way.line as usize == count)));
    }
    search.done();
    others
}

/// Which counts of lines a way can still come to: most ways of a leaf come to its usual one, and are of no
/// use to who looks for others.
struct Reach<'a> {
    found: &'a Found<'a>,
    goal: Goal,
    lines: usize,
    counts: RangeInclusive<usize>,
}

impl Reach<'_> {
    /// Whether it can come to one of the counts but the usual, by the sums of what is left.
    fn may(&self, way: &Way) -> bool {
        let (Some(from), Some(end)) = (self.found.spots.get(way.spot as usize), self.found.spots.last())
        else {
            return true;
        };
        let (measure, em) = (self.goal.measure.to_sp() as f64, self.goal.em.to_sp() as f64);
        let rest = end.width.0 - from.width.1;
        let indent = self.goal.indent.to_sp() as f64;
        // A line is wider than its measure by what hangs out, and by the space that it ends in.
        let least = ((rest - (end.shrink.0 - from.shrink.1)) / (measure + 1.5 * em)).ceil().max(0.0);
        let stretch = if self.goal.justify { end.stretch.0 - from.stretch.1 } else { rest / 4.0 };
        // All lines but the last are full.
        let most = ((rest + indent + self.goal.tolerance * stretch) / measure).floor().max(0.0) + 1.0;
        let so_far = f64::from(way.line);
        let mut counts = self.counts.clone().filter(|&count| count != self.lines).map(|count| count as f64);
        counts.any(|count| so_far + least <= count && count <= so_far + most)
    }
}

/// A search through a leaf's candidates.
struct Search<'a> {
    found: &'a Found<'a>,
    goal: Goal,
    ways: Vec<Way>,
    /// Ways worth going on with, in the order of their ends; after the run those that reach the end. Those before
    /// `begin` are given up, and so are groups without ways.
    active: Vec<Group>,
    begin: usize,
    offers: Offers,
}

impl<'a> Search<'a> {
    fn new(found: &'a Found<'_>, goal: Goal) -> Self {
        let Room { mut ways, mut active, mut slots, .. } = found.room.take();
        ways.clear();
        ways.push(Way { demerits: 0.0, class: 1, ..Way::NONE });
        active.clear();
        active.push(Group { spot: 0, room: goal.room(0), first: 0, count: 1 });
        slots.clear();
        let offers = Offers { counted: false, most: f64::INFINITY, slots };
        Search { found, goal, ways, active, begin: 0, offers }
    }

    /// Leaves its room to the next.
    fn done(self) {
        let (ways, active, slots) = (self.ways, self.active, self.offers.slots);
        self.found.room.set(Room { ways, active, slots, ..Room::default() });
    }

    /// Goes through all spots at which lines `may` end, on with ways of use; `None` when no way leads to the
    /// leaf's end.
    fn run(
        &mut self,
        counted: bool,
        may: impl Fn(&Candidate) -> bool,
        of_use: impl Fn(&Way) -> bool,
    ) -> Option<()> {
        self.offers.counted = counted;
        let last = self.found.ends.len().saturating_sub(1);
        for (at, (end, spot)) in self.found.ends.iter().zip(&self.found.spots).enumerate().skip(1) {
            if at != last && !may(end) {
                continue;
            }
            let spare = self.reach((at, spot, at == last));
            let on = self.go_on(index(at), &of_use);
            if !on && self.begin == self.active.len() {
                // Nothing fits: a single sign wider than the measure. `place` makes it narrower.
                let (before, demerits) = spare.filter(|_| self.goal.last)?;
                let demerits = demerits + OVERFULL;
                let line = self.ways.get(before as usize).map_or(0, |way| way.line) + 1;
                let (spot, first) = (index(at), index(self.ways.len()));
                self.active.push(Group { spot, room: self.goal.room(line as usize), first, count: 1 });
                self.ways.push(Way { demerits, spot, before, line, class: 1, ladder: 0 });
            }
        }
        Some(())
    }

    /// Makes the ways that were offered active, in groups; gives whether there are any.
    fn go_on(&mut self, spot: u32, of_use: impl Fn(&Way) -> bool) -> bool {
        let before = self.active.len();
        for slot in &self.offers.slots {
            for way in slot.undominated().filter(|way| of_use(way)) {
                let room = self.goal.room(way.line as usize);
                let first = index(self.ways.len());
                match self.active.get_mut(before..).and_then(<[Group]>::last_mut) {
                    Some(group) if group.room == room => group.count += 1,
                    Some(_) | None => self.active.push(Group { spot, room, first, count: 1 }),
                }
                self.ways.push(*way);
            }
        }
        self.offers.slots.clear();
        before < self.active.len()
    }

    /// Tries a line from each active way to a spot, and forgets those from which none can reach it any
    /// more; gives the cheapest of these.
    fn reach(&mut self, (at, spot, ends): (usize, &Spot, bool)) -> Option<(u32, f64)> {
        let (goal, spots) = (self.goal, &self.found.spots);
        let mut spare: Option<(u32, f64)> = None;
        for place in self.begin..self.active.len() {
            let Some(&group) = self.active.get(place) else { break };
            let Some(from) = spots.get(group.spot as usize) else { continue };
            let ratio = ratio(from, spot, goal, group.room);
            if ratio > goal.tolerance && goal.beside.0 == 0 && least(from, spot, goal) > goal.tolerance {
                // Lines from later spots are looser still.
                return spare;
            }
            let ways = self.ways.get(group.ways()).unwrap_or_default();
            if ratio >= -1.0 && (ratio <= goal.tolerance || goal.last) {
                let between = Between::new((from, spot), goal, (ratio, ends && group.spot > 0));
                for (before, way) in (group.first..).zip(ways) {
                    let mut price = 0.0;
                    let (class, ladder) = between.charge(way, &mut price);
                    let (demerits, line) = (way.demerits + price + too_many(ladder), way.line + 1);
                    let next = Way { demerits, spot: index(at), before, line, class, ladder };
                    self.offers.offer(next, goal.last);
                }
            }
            if ratio >= -1.0 && !spot.forced {
                continue;
            }
            for (at, way) in (group.first..).zip(ways) {
                if spare.is_none_or(|(_, least)| way.demerits < least) {
                    spare = Some((at, way.demerits));
                }
            }
            if let Some(given_up) = self.active.get_mut(place) {
                given_up.count = 0;
            }
            while self.active.get(self.begin).is_some_and(|group| group.count == 0) {
                self.begin += 1;
            }
        }
        spare
    }

    /// The cheapest of such ways that reach the end.
    fn best(&self, is: impl Fn(&Way) -> bool) -> Option<Chosen> {
        let groups = self.active.iter().skip(self.begin).filter_map(|group| self.ways.get(group.ways()));
        let ends = groups.flatten().filter(|way| is(way));
        let last = ends.min_by(|a, b| a.demerits.total_cmp(&b.demerits))?;
        let mut ends = Vec::new();
        let mut way = Some(last);
        while let Some(now) = way {
            ends.push(now.spot as usize);
            way = self.ways.get(now.before as usize);
        }
        ends.reverse();
        Some(Chosen { ends, demerits: last.demerits })
    }
}

/// A place in a list: no leaf has four milliards of candidates.
fn index(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

impl Spot {
    pub(super) fn new(candidate: &Candidate) -> Self {
        let sp = |length: Length| length.to_sp() as f64;
        let give = |spaces: Length, sums: Sums| sp(spaces) + sp(sums.letters) * EXPANSION;
        let (before, after) = (candidate.before, candidate.after);
        Spot {
            width: (sp(before.width), sp(after.width)),
            stretch: (give(before.stretch, before), give(after.stretch, after)),
            shrink: (give(before.shrink, before), give(after.shrink, after)),
            hangs: (sp(candidate.hangs.0), sp(candidate.hangs.1)),
            price: candidate.price,
            hyphen: candidate.carries,
            forced: candidate.forced,
            runt: candidate.runt,
            within: candidate.within,
        }
    }
}

/// How far a line must stretch (from 0 up) or shrink (down to -1; beyond, it doesn't fit), in parts
/// of what its spaces and letters like to.
#[inline]
pub(super) fn ratio(from: &Spot, to: &Spot, goal: Goal, room: Length) -> f64 {
    let width = to.width.0 - from.width.1;
    let hangs = if goal.justify { to.hangs.0 + from.hangs.1 } else { 0.0 };
    let missing = room.to_sp() as f64 + hangs - width;
    if missing >= 0.0 {
        if to.forced {
            return 0.0;
        }
        let stretch = if goal.justify {
            to.stretch.0 - from.stretch.1
        } else {
            // A ragged line likes to fill eight ninths of its measure at least.
            goal.measure.to_sp() as f64 / 9.0
        };
        return if stretch > 0.0 {
            missing / stretch
        } else if missing > 0.0 {
            1e4
        } else {
            0.0
        };
    }
    let shrink = to.shrink.0 - from.shrink.1;
    if goal.justify && shrink > 0.0 { missing / shrink } else { f64::NEG_INFINITY }
}

/// The least that lines to a spot must stretch that begin after another: none of them is a leaf's first, and
/// nothing may hang out of their beginnings.
#[inline]
fn least(from: &Spot, to: &Spot, goal: Goal) -> f64 {
    ratio(&Spot { hangs: (0.0, 0.0), ..*from }, to, goal, goal.measure)
}

impl Between {
    /// Of a line that stretches or shrinks by `ratio`, and whether it is the last of several.
    #[inline]
    fn new((from, to): (&Spot, &Spot), goal: Goal, (ratio, ends): (f64, bool)) -> Self {
        let size = ratio.abs().min(1e3);
        let badness = 100.0 * size * size * size;
        let class: u8 = match ratio {
            r if r < -0.5 => 0,
            r if r <= 0.5 => 1,
            r if r <= 1.0 => 2,
            _ => 3,
        };
        let stump = ends && to.width.0 - from.width.1 < goal.stump.to_sp() as f64;
        let short = if from.runt { (Fault::Runt, RUNT) } else { (Fault::Stump, STUMP) };
        Between {
            spaces: (LINE + badness) * (LINE + badness),
            price: to.price * to.price + 2.0 * to.price * LINE,
            class,
            hyphen: to.hyphen,
            last_hyphen: ends && from.hyphen,
            short: stump.then_some(short),
        }
    }

    /// Charges the line after a way; gives its class, and how many hyphens in a row it makes.
    #[inline]
    fn charge(&self, way: &Way, bill: &mut impl Bill<Fault>) -> (u8, u8) {
        bill.charge(Fault::Spaces, self.spaces);
        bill.charge(Fault::Break, self.price);
        if self.class.abs_diff(way.class) > 1 {
            bill.charge(Fault::Uneven, UNEVEN);
        }
        let ladder = if self.hyphen { way.ladder + 1 } else { 0 };
        if ladder > 1 {
            bill.charge(Fault::Ladder, LADDER);
        }
        if self.last_hyphen {
            bill.charge(Fault::LastHyphen, LAST_HYPHEN);
        }
        if let Some((fault, price)) = self.short {
            bill.charge(fault, price);
        }
        (self.class, ladder)
    }
}

/// The bills of chosen lines, one for each of them; `ends` has the leaf's beginning first.
pub(super) fn bills(ends: &[Candidate], goal: Goal) -> Vec<LineTold> {
    let spots: Vec<Spot> = ends.iter().map(Spot::new).collect();
    let mut way = Way { demerits: 0.0, class: 1, ..Way::NONE };
    let mut bills = Vec::with_capacity(spots.len());
    for (at, pair) in spots.windows(2).enumerate() {
        let [from, to] = pair else { continue };
        let ratio = ratio(from, to, goal, goal.room(at));
        let mut bill = Vec::new();
        let (class, ladder) = if ratio >= -1.0 {
            let last = at + 2 == spots.len();
            Between::new((from, to), goal, (ratio, last && way.spot > 0)).charge(&way, &mut bill)
        } else {
            bill.charge(Fault::Overfull, OVERFULL);
            (1, 0)
        };
        bill.charge(Fault::Ladder, too_many(ladder));
        bills.push(LineTold { ratio, bill });
        way = Way { spot: index(at + 1), line: index(at + 1), class, ladder: ladder.min(2), ..way };
    }
    bills
}

/// What a third hyphen in a row costs beside.
fn too_many(ladder: u8) -> f64 {
    if ladder > 2 { LADDER_OF_THREE } else { 0.0 }
}
