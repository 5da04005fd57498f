//! What layout has done since it said so last: for whoever measures it.
//!
//! Enters: nothing. Leaves: a [`Stage`], told to the typesetter's [`Watcher`] on the thread that passed
//! it. Promise: what is told changes nothing, and the library reads no clock; without a watcher it
//! costs a branch.

use std::fmt;
use std::sync::Arc;

/// A stage that was passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Something else: a paragraph begins.
    Other,
    /// A paragraph's words were shaped.
    Shaped,
    /// It was found where its lines may end, hyphens among it.
    Divided,
    /// Its lines were chosen, and the other ways it can be set in.
    Chosen,
    /// Its glyphs were put in their lines.
    Set,
    /// All galleys were made, on all threads; paragraphs are counted within.
    Galleys,
    /// Pages were broken.
    Pages,
    /// Everything was placed on its page.
    Placing,
}

/// Whoever is told.
#[derive(Clone, Default)]
pub struct Watcher(Option<Arc<Tell>>);

/// What is called.
type Tell = dyn Fn(Stage) + Send + Sync;

impl Watcher {
    /// Calls `tell` with each stage, on the thread that passed it.
    pub fn new(tell: impl Fn(Stage) + Send + Sync + 'static) -> Self {
        Watcher(Some(Arc::new(tell)))
    }

    pub(crate) fn tell(&self, stage: Stage) {
        if let Some(tell) = &self.0 {
            tell(stage);
        }
    }
}

impl fmt::Debug for Watcher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Watcher").field(&self.0.is_some()).finish()
    }
}
