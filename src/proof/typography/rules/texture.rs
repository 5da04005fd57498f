//! The look of the grey: rivers and stacks.
//!
//! Enters: a volume. Leaves: rule 20.

use crate::proof::typography::block::number;
use crate::proof::typography::lines::Line;
use crate::proof::typography::pages::Volume;
use crate::proof::typography::report::Rule;

/// Lines that a river runs through.
const RIVER: usize = 4;
/// Lines that a stack has.
const STACK: usize = 3;
/// A strip of white narrower than this many ems isn't seen through lines.
const SEEN: f64 = 0.15;

/// Rule 20: a strip of white through gaps of four successive lines; the same word at the ends or
/// starts of three.
pub(crate) fn rivers_and_stacks(volume: &Volume) -> Rule {
    let (mut rivers, mut stacks) = (Vec::new(), Vec::new());
    for paragraph in &volume.paragraphs {
        let lines = volume.lines_of(paragraph);
        let mut next = 0;
        for (at, some) in lines.windows(RIVER).enumerate() {
            if at >= next && one_page(some) && river(some) {
                rivers.extend(some.first().map(|line| line.page));
                // A longer river is one.
                next = at + RIVER;
            }
        }
        for some in lines.windows(STACK).filter(|some| one_page(some)) {
            let starts = some.iter().map(|line| line.first().map(|word| bare(&word.text)));
            let ends = some.iter().map(|line| line.last().map(|word| bare(&word.text)));
            if same(starts) || same(ends) {
                stacks.extend(some.first().map(|line| line.page));
            }
        }
    }
    let hundreds = number(volume.pages.len()).max(1.0) / 100.0;
    let per = |count: usize| number(count) / hundreds;
    let text = format!(
        "{} rivers, {} stacks: {:.1} and {:.1} per 100 pages",
        rivers.len(),
        stacks.len(),
        per(rivers.len()),
        per(stacks.len())
    );
    Rule::new(20, text, rivers.is_empty() && stacks.is_empty())
        .figure("rivers", number(rivers.len()))
        .figure("stacks", number(stacks.len()))
        .figure("rivers_per_100_pages", per(rivers.len()))
        .figure("stacks_per_100_pages", per(stacks.len()))
        .at(&volume.pages, rivers.into_iter().chain(stacks))
}

fn one_page(lines: &[&Line]) -> bool {
    lines.first().map(|line| line.page) == lines.last().map(|line| line.page)
}

/// Whether a strip of white goes through all lines.
fn river(lines: &[&Line]) -> bool {
    let Some((first, rest)) = lines.split_first() else { return false };
    let mut strips: Vec<(f64, f64)> = first.gaps().collect();
    for line in rest {
        let seen = SEEN * line.size;
        let gaps: Vec<(f64, f64)> = line.gaps().collect();
        let through = |strip: &(f64, f64)| {
            let strip = *strip;
            let both = gaps.iter().map(move |gap| (gap.0.max(strip.0), gap.1.min(strip.1)));
            both.filter(move |both| both.1 - both.0 >= seen).collect::<Vec<_>>()
        };
        strips = strips.iter().flat_map(through).collect();
    }
    !strips.is_empty()
}

fn bare(word: &str) -> String {
    word.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn same(mut words: impl Iterator<Item = Option<String>>) -> bool {
    let Some(Some(first)) = words.next() else { return false };
    !first.is_empty() && words.all(|word| word.as_ref() == Some(&first))
}
