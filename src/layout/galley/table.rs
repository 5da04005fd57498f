//! Tables: columns as wide as their content asks and the measure allows, rows that break between
//! each other, a head that comes again.

use super::builder::{face, words};
use super::text::{Leaf, width_of};
use super::{Builder, Context, Drawn, Give, Kind, Strip, Up, cost, leading_of};
use crate::diagnostics::{Code, Diagnostic};
use crate::layout::lines::{SetText, at_left};
use crate::layout::types::{Item, Scope, Tag};
use crate::measure::Length;
use crate::model::{Alignment, Inline, InlineKind, Row, Style, Table, plain_text};
use crate::phrases::phrases_of;
use crate::span::Span;
use crate::style::Align;

/// The least part of the size to which a wide table's type is reduced.
const LEAST: f64 = 0.62;

/// A picture in a cell gives way to words down to this many em of width.
const PICTURE: i64 = 4;

/// How a table is set.
struct Columns {
    size: Length,
    gap: Length,
    widths: Vec<Length>,
    total: Length,
    too_wide: bool,
}

/// A row to be drawn: its cells set, each with its place and node.
struct Set<'a> {
    cells: Vec<(Context<'a>, SetText, Leaf)>,
    lines: usize,
}

impl<'a> Builder<'a> {
    /// A table.
    pub(crate) fn table(&mut self, context: &Context<'a>, table: &'a Table, span: Span) {
        let node = self.node(Tag::Table, context.up, span);
        let columns = self.columns(context, table);
        if columns.too_wide {
            let message = "the table is too wide for the page, even in the smallest type";
            self.galley.diagnostics.push(
                Diagnostic::new(Code::WideTable, span, message)
                    .hint("its words are broken to fit; give it fewer columns, or turn rows and columns"),
            );
        }
        let opened = self.open_block(context.leading, Give::Block);
        if let Some(caption) = &table.caption {
            self.caption(context, table.label.as_deref(), caption, node, span);
            let gap = self.grid / 4;
            if let Some(last) = self.last_content() {
                last.after = cost::TIED;
                last.height += gap;
            }
        }
        let has_head = table.head.cells.iter().any(|cell| !plain_text(&cell.content).trim().is_empty());
        let from = self.galley.strips.len();
        let x = table_x(context, &columns);
        let top = rule(x, Length::ZERO, columns.total, 0.8);
        if has_head {
            self.row(context, &columns, table, &table.head, node, true);
            if let Some(first) = self.galley.strips.get_mut(from) {
                first.items.push(top.clone());
            }
            if let Some(last) = self.last_content() {
                last.items.push(rule(x, last.height - Length::pt(0.5), columns.total, 0.5));
            }
            for strip in self.galley.strips.iter_mut().skip(from) {
                strip.after = cost::TIED;
            }
        }
        let repeat = self.repeated_head(context, table.label.as_deref(), from, &top);
        for (at, row) in table.rows.iter().enumerate() {
            let start = self.galley.strips.len();
            self.row(context, &columns, table, row, node, false);
            for strip in self.galley.strips.iter_mut().skip(start) {
                strip.repeat = repeat;
            }
            if let Some(last) = self.galley.strips.last_mut() {
                last.after = last.after.max(super::text::alone(at, table.rows.len()));
            }
        }
        self.keep_small(from);
        if let Some(first) = self.galley.strips.get_mut(from).filter(|_| !has_head) {
            first.items.push(top);
        }
        if let Some(last) = self.last_content() {
            let y = last.height - Length::pt(0.8);
            last.items.push(rule(x, y, columns.total, 0.8));
            last.after = context.keep;
        }
        self.close_block(opened, 0.5, context.leading);
        self.flush = false;
    }

    /// A table of a third of the page or less isn't worth a break.
    fn keep_small(&mut self, from: usize) {
        let height: Length = self.galley.strips.iter().skip(from).map(|s| s.height).sum();
        if height * 3 <= self.page_height() {
            for strip in self.galley.strips.iter_mut().skip(from) {
                strip.after = strip.after.max(cost::TIED);
            }
        }
    }

    /// What stands over rows that go on on another page: a line that says so, and a copy of the head
    /// from `from` on; both are ornament. Neither when the head would fill a third of the page. `top` is
    /// the rule that rows without a head stand under.
    fn repeated_head(
        &mut self,
        context: &Context<'a>,
        label: Option<&str>,
        from: usize,
        top: &Drawn,
    ) -> Option<usize> {
        let mut head: Vec<Strip> = self.galley.strips.get(from..).unwrap_or_default().to_vec();
        let height: Length = head.iter().map(|s| s.height).sum();
        if height * 3 > self.page_height() {
            return None;
        }
        for strip in &mut head {
            strip.items.iter_mut().for_each(|item| item.node = None);
            strip.links.clear();
            strip.opens.clear();
            strip.notes.clear();
            strip.anchors.clear();
            strip.words.clear();
        }
        let mut continued = self.continued(context, label);
        if let Some(last) = continued.last_mut().filter(|_| head.is_empty()) {
            last.items.push(Drawn { y: last.height - Length::pt(0.8), ..top.clone() });
        }
        head.splice(0..0, continued);
        self.galley.heads.push(head);
        Some(self.galley.heads.len() - 1)
    }

    /// "Table 3 (continued)", in the caption's type and place.
    fn continued(&mut self, context: &Context<'a>, label: Option<&str>) -> Vec<Strip> {
        let (before, after) = phrases_of(&self.book.metadata).continued.split_once("{}").unwrap_or_default();
        let mut content = Vec::new();
        match label {
            Some(label) => {
                content.extend(words(before));
                content.push(Inline::new(Span::NONE, InlineKind::Styled(Style::Strong, words(label))));
                content.extend(words(after));
            }
            None => content.extend(words(format!("{before}{after}").trim())),
        }
        content.retain(|inline| inline.kind != InlineKind::Text(String::new()));
        let within = self.caption_context(context);
        let set = self.set(&within, &content, Length::ZERO);
        let count = set.lines.len();
        let mut strips = Vec::with_capacity(count);
        for (at, line) in set.lines.into_iter().enumerate() {
            let gap = if at + 1 == count { self.grid / 4 } else { Length::ZERO };
            let mut strip = Strip::new(Kind::Content, within.leading + gap);
            strip.baseline = super::baseline(within.leading, within.font.size);
            strip.items.extend(line.segments.into_iter().map(|segment| Drawn {
                x: within.x + segment.x,
                y: strip.baseline - segment.rise,
                item: segment.item,
                node: None,
            }));
            strips.push(strip);
        }
        strips
    }

    fn row(
        &mut self,
        context: &Context<'a>,
        columns: &Columns,
        table: &'a Table,
        row: &'a Row,
        up: u32,
        head: bool,
    ) {
        let node = self.node(Tag::Row, Up::Node(up), row.span);
        let mut set = Set { cells: Vec::new(), lines: 1 };
        let mut opens = vec![node];
        let rtl = context.language.is_rtl();
        let mut x = table_x(context, columns) + columns.gap / 2;
        let mut places = Vec::new();
        for width in &columns.widths {
            places.push(x);
            x += *width + columns.gap;
        }
        if rtl {
            let (start, end) = (table_x(context, columns), table_x(context, columns) + columns.total);
            for (place, width) in places.iter_mut().zip(&columns.widths) {
                *place = start + (end - *place - *width);
            }
        }
        for (at, cell) in row.cells.iter().enumerate() {
            let (Some(&x), Some(&measure)) = (places.get(at), columns.widths.get(at)) else { continue };
            let tag = if head { Tag::HeadCell(Scope::Column) } else { Tag::Cell };
            let cell_node = self.node(tag, Up::Node(node), row.span);
            opens.push(cell_node);
            let mut inner = self.cell_context(context, columns.size, head);
            (inner.x, inner.measure) = (x, measure);
            // A column that has room for its longest word needs no hyphen: its lines aren't even anyway.
            inner.hyphenate &= columns.too_wide;
            inner.align = match table.columns.get(at).copied().unwrap_or(Alignment::None) {
                Alignment::None | Alignment::Left => Align::Start,
                Alignment::Center => Align::Center,
                Alignment::Right => Align::End,
            };
            let text = self.set_cell(&inner, &cell.content);
            set.lines = set.lines.max(text.lines.len());
            set.cells.push((inner, text, Leaf { id: Some(cell.leaf), node: cell_node, before: 0 }));
        }
        self.put_row(context, columns, set, opens);
    }

    /// A row in one strip; in one for each of its lines when it would fill half a page.
    fn put_row(&mut self, context: &Context<'a>, columns: &Columns, set: Set<'a>, opens: Vec<u32>) {
        let leading = leading_of(columns.size);
        let pad = leading.scale(0.22);
        let heights: Vec<Length> = set.cells.iter().map(|(_, text, _)| height_of(text, leading)).collect();
        let inside = heights.iter().copied().max().unwrap_or_default().max(leading);
        if (inside + pad * 2) * 2 <= self.page_height() {
            let pictured = set.cells.iter().flat_map(|(_, t, _)| &t.lines).any(|l| l.raise > Length::ZERO);
            let mut strip = Strip::new(Kind::Content, inside + pad * 2);
            strip.baseline = pad + super::baseline(leading, columns.size);
            strip.opens = opens;
            for ((inner, text, leaf), height) in set.cells.into_iter().zip(heights) {
                // Words beside a picture stand at its middle, words beside words on one line.
                let above = if pictured { (inside - height).max(Length::ZERO) / 2 } else { Length::ZERO };
                self.cell(&mut strip, &inner, text, pad + above, leaf);
            }
            self.push(strip, context.keep);
            return;
        }
        let mut cells = Vec::new();
        for (inner, text, leaf) in set.cells {
            let places = self.cell_places(&text, leaf.node);
            cells.push((inner, text, leaf, places));
        }
        for at in 0..set.lines {
            let raise = cells.iter().filter_map(|(_, t, ..)| t.lines.get(at)).map(|l| l.raise).max();
            let raise = raise.unwrap_or_default().max(Length::ZERO).min(self.page_height() - leading);
            let mut strip = Strip::new(Kind::Content, leading + raise);
            strip.baseline = raise + super::baseline(leading, columns.size);
            if at == 0 {
                strip.opens.clone_from(&opens);
            }
            for (inner, text, leaf, places) in &cells {
                self.one_line(&mut strip, inner, text, (at, raise), *leaf, places);
            }
            strip.after = super::text::alone(at, set.lines);
            self.push(strip, context.keep);
        }
    }

    fn cell_context(&self, context: &Context<'a>, size: Length, head: bool) -> Context<'a> {
        let font = face(size, head, false);
        Context { font, leading: leading_of(size), align: Align::Start, hyphenate: !head, ..*context }
    }

    /// Finds the columns' widths, and the size at which they fit.
    fn columns(&mut self, context: &Context<'a>, table: &'a Table) -> Columns {
        let base = self.theme.blocks.table_size.min(context.font.size);
        let count = table.columns.len().max(1);
        let mut least = vec![base.scale(0.5); count];
        let mut most = least.clone();
        let known = self.galley.diagnostics.clone();
        for (row, head) in
            std::iter::once((&table.head, true)).chain(table.rows.iter().map(|row| (row, false)))
        {
            for (at, cell) in row.cells.iter().enumerate().take(count) {
                if cell.content.is_empty() {
                    continue;
                }
                let mut wide = self.cell_context(context, base, head);
                (wide.measure, wide.hyphenate) = (Length::pt(8000.0), false);
                wide.align = at_left(context.language);
                let set = self.set_cell(&wide, &cell.content);
                if let (Some(low), Some(high)) = (least.get_mut(at), most.get_mut(at)) {
                    // A hair more than it measured, so that rounding never wraps it.
                    *low = (*low).max(longest_word(&set, base) + Length::pt(0.1));
                    *high = (*high).max(width_of(&set) + Length::pt(0.1));
                }
            }
        }
        // Measuring is not setting: what it complained of is said again.
        self.galley.diagnostics = known;
        fit(base, &least, &most, context.measure)
    }
}

/// Where a table narrower than the measure stands: in its middle, under its caption.
fn table_x(context: &Context<'_>, columns: &Columns) -> Length {
    context.x + (context.measure - columns.total).max(Length::ZERO) / 2
}

/// Widths at the largest size at which no word is broken.
fn fit(base: Length, least: &[Length], most: &[Length], measure: Length) -> Columns {
    let count = i64::try_from(least.len()).unwrap_or(1).max(1);
    let sum = |list: &[Length], by: f64| list.iter().map(|l| l.scale(by)).sum::<Length>();
    for by in [1.0, 0.94, 0.88, 0.82, 0.76, 0.7, LEAST] {
        let (size, gap) = (base.scale(by), base.scale(by));
        let room = measure - gap * count;
        let (low, high) = (sum(least, by), sum(most, by));
        if high <= room {
            let widths: Vec<Length> = most.iter().map(|l| l.scale(by)).collect();
            return Columns { size, gap, widths, total: high + gap * count, too_wide: false };
        }
        if low <= room {
            let share = (room - low).ratio(high - low);
            let wide = |(l, h): (&Length, &Length)| l.scale(by) + (*h - *l).scale(by * share * 0.9999);
            let widths: Vec<Length> = least.iter().zip(most).map(wide).collect();
            return Columns { size, gap, widths, total: measure, too_wide: false };
        }
    }
    // Words must break. Every column gets room for a letter or two, the rest goes by need.
    let even = measure / count;
    let size = base.scale(LEAST).min(even.scale(0.6));
    let gap = size.scale(0.4).min(even.scale(0.25));
    let floor = (even - gap).min(size.scale(1.3));
    let room = measure - (gap + floor) * count;
    let need: Vec<Length> = least.iter().map(|l| (l.scale(LEAST) - floor).max(Length::sp(1))).collect();
    let all: Length = need.iter().copied().sum();
    let widths = need.iter().map(|n| floor + room.scale(n.ratio(all) * 0.9999)).collect();
    Columns { size, gap, widths, total: measure, too_wide: true }
}

/// Width of the widest word, by the glyphs between spaces; pictures can be made narrower.
fn longest_word(set: &SetText, size: Length) -> Length {
    let mut widest = Length::ZERO;
    for line in &set.lines {
        let mut run = Length::ZERO;
        for segment in &line.segments {
            match &segment.item {
                Item::Glyphs(glyphs) => {
                    for glyph in &glyphs.glyphs {
                        let bytes = glyph.text.start as usize..glyph.text.end as usize;
                        let space = glyphs.text.get(bytes).is_some_and(|t| t == " ");
                        run = if space { Length::ZERO } else { run + glyph.advance };
                        widest = widest.max(run);
                    }
                }
                Item::Image { width, .. } => {
                    run += (*width).min(size * PICTURE);
                    widest = widest.max(run);
                }
                Item::Rule { .. } => {}
            }
        }
    }
    widest
}

/// The height of a cell's lines with their pictures.
fn height_of(set: &SetText, leading: Length) -> Length {
    set.lines.iter().map(|line| leading + line.raise.max(Length::ZERO)).sum()
}

/// A horizontal rule.
fn rule(x: Length, y: Length, width: Length, thick: f64) -> Drawn {
    Drawn { x, y, item: Item::Rule { width, height: Length::pt(thick), gray: 0 }, node: None }
}
