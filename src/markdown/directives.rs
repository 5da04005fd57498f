//! `:::` directives.
//!
//! Enters: comrak's directive with its first line. Leaves: verse, divisions and page breaks.
//! Promise: a directive that swallows more than its author meant is an error, not a surprise.

use super::Lowering;
use super::attributes::braces;
use crate::diagnostics::Code;
use crate::model::{Block, BlockKind, Division, Open, OpenAttributes, Text, split_lines};
use crate::span::Span;
use comrak::nodes::{Node, NodeBlockDirective};

const KNOWN: &str = "`verse`, `epigraph`, `aside`, `centered`, `keep`, `pagebreak`";

impl<'a> Lowering<'a, '_> {
    pub(super) fn directive(
        &mut self,
        node: Node<'a>,
        fence: &NodeBlockDirective,
        out: &mut Vec<Block<Open>>,
    ) {
        let span = self.span(node);
        let line = self.places.first_line(span);
        let info = fence.info.trim();
        let (name, rest) =
            info.split_at(info.find(|c: char| c == '{' || c.is_whitespace()).unwrap_or(info.len()));
        let rest = rest.trim();
        let mut attributes = OpenAttributes::default();
        if let Some((found, length)) = braces(rest)
            && length == rest.len()
        {
            attributes = OpenAttributes { span: Some(line), ..found };
            self.judge(&attributes, "a directive", &[], &["only"]);
        } else if !rest.is_empty() {
            let hint = "after a directive's name, only `{#id lang=… only=…}` may follow";
            self.tell(Code::UnknownDirective, line, format!("`{rest}` says nothing to a directive"), hint);
        }
        let named = !name.is_empty() || !rest.is_empty();
        self.check_fence(node, fence, line, named);
        let division = match name {
            "" => Division::Plain,
            "epigraph" => Division::Epigraph,
            "aside" => Division::Aside,
            "centered" => Division::Centered,
            "keep" => Division::Keep,
            "verse" => return self.verse(node, span, attributes, out),
            "pagebreak" => {
                let mut block = Block::new(span, BlockKind::PageBreak);
                self.name_block(&mut block, attributes);
                out.push(block);
                return out.extend(self.blocks(node));
            }
            other => {
                let near = nearest(other).map_or(String::new(), |near| format!("; did you mean `{near}`?"));
                let hint = format!("the directives are {KNOWN}{near}");
                self.tell(
                    Code::UnknownDirective,
                    line,
                    format!("there is no directive called `{other}`"),
                    &hint,
                );
                Division::Plain
            }
        };
        let inner = self.blocks(node);
        let mut block = Block::new(span, BlockKind::Division(division, inner));
        self.name_block(&mut block, attributes);
        out.push(block);
    }

    /// Two fences of one length don't nest: the first end ends the outer directive, and the second
    /// begins one that takes all the rest. Both halves of that are found here.
    fn check_fence(&mut self, node: Node<'a>, fence: &NodeBlockDirective, line: Span, named: bool) {
        let hint = "to put one directive into another, give the outer one a longer fence: `::::`";
        let slice = self.places.slice(self.span(node)).trim_end();
        let last =
            slice.rsplit(['\n', '\r']).next().filter(|last| last.len() < slice.len()).unwrap_or_default();
        let colons = last.trim_start_matches(|c: char| c == '>' || c.is_whitespace());
        let closed = colons.len() >= fence.fence_length && colons.chars().all(|c| c == ':');
        if !named {
            self.tell(Code::UnclosedDirective, line, "these colons end no directive", hint);
        } else if !closed {
            self.tell(Code::UnclosedDirective, line, "no line of colons ends this directive", hint);
        } else if node.first_child().is_none() && !fence.info.starts_with("pagebreak") {
            self.tell(Code::UnclosedDirective, line, "this directive holds nothing", hint);
        } else if node.first_child().is_some() && fence.info.starts_with("pagebreak") {
            let hint = "end it on the next line, `:::`";
            self.tell(Code::UnclosedDirective, line, "a page break holds nothing", hint);
        }
    }

    /// Verse: a paragraph is a stanza, a line of it a line. Other blocks stand between the verses.
    fn verse(&mut self, node: Node<'a>, span: Span, name: OpenAttributes, out: &mut Vec<Block<Open>>) {
        let outer = std::mem::replace(&mut self.verse, true);
        let inner = self.blocks(node);
        self.verse = outer;
        let from = out.len();
        let mut stanzas = Vec::new();
        let mut place: Option<Span> = None;
        for block in inner {
            if let BlockKind::Paragraph(text) = block.kind {
                stanzas.push(split_lines(text.content).into_iter().map(Text::new).collect());
                place = Some(place.map_or(block.span, |place| place.join(block.span)));
            } else {
                if let Some(place) = place.take() {
                    out.push(Block::new(place, BlockKind::Verse(std::mem::take(&mut stanzas))));
                }
                out.push(block);
            }
        }
        if let Some(place) = place {
            // The fences belong to verse that stands alone in them.
            let place = if out.len() == from { span } else { place };
            out.push(Block::new(place, BlockKind::Verse(stanzas)));
        }
        if out.len() == from + 1 {
            if let Some(mut block) = out.pop() {
                self.name_block(&mut block, name);
                out.push(block);
            }
        } else if name.span.is_some() {
            let mut block = Block::new(span, BlockKind::Division(Division::Plain, out.split_off(from)));
            self.name_block(&mut block, name);
            out.push(block);
        }
    }
}

/// The known directive that a slip of the finger might have missed.
fn nearest(name: &str) -> Option<&'static str> {
    let known = ["verse", "epigraph", "aside", "centered", "keep", "pagebreak"];
    known
        .into_iter()
        .map(|k| (strsim::osa_distance(k, name), k))
        .min()
        .filter(|(d, _)| *d <= 2)
        .map(|(_, k)| k)
}
