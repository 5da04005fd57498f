//! Small layouts in, the PDF out: what it says, how it is marked, and what is refused.

#![expect(clippy::indexing_slicing, reason = "tests may panic")]

#[path = "pdf/press.rs"]
mod press;
#[path = "pdf/sample.rs"]
mod sample;

use aldine::proof::read_pdf;
use hayro_syntax::Pdf as File;
use hayro_syntax::object::{Array, Dict, Name, Object, String as PdfString};

/// The structure as text: an element a line, with what stands in it in number of sequences and links.
fn structure(file: &File) -> String {
    let catalogue: Dict<'_> = file.xref().get(file.xref().root_id()).expect("a catalogue");
    let root: Dict<'_> = catalogue.get("StructTreeRoot").expect("a structure");
    let mut out = String::new();
    children(&root).iter().filter_map(inner).for_each(|document| element(&document, 0, &mut out));
    out
}

fn text(string: &PdfString<'_>) -> String {
    let bytes = string.as_bytes();
    match bytes.strip_prefix(&[0xfe, 0xff]) {
        Some(rest) => {
            let units: Vec<u16> = rest.chunks(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
            String::from_utf16_lossy(&units)
        }
        None => bytes.iter().map(|byte| char::from(*byte)).collect(),
    }
}

/// What stands under an element.
fn children<'o>(dict: &Dict<'o>) -> Vec<Object<'o>> {
    match dict.get::<Array<'_>>("K") {
        Some(list) => list.iter::<Object<'_>>().collect(),
        None => dict.get::<Object<'_>>("K").into_iter().collect(),
    }
}

fn inner<'o>(object: &Object<'o>) -> Option<Dict<'o>> {
    object.clone().into_dict()
}

fn element(dict: &Dict<'_>, depth: usize, out: &mut String) {
    let kind = dict.get::<Name<'_>>("S").expect("a kind");
    out.push_str(&format!("{}{}", "  ".repeat(depth), kind.as_str()));
    for key in ["Alt", "E", "Lang", "T"] {
        if let Some(words) = dict.get::<PdfString<'_>>(key) {
            out.push_str(&format!(" {key}={}", text(&words)));
        }
    }
    let children = children(dict);
    let marks = children.iter().filter(|child| inner(child).is_none()).count();
    let links = children.iter().filter_map(inner).filter(|child| child.get::<Object<'_>>("Obj").is_some());
    out.push_str(&format!(" {marks}+{}\n", links.count()));
    for child in children.iter().filter_map(inner).filter(|child| child.get::<Name<'_>>("S").is_some()) {
        element(&child, depth + 1, out);
    }
}

fn opened(bytes: &[u8]) -> File {
    File::new(bytes.to_vec()).expect("a PDF")
}

#[test]
fn the_sample_says_what_it_should() {
    let case = sample::book();
    let file = opened(&case.printed(&sample::layout(&case)));
    let wanted = include_str!("pdf/sample.structure");
    let found = structure(&file);
    assert_eq!(found, wanted, "{found}");
}

#[test]
fn bookmarks_and_labels_are_the_books() {
    let case = sample::book();
    let bytes = case.printed(&sample::layout(&case));
    let reading = read_pdf(&bytes).expect("a PDF");
    assert_eq!(reading.pages, ["i", "ii", "1", "2"]);
    let outline: Vec<_> =
        reading.outline.iter().map(|h| (h.level, h.words.as_str(), h.page.as_deref())).collect();
    let wanted = [(1, "1 First knots", Some("1")), (2, "1.1 Bends", Some("2")), (1, "2 Second", Some("2"))];
    assert_eq!(outline, wanted);
}

#[test]
fn the_same_book_gives_the_same_bytes() {
    let case = sample::book();
    let layout = sample::layout(&case);
    let first = case.printed(&layout);
    assert_eq!(first, case.printed(&layout));
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a pool");
    assert_eq!(first, pool.install(|| case.printed(&layout)));
    assert_eq!(first, sample::book().printed(&sample::layout(&sample::book())));
}
