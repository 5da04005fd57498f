//! Attributes in braces: `{#id .class key=value}`.
//!
//! Enters: what comrak or an author put in braces. Leaves: [`OpenAttributes`] with their place, and
//! warnings for those that nothing uses. Promise: braces that are no attributes stay text.

use super::Lowering;
use crate::diagnostics::Code;
use crate::model::{Block, Inline, InlineKind, Language, Only, Open, OpenAttributes};
use crate::span::Span;
use comrak::nodes::Node;

/// Reads braces at the start of `text`; gives the attributes and the number of bytes read.
pub(super) fn braces(text: &str) -> Option<(OpenAttributes, usize)> {
    let mut rest = text.strip_prefix('{')?;
    let mut attributes = OpenAttributes::default();
    loop {
        rest = rest.trim_start();
        if let Some(after) = rest.strip_prefix('}') {
            let any =
                attributes.id.is_some() || !attributes.classes.is_empty() || !attributes.pairs.is_empty();
            return any.then_some((attributes, text.len() - after.len()));
        }
        if let Some(after) = rest.strip_prefix('#') {
            let (word, after) = bare(after)?;
            attributes.id = Some(word.to_owned());
            rest = after;
        } else if let Some(after) = rest.strip_prefix('.') {
            let (word, after) = bare(after)?;
            attributes.classes.push(word.to_owned());
            rest = after;
        } else {
            let (key, after) = rest.split_once('=')?;
            let fits = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | ':' | '.');
            if key.is_empty() || !key.chars().all(fits) {
                return None;
            }
            let (value, after) = value(after)?;
            attributes.pairs.push((key.to_owned(), value));
            rest = after;
        }
        if !rest.starts_with(|c: char| c == '}' || c.is_whitespace()) {
            return None;
        }
    }
}

fn bare(text: &str) -> Option<(&str, &str)> {
    let ends = |c: char| c.is_whitespace() || matches!(c, '{' | '}' | '"' | '<' | '>' | '=');
    let at = text.find(ends)?;
    (at > 0).then(|| text.split_at(at))
}

fn value(text: &str) -> Option<(String, &str)> {
    let Some(quoted) = text.strip_prefix('"') else {
        return bare(text).map(|(word, rest)| (word.to_owned(), rest));
    };
    let mut value = String::new();
    let mut escaped = false;
    for (at, c) in quoted.char_indices() {
        match c {
            '\\' if !escaped => escaped = true,
            '"' if !escaped => return Some((value, quoted.get(at + 1..)?)),
            c => {
                escaped = false;
                value.push(c);
            }
        }
    }
    None
}

/// Braces at the end of `text`: where they begin, and what they hold.
pub(super) fn trailing(text: &str) -> Option<(usize, OpenAttributes)> {
    let text = text.trim_end();
    if !text.ends_with('}') {
        return None;
    }
    // A value in quotes may hold a brace; more than a few are no attributes of anyone.
    let starts = text.rmatch_indices('{').take(4);
    let mut found = starts.filter_map(|(at, _)| braces(text.get(at..)?).map(|(a, length)| (at, a, length)));
    found.find(|(at, _, length)| at + length == text.len()).map(|(at, attributes, _)| (at, attributes))
}

/// Takes braces off the end of a line of text, with the blanks before them.
pub(super) fn take_trailing(content: &mut Vec<Inline<Open>>) -> Option<OpenAttributes> {
    let last = content.last_mut()?;
    let span = last.span;
    let InlineKind::Text(text) = &mut last.kind else {
        return None;
    };
    let (at, mut attributes) = trailing(text)?;
    let length = text.len();
    let kept = text.get(..at).unwrap_or_default().trim_end().len();
    // Counted from the end, so that entities before the braces don't move them.
    let from_end =
        |bytes: usize| span.end.saturating_sub(u32::try_from(length - bytes).unwrap_or(0)).max(span.start);
    attributes.span = Some(Span { start: from_end(at), ..span });
    text.truncate(kept);
    last.span.end = from_end(kept);
    if kept == 0 {
        content.pop();
    }
    Some(attributes)
}

impl<'a> Lowering<'a, '_> {
    /// What comrak found in braces after `node`, whose text ends at the end of `within`.
    pub(super) fn attributes(&self, node: Node<'a>, within: Span) -> Option<OpenAttributes> {
        let ast = node.data();
        let found = ast.attrs.as_ref()?;
        let slice = self.places.slice(within);
        let slice = slice.trim_end_matches(|c: char| c.is_whitespace() || c == '#');
        let span = trailing(slice).map(|(at, _)| {
            let start = within.start as usize;
            self.places.range(start + at, start + slice.len())
        });
        Some(OpenAttributes {
            id: found.id.clone(),
            classes: found.classes.clone(),
            pairs: found.pairs.clone(),
            span: span.or(Some(within)),
        })
    }

    /// Warns of attributes that nothing uses. `#id` and `lang` are good everywhere.
    pub(super) fn judge(&mut self, attributes: &OpenAttributes, what: &str, classes: &[&str], keys: &[&str]) {
        let place = attributes.span.unwrap_or(Span::NONE);
        for class in attributes.classes.iter().filter(|c| !classes.contains(&c.as_str())) {
            let hint = "remove it, or look for its spelling; it changes nothing";
            self.tell(
                Code::UnknownAttribute,
                place,
                format!("{what} has no use for the class `.{class}`"),
                hint,
            );
        }
        for (key, value) in &attributes.pairs {
            if key == "lang" {
                self.language(value, place);
            } else if !keys.contains(&key.as_str()) {
                let hint = "remove it, or look for its spelling; it changes nothing";
                self.tell(
                    Code::UnknownAttribute,
                    place,
                    format!("{what} has no use for `{key}={value}`"),
                    hint,
                );
            }
        }
    }

    pub(super) fn language(&mut self, tag: &str, place: Span) -> Option<Language> {
        let language = Language::parse(tag);
        if language.is_none() {
            let hint = "a tag is a language such as `fr`, with a country or script if need be: `fr-CA`";
            self.tell(Code::BadLanguage, place, format!("`{tag}` is not a language tag"), hint);
        }
        language
    }

    /// Gives a block its name, its language and its editions.
    pub(super) fn name_block(&mut self, block: &mut Block<Open>, attributes: OpenAttributes) {
        block.lang = attributes.language();
        if let Some(list) = attributes.get("only") {
            block.only = self.only(list, attributes.span.unwrap_or(block.span));
        }
        block.name = attributes;
    }

    fn only(&mut self, list: &str, place: Span) -> Only {
        let mut only = Only { print: false, epub: false, text: false };
        for edition in list.split(',').map(str::trim) {
            match edition {
                "print" | "pdf" => only.print = true,
                "epub" => only.epub = true,
                "text" => only.text = true,
                other => {
                    let message = format!("there is no edition called `{other}`");
                    self.tell(
                        Code::UnknownAttribute,
                        place,
                        message,
                        "`only` takes `print`, `epub` and `text`",
                    );
                }
            }
        }
        // Left to no edition by a slip of spelling, the words would be lost.
        if only == (Only { print: false, epub: false, text: false }) { Only::default() } else { only }
    }
}
