//! One diagnostic as annotate-snippets draws it.
//!
//! Promise: only the lines in question are handed over, and long ones cut, so that a manuscript of
//! one endless line is shown as fast as any other; no control character reaches the terminal.

use crate::cli::report::Shown;
use crate::diagnostics::{Diagnostic, Severity};
use crate::span::{SourceFile, Span};
use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Renderer, Snippet};
use std::ops::Range;

/// Bytes of a line that are shown whole; of longer ones, this much about the place.
const LONGEST_LINE: usize = 240;
/// Lines of a place that are shown.
const MOST_LINES: usize = 3;

/// A diagnostic with its lines, drawn.
pub(super) fn draw(diagnostic: &Diagnostic, shown: &Shown<'_>, renderer: &Renderer) -> String {
    let level = match diagnostic.code.severity() {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level.primary_title(clean(&diagnostic.message)).id(diagnostic.code.name());
    let mut drawing = Drawing { shown, group: Group::with_title(title), mended: Vec::new() };
    drawing = drawing.place(diagnostic.span, AnnotationKind::Primary, None);
    for (span, word) in &diagnostic.related {
        drawing = drawing.place(*span, AnnotationKind::Context, Some(word));
    }
    if let Some(hint) = &diagnostic.hint {
        drawing.group = drawing.group.element(Level::HELP.message(clean(hint)));
    }
    let mut text = renderer.render(&[drawing.group]);
    for (wrong, right) in drawing.mended {
        text = text.replacen(&wrong, &right, 1);
    }
    text
}

struct Drawing<'a> {
    shown: &'a Shown<'a>,
    group: Group<'a>,
    /// Places as the renderer counts them in lines that were cut, and as they are in the file.
    mended: Vec<(String, String)>,
}

impl<'a> Drawing<'a> {
    fn place(mut self, span: Span, kind: AnnotationKind, word: Option<&'a str>) -> Self {
        let Some(file) = self.shown.files.get(span.file) else { return self };
        let window = Window::around(file, span.range());
        let path = format!("{}{}", self.shown.prefix, clean(&file.path));
        if window.cut {
            let at = file.place(span.range().start);
            let before = window.text.get(..window.marked.start).unwrap_or_default().chars().count();
            let wrong = format!("{path}:{}:{}", at.line, before + 1);
            self.mended.push((wrong, format!("{path}:{}:{}", at.line, at.column)));
        }
        let mut annotation: Annotation<'a> = kind.span(window.marked.clone());
        if let Some(word) = word {
            annotation = annotation.label(clean(word));
        }
        let snippet = Snippet::source(window.text).line_start(window.line).path(path).annotation(annotation);
        self.group = self.group.element(snippet);
        self
    }
}

/// The lines about a place.
struct Window<'f> {
    text: std::borrow::Cow<'f, str>,
    /// The number of its first line.
    line: usize,
    /// The place in its text.
    marked: Range<usize>,
    /// Whether the beginning of its first line is missing.
    cut: bool,
}

impl<'f> Window<'f> {
    fn around(file: &'f SourceFile, range: Range<usize>) -> Window<'f> {
        let text: &str = &file.text;
        let at = boundary(text, range.start.min(text.len()));
        let line = file.place(at).line;
        let mut start = file.line_start(line);
        if text.get(start..).is_some_and(|rest| rest.starts_with('\u{feff}')) {
            start += '\u{feff}'.len_utf8();
        }
        let at = at.max(start);
        let cut = at - start > LONGEST_LINE;
        if cut {
            start = boundary(text, at - LONGEST_LINE / 4);
        }
        // Far enough to show the place, near enough to be read.
        let limit = boundary(text, text.len().min(at + LONGEST_LINE));
        let near = text.get(at..limit).unwrap_or_default();
        let last_wanted = range.end.min(limit).max(at);
        let mut end = limit;
        for (count, (offset, _)) in near.match_indices('\n').enumerate() {
            if at + offset >= last_wanted || count + 1 >= MOST_LINES {
                end = at + offset;
                break;
            }
        }
        let shown = text.get(start..end).unwrap_or_default();
        let marked_end = boundary(text, range.end.min(end).max(at));
        let marked = at - start..marked_end - start;
        Window { text: shown.trim_end_matches('\r').into(), line, marked, cut }.fitted()
    }

    /// The place kept within the text.
    fn fitted(mut self) -> Self {
        let length = self.text.len();
        self.marked = self.marked.start.min(length)..self.marked.end.min(length);
        self
    }
}

/// The start of the character at `at`.
fn boundary(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

/// A text without what a terminal would obey.
pub(super) fn clean(text: &str) -> String {
    text.chars().map(|c| if c.is_control() && c != '\n' { '\u{fffd}' } else { c }).collect()
}
