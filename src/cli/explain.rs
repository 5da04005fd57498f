//! `--explain-page`: why pages end where they do.

use crate::cli::args::Pages;
use crate::cli::report::Shown;
use crate::cli::session::Failure;
use crate::cli::snippet::clean;
use crate::layout::{
    Charge, Ended, LineExplained, Outcome, PageExplained, PageLabel, RefusedEnd, Spot, WayExplained, WayKind,
};
use crate::measure::Length;
use crate::span::Span;
use serde_json::{Value, json};
use std::cell::RefCell;

/// The pages asked for, to be found among those of the book once it has pages.
pub(super) struct Asked<'a> {
    pages: &'a [Pages],
    /// Why one was not found.
    lost: RefCell<Option<String>>,
}

impl<'a> Asked<'a> {
    pub(super) fn new(pages: &'a [Pages]) -> Self {
        Asked { pages, lost: RefCell::new(None) }
    }

    /// Their numbers from 0, in the order of the book.
    pub(super) fn pick(&self, labels: &[PageLabel]) -> Vec<usize> {
        let names: Vec<String> = labels.iter().map(ToString::to_string).collect();
        let find = |label: &str| {
            // 041 is 41.
            let label = if label.starts_with('0') { label.trim_start_matches('0') } else { label };
            let found = names.iter().position(|name| name == label);
            if found.is_none() {
                let lost = format!("the book has no page `{label}`: {}", range(labels));
                self.lost.borrow_mut().get_or_insert(lost);
            }
            found
        };
        let mut found: Vec<usize> = Vec::new();
        for Pages { first, last } in self.pages {
            let (Some(from), Some(to)) = (find(first), find(last)) else { continue };
            if from > to {
                self.lost.borrow_mut().get_or_insert(format!("page `{first}` comes after page `{last}`"));
            }
            found.extend(from..=to);
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    /// A page that the book hasn't is wrong usage.
    pub(super) fn all_found(&self) -> Result<(), Failure> {
        self.lost.take().map_or(Ok(()), |lost| Err(Failure::usage(lost)))
    }
}

/// "its pages are i to viii and 1 to 312".
fn range(labels: &[PageLabel]) -> String {
    let series = |roman: bool| {
        let mut within = labels.iter().filter(|label| label.roman == roman);
        let first = within.next()?;
        Some(match within.next_back() {
            Some(last) => format!("{first} to {last}"),
            None => first.to_string(),
        })
    };
    match (series(true), series(false)) {
        (Some(roman), Some(arabic)) => format!("its pages are {roman} and {arabic}"),
        (Some(one), None) | (None, Some(one)) => format!("its pages are {one}"),
        (None, None) => "it has no pages".to_owned(),
    }
}

/// For people, one page after the other.
pub(super) fn text(pages: &[PageExplained], shown: &Shown<'_>) -> String {
    let place = |span: Span| shown.line(span).map(|(file, line)| format!("{file}:{line}"));
    let texts: Vec<String> = pages.iter().map(|page| page.text(&place)).collect();
    texts.join("\n").lines().map(|line| clean(line) + "\n").collect()
}

/// For programs.
pub(super) fn document(pages: &[PageExplained], shown: &Shown<'_>) -> Value {
    pages.iter().map(|page| one(page, shown)).collect()
}

fn one(page: &PageExplained, shown: &Shown<'_>) -> Value {
    let ended = page.ended.map(|ended| match ended {
        Ended::Chosen => "chosen",
        Ended::Asked => "page-break",
        Ended::Chapter => "chapter",
        Ended::Notes => "notes",
    });
    json!({
        "page": page.label.to_string(),
        "sheet": page.page + 1,
        "depth": page.depth,
        "ended": ended,
        "last": page.last.as_ref().map(|last| spot(last, shown)),
        "bill": bill(&page.bill),
        "price": page.price(),
        "chapter": page.chapter,
        "ways": page.ways.iter().map(|taken| way(taken, shown)).collect::<Value>(),
        "refused": page.refused.iter().map(|end| refused(end, shown)).collect::<Value>(),
        "lines": page.lines.iter().map(line).collect::<Value>(),
    })
}

fn spot(spot: &Spot, shown: &Shown<'_>) -> Value {
    let (file, at) = shown.line(spot.span).unzip();
    json!({ "text": spot.text, "line": spot.line, "of": spot.of, "file": file, "file_line": at })
}

fn bill(bill: &[(Charge, f64)]) -> Value {
    bill.iter().map(|(charge, price)| json!({ "for": charge.words(), "price": price })).collect()
}

fn way(way: &WayExplained, shown: &Shown<'_>) -> Value {
    let (lines, space) = match way.kind {
        WayKind::Lines(more) => (more, Length::ZERO),
        WayKind::Whole => (0, Length::ZERO),
        WayKind::Space(more) => (0, more),
    };
    json!({
        "first": spot(&way.first, shown), "lines": lines, "space": space.to_pt(), "price": way.price,
        "demerits": way.demerits, "begun": way.begun,
    })
}

fn refused(end: &RefusedEnd, shown: &Shown<'_>) -> Value {
    let last = spot(&end.last, shown);
    match &end.outcome {
        Outcome::NoRoom => json!({ "by": end.by, "last": last, "why": "no-room" }),
        Outcome::NoDepth => json!({ "by": end.by, "last": last, "why": "facing-page" }),
        Outcome::Priced { depth, bill: charged, more } => json!({
            "by": end.by, "last": last, "why": "price", "depth": depth, "bill": bill(charged), "more": more,
        }),
    }
}

fn line(line: &LineExplained) -> Value {
    let told = line.told.as_ref();
    let faults = told.map(|told| {
        let bill = told.bill.iter().map(|(fault, price)| json!({ "for": fault.words(), "price": price }));
        bill.collect::<Value>()
    });
    json!({
        "baseline": line.baseline.to_pt(), "text": line.text, "note": line.note,
        "width": line.fit.width.to_pt(), "spaces": line.fit.spaces, "letters": line.fit.letters,
        "ratio": told.map(|told| told.ratio), "demerits": told.map(|told| told.demerits()), "bill": faults,
    })
}
