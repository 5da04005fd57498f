//! Lines of titles and of entries in a list: even, and ended where the sense ends.
//!
//! Enters: a [`Paragraph`], how its lines share their words. Leaves: a [`SetText`] in as few lines as hold
//! it. Promise: no word is divided unless it is wider than the measure; a last line of one word stands
//! only where there is no other way. *The Chicago Manual of Style* and the field's manuals ask of
//! titles what a search for even spaces doesn't give: lines of like width, broken after a sign rather than
//! within a phrase. To set them in the narrowest measure that keeps the count of lines, by the usual
//! search, was rejected: it makes them even, but knows nothing of signs. Titles have few words, so this
//! search tries all ways.

use super::candidates::{Candidate, Effort, TIED};
use super::choose::{Chosen, Goal};
use super::found::Found;
use super::{Paragraph, References, SetText, Setter, collect, ends, goal, pieces};
use crate::diagnostics::Diagnostics;

/// How the lines of a title share its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Share {
    /// Lines of like width: a title.
    Evenly,
    /// The same where they are few, else the lines of a paragraph: a caption.
    EvenlyIfFew,
    /// Full lines, and what is left: an entry of the contents.
    Fully,
}

/// A title of more places to break at is a paragraph that somebody made a heading.
const MOST_PLACES: usize = 160;
/// Nor has a title more lines.
const MOST_LINES: usize = 12;
/// A caption of more lines is a paragraph; centred, the last line of a shorter one looks lost when it is one word.
const FEW_LINES: usize = 3;

/// Prices are in squares of the share of a line that stays empty: two lines of one and of no measure cost
/// a half more than two of a half.
///
/// Price of a break within a phrase: of two lines the shorter may be empty before it is dearer.
const WITHIN: f64 = 0.5;
/// After a comma.
const AFTER_COMMA: f64 = 0.42;
/// After a small word that leans on the next: an article, a preposition.
const LEANING: f64 = 0.06;
/// After an author's hyphen.
const HYPHEN: f64 = 0.4;
/// Before a dash.
const DASH: f64 = 1.0;
/// Of a last line of one word: more than any break.
const LONE_WORD: f64 = 4.0;
/// Of parting what a space ties.
const PARTED: f64 = 100.0;
/// Where lines are to be full breaks count for less.
const FULLY: f64 = 0.2;
/// Words of no more letters lean on the next.
const SMALL: usize = 3;

impl Setter {
    /// Sets a title, or an entry of a list.
    #[must_use]
    pub fn set_title(
        &self,
        paragraph: &Paragraph<'_>,
        share: Share,
        references: &dyn References,
        diagnostics: &mut Diagnostics,
    ) -> SetText {
        let flow = collect(paragraph, references, &self.founts.fonts);
        if flow.text.is_empty() {
            return self.set(paragraph, references, diagnostics);
        }
        let row = pieces(&flow, &self.founts, paragraph.language.is_rtl(), diagnostics);
        let goal = goal(paragraph, Default::default());
        let found = self.found(&row, &flow, (false, Effort::Hyphens, goal.measure));
        let ends = match best(&found, &flow.text, goal, share) {
            Some(chosen) => ends(&found, &chosen),
            None => {
                let (found, chosen) = self.choose(&row, &flow, false, goal);
                let ends = ends(&found, &chosen);
                if share == Share::EvenlyIfFew {
                    Self::tell_long_word(paragraph, (&flow, &row), &ends, diagnostics);
                }
                ends
            }
        };
        let lines = self.placed(paragraph, (&flow, &row), goal, &ends);
        SetText { lines, nodes: flow.nodes, beside: 0 }
    }
}

/// The cheapest way to a candidate in so many lines: its price, and the candidate before.
type Layer = Vec<Option<(f64, usize)>>;

/// The best of the ways with the fewest lines; `None` when a word is wider than the measure, and for what
/// is no title.
fn best(found: &Found<'_>, text: &str, goal: Goal, share: Share) -> Option<Chosen> {
    let spots = &found.ends;
    let last = spots.len().checked_sub(1).filter(|&last| last > 0 && last < MOST_PLACES)?;
    let mut layers: Vec<Layer> = vec![vec![None; spots.len()]];
    *layers.first_mut()?.first_mut()? = Some((0.0, 0));
    let most = if share == Share::EvenlyIfFew { FEW_LINES } else { MOST_LINES };
    while layers.last()?.last()?.is_none() {
        if layers.len() > most {
            return None;
        }
        let layer = next(layers.last()?, (spots, text), (goal, layers.len() - 1), share);
        layers.push(layer);
    }
    let (demerits, _) = (*layers.last()?.last()?)?;
    let mut ends = vec![last];
    for layer in layers.iter().skip(1).rev() {
        let (_, before) = (*layer.get(*ends.last()?)?)?;
        ends.push(before);
    }
    ends.reverse();
    Some(Chosen { ends, demerits })
}

/// The cheapest ways of one line more.
fn next(
    layer: &Layer,
    (spots, text): (&[Candidate], &str),
    (goal, line): (Goal, usize),
    share: Share,
) -> Layer {
    let mut next: Layer = vec![None; spots.len()];
    let last = spots.len() - 1;
    let room = goal.room(line);
    for (from, start) in spots.iter().enumerate() {
        let Some((price, _)) = layer.get(from).copied().flatten() else { continue };
        for (to, end) in spots.iter().enumerate().skip(from + 1) {
            let width = end.before.width - start.after.width;
            if width > room {
                break;
            }
            if !end.within {
                let empty = (room - width).ratio(room.max(goal.em));
                let lines = if share == Share::Fully && to == last { 0.0 } else { empty * empty };
                let ends = if to == last { lone_word(text, start) } else { break_price(text, end, share) };
                let price = price + lines + ends;
                if let Some(slot) = next.get_mut(to).filter(|slot| slot.is_none_or(|(old, _)| price < old)) {
                    *slot = Some((price, from));
                }
            }
            if end.forced {
                break;
            }
        }
    }
    next
}

/// What a last line that begins here costs.
fn lone_word(text: &str, start: &Candidate) -> f64 {
    let rest = text.get(start.next..).unwrap_or_default().trim();
    let lone = start.next > 0 && !start.forced && !rest.contains(char::is_whitespace);
    if lone { LONE_WORD } else { 0.0 }
}

/// What a line that ends here costs.
fn break_price(text: &str, end: &Candidate, share: Share) -> f64 {
    if end.forced {
        return 0.0;
    }
    let before = text.get(..end.end).unwrap_or_default().trim_end();
    let after = text.get(end.next..).unwrap_or_default();
    let tied = if end.price >= TIED { PARTED } else { 0.0 };
    let dash = if after.starts_with(['\u{2013}', '\u{2014}', '-']) { DASH } else { 0.0 };
    let place = match before.chars().next_back() {
        _ if ends_sense(before) => 0.0,
        Some(',' | '\u{060C}' | '\u{3001}' | '\u{FF0C}') => AFTER_COMMA,
        Some('-' | '\u{2010}') => WITHIN + HYPHEN,
        Some(_) if leans(before) => WITHIN + LEANING,
        Some(_) | None => WITHIN,
    };
    tied + (dash + place) * if share == Share::Fully { FULLY } else { 1.0 }
}

/// Whether a phrase ends here. A full stop after a short word mostly stands for the rest of it: Mr., St.
fn ends_sense(before: &str) -> bool {
    let before = before.trim_end_matches(['"', '\'', '\u{201D}', '\u{2019}', '\u{BB}', ')', ']']);
    match before.chars().next_back() {
        Some('.') => word_letters(before.trim_end_matches('.')) > SMALL,
        Some(sign) => {
            ":;!?\u{2014}\u{2026}\u{FF1A}\u{FF1B}\u{3002}\u{FF01}\u{FF1F}\u{061B}\u{061F}".contains(sign)
        }
        None => false,
    }
}

/// Whether the last word of a text is a small one that leans on the next: it has no capital and no number.
#[must_use]
pub fn leans(before: &str) -> bool {
    let word = before.rsplit(char::is_whitespace).next().unwrap_or_default();
    word_letters(before) <= SMALL && word.chars().all(char::is_lowercase)
}

/// How many letters and digits end a text.
fn word_letters(text: &str) -> usize {
    text.chars().rev().take_while(|c| c.is_alphanumeric()).count()
}
