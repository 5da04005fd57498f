//! One leaf of text to lines: shape, hyphenate, break, justify.
//!
//! Enters: a [`Paragraph`], the inlines of one leaf with the type and the measure they are set in.
//! Leaves: a [`SetText`], lines of positioned glyph runs. Promise: no line is wider than its measure
//! (long words, addresses and code break by a rule of their own); every byte of the leaf's plain
//! text that is not a space at a line's end is drawn once; word spaces are real glyphs, also at
//! line ends; the hyphen of a broken word extracts as U+00AD.

mod breaks;
mod candidates;
mod choose;
mod code;
mod collect;
mod flexible;
mod found;
mod gaps;
mod hyphens;
mod initial;
mod mend;
mod pieces;
mod place;
mod protrude;
mod remembered;
mod runs;
mod shape;
mod shaped;
mod ties;
mod titles;
mod told;
mod ways;

use crate::diagnostics::Diagnostics;
use crate::fonts::{FontSet, Variant};
use crate::layout::stages::{Stage, Watcher};
use crate::layout::types::Item;
use crate::measure::Length;
use crate::model::{Id, Inline, Language, NoteId, Target};
use crate::span::Span;
use crate::style::Align;
use candidates::{Candidate, Effort, TIED, candidates};
use choose::{Chosen, Goal, choose, choose_others, choose_under, may_differ};
use collect::{Flow, collect};
pub use flexible::{Flexible, LineEnd, Way};
use found::Found;
pub use initial::Initial;
use pieces::{Row, pieces};
use place::{End, Placing, place};
use shape::Founts;
use std::fmt;
use std::sync::Arc;
pub use titles::{Share, leans};
pub use told::{Fault, LineTold, Told, WayTold};

/// How far spaces may stretch before words are divided, in parts of what they like to.
const FIRST_TOLERANCE: f64 = 1.0;
/// And before words are divided where nothing allows it.
const SECOND_TOLERANCE: f64 = 2.6;
/// How far spaces may stretch where a paragraph is made longer or shorter for the page's sake.
const WAY_TOLERANCE: f64 = 1.0;
/// Longer leaves are set in one way: nobody writes them, and a page has other lines to move.
const MOST_LINES: usize = 300;
/// And where it is set without divided words for it.
const WHOLE_TOLERANCE: f64 = 1.4;
/// Demerits of a river or a stack in another way than the best: these aren't mended.
const FLAW: f64 = 1_500_000.0;
/// Last lines narrower than this many em are stumps.
const STUMP: i64 = 3;
/// The shortest lines, in ems, whose divided words are told of: shorter ones are cells, told of with their table.
const TOLD: i64 = 9;

/// Sets leaves in lines; one for a book, since it remembers the words it has shaped.
pub struct Setter {
    founts: Founts,
    watcher: Watcher,
}

impl fmt::Debug for Setter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Setter").field("fonts", &self.founts.fonts).finish_non_exhaustive()
    }
}

impl Setter {
    /// A setter with these fonts; `exceptions` are words with the author's own divisions: `ta-ble`.
    #[must_use]
    pub fn new(fonts: Arc<FontSet>, exceptions: &[String]) -> Self {
        Setter { founts: Founts::new(fonts, exceptions), watcher: Watcher::default() }
    }

    /// The same, and `watcher` is told of every stage.
    #[must_use]
    pub fn watched(self, watcher: Watcher) -> Self {
        Setter { watcher, ..self }
    }

    /// Tells the watcher that a stage was passed.
    pub fn passed(&self, stage: Stage) {
        self.watcher.tell(stage);
    }

    /// The fonts it sets with.
    #[must_use]
    pub fn fonts(&self) -> &Arc<FontSet> {
        &self.founts.fonts
    }

    /// Sets a leaf: flattens its inlines, shapes its words, chooses its lines, places them.
    /// Characters that no font has are drawn as a mark and told of.
    #[must_use]
    pub fn set(
        &self,
        paragraph: &Paragraph<'_>,
        references: &dyn References,
        diagnostics: &mut Diagnostics,
    ) -> SetText {
        self.set_flexible(paragraph, false, references, diagnostics).0
    }

    /// The same; with `ways`, also the other ways to set it in a few lines more or fewer, if there
    /// are any that look well.
    #[must_use]
    pub fn set_flexible(
        &self,
        paragraph: &Paragraph<'_>,
        ways: bool,
        references: &dyn References,
        diagnostics: &mut Diagnostics,
    ) -> (SetText, Option<Flexible>) {
        self.passed(Stage::Other);
        let flow = collect(paragraph, references, &self.founts.fonts);
        if let Some(initial) = paragraph.initial {
            let mut told = Diagnostics::new();
            if let Some((set, ..)) = self.with_initial(paragraph, initial, flow.clone(), &mut told) {
                diagnostics.append(told);
                return (set, None);
            }
        }
        if flow.text.is_empty() && flow.anchors.is_empty() {
            return (SetText { nodes: flow.nodes, ..SetText::default() }, None);
        }
        let rtl = paragraph.language.is_rtl();
        let row = pieces(&flow, &self.founts, rtl, diagnostics);
        self.passed(Stage::Shaped);
        let best = self.lines(paragraph, &flow, &row, (0, Length::ZERO));
        let others = if ways { Self::others(paragraph, &flow, &best) } else { Vec::new() };
        Self::tell_long_word(paragraph, (&flow, &row), &best.ends, diagnostics);
        self.passed(Stage::Chosen);
        let lines = best.lines;
        if others.is_empty() {
            return (SetText { lines, nodes: flow.nodes, beside: 0 }, None);
        }
        let set = SetText { lines, nodes: flow.nodes.clone(), beside: 0 };
        let goal = goal(paragraph, (0, Length::ZERO));
        let frame = (goal, paragraph.align, paragraph.font.size, rtl);
        let others = others.iter().map(|way| (way.ends.iter().map(End::from).collect(), way.more)).collect();
        (set, Some(Flexible::new(flow, frame, others)))
    }

    /// Tells of a word that was divided anywhere, where lines are as long as those of a text.
    fn tell_long_word(
        paragraph: &Paragraph<'_>,
        (flow, row): (&Flow, &Row),
        ends: &[Candidate],
        diagnostics: &mut Diagnostics,
    ) {
        if paragraph.measure >= paragraph.font.size * TOLD {
            told::long_word(flow, row, ends).into_iter().for_each(|told| diagnostics.push(told));
        }
    }

    /// Sets a leaf beside its large first letter, if it can have one.
    fn with_initial(
        &self,
        paragraph: &Paragraph<'_>,
        initial: Initial,
        mut flow: Flow,
        diagnostics: &mut Diagnostics,
    ) -> Option<(SetText, Best<'_>, Goal)> {
        let fonts = &self.founts.fonts;
        let letter = initial::enlarge(&mut flow, paragraph, initial, fonts)?;
        let mut row = pieces(&flow, &self.founts, false, diagnostics);
        let taken = initial::take(&mut row, &flow, paragraph, (initial, letter, fonts))?;
        let beside = (taken.beside, taken.width);
        let mut best = self.lines(paragraph, &flow, &row, beside);
        let mut lines = std::mem::take(&mut best.lines);
        let drawn = initial::draw(&flow, &taken, &mut lines);
        let set = SetText { beside: taken.beside, lines, nodes: flow.nodes };
        drawn.then(|| (set, best, goal(paragraph, beside)))
    }

    fn lines(&self, paragraph: &Paragraph<'_>, flow: &Flow, row: &Row, beside: (usize, Length)) -> Best<'_> {
        let goal = goal(paragraph, beside);
        let (found, chosen) = self.choose(row, flow, paragraph.hyphenate, goal);
        self.passed(Stage::Chosen);
        let ends = ends(&found, &chosen);
        let lines = self.placed(paragraph, (flow, row), goal, &ends);
        self.passed(Stage::Set);
        Best { lines, ends, demerits: chosen.demerits, found }
    }

    /// The lines that end at these candidates.
    fn placed(
        &self,
        paragraph: &Paragraph<'_>,
        (flow, row): (&Flow, &Row),
        goal: Goal,
        ends: &[Candidate],
    ) -> Vec<Line> {
        let (align, size, rtl) = (paragraph.align, paragraph.font.size, paragraph.language.is_rtl());
        let ends: Vec<End> = ends.iter().map(End::from).collect();
        place(&Placing { flow, founts: &self.founts, goal, align, size, rtl }, row, &ends)
    }

    /// The lines of one of a leaf's other ways.
    #[must_use]
    pub fn set_way(&self, flexible: &Flexible, way: usize) -> Vec<Line> {
        flexible.lines(&self.founts, way)
    }

    /// Sets a block of code: its line ends and spaces stay, long lines wrap with a mark.
    #[must_use]
    pub fn set_code(
        &self,
        text: &str,
        font: Type,
        measure: Length,
        language: &Language,
        span: Span,
        diagnostics: &mut Diagnostics,
    ) -> SetText {
        let block = Paragraph {
            content: &[],
            font,
            measure: measure.max(Length::pt(1.0)),
            indent: Length::ZERO,
            initial: None,
            align: Align::Start,
            hyphenate: false,
            language,
        };
        SetText { lines: code::lines(self, text, &block, span, diagnostics), ..SetText::default() }
    }

    /// Lines without divided words if they are even enough, else with; else whatever it takes. Gives the
    /// candidates they were chosen from as well.
    fn choose(&self, row: &Row, flow: &Flow, hyphenate: bool, goal: Goal) -> (Found<'_>, Chosen) {
        // A word that fits no line beside a large letter must be divided like one that fits none at all.
        let narrowest = goal.measure - goal.beside.1;
        let found = self.found(row, flow, (hyphenate, Effort::Hyphens, narrowest));
        let even = Goal { tolerance: FIRST_TOLERANCE, ..goal };
        let loose = Goal { tolerance: SECOND_TOLERANCE, ..goal };
        let whole = choose(&found, even, |end| !end.within && end.price < TIED);
        let good = whole.as_ref().is_some_and(|way| !ends_in_runt(&found, way));
        let most = whole.as_ref().map_or(f64::INFINITY, |way| way.demerits);
        let other = if good { None } else { choose_under(&found, loose, most, |end| end.price < TIED) };
        if let Some(chosen) = other.or(whole) {
            let chosen = mend::mended(mend::Page { flow, found: &found, goal: loose }, chosen);
            return (found, chosen);
        }
        let found = self.found(row, flow, (hyphenate, Effort::Anywhere, narrowest));
        let any = Goal { tolerance: f64::INFINITY, last: true, ..goal };
        let chosen = choose(&found, any, |_| true);
        (found, chosen.unwrap_or(Chosen { ends: Vec::new(), demerits: 0.0 }))
    }

    /// The candidates of a leaf.
    fn found(&self, row: &Row, flow: &Flow, how: (bool, Effort, Length)) -> Found<'_> {
        let found = Found::new(&self.founts.rooms, |room| candidates(row, flow, &self.founts, how, room));
        self.passed(Stage::Divided);
        found
    }

    /// Other counts of lines, and the same without a divided word, since a page may want to end there;
    /// each with what it costs more than the best way.
    fn others(paragraph: &Paragraph<'_>, flow: &Flow, best: &Best<'_>) -> Vec<OtherWay> {
        let lines = best.lines.len();
        if !(2..MOST_LINES).contains(&lines) || !flow.objects.is_empty() {
            return Vec::new();
        }
        let found = &best.found;
        let divided = best.ends.iter().any(|end| end.hyphen);
        let goal = goal(paragraph, (0, Length::ZERO));
        let narrow = Goal { tolerance: WAY_TOLERANCE, ..goal };
        if !divided && !best.ends.last().is_some_and(|end| may_differ(end, narrow, lines)) {
            return Vec::new();
        }
        let mut ways = choose_others(found, narrow, lines);
        if divided {
            ways.extend(choose(found, Goal { tolerance: WHOLE_TOLERANCE, ..goal }, |end| !end.hyphen));
        }
        let tied =
            |way: &Chosen| way.ends.iter().any(|&at| found.ends.get(at).is_some_and(|end| end.price >= TIED));
        ways.retain(|way| !tied(way));
        let page = mend::Page { flow, found, goal };
        let priced = ways.iter().map(|way| {
            let flaws = page.count(&way.ends) as f64 * FLAW;
            let more = (way.demerits + flaws - best.demerits).max(0.0);
            OtherWay { ends: ends(found, way), demerits: way.demerits, flaws, more }
        });
        priced.collect()
    }
}

/// The best lines of a leaf.
struct Best<'a> {
    lines: Vec<Line>,
    ends: Vec<Candidate>,
    demerits: f64,
    /// All places where they could have ended.
    found: Found<'a>,
}

/// Another way to set a leaf.
struct OtherWay {
    ends: Vec<Candidate>,
    /// Of its lines.
    demerits: f64,
    /// Of its rivers and stacks.
    flaws: f64,
    /// How many it has more than the best way.
    more: f64,
}

fn ends_in_runt(found: &Found<'_>, way: &Chosen) -> bool {
    let last = way.ends.len().checked_sub(2).and_then(|at| way.ends.get(at));
    last.is_some_and(|&at| at > 0 && found.ends.get(at).is_some_and(|end| end.runt))
}

fn ends(found: &Found<'_>, way: &Chosen) -> Vec<Candidate> {
    way.ends.iter().filter_map(|&at| found.ends.get(at).cloned()).collect()
}

fn goal(paragraph: &Paragraph<'_>, beside: (usize, Length)) -> Goal {
    let measure = paragraph.measure.max(Length::pt(1.0));
    Goal {
        measure,
        indent: paragraph.indent.min(measure / 2),
        beside,
        justify: paragraph.align == Align::Justify,
        stump: paragraph.font.size * STUMP,
        em: paragraph.font.size,
        tolerance: FIRST_TOLERANCE,
        last: false,
    }
}

/// The type a paragraph is set in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Type {
    /// The face that emphasis and strong departs from.
    pub variant: Variant,
    /// Its size.
    pub size: Length,
    /// In small capitals (from the font's `smcp`).
    pub small_caps: bool,
    /// Shade: 0 black, 255 white.
    pub gray: u8,
}

/// A leaf to be set.
#[derive(Debug, Clone, Copy)]
pub struct Paragraph<'a> {
    /// Its inlines.
    pub content: &'a [Inline],
    /// Its type.
    pub font: Type,
    /// Width of the lines.
    pub measure: Length,
    /// Indent of the first line.
    pub indent: Length,
    /// A large first letter, where the text can have one.
    pub initial: Option<Initial>,
    /// How the lines stand.
    pub align: Align,
    /// Whether words may be hyphenated.
    pub hyphenate: bool,
    /// Its language.
    pub language: &'a Language,
}

/// How words stand that are set to be measured, on a line without end: at its left, whichever way they run.
#[must_use]
pub fn at_left(language: &Language) -> Align {
    if language.is_rtl() { Align::End } else { Align::Start }
}

/// What numbers the text refers to: known only to those who make pages.
pub trait References {
    /// What a call of this note shows.
    fn note(&self, note: NoteId) -> String;
    /// The page a reference shows ("page 41" in words), from the last round of layout.
    fn page(&self, target: &Target) -> String;
    /// Width and height in points of a picture in a line of text, not higher than the line allows.
    fn picture(&self, picture: &crate::model::Picture, size: Length) -> (Length, Length);
}

/// A leaf, set.
#[derive(Debug, Clone, Default)]
pub struct SetText {
    /// Its lines.
    pub lines: Vec<Line>,
    /// The inline elements that segments belong to; a parent stands before its children.
    pub nodes: Vec<InlineNode>,
    /// How many of the lines stand beside a large first letter, and must stay together.
    pub beside: usize,
}

/// A line.
#[derive(Debug, Clone, Default)]
pub struct Line {
    /// What is drawn, in reading order; each knows its place, since text from right to left is drawn
    /// against it.
    pub segments: Vec<Segment>,
    /// Width from the measure's left edge to the last glyph's right edge, trailing space left out.
    pub width: Length,
    /// How much higher than usual the line is (inline pictures).
    pub raise: Length,
    /// Offset in the leaf's plain text where it begins.
    pub start: usize,
    /// Offset of the first word that begins in this line, if any does.
    pub first_word: Option<usize>,
    /// It ends within a word, with a hyphen.
    pub hyphen: bool,
    /// It ends in a hyphen, made or the author's: a page had better not.
    pub carries: bool,
    /// Notes called in it, in order.
    pub notes: Vec<NoteId>,
    /// Ids that stand in it.
    pub anchors: Vec<Id>,
}

/// A piece of a line that belongs to one element.
#[derive(Debug, Clone)]
pub struct Segment {
    /// From the measure's left edge.
    pub x: Length,
    /// Above the baseline (superscripts), or below when negative. For images: their lower edge.
    pub rise: Length,
    /// Width of it, for links.
    pub width: Length,
    /// Glyphs, an image, or a rule.
    pub item: Item,
    /// The element of [`SetText::nodes`] it belongs to; `None` for the leaf itself.
    pub node: Option<usize>,
    /// Not content (wrap marks, strike-through rules).
    pub ornament: bool,
}

/// An inline element that a reader hears of.
#[derive(Debug, Clone)]
pub struct InlineNode {
    /// The element it stands in.
    pub parent: Option<usize>,
    /// What it is.
    pub kind: InlineTag,
    /// Where it was written.
    pub span: Span,
}

/// Inline elements that a reader hears of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InlineTag {
    /// A link, with its words.
    Link(Target, String),
    /// Another language.
    Language(Language),
    /// A call of a note.
    NoteCall(NoteId),
    /// "page 41".
    PageReference(Target),
    /// Code.
    Code,
    /// A picture, with its words; none for decoration.
    Picture(Option<String>),
    /// An abbreviation, with what it stands for.
    Abbreviation(String),
    /// A word drawn in pieces, and what they are together.
    Whole(String),
}
