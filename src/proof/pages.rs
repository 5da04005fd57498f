//! The pages that editions mark, against each other.
//!
//! Enters: editions that were read. Leaves: a diagnostic for each page that one of them lacks or has
//! elsewhere. Promise: an author's own words that look like a mark of the text are not taken for one. A text
//! without pages, by Project Gutenberg's conventions, is left out: it has none to compare.

use super::align::may_stand;
use super::{Held, Kind, PageMark, disagree, first_missing};
use crate::diagnostics::Diagnostics;
use crate::span::Span;
use std::collections::{BTreeMap, BTreeSet};

/// The pages that editions mark are pages of the PDF, in its order; the text marks those that the EPUB
/// lists, before the same words; contents lead to the same pages.
pub(super) fn compare(all: &[Held<'_>], diagnostics: &mut Diagnostics) {
    let of = |kind: Kind| all.iter().find(|held| held.kind == kind);
    let (epub, text, print) = (of(Kind::Epub), of(Kind::Text).filter(|held| held.paged), of(Kind::Print));
    for (inner, outer) in [(epub, text), (epub, print)] {
        let (Some(inner), Some(outer)) = (inner, outer) else { continue };
        if let Some(at) = first_missing(&inner.reading.pages, &outer.reading.pages) {
            let label = inner.reading.pages.get(at).map_or("", String::as_str);
            let message =
                format!("`{}` marks page {label}, which `{}` lacks or has elsewhere", inner.name, outer.name);
            disagree(diagnostics, Span::NONE, message);
        }
    }
    if let (Some(epub), Some(text)) = (epub, text) {
        marks(epub, text, diagnostics);
    }
    if let (Some(text), Some(print)) = (text, print) {
        contents(text, print, diagnostics);
    }
}

/// Where an edition's mark stands in the book.
struct Standing<'m> {
    mark: &'m PageMark,
    /// The place of the word it stands before, in its edition.
    word: usize,
    /// How many letters of words that all editions have stand before it.
    shared: usize,
    /// Its own words are words of the book.
    own: bool,
}

fn standings<'h>(held: &'h Held<'_>) -> Option<Vec<Standing<'h>>> {
    let places = held.places.as_ref()?;
    let mut counts = vec![0];
    let mut count = 0;
    for word in &held.wanted.words {
        // A word that the text parts, for an image or a call, counts as the whole one.
        count += if word.shared { word.letters } else { 0 };
        counts.push(count);
    }
    let standing = |mark: &'h PageMark| {
        let word = places.partition_point(|place| *place < mark.before);
        let after = places.partition_point(|place| *place < mark.after);
        let own = mark.after > mark.before && after - word == mark.after - mark.before;
        Standing { mark, word, shared: counts.get(word).copied().unwrap_or(count), own }
    };
    Some(held.reading.marks.iter().map(standing).collect())
}

/// Each mark of the EPUB stands in the text before the same word, and the text has no others.
fn marks(epub: &Held<'_>, text: &Held<'_>, diagnostics: &mut Diagnostics) {
    let (Some(listed), Some(said)) = (standings(epub), standings(text)) else { return };
    let labels: BTreeSet<&str> = listed.iter().map(|standing| standing.mark.label.as_str()).collect();
    for other in said.iter().filter(|other| !other.own) {
        if !labels.contains(other.mark.label.as_str()) {
            let message =
                format!("`{}` marks page {}, which `{}` lacks", text.name, other.mark.label, epub.name);
            disagree(diagnostics, place(text, other), message);
        }
    }
    let mut all: BTreeMap<&str, Vec<&Standing<'_>>> = BTreeMap::new();
    for standing in &said {
        all.entry(&standing.mark.label).or_default().push(standing);
    }
    for standing in &listed {
        let others = all.get(standing.mark.label.as_str()).map_or(&[][..], Vec::as_slice);
        if !others.is_empty() && !others.iter().any(|other| same(text, standing, epub, other)) {
            let message = format!(
                "`{}` and `{}` begin page {} before different words",
                epub.name, text.name, standing.mark.label
            );
            disagree(diagnostics, place(epub, standing), message);
        }
    }
}

fn place(held: &Held<'_>, standing: &Standing<'_>) -> Span {
    held.wanted.words.get(standing.word).map_or(Span::NONE, |word| word.span)
}

/// Whether two marks stand at one place. In code the text marks the line; and where the words between
/// are such as the text adds itself, which of them are the book's can't be told.
fn same(text: &Held<'_>, listed: &Standing<'_>, epub: &Held<'_>, said: &Standing<'_>) -> bool {
    if listed.shared == said.shared {
        return true;
    }
    let line = text.wanted.words.get(said.word);
    // A mark after the last word of the code stands before a word of what follows.
    let near = [listed.word.checked_sub(1), Some(listed.word)].into_iter().flatten();
    let mut near = near.filter_map(|at| epub.wanted.words.get(at));
    if near.any(|word| word.code && line.is_some_and(|line| line.leaf == word.leaf)) {
        return true;
    }
    let (first, last) = (listed.shared.min(said.shared), listed.shared.max(said.shared));
    let mut rest = last - first;
    let mut between = if listed.shared > said.shared {
        text.wanted.words.get(said.word..).unwrap_or_default().iter().take(8).collect::<Vec<_>>()
    } else {
        text.wanted.words.get(..said.word).unwrap_or_default().iter().rev().take(8).collect()
    }
    .into_iter();
    while rest > 0 {
        match between.next() {
            Some(word) if may_stand(&word.word, &text.wanted.added) => {
                rest = rest.saturating_sub(word.letters);
            }
            Some(_) | None => return false,
        }
    }
    true
}

/// The contents of the text and the bookmarks of the PDF lead to the same pages.
fn contents(text: &Held<'_>, print: &Held<'_>, diagnostics: &mut Diagnostics) {
    for (said, led) in text.reading.outline.iter().zip(&print.reading.outline) {
        if let (Some(said_page), Some(page)) = (&said.page, &led.page)
            && said_page != page
        {
            let message = format!(
                "the contents of `{}` put “{}” on page {said_page}, `{}` on {page}",
                text.name, said.words, print.name
            );
            disagree(diagnostics, Span::NONE, message);
        }
    }
}
