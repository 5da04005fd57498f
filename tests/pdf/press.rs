//! Books and small layouts made by hand, for tests of the PDF.

#![allow(dead_code, reason = "each test that uses it uses a part")]

use aldine::build::Request;
use aldine::diagnostics::Diagnostics;
use aldine::editions::Edition;
use aldine::editions::pdf::Pdf;
use aldine::fonts::{FontSet, Variant};
use aldine::layout::{
    Belongs, Child, ContentId, Destination, Glyph, GlyphRun, Item, Layout, LinkArea, Node, NodeId, Ornament,
    Page, PageKind, PageLabel, Pagination, Placed, Point, Rect, Structure, Tag,
};
use aldine::measure::Length;
use aldine::model::{Book, Id, ImageId, Language, Target, Timestamp};
use aldine::sources::{Manuscript, Memory};
use aldine::span::Span;
use aldine::style::Theme;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A book, resolved, and its look.
pub(crate) struct Case {
    pub(crate) book: Book,
    pub(crate) theme: Theme,
    pub(crate) fonts: Arc<FontSet>,
}

/// The book of a manuscript; `files` are beside it.
pub(crate) fn case(text: &str, files: &[(&str, Vec<u8>)]) -> Case {
    let mut memory = Memory::new().with("book.md", text);
    for (path, bytes) in files {
        memory = memory.with(*path, bytes.clone());
    }
    let manuscript = Manuscript::File("book.md".to_owned());
    let request = Request {
        resources: &memory,
        outside: None,
        manuscript: &manuscript,
        style: Some("classic"),
        name: None,
        modified: Timestamp(1_700_000_000),
        system_fonts: None,
    };
    let mut told = Diagnostics::new();
    let prepared = request.prepare(&mut told);
    let made = request.resolve(prepared, &mut told);
    assert!(!told.has_errors(), "{told:#?}");
    Case { book: made.book, theme: made.theme, fonts: Arc::new(made.fonts) }
}

impl Case {
    /// The PDF and what is told.
    pub(crate) fn print(&self, layout: &Layout) -> (Option<Vec<u8>>, Diagnostics) {
        let mut told = Diagnostics::new();
        let artifact = Pdf::default().publish(&self.book, &self.theme, layout, &mut told);
        (artifact.map(|artifact| artifact.bytes), told)
    }

    /// The PDF, of which nothing is told.
    pub(crate) fn printed(&self, layout: &Layout) -> Vec<u8> {
        let (bytes, told) = self.print(layout);
        assert!(told.is_empty(), "{told:#?}");
        bytes.expect("a PDF")
    }

    /// Begins a layout.
    pub(crate) fn set(&self) -> Setter {
        let document = node(Tag::Document);
        let layout = Layout {
            pages: Vec::new(),
            pagination: Pagination::default(),
            structure: Structure { nodes: vec![document], ..Structure::default() },
            anchors: BTreeMap::new(),
            fonts: Arc::clone(&self.fonts),
        };
        Setter { layout, open: vec![NodeId(0)], next: 0, y: Length::ZERO, stretch: 1.0, span: Span::NONE }
    }
}

fn node(tag: Tag) -> Node {
    Node { tag, lang: None, alt: None, span: Span::NONE, children: Vec::new() }
}

/// A layout being made: a line below the other.
pub(crate) struct Setter {
    pub(crate) layout: Layout,
    open: Vec<NodeId>,
    next: u32,
    y: Length,
    /// Horizontal scaling of the runs to come.
    pub(crate) stretch: f32,
    /// Where the nodes to come were written.
    pub(crate) span: Span,
}

const LEFT: f64 = 54.0;

impl Setter {
    /// Begins a page.
    pub(crate) fn page(&mut self, roman: bool, number: u32) -> &mut Self {
        self.layout.pages.push(Page {
            label: PageLabel { roman, number },
            kind: PageKind::Text,
            width: Length::mm(148.0),
            height: Length::mm(210.0),
            items: Vec::new(),
            links: Vec::new(),
        });
        self.layout.pagination.labels.push(PageLabel { roman, number }.to_string());
        self.y = Length::pt(54.0);
        self
    }

    /// An element with what `fill` puts into it.
    pub(crate) fn within(&mut self, tag: Tag, fill: impl FnOnce(&mut Setter)) -> NodeId {
        let id = self.begin(tag);
        fill(self);
        self.end();
        id
    }

    /// Opens an element.
    pub(crate) fn begin(&mut self, tag: Tag) -> NodeId {
        let id = NodeId(u32::try_from(self.layout.structure.nodes.len()).expect("a small tree"));
        let span = self.span;
        self.layout.structure.nodes.push(Node { span, ..node(tag) });
        self.attach(Child::Node(id));
        self.open.push(id);
        id
    }

    /// Closes the element that was opened last.
    pub(crate) fn end(&mut self) {
        self.open.pop();
    }

    /// A node, to be changed.
    pub(crate) fn node(&mut self, id: NodeId) -> &mut Node {
        &mut self.layout.structure.nodes[id.0 as usize]
    }

    fn attach(&mut self, child: Child) {
        let parent = self.open.last().expect("the root");
        self.layout.structure.nodes[parent.0 as usize].children.push(child);
    }

    /// A new piece of content in the element that is open.
    pub(crate) fn content(&mut self) -> ContentId {
        self.next += 1;
        self.attach(Child::Content(ContentId(self.next)));
        ContentId(self.next)
    }

    /// A line of a paragraph, with an element of its own.
    pub(crate) fn paragraph(&mut self, text: &str) -> NodeId {
        self.within(Tag::Paragraph, |set| set.say(text))
    }

    /// A heading, whose words are its title's.
    pub(crate) fn heading(&mut self, level: u8, title: &str) {
        let tag = Tag::Heading { level, title: title.to_owned() };
        self.within(tag, |set| set.say(title));
    }

    /// A line of text in the element that is open.
    pub(crate) fn say(&mut self, text: &str) {
        self.say_in(Variant::TEXT, text);
    }

    /// The same in another face.
    pub(crate) fn say_in(&mut self, variant: Variant, text: &str) {
        let content = self.content();
        self.draw(Belongs::Content(content), variant, text);
        self.y += Length::pt(14.0);
    }

    /// Words that are not read out.
    pub(crate) fn ornament(&mut self, ornament: Ornament, text: &str) {
        self.draw(Belongs::Artifact(ornament), Variant::TEXT, text);
        self.y += Length::pt(14.0);
    }

    fn draw(&mut self, belongs: Belongs, variant: Variant, text: &str) {
        let mut at = Point { x: Length::pt(LEFT), y: self.y };
        for run in runs(&self.layout.fonts, variant, text, self.stretch) {
            let width = run.glyphs.iter().map(|glyph| glyph.advance).sum();
            self.place(Placed { at, belongs, item: Item::Glyphs(run) });
            at.x += width;
        }
    }

    /// Puts an item on the page.
    pub(crate) fn place(&mut self, placed: Placed) {
        self.layout.pages.last_mut().expect("a page").items.push(placed);
    }

    /// An image in the element that is open.
    pub(crate) fn image(&mut self, image: u32, width: f64, height: f64) {
        let content = self.content();
        let at = Point { x: Length::pt(LEFT), y: self.y };
        let (width, height) = (Length::pt(width), Length::pt(height));
        let item = Item::Image { image: ImageId(image), width, height };
        self.place(Placed { at, belongs: Belongs::Content(content), item });
        self.y += height + Length::pt(14.0);
    }

    /// A figure with words for it.
    pub(crate) fn figure(&mut self, image: u32, alt: Option<&str>, caption: Option<&str>) -> NodeId {
        let id = self.within(Tag::Figure, |set| {
            set.image(image, 60.0, 40.0);
            if let Some(caption) = caption {
                set.within(Tag::Caption, |set| set.say(caption));
            }
        });
        self.node(id).alt = alt.map(str::to_owned);
        id
    }

    /// A rule over the measure.
    pub(crate) fn rule(&mut self) {
        let at = Point { x: Length::pt(LEFT), y: self.y };
        let item = Item::Rule { width: Length::pt(120.0), height: Length::pt(0.5), gray: 90 };
        self.place(Placed { at, belongs: Belongs::Artifact(Ornament::Layout), item });
    }

    /// A link in a line of its own.
    pub(crate) fn link(&mut self, target: Target, text: &str) -> NodeId {
        let at = Point { x: Length::pt(LEFT), y: self.y - Length::pt(9.0) };
        let node = self.within(Tag::Link, |set| set.say(text));
        let rect = Rect { at, width: Length::pt(80.0), height: Length::pt(12.0) };
        let area = LinkArea { node, rect, target, alt: format!("link: {}", text.trim_end()) };
        self.layout.pages.last_mut().expect("a page").links.push(area);
        node
    }

    /// A place that links lead to.
    pub(crate) fn anchor(&mut self, id: &str) {
        let page = self.layout.pages.len() - 1;
        let at = Point { x: Length::pt(LEFT), y: self.y - Length::pt(10.0) };
        self.layout.anchors.insert(Id(id.to_owned()), Destination { page, at });
    }
}

/// The language of a tag.
pub(crate) fn language(tag: &str) -> Language {
    Language::parse(tag).expect("a language")
}

/// Text as runs: a character, a glyph; what its faces lack is left to others of the chain.
pub(crate) fn runs(fonts: &FontSet, variant: Variant, text: &str, stretch: f32) -> Vec<GlyphRun> {
    let size = Length::pt(10.0);
    let mut runs: Vec<GlyphRun> = Vec::new();
    for c in text.chars() {
        // A word that is broken ends with a hyphen that says so.
        let shown = if c == '\u{ad}' { '-' } else { c };
        let face = fonts.pick(variant, shown).expect("a face");
        if runs.last().is_none_or(|run| run.face != face) {
            let (text, glyphs, moved) = Default::default();
            runs.push(GlyphRun { face, size, stretch, gray: 0, text, glyphs, moved });
        }
        let run = runs.last_mut().expect("a run");
        let id = fonts.get(face).glyph(shown).expect("a glyph");
        let start = u32::try_from(run.text.len()).expect("a short line");
        run.text.push(c);
        let end = u32::try_from(run.text.len()).expect("a short line");
        let natural = fonts.get(face).scale(fonts.get(face).advance(id), size);
        let advance = natural.scale(f64::from(stretch));
        run.glyphs.push(Glyph { id, advance: advance.into(), text: start..end });
    }
    runs
}

/// A PNG of these sides.
pub(crate) fn pixels(format: image::ImageFormat, width: u32, height: u32) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    let shade = |at: u32| u8::try_from(at * 7 % 256).expect("a byte");
    image::RgbImage::from_fn(width, height, |x, y| image::Rgb([shade(x), shade(y), 9]))
        .write_to(&mut bytes, format)
        .expect("an image");
    bytes.into_inner()
}
