//! Where links lead.
//!
//! Enters: a destination as typed, and the file it is typed in. Leaves: a place in the book, an
//! address outside, or nowhere, with a warning that names the nearest place there is. Promise: a
//! name is looked for in its own file first; relative links out of the book become whole addresses
//! when the settings say where the manuscript is published.

use super::names::{At, Names};
use super::{paths, slug};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::span::Span;

/// What a destination turned out to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Found {
    /// A place in the book.
    Inside(At),
    /// An address with a scheme.
    Outside(String),
    /// Nothing; it was said.
    Nowhere,
}

/// Finds destinations.
pub(super) struct Finder<'a> {
    pub(super) names: &'a Names,
    /// Paths of the sources.
    pub(super) paths: &'a [String],
    pub(super) base_url: Option<&'a str>,
    /// Nearest names still to be looked for: with thousands of dead links, the first hundred hints
    /// are enough to see what is wrong.
    pub(super) hints: u32,
}

impl Finder<'_> {
    /// What `href`, typed in `source` at `span`, leads to.
    pub(super) fn find(
        &mut self,
        href: &str,
        source: usize,
        span: Span,
        diagnostics: &mut Diagnostics,
    ) -> Found {
        let href = href.trim();
        if href.is_empty() {
            return dead(
                span,
                "this link leads nowhere",
                "put its address between the parentheses",
                diagnostics,
            );
        }
        if let Some(scheme) = paths::scheme(href) {
            return outside(href, &scheme, span, diagnostics);
        }
        if href.starts_with("//") {
            return outside(&format!("https:{href}"), "https", span, diagnostics);
        }
        let (rest, fragment) = href.split_once('#').map_or((href, None), |(rest, f)| (rest, Some(f)));
        let path = rest.split('?').next().unwrap_or_default();
        if path.is_empty() {
            return self.within(href, fragment.unwrap_or_default(), source, span, diagnostics);
        }
        if let Some(other) = self.source(path, source) {
            return self.in_other(href, other, fragment.unwrap_or_default(), span, diagnostics);
        }
        let from = self.paths.get(source).map_or("", String::as_str);
        if let Some(base) = self.base_url {
            let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
            let slash = if folder.is_empty() || path.starts_with('/') { "" } else { "/" };
            let folder = if path.starts_with('/') { "" } else { folder };
            let whole = format!("{folder}{slash}{path}");
            let tail = href.get(path.len()..).unwrap_or_default();
            return Found::Outside(format!("{}{}", paths::under_base(base, &whole), paths::encode(tail)));
        }
        let wanted = paths::join(from, &paths::decode(path));
        let near = self.hint(|| paths::nearest(&wanted, self.paths.iter().map(String::as_str)));
        let hint = match near {
            Some(near) => format!("did you mean `{near}`? The link's words stay as text"),
            None => "the link's words stay as text; with `base-url` in the settings it leads to where the \
                     manuscript is published"
                .to_owned(),
        };
        dead(span, &format!("`{href}` is not in the book"), &hint, diagnostics)
    }

    fn hint<'n>(&self, look: impl FnOnce() -> Option<&'n str>) -> Option<&'n str> {
        if self.hints == 0 { None } else { look() }
    }

    /// `#name` in the same file, else anywhere.
    fn within(
        &mut self,
        href: &str,
        fragment: &str,
        source: usize,
        span: Span,
        diagnostics: &mut Diagnostics,
    ) -> Found {
        let name = paths::decode(fragment);
        if name.is_empty()
            && let Some(at) = self.names.start(source)
        {
            return Found::Inside(at);
        }
        let names = self.names;
        let found = names
            .find(source, &name)
            .or_else(|| names.find(source, fragment))
            .or_else(|| names.find(source, &slug::slug(&name)).filter(|_| !slug::slug(&name).is_empty()));
        found.map_or_else(|| self.unnamed(href, &name, span, diagnostics), Found::Inside)
    }

    /// `other.md#name` or `other.md`.
    fn in_other(
        &mut self,
        href: &str,
        other: usize,
        fragment: &str,
        span: Span,
        diagnostics: &mut Diagnostics,
    ) -> Found {
        let name = paths::decode(fragment);
        let names = self.names;
        let found = if name.is_empty() {
            names.start(other)
        } else {
            let slugged =
                || names.find_in(other, &slug::slug(&name)).filter(|_| !slug::slug(&name).is_empty());
            names.find_in(other, &name).or_else(slugged)
        };
        found.map_or_else(|| self.unnamed(href, &name, span, diagnostics), Found::Inside)
    }

    fn unnamed(&mut self, href: &str, name: &str, span: Span, diagnostics: &mut Diagnostics) -> Found {
        let near = self.hint(|| paths::nearest(name, self.names.typed()));
        self.hints = self.hints.saturating_sub(1);
        let hint = match near {
            Some(near) => format!("did you mean `#{near}`? The link's words stay as text"),
            None => "give the place an id, `{#…}`, or correct the link; its words stay as text".to_owned(),
        };
        dead(span, &format!("nothing in the book is called `{href}`"), &hint, diagnostics)
    }

    /// The source that a path names: as it stands, as the page that other tools make of it, or a folder's index.
    fn source(&self, path: &str, from: usize) -> Option<usize> {
        let from = self.paths.get(from).map_or("", String::as_str);
        let path = paths::decode(path);
        let joined = paths::join(from, &path);
        let joined = joined.trim_start_matches('/');
        let known = |path: &str| self.names.paths.get(path).copied();
        if let Some(found) = known(joined) {
            return Some(found);
        }
        let page = joined.strip_suffix(".html").or_else(|| joined.strip_suffix(".htm"));
        let bare = page.unwrap_or(joined);
        let under = |name: &str| if bare.is_empty() { name.to_owned() } else { format!("{bare}/{name}") };
        let index = bare.strip_suffix("index").filter(|folder| folder.is_empty() || folder.ends_with('/'));
        let has_ending = page.is_none() && bare.rsplit('/').next().is_some_and(|name| name.contains('.'));
        let named = (!has_ending).then(|| known(&format!("{bare}.md"))).flatten();
        named
            .or_else(|| index.and_then(|folder| known(&format!("{folder}README.md"))))
            .or_else(|| known(&under("README.md")))
            .or_else(|| known(&under("index.md")))
    }
}

fn dead(span: Span, message: &str, hint: &str, diagnostics: &mut Diagnostics) -> Found {
    diagnostics.push(Diagnostic::new(Code::DeadLink, span, message).hint(hint));
    Found::Nowhere
}

/// An address with a scheme, unless it acts, or names no host.
fn outside(href: &str, scheme: &str, span: Span, diagnostics: &mut Diagnostics) -> Found {
    match scheme {
        "javascript" | "vbscript" | "data" | "file" | "blob" | "about" => {
            let message = format!("a book can't link to `{scheme}:` addresses");
            dead(
                span,
                &message,
                "link to a page or a place in the book; the link's words stay as text",
                diagnostics,
            )
        }
        "http" | "https" | "ftp" if !paths::has_host(href) => {
            dead(span, &format!("`{href}` is no address"), "write it as `https://host/path`", diagnostics)
        }
        _ => Found::Outside(paths::encode(href)),
    }
}
