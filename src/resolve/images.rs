//! The images: read, told by their bytes, decoded once.
//!
//! Enters: the paths that pictures and the settings name. Leaves: [`Images`], one for each file, in
//! the order they are first shown. Promise: an image in the book is sound: a decoder went through it;
//! nothing is fetched; files are decoded in parallel, and what is said of them is in their order.

use super::notes::Notes;
use super::paths;
use super::pixels;
use super::sections::{Chunk, Tree};
use super::svg::{self, Refused};
use super::walk::{Part, parts};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::model::{
    Block, BlockKind, Image, ImageId, ImageKind, InlineKind, Open, OpenPicture, walk_inlines,
};
use crate::sources::{ReadError, Resources, Sources};
use crate::span::Span;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::io::Cursor;
use std::sync::Arc;

/// As many pixels are more than any page can show, and more memory than a build may take.
const MOST_PIXELS: u64 = 80_000_000;

/// The images of the book.
#[derive(Debug, Default)]
pub(super) struct Images {
    /// In the order they are first shown; the cover's is last if not shown.
    pub(super) list: Vec<Image>,
    /// By path, see [`key`].
    pub(super) by_path: BTreeMap<String, ImageId>,
    /// The cover's.
    pub(super) cover: Option<ImageId>,
}

/// What an image is known by: its path in the manuscript's folder.
pub(super) fn key(source_path: &str, typed: &str) -> String {
    let path = typed.split(['?', '#']).next().unwrap_or_default();
    if paths::scheme(typed).is_some() || typed.starts_with("//") {
        return typed.to_owned();
    }
    if path.is_empty() {
        return String::new();
    }
    paths::join(source_path, &paths::decode(path))
}

/// Reads all images that are shown, and the cover.
pub(super) fn load(
    tree: &mut Tree,
    notes: &mut Notes,
    sources: &Sources,
    resources: &dyn Resources,
    diagnostics: &mut Diagnostics,
) -> Images {
    let mut wanted = Wanted::default();
    let source_paths = std::mem::take(&mut tree.paths);
    let path_of = |source: usize| source_paths.get(source).map_or("", String::as_str);
    let chunks = |list: &mut [Chunk], wanted: &mut Wanted| {
        list.iter_mut().for_each(|chunk| wanted.blocks(&mut chunk.blocks, path_of(chunk.source)));
    };
    chunks(&mut tree.opening, &mut wanted);
    tree.each_mut(&mut |_, section| {
        wanted.inlines(&section.title.content, path_of(section.source));
        chunks(&mut section.chunks, &mut wanted);
    });
    for note in &mut notes.list {
        wanted.blocks(&mut note.note.blocks, path_of(note.source));
    }
    let cover = sources.settings.cover.as_ref().map(|cover| (paths::normalise(&cover.value), cover.span));
    if let Some((path, span)) = &cover {
        wanted.add(path.clone(), *span);
    }
    tree.paths = source_paths;
    let read: Vec<_> =
        wanted.list.into_par_iter().map(|(path, span)| (read(&path, span, resources), path)).collect();
    let mut images = Images::default();
    for (result, path) in read {
        match result {
            Ok(image) => {
                let id = ImageId(u32::try_from(images.list.len()).unwrap_or(u32::MAX));
                images.by_path.insert(path, id);
                images.list.push(image);
            }
            Err(problem) => diagnostics.push(*problem),
        }
    }
    images.cover = cover.as_ref().and_then(|(path, _)| images.by_path.get(path).copied());
    pixels::check(&images, cover.map(|(_, span)| span), diagnostics);
    images
}

/// Paths in the order they are first shown, each with that place.
#[derive(Default)]
struct Wanted {
    list: Vec<(String, Span)>,
    seen: std::collections::BTreeSet<String>,
}

impl Wanted {
    fn add(&mut self, path: String, span: Span) {
        if self.seen.insert(path.clone()) {
            self.list.push((path, span));
        }
    }

    fn picture(&mut self, picture: &OpenPicture, span: Span, source_path: &str) {
        self.add(key(source_path, &picture.path), span);
    }

    fn blocks(&mut self, blocks: &mut [Block<Open>], source_path: &str) {
        for block in blocks {
            if let BlockKind::Figure { picture, .. } = &block.kind {
                self.picture(picture, block.span, source_path);
            }
            parts(&mut block.kind, &mut |part| match part {
                Part::Text(text) => self.inlines(&text.content, source_path),
                Part::Blocks(inner) => self.blocks(inner, source_path),
                Part::Code(()) => {}
            });
        }
    }

    fn inlines(&mut self, content: &[crate::model::Inline<Open>], source_path: &str) {
        walk_inlines(content, &mut |inline| {
            if let InlineKind::Picture(picture) = &inline.kind {
                self.picture(picture, inline.span, source_path);
            }
            // Words for a page reference may hold a picture too; the walk leaves them out.
            if let InlineKind::PageReference { content, .. } = &inline.kind {
                self.inlines(content, source_path);
            }
        });
    }
}

type Problem = Box<Diagnostic>;

fn problem(code: Code, span: Span, message: String, hint: impl Into<String>) -> Problem {
    Box::new(Diagnostic::new(code, span, message).hint(hint))
}

fn read(path: &str, span: Span, resources: &dyn Resources) -> Result<Image, Problem> {
    if path.is_empty() {
        let hint = "put the image's path between the parentheses";
        return Err(problem(Code::MissingImage, span, "this image names no file".to_owned(), hint));
    }
    if let Some(scheme) = paths::scheme(path).or_else(|| path.starts_with("//").then(|| "https".to_owned())) {
        let message = match scheme.as_str() {
            "data" => "an image can't be held in its own address".to_owned(),
            _ => format!("the image `{}` isn't in the manuscript's folder", shortened(path)),
        };
        let hint =
            "nothing is fetched from the network: save the image beside the manuscript and give its path";
        return Err(problem(Code::MissingImage, span, message, hint));
    }
    let bytes = resources.read(path).map_err(|error| unread(path, span, &error, resources))?;
    let kind = kind(&bytes).ok_or_else(|| {
        let what = other_kind(&bytes).unwrap_or("of no kind Aldine reads");
        let hint = "save it as PNG, JPEG, WebP, GIF or SVG";
        problem(Code::BrokenImage, span, format!("the image `{path}` is {what}"), hint)
    })?;
    let (width, height) = match kind {
        ImageKind::Svg => drawn(path, span, &bytes)?,
        ImageKind::Png | ImageKind::Jpeg | ImageKind::Webp | ImageKind::Gif => {
            decoded(path, span, &bytes, kind)?
        }
    };
    Ok(Image { path: path.to_owned(), kind, bytes, width, height, span })
}

fn unread(path: &str, span: Span, error: &ReadError, resources: &dyn Resources) -> Problem {
    match error {
        ReadError::Missing => {
            let hint = match neighbour(path, resources) {
                Some(near) => {
                    format!("did you mean `{near}`? Paths are relative to the file that shows the image")
                }
                None => "paths are relative to the file that shows the image".to_owned(),
            };
            problem(Code::MissingImage, span, format!("there is no image `{path}`"), hint)
        }
        ReadError::Outside if path.contains('\\') => {
            let hint = "write `/` between folders, on every system";
            problem(Code::PathOutside, span, format!("`{path}` is no path in the manuscript's folder"), hint)
        }
        ReadError::Outside => {
            let hint = "move the image into the folder, or set `allow-outside = true`";
            problem(
                Code::PathOutside,
                span,
                format!("the image `{path}` is outside the manuscript's folder"),
                hint,
            )
        }
        ReadError::Failed(why) => {
            let hint = "see that it is a file that you may read";
            problem(Code::MissingImage, span, format!("the image `{path}` can't be read: {why}"), hint)
        }
    }
}

/// A file of nearly that name, in the same folder or, with the very name, in another.
fn neighbour(path: &str, resources: &dyn Resources) -> Option<String> {
    let name = path.rsplit('/').next()?;
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let beside = resources.list(folder).unwrap_or_default();
    let near = paths::nearest(path, beside.iter().map(String::as_str)).map(str::to_owned);
    near.or_else(|| {
        let all = resources.list("").unwrap_or_default();
        all.into_iter().find(|other| other.rsplit('/').next() == Some(name))
    })
}

/// The kind, by the first bytes.
fn kind(bytes: &[u8]) -> Option<ImageKind> {
    match bytes {
        [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, ..] => Some(ImageKind::Png),
        [0xff, 0xd8, 0xff, ..] => Some(ImageKind::Jpeg),
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some(ImageKind::Gif),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(ImageKind::Webp),
        _ => svg::is_svg(bytes).then_some(ImageKind::Svg),
    }
}

/// What an image of another kind is, so that its author knows.
fn other_kind(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [] => Some("an empty file"),
        [b'%', b'P', b'D', b'F', ..] => Some("a PDF"),
        [b'B', b'M', ..] => Some("a BMP"),
        [b'I', b'I', b'*', 0, ..] | [b'M', b'M', 0, b'*', ..] => Some("a TIFF"),
        [0x1f, 0x8b, ..] => Some("a compressed file (SVGZ?)"),
        [_, _, _, _, b'f', b't', b'y', b'p', b'a', b'v', b'i', b'f' | b's', ..] => Some("an AVIF"),
        [_, _, _, _, b'f', b't', b'y', b'p', b'h', b'e', b'i', b'c' | b'x', ..] => Some("a HEIC"),
        [0xff, 0x0a, ..] => Some("a JPEG XL"),
        [b'8', b'B', b'P', b'S', ..] => Some("a Photoshop file"),
        [b'<', b'!', b'D' | b'd', ..] | [b'<', b'h' | b'H', ..] => Some("a web page"),
        _ => bytes.starts_with(b"version https://git-lfs").then_some("only a pointer to Git LFS"),
    }
}

fn drawn(path: &str, span: Span, bytes: &[u8]) -> Result<(f32, f32), Problem> {
    svg::read(bytes).map_err(|refused| match refused {
        Refused::Broken(why) => {
            let hint = "open it in a drawing program and save it again";
            problem(Code::BrokenImage, span, format!("the image `{path}` can't be read: {why}"), hint)
        }
        Refused::Active(what) => {
            let hint = "save it as a plain SVG, with all it needs inside";
            problem(Code::ActiveSvg, span, format!("the image `{path}` isn't a mere picture: {what}"), hint)
        }
    })
}

#[expect(clippy::cast_precision_loss, reason = "sides of images are far below 2^24 pixels")]
fn decoded(path: &str, span: Span, bytes: &Arc<Vec<u8>>, kind: ImageKind) -> Result<(f32, f32), Problem> {
    let broken = |why: &str| {
        let hint = "open it in an image program and save it again";
        problem(Code::BrokenImage, span, format!("the image `{path}` can't be read: {why}"), hint)
    };
    let format = match kind {
        ImageKind::Jpeg => image::ImageFormat::Jpeg,
        ImageKind::Gif => image::ImageFormat::Gif,
        ImageKind::Webp => image::ImageFormat::WebP,
        ImageKind::Png | ImageKind::Svg => image::ImageFormat::Png,
    };
    let reader = || image::ImageReader::with_format(Cursor::new(bytes.as_slice()), format);
    let (width, height) = reader().into_dimensions().map_err(|error| broken(&error.to_string()))?;
    if width == 0 || height == 0 {
        return Err(broken("it has no pixels"));
    }
    if u64::from(width) * u64::from(height) >= MOST_PIXELS {
        let message = format!("the image `{path}` has {width} × {height} pixels");
        let hint = "make it smaller: 80 million pixels are more than any page can show";
        return Err(problem(Code::HugeImage, span, message, hint));
    }
    // Decoders of JPEG paint what is missing grey; a file cut short has no end mark.
    if kind == ImageKind::Jpeg && !bytes.windows(2).any(|pair| pair == [0xff, 0xd9]) {
        return Err(broken("it ends too early"));
    }
    let mut limits = image::Limits::default();
    limits.max_alloc = Some(MOST_PIXELS * 16);
    let mut reader = reader();
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|error| broken(&error.to_string()))?;
    let held = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    DynamicImage::from_decoder(decoder).map_err(|error| broken(&error.to_string()))?;
    // The sides that are seen: e-readers turn a picture as its camera was held, and so does print.
    Ok(match held {
        Orientation::Rotate90
        | Orientation::Rotate270
        | Orientation::Rotate90FlipH
        | Orientation::Rotate270FlipH => (height as f32, width as f32),
        Orientation::NoTransforms
        | Orientation::Rotate180
        | Orientation::FlipHorizontal
        | Orientation::FlipVertical => (width as f32, height as f32),
    })
}

fn shortened(address: &str) -> String {
    let mut short: String = address.chars().take(80).collect();
    if short.len() < address.len() {
        short.push('…');
    }
    short
}
