//! Notes at the end of their chapter or of the book.
//!
//! Enters: notes in the order of their calls. Leaves: strips under a heading that the style gives to small
//! sections, each note with its number, which leads back to the call. Promise: notes stand in the tree
//! where they stand on the page; pages that bear notes alone bear no word of the text, so that they mark
//! no page in the other editions.

use super::{Builder, Kind, LinkSpot, Up};
use crate::layout::types::Tag;
use crate::measure::Length;
use crate::model::{Id, Note, Target};
use crate::phrases::phrases_of;
use crate::span::Span;
use crate::style::{HeadingStyle, NotePlace};

/// The id of the place that first calls a note. No name of the book has a space in it.
pub(crate) fn call(note: &Note) -> Id {
    Id(format!("{} call", note.anchor.0))
}

impl<'a> Builder<'a> {
    /// Notes stand at the foot of the page.
    pub(crate) fn notes_at_foot(&self) -> bool {
        self.theme.notes.place == NotePlace::Foot
    }

    /// The notes of a chapter, under their heading.
    pub(crate) fn chapter_notes(&mut self, notes: &[&'a Note], up: Up) {
        if notes.is_empty() {
            return;
        }
        let part = self.node(Tag::Aside, up, Span::NONE);
        let [_, style, ..] = self.theme.headings;
        self.made_heading(phrases_of(&self.book.metadata).notes, style, part);
        self.endnotes(notes, part);
    }

    /// All notes of the book on pages of their own, by chapter; each group with its chapter's title.
    pub(crate) fn book_notes(&mut self, groups: &[(Option<String>, Vec<&'a Note>)]) {
        let part = self.node(Tag::Part, Up::Document, Span::NONE);
        let [first, second, ..] = self.theme.headings;
        let phrase = phrases_of(&self.book.metadata).notes;
        self.made_heading(phrase, HeadingStyle { label_above: false, ..first }, part);
        for (title, notes) in groups.iter().filter(|(_, notes)| !notes.is_empty()) {
            if let Some(title) = title.as_ref().filter(|_| groups.len() > 1) {
                self.made_heading(title, second, part);
            }
            self.endnotes(notes, part);
        }
    }

    /// Notes one under the other, on their own leading until the text goes on.
    fn endnotes(&mut self, notes: &[&'a Note], part: u32) {
        let grid = self.grid;
        self.tied = 2;
        let opened = self.open_block(Length::ZERO, super::Give::None);
        for note in notes {
            let from = self.galley.strips.len();
            let label = self.note(note, Up::Node(part));
            self.lead_back(note, label, from);
            for strip in self.galley.strips.iter_mut().skip(from) {
                strip.words.clear();
                // Snaps are for blocks that come back to the page's grid; these don't until the last.
                if strip.kind == Kind::Snap {
                    strip.kind = Kind::Space;
                }
            }
        }
        self.grid = grid;
        self.close_block(opened, 0.0, Length::ZERO);
    }

    /// Makes the note's number a link to the first call of it.
    fn lead_back(&mut self, note: &Note, label: u32, from: usize) {
        let said = phrases_of(&self.book.metadata);
        let alt = format!("{} {}", said.back_to_text, note.number);
        let link = self.node(Tag::Link, Up::Node(label), note.span);
        let size = self.theme.notes.size;
        let drawn = |strip: &&mut super::Strip| strip.items.iter().any(|item| item.node == Some(label));
        let Some(strip) = self.galley.strips.iter_mut().skip(from).find(drawn) else { return };
        let mut edges: Option<Length> = None;
        for item in strip.items.iter_mut().filter(|item| item.node == Some(label)) {
            item.node = Some(link);
            edges = edges.map_or(Some(item.x), |x| Some(x.min(item.x)));
        }
        let Some(x) = edges else { return };
        let (width, height) = (size, strip.height);
        let target = Target::Inside(call(note));
        strip.links.push(LinkSpot { node: link, x, y: Length::ZERO, width, height, target, alt });
    }
}
