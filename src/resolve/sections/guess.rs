//! What sections are by their titles, where their headings don't say it.
//!
//! Enters: the headings in a row. Leaves: roles and matter of those that are known by their titles: front matter
//! before the first chapter, back matter after the last. Promise: what an attribute says is not overruled, and
//! an attribute overrules all of this (`{.chapter}` makes a chapter of an "Introduction"); nothing between
//! two chapters is taken for anything. A text without a title page has no front matter: its
//! introduction is its first section.

use super::Flat;
use crate::model::{Language, Matter, Role, plain_text};
use crate::phrases::{Phrases, usual_role};
use crate::resolve::labels::{self, Word};
use crate::resolve::{Rules, slug};

/// What is known of a heading of the first level.
struct Known {
    /// Its place in the row.
    at: usize,
    /// An attribute says what it is.
    stated: Option<Matter>,
    /// The word of its own label.
    word: Option<Word>,
    /// What sections of its title mostly are.
    usual: Option<Role>,
    /// It is called like the book.
    book: bool,
}

/// Guesses for all headings of the first level.
pub(super) fn guess(
    flat: &mut [Flat],
    title: Option<&str>,
    (language, words): (&Language, &Phrases),
    rules: &Rules,
) {
    let top = flat.iter().map(|entry| entry.heading.level).min().unwrap_or(1);
    let book = title.map(slug::slug);
    let known: Vec<Known> = flat
        .iter()
        .enumerate()
        .filter(|(_, entry)| entry.heading.level == top)
        .map(|(at, entry)| {
            let title = plain_text(&entry.heading.text.content);
            let marks = entry.marks;
            let said = marks.role.is_some() || marks.matter.is_some();
            Known {
                at,
                stated: said.then(|| marks.matter.unwrap_or(Matter::Body)),
                word: labels::label(&title, false, language, words).map(|own| own.word),
                usual: usual_role(language, &title),
                book: book.as_ref().is_some_and(|book| *book == slug::slug(&title)),
            }
        })
        .collect();
    if known.len() < 2 {
        return;
    }
    let from = if rules.title_page { front(flat, &known) } else { 0 };
    back(flat, known.get(from.max(1)..).unwrap_or_default());
    for appendix in known.iter().filter(|k| k.stated.is_none() && k.word == Some(Word::Appendix)) {
        set(flat, appendix.at, Some(Role::Appendix), Matter::Back);
    }
}

fn set(flat: &mut [Flat], at: usize, role: Option<Role>, matter: Matter) {
    if let Some(entry) = flat.get_mut(at) {
        entry.marks.role = role.or(entry.marks.role);
        entry.marks.matter = Some(matter);
    }
}

/// What stands before the first chapter; gives how many headings that are. Where chapters say that they
/// are chapters, all before the first is no chapter.
fn front(flat: &mut [Flat], known: &[Known]) -> usize {
    let chapters = known.iter().filter(|k| k.word == Some(Word::Chapter)).count();
    let first = known.iter().position(|k| k.word == Some(Word::Chapter)).filter(|_| chapters > 1);
    for (place, entry) in known.iter().enumerate() {
        match (entry.stated, entry.usual) {
            (Some(Matter::Front), _) => {}
            (Some(_), _) => return place,
            (None, Some(Role::Prologue)) => {
                set(flat, entry.at, Some(Role::Prologue), Matter::Body);
                return place + 1;
            }
            (
                None,
                Some(
                    role @ (Role::Foreword
                    | Role::Preface
                    | Role::Introduction
                    | Role::Acknowledgments
                    | Role::Dedication
                    | Role::Epigraph),
                ),
            ) => set(flat, entry.at, Some(role), Matter::Front),
            (None, _) if entry.word.is_some() => return place,
            (None, _) if first.is_some_and(|first| place < first) || place == 0 && entry.book => {
                set(flat, entry.at, None, Matter::Front);
            }
            (None, _) => return place,
        }
    }
    known.len()
}

/// What stands after the last chapter.
fn back(flat: &mut [Flat], known: &[Known]) {
    for entry in known.iter().rev() {
        match (entry.stated, entry.usual) {
            (Some(Matter::Back), _) => {}
            (Some(_), _) => return,
            (None, Some(Role::Epilogue)) => set(flat, entry.at, Some(Role::Epilogue), Matter::Body),
            (None, Some(Role::Appendix)) => {
                set(flat, entry.at, Some(Role::Appendix), Matter::Back);
                // It names itself: "Appendix" needs no letter.
                if entry.word.is_none()
                    && let Some(flat) = flat.get_mut(entry.at)
                {
                    flat.marks.unnumbered = true;
                }
            }
            (
                None,
                Some(
                    role @ (Role::Acknowledgments
                    | Role::Afterword
                    | Role::Glossary
                    | Role::Index
                    | Role::Bibliography),
                ),
            ) => set(flat, entry.at, Some(role), Matter::Back),
            (None, _) if entry.word == Some(Word::Appendix) => {}
            (None, _) => return,
        }
    }
}
