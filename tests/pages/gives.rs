//! Spaces that give a line, so that pages end where others do.

use super::rules::{lines, pushed};
use super::{PLAIN, all, explained, set};
use aldine::layout::Charge;

const HEAD: &str = "---\ntitle: Book\nlanguage: en\nstyle: plain\n---\n# Zero\n\nNothing.\n\n# One\n\n";

/// Four lines of code are 42.5 points high: three lines of the text and half a point.
#[test]
fn the_space_over_code_that_fills_its_last_line_but_little_may_be_less() {
    let code = format!("```\n{}```", "x();\n".repeat(4));
    // Either side of it is a paragraph that can't be divided, so that pages come out uneven.
    let what = format!("Over\\\nit\\\nall.\n\n{code}\n\nUnder\\\nit\\\nall.\n\n");
    let (mut usual, mut less) = (0, 0);
    for layout in pushed(&what.repeat(3), PLAIN) {
        for lines in layout.pages.iter().map(lines) {
            for six in lines.windows(6).filter(|six| six[0].1 == "all." && six[5].1 == "Under") {
                let (over, all) = ((six[1].0 - six[0].0).to_pt(), (six[5].0 - six[0].0).to_pt());
                assert!((all / 14.0).fract() < 0.01 || (all / 14.0).fract() > 0.99, "{all} is off the grid");
                assert!(over > 14.0 * 1.5, "the code stands {over} under what is over it");
                usual += usize::from((all - 14.0 * 7.0).abs() < 0.01);
                less += usize::from((all - 14.0 * 6.0).abs() < 0.01);
            }
        }
    }
    assert!(usual > 5 && less > 1, "{usual} usual, {less} a line less");
}

/// A page is called cut short by what the reader sees didn't fit: neither a few lines of text after code nor a
/// caption is such a thing.
#[test]
fn few_lines_do_not_cut_a_page_short() {
    let label = "*Listing 1*: Words";
    let code = "```\nx();\n```";
    let (mut unequal, mut cut) = (0, 0);
    for before in 1..32 {
        let fill = (0..before).map(|at| format!("Line {at}.\n\n")).collect::<String>();
        let what = format!("{code}\n\nOne\\\ntwo\\\nthree.\n\n{code}\n\n{label}\n\n").repeat(4);
        let (_, pages, _) = explained(&format!("{HEAD}{fill}{what}"), PLAIN, &all);
        for (charge, price) in pages.iter().flat_map(|page| &page.bill) {
            unequal += usize::from(*charge == Charge::Unequal);
            cut += usize::from(*charge == Charge::Unequal && *price < 60_000.0);
        }
    }
    assert!(cut == 0, "{cut} of {unequal}");
}

/// A paragraph of two lines is the label of the code under it; where pages set it in three it is none, and its code
/// may begin the next page.
#[test]
fn a_label_set_in_three_lines_is_one_no_more() {
    let code = format!("```\n{}```", "x();\n".repeat(8));
    let mut parted = 0;
    for filler in ["or two ", "or three ", "a measure "] {
        for words in 6..15 {
            let label = format!("Here is a word {}zz:", filler.repeat(words));
            let (mut least, mut apart) = (usize::MAX, 0);
            for before in 1..32 {
                let fill = (0..before).map(|at| format!("Line {at}.\n\n")).collect::<String>();
                let text = format!("{HEAD}{fill}{label}\n\n{code}\n\n{}", "After it.\n\n".repeat(20));
                let pages: Vec<_> = set(&text, PLAIN).0.pages.iter().map(lines).collect();
                for (page, next) in pages.iter().zip(pages.iter().skip(1)) {
                    let from = page.iter().position(|(_, text)| text.starts_with("Here"));
                    let to = page.iter().position(|(_, text)| text.ends_with("zz:"));
                    let (Some(from), Some(to)) = (from, to) else { continue };
                    least = least.min(to + 1 - from);
                    let ends = to + 1 == page.len() && next.first().is_some_and(|(_, text)| text == "x();");
                    assert!(!ends || to + 1 - from > 2, "a label is parted from its code: {page:?}");
                    apart += usize::from(ends);
                }
            }
            // Labels of two lines in other places, and of more here.
            parted += if least == 2 { apart } else { 0 };
        }
    }
    assert!(parted > 0, "no label was set in three lines to end its page");
}
