//! What no page has room for, in every style and on a small page: it stands within the text block, over
//! nothing else, and no word of it is lost.

use super::held::{Held, STYLES, set};
use aldine::sources::Memory;
use rayon::prelude::*;

const LINE: &str = "The harbour lay quiet under the long light of evening, and nobody on the quay spoke of what the boats had brought home.";
const CHAPTER: &str = "# Chapter one\n\n";
/// A small page instead of the style's own.
const POCKET: &str = "pdf:\n  page: pocket\n";

/// A paragraph of so many sentences.
fn para(sentences: usize) -> String {
    vec![LINE; sentences].join(" ")
}

/// The same thing so many times, each with its number for `%`.
fn each(count: usize, piece: &str) -> String {
    (0..count).map(|at| piece.replace('%', &at.to_string())).collect()
}

fn png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    image::RgbImage::new(width, height).write_to(&mut bytes, image::ImageFormat::Png).expect("an image");
    bytes.into_inner()
}

fn svg(size: &str) -> String {
    format!("<svg xmlns=\"http://www.w3.org/2000/svg\" {size}><rect width=\"9\" height=\"9\"/></svg>")
}

fn images() -> Memory {
    let deep = image::DynamicImage::new_rgb16(40, 30);
    let mut bytes = std::io::Cursor::new(Vec::new());
    deep.write_to(&mut bytes, image::ImageFormat::Png).expect("an image");
    Memory::new()
        .with("tall.png", png(10, 4000))
        .with("wide.png", png(8000, 20))
        .with("dot.png", png(1, 1))
        .with("plain.png", png(60, 40))
        .with("deep.png", bytes.into_inner())
        .with("cut.png", png(60, 40)[..60].to_vec())
        .with("page.png", "<html>no</html>")
        .with("empty.png", "")
        .with("no-size.svg", svg(""))
        .with("huge.svg", svg("width=\"90000\" height=\"120000\""))
        .with("thin.svg", svg("width=\"1\" height=\"100000\""))
        .with("zero.svg", svg("width=\"0\" height=\"0\""))
        .with("less.svg", svg("width=\"-5\" height=\"1e30\""))
}

/// Sets each text in each style, on its own page and a pocket's; gives what is wrong of all.
fn faults(texts: &[(&str, String)], told: &[&str]) -> Vec<String> {
    let files = images();
    let styles = STYLES.iter().flat_map(|&style| ["", POCKET].map(|page| (style, page)));
    let all: Vec<_> = styles.flat_map(|way| texts.iter().map(move |text| (text, way))).collect();
    let one = |((name, text), (style, page)): &(&(&str, String), (&str, &str))| {
        let held = set(&files, text, style, page);
        let mut wrong = held.flaws();
        wrong.extend(lost(&held));
        if held.codes().iter().any(|code| !told.contains(code)) || told.len() == 1 && held.codes() != told {
            wrong.push(format!("told {:?}", held.codes()));
        }
        let first = wrong.first()?.clone();
        Some(format!("{name} in {style} {page:?}: {first} and {} more", wrong.len() - 1))
    };
    let mut found: Vec<String> = all.par_iter().filter_map(one).collect();
    // Each once as it is published: the finished editions are read back and compared.
    for ((name, text), style) in texts.iter().zip(STYLES.iter().cycle()) {
        let held = set(&files, text, style, POCKET);
        found.extend(held.disagreements().first().map(|said| format!("{name} in {style}: {said}")));
    }
    found
}

/// Letters of the book that are on no page.
fn lost(held: &Held) -> Option<String> {
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).count();
    let book: usize = crate::workshop::leaves(&held.made.book).iter().map(|(_, text, _)| letters(text)).sum();
    let pages = 0..held.layout.pages.len();
    let set: usize = pages.map(|page| letters(&held.layout.page_text(page))).sum();
    (set < book).then(|| format!("{book} letters are set in {set}"))
}

#[test]
fn notes_longer_than_pages_stand_at_their_feet() {
    let long = format!("{}[^1]\n\n{}\n\n[^1]: ", para(3), para(8));
    let several = each(6, &format!("{}[^%]\n\n", para(2))) + &each(6, &format!("[^%]: {}\n\n", para(15)));
    let many = each(40, "word%[^%] ") + "\n\n" + &para(10) + "\n\n" + &each(40, &format!("[^%]: {LINE}\n\n"));
    let cell =
        format!("| a | b |\n|---|---|\n| x[^1] | y[^2] |\n\n{}\n\n[^1]: one.\n\n[^2]: {}", para(4), para(20));
    let verse =
        format!("::: verse\nThe sea is calm[^1] tonight\nThe tide is full\n:::\n\n[^1]: {}", para(40));
    let note =
        format!("{}[^1]\n\n[^1]: A note with[^2].\n\n[^2]: And[^3] and[^1].\n\n[^3]: {}", para(2), para(20));
    let texts = [
        ("a page", format!("{CHAPTER}{long}{}", para(30))),
        ("three pages", format!("{CHAPTER}{long}{}", para(110))),
        ("several", format!("{CHAPTER}{several}")),
        ("forty", format!("{CHAPTER}{many}")),
        ("in a heading", format!("# One[^1]\n\n{LINE}\n\n## Two[^2]\n\n{LINE}\n\n[^1]: a.\n\n[^2]: b.")),
        ("in a table", format!("{CHAPTER}{cell}")),
        ("in verse", format!("{CHAPTER}{verse}")),
        ("in a note", format!("{CHAPTER}{note}")),
    ];
    assert_eq!(faults(&texts, &["long-note", "unused-note"]), [""; 0]);
}

#[test]
fn pictures_of_any_shape_stand_within_the_page() {
    let show = |name: &str| format!("{CHAPTER}{LINE}\n\n![A picture of it]({name})\n\n{}", para(5));
    let good = ["tall.png", "wide.png", "dot.png", "deep.png", "no-size.svg", "huge.svg", "thin.svg"];
    let mut texts: Vec<(&str, String)> = good.iter().map(|&name| (name, show(name))).collect();
    let deep = "> - item\n>   - deeper\n>\n>     ![In a list](wide.png)\n>\n>     ![High](tall.png)\n\n";
    texts.push(("nested", format!("{CHAPTER}{deep}{LINE}")));
    texts.push(("many", format!("{CHAPTER}{}", each(8, "![Figure %](tall.png)\n\n"))));
    texts.push(("captioned", format!("{CHAPTER}![{}](tall.png)\n\n{LINE}", each(90, "word% "))));
    texts.push(("long caption", format!("{CHAPTER}![{}](plain.png)\n\n{LINE}", each(900, "word% "))));
    texts.push(("in a heading", format!("# One ![of](tall.png)\n\n## Two ![of](wide.png)\n\n{LINE}")));
    assert_eq!(faults(&texts, &["tall-figure", "unused-note"]), [""; 0]);
    let bad = ["cut.png", "page.png", "empty.png", "zero.svg", "less.svg"];
    let texts: Vec<(&str, String)> = bad.iter().map(|&name| (name, show(name))).collect();
    assert_eq!(faults(&texts, &["broken-image"]), [""; 0]);
}

#[test]
fn words_longer_than_lines_are_divided() {
    let address = format!("https://example.org/{}", each(60, "path%/"));
    let (mut texts, mut indexes) = (Vec::new(), Vec::new());
    for (name, word) in
        [("word", "Donau".repeat(60)), ("address", address), ("5000", "abcdefghij".repeat(500))]
    {
        let deep: String = (0..9).map(|at| format!("{}- level\n", "  ".repeat(at))).collect();
        let deep = format!("{deep}{}- {word}", "  ".repeat(9));
        for text in [
            format!("Before {word} after. {LINE} {word}"),
            format!("Before[^1] after.\n\n[^1]: See {word} there."),
            deep,
            format!("{}x {word}", "> ".repeat(9)),
            format!("```\n{word}\nshort\n```\n\nand `{word}`"),
            format!("![x {word}](plain.png)"),
            format!("::: verse\n{word}\nshort\n:::\n"),
        ] {
            texts.push((name, format!("{CHAPTER}{text}")));
        }
        let index = format!("{CHAPTER}{LINE}\n\n# Index {{.index}}\n\n- {word}, 1\n- apple, 2");
        indexes.push((name, index));
        if word.len() < 1000 {
            texts.push(("heading", format!("# {word}\n\n{LINE}\n\n## {word}\n\n{}", para(20))));
            let title =
                format!("---\ntitle: \"{word}\"\nauthor: B\nlanguage: en\n---\n\n{CHAPTER}{}", para(30));
            texts.push(("title", title));
        }
    }
    texts.push(("joined", format!("{CHAPTER}{LINE}\n\n{}\n\n{LINE}", vec!["word"; 200].join("\u{a0}"))));
    assert_eq!(faults(&texts, &["long-word", "long-note"]), [""; 0]);
    // A pocket's page has no room for two columns in every style.
    assert_eq!(faults(&indexes, &["long-word", "index-columns"]), [""; 0]);
}

#[test]
fn heaps_of_signs_without_width_stay_on_the_page() {
    let heap = |sign: &str| sign.repeat(400);
    let texts = [
        ("marks", format!("Before a{} after e{} end. {LINE}", heap("\u{301}"), heap("\u{302}"))),
        ("marks alone", heap("\u{301}")),
        ("zero width", format!("a{}b\n\n{}", heap("\u{200b}"), "word\u{200b}".repeat(300))),
        ("joiners", format!("a{}b {}", heap("\u{200d}"), "word\u{2060}".repeat(100))),
        (
            "bidi",
            format!(
                "{}abc{} \u{2067}def\u{2066}ghi {LINE}\n\n\u{2069}\u{202c} x",
                heap("\u{202e}"),
                heap("\u{202c}")
            ),
        ),
        ("soft hyphens", format!("a{}b\n\n{}", heap("\u{ad}"), "abcdefghij\u{ad}".repeat(60))),
        ("dashes", format!("{}\n\n{}x\n\n{}a", heap("\u{2014}"), heap("-"), heap("."))),
        ("spaces", format!("a{}b", heap("\u{a0}"))),
    ];
    let texts = texts.map(|(name, text)| (name, format!("{CHAPTER}{text}\n\n{LINE}")));
    assert_eq!(faults(&texts, &["long-word", "unused-note"]), [""; 0]);
}

#[test]
fn books_of_hardly_anything_have_right_pages() {
    let levels = ["#", "##", "###", "####", "#####", "######"];
    let long = levels
        .map(|mark| format!("{mark} A heading of a rather long kind that takes two lines\n\n"))
        .concat();
    let words = |word: &str| each(200, &format!("{word}% "));
    let texts = [
        ("empty chapters", "# One\n\n# Two\n\n## Four\n\n# Five".to_owned()),
        ("a heading", "# Title".to_owned()),
        ("levels", levels.map(|mark| format!("{mark} A\n")).concat().repeat(2)),
        ("long levels", long.repeat(10)),
        ("a long title", format!("# {}\n\n{LINE}\n\n## {}\n\n{}", words("word"), words("sect"), para(20))),
        (
            "first letters",
            "# One\n\nI go.\n\n# Two\n\nI\n\n# Three\n\n“W\n\n# Four\n\nI[^1]\n\n# Five\n\nA\n\n[^1]: n"
                .to_owned(),
        ),
        ("parts", "# Part {.part}\n\n# Part two {.part}".to_owned()),
        (
            "a deep list",
            format!(
                "{CHAPTER}{}",
                (0..60).map(|at| format!("{}- l{at}\n", "  ".repeat(at))).collect::<String>()
            ),
        ),
        ("a deep quotation", format!("{CHAPTER}{}{}", "> ".repeat(40), para(3))),
    ];
    assert_eq!(faults(&texts, &[]), [""; 0]);
    for text in ["![Of it](plain.png)", "```\ncode\n```", "| a | b |\n|---|---|\n| c | d |"] {
        assert_eq!(faults(&[(text, text.to_owned())], &["no-heading"]), [""; 0]);
    }
}

#[test]
fn a_page_of_hardly_a_line_loses_no_word() {
    let text = format!("# One\n\n{LINE}\n\n## Two\n\n{LINE}[^1]\n\n### Three\n\n{}\n\n[^1]: {LINE}", para(4));
    let files = images();
    for style in STYLES {
        for page in ["6x2in", "3x3in", "40x2in", "2x40in", "40x40in", "2.5x3in"] {
            let held = set(&files, &text, style, &format!("pdf:\n  page: {page}\n"));
            match held.codes().as_slice() {
                [] | ["long-note"] => {
                    assert_eq!((held.flaws(), lost(&held)), (vec![], None), "{style} {page}");
                }
                codes => assert!(codes.contains(&"page-too-small"), "{style} {page} {codes:?}"),
            }
        }
    }
}

/// Code, line and whether there is a hint, of what is told of a text in a style's own page.
fn told(text: &str, style: &str) -> Vec<(String, usize, bool)> {
    let held = set(&images(), text, style, "");
    let place = |span: aldine::span::Span| {
        held.made.sources.files.get(span.file).map_or(0, |file| file.place(span.start as usize).line)
    };
    held.told.iter().map(|one| (one.code.name().to_owned(), place(one.span), one.hint.is_some())).collect()
}

#[test]
fn what_has_no_room_is_told_of_with_its_place() {
    let wanted = |code: &str, line: usize| vec![(code.to_owned(), line, true)];
    let long = format!("# One\n\n{LINE}\n\nA {} word.", "Donau".repeat(60));
    let note = format!("# One\n\n{LINE}[^1]\n\n[^1]: {}", para(110));
    for style in STYLES {
        // Four lines of front matter and its ends stand before it.
        assert_eq!(told(&long, style), wanted("long-word", 11), "{style}");
        assert_eq!(told(&note, style), wanted("long-note", 11), "{style}");
        assert_eq!(told("# One\n\nText.\n\n![High](tall.png)", style), wanted("tall-figure", 11), "{style}");
    }
    // What fits, though hardly, is not told of.
    let whole =
        format!("# One\n\n{LINE}[^1]\n\n![Of it](plain.png)\n\n{}\n\n[^1]: {}", "Donau".repeat(3), para(5));
    assert_eq!(told(&whole, "classic"), []);
}
