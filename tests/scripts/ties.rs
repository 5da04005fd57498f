//! Spaces and signs that lines don't end at, by language.

use super::*;

/// Every line of a text in many measures.
fn every_line(language: &str, text: &str, check: impl Fn(&str)) {
    for align in ["justify", "start"] {
        for measure in 55..100 {
            let lines = Case { language, fonts: &[], measure, align }.lines(text).expect("no font is wanted");
            assert!(lines.len() > 1);
            lines.iter().for_each(|line| check(line.said()));
        }
    }
}

/// Whether every word that may end a line does so at some measure, the tied ones left out: else a test of
/// ties would hold without them.
fn ends(language: &str, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for measure in 55..100 {
        let lines =
            Case { language, fonts: &[], measure, align: "start" }.lines(text).expect("no font is wanted");
        found.extend(lines.iter().filter_map(|line| line.said().split(' ').next_back().map(str::to_owned)));
    }
    found
}

#[test]
fn french_signs_stay_with_their_words() {
    let text = "Il demanda : « Pourquoi pas ? » Elle répondit ; puis il cria : « Assez ! » Et encore : « Non » ; « oui » ! Puis il \
                demanda : « Pourquoi pas ? » Elle répondit ; puis il cria : « Assez ! »";
    every_line("fr", text, |said| {
        assert!(!said.starts_with([';', ':', '!', '?', '»']), "{said}");
        assert!(!said.ends_with('«'), "{said}");
    });
}

#[test]
fn initials_stay_with_their_names() {
    let text = "We read J. R. R. Tolkien and E. M. Forster, then A. A. Milne, and later still C. S. Lewis beside T. S. Eliot and \
                the letters of W. H. Auden to D. H. Lawrence.";
    every_line("en", text, |said| {
        let word = said.split(' ').next_back().unwrap_or_default();
        assert!(!(word.len() == 2 && word.ends_with('.')), "{said}");
    });
    assert!(ends("en", text).contains(&"and".to_owned()));
    let code = "A list has values of the type `T`. Then more values of another type `U`. Both are values of a type `V`. ".repeat(3);
    let code = format!("{code}So it was.");
    assert!(ends("en", &code).iter().any(|word| ["T.", "U.", "V."].contains(&word.as_str())));
    let pronoun = "So said he, and so thought I. Then we went on, and so did I. Nobody else would have gone, not even I. ".repeat(3);
    // The last line ends where the text does.
    let pronoun = format!("{pronoun}So it was.");
    assert!(ends("en", &pronoun).contains(&"I.".to_owned()));
}

#[test]
fn numbers_stay_with_their_units_and_groups() {
    let text = "It is 10 km to the mill, 25 kg of type, 300 °C in the pot, 12 500 sheets at 40 % and 15 € each, as in § 31 and № 7, \
                for 90 min on 14 cm by 20 cm of paper, which weighs 80 g and costs 1 250 € more.";
    every_line("en", text, |said| {
        let word = said.split(' ').next_back().unwrap_or_default();
        assert!(!word.chars().all(|c| c.is_ascii_digit()) || ["31", "7", "500"].contains(&word), "{said}");
        assert!(!word.starts_with(['§', '№']), "{said}");
    });
}

#[test]
fn numbers_stay_with_what_they_count() {
    let text = "In Chapter 4 you read of Listing 12-1, of Figure 3 and Table B-7, of Appendix A in Part II (see fig. 9), and in \
                Section 4.2 and on page 31 of version 2 of No. 5 of vol. 7.";
    every_line("en", text, |said| {
        let word = said.split(' ').next_back().unwrap_or_default().trim_start_matches('(').to_lowercase();
        let labels = "chapter listing figure table appendix part fig. section page version no. vol.";
        assert!(!labels.split(' ').any(|label| label == word), "{said}");
    });
    // The same words before others are free.
    let free = "Each chapter has a listing, a figure and a table; the part of it that I read has a page, a section and a version \
                a reader reads, and the part I like of it I read a page of when there is one of a part. "
        .repeat(3);
    let ends = ends("en", free.trim());
    assert!(
        ["chapter", "part", "version", "figure"].iter().all(|word| ends.iter().any(|end| end == word)),
        "{ends:?}"
    );
    let german = "Siehe Kapitel 4 und Abbildung 3 auf Seite 31, dann Tabelle 5, Teil II und Anhang A, zuletzt Abschn. 4 in Bd. 7 und \
                  Nr. 12, dazu Seite 40.";
    every_line("de", german, |said| {
        let word = said.split(' ').next_back().unwrap_or_default().to_lowercase();
        let labels = "kapitel abbildung seite tabelle teil anhang abschn. bd. nr.";
        assert!(!labels.split(' ').any(|label| label == word), "{said}");
    });
}

#[test]
fn dashes_begin_no_line_where_the_language_forbids_it() {
    let russian = "Хорошая строка — это строка — которой никто не видит — так говорил старый наборщик — и он был прав — как всегда — \
                   хотя ученики — не верили.";
    every_line("ru", russian, |said| assert!(!said.starts_with('—'), "{said}"));
    let polish = "Dobry wiersz – to taki – którego nikt nie widzi – mawiał stary zecer – a zawsze miał rację – jak to on – choć nie każdy – \
                  mu wierzył.";
    every_line("pl", polish, |said| assert!(!said.starts_with('–'), "{said}"));
}

#[test]
fn words_of_one_letter_end_no_line_in_czech_and_polish() {
    let czech = "Starý sazeč šel k oknu a díval se z okna v domě u řeky, kde s mistrem o knihách i o písmu mluvil v zimě a v létě.";
    every_line("cs", czech, |said| {
        let word = said.split(' ').next_back().unwrap_or_default();
        assert!(word.chars().count() > 1, "{said}");
    });
    assert!(ends("en", czech).iter().any(|word| word.chars().count() == 1), "else nothing is tied");
}

/// Not that of the book it stands in.
#[test]
fn ties_are_those_of_the_span_s_language() {
    let czech = "[Starý sazeč šel k oknu a díval se z okna v domě u řeky, kde s mistrem o knihách i o písmu mluvil v zimě a \
                 v létě.]{lang=cs}";
    every_line("en", czech, |said| {
        let word = said.split(' ').next_back().unwrap_or_default();
        assert!(word.chars().count() > 1, "{said}");
    });
}

#[test]
fn a_row_of_ties_longer_than_a_line_still_fits() {
    let text = "A. B. C. D. ".repeat(30);
    for align in ["justify", "start"] {
        let case = Case { language: "en", fonts: &[], measure: 50, align };
        for line in case.lines(text.trim()).expect("no font is wanted") {
            assert!(line.right() < case.measure() + 3.0, "{}", line.right());
        }
    }
}
