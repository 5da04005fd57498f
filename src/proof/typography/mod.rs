//! The typography of a finished PDF, measured on the file alone.
//!
//! Enters: its bytes. Leaves: a [`Report`]: twenty rules, the figure measured and the figure to reach,
//! and the pages where one is broken. Promise: nothing is taken from the layout; places of glyphs
//! come from hayro's interpreter, paragraphs, headings and notes from the file's tags, or from places
//! where it has none, and what can't be measured is said.
//!
//! Stages: glyphs ([`Sheet`](super::pdf::Sheet)) → [`words`] → [`lines`] → [`pages`] with what is usual
//! in the file ([`block`]) → [`rules`] → [`report`].

mod block;
mod lines;
mod pages;
mod report;
mod rules;
mod untagged;
mod words;

pub use report::{Report, Rule, Spot, Verdict};
pub use words::WordBox;

use super::Unreadable;
use super::pdf::Opened;
use pages::Volume;
use rules::{breaks, furniture, notes, setting, texture, turns};

/// Measures a PDF.
///
/// # Errors
/// When it can't be opened or has no catalogue.
pub fn typography(bytes: &[u8]) -> Result<Report, Unreadable> {
    let opened = Opened::new(bytes)?;
    let mut leaves = opened.sheets(words::leaf);
    let sequences: Vec<_> = leaves.iter_mut().map(|leaf| std::mem::take(&mut leaf.sequences)).collect();
    let said = opened.said(&sequences);
    let volume = Volume::of(opened, leaves, said);
    let measure: [fn(&Volume) -> Rule; 20] = [
        setting::measure,
        setting::size,
        breaks::widows,
        breaks::orphans,
        turns::spreads,
        breaks::runts,
        breaks::ladders,
        breaks::over_turns,
        breaks::fragments,
        setting::spaces,
        setting::overfull,
        turns::indents,
        turns::headings,
        setting::register,
        furniture::openings,
        furniture::heads,
        furniture::folios,
        notes::footnotes,
        turns::last_pages,
        texture::rivers_and_stacks,
    ];
    let rules = measure.iter().map(|rule| rule(&volume)).collect();
    Ok(Report { pages: volume.pages.len(), tagged: volume.tagged, rules })
}

/// The words of each page as they are measured, in the order of drawing.
///
/// # Errors
/// When the file can't be opened or has no catalogue.
pub fn words_of_pdf(bytes: &[u8]) -> Result<Vec<Vec<WordBox>>, Unreadable> {
    Ok(Opened::new(bytes)?.sheets(|sheet| words::boxes(words::leaf(sheet))))
}
