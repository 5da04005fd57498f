//! What each construct says of itself: elements, vocabulary, roles, names.

use super::workshop::epub::{Element, elements, file, unpack};
use super::workshop::{Made, book};
use aldine::editions::Edition;
use aldine::editions::epub::Epub;
use aldine::model::Role;
use std::collections::BTreeMap;

/// The elements of the files of text, in order.
fn all(made: &Made) -> Vec<Element> {
    let files = unpack(&made.epub().bytes).into_iter().filter(|(path, _)| path.contains("text/text-"));
    files.flat_map(|(path, bytes)| elements(&path, &String::from_utf8(bytes).expect("UTF-8"))).collect()
}

fn of<'a>(list: &'a [Element], name: &'a str) -> impl Iterator<Item = &'a Element> {
    list.iter().filter(move |element| element.name == name)
}

#[test]
fn every_role_of_a_section_is_in_the_vocabulary_and_in_aria_and_named_by_its_heading() {
    for role in Role::ALL.iter().filter(|role| **role != Role::Section) {
        let name = role.name();
        let list = all(&book(&format!("# First\n\nwords\n\n# Title {{.{name} #it}}\n\nmore\n")));
        let section = of(&list, "section").find(|e| e.get("id") == Some("it")).expect("the section");
        assert_eq!(
            (section.get("epub:type"), section.get("role")),
            (Some(name), Some(format!("doc-{name}").as_str()))
        );
        let heading = section.get("aria-labelledby").expect("a name");
        assert!(of(&list, "h1").any(|h| h.get("id") == Some(heading)), "{name}: {heading}");
    }
    let list = all(&book("# A {#a}\n\n## B {#b}\n\nwords {#c}\n\n[x]{#a-title}\n"));
    let inner = of(&list, "section").find(|e| e.get("id") == Some("b")).expect("a section in it");
    assert_eq!((inner.get("role"), inner.get("epub:type")), (None, None), "a mere section is no landmark");
    let outer = of(&list, "section").find(|e| e.get("id") == Some("a")).expect("the chapter");
    assert_eq!(outer.get("aria-labelledby"), Some("a-title-x"), "the author's own id is left alone");
}

#[test]
fn alerts_and_asides_have_names() {
    let text = "# A\n\n> [!NOTE]\n> One.\n\n> [!TIP] Own *title*\n> Two.\n\n> [!WARNING]\n> Three.\n\n::: aside\nFour.\n:::\n";
    let list = all(&book(text));
    let ids: BTreeMap<&str, &Element> = list.iter().filter_map(|e| Some((e.get("id")?, e))).collect();
    let asides: Vec<&Element> = of(&list, "aside").collect();
    assert_eq!(asides.len(), 4);
    let roles: Vec<_> = asides.iter().map(|aside| aside.get("role").expect("a role")).collect();
    assert_eq!(roles, ["note", "doc-tip", "note", "note"]);
    for alert in asides.iter().take(3) {
        let label = alert.get("aria-labelledby").expect("a name");
        assert_eq!(ids[label].get("class"), Some("heading"));
    }
    assert_eq!(asides.last().and_then(|aside| aside.get("aria-label")), Some("Aside"));
}

#[test]
fn notes_are_named_and_too_long_ones_open_no_window() {
    let long = "word ".repeat(1200);
    let made = book(&format!("# A\n\none[^1] two[^2]\n\n[^1]: Short.\n[^2]: {long}\n"));
    let list = all(&made);
    let calls: Vec<_> = of(&list, "a").filter(|a| a.get("role") == Some("doc-noteref")).collect();
    let kinds: Vec<_> = calls.iter().map(|call| (call.get("epub:type"), call.get("aria-label"))).collect();
    assert_eq!(kinds, [(Some("noteref"), Some("Note 1")), (None, Some("Note 2"))]);
    let group = of(&list, "section").find(|e| e.get("epub:type") == Some("footnotes")).expect("the notes");
    assert_eq!((group.get("role"), group.get("aria-label")), (Some("doc-endnotes"), Some("Notes")));
    let notes: Vec<_> = of(&list, "aside").map(|note| (note.get("role"), note.get("aria-label"))).collect();
    assert_eq!(notes, [(Some("doc-footnote"), Some("Note 1")), (Some("doc-footnote"), Some("Note 2"))]);
}

#[test]
fn lists_of_an_index_a_glossary_and_a_bibliography_say_what_they_are() {
    let text = "---\ntitle: B\nlanguage: en\ndialect: aldine\n---\n# A\n\n- item\n\n# Glossary {.glossary}\n\nTerm\n: \
        Meaning\n\n# Books {.bibliography}\n\n- One\n\n# Index {.index}\n\n- rope\n  - of hemp\n";
    let made = book(text);
    let list = all(&made);
    let kinds =
        |name: &'static str| of(&list, name).map(|e| e.get("epub:type").unwrap_or("")).collect::<Vec<_>>();
    assert_eq!(kinds("dt"), ["glossterm"]);
    assert_eq!(kinds("dd"), ["glossdef"]);
    assert_eq!(kinds("ul"), ["", "", "index-entry-list", "index-entry-list"]);
    assert_eq!(kinds("li"), ["", "biblioentry", "index-entry", "index-entry"]);
}

#[test]
fn scene_breaks_are_rules_with_a_name_and_tables_have_heads_with_a_scope() {
    let list = all(&book("# A\n\none\n\n***\n\ntwo\n\nTable: C\n\n| a | |\n|---|---|\n| c | d |\n"));
    let rule = of(&list, "hr").next().expect("a rule");
    assert_eq!((rule.get("class"), rule.get("aria-label")), (Some("scene"), Some("Scene break")));
    let heads: Vec<_> = of(&list, "th").map(|th| th.get("scope")).collect();
    assert_eq!(heads, [Some("col")], "an empty cell is head of nothing");
    assert_eq!(of(&list, "caption").count(), 1);
}

#[test]
fn every_passage_has_its_language_and_direction() {
    let dirs = |list: &[Element]| {
        list.iter().filter_map(|e| Some((e.name.clone(), e.get("dir")?.to_owned()))).collect::<Vec<_>>()
    };
    let pair = |name: &str, dir: &str| (name.to_owned(), dir.to_owned());
    let mixed = all(&book(
        "# A\n\n[mots]{lang=fr} `x`\n\n::: {lang=he}\nמילים [words]{lang=en}\n:::\n\n```\nx = 1\n```\n",
    ));
    assert_eq!(
        dirs(&mixed),
        [
            pair("span", "ltr"),
            pair("code", "ltr"),
            pair("div", "rtl"),
            pair("span", "ltr"),
            pair("pre", "ltr")
        ]
    );
    for element in mixed.iter().filter(|e| e.get("lang").is_some()) {
        assert_eq!(element.get("lang"), element.get("xml:lang"), "{element:?}");
    }
    let code = all(&book("# A\n\n::: {lang=he}\n```\nx = 1\n```\n:::\n\n```text {lang=he}\ny\n```\n"));
    let pre: Vec<_> = of(&code, "pre").map(|pre| pre.get("dir")).collect();
    assert_eq!(pre, [Some("ltr"), Some("ltr")], "code runs one way, whatever it stands in");
    let plain = all(&book("# A\n\n[mots]{lang=fr} `x`\n"));
    assert_eq!(dirs(&plain), [], "where all runs one way nothing needs saying");
    let hebrew = all(&book("---\ntitle: B\nlanguage: he\n---\n# A\n\n`x`\n"));
    assert_eq!(dirs(&hebrew), [pair("html", "rtl"), pair("code", "ltr")]);
}

#[test]
fn a_number_alone_stands_alone_over_its_title() {
    let mut made = book("---\ntitle: B\nlanguage: en\nnumber-sections: 1\n---\n# A\n\nwords\n");
    let text = |made: &Made| file(&made.epub().bytes, "EPUB/text/text-000.xhtml");
    assert!(text(&made).contains("<span class=\"label\">Chapter <span class=\"number\">1</span></span> A"));
    made.theme.headings[0].number_alone = true;
    assert!(
        text(&made).contains("<span class=\"label\"><span class=\"number\">1</span></span> A"),
        "{}",
        text(&made)
    );
}

#[test]
fn old_readers_find_contents_guide_and_cover() {
    let made = book("---\ntitle: B\nlanguage: en\ncover: cover.png\n---\n# A\n\nwords\n");
    let bytes = made.epub().bytes;
    let package = elements("package", &file(&bytes, "EPUB/package.opf"));
    let cover = of(&package, "item").find(|e| e.get("properties") == Some("cover-image")).expect("a cover");
    let meta = of(&package, "meta").find(|e| e.get("name") == Some("cover")).expect("its old name");
    assert_eq!(meta.get("content"), cover.get("id"));
    let spine = of(&package, "spine").next().expect("a spine");
    let ncx = of(&package, "item").find(|e| e.get("id") == spine.get("toc")).expect("the NCX");
    assert_eq!(ncx.get("media-type"), Some("application/x-dtbncx+xml"));
    let guide: Vec<_> = of(&package, "reference").map(|e| e.get("type").expect("a type")).collect();
    assert_eq!(guide, ["cover", "title-page", "toc", "text"]);
    // Kindle takes the contents from the first file of the spine that the guide names, and wants it in the spine.
    let nav = of(&package, "item").find(|e| e.get("properties") == Some("nav")).expect("the contents");
    assert!(of(&package, "itemref").any(|e| e.get("idref") == nav.get("id")));
}

#[test]
fn the_file_for_kobo_numbers_every_sentence_and_says_the_same() {
    let text =
        "# A\n\nOne. Two! “Three?” *Four* five… Six\n\n- seven[^1]\n\n```\nlet a = 1;\n```\n\n[^1]: Eight.\n";
    let made = book(text).paged(2);
    let kobo = made.publish(&Epub { kobo: true, ..Epub::default() });
    assert_eq!(Epub { kobo: true, ..Epub::default() }.name(), "kepub");
    assert_eq!(kobo.name, "book.kepub.epub");
    let page = file(&kobo.bytes, "EPUB/text/text-000.xhtml");
    let list = elements("text", &page);
    let spans: Vec<_> = of(&list, "span")
        .filter(|e| e.get("class") == Some("koboSpan"))
        .map(|e| e.get("id").unwrap_or(""))
        .collect();
    assert_eq!(spans[..3], ["kobo.1.1", "kobo.2.1", "kobo.2.2"]);
    assert!(page.contains(">One. </span>") && page.contains(">“Three?” </span>"), "{page}");
    assert!(page.contains("<div id=\"book-columns\"><div id=\"book-inner\">"), "{page}");
    let words = |bytes: &[u8]| aldine::proof::read_epub(bytes).expect("a sound EPUB");
    let (plain, spanned) = (words(&made.epub().bytes), words(&kobo.bytes));
    assert_eq!(plain.words, spanned.words);
    assert_eq!((plain.pages, plain.calls), (spanned.pages, spanned.calls));
    assert!(!file(&made.epub().bytes, "EPUB/text/text-000.xhtml").contains("kobo"));
}
