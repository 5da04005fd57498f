//! Font files to faces, and which face has which character.
//!
//! Enters: the embedded fonts and those the settings name. Leaves: a [`FontSet`] with a declared
//! chain of fallbacks. Promise: the same settings give the same faces on every machine; the system's
//! fonts are looked at only when the settings allow it.
//!
//! A variant's chain, in this order: its own face; the other faces of its family, nearest in style
//! first; the files that the settings name; the other family; Aldine's symbols; emoji; and last the system's
//! faces, if they were handed in. A family that the style sets in another face than most books has the usual
//! face behind it: the serif's letters look more like letters than a monospace's, and of code the face that
//! has more signs keeps the columns.

mod embedded;
mod face;
mod files;
mod subset;

pub use face::Face;
pub use subset::{Cut, Outlines, Withheld};

use std::fmt;
use std::sync::Arc;

/// A face of a [`FontSet`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FaceId(pub u16);

/// The bytes of a font file, shared: embedded ones are never copied.
pub type FontBytes = Arc<dyn AsRef<[u8]> + Send + Sync>;

/// The faces inside the program that the text can be set in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Typeface {
    /// Libertinus Serif: books.
    #[default]
    LibertinusSerif,
    /// Atkinson Hyperlegible Next: large print; letters that low vision can tell apart.
    AtkinsonHyperlegible,
}

impl Typeface {
    /// The names that styles call them by, the default first.
    pub const NAMES: &'static [&'static str] = &["libertinus-serif", "atkinson-hyperlegible"];

    /// The face of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Typeface> {
        match name {
            "libertinus-serif" => Some(Typeface::LibertinusSerif),
            "atkinson-hyperlegible" => Some(Typeface::AtkinsonHyperlegible),
            _ => None,
        }
    }
}

/// The faces inside the program that code can be set in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Monospace {
    /// DejaVu Sans Mono: three fifths of an em to a column, and the most signs.
    #[default]
    DejavuSansMono,
    /// Iosevka Charon Mono: half an em to a column, so that eighty columns stand in a measure for reading.
    IosevkaCharonMono,
}

impl Monospace {
    /// The names that styles call them by, the default first.
    pub const NAMES: &'static [&'static str] = &["dejavu-sans-mono", "iosevka-charon-mono"];

    /// The face of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Monospace> {
        match name {
            "dejavu-sans-mono" => Some(Monospace::DejavuSansMono),
            "iosevka-charon-mono" => Some(Monospace::IosevkaCharonMono),
            _ => None,
        }
    }
}

/// The families every book has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Family {
    /// That of running text: the serif, unless the style names another.
    Text,
    /// The monospace of code.
    Mono,
}

/// A face by its family and style.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Variant {
    /// Which family.
    pub family: Family,
    /// Bold.
    pub bold: bool,
    /// Italic.
    pub italic: bool,
}

impl Variant {
    /// Upright text of regular weight.
    pub const TEXT: Variant = Variant { family: Family::Text, bold: false, italic: false };
    /// Upright code of regular weight.
    pub const MONO: Variant = Variant { family: Family::Mono, bold: false, italic: false };

    /// Its place among the eight.
    fn at(self) -> usize {
        let family = match self.family {
            Family::Text => 0,
            Family::Mono => 4,
        };
        family + usize::from(self.bold) * 2 + usize::from(self.italic)
    }

    /// All eight, in the order of [`Variant::at`], which is that of the embedded faces.
    fn all() -> impl Iterator<Item = Variant> {
        [Family::Text, Family::Mono].into_iter().flat_map(|family| {
            [(false, false), (false, true), (true, false), (true, true)].map(|(bold, italic)| Variant {
                family,
                bold,
                italic,
            })
        })
    }

    /// How far a style is from this one: weight counts more than slant, since a word in bold that
    /// turns light is lost among its neighbours.
    fn distance(self, bold: bool, italic: bool) -> u8 {
        u8::from(self.bold != bold) * 2 + u8::from(self.italic != italic)
    }
}

/// The faces of a book: the families, then fallbacks in the declared order.
#[derive(Clone)]
pub struct FontSet {
    /// The embedded ones first, as `embedded` lists them; then settings' files; then the system's.
    faces: Vec<Arc<Face>>,
    /// Where the faces of the text stand in `faces`, in the order of the variants.
    text: [FaceId; 4],
    /// Those of code, likewise.
    code: [FaceId; 4],
    /// Where the settings' faces stand in `faces`.
    settings: Vec<FaceId>,
    /// Where the system's faces stand.
    system: Vec<FaceId>,
    /// By [`Variant::at`].
    chains: [Vec<FaceId>; 8],
}

impl Default for FontSet {
    fn default() -> Self {
        FontSet::embedded()
    }
}

impl fmt::Debug for FontSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.faces.iter().map(|face| face.name())).finish()
    }
}

impl FontSet {
    /// The embedded faces alone.
    #[must_use]
    pub fn embedded() -> FontSet {
        let faces = embedded::faces().to_vec();
        let mut set = FontSet {
            faces,
            text: SERIF,
            code: MONO,
            settings: Vec::new(),
            system: Vec::new(),
            chains: Default::default(),
        };
        set.link();
        set
    }

    /// With the text in another face of the program.
    #[must_use]
    pub fn with_text(mut self, typeface: Typeface) -> FontSet {
        self.text = match typeface {
            Typeface::LibertinusSerif => SERIF,
            Typeface::AtkinsonHyperlegible => self.family_of(embedded::hyperlegible()),
        };
        self.link();
        self
    }

    /// With code in another face of the program.
    #[must_use]
    pub fn with_code(mut self, monospace: Monospace) -> FontSet {
        self.code = match monospace {
            Monospace::DejavuSansMono => MONO,
            Monospace::IosevkaCharonMono => self.family_of(embedded::iosevka()),
        };
        self.link();
        self
    }

    /// Takes the faces of a family in, and says where they stand.
    fn family_of(&mut self, faces: &[Arc<Face>]) -> [FaceId; 4] {
        let first = self.faces.len();
        self.faces.extend_from_slice(faces);
        [0, 1, 2, 3].map(|at| FaceId(u16::try_from(first + at).unwrap_or(0)))
    }

    /// The face of a variant.
    #[must_use]
    pub fn face(&self, variant: Variant) -> FaceId {
        self.chain(variant).first().copied().unwrap_or(FaceId(0))
    }

    /// A variant's faces: its own first, then the fallbacks.
    #[must_use]
    pub fn chain(&self, variant: Variant) -> &[FaceId] {
        self.chains.get(variant.at()).map_or(&[], Vec::as_slice)
    }

    /// The first face in the variant's chain that has the character; `None` when no face has it
    /// (see [`FontSet::replacement`]).
    #[must_use]
    pub fn pick(&self, variant: Variant, c: char) -> Option<FaceId> {
        self.chain(variant).iter().copied().find(|&id| self.get(id).has(c))
    }

    /// The face for what a reader sees as one character (a letter with its marks, an emoji with its
    /// joiners): the first in the chain that has all of it, or what has its first character.
    /// U+FE0F asks for the emoji's face, as Unicode says (UTS #51).
    #[must_use]
    pub fn pick_cluster(&self, variant: Variant, cluster: &str) -> Option<FaceId> {
        let has_all = |id: FaceId| {
            let face = self.get(id);
            cluster.chars().all(|c| is_ignorable(c) || face.has(c))
        };
        let emoji = FaceId(embedded::EMOJI);
        let visible = || cluster.chars().any(|c| !is_ignorable(c));
        if cluster.contains('\u{FE0F}') && visible() && has_all(emoji) {
            return Some(emoji);
        }
        let whole = || self.chain(variant).iter().copied().find(|&id| has_all(id));
        let mut chars = cluster.chars();
        match (chars.next(), chars.next()) {
            (None, _) => None,
            // The face around it draws nothing for it just as well.
            (Some(only), None) if is_ignorable(only) => Some(self.face(variant)),
            (Some(only), None) => self.pick(variant, only),
            (Some(first), Some(_)) => whole().or_else(|| self.pick(variant, first)),
        }
    }

    /// The same for a sign that letters and ideographs draw differently: the first face that has it and also
    /// `beside`, so that it goes with that.
    #[must_use]
    pub fn pick_beside(&self, variant: Variant, cluster: &str, beside: char) -> Option<FaceId> {
        let goes = |id: &FaceId| self.get(*id).has(beside) && cluster.chars().all(|c| self.get(*id).has(c));
        let found = self.chain(variant).iter().copied().find(goes);
        found.or_else(|| self.pick_cluster(variant, cluster))
    }

    /// A face by its id; the text's regular one for an id of another set.
    #[must_use]
    pub fn get(&self, id: FaceId) -> &Face {
        match self.faces.get(usize::from(id.0)) {
            Some(face) => face,
            None => embedded::first(),
        }
    }

    /// All faces with their ids.
    pub fn iter(&self) -> impl Iterator<Item = (FaceId, &Face)> {
        (0..).map(FaceId).zip(self.faces.iter().map(AsRef::as_ref))
    }

    /// A visible mark for what no face has, with the glyph in its face.
    #[must_use]
    pub fn replacement(&self) -> (FaceId, u32) {
        let text = self.face(Variant::TEXT);
        let face = self.get(text);
        (text, face.glyph('\u{FFFD}').or_else(|| face.glyph('?')).unwrap_or(1))
    }

    /// Adds faces to the end; those beyond what an id can name are left out.
    fn append(&mut self, faces: impl IntoIterator<Item = Face>, to: impl Fn(&mut Self) -> &mut Vec<FaceId>) {
        for face in faces {
            let Ok(id) = u16::try_from(self.faces.len()) else { break };
            self.faces.push(Arc::new(face));
            to(self).push(FaceId(id));
        }
        self.link();
    }

    /// Lays the chains anew.
    fn link(&mut self) {
        let mut chains: [Vec<FaceId>; 8] = Default::default();
        for (chain, variant) in chains.iter_mut().zip(Variant::all()) {
            let (text, code) = (nearest(variant, self.text), nearest(variant, self.code));
            let serif = nearest(variant, SERIF).filter(|_| self.text != SERIF);
            let mono = nearest(variant, MONO).filter(|_| self.code != MONO);
            match variant.family {
                Family::Text => {
                    chain.extend(text);
                    chain.extend(self.by_family(&self.settings, variant));
                    chain.extend(serif.chain(code).chain(mono));
                }
                Family::Mono => {
                    chain.extend(code);
                    chain.extend(self.by_family(&self.settings, variant));
                    chain.extend(mono.chain(text).chain(serif));
                }
            }
            chain.extend([FaceId(embedded::SYMBOLS), FaceId(embedded::EMOJI)]);
            chain.extend(self.by_family(&self.system, variant));
        }
        self.chains = chains;
    }

    /// Faces in their declared order, but those of one family together, nearest in style first.
    fn by_family(&self, ids: &[FaceId], variant: Variant) -> Vec<FaceId> {
        let first = |id: FaceId| {
            let family = self.get(id).family();
            ids.iter().position(|&other| self.get(other).family() == family)
        };
        let mut sorted = ids.to_vec();
        sorted.sort_by_cached_key(|&id| {
            let face = self.get(id);
            (first(id), variant.distance(face.is_bold(), face.is_italic()))
        });
        sorted
    }
}

/// The serif's faces among the embedded ones.
const SERIF: [FaceId; 4] = [FaceId(0), FaceId(1), FaceId(2), FaceId(3)];
/// The monospace's.
const MONO: [FaceId; 4] = [FaceId(4), FaceId(5), FaceId(6), FaceId(7)];

/// The faces of a family, nearest in style to the variant first.
fn nearest(variant: Variant, faces: [FaceId; 4]) -> impl Iterator<Item = FaceId> {
    let styles = [(false, false), (false, true), (true, false), (true, true)];
    let mut sorted: Vec<(u8, FaceId)> = styles
        .into_iter()
        .zip(faces)
        .map(|((bold, italic), face)| (variant.distance(bold, italic), face))
        .collect();
    sorted.sort_by_key(|(distance, _)| *distance);
    sorted.into_iter().map(|(_, face)| face)
}

/// What leaves no mark of its own, so that no face must have it: joiners, selectors, soft hyphens.
pub(crate) fn is_ignorable(c: char) -> bool {
    matches!(c,
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{E0000}'..='\u{E0FFF}')
}
