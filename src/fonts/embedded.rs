//! The fonts inside the program: `styles/fonts/README.md` says where each comes from.
//!
//! Enters: nothing. Leaves: their faces, read once for the whole program.
//! Promise: the first eight are the variants in their order, then symbols, then emoji; faces that only some
//! styles set their text or code in stand apart, and are read when one does.

use super::{Face, FontBytes};
use std::sync::{Arc, LazyLock};

/// Place of Aldine's symbols among the faces.
pub(super) const SYMBOLS: u16 = 8;
/// Place of the emoji among the faces.
pub(super) const EMOJI: u16 = 9;

macro_rules! files {
    ($($name:literal),* $(,)?) => {
        [$(($name, include_bytes!(concat!("../../styles/fonts/", $name)) as &'static [u8])),*]
    };
}

/// In the order of the variants: regular, italic, bold, both; text, then code.
const FILES: [(&str, &[u8]); 10] = files![
    "LibertinusSerif-Regular.otf",
    "LibertinusSerif-Italic.otf",
    "LibertinusSerif-Bold.otf",
    "LibertinusSerif-BoldItalic.otf",
    "DejaVuSansMono.ttf",
    "DejaVuSansMono-Oblique.ttf",
    "DejaVuSansMono-Bold.ttf",
    "DejaVuSansMono-BoldOblique.ttf",
    "AldineSymbols-Regular.ttf",
    "NotoEmoji-Regular.ttf",
];

/// In the order of the variants.
const HYPERLEGIBLE: [(&str, &[u8]); 4] = files![
    "AtkinsonHyperlegibleNext-Regular.ttf",
    "AtkinsonHyperlegibleNext-Italic.ttf",
    "AtkinsonHyperlegibleNext-Bold.ttf",
    "AtkinsonHyperlegibleNext-BoldItalic.ttf",
];

/// In the order of the variants.
const IOSEVKA: [(&str, &[u8]); 4] = files![
    "IosevkaCharonMono-Regular.ttf",
    "IosevkaCharonMono-Italic.ttf",
    "IosevkaCharonMono-Bold.ttf",
    "IosevkaCharonMono-BoldItalic.ttf",
];

/// A test holds that all are read, so that the ids fit.
fn read(files: &[(&str, &'static [u8])]) -> Vec<Arc<Face>> {
    let read = |(name, bytes): &(&str, &'static [u8])| {
        let bytes: FontBytes = Arc::new(*bytes);
        Face::read(name, &bytes, 0).ok().map(Arc::new)
    };
    files.iter().filter_map(read).collect()
}

static FACES: LazyLock<Vec<Arc<Face>>> = LazyLock::new(|| read(&FILES));
static HYPERLEGIBLE_FACES: LazyLock<Vec<Arc<Face>>> = LazyLock::new(|| read(&HYPERLEGIBLE));
static IOSEVKA_FACES: LazyLock<Vec<Arc<Face>>> = LazyLock::new(|| read(&IOSEVKA));

/// Those of every book.
pub(super) fn faces() -> &'static [Arc<Face>] {
    &FACES
}

/// Those of large print.
pub(super) fn hyperlegible() -> &'static [Arc<Face>] {
    &HYPERLEGIBLE_FACES
}

/// Those of narrow code.
pub(super) fn iosevka() -> &'static [Arc<Face>] {
    &IOSEVKA_FACES
}

/// The serif's regular face.
#[expect(clippy::expect_used, reason = "it is inside the program, and a test reads it")]
pub(super) fn first() -> &'static Face {
    FACES.first().expect("an embedded face")
}
