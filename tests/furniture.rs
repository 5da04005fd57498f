//! What a style puts around the text: pages set as the command sets them, from the manuscript to the layout.

mod workshop;

#[path = "furniture/contents.rs"]
mod contents;
#[path = "furniture/openings.rs"]
mod openings;
#[path = "furniture/titles.rs"]
mod titles;

use aldine::build::Request;
use aldine::diagnostics::{Code, Diagnostics};
use aldine::editions::Artifact;
use aldine::layout::{Belongs, Item, Layout, Ornament, PageKind, Tag};
use aldine::model::Timestamp;
use aldine::sources::{Manuscript, Memory};

/// A book that was set.
struct Set {
    layout: Layout,
    artifacts: Vec<Artifact>,
    told: Vec<(Code, String)>,
}

/// Sets a manuscript, which begins with its front matter, in a style of its own.
fn set(style: &str, manuscript: &str) -> Set {
    let resources = Memory::new().with("book.md", manuscript).with("looks/own/style.toml", style);
    let resources = resources.with("lamp.svg", workshop::SVG);
    let manuscript = Manuscript::File("book.md".to_owned());
    let request = Request {
        resources: &resources,
        outside: None,
        manuscript: &manuscript,
        style: Some("looks/own"),
        name: Some("book"),
        modified: Timestamp(1_700_000_000),
        system_fonts: None,
    };
    let mut diagnostics = Diagnostics::new();
    let resolved = request.resolve(request.prepare(&mut diagnostics), &mut diagnostics);
    let layout = resolved.lay_out(&mut diagnostics);
    // The editions are made and read back: what the pages have more must not set them at odds.
    let artifacts = resolved.publish(&layout, &aldine::build::EDITIONS, &mut diagnostics);
    assert_eq!(artifacts.len(), 3, "{diagnostics:?}");
    resolved.prove(&artifacts, &mut diagnostics);
    let told = diagnostics.iter().map(|d| (d.code, d.message.clone())).collect();
    Set { layout, artifacts, told }
}

/// A book of this title page's settings and this text.
fn book(style: &str, text: &str) -> Set {
    let set = set(style, &format!("---\ntitle: A Book\nlanguage: en\nauthor: A. Writer\n---\n\n{text}"));
    assert_eq!(set.told, [], "{text}");
    set
}

impl Set {
    /// The file of an edition.
    fn bytes(&self, ending: &str) -> Vec<u8> {
        let found = self.artifacts.iter().find(|artifact| artifact.name.ends_with(ending));
        found.expect("an edition").bytes.to_vec()
    }

    /// An edition that is text.
    fn artifact(&self, ending: &str) -> String {
        String::from_utf8(self.bytes(ending)).expect("UTF-8")
    }

    /// What a page says, ornaments apart.
    fn page(&self, at: usize) -> String {
        self.layout.page_text(at)
    }

    /// The lines of a page's text, ornaments apart, from the top.
    fn lines(&self, at: usize) -> Vec<String> {
        let mut lines: std::collections::BTreeMap<i64, String> = std::collections::BTreeMap::new();
        for placed in &self.layout.pages[at].items {
            if let (Item::Glyphs(run), Belongs::Content(_)) = (&placed.item, placed.belongs) {
                lines.entry(placed.at.y.to_sp()).or_default().push_str(&run.text);
            }
        }
        lines.into_values().map(|line| line.trim().to_owned()).collect()
    }

    /// What of a kind of ornament stands on a page.
    fn ornaments(&self, at: usize, kind: Ornament) -> String {
        let items = self.layout.pages[at].items.iter().filter(|i| i.belongs == Belongs::Artifact(kind));
        items
            .filter_map(|placed| match &placed.item {
                Item::Glyphs(run) => Some(run.text.as_str()),
                Item::Rule { .. } | Item::Image { .. } => None,
            })
            .collect()
    }

    /// The first page that says something.
    fn find(&self, words: &str) -> usize {
        let pages = 0..self.layout.pages.len();
        let found = pages.into_iter().find(|&at| self.page(at).contains(words));
        found.unwrap_or_else(|| panic!("no page says {words:?}\n{}", self.layout.dump()))
    }
}

const LONG: &str = "Call the harbour what you like, it was never more than three huts and a jetty, and yet every \
ship that passed it had to pass within a stone's throw of the window at which the old man sat and counted them, \
one after the other, from the first light of the morning until he could no longer tell a sail from the sky.";

#[test]
fn a_chapter_opens_with_number_ornament_and_large_letter() {
    let style = "number-sections = 1\n[chapters]\ndrop-cap = 2\nornament = \"❦\"\n[headings.1]\nnumber-alone = true\n";
    let set = book(style, &format!("# Harbour\n\n::: epigraph\nA motto.\n:::\n\n{LONG}\n\nMore of it.\n"));
    let at = set.find("A motto");
    assert!(set.page(at).starts_with("1 Harbour"), "{}", set.page(at));
    assert_eq!(set.ornaments(at, Ornament::Layout), "❦");
    assert!(set.page(at).contains("Call the harbour"), "the word stays whole: {}", set.page(at));
    let large = set.layout.pages[at].items.iter().filter_map(|placed| {
        let Item::Glyphs(run) = &placed.item else { return None };
        Some(run.text.as_str()).filter(|_| run.size.to_pt() > 25.0)
    });
    let large: Vec<&str> = large.collect();
    assert_eq!(large, ["C"], "the epigraph doesn't open the chapter, and the second paragraph doesn't");
    let whole = set.layout.structure.nodes.iter().filter(|node| node.tag == Tag::Whole);
    assert_eq!(whole.map(|node| node.alt.as_deref()).collect::<Vec<_>>(), [Some("Call")]);
}

#[test]
fn lines_beside_a_large_letter_are_not_parted() {
    // Whatever stands before, the first three lines of the second section's text are on one page.
    for before in 1..40 {
        let fill = "A line.\n\n".repeat(before);
        let text = format!("# One\n\n{fill}# Two\n\n{LONG}\n");
        let set = book("[chapters]\nopening = \"run\"\ndrop-cap = 3\nsmall-caps = false\n", &text);
        let at = set.find("Call the harbour");
        assert!(set.page(at).contains("had to pass"), "{before}: {}", set.page(at));
    }
}

/// The left edge of a page's text.
fn inner(set: &Set, at: usize) -> f64 {
    let xs = set.layout.pages[at].items.iter().filter(|i| matches!(i.belongs, Belongs::Content(_)));
    xs.map(|placed| placed.at.x.to_pt()).fold(f64::INFINITY, f64::min)
}

#[test]
fn the_inner_margin_grows_with_the_book() {
    let style = "[page]\ninner = \"0.75in\"\ninner-growth = \"2mm\"\n[front]\nhalf-title = false\ntitle-page = false\ncontents = 0\n";
    let text = |paragraphs: usize| format!("# One\n\n{}", format!("{LONG}\n\n").repeat(paragraphs));
    let pages = |set: &Set| set.layout.pages.len();
    let recto = |set: &Set| inner(set, 2);
    let short = book(style, &text(200));
    assert!(pages(&short) < 100 && (recto(&short) - 54.0).abs() < 1.5, "{} {}", pages(&short), recto(&short));
    // Just under a hundred pages at the old margin may be over it at the new one: either is steady.
    let long = book(style, &text(1600));
    let steps = (pages(&long) - 1) / 100;
    let wanted = 54.0 + 2.0 * 72.0 / 25.4 * steps as f64;
    assert!(steps >= 2, "{} pages", pages(&long));
    assert!((recto(&long) - wanted).abs() < 1.5, "{} pages, {} not {wanted}", pages(&long), recto(&long));
    // However much is asked for, the lines keep nine tenths.
    let most = book(&style.replace("2mm", "40mm"), &text(1600));
    assert!((recto(&most) - 54.0 - (5.5 - 0.75 - 0.8) * 7.2).abs() < 1.5, "{}", recto(&most));
}

#[test]
fn large_print_is_large_ragged_and_whole() {
    let set = book(
        "base = \"large-print\"\n",
        &format!("# Harbour\n\n{LONG}\n\nЖ and α.[^1]\n\n`code`\n\n[^1]: A note.\n"),
    );
    let at = set.find("Call the harbour");
    let mut edges = Vec::new();
    for placed in &set.layout.pages[at].items {
        let Item::Glyphs(run) = &placed.item else { continue };
        let name = set.layout.fonts.get(run.face).name();
        assert!(run.size.to_pt() >= 10.0, "{} of {}", run.text, run.size);
        assert!(!run.text.contains('\u{AD}'), "no word is divided: {}", run.text);
        if run.text.contains("harbour") {
            assert_eq!((name, run.size.to_pt()), ("Atkinson Hyperlegible Next Regular", 18.0));
        }
        if run.text.contains('Ж') || run.text.contains('α') {
            assert_eq!(name, "Libertinus Serif Regular");
        }
        let end: f64 = run.glyphs.iter().map(|glyph| glyph.advance.to_pt()).sum();
        edges.push((placed.at.x.to_pt() + end).round());
    }
    edges.sort_by(f64::total_cmp);
    edges.dedup();
    assert!(edges.len() > 4, "ragged: {edges:?}");
}

/// The labels and kinds of the first pages, and what stands around them.
fn around(set: &Set, at: usize) -> (PageKind, String, String) {
    let page = &set.layout.pages[at];
    (page.kind, set.ornaments(at, Ornament::Head), set.ornaments(at, Ornament::Folio))
}

#[test]
fn a_dedication_has_a_page_of_its_own_before_the_contents() {
    let text = format!(
        "# For A. N. {{.dedication}}\n\nwho kept the lamp\n\n# Motto {{.epigraph}}\n\n> All is well.\n\n# Preface {{.preface}}\n\nA word.\n\n# One\n\n{LONG}\n"
    );
    let set = book("[chapters]\ndrop-cap = 2\n", &text);
    let (dedication, motto, contents) = (set.find("who kept"), set.find("All is well"), set.find("Contents"));
    assert!(
        dedication < motto && motto < contents && contents < set.find("A word."),
        "{}",
        set.layout.dump()
    );
    for at in [dedication, motto] {
        assert!(at.is_multiple_of(2), "a recto");
        assert_eq!(around(&set, at), (PageKind::Text, String::new(), String::new()));
        assert_eq!(around(&set, at + 1), (PageKind::Blank, String::new(), String::new()), "a blank verso");
        assert!(set.layout.pages[at + 1].items.is_empty());
    }
    let height = set.layout.pages[0].height.to_pt();
    let lines = set.layout.pages[dedication].items.iter().map(|placed| placed.at.y.to_pt());
    assert!(lines.clone().all(|y| y > height * 0.25 && y < height * 0.5), "in the upper third");
    let x = set.layout.pages[dedication].items.iter().map(|placed| placed.at.x.to_pt());
    assert!(x.into_iter().all(|x| x > 120.0), "centred");
}

#[test]
fn an_article_has_its_dedication_under_the_title() {
    let set = book("base = \"essay\"\n", &format!("# For A. N. {{.dedication}}\n\n# One\n\n{LONG}\n"));
    assert_eq!(set.layout.pages.len(), 1, "{}", set.layout.dump());
    let page = set.page(0);
    let places = ["A Book", "For A. N.", "One", "harbour"].map(|words| page.find(words).expect(words));
    assert!(places.is_sorted(), "{page}");
}

#[test]
fn running_heads_name_the_first_section_of_a_verso_and_the_last_of_a_recto() {
    let section = |name: &str, lines: usize| format!("## {name}\n\n{}", "A line.\n\n".repeat(lines));
    let sections: String = (1..40).map(|at| section(&format!("Part{at:02}x"), 8)).collect();
    let style = "[heads]\nverso = \"section\"\nrecto = \"section\"\n[front]\ntitle-page = false\nhalf-title = false\ncontents = 0\n";
    let set = book(style, &format!("# One\n\n{sections}"));
    let mut several = [0, 0];
    let mut current = String::new();
    for at in 1..set.layout.pages.len() {
        let page = set.page(at);
        let begun: Vec<&str> = page.match_indices("Part").map(|(at, _)| &page[at..at + 7]).collect();
        let wanted = if at % 2 == 0 { begun.last() } else { begun.first() };
        let wanted = wanted.map_or(current.as_str(), |name| name);
        assert_eq!(set.ornaments(at, Ornament::Head), wanted, "page {at}: {page}");
        current = begun.last().map_or(current.clone(), |name| (*name).to_owned());
        several[at % 2] += usize::from(begun.len() > 1);
    }
    assert!(several.iter().all(|count| *count > 1), "{several:?}");
}

#[test]
fn heads_longer_than_the_measure_are_cut() {
    let title = "A title of so many words that no line of the book could ever hold them all, however small";
    let style = "[heads]\nverso = \"chapter\"\nrecto = \"chapter\"\n";
    let set = book(style, &format!("# {title}\n\n{}", format!("{LONG}\n\n").repeat(20)));
    let head = set.ornaments(set.layout.pages.len() - 2, Ornament::Head);
    assert!(head.ends_with('…') && title.starts_with(head.trim_end_matches('…')), "{head}");
    let next = title[head.len() - '…'.len_utf8()..].chars().next();
    assert_eq!(next, Some(' '), "cut at the end of a word: {head}");
    // Not after a small word that leans on the next, nor after a sign.
    let mut cuts = std::collections::BTreeSet::new();
    for more in 0..12 {
        let title = format!(
            "{}Whales in paint; in teeth; in wood; in sheet-iron; in stone; in mountains; in stars",
            "X".repeat(more)
        );
        let set = book(style, &format!("# {title}\n\n{}", format!("{LONG}\n\n").repeat(20)));
        let head = set.ornaments(set.layout.pages.len() - 2, Ornament::Head);
        let kept = head.strip_suffix('…').expect("it is cut");
        assert!(!kept.ends_with(" in") && kept.ends_with(char::is_alphabetic), "{head}");
        cuts.insert(kept.len() - more);
    }
    assert!(cuts.len() > 1, "it was cut in several places");
    // A word wider than the measure is cut anywhere.
    let long = "Donaudampfschifffahrtsgesellschaft".repeat(4);
    let set = book(style, &format!("# {long}\n\n{}", format!("{LONG}\n\n").repeat(20)));
    let head = set.ornaments(set.layout.pages.len() - 2, Ornament::Head);
    assert!(head.ends_with('…') && head.chars().count() > 15, "{head}");
}

#[test]
fn heads_name_sections_with_their_numbers_down_to_a_depth() {
    let text = format!(
        "# Harbour\n\n{LONG}\n\n## Lamps\n\n{LONG}\n\n### Oil\n\n{}",
        format!("{LONG}\n\n").repeat(20)
    );
    let look = "number-sections = 3\n[heads]\nverso = \"chapter\"\nrecto = \"section\"\n";
    let heads = |style: &str| {
        let set = book(style, &text);
        let from = set.find("Call the harbour") + 1;
        [set.ornaments(from, Ornament::Head), set.ornaments(from + 1, Ornament::Head)]
    };
    assert_eq!(heads(look), ["Harbour", "1.1\u{2002}Lamps"]);
    assert_eq!(heads(&format!("{look}depth = 3\n")), ["Harbour", "1.1.1\u{2002}Oil"]);
    assert_eq!(heads(&format!("{look}depth = 1\n")), ["Harbour", "Harbour"]);
}

#[test]
fn the_copyright_page_says_all_that_is_known() {
    let settings = "rights: © 2026 A. Writer\n  and others\npublisher: Lamp Press\ndate: 2026\nidentifier: doi:10.1000/182\n";
    let text = format!(
        "---\ntitle: A Book\nlanguage: en\n{settings}pdf:\n  isbn: 978-3-16-148410-0\nepub:\n  isbn: 978-0-306-40615-7\n---\n\n# One\n\nText.\n"
    );
    let set = set("base = \"classic\"\n", &text);
    assert_eq!(set.told, []);
    let at = set.find("Lamp Press2026");
    let at = (at..at + 3).find(|&at| set.page(at).contains("ISBN")).expect("a copyright page");
    assert!(!at.is_multiple_of(2), "on the back of the title page");
    let page = set.page(at);
    for words in [
        "© 2026 A. Writer",
        "Lamp Press",
        "2026",
        "doi:10.1000/182",
        "978-3-16-148410-0",
        "978-0-306-40615-7",
    ] {
        let digits = |text: &str| text.replace('-', "");
        assert!(digits(&page).contains(&digits(words)), "{words}: {page}");
    }
    assert_eq!(around(&set, at).2, "", "no folio");
}

const LISTED: &str = "# One\n\n## Inside\n\n![A lamp](lamp.svg \"The lamp\")\n\nTable: Ships of the year\n\n| Ship | Port |\n|---|---|\n| Pequod | Nantucket |\n\n::: {only=print}\n![A sail](lamp.svg \"The sail\")\n:::\n\n![No caption](lamp.svg)\n\n# Figures\n\nA chapter that is called like the list.\n\n![A mast](lamp.svg \"The mast\"){#mast}\n";

#[test]
fn figures_and_tables_are_listed_where_they_are_asked_for() {
    let plain = book("base = \"classic\"\n", LISTED);
    assert!(!(0..plain.layout.pages.len()).any(|at| plain.page(at).contains("Figure 1 The lamp. ")));
    assert!(plain.artifact("txt").matches("The lamp").count() == 1);
    let set = book("[front]\nfigures = true\ntables = true\n", LISTED);
    let (figures, tables) = (set.find("Figure 1 The lamp "), set.find("Table 1 Ships of the year "));
    assert_eq!(
        (set.layout.pages[figures].kind, set.layout.pages[tables].kind),
        (PageKind::Generated, PageKind::Generated)
    );
    assert!(set.find("Contents") < figures && figures < tables && tables < set.find("Pequod"));
    let page = set.page(figures);
    let places = ["Figures", "The lamp", "The sail", "The mast"].map(|words| page.find(words).expect(words));
    assert!(places.is_sorted() && !page.contains("No caption"), "{page}");
    // The page of each, at the end of its line, as a link.
    assert!(page.contains("The lamp 1") && page.contains("The mast 2"), "{page}");
    assert!(set.layout.pages[figures].links.len() >= 3);
    let text = set.artifact("txt");
    assert!(
        text.contains("\n\n\nFigures\n\nFigure 1 The lamp, page 1\nFigure 3 The mast, page 2\n"),
        "{text}"
    );
    assert!(text.contains("\n\n\nTables\n\nTable 1 Ships of the year, page 1\n"), "{text}");
    let nav =
        workshop::epub::unpack(&set.bytes("epub")).into_iter().find(|(name, _)| name.ends_with("nav.xhtml"));
    let nav = String::from_utf8(nav.expect("a navigation").1).expect("UTF-8");
    for part in [
        "epub:type=\"loi\"",
        "epub:type=\"lot\"",
        ">Figure 1 The lamp</a>",
        "#mast\">Figure 3 The mast</a>",
        "nav.xhtml#loi",
    ] {
        assert!(nav.contains(part), "{part}: {nav}");
    }
    assert!(!nav.contains("The sail"), "not in this edition: {nav}");
}

const NOTED: &str = "Before the chapters.[^0]\n\n# One\n\nA lamp.[^1] And once more.[^1]\n\n## Within\n\nA sail.[^2]\n\n# Two\n\nA mast.[^3]\n\n[^0]: Of the opening.\n[^1]: Of oil.\n\n    With a second paragraph.[^4]\n[^2]: Of linen.\n[^3]: Of fir.\n[^4]: A note to a note.\n";

/// Every note's number leads to the page that first calls it, and every call to its note.
fn leads_both_ways(set: &Set) {
    let mut back = 0;
    for (at, page) in set.layout.pages.iter().enumerate() {
        for link in &page.links {
            let aldine::model::Target::Inside(id) = &link.target else { continue };
            let to = set.layout.anchors.get(id).unwrap_or_else(|| panic!("{} leads nowhere", id.0));
            if id.0.ends_with(" call") {
                back += 1;
                assert!(to.page <= at && link.alt.starts_with("Back"), "{} {}", to.page, link.alt);
            }
        }
    }
    assert_eq!(back, 5);
}

#[test]
fn notes_stand_at_the_end_of_their_chapter() {
    let set = book("[notes]\nplace = \"chapter\"\n", NOTED);
    let one = set.find("A lamp.");
    let page = set.page(one);
    let places =
        ["A lamp.", "A sail.", "Notes", "Of oil.", "second paragraph", "Of linen.", "A note to a note."];
    let places = places.map(|words| page.find(words).unwrap_or_else(|| panic!("{words}: {page}")));
    assert!(places[0] < places[1] && places[1] < places[2] && places[2] < places[3], "{page}");
    assert!(places[3] < places[4] && places[4] < places[5], "{page}");
    assert!(set.page(set.find("A mast.")).contains("Of fir."));
    assert!(set.page(set.find("Before the chapters")).contains("Of the opening."));
    let rules = set.layout.pages[one].items.iter().filter(|placed| matches!(placed.item, Item::Rule { .. }));
    assert_eq!(rules.count(), 0, "no rule of footnotes");
    leads_both_ways(&set);
}

#[test]
fn notes_stand_at_the_end_of_the_book_by_chapter() {
    let set = book("[notes]\nplace = \"book\"\n", NOTED);
    let last = set.layout.pages.len() - 1;
    let page = set.page(last);
    assert!(page.starts_with("Notes") && page.ends_with("Of fir."), "{page}");
    let places =
        ["Of the opening.", "One", "Of oil.", "Of linen.", "Two", "Of fir."].map(|w| page.find(w).expect(w));
    assert!(places.is_sorted(), "{page}");
    assert!(!set.page(set.find("A lamp.")).contains("Of oil."));
    assert!(set.layout.pagination.marks.iter().all(|mark| mark.page < last), "notes mark no page");
    leads_both_ways(&set);
    // Many notes: over pages, all of them, none twice.
    let calls: String = (0..300).map(|at| format!("Word {at}.[^n{at}] ")).collect();
    let notes: String = (0..300).map(|at| format!("[^n{at}]: The note called N{at}x.\n")).collect();
    for place in ["book", "chapter"] {
        let set = book(&format!("[notes]\nplace = \"{place}\"\n"), &format!("# One\n\n{calls}\n\n{notes}"));
        let all: String = (0..set.layout.pages.len()).map(|at| set.page(at)).collect();
        for at in 0..300 {
            assert_eq!(all.matches(&format!("called N{at}x.")).count(), 1, "{place} {at}");
        }
        let height = set.layout.pages[0].height.to_pt();
        let low = set.layout.pages.iter().flat_map(|page| &page.items).map(|placed| placed.at.y.to_pt());
        assert!(low.into_iter().all(|y| y < height - 30.0), "{place}: nothing under the folio");
    }
}

/// The program once refused its own PDF for this: it looked for the inner note after all others.
#[test]
fn a_note_called_in_a_note_stands_at_the_foot() {
    let set = book("base = \"classic\"\n", NOTED);
    let page = set.page(set.find("A lamp."));
    let places = ["A sail.", "Of oil.", "second paragraph", "A note to a note."];
    let places = places.map(|words| page.find(words).unwrap_or_else(|| panic!("{words}: {page}")));
    assert!(places.is_sorted(), "{page}");
}

/// An index with so many entries under each of some letters, at the end of a book.
fn indexed(entries: usize) -> String {
    let mut text = "# Text\n\nSaid.\n\n# Index {.index}\n\nNumbers are those of pages.\n\n".to_owned();
    for letter in 'A'..='H' {
        text += &format!("## {letter}\n\n");
        for at in 0..entries {
            text += &format!(
                "- {letter} entry {at} of the harbour and what belongs to it, 1, 2, 3\n  - below it, 4\n"
            );
        }
        text += "\n";
    }
    text
}

/// Where words begin on a page, from the text's left edge.
fn from_left(set: &Set, page: usize, words: &str) -> f64 {
    let starts = |item: &&aldine::layout::Placed| matches!(&item.item, Item::Glyphs(run) if run.text.trim_start().starts_with(words));
    let found = set.layout.pages[page].items.iter().find(starts);
    found.unwrap_or_else(|| panic!("{words} begins nothing")).at.x.to_pt()
}

#[test]
fn an_index_stands_in_columns_and_names_its_pages() {
    // 400 pt are left for the text: 15 ems of gutter less make two columns of 125 pt.
    let style = "[page]\nsize = \"400x500pt\"\ninner = \"60pt\"\nouter = \"60pt\"\n[text]\nsize = \"10pt\"\nleading = \"13pt\"\n\
                 [index]\ngutter = \"30pt\"\nsize = \"8pt\"\n[heads]\nverso = \"section\"\nrecto = \"section\"\n";
    let set = book(style, &indexed(9));
    let (first, page) = (set.find("Numbers are those"), set.find("H entry 8"));
    assert!(page > first + 1, "several pages");
    assert!((from_left(&set, first, "Numbers") - 60.0).abs() < 0.1);
    // Turned lines stand two ems in, sub-entries one.
    for (words, x) in [("A entry", 60.0), ("belongs", 76.0), ("below", 68.0)] {
        let found = from_left(&set, first, words);
        assert!((found - x).abs() < 0.1, "{words} at {found}");
    }
    let right = set.layout.pages[first].items.iter().map(|item| item.at.x.to_pt());
    assert!(right.into_iter().any(|x| (x - 215.0).abs() < 0.1), "the right column begins 155 pt further");
    assert_eq!(set.ornaments(first + 1, Ornament::Head), "Index", "and not a letter");
    assert_eq!(set.ornaments(first, Ornament::Layout), "", "entries have no bullets");
}

#[test]
fn an_index_in_one_column_is_as_wide_as_the_page() {
    let style = "[chapters]\nsmall-caps = false\n[index]\ncolumns = 1\nsize = \"8pt\"\n";
    let set = book(style, &format!("{}\n# After\n\nThe end.\n", indexed(3)));
    let page = set.find("B entry 0");
    let lines: Vec<f64> = set.layout.pages[page]
        .items
        .iter()
        .filter(|item| matches!(&item.item, Item::Glyphs(run) if run.text.contains(" entry ")))
        .map(|item| item.at.x.to_pt())
        .collect();
    assert!(lines.iter().all(|x| (x - lines[0]).abs() < 0.1), "{lines:?}");
    let large = set.layout.pages[page + 1..].iter().flat_map(|page| &page.items);
    let says = |item: &&aldine::layout::Placed| matches!(&item.item, Item::Glyphs(run) if run.text.starts_with("The end"));
    let end = large.into_iter().find(says).expect("what follows");
    assert!(matches!(&end.item, Item::Glyphs(run) if run.size.to_pt() > 10.0), "the text's type comes back");
}

/// An index that can't stand in columns stands in one, and the author is told why.
#[test]
fn an_index_without_room_for_columns_has_one() {
    let head = "---\ntitle: A Book\nlanguage: en\nauthor: A. Writer\n---\n\n";
    let narrow = "[index]\ngutter = \"4em\"\nsize = \"12.5pt\"\n";
    let noted = indexed(2).replacen("of pages.", "of pages.[^1]", 1) + "\n[^1]: And of notes.\n";
    for (style, text, why) in [
        (narrow, indexed(2), "two columns would be 121.2pt wide"),
        ("", noted, "it calls notes that stand at the foot of the page"),
    ] {
        let set = set(style, &format!("{head}{text}"));
        let told: Vec<&str> = set.told.iter().map(|(_, message)| message.as_str()).collect();
        assert_eq!(told, [format!("the index is set in one column: {why}")]);
        assert_eq!(set.told[0].0, Code::IndexColumns);
        assert!(set.layout.page_text(set.find("A entry 0")).contains("B entry 1"));
    }
    // At the end of the chapter notes are in its columns.
    let noted = indexed(2).replacen("entry 0", "entry 0[^1]", 1) + "\n[^1]: And of notes.\n";
    let set = book("[notes]\nplace = \"chapter\"\n", &noted);
    assert!(set.page(set.find("And of notes")).contains("H entry 1"));
}

/// In an article chapters run on; an index in columns has its pages to itself.
#[test]
fn nothing_runs_on_beside_columns() {
    let style = "[chapters]\nopening = \"run\"\n";
    let set = book(style, &format!("{}# After\n\nThe end.\n", indexed(1)));
    let (before, index, after) = (set.find("Said"), set.find("A entry 0"), set.find("The end"));
    assert!(before < index && index < after, "{before} {index} {after}");
    let one =
        book(&format!("{style}[index]\ncolumns = 1\n"), &format!("{}# After\n\nThe end.\n", indexed(1)));
    assert_eq!(one.find("Said"), one.find("A entry 0"));
}

/// Text that ends before the pages of an index faces them with an empty foot: that breaks no rule.
#[test]
fn the_report_knows_that_text_ends_before_columns() {
    let mut faced = 0;
    for paragraphs in [8, 16, 24, 32] {
        let style = "[chapters]\nopening = \"run\"\n";
        let text = indexed(9).replacen("Said.", &format!("{LONG}\n\n# More\n\n").repeat(paragraphs), 1);
        let set = book(style, &text);
        // A recto: the page that faces it has the text's last lines.
        faced += usize::from(set.find("Numbers are those").is_multiple_of(2));
        let report = aldine::proof::typography(&set.bytes("pdf")).expect("a PDF");
        let spreads = report.rules.iter().find(|rule| rule.number == 5).expect("rule 5");
        assert_ne!(spreads.verdict, aldine::proof::Verdict::Broken, "{spreads:?}");
    }
    assert!(faced > 0, "no index begins on a recto");
}
