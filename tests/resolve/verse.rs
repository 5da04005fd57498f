//! What is verse, and who said it, by how lines end.

use crate::bench::bench;
use crate::corpus;
use crate::view::view;
use aldine::model::{BlockKind, plain_text, walk_blocks, walk_texts};

const SVG: &str = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>";

/// The blocks of a chapter, without its title.
fn under(text: &str) -> String {
    let made = bench(&format!("# T\n\n{text}\n")).make();
    assert_eq!(made.said(), [""; 0], "of {text}");
    let seen = view(&made.book);
    let (_, blocks) = seen.split_once('\n').expect("a title");
    let lines: Vec<&str> = blocks.lines().map(str::trim).filter(|line| *line != "within").collect();
    lines.join(" | ")
}

/// Only the kinds of blocks.
fn kinds(text: &str) -> String {
    let seen = under(text);
    let word = |line: &str| line.split([' ', ':']).find(|word| !word.starts_with('#')).map(str::to_owned);
    let kind = |line: &str| word(line).unwrap_or_default();
    seen.split(" | ").map(kind).collect::<Vec<_>>().join(" ")
}

#[test]
fn a_quotation_of_stanzas_alone_is_verse() {
    assert_eq!(
        under("> a *b*\\\n> c\n>\n> d  \n> e"),
        "verse a <b> / c // d / e".replace("<b>", &emphasis("b"))
    );
    // Dots stand for a line; an inscription or an address that is quoted alone asks for the same.
    assert_eq!(kinds("> a\\\n> …\\\n> c"), "verse");
    assert_eq!(kinds("> Sacred\\\n> To the memory\\\n> Of\\\n> John,\\\n> November 1st, 1836."), "verse");
    assert_eq!(kinds("> ### A song\n>\n> a\\\n> b\n>\n> — Anon."), "h3 verse by");
    assert_eq!(kinds("::: epigraph\na\\\nb\n:::"), "verse");
    // In an item and in a note as anywhere.
    assert_eq!(kinds("- x\n\n  > a\\\n  > b"), "list p verse");
    assert!(under("x[^1]\n\n[^1]: y\n\n    > a\\\n    > b").ends_with("verse a / b"));
}

/// How the view shows emphasis.
fn emphasis(word: &str) -> String {
    under(&format!("*{word}*")).trim_start_matches(|c: char| c != ':').trim_start_matches(": ").to_owned()
}

#[test]
fn a_paragraph_whose_lines_end_otherwise_is_no_verse() {
    for no in [
        // One line, a name over a street, a signature with a picture.
        "> a",
        "Ann Smith\\\n12 High Street",
        "> Quohog.\\\n> his ![cross](a.svg){.decorative} mark.",
        // A label over a remark, code, a way out of the book.
        "> **Note**\\\n> This may change.",
        "> `a`\\\n> b",
        "> Ann\\\n> <https://example.org>",
        // A stanza alone in the text: nobody knows what it is.
        "a\\\nb\\\nc",
        // Stanzas one of which has figures.
        "Ann\\\n12 High Street\n\nBob\\\n7 Low Street",
        // Lists of single words.
        "Ann\\\nBob\n\nCarl\\\nDora",
        // Where the author has said how it stands.
        "::: centered\n> a\\\n> b\n:::",
        "# D {.dedication}\n\na\\\nb\n\nc\\\nd",
    ] {
        let made = bench(&format!("# T\n\n{no}\n")).with("a.svg", SVG).make();
        assert!(!view(&made.book).contains("verse"), "{no}: {}", view(&made.book));
    }
    let long = "word ".repeat(25);
    assert_eq!(kinds(&format!("> {long}\\\n> {long}")), "p");
}

#[test]
fn a_letter_keeps_its_address_and_its_signature() {
    let letter =
        "> 221B Baker Street\\\n> London\n>\n> Dear Sir,\n>\n> I write to you.\n>\n> Yours,\\\n> S. H.";
    assert_eq!(kinds(letter), "p p p p");
    assert_eq!(kinds("> He came.\n>\n> Your obedient servant,\\\n> Mr. Holmes,\\\n> Esquire"), "p p");
    // Verse in a quotation with prose: announced, several stanzas, or long enough between prose.
    assert_eq!(kinds("> He sang:\n>\n> a\\\n> b\n>\n> So."), "p verse p");
    assert_eq!(kinds("> He sang.\n>\n> a\\\n> b\\\n> c\n>\n> d\\\n> e\\\n> f"), "p verse");
    assert_eq!(kinds("> He sang.\n>\n> a\\\n> b\\\n> c\\\n> d\n>\n> So."), "p verse p");
    assert_eq!(kinds("> He lives at:\n>\n> 7 Low Street\\\n> London\n>\n> So."), "p p p");
}

#[test]
fn stanzas_that_follow_one_another_in_the_text_are_verse() {
    assert_eq!(
        under("x\n\nA line of it\\\nand a second\n\nA third line\\\nand the last\n\ny"),
        "p 1: x | verse A line of it / and a second // A third line / and the last | p 6: y"
    );
    // What is for one edition, or in another language, begins a poem of its own.
    assert_eq!(kinds("> a\\\n> b\n>\n> ::: {lang=fr}\n> c\\\n> d\n> :::"), "p verse");
}

#[test]
fn the_last_words_of_a_quotation_say_whose_it_is() {
    assert_eq!(kinds("> Words.\n>\n> — Isaiah"), "p by");
    assert_eq!(kinds("> Words.\n>\n> -- Isaiah"), "p by");
    assert_eq!(under("> Words.\\\n> more\\\n> — Isaiah"), under("> Words.\\\n> more\n>\n> — Isaiah"));
    assert_eq!(kinds("> a\\\n> b\\\n> — Isaiah"), "verse by");
    assert_eq!(kinds("::: epigraph\nWords.\n\n— Isaiah\n:::"), "p by");
    // With nothing before it, where people talk, and when it is as long as a paragraph.
    assert_eq!(kinds("> — Isaiah"), "p");
    assert_eq!(kinds("> — Who?\n>\n> He saw.\n>\n> — I."), "p p p");
    assert_eq!(kinds("> — Who?\\\n> — I."), "p");
    assert_eq!(kinds(&format!("> Words.\n>\n> — {}", "word ".repeat(70))), "p p");
    assert_eq!(kinds("Words.\n\n— Isaiah"), "p p");
}

#[test]
fn quotes_pair_over_the_lines_of_a_stanza() {
    assert_eq!(under("> \"Roll on,\\\n> 'tis vain.\""), "verse “Roll on, / ’tis vain.”");
}

/// What the rule makes of each hard break in a real book: stanzas, tablets in a chapel, a signature, a dedication.
#[test]
fn moby_dick_has_its_verse() {
    let Some(made) = corpus("moby-dick", "moby-dick.md") else { return };
    let (mut poems, mut stanzas, mut authors, mut left) = (0, 0, 0, Vec::new());
    for section in made.book.all_sections() {
        walk_blocks(&section.blocks, &mut |block| match &block.kind {
            BlockKind::Verse(list) => (poems, stanzas) = (poems + 1, stanzas + list.len()),
            BlockKind::Attribution(_) => authors += 1,
            _ => {}
        });
        walk_texts(&section.blocks, &mut |text| {
            let words = plain_text(&text.content);
            left.extend(words.split_once('\n').map(|(first, _)| first.to_owned()));
        });
    }
    assert_eq!(left, ["In token", "Quohog."]);
    assert_eq!((poems, stanzas, authors), (24, 31, 85));
}

#[test]
fn emphasis_over_a_line_s_end_stays_one_in_prose() {
    let mark = emphasis("b").replace('b', "");
    let marks =
        |text: &str| under(text).matches(mark.trim_end_matches(['}', ')', ']', '>', '*', '_'])).count();
    assert_eq!(kinds("> Prose that goes on.\n>\n> c *a\\\n> b* d"), "p p");
    assert_eq!(marks("> Prose that goes on.\n>\n> c *a\\\n> b* d"), 1);
}
