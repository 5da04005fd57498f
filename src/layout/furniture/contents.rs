//! The contents: sections with the pages they begin on. Their lines don't depend on the labels, which
//! have a column of their own, so the contents take as many pages whatever the numbers turn out to be.

use crate::diagnostics::Diagnostics;
use crate::layout::fixpoint::Refs;
use crate::layout::galley::{
    Builder, Context, Drawn, Leader, Leaf, LinkSpot, Typesetter, Up, cost, face, width_of, words,
};
use crate::layout::lines::{Paragraph, SetText, Share, Type, at_left};
use crate::layout::types::{Item, Tag};
use crate::measure::Length;
use crate::model::{BookParts, Entry, Id, Language, ListKind, Target};
use crate::phrases::phrases_of;
use crate::span::Span;
use crate::style::{Align, Theme};
use std::collections::BTreeSet;

/// What is listed: not the dedication nor the epigraph, which stand before the contents (Chicago Manual of
/// Style 18, 1.42).
pub(super) fn entries<'a>(book: &'a BookParts, theme: &Theme) -> impl Iterator<Item = &'a Entry> {
    let deepest = theme.front.contents;
    book.outline.entries.iter().filter(move |entry| entry.rank <= deepest && !entry.role.is_page(entry.rank))
}

/// The contents' galley.
pub(super) fn contents(builder: &mut Builder<'_>) {
    let list = opening(builder, phrases_of(&builder.book.metadata).contents);
    let lines = lines(builder.book, builder.theme);
    let columns = Columns::of(builder, &lines);
    for line in &lines {
        self::line(builder, line, &columns, list);
    }
}

/// The lines of the contents. A chapter is not parted from its first two sections, nor a part from what
/// it begins with.
fn lines<'a>(book: &'a BookParts, theme: &Theme) -> Vec<Line<'a>> {
    let entries: Vec<&Entry> = entries(book, theme).collect();
    let deep = entries.iter().any(|entry| entry.rank > 1);
    let bold = deep && theme.headings.first().is_some_and(|style| style.bold);
    let rank = |at: usize| entries.get(at).map_or(0, |entry| entry.rank);
    let mut parts = false;
    let mut lines = Vec::with_capacity(entries.len());
    for (at, entry) in entries.iter().enumerate() {
        parts |= entry.rank == 0;
        let begins = entry.rank <= 1 || rank(at.wrapping_sub(1)) == 1;
        lines.push(Line {
            number: entry.number.clone(),
            title: entry.title.clone(),
            words: entry.words(),
            anchor: &entry.anchor,
            depth: usize::from(entry.rank).saturating_sub(usize::from(!parts || entry.rank == 0)),
            part: entry.rank == 0,
            bold: bold && entry.rank == 1,
            tied: entry.rank == 0 || begins && rank(at + 1) > 1,
        });
    }
    lines
}

/// The galley of a list of figures or tables.
pub(super) fn list(builder: &mut Builder<'_>, kind: ListKind) {
    let said = phrases_of(&builder.book.metadata);
    let node = opening(
        builder,
        match kind {
            ListKind::Figures => said.figures,
            ListKind::Tables => said.tables,
        },
    );
    let book = builder.book;
    let listed = book.outline.lists.iter().filter(|list| list.kind == kind).flat_map(|list| &list.entries);
    for entry in listed.filter(|entry| entry.only.print) {
        let line = Line {
            number: None,
            title: entry.words.clone(),
            words: entry.words.clone(),
            anchor: &entry.anchor,
            depth: 0,
            part: false,
            bold: false,
            tied: false,
        };
        self::line(builder, &line, &Columns::default(), node);
    }
}

/// A line of a list.
struct Line<'a> {
    number: Option<String>,
    title: String,
    /// Both.
    words: String,
    anchor: &'a Id,
    /// How many columns it is set in.
    depth: usize,
    /// It names a part of the book.
    part: bool,
    bold: bool,
    /// It isn't parted from the next.
    tied: bool,
}

impl Line<'_> {
    /// Its type.
    fn font(&self, theme: &Theme) -> Type {
        let mut font = face(theme.text.size, self.bold, false);
        font.small_caps = self.part && theme.part.small_caps;
        font
    }
}

/// Where numbers and titles begin, by depth: a column of numbers is as wide as the widest of them, and
/// what is deeper begins where titles do.
#[derive(Default)]
struct Columns(Vec<Column>);

#[derive(Clone, Copy, Default)]
struct Column {
    /// Where it begins, from the side where lines start.
    x: Length,
    /// Width of the widest number; zero when nothing has one.
    width: Length,
    /// With the gap before the titles.
    whole: Length,
    /// Numbers stand at its end: roman ones, whose widths differ most.
    at_end: bool,
}

impl Columns {
    fn of(builder: &mut Builder<'_>, lines: &[Line<'_>]) -> Columns {
        let context = builder.context(Up::Document);
        let size = builder.theme.text.size;
        let deepest = lines.iter().map(|line| line.depth).max().unwrap_or(0);
        let mut columns = Vec::new();
        let mut x = Length::ZERO;
        for depth in 0..=deepest {
            let mut column = Column { x, at_end: true, ..Column::default() };
            for line in lines.iter().filter(|line| line.depth == depth) {
                let Some(number) = &line.number else { continue };
                let context = Context { font: line.font(builder.theme), ..context };
                column.width = column.width.max(width_of(&builder.set_words(&context, number)));
                column.at_end &= number.chars().all(|c| "IVXLCDM".contains(c.to_ascii_uppercase()));
            }
            let numbered = column.width > Length::ZERO;
            column.at_end &= numbered;
            // Numbers that are words leave room for titles.
            column.width = column.width.min(context.measure / 4);
            column.whole = if numbered { column.width + size.scale(0.8) } else { Length::ZERO };
            let deeper = if numbered { column.whole } else { size.scale(1.5) };
            x = (x + deeper).min(context.measure / 2);
            columns.push(column);
        }
        Columns(columns)
    }

    fn get(&self, depth: usize) -> Column {
        self.0.get(depth).copied().unwrap_or_default()
    }
}

/// The title over a list; gives the list's node.
fn opening(builder: &mut Builder<'_>, phrase: &str) -> u32 {
    let style = builder.theme.headings.first().copied().unwrap_or(builder.theme.part);
    let up = builder.node(Tag::Part, Up::Document, Span::NONE);
    builder.made_heading(phrase, style, up);
    builder.node(Tag::Contents, Up::Node(up), Span::NONE)
}

fn line(builder: &mut Builder<'_>, line: &Line<'_>, columns: &Columns, list: u32) {
    let size = builder.theme.text.size;
    let item = builder.node(Tag::ContentsItem, Up::Node(list), Span::NONE);
    let link = builder.node(Tag::Link, Up::Node(item), Span::NONE);
    let own =
        Context { gap: Length::ZERO, font: line.font(builder.theme), ..builder.context(Up::Node(item)) };
    let rtl = own.language.is_rtl();
    let column = columns.get(line.depth);
    // What turns over stands an em further in.
    let past = if line.number.is_some() || column.at_end { column.whole } else { Length::ZERO };
    let mut context = own.indented(column.x + past + size);
    let label = (size * 3).min(own.measure / 4);
    context.measure -= label;
    if rtl {
        context.x += label;
    }
    (context.align, context.hyphenate) = (Align::Start, false);
    context.keep = if line.tied { cost::TIED } else { cost::FREE };
    if line.part {
        builder.space(own.leading);
    }
    let from = builder.galley.strips.len();
    // The space keeps the title and its page apart for who hears the contents.
    let title = words(&format!("{} ", line.title));
    let set = builder.set_title(&context, &title, (Length::ZERO - size, Share::Fully));
    let end = set.lines.last().cloned().unwrap_or_default();
    let (starts, width) = (end.segments.iter().map(|s| s.x).min().unwrap_or_default(), end.width);
    builder.lines(&context, set, Leaf { id: None, node: link, before: 0 });
    number(builder, (line, column), &own, (from, link));
    let target = Target::Inside(line.anchor.clone());
    for strip in builder.galley.strips.iter_mut().skip(from) {
        let (target, alt) = (target.clone(), line.words.clone());
        let (x, y, width, height) = (own.x, Length::ZERO, own.measure, strip.height);
        strip.links.push(LinkSpot { node: link, x, y, width, height, target, alt });
    }
    if let Some(last) = builder.last_content() {
        last.leader = Some(Leader {
            target: line.anchor.clone(),
            from: context.x + if rtl { starts } else { width },
            to: if rtl { own.x } else { own.x + own.measure },
            node: link,
            font: face(size, false, false),
        });
    }
}

/// Draws a line's number into its column, before its title.
fn number<'a>(
    builder: &mut Builder<'a>,
    (line, column): (&Line<'_>, Column),
    own: &Context<'a>,
    (from, link): (usize, u32),
) {
    let Some(number) = &line.number else { return };
    let set = builder.set_words(own, &format!("{number} "));
    let spare = if column.at_end { column.width - width_of(&set) } else { Length::ZERO };
    let x = column.x + spare;
    let x = if own.language.is_rtl() { own.measure - x - width_of(&set) } else { x };
    builder.mark_first(own, &set, x, (from, link));
}

/// Sets dots and labels; keeps the dot, which is the same for all.
pub(crate) struct Leaders<'a> {
    setter: &'a dyn Typesetter,
    refs: &'a Refs<'a>,
    language: &'a Language,
    dot: Option<SetText>,
    /// Width of the column that labels stand in, at its end: that of the widest.
    column: Length,
}

/// A hand for the leaders of a book, which end in these labels.
pub(crate) fn leaders<'a>(
    setter: &'a dyn Typesetter,
    refs: &'a Refs<'a>,
    language: &'a Language,
    labels: &BTreeSet<String>,
    font: Type,
) -> Leaders<'a> {
    let mut leaders = Leaders { setter, refs, language, dot: None, column: Length::ZERO };
    let widths = labels.iter().map(|label| width_of(&leaders.set(label, font)));
    leaders.column = widths.max().unwrap_or_default();
    leaders
}

impl Leaders<'_> {
    fn set(&self, text: &str, font: Type) -> SetText {
        let content = words(text);
        let paragraph = Paragraph {
            content: &content,
            font,
            measure: Length::pt(4000.0),
            indent: Length::ZERO,
            initial: None,
            align: at_left(self.language),
            hyphenate: false,
            language: self.language,
        };
        self.setter.set(&paragraph, self.refs, &mut Diagnostics::new())
    }

    /// Draws a line's dots and label.
    pub(crate) fn draw(&mut self, leader: &Leader, label: &str, y: Length) -> Vec<Drawn> {
        let mut drawn = Vec::new();
        let set = self.set(label, leader.font);
        let width = width_of(&set);
        let rtl = leader.to < leader.from;
        let start = if rtl { leader.to } else { leader.to - width };
        let column = self.column.max(width) + leader.font.size.scale(GAP);
        let stop = if rtl { leader.to + column } else { leader.to - column };
        self.dots(leader, (stop, rtl), y, &mut drawn);
        for segment in set.lines.into_iter().next().into_iter().flat_map(|line| line.segments) {
            let (x, y) = (start + segment.x, y - segment.rise);
            drawn.push(Drawn { x, y, item: segment.item, node: Some(leader.node) });
        }
        drawn
    }

    /// Dots are counted from where all of them stop, so that those of all lines stand one under the other.
    fn dots(&mut self, leader: &Leader, (stop, rtl): (Length, bool), y: Length, drawn: &mut Vec<Drawn>) {
        let step = leader.font.size.scale(0.6);
        if self.dot.is_none() {
            self.dot = Some(self.set(".", leader.font));
        }
        let dot = self.dot.as_ref().and_then(|set| set.lines.first()).and_then(|line| line.segments.first());
        let Some(Item::Glyphs(run)) = dot.map(|segment| &segment.item) else { return };
        let Some(glyph) = run.glyphs.first() else { return };
        let wide = Length::from(glyph.advance);
        let room = if rtl { leader.from - stop } else { stop - leader.from };
        let room = room - leader.font.size.scale(GAP) - wide;
        let count = room.to_sp().div_euclid(step.to_sp().max(1)).clamp(-1, 400) + 1;
        let times = usize::try_from(count).unwrap_or(0);
        if times < FEWEST {
            return;
        }
        let first = if rtl { stop } else { stop - wide - step * (count - 1) };
        let mut leaders = run.clone();
        leaders.text = ".".repeat(times);
        leaders.moved.clear();
        leaders.glyphs = (0..u32::try_from(times).unwrap_or(0))
            .map(|at| {
                let mut one = glyph.clone();
                (one.advance, one.text) = (step.into(), at..at + 1);
                one
            })
            .collect();
        drawn.push(Drawn { x: first, y, item: Item::Glyphs(leaders), node: None });
    }
}

/// Between title, dots and label, in em.
const GAP: f64 = 0.5;
/// Fewer dots lead nowhere.
const FEWEST: usize = 2;
