//! The command as a user meets it: exit codes, messages, files.

use serde_json::Value;
use std::path::Path;
use std::process::{Command, Output};

fn aldine(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_aldine"));
    command.current_dir(folder).args(arguments).env("SOURCE_DATE_EPOCH", "1700000000");
    command.env_remove("NO_COLOR").output().expect("the command runs")
}

fn code(output: &Output) -> i32 {
    output.status.code().expect("an exit code, no signal")
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("UTF-8")
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

fn write(root: &Path, path: &str, bytes: impl AsRef<[u8]>) {
    let path = root.join(path);
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder made");
    #[expect(clippy::disallowed_methods, reason = "a test makes its folder")]
    std::fs::write(path, bytes).expect("a file written");
}

fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).expect("one JSON document on standard output")
}

#[test]
fn usage_is_explained_and_mistakes_in_it_are_2() {
    let folder = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| aldine(folder.path(), arguments);
    for wrong in [
        &[][..],
        &["chek"],
        &["check", "--fromat", "json"],
        &["check", "--format", "yaml"],
        &["check", "--jobs", "0"],
        &["new"],
    ] {
        assert_eq!(code(&run(wrong)), 2, "{wrong:?}");
        assert!(run(wrong).stdout.is_empty(), "{wrong:?}");
    }
    assert!(err(&run(&["chek"])).contains("check"), "the nearest command is named");
    for help in [&["--help"][..], &["check", "--help"], &["new", "--help"], &["--version"]] {
        assert_eq!(code(&run(help)), 0, "{help:?}");
        assert!(!out(&run(help)).is_empty(), "{help:?}");
    }
    let mut command = Command::new(env!("CARGO_BIN_EXE_aldine"));
    let output = command.args(["check", "."]).env("SOURCE_DATE_EPOCH", "soon").output().unwrap();
    assert_eq!(code(&output), 2);
    assert!(err(&output).contains("SOURCE_DATE_EPOCH"));
}

#[test]
fn a_new_book_has_nothing_to_complain_of() {
    let folder = tempfile::tempdir().unwrap();
    let made = aldine(folder.path(), &["new", "my \"first\"-novel"]);
    assert_eq!(code(&made), 0, "{}", err(&made));
    let checked = aldine(folder.path(), &["check", "my \"first\"-novel", "--strict"]);
    assert_eq!((code(&checked), err(&checked).as_str()), (0, "no errors, no warnings\n"));
    let again = aldine(folder.path(), &["new", "my \"first\"-novel"]);
    assert_eq!(code(&again), 3, "a book that is there is never written over");
    assert!(err(&again).contains("is not empty"), "{}", err(&again));
    write(folder.path(), "file", "x");
    assert_eq!(code(&aldine(folder.path(), &["new", "file"])), 3);
    assert_eq!(code(&aldine(folder.path(), &["new", "file/book"])), 3);
}

#[test]
fn every_problem_is_told_with_its_line_a_hint_and_a_count() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "book/aldine.toml", "title = \"T\"\nlangauge = \"en\"\nlang = \"en\"\n");
    write(folder.path(), "book/manuscript/1.md", "# One\n\nA <blink>b</blink>.\n\n::: foo\nx\n:::\n");
    let checked = aldine(folder.path(), &["check", "book"]);
    let text = err(&checked);
    assert_eq!(code(&checked), 1);
    for part in [
        "error[unknown-key]: the settings have no key `langauge`\n",
        "--> book/aldine.toml:2:1\n",
        "2 | langauge = \"en\"\n  | ^^^^^^^^\n",
        "= help: did you mean `language`?\n",
        "warning[raw-html]",
        "--> book/manuscript/1.md:3:3\n",
        "error[unknown-directive]",
        "--> book/manuscript/1.md:5:1\n",
    ] {
        assert!(text.contains(part), "{part:?} is not in\n{text}");
    }
    assert!(
        text.ends_with(
            "2 errors, 1 warning
"
        ),
        "{text}"
    );
    assert!(out(&checked).is_empty(), "results go to standard output, problems do not");
    assert!(!text.contains('\u{1b}'), "no colours where no terminal is");
    let colored = err(&aldine(folder.path(), &["check", "book", "--color", "always"]));
    assert!(colored.contains("\u{1b}["), "{colored}");
}

#[test]
fn json_has_the_same_for_programs() {
    let folder = tempfile::tempdir().unwrap();
    write(
        folder.path(),
        "a.md",
        "---\ntitle: T\nlang: en\nauthor: A\nauthors: B\n---\n# One\n\nÄ <blink>b</blink>.\n",
    );
    let checked = aldine(folder.path(), &["check", "a.md", "--format", "json"]);
    assert_eq!((code(&checked), err(&checked).as_str()), (1, ""));
    let told = json(&checked);
    assert_eq!((told["errors"].as_u64(), told["warnings"].as_u64()), (Some(1), Some(1)), "{told:#}");
    let first = &told["diagnostics"][0];
    assert_eq!(first["code"], "bad-value");
    assert_eq!(first["severity"], "error");
    assert_eq!(first["file"], "a.md");
    let place =
        ["line", "column", "end_line", "end_column"].map(|key| first[key].as_u64().unwrap_or_default());
    assert_eq!(place, [5, 1, 5, 8]);
    assert_eq!(first["hint"], "keep one of them, `authors`");
    assert_eq!(first["related"][0]["line"], 4);
    assert_eq!(first["related"][0]["message"], "said here first");
    let second = &told["diagnostics"][1];
    assert_eq!(
        (second["code"].as_str(), second["column"].as_u64()),
        (Some("raw-html"), Some(3)),
        "characters, not bytes"
    );
    let nowhere = tempfile::tempdir().unwrap();
    let told = json(&aldine(nowhere.path(), &["check", "--format", "json"]));
    assert_eq!(told["diagnostics"][0]["code"], "empty-manuscript");
    assert_eq!(told["diagnostics"][0]["file"], Value::Null);
}

#[test]
fn warnings_stop_only_under_strict() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "a.md", "---\ntitle: T\nlang: en\n---\n# One\n\nA <blink>b</blink>.\n");
    let lenient = aldine(folder.path(), &["check", "a.md"]);
    assert_eq!(code(&lenient), 0);
    assert!(err(&lenient).ends_with("1 warning\n"), "{}", err(&lenient));
    let strict = aldine(folder.path(), &["check", "a.md", "--strict"]);
    assert_eq!(code(&strict), 1);
    assert!(err(&strict).ends_with("1 warning; with --strict, warnings count as errors\n"));
}

#[test]
fn many_of_a_kind_are_counted_in_text_and_listed_in_json() {
    let folder = tempfile::tempdir().unwrap();
    write(
        folder.path(),
        "a.md",
        "---\ntitle: T\nlang: en\n---\n# One\n\n".to_owned() + &"A <blink>b</blink>.\n\n".repeat(173),
    );
    let text = err(&aldine(folder.path(), &["check", "a.md"]));
    assert_eq!(text.matches("warning[raw-html]").count(), 50);
    assert!(text.contains("and 123 more warnings of this kind: raw-html\n"), "{text}");
    assert!(text.ends_with("173 warnings\n"), "{text}");
    let told = json(&aldine(folder.path(), &["check", "a.md", "--format", "json"]));
    assert_eq!(told["diagnostics"].as_array().map(Vec::len), Some(173));
}

#[test]
fn a_line_of_ten_megabytes_is_cut_and_its_column_told() {
    let folder = tempfile::tempdir().unwrap();
    let line = "word ".repeat(2_000_000) + "<blink>x</blink> " + &"word ".repeat(100_000);
    write(folder.path(), "a.md", "---\ntitle: T\nlang: en\n---\n# One\n\n".to_owned() + &line);
    let text = err(&aldine(folder.path(), &["check", "a.md"]));
    assert!(text.contains("--> a.md:7:10000001\n"), "{}", &text[..text.len().min(2000)]);
    assert!(text.len() < 2_000, "{} bytes", text.len());
}

#[test]
fn what_a_terminal_would_obey_never_reaches_it() {
    let folder = tempfile::tempdir().unwrap();
    write(
        folder.path(),
        "a.md",
        "---\ntitle: T\n\"x\\e[31m\": 1\n---\n# One \u{1b}[31m <blink>\u{1b}[5mx</blink>\n\u{7}\n",
    );
    let text = err(&aldine(folder.path(), &["check", "a.md"]));
    assert!(text.contains("unknown-key") && text.contains("raw-html"), "{text}");
    assert!(!text.contains('\u{1b}') && !text.contains('\u{7}'), "{text:?}");
}

/// A PNG that says how large it is, and has next to nothing of its pixels.
fn png(width: u32, height: u32) -> Vec<u8> {
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut chunk = |name: &[u8], data: &[u8]| {
        let body = [name, data].concat();
        let sum = body.iter().fold(!0u32, |sum, &byte| {
            (0..8)
                .fold(sum ^ u32::from(byte), |s, _| if s & 1 == 1 { (s >> 1) ^ 0xedb8_8320 } else { s >> 1 })
        });
        png.extend(u32::try_from(data.len()).unwrap_or_default().to_be_bytes());
        png.extend(body);
        png.extend((!sum).to_be_bytes());
    };
    let size = [width.to_be_bytes(), height.to_be_bytes()].concat();
    chunk(b"IHDR", &[&size[..], &[8, 0, 0, 0, 0]].concat());
    chunk(b"IDAT", &[0x78, 0x9c, 0x63, 0, 0, 0, 1, 0, 1]);
    chunk(b"IEND", &[]);
    png
}

#[test]
fn bad_input_is_told_and_nothing_panics() {
    let folder = tempfile::tempdir().unwrap();
    let front = "---\ntitle: T\nlang: en\n---\n";
    let cases: &[(&str, Vec<u8>, i32, &str)] = &[
        ("empty", vec![], 1, "empty-manuscript"),
        ("only front matter", front.into(), 1, "empty-manuscript"),
        ("not UTF-8", b"# One\n\ncaf\xe9\n".to_vec(), 1, "a.md:3:4"),
        ("BOM and CRLF", format!("\u{feff}{front}# One\n\ntext\n").replace('\n', "\r\n").into(), 0, ""),
        ("20,000 quotes", format!("{front}# One\n\n{}x\n", ">".repeat(20_000)).into(), 1, "too-deep"),
        ("fence", format!("{front}# One\n\n```\nx\n").into(), 0, "unclosed-fence"),
        ("directive", format!("{front}# One\n\n::: aside\nx\n").into(), 1, "unclosed-directive"),
        ("missing image", format!("{front}# One\n\n![a](gone.png)\n").into(), 1, "missing-image"),
        ("not an image", format!("{front}# One\n\n![a](fake.png)\n").into(), 1, "broken-image"),
        ("active SVG", format!("{front}# One\n\n![a](active.svg)\n").into(), 1, "active-svg"),
        ("huge image", format!("{front}# One\n\n![a](huge.png)\n").into(), 1, "huge-image"),
        ("image outside", format!("{front}# One\n\n![a](../a.png)\n").into(), 1, "path-outside"),
        ("empty heading", format!("{front}#\n\ntext\n").into(), 0, "empty-heading"),
        ("empty code", format!("{front}# One\n\n```\n\n```\n").into(), 0, "a.md:7:1"),
        ("no heading", format!("{front}text\n").into(), 0, "no-heading"),
        ("dead link", format!("{front}# One\n\n[x](#nowhere)\n").into(), 0, "a.md:7:1"),
        ("NUL", format!("{front}# One\n\na\0b\n").into(), 0, ""),
    ];
    write(folder.path(), "fake.png", "no picture");
    let svg =
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"><script>alert(1)</script></svg>";
    write(folder.path(), "active.svg", svg);
    write(folder.path(), "huge.png", png(20_000, 20_000));
    for (name, text, exit, part) in cases {
        write(folder.path(), "a.md", text);
        let checked = aldine(folder.path(), &["check", "a.md"]);
        let told = err(&checked);
        assert_eq!(code(&checked), *exit, "{name}: {told}");
        assert!(told.contains(part), "{name}: {told}");
        assert!(!told.contains("panicked"), "{name}: {told}");
        assert!(*exit == 0 || told.contains("= help: "), "{name}: {told}");
    }
    let missing = aldine(folder.path(), &["check", "gone.md"]);
    assert_eq!(code(&missing), 3);
    assert!(err(&missing).starts_with("error: there is no `gone.md`\n"), "{}", err(&missing));
}

#[test]
fn the_outline_is_what_the_contents_will_say() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "book/aldine.toml", "title = \"T\"\nlanguage = \"en\"\nnumber-sections = 2\n");
    write(folder.path(), "book/manuscript/02.md", "# Two {#second}\n\ntext\n");
    write(folder.path(), "book/manuscript/01.md", "# One\n\n## In *it*\n\ntext\n");
    let outline = aldine(folder.path(), &["outline", "book"]);
    assert_eq!(code(&outline), 0, "{}", err(&outline));
    assert_eq!(out(&outline), "1 One\n  1.1 In it\n2 Two\n");
    let told = json(&aldine(folder.path(), &["outline", "book", "--format", "json"]));
    assert_eq!(told["title"], "T");
    let last = &told["sections"][2];
    assert_eq!(
        (last["id"].as_str(), last["number"].as_str(), last["level"].as_u64()),
        (Some("second"), Some("2"), Some(1))
    );
    assert_eq!((last["file"].as_str(), last["line"].as_u64()), (Some("book/manuscript/02.md"), Some(1)));
    write(folder.path(), "book/manuscript/01.md", "# One\n\n![x](gone.png)\n");
    let broken = aldine(folder.path(), &["outline", "book"]);
    assert_eq!((code(&broken), out(&broken).as_str()), (1, ""));
    assert!(err(&broken).contains("missing-image"));
}

#[test]
fn paths_lead_out_of_the_folder_only_when_the_settings_allow_it() {
    let folder = tempfile::tempdir().unwrap();
    let svg =
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"><path d=\"M0 0h9v9z\"/></svg>";
    write(folder.path(), "out.svg", svg);
    write(folder.path(), "out.md", "# Out\n\ntext\n");
    write(folder.path(), "book/manuscript/1.md", "# One\n\n![a](../../out.svg)\n");
    let settings = "title = \"T\"\nlanguage = \"en\"\n";
    let listed = "[manuscript]\nfiles = [\"manuscript/1.md\", \"../out.md\"]\n";
    write(folder.path(), "book/aldine.toml", format!("{settings}{listed}"));
    let refused = aldine(folder.path(), &["check", "book"]);
    assert_eq!(
        (code(&refused), err(&refused).matches("error[path-outside]").count()),
        (1, 2),
        "{}",
        err(&refused)
    );
    write(folder.path(), "book/aldine.toml", format!("{settings}allow-outside = true\n{listed}"));
    let allowed = aldine(folder.path(), &["check", "book", "--strict"]);
    assert_eq!(code(&allowed), 0, "{}", err(&allowed));
}

#[test]
fn a_short_manuscript_is_an_essay_and_other_styles_are_taken_when_named() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "a.md", "---\ntitle: T\nlang: en\n---\n# One\n\ntext\n");
    let outline =
        |arguments: &[&str]| out(&aldine(folder.path(), &[&["outline", "a.md"], arguments].concat()));
    assert_eq!(outline(&["--style", "technical"]), "1 One\n", "technical books number their chapters");
    assert_eq!(outline(&[]), "One\n");
    let wrong = aldine(folder.path(), &["check", "a.md", "--style", "clasic"]);
    assert_eq!(code(&wrong), 1);
    assert!(err(&wrong).contains("bad-style") && err(&wrong).contains("classic"), "{}", err(&wrong));
}

#[test]
fn what_a_pdf_claims_is_said_and_measures_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let text = "# One\n\nText.[^1]\n\n![A line](line.svg \"A line\")\n\n# Two\n\nMore.\n\n[^1]: A note.\n";
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"><rect width=\"9\" height=\"9\"/></svg>";
    write(folder.path(), "line.svg", svg);
    let mut measured = Vec::new();
    for (standard, said) in [
        ("ua-1", None),
        ("a-4", Some("PDF/A-4: tagged, but PDF/UA-1 can't be claimed with it; `ua-2` claims PDF/UA-2\n")),
        ("ua-2", Some("PDF/UA-2 and PDF/A-4: PDF/UA-1 can't be claimed with them\n")),
    ] {
        let settings =
            format!("---\ntitle: T\nlanguage: en\nstyle: classic\npdf: {{ standard: {standard} }}\n---\n");
        write(folder.path(), "book.md", settings + text);
        let built = aldine(folder.path(), &["build", "book.md", "--only", "pdf", "--name", "t"]);
        assert_eq!(code(&built), 0, "{}", err(&built));
        match said {
            Some(said) => assert!(out(&built).contains(said), "{}", out(&built)),
            None => assert!(!out(&built).contains("claim"), "{}", out(&built)),
        }
        measured.push(out(&aldine(folder.path(), &["proof", "dist/t.pdf"])));
    }
    let [first, others @ ..] = measured.as_slice() else { panic!("nothing was measured") };
    assert!(first.contains("size and leading"), "{first}");
    others.iter().for_each(|other| assert_eq!(other, first));
    write(
        folder.path(),
        "book.md",
        format!("---\ntitle: T\nlanguage: en\npdf: {{ standard: ua-3 }}\n---\n{text}"),
    );
    let refused = aldine(folder.path(), &["build", "book.md"]);
    assert!(err(&refused).contains("`ua-2` (PDF/UA-2 and PDF/A-4)"), "{}", err(&refused));
}

#[test]
fn a_page_is_explained_when_it_is_asked_for_by_its_number() {
    let folder = tempfile::tempdir().unwrap();
    let front = "---\ntitle: T\nlang: en\nstyle: classic\n---\n# One\n\n";
    let said = "The pilot put the chart away again without a word of comment, and nobody asked. ".repeat(9);
    write(folder.path(), "a.md", front.to_owned() + &format!("{said}\n\n").repeat(14));
    let build = |arguments: &[&str]| {
        aldine(folder.path(), &[&["build", "a.md", "--only", "text"], arguments].concat())
    };
    let one = build(&["--explain-page", "2"]);
    assert_eq!(code(&one), 0, "{}", err(&one));
    assert!(out(&one).starts_with("Page 2 (left-hand"), "{}", out(&one));
    assert!(out(&one).contains(" (a.md:"), "{}", out(&one));
    assert!(out(&one).contains("\nOther ends, and why not:\n"), "{}", out(&one));
    assert!(out(&one).ends_with("KB\n") || out(&one).ends_with("bytes\n"), "the editions are made as well");
    let quiet = build(&["--explain-page", "2", "--quiet"]);
    assert!(out(&quiet).starts_with("Page 2") && !out(&quiet).contains(".txt"), "{}", out(&quiet));
    let pages = |output: &Output| {
        let text = out(output);
        let heads = text.lines().filter_map(|line| line.strip_prefix("Page "));
        heads.map(|head| head.split(' ').next().unwrap_or_default().to_owned()).collect::<Vec<_>>()
    };
    // Once each, in the order of the book.
    let several = build(&["--explain-page", "2-3", "--explain-page", "I,3"]);
    assert_eq!(pages(&several), ["i", "2", "3"], "{}", err(&several));
    let told = json(&build(&["--explain-page", "1,2", "--format", "json"]));
    assert_eq!(
        (told["pages"][1]["page"].as_str(), told["pages"][1]["ended"].as_str()),
        (Some("2"), Some("chosen"))
    );
    let sum = |bill: &Value| {
        bill.as_array().into_iter().flatten().map(|part| part["price"].as_f64().unwrap()).sum::<f64>()
    };
    let line = &told["pages"][1]["lines"][0];
    assert!((sum(&line["bill"]) - line["demerits"].as_f64().unwrap()).abs() < 1e-6, "{line:#}");
    assert!(json(&build(&["--format", "json"])).get("pages").is_none(), "only when asked");
}

#[test]
fn a_page_that_the_book_has_not_is_wrong_usage() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "a.md", "---\ntitle: T\nlang: en\nstyle: classic\n---\n# One\n\ntext\n");
    let ask = |pages: &str| aldine(folder.path(), &["build", "a.md", "--explain-page", pages]);
    let none = ask("400");
    assert_eq!(code(&none), 2);
    assert!(err(&none).contains("the book has no page `400`: its pages are i to "), "{}", err(&none));
    assert!(err(&none).contains(" and 1\n"), "{}", err(&none));
    assert!(!folder.path().join("dist").exists(), "nothing is written");
    for (typed, said) in [
        ("1-i", "page `1` comes after page `i`"),
        ("one", "pages are like 41, xii or 12-14"),
        ("3-", "pages are like 41, xii or 12-14"),
        ("", "pages are like 41, xii or 12-14"),
    ] {
        assert_eq!(code(&ask(typed)), 2, "{typed}");
        assert!(err(&ask(typed)).contains(said), "{typed}: {}", err(&ask(typed)));
    }
}

#[test]
fn languages_are_guessed_by_flag_or_setting() {
    let folder = tempfile::tempdir().unwrap();
    let text = "# One\n\nHe said: “Je ne sais pas ce que vous voulez de moi.”\n";
    write(folder.path(), "a.md", format!("---\ntitle: T\nlang: en\n---\n{text}"));
    write(folder.path(), "b.md", format!("---\ntitle: T\nlang: en\nguess-languages: true\n---\n{text}"));
    let told = |arguments: &[&str]| {
        let output = aldine(folder.path(), arguments);
        assert_eq!(code(&output), 0, "{}", err(&output));
        err(&output)
    };
    assert_eq!(told(&["check", "a.md"]), "no errors, no warnings\n");
    for arguments in [&["check", "a.md", "--guess-languages"][..], &["check", "b.md"]] {
        let said = told(arguments);
        assert!(said.contains("warning[unmarked-language]"), "{said}");
        assert!(said.contains(".md:") && said.contains("{lang=fr}"), "{said}");
    }
}
