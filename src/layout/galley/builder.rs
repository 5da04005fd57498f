//! The hand that builds a galley: strips, spaces, nodes, anchors waiting for their place.

use super::index::Entries;
use super::text::Stand;
use super::{Float, Galley, Give, Kind, NodeSpec, Strip, Typesetter, Up, cost};
use crate::fonts::{Family, Variant};
use crate::layout::fixpoint::Refs;
use crate::layout::lines::{Initial, Type};
use crate::layout::types::Tag;
use crate::measure::Length;
use crate::model::{
    Block, BookParts, Id, Inline, InlineKind, Language, walk_blocks, walk_inlines, walk_texts,
};
use crate::span::Span;
use crate::style::{Align, Theme};

/// Builds one galley.
pub(crate) struct Builder<'a> {
    /// The book.
    pub(crate) book: &'a BookParts,
    /// The look.
    pub(crate) theme: &'a Theme,
    /// Who sets lines.
    pub(crate) setter: &'a dyn Typesetter,
    /// Numbers of notes and pages.
    pub(crate) refs: &'a Refs<'a>,
    /// What is built.
    pub(crate) galley: Galley,
    /// Ids that wait for the next strip.
    pub(crate) waiting: Vec<Id>,
    /// Nodes of figures that float: they stand in the tree before what is drawn next.
    pub(crate) calls: Vec<u32>,
    /// The next block stands close under what is there: a term, an alert's title.
    pub(crate) close: bool,
    /// The next paragraph stands flush.
    pub(crate) flush: bool,
    /// The next paragraph is the first of a chapter.
    pub(crate) opening: bool,
    /// How many strips to come are tied to the heading before them.
    pub(crate) tied: u8,
    /// The grid that blocks come back to.
    pub(crate) grid: Length,
    /// The index whose entries are being set.
    pub(crate) index: Option<Entries>,
}

/// In what a block stands.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Context<'a> {
    /// Left edge, from the column's.
    pub(crate) x: Length,
    /// Width of the lines.
    pub(crate) measure: Length,
    /// The type.
    pub(crate) font: Type,
    /// From baseline to baseline.
    pub(crate) leading: Length,
    /// How lines stand.
    pub(crate) align: Align,
    /// Whether words are hyphenated.
    pub(crate) hyphenate: bool,
    /// Indent of paragraphs that follow one.
    pub(crate) indent: Length,
    /// Space between paragraphs.
    pub(crate) gap: Length,
    /// The language.
    pub(crate) language: &'a Language,
    /// What nodes stand under.
    pub(crate) up: Up,
    /// The least cost of a break within.
    pub(crate) keep: u8,
    /// Within a list.
    pub(crate) listed: bool,
    /// Within a quotation, which is set in already.
    pub(crate) quoted: bool,
    /// Paragraphs are entries of an index, of this level from 0.
    pub(crate) entry: Option<u8>,
    /// The next leaf begins with a large letter.
    pub(crate) initial: Option<Initial>,
}

impl Context<'_> {
    /// Where lines stand.
    pub(crate) fn stand(&self) -> Stand {
        Stand { x: self.x, leading: self.leading, size: self.font.size }
    }

    /// Set in from the side where lines start; never to less than a few letters.
    pub(crate) fn indented(mut self, by: Length) -> Self {
        let room = (self.measure - self.font.size * 5).max(Length::ZERO);
        let by = by.min(room);
        if !self.language.is_rtl() {
            self.x += by;
        }
        self.measure -= by;
        self
    }

    /// Set in from both sides.
    pub(crate) fn inset(mut self, by: Length) -> Self {
        let room = ((self.measure - self.font.size * 5) / 2).max(Length::ZERO);
        let by = by.min(room);
        self.x += by;
        self.measure -= by * 2;
        self
    }
}

/// What stands over a block is never less than this part of a line: white that the eye takes for a line.
const TIGHTEST: f64 = 0.6;

impl<'a> Builder<'a> {
    /// An empty galley on the page's grid.
    pub(crate) fn new(
        book: &'a BookParts,
        theme: &'a Theme,
        setter: &'a dyn Typesetter,
        refs: &'a Refs<'a>,
        galley: Galley,
    ) -> Self {
        Builder {
            book,
            theme,
            setter,
            refs,
            galley,
            waiting: Vec::new(),
            calls: Vec::new(),
            close: false,
            flush: true,
            opening: false,
            tied: 0,
            grid: theme.text.leading.max(Length::pt(1.0)),
            index: None,
        }
    }

    /// Running text over the whole measure, or entries of the index over theirs.
    pub(crate) fn context(&self, up: Up) -> Context<'a> {
        let text = &self.theme.text;
        let context = Context {
            x: Length::ZERO,
            measure: self.theme.page.measure(),
            font: face(text.size, false, false),
            leading: self.grid,
            align: text.align,
            hyphenate: text.hyphenate,
            indent: text.indent,
            gap: text.gap,
            language: &self.book.metadata.language,
            up,
            keep: cost::FREE,
            listed: false,
            quoted: false,
            entry: None,
            initial: None,
        };
        self.index.as_ref().map_or(context, |index| index.context(context))
    }

    /// The height of a page's text, in whole lines.
    pub(crate) fn page_height(&self) -> Length {
        page_height(self.theme)
    }

    /// A node to be.
    pub(crate) fn node(&mut self, tag: Tag, up: Up, span: Span) -> u32 {
        self.galley.nodes.push(NodeSpec { tag, up, lang: None, alt: None, span });
        u32::try_from(self.galley.nodes.len() - 1).unwrap_or(u32::MAX)
    }

    /// Changes a node just made.
    pub(crate) fn with_node(&mut self, node: u32, change: impl FnOnce(&mut NodeSpec)) {
        if let Some(spec) = self.galley.nodes.get_mut(node as usize) {
            change(spec);
        }
    }

    /// At least so much space before what follows; two spaces that meet are as high as the higher.
    pub(crate) fn space(&mut self, height: Length) {
        if height <= Length::ZERO || self.close {
            return;
        }
        if let Some(float) = self.float_before() {
            float.away = float.away.max(height);
        }
        match self.galley.strips.last_mut() {
            Some(last) if matches!(last.kind, Kind::Space) => last.height = last.height.max(height),
            Some(_) | None => self.galley.strips.push(Strip::new(Kind::Space, height)),
        }
    }

    /// Takes back the space that was just made: what follows belongs to what is there.
    pub(crate) fn close_up(&mut self) {
        let floats = self.float_before().is_some();
        self.galley.strips.pop_if(|last| last.kind == Kind::Space && !floats);
    }

    /// Where a series begins whose spaces are to stay alike: with the space that was just made, unless that is a
    /// heading's.
    pub(crate) fn series(&self) -> usize {
        let strips = &self.galley.strips;
        let tied =
            strips.iter().rfind(|strip| strip.kind == Kind::Content).is_some_and(|s| s.after == cost::TIED);
        let space = strips.last().is_some_and(|last| last.kind == Kind::Space);
        strips.len() - usize::from(space && !tied)
    }

    /// All since strip `from` is of one series.
    pub(crate) fn alike(&mut self, from: usize) {
        for strip in self.galley.strips.iter_mut().skip(from) {
            strip.give = strip.give.max(Give::Like);
        }
    }

    /// The float that ends with the last strip: what it leaves behind when it floats is not its own space.
    pub(crate) fn float_before(&mut self) -> Option<&mut Float> {
        let end = self.galley.strips.len();
        self.galley.floats.last_mut().filter(|float| float.strips.end == end)
    }

    /// Adds a drawn strip; anchors and ties that waited for one come to it.
    pub(crate) fn push(&mut self, mut strip: Strip, keep: u8) {
        strip.height = strip.height.min(self.page_height());
        strip.anchors.splice(0..0, self.waiting.drain(..));
        strip.opens.splice(0..0, self.calls.drain(..));
        strip.after = strip.after.max(keep);
        if self.tied > 0 {
            self.tied = if strip.height >= self.grid * 2 { 0 } else { self.tied - 1 };
            if self.tied > 0 {
                strip.after = cost::TIED;
            }
        }
        self.close = false;
        self.galley.strips.push(strip);
    }

    /// Opens a block with a leading of its own: gives the place of the space above it, which may give so.
    pub(crate) fn open_block(&mut self, space: Length, give: Give) -> usize {
        self.space(space);
        let floats = self.float_before().is_some();
        if self.galley.strips.last().is_none_or(|last| last.kind != Kind::Space || floats) {
            self.galley.strips.push(Strip::new(Kind::Space, Length::ZERO));
        }
        if let Some(above) = self.galley.strips.last_mut() {
            above.give = above.give.max(give);
        }
        self.galley.strips.len().saturating_sub(1)
    }

    /// Closes it: `part` of what it lacks to whole lines goes above it, the rest below.
    pub(crate) fn close_block(&mut self, opened: usize, part: f64, space: Length) {
        let within: Length = self.galley.strips.iter().skip(opened + 1).map(|s| s.height).sum();
        let slack = within.round_up_to(self.grid) - within;
        let upper = slack.scale(part);
        let tightest = self.grid.scale(TIGHTEST);
        if let Some(above) = self.galley.strips.get_mut(opened) {
            // What it fills of its last line comes out of the space above instead.
            let tight = above.height - (self.grid - slack);
            above.tight = if above.give <= Give::Block && tight >= tightest { tight } else { Length::ZERO };
            above.height += upper;
        }
        self.galley.strips.push(Strip::new(Kind::Snap, slack - upper));
        self.space(space);
    }

    /// What waits at the end of a galley stands at its last strip.
    pub(crate) fn finish(mut self) -> Galley {
        self.end_index(0);
        if !self.waiting.is_empty() {
            match self.galley.strips.iter_mut().rev().find(|s| s.kind == Kind::Content) {
                Some(last) => last.anchors.append(&mut self.waiting),
                None => {
                    let mut strip = Strip::new(Kind::Content, Length::ZERO);
                    strip.anchors = self.waiting;
                    self.galley.strips.push(strip);
                }
            }
        }
        self.galley.used = self.refs.used();
        self.galley
    }

    /// Ids of blocks that are not printed still lead somewhere: to what follows them.
    pub(crate) fn wait_for_all(&mut self, blocks: &[Block]) {
        let mut names = Vec::new();
        walk_blocks(blocks, &mut |block| names.extend(block.name.clone()));
        walk_texts(blocks, &mut |text| {
            walk_inlines(&text.content, &mut |inline| match &inline.kind {
                InlineKind::Anchor(name) | InlineKind::Span { name, .. } => names.extend(name.clone()),
                InlineKind::Text(_)
                | InlineKind::Code(_)
                | InlineKind::LineBreak
                | InlineKind::Styled(..)
                | InlineKind::Abbreviation { .. }
                | InlineKind::Link { .. }
                | InlineKind::PageReference { .. }
                | InlineKind::Picture(_)
                | InlineKind::NoteCall(_) => {}
            });
        });
        self.waiting.append(&mut names);
    }
}

/// The height of a page's text in whole lines of the grid; at least one line.
pub(crate) fn page_height(theme: &Theme) -> Length {
    let leading = theme.text.leading.max(Length::pt(1.0));
    let lines = theme.page.text_height().to_sp().div_euclid(leading.to_sp()).max(1);
    leading * lines
}

/// The text's face at a size.
pub(crate) fn face(size: Length, bold: bool, italic: bool) -> Type {
    Type { variant: Variant { family: Family::Text, bold, italic }, size, small_caps: false, gray: 0 }
}

/// Words without markup.
pub(crate) fn words(text: &str) -> Vec<Inline> {
    vec![Inline::text(Span::NONE, text)]
}
