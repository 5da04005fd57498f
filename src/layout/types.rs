//! What a layout is made of. Points are measured from the page's upper left corner, `y` downwards.

use crate::fonts::{FaceId, FontSet};
use crate::measure::{Length, Short};
use crate::model::{Id, ImageId, Language, LeafId};
use crate::span::Span;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

/// The whole book, set.
#[derive(Debug, Clone)]
pub struct Layout {
    /// The pages in order; the first is a recto.
    pub pages: Vec<Page>,
    /// Where in the text each page begins.
    pub pagination: Pagination,
    /// The tree of what the pages say, in reading order.
    pub structure: Structure,
    /// Where each id of the book stands: sections, blocks, anchors, notes.
    pub anchors: BTreeMap<Id, Destination>,
    /// The faces that the glyph runs name.
    pub fonts: Arc<FontSet>,
}

/// A place on a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Destination {
    /// Which page, from 0.
    pub page: usize,
    /// Where on it: the top left of what is meant.
    pub at: Point,
}

/// A point on a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Point {
    /// From the left edge.
    pub x: Length,
    /// From the top edge.
    pub y: Length,
}

/// A rectangle on a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rect {
    /// Its upper left corner.
    pub at: Point,
    /// Its width.
    pub width: Length,
    /// Its height.
    pub height: Length,
}

/// One page.
#[derive(Debug, Clone)]
pub struct Page {
    /// What its folio says, printed or not.
    pub label: PageLabel,
    /// What bears it.
    pub kind: PageKind,
    /// Width of the sheet.
    pub width: Length,
    /// Height of the sheet.
    pub height: Length,
    /// What is drawn, in drawing order. Items of one [`ContentId`] stand together.
    pub items: Vec<Placed>,
    /// Where links can be followed.
    pub links: Vec<LinkArea>,
}

/// What a page is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PageKind {
    /// Words of the book, its figures or its notes.
    Text,
    /// Title page, contents: made, not written.
    Generated,
    /// Nothing at all.
    Blank,
}

/// The number of a page: roman in lower case before the text, arabic in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PageLabel {
    /// Roman or arabic.
    pub roman: bool,
    /// From 1 in each series.
    pub number: u32,
}

impl std::fmt::Display for PageLabel {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if !self.roman {
            return write!(f, "{}", self.number);
        }
        const STEPS: [(u32, &str); 13] = [
            (1000, "m"),
            (900, "cm"),
            (500, "d"),
            (400, "cd"),
            (100, "c"),
            (90, "xc"),
            (50, "l"),
            (40, "xl"),
            (10, "x"),
            (9, "ix"),
            (5, "v"),
            (4, "iv"),
            (1, "i"),
        ];
        let mut rest = self.number;
        for (value, letters) in STEPS {
            while rest >= value {
                f.write_str(letters)?;
                rest -= value;
            }
        }
        Ok(())
    }
}

/// Something drawn, at its place: the origin of a run's baseline, the upper left of the rest.
#[derive(Debug, Clone)]
pub struct Placed {
    /// Where.
    pub at: Point,
    /// Content, or mere ornament.
    pub belongs: Belongs,
    /// What.
    pub item: Item,
}

/// A piece of tagged content: one marked sequence on one page, under one node of the structure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ContentId(pub u32);

/// What an item is to a reader who can't see the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Belongs {
    /// A part of the text: see [`Structure`].
    Content(ContentId),
    /// Ornament: not read out.
    Artifact(Ornament),
}

/// Kinds of ornament.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ornament {
    /// Running head.
    Head,
    /// Folio.
    Folio,
    /// Rules, leaders, wrap marks, scene-break ornaments …
    Layout,
}

/// What can be drawn.
#[derive(Debug, Clone)]
pub enum Item {
    /// Glyphs along a baseline.
    Glyphs(GlyphRun),
    /// A filled rectangle in a shade of grey: 0 black, 255 white.
    Rule {
        /// Its width.
        width: Length,
        /// Its height.
        height: Length,
        /// Its shade.
        gray: u8,
    },
    /// An image of the book, stretched to this size.
    Image {
        /// Which.
        image: ImageId,
        /// Its width on the page.
        width: Length,
        /// Its height on the page.
        height: Length,
    },
}

/// Glyphs of one face and size, drawn from left to right.
#[derive(Debug, Clone)]
pub struct GlyphRun {
    /// The face.
    pub face: FaceId,
    /// The size of the type.
    pub size: Length,
    /// Horizontal scaling, 1 for none (the advances have it already).
    pub stretch: f32,
    /// Shade: 0 black, 255 white.
    pub gray: u8,
    /// What the run says, in reading order; word spaces included.
    pub text: String,
    /// The glyphs.
    pub glyphs: Vec<Glyph>,
    /// What of them is moved when drawn, in their order: marks; most runs have none.
    pub moved: Vec<Moved>,
}

impl GlyphRun {
    /// Each glyph with how far it is moved to the right and up.
    pub fn moves(&self) -> impl Iterator<Item = (&Glyph, Short, Short)> {
        let mut moved = self.moved.iter().peekable();
        (0..).zip(&self.glyphs).map(move |(at, glyph)| {
            let own = moved.next_if(|moved| moved.glyph == at);
            own.map_or((glyph, Short::ZERO, Short::ZERO), |moved| (glyph, moved.dx, moved.dy))
        })
    }
}

/// One glyph. A book has a million of them, which are most of what it takes in memory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Glyph {
    /// Its number in the face; never 0.
    pub id: u32,
    /// How far the pen moves on, the space of justification included.
    pub advance: Short,
    /// The bytes of the run's text that it stands for; glyphs of one cluster share them.
    pub text: Range<u32>,
}

/// How far a glyph is moved when drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moved {
    /// Its place among the run's.
    pub glyph: u32,
    /// To the right.
    pub dx: Short,
    /// Up.
    pub dy: Short,
}

/// A link on a page: one for each line it stands on.
#[derive(Debug, Clone)]
pub struct LinkArea {
    /// The [`Tag::Link`] node it belongs to.
    pub node: NodeId,
    /// Where it can be clicked.
    pub rect: Rect,
    /// An id of [`Layout::anchors`], or an address.
    pub target: crate::model::Target,
    /// What a screen reader says of it.
    pub alt: String,
}

/// The tree of what the pages say.
#[derive(Debug, Clone, Default)]
pub struct Structure {
    /// All nodes; the first is the root, [`Tag::Document`].
    pub nodes: Vec<Node>,
    /// For each id of [`Layout::anchors`] the node of the first content at its place or after it.
    pub places: BTreeMap<Id, NodeId>,
}

/// A node of the structure, by its place in [`Structure::nodes`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NodeId(pub u32);

/// A node: an element of the document.
#[derive(Debug, Clone)]
pub struct Node {
    /// What it is.
    pub tag: Tag,
    /// Its language, when it differs from its parent's.
    pub lang: Option<Language>,
    /// What stands for it in speech: figures.
    pub alt: Option<String>,
    /// Where it was written.
    pub span: Span,
    /// What is in it, in reading order.
    pub children: Vec<Child>,
}

/// What a node holds. A [`Tag::Link`] node also owns the [`LinkArea`]s that name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Child {
    /// Another node.
    Node(NodeId),
    /// Drawn content; each id stands in the tree exactly once.
    Content(ContentId),
}

/// What head cells are head of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Their row.
    Row,
    /// Their column.
    Column,
}

/// What items begin with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Marks {
    /// Numbers that count.
    Numbers,
    /// The same sign for all.
    Bullets,
    /// A term, or nothing.
    Own,
}

/// Elements of the structure (ISO 32000-1, 14.8.4).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tag {
    /// The root.
    Document,
    /// A part of the book, or front matter.
    Part,
    /// A section.
    Section,
    /// A heading: its level from 1, and its words.
    Heading {
        /// From 1, without gaps.
        level: u8,
        /// Number and title.
        title: String,
    },
    /// A paragraph; also the lines of a title page.
    Paragraph,
    /// A quote.
    BlockQuote,
    /// An aside or alert.
    Aside,
    /// A list.
    List(Marks),
    /// An item, of a [`Tag::Label`] and a [`Tag::ItemBody`].
    Item,
    /// A bullet or number; the number of a note.
    Label,
    /// What an item says.
    ItemBody,
    /// Code, a block or a span of it.
    Code,
    /// A table of rows.
    Table,
    /// A row.
    Row,
    /// A head cell.
    HeadCell(Scope),
    /// A cell.
    Cell,
    /// A caption, child of its figure or table.
    Caption,
    /// A figure, with its alternative text on the node.
    Figure,
    /// A footnote.
    Note,
    /// A call of a note, or a page reference.
    Reference,
    /// A link.
    Link,
    /// A run in another language, or with anything else to say of it.
    Inline,
    /// A word drawn in pieces that don't stand as letters do (a large first letter, then the rest); what
    /// it says stands on the node.
    Whole,
    /// The contents.
    Contents,
    /// A line of the contents.
    ContentsItem,
}

/// Where pages begin, and what they are called.
#[derive(Debug, Clone, Default)]
pub struct Pagination {
    /// One for each page that bears words of the book (notes, heads and made pages don't count), by
    /// leaf and offset, which is also their reading order.
    pub marks: Vec<Mark>,
    /// The label of every page, in order.
    pub labels: Vec<String>,
}

/// The beginning of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mark {
    /// The leaf of its first word.
    pub leaf: LeafId,
    /// Offset in bytes in the leaf's plain text of the page's first whole word.
    pub offset: usize,
    /// Which page, from 0.
    pub page: usize,
}

impl Pagination {
    /// The marks within a leaf, in order.
    #[must_use]
    pub fn marks_in(&self, leaf: LeafId) -> &[Mark] {
        let start = self.marks.partition_point(|mark| mark.leaf < leaf);
        let end = self.marks.partition_point(|mark| mark.leaf <= leaf);
        self.marks.get(start..end).unwrap_or_default()
    }

    /// The label of a page; empty when there is no such page.
    #[must_use]
    pub fn label(&self, page: usize) -> &str {
        self.labels.get(page).map_or("", String::as_str)
    }
}
