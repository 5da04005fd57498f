//! The marks of one leaf, decided over its whole text.
//!
//! Enters: the leaf's words in pieces, with what stands between them. Leaves: each piece anew.
//! Promise: a mark is decided by the characters around it, whichever piece they stand in.

use crate::resolve::quotes::{Manners, NARROW};

/// Stands for code, pictures and addresses: read as a word.
const OPAQUE: char = '\u{fffc}';

/// English words that lost their beginning; after a space they want an apostrophe, not a quote.
const ELISIONS: [&str; 20] = [
    "tis", "twas", "twere", "twill", "twould", "twixt", "em", "er", "im", "til", "till", "cause", "cos",
    "bout", "round", "n", "neath", "gainst", "kay", "cept",
];

/// A character and what becomes of it.
#[derive(Debug, Clone, Copy)]
struct Cell {
    /// As typed.
    typed: char,
    /// As set; `None` when it went into the one before.
    set: Option<char>,
    /// A narrow space before and after it.
    before: bool,
    after: bool,
    /// Whether it is an opening quote.
    opens: bool,
}

/// The text of a leaf as one row of characters.
#[derive(Debug, Default)]
pub(super) struct Flat {
    cells: Vec<Cell>,
    /// Where pieces of words begin and end, and the manners of their language.
    pieces: Vec<(usize, usize, Manners)>,
    wanted: bool,
    next: usize,
    doubles: usize,
    singles: usize,
    last_closer: Option<usize>,
}

impl Flat {
    fn push(&mut self, typed: char) {
        self.cells.push(Cell { typed, set: Some(typed), before: false, after: false, opens: false });
    }

    /// Adds words that may be changed.
    pub(super) fn words(&mut self, words: &str, manners: Manners) {
        let start = self.cells.len();
        words.chars().for_each(|c| self.push(c));
        self.pieces.push((start, self.cells.len(), manners));
        self.wanted |= words.contains(['"', '\'', '-', '.'])
            || (manners.inside && words.contains(['«', '»']))
            || (!manners.before.is_empty() && words.contains(|c| manners.before.contains(c)));
    }

    /// Adds something that is read as a word but stays.
    pub(super) fn opaque(&mut self) {
        self.push(OPAQUE);
    }

    /// Adds a line's end.
    pub(super) fn line_break(&mut self) {
        self.push('\n');
    }

    /// Decides all marks; whether anything may have changed.
    pub(super) fn set(&mut self) -> bool {
        if !self.wanted {
            return false;
        }
        self.last_closer = (0..self.cells.len()).rev().find(|at| self.could_close(*at));
        for (start, end, manners) in self.pieces.clone() {
            let mut at = start;
            while at < end {
                at += self.set_one(at, manners);
            }
        }
        true
    }

    /// The next piece of words, as set.
    pub(super) fn next_piece(&mut self) -> Option<String> {
        let (start, end, _) = *self.pieces.get(self.next)?;
        self.next += 1;
        let mut words = String::new();
        for cell in self.cells.get(start..end)? {
            words.extend(cell.before.then_some(NARROW));
            words.extend(cell.set);
            words.extend(cell.after.then_some(NARROW));
        }
        Some(words)
    }

    /// The character typed at a place.
    fn typed(&self, at: usize) -> Option<char> {
        self.cells.get(at).map(|cell| cell.typed)
    }

    /// What was typed before a place, characters without width left out.
    fn previous(&self, at: usize) -> Option<Cell> {
        let before = self.cells.get(..at)?;
        before.iter().rev().find(|cell| !is_silent(cell.typed)).copied()
    }

    fn following(&self, at: usize) -> Option<char> {
        let after = self.cells.get(at + 1..)?;
        after.iter().map(|cell| cell.typed).find(|c| !is_silent(*c))
    }

    fn change(&mut self, at: usize, to: char) {
        if let Some(cell) = self.cells.get_mut(at) {
            cell.set = Some(to);
        }
    }

    /// Whether `'` at a place could close a quote.
    fn could_close(&self, at: usize) -> bool {
        self.typed(at) == Some('\'')
            && self.previous(at).is_some_and(|cell| !cell.typed.is_whitespace())
            && !self.following(at).is_some_and(is_word)
    }

    /// Sets what stands at a place; gives how many characters that is.
    fn set_one(&mut self, at: usize, manners: Manners) -> usize {
        match self.typed(at) {
            Some('"') => self.double(at, manners),
            Some('\'') => self.single(at, manners),
            Some('-') => return self.run(at, '-'),
            Some('.') => return self.run(at, '.'),
            Some('«') if manners.inside => self.space_after(at),
            Some('»') if manners.inside => self.space_before(at),
            // Most of a text is letters and spaces: they aren't looked for.
            Some(c) if c.is_ascii_alphanumeric() || c == ' ' => {}
            Some(c) if manners.before.contains(c) => self.high(at),
            _ => {}
        }
        1
    }

    /// Whether a quote after this opens.
    fn invites(&self, previous: Option<Cell>, manners: Manners) -> bool {
        let Some(cell) = previous else { return true };
        let c = cell.typed;
        let quote = c == manners.double.0 && manners.double.0 != manners.double.1
            || c == manners.single.0 && manners.single.0 != manners.single.1;
        cell.opens || quote || c.is_whitespace() || is_dash(c) || "([{</¿¡„‚".contains(c)
    }

    fn double(&mut self, at: usize, manners: Manners) {
        let previous = self.previous(at);
        let next = self.following(at);
        let can_open = next.is_some_and(|c| !c.is_whitespace());
        let can_close = previous.is_some_and(|cell| !cell.typed.is_whitespace() && !cell.opens);
        let typed = previous.map_or(' ', |cell| cell.typed);
        if manners.hebrew && is_hebrew(typed) && next.is_some_and(is_hebrew) {
            return self.change(at, '\u{5f4}');
        }
        // French and Italian elide before a quote: l'"été".
        let elided = "'’".contains(typed) && self.doubles == 0 && next.is_some_and(is_word);
        let invited = can_open && (elided || self.invites(previous, manners));
        let after_dash = is_dash(typed) && can_close && self.doubles > 0;
        if invited && !after_dash {
            self.doubles += 1;
            self.open(at, manners.double.0);
            if manners.inside {
                self.space_after(at);
            }
        } else if can_close && self.doubles == 0 && typed.is_ascii_digit() {
            self.change(at, '″');
        } else if can_close && self.doubles == 0 && next.is_some_and(is_word) {
            // `a"b`: neither opens nor closes.
        } else if can_close {
            self.doubles = self.doubles.saturating_sub(1);
            self.change(at, manners.double.1);
            if manners.inside {
                self.space_before(at);
            }
        }
    }

    fn open(&mut self, at: usize, quote: char) {
        self.change(at, quote);
        if let Some(cell) = self.cells.get_mut(at) {
            cell.opens = true;
        }
    }

    fn single(&mut self, at: usize, manners: Manners) {
        let previous = self.previous(at);
        let next = self.following(at);
        let typed = previous.map_or(' ', |cell| cell.typed);
        let can_open = next.is_some_and(|c| !c.is_whitespace());
        let can_close = previous.is_some_and(|cell| !cell.typed.is_whitespace() && !cell.opens);
        if manners.hebrew && is_hebrew(typed) && (self.singles == 0 || next.is_some_and(is_hebrew)) {
            self.change(at, '\u{5f3}');
        } else if typed.is_ascii_digit() && self.is_prime(at) {
            self.change(at, '′');
        } else if is_word(typed) && next.is_some_and(is_word) {
            self.change(at, '’');
        } else if can_open && self.invites(previous, manners) {
            let closes = self.last_closer.is_some_and(|closer| closer > at);
            if closes && !self.is_elision(at) {
                self.singles += 1;
                self.open(at, manners.single.0);
            } else {
                self.change(at, '’');
            }
        } else if can_close && self.singles > 0 {
            self.singles -= 1;
            self.change(at, manners.single.1);
        } else if can_close {
            self.change(at, '’');
        }
    }

    /// Feet or minutes: `6'`, `5'10`, but not `1'000` nor what a quote closes.
    fn is_prime(&self, at: usize) -> bool {
        let digits = self.cells.iter().skip(at + 1).take_while(|cell| cell.typed.is_ascii_digit()).count();
        match self.following(at) {
            Some(c) if c.is_ascii_digit() => digits != 3,
            Some(c) if is_word(c) => false,
            _ => self.singles == 0,
        }
    }

    /// `'tis`, `'90s`.
    fn is_elision(&self, at: usize) -> bool {
        let word: String = self
            .cells
            .iter()
            .skip(at + 1)
            .map(|cell| cell.typed)
            .take_while(|c| is_word(*c))
            .take(8)
            .collect();
        let word = word.to_lowercase();
        let decade = word.strip_suffix('s').unwrap_or(&word);
        let year = decade.len() == 2 && decade.bytes().all(|b| b.is_ascii_digit());
        year || ELISIONS.contains(&word.as_str())
    }

    /// Dashes and dots: a row of the same character.
    fn run(&mut self, at: usize, mark: char) -> usize {
        let length = self.cells.iter().skip(at).take_while(|cell| cell.typed == mark).count();
        let previous = at.checked_sub(1).and_then(|before| self.typed(before));
        let next = self.typed(at + length);
        let arrow =
            previous.is_some_and(|c| "<!|=+/\\".contains(c)) || next.is_some_and(|c| ">|=+/\\".contains(c));
        // `--strict` is an option of a program, typed as it is.
        let option = previous.is_none_or(char::is_whitespace) && next.is_some_and(is_word);
        let made = match (mark, length) {
            ('-', 2) if !arrow && !option => Some(('–', 2)),
            ('-', 3) if !arrow => Some(('—', 3)),
            ('.', 3 | 4) if !arrow => Some(('…', 3)),
            _ => None,
        };
        if let Some((c, taken)) = made {
            self.change(at, c);
            for cell in self.cells.iter_mut().skip(at + 1).take(taken - 1) {
                cell.set = None;
            }
        }
        length.max(1)
    }

    /// A narrow space before `;:!?`, where they end words and aren't part of `10:30` or `:-)`.
    fn high(&mut self, at: usize) {
        let ends = self.following(at).is_none_or(|c| !is_word(c) && !is_dash(c) && !"/(".contains(c));
        let after_mark = self.previous(at).is_none_or(|cell| ";:!?([{".contains(cell.typed));
        if ends && !after_mark {
            self.space_before(at);
        }
    }

    fn space_before(&mut self, at: usize) {
        let Some(before) = at.checked_sub(1) else { return };
        match self.cells.get(before).map(|cell| cell.typed) {
            Some(' ') if self.is_words(before) => self.change(before, NARROW),
            Some(c) if c.is_whitespace() || is_silent(c) => {}
            Some(_) => {
                if let Some(cell) = self.cells.get_mut(at) {
                    cell.before = true;
                }
            }
            None => {}
        }
    }

    fn space_after(&mut self, at: usize) {
        match self.typed(at + 1) {
            Some(' ') if self.is_words(at + 1) => self.change(at + 1, NARROW),
            Some(c) if !c.is_whitespace() && !is_silent(c) => {
                if let Some(cell) = self.cells.get_mut(at) {
                    cell.after = true;
                }
            }
            _ => {}
        }
    }

    /// Whether a place is in words rather than in what stays.
    fn is_words(&self, at: usize) -> bool {
        self.pieces.iter().any(|(start, end, _)| (*start..*end).contains(&at))
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == OPAQUE
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '‐' | '‑' | '–' | '—' | '―')
}

fn is_silent(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}')
}

fn is_hebrew(c: char) -> bool {
    matches!(c, '\u{5d0}'..='\u{5ea}')
}
