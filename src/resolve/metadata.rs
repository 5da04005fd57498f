//! What is known of the book beside its text.
//!
//! Enters: the settings, the heading that became the title. Leaves: [`Metadata`]. Promise: a title
//! and a language are always there, and the editions' file name is one that every system takes.

use super::sections::Tree;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::model::{Conformance, Language, Metadata, Timestamp, plain_text};
use crate::sources::{Settings, Sources, Spanned};
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
    let text = |value: &Option<Spanned<String>>| value.as_ref().map(|v| v.value.clone());
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
        conformance: conformance(settings, diagnostics),
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

/// What is claimed of the EPUB. Who certified is told to whoever names no standard.
fn conformance(settings: &Settings, diagnostics: &mut Diagnostics) -> Option<Conformance> {
    let certifier = [
        ("certified-by", &settings.certified_by),
        ("certifier-credential", &settings.certifier_credential),
        ("certifier-report", &settings.certifier_report),
    ];
    let orphan = |message: String, span| {
        Diagnostic::new(Code::BadValue, span, message)
            .hint("say what was certified with `conforms-to`, and by whom with `certified-by`, or neither")
    };
    let needs =
        [("conforms-to", settings.conforms_to.is_some()), ("certified-by", settings.certified_by.is_some())];
    for (at, (name, value)) in certifier.into_iter().enumerate() {
        let missing = needs.into_iter().take(at.min(1) + 1).find(|(_, there)| !there);
        if let (Some(value), Some((needed, _))) = (value, missing) {
            diagnostics
                .push(orphan(format!("`{name}` in `[epub]` says nothing without `{needed}`"), value.span));
        }
    }
    let text = |value: &Option<Spanned<String>>| value.as_ref().map(|value| value.value.clone());
    settings.conforms_to.as_ref().map(|wcag| Conformance {
        wcag: wcag.value,
        certified_by: text(&settings.certified_by),
        credential: text(&settings.certifier_credential),
        report: text(&settings.certifier_report),
    })
}

/// A claim that the book itself contradicts: no level of WCAG lets an image go without words.
pub(super) fn doubt(settings: &Settings, diagnostics: &mut Diagnostics) {
    let Some(wcag) = &settings.conforms_to else { return };
    let silent: Vec<Span> =
        diagnostics.iter().filter(|told| told.code == Code::MissingAlt).map(|told| told.span).collect();
    let Some(first) = silent.first() else { return };
    let count = match silent.len() {
        1 => "an image has".to_owned(),
        many => format!("{many} images have"),
    };
    let message =
        format!("WCAG {} {} is claimed, and {count} no words", wcag.value.version, wcag.value.level);
    diagnostics.push(
        Diagnostic::new(Code::UnfoundedClaim, wcag.span, message)
            .hint(
                "describe what images show, mark decoration with `{.decorative}`, or take `conforms-to` away",
            )
            .related(*first, "this one, for instance"),
    );
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
