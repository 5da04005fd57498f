//! What every stage leans on: places, lengths, problems, and the counting of text.

use aldine::diagnostics::{Code, Diagnostic, Diagnostics, Severity};
use aldine::measure::{Length, Measure};
use aldine::model::{Inline, InlineKind, Language, Resolved, Role, Style, Timestamp, plain_text, text_len};
use aldine::span::{Files, Place, Span};

#[test]
fn places_count_characters_and_pass_over_the_byte_order_mark() {
    let mut files = Files::default();
    let id = files.add("a.md", "\u{feff}é#x\r\nzwei\n");
    let file = files.get(id).unwrap();
    assert_eq!(file.place(5), Place { line: 1, column: 2 });
    assert_eq!(file.place(file.line_start(2) + 2), Place { line: 2, column: 3 });
    assert_eq!(file.place(4), Place { line: 1, column: 1 }, "inside a character: its start");
    assert_eq!(file.place(999), Place { line: 3, column: 1 }, "past the end: the end");
    assert_eq!(files.text(Span::new(id, 9..13)), "zwei");
}

#[test]
fn spans_join_within_a_file_only() {
    let mut files = Files::default();
    let (a, b) = (files.add("a.md", "abcdef"), files.add("b.md", "abcdef"));
    assert_eq!(Span::new(a, 1..2).join(Span::new(a, 4..5)), Span::new(a, 1..5));
    assert_eq!(Span::new(a, 1..2).join(Span::new(b, 4..5)), Span::new(a, 1..2));
    assert_eq!(Span::NONE.join(Span::new(b, 4..5)), Span::new(b, 4..5));
}

#[test]
fn measures_read_the_units_of_the_trade_and_nothing_else() {
    let (size, leading) = (Length::pt(10.0), Length::pt(13.5));
    let at = |text: &str| Measure::parse(text).map(|m| m.at(size, leading).to_string());
    assert_eq!(at("11pt").as_deref(), Some("11pt"));
    assert_eq!(at("25.4 mm").as_deref(), Some("72pt"));
    assert_eq!(at("5.5in").as_deref(), Some("396pt"));
    assert_eq!(at("1.5em").as_deref(), Some("15pt"));
    assert_eq!(at("2lines").as_deref(), Some("27pt"));
    assert_eq!(at("0").as_deref(), Some("0pt"));
    for wrong in ["", "11", "pt", "1e9pt", "1.2.3pt", "11px", "999999999mm", "é"] {
        assert_eq!(at(wrong), None, "{wrong}");
    }
}

#[test]
fn blocks_round_up_to_whole_lines_exactly() {
    let line = Length::pt(13.7);
    assert_eq!((line * 7).round_up_to(line), line * 7);
    assert_eq!((line * 7 + Length::sp(1)).round_up_to(line), line * 8);
    assert_eq!(line.round_up_to(Length::ZERO), line);
    let sum: Length = std::iter::repeat_n(line, 10_000).sum();
    assert_eq!(sum, line * 10_000, "no rounding piles up");
}

#[test]
fn problems_come_in_the_order_of_their_places_and_once() {
    let mut files = Files::default();
    let id = files.add("a.md", "abcdef");
    let mut found = Diagnostics::new();
    for (code, at) in [(Code::DeadLink, 4..5), (Code::MissingImage, 1..2), (Code::DeadLink, 4..5)] {
        found.push(Diagnostic::new(code, Span::new(id, at), "x").hint("y"));
    }
    found.sort();
    let codes: Vec<_> = found.iter().map(|d| d.code).collect();
    assert_eq!(codes, [Code::MissingImage, Code::DeadLink]);
    assert_eq!(found.counts(), (1, 1));
    assert!(found.has_errors());
}

#[test]
fn every_code_has_a_name_of_its_own() {
    let mut names: Vec<_> = Code::ALL.iter().map(|c| c.name()).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), Code::ALL.len());
    assert_eq!(Code::MissingAlt.severity(), Severity::Warning);
    assert_eq!(Code::NotUtf8.severity(), Severity::Error);
}

#[test]
fn languages_roles_and_dates_follow_their_standards() {
    for good in ["en", "en-US", "zh-Hant-TW", "sl-rozaj-biske"] {
        assert!(Language::parse(good).is_some(), "{good}");
    }
    for bad in ["", "e", "en_US", "en-", "12", "english-language!", "abcd"] {
        assert!(Language::parse(bad).is_none(), "{bad}");
    }
    assert!(Language::parse("az-Arab").unwrap().is_rtl());
    assert!(!Language::parse("he-Latn").unwrap().is_rtl());
    assert!(Role::ALL.iter().all(|role| Role::parse(role.name()) == Some(*role)));
    assert_eq!(Timestamp(951_782_400).iso(), "2000-02-29T00:00:00Z");
    assert_eq!(Timestamp(-1).iso(), "1969-12-31T23:59:59Z");
}

#[test]
fn the_text_of_a_leaf_is_what_all_editions_count() {
    let text = |words: &str| Inline::<Resolved>::text(Span::NONE, words);
    let of = |kind| Inline::<Resolved>::new(Span::NONE, kind);
    let leaf = vec![
        text("Ein "),
        of(InlineKind::Styled(Style::Emphasis, vec![text("Würfel"), of(InlineKind::Code("x<y".into()))])),
        of(InlineKind::LineBreak),
        of(InlineKind::NoteCall(aldine::model::NoteId(0))),
        of(InlineKind::PageReference {
            target: aldine::model::Target::Nowhere,
            content: vec![text("unsaid")],
        }),
        text("Ende"),
    ];
    assert_eq!(plain_text(&leaf), "Ein Würfelx<y\nEnde");
    assert_eq!(text_len(&leaf), plain_text(&leaf).len());
}
