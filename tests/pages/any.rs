//! What is true of the pages of any book: manuscripts made by chance from numbered words, set in several
//! looks, and held to the promises of the layout.
//!
//! A word of the text is written `w12q` and stands among words of no account, one of a note `n12q`; so
//! each can be found again whatever was hyphenated, joined or set between.

use super::{PLAIN, set};
use crate::workshop::Dice;
use aldine::layout::{Belongs, Item, Layout, Page, PageKind, Placed};
use aldine::measure::Length;
use aldine::style::Theme;
use std::collections::{BTreeMap, BTreeSet};

const FILL: [&str; 10] =
    ["a", "rope", "of", "considerable", "length", "is", "paid", "out", "unhurriedly", "aft,"];

/// A manuscript and what is known of it.
#[derive(Default)]
struct Made {
    text: String,
    notes: String,
    words: usize,
    note_words: usize,
    /// For each note the word that calls it and its own first one.
    calls: Vec<(usize, usize)>,
    /// Words of headings.
    headings: BTreeSet<usize>,
    /// First and last word of each paragraph that stands in the text itself.
    paragraphs: Vec<(usize, usize)>,
}

impl Made {
    fn word(&mut self) -> String {
        self.words += 1;
        format!("w{}q", self.words - 1)
    }

    /// So many numbered words, with others between; the first and the last are numbered.
    fn words(&mut self, dice: &mut Dice, count: usize) -> String {
        let mut said = vec![self.word()];
        for _ in 1..count {
            said.extend((0..dice.roll(4)).map(|_| FILL[dice.roll(FILL.len())].to_owned()));
            said.push(self.word());
        }
        said.join(" ")
    }

    fn paragraph(&mut self, dice: &mut Dice) {
        let first = self.words;
        let count = 1 + dice.roll(12) * (1 + dice.roll(3));
        let said = self.words(dice, count);
        self.text += &said;
        if dice.roll(4) == 0 {
            self.note(dice);
        }
        self.text += "\n\n";
        self.paragraphs.push((first, self.words - 1));
    }

    fn note(&mut self, dice: &mut Dice) {
        let first = self.note_words;
        // One in six is so long that it may have to go on on the next page.
        let count = if dice.roll(6) == 0 { 60 } else { 1 + dice.roll(9) };
        let mut said = Vec::new();
        for _ in 0..count {
            said.push(format!("n{}q", self.note_words));
            said.extend((0..dice.roll(4)).map(|_| FILL[dice.roll(FILL.len())].to_owned()));
            self.note_words += 1;
        }
        self.text += &format!("[^{first}]");
        self.notes += &format!("[^{first}]: {}\n\n", said.join(" "));
        self.calls.push((self.words - 1, first));
    }

    fn heading(&mut self, dice: &mut Dice, level: usize) {
        let first = self.words;
        let (count, marks) = (1 + dice.roll(4), "#".repeat(level));
        let title = self.words(dice, count);
        self.text += &format!("{marks} {title}\n\n");
        self.headings.extend(first..self.words);
        self.paragraph(dice);
    }

    fn block(&mut self, dice: &mut Dice) {
        match dice.roll(14) {
            0 => self.heading(dice, 1),
            1 | 2 => self.heading(dice, 2),
            3 => {
                for _ in 0..1 + dice.roll(6) {
                    let count = 1 + dice.roll(9);
                    let line = format!("- {}\n", self.words(dice, count));
                    self.text += &line;
                }
                self.text += "\n";
            }
            4 => {
                let line = format!("| {} | {} |\n|---|--:|\n", self.word(), self.word());
                self.text += &line;
                for _ in 0..1 + dice.roll(20) {
                    let line = format!("| {} | {} |\n", self.word(), self.word());
                    self.text += &line;
                }
                self.text += "\n";
            }
            5 => {
                self.text += "```\n";
                for _ in 0..1 + dice.roll(9) {
                    let line = format!("{}\n", self.word());
                    self.text += &line;
                }
                self.text += "```\n\n";
            }
            6 => {
                let count = 1 + dice.roll(20);
                let line = format!("> {}\n\n", self.words(dice, count));
                self.text += &line;
            }
            7 => {
                self.text += "::: keep\n";
                for _ in 0..1 + dice.roll(2) {
                    let count = 1 + dice.roll(9);
                    let line = format!("{}\n\n", self.words(dice, count));
                    self.text += &line;
                }
                self.text += ":::\n\n";
            }
            8 if dice.roll(3) == 0 => self.text += "::: pagebreak\n:::\n\n",
            8 => self.text += "![A dot](dot.png)\n\n",
            _ => self.paragraph(dice),
        }
    }
}

fn manuscript(seed: u64) -> Made {
    let (mut made, mut dice) = (Made::default(), Dice(seed));
    made.heading(&mut dice, 1);
    for _ in 0..40 {
        made.block(&mut dice);
    }
    // Something stands after the last, so that no break is the last block.
    made.paragraph(&mut dice);
    made
}

/// Down to a page of fourteen lines.
const ALL: &[&str] = &["90x100mm", "110x170mm", "150x225mm"];

/// Pages that have room for a long note, a heading and some lines: there every wish can be met.
const ROOMY: &[&str] = &["110x170mm", "150x225mm"];

/// A book made by chance, set in a look made by chance.
fn book(seed: u64, sizes: &[&str]) -> (Made, Layout, Theme) {
    let (made, text, look) = manuscript_and_look(seed, sizes);
    let (layout, theme) = set(&text, &look);
    (made, layout, theme)
}

/// The text of a book made by chance, and its look.
pub(super) fn text_and_look(seed: u64) -> (String, String) {
    let (_, text, look) = manuscript_and_look(seed, ALL);
    (text, look)
}

fn manuscript_and_look(seed: u64, sizes: &[&str]) -> (Made, String, String) {
    let made = manuscript(seed);
    let mut dice = Dice(seed + 1000);
    let size = sizes[dice.roll(sizes.len())];
    let opening = format!("opening = \"{}\"", ["recto", "page", "run"][dice.roll(3)]);
    let look = PLAIN.replace("90x100mm", size).replace("opening = \"recto\"", &opening);
    let head = "---\ntitle: Chance\nlanguage: en\nstyle: plain\n---\n";
    let text = format!("{head}{}{}", made.text, made.notes);
    (made, text, look)
}

pub(super) const SEEDS: std::ops::Range<u64> = 0..60;

/// Where a numbered word stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Spot {
    pub(crate) number: usize,
    pub(crate) page: usize,
    pub(crate) y: Length,
}

fn is_content(placed: &&Placed) -> bool {
    matches!(placed.belongs, Belongs::Content(_))
}

/// Every word that begins with `letter`, in the order of drawing.
pub(crate) fn spots(layout: &Layout, letter: char) -> Vec<Spot> {
    let (mut said, mut places) = (String::new(), BTreeMap::new());
    for (page, Page { items, .. }) in layout.pages.iter().enumerate() {
        for placed in items.iter().filter(is_content) {
            let Item::Glyphs(run) = &placed.item else { continue };
            places.insert(said.len(), (page, placed.at.y));
            said += &run.text.replace('\u{ad}', "");
        }
    }
    let word = |(at, _): (usize, &str)| {
        let (digits, _) = said.get(at + 1..)?.split_once('q')?;
        let number = digits.parse().ok()?;
        let (_, (page, y)) = places.range(..=at).next_back()?;
        Some(Spot { number, page: *page, y: *y })
    };
    said.match_indices(letter).filter_map(word).collect()
}

#[test]
fn every_word_stands_once_and_in_order() {
    for seed in SEEDS {
        let (made, layout, _) = book(seed, ALL);
        for (letter, count) in [('w', made.words), ('n', made.note_words)] {
            let found: Vec<usize> = spots(&layout, letter).iter().map(|spot| spot.number).collect();
            assert_eq!(found, (0..count).collect::<Vec<_>>(), "{letter} of book {seed}");
        }
    }
}

/// How far an item reaches: left, right, upper and lower edge; glyphs stand on their lower one.
pub(crate) fn edges(placed: &Placed) -> [Length; 4] {
    let (x, y) = (placed.at.x, placed.at.y);
    match &placed.item {
        Item::Glyphs(run) => {
            let blank = |glyph: &&aldine::layout::Glyph| {
                let says = run.text.get(glyph.text.start as usize..glyph.text.end as usize);
                says.is_some_and(|says| says.trim().is_empty())
            };
            let ends = run.glyphs.iter().rev().take_while(blank).map(|glyph| glyph.advance).sum::<Length>();
            let wide = run.glyphs.iter().map(|glyph| glyph.advance).sum::<Length>() - ends;
            [x, x + wide, y, y]
        }
        Item::Rule { width, height, .. } | Item::Image { width, height, .. } => {
            [x, x + *width, y, y + *height]
        }
    }
}

#[test]
fn nothing_leaves_the_sheet_nor_hangs_below_the_text() {
    for seed in SEEDS {
        let (_, layout, theme) = book(seed, ALL);
        let style = &theme.page;
        for (at, page) in layout.pages.iter().enumerate() {
            let margin = if at % 2 == 0 { style.inner } else { style.outer };
            for placed in &page.items {
                let [left, right, top, bottom] = edges(placed);
                let inside = left >= Length::ZERO && right <= page.width && top >= Length::ZERO;
                assert!(inside && bottom <= page.height, "{placed:?} on page {at} of book {seed}");
                if !is_content(&placed) {
                    continue;
                }
                // Signs hang out by a few points; nothing else does.
                let hang = Length::pt(3.0);
                assert!(
                    left + hang >= margin
                        && right <= margin + style.measure() + hang
                        && top >= style.top
                        // A spread may be run a line long.
                        && bottom <= style.top + style.text_height() + theme.text.leading,
                    "{placed:?} on page {at} of book {seed}"
                );
            }
        }
    }
}

#[test]
fn a_note_begins_on_the_page_of_its_call() {
    let mut goes_on = 0;
    for seed in SEEDS {
        let (made, layout, _) = book(seed, ROOMY);
        let (words, notes) = (spots(&layout, 'w'), spots(&layout, 'n'));
        for (at, (call, first)) in made.calls.iter().enumerate() {
            assert_eq!(words[*call].page, notes[*first].page, "note {at} of book {seed}");
            let end = made.calls.get(at + 1).map_or(made.note_words, |(_, next)| *next) - 1;
            goes_on += usize::from(notes[end].page != notes[*first].page);
        }
    }
    assert!(goes_on >= 3, "only {goes_on} notes go on");
}

#[test]
fn no_heading_is_the_last_on_its_page() {
    for seed in SEEDS {
        let (made, layout, _) = book(seed, ROOMY);
        let mut last: BTreeMap<usize, usize> = BTreeMap::new();
        spots(&layout, 'w').iter().for_each(|spot| _ = last.insert(spot.page, spot.number));
        for (page, word) in last {
            assert!(!made.headings.contains(&word), "a heading ends page {page} of book {seed}");
        }
    }
}

#[test]
fn no_line_of_a_paragraph_is_alone() {
    let mut broken = 0;
    for seed in SEEDS {
        let (made, layout, _) = book(seed, ROOMY);
        let words = spots(&layout, 'w');
        for (first, last) in &made.paragraphs {
            let mut lines: BTreeMap<usize, BTreeSet<Length>> = BTreeMap::new();
            for spot in &words[*first..=*last] {
                lines.entry(spot.page).or_default().insert(spot.y);
            }
            broken += usize::from(lines.len() > 1);
            let alone = lines.len() > 1 && lines.values().any(|lines| lines.len() < 2);
            assert!(!alone, "w{first}q to w{last}q of book {seed}: {lines:?}");
        }
    }
    assert!(broken >= 30, "only {broken} paragraphs are broken");
}

#[test]
fn pages_are_the_same_with_any_number_of_threads() {
    for seed in SEEDS.step_by(10) {
        let dump = |threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
            pool.install(|| book(seed, ALL).1.dump())
        };
        assert!(dump(1) == dump(4), "book {seed}");
    }
}

#[test]
fn blank_pages_are_blank_and_no_other() {
    let mut blanks = 0;
    for seed in SEEDS {
        let (_, layout, _) = book(seed, ALL);
        for (at, page) in layout.pages.iter().enumerate() {
            let empty = page.items.is_empty() && page.links.is_empty();
            assert_eq!(page.kind == PageKind::Blank, empty, "page {at} of book {seed}");
            let marked = layout.pagination.marks.iter().any(|mark| mark.page == at);
            assert!(!(empty && marked), "page {at} of book {seed}");
            // Only a right-hand opening wants one before it, so it is a left-hand page.
            assert!(!empty || at % 2 == 1, "page {at} of book {seed}");
            blanks += usize::from(empty);
        }
    }
    assert!(blanks >= 10, "only {blanks} blank pages");
}
