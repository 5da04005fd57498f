//! What is told of a file: a row for each rule.
//!
//! Enters: figures and pages from the rules. Leaves: a [`Report`]. Promise: every rule has a row; one
//! that could not be measured says why, and counts neither for nor against the file.

use super::pages::Page;

/// How a rule stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// The figure to reach is reached.
    Holds,
    /// It isn't.
    Broken,
    /// It could not be measured in this file.
    Unmeasured,
}

/// A page where a rule is broken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spot {
    /// Its number in the file, from 1.
    pub page: usize,
    /// Its label: the folio that is or would be printed.
    pub label: String,
}

/// A rule, measured.
#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    /// From 1 to 20.
    pub number: u8,
    /// Its name.
    pub name: &'static str,
    /// The figure to reach.
    pub goal: &'static str,
    /// The figure measured.
    pub measured: String,
    /// The same for programs: names and values.
    pub figures: Vec<(&'static str, f64)>,
    /// How it stands.
    pub verdict: Verdict,
    /// Where it is broken, from the first page.
    pub spots: Vec<Spot>,
    /// What could not be measured, or was left out.
    pub notes: Vec<String>,
}

/// What a file's typography is.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// How many pages it has.
    pub pages: usize,
    /// Whether it has tags, by which paragraphs, headings and notes are told apart.
    pub tagged: bool,
    /// All twenty, in order.
    pub rules: Vec<Rule>,
}

impl Report {
    /// Whether no rule that was measured is broken.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.rules.iter().all(|rule| rule.verdict != Verdict::Broken)
    }
}

/// Name of each rule, and the figure to reach.
const RULES: [(&str, &str); 20] = [
    ("measure", "58–72 characters, median"),
    ("size and leading", "10–12 pt, 120–145 %"),
    ("widows", "0"),
    ("orphans", "0"),
    ("facing pages", "end equally on every spread"),
    ("runts", "<= 0.1 % of paragraphs"),
    ("hyphen ladders", "<= 2 lines"),
    ("hyphen over a page turn", "0 recto to verso; <= 1 per 200 pages"),
    ("hyphen fragments", ">= 2 letters before, >= 3 after"),
    ("word spaces", "median 0.22–0.28 em; p99 <= 0.42; > 0.6 em in <= 0.1 % of lines"),
    ("overfull", "0"),
    ("indents", "all flush or set in alike, no extra gap"),
    ("headings", "two lines under each"),
    ("register", ">= 98 % within 0.25 pt"),
    ("openings", "on recto or new page, no head, no folio; blanks blank"),
    ("running heads", "all name a section on the page"),
    ("folios", "printed = label = contents; odd is recto"),
    ("footnotes", "all begin on the page of their call"),
    ("last page of a chapter", ">= 5 lines on >= 98 %"),
    ("rivers, stacks", "0"),
];

impl Rule {
    fn row(number: u8, measured: String, verdict: Verdict) -> Rule {
        let row = usize::from(number).checked_sub(1).and_then(|at| RULES.get(at));
        let (name, goal) = row.copied().unwrap_or_default();
        let (figures, spots, notes) = (Vec::new(), Vec::new(), Vec::new());
        Rule { number, name, goal, measured, figures, verdict, spots, notes }
    }

    /// A rule that was measured.
    pub(super) fn new(number: u8, measured: String, holds: bool) -> Rule {
        Rule::row(number, measured, if holds { Verdict::Holds } else { Verdict::Broken })
    }

    /// A rule that could not be measured, and why.
    pub(super) fn unmeasured(number: u8, why: &str) -> Rule {
        Rule::row(number, "not measured".to_owned(), Verdict::Unmeasured).note(why)
    }

    /// The same figures for programs.
    pub(super) fn figure(mut self, name: &'static str, value: f64) -> Rule {
        self.figures.push((name, value));
        self
    }

    /// Where it is broken.
    pub(super) fn at(mut self, pages: &[Page], places: impl IntoIterator<Item = usize>) -> Rule {
        let mut places: Vec<usize> = places.into_iter().collect();
        places.sort_unstable();
        places.dedup();
        let spot = |at: usize| Some(Spot { page: at + 1, label: pages.get(at)?.label.clone() });
        self.spots = places.into_iter().filter_map(spot).collect();
        self
    }

    /// What a reader of the report should know.
    pub(super) fn note(mut self, note: impl Into<String>) -> Rule {
        self.notes.push(note.into());
        self
    }
}
