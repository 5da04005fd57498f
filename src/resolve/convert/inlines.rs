//! Inlines: links, cross-references, calls and pictures.
//!
//! Enters: open inlines. Leaves: resolved ones. Promise: a link always has words: the author's, else
//! the label or title of what it leads to, else its address.

use super::{Converter, id};
use crate::diagnostics::{Code, Diagnostic};
use crate::model::{Id, Inline, InlineKind, Open, OpenTarget, Target, Text, plain_text, walk_inlines};
use crate::resolve::links::Found;
use crate::resolve::names::Named;
use crate::span::Span;

impl Converter<'_> {
    pub(super) fn text(&mut self, text: Text<Open>) -> Text {
        Text::new(self.inlines(text.content))
    }

    fn inlines(&mut self, content: Vec<Inline<Open>>) -> Vec<Inline> {
        content.into_iter().map(|inline| self.inline(inline)).collect()
    }

    fn inline(&mut self, inline: Inline<Open>) -> Inline {
        let span = inline.span;
        let kind = match inline.kind {
            InlineKind::Text(words) => InlineKind::Text(words),
            InlineKind::Code(code) => InlineKind::Code(code),
            InlineKind::LineBreak => InlineKind::LineBreak,
            InlineKind::Styled(style, content) => InlineKind::Styled(style, self.inlines(content)),
            InlineKind::Span { name, lang, content } => {
                InlineKind::Span { name: id(name), lang, content: self.inlines(content) }
            }
            InlineKind::Abbreviation { expansion, content } => {
                InlineKind::Abbreviation { expansion, content: self.inlines(content) }
            }
            InlineKind::Link { target, title, content } => {
                let (target, content) = self.link(target, content, span);
                InlineKind::Link { target, title, content }
            }
            InlineKind::PageReference { target, content } => {
                let (target, content) = self.link(target, content, span);
                // Only places in the book have pages.
                match target {
                    Target::Inside(_) if self.titling => {
                        self.diagnostics.push(
                            Diagnostic::new(Code::UnknownAttribute, span, "a heading can't say a page's number")
                                .hint("refer to the page in the text under it; here it is a link with the target's title"),
                        );
                        InlineKind::Link { target, title: None, content }
                    }
                    Target::Inside(_) => InlineKind::PageReference { target, content },
                    Target::Outside(_) | Target::Nowhere => InlineKind::Link { target, title: None, content },
                }
            }
            InlineKind::Picture(picture) => {
                let alt = picture.alt.clone().unwrap_or_default();
                match self.picture(picture, span) {
                    Some(picture) => InlineKind::Picture(picture),
                    None => InlineKind::Text(alt),
                }
            }
            InlineKind::NoteCall(label) => self.call(label, span),
            InlineKind::Anchor(name) => InlineKind::Anchor(id(name)),
        };
        Inline { span, kind }
    }

    fn call(&mut self, label: String, span: Span) -> InlineKind {
        let key = (self.source, label);
        if let Some(note) = self.called.get(&key) {
            return InlineKind::NoteCall(*note);
        }
        let label = key.1;
        self.diagnostics.push(
            Diagnostic::new(Code::MissingNote, span, format!("no note in this file is called `{label}`"))
                .hint("add `[^…]: …` with this label; the call stays as typed"),
        );
        InlineKind::Text(format!("[^{label}]"))
    }

    fn link(&mut self, open: OpenTarget, content: Vec<Inline<Open>>, span: Span) -> (Target, Vec<Inline>) {
        let found = self.finder.find(&open.href, self.source, span, self.diagnostics);
        let mut content = self.inlines(content);
        let speaks = speaks(&content);
        let (target, words) = match found {
            Found::Inside(at) => {
                let named = self.finder.names.get(at).cloned();
                let words = if speaks { String::new() } else { self.words(named.as_ref(), &open.href, span) };
                (self.inside(named, &open.href, span), words)
            }
            Found::Outside(address) => {
                if !speaks {
                    self.empty(
                        span,
                        format!("this link to `{address}` has no words"),
                        "its address is shown",
                    );
                }
                let words = address.strip_prefix("mailto:").unwrap_or(&address).to_owned();
                (Target::Outside(address), words)
            }
            Found::Nowhere => (Target::Nowhere, open.href.clone()),
        };
        if !speaks {
            content.push(Inline::text(span, words));
        }
        (target, content)
    }

    /// The place itself when all editions have it, else the section it stands in.
    fn inside(&mut self, named: Option<Named>, href: &str, span: Span) -> Target {
        let Some(named) = named else { return Target::Nowhere };
        if named.everywhere {
            return Target::Inside(named.id);
        }
        let section = named.section.and_then(|at| self.finder.names.section(at));
        if let Some(section) = section {
            return Target::Inside(Id(section.id.0.clone()));
        }
        self.diagnostics.push(
            Diagnostic::new(Code::DeadLink, span, format!("`{href}` is not in all editions"))
                .hint("link to something outside `only` blocks; the link's words stay as text"),
        );
        Target::Nowhere
    }

    /// What a cross-reference says: the label or title of its target, else of the section around it.
    fn words(&mut self, named: Option<&Named>, href: &str, span: Span) -> String {
        if let Some(words) = named.and_then(|named| named.words.clone()) {
            return words;
        }
        let section = named.and_then(|named| named.section).and_then(|at| self.finder.names.section(at));
        let words =
            section.and_then(|section| section.words.clone()).unwrap_or_else(|| self.title.to_owned());
        let mended = format!("it is called “{words}”, after the section it stands in");
        self.empty(span, format!("`{href}` has neither a number nor a title to be called by"), &mended);
        words
    }

    fn empty(&mut self, span: Span, message: String, mended: &str) {
        let hint = format!("give the link words, `[words](…)`; {mended}");
        self.diagnostics.push(Diagnostic::new(Code::EmptyLink, span, message).hint(hint));
    }
}

/// Whether inlines show anything: words or a picture.
fn speaks(content: &[Inline]) -> bool {
    let mut picture = false;
    walk_inlines(content, &mut |inline| picture |= matches!(inline.kind, InlineKind::Picture(_)));
    picture || !plain_text(content).trim().is_empty()
}
