//! The manuscript read: settings, then every source in reading order.
//!
//! Enters: a [`Resources`] port and what to read from it. Leaves: [`Sources`]. Promise: a file that
//! can't be used is told with its place and left out; the others are read all the same.

use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::sources::front::{self, Front};
use crate::sources::keys::{self, Origin};
use crate::sources::order::{natural, stem};
use crate::sources::resources::{ReadError, Resources, normalise};
use crate::sources::{Source, Sources, Spanned, plain, value};
use crate::span::{FileId, Span};
use std::collections::BTreeMap;

/// What to read, by paths relative to the root of the [`Resources`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Manuscript {
    /// One Markdown file, with its front matter.
    File(String),
    /// The whole folder: `aldine.toml` and what it names.
    Folder,
}

/// The name of the settings' file.
pub const SETTINGS: &str = "aldine.toml";

/// Reads the manuscript. What is missing or wrong is told in `diagnostics`; the sources and settings
/// that could be read are given all the same.
#[must_use]
pub fn read(resources: &dyn Resources, what: &Manuscript, diagnostics: &mut Diagnostics) -> Sources {
    let mut reader = Reader { resources, sources: Sources::default(), diagnostics };
    let found = match what {
        Manuscript::File(path) => vec![Spanned { value: path.clone(), span: Span::NONE }],
        Manuscript::Folder => {
            reader.settings();
            reader.find()
        }
    };
    reader.all(&found);
    plain::agree(&reader.sources.settings, reader.diagnostics);
    reader.sources
}

struct Reader<'r> {
    resources: &'r dyn Resources,
    sources: Sources,
    diagnostics: &'r mut Diagnostics,
}

impl Reader<'_> {
    fn settings(&mut self) {
        if matches!(self.resources.read(SETTINGS), Err(ReadError::Missing)) {
            return;
        }
        let path = Spanned { value: SETTINGS.to_owned(), span: Span::NONE };
        let Some(file) = self.text(&path) else { return };
        let text = self.sources.files.get(file).map(|file| file.text.clone()).unwrap_or_default();
        let (entries, whole) = value::toml(&text, file, self.diagnostics);
        // What follows from a broken line would only hide it.
        let mut dropped = Diagnostics::new();
        let diagnostics = if whole { &mut *self.diagnostics } else { &mut dropped };
        keys::apply(&entries, Origin::File, &mut self.sources.settings, diagnostics);
    }

    /// The sources' paths: listed, in the manuscript's folder, or beside the settings.
    fn find(&mut self) -> Vec<Spanned<String>> {
        if !self.sources.settings.listed.is_empty() {
            return self.sources.settings.listed.clone();
        }
        let set = self.sources.settings.folder.clone();
        let folder = set.as_ref().map_or("manuscript", |folder| folder.value.as_str());
        let span = set.as_ref().map_or(Span::NONE, |folder| folder.span);
        let (mut found, reached) = self.list(folder, span, true);
        if found.is_empty() && set.is_none() {
            // Chapters beside the settings; what stands in other folders is not a chapter.
            found = self.list("", span, false).0;
        }
        if found.is_empty() && reached {
            let message = match &set {
                Some(folder) => format!("there is no Markdown file in `{}`", folder.value),
                None => "there is no Markdown file in `manuscript` nor beside it".to_owned(),
            };
            self.diagnostics.push(
                Diagnostic::new(Code::EmptyManuscript, span, message)
                    .hint("chapters are files ending in `.md`, read in the order of their names"),
            );
        }
        found.sort_by(|a, b| natural(a, b));
        found.into_iter().map(|value| Spanned { value, span: Span::NONE }).collect()
    }

    /// The Markdown files under a folder, and whether it could be looked into.
    fn list(&mut self, folder: &str, span: Span, deep: bool) -> (Vec<String>, bool) {
        let is_markdown = |path: &String| {
            let ending = path.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
            matches!(ending.as_deref(), Some("md" | "markdown"))
        };
        let list = if deep { self.resources.list(folder) } else { self.resources.list_flat(folder) };
        match list {
            Ok(list) => (list.into_iter().filter(is_markdown).collect(), true),
            Err(ReadError::Missing) => (Vec::new(), true),
            Err(error) => {
                self.cant_read(&Spanned { value: folder.to_owned(), span }, &error);
                (Vec::new(), false)
            }
        }
    }

    fn all(&mut self, found: &[Spanned<String>]) {
        let mut seen: BTreeMap<String, Span> = BTreeMap::new();
        let mut has_text = false;
        for path in found {
            let Some(file) = self.text(path) else {
                has_text = true;
                continue;
            };
            let here = if path.span.is_none() { Span::new(file, 0..0) } else { path.span };
            if let Some(&first) = seen.get(&slug(&path.value)) {
                let message = format!("`{}` has the name of another source", path.value);
                self.diagnostics.push(
                    Diagnostic::new(Code::DuplicateSource, here, message)
                        .hint("links name sources by letters and digits alone, without regard to capitals: rename one")
                        .related(first, "the first one"),
                );
                continue;
            }
            seen.insert(slug(&path.value), here);
            let start = self.front_matter(file);
            let text = self.sources.files.get(file).map(|file| file.text.clone()).unwrap_or_default();
            has_text |= text.get(start..).is_some_and(|text| !text.trim().is_empty());
            self.sources.list.push(Source { file, start });
        }
        if !has_text && !found.is_empty() {
            let span = self
                .sources
                .list
                .first()
                .map_or(Span::NONE, |source| Span::new(source.file, source.start..source.start));
            self.diagnostics.push(
                Diagnostic::new(Code::EmptyManuscript, span, "the manuscript has no text")
                    .hint("write something below the settings: a heading, a paragraph"),
            );
        }
    }

    /// Reads a file into the list of files; a file that is not UTF-8 is told and kept for its place.
    fn text(&mut self, path: &Spanned<String>) -> Option<FileId> {
        let bytes = match self.resources.read(&path.value) {
            Ok(bytes) => bytes,
            Err(error) => {
                self.cant_read(path, &error);
                return None;
            }
        };
        let shown = normalise(&path.value).unwrap_or_else(|| path.value.clone());
        if u32::try_from(bytes.len()).is_err() {
            self.cant_read(path, &ReadError::Failed("it is larger than 4 GiB".to_owned()));
            return None;
        }
        match std::str::from_utf8(&bytes) {
            Ok(text) => Some(self.sources.files.add(shown, text)),
            Err(error) => {
                let at = error.valid_up_to();
                let file = self.sources.files.add(shown, String::from_utf8_lossy(&bytes));
                let byte = bytes.get(at).copied().unwrap_or_default();
                let utf16 = matches!(bytes.get(..2), Some([0xff, 0xfe] | [0xfe, 0xff]));
                let hint = match utf16 {
                    true => "it looks like UTF-16: save it as UTF-8 in your editor",
                    false => "save it as UTF-8 in your editor",
                };
                let message = format!("this file is not UTF-8: byte {} is 0x{byte:02X}", at + 1);
                self.diagnostics.push(
                    Diagnostic::new(Code::NotUtf8, Span::new(file, at..at + '\u{fffd}'.len_utf8()), message)
                        .hint(hint),
                );
                None
            }
        }
    }

    fn cant_read(&mut self, path: &Spanned<String>, error: &ReadError) {
        let name = &path.value;
        let (code, message, hint) = match error {
            ReadError::Missing => (
                Code::UnreadableSource,
                format!("there is no file `{name}`"),
                "paths are relative to the manuscript's folder; capitals count",
            ),
            ReadError::Outside => (
                Code::PathOutside,
                format!("`{name}` leads out of the manuscript's folder"),
                "move it into the folder, or set `allow-outside = true`",
            ),
            ReadError::Failed(why) => (
                Code::UnreadableSource,
                format!("`{name}` can't be read: {why}"),
                "see to it that it is a file, and that you may read it",
            ),
        };
        self.diagnostics.push(Diagnostic::new(code, path.span, message).hint(hint));
    }

    /// Takes the settings of the first source, and gives where the Markdown begins.
    fn front_matter(&mut self, file: FileId) -> usize {
        let text = self.sources.files.get(file).map(|file| file.text.clone()).unwrap_or_default();
        let (yaml, start) = match front::find(&text) {
            Front::None { start } => return start,
            Front::Unclosed { mark, start } => {
                self.diagnostics.push(
                    Diagnostic::new(
                        Code::SettingsSyntax,
                        Span::new(file, mark),
                        "no line ends this front matter",
                    )
                    .hint("write a line `---` below the last setting"),
                );
                return start;
            }
            Front::Matter { yaml, start } => (yaml, start),
        };
        let inner = text.get(yaml.clone()).unwrap_or_default();
        let Some(entries) = value::yaml(inner, file, yaml.start, self.diagnostics) else { return start };
        if self.sources.list.is_empty() {
            keys::apply(&entries, Origin::FrontMatter, &mut self.sources.settings, self.diagnostics);
        } else if let Some(first) = entries.first() {
            self.diagnostics.push(
                Diagnostic::new(Code::BadValue, first.span, "only the first source can have settings")
                    .hint("settings belong in `aldine.toml` or in the first file"),
            );
        }
        start
    }
}

/// A path as links name it: letters and digits, hyphens between.
fn slug(path: &str) -> String {
    let path = normalise(path).unwrap_or_else(|| path.to_owned());
    let words = deunicode::deunicode(stem(&path)).to_lowercase();
    let parts: Vec<&str> = words.split(|c: char| !c.is_ascii_alphanumeric() && c != '/').collect();
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-")
}
