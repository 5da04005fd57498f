//! What a block says about the one beside it: captions of tables, anchors before blocks.
//!
//! Enters: blocks that stand side by side. Leaves: the same, with `Table: …` moved into its table
//! and an anchor that stood alone moved onto what follows it. Promise: nothing else moves.

use super::Lowering;
use super::attributes::take_trailing;
use crate::model::{Block, BlockKind, Inline, InlineKind, Open, OpenAttributes, Text};

/// Whether a paragraph's words begin with `mark`.
fn begins(block: &Block<Open>, mark: &str) -> bool {
    if let BlockKind::Paragraph(text) = &block.kind
        && let Some(Inline { kind: InlineKind::Text(words), .. }) = text.content.first()
    {
        return words.strip_prefix(mark).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
    }
    false
}

/// Whether anchors are all that a paragraph holds.
fn is_lone_anchor(block: &Block<Open>) -> bool {
    let BlockKind::Paragraph(text) = &block.kind else {
        return false;
    };
    let blank =
        |inline: &Inline<Open>| matches!(&inline.kind, InlineKind::Text(words) if words.trim().is_empty());
    let anchor = |inline: &Inline<Open>| matches!(inline.kind, InlineKind::Anchor(_));
    text.content.iter().any(anchor) && text.content.iter().all(|inline| anchor(inline) || blank(inline))
}

/// Takes `mark` and the blanks after it off the words.
pub(super) fn strip(content: &mut Vec<Inline<Open>>, mark: &str) {
    if let Some(first) = content.first_mut()
        && let InlineKind::Text(words) = &mut first.kind
        && let Some(rest) = words.strip_prefix(mark)
    {
        let rest = rest.trim_start().to_owned();
        let gone = u32::try_from(words.len() - rest.len()).unwrap_or(0);
        first.span.start = (first.span.start + gone).min(first.span.end);
        *words = rest;
        if words.is_empty() {
            content.remove(0);
        }
    }
}

/// Moves anchors that stand alone to the front of what they announce.
pub(super) fn place_anchors(blocks: Vec<Block<Open>>) -> Vec<Block<Open>> {
    let mut placed: Vec<Block<Open>> = Vec::with_capacity(blocks.len());
    let mut waiting: Option<Block<Open>> = None;
    for mut block in blocks {
        let lone = is_lone_anchor(&block);
        match &mut waiting {
            Some(before) if lone => join_paragraphs(before, block),
            None if lone => waiting = Some(block),
            Some(before) => {
                if !take_anchors(&mut block, before) {
                    placed.extend(waiting.take());
                }
                waiting = None;
                placed.push(block);
            }
            None => placed.push(block),
        }
    }
    placed.extend(waiting);
    placed
}

fn join_paragraphs(before: &mut Block<Open>, after: Block<Open>) {
    if let (BlockKind::Paragraph(text), BlockKind::Paragraph(more)) = (&mut before.kind, after.kind) {
        text.content.extend(more.content);
        before.span = before.span.join(after.span);
    }
}

/// Gives `block` the anchors of the paragraph before it, if it has a place for them.
fn take_anchors(block: &mut Block<Open>, before: &mut Block<Open>) -> bool {
    let BlockKind::Paragraph(Text { content: anchors, .. }) = &mut before.kind else {
        return false;
    };
    match &mut block.kind {
        BlockKind::Paragraph(text) | BlockKind::Heading { text, .. } => {
            anchors.retain(|inline| matches!(inline.kind, InlineKind::Anchor(_)));
            text.content.splice(0..0, anchors.drain(..));
            true
        }
        BlockKind::Quote(_)
        | BlockKind::Alert { .. }
        | BlockKind::List { .. }
        | BlockKind::Definitions(_)
        | BlockKind::Code { .. }
        | BlockKind::Table(_)
        | BlockKind::Figure { .. }
        | BlockKind::Verse(_)
        | BlockKind::Attribution(_)
        | BlockKind::Division(..) => {
            if anchors.len() == 1
                && block.name.id.is_none()
                && let Some(Inline { span, kind: InlineKind::Anchor(OpenAttributes { id, .. }) }) =
                    anchors.pop()
            {
                block.name.id = id;
                block.name.span = block.name.span.or(Some(span));
                return true;
            }
            false
        }
        BlockKind::SceneBreak | BlockKind::PageBreak => false,
    }
}

impl Lowering<'_, '_> {
    /// Gives each table the caption beside it: the one before it first, as it is read first.
    pub(super) fn caption_tables(&mut self, blocks: Vec<Block<Open>>) -> Vec<Block<Open>> {
        let mut placed: Vec<Block<Open>> = Vec::with_capacity(blocks.len());
        let mut rest = blocks.into_iter().peekable();
        while let Some(mut block) = rest.next() {
            let open = matches!(&block.kind, BlockKind::Table(table) if table.caption.is_none());
            let before = placed.pop_if(|before| open && begins(before, "Table:"));
            let after = |next: &Block<Open>| begins(next, "Table:") || begins(next, ":");
            if let Some(caption) = before {
                self.give_caption(&mut block, caption);
            } else if open && let Some(caption) = rest.next_if(after) {
                self.give_caption(&mut block, caption);
            }
            placed.push(block);
        }
        placed
    }

    fn give_caption(&mut self, table: &mut Block<Open>, caption: Block<Open>) {
        if let BlockKind::Paragraph(text) = caption.kind {
            self.set_caption(table, text.content);
        }
    }

    /// Sets a caption whose mark still stands before it and whose braces still stand after it.
    pub(super) fn set_caption(&mut self, table: &mut Block<Open>, mut content: Vec<Inline<Open>>) {
        strip(&mut content, "Table:");
        strip(&mut content, ":");
        if let Some(attributes) = take_trailing(&mut content) {
            self.judge(&attributes, "a table", &[], &["only"]);
            self.name_block(table, attributes);
        }
        if let BlockKind::Table(table) = &mut table.kind {
            table.caption = (!content.is_empty()).then(|| Text::new(content));
        }
    }
}
