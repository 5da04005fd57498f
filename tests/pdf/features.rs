//! A manuscript with every construct, and its editions.

use crate::press::pixels;
use crate::sample::SVG;
use aldine::build::Request;
use aldine::diagnostics::Diagnostics;
use aldine::editions::Artifact;
use aldine::model::Timestamp;
use aldine::sources::{Manuscript, Memory};
use image::ImageFormat;

pub(crate) const TEXT: &str = include_str!("features.md");

/// The editions of a manuscript, built as the program builds them, and proved. Beside it is the style `look`, which
/// is the classic one with notes at the end of chapters.
pub(crate) fn built<'a>(text: &str, style: impl Into<Option<&'a str>>) -> Vec<Artifact> {
    let memory = Memory::new()
        .with("book.md", text)
        .with("rope.png", pixels(ImageFormat::Png, 12, 8))
        .with("rope.jpg", pixels(ImageFormat::Jpeg, 16, 8))
        .with("rope.svg", SVG)
        .with("look/style.toml", "base = \"classic\"\n[notes]\nplace = \"chapter\"\n");
    let manuscript = Manuscript::File("book.md".to_owned());
    let request = Request {
        resources: &memory,
        outside: None,
        manuscript: &manuscript,
        style: style.into(),
        name: None,
        modified: Timestamp(1_700_000_000),
        system_fonts: None,
    };
    let mut told = Diagnostics::new();
    let prepared = request.prepare(&mut told);
    let made = request.resolve(prepared, &mut told);
    let layout = made.lay_out(&mut told);
    let artifacts = made.publish(&layout, &["pdf", "epub", "text"], &mut told);
    made.prove(&artifacts, &mut told);
    assert!(!told.has_errors(), "{told:#?}");
    artifacts
}
