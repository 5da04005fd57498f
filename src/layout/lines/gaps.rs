//! What stands between characters that have no spaces between them: ideographs, and words of scripts that
//! write none.
//!
//! Enters: the characters on both sides of a place. Leaves: a [`Gap`]: room that stretches, so that a line
//! of ideographs fills its measure, the half em that belongs to a halved bracket or comma, the quarter
//! of an em between ideographs and letters. Promise: a gap is none at a line's end or beginning, so that
//! signs stand flush with the edge; widths are those of W3C, *Requirements for Japanese Text Layout*
//! (3.1.2–3.1.4, 3.2.6, 3.8) and *Requirements for Chinese Text Layout* (3.2, 6.2).

use super::collect::Look;
use crate::measure::Length;
use crate::model::Language;

/// Room between two pieces of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Gap {
    /// None.
    #[default]
    None,
    /// None until the line is stretched: between ideographs, between words written without spaces.
    Even,
    /// A quarter of an em: between ideographs and letters or digits.
    Quarter,
    /// Half an em: outside of halved brackets, after halved commas and stops.
    Half,
}

impl Gap {
    /// Its width, and how much it stretches and shrinks, at a size of type.
    pub(super) fn measures(self, size: Length) -> (Length, Length, Length) {
        match self {
            Gap::None => (Length::ZERO, Length::ZERO, Length::ZERO),
            Gap::Even => (Length::ZERO, size / 16, Length::ZERO),
            Gap::Quarter => (size / 4, size / 8, size / 8),
            Gap::Half => (size / 2, size / 16, size / 4),
        }
    }
}

/// What a character is to the one beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Class {
    /// Nothing to be set apart: spaces, signs, letters of other scripts.
    #[default]
    Other,
    /// Ideographs, kana and signs as wide.
    Ideograph,
    /// A halved opening bracket.
    Opening,
    /// A halved closing bracket, comma or stop.
    Closing,
    /// Dashes and dots that are drawn as one line with their like.
    Line,
    /// Letters and digits of scripts with spaces, and code.
    Letter,
    /// Scripts without spaces whose words are found in a dictionary: Thai, Lao, Khmer, Burmese.
    Unspaced,
}

/// The class of a character in its look; `halved` when its shape was.
pub(super) fn class(c: char, halved: bool, look: &Look) -> Class {
    match c {
        _ if look.code => Class::Letter,
        _ if halved && opens(c) => Class::Opening,
        _ if halved => Class::Closing,
        '\u{2014}' | '\u{2015}' | '\u{2025}' | '\u{2026}' => Class::Line,
        '\u{E00}'..='\u{EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}' => Class::Unspaced,
        _ if is_wide(c) => Class::Ideograph,
        _ if c.is_alphanumeric() && !('\u{1100}'..='\u{11FF}').contains(&c) && c < '\u{2E80}' => {
            Class::Letter
        }
        _ => Class::Other,
    }
}

/// What stands between two characters; `opens` when a line may end between them.
pub(super) fn between(before: Class, next: Class, opens: bool) -> Gap {
    match (before, next) {
        (Class::Opening, _) | (_, Class::Closing) | (Class::Line, Class::Line) => Gap::None,
        (Class::Closing, _) | (_, Class::Opening) => Gap::Half,
        (Class::Ideograph, Class::Letter) | (Class::Letter, Class::Ideograph) => Gap::Quarter,
        (Class::Ideograph, Class::Ideograph | Class::Line) | (Class::Line, Class::Ideograph) => Gap::Even,
        (Class::Unspaced, Class::Unspaced) if opens => Gap::Even,
        _ => Gap::None,
    }
}

/// Whether text may have a gap at all, by the lead bytes of its characters: a novel in Latin letters isn't
/// looked through.
pub(super) fn may_have(text: &str) -> bool {
    text.bytes().any(|byte| byte >= 0xE0 && byte != 0xE2)
}

/// Whether the language is written in ideographs, which are as wide as their signs.
pub(super) fn is_eastern(language: &Language) -> bool {
    matches!(language.primary().as_str(), "zh" | "ja" | "yue" | "wuu" | "cmn" | "lzh")
}

/// Ideographs, kana, and the signs made for them.
pub(super) fn is_wide(c: char) -> bool {
    matches!(c,
        '\u{2E80}'..='\u{2FDF}' | '\u{3001}'..='\u{3029}' | '\u{3030}'..='\u{303F}' | '\u{3041}'..='\u{3096}'
        | '\u{309B}'..='\u{312F}' | '\u{31A0}'..='\u{31FF}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}'
        | '\u{F900}'..='\u{FAFF}' | '\u{FF01}'..='\u{FF60}' | '\u{20000}'..='\u{3FFFD}')
}

/// Signs that Latin letters and ideographs share, and that each draws its own way.
pub(super) fn is_shared(c: char) -> bool {
    matches!(c, '\u{B7}' | '\u{2014}' | '\u{2015}' | '\u{2018}'..='\u{2019}' | '\u{201C}'..='\u{201D}' | '\u{2025}'..='\u{2026}')
}

/// Whether the ink of a sign as wide as an ideograph is at its right.
pub(super) fn opens(c: char) -> bool {
    "（〔［｛〈《「『【〘〖〝｟‘“".contains(c)
}

/// Whether it is at its left.
pub(super) fn closes(c: char) -> bool {
    "）〕］｝〉》」』】〙〗〟｠’”、。，．：；！？".contains(c)
}
