//! A book that was changed and is set again with what the first time left: the same pages as set anew, and
//! only what changed is set.

use super::PLAIN;
use crate::workshop::{images, request};
use aldine::build::Resolved;
use aldine::diagnostics::Diagnostics;
use aldine::layout::{Layout, Stage, Watcher};
use aldine::sources::{Manuscript, Memory};
use std::fmt::Write as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

const CHAPTERS: usize = 6;

/// Chapters that call notes and refer to each other's pages, each in a file of its own.
fn chapters() -> Vec<String> {
    let chapter = |at: usize| {
        let next = (at + 2) % CHAPTERS;
        let mut text = format!("# The {at}. chapter {{#c{at}}}\n\n");
        for paragraph in 0..9 {
            let words = "The rope was paid out slowly, and nobody on deck said a word about the weather ";
            let _ = writeln!(text, "{}of day {paragraph}. See [](#c{next}){{.page}}.\n", words.repeat(3));
        }
        let _ = writeln!(text, "It was told.[^n{at}]\n\n[^n{at}]: By the mate of chapter {at}.");
        text
    };
    (0..CHAPTERS).map(chapter).collect()
}

fn resolved(chapters: &[String], look: &str) -> Resolved {
    let files: Memory = images()
        .with("plain/style.toml", look)
        .with("aldine.toml", "title = \"Rope\"\nlanguage = \"en\"\nstyle = \"plain\"\n");
    let files = chapters
        .iter()
        .enumerate()
        .fold(files, |files, (at, text)| files.with(format!("manuscript/{at:02}.md"), text.as_str()));
    let mut told = Diagnostics::new();
    let request = request(&files, &Manuscript::Folder, None);
    let made = request.resolve(request.prepare(&mut told), &mut told);
    let said: Vec<_> = told.iter().map(|d| d.message.as_str()).collect();
    assert_eq!(said, [] as [&str; 0]);
    made
}

fn seen(layout: &Layout) -> String {
    format!("{}{}{:?}", layout.dump(), layout.structure.dump(), layout.pagination)
}

/// Sets the first book, then the second with what that left; gives how many paragraphs were set each time.
fn again(before: &[String], after: &[String], look: &str) -> (usize, usize) {
    let (old, new) = (resolved(before, look), resolved(after, look));
    let count = Arc::new(AtomicUsize::new(0));
    let counted = count.clone();
    let watcher = Watcher::new(move |stage| {
        counted.fetch_add(usize::from(stage == Stage::Set), Ordering::Relaxed);
    });
    let setter = old.setter().watched(watcher);
    let settled = old.settle(&setter, None);
    let first = count.swap(0, Ordering::Relaxed);
    let settled = new.settle(&setter, Some((&old, settled)));
    let second = count.load(Ordering::Relaxed);
    let told: Vec<_> = settled.diagnostics().iter().map(|d| d.message.clone()).collect();
    assert_eq!(told, [] as [String; 0]);
    let layout = new.place(&setter, settled);
    let fresh = new.lay_out(&mut Diagnostics::new());
    assert_eq!(seen(&layout), seen(&fresh));
    (first, second)
}

/// The same with one chapter's text changed.
fn changed(at: usize, edit: impl Fn(&str) -> String, look: &str) -> (usize, usize) {
    let before = chapters();
    let mut after = before.clone();
    after[at] = edit(&after[at]);
    assert_ne!(before, after);
    again(&before, &after, look)
}

#[test]
fn of_an_unchanged_book_nothing_is_set() {
    let (first, second) = again(&chapters(), &chapters(), PLAIN);
    assert!(first > 60, "{first}");
    assert_eq!(second, 0);
}

#[test]
fn a_changed_word_sets_its_chapter() {
    let (first, second) = changed(2, |text| text.replacen("slowly", "wisely", 1), PLAIN);
    assert!(second > 0 && second < first / 4, "{second} of {first}");
}

#[test]
fn a_longer_chapter_moves_the_pages_of_others() {
    let longer = |text: &str| text.replacen("It was told.", &"It was told again and again. ".repeat(60), 1);
    changed(1, longer, PLAIN);
}

#[test]
fn a_new_paragraph_note_and_heading_are_seen() {
    changed(0, |text| text.replacen("It was told.", "It was.\n\nIt was told.", 1), PLAIN);
    changed(3, |text| text.replacen("The rope", "A note.[^m] The rope", 1) + "\n[^m]: Another.\n", PLAIN);
    changed(4, |text| text.replacen("# The", "# This", 1), PLAIN);
    changed(5, |text| text.replacen("By the mate", "By a mate", 1), PLAIN);
}

#[test]
fn contents_and_notes_elsewhere_are_set_again() {
    let look = PLAIN.replace("contents = 0", "contents = 2") + "[notes]\nplace = \"chapter\"\n";
    changed(2, |text| text.replacen("# The", "# This", 1), &look);
    changed(2, |text| text.replacen("By the mate", "By a mate", 1), &look);
    let look = look.replace("\"chapter\"", "\"book\"");
    changed(2, |text| text.replacen("By the mate", "By a mate", 1), &look);
}

#[test]
fn a_chapter_more_or_less_is_a_book_of_its_own() {
    let before = chapters();
    let more: Vec<String> =
        before.iter().cloned().chain(["# The last\n\nOne paragraph more.\n".to_owned()]).collect();
    again(&before, &more, PLAIN);
    again(&more, &before, PLAIN);
}
