//! The links of an EPUB, and where they lead.
//!
//! Enters: the archive's paths, its documents. Leaves: a sentence for each link to a file or to an id
//! that isn't there. Promise: addresses outside are left alone.

use super::Unreadable;
use super::epub::{Node, attribute, events};
use std::collections::{BTreeMap, BTreeSet};

/// Links and targets seen so far.
pub(super) struct Links {
    paths: BTreeSet<String>,
    ids: BTreeMap<String, BTreeSet<String>>,
    /// What links, the link as written, the path and the id it leads to.
    found: Vec<(String, String, String, String)>,
}

impl Links {
    /// None yet, in an archive of these files.
    pub(super) fn new(paths: impl Iterator<Item = String>) -> Self {
        Links { paths: paths.collect(), ids: BTreeMap::new(), found: Vec::new() }
    }

    /// The links and ids of one document.
    pub(super) fn document(&mut self, path: &str, xml: &str) -> Result<(), Unreadable> {
        let mut ids = BTreeSet::new();
        let mut hrefs = Vec::new();
        events(xml, &mut |node| {
            if let Node::Open(_, element) = node {
                ids.extend(attribute(element, "id"));
                hrefs.extend(["href", "src"].iter().filter_map(|key| attribute(element, key)));
            }
        })?;
        self.ids.insert(path.to_owned(), ids);
        let name = format!("`{}`", path.rsplit('/').next().unwrap_or(path));
        hrefs.iter().for_each(|href| self.link(&name, path, href));
        Ok(())
    }

    /// A link in the file at `path`.
    pub(super) fn link(&mut self, who: &str, path: &str, href: &str) {
        if href.contains(':') {
            return;
        }
        let (file, id) = href.split_once('#').unwrap_or((href, ""));
        let mut target: Vec<&str> = path.split('/').collect();
        if !file.is_empty() {
            target.pop();
            for part in file.split('/') {
                if part == ".." {
                    target.pop();
                } else {
                    target.push(part);
                }
            }
        }
        self.found.push((who.to_owned(), href.to_owned(), target.join("/"), id.to_owned()));
    }

    /// Those that lead nowhere.
    pub(super) fn dead(&self) -> Vec<String> {
        let dead = self.found.iter().filter(|(_, _, path, id)| {
            let there = id.is_empty() || self.ids.get(path).is_some_and(|ids| ids.contains(id));
            !there || !self.paths.contains(path)
        });
        dead.map(|(who, href, ..)| format!("has a link to `{href}` in {who} that leads nowhere")).collect()
    }
}
