//! What is wrong with a manuscript, and how to mend it.
//!
//! Enters: problems as the stages find them. Leaves: [`Diagnostics`], sorted by place, each with a
//! stable [`Code`] that says by itself whether it is an error or a warning.
//! Promise: a stage never stops at its first problem and never prints; rendering is `cli`'s.
//! An error is what would make an edition wrong, invalid or misleading; a warning is what the
//! book's reader survives and Aldine mends in the way the message states.

use crate::span::Span;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing is written.
    Error,
    /// The editions are written; `--strict` makes it an error.
    Warning,
}

macro_rules! codes {
    ($($(#[$doc:meta])* $variant:ident = $severity:ident $name:literal,)*) => {
        /// Every kind of problem Aldine knows, with its stable name and its severity.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Code { $($(#[$doc])* $variant,)* }

        impl Code {
            /// All codes, in the order of the table.
            pub const ALL: &'static [Code] = &[$(Code::$variant),*];

            /// The name in messages and in JSON; it never changes once released.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Code::$variant => $name,)* }
            }

            /// Error or warning.
            #[must_use]
            pub fn severity(self) -> Severity {
                match self { $(Code::$variant => Severity::$severity,)* }
            }
        }
    };
}

codes! {
    /// The manuscript, or a file it lists, can't be read.
    UnreadableSource = Error "unreadable-source",
    /// A source is not UTF-8.
    NotUtf8 = Error "not-utf8",
    /// The manuscript has no text at all.
    EmptyManuscript = Error "empty-manuscript",
    /// A path leads out of the manuscript's folder.
    PathOutside = Error "path-outside",
    /// Two sources have the same name once made into a slug.
    DuplicateSource = Error "duplicate-source",
    /// TOML or YAML that doesn't parse.
    SettingsSyntax = Error "settings-syntax",
    /// A key that no setting has.
    UnknownKey = Error "unknown-key",
    /// A value of the wrong kind or out of range.
    BadValue = Error "bad-value",
    /// An ISBN whose check digit is wrong.
    BadIsbn = Error "bad-isbn",
    /// No style of that name, or a style file that is wrong.
    BadStyle = Error "bad-style",
    /// A font file that can't be used.
    BadFont = Error "bad-font",
    /// The page has no room for a line of text.
    PageTooSmall = Error "page-too-small",
    /// An image that isn't there.
    MissingImage = Error "missing-image",
    /// An image that can't be decoded, or that is of no kind Aldine reads.
    BrokenImage = Error "broken-image",
    /// An image of more pixels than any page can show.
    HugeImage = Error "huge-image",
    /// An SVG with a script or with links to other files.
    ActiveSvg = Error "active-svg",
    /// One id given to two things by attributes.
    DuplicateId = Error "duplicate-id",
    /// Blocks nested deeper than any book needs.
    TooDeep = Error "too-deep",
    /// A `:::` directive that no line closes, or that opens nothing.
    UnclosedDirective = Error "unclosed-directive",
    /// A directive whose name Aldine doesn't know.
    UnknownDirective = Error "unknown-directive",
    /// The program that makes braille isn't there, failed, or gave what no braille file holds.
    BrailleProgram = Error "braille-program",
    /// An edition that could not be made: a validator inside the writer refused it.
    EditionRefused = Error "edition-refused",
    /// The finished editions do not say the same.
    EditionsDisagree = Error "editions-disagree",

    /// No title in the settings.
    NoTitle = Warning "no-title",
    /// No language in the settings.
    NoLanguage = Warning "no-language",
    /// A document without a single heading.
    NoHeading = Warning "no-heading",
    /// A heading with no text.
    EmptyHeading = Warning "empty-heading",
    /// A heading that skips a level.
    SkippedLevel = Warning "skipped-level",
    /// A block of code without a line.
    EmptyCode = Warning "empty-code",
    /// A fence of code that no line closes.
    UnclosedFence = Warning "unclosed-fence",
    /// A link to an id, a section or a file that the book doesn't have.
    DeadLink = Warning "dead-link",
    /// A cross-reference whose target has neither number nor title, or a link without words.
    EmptyLink = Warning "empty-link",
    /// A note call without a note.
    MissingNote = Warning "missing-note",
    /// A note that nothing calls.
    UnusedNote = Warning "unused-note",
    /// Two notes of one label in a file.
    DuplicateNote = Warning "duplicate-note",
    /// Two `<a id>` or `<a name>` of one name: the first one is the target.
    DuplicateAnchor = Warning "duplicate-anchor",
    /// An image without alternative text: taken for decoration.
    MissingAlt = Warning "missing-alt",
    /// An alternative text that is a file's name.
    AltFileName = Warning "alt-file-name",
    /// A link whose words don't say where it leads: "here".
    VagueLink = Warning "vague-link",
    /// A table whose first row, its head, is empty.
    HeadlessTable = Warning "headless-table",
    /// An alert that says something by a colour alone.
    ColourOnly = Warning "colour-only",
    /// Words that seem to be in another language and aren't marked; told only when asked for.
    UnmarkedLanguage = Warning "unmarked-language",
    /// Conformance to a standard is claimed that the book doesn't keep.
    UnfoundedClaim = Warning "unfounded-claim",
    /// A cover that shops or e-readers would refuse or cut.
    CoverSize = Warning "cover-size",
    /// A font that the style wants in the EPUB, and that can't be there.
    FontLeftOut = Warning "font-left-out",
    /// An image of more pixels than some e-readers show.
    LargeImage = Warning "large-image",
    /// Raw HTML outside the safe set: its text stays.
    RawHtml = Warning "raw-html",
    /// An attribute that nothing uses.
    UnknownAttribute = Warning "unknown-attribute",
    /// A character that no font has.
    MissingGlyph = Warning "missing-glyph",
    /// A language tag that isn't one.
    BadLanguage = Warning "bad-language",
    /// A row with more cells than its table has columns.
    LongRow = Warning "long-row",
    /// A table too wide for the page even at its least size.
    WideTable = Warning "wide-table",
    /// A word longer than a line, divided where no hyphen may stand.
    LongWord = Warning "long-word",
    /// A note of the foot that is longer than a page.
    LongNote = Warning "long-note",
    /// A picture so high that only a narrow strip of it fits a page.
    TallFigure = Warning "tall-figure",
    /// An index that can't stand in columns.
    IndexColumns = Warning "index-columns",
    /// Several sections want the page mark of one word, or a page lost its mark.
    Pagination = Warning "pagination",
}

/// One problem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// What kind.
    pub code: Code,
    /// Where; [`Span::NONE`] only when no file is to blame.
    pub span: Span,
    /// What is wrong, in the author's terms; no full stop at the end.
    pub message: String,
    /// How to mend it, or how Aldine did.
    pub hint: Option<String>,
    /// Other places that explain it, each with a word.
    pub related: Vec<(Span, String)>,
}

impl Diagnostic {
    /// A problem without hint yet.
    #[must_use]
    pub fn new(code: Code, span: Span, message: impl Into<String>) -> Self {
        Diagnostic { code, span, message: message.into(), hint: None, related: Vec::new() }
    }

    /// Adds the hint.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Adds another place.
    #[must_use]
    pub fn related(mut self, span: Span, word: impl Into<String>) -> Self {
        self.related.push((span, word.into()));
        self
    }
}

/// The problems found so far.
#[derive(Clone, Debug, Default)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
}

impl Diagnostics {
    /// None yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.list.push(diagnostic);
    }

    /// Adds all of another list.
    pub fn append(&mut self, mut other: Diagnostics) {
        self.list.append(&mut other.list);
    }

    /// Whether an error is among them.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.list.iter().any(|d| d.code.severity() == Severity::Error)
    }

    /// How many errors and how many warnings.
    #[must_use]
    pub fn counts(&self) -> (usize, usize) {
        let errors = self.list.iter().filter(|d| d.code.severity() == Severity::Error).count();
        (errors, self.list.len() - errors)
    }

    /// Sorts by place, then code, and drops what was said twice.
    pub fn sort(&mut self) {
        self.list.sort_by(|a, b| (a.span, a.code, &a.message).cmp(&(b.span, b.code, &b.message)));
        self.list.dedup();
    }

    /// All of them in their present order.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.list.iter()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }
}
