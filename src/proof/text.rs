//! Reads a plain text edition.
//!
//! Enters: its bytes, and the phrases of its language. Leaves: a [`Reading`]. Promise: headings are
//! known by the blank lines around them, as a reader's program would know them.

use super::words::words_of_text;
use super::{Heading, Reading, Unreadable, one_line};
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
        let listed = lines.get(at + 1..).unwrap_or_default();
        start = at + 2 + listed.iter().skip(1).take_while(|line| !line.is_empty()).count();
        outline = contents(listed, phrases);
    }
    let body = lines.get(start..).unwrap_or_default().join("\n");
    let words =
        words_of_text(&body.replace("\u{21a9}\n", "\n\u{0}").split('\u{0}').map(joined).collect::<String>());
    let headings = headings.into_iter().map(|(_, words)| unmarked(&words, phrases)).collect();
    Ok(Reading { outline, headings: Some(headings), words: Some(words), pages: marks(&body, phrases) })
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
    }
    found
}

/// The pattern of a page mark, in brackets: what stands before the label and after it.
fn brackets(phrases: &Phrases) -> (String, String) {
    let (before, after) = phrases.page_mark.split_once("{}").unwrap_or((phrases.page_mark, ""));
    (format!("[{before}"), format!("{after}]"))
}

/// The labels of the pages marked, in order.
fn marks(text: &str, phrases: &Phrases) -> Vec<String> {
    let (before, after) = brackets(phrases);
    let found = text.split(&before).skip(1).filter_map(|rest| rest.split_once(&after));
    let labels = found.map(|(label, _)| label).filter(|label| !label.contains(char::is_whitespace));
    labels.map(str::to_owned).collect()
}

/// A heading without the marks and calls in it.
fn unmarked(words: &str, phrases: &Phrases) -> String {
    let mut words = words.to_owned();
    let note = phrases.note.split_once("{}").unwrap_or((phrases.note, ""));
    let note = (format!("[{}", note.0), format!("{}]", note.1));
    for (before, after) in [brackets(phrases), note] {
        while let Some((head, rest)) = words.split_once(&before) {
            let Some((_, tail)) = rest.split_once(&after) else { break };
            words = format!("{head} {tail}");
        }
    }
    one_line(&words)
}
