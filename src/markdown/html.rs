//! A tokenizer for the raw HTML that stands in Markdown.
//!
//! Enters: a piece of HTML, however broken. Leaves: tags, comments and the text between them, each
//! with its bytes. Promise: the tokens cover the input without gap, and it ends in linear time.

use super::entities::decode;
use std::ops::Range;

/// What a token is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    /// Text, entities decoded.
    Text(String),
    /// `<name …>`, `<name …/>`.
    Open(Tag),
    /// `</name>`.
    Close(String),
    /// `<!-- … -->`, a doctype, a processing instruction: nothing that is read.
    Silent,
}

/// An opening tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Tag {
    /// Its name in lower case.
    pub(super) name: String,
    /// Its attributes: names in lower case, values decoded.
    pub(super) attributes: Vec<(String, String)>,
    /// `/>`.
    pub(super) closed: bool,
}

impl Tag {
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

/// Splits `html`; after `<script>` and its like everything up to their end is silent.
pub(super) fn tokens(html: &str) -> Vec<(Token, Range<usize>)> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(rest) = html.get(at..).filter(|rest| !rest.is_empty()) {
        let (token, length) = next(rest);
        let mute = match &token {
            Token::Open(tag) if !tag.closed && matches!(tag.name.as_str(), "script" | "style") => {
                Some(format!("</{}", tag.name))
            }
            Token::Open(_) | Token::Text(_) | Token::Close(_) | Token::Silent => None,
        };
        tokens.push((token, at..at + length));
        at += length;
        if let Some(end) = mute {
            let rest = html.get(at..).unwrap_or_default();
            let length = rest.to_ascii_lowercase().find(&end).unwrap_or(rest.len());
            tokens.push((Token::Silent, at..at + length));
            at += length;
        }
    }
    tokens
}

fn next(rest: &str) -> (Token, usize) {
    let until = |mark: &str| rest.find(mark).map_or(rest.len(), |at| at + mark.len());
    if rest.starts_with("<!--") {
        return (Token::Silent, until("-->"));
    }
    if let Some(data) = rest.strip_prefix("<![CDATA[") {
        let length = data.find("]]>").unwrap_or(data.len());
        return (Token::Text(data.get(..length).unwrap_or_default().to_owned()), until("]]>"));
    }
    if rest.starts_with("<!") || rest.starts_with("<?") {
        return (Token::Silent, until(">"));
    }
    if let Some(found) = tag(rest) {
        return found;
    }
    let length = rest.get(1..).and_then(|after| after.find('<')).map_or(rest.len(), |at| at + 1);
    let length = if rest.starts_with('<') { length } else { rest.find('<').unwrap_or(rest.len()) };
    (Token::Text(decode(rest.get(..length).unwrap_or_default())), length)
}

fn tag(rest: &str) -> Option<(Token, usize)> {
    let inner = rest.strip_prefix('<')?;
    let (inner, closing) = inner.strip_prefix('/').map_or((inner, false), |inner| (inner, true));
    let ends = |c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | ':'));
    let length = inner.find(ends).unwrap_or(inner.len());
    let (name, mut left) = inner.split_at(length);
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let mut tag = Tag { name: name.to_ascii_lowercase(), attributes: Vec::new(), closed: false };
    loop {
        left = left.trim_start();
        if let Some(after) = left.strip_prefix('>') {
            let length = rest.len() - after.len();
            let token = if closing { Token::Close(tag.name) } else { Token::Open(tag) };
            return Some((token, length));
        }
        if let Some(after) = left.strip_prefix('/') {
            tag.closed = after.trim_start().starts_with('>');
            left = after;
            continue;
        }
        left = attribute(left, &mut tag)?;
    }
}

fn attribute<'h>(left: &'h str, tag: &mut Tag) -> Option<&'h str> {
    let ends = |c: char| c.is_whitespace() || matches!(c, '=' | '>' | '/' | '<' | '"' | '\'');
    let length = left.find(ends)?;
    if length == 0 {
        return None;
    }
    let (name, after) = left.split_at(length);
    let mut value = "";
    let mut rest = after;
    if let Some(after) = after.trim_start().strip_prefix('=') {
        let after = after.trim_start();
        let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''));
        if let Some(quote) = quote {
            let inner = after.get(1..)?;
            let end = inner.find(quote)?;
            value = inner.get(..end)?;
            rest = inner.get(end + 1..)?;
        } else {
            let end = after.find(|c: char| c.is_whitespace() || c == '>')?;
            (value, rest) = after.split_at(end);
        }
    }
    tag.attributes.push((name.to_ascii_lowercase(), decode(value)));
    Some(rest)
}
