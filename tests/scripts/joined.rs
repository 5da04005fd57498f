//! Text from right to left, letters that join, marks on their letters.

use super::*;

const ARABIC: Case<'_> = Case { language: "ar", fonts: &[AMIRI, AMIRI_BOLD], measure: 80, align: "justify" };
/// The face inside the program has Hebrew.
const HEBREW: Case<'_> = Case { language: "he", fonts: &[], measure: 80, align: "justify" };

#[test]
fn letters_join_over_a_change_of_look() {
    let drawn = |text: &str| -> Option<Vec<u32>> {
        let lines = ARABIC.lines(text)?;
        Some(lines[0].glyphs.iter().filter(|g| !g.is_space()).map(|g| g.id).collect())
    };
    let Some(parted) = drawn("ك**تا**ب") else { return };
    let apart = drawn("ك **تا** ب").expect("fonts");
    // From left to right: beh, alef, teh, kaf. Each has the shape that a stroke beside it gives it, in either face.
    let (kaf, teh) = (drawn("كـ").expect("fonts"), drawn("**ـتا**").expect("fonts"));
    assert_eq!(parted.len(), 4);
    assert_eq!((parted[3], &parted[1..3]), (kaf[1], &teh[..2]));
    assert!(parted[3] != apart[3] && parted[2] != apart[2], "else nothing would be joined");
}

#[test]
fn words_are_said_in_order_where_a_glyph_says_two_things() {
    // A letter with its mark and the same one without may be one glyph; brackets are each other's mirror image.
    let text = "لا يُرى، وإن قبل أن يرسلها إلى (المطبعة) في عام 1985 اشترى Knuth and Plass (الطبعة الثانية) بسعر 12.50 دولارًا \
                [انظر 41]. مُحَمَّدٌ يَقْرَأُ الْكِتَابَ بِصَوْتٍ عَالٍ «كلمة» ك**تا**ب ٢٥٪";
    let Some(heard) = ARABIC.heard(text) else { return };
    assert!(
        heard.ends_with("كلمة كتاب ٢٥") && heard.contains("أن يرسلها إلى المطبعة في عام 1985 اشترى"),
        "{heard}"
    );
    let heard =
        HEBREW.heard("בְּרֵאשִׁית הָיָה (הַדְּפוּס), Knuth (ed.) [41] — שלום, עולם.").expect("no font is wanted");
    assert!(heard.ends_with("Knuth ed 41 שלום עולם"), "{heard}");
}

#[test]
fn numbers_in_text_from_right_to_left_are_said_where_they_are_written() {
    // Also where a line ends between them.
    let text = "In an English sentence the words כתב 1985 בספר stand where they will, with 12 numbers: כתב 1985 בספר. And again";
    for measure in (60..120).step_by(7) {
        let case = Case { language: "en", fonts: &[], measure, align: "justify" };
        let heard = case.heard(text).expect("no font is wanted");
        assert!(heard.ends_with("numbers כתב 1985 בספר And again"), "{heard}");
    }
}

#[test]
fn signs_that_hang_at_the_left_are_no_overfull_lines() {
    let words =
        "הדפס הזקן היה אומר ששורה יפה אינה נראית, ושקורא שעוצר ליד האותיות מעיד על כישלונו של מי שיצר אותן. ";
    let mut hang = 0;
    for measure in 60..90 {
        let case = Case { measure, ..HEBREW };
        let report = aldine::proof::typography(&case.pdf(&words.repeat(3)).expect("no font is wanted"));
        let rules = report.expect("a PDF").rules;
        let overfull = rules.iter().find(|rule| rule.number == 11).expect("a rule");
        assert_eq!(overfull.verdict, aldine::proof::Verdict::Holds, "{measure}: {overfull:?}");
        let lines = case.lines(&words.repeat(3)).expect("no font is wanted");
        hang += lines
            .iter()
            .filter(|line| line.glyphs.iter().any(|g| ".,".contains(g.c()) && g.x < -0.5))
            .count();
    }
    assert!(hang > 0, "else no sign would be past the edge");
}

#[test]
fn code_runs_from_the_left_in_a_book_that_doesnt() {
    let text = "```\nlet x = \"שלום\"; // ok\n```\n\nאבג `a שלום b` דה";
    let heard = HEBREW.heard(text).expect("no font is wanted");
    assert!(heard.ends_with("let x שלום ok אבג a שלום b דה"), "{heard}");
}

#[test]
fn brackets_and_numbers_stand_as_the_script_wants() {
    let lines = HEBREW.lines("אבג (דה) 1985 abc 12.5 וז").expect("no font is wanted");
    let seen: String = lines[0].glyphs.iter().map(|g| g.says.as_str()).collect();
    // From left to right on the page, each character said as it was typed.
    assert_eq!(seen.trim(), "זו abc 12.5 1985 )הד( גבא");
    let open = lines[0].glyphs.iter().find(|g| g.c() == '(').expect("a bracket");
    let latin = (Case { language: "en", ..HEBREW }).lines("(abc)").expect("no font is wanted");
    let closes = latin[0].glyphs.last().expect("a bracket");
    assert_eq!(open.id, closes.id, "what opens from the right is drawn as what closes from the left");
    assert!(same(lines[0].right(), HEBREW.measure()));
}

#[test]
fn lists_begin_at_the_right_and_so_do_columns() {
    let text = "- אבג\n- דהו\n\n1. זחט\n\n| אב | גד |\n|----|----|\n| הו | זח |\n";
    let lines = HEBREW.lines(text).expect("no font is wanted");
    let measure = HEBREW.measure();
    let x = |c: char| {
        let found = lines.iter().flat_map(|line| &line.glyphs).find(|g| g.c() == c);
        found.map(|g| (g.x, g.x + g.advance)).unwrap_or_else(|| panic!("no {c} in {lines:?}"))
    };
    assert!(
        x('•').0 > x('א').1 && x('•').1 < measure + 0.01 && x('•').0 > measure - 2.5 * SIZE,
        "{:?}",
        x('•')
    );
    assert!(x('1').0 > x('ז').1 && x('1').1 < measure + 0.01, "{:?}", x('1'));
    assert!(x('א').0 > measure - 6.0 * SIZE, "the text of an item is next to its mark: {:?}", x('א'));
    // The first column is the right one; the table stands in the middle.
    let table = &lines[lines.len() - 1];
    let of = |c: char| table.glyphs.iter().find(|g| g.c() == c).expect("a cell").x;
    let middle = (of('ה') + of('ז')) / 2.0;
    assert!(of('ה') > of('ז') && (middle - measure / 2.0).abs() < SIZE, "{table:?}");
}

#[test]
fn heads_and_contents_stand_within_the_page() {
    let look = "base = \"classic\"\n[page]\nsize = \"100x120mm\"\ninner = \"10mm\"\nouter = \"10mm\"\n[front]\ncontents = 1\n";
    let text = format!(
        "---\ntitle: אבג\nlanguage: he\nstyle: look\n---\n\n# דהו\n\n{}\n",
        "זחט יכל מנס עפצ קרש ".repeat(300)
    );
    let files = Memory::new().with("look/style.toml", look).with("book.md", text);
    let manuscript = Manuscript::File("book.md".to_owned());
    let mut told = Diagnostics::new();
    let asked = request(&files, &manuscript, None);
    let layout = asked.resolve(asked.prepare(&mut told), &mut told).lay_out(&mut told);
    let (mut heads, mut leaders) = (0, 0);
    for page in &layout.pages {
        for item in &page.items {
            let Item::Glyphs(run) = &item.item else { continue };
            let x = item.at.x.to_pt();
            assert!(x > 9.0 * MM && x < 90.1 * MM, "{} at {x}", run.text);
            heads += usize::from(matches!(item.belongs, Belongs::Artifact(_)) && run.text.contains("אבג"));
            leaders += usize::from(run.text.starts_with("...."));
        }
    }
    assert!(heads > 0 && leaders == 1, "{heads} heads, {leaders} dots");
    let contents = layout.pages.iter().find(|page| {
        page.items.iter().any(|item| matches!(&item.item, Item::Glyphs(run) if run.text.starts_with("....")))
    });
    let titles = contents.expect("contents").items.iter().filter_map(|item| match &item.item {
        Item::Glyphs(run) if run.text.contains("דהו") => Some(item.at.x.to_pt()),
        Item::Glyphs(_) | Item::Rule { .. } | Item::Image { .. } => None,
    });
    assert!(
        titles.clone().count() == 1 && titles.clone().all(|x| x > 60.0 * MM),
        "{:?}",
        titles.collect::<Vec<_>>()
    );
}

#[test]
fn marks_stay_with_their_letters() {
    let stacked = "n\u{308}q\u{304}\u{301}o\u{302}\u{323}e\u{328}\u{301}".repeat(40);
    let cases: [(&str, &[&str], &str); 3] = [
        ("vi", &[], &stacked),
        ("hi", &[LOHIT], &"क्षत्रियसंस्कृतिराष्ट्र".repeat(12)),
        ("ar", &[AMIRI], &"مُحَمَّدٌ".repeat(20)),
    ];
    for (language, fonts, text) in cases {
        let case = Case { language, fonts, measure: 40, align: "justify" };
        let Some(lines) = case.lines(text) else { return };
        assert!(lines.len() > 2, "{language}");
        for line in &lines {
            let first = line.said().chars().next().expect("a letter");
            let mark = matches!(first, '\u{300}'..='\u{36F}' | '\u{93C}'..='\u{94D}' | '\u{900}'..='\u{903}' | '\u{64B}'..='\u{652}');
            assert!(!mark, "{language}: {first:?}");
            assert!(line.right() < case.measure() + 0.01, "{language}: {}", line.right());
        }
        assert_eq!(lines.iter().map(Line::said).collect::<String>(), text);
    }
}

#[test]
fn each_run_falls_back_on_its_own() {
    let case = Case { language: "en", fonts: &[AMIRI, LOHIT, NORASI], measure: 100, align: "start" };
    let Some(lines) = case.lines("word कलम word كتاب word คำ word") else { return };
    let faces = |text: &str| -> Vec<u16> {
        let glyphs = lines[0].glyphs.iter().filter(|g| text.contains(g.c()) && !g.is_space());
        glyphs.map(|g| g.face).collect::<std::collections::BTreeSet<u16>>().into_iter().collect()
    };
    let found = [faces("word"), faces("कलम"), faces("كتاب"), faces("คำ")];
    assert!(found.iter().all(|faces| faces.len() == 1), "{found:?}");
    let different: std::collections::BTreeSet<_> = found.iter().collect();
    assert_eq!(different.len(), 4, "{found:?}");
}
