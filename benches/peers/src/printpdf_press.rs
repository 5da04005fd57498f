//! The layout's pages, drawn by printpdf.
//!
//! Enters: the book and its layout. Leaves: a PDF, and what could not be drawn. Promise: every glyph
//! stands where the layout put it, by the rule of the PDF edition (no correction under three quarters
//! of a unit); rules, links and bookmarks are there too, as far as printpdf 0.12.8 has them.

use aldine::fonts::{Face, FaceId};
use aldine::layout::{GlyphRun, Item, Layout, LinkArea, Page, Placed, Point as Spot};
use aldine::measure::Length;
use aldine::model::{Book, Target};
use printpdf::{
    Actions, BorderArray, Codepoint, Color, ColorArray, Destination, FontId, Greyscale, LinkAnnotation, Op,
    PaintMode, ParsedFont, PdfConformance, PdfDocument, PdfFontHandle, PdfPage, PdfSaveOptions, Pt, Rect,
    TextItem, TextMatrix,
};
use std::collections::BTreeMap;

/// How printpdf is asked to write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Manner {
    /// Its defaults: only the glyphs that are drawn are embedded.
    Parts,
    /// Whole font files, which is all that it does without its layout engine.
    Whole,
    /// As its defaults, and named PDF/A-2a.
    Archival,
}

/// A face in this document.
struct Ink {
    font: FontId,
    /// Widths of all glyphs as printpdf writes them: thousandths of an em, cut off.
    widths: Vec<f64>,
    /// The one character that printpdf would say of a glyph by itself, where it is right.
    known: BTreeMap<u32, char>,
}

struct Press<'a> {
    layout: &'a Layout,
    document: PdfDocument,
    inks: BTreeMap<FaceId, Ink>,
    ops: Vec<Op>,
    in_text: bool,
    font: Option<(FaceId, Length)>,
    gray: Option<u8>,
    rise: f32,
    left_out: usize,
}

/// Draws all pages; with the bytes, how many pictures were left out.
pub(crate) fn print(book: &Book, layout: &Layout, manner: Manner) -> (Vec<u8>, usize) {
    let mut document = PdfDocument::new(&book.metadata.title);
    if manner == Manner::Archival {
        document.metadata.info.conformance = PdfConformance::A2A_2011_PDF_1_7;
    }
    let mut press = Press {
        layout,
        document,
        inks: BTreeMap::new(),
        ops: Vec::new(),
        in_text: false,
        font: None,
        gray: None,
        rise: 0.0,
        left_out: 0,
    };
    let pages: Vec<PdfPage> = layout.pages.iter().map(|page| press.page(page)).collect();
    for entry in &book.outline.entries {
        if let Some(place) = layout.anchors.get(&entry.anchor) {
            press.document.add_bookmark(&entry.words(), place.page + 1);
        }
    }
    let options = PdfSaveOptions { subset_fonts: manner != Manner::Whole, ..PdfSaveOptions::default() };
    let bytes = press.document.with_pages(pages).save(&options, &mut Vec::new());
    (bytes, press.left_out)
}

impl Press<'_> {
    fn page(&mut self, page: &Page) -> PdfPage {
        (self.font, self.gray, self.rise) = (None, None, 0.0);
        for placed in &page.items {
            self.item(page, placed);
        }
        self.text(false);
        for area in &page.links {
            if let Some(link) = self.link(page, area) {
                self.ops.push(Op::LinkAnnotation { link });
            }
        }
        let sheet = || Rect::from_wh(pt(page.width), pt(page.height));
        PdfPage {
            media_box: sheet(),
            trim_box: sheet(),
            crop_box: sheet(),
            ops: std::mem::take(&mut self.ops),
        }
    }

    fn item(&mut self, page: &Page, placed: &Placed) {
        match &placed.item {
            Item::Glyphs(run) => self.run(page, placed.at, run),
            Item::Rule { width, height, gray } => {
                self.text(false);
                self.ink(*gray);
                let foot = page.height - placed.at.y - *height;
                let mut rectangle = Rect::from_wh(pt(*width), pt(*height));
                (rectangle.x, rectangle.y) = (pt(placed.at.x), pt(foot));
                rectangle.mode = Some(PaintMode::Fill);
                self.ops.push(Op::DrawRectangle { rectangle });
            }
            Item::Image { .. } => self.left_out += 1,
        }
    }

    /// Opens or closes a text section.
    fn text(&mut self, wanted: bool) {
        if self.in_text != wanted {
            self.in_text = wanted;
            self.ops.push(if wanted { Op::StartTextSection } else { Op::EndTextSection });
        }
    }

    fn ink(&mut self, gray: u8) {
        if self.gray.replace(gray) != Some(gray) {
            let percent = f32::from(gray) / 255.0;
            self.ops.push(Op::SetFillColor { col: Color::Greyscale(Greyscale::new(percent, None)) });
        }
    }

    fn run(&mut self, page: &Page, at: Spot, run: &GlyphRun) {
        let face = self.layout.fonts.get(run.face);
        let document = &mut self.document;
        let ink = self.inks.entry(run.face).or_insert_with(|| Ink::new(face, document));
        let font = ink.font.clone();
        let lines = show(run, ink);
        self.text(true);
        self.ink(run.gray);
        if self.font.replace((run.face, run.size)) != Some((run.face, run.size)) {
            self.ops.push(Op::SetFont { font: PdfFontHandle::External(font), size: pt(run.size) });
        }
        let (x, y) = (pt(at.x), pt(page.height - at.y));
        let matrix = if (run.stretch - 1.0).abs() > 0.000_1 {
            TextMatrix::Raw([run.stretch, 0.0, 0.0, 1.0, x.0, y.0])
        } else {
            TextMatrix::Translate(x, y)
        };
        self.ops.push(Op::SetTextMatrix { matrix });
        for (rise, items) in lines {
            if (self.rise - rise).abs() > 0.000_1 {
                self.rise = rise;
                self.ops.push(Op::SetLineOffset { multiplier: rise });
            }
            self.ops.push(Op::ShowText { items });
        }
    }

    fn link(&self, page: &Page, area: &LinkArea) -> Option<LinkAnnotation> {
        let actions = match &area.target {
            Target::Inside(id) => {
                let place = self.layout.anchors.get(id)?;
                let height = self.layout.pages.get(place.page)?.height;
                let (left, top) = (Some(pt(place.at.x).0), Some(pt(height - place.at.y).0));
                Actions::go_to(Destination::Xyz { page: place.page + 1, left, top, zoom: None })
            }
            Target::Outside(address) => Actions::uri(address.clone()),
            Target::Nowhere => return None,
        };
        let mut rect = Rect::from_wh(pt(area.rect.width), pt(area.rect.height));
        let foot = page.height - area.rect.at.y - area.rect.height;
        (rect.x, rect.y) = (pt(area.rect.at.x), pt(foot));
        let border = BorderArray::Solid([0.0; 3]);
        Some(LinkAnnotation::new(rect, actions, Some(border), Some(ColorArray::Transparent), None))
    }
}

impl Ink {
    fn new(face: &Face, document: &mut PdfDocument) -> Ink {
        let bytes = (**face.bytes()).as_ref();
        let font = ParsedFont::from_bytes(bytes, face.index() as usize, &mut Vec::new());
        let font = font.expect("a font that printpdf can read");
        let units = f64::from(face.units_per_em());
        let width = |glyph| (f64::from(face.advance(glyph)) * 1000.0 / units).trunc();
        let widths = (0..u32::from(font.num_glyphs())).map(width).collect();
        let said = |id: u32| Some((id, font.get_glyph_primary_char(u16::try_from(id).ok()?)?));
        let known = (0..u32::from(font.num_glyphs())).filter_map(said).collect();
        Ink { font: document.add_font(&font), widths, known }
    }
}

/// The run's glyphs in stretches of one height above the baseline.
fn show(run: &GlyphRun, ink: &Ink) -> Vec<(f32, Vec<TextItem>)> {
    // One of printpdf's units: a thousandth of an em, as wide as it is drawn.
    let unit = run.size.to_pt() / 1000.0 * f64::from(run.stretch);
    let (mut wanted, mut pen) = (0.0, 0.0);
    let mut lines = Vec::new();
    let placed: Vec<_> = run.moves().collect();
    for raised in placed.chunk_by(|a, b| a.2 == b.2) {
        let mut items = Vec::new();
        let mut glyphs: Vec<Codepoint> = Vec::new();
        for (glyph, dx, _) in raised {
            let shift = (wanted + dx.to_pt() / unit - pen).round();
            if shift.abs() >= 0.75 {
                pen += shift;
                match glyphs.last_mut() {
                    Some(last) => last.offset = narrow(-shift),
                    None => items.push(TextItem::Offset(narrow(-shift))),
                }
            }
            let said = run.text.get(glyph.text.start as usize..glyph.text.end as usize).unwrap_or_default();
            let mut chars = said.chars();
            let alone = chars.next().filter(|_| chars.next().is_none());
            // printpdf finds plain letters by itself; the rest must be said, or it can't be read back.
            let plain = alone.is_some() && alone == ink.known.get(&glyph.id).copied();
            let cid = (!plain && !said.is_empty()).then(|| said.to_owned());
            let gid = u16::try_from(glyph.id).unwrap_or_default();
            glyphs.push(Codepoint { gid, offset: 0.0, cid });
            wanted += glyph.advance.to_pt() / unit;
            pen += ink.widths.get(glyph.id as usize).copied().unwrap_or_default();
        }
        items.push(TextItem::GlyphIds(glyphs));
        lines.push((raised.first().map_or(0.0, |(_, _, dy)| pt((*dy).into()).0), items));
    }
    lines
}

/// Points as the PDF edition writes them: a thousandth is finer than any press.
fn pt(length: Length) -> Pt {
    Pt(narrow((length.to_pt() * 1000.0).round() / 1000.0))
}

#[expect(clippy::cast_possible_truncation, reason = "a PDF's numbers are this wide")]
fn narrow(value: f64) -> f32 {
    value as f32
}
