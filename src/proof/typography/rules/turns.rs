//! Pages against pages: spreads, stranded headings, chapters' last pages, indents.
//!
//! Enters: a volume. Leaves: rules 5, 12, 13 and 19.

use crate::proof::typography::block::{mode, number, side};
use crate::proof::typography::lines::{Line, Role};
use crate::proof::typography::pages::{Page, Paragraph, Volume, is_picture};
use crate::proof::typography::report::Rule;

/// Rule 5: verso and recto end on one baseline, notes included, where both are full.
///
/// A page that the next one's first block, which can't be divided, would not have fitted on is left
/// out and counted.
pub(crate) fn spreads(volume: &Volume) -> Rule {
    let full = |at: usize| volume.has_text(at) && !volume.ends(at);
    let (mut all, mut unequal, mut excepted) = (0, Vec::new(), 0);
    for verso in (1..volume.pages.len()).step_by(2) {
        let recto = verso + 1;
        if side(verso) != 1 || !full(verso) || !full(recto) {
            continue;
        }
        let last = |at: usize| volume.pages.get(at).and_then(Page::last_baseline).unwrap_or_default();
        all += 1;
        if (last(verso) - last(recto)).abs() <= 0.25 {
            continue;
        }
        let shorter = if last(verso) < last(recto) { verso } else { recto };
        if is_cut_short(volume, shorter) { excepted += 1 } else { unequal.push(verso) }
    }
    if all == 0 {
        return Rule::unmeasured(5, "there are no spreads of two full pages");
    }
    let mut text = format!("{} of {all} spreads unequal", unequal.len());
    if excepted > 0 {
        text.push_str(&format!(", {excepted} more cut short by a block"));
    }
    Rule::new(5, text, unequal.is_empty())
        .figure("spreads", number(all))
        .figure("unequal", number(unequal.len()))
        .figure("cut_short", number(excepted))
        .at(&volume.pages, unequal)
}

/// Whether what begins the next page can't be divided and would not have fitted here.
fn is_cut_short(volume: &Volume, at: usize) -> bool {
    let leading = volume.habits.leading;
    let (Some(page), Some(next)) = (volume.pages.get(at), volume.pages.get(at + 1)) else { return false };
    let room = volume.habits.bottom - page.last_baseline().unwrap_or_default();
    let lines: Vec<&Line> = next.body().collect();
    let Some(first) = lines.first() else {
        return setting_picture(next, f64::MAX).is_some_and(|h| h > room);
    };
    if let Some(height) = setting_picture(next, first.baseline) {
        // With the few lines close under it.
        let own = lines.iter().take_while(|line| line.place.block == first.place.block);
        let (count, last) = own.fold((0, first.baseline), |(count, _), line| (count + 1, line.baseline));
        let top = next.masses.iter().filter(|mass| is_picture(mass)).map(|mass| mass.frame.y0);
        let top = top.filter(|top| *top < first.baseline).fold(first.baseline, f64::min);
        return height > room || count <= 3 && last - top > room;
    }
    let begun = page.body().last().and_then(|line| line.place.block);
    let needed = match first.place.role {
        // A heading, and two lines under it, or the block that it announces.
        Role::Heading(_) => {
            let after = lines.iter().position(|line| !matches!(line.place.role, Role::Heading(_)));
            let under = after.and_then(|after| lines.get(after..)).unwrap_or_default();
            let announced = block_end(under, leading).or_else(|| label_end(next, under, leading));
            announced.or(under.get(1).map(|line| line.baseline))
        }
        Role::Block => block_end(&lines, leading),
        Role::Text | Role::Apart if first.place.block != begun => label_end(next, &lines, leading),
        Role::Text
        | Role::Apart
        | Role::Head
        | Role::Folio
        | Role::Ornament
        | Role::Contents
        | Role::Note => None,
    };
    // What is set apart has as much space over it as under it; before the rest is what is between paragraphs.
    let apart = needed.filter(|_| first.place.role == Role::Block).and_then(|end| {
        lines.iter().map(|line| line.baseline - end).find(|gap| *gap > 0.5 && *gap < 3.0 * leading)
    });
    let over = apart.unwrap_or_else(|| between(page).min(between(next)));
    let over = if over < 3.0 * leading { over.max(leading) } else { leading };
    needed.is_some_and(|end| end - first.baseline + over > room)
}

/// The least from the last baseline of a paragraph to the first of the next.
fn between(page: &Page) -> f64 {
    let lines: Vec<&Line> = page.body().collect();
    let gap = |pair: &[&Line]| match pair {
        [a, b]
            if (a.place.role, b.place.role) == (Role::Text, Role::Text) && a.place.block != b.place.block =>
        {
            Some(b.baseline - a.baseline)
        }
        _ => None,
    };
    lines.windows(2).filter_map(gap).fold(f64::MAX, f64::min)
}

/// Where a row, or a block that begins with these lines and stands without a gap of a line, ends, when it is
/// short.
fn block_end(lines: &[&Line], leading: f64) -> Option<f64> {
    let first = lines.first().filter(|line| line.place.role == Role::Block)?;
    let ends = |pair: &[&Line]| matches!(pair, [a, b] if b.place.role != Role::Block || b.baseline - a.baseline > 1.4 * leading);
    // A few lines of code are one though the author left some empty between.
    let own =
        lines.iter().take_while(|line| line.place.block.is_some() && line.place.block == first.place.block);
    let whole = own.clone().last().filter(|_| own.count() <= 8);
    let last = lines.windows(2).position(ends).and_then(|at| lines.get(at)).or(lines.last())?;
    let last = whole.filter(|whole| whole.baseline > last.baseline).unwrap_or(last);
    Some(last.baseline).filter(|end| end - first.baseline < 12.0 * leading)
}

/// Where what a paragraph of one or two lines announces ends: a picture, a short block, two lines of another.
fn label_end(page: &Page, lines: &[&Line], leading: f64) -> Option<f64> {
    let first = lines.first().filter(|line| matches!(line.place.role, Role::Text | Role::Apart))?;
    let own = first.place.block?;
    let count = lines.iter().take_while(|line| line.place.block == Some(own)).count();
    let (label, under) = lines.split_at_checked(count).filter(|_| count <= 2)?;
    let (above, below) = (label.last()?.baseline, under.first().map_or(f64::MAX, |line| line.baseline));
    let pictures = page.masses.iter().filter(|mass| is_picture(mass));
    let picture = pictures.into_iter().find(|mass| mass.area.y0 > above && mass.area.y1 < below);
    if let Some(mass) = picture {
        return Some(mass.frame.y1);
    }
    under.first().filter(|line| line.place.role == Role::Block)?;
    block_end(under, leading).or(under.get(1).map(|line| line.baseline))
}

/// The height of a picture that stands above this baseline.
fn setting_picture(page: &Page, above: f64) -> Option<f64> {
    let pictures = page.masses.iter().filter(|mass| is_picture(mass) && mass.area.y1 < above);
    pictures.map(|mass| mass.frame.height()).max_by(f64::total_cmp)
}

/// Rule 13: two lines under a heading on its page.
pub(crate) fn headings(volume: &Volume) -> Rule {
    let (mut all, mut stranded) = (0, Vec::new());
    for section in &volume.sections {
        let (Some(page), Some(baseline)) = (volume.pages.get(section.page), section.baseline) else {
            continue;
        };
        all += 1;
        let under = page
            .body()
            .filter(|line| line.baseline > baseline + 0.5 && !matches!(line.place.role, Role::Heading(_)));
        let picture = page.masses.iter().any(|mass| is_picture(mass) && mass.area.y0 > baseline);
        if under.count() < 2 && !picture && !volume.ends(section.page) {
            stranded.push(section.page);
        }
    }
    if all == 0 {
        return Rule::unmeasured(13, "no headings were found");
    }
    let text = format!("{} of {all} stranded", stranded.len());
    Rule::new(13, text, stranded.is_empty())
        .figure("headings", number(all))
        .figure("stranded", number(stranded.len()))
        .at(&volume.pages, stranded)
}

/// Rule 19: a chapter's last page has five lines or more.
pub(crate) fn last_pages(volume: &Volume) -> Rule {
    let last = |at: &usize| volume.has_text(*at) && volume.ends(*at) && !volume.opens(*at);
    let (mut all, mut short) = (0, Vec::new());
    for at in (0..volume.pages.len()).filter(last) {
        let Some(page) = volume.pages.get(at) else { continue };
        all += 1;
        // Cells of a row are one line.
        let mut baselines: Vec<f64> = page.body().map(|line| line.baseline).collect();
        baselines.dedup_by(|a, b| (*a - *b).abs() < 1.0);
        if baselines.len() < 5 && !super::setting::has_picture(page) {
            short.push(at);
        }
    }
    if all == 0 {
        return Rule::unmeasured(19, "no chapter ends on a page of its own");
    }
    let share = number(all - short.len()) / number(all) * 100.0;
    let text = format!("{share:.1} % of {all}, {} shorter", short.len());
    Rule::new(19, text, share >= 98.0)
        .figure("chapters", number(all))
        .figure("short", number(short.len()))
        .figure("percent", share)
        .at(&volume.pages, short)
}

/// A paragraph's first line, and what is above it.
struct First<'v> {
    line: &'v Line,
    before: Option<&'v Line>,
}

/// First lines of the text's paragraphs, with the line above on the page or the page before.
fn firsts(volume: &Volume) -> Vec<First<'_>> {
    let above = |paragraph: &Paragraph| {
        let &(page, at) = paragraph.lines.first()?;
        let leaf = volume.pages.get(page)?;
        let line = leaf.lines.get(at)?;
        // Stars between scenes are ornaments in some files.
        let counts = |line: &&Line| line.place.role > Role::Ornament || is_scene_break(volume, line);
        let on_page = leaf.lines.iter().take(at).rev().find(counts);
        let earlier = || page.checked_sub(1).and_then(|page| volume.pages.get(page)?.body().next_back());
        // Lines that are all centred, as in a dedication, are set in by nothing.
        let centred = volume.lines_of(paragraph).into_iter().all(|line| is_centred(volume, line));
        (volume.habits.is_text(line) && !centred).then(|| First { line, before: on_page.or_else(earlier) })
    };
    volume.paragraphs.iter().filter(|paragraph| paragraph.role == Role::Text).filter_map(above).collect()
}

/// Rule 12: paragraphs flush after headings and scene breaks, the others set in by one measure, and no
/// space between them; or a space between them and none set in, where that is the file's way.
pub(crate) fn indents(volume: &Volume) -> Rule {
    let habits = &volume.habits;
    let indent = |line: &Line| line.left - habits.left_of(line.page);
    let gap = |first: &First<'_>| {
        let before = first.before.filter(|before| before.page == first.line.page)?;
        Some(first.line.baseline - before.baseline - habits.leading)
    };
    let firsts = firsts(volume);
    let follows = |first: &&First<'_>| {
        first.before.is_some_and(|before| habits.is_text(before) && !is_scene_break(volume, before))
    };
    let usual = mode(firsts.iter().filter(follows).map(|first| (indent(first.line), 1)), 0.1);
    let space =
        mode(firsts.iter().filter(follows).filter_map(gap).map(|gap| (gap, 1)), 0.25).unwrap_or_default();
    let Some(usual) = usual else { return Rule::unmeasured(12, "no paragraph follows another") };
    let (mut all, mut wrong) = (0, Vec::new());
    for first in &firsts {
        let Some(before) = first.before else { continue };
        // What is under a list, a quote or code may go on with the paragraph before; both are right.
        let above = before.place.role;
        let flush = matches!(above, Role::Heading(_))
            || is_scene_break(volume, before)
            || (above == Role::Text && is_space(first, volume));
        if !flush && !habits.is_text(before) {
            continue;
        }
        let wanted = if flush { 0.0 } else { usual };
        if is_scene_break(volume, first.line) {
            continue;
        }
        all += 1;
        let hang = first.line.first().map_or(0.0, |word| word.ends.0);
        let off = indent(first.line) - wanted;
        let extra =
            gap(first).filter(|_| wanted == usual && habits.is_text(before)).map_or(0.0, |gap| gap - space);
        let hangs = first.line.first().is_some_and(|word| !word.text.starts_with(char::is_alphanumeric));
        let low = if hangs { -hang } else { 0.0 };
        if off > 0.1 * habits.size || off < low - 0.1 * habits.size || extra.abs() > 0.5 {
            wrong.push(first.line.page);
        }
    }
    let ems = usual / habits.size.max(0.1);
    let text = format!("{ems:.2} em, {space:.1} pt between; {} of {all} otherwise", wrong.len());
    // Set in and set apart at once says the same thing twice.
    let style = if ems > 0.1 { space.abs() < 0.5 } else { space > 0.3 * habits.leading };
    let mut rule = Rule::new(12, text, wrong.is_empty() && style)
        .figure("indent_em", ems)
        .figure("space_pt", space)
        .figure("paragraphs", number(all))
        .figure("otherwise", number(wrong.len()))
        .at(&volume.pages, wrong);
    if !(0.9..=1.1).contains(&ems) {
        rule = rule.note("the indent isn't 1 em; the file's own way was taken for its style's");
    }
    rule
}

/// A line of signs alone, or centred and short.
fn is_scene_break(volume: &Volume, line: &Line) -> bool {
    let signs = line.words.iter().all(|(word, _)| !word.text.chars().any(char::is_alphanumeric));
    signs && is_centred(volume, line) && !matches!(line.place.role, Role::Head | Role::Folio)
}

/// As much room at its left as at its right, and more than an indent.
fn is_centred(volume: &Volume, line: &Line) -> bool {
    let (left, right) = (volume.habits.left_of(line.page), volume.habits.right_of(line.page));
    (line.left - left - (right - line.right)).abs() < 2.0 && line.left - left > volume.habits.size
}

/// A scene break may be a blank line where paragraphs have none between them.
fn is_space(first: &First<'_>, volume: &Volume) -> bool {
    let habits = &volume.habits;
    let Some(before) = first.before.filter(|before| before.page == first.line.page) else { return false };
    let flush = (first.line.left - habits.left_of(first.line.page)).abs() < 0.1 * habits.size;
    flush && first.line.baseline - before.baseline > 1.9 * habits.leading
}
