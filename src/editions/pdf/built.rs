//! The finished file's objects, to be read and changed in their places.
//!
//! Enters: what krilla wrote, whose objects stand each in its place and in one spelling. Leaves: their
//! dictionaries, their bytes, the file with other bytes for some of them. Promise: what isn't touched keeps its
//! bytes; what isn't built as expected is an error, never a guess.

use super::file;
use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Dict, MaybeRef, Object, ObjectIdentifier, String as PdfString};
use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

/// How a file is other than krilla writes one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unlike {
    /// It can't be read.
    Unreadable,
    /// It lacks this part.
    Lacks(&'static str),
    /// The object of this number is spelled in another way.
    Object(u32),
}

impl fmt::Display for Unlike {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Unlike::Unreadable => f.write_str("it can't be read back"),
            Unlike::Lacks(part) => write!(f, "it has no {part}"),
            Unlike::Object(number) => write!(f, "its object {number} isn't written as expected"),
        }
    }
}

/// A file that was read.
pub(super) struct Built {
    bytes: Arc<Vec<u8>>,
    file: Pdf,
    places: Vec<usize>,
}

impl Built {
    /// Reads a file.
    pub(super) fn new(bytes: Vec<u8>) -> Result<Built, Unlike> {
        let places = file::places(&bytes).ok_or(Unlike::Lacks("table of places"))?;
        let bytes = Arc::new(bytes);
        let file = Pdf::new(Arc::clone(&bytes)).map_err(|_| Unlike::Unreadable)?;
        Ok(Built { bytes, file, places })
    }

    fn objects(&self) -> impl Iterator<Item = u32> + use<> {
        1..u32::try_from(self.places.len()).unwrap_or(u32::MAX)
    }

    /// The number of the catalogue.
    pub(super) fn root(&self) -> u32 {
        self.file.xref().root_id().obj_number
    }

    /// The dictionary of this number.
    pub(super) fn dictionary(&self, object: u32) -> Option<Dict<'_>> {
        self.file.xref().get(ObjectIdentifier::new(object, 0))
    }

    /// The numbers of the objects that are written so at their beginning.
    pub(super) fn beginning<'b>(&'b self, with: &'b [u8]) -> impl Iterator<Item = u32> + use<'b> {
        self.objects().filter(move |object| {
            let start = self.place(*object).and_then(|place| file::within(&self.bytes, place));
            start.and_then(|start| self.bytes.get(start..)).is_some_and(|rest| rest.starts_with(with))
        })
    }

    /// How the object of this number is written.
    pub(super) fn body(&self, object: u32) -> Option<&[u8]> {
        self.bytes.get(self.range(object)?)
    }

    fn range(&self, object: u32) -> Option<Range<usize>> {
        file::body(&self.bytes, self.place(object)?)
    }

    fn place(&self, object: u32) -> Option<usize> {
        self.places.get(usize::try_from(object).ok()?).copied().filter(|place| *place > 0)
    }

    /// The file with these objects written otherwise.
    pub(super) fn changed(&self, changes: &BTreeMap<u32, Vec<u8>>) -> Result<Vec<u8>, Unlike> {
        let mut ranges = Vec::with_capacity(changes.len());
        for (object, body) in changes {
            ranges.push((self.range(*object).ok_or(Unlike::Object(*object))?, body.as_slice()));
        }
        file::rewritten(&self.bytes, ranges).ok_or(Unlike::Lacks("table of places"))
    }
}

/// The number of the object that a key refers to.
pub(super) fn referred(dict: &Dict<'_>, key: &str) -> Option<u32> {
    Some(dict.get_ref(key)?.obj_number)
}

/// The number of the object that stands first in a list.
pub(super) fn first(dict: &Dict<'_>, key: &str) -> Option<u32> {
    Some(dict.get::<Array<'_>>(key)?.raw_iter().next()?.as_obj_ref()?.obj_number)
}

/// What stands in a list itself, beside what it refers to.
pub(super) fn items<'a>(list: &Array<'a>) -> impl Iterator<Item = Object<'a>> {
    list.raw_iter().filter_map(|item| match item {
        MaybeRef::NotRef(object) => Some(object),
        MaybeRef::Ref(_) => None,
    })
}

/// What a tree of names that has one node leads to (ISO 32000-2, 7.9.6).
pub(super) fn named(tree: Option<Dict<'_>>) -> BTreeMap<Vec<u8>, u32> {
    let names = tree.and_then(|tree| tree.get::<Array<'_>>("Names"));
    let items: Vec<MaybeRef<Object<'_>>> = names.iter().flat_map(Array::raw_iter).collect();
    let pair = |pair: &[MaybeRef<Object<'_>>]| match pair {
        [MaybeRef::NotRef(Object::String(name)), MaybeRef::Ref(to)] => {
            Some((PdfString::as_bytes(name).to_vec(), to.obj_number))
        }
        _ => None,
    };
    items.chunks(2).filter_map(pair).collect()
}

/// How long the string is that bytes begin with (ISO 32000-2, 7.3.4).
pub(super) fn string(bytes: &[u8]) -> Option<usize> {
    if bytes.first() == Some(&b'<') {
        return Some(bytes.iter().position(|byte| *byte == b'>')? + 1);
    }
    let mut depth = 0_usize;
    let mut escaped = false;
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'(' => depth += 1,
            b')' if depth == 1 => return Some(at + 1),
            b')' => depth = depth.checked_sub(1)?,
            _ if depth == 0 => return None,
            _ => {}
        }
    }
    None
}
