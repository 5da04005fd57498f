//! What the tests of the editions build books with: a manuscript in memory or in a folder, through every
//! stage before the editions, with pages cut by counting words instead of setting type.

#![allow(dead_code, reason = "each test takes what it needs")]
#![expect(clippy::disallowed_methods, reason = "tests read the cases they judge")]

pub(crate) mod epub;

use aldine::build::Request;
use aldine::diagnostics::Diagnostics;
use aldine::editions::epub::Epub;
use aldine::editions::text::PlainText;
use aldine::editions::{Artifact, Edition};
use aldine::fonts::FontSet;
use aldine::layout::{Destination, Layout, Mark, PageLabel, Pagination, Point, Structure};
use aldine::markdown::parse;
use aldine::model::{
    Block, BlockKind, Book, Id, LeafId, Matter, Section, Timestamp, plain_text, walk_blocks, walk_texts,
};
use aldine::resolve::{Rules, resolve};
use aldine::sources::{Disk, Manuscript, Memory, Resources, TextProfile, read};
use aldine::style::Theme;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// 2026-01-02T03:04:05Z.
pub(crate) const WHEN: Timestamp = Timestamp(1_767_323_045);

pub(crate) const SVG: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"40\" height=\"30\"><rect width=\"9\" height=\"9\"/></svg>";

/// Higher than any page when it is as wide as the text.
const TOWER: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"30\" height=\"900\"><rect width=\"9\" height=\"899\"/></svg>";

/// A small image of that format.
pub(crate) fn picture(format: image::ImageFormat) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    image::RgbImage::from_fn(8, 6, |x, y| image::Rgb([x as u8, y as u8, 9]))
        .write_to(&mut bytes, format)
        .expect("an image");
    bytes.into_inner()
}

/// The images that cases may show.
pub(crate) fn images() -> Memory {
    Memory::new()
        .with("line.svg", SVG)
        .with("tower.svg", TOWER)
        .with("dot.png", picture(image::ImageFormat::Png))
        .with("photo.jpg", picture(image::ImageFormat::Jpeg))
        .with("moving.gif", picture(image::ImageFormat::Gif))
        .with("new.webp", picture(image::ImageFormat::WebP))
        .with("cover.png", picture(image::ImageFormat::Png))
}

/// A book and all that editions are made from.
pub(crate) struct Made {
    pub(crate) book: Book,
    pub(crate) theme: Theme,
    pub(crate) layout: Layout,
    pub(crate) told: Diagnostics,
    pub(crate) width: u32,
    pub(crate) profile: TextProfile,
}

/// What the program asks for when it builds a manuscript.
pub(crate) fn request<'r>(
    resources: &'r dyn Resources,
    manuscript: &'r Manuscript,
    name: Option<&'r str>,
) -> Request<'r> {
    let modified = Timestamp(1_700_000_000);
    Request { resources, outside: None, manuscript, style: None, name, modified, system_fonts: None }
}

/// The book of a manuscript with front matter, in English unless it says otherwise.
pub(crate) fn book(text: &str) -> Made {
    let head = if text.starts_with("---") { "" } else { "---\ntitle: Book\nlanguage: en\n---\n" };
    from(&images().with("book.md", format!("{head}{text}")), "book.md")
}

/// The book of one file of a folder.
pub(crate) fn from(resources: &dyn Resources, path: &str) -> Made {
    let mut told = Diagnostics::new();
    let sources = read(resources, &Manuscript::File(path.to_owned()), &mut told);
    let draft = parse(&sources.files, &sources.list, sources.settings.dialect, &mut told);
    let name = sources.settings.style.as_ref().map_or("classic", |style| style.value.as_str());
    let theme = Theme::builtin(name).expect("a built-in style");
    let rules = Rules {
        number_sections: sources.settings.number_sections.unwrap_or(theme.number_sections),
        title_page: theme.front.title_page,
        ..Rules::default()
    };
    let book = resolve(draft, &sources, &rules, resources, WHEN, &mut told);
    told.sort();
    let width = sources.settings.text_width.as_ref().map_or(72, |width| width.value);
    let profile =
        sources.settings.text_profile.as_ref().map_or(TextProfile::default(), |profile| profile.value);
    let layout = layout(&book, Pagination::default());
    Made { book, theme, layout, told, width, profile }
}

/// One of the real books, if they are there.
pub(crate) fn corpus(folder: &str) -> Option<Made> {
    // A second work tree stands one folder deeper.
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let found = ["../shared/corpora", "../../shared/corpora"]
        .iter()
        .find_map(|corpora| Disk::new(&root.join(corpora).join(folder)).ok())?;
    Some(from(&found, &format!("{folder}.md")))
}

impl Made {
    /// The same book with a page for every so many words of each leaf's words, front matter in roman.
    pub(crate) fn paged(mut self, words: usize) -> Made {
        let pagination = paginate(&self.book, words);
        self.layout = layout(&self.book, pagination);
        self
    }

    pub(crate) fn publish(&self, edition: &dyn Edition) -> Artifact {
        let mut told = Diagnostics::new();
        let artifact = edition.publish(&self.book, &self.theme, &self.layout, &mut told);
        assert!(told.is_empty(), "{told:?}");
        artifact.expect("an artifact")
    }

    pub(crate) fn epub(&self) -> Artifact {
        self.publish(&Epub::default())
    }

    pub(crate) fn text(&self) -> Artifact {
        self.publish(&PlainText { width: self.width, profile: self.profile, braille: None })
    }

    /// The text edition as text.
    pub(crate) fn said(&self) -> String {
        String::from_utf8(self.text().bytes).expect("UTF-8")
    }

    pub(crate) fn codes(&self) -> Vec<&'static str> {
        self.told.iter().map(|d| d.code.name()).collect()
    }
}

/// Every leaf of some blocks with its plain text, code included.
fn leaves_of(blocks: &[Block], leaves: &mut Vec<(LeafId, String)>) {
    walk_texts(blocks, &mut |text| leaves.push((text.leaf, plain_text(&text.content))));
    walk_blocks(blocks, &mut |block| {
        if let BlockKind::Code { leaf, text, .. } = &block.kind {
            leaves.push((*leaf, text.clone()));
        }
    });
}

/// The leaves of the text (notes don't count) in order, each with whether it is front matter.
pub(crate) fn leaves(book: &Book) -> Vec<(LeafId, String, bool)> {
    let mut found = Vec::new();
    leaves_of(&book.opening, &mut found);
    let mut all: Vec<_> = found.drain(..).map(|(leaf, text)| (leaf, text, false)).collect();
    for section in book.all_sections() {
        found.push((section.title.leaf, plain_text(&section.title.content)));
        leaves_of(&section.blocks, &mut found);
        let front = section.matter == Matter::Front;
        all.extend(found.drain(..).map(|(leaf, text)| (leaf, text, front)));
    }
    all.sort();
    all
}

/// A page begins at the first word, and again after every so many.
pub(crate) fn paginate(book: &Book, words: usize) -> Pagination {
    let mut pagination = Pagination::default();
    let (mut count, mut numbers) = (0, [0, 0]);
    for (leaf, text, front) in leaves(book) {
        let mut inside = false;
        for (offset, c) in text.char_indices() {
            let begins = !c.is_whitespace() && !inside;
            inside = !c.is_whitespace();
            if !begins {
                continue;
            }
            if count % words == 0 {
                let number = &mut numbers[usize::from(front)];
                *number += 1;
                pagination.marks.push(Mark { leaf, offset, page: pagination.labels.len() });
                pagination.labels.push(PageLabel { roman: front, number: *number }.to_string());
            }
            count += 1;
        }
    }
    pagination
}

/// A layout without pages: where they would begin, and where each section and block stands.
fn layout(book: &Book, pagination: Pagination) -> Layout {
    let page = |leaf: LeafId| {
        let after = pagination.marks.partition_point(|mark| (mark.leaf, mark.offset) <= (leaf, 0));
        pagination.marks.get(after.saturating_sub(1)).map_or(0, |mark| mark.page)
    };
    let mut anchors: BTreeMap<Id, Destination> = BTreeMap::new();
    for section in book.all_sections() {
        let place = Destination { page: page(section.title.leaf), at: Point::default() };
        anchors.insert(section.anchor.clone(), place);
        named(section, &mut |id, leaf| {
            anchors.insert(id.clone(), Destination { page: page(leaf), at: Point::default() });
        });
    }
    Layout {
        pages: Vec::new(),
        pagination,
        structure: Structure::default(),
        anchors,
        fonts: Arc::new(FontSet::embedded()),
    }
}

fn named(section: &Section, visit: &mut impl FnMut(&Id, LeafId)) {
    for block in &section.blocks {
        let mut found = Vec::new();
        leaves_of(std::slice::from_ref(block), &mut found);
        if let (Some(id), Some((leaf, _))) = (&block.name, found.iter().min()) {
            visit(id, *leaf);
        }
    }
}

/// The cases of a folder under `tests`: Markdown files in order.
pub(crate) fn cases(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(folder);
    let entries =
        std::fs::read_dir(folder).expect("the folder of cases").map(|e| e.expect("an entry").path());
    let mut cases: Vec<_> = entries.filter(|path| path.extension().is_some_and(|e| e == "md")).collect();
    cases.sort();
    cases
}

/// Holds what was made of a case against the file beside it; `ALDINE_UPDATE=1` writes that file anew,
/// to be read before it is kept.
pub(crate) fn golden(case: &Path, ending: &str, given: &str) {
    let golden = case.with_extension(ending);
    if std::env::var_os("ALDINE_UPDATE").is_some() {
        std::fs::write(&golden, given).expect("the golden file is written");
        return;
    }
    let wanted = std::fs::read_to_string(&golden).unwrap_or_default();
    let at = given.lines().zip(wanted.lines()).position(|(given, wanted)| given != wanted);
    let line = at.map_or("the end".to_owned(), |at| format!("line {}", at + 1));
    assert!(given == wanted, "{} gives other text from {line} on:\n{given}", case.display());
}

/// The text of a case.
pub(crate) fn text_of(case: &Path) -> String {
    std::fs::read_to_string(case).expect("a case")
}

/// Numbers that look random and are the same in every run (a 64-bit LCG with Knuth's multiplier).
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    /// From 0 to below `faces`.
    pub(crate) fn roll(&mut self, faces: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % faces.max(1)
    }
}
