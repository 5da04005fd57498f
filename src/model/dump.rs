//! A draft as text to read: one line a node, for tests and for finding out why a book is as it is.
//!
//! Enters: a draft and its files. Leaves: lines, indented by depth, each with its place. Promise:
//! two drafts with the same dump say the same at the same places.

use crate::model::{
    Block, BlockKind, Definition, Draft, Inline, InlineKind, ListItem, Numbering, Only, Open, OpenAttributes,
    OpenPicture, Row, Text,
};
use crate::span::{Files, Span};
use std::fmt::Write;

/// The draft, source by source, notes after the blocks of their source.
#[must_use]
pub fn dump(draft: &Draft, files: &Files) -> String {
    let mut out = Dump { files, text: String::new(), depth: 0 };
    for source in &draft.sources {
        let path = files.get(source.file).map_or("", |file| file.path.as_str());
        out.plain(&format!("source {path}"));
        out.within(|out| out.blocks(&source.blocks));
        for note in &source.notes {
            out.line(&format!("note {:?}", note.label), note.span);
            out.within(|out| out.blocks(&note.blocks));
        }
    }
    out.text
}

struct Dump<'f> {
    files: &'f Files,
    text: String,
    depth: usize,
}

impl Dump<'_> {
    fn within(&mut self, inner: impl FnOnce(&mut Self)) {
        self.depth += 1;
        inner(self);
        self.depth -= 1;
    }

    fn plain(&mut self, words: &str) {
        // Writing to a string can't fail.
        let _ = writeln!(self.text, "{:indent$}{words}", "", indent = self.depth * 2);
    }

    fn line(&mut self, words: &str, span: Span) {
        let Some(file) = self.files.get(span.file) else {
            return self.plain(&format!("{words}  -"));
        };
        let (start, end) = (file.place(span.start as usize), file.place(span.end as usize));
        self.plain(&format!("{words}  {}:{}-{}:{}", start.line, start.column, end.line, end.column));
    }

    fn blocks(&mut self, blocks: &[Block<Open>]) {
        blocks.iter().for_each(|block| self.block(block));
    }

    fn head(&mut self, block: &Block<Open>, words: &str) {
        let mut words = words.to_owned() + &name(&block.name);
        if let Some(lang) = &block.lang {
            words += &format!(" lang:{}", lang.tag());
        }
        if block.only != Only::default() {
            let Only { print, epub, text } = block.only;
            words += &format!(" only:print={print},epub={epub},text={text}");
        }
        self.line(&words, block.span);
    }

    fn block(&mut self, block: &Block<Open>) {
        match &block.kind {
            BlockKind::Paragraph(text) => self.leaf(block, "paragraph", text),
            BlockKind::Attribution(text) => self.leaf(block, "attribution", text),
            BlockKind::Heading { level, text } => self.leaf(block, &format!("heading {level}"), text),
            BlockKind::Quote(blocks) => self.nest(block, "quote", blocks),
            BlockKind::Alert { kind, title, blocks } => {
                self.head(block, &format!("alert {kind:?}"));
                self.part("title", title.as_ref());
                self.within(|out| out.blocks(blocks));
            }
            BlockKind::List { numbering, tight, items } => self.list(block, *numbering, *tight, items),
            BlockKind::Definitions(definitions) => self.definitions(block, definitions),
            BlockKind::Code { language, leaf: (), text } => {
                let language = language.as_ref().map_or(String::new(), |word| format!(" {word}"));
                self.head(block, &format!("code{language} {text:?}"));
            }
            BlockKind::Table(table) => {
                self.head(block, &format!("table {:?}", table.columns));
                self.part("caption", table.caption.as_ref());
                self.row("head", &table.head);
                table.rows.iter().for_each(|row| self.row("row", row));
            }
            BlockKind::Figure { picture, label: _, caption, place } => {
                let place = place.map_or(String::new(), |place| format!(" {place:?}"));
                self.head(block, &format!("figure{}{place}", shown(picture)));
                self.part("caption", caption.as_ref());
            }
            BlockKind::SceneBreak => self.head(block, "scene break"),
            BlockKind::PageBreak => self.head(block, "page break"),
            BlockKind::Verse(stanzas) => {
                self.head(block, "verse");
                for stanza in stanzas {
                    self.within(|out| {
                        out.plain("stanza");
                        stanza.iter().for_each(|line| out.part("line", Some(line)));
                    });
                }
            }
            BlockKind::Division(division, blocks) => {
                self.nest(block, &format!("division {division:?}"), blocks)
            }
        }
    }

    fn list(&mut self, block: &Block<Open>, numbering: Numbering, tight: bool, items: &[ListItem<Open>]) {
        let marks = match numbering {
            Numbering::Bullet => "bullets".to_owned(),
            Numbering::Number { start, parenthesis } => {
                format!("from {start}{}", if parenthesis { ")" } else { "." })
            }
        };
        self.head(block, &format!("list {marks}{}", if tight { " tight" } else { "" }));
        self.within(|out| {
            for item in items {
                let task = item.task.map_or("", |done| if done { " done" } else { " to do" });
                out.line(&format!("item{task}"), item.span);
                out.within(|out| out.blocks(&item.blocks));
            }
        });
    }

    fn definitions(&mut self, block: &Block<Open>, definitions: &[Definition<Open>]) {
        self.head(block, "definitions");
        self.within(|out| {
            for definition in definitions {
                out.line("definition", definition.span);
                out.part("term", Some(&definition.term));
                for detail in &definition.details {
                    out.within(|out| {
                        out.plain("detail");
                        out.within(|out| out.blocks(detail));
                    });
                }
            }
        });
    }

    fn leaf(&mut self, block: &Block<Open>, words: &str, text: &Text<Open>) {
        self.head(block, words);
        self.within(|out| out.inlines(&text.content));
    }

    fn nest(&mut self, block: &Block<Open>, words: &str, blocks: &[Block<Open>]) {
        self.head(block, words);
        self.within(|out| out.blocks(blocks));
    }

    fn part(&mut self, words: &str, text: Option<&Text<Open>>) {
        if let Some(text) = text {
            self.within(|out| {
                out.plain(words);
                out.within(|out| out.inlines(&text.content));
            });
        }
    }

    fn row(&mut self, words: &str, row: &Row<Open>) {
        self.within(|out| {
            out.line(words, row.span);
            row.cells.iter().for_each(|cell| out.part("cell", Some(cell)));
        });
    }

    fn inlines(&mut self, inlines: &[Inline<Open>]) {
        inlines.iter().for_each(|inline| self.inline(inline));
    }

    fn inline(&mut self, inline: &Inline<Open>) {
        let words = match &inline.kind {
            InlineKind::Text(words) => format!("{words:?}"),
            InlineKind::Code(words) => format!("code {words:?}"),
            InlineKind::LineBreak => "line break".to_owned(),
            InlineKind::Styled(style, _) => format!("{style:?}").to_lowercase(),
            InlineKind::Span { name: own, lang, content: _ } => {
                let lang = lang.as_ref().map_or(String::new(), |lang| format!(" lang:{}", lang.tag()));
                format!("span{}{lang}", name(own))
            }
            InlineKind::Abbreviation { expansion, content: _ } => format!("abbreviation of {expansion:?}"),
            InlineKind::Link { target, title, content: _ } => {
                let title = title.as_ref().map_or(String::new(), |title| format!(" titled {title:?}"));
                format!("link to {:?}{title}", target.href)
            }
            InlineKind::PageReference { target, content: _ } => format!("page of {:?}", target.href),
            InlineKind::Picture(picture) => format!("picture{}", shown(picture)),
            InlineKind::NoteCall(label) => format!("call of {label:?}"),
            InlineKind::Anchor(own) => format!("anchor{}", name(own)),
        };
        self.line(&words, inline.span);
        self.within(|out| out.inlines(inline.content()));
    }
}

fn name(attributes: &OpenAttributes) -> String {
    let mut words = String::new();
    if let Some(id) = &attributes.id {
        words += &format!(" #{id}");
    }
    attributes.classes.iter().for_each(|class| words += &format!(" .{class}"));
    attributes.pairs.iter().for_each(|(key, value)| words += &format!(" {key}={value:?}"));
    words
}

fn shown(picture: &OpenPicture) -> String {
    let alt = picture.alt.as_ref().map_or(String::new(), |alt| format!(" alt:{alt:?}"));
    let width = picture.width.map_or(String::new(), |width| format!(" width:{width}%"));
    format!(" {:?}{alt}{width}{}", picture.path, if picture.decorative { " decorative" } else { "" })
}
