//! Sections, titles, ids, numbers, labels.

use crate::bench::{bench, files, set};
use crate::view::{outline, view};

#[test]
fn a_lone_first_heading_is_the_title() {
    let mut bench = bench("Before.\n\n# The *Whale*\n\nAfter.\n\n## One\n\ntext\n\n### Deep\n\n## Two\n");
    bench.settings.title = None;
    let made = bench.make();
    assert_eq!(made.book.metadata.title, "The Whale");
    assert_eq!(made.book.metadata.file_name, "the-whale");
    assert_eq!(
        view(&made.book),
        "#start p 0: Before.\np 1: After.\n\
         1 r1 chapter Body | Chapter 1 | One | one\n  p 3: text\n  \
         2 r2 section Body | Section 1.1 | Deep | deep\n\
         1 r1 chapter Body | Chapter 2 | Two | two\n"
    );
    assert_eq!(made.said(), [""; 0]);
}

#[test]
fn a_title_that_is_set_is_not_said_twice() {
    let mut same = bench("# The Farmer’s Tale\n\n## One\n");
    same.settings.title = set("The Farmer's Tale".to_owned());
    let made = same.make();
    assert_eq!(outline(&made.book), "1 r1 chapter Body | Chapter 1 | One | one\n");
    assert_eq!(made.book.metadata.title, "The Farmer’s Tale");
    let other = bench("# Prologue\n\n## One\n").make();
    assert_eq!(
        outline(&other.book),
        "1 r1 chapter Body | Chapter 1 | Prologue | prologue\n  2 r2 section Body | Section 1.1 | One | one\n"
    );
    assert_eq!(other.book.metadata.title, "Book");
}

#[test]
fn a_heading_that_says_what_it_is_is_no_title() {
    let mut bench = bench("# Preface {.preface}\n\n## Thanks\n");
    bench.settings.title = None;
    let made = bench.make();
    assert_eq!(made.book.metadata.title, "book");
    assert_eq!(
        outline(&made.book),
        "1 r1 preface Front | - | Preface | preface\n  2 r2 section Front | - | Thanks | thanks\n"
    );
    assert_eq!(made.said(), ["book.md:1:1 no-title: the book has no title"]);
}

#[test]
fn what_is_missing_is_said() {
    let mut bench = files(&[("parts/my-novel.md", "Only text.\n")]);
    bench.settings.title = None;
    bench.settings.language = None;
    let made = bench.make();
    assert_eq!(
        made.said(),
        [
            "parts/my-novel.md:1:1 no-title: the book has no title",
            "parts/my-novel.md:1:1 no-language: the book doesn't say its language",
            "parts/my-novel.md:1:1 no-heading: the manuscript has no heading",
        ]
    );
    assert_eq!(made.book.metadata.title, "my-novel");
    assert_eq!(made.book.metadata.language.tag(), "en");
    assert_eq!(view(&made.book), "#start p 0: Only text.\n");
}

#[test]
fn levels_are_closed_up() {
    let made = bench("# A\n\n### B\n\n### C\n\n## D\n\n#### E\n\n# F\n").make();
    assert_eq!(
        outline(&made.book),
        "1 r1 chapter Body | Chapter 1 | A | a\n\
         \x20 2 r2 section Body | Section 1.1 | B | b\n\
         \x20 2 r2 section Body | Section 1.2 | C | c\n\
         \x20 2 r2 section Body | Section 1.3 | D | d\n\
         \x20   3 r3 section Body | - | E | e\n\
         1 r1 chapter Body | Chapter 2 | F | f\n"
    );
    assert_eq!(
        made.said(),
        [
            "book.md:3:1 skipped-level: this heading skips from level 1 to level 3",
            "book.md:9:1 skipped-level: this heading skips from level 2 to level 4",
        ]
    );
    assert!(made.hints()[0].contains("`##`"), "{:?}", made.hints());
    // A book whose chapters are all `##` skips nothing; one that begins too deep does.
    assert_eq!(bench("## A\n\n## B\n").make().said(), [""; 0]);
    assert_eq!(
        bench("## A\n\n# B\n\n# C\n").make().said(),
        ["book.md:1:1 skipped-level: the first heading is of level 2"]
    );
}

#[test]
fn headings_without_words_are_given_some() {
    let made = bench("#\n\ntext\n\n# ![Logo](l.svg)\n\n# `code`\n")
        .with("l.svg", crate::images::SVG)
        .language("de")
        .make();
    let titles: Vec<_> = made.book.outline.entries.iter().map(|entry| entry.title.as_str()).collect();
    assert_eq!(titles, ["Abschnitt ohne Titel", "Logo", "code"]);
    assert_eq!(
        made.said(),
        [
            "book.md:1:1 empty-heading: this heading has no words",
            "book.md:5:1 empty-heading: this heading has no words",
        ]
    );
}

#[test]
fn parts_hold_what_follows_them() {
    let deeper = bench("# I {.part}\n\n## One\n\n### S\n\n# II {.part}\n\n## Two\n\n# Ends {.afterword}\n");
    assert_eq!(
        outline(&deeper.make().book),
        "1 r0 part Body | Part I | I | i\n\
         \x20 2 r1 chapter Body | Chapter 1 | One | one\n\
         \x20   3 r2 section Body | Section 1.1 | S | s\n\
         1 r0 part Body | Part II | II | ii\n\
         \x20 2 r1 chapter Body | Chapter 2 | Two | two\n\
         1 r1 afterword Back | - | Ends | ends\n"
    );
    let same = bench(
        "# Foreword {.foreword}\n\n# I {.part}\n\n# One\n\n## S\n\n# Two\n\n# II {.part}\n\n# Three\n\n# A {.appendix}\n\n# B\n",
    )
    .make();
    assert_eq!(
        outline(&same.book),
        "1 r1 foreword Front | - | Foreword | foreword\n\
         1 r0 part Body | Part I | I | i\n\
         \x20 2 r1 chapter Body | Chapter 1 | One | one\n\
         \x20   3 r2 section Body | Section 1.1 | S | s\n\
         \x20 2 r1 chapter Body | Chapter 2 | Two | two\n\
         1 r0 part Body | Part II | II | ii\n\
         \x20 2 r1 chapter Body | Chapter 3 | Three | three\n\
         1 r1 appendix Back | Appendix A | A | a\n\
         1 r1 chapter Body | Chapter 4 | B | b\n"
    );
    assert_eq!(same.said(), [""; 0]);
}

/// A part of mere words, or of deeper headings, was taken for a section of what came before it.
#[test]
fn a_part_without_chapters_is_no_section_of_the_part_before() {
    let made = bench(
        "# I {.part}\n\n# One\n\n# II {.part}\n\nwords\n\n# III {.part}\n\n## Two\n\n# Books {.bibliography}\n\n\
         # IV {.part}\n",
    )
    .make();
    assert_eq!(
        outline(&made.book),
        "1 r0 part Body | Part I | I | i\n\
         \x20 2 r1 chapter Body | Chapter 1 | One | one\n\
         1 r0 part Body | Part II | II | ii\n\
         1 r0 part Body | Part III | III | iii\n\
         \x20 2 r1 chapter Body | Chapter 2 | Two | two\n\
         1 r1 bibliography Back | - | Books | books\n\
         1 r0 part Body | Part IV | IV | iv\n"
    );
    assert_eq!(made.said(), [""; 0]);
}

#[test]
fn roles_numbers_and_matter() {
    let made = bench(
        "# Dedication {.dedication}\n\n# Hello {.introduction}\n\n## In it\n\n# One\n\n## Plain {-}\n\n## S\n\n\
         # Two {.unnumbered}\n\n## T\n\n# Three\n\n# A {.appendix}\n\n## AA\n\n# B {.appendix}\n\n\
         # Thanks {.acknowledgments}\n",
    )
    .make();
    assert_eq!(
        outline(&made.book),
        "1 r1 dedication Front | - | Dedication | dedication\n\
         1 r1 introduction Body | - | Hello | hello\n\
         \x20 2 r2 section Body | - | In it | in-it\n\
         1 r1 chapter Body | Chapter 1 | One | one\n\
         \x20 2 r2 section Body | - | Plain | plain\n\
         \x20 2 r2 section Body | Section 1.1 | S | s\n\
         1 r1 chapter Body | - | Two | two\n\
         \x20 2 r2 section Body | - | T | t\n\
         1 r1 chapter Body | Chapter 2 | Three | three\n\
         1 r1 appendix Back | Appendix A | A | a\n\
         \x20 2 r2 section Back | Section A.1 | AA | aa\n\
         1 r1 appendix Back | Appendix B | B | b\n\
         1 r1 acknowledgments Back | - | Thanks | thanks\n"
    );
    assert_eq!(made.said(), [""; 0]);
}

#[test]
fn numbers_follow_the_rules_and_the_language() {
    let text = "# I {.part}\n\n## One\n\n### S\n\n#### T\n";
    let numbers = |level, tag| {
        let mut bench = bench(text).language(tag);
        bench.numbers = level;
        let made = bench.make();
        made.book
            .all_sections()
            .iter()
            .map(|s| s.label.clone().unwrap_or_default())
            .collect::<Vec<_>>()
            .join(",")
    };
    assert_eq!(numbers(0, "en"), ",,,");
    assert_eq!(numbers(1, "en"), "Part I,Chapter 1,,");
    assert_eq!(numbers(3, "fr"), "Partie I,Chapitre 1,Section 1.1,Section 1.1.1");
    assert_eq!(numbers(2, "ja"), "第I部,第1章,1.1節,");
}

#[test]
fn attributes_that_mean_nothing_are_said() {
    let made =
        bench("# A {.apendix}\n\n## B {.part}\n\n# C {.preface .foreword}\n\n# D {color=red}\n").make();
    assert_eq!(
        made.said(),
        [
            "book.md:1:5 unknown-attribute: no heading is of the class `.apendix`",
            "book.md:3:6 unknown-attribute: a part can't stand in another section",
            "book.md:5:5 unknown-attribute: a section can't be both `.preface` and `.foreword`",
            "book.md:7:5 unknown-attribute: a heading has no use for `color=red`",
        ]
    );
    assert_eq!(made.hints()[0], "did you mean `.appendix`?");
}

#[test]
fn ids_are_githubs_slugs_made_safe() {
    let made = bench(
        "# What's `new`? A & B\n\n# Глава 1\n\n# 2nd\n\n# Foo\n\n# Foo\n\n# FOO 1\n\n# Bar {#foo:bar}\n\n# ??\n\n\
         # under_score -- x\n",
    )
    .make();
    let ids: Vec<_> = made.book.sections.iter().map(|s| s.anchor.0.as_str()).collect();
    assert_eq!(
        ids,
        [
            "whats-new-a--b",
            "glava-1",
            "_2nd",
            "foo",
            "foo-1",
            "foo-1-1",
            "foo-bar",
            "section",
            "under_score----x"
        ]
    );
}

#[test]
fn one_id_for_two_things_is_an_error() {
    let made = files(&[
        ("a.md", "# A {#x}\n\n![Alt](i.svg \"C\"){#y}\n\n## B {#x}\n"),
        ("b.md", "# C\n\nSome [words]{#y}.\n\n<a id=\"z\"></a>text\n\n<a id=\"z\"></a>more\n"),
        ("c.md", "# D\n\n<a id=\"z\"></a>text\n"),
    ])
    .with("i.svg", crate::images::SVG)
    .make();
    assert_eq!(
        made.said(),
        [
            "a.md:5:6 duplicate-id: the id `x` is given twice (given here first: a.md:1:5)",
            "b.md:3:13 duplicate-id: the id `y` is given twice (given here first: a.md:3:18)",
            "b.md:7:1 duplicate-anchor: a second place is named `z` (the first: b.md:5:1)",
        ]
    );
}

#[test]
fn figures_and_tables_are_numbered_by_chapter() {
    let figure = "![Alt](i.svg \"Caption\")\n\n";
    let table = "Table: Data\n\n| a |\n|---|\n| b |\n\n";
    let text = format!(
        "{figure}# One\n\n{figure}![Alt](i.svg)\n\n{table}> {figure}## S\n\n{figure}# Two {{-}}\n\n{figure}# Three\n\n\
         {figure}# App {{.appendix}}\n\n{table}"
    );
    let labels = |numbers| {
        let mut bench = bench(&text).with("i.svg", crate::images::SVG);
        bench.numbers = numbers;
        let seen = view(&bench.make().book);
        let lines = seen.lines().filter(|line| line.contains("figure ") || line.contains("table "));
        lines.filter_map(|line| line.split(" | ").nth(1).map(str::to_owned)).collect::<Vec<_>>().join(", ")
    };
    assert_eq!(
        labels(2),
        "Figure 1, Figure 1.1, -, Table 1.1, Figure 1.2, Figure 1.3, Figure 2, Figure 2.1, Table A.1"
    );
    assert_eq!(labels(0), "Figure 1, Figure 2, -, Table 1, Figure 3, Figure 4, Figure 5, Figure 6, Table 2");
}

/// A caption that its author labels has that label everywhere, and isn't counted.
#[test]
fn labels_that_authors_write_are_kept() {
    let labels = |language: &str, captions: &[&str]| {
        let tables = captions.iter().map(|caption| format!("Table: {caption}\n\n| a |\n|---|\n| b |\n\n"));
        let mut bench = bench(&tables.collect::<String>());
        bench.settings.language = set(aldine::model::Language::parse(language).expect("a language"));
        let seen = view(&bench.make().book);
        let lines = seen.lines().filter(|line| line.contains("table "));
        lines.map(|line| line.split(" | ").skip(1).take(2).collect::<Vec<_>>().join("/")).collect::<Vec<_>>()
    };
    assert_eq!(
        labels(
            "en",
            &[
                "Table B-1: Operators",
                "One",
                "**Table 3.** Bold",
                "Figure 2.1 The harbour",
                "table 4 \u{2014} Small",
                "Table 3 shows more",
                "Tables of 3: none",
                "Table of 12: none",
                "Table 9",
            ]
        ),
        [
            "Table B-1/Operators",
            "Table 1/One",
            "Table 3/Bold",
            "Figure 2.1/The harbour",
            "table 4/Small",
            "Table 2/Table 3 shows more",
            // No label is given twice.
            "Table 4/Tables of 3: none",
            "Table 5/Table of 12: none",
            "-/Table 9",
        ]
    );
    assert_eq!(
        labels("de", &["Tabelle 7: Worte", "Table 7: Words"]),
        ["Tabelle 7/Worte", "Tabelle 1/Table 7: Words"]
    );
    assert_eq!(labels("zh", &["表3：词"]), ["表3/词"]);
}

#[test]
fn sources_join_in_one_tree() {
    let made = files(&[("a.md", "# A\n\ntext\n"), ("b.md", "more\n\n## B\n"), ("c.md", "# C\n")]).make();
    assert_eq!(
        view(&made.book),
        "1 r1 chapter Body | Chapter 1 | A | a\n  p 1: text\n  p 2: more\n  \
         2 r2 section Body | Section 1.1 | B | b\n1 r1 chapter Body | Chapter 2 | C | c\n"
    );
}

#[test]
fn languages_of_sections_pass_down() {
    let made = bench("# A {lang=fr}\n\n## B\n\n## C {lang=en}\n\n### D\n").make();
    let tags: Vec<_> =
        made.book.all_sections().iter().map(|s| s.lang.as_ref().map_or("-", |l| l.tag())).collect();
    assert_eq!(tags, ["fr", "fr", "-", "-"]);
}

#[test]
fn file_names_are_never_empty_nor_refused() {
    let name = |title: &str| {
        let mut bench = bench("# A\n\n# B\n");
        bench.settings.title = set(title.to_owned());
        bench.make().book.metadata.file_name.clone()
    };
    assert_eq!(name("Война и мир"), "voina-i-mir");
    assert_eq!(name("???"), "book");
    assert_eq!(name("Con"), "con-book");
    assert!(name(&"long ".repeat(100)).len() <= 90);
    let mut bench = bench("# A\n\n# B\n");
    bench.settings.name = set("my/Book: 2".to_owned());
    assert_eq!(bench.make().book.metadata.file_name, "my-Book- 2");
}
