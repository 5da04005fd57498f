//! An index: entries in small type, in two columns or in one.
//!
//! Enters: a section that is an index, and the sections in it. Leaves: strips; from the first entry on they are
//! as wide as a column, where the galley says that they stand in columns. Promise: what the index says before
//! its first entry stands over the whole measure; lists in it have no bullets, an entry is set in by as many ems
//! as it is deep, and turned lines by one more than the deepest (Chicago Manual of Style 18, 15.26); no letter is
//! parted from its group and no entry from its first sub-entry.
//!
//! Entries of two columns have a grid of their own that fills the page's height with whole lines, so that both
//! columns, and facing pages, end on one line. On the text's grid small type would stand far too open.

use super::text::Leaf;
use super::{Builder, Columns, Context, Give, Kind, Start, Up, baseline, cost};
use crate::diagnostics::{Code, Diagnostic};
use crate::layout::types::{Marks, Tag};
use crate::measure::Length;
use crate::model::{
    Block, BlockKind, InlineKind, ListItem, Numbering, Role, Section, Style, Text, plain_text,
};
use crate::span::Span;
use crate::style::{Align, HeadingStyle, Theme};

/// Ems of its type that a column must be wide: some twenty-five characters.
const LEAST_COLUMN: i64 = 10;
/// Entries may nest deeper, but are set in no further.
const DEEPEST: u8 = 3;
/// Part of a page that words before the entries may take: longer ones are set as entries are.
const INTRODUCTION: f64 = 0.25;
/// Width of a letter in ems, about.
const LETTER: f64 = 0.45;

/// The index that is being set.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Entries {
    /// Its section's; it ends with the next of this rank or above.
    rank: u8,
    /// Levels of sub-entries that are set in.
    deepest: u8,
    /// Width of its lines.
    measure: Length,
    /// Size of its type.
    size: Length,
    /// The grid to come back to, and where the space over the entries is: when they stand in one column.
    under: Option<(Length, usize)>,
}

impl Entries {
    /// A context of entries.
    pub(crate) fn context<'a>(&self, mut context: Context<'a>) -> Context<'a> {
        context.measure = self.measure;
        context.font.size = self.size;
        context.align = Align::Start;
        context.hyphenate = false;
        (context.indent, context.gap) = (Length::ZERO, Length::ZERO);
        context.entry = Some(0);
        context
    }
}

/// Whether a section is an index in columns: nothing else stands on its pages.
pub(crate) fn stands_alone(section: &Section, theme: &Theme) -> bool {
    section.role == Role::Index && section.rank == 1 && theme.index.columns > 1
}

impl<'a> Builder<'a> {
    /// What stands under the heading of an index.
    pub(crate) fn index_blocks(&mut self, section: &'a Section, context: &Context<'a>) {
        let (before, entries) = section.blocks.split_at(self.introduction(section, context.measure));
        self.blocks(context, before);
        if !before.is_empty() {
            self.space(self.grid);
        }
        self.begin_index(section, context);
        let language = context.language;
        let context = Context { language, ..self.context(context.up) };
        self.flush = true;
        self.blocks(&context, entries);
    }

    /// How many blocks the index says before its first entry. Where there are no lists, paragraphs are entries.
    fn introduction(&self, section: &Section, measure: Length) -> usize {
        let listed = |block: &Block| matches!(block.kind, BlockKind::List { .. } | BlockKind::Definitions(_));
        if section.children.is_empty() && !section.blocks.iter().any(listed) {
            return 0;
        }
        let words = |block: &Block| {
            let BlockKind::Paragraph(text) = &block.kind else { return None };
            (!is_letter(text)).then(|| plain_text(&text.content))
        };
        let said: Vec<String> = section.blocks.iter().map_while(words).collect();
        let letters: f64 = said.iter().flat_map(|text| text.chars()).map(|_| LETTER).sum();
        let lines = self.theme.text.size.scale(letters).ratio(measure.max(Length::pt(1.0)));
        let room = self.page_height().ratio(self.theme.text.leading.max(Length::pt(1.0)));
        if lines > room * INTRODUCTION { 0 } else { said.len() }
    }

    fn begin_index(&mut self, section: &Section, context: &Context<'a>) {
        let style = self.theme.index;
        let deepest = deepest(section).min(DEEPEST);
        let (rank, size) = (section.rank, style.size);
        let columns =
            if stands_alone(section, self.theme) { self.two_columns(section, context) } else { None };
        let column = (context.measure - style.gutter) / 2;
        let (measure, under) = match columns {
            Some(columns) => {
                self.grid = columns.leading;
                self.galley.columns = Some(columns);
                (column, None)
            }
            None => {
                let opened = self.open_block(Length::ZERO, Give::None);
                let text = std::mem::replace(&mut self.grid, style.leading);
                (context.measure, Some((text, opened)))
            }
        };
        self.index = Some(Entries { rank, deepest, measure, size, under });
    }

    /// The columns of an index that begins here; none, and the author is told, where they can't be.
    fn two_columns(&mut self, section: &Section, context: &Context<'a>) -> Option<Columns> {
        let style = self.theme.index;
        let column = (context.measure - style.gutter) / 2;
        let height = self.page_height();
        let opening: Length = self.galley.strips.iter().map(|strip| strip.height).sum();
        let calls = |section: &Section| self.book.notes.iter().any(|note| note.section == Some(section.id));
        let (why, hint) = if column < style.size * LEAST_COLUMN {
            (format!("two columns would be {column} wide"), "use a larger page or smaller type")
        } else if self.notes_at_foot() && within(section).into_iter().any(calls) {
            (
                "it calls notes that stand at the foot of the page".to_owned(),
                "leave the notes out of the index",
            )
        } else if opening > height {
            ("its heading fills a page".to_owned(), "give it a shorter title")
        } else if self.galley.start == Start::Run {
            ("it begins under the title of the book".to_owned(), "write something before it")
        } else {
            // As many whole lines as come nearest to the leading that the style wants.
            let wanted = style.leading.to_sp().max(1);
            let lines = ((height.to_sp() * 2 + wanted) / (wanted * 2)).max(1);
            let leading = height / lines;
            let edges = [Length::ZERO, column + style.gutter];
            let [one, other] = edges;
            let edges = if context.language.is_rtl() { [other, one] } else { edges };
            let below = leading - baseline(leading, style.size);
            return Some(Columns { from: self.galley.strips.len(), edges, leading, below });
        };
        let message = format!("the index is set in one column: {why}");
        let told = Diagnostic::new(Code::IndexColumns, section.span, message).hint(hint);
        self.galley.diagnostics.push(told);
        None
    }

    /// Ends the index when a section of this rank begins that isn't in it. Columns end with their galley.
    pub(crate) fn end_index(&mut self, rank: u8) {
        let Some(index) = self.index.filter(|index| rank <= index.rank) else { return };
        self.index = None;
        self.close = false;
        let Some((grid, opened)) = index.under else { return };
        // Snaps are for blocks that come back to the page's grid.
        for strip in self.galley.strips.iter_mut().skip(opened).filter(|strip| strip.kind == Kind::Snap) {
            strip.kind = Kind::Space;
        }
        self.grid = grid;
        self.close_block(opened, 0.0, Length::ZERO);
    }

    /// How a section within an index is headed: close over its group.
    pub(crate) fn group_style(&self, style: HeadingStyle) -> HeadingStyle {
        // In one line of the entries' grid.
        let size = self.grid.scale(1.0 / 1.22).min(style.size);
        let align = if style.align == Align::Center { Align::Start } else { style.align };
        HeadingStyle { size, align, above: 1, below: 0, label_above: false, ..style }
    }

    /// A paragraph of an index: an entry, or a letter over a group of them.
    pub(crate) fn entry(&mut self, context: &Context<'a>, text: &'a Text, span: Span) {
        let node = self.node(Tag::Paragraph, context.up, span);
        let leaf = Leaf { id: Some(text.leaf), node, before: 0 };
        if !context.listed && is_letter(text) {
            self.space(context.leading);
            let context = Context { keep: cost::TIED, ..*context };
            self.leaf(&context, &text.content, Length::ZERO, leaf);
            (self.tied, self.close) = (2, true);
            return;
        }
        let deepest = self.index.map_or(0, |index| index.deepest);
        let level = context.entry.unwrap_or(0).min(deepest);
        let em = context.font.size;
        let turned = context.indented(em * (i64::from(deepest) + 1));
        let by = context.measure - turned.measure;
        self.leaf(&turned, &text.content, (em * i64::from(level)).min(by) - by, leaf);
    }

    /// An entry of one line is not parted from its first sub-entry, a longer one rather not.
    fn tie_sub_entries(&mut self) {
        let mut leaves =
            self.galley.strips.iter().rev().map(|strip| strip.words.first().map(|word| word.leaf));
        let (last, before) = (leaves.next().flatten(), leaves.next().flatten());
        self.tie_last(if last == before { cost::LEANS } else { cost::ALONE });
    }

    /// A list of an index: entries, or the sub-entries of one.
    pub(crate) fn entries(&mut self, context: &Context<'a>, items: &'a [ListItem], span: Span) {
        let node = self.node(Tag::List(Marks::Own), context.up, span);
        let level = context.entry.unwrap_or(0).saturating_add(u8::from(context.listed));
        if context.listed {
            self.tie_sub_entries();
        } else {
            self.space(context.leading);
        }
        for item in items {
            let entry = self.node(Tag::Item, Up::Node(node), item.span);
            let body = self.node(Tag::ItemBody, Up::Node(entry), item.span);
            let within = Context { entry: Some(level), listed: true, up: Up::Node(body), ..*context };
            self.blocks(&within, &item.blocks);
        }
        if !context.listed {
            self.space(context.leading);
        }
        self.flush = false;
    }
}

/// A list whose items are entries.
pub(crate) fn are_entries(numbering: Numbering, items: &[ListItem]) -> bool {
    numbering == Numbering::Bullet && items.iter().all(|item| item.task.is_none())
}

/// The section and all in it.
fn within(section: &Section) -> Vec<&Section> {
    let mut found = vec![section];
    let mut at = 0;
    while let Some(next) = found.get(at).copied() {
        found.extend(&next.children);
        at += 1;
    }
    found
}

/// Levels of sub-entries.
fn deepest(section: &Section) -> u8 {
    within(section).into_iter().map(|section| depth(&section.blocks)).max().unwrap_or(0).saturating_sub(1)
}

/// How deep lists nest. Depth is bounded by `markdown`'s cap.
fn depth(blocks: &[Block]) -> u8 {
    let of = |block: &Block| {
        if let BlockKind::List { items, .. } = &block.kind {
            let inner = items.iter().map(|item| depth(&item.blocks)).max();
            return inner.unwrap_or(0).saturating_add(1);
        }
        if let BlockKind::Division(_, inner) = &block.kind { depth(inner) } else { 0 }
    };
    blocks.iter().map(of).max().unwrap_or(0)
}

/// Whether a paragraph is the letter over a group, or bold words over one.
fn is_letter(text: &Text) -> bool {
    let bold =
        matches!(text.content.as_slice(), [one] if matches!(one.kind, InlineKind::Styled(Style::Strong, _)));
    bold || plain_text(&text.content).trim().chars().count() <= 3
}
