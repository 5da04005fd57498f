//! Pages: what stands where on them, and what is true of the pages of any book.
//!
//! Each `tests/pages/NAME.md` has a `NAME.pages` beside it, the dump of its layout; `ALDINE_UPDATE=1 cargo
//! test --test pages` writes them anew, to be read before they are kept. Their lines end where the
//! author ends them, so that they change with the breaking of pages alone.

#[path = "pages/any.rs"]
mod any;
#[path = "pages/cells.rs"]
mod cells;
#[path = "pages/columns.rs"]
mod columns;
#[path = "pages/floats.rs"]
mod floats;
#[path = "pages/gives.rs"]
mod gives;
#[path = "pages/kept.rs"]
mod kept;
#[path = "pages/prices.rs"]
mod prices;
#[path = "pages/rules.rs"]
mod rules;
mod workshop;

use aldine::build::Resolved;
use aldine::diagnostics::{Code, Diagnostics};
use aldine::layout::{Layout, PageExplained, PageLabel};
use aldine::sources::{Manuscript, Memory};
use aldine::style::Theme;
use workshop::{cases, golden, images, request, text_of};

/// A look with small pages, nothing before the text, and chapters on right-hand pages.
const PLAIN: &str = "name = \"plain\"
base = \"classic\"
[page]
size = \"90x100mm\"
inner = \"10mm\"
outer = \"12mm\"
top = \"12mm\"
bottom = \"14mm\"
[chapters]
opening = \"recto\"
small-caps = false
[headings.1]
size = \"1.2em\"
above = 2
below = 1
label-above = false
[front]
half-title = false
title-page = false
copyright-page = false
contents = 0
[heads]
verso = \"title\"
recto = \"section\"
";

/// A manuscript set in pages, as the program does it.
fn set(text: &str, look: &str) -> (Layout, Theme) {
    let (layout, _, made) = explained(text, look, &|_| Vec::new());
    (layout, made.theme)
}

/// The same, with the pages explained that `asked` picks.
fn explained(
    text: &str,
    look: &str,
    asked: &dyn Fn(&[PageLabel]) -> Vec<usize>,
) -> (Layout, Vec<PageExplained>, Resolved) {
    let files: Memory = images().with("book.md", text).with("plain/style.toml", look);
    let manuscript = Manuscript::File("book.md".to_owned());
    let mut told = Diagnostics::new();
    let request = request(&files, &manuscript, None);
    let made = request.resolve(request.prepare(&mut told), &mut told);
    let (layout, pages) = made.lay_out_explained(asked, &mut told);
    // Pages are held here to what they do with notes and pictures that no page has room for, and with tables
    // without a head, of which those who hear the book are told.
    let mended = [Code::LongNote, Code::TallFigure, Code::LongWord, Code::HeadlessTable];
    let said = told.iter().filter(|d| !mended.contains(&d.code));
    let said: Vec<_> = said.map(|d| (d.code.name(), d.message.as_str())).collect();
    assert_eq!(said, [], "of {text}");
    (layout, pages, made)
}

/// Every page of a book.
fn all(labels: &[PageLabel]) -> Vec<usize> {
    (0..labels.len()).collect()
}

#[test]
fn cases_give_their_pages() {
    let cases = cases("pages");
    assert!(cases.len() >= 5, "cases are missing");
    for case in cases {
        let (layout, _) = set(&text_of(&case), PLAIN);
        golden(&case, "pages", &layout.dump());
    }
}
