//! Reads a PDF: bookmarks, page labels, and what its structure says in reading order.
//!
//! Enters: its bytes. Leaves: a [`Reading`], without words when it has no structure. Promise: the file is read by another
//! program's eyes than those that wrote it; a tree that leads back into itself ends.

mod content;
mod marks;
mod said;
mod structure;

pub(super) use content::{Glyph, Mass, Sheet};
pub(super) use marks::{Owner, Sequences};
pub(super) use structure::{Said, Tree, is_heading};

use super::words::words_of_text;
use super::{Heading, Reading, Unreadable, one_line};
use crate::layout::PageLabel;
use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Dict, Name, Number, Object, ObjectIdentifier, String as PdfString};
use std::collections::{BTreeMap, BTreeSet};

/// A PDF that was opened: what it says beside its pages.
pub(super) struct Opened {
    file: Pdf,
    /// The label of each page; its number where it has none.
    pub(super) labels: Vec<String>,
    /// Its bookmarks, with the page each leads to, from 0.
    pub(super) bookmarks: Vec<(Heading, Option<usize>)>,
}

impl Opened {
    /// Opens a file.
    ///
    /// # Errors
    /// When it can't be opened or has no catalogue.
    pub(super) fn new(bytes: &[u8]) -> Result<Opened, Unreadable> {
        let file = Pdf::new(bytes.to_vec()).map_err(|error| Unreadable(format!("{error:?}")))?;
        let catalogue = catalogue(&file).ok_or_else(|| Unreadable("it has no catalogue".to_owned()))?;
        let labels = labels(&catalogue, file.pages().len());
        let mut walk =
            Walk { places: places(&file), labels: &labels, seen: BTreeSet::new(), found: Vec::new() };
        if let Some(outlines) = catalogue.get::<Dict<'_>>("Outlines") {
            walk.level(&outlines, 1);
        }
        let bookmarks = walk.found;
        Ok(Opened { file, labels, bookmarks })
    }

    /// Reads all pages, and gives each to `take` at once: a book's glyphs need not be held together.
    pub(super) fn sheets<T: Send>(&self, take: impl Fn(Sheet) -> T + Sync) -> Vec<T> {
        content::sheets(&self.file, take)
    }

    /// What its structure says; `None` when it has none.
    pub(super) fn said(&self, sequences: &[Sequences]) -> Option<Said> {
        structure::read(&catalogue(&self.file)?, self.file.xref(), places(&self.file), sequences)
    }

    /// Its title and its author, as its information dictionary has them.
    pub(super) fn names(&self) -> Vec<String> {
        let about = self.file.metadata();
        [&about.title, &about.author].into_iter().flatten().map(|name| decoded(name)).collect()
    }
}

fn catalogue(file: &Pdf) -> Option<Dict<'_>> {
    file.xref().get(file.xref().root_id())
}

/// The place of each page by its object.
fn places(file: &Pdf) -> BTreeMap<ObjectIdentifier, usize> {
    let pages = file.pages().iter().enumerate();
    pages.filter_map(|(at, page)| Some((page.raw().obj_id()?, at))).collect()
}

/// Reads the PDF.
///
/// # Errors
/// When it can't be opened or has no catalogue.
pub fn read_pdf(bytes: &[u8]) -> Result<Reading, Unreadable> {
    let opened = Opened::new(bytes)?;
    let heard = said::sequences(&opened.file).unwrap_or_else(|| opened.sheets(|sheet| sheet.sequences));
    let (headings, words) = match opened.said(&heard) {
        Some(said) => (Some(said.headings), Some(words_of_text(&said.text))),
        None => (None, None),
    };
    let outline = opened.bookmarks.into_iter().map(|(heading, _)| heading).collect();
    Ok(Reading { outline, headings, words, pages: opened.labels, ..Reading::default() })
}

/// Deeper bookmarks than any book has.
const DEEPEST: u8 = 32;

struct Walk<'p> {
    places: BTreeMap<ObjectIdentifier, usize>,
    labels: &'p [String],
    /// Bookmarks met: a broken file may chain them in a ring.
    seen: BTreeSet<ObjectIdentifier>,
    found: Vec<(Heading, Option<usize>)>,
}

impl Walk<'_> {
    /// The bookmarks under `parent`, each before its own.
    fn level(&mut self, parent: &Dict<'_>, level: u8) {
        let mut next = parent.get::<Dict<'_>>("First");
        while let Some(item) = next {
            if level > DEEPEST || !item.obj_id().is_some_and(|id| self.seen.insert(id)) {
                return;
            }
            let title = item.get::<PdfString<'_>>("Title").map(|title| decoded(title.as_bytes()));
            let at = self.page(&item);
            let page = at.and_then(|at| self.labels.get(at).cloned());
            self.found.push((Heading { level, words: one_line(&title.unwrap_or_default()), page }, at));
            self.level(&item, level + 1);
            next = item.get::<Dict<'_>>("Next");
        }
    }

    /// The page a bookmark leads to, when it says so itself.
    fn page(&self, item: &Dict<'_>) -> Option<usize> {
        let action = || item.get::<Dict<'_>>("A").and_then(|action| action.get::<Array<'_>>("D"));
        let place = item.get::<Array<'_>>("Dest").or_else(action)?;
        let page = ObjectIdentifier::from(place.raw_iter().next()?.as_obj_ref()?);
        self.places.get(&page).copied()
    }
}

/// A text string of PDF: UTF-16 or UTF-8 with its mark, else PDFDocEncoding, of which only ASCII
/// and Latin-1 are told apart here.
fn decoded(bytes: &[u8]) -> String {
    match bytes {
        [0xfe, 0xff, rest @ ..] => {
            let pair = |pair: &[u8]| match pair {
                [high, low] => u16::from_be_bytes([*high, *low]),
                _ => 0xfffd,
            };
            let units: Vec<u16> = rest.chunks(2).map(pair).collect();
            String::from_utf16_lossy(&units)
        }
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        bytes => bytes.iter().map(|byte| char::from(*byte)).collect(),
    }
}

/// One range of labels: the first page it is for, how its numbers look, what stands before them.
struct Range {
    from: usize,
    style: Option<String>,
    prefix: String,
    start: u32,
}

/// The label of every page; without labels, its number from 1.
fn labels(catalogue: &Dict<'_>, count: usize) -> Vec<String> {
    let mut ranges = Vec::new();
    if let Some(tree) = catalogue.get::<Dict<'_>>("PageLabels") {
        number_tree(&tree, 0, &mut ranges);
    }
    ranges.sort_by_key(|range| range.from);
    let label = |page: usize| {
        let Some(range) = ranges.iter().rev().find(|range| range.from <= page) else {
            return (page + 1).to_string();
        };
        let step = u32::try_from(page - range.from).unwrap_or(u32::MAX);
        let number = range.start.saturating_add(step);
        let shown = match range.style.as_deref() {
            Some("D") => number.to_string(),
            Some("r") => roman(number),
            Some("R") => roman(number).to_uppercase(),
            Some(_) | None => String::new(),
        };
        format!("{}{shown}", range.prefix)
    };
    (0..count).map(label).collect()
}

/// Roman numerals, for numbers that a book can have.
fn roman(number: u32) -> String {
    PageLabel { roman: true, number: number.min(100_000) }.to_string()
}

fn number_tree(node: &Dict<'_>, depth: u8, ranges: &mut Vec<Range>) {
    if depth > DEEPEST {
        return;
    }
    if let Some(pairs) = node.get::<Array<'_>>("Nums") {
        let items: Vec<Object<'_>> = pairs.iter::<Object<'_>>().collect();
        for pair in items.chunks_exact(2) {
            let [key, value] = pair else { continue };
            let from = key.clone().into_number().and_then(|number| usize::try_from(number.as_i64()).ok());
            let (Some(from), Some(value)) = (from, value.clone().into_dict()) else { continue };
            ranges.push(Range {
                from,
                style: value.get::<Name<'_>>("S").map(|name| name.as_str().to_owned()),
                prefix: value.get::<PdfString<'_>>("P").map(|p| decoded(p.as_bytes())).unwrap_or_default(),
                start: value
                    .get::<Number>("St")
                    .and_then(|number| u32::try_from(number.as_i64()).ok())
                    .unwrap_or(1),
            });
        }
    }
    if let Some(kids) = node.get::<Array<'_>>("Kids") {
        for kid in kids.iter::<Dict<'_>>() {
            number_tree(&kid, depth + 1, ranges);
        }
    }
}
