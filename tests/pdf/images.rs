//! Images: as they are in the file, as they stand on the page.

use crate::press::{case, pixels};
use crate::{count, drawn, opened};
use image::ImageFormat;

/// The PDF of one figure of 60 by 40 points.
fn figure(path: &str, bytes: Vec<u8>) -> Vec<u8> {
    let case = case(&format!("# A\n\n![Words]({path})\n"), &[(path, bytes)]);
    let mut set = case.set();
    set.page(false, 1);
    set.figure(0, Some("Words"), None);
    case.printed(&set.layout)
}

#[test]
fn a_jpeg_is_embedded_as_it_is() {
    let jpeg = pixels(ImageFormat::Jpeg, 64, 48);
    let pdf = figure("a.jpg", jpeg.clone());
    assert!(pdf.windows(jpeg.len()).any(|window| window == jpeg));
    assert_eq!(count(&pdf, "/Filter/DCTDecode"), 1);
}

#[test]
fn kinds_and_depths_of_pixels_are_drawn() {
    let mut bytes = std::io::Cursor::new(Vec::new());
    let see_through = image::RgbaImage::from_fn(5, 4, |x, y| image::Rgba([9, 9, 9, (x * y) as u8]));
    see_through.write_to(&mut bytes, ImageFormat::Png).expect("a PNG");
    assert_eq!(count(&figure("a.png", bytes.into_inner()), "/SMask"), 1);

    let mut bytes = std::io::Cursor::new(Vec::new());
    let fine: image::ImageBuffer<image::Luma<u16>, Vec<u16>> =
        image::ImageBuffer::from_fn(5, 4, |x, y| image::Luma([(x * y * 999) as u16]));
    fine.write_to(&mut bytes, ImageFormat::Png).expect("a PNG");
    assert_eq!(count(&figure("a.png", bytes.into_inner()), "/BitsPerComponent 16"), 1);
}

/// A JPEG of four colours, 8 by 8 dots of one shade: the least that a decoder takes.
fn cmyk() -> Vec<u8> {
    let mut jpeg = vec![0xff, 0xd8];
    let mut segment = |marker: u8, body: &[u8]| {
        let length = u16::try_from(body.len() + 2).expect("a short segment");
        jpeg.extend([0xff, marker]);
        jpeg.extend(length.to_be_bytes());
        jpeg.extend(body);
    };
    segment(0xee, b"Adobe\0\x64\0\0\0\0\0");
    segment(0xdb, &[&[0][..], &[1; 64]].concat());
    segment(0xc0, &[8, 0, 8, 0, 8, 4, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0, 4, 0x11, 0]);
    let one_code: Vec<u8> = [&[1][..], &[0; 15], &[0]].concat();
    segment(0xc4, &[&[0x00][..], &one_code].concat());
    segment(0xc4, &[&[0x10][..], &one_code].concat());
    segment(0xda, &[4, 1, 0, 2, 0, 3, 0, 4, 0, 0, 63, 0]);
    jpeg.extend([0x00, 0xff, 0xd9]);
    jpeg
}

#[test]
fn colours_of_print_are_converted_since_they_would_need_a_profile() {
    let pdf = figure("a.jpg", cmyk());
    assert_eq!(count(&pdf, "/DCTDecode"), 0);
    assert_eq!(count(&pdf, "/DeviceCMYK"), 0);
}

/// The JPEG with a word on how its camera was held.
fn held(jpeg: &[u8], how: u8) -> Vec<u8> {
    let mut exif = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
    exif.extend([how, 0, 0, 0, 0, 0, 0]);
    let length = u16::try_from(exif.len() + 2).expect("short").to_be_bytes();
    let (start, rest) = jpeg.split_at(2);
    [start, &[0xff, 0xe1], &length, &exif, rest].concat()
}

/// The matrix that the first image of the first page is drawn with, whole points.
fn matrix(pdf: &[u8]) -> Vec<i64> {
    let all = drawn(&opened(pdf), 0);
    let before = all.split(" cm").next().expect("a matrix");
    let numbers = before.rsplit(['q', '\n']).next().expect("numbers");
    numbers.split_whitespace().map(|n| n.parse::<f64>().expect("a number").round() as i64).collect()
}

#[test]
fn pictures_stand_upright_as_their_camera_was_held() {
    let jpeg = pixels(ImageFormat::Jpeg, 16, 16);
    let (left, foot) = (54, 595 - 54 - 40);
    let (right, top) = (left + 60, foot + 40);
    for (how, wanted) in [
        (1, [60, 0, 0, 40, left, foot]),
        (2, [-60, 0, 0, 40, right, foot]),
        (3, [-60, 0, 0, -40, right, top]),
        (4, [60, 0, 0, -40, left, top]),
        (5, [0, -40, -60, 0, right, top]),
        (6, [0, -40, 60, 0, left, top]),
        (7, [0, 40, 60, 0, left, foot]),
        (8, [0, 40, -60, 0, right, foot]),
    ] {
        assert_eq!(matrix(&figure("a.jpg", held(&jpeg, how))), wanted, "{how}");
    }
    // The book counts with the sides that are seen.
    let jpeg = pixels(ImageFormat::Jpeg, 16, 8);
    for (how, sides) in [(1, (16.0, 8.0)), (3, (16.0, 8.0)), (6, (8.0, 16.0)), (8, (8.0, 16.0))] {
        let case = case("# A\n\n![Words](a.jpg)\n", &[("a.jpg", held(&jpeg, how))]);
        assert_eq!((case.book.images[0].width, case.book.images[0].height), sides, "{how}");
    }
}

#[test]
fn a_drawing_shown_often_is_held_once_and_its_words_are_of_our_fonts() {
    let case = crate::sample::book();
    let mut set = case.set();
    set.page(false, 1);
    for _ in 0..5 {
        set.figure(2, Some("A rope"), None);
    }
    let pdf = case.printed(&set.layout);
    let once = count(&pdf, "/Subtype/Form");
    let mut set = case.set();
    set.page(false, 1);
    set.figure(2, Some("A rope"), None);
    let single = case.printed(&set.layout);
    assert_eq!(once, count(&single, "/Subtype/Form"));
    // Four letters drawn as paths take more than a rectangle.
    assert!(pdf.len() < single.len() + 2_000, "{} and {}", pdf.len(), single.len());
}

#[test]
fn decoration_is_no_part_of_the_text() {
    let case = crate::sample::book();
    let mut set = case.set();
    set.page(false, 1);
    set.figure(0, None, None);
    set.figure(0, Some("  "), None);
    let file = opened(&case.printed(&set.layout));
    assert_eq!(crate::structure(&file), "Document 0+0\n");
    assert_eq!(drawn(&file, 0).matches("/Artifact").count(), 2);
}
