//! The other profiles: Project Gutenberg's, ASCII, and braille through a program of the test's own.

#![expect(clippy::print_stdout, reason = "a test that is skipped says so")]

use crate::workshop::{Made, book, cases, golden, text_of};
use aldine::ascii::ascii;
use aldine::diagnostics::Diagnostics;
use aldine::editions::text::{PlainText, Translator};
use aldine::editions::{Artifact, Edition};
use aldine::model::Language;
use aldine::programs::{NoPrograms, NotRun, Programs};
use aldine::proof::{Kind, compare_as, expected_as, first_missing, words_of_text};
use aldine::sources::TextProfile;
use aldine::span::Span;
use std::io::Write;
use std::process::{Command, Stdio};
use std::sync::Mutex;
use unicode_width::UnicodeWidthStr;

#[test]
fn profiles_give_their_texts() {
    for case in cases("text/profiles") {
        let made = book(&text_of(&case)).paged(9);
        if made.profile == TextProfile::Braille {
            let artifact = in_braille(&made, &Letters::default()).expect("braille");
            let text = String::from_utf8(artifact.bytes).expect("ASCII");
            golden(&case, "brf", &text.replace("\r\n", "\n").replace('\u{c}', "(form feed)\n"));
        } else {
            golden(&case, "txt", &made.said());
        }
    }
}

/// All cases in each profile that has lines of words.
fn all() -> Vec<(String, Made)> {
    let mut all = Vec::new();
    for case in ["text", "text/profiles", "epub"].iter().flat_map(|folder| cases(folder)) {
        for profile in [TextProfile::Gutenberg, TextProfile::Ascii] {
            let mut made = book(&text_of(&case)).paged(9);
            made.profile = profile;
            all.push((format!("{} {profile:?}", case.display()), made));
        }
    }
    all
}

#[test]
fn lines_and_blank_lines_are_as_the_profile_has_them() {
    for (name, mut made) in all() {
        for width in [20, 33, 72] {
            made.width = width;
            let said = made.said();
            for line in said.lines() {
                let columns = UnicodeWidthStr::width(line);
                assert!(columns <= width as usize, "{name} at {width} has {columns} columns: {line}");
                assert_eq!(line.trim_end(), line, "{name}: a line ends with blanks");
            }
            assert!(!said.contains("\n\n\n\n\n\n"), "{name} has five blank lines");
            assert!(said.ends_with('\n') && !said.ends_with("\n\n"), "{name} ends oddly");
            if made.profile == TextProfile::Ascii {
                assert!(said.bytes().all(|b| b == b'\n' || (0x20..0x7f).contains(&b)), "{name}: {said}");
            }
        }
        made.width = 0;
        let longest = made.said().lines().map(UnicodeWidthStr::width).max().unwrap_or(0);
        assert!(made.profile != TextProfile::Gutenberg || longest <= 72, "{name}: {longest}");
        made.width = 500;
        let longest = made.said().lines().map(UnicodeWidthStr::width).max().unwrap_or(0);
        assert!(made.profile != TextProfile::Gutenberg || longest <= 72, "{name}: {longest}");
    }
}

#[test]
fn chapters_stand_as_project_gutenberg_has_them() {
    let mut made = book("# One\n\nText.\n\n## Sub\n\nText.\n\n# Two\n\n## At once\n\n***\n\nEnd.\n").paged(2);
    made.profile = TextProfile::Gutenberg;
    let said = made.said();
    assert!(
        said.contains(
            "\n\n\n\n\nOne\n\n\nText.\n\n\nSub\n\nText.\n\n\n\n\nTwo\n\n\nAt once\n\n       *       *"
        ),
        "{said}"
    );
    assert!(said.contains("\n\n\n\n\nContents\n\n\nOne\n  Sub\nTwo\n  At once\n\n\n\n\nOne"), "{said}");
    assert!(!said.contains("Page") && !said.contains("page"), "{said}");
}

#[test]
fn text_in_ascii_is_by_the_table() {
    let in_language = |text: &str, tag: &str| ascii(text, &Language::parse(tag).expect("a tag"));
    for (tag, text, wanted) in [
        ("en", "“a” ‘b’ „c“ «d» ‹e›", "\"a\" 'b' \"c\" \"d\" 'e'"),
        ("en", "a–b—c―d−e‑f…", "a-b--c--d-e-f..."),
        ("en", "naïve café Ångström Łódź Ærø", "naive cafe Angstrom Lodz Aero"),
        ("de", "Äpfel ÄPFEL Ä größer", "Aepfel AEPFEL Ae groesser"),
        ("da", "Århus blåbær Øst", "Aarhus blaabaer Oest"),
        ("sv", "Åre", "Are"),
        ("en", "x²+y³⁴ H₂O 10⁻³ m²", "x^2+y^34 H_2O 10-^3 m^2"),
        ("en", "1½ ½ a½b ⅔", "1 1/2 1/2 a 1/2 b 2/3"),
        ("en", "5€ €5 £3 20°C 10¢ ™", "5 EUR EUR 5 GBP 3 20 deg C 10 cents (tm)"),
        ("en", "a→b ⇒ ≤ ≠ ±", "a->b => <= != +/-"),
        ("en", "漢字かな x漢", "Han Zi kana x Han"),
        ("en", "Москва Афіни Αθήνα", "Moskva Afini Athena"),
        ("en", "a\u{a0}b\u{ad}c\u{200b}d\u{2060}e e\u{301}", "a bcde e"),
        ("en", "\u{e000}\u{fffd}", "??"),
        ("en", "plain [text] ~ \\ `x`", "plain [text] ~ \\ `x`"),
    ] {
        let given = in_language(text, tag);
        assert_eq!(given, wanted, "{text}");
        assert_eq!(in_language(&given, tag), given, "what is ASCII stays");
    }
    let all: String = (0x80..0x2ffff).filter_map(char::from_u32).collect();
    let given = in_language(&all, "en");
    assert!(given.bytes().all(|b| (0x20..0x7f).contains(&b)), "signs that are not printable ASCII");
}

/// A program that knows small letters and digits, one cell each, and leaves all else out.
#[derive(Debug, Default)]
struct Letters {
    asked: Mutex<Vec<(String, Vec<String>, String)>>,
}

impl Programs for Letters {
    fn run(&self, program: &str, arguments: &[&str], input: &[u8]) -> Result<Vec<u8>, NotRun> {
        let text = String::from_utf8(input.to_vec()).expect("UTF-8");
        let arguments = arguments.iter().map(|argument| (*argument).to_owned()).collect();
        let answer: String = text.chars().map(cell).collect();
        self.asked.lock().expect("a lock").push((program.to_owned(), arguments, text));
        Ok(answer.into_bytes())
    }
}

/// The pattern of a letter: a to j of the upper dots, k to t with dot 3, u to z with dots 3 and 6, w by itself.
fn cell(c: char) -> char {
    const TEN: [u32; 10] = [1, 3, 9, 25, 17, 11, 27, 19, 10, 26];
    let small = c.to_ascii_lowercase();
    let pattern = match small {
        '\n' => return '\n',
        'a'..='j' => TEN[small as usize - 'a' as usize],
        'k'..='t' => TEN[small as usize - 'k' as usize] | 4,
        'w' => 58,
        'u' | 'v' => TEN[small as usize - 'u' as usize] | 36,
        'x'..='z' => TEN[small as usize - 'x' as usize + 2] | 36,
        '1'..='9' => TEN[small as usize - '1' as usize] | 32,
        '0' => TEN[9] | 32,
        c if c.is_ascii() && c != ' ' => 36,
        _ => 0,
    };
    char::from_u32(0x2800 + pattern).expect("a pattern")
}

fn translated(made: &Made, programs: &dyn Programs) -> (Option<Artifact>, Diagnostics) {
    let translator = Translator { program: "letters", table: "any.ctb", programs, span: Span::NONE };
    let text = PlainText { width: 72, profile: TextProfile::Braille, braille: Some(translator) };
    let mut told = Diagnostics::new();
    let artifact = text.publish(&made.book, &made.theme, &made.layout, &mut told);
    (artifact, told)
}

fn in_braille(made: &Made, programs: &dyn Programs) -> Option<Artifact> {
    let (artifact, told) = translated(made, programs);
    assert!(told.is_empty(), "{told:?}");
    artifact
}

#[test]
fn braille_has_its_form_at_any_page_size_and_loses_no_word() {
    for case in ["text", "text/profiles", "epub"].iter().flat_map(|folder| cases(folder)) {
        for words in [1, 2, 9, 100] {
            let made = book(&text_of(&case)).paged(words);
            let letters = Letters::default();
            let artifact = in_braille(&made, &letters).expect("braille");
            assert_eq!(artifact.name.rsplit('.').next(), Some("brf"));
            assert_eq!(in_braille(&made, &letters), Some(artifact.clone()), "the same again");
            let mut told = Diagnostics::new();
            compare_as(&made.book, std::slice::from_ref(&artifact), TextProfile::Braille, &mut told);
            let told: Vec<String> = told.iter().map(|d| d.message.clone()).collect();
            assert_eq!(told, [""; 0], "{} {words}", case.display());
            for (program, arguments, _) in letters.asked.lock().expect("a lock").iter() {
                assert_eq!(
                    (program.as_str(), arguments.join(" ").as_str()),
                    ("letters", "--forward unicode.dis,any.ctb")
                );
            }
            // What the program was given last are all words of the file.
            let given = letters.asked.lock().expect("a lock").last().map(|(.., text)| text.clone());
            let found = words_of_text(&given.expect("words"));
            let wanted = expected_as(&made.book, Kind::Text, TextProfile::Ascii).words;
            let ascii_only = |word: &str| word.is_ascii();
            let found: Vec<_> = found.into_iter().filter(|word| ascii_only(word)).collect();
            let wanted: Vec<_> =
                wanted.into_iter().map(|word| word.word).filter(|word| ascii_only(word)).collect();
            if case.ends_with("ascii.md") || case.ends_with("scripts.md") {
                continue;
            }
            let missing = first_missing(&wanted, &found).map(|at| &wanted[at]);
            assert_eq!(missing, None, "{} {words} lost a word", case.display());
        }
    }
}

#[test]
fn braille_of_words_that_nothing_parts_is_asked_for_in_lines_and_whole() {
    let made = book(&format!("# A\n\n{}\n\n{}\n", "a".repeat(5000), "漢字".repeat(900))).paged(9);
    let letters = Letters::default();
    let artifact = in_braille(&made, &letters).expect("braille");
    let asked = letters.asked.lock().expect("a lock");
    let longest = asked.iter().flat_map(|(.., text)| text.lines()).map(str::len).max();
    assert!(longest.is_some_and(|longest| longest <= 1000), "{longest:?}");
    let said = String::from_utf8(artifact.bytes).expect("ASCII");
    let most = said.lines().filter(|line| *line == "A".repeat(40)).count();
    // All but the first line, which is set in, are full.
    assert_eq!(most, (5000 - 38) / 40, "{said}");
}

#[test]
fn braille_names_the_pages_of_what_it_leaves_out_at_its_end() {
    let made = book("# A\n\nOne.\n\n::: {only=print}\ntwo three\n:::\n").paged(1);
    let said =
        String::from_utf8(in_braille(&made, &Letters::default()).expect("braille").bytes).expect("ASCII");
    // 3 and 4, as the program has them.
    assert!(said.contains("-%-?\r\n"), "{said}");
}

#[test]
fn a_file_of_braille_that_is_broken_is_told() {
    let made = book("# One\n\nWords.\n").paged(9);
    let sound = in_braille(&made, &Letters::default()).expect("braille");
    for (what, by, place) in [
        ("\r\n", "", "lines on page 1"),
        ("WORDS", "words", "that are none"),
        ("\u{c}", "", "doesn't"),
        ("WORDS", &"W".repeat(99), "cells on page"),
        ("#A\r\n", "\r\n", "doesn't number"),
    ] {
        let text = String::from_utf8(sound.bytes.clone()).expect("ASCII");
        assert!(text.contains(what), "{text}");
        let broken = Artifact { bytes: text.replace(what, by).into_bytes(), ..sound.clone() };
        let mut told = Diagnostics::new();
        compare_as(&made.book, &[broken], TextProfile::Braille, &mut told);
        assert!(told.iter().any(|d| d.message.contains(place)), "{what:?}: {told:?}");
    }
}

/// Gives what it is told to.
#[derive(Debug)]
struct Answers(Result<&'static str, NotRun>);

impl Programs for Answers {
    fn run(&self, _: &str, _: &[&str], _: &[u8]) -> Result<Vec<u8>, NotRun> {
        self.0.clone().map(|text| text.as_bytes().to_vec())
    }
}

#[test]
fn a_program_that_fails_is_told_and_nothing_is_made() {
    let made = book("# One\n\nWords.\n").paged(9);
    for (programs, message) in [
        (&NoPrograms as &dyn Programs, "`letters` may not run here"),
        (&Answers(Err(NotRun::Missing)), "there is no program `letters`"),
        (
            &Answers(Err(NotRun::Failed("no table".to_owned()))),
            "`letters` failed with the table `any.ctb`: no table",
        ),
        (&Answers(Ok("")), "`letters` gave 0 lines for 1 for the table `any.ctb`"),
        (&Answers(Ok("words\n")), "`letters` gave other signs than braille patterns for the table `any.ctb`"),
    ] {
        let (artifact, told) = translated(&made, programs);
        assert_eq!(artifact, None);
        let told: Vec<_> =
            told.iter().map(|d| (d.code.name(), d.message.clone(), d.hint.is_some())).collect();
        assert_eq!(told, [("braille-program", message.to_owned(), true)]);
    }
}

/// liblouis' own program, where it is installed.
#[derive(Debug)]
struct Louis;

impl Programs for Louis {
    fn run(&self, program: &str, arguments: &[&str], input: &[u8]) -> Result<Vec<u8>, NotRun> {
        let mut command = Command::new(program);
        command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().map_err(|_| NotRun::Missing)?;
        let (mut stdin, input) = (child.stdin.take().expect("an input"), input.to_vec());
        let writer = std::thread::spawn(move || stdin.write_all(&input));
        let output = child.wait_with_output().expect("an end");
        writer.join().expect("a thread").expect("all was read");
        Ok(output.stdout)
    }
}

#[test]
fn liblouis_makes_contracted_braille() {
    if Command::new("lou_translate").arg("--version").output().is_err() {
        println!("skipped: no lou_translate; `bash tests/validators/install.sh` installs it");
        return;
    }
    let made = book("# The Sea\n\nThe people and their knowledge. “Quoted” 漢字 ½.\n").paged(100);
    for (table, wanted) in [
        // "The people and their knowledge" in contracted English: signs for the words, capitals by dot 6.
        ("en-ueb-g2.ctb", "  ,! P & _! K4 8,QUOT$0 ,HAN ,ZI #A/B4"),
        ("de-g1.ctb", "PEOPLE"),
        ("fr-bfu-comp6.utb", "PEOPLE"),
        ("es-g1.ctb", "PEOPLE"),
        ("it-it-comp6.utb", "PEOPLE"),
    ] {
        let translator = Translator { program: "lou_translate", table, programs: &Louis, span: Span::NONE };
        let text = PlainText { width: 72, profile: TextProfile::Braille, braille: Some(translator) };
        let mut told = Diagnostics::new();
        let artifact = text.publish(&made.book, &made.theme, &made.layout, &mut told);
        assert!(told.is_empty(), "{table}: {told:?}");
        let artifact = artifact.expect("braille");
        compare_as(&made.book, std::slice::from_ref(&artifact), TextProfile::Braille, &mut told);
        assert!(told.is_empty(), "{table}: {told:?}");
        let said = String::from_utf8(artifact.bytes).expect("ASCII");
        assert!(said.contains(wanted), "{table}: {said}");
    }
}
