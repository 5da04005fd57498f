//! The contents: columns of numbers, titles and folios, and what stays together.

use crate::{Set, book};
use aldine::layout::{Belongs, Item, Ornament};

/// A row of a page: its words in the order of their places, dots apart, and where its dots end.
struct Row {
    words: Vec<(f64, f64, String)>,
    dots: Option<f64>,
}

/// The rows of a page.
fn rows(set: &Set, at: usize) -> Vec<Row> {
    let mut rows: std::collections::BTreeMap<i64, Row> = std::collections::BTreeMap::new();
    for placed in &set.layout.pages[at].items {
        let Item::Glyphs(run) = &placed.item else { continue };
        let row = rows.entry(placed.at.y.to_sp()).or_insert_with(|| Row { words: Vec::new(), dots: None });
        let x = placed.at.x.to_pt();
        let advances = run.glyphs.iter().map(|glyph| glyph.advance.to_pt());
        if placed.belongs == Belongs::Artifact(Ornament::Layout) && run.text.starts_with("..") {
            row.dots = Some(x + advances.sum::<f64>());
            continue;
        }
        let words = run.text.trim_end();
        let width = run.glyphs.iter().filter(|glyph| (glyph.text.start as usize) < words.len());
        let width: f64 = width.map(|glyph| glyph.advance.to_pt()).sum();
        row.words.push((x, x + width, words.to_owned()));
    }
    rows.into_values().filter(|row| !row.words.is_empty()).collect()
}

fn near(values: &[f64]) -> bool {
    values.iter().all(|value| (value - values[0]).abs() < 0.1)
}

/// Chapters enough for folios of one, two and three digits, some with titles of two lines.
fn long() -> Set {
    let chapter = |at: usize| {
        let title =
            if at == 3 { "Of ships, of the lamps in them and of the men who lit them" } else { "Ships" };
        format!("# {title}\n\n{}", "A line.\n\n".repeat(if at < 4 { 40 } else { 500 }))
    };
    book("number-sections = 1\n", &(1..=12).map(chapter).collect::<String>())
}

#[test]
fn leaders_stop_at_one_place_and_folios_end_at_another() {
    let set = long();
    let rows = rows(&set, set.find("Contents"));
    let entries: Vec<&Row> = rows.iter().filter(|row| row.dots.is_some()).collect();
    let folios: Vec<&(f64, f64, String)> = entries.iter().map(|row| row.words.last().unwrap()).collect();
    let digits: std::collections::BTreeSet<usize> = folios.iter().map(|folio| folio.2.len()).collect();
    assert_eq!(digits.into_iter().collect::<Vec<_>>(), [1, 2, 3], "folios of every length");
    assert!(near(&entries.iter().filter_map(|row| row.dots).collect::<Vec<_>>()), "dots stop at one place");
    assert!(near(&folios.iter().map(|folio| folio.1).collect::<Vec<_>>()), "folios end at one place");
    let widest = folios.iter().map(|folio| folio.0).fold(f64::INFINITY, f64::min);
    let stop = entries[0].dots.unwrap();
    // A dot's advance is more than its ink; the last dot ends half an em before the widest folio.
    assert!(widest - stop < 10.5 && widest > stop - 10.5, "{widest} {stop}");
}

#[test]
fn titles_stand_in_a_column_and_turn_over_an_em_further_in() {
    let set = long();
    let rows = rows(&set, set.find("Contents"));
    let of = |number: &str| rows.iter().find(|row| row.words[0].2 == number).expect(number);
    assert!(near(&[of("1").words[1].0, of("3").words[1].0, of("10").words[1].0]), "one column of titles");
    assert!(near(&[of("1").words[0].0, of("10").words[0].0]), "one column of numbers");
    let at = rows.iter().position(|row| row.words[0].2 == "3").unwrap();
    let turned = &rows[at + 1];
    assert!((turned.words[0].0 - rows[at].words[1].0 - 10.5).abs() < 0.1, "an em further in");
    assert!(rows[at].dots.is_none() && turned.dots.is_some());
    let words: String = turned.words.iter().map(|word| word.2.as_str()).collect::<Vec<_>>().join(" ");
    assert!(words.split(' ').count() > 2, "no lone word before the folio: {words}");
}

#[test]
fn roman_numbers_end_where_their_column_does() {
    let parts: String = (1..=8).map(|at| format!("# P{at} {{.part}}\n\n## Ships\n\nText.\n\n")).collect();
    let set = book("number-sections = 1\n[front]\ncontents = 1\n", &parts);
    let rows = rows(&set, set.find("Contents"));
    let ends = |number: &str| rows.iter().find(|row| row.words[0].2 == number).expect(number).words[0].1;
    assert!(near(&[ends("I"), ends("III"), ends("VIII")]));
}

#[test]
fn chapters_stand_out_where_their_sections_are_listed() {
    let text = "# Harbour\n\n## Lamps\n\n## Ropes\n\n## Oil\n\nText.\n\n";
    let weights = |style: &str| {
        let set = book(style, text);
        let at = set.find("Contents");
        let page = &set.layout.pages[at];
        let bold = |words: &str| {
            let run = page.items.iter().find_map(|placed| match &placed.item {
                Item::Glyphs(run) if run.text.contains(words) => Some(run),
                Item::Glyphs(_) | Item::Rule { .. } | Item::Image { .. } => None,
            });
            set.layout.fonts.get(run.expect(words).face).name().contains("Bold")
        };
        (bold("Harbour"), bold("Lamps"))
    };
    assert_eq!(weights("base = \"technical\"\n"), (true, false));
    // Nothing to stand out from.
    assert!(!weights_of_chapters_alone());
}

fn weights_of_chapters_alone() -> bool {
    let set = book("base = \"technical\"\n[front]\ncontents = 1\n", "# Harbour\n\n## Lamps\n\nText.\n");
    let page = &set.layout.pages[set.find("Contents")];
    page.items.iter().any(|placed| match &placed.item {
        Item::Glyphs(run) => {
            run.text.contains("Harbour") && set.layout.fonts.get(run.face).name().contains("Bold")
        }
        Item::Rule { .. } | Item::Image { .. } => false,
    })
}

#[test]
fn a_chapter_keeps_its_first_two_sections_in_the_contents() {
    for before in 20..40 {
        let fill = "# Fill\n\nText.\n\n".repeat(before);
        let text =
            format!("{fill}# Harbour\n\n## Lamps\n\n## Ropes\n\n## Oil\n\nText.\n\n# After\n\nText.\n");
        let set = book("[front]\ncontents = 2\n", &text);
        let at = set.find("Harbour");
        let page = set.page(at);
        assert!(page.contains("Lamps") && page.contains("Ropes"), "{before}: {page}");
    }
}
