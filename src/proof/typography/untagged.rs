//! What the lines of a file without tags are, told from where they stand and how large they are.
//!
//! Enters: lines of which nothing is known. Leaves: their roles. Promise: heads and folios are what
//! stands apart at a page's upper and lower edge, notes what is smaller at its foot, headings what the
//! bookmarks name or what is larger; code and tables can't be told, and nothing is said of them.

use super::block::{Habits, mode};
use super::lines::{Line, Role, is_number};
use super::pages::letters;
use crate::proof::Heading;

/// Gives the lines of all pages their roles.
pub(super) fn roles(pages: &mut [Vec<Line>], bookmarks: &[(Heading, Option<usize>)]) {
    let habits = Habits::of(pages);
    let apart = 1.3 * habits.leading;
    let tops: Vec<f64> = pages.iter().filter_map(|lines| apart_above(lines, apart)).collect();
    let near = |head: f64| tops.iter().filter(|top| (**top - head).abs() < 1.0).count();
    let head = mode(tops.iter().map(|top| (*top, 1)), 0.5);
    let head = head.filter(|head| near(*head) * 3 > pages.len());
    for (at, lines) in pages.iter_mut().enumerate() {
        heads(lines, head, apart);
        folio(lines, apart);
        notes(lines, &habits);
        let titles: Vec<(u8, String)> = bookmarks
            .iter()
            .filter(|(_, page)| *page == Some(at))
            .map(|(heading, _)| (heading.level, letters(&heading.words)))
            .collect();
        for line in lines.iter_mut().filter(|line| line.place.role == Role::Text) {
            let said = letters(&line.text());
            let named = titles.iter().find(|(_, title)| {
                said.len() > 2 && (title.contains(&said) || (title.len() > 2 && said.ends_with(title)))
            });
            if let Some((level, _)) =
                named.filter(|_| !habits.is_full(line) || line.size > habits.size * 1.05)
            {
                line.place.role = Role::Heading(*level);
            } else if line.size > habits.size * 1.15 {
                line.place.role = Role::Heading(1);
            } else if (line.size - habits.size).abs() > 0.03 * habits.size {
                line.place.role = Role::Block;
            }
        }
    }
}

/// The baseline of a page's first line, if it stands apart from the next.
fn apart_above(lines: &[Line], apart: f64) -> Option<f64> {
    let first = lines.first()?;
    let next = lines.iter().find(|line| line.baseline > first.baseline + 1.0)?;
    (next.baseline - first.baseline > apart).then_some(first.baseline)
}

/// The line at the height of heads, and the number in it.
fn heads(lines: &mut Vec<Line>, head: Option<f64>, apart: f64) {
    let stands = apart_above(lines, apart).zip(head).is_some_and(|(first, head)| (first - head).abs() < 1.0);
    let Some(first) = lines.first_mut().filter(|_| stands) else { return };
    first.place.role = Role::Head;
    let count = first.words.len();
    let number = |at: usize| first.words.get(at).is_some_and(|(word, _)| is_number(&word.text));
    let at = [0, count.saturating_sub(1)].into_iter().find(|at| number(*at));
    let Some(at) = at else { return };
    let taken = first.words.remove(at);
    let mut folio = first.clone();
    (folio.left, folio.right) = (taken.0.left, taken.0.right);
    folio.place.role = Role::Folio;
    folio.words = vec![taken];
    lines.retain(|line| !line.words.is_empty());
    lines.insert(0, folio);
}

/// A number alone below the text.
fn folio(lines: &mut [Line], apart: f64) {
    let above = lines.iter().rev().nth(1).map(|line| line.baseline);
    let Some(last) = lines.last_mut() else { return };
    let text: String = last.text().chars().filter(|c| !matches!(c, '-' | '\u{2013}' | ' ')).collect();
    if is_number(&text) && above.is_none_or(|above| last.baseline - above > apart) {
        last.place.role = Role::Folio;
    }
}

/// Small lines at the foot, under lines of the text.
fn notes(lines: &mut [Line], habits: &Habits) {
    if !lines.iter().any(|line| habits.is_text(line)) {
        return;
    }
    for line in lines.iter_mut().rev().filter(|line| line.place.role == Role::Text) {
        if line.size > 0.93 * habits.size {
            return;
        }
        line.place.role = Role::Note;
    }
}
