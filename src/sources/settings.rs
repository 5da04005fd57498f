//! The settings: one set of keys for `aldine.toml` and front matter.

use crate::measure::Measure;
use crate::model::{Contributor, Language, Series, Wcag};
use crate::span::Span;

/// A value and the place where it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Its place.
    pub span: Span,
}

/// What ordinary text means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Dialect {
    /// CommonMark and GFM, attributes and directives.
    #[default]
    Gfm,
    /// Super- and subscript, definition lists and inline notes as well.
    Aldine,
}

/// What the PDF is held to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PdfStandard {
    /// PDF/UA-1 (ISO 14289-1) and PDF/A-2a (ISO 19005-2) at once, in PDF 1.7.
    #[default]
    Ua1,
    /// PDF/A-4 (ISO 19005-4), in PDF 2.0. It is tagged as the others are, but claims no PDF/UA.
    A4,
    /// PDF/UA-2 (ISO 14289-2) and PDF/A-4 at once, in PDF 2.0.
    Ua2,
}

/// How the text edition is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum TextProfile {
    /// UTF-8, all that layout shows said in words, pages of the print edition marked.
    #[default]
    ScreenReader,
    /// The conventions of Project Gutenberg: for the eye, and without pages.
    Gutenberg,
    /// As for screen readers, transliterated to ASCII.
    Ascii,
    /// Pages of braille cells, made by a program that the settings name.
    Braille,
}

impl TextProfile {
    /// Every profile, by the word that the settings have for it.
    pub const NAMED: &'static [(&'static str, TextProfile)] = &[
        ("screen-reader", TextProfile::ScreenReader),
        ("gutenberg", TextProfile::Gutenberg),
        ("ascii", TextProfile::Ascii),
        ("braille-ready", TextProfile::Braille),
    ];
}

/// Everything an author can set; what was not set is `None` or empty.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Settings {
    /// `title`.
    pub title: Option<Spanned<String>>,
    /// `subtitle`.
    pub subtitle: Option<String>,
    /// `authors` (names, or tables with name, role, file-as), `author` as well.
    pub contributors: Vec<Contributor>,
    /// `language`, `lang` as well.
    pub language: Option<Spanned<Language>>,
    /// `identifier`.
    pub identifier: Option<Spanned<String>>,
    /// `[pdf] isbn`, thirteen digits, checked.
    pub isbn_print: Option<Spanned<String>>,
    /// `[epub] isbn`, thirteen digits, checked.
    pub isbn_epub: Option<Spanned<String>>,
    /// `[epub] conforms-to`, a version of WCAG and a level.
    pub conforms_to: Option<Spanned<Wcag>>,
    /// `[epub] certified-by`: who found it so.
    pub certified_by: Option<Spanned<String>>,
    /// `[epub] certifier-credential`: what entitles them.
    pub certifier_credential: Option<Spanned<String>>,
    /// `[epub] certifier-report`: the address of what they found.
    pub certifier_report: Option<Spanned<String>>,
    /// `publisher`.
    pub publisher: Option<String>,
    /// `date`, ISO 8601: a year, month or day.
    pub date: Option<Spanned<String>>,
    /// `rights`.
    pub rights: Option<String>,
    /// `description`.
    pub description: Option<String>,
    /// `subjects`, `keywords` as well.
    pub subjects: Vec<String>,
    /// `series`, a name or a table with name and number.
    pub series: Option<Series>,
    /// `cover`, a path.
    pub cover: Option<Spanned<String>>,
    /// `name`: the editions' file name without ending.
    pub name: Option<Spanned<String>>,
    /// `dialect`.
    pub dialect: Dialect,
    /// `style`, a built-in style's name or a folder's path.
    pub style: Option<Spanned<String>>,
    /// `number-sections`: `Some(0)` none, `Some(n)` down to level n; unset: as the style says.
    pub number_sections: Option<u8>,
    /// `base-url`: where relative links out of the book lead.
    pub base_url: Option<Spanned<String>>,
    /// `typographic`: whether straight quotes and dashes are made typographic; unset: yes.
    pub typographic: Option<bool>,
    /// `fonts`: files to fall back on, in this order, before the embedded ones' last resort.
    pub fonts: Vec<Spanned<String>>,
    /// `system-fonts`: whether the system's fonts may be used as the last resort.
    pub system_fonts: bool,
    /// `allow-outside`: whether paths may leave the manuscript's folder.
    pub allow_outside: bool,
    /// `[pdf] page`, a name of a page size or `WxH`; unset: as the style says.
    pub page: Option<Spanned<String>>,
    /// `[pdf] size`: size of the text's type; unset: as the style says.
    pub size: Option<Spanned<Measure>>,
    /// `[pdf] standard`.
    pub pdf_standard: PdfStandard,
    /// `[text] width` in columns, 0 for one line a paragraph; unset: 72.
    pub text_width: Option<Spanned<u32>>,
    /// `[text] profile`; unset: for screen readers.
    pub text_profile: Option<Spanned<TextProfile>>,
    /// `[text] braille`: the program that translates into braille, by its name or whole path.
    pub braille: Option<Spanned<String>>,
    /// `[text] braille-table`: what that program calls its table; unset: by the book's language.
    pub braille_table: Option<Spanned<String>>,
    /// `[phrases]`: words in place of Aldine's own, by the names of their fields.
    pub phrases: Vec<(String, String)>,
    /// `guess-languages`: whether passages that seem to be in another language are told.
    pub guess_languages: bool,
    /// `[manuscript] folder`, default `manuscript`.
    pub folder: Option<Spanned<String>>,
    /// `[manuscript] files`, in order; empty: the folder is walked.
    pub listed: Vec<Spanned<String>>,
    /// `hyphenation`: words with their breaks, `ta-ble`.
    pub hyphenation: Vec<String>,
}
