//! The way through the house: every stage, once, in order.
//!
//! Enters: a [`Request`]. Leaves: what was made of it, with all problems found on the way, sorted.
//! Promise: a stage runs even when the one before found errors, so that one run tells all; whether
//! anything may be written is for the caller to judge by the diagnostics.

use crate::diagnostics::Diagnostics;
use crate::fonts::{FontBytes, FontSet};
use crate::markdown;
use crate::model::{BlockKind, Book, Draft, Timestamp};
use crate::resolve::{self, Rules};
use crate::sources::{self, Manuscript, Resources, Sources, Spanned};
use crate::span::Span;
use crate::style::{self, Theme};

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
        let mut fonts = FontSet::embedded().with_files(&sources.settings.fonts, port, diagnostics);
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
}

impl Request<'_> {
    /// Makes the book.
    #[must_use]
    pub fn resolve(&self, prepared: Prepared, diagnostics: &mut Diagnostics) -> Resolved {
        let Prepared { sources, draft, theme, fonts } = prepared;
        let number_sections = sources.settings.number_sections.unwrap_or(theme.number_sections);
        let rules = Rules { number_sections };
        let port = self.port(&sources);
        let book = resolve::resolve(draft, &sources, &rules, port, self.modified, diagnostics);
        Resolved { sources, book, theme, fonts }
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
