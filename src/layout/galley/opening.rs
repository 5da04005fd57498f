//! The first words of a chapter in small capitals.
//!
//! Enters: a paragraph's inlines. Leaves: the same, their first words in small capitals. Promise: they end where
//! the sense does if a sign is within reach, else after a few words, never within a name and not after a
//! word that leans on the next; only the paragraph's first text is looked at, which no markup is in.

use crate::layout::lines::leans;
use crate::model::{Inline, InlineKind, Style};

/// The most letters that stand before a sign that ends them.
const REACH: usize = 36;
/// The fewest: "Ah, the sea" goes on.
const LEAST: usize = 5;
/// The most letters of words that no sign ends, and the most such words.
const FEW: (usize, usize) = (24, 4);

/// The first words in small capitals.
pub(super) fn opened(content: &[Inline]) -> Vec<Inline> {
    let mut list = content.to_vec();
    let Some(first) = list.first_mut() else { return list };
    let InlineKind::Text(text) = &first.kind else { return list };
    let (span, end) = (first.span, end(text));
    let (Some(small), Some(rest)) = (text.get(..end), text.get(end..)) else { return list };
    if small.is_empty() {
        return list;
    }
    let small = Inline::new(span, InlineKind::Styled(Style::SmallCaps, vec![Inline::text(span, small)]));
    let rest = Inline::text(span, rest);
    list.splice(0..1, [small, rest]);
    list
}

/// Where they end.
fn end(text: &str) -> usize {
    signs(text).or_else(|| words(text)).unwrap_or(if text.chars().count() <= FEW.0 { text.len() } else { 0 })
}

/// After the first sign that ends a phrase, with the quotation marks that close there.
fn signs(text: &str) -> Option<usize> {
    let mut letters = 0;
    for (at, c) in text.char_indices() {
        letters += usize::from(c.is_alphanumeric());
        if letters > REACH {
            return None;
        }
        let next = text.get(at + c.len_utf8()..).unwrap_or_default();
        let rest = next.trim_start_matches(['"', '\'', '\u{201D}', '\u{2019}', '\u{BB}', ')']);
        // A sign within a number or an address ends nothing, nor does the one after "Mr" or an initial.
        let ends = match c {
            '.' => rest.starts_with(char::is_whitespace) && !is_short(text.get(..at).unwrap_or_default()),
            ',' | ';' | ':' | '!' | '?' => rest.is_empty() || rest.starts_with(char::is_whitespace),
            '\u{2014}' => true,
            _ => false,
        };
        if ends && letters >= LEAST {
            // A dash parts, and is of the text.
            return Some(if c == '\u{2014}' { at } else { text.len() - rest.len() });
        }
    }
    None
}

/// Whether the word that ends here is short for another.
fn is_short(before: &str) -> bool {
    let word = before.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    word.chars().count() < 4 && word.starts_with(char::is_uppercase)
}

/// After a few words: the most that end in no name and lean on nothing.
fn words(text: &str) -> Option<usize> {
    let ends = text.match_indices(' ').map(|(at, _)| at).filter(|&at| at > 0).take(FEW.1);
    let ends: Vec<usize> =
        ends.take_while(|&at| text.get(..at).is_some_and(|t| t.chars().count() <= FEW.0)).collect();
    let whole = |&&end: &&usize| {
        let (before, after) = (text.get(..end).unwrap_or_default(), text.get(end..).unwrap_or_default());
        !splits_name(before, after)
    };
    let stands = |&&end: &&usize| !leans(text.get(..end).unwrap_or_default());
    let last = ends.iter().rev().filter(whole).find(stands);
    last.or_else(|| ends.iter().rev().find(whole)).or(ends.last()).copied()
}

/// Whether two words with capitals stand on either side: the first of a sentence always has one.
fn splits_name(before: &str, after: &str) -> bool {
    let capital = |word: &str| word.starts_with(char::is_uppercase);
    let word = before.rsplit(' ').next().unwrap_or_default();
    let next = after.trim_start();
    capital(word.trim_start_matches(|c: char| !c.is_alphanumeric())) && capital(next)
}
