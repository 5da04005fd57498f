//! The schema: every key of the settings, what it expects, and where its value goes.
//!
//! Enters: the tree of `aldine.toml` or of a front matter. Leaves: [`Settings`], written over.
//! Promise: a key is known in one place for both; every problem is told, not the first alone; a
//! value that is wrong leaves the setting as it was.

mod claims;
mod people;

use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::measure::Measure;
use crate::model::{Language, Series};
use crate::sources::isbn::{Wrong, is_date, isbn13, looks_like_isbn};
use crate::sources::value::{Entry, Kind, Value};
use crate::sources::{Dialect, PdfStandard, Settings, Spanned, plain, words};

/// Which file the settings stand in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Origin {
    /// `aldine.toml`.
    File,
    /// The front matter of the first source.
    FrontMatter,
}

/// A value that does not fit: its place and what was expected instead.
pub(super) struct Misfit {
    value: Value,
    code: Code,
    expected: String,
}

pub(super) type Fit = Result<(), Misfit>;

pub(super) fn misfit<T>(value: &Value, expected: impl Into<String>) -> Result<T, Misfit> {
    Err(Misfit { value: value.clone(), code: Code::BadValue, expected: expected.into() })
}

/// What stands behind a key.
enum Meaning {
    /// A value.
    Is(fn(&Value, &mut Settings) -> Fit),
    /// A table of further keys.
    Holds(&'static [Key]),
    /// A table of phrases.
    Phrases,
}

/// A key: its name, other names it goes by, its meaning.
struct Key {
    name: &'static str,
    also: &'static [&'static str],
    meaning: Meaning,
}

const fn is(name: &'static str, read: fn(&Value, &mut Settings) -> Fit) -> Key {
    Key { name, also: &[], meaning: Meaning::Is(read) }
}

const fn alias(
    name: &'static str,
    also: &'static [&'static str],
    read: fn(&Value, &mut Settings) -> Fit,
) -> Key {
    Key { name, also, meaning: Meaning::Is(read) }
}

const fn holds(name: &'static str, keys: &'static [Key]) -> Key {
    Key { name, also: &[], meaning: Meaning::Holds(keys) }
}

static KEYS: &[Key] = &[
    is("title", |v, s| put_spanned(v, &mut s.title)),
    is("subtitle", |v, s| put(v, &mut s.subtitle)),
    alias("authors", &["author"], |v, s| people::contributors(v).map(|list| s.contributors = list)),
    alias("language", &["lang"], language),
    is("identifier", identifier),
    is("publisher", |v, s| put(v, &mut s.publisher)),
    is("date", date),
    is("rights", |v, s| put(v, &mut s.rights)),
    is("description", |v, s| put(v, &mut s.description)),
    alias("subjects", &["keywords"], |v, s| texts(v).map(|list| s.subjects = values(list))),
    is("series", series),
    is("cover", |v, s| put_spanned(v, &mut s.cover)),
    is("name", name),
    is("dialect", dialect),
    is("style", |v, s| put_spanned(v, &mut s.style)),
    is("number-sections", number_sections),
    is("base-url", base_url),
    is("typographic", |v, s| truth(v).map(|on| s.typographic = Some(on))),
    is("fonts", |v, s| texts(v).map(|list| s.fonts = list)),
    is("system-fonts", |v, s| truth(v).map(|on| s.system_fonts = on)),
    is("allow-outside", |v, s| truth(v).map(|on| s.allow_outside = on)),
    is("hyphenation", |v, s| texts(v).map(|list| s.hyphenation = values(list))),
    is("guess-languages", |v, s| truth(v).map(|on| s.guess_languages = on)),
    holds("pdf", PDF),
    holds("epub", EPUB),
    holds("text", TEXT),
    holds("manuscript", MANUSCRIPT),
    Key { name: "phrases", also: &[], meaning: Meaning::Phrases },
];

static PDF: &[Key] = &[
    is("isbn", |v, s| isbn(v).map(|isbn| s.isbn_print = isbn)),
    is("page", |v, s| put_spanned(v, &mut s.page)),
    is("size", size),
    is("standard", standard),
];
static EPUB: &[Key] = &[
    is("isbn", |v, s| isbn(v).map(|isbn| s.isbn_epub = isbn)),
    is("conforms-to", claims::conforms_to),
    is("certified-by", |v, s| put_spanned(v, &mut s.certified_by)),
    is("certifier-credential", |v, s| put_spanned(v, &mut s.certifier_credential)),
    is("certifier-report", claims::report),
];
static TEXT: &[Key] = &[
    is("profile", plain::profile),
    is("width", plain::width),
    is("braille", plain::braille),
    is("braille-table", plain::braille_table),
];
static MANUSCRIPT: &[Key] = &[
    is("folder", |v, s| put_spanned(v, &mut s.folder)),
    is("files", |v, s| texts(v).map(|list| s.listed = list)),
];

/// Writes the entries over `settings`.
pub(super) fn apply(
    entries: &[Entry],
    origin: Origin,
    settings: &mut Settings,
    diagnostics: &mut Diagnostics,
) {
    for entry in entries {
        if origin == Origin::FrontMatter && entry.name == "manuscript" {
            diagnostics.push(
                Diagnostic::new(Code::BadValue, entry.span, "front matter can't say which files there are")
                    .hint("put `[manuscript]` into `aldine.toml`"),
            );
            continue;
        }
        apply_one(entry, KEYS, "", settings, diagnostics);
    }
    twice(entries, KEYS, diagnostics);
}

fn apply_one(
    entry: &Entry,
    keys: &[Key],
    table: &str,
    settings: &mut Settings,
    diagnostics: &mut Diagnostics,
) {
    let Some(key) = keys.iter().find(|key| key.goes_by(&entry.name)) else {
        diagnostics.push(unknown(entry, keys, table));
        return;
    };
    if matches!(entry.value.kind, Kind::Null) {
        return;
    }
    match &key.meaning {
        Meaning::Phrases => words::read(entry, settings, diagnostics),
        Meaning::Is(read) => {
            if let Err(misfit) = read(&entry.value, settings) {
                diagnostics.push(misfit.told(&entry.name, table));
            }
        }
        Meaning::Holds(inner) => {
            let Kind::Table(entries) = &entry.value.kind else {
                let names: Vec<String> = inner.iter().map(|key| format!("`{}`", key.name)).collect();
                let expected = format!("a table with {}", names.join(", "));
                let misfit = Misfit { value: entry.value.clone(), code: Code::BadValue, expected };
                diagnostics.push(misfit.told(&entry.name, table));
                return;
            };
            for inside in entries {
                apply_one(inside, inner, &entry.name, settings, diagnostics);
            }
        }
    }
}

impl Key {
    fn goes_by(&self, name: &str) -> bool {
        self.name == name || self.also.contains(&name)
    }
}

impl Misfit {
    fn told(self, name: &str, table: &str) -> Diagnostic {
        let name = if table.is_empty() { format!("`{name}`") } else { format!("`{name}` in `[{table}]`") };
        let is = match &self.value.kind {
            Kind::Text(text) | Kind::Plain(text) => format!("`{}`", shortened(text)),
            Kind::Null => "nothing".to_owned(),
            Kind::List(_) => "a list".to_owned(),
            Kind::Table(_) => "a table".to_owned(),
        };
        let message = match self.code == Code::BadIsbn {
            true => format!("{is} is no ISBN"),
            false => format!("{name} can't be {is}"),
        };
        Diagnostic::new(self.code, self.value.span, message).hint(format!("expected: {}", self.expected))
    }
}

fn shortened(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    if line.chars().count() <= 60 && line.len() == text.len() {
        return line.to_owned();
    }
    line.chars().take(60).chain(['…']).collect()
}

/// One setting under two of its names.
fn twice(entries: &[Entry], keys: &[Key], diagnostics: &mut Diagnostics) {
    for key in keys.iter().filter(|key| !key.also.is_empty()) {
        let mut given = entries.iter().filter(|entry| key.goes_by(&entry.name));
        let (Some(first), Some(second)) = (given.next(), given.next()) else { continue };
        let message = format!("`{}` says again what `{}` said", second.name, first.name);
        diagnostics.push(
            Diagnostic::new(Code::BadValue, second.span, message)
                .hint(format!("keep one of them, `{}`", key.name))
                .related(first.span, "said here first"),
        );
    }
}

fn unknown(entry: &Entry, keys: &[Key], table: &str) -> Diagnostic {
    let place = if table.is_empty() { "the settings".to_owned() } else { format!("`[{table}]`") };
    let message = format!("{place} have no key `{}`", shortened(&entry.name));
    let message = if table.is_empty() { message } else { message.replacen(" have ", " has ", 1) };
    let names = || keys.iter().flat_map(|key| std::iter::once(&key.name).chain(key.also));
    let nearest = names()
        .map(|name| (strsim::damerau_levenshtein(name, &entry.name.to_lowercase().replace('_', "-")), name))
        .min();
    let elsewhere = holders(&entry.name, table);
    let hint = match nearest {
        Some((distance, name)) if distance <= 1.max(name.len() / 3) => format!("did you mean `{name}`?"),
        Some(_) | None if !elsewhere.is_empty() => format!("it belongs into {}", elsewhere.join(" or ")),
        Some(_) | None => {
            let all: Vec<&str> = keys.iter().map(|key| key.name).collect();
            format!("the keys are {}", all.join(", "))
        }
    };
    Diagnostic::new(Code::UnknownKey, entry.span, message).hint(hint)
}

/// The tables that do have a key of that name.
fn holders(name: &str, not_in: &str) -> Vec<String> {
    let mut found = Vec::new();
    if !not_in.is_empty() && KEYS.iter().any(|key| key.goes_by(name)) {
        found.push("the first lines, before any table".to_owned());
    }
    for key in KEYS.iter().filter(|key| key.name != not_in) {
        if let Meaning::Holds(inner) = &key.meaning
            && inner.iter().any(|key| key.goes_by(name))
        {
            found.push(format!("`[{}]`", key.name));
        }
    }
    found
}

pub(super) fn text(value: &Value) -> Result<&str, Misfit> {
    match &value.kind {
        Kind::Text(text) | Kind::Plain(text) => Ok(text.trim()),
        Kind::Null | Kind::List(_) | Kind::Table(_) => misfit(value, "text"),
    }
}

fn spanned(value: &Value, text: &str) -> Option<Spanned<String>> {
    (!text.is_empty()).then(|| Spanned { value: text.to_owned(), span: value.span })
}

fn put(value: &Value, into: &mut Option<String>) -> Fit {
    let text = text(value)?;
    *into = (!text.is_empty()).then(|| text.to_owned());
    Ok(())
}

fn put_spanned(value: &Value, into: &mut Option<Spanned<String>>) -> Fit {
    *into = spanned(value, text(value)?);
    Ok(())
}

fn truth(value: &Value) -> Result<bool, Misfit> {
    match text(value).unwrap_or_default() {
        "true" | "True" | "yes" | "on" => Ok(true),
        "false" | "False" | "no" | "off" => Ok(false),
        _ => misfit(value, "`true` or `false`"),
    }
}

/// A text or a list of them, empty ones left out.
fn texts(value: &Value) -> Result<Vec<Spanned<String>>, Misfit> {
    let items = match &value.kind {
        Kind::List(items) => items.as_slice(),
        Kind::Text(_) | Kind::Plain(_) => std::slice::from_ref(value),
        Kind::Null | Kind::Table(_) => return misfit(value, "a list of texts"),
    };
    let mut found = Vec::new();
    for item in items {
        found.extend(spanned(item, text(item)?));
    }
    Ok(found)
}

fn values(list: Vec<Spanned<String>>) -> Vec<String> {
    list.into_iter().map(|item| item.value).collect()
}

fn language(value: &Value, settings: &mut Settings) -> Fit {
    match Language::parse(text(value)?) {
        Some(language) => settings.language = Some(Spanned { value: language, span: value.span }),
        None => return misfit(value, "a language tag such as `en`, `en-GB`, `de` or `zh-Hant`"),
    }
    Ok(())
}

fn isbn(value: &Value) -> Result<Option<Spanned<String>>, Misfit> {
    let typed = text(value)?;
    if typed.is_empty() {
        return Ok(None);
    }
    let bad = |expected: String| Err(Misfit { value: value.clone(), code: Code::BadIsbn, expected });
    match isbn13(typed) {
        Ok(digits) => Ok(spanned(value, &digits)),
        Err(Wrong::Form) => {
            bad("ten or thirteen digits, the latter from 978 or 979 on; hyphens are fine".to_owned())
        }
        Err(Wrong::Check(right)) => bad(format!("`{right}` as the last digit, if all others are right")),
    }
}

fn identifier(value: &Value, settings: &mut Settings) -> Fit {
    let typed = text(value)?;
    settings.identifier = if looks_like_isbn(typed) { isbn(value)? } else { spanned(value, typed) };
    Ok(())
}

fn date(value: &Value, settings: &mut Settings) -> Fit {
    let typed = text(value)?;
    if !typed.is_empty() && !is_date(typed) {
        return misfit(value, "a year, a month or a day: `2026`, `2026-11` or `2026-11-24`");
    }
    settings.date = spanned(value, typed);
    Ok(())
}

fn series(value: &Value, settings: &mut Settings) -> Fit {
    let expected = "a name, or a table with `name` and `number`";
    let mut made = Series { name: String::new(), number: None };
    match &value.kind {
        Kind::Text(name) | Kind::Plain(name) => name.trim().clone_into(&mut made.name),
        Kind::Table(entries) => {
            for entry in entries {
                match entry.name.as_str() {
                    "name" => text(&entry.value)?.clone_into(&mut made.name),
                    "number" => put(&entry.value, &mut made.number)?,
                    _ => {
                        return misfit(
                            &Value { span: entry.span, kind: Kind::Text(entry.name.clone()) },
                            expected,
                        );
                    }
                }
            }
        }
        Kind::Null | Kind::List(_) => return misfit(value, expected),
    }
    if made.name.is_empty() {
        return misfit(value, expected);
    }
    settings.series = Some(made);
    Ok(())
}

/// File names that every system takes.
fn name(value: &Value, settings: &mut Settings) -> Fit {
    let typed = text(value)?;
    if !crate::sources::is_file_name(typed) {
        return misfit(value, "a file name without folders and without ending");
    }
    settings.name = spanned(value, typed);
    Ok(())
}

fn dialect(value: &Value, settings: &mut Settings) -> Fit {
    settings.dialect = match text(value)? {
        "gfm" => Dialect::Gfm,
        "aldine" => Dialect::Aldine,
        _ => return misfit(value, "`gfm` or `aldine`"),
    };
    Ok(())
}

fn number_sections(value: &Value, settings: &mut Settings) -> Fit {
    settings.number_sections = Some(match truth(value) {
        Ok(true) => 6,
        Ok(false) => 0,
        Err(_) => match text(value)?.parse::<u8>() {
            Ok(depth @ 0..=6) => depth,
            Ok(_) | Err(_) => return misfit(value, "how many levels are numbered, 0 to 6"),
        },
    });
    Ok(())
}

/// Whether it is the address of a page on the web.
fn is_web_address(typed: &str) -> bool {
    let host = typed.strip_prefix("https://").or_else(|| typed.strip_prefix("http://"));
    host.is_some_and(|host| !host.is_empty() && !host.contains(char::is_whitespace))
}

fn base_url(value: &Value, settings: &mut Settings) -> Fit {
    let typed = text(value)?;
    if !is_web_address(typed) {
        return misfit(value, "an address such as `https://example.org/book/`");
    }
    settings.base_url = spanned(value, typed);
    Ok(())
}

fn size(value: &Value, settings: &mut Settings) -> Fit {
    let expected = "a size of type from 4pt to 72pt, such as `11pt`";
    match Measure::parse(text(value)?) {
        Some(measure @ Measure::Fixed(length)) if (4.0..=72.0).contains(&length.to_pt()) => {
            settings.size = Some(Spanned { value: measure, span: value.span });
            Ok(())
        }
        Some(Measure::Fixed(_) | Measure::Em(_) | Measure::Lines(_)) | None => misfit(value, expected),
    }
}

fn standard(value: &Value, settings: &mut Settings) -> Fit {
    settings.pdf_standard = match text(value)? {
        "ua-1" => PdfStandard::Ua1,
        "a-4" => PdfStandard::A4,
        "ua-2" => PdfStandard::Ua2,
        _ => {
            let expected =
                "`ua-1` (PDF/UA-1 and PDF/A-2a), `ua-2` (PDF/UA-2 and PDF/A-4) or `a-4` (PDF/A-4 alone)";
            return misfit(value, expected);
        }
    };
    Ok(())
}
