//! Captions that authors label themselves: "Table B-1: Operators", "Figure 2.1 The harbour".
//!
//! Enters: blocks side by side; a caption's content. Leaves: figures and tables with the paragraph beside them
//! that is their caption; its label, as the author wrote it, and the content without it.
//! Promise: a label is the language's own word for a figure or a table with a number; what follows it must
//! be a colon, a full stop or a dash, the caption's end, or a new beginning: "Table 3 shows" has none. A paragraph
//! is taken for a caption only where a sign follows the label, or the label is set apart.

use super::labels::{is_anchor, strip_word};
use crate::model::{Block, BlockKind, Inline, InlineKind, Open, Style, Table, Text, plain_text};
use crate::phrases::Phrases;

/// What may stand between a label and the words after it.
const AFTER: [char; 6] = [':', '.', '\u{FF1A}', '\u{3002}', '\u{2014}', '\u{2013}'];
/// A paragraph of more letters is no caption.
const LONGEST: usize = 400;

/// Gives figures and tables that have no caption the paragraph beside them that is one: tables the one above
/// first, figures the one below, as they are read.
pub(super) fn adopt(list: &mut Vec<Block<Open>>, words: &Phrases) {
    let mut at = 0;
    while at < list.len() {
        let (above, below) = (at.checked_sub(1), Some(at + 1));
        let found = match list.get(at).and_then(lacks_caption) {
            Some(Lacking::Table) => {
                // What stands over another table is that one's.
                let others = list.get(at + 2).and_then(lacks_caption) == Some(Lacking::Table);
                let below = below.filter(|_| !others);
                [above, below].into_iter().flatten().find(|place| fits(list, at, *place, words.table))
            }
            Some(Lacking::Figure) => {
                [below, above].into_iter().flatten().find(|place| fits(list, at, *place, words.figure))
            }
            None => None,
        };
        if let Some(place) = found {
            let caption = list.remove(place);
            at -= usize::from(place < at);
            if let Some(block) = list.get_mut(at) {
                give(block, caption);
            }
        }
        at += 1;
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Lacking {
    Table,
    Figure,
}

fn lacks_caption(block: &Block<Open>) -> Option<Lacking> {
    if matches!(&block.kind, BlockKind::Table(Table { caption: None, .. })) {
        return Some(Lacking::Table);
    }
    matches!(&block.kind, BlockKind::Figure { caption: None, .. }).then_some(Lacking::Figure)
}

/// Whether the block at `place` is the caption of the one at `at`: for the same editions, in the same language,
/// and not both with a name.
fn fits(list: &[Block<Open>], at: usize, place: usize, pattern: &str) -> bool {
    let (Some(block), Some(caption)) = (list.get(at), list.get(place)) else { return false };
    let BlockKind::Paragraph(text) = &caption.kind else { return false };
    let named = block.name.id.is_some() && caption.name.id.is_some();
    if named || block.only != caption.only || block.lang != caption.lang {
        return false;
    }
    let mut content = text.content.clone();
    let words = plain_text(&content);
    let Some(own) = label(&words, pattern).filter(|_| words.chars().count() <= LONGEST) else { return false };
    let signed = words.get(own.end..).is_some_and(|rest| rest.trim_start().starts_with(AFTER));
    let apart = content.iter().find(|inline| !is_anchor(inline));
    let apart = apart.is_some_and(|inline| matches!(inline.kind, InlineKind::Styled(..)));
    (signed || apart) && take(&mut content, &[pattern]).is_some() && !plain_text(&content).trim().is_empty()
}

fn give(block: &mut Block<Open>, caption: Block<Open>) {
    let BlockKind::Paragraph(text) = caption.kind else { return };
    block.name.id = block.name.id.take().or(caption.name.id);
    let given: Option<Text<Open>> = Some(text);
    if let BlockKind::Table(table) = &mut block.kind {
        table.caption = given;
    } else if let BlockKind::Figure { caption, .. } = &mut block.kind {
        *caption = given;
    }
}

/// Takes the author's label off a caption, if it begins with one.
pub(super) fn take_label(content: &mut Vec<Inline<Open>>, words: &Phrases) -> Option<String> {
    take(content, &[words.figure, words.table])
}

/// The same for a label of one of these patterns. Anchors before it stay.
fn take(content: &mut Vec<Inline<Open>>, patterns: &[&str]) -> Option<String> {
    let lead = content.iter().take_while(|inline| is_anchor(inline)).count();
    let anchors: Vec<Inline<Open>> = content.drain(..lead).collect();
    let own = take_first(content, patterns);
    content.splice(0..0, anchors);
    own
}

fn take_first(content: &mut Vec<Inline<Open>>, patterns: &[&str]) -> Option<String> {
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
    let label = patterns.iter().find_map(|pattern| label(&whole, pattern))?;
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
