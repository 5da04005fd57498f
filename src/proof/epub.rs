//! Reads an EPUB: from the container to the package, its spine, its navigation.
//!
//! Enters: its bytes. Leaves: a [`Reading`]. Promise: files are found as a reading system finds them,
//! and read as XML; what isn't well formed is an error, and a link that leads nowhere, an NCX or a list
//! of pages that says something else than the rest is a fault.

use super::links::Links;
use super::words::words_at;
use super::{Heading, PageMark, Reading, Unreadable, one_line};
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// Reads the EPUB.
///
/// # Errors
/// When a file that must be there isn't, or isn't well formed.
pub fn read_epub(bytes: &[u8]) -> Result<Reading, Unreadable> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|e| Unreadable(e.to_string()))?;
    let container = member(&mut archive, "META-INF/container.xml")?;
    let mut root = None;
    events(&container, &mut |event| {
        if let Node::Open("rootfile", element) = event {
            root = attribute(element, "full-path");
        }
    })?;
    let root = root.ok_or_else(|| Unreadable("its container names no package".to_owned()))?;
    let package = Package::read(&member(&mut archive, &root)?)?;
    let folder = root.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
    let mut reading = Reading { headings: Some(Vec::new()), words: Some(Vec::new()), ..Reading::default() };
    let mut links = Links::new(archive.file_names().flatten().map(|path| path.into_owned()));
    for href in package.files.iter().chain(&package.unlisted) {
        links.link("the package", &root, href);
    }
    let nav = package.nav.as_ref().ok_or_else(|| Unreadable("it has no navigation document".to_owned()))?;
    let nav_path = format!("{folder}{nav}");
    let text = member(&mut archive, &nav_path)?;
    navigation(&text, &mut reading)?;
    links.document(&nav_path, &text)?;
    for href in package.spine.iter().filter(|href| *href != nav) {
        let path = format!("{folder}{href}");
        let text = member(&mut archive, &path)?;
        document(&text, &mut reading)?;
        links.document(&path, &text)?;
    }
    if let Some(ncx) = &package.ncx {
        let path = format!("{folder}{ncx}");
        let text = member(&mut archive, &path)?;
        old_navigation(&text, &mut reading)?;
        links.document(&path, &text)?;
    }
    reading.faults.extend(links.dead());
    let marked = reading.marks.iter().map(|mark| &mark.label);
    if let Some(label) = first_apart(&reading.pages, marked) {
        reading.faults.push(format!("lists page {label} and doesn't mark it, or the other way round"));
    }
    Ok(reading)
}

/// The first of two lists' labels that the other doesn't have in its place.
fn first_apart<'a>(
    listed: &'a [String],
    marked: impl ExactSizeIterator<Item = &'a String>,
) -> Option<&'a String> {
    let count = marked.len();
    let mut marked = marked;
    for label in listed {
        let other = marked.next();
        if other != Some(label) {
            return if count > listed.len() { other } else { Some(label) };
        }
    }
    marked.next()
}

fn member(archive: &mut ZipArchive<Cursor<&[u8]>>, path: &str) -> Result<String, Unreadable> {
    let failed = |why: String| Unreadable(format!("`{path}` in it: {why}"));
    let mut file = archive.by_name(path).map_err(|e| failed(e.to_string()))?;
    let mut text = String::new();
    file.read_to_string(&mut text).map_err(|e| failed(e.to_string()))?;
    Ok(text)
}

/// What the readers here need of XML.
pub(super) enum Node<'a> {
    Open(&'a str, &'a BytesStart<'a>),
    Close(&'a str),
    Words(&'a str),
}

#[expect(clippy::wildcard_enum_match_arm, reason = "comments and declarations say nothing")]
pub(super) fn events(xml: &str, visit: &mut dyn FnMut(Node<'_>)) -> Result<(), Unreadable> {
    let mut reader = Reader::from_str(xml);
    let broken = |error: &dyn std::fmt::Display| Unreadable(format!("it is not well formed: {error}"));
    loop {
        match reader.read_event().map_err(|e| broken(&e))? {
            Event::Start(element) => visit(Node::Open(element.name().into_inner(), &element)),
            Event::Empty(element) => {
                let name = element.name().into_inner();
                visit(Node::Open(name, &element));
                visit(Node::Close(name));
            }
            Event::End(element) => visit(Node::Close(element.name().into_inner())),
            Event::Text(text) => visit(Node::Words(&text.xml10_content())),
            Event::CData(text) => visit(Node::Words(&text.into_inner())),
            Event::GeneralRef(reference) => {
                let known = reference.resolve_char_ref().map_err(|e| broken(&e))?;
                let words = match known {
                    Some(c) => c.to_string(),
                    None => match reference.into_inner().as_ref() {
                        "amp" => "&".to_owned(),
                        "lt" => "<".to_owned(),
                        "gt" => ">".to_owned(),
                        "quot" => "\"".to_owned(),
                        "apos" => "'".to_owned(),
                        other => return Err(broken(&format!("no entity `{other}`"))),
                    },
                };
                visit(Node::Words(&words));
            }
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

pub(super) fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = element.attributes().flatten().find(|attribute| attribute.key.into_inner() == name)?;
    found.normalized_value(XmlVersion::Implicit1_0).ok().map(|value| value.into_owned())
}

#[derive(Default)]
struct Package {
    nav: Option<String>,
    ncx: Option<String>,
    spine: Vec<String>,
    /// Every file listed.
    files: Vec<String>,
    /// Ids in the spine that the list doesn't have.
    unlisted: Vec<String>,
}

impl Package {
    fn read(xml: &str) -> Result<Self, Unreadable> {
        let mut package = Package::default();
        let mut manifest = BTreeMap::new();
        events(xml, &mut |node| match node {
            Node::Open("item", element) => {
                let href = attribute(element, "href").unwrap_or_default();
                if attribute(element, "properties").is_some_and(|p| p.split(' ').any(|word| word == "nav")) {
                    package.nav = Some(href.clone());
                }
                if attribute(element, "media-type").as_deref() == Some("application/x-dtbncx+xml") {
                    package.ncx = Some(href.clone());
                }
                package.files.push(href.clone());
                manifest.insert(attribute(element, "id").unwrap_or_default(), href);
            }
            Node::Open("itemref", element) => {
                let id = attribute(element, "idref").unwrap_or_default();
                match manifest.get(&id) {
                    Some(href) => package.spine.push(href.clone()),
                    None => package.unlisted.push(id),
                }
            }
            Node::Open(..) | Node::Close(_) | Node::Words(_) => {}
        })?;
        Ok(package)
    }
}

/// The NCX: what it says otherwise than the navigation document is a fault.
fn old_navigation(xml: &str, reading: &mut Reading) -> Result<(), Unreadable> {
    let (mut level, mut in_page, mut in_map, mut line) = (0_u8, false, false, None::<String>);
    let (mut outline, mut pages) = (Vec::new(), Vec::new());
    events(xml, &mut |node| match node {
        Node::Open("navMap", _) => in_map = true,
        Node::Close("navMap") => in_map = false,
        Node::Open("navPoint", _) => level = level.saturating_add(1),
        Node::Close("navPoint") => level = level.saturating_sub(1),
        Node::Open("pageTarget", _) => in_page = true,
        Node::Close("pageTarget") => in_page = false,
        Node::Open("text", _) => line = Some(String::new()),
        Node::Words(words) => {
            if let Some(line) = &mut line {
                line.push_str(words);
            }
        }
        Node::Close("text") => {
            let words = one_line(&line.take().unwrap_or_default());
            if in_page {
                pages.push(words);
            } else if in_map {
                outline.push(Heading { level, words, page: None });
            }
        }
        Node::Open(..) | Node::Close(_) => {}
    })?;
    let other = reading.outline.iter().zip(&outline).find(|(nav, ncx)| nav != ncx);
    if other.is_some() || outline.len() != reading.outline.len() {
        let words = other.map_or("its end", |(nav, _)| nav.words.as_str());
        reading.faults.push(format!("has other contents in its NCX from “{words}” on"));
    }
    if let Some(label) = first_apart(&reading.pages, pages.iter()) {
        reading.faults.push(format!("has page {label} in only one of its two lists of pages"));
    }
    Ok(())
}

/// Contents and list of pages.
fn navigation(xml: &str, reading: &mut Reading) -> Result<(), Unreadable> {
    let (mut kind, mut level, mut line) = (String::new(), 0_u8, None::<String>);
    events(xml, &mut |node| match node {
        Node::Open("nav", element) => kind = attribute(element, "epub:type").unwrap_or_default(),
        Node::Close("nav") => kind.clear(),
        Node::Open("ol", _) => level = level.saturating_add(1),
        Node::Close("ol") => level = level.saturating_sub(1),
        Node::Open("a", _) => line = Some(String::new()),
        Node::Words(words) => {
            if let Some(line) = &mut line {
                line.push_str(words);
            }
        }
        Node::Close("a") => {
            let words = one_line(&line.take().unwrap_or_default());
            match kind.as_str() {
                "toc" => reading.outline.push(Heading { level, words, page: None }),
                "page-list" => reading.pages.push(words),
                _ => {}
            }
        }
        Node::Open(..) | Node::Close(_) => {}
    })
}

/// Elements between whose text no word goes on.
fn is_block(name: &str) -> bool {
    !matches!(
        name,
        "a" | "abbr"
            | "b"
            | "code"
            | "em"
            | "i"
            | "img"
            | "kbd"
            | "s"
            | "small"
            | "span"
            | "strong"
            | "sub"
            | "sup"
    )
}

fn is_heading(name: &str) -> bool {
    matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}

/// What is true of the text within an element.
#[derive(Debug, Clone, Copy)]
struct Within {
    /// It is the book's, and not of a page made from metadata or of a way through the book.
    said: bool,
    /// It is a label or a number, which the writer adds.
    label: bool,
    /// It is a number.
    number: bool,
    /// It calls a note.
    call: bool,
}

impl Within {
    fn of(self, name: &str, element: &BytesStart<'_>) -> Self {
        let get = |key: &str| attribute(element, key).unwrap_or_default();
        let (role, class, kind) = (get("role"), get("class"), get("epub:type"));
        let made = matches!(kind.as_str(), "cover" | "titlepage" | "copyright-page");
        let call = role == "doc-noteref";
        Within {
            said: self.said && name != "head" && !call && !made && role != "doc-backlink",
            label: self.label || class == "label" || class == "number",
            number: class == "number",
            call,
        }
    }
}

/// Words, headings, calls and page marks of one file.
fn document(xml: &str, reading: &mut Reading) -> Result<(), Unreadable> {
    let mut text = String::new();
    let mut heading = None::<String>;
    let mut marks: Vec<(usize, String)> = Vec::new();
    let mut open = vec![Within { said: true, label: false, number: false, call: false }];
    let (headings, calls) = (reading.headings.get_or_insert_default(), &mut reading.calls);
    events(xml, &mut |node| match node {
        Node::Open(name, element) => {
            open.extend(open.last().map(|outer| outer.of(name, element)));
            if is_heading(name) {
                heading = Some(String::new());
            }
            if is_block(name) {
                text.push(' ');
                heading.iter_mut().for_each(|heading| heading.push(' '));
            }
            if attribute(element, "role").as_deref() == Some("doc-pagebreak") {
                marks.push((text.len(), attribute(element, "aria-label").unwrap_or_default()));
            }
        }
        Node::Close(name) => {
            open.pop();
            if is_heading(name) {
                headings.push(one_line(&heading.take().unwrap_or_default()));
            }
            if is_block(name) {
                text.push(' ');
            }
        }
        Node::Words(words) => {
            let Some(within) = open.last() else { return };
            if within.call {
                calls.push(words.trim().to_owned());
            }
            if !within.said {
                return;
            }
            if !within.label {
                text.push_str(words);
            }
            if let Some(heading) = heading.as_mut().filter(|_| !within.label || within.number) {
                heading.push_str(words);
            }
        }
    })?;
    let words = reading.words.get_or_insert_default();
    let (start, (starts, found)) = (words.len(), words_at(&text));
    reading.marks.extend(marks.into_iter().map(|(at, label)| {
        let before = start + starts.partition_point(|begins| *begins < at);
        PageMark { label, before, after: before }
    }));
    words.extend(found);
    Ok(())
}
