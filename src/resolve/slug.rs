//! Names: GitHub's slugs of headings, and ids that are safe everywhere.
//!
//! Enters: the words of a heading, or an id as an author typed it. Leaves: the slug that links on
//! GitHub and in mdBook use, and an [`Id`](crate::model::Id)'s text. Promise: both are functions of
//! their input alone.

use icu_properties::props::{GeneralCategory, GeneralCategoryGroup};
use icu_properties::{CodePointMapData, CodePointMapDataBorrowed};

/// The slug of a heading: lower case, spaces as hyphens, punctuation and symbols dropped, letters,
/// marks and digits of all scripts kept. Empty when nothing is left.
pub(super) fn slug(words: &str) -> String {
    const CATEGORY: CodePointMapDataBorrowed<'static, GeneralCategory> =
        CodePointMapData::<GeneralCategory>::new();
    let kept = GeneralCategoryGroup::Letter
        .union(GeneralCategoryGroup::Mark)
        .union(GeneralCategoryGroup::Number)
        .union(GeneralCategoryGroup::ConnectorPunctuation);
    let mut slug = String::with_capacity(words.len());
    for c in words.trim().chars() {
        match c {
            ' ' | '-' | '\n' => slug.push(if c == '\n' { '-' } else { c }),
            'a'..='z' | '0'..='9' | '_' => slug.push(c),
            _ if kept.contains(CATEGORY.get(c)) => slug.extend(c.to_lowercase()),
            _ => {}
        }
    }
    slug.replace(' ', "-")
}

/// A name made of ASCII letters, digits, `-` and `_`, beginning with a letter or `_`: valid as an XML
/// id, a PDF destination and a fragment that no reader needs to decode. Other scripts are spelt in
/// Latin letters; never empty.
pub(super) fn safe(name: &str) -> String {
    let latin = deunicode::deunicode(name);
    let mut safe = String::with_capacity(latin.len());
    for c in latin.trim().chars() {
        match c {
            'a'..='z' | 'A'..='Z' | '0'..='9' | '_' | '-' => safe.push(c),
            _ if safe.ends_with('-') => {}
            _ => safe.push('-'),
        }
    }
    let safe = safe.trim_end_matches('-');
    match safe.chars().next() {
        None => "_".to_owned(),
        Some(first) if first.is_ascii_alphabetic() || first == '_' => safe.to_owned(),
        Some(_) => format!("_{safe}"),
    }
}

/// A file's name: the slug of a title in ASCII; empty when nothing is left of it.
pub(super) fn file_name(title: &str) -> String {
    let slug = slug(&deunicode::deunicode(title));
    let words: Vec<&str> = slug.split('-').filter(|word| !word.is_empty()).collect();
    let mut name = String::new();
    for word in words {
        // Paths have limits; words beyond them are left off, the first one is cut.
        if !name.is_empty() && name.len() + word.len() > 80 {
            break;
        }
        if !name.is_empty() {
            name.push('-');
        }
        name.push_str(word.get(..80).unwrap_or(word));
    }
    name
}
