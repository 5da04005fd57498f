//! The book cut into files: one for the opening, one for each part and each chapter.
//!
//! Enters: the book. Leaves: [`Plan`]: the files in reading order, the file of every id, of every
//! note, the images shown. Promise: nothing stands in two files, and every part of the book that is
//! for the EPUB stands in one; long chapters stay whole, since readers cut at pages themselves.

use crate::model::{Block, BlockKind, Book, ImageId, Inline, InlineKind, Matter, Note, NoteId, Section};
use std::collections::{BTreeMap, BTreeSet};

/// One file of text.
pub(super) struct Chapter<'a> {
    /// Its name within the text's folder.
    pub(super) file: String,
    /// Where it stands in the book.
    pub(super) matter: Matter,
    /// The opening's blocks, or none.
    pub(super) opening: &'a [Block],
    /// The section it holds.
    pub(super) section: Option<&'a Section>,
    /// Notes first called in it, in the order of their calls.
    pub(super) notes: Vec<NoteId>,
}

/// What stands where.
pub(super) struct Plan<'a> {
    /// The files.
    pub(super) chapters: Vec<Chapter<'a>>,
    /// Each id of the book that an edition for e-readers has, with the place of its file in `chapters`.
    pub(super) places: BTreeMap<&'a str, usize>,
    /// Images shown, with whether each showing has words for it.
    pub(super) images: BTreeMap<ImageId, bool>,
    /// Ids that the writer adds, by what they are for.
    pub(super) calls: BTreeMap<NoteId, String>,
    /// Every id in use, the book's and ours.
    taken: BTreeSet<String>,
    /// Notes whose first call was found.
    seen: BTreeSet<NoteId>,
}

impl<'a> Plan<'a> {
    /// Cuts the book.
    pub(super) fn of(book: &'a Book) -> Self {
        let mut chapters = Vec::new();
        if book.opening.iter().any(|block| block.only.epub) {
            chapters.push(Chapter::new(0, Matter::Body, &book.opening, None));
        }
        for section in &book.sections {
            open_chapter(section, &mut chapters);
        }
        if chapters.is_empty() {
            chapters.push(Chapter::new(0, Matter::Body, &[], None));
        }
        let mut plan = Plan {
            chapters,
            places: BTreeMap::new(),
            images: BTreeMap::new(),
            calls: BTreeMap::new(),
            taken: BTreeSet::new(),
            seen: BTreeSet::new(),
        };
        for at in 0..plan.chapters.len() {
            plan.survey(book, at);
        }
        for (at, chapter) in plan.chapters.iter().enumerate() {
            for note in chapter.notes.iter().filter_map(|id| book.note(*id)) {
                plan.places.entry(&note.anchor.0).or_insert(at);
            }
        }
        plan.taken = plan.places.keys().map(|id| (*id).to_owned()).collect();
        let called: Vec<(NoteId, &Note)> = plan
            .chapters
            .iter()
            .flat_map(|chapter| &chapter.notes)
            .filter_map(|id| book.note(*id).map(|note| (*id, note)))
            .collect();
        for (id, note) in called {
            let name = plan.fresh(&format!("call-{}", note.anchor.0));
            plan.calls.insert(id, name);
        }
        plan
    }

    /// An id like `wanted` that nothing else in the book has.
    pub(super) fn fresh(&mut self, wanted: &str) -> String {
        let mut name = wanted.to_owned();
        while !self.taken.insert(name.clone()) {
            name.push_str("-x");
        }
        name
    }

    /// Where a link to `id` leads from the chapter at `from`.
    pub(super) fn href(&self, id: &str, from: usize) -> Option<String> {
        let place = *self.places.get(id)?;
        if place == from {
            return Some(format!("#{id}"));
        }
        self.chapters.get(place).map(|chapter| format!("{}#{id}", chapter.file))
    }

    /// Ids, notes and images of one chapter. Notes are walked after the text that calls them, since
    /// they stand at its end and may call others.
    fn survey(&mut self, book: &'a Book, at: usize) {
        let Some((opening, section)) = self.chapters.get(at).map(|c| (c.opening, c.section)) else { return };
        let mut survey = Survey { at, plan: self, calls: Vec::new() };
        survey.blocks(opening);
        if let Some(section) = section {
            survey.section(section);
        }
        let mut next = 0;
        while let Some(id) = survey.calls.get(next).copied() {
            next += 1;
            if let Some(note) = book.note(id) {
                survey.blocks(&note.blocks);
            }
        }
        let calls = survey.calls;
        if let Some(chapter) = self.chapters.get_mut(at) {
            chapter.notes = calls;
        }
    }
}

impl<'a> Chapter<'a> {
    fn new(number: usize, matter: Matter, opening: &'a [Block], section: Option<&'a Section>) -> Self {
        Chapter { file: format!("text-{number:03}.xhtml"), matter, opening, section, notes: Vec::new() }
    }
}

/// Whether a section begins a file when it stands within another: chapters and parts do, and
/// whatever holds one.
fn opens(section: &Section) -> bool {
    section.rank <= 1 || section.children.iter().any(opens)
}

/// The subsections that stay in their parent's file: those before the first that opens its own.
pub(super) fn kept(section: &Section) -> &[Section] {
    let end = section.children.iter().position(opens).unwrap_or(section.children.len());
    section.children.get(..end).unwrap_or_default()
}

fn open_chapter<'a>(section: &'a Section, chapters: &mut Vec<Chapter<'a>>) {
    chapters.push(Chapter::new(chapters.len(), section.matter, &[], Some(section)));
    for child in section.children.iter().skip(kept(section).len()) {
        open_chapter(child, chapters);
    }
}

struct Survey<'p, 'a> {
    at: usize,
    plan: &'p mut Plan<'a>,
    calls: Vec<NoteId>,
}

impl<'a> Survey<'_, 'a> {
    fn place(&mut self, id: &'a str) {
        self.plan.places.entry(id).or_insert(self.at);
    }

    fn section(&mut self, section: &'a Section) {
        self.place(&section.anchor.0);
        self.inlines(&section.title.content);
        self.blocks(&section.blocks);
        kept(section).iter().for_each(|child| self.section(child));
    }

    fn picture(&mut self, picture: &crate::model::Picture) {
        let said = self.plan.images.entry(picture.image).or_insert(true);
        *said &= picture.alt.is_some();
    }

    fn blocks(&mut self, blocks: &'a [Block]) {
        for block in blocks.iter().filter(|block| block.only.epub) {
            if let Some(name) = &block.name {
                self.place(&name.0);
            }
            match &block.kind {
                BlockKind::Paragraph(text)
                | BlockKind::Heading { text, .. }
                | BlockKind::Attribution(text) => self.inlines(&text.content),
                BlockKind::Quote(inner) | BlockKind::Division(_, inner) => self.blocks(inner),
                BlockKind::Alert { title, blocks, .. } => {
                    title.iter().for_each(|text| self.inlines(&text.content));
                    self.blocks(blocks);
                }
                BlockKind::List { items, .. } => items.iter().for_each(|item| self.blocks(&item.blocks)),
                BlockKind::Definitions(list) => {
                    for definition in list {
                        self.inlines(&definition.term.content);
                        definition.details.iter().for_each(|detail| self.blocks(detail));
                    }
                }
                BlockKind::Table(table) => {
                    table.caption.iter().for_each(|text| self.inlines(&text.content));
                    let rows = std::iter::once(&table.head).chain(&table.rows);
                    rows.flat_map(|row| &row.cells).for_each(|cell| self.inlines(&cell.content));
                }
                BlockKind::Figure { picture, caption, .. } => {
                    self.picture(picture);
                    caption.iter().for_each(|text| self.inlines(&text.content));
                }
                BlockKind::Verse(stanzas) => {
                    stanzas.iter().flatten().for_each(|text| self.inlines(&text.content));
                }
                BlockKind::Code { .. } | BlockKind::SceneBreak | BlockKind::PageBreak => {}
            }
        }
    }

    fn inlines(&mut self, inlines: &'a [Inline]) {
        for inline in inlines {
            match &inline.kind {
                InlineKind::Span { name: Some(id), .. } | InlineKind::Anchor(Some(id)) => self.place(&id.0),
                InlineKind::NoteCall(id) => {
                    if self.plan.seen.insert(*id) {
                        self.calls.push(*id);
                    }
                }
                InlineKind::Picture(picture) => self.picture(picture),
                InlineKind::Span { name: None, .. }
                | InlineKind::Anchor(None)
                | InlineKind::Text(_)
                | InlineKind::Code(_)
                | InlineKind::LineBreak
                | InlineKind::Styled(..)
                | InlineKind::Abbreviation { .. }
                | InlineKind::Link { .. }
                | InlineKind::PageReference { .. } => {}
            }
            self.inlines(inline.content());
        }
    }
}
