//! Where Unicode lets lines end.
//!
//! Enters: a leaf's text. Leaves: the places in it where a line may end (Unicode Standard Annex #14), its end
//! among them. Promise: they are those that a segmenter finds in the whole text; words of plain letters
//! are only known without it, as most of a book in Latin letters are.

use icu_segmenter::LineSegmenterBorrowed;

/// All places in order.
pub(super) fn breaks(segmenter: &LineSegmenterBorrowed<'_>, text: &str) -> Vec<usize> {
    let mut found = Vec::with_capacity(text.len() / 4);
    let mut start = 0;
    let mut add = |end: usize| {
        let stretch = text.get(start..end).unwrap_or_default();
        if !is_word(stretch) {
            let within = segmenter.segment_str(stretch).filter(|&at| at > 0 && at < stretch.len());
            found.extend(within.map(|at| start + at));
        }
        found.push(end);
        start = end;
    };
    for (at, around) in text.as_bytes().windows(3).enumerate() {
        // After a space a letter may begin a line (LB 18), but for what stands before the space: a bracket, a
        // quotation mark (LB 14, 15). No rule looks beyond these three.
        if let [before, b' ', b'A'..=b'Z' | b'a'..=b'z'] = around
            && (before.is_ascii_alphabetic() || is_stop(*before))
        {
            add(at + 2);
        }
    }
    add(text.len());
    found
}

/// Whether a stretch is a word and its space, in which no line may end: letters (LB 28), a sign that stays with
/// what is before it (LB 13).
fn is_word(stretch: &str) -> bool {
    let word = stretch.strip_suffix(' ').unwrap_or(stretch).as_bytes();
    let letters = word.split_last().filter(|(last, _)| is_stop(**last)).map_or(word, |(_, letters)| letters);
    letters.iter().all(u8::is_ascii_alphabetic)
}

fn is_stop(sign: u8) -> bool {
    matches!(sign, b',' | b'.' | b';' | b':' | b'!' | b'?')
}
