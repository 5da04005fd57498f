//! The PDF: one file for paper and for readers, PDF/UA-1 and PDF/A-2a at once, PDF/UA-2 and PDF/A-4, or that alone.
//!
//! Enters: the book, the theme, the layout. Leaves: one `.pdf`. Promise: every page is as the layout
//! set it, down to the glyph; the tags say what the pages say, in reading order; links lead where
//! they say, bookmarks are the book's outline, labels its folios; the same bytes for the same book
//! and time. It measures nothing and breaks nothing.
//!
//! By parts: `draw` sets the pages (with `runs`, `order` and `pictures`), `tags` says what they say, `links`,
//! `about` and `xmp` write what leads through them and what is said of the book, `file` mends what krilla wrote,
//! `ua2` (with `built` and `targets`) gives it what PDF/UA-2 asks for, `refusal` tells the author what krilla, which
//! holds the file against the other standards, would not take.

mod about;
mod built;
mod draw;
mod file;
mod links;
mod order;
mod pictures;
mod refusal;
mod runs;
mod tags;
mod targets;
mod ua2;
mod words;
mod xmp;

use crate::diagnostics::Diagnostics;
use crate::editions::{Artifact, Edition};
use crate::layout::Layout;
use crate::model::Book;
use crate::sources::PdfStandard;
use crate::span::Span;
use crate::style::Theme;
use draw::Press;
use krilla::configure::{Accessibility, Archival, ConfigurationBuilder, PdfVersion};
use krilla::{Document, SerializeSettings};
use refusal::{Judge, fault};
use std::panic::{AssertUnwindSafe, catch_unwind};
use tags::Ways;
use targets::Targets;

/// The PDF edition.
#[derive(Debug, Clone, Copy, Default)]
pub struct Pdf {
    /// What it is held to.
    pub standard: PdfStandard,
}

impl Edition for Pdf {
    fn name(&self) -> &'static str {
        "pdf"
    }

    fn publish(
        &self,
        book: &Book,
        theme: &Theme,
        layout: &Layout,
        diagnostics: &mut Diagnostics,
    ) -> Option<Artifact> {
        // krilla asserts what it takes for mistakes of its caller, and decoders of images may do so
        // for mistakes in a file: neither shall take the other editions with it.
        let mut told = Diagnostics::new();
        let printed = catch_unwind(AssertUnwindSafe(|| print(self.standard, book, theme, layout, &mut told)));
        diagnostics.append(told);
        let bytes = printed.unwrap_or_else(|_| {
            diagnostics.push(fault(Span::NONE, "the PDF could not be written: its writer stopped"));
            None
        })?;
        Some(Artifact { name: format!("{}.pdf", book.metadata.file_name), bytes })
    }
}

fn print(
    standard: PdfStandard,
    book: &Book,
    theme: &Theme,
    layout: &Layout,
    diagnostics: &mut Diagnostics,
) -> Option<Vec<u8>> {
    let mut document = Document::new_with(settings(standard)?);
    let ways = Ways::of(&layout.structure);
    let mut press = Press::new(book, layout, &ways);
    press.pages(&mut document, diagnostics);
    let strays = std::mem::take(&mut press.strays);
    for page in &strays {
        let label = layout.pages.get(*page).map(|page| page.label.to_string()).unwrap_or_default();
        diagnostics.push(fault(Span::NONE, format!("page {label} has words that the structure lacks")));
    }
    let targets = (standard == PdfStandard::Ua2).then(|| Targets::of(&layout.structure, &ways));
    let tree = tags::tree(&layout.structure, std::mem::take(&mut press.drawn), targets.as_ref());
    let Some(tree) = tree.filter(|_| strays.is_empty()) else {
        diagnostics.push(fault(Span::NONE, "the pages say other things than the structure"));
        return None;
    };
    document.set_tag_tree(tree);
    document.set_outline(links::outline(book, layout));
    for name in links::names(book, layout) {
        document.register_named_destination(name)?;
    }
    document.set_metadata(about::metadata(book, theme, layout.pages.len()));
    if diagnostics.has_errors() {
        return None;
    }
    match document.finish() {
        Ok(bytes) => {
            let bytes = file::with_plain_gray(bytes);
            let bytes = match (standard, &targets) {
                (PdfStandard::Ua1, _) => Ok(bytes),
                (PdfStandard::A4 | PdfStandard::Ua2, None) => ua2::in_namespace(bytes),
                (PdfStandard::A4 | PdfStandard::Ua2, Some(targets)) => {
                    ua2::finished(bytes, targets, theme.notes.place)
                }
            };
            let unlike =
                |why| diagnostics.push(fault(Span::NONE, format!("the PDF can't be finished: {why}")));
            let bytes = xmp::enriched(bytes.map_err(unlike).ok()?, &book.metadata);
            let long = book.outline.entries.len() > 1;
            Some(if long { file::with_bookmarks_shown(bytes) } else { bytes })
        }
        Err(error) => {
            let judge = Judge { layout, ways: &ways, press: &press };
            judge.say(&error).into_iter().for_each(|diagnostic| diagnostics.push(diagnostic));
            None
        }
    }
}

/// The version that the standard is written for, and the rules that krilla holds the file to.
fn settings(standard: PdfStandard) -> Option<SerializeSettings> {
    let builder = match standard {
        PdfStandard::Ua1 => ConfigurationBuilder::new()
            .with_version(PdfVersion::Pdf17)
            .with_archival_validator(Archival::A2_A)
            .with_accessibility_validator(Accessibility::UA1),
        PdfStandard::A4 | PdfStandard::Ua2 => {
            ConfigurationBuilder::new().with_version(PdfVersion::Pdf20).with_archival_validator(Archival::A4)
        }
    };
    let configuration = builder.finish().ok()?;
    Some(SerializeSettings { configuration, ..SerializeSettings::default() })
}
