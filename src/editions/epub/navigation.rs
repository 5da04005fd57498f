//! The ways through the book: contents, landmarks, list of pages, and the NCX for old readers.
//!
//! Enters: the outline, the plan, the pages that begin in each file. Leaves: `nav.xhtml`, `toc.ncx`.
//! Promise: both say what the outline says, in its order and with its words.

use super::pen::{Job, page_head};
use super::xml::{Xml, attr};
use crate::model::{List, ListKind, Listed, Matter, Role};

/// A line of the contents: its level from 1, its words, where it leads.
pub(super) struct Line {
    level: u8,
    words: String,
    href: String,
}

/// A page of the print edition: its label, and where it begins.
pub(super) struct PageLink {
    pub(super) label: String,
    pub(super) href: String,
}

/// A place that readers offer by name: its type in the vocabulary, its words, where it leads.
pub(super) struct Landmark {
    pub(super) kind: &'static str,
    pub(super) words: String,
    pub(super) href: String,
}

/// The contents. A book without headings has one line, since a contents page can't be empty.
pub(super) fn lines(job: &Job<'_>) -> Vec<Line> {
    let place = |id: &str| job.plan.href(id, usize::MAX).map(|href| format!("text/{href}"));
    let entries = &job.book.outline.entries;
    let mut lines: Vec<Line> = entries
        .iter()
        .filter_map(|entry| {
            Some(Line { level: entry.level, words: entry.words(), href: place(&entry.anchor.0)? })
        })
        .collect();
    if let (true, Some(first)) = (lines.is_empty(), job.plan.chapters.first()) {
        let words = job.book.metadata.title.clone();
        lines.push(Line { level: 1, words, href: format!("text/{}", first.file) });
    }
    lines
}

/// What readers can jump to: the front, the first chapter, and each kind of back matter once.
pub(super) fn landmarks(job: &Job<'_>, front: &[Landmark]) -> Vec<Landmark> {
    let mut found: Vec<Landmark> = front
        .iter()
        .map(|mark| Landmark { kind: mark.kind, words: mark.words.clone(), href: mark.href.clone() })
        .collect();
    found.push(Landmark {
        kind: "toc",
        words: job.words.contents.to_owned(),
        href: "nav.xhtml#toc".to_owned(),
    });
    let lists = job.book.outline.lists.iter().filter(|list| !list_lines(job, list).is_empty());
    found.extend(lists.map(|list| {
        let (kind, words) = named_list(job, list);
        Landmark { kind, words: words.to_owned(), href: format!("nav.xhtml#{kind}") }
    }));
    let chapters = &job.plan.chapters;
    let body = chapters.iter().find(|chapter| chapter.matter == Matter::Body).or(chapters.first());
    found.extend(body.map(|chapter| Landmark {
        kind: "bodymatter",
        words: job.words.start.to_owned(),
        href: format!("text/{}", chapter.file),
    }));
    for section in chapters.iter().filter_map(|chapter| chapter.section.map(|section| (chapter, section))) {
        let (chapter, section) = section;
        let named = !matches!(section.role, Role::Chapter | Role::Part | Role::Section);
        if named && !found.iter().any(|mark| mark.kind == section.role.name()) {
            found.push(Landmark {
                kind: section.role.name(),
                words: section.title_text(),
                href: format!("text/{}", chapter.file),
            });
        }
    }
    found
}

/// `nav.xhtml`.
pub(super) fn nav(job: &Job<'_>, lines: &[Line], landmarks: &[Landmark], pages: &[PageLink]) -> Vec<u8> {
    let mut xml = page_head(&job.book.metadata.language, job.words.contents, "style.css");
    xml.open("body", &[attr("epub:type", "frontmatter")]);
    xml.line();
    let toc = [
        attr("epub:type", "toc"),
        attr("role", "doc-toc"),
        attr("id", "toc"),
        attr("aria-labelledby", "toc-title"),
    ];
    xml.open("nav", &toc);
    xml.line();
    xml.element("h1", &[attr("id", "toc-title")], job.words.contents);
    nested(&mut xml, lines);
    xml.close_line("nav");
    for list in &job.book.outline.lists {
        listed(&mut xml, job, list);
    }
    let marks =
        [attr("epub:type", "landmarks"), attr("aria-label", job.words.landmarks), attr("hidden", "hidden")];
    xml.open("nav", &marks);
    xml.open("ol", &[]);
    xml.line();
    for mark in landmarks {
        xml.open("li", &[]);
        xml.open("a", &[attr("epub:type", mark.kind), attr("href", mark.href.as_str())]);
        xml.text(&mark.words);
        xml.close("a");
        xml.close_line("li");
    }
    xml.close("ol");
    xml.close_line("nav");
    if !pages.is_empty() {
        page_list(&mut xml, job, pages);
    }
    xml.close_line("body");
    xml.close_line("html");
    xml.finish()
}

/// The type of a list in the vocabulary, and its title.
fn named_list<'b>(job: &Job<'b>, list: &List) -> (&'static str, &'b str) {
    match list.kind {
        ListKind::Figures => ("loi", job.words.figures),
        ListKind::Tables => ("lot", job.words.tables),
    }
}

/// The lines of a list that lead somewhere in this edition.
fn list_lines(job: &Job<'_>, list: &List) -> Vec<Line> {
    let shown = list.entries.iter().filter(|entry| entry.only.epub);
    let line = |entry: &Listed| {
        let href = job.plan.href(&entry.anchor.0, usize::MAX)?;
        Some(Line { level: 1, words: entry.words.clone(), href: format!("text/{href}") })
    };
    shown.filter_map(line).collect()
}

/// A list of figures or tables.
fn listed(xml: &mut Xml, job: &Job<'_>, list: &List) {
    let lines = list_lines(job, list);
    if lines.is_empty() {
        return;
    }
    let (kind, title) = named_list(job, list);
    let heading = format!("{kind}-title");
    let attributes = [attr("epub:type", kind), attr("id", kind), attr("aria-labelledby", heading.as_str())];
    xml.open("nav", &attributes);
    xml.line();
    xml.element("h1", &[attr("id", heading.as_str())], title);
    nested(xml, &lines);
    xml.close_line("nav");
}

fn page_list(xml: &mut Xml, job: &Job<'_>, pages: &[PageLink]) {
    let attributes = [
        attr("epub:type", "page-list"),
        attr("role", "doc-pagelist"),
        attr("aria-label", job.words.pages),
        attr("hidden", "hidden"),
    ];
    xml.open("nav", &attributes);
    xml.open("ol", &[]);
    xml.line();
    for page in pages {
        xml.open("li", &[]);
        xml.open("a", &[attr("href", page.href.as_str())]);
        xml.text(&page.label);
        xml.close("a");
        xml.close_line("li");
    }
    xml.close("ol");
    xml.close_line("nav");
}

/// Lists within lists, by the lines' levels, which never skip.
fn nested(xml: &mut Xml, lines: &[Line]) {
    let mut depth = 0_u8;
    for line in lines {
        let level = line.level.clamp(1, depth + 1);
        if level > depth {
            xml.open("ol", &[]);
            xml.line();
        } else {
            xml.close_line("li");
            for _ in level..depth {
                xml.close_line("ol");
                xml.close_line("li");
            }
        }
        depth = level;
        xml.open("li", &[]);
        xml.open("a", &[attr("href", line.href.as_str())]);
        xml.text(&line.words);
        xml.close("a");
    }
    for _ in 0..depth {
        xml.close_line("li");
        xml.close_line("ol");
    }
}

/// `toc.ncx`.
pub(super) fn ncx(job: &Job<'_>, identifier: &str, lines: &[Line], pages: &[PageLink]) -> Vec<u8> {
    let mut xml = Xml::document();
    let attributes = [
        attr("xmlns", "http://www.daisy.org/z3986/2005/ncx/"),
        attr("version", "2005-1"),
        attr("xml:lang", job.book.metadata.language.tag()),
    ];
    xml.open("ncx", &attributes);
    xml.line();
    xml.open("head", &[]);
    xml.line();
    let depth = lines.iter().map(|line| line.level).max().unwrap_or(1).to_string();
    let count = pages.len().to_string();
    let numbers = pages.iter().filter_map(|page| page.label.parse::<u32>().ok());
    let last = numbers.max().unwrap_or(0).to_string();
    let head = [
        ("dtb:uid", identifier),
        ("dtb:depth", &depth),
        ("dtb:totalPageCount", &count),
        ("dtb:maxPageNumber", &last),
    ];
    for (name, content) in head {
        xml.empty("meta", &[attr("name", name), attr("content", content)]);
        xml.line();
    }
    xml.close_line("head");
    named(&mut xml, "docTitle", &job.book.metadata.title);
    xml.line();
    xml.open("navMap", &[]);
    xml.line();
    nav_points(&mut xml, lines);
    xml.close_line("navMap");
    if !pages.is_empty() {
        page_targets(&mut xml, job.words.pages, pages, lines.len());
    }
    xml.close_line("ncx");
    xml.finish()
}

fn nav_points(xml: &mut Xml, lines: &[Line]) {
    let mut depth = 0_u8;
    for (at, line) in lines.iter().enumerate() {
        let level = line.level.clamp(1, depth + 1);
        for _ in level..=depth {
            xml.close_line("navPoint");
        }
        depth = level;
        let order = (at + 1).to_string();
        xml.open("navPoint", &[attr("id", format!("nav-{order}")), attr("playOrder", order)]);
        named(xml, "navLabel", &line.words);
        xml.empty("content", &[attr("src", line.href.as_str())]);
        xml.line();
    }
    for _ in 0..depth {
        xml.close_line("navPoint");
    }
}

fn page_targets(xml: &mut Xml, label: &str, pages: &[PageLink], before: usize) {
    xml.open("pageList", &[]);
    named(xml, "navLabel", label);
    xml.line();
    for (at, page) in pages.iter().enumerate() {
        let arabic = page.label.parse::<u32>().ok();
        let mut attributes = vec![
            attr("id", format!("page-target-{}", at + 1)),
            attr("type", if arabic.is_some() { "normal" } else { "front" }),
            attr("playOrder", (before + at + 1).to_string()),
        ];
        attributes.extend(arabic.map(|number| attr("value", number.to_string())));
        xml.open("pageTarget", &attributes);
        named(xml, "navLabel", &page.label);
        xml.empty("content", &[attr("src", page.href.as_str())]);
        xml.close_line("pageTarget");
    }
    xml.close_line("pageList");
}

fn named(xml: &mut Xml, name: &str, words: &str) {
    xml.open(name, &[]);
    xml.open("text", &[]);
    xml.text(words);
    xml.close("text");
    xml.close(name);
}
