//! The way through the house: every stage, once, in order.
//!
//! Enters: a [`Request`]. Leaves: what was made of it, with all problems found on the way, sorted.
//! Promise: a stage runs even when the one before found errors, so that one run tells all; whether
//! anything may be written is for the caller to judge by the diagnostics.

use crate::diagnostics::Diagnostics;
use crate::editions::cover;
use crate::editions::epub::Epub;
use crate::editions::pdf::Pdf;
use crate::editions::text::{PlainText, Translator};
use crate::editions::{Artifact, Edition};
use crate::fonts::{FontBytes, FontSet};
use crate::layout::{self, Layout, PageExplained, PageLabel, Settled, lines};
use crate::markdown;
use crate::model::{BlockKind, Book, Draft, Image, Timestamp};
use crate::programs::{NoPrograms, Programs};
use crate::proof;
use crate::resolve::{self, Rules};
use crate::sources::{self, Manuscript, Resources, Sources, Spanned, TextProfile};
use crate::span::Span;
use crate::style::{self, Theme};
use rayon::prelude::*;
use std::sync::{Arc, OnceLock};

/// Words from which a manuscript without parts is set as a book and no more as an essay.
const BOOK_WORDS: usize = 10_000;

/// What is to be built, and from where.
#[derive(Clone, Copy)]
pub struct Request<'r> {
    /// The manuscript's folder.
    pub resources: &'r dyn Resources,
    /// The same folder with paths that may lead out of it: used when the settings allow that.
    pub outside: Option<&'r dyn Resources>,
    /// What to read.
    pub manuscript: &'r Manuscript,
    /// A style that goes over the settings' one.
    pub style: Option<&'r str>,
    /// A file name, without ending, that goes over the settings' one.
    pub name: Option<&'r str>,
    /// When the editions are made.
    pub modified: Timestamp,
    /// Finds the system's fonts; called when the settings allow them.
    pub system_fonts: Option<&'r dyn Fn() -> Vec<(String, FontBytes)>>,
}

/// The manuscript read and parsed, and the look it will have.
#[derive(Debug)]
pub struct Prepared {
    /// What was read.
    pub sources: Sources,
    /// What it says, references still open.
    pub draft: Draft,
    /// How it will look.
    pub theme: Theme,
    /// The faces it is set in.
    pub fonts: FontSet,
}

impl Request<'_> {
    /// The port that the settings of `sources` allow.
    #[must_use]
    pub fn port(&self, sources: &Sources) -> &dyn Resources {
        self.outside.filter(|_| sources.settings.allow_outside).unwrap_or(self.resources)
    }

    fn read(&self, diagnostics: &mut Diagnostics) -> Sources {
        let mut told = Diagnostics::new();
        let mut sources = sources::read(self.resources, self.manuscript, &mut told);
        if let Some(outside) = self.outside
            && sources.settings.allow_outside
        {
            told = Diagnostics::new();
            sources = sources::read(outside, self.manuscript, &mut told);
        }
        diagnostics.append(told);
        if let Some(name) = self.name {
            sources.settings.name = Some(Spanned { value: name.to_owned(), span: Span::NONE });
        }
        sources
    }

    /// Reads and parses the manuscript and loads its style and fonts.
    #[must_use]
    pub fn prepare(&self, diagnostics: &mut Diagnostics) -> Prepared {
        let mut sources = self.read(diagnostics);
        let draft = markdown::parse(&sources.files, &sources.list, sources.settings.dialect, diagnostics);
        let port = self.port(&sources);
        let named = |name: &str| Spanned { value: name.to_owned(), span: Span::NONE };
        let suggested = self.style.map(named).or_else(|| {
            let essay = sources.settings.style.is_none() && is_essay(&sources, &draft);
            essay.then(|| named("essay"))
        });
        let theme = style::load(suggested.as_ref(), port, &sources.settings, &mut sources.files, diagnostics);
        let fonts = FontSet::embedded().with_text(theme.text.face).with_code(theme.code.face);
        let mut fonts = fonts.with_files(&sources.settings.fonts, port, diagnostics);
        if let Some(find) = self.system_fonts.filter(|_| sources.settings.system_fonts) {
            fonts = fonts.with_system(find());
        }
        Prepared { sources, draft, theme, fonts }
    }
}

/// The book, and what it took to make it.
#[derive(Debug)]
pub struct Resolved {
    /// What was read.
    pub sources: Sources,
    /// The book.
    pub book: Book,
    /// How it will look.
    pub theme: Theme,
    /// The faces it is set in.
    pub fonts: FontSet,
    /// The cover, once it was asked for.
    drawn: OnceLock<Option<Image>>,
}

impl Request<'_> {
    /// Makes the book.
    #[must_use]
    pub fn resolve(&self, prepared: Prepared, diagnostics: &mut Diagnostics) -> Resolved {
        let Prepared { sources, draft, theme, fonts } = prepared;
        let number_sections = sources.settings.number_sections.unwrap_or(theme.number_sections);
        let front = theme.front;
        let rules = Rules {
            number_sections,
            title_page: front.title_page,
            list_figures: front.figures,
            list_tables: front.tables,
        };
        let port = self.port(&sources);
        let book = resolve::resolve(draft, &sources, &rules, port, self.modified, diagnostics);
        Resolved { sources, book, theme, fonts, drawn: OnceLock::new() }
    }
}

/// The name of every edition, in the order in which they are told of.
pub const EDITIONS: [&str; 3] = ["pdf", "epub", "text"];

/// Columns of a line of plain text, unless the settings say otherwise (WCAG 2.2 knows no figure;
/// terminals and braille displays are narrower than pages).
const TEXT_WIDTH: u32 = 72;

impl Resolved {
    /// Sets the book's pages.
    #[must_use]
    pub fn lay_out(&self, diagnostics: &mut Diagnostics) -> Layout {
        self.lay_out_explained(&|_| Vec::new(), diagnostics).0
    }

    /// Sets the book's pages, and explains those that `asked` picks by the labels of all, from 0.
    #[must_use]
    pub fn lay_out_explained(
        &self,
        asked: &dyn Fn(&[PageLabel]) -> Vec<usize>,
        diagnostics: &mut Diagnostics,
    ) -> (Layout, Vec<PageExplained>) {
        let setter = self.setter();
        layout::lay_out_explained(&self.book, &self.theme, &setter, setter.fonts(), asked, diagnostics)
    }

    /// What its paragraphs are set with. It remembers every word it has shaped: who lays out a book again,
    /// with the same fonts and settings, keeps it.
    #[must_use]
    pub fn setter(&self) -> lines::Setter {
        lines::Setter::new(Arc::new(self.fonts.clone()), &self.sources.settings.hyphenation)
    }

    /// Galleys and pages, before anything is placed; what has not changed since `before` was set is taken
    /// from there. `setter` is one of [`Resolved::setter`], and the one that `before` was set with.
    #[must_use]
    pub fn settle(&self, setter: &lines::Setter, before: Option<(&Resolved, Settled)>) -> Settled {
        let before = before.map(|(old, settled)| (&old.book, settled));
        layout::settle(&self.book, &self.theme, setter, before)
    }

    /// Places everything on its page.
    #[must_use]
    pub fn place(&self, setter: &lines::Setter, settled: Settled) -> Layout {
        layout::place(&self.book, setter, setter.fonts(), settled)
    }

    /// The conventions of the text edition.
    fn text_profile(&self) -> TextProfile {
        self.sources.settings.text_profile.as_ref().map_or(TextProfile::default(), |profile| profile.value)
    }

    /// The book's cover: its own, else the one that the style draws, once for all who ask.
    #[must_use]
    pub fn cover(&self) -> Option<&Image> {
        let own = self.book.cover.and_then(|id| self.book.image(id));
        own.or_else(|| {
            let draw = || {
                let page = layout::cover(&self.book, &self.theme, &self.setter())?;
                cover::picture(&page, &self.fonts, self.theme.cover)
            };
            self.drawn.get_or_init(draw).as_ref()
        })
    }

    /// The cover as a file to stand beside the PDF, which has none: printers and shops want it apart.
    #[must_use]
    pub fn cover_file(&self) -> Option<Artifact> {
        let cover = self.cover()?;
        let name = format!("{}-cover.{}", self.book.metadata.file_name, cover.kind.extension());
        Some(Artifact { name, bytes: cover.bytes.to_vec() })
    }

    /// What an ONIX record says of the EPUB's accessibility.
    #[must_use]
    pub fn onix(&self, layout: &Layout) -> Artifact {
        Epub { cover: self.cover(), kobo: false }.onix(&self.book, &self.theme, layout)
    }

    /// Makes the editions of these names, side by side, and gives them in the order of [`EDITIONS`]; `kepub`, the EPUB
    /// for Kobo's reader, comes after the EPUB. No program runs for them.
    #[must_use]
    pub fn publish(&self, layout: &Layout, names: &[&str], diagnostics: &mut Diagnostics) -> Vec<Artifact> {
        self.publish_with(layout, names, &NoPrograms, diagnostics)
    }

    /// Likewise, with programs where the settings name one.
    #[must_use]
    pub fn publish_with(
        &self,
        layout: &Layout,
        names: &[&str],
        programs: &dyn Programs,
        diagnostics: &mut Diagnostics,
    ) -> Vec<Artifact> {
        let settings = &self.sources.settings;
        let width = settings.text_width.as_ref().map_or(TEXT_WIDTH, |width| width.value);
        let pdf = Pdf { standard: settings.pdf_standard };
        let named = settings.braille.as_ref().zip(settings.table_of_braille());
        let braille = named.map(|(program, table)| Translator {
            program: &program.value,
            table,
            programs,
            span: program.span,
        });
        let cover = names.iter().any(|name| name.ends_with("epub")).then(|| self.cover()).flatten();
        let (epub, kepub) = (Epub { cover, kobo: false }, Epub { cover, kobo: true });
        let text = PlainText { width, profile: self.text_profile(), braille };
        let all: [&dyn Edition; 4] = [&pdf, &epub, &kepub, &text];
        let wanted: Vec<&dyn Edition> = all.into_iter().filter(|one| names.contains(&one.name())).collect();
        let made: Vec<(Option<Artifact>, Diagnostics)> = wanted
            .par_iter()
            .map(|edition| {
                let mut told = Diagnostics::new();
                (edition.publish(&self.book, &self.theme, layout, &mut told), told)
            })
            .collect();
        let mut artifacts = Vec::new();
        for (artifact, told) in made {
            diagnostics.append(told);
            artifacts.extend(artifact);
        }
        artifacts
    }

    /// Reads the finished editions back and holds them against the book and each other.
    pub fn prove(&self, artifacts: &[Artifact], diagnostics: &mut Diagnostics) {
        proof::compare_as(&self.book, artifacts, self.text_profile(), diagnostics);
    }
}

/// Whether a manuscript without a style is an article: short, and without parts.
fn is_essay(sources: &Sources, draft: &Draft) -> bool {
    let words = |at: &sources::Source| {
        let text = sources.files.get(at.file).map_or("", |file| &file.text);
        text.get(at.start..).unwrap_or_default().split_whitespace().take(BOOK_WORDS).count()
    };
    let parts = draft
        .sources
        .iter()
        .flat_map(|source| &source.blocks)
        .any(|block| matches!(block.kind, BlockKind::Heading { .. }) && block.name.has("part"));
    !parts && sources.list.iter().map(words).sum::<usize>() < BOOK_WORDS
}
