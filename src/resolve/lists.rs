//! Lists of figures and tables.
//!
//! Enters: the tree, of which the rules say what is listed; then the finished parts. Leaves: an id for
//! everything listed, then the lists of the outline. Promise: what is listed has a label and a caption, and
//! stands in the list in reading order; a list that would be empty isn't there.

use super::Rules;
use super::sections::Tree;
use super::walk::{Part, parts};
use crate::model::{
    Block, BlockKind, BookParts, Id, List, ListKind, Listed, Only, Open, Section, Stage, Text, plain_text,
};

/// What of a block is listed: its label and its caption.
fn listed<S: Stage>(block: &Block<S>) -> Option<(ListKind, &str, &Text<S>)> {
    let (kind, label, caption) = match &block.kind {
        BlockKind::Figure { label, caption, .. } => (ListKind::Figures, label, caption),
        BlockKind::Table(table) => (ListKind::Tables, &table.label, &table.caption),
        BlockKind::Paragraph(_)
        | BlockKind::Heading { .. }
        | BlockKind::Quote(_)
        | BlockKind::Alert { .. }
        | BlockKind::List { .. }
        | BlockKind::Definitions(_)
        | BlockKind::Code { .. }
        | BlockKind::SceneBreak
        | BlockKind::PageBreak
        | BlockKind::Verse(_)
        | BlockKind::Attribution(_)
        | BlockKind::Division(..) => return None,
    };
    Some((kind, label.as_deref()?, caption.as_ref()?))
}

fn wanted(rules: &Rules, kind: ListKind) -> bool {
    match kind {
        ListKind::Figures => rules.list_figures,
        ListKind::Tables => rules.list_tables,
    }
}

/// Gives an id to everything that will be listed and has none; `give` makes one of its label.
pub(super) fn name(tree: &mut Tree, rules: &Rules, give: &mut dyn FnMut(&str) -> Id) {
    for chunk in &mut tree.opening {
        name_blocks(&mut chunk.blocks, rules, give);
    }
    tree.each_mut(&mut |_, section| {
        section.chunks.iter_mut().for_each(|chunk| name_blocks(&mut chunk.blocks, rules, give));
    });
}

fn name_blocks(blocks: &mut [Block<Open>], rules: &Rules, give: &mut dyn FnMut(&str) -> Id) {
    for block in blocks {
        let label =
            listed(block).filter(|(kind, ..)| wanted(rules, *kind)).map(|(_, label, _)| label.to_owned());
        if let (Some(label), None) = (label, &block.name.id) {
            block.name.id = Some(give(&label).0);
        }
        parts(&mut block.kind, &mut |part| {
            if let Part::Blocks(inner) = part {
                name_blocks(inner, rules, give);
            }
        });
    }
}

/// The lists, made once for all editions.
pub(super) fn lists(book: &mut BookParts, rules: &Rules) -> Vec<List> {
    let lists = [ListKind::Figures, ListKind::Tables].map(|kind| List { kind, entries: Vec::new() });
    let mut gatherer = Gatherer { rules, lists };
    gatherer.blocks(&mut book.opening, Only::default());
    gatherer.sections(&mut book.sections);
    gatherer.lists.into_iter().filter(|list| !list.entries.is_empty()).collect()
}

struct Gatherer<'a> {
    rules: &'a Rules,
    lists: [List; 2],
}

impl Gatherer<'_> {
    fn sections(&mut self, sections: &mut [Section]) {
        for section in sections {
            self.blocks(&mut section.blocks, Only::default());
            self.sections(&mut section.children);
        }
    }

    /// `outer` is for which editions the blocks around are.
    fn blocks(&mut self, blocks: &mut [Block], outer: Only) {
        for block in blocks {
            let own = block.only;
            let only = Only {
                print: outer.print && own.print,
                epub: outer.epub && own.epub,
                text: outer.text && own.text,
            };
            self.block(block, only);
            parts(&mut block.kind, &mut |part| {
                if let Part::Blocks(inner) = part {
                    self.blocks(inner, only);
                }
            });
        }
    }

    fn block(&mut self, block: &Block, only: Only) {
        let Some((kind, label, caption)) = listed(block).filter(|(kind, ..)| wanted(self.rules, *kind))
        else {
            return;
        };
        let Some(anchor) = block.name.clone() else { return };
        let words = format!("{label} {}", plain_text(&caption.content));
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        if let Some(list) = self.lists.iter_mut().find(|list| list.kind == kind) {
            list.entries.push(Listed { words, anchor, only });
        }
    }
}
