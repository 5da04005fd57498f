//! One leaf of text to lines: shape, hyphenate, break, justify.
//!
//! Enters: a [`Paragraph`], the inlines of one leaf with the type and the measure they are set in.
//! Leaves: a [`SetText`], lines of positioned glyph runs. Promise: no line is wider than its measure
//! (long words, addresses and code break by a rule of their own); every byte of the leaf's plain
//! text that is not a space at a line's end is drawn once; word spaces are real glyphs, also at
//! line ends; the hyphen of a broken word extracts as U+00AD.

use crate::fonts::Variant;
use crate::layout::types::Item;
use crate::measure::Length;
use crate::model::{Id, Inline, Language, NoteId, Target};
use crate::span::Span;
use crate::style::Align;

/// The type a paragraph is set in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Type {
    /// The face that emphasis and strong departs from.
    pub variant: Variant,
    /// Its size.
    pub size: Length,
    /// In small capitals (from the font's `smcp`).
    pub small_caps: bool,
    /// Shade: 0 black, 255 white.
    pub gray: u8,
}

/// A leaf to be set.
#[derive(Debug, Clone, Copy)]
pub struct Paragraph<'a> {
    /// Its inlines.
    pub content: &'a [Inline],
    /// Its type.
    pub font: Type,
    /// Width of the lines.
    pub measure: Length,
    /// Indent of the first line.
    pub indent: Length,
    /// How the lines stand.
    pub align: Align,
    /// Whether words may be hyphenated.
    pub hyphenate: bool,
    /// Its language.
    pub language: &'a Language,
}

/// What numbers the text refers to: known only to those who make pages.
pub trait References {
    /// What a call of this note shows.
    fn note(&self, note: NoteId) -> String;
    /// The page a reference shows ("page 41" in words), from the last round of layout.
    fn page(&self, target: &Target) -> String;
    /// Width and height in points of a picture in a line of text, not higher than the line allows.
    fn picture(&self, picture: &crate::model::Picture, size: Length) -> (Length, Length);
}

/// A leaf, set.
#[derive(Debug, Clone, Default)]
pub struct SetText {
    /// Its lines.
    pub lines: Vec<Line>,
    /// The inline elements that segments belong to; a parent stands before its children.
    pub nodes: Vec<InlineNode>,
}

/// A line.
#[derive(Debug, Clone, Default)]
pub struct Line {
    /// What is drawn, from left to right (in right-to-left text too).
    pub segments: Vec<Segment>,
    /// Width from the measure's left edge to the last glyph's right edge, trailing space left out.
    pub width: Length,
    /// How much higher than usual the line is (inline pictures).
    pub raise: Length,
    /// Offset in the leaf's plain text where it begins.
    pub start: usize,
    /// Offset of the first word that begins in this line, if any does.
    pub first_word: Option<usize>,
    /// It ends within a word, with a hyphen.
    pub hyphen: bool,
    /// Notes called in it, in order.
    pub notes: Vec<NoteId>,
    /// Ids that stand in it.
    pub anchors: Vec<Id>,
}

/// A piece of a line that belongs to one element.
#[derive(Debug, Clone)]
pub struct Segment {
    /// From the measure's left edge.
    pub x: Length,
    /// Above the baseline (superscripts), or below when negative. For images: their lower edge.
    pub rise: Length,
    /// Width of it, for links.
    pub width: Length,
    /// Glyphs, an image, or a rule.
    pub item: Item,
    /// The element of [`SetText::nodes`] it belongs to; `None` for the leaf itself.
    pub node: Option<usize>,
    /// Not content (wrap marks, strike-through rules).
    pub ornament: bool,
}

/// An inline element that a reader hears of.
#[derive(Debug, Clone)]
pub struct InlineNode {
    /// The element it stands in.
    pub parent: Option<usize>,
    /// What it is.
    pub kind: InlineTag,
    /// Where it was written.
    pub span: Span,
}

/// Inline elements that a reader hears of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InlineTag {
    /// A link, with its words.
    Link(Target, String),
    /// Another language.
    Language(Language),
    /// A call of a note.
    NoteCall(NoteId),
    /// "page 41".
    PageReference(Target),
    /// Code.
    Code,
    /// A picture, with its words; none for decoration.
    Picture(Option<String>),
    /// An abbreviation, with what it stands for.
    Abbreviation(String),
}
