//! Manuscripts that nobody would write: nothing panics, nothing grows faster than what is read, and the
//! editions still agree.
//!
//! Sizes are such that work which grows with the square of the input would not end within a test's time.

#[path = "bad_input/fonts.rs"]
mod fonts;
#[path = "bad_input/held.rs"]
mod held;
#[path = "bad_input/margins.rs"]
mod margins;
#[path = "bad_input/trials.rs"]
mod trials;
mod workshop;

use aldine::diagnostics::Diagnostics;
use aldine::editions::Artifact;
use aldine::proof::{compare, compare_as, read_epub, read_text, read_text_as};
use aldine::sources::TextProfile;
use workshop::epub::{elements, unpack};
use workshop::{Dice, Made, cases, images, text_of};

/// Pieces of Markdown that mean something, alone and together.
const PIECES: &[&str] = &[
    "# ",
    "## ",
    "\n",
    "\n\n",
    "    ",
    "\t",
    "> ",
    "- ",
    "1. ",
    "* * *\n",
    "```\n",
    "~~~",
    "`",
    "``",
    "*",
    "**",
    "_",
    "~~",
    "[",
    "]",
    "(",
    ")",
    "![",
    "](",
    "](#a)",
    "[^1]",
    "[^1]: ",
    "{#a}",
    "{.part}",
    "{lang=he}",
    "{only=epub}",
    "{only=print}",
    "::: verse\n",
    "::: aside\n",
    ":::\n",
    "|",
    "|---|---|\n",
    "| a | b |\n",
    "Table: x\n",
    "<",
    ">",
    "<a id=\"a\">",
    "</a>",
    "<sup>",
    "</sup>",
    "<br>",
    "<!--",
    "-->",
    "&amp;",
    "&#0;",
    "&#x200B;",
    "\\",
    "\"",
    "'",
    "--",
    "...",
    "http://a.b/c",
    "![x](dot.png)",
    "[x](y.md#z)",
    "\u{ad}",
    "\u{200b}",
    "\u{1f}",
    "\u{7f}",
    "\u{fffe}",
    "\u{21a9}",
    "漢字",
    "שלום",
    "e\u{301}",
    "👩‍👩‍👧",
    "word",
    "Word ",
    "[Page 1]",
    "[Note 1]",
    "---\n",
    "title: ",
    "\r\n",
    "\r",
    "$",
    "%",
    "^",
    "[](#a){.page}",
    "> [!NOTE]\n",
    "- [x] ",
];

/// Pieces that are spelled otherwise in ASCII, and what stands around them.
const SPELLED: &[&str] = &[
    "~>",
    "Ä",
    "²",
    "½",
    "1½",
    "€",
    "ا",
    "漢字",
    "か",
    "שלום",
    "\u{e000}",
    "…",
    "“",
    "\u{200b}",
    "e\u{301}",
    "☃",
    "ß",
    "[^1]",
    "\n",
    "\n\n",
    "# ",
    "## ",
    "`",
    "```\n",
    "    ",
    "word",
    " ",
    " ",
    "- ",
    "1. ",
    "   1. ",
    "> ",
    "*",
    "_",
    "a.",
    "| a | b |\n|---|---|\n",
    "|   |   |\n",
    "***\n",
    "\n\n[^1]: note\n\n",
    "![](dot.png)",
    "![x](dot.png)",
];

/// All editions of the text; whatever it is, they can be read back.
fn published(text: &str) -> Made {
    let made = workshop::from(&images().with("book.md", text), "book.md").paged(7);
    let epub = made.epub();
    for (path, bytes) in unpack(&epub.bytes) {
        if path.ends_with(".xhtml") || path.ends_with(".opf") || path.ends_with(".ncx") {
            let text = String::from_utf8(bytes).expect("UTF-8");
            // Elements are walked with a stack of the parser's own: depth is told apart below.
            if text.len() < 20_000 {
                assert!(!elements(&path, &text).is_empty());
            }
        }
    }
    let mut made = made;
    for profile in [TextProfile::Gutenberg, TextProfile::Ascii, TextProfile::ScreenReader] {
        made.profile = profile;
        let artifacts = [epub.clone(), made.text()];
        let mut told = Diagnostics::new();
        compare_as(&made.book, &artifacts, profile, &mut told);
        let said: Vec<&str> = told.iter().map(|d| d.message.as_str()).collect();
        assert_eq!(said, [""; 0], "{profile:?} of {text:?}:\n{}", made.said());
    }
    made
}

#[test]
fn pieces_in_any_order_are_published() {
    let mut dice = Dice(1);
    for _ in 0..400 {
        let length = 1 + dice.roll(60);
        let text: String = (0..length).map(|_| PIECES[dice.roll(PIECES.len())]).collect();
        published(&text);
    }
}

#[test]
fn pieces_that_are_spelled_otherwise_are_published() {
    let mut dice = Dice(5);
    for _ in 0..400 {
        let length = 1 + dice.roll(60);
        let text: String = (0..length).map(|_| SPELLED[dice.roll(SPELLED.len())]).collect();
        published(&text);
    }
}

#[test]
fn random_bytes_are_read_or_refused() {
    let mut dice = Dice(2);
    for _ in 0..100 {
        let length = dice.roll(200);
        let bytes: Vec<u8> = (0..length).map(|_| dice.roll(256) as u8).collect();
        let made = workshop::from(&images().with("book.md", bytes), "book.md");
        let (_, _) = (made.epub(), made.text());
    }
}

#[test]
fn cut_and_changed_manuscripts_are_published() {
    let mut dice = Dice(3);
    for case in cases("text").iter().chain(&cases("epub")).chain(&cases("markdown")) {
        let whole = text_of(case);
        for _ in 0..12 {
            let mut at = dice.roll(whole.len());
            while !whole.is_char_boundary(at) {
                at -= 1;
            }
            published(&whole[..at]);
            let piece = PIECES[dice.roll(PIECES.len())];
            let (before, after) = whole.split_at(at);
            published(&format!("{before}{piece}{after}"));
            let rest: String = after.chars().skip(1 + dice.roll(9)).collect();
            published(&format!("{before}{rest}"));
        }
    }
}

#[test]
fn finished_editions_that_were_damaged_are_read_or_refused() {
    let made = workshop::book(&text_of(&cases("epub")[0])).paged(9);
    let (epub, text) = (made.epub().bytes, made.text().bytes);
    let mut dice = Dice(4);
    for _ in 0..300 {
        let mut bytes = epub.clone();
        let at = dice.roll(bytes.len());
        bytes[at] = dice.roll(256) as u8;
        let _ = read_epub(&bytes);
        let _ = read_epub(&bytes[..at]);
        let mut bytes = text.clone();
        let at = dice.roll(bytes.len());
        bytes[at] = dice.roll(128) as u8;
        let words = aldine::phrases::phrases(&made.book.metadata.language);
        let _ = read_text(&bytes, words);
        let _ = read_text(&bytes[..at], words);
        for profile in [TextProfile::Gutenberg, TextProfile::Ascii] {
            let _ = read_text_as(&bytes, words, profile);
        }
        // Braille is held to its form alone.
        let artifact = Artifact { name: "book.brf".to_owned(), bytes };
        let mut told = Diagnostics::new();
        compare_as(&made.book, &[artifact], TextProfile::Braille, &mut told);
        assert!(told.has_errors(), "a text is no braille");
    }
}

#[test]
fn depth_has_an_end() {
    for text in [
        format!("{}deep\n", "> ".repeat(5000)),
        format!("{}deep\n", "- ".repeat(5000)),
        format!("{}deep{}\n", "*".repeat(5000), "*".repeat(5000)),
        format!("{}deep{}\n", "[".repeat(5000), "](#a)".repeat(5000)),
        format!("{}deep\n", "<sup>".repeat(5000)),
        format!("{}deep\n{}", "::: aside\n".repeat(300), ":::\n".repeat(300)),
        (0..200).map(|at| format!("{} H{at}\n\n", "#".repeat(1 + at % 6))).collect(),
        (0..150).map(|at| format!("{}- item{at}\n", "  ".repeat(at))).collect(),
    ] {
        let made = workshop::from(&images().with("book.md", text.as_str()), "book.md").paged(100);
        let (epub, said) = (made.epub(), made.text());
        assert!(read_epub(&epub.bytes).is_ok());
        assert!(!said.bytes.is_empty());
    }
}

/// What a manuscript of that many repeats makes: bytes of both editions and problems told.
fn work(piece: &str, times: usize) -> usize {
    let text: String = (0..times).map(|at| piece.replace('%', &at.to_string())).collect();
    let made = workshop::from(&images().with("book.md", format!("# A\n\n{text}\n")), "book.md").paged(50);
    let files: usize = unpack(&made.epub().bytes).iter().map(|(_, bytes)| bytes.len()).sum();
    let told: usize = made.told.iter().map(|d| d.message.len()).sum();
    files + made.text().bytes.len() + told
}

#[test]
fn what_is_made_grows_as_what_is_read() {
    for piece in [
        "word ",
        "longword",
        "漢字",
        "*a* ",
        "[a](#a) ",
        "[a](https://a.b/%) ",
        "x[^%]\n\n[^%]: n\n\n",
        "# H%\n\n",
        "## H%\n\n",
        "- a\n",
        "> a\n\n",
        "| a | b |\n|---|---|\n| %% | c |\n\n",
        "```\ncode %\n```\n\n",
        "![x](dot.png)\n\n",
        "![](none%.png)\n\n",
        "[](#h%) ",
        "\"a\" ",
        "<a id=\"x%\"></a> ",
        "[^x] ",
        "**",
        "`",
        "[",
        "<b>",
        "&",
        "\\\n",
        "::: verse\na\n:::\n\n",
        "a\u{301}",
        "/",
        "-",
        "\t",
        "1. a\n\n   b\n\n",
    ] {
        let (one, two) = (work(piece, 2000), work(piece, 4000));
        assert!(two < one * 5 / 2 + 2000, "{piece:?}: {one}, then {two}");
    }
}

#[test]
fn a_line_of_a_megabyte_is_published() {
    for piece in ["word ", "unbroken", "漢字", "a-b/", "`c` ", "<"] {
        let text = format!("# A\n\n{}\n\n    {}\n", piece.repeat(200_000), piece.repeat(20_000));
        let made = workshop::from(&images().with("book.md", text), "book.md").paged(300);
        let mut told = Diagnostics::new();
        compare(&made.book, &[made.epub(), made.text()], &mut told);
        assert!(told.is_empty(), "{piece}: {told:?}");
    }
}
