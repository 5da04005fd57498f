//! The contents of the book, made once, written by all editions.

use crate::model::{Id, Matter, Only, Role, SectionId};

/// The sections in reading order, each with its level: bookmarks, navigation, contents and headings
/// are all written from it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outline {
    /// In reading order; levels never skip.
    pub entries: Vec<Entry>,
    /// What is listed beside, if the style asks for it: figures before tables, none of them empty.
    pub lists: Vec<List>,
}

/// What a list is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ListKind {
    /// Figures that have a caption.
    Figures,
    /// Tables that have one.
    Tables,
}

/// A list of figures or of tables.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct List {
    /// Of what.
    pub kind: ListKind,
    /// In reading order.
    pub entries: Vec<Listed>,
}

/// A figure or table in its list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Label and caption, one line: "Figure 2.1 The harbour".
    pub words: String,
    /// Where links lead.
    pub anchor: Id,
    /// The editions that have it.
    pub only: Only,
}

/// One section in the outline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Which section.
    pub section: SectionId,
    /// Where links lead.
    pub anchor: Id,
    /// From 1.
    pub level: u8,
    /// See [`Section::rank`](crate::model::Section::rank).
    pub rank: u8,
    /// "3.2", without words.
    pub number: Option<String>,
    /// The title, plain, one line.
    pub title: String,
    /// What it is.
    pub role: Role,
    /// Where it stands.
    pub matter: Matter,
}

impl Entry {
    /// The words of contents, bookmarks and navigation: "3.2 Ownership", or the title alone.
    /// One function for all editions, so that they can't differ.
    #[must_use]
    pub fn words(&self) -> String {
        match &self.number {
            Some(number) => format!("{number} {}", self.title),
            None => self.title.clone(),
        }
    }
}
