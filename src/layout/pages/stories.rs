//! The story of a page, found by its number in the book.
//!
//! Enters: the flow, the segments as they were solved last, a page's number. Leaves: its [`Found`]: the
//! story with the column and the solution it is told in. Promise: pages are counted as they were when
//! the sheets were made, blank ones included.

use super::chain;
use super::chain::Chosen;
use super::column::{Column, Lines};
use super::solve::Solution;
use super::solve::explain::{Story, explain, pages};
use super::{Flow, Geometry, Memory, Side, columns, prices};
use crate::layout::galley::{Galley, Strip};
use crate::measure::Length;

/// A page and the segment it stands in.
pub(crate) struct Found<'m> {
    chosen: Chosen<'m>,
    /// What there is to tell of the page.
    pub(crate) story: Story,
}

/// A paragraph, a heading with its space, a piece of a table: what is set in one way or another.
pub(crate) struct Taken<'f> {
    /// What its lines stand among in the way it is set, and where they begin.
    pub(crate) strips: &'f [Strip],
    pub(crate) first: usize,
    /// Its galley.
    pub(crate) galley: &'f Galley,
    /// Lines that it has more than in its best way.
    pub(crate) more: i64,
    /// How much higher the space over it is than usual.
    pub(crate) higher: Length,
    /// What it costs to set it in this way.
    pub(crate) price: f64,
    /// Demerits that it has more than in its best way.
    pub(crate) demerits: f64,
}

impl Found<'_> {
    /// What the whole chapter costs.
    pub(crate) fn chapter(&self) -> f64 {
        self.chosen.price()
    }

    /// A unit as it is set; where the story is one of columns, a strip.
    pub(crate) fn unit<'f>(&self, flow: &'f Flow, unit: usize) -> Option<Taken<'f>> {
        let (column, solution): (&Column, &Solution) = match &self.chosen {
            Chosen::Pages(column, solution) => (column, solution),
            Chosen::Columns(columns, _) => {
                let galley = flow.galleys.get(columns.galley())?;
                return Some(Taken {
                    strips: &galley.strips,
                    first: unit,
                    galley,
                    more: 0,
                    higher: columns.growth(),
                    price: prices::GROUP_SPACE,
                    demerits: 0.0,
                });
            }
        };
        let way = solution.ways.get(&unit).copied().unwrap_or(0);
        let unit = column.units.get(unit)?;
        let galley = flow.galleys.get(unit.galley)?;
        let (best, lines) = (unit.ways.first()?, unit.ways.get(way)?);
        let other = unit.flexible.zip(lines.other);
        let placed = other.and_then(|(flexible, way)| {
            galley.others.iter().find(|other| (other.flexible, other.way) == (flexible, way))
        });
        let (strips, first) = placed.map_or((&galley.strips, unit.strips.start), |other| (&other.strips, 0));
        let demerits = other.and_then(|(at, way)| Some(galley.flexible.get(at)?.ways().get(way)?.demerits));
        let count = |lines: &Lines| i64::try_from(lines.lines.len()).unwrap_or(i64::MAX);
        Some(Taken {
            strips,
            first,
            galley,
            more: count(lines) - count(best),
            higher: if placed.is_some() { Length::ZERO } else { lines.height - best.height },
            price: lines.price,
            demerits: demerits.unwrap_or_default(),
        })
    }
}

/// The story of a page; `None` for a blank one before an opening.
pub(crate) fn story<'m>(flow: &Flow, page: Geometry, memory: &'m Memory, sheet: usize) -> Option<Found<'m>> {
    let segments = flow.segments();
    let chosen = chain::choose(flow, &segments, &memory.solved);
    let mut first = 0_usize;
    for ((at, solved), choice) in memory.solved.iter().enumerate().zip(chosen) {
        let Some((entry, exit)) = choice else { continue };
        let Some(chosen) = solved.chosen(entry, exit) else { continue };
        first += usize::from(Side::of(first) != entry);
        let count = match &chosen {
            Chosen::Pages(column, solution) => pages((column, page), solution, entry),
            Chosen::Columns(_, filled) => filled.count(),
        };
        if (first..first + count).contains(&sheet) {
            let story = match &chosen {
                Chosen::Pages(column, solution) => {
                    let exits = exits(flow, segments.get(at + 1), exit);
                    explain((column, page), solution, (entry, &exits), sheet - first)?
                }
                Chosen::Columns(columns, filled) => columns::explain(columns, filled, sheet - first)?,
            };
            return Some(Found { chosen, story });
        }
        first += count;
    }
    None
}

/// The sides that a segment may end on as well as on `exit`, for all that follows.
fn exits(flow: &Flow, next: Option<&std::ops::Range<usize>>, exit: Side) -> Vec<Side> {
    let begin = |side: Side| next.map(|next| chain::entry(chain::start(flow, next), side));
    chain::SIDES.into_iter().filter(|side| begin(*side) == begin(exit)).collect()
}
