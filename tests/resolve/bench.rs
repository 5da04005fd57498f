//! What the tests build books with.

use aldine::diagnostics::Diagnostics;
use aldine::markdown::parse;
use aldine::model::{
    Block, BlockKind, Book, Inline, InlineKind, Language, Target, Text, Timestamp, walk_blocks, walk_texts,
};
use aldine::resolve::{Rules, resolve};
use aldine::sources::{Manuscript, Memory, Resources, Settings, Sources, Spanned, read};
use aldine::span::Span;
use std::collections::BTreeSet;

/// A manuscript about to be resolved.
pub(crate) struct Bench {
    memory: Memory,
    texts: Vec<String>,
    pub(crate) numbers: u8,
    /// The book has a title page.
    pub(crate) title_page: bool,
    pub(crate) settings: Settings,
}

/// What came of it.
pub(crate) struct Made {
    pub(crate) book: Book,
    pub(crate) sources: Sources,
    pub(crate) told: Diagnostics,
}

pub(crate) fn set<T>(value: T) -> Option<Spanned<T>> {
    Some(Spanned { value, span: Span::NONE })
}

/// A book called "Book" in English, numbered down to sections, of one file.
pub(crate) fn bench(text: &str) -> Bench {
    files(&[("book.md", text)])
}

pub(crate) fn files(texts: &[(&str, &str)]) -> Bench {
    let mut memory = Memory::new();
    for (path, text) in texts {
        memory = memory.with(*path, *text);
    }
    let settings =
        Settings { title: set("Book".to_owned()), language: set(Language::english()), ..Settings::default() };
    let texts = texts.iter().map(|(path, _)| (*path).to_owned()).collect();
    Bench { memory, texts, numbers: 2, title_page: true, settings }
}

impl Bench {
    pub(crate) fn with(mut self, path: &str, bytes: impl Into<Vec<u8>>) -> Self {
        self.memory = self.memory.with(path, bytes);
        self
    }

    pub(crate) fn language(mut self, tag: &str) -> Self {
        self.settings.language =
            Some(Spanned { value: Language::parse(tag).expect("a tag"), span: Span::NONE });
        self
    }

    pub(crate) fn make(self) -> Made {
        let mut sources = Sources { settings: self.settings, ..Sources::default() };
        for path in &self.texts {
            let bytes = self.memory.read(path).expect("a file just given");
            let text = String::from_utf8(bytes.to_vec()).expect("text");
            let file = sources.files.add(path.as_str(), text);
            sources.list.push(aldine::sources::Source { file, start: 0 });
        }
        finish(sources, &self.memory, (self.numbers, self.title_page), Diagnostics::new())
    }
}

/// Reads and resolves a file of a folder.
pub(crate) fn from(resources: &dyn Resources, path: &str) -> Made {
    let mut told = Diagnostics::new();
    let sources = read(resources, &Manuscript::File(path.to_owned()), &mut told);
    finish(sources, resources, (2, true), told)
}

fn finish(
    sources: Sources,
    resources: &dyn Resources,
    (number_sections, title_page): (u8, bool),
    mut told: Diagnostics,
) -> Made {
    let draft = parse(&sources.files, &sources.list, sources.settings.dialect, &mut told);
    let rules = Rules { number_sections, title_page, ..Rules::default() };
    let book = resolve(draft, &sources, &rules, resources, Timestamp(0), &mut told);
    told.sort();
    holds(&book);
    Made { book, sources, told }
}

impl Made {
    /// `path:line:column code: message | hint`, one a line.
    pub(crate) fn said(&self) -> Vec<String> {
        let place = |span: Span| {
            self.sources.files.get(span.file).map_or("-".to_owned(), |file| {
                let at = file.place(span.start as usize);
                format!("{}:{}:{}", file.path, at.line, at.column)
            })
        };
        let line = |d: &aldine::diagnostics::Diagnostic| {
            assert!(d.hint.is_some(), "{} has no hint", d.code.name());
            assert!(!d.message.ends_with('.'), "{}", d.message);
            let mut line = format!("{} {}: {}", place(d.span), d.code.name(), d.message);
            for (span, word) in &d.related {
                line.push_str(&format!(" ({word}: {})", place(*span)));
            }
            line
        };
        self.told.iter().map(line).collect()
    }

    pub(crate) fn hints(&self) -> Vec<&str> {
        self.told.iter().filter_map(|d| d.hint.as_deref()).collect()
    }

    pub(crate) fn codes(&self) -> Vec<&'static str> {
        self.told.iter().map(|d| d.code.name()).collect()
    }
}

/// What is true of every book.
pub(crate) fn holds(book: &Book) {
    let mut seen = Seen::default();
    seen.blocks(&book.opening);
    let mut last = 0;
    let sections = book.all_sections();
    assert_eq!(sections.len(), book.outline.entries.len());
    for (at, (section, entry)) in sections.iter().zip(&book.outline.entries).enumerate() {
        assert_eq!(section.id.0 as usize, at);
        assert!(section.level <= last + 1, "level {last} then {}", section.level);
        last = section.level;
        assert!(!section.title_text().is_empty(), "a title is empty");
        assert_eq!(
            (entry.section, &entry.anchor, entry.level, entry.rank, &entry.number, &entry.title),
            (
                section.id,
                &section.anchor,
                section.level,
                section.rank,
                &section.number,
                &section.title_text()
            )
        );
        assert_eq!((entry.role, entry.matter), (section.role, section.matter));
        seen.id(&section.anchor.0);
        seen.text(&section.title);
        seen.blocks(&section.blocks);
    }
    for note in &book.notes {
        seen.id(&note.anchor.0);
        seen.blocks(&note.blocks);
    }
    for target in &seen.targets {
        assert!(seen.ids.contains(target), "`{target}` is led to and isn't there");
    }
    assert!(seen.notes.iter().all(|note| (*note as usize) < book.notes.len()));
    assert!(seen.images.iter().all(|image| (*image as usize) < book.images.len()));
    assert_eq!(seen.leaves, (0..book.leaves).collect::<Vec<_>>());
}

#[derive(Default)]
struct Seen {
    ids: BTreeSet<String>,
    folded: BTreeSet<String>,
    targets: BTreeSet<String>,
    notes: BTreeSet<u32>,
    images: BTreeSet<u32>,
    leaves: Vec<u32>,
}

impl Seen {
    fn id(&mut self, id: &str) {
        assert!(self.folded.insert(id.to_lowercase()), "the id `{id}` is given twice");
        assert!(id.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_'), "`{id}`");
        assert!(id.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_'), "`{id}`");
        self.ids.insert(id.to_owned());
    }

    fn text(&mut self, text: &Text) {
        self.leaves.push(text.leaf.0);
        self.inlines(&text.content);
    }

    fn inlines(&mut self, list: &[Inline]) {
        for inline in list {
            match &inline.kind {
                InlineKind::Span { name: Some(id), .. } | InlineKind::Anchor(Some(id)) => self.id(&id.0),
                InlineKind::Link { target, content, .. } | InlineKind::PageReference { target, content } => {
                    assert!(!content.is_empty(), "a link without words");
                    if let Target::Inside(id) = target {
                        self.targets.insert(id.0.clone());
                    }
                }
                InlineKind::NoteCall(note) => {
                    self.notes.insert(note.0);
                }
                InlineKind::Picture(picture) => {
                    self.images.insert(picture.image.0);
                }
                _ => {}
            }
            self.inlines(inline.content());
        }
    }

    /// Leaves in the order the model documents: that of its walks, with code at its place.
    fn blocks(&mut self, list: &[Block]) {
        for block in list {
            let mut leaves = Vec::new();
            walk_texts(std::slice::from_ref(block), &mut |text| leaves.push(text.leaf.0));
            assert!(leaves.is_sorted(), "{leaves:?} are not in the order of the walk");
            walk_blocks(std::slice::from_ref(block), &mut |inner| {
                if let Some(id) = &inner.name {
                    self.id(&id.0);
                }
                if let BlockKind::Code { leaf, .. } = &inner.kind {
                    leaves.push(leaf.0);
                }
                if let BlockKind::Figure { picture, .. } = &inner.kind {
                    self.images.insert(picture.image.0);
                }
            });
            walk_texts(std::slice::from_ref(block), &mut |text| self.inlines(&text.content));
            leaves.sort_unstable();
            self.leaves.extend(leaves);
        }
    }
}
