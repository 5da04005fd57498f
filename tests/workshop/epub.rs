//! An EPUB taken apart, and put together again with a change.

use std::io::{Cursor, Read, Write};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// The files of an archive in their order.
pub(crate) fn unpack(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    (0..archive.len())
        .map(|at| {
            let mut file = archive.by_index(at).expect("a file");
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).expect("its bytes");
            (file.name().expect("a name").into_owned(), bytes)
        })
        .collect()
}

/// The archive of these files.
pub(crate) fn pack(files: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        archive.start_file(name.as_str(), SimpleFileOptions::default()).expect("a file begins");
        archive.write_all(bytes).expect("a file is written");
    }
    archive.finish().expect("an archive").into_inner()
}

/// The text of one file.
pub(crate) fn file(bytes: &[u8], path: &str) -> String {
    let found = unpack(bytes).into_iter().find(|(name, _)| name == path);
    let (_, bytes) = found.unwrap_or_else(|| panic!("no {path}"));
    String::from_utf8(bytes).expect("UTF-8")
}

/// The EPUB with the first `what` in the files whose path ends with `path` replaced.
pub(crate) fn edited(bytes: &[u8], path: &str, what: &str, by: &str) -> Vec<u8> {
    let mut files = unpack(bytes);
    let mut done = false;
    for (name, bytes) in files.iter_mut().filter(|(name, _)| name.ends_with(path)) {
        let text = String::from_utf8(bytes.clone()).expect("UTF-8");
        if text.contains(what) && !done {
            *bytes = text.replacen(what, by, 1).into_bytes();
            done = true;
        }
        let _ = name;
    }
    assert!(done, "no {what} in {path}");
    pack(&files)
}

/// An element as a test sees it: its name and its attributes.
#[derive(Debug, Clone)]
pub(crate) struct Element {
    pub(crate) name: String,
    pub(crate) attributes: Vec<(String, String)>,
}

impl Element {
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

/// Every element of a document in order; a document that isn't well formed fails the test.
pub(crate) fn elements(path: &str, text: &str) -> Vec<Element> {
    // Another parser than the writer's and the proof's: the one that reads SVG.
    let options = usvg::roxmltree::ParsingOptions { allow_dtd: true, ..Default::default() };
    let document = usvg::roxmltree::Document::parse_with_options(text, options)
        .unwrap_or_else(|error| panic!("{path} is not well formed: {error}\n{text}"));
    let element = |node: usvg::roxmltree::Node<'_, '_>| {
        let prefix = |space: Option<&str>| match space {
            Some("http://www.idpf.org/2007/ops") => "epub:",
            Some("http://www.w3.org/XML/1998/namespace") => "xml:",
            Some("http://purl.org/dc/elements/1.1/") => "dc:",
            _ => "",
        };
        let name = |space, local: &str| format!("{}{local}", prefix(space));
        Element {
            name: name(node.tag_name().namespace(), node.tag_name().name()),
            attributes: node
                .attributes()
                .map(|a| (name(a.namespace(), a.name()), a.value().to_owned()))
                .collect(),
        }
    };
    document.descendants().filter(usvg::roxmltree::Node::is_element).map(element).collect()
}
