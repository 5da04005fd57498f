//! Markdown in, the draft out: cases with the model they must give, and what is true of any text.
//!
//! Each `tests/markdown/NAME.md` has a `NAME.draft` beside it: diagnostics first, then the dump.
//! `ALDINE_UPDATE=1 cargo test --test markdown` writes them anew, to be read before they are kept.

#![expect(clippy::disallowed_methods, reason = "tests read the cases they judge")]
#![expect(clippy::print_stdout, reason = "a test that is skipped says so")]

use aldine::diagnostics::{Code, Diagnostics};
use aldine::markdown::parse;
use aldine::model::{
    Block, BlockKind, Draft, Inline, InlineKind, Open, dump, plain_text, walk_blocks, walk_inlines,
    walk_texts,
};
use aldine::sources::{Dialect, Source};
use aldine::span::Files;
use std::path::{Path, PathBuf};

fn read(text: &str, dialect: Dialect) -> (Files, Draft, Diagnostics) {
    let mut files = Files::default();
    let file = files.add("case.md", text);
    let mut diagnostics = Diagnostics::new();
    let draft = parse(&files, &[Source { file, start: 0 }], dialect, &mut diagnostics);
    diagnostics.sort();
    (files, draft, diagnostics)
}

fn gfm(text: &str) -> (Files, Draft, Diagnostics) {
    read(text, Dialect::Gfm)
}

fn codes(text: &str) -> Vec<&'static str> {
    gfm(text).2.iter().map(|d| d.code.name()).collect()
}

/// The dump without places.
fn shape(text: &str, dialect: Dialect) -> String {
    let (files, draft, _) = read(text, dialect);
    let dumped = dump(&draft, &files);
    let lines = dumped
        .lines()
        .skip(1)
        .map(|l| l.rsplit_once("  ").map_or(l, |(words, _)| if words.trim().is_empty() { l } else { words }));
    lines.map(|l| l.strip_prefix("  ").unwrap_or(l)).collect::<Vec<_>>().join("\n")
}

fn all_blocks(draft: &Draft) -> impl Iterator<Item = &[Block<Open>]> {
    draft
        .sources
        .iter()
        .flat_map(|s| std::iter::once(s.blocks.as_slice()).chain(s.notes.iter().map(|n| n.blocks.as_slice())))
}

/// All words the draft says, code included.
fn words(draft: &Draft) -> String {
    let mut said = String::new();
    for blocks in all_blocks(draft) {
        walk_texts(blocks, &mut |text| {
            said.push_str(&plain_text(&text.content));
            said.push('\n');
        });
        walk_blocks(blocks, &mut |block| {
            if let BlockKind::Code { text, .. } = &block.kind {
                said.push_str(text);
                said.push('\n');
            }
        });
    }
    said
}

fn cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/markdown");
    let entries =
        std::fs::read_dir(folder).expect("the folder of cases").map(|e| e.expect("an entry").path());
    let mut cases: Vec<_> = entries.filter(|p| p.extension().is_some_and(|e| e == "md")).collect();
    cases.sort();
    cases
}

#[test]
fn cases_give_their_drafts() {
    let update = std::env::var_os("ALDINE_UPDATE").is_some();
    let cases = cases();
    assert!(cases.len() >= 8, "cases are missing");
    for case in cases {
        let text = std::fs::read_to_string(&case).expect("a case");
        let aldine = case.file_stem().is_some_and(|stem| stem.to_string_lossy().starts_with("aldine"));
        let (files, draft, diagnostics) = read(&text, if aldine { Dialect::Aldine } else { Dialect::Gfm });
        let mut given = String::new();
        for d in diagnostics.iter() {
            let place = files.get(d.span.file).expect("a place").place(d.span.start as usize);
            given += &format!("{} {}:{} {}\n", d.code.name(), place.line, place.column, d.message);
        }
        given += &dump(&draft, &files);
        let golden = case.with_extension("draft");
        if update {
            std::fs::write(&golden, given).expect("the draft is written");
            continue;
        }
        let wanted = std::fs::read_to_string(&golden).unwrap_or_default();
        assert!(given == wanted, "{} gives another draft:\n{given}", case.display());
    }
}

#[test]
fn one_place_parses() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut stack = vec![src];
    let mut found = Vec::new();
    let mut strangers = Vec::new();
    while let Some(path) = stack.pop() {
        if path.is_dir() {
            stack.extend(std::fs::read_dir(&path).expect("a folder").map(|e| e.expect("an entry").path()));
            continue;
        }
        let text = std::fs::read_to_string(&path).expect("a source");
        for _ in text.matches("parse_document(") {
            found.push(path.clone());
        }
        if text.contains("comrak::") && !path.components().any(|c| c.as_os_str() == "markdown") {
            strangers.push(path);
        }
    }
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(strangers, Vec::<PathBuf>::new());
}

#[test]
fn spans_slice_to_what_they_say() {
    let text = "\u{feff}---\ntitle: x\n---\nOne *two* `three` and\n> [four](x.md) five\n\n- six **se\u{0301}ven** eight\n";
    let mut files = Files::default();
    files.add("other.md", "not this");
    let file = files.add("case.md", text);
    let start = text.find("One").expect("the body");
    let draft = parse(&files, &[Source { file, start }], Dialect::Gfm, &mut Diagnostics::new());
    let mut seen = 0;
    for blocks in all_blocks(&draft) {
        walk_texts(blocks, &mut |leaf| {
            walk_inlines(&leaf.content, &mut |inline: &Inline<Open>| {
                if let InlineKind::Text(words) = &inline.kind {
                    assert_eq!(files.text(inline.span).trim_end(), words.trim_end());
                    seen += 1;
                }
                if let InlineKind::Code(words) = &inline.kind {
                    assert!(files.text(inline.span).contains(words.as_str()));
                }
            });
        });
    }
    assert!(seen >= 8, "only {seen} runs of words");
}

#[test]
fn brackets_are_what_their_braces_say() {
    assert_eq!(shape("a [b c] d [e][f] g ![h]", Dialect::Gfm), "paragraph\n  \"a [b c] d [e][f] g ![h]\"");
    assert_eq!(shape("[b]{.smallcaps}", Dialect::Gfm), "paragraph\n  smallcaps\n    \"b\"");
    assert_eq!(
        shape("[see [1]](x) and [1]{lang=fr}", Dialect::Gfm),
        "paragraph\n  \"[see \"\n  \"[1]](x) and \"\n  span lang=\"fr\" lang:fr\n    \"1\""
            .replace("\"[see \"\n  \"[1]](x) and \"", "\"[see [1]](x) and \"")
    );
    assert_eq!(shape("[see [1]](x)", Dialect::Gfm), "paragraph\n  link to \"x\"\n    \"see [1]\"");
    assert_eq!(
        shape("[](#a) [](#b){.page}", Dialect::Gfm),
        "paragraph\n  link to \"#a\"\n  \" \"\n  page of \"#b\""
    );
}

#[test]
fn ordinary_text_keeps_its_meaning() {
    assert_eq!(
        shape("2^32^ H~2~O $HOME:$PATH -- 'x' :tada:", Dialect::Gfm),
        "paragraph\n  \"2^32^ H\"\n  strike\n    \"2\"\n  \"O $HOME:$PATH -- 'x' :tada:\""
    );
    assert_eq!(
        shape("2^32^ H~2~O ~~no~~", Dialect::Aldine),
        "paragraph\n  \"2\"\n  superscript\n    \"32\"\n  \" H\"\n  subscript\n    \"2\"\n  \"O \"\n  strike\n    \"no\""
    );
}

#[test]
fn mistakes_are_told() {
    for (text, wanted) in [
        ("::: verse\nx\n:::\n", &[][..]),
        ("::: vers\nx\n:::\n", &["unknown-directive"]),
        ("::: verse\nx\n", &["unclosed-directive"]),
        ("::: verse\n:::\n", &["unclosed-directive"]),
        ("::: aside\n::: keep\nx\n:::\n:::\n\nrest\n", &["unclosed-directive", "unclosed-directive"]),
        (":::: aside\n::: keep\nx\n:::\n::::\n\nrest\n", &[]),
        ("::: pagebreak\n:::\n", &[]),
        ("```\nx\n", &["unclosed-fence"]),
        ("```\nx\n```\n", &[]),
        ("a[^1] `[^2]` \\[^3]\n\n```\n[^4]\n```\n", &["missing-note"]),
        ("a[^1]\n\n[^1]: x\n\n[^1]: y\n", &["duplicate-note"]),
        ("a [b]{.odd key=1}", &["unknown-attribute", "unknown-attribute"]),
        ("# a {.odd lang=xxxxxxxxxx}", &["bad-language"]),
        ("a <blink>b</blink> <T> c", &["raw-html", "raw-html"]),
        ("a <sup>b", &["raw-html"]),
        ("a <br> <!-- x --> <sup>b</sup> <a id=\"x\"></a>", &[]),
        ("<table><tr><td>x</td></tr></table>", &["raw-html", "raw-html", "raw-html"]),
        ("![a](b){width=60}", &["unknown-attribute"]),
        ("![a](b){place=bottom}", &["unknown-attribute"]),
        ("Words ![a](b){place=top}", &["unknown-attribute"]),
    ] {
        assert_eq!(codes(text), wanted, "{text:?}");
    }
}

#[test]
fn mistakes_have_their_place() {
    let (files, _, diagnostics) = gfm("# A\n\n> some [^x] text\n\n> ```rust\n> x\n");
    let places: Vec<_> = diagnostics.iter().map(|d| files.text(d.span)).collect();
    assert_eq!(places, ["[^x]", "```rust"]);
}

#[test]
fn no_word_outside_markup_is_lost() {
    let text = "# Alpha {#a}\n\nbeta *gamma* <blink>delta</blink> <div>epsilon</div>\n\n<table><tr><td>zeta &amp; eta</td></tr></table>\n\n\
        > theta\n> - iota [kappa] `lambda`\n\n| mu | nu |\n|-|-|\n| xi \\| omicron | pi |\n\n[^n]: rho\n\nsigma[^n]\n\n    tau\n\n\
        <details><summary>upsilon</summary>\nphi\n</details>\n\n<pre>chi\n  psi</pre>\n\n:::: wrong\nomega\n::::\n";
    let (_, draft, _) = gfm(text);
    let said = words(&draft);
    for word in "Alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma tau upsilon phi chi psi omega".split(' ') {
        assert!(said.split(|c: char| !c.is_alphanumeric()).any(|w| w == word), "{word} is lost in {said}");
    }
    assert!(
        said.contains("zeta & eta") && said.contains("xi | omicron") && said.contains("chi\n  psi"),
        "{said}"
    );
}

#[test]
fn depth_is_bounded() {
    let many = 20_000;
    let stars: String = "*a _b ".repeat(many) + &"_ *".repeat(many);
    for text in [
        ">".repeat(many) + " x",
        "[".repeat(many) + "x" + &"]".repeat(many),
        "*".repeat(many) + "x" + &"*".repeat(many),
        "<sup>".repeat(many) + "x" + &"</sup>".repeat(many),
        stars,
        (0..300).map(|n| " ".repeat(n * 2) + "- x\n").collect(),
    ] {
        for dialect in [Dialect::Gfm, Dialect::Aldine] {
            let (files, draft, diagnostics) = read(&text, dialect);
            assert!(diagnostics.iter().filter(|d| d.code == Code::TooDeep).count() <= 1);
            assert!(dump(&draft, &files).len() < 40_000_000);
        }
    }
    let deep: Vec<_> = codes(&(">".repeat(many) + " x"));
    assert_eq!(deep, ["too-deep"]);
    assert_eq!(codes(&(">".repeat(150) + " x")), Vec::<&str>::new());
}

#[test]
fn same_draft_on_any_number_of_threads() {
    let mut files = Files::default();
    let texts = (0..40).map(|n| files.add(format!("{n}.md"), format!("# {n}\n\n[^x] <b>\n\n[^y]: z\n")));
    let sources: Vec<_> = texts.map(|file| Source { file, start: 0 }).collect();
    let run = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        let mut diagnostics = Diagnostics::new();
        let draft = pool.install(|| parse(&files, &sources, Dialect::Gfm, &mut diagnostics));
        let told: Vec<_> = diagnostics.iter().cloned().collect();
        (draft, told)
    };
    assert_eq!(run(1), run(7));
}

#[test]
fn broken_texts_break_nothing() {
    let pieces = [
        "> ",
        "- ",
        "```",
        ":::",
        "[^a]",
        "[^a]: ",
        "[x]{#",
        "}",
        "|a|b|\n|-|-|\n",
        "<a id=",
        "<pre>",
        "\u{0}",
        "é",
        "\r",
        "\r\n",
        "\n\n",
        "    ",
        "\t",
        "^[n",
        "]",
        ": d\n",
        "![",
        "](x \"t\")",
        "&amp;",
        "\\|",
        "Table: ",
        "# ",
        "~",
    ];
    let mut state = 7_u64;
    for _ in 0..3000 {
        let mut text = String::new();
        for _ in 0..14 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            text += pieces[(state >> 33) as usize % pieces.len()];
        }
        for dialect in [Dialect::Gfm, Dialect::Aldine] {
            let (files, draft, diagnostics) = read(&text, dialect);
            let _ = dump(&draft, &files);
            for d in diagnostics.iter() {
                assert!(
                    d.span.range().end <= text.len() && text.get(d.span.range()).is_some(),
                    "{text:?} {d:?}"
                );
            }
        }
    }
}

#[test]
fn real_books_are_kept_whole() {
    let corpora = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpora");
    for (book, least) in [("moby-dick/moby-dick.md", 0.985), ("rust-book/rust-book.md", 0.97)] {
        let Ok(text) = std::fs::read_to_string(corpora.join(book)) else {
            println!("skipped: {book} is not here");
            continue;
        };
        let (_, draft, diagnostics) = gfm(&text);
        assert!(!diagnostics.has_errors());
        let count = |t: &str| t.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).count();
        // Addresses, anchors and info strings are words to the count but not to a reader.
        let visible: String = text
            .lines()
            .filter(|l| !l.starts_with("<a id") && !l.starts_with('[') && !l.starts_with("```"))
            .collect::<Vec<_>>()
            .join("\n");
        let (typed, said) = (count(&visible), count(&words(&draft)));
        println!("{book}: {typed} words typed, {said} said, {:?}", diagnostics.counts());
        for d in diagnostics.iter().take(12) {
            println!("  {} {:?} {}", d.code.name(), d.span, d.message);
        }
        assert!(said as f64 >= typed as f64 * least, "{book}: {said} of {typed} words");
    }
}

/// Work that grows with the square of the text would keep this test from ever ending.
#[test]
fn long_texts_are_read_in_time() {
    for text in [
        "word ".repeat(2_000_000),
        "<a id=\"x\"></a>\n\n".repeat(60_000),
        "Table: x\n\n|a|\n|-|\n\n".repeat(40_000),
        "[x]{.smallcaps} [y] ".repeat(20_000),
        "<script>".repeat(100_000),
        "<div>".to_owned() + &"<x y=\"".repeat(100_000),
        "<T> ".repeat(50_000) + &"</T>".repeat(50_000),
        "&amp;".repeat(100_000),
    ] {
        let (_, draft, diagnostics) = gfm(&text);
        assert_eq!(draft.sources.len(), 1);
        assert!(!diagnostics.has_errors());
    }
}

#[test]
fn anchors_stand_on_what_they_announce() {
    assert_eq!(
        shape("<a id=\"x\"></a>\n\n<a name=\"y\"></a>\n\n# H", Dialect::Gfm),
        "heading 1\n  anchor #x\n  anchor #y\n  \"H\""
    );
    assert_eq!(shape("<a id=\"x\"></a>\n\n> q", Dialect::Gfm), "quote #x\n  paragraph\n    \"q\"");
    assert_eq!(shape("a\n\n<a id=\"x\"></a>", Dialect::Gfm), "paragraph\n  \"a\"\nparagraph\n  anchor #x");
}
