//! How far signs hang into the margin, so that the edge looks straight.
//!
//! Enters: the first or last character of a line. Leaves: a share of its width. The values are ours,
//! of the order that Thanh gives (*Micro-typographic extensions to the TeX typesetting system*, 2000):
//! what has little ink at that side hangs far.

/// Share of its width, in thousandths, that a character hangs out at a line's end.
pub(super) fn at_end(c: char) -> i64 {
    match c {
        '.' | ',' => 700,
        '-' | '\u{AD}' | '\u{2010}' | '\u{2011}' => 600,
        '\'' | '"' | '\u{2018}' | '\u{2019}' | '\u{201C}' | '\u{201D}' => 500,
        ':' | ';' => 400,
        '\u{2013}' => 300,
        '\u{2014}' | '!' | '?' | '\u{BB}' | '\u{203A}' => 200,
        ')' | ']' => 100,
        'A' | 'F' | 'K' | 'L' | 'P' | 'T' | 'V' | 'W' | 'Y' | 'r' | 'f' | 'k' | 'v' | 'w' | 'y' => 50,
        _ => 0,
    }
}

/// Share of its width, in thousandths, that a character hangs out at a line's beginning.
pub(super) fn at_start(c: char) -> i64 {
    match c {
        '\'' | '"' | '\u{2018}' | '\u{2019}' | '\u{201C}' | '\u{201D}' | '\u{201E}' | '\u{201A}' => 500,
        '\u{AB}' | '\u{2039}' | '\u{2014}' => 200,
        '(' | '[' => 100,
        'A' | 'T' | 'V' | 'W' | 'Y' | 'J' | 'v' | 'w' | 'y' => 50,
        _ => 0,
    }
}
