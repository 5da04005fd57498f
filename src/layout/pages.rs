//! Galleys to pages: where each page ends.
//!
//! Enters: the galleys in reading order, the notes' galleys, the height of a page. Leaves: a
//! [`Sheet`] for each page, which names strips and their heights on it. Promise: every strip stands
//! on one page, in order; a note begins on the page of its call; no line of a paragraph is alone
//! where any other break can be had; a block taller than a page is broken all the same.
//!
//! It is greedy: a page takes what fits and ends at the last break of the lowest cost. One function,
//! [`break_pages`], is all that others know of it.

use super::galley::{Galley, Kind, Start, Strip, cost};
use super::types::PageKind;
use crate::measure::Length;
use crate::model::NoteId;
use std::collections::{BTreeSet, VecDeque};

/// The galleys of a book: those that flow, then those of the notes.
#[derive(Debug)]
pub(crate) struct Flow {
    /// All galleys; notes from `notes` on, by number.
    pub(crate) galleys: Vec<Galley>,
    /// Where the notes begin.
    pub(crate) notes: usize,
}

impl Flow {
    /// The galley of a note.
    pub(crate) fn note(&self, note: NoteId) -> usize {
        self.notes + note.0 as usize
    }

    /// A strip.
    pub(crate) fn strip(&self, galley: usize, strip: usize) -> Option<&Strip> {
        self.galleys.get(galley).and_then(|g| g.strips.get(strip))
    }
}

/// A strip on a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Row {
    /// Its galley.
    pub(crate) galley: usize,
    /// Its place in it.
    pub(crate) strip: usize,
    /// From the top of the text block.
    pub(crate) y: Length,
    /// How high it turned out.
    pub(crate) height: Length,
    /// Which of the galley's table heads it is a strip of, when it is one that comes again.
    pub(crate) head: Option<usize>,
}

/// A page to be.
#[derive(Debug, Clone)]
pub(crate) struct Sheet {
    /// What it is.
    pub(crate) kind: PageKind,
    /// It begins with an opening: neither head nor folio.
    pub(crate) opening: bool,
    /// It bears a folio.
    pub(crate) folio: bool,
    /// It is counted in roman numbers.
    pub(crate) roman: bool,
    /// The text.
    pub(crate) rows: Vec<Row>,
    /// The notes at its foot.
    pub(crate) notes: Vec<Row>,
    /// Where the rule over the notes stands.
    pub(crate) rule: Option<Length>,
}

/// Breaks the flow into pages of `height`, on a grid of `leading`.
pub(crate) fn break_pages(flow: &Flow, height: Length, leading: Length) -> Vec<Sheet> {
    let line = flow.galleys.iter().enumerate().take(flow.notes);
    let line: Vec<(usize, usize)> =
        line.flat_map(|(at, galley)| (0..galley.strips.len()).map(move |strip| (at, strip))).collect();
    let mut breaker = Breaker {
        flow,
        line,
        height,
        leading: leading.max(Length::sp(1)),
        over: leading,
        seen: BTreeSet::new(),
        carried: VecDeque::new(),
        sheets: Vec::new(),
    };
    let mut at = 0;
    while at < breaker.line.len() {
        breaker.turn(at);
        at = breaker.page(at);
    }
    while !breaker.carried.is_empty() {
        breaker.close(Vec::new(), Length::ZERO, &[], false);
    }
    let mut sheets = breaker.sheets;
    let body = sheets.iter().position(|s| s.kind != PageKind::Blank && !s.roman).unwrap_or(sheets.len());
    for (at, sheet) in sheets.iter_mut().enumerate() {
        sheet.roman = at < body;
    }
    sheets
}

/// Where a page may end.
#[derive(Debug, Clone, Copy)]
struct Stop {
    /// The next strip of the line.
    next: usize,
    /// How many rows stand before it.
    rows: usize,
    /// How many notes are called before it.
    calls: usize,
    /// How far down it is.
    y: Length,
}

struct Breaker<'a> {
    flow: &'a Flow,
    /// Every strip of the text in order.
    line: Vec<(usize, usize)>,
    height: Length,
    leading: Length,
    /// Space over the first note, its rule included.
    over: Length,
    /// Notes that have a place.
    seen: BTreeSet<NoteId>,
    /// Strips of notes that wait for the next page.
    carried: VecDeque<(usize, usize)>,
    sheets: Vec<Sheet>,
}

/// A page being filled.
struct Filling {
    rows: Vec<Row>,
    calls: Vec<NoteId>,
    y: Length,
    notes: Length,
    filled: bool,
    best: [Option<Stop>; 4],
}

impl Breaker<'_> {
    /// Adds the blank page that a recto or verso wants before it.
    fn turn(&mut self, at: usize) {
        let Some(&(galley, 0)) = self.line.get(at) else { return };
        let Some(galley) = self.flow.galleys.get(galley) else { return };
        let recto_next = self.sheets.len().is_multiple_of(2);
        let wrong = match galley.start {
            Start::Recto => !recto_next,
            Start::Verso => recto_next,
            Start::Page | Start::Run => false,
        };
        // What is left of notes fills the page that would be blank.
        if wrong && self.carried.is_empty() {
            let roman = galley.roman;
            let (rows, notes) = (Vec::new(), Vec::new());
            let kind = PageKind::Blank;
            self.sheets.push(Sheet { kind, opening: false, folio: false, roman, rows, notes, rule: None });
        } else if wrong {
            self.close(Vec::new(), Length::ZERO, &[], false);
        }
    }

    /// Whether the strip opens a page of its own.
    fn opens(&self, at: usize) -> bool {
        let Some(&(galley, 0)) = self.line.get(at) else { return false };
        self.flow.galleys.get(galley).is_some_and(|g| g.start != Start::Run)
    }

    /// Fills one page from strip `from` of the line on; gives the strip the next one begins with.
    fn page(&mut self, from: usize) -> usize {
        let opening = self.opens(from);
        let mut page = Filling {
            rows: Vec::new(),
            calls: Vec::new(),
            y: Length::ZERO,
            notes: self.reserved(),
            filled: false,
            best: [None; 4],
        };
        let mut at = from;
        while let Some(&(galley, strip_at)) = self.line.get(at) {
            if at > from && self.opens(at) {
                break;
            }
            let Some(strip) = self.flow.strip(galley, strip_at) else { break };
            let row = Row { galley, strip: strip_at, y: page.y, height: strip.height, head: None };
            match strip.kind {
                Kind::Break if page.filled => {
                    at += 1;
                    break;
                }
                Kind::Break => {}
                Kind::Space if !page.filled => {}
                Kind::Space | Kind::Sink => page.put(row),
                Kind::Snap => {
                    let height = page.y.round_up_to(self.leading) - page.y;
                    page.put(Row { height, ..row });
                }
                Kind::Content => {
                    if !page.filled {
                        self.repeat_head(&mut page, galley, strip);
                    }
                    let row = Row { y: page.y, ..row };
                    let calls = self.new_calls(strip, &page.calls);
                    let notes = self.with_notes(page.notes, &calls);
                    if page.y + row.height + notes > self.height && page.filled {
                        return self.end(page, at, strip, opening);
                    }
                    page.take(row, calls, notes, at + 1, strip.after, self.height);
                }
            }
            at += 1;
        }
        let Filling { mut rows, calls, .. } = page;
        // Space at the foot vanishes; notes may stand there.
        let content = |row: &Row| {
            row.head.is_none()
                && self.flow.strip(row.galley, row.strip).is_some_and(|s| s.kind == Kind::Content)
        };
        let Some(last) = rows.iter().rposition(content) else { return at.max(from + 1) };
        rows.truncate(last + 1);
        let y = rows.last().map_or(Length::ZERO, |row| row.y + row.height);
        self.close(rows, y, &calls, opening);
        at
    }

    /// The head of a table that goes on from the page before.
    fn repeat_head(&self, page: &mut Filling, galley: usize, strip: &Strip) {
        let Some(head) = strip.repeat else { return };
        let strips = self.flow.galleys.get(galley).and_then(|g| g.heads.get(head));
        for (at, strip) in strips.into_iter().flatten().enumerate() {
            page.put(Row { galley, strip: at, y: page.y, height: strip.height, head: Some(head) });
        }
    }

    /// Strip `at` no longer fits: the page ends at the best break before it.
    fn end(&mut self, mut page: Filling, at: usize, strip: &Strip, opening: bool) -> usize {
        if !strip.notes.is_empty()
            && let Some(stop) = self.split_note(&mut page, at)
        {
            return self.stop(page, stop, opening);
        }
        let enough = self.height.scale(0.3);
        let [free, keep, alone, tied] = page.best;
        let free = match (free, keep) {
            // A page almost empty for what no page could hold together anyway: break that instead.
            (Some(first), Some(second)) if first.y < enough && second.y >= enough => Some(second),
            (first, _) => first,
        };
        let whole = Stop { next: at, rows: page.rows.len(), calls: page.calls.len(), y: page.y };
        let stop = free.or(keep).or(alone).or(tied).unwrap_or(whole);
        self.stop(page, stop, opening)
    }

    fn stop(&mut self, page: Filling, stop: Stop, opening: bool) -> usize {
        let Filling { mut rows, calls, .. } = page;
        rows.truncate(stop.rows);
        let calls = calls.get(..stop.calls).unwrap_or_default().to_vec();
        self.close(rows, stop.y, &calls, opening);
        stop.next
    }

    /// When only the note is too long and breaking before its call would leave a hole, the line
    /// stays, the note begins under it and goes on on the next page.
    fn split_note(&self, page: &mut Filling, from: usize) -> Option<Stop> {
        let [free, ..] = page.best;
        if free.is_some_and(|stop| stop.y + page.notes >= self.height.scale(0.7)) {
            return None;
        }
        let mut at = from;
        while let Some(&(galley, strip_at)) = self.line.get(at) {
            if self.opens(at) {
                return None;
            }
            let strip = self.flow.strip(galley, strip_at)?;
            let row = Row { galley, strip: strip_at, y: page.y, height: strip.height, head: None };
            match strip.kind {
                Kind::Content => {
                    let calls = self.new_calls(strip, &page.calls);
                    let before: Length = page.calls.iter().map(|&note| self.note_height(note)).sum();
                    let least = self.beginning(page.calls.first().or(calls.first()), &calls);
                    let fixed = self.carried_height() + before + least + self.over;
                    if page.y + row.height + fixed > self.height {
                        return None;
                    }
                    page.rows.push(row);
                    page.calls.extend(calls);
                    page.y += row.height;
                    if strip.after == cost::FREE {
                        let (rows, calls) = (page.rows.len(), page.calls.len());
                        return Some(Stop { next: at + 1, rows, calls, y: page.y });
                    }
                    if page.calls.len() > 1 && !strip.notes.is_empty() && at > from {
                        return None;
                    }
                }
                Kind::Space => page.put(row),
                Kind::Snap => {
                    let height = page.y.round_up_to(self.leading) - page.y;
                    page.put(Row { height, ..row });
                }
                Kind::Sink | Kind::Break => return None,
            }
            at += 1;
        }
        None
    }

    /// The height of what a note must at least show under its call: two lines.
    fn beginning(&self, any: Option<&NoteId>, calls: &[NoteId]) -> Length {
        let Some(first) = calls.first().or(any) else { return Length::ZERO };
        let strips = self.flow.galleys.get(self.flow.note(*first)).map(|g| g.strips.as_slice());
        strips.unwrap_or_default().iter().take(2).map(|s| s.height).sum()
    }

    /// Notes called in a strip that have no place yet, each followed by those called within it.
    fn new_calls(&self, strip: &Strip, pending: &[NoteId]) -> Vec<NoteId> {
        let mut found = Vec::new();
        let mut open: Vec<NoteId> = strip.notes.iter().rev().map(|(note, _)| *note).collect();
        while let Some(note) = open.pop() {
            if self.seen.contains(&note) || pending.contains(&note) || found.contains(&note) {
                continue;
            }
            found.push(note);
            let strips = self.flow.galleys.get(self.flow.note(note)).map(|g| g.strips.as_slice());
            let within = strips.unwrap_or_default().iter().flat_map(|s| s.notes.iter().map(|(n, _)| *n));
            let within: Vec<NoteId> = within.collect();
            open.extend(within.into_iter().rev());
        }
        found
    }

    fn note_height(&self, note: NoteId) -> Length {
        let galley = self.flow.galleys.get(self.flow.note(note));
        galley.map_or(Length::ZERO, |g| g.strips.iter().map(|s| s.height).sum())
    }

    fn with_notes(&self, height: Length, calls: &[NoteId]) -> Length {
        let added: Length = calls.iter().map(|&note| self.note_height(note)).sum();
        let over = if height == Length::ZERO && !calls.is_empty() { self.over } else { Length::ZERO };
        height + added + over
    }

    fn carried_height(&self) -> Length {
        self.carried.iter().filter_map(|&(g, s)| self.flow.strip(g, s)).map(|s| s.height).sum()
    }

    /// What notes from the page before take of this one; some lines of text always stand over them.
    fn reserved(&self) -> Length {
        if self.carried.is_empty() {
            return Length::ZERO;
        }
        let most = (self.height - self.leading * 4).max(self.height / 2);
        (self.carried_height() + self.over).min(most)
    }

    /// Makes the page: its notes stand at its foot, the slack over their rule.
    fn close(&mut self, rows: Vec<Row>, y: Length, calls: &[NoteId], opening: bool) {
        for &note in calls {
            self.seen.insert(note);
            let galley = self.flow.note(note);
            let count = self.flow.galleys.get(galley).map_or(0, |g| g.strips.len());
            self.carried.extend((0..count).map(|strip| (galley, strip)));
        }
        let first = rows.iter().find(|row| row.head.is_none());
        let galley = first.and_then(|row| self.flow.galleys.get(row.galley));
        let kind = galley.map_or(PageKind::Text, |g| g.kind);
        let before = self.sheets.iter().rev().find(|s| s.kind != PageKind::Blank).is_some_and(|s| s.roman);
        let roman = galley.map_or(before, |g| g.roman);
        let folio = galley.is_none_or(|g| g.folio) && !opening;
        let (notes, rule) = self.foot(y);
        self.sheets.push(Sheet { kind, opening, folio, roman, rows, notes, rule });
    }

    fn foot(&mut self, y: Length) -> (Vec<Row>, Option<Length>) {
        let room = self.height - y - self.over;
        let mut taken = Vec::new();
        let mut used = Length::ZERO;
        while let Some(&(galley, strip)) = self.carried.front() {
            let Some(found) = self.flow.strip(galley, strip) else {
                self.carried.pop_front();
                continue;
            };
            let stray = taken.is_empty() && found.kind != Kind::Content;
            // A page without text must take something, or it would never end.
            let forced = taken.is_empty() && y == Length::ZERO;
            if !stray && used + found.height > room && !forced {
                break;
            }
            self.carried.pop_front();
            if !stray {
                taken.push(Row { galley, strip, y: used, height: found.height, head: None });
                used += found.height;
            }
        }
        if taken.is_empty() {
            return (taken, None);
        }
        let top = (self.height - used).max(Length::ZERO);
        taken.iter_mut().for_each(|row| row.y += top);
        (taken, Some((top - self.over.scale(0.4)).max(Length::ZERO)))
    }
}

impl Filling {
    /// A strip that is not text.
    fn put(&mut self, row: Row) {
        self.y += row.height;
        self.rows.push(row);
    }

    /// A strip of text, and the notes it calls.
    fn take(&mut self, row: Row, calls: Vec<NoteId>, notes: Length, next: usize, after: u8, height: Length) {
        let mut row = row;
        if row.y + row.height > height {
            // The first strip after a sink that leaves no room for it.
            row.y = (height - row.height).max(Length::ZERO);
        }
        self.filled = true;
        self.calls.extend(calls);
        self.notes = notes;
        self.y = row.y + row.height;
        self.rows.push(row);
        let stop = Stop { next, rows: self.rows.len(), calls: self.calls.len(), y: self.y };
        if let Some(place) = self.best.get_mut(usize::from(after.min(cost::TIED))) {
            *place = Some(stop);
        }
    }
}
