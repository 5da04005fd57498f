//! Where lines may end: where a segmenter that sees the whole text says so (UAX 14), and at all of these places.

use super::{Align, paragraph, text};
use crate::Numbers;
use aldine::diagnostics::Diagnostics;
use aldine::fonts::FontSet;
use aldine::layout::lines::{Paragraph, SetText, Setter};
use aldine::measure::Length;
use aldine::model::Language;
use icu_segmenter::{LineSegmenter, options::LineBreakOptions};
use std::sync::Arc;

/// Words and signs whose neighbours decide what may be parted from them.
const PARTS: [&str; 20] = [
    "sea",
    "a",
    "sea,",
    "sea.",
    "sea!",
    "(",
    "(sea",
    "sea)",
    "\u{201C}",
    "\u{201C}sea",
    "sea\u{201D}",
    "\u{2014}",
    "-",
    "sea-",
    "12",
    "12,",
    "%",
    "\u{2026}",
    "'",
    "\u{e9}t",
];

fn set(setter: &Setter, words: &str, measure: Length) -> SetText {
    let (content, language) = (text(words), Language::english());
    let paragraph = paragraph(&content, &language, 0.0, Align::Start);
    let paragraph = Paragraph { measure, indent: Length::ZERO, hyphenate: false, ..paragraph };
    setter.set(&paragraph, &Numbers, &mut Diagnostics::new())
}

/// On a measure as wide as the widest stretch between two such places every line begins at one of them: a place
/// that wasn't known would have made a stretch too wide for it, which is divided anywhere.
#[test]
fn lines_end_where_a_segmenter_of_the_whole_text_says() {
    let segmenter = LineSegmenter::new_auto(LineBreakOptions::default());
    let setter = Setter::new(Arc::new(FontSet::embedded()), &[]);
    let mut parted = 0;
    for (first, second, third) in
        PARTS.iter().flat_map(|a| PARTS.iter().flat_map(move |b| PARTS.iter().map(move |c| (*a, *b, *c))))
    {
        for words in [format!("{first} {second} {third}"), format!("{first} {second}{third} sea")] {
            let breaks: Vec<usize> = segmenter.segment_str(&words).collect();
            let stretches = breaks.windows(2).map(|pair| words[pair[0]..pair[1]].trim_end());
            let wide = Length::pt(1000.0);
            let widest = stretches.map(|stretch| set(&setter, stretch, wide).lines[0].width).max();
            // What letters are kerned by over a place is less than a space.
            let found = set(&setter, &words, widest.expect("a stretch") + Length::pt(1.0));
            let starts: Vec<usize> = found.lines.iter().map(|line| line.start).collect();
            assert!(starts.iter().all(|start| breaks.contains(start)), "{words:?}: {starts:?}, {breaks:?}");
            parted += starts.len() - 1;
        }
    }
    assert!(parted > 8_000, "{parted}");
}
