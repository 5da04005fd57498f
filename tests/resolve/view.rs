//! A book as text, short enough to be read in a test.

use aldine::model::{Block, BlockKind, Book, Inline, InlineKind, Section, Target, Text};
use std::fmt::Write;

/// The whole book: sections, blocks, notes.
pub(crate) fn view(book: &Book) -> String {
    let mut out = String::new();
    blocks(&book.opening, 0, &mut out);
    sections(&book.sections, &mut out);
    for (at, note) in book.notes.iter().enumerate() {
        let section = note.section.map_or("-".to_owned(), |s| s.0.to_string());
        writeln!(out, "note {at} #{} {} in {section}", note.anchor.0, note.number)
            .expect("a string takes all");
        blocks(&note.blocks, 1, &mut out);
    }
    out
}

/// One line a section: level, rank, role, matter, label, title, id.
pub(crate) fn outline(book: &Book) -> String {
    let mut out = String::new();
    for section in book.all_sections() {
        head(section, &mut out);
    }
    out
}

fn head(section: &Section, out: &mut String) {
    let label = section.label.as_deref().unwrap_or("-");
    writeln!(
        out,
        "{}{} r{} {} {:?} | {label} | {} | {}",
        "  ".repeat(usize::from(section.level) - 1),
        section.level,
        section.rank,
        section.role.name(),
        section.matter,
        inlines(&section.title.content),
        section.anchor.0,
    )
    .expect("a string takes all");
}

fn sections(list: &[Section], out: &mut String) {
    for section in list {
        head(section, out);
        blocks(&section.blocks, usize::from(section.level), out);
        sections(&section.children, out);
    }
}

fn blocks(list: &[Block], depth: usize, out: &mut String) {
    for block in list {
        let name = block.name.as_ref().map_or(String::new(), |id| format!("#{} ", id.0));
        let mut line =
            |words: &str| writeln!(out, "{}{name}{words}", "  ".repeat(depth)).expect("a string takes all");
        match &block.kind {
            BlockKind::Paragraph(text) => line(&leaf("p", text)),
            BlockKind::Heading { level, text } => line(&leaf(&format!("h{level}"), text)),
            BlockKind::Code { leaf, text, .. } => line(&format!("code {}: {text}", leaf.0)),
            BlockKind::Figure { picture, label, caption, place: _ } => {
                let label = label.as_deref().unwrap_or("-");
                let caption = caption.as_ref().map_or("-".to_owned(), |c| inlines(&c.content));
                line(&format!("figure {} {:?} | {label} | {caption}", picture.image.0, picture.alt));
            }
            BlockKind::Table(table) => {
                let label = table.label.as_deref().unwrap_or("-");
                let caption = table.caption.as_ref().map_or("-".to_owned(), |c| inlines(&c.content));
                line(&format!("table | {label} | {caption}"));
                for row in std::iter::once(&table.head).chain(&table.rows) {
                    let cells: Vec<_> = row.cells.iter().map(|cell| inlines(&cell.content)).collect();
                    writeln!(out, "{}row {}", "  ".repeat(depth + 1), cells.join(" | "))
                        .expect("a string takes all");
                }
            }
            BlockKind::Quote(inner)
            | BlockKind::Alert { blocks: inner, .. }
            | BlockKind::Division(_, inner) => {
                line("within");
                blocks(inner, depth + 1, out);
            }
            BlockKind::List { items, .. } => {
                line("list");
                items.iter().for_each(|item| blocks(&item.blocks, depth + 1, out));
            }
            BlockKind::Definitions(list) => {
                line("definitions");
                for entry in list {
                    entry.details.iter().for_each(|detail| blocks(detail, depth + 1, out));
                }
            }
            BlockKind::Verse(stanzas) => {
                let stanza = |stanza: &Vec<Text>| -> String {
                    stanza.iter().map(|l| inlines(&l.content)).collect::<Vec<_>>().join(" / ")
                };
                let stanzas: Vec<_> = stanzas.iter().map(stanza).collect();
                line(&format!("verse {}", stanzas.join(" // ")));
            }
            BlockKind::Attribution(text) => line(&leaf("by", text)),
            BlockKind::SceneBreak => line("***"),
            BlockKind::PageBreak => line("page break"),
        }
    }
}

fn leaf(what: &str, text: &Text) -> String {
    format!("{what} {}: {}", text.leaf.0, inlines(&text.content))
}

/// Inlines with their targets.
pub(crate) fn inlines(list: &[Inline]) -> String {
    let mut out = String::new();
    for inline in list {
        let inner = inlines(inline.content());
        match &inline.kind {
            InlineKind::Text(words) => out.push_str(words),
            InlineKind::Code(code) => write!(out, "`{code}`").expect("a string takes all"),
            InlineKind::LineBreak => out.push('/'),
            InlineKind::Styled(..) | InlineKind::Abbreviation { .. } => {
                write!(out, "<{inner}>").expect("a string takes all")
            }
            InlineKind::Span { name, .. } => {
                let name = name.as_ref().map_or("", |id| &id.0);
                write!(out, "<{name}:{inner}>").expect("a string takes all");
            }
            InlineKind::Link { target, .. } => {
                write!(out, "[{inner}]({})", place(target)).expect("a string takes all")
            }
            InlineKind::PageReference { target, .. } => {
                write!(out, "[{inner}](page of {})", place(target)).expect("a string takes all");
            }
            InlineKind::Picture(picture) => write!(out, "!{}", picture.image.0).expect("a string takes all"),
            InlineKind::NoteCall(note) => write!(out, "^{}", note.0).expect("a string takes all"),
            InlineKind::Anchor(name) => {
                write!(out, "<#{}>", name.as_ref().map_or("-", |id| &id.0)).expect("a string takes all");
            }
        }
    }
    out
}

fn place(target: &Target) -> String {
    match target {
        Target::Inside(id) => format!("#{}", id.0),
        Target::Outside(address) => address.clone(),
        Target::Nowhere => "nowhere".to_owned(),
    }
}
