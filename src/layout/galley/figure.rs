//! Figures: an image as large as the page and the text around it allow, its caption under it.

use super::builder::{face, words};
use super::text::Leaf;
use super::{Builder, Context, Drawn, Fence, Float, Give, Kind, Strip, Up, cost, leading_of};
use crate::diagnostics::{Code, Diagnostic};
use crate::layout::lines::Share;
use crate::layout::types::{Item, Tag};
use crate::measure::Length;
use crate::model::{
    Block, BlockKind, Image, ImageKind, Inline, InlineKind, Picture, Placement, Style, Text, plain_text,
};
use crate::span::Span;
use crate::style::Align;

/// A picture is told of that is so many times narrower than it would be on a higher page.
const NARROW: i64 = 3;

impl<'a> Builder<'a> {
    /// A figure; `true` when it floats.
    pub(crate) fn figure(&mut self, context: &Context<'a>, block: &'a Block) -> bool {
        let BlockKind::Figure { picture, label, caption, place } = &block.kind else { return false };
        let place = place.unwrap_or(self.theme.figure_place);
        let spoken = picture.alt.clone().or_else(|| caption.as_ref().map(|c| plain_text(&c.content)));
        let node = spoken.map(|alt| {
            let node = self.node(Tag::Figure, context.up, block.span);
            self.with_node(node, |spec| spec.alt = Some(alt));
            node
        });
        let may_float = place != Placement::Here && self.may_float(context);
        let before = self.last_space(may_float);
        let opened = self.open_block(context.leading, Give::Block);
        let at = self.galley.strips.len();
        let tied = std::mem::take(&mut self.tied);
        let mut waiting = std::mem::take(&mut self.waiting);
        let mut calls = std::mem::take(&mut self.calls);
        if let (Some(caption), Some(node)) = (caption, node) {
            self.caption(context, label.as_deref(), caption, node, block.span);
        }
        let (mut strip, captioned) = self.picture(context, picture, (node, block.span), (at, may_float));
        let height: Length = self.galley.strips.iter().skip(at).map(|s| s.height).sum();
        let calls_notes = self.galley.strips.iter().skip(at).any(|strip| !strip.notes.is_empty());
        let floats = may_float && !calls_notes && strip.height + height <= self.page_height();
        strip.after = if captioned { cost::TIED } else { context.keep };
        if tied > 1 && strip.height < self.grid * 2 {
            strip.after = cost::TIED;
        }
        if floats {
            // What else waits for a strip waits for one that stands here.
            let own = waiting.len() - usize::from(block.name.is_some()).min(waiting.len());
            strip.anchors = waiting.split_off(own);
            strip.opens.clone_from(&calls);
            calls.extend(node);
            (self.tied, self.waiting, self.calls) = (tied, waiting, calls);
        } else {
            let fence = if label.is_some() { Fence::Both } else { Fence::None };
            (strip.anchors, strip.opens, strip.fence) = (waiting, calls, fence);
        }
        self.galley.strips.insert(at, strip);
        self.close_block(opened, 0.5, context.leading);
        if floats {
            let strips = opened..self.galley.strips.len();
            self.galley.floats.push(Float { strips, away: before, place });
        } else {
            self.flush = false;
        }
        floats
    }

    /// Whether a figure here is in the text itself: in a list, a quote or a note it stands where it is written.
    fn may_float(&self, context: &Context<'a>) -> bool {
        let text = matches!(context.up, Up::Section(_) | Up::Document);
        text && self.index.is_none()
            && context.keep == cost::FREE
            && context.leading == self.grid
            && !self.galley.strips.is_empty()
    }

    /// How much space stands before a figure that may float. It gets a space of its own when the one
    /// there is another's.
    fn last_space(&mut self, may_float: bool) -> Length {
        if may_float && self.float_before().is_some() {
            self.galley.strips.push(Strip::new(Kind::Space, Length::ZERO));
        }
        self.galley.strips.last().filter(|last| last.kind == Kind::Space).map_or(Length::ZERO, |s| s.height)
    }

    /// The image: it gets what its caption, which stands from strip `at` on, leaves of a page, or three
    /// fifths of it where it stands in the text and its author doesn't say its width. Tells whether there is a
    /// caption.
    fn picture(
        &mut self,
        context: &Context<'a>,
        picture: &Picture,
        (node, span): (Option<u32>, Span),
        (at, floats): (usize, bool),
    ) -> (Strip, bool) {
        let below: Length = self.galley.strips.iter().skip(at).map(|s| s.height).sum();
        let captioned = self.galley.strips.len() > at;
        let gap = if captioned { self.grid / 3 } else { Length::ZERO };
        let page = self.page_height();
        // A caption that leaves hardly any of a page goes on on the next.
        let full = if below > page * 3 / 4 { page / 2 } else { page - below - gap }.max(self.grid);
        // In the text a picture that would be all of a page leaves the one before it empty.
        let room = if floats || picture.width.is_some() { full } else { full.min(page * 3 / 5) };
        let image = self.book.image(picture.image);
        let (width, height) = size(image, picture.width, context.measure, room);
        let (wanted, _) = size(image, picture.width, context.measure, Length::MAX);
        if width * NARROW < wanted {
            let message = format!("the picture is so high that on a page it is only {width} wide");
            self.galley.diagnostics.push(
                Diagnostic::new(Code::TallFigure, span, message)
                    .hint("cut it into several pictures, or show a part of it"),
            );
        }
        let mut strip = Strip::new(Kind::Content, (height + gap).min(self.page_height()));
        strip.baseline = height.min(self.grid);
        let x = context.x + (context.measure - width) / 2;
        let item = Item::Image { image: picture.image, width, height };
        strip.items.push(Drawn { x, y: Length::ZERO, item, node });
        (strip, captioned)
    }

    /// The type of captions.
    pub(crate) fn caption_context(&self, context: &Context<'a>) -> Context<'a> {
        let size = self.theme.blocks.caption_size.min(context.font.size);
        let (font, leading) = (face(size, false, false), leading_of(size));
        Context { font, leading, align: Align::Center, hyphenate: false, ..*context }
    }

    /// The caption of a figure or a table, its label in bold before it.
    pub(crate) fn caption(
        &mut self,
        context: &Context<'a>,
        label: Option<&str>,
        caption: &'a Text,
        up: u32,
        span: Span,
    ) {
        let node = self.node(Tag::Caption, Up::Node(up), span);
        let within = Context { keep: cost::TIED, ..self.caption_context(context) };
        let mut content = Vec::new();
        let mut before = 0;
        if let Some(label) = label {
            let text = format!("{label}.");
            before = text.len() + 1;
            content.push(Inline::new(Span::NONE, InlineKind::Styled(Style::Strong, words(&text))));
            content.append(&mut words(" "));
        }
        content.extend(caption.content.iter().cloned());
        let from = self.galley.strips.len();
        let leaf = Leaf { id: Some(caption.leaf), node, before };
        let set = self.set_title(&within, &content, (Length::ZERO, Share::EvenlyIfFew));
        self.lines(&within, set, leaf);
        let last = self.galley.strips.len().saturating_sub(1);
        for (at, strip) in self.galley.strips.iter_mut().enumerate().skip(from) {
            strip.after = if at == last { context.keep } else { cost::TIED };
        }
    }
}

/// The size an image is printed in: by nature 96 units of an SVG and 150 pixels to the inch, or its
/// share of the measure; never wider than `measure` nor higher than `room`.
pub(crate) fn size(
    image: Option<&Image>,
    percent: Option<u8>,
    measure: Length,
    room: Length,
) -> (Length, Length) {
    let Some(image) = image else { return (Length::ZERO, Length::ZERO) };
    let dense = match image.kind {
        ImageKind::Svg => 96.0,
        ImageKind::Png | ImageKind::Jpeg | ImageKind::Webp | ImageKind::Gif => 150.0,
    };
    let (width, height) = (f64::from(image.width).max(0.01), f64::from(image.height).max(0.01));
    let natural = Length::inch(width / dense);
    let wanted = percent.map_or(natural, |p| measure.scale(f64::from(p.clamp(1, 100)) / 100.0));
    let wide = wanted.min(measure).max(Length::pt(1.0));
    let high = wide.scale(height / width);
    if high > room { (room.scale(width / height).min(measure), room) } else { (wide, high) }
}
