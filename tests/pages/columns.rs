//! What is true of an index in columns, made by chance: its words are written `w12q`, letters over its groups
//! are among them.

use super::any::{SEEDS, edges, spots};
use super::{PLAIN, all, explained, set};
use crate::workshop::Dice;
use aldine::layout::{
    Belongs, Charge, Ended, Item, Layout, Marks, Outcome, Page, PageExplained, Placed, Tag,
};
use aldine::measure::Length;
use std::collections::BTreeSet;

/// A manuscript and what is known of it.
#[derive(Default)]
struct Made {
    text: String,
    words: usize,
    /// Words over groups, which stand alone.
    letters: BTreeSet<usize>,
    /// First and last word of each entry.
    entries: Vec<(usize, usize)>,
    /// Words of the heading and of what is said before the entries.
    opening: usize,
    /// Words before the index.
    before: usize,
}

impl Made {
    fn word(&mut self) -> String {
        self.words += 1;
        format!("w{}q", self.words - 1)
    }

    /// An entry, with so many ems before it in the manuscript.
    fn entry(&mut self, dice: &mut Dice, level: usize) {
        let first = self.words;
        let mut line = format!("{}- {}", "  ".repeat(level), self.word());
        for at in 0..dice.roll(4) * dice.roll(4) {
            line += &format!(", {} {}", at + dice.roll(200), self.word());
        }
        self.text += &line;
        self.text += "\n";
        self.entries.push((first, self.words - 1));
    }
}

/// A chapter, and an index of up to so many groups.
fn manuscript(seed: u64, breaks: bool) -> Made {
    let (mut made, mut dice) = (Made::default(), Dice(seed + 77));
    let word = made.word();
    made.text = format!("---\ntitle: Chance\nlanguage: en\nstyle: plain\n---\n# {word}\n\n");
    for _ in 0..1 + dice.roll(30) {
        let line = format!("{} of rope.\n\n", made.word());
        made.text += &line;
    }
    made.before = made.words;
    let word = made.word();
    made.text += &format!("# {word} {{.index}}\n\n");
    if dice.roll(2) == 0 {
        let line = format!("{} in italics are those of {}.\n\n", made.word(), made.word());
        made.text += &line;
    }
    made.opening = made.words;
    for _ in 0..1 + dice.roll(26) {
        made.letters.insert(made.words);
        let word = made.word();
        made.text += &if dice.roll(2) == 0 { format!("**{word}**\n\n") } else { format!("## {word}\n\n") };
        for _ in 0..2 + dice.roll(9) {
            made.entry(&mut dice, 0);
            for _ in 0..dice.roll(3) * dice.roll(4) {
                made.entry(&mut dice, 1);
            }
        }
        made.text += if breaks && dice.roll(9) == 0 { "\n::: pagebreak\n:::\n\n" } else { "\n" };
    }
    let line = format!("# {}\n\n{} ends it.\n", made.word(), made.word());
    made.text += &line;
    made
}

/// Edges of both columns on a page of the index, from its left edge; in the look that tests have.
fn columns(at: usize) -> [[Length; 2]; 2] {
    let [inner, outer, width] = [10.0, 12.0, 110.0 - 22.0].map(Length::mm);
    let gutter = Length::pt(10.5).scale(1.5);
    let left = if at.is_multiple_of(2) { inner } else { outer };
    let column = (width - gutter) / 2;
    [[left, left + column], [left + column + gutter, left + width]]
}

fn look() -> String {
    PLAIN.replace("90x100mm", "110x150mm")
}

/// What is drawn of the entries on a page: which column it stands in, and its baseline.
fn drawn(page: &Page, at: usize) -> Vec<(usize, Length)> {
    let small = |placed: &&Placed| {
        let entry = matches!(&placed.item, Item::Glyphs(run) if run.size < Length::pt(10.0));
        entry && matches!(placed.belongs, Belongs::Content(_))
    };
    let column = |placed: &Placed| {
        let [left, right, _, y] = edges(placed);
        let slack = Length::pt(0.1);
        let within = |[from, to]: [Length; 2]| left + slack >= from && right <= to + slack;
        let found = columns(at).into_iter().position(within);
        (found.unwrap_or_else(|| panic!("page {at}: {placed:?} stands in no column")), y)
    };
    page.items.iter().filter(small).map(column).collect()
}

/// Where the index is: from its page to the one before what follows.
fn pages(made: &Made, layout: &Layout) -> std::ops::Range<usize> {
    let words = spots(layout, 'w');
    words[made.before].page..words[made.words - 3].page + 1
}

#[test]
fn entries_stand_in_columns_in_order() {
    let mut full = 0;
    for seed in SEEDS {
        let made = manuscript(seed, true);
        let (layout, _) = set(&made.text, &look());
        let found: Vec<usize> = spots(&layout, 'w').iter().map(|spot| spot.number).collect();
        assert_eq!(found, (0..made.words).collect::<Vec<_>>(), "book {seed}");
        for at in pages(&made, &layout) {
            let lines = drawn(&layout.pages[at], at);
            // All of the left column before all of the right one, each from the top down.
            assert!(lines.is_sorted(), "page {at} of book {seed}: {lines:?}");
            full += usize::from(lines.iter().any(|(column, _)| *column == 1));
        }
    }
    assert!(full > 100, "{full}");
}

/// The last baselines of both columns.
fn feet(page: &Page, at: usize) -> [Option<Length>; 2] {
    let lines = drawn(page, at);
    [0, 1].map(|column| lines.iter().filter(|line| line.0 == column).map(|line| line.1).max())
}

/// Columns of a page, and facing pages, end on one line, unless the page is charged for it.
#[test]
fn columns_end_on_one_line() {
    let (mut equal, mut uneven, mut spreads) = (0, 0, 0);
    for seed in SEEDS.step_by(3) {
        let made = manuscript(seed, false);
        let (layout, told, _) = explained(&made.text, &look(), &all);
        let pages = pages(&made, &layout);
        let charged = |at: usize| {
            let page: &PageExplained = &told[at];
            page.bill.iter().any(|(charge, _)| matches!(charge, Charge::Columns(_) | Charge::Short(_)))
        };
        let near = |one: Option<Length>, other: Option<Length>| {
            one.zip(other).is_some_and(|(one, other)| (one - other).abs() < Length::pt(0.05))
        };
        for at in pages.start..pages.end - 1 {
            let [one, other] = feet(&layout.pages[at], at);
            if charged(at) {
                uneven += 1;
                continue;
            }
            assert!(near(one, other), "page {at} of book {seed}: {one:?} {other:?}");
            equal += 1;
            if at % 2 == 1 && at + 2 < pages.end && !charged(at + 1) {
                let facing = feet(&layout.pages[at + 1], at + 1)[0];
                assert!(near(one, facing), "pages {at} and its facing one of book {seed}");
                spreads += 1;
            }
        }
    }
    assert!(equal > 60 && spreads > 20 && uneven * 10 < equal, "{equal} {spreads} {uneven}");
}

/// The last page's columns share its lines: neither is more than an entry and a letter higher.
#[test]
fn the_last_columns_are_even() {
    for seed in SEEDS {
        let made = manuscript(seed, false);
        let (layout, _) = set(&made.text, &look());
        let at = pages(&made, &layout).end - 1;
        let lines = drawn(&layout.pages[at], at);
        let top = lines.iter().map(|line| line.1).min().expect("a line");
        let [Some(one), Some(other)] = feet(&layout.pages[at], at) else { continue };
        assert!(
            (one - other).abs() <= Length::pt(11.2) * 5,
            "page {at} of book {seed}: {one:?} {other:?}, {top:?}"
        );
    }
}

#[test]
fn no_letter_is_parted_from_its_group_and_no_line_is_alone() {
    let mut broken = 0;
    for seed in SEEDS {
        let made = manuscript(seed, false);
        let (layout, _) = set(&made.text, &look());
        let words = spots(&layout, 'w');
        // A word further up than the one before begins a column or a page.
        let begins = |at: usize| words[at].page > words[at - 1].page || words[at].y < words[at - 1].y;
        for &letter in &made.letters {
            assert!(!begins(letter + 1), "w{letter}q of book {seed}");
        }
        for &(first, last) in &made.entries {
            let Some(turn) = (first + 1..=last).find(|&at| begins(at)) else { continue };
            broken += 1;
            let lines = |range: std::ops::Range<usize>| {
                words[range].iter().map(|spot| spot.y).collect::<BTreeSet<_>>()
            };
            let (one, other) = (lines(first..turn), lines(turn..last + 1));
            assert!(one.len() > 1 && other.len() > 1, "w{first}q to w{last}q of book {seed}");
        }
    }
    assert!(broken > 5, "{broken}");
}

#[test]
fn the_first_word_of_the_left_column_begins_the_page() {
    for seed in SEEDS.step_by(4) {
        let made = manuscript(seed, true);
        let (layout, _) = set(&made.text, &look());
        let words = spots(&layout, 'w');
        for at in pages(&made, &layout) {
            let first = words.iter().find(|spot| spot.page == at).expect("a word");
            let mark = layout.pagination.marks.iter().find(|mark| mark.page == at).expect("a mark");
            let [_, right] = columns(at);
            let left = layout.pages[at].items.iter().find(|placed| {
                matches!(&placed.item, Item::Glyphs(run) if run.text.contains(&format!("w{}q", first.number)))
            });
            assert!(left.is_some_and(|placed| placed.at.x < right[0]), "page {at} of book {seed}");
            // The page goes on with words of the leaf that its mark names, or begins one.
            let earlier = layout.pagination.marks.iter().filter(|mark| mark.page < at);
            assert!(earlier.into_iter().all(|other| other < mark), "page {at} of book {seed}");
        }
    }
}

#[test]
fn charges_come_to_the_price_and_nothing_better_is_refused() {
    let (mut asked, mut refused) = (0, 0);
    for seed in SEEDS.step_by(4) {
        let made = manuscript(seed, true);
        let (layout, told, _) = explained(&made.text, &look(), &all);
        let told = &told[pages(&made, &layout)];
        let told: Vec<&PageExplained> = told.iter().filter(|page| page.ended.is_some()).collect();
        let sum: f64 = told.iter().map(|page| page.price()).sum();
        for page in &told {
            assert!((sum - page.chapter).abs() < 1e-6, "book {seed}, page {}: {sum}", page.label);
            for end in &page.refused {
                let Outcome::Priced { more, .. } = end.outcome else { continue };
                assert!(more > -1e-6, "book {seed}, page {}: {end:?}", page.label);
                refused += 1;
            }
        }
        asked += told.iter().filter(|page| page.ended == Some(Ended::Asked)).count();
    }
    assert!(asked > 3 && refused > 40, "{asked} {refused}");
}

#[test]
fn the_tree_has_lists_without_labels() {
    let made = manuscript(3, false);
    let (layout, _) = set(&made.text, &look());
    let count = |wanted: &Tag| layout.structure.nodes.iter().filter(|node| node.tag == *wanted).count();
    assert_eq!(count(&Tag::Item), made.entries.len());
    assert_eq!(count(&Tag::ItemBody), made.entries.len());
    assert_eq!(count(&Tag::Label), 0);
    assert!(count(&Tag::List(Marks::Own)) > made.letters.len(), "sub-entries are lists in their entry");
}

#[test]
fn what_is_no_entry_stands_in_its_column_too() {
    let block = "| a | b |\n|---|---|\n".to_owned() + &"| one | two |\n".repeat(60);
    let text = format!(
        "---\ntitle: Odd\nlanguage: en\nstyle: plain\n---\n# Text\n\nSaid.\n\n# Index {{.index}}\n\n- first, 1\n\n{block}\n![A dot](dot.png)\n\n\
         ```\nlet harbour = \"a line that is longer than the column has room for\";\n```\n\n> Said.\n\n1. number\n\n- last, 2\n"
    );
    let (layout, _) = set(&text, &look());
    let said: String = (0..layout.pages.len()).map(|at| layout.page_text(at)).collect();
    assert_eq!(said.matches("one").count(), 60, "a row stands once: {said}");
    for (at, page) in layout.pages.iter().enumerate() {
        drawn(page, at);
        let text = Length::mm(12.0)..Length::mm(136.0);
        assert!(
            page.items.iter().map(edges).all(|[.., foot]| foot < text.end + Length::pt(40.0)),
            "page {at}"
        );
    }
}
