//! Page-break markers: at the very word, wherever that stands.

use super::workshop::{Made, book, cases, leaves, text_of};
use std::collections::{BTreeMap, BTreeSet};
use usvg::roxmltree::{Document, Node, ParsingOptions};

/// Text that the writer adds: it is in no leaf.
const ADDED: [&str; 5] = ["noteref", "backlink", "number", "label", "task"];

/// The words of a book without space, and for each marker its label, its place in them and what it stands in.
#[derive(Default)]
struct Read {
    words: String,
    marks: Vec<(String, usize, Vec<String>)>,
}

fn added(node: &Node<'_, '_>) -> bool {
    node.ancestors().any(|up| up.attribute("class").is_some_and(|class| ADDED.contains(&class)))
}

fn read(made: &Made) -> Read {
    let mut read = Read::default();
    for (path, bytes) in super::unpack(&made.epub().bytes) {
        if !path.contains("text/text-") {
            continue;
        }
        let text = String::from_utf8(bytes).expect("UTF-8");
        let options = ParsingOptions { allow_dtd: true, ..Default::default() };
        let document = Document::parse_with_options(&text, options).expect("well formed");
        let body = document.descendants().find(|node| node.has_tag_name("body"));
        let body = body.or_else(|| document.descendants().find(|node| node.tag_name().name() == "body"));
        for node in body.expect("a body").descendants() {
            if node.attribute("role") == Some("doc-pagebreak") {
                let label = node.attribute("aria-label").expect("a label").to_owned();
                let around =
                    node.ancestors().filter(Node::is_element).map(|up| up.tag_name().name().to_owned());
                read.marks.push((label, read.words.len(), around.collect()));
            }
            if let Some(words) = node.text().filter(|_| node.is_text() && !added(&node)) {
                read.words.extend(words.chars().filter(|c| !c.is_whitespace()));
            }
        }
    }
    read
}

/// Every marker stands before the words at which its page begins.
fn hold(name: &str, made: &Made) -> Read {
    let texts: BTreeMap<_, _> = leaves(&made.book).into_iter().map(|(leaf, text, _)| (leaf, text)).collect();
    let read = read(made);
    let marks = &made.layout.pagination.marks;
    assert_eq!(read.marks.len(), marks.len(), "{name}");
    for (mark, (label, at, _)) in marks.iter().zip(&read.marks) {
        assert_eq!(label, made.layout.pagination.label(mark.page), "{name}");
        let rest = texts[&mark.leaf].get(mark.offset..).expect("a place in the leaf");
        let wanted: String = rest.chars().filter(|c| !c.is_whitespace()).take(8).collect();
        let found = read.words.get(*at..).expect("a place in the words");
        let found: String = found.chars().take(wanted.chars().count()).collect();
        assert_eq!(found, wanted, "{name}: page {label}");
    }
    read
}

const EVERYWHERE: &str = "---\ntitle: T\nlanguage: en\ndialect: aldine\n---\n# A long title\n\nWords *set apart* and [led \
    away](#b) and `in code` too.\n\n- an item\n- [x] a task\n\nTable: Some caption\n\n| head one | head two \
    |\n|---|---|\n| cell one | cell two |\n\n```\nfirst line\nsecond line\n```\n\n> quoted \
    words\n>\n> — Some One\n\n::: verse\na line of verse\nanother line\n:::\n\nTerm of two\n: Its meaning here\n\n> \
    [!NOTE] Own title\n> Noted words.\n\n![alt](dot.png \"A figure caption\")\n\n::: aside\nBeside the point.\n:::\n\n## A section {#b}\n\nThe end.\n";

#[test]
fn markers_stand_at_the_very_word_in_every_construct() {
    let made = book(EVERYWHERE).paged(1);
    let read = hold("everywhere", &made);
    let within = |name: &str| read.marks.iter().any(|(_, _, around)| around.iter().any(|up| up == name));
    for name in [
        "p",
        "em",
        "a",
        "code",
        "li",
        "td",
        "th",
        "caption",
        "figcaption",
        "pre",
        "blockquote",
        "dt",
        "dd",
        "aside",
        "h1",
        "h2",
        "figure",
    ] {
        assert!(within(name), "no page begins within {name}");
    }
    // And in the midst of them, not only before their first word.
    let labels: BTreeSet<&String> = read.marks.iter().map(|(label, ..)| label).collect();
    assert_eq!(labels.len(), read.marks.len(), "a page is marked once");
}

/// Headings, captions, links and titles of alerts are read out as names, and a marker's label would be read with them.
#[test]
fn a_page_that_begins_with_a_name_is_marked_before_it() {
    let text = "# A title\n\n[Led](#b) away.\n\nTable: Caption\n\n| a | b |\n|---|---|\n| c | d |\n\n> [!NOTE] Named\n> \
                Words.\n\n## B {#b}\n\nEnd.\n";
    let made = book(text).paged(1);
    hold("names", &made);
    let page = super::file(&made.epub().bytes, "EPUB/text/text-000.xhtml");
    let mark = |label: u32| {
        format!(
            "<span epub:type=\"pagebreak\" role=\"doc-pagebreak\" id=\"page-{label}\" aria-label=\"{label}\"/>"
        )
    };
    for name in ["<h1 ", "<a href", "<table>", "<p class=\"heading\"", "<h2 "] {
        let (before, after) = page.split_once(name).expect(name);
        assert!((1..20).any(|label| before.ends_with(&mark(label))), "{name}: {page}");
        let (_, words) = after.split_once('>').expect("the tag's end");
        assert!(!words.starts_with("<span epub:type=\"pagebreak\""), "{name}: {page}");
    }
}

#[test]
fn markers_stand_at_the_very_word_in_every_case() {
    for case in cases("text").iter().chain(&cases("epub")) {
        // Leaves of blocks that the EPUB leaves out have no word here for a marker to stand at.
        let text = text_of(case);
        if text.contains("{only=") || text.contains("{.page}") {
            continue;
        }
        for words in [1, 2, 7] {
            hold(&case.display().to_string(), &book(&text).paged(words));
        }
    }
}

#[test]
fn the_pages_are_those_of_the_printed_edition_by_its_isbn_or_its_file() {
    let source = |head: &str| {
        let made = book(&format!("---\ntitle: A Book\nlanguage: en\n{head}---\n# A\n\nwords\n")).paged(9);
        let package = super::file(&made.epub().bytes, "EPUB/package.opf");
        let (_, rest) = package.split_once("<meta property=\"pageBreakSource\">").expect("the source");
        rest.split('<').next().expect("its end").to_owned()
    };
    assert_eq!(source("pdf:\n  isbn: 978-0-306-40615-7\n"), "urn:isbn:9780306406157");
    assert_eq!(
        source("epub:\n  isbn: 978-0-306-40615-7\n"),
        "a-book.pdf",
        "the EPUB's own is no print edition's"
    );
    assert_eq!(source(""), "a-book.pdf");
}
