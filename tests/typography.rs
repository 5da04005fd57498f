//! The typography report: each rule on a book that keeps it, and on the same book with one flaw.

#[path = "typography/book.rs"]
mod book;
#[path = "workshop/objects.rs"]
mod objects;
#[path = "pdf/press.rs"]
mod press;
mod validators;

use aldine::proof::{Report, Rule, Verdict, typography, words_of_pdf};
use book::{Flaw, book};
use std::path::Path;
use std::process::{Command, Output};

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

fn aldine(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_aldine"));
    command.current_dir(folder).args(arguments).env("SOURCE_DATE_EPOCH", "1700000000");
    command.output().expect("the command runs")
}

/// A rule's figures in a book in the technical style.
fn figures_of(number: usize, text: &str) -> impl Fn(&str) -> f64 + use<> {
    let folder = tempfile::tempdir().expect("a folder");
    let text = format!("---\ntitle: Rope\nlanguage: en\nstyle: technical\n---\n{text}");
    write(folder.path(), "rope.md", text.as_bytes());
    write(folder.path(), "knot.svg", KNOT.as_bytes());
    let built = aldine(folder.path(), &["build", "rope.md", "--only", "pdf"]);
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    let told = aldine(folder.path(), &["proof", "dist/rope.pdf", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_slice(&told.stdout).expect("JSON");
    move |name| {
        let figure = &json["files"][0]["rules"][number - 1]["figures"][name];
        figure.as_f64().unwrap_or_else(|| panic!("{name}: {json}"))
    }
}

/// How many spreads are unequal, and how many are excepted, where `block` stands under the 28 lines of page 2.
fn spreads(block: &str) -> (f64, f64) {
    let lines = |count: usize| format!("{}end\n\n", "a line of the text\\\n".repeat(count - 1));
    let (first, rest) = (lines(28), lines(60));
    let text = format!("# One\n\nStart.\n\n::: pagebreak\n:::\n\n{first}{block}\n\n{rest}");
    let of = figures_of(5, &text);
    (of("unequal"), of("cut_short"))
}

/// A drawing whose ink would fit where it doesn't.
const KNOT: &str = r#"<svg xmlns="http://www.w3.org/2000/svg" width="300" height="160"><rect x="90" y="70" width="40" height="20"/><rect x="150" y="70" width="40" height="20"/></svg>"#;

/// The label and its eight lines of code would not have fitted under the text of page 2.
#[test]
fn a_page_that_a_labelled_block_cut_short_is_excepted() {
    let code = "```\none\ntwo\n\nfour\nfive\nsix\nseven\neight\n```";
    assert_eq!(spreads(&format!("File: rope\n\n{code}")), (0.0, 1.0));
}

#[test]
fn what_is_blank_in_a_drawing_cuts_a_page_short_as_well() {
    assert_eq!(spreads("![A knot](knot.svg){place=here}"), (0.0, 1.0));
}

/// A preface isn't a part, though its sections are of the level that chapters are of.
#[test]
fn sections_of_a_preface_in_a_book_of_parts_are_no_openings() {
    let preface = "# Before {.preface}\n\nText.\n\n## Whom for\n\nText.\n\n## How set\n\nText.\n\n";
    let part = |name: &str| {
        let chapters: String = (1..=4)
            .map(|at| format!("# Chapter {at} of {name}\n\nText.\n\n## Within\n\nText.\n\n"))
            .collect();
        format!("# {name} {{.part}}\n\n{chapters}")
    };
    let of = figures_of(15, &format!("{preface}{}{}", part("One"), part("Two")));
    // The preface, two parts, eight chapters.
    assert_eq!((of("openings"), of("wrong")), (11.0, 0.0));
}

fn write(folder: &Path, name: &str, bytes: &[u8]) {
    #[expect(clippy::disallowed_methods, reason = "a test makes its folder")]
    std::fs::write(folder.join(name), bytes).expect("a file written");
}

#[test]
fn the_command_tells_and_its_code_says_whether_all_rules_hold() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "good.pdf", &book(Flaw::None));
    write(folder.path(), "bad.pdf", &book(Flaw::Runt));
    write(folder.path(), "none.pdf", b"no PDF");
    let run = |arguments: &[&str]| aldine(folder.path(), &[&["proof"], arguments].concat());
    for (files, code) in [
        (&["good.pdf"][..], 0),
        (&["bad.pdf"], 1),
        (&["good.pdf", "bad.pdf"], 1),
        (&["none.pdf"], 3),
        (&["absent.pdf"], 3),
        (&[], 2),
    ] {
        assert_eq!(run(files).status.code(), Some(code), "{files:?}");
    }
    let said = String::from_utf8(run(&["bad.pdf"]).stdout).unwrap();
    let row = said.lines().find(|line| line.starts_with(" 6 ")).expect("a row");
    assert!(row.contains("runts") && row.contains("broken"), "{row}");
    assert!(said.contains("to reach: <= 0.1 % of paragraphs") && said.contains("page 1 (3)"), "{said}");
    let json: serde_json::Value =
        serde_json::from_slice(&run(&["good.pdf", "bad.pdf", "--format", "json"]).stdout).unwrap();
    assert_eq!((&json["files"][0]["holds"], &json["files"][1]["holds"]), (&true.into(), &false.into()));
    let rule = &json["files"][1]["rules"][5];
    assert_eq!((&rule["number"], &rule["verdict"]), (&6.into(), &"broken".into()));
    assert_eq!(rule["pages"][0], serde_json::json!({ "page": 3, "label": "1" }));
    assert_eq!(rule["figures"]["count"], 1.0);
    assert_eq!(json["files"][0]["rules"].as_array().map(Vec::len), Some(20));
}

/// Pages of lines in a typewriter's letters of 6 pt, without tags: what each line says, and where.
fn typed(pages: &[Vec<(f64, f64, &str)>]) -> Vec<u8> {
    let mut objects = vec!["<< /Type /Catalog /Pages 2 0 R >>".to_owned(), String::new()];
    let widths = vec!["600"; 95].join(" ");
    objects.push(format!(
        "<< /Type /Font /Subtype /Type1 /BaseFont /Courier /FirstChar 32 /LastChar 126 /Widths [{widths}] >>"
    ));
    let mut kids = String::new();
    for lines in pages {
        let shown: String = lines
            .iter()
            .map(|(x, y, text)| format!("BT /F 10 Tf {x} {} Td ({text}) Tj ET\n", 600.0 - y))
            .collect();
        kids.push_str(&format!("{} 0 R ", objects.len() + 1));
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 600] /Contents {} 0 R \
             /Resources << /Font << /F 3 0 R >> >> >>",
            objects.len() + 2
        ));
        objects.push(format!("<< /Length {} >>\nstream\n{shown}endstream", shown.len()));
    }
    objects[1] = format!("<< /Type /Pages /Kids [{kids}] /Count {} >>", pages.len());
    objects::pdf(&objects)
}

const FULL: &str = "forty letters and spaces fill the lines!";
const SET_IN: &str = "in a typewriter a paragraph is set in";
const LAST: &str = "and it ends here.";

/// Paragraphs of these numbers of lines on pages of ten, with a head and a folio.
fn typed_book(paragraphs: &[usize]) -> Vec<u8> {
    let (mut pages, mut row) = (Vec::new(), 10);
    for &lines in paragraphs {
        for line in 0..lines {
            if row == 10 {
                let number = if pages.len() % 2 == 0 { ["1", "3", "5"] } else { ["2", "4", "6"] };
                pages.push(vec![(150.0, 40.0, "A head"), (190.0, 500.0, number[pages.len() / 2])]);
                row = 0;
            }
            let y = 80.0 + 14.0 * f64::from(u32::try_from(row).expect("a row"));
            let (x, text) = match line {
                0 => (78.0, SET_IN),
                _ if line + 1 == lines => (60.0, LAST),
                _ => (60.0, FULL),
            };
            pages.last_mut().expect("a page").push((x, y, text));
            row += 1;
        }
    }
    typed(&pages)
}

#[test]
fn a_file_without_tags_is_measured_by_its_places() {
    let good = typography(&typed_book(&[5, 5, 7, 6, 7])).unwrap();
    assert!(!good.tagged);
    for number in [3, 4, 14, 17] {
        assert_eq!(rule(&good, number).verdict, Verdict::Holds, "{:#?}", rule(&good, number));
    }
    assert!((figure(&good, 17, "folios") - 3.0).abs() < 0.1, "{:?}", rule(&good, 17));
    assert!((figure(&good, 12, "indent_em") - 1.8).abs() < 0.01, "{:?}", rule(&good, 12));
    assert!((figure(&good, 2, "leading_pt") - 14.0).abs() < 0.01);
    // What needs headings can't be told, and that is said.
    for number in [13, 15] {
        assert_eq!(rule(&good, number).verdict, Verdict::Unmeasured);
        assert!(!rule(&good, number).notes.is_empty());
    }
    let widow = typography(&typed_book(&[5, 6, 7, 6, 6])).unwrap();
    assert_eq!((rule(&widow, 3).verdict, rule(&widow, 3).spots[0].page), (Verdict::Broken, 2));
    let orphan = typography(&typed_book(&[5, 4, 7, 6, 8])).unwrap();
    assert_eq!((rule(&orphan, 4).verdict, rule(&orphan, 4).spots[0].page), (Verdict::Broken, 1));
}

#[test]
fn empty_and_broken_pages_are_told_of_without_a_fall() {
    let blank = typography(&typed(&[Vec::new(), Vec::new()])).unwrap();
    assert_eq!((blank.pages, blank.rules.len()), (2, 20));
    assert!(blank.rules.iter().any(|rule| rule.verdict == Verdict::Unmeasured));
    assert!(typography(b"%PDF-1.7 and no more").is_err());
}

/// Where our words stand elsewhere than poppler's, ours are wrong.
#[test]
fn words_stand_where_poppler_puts_them() {
    let folder = tempfile::tempdir().unwrap();
    let built = aldine(
        Path::new(env!("CARGO_MANIFEST_DIR")),
        &["build", "--only", "pdf", "--name", "handbook", "--out", folder.path().to_str().unwrap()],
    );
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    let file = folder.path().join("handbook.pdf");
    let Some(theirs) = validators::word_boxes(&file) else { return };
    #[expect(clippy::disallowed_methods, reason = "a test reads what was built")]
    let ours = words_of_pdf(&std::fs::read(&file).unwrap()).unwrap();
    assert!(theirs.len() > 5_000, "{} words are no handbook", theirs.len());
    let said = |text: &str| text.replace('\u{ad}', "-");
    // Of a Hebrew word poppler makes one for each letter with points; it is in ours all the same.
    let from_right = |text: &str| text.chars().any(|c| matches!(c, '\u{590}'..='\u{6ff}'));
    let (mut lost, mut pieces) = (Vec::new(), 0);
    for word in &theirs {
        if from_right(&word.text) {
            pieces += 1;
            let within = ours[word.page].iter().any(|one| {
                from_right(&one.text) && one.left < word.left + 0.5 && one.right > word.right - 0.5
            });
            assert!(within, "page {}: {}", word.page + 1, word.text);
            continue;
        }
        // A baseline stands in the lower half of the box that ascent and descent make.
        let found = ours[word.page].iter().any(|one| {
            said(&one.text) == said(&word.text)
                && (one.left - word.left).abs() < 0.5
                && (one.right - word.right).abs() < 0.5
                && one.baseline < word.bottom
                && one.baseline > (word.top + word.bottom) / 2.0
        });
        if !found {
            lost.push(format!(
                "page {}: {} at {:.2}, {:.2}",
                word.page + 1,
                word.text,
                word.left,
                word.bottom
            ));
        }
    }
    assert!(
        lost.is_empty(),
        "{} of {}: {:#?}",
        lost.len(),
        theirs.len(),
        lost.iter().take(20).collect::<Vec<_>>()
    );
    let count = ours.iter().flatten().filter(|word| !from_right(&word.text)).count();
    assert_eq!(count, theirs.len() - pieces, "words that both find");
    baselines_are_even(&ours, &theirs);
}

/// Of words of one height the baseline is equally far above the lower edge of poppler's box, since that
/// is the font's descent; within half a point.
fn baselines_are_even(ours: &[Vec<aldine::proof::WordBox>], theirs: &[validators::Boxed]) {
    let mut descents: std::collections::BTreeMap<String, Vec<f64>> = std::collections::BTreeMap::new();
    for word in theirs {
        let one = ours[word.page].iter().find(|one| {
            (one.left - word.left).abs() < 0.5 && one.baseline < word.bottom && one.baseline > word.top
        });
        let Some(one) = one else { continue };
        descents
            .entry(format!("{:.1}", word.bottom - word.top))
            .or_default()
            .push(word.bottom - one.baseline);
    }
    for (height, mut descents) in descents {
        descents.sort_by(f64::total_cmp);
        let (low, high) = (descents[0], descents[descents.len() - 1]);
        assert!(
            high - low < 0.5,
            "of words {height} pt high the baseline is {low:.2} to {high:.2} pt above the edge"
        );
    }
}
