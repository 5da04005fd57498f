//! Sources to [`Draft`]: comrak parses every source once, and its types end here.
//!
//! Enters: the files and the sources in reading order. Leaves: blocks, inlines and notes of the
//! [`Open`](crate::model::Open) stage, each with the place it was written.
//! Promise: no word of the manuscript is lost without a diagnostic, nothing is numbered or looked
//! up, and no nesting of the input makes the walk, or anyone's walk after it, deeper than the cap.

mod attributes;
mod blocks;
mod captions;
mod directives;
mod entities;
mod html;
mod inlines;
mod links;
mod notes;
mod places;
mod raw;
mod raw_blocks;

use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::model::{Draft, DraftNote, DraftSource};
use crate::sources::{Dialect, Source};
use crate::span::{Files, Span};
use comrak::nodes::Node;
use comrak::options::{BrokenLinkReference, Extension, Parse};
use comrak::{Arena, Options, ResolvedReference};
use places::{Base, Places};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Blocks and inlines may nest this deep, counted together; every walk over the book relies on it.
const DEEPEST: usize = 200;

/// The destination of `[words]` that might be a span: no author can type it, since Markdown
/// replaces this character.
const SPAN_MARK: &str = "\u{0}span";

/// Parses every source, each once, and gives what they say in the order of `sources`.
/// Sources are parsed in parallel; the result does not depend on it.
#[must_use]
pub fn parse(files: &Files, sources: &[Source], dialect: Dialect, diagnostics: &mut Diagnostics) -> Draft {
    let parsed: Vec<_> = sources.par_iter().map(|source| parse_source(files, source, dialect)).collect();
    let mut draft = Draft::default();
    for (source, found) in parsed {
        draft.sources.push(source);
        diagnostics.append(found);
    }
    draft
}

fn parse_source(files: &Files, source: &Source, dialect: Dialect) -> (DraftSource, Diagnostics) {
    let whole = files.get(source.file).map_or("", |file| &file.text);
    let text = whole.get(source.start..).unwrap_or_default();
    let arena = Arena::new();
    let root = comrak::parse_document(&arena, text, &options(text, dialect));
    let mut lowering = Lowering {
        places: Places::new(source.file, whole, source.start),
        base: None,
        depth: 0,
        too_deep: false,
        verse: false,
        notes: Vec::new(),
        labels: BTreeMap::new(),
        inline_notes: BTreeMap::new(),
        unended: BTreeMap::new(),
        diagnostics: Diagnostics::new(),
    };
    lowering.find_notes(root);
    let blocks = lowering.blocks(root);
    let mut notes = lowering.notes;
    notes.sort_by_key(|note| note.span);
    (DraftSource { file: source.file, blocks, notes }, lowering.diagnostics)
}

/// What is being made of one source.
struct Lowering<'a, 't> {
    places: Places<'t>,
    /// Set inside an inline note, whose places comrak counts from the note's own start.
    base: Option<Base>,
    depth: usize,
    /// Said once for each source: what lies deeper is of no use to anyone.
    too_deep: bool,
    /// Line ends count.
    verse: bool,
    notes: Vec<DraftNote>,
    /// Labels without regard to case: as first typed, and where.
    labels: BTreeMap<String, (String, Span)>,
    /// Bodies of inline notes by comrak's name for them.
    inline_notes: BTreeMap<String, Node<'a>>,
    /// HTML elements already warned of whose end may come in a later block, by name.
    unended: BTreeMap<String, usize>,
    diagnostics: Diagnostics,
}

impl<'a> Lowering<'a, '_> {
    fn span(&self, node: Node<'a>) -> Span {
        self.places.span(node.data().sourcepos, self.base)
    }

    fn tell(&mut self, code: Code, span: Span, message: impl Into<String>, hint: &str) {
        self.diagnostics.push(Diagnostic::new(code, span, message).hint(hint));
    }

    /// Goes one level down, unless that is too deep; every `true` is followed by one `rise`.
    fn descend(&mut self, span: Span) -> bool {
        if self.depth >= DEEPEST {
            self.say_too_deep(span);
            return false;
        }
        self.depth += 1;
        true
    }

    fn rise(&mut self) {
        self.depth -= 1;
    }

    fn say_too_deep(&mut self, span: Span) {
        if !self.too_deep {
            self.too_deep = true;
            let message = format!("this is nested more than {DEEPEST} levels deep");
            self.tell(Code::TooDeep, span, message, "write it flatter: no reader can follow so many levels");
        }
    }
}

fn options(text: &str, dialect: Dialect) -> Options<'static> {
    let aldine = match dialect {
        Dialect::Gfm => false,
        Dialect::Aldine => true,
    };
    let extension = Extension {
        strikethrough: true,
        table: true,
        autolink: true,
        tasklist: true,
        footnotes: true,
        alerts: true,
        block_directive: true,
        header_attributes: true,
        fenced_code_attributes: true,
        link_attributes: true,
        superscript: aldine,
        subscript: aldine,
        inline_footnotes: aldine,
        description_lists: aldine,
        ..Extension::default()
    };
    let candidates = span_candidates(text);
    let callback = move |broken: BrokenLinkReference<'_>| {
        let label = broken.original;
        let is_span =
            !label.trim().is_empty() && !label.starts_with('^') && candidates.contains(&tail(label));
        is_span.then(|| ResolvedReference { url: SPAN_MARK.to_owned(), title: String::new() })
    };
    let parse = Parse {
        leave_footnote_definitions: true,
        broken_link_callback: Some(Arc::new(callback)),
        ..Parse::default()
    };
    Options { extension, parse, ..Options::default() }
}

/// How many characters of a label tell whether braces might follow it.
const TAIL: usize = 12;

/// The last few characters of a bracketed label, `[` included when it is near; blanks and quote
/// marks left out, because the parser sees lines without their prefixes.
fn tail(label: &str) -> String {
    let counts = |c: &char| !c.is_whitespace() && *c != '>';
    label.chars().rev().filter(counts).chain(std::iter::once('[')).take(TAIL).collect()
}

/// Tails of everything that stands before `]{`. A bracket elsewhere must not become a link, even
/// for a moment: links can't nest, so `[see [1]](x)` would lose its own.
fn span_candidates(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (at, _) in text.match_indices("]{") {
        let before = text.get(..at).unwrap_or_default();
        let mut tail = String::new();
        let counts = |c: &char| !c.is_whitespace() && *c != '>';
        for c in before.chars().rev().take(TAIL * 20).filter(counts).take(TAIL) {
            tail.push(c);
            if c == '[' {
                found.insert(tail.clone());
            }
        }
        found.insert(tail);
    }
    found
}
