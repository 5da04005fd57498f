//! Sections: the heading as the theme wants it, then what stands under it.

use super::builder::{face, words};
use super::text::Leaf;
use super::{Builder, Context, Fence, Give, Kind, Start, Strip, Up, cost, leading_of, opening};
use crate::layout::lines::Initial;
use crate::layout::types::Tag;
use crate::measure::Length;
use crate::model::{InlineKind, Role, Section, Text};
use crate::span::Span;
use crate::style::{Align, HeadingStyle};

impl<'a> Builder<'a> {
    /// A section's heading and the blocks before its first subsection.
    pub(crate) fn section(&mut self, section: &'a Section) {
        self.end_index(section.rank);
        let up = Up::Section(section.id);
        let mut context = self.context(up);
        if let Some(language) = &section.lang {
            context.language = language;
        }
        if section.is_page() {
            return self.page_of_its_own(section, context);
        }
        let style = self.heading_style(section);
        self.heading(section, &context, style);
        self.flush = true;
        if section.role == Role::Index && self.index.is_none() {
            return self.index_blocks(section, &context);
        }
        self.opening = section.rank <= 1;
        self.blocks(&context, &section.blocks);
    }

    /// A dedication, centred, or an epigraph, set in from both sides: in the upper third of its page,
    /// under a heading that keeps quiet.
    fn page_of_its_own(&mut self, section: &'a Section, mut context: Context<'a>) {
        let third = (self.page_height().scale(0.28).to_sp() / self.grid.to_sp().max(1)).clamp(0, 40);
        let third = if self.theme.front.title_page { third } else { 1 };
        let style = HeadingStyle {
            size: self.theme.text.size,
            align: Align::Center,
            bold: false,
            italic: true,
            small_caps: false,
            above: u8::try_from(third).unwrap_or(0),
            below: 1,
            label_above: false,
            number_alone: false,
        };
        self.heading(section, &context, style);
        self.flush = true;
        if section.role == Role::Dedication {
            (context.align, context.hyphenate, context.indent) = (Align::Center, false, Length::ZERO);
        } else {
            context = context.inset(self.theme.blocks.quote_indent * 2);
            context.quoted = true;
        }
        self.blocks(&context, &section.blocks);
    }

    /// A heading of what is made: in no outline, and a paragraph to who hears it.
    pub(crate) fn made_heading(&mut self, title: &str, style: HeadingStyle, part: u32) {
        let opens = self.galley.strips.is_empty();
        let above = self.grid * i64::from(style.above);
        if opens {
            self.sink(above);
        }
        let node = self.node(Tag::Paragraph, Up::Node(part), Span::NONE);
        self.tied = 0;
        let opened = self.open_block(if opens { Length::ZERO } else { above }, Give::Heading);
        let size = style.size.min(self.page_height() / 4);
        let mut font = face(size, style.bold, style.italic);
        font.small_caps = style.small_caps;
        let align = if style.align == Align::Justify { Align::Start } else { style.align };
        let (leading, base) = (leading_of(size), self.context(Up::Node(part)));
        let context = Context { font, leading, align, hyphenate: false, keep: cost::TIED, ..base };
        self.title(&context, &words(title), Leaf { id: None, node, before: 0 });
        if let Some(last) = self.last_content() {
            last.after = cost::TIED;
        }
        self.close_block(opened, 1.0, self.grid * i64::from(style.below));
    }

    /// The sink of an opening, in whole lines and half of the page at most.
    fn sink(&mut self, above: Length) {
        let lines = above.min(self.page_height() / 2).to_sp() / self.grid.to_sp().max(1);
        self.galley.strips.push(Strip::new(Kind::Sink, self.grid * lines));
    }

    /// So many lines of space beside a heading, and no more than leave the page to heading and text.
    fn spaced(&self, lines: u8) -> Length {
        let most = (self.page_height() / 4).to_sp() / self.grid.to_sp().max(1);
        self.grid * i64::from(lines).min(most.max(1))
    }

    /// How a section is headed; in an index it heads a group.
    fn heading_style(&self, section: &Section) -> HeadingStyle {
        let style = *self.theme.heading(section.rank);
        if self.index.is_some() { self.group_style(style) } else { style }
    }

    fn heading(&mut self, section: &'a Section, context: &Context<'a>, style: HeadingStyle) {
        let opens = self.galley.strips.is_empty() && self.galley.start != Start::Run;
        let above = self.spaced(style.above);
        let title = match &section.number {
            Some(number) => format!("{number} {}", section.title_text()),
            None => section.title_text(),
        };
        let tag = Tag::Heading { level: section.level, title };
        let node = self.node(tag, Up::Section(section.id), section.span);
        self.waiting.push(section.anchor.clone());
        if opens {
            self.sink(above);
        }
        self.tied = 0;
        let opened = self.open_block(if opens { Length::ZERO } else { above }, Give::Heading);
        let first = self.galley.strips.len();
        let label = self.heading_lines(section, context, style, node);
        if opens {
            self.rise(label);
        }
        for strip in self.galley.strips.iter_mut().skip(first) {
            strip.after = cost::TIED;
        }
        let crown = if opens { Length::ZERO } else { self.crown(first) };
        if let Some(strip) = self.galley.strips.get_mut(first) {
            strip.crown = crown;
            strip.section = Some(section.id);
            strip.fence = match section.rank {
                0 | 1 => Fence::Both,
                2 => Fence::After,
                _ => Fence::None,
            };
        }
        self.close_block(opened, 1.0, self.spaced(style.below));
        self.tied = 2;
        // A group of entries stands close under its letter.
        self.close = self.index.is_some();
    }

    /// A label stands in the space above its title, so that titles with and without one stand at one height
    /// in the book: it comes off the sink.
    fn rise(&mut self, label: Length) {
        if let Some(sink) = self.galley.strips.first_mut().filter(|strip| strip.kind == Kind::Sink) {
            sink.height = (sink.height - label).max(Length::ZERO);
        }
    }

    /// How much lower the heading that begins with strip `first` stands at the head of a page, where the
    /// space over it that brings it to the grid vanishes: so much that what follows it is on the grid without
    /// more space between. It stands higher rather than lower where its letters hardly stand out then.
    fn crown(&self, first: usize) -> Length {
        let strips = self.galley.strips.get(first..).unwrap_or_default();
        let height: Length = strips.iter().map(|strip| strip.height).sum();
        let lower = height.round_up_to(self.grid) - height;
        if lower == Length::ZERO {
            return lower;
        }
        let higher = self.grid - lower;
        let text = super::baseline(self.grid, self.theme.text.size);
        let stands = strips.first().is_some_and(|strip| strip.baseline - higher >= text - self.grid / 8);
        if stands { -higher } else { lower }
    }

    /// Label, title and ornament; gives the height of the label.
    fn heading_lines(
        &mut self,
        section: &'a Section,
        context: &Context<'a>,
        style: HeadingStyle,
        node: u32,
    ) -> Length {
        let from = self.galley.strips.len();
        let size = style.size.min(self.page_height().scale(0.4));
        let mut font = face(size, style.bold, style.italic);
        font.small_caps = style.small_caps;
        let leading = leading_of(size).min(self.page_height() / 2);
        let align = if style.align == Align::Justify { Align::Start } else { style.align };
        let set_as = Context { font, leading, align, hyphenate: false, keep: cost::TIED, ..*context };
        let said = if style.number_alone { &section.number } else { &section.label };
        let label = said.as_ref().filter(|_| style.label_above);
        if let Some(label) = label {
            let mut small = set_as;
            small.font.size = size.scale(0.62).max(self.theme.text.size).min(size);
            small.leading = leading_of(small.font.size).scale(1.25).min(leading_of(size).max(small.leading));
            // The space keeps label and title apart for who hears the heading.
            self.title(&small, &words(&format!("{label} ")), Leaf { id: None, node, before: 0 });
        }
        let height = self.galley.strips.iter().skip(from).map(|strip| strip.height).sum();
        let number = section.number.as_ref().filter(|_| label.is_none());
        let mut content = Vec::new();
        let mut before = 0;
        if let Some(number) = number {
            let text = format!("{number}\u{2002}");
            before = text.len();
            content.append(&mut words(&text));
        }
        content.extend(section.title.content.iter().cloned());
        self.title(&set_as, &content, Leaf { id: Some(section.title.leaf), node, before });
        let ornament = self.theme.ornament.trim();
        if section.rank == 1 && !section.is_page() && !ornament.is_empty() {
            let size = self.theme.text.size.scale(1.3).min(size);
            let leading = leading_of(size);
            let under = Context { font: face(size, false, false), leading, ..set_as };
            // Half a line over it: it is the opening's rather than the title's.
            self.ornament(&under, ornament, leading / 2);
        }
        height
    }
}

impl<'a> Builder<'a> {
    /// The first paragraph of a chapter, as the style opens chapters.
    pub(crate) fn first_paragraph(
        &mut self,
        context: &Context<'a>,
        text: &'a Text,
        indent: Length,
        leaf: Leaf,
    ) {
        // Lines that the author ends, and a single one, are no paragraph that a chapter opens with.
        if text.content.iter().any(|inline| matches!(inline.kind, InlineKind::LineBreak)) {
            return self.flexible_leaf(context, &text.content, indent, leaf);
        }
        let lines = self.theme.drop_cap;
        let stands =
            lines > 1 && indent == Length::ZERO && matches!(context.align, Align::Justify | Align::Start);
        let initial = stands.then_some(Initial { lines, leading: context.leading });
        let context = Context { initial, ..*context };
        let small = self.theme.opening_small_caps.then(|| opening::opened(&text.content));
        // Words are told of once, when they are set to stay.
        let told = std::mem::take(&mut self.galley.diagnostics);
        let small = small.filter(|words| self.set(&context, words, indent).lines.len() > 1);
        self.galley.diagnostics = told;
        let content = small.as_deref().unwrap_or(&text.content);
        self.flexible_leaf(&context, content, indent, leaf);
    }
}
