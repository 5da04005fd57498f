//! Covers: the book's own, looked at, or one that the style draws.

use super::workshop::epub::{elements, file, unpack};
use super::workshop::{book, images, request};
use aldine::build::Resolved;
use aldine::diagnostics::Diagnostics;
use aldine::editions::Artifact;
use aldine::model::ImageKind;
use aldine::sources::{Manuscript, Memory};

fn resolved(files: &Memory) -> (Resolved, Diagnostics) {
    let manuscript = Manuscript::File("book.md".to_owned());
    let asked = request(files, &manuscript, None);
    let mut told = Diagnostics::new();
    let made = asked.resolve(asked.prepare(&mut told), &mut told);
    told.sort();
    (made, told)
}

fn of(head: &str) -> Resolved {
    let text = format!("---\nlanguage: en\nstyle: classic\n{head}---\n# One\n\nwords\n");
    resolved(&images().with("book.md", text)).0
}

fn epub(made: &Resolved) -> Artifact {
    let mut told = Diagnostics::new();
    let layout = made.lay_out(&mut told);
    made.publish(&layout, &["epub"], &mut told).pop().expect("an EPUB")
}

/// The shades of a cover, dot by dot from the upper left.
fn shades(made: &Resolved) -> image::GrayImage {
    let cover = made.cover().expect("a cover");
    assert_eq!((cover.kind, cover.width, cover.height), (ImageKind::Png, 1600.0, 2560.0));
    image::load_from_memory(&cover.bytes).expect("a PNG").to_luma8()
}

/// The rows that have ink between the frame's sides, as a share of the height: first and last.
fn inked(shades: &image::GrayImage) -> (f64, f64) {
    let (width, height) = shades.dimensions();
    let row = |y: &u32| (200..width - 200).any(|x| shades.get_pixel(x, *y).0[0] < 128);
    let rows: Vec<u32> = (150..height - 150).filter(row).collect();
    let share = |y: &u32| f64::from(*y) / f64::from(height);
    (rows.first().map_or(1.0, share), rows.last().map_or(0.0, share))
}

#[test]
fn a_book_without_a_cover_gets_one_in_both_places_and_the_same_each_time() {
    let made = of("title: The Sea, the Sea\nauthor: Ada Author\n");
    let shades = shades(&made);
    let (top, foot) = inked(&shades);
    assert!((0.1..0.3).contains(&top) && (0.8..0.96).contains(&foot), "{top} {foot}");
    let beside = made.cover_file().expect("a file");
    assert_eq!(beside.name, "the-sea-the-sea-cover.png");
    let bytes = epub(&made).bytes;
    let (_, inside) =
        unpack(&bytes).into_iter().find(|(path, _)| path == "EPUB/images/cover.png").expect("the cover");
    assert!(inside == beside.bytes);
    let package = elements("package", &file(&bytes, "EPUB/package.opf"));
    let item = package.iter().find(|e| e.get("properties") == Some("cover-image")).expect("an item");
    assert_eq!((item.get("href"), item.get("media-type")), (Some("images/cover.png"), Some("image/png")));
    assert!(file(&bytes, "EPUB/text/cover.xhtml").contains("alt=\"Cover: The Sea, the Sea\""));
    for threads in [1, 3] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
        let again = pool.install(|| of("title: The Sea, the Sea\nauthor: Ada Author\n").cover_file());
        assert!(again.expect("a file").bytes == beside.bytes, "{threads} threads");
    }
    assert!(of("title: The Sea\nauthor: Ada Author\n").cover_file().expect("a file").bytes != beside.bytes);
}

#[test]
fn covers_hold_what_is_long_and_what_runs_the_other_way() {
    let long =
        "An Inquiry into the Nature and Causes of the Wealth of Nations and of Much Besides ".repeat(3);
    let word = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft";
    for head in [
        format!("title: {long}\nauthors: [A. One, B. Two, C. Three, D. Four]\n"),
        format!("title: {word}\nauthor: {word}\n"),
        "title: שיר השירים\nauthor: שלמה\n".to_owned(),
        "title: A\n".to_owned(),
    ] {
        let shades = shades(&of(&head));
        // Nothing stands between the frame and the sheet's edge.
        let edge = (0..2560).flat_map(|y| [5, 60, 1540, 1595].map(|x| shades.get_pixel(x, y).0[0]));
        assert!(edge.into_iter().all(|shade| shade > 200), "{head}");
        let (top, foot) = inked(&shades);
        assert!(top < foot, "{head}");
    }
}

#[test]
fn the_style_says_whether_and_in_which_colours() {
    let look = |cover: &str| {
        let text = "---\ntitle: T\nlanguage: en\nstyle: look\n---\n# One\n\nwords\n";
        let style = format!("base = \"classic\"\n[cover]\n{cover}");
        resolved(&Memory::new().with("book.md", text).with("look/style.toml", style))
    };
    let (made, told) = look("ground = \"#102030\"\nink = \"#FFFFFF\"\n");
    assert!(told.is_empty(), "{told:?}");
    let cover = image::load_from_memory(&made.cover().expect("a cover").bytes).expect("a PNG").to_rgb8();
    assert_eq!(cover.get_pixel(0, 0).0, [0x10, 0x20, 0x30]);
    assert!(cover.pixels().any(|dot| dot.0 == [0xff, 0xff, 0xff]));
    let (made, _) = look("drawn = false\n");
    assert!(made.cover().is_none() && made.cover_file().is_none());
    assert!(!file(&epub(&made).bytes, "EPUB/package.opf").contains("cover"));
    for (wrong, part) in [
        ("ink = \"#f0f0f0\"\n", "hardly stands out"),
        ("ink = \"black\"\n", "must be a colour"),
        ("ink = \"#12345g\"\n", "must be a colour"),
    ] {
        let (_, told) = look(wrong);
        assert!(told.iter().any(|d| d.code.name() == "bad-style" && d.message.contains(part)), "{told:?}");
    }
}

#[test]
fn the_books_own_cover_goes_before_a_drawn_one() {
    let made = of("title: T\ncover: photo.jpg\n");
    let cover = made.cover().expect("a cover");
    assert_eq!((cover.path.as_str(), cover.kind), ("photo.jpg", ImageKind::Jpeg));
    assert_eq!(made.cover_file().expect("a file").name, "t-cover.jpg");
    let paths: Vec<String> = unpack(&epub(&made).bytes).into_iter().map(|(path, _)| path).collect();
    assert_eq!(paths.iter().filter(|path| path.contains("images/")).count(), 1, "{paths:?}");
}

fn png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    image::GrayImage::new(width, height).write_to(&mut bytes, image::ImageFormat::Png).expect("an image");
    bytes.into_inner()
}

#[test]
fn covers_that_shops_refuse_or_cut_are_told() {
    let told = |width: u32, height: u32| {
        let text = "---\ntitle: T\nlanguage: en\ncover: c.png\n---\n# One\n\nwords\n";
        let (_, told) = resolved(&Memory::new().with("book.md", text).with("c.png", png(width, height)));
        told.iter().map(|d| format!("{}: {}", d.code.name(), d.message)).collect::<Vec<_>>()
    };
    assert_eq!(told(1600, 2560), Vec::<String>::new());
    assert_eq!(told(1400, 2100), Vec::<String>::new());
    assert_eq!(
        told(1399, 2200),
        ["cover-size: the cover `c.png` has 1399 × 2200 pixels: shops want 1400 at the shorter side"]
    );
    assert_eq!(
        told(2000, 3000),
        ["cover-size: the cover `c.png` has 2000 × 3000 pixels: Apple Books refuses more than 5.6 million"]
    );
    assert_eq!(
        told(1500, 1400),
        ["cover-size: the cover `c.png` is wider than high, 1 to 0.93: it will be cut or framed"]
    );
    let svg = book("---\ntitle: T\nlanguage: en\ncover: line.svg\n---\n# One\n\nwords\n");
    assert!(svg.told.iter().any(|d| d.message.contains("is a drawing")), "{:?}", svg.told);
    let text = "---\ntitle: T\nlanguage: en\n---\n# One\n\n![a](c.png)\n";
    let large = |width| resolved(&Memory::new().with("book.md", text).with("c.png", png(width, 2000))).1;
    assert!(large(2800).is_empty(), "{:?}", large(2800));
    let names: Vec<_> = large(2900).iter().map(|d| d.code.name()).collect();
    assert_eq!(names, ["large-image"]);
}
