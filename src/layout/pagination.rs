//! Where in the text each page begins, and what pages are called.

use super::pages::{Flow, Sheet};
use super::types::{Mark, PageKind, PageLabel, Pagination};

/// The label of each page: roman before the text, arabic from 1 in it.
pub(crate) fn labels(sheets: &[Sheet]) -> Vec<PageLabel> {
    let roman = sheets.iter().take_while(|sheet| sheet.roman).count();
    let number = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    (0..sheets.len())
        .map(|at| match at.checked_sub(roman) {
            None => PageLabel { roman: true, number: number(at + 1) },
            Some(at) => PageLabel { roman: false, number: number(at + 1) },
        })
        .collect()
}

/// A mark for each page on which a word of the text begins, at the first such word.
pub(crate) fn pagination(flow: &Flow, sheets: &[Sheet], labels: &[PageLabel]) -> Pagination {
    let mut marks: Vec<Mark> = Vec::new();
    for (page, sheet) in sheets.iter().enumerate() {
        if sheet.kind == PageKind::Blank {
            continue;
        }
        // Floats stand out of the text's order.
        let rows = sheet.rows.iter().filter(|row| row.head.is_none() && !row.float);
        let words = rows.filter_map(|row| flow.strip(row)).flat_map(|s| &s.words);
        let first = words.filter_map(|word| word.first.map(|offset| (word.leaf, offset)));
        // The cells of a row that is divided between pages come back to leaves that have a mark.
        let last = marks.last().map(|mark| (mark.leaf, mark.offset));
        if let Some((leaf, offset)) = first.into_iter().find(|place| last.is_none_or(|last| last < *place)) {
            marks.push(Mark { leaf, offset, page });
        }
    }
    Pagination { marks, labels: labels.iter().map(ToString::to_string).collect() }
}
