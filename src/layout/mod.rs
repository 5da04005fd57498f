//! The book set in lines and pages: positioned glyphs, the structure they belong to, and where in
//! the text each page begins.
//!
//! Enters: the [`Book`](crate::model::Book), the [`Theme`](crate::style::Theme), the fonts. Leaves:
//! a [`Layout`]. Promise: it knows no PDF; whoever draws it neither measures nor breaks. Nothing
//! stands outside the sheet, every word of the book stands on a page once, in order.

pub mod lines;
mod types;

pub use types::{
    Belongs, Child, ContentId, Destination, Glyph, GlyphRun, Item, Layout, LinkArea, Mark, Node, NodeId,
    Ornament, Page, PageKind, PageLabel, Pagination, Placed, Point, Rect, Scope, Structure, Tag,
};
