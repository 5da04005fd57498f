//! Every key of a style: that the style `classic` explains it, that its value is checked, and that it does
//! something.

use super::*;
use std::collections::BTreeMap;

#[expect(clippy::disallowed_methods, reason = "a test reads the files it judges")]
fn file(path: &str) -> String {
    std::fs::read_to_string(format!("{}/{path}", env!("CARGO_MANIFEST_DIR"))).expect("a file")
}

/// Each key of `classic` in its table, with what it is set to, and the lines that stand before it.
fn keys() -> Vec<(String, String, String, String)> {
    let (mut table, mut before, mut found) = (String::new(), String::new(), Vec::new());
    for line in file("styles/classic/style.toml").lines() {
        if let Some(name) = line.strip_prefix('[') {
            table = name.trim_end_matches(']').to_owned();
        } else if line.starts_with('#') || line.is_empty() {
            before += &format!("{line}\n");
            continue;
        } else if let Some((key, value)) = line.split_once(" = ") {
            found.push((table.clone(), key.to_owned(), value.to_owned(), std::mem::take(&mut before)));
        }
    }
    found
}

fn path(table: &str, key: &str) -> String {
    if table.is_empty() { key.to_owned() } else { format!("{table}.{key}") }
}

fn style(table: &str, key: &str, value: &str) -> String {
    if table.is_empty() { format!("{key} = {value}\n") } else { format!("[{table}]\n{key} = {value}\n") }
}

#[test]
fn the_style_classic_explains_every_key() {
    let source = file("src/style/keys.rs");
    let list = |name: &str| -> Vec<String> {
        let (_, from) = source.split_once(&format!("const {name}: &[")).expect("the list");
        let (list, _) = from.split_once("];").expect("its end");
        let strings = list.split('(').filter_map(|part| part.strip_prefix('"')?.split('"').next());
        strings.map(str::to_owned).collect()
    };
    let mut wanted = list("KEYS");
    let (_, tables) = source.split_once("const HEADINGS: &[&str] =").expect("the list");
    let tables: Vec<&str> =
        tables.split(';').next().expect("its end").split('"').skip(1).step_by(2).collect();
    assert_eq!(tables.len(), 7, "{tables:?}");
    for table in tables {
        wanted.extend(list("HEADING").iter().map(|key| format!("{table}.{key}")));
    }
    assert!(wanted.len() > 90, "{wanted:?}");
    // The one that names what stands under a style, and has nothing under it in the first of all.
    wanted.retain(|key| key != "base");
    let mut named: Vec<String> = keys().iter().map(|(table, key, ..)| path(table, key)).collect();
    named.sort();
    wanted.sort();
    assert_eq!(named, wanted);
    assert!(file("styles/classic/style.toml").contains("# base = \"classic\""));
}

#[test]
fn every_key_is_checked_and_told_with_its_place_and_a_hint() {
    for (table, key, ..) in keys() {
        for wrong in ["[1]", "{ a = 1 }", "\"\\u0007\""] {
            let (_, problems) = own(&style(&table, &key, wrong));
            let [(code, place, said, hint)] = problems.as_slice() else {
                panic!("{table} {key} = {wrong}: {problems:?}")
            };
            let line = if table.is_empty() { 1 } else { 2 };
            assert_eq!(
                (*code, *place),
                (Code::BadStyle, Some(Place { line, column: key.len() + 4 })),
                "{said}"
            );
            assert!(said.starts_with(&format!("`{}` must be ", path(&table, &key))), "{said}");
            assert!(!hint.is_empty(), "{said}");
        }
    }
}

/// Another value of the same kind.
fn other(table: &str, key: &str, value: &str) -> String {
    let words = BTreeMap::from([
        ("name", "\"mine\""),
        ("scene-break", "\"⁂\""),
        ("ornament", "\"❦\""),
        ("opening", "\"run\""),
        ("align", "\"end\""),
        ("face", "\"atkinson-hyperlegible\""),
        ("verso", "\"author\""),
        ("recto", "\"section\""),
        ("indent", "\"2em\""),
        ("attribution", "\"start\""),
        ("gap", "\"1lines\""),
        ("leading", "\"1.4em\""),
        ("inner-growth", "\"1mm\""),
        ("ground", "\"#ffffff\""),
        ("ink", "\"#000000\""),
    ]);
    match (table, key, value) {
        ("page", "size", _) => "\"a5\"".to_owned(),
        ("code", "face", _) => "\"iosevka-charon-mono\"".to_owned(),
        ("text", "align", _) => "\"start\"".to_owned(),
        ("figure" | "notes", "place", _) => if table == "notes" { "\"book\"" } else { "\"top\"" }.to_owned(),
        (_, _, "true") => "false".to_owned(),
        (_, _, "false") => "true".to_owned(),
        (_, "size" | "quote-size" | "table-size" | "caption-size", _) => "\"8.1pt\"".to_owned(),
        (_, _, number) if number.parse::<u8>().is_ok() => match key {
            "drop-cap" => "3",
            "columns" => "1",
            _ => "6",
        }
        .to_owned(),
        _ => words.get(key).map_or_else(|| "\"0.7in\"".to_owned(), |value| (*value).to_owned()),
    }
}

#[test]
fn every_key_changes_the_theme() {
    let (classic, problems) = own("");
    assert_eq!(problems, []);
    for (table, key, value, _) in keys() {
        let value = match (table.as_str(), key.as_str()) {
            // What is right already, or out of proportion.
            ("headings.1", "align") => "\"start\"".to_owned(),
            ("blocks", "quote-indent" | "list-indent") => "\"1em\"".to_owned(),
            _ => other(&table, &key, &value),
        };
        let (theme, problems) = own(&style(&table, &key, &value));
        assert_eq!(problems, [], "{table} {key} = {value}");
        let same_name = Theme { name: classic.name.clone(), ..theme.clone() };
        let changed = if key == "name" { theme.name != "classic" } else { same_name != classic };
        assert!(changed, "{table} {key} = {value} changes nothing");
    }
}

#[test]
fn page_sizes_are_those_of_the_trade() {
    let inches = |width, height| Some((Length::inch(width), Length::inch(height)));
    let mm = |width, height| Some((Length::mm(width), Length::mm(height)));
    for (name, wanted) in [
        ("a6", mm(105.0, 148.0)),
        ("a5", mm(148.0, 210.0)),
        ("a4", mm(210.0, 297.0)),
        ("b5", mm(176.0, 250.0)),
        ("letter", inches(8.5, 11.0)),
        ("pocket", inches(4.25, 6.875)),
        ("digest", inches(5.5, 8.5)),
        ("trade", inches(6.0, 9.0)),
        ("5x8in", inches(5.0, 8.0)),
        ("5.25x8in", inches(5.25, 8.0)),
        ("5.5x8.5in", inches(5.5, 8.5)),
        ("6x9in", inches(6.0, 9.0)),
        ("148mm x 210mm", mm(148.0, 210.0)),
    ] {
        assert_eq!(style::page_size(name), wanted, "{name}");
    }
}

/// What `classic` states of its margins.
#[test]
fn margins_follow_the_canon() {
    let page = Theme::builtin("classic").unwrap().page;
    let golden = page.text_height().ratio(page.measure());
    assert!((1.55..=1.70).contains(&golden), "{golden}");
    assert!(page.inner < page.outer && page.top < page.bottom);
    // On another page they grow with it, and it stays a block of that shape, nearer to the spine and the head.
    for name in style::page_names() {
        let settings = Settings { page: Some(spanned(name.to_owned())), ..Settings::default() };
        let (theme, problems) = load_with("classic", &Memory::new(), &settings);
        assert_eq!(problems, [], "{name}");
        let page = theme.page;
        assert!(page.inner < page.outer && page.top <= page.bottom, "{name}");
        let ratio = page.inner.ratio(page.outer);
        assert!((ratio - 0.75 / 0.8).abs() < 0.01, "{name}: {ratio}");
    }
}
