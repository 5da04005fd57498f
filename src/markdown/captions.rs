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

/// The anchor that is all a paragraph holds.
fn lone_anchors(block: &Block<Open>) -> Option<Vec<Inline<Open>>> {
    let BlockKind::Paragraph(text) = &block.kind else {
        return None;
    };
    let blank =
        |inline: &Inline<Open>| matches!(&inline.kind, InlineKind::Text(words) if words.trim().is_empty());
    let anchor = |inline: &Inline<Open>| matches!(inline.kind, InlineKind::Anchor(_));
    let fits = text.content.iter().any(anchor) && text.content.iter().all(|i| anchor(i) || blank(i));
    fits.then(|| text.content.iter().filter(|i| anchor(i)).cloned().collect())
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
    for mut block in blocks {
        let anchors = placed.last().and_then(lone_anchors);
        if let Some(mut anchors) = anchors
            && take_anchors(&mut block, &mut anchors)
        {
            placed.pop();
        }
        placed.push(block);
    }
    placed
}

fn take_anchors(block: &mut Block<Open>, anchors: &mut Vec<Inline<Open>>) -> bool {
    match &mut block.kind {
        BlockKind::Paragraph(text) | BlockKind::Heading { text, .. } => {
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
    pub(super) fn caption_tables(&mut self, blocks: &mut Vec<Block<Open>>) {
        let mut at = 0;
        while at < blocks.len() {
            if !matches!(blocks.get(at), Some(Block { kind: BlockKind::Table(_), .. })) {
                at += 1;
                continue;
            }
            let before = at.checked_sub(1).filter(|&b| blocks.get(b).is_some_and(|p| begins(p, "Table:")));
            let after = |p: &Block<Open>| begins(p, "Table:") || begins(p, ":");
            if let Some(before) = before {
                let caption = blocks.remove(before);
                at -= 1;
                self.give_caption(blocks.get_mut(at), caption);
            } else if blocks.get(at + 1).is_some_and(after) {
                let caption = blocks.remove(at + 1);
                self.give_caption(blocks.get_mut(at), caption);
            }
            at += 1;
        }
    }

    fn give_caption(&mut self, table: Option<&mut Block<Open>>, caption: Block<Open>) {
        if let Some(table) = table
            && let BlockKind::Paragraph(text) = caption.kind
        {
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
