//! Scripts other than Latin, set with real fonts: where their lines end, what stands between their
//! characters, which way they run, and how languages keep words together.
//!
//! The fonts are Debian's; `tests/validators/install.sh` installs them.

#[path = "scripts/eastern.rs"]
mod eastern;
#[path = "scripts/joined.rs"]
mod joined;
#[path = "scripts/ties.rs"]
mod ties;
mod validators;
mod workshop;

use aldine::build::Resolved;
use aldine::diagnostics::Diagnostics;
use aldine::layout::{Belongs, Item, Layout};
use aldine::sources::{Manuscript, Memory};
use workshop::request;

/// Size of the text's type in points.
const SIZE: f64 = 10.0;
/// Points to the millimetre.
const MM: f64 = 72.0 / 25.4;

/// Arabic, regular and bold.
const AMIRI: &str = "opentype/fonts-hosny-amiri/Amiri-Regular.ttf";
const AMIRI_BOLD: &str = "opentype/fonts-hosny-amiri/Amiri-Bold.ttf";
/// Japanese.
const VL_GOTHIC: &str = "truetype/vlgothic/VL-Gothic-Regular.ttf";
/// Chinese.
const SUNG: &str = "truetype/arphic-gbsn00lp/gbsn00lp.ttf";
/// Korean.
const GULIM: &str = "truetype/lexi/LexiGulim.ttf";
/// Thai.
const NORASI: &str = "opentype/tlwg/Norasi.otf";
/// Hindi.
const LOHIT: &str = "truetype/lohit-devanagari/Lohit-Devanagari.ttf";

/// A manuscript to be set.
struct Case<'c> {
    language: &'c str,
    fonts: &'c [&'c str],
    /// In millimetres.
    measure: u32,
    /// `justify` or `start`.
    align: &'c str,
}

/// A glyph where it stands.
#[derive(Debug, Clone, PartialEq)]
struct Set {
    /// From the left edge of the text, as all measures in points.
    x: f64,
    advance: f64,
    /// Its cluster.
    says: String,
    face: u16,
    id: u32,
    stretch: f64,
    size: f64,
}

impl Set {
    fn c(&self) -> char {
        self.says.chars().next().unwrap_or(' ')
    }

    fn is_space(&self) -> bool {
        self.says.trim().is_empty()
    }
}

/// A line: its glyphs from left to right, and what it says in the order of reading.
#[derive(Debug)]
struct Line {
    glyphs: Vec<Set>,
    said: String,
}

impl Line {
    /// The right edge of its last glyph that is no space.
    fn right(&self) -> f64 {
        self.glyphs.iter().filter(|g| !g.is_space()).map(|g| g.x + g.advance).fold(0.0, f64::max)
    }

    fn said(&self) -> &str {
        self.said.trim()
    }
}

impl Case<'_> {
    fn measure(&self) -> f64 {
        f64::from(self.measure) * MM
    }

    /// The manuscript with its look and its fonts; `None` where these aren't installed.
    fn files(&self, text: &str) -> Option<Memory> {
        let width = self.measure + 20;
        let look = format!(
            "base = \"essay\"\n[page]\nsize = \"{width}x200mm\"\ninner = \"10mm\"\nouter = \"10mm\"\ntop = \"15mm\"\n\
             bottom = \"15mm\"\n[text]\nsize = \"{SIZE}pt\"\nleading = \"15pt\"\nalign = \"{}\"\nindent = \"0\"\n\
             hyphenate = true\n[front]\ncontents = 0\ntitle-page = false\n[headings.1]\nsize = \"1.5em\"\n[heads]\nverso = \"none\"\nrecto = \"none\"\n",
            self.align
        );
        let names: Vec<String> = (0..self.fonts.len()).map(|at| format!("\"{at}.ttf\"")).collect();
        let head = format!(
            "---\ntitle: T\nlanguage: {}\nstyle: look\nfonts: [{}]\n---\n\n# T\n\n",
            self.language,
            names.join(", ")
        );
        let mut files = Memory::new().with("look/style.toml", look).with("book.md", head + text);
        for (at, path) in self.fonts.iter().enumerate() {
            files = files.with(format!("{at}.ttf"), validators::font(path)?);
        }
        Some(files)
    }

    /// The book, its pages, and what was told of them.
    fn made(&self, text: &str) -> Option<(Resolved, Layout, Diagnostics)> {
        let files = self.files(text)?;
        let manuscript = Manuscript::File("book.md".to_owned());
        let mut told = Diagnostics::new();
        let asked = request(&files, &manuscript, None);
        let made = asked.resolve(asked.prepare(&mut told), &mut told);
        let layout = made.lay_out(&mut told);
        Some((made, layout, told))
    }

    /// The pages.
    fn set(&self, text: &str) -> Option<Layout> {
        let (_, layout, told) = self.made(text)?;
        nothing_wrong(&told, text);
        Some(layout)
    }

    /// The lines of the text, that of the heading left out.
    fn lines(&self, text: &str) -> Option<Vec<Line>> {
        Some(lines(&self.set(text)?))
    }

    /// The PDF; the three editions are held against the book first.
    fn pdf(&self, text: &str) -> Option<Vec<u8>> {
        let (made, layout, mut told) = self.made(text)?;
        let artifacts = made.publish(&layout, &aldine::build::EDITIONS, &mut told);
        made.prove(&artifacts, &mut told);
        nothing_wrong(&told, text);
        artifacts.into_iter().find(|artifact| artifact.name.ends_with(".pdf")).map(|artifact| artifact.bytes)
    }

    /// The words that a walk through the PDF's tags reads.
    fn heard(&self, text: &str) -> Option<String> {
        let reading = aldine::proof::read_pdf(&self.pdf(text)?).expect("a PDF that can be read");
        Some(reading.words.expect("words").join(" "))
    }
}

/// The lines of a layout that are set in the text's size.
fn lines(layout: &Layout) -> Vec<Line> {
    let mut lines: Vec<(usize, i64, Line)> = Vec::new();
    for (page, sheet) in layout.pages.iter().enumerate() {
        for placed in sheet.items.iter().filter(|item| matches!(item.belongs, Belongs::Content(_))) {
            let Item::Glyphs(run) = &placed.item else { continue };
            if run.size.to_pt() > SIZE + 0.1 {
                continue;
            }
            let baseline = placed.at.y.to_sp();
            let raised = lines.last().is_some_and(|(p, y, _)| *p == page && (y - baseline).abs() < 300_000);
            if !raised {
                lines.push((page, baseline, Line { glyphs: Vec::new(), said: String::new() }));
            }
            let line = &mut lines.last_mut().expect("a line").2;
            line.said.push_str(&run.text);
            let mut x = placed.at.x.to_pt() - 10.0 * MM;
            for glyph in &run.glyphs {
                let says = &run.text[glyph.text.start as usize..glyph.text.end as usize];
                let (advance, face, id) = (glyph.advance.to_pt(), run.face.0, glyph.id);
                let (stretch, size) = (f64::from(run.stretch), run.size.to_pt());
                line.glyphs.push(Set { x, advance, says: says.to_owned(), face, id, stretch, size });
                x += advance;
            }
        }
    }
    let sorted = |(_, _, mut line): (usize, i64, Line)| {
        line.glyphs.sort_by(|a, b| a.x.total_cmp(&b.x));
        line
    };
    lines.into_iter().map(sorted).collect()
}

/// Whether two measures in points are the same but for rounding.
fn same(a: f64, b: f64) -> bool {
    (a - b).abs() < 0.01
}

/// Nothing is told of a text, but that a word as long as these is divided anywhere.
fn nothing_wrong(told: &Diagnostics, text: &str) {
    let said = told.iter().map(|d| (d.code.name(), d.message.as_str()));
    let said: Vec<_> = said.filter(|(code, _)| *code != "long-word" || text.contains(' ')).collect();
    assert_eq!(said, [], "of {text}");
}
