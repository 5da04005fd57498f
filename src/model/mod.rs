//! The book as pure data: what every edition is made from.
//!
//! Enters: nothing; these are types. `markdown` builds a [`Draft`] of nodes in the [`Open`] stage,
//! whose references are still words; `resolve` turns it into the one [`Book`] of nodes in the
//! [`Resolved`] stage. Promise: no Markdown parser, style or page is known here, and editions need
//! nothing else to know what the book says, in which order and under which numbers.

mod block;
mod book;
mod draft;
mod dump;
mod inline;
mod lines;
mod metadata;
mod outline;
mod stage;
mod text;

pub use block::{
    AlertKind, Alignment, Block, BlockKind, Cell, Definition, Division, ListItem, Numbering, Only, Placement,
    Row, Table, Text,
};
pub use book::{Book, BookParts, Image, ImageKind, Matter, Note, Role, Section};
pub use draft::{Draft, DraftNote, DraftSource, OpenHeading};
pub use dump::dump;
pub use inline::{Inline, InlineKind, Style};
pub use lines::split_lines;
pub use metadata::{Conformance, Contributor, Language, Metadata, Series, Timestamp, Wcag};
pub use outline::{Entry, List, ListKind, Listed, Outline};
pub use stage::{
    Id, ImageId, LeafId, NoteId, Open, OpenAttributes, OpenNote, OpenPicture, OpenTarget, Picture, Resolved,
    SectionId, Stage, Target,
};
pub use text::{announces, plain_text, text_len, walk_blocks, walk_inlines, walk_texts};
