//! A thin pen over `quick-xml`: elements with attributes, text, nothing else.
//!
//! Enters: names, attributes, text as the book has it. Leaves: the bytes of one XML document.
//! Promise: whatever the text holds, the document is well formed: markup is escaped, and characters
//! that XML 1.0 forbids become U+FFFD.

use quick_xml::Writer;
use quick_xml::escape::partial_escape;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use std::borrow::Cow;

/// An attribute: its name and its value, unescaped.
pub(super) type Attribute<'a> = (&'a str, Cow<'a, str>);

/// One document being written.
pub(super) struct Xml {
    writer: Writer<Vec<u8>>,
}

impl Xml {
    /// An empty document with its declaration.
    pub(super) fn document() -> Self {
        let mut xml = Xml { writer: Writer::new(Vec::new()) };
        xml.event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)));
        xml.line();
        xml
    }

    fn event(&mut self, event: Event<'_>) {
        // Writing to memory can't fail.
        let _written = self.writer.write_event(event);
    }

    /// `<!DOCTYPE html>`.
    pub(super) fn doctype(&mut self) {
        self.event(Event::DocType(BytesText::from_escaped("html")));
        self.line();
    }

    /// A start tag.
    pub(super) fn open(&mut self, name: &str, attributes: &[Attribute<'_>]) {
        let start = tag(name, attributes);
        self.event(Event::Start(start));
    }

    /// An end tag.
    pub(super) fn close(&mut self, name: &str) {
        self.event(Event::End(BytesEnd::new(name)));
    }

    /// An end tag and the end of the line, which is for those who read the source.
    pub(super) fn close_line(&mut self, name: &str) {
        self.close(name);
        self.line();
    }

    /// An element without content.
    pub(super) fn empty(&mut self, name: &str, attributes: &[Attribute<'_>]) {
        let start = tag(name, attributes);
        self.event(Event::Empty(start));
    }

    /// Text.
    pub(super) fn text(&mut self, text: &str) {
        let safe = xml_safe(text);
        self.event(Event::Text(BytesText::from_escaped(partial_escape(safe.as_ref()))));
    }

    /// An element that holds only text, on a line of its own.
    pub(super) fn element(&mut self, name: &str, attributes: &[Attribute<'_>], text: &str) {
        self.open(name, attributes);
        self.text(text);
        self.close_line(name);
    }

    /// A line end in the source, where space means nothing.
    pub(super) fn line(&mut self) {
        self.event(Event::Text(BytesText::from_escaped("\n")));
    }

    /// The bytes.
    pub(super) fn finish(self) -> Vec<u8> {
        self.writer.into_inner()
    }
}

fn tag<'a>(name: &'a str, attributes: &[Attribute<'_>]) -> BytesStart<'a> {
    let mut start = BytesStart::new(name);
    for (key, value) in attributes {
        start.push_attribute((*key, xml_safe(value).as_ref()));
    }
    start
}

/// The attribute of that name.
pub(super) fn attr<'a>(name: &'a str, value: impl Into<Cow<'a, str>>) -> Attribute<'a> {
    (name, value.into())
}

/// `text` with what XML 1.0 forbids (controls, U+FFFE, U+FFFF) replaced by U+FFFD.
fn xml_safe(text: &str) -> Cow<'_, str> {
    let forbidden =
        |c: char| matches!(c, '\0'..='\x08' | '\x0b' | '\x0c' | '\x0e'..='\x1f' | '\u{fffe}' | '\u{ffff}');
    if text.contains(forbidden) { text.replace(forbidden, "\u{fffd}").into() } else { text.into() }
}

/// An address as a URL parser takes it: what may not stand in a URL is percent-encoded.
/// `None` for what an EPUB may not link to (`file:`, `data:`, scripts) and for `http` without a host.
pub(super) fn address(href: &str) -> Option<String> {
    let (scheme, rest) = href.split_once(':')?;
    let scheme = scheme.to_ascii_lowercase();
    if !scheme.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.')) {
        return None;
    }
    if matches!(scheme.as_str(), "file" | "data" | "javascript" | "vbscript" | "blob" | "") {
        return None;
    }
    if matches!(scheme.as_str(), "http" | "https" | "ftp") && !host_is_sound(rest) {
        return None;
    }
    let mut url = String::with_capacity(href.len());
    let bytes = href.as_bytes();
    for (at, c) in href.char_indices() {
        let hex = |ahead: usize| bytes.get(at + ahead).is_some_and(u8::is_ascii_hexdigit);
        let encode = match c {
            '%' => !(hex(1) && hex(2)),
            '#' => href.find('#') != Some(at),
            '[' | ']' => !rest.starts_with("//["),
            c => matches!(c, '\0'..=' ' | '\x7f' | '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}'),
        };
        if encode {
            url.push_str(&format!("%{:02X}", u32::from(c)));
        } else {
            url.push(c);
        }
    }
    Some(url)
}

fn host_is_sound(rest: &str) -> bool {
    let Some(after) = rest.strip_prefix("//") else { return false };
    let authority = after.split(['/', '?', '#']).next().unwrap_or_default();
    let host_and_port = authority.rsplit('@').next().unwrap_or_default();
    if host_and_port.starts_with('[') {
        return host_and_port.contains(']');
    }
    let (host, port) = host_and_port.split_once(':').unwrap_or((host_and_port, ""));
    !host.is_empty()
        && host.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '~'))
        && !host.starts_with('.')
        && !host.contains("..")
        && port.bytes().all(|b| b.is_ascii_digit())
        && (port.is_empty() || port.parse::<u16>().is_ok())
}
