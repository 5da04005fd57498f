//! Why a page ends where it does, and why its lines do.
//!
//! Enters: galleys and pages before they are placed, the numbers of pages. Leaves: a [`PageExplained`]
//! for each: what its end is charged for, which paragraphs are set in other lines for its sake, which
//! other ends were refused at what price, and how each line came out. Promise: prices and demerits come
//! from the functions that the searches add up; lines are set again for it, with somebody listening, so
//! that a book nobody asks about pays for nothing.

mod listener;
mod text;

use super::fixpoint::Settled;
use super::galley::{Galley, Kind, Strip, Typesetter};
use super::lines::{LineTold, Told};
use super::measured::{Fit, fit};
use super::pages::{Charge, Ended, Found, Outcome, Row, story, total};
use super::types::{Item, PageKind, PageLabel};
use crate::fonts::FontSet;
use crate::measure::Length;
use crate::model::{BookParts, LeafId};
use crate::span::Span;
use crate::style::Theme;
use listener::{hear, texts};
use std::collections::{BTreeMap, BTreeSet};

/// Why a page ends where it does.
#[derive(Debug, Clone)]
pub struct PageExplained {
    /// Its number, from 0.
    pub page: usize,
    /// What its folio says.
    pub label: PageLabel,
    /// What bears it.
    pub kind: PageKind,
    /// By how many lines it is longer than usual, with the page that faces it.
    pub depth: i8,
    /// What ended it; `None` for a page that is blank so that a chapter begins on the right side.
    pub ended: Option<Ended>,
    /// The last line of its text.
    pub last: Option<Spot>,
    /// What its end is charged for.
    pub bill: Vec<(Charge, f64)>,
    /// What the pages of its whole chapter cost.
    pub chapter: f64,
    /// What is set in another way than its best.
    pub ways: Vec<WayExplained>,
    /// The ends a line or two earlier or later.
    pub refused: Vec<RefusedEnd>,
    /// Its lines, notes last.
    pub lines: Vec<LineExplained>,
}

/// A line's place in the text.
#[derive(Debug, Clone)]
pub struct Spot {
    /// What it says.
    pub text: String,
    /// Where what it says first was written.
    pub span: Span,
    /// Which line of its paragraph it is, from 1.
    pub line: usize,
    /// Of how many.
    pub of: usize,
}

/// What is set in another way than its best.
#[derive(Debug, Clone)]
pub struct WayExplained {
    /// Its first line.
    pub first: Spot,
    /// In which way.
    pub kind: WayKind,
    /// What the pages pay for it.
    pub price: f64,
    /// How many demerits its lines have more than its best ones.
    pub demerits: f64,
    /// It begins on this page, which pays for it; else on an earlier one.
    pub begun: bool,
}

/// Another way than the best.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WayKind {
    /// A paragraph in so many lines more.
    Lines(i64),
    /// A paragraph without divided words.
    Whole,
    /// With so much more space over it.
    Space(Length),
}

/// An end that was refused.
#[derive(Debug, Clone)]
pub struct RefusedEnd {
    /// So many lines later; earlier when negative.
    pub by: i32,
    /// The line that would have been the last.
    pub last: Spot,
    /// What would have come of it.
    pub outcome: Outcome<Charge>,
}

/// A line on the page.
#[derive(Debug, Clone)]
pub struct LineExplained {
    /// From the top of the page to its baseline.
    pub baseline: Length,
    /// What it says.
    pub text: String,
    /// It belongs to a note.
    pub note: bool,
    /// How it came out.
    pub fit: Fit,
    /// What it is charged for; `None` outside paragraphs.
    pub told: Option<LineTold>,
}

impl PageExplained {
    /// What the page costs: its end, and what is set in another way and begins on it.
    #[must_use]
    pub fn price(&self) -> f64 {
        let begun = self.ways.iter().filter(|way| way.begun);
        begun.fold(total(&self.bill), |sum, way| sum + way.price)
    }
}

/// Explains pages, by their numbers from 0; there is nothing to say of numbers without a page.
pub(super) fn explain(
    book: &BookParts,
    theme: &Theme,
    setter: &dyn Typesetter,
    fonts: &FontSet,
    settled: &Settled,
    pages: &[usize],
) -> Vec<PageExplained> {
    if pages.is_empty() {
        return Vec::new();
    }
    let mut wanted: BTreeMap<usize, BTreeSet<LeafId>> = BTreeMap::new();
    let sheets = pages.iter().filter_map(|&page| settled.sheets.get(page));
    for row in sheets.flat_map(|sheet| sheet.rows.iter().chain(&sheet.notes)) {
        let words = settled.flow.strip(row).map(|strip| strip.words.as_slice()).unwrap_or_default();
        wanted.entry(row.galley).or_default().extend(words.iter().map(|word| word.leaf));
    }
    let texts = texts(book);
    let mut heard: BTreeMap<LeafId, Told> = BTreeMap::new();
    for (galley, leaves) in wanted {
        heard.append(&mut hear(setter, &texts, &leaves, |setter| {
            settled.again(galley, book, theme, setter);
        }));
    }
    let labels = super::pagination::labels(&settled.sheets);
    let teller = Teller { settled, fonts, top: theme.page.top, heard };
    let labelled = pages.iter().filter_map(|&page| Some((page, *labels.get(page)?)));
    labelled.filter_map(|(page, label)| teller.page(page, label)).collect()
}

struct Teller<'a> {
    settled: &'a Settled,
    fonts: &'a FontSet,
    /// Where the text begins on a page.
    top: Length,
    heard: BTreeMap<LeafId, Told>,
}

impl Teller<'_> {
    fn page(&self, page: usize, label: PageLabel) -> Option<PageExplained> {
        let Settled { flow, sheets, page: geometry, memory, .. } = self.settled;
        let sheet = sheets.get(page)?;
        let notes = sheet.notes.iter().map(|row| (row, true));
        let rows = sheet.rows.iter().filter(|row| row.head.is_none()).map(|row| (row, false));
        let lines = rows.chain(notes).filter_map(|(row, note)| self.line(row, note)).collect();
        let mut explained = PageExplained {
            page,
            label,
            kind: sheet.kind,
            depth: 0,
            ended: None,
            last: None,
            bill: Vec::new(),
            chapter: 0.0,
            ways: Vec::new(),
            refused: Vec::new(),
            lines,
        };
        let Some(found) = story(flow, *geometry, memory, page) else { return Some(explained) };
        let story = &found.story;
        explained.depth = story.depth;
        explained.ended = Some(story.ended);
        explained.bill = story.bill.clone();
        explained.chapter = found.chapter();
        let last = sheet.rows.iter().rev().find(|row| row.head.is_none());
        explained.last = last.and_then(|row| self.spot(row));
        explained.ways = story.ways.iter().filter_map(|&way| self.way(&found, way)).collect();
        let refused = story.refused.iter().filter_map(|refused| {
            let last = self.end(&found, refused.unit, refused.line)?;
            Some(RefusedEnd { by: refused.by, last, outcome: refused.outcome.clone() })
        });
        explained.refused = refused.collect();
        Some(explained)
    }

    fn line(&self, row: &Row, note: bool) -> Option<LineExplained> {
        let strip = self.settled.flow.strip(row).filter(|strip| strip.kind == Kind::Content)?;
        let items = strip.items.iter().map(|drawn| (drawn.x, &drawn.item));
        let fit = fit(items, self.fonts)?;
        let (baseline, text) = (self.top + row.y + strip.baseline, said(strip));
        Some(LineExplained { baseline, text, note, fit, told: self.told(row) })
    }

    /// What a row's line is charged for.
    fn told(&self, row: &Row) -> Option<LineTold> {
        let (galley, strips) = self.among(row)?;
        let [word] = strips.get(row.strip)?.words.as_slice() else { return None };
        let way = row.other.and_then(|other| galley.others.get(other)).map_or(0, |other| other.way + 1);
        let (line, of) = place(strips, row.strip);
        let told = &self.heard.get(&word.leaf)?.ways.get(way)?.lines;
        told.get(line - 1).filter(|_| told.len() == of).cloned()
    }

    /// The strips that a row's stands among.
    fn among(&self, row: &Row) -> Option<(&Galley, &[Strip])> {
        let galley = self.settled.flow.galleys.get(row.galley)?;
        match row.other {
            Some(other) => Some((galley, &galley.others.get(other)?.strips)),
            None => Some((galley, &galley.strips)),
        }
    }

    fn spot(&self, row: &Row) -> Option<Spot> {
        let (galley, strips) = self.among(row)?;
        spot(galley, strips, row.strip)
    }

    /// The spot of a unit's line.
    fn end(&self, found: &Found<'_>, unit: usize, line: usize) -> Option<Spot> {
        let taken = found.unit(&self.settled.flow, unit)?;
        spot(taken.galley, taken.strips, taken.first + line)
    }

    fn way(&self, found: &Found<'_>, (unit, _, begun): (usize, usize, bool)) -> Option<WayExplained> {
        let taken = found.unit(&self.settled.flow, unit)?;
        let from = taken.strips.get(taken.first..)?;
        let first = taken.first + from.iter().position(|strip| strip.kind == Kind::Content)?;
        let kind = match (taken.more, taken.higher) {
            (0, Length::ZERO) => WayKind::Whole,
            // What a space does is done on its own page, however far its unit goes on.
            (0, _) if !begun => return None,
            (0, higher) => WayKind::Space(higher),
            (more, _) => WayKind::Lines(more),
        };
        let first = spot(taken.galley, taken.strips, first)?;
        Some(WayExplained { first, kind, price: taken.price, demerits: taken.demerits, begun })
    }
}

fn spot(galley: &Galley, strips: &[Strip], at: usize) -> Option<Spot> {
    let strip = strips.get(at)?;
    let node = strip.items.iter().find_map(|drawn| drawn.node);
    let spec = node.and_then(|node| galley.nodes.get(node as usize));
    let (line, of) = place(strips, at);
    Some(Spot { text: said(strip), span: spec.map_or(Span::NONE, |spec| spec.span), line, of })
}

/// Which line of its leaf a strip is, from 1, and of how many.
fn place(strips: &[Strip], at: usize) -> (usize, usize) {
    let leaf = |strip: &Strip| match strip.words.as_slice() {
        [word] => Some(word.leaf),
        _ => None,
    };
    let Some(own) = strips.get(at).and_then(leaf) else { return (1, 1) };
    let same = |strip: &&Strip| leaf(strip) == Some(own);
    let before = strips.get(..at).unwrap_or_default().iter().rev().take_while(same).count();
    let after = strips.get(at + 1..).unwrap_or_default().iter().take_while(same).count();
    (before + 1, before + 1 + after)
}

/// What a strip says, ornaments left out.
fn said(strip: &Strip) -> String {
    let runs = strip.items.iter().filter(|drawn| drawn.node.is_some());
    let text: String = runs
        .map(|drawn| match &drawn.item {
            Item::Glyphs(run) => run.text.as_str(),
            Item::Rule { .. } => "",
            Item::Image { .. } => "[picture]",
        })
        .collect();
    let text = text.trim();
    // The hyphen of a divided word is drawn; the text only says where it is.
    text.strip_suffix('\u{AD}').map_or(text.to_owned(), |word| format!("{word}-"))
}
