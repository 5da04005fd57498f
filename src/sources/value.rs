//! TOML and YAML as one tree of values that know their places.
//!
//! Enters: the text of `aldine.toml` or of a front matter. Leaves: [`Value`]s. Promise: the schema in
//! `keys` is written once for both; depth, aliases and size of what is read are bounded.

use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::span::{FileId, Span};
use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use std::fmt;
use std::ops::Range;
use toml::de::{DeTable, DeValue};

/// A value and its place.
#[derive(Debug, Clone)]
pub(super) struct Value {
    pub(super) span: Span,
    pub(super) kind: Kind,
}

/// What a value is.
#[derive(Debug, Clone)]
pub(super) enum Kind {
    /// Text in quotes, or a word of YAML.
    Text(String),
    /// A number, a date, a truth value: as typed, so that a title `1984` or a language `no` survive.
    Plain(String),
    /// YAML's nothing: the key is not set.
    Null,
    /// A list.
    List(Vec<Value>),
    /// A table, in the order of the file.
    Table(Vec<Entry>),
}

/// A key and its value.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) name: String,
    pub(super) span: Span,
    pub(super) value: Value,
}

/// Reads `aldine.toml`; with its syntax errors, the values that could be made out, and whether all could.
pub(super) fn toml(text: &str, file: FileId, diagnostics: &mut Diagnostics) -> (Vec<Entry>, bool) {
    let skipped = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let text_read = text.get(skipped..).unwrap_or_default();
    let reading = Reading { text: text_read, file, offset: skipped };
    let (table, errors) = DeTable::parse_recoverable(text_read);
    for error in &errors {
        let range = error.span().unwrap_or(0..0);
        diagnostics.push(
            Diagnostic::new(
                Code::SettingsSyntax,
                reading.span(range),
                format!("{CANT_READ}: {}", error.message()),
            )
            .hint("settings are written in TOML: `key = \"text\"`, one on a line"),
        );
    }
    (reading.table(table.get_ref()), errors.is_empty())
}

const CANT_READ: &str = "the settings can't be read here";

/// A text being read: where its pieces stand in its file.
struct Reading<'t> {
    text: &'t str,
    file: FileId,
    offset: usize,
}

impl Reading<'_> {
    fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.file, range.start + self.offset..range.end + self.offset)
    }

    fn raw(&self, range: Range<usize>) -> String {
        self.text.get(range).unwrap_or_default().trim().to_owned()
    }

    fn table(&self, table: &DeTable<'_>) -> Vec<Entry> {
        let mut entries: Vec<Entry> = table
            .iter()
            .map(|(key, value)| Entry {
                name: key.get_ref().to_string(),
                span: self.span(key.span()),
                value: self.value(value.get_ref(), value.span()),
            })
            .collect();
        entries.sort_by_key(|entry| entry.span);
        entries
    }

    fn value(&self, value: &DeValue<'_>, range: Range<usize>) -> Value {
        let kind = match value {
            DeValue::String(text) => Kind::Text(text.to_string()),
            DeValue::Array(items) => {
                Kind::List(items.iter().map(|item| self.value(item.get_ref(), item.span())).collect())
            }
            DeValue::Table(table) => Kind::Table(self.table(table)),
            DeValue::Integer(_) | DeValue::Float(_) | DeValue::Boolean(_) | DeValue::Datetime(_) => {
                Kind::Plain(self.raw(range.clone()))
            }
        };
        Value { span: self.span(range), kind }
    }
}

/// Reads a front matter: the lines between its marks, which begin at `offset` of the file.
pub(super) fn yaml(
    text: &str,
    file: FileId,
    offset: usize,
    diagnostics: &mut Diagnostics,
) -> Option<Vec<Entry>> {
    let reading = Reading { text, file, offset };
    let options = serde_saphyr::options! {
        budget: serde_saphyr::budget! { max_events: 100_000, max_depth: 32, max_aliases: 100 },
        alias_limits: serde_saphyr::alias_limits! { max_total_replayed_events: 10_000 },
        with_snippet: false,
    };
    let wrong = |range: Range<usize>, message: String| {
        Diagnostic::new(Code::SettingsSyntax, reading.span(range), message).hint(
            "the front matter is YAML: `key: text`, one on a line; text with `: ` or `#` in it needs quotes",
        )
    };
    match serde_saphyr::from_str_with_options::<Option<Node>>(text, options) {
        Ok(None) => Some(Vec::new()),
        Ok(Some(node)) => {
            let value = reading.node(node, 0..text.len());
            match value.kind {
                Kind::Table(entries) => Some(entries),
                Kind::Null => Some(Vec::new()),
                Kind::Text(_) | Kind::Plain(_) | Kind::List(_) => {
                    let message = "the front matter holds no settings".to_owned();
                    diagnostics.push(wrong(first_line(text), message));
                    None
                }
            }
        }
        Err(error) => {
            let at = error.location().map_or(0, |location| place(text, &location));
            let message = error.without_snippet().to_string();
            let message = message.lines().next().unwrap_or_default();
            // The parser counts lines from the front matter's first.
            let message = message.split(" at line ").next().unwrap_or_default().trim_end_matches('.');
            diagnostics.push(wrong(at..at, format!("the front matter can't be read here: {message}")));
            None
        }
    }
}

/// The byte of a place that a parser told by line and column in characters, both from 1.
fn place(text: &str, location: &serde_saphyr::Location) -> usize {
    if let Some(at) = location.span().byte_offset().and_then(|at| usize::try_from(at).ok()) {
        return at.min(text.len());
    }
    let number = |n: u64| usize::try_from(n.saturating_sub(1)).unwrap_or(usize::MAX);
    let start: usize = text.split_inclusive('\n').take(number(location.line())).map(str::len).sum();
    let line = text.get(start..).unwrap_or_default().lines().next().unwrap_or_default();
    start + line.chars().take(number(location.column())).map(char::len_utf8).sum::<usize>()
}

fn first_line(text: &str) -> Range<usize> {
    0..text.find('\n').unwrap_or(text.len())
}

/// YAML as it comes from the parser, keys and values with their places.
enum Node {
    Text(String),
    Plain,
    Null,
    List(Vec<serde_saphyr::Spanned<Node>>),
    Table(Vec<(serde_saphyr::Spanned<String>, serde_saphyr::Spanned<Node>)>),
}

impl Reading<'_> {
    fn node(&self, node: Node, range: Range<usize>) -> Value {
        let kind = match node {
            Node::Text(text) => Kind::Text(text),
            Node::Plain => Kind::Plain(self.raw(range.clone())),
            Node::Null => Kind::Null,
            Node::List(items) => Kind::List(items.into_iter().map(|item| self.spanned(item)).collect()),
            Node::Table(entries) => Kind::Table(
                entries
                    .into_iter()
                    .map(|(key, value)| Entry {
                        span: self.span(self.trimmed(&key.defined)),
                        name: key.value,
                        value: self.spanned(value),
                    })
                    .collect(),
            ),
        };
        Value { span: self.span(range), kind }
    }

    fn spanned(&self, node: serde_saphyr::Spanned<Node>) -> Value {
        let range = self.trimmed(&node.defined);
        self.node(node.value, range)
    }

    /// The bytes of a place; without the blanks and line ends that belong to block values.
    fn trimmed(&self, location: &serde_saphyr::Location) -> Range<usize> {
        let number = |n: Option<u64>| n.and_then(|n| usize::try_from(n).ok()).unwrap_or(0);
        let start = number(location.span().byte_offset()).min(self.text.len());
        let end = (start + number(location.span().byte_len())).min(self.text.len());
        let text = self.text.get(start..end).unwrap_or_default();
        start..start + text.trim_end().len()
    }
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Any;
        impl<'de> Visitor<'de> for Any {
            type Value = Node;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a setting")
            }
            fn visit_bool<E>(self, _: bool) -> Result<Node, E> {
                Ok(Node::Plain)
            }
            fn visit_i64<E>(self, _: i64) -> Result<Node, E> {
                Ok(Node::Plain)
            }
            fn visit_u64<E>(self, _: u64) -> Result<Node, E> {
                Ok(Node::Plain)
            }
            fn visit_i128<E>(self, _: i128) -> Result<Node, E> {
                Ok(Node::Plain)
            }
            fn visit_u128<E>(self, _: u128) -> Result<Node, E> {
                Ok(Node::Plain)
            }
            fn visit_f64<E>(self, _: f64) -> Result<Node, E> {
                Ok(Node::Plain)
            }
            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Node, E> {
                Ok(Node::Text(text.to_owned()))
            }
            fn visit_unit<E>(self) -> Result<Node, E> {
                Ok(Node::Null)
            }
            fn visit_none<E>(self) -> Result<Node, E> {
                Ok(Node::Null)
            }
            fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
                Node::deserialize(deserializer)
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Node, A::Error> {
                let mut items = Vec::new();
                while let Some(item) = seq.next_element()? {
                    items.push(item);
                }
                Ok(Node::List(items))
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Node, A::Error> {
                let mut entries: Vec<(serde_saphyr::Spanned<String>, _)> = Vec::new();
                while let Some(key) = map.next_key::<serde_saphyr::Spanned<String>>()? {
                    if entries.iter().any(|(known, _)| known.value == key.value) {
                        return Err(A::Error::custom(format!("`{}` is written twice", key.value)));
                    }
                    entries.push((key, map.next_value()?));
                }
                Ok(Node::Table(entries))
            }
        }
        deserializer.deserialize_any(Any)
    }
}
