//! What a style puts around the text: pages set as the command sets them, from the manuscript to the layout.

use aldine::build::{Request, Resolved};
use aldine::diagnostics::{Code, Diagnostics};
use aldine::layout::{Belongs, Item, Layout, Ornament, PageKind, Tag};
use aldine::model::Timestamp;
use aldine::sources::{Manuscript, Memory};

/// A book that was set.
struct Set {
    resolved: Resolved,
    layout: Layout,
    told: Vec<(Code, String)>,
}

/// Sets a manuscript, which begins with its front matter, in a style of its own.
fn set(style: &str, manuscript: &str) -> Set {
    let resources = Memory::new().with("book.md", manuscript).with("looks/own/style.toml", style);
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
    Set { resolved, layout, told }
}

/// A book of this title page's settings and this text.
fn book(style: &str, text: &str) -> Set {
    let set = set(style, &format!("---\ntitle: A Book\nlanguage: en\nauthor: A. Writer\n---\n\n{text}"));
    assert_eq!(set.told, [], "{text}");
    set
}

impl Set {
    /// What a page says, ornaments apart.
    fn page(&self, at: usize) -> String {
        self.layout.page_text(at)
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
    let large: Vec<&str> = set.layout.pages[at]
        .items
        .iter()
        .filter_map(|placed| match &placed.item {
            Item::Glyphs(run) if run.size.to_pt() > 25.0 => Some(run.text.as_str()),
            _ => None,
        })
        .collect();
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
        assert!(set.page(at).contains("old man"), "{before}: {}", set.page(at));
    }
}
