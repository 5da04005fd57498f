//! Images as a PDF holds them: JPEG as it is, other pixels deflated, SVG as paths.
//!
//! Enters: the book's images and the layout's fonts. Leaves: each, ready to be drawn once or often.
//! Promise: drawings use the book's fonts and never the system's, and open no file; pictures stand
//! upright where their camera says how; nothing is interpolated.

use crate::fonts::FontSet;
use crate::model::{Image, ImageKind};
use image::metadata::Orientation;
use image::{ImageDecoder, ImageReader};
use krilla::Data;
use krilla::geom::{Size, Transform};
use krilla::graphic::Graphic;
use krilla::image::{BitsPerComponent, CustomImage, Image as Pixels, ImageColorspace};
use krilla::surface::Surface;
use krilla_svg::{SurfaceExt, SvgSettings};
use std::io::Cursor;
use std::sync::Arc;
use usvg::fontdb::{Database, Source};

/// An image that can be drawn.
pub(super) enum Drawing {
    /// Of pixels, and how they are turned.
    Pixels(Pixels, Orientation),
    /// Of paths, as large as its own units.
    Paths(Graphic, f32, f32),
}

/// Reads an image; what is wrong with it otherwise.
pub(super) fn read(
    image: &Image,
    fonts: &mut SvgFonts<'_>,
    surface: &mut Surface<'_>,
) -> Result<Drawing, String> {
    let data: Data = Arc::clone(&image.bytes).into();
    let pixels = match image.kind {
        ImageKind::Png => Pixels::from_png(data, false)?,
        ImageKind::Gif => Pixels::from_gif(data, false)?,
        ImageKind::Webp => Pixels::from_webp(data, false)?,
        ImageKind::Jpeg if is_cmyk(&image.bytes) => Pixels::from_custom(Converted::from(image)?, false)?,
        ImageKind::Jpeg => Pixels::from_jpeg(data, false)?,
        ImageKind::Svg => return paths(&image.bytes, fonts, surface),
    };
    let orientation = orientation(image, pixels.size());
    Ok(Drawing::Pixels(pixels, orientation))
}

/// How the picture is to be turned. A quarter turn swaps its sides: it is made only when the book
/// counts with the sides that are seen.
#[expect(clippy::cast_precision_loss, reason = "sides of images are far below 2^24 pixels")]
fn orientation(image: &Image, stored: (u32, u32)) -> Orientation {
    let reader = ImageReader::new(Cursor::new(image.bytes.as_slice())).with_guessed_format();
    let decoder = reader.ok().and_then(|reader| reader.into_decoder().ok());
    let told = decoder.and_then(|mut decoder| decoder.orientation().ok());
    let told = told.unwrap_or(Orientation::NoTransforms);
    let swapped = (image.height - stored.0 as f32).abs() < 0.5 && (image.width - stored.1 as f32).abs() < 0.5;
    if is_quarter(told) && !swapped { Orientation::NoTransforms } else { told }
}

fn is_quarter(orientation: Orientation) -> bool {
    match orientation {
        Orientation::Rotate90
        | Orientation::Rotate270
        | Orientation::Rotate90FlipH
        | Orientation::Rotate270FlipH => true,
        Orientation::NoTransforms
        | Orientation::Rotate180
        | Orientation::FlipHorizontal
        | Orientation::FlipVertical => false,
    }
}

/// Draws it into a box of `width` times `height` points, whose upper left corner is the origin.
pub(super) fn draw(drawing: &Drawing, width: f32, height: f32, surface: &mut Surface<'_>) {
    match drawing {
        Drawing::Pixels(pixels, orientation) => {
            let turned = if is_quarter(*orientation) { (height, width) } else { (width, height) };
            let Some(size) = Size::from_wh(turned.0, turned.1) else { return };
            surface.push_transform(&turn(*orientation, width, height));
            surface.draw_image(pixels.clone(), size);
            surface.pop();
        }
        Drawing::Paths(graphic, own_width, own_height) => {
            surface.push_transform(&Transform::from_scale(width / own_width, height / own_height));
            surface.draw_graphic(graphic.clone());
            surface.pop();
        }
    }
}

/// From the stored picture to the box it is seen in.
fn turn(orientation: Orientation, width: f32, height: f32) -> Transform {
    let (right, down) = (width, height);
    match orientation {
        Orientation::NoTransforms => Transform::identity(),
        Orientation::FlipHorizontal => Transform::from_row(-1.0, 0.0, 0.0, 1.0, right, 0.0),
        Orientation::Rotate180 => Transform::from_row(-1.0, 0.0, 0.0, -1.0, right, down),
        Orientation::FlipVertical => Transform::from_row(1.0, 0.0, 0.0, -1.0, 0.0, down),
        Orientation::Rotate90FlipH => Transform::from_row(0.0, 1.0, 1.0, 0.0, 0.0, 0.0),
        Orientation::Rotate90 => Transform::from_row(0.0, 1.0, -1.0, 0.0, right, 0.0),
        Orientation::Rotate270FlipH => Transform::from_row(0.0, -1.0, -1.0, 0.0, right, down),
        Orientation::Rotate270 => Transform::from_row(0.0, -1.0, 1.0, 0.0, 0.0, down),
    }
}

/// Whether a JPEG has four colours: its frame header says so (ITU-T T.81, B.2.2). PDF/A wants a
/// colour profile for them, which a book doesn't have.
fn is_cmyk(bytes: &[u8]) -> bool {
    let mut rest = bytes.get(2..).unwrap_or_default();
    loop {
        match rest {
            [0xff, 0xff, ..] => rest = rest.get(1..).unwrap_or_default(),
            [0xff, 0xc0..=0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf, ..] => {
                return rest.get(9) == Some(&4);
            }
            [0xff, 0xd8 | 0x01 | 0xd0..=0xd7, ..] => rest = rest.get(2..).unwrap_or_default(),
            [0xff, _, high, low, ..] => {
                let length = usize::from(*high) << 8 | usize::from(*low);
                rest = rest.get(2 + length..).unwrap_or_default();
            }
            _ => return false,
        }
    }
}

/// Pixels in red, green and blue that were of other colours.
#[derive(Clone)]
struct Converted {
    pixels: Arc<Vec<u8>>,
    size: (u32, u32),
}

impl Converted {
    fn from(image: &Image) -> Result<Converted, String> {
        let decoded = image::load_from_memory(&image.bytes).map_err(|error| error.to_string())?.to_rgb8();
        Ok(Converted { size: decoded.dimensions(), pixels: Arc::new(decoded.into_raw()) })
    }
}

impl std::hash::Hash for Converted {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        (&self.pixels, self.size).hash(state);
    }
}

impl CustomImage for Converted {
    fn color_channel(&self) -> &[u8] {
        &self.pixels
    }

    fn alpha_channel(&self) -> Option<&[u8]> {
        None
    }

    fn bits_per_component(&self) -> BitsPerComponent {
        BitsPerComponent::Eight
    }

    fn size(&self) -> (u32, u32) {
        self.size
    }

    fn icc_profile(&self) -> Option<&[u8]> {
        None
    }

    fn color_space(&self) -> ImageColorspace {
        ImageColorspace::Rgb
    }
}

/// The book's fonts for drawings, loaded for the first that has words.
pub(super) struct SvgFonts<'a> {
    set: &'a FontSet,
    loaded: Option<Arc<Database>>,
}

impl<'a> SvgFonts<'a> {
    /// None loaded yet.
    pub(super) fn new(set: &'a FontSet) -> Self {
        SvgFonts { set, loaded: None }
    }

    fn database(&mut self) -> Arc<Database> {
        Arc::clone(self.loaded.get_or_insert_with(|| Arc::new(database(self.set))))
    }
}

fn database(set: &FontSet) -> Database {
    let mut database = Database::new();
    let mut files: Vec<*const ()> = Vec::new();
    for (_, face) in set.iter() {
        // A collection's faces share their file, which is loaded whole.
        let file = Arc::as_ptr(face.bytes()).cast::<()>();
        if !files.contains(&file) {
            files.push(file);
            database.load_font_source(Source::Binary(face.bytes().clone()));
        }
    }
    use crate::fonts::Variant;
    let family = |variant| set.get(set.face(variant)).family().to_owned();
    let (text, mono) = (family(Variant::TEXT), family(Variant::MONO));
    database.set_serif_family(&text);
    database.set_sans_serif_family(&text);
    database.set_cursive_family(&text);
    database.set_fantasy_family(text);
    database.set_monospace_family(mono);
    database
}

fn paths(bytes: &[u8], fonts: &mut SvgFonts<'_>, surface: &mut Surface<'_>) -> Result<Drawing, String> {
    let text = std::str::from_utf8(bytes).map_err(|error| error.to_string())?;
    let fontdb = fonts.database();
    let options = usvg::Options {
        font_family: fonts.set.get(fonts.set.face(crate::fonts::Variant::TEXT)).family().to_owned(),
        fontdb,
        // Images held in the drawing are shown; nothing is opened.
        image_href_resolver: usvg::ImageHrefResolver {
            resolve_data: usvg::ImageHrefResolver::default_data_resolver(),
            resolve_string: Box::new(|_, _| None),
        },
        ..usvg::Options::default()
    };
    let tree = usvg::Tree::from_str(text.trim_start_matches('\u{feff}'), &options)
        .map_err(|error| error.to_string())?;
    let (width, height) = (tree.size().width(), tree.size().height());
    let size = Size::from_wh(width, height).ok_or("it has no size")?;
    let mut builder = surface.stream_builder();
    let mut own = builder.surface();
    // Words in a drawing become paths: its alternative text says what it says.
    let settings = SvgSettings { embed_text: false, ..SvgSettings::default() };
    own.draw_svg(&tree, size, settings).ok_or("it can't be drawn")?;
    own.finish();
    Ok(Drawing::Paths(Graphic::new(builder.finish(), false), width, height))
}
