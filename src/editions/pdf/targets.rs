//! What ids mean in the structure: PDF/UA-2 wants links to lead to elements, not to places of pages alone
//! (ISO 14289-2, 8.8).
//!
//! Enters: the layout's structure. Leaves: for each id an element, and for each such element a name, by which it
//! is found in the finished file. Promise: the names differ; an id whose element isn't written has none there.

use super::tags::{self, Ways};
use crate::layout::{Child, NodeId, Structure, Tag};
use crate::model::Id;
use std::collections::BTreeMap;

/// Elements that ids mean.
pub(super) struct Targets {
    names: BTreeMap<NodeId, String>,
    elements: BTreeMap<Id, NodeId>,
}

impl Targets {
    /// Reads the structure once.
    pub(super) fn of(structure: &Structure, ways: &Ways) -> Targets {
        let (mut names, mut elements) = (BTreeMap::new(), BTreeMap::new());
        // Names are bounded like strings; ids that long come from no author.
        for (id, node) in structure.places.iter().filter(|(id, _)| id.0.len() < 30_000) {
            let node = meant(structure, ways, *node);
            elements.insert(id.clone(), node);
            names.entry(node).or_insert_with(|| id.0.clone());
        }
        Targets { names, elements }
    }

    /// The name of a node's element, when ids mean it.
    pub(super) fn name(&self, node: NodeId) -> Option<&str> {
        self.names.get(&node).map(String::as_str)
    }

    /// The name of the element that an id means.
    pub(super) fn meant(&self, id: &Id) -> Option<&str> {
        self.name(*self.elements.get(id)?)
    }
}

/// From the node of the first content to the one that an id there means: the whole paragraph, table or note.
fn meant(structure: &Structure, ways: &Ways, start: NodeId) -> NodeId {
    let tag = |node: NodeId| structure.nodes.get(tags::index(node)).map(|node| &node.tag);
    let is_first = |node: NodeId, over: NodeId| {
        let over = structure.nodes.get(tags::index(over));
        over.and_then(|over| over.children.first()) == Some(&Child::Node(node))
    };
    let mut at = start;
    // No tree is deeper than it has nodes.
    for _ in 0..=structure.nodes.len() {
        let Some(over) = ways.parent(at) else { break };
        let (Some(own), Some(around)) = (tag(at), tag(over)) else { break };
        let up = match own {
            Tag::Reference | Tag::Link | Tag::Inline | Tag::Whole | Tag::Label | Tag::Caption => true,
            Tag::Code => !tags::holds_blocks(around),
            Tag::Row | Tag::HeadCell(_) | Tag::Cell => is_first(at, over),
            Tag::Document
            | Tag::Part
            | Tag::Section
            | Tag::Heading { .. }
            | Tag::Paragraph
            | Tag::BlockQuote
            | Tag::Aside
            | Tag::List(_)
            | Tag::Item
            | Tag::ItemBody
            | Tag::Table
            | Tag::Figure
            | Tag::Note
            | Tag::Contents
            | Tag::ContentsItem => false,
        };
        if !up {
            break;
        }
        at = over;
    }
    at
}
