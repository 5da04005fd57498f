//! Filled columns to sheets: every strip in its column, at its height.
//!
//! Enters: the columns and the pages chosen for them. Leaves: their [`Sheet`]s, the rows of the left column before
//! those of the right. Promise: strips stand where the search counted them, for both move the same [`Cursor`]; the
//! last line of a full column stands where the last line of a page of text would.

use super::{Columns, End, Filled, Top, can_grow};
use crate::layout::galley::Kind;
use crate::layout::pages::sheets::repeat_head;
use crate::layout::pages::states::Cursor;
use crate::layout::pages::{Flow, Geometry, Row, Sheet, Start};
use crate::measure::Length;
use std::ops::Range;

/// Adds the pages of columns.
pub(in crate::layout::pages) fn add(
    flow: &Flow,
    page: Geometry,
    (columns, filled): (&Columns, &Filled),
    sheets: &mut Vec<Sheet>,
) {
    let Some(galley) = flow.galleys.get(columns.galley) else { return };
    for (top, pair) in &filled.pages {
        let mut rows = if top.turned { Vec::new() } else { columns.opening(page) };
        let foot = columns.place.leading * columns.room(top, pair.depth);
        let mut from = top.at;
        for (end, x) in pair.ends.iter().zip(columns.place.edges) {
            let Some(end) = end else { continue };
            columns.column(flow, (from..end.last + 1, end), (foot, columns.shift(top, page), x), &mut rows);
            from = end.last + 1;
        }
        let opening = !top.turned && galley.start != Start::Run;
        let folio = galley.folio && !opening;
        let (kind, roman) = (galley.kind, galley.roman);
        sheets.push(Sheet { kind, opening, folio, roman, rows, notes: Vec::new(), rule: None });
    }
}

impl Columns {
    /// How far down the page the columns begin. They are moved so that their last line stands where the text's
    /// would, by the little that their letters stand higher or lower in it.
    fn shift(&self, top: &Top, page: Geometry) -> Length {
        let begin = if top.turned { Length::ZERO } else { self.top };
        begin + self.place.below - page.below
    }

    /// What stands over both columns.
    fn opening(&self, page: Geometry) -> Vec<Row> {
        let mut cursor = Cursor::TOP;
        let lines = self.lines.iter().enumerate().take(self.place.from);
        let placed = lines.filter_map(|(strip, line)| {
            let (y, height) = cursor.take(line, page.leading, page.height)?;
            Some(self.row(strip, (Length::ZERO, y), height))
        });
        placed.collect()
    }

    /// The strips of a column.
    fn column(
        &self,
        flow: &Flow,
        (strips, end): (Range<usize>, &End),
        (foot, begin, x): (Length, Length, Length),
        rows: &mut Vec<Row>,
    ) {
        let (mut cursor, mut wider) = (Cursor::TOP, end.widened());
        for (strip, line) in self.lines.iter().enumerate().take(strips.end).skip(strips.start) {
            if line.kind == Kind::Content && !cursor.filled && line.head > Length::ZERO {
                rows.extend(repeat_head(flow, (self.galley, strip), (x, begin + cursor.y)));
            }
            let grows = wider > 0 && can_grow(line, self.place.leading, &cursor);
            let Some((y, height)) = cursor.take(line, self.place.leading, foot) else { continue };
            rows.push(self.row(strip, (x, begin + y), height));
            if grows {
                cursor.y += self.place.leading;
                wider -= 1;
            }
        }
    }

    fn row(&self, strip: usize, (x, y): (Length, Length), height: Length) -> Row {
        Row { galley: self.galley, strip, other: None, x, y, height, head: None, float: false }
    }
}
