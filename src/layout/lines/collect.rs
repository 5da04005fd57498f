//! A leaf's inlines to one text with looks.
//!
//! Enters: a [`Paragraph`]. Leaves: a [`Flow`]: the text to be shaped, which stretch of it looks how,
//! what elements readers hear of, and where in the leaf each byte comes from. Promise: nothing later
//! needs the tree of inlines again; soft hyphens and control characters are out of the text, tabs
//! and line ends of the source are spaces, wanted line breaks are `\n`, pictures U+FFFC.

use super::{InlineNode, InlineTag, Paragraph, References, Type};
use crate::fonts::{Family, FontSet, Variant};
use crate::measure::Length;
use crate::model::{Id, ImageId, Inline, InlineKind, Language, NoteId, Style, Target, plain_text};
use crate::span::Span;
use std::ops::Range;

/// Size of letters above and below the line, as a share of the text's.
const SCRIPT: f64 = 0.66;
/// How far superscripts are raised, in em of the text they stand in.
const RAISED: f64 = 0.34;
/// How far subscripts are lowered.
const LOWERED: f64 = 0.16;
/// `<small>`, as a share of the text's size.
const SMALL: f64 = 0.85;

/// How a stretch of text looks, and what it belongs to.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Look {
    pub(super) variant: Variant,
    pub(super) size: Length,
    /// Above the baseline.
    pub(super) rise: Length,
    pub(super) small_caps: bool,
    /// A note's number: set from the font's own superiors when it has them.
    pub(super) superior: bool,
    pub(super) gray: u8,
    pub(super) strike: bool,
    /// Code: no ligatures, spaces that don't stretch, no hyphens.
    pub(super) code: bool,
    /// Its place in [`Flow::languages`].
    pub(super) language: usize,
    /// Its place in [`Flow::nodes`].
    pub(super) node: Option<usize>,
    pub(super) span: Span,
}

/// A stretch of the text with one look.
#[derive(Debug, Clone)]
pub(super) struct Run {
    pub(super) range: Range<usize>,
    pub(super) look: usize,
}

/// A picture that stands for one U+FFFC of the text.
#[derive(Debug, Clone)]
pub(super) struct Object {
    pub(super) image: ImageId,
    pub(super) width: Length,
    pub(super) height: Length,
}

/// From here on the text is the leaf's, or is made and stands at one place of the leaf.
#[derive(Debug, Clone, Copy)]
struct Origin {
    text: usize,
    leaf: usize,
    made: bool,
}

/// One leaf, flat.
#[derive(Debug, Clone, Default)]
pub(super) struct Flow {
    pub(super) text: String,
    pub(super) looks: Vec<Look>,
    pub(super) runs: Vec<Run>,
    pub(super) nodes: Vec<InlineNode>,
    pub(super) languages: Vec<Language>,
    pub(super) anchors: Vec<(usize, Id)>,
    pub(super) notes: Vec<(usize, NoteId)>,
    pub(super) objects: Vec<Object>,
    /// Places of soft hyphens.
    pub(super) soft: Vec<usize>,
    /// Places where no line may end: before the numbers of notes.
    pub(super) glued: Vec<usize>,
    /// Spaces are drawn as they are written: code.
    pub(super) preformatted: bool,
    origins: Vec<Origin>,
}

impl Flow {
    /// The leaf's offset of a place in the text.
    pub(super) fn leaf_at(&self, at: usize) -> usize {
        let after = self.origins.partition_point(|origin| origin.text <= at);
        match after.checked_sub(1).and_then(|last| self.origins.get(last)) {
            Some(origin) if origin.made => origin.leaf,
            Some(origin) => origin.leaf + (at - origin.text),
            None => at,
        }
    }

    /// Notes called in a line, in order.
    pub(super) fn notes_in(&self, from: usize, to: usize) -> impl Iterator<Item = NoteId> {
        let within = self.notes.iter().filter(move |(at, _)| *at > from && *at <= to);
        within.map(|&(_, note)| note)
    }

    /// Whether the author wrote a hyphen before a place.
    pub(super) fn hyphen_before(&self, end: usize) -> bool {
        self.text.get(..end).is_some_and(|text| text.ends_with(['-', '\u{2010}']))
    }

    /// Whether a place of the text is code.
    pub(super) fn is_code(&self, at: usize) -> bool {
        let run = self.runs.get(self.runs.partition_point(|run| run.range.end <= at));
        run.and_then(|run| self.looks.get(run.look)).is_some_and(|look| look.code)
    }

    /// Whether a place of the text is made, not written in the leaf.
    pub(super) fn made_at(&self, at: usize) -> bool {
        let after = self.origins.partition_point(|origin| origin.text <= at);
        after.checked_sub(1).and_then(|last| self.origins.get(last)).is_some_and(|origin| origin.made)
    }
}

/// What the inlines around give to those within.
#[derive(Clone, Copy)]
struct Around {
    variant: Variant,
    size: Length,
    rise: Length,
    small_caps: bool,
    strike: bool,
    language: usize,
    node: Option<usize>,
}

struct Collector<'a> {
    flow: Flow,
    leaf: usize,
    gray: u8,
    measure: Length,
    fonts: &'a FontSet,
    references: &'a dyn References,
}

/// Flattens a leaf.
pub(super) fn collect(paragraph: &Paragraph<'_>, references: &dyn References, fonts: &FontSet) -> Flow {
    let font = paragraph.font;
    let flow = Flow { languages: vec![paragraph.language.clone()], ..Flow::default() };
    let measure = paragraph.measure;
    let mut collector = Collector { flow, leaf: 0, gray: font.gray, measure, fonts, references };
    let around = Around {
        variant: font.variant,
        size: font.size,
        rise: Length::ZERO,
        small_caps: font.small_caps,
        strike: false,
        language: 0,
        node: None,
    };
    collector.inlines(paragraph.content, around);
    collector.flow
}

/// A line of code, which stands at `leaf` in its block: tabs go to the next fourth column.
pub(super) fn preformatted(line: &str, leaf: usize, block: &Paragraph<'_>, span: Span) -> Flow {
    let Type { variant, size, gray, .. } = block.font;
    let mut flow = Flow { languages: vec![block.language.clone()], preformatted: true, ..Flow::default() };
    flow.origins.push(Origin { text: 0, leaf, made: false });
    let mut column = 0_usize;
    for (at, c) in line.char_indices() {
        if c == '\t' {
            let wide = 4 - column % 4;
            flow.text.extend(std::iter::repeat_n(' ', wide));
            column += wide;
        } else if c.is_control() || c == '\u{FFFC}' {
            // Nothing is drawn for it.
        } else {
            flow.text.push(c);
            column += 1;
            continue;
        }
        let text = flow.text.len();
        flow.origins.push(Origin { text, leaf: leaf + at + c.len_utf8(), made: false });
    }
    let rise = Length::ZERO;
    let (small_caps, superior, strike, code, language, node) = (false, false, false, true, 0, None);
    flow.looks.push(Look {
        variant,
        size,
        rise,
        small_caps,
        superior,
        gray,
        strike,
        code,
        language,
        node,
        span,
    });
    flow.runs.push(Run { range: 0..flow.text.len(), look: 0 });
    flow
}

impl Collector<'_> {
    fn inlines(&mut self, inlines: &[Inline], around: Around) {
        for inline in inlines {
            self.inline(inline, around);
        }
    }

    fn inline(&mut self, inline: &Inline, around: Around) {
        let span = inline.span;
        match &inline.kind {
            InlineKind::Text(words) => self.words(words, around, span, false),
            InlineKind::Code(code) => {
                let node = self.node(around, InlineTag::Code, span);
                self.words(code, self.code(Around { node, ..around }), span, true);
            }
            InlineKind::LineBreak => {
                self.origin(false);
                self.push("\n", self.look(around, span, false, false));
                self.leaf += 1;
            }
            InlineKind::Styled(style, content) => self.inlines(content, self.styled(*style, around)),
            InlineKind::Span { name, lang, content } => {
                self.flow.anchors.extend(name.clone().map(|id| (self.flow.text.len(), id)));
                let around = lang.as_ref().map_or(around, |lang| self.language(lang, around, span));
                self.inlines(content, around);
            }
            InlineKind::Abbreviation { expansion, content } => {
                let node = self.node(around, InlineTag::Abbreviation(expansion.clone()), span);
                self.inlines(content, Around { node, ..around });
            }
            InlineKind::Link { target, content, .. } => {
                let node = self.node(around, InlineTag::Link(target.clone(), said(target, content)), span);
                self.inlines(content, Around { node, ..around });
            }
            InlineKind::PageReference { target, .. } => {
                let words = self.references.page(target);
                let node = self.node(around, InlineTag::PageReference(target.clone()), span);
                self.made(&words, self.look(Around { node, ..around }, span, false, false));
            }
            InlineKind::Picture(picture) => {
                let (width, height) = self.fitted(self.references.picture(picture, around.size));
                let node = self.node(around, InlineTag::Picture(picture.alt.clone()), span);
                self.flow.objects.push(Object { image: picture.image, width, height });
                self.made("\u{FFFC}", self.look(Around { node, ..around }, span, false, false));
            }
            InlineKind::NoteCall(note) => self.note(*note, around, span),
            InlineKind::Anchor(name) => {
                self.flow.anchors.extend(name.clone().map(|id| (self.flow.text.len(), id)));
            }
        }
    }

    /// The size of a picture that is no wider than the lines it stands in: those of a cell, or deep in a list.
    fn fitted(&self, (width, height): (Length, Length)) -> (Length, Length) {
        if width <= self.measure {
            return (width, height);
        }
        (self.measure, height.scale(self.measure.ratio(width)))
    }

    /// A call stays with the word before it; neighbours are set apart by a comma.
    fn note(&mut self, note: NoteId, around: Around, span: Span) {
        let number = self.references.note(note);
        let at = self.flow.text.len();
        let follows = self.flow.notes.last().is_some_and(|&(last, _)| last == at);
        self.flow.glued.push(at);
        if follows {
            self.made(",", self.look(self.styled(Style::Superscript, around), span, false, false));
            self.flow.glued.push(self.flow.text.len());
        }
        let own = self.fonts.get(self.fonts.face(around.variant)).has_superiors();
        let raised = if own { around } else { self.styled(Style::Superscript, around) };
        let node = self.node(around, InlineTag::NoteCall(note), span);
        self.made(&number, self.look(Around { node, ..raised }, span, false, own));
        self.flow.notes.push((self.flow.text.len(), note));
    }

    /// Code is matched to the x-height of the text around it, so that it looks no larger.
    fn code(&self, around: Around) -> Around {
        let variant = Variant { family: Family::Mono, ..around.variant };
        let height = |variant: Variant| {
            let face = self.fonts.get(self.fonts.face(variant));
            f64::from(face.x_height()) / f64::from(face.units_per_em())
        };
        let (text, mono) = (height(around.variant), height(variant));
        let factor = if text > 0.0 && mono > 0.0 { (text / mono).clamp(0.5, 1.0) } else { 1.0 };
        Around { variant, size: around.size.scale(factor), small_caps: false, ..around }
    }

    fn styled(&self, style: Style, around: Around) -> Around {
        let variant = around.variant;
        match style {
            Style::Emphasis => Around { variant: Variant { italic: !variant.italic, ..variant }, ..around },
            Style::Strong => Around { variant: Variant { bold: true, ..variant }, ..around },
            Style::Strike => Around { strike: true, ..around },
            Style::Superscript => Around {
                size: around.size.scale(SCRIPT),
                rise: around.rise + around.size.scale(RAISED),
                ..around
            },
            Style::Subscript => Around {
                size: around.size.scale(SCRIPT),
                rise: around.rise - around.size.scale(LOWERED),
                ..around
            },
            Style::SmallCaps => Around { small_caps: true, ..around },
            Style::Small => Around { size: around.size.scale(SMALL), ..around },
            Style::Keyboard => self.code(around),
        }
    }

    fn language(&mut self, lang: &Language, around: Around, span: Span) -> Around {
        let node = self.node(around, InlineTag::Language(lang.clone()), span);
        let known = self.flow.languages.iter().position(|l| l == lang);
        let language = known.unwrap_or_else(|| {
            self.flow.languages.push(lang.clone());
            self.flow.languages.len() - 1
        });
        Around { language, node, ..around }
    }

    fn node(&mut self, around: Around, kind: InlineTag, span: Span) -> Option<usize> {
        self.flow.nodes.push(InlineNode { parent: around.node, kind, span });
        Some(self.flow.nodes.len() - 1)
    }

    fn look(&self, around: Around, span: Span, code: bool, superior: bool) -> Look {
        let Around { variant, size, rise, small_caps, strike, language, node } = around;
        let gray = self.gray;
        Look { variant, size, rise, small_caps, superior, gray, strike, code, language, node, span }
    }

    /// Words of the leaf.
    fn words(&mut self, words: &str, around: Around, span: Span, code: bool) {
        let look = self.look(around, span, code, false);
        self.origin(false);
        let plain = |c: char| !c.is_control() && !matches!(c, '\u{AD}' | '\u{FFFC}' | '\u{FEFF}');
        let mut rest = words;
        while let Some((at, odd)) = rest.char_indices().find(|(_, c)| !plain(*c)) {
            let (before, from) = rest.split_at(at);
            self.push(before, look.clone());
            self.leaf += at + odd.len_utf8();
            if matches!(odd, '\t' | '\n' | '\r') {
                self.push(" ", look.clone());
            } else {
                if odd == '\u{AD}' {
                    self.flow.soft.push(self.flow.text.len());
                }
                self.origin(false);
            }
            rest = from.get(odd.len_utf8()..).unwrap_or_default();
        }
        self.push(rest, look);
        self.leaf += rest.len();
    }

    /// Words that the leaf doesn't have.
    fn made(&mut self, words: &str, look: Look) {
        self.origin(true);
        self.push(words, look);
        self.origin(false);
    }

    fn origin(&mut self, made: bool) {
        let origin = Origin { text: self.flow.text.len(), leaf: self.leaf, made };
        match self.flow.origins.last_mut() {
            Some(last) if last.text == origin.text => *last = origin,
            Some(_) | None => self.flow.origins.push(origin),
        }
    }

    fn push(&mut self, words: &str, look: Look) {
        if words.is_empty() {
            return;
        }
        let start = self.flow.text.len();
        self.flow.text.push_str(words);
        let end = self.flow.text.len();
        let same =
            self.flow.looks.last().is_some_and(|last| *last == Look { span: last.span, ..look.clone() });
        if let (true, Some(run)) = (same, self.flow.runs.last_mut()) {
            run.range.end = end;
            return;
        }
        self.flow.looks.push(look);
        self.flow.runs.push(Run { range: start..end, look: self.flow.looks.len() - 1 });
    }
}

/// What a screen reader says of a link: its words, or where it leads when it has none.
fn said(target: &Target, content: &[Inline]) -> String {
    let words = plain_text(content);
    let words = words.trim();
    match target {
        Target::Outside(address) if words.is_empty() => address.clone(),
        Target::Inside(_) | Target::Outside(_) | Target::Nowhere => words.replace('\n', " "),
    }
}
