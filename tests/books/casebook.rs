//! One book of every case: each Markdown file under `tests` is a part of it, so that what only the
//! goldens would see is set, published and judged as well.
//!
//! A case is taken as it stands, but for three things: its front matter stays behind (a book has one),
//! ids in braces get the case's name before them (they must be unique in a book), and a block that is
//! written to give an error is left out and counted. A case's language goes onto its part.

use crate::workshop::{self, images, picture, request};
use aldine::build::Request;
use aldine::diagnostics::{Diagnostic, Diagnostics, Severity};
use aldine::sources::{Manuscript, Memory};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

const SETTINGS: &str = "title = \"Every case & <all>\"
subtitle = \"As one book\"
authors = [\"Ada Hitch\", \"Ben Bight\", { name = \"Cy & Co.\", role = \"ill\" }]
language = \"en\"
identifier = \"urn:uuid:3d2a2f0e-6f0b-4c57-9d0a-0d8f6c1f5b11\"
publisher = \"Rope Works\"
date = \"2026-01-02\"
rights = \"All wrongs reserved\"
description = \"What the tests hold, as a reader would get it.\"
subjects = [\"tests\", \"books\"]
series = { name = \"Casebooks\", number = 1 }
cover = \"cover.png\"
dialect = \"aldine\"
style = \"classic\"
";

/// The book to be.
pub(crate) struct Casebook {
    /// Settings, cases and their images.
    pub(crate) files: Memory,
    /// The title of each case's part, in order.
    pub(crate) titles: Vec<String>,
    /// Blocks that are written to give an error: the case and the block's first line.
    pub(crate) left_out: Vec<(String, String)>,
}

/// The images that cases name, none twice.
fn pictures() -> Memory {
    let mut files = images();
    for name in ["img/whale.png", "i.png", "a.png", "l.png", "rope.png"] {
        files = files.with(name, picture(image::ImageFormat::Png));
    }
    files = files.with("rope.jpg", picture(image::ImageFormat::Jpeg));
    files.with("rope.svg", workshop::SVG).with("ornament.svg", workshop::SVG)
}

/// Every Markdown file under a folder, in order.
fn found(folder: &Path) -> Vec<PathBuf> {
    let mut all = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(std::fs::read_dir(&path).expect("a folder").map(|e| e.expect("an entry").path()));
        } else if path.extension().is_some_and(|ending| ending == "md") {
            all.push(path);
        }
    }
    all.sort();
    all
}

/// Composes the book.
pub(crate) fn compose() -> Casebook {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let mut book = Casebook { files: pictures(), titles: Vec::new(), left_out: Vec::new() };
    let mut listed = Vec::new();
    for path in found(&tests) {
        let inside = path.strip_prefix(&tests).expect("under tests").with_extension("");
        let name = inside.to_string_lossy().replace('\\', "/");
        let slug = name.replace('/', "-");
        let text = workshop::text_of(&path);
        let (case, language) = chapter(&name, &text, &mut book.left_out);
        let title = format!("Case {name}");
        let lang = language.map_or_else(String::new, |tag| format!(" lang={tag}"));
        let part = format!("# {title} {{#{slug} .part{lang}}}\n\n{}\n", renamed(&case, &slug));
        // Images stand beside the case that names them.
        book.files = book.files.with(format!("{slug}.md"), part);
        listed.push(format!("\"{slug}.md\""));
        book.titles.push(title);
    }
    let settings = format!("{SETTINGS}[manuscript]\nfiles = [{}]\n", listed.join(", "));
    book.files = book.files.with("aldine.toml", settings);
    book
}

/// Each case as a book of its own: its name, and `book.md` beside the images that cases name.
pub(crate) fn alone() -> Vec<(String, Memory)> {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let book = |path: PathBuf| {
        let inside = path.strip_prefix(&tests).expect("under tests").with_extension("");
        let name = inside.to_string_lossy().replace(['\\', '/'], "-");
        let (case, language) = chapter(&name, &workshop::text_of(&path), &mut Vec::new());
        let language = language.unwrap_or_else(|| "en".to_owned());
        let head = format!("---\ntitle: Case {name}\nlanguage: {language}\ndialect: aldine\n---\n\n");
        (name, pictures().with("book.md", head + &case))
    };
    found(&tests).into_iter().map(book).collect()
}

/// A case without its front matter and without what is an error in it; and its language.
fn chapter(name: &str, text: &str, left_out: &mut Vec<(String, String)>) -> (String, Option<String>) {
    let files = pictures().with("book.md", text);
    let manuscript = Manuscript::File("book.md".to_owned());
    let mut told = Diagnostics::new();
    // Looks of the cases' own stay behind with their front matter.
    let asked = Request { style: Some("classic"), ..request(&files, &manuscript, None) };
    let prepared = asked.prepare(&mut told);
    let blocks = prepared.draft.sources.iter().flat_map(|source| &source.blocks);
    let blocks: Vec<_> = blocks.map(|block| block.span.range()).collect();
    let sources = asked.resolve(prepared, &mut told).sources;
    let start = sources.list.first().expect("a source").start;
    // So does what its settings ask of the machine.
    let stays = |d: &&Diagnostic| d.code.severity() == Severity::Error && d.span.start as usize >= start;
    let errors: Vec<_> = told.iter().filter(stays).collect();
    let mut kept = text.to_owned();
    let wrong =
        |block: &std::ops::Range<usize>| errors.iter().any(|d| block.contains(&(d.span.start as usize)));
    let cut: Vec<_> = blocks.into_iter().filter(wrong).collect();
    let found = |d: &&&Diagnostic| cut.iter().any(|block| block.contains(&(d.span.start as usize)));
    assert_eq!(errors.iter().filter(found).count(), errors.len(), "{name}: {errors:#?}");
    for block in cut.into_iter().rev() {
        let gone = text.get(block.clone()).expect("a block").lines().next().unwrap_or_default();
        left_out.push((name.to_owned(), gone.to_owned()));
        kept.replace_range(block, "");
    }
    let language = sources.settings.language.map(|tag| tag.value.tag().to_owned());
    (kept.split_off(start), language.filter(|tag| tag != "en"))
}

/// The text with every id in braces, and every link to one, under the case's name.
fn renamed(text: &str, case: &str) -> String {
    let braces = text.split('{').skip(1).filter_map(|rest| rest.split_once('}'));
    let ids: BTreeSet<&str> = braces
        .flat_map(|(inner, _)| inner.split_whitespace())
        .filter_map(|word| word.strip_prefix('#'))
        .collect();
    let mut pieces = text.split('#');
    let mut out = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        out.push('#');
        let id: &str = piece.split(['}', ')', ' ', '\n']).next().unwrap_or_default();
        if ids.contains(id) {
            out.push_str(case);
            out.push('-');
        }
        out.push_str(piece);
    }
    out
}
