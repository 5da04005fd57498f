//! The finished file as bytes: its table of places (ISO 32000-1, 7.5.4), and what is mended in it.
//!
//! Enters: what krilla wrote. Leaves: places in it, and the file with its grey made plain. Promise:
//! what isn't built as expected is left as it is.

use std::ops::Range;

/// The last place of these words in a part of the file.
pub(super) fn last(pdf: &[u8], words: &[u8], within: Range<usize>) -> Option<usize> {
    let part = pdf.get(within.clone())?;
    Some(within.start + part.windows(words.len()).rposition(|found| found == words)?)
}

/// The number that stands at a place, and where it ends.
pub(super) fn number(pdf: &[u8], at: usize) -> Option<(usize, usize)> {
    let digits = pdf.get(at..)?.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let text = std::str::from_utf8(pdf.get(at..at + digits)?).ok()?;
    Some((text.parse().ok()?, at + digits))
}

/// Where the table of places begins, and where the file says so.
pub(super) fn table(pdf: &[u8]) -> Option<(usize, usize)> {
    const START: &[u8] = b"startxref\n";
    let start = last(pdf, START, 0..pdf.len())? + START.len();
    Some((number(pdf, start)?.0, start))
}

/// Where each object begins, by its number; 0 for those that there aren't.
pub(super) fn places(pdf: &[u8]) -> Option<Vec<usize>> {
    let (table, _) = table(pdf)?;
    let lines = pdf.get(table..)?.split_inclusive(|byte| *byte == b'\n').skip(2);
    let place = |line: &[u8]| {
        (line.len() == 20)
            .then(|| if line.get(17) == Some(&b'n') { number(line, 0).map_or(0, |n| n.0) } else { 0 })
    };
    Some(lines.map_while(place).collect())
}

/// Where what an object is begins, from the place of the object.
pub(super) fn within(pdf: &[u8], place: usize) -> Option<usize> {
    const OPEN: &[u8] = b" 0 obj\n";
    let (_, end) = number(pdf, place)?;
    pdf.get(end..)?.starts_with(OPEN).then_some(end + OPEN.len())
}

/// Where what an object is stands, from the place of the object.
pub(super) fn body(pdf: &[u8], place: usize) -> Option<Range<usize>> {
    const CLOSE: &[u8] = b"\nendobj";
    let start = within(pdf, place)?;
    Some(start..start + pdf.get(start..)?.windows(CLOSE.len()).position(|found| found == CLOSE)?)
}

/// The file with other bytes at a place before its table, and the table counted anew.
pub(super) fn replaced(pdf: &[u8], at: Range<usize>, with: &[u8]) -> Option<Vec<u8>> {
    rewritten(pdf, vec![(at, with)])
}

/// The file with other bytes at places before its table that don't overlap, and the table counted anew.
pub(super) fn rewritten(pdf: &[u8], mut changes: Vec<(Range<usize>, &[u8])>) -> Option<Vec<u8>> {
    changes.sort_by_key(|(at, _)| (at.start, at.end));
    let (table, start) = table(pdf)?;
    let (_, start_end) = number(pdf, start)?;
    // Where each change ends, and how much was taken and put in up to there.
    let (mut taken, mut put) = (0, 0);
    let mut sums = Vec::with_capacity(changes.len());
    let mut out = Vec::with_capacity(pdf.len() + changes.iter().map(|(_, with)| with.len()).sum::<usize>());
    let mut from = 0;
    for (at, with) in &changes {
        out.extend_from_slice(pdf.get(from..at.start)?);
        out.extend_from_slice(with);
        from = at.end;
        (taken, put) = (taken + at.len(), put + with.len());
        sums.push((at.end, taken, put));
    }
    out.extend_from_slice(pdf.get(from..table)?);
    let moved = |place: usize| {
        let before = sums.partition_point(|(end, ..)| *end <= place);
        let (_, taken, put) = before.checked_sub(1).and_then(|at| sums.get(at)).copied().unwrap_or_default();
        (place + put).saturating_sub(taken)
    };
    for line in pdf.get(table..start)?.split_inclusive(|byte| *byte == b'\n') {
        let is_place = line.len() == 20 && line.get(17) == Some(&b'n');
        let place = if is_place { number(line, 0).filter(|(_, end)| *end == 10) } else { None };
        match place {
            Some((place, _)) => {
                out.extend_from_slice(format!("{:010}", moved(place)).as_bytes());
                out.extend_from_slice(line.get(10..)?);
            }
            None => out.extend_from_slice(line),
        }
    }
    out.extend_from_slice(moved(table).to_string().as_bytes());
    out.extend_from_slice(pdf.get(start_end..)?);
    Some(out)
}

/// The file with its bookmarks shown when it is opened.
pub(super) fn with_bookmarks_shown(pdf: Vec<u8>) -> Vec<u8> {
    catalogue(&pdf).and_then(|at| replaced(&pdf, at..at, b"/PageMode/UseOutlines")).unwrap_or(pdf)
}

/// Where the catalogue's first key stands.
fn catalogue(pdf: &[u8]) -> Option<usize> {
    const ROOT: &[u8] = b"/Root ";
    const OPEN: &[u8] = b" 0 obj\n<<";
    let (table, start) = table(pdf)?;
    let (root, _) = number(pdf, last(pdf, ROOT, table..start)? + ROOT.len())?;
    let (_, end) = number(pdf, *places(pdf)?.get(root)?)?;
    pdf.get(end..)?.starts_with(OPEN).then_some(end + OPEN.len())
}

/// The file with its grey as grey. krilla gives PDF/A a colour profile for it, which makes presses
/// mix black type of four inks; the profile of the whole file is enough for PDF/A (ISO 19005-2,
/// 6.2.4.3), and so black is black alone.
pub(super) fn with_plain_gray(mut pdf: Vec<u8>) -> Vec<u8> {
    for range in gray_spaces(&pdf).unwrap_or_default() {
        if let Some(space) = pdf.get_mut(range) {
            let plain = b"/DeviceGray".iter().chain(std::iter::repeat(&b' '));
            space.iter_mut().zip(plain).for_each(|(byte, plain)| *byte = *plain);
        }
    }
    pdf
}

/// The colour spaces that are a profile of one colour.
fn gray_spaces(pdf: &[u8]) -> Option<Vec<Range<usize>>> {
    const SPACE: &[u8] = b" 0 obj\n[/ICCBased ";
    let places = places(pdf)?;
    let mut found = Vec::new();
    for place in places.iter().filter(|place| **place > 0) {
        let Some((_, end)) = number(pdf, *place) else { continue };
        if !pdf.get(end..).is_some_and(|rest| rest.starts_with(SPACE)) {
            continue;
        }
        let Some((profile, close)) = number(pdf, end + SPACE.len()) else { continue };
        let profile = places.get(profile).and_then(|place| pdf.get(*place..place + 120));
        let head = profile.and_then(|object| object.split(|byte| *byte == b'>').next()).unwrap_or_default();
        if head.windows(5).any(|words| words == b"/N 1/") && pdf.get(close..)?.starts_with(b" 0 R]\nendobj") {
            found.push(end + b" 0 obj\n".len()..close + b" 0 R]".len());
        }
    }
    Some(found)
}
