//! What Kobo's own reader asks for: every sentence in a span with a number, by which it knows where one reads.
//!
//! Enters: words of the book. Leaves: the same words, in spans when the file is for Kobo. Promise: no word is added,
//! lost or moved, so that the file says what the plain one does and passes the same judges.

use super::pen::{Mode, Pen};
use super::xml::attr;

/// Ids that Kobo's reader puts its columns by.
const COLUMNS: [&str; 2] = ["book-columns", "book-inner"];

impl Pen<'_> {
    /// Words of the book.
    pub(super) fn said(&mut self, text: &str) {
        if self.job.mode == Mode::Plain {
            return self.xml.text(text);
        }
        for sentence in sentences(text) {
            let (leaf, number) = self.spans;
            let id = format!("kobo.{leaf}.{}", number + 1);
            if sentence.trim().is_empty() || !self.job.plan.is_free(&id) {
                self.xml.text(sentence);
                continue;
            }
            self.spans.1 += 1;
            self.xml.open("span", &[attr("class", "koboSpan"), attr("id", id)]);
            self.xml.text(sentence);
            self.xml.close("span");
        }
    }

    /// The two boxes around the text of a file, unless the book has their ids for something else.
    fn has_columns(&self) -> bool {
        self.job.mode == Mode::Kobo && COLUMNS.iter().all(|id| self.job.plan.is_free(id))
    }

    pub(super) fn open_columns(&mut self) {
        if self.has_columns() {
            COLUMNS.iter().for_each(|id| self.xml.open("div", &[attr("id", *id)]));
            self.xml.line();
        }
    }

    pub(super) fn close_columns(&mut self) {
        if self.has_columns() {
            COLUMNS.iter().for_each(|_| self.xml.close("div"));
            self.xml.line();
        }
    }
}

/// The text cut after each sentence, with the space that follows it.
fn sentences(text: &str) -> Vec<&str> {
    let ends = |c: char| matches!(c, '.' | '!' | '?' | '\u{2026}' | '\u{3002}' | '\u{ff01}' | '\u{ff1f}');
    let closes =
        |c: char| matches!(c, '"' | '\'' | ')' | ']' | '\u{2019}' | '\u{201d}' | '\u{bb}' | '\u{203a}');
    let mut found = Vec::new();
    let (mut start, mut ended) = (0, false);
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        ended = ends(c) || (ended && (closes(c) || c.is_whitespace()));
        let next = chars.peek().map(|(_, next)| *next);
        let last = ended && c.is_whitespace() && next.is_some_and(|next| !next.is_whitespace());
        let end = at + c.len_utf8();
        if last || next.is_none() {
            found.extend(text.get(start..end));
            (start, ended) = (end, false);
        }
    }
    found
}
