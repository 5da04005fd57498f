//! The last numbers: leaves, and the outline.
//!
//! Enters: the resolved parts. Leaves: every leaf numbered in reading order, notes last, and the
//! outline of the sections. Promise: numbers are `0..leaves`, each once; the outline is the tree.

use super::walk::{Part, parts};
use crate::model::{Block, BookParts, Entry, LeafId, Outline, Section};

/// Numbers all leaves: a section's title before its text, notes after the whole body.
pub(super) fn number(book: &mut BookParts) {
    let mut next = 0;
    number_blocks(&mut book.opening, &mut next);
    number_sections(&mut book.sections, &mut next);
    for note in &mut book.notes {
        number_blocks(&mut note.blocks, &mut next);
    }
    book.leaves = next;
}

fn number_sections(sections: &mut [Section], next: &mut u32) {
    for section in sections {
        take(&mut section.title.leaf, next);
        number_blocks(&mut section.blocks, next);
        number_sections(&mut section.children, next);
    }
}

fn number_blocks(blocks: &mut [Block], next: &mut u32) {
    for block in blocks {
        parts(&mut block.kind, &mut |part| match part {
            Part::Text(text) => take(&mut text.leaf, next),
            Part::Code(leaf) => take(leaf, next),
            Part::Blocks(inner) => number_blocks(inner, next),
        });
    }
}

fn take(leaf: &mut LeafId, next: &mut u32) {
    *leaf = LeafId(*next);
    *next = next.saturating_add(1);
}

/// The sections as the contents of all editions.
pub(super) fn outline(book: &BookParts) -> Outline {
    let entry = |section: &Section| Entry {
        section: section.id,
        anchor: section.anchor.clone(),
        level: section.level,
        rank: section.rank,
        number: section.number.clone(),
        title: section.title_text(),
        role: section.role,
        matter: section.matter,
    };
    Outline { entries: book.all_sections().into_iter().map(entry).collect(), lists: Vec::new() }
}
