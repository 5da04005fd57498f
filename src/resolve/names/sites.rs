//! Every place in the tree that can bear a name, in reading order.
//!
//! Enters: the tree and its notes. Leaves: [`Site`]s, whose name may be changed. Promise: each site
//! is visited once, with what is known of where it stands.

use crate::model::{Block, BlockKind, Inline, InlineKind, Open, OpenAttributes, plain_text};
use crate::resolve::notes::Notes;
use crate::resolve::sections::Tree;
use crate::resolve::walk::{Part, parts};
use crate::span::Span;

/// What bears the name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A section's heading.
    Section,
    /// A heading in a quote or a list, without an id in braces.
    Heading,
    /// A block or a span of words, with an id in braces.
    Attribute,
    /// `<a id>`.
    Anchor,
}

/// A place that can bear a name.
pub(super) struct Site<'a> {
    pub(super) name: &'a mut OpenAttributes,
    pub(super) kind: Kind,
    /// Where it was written.
    pub(super) span: Span,
    /// What a cross-reference calls it.
    pub(super) words: Option<String>,
    /// Of a heading: its words; else empty.
    pub(super) title: String,
    pub(super) source: usize,
    pub(super) section: Option<u32>,
    pub(super) everywhere: bool,
}

/// Where the walk is.
#[derive(Clone, Copy)]
struct Place {
    source: usize,
    section: Option<u32>,
    everywhere: bool,
}

/// Visits all sites: the opening's, the sections', then those in notes that are called.
pub(super) fn each_site(tree: &mut Tree, notes: &mut Notes, visit: &mut dyn FnMut(Site<'_>)) {
    for chunk in &mut tree.opening {
        let place = Place { source: chunk.source, section: None, everywhere: true };
        blocks(&mut chunk.blocks, place, visit);
    }
    tree.each_mut(&mut |number, section| {
        let title = plain_text(&section.title.content);
        let place = Place { source: section.source, section: Some(number), everywhere: true };
        let words = section.label.clone().or_else(|| Some(one_line(&title)));
        visit(Site {
            name: &mut section.name,
            kind: Kind::Section,
            span: section.span,
            words: words.clone(),
            title,
            source: place.source,
            section: place.section,
            everywhere: true,
        });
        // Anchors right before a heading were put into it: they are other names of the section.
        inlines(&mut section.title.content, place, &mut |site| visit(Site { words: words.clone(), ..site }));
        for chunk in &mut section.chunks {
            blocks(&mut chunk.blocks, Place { source: chunk.source, ..place }, visit);
        }
    });
    for note in &mut notes.list {
        let place = Place { source: note.source, section: note.section, everywhere: true };
        blocks(&mut note.note.blocks, place, visit);
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn blocks(list: &mut [Block<Open>], place: Place, visit: &mut dyn FnMut(Site<'_>)) {
    for block in list {
        let place = Place { everywhere: place.everywhere && block.only.is_all(), ..place };
        if block.name.id.is_some() {
            let words = words(&block.kind);
            visit(place.site(&mut block.name, Kind::Attribute, block.span, words));
        } else if let BlockKind::Heading { text, .. } = &block.kind {
            let title = plain_text(&text.content);
            let site = place.site(&mut block.name, Kind::Heading, block.span, Some(one_line(&title)));
            visit(Site { title, ..site });
        }
        parts(&mut block.kind, &mut |part| match part {
            Part::Text(text) => inlines(&mut text.content, place, visit),
            Part::Blocks(inner) => blocks(inner, place, visit),
            Part::Code(()) => {}
        });
    }
}

/// What a cross-reference calls a block.
fn words(kind: &BlockKind<Open>) -> Option<String> {
    let (label, text) = match kind {
        BlockKind::Figure { label, caption, .. } => (label.clone(), caption.as_ref()),
        BlockKind::Table(table) => (table.label.clone(), table.caption.as_ref()),
        BlockKind::Heading { text, .. } => (None, Some(text)),
        BlockKind::Definitions(_)
        | BlockKind::Paragraph(_)
        | BlockKind::Quote(_)
        | BlockKind::Alert { .. }
        | BlockKind::List { .. }
        | BlockKind::Code { .. }
        | BlockKind::SceneBreak
        | BlockKind::PageBreak
        | BlockKind::Verse(_)
        | BlockKind::Attribution(_)
        | BlockKind::Division(..) => (None, None),
    };
    label.or_else(|| text.map(|text| one_line(&plain_text(&text.content))))
}

fn inlines(list: &mut [Inline<Open>], place: Place, visit: &mut dyn FnMut(Site<'_>)) {
    for inline in list {
        match &mut inline.kind {
            InlineKind::Anchor(name) => visit(place.site(name, Kind::Anchor, inline.span, None)),
            InlineKind::Span { name, content, .. } => {
                if name.id.is_some() {
                    visit(place.site(name, Kind::Attribute, inline.span, None));
                }
                inlines(content, place, visit);
            }
            InlineKind::Styled(_, content)
            | InlineKind::Abbreviation { content, .. }
            | InlineKind::Link { content, .. }
            | InlineKind::PageReference { content, .. } => inlines(content, place, visit),
            InlineKind::Text(_)
            | InlineKind::Code(_)
            | InlineKind::LineBreak
            | InlineKind::Picture(_)
            | InlineKind::NoteCall(_) => {}
        }
    }
}

impl Place {
    fn site<'a>(
        self,
        name: &'a mut OpenAttributes,
        kind: Kind,
        span: Span,
        words: Option<String>,
    ) -> Site<'a> {
        let Place { source, section, everywhere } = self;
        Site { name, kind, span, words, title: String::new(), source, section, everywhere }
    }
}
