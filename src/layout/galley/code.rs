//! Blocks of code, and where a page may end within.
//!
//! Enters: the text of a block. Leaves: a strip for each line that says something, a space for each empty one
//! between, and what a break after each costs. Promise: empty lines at the edges aren't printed, nor is a block
//! of nothing else; a break asks nothing where the author left a line empty, and the more the deeper the line
//! after it is set in; nothing here knows a programming language.

use super::text::Leaf;
use super::{Builder, Context, Give, Kind, cost};
use crate::fonts::{Family, Variant};
use crate::layout::lines::{Line, Type};
use crate::layout::types::Tag;
use crate::model::LeafId;
use crate::span::Span;
use crate::style::Align;

/// Blocks of so many lines are not divided.
const SHORT: usize = 8;
/// So many lines stand on either side of a break.
const LEAST: usize = 3;
/// Columns by which code is usually set in.
const STEP: usize = 4;

impl<'a> Builder<'a> {
    /// A block of code.
    pub(crate) fn code(&mut self, context: &Context<'a>, leaf: LeafId, text: &'a str, span: Span) {
        let style = self.theme.code;
        let size = style.size.min(context.font.size);
        let mut within = context.indented(style.indent);
        let variant = Variant { family: Family::Mono, bold: false, italic: false };
        within.font = Type { variant, size, small_caps: false, gray: 0 };
        within.leading = if size < style.size { super::leading_of(size) } else { style.leading };
        within.align = Align::Start;
        let font = within.font;
        let set = self.setter.set_code(text, font, within.measure, span, &mut self.galley.diagnostics);
        if set.lines.is_empty() {
            return;
        }
        let node = self.node(Tag::Code, context.up, span);
        let breaks = breaks(text, &set.lines);
        let opened = self.open_block(context.leading, Give::Block);
        let from = self.galley.strips.len();
        self.lines(&within, set, Leaf { id: Some(leaf), node, before: 0 });
        for (strip, after) in self.galley.strips.iter_mut().skip(from).zip(breaks) {
            match after {
                Some(after) => strip.after = strip.after_in_code(after).max(context.keep),
                None => strip.kind = Kind::Space,
            }
        }
        self.close_block(opened, 0.5, context.leading);
        self.flush = false;
    }
}

impl super::Strip {
    /// What a break after a line of code costs: lines of a paragraph are no measure for it, ties are.
    fn after_in_code(&self, after: u8) -> u8 {
        if self.after >= cost::LABEL { self.after.max(after) } else { after }
    }
}

/// A line of code as the author wrote it.
#[derive(Clone, Copy)]
struct Source<'t> {
    /// Columns that it is set in.
    indent: usize,
    /// Without the space around.
    words: &'t str,
}

impl<'t> Source<'t> {
    /// The line that begins at an offset, and whether one does.
    fn at(text: &'t str, start: usize) -> (Self, bool) {
        let begins = start == 0 || text.as_bytes().get(start - 1) == Some(&b'\n');
        let line = text.get(start..).unwrap_or_default().lines().next().unwrap_or_default();
        let white = line.chars().take_while(|c| c.is_whitespace());
        let indent =
            white.fold(0, |columns, c| if c == '\t' { columns - columns % STEP + STEP } else { columns + 1 });
        (Source { indent, words: line.trim() }, begins)
    }

    /// It opens what the next lines are in.
    fn opens(&self) -> bool {
        self.words.ends_with(['{', '(', '[', ':'])
    }

    /// It only closes what was opened.
    fn closes(&self) -> bool {
        let mut signs = self.words.chars();
        signs.next().is_some_and(|c| matches!(c, '}' | ')' | ']'))
            && signs.all(|c| matches!(c, '}' | ')' | ']' | ';' | ',' | '.' | '?' | ' '))
            || self.words.starts_with("</")
    }

    /// It speaks of the line after it: a comment, an attribute.
    fn announces(&self) -> bool {
        ["//", "/*", "#[", "--", "@"].iter().any(|sign| self.words.starts_with(sign))
    }
}

/// What a page break after each line costs; `None` for an empty line.
fn breaks(text: &str, lines: &[Line]) -> Vec<Option<u8>> {
    let sources: Vec<(Source<'_>, bool)> = lines.iter().map(|line| Source::at(text, line.start)).collect();
    let all = sources.iter().filter(|(source, begins)| *begins && !source.words.is_empty()).count();
    let mut costs = Vec::with_capacity(lines.len());
    let mut before = 0;
    let mut own = None;
    for (at, (source, begins)) in sources.iter().enumerate() {
        if *begins {
            own = Some(source);
            if source.words.is_empty() {
                costs.push(None);
                continue;
            }
            before += 1;
        }
        costs.push(Some(match (own, sources.get(at + 1)) {
            (_, None) => cost::FREE,
            (_, Some((_, false))) => cost::WHOLE,
            _ if lines.len() <= SHORT || before < LEAST || all - before < LEAST => cost::WHOLE,
            (_, Some((next, true))) if next.words.is_empty() => cost::FREE,
            (own, Some((next, true))) => between(own, next, sources.get(at + 2).map(|(source, _)| source)),
        }));
    }
    costs
}

/// What a break between two lines costs; `then` comes after the second.
fn between(own: Option<&Source<'_>>, next: &Source<'_>, then: Option<&Source<'_>>) -> u8 {
    if next.closes() {
        return cost::CLOSES;
    }
    let opens = next.opens() || then.is_some_and(|then| then.indent > next.indent);
    let place = match next.indent.div_ceil(STEP) {
        0 if opens => 0,
        depth => depth + 1,
    };
    let torn = own.is_some_and(|own| own.announces() || own.opens() || own.indent < next.indent);
    let place = u8::try_from(place + usize::from(torn) * 2).unwrap_or(u8::MAX);
    place.saturating_add(cost::CODE).min(cost::CODE_MOST)
}
