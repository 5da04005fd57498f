//! What stands between headings.

use crate::model::{Inline, Language, Resolved, Stage};
use crate::span::Span;

/// A block, the place it came from, and what is true of any block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block<S: Stage = Resolved> {
    /// Where it was written.
    pub span: Span,
    /// Its name for links.
    pub name: S::Name,
    /// Its language, when it differs from what it stands in.
    pub lang: Option<Language>,
    /// The editions it is for.
    pub only: Only,
    /// What it is.
    pub kind: BlockKind<S>,
}

/// The editions a block is for: all, or those named by `{only=print,epub}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Only {
    /// `print` or `pdf`.
    pub print: bool,
    /// `epub`.
    pub epub: bool,
    /// `text`.
    pub text: bool,
}

impl Default for Only {
    fn default() -> Self {
        Only { print: true, epub: true, text: true }
    }
}

impl Only {
    /// Whether it is for all editions, and so part of the comparison between them.
    #[must_use]
    pub fn is_all(self) -> bool {
        self.print && self.epub && self.text
    }
}

/// One leaf of text: see [`LeafId`](crate::model::LeafId).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text<S: Stage = Resolved> {
    /// Its number in reading order.
    pub leaf: S::Leaf,
    /// The inlines.
    pub content: Vec<Inline<S>>,
}

impl<S: Stage> Text<S> {
    /// A leaf without number yet.
    #[must_use]
    pub fn new(content: Vec<Inline<S>>) -> Self {
        Text { leaf: S::Leaf::default(), content }
    }
}

/// Each kind of block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BlockKind<S: Stage = Resolved> {
    /// Words.
    Paragraph(Text<S>),
    /// A heading inside a quote, a list or an aside: not a section, in no outline.
    /// At the top of an [`Open`](crate::model::Open) source, a heading that `resolve` makes a section of.
    Heading {
        /// 1–6, as typed.
        level: u8,
        /// Its words.
        text: Text<S>,
    },
    /// `> …`.
    Quote(Vec<Block<S>>),
    /// `> [!NOTE]`.
    Alert {
        /// Which.
        kind: AlertKind,
        /// The author's title, if given; else the kind's phrase in the book's language.
        title: Option<Text<S>>,
        /// What it says.
        blocks: Vec<Block<S>>,
    },
    /// `- …`, `1. …`.
    List {
        /// Bullets or numbers.
        numbering: Numbering,
        /// No blank lines between its items.
        tight: bool,
        /// The items.
        items: Vec<ListItem<S>>,
    },
    /// `Term` and `: definition`, in the aldine dialect.
    Definitions(Vec<Definition<S>>),
    /// A fenced or indented block of code: one leaf, whose text is the code.
    Code {
        /// The word after the fence.
        language: Option<String>,
        /// Its number in reading order.
        leaf: S::Leaf,
        /// The code, `\n` between lines, none at the end.
        text: String,
    },
    /// A GFM table.
    Table(Table<S>),
    /// An image alone in its paragraph.
    Figure {
        /// The image.
        picture: S::Picture,
        /// "Figure 2.1", given by `resolve` to figures with a caption.
        label: Option<String>,
        /// Its title, as inlines.
        caption: Option<Text<S>>,
        /// Where the author wants it in print; else as the style says.
        place: Option<Placement>,
    },
    /// `***`.
    SceneBreak,
    /// `::: pagebreak`.
    PageBreak,
    /// Stanzas of lines, each line a leaf: `::: verse`, and what `resolve` takes for verse by how its lines end.
    Verse(Vec<Vec<Text<S>>>),
    /// The last words of a quotation, which say whose it is; only `resolve` makes one.
    Attribution(Text<S>),
    /// `::: epigraph` and its like.
    Division(Division, Vec<Block<S>>),
}

/// Where a figure stands in print; the other editions have it where it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Placement {
    /// Where it is written.
    Here,
    /// At the head of the page it is written on or of a following one, while the text goes on.
    Top,
    /// On a page without text.
    Page,
    /// Where it is written if the page has room for it, else at the head of a page.
    Auto,
}

impl Placement {
    /// By the word that authors write.
    #[must_use]
    pub fn named(word: &str) -> Option<Self> {
        match word {
            "here" => Some(Placement::Here),
            "top" => Some(Placement::Top),
            "page" => Some(Placement::Page),
            "auto" => Some(Placement::Auto),
            _ => None,
        }
    }
}

/// What a `:::` directive makes of its blocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Division {
    /// `::: epigraph`.
    Epigraph,
    /// `::: aside`.
    Aside,
    /// `::: centered`.
    Centered,
    /// `::: keep`: together on one page.
    Keep,
    /// No directive: only a language or an edition for some blocks (`::: {lang=fr}`).
    Plain,
}

/// The five kinds of GitHub's alerts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names say it")]
pub enum AlertKind {
    Note,
    Tip,
    Important,
    Warning,
    Caution,
}

/// How a list's items are marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Numbering {
    /// With bullets.
    Bullet,
    /// With numbers from this one, followed by `.` (or `)` when the flag is set).
    Number {
        /// The first number.
        start: u64,
        /// `1)` instead of `1.`.
        parenthesis: bool,
    },
}

/// One item of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListItem<S: Stage = Resolved> {
    /// Where it was written.
    pub span: Span,
    /// `[x]` or `[ ]`, if it is a task.
    pub task: Option<bool>,
    /// What it says.
    pub blocks: Vec<Block<S>>,
}

/// A term and what it means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Definition<S: Stage = Resolved> {
    /// Where it was written.
    pub span: Span,
    /// The term.
    pub term: Text<S>,
    /// Its meanings, each some blocks.
    pub details: Vec<Vec<Block<S>>>,
}

/// A table: one row of heads, then rows of as many cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table<S: Stage = Resolved> {
    /// One for each column.
    pub columns: Vec<Alignment>,
    /// The head; all its cells can be empty (then the table has no head to announce).
    pub head: Row<S>,
    /// The body.
    pub rows: Vec<Row<S>>,
    /// "Table 3", given by `resolve` to tables with a caption.
    pub label: Option<String>,
    /// `Table: …` beside it.
    pub caption: Option<Text<S>>,
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row<S: Stage = Resolved> {
    /// Where it was written.
    pub span: Span,
    /// Its cells, as many as the table has columns.
    pub cells: Vec<Cell<S>>,
}

/// A cell of a table.
pub type Cell<S = Resolved> = Text<S>;

/// How a column stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Alignment {
    None,
    Left,
    Center,
    Right,
}

impl<S: Stage> Block<S> {
    /// A block of all editions without name.
    #[must_use]
    pub fn new(span: Span, kind: BlockKind<S>) -> Self {
        Block { span, name: S::Name::default(), lang: None, only: Only::default(), kind }
    }
}
