//! Lists and definitions as XHTML.
//!
//! Enters: a list of the book. Leaves: the element that means it, on the [`Pen`]'s paper. Promise: in an index, a
//! glossary or a bibliography its items say in EPUB's vocabulary what they are; DPUB-ARIA has no roles for them,
//! since those of lists say it already.

use super::pen::Pen;
use super::xml::{Attribute, attr};
use crate::model::{Block, BlockKind, Definition, ListItem, Numbering, Role};

impl Pen<'_> {
    pub(super) fn list(&mut self, block: &Block, numbering: Numbering, tight: bool, items: &[ListItem]) {
        let mut attributes;
        let name = match numbering {
            Numbering::Bullet => {
                let tasks = items.iter().any(|item| item.task.is_some());
                attributes = self.attributes(block, tasks.then_some("tasks"));
                "ul"
            }
            Numbering::Number { start, parenthesis } => {
                attributes = self.attributes(block, parenthesis.then_some("parenthesis"));
                if start != 1 {
                    // Readers hold list numbers in 32 bits.
                    attributes.push(attr("start", start.min(2_147_483_647).to_string()));
                }
                "ol"
            }
        };
        let (whole, each) = self.entries();
        attributes.extend(whole);
        let each: Vec<Attribute<'_>> = each.into_iter().collect();
        self.xml.open(name, &attributes);
        self.xml.line();
        for item in items {
            self.xml.open("li", &each);
            if let Some(done) = item.task {
                self.task(done);
            }
            self.item(item, tight);
            self.xml.close_line("li");
        }
        self.xml.close_line(name);
    }

    fn task(&mut self, done: bool) {
        let word = if done { self.job.words.done } else { self.job.words.to_do };
        self.xml.open("span", &[attr("class", "task"), attr("role", "img"), attr("aria-label", word)]);
        self.xml.text(if done { "\u{2611}" } else { "\u{2610}" });
        self.xml.close("span");
        self.xml.text(" ");
    }

    /// An item's blocks; in a tight list its paragraphs stand without an element of their own.
    fn item(&mut self, item: &ListItem, tight: bool) {
        for block in &item.blocks {
            let BlockKind::Paragraph(text) = &block.kind else {
                self.blocks(std::slice::from_ref(block));
                continue;
            };
            if !tight || !block.only.epub {
                self.blocks(std::slice::from_ref(block));
                continue;
            }
            let attributes = self.attributes(block, None);
            if attributes.is_empty() {
                self.leaf(text);
            } else {
                self.xml.open("span", &attributes);
                self.leaf(text);
                self.xml.close("span");
            }
        }
    }

    /// What a list and its items are in an index or a bibliography.
    fn entries(&self) -> (Option<Attribute<'static>>, Option<Attribute<'static>>) {
        let kind = |name: &'static str| Some(attr("epub:type", name));
        match self.role {
            Role::Index => (kind("index-entry-list"), kind("index-entry")),
            Role::Bibliography => (None, kind("biblioentry")),
            Role::Abstract
            | Role::Acknowledgments
            | Role::Afterword
            | Role::Appendix
            | Role::Chapter
            | Role::Colophon
            | Role::Conclusion
            | Role::Dedication
            | Role::Epigraph
            | Role::Epilogue
            | Role::Foreword
            | Role::Glossary
            | Role::Introduction
            | Role::Part
            | Role::Preface
            | Role::Prologue
            | Role::Section => (None, None),
        }
    }

    pub(super) fn definitions(&mut self, block: &Block, list: &[Definition]) {
        let attributes = self.attributes(block, None);
        let glossary = |name: &'static str| -> Vec<Attribute<'static>> {
            (self.role == Role::Glossary).then(|| attr("epub:type", name)).into_iter().collect()
        };
        let (term, meaning) = (glossary("glossterm"), glossary("glossdef"));
        self.xml.open("dl", &attributes);
        self.xml.line();
        for definition in list {
            self.xml.open("dt", &term);
            self.leaf(&definition.term);
            self.xml.close_line("dt");
            for detail in &definition.details {
                self.xml.open("dd", &meaning);
                self.blocks(detail);
                self.xml.close_line("dd");
            }
        }
        self.xml.close_line("dl");
    }
}
