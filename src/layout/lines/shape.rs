//! Words to glyphs, once for each word in each look.
//!
//! Enters: a word and its [`Fount`]: a variant with its features, language and direction. Leaves: a
//! [`Shaped`] word in parts of 1/65,536 em, so that one shape serves every size. Promise: glyphs in
//! the order they are drawn from left to right; every glyph knows the bytes it stands for; glyph 0
//! never leaves here. The cache changes no result, only when it is found.

use super::found::Rooms;
use super::gaps;
use super::hyphens::Hyphens;
use super::remembered::Remembered;
use super::shaped::{Shape, Shaped};
use crate::fonts::{Face, FaceId, FontSet, Variant, is_ignorable};
use crate::model::Language;
use harfrust::{Buffer, Direction, Feature, Script, ShapeOptions, ShapePlan, Tag};
use icu_segmenter::{
    GraphemeClusterSegmenter, LineSegmenter, LineSegmenterBorrowed, options::LineBreakOptions,
};
use rustc_hash::FxBuildHasher;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// A face that has this has the signs that go with ideographs.
const IDEOGRAPHIC: char = '\u{3002}';
/// An em.
const EM: i32 = 65_536;

/// What decides how a word is shaped, its size apart.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct FountKey {
    pub(super) variant: Variant,
    pub(super) small_caps: bool,
    pub(super) superior: bool,
    pub(super) code: bool,
    pub(super) rtl: bool,
    /// A tag of RFC 5646.
    pub(super) language: String,
}

/// A plan for each face and script that the fount's words met.
type Plans = Mutex<HashMap<(FaceId, Option<Script>), Arc<ShapePlan>, FxBuildHasher>>;

/// A letter's face and script, if it has a face.
type Letter = Option<(FaceId, Option<Script>)>;

/// One way to shape words, with the words shaped so far.
pub(super) struct Fount {
    key: FountKey,
    fonts: Arc<FontSet>,
    features: Vec<Feature>,
    language: Option<harfrust::Language>,
    /// Its language is written in ideographs.
    eastern: bool,
    plans: Plans,
    /// What is shaped in, left by earlier words; as many as threads were at work at once.
    buffers: Mutex<Vec<Buffer>>,
    /// The face and script of each letter of ASCII.
    letters: OnceLock<Box<[Letter]>>,
    words: Remembered<Arc<Shaped>>,
    space: OnceLock<Arc<Shaped>>,
    hyphen: OnceLock<Arc<Shaped>>,
}

/// All founts of a book.
pub(super) struct Founts {
    pub(super) fonts: Arc<FontSet>,
    pub(super) hyphens: Hyphens,
    /// What lines are searched in.
    pub(super) rooms: Rooms,
    /// Where Unicode lets lines end; to look for its tables costs more than most leaves.
    pub(super) segmenter: LineSegmenterBorrowed<'static>,
    founts: Mutex<HashMap<FountKey, Arc<Fount>>>,
}

impl Founts {
    pub(super) fn new(fonts: Arc<FontSet>, exceptions: &[String]) -> Self {
        Founts {
            fonts,
            hyphens: Hyphens::new(exceptions),
            rooms: Rooms::default(),
            segmenter: LineSegmenter::new_auto(LineBreakOptions::default()),
            founts: Mutex::default(),
        }
    }

    /// The fount for a key.
    pub(super) fn fount(&self, key: &FountKey) -> Arc<Fount> {
        let mut founts = self.founts.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(fount) = founts.get(key) {
            return fount.clone();
        }
        let fount = Arc::new(Fount {
            key: key.clone(),
            fonts: self.fonts.clone(),
            features: features(key),
            language: harfrust::Language::new(&key.language),
            eastern: Language::parse(&key.language).is_some_and(|language| gaps::is_eastern(&language)),
            plans: Mutex::default(),
            buffers: Mutex::default(),
            letters: OnceLock::new(),
            words: Remembered::default(),
            space: OnceLock::new(),
            hyphen: OnceLock::new(),
        });
        founts.insert(key.clone(), fount.clone());
        fount
    }
}

/// Code has no ligatures (`!=` must look as it is typed); small capitals and superiors are the font's.
fn features(key: &FountKey) -> Vec<Feature> {
    let mut features = Vec::new();
    let mut set = |tag: &[u8; 4], value| features.push(Feature::new(Tag::new(tag), value, ..));
    if key.code {
        set(b"liga", 0);
        set(b"clig", 0);
        set(b"calt", 0);
    }
    if key.small_caps {
        set(b"smcp", 1);
    }
    if key.superior {
        set(b"sups", 1);
    }
    features
}

impl Fount {
    /// A word's shape.
    pub(super) fn word(&self, word: &str) -> Arc<Shaped> {
        self.words.of(word, || Arc::new(self.shape(word, ("", ""))))
    }

    /// A word's shape between letters that its own join: they change its shape, but are no part of it.
    pub(super) fn word_between(&self, word: &str, around: (&str, &str)) -> Arc<Shaped> {
        if around == ("", "") {
            return self.word(word);
        }
        // No text has U+0000: see `collect`.
        let key = format!("{}\0{word}\0{}", around.0, around.1);
        self.words.of(&key, || Arc::new(self.shape(word, around)))
    }

    /// The word space.
    pub(super) fn space(&self) -> Arc<Shaped> {
        self.space.get_or_init(|| Arc::new(self.shape(" ", ("", "")))).clone()
    }

    /// The hyphen at a line's end: U+2010 where the face has it, else `-`.
    pub(super) fn hyphen(&self) -> Arc<Shaped> {
        let make = || {
            let face = self.fonts.get(self.fonts.face(self.key.variant));
            self.word(if face.has('\u{2010}') { "\u{2010}" } else { "-" })
        };
        self.hyphen.get_or_init(make).clone()
    }

    fn shape(&self, word: &str, around: (&str, &str)) -> Shaped {
        let mut shaped = Shaped::default();
        let mut items = self.items(word);
        if self.key.rtl {
            items.reverse();
        }
        for item in items {
            match item.face {
                Some(face) => self.shape_item((word, around), &item, face, &mut shaped),
                None => self.replace(item.start, item.end, &mut shaped),
            }
        }
        let width: i64 = shaped.glyphs.iter().map(|g| i64::from(g.advance)).sum();
        shaped.width = i32::try_from(width).unwrap_or(i32::MAX);
        if !self.key.code {
            self.halve(word, &mut shaped);
        }
        let (len, glyphs) = (whole(word.len()), &shaped.glyphs);
        let first = glyphs.iter().find(|glyph| glyph.start == 0);
        let last = glyphs.iter().find(|glyph| glyph.end == len);
        shaped.moves = glyphs.iter().any(Shape::is_moved);
        shaped.len = len;
        shaped.edges = (first.map_or(0, |glyph| glyph.advance), last.map_or(0, |glyph| glyph.advance));
        shaped
    }

    /// Cuts off the empty half of a bracket, comma or stop as wide as an ideograph: what stands in its stead is
    /// the line's to give. Signs in the middle of their em, as those of Taiwan, stay whole.
    fn halve(&self, word: &str, shaped: &mut Shaped) {
        let mut chars = word.chars();
        let (Some(c), None) = (chars.next(), chars.next()) else { return };
        let (opens, closes) = (gaps::opens(c), gaps::closes(c));
        let [glyph] = shaped.glyphs.as_mut_slice() else { return };
        if !(opens || closes) || glyph.advance != EM {
            return;
        }
        let face = self.fonts.get(glyph.face);
        let (half, hair) = (i32::from(face.units_per_em()) / 2, i32::from(face.units_per_em()) / 20);
        let Some((left, right)) = face.ink(glyph.id) else { return };
        if opens && left + hair >= half {
            glyph.dx -= EM / 2;
        } else if !closes || right - hair > half {
            return;
        }
        glyph.advance = EM / 2;
        (shaped.width, shaped.halved) = (EM / 2, true);
    }

    /// Stretches of one face and one script, in reading order.
    fn items(&self, word: &str) -> Vec<Stretch> {
        if let Some(item) = self.plain(word) {
            return vec![item];
        }
        let mut items: Vec<Stretch> = Vec::new();
        let mut add = |start: usize, end: usize| {
            let cluster = word.get(start..end).unwrap_or_default();
            if let Some(last) = items.last_mut()
                && cluster.chars().all(is_ignorable)
            {
                last.end = end;
                return;
            }
            let shared =
                self.eastern && cluster.chars().all(gaps::is_shared) && !is_apostrophe(word, start, end);
            let face = if shared {
                self.fonts.pick_beside(self.key.variant, cluster, IDEOGRAPHIC)
            } else {
                self.fonts.pick_cluster(self.key.variant, cluster)
            };
            let script = cluster.chars().map(|c| harfrust::unicode::script(u32::from(c))).find(|&s| real(s));
            match items.last_mut() {
                Some(last) if last.face == face && face.is_some() && joins(last.script, script) => {
                    last.end = end;
                    last.script = last.script.or(script);
                }
                Some(_) | None => items.push(Stretch { start, end, face, script }),
            }
        };
        if word.is_ascii() {
            (0..word.len()).for_each(|at| add(at, at + 1));
        } else {
            let ends: Vec<usize> = GraphemeClusterSegmenter::new().segment_str(word).collect();
            ends.windows(2).for_each(|pair| {
                if let [start, end] = pair {
                    add(*start, *end);
                }
            });
        }
        items
    }

    /// A word of ASCII that one face has, as most are: that face is looked for once for each letter.
    fn plain(&self, word: &str) -> Option<Stretch> {
        if !word.is_ascii() || self.eastern {
            return None;
        }
        let letters = self.letters.get_or_init(|| {
            let letter = |c: u8| {
                let c = char::from(c);
                let (face, script) =
                    (self.fonts.pick(self.key.variant, c)?, harfrust::unicode::script(u32::from(c)));
                (!is_ignorable(c)).then_some((face, Some(script).filter(|&s| real(s))))
            };
            (0..128).map(letter).collect()
        });
        let mut found: Letter = None;
        for byte in word.bytes() {
            let (face, script) = letters.get(usize::from(byte)).copied().flatten()?;
            found = match found {
                None => Some((face, script)),
                Some((last, before)) if last == face && joins(before, script) => {
                    Some((face, before.or(script)))
                }
                Some(_) => return None,
            };
        }
        let (face, script) = found?;
        Some(Stretch { start: 0, end: word.len(), face: Some(face), script })
    }

    fn shape_item(
        &self,
        (word, around): (&str, (&str, &str)),
        item: &Stretch,
        id: FaceId,
        shaped: &mut Shaped,
    ) {
        let Some(text) = word.get(item.start..item.end) else { return };
        let face = self.fonts.get(id);
        let plan = self.plan(face, id, item.script);
        let mut buffer =
            self.buffers.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default();
        buffer.push_str(text);
        buffer.set_direction(direction(self.key.rtl));
        if self.key.rtl {
            let (before, after) = (word.get(..item.start), word.get(item.end..));
            buffer.set_pre_context(before.filter(|text| !text.is_empty()).unwrap_or(around.0));
            buffer.set_post_context(after.filter(|text| !text.is_empty()).unwrap_or(around.1));
        }
        buffer.set_script(item.script);
        buffer.set_language(self.language.clone());
        let options = ShapeOptions::new().plan(Some(&plan)).features(&self.features);
        if harfrust::shape(&face.shaper(), &mut buffer, options).is_err() {
            return self.replace(item.start, item.end, shaped);
        }
        let ends = ends(buffer.glyph_infos().iter().map(|info| info.cluster), text.len());
        let em = i64::from(face.units_per_em().max(1));
        let parts = |units: i32| i32::try_from((i64::from(units) << 16) / em).unwrap_or(0);
        shaped.glyphs.reserve_exact(buffer.len());
        for ((info, at), end) in buffer.glyph_infos().iter().zip(buffer.glyph_positions()).zip(ends) {
            let (start, end) = (whole(item.start) + info.cluster, whole(item.start) + end);
            if info.glyph_id == 0 {
                self.replace_cluster(start, end, shaped);
                continue;
            }
            shaped.glyphs.push(Shape {
                face: id,
                id: info.glyph_id,
                advance: parts(at.x_advance),
                dx: parts(at.x_offset),
                dy: parts(at.y_offset),
                start,
                end,
                joined: info.unsafe_to_break(),
            });
        }
        buffer.reset();
        self.buffers.lock().unwrap_or_else(PoisonError::into_inner).push(buffer);
    }

    fn plan(&self, face: &Face, id: FaceId, script: Option<Script>) -> Arc<ShapePlan> {
        let mut plans = self.plans.lock().unwrap_or_else(PoisonError::into_inner);
        let make = || {
            let way = direction(self.key.rtl);
            Arc::new(ShapePlan::new(face.font(), way, script, self.language.as_ref(), &self.features))
        };
        plans.entry((id, script)).or_insert_with(make).clone()
    }

    /// The mark for what no face has, once for the stretch.
    fn replace(&self, start: usize, end: usize, shaped: &mut Shaped) {
        self.replace_cluster(whole(start), whole(end), shaped);
    }

    fn replace_cluster(&self, start: u32, end: u32, shaped: &mut Shaped) {
        if shaped.missing.last() == Some(&(start, end)) {
            return;
        }
        shaped.missing.push((start, end));
        let (face, id) = self.fonts.replacement();
        let owner = self.fonts.get(face);
        let em = i64::from(owner.units_per_em().max(1));
        let advance = i32::try_from((i64::from(owner.advance(id)) << 16) / em).unwrap_or(0);
        shaped.glyphs.push(Shape { face, id, advance, dx: 0, dy: 0, start, end, joined: false });
    }
}

struct Stretch {
    start: usize,
    end: usize,
    face: Option<FaceId>,
    script: Option<Script>,
}

/// Whether a sign stands between letters, which it is one of.
fn is_apostrophe(word: &str, start: usize, end: usize) -> bool {
    let letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    letter(word.get(..start).and_then(|before| before.chars().next_back()))
        && letter(word.get(end..).and_then(|after| after.chars().next()))
}

fn real(script: Script) -> bool {
    !matches!(script, Script::COMMON | Script::INHERITED | Script::UNKNOWN)
}

fn joins(before: Option<Script>, next: Option<Script>) -> bool {
    before.is_none() || next.is_none() || before == next
}

fn direction(rtl: bool) -> Direction {
    if rtl { Direction::RightToLeft } else { Direction::LeftToRight }
}

fn whole(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// Where each glyph's cluster ends: at the next greater cluster, or the text's end.
fn ends(clusters: impl Iterator<Item = u32>, len: usize) -> Vec<u32> {
    let mut clusters: Vec<u32> = clusters.collect();
    if clusters.is_sorted() {
        let (mut next, mut last) = (whole(len), u32::MAX);
        for cluster in clusters.iter_mut().rev() {
            if *cluster != last {
                (next, last) = (if last == u32::MAX { next } else { last }, *cluster);
            }
            *cluster = next;
        }
        return clusters;
    }
    let mut starts = clusters.clone();
    starts.sort_unstable();
    starts.dedup();
    let next = |cluster: u32| {
        let after = starts.partition_point(|&start| start <= cluster);
        starts.get(after).copied().unwrap_or_else(|| whole(len))
    };
    clusters.into_iter().map(next).collect()
}
