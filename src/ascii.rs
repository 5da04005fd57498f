//! Text in the 95 printable signs of ASCII.
//!
//! Enters: text and its language. Leaves: text that reads the same aloud, as far as ASCII goes. Promise: ASCII
//! stays as it is, so that what was transliterated once stays the same; nothing else is left; a sign that
//! becomes a word stands apart from its neighbours, and a fraction from a number before it.
//!
//! The table, which the handbook repeats: quotation marks are `"` and `'`, dashes `-` and `--`, an ellipsis
//! `...`; letters lose their accents, but German and Danish ones are written out (`ae`, `oe`, `ue`; `aa`, `oe`);
//! raised digits follow `^`, lowered ones `_`; signs of currency and measure are their codes; everything else,
//! other scripts as well, is as `deunicode` spells it, and `?` where that knows nothing.

use crate::model::Language;

/// Signs that `deunicode` spells otherwise than a reader of plain text expects.
#[rustfmt::skip]
const SIGNS: &[(char, &str)] = &[
    ('“', "\""), ('”', "\""), ('„', "\""), ('‟', "\""), ('«', "\""), ('»', "\""), ('「', "\""), ('」', "\""),
    ('『', "\""), ('』', "\""), ('《', "\""), ('》', "\""), ('‘', "'"), ('’', "'"), ('‚', "'"), ('‛', "'"),
    ('‹', "'"), ('›', "'"), ('〈', "'"), ('〉', "'"), ('′', "'"), ('″', "\""), ('【', "("), ('】', ")"), ('〔', "("),
    ('〕', ")"), ('［', "("), ('］', ")"), ('£', "GBP"), ('¥', "JPY"), ('¢', "cents"), ('™', "(tm)"), ('§', "Sec."),
    ('¶', "Par."), ('№', "No."), ('±', "+/-"), ('≠', "!="), ('≈', "~"), ('→', "->"), ('←', "<-"), ('↔', "<->"),
    ('⇒', "=>"), ('⇐', "<="), ('⇔', "<=>"), ('·', "."), ('⋅', "*"), ('℃', "degC"), ('℉', "degF"),
    ('ا', "a"),
    ('\u{fffd}', "?"),
];

/// Letters that a language writes out in two.
fn letter(c: char, language: &str) -> Option<&'static str> {
    match (language, c) {
        ("de", 'ä') => Some("ae"),
        ("de", 'Ä') => Some("Ae"),
        ("de", 'ö') | ("da" | "nb" | "no" | "nn", 'ø') => Some("oe"),
        ("de", 'Ö') | ("da" | "nb" | "no" | "nn", 'Ø') => Some("Oe"),
        ("de", 'ü') => Some("ue"),
        ("de", 'Ü') => Some("Ue"),
        ("da" | "nb" | "no" | "nn", 'å') => Some("aa"),
        ("da" | "nb" | "no" | "nn", 'Å') => Some("Aa"),
        _ => None,
    }
}

/// The digit that stands raised or lowered, after the sign that says so.
fn set_off(c: char) -> Option<(char, char)> {
    let from = |zero: u32, sign: char| {
        let digit = char::from_digit(u32::from(c).checked_sub(zero)?, 10)?;
        Some((sign, digit))
    };
    match c {
        '¹' => Some(('^', '1')),
        '²' => Some(('^', '2')),
        '³' => Some(('^', '3')),
        '⁰' | '⁴'..='⁹' => from(0x2070, '^'),
        '₀'..='₉' => from(0x2080, '_'),
        _ => None,
    }
}

/// The text in ASCII.
#[must_use]
pub fn ascii(text: &str, language: &Language) -> String {
    if text.is_ascii() {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    ascii_at(text, language, &mut |_, piece| out.push_str(piece));
    out
}

/// The text in ASCII, piece by piece, each with the byte of the character it stands for.
pub fn ascii_at(text: &str, language: &Language, take: &mut impl FnMut(usize, &str)) {
    let primary = language.primary();
    let mut before: Option<char> = None;
    // What was written last, and whether a blank is due before a letter.
    let (mut last, mut due) = (' ', false);
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|(_, next)| *next);
        let spelled = spell(c, before, next, &primary);
        let begins = spelled.text.chars().next();
        if let Some(first) = begins {
            let apart = due || (spelled.apart && last.is_ascii_alphanumeric());
            if apart && first.is_ascii_alphanumeric() {
                take(at, " ");
            }
            take(at, &spelled.text);
            due = spelled.apart;
            last = spelled.text.chars().next_back().unwrap_or(last);
        }
        before = Some(c);
    }
}

struct Spelled {
    text: String,
    /// A word of its own: no letter touches it.
    apart: bool,
}

fn spell(c: char, before: Option<char>, next: Option<char>, language: &str) -> Spelled {
    let plain = |text: &str| Spelled { text: text.to_owned(), apart: false };
    if c.is_ascii() {
        return plain(c.encode_utf8(&mut [0; 4]));
    }
    if let Some((sign, digit)) = set_off(c) {
        let goes_on = before.and_then(set_off).is_some_and(|(known, _)| known == sign);
        return plain(&if goes_on { digit.to_string() } else { format!("{sign}{digit}") });
    }
    if let Some(two) = letter(c, language) {
        return plain(&cased(two, c, before, next));
    }
    let sign = SIGNS.iter().find(|(known, _)| *known == c).map(|(_, text)| *text);
    // What only joins, marks or directs other letters has no sound; what nobody knows is seen to be missing.
    let silent =
        matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}');
    let private = matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..);
    let spelled = match sign.or_else(|| deunicode::deunicode_char(c)) {
        Some(_) | None if silent => "",
        Some(text) if !private => text,
        Some(_) | None => "?",
    };
    if spelled.trim().is_empty() {
        // A blank of any width is a blank.
        return plain(if spelled.is_empty() { "" } else { " " });
    }
    let word = spelled.trim();
    let fraction = word.contains('/') && word.contains(|c: char| c.is_ascii_digit());
    let speaks = word.contains(|c: char| c.is_ascii_alphanumeric());
    let apart = fraction || (speaks && !c.is_alphanumeric()) || spelled.ends_with(' ');
    Spelled { text: cased(word, c, before, next), apart }
}

/// Capitals as the letters around them: `Aepfel`, `AEPFEL`.
fn cased(word: &str, c: char, before: Option<char>, next: Option<char>) -> String {
    if word.len() < 2 || !c.is_uppercase() {
        return word.to_owned();
    }
    let upper = |c: Option<char>| c.is_some_and(char::is_uppercase);
    let small = next.is_some_and(char::is_lowercase);
    if !small && (upper(next) || upper(before)) {
        return word.to_ascii_uppercase();
    }
    let mut letters = word.chars();
    letters
        .next()
        .map_or_else(String::new, |first| format!("{first}{}", letters.as_str().to_ascii_lowercase()))
}
