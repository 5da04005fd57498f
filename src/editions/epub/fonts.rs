//! The faces of print in the EPUB, if the style wants them there.
//!
//! Enters: the faces that the printed pages use, the files of text. Leaves: fonts with the letters of these files, each
//! with what a style sheet must know of it. Promise: a face whose maker lets it only be seen stays out, and its author is
//! told; readers keep the choice of their own type, since nothing in the sheet insists on these.

use super::pen::Job;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::fonts::{Cut, Face, FaceId, Family, FontSet, Outlines, Variant, Withheld};
use crate::layout::Item;
use rayon::iter::{IntoParallelIterator, ParallelIterator};
use std::collections::BTreeSet;

/// A face in the EPUB.
pub(super) struct Embedded {
    /// Its family's name.
    pub(super) family: String,
    /// Of semibold weight or heavier.
    pub(super) bold: bool,
    /// Italic or oblique.
    pub(super) italic: bool,
    /// Its path in the package.
    pub(super) href: String,
    /// The font.
    pub(super) cut: Cut,
}

impl Embedded {
    /// Its media type (EPUB 3.3, 3.2).
    pub(super) fn media_type(&self) -> &'static str {
        match self.cut.outlines {
            Outlines::TrueType => "font/ttf",
            Outlines::Postscript => "font/otf",
        }
    }
}

/// The faces, and the families that text and code are set in, first choice first.
#[derive(Default)]
pub(super) struct Faces {
    pub(super) list: Vec<Embedded>,
    pub(super) text: Vec<String>,
    pub(super) code: Vec<String>,
}

/// Cuts the faces down to what these files say.
pub(super) fn faces(job: &Job<'_>, files: &[&[u8]], diagnostics: &mut Diagnostics) -> Faces {
    if !job.theme.epub_fonts {
        return Faces::default();
    }
    let fonts = &job.layout.fonts;
    let characters: BTreeSet<char> =
        files.iter().flat_map(|file| std::str::from_utf8(file).unwrap_or_default().chars()).collect();
    let made: Vec<(FaceId, Result<Cut, Withheld>)> =
        used(job).into_par_iter().map(|id| (id, fonts.get(id).cut_to(&characters))).collect();
    let mut faces = Faces::default();
    let mut there = Vec::new();
    for (id, cut) in made {
        let face = fonts.get(id);
        match cut {
            Ok(cut) => {
                there.push(id);
                faces.list.push(embedded(faces.list.len(), face, cut));
            }
            Err(why) => diagnostics.push(left_out(face, why)),
        }
    }
    faces.text = families(fonts, Variant::TEXT, &there);
    faces.code = families(fonts, Variant::MONO, &there);
    faces
}

/// The faces that print uses; the text's own in any case.
fn used(job: &Job<'_>) -> Vec<FaceId> {
    let items = job.layout.pages.iter().flat_map(|page| &page.items);
    let mut used: BTreeSet<FaceId> = items
        .filter_map(|placed| match &placed.item {
            Item::Glyphs(run) => Some(run.face),
            Item::Rule { .. } | Item::Image { .. } => None,
        })
        .collect();
    used.insert(job.layout.fonts.face(Variant::TEXT));
    used.into_iter().collect()
}

fn embedded(at: usize, face: &Face, cut: Cut) -> Embedded {
    let name = face.postscript_name().chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-');
    let name: String = name.take(60).collect();
    let ending = match cut.outlines {
        Outlines::TrueType => "ttf",
        Outlines::Postscript => "otf",
    };
    let href = format!("fonts/{:02}-{name}.{ending}", at + 1);
    Embedded { family: face.family().to_owned(), bold: face.is_bold(), italic: face.is_italic(), href, cut }
}

/// The families of a variant's chain that are there, each once. Those of the other kind of text come in only for
/// the letters that nothing else has, so that they never stand first.
fn families(fonts: &FontSet, variant: Variant, there: &[FaceId]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let own = fonts.get(fonts.face(variant)).family();
    let kin = there.iter().any(|id| fonts.get(*id).family() == own);
    if variant.family == Family::Mono && !kin {
        return names;
    }
    for id in fonts.chain(variant).iter().filter(|id| there.contains(id)) {
        let name = fonts.get(*id).family();
        if names.iter().all(|known| known != name) {
            names.push(name.to_owned());
        }
    }
    names
}

fn left_out(face: &Face, why: Withheld) -> Diagnostic {
    let (said, hint) = match why {
        Withheld::Forbidden => (
            "may be shown, but not handed on: it stays out of the EPUB",
            "readers take a face of their own for its letters; name a font with an open licence to be sure",
        ),
        Withheld::Unfit => (
            "can't be cut down to the letters of the book: it stays out of the EPUB",
            "readers take a face of their own for its letters; name a font with TrueType or CFF outlines",
        ),
    };
    Diagnostic::new(Code::FontLeftOut, face.span(), format!("the font {} {said}", face.name())).hint(hint)
}
