//! Whole books, made as the command makes them and held against every judge: the handbook and one
//! book of all cases always; the two real books with `ALDINE_BOOKS=1`, when they are there.

#![expect(clippy::disallowed_methods, reason = "judges read files, and tests the cases they judge")]

#[path = "books/casebook.rs"]
mod casebook;
mod validators;
mod workshop;

use aldine::build::{EDITIONS, Request, Resolved};
use aldine::diagnostics::{Diagnostics, Severity};
use aldine::editions::pdf::Pdf;
use aldine::editions::{Artifact, Edition};
use aldine::proof::{Heading, read_epub, read_pdf};
use aldine::sources::{Disk, Manuscript, PdfStandard, Resources};
use std::path::{Path, PathBuf};
use validators::Verdict;
use workshop::request;

/// A book's files in a folder, by edition.
struct Made {
    pdf: PathBuf,
    /// The PDF of the other standards.
    second: PathBuf,
    epub: PathBuf,
    text: PathBuf,
}

fn make(resources: &dyn Resources, what: &Manuscript, name: &str, folder: &Path) -> Made {
    let request = request(resources, what, Some(name));
    let mut diagnostics = Diagnostics::new();
    let resolved = request.resolve(request.prepare(&mut diagnostics), &mut diagnostics);
    let layout = resolved.lay_out(&mut diagnostics);
    let artifacts = resolved.publish(&layout, &EDITIONS, &mut diagnostics);
    resolved.prove(&artifacts, &mut diagnostics);
    let second = Pdf { standard: PdfStandard::Ua2 };
    let second = second.publish(&resolved.book, &resolved.theme, &layout, &mut diagnostics).expect("a PDF");
    resolved.prove(std::slice::from_ref(&second), &mut diagnostics);
    let errors: Vec<_> = diagnostics.iter().filter(|d| d.code.severity() == Severity::Error).collect();
    assert!(errors.is_empty(), "{name}: {errors:#?}");
    let paths: Vec<PathBuf> = artifacts
        .iter()
        .map(|artifact| {
            let path = folder.join(&artifact.name);
            std::fs::write(&path, &artifact.bytes).expect("an edition");
            path
        })
        .collect();
    let [pdf, epub, text] = paths.as_slice() else { panic!("{name} has {paths:?}") };
    let path = folder.join(format!("{name}-ua2.pdf"));
    std::fs::write(&path, second.bytes).expect("a PDF");
    Made { pdf: pdf.clone(), second: path, epub: epub.clone(), text: text.clone() }
}

fn sound(verdict: Option<Verdict>) {
    if let Some(verdict) = verdict {
        assert!(verdict.complaints.is_empty(), "{verdict:#?}");
    }
}

/// Each file keeps the standards.
fn keep(flavours: [&str; 2], files: &[&Path]) {
    for flavour in flavours {
        let Some(verdicts) = validators::verapdf(flavour, files) else { return };
        assert_eq!(verdicts.len(), files.len(), "{flavour}");
        for verdict in verdicts {
            assert!(verdict.complaints.is_empty(), "{flavour}: {verdict:#?}");
        }
    }
}

/// Every judge on every book.
fn judge(books: &[Made]) {
    let pdfs: Vec<&Path> = books.iter().map(|book| book.pdf.as_path()).collect();
    keep(["ua1", "2a"], &pdfs);
    let seconds: Vec<&Path> = books.iter().map(|book| book.second.as_path()).collect();
    keep(["ua2", "4"], &seconds);
    for book in books {
        sound(validators::qpdf(&book.pdf));
        sound(validators::qpdf(&book.second));
        sound(validators::epubcheck(&book.epub));
        sound(validators::ace(&book.epub));
        let text = std::fs::read_to_string(&book.text).expect("a text");
        let Some(drawn) = validators::pdftotext(&book.pdf) else { continue };
        // Poppler joins nothing that we set apart: the words of the opening lines are in both.
        let count = |text: &str| text.split_whitespace().count();
        assert!(count(&drawn) * 10 > count(&text) * 8, "{} words drawn", count(&drawn));
    }
}

#[test]
fn the_handbook_passes_every_judge() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let disk = Disk::new(root).expect("a manuscript");
    judge(&[make(&disk, &Manuscript::Folder, "handbook", folder.path())]);
}

#[test]
fn the_book_of_all_cases_passes_every_judge() {
    let cases = casebook::compose();
    assert!(cases.titles.len() >= 25, "cases are missing: {:?}", cases.titles);
    let wrong =
        [("markdown/directives", "::: centred")].map(|(case, line)| (case.to_owned(), line.to_owned()));
    assert_eq!(cases.left_out, wrong, "blocks that are meant to be refused");
    let folder = tempfile::tempdir().expect("a folder");
    let made = make(&cases.files, &Manuscript::Folder, "casebook", folder.path());
    for outline in [
        read_pdf(&std::fs::read(&made.pdf).expect("a PDF")).expect("its reading").outline,
        read_epub(&std::fs::read(&made.epub).expect("an EPUB")).expect("its reading").outline,
    ] {
        let titled =
            |title: &&String| !outline.iter().any(|Heading { words, .. }| words.contains(title.as_str()));
        let absent: Vec<&String> = cases.titles.iter().filter(titled).collect();
        assert_eq!(absent, Vec::<&String>::new(), "cases that are not in the book");
    }
    judge(&[made]);
}

/// A book of all cases may hide what is wrong where one of them is all that there is: no second section, no note.
#[test]
fn every_case_alone_keeps_both_standards() {
    let folder = tempfile::tempdir().expect("a folder");
    let what = Manuscript::File("book.md".to_owned());
    let printed = casebook::alone().into_iter().map(|(name, files)| {
        let request = Request { style: Some("classic"), ..request(&files, &what, Some(&name)) };
        let mut told = Diagnostics::new();
        let resolved = request.resolve(request.prepare(&mut told), &mut told);
        let layout = resolved.lay_out(&mut told);
        let pdf = Pdf { standard: PdfStandard::Ua1 };
        let pdf = pdf.publish(&resolved.book, &resolved.theme, &layout, &mut told);
        assert!(!told.has_errors(), "{name}: {told:#?}");
        let path = folder.path().join(format!("{name}.pdf"));
        std::fs::write(&path, pdf.expect("a PDF").bytes).expect("a file");
        path
    });
    let printed: Vec<PathBuf> = printed.collect();
    assert!(printed.len() >= 25, "cases are missing: {printed:?}");
    let files: Vec<&Path> = printed.iter().map(PathBuf::as_path).collect();
    keep(["ua1", "2a"], &files);
}

/// Every edition of a text that gives no error, and its book.
fn published(text: &str) -> (Resolved, Vec<Artifact>) {
    let files = workshop::images().with("book.md", format!("---\ntitle: Book\nlanguage: en\n---\n{text}"));
    let manuscript = Manuscript::File("book.md".to_owned());
    let mut told = Diagnostics::new();
    let asked = request(&files, &manuscript, None);
    let made = asked.resolve(asked.prepare(&mut told), &mut told);
    let layout = made.lay_out(&mut told);
    let artifacts = made.publish(&layout, &EDITIONS, &mut told);
    assert!(!told.has_errors(), "{told:#?}");
    (made, artifacts)
}

/// In print a note that a note calls stands right after that call, before notes called later in the text.
#[test]
fn a_note_within_a_note_is_no_disagreement() {
    for text in [
        "# A\n\nOne[^a] and two[^b].\n\n[^a]: First[^c] of them.\n\n    Goes on.\n[^b]: Second.\n[^c]: Third.\n",
        "# A\n\nOne[^a] and two[^b].\n\n# B\n\nThree[^d].\n\n[^a]: First[^c].\n[^b]: Second[^a].\n[^c]: Third[^d].\n[^d]: Fourth.\n",
    ] {
        let (made, artifacts) = published(text);
        let mut told = Diagnostics::new();
        made.prove(&artifacts, &mut told);
        assert!(told.is_empty(), "{told:#?}");
        for word in ["First", "Second", "Third", "Fourth"].iter().filter(|word| text.contains(**word)) {
            let (_, others) = published(&text.replace(word, "word"));
            for artifact in others {
                let mut told = Diagnostics::new();
                made.prove(&[artifact], &mut told);
                assert!(told.has_errors(), "nobody misses {word} of {text}");
            }
        }
    }
}

/// A style with all that it can put around the text.
const STYLE: &str = "base = \"large-print\"\nnumber-sections = 1\n[chapters]\ndrop-cap = 3\nornament = \"❦\"\n\
[headings.1]\nnumber-alone = true\n[front]\nhalf-title = true\nfigures = true\ntables = true\n";

const FURNISHED: &str = "---\ntitle: The Lamp\nlanguage: en\nauthor: A. Writer\nrights: © 2026 A. Writer\n---\n\n\
# For A. N. {.dedication}\n\nwho kept the lamp\n\n# Motto {.epigraph}\n\n> All shall be well.\n\n\
# Harbour\n\n“Quite the harbour that you like, and never more than three huts and a jetty, yet every ship that passed \
had to pass within a stone's throw[^1] of the window at which the old man sat and counted them, one after the other, \
from the first light of the morning until he could no longer tell a sail from the sky.”[^2]\n\n\
![A lamp](lamp.svg \"The lamp\")\n\nTable: Ships\n\n| Ship | Port |\n|---|---|\n| Pequod | Nantucket |\n\n\
# Sea\n\nA whale.[^1] Another.[^3]\n\n[^1]: Of oil.\n\n    - a list\n    - in it[^4]\n[^2]: Of linen.\n[^3]: Of fir.\n[^4]: Within.\n";

#[test]
#[expect(clippy::disallowed_methods, reason = "a manuscript of the test's own")]
fn a_book_with_all_furniture_passes_every_judge() {
    let folder = tempfile::tempdir().expect("a folder");
    let lamp = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"40\" height=\"30\"><rect width=\"9\" height=\"9\"/></svg>";
    let books = ["chapter", "book"].map(|place| {
        let source = tempfile::tempdir().expect("a folder");
        let write = |name: &str, text: &str| std::fs::write(source.path().join(name), text).expect("a file");
        std::fs::create_dir(source.path().join("look")).expect("a folder");
        write("look/style.toml", &format!("{STYLE}[notes]\nplace = \"{place}\"\n"));
        write("lamp.svg", lamp);
        write("book.md", &FURNISHED.replacen("language", "style: look\nlanguage", 1));
        let disk = Disk::new(source.path()).expect("a manuscript");
        make(&disk, &Manuscript::File("book.md".to_owned()), place, folder.path())
    });
    judge(&books);
}

#[test]
fn the_real_books_pass_every_judge() {
    let corpora = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpora");
    // Who runs the tests says how long they may take.
    let wanted = std::env::var("ALDINE_BOOKS").is_ok_and(|value| value == "1");
    if !wanted || !corpora.is_dir() {
        #[expect(clippy::print_stdout, reason = "a test that is skipped says so")]
        {
            println!("skipped: the real books want ALDINE_BOOKS=1 and ../shared/corpora");
        }
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let books = ["moby-dick", "rust-book"].map(|name| {
        let file = Manuscript::File(format!("{name}.md"));
        let disk = Disk::new(&corpora.join(name)).expect("a manuscript");
        make(&disk, &file, name, folder.path())
    });
    judge(&books);
}
