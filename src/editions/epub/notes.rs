//! Notes: their calls, and what they say at the end of the file that calls them.
//!
//! Enters: the notes of a chapter. Leaves: each as an aside with its number, its words and the way back.
//! Promise: a note stands in the file of its first call, so that reading systems can show it in a window; one too
//! long for a window isn't offered in one.

use super::pen::Pen;
use super::split::Chapter;
use super::xml::attr;
use crate::model::{Block, BlockKind, Note, NoteId, plain_text, walk_texts};
use crate::phrases::with;

/// Kobo's window takes notes of fewer characters than this.
const MOST_IN_A_WINDOW: usize = 5_000;

/// Whether the note can be shown in a window.
fn fits_a_window(note: &Note) -> bool {
    let mut length = 0;
    walk_texts(&note.blocks, &mut |text| length += plain_text(&text.content).chars().count());
    length < MOST_IN_A_WINDOW
}

impl Pen<'_> {
    /// A note's call; within a link it waits for the link's end.
    pub(super) fn call(&mut self, id: NoteId) {
        if self.in_link {
            self.deferred.push(id);
            return;
        }
        let Some(note) = self.job.book.note(id) else { return };
        let number = note.number.to_string();
        let Some(href) = self.job.plan.href(&note.anchor.0, self.at) else { return };
        let mut attributes = vec![attr("class", "noteref")];
        // Windows are opened by this word alone; the role says the same to who listens.
        attributes.extend(fits_a_window(note).then(|| attr("epub:type", "noteref")));
        attributes.extend([
            attr("role", "doc-noteref"),
            attr("href", href),
            attr("aria-label", with(self.job.words.note, &number)),
        ]);
        let own = self.job.plan.chapters.get(self.at).is_some_and(|chapter| chapter.notes.contains(&id));
        if own && self.called.insert(id) {
            attributes.extend(self.job.plan.calls.get(&id).map(|name| attr("id", name.as_str())));
        }
        self.xml.open("a", &attributes);
        self.xml.text(&number);
        self.xml.close("a");
    }

    /// The notes first called in the file.
    pub(super) fn notes(&mut self, chapter: &Chapter<'_>) {
        if chapter.notes.is_empty() {
            return;
        }
        let attributes = [
            attr("class", "notes"),
            attr("epub:type", "footnotes"),
            attr("role", "doc-endnotes"),
            attr("aria-label", self.job.words.notes),
        ];
        self.xml.open("section", &attributes);
        self.xml.line();
        for id in &chapter.notes {
            self.note(*id);
        }
        self.xml.close_line("section");
    }

    fn note(&mut self, id: NoteId) {
        let Some(note) = self.job.book.note(id) else { return };
        let attributes = [
            attr("id", note.anchor.0.as_str()),
            attr("epub:type", "footnote"),
            attr("role", "doc-footnote"),
            attr("aria-label", with(self.job.words.note, &note.number.to_string())),
        ];
        self.xml.open("aside", &attributes);
        let last = note.blocks.len().saturating_sub(1);
        let words = |block: Option<&Block>| {
            block
                .filter(|b| b.only.epub && b.name.is_none() && matches!(b.kind, BlockKind::Paragraph(_)))
                .is_some()
        };
        if !words(note.blocks.first()) {
            self.xml.open("p", &[]);
            self.note_number(note.number);
            self.xml.close("p");
        }
        for (at, block) in note.blocks.iter().enumerate() {
            match &block.kind {
                BlockKind::Paragraph(text) if words(Some(block)) => {
                    let mut attributes = Vec::new();
                    self.language(block.lang.as_ref(), &mut attributes);
                    self.xml.open("p", &attributes);
                    if at == 0 {
                        self.note_number(note.number);
                    }
                    self.leaf(text);
                    if at == last {
                        self.backlink(id, note.number);
                    }
                    self.xml.close("p");
                }
                BlockKind::Paragraph(_)
                | BlockKind::Heading { .. }
                | BlockKind::Quote(_)
                | BlockKind::Alert { .. }
                | BlockKind::List { .. }
                | BlockKind::Definitions(_)
                | BlockKind::Code { .. }
                | BlockKind::Table(_)
                | BlockKind::Figure { .. }
                | BlockKind::SceneBreak
                | BlockKind::PageBreak
                | BlockKind::Verse(_)
                | BlockKind::Attribution(_)
                | BlockKind::Division(..) => self.blocks(std::slice::from_ref(block)),
            }
        }
        if !words(note.blocks.last()) {
            self.xml.open("p", &[]);
            self.backlink(id, note.number);
            self.xml.close("p");
        }
        self.xml.close_line("aside");
    }

    fn note_number(&mut self, number: u32) {
        self.xml.open("span", &[attr("class", "number")]);
        self.xml.text(&format!("{number}."));
        self.xml.close("span");
        self.xml.text(" ");
    }

    /// The way back to the call, with words for those who hear it.
    fn backlink(&mut self, id: NoteId, number: u32) {
        let Some(call) = self.job.plan.calls.get(&id).filter(|_| self.called.contains(&id)) else { return };
        self.xml.text(" ");
        let attributes = [
            attr("class", "backlink"),
            attr("epub:type", "backlink"),
            attr("role", "doc-backlink"),
            attr("href", format!("#{call}")),
            attr("aria-label", format!("{} {number}", self.job.words.back_to_text)),
        ];
        self.xml.open("a", &attributes);
        self.xml.text("\u{21a9}\u{fe0e}");
        self.xml.close("a");
    }
}
