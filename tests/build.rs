//! `aldine build` from the outside: what is written, and what is left as it was.

use std::path::Path;
use std::process::{Command, Output};

fn aldine(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_aldine"));
    command.current_dir(folder).args(arguments).env("SOURCE_DATE_EPOCH", "1700000000");
    command.output().expect("the program")
}

#[expect(clippy::disallowed_methods, reason = "a manuscript of the test's own")]
fn write(path: &Path, text: &str) {
    std::fs::write(path, text).expect("a file");
}

/// Names and bytes of a folder's files.
#[expect(clippy::disallowed_methods, reason = "a test reads what was made")]
fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found: Vec<(String, Vec<u8>)> = std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .map(|entry| {
            let path = entry.expect("an entry").path();
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            (name, std::fs::read(path).expect("a file"))
        })
        .collect();
    found.sort();
    found
}

fn names(folder: &Path) -> Vec<String> {
    files(folder).into_iter().map(|(name, _)| name).collect()
}

const BOOK: &str = "---\ntitle: The Sea, the Sea\nlanguage: en\n---\n\n# One\n\nWater.[^1]\n\n[^1]: Salt.\n";

#[test]
fn three_editions_are_written_by_the_title_into_dist() {
    let folder = tempfile::tempdir().expect("a folder");
    write(&folder.path().join("sea.md"), BOOK);
    let output = aldine(folder.path(), &["build", "sea.md", "--strict"]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let dist = folder.path().join("dist");
    assert_eq!(names(&dist), ["the-sea-the-sea.epub", "the-sea-the-sea.pdf", "the-sea-the-sea.txt"]);
    assert!(String::from_utf8_lossy(&output.stdout).contains("dist/the-sea-the-sea.pdf"), "{output:?}");
}

#[test]
fn only_out_and_name_are_honoured_and_threads_change_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    write(&folder.path().join("sea.md"), BOOK);
    let build = |out: &str, jobs: &str| {
        let output = aldine(folder.path(), &["build", "sea.md", "--out", out, "--name", "x", "--jobs", jobs]);
        assert_eq!(output.status.code(), Some(0), "{output:?}");
        files(&folder.path().join(out))
    };
    assert_eq!(build("one", "1"), build("four", "4"));
    let output = aldine(folder.path(), &["build", "sea.md", "--only", "pdf,text", "--out", "some"]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    assert_eq!(names(&folder.path().join("some")), ["the-sea-the-sea.pdf", "the-sea-the-sea.txt"]);
}

#[test]
fn a_build_that_fails_leaves_the_old_editions_as_they_were() {
    let folder = tempfile::tempdir().expect("a folder");
    let (source, dist) = (folder.path().join("sea.md"), folder.path().join("dist"));
    write(&source, BOOK);
    assert_eq!(aldine(folder.path(), &["build", "sea.md"]).status.code(), Some(0));
    let before = files(&dist);
    write(&source, &format!("{BOOK}\n![x](none.png)\n"));
    assert_eq!(aldine(folder.path(), &["build", "sea.md"]).status.code(), Some(1));
    assert_eq!(files(&dist), before);
    write(&source, &format!("{BOOK}\n[nowhere](#nowhere)\n"));
    assert_eq!(aldine(folder.path(), &["build", "sea.md", "--strict"]).status.code(), Some(1));
    assert_eq!(files(&dist), before);
    assert_eq!(aldine(folder.path(), &["build", "sea.md"]).status.code(), Some(0));
    assert_ne!(files(&dist), before);
}

#[test]
fn a_folder_that_cannot_be_made_is_3_and_a_new_book_builds_at_once() {
    let folder = tempfile::tempdir().expect("a folder");
    write(&folder.path().join("sea.md"), BOOK);
    write(&folder.path().join("taken"), "a file");
    let output = aldine(folder.path(), &["build", "sea.md", "--out", "taken/dist"]);
    assert_eq!(output.status.code(), Some(3), "{output:?}");
    assert_eq!(aldine(folder.path(), &["new", "mine"]).status.code(), Some(0));
    let output = aldine(folder.path(), &["build", "mine", "--strict"]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    assert_eq!(names(&folder.path().join("mine/dist")).len(), 4, "three editions and a cover");
}

/// `aldine build` where no file may grow beyond so many blocks of 512 or 1024 bytes: the system refuses
/// to write on, in the middle of a file, as it does on a full disk.
#[cfg(unix)]
fn build_in_little_room(folder: &Path, blocks: usize, only: &str) -> Output {
    // Without the trap the system ends the program instead of telling it.
    let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" build sea.md --only {only}");
    let mut command = Command::new("sh");
    command.current_dir(folder).args(["-c", &script, env!("CARGO_BIN_EXE_aldine")]);
    command.env("SOURCE_DATE_EPOCH", "1700000000").output().expect("a shell")
}

#[cfg(unix)]
#[test]
fn a_full_disk_is_3_and_leaves_the_old_editions_and_nothing_else() {
    let folder = tempfile::tempdir().expect("a folder");
    let (source, dist) = (folder.path().join("sea.md"), folder.path().join("dist"));
    // However long it gets: an essay has no cover, whose pixels don't pack.
    let book = BOOK.replacen("title", "style: essay\ntitle", 1);
    write(&source, &book);
    assert_eq!(aldine(folder.path(), &["build", "sea.md"]).status.code(), Some(0));
    let before = files(&dist);
    write(&source, &format!("{book}{}", "\n\nThe same water, again and again.".repeat(9000)));
    // The first file fails; then the second, when the first, which packs its words, is there in whole.
    for (blocks, only, name) in [(8, "pdf,epub,text", "pdf"), (100, "epub,text", "txt")] {
        let output = build_in_little_room(folder.path(), blocks, only);
        let told = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(3), "{output:?}");
        assert!(told.contains(&format!("the-sea-the-sea.{name}` can't be written: ")), "{told}");
        assert!(told.contains("help: ") && told.contains("full"), "{told}");
        assert!(output.stdout.is_empty(), "{output:?}");
        assert_eq!(names(&dist), ["the-sea-the-sea.epub", "the-sea-the-sea.pdf", "the-sea-the-sea.txt"]);
        assert!(files(&dist) == before, "an edition has changed");
    }
    // The same words where there is room.
    let output = build_in_little_room(folder.path(), 100_000, "pdf,epub,text");
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    assert!(files(&dist) != before);
}

/// A program that writes a pattern for each letter it reads, and leaves a note that it ran.
#[cfg(unix)]
fn program(path: &Path, lines: &str) {
    use std::os::unix::fs::PermissionsExt as _;
    write(path, &format!("#!/bin/sh\necho \"$@\" >>\"$0.ran\"\n{lines}\n"));
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755)).expect("a program");
}

#[cfg(unix)]
const LETTERS: &str = "LC_ALL=C sed -e 's/[^a-zA-Z]/ /g' -e 's/[a-zA-Z]/\u{2801}/g' -e 's/ /\u{2800}/g'";

#[cfg(unix)]
#[test]
fn braille_is_made_by_the_program_that_the_settings_name() {
    let folder = tempfile::tempdir().expect("a folder");
    let tool = folder.path().join("letters");
    program(&tool, LETTERS);
    let settings = |more: &str| BOOK.replace("language: en\n", &format!("language: en\ntext:\n{more}"));
    let source = folder.path().join("sea.md");
    let named = format!("  braille: {}\n", tool.display());
    write(&source, &settings(&format!("  profile: braille-ready\n{named}")));
    let output = aldine(folder.path(), &["build", "sea.md", "--strict"]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let dist = folder.path().join("dist");
    assert_eq!(names(&dist), ["the-sea-the-sea.brf", "the-sea-the-sea.epub", "the-sea-the-sea.pdf"]);
    let brf = files(&dist).into_iter().find(|(name, _)| name.ends_with(".brf")).expect("braille").1;
    assert!(String::from_utf8(brf).expect("ASCII").contains("AAAAA"), "the program's cells");
    let ran = folder.path().join("letters.ran");
    #[expect(clippy::disallowed_methods, reason = "a test reads what its program wrote")]
    let said = std::fs::read_to_string(&ran).expect("it ran");
    assert!(said.lines().all(|line| line == "--forward unicode.dis,en-ueb-g2.ctb"), "{said}");
    std::fs::remove_file(&ran).expect("it is gone");
    // Named, but of no use: nothing runs. Checked: nothing is made, and nothing runs.
    write(&source, &settings(&named));
    assert_eq!(aldine(folder.path(), &["build", "sea.md"]).status.code(), Some(0));
    write(&source, &settings(&format!("  profile: braille-ready\n{named}")));
    assert_eq!(aldine(folder.path(), &["check", "sea.md"]).status.code(), Some(0));
    assert_eq!(aldine(folder.path(), &["build", "sea.md", "--only", "pdf"]).status.code(), Some(0));
    assert!(!ran.exists(), "a program ran that nobody needs");
}

#[cfg(unix)]
#[test]
#[expect(clippy::disallowed_methods, reason = "a test that nothing is waited for")]
fn what_a_program_leaves_running_is_not_waited_for() {
    let folder = tempfile::tempdir().expect("a folder");
    let tool = folder.path().join("letters");
    // It ends at once, and its child goes on to hold its output open.
    program(&tool, &format!("sleep 60 & {LETTERS}"));
    let named = format!("language: en\ntext:\n  profile: braille-ready\n  braille: {}\n", tool.display());
    write(&folder.path().join("sea.md"), &BOOK.replace("language: en\n", &named));
    let start = std::time::Instant::now();
    let output = aldine(folder.path(), &["build", "sea.md", "--only", "text"]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    assert!(start.elapsed().as_secs() < 50, "it waited");
}

#[cfg(unix)]
#[test]
fn braille_without_its_program_is_told_and_nothing_is_replaced() {
    let folder = tempfile::tempdir().expect("a folder");
    let (source, dist) = (folder.path().join("sea.md"), folder.path().join("dist"));
    let fails = folder.path().join("fails");
    program(&fails, "echo 'no such table' >&2; exit 3");
    let silent = folder.path().join("silent");
    program(&silent, "echo 'no such table' >&2");
    let short = folder.path().join("short");
    program(&short, "head -n 1 | sed -e 's/.*/\u{2801}/'");
    write(&source, BOOK);
    assert_eq!(aldine(folder.path(), &["build", "sea.md"]).status.code(), Some(0));
    let before = files(&dist);
    for (name, message) in [
        ("aldine-has-no-such-program".to_owned(), "there is no program `aldine-has-no-such-program`"),
        (fails.display().to_string(), "failed with the table `en-ueb-g2.ctb`: no such table"),
        (silent.display().to_string(), "failed with the table `en-ueb-g2.ctb`: no such table"),
        (short.display().to_string(), "gave 1 lines for "),
    ] {
        let text = format!("language: en\ntext:\n  profile: braille-ready\n  braille: {name}\n");
        write(&source, &BOOK.replace("language: en\n", &text));
        let output = aldine(folder.path(), &["build", "sea.md"]);
        let told = String::from_utf8_lossy(&output.stderr).replace('\n', " ");
        assert_eq!(output.status.code(), Some(1), "{output:?}");
        assert!(told.contains("error[braille-program]") && told.contains(message), "{told}");
        assert!(told.contains("sea.md:6:"), "the line that names it: {told}");
        assert!(files(&dist) == before, "an edition has changed");
    }
}

#[test]
fn a_cover_stands_beside_the_pdf_and_the_shops_file_where_it_is_asked_for() {
    let folder = tempfile::tempdir().expect("a folder");
    write(&folder.path().join("sea.md"), &BOOK.replacen("title", "style: classic\ntitle", 1));
    let build = |out: &str, more: &[&str]| {
        let output = aldine(folder.path(), &[&["build", "sea.md", "--out", out], more].concat());
        assert_eq!(output.status.code(), Some(0), "{output:?}");
        names(&folder.path().join(out))
    };
    let editions = ["the-sea-the-sea.epub", "the-sea-the-sea.pdf", "the-sea-the-sea.txt"];
    let all = build("all", &["--onix-accessibility"]);
    assert_eq!(all, [&["the-sea-the-sea-cover.png", "the-sea-the-sea-onix.xml"][..], &editions].concat());
    assert_eq!(build("plain", &[]), [&["the-sea-the-sea-cover.png"][..], &editions].concat());
    assert_eq!(build("pdf", &["--only", "pdf"]), ["the-sea-the-sea-cover.png", "the-sea-the-sea.pdf"]);
    assert_eq!(build("epub", &["--only", "epub"]), ["the-sea-the-sea.epub"], "it has its cover in it");
    assert_eq!(
        build("kobo", &["--only", "kepub,text"]),
        ["the-sea-the-sea.kepub.epub", "the-sea-the-sea.txt"]
    );
}
