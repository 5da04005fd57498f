//! A style file, read and checked key by key, before anything is reckoned.
//!
//! Enters: the text of a `style.toml`. Leaves: a [`Sheet`]: each key's value with its place, laid over
//! the sheet it is based on. Promise: a sheet holds values of the right kind only; what was wrong is
//! in the diagnostics, with the nearest thing that would be right.

use super::Colour;
use super::keys::{self, Kind};
use super::sizes::{page_names, page_size};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::measure::{Length, Measure};
use crate::span::{FileId, Span};
use std::collections::BTreeMap;
use toml::de::{DeTable, DeValue};

/// A value of the right kind.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    Words(String),
    Switch(bool),
    Count(u8),
    Measure(Measure),
    Page(Length, Length),
    Colour(Colour),
}

/// Values by the path of their keys.
#[derive(Debug, Clone, Default)]
pub(super) struct Sheet {
    values: BTreeMap<String, (Value, Span)>,
}

impl Sheet {
    /// Reads a file; `file` is `None` for a built-in style, whose places nobody needs.
    pub(super) fn read(text: &str, file: Option<FileId>, diagnostics: &mut Diagnostics) -> Sheet {
        let mut reader = Reader { sheet: Sheet::default(), file, diagnostics };
        // A byte order mark is blanked so that the places after it stay right.
        let text = text.strip_prefix('\u{feff}').map_or_else(|| text.to_owned(), |rest| format!("   {rest}"));
        match DeTable::parse(&text) {
            Ok(table) => reader.table("", table.get_ref()),
            Err(error) => {
                let range = error.span().unwrap_or(0..0);
                let message = format!("the style file is not TOML: {}", first_line(error.message()));
                reader.complain(range, message, "write keys as `size = \"11pt\"`, tables as `[text]`");
            }
        }
        reader.sheet
    }

    /// This sheet, laid over another.
    pub(super) fn over(self, mut base: Sheet) -> Sheet {
        base.values.extend(self.values);
        base
    }

    /// Where a key was written.
    pub(super) fn span(&self, key: &str) -> Span {
        self.values.get(key).map_or(Span::NONE, |(_, span)| *span)
    }

    pub(super) fn words(&self, key: &str) -> &str {
        match self.values.get(key) {
            Some((Value::Words(words), _)) => words,
            _ => "",
        }
    }

    pub(super) fn switch(&self, key: &str) -> bool {
        matches!(self.values.get(key), Some((Value::Switch(true), _)))
    }

    pub(super) fn count(&self, key: &str) -> u8 {
        match self.values.get(key) {
            Some((Value::Count(count), _)) => *count,
            _ => 0,
        }
    }

    pub(super) fn measure(&self, key: &str) -> Measure {
        match self.values.get(key) {
            Some((Value::Measure(measure), _)) => *measure,
            _ => Measure::Fixed(Length::ZERO),
        }
    }

    pub(super) fn page(&self, key: &str) -> (Length, Length) {
        match self.values.get(key) {
            Some((Value::Page(width, height), _)) => (*width, *height),
            _ => (Length::inch(5.5), Length::inch(8.5)),
        }
    }

    pub(super) fn colour(&self, key: &str) -> Colour {
        match self.values.get(key) {
            Some((Value::Colour(colour), _)) => *colour,
            _ => Colour::default(),
        }
    }

    /// This sheet under another name.
    pub(super) fn renamed(mut self, name: &str) -> Sheet {
        self.values.insert("name".to_owned(), (Value::Words(name.to_owned()), Span::NONE));
        self
    }
}

fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or_default()
}

struct Reader<'a> {
    sheet: Sheet,
    file: Option<FileId>,
    diagnostics: &'a mut Diagnostics,
}

impl Reader<'_> {
    fn span(&self, range: std::ops::Range<usize>) -> Span {
        self.file.map_or(Span::NONE, |file| Span::new(file, range))
    }

    fn complain(&mut self, range: std::ops::Range<usize>, message: String, hint: impl Into<String>) {
        let span = self.span(range);
        self.diagnostics.push(Diagnostic::new(Code::BadStyle, span, message).hint(hint));
    }

    /// Reads a table; the parser bounds how deep tables nest, and so does the list of keys.
    fn table(&mut self, prefix: &str, table: &DeTable<'_>) {
        for (key, value) in table {
            let name = key.get_ref();
            let path = if prefix.is_empty() { name.to_string() } else { format!("{prefix}.{name}") };
            if let Some(kind) = keys::kind(&path) {
                match checked(kind, value.get_ref()) {
                    Ok(found) => {
                        let span = self.span(value.span());
                        self.sheet.values.insert(path, (found, span));
                    }
                    Err((wanted, hint)) => {
                        self.complain(value.span(), format!("`{path}` must be {wanted}"), hint);
                    }
                }
            } else if let (true, DeValue::Table(inner)) = (keys::is_table(&path), value.get_ref()) {
                self.table(&path, inner);
            } else if keys::is_table(&path) {
                let hint = format!("write `[{path}]` on a line of its own, its keys under it");
                self.complain(value.span(), format!("`{path}` must be a table"), hint);
            } else {
                let hint = hint_for_key(&path);
                self.complain(key.span(), format!("no style has a key `{path}`"), hint);
            }
        }
    }
}

fn hint_for_key(path: &str) -> String {
    let last = |path: &str| path.rsplit('.').next().unwrap_or_default().to_owned();
    let tables = keys::all().filter_map(|(key, _)| key.rsplit_once('.').map(|(table, _)| table.to_owned()));
    let known = keys::all().map(|(key, _)| key).chain(tables);
    if let Some(near) = keys::nearest(path, known) {
        return format!("did you mean `{near}`?");
    }
    let moved = keys::all().map(|(key, _)| key).find(|key| last(key) == last(path));
    moved.map_or_else(
        || "the style `classic` explains every key".to_owned(),
        |key| format!("there is a key `{key}`"),
    )
}

/// What the value must be, and a hint.
type Wrong = (String, String);

fn checked(kind: Kind, value: &DeValue<'_>) -> Result<Value, Wrong> {
    match kind {
        Kind::Words => match value.as_str() {
            Some(words) if !words.chars().any(char::is_control) => Ok(Value::Words(words.to_owned())),
            _ => Err(("words in quotes".into(), "write it in one line, between quotes".into())),
        },
        Kind::Choice(choices) => match value.as_str() {
            Some(word) if choices.contains(&word) => Ok(Value::Words(word.to_owned())),
            found => Err(wrong_choice(choices, found)),
        },
        Kind::Switch => match value.as_bool() {
            Some(on) => Ok(Value::Switch(on)),
            None => Err(("true or false".into(), "write it without quotes".into())),
        },
        Kind::Count(least, most) => count(value, least, most),
        Kind::Measure => measure(value),
        Kind::Page => {
            let size = value.as_str().and_then(page_size);
            size.map(|(width, height)| Value::Page(width, height)).ok_or_else(|| wrong_page(value.as_str()))
        }
        Kind::Colour => value.as_str().and_then(Colour::parse).map(Value::Colour).ok_or_else(|| {
            ("a colour in quotes".into(), "write red, green and blue in hexadecimal: \"#f4f0e6\"".into())
        }),
    }
}

fn count(value: &DeValue<'_>, least: u8, most: u8) -> Result<Value, Wrong> {
    let number = value.as_integer().filter(|n| n.radix() == 10);
    let found = number.and_then(|n| n.as_str().parse::<u8>().ok()).filter(|n| (least..=most).contains(n));
    found.map(Value::Count).ok_or_else(|| {
        let hint = match (number, value) {
            (Some(n), _) if n.as_str().starts_with(['-', '0']) => format!("{least} is the least"),
            (Some(_), _) => format!("{most} is the most"),
            (None, DeValue::String(_)) => "write it without quotes".to_owned(),
            (None, _) => format!("write a number, such as {most}"),
        };
        (format!("a whole number from {least} to {most}"), hint)
    })
}

fn measure(value: &DeValue<'_>) -> Result<Value, Wrong> {
    let zero = value.as_integer().is_some_and(|n| n.as_str() == "0");
    let parsed = if zero { Measure::parse("0") } else { value.as_str().and_then(Measure::parse) };
    let units = || "use pt, mm, cm, in, em or lines: \"11pt\", \"1.5em\"".to_owned();
    match parsed {
        Some(Measure::Fixed(length)) if length < Length::ZERO => {
            Err(("zero or more".into(), "leave the minus out".into()))
        }
        Some(Measure::Em(times) | Measure::Lines(times)) if times < 0.0 => {
            Err(("zero or more".into(), "leave the minus out".into()))
        }
        Some(measure) => Ok(Value::Measure(measure)),
        None => Err(("a measure in quotes".into(), units())),
    }
}

fn wrong_choice(choices: &[&str], found: Option<&str>) -> Wrong {
    let list: Vec<String> = choices.iter().map(|choice| format!("\"{choice}\"")).collect();
    let near = found.and_then(|word| keys::nearest(word, choices.iter().map(|&c| c.to_owned())));
    let hint = near
        .map_or_else(|| "write one of them in quotes".to_owned(), |near| format!("did you mean \"{near}\"?"));
    (format!("one of {}", list.join(", ")), hint)
}

/// What a page size must be; also for the settings' own.
pub(super) fn wrong_page(found: Option<&str>) -> Wrong {
    let near = found.and_then(|word| keys::nearest(&word.to_lowercase(), page_names().map(str::to_owned)));
    let names: Vec<&str> = page_names().collect();
    let hint = near.map_or_else(
        || format!("write \"5.5x8.5in\", \"148x210mm\", or one of {}", names.join(", ")),
        |near| format!("did you mean \"{near}\"?"),
    );
    ("the size of a page, from 2 to 40 inches at each side".to_owned(), hint)
}
