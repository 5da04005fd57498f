//! The chapters of a finished EPUB, packed anew by epub-builder; and its smallest books.
//!
//! Enters: our EPUB. Leaves: one of epub-builder's. Promise: chapters, style sheet and images are the
//! same bytes at the same paths; title, language, authors, contents and accessibility metadata are
//! handed over as far as epub-builder 0.8.3 takes them. Its own are the package, navigation and NCX.

use chrono::DateTime;
use epub_builder::{
    EpubBuilder, EpubContent, EpubVersion, MetadataOpfV3, ReferenceType, TocElement, ZipLibrary,
};
use roxmltree::{Document, Node, ParsingOptions};
use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use uuid::Uuid;

type Builder = EpubBuilder<ZipLibrary>;

/// What the builder is given.
#[derive(Debug, Default)]
pub(crate) struct Parts {
    title: String,
    language: String,
    authors: Vec<String>,
    /// Property and value.
    access: Vec<(String, String)>,
    /// Chapters in reading order, then style sheets and images.
    files: Vec<File>,
    contents: Vec<Line>,
}

#[derive(Debug)]
struct File {
    href: String,
    media_type: String,
    cover: bool,
    chapter: bool,
    bytes: Vec<u8>,
}

/// A line of the contents.
#[derive(Debug)]
struct Line {
    level: i32,
    href: String,
    title: String,
}

impl Parts {
    /// How many files are read in turn.
    pub(crate) fn chapters(&self) -> usize {
        self.files.iter().filter(|file| file.chapter).count()
    }
}

/// Takes an EPUB of ours apart.
pub(crate) fn take_apart(epub: &[u8]) -> Parts {
    let mut archive = zip::ZipArchive::new(Cursor::new(epub)).expect("an archive");
    let mut members = BTreeMap::new();
    for at in 0..archive.len() {
        let mut member = archive.by_index(at).expect("a member");
        let mut bytes = Vec::new();
        member.read_to_end(&mut bytes).expect("a member that can be read");
        let name = member.name().expect("a name").into_owned();
        members.insert(name, bytes);
    }
    let package = members.remove("EPUB/package.opf").expect("a package");
    let package = String::from_utf8(package).expect("UTF-8");
    let package = Document::parse(&package).expect("XML");
    let named = |name| package.descendants().filter(move |node| node.has_tag_name((DC, name))).map(words);
    let mut parts = Parts {
        title: named("title").next().unwrap_or_default(),
        language: named("language").next().unwrap_or_default(),
        authors: named("creator").collect(),
        ..Parts::default()
    };
    for meta in package.descendants().filter(|node| node.tag_name().name() == "meta") {
        if let Some(property) = meta.attribute("property").filter(|name| name.starts_with("schema:")) {
            parts.access.push((property.to_owned(), words(meta)));
        }
    }
    let item = |name| package.descendants().filter(move |node: &Node<'_, '_>| node.tag_name().name() == name);
    let order: Vec<&str> = item("itemref").filter_map(|node| node.attribute("idref")).collect();
    let place = |node: &Node<'_, '_>| {
        let id = node.attribute("id");
        order.iter().position(|other| Some(*other) == id)
    };
    let mut items: Vec<_> = item("item").collect();
    items.sort_by_key(|node| place(node).unwrap_or(usize::MAX));
    for node in items {
        let of = |name| node.attribute(name).unwrap_or_default().to_owned();
        let (href, media_type) = (of("href"), of("media-type"));
        let bytes = members.remove(&format!("EPUB/{href}")).expect("a file of the manifest");
        if of("properties") == "nav" {
            parts.contents = contents(&bytes);
        } else if media_type != "application/x-dtbncx+xml" {
            let (cover, chapter) = (of("properties") == "cover-image", place(&node).is_some());
            parts.files.push(File { href, media_type, cover, chapter, bytes });
        }
    }
    parts
}

const DC: &str = "http://purl.org/dc/elements/1.1/";

fn words(node: Node<'_, '_>) -> String {
    node.descendants().filter_map(|node| node.text().filter(|_| node.is_text())).collect()
}

/// The lines of the navigation's contents.
fn contents(nav: &[u8]) -> Vec<Line> {
    let nav = std::str::from_utf8(nav).expect("UTF-8");
    let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    let nav = Document::parse_with_options(nav, options).expect("XML");
    let ops = "http://www.idpf.org/2007/ops";
    let toc = nav.descendants().find(|node| node.attribute((ops, "type")) == Some("toc"));
    let links = toc.into_iter().flat_map(|toc| toc.descendants());
    let links = links.filter(|node| node.tag_name().name() == "a");
    let line = |link: Node<'_, '_>| Line {
        level: i32::try_from(link.ancestors().filter(|node| node.tag_name().name() == "ol").count())
            .unwrap_or(1),
        href: link.attribute("href").unwrap_or_default().to_owned(),
        title: words(link),
    };
    links.map(line).collect()
}

fn builder() -> Builder {
    let mut builder = EpubBuilder::new(ZipLibrary::new().expect("an archive")).expect("a builder");
    builder.epub_version(EpubVersion::V33);
    // Its defaults are a random number and the time of day.
    builder.set_uuid(Uuid::from_u128(1));
    builder.set_modified_date(DateTime::UNIX_EPOCH);
    builder
}

fn finish(builder: Builder) -> Vec<u8> {
    let mut bytes = Vec::new();
    builder.generate(&mut bytes).expect("an EPUB");
    bytes
}

/// Packs a book.
pub(crate) fn pack(parts: &Parts) -> Vec<u8> {
    let mut builder = builder();
    builder.set_title(&parts.title);
    builder.add_language(&parts.language);
    for author in &parts.authors {
        builder.add_author(author);
    }
    for (property, value) in &parts.access {
        builder.add_metadata_opf(Box::new(MetadataOpfV3::new(property.clone(), value.clone())));
    }
    let mut first = true;
    for file in &parts.files {
        if file.chapter {
            let mut content = chapter(file, &parts.contents);
            // Without any such mark, on a file with a title, its list of landmarks is empty, which EPUB
            // forbids.
            if first && !content.toc.title.is_empty() {
                first = false;
                content = content.reftype(ReferenceType::Text);
            }
            builder.add_content(content).expect("a chapter");
        } else if file.cover {
            builder.add_cover_image(&file.href, &*file.bytes, &file.media_type).expect("a cover");
        } else {
            builder.add_resource(&file.href, &*file.bytes, &file.media_type).expect("a file");
        }
    }
    finish(builder)
}

/// A chapter with its lines of the contents.
fn chapter<'f>(file: &'f File, contents: &[Line]) -> EpubContent<&'f [u8]> {
    let mut content = EpubContent::new(&file.href, &*file.bytes);
    let inside = |line: &&Line| line.href.split('#').next() == Some(file.href.as_str());
    let mut lines = contents.iter().filter(inside);
    if let Some(line) = lines.next() {
        content = content.title(&line.title).level(line.level);
    }
    for line in lines {
        content = content.child(TocElement::new(&line.href, &line.title).level(line.level));
    }
    content
}

const CHAPTER: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml"><head><title>One</title></head>
<body><h1>One</h1><p>Words.</p></body></html>"#;

/// The smallest books, each with what it is.
pub(crate) fn smallest() -> Vec<(&'static str, Vec<u8>)> {
    let book = |authors: &[&str], text: &str| {
        let mut builder = builder();
        builder.set_title("A Book");
        builder.add_language("en");
        for author in authors {
            builder.add_author(*author);
        }
        let content = EpubContent::new("one.xhtml", text.as_bytes()).title("One");
        builder.add_content(content.reftype(ReferenceType::Text)).expect("a chapter");
        finish(builder)
    };
    let drawing = r#"<p><svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/></p>"#;
    let drawn = CHAPTER.replace("<p>Words.</p>", drawing);
    vec![
        ("EPUB 3.3, a language", book(&[], CHAPTER)),
        ("EPUB 3.3, a language and an author", book(&["Ann Author"], CHAPTER)),
        ("EPUB 3.3, a language, a chapter with SVG in it", book(&[], &drawn)),
    ]
}
