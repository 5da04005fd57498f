//! Whether a file of braille has the form that embossers and displays take.
//!
//! Enters: its bytes. Leaves: what is wrong. Promise: only the form is looked at: its signs, its lines, its pages, and
//! that the pages are numbered in their order; the words are not, since they can't be read back without the program.

const CELLS: usize = 40;
const LINES: usize = 25;

/// What is wrong with the file, each beginning with a verb.
pub(super) fn faults(bytes: &[u8]) -> Vec<String> {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return vec!["has signs that no braille has".to_owned()];
    };
    let Some(pages) = text.strip_suffix('\u{c}') else { return vec!["doesn't end with a page".to_owned()] };
    let mut faults = Vec::new();
    let mut last = String::new();
    for (at, page) in pages.split('\u{c}').enumerate() {
        let page_number = at + 1;
        let lines: Vec<&str> = page.lines().collect();
        if lines.len() != LINES {
            faults.push(format!("has {} lines on page {page_number} of braille", lines.len()));
        }
        if let Some(line) = lines.iter().find(|line| line.len() > CELLS) {
            faults.push(format!("has a line of {} cells on page {page_number} of braille", line.len()));
        }
        if lines.iter().any(|line| !line.bytes().all(|sign| (0x20..0x60).contains(&sign))) {
            faults.push(format!("has signs on page {page_number} of braille that are none"));
        }
        let number = lines.last().map_or("", |line| line.trim());
        if number.is_empty() || number == last {
            faults.push(format!("doesn't number page {page_number} of braille"));
        }
        number.clone_into(&mut last);
    }
    faults
}
