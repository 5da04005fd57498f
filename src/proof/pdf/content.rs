//! What stands on a PDF's pages: the words of marked sequences, and where each glyph is.
//!
//! Enters: a PDF. Leaves: for each page a [`Sheet`]: its glyphs and boxes, and the text of each of its
//! marked sequences by its number. Promise: positions come from hayro's interpreter, which knows
//! nothing of our writer; text comes from the fonts' own maps and from what the file says it stands for
//! (ISO 32000-1, 14.9.4 and 9.10.3), as a screen reader gets it.

use super::marks::{Marks, Owner, Sequences};
use crate::fonts::{FontSet, Variant};
use hayro_interpret::font::{Glyph as Shape, GlyphRun};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::kurbo::{Affine, BezPath, Point, Rect, Shape as _};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache,
    InterpreterSettings, RenderContent, SoftMask, interpret_page,
};
use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Dict, MaybeRef, Object};
use hayro_syntax::page::Page;
use rayon::iter::ParallelIterator;
use rayon::slice::ParallelSlice;
use std::sync::Arc;

/// A glyph where it stands. Points, from the page's left and upper edge.
#[derive(Debug, Clone, Copy)]
pub(in crate::proof) struct Glyph {
    /// Its origin.
    pub(in crate::proof) x: f64,
    /// Its baseline.
    pub(in crate::proof) y: f64,
    /// How far its advance goes.
    pub(in crate::proof) width: f64,
    /// Size of the type.
    pub(in crate::proof) size: f64,
    /// Its text in the sheet's.
    pub(in crate::proof) text: (usize, usize),
    /// What it is marked as.
    pub(in crate::proof) owner: Owner,
}

/// A picture or a rule.
#[derive(Debug, Clone, Copy)]
pub(in crate::proof) struct Mass {
    /// Where it is seen, in points from the page's left and upper edge.
    pub(in crate::proof) area: Rect,
    /// What it is clipped to where it is drawn, blank margins and all: the room that a drawing takes.
    pub(in crate::proof) frame: Rect,
    /// What it is marked as.
    pub(in crate::proof) owner: Owner,
}

/// A page.
#[derive(Debug, Default)]
pub(in crate::proof) struct Sheet {
    /// In points.
    pub(in crate::proof) width: f64,
    /// In points.
    pub(in crate::proof) height: f64,
    /// What the glyphs say.
    pub(in crate::proof) text: String,
    /// In the order of drawing, those upright.
    pub(in crate::proof) glyphs: Vec<Glyph>,
    /// Pictures and rules in the order of drawing, those of one owner as one.
    pub(in crate::proof) masses: Vec<Mass>,
    /// What the marked sequences say.
    pub(in crate::proof) sequences: Sequences,
}

/// So many pages are read by one interpreter, which keeps what it knows of fonts.
const AT_ONCE: usize = 48;

/// Reads all pages, and gives each to `take` at once: a book's glyphs need not be held together.
pub(in crate::proof) fn sheets<T: Send>(pdf: &Pdf, take: impl Fn(Sheet) -> T + Sync) -> Vec<T> {
    let pages: Vec<&Page<'_>> = pdf.pages().iter().collect();
    let settings = InterpreterSettings { render_content: RenderContent::PAGE, ..stand_ins() };
    let read_some = |pages: &[&Page<'_>]| -> Vec<T> {
        let cache = InterpreterCache::new();
        pages.iter().map(|page| take(read(page, pdf, &cache, settings.clone()))).collect()
    };
    pages.par_chunks(AT_ONCE).map(read_some).collect::<Vec<_>>().into_iter().flatten().collect()
}

fn read<'a>(
    page: &Page<'a>,
    pdf: &'a Pdf,
    cache: &InterpreterCache<'a>,
    settings: InterpreterSettings,
) -> Sheet {
    let (width, height) = page.render_dimensions();
    let (width, height) = (f64::from(width), f64::from(height));
    let bounds = Rect::new(0.0, 0.0, width, height);
    let upright = Affine::new(page.initial_transform(true).as_coeffs());
    let mut context = Context::new(upright, bounds, cache, pdf.xref(), settings);
    let sheet = Sheet { width, height, ..Sheet::default() };
    let clips = vec![Clip { own: bounds, all: bounds }];
    let mut reader = Reader { marks: Marks::default(), clips, outer: Vec::new(), sheet };
    interpret_page(page, &mut context, &mut reader);
    Sheet { sequences: reader.marks.said, ..reader.sheet }
}

/// Fonts that a file doesn't hold stand nowhere exactly, but their texts are said all the same.
fn stand_ins() -> InterpreterSettings {
    let fonts = FontSet::embedded();
    let face = fonts.pick(Variant::TEXT, 'x').map(|face| fonts.get(face).bytes().clone());
    InterpreterSettings {
        font_resolver: Arc::new(move |_| Some((face.clone()?, 0))),
        ..InterpreterSettings::default()
    }
}

/// What nothing is drawn outside of.
#[derive(Clone, Copy, Default)]
struct Clip {
    /// As it was asked for.
    own: Rect,
    /// With all those around it.
    all: Rect,
}

struct Reader {
    marks: Marks,
    clips: Vec<Clip>,
    /// How many clips each open mark stands in.
    outer: Vec<usize>,
    sheet: Sheet,
}

impl Reader {
    fn glyph(&mut self, shape: &Shape<'_>, place: Affine, owner: Owner) {
        let mut buffer = [0; 4];
        let said = shape.as_unicode();
        let said: &str = match &said {
            Some(BfString::Char(c)) => c.encode_utf8(&mut buffer),
            Some(BfString::String(text)) => text,
            None => "",
        };
        if !said.is_empty() {
            self.marks.say(said);
        }
        let start = self.sheet.text.len();
        self.sheet.text.push_str(self.marks.shown(said));
        let advance = match shape {
            Shape::Outline(outline) => outline.advance_width(),
            Shape::Type3(drawn) => drawn.advance_width(),
        };
        let origin = place * Point::ORIGIN;
        let end = place * Point::new(f64::from(advance.unwrap_or(0.0)), 0.0);
        let [along, tilt, _, up, ..] = place.as_coeffs();
        // What runs up the page is no line of text: a watermark, an axis of a drawing.
        if tilt.abs() > along.abs() * 0.01 {
            return;
        }
        self.sheet.glyphs.push(Glyph {
            x: origin.x.min(end.x),
            y: origin.y,
            width: (end.x - origin.x).abs(),
            size: up.abs() * GLYPH_UNITS,
            text: (start, self.sheet.text.len()),
            owner,
        });
    }

    fn mass(&mut self, area: Rect) {
        let clip = self.clips.last().copied().unwrap_or_default().all;
        if !area.overlaps(clip) && area.area() > 0.0 {
            return;
        }
        let (area, owner) = (area.intersect(clip), self.marks.owner());
        match self.sheet.masses.last_mut() {
            Some(last) if last.owner == owner && matches!(owner, Owner::Sequence(_)) => {
                last.area = last.area.union(area);
                last.frame = last.frame.union(area);
            }
            _ => self.sheet.masses.push(Mass { area, frame: self.frame(area), owner }),
        }
    }

    /// How far what begins with this goes: a drawing is clipped to its own sides where it is drawn, and, by some
    /// programs, to what is seen of it as well.
    fn frame(&self, area: Rect) -> Rect {
        let outer = self.outer.last().copied().unwrap_or(self.clips.len());
        let around = outer.checked_sub(1).and_then(|at| self.clips.get(at)).copied().unwrap_or_default().all;
        let own = self.clips.get(outer..).unwrap_or_default();
        own.iter().fold(area, |frame, clip| frame.union(clip.own.intersect(around)))
    }
}

/// hayro draws glyphs on a square of this side.
const GLYPH_UNITS: f64 = 1000.0;

impl<'a> Device<'a> for Reader {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, _: &DrawMode) {
        self.mass(props.transform.transform_rect_bbox(path.bounding_box()));
    }

    fn draw_rect(&mut self, rect: &Rect, props: DrawProps<'a>, _: &DrawMode) {
        self.mass(props.transform.transform_rect_bbox(*rect));
    }

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        let (width, height) = (f64::from(image.width()), f64::from(image.height()));
        self.mass(props.transform.transform_rect_bbox(Rect::new(0.0, 0.0, width, height)));
    }

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, mode: &DrawMode) {
        // Letters filled and drawn round come twice.
        if matches!(mode, DrawMode::Stroke(_)) {
            return;
        }
        let owner = self.marks.owner();
        for glyph in run.glyphs() {
            self.glyph(glyph, props.transform * glyph.transform(), owner);
        }
    }

    fn push_clip_path(&mut self, clip: &ClipPath) {
        let (last, own) = (self.clips.last().copied().unwrap_or_default(), clip.path.bounding_box());
        self.clips.push(Clip { own, all: last.all.intersect(own) });
    }

    fn pop_clip(&mut self) {
        if self.clips.len() > 1 {
            self.clips.pop();
        }
    }

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}

    fn pop_transparency_group(&mut self) {}

    fn begin_marked_content(&mut self, tag: &[u8], properties: Option<&Dict<'_>>) {
        self.marks.begin(tag, properties);
        self.outer.push(self.clips.len());
    }

    fn end_marked_content(&mut self) {
        self.marks.end();
        self.outer.pop();
    }
}

/// Numbers, of an array or alone.
pub(super) fn each<'a>(dict: &Dict<'a>, key: &str) -> Vec<MaybeRef<Object<'a>>> {
    match dict.get::<Array<'a>>(key) {
        Some(list) => list.raw_iter().collect(),
        None => dict.get_raw::<Object<'a>>(key).into_iter().collect(),
    }
}
