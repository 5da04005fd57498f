//! Cells to lines, lines to pages.
//!
//! Enters: units whose words are cells. Leaves: the bytes of the file. Promise, by the braille formats of BANA: no
//! line has more than 40 cells, no page more than 25 lines; the first line has the print page at its right, with a
//! letter before it where that page goes on, the last one the braille page; where a print page begins within a
//! braille page, a line of dots 3 and 6 stands before it with its number.

use super::{Part, Place, Unit};

const CELLS: usize = 40;
const LINES: usize = 25;
/// Lines of text: the first and the last are for numbers.
const ROOM: usize = LINES - 2;
/// Cells kept blank at the right of contents.
const MARGIN: usize = 6;
/// Blanks between a page's head and its number, at least.
const GAP: usize = 3;

/// The whole file: what stands before the text, each on pages of its own, then the text, counted anew.
pub(super) fn bind(before: &[Vec<Unit>], text: &[Unit], head: &str) -> Vec<u8> {
    let mut binder = Binder::new(head, "P");
    for units in before.iter().filter(|units| !units.is_empty()) {
        units.iter().for_each(|unit| binder.unit(unit));
        binder.turn_page();
    }
    let mut out = binder.out;
    let mut binder = Binder { out: String::new(), untitled: out.is_empty(), ..Binder::new(head, "") };
    text.iter().for_each(|unit| binder.unit(unit));
    // Pages that begin with what this edition leaves out at its end.
    if !binder.begun.is_empty() {
        binder.line(String::new());
    }
    binder.turn_page();
    out.push_str(&binder.out);
    out.into_bytes()
}

struct Binder<'h> {
    out: String,
    /// The book's title in cells.
    head: &'h str,
    /// Before the number of a page.
    letter: &'static str,
    /// Pages so far.
    count: usize,
    /// The lines of the present page.
    page: Vec<String>,
    /// The print page at the head of the present page; settled with its first line.
    top: Option<String>,
    /// The print page at hand, and on how many pages of braille it has stood.
    print: Option<(String, usize)>,
    /// Print pages that begin before the next line.
    begun: Vec<String>,
    /// No head yet: the first page has the title itself.
    untitled: bool,
}

impl<'h> Binder<'h> {
    fn new(head: &'h str, letter: &'static str) -> Self {
        Binder {
            out: String::new(),
            head,
            letter,
            count: 0,
            page: Vec::new(),
            top: None,
            print: None,
            begun: Vec::new(),
            untitled: true,
        }
    }

    fn unit(&mut self, unit: &Unit) {
        let rows = rows(unit.place, &unit.parts);
        let lines = rows.len() + usize::from(!self.begun.is_empty());
        if unit.keep && self.page.len() + lines + 3 > ROOM {
            self.turn_page();
        }
        if unit.blank {
            self.blank();
        }
        for row in rows {
            match row {
                Row::Cells(cells) => self.line(cells),
                Row::Page(label) => self.begun.push(label),
            }
        }
        if unit.place == Place::Centred {
            self.blank();
        }
    }

    /// A blank line, never two, and none at the head of a page.
    fn blank(&mut self) {
        if self.page.last().is_some_and(|last| !last.is_empty()) && self.page.len() < ROOM {
            self.page.push(String::new());
        }
    }

    fn line(&mut self, cells: String) {
        if !self.begun.is_empty() {
            self.print_page();
        }
        if self.page.len() >= ROOM {
            self.turn_page();
        }
        if self.page.is_empty() {
            self.top = self.print.as_ref().map(|(label, stood)| match stood {
                0 => label.clone(),
                stood => format!("{}{label}", letters(stood - 1)),
            });
        }
        self.page.push(cells);
    }

    /// A print page begins: a line says so, unless it begins with a page of braille. Pages without words begin
    /// where the next one does.
    fn print_page(&mut self) {
        let label: String = std::mem::take(&mut self.begun).join("-").chars().take(CELLS / 2).collect();
        while self.page.last().is_some_and(String::is_empty) {
            self.page.pop();
        }
        // Its line is never the last of a page.
        if self.page.len() + 2 > ROOM {
            self.turn_page();
        }
        if !self.page.is_empty() {
            self.page.push(format!("{}{label}", "-".repeat(CELLS - label.len())));
        }
        self.print = Some((label, 0));
    }

    fn turn_page(&mut self) {
        if self.page.is_empty() {
            return;
        }
        self.count += 1;
        let top = self.top.take().unwrap_or_default();
        let head = if self.untitled { String::new() } else { self.fitted(top.len()) };
        self.untitled = false;
        let mut lines = vec![right(&head, &top)];
        lines.append(&mut self.page);
        lines.truncate(LINES - 1);
        lines.resize(LINES - 1, String::new());
        lines.push(right("", &format!("{}{}", self.letter, number(self.count))));
        for line in lines {
            self.out.push_str(line.trim_end());
            // Embossers are machines of their own: they want both.
            self.out.push_str("\r\n");
        }
        self.out.push('\u{c}');
        if let Some((_, stood)) = &mut self.print {
            *stood += 1;
        }
    }

    /// The title in the middle, as many of its words as leave room for a number of so many cells.
    fn fitted(&self, number: usize) -> String {
        let room = CELLS.saturating_sub(if number == 0 { 0 } else { number + GAP });
        let mut words: Vec<&str> = self.head.split(' ').filter(|word| !word.is_empty()).collect();
        while words.iter().map(|word| word.len() + 1).sum::<usize>() > room + 1 {
            words.pop();
        }
        let head = words.join(" ");
        let start = ((CELLS - head.len().min(CELLS)) / 2).min(room - head.len().min(room));
        if head.is_empty() { head } else { format!("{}{head}", " ".repeat(start)) }
    }
}

/// A line, or a print page that begins before the next one.
enum Row {
    Cells(String),
    Page(String),
}

/// The lines of a unit.
fn rows(place: Place, parts: &[Part]) -> Vec<Row> {
    let (start, run, width) = match place {
        Place::Centred => (0, 0, CELLS - 2 * GAP),
        Place::From(start, run) => (start, run, CELLS),
        Place::Entry(start) => (start, start + 2, CELLS - MARGIN),
    };
    let mut rows = Vec::new();
    let mut line = Filling { indent: start, run, width, cells: String::new() };
    let (body, page) = match (place, parts.split_last()) {
        (Place::Entry(_), Some((Part::Page(label), body))) => (body, Some(label)),
        _ => (parts, None),
    };
    for part in body {
        match part {
            Part::Words(words) => words.split(' ').for_each(|word| line.word(word, &mut rows)),
            Part::Page(label) => {
                line.end(&mut rows);
                rows.push(Row::Page(label.clone()));
            }
        }
    }
    if let Some(label) = page {
        line.entry(label, &mut rows);
    }
    line.end(&mut rows);
    if place == Place::Centred {
        for row in &mut rows {
            if let Row::Cells(cells) = row {
                *cells = format!("{}{cells}", " ".repeat((CELLS - cells.len().min(CELLS)) / 2));
            }
        }
    }
    rows
}

/// A line that is being filled.
struct Filling {
    indent: usize,
    run: usize,
    width: usize,
    cells: String,
}

impl Filling {
    fn word(&mut self, word: &str, rows: &mut Vec<Row>) {
        let mut word = word;
        if word.is_empty() {
            return;
        }
        if !self.cells.is_empty() && self.cells.len() + 1 + word.len() > self.width {
            self.end(rows);
        }
        if self.cells.is_empty() {
            self.cells.push_str(&" ".repeat(self.indent));
        } else {
            self.cells.push(' ');
        }
        // A word longer than a line is cut where the line is full; ASCII braille has one byte a cell.
        while self.cells.len() + word.len() > self.width {
            let (now, later) = word.split_at(self.width.saturating_sub(self.cells.len()).min(word.len()));
            self.cells.push_str(now);
            self.end(rows);
            self.cells.push_str(&" ".repeat(self.indent));
            word = later;
        }
        self.cells.push_str(word);
    }

    fn end(&mut self, rows: &mut Vec<Row>) {
        if !self.cells.trim().is_empty() {
            rows.push(Row::Cells(std::mem::take(&mut self.cells)));
            self.indent = self.run;
        }
        self.cells.clear();
    }

    /// The page at the right edge, after guide dots where there is room for two.
    fn entry(&mut self, label: &str, rows: &mut Vec<Row>) {
        if self.cells.len() + 1 + label.len() > CELLS {
            self.end(rows);
            self.cells.push_str(&" ".repeat(self.indent));
        }
        let free = CELLS.saturating_sub(self.cells.len() + label.len());
        let dots = if free >= 4 { format!(" {} ", "\"".repeat(free - 2)) } else { " ".repeat(free) };
        self.cells.push_str(&dots);
        self.cells.push_str(label);
        self.cells.truncate(CELLS);
    }
}

/// A line with something at its right edge.
fn right(left: &str, right: &str) -> String {
    let blanks = CELLS.saturating_sub(left.len() + right.len());
    let line = format!("{left}{}{right}", " ".repeat(blanks));
    line.chars().take(CELLS).collect()
}

/// `#AB` for 12: the number sign and the letters a to j.
fn number(number: usize) -> String {
    let digit = |c: char| match c {
        '0' => 'J',
        c => char::from_u32(u32::from(c) - u32::from('1') + u32::from('A')).unwrap_or(c),
    };
    std::iter::once('#').chain(number.to_string().chars().map(digit)).collect()
}

/// `A`, `B` … `Z`, `AA`: where a print page goes on.
fn letters(at: usize) -> String {
    let letter = |at: usize| u8::try_from(at % 26).map_or('A', |at| char::from(b'A' + at));
    let before = if at >= 26 { letters(at / 26 - 1) } else { String::new() };
    format!("{before}{}", letter(at))
}
