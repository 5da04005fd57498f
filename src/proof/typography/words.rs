//! Glyphs to words.
//!
//! Enters: a [`Sheet`]. Leaves: a [`Leaf`]: its words in the order of drawing, where each stands.
//! Promise: words are cut where other readers of PDF cut them: at a space, at a gap of a tenth of the
//! size, and where size or baseline change; how letters are marked makes no difference.

use crate::proof::pdf::{Glyph, Mass, Owner, Sequences, Sheet};

/// A word where it stands. Points, from the page's left and upper edge.
#[derive(Debug, Clone)]
pub(super) struct Word {
    /// Where its first glyph begins.
    pub(super) left: f64,
    /// Where its last glyph's advance ends.
    pub(super) right: f64,
    /// Its baseline.
    pub(super) baseline: f64,
    /// Size of the type.
    pub(super) size: f64,
    /// Advance of its first and of its last glyph.
    pub(super) ends: (f64, f64),
    /// What it says.
    pub(super) text: String,
    /// What its first glyph is marked as.
    pub(super) owner: Owner,
    /// Where in its text another owner's begins: a note's call stands at its word.
    pub(super) parts: Vec<(usize, Owner)>,
}

impl Word {
    /// What each owner of the word says of it.
    pub(super) fn each(&self) -> impl Iterator<Item = (Owner, &str)> {
        let starts = std::iter::once((0, self.owner)).chain(self.parts.iter().copied());
        let ends = self.parts.iter().map(|(at, _)| *at).chain([self.text.len()]);
        starts.zip(ends).map(|((start, owner), end)| (owner, self.text.get(start..end).unwrap_or_default()))
    }
}

/// A word where it stands on a page, for whoever wants to compare. Points, from the page's left and
/// upper edge.
#[derive(Debug, Clone, PartialEq)]
pub struct WordBox {
    /// Where its first glyph begins.
    pub left: f64,
    /// Where its last glyph's advance ends.
    pub right: f64,
    /// Its baseline.
    pub baseline: f64,
    /// Size of the type.
    pub size: f64,
    /// What it says.
    pub text: String,
}

/// The words of a page.
pub(super) fn boxes(leaf: Leaf) -> Vec<WordBox> {
    let plain = |word: Word| {
        let Word { left, right, baseline, size, text, .. } = word;
        WordBox { left, right, baseline, size, text }
    };
    leaf.words.into_iter().map(plain).collect()
}

/// A page in words.
#[derive(Debug, Default)]
pub(super) struct Leaf {
    /// In points.
    pub(super) width: f64,
    /// In points.
    pub(super) height: f64,
    /// In the order of drawing.
    pub(super) words: Vec<Word>,
    /// Pictures and rules.
    pub(super) masses: Vec<Mass>,
    /// What the marked sequences say.
    pub(super) sequences: Sequences,
}

/// A gap of this many ems parts words, as in poppler (`minWordBreakSpace`).
const GAP: f64 = 0.1;
/// A kern of more ems than this is none: letters are drawn over others.
const KERN: f64 = 0.25;
/// Points by which size or baseline differ in another word, as in poppler.
const OTHER: f64 = 0.5;

/// Cuts a page into words.
pub(super) fn leaf(sheet: Sheet) -> Leaf {
    let mut words: Vec<Word> = Vec::new();
    let mut open = false;
    for glyph in &sheet.glyphs {
        let said = sheet.text.get(glyph.text.0..glyph.text.1).unwrap_or_default();
        if !said.is_empty() && said.chars().all(char::is_whitespace) {
            open = false;
            continue;
        }
        match words.last_mut().filter(|word| open && goes_on(word, glyph)) {
            Some(word) => {
                word.right = word.right.max(glyph.x + glyph.width);
                word.left = word.left.min(glyph.x);
                if word.parts.last().map_or(word.owner, |(_, owner)| *owner) != glyph.owner {
                    word.parts.push((word.text.len(), glyph.owner));
                }
                word.text.push_str(said);
                if !said.is_empty() {
                    word.ends.1 = glyph.width;
                }
            }
            None => words.push(Word {
                left: glyph.x,
                right: glyph.x + glyph.width,
                baseline: glyph.y,
                size: glyph.size,
                ends: (glyph.width, glyph.width),
                text: said.to_owned(),
                owner: glyph.owner,
                parts: Vec::new(),
            }),
        }
        open = true;
    }
    words.retain(|word| !word.text.is_empty());
    let Sheet { width, height, masses, sequences, .. } = sheet;
    Leaf { width, height, words, masses, sequences }
}

fn goes_on(word: &Word, glyph: &Glyph) -> bool {
    let size = glyph.size.max(word.size);
    let near = |gap: f64| gap <= GAP * size && gap >= -KERN * size;
    let behind = near(glyph.x - word.right);
    // Letters from right to left are drawn from the left by some, from the right by others.
    let before = near(word.left - glyph.x - glyph.width);
    (behind || before)
        && (glyph.y - word.baseline).abs() <= OTHER
        && (glyph.size - word.size).abs() <= OTHER
        && !artifacts_apart(word.owner, glyph.owner)
}

/// Heads and folios touch no word of the text, whatever they are drawn beside.
fn artifacts_apart(one: Owner, other: Owner) -> bool {
    let is_text = |owner| matches!(owner, Owner::Sequence(_) | Owner::Nobody);
    is_text(one) != is_text(other)
}
