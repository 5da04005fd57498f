//! Why the pages of an index end where they do.
//!
//! Enters: columns, the pages chosen for them, which of these is asked for. Leaves: its [`Story`], told in strips
//! of the galley. Promise: charges are those that the search adds up; an end that was refused is priced with the
//! best that could have followed.

use super::{Columns, Filled, Pair, Top, can_grow};
use crate::layout::galley::Kind;
use crate::layout::pages::prices::Charge;
use crate::layout::pages::solve::explain::{Ended, NEIGHBOURS, Outcome, Refused, Story};
use crate::layout::pages::states::Cursor;

/// The story of a page of columns, from 0.
pub(in crate::layout::pages) fn explain(columns: &Columns, filled: &Filled, at: usize) -> Option<Story> {
    let (top, pair) = filled.pages.get(at)?;
    let ended = match (pair.even, pair.next) {
        (_, None) => Ended::Chapter,
        (true, Some(_)) => Ended::Asked,
        (false, Some(_)) => Ended::Chosen,
    };
    let rest = filled.pages.get(at..).unwrap_or_default();
    let cost: f64 = rest.iter().map(|(top, pair)| columns.price(top, pair)).sum();
    let refused = if ended == Ended::Chosen { columns.refused(top, pair, cost) } else { Vec::new() };
    let ways = columns.grown(top, pair).into_iter().map(|strip| (strip, 0, true)).collect();
    Some(Story { depth: pair.depth, ended, bill: columns.bill(top, pair), ways, refused })
}

impl Filled {
    /// How many pages there are.
    pub(in crate::layout::pages) fn count(&self) -> usize {
        self.pages.len()
    }
}

impl Columns {
    /// The galley that stands in them.
    pub(in crate::layout::pages) fn galley(&self) -> usize {
        self.galley
    }

    /// By how much a space grows that is made higher.
    pub(in crate::layout::pages) fn growth(&self) -> crate::measure::Length {
        self.place.leading
    }

    fn bill(&self, top: &Top, pair: &Pair) -> Vec<(Charge, f64)> {
        let mut bill = Vec::new();
        self.charge(top, pair, &mut bill);
        bill
    }

    /// The spaces on a page that are made higher.
    fn grown(&self, top: &Top, pair: &Pair) -> Vec<usize> {
        let mut grown = Vec::new();
        let mut from = top.at;
        for end in pair.ends.iter().flatten() {
            let mut cursor = Cursor::TOP;
            let wider = usize::try_from(end.widened()).unwrap_or(0);
            let strips = self.lines.iter().enumerate().take(end.last + 1).skip(from);
            let spaces = strips.filter(|(_, line)| {
                let grows = can_grow(line, self.place.leading, &cursor);
                cursor.take(line, self.place.leading, end.y);
                grows
            });
            grown.extend(spaces.take(wider).map(|(strip, _)| strip));
            from = end.last + 1;
        }
        grown
    }

    /// The ends of the last column around its own.
    fn refused(&self, top: &Top, own: &Pair, cost: f64) -> Vec<Refused> {
        let [_, Some(end)] = own.ends else { return Vec::new() };
        let drawn = |strip: &usize| self.lines.get(*strip).is_some_and(|line| line.kind == Kind::Content);
        let before = (top.at..end.last).rev().filter(drawn).take(NEIGHBOURS);
        let after = (end.last + 1..self.lines.len()).filter(drawn).take(NEIGHBOURS);
        let before = (1..).map(|by: i32| -by).zip(before);
        let mut around: Vec<(i32, usize)> = before.chain((1..).zip(after)).collect();
        around.sort_unstable();
        let pairs = self.pairs(top);
        let refused = around.into_iter().map(|(by, unit)| {
            let ways = pairs.iter().filter(|pair| {
                let [one, other] = pair.ends;
                other.or(one).is_some_and(|end| end.last == unit)
            });
            let priced = ways.filter_map(|pair| {
                let rest = pair.next.map_or(Some(0.0), |next| Some(self.run(next)?.price))?;
                Some((self.price(top, pair) + rest - cost, pair))
            });
            let best = priced.min_by(|(one, _), (other, _)| one.total_cmp(other));
            let outcome = best.map_or(Outcome::NoRoom, |(more, pair)| {
                let bill = self.bill(top, pair);
                Outcome::Priced { depth: pair.depth, bill, more }
            });
            Refused { by, unit, line: 0, outcome }
        });
        refused.collect()
    }
}
