//! Code in columns: how many fit, and that each sign is drawn as it is typed.

use super::*;
use aldine::fonts::Monospace;
use aldine::style::Theme;

/// Eighty columns fill the measure of `technical` exactly: what rounding adds turns none of them over.
#[test]
fn code_turns_over_after_the_last_column_that_fits() {
    let theme = Theme::builtin("technical").expect("a built-in style");
    let setter = Setter::new(Arc::new(FontSet::embedded().with_code(theme.code.face)), &[]);
    let font = Type { variant: Variant::MONO, size: theme.code.size, small_caps: false, gray: 0 };
    let set = |code: &str| {
        let (language, mut diagnostics) = (Language::english(), Diagnostics::new());
        setter.set_code(code, font, theme.page.measure(), &language, Span::NONE, &mut diagnostics).lines
    };
    // One word, and many, each of which is rounded by itself.
    for code in ["m".repeat(80), "abc de ".repeat(12)] {
        let fits = code.get(..80).expect("columns");
        let lines = set(fits);
        assert_eq!(lines.len(), 1, "{fits}");
        assert!(lines[0].segments.iter().all(|segment| !segment.ornament));
        assert_eq!(set(&format!("{fits}m")).len(), 2, "{fits}");
    }
}

/// `!=` looks as it is typed: a glyph for each sign, the one that the sign has by itself.
#[test]
fn code_has_no_ligatures_in_any_face() {
    for face in [Monospace::DejavuSansMono, Monospace::IosevkaCharonMono] {
        let fonts = Arc::new(FontSet::embedded().with_code(face));
        let setter = Setter::new(fonts.clone(), &[]);
        for (bold, italic) in [(false, false), (false, true), (true, false), (true, true)] {
            let variant = Variant { bold, italic, ..Variant::MONO };
            let font = Type { variant, size: Length::pt(8.0), small_caps: false, gray: 0 };
            let (language, mut told) = (Language::english(), Diagnostics::new());
            let code =
                "!= == === => -> <- <= >= <=> :: := ++ -- |> <| && || /* */ // #{ ... www fi ffl 1/2 0x";
            let set = setter.set_code(code, font, Length::pt(900.0), &language, Span::NONE, &mut told);
            let own = fonts.get(fonts.face(variant));
            let mut drawn = 0;
            for segment in set.lines.iter().flat_map(|line| &line.segments) {
                let Item::Glyphs(run) = &segment.item else { panic!("code is glyphs") };
                let wanted: Vec<u32> = run.text.chars().filter_map(|c| own.glyph(c)).collect();
                assert_eq!(run.glyphs.iter().map(|glyph| glyph.id).collect::<Vec<_>>(), wanted, "{face:?}");
                drawn += wanted.len();
            }
            assert!(drawn >= code.len(), "{drawn}");
        }
    }
}
