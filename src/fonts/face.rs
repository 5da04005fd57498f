//! One face: its names, measures, characters and glyphs.
//!
//! Enters: the bytes of a font file and a face's place in it. Leaves: a [`Face`], or why the file
//! can't be used in a book. Promise: what is asked of a face is answered from the font alone, in
//! font units, without rounding by size; a variable font stands at its default instance.

use super::FontBytes;
use crate::measure::Length;
use crate::span::Span;
use harfrust::{Buffer, Direction, Feature, ShapeOptions, ShaperFont};
use skrifa::raw::TableProvider;
use skrifa::raw::types::NameId;
use skrifa::{Font, GlyphId, Tag};
use std::fmt;
use std::sync::OnceLock;

/// A face, ready to be measured, shaped and embedded.
pub struct Face {
    name: String,
    family: String,
    postscript_name: String,
    span: Span,
    bytes: FontBytes,
    index: u32,
    font: Font,
    bold: bool,
    italic: bool,
    small_caps: bool,
    ascender: i32,
    descender: i32,
    cap_height: i32,
    x_height: i32,
    space_kerns: OnceLock<bool>,
    superiors: OnceLock<bool>,
}

impl fmt::Debug for Face {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Face({})", self.name)
    }
}

impl Face {
    /// Reads a face of a file; `file` names it when the font doesn't name itself.
    ///
    /// # Errors
    /// What is wrong with it, to be said after the file's name: "is not …", "has no …".
    pub(super) fn read(file: &str, bytes: &FontBytes, index: u32) -> Result<Face, &'static str> {
        let font = open(bytes, index)?;
        check(&font)?;
        let name = |id: NameId| {
            let found = font.names().get(id)?.english_or_first()?.name().to_string();
            Some(found).filter(|name| !name.trim().is_empty())
        };
        let family = name(NameId::TYPOGRAPHIC_FAMILY_NAME)
            .or_else(|| name(NameId::FAMILY_NAME))
            .unwrap_or_else(|| file.to_owned());
        let full = name(NameId::FULL_NAME).unwrap_or_else(|| family.clone());
        let postscript_name = name(NameId::POSTSCRIPT_NAME)
            .unwrap_or_else(|| full.chars().filter(char::is_ascii_alphanumeric).collect());
        let (bold, italic) = style(&font);
        let measures = Measures::of(&font);
        Ok(Face {
            name: full,
            family,
            postscript_name,
            span: Span::NONE,
            bytes: bytes.clone(),
            index,
            bold,
            italic,
            small_caps: has_feature(&font, Tag::new(b"smcp")),
            ascender: measures.ascender,
            descender: measures.descender,
            cap_height: measures.cap_height,
            x_height: measures.x_height,
            space_kerns: OnceLock::new(),
            superiors: OnceLock::new(),
            font,
        })
    }

    /// Its full name: "Libertinus Serif Bold".
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its family's name: "Libertinus Serif".
    #[must_use]
    pub fn family(&self) -> &str {
        &self.family
    }

    /// Its name for machines: "LibertinusSerif-Bold".
    #[must_use]
    pub fn postscript_name(&self) -> &str {
        &self.postscript_name
    }

    /// The same, of a file that was named there.
    pub(super) fn named_at(self, span: Span) -> Face {
        Face { span, ..self }
    }

    /// Where its file was named; [`Span::NONE`] for what no author named.
    #[must_use]
    pub fn span(&self) -> Span {
        self.span
    }

    /// The whole file it stands in.
    #[must_use]
    pub fn bytes(&self) -> &FontBytes {
        &self.bytes
    }

    /// Its place in the file: 0 unless the file is a collection.
    #[must_use]
    pub fn index(&self) -> u32 {
        self.index
    }

    /// Of semibold weight or heavier.
    #[must_use]
    pub fn is_bold(&self) -> bool {
        self.bold
    }

    /// Italic or oblique.
    #[must_use]
    pub fn is_italic(&self) -> bool {
        self.italic
    }

    /// Font units to the em; at least 16.
    #[must_use]
    pub fn units_per_em(&self) -> u16 {
        self.font.units_per_em()
    }

    /// From the baseline up to the top of tall letters, in font units.
    #[must_use]
    pub fn ascender(&self) -> i32 {
        self.ascender
    }

    /// From the baseline to the foot of deep letters, in font units: negative.
    #[must_use]
    pub fn descender(&self) -> i32 {
        self.descender
    }

    /// Height of capitals, in font units.
    #[must_use]
    pub fn cap_height(&self) -> i32 {
        self.cap_height
    }

    /// Height of a lower-case x, in font units.
    #[must_use]
    pub fn x_height(&self) -> i32 {
        self.x_height
    }

    /// Whether it has a glyph for the character.
    #[must_use]
    pub fn has(&self, c: char) -> bool {
        self.glyph(c).is_some()
    }

    /// The character's glyph; never 0.
    #[must_use]
    pub fn glyph(&self, c: char) -> Option<u32> {
        self.font.charmap().map_unicode(c).map(GlyphId::to_u32)
    }

    /// The glyph's advance in font units; 0 for a glyph it doesn't have.
    #[must_use]
    pub fn advance(&self, glyph: u32) -> i32 {
        whole(self.font.glyph_metrics().h_advance(GlyphId::new(glyph)))
    }

    /// Where the glyph's ink begins and ends, from its origin in font units; `None` for one that has none.
    #[must_use]
    pub fn ink(&self, glyph: u32) -> Option<(i32, i32)> {
        let ink = self.font.glyph_metrics().extents(GlyphId::new(glyph))?;
        (ink.width > 0.0).then(|| (whole(ink.x_bearing), whole(ink.x_bearing + ink.width)))
    }

    /// How far the glyph reaches below the baseline, in font units; 0 for one that doesn't.
    #[must_use]
    pub fn depth(&self, glyph: u32) -> i32 {
        let ink = self.font.glyph_metrics().extents(GlyphId::new(glyph));
        ink.map_or(0, |ink| whole(ink.height - ink.y_bearing).max(0))
    }

    /// Font units at a size of type, rounded to the nearest scaled point.
    #[must_use]
    pub fn scale(&self, units: i32, size: Length) -> Length {
        let em = i128::from(self.units_per_em().max(1));
        let scaled = i128::from(size.to_sp()) * i128::from(units);
        let nearest = (2 * scaled + em).div_euclid(2 * em);
        Length::sp(i64::try_from(nearest).unwrap_or(Length::MAX.to_sp()))
    }

    /// Whether it has real small capitals (`smcp`).
    #[must_use]
    pub fn has_small_caps(&self) -> bool {
        self.small_caps
    }

    /// Whether an OpenType feature is among its substitutions.
    #[must_use]
    pub fn has_feature(&self, tag: [u8; 4]) -> bool {
        has_feature(&self.font, Tag::new(&tag))
    }

    /// Whether the word space is kerned with letters or punctuation beside it: the sum of the words'
    /// widths is then not the line's. Found out by setting the pairs, once.
    #[must_use]
    pub fn space_kerns(&self) -> bool {
        *self.space_kerns.get_or_init(|| space_kerns(self))
    }

    /// Whether it draws superior figures of its own (`sups`) for all ten. Found out once.
    #[must_use]
    pub fn has_superiors(&self) -> bool {
        *self.superiors.get_or_init(|| self.has_feature(*b"sups") && superiors(self))
    }

    /// The font for skrifa and harfrust alike. It keeps what a shaper needs, so that
    /// [`Face::shaper`] is cheap; it can be asked from any thread.
    #[must_use]
    pub fn font(&self) -> &Font {
        &self.font
    }

    /// A shaper whose positions are in font units.
    #[must_use]
    pub fn shaper(&self) -> ShaperFont<'_, 'static> {
        ShaperFont::new(&self.font)
    }
}

fn open(bytes: &FontBytes, index: u32) -> Result<Font, &'static str> {
    let magic = (**bytes).as_ref().get(..4).unwrap_or_default();
    match magic {
        [] => return Err("is empty"),
        b"wOFF" | b"wOF2" => return Err("is a font for the web, which a PDF can't hold"),
        [0, 1, 0, 0] | b"OTTO" | b"true" | b"ttcf" => {}
        _ => return Err("is not a TrueType or OpenType font"),
    }
    Font::new(bytes.clone(), index).ok_or("is a damaged font")
}

/// What every face of a book needs, and its owner's leave to embed it (OpenType, `OS/2.fsType`).
fn check(font: &Font) -> Result<(), &'static str> {
    let tables = font.tables();
    // Units to the em as OpenType allows them: whatever is measured is divided by them.
    let em = tables.head().map_or(0, |head| head.units_per_em());
    let widths = tables.hhea().map_or(0, |hhea| hhea.number_of_h_metrics());
    let measured = (16..=16_384).contains(&em) && widths > 0 && tables.hmtx().is_ok();
    if font.num_glyphs() == 0 || !measured {
        return Err("is a damaged font");
    }
    if tables.glyf().is_err() && tables.cff().is_err() && tables.cff2().is_err() {
        return Err("has no outlines, only pictures");
    }
    if tables.glyf().is_ok_and(|glyf| !finds_outlines(font, glyf.offset_data().len())) {
        return Err("is a damaged font");
    }
    if !font.charmap().has_unicode() {
        return Err("has no map from characters to glyphs");
    }
    let fs_type = tables.os2().map_or(0, |os2| os2.fs_type());
    let restricted = fs_type & 0x000E == 0x0002;
    let bitmaps_only = fs_type & 0x0200 != 0;
    let whole_only = fs_type & 0x0100 != 0;
    if restricted || bitmaps_only {
        return Err("may not be embedded: its maker forbids it");
    }
    if whole_only {
        return Err("may not be embedded in part, as a PDF does: its maker forbids it");
    }
    Ok(())
}

/// Whether `loca` says where every glyph's outline stands in so many bytes of `glyf`, one after the other: what
/// it says wrong is drawn wrong, and no PDF takes the font.
fn finds_outlines(font: &Font, bytes: usize) -> bool {
    let Ok(loca) = font.tables().loca(None) else { return false };
    let end = loca.get_raw(font.num_glyphs() as usize).and_then(|end| usize::try_from(end).ok());
    loca.all_offsets_are_ascending() && end.is_some_and(|end| end <= bytes)
}

fn style(font: &Font) -> (bool, bool) {
    let attributes = font.default_attributes();
    let upright = attributes.style == skrifa::font::attribute::Style::Normal;
    (attributes.weight.value() >= 600.0, !upright)
}

fn has_feature(font: &Font, tag: Tag) -> bool {
    let Ok(gsub) = font.tables().gsub() else { return false };
    let Ok(list) = gsub.feature_list() else { return false };
    list.feature_records().iter().any(|record| record.feature_tag() == tag)
}

/// Heights in font units.
struct Measures {
    ascender: i32,
    descender: i32,
    cap_height: i32,
    x_height: i32,
}

impl Measures {
    /// Typographic measures first, since those of `hhea` often hold room for rare marks.
    fn of(font: &Font) -> Measures {
        let metrics = font.metrics();
        let em = i32::from(font.units_per_em());
        let line = metrics.typo_line.as_ref().or(metrics.hhea_line.as_ref());
        let (ascender, descender) = line.map_or((em * 4 / 5, -em / 5), |line| {
            (whole(line.ascender.to_f32()), whole(line.descender.to_f32()))
        });
        let or =
            |height: Option<f32>, otherwise: i32| height.map(whole).filter(|&h| h > 0).unwrap_or(otherwise);
        Measures {
            ascender,
            descender: -descender.abs(),
            cap_height: or(metrics.cap_height.map(|h| h.to_f32()), em * 7 / 10),
            x_height: or(metrics.x_height.map(|h| h.to_f32()), em / 2),
        }
    }
}

#[expect(clippy::cast_possible_truncation, reason = "`as` saturates; font units are 16 bits wide")]
fn whole(units: f32) -> i32 {
    units.round() as i32
}

fn space_kerns(face: &Face) -> bool {
    const BESIDE: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.,;:!?'\"()-\u{2013}\u{2014}\u{2018}\u{2019}\u{201C}\u{201D}\u{AB}\u{BB}ÀÄÅÆÉÖØÜßàäåæéöøüАГРТУагруΑΓΔΤΥαγδτυ";
    let shaper = face.shaper();
    let width = |text: &str| {
        let mut buffer = Buffer::new();
        buffer.push_str(text);
        buffer.guess_segment_properties();
        buffer.set_direction(Direction::LeftToRight);
        harfrust::shape(&shaper, &mut buffer, ShapeOptions::new()).ok()?;
        Some(buffer.glyph_positions().iter().map(|p| p.x_advance).sum::<i32>())
    };
    let Some(space) = width(" ") else { return false };
    let apart = |c: char| -> Option<bool> {
        let alone = width(&c.to_string())?;
        let both = width(&format!("{c} {c}"))?;
        Some(both != 2 * alone + space)
    };
    BESIDE.chars().filter(|&c| face.has(c)).any(|c| apart(c).unwrap_or(false))
}

fn superiors(face: &Face) -> bool {
    let shaper = face.shaper();
    let glyphs = |features: &[Feature]| {
        let mut buffer = Buffer::new();
        buffer.push_str("0123456789");
        buffer.guess_segment_properties();
        harfrust::shape(&shaper, &mut buffer, ShapeOptions::new().features(features)).ok()?;
        Some(buffer.glyph_infos().iter().map(|info| info.glyph_id).collect::<Vec<u32>>())
    };
    let own = glyphs(&[Feature::new(Tag::new(b"sups"), 1, ..)]);
    match (glyphs(&[]), own) {
        (Some(plain), Some(own)) => plain.len() == own.len() && plain.iter().zip(&own).all(|(p, o)| p != o),
        (Some(_) | None, _) => false,
    }
}
