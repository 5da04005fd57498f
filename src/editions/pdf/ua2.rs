//! What PDF/UA-2 (ISO 14289-2) and the structure of PDF 2.0 ask for and krilla doesn't write.
//!
//! Enters: krilla's PDF 2.0, what ids mean. Leaves: the same pages, whose structure is in the namespace of PDF 2.0;
//! for PDF/UA-2 also notes as `FENote`, tied to their calls both ways, contents that refer to what they name, links
//! and bookmarks that lead to elements, and the claim. Promise: nothing that is drawn changes; a claim
//! is made only of a file in which all of it was done.

use super::built::{Built, Unlike, first, items, named, referred, string};
use super::file::last;
use super::targets::Targets;
use super::xmp;
use crate::model::Id;
use crate::style::NotePlace;
use hayro_syntax::object::{Array, Dict, Name, String as PdfString};
use std::collections::{BTreeMap, BTreeSet};

/// ISO 32000-2, 14.8.6.2. krilla writes another address, which readers take for a namespace unknown to them.
const NAMESPACE: &[u8] = b"<</Type/Namespace/NS(http://iso.org/pdf2/ssn)>>";

/// How elements are written, up to their type.
const ELEMENT: &str = "<</Type/StructElem/S/";

/// The file with its structure in the namespace of PDF 2.0.
pub(super) fn in_namespace(pdf: Vec<u8>) -> Result<Vec<u8>, Unlike> {
    let built = Built::new(pdf)?;
    let (namespace, document) = root(&built)?;
    let (head, rest) = opened(&built, document, "Document")?;
    let named = [head.as_bytes(), within(namespace).as_bytes(), rest].concat();
    built.changed(&BTreeMap::from([(namespace, NAMESPACE.to_vec()), (document, named)]))
}

/// The file as PDF/UA-2 wants it, with its claim.
pub(super) fn finished(pdf: Vec<u8>, targets: &Targets, place: NotePlace) -> Result<Vec<u8>, Unlike> {
    let built = Built::new(pdf)?;
    let mut pass = Pass::new(&built)?;
    pass.lead(targets)?;
    pass.refer();
    let mut changes = BTreeMap::from([(pass.namespace, NAMESPACE.to_vec())]);
    for (object, element) in &pass.elements {
        changes.extend(pass.element(*object, element, place)?);
    }
    for (object, lead) in &pass.leads {
        changes.insert(*object, pass.led(*object, lead)?);
    }
    changes.insert(built.root(), titled(&built)?);
    let pdf = built.changed(&changes)?;
    xmp::claiming_ua2(&pdf).ok_or(Unlike::Lacks("packet of metadata"))
}

/// How links are written, and bookmarks.
const LINK: &[u8] = b"<</Type/Annot/Subtype/Link";
const BOOKMARK: &[u8] = b"<</Parent ";

/// How a list says that its items aren't numbered.
const NO_NUMBERS: &[u8] = b"<</O/List/ListNumbering/None>>";

/// An element of the structure.
struct Element {
    kind: String,
    parent: u32,
}

/// Where a link or a bookmark leads.
struct Lead {
    /// The element.
    element: u32,
    /// The object that says where on a page that is.
    place: u32,
}

struct Pass<'b> {
    built: &'b Built,
    namespace: u32,
    /// The root element.
    document: u32,
    elements: BTreeMap<u32, Element>,
    /// The element of each annotation.
    owners: BTreeMap<u32, u32>,
    leads: BTreeMap<u32, Lead>,
    /// What elements refer to.
    refs: BTreeMap<u32, BTreeSet<u32>>,
    /// Lists whose labels are terms.
    described: BTreeSet<u32>,
}

impl<'b> Pass<'b> {
    fn new(built: &'b Built) -> Result<Pass<'b>, Unlike> {
        let (namespace, document) = root(built)?;
        let mut pass = Pass {
            built,
            namespace,
            document,
            elements: BTreeMap::new(),
            owners: BTreeMap::new(),
            leads: BTreeMap::new(),
            refs: BTreeMap::new(),
            described: BTreeSet::new(),
        };
        for object in built.beginning(ELEMENT.as_bytes()) {
            let dict = built.dictionary(object).ok_or(Unlike::Object(object))?;
            let kind = dict.get::<Name<'_>>("S").ok_or(Unlike::Object(object))?.as_str().to_owned();
            let parent = referred(&dict, "P").ok_or(Unlike::Object(object))?;
            if kind == "Link" {
                let children = dict.get::<Array<'_>>("K").ok_or(Unlike::Object(object))?;
                let annotations = items(&children).filter_map(|child| referred(&child.into_dict()?, "Obj"));
                pass.owners.extend(annotations.map(|annotation| (annotation, object)));
            }
            pass.elements.insert(object, Element { kind, parent });
        }
        Ok(pass)
    }

    /// Finds where links and bookmarks lead.
    fn lead(&mut self, targets: &Targets) -> Result<(), Unlike> {
        let names = structure(self.built).ok().and_then(|root| root.get::<Dict<'_>>("IDTree"));
        let names = named(names);
        let root = self.built.dictionary(self.built.root());
        let root = root.and_then(|root| root.get::<Dict<'_>>("Names"));
        let places = named(root.and_then(|names| names.get::<Dict<'_>>("Dests")));
        // What ids mean that no element was written for is somewhere in the document.
        let element = |name: &[u8]| {
            let id = Id(String::from_utf8_lossy(name).into_owned());
            // krilla tells names of ours from its own by the letter.
            let name = targets.meant(&id).map(|name| format!("U{name}").into_bytes());
            name.and_then(|name| names.get(&name)).copied().unwrap_or(self.document)
        };
        let mut by_place = BTreeMap::new();
        for (name, place) in &places {
            by_place.entry(*place).or_insert_with(|| element(name));
        }
        let mut leads = BTreeMap::new();
        for object in self.built.beginning(LINK).chain(self.built.beginning(BOOKMARK)) {
            let dict = self.built.dictionary(object).ok_or(Unlike::Object(object))?;
            let lead = match (dict.get::<PdfString<'_>>("Dest"), referred(&dict, "Dest")) {
                (Some(name), _) => {
                    let place = *places.get(name.as_bytes()).ok_or(Unlike::Object(object))?;
                    Lead { element: element(name.as_bytes()), place }
                }
                (None, Some(place)) => {
                    Lead { element: by_place.get(&place).copied().unwrap_or(self.document), place }
                }
                // It leads to another file.
                (None, None) => continue,
            };
            leads.insert(object, lead);
        }
        self.leads = leads;
        Ok(())
    }

    /// Ties notes to their calls, and lines of the contents to what they name; finds the lists that have labels.
    fn refer(&mut self) {
        let mut refs: BTreeMap<u32, BTreeSet<u32>> = BTreeMap::new();
        for (object, lead) in &self.leads {
            let Some(link) = self.owners.get(object) else { continue };
            if self.elements.get(&lead.element).is_some_and(|element| element.kind == "Note") {
                refs.entry(*link).or_default().insert(lead.element);
                refs.entry(lead.element).or_default().insert(*link);
            }
            if let Some(item) = self.over(*link, ["Reference", "TOCI"]) {
                refs.entry(item).or_default().insert(lead.element);
            }
        }
        // So does one that names something of which nothing was drawn.
        let items = self.elements.iter().filter(|(_, element)| element.kind == "TOCI");
        for (item, _) in items {
            refs.entry(*item).or_insert_with(|| BTreeSet::from([self.document]));
        }
        self.refs = refs;
        let labels = self.elements.iter().filter(|(_, element)| element.kind == "Lbl");
        self.described = labels.filter_map(|(label, _)| self.over(*label, ["LI", "L"])).collect();
    }

    /// The element over an element's parent, when both are of these types.
    fn over(&self, element: u32, [parent, next]: [&str; 2]) -> Option<u32> {
        let up = |element: u32, kind: &str| {
            let over = self.elements.get(&element)?.parent;
            self.elements.get(&over).filter(|over| over.kind == kind).map(|_| over)
        };
        up(up(element, parent)?, next)
    }

    /// The element as it is written, when that changes.
    fn element(
        &self,
        object: u32,
        element: &Element,
        place: NotePlace,
    ) -> Result<Option<(u32, Vec<u8>)>, Unlike> {
        let (head, rest) = opened(self.built, object, &element.kind)?;
        let namespace = within(self.namespace);
        let mut out = match element.kind.as_str() {
            "Note" => {
                let kind = if place == NotePlace::Foot { "Footnote" } else { "Endnote" };
                format!("{ELEMENT}FENote{namespace}/A[<</O/FENote/NoteType/{kind}>>]")
            }
            "Document" => head + &namespace,
            _ => head,
        };
        if let Some(refs) = self.refs.get(&object) {
            let refs: Vec<String> = refs.iter().map(|to| format!("{to} 0 R")).collect();
            out.push_str(&format!("/Ref[{}]", refs.join(" ")));
        }
        let mut out = out.into_bytes();
        let unnumbered =
            if self.described.contains(&object) { last(rest, NO_NUMBERS, 0..rest.len()) } else { None };
        match unnumbered {
            // Labels of a list can't be of no kind (ISO 14289-2, 8.2.5.25).
            Some(at) => {
                out.extend_from_slice(rest.get(..at).unwrap_or_default());
                out.extend_from_slice(b"<</O/List/ListNumbering/Description>>");
                out.extend_from_slice(rest.get(at + NO_NUMBERS.len()..).unwrap_or_default());
            }
            None => out.extend_from_slice(rest),
        }
        let changed = self.built.body(object) != Some(out.as_slice());
        Ok(changed.then_some((object, out)))
    }

    /// A link or a bookmark that leads to an element, and to its place for readers that know of none.
    fn led(&self, object: u32, lead: &Lead) -> Result<Vec<u8>, Unlike> {
        const KEY: &[u8] = b"/Dest";
        let unlike = Unlike::Object(object);
        let body = self.built.body(object).ok_or(unlike)?;
        let places = self.built.body(lead.place).ok_or(Unlike::Object(lead.place))?;
        let on_page = places.iter().position(|byte| *byte == b'/').and_then(|at| places.get(at..));
        let on_page = on_page.ok_or(Unlike::Object(lead.place))?;
        let explicit = format!(" {} 0 R>>", lead.place);
        let (before, to, after) = if body.ends_with(&[KEY, explicit.as_bytes()].concat()) {
            // A title may hold the key's letters, so it is the last.
            let at = body.len() - explicit.len();
            (body.get(..at - KEY.len()), body.get(at..body.len() - 2), body.get(body.len() - 2..))
        } else {
            // Before the name there are but numbers.
            let at = body.windows(KEY.len()).position(|found| found == KEY).ok_or(unlike)?;
            let start = at + KEY.len();
            let end = start + body.get(start..).and_then(string).ok_or(unlike)?;
            (body.get(..at), body.get(start..end), body.get(end..))
        };
        let (before, to, after) = (before.ok_or(unlike)?, to.ok_or(unlike)?, after.ok_or(unlike)?);
        let element = format!("/SD[{} 0 R", lead.element);
        Ok([before, b"/A<</Type/Action/S/GoTo/D", to, element.as_bytes(), on_page, b">>", after].concat())
    }
}

/// The numbers of the namespace and of the root element.
fn root(built: &Built) -> Result<(u32, u32), Unlike> {
    let root = structure(built)?;
    let namespace = first(&root, "Namespaces").ok_or(Unlike::Lacks("namespace"))?;
    if !built.body(namespace).is_some_and(|body| body.ends_with(b"/pdf2/ssn)>>")) {
        return Err(Unlike::Object(namespace));
    }
    Ok((namespace, first(&root, "K").ok_or(Unlike::Lacks("element of the document"))?))
}

/// An element of this kind as it is written: up to its type, and the rest.
fn opened<'b>(built: &'b Built, object: u32, kind: &str) -> Result<(String, &'b [u8]), Unlike> {
    let head = format!("{ELEMENT}{kind}");
    let rest = built.body(object).and_then(|body| body.strip_prefix(head.as_bytes()));
    Ok((head, rest.ok_or(Unlike::Object(object))?))
}

/// What an element says of its namespace.
fn within(namespace: u32) -> String {
    format!("/NS {namespace} 0 R")
}

fn structure(built: &Built) -> Result<Dict<'_>, Unlike> {
    let root = built.dictionary(built.root()).ok_or(Unlike::Lacks("catalogue"))?;
    root.get("StructTreeRoot").ok_or(Unlike::Lacks("structure"))
}

/// The catalogue, which asks for the title in the window (ISO 14289-2, 8.11.2).
fn titled(built: &Built) -> Result<Vec<u8>, Unlike> {
    const WISHES: &[u8] = b"/ViewerPreferences<<";
    let body = built.body(built.root()).ok_or(Unlike::Lacks("catalogue"))?;
    let at = body.windows(WISHES.len()).position(|found| found == WISHES);
    let (before, after) = at
        .and_then(|at| body.split_at_checked(at + WISHES.len()))
        .ok_or(Unlike::Lacks("wish for its window"))?;
    Ok([before, b"/DisplayDocTitle true", after].concat())
}
