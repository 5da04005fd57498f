//! The marks that a text uses, and what they mean.
//!
//! Enters: the marks, as they are used. Leaves: the list at the head of the file, in the book's language. Promise:
//! every mark that the file has is explained, and no other; where a language has no sentences, the marks stand
//! alone, since their own words explain them.

use super::manner::Manner;
use super::said::{GLUE, bracketed};
use super::wrap::Piece;
use crate::phrases::{Meanings, Phrases, with};
use std::collections::BTreeSet;

/// A mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Sign {
    Page,
    Note,
    Image,
    Link,
    Quote,
    Aside,
    Code,
    Table,
    Scene,
    Task,
    Number,
    Expansion,
    Raised,
    Lowered,
    Emphasis,
    Fold,
}

/// The marks used so far.
#[derive(Debug, Default)]
pub(super) struct Signs {
    used: BTreeSet<Sign>,
    /// What opens asides: their phrase, the kinds of alerts, and `…` for titles of the author's.
    asides: Vec<String>,
    /// The first page marked.
    page: Option<String>,
    /// The first number of an item within another.
    number: Option<String>,
}

impl Signs {
    /// A mark is used.
    pub(super) fn put(&mut self, sign: Sign) {
        self.used.insert(sign);
    }

    /// A page is marked.
    pub(super) fn page(&mut self, label: &str) {
        self.put(Sign::Page);
        self.page.get_or_insert_with(|| label.to_owned());
    }

    /// Something set apart opens with these words.
    pub(super) fn aside(&mut self, words: &str) {
        self.put(Sign::Aside);
        if !self.asides.iter().any(|known| known == words) {
            self.asides.push(words.to_owned());
        }
    }

    /// An item within another has this number.
    pub(super) fn number(&mut self, number: &str) {
        self.put(Sign::Number);
        self.number.get_or_insert_with(|| number.to_owned());
    }

    /// The list of marks, each with what it means.
    pub(super) fn list(&self, words: &Phrases<'_>, meanings: &Meanings<'_>, manner: Manner) -> Vec<Piece> {
        let shown = self.used.iter().map(|sign| (self.shown(*sign, words, manner), meaning(*sign, meanings)));
        let shown: Vec<(String, &str)> = shown.collect();
        if meanings.marks.is_empty() {
            let marks: Vec<&str> = shown.iter().map(|(mark, _)| mark.as_str()).collect();
            return if marks.is_empty() { Vec::new() } else { vec![Piece::paragraph(&marks.join(" "))] };
        }
        let lines = shown.iter().map(|(mark, meaning)| match *meaning {
            "" => mark.clone(),
            meaning => format!("{mark}: {meaning}."),
        });
        let head = Piece::paragraph(&format!("{}:", meanings.marks));
        let items = lines.enumerate().map(|(at, text)| Piece::Paragraph {
            first: "- ".to_owned(),
            rest: "  ".to_owned(),
            text,
            close: at > 0,
        });
        if shown.is_empty() { Vec::new() } else { std::iter::once(head).chain(items).collect() }
    }

    /// A mark as it looks in the text.
    fn shown(&self, sign: Sign, words: &Phrases<'_>, manner: Manner) -> String {
        let pair = |before: &str, after: &str| format!("{}, {}", bracketed(before), bracketed(after));
        match sign {
            Sign::Page => bracketed(&with(words.page_mark, self.page.as_deref().unwrap_or("1"))),
            Sign::Note => bracketed(&with(words.note, "1")),
            Sign::Image => bracketed(&with(words.image, "…")),
            Sign::Link => bracketed(&with(words.link, "1")),
            Sign::Quote => pair(words.quote, words.end_quote),
            Sign::Aside => {
                let opening: Vec<String> = self.asides.iter().map(|words| bracketed(words)).collect();
                format!("{}, {}", opening.join(", "), bracketed(words.end_aside))
            }
            Sign::Code => pair(words.code, words.end_code),
            Sign::Table => bracketed(words.end_table),
            Sign::Scene if manner.seen() => ["*"; 5].join(GLUE),
            Sign::Scene => bracketed(words.scene_break),
            Sign::Task => pair(words.done, words.to_do),
            Sign::Number => self.number.clone().unwrap_or_default(),
            Sign::Raised => "^".to_owned(),
            Sign::Lowered => "_".to_owned(),
            Sign::Emphasis => "_…_".to_owned(),
            Sign::Fold => manner.fold().to_owned(),
            Sign::Expansion => "(…)".to_owned(),
        }
    }
}

fn meaning<'w>(sign: Sign, meanings: &Meanings<'w>) -> &'w str {
    match sign {
        Sign::Page => meanings.means_page,
        Sign::Note => meanings.means_note,
        Sign::Image => meanings.means_image,
        Sign::Link => meanings.means_link,
        Sign::Quote => meanings.means_quote,
        Sign::Aside => meanings.means_aside,
        Sign::Code => meanings.means_code,
        Sign::Table => meanings.means_table,
        Sign::Scene => meanings.means_scene,
        Sign::Task => meanings.means_task,
        Sign::Number => meanings.means_number,
        Sign::Raised => meanings.means_raised,
        Sign::Lowered => meanings.means_lowered,
        Sign::Emphasis => meanings.means_emphasis,
        Sign::Fold => meanings.means_fold,
        Sign::Expansion => meanings.means_expansion,
    }
}
