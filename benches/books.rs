//! What a whole book costs, stage by stage: CPU, not the clock on the wall, and the peak of memory.
//!
//! `cargo bench --bench books` sets Moby-Dick from `../shared/corpora`, once to sixteen times over
//! as one book; without the corpora it makes up a book of the same size and says so. Each size runs
//! in a process of its own, so that its peak is its own. Nothing is asserted: machines differ.

#![expect(clippy::print_stdout, reason = "a benchmark prints")]
#![expect(clippy::disallowed_methods, reason = "a benchmark reads and writes files")]

mod common;

/// The program's own: see `src/main.rs`.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

use aldine::build::EDITIONS;
use aldine::diagnostics::{Diagnostics, Severity};
use aldine::sources::Disk;
use common::{cpu, peak};
use std::path::Path;

fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn one(copies: usize) {
    let folder = common::lay_down(project(), copies);
    stages(&folder, copies);
    std::fs::remove_dir_all(&folder).expect("a folder taken away");
}

fn stages(folder: &Path, copies: usize) {
    let disk = Disk::new(folder).expect("a folder");
    let request = common::request(&disk);
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
    let title = "CPU seconds, peak in MB; `total` has the start of the program in it";
    let columns = "read | resolve | lay out | PDF | EPUB | text | prove | total | each | peak";
    common::each(project(), &[1, 2, 4, 8, 16], (title, columns), one);
}
