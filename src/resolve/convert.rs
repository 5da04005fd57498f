//! Nodes of the draft to nodes of the book.
//!
//! Enters: the tree with final names and numbers, the notes, the images. Leaves: [`BookParts`]
//! without leaf numbers and outline. Promise: no word is lost on the way; what can't be resolved is
//! text, and is said. Depth is bounded by `markdown`'s cap, so recursion is safe.

mod inlines;

use super::images::{self, Images};
use super::labels;
use super::links::Finder;
use super::names::Names;
use super::notes::{CalledNote, Notes};
use super::sections::{Chunk, OpenSection, Tree};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::model::{
    Block, BlockKind, BookParts, Definition, Id, ImageId, Inline, Language, ListItem, Metadata, Note, NoteId,
    Open, OpenAttributes, OpenPicture, Outline, Picture, Row, Section, SectionId, Table, Text,
};
use crate::sources::Sources;
use crate::span::Span;
use std::collections::BTreeMap;

/// What the conversion needs to know.
struct Converter<'a> {
    finder: Finder<'a>,
    paths: &'a [String],
    called: &'a BTreeMap<(usize, String), NoteId>,
    images: &'a BTreeMap<String, ImageId>,
    title: &'a str,
    diagnostics: &'a mut Diagnostics,
    /// The source that is converted.
    source: usize,
    next_section: u32,
    /// What is converted is a section's title: contents and bookmarks repeat it before pages have numbers.
    titling: bool,
}

/// Converts everything.
pub(super) fn convert(
    tree: Tree,
    notes: Notes,
    names: &Names,
    images: Images,
    metadata: Metadata,
    sources: &Sources,
    diagnostics: &mut Diagnostics,
) -> BookParts {
    let base_url = sources.settings.base_url.as_ref().map(|url| url.value.as_str());
    let Notes { list, called } = notes;
    let mut converter = Converter {
        finder: Finder { names, paths: &tree.paths, base_url, hints: 100 },
        paths: &tree.paths,
        called: &called,
        images: &images.by_path,
        title: &metadata.title,
        diagnostics,
        source: 0,
        next_section: 0,
        titling: false,
    };
    let opening = converter.chunks(tree.opening);
    let sections: Vec<Section> =
        tree.sections.into_iter().map(|section| converter.section(section)).collect();
    let mut languages = Vec::new();
    collect_languages(&sections, &mut languages);
    let notes = list.into_iter().map(|note| converter.note(note, &languages)).collect();
    BookParts {
        metadata,
        opening,
        sections,
        notes,
        images: images.list,
        cover: images.cover,
        outline: Outline::default(),
        leaves: 0,
    }
}

/// The language of each section, in reading order.
fn collect_languages(sections: &[Section], found: &mut Vec<Option<Language>>) {
    for section in sections {
        found.push(section.lang.clone());
        collect_languages(&section.children, found);
    }
}

/// The final id of a name.
fn id(name: OpenAttributes) -> Option<Id> {
    name.id.map(Id)
}

impl Converter<'_> {
    fn chunks(&mut self, chunks: Vec<Chunk>) -> Vec<Block> {
        let mut blocks = Vec::new();
        for chunk in chunks {
            self.source = chunk.source;
            blocks.extend(self.blocks(chunk.blocks));
        }
        blocks
    }

    fn section(&mut self, mut open: OpenSection) -> Section {
        // Only now, when ids were made of the whole title.
        labels::cut(&mut open);
        let number = self.next_section;
        self.next_section += 1;
        self.source = open.source;
        // Every section was given an id; the fallback only says so to the compiler.
        let anchor = id(open.name).unwrap_or_else(|| Id(format!("section-{number}")));
        self.titling = true;
        let title = self.text(open.title);
        self.titling = false;
        let blocks = self.chunks(open.chunks);
        let children = open.children.into_iter().map(|child| self.section(child)).collect();
        Section {
            id: SectionId(number),
            anchor,
            span: open.span,
            level: open.level,
            rank: open.rank,
            role: open.role,
            matter: open.matter,
            number: open.number,
            label: open.label,
            title,
            lang: open.lang,
            blocks,
            children,
        }
    }

    /// A note; one that a section in another language calls first is in that language, as the text
    /// around it was when the author wrote it.
    fn note(&mut self, called: CalledNote, languages: &[Option<Language>]) -> Note {
        self.source = called.source;
        let mut blocks = self.blocks(called.note.blocks);
        let lang = called.section.and_then(|at| languages.get(at as usize).cloned().flatten());
        for block in &mut blocks {
            block.lang = block.lang.take().or_else(|| lang.clone());
        }
        Note {
            anchor: called.anchor,
            number: called.number,
            section: called.section.map(SectionId),
            span: called.note.span,
            blocks,
        }
    }

    fn blocks(&mut self, blocks: Vec<Block<Open>>) -> Vec<Block> {
        blocks.into_iter().map(|block| self.block(block)).collect()
    }

    fn block(&mut self, block: Block<Open>) -> Block {
        let Block { span, name, lang, only, kind } = block;
        Block { span, name: id(name), lang, only, kind: self.kind(kind, span) }
    }

    fn kind(&mut self, kind: BlockKind<Open>, span: Span) -> BlockKind {
        match kind {
            BlockKind::Paragraph(text) => BlockKind::Paragraph(self.text(text)),
            BlockKind::Attribution(text) => BlockKind::Attribution(self.text(text)),
            BlockKind::Heading { level, text } => BlockKind::Heading { level, text: self.text(text) },
            BlockKind::Quote(inner) => BlockKind::Quote(self.blocks(inner)),
            BlockKind::Alert { kind, title, blocks } => {
                let title = title.map(|title| self.text(title));
                BlockKind::Alert { kind, title, blocks: self.blocks(blocks) }
            }
            BlockKind::List { numbering, tight, items } => {
                let items = items.into_iter().map(|item| self.item(item)).collect();
                BlockKind::List { numbering, tight, items }
            }
            BlockKind::Definitions(list) => {
                BlockKind::Definitions(list.into_iter().map(|entry| self.definition(entry)).collect())
            }
            BlockKind::Code { language, leaf: (), text } => {
                if text.trim().is_empty() {
                    let message = "this block of code has no lines";
                    let hint = "write some, or take it out; the PDF leaves it out meanwhile";
                    self.diagnostics.push(Diagnostic::new(Code::EmptyCode, span, message).hint(hint));
                }
                BlockKind::Code { language, leaf: crate::model::LeafId::default(), text }
            }
            BlockKind::Table(table) => BlockKind::Table(self.table(table)),
            BlockKind::Figure { picture, label, caption, place } => {
                let caption = caption.map(|caption| self.text(caption));
                let alt = picture.alt.clone();
                match self.picture(picture, span) {
                    Some(picture) => BlockKind::Figure { picture, label, caption, place },
                    None => BlockKind::Paragraph(
                        // Without its image, a paragraph of its words.
                        caption
                            .unwrap_or_else(|| Text::new(vec![Inline::text(span, alt.unwrap_or_default())])),
                    ),
                }
            }
            BlockKind::SceneBreak => BlockKind::SceneBreak,
            BlockKind::PageBreak => BlockKind::PageBreak,
            BlockKind::Verse(stanzas) => BlockKind::Verse(
                stanzas
                    .into_iter()
                    .map(|stanza| stanza.into_iter().map(|line| self.text(line)).collect())
                    .collect(),
            ),
            BlockKind::Division(division, inner) => BlockKind::Division(division, self.blocks(inner)),
        }
    }

    fn item(&mut self, item: ListItem<Open>) -> ListItem {
        ListItem { span: item.span, task: item.task, blocks: self.blocks(item.blocks) }
    }

    fn definition(&mut self, entry: Definition<Open>) -> Definition {
        let term = self.text(entry.term);
        let details = entry.details.into_iter().map(|detail| self.blocks(detail)).collect();
        Definition { span: entry.span, term, details }
    }

    fn table(&mut self, table: Table<Open>) -> Table {
        let Table { columns, head, rows, label, caption } = table;
        let caption = caption.map(|caption| self.text(caption));
        let head = self.row(head);
        let rows = rows.into_iter().map(|row| self.row(row)).collect();
        Table { columns, head, rows, label, caption }
    }

    fn row(&mut self, row: Row<Open>) -> Row {
        Row { span: row.span, cells: row.cells.into_iter().map(|cell| self.text(cell)).collect() }
    }

    /// The picture, if its image could be read.
    fn picture(&mut self, picture: OpenPicture, span: Span) -> Option<Picture> {
        let words = |alt: &String| alt.split_whitespace().collect::<Vec<_>>().join(" ");
        let alt = picture.alt.as_ref().map(words).filter(|alt| !alt.is_empty() && !picture.decorative);
        if alt.is_none() && !picture.decorative {
            self.diagnostics.push(
                Diagnostic::new(
                    Code::MissingAlt,
                    span,
                    format!("the image `{}` says nothing to those who can't see it", picture.path),
                )
                .hint("say what it shows between the brackets, or add `{.decorative}`; it is taken for decoration"),
            );
        }
        let path = self.paths.get(self.source).map_or("", String::as_str);
        let image = self.images.get(&images::key(path, &picture.path)).copied()?;
        Some(Picture { image, alt, decorative: picture.decorative, width: picture.width })
    }
}
