//! Numbers as words, as headings count chapters: "Chapter One", "Chapitre premier", "第三章".
//!
//! Enters: words. Leaves: the number. Promise: English to ninety-nine, ideographs to ninety-nine, other languages
//! to twelve, cardinal and ordinal, in the form in which they stand after the word for a chapter.

use crate::model::Language;

/// Words for 1, 2, 3 … of each language, in one row for each way to count.
#[rustfmt::skip]
const WORDS: &[(&str, &[&str])] = &[
    ("en", &[
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen",
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth",
        "the-first the-second the-third the-fourth the-fifth the-sixth the-seventh the-eighth the-ninth the-tenth",
    ]),
    ("de", &["eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf"]),
    ("fr", &[
        "un deux trois quatre cinq six sept huit neuf dix onze douze",
        "premier deuxième troisième quatrième cinquième sixième septième huitième neuvième dixième onzième douzième",
        "première seconde",
    ]),
    ("es", &[
        "uno dos tres cuatro cinco seis siete ocho nueve diez once doce",
        "primero segundo tercero cuarto quinto sexto séptimo octavo noveno décimo undécimo duodécimo",
        "primera segunda tercera cuarta quinta sexta séptima octava novena décima",
    ]),
    ("it", &[
        "uno due tre quattro cinque sei sette otto nove dieci undici dodici",
        "primo secondo terzo quarto quinto sesto settimo ottavo nono decimo undicesimo dodicesimo",
        "prima seconda terza quarta quinta sesta settima ottava nona decima",
    ]),
    ("pt", &[
        "um dois três quatro cinco seis sete oito nove dez onze doze",
        "primeiro segundo terceiro quarto quinto sexto sétimo oitavo nono décimo",
        "primeira segunda terceira quarta quinta sexta sétima oitava nona décima",
    ]),
    ("nl", &["een twee drie vier vijf zes zeven acht negen tien elf twaalf", "één"]),
    ("sv", &["ett två tre fyra fem sex sju åtta nio tio elva tolv"]),
    ("da", &["et to tre fire fem seks syv otte ni ti elleve tolv"]),
    ("nb", &["en to tre fire fem seks sju åtte ni ti elleve tolv"]),
    ("no", &["en to tre fire fem seks sju åtte ni ti elleve tolv"]),
    ("nn", &["ein to tre fire fem seks sju åtte ni ti elleve tolv"]),
    ("fi", &["yksi kaksi kolme neljä viisi kuusi seitsemän kahdeksan yhdeksän kymmenen yksitoista kaksitoista"]),
    ("pl", &[
        "pierwszy drugi trzeci czwarty piąty szósty siódmy ósmy dziewiąty dziesiąty jedenasty dwunasty",
        "pierwsza druga trzecia czwarta piąta szósta siódma ósma dziewiąta dziesiąta",
    ]),
    ("cs", &["první druhá třetí čtvrtá pátá šestá sedmá osmá devátá desátá jedenáctá dvanáctá"]),
    ("ru", &["первая вторая третья четвёртая пятая шестая седьмая восьмая девятая десятая одиннадцатая двенадцатая"]),
    ("uk", &[
        "перший другий третій четвертий п’ятий шостий сьомий восьмий дев’ятий десятий одинадцятий дванадцятий",
        "перша друга третя четверта п’ята шоста сьома восьма дев’ята десята",
    ]),
    ("el", &["πρώτο δεύτερο τρίτο τέταρτο πέμπτο έκτο έβδομο όγδοο ένατο δέκατο ενδέκατο δωδέκατο"]),
    ("tr", &["bir iki üç dört beş altı yedi sekiz dokuz on"]),
    ("he", &["ראשון שני שלישי רביעי חמישי שישי שביעי שמיני תשיעי עשירי"]),
    ("ar", &["الأول الثاني الثالث الرابع الخامس السادس السابع الثامن التاسع العاشر"]),
];

const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

/// The number that words say; a space or a hyphen within it is the same.
#[must_use]
pub fn spelled(language: &Language, words: &str) -> Option<u32> {
    let words = words.to_lowercase().replace([' ', '\u{A0}'], "-").replace('\'', "\u{2019}");
    let primary = if language.primary() == "iw" { "he".to_owned() } else { language.primary() };
    if matches!(primary.as_str(), "zh" | "ja") {
        return ideographs(&words);
    }
    let (_, rows) = WORDS.iter().find(|(tag, _)| *tag == primary)?;
    let place = |word: &str| {
        let found = rows.iter().find_map(|row| row.split(' ').position(|known| known == word));
        found.and_then(|at| u32::try_from(at + 1).ok())
    };
    place(&words).or_else(|| {
        let (ten, one) = words.split_once('-').map_or((words.as_str(), None), |(ten, one)| (ten, Some(one)));
        let at = TENS.iter().position(|known| *known == ten).filter(|_| primary == "en")?;
        let tens = (u32::try_from(at).ok()? + 2) * 10;
        match one {
            None => Some(tens),
            Some(one) => Some(tens + place(one).filter(|one| *one < 10)?),
        }
    })
}

/// 三, 十二, 二十一.
fn ideographs(words: &str) -> Option<u32> {
    let digit = |c: char| "一二三四五六七八九".chars().position(|known| known == c);
    let mut chars = words.chars().peekable();
    let mut tens = None;
    let first = chars.next()?;
    let mut ones = 0;
    if first == '十' {
        tens = Some(1);
    } else {
        ones = digit(first)? + 1;
        if chars.next_if_eq(&'十').is_some() {
            tens = Some(ones);
            ones = 0;
        }
    }
    if let (Some(_), Some(last)) = (tens, chars.next()) {
        ones = digit(last)? + 1;
    }
    let whole = chars.next().is_none();
    whole.then(|| u32::try_from(tens.unwrap_or(0) * 10 + ones).ok()).flatten()
}

/// The value of a roman numeral, in capitals or in small letters, written as numerals are.
#[must_use]
pub fn roman(text: &str) -> Option<u32> {
    let same_case = text.chars().all(char::is_uppercase) || text.chars().all(char::is_lowercase);
    let values = text.chars().map(|c| match c.to_ascii_uppercase() {
        'I' => Some(1),
        'V' => Some(5),
        'X' => Some(10),
        'L' => Some(50),
        'C' => Some(100),
        'D' => Some(500),
        'M' => Some(1000),
        _ => None,
    });
    let values: Vec<u32> = values.collect::<Option<_>>()?;
    let mut sum = 0_i64;
    for (at, value) in values.iter().enumerate().take(15) {
        // What stands before a greater one is taken away: IV is 4.
        let less = values.get(at + 1).is_some_and(|next| next > value);
        sum += if less { -i64::from(*value) } else { i64::from(*value) };
    }
    let sum = u32::try_from(sum).ok().filter(|sum| (1..4000).contains(sum))?;
    // Only as it is written: "IIX" and "DIM" are none.
    (same_case && text.eq_ignore_ascii_case(&numeral(sum))).then_some(sum)
}

/// 4 as IV; numbers past 3,999 in figures.
#[must_use]
pub fn numeral(number: u32) -> String {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if number > 3999 {
        return number.to_string();
    }
    let mut left = number;
    let mut text = String::new();
    for (value, sign) in SIGNS {
        while left >= value {
            text.push_str(sign);
            left -= value;
        }
    }
    text
}
