//! The words that editions add to an author's: "Chapter 3", "Contents", "Back to text".
//!
//! Enters: a [`Language`], or a book's [`Metadata`] with phrases of its author's. Leaves: the
//! [`Phrases`], English where Aldine has no others, and the [`Meanings`] of the text's marks.
//! Promise: one table for all editions, so that the PDF, the EPUB and the text can't differ in what
//! they call things; every pattern holds `{}` exactly once, every word stands without it.

mod counting;
mod eastern;
mod meanings;
mod northern;
mod titles;
mod vague;
mod western;

pub use counting::{numeral, roman, spelled};
pub use meanings::{Meanings, meanings, meanings_of};
pub use titles::usual_role;
pub use vague::{colour_alone, says_nothing};

use crate::model::{AlertKind, Language, Metadata};

/// A table of words: a struct of them, made in the order of its fields, known by their names.
macro_rules! words {
    ($(#[$about:meta])* $name:ident, $count:literal: $($(#[$doc:meta])* $field:ident,)*) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub struct $name<'w> { $($(#[$doc])* pub $field: &'w str,)* }

        impl<'w> $name<'w> {
            /// From the words in the order of the fields.
            const fn new([$($field),*]: [&'w str; $count]) -> Self {
                $name { $($field),* }
            }

            /// Every phrase with the name of its field.
            #[must_use]
            pub fn all(&self) -> [(&'static str, &'w str); $count] {
                [$((stringify!($field), self.$field)),*]
            }

            /// With other words where `own` has some, by the names of the fields.
            #[must_use]
            pub fn with_own(mut self, own: &'w [(String, String)]) -> Self {
                for (name, words) in own {
                    match name.as_str() {
                        $(stringify!($field) => self.$field = words,)*
                        _ => {}
                    }
                }
                self
            }
        }
    };
}
use words;

words! {
    /// What editions say in one language. Fields shown with `{}` are patterns: give them to [`with`].
    Phrases, 47:
    /// `Chapter {}`.
    chapter,
    /// `Part {}`.
    part,
    /// `Appendix {}`.
    appendix,
    /// `Section {}`.
    section,
    /// `Figure {}`.
    figure,
    /// `Table {}`.
    table,
    /// `Note {}`: a footnote with its number.
    note,
    /// `page {}`: in a sentence.
    page,
    /// `Page {}`: standing alone.
    page_mark,
    /// `Row {}`.
    row,
    /// `Column {}`.
    column,
    /// `Image: {}`, with what it says in words.
    image,
    /// `Link {}`: an address in a numbered list.
    link,
    /// `{} (continued)`: a table's or a note's second page.
    continued,
    /// Table of contents.
    contents,
    /// List of figures.
    figures,
    /// List of tables.
    tables,
    /// Cover.
    cover,
    /// Title page.
    title_page,
    /// Copyright page.
    copyright,
    /// Heading over notes.
    notes,
    /// Label of the link from a note back to its call.
    back_to_text,
    /// Title of the EPUB's list of pages.
    pages,
    /// Title of the EPUB's landmarks.
    landmarks,
    /// Landmark: where the text begins.
    start,
    /// Heading over the list of addresses.
    links,
    /// Spoken before code.
    code,
    /// Spoken after code.
    end_code,
    /// Spoken before a quotation.
    quote,
    /// Spoken after a quotation.
    end_quote,
    /// Spoken after a table.
    end_table,
    /// Spoken after an aside or an alert.
    end_aside,
    /// Spoken before an aside.
    aside,
    /// Spoken at a scene break.
    scene_break,
    /// A task that is done.
    done,
    /// A task to do.
    to_do,
    /// Title of a heading without words.
    untitled,
    /// The print edition, before its ISBN.
    print_edition,
    /// The EPUB, before its ISBN.
    epub_edition,
    /// `Image`, alone.
    picture,
    /// Before authors' names.
    by,
    /// Alert.
    alert_note,
    /// Alert.
    alert_tip,
    /// Alert.
    alert_important,
    /// Alert.
    alert_warning,
    /// Alert.
    alert_caution,
    /// Language, before its name.
    language,
}

impl<'w> Phrases<'w> {
    /// The title of an alert to which the author gave none.
    #[must_use]
    pub fn alert(&self, kind: AlertKind) -> &'w str {
        match kind {
            AlertKind::Note => self.alert_note,
            AlertKind::Tip => self.alert_tip,
            AlertKind::Important => self.alert_important,
            AlertKind::Warning => self.alert_warning,
            AlertKind::Caution => self.alert_caution,
        }
    }
}

/// A pattern with its value: `with(phrases.chapter, "3")` is "Chapter 3".
#[must_use]
pub fn with(pattern: &str, value: &str) -> String {
    pattern.replacen("{}", value, 1)
}

/// Primary subtags and their phrases; English is first and the last resort.
const TABLE: &[(&str, &Phrases<'static>)] = &[
    ("en", &western::ENGLISH),
    ("de", &western::GERMAN),
    ("fr", &western::FRENCH),
    ("es", &western::SPANISH),
    ("it", &western::ITALIAN),
    ("pt", &western::PORTUGUESE),
    ("nl", &western::DUTCH),
    ("sv", &northern::SWEDISH),
    ("da", &northern::DANISH),
    ("nb", &northern::NORWEGIAN),
    ("no", &northern::NORWEGIAN),
    ("nn", &northern::NORWEGIAN),
    ("fi", &northern::FINNISH),
    ("pl", &northern::POLISH),
    ("cs", &northern::CZECH),
    ("ru", &northern::RUSSIAN),
    ("uk", &northern::UKRAINIAN),
    ("el", &eastern::GREEK),
    ("tr", &eastern::TURKISH),
    ("he", &eastern::HEBREW),
    ("iw", &eastern::HEBREW),
    ("ar", &eastern::ARABIC),
    ("zh", &eastern::CHINESE),
    ("ja", &eastern::JAPANESE),
];

/// The phrases of a language, by its primary subtag.
#[must_use]
pub fn phrases(language: &Language) -> &'static Phrases<'static> {
    let primary = language.primary();
    TABLE.iter().find(|(tag, _)| *tag == primary).map_or(&western::ENGLISH, |(_, found)| found)
}

/// The phrases of a book: its language's, and its author's over them.
#[must_use]
pub fn phrases_of(metadata: &Metadata) -> Phrases<'_> {
    phrases(&metadata.language).with_own(&metadata.phrases)
}

/// Every name that an author may give other words, and whether its words are a pattern with `{}`.
pub fn names() -> impl Iterator<Item = (&'static str, bool)> {
    let phrases = western::ENGLISH.all().into_iter().map(|(name, words)| (name, words.contains("{}")));
    phrases.chain(meanings::ENGLISH.all().into_iter().map(|(name, _)| (name, false)))
}

/// The primary subtags that have phrases of their own.
pub fn languages() -> impl Iterator<Item = &'static str> {
    TABLE.iter().map(|(tag, _)| *tag)
}
