//! Lines to pages and paragraphs.
//!
//! Enters: what was opened, and the leaves read. Leaves: a [`Volume`]: pages of lines that are told
//! apart, paragraphs over pages, and where chapters begin. Promise: tags are used where the file has
//! them, places on the page where it has none.

use super::block::{Habits, number};
use super::lines::{Line, Places, Role, lines};
use super::untagged;
use super::words::Leaf;
use crate::proof::Heading;
use crate::proof::pdf::{Mass, Opened, Owner, Said};
use std::collections::BTreeSet;

/// So many pairs of lines beside each other make columns.
const COLUMNS: usize = 3;

/// A page.
#[derive(Debug)]
pub(super) struct Page {
    /// As its label says.
    pub(super) label: String,
    /// In points.
    pub(super) width: f64,
    /// In points.
    pub(super) height: f64,
    /// From the top.
    pub(super) lines: Vec<Line>,
    /// Pictures and rules.
    pub(super) masses: Vec<Mass>,
}

impl Page {
    /// Lines of the text, notes and what isn't read out apart.
    pub(super) fn body(&self) -> impl DoubleEndedIterator<Item = &Line> {
        self.lines.iter().filter(|line| is_body(line.place.role))
    }

    /// Lines of this role.
    pub(super) fn of(&self, role: Role) -> impl Iterator<Item = &Line> {
        self.lines.iter().filter(move |line| line.place.role == role)
    }

    /// Whether text stands in columns: lines of two paragraphs beside each other, several times.
    pub(super) fn in_columns(&self) -> bool {
        let lines: Vec<&Line> = self.body().filter(|line| line.place.role <= Role::Apart).collect();
        let beside = |pair: &&[&Line]| match pair {
            [one, other] => {
                (one.baseline - other.baseline).abs() < 0.5
                    && one.place.block != other.place.block
                    && one.right < other.left
            }
            _ => false,
        };
        lines.windows(2).filter(beside).count() >= COLUMNS
    }

    /// The last baseline, notes included.
    pub(super) fn last_baseline(&self) -> Option<f64> {
        let text = self.lines.iter().filter(|line| line.place.role > Role::Ornament);
        text.map(|line| line.baseline).max_by(f64::total_cmp)
    }
}

fn is_body(role: Role) -> bool {
    role > Role::Ornament && role < Role::Note
}

/// A paragraph over one page or more.
#[derive(Debug)]
pub(super) struct Paragraph {
    /// Its lines: page, and place among the page's lines.
    pub(super) lines: Vec<(usize, usize)>,
    /// What it is.
    pub(super) role: Role,
}

/// Where a section begins.
#[derive(Debug, Clone)]
pub(super) struct Section {
    /// From 1.
    pub(super) level: u8,
    /// What its heading says.
    pub(super) title: String,
    /// The page, from 0.
    pub(super) page: usize,
    /// Baseline of its heading's first line, where it was found.
    pub(super) baseline: Option<f64>,
    /// No other text stands above its heading on the page.
    pub(super) begins: bool,
    /// Neither it nor another section of its level in the same one begins a page: in a book of parts the
    /// sections of a preface are of the level that chapters are of.
    pub(super) runs_on: bool,
}

/// A file, read.
pub(super) struct Volume {
    /// Whether it has a structure.
    pub(super) tagged: bool,
    /// Its pages.
    pub(super) pages: Vec<Page>,
    /// What is usual.
    pub(super) habits: Habits,
    /// In reading order.
    pub(super) paragraphs: Vec<Paragraph>,
    /// In reading order.
    pub(super) sections: Vec<Section>,
    /// Sections of this level and above begin pages of their own, if any do.
    pub(super) opening_level: Option<u8>,
    /// Bookmarks, with their pages.
    pub(super) bookmarks: Vec<(Heading, Option<usize>)>,
    /// Title and author.
    pub(super) names: Vec<String>,
}

impl Volume {
    /// Puts what was read together.
    pub(super) fn of(opened: Opened, leaves: Vec<Leaf>, said: Option<Said>) -> Volume {
        let tree = said.map(|said| said.tree).unwrap_or_default();
        let places = Places::of(&tree);
        let tagged = !tree.elements.is_empty();
        let mut sheets = Vec::new();
        let mut all: Vec<Vec<Line>> = Vec::new();
        for (at, mut leaf) in leaves.into_iter().enumerate() {
            let owners = tree.owners.get(at);
            all.push(lines(at, &mut leaf, &places, owners));
            sheets.push((leaf.width, leaf.height, leaf.masses));
        }
        if !tagged {
            untagged::roles(&mut all, &opened.bookmarks);
        }
        let habits = Habits::of(&all);
        let labels = opened.labels.iter().cloned().chain(std::iter::repeat(String::new()));
        let pages: Vec<Page> = all
            .into_iter()
            .zip(sheets)
            .zip(labels)
            .map(|((lines, (width, height, masses)), label)| Page { label, width, height, lines, masses })
            .collect();
        let paragraphs = paragraphs(&pages, &habits, tagged);
        let mut sections = sections(&pages, &opened.bookmarks, tagged);
        run_on(&mut sections);
        let opening_level = opening_level(&sections);
        let (names, bookmarks) = (opened.names(), opened.bookmarks);
        Volume { tagged, pages, habits, paragraphs, sections, opening_level, bookmarks, names }
    }

    /// The line of a paragraph.
    pub(super) fn line(&self, at: (usize, usize)) -> Option<&Line> {
        self.pages.get(at.0)?.lines.get(at.1)
    }

    /// The lines of a paragraph.
    pub(super) fn lines_of(&self, paragraph: &Paragraph) -> Vec<&Line> {
        paragraph.lines.iter().filter_map(|at| self.line(*at)).collect()
    }

    /// The sections that begin a page of their own.
    pub(super) fn openings(&self) -> impl Iterator<Item = &Section> {
        let level = self.opening_level.unwrap_or(0);
        self.sections.iter().filter(move |section| section.level <= level && !section.runs_on)
    }

    /// Whether an opening stands on the page.
    pub(super) fn opens(&self, page: usize) -> bool {
        self.openings().any(|section| section.page == page)
    }

    /// Whether the text ends on this page: the next that isn't blank begins a chapter or columns, or there is none.
    pub(super) fn ends(&self, page: usize) -> bool {
        let next =
            self.pages.iter().enumerate().skip(page + 1).find(|(_, next)| next.body().next().is_some());
        next.is_none_or(|(at, next)| {
            self.opens(at)
                || next.in_columns() != self.pages.get(page).is_some_and(Page::in_columns)
                || next.body().all(|line| line.place.role == Role::Contents)
                || at > page + 1
        })
    }

    /// Whether running text stands on the page.
    pub(super) fn has_text(&self, page: usize) -> bool {
        self.pages.get(page).is_some_and(|page| page.lines.iter().any(|line| self.habits.is_text(line)))
    }
}

/// Letters and digits, small: what is left of a title in capitals with a number before it.
pub(super) fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn paragraphs(pages: &[Page], habits: &Habits, tagged: bool) -> Vec<Paragraph> {
    let mut all: Vec<Paragraph> = Vec::new();
    let mut last: Option<&Line> = None;
    for (page, at, line) in pages
        .iter()
        .enumerate()
        .flat_map(|(page, leaf)| leaf.lines.iter().enumerate().map(move |(at, l)| (page, at, l)))
    {
        if !is_body(line.place.role) {
            continue;
        }
        let counts = matches!(line.place.role, Role::Text | Role::Apart)
            && (line.size - habits.size).abs() <= 0.12 * habits.size;
        let goes_on = last.is_some_and(|last| {
            last.place.role == line.place.role
                && if tagged { last.place.block == line.place.block } else { follows(last, line, habits) }
        });
        match all.last_mut().filter(|_| goes_on && counts) {
            Some(open) => open.lines.push((page, at)),
            None if counts => all.push(Paragraph { lines: vec![(page, at)], role: line.place.role }),
            None => {}
        }
        last = Some(line);
    }
    all
}

/// Whether a line goes on with the paragraph, told from places alone.
fn follows(last: &Line, line: &Line, habits: &Habits) -> bool {
    let indent = line.left - habits.left_of(line.page);
    let short =
        habits.right_of(last.page) - last.right > if habits.justified { 1.0 } else { 12.0 } * habits.size;
    let gap = line.page == last.page && line.baseline - last.baseline > 1.3 * habits.leading;
    indent.abs() < 0.5 * habits.size && !short && !gap
}

fn sections(pages: &[Page], bookmarks: &[(Heading, Option<usize>)], tagged: bool) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    let mut last: Option<(Option<usize>, u8)> = None;
    for line in pages.iter().flat_map(Page::body) {
        let Role::Heading(level) = line.place.role else {
            last = None;
            continue;
        };
        let key = (line.place.block, level);
        match sections.last_mut().filter(|_| last == Some(key)) {
            Some(open) => {
                open.title.push(' ');
                open.title.push_str(&line.text());
            }
            None => {
                let (title, page, baseline) = (line.text(), line.page, Some(line.baseline));
                let begins = begins(pages, page, baseline);
                sections.push(Section { level, title, page, baseline, begins, runs_on: false });
            }
        }
        last = Some(key);
    }
    if !tagged && !bookmarks.is_empty() {
        let from_bookmark = |(heading, page): &(Heading, Option<usize>)| {
            let title = heading.words.clone();
            let same = |section: &&Section| {
                Some(section.page) == *page && letters(&title).contains(&letters(&section.title))
            };
            let baseline = sections.iter().find(same).and_then(|section| section.baseline);
            let (level, page) = (heading.level, (*page)?);
            let begins = begins(pages, page, baseline);
            Some(Section { level, title, page, baseline, begins, runs_on: false })
        };
        return bookmarks.iter().filter_map(from_bookmark).collect();
    }
    sections
}

/// Whether no text but headings stands above a place on its page; as good as not where the place isn't known.
fn begins(pages: &[Page], page: usize, baseline: Option<f64>) -> bool {
    let Some(baseline) = baseline else { return true };
    let above = |line: &&Line| line.baseline < baseline - 0.5;
    let mut above = pages.get(page).into_iter().flat_map(Page::body).filter(above);
    above.all(|line| matches!(line.place.role, Role::Heading(_)))
}

/// Notes which sections in others run on.
fn run_on(sections: &mut [Section]) {
    // The sections that are open, the innermost last, each with its place.
    let mut open: Vec<(u8, usize)> = Vec::new();
    let mut parents: Vec<Option<usize>> = Vec::with_capacity(sections.len());
    let mut begun: BTreeSet<(Option<usize>, u8)> = BTreeSet::new();
    for (at, section) in sections.iter().enumerate() {
        open.truncate(open.iter().take_while(|(level, _)| *level < section.level).count());
        let parent = open.last().map(|(_, parent)| *parent);
        open.push((section.level, at));
        parents.push(parent);
        if section.begins {
            begun.insert((parent, section.level));
        }
    }
    for (section, parent) in sections.iter_mut().zip(parents) {
        section.runs_on = parent.is_some() && !begun.contains(&(parent, section.level));
    }
}

/// The deepest level whose sections nearly all begin a page.
fn opening_level(sections: &[Section]) -> Option<u8> {
    let mut deepest = None;
    for level in 1..=6 {
        let of_level = || sections.iter().filter(|section| section.level == level);
        let (all, good) = (of_level().count(), of_level().filter(|section| section.begins).count());
        // One section or two may begin a page by chance.
        let few = deepest.is_some() && (1..3).contains(&all);
        if number(good) < 0.8 * number(all) || few {
            break;
        }
        if all > 0 {
            deepest = Some(level);
        }
    }
    deepest
}

/// Whether a mass is a picture or part of the text, no rule or ornament.
pub(super) fn is_picture(mass: &Mass) -> bool {
    !matches!(mass.owner, Owner::Head | Owner::Pagination)
        && mass.area.height() > 4.0
        && mass.area.width() > 4.0
}
