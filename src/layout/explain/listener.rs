//! A setter that listens: leaves that somebody asks about are told of while they are set again.
//!
//! Enters: the leaves asked for. Leaves: what the setter says of each. Promise: a leaf is known by the
//! place of its inlines in the book, so paragraphs need carry no name for the sake of those who ask.

use crate::diagnostics::Diagnostics;
use crate::layout::galley::Typesetter;
use crate::layout::lines::{Flexible, Line, Paragraph, References, SetText, Share, Told, Type};
use crate::measure::Length;
use crate::model::{BookParts, Inline, LeafId, walk_texts};
use crate::span::Span;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

/// The inlines of all leaves.
pub(super) fn texts(book: &BookParts) -> BTreeMap<LeafId, &[Inline]> {
    let mut texts = BTreeMap::new();
    let sections = book.all_sections();
    let of_sections = sections.iter().map(|section| section.blocks.as_slice());
    let of_notes = book.notes.iter().map(|note| note.blocks.as_slice());
    for blocks in std::iter::once(book.opening.as_slice()).chain(of_sections).chain(of_notes) {
        walk_texts(blocks, &mut |text| {
            texts.insert(text.leaf, text.content.as_slice());
        });
    }
    texts
}

/// What the setter says of the leaves asked for, while `again` sets them.
pub(super) fn hear(
    setter: &dyn Typesetter,
    texts: &BTreeMap<LeafId, &[Inline]>,
    leaves: &BTreeSet<LeafId>,
    again: impl FnOnce(&dyn Typesetter),
) -> BTreeMap<LeafId, Told> {
    let asked = leaves.iter().filter_map(|leaf| Some((*leaf, *texts.get(leaf)?))).collect();
    let listener = Listener { setter, asked, heard: Mutex::default() };
    again(&listener);
    listener.heard.into_inner().unwrap_or_else(PoisonError::into_inner)
}

struct Listener<'a> {
    setter: &'a dyn Typesetter,
    asked: Vec<(LeafId, &'a [Inline])>,
    heard: Mutex<BTreeMap<LeafId, Told>>,
}

impl Listener<'_> {
    fn listen(&self, paragraph: &Paragraph<'_>, references: &dyn References) {
        let same = |(_, content): &&(LeafId, &[Inline])| std::ptr::eq(*content, paragraph.content);
        if let Some((leaf, _)) = self.asked.iter().find(same) {
            let told = self.setter.tell(paragraph, references);
            self.heard.lock().unwrap_or_else(PoisonError::into_inner).insert(*leaf, told);
        }
    }
}

impl Typesetter for Listener<'_> {
    fn set(
        &self,
        paragraph: &Paragraph<'_>,
        references: &dyn References,
        diagnostics: &mut Diagnostics,
    ) -> SetText {
        self.listen(paragraph, references);
        self.setter.set(paragraph, references, diagnostics)
    }

    fn set_title(
        &self,
        paragraph: &Paragraph<'_>,
        share: Share,
        references: &dyn References,
        diagnostics: &mut Diagnostics,
    ) -> SetText {
        self.setter.set_title(paragraph, share, references, diagnostics)
    }

    fn set_flexible(
        &self,
        paragraph: &Paragraph<'_>,
        references: &dyn References,
        diagnostics: &mut Diagnostics,
    ) -> (SetText, Option<Flexible>) {
        self.listen(paragraph, references);
        self.setter.set_flexible(paragraph, references, diagnostics)
    }

    fn set_way(&self, flexible: &Flexible, way: usize) -> Vec<Line> {
        self.setter.set_way(flexible, way)
    }

    fn tell(&self, paragraph: &Paragraph<'_>, references: &dyn References) -> Told {
        self.setter.tell(paragraph, references)
    }

    fn set_code(
        &self,
        code: &str,
        font: Type,
        measure: Length,
        span: Span,
        diagnostics: &mut Diagnostics,
    ) -> SetText {
        self.setter.set_code(code, font, measure, span, diagnostics)
    }
}
