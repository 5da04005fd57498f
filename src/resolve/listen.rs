//! What those who hear the book would stumble over.
//!
//! Enters: the resolved parts. Leaves: warnings, each with its place: an alternative text that is a file's name,
//! a link whose words say nothing, a table without a head, an alert that speaks by colour, and, if asked, passages
//! that seem to be in another language. Promise: nothing is changed, and nothing here stops a build.

mod tongues;

use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::model::{
    Block, BlockKind, BookParts, Image, Inline, InlineKind, Language, Picture, Section, Table, Text,
    plain_text, walk_inlines, walk_texts,
};
use crate::phrases::{colour_alone, says_nothing};
use crate::span::Span;

/// Endings of picture files, in small letters.
const ENDINGS: &[&str] =
    &["png", "jpg", "jpeg", "gif", "webp", "svg", "tif", "tiff", "bmp", "heic", "avif", "pdf", "eps", "jxl"];
/// What cameras and programs call files before they number them.
const STEMS: &[&str] =
    &["img", "image", "dsc", "dscn", "dscf", "pxl", "photo", "screenshot", "scan", "figure", "fig"];

/// Tells all of them; `guess` asks for languages as well.
pub(super) fn listen(book: &BookParts, guess: bool, diagnostics: &mut Diagnostics) {
    let language = book.metadata.language.clone();
    let mut listener = Listener { images: &book.images, language, guess, diagnostics };
    listener.blocks(&book.opening);
    book.sections.iter().for_each(|section| listener.section(section));
    book.notes.iter().for_each(|note| listener.blocks(&note.blocks));
}

struct Listener<'a> {
    images: &'a [Image],
    /// Of the words at hand.
    language: Language,
    guess: bool,
    diagnostics: &'a mut Diagnostics,
}

impl Listener<'_> {
    fn tell(&mut self, code: Code, span: Span, message: String, hint: &str) {
        self.diagnostics.push(Diagnostic::new(code, span, message).hint(hint));
    }

    /// Does something in a language, if it is another one.
    fn within(&mut self, language: Option<&Language>, each: impl FnOnce(&mut Self)) {
        let outer = language.map(|inner| std::mem::replace(&mut self.language, inner.clone()));
        each(self);
        if let Some(outer) = outer {
            self.language = outer;
        }
    }

    fn section(&mut self, section: &Section) {
        self.within(section.lang.as_ref(), |inner| {
            inner.text(&section.title, section.span);
            inner.blocks(&section.blocks);
        });
        section.children.iter().for_each(|child| self.section(child));
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.within(block.lang.as_ref(), |inner| inner.block(block));
        }
    }

    fn block(&mut self, block: &Block) {
        let span = block.span;
        match &block.kind {
            BlockKind::Paragraph(text) | BlockKind::Heading { text, .. } | BlockKind::Attribution(text) => {
                self.text(text, span);
            }
            BlockKind::Quote(inner) | BlockKind::Division(_, inner) => self.blocks(inner),
            BlockKind::Alert { title, blocks, .. } => {
                title.iter().for_each(|title| self.text(title, span));
                self.alert(title.as_ref(), blocks, span);
                self.blocks(blocks);
            }
            BlockKind::List { items, .. } => items.iter().for_each(|item| self.blocks(&item.blocks)),
            BlockKind::Definitions(list) => {
                for definition in list {
                    self.text(&definition.term, definition.span);
                    definition.details.iter().for_each(|detail| self.blocks(detail));
                }
            }
            BlockKind::Table(table) => self.table(table, span),
            BlockKind::Figure { picture, caption, .. } => {
                self.picture(picture, span);
                caption.iter().for_each(|caption| self.text(caption, span));
            }
            BlockKind::Verse(stanzas) => stanzas.iter().flatten().for_each(|line| self.text(line, span)),
            BlockKind::Code { .. } | BlockKind::SceneBreak | BlockKind::PageBreak => {}
        }
    }

    fn table(&mut self, table: &Table, span: Span) {
        table.caption.iter().for_each(|caption| self.text(caption, span));
        if table.head.cells.iter().all(|cell| is_silent(&cell.content)) {
            let hint = "write what each column holds into the first row: whoever hears a cell hears its column's head \
                        before it, and has only its number here";
            self.tell(Code::HeadlessTable, span, "this table has no head".to_owned(), hint);
        }
        let rows = std::iter::once(&table.head).chain(&table.rows);
        rows.for_each(|row| row.cells.iter().for_each(|cell| self.text(cell, row.span)));
    }

    /// The kind of an alert is said in words in all editions; its author's may still depend on colours.
    fn alert(&mut self, title: Option<&Text>, blocks: &[Block], span: Span) {
        let hint = "say it in words as well: many readers see no colours, and print has none";
        if let Some(title) = title
            && !plain_text(&title.content).chars().any(char::is_alphanumeric)
        {
            self.tell(
                Code::ColourOnly,
                span,
                "the title of this alert is a sign without words".to_owned(),
                hint,
            );
        }
        let mut found = Vec::new();
        walk_texts(blocks, &mut |text| {
            let said = plain_text(&text.content);
            let place = text.content.first().map_or(span, |first| first.span);
            let bare = !said.chars().any(char::is_alphanumeric);
            if let Some(sign) = said.chars().find(|&c| bare && is_coloured(c)) {
                found.push((place, format!("“{sign}” says by its colour alone what it means")));
            } else if let Some(words) = colour_alone(&self.language, &said) {
                found.push((place, format!("“{words}” points at a colour that not every reader sees")));
            }
        });
        for (place, message) in found {
            self.tell(Code::ColourOnly, place, message, hint);
        }
    }

    fn text(&mut self, text: &Text, span: Span) {
        self.inlines(&text.content);
        if self.guess {
            for tongues::Guess { place, words, tag } in tongues::guess(&text.content, &self.language) {
                let message = format!("“{words}” seems to be another language: `{tag}`");
                let hint = format!(
                    "mark it, `[…]{{lang={tag}}}`, so that voices pronounce it and lines are divided rightly; this is a guess"
                );
                let place = if place.is_none() { span } else { place };
                self.tell(Code::UnmarkedLanguage, place, message, &hint);
            }
        }
    }

    fn inlines(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            match &inline.kind {
                InlineKind::Picture(picture) => self.picture(picture, inline.span),
                InlineKind::Link { content, .. } => {
                    self.link(content, inline.span);
                    self.inlines(content);
                }
                InlineKind::Span { lang, content, .. } => {
                    self.within(lang.as_ref(), |inner| inner.inlines(content));
                }
                InlineKind::Styled(_, content) | InlineKind::Abbreviation { content, .. } => {
                    self.inlines(content);
                }
                InlineKind::Text(_)
                | InlineKind::Code(_)
                | InlineKind::LineBreak
                | InlineKind::PageReference { .. }
                | InlineKind::NoteCall(_)
                | InlineKind::Anchor(_) => {}
            }
        }
    }

    fn link(&mut self, content: &[Inline], span: Span) {
        let words = plain_text(content);
        if is_silent(content) {
            let hint =
                "say in the picture's alternative text where the link leads: nothing else of it is heard";
            self.tell(Code::EmptyLink, span, "this link is a picture without words".to_owned(), hint);
        } else if says_nothing(&self.language, &words) {
            let message = format!("“{}” doesn't say where this link leads", words.trim());
            let hint = "screen readers list links without the words around them: link the words that name the target";
            self.tell(Code::VagueLink, span, message, hint);
        }
    }

    fn picture(&mut self, picture: &Picture, span: Span) {
        let path = self.images.get(picture.image.0 as usize).map_or("", |image| image.path.as_str());
        if let Some(alt) = picture.alt.as_deref().filter(|alt| is_file_name(alt, path)) {
            let message = format!("“{alt}” is a file's name, not what the image shows");
            let hint = "say what it shows between the brackets, or add `{.decorative}`";
            self.tell(Code::AltFileName, span, message, hint);
        }
    }
}

/// Whether inlines say nothing aloud: no letter, no picture with words.
fn is_silent(content: &[Inline]) -> bool {
    let mut speaks = false;
    walk_inlines(content, &mut |inline| match &inline.kind {
        InlineKind::Picture(picture) => speaks |= picture.alt.is_some(),
        InlineKind::PageReference { .. } => speaks = true,
        InlineKind::Text(_)
        | InlineKind::Code(_)
        | InlineKind::LineBreak
        | InlineKind::Styled(..)
        | InlineKind::Span { .. }
        | InlineKind::Abbreviation { .. }
        | InlineKind::Link { .. }
        | InlineKind::NoteCall(_)
        | InlineKind::Anchor(_) => {}
    });
    !speaks && plain_text(content).trim().is_empty()
}

/// Whether an alternative text is a file's name: the picture's own, or one as cameras and programs give them. A
/// plain word that is also the file's name may well say what is seen.
fn is_file_name(alt: &str, path: &str) -> bool {
    let alt = alt.trim().to_lowercase();
    let name = path.rsplit('/').next().unwrap_or(path).to_lowercase();
    let stem = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem);
    if alt == name || alt == path.to_lowercase() {
        return true;
    }
    if alt.contains(char::is_whitespace) {
        return false;
    }
    let ending = alt.rsplit_once('.').map(|(_, ending)| ending);
    let numbered = alt.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '_' | '-'));
    let is_numbered = numbered.len() < alt.len() && STEMS.contains(&numbered);
    let is_stem = alt == stem && alt.contains(|c: char| c == '_' || c.is_ascii_digit());
    ending.is_some_and(|ending| ENDINGS.contains(&ending)) || is_numbered || is_stem
}

/// Signs that differ from others by their colour.
fn is_coloured(c: char) -> bool {
    matches!(c, '⚪' | '⚫' | '⬛' | '⬜' | '❤' | '\u{1f499}'..='\u{1f49c}' | '\u{1f534}' | '\u{1f535}' | '\u{1f7e0}'..='\u{1f7eb}')
}
