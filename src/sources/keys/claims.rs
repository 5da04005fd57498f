//! What a publisher claims of the EPUB, and who found it so.
//!
//! Enters: values of `[epub]`. Leaves: the claim in the words of the standards. Promise: nothing is claimed that
//! was not typed; a standard or a level that doesn't exist is told.

use super::{Fit, is_web_address, misfit, spanned, text};
use crate::model::Wcag;
use crate::sources::value::Value;
use crate::sources::{Settings, Spanned};

/// `conforms-to`: a version of WCAG and a level.
pub(super) fn conforms_to(value: &Value, settings: &mut Settings) -> Fit {
    let typed = text(value)?;
    if typed.is_empty() {
        settings.conforms_to = None;
        return Ok(());
    }
    match Wcag::parse(typed) {
        Some(wcag) => settings.conforms_to = Some(Spanned { value: wcag, span: value.span }),
        None => return misfit(value, "a version of WCAG and a level, such as `WCAG 2.2 AA`"),
    }
    Ok(())
}

/// `certifier-report`: where the certifier says what was found.
pub(super) fn report(value: &Value, settings: &mut Settings) -> Fit {
    let typed = text(value)?;
    if !typed.is_empty() && !is_web_address(typed) {
        return misfit(value, "the report's address, such as `https://example.org/report`");
    }
    settings.certifier_report = spanned(value, typed);
    Ok(())
}
