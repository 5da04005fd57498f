//! Aldine's PDF and EPUB beside what printpdf and epub-builder make of the same book.
//!
//! Enters: the book of `benches/common`. Leaves: tables of what each cost and what outside judges say
//! of it, with what couldn't be run marked `absent`. Promise: each writer works in processes of its
//! own, on the same pages and the same chapters. Nothing is asserted: machines differ.

#![expect(clippy::print_stdout, reason = "a benchmark prints")]
#![expect(clippy::disallowed_methods, reason = "a benchmark reads and writes files")]

mod builder_binder;
#[path = "../../common/mod.rs"]
mod common;
mod judged;
mod printpdf_press;
mod run;
#[path = "../../../tests/validators/mod.rs"]
mod validators;

use run::{Made, Task};
use std::path::{Path, PathBuf};

/// The project that this stands in.
fn project() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    if let [_, task, folder] = arguments.as_slice() {
        let task = Task::named(task).expect("a task");
        return run::work(task, Path::new(folder));
    }
    let book = if common::corpus(&project()).is_some() {
        "Moby-Dick, style `classic`"
    } else {
        "no ../shared/corpora: a made-up book of the same size stands in for Moby-Dick"
    };
    let folder = std::env::temp_dir().join(format!("aldine-peers-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let made: Vec<Made> = Task::ALL.iter().map(|task| run::often(*task, &folder)).collect();
    println!("\n{book}");
    println!(
        "\nCPU: median of {} processes, all threads. More: memory at most while writing, over what the",
        run::TIMES
    );
    println!(
        "process held with the pages or chapters ready. Peak: most it ever held, laying out included.\n"
    );
    pdfs(&made);
    epubs(&made);
    smallest(&folder);
    std::fs::remove_dir_all(&folder).expect("a folder taken away");
}

/// What a table says of what something cost.
fn cost(made: &Made) -> String {
    format!(
        "{} | {:.2} s | {:.1} MB | {:.0} MB | {:.2} MB | {}",
        made.task.words(),
        made.cpu,
        made.more,
        made.peak,
        made.size,
        if made.same { "yes" } else { "no" }
    )
}

fn pdfs(made: &[Made]) {
    let made: Vec<&Made> = made.iter().filter(|made| made.task.is_pdf()).collect();
    let files: Vec<&Path> = made.iter().map(|made| made.file.as_path()).collect();
    let ua = judged::all(validators::verapdf("ua1", &files), files.len());
    let archival = judged::all(validators::verapdf("2a", &files), files.len());
    let texts: Vec<_> = files.iter().map(|file| validators::pdftotext(file)).collect();
    println!(
        "| {} pages as a PDF | CPU | more | peak | file | same bytes | text as ours | qpdf | veraPDF ua1 | veraPDF 2a |",
        made.first().map_or(0, |made| made.count)
    );
    println!("|---|---|---|---|---|---|---|---|---|---|");
    let mut notes = Vec::new();
    for (at, made) in made.iter().enumerate() {
        let judgements = [judged::one(validators::qpdf(&made.file)), ua[at].clone(), archival[at].clone()];
        let text = judged::same_words(&texts[0], &texts[at]);
        let said: Vec<String> = judgements.iter().map(judged::Judgement::words).collect();
        println!("| {} | {text} | {} |", cost(made), said.join(" | "));
        if made.left_out > 0 {
            notes.push(format!("{}: {} pictures left out", made.task.words(), made.left_out));
        }
        for (judge, judgement) in ["qpdf", "veraPDF ua1", "veraPDF 2a"].iter().zip(&judgements) {
            notes
                .extend(judgement.complaints().map(|said| format!("{}, {judge}: {said}", made.task.words())));
        }
    }
    println!();
    notes.iter().for_each(|note| println!("- {note}"));
}

fn epubs(made: &[Made]) {
    let made: Vec<&Made> = made.iter().filter(|made| !made.task.is_pdf()).collect();
    // The last is given the chapters of the first.
    let count = made.last().map_or(0, |made| made.count);
    println!("\n| {count} chapters as an EPUB | CPU | more | peak | file | same bytes | EPUBCheck |");
    println!("|---|---|---|---|---|---|---|");
    let mut notes = Vec::new();
    for made in made {
        let judgement = judged::one(validators::epubcheck(&made.file));
        println!("| {} | {} |", cost(made), judgement.words());
        notes.extend(judgement.complaints().map(|said| format!("{}: {said}", made.task.words())));
    }
    println!();
    notes.iter().for_each(|note| println!("- {note}"));
}

/// epub-builder's smallest books.
fn smallest(folder: &Path) {
    println!("\n| epub-builder's smallest book | EPUBCheck |");
    println!("|---|---|");
    let mut notes = Vec::new();
    for (at, (words, bytes)) in builder_binder::smallest().into_iter().enumerate() {
        let file = folder.join(format!("smallest-{at}.epub"));
        std::fs::write(&file, bytes).expect("a file");
        let judgement = judged::one(validators::epubcheck(&file));
        println!("| {words} | {} |", judgement.words());
        notes.extend(judgement.complaints().map(|said| format!("{words}: {said}")));
    }
    println!();
    notes.iter().for_each(|note| println!("- {note}"));
}
