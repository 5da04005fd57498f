//! Quotes, dashes, dots and spaces.

use crate::bench::bench;
use crate::view::{inlines, view};
use aldine::model::{BlockKind, plain_text};

/// A paragraph in a language, as set, its plain text only.
fn set(tag: &str, text: &str) -> String {
    let made = bench(&format!("{text}\n")).language(tag).make();
    let Some(BlockKind::Paragraph(leaf)) = made.book.opening.first().map(|block| &block.kind) else {
        panic!("no paragraph in {}", view(&made.book));
    };
    plain_text(&leaf.content)
}

#[test]
fn english() {
    for (typed, wanted) in [
        (r#""Yes," he said, "it's 'fine'.""#, "“Yes,” he said, “it’s ‘fine’.”"),
        (r#"("Quoted") -- "dash"--"dash""#, "(“Quoted”) – “dash”–“dash”"),
        (r#""*Styled*" and *"inside"*"#, "“Styled” and “inside”"),
        (r#"*dog*'s `code`'s "`code`" end"#, "dog’s code’s “code” end"),
        ("rock 'n' roll, 'tis the '90s, the dogs' bowl", "rock ’n’ roll, ’tis the ’90s, the dogs’ bowl"),
        (r#"He is 6' 2" tall, 5'10 or 1'000"#, "He is 6′ 2″ tall, 5′10 or 1’000"),
        ("wait... no.... so---yes -- 1914--18", "wait… no…. so—yes – 1914–18"),
        (
            "run it with --strict or -v, a --> b, ----, <!-- x",
            "run it with --strict or -v, a --> b, ----, <!-- x",
        ),
        (r#""Nested 'quote'" and "'start' of""#, "“Nested ‘quote’” and “‘start’ of”"),
        (r#""I was—" he—"no"—went"#, "“I was—” he—“no”—went"),
        (r#"a"b and " alone"#, r#"a"b and " alone"#),
        ("“Set” already — it’s “done”…", "“Set” already — it’s “done”…"),
        (
            r#"line\
"two""#,
            "line\n“two”",
        ),
        (
            "[it's \"x\"](https://a.example/'x'--y) <https://a.example/--'x'>",
            "it’s “x” https://a.example/--'x'",
        ),
        (r#"<kbd>'</kbd> and <kbd>--</kbd> "x""#, "' and -- “x”"),
        ("note[^1]'s \"call[^1]\"\n\n[^1]: it's", "note’s “call”"),
    ] {
        assert_eq!(set("en", typed), wanted, "{typed}");
    }
}

#[test]
fn other_languages() {
    for (tag, typed, wanted) in [
        ("de", r#""Ja, 'gut' so", geht's"#, "„Ja, ‚gut‘ so“, geht’s"),
        ("de-CH", r#""Ja""#, "«Ja»"),
        ("de-Latn-CH", r#""Ja""#, "«Ja»"),
        (
            "fr",
            r#""Oui": l'homme? Non! Si; 10:30 http://x"#,
            "«\u{202f}Oui\u{202f}»\u{202f}: l’homme\u{202f}? Non\u{202f}! Si\u{202f}; 10:30 http://x",
        ),
        (
            "fr",
            "Quoi ? « Rien » ! Vraiment ?!",
            "Quoi\u{202f}? «\u{202f}Rien\u{202f}»\u{202f}! Vraiment\u{202f}?!",
        ),
        ("fr", "Fixe\u{a0}: « a »", "Fixe\u{a0}: «\u{202f}a\u{202f}»"),
        ("fr", "*Quoi* ? *Non*! `code`: :-)", "Quoi\u{202f}? Non\u{202f}! code\u{202f}: :-)"),
        ("fr-CA", "Quoi? \"Oui\": non", "Quoi? «\u{202f}Oui\u{202f}»\u{202f}: non"),
        ("pl", r#""Tak""#, "„Tak”"),
        ("sv", r#""Ja 'så'", sa"#, "”Ja ’så’”, sa"),
        ("da", r#""Ja""#, "»Ja«"),
        ("nb", r#""Ja""#, "«Ja»"),
        ("ru", r#""Да, 'так'""#, "«Да, „так“»"),
        ("it", r#"dell'"arte""#, "dell’«arte»"),
        ("he", r#"צה"ל אמר "כן" ג'ירפה"#, "צה״ל אמר ”כן” ג׳ירפה"),
        ("xx", r#""so""#, "“so”"),
    ] {
        assert_eq!(set(tag, typed), wanted, "{tag}: {typed}");
    }
}

#[test]
fn the_language_of_the_span_counts() {
    assert_eq!(set("en", r#""a" ["b"]{lang=de} "c""#), "“a” „b“ “c”");
    let made =
        bench("# \"A\"\n\n::: {lang=fr}\n\n\"x\"\n\n> \"y\"\n\n:::\n\n# \"B\" {lang=de}\n\n## \"C\"\n")
            .make();
    let seen = view(&made.book);
    for wanted in ["«\u{202f}x\u{202f}»", "«\u{202f}y\u{202f}»", "| “A” |", "| „B“ |", "| „C“ |"]
    {
        assert!(seen.contains(wanted), "{wanted} in {seen}");
    }
}

#[test]
fn code_stays_and_the_setting_is_kept() {
    let made = bench("`\"a\" -- b`\n\n```\n\"c\" -- d...\n```\n").make();
    assert!(view(&made.book).contains("`\"a\" -- b`"), "{}", view(&made.book));
    assert!(view(&made.book).contains("\"c\" -- d..."), "{}", view(&made.book));
    let mut off = bench("\"It's\" -- so...\n");
    off.settings.typographic = Some(false);
    assert!(view(&off.make().book).contains("\"It's\" -- so..."));
}

#[test]
fn a_second_pass_changes_nothing() {
    let pieces = ["\"", "'", "a", " ", "--", "...", "1", "!", "«", "»", "-", "*b*", ":", "(", ")", "s"];
    let mut seed = 7_u64;
    for round in 0..400 {
        let mut text = String::from("x");
        for _ in 0..12 {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            text.push_str(pieces[(seed >> 33) as usize % pieces.len()]);
        }
        let tag = ["en", "fr", "de", "he"][round % 4];
        let once = set(tag, &text);
        // The second time as words alone: what was Markdown is escaped.
        let escaped: String = once
            .chars()
            .flat_map(|c| if c.is_ascii_punctuation() { vec!['\\', c] } else { vec![c] })
            .collect();
        assert_eq!(set(tag, &escaped), once, "{tag}: {text}");
    }
}

#[test]
fn titles_and_their_references_agree() {
    let made = bench("# It's \"here\" {-}\n\n[](#its-here)\n").make();
    assert_eq!(made.book.outline.entries[0].title, "It’s “here”");
    let BlockKind::Paragraph(text) = &made.book.sections[0].blocks[0].kind else { panic!("a paragraph") };
    assert_eq!(inlines(&text.content), "[It’s “here”](#its-here)");
}
