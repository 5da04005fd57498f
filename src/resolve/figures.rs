//! Captions of figures and tables, and their labels.
//!
//! Enters: the numbered tree. Leaves: "Figure 2.1" in a numbered chapter, "Figure 3" elsewhere, in
//! `label`. Promise: in reading order, figures and tables each counted for themselves. Those in
//! notes have none: a note is read when its call is, out of their order. A caption whose author labels it
//! keeps that label, and isn't counted; no other is given the same.

use super::captions::{adopt, take_label};
use super::sections::Tree;
use super::walk::{Part, parts};
use crate::model::{Block, BlockKind, Open, Table, Text};
use crate::phrases::{Phrases, with};
use std::collections::BTreeSet;

struct Labels<'a> {
    words: &'a Phrases<'a>,
    /// Number of the chapter, if it has one.
    chapter: Option<String>,
    /// Figures and tables so far in the chapter.
    here: (u32, u32),
    /// And in all chapters without number.
    elsewhere: (u32, u32),
    /// Labels of authors, anywhere in the book.
    taken: BTreeSet<String>,
}

/// Labels all captioned figures and tables outside notes.
pub(super) fn label(tree: &mut Tree, words: &Phrases) {
    let taken = BTreeSet::new();
    let mut labels = Labels { words, chapter: None, here: (0, 0), elsewhere: (0, 0), taken };
    tree.opening.iter_mut().for_each(|chunk| labels.gather(&mut chunk.blocks));
    tree.each_mut(&mut |_, section| {
        section.chunks.iter_mut().for_each(|chunk| labels.gather(&mut chunk.blocks));
    });
    for chunk in &mut tree.opening {
        labels.blocks(&mut chunk.blocks);
    }
    tree.each_mut(&mut |_, section| {
        if section.rank <= 1 {
            labels.chapter = section.counted.clone().filter(|_| section.rank == 1);
            labels.here = (0, 0);
        }
        section.chunks.iter_mut().for_each(|chunk| labels.blocks(&mut chunk.blocks));
    });
}

impl Labels<'_> {
    /// Moves captions to what they are of, and notes the labels that authors gave.
    fn gather(&mut self, blocks: &mut Vec<Block<Open>>) {
        adopt(blocks, self.words);
        for block in blocks {
            if let BlockKind::Figure { caption: Some(caption), .. }
            | BlockKind::Table(Table { caption: Some(caption), .. }) = &block.kind
            {
                self.taken.extend(take_label(&mut caption.content.clone(), self.words));
            }
            parts(&mut block.kind, &mut |part| {
                if let Part::Blocks(inner) = part {
                    self.gather(inner);
                }
            });
        }
    }

    fn blocks(&mut self, blocks: &mut [Block<Open>]) {
        for block in blocks {
            if let BlockKind::Figure { label, caption: Some(caption), .. } = &mut block.kind {
                *label = self.labelled(caption, self.words.figure, |(figures, _)| figures);
            }
            if let BlockKind::Table(table) = &mut block.kind
                && let Some(caption) = &mut table.caption
            {
                table.label = self.labelled(caption, self.words.table, |(_, tables)| tables);
            }
            parts(&mut block.kind, &mut |part| {
                if let Part::Blocks(inner) = part {
                    self.blocks(inner);
                }
            });
        }
    }

    /// The label of what has that caption: its author's, else the next. A caption that is nothing but a label
    /// stays a caption.
    fn labelled(
        &mut self,
        caption: &mut Text<Open>,
        pattern: &str,
        pick: impl Fn(&mut (u32, u32)) -> &mut u32,
    ) -> Option<String> {
        let mut content = caption.content.clone();
        match take_label(&mut content, self.words) {
            Some(_) if content.is_empty() => None,
            Some(label) => {
                caption.content = content;
                Some(label)
            }
            None => Some(self.next(pattern, pick)),
        }
    }

    fn next(&mut self, pattern: &str, pick: impl Fn(&mut (u32, u32)) -> &mut u32) -> String {
        let count = pick(if self.chapter.is_some() { &mut self.here } else { &mut self.elsewhere });
        loop {
            *count += 1;
            let label = match &self.chapter {
                Some(chapter) => with(pattern, &format!("{chapter}.{count}")),
                None => with(pattern, &count.to_string()),
            };
            if !self.taken.contains(&label) {
                return label;
            }
        }
    }
}
