//! Labels that authors write themselves: "Table B-1: Operators", "Figure 2.1 The harbour".
//!
//! Enters: a caption's content. Leaves: its label, as the author wrote it, and the content without it.
//! Promise: a label is the language's own word for a figure or a table with a number; what follows it must
//! be a colon, a full stop or a dash, the caption's end, or a new beginning: "Table 3 shows" has none.

use super::labels::strip_word;
use crate::model::{Inline, InlineKind, Open, Style, plain_text};
use crate::phrases::Phrases;

/// What may stand between a label and the words after it.
const AFTER: [char; 6] = [':', '.', '\u{FF1A}', '\u{3002}', '\u{2014}', '\u{2013}'];

/// Takes the author's label off a caption, if it begins with one.
pub(super) fn take_label(content: &mut Vec<Inline<Open>>, words: &Phrases) -> Option<String> {
    let first = content.first()?;
    let whole = plain_text(content);
    let (begin, apart) = if let InlineKind::Text(text) = &first.kind {
        (text.clone(), false)
    } else if let InlineKind::Styled(Style::Strong | Style::Emphasis | Style::SmallCaps, inner) = &first.kind
    {
        (plain_text(inner), true)
    } else {
        return None;
    };
    let label = [words.figure, words.table].into_iter().find_map(|pattern| label(&whole, pattern))?;
    let own = begin.get(label.clone())?.split_whitespace().collect::<Vec<_>>().join(" ");
    let rest = begin.get(label.end..)?;
    if !apart {
        cut(content, label.end);
    } else if rest.trim().trim_start_matches(AFTER).is_empty() {
        content.remove(0);
    } else {
        // More than the label is bold: the author sets the caption so.
        return None;
    }
    if let Some(Inline { kind: InlineKind::Text(text), .. }) = content.first() {
        let gone = text.len() - text.trim_start().trim_start_matches(AFTER).trim_start().len();
        cut(content, gone);
    }
    Some(own)
}

/// Where the label of a caption stands, by the pattern of the language.
fn label(caption: &str, pattern: &str) -> Option<std::ops::Range<usize>> {
    let (before, after) = pattern.split_once("{}")?;
    let start = caption.len() - caption.trim_start().len();
    let rest = strip_word(caption.get(start..)?, before)?;
    let counts =
        |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '\u{2010}' | '\u{2011}' | '\u{2013}');
    // In scripts without spaces the words follow at once.
    let spaced = before.ends_with(' ') || after.starts_with(' ');
    let long = rest.find(|c: char| !counts(c) || !spaced && c.is_alphabetic() && !c.is_ascii());
    let found = rest.get(..long.unwrap_or(rest.len()))?.trim_end_matches(['.', '-', '\u{2013}']);
    if !found.contains(char::is_numeric) || found.chars().count() > 12 {
        return None;
    }
    let next = strip_word(rest.get(found.len()..)?, after)?;
    let end = caption.len() - next.len();
    let ends = next.trim_start().is_empty() || next.trim_start().starts_with(AFTER);
    let begins = next.starts_with(char::is_whitespace)
        && next.trim_start().chars().next().is_some_and(|c| !c.is_lowercase());
    (ends || begins || !spaced).then_some(start..end)
}

/// Takes bytes off the words that a caption begins with.
fn cut(content: &mut Vec<Inline<Open>>, bytes: usize) {
    let Some(Inline { span, kind: InlineKind::Text(text) }) = content.first_mut() else { return };
    let Some(rest) = text.get(bytes..) else { return };
    *text = rest.to_owned();
    let gone = u32::try_from(bytes).unwrap_or(0);
    span.start = span.start.saturating_add(gone).min(span.end);
    if text.is_empty() {
        content.remove(0);
    }
}
