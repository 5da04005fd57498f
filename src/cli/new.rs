//! `aldine new`: a small book that builds at once and shows what a manuscript can say.

use crate::cli::args::NewArgs;
use crate::cli::session::{Done, Failure, Session};
use std::path::{Path, PathBuf};

const FILES: &[(&str, &str)] = &[
    ("aldine.toml", include_str!("sample/aldine.toml")),
    ("manuscript/01-first-chapter.md", include_str!("sample/01-first-chapter.md")),
    ("manuscript/02-second-chapter.md", include_str!("sample/02-second-chapter.md")),
    ("manuscript/img/leaf.svg", include_str!("sample/leaf.svg")),
];

pub(super) fn run(args: &NewArgs, session: &mut Session) -> Done {
    let folder = &args.folder;
    let shown = folder.display();
    match std::fs::read_dir(folder) {
        Ok(mut entries) => {
            if entries.next().is_some() {
                let failure = Failure::file(format!("`{shown}` is not empty"));
                return Err(failure.hint("name a folder that does not exist yet"));
            }
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
        Err(error) => return Err(Failure::file(format!("`{shown}` can't be used: {error}"))),
    }
    let title = title(folder);
    let mut made = Vec::new();
    for (path, text) in FILES {
        let path = folder.join(path);
        let text = text.replace("@TITLE@", &title);
        if let Err(error) = write(&path, &text, &mut made) {
            // What is left of half a book would only stand in the way of the next try.
            for path in made.iter().rev() {
                let _ = if path.is_dir() { std::fs::remove_dir(path) } else { std::fs::remove_file(path) };
            }
            return Err(Failure::file(format!("`{}` can't be written: {error}", path.display())));
        }
    }
    if !session.quiet {
        session.result(&format!("{shown}: a book of two chapters; `aldine check {shown}` looks at it\n"));
    }
    Ok(true)
}

fn write(path: &Path, text: &str, made: &mut Vec<PathBuf>) -> std::io::Result<()> {
    let missing: Vec<&Path> = path.ancestors().skip(1).take_while(|folder| !folder.exists()).collect();
    for folder in missing.into_iter().rev().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir(folder)?;
        made.push(folder.to_owned());
    }
    let mut file = std::fs::File::create_new(path)?;
    made.push(path.to_owned());
    std::io::Write::write_all(&mut file, text.as_bytes())
}

/// A title from the folder's name: `my-first-novel` is "My First Novel". Safe within TOML's quotes.
fn title(folder: &Path) -> String {
    let absolute = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
    let name = absolute.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let words = name.split(|c: char| c.is_whitespace() || c.is_control() || "-_\"\\".contains(c));
    let capital = |word: &str| {
        let mut chars = word.chars();
        let first = chars.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
        first + chars.as_str()
    };
    let title = words.filter(|word| !word.is_empty()).map(capital).collect::<Vec<_>>().join(" ");
    if title.is_empty() { "A New Book".to_owned() } else { title }
}
