//! Links, cross-references, pictures and `[words]{…}`.
//!
//! Enters: comrak's links and images with what stands in braces after them. Leaves: inlines that
//! say what they are for. Promise: brackets that turn out to mean nothing are text as typed.

use super::Lowering;
use super::raw::Gathering;
use crate::diagnostics::Code;
use crate::model::{Inline, InlineKind, Open, OpenAttributes, OpenPicture, OpenTarget, Placement, Style};
use crate::span::Span;
use comrak::nodes::{Node, NodeLink};

impl<'a> Lowering<'a, '_> {
    /// `[words]{…}`, or brackets that only looked like it.
    pub(super) fn bracketed(&mut self, node: Node<'a>, opening: &str, gathering: &mut Gathering) {
        let span = self.span(node);
        let attributes = self.attributes(node, span).filter(|_| opening == "[");
        let Some(attributes) = attributes else {
            return self.as_typed(node, span, opening, gathering);
        };
        self.judge(&attributes, "a span of text", &["smallcaps"], &[]);
        let content = self.inlines(node);
        let lang = attributes.language();
        let named = attributes.id.is_some() || lang.is_some();
        let mut inlines = content;
        if attributes.has("smallcaps") {
            inlines = vec![Inline::new(span, InlineKind::Styled(Style::SmallCaps, inlines))];
        }
        if named {
            inlines = vec![Inline::new(span, InlineKind::Span { name: attributes, lang, content: inlines })];
        }
        inlines.into_iter().for_each(|inline| gathering.push(inline));
    }

    fn as_typed(&mut self, node: Node<'a>, span: Span, opening: &str, gathering: &mut Gathering) {
        let mut at = span.start as usize + opening.len();
        gathering.push(Inline::text(self.places.range(span.start as usize, at), opening));
        if self.descend(span) {
            for child in node.children() {
                self.inline(child, gathering);
                at = self.span(child).end as usize;
            }
            self.rise();
        }
        let rest = self.places.range(at, (span.end as usize).max(at));
        let typed = self.places.slice(rest).replace(['\n', '\r'], " ");
        gathering.push(Inline::text(rest, typed));
    }

    pub(super) fn link(&mut self, node: Node<'a>, link: NodeLink, gathering: &mut Gathering) {
        let span = self.span(node);
        let attributes = self.attributes(node, span).unwrap_or_default();
        self.judge(&attributes, "a link", &["page"], &[]);
        let content = self.inlines(node);
        let target = OpenTarget { href: link.url, page: attributes.has("page") };
        let inline = if target.page {
            Inline::new(span, InlineKind::PageReference { target, content })
        } else {
            let title = (!link.title.is_empty()).then_some(link.title);
            Inline::new(span, InlineKind::Link { target, title, content })
        };
        let lang = attributes.language();
        if attributes.id.is_none() && lang.is_none() {
            gathering.push(inline);
        } else {
            let kind = InlineKind::Span { name: attributes, lang, content: vec![inline] };
            gathering.push(Inline::new(span, kind));
        }
    }

    /// A picture among words; its name becomes an anchor before it, its title has no place.
    pub(super) fn picture(&mut self, node: Node<'a>, link: NodeLink, gathering: &mut Gathering) {
        let span = self.span(node);
        let (picture, attributes) = self.open_picture(node, link, &["width", "only"]);
        if attributes.id.is_some() {
            gathering.push(Inline::new(span, InlineKind::Anchor(attributes)));
        }
        gathering.push(Inline::new(span, InlineKind::Picture(picture)));
    }

    /// A picture and its attributes, of which only those in `keys` are good.
    pub(super) fn open_picture(
        &mut self,
        node: Node<'a>,
        link: NodeLink,
        keys: &[&str],
    ) -> (OpenPicture, OpenAttributes) {
        let span = self.span(node);
        let attributes = self.attributes(node, span).unwrap_or_default();
        self.judge(&attributes, "a picture", &["decorative"], keys);
        let alt = node.collect_text().split_whitespace().collect::<Vec<_>>().join(" ");
        let width = attributes
            .get("width")
            .map(str::to_owned)
            .and_then(|typed| self.width(&typed, &attributes, span));
        let picture = OpenPicture {
            path: link.url,
            alt: (!alt.is_empty()).then_some(alt),
            decorative: attributes.has("decorative"),
            width,
        };
        (picture, attributes)
    }

    /// Where the author wants a figure.
    pub(super) fn placement(&mut self, attributes: &OpenAttributes, span: Span) -> Option<Placement> {
        let typed = attributes.get("place")?;
        let place = Placement::named(typed);
        if place.is_none() {
            self.tell(
                Code::UnknownAttribute,
                attributes.span.unwrap_or(span),
                format!("a figure has no place called `{typed}`"),
                "`place` takes `here`, `top`, `page` and `auto`",
            );
        }
        place
    }

    fn width(&mut self, typed: &str, attributes: &OpenAttributes, span: Span) -> Option<u8> {
        let percent = typed.strip_suffix('%').and_then(|n| n.parse().ok()).filter(|n| (1..=100).contains(n));
        if percent.is_none() {
            let message = format!("a picture can't be `{typed}` wide");
            let place = attributes.span.unwrap_or(span);
            self.tell(
                Code::UnknownAttribute,
                place,
                message,
                "give a share of the text's width, from `1%` to `100%`",
            );
        }
        percent
    }

    /// The caption of a figure: the title, at the place where it was typed if that can be told.
    pub(super) fn caption(&self, title: &str, span: Span) -> Option<Vec<Inline<Open>>> {
        if title.trim().is_empty() {
            return None;
        }
        let place = self.places.slice(span).rfind(title).map_or(span, |at| {
            let start = span.start as usize + at;
            self.places.range(start, start + title.len())
        });
        Some(vec![Inline::text(place, title.split_whitespace().collect::<Vec<_>>().join(" "))])
    }
}
