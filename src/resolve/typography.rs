//! The typographic pass: straight quotes, dashes, dots and spaces as printers set them.
//!
//! Enters: the resolved parts. Leaves: the same with `"`, `'`, `--`, `---` and `...` made
//! typographic, and spaces before high punctuation narrow where a language has it so, by the
//! language of each span. Promise: never in code, keys and addresses; text that is typographic
//! already stays as it is, so that a second pass changes nothing.

mod marks;

use super::quotes::{Manners, manners};
use super::walk::{Part, parts};
use crate::model::{
    Block, BookParts, Inline, InlineKind, Language, Section, Style, Target, Text, plain_text,
};
use marks::Flat;

/// Sets all leaves, and the book's title.
pub(super) fn set(book: &mut BookParts) {
    let own = manners(&book.metadata.language);
    set_string(&mut book.metadata.title, own);
    if let Some(subtitle) = &mut book.metadata.subtitle {
        set_string(subtitle, own);
    }
    set_blocks(&mut book.opening, own);
    set_sections(&mut book.sections, own);
    for note in &mut book.notes {
        set_blocks(&mut note.blocks, own);
    }
}

fn of(lang: Option<&Language>, around: Manners) -> Manners {
    lang.map_or(around, manners)
}

fn set_sections(sections: &mut [Section], book: Manners) {
    for section in sections {
        // A section's language is given whenever it isn't the book's, so it depends on no parent.
        let own = of(section.lang.as_ref(), book);
        set_text(&mut section.title, own);
        set_blocks(&mut section.blocks, own);
        set_sections(&mut section.children, book);
    }
}

fn set_blocks(blocks: &mut [Block], around: Manners) {
    for block in blocks {
        let own = of(block.lang.as_ref(), around);
        parts(&mut block.kind, &mut |part| match part {
            Part::Text(text) => set_text(text, own),
            Part::Blocks(inner) => set_blocks(inner, own),
            Part::Code(_) => {}
        });
    }
}

fn set_string(words: &mut String, own: Manners) {
    let mut flat = Flat::default();
    flat.words(words, own);
    if flat.set() {
        *words = flat.next_piece().unwrap_or_default();
    }
}

fn set_text(text: &mut Text, own: Manners) {
    let mut flat = Flat::default();
    each_bit(&mut text.content, own, &mut |bit| match bit {
        Bit::Words(words, manners) => flat.words(words, manners),
        Bit::Opaque => flat.opaque(),
        Bit::Break => flat.line_break(),
    });
    if flat.set() {
        each_bit(&mut text.content, own, &mut |bit| {
            if let Bit::Words(words, _) = bit {
                *words = flat.next_piece().unwrap_or_default();
            }
        });
    }
}

/// What the marks of a leaf stand among.
enum Bit<'a> {
    /// Words that may be changed.
    Words(&'a mut String, Manners),
    /// Something that is read as a word but stays as it is.
    Opaque,
    /// A line's end.
    Break,
}

/// Visits the bits of a leaf in order; twice the same ones for the same leaf.
fn each_bit(content: &mut [Inline], own: Manners, visit: &mut dyn FnMut(Bit<'_>)) {
    for inline in content {
        match &mut inline.kind {
            InlineKind::Text(words) => visit(Bit::Words(words, own)),
            InlineKind::Code(_) | InlineKind::Picture(_) | InlineKind::Styled(Style::Keyboard, _) => {
                visit(Bit::Opaque);
            }
            InlineKind::LineBreak => visit(Bit::Break),
            InlineKind::Link { target, content, .. } if is_address(target, content) => visit(Bit::Opaque),
            InlineKind::Span { lang, content, .. } => each_bit(content, of(lang.as_ref(), own), visit),
            InlineKind::Styled(_, content)
            | InlineKind::Abbreviation { content, .. }
            | InlineKind::Link { content, .. }
            | InlineKind::PageReference { content, .. } => each_bit(content, own, visit),
            InlineKind::NoteCall(_) | InlineKind::Anchor(_) => {}
        }
    }
}

/// Whether a link shows an address rather than words. Decided by what no mark changes, so that both
/// visits decide alike.
fn is_address(target: &Target, content: &[Inline]) -> bool {
    let words = plain_text(content);
    let words = words.trim();
    if words.is_empty() || words.contains(char::is_whitespace) {
        return false;
    }
    let typed = match target {
        Target::Outside(address) => address.ends_with(words) && words.contains(['.', '/', ':', '@']),
        Target::Inside(_) | Target::Nowhere => false,
    };
    typed || words.contains("://") || words.starts_with("www.") || words.contains(['/', '#', '@'])
}
