//! What is read, in which order, with which settings; and what is said of what can't be.

use aldine::diagnostics::{Code, Diagnostics};
use aldine::measure::{Length, Measure};
use aldine::sources::{Dialect, Disk, Manuscript, Memory, ReadError, Resources, Sources, read};
use std::path::Path;

fn folder(files: &Memory) -> (Sources, Diagnostics) {
    let mut told = Diagnostics::new();
    let sources = read(files, &Manuscript::Folder, &mut told);
    told.sort();
    (sources, told)
}

fn single(text: impl Into<Vec<u8>>) -> (Sources, Diagnostics) {
    let mut told = Diagnostics::new();
    let sources = read(&Memory::new().with("a.md", text), &Manuscript::File("a.md".into()), &mut told);
    told.sort();
    (sources, told)
}

/// `path:line:column code: message | hint`, one a line.
fn said(sources: &Sources, told: &Diagnostics) -> Vec<String> {
    told.iter()
        .map(|d| {
            let place = sources.files.get(d.span.file).map_or("-".to_owned(), |file| {
                let at = file.place(d.span.start as usize);
                format!("{}:{}:{}", file.path, at.line, at.column)
            });
            format!("{place} {}: {} | {}", d.code.name(), d.message, d.hint.as_deref().unwrap_or("NO HINT"))
        })
        .collect()
}

fn only(sources: &Sources, told: &Diagnostics) -> String {
    let said = said(sources, told);
    assert_eq!(said.len(), 1, "{said:#?}");
    said.concat()
}

fn paths(sources: &Sources) -> Vec<&str> {
    sources
        .list
        .iter()
        .map(|source| sources.files.get(source.file).expect("a file read").path.as_str())
        .collect()
}

fn markdown(sources: &Sources, at: usize) -> &str {
    let source = &sources.list[at];
    &sources.files.get(source.file).expect("a file read").text[source.start..]
}

#[test]
fn a_single_file_has_front_matter_as_pandoc_writes_it() {
    let (sources, told) = single(
        "---\ntitle: \"Moby Dick; Or, The Whale\"\nauthor:\n  - Herman Melville\n  - name: Ann Other\n    \
         role: translator\n    file-as: Other, Ann\nlang: no\ndate: 1851\nkeywords: [whales, sea]\n\
         series: {name: Sea Books, number: 2}\nsubtitle:\n---\n# Loomings\n",
    );
    assert_eq!(said(&sources, &told), Vec::<String>::new());
    let set = &sources.settings;
    let title = set.title.as_ref().unwrap();
    assert_eq!(title.value, "Moby Dick; Or, The Whale");
    assert_eq!(sources.files.text(title.span), "\"Moby Dick; Or, The Whale\"");
    let names: Vec<_> = set.contributors.iter().map(|c| (c.name.as_str(), c.role.as_str())).collect();
    assert_eq!(names, [("Herman Melville", "aut"), ("Ann Other", "trl")]);
    assert_eq!(set.contributors[1].file_as.as_deref(), Some("Other, Ann"));
    assert_eq!(set.language.as_ref().unwrap().value.tag(), "no", "Norwegian is no truth value");
    assert_eq!(set.date.as_ref().unwrap().value, "1851");
    assert_eq!(set.subjects, ["whales", "sea"]);
    assert_eq!(set.series.as_ref().unwrap().number.as_deref(), Some("2"));
    assert_eq!(set.subtitle, None);
    assert_eq!(markdown(&sources, 0), "# Loomings\n");
}

#[test]
fn byte_order_mark_and_crlf_are_fine() {
    let (sources, told) = single("\u{feff}---\r\ntitle: Über\r\nlang: de\r\n...\r\n# Eins\r\n");
    assert_eq!(said(&sources, &told), Vec::<String>::new());
    let title = sources.settings.title.as_ref().unwrap();
    assert_eq!((title.value.as_str(), sources.files.text(title.span)), ("Über", "Über"));
    assert_eq!(markdown(&sources, 0), "# Eins\r\n");
    let (sources, told) = single("\u{feff}# Eins\n");
    assert_eq!((told.is_empty(), markdown(&sources, 0)), (true, "# Eins\n"));
    let files =
        Memory::new().with("aldine.toml", "\u{feff}title = \"Zwei\"\r\nlang=\"x\"\r\n").with("a.md", "x");
    let (sources, told) = folder(&files);
    assert_eq!(sources.settings.title.as_ref().map(|t| sources.files.text(t.span)), Some("\"Zwei\""));
    assert!(only(&sources, &told).starts_with("aldine.toml:2:6 bad-value: `lang` can't be `x`"));
}

#[test]
fn a_thematic_break_is_not_front_matter() {
    for text in
        ["---\n\nA dream.\n\n---\n\nAwake.\n", "---\n", "---", "text\n---\ntitle: x\n---\n", "--- \nno key\n"]
    {
        let (sources, told) = single(text);
        assert_eq!((said(&sources, &told), markdown(&sources, 0)), (vec![], text));
    }
}

#[test]
fn front_matter_that_does_not_end_or_parse_is_told_with_its_place() {
    let (sources, told) = single("---\ntitle: x\n\n# One\n");
    assert_eq!(
        only(&sources, &told),
        "a.md:1:1 settings-syntax: no line ends this front matter | write a line `---` below the last setting"
    );
    let (sources, told) = single("---\ntitle: x\nauthor: [a\n---\n# One\n");
    let line = only(&sources, &told);
    assert!(line.contains("settings-syntax: the front matter can't be read here"), "{line}");
    assert!(line.starts_with("a.md:3:9 "), "{line}");
    assert!(!line.contains("at line"), "the parser counts from another line: {line}");
    let (sources, told) = single("---\n- title\n---\n# One\n");
    assert!(
        only(&sources, &told).starts_with("a.md:2:1 settings-syntax: the front matter holds no settings")
    );
    let (sources, told) = single("---\ntitle: a\ntitle: b\n---\n# One\n");
    assert!(only(&sources, &told).starts_with("a.md:3:1 settings-syntax"), "{:?}", said(&sources, &told));
}

#[test]
fn bombs_and_towers_are_refused() {
    let mut bomb = String::from("---\na: &a [x,x,x,x,x,x,x,x,x]\n");
    for (this, last) in ('b'..='k').zip('a'..='j') {
        bomb += &format!("{this}: &{this} [*{last},*{last},*{last},*{last},*{last},*{last},*{last}]\n");
    }
    let (sources, told) = single(bomb + "---\n# One\n");
    assert_eq!(
        told.iter().map(|d| d.code).collect::<Vec<_>>(),
        [Code::SettingsSyntax],
        "{:?}",
        said(&sources, &told)
    );
    for tower in [format!("---\na: {}{}\n---\nx", "[".repeat(50_000), "]".repeat(50_000)), {
        let steps: String = (0..5_000).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect();
        format!("---\n{steps}---\nx")
    }] {
        let (_, told) = single(tower);
        assert_eq!(told.iter().map(|d| d.code).collect::<Vec<_>>(), [Code::SettingsSyntax]);
    }
    let tower = format!("a = {}{}", "[".repeat(50_000), "]".repeat(50_000));
    let (_, told) = folder(&Memory::new().with("aldine.toml", tower).with("a.md", "x"));
    assert!(told.iter().all(|d| d.code == Code::SettingsSyntax) && !told.is_empty());
}

#[test]
fn every_wrong_setting_is_told_at_once() {
    let toml = "titel = \"x\"\n\
                langauge = \"en\"\n\
                isbn = \"9780000000002\"\n\
                date = \"2026-02-30\"\n\
                [pdf]\n\
                isbn = \"978-3-16-148410-1\"\n\
                size = \"11px\"\n\
                width = 3\n\
                [text]\n\
                width = 7\n\
                [foo]\n\
                x = 1\n";
    let (sources, told) = folder(&Memory::new().with("aldine.toml", toml).with("a.md", "x"));
    assert_eq!(
        said(&sources, &told).iter().map(|s| s.split(" | ").collect::<Vec<_>>()).collect::<Vec<_>>(),
        [
            ["aldine.toml:1:1 unknown-key: the settings have no key `titel`", "did you mean `title`?"],
            ["aldine.toml:2:1 unknown-key: the settings have no key `langauge`", "did you mean `language`?"],
            [
                "aldine.toml:3:1 unknown-key: the settings have no key `isbn`",
                "it belongs into `[pdf]` or `[epub]`"
            ],
            [
                "aldine.toml:4:8 bad-value: `date` can't be `2026-02-30`",
                "expected: a year, a month or a day: `2026`, `2026-11` or `2026-11-24`"
            ],
            [
                "aldine.toml:6:8 bad-isbn: `978-3-16-148410-1` is no ISBN",
                "expected: `0` as the last digit, if all others are right"
            ],
            [
                "aldine.toml:7:8 bad-value: `size` in `[pdf]` can't be `11px`",
                "expected: a size of type from 4pt to 72pt, such as `11pt`"
            ],
            ["aldine.toml:8:1 unknown-key: `[pdf]` has no key `width`", "it belongs into `[text]`"],
            [
                "aldine.toml:10:9 bad-value: `width` in `[text]` can't be `7`",
                "expected: columns, 20 to 1000, or 0 for one line a paragraph"
            ],
            [
                "aldine.toml:11:2 unknown-key: the settings have no key `foo`",
                "the keys are title, subtitle, authors, language, identifier, publisher, date, rights, \
                 description, subjects, series, cover, name, dialect, style, number-sections, base-url, \
                 typographic, fonts, system-fonts, allow-outside, hyphenation, guess-languages, pdf, epub, text, manuscript, \
                 phrases"
            ],
        ]
    );
    assert_eq!(paths(&sources), ["a.md"], "the text is read all the same");
}

#[test]
fn all_settings_are_read_from_toml() {
    let toml = r#"
title = "T"
authors = [{ name = "A. Uthor", role = "edt" }, "B"]
language = "en-GB"
identifier = "0-306-40615-2"
publisher = "P"
date = 2026-11
rights = "R"
description = """
D"""
subjects = "one"
series = "S"
cover = "img/c.png"
name = "file"
dialect = "aldine"
style = "technical"
number-sections = 2
base-url = "https://example.org/"
typographic = false
fonts = ["f/a.otf"]
system-fonts = true
allow-outside = true
hyphenation = ["ta-ble"]
[pdf]
isbn = "978-3-16-148410-0"
page = "a5"
size = "10.5pt"
[epub]
isbn = "ISBN 080442957X"
[text]
width = 0
"#;
    let toml = toml.replace("date = 2026-11\n", "date = \"2026-11\"\n");
    let (sources, told) = folder(&Memory::new().with("aldine.toml", toml).with("manuscript/a.md", "x"));
    assert_eq!(said(&sources, &told), Vec::<String>::new());
    let s = &sources.settings;
    assert_eq!(s.contributors.iter().map(|c| c.role.as_str()).collect::<Vec<_>>(), ["edt", "aut"]);
    let value = |v: &Option<aldine::sources::Spanned<String>>| {
        v.as_ref().map(|v| v.value.clone()).unwrap_or_default()
    };
    assert_eq!(value(&s.identifier), "9780306406157", "an ISBN-10 is made an ISBN-13");
    assert_eq!(value(&s.isbn_print), "9783161484100");
    assert_eq!(value(&s.isbn_epub), "9780804429573", "X is ten");
    assert_eq!(value(&s.date), "2026-11");
    assert_eq!(
        (s.publisher.as_deref(), s.rights.as_deref(), s.description.as_deref()),
        (Some("P"), Some("R"), Some("D"))
    );
    assert_eq!(s.series.as_ref().unwrap().name, "S");
    assert_eq!(
        (value(&s.cover), value(&s.name), value(&s.style), value(&s.page)),
        ("img/c.png".into(), "file".into(), "technical".into(), "a5".into())
    );
    assert_eq!((s.dialect, s.number_sections, s.typographic), (Dialect::Aldine, Some(2), Some(false)));
    assert_eq!(value(&s.base_url), "https://example.org/");
    assert_eq!(s.fonts.iter().map(|f| f.value.as_str()).collect::<Vec<_>>(), ["f/a.otf"]);
    assert!(s.system_fonts && s.allow_outside);
    assert_eq!(s.hyphenation, ["ta-ble"]);
    assert_eq!(s.size.as_ref().unwrap().value, Measure::Fixed(Length::pt(10.5)));
    assert_eq!(s.text_width.as_ref().unwrap().value, 0);
}

#[test]
fn an_isbn_in_identifier_is_checked_and_other_identifiers_are_left_alone() {
    for (typed, wrong) in
        [("0-306-40615-3", true), ("978-3-16-148410-1", true), ("urn:uuid:1", false), ("12345", false)]
    {
        let (sources, told) = single(format!("---\nidentifier: \"{typed}\"\n---\nx"));
        assert_eq!(
            told.iter().any(|d| d.code == Code::BadIsbn),
            wrong,
            "{typed}: {:?}",
            said(&sources, &told)
        );
    }
}

#[test]
fn one_setting_under_two_names_is_told() {
    let (sources, told) = single("---\nauthor: A\nauthors: [B]\n---\nx");
    assert_eq!(
        only(&sources, &told),
        "a.md:3:1 bad-value: `authors` says again what `author` said | keep one of them, `authors`"
    );
}

#[test]
fn toml_that_does_not_parse_is_told_once_per_mistake() {
    let (sources, told) =
        folder(&Memory::new().with("aldine.toml", "title = \nname = \"x\nfoo = 1\n").with("a.md", "x"));
    let said = said(&sources, &told);
    assert!(said.len() >= 2, "{said:#?}");
    assert!(said[0].starts_with("aldine.toml:1:"), "{said:#?}");
    assert!(told.iter().all(|d| d.code == Code::SettingsSyntax), "no unknown keys on top: {said:#?}");
}

#[test]
fn chapters_stand_in_natural_order_and_hidden_ones_are_skipped() {
    let mut files = Memory::new().with("README.md", "not a chapter").with("notes/x.md", "nor this");
    for path in [
        "10-b.md",
        "2-a.md",
        "02-part/1.md",
        "02-part.md",
        "Appendix.md",
        "afterword.markdown",
        ".hidden.md",
        "z/.git/a.md",
        "img/a.png",
    ] {
        files = files.with(format!("manuscript/{path}"), "x");
    }
    let (sources, told) = folder(&files);
    assert_eq!(said(&sources, &told), Vec::<String>::new());
    let expected = ["2-a.md", "02-part.md", "02-part/1.md", "10-b.md", "afterword.markdown", "Appendix.md"];
    assert_eq!(paths(&sources), expected.map(|p| format!("manuscript/{p}")));
}

#[test]
fn without_a_manuscript_folder_the_files_beside_the_settings_are_the_chapters() {
    let (sources, told) = folder(&Memory::new().with("b.md", "x").with("A.md", "x").with("sub/c.md", "x"));
    assert_eq!((said(&sources, &told), paths(&sources)), (vec![], vec!["A.md", "b.md"]));
}

#[test]
fn files_are_listed_or_their_folder_named() {
    let files = Memory::new().with("text/2.md", "x").with("text/1.md", "x").with("manuscript/no.md", "x");
    let (sources, told) = folder(&files.clone().with("aldine.toml", "[manuscript]\nfolder = \"text\"\n"));
    assert_eq!((said(&sources, &told), paths(&sources)), (vec![], vec!["text/1.md", "text/2.md"]));
    let listed = "[manuscript]\nfiles = [\"text/2.md\", \"./text/1.md\", \"text/3.md\", \"../out.md\", \"text/2.md\"]\n";
    let (sources, told) = folder(&files.clone().with("aldine.toml", listed));
    assert_eq!(paths(&sources), ["text/2.md", "text/1.md"]);
    assert_eq!(
        said(&sources, &told).iter().map(|s| s.split(" | ").next().unwrap()).collect::<Vec<_>>(),
        [
            "aldine.toml:2:38 unreadable-source: there is no file `text/3.md`",
            "aldine.toml:2:51 path-outside: `../out.md` leads out of the manuscript's folder",
            "aldine.toml:2:64 duplicate-source: `text/2.md` has the name of another source",
        ]
    );
    let (sources, told) = folder(&files.with("aldine.toml", "[manuscript]\nfolder = \"nowhere\"\n"));
    assert!(
        only(&sources, &told)
            .starts_with("aldine.toml:2:10 empty-manuscript: there is no Markdown file in `nowhere`")
    );
}

#[test]
fn two_files_of_one_slug_are_refused() {
    let files = Memory::new()
        .with("manuscript/One two.md", "x")
        .with("manuscript/one-two.md", "y")
        .with("manuscript/ONE_TWO.markdown", "z");
    let (sources, told) = folder(&files);
    assert_eq!(
        told.iter().map(|d| d.code).collect::<Vec<_>>(),
        [Code::DuplicateSource; 2],
        "{:?}",
        said(&sources, &told)
    );
    assert!(told.iter().all(|d| d.related.len() == 1 && d.hint.is_some() && !d.span.is_none()));
    assert_eq!(sources.list.len(), 1);
}

#[test]
fn front_matter_of_the_first_source_goes_over_the_settings_and_others_have_none() {
    let files = Memory::new()
        .with("aldine.toml", "title = \"Old\"\npublisher = \"P\"\n")
        .with("manuscript/1.md", "---\ntitle: New\nmanuscript: {folder: x}\n---\nx")
        .with("manuscript/2.md", "---\n# only a comment\n---\nx")
        .with("manuscript/3.md", "---\n\ntitle: Wrong\n---\nx")
        .with("manuscript/4.md", "---\ntitle: Wrong\n---\nx");
    let (sources, told) = folder(&files);
    assert_eq!(sources.settings.title.as_ref().unwrap().value, "New");
    assert_eq!(sources.settings.publisher.as_deref(), Some("P"));
    assert_eq!(
        said(&sources, &told),
        [
            "manuscript/1.md:3:1 bad-value: front matter can't say which files there are | put `[manuscript]` into `aldine.toml`",
            "manuscript/4.md:2:1 bad-value: only the first source can have settings | settings belong in `aldine.toml` or in the first file",
        ]
    );
}

#[test]
fn a_manuscript_without_text_is_told() {
    for text in ["", "\u{feff}", " \r\n\n", "---\ntitle: x\n---\n", "---\ntitle: x\n---"] {
        let (sources, told) = single(text);
        assert!(
            only(&sources, &told).contains("empty-manuscript: the manuscript has no text | "),
            "{text:?}"
        );
    }
    let (sources, told) = folder(&Memory::new());
    assert!(
        only(&sources, &told).starts_with("- empty-manuscript: there is no Markdown file in `manuscript`")
    );
    let (sources, told) = folder(&Memory::new().with("1.md", "").with("2.md", "words"));
    assert_eq!((said(&sources, &told), sources.list.len()), (vec![], 2));
}

#[test]
fn bytes_that_are_not_utf8_are_told_with_the_place_of_the_first() {
    let (sources, told) = single(b"# One\n\nna\xc3\xafve caf\xe9 \xff\n".to_vec());
    assert_eq!(
        only(&sources, &told),
        "a.md:3:10 not-utf8: this file is not UTF-8: byte 18 is 0xE9 | save it as UTF-8 in your editor"
    );
    let (sources, told) = single(b"\xff\xfe#\0 \0".to_vec());
    assert!(only(&sources, &told).contains("byte 1 is 0xFF | it looks like UTF-16"));
    let (sources, told) =
        folder(&Memory::new().with("aldine.toml", b"title = \"\xe9\"".to_vec()).with("a.md", "x"));
    assert!(only(&sources, &told).starts_with("aldine.toml:1:10 not-utf8"));
}

#[test]
fn a_missing_file_is_told() {
    let mut told = Diagnostics::new();
    let sources = read(&Memory::new(), &Manuscript::File("gone.md".into()), &mut told);
    assert!(only(&sources, &told).starts_with("- unreadable-source: there is no file `gone.md`"));
}

fn write(root: &Path, path: &str, bytes: &str) {
    let path = root.join(path);
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder made");
    #[expect(clippy::disallowed_methods, reason = "a test makes its folder")]
    std::fs::write(path, bytes).expect("a file written");
}

#[test]
fn the_disk_reads_its_folder_and_nothing_else() {
    let out = tempfile::tempdir().unwrap();
    let root = out.path().join("book");
    for (path, text) in [
        ("book/manuscript/2.md", "two"),
        ("book/manuscript/10.md", "ten"),
        ("book/manuscript/.x.md", "no"),
        ("secret.md", "s"),
        ("other/a.md", "o"),
    ] {
        write(out.path(), path, text);
    }
    let disk = Disk::new(&root).unwrap();
    assert_eq!(disk.list("manuscript").unwrap(), ["manuscript/10.md", "manuscript/2.md"]);
    assert_eq!(disk.list_flat("").unwrap(), Vec::<String>::new());
    assert_eq!(*disk.read("manuscript/../manuscript/2.md").unwrap(), b"two");
    assert_eq!(disk.read("../secret.md"), Err(ReadError::Outside));
    assert_eq!(disk.read(out.path().join("secret.md").to_str().unwrap()), Err(ReadError::Outside));
    assert_eq!(disk.read("nothing.md"), Err(ReadError::Missing));
    assert_eq!(disk.read("manuscript"), Err(ReadError::Failed("it is a folder".into())));
    assert_eq!(disk.list("nowhere"), Err(ReadError::Missing));
    assert_eq!(*disk.clone().allowing_outside().read("../secret.md").unwrap(), b"s");
    assert!(Disk::new(&out.path().join("absent")).is_err());
    assert!(Disk::new(&out.path().join("secret.md")).is_err());
}

#[cfg(unix)]
#[test]
fn links_that_lead_out_are_refused_and_others_followed() {
    let out = tempfile::tempdir().unwrap();
    let root = out.path().join("book");
    for (path, text) in
        [("book/manuscript/1.md", "one"), ("book/more/2.md", "two"), ("secret.md", "s"), ("other/a.md", "o")]
    {
        write(out.path(), path, text);
    }
    let link = |to: &Path, at: &str| std::os::unix::fs::symlink(to, root.join(at)).unwrap();
    link(&root.join("more"), "manuscript/2");
    link(Path::new("nowhere"), "manuscript/.#lock.md");
    let disk = Disk::new(&root).unwrap();
    assert_eq!(disk.list("manuscript").unwrap(), ["manuscript/1.md", "manuscript/2/2.md"]);
    link(&out.path().join("secret.md"), "manuscript/3.md");
    link(Path::new("nowhere"), "manuscript/4.md");
    let mut told = Diagnostics::new();
    let sources = read(&disk, &Manuscript::Folder, &mut told);
    assert_eq!(
        said(&sources, &told).iter().map(|s| s.split(" | ").next().unwrap()).collect::<Vec<_>>(),
        [
            "- path-outside: `manuscript/3.md` leads out of the manuscript's folder",
            "- unreadable-source: there is no file `manuscript/4.md`"
        ]
    );
    assert_eq!(read(&disk.clone().allowing_outside(), &Manuscript::Folder, &mut told).list.len(), 3);
    link(&out.path().join("other"), "manuscript/5");
    assert_eq!(disk.list("manuscript"), Err(ReadError::Outside));
    link(&root.join("manuscript"), "more/loop");
    assert!(disk.list("more").is_err(), "a loop ends");
}

#[test]
fn the_keys_of_the_text_are_checked_together() {
    let toml = |lines: &str| {
        let memory = Memory::new()
            .with("aldine.toml", format!("language = \"en\"\n[text]\n{lines}"))
            .with("a.md", "x");
        let (sources, told) = folder(&memory);
        said(&sources, &told)
            .into_iter()
            .map(|line| line.split(" | ").next().unwrap_or_default().to_owned())
            .collect::<Vec<_>>()
    };
    for fine in [
        "profile = \"screen-reader\"\nwidth = 0\n",
        "profile = \"gutenberg\"\nwidth = 60\n",
        "profile = \"ascii\"\nwidth = 100\n",
        "profile = \"braille-ready\"\nbraille = \"lou_translate\"\n",
        "profile = \"braille-ready\"\nbraille = \"lou_translate\"\nbraille-table = \"en-us-g1.ctb,extra.dic\"\n",
        "braille = \"lou_translate\"\n",
    ] {
        assert_eq!(toml(fine), [""; 0], "{fine}");
    }
    let place = "aldine.toml:3:11 bad-value:";
    for (lines, wanted) in [
        ("profile = \"pretty\"\n", format!("{place} `profile` in `[text]` can't be `pretty`")),
        (
            "profile = \"braille-ready\"\n",
            format!("{place} the profile `braille-ready` needs a program that knows braille"),
        ),
        (
            "width = 72\nprofile = \"braille-ready\"\nbraille = \"x\"\n",
            "aldine.toml:3:9 bad-value: `width` has no meaning in the profile `braille-ready`".to_owned(),
        ),
        (
            "width = 0\nprofile = \"gutenberg\"\n",
            "aldine.toml:3:9 bad-value: `width` can't be 0 in the profile `gutenberg`".to_owned(),
        ),
        (
            "width = 80\nprofile = \"gutenberg\"\n",
            "aldine.toml:3:9 bad-value: `width` can't be 80 in the profile `gutenberg`".to_owned(),
        ),
        ("braille = \"./translate\"\n", format!("{place} `braille` in `[text]` can't be `./translate`")),
        ("braille = \"bin/translate\"\n", format!("{place} `braille` in `[text]` can't be `bin/translate`")),
        ("braille = \"\"\n", format!("{place} `braille` in `[text]` can't be ``")),
        (
            "braille-table = \"--help\"\n",
            "aldine.toml:3:17 bad-value: `braille-table` in `[text]` can't be `--help`".to_owned(),
        ),
        (
            "braille-table = \"a b;c\"\n",
            "aldine.toml:3:17 bad-value: `braille-table` in `[text]` can't be `a b;c`".to_owned(),
        ),
    ] {
        assert_eq!(toml(lines), [wanted], "{lines}");
    }
    let (sources, told) =
        single("---\nlanguage: pl\ntext:\n  profile: braille-ready\n  braille: lou_translate\n---\nx");
    assert!(only(&sources, &told).contains("there is no table of braille for the book's language"));
}

#[test]
fn phrases_of_ones_own_are_read_and_checked() {
    let (sources, told) = single(
        "---\nphrases:\n  chapter: Canto {}\n  page_mark: \"{}\"\n  contents: What is in it\n  means-note: calls a note\n---\nx",
    );
    assert_eq!(said(&sources, &told), Vec::<String>::new());
    let read: Vec<(&str, &str)> =
        sources.settings.phrases.iter().map(|(name, words)| (name.as_str(), words.as_str())).collect();
    assert_eq!(
        read,
        [
            ("chapter", "Canto {}"),
            ("page_mark", "{}"),
            ("contents", "What is in it"),
            ("means_note", "calls a note")
        ]
    );
    for (line, wanted) in [
        ("chaptr: Canto {}", "unknown-key: no phrase is called `chaptr` | did you mean `chapter`?"),
        ("chapter: Canto", "bad-value: `chapter` in `[phrases]` lacks its `{}` | write"),
        ("chapter: \"{} {}\"", "bad-value: `chapter` in `[phrases]` has more than one `{}` | "),
        ("contents: \"In {}\"", "bad-value: `contents` in `[phrases]` is said alone | "),
        ("contents: \" \"", "bad-value: `contents` in `[phrases]` has no words | "),
        (
            "contents: \"a] b\"",
            "bad-value: `contents` in `[phrases]` has a bracket, a brace or a line end in it | ",
        ),
        (
            "contents: \"a\\nb\"",
            "bad-value: `contents` in `[phrases]` has a bracket, a brace or a line end in it | ",
        ),
        ("contents: [a]", "bad-value: `contents` in `[phrases]` is no text | "),
    ] {
        let (sources, told) = single(format!("---\nphrases:\n  {line}\n---\nx"));
        assert!(only(&sources, &told).contains(wanted), "{line}: {}", only(&sources, &told));
    }
    let (sources, told) = single("---\nphrases: Canto\n---\nx");
    assert!(only(&sources, &told).contains("bad-value: `phrases` is a table | "));
    let toml = "[phrases]\nchapter = \"Canto {}\"\npart = \"Book {}\"\n";
    let memory =
        Memory::new().with("aldine.toml", toml).with("a.md", "---\nphrases:\n  chapter: Song {}\n---\nx");
    let (sources, _) = folder(&memory);
    let named = |name: &str| {
        sources.settings.phrases.iter().find(|(known, _)| known == name).map(|(_, words)| words.as_str())
    };
    assert_eq!((named("chapter"), named("part")), (Some("Song {}"), Some("Book {}")), "front matter wins");
}
