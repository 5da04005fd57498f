//! Set lines to strips: places, nodes, links, calls.

use super::keeps::LABEL_LINES;
use super::pictures::Within;
use super::{Builder, Context, Drawn, Kind, LinkSpot, Strip, Typesetter, Up, Word, baseline, cost};
use crate::layout::lines::{self, InlineTag, Line, Paragraph, SetText, Share, at_left};
use crate::layout::types::{Item, Tag};
use crate::measure::Length;
use crate::model::{Id, Inline, LeafId, NoteId, Target};
use crate::style::Align;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What an inline element of a leaf is in the tree.
#[derive(Debug)]
struct Place {
    /// Its node; `None` for ornament.
    node: Option<u32>,
    /// The link it is in.
    link: Option<Spot>,
}

/// A link of a leaf.
#[derive(Debug, Clone)]
struct Spot {
    node: u32,
    target: Target,
    alt: String,
}

/// A leaf whose lines become strips.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Leaf {
    /// Its number; `None` for what is generated.
    pub(crate) id: Option<LeafId>,
    /// Its node.
    pub(crate) node: u32,
    /// Bytes of generated text before the leaf's own: a heading's number.
    pub(crate) before: usize,
}

impl<'a> Builder<'a> {
    /// Sets inlines in a context.
    pub(crate) fn set(&mut self, context: &Context<'a>, content: &[Inline], indent: Length) -> SetText {
        let paragraph = paragraph(context, content, indent);
        self.setter.set(&paragraph, self.refs, &mut self.galley.diagnostics)
    }

    /// Sets a cell of a table.
    pub(crate) fn set_cell(&mut self, context: &Context<'a>, content: &[Inline]) -> SetText {
        let paragraph = paragraph(context, content, Length::ZERO);
        let refs = Within::cell(self.refs, context);
        self.setter.set(&paragraph, &refs, &mut self.galley.diagnostics)
    }

    /// A leaf in running text: a strip for each line, no line of it alone.
    pub(crate) fn leaf(&mut self, context: &Context<'a>, content: &[Inline], indent: Length, leaf: Leaf) {
        let set = self.set(context, content, indent);
        self.lines(context, set, leaf);
    }

    /// A title: a strip for each line.
    pub(crate) fn title(&mut self, context: &Context<'a>, content: &[Inline], leaf: Leaf) {
        let set = self.set_title(context, content, (Length::ZERO, Share::Evenly));
        self.lines(context, set, leaf);
    }

    /// Sets a title, or an entry of a list, with that indent of its first line.
    pub(crate) fn set_title(
        &mut self,
        context: &Context<'a>,
        content: &[Inline],
        (indent, share): (Length, Share),
    ) -> SetText {
        let paragraph = paragraph(context, content, indent);
        self.setter.set_title(&paragraph, share, self.refs, &mut self.galley.diagnostics)
    }

    /// A paragraph of running text, on the grid: pages may have it in more or fewer lines.
    pub(crate) fn flexible_leaf(
        &mut self,
        context: &Context<'a>,
        content: &[Inline],
        indent: Length,
        leaf: Leaf,
    ) {
        let free = matches!(context.up, Up::Section(_) | Up::Document) && context.keep == cost::FREE;
        if !free || context.align != Align::Justify || context.leading != self.grid {
            return self.leaf(context, content, indent, leaf);
        }
        let paragraph = paragraph(context, content, indent);
        let (set, other) = self.setter.set_flexible(&paragraph, self.refs, &mut self.galley.diagnostics);
        let from = self.galley.strips.len();
        let places = self.places(&set, leaf.node);
        self.placed(context, set, &places, leaf);
        if let Some(set) = other {
            let strips = from..self.galley.strips.len();
            let call = |note: NoteId| Some((note, super::endnotes::call(self.book.note(note)?)));
            let called = set.ways().iter().flat_map(|way| &way.lines).flat_map(|line| line.notes.clone());
            let away = (!self.notes_at_foot()).then(|| called.filter_map(call).collect());
            let flexible = Flexible { strips, set, places, leaf, stand: context.stand(), away };
            self.galley.flexible.push(Arc::new(flexible));
        }
    }

    /// Set lines, a strip for each.
    pub(crate) fn lines(&mut self, context: &Context<'a>, set: SetText, leaf: Leaf) {
        let places = self.places(&set, leaf.node);
        self.placed(context, set, &places, leaf);
    }

    fn placed(&mut self, context: &Context<'a>, set: SetText, places: &[Place], leaf: Leaf) {
        let count = set.lines.len();
        for (at, line) in set.lines.into_iter().enumerate() {
            let raise = if line.raise > Length::ZERO {
                line.raise.round_up_to(self.grid).min(self.page_height() - context.leading)
            } else {
                Length::ZERO
            };
            let mut strip = Strip::new(Kind::Content, context.leading + raise.max(Length::ZERO));
            strip.baseline = raise.max(Length::ZERO) + baseline(context.leading, context.font.size);
            // A large letter isn't parted from the lines beside it.
            strip.after = if at + 1 < set.beside { cost::TIED } else { alone(at, count) };
            let at = strip.baseline;
            self.draw(&mut strip, context, line, at, places, leaf);
            self.push(strip, context.keep);
        }
    }

    /// Draws all lines of a leaf into one strip from `top` on, each at its alignment; a cell.
    pub(crate) fn cell(
        &mut self,
        strip: &mut Strip,
        context: &Context<'a>,
        set: SetText,
        top: Length,
        leaf: Leaf,
    ) {
        let places = self.places(&set, leaf.node);
        let mut y = top + baseline(context.leading, context.font.size);
        for line in set.lines {
            y += line.raise.max(Length::ZERO);
            self.draw(strip, context, line, y, &places, leaf);
            y += context.leading;
        }
    }

    /// One line of a cell into a strip of its own.
    pub(crate) fn one_line(
        &mut self,
        strip: &mut Strip,
        context: &Context<'a>,
        set: &SetText,
        (at, raise): (usize, Length),
        leaf: Leaf,
        places: &CellPlaces,
    ) {
        let Some(line) = set.lines.get(at) else { return };
        let y = raise + baseline(context.leading, context.font.size);
        self.draw(strip, context, line.clone(), y, &places.0, leaf);
    }

    /// The nodes of a cell whose lines go to several strips.
    pub(crate) fn cell_places(&mut self, set: &SetText, node: u32) -> CellPlaces {
        CellPlaces(self.places(set, node))
    }

    fn draw(
        &self,
        strip: &mut Strip,
        context: &Context<'a>,
        line: Line,
        y: Length,
        places: &[Place],
        leaf: Leaf,
    ) {
        draw(strip, context.stand(), line, y, places, leaf);
        if !self.notes_at_foot() {
            let called = std::mem::take(&mut strip.notes);
            let notes = called.into_iter().filter_map(|(note, _)| self.book.note(note));
            strip.anchors.splice(0..0, notes.map(super::endnotes::call));
        }
    }

    /// Makes the nodes of a leaf's inline elements.
    fn places(&mut self, set: &SetText, leaf: u32) -> Vec<Place> {
        let mut places: Vec<Place> = Vec::with_capacity(set.nodes.len());
        for inline in &set.nodes {
            let outer = inline.parent.and_then(|p| places.get(p));
            let up = outer.map_or(Some(leaf), |p| p.node);
            let link = outer.and_then(|p| p.link.clone());
            let Some(up) = up else {
                places.push(Place { node: None, link });
                continue;
            };
            let place = self.place(&inline.kind, Up::Node(up), link, inline.span);
            places.push(place.unwrap_or_else(|link| Place { node: Some(up), link }));
        }
        places
    }

    /// The node of one inline element; `Err` when it has none of its own.
    fn place(
        &mut self,
        kind: &InlineTag,
        up: Up,
        link: Option<Spot>,
        span: crate::span::Span,
    ) -> Result<Place, Option<Spot>> {
        let node = match kind {
            InlineTag::Link(Target::Nowhere, _) => return Err(link),
            InlineTag::Link(target, alt) => {
                let node = self.node(Tag::Link, up, span);
                let spot = Spot { node, target: target.clone(), alt: alt.clone() };
                return Ok(Place { node: Some(node), link: Some(spot) });
            }
            InlineTag::NoteCall(note) => {
                let target = self.book.note(*note).map(|n| n.anchor.clone());
                return Ok(self.reference(up, span, target, self.refs.note_words(*note)));
            }
            InlineTag::PageReference(target) => {
                let (inside, words) = match target {
                    Target::Inside(id) => (Some(id.clone()), self.refs.page_words(id)),
                    Target::Outside(_) | Target::Nowhere => (None, String::new()),
                };
                return Ok(self.reference(up, span, inside, words));
            }
            InlineTag::Language(lang) => {
                let node = self.node(Tag::Inline, up, span);
                self.with_node(node, |spec| spec.lang = Some(lang.clone()));
                node
            }
            InlineTag::Code => self.node(Tag::Code, up, span),
            InlineTag::Picture(None) => return Ok(Place { node: None, link }),
            InlineTag::Picture(Some(alt)) => {
                let node = self.node(Tag::Figure, up, span);
                self.with_node(node, |spec| spec.alt = Some(alt.clone()));
                node
            }
            InlineTag::Whole(said) => {
                let node = self.node(Tag::Whole, up, span);
                self.with_node(node, |spec| spec.alt = Some(said.clone()));
                node
            }
            InlineTag::Abbreviation(expansion) => {
                let node = self.node(Tag::Inline, up, span);
                self.with_node(node, |spec| spec.alt = Some(expansion.clone()));
                node
            }
        };
        Ok(Place { node: Some(node), link })
    }

    fn reference(&mut self, up: Up, span: crate::span::Span, target: Option<Id>, alt: String) -> Place {
        let outer = self.node(Tag::Reference, up, span);
        let Some(id) = target else { return Place { node: Some(outer), link: None } };
        let node = self.node(Tag::Link, Up::Node(outer), span);
        Place { node: Some(node), link: Some(Spot { node, target: Target::Inside(id), alt }) }
    }

    /// Draws words on a strip's baseline so that they end (or start) at `x`; gives their width.
    pub(crate) fn mark(
        &mut self,
        strip: &mut Strip,
        context: &Context<'a>,
        mark: &SetText,
        x: Length,
        node: Option<u32>,
    ) {
        let Some(line) = mark.lines.first() else { return };
        let mut items: Vec<Drawn> = Vec::new();
        for segment in &line.segments {
            let y = strip.baseline - segment.rise;
            items.push(Drawn { x: context.x + x + segment.x, y, item: segment.item.clone(), node });
        }
        strip.items.splice(0..0, items);
    }

    /// Draws words on the baseline of the first strip drawn since `from`, at `x`.
    pub(crate) fn mark_first(
        &mut self,
        context: &Context<'a>,
        mark: &SetText,
        x: Length,
        (from, node): (usize, u32),
    ) {
        let strips = self.galley.strips.iter().enumerate().skip(from);
        let first = strips.into_iter().find(|(_, strip)| strip.kind == Kind::Content).map(|(at, _)| at);
        let Some(place) = first.and_then(|at| self.galley.strips.get_mut(at)) else { return };
        let mut strip = std::mem::replace(place, Strip::new(Kind::Content, Length::ZERO));
        if strip.baseline == Length::ZERO {
            strip.baseline = baseline(context.leading, context.font.size);
        }
        self.mark(&mut strip, context, mark, x, Some(node));
        if let Some(place) = first.and_then(|at| self.galley.strips.get_mut(at)) {
            *place = strip;
        }
    }

    /// Sets a few words in one line, as wide as they are.
    pub(crate) fn set_words(&mut self, context: &Context<'a>, text: &str) -> SetText {
        let align = at_left(context.language);
        let wide = Context { measure: Length::pt(4000.0), align, hyphenate: false, ..*context };
        self.set(&wide, &super::builder::words(text), Length::ZERO)
    }
}

/// Draws a line's segments with their baseline at `y`, and notes what else it has.
fn draw(strip: &mut Strip, stand: Stand, line: Line, y: Length, places: &[Place], leaf: Leaf) {
    let mut spots: Vec<(Spot, Length, Length)> = Vec::new();
    // Most lines have one segment; a list would take room for four.
    strip.items.reserve_exact(line.segments.len());
    for segment in line.segments {
        let place = segment.node.and_then(|n| places.get(n));
        let node = place.map_or(Some(leaf.node), |p| p.node).filter(|_| !segment.ornament);
        let x = stand.x + segment.x;
        if let Some(spot) = place.and_then(|p| p.link.as_ref()) {
            match spots.iter_mut().find(|(s, ..)| s.node == spot.node) {
                Some((_, from, to)) => {
                    *from = (*from).min(x);
                    *to = (*to).max(x + segment.width);
                }
                None => spots.push((spot.clone(), x, x + segment.width)),
            }
        }
        let top = y - segment.rise - height_over(&segment.item);
        strip.items.push(Drawn { x, y: top, item: segment.item, node });
    }
    let top = (y - baseline(stand.leading, stand.size)).max(Length::ZERO);
    for (spot, from, to) in spots {
        let (x, width, height) = (from, (to - from).max(Length::ZERO), stand.leading);
        let Spot { node, target, alt } = spot;
        strip.links.push(LinkSpot { node, x, y: top, width, height, target, alt });
    }
    strip.hyphen = line.carries;
    strip.notes.extend(line.notes.into_iter().map(|note| (note, leaf.node)));
    strip.anchors.extend(line.anchors);
    if let Some(id) = leaf.id {
        let first = line.first_word.map(|at| at.saturating_sub(leaf.before));
        strip.words.reserve_exact(1);
        strip.words.push(Word { leaf: id, first });
    }
}

/// A paragraph that stands in the galley in its best lines and can be had in others.
#[derive(Debug)]
pub(crate) struct Flexible {
    /// The strips of its best lines.
    pub(crate) strips: std::ops::Range<usize>,
    set: lines::Flexible,
    places: Vec<Place>,
    leaf: Leaf,
    stand: Stand,
    /// Where notes don't stand at the foot: the places of their calls.
    away: Option<BTreeMap<NoteId, Id>>,
}

/// Where and in what type the lines of a leaf stand.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stand {
    /// From the column's left edge.
    pub(crate) x: Length,
    /// From baseline to baseline.
    pub(crate) leading: Length,
    /// The size of the type.
    pub(crate) size: Length,
}

impl Flexible {
    /// Its other ways.
    pub(crate) fn ways(&self) -> &[lines::Way] {
        self.set.ways()
    }

    /// The strips of another way. What came to the best lines from around them comes to these.
    pub(crate) fn way(&self, way: usize, setter: &dyn Typesetter, best: &[Strip]) -> Vec<Strip> {
        let lines = setter.set_way(&self.set, way);
        let count = lines.len();
        let mut strips: Vec<Strip> = Vec::with_capacity(count);
        for (at, line) in lines.into_iter().enumerate() {
            let mut strip = Strip::new(Kind::Content, self.stand.leading);
            strip.baseline = baseline(self.stand.leading, self.stand.size);
            strip.after = after(best, at, count);
            let y = strip.baseline;
            draw(&mut strip, self.stand, line, y, &self.places, self.leaf);
            if let Some(away) = &self.away {
                let called = std::mem::take(&mut strip.notes);
                strip.anchors.extend(called.iter().filter_map(|(note, _)| away.get(note)).cloned());
            }
            strips.push(strip);
        }
        let own: Vec<Id> = strips.iter().flat_map(|strip| strip.anchors.clone()).collect();
        let around = best.iter().flat_map(|strip| &strip.anchors).filter(|id| !own.contains(id)).cloned();
        if let Some(first) = strips.first_mut() {
            first.anchors.splice(0..0, around);
            first.opens.extend(best.iter().flat_map(|strip| &strip.opens));
        }
        strips
    }
}

/// What a break after line `at` of `count` of a way costs: ties to what stands before hold. A label that is set in
/// more lines than labels have is one no more.
pub(crate) fn after(best: &[Strip], at: usize, count: usize) -> u8 {
    if at + 1 == count {
        let last = best.last().map_or(cost::FREE, |last| last.after);
        let was_label = last == cost::LABEL && best.len() <= LABEL_LINES;
        return if was_label && count > LABEL_LINES { cost::LEANS } else { last };
    }
    let tied = best.get(at).is_some_and(|strip| strip.after == cost::TIED);
    if tied { cost::TIED } else { alone(at, count) }
}

/// The nodes of a cell's inline elements.
pub(crate) struct CellPlaces(Vec<Place>);

/// What is set of inlines in a context.
pub(super) fn paragraph<'b>(context: &Context<'b>, content: &'b [Inline], indent: Length) -> Paragraph<'b> {
    Paragraph {
        content,
        font: context.font,
        measure: context.measure,
        indent: indent.min(context.measure / 2),
        initial: context.initial,
        align: context.align,
        hyphenate: context.hyphenate,
        language: context.language,
    }
}

/// Width of the widest line.
pub(crate) fn width_of(set: &SetText) -> Length {
    set.lines.iter().map(|line| line.width).max().unwrap_or_default()
}

/// What a break after line `at` of `count` costs: the first and the last must not stand alone.
pub(crate) fn alone(at: usize, count: usize) -> u8 {
    if at + 1 < count && (at == 0 || at + 2 == count) { cost::ALONE } else { cost::FREE }
}

/// Images are placed by their lower edge in a line and by their upper on a page.
fn height_over(item: &Item) -> Length {
    match item {
        Item::Image { height, .. } => *height,
        Item::Glyphs(_) | Item::Rule { .. } => Length::ZERO,
    }
}
