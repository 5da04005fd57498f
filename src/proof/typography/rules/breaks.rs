//! Broken lines and what they leave: widows, orphans, runts, hyphens.
//!
//! Enters: a volume. Leaves: rules 3, 4, 6, 7, 8 and 9.

use crate::proof::typography::block::{number, side};
use crate::proof::typography::lines::{HYPHENS, Line};
use crate::proof::typography::pages::{Paragraph, Volume};
use crate::proof::typography::report::Rule;

/// The lines of a paragraph that stand on one page.
fn on(paragraph: &Paragraph, page: usize) -> usize {
    paragraph.lines.iter().filter(|(at, _)| *at == page).count()
}

fn pages_told(number_of_rule: u8, volume: &Volume, found: Vec<usize>) -> Rule {
    let count = found.len();
    Rule::new(number_of_rule, count.to_string(), count == 0)
        .figure("count", number(count))
        .at(&volume.pages, found)
}

/// Rule 3: the last line of a paragraph alone at the top of a page.
pub(crate) fn widows(volume: &Volume) -> Rule {
    let alone = |paragraph: &Paragraph| {
        let &(page, at) = paragraph.lines.last()?;
        let first = paragraph.lines.first()?.0;
        let top = volume.pages.get(page)?.body().next()?.baseline;
        let here = volume.line((page, at))?.baseline;
        (first < page && on(paragraph, page) == 1 && here - top < 1.0).then_some(page)
    };
    pages_told(3, volume, volume.paragraphs.iter().filter_map(alone).collect())
}

/// Rule 4: the first line of a paragraph alone at the foot of a page.
pub(crate) fn orphans(volume: &Volume) -> Rule {
    let alone = |paragraph: &Paragraph| {
        let &(page, at) = paragraph.lines.first()?;
        let last = paragraph.lines.last()?.0;
        let foot = volume.pages.get(page)?.body().next_back()?.baseline;
        let here = volume.line((page, at))?.baseline;
        (last > page && on(paragraph, page) == 1 && foot - here < 1.0).then_some(page)
    };
    pages_told(4, volume, volume.paragraphs.iter().filter_map(alone).collect())
}

/// Rule 6: last lines of fewer than five characters.
pub(crate) fn runts(volume: &Volume) -> Rule {
    let long = || volume.paragraphs.iter().filter(|paragraph| paragraph.lines.len() > 1);
    let short = long().filter_map(|paragraph| {
        let line = volume.line(*paragraph.lines.last()?)?;
        (line.length() < 5).then_some(line.page)
    });
    let (found, all): (Vec<usize>, usize) = (short.collect(), volume.paragraphs.len());
    if all == 0 {
        return Rule::unmeasured(6, "there are no paragraphs");
    }
    let share = number(found.len()) / number(all) * 100.0;
    let text = format!("{} of {all} paragraphs, {share:.2} %", found.len());
    Rule::new(6, text, share <= 0.1)
        .figure("count", number(found.len()))
        .figure("percent", share)
        .at(&volume.pages, found)
}

/// Rule 7: successive lines that end in a hyphen.
pub(crate) fn ladders(volume: &Volume) -> Rule {
    let (mut longest, mut found) = (0, Vec::new());
    for paragraph in &volume.paragraphs {
        let mut run: Vec<usize> = Vec::new();
        let lines = volume.lines_of(paragraph);
        let count = lines.len();
        for (at, line) in lines.iter().enumerate() {
            let broken = line.is_broken() && at + 1 < count;
            if broken {
                run.push(line.page);
                longest = longest.max(run.len());
            }
            if (!broken || at + 1 == count) && run.len() > 2 {
                found.extend(run.first());
            }
            if !broken {
                run.clear();
            }
        }
    }
    let text = match found.len() {
        0 => format!("{longest} lines"),
        1 => format!("{longest} lines, 1 ladder"),
        count => format!("{longest} lines, {count} ladders"),
    };
    Rule::new(7, text, longest <= 2)
        .figure("longest", number(longest))
        .figure("ladders", number(found.len()))
        .at(&volume.pages, found)
}

/// Rule 8: the last line of a page's text ends in a hyphen.
pub(crate) fn over_turns(volume: &Volume) -> Rule {
    let ends =
        |(at, page): (usize, &crate::proof::typography::pages::Page)| {
            let line = page.body().next_back()?;
            let paragraph =
                volume.paragraphs.iter().any(|p| {
                    p.lines.last().is_some_and(|last| last.0 > at)
                        && p.lines.iter().rev().find(|l| l.0 == at).and_then(|l| volume.line(*l)).is_some_and(
                            |last| (last.baseline - line.baseline).abs() < 0.5 && last.is_broken(),
                        )
                });
            paragraph.then_some(at)
        };
    let candidates = volume.pages.iter().enumerate();
    let with_hyphen = candidates.filter(|(_, page)| page.body().next_back().is_some_and(Line::is_broken));
    let found: Vec<usize> = with_hyphen.filter_map(ends).collect();
    let turned = found.iter().filter(|page| side(**page) == 0).count();
    let allowed = volume.pages.len().div_ceil(200);
    let text = format!("{turned} recto to verso, {} in all", found.len());
    Rule::new(8, text, turned == 0 && found.len() <= allowed)
        .figure("recto_to_verso", number(turned))
        .figure("all", number(found.len()))
        .at(&volume.pages, found)
}

/// Rule 9: letters of a divided word before its hyphen, and after.
pub(crate) fn fragments(volume: &Volume) -> Rule {
    let broken = || {
        volume.paragraphs.iter().flat_map(|paragraph| {
            let lines = volume.lines_of(paragraph);
            let next: Vec<&Line> = lines.iter().skip(1).copied().collect();
            lines.into_iter().zip(next).filter(|(line, _)| line.is_broken())
        })
    };
    // Where some hyphens say that they divide a word, the others stand in compounds.
    let said = broken().any(|(line, _)| line.last().is_some_and(|word| word.text.ends_with('\u{ad}')));
    let (mut before, mut after, mut found) = (usize::MAX, usize::MAX, Vec::new());
    for (line, next) in broken() {
        let (Some(last), Some(first)) = (line.last(), next.first()) else { continue };
        if said && !last.text.ends_with('\u{ad}') {
            continue;
        }
        let head = last.text.trim_end_matches(HYPHENS);
        let head = head.chars().rev().take_while(|c| c.is_alphabetic()).count();
        let rest = first.text.chars().take_while(|c| c.is_alphabetic()).count();
        if head == 0 || rest == 0 {
            continue;
        }
        (before, after) = (before.min(head), after.min(rest));
        if head < 2 || rest < 3 {
            found.push(line.page);
        }
    }
    if before == usize::MAX {
        return Rule::new(9, "no word is divided".to_owned(), true);
    }
    let text = format!("at least {before} before, {after} after; {} shorter", found.len());
    let rule = Rule::new(9, text, found.is_empty())
        .figure("before", number(before))
        .figure("after", number(after))
        .figure("count", number(found.len()))
        .at(&volume.pages, found);
    if said { rule } else { rule.note("hyphens that divide can't be told from those of compounds") }
}
