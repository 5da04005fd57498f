//! Reads a plain text edition.
//!
//! Enters: its bytes, and the phrases of its language. Leaves: a [`Reading`]. Promise: headings are
//! known by the blank lines around them, as a reader's program would know them.

use super::words::words_at;
use super::{Heading, PageMark, Reading, Unreadable, one_line};
use crate::phrases::Phrases;

/// Reads the text.
///
/// # Errors
/// When it isn't UTF-8.
pub fn read_text(bytes: &[u8], phrases: &Phrases) -> Result<Reading, Unreadable> {
    let text = std::str::from_utf8(bytes).map_err(|error| Unreadable(error.to_string()))?;
    let lines: Vec<&str> = text.lines().collect();
    let mut headings = headings(&lines);
    // Contents come first, under a heading that isn't the book's.
    let mut outline = Vec::new();
    let mut start = headings.first().map_or(0, |(at, _)| *at);
    if headings.first().is_some_and(|(_, words)| words == phrases.contents) {
        let (at, _) = headings.remove(0);
        start = end_of_list(&lines, at);
        outline = contents(lines.get(at + 1..).unwrap_or_default(), phrases);
        for title in [phrases.figures, phrases.tables] {
            if is_list(&headings, title, &outline) {
                start = end_of_list(&lines, headings.remove(0).0);
            }
        }
    }
    let body = lines.get(start..).unwrap_or_default().join("\n");
    let body: String = body.replace("\u{21a9}\n", "\n\u{0}").split('\u{0}').map(joined).collect();
    let (starts, words) = words_at(&body);
    let headings = headings.into_iter().map(|(_, words)| words).collect();
    let marks: Vec<PageMark> = bracketed(&body, phrases.page_mark)
        .into_iter()
        .map(|(start, label, end)| PageMark {
            label: label.to_owned(),
            before: starts.partition_point(|at| *at < start),
            after: starts.partition_point(|at| *at < end),
        })
        .collect();
    let calls = bracketed(&body, phrases.note).into_iter().map(|(_, number, _)| number.to_owned());
    Ok(Reading {
        outline,
        headings: Some(headings),
        pages: marks.iter().map(|mark| mark.label.clone()).collect(),
        calls: calls.collect(),
        marks,
        words: Some(words),
        faults: Vec::new(),
    })
}

/// Where the lines under a list's title end.
fn end_of_list(lines: &[&str], title: usize) -> usize {
    let listed = lines.get(title + 1..).unwrap_or_default();
    title + 2 + listed.iter().skip(1).take_while(|line| !line.is_empty()).count()
}

/// Whether the next heading is a list's title, and not that of a first section that is called so too.
fn is_list(headings: &[(usize, String)], title: &str, outline: &[Heading]) -> bool {
    let called = headings.iter().filter(|(_, words)| words == title).count();
    let sections = outline.iter().filter(|heading| heading.words == title).count();
    headings.first().is_some_and(|(_, words)| words == title) && called > sections
}

/// A part of a line that was cut, without its line end and without the next one's indent.
fn joined(part: &str) -> &str {
    part.strip_suffix('\n').unwrap_or(part).trim_start_matches(' ')
}

/// Paragraphs after two blank lines and before one: their first line's place, and their words.
fn headings(lines: &[&str]) -> Vec<(usize, String)> {
    let blank = |at: usize| lines.get(at).is_some_and(|line| line.is_empty());
    let mut found = Vec::new();
    let mut at = 2;
    while at < lines.len() {
        if !blank(at) && blank(at - 1) && blank(at - 2) {
            let more = lines.get(at..).unwrap_or_default().iter().take_while(|line| !line.is_empty());
            let words: Vec<&str> = more.copied().collect();
            let end = at + words.len();
            found.push((end - 1, one_line(&words.join(" ").replace("\u{21a9} ", ""))));
            at = end;
        } else {
            at += 1;
        }
    }
    found
}

/// The lines of the contents. Two blanks are a level; levels never skip, so a deeper line goes on.
fn contents(lines: &[&str], phrases: &Phrases) -> Vec<Heading> {
    let mut found: Vec<Heading> = Vec::new();
    for line in lines.iter().skip_while(|line| line.is_empty()).take_while(|line| !line.is_empty()) {
        let words = line.trim_start();
        let level = u8::try_from((line.len() - words.len()) / 2 + 1).unwrap_or(u8::MAX);
        match found.last_mut() {
            Some(last) if level > last.level.saturating_add(1) => {
                let torn = last.words.strip_suffix('\u{21a9}').map(str::to_owned);
                last.words = match torn {
                    Some(whole) => whole + words,
                    None => format!("{} {words}", last.words),
                };
            }
            _ => found.push(Heading { level, words: words.to_owned(), page: None }),
        }
    }
    let (before, after) = phrases.page.split_once("{}").unwrap_or((phrases.page, ""));
    for heading in &mut found {
        let split = heading.words.rsplit_once(", ").and_then(|(words, page)| {
            let label = page.strip_prefix(before)?.strip_suffix(after)?;
            Some((words.to_owned(), label.to_owned()))
        });
        if let Some((words, label)) = split {
            heading.words = words;
            heading.page = Some(label);
        }
        heading.words = one_line(&heading.words);
    }
    found
}

/// Where a pattern stands in brackets with a value without blanks: its start, the value, its end.
fn bracketed<'t>(text: &'t str, pattern: &str) -> Vec<(usize, &'t str, usize)> {
    let (before, after) = pattern.split_once("{}").unwrap_or((pattern, ""));
    let (before, after) = (format!("[{before}"), format!("{after}]"));
    let mut found = Vec::new();
    for (start, _) in text.match_indices(&before) {
        let from = start + before.len();
        let rest = text.get(from..).unwrap_or_default();
        let value = rest.find([' ', '\n', '[', ']']).map_or(rest, |end| rest.get(..end + 1).unwrap_or(rest));
        // The pattern may go on with a blank, or without one.
        let value = value.trim_end_matches([' ', '\n', '[', ']']);
        let cut = match after.trim_end_matches(']').trim() {
            "" => value.len(),
            word => value.rfind(word).filter(|at| *at + word.len() == value.len()).unwrap_or(value.len()),
        };
        let value = value.get(..cut).unwrap_or_default();
        let end = from + value.len();
        if !value.is_empty() && text.get(end..).is_some_and(|rest| rest.starts_with(&after)) {
            found.push((start, value, end + after.len()));
        }
    }
    found
}
