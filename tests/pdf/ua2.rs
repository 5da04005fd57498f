//! PDF/UA-2: what the finished file has that krilla doesn't write.

use crate::features;
use crate::press::case;
use crate::{catalogue, count, drawn, golden, opened, structure, text};
use aldine::diagnostics::Diagnostics;
use aldine::editions::Edition;
use aldine::editions::pdf::Pdf;
use aldine::model::{Id, Target};
use aldine::proof::read_pdf;
use aldine::sources::PdfStandard;
use hayro_syntax::Pdf as File;
use hayro_syntax::object::{Array, Dict, Name, Object, ObjectIdentifier, String as PdfString};
use std::collections::BTreeMap;

/// The PDF of the book of all constructs.
fn all(standard: &str) -> Vec<u8> {
    of_style(standard, "classic")
}

fn of_style(standard: &str, style: &str) -> Vec<u8> {
    let own = format!("language: en\nstyle: {style}\npdf: {{ standard: {standard} }}");
    let artifacts = features::built(&features::TEXT.replace("language: en", &own), None);
    let pdf = artifacts.into_iter().find(|artifact| artifact.name.ends_with(".pdf"));
    pdf.expect("a PDF").bytes
}

/// Every object that is a dictionary, by its number.
fn dictionaries(file: &File) -> BTreeMap<u32, Dict<'_>> {
    let last = file.len();
    let numbers = 1..u32::try_from(last).expect("a small file") + 1;
    let read = |number: u32| {
        let object: Object<'_> = file.xref().get(ObjectIdentifier::new(number, 0))?;
        Some((number, object.into_dict()?))
    };
    numbers.filter_map(read).collect()
}

fn name(dict: &Dict<'_>, key: &str) -> String {
    dict.get::<Name<'_>>(key).map(|name| name.as_str().to_owned()).unwrap_or_default()
}

/// The objects that a list refers to.
fn referred(dict: &Dict<'_>, key: &str) -> Vec<u32> {
    let list = dict.get::<Array<'_>>(key);
    let items = list.iter().flat_map(Array::raw_iter);
    items.filter_map(|item| Some(item.as_obj_ref()?.obj_number)).collect()
}

#[test]
fn elements_are_in_the_namespace_of_pdf_2_and_the_claim_is_made_once() {
    for (standard, claims) in [("a-4", 0), ("ua-2", 1)] {
        let bytes = all(standard);
        let file = opened(&bytes);
        let objects = dictionaries(&file);
        let root: Dict<'_> = catalogue(&file).get("StructTreeRoot").expect("a structure");
        let [namespace, ..] = referred(&root, "Namespaces")[..] else { panic!("no namespace") };
        let address: PdfString<'_> = objects[&namespace].get("NS").expect("an address");
        assert_eq!(address.as_bytes(), b"http://iso.org/pdf2/ssn");
        let [document] = referred(&root, "K")[..] else { panic!("no single document") };
        assert_eq!(objects[&document].get_ref("NS").expect("a namespace").obj_number, namespace);
        assert_eq!(count(&bytes, ">2</pdfuaid:part>"), claims);
        assert_eq!(count(&bytes, ">2024</pdfuaid:rev>"), claims);
        assert_eq!(count(&bytes, "<pdfaid:part>4<"), 1);
        assert_eq!(count(&bytes, "/DisplayDocTitle true"), claims);
        assert_eq!(count(&bytes, "/FENote") > 0, claims > 0);
    }
    let usual = all("ua-1");
    assert_eq!(count(&usual, ">2</pdfuaid:part>") + count(&usual, "FENote") + count(&usual, "/SD["), 0);
}

#[test]
fn its_structure_is_this() {
    golden("features.ua2.structure", &structure(&opened(&all("ua-2"))));
}

#[test]
fn notes_and_calls_refer_to_each_other() {
    for (style, kind, calls) in [("classic", "Footnote", 3), ("look", "Endnote", 3)] {
        let bytes = of_style("ua-2", style);
        let file = opened(&bytes);
        let objects = dictionaries(&file);
        let mut found = 0;
        for (number, note) in objects.iter().filter(|(_, dict)| name(dict, "S") == "FENote") {
            let own = referred(note, "Ref");
            assert!(!own.is_empty(), "nobody calls note {number}");
            for call in &own {
                assert_eq!(name(&objects[call], "S"), "Link");
                assert_eq!(referred(&objects[call], "Ref"), [*number]);
            }
            found += own.len();
            let said: Array<'_> = note.get("A").expect("attributes");
            let said: Vec<Dict<'_>> = said.iter().collect();
            assert_eq!((name(&said[0], "O"), name(&said[0], "NoteType")), ("FENote".into(), kind.into()));
        }
        assert_eq!(found, calls, "the first is called twice, the second once");
    }
}

#[test]
fn notes_at_the_end_lead_back_to_the_paragraph_that_calls_them() {
    let found = leads(&opened(&of_style("ua-2", "look")));
    let back: Vec<_> = found.iter().filter(|(said, ..)| said.starts_with("Back to")).collect();
    assert_eq!(back.len(), 2, "{found:?}");
    assert!(back.iter().all(|(_, kind, same)| kind == "P" && *same), "{back:?}");
}

#[test]
fn lines_of_the_contents_refer_to_the_headings_they_name() {
    let bytes = all("ua-2");
    let file = opened(&bytes);
    let objects = dictionaries(&file);
    let items = objects.values().filter(|dict| name(dict, "S") == "TOCI");
    let titles: Vec<String> = items
        .map(|item| {
            let [heading] = referred(item, "Ref")[..] else { panic!("a line refers to one heading") };
            text(&objects[&heading].get::<PdfString<'_>>("T").expect("a heading's title"))
        })
        .collect();
    assert_eq!(titles, ["The first part", "Opening code & more", "The second", "Appendix"]);
}

/// Where a link or a bookmark leads: the element's number and kind, and whether it begins on the page that
/// is given to readers who know of no elements.
fn leads(file: &File) -> Vec<(String, String, bool)> {
    let objects = dictionaries(file);
    let names: Dict<'_> = catalogue(file).get("Names").expect("names");
    let names: Dict<'_> = names.get("Dests").expect("names of places");
    let names: Array<'_> = names.get("Names").expect("them");
    let names: Vec<Object<'_>> = names.iter().collect();
    let place = |name: &[u8]| {
        let found =
            names.chunks(2).find(|pair| matches!(&pair[0], Object::String(own) if own.as_bytes() == name));
        match found.expect("a place of that name") {
            [_, Object::Array(place)] => place.clone(),
            other => panic!("{other:?}"),
        }
    };
    assert!(objects.values().all(|dict| !dict.contains_key("Dest")), "something leads to a place alone");
    let mut found = Vec::new();
    for dict in objects.values() {
        let Some(action) = dict.get::<Dict<'_>>("A").filter(|action| name(action, "S") == "GoTo") else {
            continue;
        };
        let on_page: Array<'_> = match action.get::<PdfString<'_>>("D") {
            Some(name) => place(name.as_bytes()),
            None => action.get("D").expect("a place"),
        };
        let there: Array<'_> = action.get("SD").expect("an element");
        let first = |list: &Array<'_>| {
            list.raw_iter().next().and_then(|first| first.as_obj_ref()).expect("an object")
        };
        let element = &objects[&first(&there).obj_number];
        assert_eq!(name(element, "Type"), "StructElem");
        let mut inner = element.clone();
        while inner.get_ref("Pg").is_none() {
            inner = objects[&referred(&inner, "K")[0]].clone();
        }
        let same = inner.get_ref("Pg") == Some(first(&on_page));
        let said = dict.get::<PdfString<'_>>("Title").or_else(|| dict.get("Contents")).expect("words");
        found.push((text(&said), name(element, "S"), same));
    }
    found
}

#[test]
fn links_and_bookmarks_lead_to_elements_on_their_pages() {
    let bytes = all("ua-2");
    let found = leads(&opened(&bytes));
    assert_eq!(found.len(), 15, "four bookmarks, four lines of contents, seven links");
    for (said, kind, same) in &found {
        let wanted = match said.as_str() {
            "The first part" | "Appendix" => "H1",
            "Opening code & more" | "The second" | "link" | "page 8" => "H2",
            "Note 1" | "Note 2" => "FENote",
            "Table 1" => "Table",
            "back" => "Sect",
            other => panic!("who leads there? {other}"),
        };
        assert_eq!((kind.as_str(), *same), (wanted, true), "{said}");
    }
}

#[test]
fn names_of_any_letters_lead_somewhere_even_where_no_element_is_known() {
    let book =
        case("---\ntitle: T\nlanguage: en\npdf: { standard: ua-2 }\n---\n\n# One {#one}\n\nText.\n", &[]);
    let mut set = book.set();
    set.page(false, 1);
    set.heading(1, "One");
    set.anchor("one");
    let odd = ["a)b", "a(b", "(a(b))", "back\\slash", "/Dest(x)", "ünï"];
    for id in odd {
        set.anchor(id);
        set.paragraph("Words.");
        set.link(Target::Inside(Id(id.to_owned())), id);
    }
    let mut told = Diagnostics::new();
    let pdf = Pdf { standard: PdfStandard::Ua2 }.publish(&book.book, &book.theme, &set.layout, &mut told);
    assert!(told.is_empty(), "{told:#?}");
    let bytes = pdf.expect("a PDF").bytes;
    let found = leads(&opened(&bytes));
    assert_eq!(found.len(), 1 + odd.len());
    for (_, kind, _) in found {
        assert_eq!(kind, "Document", "a layout made by hand knows no elements of ids");
    }
}

#[test]
fn pages_are_drawn_and_read_as_in_the_other_standards() {
    let (usual, archive, new) = (all("ua-1"), all("a-4"), all("ua-2"));
    assert_eq!(new, all("ua-2"), "the same bytes twice");
    let (archived, made) = (opened(&archive), opened(&new));
    for page in 0..made.pages().len() {
        assert_eq!(drawn(&made, page), drawn(&archived, page), "page {page}");
    }
    let read = |bytes: &[u8]| read_pdf(bytes).expect("a reading");
    let (wanted, found) = (read(&usual), read(&new));
    assert_eq!(found.outline, wanted.outline);
    assert_eq!(found.headings, wanted.headings);
    assert_eq!(found.words, wanted.words);
    assert_eq!(found.pages, wanted.pages);
}
