//! What a whole book costs, stage by stage: CPU, not the clock on the wall, and the peak of memory.
//!
//! `cargo bench --bench books` sets Moby-Dick from `../shared/corpora`, once to sixteen times over
//! as one book; without the corpora it makes up a book of the same size and says so. Each size runs
//! in a process of its own, so that its peak is its own. Nothing is asserted: machines differ.

#![expect(clippy::print_stdout, reason = "a benchmark prints")]
#![expect(clippy::disallowed_methods, reason = "a benchmark reads and writes files")]

use aldine::build::{EDITIONS, Request};
use aldine::diagnostics::{Diagnostics, Severity};
use aldine::model::Timestamp;
use aldine::sources::{Disk, Manuscript};
use std::fmt::Write as _;
use std::path::Path;

/// Seconds of CPU that this process has used: user and system, all threads (proc(5)).
fn cpu() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after = stat.rsplit(')').next().unwrap_or_default();
    let ticks: f64 =
        after.split_whitespace().skip(11).take(2).filter_map(|field| field.parse::<f64>().ok()).sum();
    // The kernel's unit for user space is a hundredth of a second on every Linux.
    ticks / 100.0
}

/// Most memory this process ever held, in megabytes.
fn peak() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok()).unwrap_or(0.0) / 1000.0
}

/// A book of about Moby-Dick's size: 139 chapters, 212,000 words.
fn made_up() -> String {
    let words =
        "the sea was never so calm as on that evening when a stranger came aboard and asked for passage";
    let mut text = String::new();
    for chapter in 1..=139 {
        let _ = writeln!(text, "# Chapter {chapter}\n");
        for paragraph in 0..16 {
            let sentence: Vec<&str> = words.split(' ').cycle().skip(paragraph + chapter).take(95).collect();
            let _ = writeln!(text, "{}.\n", sentence.join(" "));
        }
    }
    text
}

fn one(copies: usize) {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpora/moby-dick");
    let folder = std::env::temp_dir().join(format!("aldine-bench-{}", std::process::id()));
    let manuscript = folder.join("manuscript");
    std::fs::create_dir_all(manuscript.join("img")).expect("a folder");
    let text = std::fs::read_to_string(corpus.join("moby-dick.md")).unwrap_or_else(|_| made_up());
    // Only a book's first source may have settings.
    let text = text
        .strip_prefix("---\n")
        .and_then(|rest| rest.split_once("\n---\n"))
        .map_or(text.as_str(), |(_, body)| body);
    for image in std::fs::read_dir(corpus.join("img")).into_iter().flatten().filter_map(Result::ok) {
        std::fs::copy(image.path(), manuscript.join("img").join(image.file_name())).expect("an image");
    }
    for copy in 0..copies {
        std::fs::write(manuscript.join(format!("{copy:02}.md")), text).expect("a source");
    }
    std::fs::write(folder.join("aldine.toml"), "title = \"The Whale\"\nlanguage = \"en\"\n")
        .expect("settings");
    stages(&folder, copies);
    std::fs::remove_dir_all(&folder).expect("a folder taken away");
}

fn stages(folder: &Path, copies: usize) {
    let disk = Disk::new(folder).expect("a folder");
    let request = Request {
        resources: &disk,
        outside: None,
        manuscript: &Manuscript::Folder,
        style: Some("classic"),
        name: None,
        modified: Timestamp(0),
        system_fonts: None,
    };
    let mut diagnostics = Diagnostics::new();
    let mut marks = vec![cpu()];
    let prepared = request.prepare(&mut diagnostics);
    marks.push(cpu());
    let resolved = request.resolve(prepared, &mut diagnostics);
    marks.push(cpu());
    let layout = resolved.lay_out(&mut diagnostics);
    marks.push(cpu());
    let artifacts: Vec<_> = EDITIONS
        .iter()
        .flat_map(|edition| {
            let made = resolved.publish(&layout, &[edition], &mut diagnostics);
            marks.push(cpu());
            made
        })
        .collect();
    let pages = layout.pages.len();
    drop(layout);
    resolved.prove(&artifacts, &mut diagnostics);
    marks.push(cpu());
    let errors: Vec<_> = diagnostics.iter().filter(|d| d.code.severity() == Severity::Error).collect();
    assert!(errors.is_empty() && artifacts.len() == EDITIONS.len(), "{errors:#?}");
    let cost: Vec<String> = marks.windows(2).map(|pair| format!("{:6.2}", pair[1] - pair[0])).collect();
    let total = marks.last().copied().unwrap_or_default();
    println!(
        "| {copies:2} | {pages:5} | {} | {total:6.2} | {:6.3} | {:5.0} |",
        cost.join(" | "),
        total / f64::from(u32::try_from(copies).unwrap_or(1)),
        peak()
    );
}

fn main() {
    let asked = std::env::args().skip_while(|argument| argument != "--copies").nth(1);
    if let Some(copies) = asked.and_then(|copies| copies.parse().ok()) {
        return one(copies);
    }
    if !Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpora/moby-dick").is_dir() {
        println!("no ../shared/corpora: a made-up book of the same size stands in for Moby-Dick");
    }
    println!("CPU seconds, peak in MB; `total` has the start of the program in it\n");
    println!(
        "| copies | pages | read | resolve | lay out | PDF | EPUB | text | prove | total | each | peak |"
    );
    println!("|---|---|---|---|---|---|---|---|---|---|---|---|");
    let program = std::env::current_exe().expect("this program");
    for copies in [1, 2, 4, 8, 16] {
        let status = std::process::Command::new(&program).args(["--copies", &copies.to_string()]).status();
        assert!(status.is_ok_and(|status| status.success()), "{copies} copies failed");
    }
}
