//! Glyph runs in the terms of a PDF: advances in font units, text that the standards allow.
//!
//! Enters: a [`GlyphRun`] and its face. Leaves: glyphs for krilla. Promise: no glyph stands more than
//! three quarters of a font unit from where the layout put it, so that a run is written in whole
//! numbers, with one correction for each word space and kern; glyph 0 is never drawn; every glyph
//! says something, and nothing that PDF/A or PDF/UA forbid.

use super::order::Sayings;
use crate::fonts::Face;
use crate::layout::{Glyph, GlyphRun};
use krilla::surface::Location;
use krilla::text::{Font, GlyphId, KrillaGlyph};
use skrifa::GlyphId as FaceGlyphId;
use std::borrow::Cow;
use std::ops::Range;

/// Longer clusters are marks piled on marks; a character map holds no more than this, in bytes
/// (Adobe Technical Note 5411: 512 bytes of UTF-16).
const LONGEST_CLUSTER: usize = 250;

/// A face in this document.
pub(super) struct Ink {
    /// The font to embed.
    pub(super) font: Font,
    /// Font units to the em.
    units: i32,
    /// Advances of all glyphs, in font units: asked once, since runs ask for every glyph again.
    advances: Vec<i32>,
    /// Drawn where a number isn't one of the face's.
    stand_in: u32,
    /// What its glyphs said so far.
    pub(super) sayings: Sayings,
}

impl Ink {
    /// The face, unless krilla can't read it.
    pub(super) fn new(face: &Face) -> Option<Ink> {
        let font = Font::new(face.bytes().clone().into(), face.index())?;
        let metrics = face.font().glyph_metrics();
        let advance = |glyph| rounded(f64::from(metrics.h_advance(FaceGlyphId::new(glyph))));
        let advances: Vec<i32> = (0..face.font().num_glyphs()).map(advance).collect();
        let stand_in = face.glyph('\u{FFFD}').or_else(|| face.glyph('?')).unwrap_or(1);
        Some(Ink {
            font,
            units: i32::from(face.units_per_em()).max(1),
            advances,
            stand_in,
            sayings: Sayings::new(),
        })
    }

    /// The glyph's number and its advance in font units.
    fn glyph(&self, id: u32) -> (u32, i32) {
        let advance = |id: u32| self.advances.get(usize::try_from(id).ok()?).copied();
        match advance(id).filter(|_| id != 0) {
            Some(units) => (id, units),
            None => (self.stand_in, advance(self.stand_in).unwrap_or(0)),
        }
    }
}

/// The run's horizontal scaling, 1 where it is none that can be drawn.
pub(super) fn stretch(run: &GlyphRun) -> f32 {
    if run.stretch.is_finite() && run.stretch > 0.0 { run.stretch } else { 1.0 }
}

/// Sets the run's glyphs into `drawn` and gives the text that their ranges are of.
pub(super) fn glyphs<'r>(
    run: &'r GlyphRun,
    ink: &Ink,
    location: Option<Location>,
    drawn: &mut Vec<KrillaGlyph>,
) -> Cow<'r, str> {
    drawn.clear();
    let text = allowed(&run.text);
    let units = f64::from(ink.units);
    let height = run.size.to_pt() / units;
    let width = height * f64::from(stretch(run));
    if width <= 0.0 {
        return text;
    }
    let fallback = fallback(run, &text);
    let mut last = fallback.clone();
    let (mut wanted, mut pen) = (0.0, 0.0);
    for (glyph, dx, dy) in run.moves() {
        let (id, natural) = ink.glyph(glyph.id);
        wanted += glyph.advance.to_pt() / width;
        let own = f64::from(natural);
        let advance = if (wanted - pen - own).abs() < 0.75 { own } else { (wanted - pen).round() };
        pen += advance;
        let range = cluster(&text, glyph).unwrap_or(last);
        last = range.clone();
        drawn.push(KrillaGlyph {
            glyph_id: GlyphId::new(id),
            text_range: range,
            x_advance: per_em(natural, rounded(advance), ink.units),
            x_offset: narrow((dx.to_pt() / width).round() / units),
            y_offset: narrow(dy.to_pt() / height / units),
            y_advance: 0.0,
            location,
        });
    }
    text
}

/// An advance in ems, chosen among its neighbours so that krilla's difference from the glyph's own
/// advance comes out as a whole number: else every correction is written with five decimals.
fn per_em(own: i32, advance: i32, units: i32) -> f32 {
    let (own, advance, units) = (single(own), single(advance), single(units));
    let plain = advance / units;
    let exact = |ems: &f32| ems * units - own / units * units == advance - own;
    [plain, plain.next_up(), plain.next_down()].into_iter().find(exact).unwrap_or(plain)
}

/// What the glyph says: not empty, on boundaries of characters, and not longer than a map can hold.
fn cluster(text: &str, glyph: &Glyph) -> Option<Range<usize>> {
    let start = usize::try_from(glyph.text.start).ok()?;
    let end = usize::try_from(glyph.text.end).ok()?;
    let said = text.get(start..end).filter(|said| !said.is_empty())?;
    let mut length = said.len().min(LONGEST_CLUSTER);
    while !said.is_char_boundary(length) {
        length -= 1;
    }
    Some(start..start + length)
}

/// What a glyph says that says nothing of its own and follows no glyph: what the next one does.
fn fallback(run: &GlyphRun, text: &str) -> Range<usize> {
    let first = run.glyphs.iter().find_map(|glyph| cluster(text, glyph));
    first.unwrap_or_else(|| 0..text.chars().next().map_or(0, char::len_utf8))
}

/// Characters that have no meaning for others: neither PDF/A-2a nor PDF/UA-1 let a glyph stand for one.
pub(super) fn is_private(c: char) -> bool {
    matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{10FFFF}')
}

/// The text with what the standards forbid put in other words of the same length, so that ranges
/// stay; a space for no text at all.
fn allowed(text: &str) -> Cow<'_, str> {
    if text.is_empty() {
        return Cow::Borrowed(" ");
    }
    // Lead bytes of what is forbidden: nearly all runs have none.
    if !text.bytes().any(|byte| matches!(byte, 0 | 0xEE | 0xEF | 0xF3 | 0xF4)) {
        return Cow::Borrowed(text);
    }
    let mut clean = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\0' => clean.push(' '),
            '\u{FEFF}' => clean.push('\u{2060}'),
            '\u{FFFE}' | '\u{FFFF}' | '\u{E000}'..='\u{F8FF}' => clean.push('\u{FFFD}'),
            c if is_private(c) => clean.push_str("\u{FFFD} "),
            c => clean.push(c),
        }
    }
    Cow::Owned(clean)
}

#[expect(clippy::cast_possible_truncation, reason = "`as` saturates; the values are of a page's order")]
fn rounded(value: f64) -> i32 {
    value.round() as i32
}

#[expect(clippy::cast_possible_truncation, reason = "a PDF's numbers are this wide")]
fn narrow(value: f64) -> f32 {
    value as f32
}

#[expect(clippy::cast_precision_loss, reason = "font units are 16 bits wide, advances of few ems")]
fn single(value: i32) -> f32 {
    value as f32
}
