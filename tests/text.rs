//! The plain text: what each construct becomes, and what is true of any text edition.
//!
//! Each `tests/text/NAME.md` has a `NAME.txt` beside it; `ALDINE_UPDATE=1 cargo test --test text` writes
//! them anew, to be read before they are kept.

#[path = "text/profiles.rs"]
mod profiles;
mod workshop;

use aldine::editions::text::PlainText;
use aldine::proof::{Kind, expected, first_missing, words_of_text};
use unicode_width::UnicodeWidthStr;
use workshop::{Made, book, cases, golden, text_of};

fn all() -> Vec<(String, Made)> {
    let named = |case: &std::path::PathBuf| (case.display().to_string(), book(&text_of(case)).paged(9));
    let mut all: Vec<_> = cases("text").iter().map(named).collect();
    all.extend(cases("epub").iter().map(named));
    all.extend(
        ["moby-dick", "rust-book"].iter().filter_map(|folder| {
            workshop::corpus(folder).map(|made| ((*folder).to_owned(), made.paged(300)))
        }),
    );
    all
}

#[test]
fn cases_give_their_texts() {
    let cases = cases("text");
    assert!(cases.len() >= 7, "cases are missing");
    for case in cases {
        let made = book(&text_of(&case)).paged(9);
        golden(&case, "txt", &made.said());
    }
}

#[test]
fn no_line_is_longer_than_the_width() {
    for (name, mut made) in all() {
        for width in [20, 40, 72] {
            made.width = width;
            for line in made.said().lines() {
                let columns = UnicodeWidthStr::width(line);
                assert!(columns <= width as usize, "{name} at {width} has {columns} columns: {line}");
                assert_eq!(line.trim_end(), line, "{name}: a line ends with blanks");
            }
        }
    }
}

#[test]
fn every_word_is_kept_at_every_width() {
    for (name, mut made) in all() {
        for width in [0, 1, 33, 72] {
            made.width = width;
            // A line that was cut goes on in the next one, without its indent.
            let said = made.said();
            let mut joined = String::new();
            for line in said.split_inclusive('\n') {
                if joined.ends_with('\u{21a9}') {
                    joined.pop();
                    joined.push_str(line.trim_start());
                } else {
                    joined.push_str(line);
                }
                if joined.ends_with("\u{21a9}\n") {
                    joined.pop();
                }
            }
            let found = words_of_text(&joined);
            let wanted = expected(&made.book, Kind::Text).words;
            let wanted: Vec<_> = wanted.into_iter().map(|word| word.word).collect();
            let missing = first_missing(&wanted, &found).map(|at| &wanted[at]);
            assert_eq!(missing, None, "{name} at {width} lost a word");
        }
    }
}

#[test]
fn blank_lines_say_what_a_line_is() {
    for (name, made) in all() {
        let said = made.said();
        assert!(!said.contains("\n\n\n\n"), "{name} has three blank lines");
        assert!(said.ends_with('\n') && !said.ends_with("\n\n"), "{name} ends oddly");
        assert!(!said.contains(|c: char| c.is_control() && c != '\n'), "{name} has controls");
        let lines: Vec<&str> = said.lines().collect();
        let mut headings = 0;
        for at in 2..lines.len() {
            let opens = lines[at - 1].is_empty() && lines[at - 2].is_empty() && !lines[at].is_empty();
            if opens {
                headings += 1;
            }
        }
        let wanted = made.book.outline.entries.len();
        let contents = usize::from(wanted > 0);
        assert_eq!(headings, wanted + contents, "{name} has other headings than the book");
    }
}

#[test]
fn the_same_book_gives_the_same_text() {
    for (name, made) in all() {
        assert!(made.text() == made.text(), "{name}");
    }
}

#[test]
fn every_page_is_marked_once_and_in_order() {
    for (name, made) in all() {
        let mark = aldine::phrases::phrases(&made.book.metadata.language).page_mark;
        let said = made.said().replace('\n', " ");
        let body = match said.split_once(made.book.outline.entries.last().map_or("", |last| &last.title)) {
            Some((_, body)) => body.to_owned(),
            None => said,
        };
        let mut from = 0;
        for label in &made.layout.pagination.labels {
            let wanted = format!("[{}]", mark.replace("{}", label));
            let found = body[from..].find(&wanted);
            assert!(found.is_some(), "{name}: no {wanted} in its place");
            from += found.unwrap_or(0) + wanted.len();
            assert!(!body[from..].contains(&wanted) || *label == "1", "{name}: {wanted} twice");
        }
    }
}

#[test]
fn what_is_said_in_a_tables_head_is_said_once() {
    for language in ["en", "zh", "ja"] {
        let table = "| Name[^1] | [Its](https://example.com/) place |\n|---|---|\n| x | y |\n| z | w |\n";
        let made = book(&format!("---\ntitle: Book\nlanguage: {language}\n---\n# A\n\n{table}\n[^1]: N.\n"))
            .paged(1);
        let said = made.said();
        let (_, body) = said.split_once("\n\n\nA\n").expect("a heading");
        let words = aldine::phrases::phrases(&made.book.metadata.language);
        let marks =
            made.layout.pagination.labels.iter().skip(1).map(|label| (words.page_mark, label.as_str()));
        for (pattern, value) in marks.chain([(words.note, "1")]) {
            let mark = format!("[{}]", pattern.replace("{}", value));
            assert_eq!(body.matches(&mark).count(), 1, "{mark}: {said}");
        }
        assert!(
            language != "en" || said.contains("[Page 5] Row 1. Name: x. Its place: [Page 6] y."),
            "{said}"
        );
    }
}

#[test]
fn a_cell_of_a_mere_sign_ends_as_others_do() {
    let table = "| a | b | c | d | e | f |\n|---|---|---|---|---|---|\n| ! | What? | :: | % | . | x |\n";
    let said = book(&format!("# A\n\n{table}")).said();
    assert!(said.contains("\nRow 1. a: !. b: What? c: ::. d: %. e: . f: x.\n"), "{said}");
}

#[test]
fn a_page_that_begins_with_something_is_said_before_what_announces_it() {
    let text = "# A\n\n```\none\n```\n\n![Alt](line.svg \"A caption\"){#fig}\n\n> Five\n\n> [!NOTE]\n> Six\n";
    let said = book(text).paged(1).said();
    assert!(said.contains("[Page 2]\n\n[Code]\n\none\n"), "{said}");
    assert!(said.contains("\n[Page 3] Figure 1: A [Page 4] caption\n"), "{said}");
    assert!(said.contains("\n\n[Page 5]\n\n[Quotation]\n\nFive\n"), "{said}");
    assert!(said.contains("\n\n[Page 6]\n\n[Note]\n\nSix\n"), "{said}");
}

#[test]
fn what_only_this_edition_writes_is_never_the_authors() {
    let head = "---\ntitle: \"A\\x1Db\\x1Fc\"\nsubtitle: \"d\\x07e\"\nlanguage: en\n---\n";
    let said = book(&format!("{head}# One&#x1d;two&#x1f;three&#x7;\n\nWords.\n")).said();
    assert!(!said.contains(|c: char| c.is_control() && c != '\n'), "{said:?}");
    assert!(said.starts_with("A b c\n\nd e\n") && said.matches("\nOne two three\n").count() == 2, "{said}");
}

#[test]
fn narrow_widths_and_wide_characters_are_survived() {
    for width in [1, 2, 19, 20] {
        let mut made = book(&format!("{}- 漢字漢字漢字漢字漢字漢字漢字漢字 wide\n", "> ".repeat(40)));
        made.width = width;
        assert!(made.said().lines().all(|line| UnicodeWidthStr::width(line) <= 20), "{}", made.said());
    }
    let items: String = (0..30).map(|depth| format!("{}- item{depth}\n", "  ".repeat(depth))).collect();
    let mut made = book(&items);
    made.width = 20;
    assert!(made.said().lines().all(|line| UnicodeWidthStr::width(line) <= 20), "{}", made.said());
    assert!((0..30).all(|depth| made.said().contains(&format!("item{depth}"))), "{}", made.said());
}

#[test]
fn the_artifact_has_the_books_name() {
    let made = book("# A\n");
    assert_eq!(made.publish(&PlainText::default()).name, "book.txt");
}
