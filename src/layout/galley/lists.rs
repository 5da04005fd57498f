//! Lists and definitions: marks in the margin of the indent.

use super::text::{Leaf, width_of};
use super::{Builder, Context, Kind, Strip, Up, baseline, cost};
use crate::layout::lines::SetText;
use crate::layout::types::{Marks, Tag};
use crate::measure::Length;
use crate::model::{BlockKind, Definition, ListItem, Numbering};
use crate::span::Span;
use crate::style::Align;

impl<'a> Builder<'a> {
    /// A list, nested or not.
    pub(crate) fn list(
        &mut self,
        context: &Context<'a>,
        numbering: Numbering,
        tight: bool,
        items: &'a [ListItem],
        span: Span,
    ) {
        let kind = match numbering {
            Numbering::Number { .. } => Marks::Numbers,
            Numbering::Bullet => Marks::Bullets,
        };
        let node = self.node(Tag::List(kind), context.up, span);
        let marks = self.marks(context, numbering, items);
        let gap = context.font.size.scale(0.5);
        let widest = marks.iter().map(width_of).max().unwrap_or_default();
        let indent = self.theme.blocks.list_indent.max(widest + gap);
        let mut within = context.indented(indent);
        within.gap = if tight { Length::ZERO } else { context.gap };
        within.listed = true;
        let outer = if context.listed && tight { Length::ZERO } else { context.leading };
        self.space(outer);
        let series = self.series();
        for (item, mark) in items.iter().zip(&marks) {
            let entry = self.node(Tag::Item, Up::Node(node), item.span);
            let label = self.node(Tag::Label, Up::Node(entry), item.span);
            let body = self.node(Tag::ItemBody, Up::Node(entry), item.span);
            within.up = Up::Node(body);
            self.space(within.gap);
            self.flush = true;
            let stands = self.stands(context, &within, mark, item);
            if !stands {
                self.mark_line(context, mark, label);
            }
            let from = self.galley.strips.len();
            self.blocks(&within, &item.blocks);
            if stands {
                self.put_mark(context, &within, from, mark, label);
            }
        }
        self.space(outer);
        self.alike(series);
        self.flush = false;
    }

    /// Whether a mark has room beside the first line of its item. Lists so deep that there is no measure left to
    /// set them in from stand where the last one does that was set in: their marks are under its marks, which
    /// is no place for one whose item begins with a list.
    fn stands(&self, context: &Context<'a>, within: &Context<'a>, mark: &SetText, item: &ListItem) -> bool {
        let needs = width_of(mark) + context.font.size.scale(0.5);
        let has = context.measure - within.measure;
        let first = item.blocks.iter().find(|block| block.only.print);
        let nested = first.is_some_and(|block| matches!(block.kind, BlockKind::List { .. }));
        let rtl = context.language.is_rtl();
        let margin = if rtl { self.theme.page.measure() - context.x - context.measure } else { context.x };
        needs <= has || !nested && needs <= has + margin
    }

    /// A line for a mark alone, over its item.
    fn mark_line(&mut self, context: &Context<'a>, mark: &SetText, node: u32) {
        let x = if context.language.is_rtl() { context.measure - width_of(mark) } else { Length::ZERO };
        let mut strip = Strip::new(Kind::Content, context.leading);
        strip.baseline = baseline(context.leading, context.font.size);
        self.mark(&mut strip, context, mark, x, Some(node));
        self.push(strip, cost::TIED);
    }

    /// The marks of a list's items, set.
    fn marks(&mut self, context: &Context<'a>, numbering: Numbering, items: &[ListItem]) -> Vec<SetText> {
        let bullet = self.set_words(context, "•");
        let mut marks = Vec::with_capacity(items.len());
        for (at, item) in items.iter().enumerate() {
            let at = u64::try_from(at).unwrap_or(u64::MAX);
            marks.push(match (item.task, numbering) {
                (Some(true), _) => self.set_words(context, "☑"),
                (Some(false), _) => self.set_words(context, "☐"),
                (None, Numbering::Bullet) => bullet.clone(),
                (None, Numbering::Number { start, parenthesis }) => {
                    let end = if parenthesis { ')' } else { '.' };
                    self.set_words(context, &format!("{}{end}", start.saturating_add(at)))
                }
            });
        }
        marks
    }

    /// Puts a mark beside the first line made since `from`; makes a line when there is none.
    pub(crate) fn put_mark(
        &mut self,
        context: &Context<'a>,
        within: &Context<'a>,
        from: usize,
        mark: &SetText,
        node: u32,
    ) {
        let gap = context.font.size.scale(0.5);
        let x = if context.language.is_rtl() {
            within.measure + gap
        } else {
            // Where lists nest so deep that their indent has no room, the mark stands under the outer list's.
            (within.x - context.x - gap - width_of(mark)).max(-context.x)
        };
        let first = self.galley.strips.iter().skip(from).position(|s| s.kind == Kind::Content);
        let Some(first) = first.map(|at| at + from) else {
            let mut strip = Strip::new(Kind::Content, context.leading);
            strip.baseline = baseline(context.leading, context.font.size);
            self.mark(&mut strip, context, mark, x, Some(node));
            self.push(strip, context.keep);
            return;
        };
        // Taken out and put back: drawing needs the builder.
        let empty = Strip::new(Kind::Space, Length::ZERO);
        let Some(mut strip) = self.galley.strips.get_mut(first).map(|s| std::mem::replace(s, empty)) else {
            return;
        };
        self.mark(&mut strip, context, mark, x, Some(node));
        if let Some(place) = self.galley.strips.get_mut(first) {
            *place = strip;
        }
    }

    /// Terms in bold, what they mean set in under them.
    pub(crate) fn definitions(&mut self, context: &Context<'a>, list: &'a [Definition], span: Span) {
        let node = self.node(Tag::List(Marks::Own), context.up, span);
        let mut term = Context { align: Align::Start, hyphenate: false, ..*context };
        term.font.variant.bold = true;
        term.keep = cost::TIED;
        let mut within = context.indented(self.theme.blocks.list_indent);
        within.listed = true;
        let outer = if context.listed { Length::ZERO } else { context.leading };
        self.space(outer);
        for definition in list {
            let entry = self.node(Tag::Item, Up::Node(node), definition.span);
            let label = self.node(Tag::Label, Up::Node(entry), definition.span);
            let body = self.node(Tag::ItemBody, Up::Node(entry), definition.span);
            self.space(context.gap);
            let leaf = Leaf { id: Some(definition.term.leaf), node: label, before: 0 };
            self.leaf(&term, &definition.term.content, Length::ZERO, leaf);
            self.close = true;
            within.up = Up::Node(body);
            for detail in &definition.details {
                if let Some(above) = self.galley.strips.last_mut().filter(|s| s.kind == Kind::Space) {
                    above.height = above.height.min(context.gap);
                }
                self.flush = true;
                self.blocks(&within, detail);
            }
        }
        self.close = false;
        self.space(outer);
        self.flush = false;
    }
}
