//! SVG images: read once, judged once.
//!
//! Enters: the bytes of an SVG. Leaves: its size in user units, or why it can't be shown. Promise:
//! nothing it names is opened; what would run or be fetched in an e-reader is refused, since the
//! EPUB holds the file as it is.

use usvg::roxmltree::{Document, Node, ParsingOptions};

/// Why an SVG is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Refused {
    /// It can't be read, in words.
    Broken(String),
    /// It holds something that acts or reaches out, in words.
    Active(String),
}

/// Elements nested deeper than any drawing needs would exhaust the stack of what draws them.
const DEEPEST: usize = 256;

/// Elements that run, or that embed documents.
const ACTIVE: [&str; 7] = ["script", "iframe", "object", "embed", "audio", "video", "handler"];

/// Whether the bytes look like an SVG: text whose first tag, after declarations and comments, is `<svg`.
pub(super) fn is_svg(bytes: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else { return false };
    let mut rest = text.trim_start_matches('\u{feff}').trim_start();
    loop {
        let end = match rest {
            _ if rest.starts_with("<?") => "?>",
            _ if rest.starts_with("<!--") => "-->",
            // An internal subset ends with `]>`.
            _ if rest.starts_with("<!") => match (rest.find('['), rest.find('>')) {
                (Some(open), Some(close)) if open < close => "]>",
                _ => ">",
            },
            _ => break,
        };
        let Some((_, after)) = rest.split_once(end) else { return false };
        rest = after.trim_start();
    }
    let name = rest.strip_prefix('<').unwrap_or_default();
    let name = name.split(|c: char| c.is_whitespace() || c == '>' || c == '/').next().unwrap_or_default();
    name.rsplit(':').next() == Some("svg")
}

/// Reads and judges; gives width and height.
pub(super) fn read(bytes: &[u8]) -> Result<(f32, f32), Refused> {
    let text = std::str::from_utf8(bytes).map_err(|_| Refused::Broken("it is not UTF-8".to_owned()))?;
    let text = text.trim_start_matches('\u{feff}');
    if too_deep(text) {
        return Err(Refused::Broken("its elements are nested too deep".to_owned()));
    }
    let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    let document =
        Document::parse_with_options(text, options).map_err(|error| Refused::Broken(error.to_string()))?;
    let mut stack = vec![(document.root(), 0_usize)];
    while let Some((node, depth)) = stack.pop() {
        // Entities can nest what the text doesn't show.
        if depth > DEEPEST {
            return Err(Refused::Broken("its elements are nested too deep".to_owned()));
        }
        if let Some(what) = judge(node) {
            return Err(Refused::Active(what));
        }
        stack.extend(node.children().map(|child| (child, depth + 1)));
    }
    let options = usvg::Options {
        image_href_resolver: usvg::ImageHrefResolver {
            resolve_data: Box::new(|_, _, _| None),
            resolve_string: Box::new(|_, _| None),
        },
        ..usvg::Options::default()
    };
    let tree =
        usvg::Tree::from_xmltree(&document, &options).map_err(|error| Refused::Broken(error.to_string()))?;
    Ok((tree.size().width(), tree.size().height()))
}

/// Counts tags without parsing, since a parser may use the stack for each level.
fn too_deep(text: &str) -> bool {
    let mut depth = 0_usize;
    let mut rest = text;
    while let Some((_, after)) = rest.split_once('<') {
        rest = after;
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
        } else if let Some(data) = rest.strip_prefix("![CDATA[") {
            rest = data.split_once("]]>").map_or("", |(_, after)| after);
        } else if rest.starts_with('/') {
            depth = depth.saturating_sub(1);
        } else if !rest.starts_with(['!', '?']) {
            let tag = rest.split_once('>').map_or(rest, |(tag, _)| tag);
            depth += usize::from(!tag.ends_with('/'));
            if depth > DEEPEST {
                return true;
            }
        }
    }
    false
}

/// What is active about a node, in words.
fn judge(node: Node<'_, '_>) -> Option<String> {
    if node.pi().is_some_and(|pi| pi.target == "xml-stylesheet") {
        return Some("it loads a style sheet".to_owned());
    }
    if !node.is_element() {
        return None;
    }
    let name = node.tag_name().name();
    if ACTIVE.contains(&name.to_ascii_lowercase().as_str()) {
        return Some(format!("it holds a `{name}` element"));
    }
    if name == "style" {
        let css: String = node.descendants().filter_map(|inner| inner.text()).collect();
        if let Some(what) = judge_css(&css) {
            return Some(what);
        }
    }
    for attribute in node.attributes() {
        let key = attribute.name().to_ascii_lowercase();
        let value = attribute.value().trim();
        let squeezed: String = value.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
        let squeezed = squeezed.to_ascii_lowercase();
        if key.len() > 2 && key.starts_with("on") {
            return Some(format!("its `{name}` has an `{}` script", attribute.name()));
        }
        if squeezed.contains("javascript:") || squeezed.contains("vbscript:") {
            return Some(format!("its `{name}` runs a script"));
        }
        let allowed = match key.as_str() {
            "href" | "src" => own(&squeezed) || (name == "a" && page(&squeezed)),
            _ => true,
        };
        if !allowed {
            return Some(format!("its `{name}` leads to `{}`", shortened(value)));
        }
        if let Some(what) = judge_css(value) {
            return Some(what);
        }
    }
    None
}

/// An address within the file, or an image held in it.
fn own(address: &str) -> bool {
    let images = ["data:image/png", "data:image/jpeg", "data:image/jpg", "data:image/gif", "data:image/webp"];
    address.is_empty() || address.starts_with('#') || images.iter().any(|kind| address.starts_with(kind))
}

/// An address that a reader may follow but no program loads.
fn page(address: &str) -> bool {
    ["http://", "https://", "mailto:"].iter().any(|scheme| address.starts_with(scheme))
}

/// What CSS would load.
fn judge_css(css: &str) -> Option<String> {
    let lower = css.to_ascii_lowercase();
    if lower.contains("@import") {
        return Some("it loads a style sheet".to_owned());
    }
    for (at, _) in lower.match_indices("url(") {
        let rest = lower.get(at + 4..).unwrap_or_default();
        let address = rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\''));
        if !own(address) && !address.starts_with([')', '\'', '"']) && !is_font_data(address) {
            let end = address.find([')', '"', '\'']).unwrap_or(address.len());
            return Some(format!("it loads `{}`", shortened(address.get(..end).unwrap_or_default())));
        }
    }
    None
}

fn is_font_data(address: &str) -> bool {
    let kinds =
        ["data:font/", "data:application/font", "data:application/x-font", "data:application/vnd.ms-font"];
    kinds.iter().any(|kind| address.starts_with(kind))
}

fn shortened(address: &str) -> String {
    let mut short: String = address.chars().take(60).collect();
    if short.len() < address.len() {
        short.push('…');
    }
    short
}
