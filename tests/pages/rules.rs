//! Each rule of pages on short manuscripts that break it as soon as it is taken away.
//!
//! A manuscript is pushed down its page line by line, so that what is to stay together comes to the foot of
//! some page whatever the page holds.

use super::any::edges;
use super::workshop::Dice;
use super::{PLAIN, set};
use aldine::layout::{Belongs, Item, Layout, Page};
use aldine::measure::Length;
use aldine::style::Theme;
use std::collections::BTreeMap;

const HEAD: &str = "---\ntitle: Book\nlanguage: en\nstyle: plain\n---\n# Zero\n\nNothing.\n\n# One\n\n";

/// The text of each line of a page from top to bottom, ornaments left out, with its baseline.
pub(super) fn lines(page: &Page) -> Vec<(Length, String)> {
    let mut lines: BTreeMap<Length, String> = BTreeMap::new();
    for placed in page.items.iter().filter(|placed| matches!(placed.belongs, Belongs::Content(_))) {
        if let Item::Glyphs(run) = &placed.item {
            lines.entry(placed.at.y).or_default().push_str(&run.text);
        }
    }
    lines.into_iter().map(|(y, text)| (y, text.trim().to_owned())).collect()
}

/// By page, the lines that begin with `mark`.
fn marked(layout: &Layout, mark: &str) -> Vec<usize> {
    let of = |page| lines(page).into_iter().filter(|(_, text)| text.starts_with(mark)).count();
    layout.pages.iter().map(of).filter(|count| *count > 0).collect()
}

/// Sets what follows so many lines of text; gives the layout of each.
pub(super) fn pushed(what: &str, look: &str) -> Vec<Layout> {
    let push = |before: usize| {
        let fill = (0..before).map(|at| format!("Line {at}.\n\n")).collect::<String>();
        let after = "After it.\n\n".repeat(12);
        set(&format!("{HEAD}{fill}{what}\n\n{after}"), look).0
    };
    (1..32).map(push).collect()
}

#[test]
fn two_lines_stand_under_a_heading() {
    let mut near = 0;
    for layout in pushed("## Heading\n\nX first.\n\nX second.\n\nX third.", PLAIN) {
        for page in &layout.pages {
            let lines = lines(page);
            let Some(at) = lines.iter().position(|(_, text)| text == "Heading") else { continue };
            assert!(lines.len() >= at + 3, "{lines:?}");
            near += usize::from(lines.len() == at + 3);
        }
    }
    assert!(near > 0, "no heading came near the foot");
}

#[test]
fn a_scene_break_is_not_the_last_on_its_page() {
    for layout in pushed("***\n\nX the next scene.", PLAIN) {
        let stars = |page: &Page| {
            let star = |placed: &&aldine::layout::Placed| matches!(&placed.item, Item::Glyphs(run) if run.text.starts_with('*'));
            page.items.iter().any(|placed| star(&placed))
        };
        let page = layout.pages.iter().find(|page| stars(page)).expect("a scene break");
        assert!(lines(page).iter().any(|(_, text)| text.starts_with('X')), "{:?}", lines(page));
    }
}

#[test]
fn paragraphs_after_an_opening_stand_flush_and_others_are_set_in() {
    let text = "A first.\n\nB second.\n\n***\n\nA first.\n\nB second.\n\n## Within\n\nA first.\n\nB second.\n\n> Quoted.\n\nB second.\n\n::: epigraph\nQuoted.\n:::\n\nA first.\n";
    let (layout, theme) = set(&format!("{HEAD}{text}"), PLAIN);
    let mut found = [0, 0];
    for (at, page) in layout.pages.iter().enumerate() {
        let margin = if at % 2 == 0 { theme.page.inner } else { theme.page.outer };
        for placed in &page.items {
            let Item::Glyphs(run) = &placed.item else { continue };
            let (wanted, which) = match run.text.get(..8) {
                Some("A first.") => (Length::ZERO, 0),
                Some("B second") => (theme.text.indent, 1),
                _ => continue,
            };
            let off = (placed.at.x - margin - wanted).to_pt();
            // A letter may hang out by a twentieth of its width.
            assert!(off.abs() < 0.5, "{} stands {off} off", run.text);
            found[which] += 1;
        }
    }
    assert_eq!(found, [4, 4]);
}

#[test]
fn short_stanzas_stay_whole_and_longer_ones_leave_two_lines_at_each_side() {
    let verse = |lines: usize| format!("::: verse\n{}:::", "X a line of verse\n".repeat(lines));
    for count in [2, 4, 6] {
        for layout in pushed(&verse(count), PLAIN) {
            assert_eq!(marked(&layout, "X"), [count]);
        }
    }
    let mut found = Vec::new();
    for layout in pushed(&verse(7), PLAIN) {
        let parts = marked(&layout, "X");
        assert!(parts.iter().all(|part| *part >= 2), "{parts:?}");
        found.push(parts);
    }
    assert!([vec![7], vec![2, 5], vec![5, 2]].iter().all(|parts| found.contains(parts)), "{found:?}");
}

#[test]
fn stanzas_are_a_line_apart_where_the_spaces_around_them_give() {
    let quote = "> X one\\\n> X two\n>\n> X three\\\n> X four\n\n";
    let mut gave = 0;
    for layout in pushed(&quote.repeat(5), PLAIN) {
        for page in &layout.pages {
            let lines = lines(page);
            for pair in lines.windows(2) {
                let gap = (pair[1].0 - pair[0].0).to_pt();
                if pair[0].1 == "X two" {
                    assert!((gap - 28.0).abs() < 0.3, "{gap} between stanzas: {lines:?}");
                }
                gave += usize::from(pair[0].1 == "X four" && pair[1].1 == "X one" && gap > 29.0);
            }
        }
    }
    assert!(gave > 0, "no space around gave");
}

/// From where to where a line of these first words is drawn, with its baseline.
fn extent(layout: &Layout, words: &str) -> (f64, f64, f64) {
    let page = layout.pages.iter().find(|page| lines(page).iter().any(|(_, text)| text.starts_with(words)));
    let page = page.expect("the line");
    let y = lines(page).into_iter().find(|(_, text)| text.starts_with(words)).expect("it").0;
    let runs = page.items.iter().filter(|placed| placed.at.y == y).filter_map(|placed| match &placed.item {
        Item::Glyphs(run) => {
            let width: Length = run.glyphs.iter().map(|glyph| Length::from(glyph.advance)).sum();
            Some((placed.at.x, placed.at.x + width))
        }
        Item::Rule { .. } | Item::Image { .. } => None,
    });
    let runs: Vec<_> = runs.collect();
    let from = runs.iter().map(|(from, _)| *from).min().expect("a run");
    let to = runs.iter().map(|(_, to)| *to).max().expect("a run");
    (from.to_pt(), to.to_pt(), y.to_pt())
}

#[test]
fn an_attribution_stands_close_under_its_words_at_the_edge_that_the_style_names() {
    let text = "> X words of another that fill more than a line of this small page and so go on\n>\n> — Y\n\n> X one\\\n> Z two\n>\n> — W of a name that is long enough, with its book, for more than one line\n";
    let start = format!("{PLAIN}[blocks]\nattribution = \"start\"\n");
    for (look, end) in [(PLAIN, true), (start.as_str(), false)] {
        let (layout, theme) = set(&format!("{HEAD}{text}"), look);
        let (page, indent) = (theme.page, theme.blocks.quote_indent);
        let left = page.inner.min(page.outer).to_pt();
        let (from, to, y) = extent(&layout, "— Y");
        let right =
            (page.width - page.inner - indent).to_pt().max((page.width - page.outer - indent).to_pt());
        if end {
            assert!((to - right).abs() < 6.0, "{to} is not {right}");
        } else {
            assert!(from < left + indent.to_pt() + 6.0, "{from}");
        }
        let words = extent(&layout, "Z two");
        let (long, _, under) = extent(&layout, "— W");
        assert!((under - words.2 - 14.0).abs() < 0.3, "{under} under {}", words.2);
        assert!(y < under);
        // What turns over hangs after the dash.
        let page = layout.pages.iter().find(|page| lines(page).iter().any(|(_, t)| t.starts_with("— W")));
        let after: Vec<_> = lines(page.expect("it")).into_iter().map(|(_, text)| text).collect();
        let at = after.iter().position(|text| text.starts_with("— W")).expect("it");
        let turned = extent(&layout, &after[at + 1]);
        assert!((turned.0 - long - 10.0).abs() < 1.5, "{} after {long}", turned.0);
    }
}

#[test]
fn a_poem_is_set_in_until_its_longest_line_stands_in_the_middle() {
    let (layout, theme) = set(&format!("{HEAD}> X a line, the longest of all\\\n> Y short\n"), PLAIN);
    let ((from, to, _), (short, ..)) = (extent(&layout, "X a"), extent(&layout, "Y sh"));
    assert!((from - short).abs() < 1.0, "{from} {short}");
    let page = theme.page;
    let sides = [(page.inner, page.outer), (page.outer, page.inner)];
    let middle = |(left, right): (Length, Length)| ((left + (page.width - right)) / 2).to_pt();
    let off = sides.map(|side| ((from + to) / 2.0 - middle(side)).abs());
    assert!(off.iter().any(|off| *off < 1.0), "{from} to {to}: {off:?}");
}

#[test]
fn a_note_begins_set_in_and_goes_on_flush() {
    let text = "X text.[^1]\n\n[^1]: A note with words that fill more than one line of the foot of this page, and go on.\n";
    for (indent, wanted) in [("0", 0.0), ("12pt", 12.0)] {
        let (layout, _) = set(&format!("{HEAD}{text}"), &format!("{PLAIN}[notes]\nindent = \"{indent}\"\n"));
        let number = extent(&layout, "1.");
        let page = layout
            .pages
            .iter()
            .find(|page| lines(page).iter().any(|(_, t)| t.starts_with("1.")))
            .expect("it");
        let all: Vec<_> = lines(page).into_iter().map(|(_, text)| text).collect();
        let at = all.iter().position(|text| text.starts_with("1.")).expect("it");
        let further = extent(&layout, &all[at + 1]);
        assert!((number.0 - further.0 - wanted).abs() < 0.6, "{} and {}", number.0, further.0);
    }
}

#[test]
fn a_line_of_verse_that_is_too_long_turns_over_set_in_and_whole() {
    let long = "X a line of verse that is a good deal longer than the page of this book is wide";
    let verse = format!("::: verse\nX short\n{long}\nX short\n:::");
    for layout in pushed(&verse, PLAIN) {
        let pages = layout.pages.iter().filter_map(|page| {
            let lines = lines(page);
            let at = lines.iter().position(|(_, text)| text.starts_with("X a line"))?;
            Some((lines[at].0, lines[at + 1].clone(), page))
        });
        let [(first, (second, rest), page)] = pages.collect::<Vec<_>>().try_into().expect("one page");
        assert!(long.contains(&rest), "{rest}");
        let x = |y: Length| {
            let of = page.items.iter().filter(|placed| placed.at.y == y).map(|placed| placed.at.x);
            of.min().expect("a line").to_pt()
        };
        assert!((x(second) - x(first) - 21.0).abs() < 1.0, "{} {}", x(first), x(second));
    }
}

#[test]
fn code_of_five_lines_stays_together_and_of_longer_code_three_on_either_page() {
    for (count, least) in [(5, 5), (9, 3)] {
        let code = format!("```\n{}```", "x();\n".repeat(count));
        let mut broken = 0;
        for layout in pushed(&code, PLAIN) {
            let parts = marked(&layout, "x()");
            assert!(parts.iter().all(|part| *part >= least), "{parts:?} of {count}");
            broken += usize::from(parts.len() > 1);
        }
        assert!((broken > 0) == (least < count), "{broken} of {count} are broken");
    }
}

fn table(rows: usize) -> String {
    format!("| Head | Word |\n|---|---|\n{}", "| X row | of it |\n".repeat(rows))
}

#[test]
fn a_small_table_is_not_broken_and_no_row_nor_head_is_alone() {
    for (rows, least) in [(2, 2), (9, 2)] {
        let mut broken = 0;
        for layout in pushed(&table(rows), PLAIN) {
            let parts = marked(&layout, "X row");
            assert!(parts.iter().all(|part| *part >= least), "{parts:?} of {rows}");
            assert_eq!(parts.iter().sum::<usize>(), rows);
            broken += usize::from(parts.len() > 1);
            let head = layout
                .pages
                .iter()
                .position(|page| lines(page).iter().any(|(_, text)| text.starts_with("Head")));
            let row = layout
                .pages
                .iter()
                .position(|page| lines(page).iter().any(|(_, text)| text.starts_with("X row")));
            assert_eq!(head, row, "the head stands over a row");
        }
        assert!((broken > 0) == (rows > least), "{broken} of {rows} are broken");
    }
    // Less than a third of a page isn't worth a break.
    for layout in pushed(&table(5), &novel()) {
        assert_eq!(marked(&layout, "X row"), [5]);
    }
}

/// The head, and that it goes on, stand over the rows of every further page: once, as ornament.
#[test]
fn a_table_that_goes_on_has_its_head_again_and_says_so() {
    for caption in ["", "Table: Of words\n\n"] {
        let (layout, _) = set(&format!("{HEAD}{caption}{}\nAfter.\n", table(40)), PLAIN);
        let said = if caption.is_empty() { "(continued)" } else { "Table 1 (continued)" };
        let mut pages = 0;
        let begins =
            layout.pages.iter().position(|page| lines(page).iter().any(|(_, text)| text == "HeadWord"));
        for page in layout.pages.iter().skip(begins.expect("a table") + 1) {
            let rows = page.items.iter().filter(|placed| matches!(placed.belongs, Belongs::Content(_)));
            if !rows
                .clone()
                .any(|placed| matches!(&placed.item, Item::Glyphs(run) if run.text.starts_with("X row")))
            {
                continue;
            }
            let artifacts = page.items.iter().filter(|placed| matches!(placed.belongs, Belongs::Artifact(_)));
            let words: String = artifacts
                .filter_map(|placed| match &placed.item {
                    Item::Glyphs(run) => Some(run.text.as_str()),
                    Item::Rule { .. } | Item::Image { .. } => None,
                })
                .collect();
            assert_eq!((words.matches(said).count(), words.matches("HeadWord").count()), (1, 1), "{words}");
            pages += 1;
        }
        assert!(pages >= 2, "{pages}");
    }
}

/// What ends a page within code stands where the last line of text would.
#[test]
fn a_page_that_ends_within_code_ends_on_the_grid() {
    let mut ends = 0;
    let (_, theme) = set(HEAD, PLAIN);
    let first = theme.page.top + theme.text.leading / 2 + theme.text.size.scale(0.3);
    for layout in pushed(&format!("```\n{}```", "x();\n".repeat(30)), PLAIN) {
        for page in &layout.pages {
            let lines = lines(page);
            let Some((last, text)) = lines.last() else { continue };
            let code = lines.iter().filter(|(_, text)| text.starts_with("x()")).count();
            // Without a space on the page nothing can take what is missing.
            if text != "x();" || code == lines.len() {
                continue;
            }
            let off = (*last - first).to_pt() % theme.text.leading.to_pt();
            assert!(off < 0.01 || off > theme.text.leading.to_pt() - 0.01, "{off} off the grid");
            ends += 1;
        }
    }
    assert!(ends > 5, "{ends}");
}

/// A novel of so many chapters in paragraphs of everyday words, some longer.
fn prose(seed: u64, chapters: usize, paragraphs: usize) -> String {
    const WORDS: &str = "the of and a to in he was that it considerable unhurriedly measure compositor longer paragraph \
                         extraordinary space between letters looked ahead which is to say not very often disagreeable";
    let words: Vec<&str> = WORDS.split_whitespace().collect();
    let mut dice = Dice(seed);
    let mut text = "---\ntitle: One\nlanguage: en\nstyle: plain\n---\n".to_owned();
    for chapter in 0..chapters {
        text += &format!("# Chapter {chapter}\n\n");
        for _ in 0..paragraphs + dice.roll(8) {
            let count = 15 + dice.roll(70);
            let said: Vec<&str> = (0..count).map(|_| words[dice.roll(words.len())]).collect();
            text += &format!("Then {}.\n\n", said.join(" "));
        }
    }
    text
}

/// A page of the size of novels, of few lines.
fn novel() -> String {
    PLAIN.replace("90x100mm", "120x150mm").replace("opening = \"recto\"", "opening = \"page\"")
}

/// Pages of chapters that go on on the next page: those that should be full.
fn goes_on(layout: &Layout, at: usize) -> bool {
    let begins = |page: &Page| lines(page).first().is_some_and(|(_, text)| text.starts_with("Chapter"));
    layout.pages.get(at + 1).is_some_and(|next| !next.items.is_empty() && !begins(next))
}

#[test]
fn facing_pages_end_on_the_same_line() {
    let (mut spreads, mut unequal, mut deeper) = (0, 0, [0, 0]);
    for seed in 0..4 {
        let (layout, theme) = set(&prose(seed, 6, 22), &novel());
        let usual = theme.page.top + theme.page.text_height();
        for at in
            (1..layout.pages.len()).step_by(2).filter(|at| goes_on(&layout, *at) && goes_on(&layout, at + 1))
        {
            let last = |at: usize| lines(&layout.pages[at]).last().expect("lines").0;
            spreads += 1;
            unequal += usize::from(last(at) != last(at + 1));
            deeper[0] += usize::from(last(at) > usual);
            deeper[1] += usize::from(last(at) + theme.text.leading < usual);
        }
    }
    // Where both pages are as deep as all others, 8 of 51 are unequal; where they needn't be alike, 30.
    assert!(spreads > 40 && unequal == 0, "{unequal} of {spreads} spreads");
    assert!(deeper.iter().all(|count| *count > 2), "{deeper:?} are a line longer, or shorter");
    // Where no line is spent on it there are 36.
    assert!(deeper.iter().sum::<usize>() < 32, "{deeper:?} are a line longer, or shorter");
}

#[test]
fn hyphens_turn_no_leaf() {
    let (mut turn, mut across, mut all) = (0, 0, 0);
    for seed in 0..4 {
        let (layout, _) = set(&prose(seed, 6, 22), &novel());
        for at in (0..layout.pages.len()).filter(|at| goes_on(&layout, *at)) {
            let lines = lines(&layout.pages[at]);
            let hyphen = usize::from(lines.last().is_some_and(|(_, text)| text.ends_with('\u{AD}')));
            if at % 2 == 0 {
                turn += hyphen;
            } else {
                across += hyphen;
            }
            all += lines.iter().filter(|(_, text)| text.ends_with('\u{AD}')).count();
        }
    }
    // Without the rule 7 and 6.
    assert!(
        turn <= 2 && across <= 2 && all > 300,
        "{turn} over the leaf, {across} over the gutter, of {all}"
    );
}

#[test]
fn chapters_end_with_five_lines_at_least() {
    let (mut short, mut chapters) = (0, 0);
    for seed in 0..4 {
        let (layout, _) = set(&prose(seed, 20, 6), &novel());
        for at in (0..layout.pages.len()).filter(|at| !goes_on(&layout, *at)) {
            let lines = lines(&layout.pages[at]);
            chapters += usize::from(!lines.is_empty());
            short += usize::from(!lines.is_empty() && lines.len() < 5);
        }
    }
    // Without the rule 15.
    assert!(short <= 9 && chapters == 80, "{short} of {chapters} chapters");
}

#[test]
fn lines_of_text_stand_on_the_grid() {
    let (mut on, mut all) = (0, 0);
    for seed in super::any::SEEDS.step_by(3) {
        let (text, look) = super::any::text_and_look(seed);
        let (layout, theme): (Layout, Theme) = set(&text, &look);
        let grid = theme.text.leading.to_pt();
        for page in &layout.pages {
            for placed in page.items.iter().filter(|placed| matches!(placed.belongs, Belongs::Content(_))) {
                let Item::Glyphs(run) = &placed.item else { continue };
                if run.size != theme.text.size {
                    continue;
                }
                let off = (placed.at.y - theme.page.top - Length::pt(grid / 2.0) - run.size.scale(0.3))
                    .to_pt()
                    % grid;
                all += 1;
                on += usize::from(off.min(grid - off).abs() < 0.25);
            }
        }
    }
    // All but the lines of a series whose spaces shared a line.
    assert!(all > 2000 && on * 200 >= all * 199, "{on} of {all} lines");
}

/// A figure that is higher than the page is made smaller, whichever way it stands.
#[test]
fn a_tall_figure_and_its_caption_stand_within_the_text() {
    for place in ["here", "top", "auto", "page"] {
        let figure = format!("![A tower](tower.svg \"High\"){{place={place} width=100%}}");
        for layout in pushed(&figure, PLAIN) {
            let pages = layout.pages.iter().enumerate().filter_map(|(at, page)| {
                let image = page.items.iter().find(|placed| matches!(placed.item, Item::Image { .. }))?;
                Some((at, edges(image)))
            });
            let [(at, [left, right, top, foot])] = pages.collect::<Vec<_>>().try_into().expect("one figure");
            let said = lines(&layout.pages[at]);
            assert!(said.iter().any(|(_, text)| text == "Figure 1. High"), "{place}: {said:?}");
            assert!(left >= Length::mm(10.0) && right <= Length::mm(80.0), "{place}: {left} {right}");
            assert!(top >= Length::mm(11.9) && foot <= Length::mm(86.1), "{place}: {top} {foot}");
        }
    }
}
