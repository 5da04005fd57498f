//! The EPUB: what each construct becomes, and what is true of any.
//!
//! Each `tests/epub/NAME.md` has a `NAME.golden` beside it: the files of text, and of `whole` all but
//! images and style sheet. `ALDINE_UPDATE=1 cargo test --test epub` writes them anew, to be read before
//! they are kept. EPUBCheck and Ace judge the same books elsewhere.

#[path = "epub/claims.rs"]
mod claims;
#[path = "epub/constructs.rs"]
mod constructs;
#[path = "epub/covers.rs"]
mod covers;
#[path = "epub/fonts.rs"]
mod fonts;
#[path = "epub/marks.rs"]
mod marks;
mod workshop;

use aldine::proof::{Kind, expected, read_epub};
use std::collections::{BTreeMap, BTreeSet};
use workshop::epub::{Element, elements, file, unpack};
use workshop::{Made, book, cases, golden, text_of};

fn all() -> Vec<(String, Made)> {
    let named = |case: &std::path::PathBuf| (case.display().to_string(), book(&text_of(case)).paged(9));
    let mut all: Vec<_> = cases("text").iter().chain(&cases("epub")).map(named).collect();
    all.extend(
        ["moby-dick", "rust-book"].iter().filter_map(|folder| {
            workshop::corpus(folder).map(|made| ((*folder).to_owned(), made.paged(300)))
        }),
    );
    all
}

/// Each XML file of a book with its elements; all of them are well formed.
fn documents(made: &Made) -> BTreeMap<String, Vec<Element>> {
    let xml = |path: &str| [".xhtml", ".opf", ".ncx", ".xml"].iter().any(|end| path.ends_with(end));
    let files = unpack(&made.epub().bytes).into_iter().filter(|(path, _)| xml(path));
    files
        .map(|(path, bytes)| {
            let text = String::from_utf8(bytes).expect("UTF-8");
            let found = elements(&path, &text);
            (path, found)
        })
        .collect()
}

fn of<'a>(list: &'a [Element], name: &'a str) -> impl Iterator<Item = &'a Element> {
    list.iter().filter(move |element| element.name == name)
}

#[test]
fn cases_give_their_documents() {
    let cases = cases("epub");
    assert!(cases.len() >= 5, "cases are missing");
    for case in cases {
        let made = book(&text_of(&case)).paged(9);
        let whole = case.ends_with("whole.md");
        let mut given = String::new();
        for (path, bytes) in unpack(&made.epub().bytes) {
            let text = path.contains("text/text-");
            let made = !path.contains("images/") && !path.ends_with(".css");
            if text || (whole && made) {
                given.push_str(&format!("==== {path}\n{}\n", String::from_utf8(bytes).expect("UTF-8")));
            }
        }
        golden(&case, "golden", &given);
    }
}

#[test]
fn the_container_is_as_the_format_wants_it() {
    for (name, made) in all() {
        let bytes = made.epub().bytes;
        assert_eq!(bytes.get(30..58), Some(b"mimetypeapplication/epub+zip".as_slice()), "{name}");
        let files = unpack(&bytes);
        let paths: BTreeSet<&str> = files.iter().map(|(path, _)| path.as_str()).collect();
        assert_eq!(paths.len(), files.len(), "{name}: a path twice");
        assert!(paths.iter().all(|p| p.bytes().all(|b| b.is_ascii_graphic())), "{name}: {paths:?}");
        assert!(made.epub().bytes == bytes, "{name}: other bytes the second time");
    }
}

#[test]
fn everything_listed_is_there_and_everything_there_is_listed() {
    for (name, made) in all() {
        let documents = documents(&made);
        let package = &documents["EPUB/package.opf"];
        let mut listed: BTreeMap<&str, &Element> = BTreeMap::new();
        let mut ids = BTreeSet::new();
        for item in of(package, "item") {
            let href = item.get("href").expect("a path");
            assert!(listed.insert(href, item).is_none(), "{name}: {href} twice");
            assert!(ids.insert(item.get("id").expect("an id")), "{name}: {item:?}");
        }
        let spine: Vec<&str> = of(package, "itemref").filter_map(|item| item.get("idref")).collect();
        assert!(!spine.is_empty() && spine.iter().all(|id| ids.contains(id)), "{name}: {spine:?}");
        for (path, bytes) in unpack(&made.epub().bytes) {
            let Some(path) = path.strip_prefix("EPUB/").filter(|path| *path != "package.opf") else {
                continue;
            };
            let item = listed.remove(path).unwrap_or_else(|| panic!("{name}: {path} isn't listed"));
            let kind = item.get("media-type").expect("a media type");
            let real = match bytes.as_slice() {
                [0x89, b'P', b'N', b'G', ..] => "image/png",
                [0xff, 0xd8, ..] => "image/jpeg",
                [b'G', b'I', b'F', ..] => "image/gif",
                [b'R', b'I', b'F', b'F', ..] => "image/webp",
                _ if path.ends_with(".svg") => "image/svg+xml",
                _ if path.ends_with(".xhtml") => "application/xhtml+xml",
                _ if path.ends_with(".ncx") => "application/x-dtbncx+xml",
                _ => "text/css",
            };
            assert_eq!(kind, real, "{name}: {path}");
        }
        assert_eq!(listed.keys().collect::<Vec<_>>(), Vec::<&&str>::new(), "{name}: listed, not there");
    }
}

#[test]
fn every_link_leads_somewhere_and_every_id_is_given_once() {
    for (name, made) in all() {
        let documents = documents(&made);
        let files: BTreeSet<String> = unpack(&made.epub().bytes).into_iter().map(|(path, _)| path).collect();
        let ids: BTreeMap<&str, BTreeSet<&str>> = documents
            .iter()
            .map(|(path, list)| {
                let all: Vec<&str> = list.iter().filter_map(|element| element.get("id")).collect();
                let set: BTreeSet<&str> = all.iter().copied().collect();
                assert_eq!(set.len(), all.len(), "{name}: an id twice in {path}");
                (path.as_str(), set)
            })
            .collect();
        let mut seen = 0;
        for (path, list) in &documents {
            for (element, href) in list.iter().flat_map(|e| {
                ["href", "src"].into_iter().filter_map(move |key| e.get(key)).map(move |href| (e, href))
            }) {
                if href.contains(':') {
                    assert!(!href.starts_with("javascript") && !href.starts_with("file"), "{name}: {href}");
                    continue;
                }
                seen += 1;
                let (target, fragment) = href.split_once('#').unwrap_or((href, ""));
                let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
                let mut parts: Vec<&str> = folder.split('/').collect();
                for part in target.split('/').filter(|part| !part.is_empty()) {
                    if part == ".." {
                        parts.pop();
                    } else {
                        parts.push(part);
                    }
                }
                let target = if target.is_empty() { path.clone() } else { parts.join("/") };
                assert!(files.contains(&target), "{name}: {element:?} in {path}");
                let found = fragment.is_empty() || ids[target.as_str()].contains(fragment);
                assert!(found, "{name}: {element:?} in {path}");
            }
        }
        assert!(seen > 3, "{name}");
    }
}

#[test]
fn pages_are_listed_and_marked_as_the_pagination_says() {
    for (name, made) in all() {
        let documents = documents(&made);
        let mut marked = Vec::new();
        for at in 0.. {
            let Some(list) = documents.get(&format!("EPUB/text/text-{at:03}.xhtml")) else { break };
            let marks = list.iter().filter(|e| e.get("epub:type") == Some("pagebreak"));
            marked.extend(marks.map(|e| e.get("aria-label").expect("a label").to_owned()));
        }
        let wanted = &made.layout.pagination.labels;
        assert_eq!(&marked, wanted, "{name}");
        let reading = read_epub(&made.epub().bytes).expect("a sound EPUB");
        assert_eq!(&reading.pages, wanted, "{name}");
        let targets = of(&documents["EPUB/toc.ncx"], "pageTarget").count();
        assert_eq!(targets, wanted.len(), "{name}");
    }
    let plain = book("# A\n\nwords\n");
    let package = file(&plain.epub().bytes, "EPUB/package.opf");
    assert!(!package.contains("pageBreak") && !package.contains("pageNavigation"), "{package}");
    assert!(!file(&plain.epub().bytes, "EPUB/nav.xhtml").contains("page-list"));
}

#[test]
fn notes_stand_in_the_file_of_their_call_and_lead_back() {
    for (name, made) in all() {
        let mut notes = 0;
        for (path, list) in documents(&made) {
            let kind = |wanted: &'static str| {
                list.iter().filter(move |e| e.get("epub:type") == Some(wanted)).collect::<Vec<_>>()
            };
            let (asides, backs, calls) = (kind("footnote"), kind("backlink"), kind("noteref"));
            assert_eq!(asides.len(), backs.len(), "{name}: {path}");
            for (aside, back) in asides.iter().zip(&backs) {
                let id = aside.get("id").expect("a note's id");
                let call = back.get("href").and_then(|href| href.strip_prefix('#')).expect("a way back");
                let found = calls.iter().find(|c| c.get("id") == Some(call)).expect("the call");
                assert_eq!(found.get("href"), Some(format!("#{id}").as_str()), "{name}: {path}");
                assert!(back.get("aria-label").is_some_and(|label| !label.is_empty()));
                assert_eq!(
                    (aside.get("role"), back.get("role")),
                    (Some("doc-footnote"), Some("doc-backlink"))
                );
                notes += 1;
            }
        }
        assert_eq!(notes, made.book.notes.len(), "{name}");
    }
}

#[test]
fn every_document_says_its_language_and_has_no_formulas() {
    for (name, made) in all() {
        let tag = made.book.metadata.language.tag();
        for (path, list) in documents(&made) {
            assert!(list.iter().all(|e| e.name != "math" && e.name != "script"), "{name}: {path}");
            if path.ends_with(".xhtml") {
                let html = of(&list, "html").next().expect("a document");
                assert_eq!(
                    (html.get("lang"), html.get("xml:lang")),
                    (Some(tag), Some(tag)),
                    "{name}: {path}"
                );
            }
            for element in list.iter().filter(|e| e.get("epub:type").is_some()) {
                let kind = element.get("epub:type").expect("it has one");
                let roleless = ["frontmatter", "bodymatter", "backmatter", "cover", "titlepage"];
                let roleless = roleless.contains(&kind) || ["copyright-page", "landmarks"].contains(&kind);
                let landmark = element.name == "a" && element.get("role").is_none();
                // Items of lists: DPUB-ARIA has no roles for them, or has them no more, since lists say it.
                let items = ["glossterm", "glossdef", "biblioentry", "index-entry-list", "index-entry"];
                assert!(
                    roleless || landmark || items.contains(&kind) || element.get("role").is_some(),
                    "{name}: {element:?}"
                );
            }
            for image in of(&list, "img") {
                assert!(image.get("alt").is_some(), "{name}: {image:?}");
            }
        }
    }
}

#[test]
fn the_words_are_those_of_the_book() {
    for (name, made) in all() {
        let reading = read_epub(&made.epub().bytes).expect("a sound EPUB");
        let found = reading.words.expect("words");
        let wanted: Vec<_> =
            expected(&made.book, Kind::Epub).words.into_iter().map(|word| word.word).collect();
        let at = wanted.iter().zip(&found).position(|(wanted, found)| wanted != found);
        let near = at.map(|at| &found[at.saturating_sub(5)..(at + 5).min(found.len())]);
        assert!(wanted == found, "{name}: {near:?}");
    }
}

#[test]
fn identifiers_are_the_isbn_then_the_authors_then_a_name() {
    let identifier = |head: &str| {
        let made = book(&format!("---\ntitle: A\nlanguage: en\n{head}---\n# B\n\nc\n"));
        assert!(!made.told.has_errors(), "{:?}", made.told);
        let bytes = made.epub().bytes;
        let package = file(&bytes, "EPUB/package.opf");
        let (_, rest) = package.split_once("<dc:identifier id=\"id\">").expect("an identifier");
        let (found, _) = rest.split_once('<').expect("its end");
        let ncx = file(&bytes, "EPUB/toc.ncx");
        assert!(ncx.contains(&format!("<meta name=\"dtb:uid\" content=\"{found}\"/>")), "{ncx}");
        found.to_owned()
    };
    assert_eq!(identifier("epub:\n  isbn: 978-3-16-148410-0\nidentifier: x\n"), "urn:isbn:9783161484100");
    assert_eq!(identifier("identifier: my book\n"), "my book");
    let made = identifier("");
    assert!(made.starts_with("urn:uuid:") && made.len() == 45, "{made}");
    assert_eq!(made, identifier("date: 2026\n"), "a new date makes no new book");
    assert_ne!(made, identifier("author: B\n"));
}

#[test]
fn without_a_title_page_the_title_stands_over_the_text() {
    let head = "---\ntitle: Of Whales\nauthor: Ada Author\nlanguage: en\nrights: Mine.\nstyle: ";
    let paths = |style: &str| {
        let bytes = book(&format!("{head}{style}\n---\n# A\n\nb\n")).epub().bytes;
        let paths: BTreeSet<String> = unpack(&bytes).into_iter().map(|(path, _)| path).collect();
        (paths, file(&bytes, "EPUB/text/text-000.xhtml"))
    };
    let (classic, text) = paths("classic");
    assert!(classic.contains("EPUB/text/title-page.xhtml") && !text.contains("Of Whales"), "{text}");
    let (essay, text) = paths("essay");
    assert!(!essay.contains("EPUB/text/title-page.xhtml"), "{essay:?}");
    let (title, heading) = (text.find("<p class=\"title\">Of Whales</p>"), text.find("<h1"));
    assert!(title.is_some() && title < heading, "{text}");
}
