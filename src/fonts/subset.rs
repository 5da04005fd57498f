//! A face cut down to the letters of a book, as a font file that browsers and e-readers take.
//!
//! Enters: a [`Face`], characters. Leaves: the bytes of a font with these characters' outlines, or the reason why there
//! is none. Promise: the glyphs keep their numbers, so what the maker says of ligatures, kerning, small capitals and
//! marks holds as it stands; the character map names the book's characters alone, so that a reader's own face takes
//! over for all others; the same face and characters give the same bytes.
//!
//! The outlines of all other glyphs are emptied. In `glyf` they take no room; in `CFF` they keep their place, as
//! zeros, which pack to nothing in an EPUB and spare the rest of the table a change.

mod outlines;
mod sfnt;

use super::Face;
use skrifa::raw::TableProvider;
use skrifa::raw::collections::IntSet;
use skrifa::{FontRef, GlyphId, Tag};
use std::collections::BTreeSet;

/// Why a face can't be handed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Withheld {
    /// Its maker lets it be seen, not handed on (OpenType, `OS/2.fsType`).
    Forbidden,
    /// Its outlines are of a kind that can't be cut down.
    Unfit,
}

/// Kinds of outline, which are kinds of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outlines {
    /// Quadratic curves.
    TrueType,
    /// Cubic ones.
    Postscript,
}

/// A face cut down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cut {
    /// The font file.
    pub bytes: Vec<u8>,
    /// What is in it.
    pub outlines: Outlines,
}

/// Tables that a cut face keeps as they are. Instances of a variable font go: its default one stands.
const KEPT: [&[u8; 4]; 16] = [
    b"OS/2", b"hhea", b"maxp", b"hmtx", b"vhea", b"vmtx", b"VORG", b"BASE", b"GDEF", b"GSUB", b"GPOS",
    b"cvt ", b"fpgm", b"prep", b"gasp", b"name",
];

/// What a reading system may ask of a face by itself or for this edition's style sheet: the glyphs that these
/// features lead to are kept.
const FEATURES: &[&[u8; 4]] = &[
    b"abvf", b"abvs", b"akhn", b"blwf", b"blws", b"calt", b"ccmp", b"cfar", b"cjct", b"clig", b"fin2",
    b"fin3", b"fina", b"half", b"haln", b"init", b"isol", b"jalt", b"liga", b"ljmo", b"lnum", b"locl",
    b"ltra", b"ltrm", b"med2", b"medi", b"nukt", b"onum", b"pref", b"pres", b"pstf", b"psts", b"rclt",
    b"rkrf", b"rlig", b"rphf", b"rtla", b"rtlm", b"rvrn", b"smcp", b"tjmo", b"tnum", b"vatu", b"vert",
    b"vjmo", b"vrt2",
];

impl Face {
    /// The face with the outlines of these characters and of printable ASCII.
    ///
    /// # Errors
    /// Why it can't be handed on.
    pub fn cut_to(&self, characters: &BTreeSet<char>) -> Result<Cut, Withheld> {
        let font =
            FontRef::from_index((**self.bytes()).as_ref(), self.index()).map_err(|_| Withheld::Unfit)?;
        // Installable, or for documents that can be changed; else it may be seen only.
        let may = font.os2().map_or(0, |os2| os2.fs_type()) & 0x000F;
        if !matches!(may, 0 | 8) {
            return Err(Withheld::Forbidden);
        }
        cut(self, &font, characters).ok_or(Withheld::Unfit)
    }
}

fn cut(face: &Face, font: &FontRef<'_>, characters: &BTreeSet<char>) -> Option<Cut> {
    let wanted = characters.iter().copied().chain(' '..='~');
    let map: Vec<(u32, u32)> = wanted
        .collect::<BTreeSet<char>>()
        .into_iter()
        .filter_map(|c| face.glyph(c).map(|glyph| (u32::from(c), glyph)))
        .collect();
    let glyphs = closure(font, map.iter().map(|(_, glyph)| *glyph))?;
    let mut tables = sfnt::Tables::default();
    let kind = outlines::cut(font, &glyphs, &mut tables)?;
    let raw = |tag: &[u8; 4]| font.data_for_tag(Tag::new(tag)).map(|data| data.as_bytes().to_vec());
    for tag in KEPT {
        tables.add(tag, raw(tag));
    }
    tables.add_new(b"head", outlines::head(raw(b"head")?, kind)?);
    tables.add_new(b"post", sfnt::post(&raw(b"post").unwrap_or_default()));
    tables.add_new(b"cmap", sfnt::cmap(&map)?);
    Some(Cut { bytes: tables.finish(kind == Outlines::Postscript)?, outlines: kind })
}

/// All glyphs that these may turn into.
fn closure(font: &FontRef<'_>, first: impl Iterator<Item = u32>) -> Option<IntSet<GlyphId>> {
    let mut glyphs: IntSet<GlyphId> = first.chain([0]).map(GlyphId::new).collect();
    let count = u32::from(font.maxp().ok()?.num_glyphs());
    if let Ok(gsub) = font.gsub() {
        let features: IntSet<Tag> = FEATURES.iter().map(|tag| Tag::new(tag)).collect();
        let found = gsub.collect_features(&IntSet::all(), &IntSet::all(), &features).ok()?;
        let mut lookups = gsub.collect_lookups(&found).ok()?;
        gsub.closure_lookups(&glyphs, &mut lookups).ok()?;
        gsub.closure_glyphs_with_num_glyphs(&lookups, &mut glyphs, count).ok()?;
    }
    Some(glyphs)
}
