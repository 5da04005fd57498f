//! The order in which people number their files.
//!
//! Enters: paths. Leaves: their order. Promise: `2` stands before `10`, capitals don't matter, and
//! the order is total, so it is the same everywhere.

use std::cmp::Ordering;

/// Natural order, folder by folder; `part.md` stands before the files in `part/`.
pub(super) fn natural(a: &str, b: &str) -> Ordering {
    let mut left = stem(a).split('/');
    let mut right = stem(b).split('/');
    loop {
        let order = match (left.next(), right.next()) {
            (None, None) => return a.cmp(b),
            (None, Some(_)) => return Ordering::Less,
            (Some(_), None) => return Ordering::Greater,
            (Some(a), Some(b)) => names(a, b),
        };
        if order != Ordering::Equal {
            return order;
        }
    }
}

/// A path without the ending of Markdown files.
pub(super) fn stem(path: &str) -> &str {
    let cut = path.rfind('.').filter(|&at| !path.get(at..).unwrap_or_default().contains('/'));
    cut.and_then(|at| path.get(..at)).unwrap_or(path)
}

fn names(mut a: &str, mut b: &str) -> Ordering {
    loop {
        let (digits_a, rest_a) = run(a, |c| c.is_ascii_digit());
        let (digits_b, rest_b) = run(b, |c| c.is_ascii_digit());
        let order = if !digits_a.is_empty() && !digits_b.is_empty() {
            (a, b) = (rest_a, rest_b);
            let (x, y) = (digits_a.trim_start_matches('0'), digits_b.trim_start_matches('0'));
            x.len().cmp(&y.len()).then_with(|| x.cmp(y))
        } else {
            let mut left = a.chars();
            let mut right = b.chars();
            let (x, y) = (left.next(), right.next());
            (a, b) = (left.as_str(), right.as_str());
            if x.is_none() && y.is_none() {
                return Ordering::Equal;
            }
            x.map(folded).cmp(&y.map(folded))
        };
        if order != Ordering::Equal {
            return order;
        }
    }
}

fn folded(c: char) -> char {
    c.to_lowercase().next().unwrap_or(c)
}

fn run(text: &str, of: impl Fn(char) -> bool) -> (&str, &str) {
    text.split_at(text.find(|c| !of(c)).unwrap_or(text.len()))
}
