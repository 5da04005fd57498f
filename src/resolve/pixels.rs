//! Whether e-readers and shops take the images as they are.
//!
//! Enters: the images that were read, the place that names the cover. Leaves: warnings. Promise: the figures are those
//! that shops publish; an image that passes is never scaled or changed.

use super::images::Images;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::model::{Image, ImageKind};
use crate::span::Span;

/// Apple Books takes no image with more (Apple Books Asset Guide, "Images"): 5.6 million.
const MOST_PIXELS: f32 = 5_600_000.0;
/// Its covers have as many at the shorter side; Amazon refuses those under 625 by 1000.
const LEAST_SIDE: f32 = 1400.0;
/// Height to width; 1.6 is Amazon's own. Others are framed or cut in a shop's window.
const RATIOS: std::ops::RangeInclusive<f32> = 1.25..=1.8;
/// What to do about a cover.
const WANTED: &str = "1600 by 2560 pixels as JPEG or PNG pass everywhere";

/// Tells of images that are too large, and of a cover that is wrong.
pub(super) fn check(images: &Images, cover: Option<Span>, diagnostics: &mut Diagnostics) {
    let own = images.cover.and_then(|id| images.list.get(id.0 as usize));
    if let (Some(image), Some(span)) = (own, cover) {
        check_cover(image, span, diagnostics);
    }
    let others = images.list.iter().filter(|image| own.is_none_or(|own| own.path != image.path));
    for image in others.filter(|image| is_large(image)) {
        let message = format!("the image `{}` has {} pixels", image.path, sides(image));
        diagnostics.push(Diagnostic::new(Code::LargeImage, image.span, message).hint(
            "Apple Books refuses more than 5.6 million: make it smaller, if the EPUB is to be sold there",
        ));
    }
}

fn is_large(image: &Image) -> bool {
    image.kind != ImageKind::Svg && image.width * image.height > MOST_PIXELS
}

fn sides(image: &Image) -> String {
    format!("{:.0} × {:.0}", image.width, image.height)
}

fn check_cover(image: &Image, span: Span, diagnostics: &mut Diagnostics) {
    let mut tell = |problem: String| {
        let message = format!("the cover `{}` {problem}", image.path);
        diagnostics.push(Diagnostic::new(Code::CoverSize, span, message).hint(WANTED));
    };
    if image.kind == ImageKind::Svg {
        tell("is a drawing: shops and older e-readers want pixels".to_owned());
    } else if image.width.min(image.height) < LEAST_SIDE {
        tell(format!("has {} pixels: shops want 1400 at the shorter side", sides(image)));
    } else if is_large(image) {
        tell(format!("has {} pixels: Apple Books refuses more than 5.6 million", sides(image)));
    }
    let ratio = image.height / image.width;
    if !RATIOS.contains(&ratio) {
        let shape = if ratio < 1.0 { "wider than high" } else { "not of a book's shape" };
        tell(format!("is {shape}, 1 to {ratio:.2}: it will be cut or framed"));
    }
}
