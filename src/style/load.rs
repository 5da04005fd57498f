//! A style's name or folder to its theme.
//!
//! Enters: the name, the port to the manuscript's folder, the settings. Leaves: a [`Theme`], always:
//! where the style is wrong the built-in one stands in, and the diagnostics say so.
//! Promise: the same style and settings give the same theme; a style reads nothing but its own file.

use super::Theme;
use super::build::build;
use super::keys::{BUILTIN, nearest};
use super::sheet::Sheet;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::sources::{ReadError, Resources, Settings, Spanned};
use crate::span::{Files, Span};

/// The names of the built-in styles, the default first.
#[must_use]
pub fn builtin() -> &'static [&'static str] {
    BUILTIN
}

impl Theme {
    /// A built-in style as it stands, without settings; `None` for a name that none has.
    #[must_use]
    pub fn builtin(name: &str) -> Option<Theme> {
        let sheet = built_in(name)?;
        Some(build(&sheet, &Settings::default(), Span::NONE, &mut Diagnostics::new()))
    }
}

/// Loads a style: `style` (a flag's, or what the manuscript suggests), else the settings', else
/// `classic`. It is a built-in style's name, or the path of a folder with a `style.toml`, or of such a
/// file. The settings' page and size of type stand over the style's own.
#[must_use]
pub fn load(
    style: Option<&Spanned<String>>,
    resources: &dyn Resources,
    settings: &Settings,
    files: &mut Files,
    diagnostics: &mut Diagnostics,
) -> Theme {
    let chosen = style.or(settings.style.as_ref());
    let (name, span) = chosen.map_or(("classic", Span::NONE), |s| (s.value.as_str(), s.span));
    let sheet = built_in(name).or_else(|| from_folder(name, span, resources, files, diagnostics));
    let sheet = sheet.or_else(|| built_in("classic")).unwrap_or_default();
    let mut theme = build(&sheet, settings, span, diagnostics);
    if theme.name.is_empty() {
        theme.name = folder_name(name).to_owned();
    }
    theme
}

/// The sheet of a built-in style, its base under it.
fn built_in(name: &str) -> Option<Sheet> {
    // The built-in files are held by a test to have nothing to complain of.
    let read = |text: &str| Sheet::read(text, None, &mut Diagnostics::new());
    let classic = || read(include_str!("../../styles/classic/style.toml"));
    match name {
        "classic" => Some(classic()),
        "technical" => Some(read(include_str!("../../styles/technical/style.toml")).over(classic())),
        "essay" => Some(read(include_str!("../../styles/essay/style.toml")).over(classic())),
        "large-print" => Some(read(include_str!("../../styles/large-print/style.toml")).over(classic())),
        _ => None,
    }
}

fn folder_name(path: &str) -> &str {
    let folder = path.trim_end_matches("style.toml").trim_end_matches('/');
    folder.rsplit('/').next().unwrap_or(folder)
}

fn from_folder(
    name: &str,
    span: Span,
    resources: &dyn Resources,
    files: &mut Files,
    diagnostics: &mut Diagnostics,
) -> Option<Sheet> {
    if name.trim().is_empty() {
        diagnostics.push(unreadable(name, name, span, ReadError::Missing));
        return None;
    }
    let path = if name.ends_with(".toml") {
        name.to_owned()
    } else {
        format!("{}/style.toml", name.trim_end_matches('/'))
    };
    let bytes = match resources.read(&path) {
        Ok(bytes) => bytes,
        Err(error) => {
            diagnostics.push(unreadable(name, &path, span, error));
            return None;
        }
    };
    let Ok(text) = std::str::from_utf8(&bytes) else {
        let message = format!("\"{path}\" is not UTF-8");
        diagnostics.push(Diagnostic::new(Code::BadStyle, span, message).hint("save it as UTF-8"));
        return None;
    };
    let file = files.add(path, text);
    let sheet = Sheet::read(text, Some(file), diagnostics);
    let base = Some(sheet.words("base")).filter(|base| !base.is_empty()).unwrap_or("classic");
    let mut base = built_in(base)?;
    if sheet.words("name").is_empty() {
        base = base.renamed(folder_name(name));
    }
    Some(sheet.over(base))
}

fn unreadable(name: &str, path: &str, span: Span, error: ReadError) -> Diagnostic {
    match error {
        ReadError::Missing => {
            let hint = nearest(name, BUILTIN.iter().map(|&name| name.to_owned())).map_or_else(
                || format!("the styles are {}; a folder needs a `style.toml`", BUILTIN.join(", ")),
                |near| format!("did you mean \"{near}\"?"),
            );
            Diagnostic::new(Code::BadStyle, span, format!("there is no style \"{name}\"")).hint(hint)
        }
        ReadError::Outside => {
            let message = format!("the style \"{name}\" is outside the manuscript's folder");
            Diagnostic::new(Code::PathOutside, span, message)
                .hint("copy it into the folder, or set `allow-outside = true`")
        }
        ReadError::Failed(why) => {
            Diagnostic::new(Code::BadStyle, span, format!("\"{path}\" can't be read: {why}"))
                .hint("see that the file may be read")
        }
    }
}
