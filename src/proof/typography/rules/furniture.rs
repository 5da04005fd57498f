//! What stands round the text: openings, running heads, folios, contents.
//!
//! Enters: a volume. Leaves: rules 15, 16 and 17.

use crate::proof::typography::block::{number, side};
use crate::proof::typography::lines::{Line, Role, is_number};
use crate::proof::typography::pages::{Page, Section, Volume, is_picture, letters};
use crate::proof::typography::report::Rule;
use std::collections::BTreeMap;

/// Rule 15: parts and the first chapter open on a recto, chapters on a new page; no head and no folio
/// there; blank pages are blank.
pub(crate) fn openings(volume: &Volume) -> Rule {
    let openings: Vec<&Section> = volume.openings().collect();
    if openings.is_empty() {
        return Rule::unmeasured(15, "no level of sections begins pages of its own");
    }
    let mut wrong: BTreeMap<&'static str, Vec<usize>> = BTreeMap::new();
    let mut tell = |what, page| wrong.entry(what).or_default().push(page);
    let has = |at: usize, role| volume.pages.get(at).is_some_and(|page| page.of(role).next().is_some());
    let pages: Vec<usize> = openings.iter().map(|section| section.page).collect();
    for section in openings.iter().filter(|section| !section.begins) {
        tell("within a page", section.page);
    }
    let folios = pages.iter().filter(|page| has(**page, Role::Folio)).count();
    let dropped = number(folios) >= 0.9 * number(pages.len());
    for &page in &pages {
        if has(page, Role::Head) {
            tell("with a head", page);
        }
        if !dropped && has(page, Role::Folio) {
            tell("with a folio", page);
        }
    }
    let first = openings.iter().find(|section| is_arabic(volume, section.page)).copied();
    let on_recto = openings.iter().filter(|section| is_part(volume, section)).copied().chain(first);
    for section in on_recto.filter(|section| side(section.page) == 1) {
        tell("on a verso", section.page);
    }
    for (at, _) in volume.pages.iter().enumerate().filter(|(_, page)| is_empty(page)) {
        if has(at, Role::Head) || has(at, Role::Folio) {
            tell("blank pages that aren't", at);
        }
    }
    let told: Vec<String> = wrong.iter().map(|(what, pages)| format!("{} {what}", pages.len())).collect();
    let text = format!("{} openings", openings.len());
    let text = if told.is_empty() { text } else { format!("{text}: {}", told.join(", ")) };
    let count = wrong.values().map(Vec::len).sum::<usize>();
    let rule = Rule::new(15, text, count == 0)
        .figure("openings", number(openings.len()))
        .figure("wrong", number(count))
        .at(&volume.pages, wrong.into_values().flatten())
        .note(format!("sections down to level {} begin pages", volume.opening_level.unwrap_or(0)));
    if dropped { rule.note("nearly all openings have a folio: taken for the style's way") } else { rule }
}

/// Whether nothing of the book stands on the page.
fn is_empty(page: &Page) -> bool {
    page.body().next().is_none()
        && page.of(Role::Note).next().is_none()
        && !page.masses.iter().any(is_picture)
}

fn is_arabic(volume: &Volume, page: usize) -> bool {
    volume.pages.get(page).is_some_and(|page| page.label.chars().all(|c| c.is_ascii_digit()))
}

/// A part has sections of an opening level in it: the next opening is one of them.
fn is_part(volume: &Volume, section: &Section) -> bool {
    let next = volume.openings().skip_while(|other| !std::ptr::eq(*other, section)).nth(1);
    next.is_some_and(|next| next.level > section.level)
}

/// Rule 16: running heads name a section on the page, the book or its author; they are artifacts.
pub(crate) fn heads(volume: &Volume) -> Rule {
    let book: Vec<String> = volume.names.iter().map(|name| letters(name)).collect();
    let (mut all, mut wrong, mut read_out) = (0, Vec::new(), Vec::new());
    let top = volume.pages.iter().flat_map(|page| page.of(Role::Head)).map(|line| line.baseline);
    let lowest = top.max_by(f64::total_cmp).unwrap_or_default();
    for (at, page) in volume.pages.iter().enumerate() {
        let mut names = current(volume, at);
        names.extend(book.iter().cloned());
        for line in page.of(Role::Head) {
            all += 1;
            if !names.iter().any(|name| is_named(&line.text(), name)) {
                wrong.push(at);
            }
        }
        let strays = page.body().filter(|line| line.baseline <= lowest && lowest < volume.habits.top);
        read_out.extend(strays.filter(|_| volume.tagged).map(|line| line.page));
    }
    if all == 0 {
        return Rule::unmeasured(16, "there are none");
    }
    let mut text = format!("{} of {all} name nothing on the page", wrong.len());
    if !read_out.is_empty() {
        text.push_str(&format!(", {} are read out", read_out.len()));
    }
    let rule = Rule::new(16, text, wrong.is_empty() && read_out.is_empty())
        .figure("heads", number(all))
        .figure("wrong", number(wrong.len()))
        .figure("read_out", number(read_out.len()))
        .at(&volume.pages, wrong.into_iter().chain(read_out));
    if volume.tagged { rule } else { rule.note("without tags nothing says whether heads are read out") }
}

/// What the sections are called that are open on a page: the last of each level before it, and those
/// that begin on it.
fn current(volume: &Volume, page: usize) -> Vec<String> {
    let mut open: BTreeMap<u8, &str> = BTreeMap::new();
    let mut names = Vec::new();
    for section in volume.sections.iter().take_while(|section| section.page <= page) {
        if section.page == page {
            names.push(letters(&section.title));
        }
        if section.page < page {
            open.retain(|level, _| *level < section.level);
            open.insert(section.level, &section.title);
        }
    }
    names.extend(open.values().map(|title| letters(title)));
    names
}

/// Whether a head says a title: with its number or without, or cut with a sign that says so.
fn is_named(head: &str, title: &str) -> bool {
    let said = letters(head);
    if said.chars().count() < 3 || title.chars().count() < 3 {
        return !said.is_empty() && said == title;
    }
    let cut = head.trim_end().ends_with('…') && title.contains(&said);
    title.ends_with(&said) || said.ends_with(title) || cut
}

/// Rule 17: the folio that is printed is the page's label and what the contents say; odd is recto.
pub(crate) fn folios(volume: &Volume) -> Rule {
    let (mut all, mut wrong) = (0, Vec::new());
    for (at, page) in volume.pages.iter().enumerate() {
        for line in page.of(Role::Folio) {
            all += 1;
            let said: String = line.text().chars().filter(|c| c.is_alphanumeric()).collect();
            if said != page.label {
                wrong.push(at);
            }
        }
        let odd = page.label.parse::<usize>().ok().map(|label| label % 2 == 1);
        if odd.is_some_and(|odd| odd != (side(at) == 0)) {
            wrong.push(at);
        }
    }
    let (entries, astray) = contents(volume);
    if all == 0 && entries == 0 {
        return Rule::unmeasured(17, "no folio is printed, and there are no contents");
    }
    let text =
        format!("{all} folios, {} wrong; {entries} entries of contents, {} wrong", wrong.len(), astray.len());
    let rule = Rule::new(17, text, wrong.is_empty() && astray.is_empty())
        .figure("folios", number(all))
        .figure("wrong", number(wrong.len()))
        .figure("entries", number(entries))
        .figure("entries_wrong", number(astray.len()))
        .at(&volume.pages, wrong.into_iter().chain(astray));
    if entries > 0 { rule } else { rule.note("no contents were found, or none with page numbers") }
}

/// The entries of the contents that end with a page, and those that name another than the bookmark.
fn contents(volume: &Volume) -> (usize, Vec<usize>) {
    let mut entries: BTreeMap<usize, Vec<&Line>> = BTreeMap::new();
    for line in volume.pages.iter().flat_map(|page| page.of(Role::Contents)) {
        if let Some(block) = line.place.block {
            entries.entry(block).or_default().push(line);
        }
    }
    let mut targets: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for (heading, page) in &volume.bookmarks {
        let label = page.and_then(|page| volume.pages.get(page)).map(|page| page.label.as_str());
        targets.entry(letters(&heading.words)).or_default().extend(label);
    }
    let (mut all, mut wrong) = (0, Vec::new());
    for lines in entries.values() {
        let words: Vec<&str> =
            lines.iter().flat_map(|line| &line.words).map(|(word, _)| word.text.as_str()).collect();
        let Some((label, title)) = words.split_last().filter(|(label, _)| is_number(label)) else { continue };
        let Some(labels) = targets.get(&letters(&title.concat())) else { continue };
        all += 1;
        if !labels.contains(label) {
            wrong.extend(lines.first().map(|line| line.page));
        }
    }
    (all, wrong)
}
