//! A manuscript set in a style, and what its pages are held to whatever it says.
//!
//! Enters: Markdown, a style, a page. Leaves: what was told of it, and [`flaws`]: what stands where nothing may.

use crate::workshop::request;
use aldine::build::{EDITIONS, Resolved};
use aldine::diagnostics::{Code, Diagnostics};
use aldine::layout::{Belongs, GlyphRun, Item, Layout, Ornament, Page, Placed};
use aldine::measure::Length;
use aldine::sources::{Manuscript, Memory};
use aldine::style::Theme;

/// The built-in styles.
pub(crate) const STYLES: [&str; 4] = ["classic", "technical", "large-print", "essay"];

/// A manuscript, set.
pub(crate) struct Held {
    pub(crate) made: Resolved,
    pub(crate) layout: Layout,
    pub(crate) told: Diagnostics,
}

/// Sets `text` in a style, on another page than the style's own where `settings` say so: lines of its front
/// matter.
pub(crate) fn set(files: &Memory, text: &str, style: &str, settings: &str) -> Held {
    let head = format!("---\ntitle: Book\nauthor: A. Author\nlanguage: en\n{settings}---\n\n");
    let text = if text.starts_with("---") { text.to_owned() } else { format!("{head}{text}") };
    let files = files.clone().with("book.md", text);
    let manuscript = Manuscript::File("book.md".to_owned());
    let mut told = Diagnostics::new();
    let request = aldine::build::Request { style: Some(style), ..request(&files, &manuscript, None) };
    let made = request.resolve(request.prepare(&mut told), &mut told);
    let layout = made.lay_out(&mut told);
    Held { made, layout, told }
}

impl Held {
    /// Names of what was told, each once.
    pub(crate) fn codes(&self) -> Vec<&'static str> {
        let mut codes: Vec<&str> = self.told.iter().map(|one| one.code.name()).collect();
        codes.sort_unstable();
        codes.dedup();
        codes
    }

    /// What the finished editions disagree in, or why one of them is refused.
    pub(crate) fn disagreements(&self) -> Vec<String> {
        let mut told = Diagnostics::new();
        let artifacts = self.made.publish(&self.layout, &EDITIONS, &mut told);
        self.made.prove(&artifacts, &mut told);
        let faults = [Code::EditionRefused, Code::EditionsDisagree];
        told.iter().filter(|one| faults.contains(&one.code)).map(|one| one.message.clone()).collect()
    }

    /// What stands where nothing may.
    pub(crate) fn flaws(&self) -> Vec<String> {
        let mut found = Vec::new();
        for (at, page) in self.layout.pages.iter().enumerate() {
            outside(at, page, &self.made.theme, &mut found);
            overlaps(at, page, &mut found);
        }
        found
    }
}

/// Where something is drawn: left, right, upper and lower edge.
pub(crate) type Edges = [Length; 4];

/// How far what is seen of an item reaches; letters from their x-height to their baseline, without what hangs.
fn edges(placed: &Placed) -> Option<Edges> {
    let (x, y) = (placed.at.x, placed.at.y);
    match &placed.item {
        Item::Glyphs(run) => {
            let (before, wide) = seen(run)?;
            Some([x + before, x + before + wide, y - run.size.scale(0.45), y])
        }
        Item::Rule { width, height, .. } | Item::Image { width, height, .. } => {
            Some([x, x + *width, y, y + *height])
        }
    }
}

/// Where the run's first glyph that is no blank begins, and how far it is from there to the end of the last.
fn seen(run: &GlyphRun) -> Option<(Length, Length)> {
    let blank = |glyph: &aldine::layout::Glyph| {
        let says = run.text.get(glyph.text.start as usize..glyph.text.end as usize).unwrap_or_default();
        says.chars().all(|c| c.is_whitespace() || c == '\u{ad}' || c == '\u{200b}')
    };
    let wide = |glyphs: &[aldine::layout::Glyph]| glyphs.iter().map(|glyph| glyph.advance).sum::<Length>();
    let first = run.glyphs.iter().position(|glyph| !blank(glyph))?;
    let last = run.glyphs.iter().rposition(|glyph| !blank(glyph))?;
    Some((wide(&run.glyphs[..first]), wide(&run.glyphs[first..=last])))
}

/// What leaves the sheet, and what of the text leaves the text block.
fn outside(at: usize, page: &Page, theme: &Theme, found: &mut Vec<String>) {
    let style = theme.page.in_book_of(0);
    let recto = at.is_multiple_of(2);
    let left = if recto { style.inner } else { style.outer };
    let right = page.width - if recto { style.outer } else { style.inner };
    let foot = style.top + style.text_height() + theme.text.leading;
    for placed in &page.items {
        let Some(edges) = edges(placed) else { continue };
        let [x0, x1, y0, y1] = edges;
        // Signs hang by their width, letters by a twentieth of their size.
        let hang = match &placed.item {
            Item::Glyphs(run) => run.size.scale(0.3),
            Item::Rule { .. } | Item::Image { .. } => Length::pt(0.5),
        };
        let on_sheet = x0 >= Length::ZERO && x1 <= page.width && y0 >= Length::ZERO && y1 <= page.height;
        let furniture = matches!(placed.belongs, Belongs::Artifact(Ornament::Head | Ornament::Folio));
        let within = x0 + hang >= left && x1 <= right + hang;
        let high = furniture || (y1 >= style.top && y1 <= foot);
        if !on_sheet || !within || !high {
            let past = (left - x0).max(x1 - right);
            found.push(format!("page {at}: {} stands at {edges:?}, {past} past", said(placed)));
        }
    }
}

/// What is drawn over something else.
fn overlaps(at: usize, page: &Page, found: &mut Vec<String>) {
    let mut drawn: Vec<(Edges, &Placed)> = Vec::new();
    for placed in &page.items {
        let ink = matches!(placed.item, Item::Glyphs(_) | Item::Image { .. });
        if let Some(edges) = edges(placed).filter(|_| ink) {
            drawn.push((edges, placed));
        }
    }
    drawn.sort_by_key(|(edges, _)| edges[2]);
    let slack = Length::pt(1.0);
    for (index, (one, upper)) in drawn.iter().enumerate() {
        for (other, lower) in drawn.iter().skip(index + 1) {
            if other[2] + slack >= one[3] {
                break;
            }
            let across = one[1].min(other[1]) - one[0].max(other[0]);
            let down = one[3].min(other[3]) - other[2];
            if across > slack && down > slack {
                found.push(format!("page {at}: {} stands over {}", said(upper), said(lower)));
            }
        }
    }
}

fn said(placed: &Placed) -> String {
    match &placed.item {
        Item::Glyphs(run) => format!("{:?}", run.text.chars().take(40).collect::<String>()),
        Item::Rule { .. } => "a rule".to_owned(),
        Item::Image { .. } => "an image".to_owned(),
    }
}
