//! Faces in the EPUB: only when the style wants them, cut down, still fonts, and only those that may be there.

use super::workshop::epub::{elements, file, unpack};
use super::workshop::{Made, book, request};
use aldine::diagnostics::Diagnostics;
use aldine::fonts::{FontBytes, FontSet, Outlines, Variant, Withheld};
use aldine::sources::{Manuscript, Memory};
use skrifa::raw::TableProvider;
use skrifa::raw::model::glyph::outline::PathElement;
use skrifa::{DrawMemory, Font, FontRef, GlyphId, ScalerFont};
use std::collections::BTreeSet;
use std::sync::Arc;

fn letters(text: &str) -> BTreeSet<char> {
    text.chars().collect()
}

/// A font as a reading system opens it.
fn opened(bytes: &[u8], index: u32) -> Font {
    let bytes: FontBytes = Arc::new(bytes.to_vec());
    Font::new(bytes, index).expect("a font")
}

/// The outline of a glyph, stroke by stroke.
fn outline(font: &Font, glyph: u32) -> Vec<PathElement> {
    let mut path = Vec::new();
    let scaler = ScalerFont::force_unhinted(font.clone(), None);
    if let Some(outline) = scaler.outline(GlyphId::new(glyph)) {
        outline.draw(DrawMemory::Scratch, &mut path).expect("an outline");
    }
    path
}

#[test]
fn every_face_is_cut_down_to_a_font_with_the_same_letters_and_layout() {
    let fonts = FontSet::embedded().with_text(aldine::fonts::Typeface::AtkinsonHyperlegible);
    let fonts = fonts.with_code(aldine::fonts::Monospace::IosevkaCharonMono);
    for (_, face) in fonts.iter() {
        let wanted = letters("Éfficient œuvre, ½ — “ſ” αω Ж");
        let cut = face.cut_to(&wanted).unwrap_or_else(|why| panic!("{}: {why:?}", face.name()));
        assert_eq!(cut, face.cut_to(&wanted).expect("again"), "{}: other bytes", face.name());
        let whole = FontRef::from_index((**face.bytes()).as_ref(), face.index()).expect("a font");
        let font = FontRef::new(&cut.bytes).expect("a font");
        let (before, after) = (face.font(), &opened(&cut.bytes, 0));
        assert_eq!(cut.outlines == Outlines::Postscript, whole.cff().is_ok(), "{}", face.name());
        assert_eq!(font.maxp().expect("maxp").num_glyphs(), whole.maxp().expect("maxp").num_glyphs());
        for c in wanted.iter().copied().chain(' '..='~') {
            let glyph = |font: &Font| font.charmap().map_unicode(c);
            assert_eq!(glyph(after), glyph(before), "{}: {c}", face.name());
            if let Some(glyph) = face.glyph(c) {
                assert_eq!(outline(after, glyph), outline(before, glyph), "{}: {c}", face.name());
            }
        }
        let absent = ['ß', 'Ω', '→', '😀'].into_iter().filter(|c| face.has(*c));
        for c in absent {
            assert_eq!(after.charmap().map_unicode(c), None, "{}: {c} is another face's now", face.name());
        }
        for tag in [b"GSUB", b"GPOS", b"GDEF", b"OS/2", b"name"] {
            let table =
                |font: &FontRef<'_>| font.data_for_tag(skrifa::Tag::new(tag)).map(|t| t.as_bytes().to_vec());
            assert!(table(&font) == table(&whole), "{}: {}", face.name(), String::from_utf8_lossy(tag));
        }
        let packed = |bytes: &[u8]| {
            use std::io::Write;
            let mut pack = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::default());
            pack.write_all(bytes).expect("bytes");
            pack.finish().expect("bytes").len()
        };
        let (before, after) = (packed((**face.bytes()).as_ref()), packed(&cut.bytes));
        assert!(after * 4 < before * 3, "{}: {before} to {after}", face.name());
    }
}

#[test]
fn letters_that_others_turn_into_keep_their_outlines() {
    let fonts = FontSet::embedded();
    let face = fonts.get(fonts.face(Variant::TEXT));
    let cut = face.cut_to(&letters("fi")).expect("a cut face");
    let (whole, font) = (face.font(), &opened(&cut.bytes, 0));
    let shaped = |features: &[harfrust::Feature]| {
        let mut buffer = harfrust::Buffer::new();
        buffer.push_str("fi fr");
        buffer.guess_segment_properties();
        let shaper = face.shaper();
        harfrust::shape(&shaper, &mut buffer, harfrust::ShapeOptions::new().features(features))
            .expect("glyphs");
        buffer.glyph_infos().iter().map(|info| info.glyph_id).collect::<Vec<u32>>()
    };
    let plain = face.glyph('f').expect("an f");
    for features in [vec![], vec![harfrust::Feature::new(harfrust::Tag::new(b"smcp"), 1, ..)]] {
        let glyphs = shaped(&features);
        assert!(glyphs.iter().any(|glyph| *glyph != plain));
        for glyph in glyphs {
            assert_eq!(outline(font, glyph), outline(whole, glyph), "{glyph}");
        }
    }
}

/// A font file whose maker says that of embedding (`OS/2.fsType`).
fn licensed(fs_type: u16) -> Vec<u8> {
    let fonts = FontSet::embedded();
    let bytes = (**fonts.get(fonts.face(Variant::MONO)).bytes()).as_ref().to_vec();
    let font = FontRef::new(&bytes).expect("a font");
    let os2 = font.table_directory().table_records().iter().find(|r| r.tag() == skrifa::Tag::new(b"OS/2"));
    let at = os2.expect("OS/2").offset() as usize;
    let mut bytes = bytes.clone();
    bytes[at + 8..at + 10].copy_from_slice(&fs_type.to_be_bytes());
    bytes
}

#[test]
fn faces_that_may_only_be_seen_stay_out() {
    let fonts = |fs_type: u16| {
        let files = Memory::new().with("f.ttf", licensed(fs_type));
        let named = aldine::sources::Spanned { value: "f.ttf".to_owned(), span: aldine::span::Span::NONE };
        let mut told = Diagnostics::new();
        FontSet::embedded().with_files(&[named], &files, &mut told)
    };
    for (fs_type, may) in [(0, true), (8, true), (4, false)] {
        let fonts = fonts(fs_type);
        let (_, face) = fonts.iter().last().expect("the file's face");
        match face.cut_to(&letters("abc")) {
            Ok(_) => assert!(may, "{fs_type}"),
            Err(why) => assert_eq!((why, may), (Withheld::Forbidden, false), "{fs_type}"),
        }
    }
}

fn styled(text: &str, with: bool) -> Made {
    let mut made = book(text);
    made.theme.epub_fonts = with;
    made
}

#[test]
fn the_style_says_whether_faces_are_in_the_file() {
    let text = "# A\n\nwords and *more*\n";
    let plain = styled(text, false).epub().bytes;
    assert!(unpack(&plain).iter().all(|(path, _)| !path.contains("fonts/")));
    assert!(!file(&plain, "EPUB/style.css").contains("@font-face"));
    let with = styled(text, true).epub().bytes;
    let css = file(&with, "EPUB/style.css");
    assert!(css.contains("html { font-family: \"Libertinus Serif\", serif; }"), "{css}");
    let package = elements("package", &file(&with, "EPUB/package.opf"));
    let fonts: Vec<_> =
        package.iter().filter(|e| e.get("href").is_some_and(|h| h.starts_with("fonts/"))).collect();
    assert!(!fonts.is_empty());
    for item in fonts {
        let href = item.get("href").expect("a path");
        assert_eq!(item.get("media-type"), Some("font/otf"));
        assert!(css.contains(&format!("src: url(\"{href}\");")), "{css}");
    }
}

#[test]
fn what_print_is_set_in_comes_along_and_what_may_not_is_told() {
    let text = "---\ntitle: T\nlanguage: en\nstyle: look\nfonts: f.ttf\n---\n# One\n\n*words* `code` \u{102}\u{1E7D}\n";
    let style = "base = \"classic\"\n[epub]\nfonts = true\n";
    let build = |text: &str, style: &str| {
        let files =
            Memory::new().with("book.md", text).with("look/style.toml", style).with("f.ttf", licensed(4));
        let manuscript = Manuscript::File("book.md".to_owned());
        let asked = request(&files, &manuscript, None);
        let mut told = Diagnostics::new();
        let made = asked.resolve(asked.prepare(&mut told), &mut told);
        let layout = made.lay_out(&mut told);
        let epub = made.publish(&layout, &["epub"], &mut told).pop().expect("an EPUB");
        (file(&epub.bytes, "EPUB/style.css"), told)
    };
    let (css, _) = build(text, style);
    let faces: Vec<&str> = css.lines().filter(|line| line.starts_with("@font-face")).collect();
    let has = |part: &str| faces.iter().any(|face| face.contains(part));
    assert!(has("Libertinus Serif\"; font-weight: normal; font-style: normal"), "{faces:#?}");
    assert!(has("Libertinus Serif\"; font-weight: normal; font-style: italic"), "{faces:#?}");
    assert!(css.contains("pre, code, kbd { font-family: \"DejaVu Sans Mono\""), "{css}");
    let narrow = format!("{style}[code]\nface = \"iosevka-charon-mono\"\n");
    let (css, _) = build(text, &narrow);
    assert!(css.contains("@font-face { font-family: \"Iosevka Charon Mono\""), "{css}");
    assert!(css.contains("pre, code, kbd { font-family: \"Iosevka Charon Mono\""), "{css}");
}
