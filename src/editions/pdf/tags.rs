//! The structure tree: what the pages say, in the terms of ISO 32000-1, 14.8.4.
//!
//! Enters: the layout's [`Structure`] and what was drawn. Leaves: krilla's tag tree. Promise: every
//! drawn sequence and every link stands in it once, or there is no tree; elements that would be empty
//! are left out, cells apart, since rows count them.

use super::targets::Targets;
use super::words::short;
use crate::layout::{Child, ContentId, Marks, Node, NodeId, Scope, Structure, Tag as Element};
use krilla::surface::Location;
use krilla::tagging::{
    BBox, Identifier, ListNumbering, Node as Branch, Placement, TableHeaderScope, Tag, TagGroup, TagId,
    TagKind, TagTree,
};
use std::collections::{BTreeMap, HashMap};
use std::num::{NonZeroU16, NonZeroU64};

/// krilla walks the tree with the machine's stack, so a deeper one is refused; `markdown` caps what an
/// author can nest at less than half of it.
const DEEPEST: usize = 640;

/// The ways up the tree: from content to its node, from a node to its parent.
pub(super) struct Ways {
    owners: HashMap<ContentId, NodeId>,
    parents: Vec<Option<NodeId>>,
}

impl Ways {
    /// Reads the structure once.
    pub(super) fn of(structure: &Structure) -> Ways {
        let mut ways = Ways { owners: HashMap::new(), parents: vec![None; structure.nodes.len()] };
        for (node, at) in structure.nodes.iter().zip(0_u32..) {
            for child in &node.children {
                match child {
                    Child::Content(content) => {
                        ways.owners.entry(*content).or_insert(NodeId(at));
                    }
                    Child::Node(inner) => {
                        if let Some(parent) = ways.parents.get_mut(index(*inner)) {
                            parent.get_or_insert(NodeId(at));
                        }
                    }
                }
            }
        }
        ways
    }

    /// The node that content belongs to.
    pub(super) fn owner(&self, content: ContentId) -> Option<NodeId> {
        self.owners.get(&content).copied()
    }

    /// The node's parent.
    pub(super) fn parent(&self, node: NodeId) -> Option<NodeId> {
        self.parents.get(index(node)).copied().flatten()
    }
}

/// What was drawn, by what it belongs to.
#[derive(Default)]
pub(super) struct Drawn {
    /// The marked sequences of each piece of content: one, unless it was drawn in several.
    pub(super) contents: BTreeMap<ContentId, Vec<Identifier>>,
    /// The annotations of each link.
    pub(super) links: BTreeMap<NodeId, Vec<Identifier>>,
    /// Where figures stand; `None` for one on several pages.
    pub(super) figures: BTreeMap<NodeId, Option<BBox>>,
}

/// The place of a node among all.
pub(super) fn index(node: NodeId) -> usize {
    usize::try_from(node.0).unwrap_or(usize::MAX)
}

/// What krilla names a node by when it complains.
pub(super) fn location(node: NodeId) -> Option<Location> {
    NonZeroU64::new(u64::from(node.0) + 1)
}

/// The node that krilla complains of.
pub(super) fn node(location: Location) -> Option<NodeId> {
    u32::try_from(location.get() - 1).ok().map(NodeId)
}

/// A picture without words for it is decoration, and not read out.
pub(super) fn is_mute(node: &Node) -> bool {
    matches!(node.tag, Element::Figure) && node.alt.as_deref().is_none_or(|alt| alt.trim().is_empty())
}

/// An element that is being filled.
struct Open {
    id: NodeId,
    next: usize,
    children: Vec<Branch>,
}

/// The tree; `None` when something that was drawn has no place in it, or one that it can't have. `targets` are
/// given for PDF/UA-2, which has its own rules for what may stand where.
pub(super) fn tree(structure: &Structure, mut drawn: Drawn, targets: Option<&Targets>) -> Option<TagTree> {
    let mut entered = vec![false; structure.nodes.len()];
    let mut stack = vec![Open { id: NodeId(0), next: 0, children: Vec::new() }];
    *entered.first_mut()? = true;
    while let Some(open) = stack.last_mut() {
        let node = structure.nodes.get(index(open.id))?;
        let Some(child) = node.children.get(open.next) else {
            let done = stack.pop()?;
            let notes = drawn.links.remove(&done.id).unwrap_or_default();
            let Some(parent) = stack.last_mut() else {
                let lost = !(drawn.contents.is_empty() && drawn.links.is_empty());
                let mut children = done.children;
                children.extend(notes.into_iter().map(Branch::from));
                return (!lost).then(|| TagTree::from(children));
            };
            let parent_tag = structure.nodes.get(index(parent.id)).map(|parent| &parent.tag);
            let at = drawn.figures.remove(&done.id).flatten();
            let id = done.id;
            let made = element(done, node, parent_tag, notes, at);
            parent.children.extend(match targets {
                Some(targets) => made.map(|made| for_ua2(made, parent_tag, targets.name(id))),
                None => made,
            });
            continue;
        };
        open.next += 1;
        match *child {
            Child::Content(content) => {
                let marks = drawn.contents.remove(&content).unwrap_or_default();
                open.children.extend(marks.into_iter().map(Branch::from));
            }
            Child::Node(inner) => {
                // A node met twice would be written twice, or without end.
                if std::mem::replace(entered.get_mut(index(inner))?, true) {
                    return None;
                }
                stack.push(Open { id: inner, next: 0, children: Vec::new() });
            }
        }
        if stack.len() > DEEPEST {
            return None;
        }
    }
    None
}

/// An element with all that is in it.
fn element(
    done: Open,
    node: &Node,
    parent: Option<&Element>,
    notes: Vec<Identifier>,
    at: Option<BBox>,
) -> Option<Branch> {
    let linked = !notes.is_empty();
    let mut children = done.children;
    children.extend(notes.into_iter().map(Branch::from));
    if children.is_empty() && !matches!(node.tag, Element::Cell | Element::HeadCell(_)) {
        return None;
    }
    // Only a link may own an annotation (ISO 14289-1, 7.18.5).
    if linked && !matches!(node.tag, Element::Link) {
        children = vec![TagGroup::with_children(Tag::Link, children).into()];
    }
    let mut kind = match kind(node, parent, linked) {
        Kind::Plain(kind) => kind,
        Kind::Figure => return Some(figure(done.id, node, children, at)),
    };
    kind.set_lang(node.lang.as_ref().map(|lang| lang.tag().to_owned()));
    kind.set_location(location(done.id));
    Some(TagGroup::with_children(kind, children).into())
}

/// The element under the rules of PDF/UA-2 (ISO 32005, table 5), with the name that links find it by.
fn for_ua2(mut made: Branch, parent: Option<&Element>, name: Option<&str>) -> Branch {
    let Branch::Group(group) = &mut made else { return made };
    // What stands in a `Div` counts as its parent's, and captions stand first or last.
    if matches!(group.tag, TagKind::Div(_)) && group.children.iter().any(is_caption) {
        let section = TagKind::from(Tag::Section).with_lang(group.tag.lang().map(str::to_owned));
        group.tag = section.with_location(group.tag.location());
    }
    group.tag.set_id(name.map(|name| TagId::from(name.bytes())));
    // A line of the contents holds its link in a reference.
    if matches!(parent, Some(Element::ContentsItem))
        && matches!(group.tag, TagKind::Link(_) | TagKind::Span(_))
    {
        return TagGroup::with_children(Tag::Reference, vec![made]).into();
    }
    made
}

fn is_caption(child: &Branch) -> bool {
    matches!(child, Branch::Group(TagGroup { tag: TagKind::Caption(_), .. }))
}

/// How an element is written.
enum Kind {
    Plain(TagKind),
    Figure,
}

fn kind(node: &Node, parent: Option<&Element>, linked: bool) -> Kind {
    let plain: TagKind = match &node.tag {
        Element::Document | Element::Part => Tag::Part.into(),
        Element::Section => Tag::Section.into(),
        Element::Heading { level, title } => {
            let level = NonZeroU16::new(u16::from(*level)).unwrap_or(NonZeroU16::MIN);
            Tag::Hn(level, Some(short(title))).into()
        }
        Element::Paragraph => Tag::P.into(),
        Element::BlockQuote => Tag::BlockQuote.into(),
        // PDF 1.7 has no element for what stands aside.
        Element::Aside => Tag::Div.into(),
        Element::List(Marks::Numbers) => Tag::L(ListNumbering::Decimal).into(),
        Element::List(Marks::Bullets) => Tag::L(ListNumbering::Disc).into(),
        // Labels of no scheme, as terms are (ISO 32000-1, table 347).
        Element::List(Marks::Own) => Tag::L(ListNumbering::None).into(),
        Element::Item => Tag::LI.into(),
        Element::Label => Tag::Lbl.into(),
        Element::ItemBody => Tag::LBody.into(),
        Element::Code if parent.is_some_and(holds_blocks) => {
            Tag::Code.with_placement(Some(Placement::Block)).into()
        }
        Element::Code => Tag::Code.into(),
        Element::Table => Tag::Table.into(),
        Element::Row => Tag::TR.into(),
        Element::HeadCell(Scope::Row) => Tag::TH(TableHeaderScope::Row).into(),
        Element::HeadCell(Scope::Column) => Tag::TH(TableHeaderScope::Column).into(),
        Element::Cell => Tag::TD.into(),
        Element::Caption => Tag::Caption.into(),
        Element::Figure => return Kind::Figure,
        Element::Note => Tag::Note.into(),
        Element::Reference => Tag::Reference.into(),
        Element::Link if linked => Tag::Link.into(),
        // A link to nowhere has no place to be followed at; its words stay.
        Element::Link => Tag::Span.into(),
        Element::Inline => Tag::Span.with_expanded(node.alt.as_deref().map(short)).into(),
        // What it says stands in the page, at the letters: see `draw`.
        Element::Whole => Tag::Span.into(),
        Element::Contents => Tag::TOC.into(),
        Element::ContentsItem => Tag::TOCI.into(),
    };
    Kind::Plain(plain)
}

/// A figure, whose words stand for the picture alone: a caption inside it would not be read.
fn figure(id: NodeId, node: &Node, children: Vec<Branch>, at: Option<BBox>) -> Branch {
    let captioned = children.iter().any(is_caption);
    let lang = node.lang.as_ref().map(|lang| lang.tag().to_owned());
    let picture = |children: Vec<Branch>, lang: Option<String>| {
        let tag = Tag::Figure(node.alt.as_deref().map(short)).with_bbox(at);
        let tag = TagKind::from(tag.with_location(location(id))).with_lang(lang);
        Branch::from(TagGroup::with_children(tag, children))
    };
    let frame = |children: Vec<Branch>| {
        let tag = TagKind::from(Tag::Div.with_location(location(id))).with_lang(lang.clone());
        Branch::from(TagGroup::with_children(tag, children))
    };
    if is_mute(node) {
        return frame(children);
    }
    if !captioned {
        return picture(children, lang);
    }
    let before = children.iter().position(is_caption).unwrap_or(0) == 0;
    let (captions, pictured): (Vec<Branch>, Vec<Branch>) = children.into_iter().partition(is_caption);
    if pictured.is_empty() {
        return frame(captions);
    }
    let picture = picture(pictured, None);
    let mut framed = captions;
    framed.insert(if before { framed.len() } else { 0 }, picture);
    frame(framed)
}

/// Elements whose children are blocks.
pub(super) fn holds_blocks(tag: &Element) -> bool {
    match tag {
        Element::Document
        | Element::Part
        | Element::Section
        | Element::BlockQuote
        | Element::Aside
        | Element::ItemBody
        | Element::Note => true,
        Element::Heading { .. }
        | Element::Paragraph
        | Element::List(_)
        | Element::Item
        | Element::Label
        | Element::Code
        | Element::Table
        | Element::Row
        | Element::HeadCell(_)
        | Element::Cell
        | Element::Caption
        | Element::Figure
        | Element::Reference
        | Element::Link
        | Element::Inline
        | Element::Whole
        | Element::Contents
        | Element::ContentsItem => false,
    }
}
