//! The structure of a PDF, walked in reading order.
//!
//! Enters: the catalogue, what the pages' marked sequences say. Leaves: the text as a screen reader
//! says it, the headings, and the elements with what they own on the pages. Promise: it ends whatever
//! the file says: an element met again is left out.

use super::content::each;
use super::decoded;
use super::marks::Sequences;
use crate::proof::one_line;
use hayro_syntax::object::{
    Array, Dict, MaybeRef, Name, Number, Object, ObjectIdentifier, String as PdfString,
};
use hayro_syntax::xref::XRef;
use std::collections::{BTreeMap, BTreeSet};

/// What the structure says.
#[derive(Default)]
pub(in crate::proof) struct Said {
    /// All text, blocks apart by line ends.
    pub(in crate::proof) text: String,
    /// The titles of headings, as their elements have them.
    pub(in crate::proof) headings: Vec<String>,
    /// The elements in reading order.
    pub(in crate::proof) tree: Tree,
}

/// The elements of a structure, and what they own.
#[derive(Debug, Default)]
pub(in crate::proof) struct Tree {
    /// In reading order, each before what is in it.
    pub(in crate::proof) elements: Vec<Element>,
    /// For each page the element of each marked sequence.
    pub(in crate::proof) owners: Vec<BTreeMap<i64, usize>>,
}

/// An element.
#[derive(Debug, Clone)]
pub(in crate::proof) struct Element {
    /// Its type, as ISO 32000-1, 14.8.4 names it.
    pub(in crate::proof) kind: String,
    /// The element that it is in.
    pub(in crate::proof) parent: Option<usize>,
    /// Whether it may stand within a line of text.
    pub(in crate::proof) inline: bool,
}

impl Tree {
    /// The element and those it is in, from the innermost.
    pub(in crate::proof) fn around(&self, element: usize) -> impl Iterator<Item = (usize, &Element)> {
        let mut next = Some(element);
        std::iter::from_fn(move || {
            let at = next?;
            let element = self.elements.get(at)?;
            next = element.parent;
            Some((at, element))
        })
    }
}

/// A step of the walk.
enum Step<'a> {
    /// A child of an element on this page.
    Child(MaybeRef<Object<'a>>, Option<ObjectIdentifier>),
    /// The end of an element, and whether it is a block.
    End(bool),
}

struct Walk<'s, 'a> {
    xref: &'a XRef,
    places: BTreeMap<ObjectIdentifier, usize>,
    sequences: &'s [Sequences],
    seen: BTreeSet<ObjectIdentifier>,
    steps: Vec<Step<'a>>,
    open: Vec<usize>,
    said: Said,
}

/// Reads the structure; `None` when there is none.
pub(super) fn read(
    catalogue: &Dict<'_>,
    xref: &XRef,
    places: BTreeMap<ObjectIdentifier, usize>,
    sequences: &[Sequences],
) -> Option<Said> {
    let root: Dict<'_> = catalogue.get("StructTreeRoot")?;
    let tree = Tree { owners: vec![BTreeMap::new(); sequences.len()], ..Tree::default() };
    let said = Said { tree, ..Said::default() };
    let (seen, steps, open) = (BTreeSet::new(), Vec::new(), Vec::new());
    let mut walk = Walk { xref, places, sequences, seen, steps, open, said };
    walk.children(&root, None);
    while let Some(step) = walk.steps.pop() {
        match step {
            Step::End(block) => {
                walk.open.pop();
                if block {
                    walk.said.text.push('\n');
                }
            }
            Step::Child(child, page) => walk.child(child, page),
        }
    }
    Some(walk.said)
}

impl<'a> Walk<'_, 'a> {
    fn children(&mut self, element: &Dict<'a>, page: Option<ObjectIdentifier>) {
        let children = each(element, "K").into_iter().rev();
        self.steps.extend(children.map(|child| Step::Child(child, page)));
    }

    fn child(&mut self, child: MaybeRef<Object<'a>>, page: Option<ObjectIdentifier>) {
        let object = match child {
            MaybeRef::Ref(reference) => {
                let id = ObjectIdentifier::from(reference);
                if !self.seen.insert(id) {
                    return;
                }
                self.xref.get::<Object<'a>>(id)
            }
            MaybeRef::NotRef(object) => Some(object),
        };
        let Some(object) = object else { return };
        if let Some(number) = object.clone().into_number() {
            self.sequence(number, page);
        } else if let Some(dict) = object.into_dict() {
            let page = dict.get_ref("Pg").map(ObjectIdentifier::from).or(page);
            match (dict.get::<Name<'_>>("S"), dict.get::<Number>("MCID")) {
                (Some(kind), _) => self.element(kind.as_str(), &dict, page),
                (None, Some(number)) => self.sequence(number, page),
                (None, None) => {}
            }
        }
    }

    fn sequence(&mut self, number: Number, page: Option<ObjectIdentifier>) {
        let place = page.and_then(|page| self.places.get(&page));
        let owners = place.and_then(|place| self.said.tree.owners.get_mut(*place));
        if let (Some(owners), Some(element)) = (owners, self.open.last()) {
            owners.entry(number.as_i64()).or_insert(*element);
        }
        let sequences = place.and_then(|place| self.sequences.get(*place));
        if let Some(text) = sequences.and_then(|sequences| sequences.get(&number.as_i64())) {
            self.said.text.push_str(text);
        }
    }

    fn element(&mut self, kind: &str, dict: &Dict<'a>, page: Option<ObjectIdentifier>) {
        if is_heading(kind) {
            let title = dict.get::<PdfString<'_>>("T").map(|title| decoded(title.as_bytes()));
            self.said.headings.push(one_line(&title.unwrap_or_default()));
        }
        let (inline, parent) = (is_inline(kind, dict), self.open.last().copied());
        if !inline {
            self.said.text.push('\n');
        }
        self.steps.push(Step::End(!inline));
        self.open.push(self.said.tree.elements.len());
        self.said.tree.elements.push(Element { kind: kind.to_owned(), parent, inline });
        self.children(dict, page);
    }
}

/// Whether an element of this type is a heading.
pub(in crate::proof) fn is_heading(kind: &str) -> bool {
    kind.strip_prefix('H').is_some_and(|level| !level.is_empty() && level.bytes().all(|b| b.is_ascii_digit()))
}

/// Elements that may stand within a word. Calls of notes don't: their number is no part of it.
fn is_inline(kind: &str, dict: &Dict<'_>) -> bool {
    let is_block = |attributes: &Dict<'_>| {
        attributes.get::<Name<'_>>("Placement").is_some_and(|placement| placement.as_str() == "Block")
    };
    match kind {
        "Span" | "Link" | "Quote" | "Em" | "Strong" => true,
        "Code" => {
            let listed = dict.get::<Array<'_>>("A");
            let mut listed = listed.iter().flat_map(|list| list.iter::<Dict<'_>>().collect::<Vec<_>>());
            !(listed.any(|one| is_block(&one)) || dict.get::<Dict<'_>>("A").is_some_and(|one| is_block(&one)))
        }
        _ => false,
    }
}
