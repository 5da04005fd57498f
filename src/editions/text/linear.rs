//! The book as a sequence of pieces, in reading order.
//!
//! Enters: the book, the layout. Leaves: [`Piece`]s. Promise: no word of the book is lost; notes stand
//! at the end of the chapter that calls them first, in the order of their calls.

use super::said::{GLUE, Said, bracketed};
use super::tables;
use super::wrap::{Piece, fold_code};
use crate::layout::Layout;
use crate::model::{
    Block, BlockKind, Book, Definition, Division, LeafId, ListItem, NoteId, Numbering, Picture, Section,
    Text, walk_blocks, walk_texts,
};
use crate::phrases::{phrases, with};

/// The pieces of the text.
pub(super) fn pieces(book: &Book, layout: &Layout, width: usize) -> Vec<Piece> {
    let words = phrases(&book.metadata.language);
    let said = Said::new(book, layout, words);
    let mut linear =
        Linear { said, out: Vec::new(), indent: String::new(), label: None, close: false, width };
    linear.blocks(&book.opening);
    linear.end_chapter();
    for section in &book.sections {
        linear.section(section);
        linear.end_chapter();
    }
    for mark in linear.said.rest() {
        linear.paragraph(mark);
    }
    linear.out
}

/// The pieces so far, and where the next one stands.
pub(super) struct Linear<'b> {
    pub(super) said: Said<'b>,
    out: Vec<Piece>,
    /// Before every line.
    indent: String,
    /// Before the next line instead, once: the label of an item.
    label: Option<String>,
    /// The next piece follows without a blank line.
    close: bool,
    pub(super) width: usize,
}

impl Linear<'_> {
    /// A section; parts and chapters before it have ended, so that notes stay with their chapter.
    fn section(&mut self, section: &Section) {
        for mark in self.said.marks_before(section.title.leaf) {
            self.paragraph(mark);
        }
        let title = self.said.leaf(&section.title).replace('\n', " ");
        let heading = match &section.number {
            Some(number) => format!("{number} {title}"),
            None => title,
        };
        self.out.push(Piece::Heading(heading));
        self.blocks(&section.blocks);
        for child in &section.children {
            if child.rank <= 1 {
                self.end_chapter();
            }
            self.section(child);
        }
    }

    /// Notes and addresses of the chapter that ends.
    fn end_chapter(&mut self) {
        let mut next = 0;
        // A note may call another one, which then stands after it.
        while let Some(id) = self.said.notes.get(next).copied() {
            next += 1;
            self.note(id);
        }
        self.said.notes.clear();
        let links = std::mem::take(&mut self.said.links);
        if links.is_empty() {
            return;
        }
        self.paragraph(format!("{}:", self.said.words.links));
        for (at, address) in links.iter().enumerate() {
            let label = bracketed(&with(self.said.words.link, &(at + 1).to_string()));
            self.close = at > 0;
            self.paragraph(format!("{label} {address}"));
        }
        self.close = false;
    }

    fn note(&mut self, id: NoteId) {
        let Some(note) = self.said.book.note(id) else { return };
        let words = with(self.said.words.note, &note.number.to_string()).replace(' ', GLUE);
        let first = self.out.len();
        self.blocks(&note.blocks);
        match self.out.get_mut(first) {
            Some(Piece::Paragraph { text, .. }) => *text = format!("[{words}: {text}"),
            Some(Piece::Heading(_) | Piece::Lines { .. }) | None => {
                let opening = Piece::paragraph(&format!("[{words}:"));
                self.out.insert(first, opening);
            }
        }
        match self.out.last_mut() {
            Some(Piece::Paragraph { text, .. }) => text.push(']'),
            Some(Piece::Heading(_) | Piece::Lines { .. }) | None => self.paragraph("]".to_owned()),
        }
    }

    /// A paragraph at the present place.
    pub(super) fn paragraph(&mut self, text: String) {
        let first = self.label.take().unwrap_or_else(|| self.indent.clone());
        self.out.push(Piece::Paragraph { first, rest: self.indent.clone(), text, close: self.close });
    }

    /// Lines that stand as they are, each within the width.
    pub(super) fn lines(&mut self, lines: Vec<String>) {
        if self.label.is_some() {
            self.paragraph(String::new());
            self.close = true;
        }
        if lines.is_empty() {
            return;
        }
        let lines = lines.into_iter().map(|line| format!("{}{line}", self.indent)).collect();
        self.out.push(Piece::Lines { lines, close: self.close });
    }

    /// Columns left beside the indent.
    pub(super) fn room(&self) -> usize {
        self.width.saturating_sub(self.indent.len()).max(1)
    }

    pub(super) fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            if block.only.text {
                self.block(block);
            } else {
                self.pass_over(block);
            }
        }
    }

    fn pass_over(&mut self, block: &Block) {
        let mut leaves: Vec<LeafId> = Vec::new();
        walk_texts(std::slice::from_ref(block), &mut |text| leaves.push(text.leaf));
        walk_blocks(std::slice::from_ref(block), &mut |inner| {
            if let BlockKind::Code { leaf, .. } = &inner.kind {
                leaves.push(*leaf);
            }
        });
        leaves.sort_unstable();
        leaves.into_iter().for_each(|leaf| self.said.carry(leaf));
    }

    fn leaf(&mut self, text: &Text) {
        let words = self.said.leaf(text);
        self.paragraph(words);
    }

    /// Something set apart, with words before and after it.
    fn fenced(&mut self, before: &str, after: &str, blocks: &[Block]) {
        self.paragraph(bracketed(before));
        let close = std::mem::replace(&mut self.close, false);
        self.blocks(blocks);
        self.close = close;
        self.paragraph(bracketed(after));
    }

    fn block(&mut self, block: &Block) {
        let words = self.said.words;
        match &block.kind {
            BlockKind::Paragraph(text) | BlockKind::Heading { text, .. } | BlockKind::Attribution(text) => {
                self.leaf(text);
            }
            BlockKind::Quote(inner) => self.fenced(words.quote, words.end_quote, inner),
            BlockKind::Alert { kind, title, blocks } => {
                let title = match title {
                    Some(title) => self.said.leaf(title),
                    None => words.alert(*kind).to_owned(),
                };
                self.fenced(&title, words.end_aside, blocks);
            }
            BlockKind::List { numbering, tight, items } => self.list(*numbering, *tight, items),
            BlockKind::Definitions(list) => self.definitions(list),
            BlockKind::Code { leaf, text, .. } => self.code(*leaf, text),
            BlockKind::Table(table) => tables::table(self, table),
            BlockKind::Figure { picture, label, caption, place: _ } => {
                self.figure(picture, label.as_deref(), caption.as_ref());
            }
            BlockKind::SceneBreak => self.paragraph(bracketed(words.scene_break)),
            BlockKind::PageBreak => {}
            BlockKind::Verse(stanzas) => {
                for stanza in stanzas {
                    self.stanza(stanza);
                }
            }
            BlockKind::Division(Division::Aside, inner) => self.fenced(words.aside, words.end_aside, inner),
            BlockKind::Division(
                Division::Epigraph | Division::Centered | Division::Keep | Division::Plain,
                inner,
            ) => self.blocks(inner),
        }
    }

    fn list(&mut self, numbering: Numbering, tight: bool, items: &[ListItem]) {
        let outer = self.indent.clone();
        let before = self.close;
        let held = self.label.take();
        if held.is_some() {
            self.label = held;
            self.paragraph(String::new());
        }
        for (at, item) in items.iter().enumerate() {
            let mut label = match numbering {
                Numbering::Bullet => "- ".to_owned(),
                Numbering::Number { start, parenthesis } => {
                    let number = start.saturating_add(u64::try_from(at).unwrap_or(u64::MAX));
                    format!("{number}{} ", if parenthesis { ')' } else { '.' })
                }
            };
            self.indent = format!("{outer}{}", " ".repeat(label.len()));
            match item.task {
                Some(true) => label.push_str(&format!("[{}] ", self.said.words.done)),
                Some(false) => label.push_str(&format!("[{}] ", self.said.words.to_do)),
                None => {}
            }
            self.label = Some(format!("{outer}{label}"));
            self.close = if at == 0 { before } else { tight };
            self.item(item, tight);
        }
        self.label = None;
        self.indent = outer;
        self.close = before;
    }

    fn item(&mut self, item: &ListItem, tight: bool) {
        let first = self.out.len();
        for block in &item.blocks {
            self.blocks(std::slice::from_ref(block));
            if self.out.len() > first {
                self.close = tight;
            }
        }
        if self.out.len() == first {
            self.paragraph(String::new());
        }
    }

    fn definitions(&mut self, list: &[Definition]) {
        let outer = self.indent.clone();
        let close = self.close;
        for definition in list {
            self.leaf(&definition.term);
            self.indent = format!("{outer}    ");
            for detail in &definition.details {
                self.close = true;
                for block in detail {
                    self.blocks(std::slice::from_ref(block));
                    self.close = false;
                }
            }
            self.indent.clone_from(&outer);
            self.close = close;
        }
    }

    /// Code between spoken fences; a page that begins in it is marked on a line of its own.
    fn code(&mut self, leaf: LeafId, code: &str) {
        let marks = self.said.marks_of(leaf);
        let mut marks = marks.into_iter().peekable();
        self.paragraph(bracketed(self.said.words.code));
        let room = self.room();
        let mut lines: Vec<String> = Vec::new();
        let mut at = 0;
        for line in code.split('\n') {
            let end = at + line.len();
            while let Some((_, mark)) = marks.next_if(|(offset, _)| *offset <= end) {
                lines.push(mark.replace(GLUE, " "));
            }
            lines.extend(fold_code(line, room));
            at = end + 1;
        }
        lines.extend(marks.map(|(_, mark)| mark.replace(GLUE, " ")));
        // Two blank lines would say heading: runs of them become one, and at the edges none.
        lines.dedup_by(|line, before| line.trim().is_empty() && before.trim().is_empty());
        let said = |line: &String| !line.trim().is_empty();
        let end = lines.iter().rposition(said).map_or(0, |last| last + 1);
        let start = lines.iter().position(said).unwrap_or(end);
        let lines: Vec<String> = lines.drain(start..end).collect();
        let close = std::mem::replace(&mut self.close, false);
        self.lines(lines);
        self.close = close;
        self.paragraph(bracketed(self.said.words.end_code));
    }

    fn figure(&mut self, picture: &Picture, label: Option<&str>, caption: Option<&Text>) {
        if let Some(words) = self.said.picture(picture) {
            self.paragraph(words);
        }
        if let Some(caption) = caption {
            self.caption(label, caption);
        }
    }

    pub(super) fn caption(&mut self, label: Option<&str>, caption: &Text) {
        let words = self.said.leaf(caption);
        self.paragraph(match label {
            Some(label) => format!("{}: {words}", label.replace(' ', GLUE)),
            None => words,
        });
    }

    fn stanza(&mut self, stanza: &[Text]) {
        let outer = self.indent.clone();
        let close = self.close;
        for (at, line) in stanza.iter().enumerate() {
            let text = self.said.leaf(line);
            let first = self.label.take().unwrap_or_else(|| outer.clone());
            let rest = format!("{outer}    ");
            self.out.push(Piece::Paragraph { first, rest, text, close: at > 0 || close });
        }
    }
}
