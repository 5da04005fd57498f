//! What of two blocks belongs together on a page: a label and what it names, a caption and its block.
//!
//! Enters: a block, those around it, how many lines it was set in. Leaves: what a page break between two of them
//! costs. Promise: it is told by structure, in any language: how short a paragraph is, how its words are set,
//! that it begins with a word and a number.

use super::cost;
use crate::model::{Block, BlockKind, Inline, InlineKind, Placement, Style, Text, announces, plain_text};

/// A paragraph of so many lines announces the code, the table or the figure under it.
pub(super) const LABEL_LINES: usize = 2;
/// A paragraph that is short without being set: so many letters.
const SHORT: usize = 120;
/// A caption has so many letters at most.
const CAPTION: usize = 400;
/// The label it begins with has so many.
const LABEL: usize = 40;

/// What a break costs between a paragraph of so many lines and what follows it; `above` is the block before it.
/// Figures of no place of their own stand at `place`: those that float need no label.
pub(super) fn under<'b>(
    (above, place): (Option<&Block>, Placement),
    block: &Block,
    lines: usize,
    mut following: impl Iterator<Item = &'b Block>,
) -> u8 {
    let BlockKind::Paragraph(text) = &block.kind else { return cost::FREE };
    let (Some(next), then) = (following.next(), following.next()) else { return cost::FREE };
    let belongs_above = above.is_some_and(|above| over((above, place), block, Some(next)) > cost::FREE);
    if is_shown(next, place) && lines <= LABEL_LINES && !belongs_above {
        return cost::LABEL;
    }
    let labelled = is_short(next) && then.is_some_and(|then| is_shown(then, place));
    if (is_announced(next) || labelled) && announces(&text.content) {
        return cost::LEANS;
    }
    if lines == 1 && is_set_apart(text) && speaks(next) { cost::LABEL } else { cost::FREE }
}

/// What a break costs between a block and the paragraph under it, which may be its caption, or say whose words
/// it quotes.
pub(super) fn over((above, place): (&Block, Placement), block: &Block, next: Option<&Block>) -> u8 {
    if matches!(block.kind, BlockKind::Attribution(_)) {
        return cost::ALONE;
    }
    let BlockKind::Paragraph(text) = &block.kind else { return cost::FREE };
    // Captions of tables stand over them.
    let next_is_table = next.is_some_and(|next| matches!(next.kind, BlockKind::Table(_)));
    if is_shown(above, place) && !next_is_table && is_caption(text) { cost::CAPTION } else { cost::FREE }
}

/// Whether a block prints anything.
pub(super) fn is_printed(block: &Block) -> bool {
    let empty = matches!(&block.kind, BlockKind::Code { text, .. } if text.trim().is_empty());
    block.only.print && !empty
}

/// Code, a table, a figure that stands where it is written.
fn is_shown(block: &Block, theirs: Placement) -> bool {
    match block.kind {
        BlockKind::Code { .. } | BlockKind::Table(_) => true,
        BlockKind::Figure { place, .. } => place.unwrap_or(theirs) == Placement::Here,
        BlockKind::Paragraph(_)
        | BlockKind::Heading { .. }
        | BlockKind::Quote(_)
        | BlockKind::Alert { .. }
        | BlockKind::List { .. }
        | BlockKind::Definitions(_)
        | BlockKind::SceneBreak
        | BlockKind::PageBreak
        | BlockKind::Verse(_)
        | BlockKind::Attribution(_)
        | BlockKind::Division(..) => false,
    }
}

/// A paragraph of hardly more than a line.
fn is_short(block: &Block) -> bool {
    matches!(&block.kind, BlockKind::Paragraph(text) if plain_text(&text.content).chars().count() <= SHORT)
}

/// What words that end in a colon announce.
fn is_announced(block: &Block) -> bool {
    match block.kind {
        BlockKind::Quote(_)
        | BlockKind::List { .. }
        | BlockKind::Definitions(_)
        | BlockKind::Code { .. }
        | BlockKind::Table(_)
        | BlockKind::Figure { .. }
        | BlockKind::Verse(_) => true,
        BlockKind::Paragraph(_)
        | BlockKind::Heading { .. }
        | BlockKind::Alert { .. }
        | BlockKind::SceneBreak
        | BlockKind::PageBreak
        | BlockKind::Attribution(_)
        | BlockKind::Division(..) => false,
    }
}

/// What a speaker's name, or a heading set as a bold line, may stand over.
fn speaks(block: &Block) -> bool {
    match &block.kind {
        BlockKind::Paragraph(text) => !is_set_apart(text),
        BlockKind::Quote(_) | BlockKind::List { .. } | BlockKind::Definitions(_) | BlockKind::Verse(_) => {
            true
        }
        BlockKind::Code { .. }
        | BlockKind::Table(_)
        | BlockKind::Figure { .. }
        | BlockKind::Heading { .. }
        | BlockKind::Alert { .. }
        | BlockKind::SceneBreak
        | BlockKind::PageBreak
        | BlockKind::Attribution(_)
        | BlockKind::Division(..) => false,
    }
}

/// Whether all words are bold, italic or in small capitals.
fn is_set_apart(text: &Text) -> bool {
    let mut apart = false;
    let plain = text.content.iter().all(|inline| match &inline.kind {
        InlineKind::Styled(Style::Emphasis | Style::Strong | Style::SmallCaps, content) => {
            apart |= !plain_text(content).trim().is_empty();
            true
        }
        InlineKind::Anchor(_) | InlineKind::NoteCall(_) => true,
        InlineKind::Text(words) => !words.contains(char::is_alphanumeric),
        InlineKind::Code(_)
        | InlineKind::LineBreak
        | InlineKind::Styled(..)
        | InlineKind::Span { .. }
        | InlineKind::Abbreviation { .. }
        | InlineKind::Link { .. }
        | InlineKind::PageReference { .. }
        | InlineKind::Picture(_) => false,
    });
    plain && apart
}

/// Whether a paragraph begins as captions do: with a label set apart, or with a word and a number, and then a
/// colon or a full stop.
fn is_caption(text: &Text) -> bool {
    let words = plain_text(&text.content);
    let words = words.trim_start();
    let ends = |c: char| matches!(c, ':' | '.' | '\u{FF1A}' | '\u{2014}');
    if words.chars().count() > CAPTION {
        return false;
    }
    if let Some(label) = label(&text.content) {
        let label = label.trim();
        let next = words.strip_prefix(label).and_then(|rest| rest.chars().next());
        return label.ends_with(ends) || next.is_some_and(ends);
    }
    let Some((word, rest)) = words.split_once(char::is_whitespace) else { return false };
    let number = rest.split(char::is_whitespace).next().unwrap_or_default();
    let word =
        word.chars().all(char::is_alphabetic) && word.chars().next().is_some_and(|c| !c.is_lowercase());
    let inner = number.trim_end_matches(ends);
    let counts =
        |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '\u{2010}' | '\u{2011}' | '\u{2013}');
    word && number.ends_with(ends) && inner.contains(char::is_numeric) && inner.chars().all(counts)
}

/// The words set apart that a paragraph begins with.
fn label(content: &[Inline]) -> Option<String> {
    let first = content.iter().find(|inline| !matches!(inline.kind, InlineKind::Anchor(_)))?;
    let InlineKind::Styled(Style::Emphasis | Style::Strong | Style::SmallCaps, content) = &first.kind else {
        return None;
    };
    Some(plain_text(content)).filter(|label| label.chars().count() <= LABEL)
}
