//! Braille: the text's pieces in cells, on pages for embossers and displays.
//!
//! Enters: pieces, the program that the settings name. Leaves: a BRF file. Promise: 25 lines of 40 cells in the 64
//! signs of North American ASCII braille; nothing is translated here: every word goes through the program, whose
//! failure is told and never guessed around; what its table lacks is transliterated first.
//!
//! `pages` sets cells in lines and pages.

mod pages;

use super::said::{GLUE, PAGE, visible};
use super::wrap::Piece;
use crate::ascii::ascii;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::model::{Book, Language};
use crate::programs::{NotRun, Programs};
use crate::span::Span;
use std::collections::{BTreeMap, BTreeSet};

/// The signs of ASCII braille in the order of Unicode's patterns from U+2800 on.
const SIGNS: &[u8; 64] = b" A1B'K2L@CIF/MSP\"E3H9O6R^DJG>NTQ,*5<-U8V.%[$+X!&;:4\\0Z7(_?W]#Y)=";
/// Longer lines are more than liblouis' own programs read at once.
const LONGEST: usize = 1000;
/// A sign that takes so many cells was spelled as its number, since the table lacks it.
const SPELLED: usize = 7;

/// Who translates: a program by its name, what it calls its table, and the port to run it through.
#[derive(Debug, Clone, Copy)]
pub struct Translator<'p> {
    /// A name, or a whole path.
    pub program: &'p str,
    /// Its table, or several with commas between.
    pub table: &'p str,
    /// Runs it.
    pub programs: &'p dyn Programs,
    /// Where the settings name it.
    pub span: Span,
}

/// The pieces of the file, each kind from a new page on.
pub(super) struct Parts {
    pub(super) front: Vec<Piece>,
    pub(super) marks: Vec<Piece>,
    pub(super) contents: Vec<Piece>,
    pub(super) body: Vec<Piece>,
}

/// How something stands on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// In the middle, a blank line after it.
    Centred,
    /// From this cell on, and its further lines from that one, both from 0.
    From(usize, usize),
    /// Likewise, with a page at the end of its line.
    Entry(usize),
}

/// What stands between two changes of place.
#[derive(Debug, Clone)]
struct Unit {
    place: Place,
    /// A blank line before it.
    blank: bool,
    /// Never the last of its page.
    keep: bool,
    parts: Vec<Part>,
}

/// Words, or a page of print that begins.
#[derive(Debug, Clone)]
enum Part {
    Words(String),
    Page(String),
}

/// The bytes of the file.
pub(super) fn publish(
    parts: Parts,
    book: &Book,
    translator: Option<Translator<'_>>,
    diagnostics: &mut Diagnostics,
) -> Option<Vec<u8>> {
    let Some(translator) = translator else {
        let message = "no program is named that translates into braille";
        let hint = "write `braille = \"lou_translate\"` into `[text]`";
        diagnostics.push(Diagnostic::new(Code::BrailleProgram, Span::NONE, message).hint(hint));
        return None;
    };
    let Parts { front, marks, contents, body } = parts;
    let mut groups = [front, marks, contents, body].map(|pieces| units(&pieces));
    if let Some(title) = groups.first_mut() {
        title.iter_mut().for_each(|unit| unit.place = Place::Centred);
    }
    if let Some(contents) = groups.get_mut(2) {
        contents.iter_mut().for_each(entry);
    }
    match translate(&mut groups, book, translator) {
        Ok(head) => {
            let [front, marks, contents, body] = groups;
            Some(pages::bind(&[front, marks, contents], &body, &head))
        }
        Err(problem) => {
            diagnostics.push(*problem);
            None
        }
    }
}

/// A line of the contents has its page at its end.
fn entry(unit: &mut Unit) {
    if let (Place::From(start, _), Some(Part::Page(_))) = (unit.place, unit.parts.last()) {
        unit.place = Place::Entry(start);
    }
}

/// Pieces as units: their places by the braille formats of BANA.
fn units(pieces: &[Piece]) -> Vec<Unit> {
    let mut units: Vec<Unit> = Vec::new();
    // Paragraphs follow one another, and what a section's heading is over, without a blank line.
    let (mut after_paragraph, mut after_heading) = (false, false);
    for piece in pieces {
        let (mut paragraph, mut heading) = (false, false);
        match piece {
            Piece::Heading { text, opens } => {
                let place = if *opens { Place::Centred } else { Place::From(4, 4) };
                heading = !opens;
                units.push(Unit { place, blank: true, keep: true, parts: parts(text) });
            }
            Piece::Paragraph { first, rest, text, close } => {
                paragraph = first.is_empty() && rest.is_empty();
                let blank = !(*close || after_heading || paragraph && after_paragraph);
                units.extend(lines(first, rest, text, blank));
            }
            Piece::Lines { lines, close } => {
                let mut blank = !close && !after_heading;
                for line in lines {
                    if line.trim().is_empty() {
                        blank = true;
                        continue;
                    }
                    let start = indent(line);
                    let place = Place::From(start, start + 2);
                    units.push(Unit { place, blank, keep: false, parts: parts(line) });
                    blank = false;
                }
            }
        }
        (after_paragraph, after_heading) = (paragraph, heading);
    }
    units.retain(|unit| !unit.parts.is_empty());
    units
}

/// A paragraph's lines: its own breaks are kept. Paragraphs of the text begin in cell 3 and go on in cell 1; items
/// and lines of verse begin further left than they go on.
fn lines(first: &str, rest: &str, text: &str, blank: bool) -> Vec<Unit> {
    let label = first.trim();
    let (start, run) = (indent(first), indent(rest));
    let place = match (first.is_empty() && rest.is_empty(), label.is_empty() && start == run) {
        (true, _) => Place::From(2, 0),
        (false, true) => Place::From(start, start),
        (false, false) => Place::From(start, start + 2),
    };
    let mut units = Vec::new();
    for (at, line) in text.split('\n').enumerate() {
        let words = if at == 0 && !label.is_empty() { format!("{label} {line}") } else { line.to_owned() };
        let place = match (at, place) {
            (1.., Place::From(_, run)) => Place::From(run, run),
            (_, place) => place,
        };
        units.push(Unit { place, blank: blank && at == 0, keep: false, parts: parts(&words) });
    }
    units
}

/// Blanks before the first sign: two a level, and no more than leave room for words.
fn indent(line: &str) -> usize {
    (line.len() - line.trim_start_matches(' ').len()).min(12)
}

/// Words and the pages that begin among them.
fn parts(text: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    for (at, piece) in text.split(PAGE).enumerate() {
        if at % 2 == 1 {
            parts.push(Part::Page(piece.to_owned()));
            continue;
        }
        let words = piece.replace(GLUE, " ");
        let words: Vec<&str> = words.split_whitespace().collect();
        if !words.is_empty() {
            parts.push(Part::Words(words.join(" ")));
        }
    }
    parts
}

type Problem = Box<Diagnostic>;

/// Puts cells in place of all words and labels; gives those of the title, for the head of each page.
fn translate(
    groups: &mut [Vec<Unit>; 4],
    book: &Book,
    translator: Translator<'_>,
) -> Result<String, Problem> {
    let language = &book.metadata.language;
    let title: String = book.metadata.title.chars().map(visible).collect();
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut signs: BTreeSet<char> = title.chars().collect();
    let mut labels: BTreeSet<String> = BTreeSet::new();
    for part in groups.iter().flatten().flat_map(|unit| &unit.parts) {
        match part {
            Part::Words(words) => signs.extend(words.chars()),
            Part::Page(label) => _ = labels.insert(label.clone()),
        }
    }
    signs.retain(|c| !c.is_ascii());
    // First every sign by itself, to know which of them the table lacks.
    let asked: Vec<String> = signs.iter().map(char::to_string).chain(labels.iter().cloned()).collect();
    let answers = run(&asked, translator)?;
    let lacking: BTreeSet<char> = signs
        .iter()
        .zip(&answers)
        .filter(|(_, cells)| cells.len() >= SPELLED || cells.trim().is_empty())
        .map(|(c, _)| *c)
        .collect();
    let labels: BTreeMap<String, String> =
        labels.into_iter().zip(answers.into_iter().skip(signs.len())).collect();
    let mut asked = vec![known(&title, &lacking, language)];
    for part in groups.iter().flatten().flat_map(|unit| &unit.parts) {
        if let Part::Words(words) = part {
            asked.extend(cut(&known(words, &lacking, language)).into_iter().map(|line| line.words));
        }
    }
    let mut answers = run(&asked, translator)?.into_iter();
    let head = answers.next().unwrap_or_default();
    for part in groups.iter_mut().flatten().flat_map(|unit| &mut unit.parts) {
        match part {
            Part::Words(words) => {
                let mut cells = String::new();
                for line in cut(&known(words, &lacking, language)) {
                    if !cells.is_empty() && !line.goes_on {
                        cells.push(' ');
                    }
                    cells.push_str(&answers.next().unwrap_or_default());
                }
                *words = cells;
            }
            Part::Page(label) => {
                let cells = labels.get(label).map_or("", |cells| cells.trim());
                *label = cells.replace(' ', "-");
            }
        }
    }
    Ok(head)
}

/// Words with what the table lacks in ASCII.
fn known(words: &str, lacking: &BTreeSet<char>, language: &Language) -> String {
    if lacking.is_empty() {
        return words.to_owned();
    }
    let mut known = String::with_capacity(words.len());
    // Neighbours that are both lacking are spelled together: they part ideographs, and know capitals.
    let mut run = String::new();
    for c in words.chars().chain(std::iter::once('\0')) {
        if lacking.contains(&c) {
            run.push(c);
            continue;
        }
        if !run.is_empty() {
            known.push_str(&ascii(&run, language));
            run.clear();
        }
        if c != '\0' {
            known.push(c);
        }
    }
    known
}

/// A line for the program.
struct Line {
    words: String,
    /// It begins within a word.
    goes_on: bool,
}

/// Words in lines that the program reads as one each; where words aren't parted, a paragraph may be a single one.
fn cut(words: &str) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for word in words.split_whitespace() {
        match lines.last_mut().filter(|line| line.words.len() + word.len() < LONGEST) {
            Some(line) => {
                line.words.push(' ');
                line.words.push_str(word);
            }
            None => lines.push(Line { words: word.to_owned(), goes_on: false }),
        }
        while let Some(line) = lines.last_mut().filter(|line| line.words.len() > LONGEST) {
            let more = line.words.split_off(line.words.floor_char_boundary(LONGEST));
            lines.push(Line { words: more, goes_on: true });
        }
    }
    lines
}

/// Has the program translate lines, and gives each one's cells.
fn run(lines: &[String], translator: Translator<'_>) -> Result<Vec<String>, Problem> {
    let Translator { program, table, programs, span } = translator;
    if lines.is_empty() {
        return Ok(Vec::new());
    }
    let problem = |message: String, hint: &str| {
        Box::new(Diagnostic::new(Code::BrailleProgram, span, message).hint(hint))
    };
    let input = lines.join("\n") + "\n";
    // The display table makes patterns of Unicode, whatever the table's own signs are.
    let tables = format!("unicode.dis,{table}");
    let output =
        programs.run(program, &["--forward", &tables], input.as_bytes()).map_err(|why| match why {
            NotRun::Refused => problem(
                format!("`{program}` may not run here"),
                "braille is made where a person builds the book, `aldine build`",
            ),
            NotRun::Missing => problem(
                format!("there is no program `{program}`"),
                "install liblouis (`liblouis-bin` in Debian), or write the program's whole path",
            ),
            NotRun::Failed(why) => problem(
                format!("`{program}` failed with the table `{table}`: {why}"),
                "see whether it has that table: `braille-table` in `[text]` names another",
            ),
        })?;
    let odd = |what: &str| {
        problem(
            format!("`{program}` gave {what} for the table `{table}`"),
            "it should write a line of braille patterns for each line it reads, as `lou_translate` does",
        )
    };
    let text = String::from_utf8(output).map_err(|_| odd("what is no UTF-8"))?;
    let answers: Vec<&str> = text.lines().collect();
    if answers.len() != lines.len() {
        return Err(odd(&format!("{} lines for {}", answers.len(), lines.len())));
    }
    let read =
        answers.into_iter().map(|line| cells(line).ok_or_else(|| odd("other signs than braille patterns")));
    read.collect()
}

/// Unicode's patterns in ASCII braille; cells of eight dots lose their lowest two, which no BRF can hold.
fn cells(line: &str) -> Option<String> {
    let cell = |c: char| match c {
        '\u{2800}'..='\u{28ff}' => {
            let pattern = usize::try_from(u32::from(c) & 0x3f).ok()?;
            SIGNS.get(pattern).map(|sign| char::from(*sign))
        }
        ' ' => Some(' '),
        _ => None,
    };
    line.trim_end().chars().map(cell).collect()
}
