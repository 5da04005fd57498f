//! What stands in a line of text.

use crate::model::{Language, Resolved, Stage};
use crate::span::Span;

/// An inline and the place it came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inline<S: Stage = Resolved> {
    /// Where it was written.
    pub span: Span,
    /// What it is.
    pub kind: InlineKind<S>,
}

/// How a run of text is set apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Style {
    /// `*word*`.
    Emphasis,
    /// `**word**`.
    Strong,
    /// `~~word~~`.
    Strike,
    /// `^2^` in the aldine dialect, `<sup>`.
    Superscript,
    /// `~2~` in the aldine dialect, `<sub>`.
    Subscript,
    /// `[word]{.smallcaps}`.
    SmallCaps,
    /// `<small>`.
    Small,
    /// `<kbd>`.
    Keyboard,
}

/// Each kind of inline. Its *extent* is the number of bytes it adds to its leaf's plain text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InlineKind<S: Stage = Resolved> {
    /// Words and spaces; line ends of the source are spaces. Extent: its bytes.
    Text(String),
    /// `` `code` ``. Extent: its bytes.
    Code(String),
    /// A line end the author wants, `\` or two spaces. Extent: 1 (`\n`).
    LineBreak,
    /// Text set apart. Extent: that of its content.
    Styled(Style, Vec<Inline<S>>),
    /// `[words]{lang=fr #id}`: text in another language, or just a named span.
    Span {
        /// Its name for links.
        name: S::Name,
        /// Its language, when it differs.
        lang: Option<Language>,
        /// The words.
        content: Vec<Inline<S>>,
    },
    /// `<abbr title="…">`.
    Abbreviation {
        /// What it stands for.
        expansion: String,
        /// The letters.
        content: Vec<Inline<S>>,
    },
    /// `[text](target)`, `<https://…>`; a cross-reference has its words filled in by `resolve`.
    Link {
        /// Where to.
        target: S::Target,
        /// The tooltip.
        title: Option<String>,
        /// The words; none in an [`Open`](crate::model::Open) cross-reference.
        content: Vec<Inline<S>>,
    },
    /// `[](#id){.page}`: "page 41" in print and text, a link in words elsewhere. `resolve` puts
    /// the words of a plain cross-reference into `content`; print shows the page instead.
    /// Extent: 0, since the editions say it differently.
    PageReference {
        /// Where to.
        target: S::Target,
        /// What to say where there are no pages.
        content: Vec<Inline<S>>,
    },
    /// A picture in a line of text. Extent: 0.
    Picture(S::Picture),
    /// `[^1]`. Extent: 0.
    NoteCall(S::Note),
    /// `<a id="x"></a>`: a place that links can lead to. Extent: 0.
    Anchor(S::Name),
}

impl<S: Stage> Inline<S> {
    /// An inline at a place.
    pub fn new(span: Span, kind: InlineKind<S>) -> Self {
        Inline { span, kind }
    }

    /// Words at a place.
    pub fn text(span: Span, text: impl Into<String>) -> Self {
        Inline { span, kind: InlineKind::Text(text.into()) }
    }

    /// The inlines within, if it has any.
    #[must_use]
    pub fn content(&self) -> &[Inline<S>] {
        match &self.kind {
            InlineKind::Styled(_, content)
            | InlineKind::Span { content, .. }
            | InlineKind::Abbreviation { content, .. }
            | InlineKind::Link { content, .. }
            | InlineKind::PageReference { content, .. } => content,
            InlineKind::Text(_)
            | InlineKind::Code(_)
            | InlineKind::LineBreak
            | InlineKind::Picture(_)
            | InlineKind::NoteCall(_)
            | InlineKind::Anchor(_) => &[],
        }
    }
}
