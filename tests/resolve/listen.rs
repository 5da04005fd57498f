//! What is told for those who hear the book, and what isn't.

use crate::bench::{Made, bench};
use crate::images::SVG;

/// The lines that are told of one code.
fn told(made: &Made, code: &str) -> Vec<String> {
    made.said().into_iter().filter(|line| line.contains(&format!(" {code}: "))).collect()
}

fn made(text: &str) -> Made {
    let pictures = ["i.svg", "img/IMG_2041.svg", "harbour.svg", "fig-2.svg"];
    pictures.iter().fold(bench(text), |bench, path| bench.with(path, SVG)).make()
}

#[test]
fn an_alt_that_is_a_file_name_is_told() {
    for alt in
        ["i.svg", "I.SVG", "photo.jpeg", "img/IMG_2041.svg", "IMG_2041", "DSC0001", "screenshot-12", "fig-2"]
    {
        let path = if alt == "fig-2" { "fig-2.svg" } else { "img/IMG_2041.svg" };
        let path = if alt.eq_ignore_ascii_case("i.svg") { "i.svg" } else { path };
        let made = made(&format!("# A\n\n![{alt}]({path})\n\nIn a ![{alt}]({path}) line.\n"));
        let said = told(&made, "alt-file-name");
        assert_eq!(said.len(), 2, "{alt}: {said:?}");
        assert!(said[0].starts_with("book.md:3:1 "), "{said:?}");
        assert!(said[1].starts_with("book.md:5:6 "), "{said:?}");
    }
    for alt in [
        "harbour",
        "A map, saved as map.png",
        "Figure 2 shows ships",
        "1984",
        "a",
        "The file IMG_2041 opened",
    ] {
        let made = made(&format!("# A\n\n![{alt}](harbour.svg)\n"));
        assert_eq!(made.said(), [""; 0], "{alt}");
    }
}

#[test]
fn a_link_that_names_nothing_is_told_in_the_language_of_its_words() {
    let vague = |text: &str, language: &str| {
        let made = bench(text).language(language).make();
        told(&made, "vague-link").len()
    };
    for (language, words) in [
        ("en", "here"),
        ("en-GB", "Click *here*"),
        ("en", "read more…"),
        ("en", "“this link”"),
        ("de", "hier"),
        ("de-AT", "Klicken Sie hier"),
        ("fr", "ici"),
        ("fr", "En savoir plus"),
        ("es", "aquí"),
        ("it", "clicca qui"),
        ("nl", "hier"),
    ] {
        assert_eq!(vague(&format!("# A\n\nSee [{words}](https://a.example/).\n"), language), 1, "{words}");
        assert_eq!(vague(&format!("# A\n\nSee [{words}](#a).\n"), language), 1, "{words}");
    }
    for (language, words) in [
        ("en", "the whales here"),
        ("en", "hier"),
        ("de", "here"),
        ("fr", "ici on danse"),
        ("xx", "here"),
        ("en", "https://a.example/"),
    ] {
        assert_eq!(vague(&format!("# A\n\nSee [{words}](https://a.example/).\n"), language), 0, "{words}");
    }
    let made =
        bench("# A\n\nSee [[hier]{lang=de}](#a) and [ici](#a).\n\n# B {lang=fr}\n\n[ici](#a)\n").make();
    assert_eq!(told(&made, "vague-link").len(), 1, "{:?}", made.said());
    let made = bench("# A\n\n[](#a) [A](#a)\n").make();
    assert_eq!(made.said(), [""; 0], "words that Aldine fills in are the target's own");
}

#[test]
fn a_link_of_a_silent_picture_is_told() {
    let picture = made("# A\n\nSee [![](i.svg){.decorative}](https://a.example/).\n");
    assert_eq!(picture.said(), ["book.md:3:5 empty-link: this link is a picture without words"]);
    assert_eq!(made("# A\n\nSee [![The shop](i.svg)](https://a.example/).\n").said(), [""; 0]);
}

#[test]
fn a_table_without_a_head_is_told() {
    let made =
        bench("# A\n\n|   |   |\n|---|---|\n| a | b |\n\nText.\n\n|   | x |\n|---|---|\n| a | b |\n").make();
    assert_eq!(made.said(), ["book.md:3:1 headless-table: this table has no head"]);
}

#[test]
fn an_alert_that_speaks_by_colours_is_told() {
    let alone = |text: &str, language: &str| {
        let made = bench(text).language(language).make();
        told(&made, "colour-only").len()
    };
    for (language, words) in [
        ("en", "What is marked in red must be filled in."),
        ("en", "The red fields must be filled in."),
        ("en", "Errors are shown in red."),
        ("en", "Rows highlighted green are done."),
        ("de", "Rot markierte Felder sind Pflicht."),
        ("de", "Fehler stehen in Rot."),
        ("fr", "Les champs en rouge sont obligatoires."),
        ("es", "Los campos en rojo son obligatorios."),
        ("it", "I campi in rosso sono obbligatori."),
        ("en", "🔴"),
    ] {
        assert_eq!(alone(&format!("# A\n\n> [!NOTE]\n> {words}\n"), language), 1, "{words}");
        assert_eq!(alone(&format!("# A\n\n{words}\n"), language), 0, "no alert: {words}");
    }
    for words in [
        "The red wine stands in red glass jars.",
        "Don't touch the red-hot stove.",
        "In green meadows sheep may graze.",
        "🔴 Stop: the valve is closed.",
        "Orange is a fruit, and blue a mood.",
    ] {
        assert_eq!(alone(&format!("# A\n\n> [!WARNING]\n> {words}\n"), "en"), 0, "{words}");
    }
    assert_eq!(alone("# A\n\n> [!TIP] 🟢\n> Words.\n", "en"), 1, "a title of a sign");
    assert_eq!(alone("# A\n\n> [!TIP] 🟢 Go\n> Words.\n", "en"), 0);
}

#[test]
fn a_skipped_heading_is_told() {
    let made = bench("# A\n\n## B\n\n#### C\n").make();
    assert_eq!(told(&made, "skipped-level").len(), 1);
    assert_eq!(bench("# A\n\n## B\n\n### C\n").make().said(), [""; 0]);
}

#[test]
fn languages_are_guessed_only_when_asked_for() {
    let guessed = |text: &str, language: &str| {
        let mut bench = bench(text).language(language);
        bench.settings.guess_languages = true;
        told(&bench.make(), "unmarked-language")
    };
    let french = "# A\n\nHe shrugged. “Je ne sais pas ce que vous voulez de moi.” Then he left.\n";
    let said = guessed(french, "en");
    assert_eq!(
        said,
        ["book.md:3:1 unmarked-language: “Je ne sais pas ce que …” seems to be another language: `fr`"]
    );
    assert_eq!(bench(french).make().said(), [""; 0], "off by default");
    for (language, text, tag) in [
        ("en", "It was *der Geist, der die Welt verneint*, he said.", "de"),
        ("en", "The word λόγος is Greek.", "el"),
        ("en", "She wrote Москва on the map.", "ru"),
        ("en", "She wrote Київ on the map.", "uk"),
        ("en", "The sign 漢字 was new.", "zh"),
        ("en", "The sign 漢字かな was new.", "ja"),
        ("en", "It begins בְּרֵאשִׁ֖ית and goes on.", "he"),
        ("de", "Er rief: “This is the end of all that we have.”", "en"),
        ("en", "Non est ad astra mollis e terris via, quod sed qui est.", "la"),
    ] {
        let said = guessed(&format!("# A\n\n{text}\n"), language);
        assert!(said.len() == 1 && said[0].ends_with(&format!("`{tag}`")), "{text}: {said:?}");
    }
    for (language, text) in [
        ("en", "It was a déjà vu, and the end of the affair in the rue de la Paix."),
        ("en", "The angle α is small; so is π."),
        ("en", "“No, no, my lad!” he cried. “Come aboard, come aboard!”"),
        ("en", "He said [je ne sais pas ce que vous voulez]{lang=fr} to her."),
        ("en", "Call `der die das und ist nicht` in a shell."),
        ("fr", "Je ne sais pas ce que vous voulez de moi."),
        ("ja", "漢字とかな"),
        ("el", "Ο λόγος"),
        ("xx", "Je ne sais pas ce que vous voulez de moi."),
    ] {
        assert_eq!(guessed(&format!("# A\n\n{text}\n"), language), [""; 0], "{text}");
    }
}
