//! The editions: each writes the same book in its own format, and decides nothing about it.
//!
//! Enters: the [`Book`], the [`Theme`], the [`Layout`]. Leaves: an [`Artifact`], bytes with a name.
//! Promise: editions don't name one another, don't touch the disk, and neither parse nor number.

pub mod cover;
pub mod epub;
pub mod pdf;
pub mod text;

use crate::diagnostics::Diagnostics;
use crate::layout::Layout;
use crate::model::Book;
use crate::style::Theme;

/// A finished edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Artifact {
    /// File name with its ending.
    pub name: String,
    /// Its bytes: the same for the same book, theme and time.
    pub bytes: Vec<u8>,
}

/// One way to publish the book.
pub trait Edition: Sync {
    /// `pdf`, `epub`, `text`: what `--only` calls it.
    fn name(&self) -> &'static str;

    /// Writes the edition; `None` when it could not be made, and then the diagnostics say why.
    fn publish(
        &self,
        book: &Book,
        theme: &Theme,
        layout: &Layout,
        diagnostics: &mut Diagnostics,
    ) -> Option<Artifact>;
}
