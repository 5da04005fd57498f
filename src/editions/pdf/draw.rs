//! The pages: everything the layout placed, drawn where it stands.
//!
//! Enters: the layout. Leaves: pages in krilla's document, and what was drawn by what it belongs to.
//! Promise: nothing is measured or moved; each piece of content is one marked sequence, and the rest
//! is marked as ornament.

use super::pictures::{self, Drawing, SvgFonts};
use super::runs::{self, Ink};
use super::tags::{self, Drawn, Ways};
use super::{about, links, order};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::fonts::FaceId;
use crate::layout::{
    Belongs, GlyphRun, Item, Layout, NodeId, Ornament, Page, Placed, Point as Spot, Rect as Area,
};
use crate::measure::Length;
use crate::model::{Book, ImageId, Language};
use crate::span::Span;
use krilla::Document;
use krilla::color::luma;
use krilla::geom::{PathBuilder, Point, Rect, Transform};
use krilla::page::PageSettings;
use krilla::paint::Fill;
use krilla::surface::{Location, Surface};
use krilla::tagging::{Artifact, ArtifactType, BBox, ContentTag, SpanTag};
use krilla::text::KrillaGlyph;
use std::collections::BTreeMap;
use std::ops::Range;

/// Points as a PDF writes them: a thousandth of a point is finer than any press.
#[expect(clippy::cast_possible_truncation, reason = "a PDF's numbers are this wide")]
fn pt(length: Length) -> f32 {
    ((length.to_pt() * 1000.0).round() / 1000.0) as f32
}

/// A point of a page.
pub(super) fn point(spot: Spot) -> Point {
    Point::from_xy(pt(spot.x), pt(spot.y))
}

/// A rectangle of a page, unless it has no extent.
pub(super) fn rect(area: Area) -> Option<Rect> {
    let (width, height) = (pt(area.width), pt(area.height));
    Rect::from_xywh(pt(area.at.x), pt(area.at.y), width, height).filter(|_| width > 0.0 && height > 0.0)
}

/// What is needed to draw, and what was drawn.
pub(super) struct Press<'a> {
    book: &'a Book,
    layout: &'a Layout,
    ways: &'a Ways,
    inks: BTreeMap<FaceId, Option<Ink>>,
    svg_fonts: SvgFonts<'a>,
    drawings: BTreeMap<ImageId, Option<Drawing>>,
    glyphs: Vec<KrillaGlyph>,
    gray: Option<u8>,
    private: BTreeMap<char, Span>,
    /// Whether anything in the book is written from right to left.
    some_rtl: bool,
    /// By what it belongs to.
    pub(super) drawn: Drawn,
    /// Content that no node owns: pages it stands on.
    pub(super) strays: Vec<usize>,
}

impl<'a> Press<'a> {
    /// Nothing drawn yet.
    pub(super) fn new(book: &'a Book, layout: &'a Layout, ways: &'a Ways) -> Self {
        Press {
            book,
            layout,
            ways,
            inks: BTreeMap::new(),
            svg_fonts: SvgFonts::new(&layout.fonts),
            drawings: BTreeMap::new(),
            glyphs: Vec::new(),
            gray: None,
            private: BTreeMap::new(),
            some_rtl: book.metadata.language.is_rtl()
                || layout.structure.nodes.iter().filter_map(|node| node.lang.as_ref()).any(Language::is_rtl),
            drawn: Drawn::default(),
            strays: Vec::new(),
        }
    }

    /// Draws all pages.
    pub(super) fn pages(&mut self, document: &mut Document, diagnostics: &mut Diagnostics) {
        let labels = about::labels(&self.layout.pages);
        for ((at, page), label) in self.layout.pages.iter().enumerate().zip(labels) {
            let (width, height) = (pt(page.width), pt(page.height));
            let settings = PageSettings::from_wh(width, height).unwrap_or_default();
            let sheet = Rect::from_xywh(0.0, 0.0, width, height);
            let settings = settings.with_page_label(label).with_trim_box(sheet);
            let mut leaf = document.start_page_with(settings);
            let mut surface = leaf.surface();
            self.gray = None;
            let mut start = 0;
            for group in page.items.chunk_by(|a, b| a.belongs == b.belongs) {
                let range = start..start + group.len();
                start = range.end;
                self.group((at, range), group, &mut surface, diagnostics);
            }
            surface.finish();
            self.links(page, &mut leaf);
            leaf.finish();
        }
        for (c, span) in std::mem::take(&mut self.private) {
            let message = format!("the character U+{:04X} has a meaning to its font alone", u32::from(c));
            diagnostics.push(Diagnostic::new(Code::MissingGlyph, span, message).hint(
                "it is drawn, but the PDF can't say it: write it in words, or as a picture with alternative text",
            ));
        }
    }

    /// Items that belong to one piece of content, or to no text.
    fn group(
        &mut self,
        (page, range): (usize, Range<usize>),
        group: &[Placed],
        surface: &mut Surface<'_>,
        diagnostics: &mut Diagnostics,
    ) {
        let Some(first) = group.first() else { return };
        let content = match first.belongs {
            Belongs::Artifact(ornament) => return self.ornament(ornament, group, surface, diagnostics),
            Belongs::Content(content) => content,
        };
        let Some(owner) = self.ways.owner(content) else {
            self.strays.push(page);
            return;
        };
        let node = self.layout.structure.nodes.get(tags::index(owner));
        let is_picture = |placed: &Placed| matches!(placed.item, Item::Image { .. });
        if node.is_some_and(tags::is_mute) && group.iter().all(is_picture) {
            return self.ornament(Ornament::Layout, group, surface, diagnostics);
        }
        let location = tags::location(owner);
        let whole = node.filter(|node| node.tag == crate::layout::Tag::Whole).and_then(|n| n.alt.as_deref());
        let kind = if group.iter().any(is_picture) {
            ContentTag::Other
        } else {
            // Letters of two sizes on two baselines are two words to who goes by their places.
            ContentTag::Span(SpanTag { actual_text: whole, ..SpanTag::empty() })
        };
        let mark = surface.start_tagged(kind);
        self.items(owner, self.ordered(owner, page, range), location, surface, diagnostics);
        surface.end_tagged();
        self.drawn.contents.entry(content).or_default().push(mark);
        if node.is_some_and(|node| node.tag == crate::layout::Tag::Figure) {
            self.frame(owner, page, group);
        }
    }

    fn ornament(
        &mut self,
        ornament: Ornament,
        group: &[Placed],
        surface: &mut Surface<'_>,
        diagnostics: &mut Diagnostics,
    ) {
        let kind = match ornament {
            Ornament::Head => ArtifactType::Header,
            Ornament::Folio => ArtifactType::PageNumber,
            Ornament::Layout => ArtifactType::Layout,
        };
        surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(kind)));
        self.items(NodeId(0), group.iter().collect(), None, surface, diagnostics);
        surface.end_tagged();
    }

    fn items(
        &mut self,
        owner: NodeId,
        group: Vec<&Placed>,
        location: Option<Location>,
        surface: &mut Surface<'_>,
        diagnostics: &mut Diagnostics,
    ) {
        match location {
            Some(location) => surface.set_location(location),
            None => surface.reset_location(),
        }
        for placed in group {
            match &placed.item {
                Item::Glyphs(run) => self.run(owner, placed.at, run, location, surface),
                Item::Rule { width, height, gray } => {
                    let area = Area { at: placed.at, width: *width, height: *height };
                    self.rule(area, *gray, surface);
                }
                Item::Image { image, width, height } => {
                    let area = Area { at: placed.at, width: *width, height: *height };
                    self.image(*image, area, surface, diagnostics);
                }
            }
        }
    }

    /// Items of a page in the order of reading.
    fn ordered(&self, owner: NodeId, page: usize, range: Range<usize>) -> Vec<&'a Placed> {
        let items = self.layout.pages.get(page).map_or(&[][..], |page| &page.items);
        order::reading(items, range, self.is_rtl(owner))
    }

    /// Whether lines of the node's text begin at the right: by the nearest language that is said. Those of
    /// code never do.
    fn is_rtl(&self, owner: NodeId) -> bool {
        if !self.some_rtl {
            return false;
        }
        let mut at = Some(owner);
        // No tree is deeper than it has nodes.
        for _ in 0..=self.layout.structure.nodes.len() {
            let Some(id) = at else { break };
            let node = self.layout.structure.nodes.get(tags::index(id));
            if node.is_some_and(|node| node.tag == crate::layout::Tag::Code) {
                return false;
            }
            if let Some(lang) = node.and_then(|node| node.lang.as_ref()).filter(|_| !self.is_inline(id)) {
                return lang.is_rtl();
            }
            at = self.ways.parent(id);
        }
        self.book.metadata.language.is_rtl()
    }

    /// An inline's language doesn't turn its line.
    fn is_inline(&self, id: NodeId) -> bool {
        let node = self.layout.structure.nodes.get(tags::index(id));
        node.is_some_and(|node| matches!(node.tag, crate::layout::Tag::Inline))
    }

    fn run(
        &mut self,
        owner: NodeId,
        at: Spot,
        run: &GlyphRun,
        location: Option<Location>,
        surface: &mut Surface<'_>,
    ) {
        let face = self.layout.fonts.get(run.face);
        let ink = self.inks.entry(run.face).or_insert_with(|| Ink::new(face));
        let Some(ink) = ink else { return };
        let text = runs::glyphs(run, ink, location, &mut self.glyphs);
        if matches!(text, std::borrow::Cow::Owned(_)) {
            for c in run.text.chars().filter(|&c| runs::is_private(c)) {
                let span = span_of(self.layout, self.ways, owner);
                self.private.entry(c).or_insert(span);
            }
        }
        if self.glyphs.is_empty() {
            return;
        }
        let font = ink.font.clone();
        let parts = order::parts(&self.glyphs, &text, &mut ink.sayings);
        let size = pt(run.size);
        let stretch = runs::stretch(run);
        self.ink(run.gray, surface);
        let stretched = (stretch - 1.0).abs() > 0.000_1;
        let start = if stretched {
            surface.push_transform(&Transform::from_row(stretch, 0.0, 0.0, 1.0, pt(at.x), pt(at.y)));
            Point::from_xy(0.0, 0.0)
        } else {
            point(at)
        };
        for part in parts {
            let ems: f32 = self.glyphs.iter().take(part.start).map(|glyph| glyph.x_advance).sum();
            let from = Point::from_xy(start.x + ems * size, start.y);
            let glyphs = self.glyphs.get(part).unwrap_or_default();
            surface.draw_glyphs(from, glyphs, font.clone(), &text, size, false);
        }
        if stretched {
            surface.pop();
        }
    }

    fn rule(&mut self, area: Area, gray: u8, surface: &mut Surface<'_>) {
        let Some(area) = rect(area) else { return };
        let mut path = PathBuilder::new();
        path.push_rect(area);
        let Some(path) = path.finish() else { return };
        self.ink(gray, surface);
        surface.draw_path(&path);
    }

    /// Sets the shade, unless it is set.
    fn ink(&mut self, gray: u8, surface: &mut Surface<'_>) {
        if self.gray != Some(gray) {
            self.gray = Some(gray);
            surface.set_fill(Some(Fill { paint: luma::Color::new(gray).into(), ..Fill::default() }));
        }
    }

    fn image(&mut self, id: ImageId, area: Area, surface: &mut Surface<'_>, diagnostics: &mut Diagnostics) {
        let (Some(image), Some(area)) = (self.book.image(id), rect(area)) else { return };
        let fonts = &mut self.svg_fonts;
        let drawing = self.drawings.entry(id).or_insert_with(|| {
            let read = pictures::read(image, fonts, surface);
            read.map_err(|why| diagnostics.push(refused(&image.path, image.span, &why))).ok()
        });
        if let Some(drawing) = drawing {
            surface.push_transform(&Transform::from_translate(area.left(), area.top()));
            pictures::draw(drawing, area.width(), area.height(), surface);
            surface.pop();
        }
    }

    /// Notes where a figure stands: readers want to know which part of the page it takes.
    fn frame(&mut self, owner: NodeId, page: usize, group: &[Placed]) {
        let boxes = group.iter().filter_map(|placed| match &placed.item {
            Item::Image { width, height, .. } => rect(Area { at: placed.at, width: *width, height: *height }),
            Item::Glyphs(_) | Item::Rule { .. } => None,
        });
        for area in boxes {
            let frame = self.drawn.figures.entry(owner).or_insert(Some(BBox::new(page, area)));
            *frame = frame.filter(|other| other.page_idx == page).and_then(|other| {
                let (left, top) = (other.rect.left().min(area.left()), other.rect.top().min(area.top()));
                let (right, foot) =
                    (other.rect.right().max(area.right()), other.rect.bottom().max(area.bottom()));
                Some(BBox::new(page, Rect::from_ltrb(left, top, right, foot)?))
            });
        }
    }

    fn links(&mut self, page: &Page, leaf: &mut krilla::page::Page<'_>) {
        for areas in links::areas(page) {
            let Some(node) = areas.first().map(|area| area.node) else { continue };
            if let Some(annotation) = links::annotation(areas, self.layout, tags::location(node)) {
                let mark = leaf.add_tagged_annotation(annotation);
                self.drawn.links.entry(node).or_default().push(mark);
            }
        }
    }

    /// The face that krilla complains of; `None` for one of a drawing.
    pub(super) fn face_of(&self, font: &krilla::text::Font) -> Option<&'a crate::fonts::Face> {
        let is_it = |ink: &Option<Ink>| ink.as_ref().is_some_and(|ink| ink.font == *font);
        let (id, _) = self.inks.iter().find(|(_, ink)| is_it(ink))?;
        Some(self.layout.fonts.get(*id))
    }

    /// The image that krilla complains of.
    pub(super) fn image_of(&self, pixels: &krilla::image::Image) -> Option<&'a crate::model::Image> {
        let is_it =
            |drawing: &Option<Drawing>| matches!(drawing, Some(Drawing::Pixels(own, _)) if own == pixels);
        let (id, _) = self.drawings.iter().find(|(_, drawing)| is_it(drawing))?;
        self.book.image(*id)
    }

    /// The drawings among the images: what krilla says of none in particular may be one's fault.
    pub(super) fn svgs(&self) -> impl Iterator<Item = &'a crate::model::Image> + '_ {
        let is_svg = |drawing: &Option<Drawing>| matches!(drawing, Some(Drawing::Paths(..)));
        let ids = self.drawings.iter().filter(move |(_, drawing)| is_svg(drawing)).map(|(id, _)| *id);
        ids.filter_map(|id| self.book.image(id))
    }
}

/// Where a node was written: its own place, or that of the nearest it stands in.
pub(super) fn span_of(layout: &Layout, ways: &Ways, node: NodeId) -> Span {
    let mut at = Some(node);
    // No tree is deeper than it has nodes.
    for _ in 0..=layout.structure.nodes.len() {
        let Some(id) = at else { break };
        match layout.structure.nodes.get(tags::index(id)) {
            Some(node) if !node.span.is_none() => return node.span,
            _ => at = ways.parent(id),
        }
    }
    Span::NONE
}

fn refused(path: &str, span: Span, why: &str) -> Diagnostic {
    Diagnostic::new(Code::EditionRefused, span, format!("the image `{path}` can't be drawn: {why}"))
        .hint("open it in an image program and save it again")
}
