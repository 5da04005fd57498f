//! Titles of more than one line.

use crate::{book, set};

/// The lines of a chapter's title that is set so large.
fn title(size: &str, title: &str) -> Vec<String> {
    let style = format!("[headings.1]\nsize = \"{size}\"\n[front]\ncontents = 0\n");
    let set = book(&style, &format!("# {title}\n\nSome text.\n"));
    let at = set.find("Some text.");
    let mut lines = set.lines(at);
    assert_eq!(lines.pop().as_deref(), Some("Some text."));
    lines
}

#[test]
fn lines_of_a_title_are_even() {
    let found = title("2.4em", "A very long history of the lamp and of the old men who kept it");
    assert!(found.len() == 3 || found.len() == 2, "{found:?}");
    let lengths: Vec<usize> = found.iter().map(String::len).collect();
    let (least, most) = (lengths.iter().min().unwrap(), lengths.iter().max().unwrap());
    assert!(most - least < 10, "{found:?}");
    assert_eq!(found.join(" "), "A very long history of the lamp and of the old men who kept it");
}

#[test]
fn a_title_ends_in_no_lone_word() {
    assert_eq!(title("2.3em", "Two Keepers Meet in the Harbour"), ["Two Keepers Meet", "in the Harbour"]);
    // Two words can't do otherwise, and a word wider than the measure is divided as ever.
    assert_eq!(title("3.6em", "Lighthouse Keepers"), ["Lighthouse", "Keepers"]);
    assert!(title("4.4em", "Donaudampfschifffahrtsgesellschaft").len() > 1);
}

#[test]
fn a_title_breaks_after_a_sign_rather_than_elsewhere() {
    assert_eq!(
        title("1.8em", "The Harbour: of ships and of the men in them"),
        ["The Harbour:", "of ships and of the men in them"]
    );
    assert_eq!(
        title("1.8em", "Does the lamp burn?—Will it burn for ever more"),
        ["Does the lamp burn?—", "Will it burn for ever more"]
    );
    // A full stop that only shortens a word is no end of a phrase.
    assert_eq!(
        title("2.2em", "How St. Elmo came to the old harbour"),
        ["How St. Elmo came", "to the old harbour"]
    );
    // Nor is a sign worth a last line of one word.
    assert_eq!(
        title("2.3em", "Of the Keeper\u{2019}s Crew. Fedallah"),
        ["Of the Keeper\u{2019}s", "Crew. Fedallah"]
    );
    // What the author broke stays broken.
    assert_eq!(title("1.6em", "The<br>Harbour"), ["The", "Harbour"]);
}

#[test]
fn titles_of_books_and_parts_are_even() {
    let front = "---\ntitle: The Complete History of Harbours\nlanguage: en\n---\n\n# All That Is Known of Harbours {.part}\n\n## One\n\nText.\n";
    let set = set("[part]\nsize = \"2.3em\"\n[front]\ncontents = 0\nhalf-title = false\n", front);
    assert_eq!(set.lines(0), ["The Complete", "History of Harbours"]);
    assert_eq!(set.lines(2), ["All That Is Known", "of Harbours"]);
}
