//! The two states of a book's nodes, as types: references are words first, then things.

use crate::model::Language;
use crate::span::Span;
use std::fmt::Debug;

/// A state of the nodes: what stands where one thing refers to another.
pub trait Stage: Debug + Clone + PartialEq + Eq + 'static {
    /// What a link leads to.
    type Target: Debug + Clone + PartialEq + Eq + Send + Sync;
    /// The note a call calls.
    type Note: Debug + Clone + PartialEq + Eq + Send + Sync;
    /// The image a picture shows.
    type Picture: Debug + Clone + PartialEq + Eq + Send + Sync;
    /// What a node is called by others: attributes as typed, then an id that is unique.
    type Name: Debug + Clone + PartialEq + Eq + Default + Send + Sync;
    /// The number of a leaf of text in reading order.
    type Leaf: Debug + Clone + Copy + PartialEq + Eq + Default + Send + Sync;
}

/// As the author wrote it: targets are strings, nothing is numbered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Open;

/// As the editions need it: every target exists, every leaf is numbered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Resolved;

impl Stage for Open {
    type Target = OpenTarget;
    type Note = OpenNote;
    type Picture = OpenPicture;
    type Name = OpenAttributes;
    type Leaf = ();
}

impl Stage for Resolved {
    type Target = Target;
    type Note = NoteId;
    type Picture = Picture;
    type Name = Option<Id>;
    type Leaf = LeafId;
}

/// A link's destination as typed: `#id`, `other.md#id`, `https://…`, `other.html`, or empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenTarget {
    /// The destination, percent-encoding untouched.
    pub href: String,
    /// `[](#id){.page}`: the page of the target is wanted.
    pub page: bool,
}

/// The label of the note that is called, `3` in `[^3]`; labels belong to their file.
/// An inline note's label is made by `markdown` and holds a space, which no typed label can.
pub type OpenNote = String;

/// An image as typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenPicture {
    /// The path, relative to the file that shows it, percent-encoding untouched.
    pub path: String,
    /// The alternative text, plain; `None` when the author gave none.
    pub alt: Option<String>,
    /// The author said that it is decoration (`{.decorative}` or `alt=""` in HTML).
    pub decorative: bool,
    /// Width as a share of the measure, in percent, from `{width=60%}`.
    pub width: Option<u8>,
}

/// Attributes in braces, as typed: `{#id .class key=value}`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OpenAttributes {
    /// `#id`.
    pub id: Option<String>,
    /// `.class`, in order.
    pub classes: Vec<String>,
    /// `key=value`, in order.
    pub pairs: Vec<(String, String)>,
    /// The braces.
    pub span: Option<Span>,
}

/// A name that is unique in the book, and safe as an XML id, a PDF destination and a fragment.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Id(pub String);

/// A note, by its place in [`BookParts::notes`](crate::model::BookParts::notes): the order of first calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NoteId(pub u32);

/// An image, by its place in [`BookParts::images`](crate::model::BookParts::images); one for each file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ImageId(pub u32);

/// A section, numbered from 0 in reading order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SectionId(pub u32);

/// A leaf: one uninterrupted run of text (a paragraph, a title, a cell, a caption, a block of code,
/// a line of verse), numbered from 0 in reading order over the whole book, notes last.
/// A place in the book is a leaf and a byte offset in its [`plain_text`](crate::model::plain_text).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct LeafId(pub u32);

/// Where a resolved link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A place in the book: a section, a block or an anchor; it exists.
    Inside(Id),
    /// An address outside: absolute, with a scheme.
    Outside(String),
    /// Nowhere: the link was dead, and its text stays as text.
    Nowhere,
}

/// A picture that is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Its image.
    pub image: ImageId,
    /// What it says in words; `None` for decoration.
    pub alt: Option<String>,
    /// Its author said that it is decoration; else one without words is taken for it.
    pub decorative: bool,
    /// Width as a share of the measure, in percent (1–100).
    pub width: Option<u8>,
}

impl OpenAttributes {
    /// The value of `key`, if given.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&str> {
        self.pairs.iter().find(|(k, _)| k == key).map(|(_, v)| v.as_str())
    }

    /// Whether `.class` was given.
    #[must_use]
    pub fn has(&self, class: &str) -> bool {
        self.classes.iter().any(|c| c == class)
    }

    /// `lang=…` as a language, if it is well formed.
    #[must_use]
    pub fn language(&self) -> Option<Language> {
        self.get("lang").and_then(Language::parse)
    }
}
