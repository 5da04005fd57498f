//! What can't become a PDF, and how the author is told.

use crate::press::{Case, case};
use crate::sample;
use aldine::diagnostics::{Code, Diagnostic};
use aldine::layout::{Belongs, Child, ContentId, Layout, NodeId, Placed, Tag};
use aldine::span::{FileId, Span};

fn refusal(case: &Case, layout: &Layout) -> Vec<Diagnostic> {
    let (bytes, told) = case.print(layout);
    assert!(bytes.is_none());
    let told: Vec<Diagnostic> = told.iter().cloned().collect();
    assert!(told.iter().any(|one| one.code == Code::EditionRefused), "{told:#?}");
    assert!(told.iter().all(|one| one.hint.is_some() && !one.message.ends_with('.')), "{told:#?}");
    told
}

fn drawing(inner: &str) -> (Case, Layout) {
    let svg = format!("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"40\" height=\"30\">{inner}</svg>");
    let case = case("# A\n\n![Words](d.svg)\n", &[("d.svg", svg.into_bytes())]);
    let mut set = case.set();
    set.page(false, 1);
    set.figure(0, Some("Words"), None);
    let layout = set.layout;
    (case, layout)
}

#[test]
fn a_gradient_that_repeats_is_told_with_its_drawing() {
    let (case, layout) = drawing(
        "<linearGradient id=\"g\" x2=\".2\" spreadMethod=\"repeat\"><stop stop-color=\"red\"/>\
         <stop offset=\"1\"/></linearGradient><rect width=\"30\" height=\"20\" fill=\"url(#g)\"/>",
    );
    let told = refusal(&case, &layout);
    assert!(told[0].message.contains("`d.svg`") && told[0].message.contains("gradient"), "{told:#?}");
    assert_eq!(told[0].span, case.book.images[0].span);
}

#[test]
fn clips_nested_too_deep_are_told() {
    let open = "<g clip-path=\"url(#c)\">".repeat(40);
    let close = "</g>".repeat(40);
    let (case, layout) = drawing(&format!(
        "<clipPath id=\"c\"><rect width=\"30\" height=\"20\"/></clipPath>{open}<rect width=\"9\" height=\"9\"/>{close}"
    ));
    let told = refusal(&case, &layout);
    assert!(told[0].message.contains("28 deep"), "{told:#?}");
}

#[test]
fn content_without_a_place_in_the_structure_is_our_fault() {
    let case = sample::book();
    let mut layout = sample::layout(&case);
    let page = layout.pages.first_mut().expect("a page");
    let stray = Placed { belongs: Belongs::Content(ContentId(9_999)), ..page.items[0].clone() };
    page.items.push(stray);
    let told = refusal(&case, &layout);
    assert!(told[0].message.contains("page i "), "{told:#?}");
    assert!(told[0].hint.as_deref().unwrap_or_default().contains("fault of Aldine"), "{told:#?}");
}

#[test]
fn a_structure_that_is_no_tree_is_refused_and_not_followed() {
    let case = sample::book();
    let tangled = |tangle: fn(&mut Layout)| {
        let mut layout = sample::layout(&case);
        tangle(&mut layout);
        refusal(&case, &layout);
    };
    tangled(|layout| layout.structure.nodes[5].children.push(Child::Node(NodeId(1))));
    tangled(|layout| layout.structure.nodes[5].children.push(Child::Node(NodeId(5))));
    tangled(|layout| layout.structure.nodes[0].children.push(Child::Node(NodeId(0))));
    tangled(|layout| layout.structure.nodes[0].children.push(Child::Node(NodeId(4_000_000_000))));
    tangled(|layout| layout.structure.nodes[0].children.clear());
    tangled(|layout| layout.structure.nodes.clear());
}

#[test]
fn content_that_stands_twice_in_the_structure_is_read_once() {
    let case = sample::book();
    let mut layout = sample::layout(&case);
    layout.structure.nodes[0].children.push(Child::Content(ContentId(1)));
    let (bytes, _) = case.print(&layout);
    assert!(bytes.is_some());
}

#[test]
fn places_that_are_not_there_lead_nowhere() {
    let case = sample::book();
    let mut layout = sample::layout(&case);
    layout.anchors.values_mut().for_each(|place| place.page = 40);
    let bytes = case.printed(&layout);
    assert_eq!(crate::count(&bytes, "/Subtype/Link"), 1, "the one that leads outside");
    let outline = aldine::proof::read_pdf(&bytes).expect("a PDF").outline;
    assert_eq!(outline.len(), 3);
}

#[test]
fn what_krilla_refuses_has_the_place_of_the_nearest_that_has_one() {
    let case = sample::book();
    let mut set = case.set();
    set.span = Span::new(FileId(0), 7..9);
    set.page(false, 1);
    set.within(Tag::Section, |set| {
        set.span = Span::NONE;
        // A heading without words can't be named in the structure.
        set.within(Tag::Heading { level: 1, title: String::new() }, |set| set.say("x"));
    });
    let told = refusal(&case, &set.layout);
    let places: Vec<Span> = told.iter().map(|one| one.span).collect();
    assert_eq!(places, [Span::new(FileId(0), 7..9)], "{told:#?}");
}
