//! The book as one endless column: each unit of it (a title page, the contents, a chapter, a note)
//! becomes a [`Galley`], a list of [`Strip`]s from top to bottom.
//!
//! Enters: the book, the theme, a [`Typesetter`]. Leaves: galleys whose strips know their height,
//! what is drawn in them, what they belong to, and how dear a page break after them is.
//! Promise: nothing here knows of pages; nesting is dissolved into strips with an offset, so whoever
//! breaks pages sees a flat list; blocks with a leading of their own end in a [`Kind::Snap`], which
//! brings the next line back to the grid wherever the block was broken.

mod aligned;
mod blocks;
mod builder;
mod code;
mod endnotes;
mod figure;
mod headings;
mod index;
mod keeps;
mod lists;
mod opening;
mod pictures;
mod table;
mod text;

pub(crate) use builder::{Builder, Context, face, page_height, words};
pub(crate) use figure::size as picture_size;
pub(crate) use index::stands_alone as index_alone;
pub(crate) use text::{Flexible, Leaf, after, width_of};

use crate::diagnostics::Diagnostics;
use crate::layout::lines::{self, Paragraph, References, SetText, Type};
use crate::layout::stages::Stage;
use crate::layout::types::{Item, PageKind, Tag};
use crate::measure::Length;
use crate::model::{Id, Language, LeafId, NoteId, Placement, SectionId, Target};
use crate::span::Span;
use std::sync::Arc;

/// Whoever sets a leaf in lines. [`lines`](crate::layout::lines) is the real one; tests may bring
/// a simpler one, since pages depend on heights alone.
pub trait Typesetter: Sync {
    /// Sets a paragraph.
    fn set(
        &self,
        paragraph: &Paragraph<'_>,
        references: &dyn References,
        diagnostics: &mut Diagnostics,
    ) -> SetText;

    /// Sets a title or an entry of a list, in lines that share its words well.
    fn set_title(
        &self,
        paragraph: &Paragraph<'_>,
        share: lines::Share,
        references: &dyn References,
        diagnostics: &mut Diagnostics,
    ) -> SetText;

    /// Sets a paragraph, and remembers how else it can be set.
    fn set_flexible(
        &self,
        paragraph: &Paragraph<'_>,
        references: &dyn References,
        diagnostics: &mut Diagnostics,
    ) -> (SetText, Option<lines::Flexible>);

    /// The lines of another way to set it.
    fn set_way(&self, flexible: &lines::Flexible, way: usize) -> Vec<lines::Line>;

    /// Is told what layout has done since it was told last.
    fn passed(&self, stage: Stage) {
        let _ = stage;
    }

    /// Says why the lines of a paragraph end where they do.
    fn tell(&self, paragraph: &Paragraph<'_>, references: &dyn References) -> lines::Told;

    /// Sets a block of code; its long lines wrap with a mark.
    fn set_code(
        &self,
        code: &str,
        font: Type,
        measure: Length,
        span: Span,
        diagnostics: &mut Diagnostics,
    ) -> SetText;
}

/// How dear a page break is, from nothing upwards.
pub(crate) mod cost {
    /// Nothing speaks against it.
    pub(crate) const FREE: u8 = 0;
    /// It stands in code, before a line without indent that opens something.
    pub(crate) const CODE: u8 = 1;
    /// The most of what speaks against a break in code by its place, up from [`CODE`].
    pub(crate) const CODE_MOST: u8 = 5;
    /// It parts words that end in a colon from what they announce.
    pub(crate) const LEANS: u8 = 6;
    /// It stands in code, before a line that only closes what was opened.
    pub(crate) const CLOSES: u8 = 7;
    /// What costs no more than this is chosen where the page is full; at what costs more no page should end.
    pub(crate) const SOFT: u8 = CLOSES;
    /// It divides a few lines of code, or a line of it that goes on in the next.
    pub(crate) const WHOLE: u8 = 8;
    /// It divides what the author wants together.
    pub(crate) const KEEP: u8 = 9;
    /// It leaves one line alone: of a paragraph, or whose words a quotation are.
    pub(crate) const ALONE: u8 = 10;
    /// It parts a caption from what it stands under.
    pub(crate) const CAPTION: u8 = 11;
    /// It parts a label from what it stands over.
    pub(crate) const LABEL: u8 = 12;
    /// It parts a heading, a figure or a table's head from what it announces.
    pub(crate) const TIED: u8 = 13;
}

/// Where a galley begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Start {
    /// Under the one before.
    Run,
    /// On a new page.
    Page,
    /// On a right-hand page.
    Recto,
    /// On a left-hand page.
    Verso,
}

/// A column of strips.
#[derive(Debug, Clone)]
pub(crate) struct Galley {
    /// Where it begins.
    pub(crate) start: Start,
    /// Its pages are counted in roman numbers.
    pub(crate) roman: bool,
    /// What its pages are.
    pub(crate) kind: PageKind,
    /// Its pages after the first bear a folio.
    pub(crate) folio: bool,
    /// From top to bottom.
    pub(crate) strips: Vec<Strip>,
    /// What drawn things belong to; a parent stands before its children.
    pub(crate) nodes: Vec<NodeSpec>,
    /// Paragraphs that can be had in more or fewer lines, in order.
    pub(crate) flexible: Vec<Arc<Flexible>>,
    /// Those that were taken in other lines than their best.
    pub(crate) others: Vec<Other>,
    /// Figures that may stand elsewhere than where they are written, in order.
    pub(crate) floats: Vec<Float>,
    /// What stands in columns, if anything does; then nothing floats, and no notes stand at the foot.
    pub(crate) columns: Option<Columns>,
    /// The round of the fixpoint in which it was made.
    pub(crate) round: usize,
    /// What stands over rows of a table that go on on another page: a line that says so, the head.
    pub(crate) heads: Vec<Vec<Strip>>,
    /// What was wrong.
    pub(crate) diagnostics: Diagnostics,
    /// Page references in it, with what they were set as.
    pub(crate) used: Vec<(Id, String)>,
}

/// The strips of a galley that stand in two columns: all from one on.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Columns {
    /// The first of them.
    pub(crate) from: usize,
    /// From the text's left edge to the edge of each column, in reading order.
    pub(crate) edges: [Length; 2],
    /// Their grid: as many lines as a page has room for fill it.
    pub(crate) leading: Length,
    /// How far their last baseline is over the foot of a full column.
    pub(crate) below: Length,
}

/// A figure that may stand elsewhere than where it is written.
#[derive(Debug, Clone)]
pub(crate) struct Float {
    /// Its strips, with the space above and below.
    pub(crate) strips: std::ops::Range<usize>,
    /// The space that is left where it was written when it stands elsewhere.
    pub(crate) away: Length,
    /// How it may stand; never [`Placement::Here`].
    pub(crate) place: Placement,
}

/// What figures that float may pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fence {
    /// All may.
    None,
    /// None that is written before it stands after it: a section begins.
    After,
    /// Nor does one that is written after it stand before it: a chapter begins, a numbered figure stands here.
    Both,
}

/// A paragraph in other lines than its best.
#[derive(Debug, Clone)]
pub(crate) struct Other {
    /// Which of [`Galley::flexible`].
    pub(crate) flexible: usize,
    /// Which of its ways.
    pub(crate) way: usize,
    /// Its lines.
    pub(crate) strips: Vec<Strip>,
}

/// What a strip is to whoever breaks pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Drawn; a page may end after it at its cost.
    Content,
    /// Space that vanishes at the top and the foot of a page.
    Space,
    /// Space that stays: the sink of an opening.
    Sink,
    /// As much space as it takes to stand on the grid again.
    Snap,
    /// A page break the author wants.
    Break,
}

/// Whether a space may be a line more or less for the sake of pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Give {
    /// It stays as it is: under headings, between paragraphs.
    None,
    /// It is of a series, of quotations or of items, and so is what stands between such spaces: where one
    /// must give all of the series on the page do, for the eye compares them.
    Like,
    /// It stands between the stanzas of a poem: it may be of a series, and stays a line when others give.
    Stanza,
    /// It stands over code, a table or a figure.
    Block,
    /// It stands over a heading, where it is seen least.
    Heading,
}

/// A horizontal piece of the column: a line, a row of a table, an image, a space.
#[derive(Debug, Clone)]
pub(crate) struct Strip {
    /// What it is.
    pub(crate) kind: Kind,
    /// Its height.
    pub(crate) height: Length,
    /// Whether it gives, when it is a space.
    pub(crate) give: Give,
    /// The height that it may come down to over a block which fills its last line but little, so that all of it
    /// takes a line less; zero for none.
    pub(crate) tight: Length,
    /// How much lower it stands when a page begins with it, or higher: a heading, so that what is under it
    /// stands no farther from it there than elsewhere.
    pub(crate) crown: Length,
    /// Where its (first) baseline is, from its top.
    pub(crate) baseline: Length,
    /// What a page break after it costs: see [`cost`].
    pub(crate) after: u8,
    /// Its line ends in a hyphen.
    pub(crate) hyphen: bool,
    /// What is drawn, in reading order, from its upper left corner at the column's left edge.
    pub(crate) items: Vec<Drawn>,
    /// Rules at its side, as high as the strip turns out to be.
    pub(crate) bars: Vec<Bar>,
    /// Where links can be followed.
    pub(crate) links: Vec<LinkSpot>,
    /// Nodes that stand in the tree before what is drawn here: empty cells, figures that float.
    pub(crate) opens: Vec<u32>,
    /// Notes called in it, each with the node of the leaf that calls.
    pub(crate) notes: Vec<(NoteId, u32)>,
    /// Ids that stand here.
    pub(crate) anchors: Vec<Id>,
    /// Leaves that have words here.
    pub(crate) words: Vec<Word>,
    /// The section that begins here.
    pub(crate) section: Option<SectionId>,
    /// Which figures that float may pass it.
    pub(crate) fence: Fence,
    /// The head of [`Galley::heads`] that stands over it when a page begins with it.
    pub(crate) repeat: Option<usize>,
    /// Dots and a page's label: a line of the contents.
    pub(crate) leader: Option<Leader>,
}

/// Something drawn in a strip.
#[derive(Debug, Clone)]
pub(crate) struct Drawn {
    /// From the column's left edge.
    pub(crate) x: Length,
    /// From the strip's top: the baseline of glyphs, the upper edge of the rest.
    pub(crate) y: Length,
    /// What.
    pub(crate) item: Item,
    /// Its node; `None` for ornament.
    pub(crate) node: Option<u32>,
}

/// A rule at a strip's side.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bar {
    /// From the column's left edge.
    pub(crate) x: Length,
    /// Its width.
    pub(crate) width: Length,
    /// Its shade.
    pub(crate) gray: u8,
}

/// A link on a line.
#[derive(Debug, Clone)]
pub(crate) struct LinkSpot {
    /// Its node.
    pub(crate) node: u32,
    /// From the column's left edge.
    pub(crate) x: Length,
    /// From the strip's top.
    pub(crate) y: Length,
    /// Its width.
    pub(crate) width: Length,
    /// Its height.
    pub(crate) height: Length,
    /// Where to.
    pub(crate) target: Target,
    /// What a screen reader says.
    pub(crate) alt: String,
}

/// Words of a leaf in a strip.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Word {
    /// The leaf.
    pub(crate) leaf: LeafId,
    /// Offset of the first word that begins in the strip.
    pub(crate) first: Option<usize>,
}

/// The end of a line of the contents.
#[derive(Debug, Clone)]
pub(crate) struct Leader {
    /// Whose page.
    pub(crate) target: Id,
    /// Where the title ends.
    pub(crate) from: Length,
    /// Where the label ends.
    pub(crate) to: Length,
    /// The node that owns the label.
    pub(crate) node: u32,
    /// The type of dots and label.
    pub(crate) font: Type,
}

/// What a node stands under.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Up {
    /// The document.
    Document,
    /// A section; sections are nodes of the whole book, not of a galley.
    Section(SectionId),
    /// A node of the same galley.
    Node(u32),
    /// Wherever the note is called.
    Call,
}

/// A node of the structure to be: it is made when something in it is drawn.
#[derive(Debug, Clone)]
pub(crate) struct NodeSpec {
    /// What it is.
    pub(crate) tag: Tag,
    /// What it stands under.
    pub(crate) up: Up,
    /// Its language when it differs.
    pub(crate) lang: Option<Language>,
    /// What stands for it in speech.
    pub(crate) alt: Option<String>,
    /// Where it was written.
    pub(crate) span: Span,
}

impl Galley {
    /// An empty one.
    pub(crate) fn new(start: Start, roman: bool, kind: PageKind) -> Self {
        Galley {
            start,
            roman,
            kind,
            folio: kind == PageKind::Text,
            strips: Vec::new(),
            nodes: Vec::new(),
            flexible: Vec::new(),
            others: Vec::new(),
            floats: Vec::new(),
            columns: None,
            round: 0,
            heads: Vec::new(),
            diagnostics: Diagnostics::new(),
            used: Vec::new(),
        }
    }

    /// Turns snaps into spaces, as if it were never broken: for notes, which stand off the grid.
    pub(crate) fn loosen(&mut self, grid: Length) {
        let mut y = Length::ZERO;
        for strip in &mut self.strips {
            if strip.kind == Kind::Snap {
                strip.kind = Kind::Space;
                strip.height = y.round_up_to(grid) - y;
            }
            y += strip.height;
        }
    }
}

impl Strip {
    /// An empty one.
    pub(crate) fn new(kind: Kind, height: Length) -> Self {
        Strip {
            kind,
            height,
            give: Give::None,
            tight: Length::ZERO,
            crown: Length::ZERO,
            baseline: Length::ZERO,
            after: cost::FREE,
            hyphen: false,
            items: Vec::new(),
            bars: Vec::new(),
            links: Vec::new(),
            opens: Vec::new(),
            notes: Vec::new(),
            anchors: Vec::new(),
            words: Vec::new(),
            section: None,
            fence: Fence::None,
            repeat: None,
            leader: None,
        }
    }
}

/// Where the baseline of a line stands, from the top of its strip: the letters' middle in the strip's.
pub(crate) fn baseline(leading: Length, size: Length) -> Length {
    leading / 2 + size.scale(0.3)
}

/// The leading of type that has none of its own: headings, tables, captions.
pub(crate) fn leading_of(size: Length) -> Length {
    size.scale(1.22)
}
