//! The look: one [`Theme`] drives print, the EPUB's CSS and the text.
//!
//! Enters: a style's `style.toml`, the settings over it. Leaves: a [`Theme`], checked.
//! Promise: every measure is a length in scaled points by the time an edition sees it.

mod build;
mod colour;
mod keys;
mod load;
mod sheet;
mod sizes;

pub use colour::Colour;
pub use load::{builtin, load};
pub use sizes::{page_names, page_size};

use crate::fonts::{Monospace, Typeface};
use crate::measure::Length;
use crate::model::Placement;

/// The whole look.
#[derive(Debug, Clone, PartialEq)]
pub struct Theme {
    /// The style's name.
    pub name: String,
    /// The sheet and its margins.
    pub page: PageStyle,
    /// Running text.
    pub text: TextStyle,
    /// Headings of parts (`rank` 0).
    pub part: HeadingStyle,
    /// Headings of rank 1 (chapters) to 6.
    pub headings: [HeadingStyle; 6],
    /// Where a chapter begins.
    pub chapters: Opening,
    /// The first chapter and every part begin on a recto.
    pub first_on_recto: bool,
    /// Code blocks.
    pub code: CodeStyle,
    /// Notes.
    pub notes: NoteStyle,
    /// Quotes, lists, tables, figures.
    pub blocks: BlockStyle,
    /// The index.
    pub index: IndexStyle,
    /// Where figures stand that don't say it themselves.
    pub figure_place: Placement,
    /// Title page, contents.
    pub front: FrontStyle,
    /// What stands over the text of a verso.
    pub head_verso: RunningHead,
    /// What stands over the text of a recto.
    pub head_recto: RunningHead,
    /// The deepest rank of the sections that running heads name; chapters are always named.
    pub head_depth: u8,
    /// What a scene break looks like, `* * *`; printed centred.
    pub scene_break: String,
    /// Sections are numbered down to this rank (0: none) unless the settings say otherwise.
    pub number_sections: u8,
    /// Paragraph after an opening begins with its first words in small capitals.
    pub opening_small_caps: bool,
    /// Lines that the first letter of a chapter stands beside: 0 for none, else 2 to 4.
    pub drop_cap: u8,
    /// What stands under a chapter's title; nothing when it is empty.
    pub ornament: String,
    /// The cover of a book that names none.
    pub cover: CoverStyle,
    /// The EPUB has the faces in it that print is set in.
    pub epub_fonts: bool,
}

impl Theme {
    /// Whether anything stands over the text.
    #[must_use]
    pub fn has_heads(&self) -> bool {
        [self.head_verso, self.head_recto].iter().any(|head| *head != RunningHead::None)
    }

    /// The heading of a section of this rank.
    #[must_use]
    pub fn heading(&self, rank: u8) -> &HeadingStyle {
        let deepest = self.headings.len();
        let at = usize::from(rank).min(deepest);
        at.checked_sub(1).and_then(|at| self.headings.get(at)).unwrap_or(&self.part)
    }
}

/// The sheet: `x` grows to the right, `y` downwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageStyle {
    /// Width of the trimmed page.
    pub width: Length,
    /// Its height.
    pub height: Length,
    /// Margin at the spine.
    pub inner: Length,
    /// How much that margin grows for every hundred pages after the first: thick books open less far.
    pub inner_growth: Length,
    /// Margin at the fore edge.
    pub outer: Length,
    /// From the top edge to the top of the text block.
    pub top: Length,
    /// From the foot of the text block to the bottom edge; the folio stands in it.
    pub bottom: Length,
}

impl PageStyle {
    /// Width of the text block.
    #[must_use]
    pub fn measure(&self) -> Length {
        self.width - self.inner - self.outer
    }

    /// The sheet in a book of so many pages: the inner margin grown, at the cost of the measure, by a
    /// tenth of it at most.
    #[must_use]
    pub fn in_book_of(&self, pages: usize) -> PageStyle {
        let steps = i64::try_from((pages.max(1) - 1) / 100).unwrap_or(i64::MAX / 2);
        let most = (self.measure() / 10).max(Length::ZERO);
        let steps = steps.min(most.to_sp() / self.inner_growth.to_sp().max(1) + 1);
        PageStyle { inner: self.inner + (self.inner_growth * steps).min(most), ..*self }
    }

    /// The least margin over the text that has room for a running head, in type of that size.
    #[must_use]
    pub fn least_top(size: Length) -> Length {
        size.scale(1.25)
    }

    /// The least margin under the text that has room for a folio, also where a page is run a line long.
    #[must_use]
    pub fn least_bottom(size: Length, leading: Length) -> Length {
        leading / 2 + size.scale(1.5)
    }

    /// How far the folio's baseline is under the text block: two lines or most of the margin, clear of a line
    /// that a page is run long by.
    #[must_use]
    pub fn folio(&self, size: Length, leading: Length) -> Length {
        let clear = (leading / 2 + size.scale(1.2)).min(self.bottom - size.scale(0.3));
        (leading * 2).min(self.bottom.scale(0.6)).max(clear)
    }

    /// Height between top and bottom margin.
    #[must_use]
    pub fn text_height(&self) -> Length {
        self.height - self.top - self.bottom
    }
}

/// How lines stand in their measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// Both edges straight.
    Justify,
    /// Left edge straight (right edge in right-to-left text).
    Start,
    /// Centred.
    Center,
    /// Right edge straight (left edge in right-to-left text).
    End,
}

/// Running text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TextStyle {
    /// The face.
    pub face: Typeface,
    /// Size of the type.
    pub size: Length,
    /// From baseline to baseline: the unit of the page's grid.
    pub leading: Length,
    /// How lines stand.
    pub align: Align,
    /// Whether words are hyphenated.
    pub hyphenate: bool,
    /// Indent of a paragraph that follows a paragraph.
    pub indent: Length,
    /// Space between paragraphs: zero or a whole line.
    pub gap: Length,
}

/// A heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HeadingStyle {
    /// Size of the type.
    pub size: Length,
    /// How it stands ([`Align::Justify`] is not used).
    pub align: Align,
    /// Upright bold.
    pub bold: bool,
    /// Italic.
    pub italic: bool,
    /// In small capitals.
    pub small_caps: bool,
    /// Space above, in lines of the grid (for one that opens a page: the sink from the top).
    pub above: u8,
    /// Space below, in lines of the grid.
    pub below: u8,
    /// Whether its label ("Chapter 3") stands above its title; else its number stands before it.
    pub label_above: bool,
    /// The label above is the number without a word: "3" rather than "Chapter 3".
    pub number_alone: bool,
}

/// Where a chapter begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opening {
    /// On a right-hand page.
    Recto,
    /// On a new page.
    Page,
    /// Where the one before ends.
    Run,
}

/// Code blocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CodeStyle {
    /// The face.
    pub face: Monospace,
    /// Size of the type in blocks; in running text it is matched to the text's x-height.
    pub size: Length,
    /// From baseline to baseline.
    pub leading: Length,
    /// Indent from the text's left edge.
    pub indent: Length,
}

/// Where notes stand in print; the other editions have them at the end of their chapter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotePlace {
    /// At the foot of the page that calls them.
    Foot,
    /// At the end of their chapter.
    Chapter,
    /// At the end of the book, by chapter.
    Book,
}

/// Notes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoteStyle {
    /// Where they stand.
    pub place: NotePlace,
    /// Size of the type.
    pub size: Length,
    /// From baseline to baseline.
    pub leading: Length,
    /// Indent of a note's first line, which its number begins; the others stand flush.
    pub indent: Length,
}

/// Quotes, lists, tables, figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BlockStyle {
    /// Indent of quotes, at both sides.
    pub quote_indent: Length,
    /// Size of the type in quotes.
    pub quote_size: Length,
    /// How the line that says whose a quotation is stands: [`Align::Start`] or [`Align::End`].
    pub attribution: Align,
    /// Indent of a list's items: where their text stands.
    pub list_indent: Length,
    /// Size of the type in tables, before it is reduced for wide ones.
    pub table_size: Length,
    /// Size of the type of captions.
    pub caption_size: Length,
}

/// The index: a section with that role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IndexStyle {
    /// Columns of its entries: 1 or 2.
    pub columns: u8,
    /// Space between two columns: from half an em of the text to a quarter of the measure.
    pub gutter: Length,
    /// Size of the type of its entries.
    pub size: Length,
    /// From baseline to baseline. In two columns it is changed a little, so that a page holds whole lines.
    pub leading: Length,
}

/// What stands before the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FrontStyle {
    /// A page with the title alone before the title page.
    pub half_title: bool,
    /// A title page; without it the title stands over the text.
    pub title_page: bool,
    /// A page with rights, identifiers and publisher after the title page, if any is set.
    pub copyright_page: bool,
    /// Contents down to this rank (0: none).
    pub contents: u8,
    /// After them a list of the figures that have captions; in all editions.
    pub figures: bool,
    /// And of the tables.
    pub tables: bool,
}

/// The cover of a book that names none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CoverStyle {
    /// One is drawn, from title and authors.
    pub drawn: bool,
    /// The colour of the sheet.
    pub ground: Colour,
    /// The colour of what is drawn on it.
    pub ink: Colour,
}

/// What a running head names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RunningHead {
    /// Nothing.
    None,
    /// The book's author.
    Author,
    /// The book's title.
    Title,
    /// The chapter on the page.
    Chapter,
    /// The section on the page, down to [`Theme::head_depth`].
    Section,
}
