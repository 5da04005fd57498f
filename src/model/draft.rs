//! The manuscript parsed, its references still open.

use crate::model::{Block, Open, OpenAttributes, Text};
use crate::span::{FileId, Span};

/// All sources in reading order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Draft {
    /// One for each source.
    pub sources: Vec<DraftSource>,
}

/// One source: headings are blocks still, notes stand apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftSource {
    /// Which file.
    pub file: FileId,
    /// What it says, in order; a top-level [`Heading`](crate::model::BlockKind::Heading) begins a section.
    pub blocks: Vec<Block<Open>>,
    /// Its notes in the order they are written, inline notes included.
    pub notes: Vec<DraftNote>,
}

/// A note as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftNote {
    /// Its label, see [`OpenNote`](crate::model::stage::OpenNote).
    pub label: String,
    /// Where.
    pub span: Span,
    /// What it says.
    pub blocks: Vec<Block<Open>>,
}

/// A heading at the top of a source, as `resolve` takes it to begin a section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenHeading {
    /// 1–6.
    pub level: u8,
    /// Words.
    pub text: Text<Open>,
    /// Its attributes.
    pub name: OpenAttributes,
    /// Where.
    pub span: Span,
}
