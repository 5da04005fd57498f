//! What can be typed after `aldine`, and what `--help` says of it.

use clap::builder::styling::{AnsiColor, Styles};
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

const STYLES: Styles = Styles::styled()
    .header(AnsiColor::Green.on_default().bold())
    .usage(AnsiColor::Green.on_default().bold())
    .literal(AnsiColor::Cyan.on_default().bold())
    .placeholder(AnsiColor::Cyan.on_default());

/// One Markdown manuscript in, three editions out: PDF, EPUB and plain text
#[derive(Debug, Parser)]
#[command(name = "aldine", version, styles = STYLES, max_term_width = 100, arg_required_else_help = true)]
#[command(after_help = EXITS)]
pub(super) struct Arguments {
    #[command(flatten)]
    pub(super) look: Look,
    #[command(subcommand)]
    pub(super) command: Command,
}

const EXITS: &str = "Exit codes: 0 done · 1 the manuscript has errors (or warnings, with --strict) and nothing \
                     was written, or a rule of `proof` is broken · 2 wrong usage · 3 a file could not be read or written";

/// How the program speaks.
#[derive(Debug, Args)]
pub(super) struct Look {
    /// Say nothing but what is wrong
    #[arg(short, long, global = true)]
    pub(super) quiet: bool,
    /// When to use colours; `auto` also honours NO_COLOR
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto, value_name = "WHEN")]
    pub(super) color: Color,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Color {
    /// On a terminal
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Write a small book to begin with, which builds at once
    #[command(after_help = "Example:\n  aldine new my-novel\n  cd my-novel\n  aldine build")]
    New(NewArgs),
    /// Make the PDF, the EPUB and the plain text of a manuscript
    #[command(
        after_help = "Examples:\n  aldine build                      the book in this folder, into dist/\n  \
                            aldine build essay.md --only pdf  one edition of one file\n  \
                            aldine build book --out print --style technical\n  \
                            aldine build --explain-page 41    why page 41 ends where it does"
    )]
    Build(BuildArgs),
    /// Say what is wrong with a manuscript, and write nothing
    #[command(after_help = "Examples:\n  aldine check                      the book in this folder\n  \
                            aldine check essay.md --strict    warnings count as errors\n  \
                            aldine check --format json        for editors and scripts")]
    Check(CheckArgs),
    /// Show the sections of a book, with their numbers
    #[command(after_help = "Examples:\n  aldine outline                    the book in this folder\n  \
                            aldine outline book.md --format json")]
    Outline(OutlineArgs),
    /// Measure the typography of finished PDFs, on the files alone
    #[command(
        after_help = "Twenty rules, each with the figure measured, the figure to reach and the pages where it is \
                      broken, by folio and (in parentheses) by number in the file. Pages are read glyph by glyph; \
                      files of other programs are measured too.\n\n\
                      Exit codes: 0 every rule that could be measured holds · 1 one is broken · 3 a file can't be \
                      read\n\nExamples:\n  aldine proof dist/my-novel.pdf\n  \
                      aldine proof mine.pdf theirs.pdf --format json"
    )]
    Proof(ProofArgs),
}

#[derive(Debug, Args)]
pub(super) struct NewArgs {
    /// The folder to make; it must not exist yet, or be empty
    #[arg(value_name = "DIR")]
    pub(super) folder: PathBuf,
}

/// The manuscript, as every command takes it.
#[derive(Debug, Args)]
pub(super) struct Input {
    /// A Markdown file, or a folder with aldine.toml and manuscript/
    #[arg(value_name = "MANUSCRIPT", default_value = ".", hide_default_value = true)]
    pub(super) manuscript: PathBuf,
    /// A built-in style's name (classic, technical, essay, large-print), or a style's folder in
    /// the manuscript's
    #[arg(long, value_name = "NAME")]
    pub(super) style: Option<String>,
    /// Threads to use; by default as many as there are processors
    #[arg(short, long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=512))]
    pub(super) jobs: Option<u16>,
}

#[derive(Debug, Args)]
pub(super) struct BuildArgs {
    #[command(flatten)]
    pub(super) input: Input,
    /// Only these editions, with commas between them
    #[arg(long, value_enum, value_delimiter = ',', value_name = "EDITIONS")]
    pub(super) only: Vec<EditionName>,
    /// Where to write, from the current folder [default: dist in the manuscript's folder]
    #[arg(short, long, value_name = "DIR")]
    pub(super) out: Option<PathBuf>,
    /// Write beside the editions what an ONIX record says of the EPUB's accessibility (code list 196)
    #[arg(long)]
    pub(super) onix_accessibility: bool,
    /// Name of the files without their ending, instead of the title's
    #[arg(long, value_name = "NAME")]
    pub(super) name: Option<String>,
    /// Say why pages end where they do, by the numbers printed on them: 41, xii, 12-14; with
    /// commas between several
    #[arg(long, value_delimiter = ',', value_name = "PAGES")]
    pub(super) explain_page: Vec<Pages>,
    /// Warnings count as errors
    #[arg(long)]
    pub(super) strict: bool,
    /// How to tell what is wrong
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub(super) format: Format,
}

/// A page by its number as printed, or all from one to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pages {
    pub(super) first: String,
    pub(super) last: String,
}

impl std::str::FromStr for Pages {
    type Err = String;

    fn from_str(typed: &str) -> Result<Self, String> {
        let (first, last) = typed.split_once(['-', '–']).unwrap_or((typed, typed));
        let label = |part: &str| {
            let part = part.trim().to_ascii_lowercase();
            let all = |may: fn(char) -> bool| !part.is_empty() && part.chars().all(may);
            let known = all(|c| c.is_ascii_digit()) || all(|c| "ivxlcdm".contains(c));
            if known { Ok(part) } else { Err("pages are like 41, xii or 12-14".to_owned()) }
        };
        Ok(Pages { first: label(first)?, last: label(last)? })
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum EditionName {
    /// For print
    Pdf,
    /// For e-readers
    Epub,
    /// The same for Kobo's own reader; only when it is named
    Kepub,
    /// For screen readers and braille
    Text,
}

impl EditionName {
    /// As the library calls it.
    pub(super) fn name(self) -> &'static str {
        match self {
            EditionName::Pdf => "pdf",
            EditionName::Epub => "epub",
            EditionName::Kepub => "kepub",
            EditionName::Text => "text",
        }
    }
}

#[derive(Debug, Args)]
pub(super) struct CheckArgs {
    #[command(flatten)]
    pub(super) input: Input,
    /// Also tell passages that seem to be in another language and aren't marked: a guess, by small
    /// words and by scripts
    #[arg(long)]
    pub(super) guess_languages: bool,
    /// Warnings count as errors
    #[arg(long)]
    pub(super) strict: bool,
    /// How to tell it
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub(super) format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// With the lines in question, for people
    Human,
    /// One JSON document, for programs
    Json,
}

#[derive(Debug, Args)]
pub(super) struct OutlineArgs {
    #[command(flatten)]
    pub(super) input: Input,
    /// How to show it
    #[arg(long, value_enum, default_value_t = OutlineFormat::Text)]
    pub(super) format: OutlineFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum OutlineFormat {
    /// A line for each section
    Text,
    /// One JSON document, for programs
    Json,
}

#[derive(Debug, Args)]
pub(super) struct ProofArgs {
    /// Finished PDF files
    #[arg(value_name = "FILES", required = true)]
    pub(super) files: Vec<PathBuf>,
    /// How to tell it
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub(super) format: Format,
}
