//! Reads an EPUB: from the container to the package, its spine, its navigation.
//!
//! Enters: its bytes. Leaves: a [`Reading`]. Promise: files are found as a reading system finds them,
//! and read as XML; what isn't well formed is an error.

use super::words::words_of_text;
use super::{Heading, Reading, Unreadable, one_line};
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
    let nav = package.nav.as_ref().ok_or_else(|| Unreadable("it has no navigation document".to_owned()))?;
    navigation(&member(&mut archive, &format!("{folder}{nav}"))?, &mut reading)?;
    for href in package.spine.iter().filter(|href| *href != nav) {
        document(&member(&mut archive, &format!("{folder}{href}"))?, &mut reading)?;
    }
    Ok(reading)
}

fn member(archive: &mut ZipArchive<Cursor<&[u8]>>, path: &str) -> Result<String, Unreadable> {
    let failed = |why: String| Unreadable(format!("`{path}` in it: {why}"));
    let mut file = archive.by_name(path).map_err(|e| failed(e.to_string()))?;
    let mut text = String::new();
    file.read_to_string(&mut text).map_err(|e| failed(e.to_string()))?;
    Ok(text)
}

/// What the readers here need of XML.
enum Node<'a> {
    Open(&'a str, &'a BytesStart<'a>),
    Close(&'a str),
    Words(&'a str),
}

#[expect(clippy::wildcard_enum_match_arm, reason = "comments and declarations say nothing")]
fn events(xml: &str, visit: &mut dyn FnMut(Node<'_>)) -> Result<(), Unreadable> {
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

fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = element.attributes().flatten().find(|attribute| attribute.key.into_inner() == name)?;
    found.normalized_value(XmlVersion::Implicit1_0).ok().map(|value| value.into_owned())
}

#[derive(Default)]
struct Package {
    nav: Option<String>,
    spine: Vec<String>,
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
                manifest.insert(attribute(element, "id").unwrap_or_default(), href);
            }
            Node::Open("itemref", element) => {
                let id = attribute(element, "idref").unwrap_or_default();
                package.spine.extend(manifest.get(&id).cloned());
            }
            Node::Open(..) | Node::Close(_) | Node::Words(_) => {}
        })?;
        Ok(package)
    }
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
        "a" | "abbr" | "b" | "code" | "em" | "i" | "kbd" | "s" | "small" | "span" | "strong" | "sub" | "sup"
    )
}

fn is_heading(name: &str) -> bool {
    matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}

/// Words and headings of one file.
fn document(xml: &str, reading: &mut Reading) -> Result<(), Unreadable> {
    let mut text = String::new();
    let mut headings = Vec::new();
    let mut heading = None::<String>;
    // Elements that are open, each with whether its words are said, and whether they are a label's.
    let mut open: Vec<(bool, bool)> = Vec::new();
    events(xml, &mut |node| match node {
        Node::Open(name, element) => {
            let (said, labels) = open.last().copied().unwrap_or((true, false));
            let role = attribute(element, "role").unwrap_or_default();
            let class = attribute(element, "class").unwrap_or_default();
            let said =
                said && !matches!(name, "head") && !matches!(role.as_str(), "doc-noteref" | "doc-backlink");
            let labels = (labels || class == "label") && class != "number";
            open.push((said, labels));
            if is_heading(name) {
                heading = Some(String::new());
            }
            if is_block(name) {
                text.push(' ');
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
            let (said, label) = open.last().copied().unwrap_or((true, false));
            if !said {
                return;
            }
            text.push_str(words);
            if let Some(heading) = heading.as_mut().filter(|_| !label) {
                heading.push_str(words);
            }
        }
    })?;
    reading.words.get_or_insert_default().extend(words_of_text(&text));
    reading.headings.get_or_insert_default().extend(headings);
    Ok(())
}
