//! Fonts and styles through the public way in.

use aldine::diagnostics::{Code, Diagnostics};
use aldine::fonts::{Family, FontSet, Variant};
use aldine::measure::Length;
use aldine::sources::{Memory, Spanned};
use aldine::span::{Files, Span};

fn variants() -> Vec<Variant> {
    let mut all = Vec::new();
    for family in [Family::Text, Family::Mono] {
        for (bold, italic) in [(false, false), (false, true), (true, false), (true, true)] {
            all.push(Variant { family, bold, italic });
        }
    }
    all
}

#[test]
fn every_variant_has_its_own_face() {
    let fonts = FontSet::embedded();
    let names: Vec<&str> = variants().into_iter().map(|v| fonts.get(fonts.face(v)).name()).collect();
    assert_eq!(
        names,
        [
            "Libertinus Serif Regular",
            "Libertinus Serif Italic",
            "Libertinus Serif Bold",
            "Libertinus Serif Bold Italic",
            "DejaVu Sans Mono",
            "DejaVu Sans Mono Oblique",
            "DejaVu Sans Mono Bold",
            "DejaVu Sans Mono Bold Oblique",
        ]
    );
    assert_eq!(fonts.iter().count(), 10);
    for (variant, name) in variants().into_iter().zip(names) {
        let face = fonts.get(fonts.face(variant));
        assert_eq!((face.is_bold(), face.is_italic()), (variant.bold, variant.italic), "{name}");
    }
}

#[test]
fn the_text_has_real_small_capitals_and_figures() {
    let fonts = FontSet::embedded();
    for variant in variants().into_iter().filter(|v| v.family == Family::Text) {
        let face = fonts.get(fonts.face(variant));
        assert!(face.has_small_caps(), "{}", face.name());
        for tag in [b"smcp", b"onum", b"lnum", b"liga"] {
            assert!(face.has_feature(*tag), "{} lacks {}", face.name(), String::from_utf8_lossy(tag));
        }
        assert!(!face.has_feature(*b"zzzz"));
    }
    assert!(!fonts.get(fonts.face(Variant::MONO)).has_small_caps());
}

#[test]
fn measures_are_those_of_the_font() {
    let fonts = FontSet::embedded();
    let face = fonts.get(fonts.face(Variant::TEXT));
    assert_eq!(face.units_per_em(), 1000);
    assert!((400..470).contains(&face.x_height()), "{}", face.x_height());
    assert!((600..700).contains(&face.cap_height()), "{}", face.cap_height());
    assert!(face.ascender() > face.cap_height() && face.descender() < 0);
    assert_eq!(face.scale(500, Length::pt(10.0)), Length::pt(5.0));
    assert_eq!(face.scale(-500, Length::pt(10.0)), Length::pt(-5.0));
    let mono = fonts.get(fonts.face(Variant::MONO));
    let width = |c| mono.advance(mono.glyph(c).unwrap());
    assert_eq!(width('i'), width('W'));
    assert_eq!(face.glyph('\u{10FFFD}'), None);
    assert_eq!(face.advance(u32::MAX), 0);
}

/// Every character stands in some face, in every variant, and in the one expected in regular text.
#[test]
fn the_chain_covers_what_books_hold() {
    let fonts = FontSet::embedded();
    let expected = [
        ("Libertinus Serif", "AzÀéßœŁő–—‘’“”…•†‡§¶→←↑↓≠≤∞"),
        ("Libertinus Serif", "αβγΩἀᾳῷ"),
        ("Libertinus Serif", "ЖяЁѣ"),
        ("Libertinus Serif", "אבתשׁ"),
        ("DejaVu Sans Mono", "─│┌┐└┘├┤┬┴┼═║░█↵↩☐☑✓✗"),
        ("Aldine Symbols", "⸺⸻𝔸𝒞\u{2060}"),
        ("Noto Emoji", "🚨🦀👍😻🎉✅"),
    ];
    for (family, characters) in expected {
        for c in characters.chars() {
            let id =
                fonts.pick(Variant::TEXT, c).unwrap_or_else(|| panic!("no face has {c} {:04X}", c as u32));
            assert_eq!(fonts.get(id).family(), family, "{c} {:04X}", c as u32);
            for variant in variants() {
                let id = fonts.pick(variant, c).unwrap_or_else(|| panic!("{variant:?} lacks {c}"));
                assert!(fonts.get(id).has(c));
            }
        }
    }
    assert_eq!(fonts.pick(Variant::TEXT, '語'), None);
}

#[test]
fn a_fallback_keeps_the_style_where_it_can() {
    let fonts = FontSet::embedded();
    let bold = Variant { bold: true, ..Variant::TEXT };
    assert_eq!(fonts.get(fonts.pick(bold, '┌').unwrap()).name(), "DejaVu Sans Mono Bold");
    let code = Variant { bold: true, ..Variant::MONO };
    assert_eq!(fonts.get(fonts.pick(code, 'ש').unwrap()).name(), "Libertinus Serif Bold");
    for variant in variants() {
        let chain = fonts.chain(variant);
        assert_eq!(chain.len(), 10);
        assert_eq!(chain[0], fonts.face(variant));
    }
}

#[test]
fn clusters_stay_whole() {
    let fonts = FontSet::embedded();
    let name =
        |cluster: &str| fonts.pick_cluster(Variant::TEXT, cluster).map(|id| fonts.get(id).name().to_owned());
    assert_eq!(name("e\u{301}").as_deref(), Some("Libertinus Serif Regular"));
    assert_eq!(name("👨\u{200D}👩\u{200D}👧").as_deref(), Some("Noto Emoji Regular"));
    assert_eq!(name("\u{2764}\u{FE0F}").as_deref(), Some("Noto Emoji Regular"));
    assert_eq!(name("1\u{FE0F}\u{20E3}").as_deref(), Some("Noto Emoji Regular"));
    assert_ne!(name("\u{2764}").as_deref(), Some("Noto Emoji Regular"));
    assert_eq!(name("語\u{301}"), None);
    assert_eq!(name(""), None);
}

#[test]
fn the_mark_for_a_missing_character_is_visible() {
    let fonts = FontSet::embedded();
    let (id, glyph) = fonts.replacement();
    let face = fonts.get(id);
    assert_eq!(Some(glyph), face.glyph('\u{FFFD}'));
    assert!(face.advance(glyph) > 0);
}

#[test]
fn spaces_do_not_kern_in_code() {
    let fonts = FontSet::embedded();
    assert!(!fonts.get(fonts.face(Variant::MONO)).space_kerns());
}

fn embedded_bytes(variant: Variant) -> Vec<u8> {
    let fonts = FontSet::embedded();
    let bytes = fonts.get(fonts.face(variant)).bytes().clone();
    (*bytes).as_ref().to_vec()
}

/// A copy of an embedded font with other permissions in `OS/2.fsType`.
fn with_permissions(fs_type: u16) -> Vec<u8> {
    let mut bytes = embedded_bytes(Variant::TEXT);
    let at = bytes.windows(4).position(|tag| tag == b"OS/2").expect("an OS/2 table");
    let table = u32::from_be_bytes(bytes[at + 8..at + 12].try_into().expect("four bytes")) as usize;
    bytes[table + 8..table + 10].copy_from_slice(&fs_type.to_be_bytes());
    bytes
}

#[test]
fn files_of_the_settings_come_before_the_other_family() {
    let resources = Memory::new().with("fonts/own.otf", embedded_bytes(Variant::TEXT));
    let mut diagnostics = Diagnostics::new();
    let names = [Spanned { value: "fonts/own.otf".to_owned(), span: Span::NONE }];
    let fonts = FontSet::embedded().with_files(&names, &resources, &mut diagnostics);
    assert!(diagnostics.is_empty());
    let chain = fonts.chain(Variant::MONO);
    assert_eq!(chain.len(), 11);
    let place = |id: u16| chain.iter().position(|face| face.0 == id).unwrap();
    assert!(place(10) > place(7) && place(10) < place(0) && place(10) < place(9));
    let bytes: aldine::fonts::FontBytes = std::sync::Arc::new(embedded_bytes(Variant::TEXT));
    let fonts = fonts.with_system(vec![("x".into(), bytes), ("y".into(), std::sync::Arc::new(vec![1u8]))]);
    assert_eq!(fonts.chain(Variant::TEXT).last().map(|id| id.0), Some(11));
}

#[test]
fn fonts_that_cannot_be_used_are_errors_with_a_place() {
    let mut files = Files::default();
    let file = files.add("aldine.toml", "fonts = [\"a\", \"b\"]");
    let mut cut = embedded_bytes(Variant::TEXT);
    cut.truncate(300);
    let resources = Memory::new()
        .with("text.otf", b"no font at all".to_vec())
        .with("web.woff2", b"wOF2....".to_vec())
        .with("cut.otf", cut)
        .with("empty.otf", Vec::new())
        .with("restricted.otf", with_permissions(2))
        .with("bitmaps.otf", with_permissions(0x0200))
        .with("whole.otf", with_permissions(0x0100))
        .with("editable.otf", with_permissions(8))
        .with("preview.otf", with_permissions(4 | 2));
    let check = |name: &str| {
        let mut diagnostics = Diagnostics::new();
        let names = [Spanned { value: name.to_owned(), span: Span::new(file, 9..12) }];
        let fonts = FontSet::embedded().with_files(&names, &resources, &mut diagnostics);
        let found: Vec<_> = diagnostics.iter().map(|d| (d.code, d.span.start, d.hint.is_some())).collect();
        (found, fonts.iter().count())
    };
    for name in [
        "text.otf",
        "web.woff2",
        "cut.otf",
        "empty.otf",
        "restricted.otf",
        "bitmaps.otf",
        "whole.otf",
        "none.otf",
    ] {
        assert_eq!(check(name), (vec![(Code::BadFont, 9, true)], 10), "{name}");
    }
    assert_eq!(check("../up.otf").0[0].0, Code::PathOutside);
    for name in ["editable.otf", "preview.otf"] {
        assert_eq!(check(name), (vec![], 11), "{name}");
    }
}
