//! Sizes of pages, by name or by width and height.
//!
//! Enters: words as an author writes them. Leaves: width and height. Promise: no page is smaller than
//! 2 inches or larger than 40 at any side, so that every length on it is safe to reckon with.

use crate::measure::{Length, Measure};

/// Names, in the order in which they are offered; measures as the trades define them.
const NAMES: &[(&str, &str)] = &[
    ("a4", "210x297mm"),
    ("a5", "148x210mm"),
    ("a6", "105x148mm"),
    ("b5", "176x250mm"),
    ("b6", "125x176mm"),
    ("letter", "8.5x11in"),
    ("digest", "5.5x8.5in"),
    ("pocket", "4.25x6.875in"),
    ("trade", "6x9in"),
    ("a-format", "111x178mm"),
    ("b-format", "129x198mm"),
    ("demy", "138x216mm"),
    ("royal", "156x234mm"),
    ("crown-quarto", "189x246mm"),
];

/// The names of page sizes.
pub fn page_names() -> impl Iterator<Item = &'static str> {
    NAMES.iter().map(|&(name, _)| name)
}

/// Width and height of a page: a name (`a5`), or two measures (`5.5x8.5in`, `148mm x 210mm`).
/// `None` for anything else, and for a page that no press could print.
#[must_use]
pub fn page_size(text: &str) -> Option<(Length, Length)> {
    let text = text.trim().to_lowercase();
    let named = NAMES.iter().find(|(name, _)| *name == text).map(|&(_, size)| size.to_owned());
    let text = named.unwrap_or(text);
    let (width, height) = text.split_once(['x', '×'])?;
    let (width, height) = (width.trim(), height.trim());
    let unit = height.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.').trim();
    let fixed = |text: &str| match Measure::parse(text)? {
        Measure::Fixed(length) => Some(length),
        Measure::Em(_) | Measure::Lines(_) => None,
    };
    let has_unit = width.ends_with(|c: char| c.is_ascii_alphabetic());
    let width = if has_unit { fixed(width)? } else { fixed(&format!("{width}{unit}"))? };
    let height = fixed(height)?;
    let printable = Length::inch(2.0)..=Length::inch(40.0);
    (printable.contains(&width) && printable.contains(&height)).then_some((width, height))
}
