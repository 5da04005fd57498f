//! What an edition must say.
//!
//! Enters: the book, the kind of edition. Leaves: its words in reading order, each with its place in
//! the manuscript, its note calls, and the words that the edition may add of its own. Promise: this is
//! read from the book alone, not from what the editions' writers do. A text in ASCII is held to the book's
//! words transliterated by the same table, since they stand in no other form there.

use super::words::{each_word, words_at, words_of_text};
use crate::ascii::{ascii, ascii_at};
use crate::model::{
    Block, BlockKind, Book, Inline, InlineKind, Language, LeafId, NoteId, Only, Section, Table, Target, Text,
    plain_text,
};
use crate::phrases::{Phrases, phrases_of};
use crate::sources::TextProfile;
use crate::span::Span;
use smol_str::SmolStr;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// The three kinds of edition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The PDF: notes at the foot of pages.
    Print,
    /// The EPUB: notes at the end of their chapter's file.
    Epub,
    /// The text: notes at the end of their chapter, addresses at the end of the section that links to them.
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

/// Words that keep their order among each other, whatever an edition sets between them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Course {
    /// The text.
    Text,
    /// Notes by how deep they are called: 1 from the text, 2 from such a note …
    Note(u32),
    /// Notes called both from the text and from a note, or from deeper than notes go: which call comes
    /// first is settled by the pages.
    Anywhere,
}

/// How deep notes are held to their order; each depth is a walk through all that was read.
const DEEPEST: u32 = 4;

/// A word of the book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// The word.
    pub word: SmolStr,
    /// The leaf it stands in.
    pub leaf: LeafId,
    /// The block or heading it stands in.
    pub span: Span,
    /// Whether it stands in a note, and in which order.
    pub course: Course,
    /// Whether every edition has it.
    pub shared: bool,
    /// Whether it stands in a block of code.
    pub code: bool,
    /// Letters of the book's own words in it, by which its place is the same in all editions.
    pub letters: usize,
}

/// What an edition must say, and what it may.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Expected {
    /// The words it must have: chapter by chapter, each with its notes after it (print: all notes last;
    /// there a note in a note stands right after its call, so that only each [`Course`] is in order).
    pub words: Vec<Word>,
    /// The numbers of the notes it calls, in the order of the calls.
    pub calls: Vec<String>,
    /// Words it may add: numbers, labels, descriptions, addresses.
    pub added: BTreeSet<SmolStr>,
}

/// The words of a book in one kind of edition, its text in the default profile.
#[must_use]
pub fn expected(book: &Book, kind: Kind) -> Expected {
    expected_as(book, kind, TextProfile::default())
}

/// Likewise, its text in that profile.
#[must_use]
pub fn expected_as(book: &Book, kind: Kind, profile: TextProfile) -> Expected {
    let phrases = phrases_of(&book.metadata);
    let mut gather = Gather {
        book,
        kind,
        ascii: kind == Kind::Text && profile == TextProfile::Ascii,
        phrases,
        out: Expected::default(),
        called: Vec::new(),
        seen: BTreeSet::new(),
        depths: BTreeMap::new(),
        depth: 0,
        links: BTreeMap::new(),
        due: BTreeMap::new(),
        own: Vec::new(),
        here: Here { leaf: LeafId(0), span: Span::NONE, course: Course::Text, shared: true, code: false },
    };
    for (_, phrase) in gather.phrases.all() {
        gather.may_add(phrase);
    }
    for entry in &book.outline.entries {
        entry.number.iter().for_each(|number| gather.may_add(number));
    }
    for section in book.all_sections() {
        section.label.iter().for_each(|label| gather.may_add(label));
    }
    gather.blocks(&book.opening);
    gather.end_section();
    gather.end_chapter();
    for section in &book.sections {
        gather.section(section);
        gather.end_chapter();
    }
    if kind == Kind::Print {
        gather.notes();
    }
    gather.out
}

#[derive(Clone, Copy)]
struct Here {
    leaf: LeafId,
    span: Span,
    course: Course,
    shared: bool,
    code: bool,
}

struct Gather<'b> {
    book: &'b Book,
    kind: Kind,
    /// Words are transliterated.
    ascii: bool,
    phrases: Phrases<'b>,
    out: Expected,
    /// Notes called and not yet said.
    called: Vec<NoteId>,
    seen: BTreeSet<NoteId>,
    /// How deep each note is called; the greatest number where the depths differ.
    depths: BTreeMap<NoteId, u32>,
    /// How deep the present note is called; 0 in the text.
    depth: u32,
    /// Addresses of the chapter, each with its number there.
    links: BTreeMap<String, usize>,
    /// Those of the section.
    due: BTreeMap<usize, String>,
    /// Where in the present leaf stands what only this edition says.
    own: Vec<Range<usize>>,
    here: Here,
}

/// The words of a text in ASCII, each with the letters of the words that begin in it before they are spelled so.
fn spelled(text: &str, language: &Language) -> Vec<(SmolStr, usize)> {
    let (mut out, mut origins) = (String::new(), Vec::new());
    ascii_at(text, language, &mut |at, piece| {
        origins.push((out.len(), at));
        out.push_str(piece);
    });
    let (starts, words) = words_at(&out);
    let origin = |start: usize| {
        let after = origins.partition_point(|(at, _)| *at <= start);
        after.checked_sub(1).and_then(|at| origins.get(at)).map_or(0, |(_, at)| *at)
    };
    let starts: Vec<usize> = starts.into_iter().map(origin).collect();
    let mut spelled: Vec<(SmolStr, usize)> = words.into_iter().map(|word| (word, 0)).collect();
    each_word(text, |at, word| {
        // A letter that is a mere sign in ASCII may open the word.
        let end = at + word.len();
        let place = starts.partition_point(|start| *start < at);
        let within = starts.get(place).is_some_and(|start| *start < end);
        let place = if within { place } else { place.saturating_sub(1) };
        if let Some((_, letters)) = spelled.get_mut(place) {
            *letters += word.chars().count();
        }
    });
    spelled
}

impl Gather<'_> {
    fn may_add(&mut self, text: &str) {
        let language = &self.book.metadata.language;
        let words = if self.ascii { words_of_text(&ascii(text, language)) } else { words_of_text(text) };
        self.out.added.extend(words);
    }

    fn say(&mut self, text: &str) {
        let Here { leaf, span, course, shared, code } = self.here;
        let own = std::mem::take(&mut self.own);
        if self.ascii {
            for (word, letters) in spelled(text, &self.book.metadata.language) {
                self.out.words.push(Word { word, leaf, span, course, shared, code, letters });
            }
            return;
        }
        each_word(text, |at, word| {
            let shared = shared && !own.iter().any(|range| range.contains(&at));
            let letters = word.chars().count();
            self.out.words.push(Word { word, leaf, span, course, shared, code, letters });
        });
    }

    fn section(&mut self, section: &Section) {
        let leaf = section.title.leaf;
        self.here = Here { leaf, span: section.span, course: Course::Text, shared: true, code: false };
        self.text(&section.title);
        self.blocks(&section.blocks);
        self.end_section();
        for child in &section.children {
            if child.rank <= 1 {
                self.end_chapter();
            }
            self.section(child);
        }
    }

    fn end_chapter(&mut self) {
        if self.kind != Kind::Print {
            self.notes();
        }
        self.end_section();
        self.links.clear();
    }

    /// The addresses that a section links to, by their numbers in the chapter.
    fn end_section(&mut self) {
        self.here.shared = false;
        for address in std::mem::take(&mut self.due).into_values() {
            self.say(&address);
        }
        self.here.shared = true;
    }

    fn notes(&mut self) {
        let mut next = 0;
        let mut said: Vec<(NoteId, Range<usize>)> = Vec::new();
        while let Some(id) = self.called.get(next).copied() {
            next += 1;
            if let Some(note) = self.book.note(id) {
                let (leaf, start) = (LeafId(u32::MAX), self.out.words.len());
                self.here =
                    Here { leaf, span: note.span, course: Course::Anywhere, shared: true, code: false };
                self.depth = self.depths.get(&id).copied().unwrap_or_default();
                self.blocks(&note.blocks);
                said.push((id, start..self.out.words.len()));
            }
        }
        // Only now is known from where each is called.
        for (id, place) in said {
            let depth = self.depths.get(&id).copied().filter(|depth| *depth <= DEEPEST);
            let course = depth.map_or(Course::Anywhere, Course::Note);
            self.out.words.get_mut(place).into_iter().flatten().for_each(|word| word.course = course);
        }
        self.called.clear();
        self.here.course = Course::Text;
        self.depth = 0;
    }

    fn text(&mut self, text: &Text) {
        self.here.leaf = text.leaf;
        let mut said = String::new();
        self.inlines(&text.content, &mut said);
        self.say(&said);
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
        let depth = self.depth.saturating_add(1);
        let known = self.depths.entry(id).or_insert(depth);
        if *known != depth {
            *known = u32::MAX;
        }
        if let Some(note) = self.book.note(id) {
            self.out.calls.push(note.number.to_string());
        }
    }

    /// An address that the text lists at the end of the section, once; whether it is one.
    fn link(&mut self, address: &str, content: &[Inline]) -> bool {
        let said = plain_text(content);
        let bare = address.strip_prefix("mailto:").unwrap_or(address);
        let told = said.trim() == bare || said.trim() == address;
        if self.kind == Kind::Text && !told {
            let next = self.links.len() + 1;
            let number = *self.links.entry(address.to_owned()).or_insert(next);
            self.due.insert(number, address.to_owned());
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
            BlockKind::Paragraph(text) | BlockKind::Heading { text, .. } | BlockKind::Attribution(text) => {
                self.text(text)
            }
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
            BlockKind::Figure { picture, label, caption, place: _ } => {
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
