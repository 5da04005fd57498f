//! Diagnostics for programs: one JSON document, its keys stable.

use crate::cli::report::Shown;
use crate::diagnostics::{Diagnostic, Diagnostics, Severity};
use crate::span::Span;
use serde_json::{Map, Value, json};

/// All diagnostics and how many errors and warnings there are.
pub(super) fn document(diagnostics: &Diagnostics, shown: &Shown<'_>) -> Value {
    let (errors, warnings) = diagnostics.counts();
    let list: Vec<Value> = diagnostics.iter().map(|diagnostic| one(diagnostic, shown)).collect();
    json!({ "diagnostics": list, "errors": errors, "warnings": warnings })
}

/// A document as it is printed, with a line end.
pub(super) fn text(document: &Value) -> String {
    format!("{document:#}\n")
}

fn one(diagnostic: &Diagnostic, shown: &Shown<'_>) -> Value {
    let severity = match diagnostic.code.severity() {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let mut object = place(diagnostic.span, shown);
    object.insert("code".into(), diagnostic.code.name().into());
    object.insert("severity".into(), severity.into());
    object.insert("message".into(), diagnostic.message.clone().into());
    object.insert("hint".into(), diagnostic.hint.clone().into());
    let related = diagnostic.related.iter().map(|(span, word)| {
        let mut object = place(*span, shown);
        object.insert("message".into(), word.clone().into());
        Value::Object(object)
    });
    object.insert("related".into(), related.collect());
    Value::Object(object)
}

/// File, line and column from 1, in characters; nulls where no file is to blame.
fn place(span: Span, shown: &Shown<'_>) -> Map<String, Value> {
    let file = shown.files.get(span.file);
    let start = file.map(|file| file.place(span.range().start));
    let end = file.map(|file| file.place(span.range().end));
    let mut object = Map::new();
    object.insert("file".into(), file.map(|file| format!("{}{}", shown.prefix, file.path)).into());
    object.insert("line".into(), start.map(|place| place.line).into());
    object.insert("column".into(), start.map(|place| place.column).into());
    object.insert("end_line".into(), end.map(|place| place.line).into());
    object.insert("end_column".into(), end.map(|place| place.column).into());
    object
}
