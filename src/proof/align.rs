//! Words that were read, laid beside those that were wanted.
//!
//! Enters: what the book wants of an edition, what was read in it. Leaves: which word read is which
//! word wanted, or the first place where that can't be. Promise: a word lost, said twice or changed is
//! found where it happens, unless it is one that the edition may add anywhere.

use super::expected::{Course, Word};
use super::words::words_of_text;
use smol_str::SmolStr;
use std::collections::{BTreeMap, BTreeSet};

/// For each word wanted the place of the word read, in order.
pub(super) type Places = Vec<usize>;

/// Where the two part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Parting {
    /// The place of the word wanted; the end when the edition says more.
    pub(super) at: usize,
    /// What is wrong, beginning with a verb.
    pub(super) what: String,
}

/// Lays them side by side; with `added`, words of that set may stand between, and numbers.
pub(super) fn align(
    wanted: &[Word],
    found: &[SmolStr],
    added: Option<&BTreeSet<SmolStr>>,
) -> Result<Places, Parting> {
    let mut places = Vec::with_capacity(wanted.len());
    for (place, word) in found.iter().enumerate() {
        let at = places.len();
        let next = wanted.get(at).map(|wanted| wanted.word.as_str());
        if next == Some(word.as_str()) {
            places.push(place);
            continue;
        }
        if added.is_some_and(|added| may_stand(word, added)) {
            continue;
        }
        let after = wanted.get(at + 1).map(|wanted| wanted.word.as_str());
        let what = match next {
            Some(next) if after == Some(word.as_str()) => format!("lost the word “{next}”"),
            Some(next) if found.get(place + 1).is_some_and(|word| word == next) => {
                format!("says “{word}” before “{next}”, which the book doesn't")
            }
            Some(next) => format!("says “{word}” where the book says “{next}”"),
            None => format!("says “{word}” after the book's last word"),
        };
        return Err(Parting { at, what });
    }
    match wanted.get(places.len()) {
        Some(next) => Err(Parting { at: places.len(), what: format!("lost the word “{}”", next.word) }),
        None => Ok(places),
    }
}

/// Whether `found` says `wanted`, and nothing more than an edition may add.
pub(super) fn within(wanted: &str, found: &str, added: &BTreeSet<SmolStr>) -> bool {
    let mut rest = words_of_text(wanted).into_iter().peekable();
    let said = words_of_text(found)
        .iter()
        .all(|word| rest.next_if(|next| next == word).is_some() || may_stand(word, added));
    (said && rest.peek().is_none()) || letters(wanted) == letters(found)
}

/// Letters and digits outside brackets: an image or a call may part a word.
pub(super) fn letters(text: &str) -> String {
    let mut depth = 0_u32;
    let mut letters = String::new();
    for c in text.chars() {
        match c {
            '[' => depth += 1,
            ']' => depth = depth.saturating_sub(1),
            c if depth == 0 && c.is_alphanumeric() => letters.push(c),
            _ => {}
        }
    }
    letters
}

/// Whether an edition may say that word on its own account.
pub(super) fn may_stand(word: &str, added: &BTreeSet<SmolStr>) -> bool {
    added.contains(word) || word.chars().all(|c| c.is_ascii_digit())
}

/// Lays the words of each course among whatever else was read.
pub(super) fn among(wanted: &[Word], found: &[SmolStr]) -> Result<(), Parting> {
    let courses: BTreeSet<Course> = wanted.iter().map(|word| word.course).collect();
    for course in courses {
        let mut rest = found.iter();
        let mut left: BTreeMap<&str, usize> = BTreeMap::new();
        let loose = found.iter().filter(|_| course == Course::Anywhere);
        loose.for_each(|word| *left.entry(word).or_default() += 1);
        for (at, Word { word, .. }) in wanted.iter().enumerate().filter(|(_, word)| word.course == course) {
            let is_there = match course {
                Course::Text | Course::Note(_) => rest.any(|other| other == word),
                // As many as the book has in them; the ordered ones were held to their places.
                Course::Anywhere => {
                    let count = left.entry(word).or_default();
                    let is_there = *count > 0;
                    *count = count.saturating_sub(1);
                    is_there
                }
            };
            if !is_there {
                return Err(Parting { at, what: format!("lost the word “{word}”") });
            }
        }
    }
    Ok(())
}

/// Some words around a place.
pub(super) fn around(wanted: &[Word], at: usize) -> String {
    let near = wanted.get(at.saturating_sub(4)..(at + 3).min(wanted.len())).unwrap_or_default();
    near.iter().map(|word| word.word.as_str()).collect::<Vec<_>>().join(" ")
}
