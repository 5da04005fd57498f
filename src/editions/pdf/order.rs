//! The order in which things are drawn: that of reading, where lines run from right to left.
//!
//! Enters: the items of one piece of content, from left to right; a run's glyphs likewise. Leaves:
//! them as they are read. Promise: within a marked sequence a screen reader gets words and letters in
//! the order of the text (ISO 32000-1, 14.8.2.3); nothing is moved on the page, and lines that run
//! from left to right alone are left as they stand.

use crate::layout::{GlyphRun, Item, Placed};
use krilla::text::{GlyphId, KrillaGlyph};
use std::collections::BTreeMap;
use std::ops::Range;
use unicode_bidi::BidiClass;

/// The items of a range in the order of reading, in text whose lines begin at the right when `rtl` is
/// set; what stands beside them on their line decides on punctuation at their ends.
/// Sequences of one direction keep together (Unicode Standard Annex 9, rule L2, undone).
pub(super) fn reading(items: &[Placed], range: Range<usize>, rtl: bool) -> Vec<&Placed> {
    let group = items.get(range.clone()).unwrap_or_default();
    let mut ordered: Vec<&Placed> = group.iter().collect();
    if !rtl && !group.iter().any(|placed| direction(placed) == Some(true)) {
        return ordered;
    }
    for line in ordered.chunk_by_mut(|a, b| a.at.y == b.at.y && a.at.x <= b.at.x) {
        let Some(baseline) = line.first().map(|placed| placed.at.y) else { continue };
        let beside = |placed: &&Placed| placed.at.y == baseline;
        let left = items.get(..range.start).unwrap_or_default().iter().rev().take_while(beside);
        let right = items.get(range.end..).unwrap_or_default().iter().take_while(beside);
        let outside = (left.filter_map(direction).next(), right.filter_map(direction).next());
        let directions = resolved(line, rtl, outside);
        if rtl {
            line.reverse();
        }
        // What runs against the line stands the other way round within it.
        let against: Vec<bool> =
            if rtl { directions.iter().rev().map(|right| !right).collect() } else { directions };
        let mut start = 0;
        for run in against.chunk_by(|a, b| a == b) {
            let end = start + run.len();
            if let (Some(true), Some(part)) = (run.first(), line.get_mut(start..end)) {
                part.reverse();
            }
            start = end;
        }
    }
    ordered
}

/// Whether each item of a line runs from right to left: those that don't say go with both their
/// neighbours, of this content or on its `outside`, else with the line.
fn resolved(line: &[&Placed], rtl: bool, outside: (Option<bool>, Option<bool>)) -> Vec<bool> {
    let own: Vec<Option<bool>> = line.iter().map(|placed| direction(placed)).collect();
    let strong = |list: &[Option<bool>]| list.iter().find_map(|one| *one);
    let mut before = outside.0;
    let mut all = Vec::with_capacity(own.len());
    for (at, one) in own.iter().enumerate() {
        let after = strong(own.get(at + 1..).unwrap_or_default()).or(outside.1);
        let neutral = if before == after { before } else { None };
        all.push(one.or(neutral).unwrap_or(rtl));
        before = one.or(before);
    }
    all
}

/// Whether it runs from right to left; `None` when it says neither.
fn direction(placed: &Placed) -> Option<bool> {
    match &placed.item {
        Item::Glyphs(run) => run_direction(run),
        Item::Rule { .. } | Item::Image { .. } => None,
    }
}

fn run_direction(run: &GlyphRun) -> Option<bool> {
    // Most runs say it with their first letter, which needs no looking up.
    if run.text.bytes().next().is_some_and(|byte| byte.is_ascii_alphabetic()) {
        return Some(false);
    }
    run.text.chars().find_map(|c| match unicode_bidi::bidi_class(c) {
        BidiClass::L => Some(false),
        BidiClass::R | BidiClass::AL => Some(true),
        BidiClass::AN
        | BidiClass::B
        | BidiClass::BN
        | BidiClass::CS
        | BidiClass::EN
        | BidiClass::ES
        | BidiClass::ET
        | BidiClass::FSI
        | BidiClass::LRE
        | BidiClass::LRI
        | BidiClass::LRO
        | BidiClass::NSM
        | BidiClass::ON
        | BidiClass::PDF
        | BidiClass::PDI
        | BidiClass::RLE
        | BidiClass::RLI
        | BidiClass::RLO
        | BidiClass::S
        | BidiClass::WS => None,
    })
}

/// What the glyphs of a face were first made to say in runs from right to left; `None` for those that
/// were made to say more than one thing.
pub(super) type Sayings = BTreeMap<GlyphId, Option<Box<str>>>;

/// The parts that a run from right to left is drawn in, in the order of reading: its words, each
/// with the space after it. krilla marks a word's letters as reversed, but only stretches of them:
/// wherever letters share a cluster, or a glyph says something else than it did before (a bracket that is
/// another one's mirror image, a letter with or without its mark), it begins anew, from the left. What may
/// do that is drawn apart. One part for a run from left to right.
pub(super) fn parts(glyphs: &[KrillaGlyph], text: &str, sayings: &mut Sayings) -> Vec<Range<usize>> {
    let starts = |glyph: Option<&KrillaGlyph>| glyph.map_or(0, |glyph| glyph.text_range.start);
    if starts(glyphs.first()) <= starts(glyphs.last()) {
        return std::iter::once(0..glyphs.len()).collect();
    }
    let says = |glyph: &KrillaGlyph| text.get(glyph.text_range.clone()).unwrap_or_default();
    for glyph in glyphs {
        let said = sayings.entry(glyph.glyph_id).or_insert_with(|| Some(says(glyph).into()));
        if said.as_deref() != Some(says(glyph)) {
            *said = None;
        }
    }
    let simple = |glyph: &KrillaGlyph| {
        let letters = says(glyph).chars().all(|c| c.is_alphanumeric() || c == ' ');
        letters && sayings.get(&glyph.glyph_id).is_some_and(Option::is_some)
    };
    let mut found: Vec<Range<usize>> = Vec::new();
    let (mut start, mut word) = (0, None);
    for cluster in glyphs.chunk_by(|a, b| a.text_range == b.text_range) {
        let end = start + cluster.len();
        let next = if let [one] = cluster { Some(one).filter(|one| simple(one)) } else { None };
        let goes_on = |next: &&KrillaGlyph| {
            says(next) != " "
                && word.is_some_and(|last: &KrillaGlyph| last.text_range.start >= next.text_range.end)
        };
        match found.last_mut().filter(|_| next.as_ref().is_some_and(goes_on)) {
            Some(last) => last.end = end,
            None => found.push(start..end),
        }
        (start, word) = (end, next);
    }
    found.reverse();
    found
}
