//! Reads a plain text edition.
//!
//! Enters: its bytes, the phrases of its language, the conventions it keeps. Leaves: a [`Reading`]. Promise:
//! headings are known by the blank lines around them, as a reader's program would know them; under a chapter's
//! heading in Project Gutenberg's way, where two blank lines stand before the text as well, by the contents.

use super::align::letters;
use super::words::words_at;
use super::{Heading, PageMark, Reading, Unreadable, one_line};
use crate::phrases::Phrases;
use crate::sources::TextProfile;

/// Reads the text of the default profile.
///
/// # Errors
/// When it isn't UTF-8.
pub fn read_text(bytes: &[u8], phrases: &Phrases<'_>) -> Result<Reading, Unreadable> {
    read_text_as(bytes, phrases, TextProfile::default())
}

/// Reads the text of a profile, whose phrases are given as it spells them.
///
/// # Errors
/// When it isn't UTF-8, or not ASCII where the profile says so.
pub fn read_text_as(
    bytes: &[u8],
    phrases: &Phrases<'_>,
    profile: TextProfile,
) -> Result<Reading, Unreadable> {
    let text = std::str::from_utf8(bytes).map_err(|error| Unreadable(error.to_string()))?;
    let fold = fold(profile);
    let lines: Vec<&str> = text.lines().collect();
    let mut headings = headings(&lines, fold);
    // Contents come first, under a heading that isn't the book's.
    let mut outline = Vec::new();
    let mut start = headings.first().map_or(0, |found| found.last);
    if headings.first().is_some_and(|found| found.words == phrases.contents) {
        let at = headings.remove(0).last;
        start = end_of_list(&lines, at);
        outline = contents(lines.get(at + 1..).unwrap_or_default(), phrases, fold);
        headings.retain(|found| found.first >= start);
        for title in [phrases.figures, phrases.tables] {
            if is_list(&headings, title, &outline) {
                start = end_of_list(&lines, headings.remove(0).last);
                headings.retain(|found| found.first >= start);
            }
        }
    }
    if profile == TextProfile::Gutenberg {
        under_chapters(&mut headings, &outline);
    }
    let body = lines.get(start..).unwrap_or_default().join("\n");
    let cut = format!("{fold}\n");
    let body: String = body.replace(&cut, "\n\u{0}").split('\u{0}').map(joined).collect();
    let (starts, words) = words_at(&body);
    let headings = headings.into_iter().map(|found| found.words).collect();
    // Where pages aren't marked, what looks like a mark is the author's.
    let paged = profile != TextProfile::Gutenberg;
    let marks = if paged { bracketed(&body, phrases.page_mark) } else { Vec::new() };
    let marks: Vec<PageMark> = marks
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
        faults: if profile == TextProfile::Ascii && !text.is_ascii() {
            vec!["has signs in it that are not of ASCII".to_owned()]
        } else {
            Vec::new()
        },
    })
}

/// What ends a line that was cut.
fn fold(profile: TextProfile) -> &'static str {
    if profile == TextProfile::Ascii { "~>" } else { "\u{21a9}" }
}

/// A paragraph after two blank lines or more and before one.
struct Found {
    /// Its first line's place, and its last one's.
    first: usize,
    last: usize,
    /// Blank lines before it.
    blanks: usize,
    words: String,
}

/// Leaves out what stands two blank lines under a chapter's heading, unless it is the section that comes next.
fn under_chapters(headings: &mut Vec<Found>, outline: &[Heading]) {
    let mut kept: Vec<Found> = Vec::new();
    let mut rest = std::mem::take(headings).into_iter();
    while let Some(found) = rest.next() {
        let under = kept.last().is_some_and(|last| last.blanks >= 4 && last.last + 3 == found.first);
        let next = outline.get(kept.len()..).unwrap_or_default();
        // A paragraph may say what the section after it is called: then the headings that follow go on without it.
        let is_next = || {
            next.first().is_some_and(|heading| called(&found, heading))
                && (!go_on(rest.as_slice(), next)
                    || go_on(rest.as_slice(), next.get(1..).unwrap_or_default()))
        };
        if !under || is_next() {
            kept.push(found);
        }
    }
    *headings = kept;
}

/// Whether what was found has the words of a heading.
fn called(found: &Found, heading: &Heading) -> bool {
    let title = letters(&heading.words);
    // Of mere signs and single letters there are many alike.
    heading.words == found.words || (title.chars().count() > 2 && title == letters(&found.words))
}

/// Whether the rest of a chapter, up to the next one's heading, is what comes next in the contents.
fn go_on(rest: &[Found], next: &[Heading]) -> bool {
    let end = rest.iter().position(|found| found.blanks >= 4);
    let here = rest.get(..end.map_or(rest.len(), |at| at + 1)).unwrap_or_default();
    let last = end.is_some() || here.len() == next.len();
    last && here.len() <= next.len() && here.iter().zip(next).all(|(found, heading)| called(found, heading))
}

/// Where the lines under a list's title end.
fn end_of_list(lines: &[&str], title: usize) -> usize {
    let under = lines.get(title + 1..).unwrap_or_default();
    let blanks = under.iter().take_while(|line| line.is_empty()).count();
    title + 1 + blanks + under.iter().skip(blanks).take_while(|line| !line.is_empty()).count()
}

/// Whether the next heading is a list's title, and not that of a first section that is called so too.
fn is_list(headings: &[Found], title: &str, outline: &[Heading]) -> bool {
    let called = headings.iter().filter(|found| found.words == title).count();
    let sections = outline.iter().filter(|heading| heading.words == title).count();
    headings.first().is_some_and(|found| found.words == title) && called > sections
}

/// A part of a line that was cut, without its line end and without the next one's indent.
fn joined(part: &str) -> &str {
    part.strip_suffix('\n').unwrap_or(part).trim_start_matches(' ')
}

/// Paragraphs after two blank lines and before one.
fn headings(lines: &[&str], fold: &str) -> Vec<Found> {
    let blank = |at: usize| lines.get(at).is_some_and(|line| line.is_empty());
    let mut found = Vec::new();
    let mut at = 2;
    while at < lines.len() {
        if !blank(at) && blank(at - 1) && blank(at - 2) {
            let more = lines.get(at..).unwrap_or_default().iter().take_while(|line| !line.is_empty());
            let words: Vec<&str> = more.copied().collect();
            let end = at + words.len();
            let blanks = (0..at).rev().take_while(|before| blank(*before)).count();
            let words = one_line(&words.join(" ").replace(&format!("{fold} "), ""));
            found.push(Found { first: at, last: end - 1, blanks, words });
            at = end;
        } else {
            at += 1;
        }
    }
    found
}

/// The lines of the contents. Two blanks are a level; levels never skip, so a deeper line goes on.
fn contents(lines: &[&str], phrases: &Phrases<'_>, fold: &str) -> Vec<Heading> {
    let mut found: Vec<Heading> = Vec::new();
    for line in lines.iter().skip_while(|line| line.is_empty()).take_while(|line| !line.is_empty()) {
        let words = line.trim_start();
        let level = u8::try_from((line.len() - words.len()) / 2 + 1).unwrap_or(u8::MAX);
        match found.last_mut() {
            Some(last) if level > last.level.saturating_add(1) => {
                let torn = last.words.strip_suffix(fold).map(str::to_owned);
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
        // The phrase may have a comma of its own.
        let split = heading.words.rfind(&format!(", {before}")).and_then(|at| {
            let (words, page) = heading.words.split_at(at);
            let label = page.get(2..)?.strip_prefix(before)?.strip_suffix(after)?;
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
        let joined = after.trim_end_matches(']').split(' ').next().unwrap_or_default();
        let cut = value.len() - if value.ends_with(joined) { joined.len() } else { 0 };
        let value = value.get(..cut).unwrap_or_default();
        let end = from + value.len();
        if !value.is_empty() && text.get(end..).is_some_and(|rest| rest.starts_with(&after)) {
            found.push((start, value, end + after.len()));
        }
    }
    found
}
