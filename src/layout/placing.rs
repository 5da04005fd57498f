//! Sheets to pages: everything at its place, everything drawn in the tree.

use super::fixpoint::{Labels, Refs};
use super::furniture::{Heads, Leaders, Running, leaders};
use super::galley::{Drawn, Galley, Kind, Leader, Strip, Typesetter, face};
use super::pages::{Flow, Row, Sheet};
use super::structure::Tree;
use super::types::{
    Belongs, ContentId, Destination, Item, Layout, LinkArea, NodeId, Ornament, Page, PageKind, PageLabel,
    Placed, Point, Rect,
};
use crate::fonts::FontSet;
use crate::measure::Length;
use crate::model::{BookParts, Id, Role, Section, SectionId};
use crate::style::Theme;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Draws the pages.
pub(crate) fn place(
    book: &BookParts,
    theme: &Theme,
    setter: &dyn Typesetter,
    fonts: &Arc<FontSet>,
    mut flow: Flow,
    sheets: &[Sheet],
) -> Layout {
    let labels = super::pagination::labels(sheets);
    let pagination = super::pagination::pagination(&flow, sheets, &labels);
    let anchors = anchors(theme, &flow, sheets);
    let nodes: Vec<usize> = flow.galleys.iter().map(|g| g.nodes.len()).collect();
    let none = Labels::default();
    let refs = Refs::new(book, theme, &none);
    let leading = flow.galleys.iter().flat_map(|galley| &galley.strips).filter_map(|s| s.leader.as_ref());
    let told: BTreeSet<String> =
        leading.filter_map(|leader| label_of(leader, &anchors, &labels)).map(|l| l.to_string()).collect();
    let mut placer = Placer {
        theme,
        anchors: &anchors,
        labels: &labels,
        tree: Tree::new(book, &nodes),
        leaders: leaders(setter, &refs, &book.metadata.language, &told, face(theme.text.size, false, false)),
        called: BTreeSet::new(),
        waiting: Vec::new(),
    };
    let mut heads = Heads { book, theme, setter, refs: &refs, last: [None, None] };
    let sections: BTreeMap<SectionId, &Section> =
        book.all_sections().into_iter().map(|section| (section.id, section)).collect();
    let mut running = Running::default();
    let mut pages = Vec::with_capacity(sheets.len());
    for (at, (sheet, &label)) in sheets.iter().zip(&labels).enumerate() {
        let side = (sheet, at.is_multiple_of(2));
        let named = follow(&mut running, (&sections, theme.head_depth), &flow, side);
        let mut page = placer.page(&mut flow, at, sheet, label);
        page.items.append(&mut heads.around(at, sheet, label, named));
        pages.push(page);
    }
    let structure = placer.tree.finish();
    Layout { pages, pagination, structure, anchors, fonts: Arc::clone(fonts) }
}

/// Brings the running sections to the end of a page; gives what its head names. Where sections begin on
/// the page a verso names the first of them and a recto the last (Chicago Manual of Style 18, 1.12). Those
/// deeper than `depth` are none, for heads that hop from page to page name nothing; nor are the letters of
/// an index, whose pages bear its name.
fn follow<'a>(
    running: &mut Running<'a>,
    (sections, depth): (&BTreeMap<SectionId, &'a Section>, u8),
    flow: &Flow,
    (sheet, recto): (&Sheet, bool),
) -> Running<'a> {
    let mut first: Option<Running<'a>> = None;
    for row in sheet.rows.iter().filter(|row| row.head.is_none()) {
        let begun = flow.strip(row).and_then(|s| s.section);
        let Some(section) = begun.and_then(|id| sections.get(&id).copied()) else { continue };
        if section.rank > depth.max(1) {
            continue;
        }
        if section.rank <= 1 {
            *running = Running { chapter: Some(section), section: None };
        } else if running.chapter.is_none_or(|chapter| chapter.role != Role::Index) {
            running.section = Some(section);
        }
        match &mut first {
            // The first section under a chapter that is itself the first on the page.
            Some(Running { chapter, section: within @ None })
                if chapter.map(|s| s.id) == running.chapter.map(|s| s.id) =>
            {
                *within = running.section;
            }
            Some(_) => {}
            None => first = Some(*running),
        }
    }
    first.filter(|_| !recto).unwrap_or(*running)
}

fn left(theme: &Theme, page: usize) -> Length {
    if page.is_multiple_of(2) { theme.page.inner } else { theme.page.outer }
}

/// Where each id stands.
fn anchors(theme: &Theme, flow: &Flow, sheets: &[Sheet]) -> BTreeMap<Id, Destination> {
    let mut found = BTreeMap::new();
    for (page, sheet) in sheets.iter().enumerate() {
        for row in sheet.rows.iter().chain(&sheet.notes).filter(|row| row.head.is_none()) {
            let Some(strip) = flow.strip(row) else { continue };
            for id in &strip.anchors {
                let at = Point { x: left(theme, page) + row.x, y: theme.page.top + row.y };
                found.entry(id.clone()).or_insert(Destination { page, at });
            }
        }
    }
    found
}

/// The label that a line of the contents leads to.
fn label_of(leader: &Leader, anchors: &BTreeMap<Id, Destination>, labels: &[PageLabel]) -> Option<PageLabel> {
    anchors.get(&leader.target).and_then(|to| labels.get(to.page)).copied()
}

struct Placer<'a> {
    theme: &'a Theme,
    anchors: &'a BTreeMap<Id, Destination>,
    labels: &'a [PageLabel],
    tree: Tree<'a>,
    leaders: Leaders<'a>,
    /// Galleys of notes that hang in the tree.
    called: BTreeSet<usize>,
    /// Ids met, until content follows.
    waiting: Vec<Id>,
}

/// What a page gathers; ornaments stand before the text, so that content stays together.
#[derive(Default)]
struct Gathered {
    ornaments: Vec<Placed>,
    content: Vec<Placed>,
    links: Vec<LinkArea>,
    /// The node that the last content belongs to.
    last: Option<(NodeId, ContentId)>,
}

impl Placer<'_> {
    fn page(&mut self, flow: &mut Flow, at: usize, sheet: &Sheet, label: PageLabel) -> Page {
        let mut gathered = Gathered::default();
        let left = left(self.theme, at);
        for row in sheet.rows.iter().filter(|row| !row.float) {
            self.row(flow, row, left, &mut gathered);
        }
        // Floats come into the tree after the text that calls them, and are drawn before it.
        let mut floats = Gathered::default();
        for row in sheet.rows.iter().filter(|row| row.float) {
            self.row(flow, row, left, &mut floats);
        }
        if let Some(y) = sheet.rule {
            let width = (self.theme.text.size * 6).min(self.theme.page.measure());
            let at = Point { x: left, y: self.theme.page.top + y };
            gathered.ornament(at, Item::Rule { width, height: Length::pt(0.4), gray: 0 });
        }
        for row in &sheet.notes {
            self.row(flow, row, left, &mut gathered);
        }
        let Gathered { ornaments: mut items, content: mut drawn, mut links, .. } = floats;
        items.append(&mut gathered.ornaments);
        items.append(&mut drawn);
        items.append(&mut gathered.content);
        links.append(&mut gathered.links);
        let kind = if items.is_empty() && links.is_empty() { PageKind::Blank } else { sheet.kind };
        let (width, height) = (self.theme.page.width, self.theme.page.height);
        Page { label, kind, width, height, items, links }
    }

    fn row(&mut self, flow: &mut Flow, row: &Row, left: Length, gathered: &mut Gathered) {
        let origin = Point { x: left + row.x, y: self.theme.page.top + row.y };
        let notes = flow.notes;
        let Some(galley) = flow.galleys.get_mut(row.galley) else { return };
        if let Some(head) = row.head {
            let strip = galley.heads.get(head).and_then(|strips| strips.get(row.strip));
            for drawn in strip.into_iter().flat_map(|strip| &strip.items) {
                let at = Point { x: origin.x + drawn.x, y: origin.y + drawn.y };
                gathered.ornament(at, drawn.item.clone());
            }
            return;
        }
        let Some(strip) = taken(galley, row) else { return };
        for bar in &strip.bars {
            let at = Point { x: origin.x + bar.x, y: origin.y };
            let height = row.height;
            gathered.ornament(at, Item::Rule { width: bar.width, height, gray: bar.gray });
        }
        for &node in &strip.opens {
            self.tree.node(&galley.nodes, row.galley, node);
        }
        self.waiting.extend(strip.anchors);
        let mut items = strip.items;
        if let Some(leader) = &strip.leader {
            let label = label_of(leader, self.anchors, self.labels);
            let label = label.map_or_else(String::new, |label| label.to_string());
            items.append(&mut self.leaders.draw(leader, &label, strip.baseline));
        }
        for Drawn { x, y, item, node } in items {
            let at = Point { x: origin.x + x, y: origin.y + y };
            let Some(node) = node else {
                gathered.ornament(at, item);
                continue;
            };
            let node = self.tree.node(&galley.nodes, row.galley, node);
            self.waiting.drain(..).for_each(|id| self.tree.stands(id, node));
            let id = match gathered.last {
                Some((last, id)) if last == node => id,
                Some(_) | None => self.tree.content(node),
            };
            gathered.last = Some((node, id));
            gathered.content.push(Placed { at, belongs: Belongs::Content(id), item });
        }
        for link in strip.links {
            let node = self.tree.node(&galley.nodes, row.galley, link.node);
            let at = Point { x: origin.x + link.x, y: origin.y + link.y };
            let rect = Rect { at, width: link.width, height: link.height };
            gathered.links.push(LinkArea { node, rect, target: link.target, alt: link.alt });
        }
        self.hang(flow, row.galley, strip.notes.iter().map(|(note, leaf)| (notes + note.0 as usize, *leaf)));
    }

    /// Hangs notes into the tree where a galley calls them.
    fn hang(&mut self, flow: &Flow, galley: usize, notes: impl Iterator<Item = (usize, u32)>) {
        for (note, leaf) in notes {
            if !self.called.insert(note) {
                continue;
            }
            if let Some(specs) = flow.galleys.get(galley).map(|g| &g.nodes) {
                self.tree.call(specs, galley, leaf, note);
            }
            // The note's own node is made at once, so that it stands right after its call.
            if let Some(specs) = flow.galleys.get(note).map(|g| &g.nodes).filter(|s| !s.is_empty()) {
                self.tree.node(specs, note, 0);
            }
        }
    }
}

/// The strip of a row, which is drawn once.
fn taken(galley: &mut Galley, row: &Row) -> Option<Strip> {
    let strips = match row.other {
        Some(other) => galley.others.get_mut(other).map(|other| &mut other.strips),
        None => Some(&mut galley.strips),
    };
    let place = strips?.get_mut(row.strip)?;
    Some(std::mem::replace(place, Strip::new(Kind::Space, Length::ZERO)))
}

impl Gathered {
    fn ornament(&mut self, at: Point, item: Item) {
        self.ornaments.push(Placed { at, belongs: Belongs::Artifact(Ornament::Layout), item });
    }
}
