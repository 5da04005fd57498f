//! Inlines as they gather, with the raw HTML tags that stand open among them.
//!
//! Enters: inlines and tags one after the other. Leaves: inlines, with what stood between
//! `<sup>` and `</sup>` inside one node. Promise: text between tags is never lost, and every element
//! outside the safe set is warned of once.

use super::html::{Tag, Token};
use super::{DEEPEST, Lowering};
use crate::diagnostics::Code;
use crate::model::{Inline, InlineKind, Open, OpenAttributes, OpenPicture, OpenTarget, Style, plain_text};
use crate::span::Span;

/// A tag of the safe set that waits for its end.
struct Frame {
    tag: Tag,
    span: Span,
    content: Vec<Inline<Open>>,
}

/// What has gathered so far.
#[derive(Default)]
pub(super) struct Gathering {
    content: Vec<Inline<Open>>,
    frames: Vec<Frame>,
    /// The title of the last `<img>`, for when it turns out to be a figure.
    pub(super) title: Option<String>,
}

impl Gathering {
    fn top(&mut self) -> &mut Vec<Inline<Open>> {
        self.frames.last_mut().map_or(&mut self.content, |frame| &mut frame.content)
    }

    /// Adds an inline; words run together with the words before them.
    pub(super) fn push(&mut self, inline: Inline<Open>) {
        push_merged(self.top(), inline);
    }
}

/// Adds an inline; words run together with words before them.
pub(super) fn push_merged(content: &mut Vec<Inline<Open>>, inline: Inline<Open>) {
    if let InlineKind::Text(words) = &inline.kind {
        if words.is_empty() {
            return;
        }
        if let Some(last) = content.last_mut()
            && let InlineKind::Text(before) = &mut last.kind
        {
            before.push_str(words);
            last.span = last.span.join(inline.span);
            return;
        }
    }
    content.push(inline);
}

/// The style of a tag that only sets text apart.
fn style(name: &str) -> Option<Style> {
    Some(match name {
        "em" | "i" | "cite" | "dfn" | "var" => Style::Emphasis,
        "strong" | "b" => Style::Strong,
        "del" | "s" | "strike" => Style::Strike,
        "sup" => Style::Superscript,
        "sub" => Style::Subscript,
        "small" => Style::Small,
        "kbd" => Style::Keyboard,
        _ => return None,
    })
}

fn is_safe(tag: &Tag) -> bool {
    style(&tag.name).is_some()
        || matches!(tag.name.as_str(), "a" | "abbr" | "code" | "samp" | "tt" | "span" | "wbr")
}

/// The attributes that mean something on a tag of the safe set.
fn used(name: &str) -> &'static [&'static str] {
    match name {
        "a" => &["id", "name", "href", "title"],
        "abbr" => &["id", "title"],
        "img" => &["id", "src", "alt", "title", "width", "height"],
        "span" => &["id", "lang", "xml:lang"],
        _ => &["id"],
    }
}

fn named(id: &str, span: Span) -> OpenAttributes {
    OpenAttributes { id: Some(id.to_owned()), span: Some(span), ..OpenAttributes::default() }
}

impl Lowering<'_, '_> {
    /// A token of raw HTML among inlines.
    pub(super) fn gather(&mut self, gathering: &mut Gathering, token: Token, span: Span) {
        match token {
            Token::Text(words) => gathering.push(Inline::text(span, words)),
            Token::Open(tag) => self.open(gathering, tag, span),
            Token::Close(name) => self.close(gathering, &name, span),
            Token::Silent => {}
        }
    }

    pub(super) fn raw(&mut self, span: Span, name: &str) {
        let hint = "its text stays; Markdown, or a `:::` directive, may say what it was for";
        self.tell(Code::RawHtml, span, format!("the HTML element `{name}` has no meaning in a book"), hint);
    }

    /// Attributes of a safe tag that are dropped.
    pub(super) fn judge_tag(&mut self, tag: &Tag, used: &[&str], span: Span) {
        let unused = tag.attributes.iter().map(|(key, _)| key.as_str()).filter(|key| !used.contains(key));
        let unused: Vec<_> = unused.collect();
        if !unused.is_empty() {
            let message = format!(
                "`{}` on the HTML element `{}` has no meaning in a book",
                unused.join("`, `"),
                tag.name
            );
            self.tell(Code::RawHtml, span, message, "remove it; the element's text stays");
        }
    }

    fn open(&mut self, gathering: &mut Gathering, tag: Tag, span: Span) {
        if let Some(id) =
            tag.get("id").or(tag.get("name").filter(|_| tag.name == "a")).filter(|id| !id.is_empty())
        {
            gathering.push(Inline::new(span, InlineKind::Anchor(named(id, span))));
        }
        match tag.name.as_str() {
            "br" => return gathering.push(Inline::new(span, InlineKind::LineBreak)),
            "wbr" => return gathering.push(Inline::text(span, "\u{200b}")),
            "img" => {
                self.judge_tag(&tag, used("img"), span);
                gathering.title = tag.get("title").filter(|t| !t.trim().is_empty()).map(str::to_owned);
                return gathering.push(Inline::new(span, InlineKind::Picture(picture(&tag))));
            }
            _ => {}
        }
        if !is_safe(&tag) {
            self.raw(span, &tag.name);
            if !tag.closed {
                *self.unended.entry(tag.name).or_default() += 1;
            }
            return;
        }
        self.judge_tag(&tag, used(&tag.name), span);
        if tag.closed {
            return;
        }
        if self.depth + gathering.frames.len() >= DEEPEST {
            self.say_too_deep(span);
            return;
        }
        gathering.frames.push(Frame { tag, span, content: Vec::new() });
    }

    fn close(&mut self, gathering: &mut Gathering, name: &str, span: Span) {
        let Some(at) = gathering.frames.iter().rposition(|frame| frame.tag.name == name) else {
            if let Some(count) = self.unended.get_mut(name).filter(|count| **count > 0) {
                *count -= 1;
            } else if !self.too_deep && name != "br" && name != "p" {
                let message = format!("`</{name}>` ends an HTML element that doesn't begin here");
                self.tell(
                    Code::RawHtml,
                    span,
                    message,
                    "remove it, or begin the element in the same paragraph",
                );
            }
            return;
        };
        while gathering.frames.len() > at + 1 {
            self.give_up(gathering);
        }
        if let Some(frame) = gathering.frames.pop() {
            let whole = frame.span.join(span);
            for inline in self.element(frame, whole) {
                gathering.push(inline);
            }
        }
    }

    /// An element whose end doesn't come: its content stays, the element goes.
    fn give_up(&mut self, gathering: &mut Gathering) {
        if let Some(frame) = gathering.frames.pop() {
            let message = format!("no `</{}>` ends this HTML element", frame.tag.name);
            self.tell(Code::RawHtml, frame.span, message, "end it in the same paragraph; its text stays");
            for inline in frame.content {
                gathering.push(inline);
            }
        }
    }

    /// All that has gathered; what is open still is given up.
    pub(super) fn finish(&mut self, gathering: &mut Gathering) -> Vec<Inline<Open>> {
        while !gathering.frames.is_empty() {
            self.give_up(gathering);
        }
        std::mem::take(&mut gathering.content)
    }

    fn element(&mut self, frame: Frame, span: Span) -> Vec<Inline<Open>> {
        let Frame { tag, content, .. } = frame;
        if let Some(style) = style(&tag.name) {
            return vec![Inline::new(span, InlineKind::Styled(style, content))];
        }
        match tag.name.as_str() {
            "code" | "samp" | "tt" => vec![Inline::new(span, InlineKind::Code(plain_text(&content)))],
            "abbr" if tag.get("title").is_some() => {
                let expansion = tag.get("title").unwrap_or_default().to_owned();
                vec![Inline::new(span, InlineKind::Abbreviation { expansion, content })]
            }
            "a" if tag.get("href").is_some() => {
                let href = tag.get("href").unwrap_or_default().to_owned();
                let title = tag.get("title").filter(|t| !t.is_empty()).map(str::to_owned);
                vec![Inline::new(
                    span,
                    InlineKind::Link { target: OpenTarget { href, page: false }, title, content },
                )]
            }
            "span" => match tag.get("lang").or(tag.get("xml:lang")) {
                Some(lang) => {
                    let lang = self.language(lang, frame.span);
                    vec![Inline::new(
                        span,
                        InlineKind::Span { name: OpenAttributes::default(), lang, content },
                    )]
                }
                None => content,
            },
            _ => content,
        }
    }
}

fn picture(tag: &Tag) -> OpenPicture {
    let alt = tag.get("alt").map(str::trim);
    let percent = |w: &str| w.trim().strip_suffix('%').and_then(|n| n.trim().parse().ok());
    OpenPicture {
        path: tag.get("src").unwrap_or_default().to_owned(),
        alt: alt.filter(|alt| !alt.is_empty()).map(str::to_owned),
        decorative: alt == Some(""),
        width: tag.get("width").and_then(percent).filter(|width| (1..=100).contains(width)),
    }
}
