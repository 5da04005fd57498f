//! An explanation as text: for an author first, the figures beside it.

use super::{LineExplained, PageExplained, RefusedEnd, Spot, WayExplained, WayKind, total};
use crate::layout::pages::{Charge, Ended, Outcome};
use crate::layout::types::PageKind;
use crate::measure::Length;
use crate::span::Span;
use std::fmt::Write as _;

/// Of a line that is spoken of, so many characters are shown.
const SHOWN: usize = 48;

impl PageExplained {
    /// In plain English; `place` names a place of the manuscript, if it is one.
    #[must_use]
    pub fn text(&self, place: &dyn Fn(Span) -> Option<String>) -> String {
        let mut out = String::new();
        let side = if self.page.is_multiple_of(2) { "right-hand" } else { "left-hand" };
        let _ = write!(out, "Page {} ({side}", self.label);
        match self.depth {
            0 => {}
            depth => {
                let _ = write!(out, ", {} than usual", longer(depth));
            }
        }
        out.push_str(")\n\n");
        self.end(&mut out, place);
        self.ways(&mut out, place);
        self.refused(&mut out);
        self.lines(&mut out);
        out
    }

    /// What ended it, and what that costs.
    fn end(&self, out: &mut String, place: &dyn Fn(Span) -> Option<String>) {
        let why = match (self.ended, self.kind) {
            (None, PageKind::Blank) => "It is blank, so that what follows begins on the right side.",
            (None, PageKind::Text | PageKind::Generated) => "Nothing can be said of it.",
            (Some(Ended::Chosen), _) => "It ends where the pages of the chapter come out best together.",
            (Some(Ended::Asked), _) => "It ends because the manuscript asks for a new page.",
            (Some(Ended::Chapter), PageKind::Generated) => "It ends with what was to be on it.",
            (Some(Ended::Chapter), _) => "It ends with its chapter.",
            (Some(Ended::Notes), _) => "It bears what was left of the chapter's notes.",
        };
        let _ = writeln!(out, "{why}");
        if let Some(last) = &self.last {
            let _ = writeln!(out, "Its last line of text is {}.", sited(last, place));
        }
        if self.ended.is_none() {
            return;
        }
        if self.bill.is_empty() {
            let _ = writeln!(out, "Nothing speaks against that end.");
        } else {
            let _ = writeln!(out, "What speaks against that end, and its price:");
            for (charge, price) in &self.bill {
                let _ = writeln!(out, "{:>11}  {}", figure(*price), words(*charge, self.last.as_ref()));
            }
        }
        let (own, chapter) = (figure(self.price()), figure(self.chapter));
        let _ = writeln!(out, "The page costs {own} in all, its chapter {chapter}.");
    }

    fn ways(&self, out: &mut String, place: &dyn Fn(Span) -> Option<String>) {
        if self.ways.is_empty() {
            return;
        }
        out.push_str("\nSet in another way than the best for the sake of pages:\n");
        for WayExplained { first, kind, price, demerits, begun } in &self.ways {
            let how = match kind {
                WayKind::Lines(more) => lines(*more, "more", "fewer"),
                WayKind::Whole => "no divided words".to_owned(),
                WayKind::Space(more) if *more > Length::ZERO => format!("{more} more space over it"),
                WayKind::Space(less) => format!("{} less space over it", less.abs()),
            };
            let _ = write!(out, "{:>11}  {how}: {}", figure(*price), sited(first, place));
            if *demerits > 0.0 {
                let _ = write!(out, "; its lines have {} demerits more", figure(*demerits));
            }
            out.push_str(if *begun { "\n" } else { "; paid on an earlier page\n" });
        }
    }

    fn refused(&self, out: &mut String) {
        if self.refused.is_empty() {
            return;
        }
        out.push_str("\nOther ends, and why not:\n");
        for RefusedEnd { by, last, outcome } in &self.refused {
            let when = lines(i64::from(*by), "later", "earlier");
            let _ = writeln!(out, "  {when}, after “{}”", short(&last.text));
            let Outcome::Priced { depth, bill, more } = outcome else {
                let why = match outcome {
                    Outcome::NoRoom => "there is no room for the line, or for its notes",
                    Outcome::NoDepth | Outcome::Priced { .. } => {
                        "the page would be longer than the one that faces it"
                    }
                };
                let _ = writeln!(out, "{:>11}  {why}", "never");
                continue;
            };
            if *depth != 0 && *depth != self.depth {
                let _ = writeln!(out, "{:>11}  with facing pages that are {} than usual", "", longer(*depth));
            }
            for (charge, price) in bill {
                let _ = writeln!(out, "{:>11}  {}", figure(*price), words(*charge, Some(last)));
            }
            let _ = writeln!(out, "{:>11}  {}", signed(*more), compared(*more, total(bill)));
        }
    }

    fn lines(&self, out: &mut String) {
        if self.lines.is_empty() {
            return;
        }
        out.push_str("\n   baseline    width  spaces  letters  demerits\n");
        for line in &self.lines {
            let LineExplained { baseline, text, note, fit, told } = line;
            let spaces = fit.spaces.map_or("–".to_owned(), |spaces| format!("{:.0} %", spaces * 100.0));
            let letters = format!("{:.1} %", fit.letters * 100.0);
            let demerits = told.as_ref().map_or("–".to_owned(), |told| figure(told.demerits()));
            let letter = if *note { 'n' } else { ' ' };
            let (baseline, width) = (baseline.to_pt(), fit.width.to_pt());
            let _ = write!(out, "{letter} {baseline:>9.2}  {width:>7.2}  {spaces:>6}  {letters:>7}  ");
            let _ = writeln!(out, "{demerits:>8}  {text}");
            let faults = told.iter().flat_map(|told| &told.bill);
            for (fault, price) in faults.filter(|_| told.as_ref().is_some_and(|told| told.bill.len() > 1)) {
                let _ = writeln!(out, "{:>49}  {}", figure(*price), fault.words());
            }
        }
    }
}

/// "a line longer".
fn longer(depth: i8) -> String {
    lines(i64::from(depth), "longer", "shorter")
}

/// "2 lines more", "a line fewer".
fn lines(count: i64, more: &str, less: &str) -> String {
    let which = if count > 0 { more } else { less };
    if count.abs() == 1 { format!("a line {which}") } else { format!("{} lines {which}", count.abs()) }
}

/// What is charged for, with what is known of the line.
fn words(charge: Charge, last: Option<&Spot>) -> String {
    match (charge, last) {
        (Charge::Alone, Some(Spot { line: 1, of: 2, .. })) => "both lines of a paragraph stand alone".into(),
        (Charge::Alone, Some(Spot { line: 1, .. })) => {
            "the first line of a paragraph stands alone at the foot".to_owned()
        }
        (Charge::Alone, Some(Spot { line, of, .. })) if line + 1 == *of => {
            "the last line of a paragraph stands alone on the next page".to_owned()
        }
        (charge, _) => charge.words(),
    }
}

/// What an end comes to beside the one that was taken.
fn compared(more: f64, own: f64) -> &'static str {
    match more {
        more if more >= 0.5 && own == 0.0 => "in all, for the sake of what would follow",
        more if more >= 0.5 => "in all, with what would follow",
        more if more > -0.5 => "in all: no better",
        _ => "in all: the search passed it over",
    }
}

fn sited(spot: &Spot, place: &dyn Fn(Span) -> Option<String>) -> String {
    let mut said = format!("“{}”", short(&spot.text));
    if spot.of > 1 {
        let _ = write!(said, ", line {} of {}", spot.line, spot.of);
    }
    if let Some(place) = place(spot.span) {
        let _ = write!(said, " ({place})");
    }
    said
}

fn short(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or_default().trim_end()),
        None => text.to_owned(),
    }
}

/// A price in whole numbers, thousands set apart.
fn figure(price: f64) -> String {
    let digits = format!("{:.0}", price.abs());
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

fn signed(price: f64) -> String {
    format!("{}{}", if price > -0.5 { '+' } else { '−' }, figure(price))
}
