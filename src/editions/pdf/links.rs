//! Where readers can go: bookmarks, named places, links.
//!
//! Enters: the outline, the layout's anchors and link areas. Leaves: krilla's outline, destinations
//! and annotations. Promise: bookmarks are the book's outline, none left out; a link leads where the
//! layout says its target stands, and is left out when it stands nowhere.

use super::draw::{point, rect};
use super::words::{address, short};
use crate::layout::{Layout, LinkArea, Page};
use crate::model::{Book, Entry, Id, Role, Target};
use krilla::action::LinkAction;
use krilla::annotation::{Annotation, LinkAnnotation, Target as Aim};
use krilla::destination::{NamedDestination, XyzDestination};
use krilla::geom::{Point, Quadrilateral};
use krilla::outline::{Outline, OutlineNode};
use krilla::surface::Location;

/// Where an id stands, if it does on a page that there is.
fn place(layout: &Layout, id: &Id) -> Option<XyzDestination> {
    let destination = layout.anchors.get(id).filter(|place| place.page < layout.pages.len())?;
    Some(XyzDestination::new(destination.page, point(destination.at)))
}

/// A place that has a name, so that other files can lead to it (`book.pdf#nameddest=id`).
fn named(layout: &Layout, id: &Id) -> Option<NamedDestination> {
    // Names are bounded like strings; ids that long come from no author.
    let place = place(layout, id).filter(|_| id.0.len() < 30_000)?;
    Some(NamedDestination::new(id.0.clone(), place))
}

/// The names of the book's sections.
pub(super) fn names<'a>(book: &'a Book, layout: &'a Layout) -> impl Iterator<Item = NamedDestination> + 'a {
    book.outline.entries.iter().filter_map(|entry| named(layout, &entry.anchor))
}

/// The bookmarks. A book without sections gets one of its title, since PDF/UA wants some.
pub(super) fn outline(book: &Book, layout: &Layout) -> Outline {
    let mut outline = Outline::new();
    let start = || XyzDestination::new(0, Point::from_xy(0.0, 0.0));
    if book.outline.entries.is_empty() {
        outline.push_child(OutlineNode::new(short(&book.metadata.title), start()));
        return outline;
    }
    let mut last = start();
    let mut open: Vec<(u8, OutlineNode)> = Vec::new();
    for entry in &book.outline.entries {
        if let Some(found) = place(layout, &entry.anchor) {
            last = found;
        }
        close(&mut open, entry.level, &mut outline);
        open.push((entry.level, bookmark(entry, last.clone())));
    }
    close(&mut open, 0, &mut outline);
    outline
}

/// Parts show their chapters; chapters hide their sections.
fn bookmark(entry: &Entry, place: XyzDestination) -> OutlineNode {
    OutlineNode::new(short(&entry.words()), place).with_open(entry.role == Role::Part)
}

/// Gives bookmarks of this level or deeper to those they stand under.
fn close(open: &mut Vec<(u8, OutlineNode)>, level: u8, outline: &mut Outline) {
    while let Some((_, node)) = open.pop_if(|(deep, _)| *deep >= level) {
        match open.last_mut() {
            Some((_, parent)) => parent.push_child(node),
            None => outline.push_child(node),
        }
    }
}

/// The links of a page, each with the areas it is followed at: one annotation for all its lines.
pub(super) fn areas(page: &Page) -> impl Iterator<Item = &[LinkArea]> {
    page.links.chunk_by(|a, b| a.node == b.node && a.target == b.target)
}

/// The annotation of a link, unless it leads nowhere.
pub(super) fn annotation(
    areas: &[LinkArea],
    layout: &Layout,
    location: Option<Location>,
) -> Option<Annotation> {
    let first = areas.first()?;
    let aim = match &first.target {
        Target::Inside(id) => Aim::Destination(named(layout, id)?.into()),
        Target::Outside(typed) => Aim::Action(LinkAction::new(address(typed)?).into()),
        Target::Nowhere => return None,
    };
    let quads: Vec<Quadrilateral> =
        areas.iter().filter_map(|area| rect(area.rect)).map(Quadrilateral::from).collect();
    if quads.is_empty() {
        return None;
    }
    let said = match (short(&first.alt), &first.target) {
        (alt, _) if !alt.is_empty() => alt,
        (_, Target::Outside(typed)) => short(typed),
        (_, Target::Inside(Id(id))) => short(id),
        (_, Target::Nowhere) => return None,
    };
    let link = LinkAnnotation::new_with_quad_points(quads, aim);
    Some(Annotation::new_link(link, Some(said)).with_location(location))
}
