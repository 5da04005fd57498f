//! Notes: their definitions, their calls, and calls that call nothing.
//!
//! Enters: comrak's definitions and references. Leaves: [`DraftNote`]s apart from the text, and
//! calls with the label of the note they mean. Promise: the first definition of a label wins.

use super::Lowering;
use crate::diagnostics::{Code, Diagnostic};
use crate::model::{DraftNote, Inline, InlineKind};
use crate::span::Span;
use comrak::nodes::{Node, NodeFootnoteReference, NodeValue};

fn fold(label: &str) -> String {
    label.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// Whether comrak made this definition from an inline note: it gives those no end.
fn is_inline(name: &str, node: Node<'_>) -> bool {
    name.starts_with("__inline_") && node.data().sourcepos.end.column == 0
}

impl<'a> Lowering<'a, '_> {
    /// Learns every label before the first call is met.
    pub(super) fn find_notes(&mut self, root: Node<'a>) {
        for node in root.descendants() {
            let NodeValue::FootnoteDefinition(definition) = &node.data().value else {
                continue;
            };
            let name = definition.name.clone();
            if is_inline(&name, node) {
                self.inline_notes.insert(name, node);
                continue;
            }
            let span = self.places.first_line(self.span(node));
            let (label, first) =
                self.labels.entry(fold(&name)).or_insert_with(|| (name.clone(), span)).clone();
            if first != span {
                let told =
                    Diagnostic::new(Code::DuplicateNote, span, format!("a second note is called `{name}`"))
                        .hint("give one of them another label; only the first is printed")
                        .related(first, format!("the first note called `{label}`"));
                self.diagnostics.push(told);
            }
        }
    }

    /// A definition: stands apart, so it leaves no block.
    pub(super) fn note(&mut self, node: Node<'a>, name: &str) {
        if is_inline(name, node) {
            return;
        }
        let span = self.span(node);
        let Some((label, first)) = self.labels.get(&fold(name)).cloned() else {
            return;
        };
        let blocks = self.blocks(node);
        if first == self.places.first_line(span) {
            self.notes.push(DraftNote { label, span, blocks });
        }
    }

    pub(super) fn call(
        &mut self,
        reference: &NodeFootnoteReference,
        span: Span,
    ) -> Inline<crate::model::Open> {
        // comrak keeps what was typed between the brackets of a call, and an inline note has none.
        if reference.texts.is_empty()
            && let Some(body) = self.inline_notes.remove(&reference.name)
        {
            let number = reference.name.trim_start_matches("__inline_");
            let label = format!("inline {number}");
            let outer = self.base.replace(self.places.base(span));
            let verse = std::mem::replace(&mut self.verse, false);
            let mut blocks = self.blocks(body);
            self.verse = verse;
            self.base = outer;
            if let Some(block) = blocks.first_mut() {
                // comrak gives the paragraph no place of its own.
                block.span =
                    self.places.range(span.start as usize + 2, (span.end as usize).saturating_sub(1));
            }
            self.notes.push(DraftNote { label: label.clone(), span, blocks });
            return Inline::new(span, InlineKind::NoteCall(label));
        }
        let label = self.labels.get(&fold(&reference.name)).map_or(&reference.name, |(label, _)| label);
        Inline::new(span, InlineKind::NoteCall(label.clone()))
    }

    /// Calls without a note, which comrak leaves as text.
    pub(super) fn look_for_calls(&mut self, span: Span) {
        let slice = self.places.slice(span);
        let mut from = 0;
        while let Some(at) = slice.get(from..).and_then(|rest| rest.find("[^")).map(|at| at + from) {
            from = at + 2;
            let rest = slice.get(from..).unwrap_or_default();
            let length = rest.find(|c: char| c == ']' || c == '[' || c.is_whitespace()).unwrap_or(rest.len());
            let escaped = slice.get(..at).is_some_and(|before| before.ends_with('\\'));
            let label = rest.get(..length).unwrap_or_default();
            let closed = rest.get(length..).is_some_and(|after| after.starts_with(']'));
            if escaped || label.is_empty() || !closed {
                continue;
            }
            let start = span.start as usize + at;
            let place = self.places.range(start, start + length + 3);
            let message = format!("no note in this file is called `{label}`");
            self.tell(
                Code::MissingNote,
                place,
                message,
                "add `[^…]: …` with this label; the call stays as typed",
            );
            from += length;
        }
    }
}
