//! Where lines may end, with sums up to there.
//!
//! Enters: a [`Row`]. Leaves: [`Candidate`]s in reading order, the first at the leaf's beginning, the
//! last at its end. Promise: the natural width of any line is a difference of two sums, so the
//! search never measures (Knuth and Plass, *Breaking Paragraphs into Lines*, 1981). Widths within
//! a word are shares of its shape; `place` measures the lines that were chosen anew.

use super::collect::{Flow, Look};
use super::gaps::Gap;
use super::pieces::{Kind, Piece, Row, begins_option};
use super::protrude;
use super::shape::Founts;
use super::shaped::{Shaped, at_size};
use super::ties::{Custom, ties, too_long};
use crate::measure::Length;
use crate::model::Language;
use icu_segmenter::GraphemeClusterSegmenter;
use std::ops::AddAssign;

/// Price of a hyphen that isn't the author's.
const HYPHEN: f64 = 110.0;
/// Price of a hyphen in a name: a word with a capital in the midst of a sentence.
const IN_NAME: f64 = 250.0;
/// Price of a second hyphen in a word that has one.
const IN_COMPOUND: f64 = 300.0;
/// Price of ending after a hyphen of the author's.
const AFTER_HYPHEN: f64 = 30.0;
/// Price of a dash at the beginning of a line.
const BEFORE_DASH: f64 = 200.0;
/// Price of dividing an address after a sign.
const AFTER_SIGN: f64 = 120.0;
/// Price of dividing code after a sign: the reader may take it for its own.
const IN_CODE: f64 = 300.0;
/// Price of ending within a Korean word, which has spaces beside it to end at.
const WITHIN_HANGUL: f64 = 30.0;
/// Price of ending at a space that ties its neighbours: only where there is no other way.
pub(super) const TIED: f64 = 30_000.0;
/// Price of dividing what nothing allows to divide.
pub(super) const ANYWHERE: f64 = 5_000.0;
/// The same at a space in it.
const AT_TIE: f64 = ANYWHERE / 2.0;

/// A last line of fewer characters is a runt.
const RUNT: usize = 5;

/// How much is divided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Effort {
    /// Words with hyphens; addresses and code at their signs.
    Hyphens,
    /// Words too long for a line anywhere, too.
    Anywhere,
}

/// What lies before a place, in widths.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Sums {
    pub(super) width: Length,
    /// Of it, letters and signs: what expansion works on.
    pub(super) letters: Length,
    pub(super) stretch: Length,
    pub(super) shrink: Length,
}

impl AddAssign for Sums {
    fn add_assign(&mut self, other: Sums) {
        self.width += other.width;
        self.letters += other.letters;
        self.stretch += other.stretch;
        self.shrink += other.shrink;
    }
}

/// A place where a line may end and the next begin.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    /// Where the line ends in the text, spaces left out.
    pub(super) end: usize,
    /// Where the next begins.
    pub(super) next: usize,
    /// Up to the line's end, with the hyphen.
    pub(super) before: Sums,
    /// Up to the next one's beginning.
    pub(super) after: Sums,
    /// Hanging out at the line's end, and at the next one's beginning.
    pub(super) hangs: (Length, Length),
    pub(super) price: f64,
    /// It divides a word, an address or code.
    pub(super) within: bool,
    /// A hyphen is drawn.
    pub(super) hyphen: bool,
    /// The line ends in a hyphen, drawn or the author's.
    pub(super) carries: bool,
    /// The line must end here.
    pub(super) forced: bool,
    /// Only a runt of the leaf is left after it.
    pub(super) runt: bool,
}

/// How a space of this width may stretch and shrink: half of it and a third, as in Knuth's fonts.
pub(super) fn give(width: Length, look: &Look) -> (Length, Length) {
    if look.code { (Length::ZERO, Length::ZERO) } else { (width / 2, width / 3) }
}

struct Maker<'a> {
    flow: &'a Flow,
    founts: &'a Founts,
    hyphenate: bool,
    effort: Effort,
    measure: Length,
    sums: Sums,
    /// The end of the last thing that is no space.
    solid: (usize, Sums),
    /// What its languages tie.
    customs: Vec<Custom>,
    /// The width up to where a line could begin last.
    opened: Length,
    found: Vec<Candidate>,
}

/// All places where lines may end, added to `found`, which is empty.
pub(super) fn candidates(
    row: &Row,
    flow: &Flow,
    founts: &Founts,
    (hyphenate, effort, measure): (bool, Effort, Length),
    found: Vec<Candidate>,
) -> Vec<Candidate> {
    let solid = (row.start, Sums::default());
    let sums = Sums::default();
    let (opened, customs) = (Length::ZERO, flow.languages.iter().map(Custom::of).collect());
    let mut maker = Maker { flow, founts, hyphenate, effort, measure, sums, solid, customs, opened, found };
    maker.at(row.start, 0.0, false);
    let too_long = if effort == Effort::Anywhere { too_long(row, measure) } else { Vec::new() };
    for (at, piece) in row.pieces.iter().enumerate() {
        maker.piece(row, piece);
        if too_long.get(at) == Some(&true) {
            maker.anyway(piece);
        }
    }
    let ended = maker.found.last().is_some_and(|last| last.forced && last.next == flow.text.len());
    if !ended {
        maker.at(flow.text.len(), 0.0, true);
    }
    maker.hangs(row);
    maker.runts();
    maker.found
}

impl Maker<'_> {
    fn at(&mut self, next: usize, price: f64, forced: bool) {
        let (end, before) = self.solid;
        let after = self.sums;
        let carries = self.flow.hyphen_before(end);
        let hangs = (Length::ZERO, Length::ZERO);
        self.found.push(Candidate {
            end,
            next,
            before,
            after,
            hangs,
            price,
            within: false,
            hyphen: false,
            carries,
            forced,
            runt: false,
        });
    }

    fn piece(&mut self, row: &Row, piece: &Piece) {
        let Some(look) = self.flow.looks.get(piece.look) else { return };
        match piece.kind {
            Kind::Word => {
                self.within(row, piece, look);
                let letters = if piece.stiff { Length::ZERO } else { piece.width };
                self.sums += Sums { width: piece.width, letters, ..Sums::default() };
                self.solid = (piece.range.end, self.sums);
                if piece.gap != Gap::None {
                    let (width, stretch, shrink) = piece.gap.measures(look.size);
                    self.sums += Sums { width, letters: Length::ZERO, stretch, shrink };
                }
            }
            Kind::Object(_) => {
                self.sums += Sums { width: piece.width, ..Sums::default() };
                self.solid = (piece.range.end, self.sums);
            }
            Kind::Space | Kind::Tie => {
                let (stretch, shrink) = give(piece.width, look);
                self.sums += Sums { width: piece.width, letters: Length::ZERO, stretch, shrink };
                if piece.kind == Kind::Tie {
                    self.solid = (piece.range.end, self.sums);
                }
            }
            Kind::End => {
                self.at(piece.range.end, 0.0, true);
                self.solid = (piece.range.end, self.sums);
                return;
            }
        }
        if piece.opens {
            let price = self.price(piece, look);
            self.at(piece.range.end, price, false);
            self.opened = self.sums.width;
        } else if piece.kept && self.effort == Effort::Anywhere {
            // A row of signs that must not begin a line, longer than a line.
            let long = self.sums.width - self.opened > self.measure / 2;
            if long && self.flow.glued.binary_search(&piece.range.end).is_err() {
                self.at(piece.range.end, ANYWHERE, false);
            }
        }
    }

    /// A place at the end of a piece that the next is tied to.
    fn anyway(&mut self, piece: &Piece) {
        let end = piece.range.end;
        let taken = self.found.last().is_some_and(|last| last.next >= end);
        if !taken && end < self.flow.text.len() && self.flow.glued.binary_search(&end).is_err() {
            let price = if matches!(piece.kind, Kind::Tie | Kind::Space) { AT_TIE } else { ANYWHERE };
            self.at(end, price, false);
        }
    }

    fn price(&self, piece: &Piece, look: &Look) -> f64 {
        let text = &self.flow.text;
        let custom = self.customs.get(look.language).copied().unwrap_or_default();
        if piece.kind == Kind::Space
            && !look.code
            && ties(text, &piece.range, custom, |at| self.flow.is_code(at))
        {
            return TIED;
        }
        let next = text.get(piece.range.end..).and_then(|rest| rest.chars().next());
        let last = text.get(piece.range.clone()).and_then(|word| word.chars().next_back());
        match (piece.kind, last, next) {
            (Kind::Space, _, Some('\u{2014}' | '\u{2013}')) => BEFORE_DASH / 2.0,
            (Kind::Space | Kind::Tie | Kind::End | Kind::Object(_), _, _) => 0.0,
            (Kind::Word, Some('-' | '\u{2010}'), _) => AFTER_HYPHEN,
            (Kind::Word, _, Some('\u{2014}' | '\u{2013}')) => BEFORE_DASH,
            (Kind::Word, Some('\u{AC00}'..='\u{D7A3}'), Some('\u{AC00}'..='\u{D7A3}')) => WITHIN_HANGUL,
            (Kind::Word, _, _) => 0.0,
        }
    }

    /// Places within a word.
    fn within(&mut self, row: &Row, piece: &Piece, look: &Look) {
        let word = self.flow.text.get(piece.range.clone()).unwrap_or_default();
        let widths =
            |cuts: Vec<usize>| if cuts.is_empty() { Vec::new() } else { Widths::new(&piece.shaped).of(cuts) };
        if look.code || is_address(word) {
            let price = if look.code { IN_CODE } else { AFTER_SIGN };
            self.cuts(row, piece, look, &widths(signs(word)), (price, false));
        } else {
            let soft = soft(self.flow, piece);
            let language = self.flow.languages.get(look.language);
            match language.filter(|_| self.hyphenate && soft.is_empty()) {
                Some(language) => {
                    let cuts = piece.shaped.hyphens(|| widths(self.founts.hyphens.find(word, language)));
                    let price = if cuts.is_empty() { HYPHEN } else { self.hyphen(piece, word, language) };
                    self.cuts(row, piece, look, cuts, (price, true));
                }
                None if soft.is_empty() => {}
                None => self.cuts(row, piece, look, &widths(soft), (HYPHEN, true)),
            }
        }
        if self.effort == Effort::Anywhere && (piece.width > self.measure || piece.part) {
            let ends: Vec<usize> = GraphemeClusterSegmenter::new().segment_str(word).collect();
            self.cuts(row, piece, look, &widths(ends), (ANYWHERE, false));
        }
    }

    /// What a hyphen in a word costs.
    fn hyphen(&self, piece: &Piece, word: &str, language: &Language) -> f64 {
        if self.flow.hyphen_before(piece.range.start) || self.flow.hyphen_before(piece.range.end) {
            return IN_COMPOUND;
        }
        let before = self.flow.text.get(..piece.range.start).unwrap_or_default();
        // Languages whose every noun has a capital are no worse off than others.
        let nouns = || matches!(language.primary().as_str(), "de" | "lb");
        let capital = word.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase);
        let within = before.trim_end().ends_with(|c: char| c.is_alphanumeric() || matches!(c, ',' | ';'));
        if capital && within && !nouns() { IN_NAME } else { HYPHEN }
    }

    /// Adds places within a word, each with the width before it in parts of an em.
    fn cuts(
        &mut self,
        row: &Row,
        piece: &Piece,
        look: &Look,
        cuts: &[(u32, i32)],
        (price, hyphen): (f64, bool),
    ) {
        if cuts.is_empty() {
            return;
        }
        let extra = if hyphen {
            let fount = row.fount(self.flow, self.founts, piece.look, piece.level.is_rtl());
            at_size(fount.hyphen().width, look.size)
        } else {
            Length::ZERO
        };
        let len = piece.range.end - piece.range.start;
        let mut last = self.found.last().map_or(0, |c| c.next);
        for (cut, width) in cuts.iter().map(|&(cut, width)| (cut as usize, width)) {
            let at = piece.range.start + cut;
            if cut == 0 || cut >= len || at <= last || self.flow.glued.binary_search(&at).is_ok() {
                continue;
            }
            last = at;
            let width = at_size(width, look.size);
            let mut after = self.sums;
            after += Sums { width, letters: width, ..Sums::default() };
            let mut before = after;
            before += Sums { width: extra, letters: extra, ..Sums::default() };
            let hangs = (Length::ZERO, Length::ZERO);
            self.found.push(Candidate {
                end: at,
                next: at,
                before,
                after,
                hangs,
                price,
                within: true,
                hyphen,
                carries: hyphen || self.flow.hyphen_before(at),
                forced: false,
                runt: false,
            });
        }
    }

    /// Tells the candidates after which too little is left for a line.
    fn runts(&mut self) {
        for candidate in self.found.iter_mut().rev() {
            let rest = self.flow.text.get(candidate.next..).unwrap_or_default();
            let left = rest.trim_end().chars().take(RUNT).count();
            if left == RUNT {
                break;
            }
            candidate.runt = left > 0;
        }
    }

    /// How far signs hang out beside each candidate.
    fn hangs(&mut self, row: &Row) {
        let mut index = 0;
        for candidate in &mut self.found {
            while row.pieces.get(index).is_some_and(|piece| piece.range.end < candidate.end) {
                index += 1;
            }
            let ends = row.pieces.get(index).filter(|piece| piece.kind == Kind::Word);
            if let Some((piece, look)) = ends.and_then(|p| Some((p, self.flow.looks.get(p.look)?))) {
                candidate.hangs.0 = if candidate.hyphen {
                    hang(at_size(i32::try_from(HYPHEN_WIDTH).unwrap_or(0), look.size), protrude::at_end('-'))
                } else {
                    end_hang(self.flow, piece, look, candidate.end)
                };
            }
            let mut begins = index;
            while row.pieces.get(begins).is_some_and(|piece| piece.range.end <= candidate.next) {
                begins += 1;
            }
            let piece = row.pieces.get(begins).filter(|piece| piece.kind == Kind::Word);
            if let Some((piece, look)) = piece.and_then(|p| Some((p, self.flow.looks.get(p.look)?))) {
                candidate.hangs.1 = start_hang(self.flow, piece, look, candidate.next);
            }
        }
    }
}

/// About a third of an em, in 1/65,536: for how far a hyphen hangs out no more is needed.
const HYPHEN_WIDTH: i64 = 65_536 / 3;

fn hang(width: Length, share: i64) -> Length {
    Length::sp(width.to_sp() * share / 1000)
}

/// How far the last sign of a line that ends at `end` within `piece` hangs out.
pub(super) fn end_hang(flow: &Flow, piece: &Piece, look: &Look, end: usize) -> Length {
    let c = flow.text.get(piece.range.start..end).and_then(|text| text.chars().next_back());
    let share = c.map_or(0, protrude::at_end);
    let at = u32::try_from(end.saturating_sub(piece.range.start)).unwrap_or(0);
    let within = || piece.shaped.glyphs.iter().find(|g| g.end == at).map_or(0, |g| g.advance);
    let width = || if end == piece.range.end { piece.shaped.edges.1 } else { within() };
    if share == 0 || look.code { Length::ZERO } else { hang(at_size(width(), look.size), share) }
}

/// How far the first sign of a line that begins at `start` within `piece` hangs out.
pub(super) fn start_hang(flow: &Flow, piece: &Piece, look: &Look, start: usize) -> Length {
    let c = flow.text.get(start..piece.range.end).and_then(|text| text.chars().next());
    let share = c.map_or(0, protrude::at_start);
    let at = u32::try_from(start.saturating_sub(piece.range.start)).unwrap_or(0);
    let within = || piece.shaped.glyphs.iter().find(|g| g.start == at).map_or(0, |g| g.advance);
    let width = || if start == piece.range.start { piece.shaped.edges.0 } else { within() };
    if share == 0 || look.code { Length::ZERO } else { hang(at_size(width(), look.size), share) }
}

/// Widths of a word's beginnings, for many cuts in one word.
struct Widths {
    /// Where clusters begin, with the width before them, in reading order.
    sums: Vec<(u32, i64)>,
}

impl Widths {
    fn new(shaped: &Shaped) -> Self {
        let mut glyphs: Vec<(u32, u32, i64)> =
            shaped.glyphs.iter().map(|g| (g.start, g.end, i64::from(g.advance))).collect();
        glyphs.sort_by_key(|g| g.0);
        let mut sums: Vec<(u32, i64)> = Vec::with_capacity(glyphs.len() + 1);
        sums.push((0, 0));
        let mut sum = 0;
        for (_, end, advance) in glyphs {
            sum += advance;
            match sums.last_mut() {
                Some(last) if last.0 == end => last.1 = sum,
                Some(_) | None => sums.push((end, sum)),
            }
        }
        Widths { sums }
    }

    /// Each cut with the width before it.
    fn of(&self, cuts: Vec<usize>) -> Vec<(u32, i32)> {
        let whole = |cut| u32::try_from(cut).unwrap_or(u32::MAX);
        cuts.into_iter().map(|cut| (whole(cut), self.to(whole(cut)))).collect()
    }

    /// Width before a byte, its share within a cluster.
    fn to(&self, cut: u32) -> i32 {
        let after = self.sums.partition_point(|&(end, _)| end <= cut);
        let (from, width) =
            after.checked_sub(1).and_then(|at| self.sums.get(at)).copied().unwrap_or_default();
        let width = match self.sums.get(after) {
            Some(&(end, next)) => {
                width + (next - width) * i64::from(cut - from) / i64::from((end - from).max(1))
            }
            None => width,
        };
        i32::try_from(width).unwrap_or(i32::MAX)
    }
}

/// Soft hyphens of the author within a piece.
fn soft(flow: &Flow, piece: &Piece) -> Vec<usize> {
    let from = flow.soft.partition_point(|&at| at <= piece.range.start);
    let within = flow.soft.get(from..).unwrap_or_default().iter();
    within.take_while(|&&at| at < piece.range.end).map(|at| at - piece.range.start).collect()
}

/// Web and mail addresses and paths are divided at their signs, never with a hyphen.
fn is_address(word: &str) -> bool {
    // Nearly every word of a book has none of these.
    word.bytes().any(|byte| matches!(byte, b'/' | b'.' | b'@'))
        && (word.contains("://")
            || word.contains("www.")
            || word.matches('/').count() > 1
            || word.contains('@'))
}

/// Places after signs, with two characters at least on either side.
fn signs(word: &str) -> Vec<usize> {
    let mut cuts: Vec<usize> = Vec::new();
    let mut chars = word.char_indices().peekable();
    while let Some((_, c)) = chars.next() {
        let Some(&(at, next)) = chars.peek() else { break };
        let sign = matches!(
            c,
            '/' | '?'
                | '&'
                | '='
                | '.'
                | '#'
                | '_'
                | '-'
                | ':'
                | ';'
                | ','
                | '%'
                | '+'
                | '~'
                | '@'
                | '('
                | '|'
                | '>'
        );
        let again = next.is_ascii_punctuation();
        if sign && !again && !begins_option(word, at) && at > 1 && word.len() - at > 1 {
            cuts.push(at);
        }
    }
    cuts
}
