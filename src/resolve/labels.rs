//! Headings that say their own number: "Chapter IV: The Counterpane", "Appendix A: Keywords".
//!
//! Enters: a section's heading, the book's language. Leaves: [`Own`]: the label, its number, and where the title
//! begins after it. Promise: with a sign after it the label leaves the title, so that all editions treat
//! it like one that Aldine gives: it stands above the title or before it as the style has it, contents have
//! the number in its column, heads the title alone. Below chapters, and without a title behind it, the
//! heading stays as typed; either way it gets no other number. Ids are made of the heading as typed.
//!
//! It is the model's and not the pages' matter: the outline, bookmarks, navigation and cross-references
//! ("Chapter IV") need label and title apart as much as the page does, and are one for all editions.

use super::sections::OpenSection;
use crate::model::{Inline, InlineKind, Language, Open, Role};
use crate::phrases::{Phrases, roman, spelled};

/// What the word before a number says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Word {
    Chapter,
    Part,
    Appendix,
}

/// A label in a heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Own {
    pub(super) word: Word,
    /// "Chapter IV", as typed.
    pub(super) label: String,
    /// "IV", as typed.
    pub(super) number: String,
    /// "4", or "A": as numbers of what is in it begin.
    pub(super) plain: String,
    /// 4; an appendix's A is 1.
    pub(super) value: u32,
    /// Bytes of the label and the sign after it, where they leave the title.
    pub(super) cut: Option<usize>,
}

/// The label in a section's heading, unless the author wants no number.
pub(super) fn of(section: &OpenSection, language: &Language, words: &Phrases) -> Option<Own> {
    if section.unnumbered {
        return None;
    }
    let mut content = section.title.content.iter().filter(|inline| !is_anchor(inline));
    let InlineKind::Text(text) = &content.next()?.kind else { return None };
    let more = content.next().is_some();
    let found = label(text, more, section.lang.as_ref().unwrap_or(language), words)?;
    let fits = match found.word {
        Word::Chapter => section.rank > 0,
        Word::Part => section.rank == 0 || section.role != Role::Part,
        Word::Appendix => section.rank > 0,
    };
    let cut = found.cut.filter(|_| section.rank <= 1);
    fits.then_some(Own { cut, ..found })
}

pub(super) fn is_anchor(inline: &Inline<Open>) -> bool {
    matches!(inline.kind, InlineKind::Anchor(_))
}

/// The label that a heading's text begins with; `more` follows it in the heading.
pub(super) fn label(text: &str, more: bool, language: &Language, words: &Phrases) -> Option<Own> {
    let patterns =
        [(Word::Chapter, words.chapter), (Word::Part, words.part), (Word::Appendix, words.appendix)];
    patterns.into_iter().find_map(|(word, pattern)| by_pattern(text, more, (word, pattern), language))
}

fn by_pattern(text: &str, more: bool, (word, pattern): (Word, &str), language: &Language) -> Option<Own> {
    let (before, after) = pattern.split_once("{}")?;
    let lead = text.len() - text.trim_start().len();
    let rest = strip_word(text.trim_start(), before.trim_end())?;
    let spaced = rest.trim_start();
    let joined = before.trim_end() == before;
    if !joined && spaced.len() == rest.len() {
        return None;
    }
    let (number, plain, value) = numbers(spaced, word, language)?;
    let tail = spaced.get(number.len()..)?;
    let tail = if after.trim().is_empty() { tail } else { strip_word(tail.trim_start(), after.trim())? };
    let end = text.len() - tail.len();
    let title = after_sign(tail, !after.trim().is_empty())?;
    let begins = text.len() - title.len();
    let own = Own {
        word,
        label: text.get(lead..end)?.split_whitespace().collect::<Vec<_>>().join(" "),
        number: number.to_owned(),
        plain,
        value,
        cut: Some(begins).filter(|_| more || !title.trim().is_empty()),
    };
    // A label alone is all that there is.
    (own.cut.is_some() || tail.trim().is_empty()).then_some(own)
}

/// What follows words, whatever their case and the kind of their spaces.
pub(super) fn strip_word<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let mut rest = text.chars();
    for wanted in word.chars() {
        let found = rest.next()?;
        let spaces = found.is_whitespace() && wanted.is_whitespace();
        if found != wanted && !spaces && found.to_lowercase().ne(wanted.to_lowercase()) {
            return None;
        }
    }
    Some(rest.as_str())
}

/// What follows the sign between label and title; the whole of nothing. Where a word closes the label (第三章)
/// a space is enough.
fn after_sign(tail: &str, closed: bool) -> Option<&str> {
    let rest = tail.trim_start();
    if rest.is_empty() {
        return Some(rest);
    }
    let spaced = rest.len() < tail.len();
    if let Some(title) = rest.strip_prefix([':', '\u{FF1A}', '\u{2014}', '\u{2013}']) {
        return Some(title.trim_start());
    }
    if let Some(title) = rest.strip_prefix('.') {
        return title.starts_with(char::is_whitespace).then(|| title.trim_start());
    }
    if let Some(title) = rest.strip_prefix('-').filter(|_| spaced) {
        return title.starts_with(char::is_whitespace).then(|| title.trim_start_matches(['-', ' ']));
    }
    (closed && spaced).then_some(rest)
}

/// The number that a text begins with: as typed, as numbers in it begin, its value.
fn numbers<'a>(text: &'a str, word: Word, language: &Language) -> Option<(&'a str, String, u32)> {
    let run = |fits: fn(char) -> bool| {
        let end = text.find(|c| !fits(c)).unwrap_or(text.len());
        text.get(..end).filter(|run| !run.is_empty())
    };
    if let Some(digits) = run(|c| c.is_ascii_digit()) {
        return Some((digits, digits.to_owned(), digits.parse().ok()?));
    }
    let first = run(char::is_alphabetic)?;
    if let (Word::Appendix, [letter @ b'A'..=b'Z']) = (word, first.as_bytes()) {
        return Some((first, first.to_owned(), u32::from(letter - b'A') + 1));
    }
    if let Some(value) = roman(first) {
        return Some((first, value.to_string(), value));
    }
    let joined = |c: char| c.is_alphabetic() || c == '-' || c == '\'' || c == '\u{2019}';
    let one = run(joined)?;
    let two = text.get(one.len()..)?.strip_prefix([' ', '\u{A0}']).and_then(|rest| {
        let end = rest.find(|c| !joined(c)).unwrap_or(rest.len());
        text.get(..text.len() - rest.len() + end)
    });
    // Where no space stands after ideographs the number is what is one.
    let shorter =
        text.char_indices().map(|(at, _)| at).take(4).filter(|at| *at > 0).filter_map(|at| text.get(..at));
    let ideographs = shorter.filter(|_| matches!(language.primary().as_str(), "zh" | "ja"));
    let tries = two.into_iter().chain([one]).chain(ideographs.collect::<Vec<_>>().into_iter().rev());
    tries
        .into_iter()
        .find_map(|words| spelled(language, words).map(|value| (words, value.to_string(), value)))
}

/// Takes the label off the title of a section that has it as its own.
pub(super) fn cut(section: &mut OpenSection) {
    let Some(bytes) = section.own.as_ref().and_then(|own| own.cut) else { return };
    let content = &mut section.title.content;
    let Some(at) = content.iter().position(|inline| !is_anchor(inline)) else { return };
    let Some(InlineKind::Text(text)) = content.get_mut(at).map(|inline| &mut inline.kind) else { return };
    text.drain(..bytes.min(text.len()));
    if text.is_empty() {
        content.remove(at);
    }
}
