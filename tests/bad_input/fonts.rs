//! Font files of the settings that are broken: they are told of at their place, or the book is set with them;
//! nothing panics, and no edition is lost.

use super::held::{Held, set};
use crate::workshop::Dice;
use aldine::build::EDITIONS;
use aldine::diagnostics::Diagnostics;
use aldine::fonts::{FontSet, Variant};
use aldine::sources::Memory;

/// A whole font: the embedded one of code, whose box drawings the text's own has not.
fn whole() -> Vec<u8> {
    let fonts = FontSet::embedded();
    let bytes = fonts.get(fonts.face(Variant::MONO)).bytes().clone();
    (*bytes).as_ref().to_vec()
}

fn word(bytes: &[u8], at: usize) -> usize {
    u32::from_be_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]]) as usize
}

/// Where the directory has a table's record.
fn record(bytes: &[u8], tag: &[u8; 4]) -> usize {
    let count = usize::from(u16::from_be_bytes([bytes[4], bytes[5]]));
    (0..count).map(|at| 12 + at * 16).find(|&at| &bytes[at..at + 4] == tag).expect("the table")
}

/// Under another name, which leaves the directory in order.
fn without(tag: &[u8; 4]) -> Vec<u8> {
    let mut bytes = whole();
    let at = record(&bytes, tag);
    bytes[at + 3] += 1;
    bytes
}

/// With other bytes at a place of a table.
fn with(tag: &[u8; 4], at: usize, new: &[u8]) -> Vec<u8> {
    let mut bytes = whole();
    let start = word(&bytes, record(&bytes, tag) + 8) + at;
    bytes[start..start + new.len()].copy_from_slice(new);
    bytes
}

/// The one face of a collection.
fn collection() -> Vec<u8> {
    let mut font = whole();
    let count = usize::from(u16::from_be_bytes([font[4], font[5]]));
    for at in (0..count).map(|at| 12 + at * 16 + 8) {
        let moved = u32::try_from(word(&font, at) + 16).expect("a small font");
        font[at..at + 4].copy_from_slice(&moved.to_be_bytes());
    }
    let mut bytes = b"ttcf\x00\x01\x00\x00\x00\x00\x00\x01\x00\x00\x00\x10".to_vec();
    bytes.append(&mut font);
    bytes
}

/// A book that needs the font, set with it.
fn used(font: Vec<u8>) -> Held {
    let files = Memory::new().with("own.ttf", font);
    let text =
        "# One\n\nWords of the book, 12-15, and \u{2560}\u{2550}\u{2563} of the font.\n\n```\ncode\n```\n";
    set(&files, text, "classic", "fonts: [own.ttf]\n")
}

/// Whether it was told of, with its place and what to do; the editions are whole in any case.
fn refused(what: &str, font: Vec<u8>) -> bool {
    let held = used(font);
    assert_eq!(held.disagreements(), [""; 0], "{what}");
    assert_eq!(held.flaws(), [""; 0], "{what}");
    let told: Vec<_> = held.told.iter().filter(|one| one.code.name() == "bad-font").collect();
    assert!(told.iter().all(|one| !one.span.is_none() && one.hint.is_some()), "{what}");
    !told.is_empty()
}

#[test]
fn fonts_that_lack_what_a_book_needs_are_refused() {
    for tag in [b"head", b"hhea", b"hmtx", b"maxp", b"cmap", b"glyf", b"loca"] {
        assert!(refused(&String::from_utf8_lossy(tag), without(tag)));
    }
    assert!(refused("no em", with(b"head", 18, &[0, 0])));
    assert!(refused("no widths", with(b"hhea", 34, &[0, 0])));
    assert!(refused("outlines elsewhere", with(b"head", 50, &[0, 0])));
    for rights in [[0, 2], [2, 0], [1, 0]] {
        assert!(refused("not to be embedded", with(b"OS/2", 8, &rights)));
    }
    assert!(refused("no glyphs", with(b"maxp", 4, &[0, 0])));
    for (what, bytes) in [
        ("a page of the web", b"<!DOCTYPE html><html></html>".to_vec()),
        ("nothing", Vec::new()),
        ("a font of the web", b"wOF2\x00\x01\x00\x00".to_vec()),
        ("its first bytes", whole()[..200].to_vec()),
    ] {
        assert!(refused(what, bytes));
    }
}

#[test]
fn fonts_that_lack_something_less_are_used() {
    assert!(!refused("whole", whole()));
    assert!(!refused("a collection", collection()));
    for tag in [b"OS/2", b"post", b"name", b"GSUB"] {
        assert!(!refused(&String::from_utf8_lossy(tag), without(tag)));
    }
    assert!(!refused("no height", with(b"hhea", 4, &[0, 0, 0, 0])));
    assert!(!refused("no weight", with(b"OS/2", 4, &[0, 0])));
}

#[test]
fn damaged_fonts_are_read_or_refused() {
    let whole = whole();
    let mut dice = Dice(9);
    for at in 0..24 {
        let mut bytes = whole.clone();
        if at % 4 == 0 {
            bytes.truncate(1 + dice.roll(whole.len()));
        }
        for _ in 0..=at {
            // Most of what is read first stands in the directory.
            let place = if at % 2 == 0 { dice.roll(bytes.len().min(400)) } else { dice.roll(bytes.len()) };
            bytes[place] = dice.roll(256) as u8;
        }
        let held = used(bytes);
        assert!(!held.layout.pages.is_empty());
        // What only the writer of the PDF finds has the same place.
        let mut told = Diagnostics::new();
        let _ = held.made.publish(&held.layout, &EDITIONS, &mut told);
        assert!(told.iter().all(|one| !one.span.is_none() && one.hint.is_some()), "{at}: {told:?}");
    }
}
