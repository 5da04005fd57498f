//! Editions held against judges that nobody here wrote, each with files that it must refuse.

#[path = "pdf/features.rs"]
mod features;
#[path = "pdf/press.rs"]
mod press;
#[path = "pdf/sample.rs"]
mod sample;
mod validators;

use aldine::diagnostics::Diagnostics;
use aldine::editions::epub::Epub;
use aldine::editions::{Artifact, Edition};
use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};
use validators::Verdict;

#[expect(clippy::disallowed_methods, reason = "judges read files")]
fn write(folder: &Path, name: &str, bytes: &[u8]) -> PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, bytes).expect("a file");
    path
}

/// The file with words of it put in others of the same length, so that its places stay.
fn broken(bytes: &[u8], from: &str, to: &str) -> Vec<u8> {
    assert_eq!(from.len(), to.len());
    let mut copy = bytes.to_vec();
    let at: Vec<usize> = (0..bytes.len())
        .filter(|at| bytes.get(*at..).is_some_and(|rest| rest.starts_with(from.as_bytes())))
        .collect();
    assert!(!at.is_empty(), "there is no {from}");
    for at in at {
        copy.get_mut(at..at + to.len()).expect("a place").copy_from_slice(to.as_bytes());
    }
    copy
}

fn is_sound(verdict: &Verdict) {
    assert!(verdict.complaints.is_empty(), "{verdict:#?}");
}

fn is_refused(verdict: &Verdict, clause: &str) {
    assert!(verdict.complaints.iter().any(|said| said.starts_with(clause)), "{verdict:#?}");
}

#[test]
fn the_pdf_keeps_both_standards() {
    let folder = tempfile::tempdir().expect("a folder");
    let case = sample::book();
    let good = case.printed(&sample::layout(&case));
    let file = |name: &str, bytes: &[u8]| write(folder.path(), name, bytes);
    let sound = file("sound.pdf", &good);
    let mute = file("mute.pdf", &broken(&good, "/Alt(", "/Bad("));
    let untitled = file("untitled.pdf", &broken(&good, "/DisplayDocTitle true", "/DisplayDocTitle null"));
    let unmapped = file("unmapped.pdf", &broken(&good, "/ToUnicode ", "/ToUnicodX "));
    let unnamed = file("unnamed.pdf", &broken(&good, "<pdfaid:conformance>A<", "<pdfaid:conformance>Z<"));
    let files: Vec<&Path> = [&sound, &mute, &untitled, &unmapped, &unnamed].map(PathBuf::as_path).to_vec();

    let Some(ua) = validators::verapdf("ua1", &files) else { return };
    let [sound, mute, untitled, unmapped, _] = ua.as_slice() else { panic!("{ua:?}") };
    is_sound(sound);
    is_refused(mute, "7.3-1");
    is_refused(untitled, "7.1-10");
    is_refused(unmapped, "7.21.7-1");

    let Some(a) = validators::verapdf("2a", &files) else { return };
    let [sound, _, _, unmapped, unnamed] = a.as_slice() else { panic!("{a:?}") };
    is_sound(sound);
    is_refused(unmapped, "6.2.11.7.2-1");
    is_refused(unnamed, "6.6.4");
}

#[test]
fn the_pdf_is_built_soundly_and_read_by_others() {
    let folder = tempfile::tempdir().expect("a folder");
    let case = sample::book();
    let good = case.printed(&sample::layout(&case));
    let sound = write(folder.path(), "sound.pdf", &good);
    let cut = write(folder.path(), "cut.pdf", good.get(..good.len() / 2).expect("half of it"));
    if let Some(verdict) = validators::qpdf(&sound) {
        is_sound(&verdict);
        assert!(!validators::qpdf(&cut).expect("qpdf").complaints.is_empty());
    }
    if let Some(words) = validators::pdftotext(&sound) {
        for line in ["Knots & <Splices>", "line is a knot: quick, ‘fast’ and well-made.", "nœud de chaise"]
        {
            assert!(words.lines().any(|found| found.trim_end() == line), "{line:?} in {words}");
        }
        assert!(words.contains("A bow\u{ad}"), "{words}");
    }
    if let Some((width, height, dots)) = validators::pdftoppm(&sound, 2, 36) {
        assert_eq!((width, height), (210, 298));
        assert!(dots.iter().all(|dot| *dot == 255), "the second page is blank");
        let (_, _, dots) = validators::pdftoppm(&sound, 3, 36).expect("pdftoppm");
        assert!(dots.iter().any(|dot| *dot < 128), "the third has words");
    }
}

#[test]
fn a_book_of_all_features_keeps_every_standard() {
    let folder = tempfile::tempdir().expect("a folder");
    let all = features::TEXT;
    let hebrew =
        all.replace("language: en", "language: he").replace("Before the first", "לפני הכותרת הראשונה");
    let mut pdfs = Vec::new();
    let mut epubs = Vec::new();
    for (name, text, style) in
        [("book", all, "classic"), ("essay", all, "essay"), ("hebrew", &hebrew, "classic")]
    {
        for artifact in features::built(text, style) {
            let ending = artifact.name.rsplit('.').next().expect("an ending");
            let path = write(folder.path(), &format!("{name}.{ending}"), &artifact.bytes);
            match ending {
                "pdf" => pdfs.push(path),
                "epub" => epubs.push(path),
                _ => {}
            }
        }
    }
    assert_eq!((pdfs.len(), epubs.len()), (3, 3));
    let files: Vec<&Path> = pdfs.iter().map(PathBuf::as_path).collect();
    for flavour in ["ua1", "2a"] {
        validators::verapdf(flavour, &files).iter().flatten().for_each(is_sound);
    }
    files.iter().filter_map(|file| validators::qpdf(file)).for_each(|verdict| is_sound(&verdict));
    let epubs = epubs.iter().filter_map(|file| validators::epubcheck(file));
    epubs.for_each(|verdict| is_sound(&verdict));
}

/// Notes, captions and lists where PDF/UA-2 has rules for what may stand in what; notes stand at the end of chapters.
const NESTED: &str = "---\ntitle: Nested\nlanguage: en\ndialect: aldine\nstyle: look\npdf: { standard: ua-2 }\n---\n\
    # A heading with a note[^1] {#top}\n\n> A quote:\n>\n> ![A rope](rope.png \"In a quote[^2]\")\n>\n> ## Its own\n\n\
    - An item[^2]\n\n  ![A rope](rope.png \"In a list\")\n\n  - deeper\n\n    | a | b |\n    |---|---|\n    | c[^3] | d |\n\n\
    Term with a note[^3]\n: Its meaning\n\n  ![A rope](rope.svg \"In a definition\")\n\n  ```\n  code\n  ```\n\n\
    Table: Knots[^3] {#knots}\n\n| Knot | Part |\n|---|---|\n| [Bowline](#knots) | 60[^4] |\n\n\
    ::: aside\n![A rope](rope.png \"In an aside\")\n:::\n\n> [!TIP]\n> So[^4].\n>\n> ![A rope](rope.png \"In an alert\")\n\n\
    ![](rope.jpg \"Under decoration\"){.decorative #mute}\n\nSee [what is mute](#mute) <a id=\"mid\"></a>and [here](#mid).\n\n\
    # Index {.index}\n\n- ropes, [](#knots){.page}\n  - of hemp, [](#top){.page}\n\n\
    [^1]: A note with a figure:\n\n    ![A rope](rope.png \"In a note\")\n\n    > quote\n\n    Term\n    : Meaning\n\n    \
    See also[^2].\n[^2]: Second.\n[^3]: Third.\n[^4]: Fourth.\n";

/// The PDF of the book of all constructs.
fn of_standard(standard: &str) -> Vec<u8> {
    let text =
        features::TEXT.replace("language: en", &format!("language: en\npdf: {{ standard: {standard} }}"));
    the_pdf(features::built(&text, "classic"))
}

fn the_pdf(artifacts: Vec<Artifact>) -> Vec<u8> {
    artifacts.into_iter().find(|artifact| artifact.name.ends_with(".pdf")).expect("a PDF").bytes
}

#[test]
fn a_pdf_for_the_archive_keeps_its_standard_and_claims_no_other() {
    let folder = tempfile::tempdir().expect("a folder");
    let pdf = of_standard("a-4");
    assert!(pdf.starts_with(b"%PDF-2.0"));
    assert!(!String::from_utf8_lossy(&pdf).contains("pdfuaid"), "PDF/UA-1 ends with PDF 1.7");
    let sound = write(folder.path(), "sound.pdf", &pdf);
    let other = write(folder.path(), "other.pdf", &broken(&pdf, "<pdfaid:rev>2020<", "<pdfaid:rev>2O2O<"));
    if let Some(verdict) = validators::qpdf(&sound) {
        is_sound(&verdict);
    }
    let Some(judged) = validators::verapdf("4", &[&sound, &other]) else { return };
    let [sound, other] = judged.as_slice() else { panic!("{judged:?}") };
    is_sound(sound);
    is_refused(other, "6.7.3");
}

#[test]
fn a_pdf_may_keep_the_second_standard_for_readers_and_that_for_archives() {
    let folder = tempfile::tempdir().expect("a folder");
    let good = of_standard("ua-2");
    assert!(good.starts_with(b"%PDF-2.0"));
    let file = |name: &str, bytes: &[u8]| write(folder.path(), name, bytes);
    let files = [
        file("sound.pdf", &good),
        file("nested.pdf", &the_pdf(features::built(NESTED, None))),
        file("archive.pdf", &of_standard("a-4")),
        file("elsewhere.pdf", &broken(&good, "(http://iso.org/pdf2/ssn)", "(http://iso.org/pdf2/SSN)")),
        file("untyped.pdf", &broken(&good, "/NoteType/Footnote", "/NoteType/Feetnote")),
        file("untied.pdf", &broken(&good, "/Ref[", "/Fer[")),
        file("placed.pdf", &broken(&good, "/SD[", "/DS[")),
        file("untitled.pdf", &broken(&good, "/DisplayDocTitle true", "/DisplayDocTitle null")),
        file("undated.pdf", &broken(&good, ">2024</pdfuaid:rev>", ">2O24</pdfuaid:rev>")),
    ];
    let files: Vec<&Path> = files.iter().map(PathBuf::as_path).collect();
    let (good, _) = files.split_at(2);
    good.iter().filter_map(|file| validators::qpdf(file)).for_each(|verdict| is_sound(&verdict));
    let Some(judged) = validators::verapdf("ua2", &files) else { return };
    let [sound, nested, archive, elsewhere, untyped, untied, placed, untitled, undated] = judged.as_slice()
    else {
        panic!("{judged:?}")
    };
    is_sound(sound);
    is_sound(nested);
    for clause in ["5-1", "8.2.5.8-1", "8.2.5.14-1", "8.8-1", "8.11.2-1"] {
        is_refused(archive, clause);
    }
    is_refused(elsewhere, "8.2.4-1");
    is_refused(untyped, "8.2.5.14-4");
    is_refused(untied, "8.2.5.8-1");
    is_refused(placed, "8.8-2");
    is_refused(untitled, "8.11.2-1");
    is_refused(undated, "5-5");
    validators::verapdf("4", good).iter().flatten().for_each(is_sound);
}

/// The archive with a change to one of its texts.
fn repacked(bytes: &[u8], change: impl Fn(String) -> String) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).expect("a file");
        let name = file.name().expect("a name").into_owned();
        let mut content = Vec::new();
        file.read_to_end(&mut content).expect("its bytes");
        if name.ends_with("html") || name.ends_with("opf") {
            content = change(String::from_utf8(content).expect("text")).into_bytes();
        }
        let options = zip::write::SimpleFileOptions::default().compression_method(file.compression());
        writer.start_file(name, options).expect("a place");
        writer.write_all(&content).expect("its bytes");
    }
    writer.finish().expect("an archive").into_inner()
}

#[test]
fn the_epub_keeps_its_standards() {
    let folder = tempfile::tempdir().expect("a folder");
    let case = sample::book();
    let mut told = Diagnostics::new();
    let made = Epub::default().publish(&case.book, &case.theme, &sample::layout(&case), &mut told);
    let good = made.expect("an EPUB").bytes;
    let sound = write(folder.path(), "sound.epub", &good);
    if let Some(verdict) = validators::epubcheck(&sound) {
        is_sound(&verdict);
        let no_language = |text: String| {
            text.replace("<dc:language>", "<dc:source>").replace("</dc:language>", "</dc:source>")
        };
        let bad = write(folder.path(), "bad.epub", &repacked(&good, no_language));
        assert!(!validators::epubcheck(&bad).expect("EPUBCheck").complaints.is_empty());
    }
    if let Some(verdict) = validators::ace(&sound) {
        is_sound(&verdict);
        let no_alt = |text: String| text.replace(" alt=\"", " data-alt=\"");
        let bad = write(folder.path(), "mute.epub", &repacked(&good, no_alt));
        assert!(!validators::ace(&bad).expect("Ace").complaints.is_empty());
    }
}

/// A book with faces in its EPUB, claims, a drawn cover, and roles of every kind.
const LADEN: &str = "---\ntitle: Laden\nlanguage: en\ndialect: aldine\nstyle: look\nauthor: A. Writer\npdf:\n  isbn: \
    978-0-306-40615-7\nepub:\n  conforms-to: WCAG 2.2 AA\n  certified-by: Somebody\n  certifier-credential: A badge\n  \
    certifier-report: https://example.org/r\n---\n# For A {.dedication}\n\nwho\n\n# Preface {.preface}\n\nWords.[^1] \
    שלום\n\n::: {lang=he}\nמילים [words]{lang=en} `x`\n:::\n\n# One\n\n> [!WARNING]\n> Mind.\n\n> [!TIP]\n> So.\n\n::: \
    aside\nBeside.\n:::\n\none\n\n***\n\ntwo `code`\n\n# Glossary {.glossary}\n\nTerm\n: Meaning\n\n# Books \
    {.bibliography}\n\n- One\n\n# Index {.index}\n\n- [words](#one)\n  - [knots](#one)\n\n[^1]: A note.\n";

#[test]
fn a_laden_epub_keeps_its_standards_and_so_does_kobos() {
    let folder = tempfile::tempdir().expect("a folder");
    let files = aldine::sources::Memory::new()
        .with("book.md", LADEN)
        .with("look/style.toml", "base = \"classic\"\n[epub]\nfonts = true\n");
    let manuscript = aldine::sources::Manuscript::File("book.md".to_owned());
    let request = aldine::build::Request {
        resources: &files,
        outside: None,
        manuscript: &manuscript,
        style: None,
        name: None,
        modified: aldine::model::Timestamp(1_700_000_000),
        system_fonts: None,
    };
    let mut told = Diagnostics::new();
    let made = request.resolve(request.prepare(&mut told), &mut told);
    let layout = made.lay_out(&mut told);
    let artifacts = made.publish(&layout, &["epub", "kepub"], &mut told);
    made.prove(&artifacts, &mut told);
    assert!(told.is_empty(), "{told:#?}");
    assert_eq!(artifacts.len(), 2);
    for artifact in &artifacts {
        let path = write(folder.path(), &artifact.name, &artifact.bytes);
        validators::epubcheck(&path).iter().for_each(is_sound);
        validators::ace(&path).iter().for_each(is_sound);
    }
    // What was judged has what the style asks for.
    let bytes = &artifacts.first().expect("an EPUB").bytes;
    assert!(bytes.windows(6).any(|window| window == b"fonts/"), "no face is in it");
}
