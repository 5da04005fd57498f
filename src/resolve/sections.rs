//! Headings to a tree of sections, and the book's title.
//!
//! Enters: the draft. Leaves: a [`Tree`]: what stands before the first heading, the sections with
//! their levels, ranks and roles, the notes as written. Promise: levels come from the tree and never
//! skip; no block is lost, whichever headings are missing, empty or out of order.

mod guess;

use super::Rules;
use super::labels::{self, Own};
use super::roles::{self, Marks};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::model::{
    Block, BlockKind, Draft, DraftNote, Inline, InlineKind, Language, Matter, Open, OpenAttributes,
    OpenHeading, Role, Text, plain_text, walk_inlines,
};
use crate::phrases::Phrases;
use crate::sources::Sources;
use crate::span::Span;
use std::collections::BTreeSet;

/// The manuscript as sections, its references still open.
#[derive(Debug, Default)]
pub(super) struct Tree {
    /// Text before the first heading.
    pub(super) opening: Vec<Chunk>,
    /// Sections of the first level.
    pub(super) sections: Vec<OpenSection>,
    /// Notes as written, each with the source it stands in.
    pub(super) notes: Vec<(usize, DraftNote)>,
    /// Paths of the sources, normalised.
    pub(super) paths: Vec<String>,
    /// The heading that became the book's title, with the source it stands in.
    pub(super) title: Option<(usize, OpenHeading)>,
}

/// Blocks of one source.
#[derive(Debug)]
pub(super) struct Chunk {
    /// The source, by its place in the draft.
    pub(super) source: usize,
    /// The blocks.
    pub(super) blocks: Vec<Block<Open>>,
}

/// A section whose references are still open.
#[derive(Debug)]
pub(super) struct OpenSection {
    /// The source its heading stands in.
    pub(super) source: usize,
    /// The heading's place.
    pub(super) span: Span,
    /// From 1; never skips.
    pub(super) level: u8,
    /// See [`Section::rank`](crate::model::Section::rank).
    pub(super) rank: u8,
    /// What it is.
    pub(super) role: Role,
    /// Where it stands.
    pub(super) matter: Matter,
    /// The author wants no number.
    pub(super) unnumbered: bool,
    /// Its number, once given.
    pub(super) number: Option<String>,
    /// Its label, once given.
    pub(super) label: Option<String>,
    /// What its title says of its number.
    pub(super) own: Option<Own>,
    /// Its number as those of what is in it begin, once given: "3" also where its own is "III".
    pub(super) counted: Option<String>,
    /// Its title, never empty.
    pub(super) title: Text<Open>,
    /// Its attributes; `id` is the author's, then the final one.
    pub(super) name: OpenAttributes,
    /// Its language, when it differs from the book's.
    pub(super) lang: Option<Language>,
    /// Its text before its first subsection.
    pub(super) chunks: Vec<Chunk>,
    /// Its subsections.
    pub(super) children: Vec<OpenSection>,
}

/// A heading in a row of headings, before the tree is known.
struct Flat {
    source: usize,
    heading: OpenHeading,
    marks: Marks,
    lang: Option<Language>,
    chunks: Vec<Chunk>,
    level: u8,
}

/// Reads the headings at the top of all sources into a tree.
pub(super) fn read(
    draft: Draft,
    sources: &Sources,
    (language, words): (&Language, &Phrases),
    rules: &Rules,
    diagnostics: &mut Diagnostics,
) -> Tree {
    let mut tree = Tree::default();
    let start = sources.list.first().map_or(Span::NONE, |s| Span::new(s.file, s.start..s.start));
    let mut flat = flatten(draft, sources, &mut tree, diagnostics);
    if flat.is_empty() {
        diagnostics.push(
            Diagnostic::new(Code::NoHeading, start, "the manuscript has no heading")
                .hint("begin each chapter with a line like `# Title`; without, the book is one run of text"),
        );
    }
    take_title(&mut flat, sources, &mut tree);
    for entry in &mut flat {
        mend_title(&mut entry.heading, words, diagnostics);
    }
    let title = sources.settings.title.as_ref().map(|title| title.value.as_str());
    guess::guess(&mut flat, title, (language, words), rules);
    set_levels(&mut flat, diagnostics);
    let mut row = flat.into_iter().peekable();
    tree.sections = nest(&mut row, 1);
    let mut reached = Matter::Front;
    for section in &mut tree.sections {
        roles::settle_top(section, &mut reached, language, diagnostics);
    }
    tree.each_mut(&mut |_, section| section.own = labels::of(section, language, words));
    tree
}

/// The headings in a row, each with the blocks up to the next; blocks before the first go to the opening.
fn flatten(draft: Draft, sources: &Sources, tree: &mut Tree, diagnostics: &mut Diagnostics) -> Vec<Flat> {
    let mut flat: Vec<Flat> = Vec::new();
    for (source, part) in draft.sources.into_iter().enumerate() {
        let path = sources.files.get(part.file).map_or("", |file| file.path.as_str());
        tree.paths.push(super::paths::normalise(path));
        tree.notes.extend(part.notes.into_iter().map(|note| (source, note)));
        for block in part.blocks {
            let Block { span, mut name, lang, only, kind } = block;
            let BlockKind::Heading { level, mut text } = kind else {
                let chunks = flat.last_mut().map_or(&mut tree.opening, |last| &mut last.chunks);
                push_block(chunks, source, Block { span, name, lang, only, kind });
                continue;
            };
            if take_dash(&mut text.content) {
                name.classes.push("unnumbered".to_owned());
            }
            let marks = roles::read(&name, span, diagnostics);
            let lang = lang.or_else(|| name.language());
            let heading = OpenHeading { level, text, name, span };
            flat.push(Flat { source, heading, marks, lang, chunks: Vec::new(), level: 1 });
        }
    }
    flat
}

/// Takes `{-}` off the end of a heading: pandoc's short form of `{.unnumbered}`.
fn take_dash(content: &mut Vec<Inline<Open>>) -> bool {
    let Some(InlineKind::Text(words)) = content.last_mut().map(|last| &mut last.kind) else { return false };
    let Some(rest) = words.trim_end().strip_suffix("{-}") else { return false };
    *words = rest.trim_end().to_owned();
    if words.is_empty() {
        content.pop();
    }
    true
}

fn push_block(chunks: &mut Vec<Chunk>, source: usize, block: Block<Open>) {
    match chunks.last_mut() {
        Some(chunk) if chunk.source == source => chunk.blocks.push(block),
        _ => chunks.push(Chunk { source, blocks: vec![block] }),
    }
}

/// A lone `#` that comes first is the book's title, unless the settings name another one.
fn take_title(flat: &mut Vec<Flat>, sources: &Sources, tree: &mut Tree) {
    let lone = flat.iter().filter(|entry| entry.heading.level == 1).count() == 1;
    let Some(first) = flat.first().filter(|first| lone && first.heading.level == 1) else { return };
    let words = plain_text(&first.heading.text.content);
    let same = match &sources.settings.title {
        Some(title) => super::slug::slug(&title.value) == super::slug::slug(&words),
        None => true,
    };
    if !same || words.trim().is_empty() || first.marks.any() {
        return;
    }
    let first = flat.remove(0);
    let mut heading = first.heading;
    if heading.name.id.is_none() {
        heading.name.id = Some(super::slug::slug(&words));
    }
    tree.title = Some((first.source, heading));
    for chunk in first.chunks {
        for block in chunk.blocks {
            push_block(&mut tree.opening, chunk.source, block);
        }
    }
}

/// Gives a heading without words some, since contents and bookmarks can't do without.
fn mend_title(heading: &mut OpenHeading, words: &Phrases, diagnostics: &mut Diagnostics) {
    // Signs that only join or direct others are no words.
    let silent = |c: char| {
        c.is_whitespace()
            || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
    };
    if !plain_text(&heading.text.content).chars().all(silent) {
        return;
    }
    let mut alt = None;
    walk_inlines(&heading.text.content, &mut |inline| {
        if let InlineKind::Picture(picture) = &inline.kind {
            alt = alt.take().or_else(|| picture.alt.clone().filter(|alt| !alt.trim().is_empty()));
        }
    });
    let title = alt.unwrap_or_else(|| words.untitled.to_owned());
    diagnostics.push(
        Diagnostic::new(Code::EmptyHeading, heading.span, "this heading has no words")
            .hint(format!("give it a title; it is called “{title}” meanwhile")),
    );
    heading.text.content.retain(|inline| matches!(inline.kind, InlineKind::Anchor(_)));
    heading.text.content.push(Inline::text(heading.span, title));
}

/// Finds each heading's level in the tree, and says where typed levels skip.
///
/// A part holds what follows it: the deeper headings, or, when the very next heading is of the part's
/// own level, those as well, up to the next part or to a section of the front or back matter. Where one
/// part does that, all of its level stand as high as it: a part of mere words is no section of the last.
fn set_levels(flat: &mut [Flat], diagnostics: &mut Diagnostics) {
    let top = flat.iter().map(|entry| entry.heading.level).min().unwrap_or(1);
    let typed: Vec<(u8, bool)> =
        flat.iter().map(|entry| (entry.heading.level, entry.marks.role == Some(Role::Part))).collect();
    let holding = |at: usize| {
        let (own, next) = (typed.get(at)?, typed.get(at + 1)?);
        (own.1 && !next.1 && own.0 == next.0).then_some(own.0)
    };
    let high: BTreeSet<u8> = (0..typed.len()).filter_map(holding).collect();
    let mut stack: Vec<u8> = Vec::new();
    // The level of the part that holds headings of its own level, and whether it has been left.
    let mut holds: Option<(u8, bool)> = None;
    let mut last = top.saturating_sub(1);
    for (at, entry) in flat.iter_mut().enumerate() {
        let own = entry.heading.level;
        if entry.marks.role == Some(Role::Part) {
            holds = high.contains(&own).then_some((own, false));
        } else if let Some((part, left)) = &mut holds {
            *left |= own <= *part && entry.marks.leaves_part();
        }
        // Such a part stands a level above those it holds, and so does all after it.
        let raised = match holds {
            Some((_, left)) => left || entry.marks.role == Some(Role::Part),
            None => false,
        };
        let level = own.saturating_sub(u8::from(raised));
        if level > last.saturating_add(1) {
            let message = match stack.last() {
                None => format!("the first heading is of level {own}"),
                Some(_) => {
                    format!("this heading skips from level {} to level {own}", last + u8::from(raised))
                }
            };
            let wanted = "#".repeat(usize::from(last) + 1 + usize::from(raised));
            diagnostics.push(
                Diagnostic::new(Code::SkippedLevel, entry.heading.span, message)
                    .hint(format!("write `{wanted}`; it is taken for that level in all editions")),
            );
        }
        // A part that stands high only because others do may go on with deeper headings.
        let part = entry.marks.role == Some(Role::Part);
        last = if part && holding(at).is_none() { own } else { level };
        while stack.last().is_some_and(|above| *above >= level) {
            stack.pop();
        }
        stack.push(level);
        entry.level = u8::try_from(stack.len()).unwrap_or(u8::MAX);
    }
}

/// Sections of `level` and those below; at most eight levels deep.
fn nest(row: &mut std::iter::Peekable<std::vec::IntoIter<Flat>>, level: u8) -> Vec<OpenSection> {
    let mut sections = Vec::new();
    while let Some(entry) = row.next_if(|entry| entry.level >= level) {
        let children = nest(row, level.saturating_add(1));
        sections.push(OpenSection {
            source: entry.source,
            span: entry.heading.span,
            level,
            rank: 1,
            role: entry.marks.role.unwrap_or(Role::Section),
            matter: entry.marks.matter.unwrap_or(Matter::Body),
            unnumbered: entry.marks.unnumbered,
            number: None,
            label: None,
            own: None,
            counted: None,
            title: entry.heading.text,
            name: entry.heading.name,
            lang: entry.lang,
            chunks: entry.chunks,
            children,
        });
    }
    sections
}

impl Tree {
    /// Visits every section in reading order with its number in it.
    pub(super) fn each(&self, visit: &mut dyn FnMut(u32, &OpenSection)) {
        fn go(list: &[OpenSection], at: &mut u32, visit: &mut dyn FnMut(u32, &OpenSection)) {
            for section in list {
                visit(*at, section);
                *at += 1;
                go(&section.children, at, visit);
            }
        }
        go(&self.sections, &mut 0, visit);
    }

    /// Likewise, to change them.
    pub(super) fn each_mut(&mut self, visit: &mut dyn FnMut(u32, &mut OpenSection)) {
        fn go(list: &mut [OpenSection], at: &mut u32, visit: &mut dyn FnMut(u32, &mut OpenSection)) {
            for section in list {
                visit(*at, section);
                *at += 1;
                go(&mut section.children, at, visit);
            }
        }
        go(&mut self.sections, &mut 0, visit);
    }
}
