//! A flat leaf to pieces: words, spaces, pictures, line ends.
//!
//! Enters: a [`Flow`]. Leaves: [`Row`]: pieces in reading order, each of one look and one direction,
//! shaped, and whether a line may end after it (Unicode Standard Annex #14). Promise: the pieces'
//! ranges cover the text without a gap.

use super::breaks::breaks;
use super::collect::{Flow, Look};
use super::gaps::{self, Class, Gap};
use super::shape::{Fount, FountKey, Founts};
use super::shaped::{Shaped, at_size};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::measure::Length;
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::{Arc, OnceLock};
use unicode_bidi::{Level, ParagraphBidiInfo};

/// Longer words are cut to pieces of about so many bytes: nobody writes one, but who pastes a megabyte
/// without a space must not wait while each of its lines looks through all of it.
const LONGEST: usize = 256;

/// What a piece is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Letters and signs.
    Word,
    /// Word spaces, drawn as one.
    Space,
    /// A space that no line ends at (U+00A0).
    Tie,
    /// A picture, by its place among the flow's.
    Object(usize),
    /// A line end the author wants.
    End,
}

/// A piece of a leaf.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    pub(super) kind: Kind,
    pub(super) range: Range<usize>,
    pub(super) look: usize,
    pub(super) level: Level,
    pub(super) shaped: Arc<Shaped>,
    pub(super) width: Length,
    /// A line may end after it.
    pub(super) opens: bool,
    /// It is a part of a word that was too long for one piece.
    pub(super) part: bool,
    /// What stands between it and the next, where a line has both.
    pub(super) gap: Gap,
    /// Nothing but the rules of its script keeps it and the next on one line: it was cut off.
    pub(super) kept: bool,
    /// Its glyphs are as wide as they are in every line: an ideograph.
    pub(super) stiff: bool,
}

/// A leaf in pieces.
pub(super) struct Row {
    pub(super) pieces: Vec<Piece>,
    /// Where the lines begin: after a large first letter.
    pub(super) start: usize,
    /// By look.
    founts: Vec<[OnceLock<Arc<Fount>>; 2]>,
    /// Of a look that the flow doesn't have.
    lost: [OnceLock<Arc<Fount>>; 2],
    /// Some of it is written from right to left.
    pub(super) mixed: bool,
    /// Some of it may have gaps.
    pub(super) gaps: bool,
    /// What the last character on the line was to the next.
    before: Class,
}

/// Cuts a flow to pieces and shapes them.
pub(super) fn pieces(flow: &Flow, founts: &Founts, rtl: bool, diagnostics: &mut Diagnostics) -> Row {
    let levels = levels(&flow.text, rtl);
    let founts_by_look = flow.looks.iter().map(|_| Default::default()).collect();
    let eastern: Vec<bool> = flow.languages.iter().map(gaps::is_eastern).collect();
    let breaks = breaks(&founts.segmenter, &flow.text);
    // Words, and the spaces between them; more where looks change within a word.
    let spaces = flow.text.bytes().filter(|&byte| byte == b' ').count();
    let mut row = Row {
        pieces: Vec::with_capacity(spaces + breaks.len() + flow.runs.len()),
        start: 0,
        founts: founts_by_look,
        lost: Default::default(),
        mixed: levels.is_some(),
        gaps: !flow.preformatted && (gaps::may_have(&flow.text) || eastern.contains(&true)),
        before: Class::Other,
    };
    // Nothing but a break begins a piece at a letter within a word.
    let plain = levels.is_none() && !row.gaps;
    let mut objects = 0;
    let mut next_break = breaks.into_iter().peekable();
    for run in &flow.runs {
        let Some(text) = flow.text.get(run.range.clone()) else { continue };
        let mut start = run.range.start;
        let mut open: Option<(Kind, Level)> = None;
        let eastern = flow.looks.get(run.look).and_then(|look| eastern.get(look.language)) == Some(&true);
        let mut last = ' ';
        let mut at = run.range.start;
        while let Some(c) = text.get(at - run.range.start..).and_then(|rest| rest.chars().next()) {
            if plain && open.is_some_and(|(kind, _)| kind == Kind::Word) {
                let end = next_break.peek().map_or(run.range.end, |&next| next.min(run.range.end));
                let letters = letters(&flow.text, at..end.min(start + LONGEST));
                if letters > 0 {
                    at += letters;
                    continue;
                }
            }
            while next_break.next_if(|&b| b < at).is_some() {}
            let level = levels.as_ref().and_then(|l| l.get(at).copied()).unwrap_or(Level::ltr());
            let kind = if flow.preformatted { Kind::Word } else { kind(c, &mut objects) };
            let cut = next_break.peek() == Some(&at);
            let alone = row.gaps && stands_apart(text.get(at - run.range.start..), last, c, eastern);
            last = c;
            match open {
                Some((k, l)) if k == kind && l == level && kind != Kind::Word => {}
                Some((k, l))
                    if k == kind && l == level && !cut && !alone && !(at - start >= LONGEST && apart(c)) => {}
                Some((k, l)) => {
                    row.push(flow, founts, (k, l), start..at, run.look, cut);
                    start = at;
                    open = Some((kind, level));
                }
                None => open = Some((kind, level)),
            }
            at += c.len_utf8();
        }
        if let Some((k, l)) = open {
            while next_break.next_if(|&b| b < run.range.end).is_some() {}
            let cut = next_break.peek() == Some(&run.range.end);
            row.push(flow, founts, (k, l), start..run.range.end, run.look, cut);
        }
    }
    report(&row, flow, diagnostics);
    row
}

/// How many letters of ASCII a stretch begins with.
fn letters(text: &str, range: Range<usize>) -> usize {
    let bytes = text.as_bytes().get(range).unwrap_or_default();
    bytes.iter().take_while(|byte| byte.is_ascii_alphabetic()).count()
}

/// Whether a character certainly begins what a reader sees as one.
fn apart(c: char) -> bool {
    c.is_ascii_graphic() || c.is_alphabetic() && !('\u{300}'..'\u{370}').contains(&c)
}

/// Whether a character is cut off from the one before it, as ideographs are: each is as wide as the next,
/// and none changes its neighbour's shape.
fn stands_apart(rest: Option<&str>, last: char, c: char, eastern: bool) -> bool {
    let letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    let wide = |c| gaps::is_wide(c) || eastern && gaps::is_shared(c);
    // An apostrophe is a letter's.
    let within = |c: char| c == '\u{2019}' || c.is_ascii_alphanumeric();
    let after = || rest.and_then(|rest| rest.chars().nth(1));
    let apostrophe =
        (letter(Some(last)) && c == '\u{2019}' && letter(after())) || (last == '\u{2019}' && within(c));
    (wide(last) || wide(c)) && (wide(c) || apart(c)) && !apostrophe
}

fn kind(c: char, objects: &mut usize) -> Kind {
    match c {
        ' ' => Kind::Space,
        '\u{A0}' => Kind::Tie,
        '\n' => Kind::End,
        '\u{FFFC}' => {
            *objects += 1;
            Kind::Object(*objects - 1)
        }
        _ => Kind::Word,
    }
}

/// Directions by byte; `None` when all is written from left to right.
fn levels(text: &str, rtl: bool) -> Option<Vec<Level>> {
    // What may be begins with such a byte or a higher one.
    const FIRST: u8 = 0xD6;
    let begins = |at: usize| text.get(at..).and_then(|rest| rest.chars().next());
    if !rtl && !text.bytes().enumerate().any(|(at, b)| b >= FIRST && begins(at).is_some_and(may_be_rtl)) {
        return None;
    }
    let base = if rtl { Level::rtl() } else { Level::ltr() };
    let info = ParagraphBidiInfo::new(text, Some(base));
    (rtl || info.has_rtl()).then(|| info.reordered_levels(0..text.len()))
}

/// Whether a character can make text run from right to left: those that are written so, and the marks
/// that say it of others (UAX #9; its tables leave these blocks to such scripts). All of a novel would
/// be looked up in the tables for its dashes and quotation marks otherwise.
fn may_be_rtl(c: char) -> bool {
    matches!(c,
        '\u{590}'..='\u{8FF}' | '\u{200F}' | '\u{202B}' | '\u{202E}' | '\u{2067}' | '\u{FB1D}'..='\u{FDFF}'
        | '\u{FE70}'..='\u{FEFF}' | '\u{10800}'..='\u{10FFF}' | '\u{1E800}'..='\u{1EFFF}')
}

impl Row {
    fn push(
        &mut self,
        flow: &Flow,
        founts: &Founts,
        (kind, level): (Kind, Level),
        range: Range<usize>,
        look: usize,
        cut: bool,
    ) {
        let Some(style) = flow.looks.get(look) else { return };
        let opens = cut
            && range.end < flow.text.len()
            && flow.glued.binary_search(&range.end).is_err()
            && !begins_option(&flow.text, range.end);
        let (shaped, width) = match kind {
            Kind::Word => {
                let fount = self.fount(flow, founts, look, level.is_rtl());
                let word = flow.text.get(range.clone()).unwrap_or_default();
                let shaped = if level.is_rtl() {
                    fount.word_between(word, joined(&flow.text, &range))
                } else {
                    fount.word(word)
                };
                let width = at_size(shaped.width, style.size);
                (shaped, width)
            }
            Kind::Space | Kind::Tie => {
                let shaped = self.fount(flow, founts, look, false).space();
                let width = at_size(shaped.width, style.size);
                (shaped, width)
            }
            Kind::Object(at) => {
                (Arc::default(), flow.objects.get(at).map_or(Length::ZERO, |object| object.width))
            }
            Kind::End => (Arc::default(), Length::ZERO),
        };
        let part = kind == Kind::Word && range.end - range.start >= LONGEST;
        let part =
            part || (self.pieces.last().is_some_and(|last| last.part && !last.opens) && kind == Kind::Word);
        if self.gaps {
            self.set_gap(flow, (kind, &range), style, &shaped);
        }
        let (gap, kept) = (Gap::None, false);
        let first = || flow.text.get(range.start..).and_then(|rest| rest.chars().next());
        let stiff = self.gaps && kind == Kind::Word && first().is_some_and(gaps::is_wide);
        self.pieces.push(Piece { kind, range, look, level, shaped, width, opens, part, gap, kept, stiff });
    }

    /// Sets what stands between the last piece and the next, which is this.
    fn set_gap(&mut self, flow: &Flow, (kind, range): (Kind, &Range<usize>), look: &Look, shaped: &Shaped) {
        if kind != Kind::Word {
            self.before = Class::Other;
            return;
        }
        // A note's number hangs over what stands between the word and the next.
        if look.superior || look.rise != Length::ZERO {
            return;
        }
        let class = |c: Option<char>| c.map_or(Class::Other, |c| gaps::class(c, shaped.halved, look));
        let text = flow.text.get(range.clone()).unwrap_or_default();
        let (first, last) = (class(text.chars().next()), class(text.chars().next_back()));
        if let Some(piece) = self.pieces.last_mut().filter(|piece| piece.kind == Kind::Word) {
            piece.gap = gaps::between(self.before, first, piece.opens);
            piece.kept = !piece.opens && (first != Class::Other || self.before != Class::Other);
        }
        self.before = last;
    }

    /// The fount of a look.
    pub(super) fn fount(&self, flow: &Flow, founts: &Founts, look: usize, rtl: bool) -> &Fount {
        let [ltr, other] = self.founts.get(look).unwrap_or(&self.lost);
        let slot = if rtl { other } else { ltr };
        slot.get_or_init(|| founts.fount(&key(flow, flow.looks.get(look), rtl)))
    }
}

/// Whether the hyphens before a place begin the word after it, as in `--release` and `-v`. Rule LB20a of Unicode
/// Standard Annex #14 says so of one hyphen; of two every manual page does.
pub(super) fn begins_option(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or_default();
    let word = before.trim_end_matches('-');
    word.len() < before.len()
        && word.chars().next_back().is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '[' | '\u{FFFC}'))
        && text.get(at..).and_then(|after| after.chars().next()).is_some_and(char::is_alphanumeric)
}

/// The letters right before and after a stretch that its own may join, as Arabic's do: a word in two looks
/// is still one word.
fn joined<'t>(text: &'t str, range: &Range<usize>) -> (&'t str, &'t str) {
    // As many as a shaper looks at: marks stand between letters.
    const MOST: usize = 4;
    let joins = |c: &char| matches!(c, '\u{600}'..='\u{8FF}' | '\u{200D}' | '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}');
    let before = text.get(..range.start).unwrap_or_default();
    let after = text.get(range.end..).unwrap_or_default();
    let len = before.chars().rev().take(MOST).take_while(joins).map(char::len_utf8).sum::<usize>();
    let to = after.chars().take(MOST).take_while(joins).map(char::len_utf8).sum::<usize>();
    (before.get(before.len() - len..).unwrap_or_default(), after.get(..to).unwrap_or_default())
}

/// What a look's fount is.
pub(super) fn key(flow: &Flow, look: Option<&Look>, rtl: bool) -> FountKey {
    let language = look.and_then(|look| flow.languages.get(look.language));
    let language = language.map_or_else(String::new, |language| language.tag().to_owned());
    match look {
        Some(look) => FountKey {
            variant: look.variant,
            small_caps: look.small_caps,
            superior: look.superior,
            code: look.code,
            rtl,
            language,
        },
        None => FountKey {
            variant: crate::fonts::Variant::TEXT,
            small_caps: false,
            superior: false,
            code: false,
            rtl,
            language,
        },
    }
}

/// Tells of the characters that no face has, once for a leaf, where the first one stands.
fn report(row: &Row, flow: &Flow, diagnostics: &mut Diagnostics) {
    let mut missing: BTreeSet<&str> = BTreeSet::new();
    let mut first: Option<&Look> = None;
    for piece in row.pieces.iter().filter(|piece| !piece.shaped.missing.is_empty()) {
        let word = flow.text.get(piece.range.clone()).unwrap_or_default();
        for &(start, end) in &piece.shaped.missing {
            missing.extend(word.get(start as usize..end as usize));
        }
        first = first.or_else(|| flow.looks.get(piece.look));
    }
    if let Some(look) = first {
        diagnostics.push(missing_glyphs(look.span, &missing));
    }
}

/// What is said of characters that no face has.
pub(super) fn missing_glyphs(span: crate::span::Span, missing: &BTreeSet<&str>) -> Diagnostic {
    const NAMED: usize = 4;
    let named: Vec<String> = missing.iter().take(NAMED).map(|cluster| name(cluster)).collect();
    let more = missing.len().saturating_sub(NAMED);
    let and = if more > 0 { format!(" and {more} more characters") } else { String::new() };
    let message = format!("no font has {}{and}: a mark stands in the PDF instead", named.join(", "));
    Diagnostic::new(Code::MissingGlyph, span, message).hint(
        "name a font file that has the script under `fonts` in the settings; the other editions are whole",
    )
}

fn name(cluster: &str) -> String {
    let points: Vec<String> = cluster.chars().map(|c| format!("U+{:04X}", u32::from(c))).collect();
    format!("\u{201C}{cluster}\u{201D} ({})", points.join(" "))
}
