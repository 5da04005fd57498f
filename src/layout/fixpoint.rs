//! Page references that agree with the pages they stand on: lay out, look up, repeat until steady.
//!
//! Enters: the jobs, one for each galley. Leaves: galleys and pages in which every reference says
//! the page its target is on. From the third round on a reference is never narrower than the widest
//! number seen for it, so that lines can't swing between two ways to break; there is a cap of rounds
//! for what swings all the same, and then the author is told.

use super::galley::{Galley, Typesetter};
use super::kept::Kept;
use super::lines::References;
use super::pages::{Flow, Geometry, Memory, Sheet, break_pages};
use super::pagination::labels;
use super::stages::Stage;
use super::units::Job;
use super::{furniture, units};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::measure::Length;
use crate::model::{BookParts, Id, NoteId, Picture, Target};
use crate::phrases::{phrases_of, with};
use crate::span::Span;
use crate::style::Theme;
use rayon::prelude::*;
use std::cell::RefCell;
use std::collections::BTreeMap;

/// More rounds than any book needs.
const CAP: usize = 8;

/// What pages references showed in the last round.
#[derive(Debug, Clone, Default)]
pub(crate) struct Labels {
    /// The label of the page of an id.
    now: BTreeMap<Id, String>,
    /// The most characters a label of it had.
    widest: BTreeMap<Id, usize>,
    /// References keep the widest label's room.
    fixed: bool,
}

impl Labels {
    /// For another time: what was found, but nothing of how wide it ever was.
    pub(super) fn again(self) -> Self {
        Labels { now: self.now, ..Labels::default() }
    }

    fn show(&self, id: &Id) -> String {
        let Some(label) = self.now.get(id) else { return "00".to_owned() };
        let widest = if self.fixed { self.widest.get(id).copied().unwrap_or(0) } else { 0 };
        let missing = widest.saturating_sub(label.chars().count());
        format!("{}{label}", "\u{2007}".repeat(missing))
    }
}

/// The numbers a galley asks for, and a record of what it was told.
pub(crate) struct Refs<'a> {
    book: &'a BookParts,
    theme: &'a Theme,
    labels: &'a Labels,
    used: RefCell<BTreeMap<Id, String>>,
}

impl<'a> Refs<'a> {
    /// Knows what the last round found.
    pub(crate) fn new(book: &'a BookParts, theme: &'a Theme, labels: &'a Labels) -> Self {
        Refs { book, theme, labels, used: RefCell::new(BTreeMap::new()) }
    }

    /// What was asked for and told.
    pub(crate) fn used(&self) -> Vec<(Id, String)> {
        self.used.borrow().iter().map(|(id, label)| (id.clone(), label.clone())).collect()
    }

    /// "page 41".
    pub(crate) fn page_words(&self, id: &Id) -> String {
        let label = self.labels.show(id);
        let words = with(phrases_of(&self.book.metadata).page, &label);
        self.used.borrow_mut().insert(id.clone(), label);
        words
    }

    /// "Note 3".
    pub(crate) fn note_words(&self, note: NoteId) -> String {
        with(phrases_of(&self.book.metadata).note, &self.note(note))
    }
}

impl References for Refs<'_> {
    fn note(&self, note: NoteId) -> String {
        self.book.note(note).map_or_else(String::new, |note| note.number.to_string())
    }

    fn page(&self, target: &Target) -> String {
        match target {
            Target::Inside(id) => self.page_words(id),
            Target::Outside(_) | Target::Nowhere => String::new(),
        }
    }

    fn picture(&self, picture: &Picture, size: Length) -> (Length, Length) {
        let measure = self.theme.page.measure();
        let room = (self.theme.page.text_height() / 3).max(size);
        super::galley::picture_size(self.book.image(picture.image), picture.width, measure, room)
    }
}

/// The book in galleys and pages, with what it took to break them; nothing is placed yet.
#[derive(Debug, Clone)]
pub struct Settled {
    pub(crate) flow: Flow,
    pub(crate) sheets: Vec<Sheet>,
    pub(crate) page: Geometry,
    pub(crate) memory: Memory,
    pub(super) theme: Theme,
    pub(super) labels: Labels,
    pub(super) rounds: usize,
    diagnostics: Diagnostics,
}

impl Settled {
    /// How many pages there are.
    #[must_use]
    pub fn pages(&self) -> usize {
        self.sheets.len()
    }

    /// What was wrong.
    #[must_use]
    pub fn diagnostics(&self) -> &Diagnostics {
        &self.diagnostics
    }

    /// Sets a galley again, for whoever listens in the setter's place: with the references that it has.
    pub(crate) fn again(&self, at: usize, book: &BookParts, theme: &Theme, setter: &dyn Typesetter) {
        let Some(galley) = self.flow.galleys.get(at) else { return };
        let labels = Labels { now: galley.used.iter().cloned().collect(), ..Labels::default() };
        let _ = make(at, &units::jobs(book, theme), book, theme, (setter, &labels));
    }

    /// Galleys and sheets alone: no other way will be asked for, and what ways were made from is not
    /// needed for pages.
    pub(crate) fn done(self) -> (Flow, Vec<Sheet>) {
        let Settled { mut flow, sheets, .. } = self;
        for galley in &mut flow.galleys {
            galley.flexible = Vec::new();
        }
        (flow, sheets)
    }
}

/// Sets one galley: a job's, or after these a note's.
fn make(
    at: usize,
    jobs: &[Job<'_>],
    book: &BookParts,
    theme: &Theme,
    (setter, labels): (&dyn Typesetter, &Labels),
) -> Galley {
    let refs = Refs::new(book, theme, labels);
    match jobs.get(at) {
        Some(job) => furniture::or_unit(job, book, theme, setter, &refs),
        None => units::note(at - jobs.len(), book, theme, setter, &refs),
    }
}

/// Sets and breaks until every reference is right; what was kept of an earlier time is not set again.
pub(super) fn settle(book: &BookParts, theme: &Theme, setter: &dyn Typesetter, kept: Kept) -> Settled {
    let jobs = units::jobs(book, theme);
    let notes = jobs.len();
    let Kept { mut galleys, mut memory, mut labels, rounds } = kept;
    galleys.resize(notes + book.notes.len(), None);
    let leading = theme.text.leading.max(Length::pt(1.0));
    let baseline = super::galley::baseline(leading, theme.text.size);
    let page = Geometry::new(super::galley::page_height(theme), leading, baseline);
    let mut round = 0;
    loop {
        galleys = galleys
            .into_par_iter()
            .enumerate()
            .map(|(at, old)| match old {
                Some(galley) if galley.used.iter().all(|(id, said)| labels.show(id) == *said) => Some(galley),
                Some(_) | None => {
                    let galley = make(at, &jobs, book, theme, (setter, &labels));
                    Some(Galley { round: rounds + round, ..galley })
                }
            })
            .collect();
        setter.passed(Stage::Galleys);
        let mut flow = Flow { galleys: galleys.into_iter().flatten().collect(), notes };
        let sheets = break_pages(&mut flow, setter, page, &mut memory);
        round += 1;
        let steady = look_up(&flow, &sheets, &mut labels);
        setter.passed(Stage::Pages);
        if steady || round >= CAP {
            let mut diagnostics = Diagnostics::new();
            for galley in &flow.galleys {
                diagnostics.append(galley.diagnostics.clone());
            }
            if !steady {
                let message = "some page references never came to rest, and may be a page off";
                diagnostics.push(Diagnostic::new(Code::Pagination, Span::NONE, message).hint(
                    "a reference that moves its own target from page to page does this: reword its paragraph",
                ));
            }
            let (theme, rounds) = (theme.clone(), rounds + round);
            return Settled { flow, sheets, page, memory, theme, labels, rounds, diagnostics };
        }
        labels.fixed = round >= 2;
        galleys = flow.galleys.into_iter().map(Some).collect();
    }
}

/// Finds the pages of all ids referred to; `true` when the galleys say just that.
fn look_up(flow: &Flow, sheets: &[Sheet], labels: &mut Labels) -> bool {
    let wanted: BTreeMap<Id, ()> =
        flow.galleys.iter().flat_map(|g| &g.used).map(|(id, _)| (id.clone(), ())).collect();
    if wanted.is_empty() {
        return true;
    }
    let names = self::labels(sheets);
    let mut found: BTreeMap<Id, String> = BTreeMap::new();
    for (sheet, name) in sheets.iter().zip(&names) {
        let rows = sheet.rows.iter().chain(&sheet.notes).filter(|row| row.head.is_none());
        for strip in rows.filter_map(|row| flow.strip(row)) {
            for id in strip.anchors.iter().filter(|id| wanted.contains_key(id)) {
                found.entry(id.clone()).or_insert_with(|| name.to_string());
            }
        }
    }
    for (id, label) in &found {
        let widest = labels.widest.entry(id.clone()).or_default();
        *widest = (*widest).max(label.chars().count());
    }
    labels.now = found;
    flow.galleys
        .iter()
        .flat_map(|g| &g.used)
        .all(|(id, said)| labels.now.get(id).is_none_or(|now| now == said.trim_start_matches('\u{2007}')))
}
