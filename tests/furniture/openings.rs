//! How chapters and books open.

use crate::{LONG, Set, around, book, set};
use aldine::layout::{Item, Ornament, PageKind};

/// What stands in small capitals on the page that says these words: of another size of glyphs than those
/// of the text, so it is looked for by their names.
fn small(set: &Set, words: &str) -> String {
    let page = &set.layout.pages[set.find(words)];
    let runs = page.items.iter().filter_map(|placed| match &placed.item {
        Item::Glyphs(run) => Some(run),
        Item::Rule { .. } | Item::Image { .. } => None,
    });
    let mut found = String::new();
    for run in runs {
        let face = set.layout.fonts.get(run.face);
        for glyph in &run.glyphs {
            let said = &run.text[glyph.text.start as usize..glyph.text.end as usize];
            // A small capital is another glyph than the letter's own, and so is a ligature, of several letters.
            let mut chars = said.chars();
            let alone = chars.next().filter(|c| c.is_lowercase() && chars.next().is_none());
            let own = alone.and_then(|c| face.glyph(c));
            if own.is_some_and(|own| own != glyph.id) {
                found.push_str(said);
            }
        }
    }
    found
}

/// The beginning of a chapter that is set in small capitals, capitals and spaces apart.
fn opened(beginning: &str) -> String {
    let set = book("[front]\ncontents = 0\n", &format!("# X\n\n{beginning} {LONG}\n"));
    small(&set, "Call the harbour")
}

#[test]
fn an_opening_in_small_capitals_ends_where_the_sense_does() {
    assert_eq!(opened("They call me Ishmael. Some years ago it was"), "heycallmeshmael");
    assert_eq!(opened("The pale Usher\u{2014}threadbare in coat"), "hepalesher");
    assert_eq!(opened("The cabin; by the stern windows"), "hecabin");
    assert_eq!(opened("Not long before that, we had"), "otlongbeforethat");
    // Without a sign after a few words, none of them a name's first or one that leans on the next.
    assert_eq!(opened("Now it was that old Captain Ahab stood upon the deck and looked"), "owitwasthat");
    assert_eq!(opened("It was that Captain Ahab who stood upon the deck and looked"), "twasthat");
    assert_eq!(opened("When Mr. Starbuck came up from below and stood and looked"), "henrtarbuckcame");
    // What ends a number or a short word ends nothing.
    assert_eq!(opened("About 3.5 miles of rope lay upon the deck there and waited"), "boutmiles");
}

#[test]
fn paragraphs_of_short_lines_open_without_small_capitals() {
    let style = "[front]\ncontents = 0\n";
    for text in ["In token\\\nof my admiration\\\nthis book is inscribed\n", "One line alone.\n"] {
        let set = book(style, &format!("# X\n\n{text}\n{LONG}\n"));
        assert_eq!(small(&set, "Call the harbour"), "", "{text}");
    }
}

#[test]
fn a_chapter_opens_after_the_quotation_under_its_title() {
    let text = format!("# X\n\n> Words of another.\n\nThe cabin; by then {LONG}\n\nMore, {LONG}\n");
    let set = book("[front]\ncontents = 0\n", &text);
    assert_eq!(small(&set, "Words of another"), "hecabin");
    // And stands flush, as the first paragraph under a title does.
    let page = &set.layout.pages[set.find("Words of another")];
    let x = |words: &str| {
        page.items.iter().find_map(|placed| match &placed.item {
            Item::Glyphs(run) if run.text.starts_with(words) => Some(placed.at.x.to_pt()),
            Item::Glyphs(_) | Item::Rule { .. } | Item::Image { .. } => None,
        })
    };
    let (first, second) = (x("The").or(x("T")).expect("a first"), x("More").expect("a second"));
    assert!((second - first - 10.5).abs() < 1.0, "{first} {second}");
}

#[test]
fn a_chapter_with_its_own_number_opens_like_one_that_is_given_it() {
    let text = format!(
        "# Chapter LVII: Of Whales\n\n{}\n\n# Chapter LVIII: Brit\n\n{LONG}\n",
        format!("{LONG}\n\n").repeat(12)
    );
    let set = book("base = \"classic\"\n", &text);
    let at = set.find("Call the harbour");
    assert_eq!(set.lines(at)[..2], ["Chapter LVII", "Of Whales"]);
    assert_eq!(set.ornaments(at + 2, Ornament::Head), "Of Whales", "the head says no number");
    let contents = set.page(set.find("Contents"));
    assert!(contents.contains("LVII Of Whales 1") && !contents.contains("Chapter"), "{contents}");
    assert!(set.artifact("txt").contains("LVII Of Whales"), "the other editions say the same");
}

#[test]
fn titles_stand_at_one_height_with_a_label_or_without() {
    let text =
        format!("# Chapter I: Harbour\n\n{LONG}\n\n# Chapter II: Lamps\n\n{LONG}\n\n# Epilogue\n\n{LONG}\n");
    let set = book("[front]\ncontents = 0\n", &text);
    let height = |title: &str| {
        let words = |item: &Item| matches!(item, Item::Glyphs(run) if run.text == title);
        let items = set.layout.pages.iter().flat_map(|page| &page.items);
        let found = items.into_iter().find(|placed| words(&placed.item) && placed.at.y.to_pt() > 60.0);
        found.expect(title).at.y.to_sp()
    };
    assert_eq!(height("Harbour"), height("Epilogue"));
}

#[test]
fn a_section_called_dedication_is_one() {
    let long = format!("{LONG}\n\n").repeat(4);
    let text = format!(
        "# Dedication\n\nfor A. N.\\\nwho kept\\\nthe lamp\n\n# Etymology\n\n{LONG}\n\n# Chapter I: One\n\n{long}# Chapter II: Two\n\n{LONG}\n"
    );
    let set = book("base = \"classic\"\n", &text);
    let (at, contents) = (set.find("for A. N."), set.find("Contents"));
    assert!(at.is_multiple_of(2) && at < contents);
    assert_eq!(around(&set, at), (PageKind::Text, String::new(), String::new()));
    assert_eq!(set.layout.pages[at + 1].kind, PageKind::Blank);
    assert!(!set.page(contents).contains("Dedication"), "the contents stand after it");
    let first = (0..set.layout.pages.len()).find(|&at| set.lines(at).iter().any(|line| line == "Chapter I"));
    let first = first.expect("the first chapter");
    assert_eq!(set.layout.pages[first].label.to_string(), "1", "what stands before has roman folios");
    assert!(first.is_multiple_of(2));
    // Its centred lines are no paragraphs that are set in by chance.
    let report = aldine::proof::typography(&set.bytes("pdf")).expect("a PDF");
    let indents = report.rules.iter().find(|rule| rule.number == 12).expect("rule 12");
    assert!(indents.figures.contains(&("otherwise", 0.0)), "{indents:?}");
}

#[test]
fn a_title_page_is_composed() {
    let front = "---\ntitle: A Book\nsubtitle: Of lamps\nlanguage: en\nauthor: A. Writer\npublisher: Lamp Press\ndate: 2026-07-09\n---\n\n# One\n\nText.\n";
    let set = set("[front]\nhalf-title = false\n", front);
    assert_eq!(set.lines(0), ["A Book", "Of lamps", "A. Writer", "Lamp Press", "2026"]);
    let page = &set.layout.pages[0];
    let (height, leading, top) = (page.height.to_pt(), 14.0, 0.8 * 72.0);
    let mut ys: Vec<f64> = page.items.iter().map(|placed| placed.at.y.to_pt()).collect();
    ys.sort_by(f64::total_cmp);
    ys.dedup_by(|a, b| (*a - *b).abs() < 0.1);
    let shares: Vec<f64> = ys.iter().map(|y| y / height).collect();
    assert!(shares[0] > 0.25 && shares[0] < 0.36, "the title about the upper third: {shares:?}");
    assert!(shares[2] > 0.4 && shares[2] < 0.6, "the author in the middle: {shares:?}");
    assert!(shares[3] > 0.8 && shares[4] < 0.9, "the publisher at the foot: {shares:?}");
    // The feet of single lines are on the grid of the text.
    let body = set.layout.pages[set.find("Text.")].items.iter().map(|placed| placed.at.y.to_pt());
    let grid = (body.fold(0.0, f64::max) - top) % leading;
    let off = (ys[4] - top) % leading - grid;
    assert!(off.abs() < 0.3, "{off}");
}
