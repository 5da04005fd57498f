//! The book cut into files: one for the opening, one for each part and each chapter.
//!
//! Enters: the book. Leaves: [`Plan`]: the files in reading order, the file of every id, of every
//! note, the images shown, what is [`Met`] on the way. Promise: nothing stands in two files, and every part of the
//! book that is for the EPUB stands in one; long chapters stay whole, since readers cut at pages themselves.

mod survey;

use crate::model::{Block, Book, ImageId, Matter, Note, NoteId, Section};
use std::collections::{BTreeMap, BTreeSet};
use survey::Survey;
pub(super) use survey::{Met, Shown};

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
    /// Images shown, and as what.
    pub(super) images: BTreeMap<ImageId, Shown>,
    /// What else the text holds.
    pub(super) met: Met,
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
            met: Met::default(),
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

    /// Whether nothing in the book has that id.
    pub(super) fn is_free(&self, id: &str) -> bool {
        !self.taken.contains(id)
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
        let mut survey = Survey::new(at, self, &book.metadata.language);
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
