//! Books that nobody writes.

use crate::bench::bench;
use std::fmt::Write;

#[test]
fn deep_and_long_books_end() {
    let mut text = String::new();
    for at in 0..3000 {
        write!(text, "# Same\n\n[x](#same-{at}) [y](#nope-{at})[^n{at}]\n\n[^n{at}]: see[^n{}]\n\n", at + 1)
            .expect("a string takes all");
    }
    text.push_str(&format!("{}deep\n\n", "> ".repeat(150)));
    text.push_str(&format!("{}\n\n", "\"'".repeat(20_000)));
    text.push_str(&format!("{}\n", "[a](#same) -- ".repeat(3000)));
    let made = bench(&text).make();
    assert_eq!(made.book.sections.len(), 3000);
    assert_eq!(made.book.notes.len(), 3000);
    assert_eq!(made.codes().iter().filter(|code| **code == "dead-link").count(), 3001);
}

#[test]
fn odd_manuscripts_resolve() {
    for text in [
        "",
        "\n",
        "#",
        "# \n#\n",
        "[^1]",
        "[^1]: [^1]",
        "[]()",
        "[](#)",
        "![]()",
        "# A {#a .part}",
        "{-}",
        "# {-}",
    ] {
        let made = bench(text).make();
        assert_eq!(made.book.metadata.title, "Book", "{text}");
    }
}

#[test]
fn the_same_manuscript_gives_the_same_book() {
    let text = "# A\n\n[x](#b) \"q\"[^1]\n\n## B\n\n![Alt](i.svg)\n\n[^1]: n\n";
    let make = || bench(text).with("i.svg", crate::images::SVG).make();
    let (first, second) = (make(), make());
    assert_eq!(first.book, second.book);
    assert_eq!(first.said(), second.said());
}
