//! A leaf of text as one string, with page marks, notes, images and links said in words.
//!
//! Enters: a leaf, the marks within it. Leaves: its words. Promise: the words are those of the book,
//! each once; a page mark stands between words; what must not be torn apart is held by [`GLUE`].

use super::manner::Manner;
use super::signs::{Sign, Signs};
use crate::ascii::ascii;
use crate::layout::{Layout, Mark};
use crate::model::{Book, Inline, InlineKind, LeafId, NoteId, Picture, Style, Target, Text, plain_text};
use crate::phrases::{Phrases, with};
use std::collections::{BTreeMap, BTreeSet};
use unicode_width::UnicodeWidthChar;

/// Stands for a space at which no line may end; `wrap` makes a space of it. A control character,
/// since those are taken out of the author's text.
pub(super) const GLUE: &str = "\u{1f}";

/// Stands around a page's label where the text is to become braille, whose pages have a line for it.
pub(super) const PAGE: char = '\u{1d}';

/// Turns leaves into strings, and gathers what must be said later.
pub(super) struct Said<'b> {
    pub(super) book: &'b Book,
    pub(super) layout: &'b Layout,
    pub(super) words: &'b Phrases<'b>,
    pub(super) manner: Manner,
    /// The marks used so far.
    pub(super) signs: Signs,
    /// Notes called in the present chapter for the first time, in the order of their calls.
    pub(super) notes: Vec<NoteId>,
    /// Addresses linked to in the present chapter, each with its number.
    links: BTreeMap<String, usize>,
    /// Those linked to since addresses were last listed, by their numbers.
    due: BTreeMap<usize, String>,
    /// Notes called so far in the book.
    known: BTreeSet<NoteId>,
    /// Marks of leaves that this edition leaves out.
    carried: Vec<Mark>,
    /// Pages marked so far.
    marked: BTreeSet<usize>,
    marks: &'b [Mark],
    position: usize,
    out: String,
    /// Where a reference's words end, which must not run into a word that follows.
    referred: Option<usize>,
    /// Within words that are marked as emphasised.
    emphasised: bool,
    /// Pages, notes and links are passed over.
    bare: bool,
    /// How often pages, notes and links were said.
    told: usize,
}

impl<'b> Said<'b> {
    /// Nothing said yet.
    pub(super) fn new(book: &'b Book, layout: &'b Layout, words: &'b Phrases<'b>, manner: Manner) -> Self {
        Said {
            book,
            layout,
            words,
            manner,
            signs: Signs::default(),
            notes: Vec::new(),
            links: BTreeMap::new(),
            due: BTreeMap::new(),
            known: BTreeSet::new(),
            carried: Vec::new(),
            marked: BTreeSet::new(),
            marks: &[],
            position: 0,
            out: String::new(),
            referred: None,
            emphasised: false,
            bare: false,
            told: 0,
        }
    }

    /// In the signs that the profile writes.
    pub(super) fn spelled(&self, text: String) -> String {
        if self.manner.ascii() { ascii(&text, &self.book.metadata.language) } else { text }
    }

    /// A leaf in words.
    pub(super) fn leaf(&mut self, text: &Text) -> String {
        for mark in self.begin(text.leaf) {
            self.page(mark);
        }
        self.inlines(&text.content);
        for mark in std::mem::take(&mut self.marks) {
            self.page(*mark);
        }
        self.referred = None;
        let said = std::mem::take(&mut self.out);
        self.spelled(said)
    }

    /// A leaf that was said already, again: without the pages, notes and links in it.
    pub(super) fn again(&mut self, text: &Text) -> String {
        (self.marks, self.position, self.bare) = (&[], 0, true);
        self.inlines(&text.content);
        (self.referred, self.bare) = (None, false);
        let said = std::mem::take(&mut self.out);
        self.spelled(said)
    }

    /// How often pages, notes and links were said so far.
    pub(super) fn told(&self) -> usize {
        self.told
    }

    /// The marks that wait, then takes up those of the leaf.
    fn begin(&mut self, leaf: LeafId) -> Vec<Mark> {
        self.position = 0;
        self.marks = self.layout.pagination.marks_in(leaf);
        std::mem::take(&mut self.carried)
    }

    /// Marks that stand before a leaf's first word, each in words: what can't hold one says them first.
    pub(super) fn marks_before(&mut self, leaf: LeafId) -> Vec<String> {
        let mut marks = std::mem::take(&mut self.carried);
        marks.extend(self.layout.pagination.marks_in(leaf).iter().filter(|mark| mark.offset == 0));
        marks.into_iter().filter_map(|mark| self.mark(mark)).collect()
    }

    /// Those marks as the beginning of a piece: they stand before what this edition says before the leaf's words.
    pub(super) fn opening(&mut self, leaf: LeafId) -> String {
        self.marks_before(leaf).into_iter().map(|mark| mark + " ").collect()
    }

    /// All marks of a leaf, each with its offset and its words: for code.
    pub(super) fn marks_of(&mut self, leaf: LeafId) -> Vec<(usize, String)> {
        let mut marks: Vec<(usize, Mark)> = self.begin(leaf).into_iter().map(|mark| (0, mark)).collect();
        marks.extend(std::mem::take(&mut self.marks).iter().map(|mark| (mark.offset, *mark)));
        marks.into_iter().filter_map(|(at, mark)| Some((at, self.mark(mark)?))).collect()
    }

    /// Leaves a leaf out, but not the pages that begin in it.
    pub(super) fn carry(&mut self, leaf: LeafId) {
        self.carried.extend_from_slice(self.layout.pagination.marks_in(leaf));
    }

    /// Marks that found no leaf.
    pub(super) fn rest(&mut self) -> Vec<String> {
        std::mem::take(&mut self.carried).into_iter().filter_map(|mark| self.mark(mark)).collect()
    }

    /// `[Page 12]`, once for each page.
    fn mark(&mut self, mark: Mark) -> Option<String> {
        let label = self.layout.pagination.label(mark.page);
        if !self.manner.pages() || label.is_empty() || !self.marked.insert(mark.page) {
            return None;
        }
        self.told += 1;
        if self.manner.braille() {
            return Some(format!("{PAGE}{label}{PAGE}"));
        }
        self.signs.page(label);
        Some(bracketed(&with(self.words.page_mark, label)))
    }

    fn page(&mut self, mark: Mark) {
        if let Some(words) = self.mark(mark) {
            self.apart(&words);
            self.out.push(' ');
        }
    }

    /// Says something with a space before it.
    fn apart(&mut self, words: &str) {
        if !self.out.is_empty() && !self.out.ends_with(char::is_whitespace) {
            self.out.push(' ');
        }
        self.out.push_str(words);
    }

    /// Text that counts in the leaf's length.
    fn counted(&mut self, text: &str) {
        let mut done = 0;
        while let Some((mark, rest)) = self.marks.split_first() {
            if mark.offset >= self.position + text.len() {
                break;
            }
            let mut at = mark.offset.saturating_sub(self.position).max(done);
            while !text.is_char_boundary(at) {
                at -= 1;
            }
            self.plain(text.get(done..at).unwrap_or_default());
            self.page(*mark);
            self.marks = rest;
            done = at;
        }
        self.plain(text.get(done..).unwrap_or_default());
        self.position += text.len();
    }

    /// The author's characters; soft hyphens and zero-width marks say nothing in plain text.
    fn plain(&mut self, text: &str) {
        if self.referred.take() == Some(self.out.len()) && text.starts_with(char::is_alphanumeric) {
            self.out.push(' ');
        }
        let silent = |c: &char| matches!(c, '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}');
        self.out.extend(text.chars().filter(|c| !silent(c)).map(visible));
    }

    fn inlines(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            self.inline(inline);
        }
    }

    fn inline(&mut self, inline: &Inline) {
        match &inline.kind {
            InlineKind::Text(text) | InlineKind::Code(text) => self.counted(text),
            InlineKind::LineBreak => {
                self.position += 1;
                self.out.push('\n');
            }
            InlineKind::Styled(style, content) => self.styled(*style, content),
            InlineKind::Span { content, .. } => self.inlines(content),
            InlineKind::Abbreviation { expansion, content } => {
                self.inlines(content);
                self.signs.put(Sign::Expansion);
                self.out.push_str(" (");
                self.plain(expansion);
                self.out.push(')');
            }
            InlineKind::Link { target, content, .. } => {
                self.inlines(content);
                if let Target::Outside(address) = target {
                    self.link(address, content);
                }
            }
            InlineKind::PageReference { target, content } => self.page_reference(target, content),
            InlineKind::Picture(picture) => {
                if let Some(words) = self.picture(picture) {
                    self.apart(&words);
                }
            }
            InlineKind::NoteCall(id) => self.call(*id),
            InlineKind::Anchor(_) => {}
        }
    }

    /// Raised and lowered digits would change a number's value: `2^32`, not 232.
    fn styled(&mut self, style: Style, content: &[Inline]) {
        let digits = || {
            let text = plain_text(content);
            !text.is_empty() && text.chars().all(|c| c.is_ascii_digit() || matches!(c, '+' | '-' | '−'))
        };
        match style {
            Style::Superscript if digits() => self.sign('^', Sign::Raised),
            Style::Subscript if digits() => self.sign('_', Sign::Lowered),
            Style::Emphasis if self.manner.seen() && !self.emphasised && speaks(content) => {
                return self.emphasis(content);
            }
            Style::Superscript
            | Style::Subscript
            | Style::Emphasis
            | Style::Strong
            | Style::Strike
            | Style::SmallCaps
            | Style::Small
            | Style::Keyboard => {}
        }
        self.inlines(content);
    }

    fn sign(&mut self, sign: char, means: Sign) {
        self.out.push(sign);
        self.signs.put(means);
    }

    /// Words between `_`: once, however many kinds of emphasis are within each other.
    fn emphasis(&mut self, content: &[Inline]) {
        if self.referred.take() == Some(self.out.len()) {
            self.out.push(' ');
        }
        self.sign('_', Sign::Emphasis);
        self.emphasised = true;
        self.inlines(content);
        self.emphasised = false;
        self.out.push('_');
    }

    /// The addresses to be listed now, by their numbers.
    pub(super) fn addresses(&mut self) -> BTreeMap<usize, String> {
        std::mem::take(&mut self.due)
    }

    /// A new chapter begins, which numbers its addresses anew.
    pub(super) fn forget_addresses(&mut self) {
        self.links.clear();
    }

    /// The number of an address; none when the text is the address.
    fn link(&mut self, address: &str, content: &[Inline]) {
        let text = plain_text(content);
        let bare = address.strip_prefix("mailto:").unwrap_or(address);
        if self.bare || text.trim() == bare || text.trim() == address {
            return;
        }
        self.told += 1;
        let next = self.links.len() + 1;
        let number = *self.links.entry(address.to_owned()).or_insert(next);
        self.due.insert(number, address.to_owned());
        self.signs.put(Sign::Link);
        self.apart(&bracketed(&with(self.words.link, &number.to_string())));
    }

    /// "page 41" when print has pages, else the words of the reference.
    fn page_reference(&mut self, target: &Target, content: &[Inline]) {
        let label = match target {
            Target::Inside(id) => {
                self.layout.anchors.get(id).map(|place| self.layout.pagination.label(place.page))
            }
            Target::Outside(_) | Target::Nowhere => None,
        };
        // A letter may end in an accent of its own.
        if self.out.ends_with(|c: char| c.is_alphanumeric() || c.width() == Some(0)) {
            self.out.push(' ');
        }
        match label.filter(|label| self.manner.pages() && !label.is_empty()) {
            Some(label) => self.out.push_str(&with(self.words.page, label).replace(' ', GLUE)),
            None => {
                let (marks, position) = (std::mem::take(&mut self.marks), self.position);
                self.inlines(content);
                (self.marks, self.position) = (marks, position);
            }
        }
        self.referred = Some(self.out.len());
    }

    /// `[Image: …]`; decoration isn't said.
    pub(super) fn picture(&mut self, picture: &Picture) -> Option<String> {
        let alt = picture.alt.as_deref()?.split_whitespace().collect::<Vec<_>>().join(" ");
        let safe: String = alt.chars().filter(|c| !c.is_control()).collect();
        self.signs.put(Sign::Image);
        Some(format!("[{}]", with(self.words.image, &safe)))
    }

    fn call(&mut self, id: NoteId) {
        let Some(note) = self.book.note(id).filter(|_| !self.bare) else { return };
        self.told += 1;
        let words = bracketed(&with(self.words.note, &note.number.to_string()));
        if self.known.insert(id) {
            self.notes.push(id);
        }
        self.signs.put(Sign::Note);
        self.apart(&words);
    }
}

/// A character of the author's; controls mean something only to this edition.
pub(super) fn visible(c: char) -> char {
    if c.is_control() { ' ' } else { c }
}

/// Whether emphasised content has words to be emphasised.
fn speaks(content: &[Inline]) -> bool {
    plain_text(content).contains(|c: char| !c.is_whitespace())
}

/// In brackets, never torn apart.
pub(super) fn bracketed(words: &str) -> String {
    format!("[{}]", words.replace(' ', GLUE))
}
