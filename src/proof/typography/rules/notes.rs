//! Footnotes.
//!
//! Enters: a volume. Leaves: rule 18.

use crate::proof::typography::block::number;
use crate::proof::typography::lines::{Line, Role, Sign};
use crate::proof::typography::pages::Volume;
use crate::proof::typography::report::Rule;
use crate::proof::typography::words::Word;
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

/// What the calls of a line say: by the tags, else what is raised.
fn calls(line: &Line, tagged: bool) -> Vec<String> {
    let said = line.signs.iter().filter(|(sign, _)| *sign == Sign::Reference);
    let said = said.filter_map(|(_, text)| mark(text));
    let raised = line.words.iter().filter(|(word, _)| !tagged && is_raised(word, line));
    said.chain(raised.filter_map(|(word, _)| mark(&word.text))).collect()
}

/// What stands before a note's text.
fn label(line: &Line, tagged: bool) -> Option<String> {
    if tagged {
        return line.signs.iter().find(|(sign, _)| *sign == Sign::Label).and_then(|(_, text)| mark(text));
    }
    let (word, _) = line.words.first()?;
    let sign = !word.text.chars().any(char::is_alphabetic);
    (is_raised(word, line) && sign).then(|| mark(&word.text)).flatten()
}

fn is_raised(word: &Word, line: &Line) -> bool {
    word.size < 0.85 * line.size || line.baseline - word.baseline > 0.1 * line.size
}
