//! Spaces at which a line had better not end.
//!
//! Enters: a space's neighbours and the language. Leaves: whether it ties them. Promise: a tie is a matter
//! of what stands beside it alone, and one more reason not to end there, never the only way out: a
//! row of initials longer than a line still breaks. Rules that need no language are those of the SI
//! Brochure (5.4.3: number and unit, 5.4.4: groups of digits) and of *The Chicago Manual of Style* (7.42:
//! initials); those by language follow its printers: Milchin, *Spravochnaya kniga redaktora i
//! korrektora*, for Russian; ČSN 01 6910 for Czech; PN-83/P-55366 for Polish.

use super::pieces::{Kind, Row};
use crate::measure::Length;
use crate::model::Language;
use std::ops::Range;

/// What a language ties besides.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Custom {
    /// A dash never begins a line.
    dashes: bool,
    /// A word of one letter never ends one.
    single: bool,
    /// A word that looks like an initial where it ends a sentence: "thought I. Then".
    pronoun: Option<char>,
    /// Words that name what the number or letter after them counts.
    labels: &'static str,
}

impl Custom {
    /// That of a language.
    pub(super) fn of(language: &Language) -> Self {
        let primary = language.primary();
        let single = matches!(primary.as_str(), "cs" | "sk" | "pl");
        let dashes = single || matches!(primary.as_str(), "ru" | "uk" | "be" | "bg");
        let pronoun = (primary == "en").then_some('I');
        Custom { dashes, single, pronoun, labels: labels(&primary) }
    }
}

/// Words before numbers, in small letters.
fn labels(primary: &str) -> &'static str {
    match primary {
        "en" => {
            "chapter section part book volume vol. appendix figure fig. table listing example exercise equation eq. \
             note page pages p. pp. ch. sec. no. nos. verse version step line lines article act scene"
        }
        "de" => {
            "kapitel kap. abschnitt abschn. teil band bd. anhang abbildung abb. tabelle tab. listing beispiel \
             gleichung seite seiten s. nr. vers version schritt zeile artikel art. akt szene"
        }
        "fr" => {
            "chapitre chap. section partie livre tome t. vol. annexe figure fig. tableau exemple équation note page \
             pages p. pp. n° version étape ligne article art. acte scène"
        }
        "es" => {
            "capítulo cap. sección parte libro tomo vol. apéndice figura fig. tabla ejemplo ecuación nota página \
             páginas p. pp. n.º núm. versión paso línea artículo art. acto escena"
        }
        "it" => {
            "capitolo cap. sezione parte libro tomo vol. appendice figura fig. tabella esempio equazione nota pagina \
             pagine p. pp. n. versione passo riga articolo art. atto scena"
        }
        _ => "",
    }
}

/// Signs that belong to the number after them.
const BEFORE_NUMBERS: [char; 4] = ['§', '¶', '№', '#'];

/// Units by their signs; those that are words of a language too are left out.
const UNITS: [&str; 78] = [
    "km", "m", "dm", "cm", "mm", "µm", "μm", "nm", "km²", "m²", "cm²", "mm²", "m³", "cm³", "ha", "kg", "g",
    "mg", "µg", "μg", "t", "l", "L", "hl", "dl", "cl", "ml", "mL", "h", "min", "s", "ms", "µs", "μs", "ns",
    "Hz", "kHz", "MHz", "GHz", "W", "kW", "MW", "GW", "kWh", "J", "kJ", "kcal", "V", "kV", "mA", "Ω", "K",
    "°C", "°F", "°", "N", "Nm", "Pa", "hPa", "kPa", "bar", "dB", "mol", "lm", "lx", "px", "pt", "kB", "KB",
    "MB", "GB", "TB", "KiB", "MiB", "GiB", "km/h", "m/s", "lb",
];

/// Signs that belong to the number before them.
const AFTER_NUMBERS: [char; 8] = ['%', '‰', '€', '$', '£', '¥', '′', '″'];

/// Whether a space ties what stands beside it; `code` tells of a place whether it is in code: the type `T.` at
/// the end of a sentence is nobody's name.
pub(super) fn ties(text: &str, space: &Range<usize>, custom: Custom, code: impl Fn(usize) -> bool) -> bool {
    let before = text.get(..space.start).unwrap_or_default();
    let after = text.get(space.end..).unwrap_or_default();
    if custom.dashes && after.starts_with(['\u{2013}', '\u{2014}']) {
        return true;
    }
    if names_number(before, after, custom.labels) {
        return true;
    }
    match before.bytes().next_back() {
        Some(b'.') => {
            let name = is_initial(before, custom) && after.chars().next().is_some_and(char::is_uppercase);
            name && !code(before.len().saturating_sub(2))
        }
        Some(b'0'..=b'9') => is_unit(after) || goes_on(before, after),
        Some(_) if after.starts_with(|c: char| c.is_ascii_digit()) => before.ends_with(BEFORE_NUMBERS),
        Some(_) => custom.single && is_single(before),
        None => false,
    }
}

/// Whether a text ends in a word that says what the number after it counts: `Chapter 4`, `Part II`, `Appendix A`.
fn names_number(before: &str, after: &str, labels: &str) -> bool {
    let counts = |text: &str| {
        let word = text.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        let roman = || word.bytes().all(|byte| b"IVXLCDM".contains(&byte));
        let letter = || word.len() == 1 && word.bytes().all(|byte| byte.is_ascii_uppercase());
        word.starts_with(|c: char| c.is_ascii_digit()) || !word.is_empty() && (roman() || letter())
    };
    // Most words are followed by a small letter.
    if !after.starts_with(|c: char| c.is_ascii_digit() || c.is_ascii_uppercase()) || !counts(after) {
        return false;
    }
    let parts = |c: char| c.is_whitespace() || "([\u{2014}\u{2013}\u{201C}".contains(c);
    let word = before.rsplit(parts).next().unwrap_or_default();
    let capital = word.starts_with(char::is_uppercase);
    // "page I" may be the page that I read: a small word counts nothing but figures.
    let stands = capital || after.starts_with(|c: char| c.is_ascii_digit());
    let word = word.to_lowercase();
    stands && !word.is_empty() && labels.split(' ').any(|label| label == word)
}

/// Whether a text ends in a letter that stands for a name: `J.`, `J.R.`, `Ph.` isn't one.
fn is_initial(text: &str, custom: Custom) -> bool {
    let mut back = text.chars().rev().skip(1);
    let letter = back.next().is_some_and(|c| c.is_uppercase() && custom.pronoun != Some(c));
    letter && back.next().is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '\'' | '\u{2019}'))
}

fn is_unit(after: &str) -> bool {
    let word = after.split(char::is_whitespace).next().unwrap_or_default();
    let word = word.trim_end_matches(|c: char| ".,;:!?)]»”’…\u{2014}\u{2013}".contains(c));
    UNITS.contains(&word) || word.starts_with(AFTER_NUMBERS)
}

/// Whether a number goes on in groups of three digits: `12 500`.
fn goes_on(before: &str, after: &str) -> bool {
    let digits = |text: &mut dyn Iterator<Item = char>| text.take_while(char::is_ascii_digit).count();
    digits(&mut after.chars()) == 3 && digits(&mut before.chars().rev()) <= 3
}

/// Whether a text ends in a word of one letter.
fn is_single(text: &str) -> bool {
    let mut back = text.chars().rev();
    back.next().is_some_and(char::is_alphabetic)
        && back.next().is_none_or(|c| !c.is_alphanumeric() && c != '\u{2019}')
}

/// By piece: whether it and the next are of a row without a place for a line to end that is longer than a line:
/// words tied by spaces, a word in many looks. No line begins with a space.
pub(super) fn too_long(row: &Row, measure: Length) -> Vec<bool> {
    let mut found = Vec::with_capacity(row.pieces.len());
    for tied in row.pieces.split_inclusive(|piece| piece.opens || piece.kind == Kind::End) {
        let solid = tied.iter().rposition(|piece| piece.kind != Kind::Space).map_or(0, |last| last + 1);
        let wide = tied.iter().take(solid).map(|piece| piece.width).sum::<Length>() > measure;
        found.extend((1..=tied.len()).map(|next| {
            wide && next < solid && tied.get(next).is_some_and(|piece| piece.kind != Kind::Space)
        }));
    }
    found
}
