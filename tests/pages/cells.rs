//! Pictures in tables and in the text, captions under code: how large, how set.

use super::any::edges;
use super::{PLAIN, set};
use aldine::layout::{Item, Layout, Placed};
use aldine::measure::Length;

const HEAD: &str = "---\ntitle: Book\nlanguage: en\nstyle: plain\n---\n# Zero\n\nNothing.\n\n";

fn pictures(layout: &Layout) -> Vec<(Length, Length)> {
    let items = layout.pages.iter().flat_map(|page| &page.items);
    let size = |placed: &Placed| match &placed.item {
        Item::Image { width, height, .. } => Some((*width, *height)),
        Item::Glyphs(_) | Item::Rule { .. } => None,
    };
    items.filter_map(size).collect()
}

/// A picture is no wider than its column and no higher than four lines of the cell; the words beside it stand
/// at its middle, and no picture leaves its row.
#[test]
fn pictures_in_cells_are_made_to_fit_them() {
    let rows = "| ![A tower](tower.svg) | it stands |\n".repeat(3);
    let (layout, theme) = set(&format!("{HEAD}| Seen | Meant |\n|---|---|\n{rows}\nAfter.\n"), PLAIN);
    let seen = pictures(&layout);
    assert_eq!(seen.len(), 3);
    let most = theme.blocks.table_size * 6;
    assert!(seen.iter().all(|(_, height)| *height <= most && *height > most / 2), "{seen:?}");
    let page = layout.pages.iter().find(|page| page.items.iter().any(is_image)).expect("a page");
    let images: Vec<[Length; 4]> = page.items.iter().filter(|placed| is_image(placed)).map(edges).collect();
    assert!(images.windows(2).all(|pair| pair[0][3] <= pair[1][2]), "{images:?}");
    let words = page
        .items
        .iter()
        .filter(|placed| matches!(&placed.item, Item::Glyphs(run) if run.text.starts_with("it stands")));
    for (image, word) in images.iter().zip(words) {
        let third = (image[3] - image[2]) / 3;
        assert!(word.at.y > image[2] + third && word.at.y < image[3] - third / 2, "{image:?} {}", word.at.y);
    }
}

/// A picture in the text leaves room for it; one whose author says how wide it is doesn't.
#[test]
fn a_figure_in_the_text_leaves_two_fifths_of_the_page() {
    for (width, share) in [("", 0.6), ("{width=100%}", 1.0)] {
        let (layout, theme) =
            set(&format!("{HEAD}Words.\n\n![A tower](tower.svg){width}\n\nAfter.\n"), PLAIN);
        let seen = pictures(&layout);
        let [(_, height)] = seen.try_into().expect("one picture");
        let part = height.ratio(theme.page.text_height());
        assert!(part <= share && part > share - 0.15, "{width}: {part}");
    }
}

/// A caption under code is set ragged, like captions of figures.
#[test]
fn a_caption_under_code_is_ragged_and_whole() {
    let long = "considerable extraordinary circumstances notwithstanding inconveniences representation understanding";
    let text = |label: &str| format!("{HEAD}```\ncode\n```\n\n{label}{long}\n\nAfter.\n");
    let hyphens = |label: &str| set(&text(label), PLAIN).0.dump().matches('\u{AD}').count();
    assert_eq!(hyphens("*Listing 1:* "), 0);
    assert!(hyphens("Listing one ") > 0, "the same words are divided in the text");
}

fn is_image(placed: &Placed) -> bool {
    matches!(placed.item, Item::Image { .. })
}

/// Under a figure a last line of one word looks lost: short captions have lines of like width, which a long one,
/// a paragraph, has not.
#[test]
fn a_caption_of_a_few_lines_is_even() {
    let words = "aye bee cue dee eff gee aitch jay kay ell em en";
    let captioned = |caption: &str| {
        let (layout, _) = set(&format!("{HEAD}![A tower](tower.svg \"{caption}\")\n\nAfter.\n"), PLAIN);
        let lines =
            layout.pages.iter().flat_map(|page| &page.items).filter_map(|placed| match &placed.item {
                Item::Glyphs(run) => Some((placed.at.y, run)),
                Item::Image { .. } | Item::Rule { .. } => None,
            });
        let mut widths: Vec<(Length, Length)> = Vec::new();
        let of_caption =
            |text: &str| text.starts_with("Figure") || text.split(' ').any(|word| words.contains(word));
        for (y, run) in lines.filter(|(_, run)| of_caption(run.text.trim())) {
            let width: Length = run.glyphs.iter().map(|glyph| Length::from(glyph.advance)).sum();
            match widths.last_mut().filter(|(last, _)| *last == y) {
                Some((_, sum)) => *sum += width,
                None => widths.push((y, width)),
            }
        }
        widths.into_iter().map(|(_, width)| width).collect::<Vec<_>>()
    };
    for count in 6..12 {
        let some: Vec<&str> = words.split(' ').cycle().take(2 * count).collect();
        let widths = captioned(&some.join(" "));
        assert!((2..=3).contains(&widths.len()), "{widths:?}");
        let (least, most) = (widths.iter().min(), widths.iter().max());
        let share = least.zip(most).map(|(least, most)| least.ratio(*most)).expect("lines");
        assert!(share > 0.6, "{count}: {widths:?}");
    }
    let long = captioned(&words.repeat(12));
    assert!(long.len() > 3, "{long:?}");
}
