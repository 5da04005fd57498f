//! A layout as text, to be read and compared: every page with its label and kind, then its lines
//! from top to bottom with their baselines, where they begin, how wide they are, and how much wider than
//! in the font their spaces and letters are.

use super::measured::fit;
use super::types::{Belongs, Child, Item, Layout, Node, NodeId, Ornament, Page, Placed, Structure};
use crate::fonts::FontSet;
use crate::measure::Length;
use std::fmt::Write as _;

impl Layout {
    /// Pages, lines, marks and anchors.
    #[must_use]
    pub fn dump(&self) -> String {
        let mut out = String::new();
        for (at, page) in self.pages.iter().enumerate() {
            let _ = writeln!(out, "page {at} [{}] {:?}", page.label, page.kind);
            dump_page(&mut out, page, &self.fonts);
        }
        for mark in &self.pagination.marks {
            let _ = writeln!(out, "mark page {} leaf {} offset {}", mark.page, mark.leaf.0, mark.offset);
        }
        for (id, to) in &self.anchors {
            let _ = writeln!(out, "anchor {} page {} at {} {}", id.0, to.page, to.at.x, to.at.y);
        }
        out
    }

    /// The text of one page's items in drawing order, ornaments left out.
    #[must_use]
    pub fn page_text(&self, page: usize) -> String {
        let items = self.pages.get(page).map(|p| p.items.as_slice()).unwrap_or_default();
        items.iter().filter(|i| matches!(i.belongs, Belongs::Content(_))).map(|i| text_of(&i.item)).collect()
    }
}

fn text_of(item: &Item) -> &str {
    match item {
        Item::Glyphs(run) => &run.text,
        Item::Rule { .. } | Item::Image { .. } => "",
    }
}

fn dump_page(out: &mut String, page: &Page, fonts: &FontSet) {
    // Items of one baseline and kind are one line; content before ornament is told by a letter.
    let mut lines: Vec<(Length, char, Vec<&Placed>, String)> = Vec::new();
    for placed in &page.items {
        let letter = match placed.belongs {
            Belongs::Content(_) => ' ',
            Belongs::Artifact(Ornament::Head) => 'h',
            Belongs::Artifact(Ornament::Folio) => 'f',
            Belongs::Artifact(Ornament::Layout) => 'o',
        };
        let text = match &placed.item {
            Item::Glyphs(run) => run.text.clone(),
            Item::Rule { width, height, gray } => format!("<rule {width} {height} {gray}>"),
            Item::Image { image, width, height } => format!("<image {} {width} {height}>", image.0),
        };
        match lines.last_mut() {
            Some((y, kind, items, line)) if *y == placed.at.y && *kind == letter => {
                items.push(placed);
                line.push_str(&text);
            }
            Some(_) | None => lines.push((placed.at.y, letter, vec![placed], text)),
        }
    }
    for (y, letter, items, text) in lines {
        let x = items.first().map_or(0.0, |first| first.at.x.to_pt());
        let _ = write!(out, "{letter} {:>7.2} {x:>7.2} ", y.to_pt());
        if let Some(fit) = fit(items.iter().map(|placed| (placed.at.x, &placed.item)), fonts) {
            let spaces = fit.spaces.map_or("-".to_owned(), |spaces| format!("{spaces:.3}"));
            let _ = write!(out, "{:>7.2} {spaces:>5} {:.3} ", fit.width.to_pt(), fit.letters);
        }
        let _ = writeln!(out, "{}", text.trim_end());
    }
    for link in &page.links {
        let _ = writeln!(out, "  link {:?} at {} {}", link.target, link.rect.at.x, link.rect.at.y);
    }
}

impl Structure {
    /// The tree, a node a line.
    #[must_use]
    pub fn dump(&self) -> String {
        let mut out = String::new();
        let mut open: Vec<(usize, Child)> = vec![(0, Child::Node(NodeId(0)))];
        while let Some((depth, child)) = open.pop() {
            let _ = write!(out, "{:width$}", "", width = depth * 2);
            match child {
                Child::Content(id) => {
                    let _ = writeln!(out, "#{}", id.0);
                }
                Child::Node(id) => {
                    let Some(Node { tag, lang, alt, children, .. }) = self.nodes.get(id.0 as usize) else {
                        continue;
                    };
                    let _ = write!(out, "{tag:?}");
                    if let Some(lang) = lang {
                        let _ = write!(out, " lang={}", lang.tag());
                    }
                    if let Some(alt) = alt {
                        let _ = write!(out, " alt={alt:?}");
                    }
                    out.push('\n');
                    open.extend(children.iter().rev().map(|child| (depth + 1, *child)));
                }
            }
        }
        out
    }
}
