//! The words editions add.

use aldine::model::Language;
use aldine::phrases::{languages, phrases, with};

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
