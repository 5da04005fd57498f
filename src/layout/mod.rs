//! The book set in lines and pages: positioned glyphs, the structure they belong to, and where in
//! the text each page begins.
//!
//! Enters: the [`Book`], the [`Theme`], the fonts. Leaves: a [`Layout`]. Promise: it knows no PDF;
//! whoever draws it neither measures nor breaks. Nothing stands outside the sheet, every word of the
//! book stands on a page once, in order.
//!
//! The stages, each a file or folder of its own:
//!
//! | stage | takes | gives |
//! |---|---|---|
//! | `units` | the book | what becomes a galley: title pages, contents, each chapter, each note |
//! | [`lines`] | a leaf, a measure | lines of glyphs |
//! | `galley` | a unit | one endless column of strips on the grid |
//! | `furniture` | metadata, outline | title pages, contents, heads, folios |
//! | `pages` | galleys | which strip stands where on which page |
//! | `fixpoint` | all of these | the same, repeated until page references are right |
//! | `kept` | an earlier time's galleys and pages, two books | what of them is still right |
//! | `pagination` | pages | labels, and where in the text pages begin |
//! | `placing`, `structure` | pages | everything drawn at its place, and the tree of it |
//! | `dump` | a layout | text to be read and compared |
//! | `explain` | pages before they are placed, and a page's number | why it ends where it does, in prices |

mod bill;
mod dump;
mod explain;
mod fixpoint;
mod furniture;
mod galley;
mod kept;
pub mod lines;
mod measured;
mod pages;
mod pagination;
mod placing;
mod stages;
mod structure;
mod types;
mod units;

pub use explain::{LineExplained, PageExplained, RefusedEnd, Spot, WayExplained, WayKind};
pub use fixpoint::Settled;
pub use galley::Typesetter;
pub use measured::Fit;
pub use pages::{Charge, Ended, Outcome};
pub use stages::{Stage, Watcher};
pub use types::{
    Belongs, Child, ContentId, Destination, Glyph, GlyphRun, Item, Layout, LinkArea, Mark, Marks, Moved,
    Node, NodeId, Ornament, Page, PageKind, PageLabel, Pagination, Placed, Point, Rect, Scope, Structure,
    Tag,
};

use crate::diagnostics::Diagnostics;
use crate::fonts::FontSet;
use crate::measure::Length;
use crate::model::{Book, Language};
use crate::span::Span;
use crate::style::Theme;
use std::borrow::Cow;
use std::sync::Arc;

impl Typesetter for lines::Setter {
    fn set(
        &self,
        paragraph: &lines::Paragraph<'_>,
        references: &dyn lines::References,
        diagnostics: &mut Diagnostics,
    ) -> lines::SetText {
        lines::Setter::set(self, paragraph, references, diagnostics)
    }

    fn set_title(
        &self,
        paragraph: &lines::Paragraph<'_>,
        share: lines::Share,
        references: &dyn lines::References,
        diagnostics: &mut Diagnostics,
    ) -> lines::SetText {
        lines::Setter::set_title(self, paragraph, share, references, diagnostics)
    }

    fn set_flexible(
        &self,
        paragraph: &lines::Paragraph<'_>,
        references: &dyn lines::References,
        diagnostics: &mut Diagnostics,
    ) -> (lines::SetText, Option<lines::Flexible>) {
        lines::Setter::set_flexible(self, paragraph, true, references, diagnostics)
    }

    fn set_way(&self, flexible: &lines::Flexible, way: usize) -> Vec<lines::Line> {
        lines::Setter::set_way(self, flexible, way)
    }

    fn passed(&self, stage: Stage) {
        lines::Setter::passed(self, stage);
    }

    fn tell(&self, paragraph: &lines::Paragraph<'_>, references: &dyn lines::References) -> lines::Told {
        lines::Setter::tell(self, paragraph, references)
    }

    fn set_code(
        &self,
        code: &str,
        font: lines::Type,
        measure: Length,
        span: Span,
        diagnostics: &mut Diagnostics,
    ) -> lines::SetText {
        // Programs are written in no language of the book's.
        lines::Setter::set_code(self, code, font, measure, &Language::english(), span, diagnostics)
    }
}

/// Sets the whole book. `fonts` are those whose faces the setter names.
/// The pages that `asked` picks when it is given the labels of all, by their numbers from 0, are
/// explained as well.
#[must_use]
pub fn lay_out_explained(
    book: &Book,
    theme: &Theme,
    setter: &dyn Typesetter,
    fonts: &Arc<FontSet>,
    asked: &dyn Fn(&[PageLabel]) -> Vec<usize>,
    diagnostics: &mut Diagnostics,
) -> (Layout, Vec<PageExplained>) {
    let settled = settle(book, theme, setter, None);
    diagnostics.append(settled.diagnostics().clone());
    let pages = asked(&pagination::labels(&settled.sheets));
    let explained = explain::explain(book, &settled.theme, setter, fonts, &settled, &pages);
    let layout = place(book, setter, fonts, settled);
    (layout, explained)
}

/// Sets a book in galleys and breaks these into pages. With what an earlier time left, and the book of
/// that time, only what has changed is set and broken: a watcher waits for one chapter, not for all.
#[must_use]
pub fn settle(
    book: &Book,
    theme: &Theme,
    setter: &dyn Typesetter,
    mut before: Option<(&Book, Settled)>,
) -> Settled {
    let mut theme = Cow::Borrowed(theme);
    let own = theme.page;
    loop {
        let kept = before.take_if(|(_, settled)| settled.theme == *theme);
        let kept = kept.map(|(old, settled)| kept::keep(old, settled, book, &theme)).unwrap_or_default();
        let settled = fixpoint::settle(book, &theme, setter, kept);
        // A wider inner margin makes more pages, which may ask for a wider one. It never shrinks again,
        // and has a bound, so this ends.
        let page = own.in_book_of(settled.sheets.len());
        if page.inner <= theme.page.inner {
            return settled;
        }
        theme.to_mut().page = page;
    }
}

/// Draws the cover of a book that names none, as the style has it; `None` where the style wants none.
#[must_use]
pub fn cover(book: &Book, theme: &Theme, setter: &dyn Typesetter) -> Option<Page> {
    theme.cover.drawn.then(|| furniture::cover(book, theme, setter))
}

/// Places everything that pages have.
#[must_use]
pub fn place(book: &Book, setter: &dyn Typesetter, fonts: &Arc<FontSet>, settled: Settled) -> Layout {
    let theme = settled.theme.clone();
    let (flow, sheets) = settled.done();
    let layout = placing::place(book, &theme, setter, fonts, flow, &sheets);
    setter.passed(Stage::Placing);
    layout
}
