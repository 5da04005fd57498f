//! Where words may be divided.
//!
//! Enters: a word and its language; the settings' own divisions. Leaves: byte offsets in the word.
//! Promise: at least two letters stay before a hyphen and three after it, more where the language's
//! custom says so; the settings' word is final.

use super::remembered::Remembered;
use crate::model::Language;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Shorter words are never divided.
const LETTERS: usize = 5;
/// Longer ones are no words of a language.
const BYTES: usize = 100;

/// The settings' divisions, over those of the language's patterns (Liang, *Word Hy-phen-a-tion by
/// Com-put-er*, 1983).
#[derive(Debug, Default)]
pub(super) struct Hyphens {
    exceptions: HashMap<String, Vec<usize>>,
    /// What the patterns gave, by language: a third of a book's different words are another with a comma or in
    /// another type.
    known: Mutex<HashMap<[u8; 2], Arc<Divisions>>>,
}

/// Divisions of a language's words: none that is divided has more bytes than a `u8` counts.
type Divisions = Remembered<Arc<[u8]>>;

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
        Hyphens { exceptions, ..Hyphens::default() }
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
        let Ok(code) = code else { return Vec::new() };
        let Some(lang) = hypher::Lang::from_iso(code) else { return Vec::new() };
        let divisions = self.divisions(code);
        let cuts = divisions.of(letters, || divide(letters, lang));
        cuts.iter().map(|&cut| usize::from(cut) + before).collect()
    }

    /// What is known of a language's words.
    fn divisions(&self, code: [u8; 2]) -> Arc<Divisions> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner).entry(code).or_default().clone()
    }
}

/// Where the patterns of a language divide a word of at most [`BYTES`] bytes.
fn divide(letters: &str, lang: hypher::Lang) -> Arc<[u8]> {
    let (left, right) = lang.bounds();
    let mut at = 0;
    let mut cuts: Vec<u8> = Vec::new();
    for syllable in hypher::hyphenate_bounded(letters, lang, left.max(2), right.max(3)) {
        at += syllable.len();
        cuts.extend(u8::try_from(at));
    }
    cuts.pop();
    cuts.into()
}
