//! Figures: an image as large as the page allows, its caption under it.

use super::builder::{face, words};
use super::text::Leaf;
use super::{Builder, Context, Drawn, Kind, Strip, Up, cost, leading_of};
use crate::layout::types::{Item, Tag};
use crate::measure::Length;
use crate::model::{Image, ImageKind, Inline, InlineKind, Picture, Style, Text, plain_text};
use crate::span::Span;
use crate::style::Align;

impl<'a> Builder<'a> {
    /// A figure.
    pub(crate) fn figure(
        &mut self,
        context: &Context<'a>,
        picture: &'a Picture,
        label: Option<&'a str>,
        caption: Option<&'a Text>,
        span: Span,
    ) {
        let spoken = picture.alt.clone().or_else(|| caption.map(|c| plain_text(&c.content)));
        let node = spoken.map(|alt| {
            let node = self.node(Tag::Figure, context.up, span);
            self.with_node(node, |spec| spec.alt = Some(alt));
            node
        });
        // The caption is set first, apart: the image gets what it leaves of a page.
        let opened = self.open_block(context.leading);
        let at = self.galley.strips.len();
        let tied = std::mem::take(&mut self.tied);
        let waiting = std::mem::take(&mut self.waiting);
        if let (Some(caption), Some(node)) = (caption, node) {
            self.caption(context, label, caption, node, span);
        }
        let below: Length = self.galley.strips.iter().skip(at).map(|s| s.height).sum();
        let captioned = self.galley.strips.len() > at;
        let gap = if captioned { self.grid / 3 } else { Length::ZERO };
        let room = (self.page_height() - below - gap).max(self.grid);
        let (width, height) = size(self.book.image(picture.image), picture.width, context.measure, room);
        let mut strip = Strip::new(Kind::Content, (height + gap).min(self.page_height()));
        strip.baseline = height.min(self.grid);
        strip.after = if captioned { cost::TIED } else { context.keep };
        strip.anchors = waiting;
        let x = context.x + (context.measure - width) / 2;
        let item = Item::Image { image: picture.image, width, height };
        strip.items.push(Drawn { x, y: Length::ZERO, item, node });
        if tied > 1 && strip.height < self.grid * 2 {
            strip.after = cost::TIED;
        }
        self.galley.strips.insert(at, strip);
        self.close_block(opened, 0.5, context.leading);
        self.flush = false;
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
        self.leaf(&within, &content, Length::ZERO, Leaf { id: Some(caption.leaf), node, before });
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
