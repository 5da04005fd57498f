//! Links and cross-references.

use crate::bench::{Made, bench, files, set};
use crate::view::view;
use aldine::diagnostics::Diagnostics;
use aldine::model::{
    Block, BlockKind, Draft, DraftSource, Inline, InlineKind, OpenAttributes, Text, Timestamp,
};
use aldine::resolve::{Rules, resolve};
use aldine::sources::{Memory, Source, Sources};
use aldine::span::{FileId, Span};

/// The lines of the view that hold a link.
fn links(made: &Made) -> Vec<String> {
    let seen = view(&made.book);
    seen.lines().filter(|line| line.contains("](")).map(|line| line.trim().to_owned()).collect()
}

#[test]
fn cross_references_say_what_they_lead_to() {
    let made = bench(
        "# Part {.part}\n\n# One {#one}\n\n[](#one) [](#s) [](#fig) [](#tab) [](#plain) [](#app) [](#part) [](#s){.page}\n\n\
         ## S\n\n![Alt](i.svg \"A *cap*\"){#fig}\n\nTable: Data {#tab}\n\n| a |\n|---|\n| b |\n\n\
         ## The *plain* one {#plain .unnumbered}\n\n# App {.appendix}\n",
    )
    .with("i.svg", crate::images::SVG)
    .make();
    assert_eq!(
        links(&made),
        ["p 2: [Chapter 1](#one) [Section 1.1](#s) [Figure 1.1](#fig) [Table 1.1](#tab) \
          [The plain one](#plain) [Appendix A](#app) [Part I](#part) [Section 1.1](page of #s)"]
    );
    assert_eq!(made.said(), [""; 0]);
}

#[test]
fn cross_references_to_what_has_no_name_are_said() {
    let made = bench(
        "# One\n\n[](#here) [](https://a.example/x) [](#gone) [x](){.page}\n\n## Two\n\n<a id=\"here\"></a>text\n",
    )
    .make();
    assert_eq!(
        links(&made),
        [
            "p 1: [Section 1.1](#here) [https://a.example/x](https://a.example/x) [#gone](nowhere) [x](nowhere)"
        ]
    );
    assert_eq!(
        made.said(),
        [
            "book.md:3:1 empty-link: `#here` has neither a number nor a title to be called by",
            "book.md:3:11 empty-link: this link to `https://a.example/x` has no words",
            "book.md:3:35 dead-link: nothing in the book is called `#gone`",
            "book.md:3:45 dead-link: this link leads nowhere",
        ]
    );
}

#[test]
fn names_are_found_as_other_tools_call_them() {
    let made = bench(
        "# Foo\n\n# Foo\n\n# Über uns\n\n# 1. Step: \"go\"\n\n> ## Quoted head\n\n\
         [a](#foo) [b](#foo-1) [c](#FOO-1) [d](#%C3%BCber-uns) [e](#über-uns) [f](#Über%20uns) [g](#1-step-go) \
         [h](#quoted-head) [i](#start)\n",
    )
    .make();
    assert_eq!(
        links(&made),
        ["p 5: [a](#foo) [b](#foo-1) [c](#foo-1) [d](#uber-uns) [e](#uber-uns) [f](#uber-uns) \
          [g](#_1-step-go) [h](#quoted-head) [i](nowhere)"]
    );
}

#[test]
fn a_dead_link_hints_at_the_nearest_name() {
    let made = bench("# Ownership\n\n[a](#ownrship) [b](chapter-1.md) [c](#entirely-else)\n").make();
    assert_eq!(
        made.said(),
        [
            "book.md:3:1 dead-link: nothing in the book is called `#ownrship`",
            "book.md:3:16 dead-link: `chapter-1.md` is not in the book",
            "book.md:3:34 dead-link: nothing in the book is called `#entirely-else`",
        ]
    );
    assert!(made.hints()[0].contains("did you mean `#ownership`?"), "{:?}", made.hints());
    assert!(made.hints()[2].contains("give the place an id"), "{:?}", made.hints());
    assert_eq!(links(&made), ["p 1: [a](nowhere) [b](nowhere) [c](nowhere)"]);
}

#[test]
fn links_between_files_are_relative_to_their_file() {
    let made = files(&[
        ("README.md", "# Home\n\n[a](one/a%20b.md) [b](one/a%20b.md#two) [c](one/a%20b.html#two) [d](one/)\n"),
        (
            "one/a b.md",
            "# A\n\n[a](../README.md) [b](#same) [c](other.md#same) [d](./other.md) [e](other) [f](/README.md)\n\n\
             ## Same\n\n## Two\n",
        ),
        ("one/other.md", "# Other\n\n## Same\n\n[x](#same) [y](#two) [z](a%20b.md#nope) [w](missing.md)\n"),
        ("one/index.md", "# Index\n"),
    ])
    .make();
    assert_eq!(
        links(&made),
        [
            "p 1: [a](#a) [b](#two) [c](#two) [d](#index)",
            "p 3: [a](#home) [b](#same) [c](#same-1) [d](#other) [e](#other) [f](#home)",
            "p 8: [x](#same-1) [y](#two) [z](nowhere) [w](nowhere)",
        ]
    );
    assert_eq!(
        made.said(),
        [
            "one/other.md:5:22 dead-link: nothing in the book is called `a%20b.md#nope`",
            "one/other.md:5:41 dead-link: `missing.md` is not in the book",
        ]
    );
}

#[test]
fn links_out_of_the_book_become_whole_with_a_base() {
    let text = "# A\n\n[a](../std/index.html#x) [b](img/p q.pdf) [b2](<img/p q.pdf>) [c](/top?q=1) [d](//cdn.example/y)\n";
    let mut with_base = files(&[("src/a.md", text)]);
    with_base.settings.base_url = set("https://doc.example/book/".to_owned());
    let made = with_base.make();
    assert_eq!(
        links(&made),
        ["p 1: [a](https://doc.example/book/std/index.html#x) [b](img/p q.pdf) \
          [b2](https://doc.example/book/src/img/p%20q.pdf) [c](https://doc.example/top?q=1) [d](https://cdn.example/y)"]
    );
    let mut rising = bench("# A\n\n[a](../std/index.html)\n");
    rising.settings.base_url = set("https://doc.example/book".to_owned());
    assert_eq!(links(&rising.make()), ["p 1: [a](https://doc.example/std/index.html)"]);
}

#[test]
fn schemes_lead_out_unless_they_act() {
    let made = bench(
        "# A\n\n<https://a.example/é?x=1> [m](mailto:a@b.example) [t](tel:+49) [j](JavaScript:alert) [d](data:text/html,x) \
         [f](file:///etc/passwd) [e](https://) [s](<https://a.example/a b>)\n",
    )
    .make();
    assert_eq!(
        links(&made),
        [
            "p 1: [https://a.example/é?x=1](https://a.example/é?x=1) [m](mailto:a@b.example) [t](tel:+49) [j](nowhere) \
          [d](nowhere) [f](nowhere) [e](nowhere) [s](https://a.example/a%20b)"
        ]
    );
    assert_eq!(made.codes(), ["dead-link"; 4]);
}

#[test]
fn anchors_before_a_heading_name_its_section() {
    let made = bench(
        "# A\n\ntext\n\n<a id=\"old\"></a>\n\n<a name=\"older\"></a>\n\n# B\n\n[x](#old) [y](#older) [](#old)\n",
    )
    .make();
    assert_eq!(
        view(&made.book),
        "1 r1 chapter Body | Chapter 1 | A | a\n  p 1: text\n1 r1 chapter Body | Chapter 2 | <#old><#older>B | b\n  \
         p 3: [x](#old) [y](#older) [Chapter 2](#old)\n"
    );
    assert_eq!(made.said(), [""; 0]);
}

#[test]
fn links_to_the_title_lead_to_the_start() {
    let mut with_title = bench("# The Book\n\nIntro.\n\n## One\n\n[a](#the-book) [b](book.md) [c](#)\n");
    with_title.settings.title = None;
    assert_eq!(links(&with_title.make()), ["p 2: [a](#start) [b](#start) [c](#start)"]);
    let mut bare = bench("# The Book\n\n## One\n\n[a](#the-book)\n");
    bare.settings.title = None;
    assert_eq!(links(&bare.make()), ["p 1: [a](#one)"]);
}

#[test]
fn links_to_what_some_editions_lack_lead_to_its_section() {
    let made = bench("# A\n\n[x](#p) [](#p)\n\n::: {only=print}\n\n[words]{#p}\n\n:::\n").make();
    assert_eq!(links(&made), ["p 1: [x](#a) [Chapter 1](#a)"]);
}

#[test]
fn a_draft_made_by_hand_is_resolved_as_well() {
    let mut sources = Sources::default();
    let file = sources.files.add("a.md", "abc");
    sources.list.push(Source { file, start: 0 });
    let span = Span::new(FileId(0), 0..1);
    let call = Inline::new(span, InlineKind::NoteCall("x".to_owned()));
    let named = OpenAttributes { id: Some("é".to_owned()), ..OpenAttributes::default() };
    let mut block = Block::new(span, BlockKind::Paragraph(Text::new(vec![call])));
    block.name = named;
    let draft = Draft { sources: vec![DraftSource { file, blocks: vec![block], notes: Vec::new() }] };
    let mut told = Diagnostics::new();
    let rules = Rules { number_sections: 1, ..Rules::default() };
    let book = resolve(draft, &sources, &rules, &Memory::new(), Timestamp(7), &mut told);
    assert_eq!(view(&book), "#e p 0: [^x]\n");
    assert_eq!(book.metadata.modified, Timestamp(7));
    assert!(told.iter().any(|d| d.code.name() == "missing-note"));
}

/// The outline repeats titles, and no page has a number yet: once it made editions disagree.
#[test]
fn a_page_in_a_heading_is_a_link() {
    let made = bench("# One {#a}\n\n## A [](#a){.page}\n\nSee [](#a){.page}.").make();
    assert_eq!(made.codes(), ["unknown-attribute"]);
    let seen = view(&made.book);
    assert!(seen.contains("A [One](#a)") || seen.contains("A [Chapter 1](#a)"), "{seen}");
    assert!(seen.contains("(page of #a)"), "{seen}");
}
