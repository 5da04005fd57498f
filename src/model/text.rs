//! The plain text of leaves, and walks over the tree that need no stack of ours per edition.
//!
//! A place in the book is a leaf and a byte offset in its plain text. Layout finds the places where
//! pages begin; the other editions put their marks there. All of them count with what stands here.

use crate::model::{Block, BlockKind, Inline, InlineKind, Stage, Text};

/// The text of inlines: words, code, `\n` for line breaks; calls, pictures, anchors and page
/// references add nothing.
#[must_use]
pub fn plain_text<S: Stage>(inlines: &[Inline<S>]) -> String {
    let mut text = String::new();
    walk_inlines(inlines, &mut |inline| match &inline.kind {
        InlineKind::Text(words) | InlineKind::Code(words) => text.push_str(words),
        InlineKind::LineBreak => text.push('\n'),
        InlineKind::Styled(..)
        | InlineKind::Span { .. }
        | InlineKind::Abbreviation { .. }
        | InlineKind::Link { .. }
        | InlineKind::PageReference { .. }
        | InlineKind::Picture(_)
        | InlineKind::NoteCall(_)
        | InlineKind::Anchor(_) => {}
    });
    text
}

/// Whether words end in a colon: they announce what follows.
#[must_use]
pub fn announces<S: Stage>(inlines: &[Inline<S>]) -> bool {
    plain_text(inlines).trim_end().ends_with([':', '\u{FF1A}'])
}

/// The number of bytes of [`plain_text`], without making it.
#[must_use]
pub fn text_len<S: Stage>(inlines: &[Inline<S>]) -> usize {
    let mut length = 0;
    walk_inlines(inlines, &mut |inline| match &inline.kind {
        InlineKind::Text(words) | InlineKind::Code(words) => length += words.len(),
        InlineKind::LineBreak => length += 1,
        InlineKind::Styled(..)
        | InlineKind::Span { .. }
        | InlineKind::Abbreviation { .. }
        | InlineKind::Link { .. }
        | InlineKind::PageReference { .. }
        | InlineKind::Picture(_)
        | InlineKind::NoteCall(_)
        | InlineKind::Anchor(_) => {}
    });
    length
}

/// Visits every inline, a parent before its content, except what is in a page reference
/// (print doesn't say it). Depth is bounded by `markdown`'s cap, so recursion is safe.
pub fn walk_inlines<'a, S: Stage>(inlines: &'a [Inline<S>], visit: &mut impl FnMut(&'a Inline<S>)) {
    for inline in inlines {
        visit(inline);
        if !matches!(inline.kind, InlineKind::PageReference { .. }) {
            walk_inlines(inline.content(), visit);
        }
    }
}

/// Visits every block, a parent before those within.
pub fn walk_blocks<'a, S: Stage>(blocks: &'a [Block<S>], visit: &mut impl FnMut(&'a Block<S>)) {
    for block in blocks {
        visit(block);
        match &block.kind {
            BlockKind::Quote(inner)
            | BlockKind::Alert { blocks: inner, .. }
            | BlockKind::Division(_, inner) => {
                walk_blocks(inner, visit);
            }
            BlockKind::List { items, .. } => items.iter().for_each(|item| walk_blocks(&item.blocks, visit)),
            BlockKind::Definitions(list) => {
                list.iter().flat_map(|d| &d.details).for_each(|detail| walk_blocks(detail, visit));
            }
            BlockKind::Paragraph(_)
            | BlockKind::Heading { .. }
            | BlockKind::Code { .. }
            | BlockKind::Table(_)
            | BlockKind::Figure { .. }
            | BlockKind::SceneBreak
            | BlockKind::PageBreak
            | BlockKind::Verse(_)
            | BlockKind::Attribution(_) => {}
        }
    }
}

/// Visits the leaves that are inlines (all but code blocks) in reading order: the order in which
/// `resolve` numbers them. A table's caption stands before it, a figure's after it; definitions follow their term.
pub fn walk_texts<'a, S: Stage>(blocks: &'a [Block<S>], visit: &mut impl FnMut(&'a Text<S>)) {
    for block in blocks {
        match &block.kind {
            BlockKind::Paragraph(text) | BlockKind::Heading { text, .. } | BlockKind::Attribution(text) => {
                visit(text)
            }
            BlockKind::Quote(inner) | BlockKind::Division(_, inner) => walk_texts(inner, visit),
            BlockKind::Alert { title, blocks, .. } => {
                title.iter().for_each(&mut *visit);
                walk_texts(blocks, visit);
            }
            BlockKind::List { items, .. } => items.iter().for_each(|item| walk_texts(&item.blocks, visit)),
            BlockKind::Definitions(list) => {
                for definition in list {
                    visit(&definition.term);
                    definition.details.iter().for_each(|detail| walk_texts(detail, visit));
                }
            }
            BlockKind::Table(table) => {
                table.caption.iter().for_each(&mut *visit);
                let rows = std::iter::once(&table.head).chain(&table.rows);
                rows.flat_map(|row| &row.cells).for_each(&mut *visit);
            }
            BlockKind::Figure { caption, .. } => caption.iter().for_each(&mut *visit),
            BlockKind::Verse(stanzas) => stanzas.iter().flatten().for_each(&mut *visit),
            BlockKind::Code { .. } | BlockKind::SceneBreak | BlockKind::PageBreak => {}
        }
    }
}
