//! Why pages end where they do: what is told of it, and that it is what the search added up.

use super::any::{SEEDS, text_and_look};
use super::workshop::{cases, golden, text_of};
use super::{PLAIN, all, explained, set};
use aldine::layout::{Ended, Outcome, PageExplained};

/// A heading near the foot, a note, and a paragraph of a few lines at the turn.
#[test]
fn a_page_says_what_it_costs_and_what_was_refused() {
    let case = cases("pages").into_iter().find(|case| case.ends_with("turns.md")).expect("the case");
    let (layout, pages, made) = explained(&text_of(&case), PLAIN, &all);
    let files = &made.sources.files;
    let place = |span: aldine::span::Span| {
        let file = files.get(span.file)?;
        Some(format!("{}:{}", file.path, file.place(span.range().start).line))
    };
    let texts: Vec<String> = pages.iter().map(|page| page.text(&place)).collect();
    golden(&case, "explained", &texts.join("\n"));
    // Who asks changes nothing.
    assert_eq!(layout.dump(), set(&text_of(&case), PLAIN).0.dump());
}

/// Pages of each chapter: a chapter ends where its text does, or its notes.
fn chapters(pages: &[PageExplained]) -> Vec<&[PageExplained]> {
    let notes = |page: &PageExplained| page.ended == Some(Ended::Notes);
    let goes_on = |page: &PageExplained, next: &PageExplained| {
        notes(next) || !matches!(page.ended, Some(Ended::Chapter | Ended::Notes) | None)
    };
    pages.chunk_by(goes_on).collect()
}

#[test]
fn charges_of_a_chapter_come_to_its_price() {
    let (mut asked, mut ended, mut refused, mut ways) = (0, 0, 0, 0);
    for seed in SEEDS.step_by(4) {
        let (text, look) = text_and_look(seed);
        let (_, pages, _) = explained(&text, &look, &all);
        for chapter in chapters(&pages) {
            let sum: f64 = chapter.iter().map(PageExplained::price).sum();
            let priced = chapter.iter().filter(|page| page.ended.is_some());
            for page in priced {
                assert!((sum - page.chapter).abs() < 1e-6, "seed {seed}, page {}: {sum}", page.label);
                assert!(page.bill.iter().all(|(_, price)| *price > 0.0), "{page:?}");
            }
        }
        asked += pages.iter().filter(|page| page.ended == Some(Ended::Asked)).count();
        ended += pages.iter().filter(|page| page.ended == Some(Ended::Chosen)).count();
        refused += pages.iter().map(|page| page.refused.len()).sum::<usize>();
        ways += pages.iter().map(|page| page.ways.len()).sum::<usize>();
    }
    assert!(asked > 3 && ended > 60 && refused > 150 && ways > 10, "{asked} {ended} {refused} {ways}");
}

/// What was refused is never better than what was taken by more than the search can't see: ends so far
/// over the foot that it doesn't try them.
#[test]
fn what_is_refused_is_no_better() {
    let mut dearer = 0;
    for seed in SEEDS.step_by(4) {
        let (text, look) = text_and_look(seed);
        let (_, pages, _) = explained(&text, &look, &all);
        for page in &pages {
            for end in &page.refused {
                let Outcome::Priced { more, ref bill, .. } = end.outcome else { continue };
                let far = bill.iter().any(|(charge, _)| charge.words().ends_with("short"));
                assert!(far || more > -1e-6, "seed {seed}, page {}: {end:?}", page.label);
                dearer += usize::from(more > 1.0);
            }
        }
    }
    assert!(dearer > 100, "{dearer}");
}
