//! Labels of figures and tables that have captions.
//!
//! Enters: the numbered tree. Leaves: "Figure 2.1" in a numbered chapter, "Figure 3" elsewhere, in
//! `label`. Promise: in reading order, figures and tables each counted for themselves. Those in
//! notes have none: a note is read when its call is, out of their order. A caption whose author labels it
//! keeps that label, and isn't counted.

use super::captions::take_label;
use super::sections::Tree;
use super::walk::{Part, parts};
use crate::model::{Block, BlockKind, Open, Text};
use crate::phrases::{Phrases, with};

struct Labels<'a> {
    words: &'a Phrases<'a>,
    /// Number of the chapter, if it has one.
    chapter: Option<String>,
    /// Figures and tables so far in the chapter.
    here: (u32, u32),
    /// And in all chapters without number.
    elsewhere: (u32, u32),
}

/// Labels all captioned figures and tables outside notes.
pub(super) fn label(tree: &mut Tree, words: &Phrases) {
    let mut labels = Labels { words, chapter: None, here: (0, 0), elsewhere: (0, 0) };
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
        *count += 1;
        match &self.chapter {
            Some(chapter) => with(pattern, &format!("{chapter}.{count}")),
            None => with(pattern, &count.to_string()),
        }
    }
}
