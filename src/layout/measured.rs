//! How a line came out: measured on what is drawn, as a reader with a ruler would.

use super::types::{GlyphRun, Item};
use crate::fonts::FontSet;
use crate::measure::Length;

/// A line's extent, and what was done to fill it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fit {
    /// From the first sign's left edge to the last one's right, spaces at the ends left out.
    pub width: Length,
    /// Word spaces, in parts of what they are in the font; `None` where there are none.
    pub spaces: Option<f64>,
    /// Letters, in parts of their width in the font.
    pub letters: f64,
}

/// Measures what is drawn on one line, each item with its place; `None` when nothing but rules is.
pub(super) fn fit<'a>(items: impl Iterator<Item = (Length, &'a Item)>, fonts: &FontSet) -> Option<Fit> {
    let mut ends: Option<(Length, Length)> = None;
    let mut letters = None;
    // Spaces by their place: those at the ends don't count.
    let mut spaces: Vec<(Length, Length, Length)> = Vec::new();
    let mut reach = |from: Length, to: Length| {
        ends = Some(ends.map_or((from, to), |(first, last)| (first.min(from), last.max(to))));
    };
    for (at, item) in items {
        match item {
            Item::Image { width, .. } => reach(at, at + *width),
            Item::Rule { .. } => {}
            Item::Glyphs(run) => {
                letters = letters.or(Some(f64::from(run.stretch)));
                let mut pen = at;
                for glyph in &run.glyphs {
                    let next = pen + glyph.advance;
                    if is_space(run, glyph.text.start as usize..glyph.text.end as usize) {
                        let face = fonts.get(run.face);
                        spaces.push((
                            pen,
                            glyph.advance.into(),
                            face.scale(face.advance(glyph.id), run.size),
                        ));
                    } else {
                        reach(pen, next);
                    }
                    pen = next;
                }
            }
        }
    }
    let (from, to) = ends?;
    let within = spaces.iter().filter(|(at, ..)| *at > from && *at < to);
    let (set, own) =
        within.fold((Length::ZERO, Length::ZERO), |sums, space| (sums.0 + space.1, sums.1 + space.2));
    let spaces = (own > Length::ZERO).then(|| set.ratio(own));
    Some(Fit { width: to - from, spaces, letters: letters.unwrap_or(1.0) })
}

fn is_space(run: &GlyphRun, says: std::ops::Range<usize>) -> bool {
    run.text.get(says).is_some_and(|text| !text.is_empty() && text.chars().all(char::is_whitespace))
}
