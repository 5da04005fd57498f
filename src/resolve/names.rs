//! Names of everything that links can lead to.
//!
//! Enters: the tree and the notes, with the names authors gave. Leaves: final ids written into the
//! tree in their place, and [`Names`], which finds them by what links call them. Promise: ids are
//! unique in the book, whatever their case; authors' own names come first in having theirs unchanged;
//! a name is found in its own file first.

mod sites;

use super::Rules;
use super::lists;
use super::notes::Notes;
use super::sections::Tree;
use super::slug;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::model::{Id, InlineKind, Metadata};
use crate::span::Span;
use sites::{Kind, Site, each_site};
use std::collections::BTreeMap;

/// Something links can lead to.
#[derive(Debug, Clone)]
pub(super) struct Named {
    /// Its id in the book.
    pub(super) id: Id,
    /// What a cross-reference calls it: its label, else its title.
    pub(super) words: Option<String>,
    /// The section it stands in, or is.
    pub(super) section: Option<u32>,
    /// Whether it is in all editions.
    pub(super) everywhere: bool,
}

/// The place of a [`Named`] in [`Names`].
pub(super) type At = usize;

/// All names.
#[derive(Debug, Default)]
pub(super) struct Names {
    all: Vec<Named>,
    /// By source and name as typed.
    in_file: BTreeMap<(usize, String), At>,
    /// By name as typed; the first in the book.
    anywhere: BTreeMap<String, At>,
    /// Both again in lower case.
    folded_in_file: BTreeMap<(usize, String), At>,
    folded_anywhere: BTreeMap<String, At>,
    /// Each section's, by its number in reading order.
    sections: Vec<Option<At>>,
    /// Where a link to a whole source leads.
    starts: Vec<Option<At>>,
    /// Sources by their normalised path.
    pub(super) paths: BTreeMap<String, usize>,
}

impl Names {
    /// What stands at a place.
    pub(super) fn get(&self, at: At) -> Option<&Named> {
        self.all.get(at)
    }

    /// The section's own.
    pub(super) fn section(&self, section: u32) -> Option<&Named> {
        self.sections.get(section as usize).copied().flatten().and_then(|at| self.all.get(at))
    }

    /// Where a link to a whole source leads.
    pub(super) fn start(&self, source: usize) -> Option<At> {
        self.starts.get(source).copied().flatten()
    }

    /// What is called `name` in a source, exactly or else whatever its case.
    pub(super) fn find_in(&self, source: usize, name: &str) -> Option<At> {
        let exact = self.in_file.get(&(source, name.to_owned()));
        exact.or_else(|| self.folded_in_file.get(&(source, name.to_lowercase()))).copied()
    }

    /// What is called `name` in the source, else anywhere, else whatever the case.
    pub(super) fn find(&self, source: usize, name: &str) -> Option<At> {
        let exact = self.in_file.get(&(source, name.to_owned())).or_else(|| self.anywhere.get(name));
        let folded = || {
            let lower = name.to_lowercase();
            let here = self.folded_in_file.get(&(source, lower.clone()));
            here.or_else(|| self.folded_anywhere.get(&lower))
        };
        exact.or_else(folded).copied()
    }

    /// Every name as typed.
    pub(super) fn typed(&self) -> impl Iterator<Item = &str> {
        self.anywhere.keys().map(String::as_str)
    }

    fn add(&mut self, named: Named) -> At {
        self.all.push(named);
        self.all.len() - 1
    }

    /// Lets `name` lead to `at`, unless something before it is called so.
    fn call(&mut self, source: usize, name: &str, at: At) {
        let lower = name.to_lowercase();
        self.folded_in_file.entry((source, lower.clone())).or_insert(at);
        self.folded_anywhere.entry(lower).or_insert(at);
        self.in_file.entry((source, name.to_owned())).or_insert(at);
        self.anywhere.entry(name.to_owned()).or_insert(at);
    }
}

/// Ids given so far, in lower case, each with the suffix to try next.
#[derive(Default)]
struct Given(BTreeMap<String, u32>);

impl Given {
    fn id(&mut self, wanted: &str) -> Id {
        let safe = slug::safe(wanted);
        let key = safe.to_lowercase();
        let mut suffix = self.0.get(&key).copied().unwrap_or(0);
        let mut id = safe.clone();
        if suffix > 0 || self.0.contains_key(&key) {
            loop {
                suffix += 1;
                id = format!("{safe}-{suffix}");
                if !self.0.contains_key(&id.to_lowercase()) {
                    break;
                }
            }
        }
        self.0.insert(key, suffix);
        self.0.entry(id.to_lowercase()).or_insert(0);
        Id(id)
    }
}

/// The state of giving names.
struct Giver<'d> {
    names: Names,
    given: Given,
    /// Ids by attributes in the book, and anchors by file: where each was first given.
    ids: BTreeMap<String, Span>,
    anchors: BTreeMap<(usize, String), Span>,
    /// Slugs so far in each file, with the number of the last that repeated it.
    slugs: BTreeMap<(usize, String), u32>,
    diagnostics: &'d mut Diagnostics,
}

/// Gives every named thing its id: ids from attributes first, then anchors, then headings' slugs, so
/// that what authors chose is changed least.
pub(super) fn give(
    tree: &mut Tree,
    notes: &mut Notes,
    metadata: &Metadata,
    rules: &Rules,
    diagnostics: &mut Diagnostics,
) -> Names {
    let mut giver = Giver {
        names: Names::default(),
        given: Given::default(),
        ids: BTreeMap::new(),
        anchors: BTreeMap::new(),
        slugs: BTreeMap::new(),
        diagnostics,
    };
    let mut count = 0;
    tree.each(&mut |_, _| count += 1);
    giver.names.sections = vec![None; count];
    for (source, path) in tree.paths.iter().enumerate() {
        giver.names.paths.entry(path.clone()).or_insert(source);
    }
    each_site(tree, notes, &mut |site| giver.attribute(site));
    each_site(tree, notes, &mut |site| giver.anchor(site));
    each_site(tree, notes, &mut |site| giver.heading(site));
    giver.starts(tree, metadata);
    lists::name(tree, rules, &mut |label| giver.given.id(&slug::slug(label)));
    for (at, note) in notes.list.iter_mut().enumerate() {
        note.anchor = giver.given.id(&format!("note-{}", at + 1));
    }
    giver.names
}

impl Giver<'_> {
    fn name(&mut self, site: &Site<'_>, id: Id) -> At {
        let words = site.words.clone().filter(|words| !words.trim().is_empty());
        self.names.add(Named { id, words, section: site.section, everywhere: site.everywhere })
    }

    /// An id in braces.
    fn attribute(&mut self, site: Site<'_>) {
        let Some(typed) = site.name.id.clone().filter(|_| site.kind != Kind::Anchor) else { return };
        let span = site.name.span.unwrap_or(site.span);
        if let Some(first) = self.ids.get(&typed) {
            self.diagnostics.push(
                Diagnostic::new(Code::DuplicateId, span, format!("the id `{typed}` is given twice"))
                    .hint("give one of them another id, so that links know which is meant")
                    .related(*first, "given here first"),
            );
        } else {
            self.ids.insert(typed.clone(), span);
        }
        let id = self.given.id(&typed);
        let at = self.name(&site, id.clone());
        self.names.call(site.source, &typed, at);
        if let (Kind::Section, Some(section)) = (site.kind, site.section)
            && let Some(place) = self.names.sections.get_mut(section as usize)
        {
            *place = Some(at);
        }
        site.name.id = Some(id.0);
    }

    /// `<a id>`.
    fn anchor(&mut self, site: Site<'_>) {
        let Some(typed) = site.name.id.clone().filter(|_| site.kind == Kind::Anchor) else { return };
        let span = site.name.span.unwrap_or(site.span);
        if !self.first_anchor(site.source, &typed, span) {
            site.name.id = None;
            return;
        }
        let id = self.given.id(&typed);
        let at = self.name(&site, id.clone());
        self.names.call(site.source, &typed, at);
        site.name.id = Some(id.0);
    }

    /// Whether an anchor is the first of its name in its file; a warning when not.
    fn first_anchor(&mut self, source: usize, typed: &str, span: Span) -> bool {
        let here = self.anchors.get(&(source, typed.to_owned()));
        let first = here.or_else(|| self.ids.get(typed).filter(|id| id.file == span.file)).copied();
        if let Some(first) = first {
            self.diagnostics.push(
                Diagnostic::new(Code::DuplicateAnchor, span, format!("a second place is named `{typed}`"))
                    .hint("give it another name; links lead to the first one")
                    .related(first, "the first"),
            );
            return false;
        }
        self.anchors.insert((source, typed.to_owned()), span);
        true
    }

    /// A heading: its slug, if it has no id. Headings in quotes have slugs as well, as on GitHub.
    fn heading(&mut self, site: Site<'_>) {
        let number = match (site.kind, site.section) {
            (Kind::Section, Some(number)) => number as usize,
            (Kind::Heading, _) => {
                self.slugged(site);
                return;
            }
            (Kind::Section | Kind::Attribute | Kind::Anchor, _) => return,
        };
        let given = self.names.sections.get(number).copied().flatten();
        let at = given.unwrap_or_else(|| self.slugged(site));
        if let Some(place) = self.names.sections.get_mut(number) {
            *place = Some(at);
        }
    }

    fn slugged(&mut self, site: Site<'_>) -> At {
        let slug = self.slug(site.source, &site.title);
        let id = self.given.id(if slug.is_empty() { "section" } else { &slug });
        let at = self.name(&site, id.clone());
        self.names.call(site.source, if slug.is_empty() { &id.0 } else { &slug }, at);
        site.name.id = Some(id.0);
        at
    }

    /// The slug of a title, with `-1`, `-2` … where its file has it already.
    fn slug(&mut self, source: usize, title: &str) -> String {
        let base = slug::slug(title);
        let mut slug = base.clone();
        while self.slugs.contains_key(&(source, slug.clone())) {
            let count = self.slugs.entry((source, base.clone())).or_insert(0);
            *count += 1;
            slug = format!("{base}-{count}");
        }
        self.slugs.insert((source, slug.clone()), 0);
        slug
    }

    /// Where links to whole sources lead: to their first section, else to the one their text stands in,
    /// else to the opening. The heading that became the title leads to the opening as well.
    fn starts(&mut self, tree: &mut Tree, metadata: &Metadata) {
        let mut own: Vec<Option<At>> = vec![None; tree.paths.len()];
        let mut within = own.clone();
        let sections = self.names.sections.clone();
        tree.each(&mut |number, section| {
            let at = sections.get(number as usize).copied().flatten();
            if let Some(place) = own.get_mut(section.source) {
                *place = place.or(at);
            }
            for chunk in &section.chunks {
                if let Some(place) = within.get_mut(chunk.source) {
                    *place = place.or(at);
                }
            }
        });
        let in_opening: Vec<usize> = tree.opening.iter().map(|chunk| chunk.source).collect();
        let needed = tree.title.is_some()
            || in_opening.iter().any(|source| own.get(*source).copied().flatten().is_none());
        let opening = if needed { self.opening(tree, metadata) } else { None };
        let opening = opening.or_else(|| sections.first().copied().flatten());
        let title_source = tree.title.as_ref().map(|(source, _)| *source);
        for (source, place) in own.iter_mut().enumerate() {
            let opens = in_opening.contains(&source).then_some(opening).flatten();
            *place = match title_source {
                Some(title) if title == source => opening,
                _ => place.or(within.get(source).copied().flatten()).or(opens),
            };
        }
        self.names.starts = own;
        if let (Some((source, heading)), Some(at)) = (&tree.title, opening) {
            let anchors = heading.text.content.iter().filter_map(|inline| match &inline.kind {
                InlineKind::Anchor(name) => name.id.as_ref(),
                InlineKind::Text(_)
                | InlineKind::Code(_)
                | InlineKind::LineBreak
                | InlineKind::Styled(..)
                | InlineKind::Span { .. }
                | InlineKind::Abbreviation { .. }
                | InlineKind::Link { .. }
                | InlineKind::PageReference { .. }
                | InlineKind::Picture(_)
                | InlineKind::NoteCall(_) => None,
            });
            heading.name.id.iter().chain(anchors).for_each(|name| self.names.call(*source, name, at));
        }
    }

    /// The opening's first block, given a name if it has none.
    fn opening(&mut self, tree: &mut Tree, metadata: &Metadata) -> Option<At> {
        let block = tree.opening.first_mut()?.blocks.first_mut()?;
        let id = match &block.name.id {
            Some(id) => Id(id.clone()),
            None => self.given.id("start"),
        };
        block.name.id = Some(id.0.clone());
        let everywhere = block.only.is_all();
        let words = Some(metadata.title.clone());
        Some(self.names.add(Named { id, words, section: None, everywhere }))
    }
}
