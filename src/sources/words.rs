//! `[phrases]`: words of the author's own for what editions say.
//!
//! Enters: the table. Leaves: the settings' phrases, by the names of their fields. Promise: every name is one of
//! Aldine's, every pattern keeps its one `{}`, and no phrase can be mistaken for the end of a mark.

use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::phrases;
use crate::sources::Settings;
use crate::sources::value::{Entry, Kind};

/// Longer ones are no phrases.
const LONGEST: usize = 200;

/// Reads the table over the settings.
pub(super) fn read(table: &Entry, settings: &mut Settings, diagnostics: &mut Diagnostics) {
    let Kind::Table(entries) = &table.value.kind else {
        let hint =
            "write `[phrases]` on a line of its own, and below it lines such as `chapter = \"Canto {}\"`";
        let message = "`phrases` is a table";
        diagnostics.push(Diagnostic::new(Code::BadValue, table.value.span, message).hint(hint));
        return;
    };
    for entry in entries {
        let name = entry.name.replace('-', "_");
        let Some((name, pattern)) = phrases::names().find(|(known, _)| *known == name) else {
            diagnostics.push(unknown(entry));
            continue;
        };
        match words(entry, pattern) {
            Ok(words) => {
                settings.phrases.retain(|(known, _)| known != name);
                settings.phrases.push((name.to_owned(), words));
            }
            Err((message, hint)) => {
                diagnostics.push(Diagnostic::new(Code::BadValue, entry.value.span, message).hint(hint));
            }
        }
    }
}

/// The words of an entry, or what is wrong with them.
fn words(entry: &Entry, pattern: bool) -> Result<String, (String, String)> {
    let name = &entry.name;
    let wrong = |message: String, hint: &str| Err((message, hint.to_owned()));
    let (Kind::Text(words) | Kind::Plain(words)) = &entry.value.kind else {
        return wrong(
            format!("`{name}` in `[phrases]` is no text"),
            "write its words between quotation marks",
        );
    };
    let words = words.trim();
    match (pattern, words.matches("{}").count()) {
        (true, 1) | (false, 0) => {}
        (true, 0) => {
            let hint = "write `{}` where the number or the words belong that it is said with";
            return wrong(format!("`{name}` in `[phrases]` lacks its `{{}}`"), hint);
        }
        (true, _) => {
            return wrong(format!("`{name}` in `[phrases]` has more than one `{{}}`"), "keep one of them");
        }
        (false, _) => {
            let hint = "take the `{}` out: nothing is put there";
            return wrong(format!("`{name}` in `[phrases]` is said alone"), hint);
        }
    }
    let bare = words.replace("{}", "");
    if words.is_empty() {
        return wrong(format!("`{name}` in `[phrases]` has no words"), "write some, or take the line out");
    }
    if words.chars().count() > LONGEST {
        return wrong(
            format!("`{name}` in `[phrases]` is too long"),
            "200 characters are enough for a phrase",
        );
    }
    if bare.contains(['[', ']', '{', '}']) || bare.contains(char::is_control) {
        let hint = "the text edition puts phrases between brackets, and reads them back there";
        return wrong(format!("`{name}` in `[phrases]` has a bracket, a brace or a line end in it"), hint);
    }
    Ok(words.to_owned())
}

fn unknown(entry: &Entry) -> Diagnostic {
    let typed = entry.name.to_lowercase().replace('_', "-");
    let known = phrases::names().map(|(name, _)| name.replace('_', "-"));
    let nearest = known.map(|name| (strsim::damerau_levenshtein(&name, &typed), name)).min();
    let hint = match nearest {
        Some((distance, name)) if distance <= 1.max(name.len() / 3) => format!("did you mean `{name}`?"),
        Some(_) | None => "the handbook's chapter on language lists the names".to_owned(),
    };
    let shown: String = entry.name.chars().take(60).collect();
    Diagnostic::new(Code::UnknownKey, entry.span, format!("no phrase is called `{shown}`")).hint(hint)
}
