//! The lines that an author ends: in verse, and where a stanza is told from prose.
//!
//! Enters: the inlines of a leaf. Leaves: those of each line. Promise: no word is lost; what stands around
//! a line's end, emphasis or a link, stands around both lines.

use crate::model::{Inline, InlineKind, Stage};
use crate::span::Span;

/// Splits inlines at line breaks, those inside emphasis and its like too: each line gets its own.
#[must_use]
pub fn split_lines<S: Stage>(content: Vec<Inline<S>>) -> Vec<Vec<Inline<S>>> {
    let mut lines = vec![Vec::new()];
    for inline in content {
        let Inline { span, kind } = inline;
        match kind {
            InlineKind::LineBreak => lines.push(Vec::new()),
            InlineKind::Styled(style, inner) => {
                spread(&mut lines, inner, span, |part| InlineKind::Styled(style, part));
            }
            InlineKind::Span { name, lang, content } => {
                let mut name = Some(name);
                spread(&mut lines, content, span, |content| {
                    // A name is unique: the first line has it.
                    let name = name.take().unwrap_or_default();
                    InlineKind::Span { name, lang: lang.clone(), content }
                });
            }
            InlineKind::Link { target, title, content } => spread(&mut lines, content, span, |content| {
                InlineKind::Link { target: target.clone(), title: title.clone(), content }
            }),
            kind @ (InlineKind::Text(_)
            | InlineKind::Code(_)
            | InlineKind::Abbreviation { .. }
            | InlineKind::PageReference { .. }
            | InlineKind::Picture(_)
            | InlineKind::NoteCall(_)
            | InlineKind::Anchor(_)) => add(&mut lines, Inline { span, kind }),
        }
    }
    lines.retain(|line| !line.is_empty());
    lines
}

fn add<S: Stage>(lines: &mut [Vec<Inline<S>>], inline: Inline<S>) {
    if let Some(line) = lines.last_mut() {
        line.push(inline);
    }
}

fn spread<S: Stage>(
    lines_so_far: &mut Vec<Vec<Inline<S>>>,
    inner: Vec<Inline<S>>,
    span: Span,
    mut wrap: impl FnMut(Vec<Inline<S>>) -> InlineKind<S>,
) {
    let parts = split_lines(inner);
    if parts.is_empty() {
        // A cross-reference has no words yet.
        return add(lines_so_far, Inline::new(span, wrap(Vec::new())));
    }
    let several = parts.len() > 1;
    for (at, part) in parts.into_iter().enumerate() {
        if at > 0 {
            lines_so_far.push(Vec::new());
        }
        let own =
            part.iter().map(|inline| inline.span).reduce(Span::join).filter(|_| several).unwrap_or(span);
        add(lines_so_far, Inline::new(own, wrap(part)));
    }
}
