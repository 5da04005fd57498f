//! What counts as a word.
//!
//! Enters: texts. Leaves: words. Promise: the book and its editions are cut into words by one rule,
//! so that hyphenation, wrapping and punctuation make no difference, and a lost word does.

/// Words: runs of letters and digits. What joins or hides within a word (soft hyphens, zero-width
/// characters, the signs that raise or lower digits in plain text) is dropped; in scripts without
/// spaces each letter is a word of its own, since a line or a page may end after it.
#[must_use]
pub fn words_of_text(text: &str) -> Vec<String> {
    words_at(text).into_iter().map(|(_, word)| word).collect()
}

/// Words with the bytes at which they begin.
pub(super) fn words_at(text: &str) -> Vec<(usize, String)> {
    let mut words = Vec::new();
    let (mut word, mut start) = (String::new(), 0);
    for (at, c) in text.char_indices() {
        if matches!(c, '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}' | '^' | '_') {
            continue;
        }
        let alone = stands_alone(c);
        if c.is_alphanumeric() && !alone {
            if word.is_empty() {
                start = at;
            }
            word.push(c);
            continue;
        }
        if !word.is_empty() {
            words.push((start, std::mem::take(&mut word)));
        }
        if alone && c.is_alphanumeric() {
            words.push((at, c.to_string()));
        }
    }
    if !word.is_empty() {
        words.push((start, word));
    }
    words
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
pub fn first_missing(wanted: &[String], found: &[String]) -> Option<usize> {
    let mut rest = found.iter();
    wanted.iter().position(|word| !rest.any(|other| other == word))
}
