//! How languages quote and space.
//!
//! Enters: a language. Leaves: its [`Manners`]. Promise: one table, each line the custom of the
//! country's printers; a language that isn't in it is set as English.

use crate::model::Language;

/// The narrow space that French printers put inside quotes and before high punctuation.
pub(super) const NARROW: char = '\u{202f}';

/// What is typographic in a language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Manners {
    /// What `"` opens and closes.
    pub(super) double: (char, char),
    /// What `'` opens and closes.
    pub(super) single: (char, char),
    /// Narrow spaces inside double quotes.
    pub(super) inside: bool,
    /// Characters with a narrow space before them.
    pub(super) before: &'static str,
    /// Quotes between letters are Hebrew's geresh and gershayim.
    pub(super) hebrew: bool,
}

const fn quotes(double: (char, char), single: (char, char)) -> Manners {
    Manners { double, single, inside: false, before: "", hebrew: false }
}

const ENGLISH: Manners = quotes(('“', '”'), ('‘', '’'));
const GERMAN: Manners = quotes(('„', '“'), ('‚', '‘'));
const ANGLES: Manners = quotes(('«', '»'), ('‹', '›'));
const TURNED_ANGLES: Manners = quotes(('»', '«'), ('›', '‹'));
const NORDIC: Manners = quotes(('”', '”'), ('’', '’'));
const POLISH: Manners = quotes(('„', '”'), ('‚', '’'));
const ROMANIAN: Manners = quotes(('„', '”'), ('«', '»'));
const RUSSIAN: Manners = quotes(('«', '»'), ('„', '“'));
const SPANISH: Manners = quotes(('«', '»'), ('“', '”'));
const NORWEGIAN: Manners = quotes(('«', '»'), ('‘', '’'));
const FRENCH: Manners =
    Manners { double: ('«', '»'), single: ('“', '”'), inside: true, before: ";:!?", hebrew: false };
const CANADIAN: Manners = Manners { before: ":", ..FRENCH };
const HEBREW: Manners = Manners { hebrew: true, ..NORDIC };

/// Tags in lower case; a tag with a country stands before its language.
const TABLE: &[(&str, Manners)] = &[
    ("de-ch", ANGLES),
    ("de-li", ANGLES),
    ("fr-ca", CANADIAN),
    ("fr-ch", ANGLES),
    ("it-ch", ANGLES),
    ("pt-pt", SPANISH),
    ("es-mx", ENGLISH),
    ("es-us", ENGLISH),
    ("ar", ANGLES),
    ("be", RUSSIAN),
    ("bg", GERMAN),
    ("ca", SPANISH),
    ("cs", GERMAN),
    ("da", TURNED_ANGLES),
    ("de", GERMAN),
    ("el", SPANISH),
    ("es", SPANISH),
    ("et", GERMAN),
    ("eu", SPANISH),
    ("fa", ANGLES),
    ("fi", NORDIC),
    ("fr", FRENCH),
    ("gl", SPANISH),
    ("he", HEBREW),
    ("hr", POLISH),
    ("hu", Manners { single: ('»', '«'), ..POLISH }),
    ("hy", ANGLES),
    ("is", GERMAN),
    ("it", SPANISH),
    ("iw", HEBREW),
    ("ka", GERMAN),
    ("lt", GERMAN),
    ("lv", GERMAN),
    ("mk", GERMAN),
    ("nb", NORWEGIAN),
    ("nn", NORWEGIAN),
    ("no", NORWEGIAN),
    ("pl", POLISH),
    ("ro", ROMANIAN),
    ("ru", RUSSIAN),
    ("sk", GERMAN),
    ("sl", TURNED_ANGLES),
    ("sq", ANGLES),
    ("sr", POLISH),
    ("sv", NORDIC),
    ("uk", RUSSIAN),
];

/// The manners of a language: of its tag without script, else of its primary subtag.
pub(super) fn manners(language: &Language) -> Manners {
    let tag = language.tag().to_ascii_lowercase();
    let primary = language.primary();
    let country = tag.split('-').skip(1).find(|subtag| subtag.len() == 2).unwrap_or_default();
    let full = format!("{primary}-{country}");
    let find = |wanted: &str| TABLE.iter().find(|(tag, _)| *tag == wanted).map(|(_, manners)| *manners);
    find(&full).or_else(|| find(&primary)).unwrap_or(ENGLISH)
}
