//! Glyph runs: what is written of them, and that none is too broken to be drawn.

use crate::press::{Case, Setter, language, runs};
use crate::{count, drawn, opened, sample};
use aldine::diagnostics::Code;
use aldine::fonts::Variant;
use aldine::layout::{Glyph, GlyphRun, Item, Placed};
use aldine::measure::Length;
use aldine::proof::read_pdf;

fn one_line(case: &Case, text: &str) -> Setter {
    let mut set = case.set();
    set.page(false, 1);
    set.paragraph(text);
    set
}

/// Changes the runs of the last page.
fn change(set: &mut Setter, mut with: impl FnMut(&mut GlyphRun)) {
    for placed in &mut set.layout.pages.last_mut().expect("a page").items {
        if let Item::Glyphs(run) = &mut placed.item {
            with(run);
        }
    }
}

/// What a page shows with one operator, brackets included.
fn shown(case: &Case, set: &Setter) -> String {
    let file = opened(&case.printed(&set.layout));
    let all = drawn(&file, 0);
    let start = all.find("Tm").expect("text") + 2;
    all.get(start..).and_then(|rest| rest.split("ET").next()).expect("text").trim().to_owned()
}

#[test]
fn a_run_as_its_font_has_it_needs_no_correction() {
    let case = sample::book();
    for stretch in [1.0, 0.98, 1.02, 1.0137] {
        let mut set = case.set();
        set.page(false, 1);
        set.stretch = stretch;
        set.paragraph("Waves roll; quick brown foxes jump over lazy dogs and do not tire of it.");
        let shown = shown(&case, &set);
        assert!(shown.starts_with("[(") && shown.ends_with(")]TJ"), "{shown}");
        assert_eq!(shown.matches('(').count(), 1, "{stretch}: {shown}");
    }
}

#[test]
fn corrections_are_whole_and_do_not_add_up() {
    let case = sample::book();
    let mut set = one_line(&case, "a b c d e f g h i j k l m n o p q r s t u v w x y z");
    let space = Length::sp(217_777);
    let mut wanted = Length::ZERO;
    change(&mut set, |run| {
        for glyph in &mut run.glyphs {
            if run.text.as_bytes().get(glyph.text.start as usize) == Some(&b' ') {
                glyph.advance = space.into();
            }
        }
        // The last glyph's own advance isn't corrected by anything after it.
        wanted = run.glyphs.iter().rev().skip(1).map(|glyph| glyph.advance).sum();
    });
    let shown = shown(&case, &set);
    let numbers: Vec<&str> = shown.split(['[', ']']).nth(1).expect("items").split(')').collect();
    let corrections: Vec<i32> = numbers
        .iter()
        .filter_map(|part| part.split('(').next())
        .filter(|part| !part.trim().is_empty())
        .map(|part| part.trim().parse().unwrap_or_else(|_| panic!("{part:?} in {shown}")))
        .collect();
    assert_eq!(corrections.len(), 25, "{shown}");
    let face = case.fonts.get(case.fonts.face(Variant::TEXT));
    let natural: i32 = "a b c d e f g h i j k l m n o p q r s t u v w x y "
        .chars()
        .map(|c| face.advance(face.glyph(c).expect("a glyph")))
        .sum();
    let drawn = natural - corrections.iter().sum::<i32>();
    let off = f64::from(drawn) / 100.0 - wanted.to_pt();
    assert!(off.abs() < 0.008, "{off} pt");
}

#[test]
fn what_stands_for_a_broken_word_is_a_soft_hyphen() {
    let case = sample::book();
    let file = opened(&case.printed(&one_line(&case, "well-known bow\u{ad}").layout));
    // The hyphen's glyph says U+002D elsewhere, so here it is told what it says.
    assert!(drawn(&file, 0).contains("/ActualText"), "{}", drawn(&file, 0));
}

#[test]
fn private_characters_are_told_of_once_and_drawn() {
    let case = sample::book();
    let face = case.fonts.get(case.fonts.face(Variant::TEXT));
    let mut set = one_line(&case, "ab cd");
    let glyph = face.glyph('a').expect("a glyph");
    let private = "\u{e001}\u{feff}\u{10fffd}\u{f0001}\0\u{e001}";
    change(&mut set, |run| {
        run.text = private.to_owned();
        run.glyphs = private
            .char_indices()
            .map(|(at, c)| Glyph {
                id: glyph,
                advance: Length::pt(5.0).into(),
                text: at as u32..(at + c.len_utf8()) as u32,
            })
            .collect();
    });
    let (bytes, told) = case.print(&set.layout);
    assert!(bytes.is_some(), "{told:#?}");
    let said: Vec<_> = told.iter().map(|one| (one.code, one.message.as_str())).collect();
    assert_eq!(said.len(), 3, "{said:?}");
    assert!(said.iter().all(|(code, _)| *code == Code::MissingGlyph));
    assert!(said.iter().any(|(_, message)| message.contains("U+E001")), "{said:?}");
}

#[test]
fn no_run_is_too_broken() {
    let case = sample::book();
    let breaks: [fn(&mut GlyphRun); 12] = [
        |run| run.glyphs.iter_mut().for_each(|glyph| glyph.id = 0),
        |run| run.glyphs.iter_mut().for_each(|glyph| glyph.id = 65_535),
        |run| run.glyphs.iter_mut().for_each(|glyph| glyph.text = 5..5),
        |run| run.glyphs.iter_mut().for_each(|glyph| glyph.text = 1..2),
        |run| run.glyphs.iter_mut().for_each(|glyph| glyph.text = 900..1000),
        #[expect(clippy::reversed_empty_ranges, reason = "that is what is broken")]
        |run| run.glyphs.iter_mut().for_each(|glyph| glyph.text = 3..1),
        |run| run.text.clear(),
        |run| run.stretch = f32::NAN,
        |run| run.stretch = -1.0,
        |run| run.size = Length::ZERO,
        |run| run.size = Length::pt(-10.0),
        |run| run.glyphs.clear(),
    ];
    for (at, with) in breaks.into_iter().enumerate() {
        let mut set = one_line(&case, "é words that break");
        change(&mut set, with);
        let (bytes, told) = case.print(&set.layout);
        assert!(bytes.is_some() && told.is_empty(), "{at}: {told:#?}");
    }
}

#[test]
fn marks_piled_on_marks_are_cut() {
    let case = sample::book();
    let mut set = one_line(&case, "a");
    change(&mut set, |run| {
        run.text = format!("a{}", "\u{301}".repeat(30_000));
        let end = u32::try_from(run.text.len()).expect("short enough");
        run.glyphs.iter_mut().for_each(|glyph| glyph.text = 0..end);
    });
    assert!(case.printed(&set.layout).len() < 100_000);
}

#[test]
fn faces_that_are_used_are_embedded_once_and_in_part() {
    let case = sample::book();
    let mut set = one_line(&case, "Plain, and more.");
    set.within(aldine::layout::Tag::Code, |set| set.say_in(Variant::MONO, "code"));
    set.paragraph("Plain again.");
    let bytes = case.printed(&set.layout);
    assert_eq!(count(&bytes, "/Type/FontDescriptor"), 2);
    assert!(bytes.len() < 40_000, "{} bytes", bytes.len());
}

/// A run from right to left, as a shaper gives it: the last letter first.
fn turned(case: &Case, text: &str) -> GlyphRun {
    let shown: String = text.chars().rev().collect();
    let mut run = runs(&case.fonts, Variant::TEXT, &shown, 1.0).remove(0);
    run.text = text.to_owned();
    let length = u32::try_from(text.len()).expect("a short text");
    run.glyphs.iter_mut().for_each(|glyph| glyph.text = length - glyph.text.end..length - glyph.text.start);
    run
}

/// What a screen reader says of lines set of these runs, from left to right.
fn heard(lang: &str, lines: &[&[&str]]) -> String {
    let case = sample::book();
    let mut set = case.set();
    set.page(false, 1);
    let id = set.paragraph("x");
    set.node(id).lang = Some(language(lang));
    let items = &mut set.layout.pages.last_mut().expect("a page").items;
    let first = items.remove(0);
    for (line, texts) in lines.iter().enumerate() {
        for (at, text) in texts.iter().enumerate() {
            let rtl = text.chars().any(|c| matches!(c, '\u{590}'..='\u{5ff}'));
            let run =
                if rtl { turned(&case, text) } else { runs(&case.fonts, Variant::TEXT, text, 1.0).remove(0) };
            let mut placed = Placed { item: Item::Glyphs(run), ..first.clone() };
            placed.at.x += Length::pt(80.0) * i64::try_from(at).expect("few");
            placed.at.y += Length::pt(14.0) * i64::try_from(line).expect("few");
            items.push(placed);
        }
    }
    let words = read_pdf(&case.printed(&set.layout)).expect("a PDF").words.expect("words");
    words.join(" ")
}

#[test]
fn lines_from_right_to_left_are_heard_in_reading_order() {
    assert_eq!(heard("he", &[&["שלום לך עולם "], &["ועוד"]]), "שלום לך עולם ועוד");
    // A phrase from left to right, of two runs, stands in reading order between its neighbours.
    assert_eq!(heard("he", &[&["סוף", "red ", "green ", "התחלה "]]), "התחלה red green סוף");
    assert_eq!(heard("en", &[&["start ", "שתים", "אחת ", " end"]]), "start אחת שתים end");
    assert_eq!(heard("en", &[&["one ", "two ", "three"]]), "one two three");
}

#[test]
fn letters_that_share_a_cluster_are_heard_in_reading_order() {
    let case = sample::book();
    let mut set = case.set();
    set.page(false, 1);
    let id = set.paragraph("x");
    set.node(id).lang = Some(language("he"));
    change(&mut set, |run| {
        *run = turned(&case, "אבגד");
        // The second and third glyph stand for two letters together.
        run.glyphs[1].text = 2..6;
        run.glyphs[2].text = 2..6;
    });
    let words = read_pdf(&case.printed(&set.layout)).expect("a PDF").words.expect("words");
    assert_eq!(words, ["אבגד"]);
}
