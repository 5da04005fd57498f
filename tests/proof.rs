//! What `proof` reads in finished files, and that broken ones are refused rather than believed.

#[path = "workshop/objects.rs"]
mod objects;

use aldine::model::Language;
use aldine::phrases::phrases;
use aldine::proof::{Heading, first_missing, read_epub, read_pdf, read_text, words_of_text};
use objects::pdf;

fn heading(level: u8, words: &str, page: Option<&str>) -> Heading {
    Heading { level, words: words.to_owned(), page: page.map(str::to_owned) }
}

const PAGES: &str = "<< /Type /Pages /Kids [3 0 R 4 0 R 5 0 R] /Count 3 >>";
const PAGE: &str = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] >>";

#[test]
fn pdf_bookmarks_and_labels() {
    let file = pdf(&[
        "<< /Type /Catalog /Pages 2 0 R /Outlines 6 0 R /PageLabels << /Nums [0 << /S /r >> 1 << /S /D /St 7 >>] >> >>",
        PAGES,
        PAGE,
        PAGE,
        PAGE,
        "<< /First 7 0 R /Last 9 0 R >>",
        "<< /Title (I The Part) /Parent 6 0 R /Next 9 0 R /First 8 0 R /Dest [3 0 R /Fit] >>",
        "<< /Title <FEFF00310020201400C9> /Parent 7 0 R /A << /S /GoTo /D [4 0 R /Fit] >> >>",
        "<< /Title (Last) /Parent 6 0 R >>",
    ]);
    let reading = read_pdf(&file).unwrap();
    assert_eq!(reading.pages, ["i", "7", "8"]);
    let wanted =
        [heading(1, "I The Part", Some("i")), heading(2, "1 —É", Some("7")), heading(1, "Last", None)];
    assert_eq!(reading.outline, wanted);
}

#[test]
fn pdf_bookmarks_in_a_ring_end() {
    let file = pdf(&[
        "<< /Type /Catalog /Pages 2 0 R /Outlines 6 0 R >>",
        PAGES,
        PAGE,
        PAGE,
        PAGE,
        "<< /First 7 0 R >>",
        "<< /Title (A) /Next 8 0 R /First 7 0 R >>",
        "<< /Title (B) /Next 7 0 R >>",
    ]);
    let reading = read_pdf(&file).unwrap();
    let titles: Vec<&str> = reading.outline.iter().map(|heading| heading.words.as_str()).collect();
    assert_eq!(titles, ["A", "B"]);
    assert_eq!(reading.pages, ["1", "2", "3"]);
}

#[test]
fn broken_files_are_refused() {
    assert!(read_pdf(b"no PDF").is_err());
    assert!(read_epub(b"no archive").is_err());
    assert!(read_text(b"\xff\xfe", phrases(&Language::english())).is_err());
}

#[test]
fn text_contents_headings_and_pages() {
    let text = "\
The Book

[Page 1] stands where that page begins.


Contents

1 One, page 1
  1.1 A title that is so long that it goes on in
      the next line, page 2
2 Two, page 3


1 One

[Page 1] Some words.


1.1 A title that is so long that it goes on in
the next line [Note 1]

More [Page 2] words.


2 Two

[Page 3] End.
";
    let reading = read_text(text.as_bytes(), phrases(&Language::english())).unwrap();
    let long = "1.1 A title that is so long that it goes on in the next line";
    let wanted =
        [heading(1, "1 One", Some("1")), heading(2, long, Some("2")), heading(1, "2 Two", Some("3"))];
    assert_eq!(reading.outline, wanted);
    assert_eq!(reading.headings.unwrap(), ["1 One", &format!("{long} [Note 1]"), "2 Two"]);
    assert_eq!(reading.pages, ["1", "2", "3"]);
}

#[test]
fn words_are_cut_by_one_rule() {
    assert_eq!(words_of_text("don\u{ad}key, 2^32 — H_2O"), ["donkey", "232", "H2O"]);
    assert_eq!(words_of_text("漢字 and\u{a0}more"), ["漢", "字", "and", "more"]);
}

#[test]
fn a_lost_or_moved_word_is_missed() {
    let words = |text: &str| words_of_text(text);
    assert_eq!(first_missing(&words("call me Ishmael"), &words("Call: call me [Page 2] Ishmael")), None);
    assert_eq!(first_missing(&words("call me Ishmael"), &words("call Ishmael me")), Some(2));
    assert_eq!(first_missing(&words("call me Ishmael"), &words("call Ishmael")), Some(1));
}

#[test]
fn pdf_structure_in_a_ring_ends() {
    let file = pdf(&[
        "<< /Type /Catalog /Pages 2 0 R /StructTreeRoot 6 0 R >>",
        PAGES,
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] /Contents 9 0 R /Resources << /Font << /F 10 0 R >> >> >>",
        PAGE,
        PAGE,
        "<< /Type /StructTreeRoot /K 7 0 R >>",
        "<< /S /H2 /T (A title) /Pg 3 0 R /K [0 8 0 R 7 0 R << /Type /MCR /Pg 3 0 R /MCID 1 >> 5 0 R] >>",
        "<< /S /Span /K [7 0 R 8 0 R] >>",
        "<< /Length 113 >>\nstream\nBT /F 9 Tf /P << /MCID 0 >> BDC (ab) Tj EMC (c) Tj /P << /MCID 1 >> BDC [(d) -9 (a)] TJ EMC /Artifact BMC (b) Tj EMC ET\nendstream",
        "<< /Type /Font /Subtype /Type1 /ToUnicode 11 0 R >>",
        "<< /Length 106 >>\nstream\n1 beginbfchar <61> <0058> endbfchar 2 beginbfrange <62> <63> <0059> <64> <65> [<00660069> <0071>] endbfrange\nendstream",
    ]);
    let reading = read_pdf(&file).unwrap();
    assert_eq!(reading.headings.as_deref(), Some(&["A title".to_owned()][..]));
    assert_eq!(reading.words.unwrap(), ["XYfiX"]);
}
