//! The cover as a picture.
//!
//! Enters: the sheet that the layout drew, its faces, its two colours. Leaves: a PNG of 1600 by 2560 pixels, the size that
//! shops ask for. Promise: it is drawn from outlines, so it needs no font; the same sheet gives the same bytes.

use crate::fonts::{FaceId, FontSet};
use crate::layout::{GlyphRun, Item, Page, Point};
use crate::model::{Image, ImageKind};
use crate::span::Span;
use crate::style::CoverStyle;
use skrifa::{DrawMemory, GlyphId, PathSink, ScalerFont};
use std::collections::BTreeMap;
use std::sync::Arc;
use tiny_skia::{FillRule, Mask, PathBuilder, Rect, Transform};

/// Pixels from side to side.
const WIDTH: u32 = 1600;

/// Draws the sheet; `None` when nothing stands on it.
#[must_use]
pub fn picture(page: &Page, fonts: &FontSet, style: CoverStyle) -> Option<Image> {
    let dots = f64::from(WIDTH) / page.width.to_pt();
    let height = whole(page.height.to_pt() * dots);
    let mut press = Press { fonts, dots, path: PathBuilder::new(), scalers: BTreeMap::new() };
    for placed in &page.items {
        match &placed.item {
            Item::Glyphs(run) => press.run(placed.at, run),
            Item::Rule { width, height, .. } => press.rule(placed.at, width.to_pt(), height.to_pt()),
            Item::Image { .. } => {}
        }
    }
    let path = press.path.finish()?;
    let mut mask = Mask::new(WIDTH, height)?;
    mask.fill_path(&path, FillRule::Winding, true, Transform::identity());
    let bytes = encoded(mask.data(), height, style).ok()?;
    let (path, bytes, span) = ("cover.png".to_owned(), Arc::new(bytes), Span::NONE);
    Some(Image {
        path,
        kind: ImageKind::Png,
        bytes,
        width: narrow(f64::from(WIDTH)),
        height: narrow(f64::from(height)),
        span,
    })
}

/// How much ink is on each dot becomes a place in a palette from ground to ink.
fn encoded(dots: &[u8], height: u32, style: CoverStyle) -> Result<Vec<u8>, png::EncodingError> {
    let palette: Vec<u8> = (0..=u8::MAX).flat_map(|share| style.ground.towards(style.ink, share).0).collect();
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, WIDTH, height);
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_palette(palette);
    encoder.set_compression(png::Compression::Fast);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(dots)?;
    writer.finish()?;
    Ok(bytes)
}

/// Outlines gathered on one path.
struct Press<'f> {
    fonts: &'f FontSet,
    /// Dots to the point.
    dots: f64,
    path: PathBuilder,
    scalers: BTreeMap<FaceId, ScalerFont>,
}

impl Press<'_> {
    fn rule(&mut self, at: Point, width: f64, height: f64) {
        let side = |points: f64| narrow(points * self.dots);
        let rect = Rect::from_xywh(side(at.x.to_pt()), side(at.y.to_pt()), side(width), side(height));
        if let Some(rect) = rect {
            self.path.push_rect(rect);
        }
    }

    fn run(&mut self, at: Point, run: &GlyphRun) {
        let face = self.fonts.get(run.face);
        let scaler = self
            .scalers
            .entry(run.face)
            .or_insert_with(|| ScalerFont::force_unhinted(face.font().clone(), None));
        let unit = run.size.to_pt() * self.dots / f64::from(face.units_per_em().max(1));
        let stretch = if run.stretch.is_finite() && run.stretch > 0.0 { run.stretch } else { 1.0 };
        let mut pen = at.x.to_pt();
        for (glyph, dx, dy) in run.moves() {
            let mut sink = Sink {
                path: &mut self.path,
                x: narrow((pen + dx.to_pt()) * self.dots),
                y: narrow((at.y.to_pt() - dy.to_pt()) * self.dots),
                across: narrow(unit) * stretch,
                up: narrow(unit),
            };
            if let Some(outline) = scaler.outline(GlyphId::new(glyph.id)) {
                // What can't be drawn leaves a gap, as it does in print.
                let _drawn = outline.draw(DrawMemory::Scratch, &mut sink);
            }
            pen += glyph.advance.to_pt();
        }
    }
}

/// Where outlines in font units come to stand.
struct Sink<'p> {
    path: &'p mut PathBuilder,
    x: f32,
    y: f32,
    across: f32,
    up: f32,
}

impl Sink<'_> {
    fn at(&self, x: f32, y: f32) -> (f32, f32) {
        (self.x + x * self.across, self.y - y * self.up)
    }
}

impl PathSink for Sink<'_> {
    fn move_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.at(x, y);
        self.path.move_to(x, y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.at(x, y);
        self.path.line_to(x, y);
    }

    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        let ((cx, cy), (x, y)) = (self.at(cx, cy), self.at(x, y));
        self.path.quad_to(cx, cy, x, y);
    }

    fn curve_to(&mut self, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32) {
        let ((ax, ay), (bx, by), (x, y)) = (self.at(ax, ay), self.at(bx, by), self.at(x, y));
        self.path.cubic_to(ax, ay, bx, by, x, y);
    }

    fn close(&mut self) {
        self.path.close();
    }
}

#[expect(clippy::cast_possible_truncation, reason = "a picture's places are below 2^24 dots")]
fn narrow(value: f64) -> f32 {
    value as f32
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "`as` saturates; a sheet has a height"
)]
fn whole(value: f64) -> u32 {
    value.round() as u32
}
