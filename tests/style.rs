//! Fonts and styles through the public way in.

#[path = "style/keys.rs"]
mod keys;

use aldine::diagnostics::{Code, Diagnostics};
use aldine::fonts::{Family, FontSet, Monospace, Typeface, Variant};
use aldine::measure::{Length, Measure};
use aldine::sources::{Memory, Settings, Spanned};
use aldine::span::{Files, Place, Span};
use aldine::style::{self, Align, Opening, RunningHead, Theme};

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
fn text_in_another_face_falls_back_to_the_serif() {
    let own = Memory::new().with("own.otf", embedded_bytes(Variant::MONO));
    let name = [Spanned { value: "own.otf".to_owned(), span: Span::NONE }];
    let fonts = FontSet::embedded().with_text(Typeface::AtkinsonHyperlegible);
    let fonts = fonts.with_files(&name, &own, &mut Diagnostics::new());
    let chain = |variant| fonts.chain(variant).iter().map(|id| fonts.get(*id).family()).collect::<Vec<_>>();
    let (text, serif, mono) = ("Atkinson Hyperlegible Next", "Libertinus Serif", "DejaVu Sans Mono");
    let most = |first: &'static str, second: &'static str, third: &'static str| {
        let mut wanted = vec![first; 4];
        // The file of the settings comes after the variant's own family.
        wanted.push(mono);
        wanted.extend([vec![second; 4], vec![third; 4]].concat());
        wanted.extend(["Aldine Symbols", "Noto Emoji"]);
        wanted
    };
    assert_eq!(chain(Variant::TEXT), most(text, serif, mono));
    assert_eq!(chain(Variant::MONO), most(mono, text, serif));
    for (bold, italic) in [(false, false), (false, true), (true, false), (true, true)] {
        let variant = Variant { bold, italic, ..Variant::TEXT };
        let face = fonts.get(fonts.face(variant));
        assert_eq!((face.family(), face.is_bold(), face.is_italic()), (text, bold, italic));
    }
    for name in Typeface::NAMES {
        assert!(Typeface::named(name).is_some(), "{name}");
    }
    assert_eq!(FontSet::embedded().with_text(Typeface::default()).chain(Variant::TEXT).len(), 10);
}

#[test]
fn code_in_another_face_falls_back_to_the_one_with_more_signs() {
    let own = Memory::new().with("own.otf", embedded_bytes(Variant::TEXT));
    let name = [Spanned { value: "own.otf".to_owned(), span: Span::NONE }];
    let fonts = FontSet::embedded().with_code(Monospace::IosevkaCharonMono);
    let fonts = fonts.with_files(&name, &own, &mut Diagnostics::new());
    let mut families: Vec<_> = fonts.chain(Variant::MONO).iter().map(|id| fonts.get(*id).family()).collect();
    // The file of the settings comes before what the style didn't ask for.
    assert_eq!(families.get(4), Some(&"Libertinus Serif"));
    families.dedup();
    let (code, more, text) = ("Iosevka Charon Mono", "DejaVu Sans Mono", "Libertinus Serif");
    assert_eq!(families, [code, text, more, text, "Aldine Symbols", "Noto Emoji"]);
    for (bold, italic) in [(false, false), (false, true), (true, false), (true, true)] {
        let face = fonts.get(fonts.face(Variant { bold, italic, ..Variant::MONO }));
        assert_eq!((face.family(), face.is_bold(), face.is_italic()), (code, bold, italic));
        // Half an em to a column, and nobody forbids that it is embedded.
        assert_eq!(face.advance(face.glyph('m').unwrap()) * 2, i32::from(face.units_per_em()));
        assert!(face.cut_to(&"code".chars().collect()).is_ok());
    }
    let picked = |c| fonts.pick(Variant::MONO, c).map(|id| fonts.get(id).family());
    assert_eq!([picked('─'), picked('ب'), picked('🦀')], [Some(code), Some(more), Some("Noto Emoji")]);
    for name in Monospace::NAMES {
        assert!(Monospace::named(name).is_some(), "{name}");
    }
    assert_eq!(FontSet::embedded().with_code(Monospace::default()).chain(Variant::MONO).len(), 10);
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

fn spanned<T>(value: T) -> Spanned<T> {
    Spanned { value, span: Span::NONE }
}

/// What a load gave: the theme, and of each problem its code, place and hint.
type Loaded = (Theme, Vec<(Code, Option<Place>, String, String)>);

fn load_with(style: &str, resources: &Memory, settings: &Settings) -> Loaded {
    let (mut files, mut diagnostics) = (Files::default(), Diagnostics::new());
    let name = spanned(style.to_owned());
    let theme = style::load(Some(&name), resources, settings, &mut files, &mut diagnostics);
    diagnostics.sort();
    let problems = diagnostics.iter().map(|d| {
        let place = files.get(d.span.file).map(|file| file.place(d.span.start as usize));
        (d.code, place, d.message.clone(), d.hint.clone().unwrap_or_default())
    });
    (theme, problems.collect())
}

fn own(text: &str) -> Loaded {
    load_with("looks/mine", &Memory::new().with("looks/mine/style.toml", text), &Settings::default())
}

#[test]
fn built_in_styles_load_without_complaint() {
    for name in style::builtin() {
        let (theme, problems) = load_with(name, &Memory::new(), &Settings::default());
        assert_eq!(problems, [], "{name}");
        assert_eq!(theme.name, *name);
        assert_eq!(Some(theme.clone()), Theme::builtin(name));
        let leading = theme.text.leading.ratio(theme.text.size);
        let lines = theme.page.text_height().ratio(theme.text.leading);
        assert!((lines - lines.round()).abs() < 1e-9, "{name}: {lines} lines");
        if *name == "large-print" {
            // As associations of the blind ask for it: 16 pt at least, words whole, lines well apart.
            assert_eq!((theme.text.size, theme.text.leading), (Length::pt(18.0), Length::pt(27.0)));
            assert_eq!((theme.text.align, theme.text.hyphenate), (Align::Start, false));
            assert_eq!(theme.text.face, Typeface::AtkinsonHyperlegible);
            let smallest =
                [theme.notes.size, theme.code.size, theme.blocks.table_size, theme.blocks.caption_size];
            assert!(smallest.into_iter().all(|size| size >= Length::pt(16.0)), "{smallest:?}");
            assert!(lines >= 20.0, "{lines} lines");
            continue;
        }
        assert!((1.2..=1.45).contains(&leading), "{name}: {leading}");
        assert!((10.0..=12.0).contains(&theme.text.size.to_pt()), "{name}");
        assert!(lines > 30.0, "{name}: {lines} lines");
    }
    assert_eq!(Theme::builtin("baroque"), None);
}

/// The built-in files themselves, read as an author's own: nothing in them may be passed over.
#[test]
fn built_in_files_hold_no_unknown_key() {
    for name in style::builtin() {
        let path = format!("{}/styles/{name}/style.toml", env!("CARGO_MANIFEST_DIR"));
        #[expect(clippy::disallowed_methods, reason = "a test reads the file it judges")]
        let text = std::fs::read_to_string(path).expect("a style");
        let (theme, problems) = own(&text);
        assert_eq!(problems, [], "{name}");
        assert_eq!(Some(theme), Theme::builtin(name));
    }
}

#[test]
fn lines_of_the_default_style_are_as_long_as_a_book_s() {
    let fonts = FontSet::embedded();
    let face = fonts.get(fonts.face(Variant::TEXT));
    let sample = "It was the kind of evening on which nobody in the village would have thought of going \
                  farther than the well, and yet a lamp was seen to move along the road beside the river.";
    let width: i32 = sample.chars().map(|c| face.advance(face.glyph(c).unwrap())).sum();
    for (name, least, most) in [("classic", 58.0, 72.0), ("essay", 58.0, 72.0), ("technical", 58.0, 72.0)] {
        let theme = Theme::builtin(name).unwrap();
        let each = face.scale(width, theme.text.size) / i64::try_from(sample.chars().count()).unwrap();
        let characters = theme.page.measure().ratio(each);
        assert!((least..=most).contains(&characters), "{name}: {characters}");
    }
}

#[test]
fn eighty_columns_of_code_fit_the_technical_page() {
    let theme = Theme::builtin("technical").unwrap();
    let fonts = FontSet::embedded().with_code(theme.code.face);
    let mono = fonts.get(fonts.face(Variant::MONO));
    let column = mono.scale(mono.advance(mono.glyph('m').unwrap()), theme.code.size);
    let (code, measure) = (column * 80, theme.page.measure() - theme.code.indent);
    // To the hair: what rounding adds is less than anybody sees.
    assert!((code - measure).abs() < Length::pt(0.001), "{code} in {measure}");
}

#[test]
fn styles_differ_as_their_books_do() {
    let [classic, technical, essay] = ["classic", "technical", "essay"].map(|n| Theme::builtin(n).unwrap());
    assert_eq!((classic.chapters, essay.chapters), (Opening::Page, Opening::Run));
    assert!(classic.first_on_recto && !essay.first_on_recto);
    assert_eq!((classic.number_sections, technical.number_sections), (0, 2));
    assert_eq!((classic.text.gap, technical.text.gap), (Length::ZERO, technical.text.leading));
    assert_eq!(technical.text.indent, Length::ZERO);
    assert!(classic.front.half_title && classic.front.title_page && !essay.front.title_page);
    assert_eq!((essay.front.contents, technical.front.contents), (0, 2));
    assert_eq!((classic.head_verso, classic.head_recto), (RunningHead::Title, RunningHead::Chapter));
    assert_eq!(classic.headings[0].align, Align::Center);
    assert_eq!(technical.headings[0].align, Align::Start);
    assert_eq!(classic.scene_break, "* * *");
}

#[test]
fn a_folder_of_ones_own_changes_what_it_names() {
    let (theme, problems) = own(concat!(
        "base = \"technical\"\nscene-break = \"⁂\"\n[text]\nsize = \"12pt\"\nleading = \"1.25em\"\n",
        "[headings.2]\nsize = \"18pt\"\nitalic = true\n[page]\nsize = \"a5\"\ninner = 0\nouter = \"2cm\"\n"
    ));
    assert_eq!(problems, []);
    assert_eq!(theme.name, "mine");
    assert_eq!((theme.text.size, theme.text.leading), (Length::pt(12.0), Length::pt(15.0)));
    assert_eq!(theme.headings[1].size, Length::pt(18.0));
    assert!(theme.headings[1].italic && theme.headings[1].bold);
    assert_eq!((theme.page.width, theme.page.inner), (Length::mm(148.0), Length::ZERO));
    assert_eq!(theme.page.measure(), Length::mm(148.0) - Length::mm(20.0));
    assert_eq!(theme.scene_break, "⁂");
    assert_eq!(theme.number_sections, 2);
    assert_eq!(theme.text.gap, Length::pt(15.0));
}

/// Each style file has one problem, told at its place, in these words and with this hint.
fn all_told(cases: &[(&str, (usize, usize), &str, &str)]) {
    for &(text, (line, column), message, hint) in cases {
        let (theme, problems) = own(text);
        let [(code, found, said, hinted)] = problems.as_slice() else { panic!("{text:?}: {problems:?}") };
        assert_eq!(*code, Code::BadStyle, "{text:?}");
        assert_eq!(*found, Some(Place { line, column }), "{text:?}: {said}");
        assert!(said.contains(message), "{text:?}: {said}");
        assert!(hinted.contains(hint), "{text:?}: {hinted}");
        assert!(theme.text.size >= Length::pt(5.0) && theme.text.leading >= theme.text.size, "{text:?}");
    }
}

#[test]
fn wrong_keys_and_values_are_told_with_their_place() {
    all_told(&[
        ("[text]\nsise = \"11pt\"\n", (2, 1), "no style has a key `text.sise`", "did you mean `text.size`?"),
        ("size = \"11pt\"\n", (1, 1), "no style has a key `size`", "there is a key `page.size`"),
        ("[txet]\nsize = \"11pt\"\n", (1, 2), "no style has a key `txet`", "did you mean `text`?"),
        (
            "[heads]\nverso = \"chaptr\"\n",
            (2, 9),
            "`heads.verso` must be one of",
            "did you mean \"chapter\"?",
        ),
        ("\u{feff}[text]\nsize = 11\n", (2, 8), "`text.size` must be a measure in quotes", "use pt, mm"),
        ("[text]\nindent = \"-1em\"\n", (2, 10), "`text.indent` must be zero or more", "minus"),
        (
            "[text]\nhyphenate = \"yes\"\n",
            (2, 13),
            "`text.hyphenate` must be true or false",
            "without quotes",
        ),
        ("number-sections = 7\n", (1, 19), "must be a whole number from 0 to 6", "6 is the most"),
        ("number-sections = \"7\"\n", (1, 19), "must be a whole number from 0 to 6", "without quotes"),
        (
            "[page]\nsize = \"letters\"\n",
            (2, 8),
            "`page.size` must be the size of a page",
            "did you mean \"letter\"?",
        ),
        ("[page]\nsize = \"1x1in\"\n", (2, 8), "`page.size` must be the size of a page", "crown-quarto"),
        ("text = 3\n", (1, 8), "`text` must be a table", "write `[text]`"),
        ("base = \"clasic\"\n", (1, 8), "`base` must be one of", "did you mean \"classic\"?"),
        ("[text]\nsize = \"200pt\"\n", (2, 8), "`text.size` must be from 5pt to 72pt", "10pt"),
        ("[text]\nleading = \"5pt\"\n", (2, 11), "out of proportion", "120 %"),
        ("[text]\nleading = \"10pt\"\n", (2, 11), "out of proportion", "120 %"),
        ("[text]\ngap = \"5lines\"\n", (2, 7), "more than 4 lines", "1line"),
        ("[text]\ngap = \"3pt\"\n", (2, 7), "whole lines", "1line"),
        ("[notes]\nsize = \"1pt\"\n", (2, 8), "can't be read", "4pt"),
        (
            "[figure]\nplace = \"tops\"\n",
            (2, 9),
            "one of \"here\", \"top\", \"auto\"",
            "did you mean \"top\"?",
        ),
        ("[blocks]\nlist-indent = \"9em\"\n", (2, 15), "an eighth of the measure", "nest"),
        ("[blocks]\nattribution = \"right\"\n", (2, 15), "one of \"start\", \"end\"", "one of them"),
        ("[notes]\nindent = \"9em\"\n", (2, 10), "an eighth of the measure", "1em to 2em"),
        ("[notes]\nindent = \"-1em\"\n", (2, 10), "zero or more", "minus"),
        ("[text\n", (1, 6), "the style file is not TOML", "[text]"),
    ]);
}

#[test]
fn wrong_openings_faces_and_notes_are_told_with_their_place() {
    all_told(&[
        (
            "[text]\nface = \"atkinson\"\n",
            (2, 8),
            "`text.face` must be one of \"libertinus-serif\", \"atkinson-hyperlegible\"",
            "write one of them in quotes",
        ),
        (
            "[text]\nface = \"atkinson-hyperlegibel\"\n",
            (2, 8),
            "`text.face` must be one of",
            "did you mean \"atkinson-hyperlegible\"?",
        ),
        (
            "[code]\nface = \"iosevka\"\n",
            (2, 8),
            "`code.face` must be one of \"dejavu-sans-mono\", \"iosevka-charon-mono\"",
            "write one of them in quotes",
        ),
        ("[page]\ninner-growth = \"-1mm\"\n", (2, 16), "`page.inner-growth` must be zero or more", "minus"),
        ("[chapters]\ndrop-cap = 1\n", (2, 12), "must be 0 or from 2 to 4 lines", "2 or 3 is usual"),
        ("[chapters]\ndrop-cap = 9\n", (2, 12), "a whole number from 0 to 4", "4 is the most"),
        ("[chapters]\ndrop-cap = -1\n", (2, 12), "a whole number from 0 to 4", "0 is the least"),
        ("[chapters]\ndrop-cap = 2.5\n", (2, 12), "a whole number from 0 to 4", "write a number"),
        ("[index]\ncolumns = 3\n", (2, 11), "a whole number from 1 to 2", "2 is the most"),
        ("[index]\ncolumns = 0\n", (2, 11), "a whole number from 1 to 2", "1 is the least"),
        (
            "[index]\ngutter = \"1pt\"\n",
            (2, 10),
            "`index.gutter` is 1pt, which is not from half an em",
            "1em to 2em",
        ),
        ("[index]\ngutter = \"3in\"\n", (2, 10), "to a quarter of the measure", "1em to 2em"),
        ("[index]\nsize = \"2pt\"\n", (2, 8), "`index.size` is 2pt, which can't be read", "4pt"),
        ("[index]\nleading = \"5em\"\n", (2, 11), "`index.leading` is", "120 %"),
        ("[chapters]\ndropcap = 2\n", (2, 1), "no style has a key `chapters.dropcap`", "`chapters.drop-cap`"),
    ]);
}

#[test]
fn a_style_that_is_not_there_is_an_error() {
    let none = Settings::default();
    let (theme, problems) = load_with("technicl", &Memory::new(), &none);
    assert_eq!(problems[0].0, Code::BadStyle);
    assert_eq!(problems[0].3, "did you mean \"technical\"?");
    assert_eq!(Some(theme), Theme::builtin("classic"));
    assert_eq!(load_with("../elsewhere", &Memory::new(), &none).1[0].0, Code::PathOutside);
    let latin = Memory::new().with("s/style.toml", vec![0xE9]);
    assert_eq!(load_with("s", &latin, &none).1[0].0, Code::BadStyle);
    let file = Memory::new().with("s/style.toml", "number-sections = 1");
    let (theme, problems) = load_with("s/style.toml", &file, &none);
    assert_eq!((theme.number_sections, theme.name.as_str(), problems.len()), (1, "s", 0));
}

#[test]
fn the_settings_stand_over_the_style() {
    let settings = Settings {
        style: Some(spanned("technical".to_owned())),
        number_sections: Some(4),
        size: Some(spanned(Measure::Fixed(Length::pt(12.0)))),
        page: Some(spanned("A4".to_owned())),
        ..Settings::default()
    };
    let (mut files, mut diagnostics) = (Files::default(), Diagnostics::new());
    let theme = style::load(None, &Memory::new(), &settings, &mut files, &mut diagnostics);
    assert!(diagnostics.is_empty());
    assert_eq!((theme.name.as_str(), theme.number_sections), ("technical", 4));
    assert_eq!((theme.page.width, theme.page.height), (Length::mm(210.0), Length::mm(297.0)));
    assert_eq!(theme.text.size, Length::pt(12.0));
    let plain = Theme::builtin("technical").unwrap();
    let proportion = |theme: &Theme| theme.text.leading.ratio(theme.text.size);
    assert!((proportion(&theme) - proportion(&plain)).abs() < 1e-4);
    assert!(theme.headings[0].size > plain.headings[0].size);
    let lines = theme.page.text_height().ratio(theme.text.leading);
    assert!((lines - lines.round()).abs() < 1e-9);
    // The line grows by a tenth at most, whatever the page.
    let ems = |theme: &Theme| theme.page.measure().ratio(theme.text.size);
    let own = plain.page.measure().ratio(plain.text.size);
    assert!(ems(&theme) <= own * 1.1 + 1e-3, "{} {own}", ems(&theme));
    assert!(theme.page.outer > theme.page.inner);
}

#[test]
fn pages_without_room_are_refused() {
    let with = |page: &str, size: f64| Settings {
        page: Some(spanned(page.to_owned())),
        size: Some(spanned(Measure::Fixed(Length::pt(size)))),
        ..Settings::default()
    };
    let codes = |settings: &Settings| -> Vec<Code> {
        load_with("classic", &Memory::new(), settings).1.into_iter().map(|problem| problem.0).collect()
    };
    assert_eq!(codes(&with("pocket", 10.0)), []);
    assert_eq!(codes(&with("2x3in", 24.0)), [Code::PageTooSmall]);
    assert_eq!(codes(&with("9x2in", 20.0)), [Code::PageTooSmall]);
    assert_eq!(codes(&with("a77", 10.0)), [Code::BadValue]);
    assert_eq!(codes(&with("a5", 500.0)), [Code::BadValue]);
    let (_, problems) = own("[page]\ninner = \"3in\"\nouter = \"3in\"\n");
    assert_eq!(problems[0].0, Code::PageTooSmall);
}

#[test]
fn page_sizes_have_names() {
    let size = |text: &str| style::page_size(text);
    assert_eq!(size("a5"), Some((Length::mm(148.0), Length::mm(210.0))));
    assert_eq!(size(" A4 "), Some((Length::mm(210.0), Length::mm(297.0))));
    assert_eq!(size("5.25x8in"), Some((Length::inch(5.25), Length::inch(8.0))));
    assert_eq!(size("5.25in × 203mm"), Some((Length::inch(5.25), Length::mm(203.0))));
    for name in style::page_names() {
        let (width, height) = size(name).unwrap();
        assert!(width < height, "{name}");
    }
    for wrong in ["", "x", "a", "5x", "5x8", "5emx8em", "-5x8in", "5x8xin", "1e9x8in", "999x999in", "0x0in"] {
        assert_eq!(size(wrong), None, "{wrong}");
    }
}

/// The line setter adds up widths of words; that is right only while no face kerns its spaces, and
/// the question would find kerning, as between A and V.
#[test]
fn no_embedded_face_kerns_its_spaces() {
    let fonts = FontSet::embedded();
    for (_, face) in fonts.iter() {
        assert!(!face.space_kerns(), "{}", face.name());
    }
    let face = fonts.get(fonts.face(Variant::TEXT));
    let width = |text: &str| {
        let mut buffer = harfrust::Buffer::new();
        buffer.push_str(text);
        buffer.guess_segment_properties();
        harfrust::shape(&face.shaper(), &mut buffer, harfrust::ShapeOptions::new()).expect("a shaped word");
        buffer.glyph_positions().iter().map(|p| p.x_advance).sum::<i32>()
    };
    assert!(width("AV") < width("A") + width("V"));
}
