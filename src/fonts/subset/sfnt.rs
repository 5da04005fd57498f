//! The container of a font: its tables, their directory, its character map (OpenType 1.9, "otff", "cmap", "post").
//!
//! Enters: tables. Leaves: a file. Promise: tables stand in the order of their tags, each on a multiple of four bytes,
//! with sums that are right.

use std::collections::BTreeMap;

/// The tables of a file to be.
#[derive(Default)]
pub(super) struct Tables {
    by_tag: BTreeMap<[u8; 4], Vec<u8>>,
}

impl Tables {
    /// Adds one, if it is there.
    pub(super) fn add(&mut self, tag: &[u8; 4], table: Option<Vec<u8>>) {
        self.by_tag.extend(table.map(|table| (*tag, table)));
    }

    /// Adds one.
    pub(super) fn add_new(&mut self, tag: &[u8; 4], table: Vec<u8>) {
        self.by_tag.insert(*tag, table);
    }

    /// The file.
    pub(super) fn finish(self, postscript: bool) -> Option<Vec<u8>> {
        let count = u16::try_from(self.by_tag.len()).ok()?;
        let power = 1_u16 << count.checked_ilog2()?;
        let mut file = if postscript { b"OTTO".to_vec() } else { vec![0, 1, 0, 0] };
        let log = u16::try_from(power.ilog2()).ok()?;
        for number in [count, power * 16, log, (count - power) * 16] {
            file.extend(number.to_be_bytes());
        }
        let mut at = file.len() + 16 * self.by_tag.len();
        let mut head = None;
        for (tag, table) in &self.by_tag {
            if tag == b"head" {
                head = Some(at);
            }
            file.extend(tag);
            for number in [sum(table), u32::try_from(at).ok()?, u32::try_from(table.len()).ok()?] {
                file.extend(number.to_be_bytes());
            }
            at += table.len().next_multiple_of(4);
        }
        for table in self.by_tag.values() {
            file.extend(table);
            file.resize(file.len().next_multiple_of(4), 0);
        }
        let all = 0xB1B0_AFBA_u32.wrapping_sub(sum(&file));
        let head = head?;
        file.get_mut(head + 8..head + 12)?.copy_from_slice(&all.to_be_bytes());
        Some(file)
    }
}

/// The sum of a table's words, the last filled with zeros.
fn sum(table: &[u8]) -> u32 {
    table.chunks(4).fold(0, |sum, word| {
        let mut four = [0; 4];
        four.iter_mut().zip(word).for_each(|(to, from)| *to = *from);
        sum.wrapping_add(u32::from_be_bytes(four))
    })
}

/// `post` of the third form: glyphs have no names. `old` gives slant, underline and pitch.
pub(super) fn post(old: &[u8]) -> Vec<u8> {
    let mut post = 0x0003_0000_u32.to_be_bytes().to_vec();
    post.extend(old.get(4..16).unwrap_or(&[0; 12]));
    post.resize(32, 0);
    post
}

/// `cmap` of sorted pairs of a character and its glyph: the twelfth form for all, and for what of them it can name the
/// fourth, which is all that old readers know.
pub(super) fn cmap(pairs: &[(u32, u32)]) -> Option<Vec<u8>> {
    let (four, twelve) = (fourth(pairs)?, twelfth(pairs)?);
    let mut cmap = Vec::new();
    let first = 4 + 2 * 8_u32;
    let second = first + u32::try_from(four.len()).ok()?;
    for number in [0, 2] {
        cmap.extend(u16::to_be_bytes(number));
    }
    for (encoding, at) in [(1_u16, first), (10, second)] {
        cmap.extend(3_u16.to_be_bytes());
        cmap.extend(encoding.to_be_bytes());
        cmap.extend(at.to_be_bytes());
    }
    cmap.extend(four);
    cmap.extend(twelve);
    Some(cmap)
}

/// Runs of characters whose glyphs follow one another: first, last, first glyph.
fn runs(pairs: impl Iterator<Item = (u32, u32)>) -> Vec<(u32, u32, u32)> {
    let mut runs: Vec<(u32, u32, u32)> = Vec::new();
    for (character, glyph) in pairs {
        match runs.last_mut() {
            Some((first, last, start))
                if character == *last + 1 && glyph == *start + (character - *first) =>
            {
                *last = character;
            }
            Some(_) | None => runs.push((character, character, glyph)),
        }
    }
    runs
}

fn fourth(pairs: &[(u32, u32)]) -> Option<Vec<u8>> {
    let mut runs = runs(pairs.iter().copied().filter(|(character, _)| *character < 0xFFFF));
    runs.push((0xFFFF, 0xFFFF, 0));
    let count = u16::try_from(runs.len()).ok()?;
    let length = count.checked_mul(8)?.checked_add(16)?;
    let power = 1_u16 << count.ilog2();
    let log = u16::try_from(power.ilog2()).ok()?;
    let short = |number: u32| u16::try_from(number & 0xFFFF).unwrap_or_default().to_be_bytes();
    let mut table = Vec::new();
    for number in [4, length, 0, count * 2, power * 2, log, (count - power) * 2] {
        table.extend(number.to_be_bytes());
    }
    table.extend(runs.iter().flat_map(|(_, last, _)| short(*last)));
    table.extend([0, 0]);
    table.extend(runs.iter().flat_map(|(first, ..)| short(*first)));
    let delta = |first: u32, glyph: u32| if first == 0xFFFF { 1 } else { glyph.wrapping_sub(first) };
    table.extend(runs.iter().flat_map(|(first, _, glyph)| short(delta(*first, *glyph))));
    table.extend(runs.iter().flat_map(|_| [0, 0]));
    Some(table)
}

fn twelfth(pairs: &[(u32, u32)]) -> Option<Vec<u8>> {
    let runs = runs(pairs.iter().copied());
    let count = u32::try_from(runs.len()).ok()?;
    let mut table = vec![0, 12, 0, 0];
    for number in [16 + 12 * count, 0, count] {
        table.extend(number.to_be_bytes());
    }
    for (first, last, glyph) in runs {
        for number in [first, last, glyph] {
            table.extend(number.to_be_bytes());
        }
    }
    Some(table)
}
