//! Diagnostics for people: each with its line, a few of each kind, and a count of all.

use crate::cli::session::Session;
use crate::cli::snippet;
use crate::diagnostics::{Code, Diagnostics, Severity};
use crate::span::{Files, Span};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// So many of one kind are shown; the rest is counted.
const SHOWN_OF_A_KIND: usize = 50;

/// What diagnostics point into, and how its paths are shown.
pub(super) struct Shown<'f> {
    /// The texts.
    pub(super) files: &'f Files,
    /// What stands before their paths.
    pub(super) prefix: &'f str,
}

impl Shown<'_> {
    /// File and line from 1 of a span, if it stands in the manuscript.
    pub(super) fn line(&self, span: Span) -> Option<(String, usize)> {
        let file = self.files.get(span.file)?;
        Some((format!("{}{}", self.prefix, file.path), file.place(span.range().start).line))
    }
}

/// Whether editions may be written.
pub(super) fn passes(diagnostics: &Diagnostics, strict: bool) -> bool {
    if strict { diagnostics.is_empty() } else { !diagnostics.has_errors() }
}

/// Tells them on standard error, in their present order.
pub(super) fn human(diagnostics: &Diagnostics, shown: &Shown<'_>, strict: bool, session: &mut Session) {
    let renderer = session.renderer();
    let mut text = String::new();
    let mut counts: BTreeMap<Code, usize> = BTreeMap::new();
    for diagnostic in diagnostics.iter() {
        let count = counts.entry(diagnostic.code).or_default();
        *count += 1;
        if *count <= SHOWN_OF_A_KIND {
            text.push_str(&snippet::draw(diagnostic, shown, &renderer));
            text.push_str("\n\n");
        }
    }
    for (code, count) in counts.iter().filter(|&(_, &count)| count > SHOWN_OF_A_KIND) {
        let kind = match code.severity() {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        let more = counted(count - SHOWN_OF_A_KIND, &format!("more {kind}"));
        let _ = writeln!(text, "… and {more} of this kind: {}", code.name());
    }
    if counts.values().any(|&count| count > SHOWN_OF_A_KIND) {
        text.push_str("`aldine check --format json` lists them all\n\n");
    }
    if !diagnostics.is_empty() {
        text.push_str(&summary(diagnostics, strict));
    } else if !session.quiet {
        text.push_str("no errors, no warnings\n");
    }
    session.say(&text);
}

/// `2 errors, 3 warnings`.
fn summary(diagnostics: &Diagnostics, strict: bool) -> String {
    let (errors, warnings) = diagnostics.counts();
    let mut parts = Vec::new();
    if errors > 0 {
        parts.push(counted(errors, "error"));
    }
    if warnings > 0 {
        parts.push(counted(warnings, "warning"));
    }
    let stopped = if errors == 0 && strict { "; with --strict, warnings count as errors" } else { "" };
    format!("{}{stopped}\n", parts.join(", "))
}

fn counted(count: usize, what: &str) -> String {
    if count == 1 { format!("{count} {what}") } else { format!("{count} {what}s") }
}
