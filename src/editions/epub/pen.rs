//! What writes one file of text: the paper, and what it must know of the book.
//!
//! Enters: a [`Job`], the same for all files, and the place of one chapter. Leaves: a [`Written`].
//! Promise: files are written apart from each other, so they can be written at the same time.

use super::front::title_block;
use super::split::{Plan, kept};
use super::xml::{Attribute, Xml, attr};
use crate::layout::{Layout, Mark, Pagination};
use crate::model::{
    Block, BlockKind, Book, Image, ImageId, Language, Matter, NoteId, Role, Section, walk_blocks, walk_texts,
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
    /// The printed pages, and the faces they are set in.
    pub(super) layout: &'b Layout,
    pub(super) plan: &'b Plan<'b>,
    /// Id and label of each page that begins in the text.
    pub(super) pages: &'b BTreeMap<usize, (String, String)>,
    /// The path in the package of each image.
    pub(super) images: &'b BTreeMap<ImageId, String>,
    /// The cover's.
    pub(super) cover: Option<String>,
    /// The cover that the style drew, when the book has none of its own.
    pub(super) drawn: Option<&'b Image>,
    /// For which reading systems.
    pub(super) mode: Mode,
}

/// What kind of EPUB is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    /// One for all.
    Plain,
    /// One for Kobo's own reader.
    Kobo,
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
    /// The role of the section being written.
    pub(super) role: Role,
    /// Alerts so far, for the ids of their titles.
    pub(super) alerts: u32,
    /// Leaves and sentences of the present leaf so far, for Kobo.
    pub(super) spans: (u32, u32),
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
        role: Role::Section,
        alerts: 0,
        spans: (0, 0),
    };
    pen.xml.open("body", &[attr("epub:type", matter(chapter.matter))]);
    pen.xml.line();
    pen.open_columns();
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
    pen.close_columns();
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
        if self.job.plan.met.rtl {
            attributes.push(attr("dir", if lang.is_rtl() { "rtl" } else { "ltr" }));
        }
    }

    /// The direction of code, where what is around it may run the other way.
    pub(super) fn code_direction(&self) -> Option<Attribute<'static>> {
        self.job.plan.met.rtl.then(|| attr("dir", "ltr"))
    }

    /// An id like `wanted` that the book doesn't have.
    pub(super) fn free(&self, wanted: String) -> String {
        let mut name = wanted;
        while !self.job.plan.is_free(&name) {
            name.push_str("-x");
        }
        name
    }

    /// A section, its heading, and the subsections that stay in its file. One with a role is a landmark to who
    /// listens, named by its heading.
    fn section(&mut self, section: &Section) {
        let mut attributes = vec![attr("id", section.anchor.0.as_str())];
        let named = section.role != Role::Section;
        let heading = named.then(|| self.free(format!("{}-title", section.anchor.0)));
        if let Some(heading) = &heading {
            attributes.push(attr("epub:type", section.role.name()));
            attributes.push(attr("role", format!("doc-{}", section.role.name())));
            attributes.push(attr("aria-labelledby", heading.clone()));
        }
        self.language(section.lang.as_ref(), &mut attributes);
        let around = self.role;
        if named {
            self.role = section.role;
        }
        self.xml.open("section", &attributes);
        self.xml.line();
        self.heading(section, heading);
        self.blocks(&section.blocks);
        for child in kept(section) {
            self.section(child);
        }
        self.xml.close_line("section");
        self.role = around;
    }

    fn heading(&mut self, section: &Section, id: Option<String>) {
        let name = format!("h{}", section.level.clamp(1, 6));
        let mut attributes = Vec::new();
        attributes.extend(id.map(|id| attr("id", id)));
        if section.level > 6 {
            attributes.push(attr("aria-level", section.level.to_string()));
        }
        attributes.push(attr("class", format!("rank-{}", section.rank.min(6))));
        self.pages_before(section.title.leaf);
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
        let style = self.job.theme.heading(section.rank);
        let label = if style.number_alone { Some(number) } else { section.label.as_deref() };
        let around = label.filter(|_| style.label_above).and_then(|label| label.rsplit_once(number));
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
}
