//! Outlines without those that a book doesn't need.
//!
//! Enters: a font, the glyphs to keep. Leaves: its `glyf` and `loca`, or its `CFF`, written anew.

use super::Outlines;
use super::sfnt::Tables;
use skrifa::raw::TableProvider;
use skrifa::raw::collections::IntSet;
use skrifa::raw::ps::cff::dict::{Entry, entries};
use skrifa::raw::ps::cff::index::Index;
use skrifa::raw::tables::glyf::Glyph;
use skrifa::{FontRef, GlyphId, Tag};

/// The operator that ends a charstring (Adobe Technical Note 5177, 4.3).
const END_CHAR: u8 = 14;

/// Adds the outlines, and says of which kind they are.
pub(super) fn cut(font: &FontRef<'_>, glyphs: &IntSet<GlyphId>, tables: &mut Tables) -> Option<Outlines> {
    if font.glyf().is_ok() {
        let (glyf, loca) = quadratic(font, glyphs)?;
        tables.add_new(b"glyf", glyf);
        tables.add_new(b"loca", loca);
        return Some(Outlines::TrueType);
    }
    let cff = font.data_for_tag(Tag::new(b"CFF "))?;
    tables.add_new(b"CFF ", cubic(cff.as_bytes(), glyphs)?);
    Some(Outlines::Postscript)
}

/// `head`, with the form of `loca` that is written here.
pub(super) fn head(mut head: Vec<u8>, kind: Outlines) -> Option<Vec<u8>> {
    if kind == Outlines::TrueType {
        head.get_mut(50..52)?.copy_from_slice(&1_u16.to_be_bytes());
    }
    head.get_mut(8..12)?.fill(0);
    Some(head)
}

/// The glyphs with all that they are composed of.
fn composed(font: &FontRef<'_>, glyphs: &IntSet<GlyphId>) -> Option<IntSet<GlyphId>> {
    let (glyf, loca) = (font.glyf().ok()?, font.loca(None).ok()?);
    let mut all = glyphs.clone();
    let mut open: Vec<GlyphId> = all.iter().collect();
    while let Some(glyph) = open.pop() {
        if let Ok(Some(Glyph::Composite(composite))) = loca.get_glyf(glyph, &glyf) {
            let parts = composite.components().map(|part| part.glyph);
            open.extend(parts.filter(|part| all.insert(*part)).collect::<Vec<_>>());
        }
    }
    Some(all)
}

fn quadratic(font: &FontRef<'_>, glyphs: &IntSet<GlyphId>) -> Option<(Vec<u8>, Vec<u8>)> {
    let glyphs = composed(font, glyphs)?;
    let loca = font.loca(None).ok()?;
    let bytes = font.data_for_tag(Tag::new(b"glyf"))?.as_bytes();
    let (mut glyf, mut places) = (Vec::new(), Vec::new());
    for at in 0..u32::from(font.maxp().ok()?.num_glyphs()) {
        places.extend(u32::try_from(glyf.len()).ok()?.to_be_bytes());
        if glyphs.contains(GlyphId::new(at)) {
            let at = at as usize;
            let (start, end) = (loca.get_raw(at)? as usize, loca.get_raw(at + 1)? as usize);
            glyf.extend_from_slice(bytes.get(start..end)?);
            glyf.resize(glyf.len().next_multiple_of(4), 0);
        }
    }
    places.extend(u32::try_from(glyf.len()).ok()?.to_be_bytes());
    Some((glyf, places))
}

/// The table with the charstrings of all other glyphs ended where they begin.
fn cubic(cff: &[u8], glyphs: &IntSet<GlyphId>) -> Option<Vec<u8>> {
    let header = usize::from(*cff.get(2)?);
    let index = |at: usize| Index::new(cff.get(at..)?, false).ok();
    let tops = index(header + index(header)?.size_in_bytes()?)?;
    let offset = entries(tops.get(0)?, None).find_map(|entry| match entry {
        Ok(Entry::CharstringsOffset(offset)) => Some(offset),
        Ok(_) | Err(_) => None,
    })?;
    let charstrings = index(offset)?;
    let count = charstrings.count();
    // A count of two bytes, the width of offsets, the offsets, and then the charstrings.
    let width = usize::from(*cff.get(offset + 2)?);
    let first = offset + 3 + (count as usize + 1) * width;
    let mut cut = cff.to_vec();
    for at in (0..count).filter(|at| !glyphs.contains(GlyphId::new(*at))) {
        let at = at as usize;
        let (start, end) = (charstrings.get_offset(at)?, charstrings.get_offset(at + 1)?);
        let charstring = cut.get_mut(first + start..first + end)?;
        charstring.fill(0);
        *charstring.first_mut()? = END_CHAR;
    }
    Some(cut)
}
