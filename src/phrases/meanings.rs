//! What the marks of the text edition mean, in sentences for the head of the file.
//!
//! Enters: a language, or a book's [`Metadata`]. Leaves: [`Meanings`]. Promise: every sentence follows
//! its mark and a colon; a language without a row has none, and its marks stand alone there.

use super::words;
use crate::model::{Language, Metadata};

words! {
    /// What each mark of the text edition means; empty where it isn't said.
    Meanings, 17:
    /// Over the list of marks.
    marks,
    /// `[Page 12]`.
    means_page,
    /// `[Note 1]`.
    means_note,
    /// `[Image: …]`.
    means_image,
    /// `[Link 1]`.
    means_link,
    /// `[Quotation]` and its end.
    means_quote,
    /// `[Aside]`, the titles of alerts, and their end.
    means_aside,
    /// `[Code]` and its end.
    means_code,
    /// `[End of table]`.
    means_table,
    /// `[Scene break]`.
    means_scene,
    /// `[done]`, `[to do]`.
    means_task,
    /// `2.1.`, the number of an item in a list within a list.
    means_number,
    /// `^` before raised digits.
    means_raised,
    /// `_` before lowered digits.
    means_lowered,
    /// `_words_`.
    means_emphasis,
    /// The sign at the end of a line that was cut within a word or a line of code.
    means_fold,
    /// `(…)` after an abbreviation.
    means_expansion,
}

pub(super) const ENGLISH: Meanings = Meanings::new([
    "Marks in this text",
    "that page of the print edition begins here, even within a sentence",
    "calls a note, which stands at the end of its chapter",
    "describes an image",
    "gives the number of an address in the next list of links, at the end of the section",
    "stand before and after a quotation",
    "stand before and after words set apart from the text",
    "stand before and after code, whose lines are kept",
    "ends a table whose rows are sentences, each cell after the head of its column",
    "the scene changes here",
    "say of a task whether it is done",
    "numbers an item of a list within a list, after the item that holds it",
    "stands before raised digits",
    "stands before lowered digits",
    "stand around emphasised words",
    "at the end of a line: it goes on in the next line without a space",
    "after an abbreviation: what it stands for",
]);

const GERMAN: Meanings = Meanings::new([
    "Zeichen in diesem Text",
    "hier beginnt diese Seite der Druckausgabe, auch mitten im Satz",
    "ruft eine Anmerkung auf, die am Ende ihres Kapitels steht",
    "beschreibt ein Bild",
    "nennt die Nummer einer Adresse in der nächsten Liste von Links, am Ende des Abschnitts",
    "stehen vor und nach einem Zitat",
    "stehen vor und nach Worten, die vom Text abgesetzt sind",
    "stehen vor und nach Code, dessen Zeilen erhalten sind",
    "beendet eine Tabelle, deren Zeilen Sätze sind, jede Zelle nach dem Kopf ihrer Spalte",
    "hier wechselt die Szene",
    "sagen, ob eine Aufgabe erledigt ist",
    "zählt einen Punkt einer Liste in einer Liste, nach dem Punkt, der ihn enthält",
    "steht vor hochgestellten Ziffern",
    "steht vor tiefgestellten Ziffern",
    "stehen um hervorgehobene Worte",
    "am Ende einer Zeile: sie geht in der nächsten ohne Leerzeichen weiter",
    "nach einer Abkürzung: wofür sie steht",
]);

const FRENCH: Meanings = Meanings::new([
    "Signes employés dans ce texte",
    "cette page de l’édition imprimée commence ici, même au milieu d’une phrase",
    "appelle une note, placée à la fin de son chapitre",
    "décrit une image",
    "donne le numéro d’une adresse dans la prochaine liste de liens, à la fin de la section",
    "encadrent une citation",
    "encadrent des mots mis à part du texte",
    "encadrent du code, dont les lignes sont conservées",
    "termine un tableau dont les lignes sont des phrases, chaque cellule après l’en-tête de sa colonne",
    "la scène change ici",
    "disent si une tâche est faite",
    "numérote un élément d’une liste dans une liste, après l’élément qui la contient",
    "précède des chiffres en exposant",
    "précède des chiffres en indice",
    "encadrent des mots mis en relief",
    "à la fin d’une ligne\u{202f}: elle continue à la suivante sans espace",
    "après une abréviation\u{202f}: ce qu’elle signifie",
]);

const SPANISH: Meanings = Meanings::new([
    "Signos de este texto",
    "aquí comienza esa página de la edición impresa, incluso en medio de una frase",
    "llama a una nota, que está al final de su capítulo",
    "describe una imagen",
    "da el número de una dirección en la próxima lista de enlaces, al final de la sección",
    "están antes y después de una cita",
    "están antes y después de palabras separadas del texto",
    "están antes y después de código, cuyas líneas se conservan",
    "termina una tabla cuyas filas son frases, cada celda tras el encabezado de su columna",
    "aquí cambia la escena",
    "dicen si una tarea está hecha",
    "numera un elemento de una lista dentro de otra, tras el elemento que la contiene",
    "precede a cifras en superíndice",
    "precede a cifras en subíndice",
    "están alrededor de palabras destacadas",
    "al final de una línea: continúa en la siguiente sin espacio",
    "tras una abreviatura: lo que significa",
]);

const ITALIAN: Meanings = Meanings::new([
    "Segni usati in questo testo",
    "qui comincia quella pagina dell’edizione a stampa, anche nel mezzo di una frase",
    "richiama una nota, che sta alla fine del suo capitolo",
    "descrive un’immagine",
    "dà il numero di un indirizzo nel prossimo elenco di collegamenti, alla fine della sezione",
    "stanno prima e dopo una citazione",
    "stanno prima e dopo parole separate dal testo",
    "stanno prima e dopo il codice, di cui si conservano le righe",
    "chiude una tabella le cui righe sono frasi, ogni cella dopo l’intestazione della sua colonna",
    "qui cambia la scena",
    "dicono se un compito è fatto",
    "numera una voce di un elenco dentro un elenco, dopo la voce che lo contiene",
    "precede cifre in apice",
    "precede cifre in pedice",
    "stanno intorno a parole messe in rilievo",
    "alla fine di una riga: continua nella seguente senza spazio",
    "dopo un’abbreviazione: ciò che significa",
]);

const NONE: Meanings = Meanings::new([""; 17]);

/// The meanings in a language, by its primary subtag; `None` where Aldine has none.
#[must_use]
pub fn meanings(language: &Language) -> Option<&'static Meanings<'static>> {
    match language.primary().as_str() {
        "en" => Some(&ENGLISH),
        "de" => Some(&GERMAN),
        "fr" => Some(&FRENCH),
        "es" => Some(&SPANISH),
        "it" => Some(&ITALIAN),
        _ => None,
    }
}

/// The meanings for a book: its language's, and its author's over them.
#[must_use]
pub fn meanings_of(metadata: &Metadata) -> Meanings<'_> {
    meanings(&metadata.language).unwrap_or(&NONE).with_own(&metadata.phrases)
}
