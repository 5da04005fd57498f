//! Pages that the book's metadata make: cover, title page, copyright page.
//!
//! Enters: the metadata. Leaves: XHTML. Promise: no heading stands in them, since the outline holds
//! the book's own sections only; a page without anything to say isn't made.

use super::pen::{Job, page_head};
use super::xml::{Xml, attr};

/// `cover.xhtml`: the image alone in its file.
pub(super) fn cover(job: &Job<'_>, image: &str) -> Vec<u8> {
    let title = &job.book.metadata.title;
    let mut xml = page_head(&job.book.metadata.language, job.words.cover, "../style.css");
    xml.open("body", &[attr("epub:type", "cover"), attr("class", "cover")]);
    let attributes = [
        attr("class", "cover"),
        attr("src", format!("../{image}")),
        attr("alt", format!("{}: {title}", job.words.cover)),
        attr("role", "doc-cover"),
    ];
    xml.open("div", &[]);
    xml.empty("img", &attributes);
    xml.close("div");
    xml.close_line("body");
    xml.close_line("html");
    xml.finish()
}

/// `title.xhtml`.
pub(super) fn title_page(job: &Job<'_>) -> Vec<u8> {
    let metadata = &job.book.metadata;
    let mut xml = page_head(&metadata.language, &metadata.title, "../style.css");
    xml.open("body", &[attr("epub:type", "frontmatter")]);
    xml.line();
    title_block(job, &mut xml, "title-page");
    xml.close_line("body");
    xml.close_line("html");
    xml.finish()
}

/// Title, authors and publisher: a page of their own, or over the text where the style has no title page.
pub(super) fn title_block(job: &Job<'_>, xml: &mut Xml, class: &'static str) {
    let metadata = &job.book.metadata;
    xml.open("section", &[attr("epub:type", "titlepage"), attr("class", class)]);
    xml.line();
    xml.element("p", &[attr("class", "title")], &metadata.title);
    if let Some(subtitle) = &metadata.subtitle {
        xml.element("p", &[attr("class", "subtitle"), attr("role", "doc-subtitle")], subtitle);
    }
    for contributor in &metadata.contributors {
        let class = if contributor.role == "aut" { "author" } else { "contributor" };
        xml.element("p", &[attr("class", class)], &contributor.name);
    }
    if let Some(series) = &metadata.series {
        let number = series.number.as_ref().map(|number| format!(" {number}")).unwrap_or_default();
        xml.element("p", &[attr("class", "series")], &format!("{}{number}", series.name));
    }
    if let Some(publisher) = &metadata.publisher {
        xml.element("p", &[attr("class", "publisher")], publisher);
    }
    xml.close_line("section");
}

/// `copyright.xhtml`, if rights, publisher or an ISBN are known.
pub(super) fn copyright_page(job: &Job<'_>) -> Option<Vec<u8>> {
    let metadata = &job.book.metadata;
    let mut lines: Vec<String> = Vec::new();
    lines.extend(metadata.rights.clone());
    let published = [metadata.publisher.as_deref(), metadata.date.as_deref()];
    let published: Vec<&str> = published.into_iter().flatten().collect();
    if metadata.publisher.is_some() {
        lines.push(published.join(", "));
    }
    let isbns =
        [(job.words.print_edition, &metadata.isbn_print), (job.words.epub_edition, &metadata.isbn_epub)];
    for (edition, isbn) in isbns {
        lines.extend(isbn.as_ref().map(|isbn| format!("ISBN {isbn} ({edition})")));
    }
    if lines.is_empty() {
        return None;
    }
    let mut xml = page_head(&metadata.language, job.words.copyright, "../style.css");
    xml.open("body", &[attr("epub:type", "frontmatter")]);
    xml.line();
    xml.open("section", &[attr("epub:type", "copyright-page"), attr("class", "copyright-page")]);
    xml.line();
    for line in lines.iter().flat_map(|text| text.split("\n\n")) {
        xml.element("p", &[], line.trim());
    }
    xml.close_line("section");
    xml.close_line("body");
    xml.close_line("html");
    Some(xml.finish())
}
