//! What writes one file of text: the paper, and what it must know of the book.
//!
//! Enters: a [`Job`], the same for all files, and the place of one chapter. Leaves: a [`Written`].
//! Promise: files are written apart from each other, so they can be written at the same time.

use super::front::title_block;
use super::split::{Chapter, Plan, kept};
use super::xml::{Attribute, Xml, attr};
use crate::layout::{Mark, Pagination};
use crate::model::{
    Block, BlockKind, Book, ImageId, Language, Matter, NoteId, Role, Section, walk_blocks, walk_texts,
};
use crate::phrases::Phrases;
use crate::style::Theme;
use std::collections::{BTreeMap, BTreeSet};

/// What all files share.
pub(super) struct Job<'b> {
    pub(super) book: &'b Book,
    pub(super) theme: &'b Theme,
    pub(super) words: &'b Phrases<'b>,
    pub(super) pagination: &'b Pagination,
    pub(super) plan: &'b Plan<'b>,
    /// Id and label of each page that begins in the text.
    pub(super) pages: &'b BTreeMap<usize, (String, String)>,
    /// The path in the package of each image.
    pub(super) images: &'b BTreeMap<ImageId, String>,
}

/// A finished file.
pub(super) struct Written {
    pub(super) bytes: Vec<u8>,
    /// The pages that begin in it, in order.
    pub(super) pages: Vec<usize>,
}

/// The writer of one file.
pub(super) struct Pen<'b> {
    pub(super) job: &'b Job<'b>,
    pub(super) xml: Xml,
    /// Place of the chapter in the plan.
    pub(super) at: usize,
    /// Marks of the present leaf that are still to come.
    pub(super) marks: &'b [Mark],
    /// Bytes of the present leaf's plain text written.
    pub(super) position: usize,
    /// Marks of leaves that this edition leaves out.
    pub(super) carried: Vec<Mark>,
    /// Pages marked so far.
    pub(super) pages: Vec<usize>,
    pub(super) in_link: bool,
    /// Calls met within a link.
    pub(super) deferred: Vec<NoteId>,
    /// Notes whose first call has its id.
    pub(super) called: BTreeSet<NoteId>,
}

/// Writes the chapter at `at`.
pub(super) fn write(job: &Job<'_>, at: usize) -> Option<Written> {
    let chapter = job.plan.chapters.get(at)?;
    let title = match chapter.section {
        Some(section) => section.title_text(),
        None => job.book.metadata.title.clone(),
    };
    let mut pen = Pen {
        job,
        xml: page_head(&job.book.metadata.language, &title, "../style.css"),
        at,
        marks: &[],
        position: 0,
        carried: Vec::new(),
        pages: Vec::new(),
        in_link: false,
        deferred: Vec::new(),
        called: BTreeSet::new(),
    };
    pen.xml.open("body", &[attr("epub:type", matter(chapter.matter))]);
    pen.xml.line();
    if at == 0 && !job.theme.front.title_page {
        title_block(job, &mut pen.xml, "title-page title-block");
    }
    match chapter.section {
        Some(section) => pen.section(section),
        None => pen.blocks(chapter.opening),
    }
    for mark in std::mem::take(&mut pen.carried) {
        pen.page_break(mark);
    }
    pen.notes(chapter);
    pen.xml.close_line("body");
    pen.xml.close_line("html");
    Some(Written { bytes: pen.xml.finish(), pages: pen.pages })
}

/// A document up to its body.
pub(super) fn page_head(language: &Language, title: &str, css: &str) -> Xml {
    let mut xml = Xml::document();
    xml.doctype();
    let mut attributes = vec![
        attr("xmlns", "http://www.w3.org/1999/xhtml"),
        attr("xmlns:epub", "http://www.idpf.org/2007/ops"),
        attr("lang", language.tag()),
        attr("xml:lang", language.tag()),
    ];
    if language.is_rtl() {
        attributes.push(attr("dir", "rtl"));
    }
    xml.open("html", &attributes);
    xml.line();
    xml.open("head", &[]);
    xml.line();
    xml.element("title", &[], title);
    xml.empty("link", &[attr("rel", "stylesheet"), attr("type", "text/css"), attr("href", css)]);
    xml.line();
    xml.close_line("head");
    xml
}

fn matter(matter: Matter) -> &'static str {
    match matter {
        Matter::Front => "frontmatter",
        Matter::Body => "bodymatter",
        Matter::Back => "backmatter",
    }
}

impl Pen<'_> {
    /// Adds the attributes of a language that differs from the book's.
    pub(super) fn language(&self, lang: Option<&Language>, attributes: &mut Vec<Attribute<'_>>) {
        let Some(lang) = lang else { return };
        attributes.push(attr("lang", lang.tag().to_owned()));
        attributes.push(attr("xml:lang", lang.tag().to_owned()));
        if lang.is_rtl() || self.job.book.metadata.language.is_rtl() {
            attributes.push(attr("dir", if lang.is_rtl() { "rtl" } else { "ltr" }));
        }
    }

    /// A section, its heading, and the subsections that stay in its file.
    fn section(&mut self, section: &Section) {
        let mut attributes = vec![attr("id", section.anchor.0.as_str())];
        if section.role != Role::Section {
            attributes.push(attr("epub:type", section.role.name()));
            attributes.push(attr("role", format!("doc-{}", section.role.name())));
        }
        self.language(section.lang.as_ref(), &mut attributes);
        self.xml.open("section", &attributes);
        self.xml.line();
        self.heading(section);
        self.blocks(&section.blocks);
        for child in kept(section) {
            self.section(child);
        }
        self.xml.close_line("section");
    }

    fn heading(&mut self, section: &Section) {
        let name = format!("h{}", section.level.clamp(1, 6));
        let mut attributes = Vec::new();
        if section.level > 6 {
            attributes.push(attr("aria-level", section.level.to_string()));
        }
        attributes.push(attr("class", format!("rank-{}", section.rank.min(6))));
        self.xml.open(&name, &attributes);
        if let Some(number) = &section.number {
            self.number(section, number);
        }
        self.leaf(&section.title);
        self.xml.close_line(&name);
    }

    /// The number of a section before its title: alone, or within its label where the style sets
    /// "Chapter 3" above the title.
    fn number(&mut self, section: &Section, number: &str) {
        let above = self.job.theme.heading(section.rank).label_above;
        let around = section.label.as_deref().filter(|_| above).and_then(|label| label.rsplit_once(number));
        if let Some((before, after)) = around {
            self.xml.open("span", &[attr("class", "label")]);
            self.xml.text(before);
            self.xml.open("span", &[attr("class", "number")]);
            self.xml.text(number);
            self.xml.close("span");
            self.xml.text(after);
            self.xml.close("span");
        } else {
            self.xml.open("span", &[attr("class", "number")]);
            self.xml.text(number);
            self.xml.close("span");
        }
        self.xml.text(" ");
    }

    /// Blocks, those of other editions left out.
    pub(super) fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            if block.only.epub {
                self.block(block);
            } else {
                self.pass_over(block);
            }
        }
    }

    /// Leaves a block out, but not the pages that begin in it.
    fn pass_over(&mut self, block: &Block) {
        let mut leaves = Vec::new();
        walk_texts(std::slice::from_ref(block), &mut |text| leaves.push(text.leaf));
        walk_blocks(std::slice::from_ref(block), &mut |inner| {
            if let BlockKind::Code { leaf, .. } = &inner.kind {
                leaves.push(*leaf);
            }
        });
        leaves.sort_unstable();
        for leaf in leaves {
            self.carry(leaf);
        }
    }

    /// The notes first called in the file.
    fn notes(&mut self, chapter: &Chapter<'_>) {
        if chapter.notes.is_empty() {
            return;
        }
        self.xml.open("div", &[attr("class", "notes"), attr("epub:type", "footnotes")]);
        self.xml.line();
        for id in &chapter.notes {
            self.note(*id);
        }
        self.xml.close_line("div");
    }

    fn note(&mut self, id: NoteId) {
        let Some(note) = self.job.book.note(id) else { return };
        let attributes =
            [attr("id", note.anchor.0.as_str()), attr("epub:type", "footnote"), attr("role", "doc-footnote")];
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
