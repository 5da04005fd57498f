//! Blocks as XHTML.
//!
//! Enters: a block of the book. Leaves: the element that means it, on the [`Pen`]'s paper.
//! Promise: the look is the style sheet's affair; what a block is stands in the markup.

use super::pen::Pen;
use super::xml::{Attribute, attr};
use crate::model::{AlertKind, Alignment, Block, BlockKind, Division, LeafId, Picture, Table, Text};

impl Pen<'_> {
    /// One block.
    pub(super) fn block(&mut self, block: &Block) {
        match &block.kind {
            BlockKind::Paragraph(text) => self.wrapped(block, "p", None, text),
            BlockKind::Attribution(text) => self.wrapped(block, "p", Some("attribution"), text),
            BlockKind::Heading { text, .. } => self.wrapped(block, "p", Some("heading"), text),
            BlockKind::Quote(inner) => self.around(block, "blockquote", Vec::new(), inner),
            BlockKind::Alert { kind, title, blocks } => self.alert(block, *kind, title.as_ref(), blocks),
            BlockKind::List { numbering, tight, items } => self.list(block, *numbering, *tight, items),
            BlockKind::Definitions(list) => self.definitions(block, list),
            BlockKind::Code { language, leaf, text } => self.code(block, language.as_deref(), (*leaf, text)),
            BlockKind::Table(table) => self.table(block, table),
            BlockKind::Figure { picture, label, caption, place: _ } => {
                self.figure(block, picture, label.as_deref(), caption.as_ref());
            }
            BlockKind::SceneBreak => {
                let mut attributes = self.attributes(block, Some("scene"));
                attributes.push(attr("aria-label", self.job.words.scene_break));
                self.xml.empty("hr", &attributes);
                self.xml.line();
            }
            BlockKind::PageBreak => {
                let attributes = self.attributes(block, Some("new-page"));
                self.xml.empty("div", &attributes);
                self.xml.line();
            }
            BlockKind::Verse(stanzas) => self.verse(block, stanzas),
            BlockKind::Division(division, inner) => {
                let (name, attributes) = match division {
                    Division::Epigraph => (
                        "div",
                        vec![
                            attr("class", "epigraph"),
                            attr("epub:type", "epigraph"),
                            attr("role", "doc-epigraph"),
                        ],
                    ),
                    Division::Aside => (
                        "aside",
                        vec![
                            attr("class", "aside"),
                            attr("role", "note"),
                            attr("aria-label", self.job.words.aside.to_owned()),
                        ],
                    ),
                    Division::Centered => ("div", vec![attr("class", "centered")]),
                    Division::Keep => ("div", vec![attr("class", "keep")]),
                    Division::Plain => ("div", Vec::new()),
                };
                self.around(block, name, attributes, inner);
            }
        }
    }

    fn code(&mut self, block: &Block, language: Option<&str>, (leaf, text): (LeafId, &str)) {
        let mut attributes = self.attributes(block, None);
        if let Some(direction) = self.code_direction() {
            // A block's language says which way its words run; code runs one way in all.
            attributes.retain(|(name, _)| *name != "dir");
            attributes.push(direction);
        }
        self.xml.open("pre", &attributes);
        let class = language.map(class_of).filter(|name| !name.is_empty());
        let class: Vec<Attribute<'_>> =
            class.iter().map(|name| attr("class", format!("language-{name}"))).collect();
        self.xml.open("code", &class);
        self.code_leaf(leaf, text);
        self.xml.close("code");
        self.xml.close_line("pre");
    }

    /// Id, language and class of a block.
    pub(super) fn attributes(&self, block: &Block, class: Option<&'static str>) -> Vec<Attribute<'static>> {
        let mut attributes = Vec::new();
        attributes.extend(block.name.iter().map(|id| attr("id", id.0.clone())));
        attributes.extend(class.map(|class| attr("class", class)));
        let mut spoken = Vec::new();
        self.language(block.lang.as_ref(), &mut spoken);
        attributes.extend(spoken.into_iter().map(|(name, value)| {
            let name = match name {
                "lang" => "lang",
                "dir" => "dir",
                _ => "xml:lang",
            };
            attr(name, value.into_owned())
        }));
        attributes
    }

    fn wrapped(&mut self, block: &Block, name: &str, class: Option<&'static str>, text: &Text) {
        let attributes = self.attributes(block, class);
        self.xml.open(name, &attributes);
        self.leaf(text);
        self.xml.close_line(name);
    }

    fn around(&mut self, block: &Block, name: &str, more: Vec<Attribute<'static>>, inner: &[Block]) {
        let mut attributes = self.attributes(block, None);
        attributes.extend(more);
        self.xml.open(name, &attributes);
        self.xml.line();
        self.blocks(inner);
        self.xml.close_line(name);
    }

    fn alert(&mut self, block: &Block, kind: AlertKind, title: Option<&Text>, inner: &[Block]) {
        let class = match kind {
            AlertKind::Note => "alert note",
            AlertKind::Tip => "alert tip",
            AlertKind::Important => "alert important",
            AlertKind::Warning => "alert warning",
            AlertKind::Caution => "alert caution",
        };
        let mut attributes = self.attributes(block, Some(class));
        self.alerts += 1;
        let label = self.free(format!("alert-{}", self.alerts));
        attributes.push(attr("aria-labelledby", label.clone()));
        if kind == AlertKind::Tip {
            attributes.extend([attr("epub:type", "tip"), attr("role", "doc-tip")]);
        } else {
            attributes.push(attr("role", "note"));
        }
        self.xml.open("aside", &attributes);
        self.xml.line();
        title.iter().for_each(|title| self.pages_before(title.leaf));
        self.xml.open("p", &[attr("class", "heading"), attr("id", label)]);
        match title {
            Some(title) => self.leaf(title),
            None => self.xml.text(self.job.words.alert(kind)),
        }
        self.xml.close_line("p");
        self.blocks(inner);
        self.xml.close_line("aside");
    }

    fn table(&mut self, block: &Block, table: &Table) {
        let attributes = self.attributes(block, None);
        table.caption.iter().for_each(|caption| self.pages_before(caption.leaf));
        self.xml.open("table", &attributes);
        self.xml.line();
        if let Some(caption) = &table.caption {
            self.xml.open("caption", &[]);
            self.caption(table.label.as_deref(), caption);
            self.xml.close_line("caption");
        }
        if table.head.cells.iter().any(|cell| !cell.content.is_empty()) {
            self.xml.open("thead", &[]);
            self.row(table, &table.head.cells, true);
            self.xml.close_line("thead");
        } else {
            table.head.cells.iter().for_each(|cell| self.carry(cell.leaf));
        }
        if !table.rows.is_empty() {
            self.xml.open("tbody", &[]);
            self.xml.line();
            for row in &table.rows {
                self.row(table, &row.cells, false);
            }
            self.xml.close_line("tbody");
        }
        self.xml.close_line("table");
    }

    fn row(&mut self, table: &Table, cells: &[Text], head: bool) {
        self.xml.open("tr", &[]);
        for (at, cell) in cells.iter().enumerate() {
            let align = match table.columns.get(at) {
                Some(Alignment::Left) => Some("left"),
                Some(Alignment::Center) => Some("center"),
                Some(Alignment::Right) => Some("right"),
                Some(Alignment::None) | None => None,
            };
            let mut attributes: Vec<Attribute<'_>> =
                align.iter().map(|side| attr("class", format!("align-{side}"))).collect();
            // A head cell without words is head of nothing.
            let name = if head && !cell.content.is_empty() { "th" } else { "td" };
            if name == "th" {
                attributes.push(attr("scope", "col"));
            }
            self.xml.open(name, &attributes);
            self.leaf(cell);
            self.xml.close(name);
        }
        self.xml.close_line("tr");
    }

    fn figure(&mut self, block: &Block, picture: &Picture, label: Option<&str>, caption: Option<&Text>) {
        let mut attributes = self.attributes(block, None);
        if caption.is_none() && picture.alt.is_none() {
            // Decoration: a figure of nothing would be announced all the same.
            attributes.push(attr("role", "presentation"));
        }
        self.xml.open("figure", &attributes);
        self.picture(picture, "block");
        if let Some(caption) = caption {
            self.xml.open("figcaption", &[]);
            self.caption(label, caption);
            self.xml.close("figcaption");
        }
        self.xml.close_line("figure");
    }

    fn caption(&mut self, label: Option<&str>, caption: &Text) {
        if let Some(label) = label {
            self.xml.open("span", &[attr("class", "label")]);
            self.xml.text(label);
            self.xml.close("span");
            self.xml.text(" ");
        }
        self.leaf(caption);
    }

    fn verse(&mut self, block: &Block, stanzas: &[Vec<Text>]) {
        let attributes = self.attributes(block, Some("verse"));
        self.xml.open("div", &attributes);
        self.xml.line();
        for stanza in stanzas {
            self.xml.open("p", &[]);
            for (at, line) in stanza.iter().enumerate() {
                if at > 0 {
                    self.xml.empty("br", &[]);
                    self.xml.line();
                }
                self.xml.open("span", &[attr("class", "line")]);
                self.leaf(line);
                self.xml.close("span");
            }
            self.xml.close_line("p");
        }
        self.xml.close_line("div");
    }
}

/// A language's name as a class: no spaces, nothing that a style sheet would have to escape.
fn class_of(language: &str) -> String {
    let fits = |c: &char| c.is_alphanumeric() || matches!(c, '-' | '_' | '+' | '#' | '.');
    language.chars().take_while(fits).collect::<String>().to_lowercase()
}
