//! What a PDF's pages say, for who needs no places.
//!
//! Enters: a PDF. Leaves: for each page the text of each of its marked sequences by its number.
//! Promise: text comes from the fonts' own maps (ISO 32000-1, 9.10.3), and what `content` hears on the
//! same page is the same. Reading where glyphs stand costs three times as
//! much, and a build reads all of a book only to hear it.

use super::marks::{Marks, Sequences};
use hayro_interpret::hayro_cmap::{BfString, CMap};
use hayro_syntax::Pdf;
use hayro_syntax::content::ops::TypedInstruction;
use hayro_syntax::object::{Dict, MaybeRef, Name, Object, ObjectIdentifier, Stream, String as PdfString};
use hayro_syntax::page::Page;
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use std::collections::BTreeMap;

/// A font's way from codes to text.
struct Map {
    /// Codes of two bytes rather than one.
    wide: bool,
    /// By code; empty for those that stand for nothing.
    text: Vec<Box<str>>,
}

/// Reads all pages; `None` when a font's codes are cut in a way of its own (9.7.5), which is known to
/// those who read places.
pub(super) fn sequences(pdf: &Pdf) -> Option<Vec<Sequences>> {
    let mut maps: BTreeMap<ObjectIdentifier, Map> = BTreeMap::new();
    for page in pdf.pages().iter() {
        for (_, font) in page.resources().fonts.entries() {
            let MaybeRef::Ref(reference) = font else { continue };
            let id = ObjectIdentifier::from(reference);
            if !maps.contains_key(&id)
                && let Some(font) = pdf.xref().get::<Dict<'_>>(id)
            {
                maps.insert(id, map(&font)?);
            }
        }
    }
    let pages: Vec<&Page<'_>> = pdf.pages().iter().collect();
    Some(pages.par_iter().map(|page| read(page, &maps)).collect())
}

fn map(font: &Dict<'_>) -> Option<Map> {
    let wide = font.get::<Name<'_>>("Subtype").is_some_and(|kind| kind.as_str() == "Type0");
    let encoding = font.get::<Name<'_>>("Encoding");
    if wide && !encoding.is_some_and(|name| matches!(name.as_str(), "Identity-H" | "Identity-V")) {
        return None;
    }
    let bytes = font.get::<Stream<'_>>("ToUnicode").and_then(|stream| stream.decoded().ok());
    let parsed = bytes.and_then(|bytes| CMap::parse(&bytes, |_| None));
    let codes = 0..=if wide { 0xffff } else { 0xff };
    let text = |map: &CMap| codes.map(|code| said(map.lookup_bf_string(code))).collect();
    Some(Map { wide, text: parsed.as_ref().map(text).unwrap_or_default() })
}

fn said(found: Option<BfString>) -> Box<str> {
    match found {
        Some(BfString::Char(c)) => c.to_string().into(),
        Some(BfString::String(text)) => text.into(),
        None => "".into(),
    }
}

struct Reader<'m> {
    marks: Marks,
    font: Option<&'m Map>,
}

fn read(page: &Page<'_>, maps: &BTreeMap<ObjectIdentifier, Map>) -> Sequences {
    let mut reader = Reader { marks: Marks::default(), font: None };
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
            TypedInstruction::BeginMarkedContent(mark) => reader.marks.begin(mark.0, None),
            TypedInstruction::BeginMarkedContentWithProperties(mark) => {
                let own = mark.1.clone().into_dict();
                let name = || mark.1.clone().into_name();
                let named = || page.resources().properties.get::<Dict<'_>>(name()?.as_ref());
                reader.marks.begin(mark.0, own.or_else(named).as_ref());
            }
            TypedInstruction::EndMarkedContent(_) => reader.marks.end(),
            _ => {}
        }
    }
    reader.marks.said
}

impl Reader<'_> {
    fn show(&mut self, codes: &PdfString<'_>) {
        let Some(font) = self.font else { return };
        let apart = self.marks.reversed();
        let mut said = String::new();
        for code in codes.as_bytes().chunks(if font.wide { 2 } else { 1 }) {
            let code = code.iter().fold(0_usize, |code, byte| code << 8 | usize::from(*byte));
            let Some(text) = font.text.get(code).filter(|text| !text.is_empty()) else { continue };
            if apart {
                self.marks.say(text);
            } else {
                said.push_str(text);
            }
        }
        if !said.is_empty() {
            self.marks.say(&said);
        }
    }
}
