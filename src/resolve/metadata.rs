//! What is known of the book beside its text.
//!
//! Enters: the settings, the heading that became the title. Leaves: [`Metadata`]. Promise: a title
//! and a language are always there, and the editions' file name is one that every system takes.

use super::sections::Tree;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::model::{Language, Metadata, Timestamp, plain_text};
use crate::sources::Sources;
use crate::span::Span;

/// The settings' language, else English with a warning.
pub(super) fn language(sources: &Sources, diagnostics: &mut Diagnostics) -> Language {
    if let Some(language) = &sources.settings.language {
        return language.value.clone();
    }
    diagnostics.push(
        Diagnostic::new(Code::NoLanguage, first_place(sources), "the book doesn't say its language")
            .hint("set `language`, for hyphenation, quotes and speech; it is taken for `en`"),
    );
    Language::english()
}

fn first_place(sources: &Sources) -> Span {
    sources.list.first().map_or(Span::NONE, |s| Span::new(s.file, s.start..s.start))
}

/// The metadata, with the title from the settings, a lone first heading, or the file's name.
pub(super) fn read(
    tree: &Tree,
    sources: &Sources,
    language: Language,
    modified: Timestamp,
    diagnostics: &mut Diagnostics,
) -> Metadata {
    let settings = &sources.settings;
    let set = settings.title.as_ref().map(|title| one_line(&title.value)).filter(|title| !title.is_empty());
    let headed = || tree.title.as_ref().map(|(_, heading)| one_line(&plain_text(&heading.text.content)));
    let title = set.or_else(headed).unwrap_or_else(|| {
        let title = stem(sources);
        diagnostics.push(
            Diagnostic::new(Code::NoTitle, first_place(sources), "the book has no title").hint(format!(
                "set `title`, or begin with a lone `# Title`; it is called “{title}” meanwhile"
            )),
        );
        title
    });
    let text = |value: &Option<crate::sources::Spanned<String>>| value.as_ref().map(|v| v.value.clone());
    let name = settings.name.as_ref().map(|name| portable(&name.value)).filter(|name| !name.is_empty());
    let file_name = name.unwrap_or_else(|| {
        let slug = super::slug::file_name(&title);
        let slug = if slug.is_empty() { super::slug::file_name(&stem(sources)) } else { slug };
        portable(if slug.is_empty() { "book" } else { &slug })
    });
    Metadata {
        title,
        subtitle: settings.subtitle.clone(),
        contributors: settings.contributors.clone(),
        language,
        identifier: text(&settings.identifier),
        isbn_print: text(&settings.isbn_print),
        isbn_epub: text(&settings.isbn_epub),
        publisher: settings.publisher.clone(),
        date: text(&settings.date),
        rights: settings.rights.clone(),
        description: settings.description.clone(),
        subjects: settings.subjects.clone(),
        series: settings.series.clone(),
        modified,
        file_name,
        phrases: settings.phrases.clone(),
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The first file's name without folder and ending.
fn stem(sources: &Sources) -> String {
    let first = sources.list.first().and_then(|source| sources.files.get(source.file));
    let path = first.map_or("", |file| file.path.as_str());
    let name = path.rsplit('/').next().unwrap_or_default();
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem).trim();
    if stem.is_empty() { "Book".to_owned() } else { stem.to_owned() }
}

/// A file name without what some system refuses in one; may be empty.
fn portable(name: &str) -> String {
    let plain: String =
        name.chars().map(|c| if c.is_control() || r#"/\:*?"<>|"#.contains(c) { '-' } else { c }).collect();
    let plain = plain.trim_matches(|c: char| c == '.' || c.is_whitespace());
    let device = plain.split('.').next().unwrap_or_default().to_ascii_lowercase();
    let numbered = |prefix: &str| {
        device.strip_prefix(prefix).is_some_and(|n| n.len() == 1 && n.bytes().all(|b| b.is_ascii_digit()))
    };
    let taken =
        matches!(device.as_str(), "con" | "prn" | "aux" | "nul") || numbered("com") || numbered("lpt");
    if taken { format!("{plain}-book") } else { plain.to_owned() }
}
