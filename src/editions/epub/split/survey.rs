//! A walk over what goes into the EPUB, before any of it is written.
//!
//! Enters: the blocks of one file after the other. Leaves: in the [`Plan`] the place of every id, the calls in their
//! order, the images, and what is met. Promise: what the EPUB leaves out isn't seen.

use super::{Plan, kept};
use crate::model::{
    Block, BlockKind, ImageId, Inline, InlineKind, Language, NoteId, Picture, Role, Section, Target, Text,
};

/// As what an image is shown, all its showings taken together.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::editions::epub) struct Shown {
    /// Once at least as something other than decoration.
    pub(in crate::editions::epub) tells: bool,
    /// Once at least without words, and not said to be decoration.
    pub(in crate::editions::epub) silent: bool,
}

/// What the text was found to hold.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::editions::epub) struct Met {
    /// A word.
    pub(in crate::editions::epub) words: bool,
    /// A passage in another language than the book's.
    pub(in crate::editions::epub) languages: bool,
    /// A passage written from right to left.
    pub(in crate::editions::epub) rtl: bool,
    /// An index.
    pub(in crate::editions::epub) index: bool,
    /// A link from an index into the book.
    pub(in crate::editions::epub) index_links: bool,
    /// A section, note or alert that has a role of its own.
    pub(in crate::editions::epub) roles: bool,
}

/// The walk over one file.
pub(super) struct Survey<'p, 'a> {
    at: usize,
    plan: &'p mut Plan<'a>,
    book: &'a Language,
    in_index: bool,
    pub(super) calls: Vec<NoteId>,
}

impl<'p, 'a> Survey<'p, 'a> {
    /// For the file at `at` of a book in that language.
    pub(super) fn new(at: usize, plan: &'p mut Plan<'a>, book: &'a Language) -> Self {
        plan.met.rtl |= book.is_rtl();
        Survey { at, plan, book, in_index: false, calls: Vec::new() }
    }

    fn place(&mut self, id: &'a str) {
        self.plan.places.entry(id).or_insert(self.at);
    }

    fn language(&mut self, lang: Option<&Language>) {
        let Some(lang) = lang else { return };
        self.plan.met.rtl |= lang.is_rtl();
        self.plan.met.languages |= lang != self.book;
    }

    pub(super) fn section(&mut self, section: &'a Section) {
        self.place(&section.anchor.0);
        self.language(section.lang.as_ref());
        self.plan.met.roles |= section.role != Role::Section;
        let around = self.in_index;
        self.in_index |= section.role == Role::Index;
        self.plan.met.index |= self.in_index;
        self.text(&section.title);
        self.blocks(&section.blocks);
        kept(section).iter().for_each(|child| self.section(child));
        self.in_index = around;
    }

    fn picture(&mut self, picture: &Picture) {
        let shown = self.plan.images.entry(picture.image).or_default();
        shown.tells |= !picture.decorative;
        shown.silent |= picture.alt.is_none() && !picture.decorative;
    }

    fn text(&mut self, text: &'a Text) {
        self.inlines(&text.content);
    }

    pub(super) fn blocks(&mut self, blocks: &'a [Block]) {
        for block in blocks.iter().filter(|block| block.only.epub) {
            if let Some(name) = &block.name {
                self.place(&name.0);
            }
            self.language(block.lang.as_ref());
            self.block(&block.kind);
        }
    }

    fn block(&mut self, kind: &'a BlockKind) {
        match kind {
            BlockKind::Paragraph(text) | BlockKind::Heading { text, .. } | BlockKind::Attribution(text) => {
                self.text(text);
            }
            BlockKind::Quote(inner) | BlockKind::Division(_, inner) => self.blocks(inner),
            BlockKind::Alert { title, blocks, .. } => {
                self.plan.met.roles = true;
                title.iter().for_each(|text| self.text(text));
                self.blocks(blocks);
            }
            BlockKind::List { items, .. } => items.iter().for_each(|item| self.blocks(&item.blocks)),
            BlockKind::Definitions(list) => {
                for definition in list {
                    self.text(&definition.term);
                    definition.details.iter().for_each(|detail| self.blocks(detail));
                }
            }
            BlockKind::Table(table) => {
                table.caption.iter().for_each(|text| self.text(text));
                let rows = std::iter::once(&table.head).chain(&table.rows);
                rows.flat_map(|row| &row.cells).for_each(|cell| self.text(cell));
            }
            BlockKind::Figure { picture, caption, .. } => {
                self.picture(picture);
                caption.iter().for_each(|text| self.text(text));
            }
            BlockKind::Verse(stanzas) => stanzas.iter().flatten().for_each(|text| self.text(text)),
            BlockKind::Code { text, .. } => self.plan.met.words |= !text.trim().is_empty(),
            BlockKind::SceneBreak | BlockKind::PageBreak => {}
        }
    }

    fn inlines(&mut self, inlines: &'a [Inline]) {
        for inline in inlines {
            match &inline.kind {
                InlineKind::Span { name, lang, .. } => {
                    name.iter().for_each(|id| self.place(&id.0));
                    self.language(lang.as_ref());
                }
                InlineKind::Anchor(name) => name.iter().for_each(|id| self.place(&id.0)),
                InlineKind::NoteCall(id) => {
                    self.plan.met.roles = true;
                    if self.plan.seen.insert(*id) {
                        self.calls.push(*id);
                    }
                }
                InlineKind::Picture(picture) => self.picture(picture),
                InlineKind::Text(words) | InlineKind::Code(words) => {
                    self.plan.met.words |= !words.trim().is_empty();
                }
                InlineKind::Link { target, .. } | InlineKind::PageReference { target, .. } => {
                    self.plan.met.index_links |= self.in_index && matches!(target, Target::Inside(_));
                }
                InlineKind::LineBreak | InlineKind::Styled(..) | InlineKind::Abbreviation { .. } => {}
            }
            self.inlines(inline.content());
        }
    }
}

/// Images by what they are shown as.
impl Plan<'_> {
    /// The ids of the images that say something.
    pub(in crate::editions::epub) fn telling(&self) -> impl Iterator<Item = (ImageId, Shown)> + '_ {
        self.images.iter().filter(|(_, shown)| shown.tells).map(|(id, shown)| (*id, *shown))
    }
}
