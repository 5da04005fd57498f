//! Running heads and folios.

use crate::diagnostics::Diagnostics;
use crate::layout::fixpoint::Refs;
use crate::layout::galley::{Typesetter, face, width_of, words};
use crate::layout::lines::{Paragraph, SetText, Type, at_left, leans};
use crate::layout::pages::Sheet;
use crate::layout::types::{Belongs, Ornament, PageKind, PageLabel, Placed, Point};
use crate::measure::Length;
use crate::model::{BookParts, Section};
use crate::style::{RunningHead, Theme};

/// The sections that stand on a page.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Running<'a> {
    /// The chapter, or part.
    pub(crate) chapter: Option<&'a Section>,
    /// The section in it, no deeper than the style's heads go, that begins on the page, the first on a verso and the last on a recto, else the one
    /// it goes on with.
    pub(crate) section: Option<&'a Section>,
}

/// Sets heads and folios.
pub(crate) struct Heads<'a> {
    /// The book.
    pub(crate) book: &'a BookParts,
    /// The look.
    pub(crate) theme: &'a Theme,
    /// Who sets lines.
    pub(crate) setter: &'a dyn Typesetter,
    /// Numbers, of which heads have none.
    pub(crate) refs: &'a Refs<'a>,
    /// The last head made, with its words: it is mostly the next one's too.
    pub(crate) last: [Option<(String, SetText)>; 2],
}

impl Heads<'_> {
    /// What stands around the text of a page.
    pub(crate) fn around(
        &mut self,
        at: usize,
        sheet: &Sheet,
        label: PageLabel,
        running: Running<'_>,
    ) -> Vec<Placed> {
        let mut placed = Vec::new();
        let page = self.theme.page;
        let recto = at.is_multiple_of(2);
        let left = if recto { page.inner } else { page.outer };
        let leading = self.theme.text.leading;
        if sheet.kind == PageKind::Text && !sheet.opening {
            let words =
                self.words(if recto { self.theme.head_recto } else { self.theme.head_verso }, running);
            if !words.trim().is_empty() {
                let set = self.head(usize::from(recto), words.trim());
                let y = page.top - leading.min(page.top.scale(0.4));
                let x = left + (page.measure() - width_of(&set)) / 2;
                put(&mut placed, &set, x, y, Ornament::Head);
            }
        }
        if sheet.folio && sheet.kind != PageKind::Blank {
            let set = self.set(&label.to_string(), face(self.theme.text.size.scale(0.95), false, false));
            let foot = page.height - page.bottom;
            let y = foot + page.folio(self.theme.text.size, leading);
            let x = left + (page.measure() - width_of(&set)) / 2;
            put(&mut placed, &set, x, y, Ornament::Folio);
        }
        placed
    }

    fn words(&self, head: RunningHead, running: Running<'_>) -> String {
        let metadata = &self.book.metadata;
        let named = |section: Option<&Section>| {
            section.map_or_else(|| metadata.title.clone(), |section| said(section, self.theme))
        };
        match head {
            RunningHead::None => String::new(),
            RunningHead::Author => metadata.authors().collect::<Vec<_>>().join(", "),
            RunningHead::Title => metadata.title.clone(),
            RunningHead::Chapter => named(running.chapter),
            RunningHead::Section => named(running.section.or(running.chapter)),
        }
    }

    /// A head, cut at the end of a word with an ellipsis when it is longer than the measure.
    fn head(&mut self, side: usize, words: &str) -> SetText {
        if let Some(Some((said, set))) = self.last.get(side)
            && said == words
        {
            return set.clone();
        }
        let font = face(self.theme.text.size.scale(0.9), false, true);
        let measure = self.theme.page.measure();
        let mut set = self.set(words, font);
        if width_of(&set) > measure {
            let ends = |c: char| c.is_whitespace();
            let within = self.cut(words, words.match_indices(ends).map(|(at, _)| at).collect(), font);
            // A first word wider than the measure, and scripts without spaces.
            let letters = || words.char_indices().map(|(at, _)| at).skip(1).collect();
            set = within.or_else(|| self.cut(words, letters(), font)).unwrap_or_default();
        }
        if let Some(place) = self.last.get_mut(side) {
            *place = Some((words.to_owned(), set.clone()));
        }
        set
    }

    /// The longest beginning that ends at one of these places and fits with its ellipsis.
    fn cut(&self, words: &str, ends: Vec<usize>, font: Type) -> Option<SetText> {
        let shorter = |end: usize| {
            let kept = words.get(..end).unwrap_or_default();
            kept.trim_end_matches(|c: char| c.is_whitespace() || ",;:.\u{2013}\u{2014}-".contains(c))
        };
        let set = |end: usize| {
            let set = self.set(&format!("{}\u{2026}", shorter(end)), font);
            (width_of(&set) <= self.theme.page.measure()).then_some(set)
        };
        // Wider with every end, so the first that doesn't fit is looked for by halves.
        let fits = ends.partition_point(|&end| set(end).is_some());
        let fitting = ends.get(..fits)?.iter().rev();
        let whole = fitting.clone().copied().find(|&end| !shorter(end).is_empty() && !leans(shorter(end)));
        whole.or(fitting.copied().find(|&end| !shorter(end).is_empty())).and_then(set)
    }

    fn set(&self, text: &str, font: Type) -> SetText {
        let content = words(text);
        let paragraph = Paragraph {
            content: &content,
            font,
            measure: Length::pt(8000.0),
            indent: Length::ZERO,
            initial: None,
            align: at_left(&self.book.metadata.language),
            hyphenate: false,
            language: &self.book.metadata.language,
        };
        self.setter.set(&paragraph, self.refs, &mut Diagnostics::new())
    }
}

/// A section's title as a head says it: with its number where the number stands before the title.
fn said(section: &Section, theme: &Theme) -> String {
    match section.number.as_ref().filter(|_| !theme.heading(section.rank).label_above) {
        Some(number) => format!("{number}\u{2002}{}", section.title_text()),
        None => section.title_text(),
    }
}

fn put(placed: &mut Vec<Placed>, set: &SetText, x: Length, y: Length, ornament: Ornament) {
    for segment in set.lines.iter().take(1).flat_map(|line| &line.segments) {
        let at = Point { x: x + segment.x, y: y - segment.rise };
        placed.push(Placed { at, belongs: Belongs::Artifact(ornament), item: segment.item.clone() });
    }
}
