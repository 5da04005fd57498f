//! What the EPUB says of its own accessibility: each claim with a book that keeps it and one that doesn't.

use super::workshop::{Made, book, images};
use super::{file, workshop};
use aldine::editions::epub::Epub;
use std::collections::BTreeSet;

const HEAD: &str = "---\ntitle: Book\nlanguage: en\n---\n";
/// A book of pictures alone, none of which has words.
const MUTE: &str = "![](dot.png)\n";

fn package(made: &Made) -> String {
    file(&made.epub().bytes, "EPUB/package.opf")
}

/// The values of a property.
fn said(package: &str, property: &str) -> BTreeSet<String> {
    let open = format!("property=\"schema:{property}\"");
    let parts = package.split("<meta ").filter(|part| part.starts_with(&open));
    parts.filter_map(|part| Some(part.split_once('>')?.1.split_once('<')?.0.to_owned())).collect()
}

fn features(made: &Made) -> BTreeSet<String> {
    said(&package(made), "accessibilityFeature")
}

/// The values of ONIX code list 196 in the shops' file.
fn onix(made: &Made) -> BTreeSet<String> {
    let file = Epub::default().onix(&made.book, &made.theme, &made.layout);
    assert_eq!(file.name, format!("{}-onix.xml", made.book.metadata.file_name));
    let text = String::from_utf8(file.bytes).expect("UTF-8");
    let types = text.matches("<ProductFormFeatureType>09</ProductFormFeatureType>").count();
    let values = text.split("<ProductFormFeatureValue>").skip(1);
    let values: Vec<String> =
        values.map(|rest| rest.split('<').next().expect("its end").to_owned()).collect();
    assert_eq!(types, values.len(), "{text}");
    let set: BTreeSet<String> = values.iter().cloned().collect();
    assert_eq!(set.len(), values.len(), "a value twice: {text}");
    set
}

const INDEX: &str = "# A {#a}\n\nwords\n\n# Index {.index}\n\n- [words](#a)\n";

#[test]
fn each_feature_is_claimed_by_books_that_keep_it_and_by_no_other() {
    // The feature, its ONIX value, a book that keeps it, one that doesn't.
    let cases: &[(&str, &str, &str, &str)] = &[
        ("tableOfContents", "11", "# A\n\nwords\n", "words\n"),
        ("structuralNavigation", "29", "# A\n\nwords\n", "words\n"),
        ("", "32", "# A\n\nwords\n", "words\n"),
        ("ARIA", "30", "# A\n\nwords\n", "words\n"),
        ("ARIA", "30", "words[^1]\n\n[^1]: A note.\n", "words\n"),
        ("readingOrder", "13", "words\n", MUTE),
        ("displayTransformability", "36", "words\n", MUTE),
        ("", "10", "words\n", MUTE),
        ("index", "12", INDEX, "# A\n\nwords\n"),
        // An index that leads nowhere is one to read, not to go by.
        ("", "12", INDEX, "# A {#a}\n\nwords\n\n# Index {.index}\n\n- words, 3\n"),
        ("alternativeText", "14", "# A\n\n![words](dot.png)\n", "# A\n\n![](dot.png)\n"),
        (
            "alternativeText",
            "14",
            "![](dot.png){.decorative} ![words](line.svg)\n",
            "![](dot.png) ![words](line.svg)\n",
        ),
        // The same picture once with words and once without.
        ("alternativeText", "14", "![a](dot.png) ![b](dot.png)\n", "![a](dot.png) ![](dot.png)\n"),
        // Nothing to describe is nothing described.
        ("alternativeText", "14", "![a](dot.png)\n", "words\n"),
        ("", "22", "words and [mots]{lang=fr}\n", "words and mots\n"),
        ("", "22", "::: {lang=fr}\nmots\n:::\n", "::: {lang=en}\nwords\n:::\n"),
        ("", "25", "words\n", "words ![a](dot.png)\n"),
        ("", "52", "words ![a](dot.png)\n", "words ![](dot.png)\n"),
        ("", "52", "words\n", MUTE),
    ];
    for (feature, value, with, without) in cases {
        for (text, holds) in [(with, true), (without, false)] {
            let made = book(&format!("{HEAD}{text}"));
            if !feature.is_empty() {
                assert_eq!(features(&made).contains(*feature), holds, "{feature} of {text}");
            }
            assert_eq!(onix(&made).contains(*value), holds, "{value} of {text}");
        }
    }
}

#[test]
fn pages_are_claimed_when_pages_are_marked() {
    let plain = book("# A\n\nwords\n");
    let paged = book("# A\n\nwords\n").paged(1);
    for feature in ["pageBreakMarkers", "pageNavigation"] {
        assert!(features(&paged).contains(feature) && !features(&plain).contains(feature), "{feature}");
    }
    assert!(onix(&paged).contains("19") && !onix(&plain).contains("19"));
}

#[test]
fn ways_to_read_it_are_those_there_are() {
    let modes = |text: &str| {
        let package = package(&book(&format!("{HEAD}{text}")));
        (said(&package, "accessMode"), said(&package, "accessModeSufficient"))
    };
    let set = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<BTreeSet<_>>();
    assert_eq!(modes("words\n"), (set(&["textual"]), set(&["textual"])));
    assert_eq!(modes("words ![a](dot.png)\n"), (set(&["textual", "visual"]), set(&["textual"])));
    assert_eq!(modes("words ![](dot.png)\n"), (set(&["textual", "visual"]), set(&["textual,visual"])));
    assert_eq!(modes("![a](dot.png)\n"), (set(&["textual", "visual"]), set(&["textual"])));
    assert_eq!(modes(MUTE), (set(&["visual"]), set(&["visual"])));
    assert_eq!(
        modes("words ![](dot.png){.decorative}\n"),
        (set(&["textual"]), set(&["textual"])),
        "decoration"
    );
}

/// A GIF of two pictures, shown over and over.
fn moving() -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = image::codecs::gif::GifEncoder::new(&mut bytes);
    encoder.set_repeat(image::codecs::gif::Repeat::Infinite).expect("a repeat");
    for shade in [0, 255] {
        let picture = image::RgbaImage::from_pixel(4, 4, image::Rgba([shade, shade, shade, 255]));
        encoder.encode_frame(image::Frame::new(picture)).expect("a frame");
    }
    drop(encoder);
    bytes
}

#[test]
fn what_may_flash_is_said_to_be_unknown() {
    let hazard = |name: &str| {
        let text = format!("{HEAD}words ![a]({name})\n");
        let files = images().with("waving.gif", moving()).with("book.md", text);
        said(&package(&workshop::from(&files, "book.md")), "accessibilityHazard")
    };
    assert_eq!(hazard("waving.gif"), BTreeSet::from(["unknown".to_owned()]));
    for name in ["moving.gif", "dot.png", "photo.jpg", "new.webp", "line.svg"] {
        assert_eq!(hazard(name), BTreeSet::from(["none".to_owned()]), "{name} stands still");
    }
}

#[test]
fn the_summary_says_each_thing_of_books_it_is_true_of() {
    let summary = |made: Made| {
        let said = said(&package(&made), "accessibilitySummary");
        assert_eq!(said.len(), 1, "{said:?}");
        said.into_iter().next().unwrap_or_default()
    };
    let of = |text: &str| summary(book(&format!("{HEAD}{text}")));
    let full = summary(
        book(&format!("{HEAD}# A\n\nwords[^1] ![a](dot.png) [mots]{{lang=fr}}\n\n[^1]: n\n")).paged(9),
    );
    for (sentence, without) in [
        ("The text can be read aloud", of(MUTE)),
        ("Headings and a table of contents", of("words\n")),
        ("Page numbers are those of the print edition", of("# A\n\nwords\n")),
        ("Every image that is more than decoration has a description", of(MUTE)),
        ("Notes link to the text and back", of("words\n")),
        ("Passages in other languages are marked", of("words\n")),
    ] {
        assert!(full.contains(sentence), "{sentence}: {full}");
        assert!(!without.contains(sentence), "{sentence}: {without}");
    }
    for (sentence, with) in [
        ("It has no text", of(MUTE)),
        ("It has no headings", of("words\n")),
        ("Some images have no description", of(MUTE)),
        ("It has no images", of("words\n")),
        ("Its images are decoration", of("words ![](dot.png){.decorative}\n")),
    ] {
        assert!(with.contains(sentence), "{sentence}: {with}");
        assert!(!full.contains(sentence), "{sentence}: {full}");
    }
}

const CLAIM: &str = "epub:\n  conforms-to: WCAG 2.2 Level AA\n  certified-by: A & B\n  certifier-credential: \
    Benchmark\n  certifier-report: https://example.org/report\n";

#[test]
fn conformance_is_claimed_when_the_settings_state_it_and_never_else() {
    let of = |epub: &str| {
        let made = book(&format!("---\ntitle: B\nlanguage: en\n{epub}---\n# A\n\nwords\n"));
        assert_eq!(made.codes(), Vec::<&str>::new(), "{epub}");
        let values = onix(&made);
        (package(&made), values)
    };
    let (package, values) = of(CLAIM);
    for part in [
        "<meta property=\"dcterms:conformsTo\" id=\"conformance\">EPUB Accessibility 1.1 - WCAG 2.2 Level AA</meta>",
        "<meta refines=\"#conformance\" property=\"a11y:certifiedBy\" id=\"certifier\">A &amp; B</meta>",
        "<meta refines=\"#certifier\" property=\"a11y:certifierCredential\">Benchmark</meta>",
        "<link refines=\"#certifier\" rel=\"a11y:certifierReport\" href=\"https://example.org/report\"/>",
    ] {
        assert!(package.contains(part), "{part} in {package}");
    }
    assert!(["04", "82", "85"].iter().all(|value| values.contains(*value)), "{values:?}");
    let (package, values) = of("epub:\n  conforms-to: wcag 2.1 a\n");
    assert!(package.contains("WCAG 2.1 Level A<") && !package.contains("certif"), "{package}");
    assert!(["04", "81", "84"].iter().all(|value| values.contains(*value)), "{values:?}");
    let (package, values) = of("");
    assert!(!package.contains("conformsTo") && !package.contains("a11y:"), "{package}");
    let stated = ["02", "03", "04", "80", "81", "82", "84", "85", "86"];
    assert!(stated.iter().all(|value| !values.contains(*value)), "{values:?}");
}

#[test]
fn claims_that_say_nothing_or_that_the_book_breaks_are_told() {
    let told = |epub: &str, text: &str| {
        let made = book(&format!("---\ntitle: B\nlanguage: en\nepub:\n{epub}---\n# A\n\n{text}\n"));
        made.told.iter().map(|d| format!("{}: {}", d.code.name(), d.message)).collect::<Vec<_>>()
    };
    for (epub, message) in [
        ("  conforms-to: WCAG 3\n", "bad-value: `conforms-to` in `[epub]` can't be `WCAG 3`"),
        ("  conforms-to: AA\n", "bad-value: `conforms-to` in `[epub]` can't be `AA`"),
        ("  certified-by: Me\n", "bad-value: `certified-by` in `[epub]` says nothing without `conforms-to`"),
        (
            "  conforms-to: WCAG 2.0 A\n  certifier-credential: X\n",
            "bad-value: `certifier-credential` in `[epub]` says nothing without `certified-by`",
        ),
        (
            "  conforms-to: WCAG 2.0 A\n  certified-by: Me\n  certifier-report: here\n",
            "bad-value: `certifier-report` in `[epub]` can't be `here`",
        ),
    ] {
        assert_eq!(told(epub, "words"), [message]);
    }
    let silent = told("  conforms-to: WCAG 2.2 AA\n", "![](dot.png)\n\n![](line.svg)");
    assert!(
        silent.contains(&"unfounded-claim: WCAG 2.2 AA is claimed, and 2 images have no words".to_owned()),
        "{silent:?}"
    );
    assert_eq!(told("  conforms-to: WCAG 2.2 AA\n", "![](dot.png){.decorative}"), Vec::<String>::new());
}
