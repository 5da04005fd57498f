//! The one resolved book.

use crate::model::{Block, Id, ImageId, Language, Metadata, NoteId, Outline, SectionId, Text, plain_text};
use crate::span::Span;
use std::sync::Arc;

/// The book: every reference leads somewhere, every number is given. Only `resolve` makes one.
#[derive(Debug, Clone, PartialEq)]
pub struct Book {
    parts: BookParts,
}

/// What a [`Book`] is made of; `resolve` fills it in.
#[derive(Debug, Clone, PartialEq)]
pub struct BookParts {
    /// Metadata.
    pub metadata: Metadata,
    /// Text before the first heading: an opening section without title.
    pub opening: Vec<Block>,
    /// Sections of the first level, in order.
    pub sections: Vec<Section>,
    /// Notes in the order of their first calls.
    pub notes: Vec<Note>,
    /// Images, one for each file, in the order they are first shown; the cover's is last if not shown.
    pub images: Vec<Image>,
    /// The image of the cover.
    pub cover: Option<ImageId>,
    /// The contents of all editions.
    pub outline: Outline,
    /// How many leaves there are; ids are `0..leaves`.
    pub leaves: u32,
}

impl Book {
    /// Seals the parts. For `resolve` alone: the architecture test holds the wall.
    #[must_use]
    pub(crate) fn seal(parts: BookParts) -> Self {
        Book { parts }
    }
}

impl std::ops::Deref for Book {
    type Target = BookParts;
    fn deref(&self) -> &BookParts {
        &self.parts
    }
}

impl BookParts {
    /// The note called; every [`NoteId`] in the book has one.
    #[must_use]
    pub fn note(&self, id: NoteId) -> Option<&Note> {
        self.notes.get(id.0 as usize)
    }

    /// The image shown; every [`ImageId`] in the book has one.
    #[must_use]
    pub fn image(&self, id: ImageId) -> Option<&Image> {
        self.images.get(id.0 as usize)
    }

    /// Every section in reading order, a parent before its children.
    #[must_use]
    pub fn all_sections(&self) -> Vec<&Section> {
        let mut found = Vec::new();
        let mut stack: Vec<&Section> = self.sections.iter().rev().collect();
        while let Some(section) = stack.pop() {
            found.push(section);
            stack.extend(section.children.iter().rev());
        }
        found
    }
}

/// Where in the book a section stands; folios are roman in the front matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Matter {
    /// Before the text: dedication, preface …
    Front,
    /// The text.
    Body,
    /// After it: appendices, bibliography …
    Back,
}

macro_rules! roles {
    ($($variant:ident $name:literal $matter:ident,)*) => {
        /// What a section is, in the words of EPUB's structural vocabulary.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[expect(missing_docs, reason = "the names are the vocabulary's")]
        pub enum Role { $($variant,)* }

        impl Role {
            /// All roles.
            pub const ALL: &'static [Role] = &[$(Role::$variant),*];

            /// The role of a heading's class, `{.preface}`.
            #[must_use]
            pub fn parse(class: &str) -> Option<Role> {
                match class { $($name => Some(Role::$variant),)* _ => None }
            }

            /// A dedication or an epigraph of the book, if its section opens as chapters do.
            #[must_use]
            pub fn is_page(self, rank: u8) -> bool {
                rank == 1 && matches!(self, Role::Dedication | Role::Epigraph)
            }

            /// Its name in the vocabulary.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Role::$variant => $name,)* }
            }

            /// Where such a section stands.
            #[must_use]
            pub fn matter(self) -> Matter {
                match self { $(Role::$variant => Matter::$matter,)* }
            }
        }
    };
}

roles! {
    Abstract "abstract" Front,
    Acknowledgments "acknowledgments" Front,
    Afterword "afterword" Back,
    Appendix "appendix" Back,
    Bibliography "bibliography" Back,
    Chapter "chapter" Body,
    Colophon "colophon" Back,
    Conclusion "conclusion" Body,
    Dedication "dedication" Front,
    Epigraph "epigraph" Front,
    Epilogue "epilogue" Body,
    Foreword "foreword" Front,
    Glossary "glossary" Back,
    Index "index" Back,
    Introduction "introduction" Body,
    Part "part" Body,
    Preface "preface" Front,
    Prologue "prologue" Body,
    Section "section" Body,
}

/// A heading and what it governs.
#[derive(Debug, Clone, PartialEq)]
pub struct Section {
    /// Its number in reading order.
    pub id: SectionId,
    /// Its name: the author's, else a slug of its title.
    pub anchor: Id,
    /// The heading in the manuscript.
    pub span: Span,
    /// Depth in the tree, from 1; never skips. A part is 1, a chapter in it 2.
    pub level: u8,
    /// How it opens: 0 a part, 1 a chapter (whatever its role), 2 a section in it, and so on.
    pub rank: u8,
    /// What it is.
    pub role: Role,
    /// Where it stands.
    pub matter: Matter,
    /// "3", "3.2", "II", "A.1", without words; `None` when it is not numbered.
    pub number: Option<String>,
    /// "Chapter 3", "Part II", "Appendix A" in the book's language, for openings and references;
    /// "Section 3.2" below chapters; `None` when it is not numbered.
    pub label: Option<String>,
    /// Its title; a heading without text is given one by `resolve`, so it is never empty.
    pub title: Text,
    /// Its language, when it differs from the book's.
    pub lang: Option<Language>,
    /// What stands under it before its first subsection.
    pub blocks: Vec<Block>,
    /// Its subsections.
    pub children: Vec<Section>,
}

impl Section {
    /// A dedication or an epigraph of the book: a page of its own in print.
    #[must_use]
    pub fn is_page(&self) -> bool {
        self.role.is_page(self.rank)
    }

    /// The title as plain text, one line, without note calls.
    #[must_use]
    pub fn title_text(&self) -> String {
        plain_text(&self.title.content).split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

/// A note: a foot's, a chapter's or a book's end's, as the edition likes.
#[derive(Debug, Clone, PartialEq)]
pub struct Note {
    /// Its name.
    pub anchor: Id,
    /// Its printed number; from 1 in each chapter (section that opens a page of its own).
    pub number: u32,
    /// The section in which it is first called; `None` in the opening.
    pub section: Option<SectionId>,
    /// Where it was written.
    pub span: Span,
    /// What it says.
    pub blocks: Vec<Block>,
}

/// Kinds of image Aldine reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names say it")]
pub enum ImageKind {
    Png,
    Jpeg,
    Webp,
    Gif,
    Svg,
}

impl ImageKind {
    /// Its media type.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            ImageKind::Png => "image/png",
            ImageKind::Jpeg => "image/jpeg",
            ImageKind::Webp => "image/webp",
            ImageKind::Gif => "image/gif",
            ImageKind::Svg => "image/svg+xml",
        }
    }

    /// The usual ending of its files, without dot.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            ImageKind::Png => "png",
            ImageKind::Jpeg => "jpg",
            ImageKind::Webp => "webp",
            ImageKind::Gif => "gif",
            ImageKind::Svg => "svg",
        }
    }
}

/// An image that was read and found sound: a decoder went through it.
#[derive(Debug, Clone, PartialEq)]
pub struct Image {
    /// Its path in the manuscript, for messages and for the EPUB's file name.
    pub path: String,
    /// Of what kind its bytes are, whatever its name says.
    pub kind: ImageKind,
    /// The file, byte for byte.
    pub bytes: Arc<Vec<u8>>,
    /// Width in pixels (user units of an SVG, at 96 to the inch), more than 0.
    pub width: f32,
    /// Height likewise.
    pub height: f32,
    /// Where it is first shown.
    pub span: Span,
}
