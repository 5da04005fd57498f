//! Leaves of text as XHTML, with the page break markers at their exact places.
//!
//! Enters: a leaf and the marks within it. Leaves: XHTML on the [`Pen`]'s paper.
//! Promise: the words are those of the book, each once; a marker stands where the page begins in
//! print; a link never stands in a link.

use super::pen::Pen;
use super::xml::{Attribute, address, attr};
use crate::layout::Mark;
use crate::model::{Inline, InlineKind, LeafId, Picture, Style, Target, Text};

impl Pen<'_> {
    /// A leaf and its page marks.
    pub(super) fn leaf(&mut self, text: &Text) {
        self.begin(text.leaf);
        self.inlines(&text.content);
        self.end();
    }

    /// A leaf of code.
    pub(super) fn code_leaf(&mut self, leaf: LeafId, code: &str) {
        self.begin(leaf);
        self.counted(code);
        self.end();
    }

    /// Writes the markers of pages that begin with a leaf: before the element that has its name from the leaf's words,
    /// where who listens would hear a marker's label as a part of the name.
    pub(super) fn pages_before(&mut self, leaf: LeafId) {
        let first = self.job.pagination.marks_in(leaf).iter().filter(|mark| mark.offset == 0);
        let marks: Vec<Mark> = std::mem::take(&mut self.carried).into_iter().chain(first.copied()).collect();
        marks.into_iter().for_each(|mark| self.page_break(mark));
    }

    /// Writes the markers that are due at this place of the leaf.
    fn pages_here(&mut self) {
        while let Some((mark, rest)) = self.marks.split_first() {
            if mark.offset > self.position {
                break;
            }
            self.page_break(*mark);
            self.marks = rest;
        }
    }

    fn begin(&mut self, leaf: LeafId) {
        self.position = 0;
        self.spans = (self.spans.0 + 1, 0);
        self.marks = self.job.pagination.marks_in(leaf);
        for mark in std::mem::take(&mut self.carried) {
            self.page_break(mark);
        }
    }

    fn end(&mut self) {
        for mark in std::mem::take(&mut self.marks) {
            self.page_break(*mark);
        }
    }

    /// Marks of a leaf that this edition doesn't have: they wait for the next one.
    pub(super) fn carry(&mut self, leaf: LeafId) {
        self.carried.extend_from_slice(self.job.pagination.marks_in(leaf));
    }

    /// Writes a marker.
    pub(super) fn page_break(&mut self, mark: Mark) {
        let Some((id, label)) = self.job.pages.get(&mark.page) else { return };
        if self.pages.contains(&mark.page) {
            return;
        }
        self.pages.push(mark.page);
        let attributes = [
            attr("epub:type", "pagebreak"),
            attr("role", "doc-pagebreak"),
            attr("id", id.as_str()),
            attr("aria-label", label.as_str()),
        ];
        self.xml.empty("span", &attributes);
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
            self.said(text.get(done..at).unwrap_or_default());
            self.page_break(*mark);
            self.marks = rest;
            done = at;
        }
        self.said(text.get(done..).unwrap_or_default());
        self.position += text.len();
    }

    fn inlines(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            self.inline(inline);
        }
    }

    fn within(&mut self, name: &str, attributes: &[Attribute<'_>], content: &[Inline]) {
        self.xml.open(name, attributes);
        self.inlines(content);
        self.xml.close(name);
    }

    fn inline(&mut self, inline: &Inline) {
        match &inline.kind {
            InlineKind::Text(words) => self.counted(words),
            InlineKind::Code(code) => {
                let direction: Vec<Attribute<'_>> = self.code_direction().into_iter().collect();
                self.xml.open("code", &direction);
                self.counted(code);
                self.xml.close("code");
            }
            InlineKind::LineBreak => {
                self.pages_here();
                self.xml.empty("br", &[]);
                self.position += 1;
            }
            InlineKind::Styled(style, content) => self.styled(*style, content),
            InlineKind::Span { name, lang, content } => {
                let mut attributes = Vec::new();
                attributes.extend(name.iter().map(|id| attr("id", id.0.as_str())));
                self.language(lang.as_ref(), &mut attributes);
                self.within("span", &attributes, content);
            }
            InlineKind::Abbreviation { expansion, content } => {
                self.within("abbr", &[attr("title", expansion.as_str())], content);
            }
            InlineKind::Link { target, title, content } => self.link(target, title.as_deref(), content),
            InlineKind::PageReference { target, content } => {
                // Its words are not part of the leaf's plain text, so no mark stands in them.
                let (marks, position) = (std::mem::take(&mut self.marks), self.position);
                self.link(target, None, content);
                (self.marks, self.position) = (marks, position);
            }
            InlineKind::Picture(picture) => self.picture(picture, "inline"),
            InlineKind::NoteCall(note) => self.call(*note),
            InlineKind::Anchor(Some(id)) => {
                self.xml.empty("span", &[attr("id", id.0.as_str())]);
            }
            InlineKind::Anchor(None) => {}
        }
    }

    fn styled(&mut self, style: Style, content: &[Inline]) {
        match style {
            Style::Emphasis => self.within("em", &[], content),
            Style::Strong => self.within("strong", &[], content),
            Style::Strike => self.within("s", &[], content),
            Style::Superscript => self.within("sup", &[], content),
            Style::Subscript => self.within("sub", &[], content),
            Style::SmallCaps => self.within("span", &[attr("class", "smallcaps")], content),
            Style::Small => self.within("small", &[], content),
            Style::Keyboard => self.within("kbd", &[], content),
        }
    }

    fn link(&mut self, target: &Target, title: Option<&str>, content: &[Inline]) {
        let href = match target {
            Target::Inside(id) => self.job.plan.href(&id.0, self.at),
            Target::Outside(url) => address(url),
            Target::Nowhere => None,
        };
        let Some(href) = href.filter(|_| !self.in_link && !content.is_empty()) else {
            self.inlines(content);
            return;
        };
        let mut attributes = vec![attr("href", href)];
        attributes.extend(title.filter(|t| !t.is_empty()).map(|title| attr("title", title)));
        self.pages_here();
        self.in_link = true;
        self.within("a", &attributes, content);
        self.in_link = false;
        for note in std::mem::take(&mut self.deferred) {
            self.call(note);
        }
    }

    /// An image; `class` says whether it stands in a line.
    pub(super) fn picture(&mut self, picture: &Picture, class: &'static str) {
        let Some(name) = self.job.images.get(&picture.image) else { return };
        let mut attributes = vec![
            attr("class", class),
            attr("src", format!("../{name}")),
            attr("alt", picture.alt.as_deref().unwrap_or_default()),
        ];
        if picture.alt.is_none() {
            attributes.push(attr("role", "presentation"));
        }
        attributes.extend(picture.width.map(|percent| attr("style", format!("width: {percent}%"))));
        self.xml.empty("img", &attributes);
    }
}
