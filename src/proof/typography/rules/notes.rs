//! Footnotes.
//!
//! Enters: a volume. Leaves: rule 18.

use crate::proof::typography::block::number;
use crate::proof::typography::lines::{Line, Role};
use crate::proof::typography::pages::Volume;
use crate::proof::typography::report::Rule;
use std::collections::BTreeSet;

/// Rule 18: a note begins on the page of its call.
pub(crate) fn footnotes(volume: &Volume) -> Rule {
    let mut begun: BTreeSet<usize> = BTreeSet::new();
    let (mut all, mut astray) = (0, Vec::new());
    for page in &volume.pages {
        let calls: BTreeSet<String> = page.body().flat_map(|line| calls(line, volume.tagged)).collect();
        for line in page.of(Role::Note) {
            let Some(label) = label(line, volume.tagged) else { continue };
            if line.place.block.is_some_and(|block| !begun.insert(block)) {
                continue;
            }
            all += 1;
            if !calls.contains(&label) {
                astray.push(line.page);
            }
        }
    }
    if all == 0 {
        return Rule::new(18, "there are none".to_owned(), true);
    }
    let text = format!("{} of {all} begin elsewhere", astray.len());
    Rule::new(18, text, astray.is_empty())
        .figure("notes", number(all))
        .figure("astray", number(astray.len()))
        .at(&volume.pages, astray)
}

/// Digits and the signs of notes.
fn mark(text: &str) -> Option<String> {
    let mark: String = text
        .chars()
        .filter(|c| c.is_alphanumeric() || matches!(c, '*' | '†' | '‡' | '§' | '¶' | '‖'))
        .collect();
    (!mark.is_empty() && mark.chars().count() <= 5).then_some(mark)
}

/// What the raised signs of a line say.
fn calls(line: &Line, tagged: bool) -> Vec<String> {
    let raised = line.words.iter().filter(|(word, place)| {
        let smaller = word.size < 0.85 * line.size;
        let above = line.baseline - word.baseline > 0.1 * line.size;
        (place.refers || !tagged) && (smaller || above)
    });
    raised.filter_map(|(word, _)| mark(&word.text)).collect()
}

/// What stands before a note's text.
fn label(line: &Line, tagged: bool) -> Option<String> {
    let (word, place) = line.words.first()?;
    let small = word.size < 0.85 * line.size || line.baseline - word.baseline > 0.1 * line.size;
    let sign = !word.text.chars().any(char::is_alphabetic);
    (place.labels || (!tagged && small && sign)).then(|| mark(&word.text)).flatten()
}
