//! The best lines of a leaf, chosen together.
//!
//! Enters: candidates, the measure. Leaves: the candidates at which lines end. Promise: of all ways
//! to break, the one with the least demerits, ladders of more than two hyphens and stumps of last
//! lines counted dear (Knuth and Plass, *Breaking Paragraphs into Lines*, 1981; *The TeXbook*,
//! chapter 14); a way is always found in the last pass.

use super::candidates::Candidate;
use crate::measure::Length;

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
const UNEVEN: f64 = 5_000.0;
/// Demerits of a hyphen in the last line but one.
const LAST_HYPHEN: f64 = 5_000.0;
/// Demerits of a last line that is hardly one.
const STUMP: f64 = 60_000.0;

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
    fn room(&self, line: usize) -> Length {
        self.measure - self.start(line)
    }
}

#[derive(Debug, Clone, Copy)]
struct Way {
    candidate: usize,
    before: Option<usize>,
    demerits: f64,
    class: usize,
    ladder: usize,
    /// Lines so far.
    line: usize,
}

/// A leaf's lines: the candidates they end at, the first being its beginning.
#[derive(Debug, Clone)]
pub(super) struct Chosen {
    pub(super) ends: Vec<usize>,
    pub(super) demerits: f64,
}

/// The ways that end at a candidate: the best of each class and ladder, and of each count of lines.
#[derive(Default)]
struct Offers {
    counted: bool,
    slots: Vec<(usize, [Option<Way>; 12])>,
}

/// A way to end a line at a candidate.
#[derive(Clone, Copy)]
struct Step {
    demerits: f64,
    class: usize,
    ladder: usize,
}

/// The ends of the lines; `None` when no way is good enough.
pub(super) fn choose(candidates: &[Candidate], goal: Goal) -> Option<Chosen> {
    // Beside a large letter lines differ in width: ways of different counts aren't the same.
    let (ways, active) = search(candidates, goal, goal.beside.0 > 0)?;
    let ends = active.iter().filter_map(|&index| ways.get(index));
    let best = ends.min_by(|a, b| a.demerits.total_cmp(&b.demerits))?;
    Some(trace(&ways, *best))
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
pub(super) fn choose_others(candidates: &[Candidate], goal: Goal, lines: usize) -> Vec<Chosen> {
    let Some((ways, active)) = search(candidates, goal, true) else { return Vec::new() };
    let counts = lines.saturating_sub(LOOSENESS).max(1)..=lines + LOOSENESS;
    let others = counts.filter(|&count| count != lines);
    others
        .filter_map(|count| {
            let ends = active.iter().filter_map(|&index| ways.get(index)).filter(|way| way.line == count);
            ends.min_by(|a, b| a.demerits.total_cmp(&b.demerits)).map(|best| trace(&ways, *best))
        })
        .collect()
}

/// All ways worth going on with, and those that reach the end.
fn search(candidates: &[Candidate], goal: Goal, counted: bool) -> Option<(Vec<Way>, Vec<usize>)> {
    let start = Way { candidate: 0, before: None, demerits: 0.0, class: 1, ladder: 0, line: 0 };
    let mut ways = vec![start];
    let mut active: Vec<usize> = vec![0];
    let mut offers = Offers { counted, slots: Vec::new() };
    for (at, candidate) in candidates.iter().enumerate().skip(1) {
        let mut spare: Option<(usize, f64)> = None;
        active.retain(|&index| {
            let Some(way) = ways.get(index) else { return false };
            let Some(from) = candidates.get(way.candidate) else { return false };
            let ratio = ratio(from, candidate, goal, way.line);
            if ratio >= -1.0 && (ratio <= goal.tolerance || goal.last) {
                let step = step(way, from, candidate, goal, (ratio, at + 1 == candidates.len()));
                offers.offer(way, step, (at, index), goal.last);
            }
            let stays = ratio >= -1.0 && !candidate.forced;
            if !stays && spare.is_none_or(|(_, least)| way.demerits < least) {
                spare = Some((index, way.demerits));
            }
            stays
        });
        let before = active.len();
        for way in offers.slots.drain(..).flat_map(|(_, best)| best).flatten() {
            active.push(ways.len());
            ways.push(way);
        }
        if active.len() == before && before == 0 {
            // Nothing fits: a single sign wider than the measure. `place` makes it narrower.
            let (index, demerits) = spare.filter(|_| goal.last)?;
            let demerits = demerits + STUMP;
            let line = ways.get(index).map_or(0, |way| way.line) + 1;
            active.push(ways.len());
            ways.push(Way { candidate: at, before: Some(index), demerits, class: 1, ladder: 0, line });
        }
    }
    Some((ways, active))
}

fn trace(ways: &[Way], last: Way) -> Chosen {
    let mut ends = Vec::new();
    let mut way = Some(last);
    while let Some(now) = way {
        ends.push(now.candidate);
        way = now.before.and_then(|index| ways.get(index)).copied();
    }
    ends.reverse();
    Chosen { ends, demerits: last.demerits }
}

impl Offers {
    fn offer(&mut self, from: &Way, step: Step, (at, index): (usize, usize), last: bool) {
        if step.ladder > 2 && !last {
            return;
        }
        let extra = if step.ladder > 2 { LADDER_OF_THREE } else { 0.0 };
        let demerits = from.demerits + step.demerits + extra;
        let ladder = step.ladder.min(2);
        let line = from.line + 1;
        let count = if self.counted { line } else { 0 };
        let place = self.slots.iter().position(|(slot, _)| *slot == count).unwrap_or_else(|| {
            self.slots.push((count, [None; 12]));
            self.slots.len() - 1
        });
        let slot = self.slots.get_mut(place).and_then(|(_, best)| best.get_mut(step.class * 3 + ladder));
        if let Some(slot) = slot.filter(|slot| slot.is_none_or(|old| demerits < old.demerits)) {
            *slot =
                Some(Way { candidate: at, before: Some(index), demerits, class: step.class, ladder, line });
        }
    }
}

/// How far a line must stretch (from 0 up) or shrink (down to -1; beyond, it doesn't fit), in parts
/// of what its spaces and letters like to.
fn ratio(from: &Candidate, to: &Candidate, goal: Goal, line: usize) -> f64 {
    let width = to.before.width - from.after.width;
    let hangs = if goal.justify { to.hangs.0 + from.hangs.1 } else { Length::ZERO };
    let missing = goal.room(line) + hangs - width;
    let letters = (to.before.letters - from.after.letters).scale(EXPANSION);
    if missing >= Length::ZERO {
        if to.forced {
            return 0.0;
        }
        let stretch = if goal.justify {
            to.before.stretch - from.after.stretch + letters
        } else {
            // A ragged line likes to fill eight ninths of its measure at least.
            goal.measure / 9
        };
        return if stretch > Length::ZERO {
            missing.ratio(stretch)
        } else if missing == Length::ZERO {
            0.0
        } else {
            1e4
        };
    }
    if !goal.justify {
        return f64::NEG_INFINITY;
    }
    let shrink = to.before.shrink - from.after.shrink + letters;
    if shrink > Length::ZERO { missing.ratio(shrink) } else { f64::NEG_INFINITY }
}

fn step(way: &Way, from: &Candidate, to: &Candidate, goal: Goal, (ratio, ends): (f64, bool)) -> Step {
    let size = ratio.abs().min(1e3);
    let badness = 100.0 * size * size * size;
    let mut demerits = (LINE + badness) * (LINE + badness);
    demerits += to.price * to.price + 2.0 * to.price * LINE;
    let class: usize = match ratio {
        r if r < -0.5 => 0,
        r if r <= 0.5 => 1,
        r if r <= 1.0 => 2,
        _ => 3,
    };
    if class.abs_diff(way.class) > 1 {
        demerits += UNEVEN;
    }
    let ladder = if to.hyphen { way.ladder + 1 } else { 0 };
    if ladder > 1 {
        demerits += LADDER;
    }
    if ends && way.candidate > 0 {
        if from.hyphen {
            demerits += LAST_HYPHEN;
        }
        if to.before.width - from.after.width < goal.stump {
            demerits += STUMP;
        }
    }
    Step { demerits, class, ladder }
}
