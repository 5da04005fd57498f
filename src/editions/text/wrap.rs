//! Pieces to lines.
//!
//! Enters: [`Piece`]s, a manner with its width in columns. Leaves: the file's text. Promise: no line is longer
//! than the width; blank lines stand as W3C's technique T1 and T3 want them, or as Project Gutenberg does; lines
//! end evenly.

use super::manner::Manner;
use super::said::GLUE;
use textwrap::core::Fragment;
use textwrap::wrap_algorithms::{Penalties, wrap_first_fit, wrap_optimal_fit};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// What stands between blank lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    /// After two blank lines and before one.
    Heading {
        text: String,
        /// A part, a chapter or the contents.
        opens: bool,
    },
    /// Text to be wrapped; `\n` ends a line.
    Paragraph {
        /// Before its first line.
        first: String,
        /// Before the others.
        rest: String,
        text: String,
        /// No blank line before it.
        close: bool,
    },
    /// Lines as they are.
    Lines {
        lines: Vec<String>,
        /// No blank line before them.
        close: bool,
    },
}

impl Piece {
    /// A paragraph at the left edge.
    pub(super) fn paragraph(text: &str) -> Self {
        Piece::Paragraph { first: String::new(), rest: String::new(), text: text.to_owned(), close: false }
    }
}

/// The text of some pieces; `goes_on` when others stand before them.
pub(super) fn lines(pieces: &[Piece], manner: Manner, goes_on: bool) -> String {
    let mut out = String::new();
    // A chapter's heading for the eye has two blank lines after it.
    let mut wide = false;
    for piece in pieces {
        let first = out.is_empty() && !goes_on;
        let blank = |close: bool| match (first, wide, close) {
            (true, ..) | (_, false, true) => "",
            (_, true, _) => "\n\n",
            (_, false, false) => "\n",
        };
        match piece {
            Piece::Heading { text, opens } => {
                let seen = manner.seen() && *opens;
                out.push_str(if first { "" } else { "\n\n" });
                out.push_str(if first || !seen { "" } else { "\n\n" });
                wrap(text, "", "", manner, &mut out);
                wide = seen;
            }
            // Two blank lines would say heading.
            Piece::Paragraph { first, text, .. } if first.trim().is_empty() && is_blank(text) => {}
            Piece::Paragraph { first, rest, text, close } => {
                out.push_str(blank(*close));
                wrap(text, first, rest, manner, &mut out);
                wide = false;
            }
            Piece::Lines { lines, close } => {
                out.push_str(blank(*close));
                for line in lines {
                    out.push_str(line.trim_end());
                    out.push('\n');
                }
                wide = false;
            }
        }
    }
    out
}

fn is_blank(text: &str) -> bool {
    text.chars().all(char::is_whitespace)
}

/// A word and the blank after it.
#[derive(Debug)]
struct Word<'a> {
    text: &'a str,
    width: usize,
    space: bool,
    /// Cut for want of room: a mark of so many columns says so where a line ends with it.
    torn: usize,
}

impl Fragment for Word<'_> {
    #[expect(clippy::cast_precision_loss, reason = "no line has 2^52 columns")]
    fn width(&self) -> f64 {
        self.width as f64
    }

    fn whitespace_width(&self) -> f64 {
        f64::from(u8::from(self.space))
    }

    #[expect(clippy::cast_precision_loss, reason = "no mark has 2^52 columns")]
    fn penalty_width(&self) -> f64 {
        self.torn as f64
    }
}

fn wrap(text: &str, first: &str, rest: &str, manner: Manner, out: &mut String) {
    let width = manner.width;
    // Deep lists give up their indents before they give up their words.
    let short = |indent: &str| indent.get(..indent.len().min(width / 2)).unwrap_or_default().to_owned();
    let (label, rest) =
        (if first.trim().is_empty() { short(first) } else { trimmed(first, width) }, short(rest));
    for (at, line) in text.split('\n').enumerate() {
        if is_blank(line) && (at > 0 || label.trim().is_empty()) {
            continue;
        }
        let first = if at == 0 { label.as_str() } else { rest.as_str() };
        wrap_line(line, first, &rest, manner, out);
    }
}

/// A label whose indent leaves room for words.
fn trimmed(label: &str, width: usize) -> String {
    let words = label.trim_start();
    let indent = label.len() - words.len();
    format!("{}{words}", " ".repeat(indent.min((width / 2).saturating_sub(words.len()))))
}

fn wrap_line(text: &str, first: &str, rest: &str, manner: Manner, out: &mut String) {
    let (width, fold) = (manner.width, manner.fold());
    let beside = |indent: &str| width.saturating_sub(UnicodeWidthStr::width(indent)).max(2);
    let (head, body) = (beside(first), beside(rest));
    let words = words(text, head.min(body), columns_of(fold));
    if words.is_empty() {
        out.push_str(first.trim_end());
        out.push('\n');
        return;
    }
    #[expect(clippy::cast_precision_loss, reason = "no line has 2^52 columns")]
    let widths = [head as f64, body as f64];
    let fitted = if width == usize::MAX {
        vec![words.as_slice()]
    } else {
        // No line is worth being longer than the width.
        let penalties = Penalties { overflow_penalty: 1_000_000_000, ..Penalties::new() };
        wrap_optimal_fit(&words, &widths, &penalties).unwrap_or_else(|_| wrap_first_fit(&words, &widths))
    };
    for (at, line) in fitted.into_iter().enumerate() {
        out.push_str(if at == 0 { first } else { rest });
        for (word, more) in line.iter().zip((1..=line.len()).map(|next| next < line.len())) {
            for part in word.text.split_inclusive(GLUE) {
                out.push_str(part.strip_suffix(GLUE).unwrap_or(part));
                out.push_str(if part.ends_with(GLUE) { " " } else { "" });
            }
            // What was to be kept together and is cut all the same.
            if word.text.ends_with(GLUE) && !more {
                out.pop();
            }
            if word.space && more {
                out.push(' ');
            }
            if word.torn > 0 && !more {
                out.push_str(fold);
            } else if !more && fold.len() > 1 && fold.is_ascii() && out.ends_with(fold) {
                // What only looks like the mark of a cut is parted, so that it is none.
                let sign = out.pop();
                out.push('\n');
                out.push_str(rest);
                out.extend(sign);
            }
        }
        out.push('\n');
    }
}

fn columns_of(text: &str) -> usize {
    text.chars().map(columns).sum()
}

/// Columns of a character; the glue counts as the space it becomes.
fn columns(c: char) -> usize {
    if GLUE.starts_with(c) { 1 } else { c.width().unwrap_or(0) }
}

fn words(text: &str, width: usize, fold: usize) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let before = words.len();
        split(word, width, fold, &mut words);
        if words.len() > before
            && let Some(last) = words.last_mut()
        {
            last.space = true;
        }
    }
    words
}

/// Cuts a word where a line may end within it: between ideographs, and, when it is longer than a
/// line, after the punctuation of an address, or where the line is full.
fn split<'a>(word: &'a str, width: usize, fold: usize, words: &mut Vec<Word<'a>>) {
    let total = columns_of(word);
    let wide = word.chars().any(|c| columns(c) == 2);
    if total <= width && !wide {
        words.push(Word { text: word, width: total, space: false, torn: 0 });
        return;
    }
    // Room is kept for the mark of a cut.
    let width = width.saturating_sub(fold).max(1);
    let (mut start, mut used, mut cut) = (0, 0, None);
    let mut chars = word.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let size = columns(c);
        if used + size > width && at > start {
            let kept = cut.filter(|end| *end > start);
            let end = kept.unwrap_or(at);
            push(word, start..end, words);
            if let (None, Some(last)) = (kept, words.last_mut()) {
                last.torn = fold;
            }
            used = columns_of(word.get(end..at).unwrap_or_default());
            start = end;
        }
        used += size;
        let end = at + c.len_utf8();
        let next = chars.peek().map(|(_, next)| *next);
        if matches!(c, '/' | '?' | '&' | '=' | '-' | '.' | ',' | ';' | ':' | '#' | '—') || GLUE.starts_with(c)
        {
            cut = Some(end);
        }
        let ideographs =
            size == 2 && !opens(c) && next.is_some_and(|next| columns(next) == 2 && !closes(next));
        if ideographs {
            push(word, start..end, words);
            (start, used) = (end, 0);
        }
    }
    push(word, start..word.len(), words);
}

fn push<'a>(word: &'a str, range: std::ops::Range<usize>, words: &mut Vec<Word<'a>>) {
    if let Some(text) = word.get(range).filter(|text| !text.is_empty()) {
        words.push(Word { text, width: columns_of(text), space: false, torn: 0 });
    }
}

/// No line ends after these.
fn opens(c: char) -> bool {
    matches!(c, '「' | '『' | '（' | '〈' | '《' | '【' | '〔' | '［' | '｛')
}

/// No line begins with these.
fn closes(c: char) -> bool {
    matches!(
        c,
        '」' | '』'
            | '）'
            | '〉'
            | '》'
            | '】'
            | '〕'
            | '］'
            | '｝'
            | '、'
            | '。'
            | '，'
            | '．'
            | '！'
            | '？'
            | '：'
            | '；'
            | 'ー'
    )
}

/// A line of code within `width` columns; each but the last ends with a mark. Tabs are four columns. A line that
/// ends as a mark of two signs does is cut between them, so that no line that is whole ends like one that is not.
pub(super) fn fold_code(line: &str, width: usize, fold: &str) -> Vec<String> {
    let mut folded = fold_long(line, width, fold);
    let sign = fold.chars().next_back().filter(|sign| sign.len_utf8() < fold.len());
    if let Some(sign) = sign
        && let Some(last) = folded.last_mut().filter(|last| last.ends_with(fold))
    {
        last.pop();
        if columns_of(last) + columns_of(fold) > width {
            last.pop();
            last.push_str(fold);
            folded.push(fold.replace(sign, fold));
        } else {
            last.push_str(fold);
        }
        folded.push(sign.to_string());
    }
    folded
}

fn fold_long(line: &str, width: usize, fold: &str) -> Vec<String> {
    let mark = columns_of(fold);
    let mut folded = Vec::new();
    let (mut present, mut used) = (String::new(), 0);
    let clean = line.replace('\t', "    ");
    let clean: String = clean.chars().filter(|c| !c.is_control()).collect();
    let mut rest = UnicodeWidthStr::width(clean.as_str());
    for c in clean.chars() {
        let size = c.width().unwrap_or(0);
        // The last line needs no room for the mark.
        let room = if used + rest <= width { width } else { width.saturating_sub(mark).max(1) };
        if used + size > room && !present.is_empty() {
            // A blank at the start of the next line would be lost beside an indent.
            let moved = present.chars().next_back().filter(|last| c == ' ' && *last != ' ');
            let moved = moved.filter(|last| last.len_utf8() < present.len());
            if moved.is_some() {
                present.pop();
            }
            present.push_str(fold);
            folded.push(std::mem::take(&mut present));
            present.extend(moved);
            used = moved.and_then(UnicodeWidthChar::width).unwrap_or(0);
        }
        present.push(c);
        used += size;
        rest = rest.saturating_sub(size);
    }
    folded.push(present);
    folded
}
