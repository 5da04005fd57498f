//! The walls of the house, read from the source itself.

use std::path::{Path, PathBuf};

/// A folder or file under `src`, words its code must not hold, and why.
const WALLS: &[(&str, &[&str], &str)] = &[
    (
        "model",
        &["comrak", "crate::markdown", "crate::style", "crate::layout", "crate::editions", "std::fs"],
        "the model is pure data",
    ),
    ("span.rs", &["crate::"], "a leaf needs nobody"),
    ("measure.rs", &["crate::"], "a leaf needs nobody"),
    ("programs.rs", &["crate::", "std::process"], "a port runs nothing itself"),
    (
        "diagnostics.rs",
        &["crate::model", "crate::layout", "println!", "std::fs"],
        "problems are told elsewhere",
    ),
    (
        "layout",
        &["krilla", "comrak", "crate::editions", "crate::proof", "crate::sources"],
        "pages know no format",
    ),
    (
        "editions/pdf",
        &["harfrust", "crate::layout::lines", "crate::markdown", "editions::epub", "editions::text"],
        "the PDF neither measures nor breaks",
    ),
    (
        "editions/epub",
        &["crate::layout::lines", "crate::markdown", "comrak", "editions::pdf", "editions::text"],
        "editions don't name one another",
    ),
    (
        "editions/text",
        &["crate::layout::lines", "crate::markdown", "comrak", "editions::pdf", "editions::epub"],
        "editions don't name one another",
    ),
    (
        "resolve",
        &["comrak", "krilla", "crate::layout", "crate::editions", "crate::style"],
        "numbers need no look",
    ),
    (
        "proof",
        &["crate::editions::pdf", "crate::editions::epub", "crate::editions::text", "krilla"],
        "judges don't write",
    ),
    ("editions", &["phrases(&"], "a book's author has phrases too: `phrases_of`"),
    ("layout", &["phrases(&"], "a book's author has phrases too: `phrases_of`"),
    ("proof", &["phrases(&"], "a book's author has phrases too: `phrases_of`"),
    ("", &["unsafe {", "Instant::now", "println!"], "nothing here needs them"),
];

fn sources(under: &Path, found: &mut Vec<PathBuf>) {
    if under.is_file() {
        found.push(under.to_owned());
        return;
    }
    let mut entries: Vec<_> =
        std::fs::read_dir(under).expect("a folder of src").map(|e| e.expect("an entry").path()).collect();
    entries.sort();
    entries
        .iter()
        .filter(|p| p.is_dir() || p.extension().is_some_and(|e| e == "rs"))
        .for_each(|p| sources(p, found));
}

/// What only `cli` may do, `sources` apart where it is the port to the disk.
#[test]
fn only_the_command_line_meets_the_world() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&src, &mut files);
    for file in files.iter().filter(|file| !file.starts_with(src.join("cli")) && !file.ends_with("main.rs")) {
        #[expect(clippy::disallowed_methods, reason = "a test reads the sources it judges")]
        let text = std::fs::read_to_string(file).expect("a source");
        let mut words = vec!["SystemTime::now", "std::env", "std::io::std", "std::process"];
        if !file.ends_with("sources/disk.rs") {
            words.push("std::fs");
        }
        assert_eq!(breaches(&text, &words), Vec::<&str>::new(), "{}: that is for `cli`", file.display());
    }
}

/// Code lines of `text` that hold one of `words`; comments may name what the code must not use.
fn breaches<'a>(text: &'a str, words: &[&str]) -> Vec<&'a str> {
    let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    code.filter(|line| words.iter().any(|word| line.contains(word))).collect()
}

#[test]
fn walls_stand() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for (room, words, reason) in WALLS {
        let mut files = Vec::new();
        sources(&src.join(room), &mut files);
        assert!(!files.is_empty(), "{room} is a wall around nothing");
        for file in files {
            #[expect(clippy::disallowed_methods, reason = "a test reads the sources it judges")]
            let text = std::fs::read_to_string(&file).expect("a source");
            assert_eq!(breaches(&text, words), Vec::<&str>::new(), "{}: {reason}", file.display());
            assert!(text.lines().count() <= 500, "{} is over 500 lines", file.display());
            assert!(text.starts_with("//!"), "{} does not open with what it is", file.display());
        }
    }
}

#[test]
fn walls_bite() {
    assert_eq!(breaches("use comrak::Arena;\n// comrak\n", &["comrak"]), ["use comrak::Arena;"]);
}

/// comrak stands in `markdown` alone, and reads a source in one place.
#[test]
fn a_source_is_parsed_in_one_place() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&src, &mut files);
    let mut parses = 0;
    for file in files {
        #[expect(clippy::disallowed_methods, reason = "a test reads the sources it judges")]
        let text = std::fs::read_to_string(&file).expect("a source");
        if !file.starts_with(src.join("markdown")) {
            assert_eq!(
                breaches(&text, &["comrak::", "use comrak"]),
                Vec::<&str>::new(),
                "{}",
                file.display()
            );
        }
        parses += breaches(&text, &["parse_document("]).len();
    }
    assert_eq!(parses, 1, "a manuscript is parsed once");
}
