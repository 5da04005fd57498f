//! What headings say of their sections without an attribute: numbers of their own, front and back matter.

use crate::bench::bench;
use crate::view::outline;
use aldine::model::{Language, Role};
use aldine::phrases::{numeral, roman, spelled, usual_role};

/// Label, title and id of each section of a book in that language.
fn labels(language: &str, text: &str) -> Vec<String> {
    let made = bench(text).language(language).make();
    let line = |section: &&aldine::model::Section| {
        let label = section.label.as_deref().unwrap_or("-");
        format!("{label} | {} | {}", section.title_text(), section.anchor.0)
    };
    made.book.all_sections().iter().map(line).collect()
}

/// The label and title of one chapter.
fn one(language: &str, heading: &str) -> String {
    let found = labels(language, &format!("# {heading}\n\ntext\n"));
    found[0].rsplit_once(" | ").expect("an id").0.to_owned()
}

#[test]
fn a_chapter_that_says_its_number_has_it_apart() {
    let mut plain =
        bench("# Chapter I: Loomings\n\n# Chapter LVII. Of *Whales*; in Paint\n\n## In Teeth\n\n# After\n");
    plain.numbers = 0;
    assert_eq!(
        outline(&plain.make().book),
        "1 r1 chapter Body | Chapter I | Loomings | chapter-i-loomings\n\
         1 r1 chapter Body | Chapter LVII | Of <Whales>; in Paint | chapter-lvii-of-whales-in-paint\n\
         \x20 2 r2 section Body | - | In Teeth | in-teeth\n\
         1 r1 chapter Body | - | After | after\n"
    );
    // Where Aldine numbers too, it goes on from there, and sections have figures whatever the chapter has.
    assert_eq!(
        labels("en", "# Chapter LVII: Whales\n\n## In Teeth\n\n# After\n"),
        [
            "Chapter LVII | Whales | chapter-lvii-whales",
            "Section 57.1 | In Teeth | in-teeth",
            "Chapter 58 | After | after",
        ]
    );
}

#[test]
fn numbers_are_figures_numerals_or_words() {
    for (heading, label) in [
        ("Chapter 3: Oil", "Chapter 3"),
        ("chapter iv. Oil", "chapter iv"),
        ("CHAPTER XL\u{2014}Oil", "CHAPTER XL"),
        ("Chapter 12 - Oil", "Chapter 12"),
        ("Chapter Seven: Oil", "Chapter Seven"),
        ("Chapter Twenty-One: Oil", "Chapter Twenty-One"),
        ("Chapter thirty two: Oil", "Chapter thirty two"),
        ("Chapter the First. Oil", "Chapter the First"),
        ("Part II: Oil", "Part II"),
        ("Appendix C: Oil", "Appendix C"),
    ] {
        assert_eq!(one("en", heading), format!("{label} | Oil"), "{heading}");
    }
    for (language, heading, label) in [
        ("de", "Kapitel 3: \u{d6}l", "Kapitel 3"),
        ("de", "Kapitel sieben: \u{d6}l", "Kapitel sieben"),
        ("fr", "Chapitre premier. \u{d6}l", "Chapitre premier"),
        (
            "ru",
            "\u{413}\u{43b}\u{430}\u{432}\u{430} \u{432}\u{442}\u{43e}\u{440}\u{430}\u{44f}: \u{d6}l",
            "\u{413}\u{43b}\u{430}\u{432}\u{430} \u{432}\u{442}\u{43e}\u{440}\u{430}\u{44f}",
        ),
        ("zh", "\u{7b2c}\u{5341}\u{4e8c}\u{7ae0}\u{ff1a}\u{d6}l", "\u{7b2c}\u{5341}\u{4e8c}\u{7ae0}"),
        ("ja", "\u{7b2c}3\u{7ae0} \u{d6}l", "\u{7b2c}3\u{7ae0}"),
    ] {
        assert_eq!(one(language, heading), format!("{label} | \u{d6}l"), "{heading}");
    }
}

#[test]
fn what_only_looks_like_a_label_stays_in_the_title() {
    for heading in [
        "Chapter Ships: Oil",
        "Chapter 3",
        "Chapter 3 Oil",
        "Chapter 1.2: Oil",
        "Chapters 3: Oil",
        "Part time: Oil",
        "The Chapter 3: Oil",
        "Chapter IIX: Oil",
        "Kapitel 3: Oil",
    ] {
        let found = one("en", heading);
        assert!(found.ends_with(&format!("| {heading}")), "{heading}: {found}");
    }
    // A label alone is all there is; it gets no number of ours, and what is in it counts from its own.
    assert_eq!(
        labels("en", "# Chapter III\n\n## Oil\n\n# Ships\n"),
        ["- | Chapter III | chapter-iii", "Section 3.1 | Oil | oil", "Chapter 4 | Ships | ships"]
    );
    // Below chapters it stays too, and gets no number before it.
    assert_eq!(
        labels("en", "# Ships\n\n## Oil\n\n## Appendix A: Keywords\n\n## Rope\n"),
        [
            "Chapter 1 | Ships | ships",
            "Section 1.1 | Oil | oil",
            "- | Appendix A: Keywords | appendix-a-keywords",
            "Section 1.2 | Rope | rope",
        ]
    );
    // An author who wants no number has the words as they are.
    assert_eq!(
        labels("en", "# Chapter 3: Oil {.unnumbered}\n\n# Ships\n")[0],
        "- | Chapter 3: Oil | chapter-3-oil"
    );
}

#[test]
fn links_call_a_chapter_by_its_own_number() {
    let made = bench("# Chapter IX: The Sermon\n\nSee [](#chapter-ix-the-sermon).\n").make();
    assert!(crate::view::view(&made.book).contains("Chapter IX"), "{}", crate::view::view(&made.book));
    assert_eq!(made.said(), [""; 0]);
}

const BOOK: &str = "# Book\n\nwords\n\n# Dedication\n\nfor\n\n# Foreword\n\n# Introduction\n\n## Who\n\n# Ships\n\n## Oil\n\n# Preface\n\n# Rope\n\n# Epilogue\n\n# Appendix\n\n## Appendix A: Words\n\n## Tables\n\n# Acknowledgments\n\n# Bibliography\n\n# Index\n";

#[test]
fn front_and_back_matter_is_known_by_its_titles() {
    assert_eq!(
        outline(&bench(BOOK).make().book),
        "1 r1 chapter Front | - | Book | book\n\
         1 r1 dedication Front | - | Dedication | dedication\n\
         1 r1 foreword Front | - | Foreword | foreword\n\
         1 r1 introduction Front | - | Introduction | introduction\n\
         \x20 2 r2 section Front | - | Who | who\n\
         1 r1 chapter Body | Chapter 1 | Ships | ships\n\
         \x20 2 r2 section Body | Section 1.1 | Oil | oil\n\
         1 r1 chapter Body | Chapter 2 | Preface | preface\n\
         1 r1 chapter Body | Chapter 3 | Rope | rope\n\
         1 r1 epilogue Body | - | Epilogue | epilogue\n\
         1 r1 appendix Back | - | Appendix | appendix\n\
         \x20 2 r2 section Back | - | Appendix A: Words | appendix-a-words\n\
         \x20 2 r2 section Back | - | Tables | tables\n\
         1 r1 acknowledgments Back | - | Acknowledgments | acknowledgments\n\
         1 r1 bibliography Back | - | Bibliography | bibliography\n\
         1 r1 index Back | - | Index | index\n"
    );
}

#[test]
fn an_attribute_overrules_what_a_title_says() {
    let text = "# Introduction {.chapter}\n\n# Ships\n\n# Index {.mainmatter}\n";
    assert_eq!(
        outline(&bench(text).make().book),
        "1 r1 chapter Body | Chapter 1 | Introduction | introduction\n\
         1 r1 chapter Body | Chapter 2 | Ships | ships\n\
         1 r1 chapter Body | Chapter 3 | Index | index\n"
    );
    // `{-}` says only that there is no number.
    let dashed = outline(&bench("# Preface {-}\n\n# Ships\n").make().book);
    assert!(dashed.starts_with("1 r1 preface Front | - | Preface"), "{dashed}");
}

#[test]
fn a_text_without_title_page_has_no_front_matter() {
    let mut article = bench("# Introduction\n\n# Ships\n\n# References\n");
    article.title_page = false;
    assert_eq!(
        outline(&article.make().book),
        "1 r1 chapter Body | Chapter 1 | Introduction | introduction\n\
         1 r1 chapter Body | Chapter 2 | Ships | ships\n\
         1 r1 bibliography Back | - | References | references\n"
    );
}

#[test]
fn where_chapters_say_that_they_are_all_before_the_first_is_front_matter() {
    let text = "# Etymology\n\n# Extracts\n\n# Chapter 1: Ships\n\n# Chapter 2: Oil\n\n# Appendix A: Words\n\n# Thanks\n";
    let mut bench = bench(text);
    bench.numbers = 0;
    assert_eq!(
        outline(&bench.make().book),
        "1 r1 chapter Front | - | Etymology | etymology\n\
         1 r1 chapter Front | - | Extracts | extracts\n\
         1 r1 chapter Body | Chapter 1 | Ships | chapter-1-ships\n\
         1 r1 chapter Body | Chapter 2 | Oil | chapter-2-oil\n\
         1 r1 appendix Back | Appendix A | Words | appendix-a-words\n\
         1 r1 chapter Body | - | Thanks | thanks\n"
    );
}

#[test]
fn parts_end_where_back_matter_begins() {
    let text = "# Preface\n\n# Sea {.part}\n\n# Ships\n\n# Land {.part}\n\n# Oil\n\n# Glossary\n";
    assert_eq!(
        outline(&bench(text).make().book),
        "1 r1 preface Front | - | Preface | preface\n\
         1 r0 part Body | Part I | Sea | sea\n\
         \x20 2 r1 chapter Body | Chapter 1 | Ships | ships\n\
         1 r0 part Body | Part II | Land | land\n\
         \x20 2 r1 chapter Body | Chapter 2 | Oil | oil\n\
         1 r1 glossary Back | - | Glossary | glossary\n"
    );
}

#[test]
fn every_language_knows_its_titles_and_numbers() {
    let titles = [
        ("de", "Vorwort", Role::Preface),
        ("fr", "REMERCIEMENTS", Role::Acknowledgments),
        ("es", "Introducci\u{f3}n", Role::Introduction),
        ("it", "Indice analitico", Role::Index),
        ("zh", "\u{53c2}\u{8003}\u{6587}\u{732e}", Role::Bibliography),
        ("en", "Appendix of ships", Role::Appendix),
    ];
    for (tag, title, role) in titles {
        let language = Language::parse(tag).expect("a tag");
        assert_eq!(usual_role(&language, title), Some(role), "{title}");
    }
    for tag in aldine::phrases::languages() {
        let language = Language::parse(tag).expect("a tag");
        // The word that labels appendices begins their titles too.
        let label = aldine::phrases::phrases(&language).appendix.replace("{}", "");
        assert_eq!(usual_role(&language, &label), Some(Role::Appendix), "{tag}: {label}");
        assert_eq!(usual_role(&language, "Xyz"), None);
    }
    assert_eq!(usual_role(&Language::english(), "Appendixes of ships"), None);
    assert_eq!(usual_role(&Language::english(), ""), None);
    for number in 1..4000 {
        assert_eq!(roman(&numeral(number)), Some(number));
        assert_eq!(roman(&numeral(number).to_lowercase()), Some(number));
    }
    for wrong in ["", "IIX", "iX", "MMMM", "CHAPTER", "IVI"] {
        assert_eq!(roman(wrong), None, "{wrong}");
    }
    let say = |tag: &str, words: &str| spelled(&Language::parse(tag).expect("a tag"), words);
    assert_eq!(say("en", "Ninety nine"), Some(99));
    assert_eq!(say("en", "twenty-ten"), None);
    assert_eq!(say("zh", "\u{4e8c}\u{5341}\u{4e00}"), Some(21));
    assert_eq!(say("zh", "\u{5341}"), Some(10));
    assert_eq!(say("ja", "\u{4e03}"), Some(7));
    assert_eq!(say("ar", "\u{627}\u{644}\u{62b}\u{627}\u{644}\u{62b}"), Some(3));
}
