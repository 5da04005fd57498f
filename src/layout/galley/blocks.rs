//! Blocks, each by its kind.

use super::builder::words;
use super::index::are_entries;
use super::text::Leaf;
use super::{Builder, Context, Kind, Strip, Up, cost, keeps};
use crate::layout::types::Tag;
use crate::measure::Length;
use crate::model::{AlertKind, Block, BlockKind, Division, Text};
use crate::phrases::phrases_of;
use crate::span::Span;
use crate::style::Align;

impl<'a> Builder<'a> {
    /// Blocks one under the other. Depth is bounded by `markdown`'s cap.
    pub(crate) fn blocks(&mut self, context: &Context<'a>, blocks: &'a [Block]) {
        let (mut above, place) = (None, self.theme.figure_place);
        for (at, block) in blocks.iter().enumerate() {
            if !block.only.print {
                self.wait_for_all(std::slice::from_ref(block));
                continue;
            }
            let following = || blocks.iter().skip(at + 1).filter(|next| keeps::is_printed(next));
            let over = above.map(|above| keeps::over((above, place), block, following().next()));
            let mut within = *context;
            if let Some(cost) = over {
                self.tie_last(cost);
                if cost == cost::CAPTION && context.align == Align::Justify {
                    // A caption in the text's type is still set like one.
                    (within.align, within.hyphenate) = (Align::Start, false);
                }
                if matches!(block.kind, BlockKind::Attribution(_)) {
                    self.close_up();
                }
            }
            let from = self.galley.strips.len();
            self.block(&within, block);
            let set = self.galley.strips.iter().skip(from).filter(|strip| strip.kind == Kind::Content);
            let lines = set.count();
            if lines > 0 {
                self.tie_last(keeps::under((above, place), block, lines, following()));
                above = Some(block);
            }
        }
    }

    fn block(&mut self, context: &Context<'a>, block: &'a Block) {
        self.waiting.extend(block.name.clone());
        let mut context = *context;
        if let Some(language) = &block.lang {
            context.language = language;
        }
        let from = self.galley.nodes.len();
        let opening = std::mem::take(&mut self.opening);
        let entry = context.entry;
        if !matches!(block.kind, BlockKind::Division(Division::Plain | Division::Keep, _)) {
            context.entry = None;
        }
        match &block.kind {
            BlockKind::Paragraph(text) if entry.is_some() => {
                self.entry(&Context { entry, ..context }, text, block.span);
            }
            BlockKind::List { numbering, items, .. } if entry.is_some() && are_entries(*numbering, items) => {
                self.entries(&Context { entry, ..context }, items, block.span);
            }
            BlockKind::Paragraph(text) => self.paragraph(&context, text, block.span, opening),
            BlockKind::Heading { level, text } => self.inner_heading(&context, *level, text, block.span),
            BlockKind::Quote(inner) => {
                self.quote(&context, inner, block.span);
                // Under a title it is an epigraph: the chapter begins after it.
                (self.opening, self.flush) = (opening, self.flush || opening);
            }
            BlockKind::Alert { kind, title, blocks } => {
                self.alert(&context, *kind, title.as_ref(), blocks, block.span);
            }
            BlockKind::List { numbering, tight, items } => {
                self.list(&context, *numbering, *tight, items, block.span);
            }
            BlockKind::Definitions(list) => self.definitions(&context, list, block.span),
            BlockKind::Code { leaf, text, .. } => self.code(&context, *leaf, text, block.span),
            BlockKind::Table(table) => self.table(&context, table, block.span),
            BlockKind::Figure { .. } => {
                // The chapter begins with the words after a figure that floats.
                self.opening = self.figure(&context, block) && opening;
            }
            BlockKind::SceneBreak => self.scene_break(&context),
            BlockKind::PageBreak => {
                self.tied = 0;
                self.galley.strips.push(Strip::new(Kind::Break, Length::ZERO));
                self.flush = true;
            }
            BlockKind::Verse(stanzas) => self.verse(&context, stanzas, block.span),
            BlockKind::Attribution(text) => self.attribution(&context, text, block.span),
            BlockKind::Division(division, inner) => {
                // What stands before the text, an epigraph above all, doesn't open the chapter.
                let within = matches!(division, Division::Plain | Division::Keep);
                self.opening = opening && within;
                self.division(&context, *division, inner, block.span);
                self.opening |= opening && !within;
            }
        }
        if let (Some(lang), Some(_)) = (&block.lang, self.galley.nodes.get(from)) {
            self.mark_language(from, context.up, lang);
        }
    }

    /// The outermost nodes made since `from` are in this language.
    fn mark_language(&mut self, from: usize, up: Up, lang: &crate::model::Language) {
        for spec in self.galley.nodes.iter_mut().skip(from) {
            if spec.up == up && spec.lang.is_none() {
                spec.lang = Some(lang.clone());
            }
        }
    }

    fn paragraph(&mut self, context: &Context<'a>, text: &'a Text, span: Span, opening: bool) {
        let node = self.node(Tag::Paragraph, context.up, span);
        let flush = std::mem::take(&mut self.flush) || context.align == Align::Center;
        let indent = if flush { Length::ZERO } else { context.indent };
        self.space(context.gap);
        let leaf = Leaf { id: Some(text.leaf), node, before: 0 };
        if opening {
            self.first_paragraph(context, text, indent, leaf);
        } else {
            self.flexible_leaf(context, &text.content, indent, leaf);
        }
        self.space(context.gap);
    }

    /// A heading within a quote or a list: bold words, in no outline.
    fn inner_heading(&mut self, context: &Context<'a>, level: u8, text: &'a Text, span: Span) {
        let mut bold = *context;
        bold.font.variant.bold = true;
        bold.font.variant.italic = level > 3;
        bold.align = if context.align == Align::Justify { Align::Start } else { context.align };
        bold.hyphenate = false;
        bold.keep = cost::TIED;
        let node = self.node(Tag::Paragraph, context.up, span);
        self.space(context.leading);
        self.leaf(&bold, &text.content, Length::ZERO, Leaf { id: Some(text.leaf), node, before: 0 });
        self.flush = true;
        self.tied = self.tied.max(2);
    }

    fn quote(&mut self, context: &Context<'a>, inner: &'a [Block], span: Span) {
        let node = self.node(Tag::BlockQuote, context.up, span);
        let mut within = context.inset(self.theme.blocks.quote_indent);
        within.font.size = within.font.size.min(self.theme.blocks.quote_size);
        within.up = Up::Node(node);
        within.quoted = true;
        self.set_apart(&within, inner);
    }

    /// Blocks with a line of space above and below.
    fn set_apart(&mut self, within: &Context<'a>, inner: &'a [Block]) {
        self.space(within.leading);
        let series = self.series();
        self.flush = true;
        self.blocks(within, inner);
        self.space(within.leading);
        self.alike(series);
        self.flush = false;
    }

    /// A page break after the last drawn strip costs so much at least.
    pub(crate) fn tie_last(&mut self, cost: u8) {
        if let Some(last) = self.last_content() {
            last.after = last.after.max(cost);
        }
    }

    fn alert(
        &mut self,
        context: &Context<'a>,
        kind: AlertKind,
        title: Option<&'a Text>,
        inner: &'a [Block],
        span: Span,
    ) {
        let node = self.node(Tag::Aside, context.up, span);
        self.space(context.leading);
        let from = self.galley.strips.len();
        let mut within = context.indented(context.font.size);
        within.up = Up::Node(node);
        let mut bold = within;
        bold.font.variant.bold = true;
        bold.align = Align::Start;
        bold.keep = cost::TIED;
        let line = self.node(Tag::Paragraph, Up::Node(node), span);
        match title {
            Some(text) => {
                let leaf = Leaf { id: Some(text.leaf), node: line, before: 0 };
                self.leaf(&bold, &text.content, Length::ZERO, leaf);
            }
            None => {
                let phrase = phrases_of(&self.book.metadata).alert(kind);
                let leaf = Leaf { id: None, node: line, before: 0 };
                self.leaf(&bold, &words(phrase), Length::ZERO, leaf);
            }
        }
        self.tied = 2;
        self.flush = true;
        self.close = true;
        self.blocks(&within, inner);
        self.close = false;
        self.bar(context, from);
        self.space(context.leading);
        self.flush = false;
    }

    /// A grey rule beside everything since `from`.
    fn bar(&mut self, context: &Context<'a>, from: usize) {
        let width = Length::pt(1.5);
        let right = context.x + context.measure - width;
        let x = if context.language.is_rtl() { right } else { context.x };
        let last = self.galley.strips.iter().rposition(|s| s.kind == Kind::Content).map_or(0, |at| at + 1);
        for strip in self.galley.strips.iter_mut().take(last).skip(from) {
            strip.bars.push(super::Bar { x, width, gray: 128 });
        }
    }

    fn division(&mut self, context: &Context<'a>, division: Division, inner: &'a [Block], span: Span) {
        let mut within = *context;
        match division {
            Division::Plain => self.blocks(&within, inner),
            Division::Keep => {
                within.keep = within.keep.max(cost::KEEP);
                self.blocks(&within, inner);
                if let Some(last) = self.last_content() {
                    last.after = if context.keep > cost::FREE { context.keep } else { cost::FREE };
                }
            }
            Division::Centered => {
                within.align = Align::Center;
                within.hyphenate = false;
                within.indent = Length::ZERO;
                self.set_apart(&within, inner);
            }
            Division::Epigraph => {
                let node = self.node(Tag::BlockQuote, context.up, span);
                within = within.inset(self.theme.blocks.quote_indent * 2);
                within.font.size = within.font.size.min(self.theme.blocks.quote_size);
                within.font.variant.italic = !within.font.variant.italic;
                within.up = Up::Node(node);
                within.quoted = true;
                self.set_apart(&within, inner);
                self.flush = true;
            }
            Division::Aside => {
                let node = self.node(Tag::Aside, context.up, span);
                within = within.indented(context.font.size);
                within.up = Up::Node(node);
                self.space(context.leading);
                let from = self.galley.strips.len();
                self.flush = true;
                self.blocks(&within, inner);
                self.bar(context, from);
                self.space(context.leading);
                self.flush = false;
            }
        }
    }

    /// The last drawn strip.
    pub(crate) fn last_content(&mut self) -> Option<&mut Strip> {
        self.galley.strips.iter_mut().rev().find(|s| s.kind == Kind::Content)
    }

    fn scene_break(&mut self, context: &Context<'a>) {
        let centred = Context { align: Align::Center, hyphenate: false, ..*context };
        let ornament = self.theme.scene_break.clone();
        self.tied = 0;
        self.space(context.leading);
        let series = self.series();
        self.ornament(&centred, &ornament, Length::ZERO);
        if let Some(last) = self.last_content() {
            last.after = cost::TIED;
        }
        self.space(context.leading);
        self.alike(series);
        self.flush = true;
    }

    /// A line that is drawn and not said, with so much space over it.
    pub(crate) fn ornament(&mut self, context: &Context<'a>, ornament: &str, over: Length) {
        let set = self.set(context, &words(ornament), Length::ZERO);
        let Some(line) = set.lines.into_iter().next() else { return };
        let mut strip = Strip::new(Kind::Content, over + context.leading);
        strip.baseline = over + super::baseline(context.leading, context.font.size);
        for segment in line.segments {
            let (x, y) = (context.x + segment.x, strip.baseline - segment.rise);
            strip.items.push(super::Drawn { x, y, item: segment.item, node: None });
        }
        self.push(strip, context.keep);
    }
}
