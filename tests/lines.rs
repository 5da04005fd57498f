//! The line setter through its public way in: what comes out of a leaf is what went in, in lines
//! that fit.

#[path = "lines/breaks.rs"]
mod breaks;
#[path = "lines/code.rs"]
mod code;
#[path = "lines/hyphens.rs"]
mod hyphens;
#[path = "lines/rules.rs"]
mod rules;

use aldine::diagnostics::{Code, Diagnostics};
use aldine::fonts::{FontSet, Variant};
use aldine::layout::lines::{Fault, Initial, InlineTag, Line, Paragraph, References, SetText, Setter, Type};
use aldine::layout::{GlyphRun, Item};
use aldine::measure::Length;
use aldine::model::{Inline, InlineKind, Language, NoteId, Picture, Style, Target};
use aldine::span::Span;
use aldine::style::Align;
use std::sync::Arc;

struct Numbers;

impl References for Numbers {
    fn note(&self, _: NoteId) -> String {
        "12".to_owned()
    }
    fn page(&self, _: &Target) -> String {
        "page 41".to_owned()
    }
    fn picture(&self, _: &Picture, size: Length) -> (Length, Length) {
        (size, size * 3)
    }
}

const PROSE: &str = "A compositor who sets a long paragraph looks ahead: the space that is saved in one line \
is wanted in another, and whoever breaks each line as it comes leaves the trouble to the last. \u{201C}Extraordinary \
considerations,\u{201D} the foreman used to say, \u{201C}are for extraordinary measures\u{201D}; and he would divide \
a word only when the alternative was unmistakably disagreeable \u{2014} which is to say, not very often.";

fn text(words: &str) -> Vec<Inline> {
    vec![Inline::text(Span::NONE, words)]
}

fn paragraph<'a>(content: &'a [Inline], language: &'a Language, measure: f64, align: Align) -> Paragraph<'a> {
    let font = Type { variant: Variant::TEXT, size: Length::pt(10.5), small_caps: false, gray: 0 };
    let (measure, indent) = (Length::pt(measure), Length::pt(10.5));
    Paragraph { content, font, measure, indent, initial: None, align, hyphenate: true, language }
}

fn set_in(content: &[Inline], tag: &str, measure: f64, align: Align) -> (SetText, Diagnostics) {
    let setter = Setter::new(Arc::new(FontSet::embedded()), &["fore-man".to_owned()]);
    let language = Language::parse(tag).expect("a tag");
    let mut diagnostics = Diagnostics::new();
    let set = setter.set(&paragraph(content, &language, measure, align), &Numbers, &mut diagnostics);
    (set, diagnostics)
}

fn runs(line: &Line) -> impl Iterator<Item = (&GlyphRun, Length)> {
    line.segments.iter().filter(|s| !s.ornament).filter_map(|s| match &s.item {
        Item::Glyphs(run) => Some((run, s.x)),
        Item::Rule { .. } | Item::Image { .. } => None,
    })
}

fn said(line: &Line) -> String {
    runs(line).map(|(run, _)| run.text.as_str()).collect()
}

/// All that is drawn, words put together again.
fn whole(set: &SetText) -> String {
    set.lines.iter().map(said).collect::<String>().replace('\u{AD}', "")
}

/// The right edge of the last glyph that is no space.
fn right(line: &Line) -> f64 {
    let mut edge = 0.0_f64;
    for (run, x) in runs(line) {
        let mut pen = x.to_pt();
        for glyph in &run.glyphs {
            pen += glyph.advance.to_pt();
            let says = run.text.get(glyph.text.start as usize..glyph.text.end as usize).unwrap_or_default();
            if says.trim() != "" {
                edge = edge.max(pen);
            }
        }
    }
    edge
}

#[test]
fn every_word_is_drawn_once_and_in_order() {
    for measure in [40.0, 90.0, 180.0, 330.0, 5000.0] {
        for align in [Align::Justify, Align::Start, Align::Center, Align::End] {
            let (set, _) = set_in(&text(PROSE), "en", measure, align);
            assert_eq!(whole(&set), PROSE, "measure {measure}, {align:?}");
        }
    }
}

/// A word joiner was set in a face that has it, in a run of its own, and 2.7 pt wide to who read it back.
#[test]
fn a_word_joiner_stays_in_the_face_around_it_and_takes_no_room() {
    let words = |text_of: &str| {
        let (set, told) = set_in(&text(text_of), "en", 330.0, Align::Start);
        assert!(told.is_empty(), "{told:?}");
        let line = &set.lines[0];
        let found: Vec<_> =
            runs(line).map(|(run, _)| (run.face, run.glyphs.len(), run.text.clone())).collect();
        (found, line.width)
    };
    let (plain, width) = words("the sea\u{2014}and");
    let (joined, with_joiner) = words("the sea\u{2060}\u{2014}and");
    assert_eq!(joined.len(), 1, "{joined:?}");
    assert_eq!(plain[0].0, joined[0].0);
    assert_eq!(joined[0].2, "the sea\u{2060}\u{2014}and");
    assert_eq!(width, with_joiner);
}

/// Words of [`PROSE`] and of everyday, in an order that a number gives.
fn shuffled(seed: usize) -> String {
    let words: Vec<&str> = PROSE.split(' ').chain("the of and a to in he was that it".split(' ')).collect();
    let (mut at, mut said) = (seed, Vec::new());
    for _ in 0..20 + seed {
        at = (at * 1_103_515_245 + 12_345) % 2_147_483_648;
        said.push(words[at / 65_536 % words.len()]);
    }
    format!("{}.", said.join(" "))
}

/// Where the white between the words of a line is.
fn gaps(line: &Line) -> Vec<(f64, f64)> {
    let mut found = Vec::new();
    for (run, x) in runs(line) {
        let mut pen = x.to_pt();
        for glyph in &run.glyphs {
            let end = pen + glyph.advance.to_pt();
            if &run.text[glyph.text.start as usize..glyph.text.end as usize] == " " {
                found.push((pen, end));
            }
            pen = end;
        }
    }
    found.pop();
    found
}

fn has_river(lines: &[Line]) -> bool {
    lines.windows(4).any(|four| {
        let mut strips = gaps(&four[0]);
        for line in &four[1..] {
            let both = |strip: (f64, f64)| {
                let within = gaps(line).into_iter().map(move |gap| (gap.0.max(strip.0), gap.1.min(strip.1)));
                within.filter(|(from, to)| to - from >= 0.15 * 10.5)
            };
            strips = strips.iter().flat_map(|strip| both(*strip)).collect();
        }
        !strips.is_empty()
    })
}

fn has_stack(lines: &[Line]) -> bool {
    let bare = |word: Option<&str>| {
        word.unwrap_or_default().trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
    };
    lines.windows(3).any(|three| {
        let said: Vec<String> = three.iter().map(said).collect();
        let firsts: Vec<String> = said.iter().map(|line| bare(line.split_whitespace().next())).collect();
        let lasts: Vec<String> = said.iter().map(|line| bare(line.split_whitespace().last())).collect();
        [firsts, lasts].iter().any(|words| words.iter().all(|word| *word == words[0]))
    })
}

/// Of 120 paragraphs some had a last line of a syllable, the same word under itself three times, or a
/// white thread through four lines.
#[test]
fn paragraphs_have_neither_runts_nor_stacks_nor_rivers() {
    let (mut runts, mut stacks, mut rivers) = (Vec::new(), Vec::new(), Vec::new());
    for seed in 0..120 {
        let (set, _) = set_in(&text(&shuffled(seed)), "en", 284.4, Align::Justify);
        if said(&set.lines[set.lines.len() - 1]).trim().chars().count() < 5 {
            runts.push(seed);
        }
        if has_stack(&set.lines) {
            stacks.push(seed);
        }
        if has_river(&set.lines) {
            rivers.push(seed);
        }
    }
    assert_eq!((runts, stacks, rivers), (vec![], vec![], vec![]));
}

/// Lines that end in the same word are a stack, which is mended; not where the author ends them.
#[test]
fn lines_end_where_the_author_ends_them() {
    let mut content = text("First line");
    for words in ["second line", "third line", "fourth line"] {
        content.push(Inline::new(Span::NONE, InlineKind::LineBreak));
        content.extend(text(words));
    }
    let (set, _) = set_in(&content, "en", 284.4, Align::Justify);
    let lines: Vec<String> = set.lines.iter().map(|line| said(line).trim().to_owned()).collect();
    assert_eq!(lines, ["First line", "second line", "third line", "fourth line"]);
}

#[test]
fn justified_lines_fill_the_measure_and_no_line_leaves_it() {
    for measure in [180.0, 250.0, 330.0] {
        let (set, _) = set_in(&text(PROSE), "en", measure, Align::Justify);
        let count = set.lines.len();
        assert!(count >= 5, "{count} lines");
        for (at, line) in set.lines.iter().enumerate() {
            let (edge, words) = (right(line), said(line));
            // Signs hang out by seven tenths of a narrow sign at most.
            assert!(edge <= measure + 3.0, "line {at} of {measure} ends at {edge}: {words}");
            if at + 1 < count {
                assert!(edge >= measure - 0.01, "line {at} of {measure} ends at {edge}: {words}");
            }
        }
    }
}

#[test]
fn divided_words_end_in_a_hyphen_that_says_soft_hyphen() {
    let (set, _) = set_in(&text(PROSE), "en", 120.0, Align::Justify);
    let divided: Vec<&Line> = set.lines.iter().filter(|line| line.hyphen).collect();
    assert!(!divided.is_empty());
    assert!(divided.iter().all(|line| said(line).ends_with('\u{AD}')));
    let mut ladder = 0;
    for line in &set.lines {
        ladder = if line.hyphen { ladder + 1 } else { 0 };
        assert!(ladder <= 2, "three hyphens in a row");
    }
}

#[test]
fn the_settings_divisions_are_used() {
    let many = "foreman ".repeat(60);
    let (set, _) = set_in(&text(many.trim()), "en", 57.0, Align::Justify);
    let divided: Vec<String> = set.lines.iter().filter(|line| line.hyphen).map(said).collect();
    assert!(!divided.is_empty());
    assert!(divided.iter().all(|line| line.ends_with("fore\u{AD}")), "{divided:?}");
}

#[test]
fn addresses_and_monsters_are_divided_rather_than_run_over() {
    let long = format!(
        "See https://example.org/{}/index.html and {} too.",
        "a-long/path_of/".repeat(9),
        "m".repeat(150)
    );
    for align in [Align::Justify, Align::Start] {
        let (set, _) = set_in(&text(&long), "en", 150.0, align);
        assert_eq!(whole(&set), long);
        assert!(!set.lines.iter().any(|line| line.hyphen && said(line).contains('/')));
        for line in &set.lines {
            assert!(right(line) <= 153.0, "{} at {}", said(line), right(line));
        }
    }
}

#[test]
fn lines_know_their_place_in_the_leaf() {
    let content = vec![
        Inline::text(Span::NONE, "One two\u{AD}fold "),
        Inline::new(Span::NONE, InlineKind::NoteCall(NoteId(0))),
        Inline::text(Span::NONE, "three "),
        Inline::new(Span::NONE, InlineKind::Styled(Style::Emphasis, text("four five"))),
        Inline::new(Span::NONE, InlineKind::LineBreak),
        Inline::text(Span::NONE, "six"),
    ];
    let (set, _) = set_in(&content, "en", 300.0, Align::Start);
    let places: Vec<(usize, Option<usize>)> = set.lines.iter().map(|l| (l.start, l.first_word)).collect();
    let plain = aldine::model::plain_text(&content);
    assert_eq!(places, [(0, Some(0)), (plain.find("six").expect("six"), plain.find("six"))]);
    assert_eq!(set.lines.first().map(|line| line.notes.clone()), Some(vec![NoteId(0)]));
    assert_eq!(set.lines.first().map(said).as_deref(), Some("One twofold 12three four five "));
}

#[test]
fn characters_without_a_font_are_told_of_and_marked() {
    let (set, diagnostics) = set_in(&text("A word of Thai: \u{E01}\u{E02}."), "en", 300.0, Align::Start);
    let told: Vec<_> = diagnostics.iter().filter(|d| d.code == Code::MissingGlyph).collect();
    assert_eq!(told.len(), 1);
    assert!(told.iter().all(|d| d.message.contains("U+0E01")));
    assert!(set.lines.iter().flat_map(runs).all(|(run, _)| run.glyphs.iter().all(|g| g.id != 0)));
    assert_eq!(whole(&set), "A word of Thai: \u{E01}\u{E02}.");
}

#[test]
fn text_from_right_to_left_is_drawn_from_the_right() {
    let hebrew = "\u{5E9}\u{5DC}\u{5D5}\u{5DD} \u{5E2}\u{5D5}\u{5DC}\u{5DD} 42 \u{5E1}\u{5D5}\u{5E3}";
    let (set, _) = set_in(&text(hebrew), "he", 300.0, Align::Start);
    assert_eq!(set.lines.len(), 1);
    assert_eq!(whole(&set), hebrew);
    let edge = set.lines.iter().map(right).fold(0.0, f64::max);
    assert!((edge - (300.0 - 10.5)).abs() < 0.01, "ends at {edge}");
    let first = set.lines.first().and_then(|line| line.segments.first()).map(|s| s.x.to_pt());
    let last = set.lines.first().and_then(|line| line.segments.last()).map(|s| s.x.to_pt());
    assert!(first > last, "the first word stands at the right: {first:?} {last:?}");
}

#[test]
fn code_keeps_its_spaces_and_wraps_with_a_mark() {
    let setter = Setter::new(Arc::new(FontSet::embedded()), &[]);
    let font = Type { variant: Variant::MONO, size: Length::pt(8.5), small_caps: false, gray: 0 };
    let code = "fn main() {\n    let x = 1;\n\n\tcall(first_argument, second_argument, third_argument);\n}\n";
    let (language, mut diagnostics) = (Language::english(), Diagnostics::new());
    let set = setter.set_code(code, font, Length::pt(150.0), &language, Span::NONE, &mut diagnostics);
    let lines: Vec<String> = set.lines.iter().map(said).collect();
    assert_eq!(lines.concat(), code.replace("\n\n", "\n").replace('\n', " ").replace('\t', "    "));
    assert_eq!(lines.get(1).map(String::as_str), Some("    let x = 1; "));
    assert!(set.lines.iter().any(|line| line.segments.iter().any(|s| s.ornament)));
    assert!(set.lines.iter().all(|line| right(line) <= 150.01));
    let starts: Vec<usize> = set.lines.iter().map(|line| line.start).collect();
    assert_eq!(starts.get(..4), Some(&[0, 12, 27, 28][..]));
    // What is turned over stands two columns farther in than its line, which is four in.
    let column = set.lines[0].width.to_pt() / 11.0;
    let turned: Vec<f64> = set.lines[4..].iter().map(|line| line.segments[0].x.to_pt() / column).collect();
    let (last, turned) = turned.split_last().expect("a line is turned over");
    assert!(turned.iter().all(|x| (x - 6.0).abs() < 0.01) && last.abs() < 0.01, "{turned:?} {last}");
}

#[test]
fn empty_lines_at_the_edges_of_code_are_not_set() {
    let setter = Setter::new(Arc::new(FontSet::embedded()), &[]);
    let font = Type { variant: Variant::MONO, size: Length::pt(8.5), small_caps: false, gray: 0 };
    let set = |code: &str| {
        let (language, mut diagnostics) = (Language::english(), Diagnostics::new());
        setter.set_code(code, font, Length::pt(150.0), &language, Span::NONE, &mut diagnostics).lines
    };
    let starts = |code: &str| set(code).iter().map(|line| line.start).collect::<Vec<_>>();
    assert_eq!(starts("\n  \n  one\n\n two\n\n \n"), [4, 10, 11]);
    assert!(set("").is_empty() && set(" \n\n\t\n").is_empty());
}

#[test]
fn the_same_leaf_is_set_the_same_by_any_setter_at_any_time() {
    let setter = Setter::new(Arc::new(FontSet::embedded()), &["fore-man".to_owned()]);
    let (language, mut diagnostics) = (Language::english(), Diagnostics::new());
    let content = text(PROSE);
    let leaf = paragraph(&content, &language, 200.0, Align::Justify);
    let warm = setter.set(&leaf, &Numbers, &mut diagnostics);
    let again = setter.set(&leaf, &Numbers, &mut diagnostics);
    let (fresh, _) = set_in(&content, "en", 200.0, Align::Justify);
    assert_eq!(format!("{:?}", warm.lines), format!("{:?}", again.lines));
    assert_eq!(format!("{:?}", warm.lines), format!("{:?}", fresh.lines));
}

#[test]
fn empty_and_odd_leaves_do_no_harm() {
    for odd in [
        "",
        " ",
        "\u{200B}",
        "\u{AD}",
        "\u{0}",
        "\u{202E}abc",
        "\u{301}",
        "\u{A0}\u{A0}",
        "a\u{301}\u{302}\u{303}",
    ] {
        for measure in [0.0, 1.0, 50.0] {
            let (_, _) = set_in(&text(odd), "ar", measure, Align::Justify);
            let (_, _) = set_in(&text(odd), "en", measure, Align::Center);
        }
    }
}

#[test]
fn a_word_as_long_as_a_book_is_set_in_lines_that_fit() {
    let monster = "mnopqr".repeat(30_000);
    let (set, _) = set_in(&text(&monster), "en", 300.0, Align::Justify);
    assert!(set.lines.len() > 2_000, "{} lines", set.lines.len());
    assert!(set.lines.iter().all(|line| right(line) <= 303.0));
    assert_eq!(whole(&set), monster);
}

fn set_initial(words: &str, lines: u8) -> SetText {
    let setter = Setter::new(Arc::new(FontSet::embedded()), &[]);
    let (content, language) = (text(words), Language::english());
    let mut asked = paragraph(&content, &language, 260.0, Align::Justify);
    asked.indent = Length::ZERO;
    asked.initial = Some(Initial { lines, leading: Length::pt(14.0) });
    setter.set(&asked, &Numbers, &mut Diagnostics::new())
}

/// Where a line's words begin, a large letter left out.
fn left(line: &Line) -> f64 {
    let mut runs = runs(line).filter(|(run, _)| run.size.to_pt() < 11.0 && run.text.trim() != "");
    runs.next().expect("words").1.to_pt()
}

#[test]
fn a_large_letter_is_as_high_as_its_lines_and_they_stand_beside_it() {
    let fonts = FontSet::embedded();
    let face = fonts.get(fonts.face(Variant::TEXT));
    let cap = f64::from(face.cap_height()) / f64::from(face.units_per_em());
    for lines in [2, 3, 4] {
        let set = set_initial(PROSE, lines);
        assert_eq!((set.beside, whole(&set).as_str()), (usize::from(lines), PROSE), "{lines}");
        let letter = set.lines[0].segments.first().expect("a letter");
        let Item::Glyphs(run) = &letter.item else { panic!("glyphs") };
        let down = 14.0 * f64::from(lines - 1);
        assert_eq!((run.text.as_str(), letter.rise), ("A", Length::ZERO - Length::pt(down)));
        assert!((run.size.to_pt() * cap - (down + 10.5 * cap)).abs() < 0.001, "{lines}: {}", run.size);
        let edge = letter.width.to_pt();
        for (at, line) in set.lines.iter().enumerate() {
            let start = left(line);
            let beside = at < usize::from(lines);
            assert!(
                if beside { start > edge - 1.0 && start < edge + 4.0 } else { start < 1.0 },
                "{at}: {start}"
            );
            assert!(at + 1 == set.lines.len() || (right(line) - 260.0).abs() < 3.0, "{at}: {}", right(line));
        }
        assert_eq!((set.lines[0].start, set.lines[0].first_word), (0, Some(0)));
    }
}

#[test]
fn a_word_with_a_large_letter_is_said_whole() {
    let said = |words: &str| {
        let set = set_initial(words, 2);
        let whole = set
            .nodes
            .iter()
            .find_map(|node| if let InlineTag::Whole(said) = &node.kind { Some(said.clone()) } else { None });
        (set.beside, whole)
    };
    assert_eq!(said(PROSE), (2, Some("A".to_owned())));
    let quoted = format!("\u{201C}Every{PROSE}");
    assert_eq!(said(&quoted), (2, Some("\u{201C}EveryA".to_owned())));
    let set = set_initial(&quoted, 2);
    let sizes: Vec<f64> = runs(&set.lines[0]).map(|(run, _)| run.size.to_pt()).take(3).collect();
    assert!(sizes[0] == 10.5 && sizes[1] > 20.0 && sizes[2] == 10.5, "the mark stays small: {sizes:?}");
}

#[test]
fn a_letter_with_a_tail_keeps_the_next_line_clear() {
    let set = set_initial(&PROSE.replacen('A', "Q", 1), 2);
    assert_eq!(set.beside, 3);
    assert!(left(&set.lines[2]) > 20.0 && left(&set.lines[3]) < 1.0);
    // Two lines are enough for a letter without tail; the tail wants a third, for what comes next is not its.
    let short = "ualms of the compositor, who sets a paragraph of two lines and looks no further ahead.";
    assert_eq!(
        (set_initial(&format!("C{short}"), 2).beside, set_initial(&format!("Q{short}"), 2).beside),
        (2, 0)
    );
}

#[test]
fn text_that_can_have_no_large_letter_goes_without() {
    let lower = PROSE.to_lowercase();
    for words in [lower.as_str(), "1851 was a year.", "Short.", "", "\u{5D0}\u{5D1} A line"] {
        let set = set_initial(words, 2);
        assert_eq!((set.beside, whole(&set).as_str()), (0, words));
        assert!(set.lines.iter().flat_map(runs).all(|(run, _)| run.size == Length::pt(10.5)), "{words}");
    }
    let (content, language) = (text(PROSE), Language::english());
    let narrow = Paragraph {
        initial: Some(Initial { lines: 4, leading: Length::pt(14.0) }),
        ..paragraph(&content, &language, 60.0, Align::Justify)
    };
    let setter = Setter::new(Arc::new(FontSet::embedded()), &[]);
    assert_eq!(
        setter.set(&narrow, &Numbers, &mut Diagnostics::new()).beside,
        0,
        "it would take half the line"
    );
}

#[test]
fn bills_of_lines_come_to_the_demerits_that_the_search_found() {
    let setter = Setter::new(Arc::new(FontSet::embedded()), &[]);
    let language = Language::parse("en").expect("a tag");
    let content = text(PROSE);
    let (mut ways, mut faults) = (0, Vec::new());
    for measure in (60..=340).step_by(20) {
        for (align, lines) in [(Align::Justify, 0), (Align::Start, 0), (Align::Justify, 2)] {
            let font = Type { variant: Variant::TEXT, size: Length::pt(10.5), small_caps: false, gray: 0 };
            let initial = (lines > 0).then_some(Initial { lines, leading: Length::pt(14.0) });
            let measure = Length::pt(f64::from(measure));
            let indent = if initial.is_some() { Length::ZERO } else { Length::pt(10.5) };
            let (content, language) = (content.as_slice(), &language);
            let asked =
                Paragraph { content, font, measure, indent, initial, align, hyphenate: true, language };
            let mut told = Diagnostics::new();
            let (set, flexible) = setter.set_flexible(&asked, true, &Numbers, &mut told);
            let said = setter.tell(&asked, &Numbers);
            let best = said.ways.first().expect("a way");
            assert_eq!(best.lines.len(), set.lines.len(), "at {measure}");
            let others = flexible.as_ref().map_or(&[][..], |flexible| flexible.ways());
            assert_eq!(said.ways.len(), others.len() + 1, "at {measure}");
            for (way, other) in said.ways.iter().skip(1).zip(others) {
                assert_eq!(way.lines.len(), other.lines.len());
                let more = (way.demerits + way.flaws - best.demerits).max(0.0);
                assert!((more - other.demerits).abs() < 1e-6 && (more - way.more).abs() < 1e-6);
            }
            for way in &said.ways {
                let sum: f64 = way.lines.iter().map(|line| line.demerits()).sum();
                assert!((sum - way.demerits).abs() <= sum * 1e-9, "at {measure}: {sum} {}", way.demerits);
                faults.extend(way.lines.iter().flat_map(|line| &line.bill).map(|(fault, _)| *fault));
            }
            ways += said.ways.len();
        }
    }
    assert!(ways > 40, "{ways}");
    for fault in [Fault::Spaces, Fault::Break, Fault::Uneven, Fault::Ladder] {
        assert!(faults.contains(&fault), "{fault:?} was never charged");
    }
}
