//! Images.

use crate::bench::{bench, files, set};
use crate::view::view;
use aldine::model::ImageKind;
use std::io::Cursor;

pub(crate) const SVG: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"40\" height=\"30\"><rect width=\"9\" height=\"9\"/></svg>";

fn encoded(format: image::ImageFormat, width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    image::RgbImage::from_fn(width, height, |x, y| image::Rgb([x as u8, y as u8, 9]))
        .write_to(&mut bytes, format)
        .expect("an image");
    bytes.into_inner()
}

/// Says what comes of one image.
fn told(path: &str, bytes: impl Into<Vec<u8>>) -> Vec<String> {
    bench(&format!("# A\n\n![Alt](<{path}>)\n")).with(path, bytes).make().said()
}

#[test]
fn images_are_told_by_their_bytes() {
    let made = files(&[
        (
            "book/a.md",
            "# A\n\n![One](img/p%20q.dat)\n\n![Two](./img/../img/p%20q.dat){width=50%} ![Three](../j.x)\n",
        ),
        ("b.md", "# B\n\ntext ![Four](book/w.png) and ![Five](g)\n\n![Six](v \"Cap\")\n"),
    ])
    .with("book/img/p q.dat", encoded(image::ImageFormat::Png, 4, 2))
    .with("j.x", encoded(image::ImageFormat::Jpeg, 16, 8))
    .with("book/w.png", encoded(image::ImageFormat::WebP, 5, 5))
    .with("g", encoded(image::ImageFormat::Gif, 3, 3))
    .with("v", format!("\u{feff}<?xml version=\"1.0\"?>\n<!-- x -->\n<!DOCTYPE svg>\n{SVG}"))
    .make();
    assert_eq!(made.said(), [""; 0]);
    let images: Vec<_> =
        made.book.images.iter().map(|i| (i.path.as_str(), i.kind, i.width, i.height)).collect();
    assert_eq!(
        images,
        [
            ("book/img/p q.dat", ImageKind::Png, 4.0, 2.0),
            ("j.x", ImageKind::Jpeg, 16.0, 8.0),
            ("book/w.png", ImageKind::Webp, 5.0, 5.0),
            ("g", ImageKind::Gif, 3.0, 3.0),
            ("v", ImageKind::Svg, 40.0, 30.0),
        ]
    );
    assert!(view(&made.book).contains("figure 0 Some(\"One\") | - | -"), "{}", view(&made.book));
}

#[test]
fn the_cover_comes_last_unless_it_is_shown() {
    let cover = |text: &str| {
        let pixels = encoded(image::ImageFormat::Png, 1600, 2560);
        let mut bench = bench(text).with("c.png", pixels).with("d.svg", SVG);
        bench.settings.cover = set("./c.png".to_owned());
        let made = bench.make();
        assert_eq!(made.said(), [""; 0]);
        (made.book.images.len(), made.book.cover.map(|id| id.0))
    };
    assert_eq!(cover("# A\n\n![D](d.svg)\n\n# B\n"), (2, Some(1)));
    assert_eq!(cover("# A\n\n![C](c.png)\n\n# B\n"), (1, Some(0)));
    let mut missing = bench("# A\n");
    missing.settings.cover = set("c.jpg".to_owned());
    let made = missing.make();
    assert_eq!((made.codes(), made.book.cover), (vec!["missing-image"], None));
}

#[test]
fn images_that_are_not_there_are_errors() {
    let made = files(&[(
        "t/a.md",
        "# A\n\n![Words](img/wale.svg)\n\n![b](../../up.png) ![c](/abs.png) ![d](http://a.example/x.png) \
         ![e](data:image/png;base64,x) ![f](a\\b.png) ![g]() ![w](img/wale.svg)\n",
    )])
    .with("t/img/whale.svg", SVG)
    .make();
    assert_eq!(
        made.said(),
        [
            "t/a.md:3:1 missing-image: there is no image `t/img/wale.svg`",
            "t/a.md:5:1 path-outside: the image `../up.png` is outside the manuscript's folder",
            "t/a.md:5:20 path-outside: the image `/abs.png` is outside the manuscript's folder",
            "t/a.md:5:35 missing-image: the image `http://a.example/x.png` isn't in the manuscript's folder",
            "t/a.md:5:64 missing-image: an image can't be held in its own address",
            "t/a.md:5:94 path-outside: `t/a\\b.png` is no path in the manuscript's folder",
            "t/a.md:5:108 missing-image: this image names no file",
        ]
    );
    assert!(made.hints()[0].contains("did you mean `t/img/whale.svg`?"), "{:?}", made.hints());
    assert!(made.told.has_errors());
    assert!(view(&made.book).contains("p 1: Words"), "{}", view(&made.book));
}

#[test]
fn broken_images_are_errors() {
    let mut short = encoded(image::ImageFormat::Png, 60, 60);
    short.truncate(100);
    let mut cut = encoded(image::ImageFormat::Jpeg, 60, 60);
    cut.truncate(cut.len() / 2);
    for (path, bytes) in [("a.png", short), ("a.jpg", cut), ("a.gif", b"GIF89a\x01\x00".to_vec())] {
        let said = told(path, bytes);
        assert_eq!(said.len(), 1, "{said:?}");
        assert!(said[0].contains("broken-image"), "{said:?}");
    }
    for (bytes, word) in [
        (&b"%PDF-1.7"[..], "a PDF"),
        (b"", "an empty file"),
        (b"<!DOCTYPE html>", "a web page"),
        (b"plain", "of no kind"),
        (b"<svg", "can't be read"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' width='0' height='0'/>", "can't be read"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'>\xff</svg>", "of no kind"),
    ] {
        let said = told("x.png", bytes);
        assert_eq!(said.len(), 1, "{said:?}");
        assert!(said[0].contains("3:1 broken-image") && said[0].contains(word), "{said:?}");
    }
}

#[test]
fn images_that_would_fill_the_memory_are_never_decoded() {
    // The head of a PNG of 60,000 by 60,000 pixels; its data is a stub.
    let mut bytes = encoded(image::ImageFormat::Png, 1, 1);
    bytes[16..24].copy_from_slice(&[0, 0, 0xea, 0x60, 0, 0, 0xea, 0x60]);
    let mut crc = flate2::Crc::new();
    crc.update(&bytes[12..29]);
    bytes[29..33].copy_from_slice(&crc.sum().to_be_bytes());
    assert_eq!(told("h.png", bytes), ["book.md:3:1 huge-image: the image `h.png` has 60000 × 60000 pixels"]);
}

fn svg(inner: &str) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" width=\"9\" height=\"9\">{inner}</svg>"
    )
}

#[test]
fn drawings_that_act_or_reach_out_are_errors() {
    for inner in [
        "<script>1</script>",
        "<rect onclick=\"x()\"/>",
        "<image xlink:href=\"http://a.example/p.png\"/>",
        "<image href=\"../p.png\"/>",
        "<use href=\"other.svg#a\"/>",
        "<rect style=\"fill: url( 'http://a.example/f' )\"/>",
        "<rect fill=\"url(other.svg#g)\"/>",
        "<style>@import 'a.css';</style>",
        "<style>rect { fill: URL(http://a.example) }</style>",
        "<a href=\" java&#10;script:x\"><rect/></a>",
        "<animate attributeName=\"href\" to=\"javascript:x\"/>",
        "<foreignObject><iframe xmlns=\"http://www.w3.org/1999/xhtml\" src=\"x\"/></foreignObject>",
    ] {
        let said = told("a.svg", svg(inner));
        assert_eq!(said.len(), 1, "{inner}: {said:?}");
        assert!(said[0].contains("3:1 active-svg"), "{inner}: {said:?}");
    }
    let sheet = format!("<?xml-stylesheet href=\"a.css\"?>{}", svg(""));
    assert!(told("a.svg", sheet)[0].contains("active-svg"));
    let entity = format!("<!DOCTYPE svg [<!ENTITY a \"javascript:x\">]>{}", svg("<a href=\"&a;\"/>"));
    assert!(told("a.svg", entity)[0].contains("active-svg"));
}

#[test]
fn drawings_that_keep_to_themselves_pass() {
    for inner in [
        "<use href=\"#a\"/><g id=\"a\"/>",
        "<image href=\"data:image/png;base64,iVBORw0KGgo=\"/>",
        "<rect fill=\"url(#g)\"/><rect fill='url(\"#g\")'/>",
        "<a xlink:href=\"https://a.example/\"><rect width=\"1\" height=\"1\"/></a>",
        "<style>@font-face { src: url(data:font/woff2;base64,AA) }</style><text>words</text>",
        "<metadata>on: javascript</metadata>",
    ] {
        assert_eq!(told("a.svg", svg(inner)), [""; 0], "{inner}");
    }
}

#[test]
fn drawings_nested_without_end_are_refused() {
    let deep = svg(&format!("{}{}", "<g>".repeat(100_000), "</g>".repeat(100_000)));
    assert!(told("a.svg", deep)[0].contains("nested too deep"));
    let mut entities = String::from("<!ENTITY e0 \"<g/>\">");
    for at in 1..8 {
        let open = "<g>".repeat(30);
        let close = "</g>".repeat(30);
        entities.push_str(&format!("<!ENTITY e{at} \"{open}&e{};{close}\">", at - 1));
    }
    let hidden = format!("<!DOCTYPE svg [{entities}]>{}", svg("&e7;&e7;"));
    let said = told("a.svg", hidden);
    assert!(said.len() <= 1, "{said:?}");
    let mut laughs = String::from("<!ENTITY l0 \"lol\">");
    for at in 1..12 {
        laughs.push_str(&format!("<!ENTITY l{at} \"{}\">", format!("&l{};", at - 1).repeat(10)));
    }
    let bomb = format!("<!DOCTYPE svg [{laughs}]>{}", svg("<text>&l11;</text>"));
    assert!(told("a.svg", bomb)[0].contains("broken-image"));
}

#[test]
fn images_without_words_are_decoration() {
    let made = bench("# A\n\n![](a.svg)\n\nx ![ ](a.svg) ![](a.svg){.decorative} ![two\nlines](a.svg)\n")
        .with("a.svg", SVG)
        .make();
    assert_eq!(
        made.said(),
        [
            "book.md:3:1 missing-alt: the image `a.svg` says nothing to those who can't see it",
            "book.md:5:3 missing-alt: the image `a.svg` says nothing to those who can't see it",
        ]
    );
    assert_eq!(made.book.images.len(), 1);
}
