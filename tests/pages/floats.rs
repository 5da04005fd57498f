//! What is true of figures that float, in manuscripts made by chance: a word of the text is written `w12q`,
//! one of a caption `f12q`.

use super::any::{Spot, edges, spots};
use super::{PLAIN, set};
use crate::workshop::Dice;
use aldine::layout::{Belongs, Child, Item, Layout, NodeId};
use aldine::measure::Length;
use aldine::style::Theme;
use std::collections::BTreeMap;

/// A figure of a manuscript.
#[derive(Debug)]
struct Figure {
    place: &'static str,
    /// The text's words before it.
    words: usize,
    /// The next thing after it is a paragraph.
    text_follows: bool,
}

/// A manuscript and what is known of it.
#[derive(Default)]
struct Made {
    text: String,
    words: usize,
    figures: Vec<Figure>,
    /// First words of chapters and of their sections.
    headings: Vec<usize>,
    /// All numbered words in the order of writing.
    written: Vec<String>,
    /// The level of the last heading.
    level: usize,
}

impl Made {
    fn words(&mut self, dice: &mut Dice, count: usize) {
        for _ in 0..count {
            let word = format!("w{}q", self.words);
            self.text += &format!("{word} a rope of length {} ", ["is", "was", "paid out"][dice.roll(3)]);
            self.written.push(word);
            self.words += 1;
        }
    }

    fn paragraph(&mut self, dice: &mut Dice) {
        if let Some(last) = self.figures.last_mut() {
            last.text_follows |= last.words == self.words;
        }
        let count = 2 + dice.roll(14);
        self.words(dice, count);
        self.text += "\n\n";
    }

    /// A heading, never two levels under the one before.
    fn heading(&mut self, dice: &mut Dice, level: usize) {
        self.level = level.min(self.level + 1);
        if self.level < 3 {
            self.headings.push(self.words);
        }
        self.text += &format!("{} ", "#".repeat(self.level));
        self.words(dice, 1);
        self.text += "\n\n";
    }

    fn figure(&mut self, dice: &mut Dice) {
        let place = ["here", "top", "top", "auto", "auto", "page"][dice.roll(6)];
        let word = format!("f{}q", self.figures.len());
        let width = 10 + dice.roll(90);
        self.text += &format!("![A shape](line.svg \"{word} caption\"){{place={place} width={width}%}}\n\n");
        self.written.push(word);
        self.figures.push(Figure { place, words: self.words, text_follows: false });
    }
}

fn manuscript(seed: u64) -> Made {
    let (mut made, mut dice) = (Made::default(), Dice(seed));
    made.heading(&mut dice, 1);
    made.paragraph(&mut dice);
    for _ in 0..50 {
        match dice.roll(12) {
            0..=2 => made.figure(&mut dice),
            3 => {
                let level = [1, 2, 2, 3][dice.roll(4)];
                made.heading(&mut dice, level);
                made.paragraph(&mut dice);
            }
            _ => made.paragraph(&mut dice),
        }
    }
    made
}

fn book(seed: u64) -> (Made, Layout, Theme) {
    let made = manuscript(seed);
    let mut dice = Dice(seed + 2000);
    let size = ["90x100mm", "110x170mm", "150x225mm"][dice.roll(3)];
    let opening = format!("opening = \"{}\"", ["recto", "page", "run"][dice.roll(3)]);
    let look = PLAIN.replace("90x100mm", size).replace("opening = \"recto\"", &opening);
    let head = "---\ntitle: Chance\nlanguage: en\nstyle: plain\n---\n";
    let (layout, theme) = set(&format!("{head}{}", made.text), &look);
    (made, layout, theme)
}

const SEEDS: std::ops::Range<u64> = 0..40;

#[test]
fn floats_stand_once_and_in_order() {
    for seed in SEEDS {
        let (made, layout, _) = book(seed);
        for (letter, count) in [('w', made.words), ('f', made.figures.len())] {
            let found: Vec<usize> = spots(&layout, letter).iter().map(|spot| spot.number).collect();
            assert_eq!(found, (0..count).collect::<Vec<_>>(), "{letter} of book {seed}");
        }
    }
}

/// Text of the tree's leaves, in the order of the tree.
fn heard(layout: &Layout) -> String {
    let mut said: BTreeMap<u32, String> = BTreeMap::new();
    for placed in layout.pages.iter().flat_map(|page| &page.items) {
        if let (Belongs::Content(id), Item::Glyphs(run)) = (placed.belongs, &placed.item) {
            *said.entry(id.0).or_default() += &run.text.replace('\u{ad}', "");
        }
    }
    let mut heard = String::new();
    let mut open = vec![Child::Node(NodeId(0))];
    while let Some(child) = open.pop() {
        match child {
            Child::Content(id) => heard += said.get(&id.0).map_or("", String::as_str),
            Child::Node(id) => {
                let node = layout.structure.nodes.get(id.0 as usize).expect("a node");
                open.extend(node.children.iter().rev());
            }
        }
    }
    heard
}

#[test]
fn floats_are_heard_where_they_are_written() {
    for seed in SEEDS {
        let (made, layout, _) = book(seed);
        let heard = heard(&layout);
        let mut rest = heard.as_str();
        for word in &made.written {
            let at = rest.find(word.as_str());
            let at = at.unwrap_or_else(|| panic!("{word} of book {seed} is out of order:\n{heard}"));
            rest = &rest[at + word.len()..];
        }
    }
}

#[test]
fn floats_stand_on_the_page_of_their_call_or_later_and_pass_no_heading() {
    let mut floated = 0;
    for seed in SEEDS {
        let (made, layout, _) = book(seed);
        let (words, captions) = (spots(&layout, 'w'), spots(&layout, 'f'));
        for (at, figure) in made.figures.iter().enumerate() {
            let (before, caption) = (words[figure.words - 1], captions[at]);
            assert!(caption.page >= before.page, "f{at}q of book {seed}: {figure:?} {before:?} {caption:?}");
            floated += usize::from(words.get(figure.words).is_some_and(|w| w.page < caption.page));
            let heading = made.headings.iter().find(|first| **first >= figure.words);
            if let Some(heading) = heading.map(|first| words[*first]) {
                let passed = (caption.page, caption.y) > (heading.page, heading.y);
                assert!(!passed, "f{at}q of book {seed} passes {heading:?}: {figure:?} {caption:?}");
            }
        }
    }
    assert!(floated >= 40, "only {floated} figures float");
}

#[test]
fn a_page_goes_on_where_a_figure_floats() {
    let (mut floated, mut heads, mut holes) = (0, 0, 0);
    for seed in SEEDS {
        let (made, layout, theme) = book(seed);
        let (words, captions) = (spots(&layout, 'w'), spots(&layout, 'f'));
        let foot = theme.page.top + theme.page.text_height();
        for (at, figure) in made.figures.iter().enumerate() {
            let (before, caption) = (words[figure.words - 1], captions[at]);
            if !figure.text_follows || figure.place == "here" {
                continue;
            }
            let lines = |page: usize| words.iter().filter(move |word| word.page == page);
            if caption.page > before.page {
                floated += 1;
                let here = |word: &&Spot| word.page == before.page;
                let all = words.iter().chain(&captions).filter(here);
                let last = all.map(|word| word.y).max().expect("the page has words");
                // Before what floats mustn't pass a page may be short: a heading, the end, a figure that stays.
                let end = words.last().map_or(0, |word| word.page);
                let near = |word: usize| words[word].page <= before.page + 3;
                let heading = made.headings.iter().any(|first| *first > figure.words && near(*first));
                let stays = |other: &Figure| other.place == "here" && near(other.words - 1);
                let fenced = heading || end <= before.page + 3 || made.figures[at..].iter().any(stays);
                if last + theme.text.leading * 4 < foot && !fenced {
                    assert!(figure.place != "top", "page {} of book {seed} has a hole: f{at}q", before.page);
                    holes += 1;
                }
            }
            if figure.place == "top" && lines(caption.page).next().is_some() {
                heads += 1;
                let first = lines(caption.page).map(|word| word.y).min().expect("the page has words");
                assert!(caption.y < first, "f{at}q of book {seed} is not at the head: {caption:?}");
            }
        }
    }
    assert!(floated >= 200 && heads >= 40, "{floated} figures float, {heads} stand at the head");
    // Where figures are many a page that is short may be the least evil.
    assert!(holes * 50 <= floated, "{holes} holes where {floated} figures float");
}

#[test]
fn figures_and_text_share_no_place() {
    for seed in SEEDS {
        let (_, layout, theme) = book(seed);
        let bottom = theme.page.top + theme.page.text_height() + theme.text.leading;
        for (at, page) in layout.pages.iter().enumerate() {
            let content = page.items.iter().filter(|placed| matches!(placed.belongs, Belongs::Content(_)));
            let (pictures, text): (Vec<_>, Vec<_>) =
                content.partition(|placed| matches!(placed.item, Item::Image { .. }));
            for picture in &pictures {
                let [_, _, top, foot] = edges(picture);
                assert!(foot <= bottom, "a figure leaves page {at} of book {seed}");
                let inside = text.iter().filter(|glyphs| {
                    let high = theme.text.size.scale(0.6);
                    glyphs.at.y > top + Length::pt(0.1) && glyphs.at.y - high < foot
                });
                let inside: Vec<_> = inside.map(|glyphs| glyphs.at.y).collect();
                assert_eq!(inside, [], "text in a figure on page {at} of book {seed}: {top} to {foot}");
                let others = pictures.iter().filter(|other| {
                    let [_, _, upper, lower] = edges(other);
                    upper < foot && lower > top
                });
                assert_eq!(others.count(), 1, "figures in each other on page {at} of book {seed}");
            }
        }
    }
}

/// The pages of a short text in which a figure stands as written, and what each shows.
fn shown(look: &str, figure: &str) -> Vec<(usize, String)> {
    let line = "w0q and a rope of length is paid out without a hurry, as it was.\n\n";
    let head = "---\ntitle: One\nlanguage: en\nstyle: plain\n---\n# One\n\n";
    let text = format!("{head}{}{figure}\n\n{}", line.repeat(12), line.repeat(12));
    let (layout, _) = set(&text, look);
    let pictures = |page: &aldine::layout::Page| {
        page.items.iter().filter(|placed| matches!(placed.item, Item::Image { .. })).count()
    };
    layout.pages.iter().enumerate().map(|(at, page)| (pictures(page), layout.page_text(at))).collect()
}

#[test]
fn a_figure_higher_than_the_page_has_a_page_without_text() {
    for place in ["top", "auto", "page"] {
        let pages = shown(PLAIN, &format!("![A tower](tower.svg \"High\"){{place={place} width=100%}}"));
        let alone: Vec<_> = pages.iter().filter(|(pictures, _)| *pictures == 1).collect();
        assert_eq!(alone.len(), 1, "{place}: {pages:?}");
        assert_eq!(alone[0].1, "Figure 1. High", "{place}");
    }
}

#[test]
fn a_caption_longer_than_a_page_is_broken_where_it_is_written() {
    let caption = "said ".repeat(300);
    let pages = shown(PLAIN, &format!("![A tower](tower.svg \"{caption}\"){{place=top}}"));
    let said: usize = pages.iter().map(|(_, text)| text.matches("said").count()).sum();
    let words: usize = pages.iter().map(|(_, text)| text.matches("w0q").count()).sum();
    assert_eq!((said, words), (300, 24), "{pages:?}");
}

#[test]
fn the_style_says_where_figures_stand_that_do_not() {
    let floating = format!("{PLAIN}[figure]\nplace = \"top\"\n");
    let first = |look: &str, figure: &str| {
        let pages = shown(look, figure);
        let (_, text) = pages.into_iter().find(|(pictures, _)| *pictures == 1).expect("a figure");
        text.starts_with("Figure 1. Wide")
    };
    let plain = "![A shape](line.svg \"Wide\"){width=50%}";
    let here = "![A shape](line.svg \"Wide\"){width=50% place=here}";
    assert!(first(&floating, plain), "it floats to the head of a page");
    assert!(!first(&floating, here), "its own word stands over the style's");
    assert!(!first(PLAIN, plain), "figures stay where they are written");
}

#[test]
fn a_figure_in_a_list_stands_in_its_item() {
    let pages = shown(PLAIN, "- before it\n\n  ![A shape](line.svg \"Within\"){place=top}\n\n  after it");
    let said: String = pages.into_iter().map(|(_, text)| text).collect();
    let found = ["before it", "Within", "after it"].map(|words| said.find(words).expect("it is printed"));
    assert!(found.is_sorted(), "{said}");
}
