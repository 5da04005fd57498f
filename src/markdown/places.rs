//! From comrak's lines and columns to spans.
//!
//! Enters: lines and columns from 1, columns in bytes, ends inclusive, counted from where the
//! Markdown begins. Leaves: spans in the file. Promise: every span lies in the file, on character
//! boundaries, whatever comrak says.

use crate::span::{FileId, Span};
use comrak::nodes::{LineColumn, Sourcepos};

/// The text of one source, with the offsets of its lines as comrak counts them.
pub(super) struct Places<'t> {
    file: FileId,
    text: &'t str,
    lines: Vec<usize>,
}

/// Where the body of an inline note stands: comrak counts its places from the body's own start.
#[derive(Clone, Copy)]
pub(super) struct Base {
    first: usize,
    line: usize,
    end: usize,
}

impl<'t> Places<'t> {
    pub(super) fn new(file: FileId, text: &'t str, start: usize) -> Self {
        let mut lines = vec![start];
        let bytes = text.as_bytes();
        for (at, byte) in bytes.iter().enumerate().skip(start) {
            if *byte == b'\n' || (*byte == b'\r' && bytes.get(at + 1) != Some(&b'\n')) {
                lines.push(at + 1);
            }
        }
        Places { file, text, lines }
    }

    pub(super) fn span(&self, position: Sourcepos, base: Option<Base>) -> Span {
        let start = self.boundary(self.offset(position.start, base));
        let end = self.offset(position.end, base) + 1;
        let end = if position.end.column == 0 { end - 1 } else { end };
        self.range(start, self.boundary(end))
    }

    /// A span over bytes of the file.
    pub(super) fn range(&self, start: usize, end: usize) -> Span {
        Span::new(self.file, start..end.max(start))
    }

    /// What is written there.
    pub(super) fn slice(&self, span: Span) -> &'t str {
        self.text.get(span.range()).unwrap_or_default()
    }

    /// The body of an inline note, from the span of its call: after `^[`, before `]`.
    pub(super) fn base(&self, call: Span) -> Base {
        let first = call.start as usize + 2;
        let line = self.lines.partition_point(|&start| start <= first);
        Base { first, line, end: (call.end as usize).max(first) }
    }

    /// The line a span begins on, its end of line left out.
    pub(super) fn first_line(&self, span: Span) -> Span {
        let slice = self.slice(span);
        let length = slice.find(['\n', '\r']).unwrap_or(slice.len());
        let length = slice.get(..length).map_or(length, |line| line.trim_end().len());
        self.range(span.start as usize, span.start as usize + length)
    }

    fn offset(&self, place: LineColumn, base: Option<Base>) -> usize {
        let column = place.column.saturating_sub(1);
        match base {
            None => self.line(place.line) + column,
            Some(base) if place.line <= 1 => (base.first + column).min(base.end),
            Some(base) => (self.line(base.line + place.line - 1) + column).max(base.first).min(base.end),
        }
    }

    fn line(&self, number: usize) -> usize {
        self.lines.get(number.saturating_sub(1)).copied().unwrap_or(self.text.len())
    }

    /// The end of the character that `offset` falls into.
    fn boundary(&self, offset: usize) -> usize {
        let mut offset = offset.min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset += 1;
        }
        offset
    }
}
