//! The draft to the one book: ids, numbers, notes, links, images, typography, outline.
//!
//! Enters: a [`Draft`], whose references are words, with the sources and their settings. Leaves: the
//! [`Book`], in which every reference leads somewhere and every number is given. Promise: nothing
//! else makes a book or numbers anything; every word of the draft is in it (notes that nothing calls
//! are left out, with a warning); problems are told with their place, and mended as they say.

mod captions;
mod convert;
mod figures;
mod images;
mod labels;
mod leaves;
mod links;
mod listen;
mod lists;
mod metadata;
mod names;
mod notes;
mod numbers;
mod paths;
mod pixels;
mod quotes;
mod roles;
mod sections;
mod slug;
mod svg;
mod typography;
mod verse;
mod walk;

use crate::diagnostics::Diagnostics;
use crate::model::{Book, Draft, Timestamp};
use crate::phrases::phrases;
use crate::sources::{Resources, Sources};

/// What is numbered, merged from style and settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Rules {
    /// Sections are numbered down to this rank: 1 parts and chapters, 2 their sections as well …;
    /// 0 nothing.
    pub number_sections: u8,
    /// The book has a title page: sections before the text are known by their titles.
    pub title_page: bool,
    /// The contents list the figures.
    pub list_figures: bool,
    /// The contents list the tables.
    pub list_tables: bool,
}

/// Resolves the draft. Errors are in `diagnostics`; the book is whole even then, with what could not
/// be resolved left out, so that the stages after it can look for problems of their own.
pub fn resolve(
    draft: Draft,
    sources: &Sources,
    rules: &Rules,
    resources: &dyn Resources,
    modified: Timestamp,
    diagnostics: &mut Diagnostics,
) -> Book {
    let language = metadata::language(sources, diagnostics);
    let words = &phrases(&language).with_own(&sources.settings.phrases);
    let mut tree = sections::read(draft, sources, (&language, words), rules, diagnostics);
    let metadata = metadata::read(&tree, sources, language, modified, diagnostics);
    numbers::number(&mut tree, rules, words);
    figures::label(&mut tree, words);
    let mut notes = notes::pair(&mut tree, diagnostics);
    let names = names::give(&mut tree, &mut notes, &metadata, rules, diagnostics);
    let images = images::load(&mut tree, &mut notes, sources, resources, diagnostics);
    let mut parts = convert::convert(tree, notes, &names, images, metadata, sources, diagnostics);
    if sources.settings.typographic != Some(false) {
        typography::set(&mut parts);
    }
    verse::settle(&mut parts);
    listen::listen(&parts, sources.settings.guess_languages, diagnostics);
    leaves::number(&mut parts);
    parts.outline = leaves::outline(&parts);
    parts.outline.lists = lists::lists(&mut parts, rules);
    metadata::doubt(&sources.settings, diagnostics);
    Book::seal(parts)
}
