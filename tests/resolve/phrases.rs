//! The words editions add.

use crate::bench::bench;
use crate::images::SVG;
use aldine::model::Language;
use aldine::phrases::{languages, meanings, phrases, phrases_of, with};

#[test]
fn every_language_has_every_phrase() {
    let english = phrases(&Language::english()).all();
    for tag in languages() {
        let own = phrases(&Language::parse(tag).expect("a tag"));
        for ((field, words), (_, model)) in own.all().iter().zip(&english) {
            assert!(!words.trim().is_empty(), "{tag}: {field}");
            assert_eq!(words.matches("{}").count(), model.matches("{}").count(), "{tag}: {field}: {words}");
            assert!(!words.contains(['"', '\'']), "{tag}: {field} is not typographic: {words}");
        }
    }
}

#[test]
fn phrases_are_found_by_the_primary_subtag() {
    let chapter = |tag: &str| with(phrases(&Language::parse(tag).expect("a tag")).chapter, "3");
    assert_eq!(chapter("de-AT"), "Kapitel 3");
    assert_eq!(chapter("ZH-Hant"), "第3章");
    assert_eq!(chapter("xx"), "Chapter 3");
    assert_eq!(with("{} of {}", "{}"), "{} of {}");
}

#[test]
fn marks_are_explained_in_five_languages() {
    for tag in ["en", "de", "fr-CA", "es", "it"] {
        let language = Language::parse(tag).expect("a tag");
        let meanings = meanings(&language).unwrap_or_else(|| panic!("{tag} has none"));
        for (name, words) in meanings.all() {
            assert!(!words.trim().is_empty(), "{tag}: {name}");
            assert!(!words.contains(['"', '\'', '{', '[']), "{tag}: {name}: {words}");
            assert!(!words.ends_with('.'), "{tag}: {name}: a full stop is put there");
        }
    }
    assert_eq!(meanings(&Language::parse("fi").expect("a tag")), None);
}

#[test]
fn an_authors_words_go_over_the_tables_in_labels_and_references() {
    let mut bench = bench("# One\n\n[](#one), [](#fig)\n\n![Alt](i.svg \"Cap\"){#fig}\n").with("i.svg", SVG);
    bench.settings.phrases =
        vec![("chapter".to_owned(), "Canto {}".to_owned()), ("figure".to_owned(), "Plate {}".to_owned())];
    let made = bench.make();
    assert_eq!(made.book.sections[0].label.as_deref(), Some("Canto 1"));
    let words = phrases_of(&made.book.metadata);
    assert_eq!((words.chapter, words.part), ("Canto {}", "Part {}"));
    assert!(crate::view::view(&made.book).contains("[Canto 1](#one), [Plate 1.1](#fig)"));
}
