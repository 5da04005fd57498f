//! The cover of a book that names none: title and authors on one sheet, in the style's type.
//!
//! Enters: the metadata, the theme, who sets lines. Leaves: a [`Page`] of ornament, five inches by eight. Promise: the
//! title is as large as its longest word and its length allow, so that a cover the size of a thumb can be read; the
//! same book gives the same cover.

use super::titles::{Look, line, page, titling, to_foot, whole};
use crate::layout::fixpoint::{Labels, Refs};
use crate::layout::galley::{Builder, Context, Galley, Give, Start, Typesetter, Up, face};
use crate::layout::types::{Belongs, Item, Ornament, Page, PageKind, PageLabel, Placed, Point};
use crate::measure::Length;
use crate::model::BookParts;
use crate::style::Theme;

/// Sizes of the title in that of the text, the largest that fits is taken.
const TITLES: [f64; 9] = [4.0, 3.6, 3.2, 2.8, 2.4, 2.1, 1.8, 1.5, 1.2];
/// Where the title begins, in shares of the sheet.
const TITLE: f64 = 0.14;
/// How far the frame stands from the sheet's edges, in inches.
const EDGE: f64 = 0.28;
/// Its outer rule, the gap, its inner rule, in points.
const RULES: [f64; 3] = [2.2, 3.2, 0.7];

/// Draws it.
pub(crate) fn cover(book: &BookParts, theme: &Theme, setter: &dyn Typesetter) -> Page {
    let theme = sheet(theme);
    let labels = Labels::default();
    let refs = Refs::new(book, &theme, &labels);
    let mut galley = Galley::new(Start::Recto, true, PageKind::Generated);
    for times in TITLES {
        let empty = Galley::new(Start::Recto, true, PageKind::Generated);
        let mut builder = Builder::new(book, &theme, setter, &refs, empty);
        compose(&mut builder, times);
        let most = builder.page_height();
        galley = builder.finish();
        let height: Length = galley.strips.iter().map(|strip| strip.height).sum();
        // A word longer than a line is told of; on a smaller scale it is none.
        if height <= most && galley.diagnostics.is_empty() {
            break;
        }
    }
    placed(&theme, galley)
}

/// The style on a sheet of the shape that shops show.
fn sheet(theme: &Theme) -> Theme {
    let mut sheet = theme.clone();
    let page = &mut sheet.page;
    (page.width, page.height) = (Length::inch(5.0), Length::inch(8.0));
    (page.inner, page.outer) = (Length::inch(0.6), Length::inch(0.6));
    (page.top, page.bottom) = (Length::inch(0.6), Length::inch(0.6));
    page.inner_growth = Length::ZERO;
    sheet.text.size = Length::pt(13.0);
    sheet.text.leading = Length::pt(17.0);
    sheet
}

fn compose(builder: &mut Builder<'_>, times: f64) {
    let up = page(builder, TITLE);
    let metadata = &builder.book.metadata;
    let (grid, title) = (builder.grid, titling(builder.theme));
    let small_caps = builder.theme.part.small_caps;
    whole(builder, up, &metadata.title, Look { times, small_caps, ..title });
    if let Some(subtitle) = &metadata.subtitle {
        builder.space(grid);
        whole(builder, up, subtitle, Look::plain((times * 0.4).clamp(1.0, 1.5), title.align));
    }
    let ornament = builder.theme.ornament.trim();
    if !ornament.is_empty() {
        builder.space(grid * 2);
        let size = builder.theme.text.size.scale(1.6);
        let base = builder.context(Up::Node(up));
        let under = Context { font: face(size, false, false), align: title.align, ..base };
        builder.ornament(&under, ornament, Length::ZERO);
    }
    builder.space(grid * 2);
    let from = builder.galley.strips.len();
    let opened = builder.open_block(Length::ZERO, Give::None);
    // A sheet has room for so many names; a title page has them all.
    for author in metadata.authors().take(6) {
        line(builder, up, author, Look::plain(1.5, title.align));
    }
    builder.close_block(opened, 1.0, Length::ZERO);
    let own = metadata.publisher.as_ref().filter(|name| metadata.authors().all(|author| author != **name));
    if let Some(publisher) = own {
        builder.space(grid);
        whole(builder, up, publisher, Look { small_caps: true, ..Look::plain(0.9, title.align) });
    }
    to_foot(builder, from);
}

/// Everything at its place on the sheet, within a frame.
fn placed(theme: &Theme, galley: Galley) -> Page {
    let page = &theme.page;
    let belongs = Belongs::Artifact(Ornament::Layout);
    let mut items = frame(page.width, page.height);
    let mut y = page.top;
    for strip in galley.strips {
        for drawn in strip.items {
            let at = Point { x: page.inner + drawn.x, y: y + drawn.y };
            items.push(Placed { at, belongs, item: drawn.item });
        }
        y += strip.height;
    }
    let label = PageLabel { roman: true, number: 1 };
    let (width, height) = (page.width, page.height);
    Page { label, kind: PageKind::Generated, width, height, items, links: Vec::new() }
}

/// Two rules around the sheet, the outer one the stronger.
fn frame(width: Length, height: Length) -> Vec<Placed> {
    let [strong, gap, fine] = RULES;
    let edge = Length::inch(EDGE);
    let mut items = Vec::new();
    for (edge, rule) in [(edge, Length::pt(strong)), (edge + Length::pt(strong + gap), Length::pt(fine))] {
        let (across, down) = (width - edge * 2, height - edge * 2);
        let sides = [
            (edge, edge, across, rule),
            (edge, height - edge - rule, across, rule),
            (edge, edge, rule, down),
            (width - edge - rule, edge, rule, down),
        ];
        items.extend(sides.map(|(x, y, width, height)| Placed {
            at: Point { x, y },
            belongs: Belongs::Artifact(Ornament::Layout),
            item: Item::Rule { width, height, gray: 0 },
        }));
    }
    items
}
