//! Who made the book: names, what they did, how they are sorted.
//!
//! Enters: the value of `authors`. Leaves: contributors in their order. Promise: each has a name and a
//! role that catalogues know.

use super::{Misfit, misfit, put, text};
use crate::model::Contributor;
use crate::sources::value::{Entry, Kind, Value};

pub(super) fn contributors(value: &Value) -> Result<Vec<Contributor>, Misfit> {
    let items = match &value.kind {
        Kind::List(items) => items.as_slice(),
        Kind::Text(_) | Kind::Plain(_) | Kind::Table(_) => std::slice::from_ref(value),
        Kind::Null => return Ok(Vec::new()),
    };
    let mut found = Vec::new();
    for item in items {
        match &item.kind {
            Kind::Text(name) | Kind::Plain(name) if name.trim().is_empty() => {}
            Kind::Text(name) | Kind::Plain(name) => found.push(Contributor {
                name: name.trim().to_owned(),
                role: "aut".to_owned(),
                file_as: None,
            }),
            Kind::Table(entries) => found.push(contributor(item, entries)?),
            Kind::Null => {}
            Kind::List(_) => return misfit(item, "a name, or a table with `name`, `role`, `file-as`"),
        }
    }
    Ok(found)
}

fn contributor(whole: &Value, entries: &[Entry]) -> Result<Contributor, Misfit> {
    let mut made = Contributor { name: String::new(), role: "aut".to_owned(), file_as: None };
    for entry in entries {
        match entry.name.as_str() {
            "name" => text(&entry.value)?.clone_into(&mut made.name),
            "role" => made.role = role(&entry.value)?,
            "file-as" => put(&entry.value, &mut made.file_as)?,
            _ => {
                let value = Value { span: entry.span, kind: Kind::Text(entry.name.clone()) };
                return misfit(&value, "`name`, `role` and `file-as` of a contributor, no other key");
            }
        }
    }
    if made.name.is_empty() { misfit(whole, "a `name` for each contributor") } else { Ok(made) }
}

/// Words for the relator codes of MARC that books need most.
const ROLES: &[(&str, &str)] = &[
    ("author", "aut"),
    ("editor", "edt"),
    ("translator", "trl"),
    ("illustrator", "ill"),
    ("photographer", "pht"),
    ("foreword", "aui"),
    ("introduction", "aui"),
    ("afterword", "aft"),
    ("contributor", "ctb"),
    ("narrator", "nrt"),
    ("designer", "bkd"),
    ("cover-designer", "cov"),
    ("compiler", "com"),
    ("annotator", "ann"),
    ("adapter", "adp"),
    ("proofreader", "pfr"),
];

fn role(value: &Value) -> Result<String, Misfit> {
    let word = text(value)?.to_lowercase().replace(' ', "-");
    if let Some((_, code)) = ROLES.iter().find(|(name, _)| *name == word) {
        return Ok((*code).to_owned());
    }
    if word.len() == 3 && word.bytes().all(|b| b.is_ascii_lowercase()) {
        return Ok(word);
    }
    let words: Vec<&str> = ROLES.iter().map(|(name, _)| *name).collect();
    misfit(value, format!("a MARC relator code of three letters, or one of {}", words.join(", ")))
}
