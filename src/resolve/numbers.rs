//! Numbers of parts, chapters, appendices and sections.
//!
//! Enters: the tree with ranks and roles, the rules. Leaves: `number` and `label` of each section.
//! Promise: chapters run on over parts; what is unnumbered counts for nobody; a heading that says its own
//! number keeps it, has no other, and the count goes on from it.

use super::Rules;
use super::labels::{Own, Word};
use super::sections::{OpenSection, Tree};
use crate::model::{Matter, Role};
use crate::phrases::{Phrases, numeral, with};

#[derive(Default)]
struct Counters {
    parts: u32,
    chapters: u32,
    appendices: u32,
}

/// Numbers every section that has a number.
pub(super) fn number(tree: &mut Tree, rules: &Rules, words: &Phrases) {
    let mut counters = Counters::default();
    for section in &mut tree.sections {
        number_one(section, None, 0, &mut counters, rules, words);
    }
}

/// Numbers a section and those below; `place` is its own among its numbered siblings, from 1.
fn number_one(
    section: &mut OpenSection,
    parent: Option<&str>,
    place: u32,
    counters: &mut Counters,
    rules: &Rules,
    words: &Phrases,
) {
    if let Some(own) = &section.own {
        own_number(section.rank, own, counters);
        section.counted = Some(own.plain.clone()).filter(|_| rules.number_sections > 0);
        if own.cut.is_some() {
            (section.label, section.number) = (Some(own.label.clone()), Some(own.number.clone()));
        }
    } else if counts(section, rules, parent.is_some()) {
        let (number, pattern) = match (section.rank, section.role) {
            (0, _) => (numeral(next(&mut counters.parts)), words.part),
            (1, Role::Appendix) => (letters(next(&mut counters.appendices)), words.appendix),
            (1, _) => (next(&mut counters.chapters).to_string(), words.chapter),
            _ => (format!("{}.{place}", parent.unwrap_or_default()), words.section),
        };
        section.label = Some(with(pattern, &number));
        section.counted = Some(number.clone());
        section.number = Some(number);
    }
    // Chapters are numbered through the book, so a part's number is not theirs.
    let above = section.counted.clone().filter(|_| section.rank > 0);
    let mut place = 0;
    for child in &mut section.children {
        place += u32::from(counts(child, rules, above.is_some()));
        number_one(child, above.as_deref(), place, counters, rules, words);
    }
}

/// The count goes on from a number that the heading says itself.
fn own_number(rank: u8, own: &Own, counters: &mut Counters) {
    let counter = match (rank, own.word) {
        (0, Word::Part) => &mut counters.parts,
        (1, Word::Chapter) => &mut counters.chapters,
        (1, Word::Appendix) => &mut counters.appendices,
        _ => return,
    };
    *counter = own.value;
}

fn next(counter: &mut u32) -> u32 {
    *counter += 1;
    *counter
}

/// Whether a section has a number.
fn counts(section: &OpenSection, rules: &Rules, in_numbered: bool) -> bool {
    if section.unnumbered || section.own.is_some() || rules.number_sections == 0 {
        return false;
    }
    match (section.rank, section.role) {
        (0, _) => true,
        (1, Role::Appendix) => section.matter == Matter::Back,
        (1, Role::Chapter) => section.matter == Matter::Body,
        (1, _) => false,
        (rank, Role::Section | Role::Chapter | Role::Appendix) => {
            rank <= rules.number_sections && in_numbered
        }
        _ => false,
    }
}

/// 1 as A, 26 as Z, 27 as AA.
fn letters(number: u32) -> String {
    let mut left = number;
    let mut text = Vec::new();
    while left > 0 {
        left -= 1;
        text.push(char::from(b'A' + u8::try_from(left % 26).unwrap_or(0)));
        left /= 26;
    }
    text.iter().rev().collect()
}
