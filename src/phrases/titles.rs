//! What front and back matter is called in books of each language, to know it by its headings.
//!
//! Enters: a heading's words. Leaves: the [`Role`] that a section of that title mostly has. Promise: titles
//! are known whole, whatever their case, and only such as every publisher uses; an appendix by its
//! first word, since its own title follows.

use crate::model::{Language, Role};

/// What each column of the table is.
const ROLES: [Role; 13] = [
    Role::Foreword,
    Role::Preface,
    Role::Introduction,
    Role::Acknowledgments,
    Role::Dedication,
    Role::Epigraph,
    Role::Prologue,
    Role::Epilogue,
    Role::Afterword,
    Role::Glossary,
    Role::Index,
    Role::Bibliography,
    Role::Appendix,
];

/// A language's titles, a row in the order of [`ROLES`]; several for one role have `|` between them.
type Row = [&'static str; ROLES.len()];

#[rustfmt::skip]
const ENGLISH: Row = [
    "foreword", "preface", "introduction", "acknowledgments|acknowledgements", "dedication", "epigraph",
    "prologue", "epilogue", "afterword", "glossary", "index", "bibliography|references|works cited",
    "appendix|appendices",
];
#[rustfmt::skip]
const GERMAN: Row = [
    "geleitwort", "vorwort", "einleitung|einführung", "danksagung|dank", "widmung", "motto",
    "prolog", "epilog", "nachwort", "glossar", "register|index|sachregister|personenregister|stichwortverzeichnis",
    "literatur|literaturverzeichnis|bibliographie|bibliografie|quellenverzeichnis", "anhang|anhänge",
];
#[rustfmt::skip]
const FRENCH: Row = [
    "avant-propos", "préface", "introduction", "remerciements", "dédicace", "épigraphe|exergue",
    "prologue", "épilogue", "postface", "glossaire", "index", "bibliographie",
    "annexe|annexes|appendice|appendices",
];
#[rustfmt::skip]
const SPANISH: Row = [
    "presentación", "prefacio", "introducción", "agradecimientos", "dedicatoria", "epígrafe",
    "prólogo", "epílogo", "posfacio", "glosario", "índice alfabético|índice analítico|índice onomástico",
    "bibliografía|referencias", "apéndice|apéndices|anexo|anexos",
];
#[rustfmt::skip]
const ITALIAN: Row = [
    "premessa", "prefazione", "introduzione", "ringraziamenti", "dedica", "epigrafe",
    "prologo", "epilogo", "postfazione", "glossario", "indice analitico|indice dei nomi", "bibliografia",
    "appendice|appendici",
];
#[rustfmt::skip]
const PORTUGUESE: Row = [
    "apresentação", "prefácio", "introdução", "agradecimentos", "dedicatória", "epígrafe",
    "prólogo", "epílogo", "posfácio", "glossário", "índice remissivo|índice onomástico",
    "bibliografia|referências|referências bibliográficas", "apêndice|apêndices|anexo|anexos",
];
#[rustfmt::skip]
const DUTCH: Row = [
    "ten geleide", "voorwoord", "inleiding", "dankwoord", "opdracht", "motto",
    "proloog", "epiloog", "nawoord", "woordenlijst|begrippenlijst", "register|index",
    "literatuur|literatuurlijst|bibliografie", "bijlage|bijlagen|appendix",
];
#[rustfmt::skip]
const SWEDISH: Row = [
    "", "förord", "inledning", "tack", "dedikation|tillägnan", "motto",
    "prolog", "epilog", "efterord", "ordlista", "register|sakregister|index",
    "litteratur|litteraturförteckning|bibliografi", "bilaga|bilagor|appendix",
];
#[rustfmt::skip]
const DANISH: Row = [
    "", "forord", "indledning", "tak", "dedikation|tilegnelse", "motto",
    "prolog", "epilog", "efterord|efterskrift", "ordliste", "register|indeks|stikordsregister",
    "litteratur|litteraturliste|bibliografi", "bilag|appendiks",
];
#[rustfmt::skip]
const NORWEGIAN: Row = [
    "", "forord", "innledning|innleiing", "takk", "dedikasjon", "motto",
    "prolog", "epilog", "etterord", "ordliste", "register|indeks|stikkordregister",
    "litteratur|litteraturliste|bibliografi", "tillegg|vedlegg|appendiks",
];
#[rustfmt::skip]
const FINNISH: Row = [
    "alkusanat", "esipuhe", "johdanto", "kiitokset", "omistus", "motto",
    "prologi", "epilogi", "jälkisanat", "sanasto", "hakemisto", "lähteet|lähdeluettelo|kirjallisuus",
    "liite|liitteet",
];
#[rustfmt::skip]
const POLISH: Row = [
    "słowo wstępne", "przedmowa", "wstęp|wprowadzenie", "podziękowania", "dedykacja", "motto",
    "prolog", "epilog", "posłowie", "słowniczek|glosariusz", "indeks|skorowidz", "bibliografia",
    "dodatek|dodatki|aneks|załącznik",
];
#[rustfmt::skip]
const CZECH: Row = [
    "slovo úvodem", "předmluva", "úvod", "poděkování", "věnování", "motto",
    "prolog", "epilog", "doslov", "slovníček|glosář", "rejstřík", "literatura|seznam literatury|bibliografie",
    "příloha|přílohy|dodatek",
];
#[rustfmt::skip]
const RUSSIAN: Row = [
    "вступительное слово", "предисловие", "введение", "благодарности", "посвящение", "эпиграф",
    "пролог", "эпилог", "послесловие", "глоссарий", "указатель|предметный указатель|именной указатель",
    "литература|список литературы|библиография", "приложение|приложения",
];
#[rustfmt::skip]
const UKRAINIAN: Row = [
    "вступне слово", "передмова", "вступ", "подяка|подяки", "присвята", "епіграф",
    "пролог", "епілог", "післямова", "глосарій", "покажчик|предметний покажчик|іменний покажчик",
    "література|список літератури|бібліографія", "додаток|додатки",
];
#[rustfmt::skip]
const GREEK: Row = [
    "προλεγόμενα", "πρόλογος", "εισαγωγή", "ευχαριστίες", "αφιέρωση", "μότο",
    "", "επίλογος", "επίμετρο", "γλωσσάριο", "ευρετήριο", "βιβλιογραφία", "παράρτημα|παραρτήματα",
];
#[rustfmt::skip]
const TURKISH: Row = [
    "sunuş", "önsöz", "giriş", "teşekkür|teşekkürler", "ithaf", "epigraf",
    "prolog", "epilog", "sonsöz", "sözlükçe", "dizin", "kaynakça", "ek|ekler",
];
#[rustfmt::skip]
const HEBREW: Row = [
    "פתח דבר", "הקדמה", "מבוא", "תודות", "הקדשה", "מוטו",
    "פרולוג", "אפילוג", "אחרית דבר", "מילון מונחים", "מפתח", "ביבליוגרפיה", "נספח|נספחים",
];
#[rustfmt::skip]
const ARABIC: Row = [
    "تقديم", "تمهيد", "مقدمة|المقدمة", "شكر وتقدير", "إهداء|الإهداء", "",
    "", "", "", "مسرد المصطلحات", "كشاف", "المراجع|قائمة المراجع|المصادر والمراجع", "ملحق|الملحق|ملاحق|الملاحق",
];
#[rustfmt::skip]
const CHINESE: Row = [
    "序言|序|代序", "前言", "引言|导言|導言|绪论|緒論", "致谢|致謝|鸣谢|鳴謝", "献词|獻詞|题献|題獻", "题词|題詞",
    "序章|楔子", "尾声|尾聲", "后记|後記|跋", "术语表|術語表|词汇表|詞彙表", "索引", "参考文献|參考文獻|参考书目|參考書目",
    "附录|附錄",
];
#[rustfmt::skip]
const JAPANESE: Row = [
    "序文", "まえがき|はじめに", "序論|緒言", "謝辞", "献辞", "題辞|エピグラフ",
    "プロローグ|序章", "エピローグ|終章", "あとがき|おわりに", "用語集", "索引", "参考文献", "付録|附録",
];

const TABLE: &[(&str, &Row)] = &[
    ("en", &ENGLISH),
    ("de", &GERMAN),
    ("fr", &FRENCH),
    ("es", &SPANISH),
    ("it", &ITALIAN),
    ("pt", &PORTUGUESE),
    ("nl", &DUTCH),
    ("sv", &SWEDISH),
    ("da", &DANISH),
    ("nb", &NORWEGIAN),
    ("no", &NORWEGIAN),
    ("nn", &NORWEGIAN),
    ("fi", &FINNISH),
    ("pl", &POLISH),
    ("cs", &CZECH),
    ("ru", &RUSSIAN),
    ("uk", &UKRAINIAN),
    ("el", &GREEK),
    ("tr", &TURKISH),
    ("he", &HEBREW),
    ("iw", &HEBREW),
    ("ar", &ARABIC),
    ("zh", &CHINESE),
    ("ja", &JAPANESE),
];

/// What a section of this title mostly is; `None` for one that may be any chapter's.
#[must_use]
pub fn usual_role(language: &Language, title: &str) -> Option<Role> {
    let primary = language.primary();
    let (_, row) = TABLE.iter().find(|(tag, _)| *tag == primary)?;
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let named = |names: &str, role: Role| {
        let mut names = names.split('|').filter(|name| !name.is_empty()).map(str::to_lowercase);
        names.any(|name| if role == Role::Appendix { begins(&title, &name) } else { title == name })
    };
    row.iter().zip(ROLES).find(|(names, role)| named(names, *role)).map(|(_, role)| role)
}

/// Whether a title begins with this word.
fn begins(title: &str, word: &str) -> bool {
    let Some(rest) = title.strip_prefix(word) else { return false };
    // Ideographs have no space after them.
    let joined = word.chars().next_back().is_some_and(|c| c >= '\u{2E80}');
    joined || !rest.starts_with(char::is_alphanumeric)
}
