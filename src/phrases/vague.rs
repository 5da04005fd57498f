//! Words that say nothing to those who hear a book: "click here", and colours alone.
//!
//! Enters: words and their language. Leaves: whether they are such. Promise: links are told only when all
//! their words are of the list; colours only in the turns of phrase by which text points at a colour.
//! Languages without a row are told of nothing.

use crate::model::Language;

/// Words of links that make no sense by themselves, in small letters.
#[rustfmt::skip]
const LINKS: &[(&str, &[&str])] = &[
    ("en", &[
        "here", "click", "click here", "click this link", "click this", "press here", "tap here", "go here", "see here",
        "right here", "over here", "this", "that", "it", "link", "a link", "the link", "this link", "this page",
        "this site", "this website", "more", "read more", "learn more", "see more", "find out more", "more info",
        "more information", "more here", "read more here", "continue", "details", "info", "page", "website",
    ]),
    ("de", &[
        "hier", "hier klicken", "klicken sie hier", "klick hier", "klicke hier", "klick", "dies", "diese seite",
        "dieser link", "diesem link", "diesen link", "link", "der link", "ein link", "mehr", "mehr lesen", "lies mehr",
        "weiterlesen", "weiter", "mehr erfahren", "mehr informationen", "weitere informationen", "mehr dazu",
        "mehr dazu hier", "details", "infos", "seite", "website", "webseite",
    ]),
    ("fr", &[
        "ici", "cliquez ici", "cliquer ici", "clique ici", "là", "ceci", "cela", "ce lien", "lien", "le lien", "cette page",
        "ce site", "plus", "en savoir plus", "lire la suite", "lire plus", "la suite", "suite", "voir plus", "voir ici",
        "plus d’informations", "plus d’infos", "détails", "page", "site",
    ]),
    ("es", &[
        "aquí", "haga clic aquí", "haz clic aquí", "clic aquí", "pulse aquí", "pincha aquí", "esto", "este enlace",
        "enlace", "el enlace", "esta página", "este sitio", "más", "leer más", "ver más", "saber más", "seguir leyendo",
        "más información", "detalles", "página", "sitio",
    ]),
    ("it", &[
        "qui", "clicca qui", "cliccare qui", "fai clic qui", "premi qui", "questo", "questo link", "link", "il link",
        "questa pagina", "questo sito", "altro", "leggi", "leggi di più", "leggi tutto", "continua", "continua a leggere",
        "scopri di più", "per saperne di più", "maggiori informazioni", "ulteriori informazioni", "dettagli", "pagina",
        "sito",
    ]),
    ("nl", &["hier", "klik hier", "deze link", "link", "deze pagina", "meer", "lees meer", "lees verder", "meer informatie"]),
    ("pt", &["aqui", "clique aqui", "este link", "link", "esta página", "mais", "leia mais", "saiba mais", "mais informações"]),
];

/// Whether a link's words make no sense by themselves.
#[must_use]
pub fn says_nothing(language: &Language, words: &str) -> bool {
    let primary = language.primary();
    let Some((_, row)) = LINKS.iter().find(|(tag, _)| *tag == primary) else { return false };
    let words = folded(words);
    row.contains(&words.as_str())
}

/// Small letters and single blanks, without the signs around: arrows, full stops, quotation marks.
fn folded(words: &str) -> String {
    let words = words.to_lowercase().replace('\'', "\u{2019}");
    let bare = words.trim_matches(|c: char| !c.is_alphanumeric());
    bare.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// How a language points at a colour.
struct Colours {
    /// Small letters, stems as well as forms.
    names: &'static [&'static str],
    /// Before a colour that ends its phrase: "in red."
    before: &'static [&'static str],
    /// Before a colour, directly or with a word of `before` between: "marked in red".
    marked: &'static [&'static str],
    /// After a colour: "rot markiert", "red text".
    after: &'static [&'static str],
}

#[rustfmt::skip]
const COLOURS: &[(&str, Colours)] = &[
    ("en", Colours {
        names: &["red", "green", "blue", "yellow", "orange", "purple", "pink", "grey", "gray", "brown"],
        before: &["in"],
        marked: &["marked", "shown", "printed", "highlighted", "coloured", "colored", "written", "set", "drawn", "shaded", "appear", "appears"],
        after: &[
            "text", "words", "ones", "one", "line", "lines", "row", "rows", "field", "fields", "cell", "cells", "button",
            "buttons", "items", "entries", "numbers", "figures", "part", "parts", "areas", "box", "boxes", "sections",
        ],
    }),
    ("de", Colours {
        names: &[
            "rot", "grün", "blau", "gelb", "orange", "lila", "violett", "rosa", "grau", "braun", "rote", "roten", "grüne",
            "grünen", "blaue", "blauen", "gelbe", "gelben", "graue", "grauen",
        ],
        before: &["in"],
        marked: &[],
        after: &[
            "markiert", "markierte", "markierten", "gekennzeichnet", "gekennzeichnete", "gekennzeichneten", "hervorgehoben",
            "hinterlegt", "hinterlegte", "hinterlegten", "gedruckt", "gedruckte", "gedruckten", "geschrieben", "dargestellt",
            "angezeigt", "gefärbt", "umrandet", "schrift", "felder", "feld", "zeilen", "zeile", "zellen", "wörter", "einträge",
            "schaltfläche",
        ],
    }),
    ("fr", Colours {
        names: &["rouge", "vert", "bleu", "jaune", "orange", "violet", "rose", "gris", "brun", "rouges", "verts", "bleus", "jaunes", "vertes", "bleues"],
        before: &["en"],
        marked: &["marqués", "marquées", "surlignés", "surlignées"],
        after: &[],
    }),
    ("es", Colours {
        names: &["rojo", "verde", "azul", "amarillo", "naranja", "morado", "rosa", "gris", "marrón"],
        before: &["en"],
        marked: &["marcados", "marcadas", "resaltados", "resaltadas"],
        after: &[],
    }),
    ("it", Colours {
        names: &["rosso", "verde", "blu", "giallo", "arancione", "viola", "rosa", "grigio", "marrone"],
        before: &["in"],
        marked: &["evidenziati", "evidenziate", "segnati", "segnate"],
        after: &[],
    }),
];

/// The words by which a text points at a colour: "in red", "rot markiert"; `None` where it doesn't.
#[must_use]
pub fn colour_alone(language: &Language, text: &str) -> Option<String> {
    let primary = language.primary();
    let (_, colours) = COLOURS.iter().find(|(tag, _)| *tag == primary)?;
    let tokens: Vec<&str> = text.split_whitespace().collect();
    let bare = |at: usize| {
        tokens.get(at).map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase())
    };
    let is = |at: Option<usize>, list: &[&str]| {
        at.and_then(bare).is_some_and(|word| list.contains(&word.as_str()))
    };
    // A sign after a word parts it from what follows.
    let closed = |at: usize| tokens.get(at).is_none_or(|word| !word.ends_with(char::is_alphanumeric));
    for at in 0..tokens.len() {
        if !is(Some(at), colours.names) {
            continue;
        }
        let (one, two) = (at.checked_sub(1), at.checked_sub(2));
        let ends = closed(at) || at + 1 == tokens.len();
        let before = is(one, colours.before) && (ends || colours.after.is_empty() || is(two, colours.marked));
        let marked = is(one, colours.marked);
        let after = !closed(at) && is(Some(at + 1), colours.after);
        if before || marked || after {
            let first = if before || marked { one.unwrap_or(at) } else { at };
            let last = if after { at + 1 } else { at };
            let words = tokens.get(first..=last).unwrap_or_default().join(" ");
            return Some(words.trim_matches(|c: char| !c.is_alphanumeric()).to_owned());
        }
    }
    None
}
