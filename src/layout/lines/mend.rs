//! Flaws that only several lines show together: rivers and stacks.
//!
//! Enters: a leaf's candidates, and the lines chosen among them. Leaves: how many such flaws they have;
//! or lines without, where forbidding one break or another mends them. Promise: nothing is placed for
//! it: where the gaps of a line stand follows from the sums of its candidates. A search that knew of
//! rivers would have to tell ways apart by their last three lines; there is about one river in twelve
//! pages of a novel, so to search again is cheaper.

use super::candidates::{Candidate, TIED};
use super::choose::{Chosen, Goal, choose_under, ratio};
use super::collect::Flow;
use super::found::Found;
use std::cmp::Reverse;
use std::ops::Range;

/// Lines that a river runs through.
const RIVER: usize = 4;
/// Lines that a stack has.
const STACK: usize = 3;
/// A strip of white narrower than this many ems isn't seen through lines; a little less than what
/// `aldine proof` calls one, since widths are estimates here.
const SEEN: f64 = 0.13;
/// Searches made for one leaf: most flaws are mended by the first few.
const SEARCHES: usize = 40;
/// Demerits that mending a flaw may cost: two loose lines.
const WORTH: f64 = 400_000.0;

/// What flaws are looked for in.
#[derive(Clone, Copy)]
pub(super) struct Page<'a> {
    pub(super) flow: &'a Flow,
    pub(super) found: &'a Found<'a>,
    pub(super) goal: Goal,
}

/// Lines without rivers and stacks, if these are worth it; else with fewer.
pub(super) fn mended(page: Page<'_>, first: Chosen) -> Chosen {
    let flaws = page.flaws(&first.ends);
    if flaws.is_empty() {
        return first;
    }
    let most = first.demerits + WORTH;
    let mut seen = vec![first.ends.clone()];
    let mut best = (flaws.len(), first.clone());
    // Ways that still have flaws; the next to be mended is the last. What mends one may make another, which
    // is then mended in its turn.
    let mut open = vec![Try { way: first, flaws, forbidden: Vec::new() }];
    let mut searches = 0;
    while let Some(now) = open.pop() {
        for at in page.breaks(&now) {
            if searches == SEARCHES {
                return best.1;
            }
            searches += 1;
            let forbidden: Vec<usize> = now.forbidden.iter().copied().chain([at]).collect();
            let way = choose_under(page.found, page.goal, most, |end| page.may(end, &forbidden));
            let Some(way) = way.filter(|way| !seen.contains(&way.ends)) else {
                continue;
            };
            seen.push(way.ends.clone());
            let flaws = page.flaws(&way.ends);
            open.push(Try { way, flaws, forbidden });
        }
        open.sort_by_key(|tried| Reverse((tried.flaws.len(), tried.way.demerits.to_bits())));
        let Some(next) = open.last() else { break };
        if next.flaws.len() < best.0 {
            best = (next.flaws.len(), next.way.clone());
        }
        if best.0 == 0 {
            break;
        }
    }
    best.1
}

/// Lines, and the breaks that were forbidden to have them.
struct Try {
    way: Chosen,
    flaws: Vec<Range<usize>>,
    forbidden: Vec<usize>,
}

impl Page<'_> {
    /// The breaks of a way's first flaw. Where the author ends a line it ends, whatever that shows.
    fn breaks(&self, tried: &Try) -> Vec<usize> {
        let flaw = tried.flaws.first().map_or(0..=0, |flaw| flaw.start..=flaw.end);
        let free = |at: usize| self.found.ends.get(at).is_some_and(|end| !end.forced);
        let breaks = tried.way.ends.get(flaw).unwrap_or_default().iter().copied();
        breaks.filter(|&at| at > 0 && at + 1 < self.found.ends.len() && free(at)).collect()
    }

    /// Whether a line may end there when some breaks are forbidden.
    fn may(&self, end: &Candidate, forbidden: &[usize]) -> bool {
        let is = |&at: &usize| self.found.ends.get(at).is_some_and(|other| other.next == end.next);
        end.price < TIED && !forbidden.iter().any(is)
    }

    /// How many flaws a way has.
    pub(super) fn count(&self, ends: &[usize]) -> usize {
        self.flaws(ends).len()
    }

    /// Each flaw by its lines.
    fn flaws(&self, ends: &[usize]) -> Vec<Range<usize>> {
        let pairs: Vec<(&Candidate, &Candidate)> = ends
            .windows(2)
            .filter_map(|pair| match pair {
                [from, to] => Some((self.found.ends.get(*from)?, self.found.ends.get(*to)?)),
                _ => None,
            })
            .collect();
        let mut flaws = self.stacks(&pairs);
        if pairs.len() >= RIVER {
            flaws.extend(self.rivers(ends));
        }
        flaws
    }

    /// The same word at the ends or the beginnings of lines.
    fn stacks(&self, pairs: &[(&Candidate, &Candidate)]) -> Vec<Range<usize>> {
        if pairs.len() < STACK {
            return Vec::new();
        }
        let text = |from: usize, to: usize| self.flow.text.get(from..to).unwrap_or_default();
        let firsts = pairs.iter().map(|(from, to)| text(from.next, to.end).split(' ').next());
        let lasts = pairs.iter().map(|(from, to)| text(from.next, to.end).rsplit(' ').next());
        let mut found = Vec::new();
        for words in [firsts.collect::<Vec<_>>(), lasts.collect()] {
            for (at, some) in words.windows(STACK).enumerate() {
                if let [Some(first), rest @ ..] = some
                    && rest.iter().flatten().all(|word| same(first, word))
                {
                    found.push(at..at + STACK);
                }
            }
        }
        found
    }

    /// Strips of white through gaps of successive lines.
    fn rivers(&self, ends: &[usize]) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        let seen = SEEN * self.goal.em.to_sp() as f64;
        // Strips that go through all lines so far, each with the line it begins in.
        let mut strips: Vec<(f64, f64, usize)> = Vec::new();
        let mut next: Vec<(f64, f64, usize)> = Vec::new();
        for (line, pair) in ends.windows(2).enumerate() {
            let [from, to] = pair else { continue };
            next.clear();
            let mut begin = 0;
            self.gaps((*from, *to), line, |left, right| {
                // Strips stand from left to right, as gaps do.
                while strips.get(begin).is_some_and(|strip| strip.1 <= left) {
                    begin += 1;
                }
                let rest = strips.get(begin..).unwrap_or_default().iter();
                let meets = rest.take_while(|strip| strip.0 < right);
                let through = meets.map(|&(l, r, first)| (left.max(l), right.min(r), first));
                next.extend(through.filter(|(l, r, _)| r - l >= seen));
                next.push((left, right, line));
            });
            if next.iter().any(|&(_, _, first)| line + 1 - first >= RIVER) {
                found.push(line + 1 - RIVER..line + 1);
                next.clear();
            }
            next.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.2.cmp(&b.2)));
            std::mem::swap(&mut strips, &mut next);
        }
        found
    }

    /// Gives where each gap of a line begins and ends, in scaled points from the measure's left edge.
    fn gaps(&self, (from, to): (usize, usize), line: usize, mut take: impl FnMut(f64, f64)) {
        let spots = &self.found.spots;
        let (Some(begin), Some(end)) = (spots.get(from), spots.get(to)) else { return };
        let goal = self.goal;
        let ratio = Some(ratio(begin, end, goal, goal.room(line)));
        // Spaces of ragged lines keep their width, and so do those of a line that can't give.
        let ratio = ratio.filter(|ratio| goal.justify && ratio.is_finite()).unwrap_or(0.0);
        let start = goal.start(line).to_sp() as f64 - if goal.justify { begin.hangs.1 } else { 0.0 };
        let gives = |gap: (f64, f64, f64), before: (f64, f64, f64)| {
            let give = if ratio > 0.0 { gap.1 - before.1 } else { gap.2 - before.2 };
            start + gap.0 - before.0 + ratio * give
        };
        let begins = (begin.width.1, begin.stretch.1, begin.shrink.1);
        let between = spots.get(from + 1..to).unwrap_or_default().iter();
        for gap in between.filter(|gap| !gap.within && gap.width.1 > gap.width.0) {
            let left = gives((gap.width.0, gap.stretch.0, gap.shrink.0), begins);
            take(left, gives((gap.width.1, gap.stretch.1, gap.shrink.1), begins));
        }
    }
}

/// Whether a reader sees the same word.
fn same(one: &str, other: &str) -> bool {
    let mut one = letters(one).peekable();
    one.peek().is_some() && one.eq(letters(other))
}

/// What of a word is compared.
fn letters(word: &str) -> impl Iterator<Item = char> {
    word.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase)
}
