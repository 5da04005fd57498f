//! What the stages of layout cost, and a changed chapter alone: CPU, not the clock on the wall.
//!
//! `cargo bench --bench layout` sets Moby-Dick from `../shared/corpora`, once, four and sixteen times
//! over as one book; without the corpora it makes up a book of the same size and says so. Each size
//! runs in a process of its own. Then one word of the longest chapter is changed, and the book is set
//! again with what the first time left. Nothing is asserted: machines differ.

#![expect(clippy::print_stdout, reason = "a benchmark prints")]
#![expect(clippy::disallowed_methods, reason = "a benchmark reads and writes files")]

mod common;

/// The program's own: see `src/main.rs`.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

use aldine::build::Resolved;
use aldine::diagnostics::Diagnostics;
use aldine::layout::{Stage, Watcher};
use aldine::sources::Disk;
use common::{cpu, thread_cpu};
use std::cell::Cell;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Asks for the stages of a book alone.
const STAGES: &str = "--stages";

/// Seconds by stage: of threads for what is done to paragraphs, of the process for the rest.
type Sums = Arc<Mutex<std::collections::BTreeMap<Stage, f64>>>;

thread_local! {
    static LAST: Cell<f64> = const { Cell::new(0.0) };
}

fn watcher(sums: &Sums) -> Watcher {
    let sums = sums.clone();
    let whole = Mutex::new(cpu());
    Watcher::new(move |stage| {
        let lock = |seconds: f64| {
            *sums.lock().unwrap_or_else(PoisonError::into_inner).entry(stage).or_default() += seconds;
        };
        match stage {
            Stage::Other => LAST.set(thread_cpu()),
            Stage::Shaped | Stage::Divided | Stage::Chosen | Stage::Set => {
                lock(thread_cpu() - LAST.get());
                LAST.set(thread_cpu());
            }
            Stage::Galleys | Stage::Pages | Stage::Placing => {
                let mut last = whole.lock().unwrap_or_else(PoisonError::into_inner);
                lock(cpu() - *last);
                *last = cpu();
            }
        }
    })
}

fn resolved(folder: &Path) -> Resolved {
    let disk = Disk::new(folder).expect("a folder");
    let request = common::request(&disk);
    let mut diagnostics = Diagnostics::new();
    let prepared = request.prepare(&mut diagnostics);
    request.resolve(prepared, &mut diagnostics)
}

/// Changes a word in the middle of the longest chapter into another of its length.
fn change(folder: &Path) {
    let path = folder.join("manuscript/00.md");
    let text = std::fs::read_to_string(&path).expect("a source");
    let mut starts: Vec<usize> = text.match_indices("\n# ").map(|(at, _)| at).collect();
    starts.push(text.len());
    let longest =
        starts.windows(2).max_by_key(|pair| pair[1] - pair[0]).map_or(0..0, |pair| pair[0]..pair[1]);
    let middle = (longest.start + longest.end) / 2;
    let middle = (middle..text.len()).find(|&at| text.is_char_boundary(at)).unwrap_or(0);
    let at = middle + text[middle..].find(" the ").expect("a word");
    let changed = format!("{} its {}", &text[..at], &text[at + 5..]);
    std::fs::write(&path, changed).expect("a source");
}

/// Sets the book with a watcher, and prints what each stage took.
fn stages(copies: usize) {
    let folder = common::lay_down(project(), copies);
    let book = resolved(&folder);
    let sums = Sums::default();
    let setter = book.setter().watched(watcher(&sums));
    drop(book.settle(&setter, None));
    let of = |stage: Stage| {
        sums.lock().unwrap_or_else(PoisonError::into_inner).get(&stage).copied().unwrap_or(0.0)
    };
    let paragraphs = [Stage::Shaped, Stage::Divided, Stage::Chosen, Stage::Set].map(of);
    let rest = of(Stage::Galleys) - paragraphs.iter().sum::<f64>();
    let [shaped, divided, chosen, set] = paragraphs;
    print!("{}", row(&[shaped, divided, chosen, set, rest, of(Stage::Pages)]));
    std::fs::remove_dir_all(&folder).expect("a folder taken away");
}

/// Seconds as columns of milliseconds.
fn row(seconds: &[f64]) -> String {
    let columns: Vec<String> = seconds.iter().map(|seconds| format!("{:6.1}", seconds * 1e3)).collect();
    columns.join(" | ")
}

/// To ask for the time of a thread costs a call into the kernel, forty thousand of them for a book: stages are
/// watched in a process of their own, and the whole is measured without a watcher.
fn one(copies: usize) {
    if std::env::args().any(|argument| argument == STAGES) {
        return stages(copies);
    }
    let program = std::env::current_exe().expect("this program");
    let watched = std::process::Command::new(program)
        .args(["--copies", &copies.to_string(), STAGES])
        .output()
        .expect("the stages of a book");
    let stages = String::from_utf8_lossy(&watched.stdout);
    let folder = common::lay_down(project(), copies);
    let book = resolved(&folder);
    let setter = book.setter();
    let start = cpu();
    let settled = book.settle(&setter, None);
    let all = cpu() - start;
    let pages = settled.pages();
    change(&folder);
    let changed = resolved(&folder);
    let again = cpu();
    let clock = std::time::Instant::now();
    let settled = changed.settle(&setter, Some((&book, settled)));
    let (again, clock) = (cpu() - again, clock.elapsed().as_secs_f64());
    let placing = cpu();
    drop(changed.place(&setter, settled));
    let placing = cpu() - placing;
    println!("| {copies:2} | {pages:5} | {stages} | {} |", row(&[all, placing, again, clock]));
    std::fs::remove_dir_all(&folder).expect("a folder taken away");
}

fn main() {
    let title = "CPU milliseconds; `layout` is from shaping to pages; `chapter` is a changed chapter alone, then on the clock";
    let columns =
        "shape | hyphenate | lines | set | galleys | pages | layout | placing | chapter | on the clock";
    common::each(project(), &[1, 4, 16], (title, columns), one);
}
