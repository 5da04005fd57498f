//! Where a source's front matter stands.
//!
//! Enters: the text of a source. Leaves: the range of its YAML, and where its Markdown begins.
//! Promise: a source that opens with a thematic break is not taken for one with front matter.

use std::ops::Range;

/// What stands before the Markdown.
pub(super) enum Front {
    /// Nothing; the Markdown begins here (after a byte order mark).
    None {
        /// First byte of the Markdown.
        start: usize,
    },
    /// Settings.
    Matter {
        /// The YAML between the marks.
        yaml: Range<usize>,
        /// First byte of the Markdown.
        start: usize,
    },
    /// Settings that no `---` ends.
    Unclosed {
        /// The opening mark.
        mark: Range<usize>,
        /// First byte of the Markdown.
        start: usize,
    },
}

/// Looks for front matter at the very start of `text`.
pub(super) fn find(text: &str) -> Front {
    let begin = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let mut lines = Lines { text, at: begin };
    let Some((first, _)) = lines.next().filter(|(line, _)| line.trim_end() == "---") else {
        return Front::None { start: begin };
    };
    let yaml_start = lines.at;
    let mut looks_like_settings = false;
    for count in 0.. {
        let Some((line, at)) = lines.next() else { break };
        if matches!(line.trim_end(), "---" | "...") {
            return Front::Matter { yaml: yaml_start..at, start: lines.at };
        }
        if count == 0 {
            // A thematic break, as in pandoc: nobody leaves a blank line before the first key.
            if line.trim().is_empty() {
                break;
            }
            looks_like_settings = is_key(line);
        }
    }
    if looks_like_settings {
        return Front::Unclosed { mark: begin..begin + first.trim_end().len(), start: begin };
    }
    Front::None { start: begin }
}

fn is_key(line: &str) -> bool {
    let word = line.split(':').next().unwrap_or_default();
    let rest = line.get(word.len()..).unwrap_or_default();
    let named = !word.is_empty() && word.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
    named && (rest.starts_with(": ") || rest.trim_end() == ":")
}

struct Lines<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Iterator for Lines<'t> {
    type Item = (&'t str, usize);

    fn next(&mut self) -> Option<Self::Item> {
        let rest = self.text.get(self.at..).filter(|rest| !rest.is_empty())?;
        let start = self.at;
        let length = rest.find('\n').map_or(rest.len(), |at| at + 1);
        self.at += length;
        rest.get(..length).map(|line| (line, start))
    }
}
