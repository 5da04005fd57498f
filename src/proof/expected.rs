//! What an edition must say.
//!
//! Enters: the book, the kind of edition. Leaves: its words in reading order, each with its place in
//! the manuscript, its note calls, and the words that the edition may add of its own. Promise: this is
//! read from the book alone, not from what the editions' writers do.

use super::words::{words_at, words_of_text};
use crate::model::{
    Block, BlockKind, Book, Inline, InlineKind, LeafId, NoteId, Only, Section, Table, Target, Text,
    plain_text,
};
use crate::phrases::{Phrases, phrases};
use crate::span::Span;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// The three kinds of edition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The PDF: notes at the foot of pages, or at the end of their chapter or of the book.
    Print,
    /// The EPUB: notes at the end of their chapter's file.
    Epub,
    /// The text: notes at the end of their chapter, then the addresses linked to.
    Text,
}

impl Kind {
    fn has(self, only: Only) -> bool {
        match self {
            Kind::Print => only.print,
            Kind::Epub => only.epub,
            Kind::Text => only.text,
        }
    }
}

/// A word of the book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// The word.
    pub word: String,
    /// The leaf it stands in.
    pub leaf: LeafId,
    /// The block or heading it stands in.
    pub span: Span,
    /// Whether it stands in a note.
    pub note: bool,
    /// Whether every edition has it.
    pub shared: bool,
    /// Whether it stands in a block of code.
    pub code: bool,
}

/// What an edition must say, and what it may.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Expected {
    /// The words it must have: chapter by chapter, each with its notes after it (print: all notes last).
    pub words: Vec<Word>,
    /// Of print, the words of the notes once more, as they are read at the foot of pages: a note that a note
    /// calls right after the paragraph that calls it, rather than after the chapter's others.
    pub foot: Vec<Word>,
    /// The numbers of the notes it calls, in the order of the calls.
    pub calls: Vec<String>,
    /// Words it may add: numbers, labels, descriptions, addresses.
    pub added: BTreeSet<String>,
}

/// The words of a book in one kind of edition.
#[must_use]
pub fn expected(book: &Book, kind: Kind) -> Expected {
    let phrases = phrases(&book.metadata.language);
    let mut gather = Gather {
        book,
        kind,
        phrases,
        out: Expected::default(),
        called: Vec::new(),
        noted: Vec::new(),
        inner: Vec::new(),
        seen: BTreeSet::new(),
        links: Vec::new(),
        own: Vec::new(),
        here: Here { leaf: LeafId(0), span: Span::NONE, note: false, shared: true, code: false },
    };
    for (_, phrase) in phrases.all() {
        gather.may_add(phrase);
    }
    for entry in &book.outline.entries {
        entry.number.iter().for_each(|number| gather.may_add(number));
    }
    gather.blocks(&book.opening);
    gather.end_chapter();
    for section in &book.sections {
        gather.section(section);
        gather.end_chapter();
    }
    gather.out.foot = at_foot(&gather.noted);
    let noted = std::mem::take(&mut gather.noted);
    gather.out.words.extend(noted.into_iter().flat_map(|note| note.words));
    gather.out
}

/// A note of print.
struct Noted {
    id: NoteId,
    words: Vec<Word>,
    /// Notes first called in it, each with how many of its words stand before.
    calls: Vec<(usize, NoteId)>,
}

/// Notes in the order of their calls, each within the one that calls it first.
fn at_foot(noted: &[Noted]) -> Vec<Word> {
    let by_id: BTreeMap<NoteId, &Noted> = noted.iter().map(|note| (note.id, note)).collect();
    let inner: BTreeSet<NoteId> =
        noted.iter().flat_map(|note| note.calls.iter().map(|(_, id)| *id)).collect();
    let mut words = Vec::new();
    for note in noted.iter().filter(|note| !inner.contains(&note.id)) {
        // Notes being said: how many words and calls of each were. No recursion, since notes may call on.
        let mut open = vec![(note, 0, 0)];
        while let Some((note, said, called)) = open.pop() {
            let next = note.calls.get(called);
            let end = next.map_or(note.words.len(), |(at, _)| *at);
            words.extend(note.words.get(said..end).unwrap_or_default().iter().cloned());
            if let Some((_, id)) = next {
                open.push((note, end, called + 1));
                open.extend(by_id.get(id).map(|inner| (*inner, 0, 0)));
            }
        }
    }
    words
}

#[derive(Clone, Copy)]
struct Here {
    leaf: LeafId,
    span: Span,
    note: bool,
    shared: bool,
    code: bool,
}

struct Gather<'b> {
    book: &'b Book,
    kind: Kind,
    phrases: &'static Phrases,
    out: Expected,
    /// Notes called and not yet said.
    called: Vec<NoteId>,
    /// Of print, the notes said, by chapter.
    noted: Vec<Noted>,
    /// Notes first called in the note that is said, with the place after the words of the leaf.
    inner: Vec<(usize, NoteId)>,
    seen: BTreeSet<NoteId>,
    /// Addresses of the chapter.
    links: Vec<String>,
    /// Where in the present leaf stands what only this edition says.
    own: Vec<Range<usize>>,
    here: Here,
}

impl Gather<'_> {
    fn may_add(&mut self, text: &str) {
        self.out.added.extend(words_of_text(text));
    }

    fn say(&mut self, text: &str) {
        let Here { leaf, span, note, shared, code } = self.here;
        let own = std::mem::take(&mut self.own);
        let words = words_at(text).into_iter().map(|(at, word)| {
            let shared = shared && !own.iter().any(|range| range.contains(&at));
            Word { word, leaf, span, note, shared, code }
        });
        self.out.words.extend(words);
    }

    fn section(&mut self, section: &Section) {
        let leaf = section.title.leaf;
        self.here = Here { leaf, span: section.span, note: false, shared: true, code: false };
        self.text(&section.title);
        self.blocks(&section.blocks);
        for child in &section.children {
            if child.rank <= 1 {
                self.end_chapter();
            }
            self.section(child);
        }
    }

    fn end_chapter(&mut self) {
        self.notes();
        for address in std::mem::take(&mut self.links) {
            self.here.shared = false;
            self.say(&address);
        }
        self.here.shared = true;
    }

    fn notes(&mut self) {
        let mut next = 0;
        while let Some(id) = self.called.get(next).copied() {
            next += 1;
            let Some(note) = self.book.note(id) else { continue };
            let leaf = LeafId(u32::MAX);
            self.here = Here { leaf, span: note.span, note: true, shared: true, code: false };
            let from = self.out.words.len();
            self.inner.clear();
            self.blocks(&note.blocks);
            if self.kind == Kind::Print {
                let words = self.out.words.split_off(from);
                let calls = self.inner.drain(..).map(|(at, id)| (at - from, id)).collect();
                self.noted.push(Noted { id, words, calls });
            }
        }
        self.called.clear();
        self.here.note = false;
    }

    fn text(&mut self, text: &Text) {
        self.here.leaf = text.leaf;
        let mut said = String::new();
        let called = self.called.len();
        self.inlines(&text.content, &mut said);
        self.say(&said);
        let end = self.out.words.len();
        self.inner.extend(self.called.iter().skip(called).map(|id| (end, *id)));
    }

    fn inlines(&mut self, inlines: &[Inline], said: &mut String) {
        for inline in inlines {
            match &inline.kind {
                InlineKind::Text(words) | InlineKind::Code(words) => said.push_str(words),
                InlineKind::LineBreak => said.push('\n'),
                InlineKind::NoteCall(id) => self.call(*id, said),
                InlineKind::Picture(picture) => {
                    if let Some(alt) = &picture.alt {
                        self.may_add(alt);
                        self.apart(said);
                    }
                }
                InlineKind::Abbreviation { expansion, content } => {
                    self.may_add(expansion);
                    self.inlines(content, said);
                    self.apart(said);
                }
                InlineKind::Link { target, content, .. } => {
                    self.inlines(content, said);
                    if let Target::Outside(address) = target
                        && self.link(address, content)
                    {
                        self.apart(said);
                    }
                }
                InlineKind::PageReference { content, .. } => match self.kind {
                    Kind::Epub => {
                        let start = said.len();
                        self.inlines(content, said);
                        self.own.push(start..said.len());
                    }
                    Kind::Print | Kind::Text => {
                        self.may_add(&plain_text(content));
                        self.apart(said);
                    }
                },
                InlineKind::Styled(_, content) | InlineKind::Span { content, .. } => {
                    self.inlines(content, said);
                }
                InlineKind::Anchor(_) => {}
            }
        }
    }

    /// The text says something here, which parts what is written without a space.
    fn apart(&self, said: &mut String) {
        if self.kind == Kind::Text {
            said.push(' ');
        }
    }

    fn call(&mut self, id: NoteId, said: &mut String) {
        self.apart(said);
        if self.seen.insert(id) {
            self.called.push(id);
        }
        if let Some(note) = self.book.note(id) {
            self.out.calls.push(note.number.to_string());
        }
    }

    /// An address that the text lists at the end of the chapter, once; whether it is one.
    fn link(&mut self, address: &str, content: &[Inline]) -> bool {
        let said = plain_text(content);
        let bare = address.strip_prefix("mailto:").unwrap_or(address);
        let told = said.trim() == bare || said.trim() == address;
        if self.kind == Kind::Text && !told && !self.links.iter().any(|known| known == address) {
            self.links.push(address.to_owned());
        }
        !told
    }

    fn blocks(&mut self, blocks: &[Block]) {
        let kind = self.kind;
        for block in blocks.iter().filter(|block| kind.has(block.only)) {
            let outer = self.here;
            self.here.span = block.span;
            self.here.shared &= block.only.is_all();
            self.block(block);
            self.here = outer;
        }
    }

    fn block(&mut self, block: &Block) {
        match &block.kind {
            BlockKind::Paragraph(text) | BlockKind::Heading { text, .. } => self.text(text),
            BlockKind::Quote(inner) | BlockKind::Division(_, inner) => self.blocks(inner),
            BlockKind::Alert { kind, title, blocks } => {
                match title {
                    Some(title) => self.text(title),
                    // The kind's name stands for it, but is nobody's word.
                    None => self.say(self.phrases.alert(*kind)),
                }
                self.blocks(blocks);
            }
            BlockKind::List { items, .. } => items.iter().for_each(|item| self.blocks(&item.blocks)),
            BlockKind::Definitions(list) => {
                for definition in list {
                    self.text(&definition.term);
                    definition.details.iter().for_each(|detail| self.blocks(detail));
                }
            }
            BlockKind::Code { leaf, text, .. } => {
                self.here.leaf = *leaf;
                self.here.code = true;
                self.say(text);
            }
            BlockKind::Table(table) => self.table(table),
            BlockKind::Figure { picture, label, caption } => {
                picture.alt.iter().chain(label).for_each(|words| self.may_add(words));
                caption.iter().for_each(|text| self.text(text));
            }
            BlockKind::Verse(stanzas) => stanzas.iter().flatten().for_each(|text| self.text(text)),
            BlockKind::SceneBreak | BlockKind::PageBreak => {}
        }
    }

    fn table(&mut self, table: &Table) {
        table.label.iter().for_each(|label| self.may_add(label));
        table.caption.iter().for_each(|text| self.text(text));
        for cell in &table.head.cells {
            // Said again before each cell of its column.
            self.may_add(&plain_text(&cell.content));
        }
        let rows = std::iter::once(&table.head).chain(&table.rows);
        rows.flat_map(|row| &row.cells).for_each(|cell| self.text(cell));
    }
}
