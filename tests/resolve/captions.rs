//! Captions that stand as paragraphs beside what they are of.

use super::bench::{Bench, bench, set};
use super::view::view;

const TABLE: &str = "| a |\n|---|\n| b |";
const FIGURE: &str = "![A knot](knot.svg)";

/// What a text becomes: paragraphs by their words, figures and tables by label and caption.
fn seen(text: &str) -> Vec<String> {
    seen_in("en", text)
}

fn seen_in(language: &str, text: &str) -> Vec<String> {
    let mut bench: Bench =
        bench(&format!("# A\n\n{}", text.replace("TABLE", TABLE).replace("FIGURE", FIGURE)));
    bench.settings.language = set(aldine::model::Language::parse(language).expect("a language"));
    let bench = bench.with("knot.svg", super::images::SVG);
    let seen = view(&bench.make().book);
    let block = |line: &str| {
        let line = line.trim();
        let words = |kind: &str| {
            let parts: Vec<&str> = line.split(" | ").skip(1).take(2).collect();
            format!("{kind}/{}", parts.join("/"))
        };
        if line.starts_with("p ") {
            return line.split_once(": ").map(|(_, words)| words.to_owned());
        }
        ["table", "figure"].into_iter().find(|kind| line.starts_with(kind)).map(words)
    };
    seen.lines().filter_map(block).collect()
}

#[test]
fn a_paragraph_beside_a_table_is_its_caption() {
    assert_eq!(seen("Table B-2: Alone\n\nTABLE"), ["table/Table B-2/Alone"]);
    assert_eq!(seen("TABLE\n\nTable 4. Under it\n\nMore."), ["table/Table 4/Under it", "More."]);
    assert_eq!(seen("**Table 4** Set apart\n\nTABLE"), ["table/Table 4/Set apart"]);
    assert_eq!(seen_in("de", "Tabelle 2: Worte\n\nTABLE"), ["table/Tabelle 2/Worte"]);
    // Each has the one above it.
    assert_eq!(
        seen("TABLE\n\nTable 2: Next\n\nTABLE\n\nTable 3: Last"),
        ["table/-/-", "table/Table 2/Next", "Table 3: Last"]
    );
}

#[test]
fn a_paragraph_beside_a_figure_is_its_caption() {
    assert_eq!(seen("FIGURE\n\nFigure 15-3: Two knots"), ["figure/Figure 15-3/Two knots"]);
    assert_eq!(seen("Figure 1: Over it\n\nFIGURE\n\nText."), ["figure/Figure 1/Over it", "Text."]);
    assert_eq!(
        seen("FIGURE\n\nFigure 1: One\n\nFIGURE\n\nFigure 2: Two"),
        ["figure/Figure 1/One", "figure/Figure 2/Two"]
    );
    // Within a list as well.
    assert_eq!(seen("- FIGURE\n\n  Figure 1: One"), ["figure/Figure 1/One"]);
}

#[test]
fn what_only_speaks_of_it_is_none() {
    for text in [
        "Table 3 shows what I mean.",
        "Table 3 Words without a sign",
        "Tables of 3: none",
        "Figure 3: of the other kind",
        "Table 3:",
    ] {
        assert_eq!(seen(&format!("{text}\n\nTABLE")), [text, "table/-/-"], "{text}");
    }
    let long = format!("Table 3: {}", "word ".repeat(100));
    assert_eq!(seen(&format!("{long}\n\nTABLE")).len(), 2);
    // It has one already.
    assert_eq!(seen("Table 3: Other\n\nTABLE\n\nTable: Own"), ["Table 3: Other", "table/Table 1.1/Own"]);
}

#[test]
fn a_caption_keeps_its_name_and_its_editions() {
    let text = format!("# A\n\nSee [it](#tab).\n\n<a id=\"tab\"></a>\n\nTable 3: Named\n\n{TABLE}");
    let made = bench(&text).make();
    assert!(!made.codes().contains(&"dead-link"), "{:?}", made.codes());
    assert!(view(&made.book).contains("table | Table 3 | <#tab>Named"), "{}", view(&made.book));
    let text = format!("::: {{only=print}}\nTable 3: Elsewhere\n:::\n\n{TABLE}");
    assert_eq!(seen(&text).last().map(String::as_str), Some("table/-/-"));
}
