//! Passages that seem to be in another language than the text around them.
//!
//! Enters: the inlines of a leaf, and their language. Leaves: guesses, one for each language and leaf at most.
//! Promise: a guess needs letters of another script, or several of the small words that only the other language
//! has; what its author marked, code, and languages without a row are left alone.

use crate::model::{Inline, InlineKind, Language};
use crate::span::Span;
use std::collections::BTreeSet;
use unicode_width::UnicodeWidthChar;

/// A passage in another language.
pub(super) struct Guess {
    /// The words around it.
    pub(super) place: Span,
    /// Its first words.
    pub(super) words: String,
    /// The language it seems to be.
    pub(super) tag: &'static str,
}

/// The small words of each language: articles, pronouns, prepositions.
#[rustfmt::skip]
const SMALL: &[(&str, &str)] = &[
    ("en", " the of and to in is that it was for with his as he her on at by not this be are from but had have they which a an or all you we their there what when would "),
    ("de", " der die das und ist nicht ein eine einen einem zu den mit sich auf für dem des von ich es sie im wird auch als noch nur wie aus bei nach wir ihr war sind oder aber wenn "),
    ("fr", " le la les de des et est que qui dans une un pour pas sur au aux ce cette avec il elle nous vous ne plus son sa ses je du en on par mais où sont été n’est c’est l’on "),
    ("es", " el la los las de que y en un una por con no se del es para su al lo como más pero sus le este esta son fue ser muy sin "),
    ("it", " il lo la gli le di che e è un una per non con del della dei delle sono nel nella alla al si come più ma anche questo questa io "),
    ("nl", " de het een van en is dat niet op te zijn met voor die er aan ook als maar bij ik je hij naar dan wordt "),
    ("pt", " o a os as de que e não um uma em para com do da dos das no na se por mais como mas ao foi são "),
    ("la", " et in est non ad cum ut quod sed qui quae ex ab esse per nec ac atque sunt enim hoc quam si aut etiam "),
];

/// Words that a guess names at most.
const NAMED: usize = 6;

/// What stands out of the language of some inlines.
pub(super) fn guess(inlines: &[Inline], language: &Language) -> Vec<Guess> {
    let mut runs = Vec::new();
    gather(inlines, &mut runs);
    let mut found: Vec<Guess> = Vec::new();
    for (place, text) in &runs {
        for sentence in
            text.split_inclusive(['.', '!', '?', ';', ':', '“', '”', '«', '»', '„', '(', ')', '—', '"'])
        {
            let tag = by_script(sentence, language).or_else(|| by_words(sentence, language));
            if let Some(tag) = tag.filter(|tag| !found.iter().any(|guess| guess.tag == *tag)) {
                let words: Vec<&str> = sentence.split_whitespace().collect();
                let more = if words.len() > NAMED { " …" } else { "" };
                let first = words.get(..NAMED.min(words.len())).unwrap_or_default().join(" ");
                let first = first.trim_matches(|c: char| !c.is_alphanumeric());
                found.push(Guess { place: *place, words: format!("{first}{more}"), tag });
            }
        }
    }
    found
}

/// The words in runs: what is set apart by its author is one of its own.
fn gather(inlines: &[Inline], runs: &mut Vec<(Span, String)>) {
    let mut open = false;
    for inline in inlines {
        match &inline.kind {
            InlineKind::Text(words) => match runs.last_mut().filter(|_| open) {
                Some((_, run)) => run.push_str(words),
                None => {
                    runs.push((inline.span, words.clone()));
                    open = true;
                }
            },
            InlineKind::LineBreak => {
                if let Some((_, run)) = runs.last_mut().filter(|_| open) {
                    run.push(' ');
                }
            }
            InlineKind::Span { lang: Some(_), .. } | InlineKind::Code(_) | InlineKind::Picture(_) => {
                open = false
            }
            InlineKind::Styled(_, content)
            | InlineKind::Span { lang: None, content, .. }
            | InlineKind::Abbreviation { content, .. }
            | InlineKind::Link { content, .. } => {
                gather(content, runs);
                open = false;
            }
            InlineKind::PageReference { .. } | InlineKind::NoteCall(_) | InlineKind::Anchor(_) => {}
        }
    }
}

/// By three letters or more of a script that the language isn't written in; of ideographs two.
fn by_script(sentence: &str, language: &Language) -> Option<&'static str> {
    let own = script_of(language);
    let mut run = (None, 0);
    // Accents and points are of their letter's script.
    for c in sentence.chars().filter(|c| c.width() != Some(0)) {
        let script = script_by_letter(c);
        if script != run.0 {
            run = (script, 0);
        }
        run.1 += 1;
        let enough = if script == Some("zh") { 2 } else { 3 };
        let kept = script == Some("zh") && matches!(own, Some("ja" | "ko"));
        if let Some(tag) = script.filter(|tag| run.1 >= enough && Some(*tag) != own && !kept) {
            return Some(match tag {
                "ru" if sentence.to_lowercase().contains(['і', 'ї', 'є', 'ґ']) => "uk",
                "zh" if sentence.chars().any(|c| script_by_letter(c) == Some("ja")) => "ja",
                tag => tag,
            });
        }
    }
    None
}

/// The script of a letter, by the language that is mostly written in it; `None` for Latin and signs.
fn script_by_letter(c: char) -> Option<&'static str> {
    match c {
        '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}' => Some("el"),
        '\u{400}'..='\u{52f}' => Some("ru"),
        '\u{5d0}'..='\u{5ea}' => Some("he"),
        '\u{620}'..='\u{6ff}' => Some("ar"),
        '\u{900}'..='\u{97f}' => Some("hi"),
        '\u{e01}'..='\u{e4f}' => Some("th"),
        '\u{3041}'..='\u{30ff}' => Some("ja"),
        '\u{4e00}'..='\u{9fff}' => Some("zh"),
        '\u{ac00}'..='\u{d7a3}' => Some("ko"),
        _ => None,
    }
}

fn script_of(language: &Language) -> Option<&'static str> {
    match language.primary().as_str() {
        "el" | "grc" => Some("el"),
        "ru" | "uk" | "be" | "bg" | "sr" | "mk" | "kk" | "mn" => Some("ru"),
        "he" | "iw" | "yi" => Some("he"),
        "ar" | "fa" | "ur" | "ps" | "ckb" | "sd" | "ug" => Some("ar"),
        "hi" | "mr" | "ne" | "sa" => Some("hi"),
        "th" => Some("th"),
        "ja" => Some("ja"),
        "zh" => Some("zh"),
        "ko" => Some("ko"),
        _ => None,
    }
}

/// By small words: two different ones at least, and a third of all words, that the language of the text doesn't have.
fn by_words(sentence: &str, language: &Language) -> Option<&'static str> {
    let primary = language.primary();
    let (_, own) = SMALL.iter().find(|(tag, _)| *tag == primary)?;
    let bare =
        |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase().replace('\'', "’");
    let words: Vec<String> = sentence.split_whitespace().map(bare).filter(|word| !word.is_empty()).collect();
    if words.len() < 4 {
        return None;
    }
    let has = |row: &str, word: &str| row.contains(&format!(" {word} "));
    let others = SMALL.iter().filter(|(tag, _)| *tag != primary).map(|(tag, row)| {
        let hits: Vec<&String> = words.iter().filter(|word| has(row, word) && !has(own, word)).collect();
        (hits.len(), hits.into_iter().collect::<BTreeSet<_>>().len(), *tag)
    });
    // One word said twice proves nothing: "Come, come".
    let (best, _, tag) = others.filter(|(_, different, _)| *different >= 2).max_by_key(|(hits, ..)| *hits)?;
    let usual = words.iter().filter(|word| has(own, word)).count();
    (best * 3 >= words.len() && best > usual * 2).then_some(tag)
}
