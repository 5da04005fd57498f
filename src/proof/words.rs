//! What counts as a word.
//!
//! Enters: texts. Leaves: words. Promise: the book and its editions are cut into words by one rule,
//! so that hyphenation, wrapping and punctuation make no difference, and a lost word does.

use smol_str::SmolStr;

/// Words: runs of letters and digits. What joins or hides within a word (soft hyphens, zero-width
/// characters, the signs that raise or lower digits in plain text) is dropped; in scripts without
/// spaces each letter is a word of its own, since a line or a page may end after it.
#[must_use]
pub fn words_of_text(text: &str) -> Vec<SmolStr> {
    words_at(text).1
}

/// The bytes at which words begin, and the words.
pub(super) fn words_at(text: &str) -> (Vec<usize>, Vec<SmolStr>) {
    let (mut starts, mut words) = (Vec::new(), Vec::new());
    each_word(text, |at, word| {
        starts.push(at);
        words.push(word);
    });
    (starts, words)
}

/// Gives each word with the byte at which it begins.
pub(super) fn each_word(text: &str, take: impl FnMut(usize, SmolStr)) {
    let mut cutter = Cutter { text, take, start: None, before: String::new(), from: 0 };
    for (at, c) in text.char_indices() {
        if matches!(c, '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}' | '^' | '_') {
            cutter.skip(at, at + c.len_utf8());
        } else if !c.is_alphanumeric() {
            cutter.end(at);
        } else if stands_alone(c) {
            cutter.end(at);
            cutter.begin(at);
            cutter.end(at + c.len_utf8());
        } else {
            cutter.begin(at);
        }
    }
    cutter.end(text.len());
}

struct Cutter<'t, F> {
    text: &'t str,
    take: F,
    /// Where the word begins.
    start: Option<usize>,
    /// What of it stands before what was dropped last.
    before: String,
    /// Where the rest of it begins.
    from: usize,
}

impl<F: FnMut(usize, SmolStr)> Cutter<'_, F> {
    fn begin(&mut self, at: usize) {
        if self.start.is_none() {
            (self.start, self.from) = (Some(at), at);
        }
    }

    fn skip(&mut self, at: usize, after: usize) {
        if self.start.is_some() {
            self.before.push_str(self.text.get(self.from..at).unwrap_or_default());
            self.from = after;
        }
    }

    fn end(&mut self, at: usize) {
        let Some(start) = self.start.take() else { return };
        let rest = self.text.get(self.from..at).unwrap_or_default();
        if self.before.is_empty() {
            (self.take)(start, SmolStr::new(rest));
        } else {
            self.before.push_str(rest);
            (self.take)(start, SmolStr::new(&self.before));
            self.before.clear();
        }
    }
}

/// Ideographs, kana, Hangul, and the letters of Thai, Lao, Burmese and Khmer.
fn stands_alone(c: char) -> bool {
    matches!(
        c,
        '\u{0e00}'..='\u{0eff}'
            | '\u{1000}'..='\u{109f}'
            | '\u{1780}'..='\u{17ff}'
            | '\u{2e80}'..='\u{d7ff}'
            | '\u{f900}'..='\u{faff}'
            | '\u{ff00}'..='\u{ffef}'
            | '\u{20000}'..='\u{3ffff}'
    )
}

/// The place in `wanted` of the first word that `found` doesn't have in this order; `None` when it
/// has them all, among others.
#[must_use]
pub fn first_missing<T: PartialEq>(wanted: &[T], found: &[T]) -> Option<usize> {
    let mut rest = found.iter();
    wanted.iter().position(|word| !rest.any(|other| other == word))
}
