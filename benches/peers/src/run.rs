//! The writers, each in processes of its own.
//!
//! Enters: what to write, and a folder for it. Leaves: files, and what writing them cost.
//! Promise: only the writing is counted, not the reading, the setting and the taking apart before it.

use crate::printpdf_press::{self, Manner};
use crate::{builder_binder, common, project};
use aldine::build::Resolved;
use aldine::diagnostics::{Diagnostics, Severity};
use aldine::layout::Layout;
use aldine::sources::Disk;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Processes of each writer: the first and the last file are compared, the median CPU counts.
pub(crate) const TIMES: usize = 5;

/// What is written, and by whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Task {
    Pdf,
    Printpdf(Manner),
    Epub,
    EpubBuilder,
}

impl Task {
    pub(crate) const ALL: [Task; 6] = [
        Task::Pdf,
        Task::Printpdf(Manner::Parts),
        Task::Printpdf(Manner::Whole),
        Task::Printpdf(Manner::Archival),
        Task::Epub,
        Task::EpubBuilder,
    ];

    fn name(self) -> &'static str {
        match self {
            Task::Pdf => "pdf",
            Task::Printpdf(Manner::Parts) => "printpdf-parts",
            Task::Printpdf(Manner::Whole) => "printpdf-whole",
            Task::Printpdf(Manner::Archival) => "printpdf-archival",
            Task::Epub => "epub",
            Task::EpubBuilder => "epub-builder",
        }
    }

    /// The task of that name.
    pub(crate) fn named(name: &str) -> Option<Task> {
        Task::ALL.into_iter().find(|task| task.name() == name)
    }

    /// What a table calls it.
    pub(crate) fn words(self) -> &'static str {
        match self {
            Task::Pdf => "Aldine's PDF edition, krilla 0.8",
            Task::Printpdf(Manner::Parts) => "printpdf 0.12.8, fonts in parts",
            Task::Printpdf(Manner::Whole) => "printpdf 0.12.8, fonts whole",
            Task::Printpdf(Manner::Archival) => "printpdf 0.12.8, fonts in parts, named PDF/A-2a",
            Task::Epub => "Aldine's EPUB edition (writes the chapters too)",
            Task::EpubBuilder => "epub-builder 0.8.3 (packs finished chapters)",
        }
    }

    pub(crate) fn is_pdf(self) -> bool {
        matches!(self, Task::Pdf | Task::Printpdf(_))
    }

    fn file(self, folder: &Path) -> PathBuf {
        folder.join(self.name()).with_extension(if self.is_pdf() { "pdf" } else { "epub" })
    }
}

/// A file, and what it cost.
#[derive(Debug)]
pub(crate) struct Made {
    pub(crate) task: Task,
    pub(crate) file: PathBuf,
    /// Seconds.
    pub(crate) cpu: f64,
    /// Megabytes, as the rest.
    pub(crate) more: f64,
    pub(crate) peak: f64,
    pub(crate) size: f64,
    /// Pages or chapters.
    pub(crate) count: usize,
    /// Pictures that could not be drawn.
    pub(crate) left_out: usize,
    /// Whether two runs gave the same bytes.
    pub(crate) same: bool,
}

/// Runs a task in several processes.
pub(crate) fn often(task: Task, folder: &Path) -> Made {
    let program = std::env::current_exe().expect("this program");
    let file = task.file(folder);
    let mut first = None;
    let mut lines: Vec<Vec<f64>> = Vec::new();
    for time in 1..=TIMES {
        if time == TIMES {
            // A ZIP archive's clock ticks every two seconds: a time of day in the file shall show.
            std::thread::sleep(Duration::from_millis(2_100));
        }
        let output = std::process::Command::new(&program).arg(task.name()).arg(folder).output();
        let output = output.expect("this program runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let said = String::from_utf8_lossy(&output.stdout);
        lines.push(said.split_whitespace().map(|field| field.parse().expect("a number")).collect());
        let bytes = std::fs::read(&file).expect("the file");
        first.get_or_insert(bytes);
    }
    let last = std::fs::read(&file).expect("the file");
    lines.sort_by(|a, b| a[0].total_cmp(&b[0]));
    let median = &lines[TIMES / 2];
    let whole = |at: usize| median[at].round() as usize;
    let (cpu, more, peak) = (median[0], median[1], median[2]);
    let same = first.as_ref() == Some(&last);
    let size = megabytes(last.len());
    Made { task, file, cpu, more, peak, size, count: whole(3), left_out: whole(4), same }
}

#[expect(clippy::cast_precision_loss, reason = "a table shows three digits")]
fn megabytes(bytes: usize) -> f64 {
    bytes as f64 / 1e6
}

/// Does a task in this process and prints what it cost.
#[expect(clippy::print_stdout, reason = "the process that started this one reads it")]
pub(crate) fn work(task: Task, folder: &Path) {
    let (bytes, cost) = match task {
        Task::EpubBuilder => {
            let ours = std::fs::read(Task::Epub.file(folder)).expect("our EPUB, made before");
            let parts = builder_binder::take_apart(&ours);
            let count = parts.chapters();
            measured(count, || (builder_binder::pack(&parts), 0))
        }
        Task::Pdf | Task::Printpdf(_) | Task::Epub => {
            let (resolved, layout) = set();
            measured(layout.pages.len(), || match task {
                Task::Printpdf(manner) => printpdf_press::print(&resolved.book, &layout, manner),
                Task::Epub => (publish(&resolved, &layout, "epub"), 0),
                Task::Pdf | Task::EpubBuilder => (publish(&resolved, &layout, "pdf"), 0),
            })
        }
    };
    std::fs::write(task.file(folder), bytes).expect("a file");
    println!("{cost}");
}

/// What writing costs: CPU, memory over what was held before, peak, count, pictures left out.
fn measured(count: usize, write: impl FnOnce() -> (Vec<u8>, usize)) -> (Vec<u8>, String) {
    let laid_out = common::peak();
    // Sets the peak back to what is held now (proc(5)); where that is refused, `more` is too small.
    let _ = std::fs::write("/proc/self/clear_refs", "5");
    let (held, start) = (common::held(), common::cpu());
    let (bytes, left_out) = write();
    let (cpu, most) = (common::cpu() - start, common::peak());
    (bytes, format!("{cpu} {} {} {count} {left_out}", most - held, most.max(laid_out)))
}

/// The book, set.
fn set() -> (Resolved, Layout) {
    let folder = common::lay_down(&project(), 1);
    let disk = Disk::new(&folder).expect("a folder");
    let request = common::request(&disk);
    let mut diagnostics = Diagnostics::new();
    let prepared = request.prepare(&mut diagnostics);
    let resolved = request.resolve(prepared, &mut diagnostics);
    let layout = resolved.lay_out(&mut diagnostics);
    std::fs::remove_dir_all(&folder).expect("a folder taken away");
    sound(&diagnostics);
    (resolved, layout)
}

fn publish(resolved: &Resolved, layout: &Layout, name: &str) -> Vec<u8> {
    let mut diagnostics = Diagnostics::new();
    let made = resolved.publish(layout, &[name], &mut diagnostics);
    sound(&diagnostics);
    made.into_iter().next().expect("an edition").bytes
}

fn sound(diagnostics: &Diagnostics) {
    let errors: Vec<_> = diagnostics.iter().filter(|d| d.code.severity() == Severity::Error).collect();
    assert!(errors.is_empty(), "{errors:#?}");
}
