//! What the marked sequences of a PDF's pages say.
//!
//! Enters: a PDF. Leaves: for each page, the text of each of its marked sequences by its number.
//! Promise: text comes from the fonts' own maps and from what the file says it stands for
//! (ISO 32000-1, 14.9.4 and 9.10.3), as a screen reader gets it; what no sequence holds isn't read.

use super::decoded;
use hayro_syntax::Pdf;
use hayro_syntax::content::ops::TypedInstruction;
use hayro_syntax::object::{
    Array, Dict, MaybeRef, Name, Number, Object, ObjectIdentifier, Stream, String as PdfString,
};
use hayro_syntax::page::Page;
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use std::collections::BTreeMap;

/// The texts of a page's marked sequences.
pub(super) type Sequences = BTreeMap<i64, String>;

/// A font's way from codes to text.
struct Map {
    /// Codes of two bytes rather than one.
    wide: bool,
    /// By code; empty for those that stand for nothing.
    text: Vec<String>,
}

/// Reads all pages.
pub(super) fn sequences(pdf: &Pdf) -> Vec<Sequences> {
    let mut maps: BTreeMap<ObjectIdentifier, Map> = BTreeMap::new();
    for page in pdf.pages().iter() {
        for (_, font) in page.resources().fonts.entries() {
            let MaybeRef::Ref(reference) = font else { continue };
            let id = ObjectIdentifier::from(reference);
            if !maps.contains_key(&id)
                && let Some(font) = pdf.xref().get::<Dict<'_>>(id)
            {
                maps.insert(id, map(&font));
            }
        }
    }
    let pages: Vec<&Page<'_>> = pdf.pages().iter().collect();
    pages.par_iter().map(|page| read(page, &maps)).collect()
}

/// What a marked sequence is to a reader.
enum Mark {
    /// A sequence of the structure.
    Sequence(i64),
    /// Letters in the order they stand on the page, which isn't that of reading.
    Reversed(Vec<String>),
    /// Letters that stand for other text.
    Actual(String),
    /// Anything else.
    Other,
}

struct Reader<'m> {
    marks: Vec<Mark>,
    font: Option<&'m Map>,
    found: Sequences,
}

fn read(page: &Page<'_>, maps: &BTreeMap<ObjectIdentifier, Map>) -> Sequences {
    let mut reader = Reader { marks: Vec::new(), font: None, found: Sequences::new() };
    let mut operations = page.typed_operations();
    while let Some(operation) = operations.next() {
        #[expect(clippy::wildcard_enum_match_arm, reason = "most instructions show no text")]
        match operation {
            TypedInstruction::TextFont(font) => {
                let reference = page.resources().fonts.get_ref(font.0.as_ref());
                reader.font = reference.and_then(|font| maps.get(&ObjectIdentifier::from(font)));
            }
            TypedInstruction::ShowText(text) => reader.show(text.0),
            TypedInstruction::NextLineAndShowText(text) => reader.show(text.0),
            TypedInstruction::ShowTextWithParameters(text) => reader.show(text.2),
            TypedInstruction::ShowTexts(texts) => {
                let strings = texts.0.iter::<Object<'_>>().filter_map(Object::into_string);
                strings.for_each(|text| reader.show(&text));
            }
            TypedInstruction::BeginMarkedContent(mark) => reader.open(mark.0, None),
            TypedInstruction::BeginMarkedContentWithProperties(mark) => reader.open(mark.0, Some(mark.1)),
            TypedInstruction::EndMarkedContent(_) => reader.close(),
            _ => {}
        }
    }
    reader.found
}

impl Reader<'_> {
    fn open(&mut self, tag: &Name<'_>, properties: Option<&Object<'_>>) {
        let properties = properties.cloned().and_then(Object::into_dict);
        let number = properties.as_ref().and_then(|dict| dict.get::<Number>("MCID"));
        let actual = properties.as_ref().and_then(|dict| dict.get::<PdfString<'_>>("ActualText"));
        let mark = match (number, actual) {
            (Some(number), _) => Mark::Sequence(number.as_i64()),
            (None, Some(actual)) => Mark::Actual(decoded(actual.as_bytes())),
            (None, None) if tag.as_str() == "ReversedChars" => Mark::Reversed(Vec::new()),
            (None, None) => Mark::Other,
        };
        self.marks.push(mark);
    }

    fn close(&mut self) {
        match self.marks.pop() {
            Some(Mark::Reversed(letters)) => letters.into_iter().rev().for_each(|text| self.say(text)),
            Some(Mark::Actual(text)) => self.say(text),
            Some(Mark::Sequence(_) | Mark::Other) | None => {}
        }
    }

    /// Gives text to the innermost mark that takes it.
    fn say(&mut self, text: String) {
        for mark in self.marks.iter_mut().rev() {
            match mark {
                // What is said for the letters is said when they end.
                Mark::Actual(_) => return,
                Mark::Reversed(letters) => {
                    letters.push(text);
                    return;
                }
                Mark::Sequence(number) => {
                    self.found.entry(*number).or_default().push_str(&text);
                    return;
                }
                Mark::Other => {}
            }
        }
    }

    fn show(&mut self, codes: &PdfString<'_>) {
        let Some(font) = self.font else { return };
        let reversed = self.marks.iter().any(|mark| matches!(mark, Mark::Reversed(_)));
        let mut said = String::new();
        for code in codes.as_bytes().chunks(if font.wide { 2 } else { 1 }) {
            let code = code.iter().fold(0_usize, |code, byte| code << 8 | usize::from(*byte));
            let Some(text) = font.text.get(code).filter(|text| !text.is_empty()) else { continue };
            if reversed {
                self.say(text.clone());
            } else {
                said.push_str(text);
            }
        }
        if !said.is_empty() {
            self.say(said);
        }
    }
}

fn map(font: &Dict<'_>) -> Map {
    let wide = font.get::<Name<'_>>("Subtype").is_some_and(|kind| kind.as_str() == "Type0");
    let bytes = font.get::<Stream<'_>>("ToUnicode").and_then(|stream| stream.decoded().ok());
    let mut text = Vec::new();
    if let Some(bytes) = bytes {
        ranges(&bytes, &mut text);
    }
    Map { wide, text }
}

/// A word of a character map that matters.
enum Token<'t> {
    Hex(&'t [u8]),
    Open,
    Close,
    Word(&'t [u8]),
}

fn tokens(bytes: &[u8]) -> impl Iterator<Item = Token<'_>> {
    let mut rest = bytes;
    std::iter::from_fn(move || {
        let start = rest.iter().position(|byte| !byte.is_ascii_whitespace())?;
        rest = rest.get(start..)?;
        let (first, after) = rest.split_first()?;
        match first {
            b'[' | b']' => {
                rest = after;
                Some(if *first == b'[' { Token::Open } else { Token::Close })
            }
            b'<' => {
                let end = after.iter().position(|byte| *byte == b'>').unwrap_or(after.len());
                let (hex, after) = after.split_at(end);
                rest = after.get(1..).unwrap_or_default();
                Some(Token::Hex(hex))
            }
            _ => {
                let stops = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'[' | b']' | b'<');
                let end = after.iter().position(stops).map_or(rest.len(), |end| end + 1);
                let (word, after) = rest.split_at(end);
                rest = after;
                Some(Token::Word(word))
            }
        }
    })
}

/// Reads the sections `bfchar` and `bfrange` (Adobe Technical Note 5411).
fn ranges(bytes: &[u8], text: &mut Vec<String>) {
    /// Codes that a section has given so far, and whether a list of texts is open.
    enum State {
        Outside,
        Single(Option<usize>),
        Range(Option<usize>, Option<usize>),
        List(usize),
    }
    let mut state = State::Outside;
    for token in tokens(bytes) {
        state = match (state, token) {
            (_, Token::Word(b"beginbfchar")) => State::Single(None),
            (_, Token::Word(b"beginbfrange")) => State::Range(None, None),
            (_, Token::Word(b"endbfchar" | b"endbfrange")) => State::Outside,
            (State::Single(None), Token::Hex(hex)) => State::Single(Some(number(hex))),
            (State::Single(Some(code)), Token::Hex(hex)) => {
                put(text, code, utf16(hex, 0));
                State::Single(None)
            }
            (State::Range(None, _), Token::Hex(hex)) => State::Range(Some(number(hex)), None),
            (State::Range(first, None), Token::Hex(hex)) => State::Range(first, Some(number(hex))),
            (State::Range(Some(first), Some(last)), Token::Hex(hex)) => {
                for (code, step) in (first..=last.min(MOST)).zip(0..) {
                    put(text, code, utf16(hex, step));
                }
                State::Range(None, None)
            }
            (State::Range(Some(first), Some(_)), Token::Open) => State::List(first),
            (State::List(code), Token::Hex(hex)) => {
                put(text, code, utf16(hex, 0));
                State::List(code.saturating_add(1))
            }
            (State::List(_), Token::Close) => State::Range(None, None),
            (state, _) => state,
        };
    }
}

/// The highest code that is read: those of two bytes.
const MOST: usize = 0xffff;

fn put(text: &mut Vec<String>, code: usize, said: String) {
    if code > MOST {
        return;
    }
    if text.len() <= code {
        text.resize(code + 1, String::new());
    }
    if let Some(place) = text.get_mut(code) {
        *place = said;
    }
}

fn digits(hex: &[u8]) -> impl Iterator<Item = u32> {
    hex.iter().filter_map(|digit| char::from(*digit).to_digit(16))
}

fn number(hex: &[u8]) -> usize {
    digits(hex).take(8).fold(0, |number, digit| number << 4 | usize::try_from(digit).unwrap_or(0))
}

/// UTF-16, its last unit higher by `step`.
fn utf16(hex: &[u8], step: u16) -> String {
    let digits: Vec<u32> = digits(hex).collect();
    let unit = |four: &[u32]| {
        let value = four.iter().fold(0, |value, digit| value << 4 | digit);
        u16::try_from(value).unwrap_or(0xfffd)
    };
    let mut units: Vec<u16> = digits.chunks(4).map(unit).collect();
    if let Some(last) = units.last_mut() {
        *last = last.wrapping_add(step);
    }
    String::from_utf16_lossy(&units)
}

/// Numbers, of an array or alone.
pub(super) fn each<'a>(dict: &Dict<'a>, key: &str) -> Vec<MaybeRef<Object<'a>>> {
    match dict.get::<Array<'a>>(key) {
        Some(list) => list.raw_iter().collect(),
        None => dict.get_raw::<Object<'a>>(key).into_iter().collect(),
    }
}
