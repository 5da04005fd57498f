//! What is verse, and who said it: settled by how an author ends lines.
//!
//! Enters: the resolved parts, typographic already, leaves without numbers. Leaves: the same with stanzas as
//! [`BlockKind::Verse`] and with the words that say whose a quotation is as [`BlockKind::Attribution`].
//! Promise: no word is lost or moved; whoever means something else says so, with `::: verse` or `::: centered`.
//!
//! The rule. A *stanza* is a paragraph of two or more lines that the author ends, none longer than a line of
//! verse can be, without code, pictures and addresses of the web, and not begun by a bold label. Stanzas are verse
//! - in a quotation of nothing else (its author and headings apart). Inscriptions and addresses that are quoted alone
//!   are taken as well: their lines ask for the same setting;
//! - in a quotation that has prose, a letter above all, where the prose announces them with a colon, where they
//!   are several of three lines or more, or where four lines stand between prose; but not with figures in them, as
//!   addresses and dates have, and so never the two or three lines that a letter begins or ends with;
//! - in running text, where two or more follow one another, without figures and not of single words, as lists have.
//!
//! What is centred stays as it is: its lines are ended for the eye.

use super::walk::{Part, parts};
use crate::model::{
    Block, BlockKind, BookParts, Division, Inline, InlineKind, Role, Section, Style, Target, Text, announces,
    plain_text, split_lines, walk_inlines,
};
use unicode_width::UnicodeWidthStr;

/// No line of verse has more letters: Whitman's are hardly longer, and paragraphs are.
const LONGEST: usize = 120;
/// Lines that prose on both sides makes a stanza of.
const SET_IN: usize = 4;
/// Lines of each of several stanzas beside prose; two are as likely a name over a street.
const BESIDE: usize = 3;
/// Columns that lines of verse have at least in the mean, where nothing but their ends tells it.
const WIDE: usize = 10;
/// Words that say whose a quotation is have no more letters.
const AUTHOR: usize = 300;

/// Sections whose paragraphs are entries, or notices of who made the book.
const LISTS: [Role; 4] = [Role::Bibliography, Role::Colophon, Role::Glossary, Role::Index];

/// In what blocks stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// In a section, or in an aside.
    Text,
    /// In a quotation.
    Quotation,
    /// In what is centred.
    Centred,
    /// In an item, a note, a section whose lines the style places.
    Within,
}

/// Settles the whole book.
pub(super) fn settle(book: &mut BookParts) {
    blocks(&mut book.opening, Place::Text);
    sections(&mut book.sections);
    for note in &mut book.notes {
        blocks(&mut note.blocks, Place::Within);
    }
}

fn sections(list: &mut [Section]) {
    for section in list {
        let place = if section.role == Role::Epigraph {
            Place::Quotation
        } else if section.role == Role::Dedication {
            Place::Centred
        } else if LISTS.contains(&section.role) {
            Place::Within
        } else {
            Place::Text
        };
        blocks(&mut section.blocks, place);
        sections(&mut section.children);
    }
}

/// Depth is bounded by `markdown`'s cap.
fn blocks(list: &mut Vec<Block>, place: Place) {
    for block in list.iter_mut() {
        let within = inner(&block.kind, place);
        parts(&mut block.kind, &mut |part| match part {
            Part::Blocks(inner) => blocks(inner, within),
            Part::Text(_) | Part::Code(_) => {}
        });
    }
    match place {
        Place::Text => stanzas(list, false),
        Place::Quotation => {
            name_author(list);
            stanzas(list, true);
        }
        Place::Centred => name_author(list),
        Place::Within => {}
    }
}

/// Where the blocks in a block stand.
fn inner(kind: &BlockKind, place: Place) -> Place {
    if place == Place::Centred || matches!(kind, BlockKind::Division(Division::Centered, _)) {
        Place::Centred
    } else if matches!(kind, BlockKind::Quote(_) | BlockKind::Division(Division::Epigraph, _)) {
        Place::Quotation
    } else if matches!(kind, BlockKind::Division(Division::Aside, _)) {
        Place::Text
    } else if matches!(kind, BlockKind::Division(..)) {
        place
    } else {
        Place::Within
    }
}

// Who said it.

/// Makes the last paragraph of a quotation, or the last line of it that the author ends, an attribution when it
/// begins with a dash. Where other paragraphs begin so too, people talk to one another.
fn name_author(list: &mut Vec<Block>) {
    let speaks =
        |block: &Block| matches!(&block.kind, BlockKind::Paragraph(text) if is_dashed(&text.content));
    if list.iter().rev().skip(1).any(speaks) {
        return;
    }
    let several = list.len() > 1;
    let Some(block) = list.pop() else { return };
    let Block { span, name, lang, only, kind } = block;
    let BlockKind::Paragraph(Text { leaf, content }) = kind else {
        return list.push(Block { span, name, lang, only, kind });
    };
    if is_dashed(&content) {
        let text = Text { leaf, content };
        let author = several && length(&text.content) <= AUTHOR;
        let kind = if author { BlockKind::Attribution(text) } else { BlockKind::Paragraph(text) };
        return list.push(Block { span, name, lang, only, kind });
    }
    let mut lines = split_lines(content.clone());
    let author = lines.pop_if(|last| is_dashed(last) && length(last) <= AUTHOR);
    let talk = lines.iter().any(|line| is_dashed(line));
    let Some(author) = author.filter(|_| !talk && !lines.is_empty()) else {
        let kind = BlockKind::Paragraph(Text { leaf, content });
        return list.push(Block { span, name, lang, only, kind });
    };
    let words = BlockKind::Paragraph(Text { leaf, content: joined(lines) });
    list.push(Block { span, name, lang: lang.clone(), only, kind: words });
    let place = author.iter().map(|inline| inline.span).reduce(crate::span::Span::join).unwrap_or(span);
    let author = BlockKind::Attribution(Text { leaf, content: author });
    list.push(Block { span: place, name: None, lang, only, kind: author });
}

/// Lines with the author's ends between them again.
fn joined(lines: Vec<Vec<Inline>>) -> Vec<Inline> {
    let mut content: Vec<Inline> = Vec::new();
    for line in lines {
        if let Some(last) = content.last() {
            content.push(Inline::new(last.span, InlineKind::LineBreak));
        }
        content.extend(line);
    }
    content
}

/// Whether words begin with a dash, typographic or, where the author wants none of that, typed.
fn is_dashed(content: &[Inline]) -> bool {
    begins_with_dash(&plain_text(content))
}

fn begins_with_dash(words: &str) -> bool {
    let words = words.trim_start();
    words.starts_with(['\u{2014}', '\u{2015}', '\u{2013}']) || words.starts_with("--")
}

fn length(content: &[Inline]) -> usize {
    plain_text(content).chars().count()
}

// What is verse.

/// Stanzas that follow one another.
struct Run {
    /// The first block.
    from: usize,
    /// Their counts of lines.
    lines: Vec<usize>,
    /// Figures stand in them.
    figures: bool,
    /// Their lines are of single words in the mean.
    narrow: bool,
}

/// Makes verse of the stanzas among these blocks.
fn stanzas(list: &mut Vec<Block>, quoted: bool) {
    let runs: Vec<Run> = runs(list);
    let apart = |block: &Block| {
        let beside = matches!(
            block.kind,
            BlockKind::Attribution(_)
                | BlockKind::Heading { .. }
                | BlockKind::SceneBreak
                | BlockKind::PageBreak
                | BlockKind::Verse(_)
        );
        beside || stanza(block).is_some()
    };
    let alone = quoted && list.iter().all(apart);
    for run in runs.into_iter().rev() {
        if alone
            || (!run.figures
                && if quoted { run.beside_prose(list) } else { run.lines.len() > 1 && !run.narrow })
        {
            run.make(list);
        }
    }
}

/// Stanzas of one language and for the same editions make a run; a name begins another.
fn runs(list: &[Block]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for (at, block) in list.iter().enumerate() {
        let Some(Stanza { lines, figures, narrow }) = stanza(block) else { continue };
        let before = at.checked_sub(1).and_then(|before| list.get(before));
        let goes_on = before.is_some_and(|before| {
            block.name.is_none() && (&before.lang, before.only) == (&block.lang, block.only)
        });
        match runs.last_mut().filter(|run| goes_on && run.from + run.lines.len() == at) {
            Some(run) => {
                run.lines.push(lines);
                run.figures |= figures;
                run.narrow |= narrow;
            }
            None => runs.push(Run { from: at, lines: vec![lines], figures, narrow }),
        }
    }
    runs
}

impl Run {
    /// Whether it is verse in a quotation that has prose.
    fn beside_prose(&self, list: &[Block]) -> bool {
        let prose = |block: &&Block| matches!(block.kind, BlockKind::Paragraph(_));
        let before = self.from.checked_sub(1).and_then(|at| list.get(at)).filter(prose);
        let after = list.get(self.from + self.lines.len()).filter(prose);
        let announced = before.is_some_and(
            |block| matches!(&block.kind, BlockKind::Paragraph(text) if announces(&text.content)),
        );
        let each = |least: usize| self.lines.iter().all(|lines| *lines >= least);
        announced
            || (self.lines.len() > 1 && each(BESIDE))
            || (before.is_some() && after.is_some() && each(SET_IN))
    }

    /// One block of verse instead of its paragraphs.
    fn make(&self, list: &mut Vec<Block>) {
        let range = self.from..self.from + self.lines.len();
        let mut verse: Option<Block> = None;
        let mut stanzas: Vec<Vec<Text>> = Vec::new();
        for block in list.drain(range) {
            if let BlockKind::Paragraph(text) = block.kind {
                stanzas.push(
                    split_lines(text.content).into_iter().map(|line| Text::new(trimmed(line))).collect(),
                );
            }
            let Block { span, name, lang, only, .. } = block;
            match &mut verse {
                Some(verse) => verse.span = verse.span.join(span),
                None => verse = Some(Block { span, name, lang, only, kind: BlockKind::SceneBreak }),
            }
        }
        if let Some(mut verse) = verse {
            verse.kind = BlockKind::Verse(stanzas);
            list.insert(self.from, verse);
        }
    }
}

/// What there is to know of a stanza; see [`Run`].
struct Stanza {
    lines: usize,
    figures: bool,
    narrow: bool,
}

/// A paragraph that can be a stanza.
fn stanza(block: &Block) -> Option<Stanza> {
    let BlockKind::Paragraph(text) = &block.kind else { return None };
    let words = plain_text(&text.content);
    if !words.contains('\n') || !is_plain(&text.content) || is_labelled(&text.content) {
        return None;
    }
    let lines: Vec<&str> = words.split('\n').filter(|line| !line.trim().is_empty()).collect();
    let short = lines.iter().all(|line| line.chars().count() <= LONGEST);
    // People who talk to one another, each on a line.
    let talk = lines.iter().all(|line| begins_with_dash(line));
    let columns: usize = lines.iter().map(|line| line.width()).sum();
    let (count, figures) = (lines.len(), words.contains(char::is_numeric));
    let narrow = columns < WIDE * count;
    (count > 1 && short && !talk).then_some(Stanza { lines: count, figures, narrow })
}

/// Whether words are words alone: no code, no picture, no way out of the book.
fn is_plain(content: &[Inline]) -> bool {
    let mut plain = true;
    walk_inlines(content, &mut |inline| {
        plain &= !matches!(
            &inline.kind,
            InlineKind::Code(_)
                | InlineKind::Picture(_)
                | InlineKind::Styled(Style::Keyboard, _)
                | InlineKind::Link { target: Target::Outside(_), .. }
        );
    });
    plain
}

/// Whether the first line is all bold: a label over what follows.
fn is_labelled(content: &[Inline]) -> bool {
    let mut first = content.iter().take_while(|inline| !matches!(inline.kind, InlineKind::LineBreak));
    first.all(|inline| {
        matches!(&inline.kind, InlineKind::Styled(Style::Strong, _))
            || matches!(&inline.kind, InlineKind::Text(words) if !words.contains(char::is_alphanumeric))
    })
}

/// A line without the spaces that stand around it in the source, where `<br>` ends it.
fn trimmed(mut line: Vec<Inline>) -> Vec<Inline> {
    if let Some(InlineKind::Text(words)) = line.first_mut().map(|inline| &mut inline.kind) {
        words.replace_range(..words.len() - words.trim_start_matches(' ').len(), "");
    }
    if let Some(InlineKind::Text(words)) = line.last_mut().map(|inline| &mut inline.kind) {
        words.truncate(words.trim_end_matches(' ').len());
    }
    line
}
