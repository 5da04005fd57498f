//! A sheet and the settings to a theme: every measure reckoned, every proportion checked.
//!
//! Enters: a [`Sheet`] that has all keys. Leaves: a [`Theme`]. Promise: the text's height is a whole
//! number of lines, the measure has room for words, and no size of type is one that can't be read.

use super::sheet::{Sheet, wrong_page};
use super::sizes::page_size;
use super::{
    Align, BlockStyle, CodeStyle, CoverStyle, FrontStyle, HeadingStyle, IndexStyle, NotePlace, NoteStyle,
    Opening, PageStyle, RunningHead, TextStyle, Theme,
};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::fonts::{Monospace, Typeface};
use crate::measure::{Length, Measure};
use crate::model::Placement;
use crate::sources::Settings;
use crate::span::Span;

/// The least measure, in ems of the text: some twenty characters.
const LEAST_MEASURE: f64 = 9.0;
/// The fewest lines of a page.
const LEAST_LINES: i64 = 5;
/// What helps where there are fewer.
const ROOM: &str = "use a larger page, smaller margins or smaller type";
/// Why indents of blocks are small.
const NESTED: &str = "indents add up where quotes and lists nest";
/// The most lines between paragraphs.
const MOST_GAP: i64 = 4;
/// How much longer than the style's own measure, in ems, a line may get on another page.
const LONGEST: f64 = 1.1;

/// Builds the theme; `style` is where the style was named.
pub(super) fn build(sheet: &Sheet, settings: &Settings, style: Span, diagnostics: &mut Diagnostics) -> Theme {
    let mut builder = Builder { sheet, style, size: Length::ZERO, leading: Length::ZERO, diagnostics };
    builder.type_size(settings);
    let text = builder.text();
    let page = builder.page(settings);
    let heading = |builder: &mut Builder<'_>, table: &str| builder.heading(table);
    let part = heading(&mut builder, "part");
    let headings = [1, 2, 3, 4, 5, 6].map(|rank| heading(&mut builder, &format!("headings.{rank}")));
    let theme = Theme {
        name: sheet.words("name").to_owned(),
        part,
        headings,
        chapters: match sheet.words("chapters.opening") {
            "recto" => Opening::Recto,
            "run" => Opening::Run,
            _ => Opening::Page,
        },
        first_on_recto: sheet.switch("chapters.first-on-recto"),
        code: builder.code(),
        notes: builder.notes(page.measure()),
        blocks: builder.blocks(page.measure()),
        index: builder.index(page.measure()),
        figure_place: Placement::named(sheet.words("figure.place")).unwrap_or(Placement::Here),
        front: FrontStyle {
            half_title: sheet.switch("front.half-title"),
            title_page: sheet.switch("front.title-page"),
            copyright_page: sheet.switch("front.copyright-page"),
            contents: sheet.count("front.contents"),
            figures: sheet.switch("front.figures"),
            tables: sheet.switch("front.tables"),
        },
        head_verso: running_head(sheet.words("heads.verso")),
        head_recto: running_head(sheet.words("heads.recto")),
        head_depth: sheet.count("heads.depth"),
        scene_break: sheet.words("scene-break").to_owned(),
        number_sections: settings.number_sections.unwrap_or_else(|| sheet.count("number-sections")).min(6),
        opening_small_caps: sheet.switch("chapters.small-caps"),
        drop_cap: builder.drop_cap(),
        ornament: sheet.words("chapters.ornament").to_owned(),
        cover: builder.cover(),
        epub_fonts: sheet.switch("epub.fonts"),
        page,
        text,
    };
    builder.room(&theme, settings);
    theme
}

fn running_head(word: &str) -> RunningHead {
    match word {
        "author" => RunningHead::Author,
        "title" => RunningHead::Title,
        "chapter" => RunningHead::Chapter,
        "section" => RunningHead::Section,
        _ => RunningHead::None,
    }
}

/// The sizes of type that can be read.
fn readable(size: Length) -> bool {
    (Length::pt(4.0)..=Length::pt(144.0)).contains(&size)
}

struct Builder<'a> {
    sheet: &'a Sheet,
    style: Span,
    size: Length,
    leading: Length,
    diagnostics: &'a mut Diagnostics,
}

impl Builder<'_> {
    /// Where a key was written, else where the style was named.
    fn place(&self, key: &str) -> Span {
        Some(self.sheet.span(key)).filter(|span| !span.is_none()).unwrap_or(self.style)
    }

    fn complain(&mut self, key: &str, message: String, hint: &str) {
        let span = self.place(key);
        self.diagnostics.push(Diagnostic::new(Code::BadStyle, span, message).hint(hint));
    }

    /// The cover's colours, told apart by who sees little.
    fn cover(&mut self) -> CoverStyle {
        let drawn = self.sheet.switch("cover.drawn");
        let (ground, ink) = (self.sheet.colour("cover.ground"), self.sheet.colour("cover.ink"));
        if ground.contrast(ink) < 4.5 {
            let key = if self.sheet.span("cover.ink").is_none() { "cover.ground" } else { "cover.ink" };
            let message = "`cover.ink` hardly stands out from `cover.ground`".to_owned();
            self.complain(key, message, "choose colours with a contrast of 4.5 or more (WCAG 2.2, 1.4.3)");
        }
        CoverStyle { drawn, ground, ink }
    }

    fn at(&self, key: &str) -> Length {
        self.sheet.measure(key).at(self.size, self.leading)
    }

    /// Size and leading of the text: the unit of everything else. Another size from the settings
    /// keeps the proportion of leading to size.
    fn type_size(&mut self, settings: &Settings) {
        let ten = Length::pt(10.5);
        let own = match self.sheet.measure("text.size") {
            Measure::Fixed(size) if (Length::pt(5.0)..=Length::pt(72.0)).contains(&size) => size,
            Measure::Fixed(_) | Measure::Em(_) | Measure::Lines(_) => {
                let message = "`text.size` must be from 5pt to 72pt".to_owned();
                self.complain("text.size", message, "10pt to 12pt is usual");
                ten
            }
        };
        let leading = self.sheet.measure("text.leading").at(own, own);
        let leading = if (own..=own * 4).contains(&leading) {
            leading
        } else {
            let message = format!("`text.leading` is {leading}, out of proportion to type of {own}");
            self.complain("text.leading", message, "120 % to 145 % of the size is usual");
            own.scale(1.33)
        };
        (self.size, self.leading) = (own, leading);
        let Some(wanted) = &settings.size else { return };
        match wanted.value {
            Measure::Fixed(size) if (Length::pt(5.0)..=Length::pt(72.0)).contains(&size) => {
                self.leading = leading.scale(size.ratio(own));
                self.size = size;
            }
            Measure::Fixed(_) | Measure::Em(_) | Measure::Lines(_) => self.diagnostics.push(
                Diagnostic::new(Code::BadValue, wanted.span, "`size` must be from 5pt to 72pt")
                    .hint("10pt to 12pt is usual for a book"),
            ),
        }
    }

    fn text(&mut self) -> TextStyle {
        let mut gap = self.at("text.gap");
        if gap.round_up_to(self.leading) != gap {
            let message = "`text.gap` must be whole lines, so that the page keeps its grid".to_owned();
            self.complain("text.gap", message, "write \"0\" or \"1line\"");
            gap = gap.round_up_to(self.leading);
        }
        if gap > self.leading * MOST_GAP {
            let message = format!("`text.gap` is {gap}, more than {MOST_GAP} lines");
            self.complain("text.gap", message, "write \"0\" or \"1line\"");
            gap = self.leading * MOST_GAP;
        }
        TextStyle {
            face: Typeface::named(self.sheet.words("text.face")).unwrap_or_default(),
            size: self.size,
            leading: self.leading,
            align: if self.sheet.words("text.align") == "start" { Align::Start } else { Align::Justify },
            hyphenate: self.sheet.switch("text.hyphenate"),
            indent: self.at("text.indent"),
            gap,
        }
    }

    /// The page. On another page than the style's own the margins grow with the page's width and
    /// height; what would make the line too long to read goes to the side margins, in proportion.
    fn page(&mut self, settings: &Settings) -> PageStyle {
        let (own_width, own_height) = self.sheet.page("page.size");
        let wanted = settings.page.as_ref().and_then(|page| {
            let size = page_size(&page.value);
            if size.is_none() {
                let (wanted, hint) = wrong_page(Some(&page.value));
                let message = format!("`page` must be {wanted}");
                self.diagnostics.push(Diagnostic::new(Code::BadValue, page.span, message).hint(hint));
            }
            size
        });
        let (width, height) = wanted.unwrap_or((own_width, own_height));
        let (own_inner, own_outer) = (self.at("page.inner"), self.at("page.outer"));
        let (across, down) = (width.ratio(own_width), height.ratio(own_height));
        let mut inner = own_inner.scale(across);
        let mut outer = own_outer.scale(across);
        if wanted.is_some() {
            let own_size = self.sheet.measure("text.size").at(self.size, self.leading);
            let own_measure = (own_width - own_inner - own_outer).ratio(own_size);
            let longest = self.size.scale(own_measure * LONGEST);
            let spare = width - inner - outer - longest;
            if spare > Length::ZERO {
                let share = spare.scale(inner.ratio(inner + outer));
                inner += share;
                outer += spare - share;
            }
        }
        let top = self.at("page.top").scale(down);
        let bottom = self.at("page.bottom").scale(down);
        let lines = (height - top - bottom).to_sp().div_euclid(self.leading.to_sp().max(1)).max(0);
        let bottom = height - top - self.leading * lines;
        let inner_growth = self.at("page.inner-growth");
        PageStyle { width, height, inner, inner_growth, outer, top, bottom }
    }

    /// A size of type, readable; the text's own where it isn't.
    fn type_of(&mut self, key: &str) -> Length {
        let size = self.at(key);
        if readable(size) {
            return size;
        }
        self.complain(key, format!("`{key}` is {size}, which can't be read"), "use 4pt to 144pt");
        self.size
    }

    /// A leading for type of `size`, whose em it takes.
    fn leading_of(&mut self, key: &str, size: Length) -> Length {
        let leading = self.sheet.measure(key).at(size, self.leading);
        if (size..=size * 4).contains(&leading) {
            return leading;
        }
        let message = format!("`{key}` is {leading}, out of proportion to type of {size}");
        self.complain(key, message, "120 % to 145 % of the size is usual");
        size.scale(1.3)
    }

    fn heading(&mut self, table: &str) -> HeadingStyle {
        let key = |name: &str| format!("{table}.{name}");
        let align = match self.sheet.words(&key("align")) {
            "center" => Align::Center,
            "end" => Align::End,
            _ => Align::Start,
        };
        HeadingStyle {
            size: self.type_of(&key("size")),
            align,
            bold: self.sheet.switch(&key("bold")),
            italic: self.sheet.switch(&key("italic")),
            small_caps: self.sheet.switch(&key("small-caps")),
            above: self.sheet.count(&key("above")),
            below: self.sheet.count(&key("below")),
            label_above: self.sheet.switch(&key("label-above")),
            number_alone: self.sheet.switch(&key("number-alone")),
        }
    }

    /// How many lines a chapter's first letter is high; one line is what every letter has.
    fn drop_cap(&mut self) -> u8 {
        let lines = self.sheet.count("chapters.drop-cap");
        if lines == 1 {
            let message = "`chapters.drop-cap` must be 0 or from 2 to 4 lines".to_owned();
            self.complain("chapters.drop-cap", message, "2 or 3 is usual; 0 for none");
            return 0;
        }
        lines
    }

    fn code(&mut self) -> CodeStyle {
        let size = self.type_of("code.size");
        CodeStyle {
            face: Monospace::named(self.sheet.words("code.face")).unwrap_or_default(),
            size,
            leading: self.leading_of("code.leading", size),
            indent: self.at("code.indent"),
        }
    }

    fn notes(&mut self, measure: Length) -> NoteStyle {
        let size = self.type_of("notes.size");
        let place = match self.sheet.words("notes.place") {
            "chapter" => NotePlace::Chapter,
            "book" => NotePlace::Book,
            _ => NotePlace::Foot,
        };
        let indent = self.indent("notes.indent", measure, "1em to 2em is usual");
        NoteStyle { place, size, leading: self.leading_of("notes.leading", size), indent }
    }

    /// An indent that leaves words their room: an eighth of the measure at most.
    fn indent(&mut self, key: &str, measure: Length, hint: &str) -> Length {
        let most = (measure / 8).max(Length::ZERO);
        let indent = self.at(key);
        // On a page too small for words only that is said; on the style's own, this.
        let told = measure >= self.size.scale(LEAST_MEASURE) && !self.sheet.span(key).is_none();
        if indent > most && told {
            let message = format!("`{key}` is {indent}, more than an eighth of the measure");
            self.complain(key, message, hint);
        }
        indent.min(most)
    }

    /// Quotes and lists; their indents leave at least half of the measure, also two deep.
    fn blocks(&mut self, measure: Length) -> BlockStyle {
        let quote_indent = self.indent("blocks.quote-indent", measure, NESTED);
        let list_indent = self.indent("blocks.list-indent", measure, NESTED);
        let attribution =
            if self.sheet.words("blocks.attribution") == "start" { Align::Start } else { Align::End };
        BlockStyle {
            quote_indent,
            quote_size: self.type_of("blocks.quote-size"),
            attribution,
            list_indent,
            table_size: self.type_of("blocks.table-size"),
            caption_size: self.type_of("blocks.caption-size"),
        }
    }

    /// The index; its gutter parts columns and leaves them room.
    fn index(&mut self, measure: Length) -> IndexStyle {
        let columns = self.sheet.count("index.columns");
        let (least, most) = (self.size / 2, (measure / 4).max(self.size / 2));
        let gutter = self.at("index.gutter");
        if !(least..=most).contains(&gutter) && !self.sheet.span("index.gutter").is_none() {
            let message = format!(
                "`index.gutter` is {gutter}, which is not from half an em ({least}) to a quarter of the measure ({most})"
            );
            self.complain("index.gutter", message, "1em to 2em is usual");
        }
        let size = self.type_of("index.size");
        let leading = self.leading_of("index.leading", size);
        IndexStyle { columns: columns.max(1), gutter: gutter.clamp(least, most), size, leading }
    }

    /// Whether words have room on the page, and what stands around them in its margins.
    fn room(&mut self, theme: &Theme, settings: &Settings) {
        let measure = theme.page.measure();
        let least = self.size.scale(LEAST_MEASURE);
        let height = theme.page.text_height();
        let set = settings.page.as_ref().map(|page| page.span);
        let set = set.or_else(|| settings.size.as_ref().map(|size| size.span));
        let indent = theme.code.indent.max(theme.text.indent);
        let (message, hint, keys): (_, _, &[&str]) = if measure < least {
            let message =
                format!("the margins leave a line of {measure}, too short for type of {}", self.size);
            (message, ROOM, &["page.inner", "page.outer", "page.size", "text.size"])
        } else if measure - indent < least {
            let left = measure - indent;
            let message =
                format!("an indent of {indent} leaves a line of {left}, too short for type of {}", self.size);
            let first = if theme.code.indent < indent { "text.indent" } else { "code.indent" };
            (
                message,
                "use a smaller indent or a larger page",
                &[first, "page.inner", "page.outer", "page.size"],
            )
        } else if height < self.leading * LEAST_LINES {
            let message = format!("the margins leave a height of {height}, less than {LEAST_LINES} lines");
            (message, ROOM, &["page.top", "page.bottom", "page.size", "text.leading"])
        } else if theme.has_heads() && theme.page.top < PageStyle::least_top(self.size) {
            let top = theme.page.top;
            let message = format!("the margin over the text is {top}, too low for a running head");
            (message, "use a larger margin, or heads of \"none\"", &["page.top", "page.size", "text.size"])
        } else if theme.page.bottom < PageStyle::least_bottom(self.size, self.leading) {
            let bottom = theme.page.bottom;
            let message = format!("the margin under the text is {bottom}, too low for a folio");
            (message, "use a larger margin or a larger page", &["page.bottom", "page.size", "text.leading"])
        } else {
            return;
        };
        // What the style itself says of it, if anything: its base has room.
        let written = keys.iter().map(|key| self.sheet.span(key)).find(|span| !span.is_none());
        let span = set.or(written).unwrap_or(self.style);
        self.diagnostics.push(Diagnostic::new(Code::PageTooSmall, span, message).hint(hint));
    }
}
