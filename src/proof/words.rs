//! What counts as a word, and whether words were lost.
//!
//! Enters: texts. Leaves: words. Promise: the book and its editions are cut into words by one rule,
//! so that hyphenation, wrapping and punctuation make no difference, and a lost word does.

use crate::model::{Block, BlockKind, Book, Inline, InlineKind, NoteId, Section, Text, plain_text};
use std::collections::BTreeSet;

/// The words of a book in reading order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct BookWords {
    /// Titles and text, of blocks that are for all editions.
    pub text: Vec<String>,
    /// The notes that this text calls, in the order of their calls.
    pub notes: Vec<String>,
}

/// Words: runs of letters and digits. What joins or hides within a word (soft hyphens, zero-width
/// characters, the signs that raise or lower digits in plain text) is dropped; each ideograph is a
/// word of its own, since a line may end after it.
#[must_use]
pub fn words_of_text(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    for c in text.chars() {
        let ideograph = matches!(c, '\u{2e80}'..='\u{d7ff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}');
        match c {
            '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}' | '^' | '_' => continue,
            c if c.is_alphanumeric() && !ideograph => {
                word.push(c);
                continue;
            }
            _ => {}
        }
        if !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
        if ideograph && c.is_alphanumeric() {
            words.push(c.to_string());
        }
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

/// The place in `wanted` of the first word that `found` doesn't have in this order; `None` when it
/// has them all, among others.
#[must_use]
pub fn first_missing(wanted: &[String], found: &[String]) -> Option<usize> {
    let mut rest = found.iter();
    wanted.iter().position(|word| !rest.any(|other| other == word))
}

/// The words that every edition must have.
#[must_use]
pub fn words_of_book(book: &Book) -> BookWords {
    let mut gather = Gather { words: Vec::new(), calls: Vec::new(), seen: BTreeSet::new() };
    gather.blocks(&book.opening);
    book.sections.iter().for_each(|section| gather.section(section));
    let text = std::mem::take(&mut gather.words);
    let mut next = 0;
    while let Some(id) = gather.calls.get(next).copied() {
        next += 1;
        if let Some(note) = book.note(id) {
            gather.blocks(&note.blocks);
        }
    }
    // Notes that notes call stand after them or after all: they are compared by themselves nowhere.
    BookWords { text, notes: gather.words }
}

struct Gather {
    words: Vec<String>,
    calls: Vec<NoteId>,
    seen: BTreeSet<NoteId>,
}

impl Gather {
    fn section(&mut self, section: &Section) {
        self.text(&section.title);
        self.blocks(&section.blocks);
        section.children.iter().for_each(|child| self.section(child));
    }

    fn text(&mut self, text: &Text) {
        self.words.extend(words_of_text(&plain_text(&text.content)));
        self.calls(&text.content);
    }

    fn calls(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            if let InlineKind::NoteCall(id) = &inline.kind
                && self.seen.insert(*id)
            {
                self.calls.push(*id);
            }
            if !matches!(inline.kind, InlineKind::PageReference { .. }) {
                self.calls(inline.content());
            }
        }
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks.iter().filter(|block| block.only.is_all()) {
            match &block.kind {
                BlockKind::Paragraph(text) | BlockKind::Heading { text, .. } => self.text(text),
                BlockKind::Quote(inner) | BlockKind::Division(_, inner) => self.blocks(inner),
                BlockKind::Alert { title, blocks, .. } => {
                    title.iter().for_each(|text| self.text(text));
                    self.blocks(blocks);
                }
                BlockKind::List { items, .. } => items.iter().for_each(|item| self.blocks(&item.blocks)),
                BlockKind::Definitions(list) => {
                    for definition in list {
                        self.text(&definition.term);
                        definition.details.iter().for_each(|detail| self.blocks(detail));
                    }
                }
                BlockKind::Code { text, .. } => self.words.extend(words_of_text(text)),
                BlockKind::Table(table) => {
                    table.caption.iter().for_each(|text| self.text(text));
                    let rows = std::iter::once(&table.head).chain(&table.rows);
                    rows.flat_map(|row| &row.cells).for_each(|cell| self.text(cell));
                }
                BlockKind::Figure { caption, .. } => caption.iter().for_each(|text| self.text(text)),
                BlockKind::Verse(stanzas) => stanzas.iter().flatten().for_each(|text| self.text(text)),
                BlockKind::SceneBreak | BlockKind::PageBreak => {}
            }
        }
    }
}
