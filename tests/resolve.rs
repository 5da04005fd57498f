//! Markdown in, the one book out: what it says, what is told, and what is true of any book.

#![expect(clippy::print_stdout, reason = "a test that is skipped says so")]
#![expect(clippy::wildcard_enum_match_arm, reason = "tests look at what they are about")]

#[path = "resolve/bench.rs"]
mod bench;
#[path = "resolve/captions.rs"]
mod captions;
#[path = "resolve/images.rs"]
mod images;
#[path = "resolve/limits.rs"]
mod limits;
#[path = "resolve/links.rs"]
mod links;
#[path = "resolve/listen.rs"]
mod listen;
#[path = "resolve/notes.rs"]
mod notes;
#[path = "resolve/phrases.rs"]
mod phrases;
#[path = "resolve/sections.rs"]
mod sections;
#[path = "resolve/titles.rs"]
mod titles;
#[path = "resolve/typography.rs"]
mod typography;
#[path = "resolve/verse.rs"]
mod verse;
#[path = "resolve/view.rs"]
mod view;

use aldine::sources::Disk;
use bench::from;
use std::collections::BTreeMap;
use std::path::Path;

fn corpus(folder: &str, file: &str) -> Option<bench::Made> {
    // A second work tree stands one folder deeper.
    let found = ["../shared/corpora", "../../shared/corpora"].iter().find_map(|corpora| {
        Disk::new(&Path::new(env!("CARGO_MANIFEST_DIR")).join(corpora).join(folder)).ok()
    });
    if found.is_none() {
        println!("skipped: no {folder} among the corpora");
    }
    found.map(|disk| from(&disk, file))
}

fn count(made: &bench::Made) -> BTreeMap<&'static str, usize> {
    let mut counts = BTreeMap::new();
    made.codes().into_iter().for_each(|code| *counts.entry(code).or_insert(0) += 1);
    counts
}

#[test]
fn moby_dick_resolves_without_a_complaint_that_is_not_true() {
    let Some(made) = corpus("moby-dick", "moby-dick.md") else { return };
    println!("{:#?}", made.said());
    assert!(!made.told.has_errors(), "{:#?}", made.said());
    assert_eq!(made.book.notes.len(), 22);
    assert_eq!(made.book.sections.len(), 139);
    assert_eq!(made.book.metadata.file_name, "moby-dick-or-the-whale");
}

#[test]
fn the_rust_book_resolves_with_warnings_that_make_sense() {
    let Some(made) = corpus("rust-book", "rust-book.md") else { return };
    println!("{:#?}", made.said());
    assert!(!made.told.has_errors(), "{:#?}", made.said());
    // Fourteen of its 542 headings stand in quotes.
    assert_eq!(made.book.all_sections().len(), 528);
    println!("{:#?}", count(&made));
}
