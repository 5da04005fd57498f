//! Blocks of raw HTML.
//!
//! Enters: the text of one HTML block. Leaves: paragraphs, figures and code with what it says.
//! Promise: its words stay, whatever the tags; scripts and style sheets are no words.

use super::Lowering;
use super::html::{Tag, Token, tokens};
use super::raw::Gathering;
use crate::model::{Block, BlockKind, Inline, InlineKind, Open, OpenAttributes, Text};
use crate::span::Span;

/// Whether a tag stands between paragraphs.
fn is_block(name: &str) -> bool {
    is_plain(name)
        || matches!(
            name,
            "address"
                | "aside"
                | "blockquote"
                | "body"
                | "caption"
                | "col"
                | "colgroup"
                | "dd"
                | "details"
                | "dl"
                | "dt"
                | "fieldset"
                | "footer"
                | "form"
                | "h1"
                | "h2"
                | "h3"
                | "h4"
                | "h5"
                | "h6"
                | "head"
                | "header"
                | "hr"
                | "html"
                | "iframe"
                | "legend"
                | "li"
                | "link"
                | "main"
                | "meta"
                | "nav"
                | "ol"
                | "pre"
                | "script"
                | "style"
                | "summary"
                | "svg"
                | "table"
                | "tbody"
                | "td"
                | "tfoot"
                | "th"
                | "thead"
                | "title"
                | "tr"
                | "ul"
        )
}

/// Wrappers that say nothing themselves.
fn is_plain(name: &str) -> bool {
    matches!(name, "div" | "p" | "section" | "article" | "figure" | "figcaption")
}

/// Where the tokens of a block stand in the file.
struct Origin {
    whole: Span,
    /// The block is in the file as comrak gives it; else only the whole is known.
    exact: bool,
}

impl Origin {
    fn span(&self, range: &std::ops::Range<usize>) -> Span {
        if self.exact {
            let start = self.whole.start as usize;
            Span::new(self.whole.file, start + range.start..start + range.end)
        } else {
            self.whole
        }
    }
}

impl Lowering<'_, '_> {
    pub(super) fn html_block(&mut self, literal: &str, whole: Span, out: &mut Vec<Block<Open>>) {
        let exact = self.places.slice(whole).trim_end() == literal.trim_end();
        let origin = Origin { whole, exact };
        let mut gathering = Gathering::default();
        let mut pre: Option<(String, Span)> = None;
        for (token, range) in tokens(literal) {
            let span = origin.span(&range);
            match token {
                Token::Text(words) => match &mut pre {
                    Some((code, _)) => code.push_str(&words),
                    None => gathering.push(Inline::text(span, squeeze(&words))),
                },
                Token::Open(tag) if is_block(&tag.name) => {
                    self.flush(&mut gathering, out);
                    self.open_block(&tag, span, &mut gathering, out);
                    if tag.name == "pre" && !tag.closed {
                        pre = Some((String::new(), span));
                    }
                }
                Token::Close(name) if is_block(&name) => {
                    if name == "pre" {
                        push_code(pre.take(), out);
                    }
                    self.flush(&mut gathering, out);
                }
                // Colours inside `<pre>` are not words.
                Token::Open(_) | Token::Close(_) if pre.is_some() => {}
                token @ (Token::Open(_) | Token::Close(_) | Token::Silent) => {
                    self.gather(&mut gathering, token, span);
                }
            }
        }
        push_code(pre, out);
        self.flush(&mut gathering, out);
    }

    fn open_block(&mut self, tag: &Tag, span: Span, gathering: &mut Gathering, out: &mut Vec<Block<Open>>) {
        if let Some(id) = tag.get("id").filter(|id| !id.is_empty()) {
            let name =
                OpenAttributes { id: Some(id.to_owned()), span: Some(span), ..OpenAttributes::default() };
            gathering.push(Inline::new(span, InlineKind::Anchor(name)));
        }
        if tag.name == "hr" {
            self.flush(gathering, out);
            out.push(Block::new(span, BlockKind::SceneBreak));
        } else if is_plain(&tag.name) {
            self.judge_tag(tag, &["id"], span);
        } else {
            self.raw(span, &tag.name);
        }
    }

    /// Makes a paragraph of what has gathered, or a figure.
    fn flush(&mut self, gathering: &mut Gathering, out: &mut Vec<Block<Open>>) {
        let mut content = self.finish(gathering);
        trim(&mut content);
        let Some(span) = content.iter().map(|inline| inline.span).reduce(Span::join) else {
            return;
        };
        let title = gathering.title.take();
        if let [Inline { kind: InlineKind::Picture(picture), span }] = content.as_slice() {
            let caption = title.map(|title| Text::new(vec![Inline::text(*span, title)]));
            let kind = BlockKind::Figure { picture: picture.clone(), label: None, caption, place: None };
            out.push(Block::new(*span, kind));
            return;
        }
        out.push(Block::new(span, BlockKind::Paragraph(Text::new(content))));
    }
}

fn push_code(pre: Option<(String, Span)>, out: &mut Vec<Block<Open>>) {
    if let Some((code, span)) = pre {
        let text = code.trim_matches('\n').to_owned();
        out.push(Block::new(span, BlockKind::Code { language: None, leaf: (), text }));
    }
}

/// Runs of blanks as one space, as a browser shows them.
fn squeeze(words: &str) -> String {
    let mut squeezed = String::with_capacity(words.len());
    for c in words.chars() {
        let blank = matches!(c, ' ' | '\t' | '\n' | '\r');
        if !(blank && squeezed.ends_with(' ')) {
            squeezed.push(if blank { ' ' } else { c });
        }
    }
    squeezed
}

/// Takes blanks off both ends of a paragraph.
fn trim(content: &mut Vec<Inline<Open>>) {
    if let Some(Inline { kind: InlineKind::Text(words), .. }) = content.first_mut() {
        *words = words.trim_start_matches(' ').to_owned();
    }
    if let Some(Inline { kind: InlineKind::Text(words), .. }) = content.last_mut() {
        words.truncate(words.trim_end_matches(' ').len());
    }
    content.retain(|inline| !matches!(&inline.kind, InlineKind::Text(words) if words.is_empty()));
}
