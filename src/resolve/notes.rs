//! Notes and their calls.
//!
//! Enters: the tree with the notes as written. Leaves: [`Notes`]: those that are called, in the order
//! of their first calls. Promise: labels belong to their file; a note has one number however often
//! it is called; numbers begin at 1 in each chapter, and calls within notes come after those of the
//! chapter's text, so that notes which call one another end somewhere.

use super::sections::{Chunk, Tree};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::model::{Block, DraftNote, Id, InlineKind, NoteId, Open, Text, walk_inlines, walk_texts};
use std::collections::BTreeMap;

/// The notes that are called.
#[derive(Debug, Default)]
pub(super) struct Notes {
    /// In the order of their first calls.
    pub(super) list: Vec<CalledNote>,
    /// By source and label.
    pub(super) called: BTreeMap<(usize, String), NoteId>,
}

/// A note that is called.
#[derive(Debug)]
pub(super) struct CalledNote {
    /// The source it stands in.
    pub(super) source: usize,
    /// As written.
    pub(super) note: DraftNote,
    /// Its printed number.
    pub(super) number: u32,
    /// The section that calls it first, by its number in reading order.
    pub(super) section: Option<u32>,
    /// Its name, given with all names.
    pub(super) anchor: Id,
}

/// Calls of one chapter: the section that calls, the source, the label.
type Calls = Vec<(Option<u32>, usize, String)>;

/// Pairs calls with notes. Calls without a note are left to the conversion, which makes text of them.
pub(super) fn pair(tree: &mut Tree, diagnostics: &mut Diagnostics) -> Notes {
    let mut open: BTreeMap<(usize, String), DraftNote> = BTreeMap::new();
    for (source, note) in std::mem::take(&mut tree.notes) {
        let key = (source, note.label.clone());
        match open.get(&key) {
            Some(first) => diagnostics.push(
                Diagnostic::new(
                    Code::DuplicateNote,
                    note.span,
                    format!("a second note is called `{}`", note.label),
                )
                .hint("give it another label; calls lead to the first one")
                .related(first.span, "the first"),
            ),
            None => {
                open.insert(key, note);
            }
        }
    }
    let mut notes = Notes::default();
    for calls in chapters(tree) {
        notes.number_chapter(calls, &mut open);
    }
    let mut unused: Vec<_> = open.into_values().collect();
    unused.sort_by_key(|note| note.span);
    for note in unused {
        diagnostics.push(
            Diagnostic::new(Code::UnusedNote, note.span, format!("nothing calls the note `{}`", note.label))
                .hint(format!("put `[^{}]` where it belongs; it is left out meanwhile", note.label)),
        );
    }
    notes
}

impl Notes {
    fn number_chapter(&mut self, calls: Calls, open: &mut BTreeMap<(usize, String), DraftNote>) {
        let mut number = 0;
        let mut queue = std::collections::VecDeque::from(calls);
        while let Some((section, source, label)) = queue.pop_front() {
            // A note is taken out when it is first called, so each is gone through once.
            let Some(note) = open.remove(&(source, label.clone())) else { continue };
            number += 1;
            let id = NoteId(u32::try_from(self.list.len()).unwrap_or(u32::MAX));
            let mut inner = Calls::new();
            calls_of_blocks(&note.blocks, section, source, &mut inner);
            queue.extend(inner);
            self.called.insert((source, label), id);
            self.list.push(CalledNote { source, note, number, section, anchor: Id(String::new()) });
        }
    }
}

/// The calls in reading order, a list for each run of numbers: the opening, then each chapter or part.
fn chapters(tree: &Tree) -> Vec<Calls> {
    let mut chapters = vec![Calls::new()];
    let add = |list: &mut Vec<Calls>, section, chunks: &[Chunk]| {
        if let Some(calls) = list.last_mut() {
            for chunk in chunks {
                calls_of_blocks(&chunk.blocks, section, chunk.source, calls);
            }
        }
    };
    add(&mut chapters, None, &tree.opening);
    tree.each(&mut |at, section| {
        if section.rank <= 1 {
            chapters.push(Calls::new());
        }
        if let Some(calls) = chapters.last_mut() {
            calls_of_text(&section.title, Some(at), section.source, calls);
        }
        add(&mut chapters, Some(at), &section.chunks);
    });
    chapters
}

fn calls_of_blocks(blocks: &[Block<Open>], section: Option<u32>, source: usize, calls: &mut Calls) {
    walk_texts(blocks, &mut |text| calls_of_text(text, section, source, calls));
}

fn calls_of_text(text: &Text<Open>, section: Option<u32>, source: usize, calls: &mut Calls) {
    walk_inlines(&text.content, &mut |inline| {
        if let InlineKind::NoteCall(label) = &inline.kind {
            calls.push((section, source, label.clone()));
        }
    });
}
