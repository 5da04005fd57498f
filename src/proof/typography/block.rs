//! What a book's pages have in common: type, leading, the block of text, the grid.
//!
//! Enters: all lines. Leaves: [`Habits`]. Promise: each is the commonest value of the file, so that a
//! title page or a picture changes nothing.

use super::lines::{Line, Role};
use std::collections::BTreeMap;

/// What is usual in the file. Points.
#[derive(Debug, Clone, Default)]
pub(super) struct Habits {
    /// Size of the text's type.
    pub(super) size: f64,
    /// From baseline to baseline.
    pub(super) leading: f64,
    /// Left edge of the text on a recto, on a verso.
    pub(super) left: [f64; 2],
    /// From the left edge to the right.
    pub(super) measure: f64,
    /// First and last baseline of full pages.
    pub(super) top: f64,
    /// Last baseline of full pages.
    pub(super) bottom: f64,
    /// Where the baselines' grid begins, below one leading.
    pub(super) grid: f64,
    /// Whether lines end at one edge.
    pub(super) justified: bool,
}

/// A side of the sheet: 0 recto, 1 verso. Physical pages count, from 0: the first is a recto.
pub(super) fn side(page: usize) -> usize {
    page % 2
}

/// The commonest value, to a step: the mean of those in the fullest step and its neighbours.
pub(super) fn mode(values: impl Iterator<Item = (f64, usize)>, step: f64) -> Option<f64> {
    let mut counts: BTreeMap<i64, (usize, f64)> = BTreeMap::new();
    for (value, weight) in values.filter(|(value, _)| value.is_finite()) {
        let entry = counts.entry(bucket(value / step)).or_default();
        entry.0 += weight;
        entry.1 += value * number(weight);
    }
    let around = |at: i64| {
        let near = counts.range(at - 1..=at + 1);
        near.fold((0, 0.0), |(count, sum), (_, (n, s))| (count + n, sum + s))
    };
    // The first of equals.
    let most = counts.iter().rev().max_by_key(|(_, (count, _))| *count)?;
    let (count, sum) = around(*most.0);
    (count > 0).then(|| sum / number(count))
}

#[expect(clippy::cast_possible_truncation, reason = "`as` saturates; the values are of a page's order")]
fn bucket(value: f64) -> i64 {
    value.round() as i64
}

/// A count as a number to divide by.
#[expect(clippy::cast_precision_loss, reason = "counts of words are far below 2^52")]
pub(super) fn number(count: usize) -> f64 {
    count as f64
}

impl Habits {
    /// Looks at all lines, page by page.
    pub(super) fn of(pages: &[Vec<Line>]) -> Habits {
        let mut habits = Habits { size: size(pages), ..Habits::default() };
        let leadings = pages.iter().flat_map(|lines| {
            let texts: Vec<&Line> = lines.iter().filter(|line| habits.is_text(line)).collect();
            let pairs: Vec<f64> =
                texts.iter().zip(texts.iter().skip(1)).map(|(a, b)| b.baseline - a.baseline).collect();
            pairs.into_iter().filter(|step| *step > 1.0).map(|step| (step, 1))
        });
        habits.leading = mode(leadings, 0.1).unwrap_or(habits.size * 1.2);
        let texts: Vec<&Line> = pages.iter().flatten().filter(|line| habits.is_text(line)).collect();
        let left = |at: usize| {
            let on = texts.iter().filter(|line| side(line.page) == at);
            mode(on.map(|line| (line.left, 1)), 0.1)
        };
        let (recto, verso) = (left(0), left(1));
        habits.left = [recto.or(verso).unwrap_or_default(), verso.or(recto).unwrap_or_default()];
        let widths = texts.iter().map(|line| line.right - habits.left_of(line.page));
        let widths: Vec<f64> = widths.filter(|width| *width > 0.0).collect();
        habits.measure = measure(&widths, habits.size);
        let reaches = |width: &&f64| (**width - habits.measure).abs() <= 0.06 * habits.size;
        let reaching = widths.iter().filter(reaches).count();
        habits.justified = number(reaching) >= 0.45 * number(widths.len()) && reaching > 2;
        habits.vertical(pages);
        habits
    }

    fn vertical(&mut self, pages: &[Vec<Line>]) {
        let texts = |lines: &[Line]| -> Vec<f64> {
            lines.iter().filter(|line| self.is_text(line)).map(|line| line.baseline).collect()
        };
        let each: Vec<Vec<f64>> = pages.iter().map(|lines| texts(lines)).collect();
        let tops = each.iter().filter_map(|page| page.first()).map(|y| (*y, 1));
        let top = mode(tops, 0.25).unwrap_or_default();
        let all = pages.iter().map(|lines| {
            lines.iter().filter(|line| line.place.role > Role::Ornament).map(|line| line.baseline)
        });
        let lows = all.filter_map(|lines| lines.max_by(f64::total_cmp)).map(|y| (y, 1));
        let bottom = mode(lows, 0.25).unwrap_or_default();
        let leading = self.leading.max(1.0);
        let phases = each.iter().flatten().map(|y| (y.rem_euclid(leading), 1));
        let grid = mode(phases, 0.1).unwrap_or_default();
        (self.top, self.bottom, self.grid) = (top, bottom, grid);
    }

    /// Whether a line is of the text's paragraphs, in its type.
    pub(super) fn is_text(&self, line: &Line) -> bool {
        line.place.role == Role::Text && (line.size - self.size).abs() <= 0.03 * self.size
    }

    /// The text's left edge on a page.
    pub(super) fn left_of(&self, page: usize) -> f64 {
        self.left.get(side(page)).copied().unwrap_or_default()
    }

    /// The text's right edge on a page.
    pub(super) fn right_of(&self, page: usize) -> f64 {
        self.left_of(page) + self.measure
    }

    /// Whether a line ends at the right edge, hanging signs and rounding apart.
    pub(super) fn is_full(&self, line: &Line) -> bool {
        let hang = line.last().map_or(0.0, |word| word.ends.1);
        let past = line.right - self.right_of(line.page);
        past >= -0.06 * self.size && past <= hang + 0.06 * self.size
    }

    /// How far a baseline is from the grid.
    pub(super) fn off_grid(&self, baseline: f64) -> f64 {
        let leading = self.leading.max(1.0);
        let off = (baseline - self.grid).rem_euclid(leading);
        off.min(leading - off)
    }
}

fn size(pages: &[Vec<Line>]) -> f64 {
    let lines = pages.iter().flatten().filter(|line| line.place.role == Role::Text);
    let words = lines.flat_map(|line| &line.words);
    mode(words.map(|(word, _)| (word.size, word.text.len())), 0.05).unwrap_or(10.0)
}

/// The widest width that is common: of ragged text the edge is where no line goes on.
fn measure(widths: &[f64], size: f64) -> f64 {
    let common = mode(widths.iter().map(|width| (*width, 1)), 0.1).unwrap_or_default();
    let near = |width: f64, by: f64| widths.iter().filter(|one| (**one - width).abs() <= by).count();
    if number(near(common, 0.06 * size)) >= 0.2 * number(widths.len()) {
        return common;
    }
    let mut sorted = widths.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len() * 995 / 1000).or(sorted.last()).copied().unwrap_or_default()
}
