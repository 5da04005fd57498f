//! A word's glyphs, and what can be asked of them.
//!
//! Enters: what `shape` found. Leaves: a [`Shaped`] word: its width, where it can be cut, its hyphens. Promise:
//! widths are in parts of 1/65,536 em, so that one shape serves every size; nothing here shapes anew.

use crate::fonts::FaceId;
use crate::measure::Length;
use std::sync::OnceLock;

/// One glyph of a word.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shape {
    pub(super) face: FaceId,
    pub(super) id: u32,
    /// In 1/65,536 em, as the moves are.
    pub(super) advance: i32,
    pub(super) dx: i32,
    pub(super) dy: i32,
    /// The bytes of the word that its cluster stands for.
    pub(super) start: u32,
    pub(super) end: u32,
    /// Cut before its cluster, both halves may look different.
    pub(super) joined: bool,
}

impl Shape {
    /// It isn't drawn where the pen stands.
    pub(super) fn is_moved(&self) -> bool {
        (self.dx, self.dy) != (0, 0)
    }
}

/// A word, shaped.
#[derive(Debug, Default)]
pub(super) struct Shaped {
    pub(super) glyphs: Vec<Shape>,
    /// In 1/65,536 em.
    pub(super) width: i32,
    /// Of its first cluster and its last, likewise.
    pub(super) edges: (i32, i32),
    /// It is one sign of an ideograph's width whose empty half was cut off.
    pub(super) halved: bool,
    /// Some of its glyphs are moved.
    pub(super) moves: bool,
    /// How many bytes it has.
    pub(super) len: u32,
    /// Bytes of clusters that no face has.
    pub(super) missing: Vec<(u32, u32)>,
    hyphens: OnceLock<Box<[(u32, i32)]>>,
}

impl Shaped {
    /// Width of the clusters before a byte, in 1/65,536 em; within a cluster its share.
    pub(super) fn width_to(&self, byte: u32) -> i32 {
        let mut sum = 0_i64;
        for glyph in &self.glyphs {
            if glyph.end <= byte {
                sum += i64::from(glyph.advance);
            } else if glyph.start < byte {
                let share = i64::from(byte - glyph.start);
                sum += i64::from(glyph.advance) * share / i64::from((glyph.end - glyph.start).max(1));
            }
        }
        i32::try_from(sum).unwrap_or(i32::MAX)
    }

    /// Whether that is all of the word.
    pub(super) fn is_whole(&self, from: u32, to: u32) -> bool {
        from == 0 && to >= self.len
    }

    /// Whether the word can be cut before a byte without being shaped again.
    pub(super) fn cuts_at(&self, byte: u32) -> bool {
        !self.glyphs.iter().any(|g| (g.start < byte && byte < g.end) || (g.start == byte && g.joined))
    }

    /// Where a word may be hyphenated, and the width before that in 1/65,536 em; found once.
    pub(super) fn hyphens(&self, find: impl FnOnce() -> Vec<(u32, i32)>) -> &[(u32, i32)] {
        self.hyphens.get_or_init(|| find().into_boxed_slice())
    }
}

/// Parts of an em at a size of type, to the nearest scaled point.
pub(super) fn at_size(parts: i32, size: Length) -> Length {
    let scaled = size.to_sp().saturating_mul(i64::from(parts));
    Length::sp(scaled.saturating_add(1 << 15) >> 16)
}
