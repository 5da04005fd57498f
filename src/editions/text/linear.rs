//! The book as a sequence of pieces, in reading order.
//!
//! Enters: the book, the layout. Leaves: [`Piece`]s. Promise: no word of the book is lost; notes stand
//! at the end of the chapter that calls them first, in the order of their calls.
//!
//! Addresses stand where a listener can still want them: under the words of the section that links to them, before
//! the next heading, which is where programs leap to; those of notes under the notes. They are numbered through the
//! chapter, not anew in each list: where the list of the last section and that of the notes follow one another,
//! "Link 1" must be one of them. What a section links to is in its list, also if an earlier one has it, under the
//! same number.

use super::manner::Manner;
use super::said::{GLUE, Said, bracketed};
use super::signs::{Sign, Signs};
use super::tables;
use super::wrap::{Piece, fold_code};
use crate::layout::Layout;
use crate::model::{
    Block, BlockKind, Book, Definition, Division, LeafId, ListItem, NoteId, Numbering, Picture, Section,
    Text, walk_blocks, walk_texts,
};
use crate::phrases::{Phrases, with};

/// The pieces of the text, and the marks that they use.
pub(super) fn pieces(
    book: &Book,
    layout: &Layout,
    words: &Phrases<'_>,
    manner: Manner,
) -> (Vec<Piece>, Signs) {
    let said = Said::new(book, layout, words, manner);
    let width = manner.width;
    let mut linear = Linear {
        said,
        out: Vec::new(),
        indent: String::new(),
        label: None,
        number: None,
        close: false,
        width,
    };
    linear.blocks(&book.opening);
    linear.end_section();
    linear.end_chapter();
    for section in &book.sections {
        linear.section(section);
        linear.end_chapter();
    }
    for mark in linear.said.rest() {
        linear.paragraph(mark);
    }
    (linear.out, linear.said.signs)
}

/// The pieces so far, and where the next one stands.
pub(super) struct Linear<'b> {
    pub(super) said: Said<'b>,
    out: Vec<Piece>,
    /// Before every line.
    indent: String,
    /// Before the next line instead, once: the label of an item.
    label: Option<String>,
    /// The whole number of the item that directly holds what comes next.
    number: Option<String>,
    /// The next piece follows without a blank line.
    close: bool,
    pub(super) width: usize,
}

impl Linear<'_> {
    /// A section; parts and chapters before it have ended, so that notes stay with their chapter.
    fn section(&mut self, section: &Section) {
        self.pages_before(section.title.leaf);
        let title = self.said.leaf(&section.title).replace('\n', " ");
        let heading = match &section.number {
            Some(number) => format!("{number} {title}"),
            None => title,
        };
        self.out.push(Piece::Heading { text: heading, opens: section.rank <= 1 });
        self.blocks(&section.blocks);
        self.end_section();
        for child in &section.children {
            if child.rank <= 1 {
                self.end_chapter();
            }
            self.section(child);
        }
    }

    /// Notes of the chapter that ends, and the addresses in them.
    fn end_chapter(&mut self) {
        let mut next = 0;
        // A note may call another one, which then stands after it.
        while let Some(id) = self.said.notes.get(next).copied() {
            next += 1;
            self.note(id);
        }
        self.said.notes.clear();
        self.end_section();
        self.said.forget_addresses();
    }

    /// Addresses that the words since the last list link to.
    fn end_section(&mut self) {
        let links = self.said.addresses();
        if links.is_empty() {
            return;
        }
        self.paragraph(format!("{}:", self.said.words.links));
        for (at, (number, address)) in links.into_iter().enumerate() {
            let label = bracketed(&with(self.said.words.link, &number.to_string()));
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
            Some(Piece::Heading { .. } | Piece::Lines { .. }) | None => {
                let opening = Piece::paragraph(&format!("[{words}:"));
                self.out.insert(first, opening);
            }
        }
        match self.out.last_mut() {
            Some(Piece::Paragraph { text, .. }) => text.push(']'),
            Some(Piece::Heading { .. } | Piece::Lines { .. }) | None => self.paragraph("]".to_owned()),
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
        let indent = self.indent.get(..self.indented()).unwrap_or_default();
        let lines = lines.into_iter().map(|line| format!("{indent}{line}")).collect();
        self.out.push(Piece::Lines { lines, close: self.close });
    }

    /// Columns of the indent: deep ones give way to words.
    fn indented(&self) -> usize {
        self.indent.len().min(self.width / 2)
    }

    /// Columns left beside the indent.
    pub(super) fn room(&self) -> usize {
        self.width.saturating_sub(self.indented()).max(1)
    }

    /// Pages that begin with the first of some blocks, before the words that announce them all.
    fn pages_before_first(&mut self, blocks: &[Block]) {
        let first = blocks.first().filter(|first| first.only.text);
        if let Some(leaf) = first.and_then(|first| leaves(first).first().copied()) {
            self.pages_before(leaf);
        }
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
        leaves(block).into_iter().for_each(|leaf| self.said.carry(leaf));
    }

    /// Pages that begin with what comes next, before the words that announce it.
    fn pages_before(&mut self, leaf: LeafId) {
        for mark in self.said.marks_before(leaf) {
            self.paragraph(mark);
        }
    }

    fn leaf(&mut self, text: &Text) {
        let words = self.said.leaf(text);
        self.paragraph(words);
    }

    /// Something set apart: with words before and after it, or for the eye by an indent.
    fn apart(&mut self, before: Option<String>, after: &str, blocks: &[Block]) {
        let seen = self.said.manner.seen();
        if let Some(before) = before {
            self.paragraph(if seen { before } else { bracketed(&before) });
        }
        let number = self.number.take();
        let close = std::mem::replace(&mut self.close, false);
        let outer = self.indent.clone();
        self.indent.push_str(self.said.manner.indent());
        self.blocks(blocks);
        self.indent = outer;
        self.close = close;
        self.number = number;
        if !seen {
            self.paragraph(bracketed(after));
        }
    }

    fn quote(&mut self, blocks: &[Block]) {
        let words = self.said.words;
        if self.said.manner.seen() {
            return self.apart(None, "", blocks);
        }
        self.said.signs.put(Sign::Quote);
        self.pages_before_first(blocks);
        self.apart(Some(words.quote.to_owned()), words.end_quote, blocks);
    }

    /// An aside or an alert: its title, given or its kind's; `own` if it is the author's.
    fn aside(&mut self, title: String, own: bool, blocks: &[Block]) {
        if !own {
            self.pages_before_first(blocks);
        }
        if !self.said.manner.seen() {
            self.said.signs.aside(if own { "…" } else { &title });
        }
        self.apart(Some(title), self.said.words.end_aside, blocks);
    }

    fn scene_break(&mut self) {
        self.said.signs.put(Sign::Scene);
        if !self.said.manner.seen() {
            return self.paragraph(bracketed(self.said.words.scene_break));
        }
        let wide = format!("{0}*{0}*{0}*{0}*{0}*", " ".repeat(7));
        let line = if wide.len() <= self.room() { wide } else { ["*"; 5].join(" ") };
        self.lines(vec![line]);
    }

    fn block(&mut self, block: &Block) {
        let words = self.said.words;
        match &block.kind {
            BlockKind::Paragraph(text) | BlockKind::Heading { text, .. } | BlockKind::Attribution(text) => {
                self.leaf(text);
            }
            BlockKind::Quote(inner) => self.quote(inner),
            BlockKind::Alert { kind, title, blocks } => {
                let own = title.is_some();
                let title = match title {
                    Some(title) => {
                        self.pages_before(title.leaf);
                        self.said.leaf(title)
                    }
                    None => words.alert(*kind).to_owned(),
                };
                self.aside(title, own, blocks);
            }
            BlockKind::List { numbering, tight, items } => self.list(*numbering, *tight, items),
            BlockKind::Definitions(list) => self.definitions(list),
            BlockKind::Code { leaf, text, .. } => self.code(*leaf, text),
            BlockKind::Table(table) => tables::table(self, table),
            BlockKind::Figure { picture, label, caption, place: _ } => {
                self.figure(picture, label.as_deref(), caption.as_ref());
            }
            BlockKind::SceneBreak => self.scene_break(),
            BlockKind::PageBreak => {}
            BlockKind::Verse(stanzas) => {
                for stanza in stanzas {
                    self.stanza(stanza);
                }
            }
            BlockKind::Division(Division::Aside, inner) => self.aside(words.aside.to_owned(), false, inner),
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
        let above = self.number.take();
        for (at, item) in items.iter().enumerate() {
            let mut label = self.item_label(numbering, at, above.as_deref());
            self.indent = format!("{outer}{}", " ".repeat(label.len()));
            match item.task {
                Some(true) => label.push_str(&format!("[{}] ", self.said.words.done)),
                Some(false) => label.push_str(&format!("[{}] ", self.said.words.to_do)),
                None => {}
            }
            if item.task.is_some() {
                self.said.signs.put(Sign::Task);
            }
            self.label = Some(format!("{outer}{label}"));
            self.close = if at == 0 { before } else { tight };
            self.item(item, tight);
        }
        self.label = None;
        self.number = above;
        self.indent = outer;
        self.close = before;
    }

    /// What stands before an item. A numbered list within a numbered item has whole numbers, `2.1.3.`, since what
    /// is heard has no indents.
    fn item_label(&mut self, numbering: Numbering, at: usize, above: Option<&str>) -> String {
        let Numbering::Number { start, parenthesis } = numbering else {
            self.number = None;
            return "- ".to_owned();
        };
        let own = start.saturating_add(u64::try_from(at).unwrap_or(u64::MAX));
        let end = if parenthesis { ')' } else { '.' };
        let whole = match above {
            Some(above) => format!("{above}.{own}"),
            None => own.to_string(),
        };
        let label = format!("{whole}{end}");
        if above.is_some() {
            self.said.signs.number(&label);
        }
        self.number = Some(whole);
        label + " "
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
        let number = self.number.take();
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
        self.number = number;
    }

    /// Code between spoken fences; a page that begins in it is marked on a line of its own, one that begins with it
    /// before it.
    fn code(&mut self, leaf: LeafId, code: &str) {
        self.pages_before(leaf);
        let marks = self.said.marks_of(leaf);
        let mut marks = marks.into_iter().peekable();
        self.said.signs.put(Sign::Code);
        self.paragraph(bracketed(self.said.words.code));
        let (room, fold) = (self.room(), self.said.manner.fold());
        let mut lines: Vec<String> = Vec::new();
        let mut at = 0;
        for line in code.split('\n') {
            let end = at + line.len();
            while let Some((_, mark)) = marks.next_if(|(offset, _)| *offset <= end) {
                lines.push(mark.replace(GLUE, " "));
            }
            lines.extend(fold_code(&self.said.spelled(line.to_owned()), room, fold));
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
        let page = self.said.opening(caption.leaf);
        let words = self.said.leaf(caption);
        self.paragraph(match label {
            Some(label) => format!("{page}{}: {words}", label.replace(' ', GLUE)),
            None => page + &words,
        });
    }

    fn stanza(&mut self, stanza: &[Text]) {
        let outer = format!("{}{}", self.indent, self.said.manner.indent());
        let mut close = self.close;
        for line in stanza {
            let text = self.said.leaf(line);
            // A line that says nothing here is none, and what follows it stands apart in its place.
            if text.trim().is_empty() && self.label.is_none() {
                continue;
            }
            let first = self.label.take().unwrap_or_else(|| outer.clone());
            let rest = format!("{outer}    ");
            self.out.push(Piece::Paragraph { first, rest, text, close });
            close = true;
        }
    }
}

/// The leaves of a block in their order.
fn leaves(block: &Block) -> Vec<LeafId> {
    let mut leaves: Vec<LeafId> = Vec::new();
    walk_texts(std::slice::from_ref(block), &mut |text| leaves.push(text.leaf));
    walk_blocks(std::slice::from_ref(block), &mut |inner| {
        if let BlockKind::Code { leaf, .. } = &inner.kind {
            leaves.push(*leaf);
        }
    });
    leaves.sort_unstable();
    leaves
}
