//! Verse, whose lines are the author's, the words that say who that is, and notes.

use super::text::{Leaf, alone, width_of};
use super::{Builder, Context, Give, Kind, Up, cost};
use crate::layout::lines::Share;
use crate::layout::types::Tag;
use crate::measure::Length;
use crate::model::{Inline, Text};
use crate::span::Span;
use crate::style::Align;

/// A stanza of so many lines, those turned over included, stays together: a sestet does.
const WHOLE_STANZA: usize = 6;
/// The most a poem is set in by how short its lines are, as a part of the measure: farther in, a couplet among
/// prose looks lost, and poems in a row have no edge in common.
const FARTHEST: i64 = 4;

impl<'a> Builder<'a> {
    /// Stanzas, a line of the grid between them. A line too long turns over, set in farther than any line begins.
    pub(crate) fn verse(&mut self, context: &Context<'a>, stanzas: &'a [Vec<Text>], span: Span) {
        let mut within =
            if context.quoted { *context } else { context.inset(self.theme.blocks.quote_indent) };
        within.hyphenate = false;
        if context.align != Align::Center {
            within.align = Align::Start;
        }
        if context.align == Align::Justify {
            within = within.inset(self.set_in(&within, stanzas));
        }
        self.space(context.leading);
        for (at, stanza) in stanzas.iter().enumerate() {
            self.space(context.leading);
            let between = self.galley.strips.last_mut().filter(|last| at > 0 && last.kind == Kind::Space);
            if let Some(space) = between {
                space.give = Give::Stanza;
            }
            self.stanza(&within, stanza, span);
        }
        self.space(context.leading);
        self.flush = false;
    }

    /// How far a poem is set in more from both sides, so that its longest line stands in the middle (*The Chicago
    /// Manual of Style*, 18, 13.25); not at all when a line turns over. Ragged text keeps its one edge.
    fn set_in(&mut self, within: &Context<'a>, stanzas: &'a [Vec<Text>]) -> Length {
        let mut widest = Length::ZERO;
        for line in stanzas.iter().flatten() {
            let set = self.measured(within, &line.content);
            let turns = set.lines.len() > 1;
            widest = widest.max(if turns { within.measure } else { width_of(&set) });
        }
        ((within.measure - widest) / 2).clamp(Length::ZERO, (within.measure / FARTHEST).max(Length::ZERO))
    }

    fn stanza(&mut self, within: &Context<'a>, stanza: &'a [Text], span: Span) {
        let from = self.galley.strips.len();
        let mut begins: Vec<usize> = Vec::with_capacity(stanza.len());
        for line in stanza {
            begins.push(self.galley.strips.len());
            let node = self.node(Tag::Paragraph, within.up, span);
            self.verse_line(within, line, node);
        }
        let whole = self.galley.strips.len() - from <= WHOLE_STANZA;
        let (count, end) = (stanza.len(), self.galley.strips.len());
        for (at, first) in begins.iter().enumerate() {
            let next = begins.get(at + 1).copied().unwrap_or(end);
            let ends = if whole && at + 1 < count { cost::WHOLE } else { cost::FREE };
            for place in *first..next {
                let cost = if place + 1 < next { cost::ALONE } else { alone(at, count).max(ends) };
                let strips = self.galley.strips.get_mut(place);
                if let Some(strip) = strips.filter(|s| s.kind == Kind::Content && s.after < cost::TIED) {
                    strip.after = cost.max(within.keep);
                }
            }
        }
    }

    fn verse_line(&mut self, within: &Context<'a>, line: &'a Text, node: u32) {
        let leaf = Leaf { id: Some(line.leaf), node, before: 0 };
        let turned = within.indented(within.font.size * 2);
        let by = within.measure - turned.measure;
        let hangs = within.align != Align::Center;
        let (context, indent) = if hangs { (&turned, -by) } else { (within, Length::ZERO) };
        let set = self.set(context, &line.content, indent);
        if set.lines.is_empty() {
            // An empty line of verse keeps its place.
            self.space(within.leading);
        }
        self.lines(context, set, leaf);
    }

    /// Says whose a quotation is, in a line by the edge that the style names; what needs more lines is a block
    /// there of even lines, which hang after the dash.
    pub(crate) fn attribution(&mut self, context: &Context<'a>, text: &'a Text, span: Span) {
        let node = self.node(Tag::Paragraph, context.up, span);
        let leaf = Leaf { id: Some(text.leaf), node, before: 0 };
        let centred = context.align == Align::Center;
        let hang = if centred { Length::ZERO } else { context.font.size };
        let align = if centred { Align::Center } else { Align::Start };
        let turned = Context { align, hyphenate: false, ..context.indented(hang) };
        let by = context.measure - turned.measure;
        let mut set = self.set_title(&turned, &text.content, (-by, Share::Evenly));
        if !centred && self.theme.blocks.attribution == Align::End {
            let segments = || set.lines.iter().flat_map(|line| &line.segments);
            let least = segments().map(|segment| segment.x).min().unwrap_or_default();
            let away = if context.language.is_rtl() { -least } else { turned.measure - width_of(&set) };
            for segment in set.lines.iter_mut().flat_map(|line| &mut line.segments) {
                segment.x += away;
            }
        }
        self.lines(&turned, set, leaf);
        self.flush = true;
    }

    /// Words set to be measured: what is wrong with them is told when they are set.
    fn measured(&self, context: &Context<'a>, content: &[Inline]) -> crate::layout::lines::SetText {
        let mut told = crate::diagnostics::Diagnostics::new();
        self.setter.set(&super::text::paragraph(context, content, Length::ZERO), self.refs, &mut told)
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
        context.indent = if style.indent > Length::ZERO { style.indent } else { style.size };
        context.entry = None;
        self.waiting.push(note.anchor.clone());
        let label = self.node(Tag::Label, Up::Node(node), note.span);
        let mark = self.set_words(&context, &format!("{}.", note.number));
        let width = style.indent + width_of(&mark) + style.size.scale(0.4);
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
        let indent = self.theme.notes.indent;
        let x = if context.language.is_rtl() { context.measure - indent - width_of(mark) } else { indent };
        self.mark_first(context, mark, x, (from, label));
    }
}
