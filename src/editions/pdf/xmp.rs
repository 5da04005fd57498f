//! What libraries want to know of a book and krilla has no place for: publisher, rights, identifier,
//! contributors, subjects and date, in Dublin Core.
//!
//! Enters: a finished PDF, the book's metadata. Leaves: the PDF with these in its XMP packet (ISO
//! 16684-1, 8.3), and with every place in it counted anew. Promise: a file that isn't built as
//! expected is left as it is.
//!
//! Authors stay as krilla writes them: all in one entry of `dc:creator`, the same words as in `/Author`
//! of the document information. An entry for each would keep PDF/A-2, but the two would no longer say
//! the same (which PDF/A-1, 6.7.3, demands), and Acrobat mixes them: it would name all authors from the
//! one and then the second and further ones again from the other.

use super::file::{last, number, replaced, table};
use super::words::short;
use crate::model::Metadata;

/// The file with more said of the book.
pub(super) fn enriched(pdf: Vec<u8>, about: &Metadata) -> Vec<u8> {
    let said = properties(about);
    if said.is_empty() {
        return pdf;
    }
    insert(&pdf, &said).unwrap_or(pdf)
}

fn properties(about: &Metadata) -> String {
    let others = about.contributors.iter().filter(|one| one.role != "aut").map(|one| one.name.as_str());
    let identifier = match (&about.isbn_print, &about.identifier) {
        (Some(isbn), _) => Some(format!("urn:isbn:{isbn}")),
        (None, own) => own.clone(),
    };
    let mut out = String::new();
    list(&mut out, "contributor", "Bag", others);
    list(&mut out, "publisher", "Bag", about.publisher.as_deref().into_iter());
    list(&mut out, "subject", "Bag", about.subjects.iter().map(String::as_str));
    list(&mut out, "date", "Seq", about.date.as_deref().into_iter());
    if let Some(identifier) = identifier {
        out.push_str(&format!("<dc:identifier>{}</dc:identifier>", escaped(&identifier)));
    }
    if let Some(rights) = &about.rights {
        let rights = escaped(rights);
        out.push_str(&format!(
            "<dc:rights><rdf:Alt><rdf:li xml:lang=\"x-default\">{rights}</rdf:li></rdf:Alt></dc:rights>"
        ));
    }
    out
}

fn list<'a>(out: &mut String, name: &str, kind: &str, items: impl Iterator<Item = &'a str>) {
    let items: Vec<String> = items.map(escaped).filter(|item| !item.is_empty()).collect();
    if items.is_empty() {
        return;
    }
    out.push_str(&format!("<dc:{name}><rdf:{kind}>"));
    for item in items {
        out.push_str(&format!("<rdf:li>{item}</rdf:li>"));
    }
    out.push_str(&format!("</rdf:{kind}></dc:{name}>"));
}

fn escaped(text: &str) -> String {
    short(text).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// The file with the claim to keep PDF/UA-2 (ISO 14289-2, 5).
pub(super) fn claiming_ua2(pdf: &[u8]) -> Option<Vec<u8>> {
    const CLAIM: &str = "<pdfuaid:part xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\">2</pdfuaid:part>\
        <pdfuaid:rev xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\">2024</pdfuaid:rev>";
    insert(pdf, CLAIM)
}

/// Puts the properties into the packet, whose length is said before it.
fn insert(pdf: &[u8], said: &str) -> Option<Vec<u8>> {
    const HEAD: &[u8] = b"/Type/Metadata/Subtype/XML>>\nstream\n";
    const LENGTH: &[u8] = b"<</Length ";
    let (table, _) = table(pdf)?;
    let head = last(pdf, HEAD, 0..table)?;
    let start = last(pdf, LENGTH, 0..head)? + LENGTH.len();
    let (length, end) = number(pdf, start).filter(|(_, end)| *end == head)?;
    let packet = head + HEAD.len()..head + HEAD.len() + length;
    let place = last(pdf, b"</rdf:Description>", packet)?;
    let longer = (length + said.len()).to_string();
    let pdf = replaced(pdf, place..place, said.as_bytes())?;
    replaced(&pdf, start..end, longer.as_bytes())
}
