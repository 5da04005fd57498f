//! `aldine proof`: the typography of finished PDFs, measured on the files alone.

use crate::cli::args::{Format, ProofArgs};
use crate::cli::json;
use crate::cli::session::{Done, Failure, Session};
use crate::cli::snippet::clean;
use crate::proof::{Report, Rule, Spot, Unreadable, Verdict, typography};
use serde_json::{Map, Value, json};
use std::fmt::Write as _;
use std::path::Path;

/// So many pages are named in a row; the JSON has all.
const NAMED: usize = 12;

pub(super) fn run(args: &ProofArgs, session: &mut Session) -> Done {
    let mut reports = Vec::new();
    session.progress("measuring");
    for file in &args.files {
        reports.push((file.display().to_string(), report(file)?));
    }
    session.result(&match args.format {
        Format::Human => reports.iter().map(|(file, report)| table(file, report)).collect(),
        Format::Json => {
            let files: Vec<Value> = reports.iter().map(|(file, report)| document(file, report)).collect();
            json::text(&json!({ "files": files }))
        }
    });
    Ok(reports.iter().all(|(_, report)| report.holds()))
}

fn report(file: &Path) -> Result<Report, Failure> {
    let shown = file.display();
    #[expect(clippy::disallowed_methods, reason = "the command line is where files are read")]
    let bytes =
        std::fs::read(file).map_err(|error| Failure::file(format!("`{shown}` can't be read: {error}")))?;
    typography(&bytes).map_err(|Unreadable(why)| {
        Failure::file(format!("`{shown}` can't be read as a PDF: {why}"))
            .hint("`aldine proof` takes finished PDF files, encrypted ones apart")
    })
}

fn table(file: &str, report: &Report) -> String {
    let tags =
        if report.tagged { "tagged" } else { "without tags: paragraphs are told from indents and line ends" };
    let mut text = format!("{}: {} pages, {tags}\n\n", clean(file), report.pages);
    let width = report.rules.iter().map(|rule| rule.name.chars().count()).max().unwrap_or(0);
    for rule in &report.rules {
        let _ = writeln!(
            text,
            "{:>2}  {:width$}  {}  {}",
            rule.number,
            rule.name,
            word(rule.verdict),
            clean(&rule.measured)
        );
        if rule.verdict == Verdict::Broken {
            let _ = writeln!(text, "{:w$}to reach: {}", "", rule.goal, w = width + 13);
        }
        if rule.verdict == Verdict::Broken && !rule.spots.is_empty() {
            let _ = writeln!(text, "{:w$}{}", "", clean(&named(&rule.spots)), w = width + 13);
        }
        for note in &rule.notes {
            let _ = writeln!(text, "{:w$}({})", "", clean(note), w = width + 13);
        }
    }
    let _ = writeln!(text, "\n{}\n", summary(report));
    text
}

fn word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Holds => "ok    ",
        Verdict::Broken => "broken",
        Verdict::Unmeasured => "-     ",
    }
}

/// `on pages xii (14), 1 (17), 3 (19) and 4 more`.
fn named(spots: &[Spot]) -> String {
    let list: Vec<String> =
        spots.iter().take(NAMED).map(|spot| format!("{} ({})", spot.label, spot.page)).collect();
    let more = spots.len().saturating_sub(NAMED);
    let rest = if more > 0 { format!(" and {more} more") } else { String::new() };
    let pages = if spots.len() == 1 { "page" } else { "pages" };
    format!("{pages} {}{rest}", list.join(", "))
}

fn summary(report: &Report) -> String {
    let count = |verdict| report.rules.iter().filter(|rule| rule.verdict == verdict).count();
    let (held, broken) = (count(Verdict::Holds), count(Verdict::Broken));
    format!("{held} rules hold, {broken} are broken, {} not measured", count(Verdict::Unmeasured))
}

fn document(file: &str, report: &Report) -> Value {
    let rules: Vec<Value> = report.rules.iter().map(row).collect();
    json!({
        "file": file, "pages": report.pages, "tagged": report.tagged, "holds": report.holds(), "rules": rules,
    })
}

fn row(rule: &Rule) -> Value {
    let verdict = match rule.verdict {
        Verdict::Holds => "holds",
        Verdict::Broken => "broken",
        Verdict::Unmeasured => "not measured",
    };
    let figures: Map<String, Value> =
        rule.figures.iter().map(|(name, value)| ((*name).to_owned(), (*value).into())).collect();
    let pages: Vec<Value> =
        rule.spots.iter().map(|spot| json!({ "page": spot.page, "label": spot.label })).collect();
    json!({
        "number": rule.number, "rule": rule.name, "measured": rule.measured, "to_reach": rule.goal,
        "verdict": verdict, "figures": figures, "pages": pages, "notes": rule.notes,
    })
}
