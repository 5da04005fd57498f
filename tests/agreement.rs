//! Editions of one book and one pagination say the same, and `proof` tells when one doesn't.

#![expect(clippy::disallowed_methods, reason = "a test writes what validators are to see")]
#![expect(clippy::print_stdout, reason = "a test that is skipped says so")]

mod workshop;

use aldine::diagnostics::Diagnostics;
use aldine::editions::Artifact;
use aldine::proof::compare_as;
use aldine::sources::TextProfile;
use workshop::Made;
use workshop::epub::edited;

/// What `proof` says of a book's EPUB and text.
fn told(made: &Made, artifacts: &[Artifact]) -> Vec<String> {
    let mut told = Diagnostics::new();
    compare_as(&made.book, artifacts, made.profile, &mut told);
    told.iter().map(|d| d.message.clone()).collect()
}

/// Writes editions for outside judges when `ALDINE_OUT` names a folder.
fn keep(artifacts: &[Artifact]) {
    if let Some(folder) = std::env::var_os("ALDINE_OUT") {
        for artifact in artifacts {
            let path = std::path::Path::new(&folder).join(&artifact.name);
            std::fs::write(path, &artifact.bytes).expect("an edition is written");
        }
    }
}

/// One of everything.
const BOOK: &str = "---
title: Agreement
language: en
number-sections: 2
---
# First chapter

Call me *Ishmael*. Some years ago, never mind how[^1] long precisely, I thought I would sail about.

![A whale](line.svg \"Its caption\")

## A section

See [the second](#second-chapter), or [elsewhere](https://example.org/address). Row upon row:

| Ship | Port |
|---|---|
| Pequod | Nantucket |

# Second chapter

It is a way I have of driving off the spleen.[^2]

```
let whale = 1;
```

The end of it all.

[^1]: The first note, of several words.
[^2]: The second one.
";

/// A change to a finished edition must be told, in words that name the place.
fn tells(edition: &str, changes: &[(&str, &str, &str, &str)]) {
    let made = workshop::book(BOOK).paged(13);
    assert_eq!(told(&made, &[made.epub(), made.text()]), [""; 0], "{}", made.said());
    let mut untold = Vec::new();
    for (file, what, by, place) in changes {
        let (mut epub, mut text) = (made.epub(), made.text());
        if edition == "epub" {
            epub.bytes = edited(&epub.bytes, file, what, by);
        } else {
            let said = made.said();
            assert!(said.contains(what), "no {what} in {said}");
            let (head, body) = said.split_once("\n\n\n").expect("contents");
            let body = if *file == "body" {
                let (list, body) = body.split_once("\n\n\n").expect("a heading");
                format!("{list}\n\n\n{}", body.replacen(what, by, 1))
            } else {
                body.replacen(what, by, 1)
            };
            text.bytes = format!("{head}\n\n\n{body}").into_bytes();
            assert!(text.bytes != said.as_bytes(), "{what} -> {by} changes nothing");
        }
        let said = told(&made, &[epub, text]);
        let named = said.iter().any(|line| line.contains(place) && line.contains("agreement."));
        if !named {
            untold.push(format!("{what} -> {by}: {said:#?}"));
        }
    }
    assert!(untold.is_empty(), "{}", untold.join("\n"));
}

#[test]
fn a_change_to_the_epub_is_told() {
    let (one, two, nav, ncx) = ("text-000.xhtml", "text-001.xhtml", "nav.xhtml", "toc.ncx");
    let page = "<span epub:type=\"pagebreak\" role=\"doc-pagebreak\" id=\"page-2\" aria-label=\"2\"/>";
    let call = "<a class=\"noteref\" epub:type=\"noteref\" role=\"doc-noteref\" href=\"#note-2\" aria-label=\"Note 1\" id=\"call-note-2\">1</a>";
    tells(
        "epub",
        &[
            (one, "never mind", "mind", "lost the word “never”: near “Ishmael Some years ago never"),
            (two, "end of it all", "end of it", "lost the word “all”: near “The end of it all"),
            (two, "the spleen", "the spleen spleen", "says “spleen” "),
            (two, "driving off", "off driving", "lost the word “driving”"),
            (two, "whale = 1", "whale = 2", "says “2” where the book says “1”"),
            (one, "Pequod", "Peapod", "says “Peapod” where the book says “Pequod”"),
            (one, "several words", "words", "lost the word “several”: in a note"),
            (one, "A section</h2>", "</h2>", "has “1.1” where the book has “1.1 A section”"),
            (nav, "A section", "A lesson", "contents of `agreement.epub` have “1.1 A lesson” at level 2"),
            (ncx, "A section", "A lesson", "other contents in its NCX from “1.1 A section” on"),
            (ncx, "#a-section", "#a-lesson", "a link to `text/text-000.xhtml#a-lesson` in `toc.ncx`"),
            (one, page, "", "link to `text/text-000.xhtml#page-2` in `nav.xhtml` that leads nowhere"),
            (one, page, "", "lists page 2 and doesn't mark it"),
            (nav, "#page-2\">2<", "#page-2\">7<", "marks page 7, which `agreement.txt` lacks"),
            (ncx, "<text>2</text>", "<text>7</text>", "page 2 in only one of its two lists"),
            (two, call, "", "link to `#call-note-2` in `text-001.xhtml` that leads nowhere"),
            (two, call, "", "lost a call of note 1"),
            (
                two,
                "id=\"second-chapter\"",
                "",
                "a link to `text-001.xhtml#second-chapter` in `text-000.xhtml`",
            ),
            ("package.opf", "images/001", "images/002", "in the package that leads nowhere"),
            ("package.opf", "<itemref idref=\"text-001\"/>", "", "lost the word “Second”"),
            ("container.xml", "package.opf", "other.opf", "can't be read back"),
            (one, "</section>", "", "can't be read back"),
        ],
    );
}

#[test]
fn a_change_to_the_text_is_told() {
    tells(
        "text",
        &[
            ("", "never mind", "mind", "lost the word “never”: near “Ishmael Some years ago never"),
            ("", "the spleen", "the spleen spleen", "says “spleen” "),
            ("", "end of it all", "end of it", "lost the word “all”"),
            ("", "Pequod", "Peapod", "says “Peapod” where the book says “Pequod”"),
            ("", "several words", "words", "lost the word “several”: in a note"),
            ("", "[Note 1]\n", "\n", "lost a call of note 1"),
            ("", "[Page 2] ", "", "`agreement.epub` marks page 2, which `agreement.txt` lacks"),
            ("", "[Page 2] ", "[Page 7] ", "`agreement.txt` marks page 7, which `agreement.epub` lacks"),
            ("", "\n\n\n1.1 A section\n\n", "\n\n1.1 A section\n\n", "where the book has “1.1 A section”"),
            ("", "1.1 A section", "1.1 A lesson", "contents of `agreement.txt` have “1.1 A lesson”"),
            ("", "1.1 A section", "1.1 Asection", "contents of `agreement.txt` have “1.1 Asection”"),
            (
                "body",
                "1.1 A section",
                "1.1 A lesson",
                "has “1.1 A lesson” where the book has “1.1 A section”",
            ),
            ("", "https://example.org/address", "", "where the book says “https”"),
        ],
    );
}

#[test]
fn a_page_mark_at_another_word_is_told() {
    let made = workshop::book(BOOK).paged(13);
    let other = workshop::book(BOOK).paged(13);
    let mut text = made.text();
    let said = other.said();
    let (before, after) =
        said.split_once("[Page 2] ").unwrap_or_else(|| panic!("no mark in {}", other.said()));
    let (word, after) = after.split_once(' ').expect("a word");
    text.bytes = format!("{before}{word} [Page 2] {after}").into_bytes();
    let said = told(&made, &[made.epub(), text]);
    assert_eq!(said, ["`agreement.epub` and `agreement.txt` begin page 2 before different words"]);
}

#[test]
fn all_cases_agree_at_any_page_size() {
    for case in workshop::cases("text").iter().chain(&workshop::cases("epub")) {
        for words in [1, 2, 9, 100] {
            let made = workshop::book(&workshop::text_of(case)).paged(words);
            keep(&[made.epub()]);
            assert_eq!(told(&made, &[made.epub(), made.text()]), [""; 0], "{} {words}", case.display());
        }
    }
}

#[test]
fn all_cases_agree_in_each_profile_that_has_words() {
    let cases = ["text", "text/profiles", "epub"].map(workshop::cases);
    for case in cases.iter().flatten() {
        for profile in [TextProfile::Gutenberg, TextProfile::Ascii] {
            for words in [1, 2, 9, 100] {
                let mut made = workshop::book(&workshop::text_of(case)).paged(words);
                made.profile = profile;
                let said = told(&made, &[made.epub(), made.text()]);
                assert_eq!(said, [""; 0], "{} {words} {profile:?}\n{}", case.display(), made.said());
            }
        }
    }
}

/// What is told of a text in that profile with a change to it.
fn tells_of(profile: TextProfile, text: &str, what: &str, by: &str) -> Vec<String> {
    let mut made = workshop::book(text).paged(13);
    made.profile = profile;
    let mut artifact = made.text();
    let said = made.said();
    assert!(said.contains(what), "no {what:?} in {said}");
    artifact.bytes = said.replacen(what, by, 1).into_bytes();
    told(&made, &[made.epub(), artifact])
}

#[test]
fn a_change_to_a_text_of_another_profile_is_told() {
    let book = BOOK.replace("Ishmael", "Ísmaël Grün").replace("language: en", "language: de");
    for (profile, what, by, place) in [
        (TextProfile::Gutenberg, "never mind", "mind", "lost the word “never”"),
        (TextProfile::Gutenberg, "_Ísmaël Grün_", "_Ísmaël_", "lost the word “Grün”"),
        (
            TextProfile::Gutenberg,
            "\n\n\n1.1 A section\n\n",
            "\n\n1.1 A section\n\n",
            "where the book has “1.1 A section”",
        ),
        (TextProfile::Gutenberg, "\n\n\n\n\n2 Second", "\n\n2 Second", "where the book has “2 Second"),
        (
            TextProfile::Gutenberg,
            "is a way I have",
            "is a way\n\n\nI have",
            "where the book has “no heading”",
        ),
        (TextProfile::Ascii, "never mind", "mind", "lost the word “never”"),
        (TextProfile::Ascii, "Ismael Gruen", "Ismael Grun", "says “Grun” where the book says “Gruen”"),
        (TextProfile::Ascii, "Ismael Gruen", "Ísmael Gruen", "has signs in it that are not of ASCII"),
        (TextProfile::Ascii, "[Seite 2] ", "", "marks page 2, which `agreement.txt` lacks"),
        (TextProfile::Ascii, "[Anmerkung 1]\n", "\n", "lost a call of note 1"),
    ] {
        assert_eq!(tells_of(profile, &book, "Ship", "Ship"), [""; 0], "{profile:?}");
        let said = tells_of(profile, &book, what, by);
        assert!(said.iter().any(|line| line.contains(place)), "{what} -> {by}: {said:#?}");
    }
}

#[test]
fn an_authors_own_phrases_are_read_back() {
    let own = "phrases:\n  page-mark: \"{}. Blatt\"\n  page: \"auf, nun ja, Blatt {}\"\n  contents: Was drin ist\n  note: Fußnote {}\n  figures: \"Bilder, Karten\"\n";
    let book = BOOK.replace("number-sections", &format!("{own}number-sections"));
    for profile in [TextProfile::ScreenReader, TextProfile::Gutenberg, TextProfile::Ascii] {
        for words in [1, 5, 50] {
            let mut made = workshop::book(&book).paged(words);
            made.profile = profile;
            assert_eq!(made.codes(), [""; 0]);
            assert_eq!(told(&made, &[made.epub(), made.text()]), [""; 0], "{}", made.said());
            let (mark, note) = match profile {
                TextProfile::Ascii => ("[1. Blatt]", "[Fussnote 1: "),
                TextProfile::Gutenberg => ("Was drin ist", "[Fußnote 1: "),
                TextProfile::ScreenReader | TextProfile::Braille => ("[1. Blatt]", "[Fußnote 1: "),
            };
            assert!(made.said().contains(mark) && made.said().contains(note), "{}", made.said());
        }
    }
}

#[test]
fn a_table_of_empty_cells_is_no_heading() {
    for table in [
        "|   |   |\n|---|---|\n|   |   |\n",
        "| a | b |\n|---|---|\n|   |   |\n|   |   |\n|   |   |\n",
        "|  |\n|--|\n|  |\n| x |\n|  |\n|  |\n",
    ] {
        for before in ["", "1. item\n\n   ", "> "] {
            let indented =
                table.trim_end().replace('\n', &format!("\n{}", before.replace("1. item\n\n", "")));
            let made = workshop::book(&format!("# A\n\n{before}{indented}\n\nText after it.\n")).paged(2);
            assert_eq!(told(&made, &[made.epub(), made.text()]), [""; 0], "{}", made.said());
            assert!(!made.said().contains("\n\n\nText"), "{}", made.said());
        }
    }
}

#[test]
fn a_paragraph_that_says_what_the_next_section_is_called_is_no_heading() {
    for text in [
        "# One\n\nAlpha\n\nWords.\n\n## Alpha\n\nText.\n\n# Two\n\n## Beta\n\nEnd.\n",
        "# One\n\nAlpha\n\n## Alpha\n\n### Beta\n\nText.\n",
        "# One\n\n## Alpha\n\nAlpha\n\n## Alpha\n\n# Two\n\nAlpha\n\n# Alpha\n\nEnd.\n",
    ] {
        let mut made = workshop::book(text).paged(2);
        made.profile = TextProfile::Gutenberg;
        assert_eq!(told(&made, &[made.epub(), made.text()]), [""; 0], "{}", made.said());
    }
}

#[test]
fn an_essay_agrees_with_its_title_over_the_text() {
    let made =
        workshop::book("---\ntitle: Of Whales\nlanguage: en\nstyle: essay\n---\n# A\n\nb c\n").paged(2);
    keep(&[made.epub()]);
    assert_eq!(told(&made, &[made.epub(), made.text()]), [""; 0], "{}", made.said());
}

#[test]
fn words_that_look_like_marks_are_the_authors() {
    let text = "# A\n\n[Page 12] Page 2 says [Note 1] and [Link 3]: 1 2 3.[^1] 1\n\n    [Page 1]\n\n[^1]: [Page 2] 1\n\n# B\n\n[Code]\n\n↩\n";
    for words in [1, 2, 3, 50] {
        let made = workshop::book(text).paged(words);
        assert_eq!(told(&made, &[made.epub(), made.text()]), [""; 0], "{words}: {}", made.said());
    }
}

#[test]
fn the_real_books_agree() {
    for folder in ["moby-dick", "rust-book"] {
        let Some(made) = workshop::corpus(folder) else {
            println!("skipped: no {folder} among the corpora");
            continue;
        };
        let made = made.paged(310);
        let artifacts = [made.epub(), made.text()];
        keep(&artifacts);
        assert_eq!(told(&made, &artifacts), [""; 0], "{folder}");
    }
}
