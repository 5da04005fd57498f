//! The contents: sections with the pages they begin on. Their lines don't depend on the labels, which
//! have a column of their own, so the contents take as many pages whatever the numbers turn out to be.

use crate::diagnostics::Diagnostics;
use crate::layout::fixpoint::Refs;
use crate::layout::galley::{
    Builder, Context, Drawn, Kind, Leader, Leaf, LinkSpot, Strip, Typesetter, Up, cost, face, words,
};
use crate::layout::lines::{Paragraph, SetText, Type};
use crate::layout::types::{Item, Tag};
use crate::measure::Length;
use crate::model::{BookParts, Entry, Language, Target};
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
    let grid = builder.grid;
    let style = builder.theme.headings.first().copied().unwrap_or(builder.theme.part);
    let above = (grid * i64::from(style.above)).min(builder.page_height() / 2);
    builder.galley.strips.push(Strip::new(Kind::Sink, grid * (above.to_sp() / grid.to_sp().max(1))));
    let up = builder.node(Tag::Part, Up::Document, Span::NONE);
    let title = builder.node(Tag::Paragraph, Up::Node(up), Span::NONE);
    let opened = builder.open_block(Length::ZERO);
    let size = style.size.min(builder.page_height() / 4);
    let mut font = face(size, style.bold, style.italic);
    font.small_caps = style.small_caps;
    let align = if style.align == Align::Justify { Align::Start } else { style.align };
    let base = builder.context(Up::Node(up));
    let leading = crate::layout::galley::leading_of(size);
    let context = Context { font, leading, align, hyphenate: false, keep: cost::TIED, ..base };
    let phrase = phrases(&builder.book.metadata.language).contents;
    builder.leaf(&context, &words(phrase), Length::ZERO, Leaf { id: None, node: title, before: 0 });
    builder.tied = 0;
    if let Some(last) = builder.last_content() {
        last.after = cost::TIED;
    }
    builder.close_block(opened, 1.0, grid * i64::from(style.below));
    let list = builder.node(Tag::Contents, Up::Node(up), Span::NONE);
    let (book, theme) = (builder.book, builder.theme);
    let mut parts = false;
    for entry in entries(book, theme) {
        parts |= entry.rank == 0;
        let depth = i64::from(entry.rank) - i64::from(!parts || entry.rank == 0);
        self::entry(builder, &base, entry, list, depth.max(0));
    }
}

fn entry(builder: &mut Builder<'_>, base: &Context<'_>, entry: &Entry, list: u32, depth: i64) {
    let size = builder.theme.text.size;
    let item = builder.node(Tag::ContentsItem, Up::Node(list), Span::NONE);
    let link = builder.node(Tag::Link, Up::Node(item), Span::NONE);
    let column = (size * 3).min(base.measure / 4);
    // The language is the book's: `base` may not outlive the builder's.
    let own = builder.context(Up::Node(item));
    let mut context = own.indented(size.scale(1.5) * depth);
    context.measure -= column;
    (context.align, context.hyphenate, context.gap) = (Align::Start, false, Length::ZERO);
    if entry.rank == 0 {
        builder.space(base.leading);
        context.font.small_caps = builder.theme.part.small_caps;
        context.keep = cost::TIED;
    }
    let from = builder.galley.strips.len();
    // The space keeps the title and its page apart for who hears the contents.
    let set = builder.set(&context, &words(&format!("{} ", entry.words())), Length::ZERO);
    let last = set.lines.last().cloned().unwrap_or_default();
    let width = last.width;
    builder.lines(&context, set, Leaf { id: None, node: link, before: 0 });
    let target = Target::Inside(entry.anchor.clone());
    let rtl = own.language.is_rtl();
    for strip in builder.galley.strips.iter_mut().skip(from) {
        let (target, alt) = (target.clone(), entry.words());
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
    let starts = last.segments.iter().map(|s| s.x).min().unwrap_or_default();
    if let Some(last) = builder.last_content() {
        last.leader = Some(Leader {
            target: entry.anchor.clone(),
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
            align: Align::Start,
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
