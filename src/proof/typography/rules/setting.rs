//! Type and its block: measure, size and leading, word spaces, overfull lines, the grid.
//!
//! Enters: a volume. Leaves: rules 1, 2, 10, 11 and 14.

use crate::proof::typography::block::number;
use crate::proof::typography::lines::{Line, Role};
use crate::proof::typography::pages::{Page, Volume, is_picture};
use crate::proof::typography::report::Rule;
use crate::proof::typography::words::Word;
use unicode_bidi::{BidiClass, bidi_class};

/// Full lines of the text's paragraphs, the last of each apart.
fn full(volume: &Volume) -> impl Iterator<Item = &Line> {
    volume.paragraphs.iter().filter(|paragraph| paragraph.role == Role::Text).flat_map(|paragraph| {
        let last = paragraph.lines.len().saturating_sub(1);
        let lines = paragraph.lines.iter().take(last).filter_map(|at| volume.line(*at));
        lines.filter(|line| volume.habits.is_full(line))
    })
}

/// The value below which this share of the values is.
fn quantile(sorted: &[f64], per_mille: usize) -> f64 {
    let at = (sorted.len() * per_mille / 1000).min(sorted.len().saturating_sub(1));
    sorted.get(at).copied().unwrap_or_default()
}

/// Rule 1: characters of a full line, from edge to edge.
pub(crate) fn measure(volume: &Volume) -> Rule {
    let habits = &volume.habits;
    let whole = full(volume).filter(|line| line.left - habits.left_of(line.page) < 0.5 * habits.size);
    let mut lengths: Vec<f64> = whole.map(|line| number(line.length())).collect();
    if lengths.is_empty() {
        return Rule::unmeasured(1, "no line reaches from edge to edge");
    }
    lengths.sort_by(f64::total_cmp);
    let median = quantile(&lengths, 500);
    let text = format!("{median} characters on {:.1} pt", habits.measure);
    let rule = Rule::new(1, text, (58.0..=72.0).contains(&median));
    rule.figure("characters", median).figure("measure_pt", habits.measure)
}

/// Rule 2: the commonest size, and the commonest distance of baselines.
pub(crate) fn size(volume: &Volume) -> Rule {
    let habits = &volume.habits;
    if volume.paragraphs.is_empty() {
        return Rule::unmeasured(2, "there are no paragraphs");
    }
    let share = habits.leading / habits.size.max(0.1) * 100.0;
    let text = format!("{:.2} on {:.2} pt, {share:.0} %", habits.size, habits.leading);
    // Sizes are written with few decimals.
    let holds = (9.99..=12.01).contains(&habits.size) && (119.9..=145.1).contains(&share);
    let rule = Rule::new(2, text, holds);
    rule.figure("size_pt", habits.size).figure("leading_pt", habits.leading).figure("leading_percent", share)
}

/// Rule 10: gaps between the words of justified lines.
pub(crate) fn spaces(volume: &Volume) -> Rule {
    if !volume.habits.justified {
        return Rule::unmeasured(10, "the text isn't justified");
    }
    let (mut gaps, mut loose, mut lines) = (Vec::new(), Vec::new(), 0);
    for line in full(volume) {
        let own = || line.gaps().map(|(from, to)| (to - from) / line.size.max(0.1));
        lines += 1;
        gaps.extend(own());
        // Rounding in the file is no looser line.
        if own().any(|gap| gap > 0.6005) {
            loose.push(line.page);
        }
    }
    gaps.sort_by(f64::total_cmp);
    if gaps.is_empty() {
        return Rule::unmeasured(10, "there are no justified lines");
    }
    let (median, high) = (quantile(&gaps, 500), quantile(&gaps, 990));
    let share = number(loose.len()) / number(lines) * 100.0;
    let holds = (0.2195..=0.2805).contains(&median) && high <= 0.4205 && share <= 0.1;
    let text = format!("median {median:.3} em, p99 {high:.3}, > 0.6 em in {share:.2} % of {lines} lines");
    let rule = Rule::new(10, text, holds).at(&volume.pages, loose.iter().copied());
    rule.figure("median_em", median).figure("p99_em", high).figure("loose_lines_percent", share)
}

/// Rule 11: what stands past the block of text.
///
/// A sign may hang with its whole width, a letter with a twentieth of the size: more than tables of
/// protrusion give to any (Thành, *Micro-typographic extensions to the TeX typesetting system*, 2000).
pub(crate) fn overfull(volume: &Volume) -> Rule {
    let habits = &volume.habits;
    let mut found = Vec::new();
    let mut most: f64 = 0.0;
    let mut lines = 0;
    for (at, page) in volume.pages.iter().enumerate().filter(|_| habits.measure > 0.0) {
        let (left, right) = (habits.left_of(at), habits.right_of(at));
        for line in page.lines.iter().filter(|line| line.place.role > Role::Ornament) {
            let past = past(line, left, right);
            if past > SLACK {
                (found.push(at), lines += 1, most = most.max(past)).0
            }
        }
        for mass in page.masses.iter().filter(|mass| !covers(page, mass.area.width(), mass.area.height())) {
            let past = (mass.area.x1 - right).max(left - mass.area.x0);
            if past > SLACK {
                (found.push(at), lines += 1, most = most.max(past)).0
            }
        }
    }
    let text = if lines == 0 { "0".to_owned() } else { format!("{lines}, the widest by {most:.1} pt") };
    let rule = Rule::new(11, text, lines == 0).at(&volume.pages, found);
    rule.figure("overfull", number(lines)).figure("widest_pt", most)
}

/// Points: rounding in the file.
const SLACK: f64 = 0.3;

fn covers(page: &Page, width: f64, height: f64) -> bool {
    width >= page.width - 1.0 && height >= page.height * 0.5
}

/// How far a line stands out beyond what may hang.
fn past(line: &Line, left: f64, right: f64) -> f64 {
    let may = |c: Option<char>, width: f64| match c {
        Some(c) if c.is_alphanumeric() => 0.05 * line.size,
        Some(_) => width,
        None => 0.0,
    };
    let begins = |word: &Word| may(word.text.chars().next(), word.ends.0);
    let ends = |word: &Word| may(word.text.chars().next_back(), word.ends.1);
    // The sign at the edge of a word that runs from right to left is at its other end.
    let turned = |word: &Word| word.text.chars().any(is_rtl);
    let edge = |word: &Word, plain: f64| if turned(word) { begins(word).max(ends(word)) } else { plain };
    let first = line.first().map_or(0.0, |word| edge(word, begins(word)));
    let last = line.last().map_or(0.0, |word| edge(word, ends(word)));
    (line.right - right - last).max(left - line.left - first)
}

fn is_rtl(c: char) -> bool {
    !c.is_ascii() && matches!(bidi_class(c), BidiClass::R | BidiClass::AL)
}

/// Rule 14: baselines of the text on one grid.
pub(crate) fn register(volume: &Volume) -> Rule {
    let habits = &volume.habits;
    let texts = || volume.pages.iter().flat_map(|page| &page.lines).filter(|line| habits.is_text(line));
    let all = texts().count();
    if all < 2 {
        return Rule::unmeasured(14, "there are no lines of text");
    }
    let off: Vec<usize> =
        texts().filter(|line| habits.off_grid(line.baseline) > 0.25).map(|line| line.page).collect();
    let share = number(all - off.len()) / number(all) * 100.0;
    let text = format!("{share:.1} % of {all} lines");
    let holds = share >= 98.0;
    Rule::new(14, text, holds).figure("on_grid_percent", share).at(&volume.pages, off)
}

/// Whether pictures stand on the page.
pub(crate) fn has_picture(page: &Page) -> bool {
    page.masses.iter().any(is_picture)
}
