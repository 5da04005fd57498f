//! Why the lines of a leaf end where they do.
//!
//! Enters: a [`Paragraph`], as for setting. Leaves: for each way it can be set in, the best first, what
//! every line is charged for. Promise: the charges are those that the search added up, made by the same
//! function; nothing of it is kept while a book is set, so it is worked out anew when somebody asks.

use super::candidates::{ANYWHERE, Candidate};
use super::choose::bills;
use super::collect::Flow;
use super::pieces::Row;
use super::{Paragraph, References, Setter, collect, goal, pieces};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::measure::Length;

/// What a line is charged for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Spaces and letters wider or narrower than they like to be.
    Spaces,
    /// The place where it ends: a divided word, a dash, a sign of an address.
    Break,
    /// A tight line beside a loose one.
    Uneven,
    /// Hyphens in a row.
    Ladder,
    /// A hyphen in the last line but one.
    LastHyphen,
    /// A last line that is hardly one.
    Stump,
    /// A last line of a few characters.
    Runt,
    /// It fits in no way, and is made narrower.
    Overfull,
}

impl Fault {
    /// In an author's words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Fault::Spaces => "spaces",
            Fault::Break => "a divided word or a poor place to end",
            Fault::Uneven => "tight beside loose",
            Fault::Ladder => "hyphens in a row",
            Fault::LastHyphen => "a hyphen before the last line",
            Fault::Stump => "a last line that is hardly one",
            Fault::Runt => "a last line of a few characters",
            Fault::Overfull => "too wide",
        }
    }
}

/// All that can be said of a leaf.
#[derive(Debug, Clone, Default)]
pub struct Told {
    /// The best way, then the others in the order of [`Flexible::ways`](super::Flexible::ways).
    pub ways: Vec<WayTold>,
}

/// A way to set a leaf.
#[derive(Debug, Clone)]
pub struct WayTold {
    /// What the search found its lines to cost (*The TeXbook*, chapter 14).
    pub demerits: f64,
    /// Demerits of its rivers and stacks, which no line has by itself; the best way's are mended.
    pub flaws: f64,
    /// How many demerits it has more than the best way, its flaws counted; none when it has fewer.
    pub more: f64,
    /// Its lines.
    pub lines: Vec<LineTold>,
}

/// A line.
#[derive(Debug, Clone)]
pub struct LineTold {
    /// How far it had to stretch (from 0 up) or shrink (down to -1), in parts of what its spaces and
    /// letters like to.
    pub ratio: f64,
    /// What it is charged for, in demerits; nothing twice but [`Fault::Ladder`].
    pub bill: Vec<(Fault, f64)>,
}

impl LineTold {
    /// The sum of its bill.
    #[must_use]
    pub fn demerits(&self) -> f64 {
        self.bill.iter().fold(0.0, |sum, (_, price)| sum + price)
    }
}

/// Letters of a long word that are quoted.
const QUOTED: usize = 24;

/// What is said of the first word that is divided where nothing allows it. Words of Aldine's
/// own have no place to be told of.
pub(super) fn long_word(flow: &Flow, row: &Row, ends: &[Candidate]) -> Option<Diagnostic> {
    let at = ends.iter().find(|end| end.within && end.price >= ANYWHERE)?.end;
    let piece = row.pieces.iter().find(|piece| piece.range.contains(&at))?;
    let span = Some(flow.looks.get(piece.look)?.span).filter(|span| !span.is_none())?;
    let word = flow.text.get(piece.range.clone())?;
    let more = if word.chars().count() > QUOTED { "…" } else { "" };
    let word: String = word.chars().take(QUOTED).collect();
    let message = format!("“{word}{more}” is longer than a line, and is divided anywhere");
    let hint = "put soft hyphens (U+00AD) where it may be divided, or a space";
    Some(Diagnostic::new(Code::LongWord, span, message).hint(hint))
}

impl Setter {
    /// Says why the lines of a leaf end where they do.
    #[must_use]
    pub fn tell(&self, paragraph: &Paragraph<'_>, references: &dyn References) -> Told {
        // Whoever sets the leaf has told of its mistakes.
        let mut unheard = Diagnostics::new();
        let flow = collect(paragraph, references, &self.founts.fonts);
        if let Some(initial) = paragraph.initial
            && let Some((_, best, goal)) = self.with_initial(paragraph, initial, flow.clone(), &mut unheard)
        {
            let lines = bills(&best.ends, goal);
            return Told { ways: vec![WayTold { demerits: best.demerits, flaws: 0.0, more: 0.0, lines }] };
        }
        if flow.text.is_empty() {
            return Told::default();
        }
        let row = pieces(&flow, &self.founts, paragraph.language.is_rtl(), &mut unheard);
        let beside = (0, Length::ZERO);
        let best = self.lines(paragraph, &flow, &row, beside);
        let goal = goal(paragraph, beside);
        let lines = bills(&best.ends, goal);
        let mut ways = vec![WayTold { demerits: best.demerits, flaws: 0.0, more: 0.0, lines }];
        let others = Self::others(paragraph, &flow, &best).into_iter();
        ways.extend(others.map(|way| WayTold {
            demerits: way.demerits,
            flaws: way.flaws,
            more: way.more,
            lines: bills(&way.ends, goal),
        }));
        Told { ways }
    }
}
