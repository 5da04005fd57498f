//! Chinese, Japanese, Korean and Thai: lines without spaces.

use super::*;

const JAPANESE: Case<'_> = Case { language: "ja", fonts: &[VL_GOTHIC], measure: 80, align: "justify" };
const CHINESE: Case<'_> = Case { language: "zh-Hans", fonts: &[SUNG], measure: 80, align: "justify" };

const PROSE: &str = "古い印刷所の職人は、美しい行は目に見えないものだと言っていた。読者が文字の前で立ち止まるなら、\
それは作り手の失敗である。だから彼は「ゆっくり」と言葉を組み、間隔を測り、最後にページ全体を見直してから印刷機に送った\
（それは鉄でできた重い機械だった）。コンピューターのディスプレイでは、ちょっとした違いがわかりにくい。とはいえ、印刷物\
ならば違いははっきりする！本当に？「そうだ。」「いや、（違う）。」人々は々で始まる行を嫌う。価格は12,500円で、1985年に\
Knuth and Plassの論文を読んだ……と彼は言った――静かに。";

const CHINESE_PROSE: &str = "老印刷工常说，漂亮的一行字是看不见的；如果读者在字前停下来，那就是制作者的失败。因此他慢慢地排字，\
量好间距，最后通读整页再送去印刷（那是一台沉重的铁机器）。他对学徒说：“不要急，慢慢来。”学徒问：“为什么？”他说：\
《排版》一书里写得很清楚……他想——静静地想。1985年，他读了Knuth的论文。";

/// What no line begins with, and what none ends with.
const NEVER_FIRST: &str = "、。，．：；！？）」』】〕》〉”’々ーゃゅょっァィゥェォッャュョ・…";
const NEVER_LAST: &str = "（「『【〔《〈“‘";

fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}' | '\u{3041}'..='\u{3096}' | '\u{30A1}'..='\u{30FA}')
}

/// Neighbours in a line.
fn pairs(line: &Line) -> impl Iterator<Item = (&Set, &Set)> {
    line.glyphs.windows(2).map(|pair| (&pair[0], &pair[1]))
}

#[test]
fn lines_of_ideographs_fill_their_measure_evenly() {
    for measure in [50, 63, 80, 101] {
        let case = Case { measure, ..JAPANESE };
        let Some(lines) = case.lines(PROSE) else { return };
        let (_, full) = lines.split_last().expect("lines");
        assert!(full.len() > 3);
        for line in full {
            assert!(
                same(line.right(), case.measure()),
                "{} of {}: {}",
                line.right(),
                case.measure(),
                line.said()
            );
            let gaps: Vec<f64> = pairs(line)
                .filter(|(a, b)| is_ideograph(a.c()) && is_ideograph(b.c()))
                .map(|(a, _)| a.advance - a.size * a.stretch)
                .collect();
            // Evenly, and never by the glyphs themselves.
            let least = gaps.iter().copied().fold(f64::MAX, f64::min);
            let most = gaps.iter().copied().fold(f64::MIN, f64::max);
            assert!(least > -0.001 && most - least < 0.01, "{least} to {most}: {}", line.said());
            assert!(line.glyphs.iter().all(|g| !is_ideograph(g.c()) || same(g.stretch, 1.0)));
        }
    }
}

#[test]
fn no_line_begins_with_a_stop_or_ends_with_an_opening_bracket() {
    for measure in (36..110).step_by(4) {
        for (case, text) in [(JAPANESE, PROSE), (CHINESE, CHINESE_PROSE)] {
            let Some(lines) = Case { measure, ..case }.lines(text) else { return };
            for line in &lines {
                let said = line.said();
                assert!(!said.starts_with(|c| NEVER_FIRST.contains(c)), "{measure}: {said}");
                assert!(!said.ends_with(|c| NEVER_LAST.contains(c)), "{measure}: {said}");
            }
            let said: String = lines.iter().map(Line::said).collect();
            assert_eq!(said.replace(' ', ""), text.replace(' ', ""));
        }
    }
}

#[test]
fn signs_are_half_as_wide_at_edges_and_beside_each_other() {
    let case = Case { align: "start", ..JAPANESE };
    let Some(lines) = case.lines("「組版」、「（活字）」。本\\\n「字」") else { return };
    let line = &lines[0];
    assert_eq!(line.said(), "「組版」、「（活字）」。本");
    let at = |c: char| line.glyphs.iter().find(|g| g.c() == c).expect("a glyph");
    // An opening bracket at the line's beginning takes half an em, the next sign begins right after it.
    assert!(same(at('組').x, SIZE / 2.0), "{}", at('組').x);
    // Closing signs stand close to each other; half an em parts them from what opens.
    assert!(same(at('、').x - at('」').x, SIZE / 2.0));
    assert!(same(at('活').x - at('、').x, SIZE * 2.0), "half each and half an em between");
    assert!(same(at('本').x - at('）').x, SIZE * 2.0), "three halves and half an em after the stop");
    // At the line's end nothing is left of the half em.
    assert!(same(lines[1].right(), SIZE * 2.0), "{}", lines[1].right());
}

#[test]
fn a_quarter_of_an_em_parts_ideographs_from_letters_and_digits() {
    for (case, text) in [(JAPANESE, "彼はKnuthの論文を1985年に"), (CHINESE, "他读了Knuth的论文在1985年")]
    {
        let Some(lines) = (Case { align: "start", ..case }).lines(text) else { return };
        let edges: Vec<_> =
            pairs(&lines[0]).filter(|(a, b)| is_ideograph(a.c()) != is_ideograph(b.c())).collect();
        assert_eq!(edges.len(), 4, "{text}");
        for (a, _) in edges.iter().filter(|(a, _)| is_ideograph(a.c())) {
            assert!(same(a.advance, SIZE * 1.25), "{}", a.advance);
        }
        // Letters and digits know no em of their own: the whole line is as wide as its parts and four quarters.
        let apart: f64 =
            text.split(|c: char| c.is_ascii()).map(|part| part.chars().count() as f64 * SIZE).sum();
        let letters: String = text.chars().filter(char::is_ascii).collect();
        let alone = case.lines(&letters).expect("the fonts are there");
        assert!((lines[0].right() - apart - alone[0].right() - SIZE).abs() < 0.2, "{}", lines[0].right());
    }
    // A space that was typed is left as it is, and so is Korean.
    let Some(lines) = (Case { align: "start", ..CHINESE }).lines("他读 Knuth 的") else { return };
    let before = pairs(&lines[0]).find(|(_, b)| b.is_space()).expect("a space").0;
    assert!(same(before.advance, SIZE), "{}", before.advance);
    let korean = Case { language: "ko", fonts: &[GULIM], measure: 80, align: "start" };
    let Some(lines) = korean.lines("그는Knuth의") else { return };
    assert!(lines[0].glyphs[1].advance < SIZE * 1.1, "{}", lines[0].glyphs[1].advance);
}

#[test]
fn signs_that_letters_have_too_come_from_the_face_of_the_ideographs() {
    let Some(lines) = CHINESE.lines("他说：“不要急……”——那是Knuth’s book。") else {
        return;
    };
    let face = |c: char| lines[0].glyphs.iter().find(|g| g.c() == c).expect("a glyph").face;
    let (own, latin) = (face('他'), face('K'));
    assert_ne!(own, latin);
    for c in "“”…—".chars() {
        assert_eq!(face(c), own, "{c}");
    }
    assert_eq!(face('’'), latin);
    // Not in other languages.
    let Some(lines) = (Case { language: "en", ..CHINESE }).lines("He said “急…” — so") else {
        return;
    };
    assert!(lines[0].glyphs.iter().filter(|g| "“”…—".contains(g.c())).all(|g| g.face == latin));
}

#[test]
fn dashes_of_two_signs_stay_one_line() {
    for measure in 36..62 {
        let Some(lines) = (Case { measure, ..CHINESE }).lines(CHINESE_PROSE) else { return };
        for line in &lines {
            for (a, b) in pairs(line).filter(|(a, b)| a.c() == b.c() && "—…".contains(a.c())) {
                assert!(
                    same(a.advance, b.x - a.x) && a.advance < SIZE * 1.021,
                    "{}: {}",
                    a.advance,
                    line.said()
                );
            }
            assert_eq!(line.said().matches('—').count() % 2, 0, "{}", line.said());
        }
    }
}

#[test]
fn rows_of_signs_longer_than_a_line_still_fit() {
    let text = format!("彼は{}と言った。", "！".repeat(90));
    let Some(lines) = JAPANESE.lines(&text) else { return };
    for line in &lines {
        assert!(line.right() < JAPANESE.measure() + 0.01, "{}", line.right());
    }
    assert_eq!(lines.iter().map(Line::said).collect::<String>(), text);
}

#[test]
fn no_script_without_hyphens_gets_them() {
    let cases = [
        ("ja", VL_GOTHIC, PROSE),
        ("zh", SUNG, CHINESE_PROSE),
        (
            "ko",
            GULIM,
            "늙은 인쇄공은 아름다운 줄은 눈에 보이지 않는다고 말하곤 했다. 독자가 글자 앞에서 멈춘다면 실패이다.",
        ),
        ("th", NORASI, "ช่างพิมพ์คนเก่าเคยพูดว่าบรรทัดที่สวยงามนั้นมองไม่เห็น"),
        ("hi", LOHIT, "पुराना मुद्रक कहा करता था कि सुंदर पंक्ति दिखाई नहीं देती और संयुक्ताक्षरों वाले शब्द"),
        (
            "ar",
            AMIRI,
            "كان الطابع القديم يقول إن السطر الجميل لا يرى وإن القارئ إذا توقف عند الحروف فقد فشل صانعها",
        ),
    ];
    for (language, font, text) in cases {
        let case = Case { language, fonts: &[font], measure: 36, align: "justify" };
        let Some(lines) = case.lines(text) else { return };
        assert!(lines.len() > 1);
        assert!(lines.iter().all(|line| !line.said.contains(['\u{AD}', '-', '\u{2010}'])), "{language}");
    }
}

#[test]
fn korean_lines_end_at_spaces_rather_than_within_words() {
    let text = "늙은 인쇄공은 아름다운 줄은 눈에 보이지 않는다고 말하곤 했다. 독자가 글자 앞에서 멈춘다면 그것은 만든 사람의 \
                실패이다. 그래서 그는 천천히 낱말을 짜고 간격을 재고 마지막으로 쪽 전체를 다시 살펴본 뒤에 인쇄기로 보냈다.";
    let case = Case { language: "ko", fonts: &[GULIM], measure: 80, align: "justify" };
    let Some(lines) = case.lines(text) else { return };
    let whole = |line: &&Line| line.said.ends_with(' ');
    let (last, full) = lines.split_last().expect("lines");
    assert!(full.iter().filter(whole).count() * 2 > full.len(), "{full:?}");
    // A stop hangs out.
    assert!(
        full.iter()
            .all(|line| line.right() > case.measure() - 0.01 && line.right() < case.measure() + 0.3 * SIZE)
    );
    assert!(last.right() < case.measure() + 0.3 * SIZE);
}

const THAI: [&str; 41] = [
    "ช่าง",
    "พิมพ์",
    "คน",
    "เก่า",
    "เคย",
    "พูด",
    "ว่า",
    "บรรทัด",
    "ที่",
    "สวยงาม",
    "นั้น",
    "มอง",
    "ไม่",
    "เห็น",
    "ถ้า",
    "ผู้อ่าน",
    "หยุด",
    "อยู่",
    "ที่",
    "ตัว",
    "อักษร",
    "ก็",
    "แสดง",
    "ว่า",
    "ผู้สร้าง",
    "ล้มเหลว",
    "ดังนั้น",
    "เขา",
    "จึง",
    "เรียง",
    "คำ",
    "อย่าง",
    "ช้า",
    "แล้ว",
    "ตรวจ",
    "ดู",
    "ทั้ง",
    "หน้า",
    "ก่อน",
    "ส่ง",
    "พิมพ์",
];

#[test]
fn thai_lines_end_between_words_and_fill_their_measure() {
    let text = THAI.concat();
    let ends: Vec<usize> = THAI
        .iter()
        .scan(0, |at, word| {
            *at += word.len();
            Some(*at)
        })
        .collect();
    for measure in [40, 47, 55, 70] {
        let case = Case { language: "th", fonts: &[NORASI], measure, align: "justify" };
        let Some(lines) = case.lines(&text) else { return };
        let mut at = 0;
        let (last, full) = lines.split_last().expect("lines");
        for line in full {
            at += line.said().len();
            assert!(ends.contains(&at), "{measure}: {}", line.said());
            assert!(
                same(line.right(), case.measure()),
                "{} of {}: {}",
                line.right(),
                case.measure(),
                line.said()
            );
        }
        assert_eq!(at + last.said().len(), text.len());
    }
}
