//! What the EPUB says of its own accessibility: counted, never assumed.
//!
//! Enters: the book and what of it is shown. Leaves: the schema.org statements of the package.
//! Promise: a feature is named only when the file has it throughout.

use super::pen::Job;
use super::xml::{Xml, attr};
use crate::model::{ImageKind, Role};

/// Writes the statements.
pub(super) fn statements(xml: &mut Xml, job: &Job<'_>, paged: bool) {
    let images = &job.plan.images;
    let described = images.values().filter(|said| **said).count();
    let pictured = !images.is_empty() || job.book.cover.is_some();
    let all_described = described == images.len();
    let mut say = |name: &str, value: &str| {
        xml.element("meta", &[attr("property", format!("schema:{name}"))], value);
    };
    say("accessMode", "textual");
    if pictured {
        say("accessMode", "visual");
    }
    if all_described {
        say("accessModeSufficient", "textual");
    } else {
        say("accessModeSufficient", "textual,visual");
    }
    let indexed = job.book.all_sections().iter().any(|section| section.role == Role::Index);
    let features = [
        (true, "displayTransformability"),
        (true, "readingOrder"),
        (!job.book.outline.entries.is_empty(), "structuralNavigation"),
        (true, "tableOfContents"),
        (pictured && all_described, "alternativeText"),
        (indexed, "index"),
        (paged, "pageBreakMarkers"),
        (paged, "pageNavigation"),
    ];
    for (_, feature) in features.iter().filter(|(there, _)| *there) {
        say("accessibilityFeature", feature);
    }
    say("accessibilityHazard", if moves(job) { "unknown" } else { "none" });
    let summary = summary(job, images.len(), described, paged);
    let attributes = [attr("property", "schema:accessibilitySummary"), attr("xml:lang", "en")];
    xml.element("meta", &attributes, &summary);
}

/// Whether an image may move, and so might flash.
fn moves(job: &Job<'_>) -> bool {
    let shown = job.plan.images.keys().chain(&job.book.cover);
    shown.filter_map(|id| job.book.image(*id)).any(|image| {
        let has = |word: &[u8]| image.bytes.windows(word.len()).any(|window| window == word);
        match image.kind {
            ImageKind::Jpeg => false,
            ImageKind::Png => has(b"acTL"),
            ImageKind::Webp => has(b"ANIM"),
            ImageKind::Gif => has(b"NETSCAPE2.0"),
            ImageKind::Svg => has(b"<animate") || has(b"<set") || has(b"@keyframes"),
        }
    })
}

fn summary(job: &Job<'_>, images: usize, described: usize, paged: bool) -> String {
    let mut words = vec!["The text can be read aloud and resized, in one logical order."];
    if job.book.outline.entries.is_empty() {
        words.push("It has no headings.");
    } else {
        words.push("Headings and a table of contents lead to every section.");
    }
    if paged {
        words.push("Page numbers are those of the print edition.");
    }
    match (images, images - described) {
        (0, _) if job.book.cover.is_some() => words.push("The cover is its only image."),
        (0, _) => words.push("It has no images."),
        (_, 0) => words.push("Every image has a description."),
        _ => words.push("Images without a description are decoration, or were not described."),
    }
    if !job.book.notes.is_empty() {
        words.push("Notes link to the text and back.");
    }
    words.join(" ")
}
