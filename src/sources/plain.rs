//! The keys of `[text]`, and whether they go together.
//!
//! Enters: values; then the settings merged. Leaves: settings; then a diagnostic for each key that its
//! profile has no use for, or lacks. Promise: a program is named by a name or a whole path, never by a path in
//! the manuscript's folder, so that no manuscript brings the program along that it has run.

use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::sources::keys::{Fit, misfit, text};
use crate::sources::value::Value;
use crate::sources::{Settings, Spanned, TextProfile};

/// The tables of liblouis for the languages whose phrases Aldine knows best.
const TABLES: &[(&str, &str)] = &[
    ("en", "en-ueb-g2.ctb"),
    ("de", "de-g1.ctb"),
    ("fr", "fr-bfu-comp6.utb"),
    ("es", "es-g1.ctb"),
    ("it", "it-it-comp6.utb"),
];

/// Project Gutenberg's longest line.
const GUTENBERG: u32 = 72;

pub(super) fn profile(value: &Value, settings: &mut Settings) -> Fit {
    let typed = text(value)?;
    match TextProfile::NAMED.iter().find(|(name, _)| *name == typed) {
        Some((_, profile)) => {
            settings.text_profile = Some(Spanned { value: *profile, span: value.span });
            Ok(())
        }
        None => misfit(value, "`screen-reader`, `gutenberg`, `ascii` or `braille-ready`"),
    }
}

pub(super) fn width(value: &Value, settings: &mut Settings) -> Fit {
    match text(value)?.parse::<u32>() {
        Ok(columns @ (0 | 20..=1000)) => {
            settings.text_width = Some(Spanned { value: columns, span: value.span });
            Ok(())
        }
        Ok(_) | Err(_) => misfit(value, "columns, 20 to 1000, or 0 for one line a paragraph"),
    }
}

pub(super) fn braille(value: &Value, settings: &mut Settings) -> Fit {
    let typed = text(value)?;
    let named = !typed.contains(['/', '\\']) && !typed.starts_with('-');
    let whole = std::path::Path::new(typed).is_absolute();
    if typed.is_empty() || typed.contains(char::is_control) || !(named || whole) {
        return misfit(value, "the name of a program, such as `lou_translate`, or its whole path");
    }
    settings.braille = Some(Spanned { value: typed.to_owned(), span: value.span });
    Ok(())
}

pub(super) fn braille_table(value: &Value, settings: &mut Settings) -> Fit {
    let typed = text(value)?;
    let known = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | ',' | '/');
    if typed.is_empty() || typed.starts_with('-') || !typed.chars().all(known) {
        return misfit(value, "a table of liblouis, such as `en-ueb-g2.ctb`, or several with commas between");
    }
    settings.braille_table = Some(Spanned { value: typed.to_owned(), span: value.span });
    Ok(())
}

impl Settings {
    /// The table of braille: the one that is set, else the language's; `None` for other languages.
    #[must_use]
    pub fn table_of_braille(&self) -> Option<&str> {
        if let Some(table) = &self.braille_table {
            return Some(&table.value);
        }
        let primary = self.language.as_ref().map_or("en".to_owned(), |language| language.value.primary());
        TABLES.iter().find(|(tag, _)| *tag == primary).map(|(_, table)| *table)
    }
}

/// Tells what of `[text]` doesn't go together.
pub(super) fn agree(settings: &Settings, diagnostics: &mut Diagnostics) {
    let Some(profile) = &settings.text_profile else { return };
    let mut tell = |span, message: String, hint: &str| {
        diagnostics.push(Diagnostic::new(Code::BadValue, span, message).hint(hint));
    };
    let width = settings.text_width.as_ref();
    match profile.value {
        TextProfile::ScreenReader | TextProfile::Ascii => {}
        TextProfile::Gutenberg => {
            if let Some(width) = width.filter(|width| width.value == 0 || width.value > GUTENBERG) {
                let message = format!("`width` can't be {} in the profile `gutenberg`", width.value);
                tell(width.span, message, "Project Gutenberg wants lines of 72 columns at most: take it out");
            }
        }
        TextProfile::Braille => {
            if let Some(width) = width {
                let message = "`width` has no meaning in the profile `braille-ready`".to_owned();
                tell(width.span, message, "its pages have 25 lines of 40 cells: take it out");
            }
            if settings.braille.is_none() {
                let message = "the profile `braille-ready` needs a program that knows braille".to_owned();
                let hint = "install liblouis and write `braille = \"lou_translate\"` into `[text]`; nothing runs that \
                            isn't named there";
                tell(profile.span, message, hint);
            } else if settings.table_of_braille().is_none() {
                let message = "there is no table of braille for the book's language".to_owned();
                let hint = "name one of liblouis' in `[text]`, such as `braille-table = \"pl-pl-comp8.ctb\"`";
                tell(profile.span, message, hint);
            }
        }
    }
}
