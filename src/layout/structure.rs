//! The tree of what the pages say, made while they are drawn: a node is hung into it when the first
//! thing in it is placed, so children stand in reading order and nodes with nothing in them are not.

use super::galley::{NodeSpec, Up};
use super::types::{Child, ContentId, Node, NodeId, Structure, Tag};
use crate::model::{BookParts, Id, Section, SectionId};
use std::collections::BTreeMap;

/// Builds the tree.
pub(crate) struct Tree<'a> {
    structure: Structure,
    /// Nodes made, by galley and place in it.
    made: Vec<Vec<Option<NodeId>>>,
    /// Sections with their parents.
    sections: BTreeMap<SectionId, (&'a Section, Option<SectionId>)>,
    /// Nodes made of sections.
    made_sections: BTreeMap<SectionId, NodeId>,
    /// Where notes hang: by galley.
    calls: BTreeMap<usize, NodeId>,
    next: u32,
}

const ROOT: NodeId = NodeId(0);

impl<'a> Tree<'a> {
    /// The root alone.
    pub(crate) fn new(book: &'a BookParts, nodes: &[usize]) -> Self {
        let mut sections = BTreeMap::new();
        let mut open: Vec<(&Section, Option<SectionId>)> = book.sections.iter().map(|s| (s, None)).collect();
        while let Some((section, parent)) = open.pop() {
            sections.insert(section.id, (section, parent));
            open.extend(section.children.iter().map(|child| (child, Some(section.id))));
        }
        let root = Node {
            tag: Tag::Document,
            lang: Some(book.metadata.language.clone()),
            alt: None,
            span: crate::span::Span::NONE,
            children: Vec::new(),
        };
        Tree {
            structure: Structure { nodes: vec![root], places: BTreeMap::new() },
            made: nodes.iter().map(|&count| vec![None; count]).collect(),
            sections,
            made_sections: BTreeMap::new(),
            calls: BTreeMap::new(),
            next: 0,
        }
    }

    /// The node of a galley, hung into the tree if it was not; so are those over it.
    pub(crate) fn node(&mut self, specs: &[NodeSpec], galley: usize, node: u32) -> NodeId {
        // Up to the first that is made, then down again: no recursion, since nesting has no bound here.
        let mut path = Vec::new();
        let mut at = node;
        let mut parent = ROOT;
        loop {
            if let Some(made) = self.made.get(galley).and_then(|g| g.get(at as usize)).copied().flatten() {
                parent = made;
                break;
            }
            let Some(spec) = specs.get(at as usize) else { break };
            path.push(at);
            match spec.up {
                Up::Node(up) => at = up,
                Up::Document => break,
                Up::Section(section) => {
                    parent = self.section(section);
                    break;
                }
                Up::Call => {
                    parent = self.calls.get(&galley).copied().unwrap_or(ROOT);
                    break;
                }
            }
        }
        for at in path.into_iter().rev() {
            let Some(spec) = specs.get(at as usize) else { continue };
            parent = self.hang(parent, spec);
            if let Some(place) = self.made.get_mut(galley).and_then(|g| g.get_mut(at as usize)) {
                *place = Some(parent);
            }
        }
        parent
    }

    /// A new piece of content under a node.
    pub(crate) fn content(&mut self, node: NodeId) -> ContentId {
        let id = ContentId(self.next);
        self.next += 1;
        self.add(node, Child::Content(id));
        id
    }

    /// A note hangs where it is called: after the leaf, or in it where only leaves may stand.
    pub(crate) fn call(&mut self, specs: &[NodeSpec], galley: usize, leaf: u32, note: usize) {
        let made = self.node(specs, galley, leaf);
        let Some(spec) = specs.get(leaf as usize) else { return };
        let within = match spec.tag {
            Tag::Paragraph | Tag::Heading { .. } | Tag::Code => false,
            Tag::Document
            | Tag::Part
            | Tag::Section
            | Tag::BlockQuote
            | Tag::Aside
            | Tag::List(_)
            | Tag::Item
            | Tag::Label
            | Tag::ItemBody
            | Tag::Table
            | Tag::Row
            | Tag::HeadCell(_)
            | Tag::Cell
            | Tag::Caption
            | Tag::Figure
            | Tag::Note
            | Tag::Reference
            | Tag::Link
            | Tag::Inline
            | Tag::Whole
            | Tag::Contents
            | Tag::ContentsItem => true,
        };
        let host = match spec.up {
            _ if within => made,
            Up::Node(up) => self.node(specs, galley, up),
            Up::Section(section) => self.section(section),
            Up::Document => ROOT,
            Up::Call => self.calls.get(&galley).copied().unwrap_or(ROOT),
        };
        self.calls.entry(note).or_insert(host);
    }

    /// An id stands where content of this node does; the first time counts.
    pub(crate) fn stands(&mut self, id: Id, node: NodeId) {
        self.structure.places.entry(id).or_insert(node);
    }

    /// The finished tree.
    pub(crate) fn finish(self) -> Structure {
        self.structure
    }

    fn section(&mut self, id: SectionId) -> NodeId {
        let mut path = Vec::new();
        let mut at = Some(id);
        let mut parent = ROOT;
        while let Some(section) = at {
            if let Some(&made) = self.made_sections.get(&section) {
                parent = made;
                break;
            }
            path.push(section);
            at = self.sections.get(&section).and_then(|(_, up)| *up);
        }
        for id in path.into_iter().rev() {
            let Some((section, _)) = self.sections.get(&id) else { continue };
            let tag = if section.rank == 0 { Tag::Part } else { Tag::Section };
            let (lang, span) = (section.lang.clone(), section.span);
            parent = self.push(parent, Node { tag, lang, alt: None, span, children: Vec::new() });
            self.made_sections.insert(id, parent);
        }
        parent
    }

    fn hang(&mut self, parent: NodeId, spec: &NodeSpec) -> NodeId {
        let NodeSpec { tag, lang, alt, span, .. } = spec.clone();
        self.push(parent, Node { tag, lang, alt, span, children: Vec::new() })
    }

    fn push(&mut self, parent: NodeId, node: Node) -> NodeId {
        let id = NodeId(u32::try_from(self.structure.nodes.len()).unwrap_or(u32::MAX));
        self.structure.nodes.push(node);
        self.add(parent, Child::Node(id));
        id
    }

    fn add(&mut self, node: NodeId, child: Child) {
        if let Some(node) = self.structure.nodes.get_mut(node.0 as usize) {
            node.children.push(child);
        }
    }
}
