//! Which words are divided when one must be: at many measures the dearer ones less often than others that
//! stand in the text as often and are as long.

use super::{Align, set_in, text};
use crate::said;

/// How many lines of a text end within a word that begins like this, over many measures.
fn divided(words: &str, beginning: &str) -> usize {
    let content = text(words);
    let within = |measure: u32| {
        let (set, _) = set_in(&content, "en", f64::from(measure), Align::Justify);
        let lines = set.lines.iter().filter(|line| line.hyphen).map(said);
        lines
            .filter(|line| line.rsplit([' ', '-']).next().is_some_and(|last| last.starts_with(beginning)))
            .count()
    };
    (130..260).map(within).sum()
}

#[test]
fn names_are_divided_less_readily_than_words() {
    let words = "all that we saw in those days was a few lights over the sea and the old walls of Constantinople on the hill, \
                 which is not much to have seen of it for two men who had come all the way by land, and "
        .repeat(4);
    let (names, words) = (divided(&words, "Con"), divided(&words.to_lowercase(), "con"));
    assert!(words > 50 && names * 4 < words * 3, "{names} with a capital, {words} without");
}

#[test]
fn words_with_a_hyphen_are_divided_less_readily_than_others() {
    let words = "and with him was the old rope-manufacturer of the town, so that we had them both at the one table for \
                 the whole of that night, "
        .repeat(4);
    let (compounds, words) = (divided(&words, "man"), divided(&words.replace('-', " "), "man"));
    assert!(words > 50 && compounds * 3 < words * 2, "{compounds} with a hyphen, {words} without");
}

#[test]
fn a_part_of_a_word_seldom_begins_the_last_line() {
    let words = "There was a considerable number of things on which the two of them were of different opinions, and yet \
                 they remembered nothing of any consequence that either of them had said about the understanding of the \
                 other, which is remarkable in two people of that age and of such extraordinary acquaintance with the \
                 manufacture of everything that is made of rope.";
    let content = text(words);
    let (mut last, mut others, mut lines) = (0, 0, 0);
    for measure in 150..320 {
        let (set, _) = set_in(&content, "en", f64::from(measure), Align::Justify);
        let count = set.lines.len();
        let hyphens = |from: usize, to: usize| set.lines[from..to].iter().filter(|line| line.hyphen).count();
        last += hyphens(count.saturating_sub(2), count.saturating_sub(1));
        others += hyphens(0, count.saturating_sub(2));
        lines += count.saturating_sub(2);
    }
    // Of lines before the last fewer are divided than of the others.
    assert!(others > 20 && last * lines < others * 170 / 2, "{last} of 170, {others} of {lines}");
}
