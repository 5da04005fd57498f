//! The style sheet, from the same theme that print is set by.
//!
//! Enters: the [`Theme`], the faces that are in the file. Leaves: CSS. Promise: every measure is relative to the reader's own size of
//! type, no colour is fixed, and nothing is wider than the screen.

use super::fonts::Faces;
use crate::fonts::Typeface;
use crate::measure::Length;
use crate::style::{Align, HeadingStyle, Theme};
use std::fmt::Write;

/// What no theme changes.
const GROUND: &str = "\
/* Text. */
body { margin: 0 2%; line-height: 1.4; widows: 2; orphans: 2; overflow-wrap: break-word; }
/* Headings, their numbers and labels. */
h1, h2, h3, h4, h5, h6 { line-height: 1.2; break-after: avoid; page-break-after: avoid; break-inside: avoid; hyphens: none; -webkit-hyphens: none; font-weight: normal; }
h1 .number, h2 .number, h3 .number, h4 .number, h5 .number, h6 .number { margin-inline-end: 0.4em; font-variant-numeric: lining-nums; }
h1 .label, h2 .label, h3 .label, h4 .label, h5 .label, h6 .label { display: block; font-size: 0.7em; font-weight: normal; font-style: normal; letter-spacing: 0.05em; margin-bottom: 0.6em; }
.label .number { margin: 0; }
/* Pictures, figures and tables. */
img { max-width: 100%; }
img.block { display: block; margin: 0 auto; max-height: 95vh; }
img.inline { max-height: 1.2em; vertical-align: middle; }
figure { margin: 1.4em 0; text-align: center; break-inside: avoid; page-break-inside: avoid; }
figcaption, caption { text-indent: 0; text-align: center; margin-top: 0.6em; hyphens: none; -webkit-hyphens: none; }
caption { margin: 0 0 0.5em; }
figcaption .label, caption .label { font-weight: bold; }
table { border-collapse: collapse; margin: 1.4em auto; line-height: 1.25; border-top: 1px solid currentColor; border-bottom: 1px solid currentColor; }
thead { border-bottom: 1px solid currentColor; }
th, td { padding: 0.25em 0.5em; vertical-align: top; text-align: start; text-indent: 0; }
.align-left { text-align: left; }
.align-center { text-align: center; }
.align-right { text-align: right; font-variant-numeric: tabular-nums; }
/* Code, keys, raised and lowered letters. */
pre, code, kbd { font-family: monospace, monospace; font-variant: normal; hyphens: none; -webkit-hyphens: none; }
code, kbd { font-size: 0.9em; }
sub, sup { font-size: 0.7em; line-height: 0; }
pre code { font-size: 1em; }
pre { white-space: pre-wrap; text-align: start; line-height: 1.3; margin: 1.3em 0; tab-size: 4; }
kbd { border: 1px solid currentColor; border-radius: 0.2em; padding: 0 0.2em; }
/* Breaks: between scenes, and before a new page. */
hr.scene { border: 0; color: inherit; height: auto; margin: 1.4em 0; text-align: center; break-after: avoid; page-break-after: avoid; }
div.new-page { break-before: page; page-break-before: always; }
/* Notes and the ways to them and back. */
.noteref { font-size: 0.7em; line-height: 0; vertical-align: super; text-decoration: none; margin-inline-start: 0.1em; }
.notes { border-top: 1px solid currentColor; margin-top: 2em; padding-top: 0.8em; }
.notes aside { margin-bottom: 0.6em; }
.notes p { text-indent: 0; }
.backlink { text-decoration: underline; }
/* Words and passages that are set apart. */
.smallcaps { font-variant: small-caps; }
.heading { font-weight: bold; text-indent: 0; margin: 0.8em 0 0.4em; break-after: avoid; page-break-after: avoid; }
.alert, .aside { margin: 1.2em 0; padding-inline-start: 1em; border-inline-start: 3px solid currentColor; }
.epigraph { margin: 1.4em 0 1.4em 20%; font-style: italic; }
.epigraph em { font-style: normal; }
.centered, .centered p { text-align: center; text-indent: 0; }
.keep { break-inside: avoid; page-break-inside: avoid; }
/* Verse. */
.verse { margin: 1.2em 1.5em; }
blockquote .verse, .epigraph .verse { margin: 0; }
.verse p { text-align: start; text-indent: 0; margin: 0 0 1em; hyphens: none; -webkit-hyphens: none; break-inside: avoid; page-break-inside: avoid; }
.verse p:last-child { margin-bottom: 0; }
.verse .line { display: block; padding-inline-start: 2em; text-indent: -2em; }
.verse .line + br { display: none; }
.centered .verse p { text-align: center; }
.centered .verse .line { padding: 0; text-indent: 0; }
/* Lists. */
ul.tasks { list-style-type: none; padding-inline-start: 0.5em; }
ol.parenthesis > li::marker { content: counter(list-item) \") \"; }
dt { font-weight: bold; margin-top: 0.6em; }
dd { margin-inline-start: 1.5em; }
li > p:first-child, dd > p:first-child, td > p:first-child { margin-top: 0; text-indent: 0; }
/* What stands before the text. */
body.cover { margin: 0; text-align: center; }
img.cover { max-width: 100%; max-height: 100vh; }
.title-page { text-align: center; margin-top: 20%; }
.title-block { margin: 0 0 3em; }
.title-page p, .copyright-page p { text-align: center; text-indent: 0; }
.title-page .title { font-size: 2em; line-height: 1.2; margin: 0 0 0.4em; hyphens: none; -webkit-hyphens: none; }
.title-page .subtitle { font-size: 1.3em; margin: 0 0 1.5em; }
.title-page .author { font-size: 1.2em; margin: 0.3em 0; }
.title-page .contributor { margin: 0.3em 0; }
.title-page .series, .title-page .publisher { margin: 2em 0 0; }
.copyright-page { font-size: 0.9em; margin-top: 20%; }
.copyright-page p { text-align: start; margin: 0 0 0.8em; }
/* The ways through the book. */
nav ol { list-style-type: none; padding-inline-start: 1.2em; }
nav > ol { padding-inline-start: 0; }
nav li { margin: 0.25em 0; }
nav a { text-decoration: none; }
";

/// The whole sheet.
pub(super) fn sheet(theme: &Theme, faces: &Faces) -> String {
    let mut css = String::new();
    families(&mut css, theme, faces);
    css.push_str(GROUND);
    css.push_str("/* From the style. */\n");
    if !faces.code.is_empty() {
        rule(&mut css, "pre, code, kbd", &format!("font-family: {}, monospace;", listed(&faces.code)));
    }
    let em = |length: Length| number(length.ratio(theme.text.size));
    let text = &theme.text;
    let hyphens = if text.hyphenate { "auto" } else { "manual" };
    rule(
        &mut css,
        "p",
        &format!(
            "margin: 0 0 {}em; text-indent: 0; text-align: {}; hyphens: {hyphens}; -webkit-hyphens: {hyphens};",
            em(text.gap),
            align(text.align)
        ),
    );
    rule(&mut css, "p + p", &format!("text-indent: {}em;", em(text.indent)));
    rule(&mut css, "p.heading + p", "text-indent: 0;");
    rule(&mut css, "hr.scene::before", &format!("content: \"{}\";", quoted(&theme.scene_break)));
    let blocks = &theme.blocks;
    rule(
        &mut css,
        "blockquote",
        &format!("margin: 1em {0}em; font-size: {1}em;", em(blocks.quote_indent), em(blocks.quote_size)),
    );
    let attribution = "text-indent: 0; hyphens: none; -webkit-hyphens: none; break-before: avoid; page-break-before: avoid;";
    rule(&mut css, ".attribution", &format!("text-align: {}; {attribution}", align(blocks.attribution)));
    rule(
        &mut css,
        "ul, ol",
        &format!("margin: 0.8em 0; padding-inline-start: {}em;", em(blocks.list_indent)),
    );
    rule(&mut css, "table", &format!("font-size: {}em;", em(blocks.table_size)));
    rule(&mut css, "figcaption, caption", &format!("font-size: {}em;", em(blocks.caption_size)));
    let code = &theme.code;
    // What paper can show smaller is hard to read on a telephone.
    let size = code.size.max(theme.text.size.scale(0.85));
    rule(&mut css, "pre", &format!("font-size: {}em; margin-inline-start: {}em;", em(size), em(code.indent)));
    rule(&mut css, ".notes", &format!("font-size: {}em;", em(theme.notes.size)));
    heading(&mut css, 0, &theme.part, theme);
    for (rank, style) in (1..).zip(&theme.headings) {
        heading(&mut css, rank, style, theme);
    }
    if theme.opening_small_caps {
        rule(&mut css, ".rank-1 + p::first-line", "font-variant: small-caps;");
    }
    css
}

/// The faces that the file has in it, and the family of the text.
fn families(css: &mut String, theme: &Theme, faces: &Faces) {
    for face in &faces.list {
        let weight = if face.bold { "bold" } else { "normal" };
        let style = if face.italic { "italic" } else { "normal" };
        let family = quoted(&face.family);
        let source = format!("src: url(\"{}\");", face.href);
        let body = format!("font-family: \"{family}\"; font-weight: {weight}; font-style: {style}; {source}");
        rule(css, "@font-face", &body);
    }
    let kind = match theme.text.face {
        Typeface::LibertinusSerif => "serif",
        Typeface::AtkinsonHyperlegible => "sans-serif",
    };
    let own = if faces.text.is_empty() { String::new() } else { format!("{}, ", listed(&faces.text)) };
    rule(css, "html", &format!("font-family: {own}{kind};"));
}

/// Names of families as a list.
fn listed(names: &[String]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("\"{}\"", quoted(name))).collect();
    names.join(", ")
}

fn rule(css: &mut String, selector: &str, body: &str) {
    // Writing to a string can't fail.
    let _written = writeln!(css, "{selector} {{ {body} }}");
}

fn heading(css: &mut String, rank: usize, style: &HeadingStyle, theme: &Theme) {
    // Type is a share of the text's; space is in the heading's own ems.
    let size = style.size.ratio(theme.text.size);
    let lines = |count: u8| {
        let height = theme.text.leading.scale(f64::from(count));
        number(height.ratio(style.size))
    };
    // A chapter's sink is a share of the page in print; a screen has less to give.
    let above = if rank <= 1 { style.above.min(4) } else { style.above };
    let mut body = format!(
        "font-size: {}em; margin: {}em 0 {}em; text-align: {};",
        number(size),
        lines(above),
        lines(style.below),
        align(style.align)
    );
    if style.bold {
        body.push_str(" font-weight: bold;");
    }
    if style.italic {
        body.push_str(" font-style: italic;");
    }
    if style.small_caps {
        body.push_str(" font-variant: small-caps;");
    }
    rule(css, &format!(".rank-{rank}"), &body);
}

fn align(align: Align) -> &'static str {
    match align {
        Align::Justify => "justify",
        Align::Start => "start",
        Align::Center => "center",
        Align::End => "end",
    }
}

/// A number with up to three decimals, without zeros at its end.
fn number(value: f64) -> String {
    let text = format!("{value:.3}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Text within a CSS string.
fn quoted(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).fold(String::new(), |mut quoted, c| {
        if matches!(c, '"' | '\\') {
            quoted.push('\\');
        }
        quoted.push(c);
        quoted
    })
}
