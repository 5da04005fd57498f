//! Small layouts in, the PDF out: what it says, how it is marked, and what is refused.

#![expect(clippy::indexing_slicing, reason = "tests may panic")]

#[path = "pdf/features.rs"]
mod features;
#[path = "pdf/images.rs"]
mod images;
#[path = "pdf/press.rs"]
mod press;
#[path = "pdf/refusals.rs"]
mod refusals;
#[path = "pdf/runs.rs"]
mod runs;
#[path = "pdf/sample.rs"]
mod sample;
#[path = "pdf/ua2.rs"]
mod ua2;

use aldine::layout::Tag;
use aldine::measure::Length;
use aldine::model::Target;
use aldine::proof::read_pdf;
use hayro_syntax::Pdf as File;
use hayro_syntax::object::{Array, Dict, Name, Object, Stream, String as PdfString};

/// The catalogue.
fn catalogue(file: &File) -> Dict<'_> {
    file.xref().get(file.xref().root_id()).expect("a catalogue")
}

/// The drawing instructions of a page.
fn drawn(file: &File, page: usize) -> String {
    String::from_utf8_lossy(file.pages()[page].page_stream().expect("instructions")).into_owned()
}

/// How often these words stand in the file.
fn count(bytes: &[u8], words: &str) -> usize {
    bytes.windows(words.len()).filter(|found| *found == words.as_bytes()).count()
}

/// The structure as text: an element a line, with what stands in it in number of sequences and links.
fn structure(file: &File) -> String {
    let root: Dict<'_> = catalogue(file).get("StructTreeRoot").expect("a structure");
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

/// What is said of an element by owners of attributes.
fn attributes<'o>(dict: &Dict<'o>) -> Vec<Dict<'o>> {
    match dict.get::<Array<'_>>("A") {
        Some(list) => list.iter::<Dict<'_>>().collect(),
        None => dict.get::<Dict<'_>>("A").into_iter().collect(),
    }
}

fn element(dict: &Dict<'_>, depth: usize, out: &mut String) {
    let kind = dict.get::<Name<'_>>("S").expect("a kind");
    out.push_str(&format!("{}{}", "  ".repeat(depth), kind.as_str()));
    for key in ["Alt", "E", "Lang", "T"] {
        if let Some(words) = dict.get::<PdfString<'_>>(key) {
            out.push_str(&format!(" {key}={}", text(&words)));
        }
    }
    for attributes in attributes(dict) {
        for key in ["ListNumbering", "NoteType", "Scope", "Placement"] {
            out.extend(attributes.get::<Name<'_>>(key).map(|name| format!(" {key}={}", name.as_str())));
        }
        out.extend(attributes.get::<Array<'_>>("BBox").map(|_| " BBox"));
    }
    if let Some(others) = dict.get::<Array<'_>>("Ref") {
        out.push_str(&format!(" Ref×{}", others.raw_iter().count()));
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
    golden("sample.structure", &structure(&file));
}

#[test]
fn every_construct_has_its_element() {
    let artifacts = features::built(features::TEXT, "classic");
    let pdf = artifacts.iter().find(|artifact| artifact.name.ends_with(".pdf")).expect("a PDF");
    golden("features.structure", &structure(&opened(&pdf.bytes)));
}

/// Holds a structure against the file; `ALDINE_UPDATE=1` writes that anew, to be read before it is kept.
#[expect(clippy::disallowed_methods, reason = "tests read the files they judge with")]
fn golden(name: &str, found: &str) {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pdf").join(name);
    if std::env::var_os("ALDINE_UPDATE").is_some() {
        std::fs::write(&path, found).expect("the golden file is written");
    }
    let wanted = std::fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(found, wanted, "{name}: {found}");
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
fn its_words_are_read_back_in_reading_order() {
    let case = sample::book();
    let reading = read_pdf(&case.printed(&sample::layout(&case))).expect("a PDF");
    assert_eq!(reading.headings.expect("headings"), ["1 First knots", "1.1 Bends", "2 Second"]);
    let words = reading.words.expect("words").join(" ");
    // The word that was broken is whole; heads, folios and pictures say nothing.
    let wanted = "Knots Splices 1 First knots 1 First knots A bowline is a knot quick fast and well made \
        See the second or the web or nowhere nœud de chaise RYA 1 Figure 1 1 A rope 1 Make a loop \
        {faces} Said a sailor Aside Table 1 1 Strength Knot Part Bowline 1 A note 1 1 Bends 2 Second let knot bow line";
    let wanted = wanted.replace("{faces}", &"λόγος слово ½ ﬁ ".repeat(8));
    assert_eq!(words, wanted.split_whitespace().collect::<Vec<_>>().join(" "));
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

#[test]
fn a_series_of_labels_is_said_once() {
    let case = sample::book();
    let mut set = case.set();
    for number in 1..=30 {
        set.page(true, number);
    }
    for number in 1..=99 {
        set.page(false, number);
    }
    let nums = |bytes: &[u8]| {
        let file = opened(bytes);
        let labels: Dict<'_> = catalogue(&file).get("PageLabels").expect("labels");
        labels.get::<Array<'_>>("Nums").expect("numbers").iter::<Object<'_>>().count() / 2
    };
    let bytes = case.printed(&set.layout);
    assert_eq!(nums(&bytes), 2);
    let pages = read_pdf(&bytes).expect("a PDF").pages;
    assert_eq!((pages.len(), pages[29].as_str(), pages[128].as_str()), (129, "xxx", "99"));
    // A series that doesn't begin at 1 has the right labels all the same.
    let mut set = case.set();
    for number in [7, 8, 12, 1, 2] {
        set.page(false, number);
    }
    assert_eq!(read_pdf(&case.printed(&set.layout)).expect("a PDF").pages, ["7", "8", "12", "1", "2"]);
}

#[test]
fn the_file_says_what_the_book_is() {
    let case = sample::book();
    let bytes = case.printed(&sample::layout(&case));
    let file = opened(&bytes);
    let catalogue = catalogue(&file);
    let said = |key: &str| catalogue.get::<PdfString<'_>>(key).map(|words| text(&words));
    assert_eq!(said("Lang").as_deref(), Some("en-GB"));
    assert_eq!(catalogue.get::<Name<'_>>("PageLayout").expect("a layout").as_str(), "TwoPageRight");
    assert_eq!(catalogue.get::<Name<'_>>("PageMode").expect("a mode").as_str(), "UseOutlines");
    let shown: Dict<'_> = catalogue.get("ViewerPreferences").expect("preferences");
    assert_eq!(shown.get::<bool>("DisplayDocTitle"), Some(true));
    let metadata: Stream<'_> = catalogue.get("Metadata").expect("metadata");
    assert_eq!(count(&bytes, "<?xpacket end="), 1);
    let xmp = String::from_utf8_lossy(&metadata.decoded().expect("XMP")).into_owned();
    for words in [
        "Knots &amp; &lt;Splices&gt;",
        "Ada Hitch, Ben Bight",
        "How to tie.",
        "ropes, sailing",
        "<dc:language><rdf:Bag><rdf:li>en-GB<",
        "<xmp:ModifyDate>2023-11-14T22:13:20",
        "<dc:contributor><rdf:Bag><rdf:li>Cy &amp; Co.</rdf:li></rdf:Bag></dc:contributor>",
        "<dc:publisher><rdf:Bag><rdf:li>Rope &lt;Works&gt;<",
        "<dc:subject><rdf:Bag><rdf:li>ropes</rdf:li><rdf:li>sailing<",
        "<dc:date><rdf:Seq><rdf:li>2026-11<",
        "<dc:identifier>urn:isbn:9783161484100<",
        "<dc:rights><rdf:Alt><rdf:li xml:lang=\"x-default\">All wrongs reserved<",
        "<pdfuaid:part>1<",
        "<pdfaid:part>2<",
        "<pdfaid:conformance>A<",
    ] {
        assert!(xmp.contains(words), "{words} in {xmp}");
    }
}

#[test]
fn links_lead_where_they_say() {
    let case = sample::book();
    let file = opened(&case.printed(&sample::layout(&case)));
    let mut found = Vec::new();
    for page in file.pages().iter() {
        let list: Option<Array<'_>> = page.raw().get("Annots");
        for link in list.iter().flat_map(|list| list.iter::<Dict<'_>>().collect::<Vec<_>>()) {
            let said = text(&link.get::<PdfString<'_>>("Contents").expect("words"));
            let inside = link.get::<PdfString<'_>>("Dest").map(|name| text(&name));
            let action: Option<Dict<'_>> = link.get("A");
            let outside = action.and_then(|action| action.get::<PdfString<'_>>("URI")).map(|uri| text(&uri));
            found.push(format!("{said} -> {}", inside.or(outside).expect("a target")));
        }
    }
    let wanted = [
        "link: 1 First knots -> first",
        "link: See the second -> second",
        "link: or the web -> https://example.org/a%20b%7C%C3%A9",
        "link: 1 -> note-1",
    ];
    assert_eq!(found, wanted);
    let names: Dict<'_> = catalogue(&file).get("Names").expect("names");
    let places = names.get::<Dict<'_>>("Dests").expect("places").get::<Array<'_>>("Names").expect("a list");
    let names = places.iter::<Object<'_>>().filter_map(Object::into_string).map(|name| text(&name));
    assert_eq!(names.collect::<Vec<_>>(), ["bends", "first", "note-1", "second"]);
}

#[test]
fn a_link_over_two_lines_is_one_link() {
    let case = sample::book();
    let mut set = case.set();
    set.page(false, 1);
    set.within(Tag::Paragraph, |set| {
        let node = set.link(Target::Outside("https://example.org".to_owned()), "first line");
        let page = set.layout.pages.last_mut().expect("a page");
        let mut second = page.links[0].clone();
        second.rect.at.y += Length::pt(14.0);
        assert_eq!(second.node, node);
        page.links.push(second);
    });
    let bytes = case.printed(&set.layout);
    assert_eq!(count(&bytes, "/Subtype/Link"), 1);
    let file = opened(&bytes);
    let links: Array<'_> = file.pages()[0].raw().get("Annots").expect("links");
    let link = links.iter::<Dict<'_>>().next().expect("a link");
    assert_eq!(link.get::<Array<'_>>("QuadPoints").expect("areas").iter::<Object<'_>>().count(), 16);
}

#[test]
fn a_book_without_sections_has_its_title_for_a_bookmark() {
    let case = press::case("---\ntitle: Alone\nlanguage: en\n---\n\nText.\n", &[]);
    let mut set = case.set();
    set.page(false, 1);
    set.paragraph("Text.");
    let outline = read_pdf(&case.printed(&set.layout)).expect("a PDF").outline;
    assert_eq!((outline.len(), outline[0].words.as_str()), (1, "Alone"));
}

#[test]
fn metadata_of_any_length_and_kind_is_held() {
    let long = "Wörter ".repeat(9_000);
    let text = format!(
        "---\ntitle: \"{long}\"\nauthors: [\"{long}\", B]\nlanguage: he\nsubjects: [\"{long}\"]\ndescription: \"a\\u0007b\"\n---\n\n# {long}\n\nText.\n"
    );
    let case = press::case(&text, &[]);
    let mut set = case.set();
    set.page(false, 1);
    set.heading(1, &long[..80]);
    let heading = set.layout.structure.nodes.last_mut().expect("a heading");
    heading.tag = Tag::Heading { level: 200, title: long.clone() };
    let file = opened(&case.printed(&set.layout));
    let shown: Dict<'_> = catalogue(&file).get("ViewerPreferences").expect("preferences");
    assert_eq!(shown.get::<Name<'_>>("Direction").expect("a direction").as_str(), "R2L");
}

#[test]
fn elements_nested_as_deep_as_any_are_written() {
    fn nest(set: &mut press::Setter, depth: usize) {
        match depth {
            0 => set.say("deep"),
            _ => drop(set.within(Tag::BlockQuote, |set| nest(set, depth - 1))),
        }
    }
    let case = sample::book();
    let mut set = case.set();
    set.page(false, 1);
    nest(&mut set, 600);
    let file = opened(&case.printed(&set.layout));
    assert_eq!(structure(&file).matches("BlockQuote").count(), 600);
}

#[test]
fn broken_files_are_read_to_an_end() {
    let case = sample::book();
    let good = case.printed(&sample::layout(&case));
    // A generator of no pretensions: the same numbers on every machine.
    let mut state = 1_u64;
    let mut next = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).expect("31 bits") % below
    };
    for _ in 0..150 {
        let mut bad = good.clone();
        for _ in 0..1 + next(40) {
            let at = next(bad.len());
            bad[at] = u8::try_from(next(256)).expect("a byte");
        }
        // What can't be read is an error; no more is asked than an answer.
        let _ = read_pdf(&bad);
        bad.truncate(next(good.len()));
        let _ = read_pdf(&bad);
    }
}

#[test]
fn black_is_one_ink() {
    let case = sample::book();
    let file = opened(&case.printed(&sample::layout(&case)));
    let resources = file.pages()[0].resources();
    let space = resources.color_spaces.get::<Name<'_>>("c0").expect("a colour space with a name");
    assert_eq!(space.as_str(), "DeviceGray");
    assert!(drawn(&file, 0).contains("/c0 cs 0 scn"), "{}", drawn(&file, 0));
}
