//! Words to lines.
//!
//! Enters: a page's words and what the structure says of them. Leaves: its lines from the top, each
//! with its [`Place`] in the text. Promise: words on one baseline are one line, raised and lowered
//! signs with it; cells of a row are apart when the tags tell them apart.

use super::words::{Leaf, Word};
use crate::proof::pdf::{Owner, Tree, is_heading};
use std::collections::BTreeMap;

/// What a line is in the book.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Role {
    /// A running head.
    Head,
    /// A page's number.
    Folio,
    /// Drawn, and no part of the text.
    Ornament,
    /// Of a paragraph of the text.
    Text,
    /// Of a list's item, a quote, an aside: set apart from the text, and still text.
    Apart,
    /// Of a heading, and its level.
    Heading(u8),
    /// Of code, a table, a figure, a caption.
    Block,
    /// Of the contents.
    Contents,
    /// Of a note at the foot.
    Note,
}

/// Where a piece of text stands in the structure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    /// The block it is in: an element's number; of files without tags none.
    pub(super) block: Option<usize>,
    /// What it is.
    pub(super) role: Role,
    /// Whether it is a sign.
    pub(super) sign: Option<Sign>,
}

/// A line where it stands. Points, from the page's left and upper edge.
#[derive(Debug, Clone)]
pub(super) struct Line {
    /// Its page, from 0.
    pub(super) page: usize,
    /// Baseline of its largest words.
    pub(super) baseline: f64,
    /// Where its first word begins.
    pub(super) left: f64,
    /// Where its last word ends.
    pub(super) right: f64,
    /// Size of its largest words.
    pub(super) size: f64,
    /// What and where it is.
    pub(super) place: Place,
    /// From the left.
    pub(super) words: Vec<(Word, Place)>,
    /// What its references and its labels say, by the tags.
    pub(super) signs: Vec<(Sign, String)>,
}

/// What a sign in a line is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    /// It refers to something: a note, another place.
    Reference,
    /// It is an item's or a note's own.
    Label,
}

impl Line {
    /// What it says, a space between words.
    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        let mut last: Option<&Word> = None;
        for (word, _) in &self.words {
            // A raised sign stands at its word.
            if last.is_some_and(|last| word.left - last.right > 0.05 * self.size) {
                text.push(' ');
            }
            text.push_str(&word.text);
            last = Some(word);
        }
        text
    }

    /// Characters, spaces between words among them.
    pub(super) fn length(&self) -> usize {
        self.text().chars().count()
    }

    /// The last word.
    pub(super) fn last(&self) -> Option<&Word> {
        self.words.last().map(|(word, _)| word)
    }

    /// The first word.
    pub(super) fn first(&self) -> Option<&Word> {
        self.words.first().map(|(word, _)| word)
    }

    /// Whether it ends within a word.
    pub(super) fn is_broken(&self) -> bool {
        self.last().is_some_and(|word| word.text.chars().count() > 1 && word.text.ends_with(HYPHENS))
    }

    /// Gaps between its words: where each begins and ends.
    pub(super) fn gaps(&self) -> impl Iterator<Item = (f64, f64)> {
        self.words.iter().zip(self.words.iter().skip(1)).filter_map(|((one, _), (next, _))| {
            let same = (one.size - next.size).abs() < 0.2 * self.size;
            let raised = (one.baseline - next.baseline).abs() > 0.1 * self.size;
            // A raised or small sign stands at its word, or begins the note.
            let gap = next.left - one.right;
            (gap > 0.05 * self.size && (same || gap > 0.15 * self.size) && !(raised && gap < 0.1 * self.size))
                .then_some((one.right, next.left))
        })
    }
}

/// What a line that is broken within a word ends with.
pub(super) const HYPHENS: [char; 3] = ['\u{ad}', '-', '\u{2010}'];

/// Where everything of a structure stands.
pub(super) struct Places(Vec<Place>);

impl Places {
    /// Looks at each element once.
    pub(super) fn of(tree: &Tree) -> Places {
        Places((0..tree.elements.len()).map(|at| place(tree, at)).collect())
    }

    /// Where what is marked so stands, which says `text`.
    fn of_owner(&self, owner: Owner, text: &str, owners: Option<&BTreeMap<i64, usize>>) -> Place {
        let stands = |role| Place { block: None, role, sign: None };
        match owner {
            Owner::Head => stands(Role::Head),
            Owner::Pagination if is_number(text) => stands(Role::Folio),
            Owner::Pagination => stands(Role::Head),
            Owner::Ornament => stands(Role::Ornament),
            Owner::Nobody => stands(Role::Text),
            Owner::Sequence(number) => {
                let element = owners.and_then(|owners| owners.get(&number));
                let place = element.and_then(|element| self.0.get(*element));
                place.copied().unwrap_or_else(|| stands(Role::Text))
            }
        }
    }
}

/// Whether a word is a number as pages have it.
pub(super) fn is_number(text: &str) -> bool {
    let roman = |c: char| matches!(c, 'i' | 'v' | 'x' | 'l' | 'c' | 'd' | 'm');
    let lower = text.to_lowercase();
    !text.is_empty()
        && text.chars().count() <= 9
        && (text.chars().all(|c| c.is_ascii_digit()) || lower.chars().all(roman))
}

fn place(tree: &Tree, at: usize) -> Place {
    let block = tree.around(at).find(|(_, element)| !element.inline && element.kind != "Reference");
    let mut role = Role::Text;
    let mut sign = None;
    for (_, element) in tree.around(at) {
        let kind = element.kind.as_str();
        let found = match kind {
            "Note" | "FENote" => Role::Note,
            "TOC" | "TOCI" => Role::Contents,
            "Code" if !element.inline => Role::Block,
            "Table" | "TR" | "TD" | "TH" | "Figure" | "Caption" | "Formula" => Role::Block,
            "L" | "LI" | "LBody" | "Lbl" | "BlockQuote" | "Div" | "Aside" => Role::Apart,
            _ if is_heading(kind) => {
                Role::Heading(kind.strip_prefix('H').and_then(|level| level.parse().ok()).unwrap_or(1))
            }
            _ => Role::Text,
        };
        sign = sign.or(match kind {
            "Reference" => Some(Sign::Reference),
            "Lbl" => Some(Sign::Label),
            _ => None,
        });
        role = role.max(found);
    }
    // Lines of contents hold references that are calls of no note.
    sign = sign.filter(|sign| (*sign, role) != (Sign::Reference, Role::Contents));
    // A label stands on the line of what it labels.
    let block = if sign == Some(Sign::Label) {
        tree.around(at).find(|(_, element)| matches!(element.kind.as_str(), "LI" | "Note" | "FENote"))
    } else {
        block
    };
    Place { block: block.map(|(at, _)| at), role, sign }
}

/// Puts a page's words into lines, from the top.
pub(super) fn lines(
    page: usize,
    leaf: &mut Leaf,
    places: &Places,
    owners: Option<&BTreeMap<i64, usize>>,
) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for word in std::mem::take(&mut leaf.words) {
        let place = places.of_owner(word.owner, &word.text, owners);
        let signs: Vec<(Sign, String)> = word
            .each()
            .filter_map(|(owner, said)| Some((places.of_owner(owner, said, owners).sign?, said.to_owned())))
            .collect();
        let open = lines.iter_mut().rev().take(12).find(|line| takes(line, &word, place));
        match open {
            Some(line) => {
                add(line, word, place);
                line.signs.extend(signs);
            }
            None => lines.push(Line {
                page,
                baseline: word.baseline,
                left: word.left,
                right: word.right,
                size: word.size,
                place,
                words: vec![(word, place)],
                signs,
            }),
        }
    }
    for line in &mut lines {
        line.words.sort_by(|(one, _), (other, _)| one.left.total_cmp(&other.left));
    }
    lines.sort_by(|one, other| {
        // Within a third of a point it is one line of several cells.
        let third = |line: &Line| (line.baseline * 3.0).round();
        third(one).total_cmp(&third(other)).then(one.left.total_cmp(&other.left))
    });
    lines
}

fn is_label(place: Place) -> bool {
    place.sign == Some(Sign::Label)
}

/// Whether a word stands on a line.
fn takes(line: &Line, word: &Word, place: Place) -> bool {
    let same = line.place.role == place.role
        && (line.place.block == place.block || is_label(line.place) || is_label(place));
    let rise = (line.baseline - word.baseline).abs();
    let raised = word.size < line.size * 0.85 || line.size < word.size * 0.85;
    let near = word.left - line.right < 3.0 * line.size && line.left - word.right < 3.0 * line.size;
    // A letter over several lines stands on the last of them.
    let initial = line.size > word.size * 1.6 || word.size > line.size * 1.6;
    same && (rise <= 0.6 || (raised && !initial && near && rise <= 0.5 * line.size.max(word.size)))
}

fn add(line: &mut Line, word: Word, place: Place) {
    line.left = line.left.min(word.left);
    line.right = line.right.max(word.right);
    if word.size > line.size * 1.1 && word.size < line.size * 1.6 {
        (line.size, line.baseline) = (word.size, word.baseline);
    }
    if is_label(line.place) && !is_label(place) {
        line.place = place;
    }
    line.words.push((word, place));
}
