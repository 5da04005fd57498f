//! Where something stands in the manuscript.
//!
//! Enters: the texts that were read. Leaves: [`Span`]s, cheap enough to sit on every block and
//! inline, and [`Files`], which turn a span back into a name, a line and a column.
//! Promise: a span always names a place the author wrote; what Aldine generates has [`Span::NONE`].

use std::sync::Arc;

/// One text file of the manuscript (a source, or the settings), by its place in [`Files`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FileId(pub u32);

/// A range of bytes in one file; `start <= end`. Ordered by file, then place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// Stands on what no author wrote.
    pub const NONE: Span = Span { file: FileId(u32::MAX), start: 0, end: 0 };

    /// A span over `range` of `file`; ranges past 4 GiB saturate.
    #[must_use]
    pub fn new(file: FileId, range: std::ops::Range<usize>) -> Self {
        let narrow = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Span { file, start: narrow(range.start), end: narrow(range.end.max(range.start)) }
    }

    /// Whether this is [`Span::NONE`].
    #[must_use]
    pub fn is_none(self) -> bool {
        self.file == Self::NONE.file
    }

    /// The bytes covered, as a range to index the file's text with.
    #[must_use]
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The smallest span over both; `self` when they stand in different files.
    #[must_use]
    pub fn join(self, other: Span) -> Span {
        if self.is_none() {
            return other;
        }
        if self.file != other.file {
            return self;
        }
        Span { file: self.file, start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

/// A file as it was read: its text never changes after that.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// The path as the user would type it, `/` between folders, relative to the manuscript's folder.
    pub path: String,
    /// Its text, byte for byte (a byte order mark included).
    pub text: Arc<str>,
    /// Offset of each line's first byte.
    lines: Vec<u32>,
}

/// Line and column as editors show them, both from 1; columns count characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

impl SourceFile {
    /// Indexes the lines of `text`.
    #[must_use]
    pub fn new(path: impl Into<String>, text: impl Into<Arc<str>>) -> Self {
        let text = text.into();
        let mut lines = vec![0];
        lines.extend(text.match_indices('\n').map(|(at, _)| u32::try_from(at + 1).unwrap_or(u32::MAX)));
        SourceFile { path: path.into(), text, lines }
    }

    /// Line and column of a byte offset; offsets past the end give the end.
    #[must_use]
    pub fn place(&self, offset: usize) -> Place {
        let mut offset = offset.min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        let line = self.lines.partition_point(|&start| start as usize <= offset) - 1;
        let start = self.lines.get(line).map_or(0, |&start| start as usize);
        let before = self.text.get(start..offset).unwrap_or_default().trim_start_matches('\u{feff}');
        Place { line: line + 1, column: before.chars().count() + 1 }
    }

    /// Offset of the first byte of `line` (from 1); the text's length when there is no such line.
    #[must_use]
    pub fn line_start(&self, line: usize) -> usize {
        self.lines.get(line.saturating_sub(1)).map_or(self.text.len(), |&start| start as usize)
    }
}

/// Every text file that was read, settings included.
#[derive(Clone, Debug, Default)]
pub struct Files {
    files: Vec<SourceFile>,
}

impl Files {
    /// Adds a file and names it.
    pub fn add(&mut self, path: impl Into<String>, text: impl Into<Arc<str>>) -> FileId {
        self.files.push(SourceFile::new(path, text));
        FileId(u32::try_from(self.files.len() - 1).unwrap_or(u32::MAX))
    }

    /// The file, unless `id` is that of [`Span::NONE`].
    #[must_use]
    pub fn get(&self, id: FileId) -> Option<&SourceFile> {
        self.files.get(id.0 as usize)
    }

    /// All files in the order they were read.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        self.files.iter().enumerate().map(|(at, file)| (FileId(u32::try_from(at).unwrap_or(u32::MAX)), file))
    }

    /// The text under a span; empty for [`Span::NONE`].
    #[must_use]
    pub fn text(&self, span: Span) -> &str {
        self.get(span.file).and_then(|file| file.text.get(span.range())).unwrap_or_default()
    }
}
