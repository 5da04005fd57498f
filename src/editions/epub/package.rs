//! The package document: what the book is, which files it has, in which order they are read.
//!
//! Enters: the metadata and the files. Leaves: `package.opf`. Promise: nothing is said of the book
//! that was not set or counted.

use super::access;
use super::facts::Facts;
use super::navigation::Landmark;
use super::pen::Job;
use super::xml::{Xml, attr};
use crate::model::{Book, Metadata, Series};
use sha1::{Digest, Sha1};

/// A file of the package.
pub(super) struct Resource {
    /// Its id in the manifest.
    pub(super) id: String,
    /// Its path, relative to the package.
    pub(super) href: String,
    pub(super) media_type: &'static str,
    pub(super) properties: Option<&'static str>,
    /// Whether it is read in turn.
    pub(super) spine: bool,
}

/// What identifies this edition: its ISBN, else the author's own identifier, else a UUID made from
/// title, authors and language, so that a new build of a book stays the same book to a library.
pub(super) fn identifier(metadata: &Metadata) -> String {
    if let Some(isbn) = &metadata.isbn_epub {
        return format!("urn:isbn:{isbn}");
    }
    if let Some(own) = metadata.identifier.as_deref().map(str::trim).filter(|own| !own.is_empty()) {
        return own.to_owned();
    }
    let mut name = format!("{}\n{}", metadata.title, metadata.language.tag());
    for author in metadata.authors() {
        name.push('\n');
        name.push_str(author);
    }
    format!("urn:uuid:{}", uuid(name.as_bytes()))
}

/// A UUID of version 5 (RFC 9562, 5.5) in the namespace for URLs, under Aldine's own prefix.
fn uuid(name: &[u8]) -> String {
    const URL: [u8; 16] =
        [0x6b, 0xa7, 0xb8, 0x11, 0x9d, 0xad, 0x11, 0xd1, 0x80, 0xb4, 0x00, 0xc0, 0x4f, 0xd4, 0x30, 0xc8];
    let mut hash = Sha1::new();
    hash.update(URL);
    hash.update(b"aldine:book:");
    hash.update(name);
    let mut text = String::with_capacity(36);
    for (at, byte) in hash.finalize().iter().take(16).enumerate() {
        let byte = match at {
            6 => byte & 0x0f | 0x50,
            8 => byte & 0x3f | 0x80,
            _ => *byte,
        };
        if matches!(at, 4 | 6 | 8 | 10) {
            text.push('-');
        }
        text.push_str(&format!("{byte:02x}"));
    }
    text
}

/// `META-INF/container.xml`.
pub(super) fn container() -> Vec<u8> {
    let mut xml = Xml::document();
    let space = "urn:oasis:names:tc:opendocument:xmlns:container";
    xml.open("container", &[attr("version", "1.0"), attr("xmlns", space)]);
    xml.open("rootfiles", &[]);
    let root = [attr("full-path", "EPUB/package.opf"), attr("media-type", "application/oebps-package+xml")];
    xml.empty("rootfile", &root);
    xml.close("rootfiles");
    xml.close_line("container");
    xml.finish()
}

/// `package.opf`.
pub(super) fn package(job: &Job<'_>, resources: &[Resource], guide: &[Landmark]) -> Vec<u8> {
    let language = &job.book.metadata.language;
    let direction = if language.is_rtl() { "rtl" } else { "ltr" };
    let mut xml = Xml::document();
    let attributes = [
        attr("xmlns", "http://www.idpf.org/2007/opf"),
        attr("version", "3.0"),
        attr("unique-identifier", "id"),
        attr("xml:lang", language.tag()),
        attr("dir", direction),
    ];
    xml.open("package", &attributes);
    xml.line();
    metadata(&mut xml, job, resources);
    xml.open("manifest", &[]);
    xml.line();
    for resource in resources {
        let mut item = vec![
            attr("id", resource.id.as_str()),
            attr("href", resource.href.as_str()),
            attr("media-type", resource.media_type),
        ];
        item.extend(resource.properties.map(|properties| attr("properties", properties)));
        xml.empty("item", &item);
        xml.line();
    }
    xml.close_line("manifest");
    xml.open("spine", &[attr("toc", "ncx"), attr("page-progression-direction", direction)]);
    xml.line();
    for resource in resources.iter().filter(|resource| resource.spine) {
        xml.empty("itemref", &[attr("idref", resource.id.as_str())]);
        xml.line();
    }
    xml.close_line("spine");
    xml.open("guide", &[]);
    xml.line();
    for mark in guide {
        let kind = match mark.kind {
            "titlepage" => "title-page",
            "bodymatter" => "text",
            kind => kind,
        };
        if matches!(kind, "cover" | "title-page" | "toc" | "text" | "copyright-page") {
            let reference =
                [attr("type", kind), attr("title", mark.words.as_str()), attr("href", mark.href.as_str())];
            xml.empty("reference", &reference);
            xml.line();
        }
    }
    xml.close_line("guide");
    xml.close_line("package");
    xml.finish()
}

/// `<meta property="…">`, of the whole package or of the element with that id.
fn property(xml: &mut Xml, refines: Option<&str>, name: &str, value: &str) {
    let mut attributes = Vec::new();
    attributes.extend(refines.map(|id| attr("refines", format!("#{id}"))));
    attributes.push(attr("property", name));
    xml.element("meta", &attributes, value);
}

fn metadata(xml: &mut Xml, job: &Job<'_>, resources: &[Resource]) {
    let metadata = &job.book.metadata;
    xml.open("metadata", &[attr("xmlns:dc", "http://purl.org/dc/elements/1.1/")]);
    xml.line();
    let unique = identifier(metadata);
    xml.element("dc:identifier", &[attr("id", "id")], &unique);
    if let Some(own) =
        metadata.identifier.as_deref().map(str::trim).filter(|own| *own != unique && !own.is_empty())
    {
        xml.element("dc:identifier", &[], own);
    }
    xml.element("dc:title", &[attr("id", "title")], &metadata.title);
    property(xml, Some("title"), "title-type", "main");
    if let Some(subtitle) = &metadata.subtitle {
        xml.element("dc:title", &[attr("id", "subtitle")], subtitle);
        property(xml, Some("subtitle"), "title-type", "subtitle");
    }
    xml.element("dc:language", &[], metadata.language.tag());
    contributors(xml, metadata);
    let plain = [
        ("dc:publisher", &metadata.publisher),
        ("dc:date", &metadata.date),
        ("dc:rights", &metadata.rights),
        ("dc:description", &metadata.description),
    ];
    for (name, value) in plain {
        if let Some(value) = value.as_deref().map(str::trim).filter(|value| !value.is_empty()) {
            xml.element(name, &[], value);
        }
    }
    for subject in metadata.subjects.iter().map(|subject| subject.trim()).filter(|s| !s.is_empty()) {
        xml.element("dc:subject", &[], subject);
    }
    if let Some(series) = &metadata.series {
        collection(xml, series);
    }
    property(xml, None, "dcterms:modified", &metadata.modified.iso());
    let facts = Facts::of(job);
    if facts.pages {
        property(xml, None, "pageBreakSource", &page_source(job.book));
    }
    access::statements(xml, &facts, metadata.conformance.as_ref());
    if let Some(cover) = resources.iter().find(|r| r.properties == Some("cover-image")) {
        xml.empty("meta", &[attr("name", "cover"), attr("content", cover.id.as_str())]);
        xml.line();
    }
    xml.close_line("metadata");
}

/// The edition whose pages are marked: the printed one, by its ISBN or by its file.
fn page_source(book: &Book) -> String {
    match &book.metadata.isbn_print {
        Some(isbn) => format!("urn:isbn:{isbn}"),
        None => format!("{}.pdf", book.metadata.file_name),
    }
}

fn contributors(xml: &mut Xml, metadata: &Metadata) {
    for (at, contributor) in metadata.contributors.iter().enumerate() {
        let id = format!("contributor-{}", at + 1);
        let author = contributor.role == "aut";
        let name = if author { "dc:creator" } else { "dc:contributor" };
        xml.element(name, &[attr("id", id.as_str())], &contributor.name);
        let relator = contributor.role.len() == 3 && contributor.role.bytes().all(|b| b.is_ascii_lowercase());
        if relator {
            let attributes = [
                attr("refines", format!("#{id}")),
                attr("property", "role"),
                attr("scheme", "marc:relators"),
            ];
            xml.element("meta", &attributes, &contributor.role);
        }
        if let Some(file_as) = &contributor.file_as {
            property(xml, Some(&id), "file-as", file_as);
        }
        property(xml, Some(&id), "display-seq", &(at + 1).to_string());
    }
}

fn collection(xml: &mut Xml, series: &Series) {
    let attributes = [attr("property", "belongs-to-collection"), attr("id", "series")];
    xml.element("meta", &attributes, &series.name);
    property(xml, Some("series"), "collection-type", "series");
    let number = series.number.as_deref().map(str::trim).filter(|number| {
        number.split('.').all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()))
    });
    if let Some(number) = number {
        property(xml, Some("series"), "group-position", number);
    }
}
