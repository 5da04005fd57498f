//! The contents: sections with the pages they begin on. Their lines don't depend on the labels, which
//! have a column of their own, so the contents take as many pages whatever the numbers turn out to be.

use crate::diagnostics::Diagnostics;
use crate::layout::fixpoint::Refs;
use crate::layout::galley::{Builder, Drawn, Leader, Leaf, LinkSpot, Typesetter, Up, cost, face, words};
use crate::layout::lines::{Paragraph, SetText, Type, at_left};
use crate::layout::types::{Item, Tag};
use crate::measure::Length;
use crate::model::{BookParts, Entry, Id, Language, ListKind, Target};
use crate::phrases::phrases;
use crate::span::Span;
use crate::style::{Align, Theme};

/// What is listed.
pub(super) fn entries<'a>(book: &'a BookParts, theme: &Theme) -> impl Iterator<Item = &'a Entry> {
    let deepest = theme.front.contents;
    book.outline.entries.iter().filter(move |entry| entry.rank <= deepest)
}

/// The contents' galley.
pub(super) fn contents(builder: &mut Builder<'_>) {
    let list = opening(builder, phrases(&builder.book.metadata.language).contents);
    let (book, theme) = (builder.book, builder.theme);
    let mut parts = false;
    for entry in entries(book, theme) {
        parts |= entry.rank == 0;
        let depth = i64::from(entry.rank) - i64::from(!parts || entry.rank == 0);
        let line =
            Line { words: entry.words(), anchor: &entry.anchor, depth: depth.max(0), part: entry.rank == 0 };
        self::line(builder, &line, list);
    }
}

/// The galley of a list of figures or tables.
pub(super) fn list(builder: &mut Builder<'_>, kind: ListKind) {
    let said = phrases(&builder.book.metadata.language);
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
        let line = Line { words: entry.words.clone(), anchor: &entry.anchor, depth: 0, part: false };
        self::line(builder, &line, node);
    }
}

/// A line of a list.
struct Line<'a> {
    words: String,
    anchor: &'a Id,
    /// How far it is set in.
    depth: i64,
    /// It names a part of the book.
    part: bool,
}

/// The title over a list; gives the list's node.
fn opening(builder: &mut Builder<'_>, phrase: &str) -> u32 {
    let style = builder.theme.headings.first().copied().unwrap_or(builder.theme.part);
    let up = builder.node(Tag::Part, Up::Document, Span::NONE);
    builder.made_heading(phrase, style, up);
    builder.node(Tag::Contents, Up::Node(up), Span::NONE)
}

fn line(builder: &mut Builder<'_>, line: &Line<'_>, list: u32) {
    let size = builder.theme.text.size;
    let item = builder.node(Tag::ContentsItem, Up::Node(list), Span::NONE);
    let link = builder.node(Tag::Link, Up::Node(item), Span::NONE);
    let own = builder.context(Up::Node(item));
    let column = (size * 3).min(own.measure / 4);
    let mut context = own.indented(size.scale(1.5) * line.depth);
    context.measure -= column;
    if own.language.is_rtl() {
        context.x += column;
    }
    (context.align, context.hyphenate, context.gap) = (Align::Start, false, Length::ZERO);
    if line.part {
        builder.space(own.leading);
        context.font.small_caps = builder.theme.part.small_caps;
        context.keep = cost::TIED;
    }
    let from = builder.galley.strips.len();
    // The space keeps the title and its page apart for who hears the contents.
    let set = builder.set(&context, &words(&format!("{} ", line.words)), Length::ZERO);
    let end = set.lines.last().cloned().unwrap_or_default();
    let width = end.width;
    builder.lines(&context, set, Leaf { id: None, node: link, before: 0 });
    let target = Target::Inside(line.anchor.clone());
    let rtl = own.language.is_rtl();
    for strip in builder.galley.strips.iter_mut().skip(from) {
        let (target, alt) = (target.clone(), line.words.clone());
        let (x, y) = (own.x, Length::ZERO);
        strip.links.push(LinkSpot {
            node: link,
            x,
            y,
            width: own.measure,
            height: strip.height,
            target,
            alt,
        });
    }
    let starts = end.segments.iter().map(|s| s.x).min().unwrap_or_default();
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

/// Sets dots and labels; keeps the dot, which is the same for all.
pub(crate) struct Leaders<'a> {
    setter: &'a dyn Typesetter,
    refs: &'a Refs<'a>,
    language: &'a Language,
    dot: Option<SetText>,
}

/// A hand for the leaders of a book.
pub(crate) fn leaders<'a>(
    setter: &'a dyn Typesetter,
    refs: &'a Refs<'a>,
    language: &'a Language,
) -> Leaders<'a> {
    Leaders { setter, refs, language, dot: None }
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
        let width = crate::layout::galley::width_of(&set);
        let rtl = leader.to < leader.from;
        let start = if rtl { leader.to } else { leader.to - width };
        let (low, high) =
            if rtl { (leader.to + width, leader.from) } else { (leader.from, leader.to - width) };
        let gap = leader.font.size.scale(0.5);
        self.dots(low + gap, high - gap, leader, y, &mut drawn);
        for segment in set.lines.into_iter().next().into_iter().flat_map(|line| line.segments) {
            let (x, y) = (start + segment.x, y - segment.rise);
            drawn.push(Drawn { x, y, item: segment.item, node: Some(leader.node) });
        }
        drawn
    }

    /// Dots stand on a grid of their own, so that those of all lines stand one under the other.
    fn dots(&mut self, from: Length, to: Length, leader: &Leader, y: Length, drawn: &mut Vec<Drawn>) {
        let step = leader.font.size.scale(0.6);
        if self.dot.is_none() {
            self.dot = Some(self.set(".", leader.font));
        }
        let dot = self.dot.as_ref().and_then(|set| set.lines.first()).and_then(|line| line.segments.first());
        let Some(Item::Glyphs(run)) = dot.map(|segment| &segment.item) else { return };
        let first = from.round_up_to(step);
        let count = (to - first).to_sp().div_euclid(step.to_sp().max(1)).clamp(0, 400);
        let (Ok(times), Some(glyph)) = (usize::try_from(count), run.glyphs.first()) else { return };
        if times == 0 {
            return;
        }
        let mut leaders = run.clone();
        leaders.text = ".".repeat(times);
        leaders.glyphs = (0..u32::try_from(times).unwrap_or(0))
            .map(|at| {
                let mut one = glyph.clone();
                (one.advance, one.text) = (step, at..at + 1);
                one
            })
            .collect();
        drawn.push(Drawn { x: first, y, item: Item::Glyphs(leaders), node: None });
    }
}
