//! `aldine outline`: the sections of the book, as its contents will have them.

use crate::cli::args::{OutlineArgs, OutlineFormat};
use crate::cli::json;
use crate::cli::locate::locate;
use crate::cli::report::{self, Shown};
use crate::cli::session::{Done, Session};
use crate::diagnostics::Diagnostics;
use crate::model::{Book, Matter};
use crate::span::Span;
use serde_json::{Value, json};
use std::fmt::Write as _;

pub(super) fn run(args: &OutlineArgs, session: &mut Session) -> Done {
    let located = locate(&args.input)?;
    let request = located.request(&args.input, None);
    let mut diagnostics = Diagnostics::new();
    session.progress("reading");
    let prepared = request.prepare(&mut diagnostics);
    let resolved = request.resolve(prepared, &mut diagnostics);
    diagnostics.sort();
    let shown = Shown { files: &resolved.sources.files, prefix: &located.prefix };
    let passes = report::passes(&diagnostics, false);
    if !passes {
        report::human(&diagnostics, &shown, false, session);
        return Ok(false);
    }
    session.result(&match args.format {
        OutlineFormat::Text => text(&resolved.book),
        OutlineFormat::Json => document(&resolved.book, &shown),
    });
    Ok(true)
}

/// A line for each section, set in by its level.
fn text(book: &Book) -> String {
    let mut text = String::new();
    for entry in &book.outline.entries {
        let indent = usize::from(entry.level.saturating_sub(1)) * 2;
        let _ = writeln!(text, "{:indent$}{}", "", super::snippet::clean(&entry.words()));
    }
    text
}

fn document(book: &Book, shown: &Shown<'_>) -> String {
    let sections = book.all_sections();
    let spans = sections.iter().map(|section| section.span).chain(std::iter::repeat(Span::NONE));
    let list: Vec<Value> = book
        .outline
        .entries
        .iter()
        .zip(spans)
        .map(|(entry, span)| {
            let matter = match entry.matter {
                Matter::Front => "front",
                Matter::Body => "body",
                Matter::Back => "back",
            };
            let (file, line) = shown.line(span).unzip();
            json!({
                "id": entry.anchor.0, "level": entry.level, "number": entry.number, "title": entry.title,
                "role": entry.role.name(), "matter": matter, "file": file, "line": line,
            })
        })
        .collect();
    json::text(&json!({ "title": book.metadata.title, "sections": list }))
}
