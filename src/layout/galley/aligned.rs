//! Verse, whose lines are the author's, and notes.

use super::text::{Leaf, alone};
use super::{Builder, Context, Kind, Up, cost};
use crate::layout::types::Tag;
use crate::measure::Length;
use crate::model::Text;
use crate::span::Span;
use crate::style::Align;

impl<'a> Builder<'a> {
    /// Stanzas; a line too long turns over with an indent of its own.
    pub(crate) fn verse(&mut self, context: &Context<'a>, stanzas: &'a [Vec<Text>], span: Span) {
        let mut within = context.inset(self.theme.blocks.quote_indent);
        within.align = Align::Start;
        within.hyphenate = false;
        self.space(context.leading);
        for stanza in stanzas {
            self.space(context.leading);
            let count = stanza.len();
            for (at, line) in stanza.iter().enumerate() {
                let node = self.node(Tag::Paragraph, context.up, span);
                let from = self.galley.strips.len();
                self.verse_line(&within, line, node);
                let last = self.galley.strips.len().saturating_sub(1);
                for (place, strip) in self.galley.strips.iter_mut().enumerate().skip(from) {
                    if strip.kind == Kind::Content && strip.after < cost::TIED {
                        let here = if place < last { cost::ALONE } else { alone(at, count) };
                        strip.after = here.max(context.keep);
                    }
                }
            }
        }
        self.space(context.leading);
        self.flush = false;
    }

    fn verse_line(&mut self, within: &Context<'a>, line: &'a Text, node: u32) {
        let leaf = Leaf { id: Some(line.leaf), node, before: 0 };
        let set = self.set(within, &line.content, Length::ZERO);
        if set.lines.len() <= 1 {
            if set.lines.is_empty() {
                // An empty line of verse keeps its place.
                self.space(within.leading);
            }
            self.lines(within, set, leaf);
            return;
        }
        let turn = within.font.size * 2;
        let narrow = Context { measure: within.measure - turn, ..*within };
        let mut set = self.set(&narrow, &line.content, Length::ZERO);
        if !within.language.is_rtl() {
            for line in set.lines.iter_mut().skip(1) {
                line.segments.iter_mut().for_each(|segment| segment.x += turn);
            }
        }
        self.lines(within, set, leaf);
    }

    /// A note under `up`: its number, then what it says. Gives the node of the number.
    pub(crate) fn note(&mut self, note: &'a crate::model::Note, up: Up) -> u32 {
        let style = self.theme.notes;
        self.grid = style.leading.max(Length::pt(1.0));
        let node = self.node(Tag::Note, up, note.span);
        let from = self.galley.strips.len();
        self.flush = true;
        let mut context = self.context(Up::Node(node));
        context.font.size = style.size;
        context.leading = style.leading;
        context.gap = Length::ZERO;
        context.indent = style.size;
        context.entry = None;
        self.waiting.push(note.anchor.clone());
        let label = self.node(Tag::Label, Up::Node(node), note.span);
        let mark = self.set_words(&context, &format!("{}.", note.number));
        let width = super::text::width_of(&mark) + style.size.scale(0.4);
        let mut first = note.blocks.as_slice();
        let printed = first.iter().position(|b| b.only.print).unwrap_or(0);
        if let Some(crate::model::BlockKind::Paragraph(text)) = first.get(printed).map(|b| &b.kind) {
            let block = first.get(printed);
            let lang = block.and_then(|b| b.lang.as_ref());
            self.waiting.extend(block.and_then(|b| b.name.clone()));
            let inner = Context { language: lang.unwrap_or(context.language), ..context };
            let node = self.node(Tag::Paragraph, Up::Node(node), note.span);
            self.with_node(node, |spec| spec.lang = lang.cloned());
            let leaf = Leaf { id: Some(text.leaf), node, before: 0 };
            self.leaf(&inner, &text.content, width, leaf);
            first = first.get(printed + 1..).unwrap_or_default();
            self.flush = false;
        }
        if self.galley.strips.iter().skip(from).any(|s| s.kind == Kind::Content) {
            self.number_note(&context, &mark, label, from);
            self.blocks(&context, first);
        } else {
            let within = context.indented(width);
            self.blocks(&within, first);
            self.put_mark(&context, &within, from, &mark, label);
        }
        label
    }

    fn number_note(
        &mut self,
        context: &Context<'a>,
        mark: &crate::layout::lines::SetText,
        label: u32,
        from: usize,
    ) {
        let x = if context.language.is_rtl() {
            context.measure - super::text::width_of(mark)
        } else {
            Length::ZERO
        };
        self.mark_first(context, mark, x, (from, label));
    }
}
