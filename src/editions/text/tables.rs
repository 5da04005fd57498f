//! Tables: as an aligned grid when they are narrow, else row by row, in words.
//!
//! Enters: a table. Leaves: pieces. Promise: every cell is said once, row by row, with the head of its
//! column when the columns themselves can't be seen.

use super::linear::Linear;
use super::said::{GLUE, bracketed};
use super::signs::Sign;
use crate::model::{Alignment, Table, Text};
use crate::phrases::with;
use unicode_width::UnicodeWidthStr;

/// More columns than this are hard to follow in a grid, however narrow they are.
const MOST_COLUMNS: usize = 5;
/// Blanks between columns.
const GAP: usize = 2;

/// A row's cells in words.
struct Row {
    /// The pages that begin with its first words.
    pages: String,
    cells: Vec<String>,
}

/// A table and its caption.
pub(super) fn table(linear: &mut Linear<'_>, table: &Table) {
    if let Some(caption) = &table.caption {
        linear.caption(table.label.as_deref(), caption);
    }
    let told = linear.said.told();
    let head = said(linear, &table.head.cells);
    let rows: Vec<Row> = table.rows.iter().map(|row| said(linear, &row.cells)).collect();
    let cells = || std::iter::once(&head).chain(&rows).flat_map(|row| &row.cells);
    let headed = head.cells.iter().any(|cell| !cell.trim().is_empty());
    let marked = linear.said.told() > told || cells().any(|cell| cell.contains(GLUE));
    let widths = widths(&head.cells, &rows);
    let total = widths.iter().sum::<usize>() + GAP * widths.len().saturating_sub(1);
    // A row without words would be a blank line in a grid, and two of them say that a heading follows.
    let full = rows.iter().all(|row| row.cells.iter().any(|cell| !cell.trim().is_empty()));
    // Marks within a cell would tear its column; one line a paragraph means that readers wrap.
    let narrow = full && linear.width != usize::MAX && total <= linear.room() && widths.len() <= MOST_COLUMNS;
    if narrow && !marked {
        let mut lines = Vec::new();
        if headed {
            lines.push(line(&head.cells, &widths, &table.columns));
            let rule: Vec<String> = widths.iter().map(|width| "-".repeat(*width)).collect();
            lines.push(rule.join(&" ".repeat(GAP)));
        }
        lines.extend(rows.iter().map(|row| line(&row.cells, &widths, &table.columns)));
        if !lines.is_empty() {
            linear.lines(lines);
        }
        return;
    }
    by_rows(linear, table, head, &rows, headed);
    linear.said.signs.put(Sign::Table);
    linear.paragraph(bracketed(linear.said.words.end_table));
}

/// Row by row, under a sentence that names the columns: by their numbers, so that it is heard what the names are.
fn by_rows(linear: &mut Linear<'_>, table: &Table, head: Row, rows: &[Row], headed: bool) {
    let words = linear.said.words;
    let column = |at: usize| with(words.column, &(at + 1).to_string()).replace(' ', GLUE);
    if headed {
        let cells = head.cells.iter().enumerate().filter(|(_, cell)| !cell.trim().is_empty());
        let columns = cells.map(|(at, cell)| format!("{}: {}", column(at), cell.trim()));
        linear.paragraph(head.pages + &sentence(columns));
    }
    let names: Vec<String> = table.head.cells.iter().map(|cell| name(linear, cell)).collect();
    for (at, row) in rows.iter().enumerate() {
        let number = with(words.row, &(at + 1).to_string()).replace(' ', GLUE);
        let cells = row.cells.iter().enumerate().filter(|(_, cell)| !cell.trim().is_empty());
        let cells = cells.map(|(at, cell)| {
            let name = names.get(at).filter(|name| !name.is_empty()).cloned();
            let cell = cell.trim();
            // A sign that is all that a cell has ends no sentence.
            let sign = cell.ends_with(['!', '?', ':', ';']) && !cell.contains(char::is_alphanumeric);
            let end = if sign { "." } else { "" };
            format!("{}: {cell}{end}", name.unwrap_or_else(|| column(at)))
        });
        let text = row.pages.clone() + &sentence(std::iter::once(number).chain(cells));
        linear.paragraph(text);
    }
}

/// A row in words. A page that begins with it is said before "Row 2", not between a column's head and the cell.
fn said(linear: &mut Linear<'_>, cells: &[Text]) -> Row {
    let mut row = Row { pages: String::new(), cells: Vec::new() };
    let mut first = true;
    for cell in cells {
        if first {
            row.pages.push_str(&linear.said.opening(cell.leaf));
        }
        let words = linear.said.leaf(cell);
        first &= words.trim().is_empty();
        row.cells.push(words);
    }
    row
}

/// What a column is called before each of its cells: its head without what was said in it once.
fn name(linear: &mut Linear<'_>, head: &Text) -> String {
    linear.said.again(head).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Parts as sentences, each with one full stop.
fn sentence(parts: impl Iterator<Item = String>) -> String {
    let mut text = String::new();
    for part in parts {
        let part = part.replace('\n', " ");
        let part = part.trim();
        if part.is_empty() {
            continue;
        }
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(part);
        if !part.ends_with(['.', '!', '?', '…', ':', ';']) {
            text.push('.');
        }
    }
    text
}

fn widths(head: &[String], rows: &[Row]) -> Vec<usize> {
    let column = |at: usize| {
        let cells = rows.iter().filter_map(|row| row.cells.get(at)).chain(head.get(at));
        cells.map(|cell| UnicodeWidthStr::width(cell.as_str())).max().unwrap_or(0).max(1)
    };
    (0..head.len()).map(column).collect()
}

fn line(cells: &[String], widths: &[usize], columns: &[Alignment]) -> String {
    let mut line = String::new();
    for (at, (cell, width)) in cells.iter().zip(widths).enumerate() {
        if at > 0 {
            line.push_str(&" ".repeat(GAP));
        }
        let cell = cell.replace('\n', " ");
        let blanks = width.saturating_sub(UnicodeWidthStr::width(cell.as_str()));
        let before = match columns.get(at) {
            Some(Alignment::Right) => blanks,
            Some(Alignment::Center) => blanks / 2,
            Some(Alignment::None | Alignment::Left) | None => 0,
        };
        line.push_str(&" ".repeat(before));
        line.push_str(&cell);
        line.push_str(&" ".repeat(blanks - before));
    }
    line.trim_end().to_owned()
}
