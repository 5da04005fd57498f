//! What benchmarks share: a book to set, and what setting it costs.
//!
//! Enters: the project's folder. Leaves: a folder with a manuscript, seconds, megabytes.
//! Promise: the book is Moby-Dick when `../shared/corpora` is there, else one of the same size that
//! is made up; what it costs is read from the kernel (Linux), all threads together.

use aldine::build::Request;
use aldine::model::Timestamp;
use aldine::sources::{Disk, Manuscript};
use rustix::time::{ClockId, Timespec, clock_gettime};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// Seconds of CPU that this process has used: user and system, all threads (clock_gettime(2)).
pub(crate) fn cpu() -> f64 {
    seconds(clock_gettime(ClockId::ProcessCPUTime))
}

/// Seconds of CPU that this thread has used.
#[allow(dead_code, reason = "each benchmark that uses this module uses a part")]
pub(crate) fn thread_cpu() -> f64 {
    seconds(clock_gettime(ClockId::ThreadCPUTime))
}

fn seconds(time: Timespec) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "no benchmark runs for a hundred days")]
    let (seconds, parts) = (time.tv_sec as f64, time.tv_nsec as f64);
    seconds + parts / 1e9
}

/// Runs `one` for a book of so many copies, each in a process of its own: the program calls itself. It prints a
/// row that begins with copies and pages and goes on with `columns`.
pub(crate) fn each(project: &Path, sizes: &[usize], (title, columns): (&str, &str), one: impl Fn(usize)) {
    let asked = std::env::args().skip_while(|argument| argument != "--copies").nth(1);
    if let Some(copies) = asked.and_then(|copies| copies.parse().ok()) {
        return one(copies);
    }
    if corpus(project).is_none() {
        println!("no ../shared/corpora: a made-up book of the same size stands in for Moby-Dick");
    }
    let columns = format!("| copies | pages | {columns} |");
    let rule = "---|".repeat(columns.matches('|').count() - 1);
    println!("{title}\n\n{columns}\n|{rule}");
    let program = std::env::current_exe().expect("this program");
    for copies in sizes {
        let status = std::process::Command::new(&program).args(["--copies", &copies.to_string()]).status();
        assert!(status.is_ok_and(|status| status.success()), "{copies} copies failed");
    }
}

/// A figure of this process in megabytes (proc(5)).
fn status(name: &str) -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
    line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok()).unwrap_or(0.0) / 1000.0
}

/// Most memory this process ever held, in megabytes.
#[allow(dead_code, reason = "each benchmark that uses this module uses a part")]
pub(crate) fn peak() -> f64 {
    status("VmHWM")
}

/// Memory that this process holds now, in megabytes.
#[allow(dead_code, reason = "each benchmark that uses this module uses a part")]
pub(crate) fn held() -> f64 {
    status("VmRSS")
}

/// What is asked for of a manuscript that was laid down: all editions, in the novel's style.
pub(crate) fn request(disk: &Disk) -> Request<'_> {
    Request {
        resources: disk,
        outside: None,
        manuscript: &Manuscript::Folder,
        style: Some("classic"),
        name: None,
        modified: Timestamp(0),
        system_fonts: None,
    }
}

/// Where Moby-Dick lies, if it does.
pub(crate) fn corpus(project: &Path) -> Option<PathBuf> {
    Some(project.join("../shared/corpora/moby-dick")).filter(|folder| folder.is_dir())
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

/// Writes the manuscript into a folder of this process, the text so many times over.
pub(crate) fn lay_down(project: &Path, copies: usize) -> PathBuf {
    let corpus = corpus(project).unwrap_or_default();
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
    folder
}
