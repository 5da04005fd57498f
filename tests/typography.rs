//! The typography report: each rule on a book that keeps it, and on the same book with one flaw.

#[path = "typography/book.rs"]
mod book;
#[path = "pdf/press.rs"]
mod press;
mod validators;

use aldine::proof::{Report, Rule, Verdict, typography, words_of_pdf};
use book::{Flaw, book};

fn report(flaw: Flaw) -> Report {
    typography(&book(flaw)).expect("a PDF")
}

/// Numbers of the rules that are broken.
fn broken(report: &Report) -> Vec<u8> {
    report.rules.iter().filter(|rule| rule.verdict == Verdict::Broken).map(|rule| rule.number).collect()
}

fn rule(report: &Report, number: u8) -> &Rule {
    report.rules.iter().find(|rule| rule.number == number).expect("all rules are told of")
}

fn figure(report: &Report, number: u8, name: &str) -> f64 {
    let figures = &rule(report, number).figures;
    figures.iter().find(|(one, _)| *one == name).unwrap_or_else(|| panic!("{name}: {figures:?}")).1
}

#[test]
fn every_rule_holds_in_the_good_book() {
    let report = report(Flaw::None);
    let held = |rule: &&Rule| rule.verdict == Verdict::Holds;
    let others: Vec<&Rule> = report.rules.iter().filter(|rule| !held(rule)).collect();
    assert!(others.is_empty(), "{others:#?}");
    assert_eq!(report.rules.iter().map(|rule| rule.number).collect::<Vec<_>>(), (1..=20).collect::<Vec<_>>());
    assert!(report.holds() && report.tagged);
    // What was set is what is measured.
    for (number, name, set) in [
        (1, "measure_pt", 285.0),
        (2, "size_pt", 10.0),
        (2, "leading_pt", 14.0),
        (8, "all", 1.0),
        (9, "before", 4.0),
        (10, "median_em", 0.25),
        (12, "indent_em", 1.0),
        (13, "headings", 7.0),
        (14, "on_grid_percent", 100.0),
        (15, "openings", 6.0),
        (16, "heads", 9.0),
        (17, "folios", 9.0),
        (17, "entries", 6.0),
        (18, "notes", 1.0),
        (19, "chapters", 6.0),
    ] {
        let found = figure(&report, number, name);
        assert!((found - set).abs() < 0.01, "rule {number}: {name} is {found}, {set} was set");
    }
}

/// A flaw, the rule it breaks, a page where it does, and rules that break with it.
const FLAWS: &[(Flaw, u8, Option<&str>, &[u8])] = &[
    (Flaw::ShortMeasure, 1, None, &[]),
    (Flaw::TightLeading, 2, None, &[]),
    // With a line too many on each page the heading comes to its foot.
    (Flaw::Widow, 3, Some("2"), &[5, 13]),
    (Flaw::Orphan, 4, Some("1"), &[3, 13]),
    (Flaw::UnequalSpread, 5, Some("2"), &[]),
    (Flaw::Runt, 6, Some("1"), &[]),
    (Flaw::Ladder, 7, Some("1"), &[]),
    (Flaw::HyphenOverTurn, 8, Some("1"), &[]),
    (Flaw::FragmentBefore, 9, Some("1"), &[]),
    (Flaw::FragmentAfter, 9, Some("1"), &[]),
    (Flaw::LooseLine, 10, Some("1"), &[]),
    (Flaw::OverfullLine, 11, Some("1"), &[]),
    (Flaw::OverfullCode, 11, Some("1"), &[]),
    (Flaw::OverfullRule, 11, Some("1"), &[]),
    (Flaw::FlushParagraph, 12, Some("1"), &[]),
    (Flaw::IndentUnderHeading, 12, Some("1"), &[]),
    (Flaw::SpaceBetween, 12, Some("1"), &[3, 4, 13]),
    (Flaw::StrandedHeading, 13, Some("3"), &[3]),
    (Flaw::OffGrid, 14, Some("4"), &[]),
    (Flaw::HeadOnOpening, 15, Some("6"), &[]),
    (Flaw::FolioOnOpening, 15, Some("6"), &[]),
    (Flaw::FolioOnBlank, 15, Some("ii"), &[]),
    // All rectos are versos then.
    (Flaw::OpeningOnVerso, 15, Some("1"), &[5, 8, 17]),
    // The contents say where it would have been.
    (Flaw::ChapterWithinPage, 15, Some("9"), &[17]),
    (Flaw::WrongHead, 16, Some("3"), &[]),
    (Flaw::HeadReadOut, 16, Some("3"), &[]),
    (Flaw::WrongFolio, 17, Some("3"), &[]),
    (Flaw::WrongContents, 17, Some("i"), &[]),
    (Flaw::StrayNote, 18, Some("5"), &[]),
    (Flaw::ShortLastPage, 19, Some("7"), &[]),
    (Flaw::River, 20, Some("1"), &[]),
    (Flaw::StackOfStarts, 20, Some("1"), &[]),
    (Flaw::StackOfEnds, 20, Some("1"), &[]),
];

#[test]
fn a_flaw_breaks_its_rule_on_its_page() {
    for &(flaw, number, label, others) in FLAWS {
        let report = report(flaw);
        let mut wanted = [&[number], others].concat();
        wanted.sort_unstable();
        assert_eq!(broken(&report), wanted, "{flaw:?}: {:#?}", report.rules);
        let spots: Vec<&str> = rule(&report, number).spots.iter().map(|spot| spot.label.as_str()).collect();
        assert!(label.is_none_or(|label| spots.contains(&label)), "{flaw:?}: {spots:?}");
    }
}

#[test]
fn a_page_that_a_heading_cut_short_is_excepted_and_counted() {
    let report = report(Flaw::CutShortByHeading);
    assert_eq!(rule(&report, 5).verdict, Verdict::Holds, "{:?}", rule(&report, 5));
    assert!((figure(&report, 5, "cut_short") - 1.0).abs() < 0.1);
}
