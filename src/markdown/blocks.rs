//! Blocks: comrak's to ours.
//!
//! Enters: a node that holds blocks. Leaves: [`Block`]s in order, headings as blocks among them.
//! Promise: each block has its place, its name, its language and its editions.

use super::Lowering;
use super::attributes::{take_trailing, trailing};
use super::captions::place_anchors;
use super::raw::push_merged;
use crate::diagnostics::Code;
use crate::model::{
    AlertKind, Alignment, Block, BlockKind, Definition, Inline, ListItem, Numbering, Open, Row, Table, Text,
};
use crate::span::Span;
use comrak::nodes::{
    AlertType, ListDelimType, ListType, Node, NodeAlert, NodeCodeBlock, NodeLink, NodeList, NodeTable,
    NodeValue, TableAlignment,
};

impl<'a> Lowering<'a, '_> {
    /// The blocks within `parent`, one level deeper than it.
    pub(super) fn blocks(&mut self, parent: Node<'a>) -> Vec<Block<Open>> {
        if !self.descend(self.span(parent)) {
            return Vec::new();
        }
        let mut blocks = Vec::new();
        for child in parent.children() {
            self.block(child, &mut blocks);
        }
        let blocks = self.caption_tables(blocks);
        self.rise();
        place_anchors(blocks)
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "comrak's nodes are not ours; those of extensions that are off don't come"
    )]
    fn block(&mut self, node: Node<'a>, out: &mut Vec<Block<Open>>) {
        let span = self.span(node);
        let value = node.data().value.clone();
        let kind = match value {
            NodeValue::Paragraph => return self.paragraph(node, span, out),
            NodeValue::Heading(heading) => return self.heading(node, heading.level, span, out),
            NodeValue::BlockQuote | NodeValue::MultilineBlockQuote(_) => BlockKind::Quote(self.blocks(node)),
            NodeValue::Alert(alert) => self.alert(node, *alert, span),
            NodeValue::List(list) => self.list(node, list),
            NodeValue::DescriptionList => self.definitions(node),
            NodeValue::CodeBlock(code) => return self.code(node, *code, span, out),
            NodeValue::HtmlBlock(html) => return self.html_block(&html.literal, span, out),
            NodeValue::ThematicBreak => BlockKind::SceneBreak,
            NodeValue::FootnoteDefinition(note) => return self.note(node, &note.name),
            NodeValue::Table(table) => return self.table(node, &table, span, out),
            NodeValue::BlockDirective(fence) => return self.directive(node, &fence, out),
            _ => return out.extend(self.blocks(node)),
        };
        out.push(Block::new(span, kind));
    }

    fn paragraph(&mut self, node: Node<'a>, span: Span, out: &mut Vec<Block<Open>>) {
        if let Some((image, link)) = lone_image(node) {
            let title = link.title.clone();
            let (picture, attributes) = self.open_picture(image, link, &["width", "only", "place"]);
            let place = self.placement(&attributes, span);
            let caption = self.caption(&title, self.span(image)).map(Text::new);
            let mut block = Block::new(span, BlockKind::Figure { picture, label: None, caption, place });
            self.name_block(&mut block, attributes);
            return out.push(block);
        }
        let content = self.inlines(node);
        if !content.is_empty() {
            out.push(Block::new(span, BlockKind::Paragraph(Text::new(content))));
        }
    }

    fn heading(&mut self, node: Node<'a>, level: u8, span: Span, out: &mut Vec<Block<Open>>) {
        let mut content = self.inlines(node);
        // comrak knows only ASCII in braces; an id may be in the language of the book.
        let attributes =
            self.attributes(node, span).or_else(|| take_trailing(&mut content)).unwrap_or_default();
        let classes: Vec<&str> = attributes.classes.iter().map(String::as_str).collect();
        self.judge(&attributes, "a heading", &classes, &["only"]);
        let mut block = Block::new(span, BlockKind::Heading { level, text: Text::new(content) });
        self.name_block(&mut block, attributes);
        out.push(block);
    }

    fn alert(&mut self, node: Node<'a>, alert: NodeAlert, span: Span) -> BlockKind<Open> {
        let kind = match alert.alert_type {
            AlertType::Note => AlertKind::Note,
            AlertType::Tip => AlertKind::Tip,
            AlertType::Important => AlertKind::Important,
            AlertType::Warning => AlertKind::Warning,
            AlertType::Caution => AlertKind::Caution,
        };
        let line = self.places.first_line(span);
        let title = alert.title.as_deref().and_then(|title| self.caption(title, line)).map(Text::new);
        BlockKind::Alert { kind, title, blocks: self.blocks(node) }
    }

    fn list(&mut self, node: Node<'a>, list: NodeList) -> BlockKind<Open> {
        let numbering = match list.list_type {
            ListType::Bullet => Numbering::Bullet,
            ListType::Ordered => Numbering::Number {
                start: u64::try_from(list.start).unwrap_or(0),
                parenthesis: list.delimiter == ListDelimType::Paren,
            },
        };
        let mut items = Vec::new();
        for item in node.children() {
            let task = if let NodeValue::TaskItem(task) = &item.data().value {
                Some(task.symbol.is_some())
            } else {
                None
            };
            items.push(ListItem { span: self.span(item), task, blocks: self.blocks(item) });
        }
        BlockKind::List { numbering, tight: list.tight, items }
    }

    fn definitions(&mut self, node: Node<'a>) -> BlockKind<Open> {
        let mut definitions: Vec<Definition<Open>> = Vec::new();
        for item in node.children() {
            let mut definition =
                Definition { span: self.span(item), term: Text::new(Vec::new()), details: Vec::new() };
            for part in item.children() {
                let is_term = matches!(part.data().value, NodeValue::DescriptionTerm);
                if !is_term {
                    definition.details.push(self.blocks(part));
                    continue;
                }
                for paragraph in part.children() {
                    definition.term.content.extend(self.inlines(paragraph));
                }
            }
            match definitions.last_mut() {
                // A second meaning after a blank line.
                Some(before) if definition.term.content.is_empty() => {
                    before.details.append(&mut definition.details);
                    before.span = before.span.join(definition.span);
                }
                Some(_) | None => definitions.push(definition),
            }
        }
        BlockKind::Definitions(definitions)
    }

    fn code(&mut self, node: Node<'a>, code: NodeCodeBlock, span: Span, out: &mut Vec<Block<Open>>) {
        if code.fenced && !code.closed {
            let place = self.places.first_line(span);
            let hint =
                "end it with a line of as many backticks or tildes; all that follows is taken for code";
            self.tell(Code::UnclosedFence, place, "no line ends this block of code", hint);
        }
        let line = self.places.first_line(span);
        let mut attributes = self.attributes(node, line).unwrap_or_default();
        let mut info = code.info.as_str();
        if attributes.span.is_none()
            && let Some((at, found)) = trailing(info)
        {
            attributes = found;
            attributes.span = Some(line);
            info = info.get(..at).unwrap_or_default();
        }
        let word = info.split([',', ' ', '\t', '{']).next().filter(|word| !word.is_empty());
        let language = word.map(str::to_owned).or_else(|| attributes.classes.first().cloned());
        let as_class = language.clone().unwrap_or_default();
        self.judge(&attributes, "a block of code", &[as_class.as_str()], &["only"]);
        let text = code.literal.strip_suffix('\n').unwrap_or(&code.literal).replace("\r\n", "\n");
        let mut block = Block::new(span, BlockKind::Code { language, leaf: (), text });
        self.name_block(&mut block, attributes);
        out.push(block);
    }

    fn table(&mut self, node: Node<'a>, table: &NodeTable, span: Span, out: &mut Vec<Block<Open>>) {
        let columns = table.alignments.iter().map(|alignment| match alignment {
            TableAlignment::None => Alignment::None,
            TableAlignment::Left => Alignment::Left,
            TableAlignment::Center => Alignment::Center,
            TableAlignment::Right => Alignment::Right,
        });
        let columns: Vec<Alignment> = columns.collect();
        let mut rows = Vec::new();
        for row in node.children() {
            let cells = row.children().map(|cell| Text::new(self.inlines(cell))).collect();
            let mut row = Row { span: self.span(row), cells };
            row.cells.resize(columns.len(), Text::new(Vec::new()));
            self.keep_extra_cells(&mut row);
            rows.push(row);
        }
        // Written directly under a table, without a blank line, a caption is a row to comrak.
        let is_caption = |row: &Row<Open>| {
            let typed = self.places.slice(row.span).trim();
            !typed.contains('|') && (typed.starts_with(": ") || typed.starts_with("Table:"))
        };
        let caption = if rows.len() > 1 && rows.last().is_some_and(is_caption) { rows.pop() } else { None };
        let mut rows = rows.into_iter();
        let head = rows.next().unwrap_or(Row { span, cells: Vec::new() });
        let table = Table { columns, head, rows: rows.collect(), label: None, caption: None };
        let mut block = Block::new(span, BlockKind::Table(table));
        if let Some(cell) = caption.and_then(|row| row.cells.into_iter().next()) {
            self.set_caption(&mut block, cell.content);
        }
        out.push(block);
    }
}

/// Where the cells after the first `columns` begin in a row as typed.
fn extra_cells(row: &str, columns: usize) -> Option<usize> {
    let lead = row.len() - row.trim_start().len();
    let from = if row.trim_start().starts_with('|') { lead + 1 } else { lead };
    let mut left = columns;
    let mut escaped = false;
    for (at, byte) in row.bytes().enumerate().skip(from) {
        if byte == b'|' && !escaped {
            left -= 1;
            if left == 0 {
                let rest = row.get(at + 1..)?;
                return (!rest.trim().is_empty()).then_some(at + 1);
            }
        }
        escaped = byte == b'\\' && !escaped;
    }
    None
}

impl Lowering<'_, '_> {
    /// Markdown drops the cells that a row has too many; here their words go into the last cell.
    fn keep_extra_cells(&mut self, row: &mut Row<Open>) {
        let slice = self.places.slice(row.span);
        let columns = row.cells.len();
        if columns == 0 {
            return;
        }
        let Some(at) = extra_cells(slice, columns) else {
            return;
        };
        let typed = slice.get(at..).unwrap_or_default().trim_end();
        let start = row.span.start as usize + at;
        let place = self.places.range(start, start + typed.len());
        let message = format!("this row has more cells than the table's {columns} columns");
        let hint = "write `\\|` for a line that is no end of a cell, in code too; what is too much joins the last cell";
        self.tell(Code::LongRow, place, message, hint);
        if let Some(cell) = row.cells.last_mut() {
            let words = typed.strip_suffix('|').unwrap_or(typed).trim_end();
            push_merged(&mut cell.content, Inline::text(place, format!("|{words}")));
        }
    }
}

/// The image that is all a paragraph holds.
#[expect(clippy::wildcard_enum_match_arm, reason = "comrak's nodes are not ours")]
fn lone_image(paragraph: Node<'_>) -> Option<(Node<'_>, NodeLink)> {
    let child = paragraph.first_child().filter(|child| child.next_sibling().is_none())?;
    match &child.data().value {
        NodeValue::Image(link) if link.url != super::SPAN_MARK => Some((child, (**link).clone())),
        _ => None,
    }
}
