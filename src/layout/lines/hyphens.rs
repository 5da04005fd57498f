//! Where words may be divided.
//!
//! Enters: a word and its language; the settings' own divisions. Leaves: byte offsets in the word.
//! Promise: at least two letters stay before a hyphen and three after it, more where the language's
//! custom says so; the settings' word is final.

use crate::model::Language;
use std::collections::HashMap;

/// Shorter words are never divided.
const LETTERS: usize = 5;
/// Longer ones are no words of a language.
const BYTES: usize = 100;

/// The settings' divisions, over those of the language's patterns (Liang, *Word Hy-phen-a-tion by
/// Com-put-er*, 1983).
#[derive(Debug, Default)]
pub(super) struct Hyphens {
    exceptions: HashMap<String, Vec<usize>>,
}

impl Hyphens {
    /// Takes the settings' words: `ta-ble`; one without a hyphen is never divided.
    pub(super) fn new(words: &[String]) -> Self {
        let mut exceptions = HashMap::new();
        for word in words {
            let lower = word.to_lowercase();
            let mut at = 0;
            let mut cuts: Vec<usize> = Vec::new();
            for part in lower.split(['-', '\u{AD}']) {
                at += part.len();
                cuts.push(at);
            }
            cuts.pop();
            exceptions.insert(lower.replace(['-', '\u{AD}'], ""), cuts);
        }
        Hyphens { exceptions }
    }

    /// Offsets in `word`, which may have signs around its letters, where a hyphen may stand.
    pub(super) fn find(&self, word: &str, language: &Language) -> Vec<usize> {
        let letters = word.trim_start_matches(|c: char| !c.is_alphabetic());
        let before = word.len() - letters.len();
        let letters = letters.trim_end_matches(|c: char| !c.is_alphabetic());
        let letters =
            letters.strip_suffix("'s").or_else(|| letters.strip_suffix("\u{2019}s")).unwrap_or(letters);
        if letters.len() > BYTES || letters.chars().count() < LETTERS {
            return Vec::new();
        }
        if !self.exceptions.is_empty() {
            let lower = letters.to_lowercase();
            if let Some(cuts) = self.exceptions.get(&lower).filter(|_| lower.len() == letters.len()) {
                return cuts.iter().map(|cut| cut + before).collect();
            }
        }
        if !letters.chars().all(char::is_alphabetic) {
            return Vec::new();
        }
        let code: Result<[u8; 2], _> = language.primary().into_bytes().try_into();
        let Some(lang) = code.ok().and_then(hypher::Lang::from_iso) else { return Vec::new() };
        let (left, right) = lang.bounds();
        let mut at = before;
        let mut cuts: Vec<usize> = Vec::new();
        for syllable in hypher::hyphenate_bounded(letters, lang, left.max(2), right.max(3)) {
            at += syllable.len();
            cuts.push(at);
        }
        cuts.pop();
        cuts
    }
}
