//! What is true of the EPUB for readers who don't see it: counted, never assumed.
//!
//! Enters: the book, and what of it the EPUB shows. Leaves: [`Facts`], and the claims that follow from them in the
//! words of schema.org and in the numbers of ONIX. Promise: this is the one place that decides on a claim, for the
//! package and for the shops' file alike; a claim is made only when the file keeps it throughout.

use super::pen::Job;
use crate::model::ImageKind;

/// What was counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Facts {
    /// It says something in words.
    pub(super) words: bool,
    /// It has sections to go to.
    pub(super) headings: bool,
    /// Images that say something, the cover apart.
    pub(super) images: usize,
    /// Those of them that are without words somewhere.
    pub(super) silent: usize,
    /// Images that are decoration alone.
    pub(super) decoration: bool,
    /// It has a cover, whose words are its title.
    pub(super) cover: bool,
    /// An image may move, and so might flash.
    pub(super) moves: bool,
    /// It has an index.
    pub(super) index: bool,
    /// Its index leads to what it names.
    pub(super) index_links: bool,
    /// The pages of the printed edition are marked and listed.
    pub(super) pages: bool,
    /// It has notes, linked both ways.
    pub(super) notes: bool,
    /// Passages in other languages are marked.
    pub(super) languages: bool,
    /// Parts of it say by a role what they are.
    pub(super) roles: bool,
}

/// A claim in the vocabularies that have a word for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Claim {
    /// `schema:accessibilityFeature`.
    pub(super) feature: Option<&'static str>,
    /// A value of ONIX code list 196.
    pub(super) onix: Option<&'static str>,
}

impl Facts {
    /// Counts.
    pub(super) fn of(job: &Job<'_>) -> Facts {
        let met = job.plan.met;
        let telling = job.plan.telling().count();
        let pages = !job.pages.is_empty();
        Facts {
            words: met.words,
            headings: !job.book.outline.entries.is_empty(),
            images: telling,
            silent: job.plan.telling().filter(|(_, shown)| shown.silent).count(),
            decoration: telling < job.plan.images.len(),
            cover: job.cover.is_some(),
            moves: moves(job),
            index: met.index,
            index_links: met.index_links,
            pages,
            notes: job.plan.chapters.iter().any(|chapter| !chapter.notes.is_empty()),
            languages: met.languages,
            roles: met.roles || pages,
        }
    }

    /// Whether there is anything to see.
    pub(super) fn pictured(&self) -> bool {
        self.images > 0 || self.cover
    }

    /// Whether all that is said can be had in words.
    pub(super) fn textual(&self) -> bool {
        self.silent == 0
    }

    /// What may be claimed, in the order of ONIX.
    pub(super) fn claims(&self) -> Vec<Claim> {
        let both = |feature, onix| Claim { feature: Some(feature), onix: Some(onix) };
        let shops = |onix| Claim { feature: None, onix: Some(onix) };
        let file = |feature| Claim { feature: Some(feature), onix: None };
        let all = [
            (self.words, shops("10")),
            (self.headings, both("tableOfContents", "11")),
            (self.index, file("index")),
            (self.index_links, shops("12")),
            (self.words, both("readingOrder", "13")),
            (self.pictured() && self.textual(), both("alternativeText", "14")),
            (self.pages, both("pageBreakMarkers", "19")),
            (self.pages, file("pageNavigation")),
            (self.languages, shops("22")),
            // What a picture tells by its colours nobody here can know.
            (self.words && self.images == 0, shops("25")),
            (self.headings, both("structuralNavigation", "29")),
            (self.roles, both("ARIA", "30")),
            (self.headings, shops("32")),
            (self.words, both("displayTransformability", "36")),
            (self.words && self.textual(), shops("52")),
        ];
        all.into_iter().filter(|(holds, _)| *holds).map(|(_, claim)| claim).collect()
    }

    /// All of it in a few sentences, for who chooses a book.
    pub(super) fn summary(&self) -> String {
        let mut said = Vec::new();
        if self.words {
            said.push("The text can be read aloud and resized, in one logical order.");
        } else {
            said.push("It has no text.");
        }
        if self.headings {
            said.push("Headings and a table of contents lead to every section.");
        } else {
            said.push("It has no headings.");
        }
        if self.pages {
            said.push("Page numbers are those of the print edition.");
        }
        said.push(match (self.images, self.silent) {
            (0, _) if self.cover => "The cover is its only image that is more than decoration.",
            (0, _) if self.decoration => "Its images are decoration.",
            (0, _) => "It has no images.",
            (_, 0) => "Every image that is more than decoration has a description.",
            _ => "Some images have no description.",
        });
        if self.notes {
            said.push("Notes link to the text and back.");
        }
        if self.languages {
            said.push("Passages in other languages are marked.");
        }
        if self.moves {
            said.push("It has images that may move.");
        }
        said.join(" ")
    }
}

/// Whether an image may move, and so might flash.
fn moves(job: &Job<'_>) -> bool {
    let shown = job.plan.images.keys().chain(&job.book.cover);
    shown.filter_map(|id| job.book.image(*id)).any(|image| {
        let has = |word: &[u8]| image.bytes.windows(word.len()).any(|window| window == word);
        match image.kind {
            ImageKind::Jpeg => false,
            ImageKind::Png => has(b"acTL"),
            ImageKind::Webp => has(b"ANIM"),
            ImageKind::Gif => has(b"NETSCAPE2.0"),
            ImageKind::Svg => has(b"<animate") || has(b"<set") || has(b"@keyframes"),
        }
    })
}
