//! Running heads and folios.

use crate::diagnostics::Diagnostics;
use crate::layout::fixpoint::Refs;
use crate::layout::galley::{Typesetter, face, width_of, words};
use crate::layout::lines::{Paragraph, SetText, Type, at_left};
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
    /// The section in it that begins on the page, the first on a verso and the last on a recto, else the one
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
            let y = foot + (leading * 2).min(page.bottom.scale(0.6));
            let x = left + (page.measure() - width_of(&set)) / 2;
            put(&mut placed, &set, x, y, Ornament::Folio);
        }
        placed
    }

    fn words(&self, head: RunningHead, running: Running<'_>) -> String {
        let metadata = &self.book.metadata;
        let title = |section: Option<&Section>| section.map(Section::title_text);
        match head {
            RunningHead::None => String::new(),
            RunningHead::Author => metadata.authors().collect::<Vec<_>>().join(", "),
            RunningHead::Title => metadata.title.clone(),
            RunningHead::Chapter => title(running.chapter).unwrap_or_else(|| metadata.title.clone()),
            RunningHead::Section => {
                title(running.section.or(running.chapter)).unwrap_or_else(|| metadata.title.clone())
            }
        }
    }

    /// A head, cut with an ellipsis when it is longer than the measure.
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
            let letters: Vec<char> = words.chars().collect();
            let (mut fits, mut over) = (0, letters.len());
            while over - fits > 1 {
                let half = (fits + over) / 2;
                let start: String = letters.iter().take(half).collect();
                let cut = self.set(&format!("{}…", start.trim_end()), font);
                if width_of(&cut) <= measure {
                    (fits, set) = (half, cut);
                } else {
                    over = half;
                }
            }
            if fits == 0 {
                set = SetText::default();
            }
        }
        if let Some(place) = self.last.get_mut(side) {
            *place = Some((words.to_owned(), set.clone()));
        }
        set
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

fn put(placed: &mut Vec<Placed>, set: &SetText, x: Length, y: Length, ornament: Ornament) {
    for segment in set.lines.iter().take(1).flat_map(|line| &line.segments) {
        let at = Point { x: x + segment.x, y: y - segment.rise };
        placed.push(Placed { at, belongs: Belongs::Artifact(ornament), item: segment.item.clone() });
    }
}
