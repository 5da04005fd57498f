//! What a library catalogue wants to know of a book.

/// A BCP 47 language tag that is well formed, as typed (`en`, `en-US`, `zh-Hant`).
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Language(String);

impl Language {
    /// Checks the form of RFC 5646 (subtags of 1–8 letters or digits, the first of 2–3 or 5–8
    /// letters), not the registry.
    #[must_use]
    pub fn parse(tag: &str) -> Option<Self> {
        let mut subtags = tag.split('-');
        let primary = subtags.next()?;
        let primary_fits =
            matches!(primary.len(), 2 | 3 | 5..=8) && primary.bytes().all(|b| b.is_ascii_alphabetic());
        let rest_fits =
            subtags.all(|s| matches!(s.len(), 1..=8) && s.bytes().all(|b| b.is_ascii_alphanumeric()));
        (primary_fits && rest_fits).then(|| Language(tag.to_owned()))
    }

    /// English, the language of a book that says nothing.
    #[must_use]
    pub fn english() -> Self {
        Language("en".to_owned())
    }

    /// The tag.
    #[must_use]
    pub fn tag(&self) -> &str {
        &self.0
    }

    /// The primary subtag in lower case: `en` of `en-US`.
    #[must_use]
    pub fn primary(&self) -> String {
        self.0.split('-').next().unwrap_or_default().to_ascii_lowercase()
    }

    /// Whether it is written from right to left, by its script or primary subtag.
    #[must_use]
    pub fn is_rtl(&self) -> bool {
        let script = self.0.split('-').skip(1).find(|s| s.len() == 4).map(str::to_ascii_lowercase);
        match script.as_deref() {
            Some("arab" | "hebr" | "thaa" | "syrc" | "nkoo" | "adlm" | "rohg") => true,
            Some(_) => false,
            None => matches!(
                self.primary().as_str(),
                "ar" | "he" | "iw" | "fa" | "ur" | "yi" | "dv" | "ps" | "sd" | "ug" | "ckb"
            ),
        }
    }
}

/// A moment in UTC, in seconds since 1970; it is always handed in, never read from a clock here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Timestamp(pub i64);

impl Timestamp {
    /// Year, month (1–12), day (1–31), hour, minute, second, by the proleptic Gregorian calendar
    /// (Hinnant, *chrono-compatible low-level date algorithms*, `civil_from_days`).
    #[must_use]
    pub fn civil(self) -> (i64, u8, u8, u8, u8, u8) {
        let days = self.0.div_euclid(86_400);
        let seconds = self.0.rem_euclid(86_400);
        let shifted = days + 719_468;
        let era = shifted.div_euclid(146_097);
        let day_of_era = shifted.rem_euclid(146_097);
        let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month_shifted = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * month_shifted + 2) / 5 + 1;
        let month = if month_shifted < 10 { month_shifted + 3 } else { month_shifted - 9 };
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        let small = |n: i64| u8::try_from(n).unwrap_or(0);
        (year, small(month), small(day), small(seconds / 3600), small(seconds / 60 % 60), small(seconds % 60))
    }

    /// `2026-11-24T08:00:00Z`.
    #[must_use]
    pub fn iso(self) -> String {
        let (year, month, day, hour, minute, second) = self.civil();
        format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
    }
}

/// Someone who made the book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contributor {
    /// As printed.
    pub name: String,
    /// MARC relator code: `aut`, `edt`, `trl`, `ill` …
    pub role: String,
    /// As sorted: "Melville, Herman".
    pub file_as: Option<String>,
}

/// The series a book belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Series {
    /// Its name.
    pub name: String,
    /// The book's place in it, as typed (`2`, `2.5`).
    pub number: Option<String>,
}

/// A version of the Web Content Accessibility Guidelines and a level of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wcag {
    /// `2.0`, `2.1` or `2.2`.
    pub version: &'static str,
    /// `A`, `AA` or `AAA`.
    pub level: &'static str,
}

impl Wcag {
    /// Versions that conformance can be claimed to.
    const VERSIONS: [&'static str; 3] = ["2.0", "2.1", "2.2"];
    /// Levels, the least first.
    const LEVELS: [&'static str; 3] = ["A", "AA", "AAA"];

    /// Reads `WCAG 2.2 AA`, in any case, with or without the words WCAG and Level.
    #[must_use]
    pub fn parse(typed: &str) -> Option<Self> {
        let upper = typed.to_ascii_uppercase();
        let mut words = upper.split_whitespace().filter(|word| !matches!(*word, "WCAG" | "LEVEL"));
        let version =
            words.next().and_then(|word| Self::VERSIONS.into_iter().find(|known| *known == word))?;
        let level = words.next().and_then(|word| Self::LEVELS.into_iter().find(|known| *known == word))?;
        words.next().is_none().then_some(Wcag { version, level })
    }
}

/// What the publisher says that the EPUB conforms to, and who found it so. Nothing of it is Aldine's to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conformance {
    /// To what.
    pub wcag: Wcag,
    /// Who found it so.
    pub certified_by: Option<String>,
    /// What entitles them.
    pub credential: Option<String>,
    /// The address of their report.
    pub report: Option<String>,
}

/// What is known of the book beside its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Metadata {
    /// Title.
    pub title: String,
    /// Subtitle.
    pub subtitle: Option<String>,
    /// Authors and others, in the order given; authors have the role `aut`.
    pub contributors: Vec<Contributor>,
    /// Main language.
    pub language: Language,
    /// The author's own identifier (an ISBN, a DOI, a UUID, any text).
    pub identifier: Option<String>,
    /// Thirteen digits, of the print edition.
    pub isbn_print: Option<String>,
    /// Thirteen digits, of the EPUB.
    pub isbn_epub: Option<String>,
    /// What the publisher claims of the EPUB.
    pub conformance: Option<Conformance>,
    /// Publisher.
    pub publisher: Option<String>,
    /// Date of publication as typed: a year, a month or a day in ISO 8601.
    pub date: Option<String>,
    /// Rights.
    pub rights: Option<String>,
    /// What it is about, in a paragraph.
    pub description: Option<String>,
    /// Subjects or keywords.
    pub subjects: Vec<String>,
    /// Series.
    pub series: Option<Series>,
    /// When the editions are made.
    pub modified: Timestamp,
    /// The editions' file name without ending.
    pub file_name: String,
    /// Words of the author's own in place of [phrases](crate::phrases), by the names of their fields.
    pub phrases: Vec<(String, String)>,
}

impl Metadata {
    /// The names of those with the role `aut`, in order.
    pub fn authors(&self) -> impl Iterator<Item = &str> {
        self.contributors.iter().filter(|c| c.role == "aut").map(|c| c.name.as_str())
    }
}
