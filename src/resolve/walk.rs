//! The parts of a block in reading order, to be changed in place.
//!
//! Enters: a block of either stage. Leaves: its leaves and inner blocks, one after the other, in the
//! order of [`walk_texts`](crate::model::walk_texts) with blocks of code at their place.
//! Promise: names, typography and leaf numbers all walk this one way, so they can't differ in order.

use crate::model::{Block, BlockKind, Stage, Text};

/// What a block directly holds.
pub(super) enum Part<'a, S: Stage> {
    /// A leaf of inlines.
    Text(&'a mut Text<S>),
    /// A leaf of code.
    Code(&'a mut S::Leaf),
    /// Blocks within.
    Blocks(&'a mut Vec<Block<S>>),
}

/// Hands over the parts of `kind` in reading order, without going into the blocks within.
pub(super) fn parts<S: Stage>(kind: &mut BlockKind<S>, visit: &mut dyn FnMut(Part<'_, S>)) {
    match kind {
        BlockKind::Paragraph(text) | BlockKind::Heading { text, .. } | BlockKind::Attribution(text) => {
            visit(Part::Text(text))
        }
        BlockKind::Quote(inner) | BlockKind::Division(_, inner) => visit(Part::Blocks(inner)),
        BlockKind::Alert { title, blocks, .. } => {
            title.iter_mut().for_each(|text| visit(Part::Text(text)));
            visit(Part::Blocks(blocks));
        }
        BlockKind::List { items, .. } => {
            items.iter_mut().for_each(|item| visit(Part::Blocks(&mut item.blocks)));
        }
        BlockKind::Definitions(list) => {
            for definition in list {
                visit(Part::Text(&mut definition.term));
                definition.details.iter_mut().for_each(|detail| visit(Part::Blocks(detail)));
            }
        }
        BlockKind::Code { leaf, .. } => visit(Part::Code(leaf)),
        BlockKind::Table(table) => {
            table.caption.iter_mut().for_each(|text| visit(Part::Text(text)));
            let rows = std::iter::once(&mut table.head).chain(&mut table.rows);
            rows.flat_map(|row| &mut row.cells).for_each(|cell| visit(Part::Text(cell)));
        }
        BlockKind::Figure { caption, .. } => caption.iter_mut().for_each(|text| visit(Part::Text(text))),
        BlockKind::Verse(stanzas) => stanzas.iter_mut().flatten().for_each(|line| visit(Part::Text(line))),
        BlockKind::SceneBreak | BlockKind::PageBreak => {}
    }
}
