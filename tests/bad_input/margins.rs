//! Styles whose margins, marks and spaces leave the page too little, and what stands around the text then.

use super::held::{Held, set};
use aldine::sources::Memory;
use aldine::span::Place;
use aldine::style::page_names;

const TEXT: &str = "# One\n\nA line of words that goes on for a while, and then for a while more.\n\n## Two\n\nMore words.\n\n# Three\n\nAnd more.\n";

/// A book in a style of its own.
fn styled(style: &str, text: &str) -> Held {
    set(&Memory::new().with("own/style.toml", style), text, "own", "")
}

/// Where it is told that a page is too small, and what.
fn told(held: &Held) -> Vec<(Place, String)> {
    let place = |one: &aldine::diagnostics::Diagnostic| {
        assert_eq!(one.code.name(), "page-too-small", "{one:?}");
        assert!(one.hint.is_some(), "{one:?}");
        let file = held.made.sources.files.get(one.span.file).expect("a file");
        (file.place(one.span.range().start), one.message.clone())
    };
    held.told.iter().map(place).collect()
}

#[test]
fn margins_without_room_for_head_and_folio_are_told() {
    for (key, column, value, why) in [
        ("top", 7, "0", "the margin over the text is 0pt, too low for a running head"),
        ("top", 7, "0.1in", "the margin over the text is 7.2pt, too low for a running head"),
        ("bottom", 10, "0.2in", "too low for a folio"),
        ("inner", 9, "4in", "the margins leave a line of"),
    ] {
        let held = styled(&format!("[page]\n{key} = \"{value}\"\n"), TEXT);
        let said = told(&held);
        let [(place, message)] = said.as_slice() else { panic!("{key} = {value}: {said:?}") };
        assert_eq!(*place, Place { line: 2, column }, "{message}");
        assert!(message.contains(why), "{message}");
    }
    // Nothing stands over the text: its margin may be as low as it likes.
    let bare = "[page]\ntop = \"0.1in\"\n[heads]\nverso = \"none\"\nrecto = \"none\"\n";
    assert_eq!(told(&styled(bare, TEXT)), []);
}

#[test]
fn the_lowest_margins_have_head_and_folio_within_the_sheet_and_apart() {
    let line = "The harbour lay quiet under the long light of evening. ".repeat(300);
    let low = "[page]\ntop = \"13.2pt\"\nbottom = \"22.8pt\"\n";
    let held = styled(low, &format!("# One\n\n{line}\n\n{line}"));
    assert!(held.layout.pages.len() > 9);
    assert_eq!((told(&held), held.flaws()), (vec![], vec![]));
}

#[test]
fn every_page_by_name_has_room_for_head_and_folio() {
    for style in super::held::STYLES {
        for page in page_names() {
            let held = set(&Memory::new(), TEXT, style, &format!("pdf:\n  page: {page}\n"));
            assert_eq!((told(&held), held.flaws()), (vec![], vec![]), "{style} {page}");
        }
    }
}

#[test]
fn marks_and_spaces_larger_than_the_page_stay_on_it() {
    let long = "x".repeat(120);
    let text = format!("{TEXT}\n* * *\n\nAnd more.\n");
    for style in [
        format!("scene-break = \"{long}\"\n[chapters]\nornament = \"{long}\"\n"),
        "[headings.1]\nsize = \"144pt\"\nabove = 40\nbelow = 40\n".to_owned(),
        "[headings.2]\nsize = \"100pt\"\nabove = 40\nbelow = 40\n".to_owned(),
        "[blocks]\nquote-size = \"144pt\"\n[notes]\nsize = \"60pt\"\nleading = \"80pt\"\n".to_owned(),
    ] {
        let held = styled(&style, &text);
        assert_eq!((told(&held), held.flaws()), (vec![], vec![]), "{style}");
        assert_eq!(held.disagreements(), [""; 0], "{style}");
    }
}

/// With forty lines wanted under it, a title stood alone on its page.
#[test]
fn a_heading_is_followed_by_text_whatever_space_it_wants() {
    let held = styled("[headings.1]\nabove = 40\nbelow = 40\n", TEXT);
    let pages = 0..held.layout.pages.len();
    let page = pages.map(|page| held.layout.page_text(page)).find(|page| page.contains("A line of words"));
    assert!(page.expect("the page").contains("One"));
}

#[test]
fn a_style_without_a_name_is_not_there() {
    let held = set(&Memory::new(), TEXT, "", "");
    let said: Vec<&str> = held.told.iter().map(|one| one.message.as_str()).collect();
    assert_eq!(said, ["there is no style \"\""]);
}

/// The marks of lists that nest within the first item of each other stood over one another.
#[test]
fn marks_of_lists_without_an_indent_left_have_lines_of_their_own() {
    for style in super::held::STYLES {
        for text in [format!("{}deep", "- ".repeat(30)), format!("{}deep", "1000000. ".repeat(12))] {
            let held = set(&Memory::new(), &format!("# One\n\n{text}\n"), style, "pdf:\n  page: pocket\n");
            assert_eq!(held.flaws(), [""; 0], "{style}");
        }
    }
}

/// A picture in a cell was as wide as the page.
#[test]
fn pictures_are_no_wider_than_the_lines_they_stand_in() {
    let wide = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"8000\" height=\"20\"><rect width=\"9\" height=\"9\"/></svg>";
    let files = Memory::new().with("wide.svg", wide);
    let cell = "| a | b |\n|---|---|\n| ![of it](wide.svg) | words beside ![of it](wide.svg) |\n";
    let deep = format!("{}- words ![of it](wide.svg) and more\n", "> ".repeat(6));
    for style in super::held::STYLES {
        for text in [cell, deep.as_str()] {
            let held = set(&files, &format!("# One\n\n{text}\n"), style, "");
            assert_eq!(held.flaws(), [""; 0], "{style}: {text}");
        }
    }
}
