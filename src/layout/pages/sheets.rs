//! A solution to sheets: every strip on its page, at its height.
//!
//! Enters: a segment's column and the solution chosen for it. Leaves: its [`Sheet`]s. Promise: text
//! stands where the solver counted it, for both move the same [`Cursor`]; the last line of notes
//! stands on the line that the text's last one would stand on.

use super::column::{Column, Line, Unit};
use super::floats::Standing;
use super::solve::{Close, Solution};
use super::states::Cursor;
use super::{Flow, Geometry, Row, Sheet};
use crate::layout::galley::{Give, Kind, Other, Start, Strip, Typesetter};
use crate::layout::types::{Item, PageKind};
use crate::measure::Length;
use std::ops::Range;

/// Adds the blank page that a segment wants before it.
pub(super) fn blank_before(flow: &Flow, segment: &Range<usize>, sheets: &mut Vec<Sheet>) {
    let Some(galley) = flow.galleys.get(segment.start) else { return };
    let recto_next = sheets.len().is_multiple_of(2);
    let wrong = match galley.start {
        Start::Recto => !recto_next,
        Start::Verso => recto_next,
        Start::Page | Start::Run => false,
    };
    if wrong {
        let (rows, notes, roman, kind) = (Vec::new(), Vec::new(), galley.roman, PageKind::Blank);
        sheets.push(Sheet { kind, opening: false, folio: false, roman, rows, notes, rule: None });
    }
}

/// Pages before the first arabic one are counted in roman numbers.
pub(super) fn count_in_roman(sheets: &mut [Sheet]) {
    let body = sheets.iter().position(|s| s.kind != PageKind::Blank && !s.roman).unwrap_or(sheets.len());
    for (at, sheet) in sheets.iter_mut().enumerate() {
        sheet.roman = at < body;
    }
}

/// Adds a segment's pages.
pub(super) fn add(
    flow: &mut Flow,
    setter: &dyn Typesetter,
    page: Geometry,
    (column, solution): (&Column, &Solution),
    sheets: &mut Vec<Sheet>,
) {
    let from = sheets.len();
    let mut binder =
        Binder { page, column, placed: 0, cursor: Cursor::TOP, rows: Vec::new(), sheets, from, roman: false };
    let mut closes = solution.closes.iter().peekable();
    for (at, unit) in column.units.iter().enumerate() {
        let way = solution.ways.get(&at).copied().unwrap_or(0);
        let other = other(flow, setter, unit, way);
        let lines = unit.ways.get(way).map(|way| way.lines.as_slice()).unwrap_or_default();
        for (index, line) in lines.iter().enumerate() {
            let depth = closes.peek().map_or(solution.depth, |close| close.depth);
            let strip = if other.is_some() { index } else { unit.strips.start + index };
            binder.line(flow, (unit.galley, strip, other), line, depth);
            // Several where pages without text follow.
            while let Some(&Close { depth, notes, floats, .. }) =
                closes.next_if(|close| (close.unit, close.line) == (at, index))
            {
                binder.close(flow, depth, notes);
                binder.head(flow, floats);
            }
        }
    }
    binder.end(flow, solution.depth);
}

/// Places the strips of another way, once; gives where they are among the galley's others.
fn other(flow: &mut Flow, setter: &dyn Typesetter, unit: &Unit, way: usize) -> Option<usize> {
    let galley = flow.galleys.get_mut(unit.galley)?;
    let index = unit.flexible?;
    let way = unit.ways.get(way)?.other?;
    if let Some(at) = galley.others.iter().position(|other| (other.flexible, other.way) == (index, way)) {
        return Some(at);
    }
    let flexible = galley.flexible.get(index)?;
    let strips = flexible.way(way, setter, galley.strips.get(unit.strips.clone())?);
    galley.others.push(Other { flexible: index, way, strips });
    Some(galley.others.len() - 1)
}

/// The head of a table that goes on from the page or the column before, over its strip.
pub(super) fn repeat_head(
    flow: &Flow,
    (galley, strip): (usize, usize),
    (x, mut y): (Length, Length),
) -> Vec<Row> {
    let found = flow.galleys.get(galley);
    let head = found.and_then(|found| found.strips.get(strip)).and_then(|strip| strip.repeat);
    let strips = found.zip(head).and_then(|(found, head)| found.heads.get(head));
    let row = |(at, strip): (usize, &Strip)| {
        let row = Row { galley, strip: at, other: None, x, y, height: strip.height, head, float: false };
        y += strip.height;
        row
    };
    strips.into_iter().flatten().enumerate().map(row).collect()
}

/// Spaces of a series on a page share what some of them gave.
fn share(flow: &Flow, rows: &mut [Row]) {
    let of = |give: Give| matches!(give, Give::Like | Give::Stanza);
    let strip = |row: &Row| flow.strip(row).filter(|strip| !row.float && of(strip.give));
    let gave = |row: &Row| {
        let gives = |strip: &&Strip| strip.kind == Kind::Space && strip.give == Give::Like;
        let space = strip(row).filter(gives);
        space.map(|strip| row.height - strip.height)
    };
    for series in rows.chunk_by_mut(|a, b| strip(a).is_some() == strip(b).is_some()) {
        let all: Length = series.iter().filter_map(gave).sum();
        if all != Length::ZERO {
            spread(series, all, gave);
        }
    }
}

/// Spaces take `all` by equal parts, each instead of what it gave before; `None` is no space.
fn spread(rows: &mut [Row], all: Length, gave: impl Fn(&Row) -> Option<Length>) {
    let count = rows.iter().filter(|row| gave(row).is_some()).count();
    let count = i64::try_from(count).unwrap_or(i64::MAX).max(1);
    let (mut lower, mut met) = (Length::ZERO, 0);
    for row in rows {
        row.y += lower;
        if let Some(gave) = gave(row) {
            let part = all * (met + 1) / count - all * met / count - gave;
            met += 1;
            row.height += part;
            lower += part;
        }
    }
}

struct Binder<'a> {
    page: Geometry,
    column: &'a Column,
    /// Strips of notes that have their place.
    placed: u32,
    cursor: Cursor,
    rows: Vec<Row>,
    sheets: &'a mut Vec<Sheet>,
    /// The segment's first page.
    from: usize,
    /// The page before was counted in roman numbers.
    roman: bool,
}

impl Binder<'_> {
    fn line(
        &mut self,
        flow: &Flow,
        (galley, strip, other): (usize, usize, Option<usize>),
        line: &Line,
        depth: i8,
    ) {
        if line.kind == Kind::Content && !self.cursor.filled && line.head > Length::ZERO {
            self.rows.extend(repeat_head(flow, (galley, strip), (Length::ZERO, self.cursor.y)));
        }
        let foot = self.page.height + self.page.leading * i64::from(depth);
        if let Some((y, height)) = self.cursor.take(line, self.page.leading, foot) {
            self.rows.push(Row {
                galley,
                strip,
                other,
                x: Length::ZERO,
                y,
                height,
                head: None,
                float: false,
            });
        }
    }

    /// The floats at the head of a page.
    fn head(&mut self, flow: &Flow, standing: Standing) {
        for (float, top) in self.column.floats.places(standing, self.page.leading) {
            let mut y = top;
            for at in float.strips.clone() {
                let row = Row {
                    galley: float.galley,
                    strip: at,
                    other: None,
                    x: Length::ZERO,
                    y,
                    height: Length::ZERO,
                    head: None,
                    float: true,
                };
                let Some(strip) = flow.strip(&row) else { continue };
                self.rows.push(Row { height: strip.height, ..row });
                y += strip.height;
            }
            self.cursor.over = true;
        }
        self.cursor.y = self.column.floats.under(standing, self.page.leading);
    }

    /// Ends the page; so many strips of notes have their place then.
    fn close(&mut self, flow: &Flow, depth: i8, notes: u32) {
        let opening = self.sheets.len() == self.from;
        let mut rows = std::mem::take(&mut self.rows);
        // Space at the foot vanishes.
        let content =
            |row: &Row| row.head.is_none() && flow.strip(row).is_some_and(|s| s.kind == Kind::Content);
        rows.truncate(rows.iter().rposition(content).map_or(0, |last| last + 1));
        let galley = rows.iter().find(|row| row.head.is_none()).and_then(|row| flow.galleys.get(row.galley));
        let kind = galley.map_or(PageKind::Text, |g| g.kind);
        self.roman = galley.map_or(self.roman, |g| g.roman);
        let opening = opening && galley.is_some_and(|g| g.start != Start::Run);
        let folio = galley.is_none_or(|g| g.folio) && !opening;
        share(flow, &mut rows);
        self.to_grid(flow, &mut rows);
        let (notes, rule) = self.foot(flow, depth, notes);
        if notes.is_empty() {
            self.centre(&mut rows);
        }
        let roman = self.roman;
        self.sheets.push(Sheet { kind, opening, folio, roman, rows, notes, rule });
        self.cursor = Cursor::TOP;
    }

    /// Floats on a page without text stand in its middle.
    fn centre(&self, rows: &mut [Row]) {
        let Some(last) = rows.last().filter(|_| rows.iter().all(|row| row.float)) else { return };
        let free = (self.page.height - last.y - last.height).max(Length::ZERO);
        let lines = (free / 2).to_sp() / self.page.leading.to_sp().max(1);
        rows.iter_mut().for_each(|row| row.y += self.page.leading * lines);
    }

    /// A page that ends within code or a table ends on the grid all the same: the space over it takes what it
    /// lacks, or, where the page begins within it, its empty lines do by equal parts.
    fn to_grid(&self, flow: &Flow, rows: &mut [Row]) {
        let Some(last) = rows.last() else { return };
        let Some(strip) = flow.strip(last) else { return };
        let glyphs = strip.items.iter().filter(|drawn| matches!(drawn.item, Item::Glyphs(_)));
        let picture = strip.items.iter().any(|drawn| matches!(drawn.item, Item::Image { .. }));
        // Rows of tables have their last line lower than their first.
        let lowest = glyphs.map(|drawn| drawn.y).max().unwrap_or(strip.baseline).max(strip.baseline);
        let base = last.y + lowest + self.page.below;
        // Less than nothing where its letters stand lower in their line than the text's.
        let lacks = (last.y + last.height).round_up_to(self.page.leading) - base;
        // Lines of text are on the grid, and pictures end where they do.
        if picture || last.height == self.page.leading {
            return;
        }
        let space = |row: &Row, least: Give| {
            let strip = flow.strip(row).filter(|strip| strip.kind == Kind::Space && strip.give >= least);
            row.head.is_none() && strip.is_some()
        };
        let from = rows.iter().rposition(|row| space(row, Give::Block));
        let least = if from.is_some() { Give::Block } else { Give::None };
        let rows = rows.get_mut(from.unwrap_or(0)..).unwrap_or_default();
        spread(rows, lacks, |row| space(row, least).then_some(Length::ZERO));
    }

    /// The notes of a page: their slack stands over their rule.
    fn foot(&mut self, flow: &Flow, depth: i8, to: u32) -> (Vec<Row>, Option<Length>) {
        let strips = self.column.notes.strips.get(self.placed as usize..to as usize).unwrap_or_default();
        self.placed = to.max(self.placed);
        let mut taken: Vec<Row> = Vec::new();
        let mut used = Length::ZERO;
        let mut last = Length::ZERO;
        for &(galley, strip) in strips {
            let (other, height, head) = (None, Length::ZERO, None);
            let row = Row { galley, strip, other, x: Length::ZERO, y: used, height, head, float: false };
            let Some(found) = flow.strip(&row) else { continue };
            if taken.is_empty() && found.kind != Kind::Content {
                continue;
            }
            taken.push(Row { height: found.height, ..row });
            used += found.height;
            if found.kind == Kind::Content {
                last = used - found.height + found.baseline;
            }
        }
        if taken.is_empty() {
            return (taken, None);
        }
        let foot = self.page.height + self.page.leading * i64::from(depth);
        let top = (foot - self.page.below - last).min(foot - used).max(Length::ZERO);
        taken.iter_mut().for_each(|row| row.y += top);
        (taken, Some((top - self.page.over.scale(0.4)).max(Length::ZERO)))
    }

    /// The last page, and those that its notes need.
    fn end(&mut self, flow: &Flow, depth: i8) {
        if !self.cursor.is_used() && self.sheets.len() > self.from {
            return;
        }
        let pages = self.page.pages_of_notes(&self.column.notes, self.placed, self.cursor.y, depth);
        for (at, placed) in pages.into_iter().enumerate() {
            self.close(flow, if at == 0 { depth } else { 0 }, placed);
        }
    }
}
