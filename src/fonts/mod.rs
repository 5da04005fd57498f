//! Font files to faces, and which face has which character.
//!
//! Enters: the embedded fonts and those the settings name. Leaves: a [`FontSet`] with a declared
//! chain of fallbacks. Promise: the same settings give the same faces on every machine; the system's
//! fonts are looked at only when the settings allow it.

use std::sync::Arc;

/// A face of a [`FontSet`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FaceId(pub u16);

/// The bytes of a font file, shared: embedded ones are never copied.
pub type FontBytes = Arc<dyn AsRef<[u8]> + Send + Sync>;

/// The families every book has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Family {
    /// The serif of running text.
    Text,
    /// The monospace of code.
    Mono,
}

/// A face by its family and style.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Variant {
    /// Which family.
    pub family: Family,
    /// Bold.
    pub bold: bool,
    /// Italic.
    pub italic: bool,
}

/// The faces of a book: the families, then fallbacks in the declared order.
#[derive(Debug, Clone, Default)]
pub struct FontSet {}
