//! A small book in which every rule holds, and the same with one flaw.
//!
//! Six chapters on pages of thirty lines, laid out by hand and written by the PDF edition. Where a
//! paragraph stands on its page follows from how many lines those before it have, so that a flaw is
//! mostly another number of lines.

use crate::press::{Case, Setter, case, runs};
use aldine::fonts::Variant;
use aldine::layout::{Belongs, GlyphRun, Item, Ornament, Placed, Point, Tag};
use aldine::measure::Length;

/// What is done badly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Flaw {
    None,
    ShortMeasure,
    TightLeading,
    Widow,
    Orphan,
    UnequalSpread,
    CutShortByHeading,
    Runt,
    Ladder,
    HyphenOverTurn,
    FragmentBefore,
    FragmentAfter,
    LooseLine,
    OverfullLine,
    OverfullCode,
    OverfullRule,
    FlushParagraph,
    IndentUnderHeading,
    SpaceBetween,
    StrandedHeading,
    OffGrid,
    HeadOnOpening,
    FolioOnOpening,
    FolioOnBlank,
    OpeningOnVerso,
    ChapterWithinPage,
    WrongHead,
    HeadReadOut,
    WrongFolio,
    WrongContents,
    StrayNote,
    ShortLastPage,
    River,
    StackOfStarts,
    StackOfEnds,
}

const TITLES: [&str; 6] = ["First", "Second", "Third", "Fourth", "Fifth", "Sixth"];

/// The book's PDF.
pub(crate) fn book(flaw: Flaw) -> Vec<u8> {
    let heads: String = TITLES.iter().map(|title| format!("# {title}\n\nText.\n\n")).collect();
    let heads = heads.replacen("Text.\n\n", "Text.\n\n## Middle\n\nText.\n\n", 1);
    let case = case(&format!("---\ntitle: Rope\nlanguage: en\n---\n\n{heads}"), &[]);
    let set = case.set();
    let mut desk =
        Desk { case: &case, set, flaw, random: 1, page: 0, row: 0, number: 0, chapter: 0, called: false };
    desk.front();
    desk.first();
    for chapter in 1..TITLES.len() {
        desk.chapter(chapter);
    }
    case.printed(&desk.set.layout)
}

const ROWS: usize = 30;
const SIZE: f64 = 10.0;
const TOP: f64 = 80.0;

struct Desk<'c> {
    case: &'c Case,
    set: Setter,
    flaw: Flaw,
    random: u32,
    /// Physical pages so far.
    page: usize,
    /// Rows used on this page.
    row: usize,
    /// The folio.
    number: u32,
    chapter: usize,
    /// Whether the note has been called.
    called: bool,
}

/// A line to be set.
#[derive(Default)]
struct Line<'t> {
    indent: f64,
    /// What it begins with, and ends with.
    start: &'t str,
    end: &'t str,
    /// Whether its gaps are wide.
    loose: bool,
    /// Points by which it is longer than the measure.
    longer: f64,
    /// A gap at this place.
    river: Option<f64>,
}

impl Desk<'_> {
    fn leading(&self) -> f64 {
        if self.flaw == Flaw::TightLeading { 11.0 } else { 14.0 }
    }

    fn measure(&self) -> f64 {
        if self.flaw == Flaw::ShortMeasure { 200.0 } else { 285.0 }
    }

    fn left(&self) -> f64 {
        if self.page % 2 == 1 { 70.0 } else { 64.5 }
    }

    fn baseline(&self, row: usize) -> f64 {
        let off = if self.flaw == Flaw::OffGrid && self.number == 4 { 3.0 } else { 0.0 };
        TOP + off + f64::from(u32::try_from(row).expect("a row")) * self.leading()
    }

    /// Contents on a page of its own, and a blank one.
    fn front(&mut self) {
        self.set.page(true, 1);
        self.page = 1;
        self.set.begin(Tag::Contents);
        for (at, title) in TITLES.iter().enumerate() {
            self.set.begin(Tag::ContentsItem);
            let folio = ["1", "6", "8", "10", "12", "14"][at];
            let folio = if self.flaw == Flaw::WrongContents && at == 2 { "9" } else { folio };
            let y = self.baseline(at);
            self.words(&[(0.0, title), (self.measure() - 20.0, folio)], y, SIZE);
            self.set.end();
        }
        self.set.end();
        if self.flaw != Flaw::OpeningOnVerso {
            self.set.page(true, 2);
            self.page = 2;
            if self.flaw == Flaw::FolioOnBlank {
                self.ornament(Ornament::Folio, "ii", 540.0);
            }
        }
    }

    /// Five pages, with a section and a note.
    fn first(&mut self) {
        self.open(0);
        // Lines of the paragraphs: each page but the first begins with three of five, and ends with two.
        let mut lengths = vec![5; 15];
        let changed = [
            (Flaw::Orphan, 0, 6),
            (Flaw::Widow, 0, 8),
            (Flaw::UnequalSpread, 6, 4),
            (Flaw::StrandedHeading, 14, 6),
        ];
        for (_, at, length) in changed.into_iter().filter(|(flaw, ..)| *flaw == self.flaw) {
            lengths[at] = length;
        }
        if self.flaw == Flaw::CutShortByHeading {
            lengths.truncate(10);
        }
        for (at, length) in lengths.into_iter().enumerate() {
            if self.flaw == Flaw::SpaceBetween && at == 2 {
                self.row += 1;
            }
            self.paragraph(at, length);
        }
        if self.flaw == Flaw::StrandedHeading {
            self.paragraph(15, 3);
        }
        self.section();
        for at in 16..23 {
            self.paragraph(at, 5);
        }
        let last_rows = if self.flaw == Flaw::StrandedHeading { 12 } else { 9 };
        while self.number < 5 {
            self.paragraph(30, 5);
        }
        self.paragraph(31, last_rows);
        if self.flaw == Flaw::StrayNote {
            self.note();
        }
    }

    /// A heading in the text, over five rows.
    fn section(&mut self) {
        if self.flaw == Flaw::CutShortByHeading {
            self.turn(false);
        }
        self.row += 2;
        self.set.anchor("middle");
        self.heading(2, "Middle");
        self.row += 2;
        let lines = if self.flaw == Flaw::StrandedHeading { 1 } else { 5 };
        self.paragraph(100, lines);
    }

    fn heading(&mut self, level: u8, title: &str) {
        self.set.begin(Tag::Heading { level, title: title.to_owned() });
        let (y, size) = (self.baseline(self.row), if level == 1 { 16.0 } else { 12.0 });
        self.words(&[(0.0, title)], y, size);
        self.set.end();
        self.row += 1;
    }

    /// Begins a chapter.
    fn open(&mut self, chapter: usize) {
        self.chapter = chapter;
        let within = self.flaw == Flaw::ChapterWithinPage && chapter == 3;
        if within {
            self.row += 2;
        } else {
            self.turn(true);
            self.row = 5;
        }
        self.set.anchor(&TITLES[chapter].to_lowercase());
        self.heading(1, TITLES[chapter]);
        self.row += 2;
    }

    /// Two pages.
    fn chapter(&mut self, chapter: usize) {
        self.open(chapter);
        let last = if self.flaw == Flaw::ShortLastPage && chapter == 1 { 3 } else { 12 };
        let within = self.flaw == Flaw::ChapterWithinPage && chapter == 3;
        let first = ROWS - self.row - if within { 5 } else { 0 };
        self.paragraph(100, first / 2);
        self.paragraph(40, first - first / 2);
        if last > 3 && !within {
            self.paragraph(41, 6);
        }
        self.paragraph(42, if last > 3 && !within { last - 6 } else { 3 });
    }

    /// Begins a page.
    fn turn(&mut self, opens: bool) {
        self.number += 1;
        self.page += 1;
        self.row = 0;
        self.set.page(false, self.number);
        let second = self.chapter == 1;
        if !opens || (self.flaw == Flaw::HeadOnOpening && second) {
            let title = if self.page.is_multiple_of(2) { "Rope" } else { TITLES[self.chapter] };
            let title = if self.flaw == Flaw::WrongHead && self.number == 3 { "Nothing" } else { title };
            if self.flaw == Flaw::HeadReadOut && self.number == 3 {
                self.set.begin(Tag::Paragraph);
                self.words(&[(120.0, title)], 50.0, 9.0);
                self.set.end();
            } else {
                self.ornament(Ornament::Head, title, 50.0);
            }
        }
        if !opens || (self.flaw == Flaw::FolioOnOpening && second) {
            let number = self.number + if self.flaw == Flaw::WrongFolio && self.number == 3 { 30 } else { 0 };
            self.ornament(Ornament::Folio, &number.to_string(), 540.0);
        }
    }

    fn ornament(&mut self, ornament: Ornament, text: &str, y: f64) {
        let at = Point { x: Length::pt(self.left() + 130.0), y: Length::pt(y) };
        for run in runs(&self.case.fonts, Variant::TEXT, text, 1.0) {
            self.set.place(Placed { at, belongs: Belongs::Artifact(ornament), item: Item::Glyphs(run) });
        }
    }

    /// The rows that a page has.
    fn rows(&self) -> usize {
        match self.number {
            2 if self.flaw == Flaw::UnequalSpread => ROWS - 1,
            2 if self.flaw == Flaw::CutShortByHeading => ROWS - 2,
            4 if self.flaw != Flaw::StrandedHeading => ROWS - 2,
            _ => ROWS,
        }
    }

    /// A paragraph of so many lines; the hundredth stands under a heading.
    fn paragraph(&mut self, at: usize, lines: usize) {
        self.set.begin(Tag::Paragraph);
        for line in 0..lines {
            if self.row >= self.rows() {
                if self.number == 4 && self.flaw != Flaw::StrayNote {
                    self.note();
                }
                self.turn(false);
            }
            let y = self.baseline(self.row);
            self.row += 1;
            if line + 1 == lines && lines > 1 {
                let text: &[(f64, &str)] = &[(0.0, "and"), (20.0, "so"), (35.0, "on."), (55.0, "Well.")];
                self.words(if self.flaw == Flaw::Runt && at == 3 { &[(0.0, "no.")] } else { text }, y, SIZE);
                if self.number == 4 && !self.called {
                    self.called = true;
                    self.set.begin(Tag::Reference);
                    self.words(&[(80.0, "1")], y - 3.0, 6.0);
                    self.set.end();
                }
                continue;
            }
            let spec = self.line(at, line);
            let placed = self.fill(&spec);
            let words: Vec<(f64, &str)> = placed.iter().map(|(x, word)| (*x, word.as_str())).collect();
            self.words(&words, y, SIZE);
        }
        self.set.end();
        if at == 1 {
            self.past();
        }
    }

    /// Code or a rule that is too long, over the row that the paragraph left.
    fn past(&mut self) {
        let y = Length::pt(self.baseline(self.row - 1));
        if self.flaw == Flaw::OverfullCode {
            self.set.begin(Tag::Code);
            self.words(&[(150.0, "let"), (self.measure() - 10.0, "rope")], y.to_pt(), 8.0);
            self.set.end();
        }
        if self.flaw == Flaw::OverfullRule {
            let at = Point { x: Length::pt(self.left()), y };
            let (width, height) = (Length::pt(self.measure() + 5.0), Length::pt(0.5));
            let item = Item::Rule { width, height, gray: 0 };
            self.set.place(Placed { at, belongs: Belongs::Artifact(Ornament::Layout), item });
        }
    }

    /// How a line of a paragraph is set.
    fn line(&self, at: usize, line: usize) -> Line<'static> {
        let mut spec = Line::default();
        let flush = at == 100 || (at == 0 && self.flaw != Flaw::IndentUnderHeading);
        let flush = flush || (self.flaw == Flaw::FlushParagraph && at == 2);
        if line == 0 && !flush {
            spec.indent = SIZE;
        }
        // Divided words: one on a page, and one from a verso to its recto.
        if (at, line) == (5, 1) || (at, line) == (10, 1) {
            spec.end = "walk\u{ad}";
        }
        match (self.flaw, at, line) {
            (Flaw::Ladder, 2, 0..=2) => spec.end = ["walk\u{ad}", "talk\u{ad}", "bend\u{ad}"][line],
            (Flaw::HyphenOverTurn, 4, 1) => spec.end = "walk\u{ad}",
            (Flaw::FragmentBefore, 2, 1) => spec.end = "a\u{ad}",
            (Flaw::FragmentAfter, 2, 1) => spec.end = "walk\u{ad}",
            (Flaw::FragmentAfter, 2, 2) => spec.start = "ed",
            (Flaw::LooseLine, 2, 1) => spec.loose = true,
            (Flaw::OverfullLine, 2, 1) => spec.longer = 6.0,
            (Flaw::River, 2, 0..=3) => spec.river = Some(140.0),
            (Flaw::StackOfStarts, 2, 1..=3) => spec.start = "same",
            (Flaw::StackOfEnds, 2, 0..=2) => spec.end = "same",
            _ => {}
        }
        spec
    }

    /// A note at the foot, its baseline that of the last row.
    fn note(&mut self) {
        let y = self.baseline(ROWS - 1);
        self.set.begin(Tag::Note);
        self.set.begin(Tag::Label);
        self.words(&[(0.0, "1")], y - 2.0, 5.0);
        self.set.end();
        self.set.begin(Tag::Paragraph);
        self.words(&[(6.0, "A"), (16.0, "note."), (40.0, "Short.")], y, 8.0);
        self.set.end();
        self.set.end();
    }

    fn next(&mut self) -> usize {
        self.random = self.random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        usize::try_from(self.random >> 16).expect("16 bits")
    }

    fn word(&mut self) -> String {
        let letters = b"etaoinshrdlucmfwygpb";
        let length = 3 + self.next() % 7;
        (0..length).map(|_| char::from(letters[self.next() % letters.len()])).collect()
    }

    fn width(&self, word: &str) -> f64 {
        let runs = runs(&self.case.fonts, Variant::TEXT, word, 1.0);
        runs.iter().flat_map(|run| &run.glyphs).map(|glyph| glyph.advance.to_pt()).sum()
    }

    /// Words from edge to edge, with gaps of a quarter of an em.
    fn fill(&mut self, spec: &Line<'_>) -> Vec<(f64, String)> {
        let end = self.measure() + spec.longer;
        let Some(middle) = spec.river else { return self.span(spec.indent, end, spec) };
        let mut words = self.span(spec.indent, middle, spec);
        words.extend(self.span(middle + 2.5, end, spec));
        words
    }

    fn span(&mut self, from: f64, to: f64, spec: &Line<'_>) -> Vec<(f64, String)> {
        let gap = if spec.loose { 9.0 } else { 2.5 };
        let mut words = Vec::new();
        let mut x = from;
        if !spec.start.is_empty() {
            words.push(spec.start.to_owned());
            x += self.width(spec.start) + gap;
        }
        let tail = if spec.end.is_empty() { 0.0 } else { self.width(spec.end) + gap };
        while to - tail - x > 75.0 {
            let word = self.word();
            x += self.width(&word) + gap;
            words.push(word);
        }
        // Two words that fill what is left.
        let room = to - tail - x;
        let best = (0..300).map(|_| {
            let (one, two) = (self.word(), self.word());
            let off = (room - self.width(&one) - self.width(&two) - gap).abs();
            (off, one, two)
        });
        let (_, one, two) = best.min_by(|a, b| a.0.total_cmp(&b.0)).expect("300 pairs");
        words.extend([one, two]);
        if !spec.end.is_empty() {
            words.push(spec.end.to_owned());
        }
        let natural: f64 = words.iter().map(|word| self.width(word)).sum();
        let gaps = f64::from(u32::try_from(words.len() - 1).expect("a line"));
        let gap = (to - from - natural) / gaps;
        let mut x = from;
        let place = |word: String| {
            let at = x;
            x += self.width(&word) + gap;
            (at, word)
        };
        words.into_iter().map(place).collect()
    }

    /// Words where they stand, as one piece of content of the element that is open.
    fn words(&mut self, words: &[(f64, &str)], y: f64, size: f64) {
        let belongs = Belongs::Content(self.set.content());
        for (x, word) in words {
            let mut x = self.left() + x;
            for run in runs(&self.case.fonts, Variant::TEXT, word, 1.0) {
                let run = sized(run, size);
                let at = Point { x: Length::pt(x), y: Length::pt(y) };
                x += run.glyphs.iter().map(|glyph| glyph.advance.to_pt()).sum::<f64>();
                self.set.place(Placed { at, belongs, item: Item::Glyphs(run) });
            }
        }
    }
}

fn sized(mut run: GlyphRun, size: f64) -> GlyphRun {
    let scale = size / run.size.to_pt();
    run.size = Length::pt(size);
    run.glyphs.iter_mut().for_each(|glyph| glyph.advance = Length::from(glyph.advance).scale(scale).into());
    run
}
