//! What a section is and where it stands, from its heading's attributes.
//!
//! Enters: `{.appendix .unnumbered #id lang=de}`. Leaves: role, matter and rank of each section.
//! Promise: an attribute that means nothing here is said so; front matter never follows the body.

use super::sections::OpenSection;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::model::{Language, Matter, OpenAttributes, Role};
use crate::span::Span;

/// What a heading's attributes say.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Marks {
    /// `.preface` and its like.
    pub(super) role: Option<Role>,
    /// `.frontmatter` and its like, else the role's.
    pub(super) matter: Option<Matter>,
    /// `.unnumbered` or `-`.
    pub(super) unnumbered: bool,
}

impl Marks {
    /// Whether the heading says that it is a section of some kind.
    pub(super) fn any(&self) -> bool {
        self.role.is_some() || self.matter.is_some() || self.unnumbered
    }

    /// Whether such a section ends the part before it.
    pub(super) fn leaves_part(&self) -> bool {
        self.matter.is_some_and(|matter| matter != Matter::Body)
    }
}

/// Reads a heading's classes; those that mean nothing are warned of.
pub(super) fn read(name: &OpenAttributes, heading: Span, diagnostics: &mut Diagnostics) -> Marks {
    let mut marks = Marks::default();
    let mut stated = None;
    let span = name.span.unwrap_or(heading);
    for class in &name.classes {
        match class.as_str() {
            "unnumbered" | "-" => marks.unnumbered = true,
            "frontmatter" => stated = Some(Matter::Front),
            "mainmatter" => stated = Some(Matter::Body),
            "backmatter" => stated = Some(Matter::Back),
            other => match (Role::parse(other), marks.role) {
                (Some(role), None) => marks.role = Some(role),
                (Some(_), Some(first)) => diagnostics.push(
                    Diagnostic::new(
                        Code::UnknownAttribute,
                        span,
                        format!("a section can't be both `.{}` and `.{other}`", first.name()),
                    )
                    .hint(format!("it is taken for `.{}`", first.name())),
                ),
                (None, _) => diagnostics.push(unknown_class(other, span)),
            },
        }
    }
    marks.matter = stated.or(marks.role.map(Role::matter));
    marks
}

fn unknown_class(class: &str, span: Span) -> Diagnostic {
    const OTHERS: [&str; 4] = ["unnumbered", "frontmatter", "mainmatter", "backmatter"];
    let known = Role::ALL.iter().map(|role| role.name()).chain(OTHERS);
    let nearest = super::paths::nearest(class, known);
    let problem =
        Diagnostic::new(Code::UnknownAttribute, span, format!("no heading is of the class `.{class}`"));
    match nearest {
        Some(name) => problem.hint(format!("did you mean `.{name}`?")),
        None => problem.hint("the classes of headings are `.unnumbered`, `.part`, `.appendix`, `.preface` …"),
    }
}

/// Settles a section of the first level and all below it; `reached` is the matter of those before.
pub(super) fn settle_top(
    section: &mut OpenSection,
    reached: &mut Matter,
    book: &Language,
    diagnostics: &mut Diagnostics,
) {
    // Roman folios are for what comes first: a dedication after the last chapter is back matter.
    if section.matter == Matter::Front && *reached != Matter::Front {
        section.matter = Matter::Back;
    }
    *reached = section.matter.max(*reached);
    settle(section, None, book, diagnostics);
}

/// What a section takes from the one above it.
#[derive(Clone, Copy)]
struct Above<'a> {
    rank: u8,
    matter: Matter,
    lang: Option<&'a Language>,
}

fn settle(
    section: &mut OpenSection,
    above: Option<Above<'_>>,
    book: &Language,
    diagnostics: &mut Diagnostics,
) {
    if section.role == Role::Part && above.is_some() {
        let span = section.name.span.unwrap_or(section.span);
        diagnostics.push(
            Diagnostic::new(Code::UnknownAttribute, span, "a part can't stand in another section")
                .hint("give it the highest level of heading; here `.part` is passed over"),
        );
        section.role = Role::Section;
    }
    section.rank = match (above, section.role) {
        (None, Role::Part) => 0,
        (None, _) => 1,
        (Some(above), _) => above.rank.saturating_add(1),
    };
    if section.rank == 1 && section.role == Role::Section && !section.name.has(Role::Section.name()) {
        section.role = Role::Chapter;
    }
    if let Some(above) = above {
        section.matter = above.matter;
    }
    let own = section.lang.take();
    section.lang = own.as_ref().or(above.and_then(|a| a.lang)).filter(|lang| *lang != book).cloned();
    let lang = section.lang.clone();
    let here = Above { rank: section.rank, matter: section.matter, lang: lang.as_ref() };
    for child in &mut section.children {
        settle(child, Some(here), book, diagnostics);
    }
}
