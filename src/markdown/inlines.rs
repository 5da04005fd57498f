//! Lines of text: comrak's inlines to ours.
//!
//! Enters: a node that holds inlines. Leaves: [`Inline`]s, words in runs as long as they go.
//! Promise: the words are those the author typed, with Markdown's marks gone and entities decoded.

use super::html::tokens;
use super::raw::Gathering;
use super::{Lowering, SPAN_MARK};
use crate::model::{Inline, InlineKind, Open, Style};
use comrak::nodes::{Node, NodeValue};

impl<'a> Lowering<'a, '_> {
    /// What stands in `parent`, one level deeper than it.
    pub(super) fn inlines(&mut self, parent: Node<'a>) -> Vec<Inline<Open>> {
        if !self.descend(self.span(parent)) {
            return Vec::new();
        }
        let mut gathering = Gathering::default();
        for child in parent.children() {
            self.inline(child, &mut gathering);
        }
        let content = self.finish(&mut gathering);
        self.rise();
        content
    }

    /// One inline, added to those before it.
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "comrak's nodes are not ours; those of extensions that are off don't come"
    )]
    pub(super) fn inline(&mut self, node: Node<'a>, gathering: &mut Gathering) {
        let span = self.span(node);
        let value = node.data().value.clone();
        let style = match value {
            NodeValue::Text(words) => {
                self.look_for_calls(span);
                return gathering.push(Inline::text(span, words.into_owned()));
            }
            NodeValue::SoftBreak if self.verse => {
                return gathering.push(Inline::new(span, InlineKind::LineBreak));
            }
            NodeValue::SoftBreak => return gathering.push(Inline::text(span, " ")),
            NodeValue::LineBreak => return gathering.push(Inline::new(span, InlineKind::LineBreak)),
            NodeValue::Code(code) => {
                return gathering.push(Inline::new(span, InlineKind::Code(code.literal)));
            }
            NodeValue::HtmlInline(html) => {
                for (token, range) in tokens(&html) {
                    let start = span.start as usize + range.start;
                    let place = self.places.range(start, (start + range.len()).min(span.end as usize));
                    self.gather(gathering, token, place);
                }
                return;
            }
            NodeValue::Raw(words) => return gathering.push(Inline::text(span, words)),
            NodeValue::FootnoteReference(reference) => {
                let call = self.call(&reference, span);
                return gathering.push(call);
            }
            NodeValue::Link(link) if link.url == SPAN_MARK => return self.bracketed(node, "[", gathering),
            NodeValue::Image(link) if link.url == SPAN_MARK => return self.bracketed(node, "![", gathering),
            NodeValue::Link(link) => return self.link(node, *link, gathering),
            NodeValue::Image(link) => return self.picture(node, *link, gathering),
            NodeValue::Emph => Style::Emphasis,
            NodeValue::Strong => Style::Strong,
            NodeValue::Strikethrough => Style::Strike,
            NodeValue::Superscript => Style::Superscript,
            NodeValue::Subscript => Style::Subscript,
            _ => {
                let content = self.inlines(node);
                content.into_iter().for_each(|inline| gathering.push(inline));
                return;
            }
        };
        let content = self.inlines(node);
        gathering.push(Inline::new(span, InlineKind::Styled(style, content)));
    }
}
