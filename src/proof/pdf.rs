//! Reads a PDF: bookmarks, page labels, and what its structure says in reading order.
//!
//! Enters: its bytes. Leaves: a [`Reading`], without words when it has no structure. Promise: the file is read by another
//! program's eyes than those that wrote it; a tree that leads back into itself ends.

mod content;
mod structure;

use super::words::words_of_text;
use super::{Heading, Reading, Unreadable, one_line};
use crate::layout::PageLabel;
use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Dict, Name, Number, Object, ObjectIdentifier, String as PdfString};
use std::collections::BTreeSet;

/// Reads the PDF.
///
/// # Errors
/// When it can't be opened or has no catalogue.
pub fn read_pdf(bytes: &[u8]) -> Result<Reading, Unreadable> {
    let pdf = Pdf::new(bytes.to_vec()).map_err(|error| Unreadable(format!("{error:?}")))?;
    let catalogue: Dict<'_> =
        pdf.xref().get(pdf.xref().root_id()).ok_or_else(|| Unreadable("it has no catalogue".to_owned()))?;
    let count = pdf.pages().len();
    let pages = labels(&catalogue, count);
    let places: Vec<Option<ObjectIdentifier>> = pdf.pages().iter().map(|page| page.raw().obj_id()).collect();
    let mut walk = Walk { places, labels: &pages, seen: BTreeSet::new(), found: Vec::new() };
    if let Some(outlines) = catalogue.get::<Dict<'_>>("Outlines") {
        walk.level(&outlines, 1);
    }
    let outline = std::mem::take(&mut walk.found);
    let places = std::mem::take(&mut walk.places);
    let said = structure::read(&catalogue, pdf.xref(), &places, &content::sequences(&pdf));
    let (headings, words) = match said {
        Some(said) => (Some(said.headings), Some(words_of_text(&said.text))),
        None => (None, None),
    };
    Ok(Reading { outline, headings, words, pages, ..Reading::default() })
}

/// Deeper bookmarks than any book has.
const DEEPEST: u8 = 32;

struct Walk<'p> {
    places: Vec<Option<ObjectIdentifier>>,
    labels: &'p [String],
    /// Bookmarks met: a broken file may chain them in a ring.
    seen: BTreeSet<ObjectIdentifier>,
    found: Vec<Heading>,
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
            let page = self.page(&item);
            self.found.push(Heading { level, words: one_line(&title.unwrap_or_default()), page });
            self.level(&item, level + 1);
            next = item.get::<Dict<'_>>("Next");
        }
    }

    /// The label of the page a bookmark leads to, when it says so itself.
    fn page(&self, item: &Dict<'_>) -> Option<String> {
        let action = || item.get::<Dict<'_>>("A").and_then(|action| action.get::<Array<'_>>("D"));
        let place = item.get::<Array<'_>>("Dest").or_else(action)?;
        let page = ObjectIdentifier::from(place.raw_iter().next()?.as_obj_ref()?);
        let at = self.places.iter().position(|id| *id == Some(page))?;
        self.labels.get(at).cloned()
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
