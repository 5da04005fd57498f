//! What the EPUB says of its own accessibility, in its package.
//!
//! Enters: the [`Facts`], and what the settings claim. Leaves: the statements of schema.org, and conformance in the
//! words of EPUB Accessibility 1.1. Promise: what isn't among the facts isn't said, and conformance is said only where
//! the publisher states it.

use super::facts::Facts;
use super::xml::{Attribute, Xml, attr};
use crate::model::Conformance;

/// Writes the statements.
pub(super) fn statements(xml: &mut Xml, facts: &Facts, conformance: Option<&Conformance>) {
    let mut say = |name: &str, value: &str| {
        xml.element("meta", &[attr("property", format!("schema:{name}"))], value);
    };
    // A book of pictures alone has its words in their descriptions.
    if facts.words || (facts.pictured() && facts.textual()) {
        say("accessMode", "textual");
    }
    if facts.pictured() || !facts.words {
        say("accessMode", "visual");
    }
    say(
        "accessModeSufficient",
        match (facts.textual(), facts.words) {
            (true, _) => "textual",
            (false, true) => "textual,visual",
            (false, false) => "visual",
        },
    );
    let mut features: Vec<&str> = facts.claims().iter().filter_map(|claim| claim.feature).collect();
    if features.is_empty() {
        features.push("none");
    }
    features.into_iter().for_each(|feature| say("accessibilityFeature", feature));
    say("accessibilityHazard", if facts.moves { "unknown" } else { "none" });
    let attributes = [attr("property", "schema:accessibilitySummary"), attr("xml:lang", "en")];
    xml.element("meta", &attributes, &facts.summary());
    if let Some(conformance) = conformance {
        conforms(xml, conformance);
    }
}

/// The claim as EPUB Accessibility 1.1 words it, and who found it so.
fn conforms(xml: &mut Xml, conformance: &Conformance) {
    let mut meta = |about: Option<&str>, property: &str, id: Option<&str>, value: &str| {
        let mut attributes: Vec<Attribute<'_>> = Vec::new();
        attributes.extend(about.map(|id| attr("refines", format!("#{id}"))));
        attributes.push(attr("property", property));
        attributes.extend(id.map(|id| attr("id", id)));
        xml.element("meta", &attributes, value);
    };
    let wcag = conformance.wcag;
    let standard = format!("EPUB Accessibility 1.1 - WCAG {} Level {}", wcag.version, wcag.level);
    meta(None, "dcterms:conformsTo", Some("conformance"), &standard);
    let Some(certifier) = &conformance.certified_by else { return };
    meta(Some("conformance"), "a11y:certifiedBy", Some("certifier"), certifier);
    if let Some(credential) = &conformance.credential {
        meta(Some("certifier"), "a11y:certifierCredential", None, credential);
    }
    if let Some(report) = &conformance.report {
        let attributes = [
            attr("refines", "#certifier"),
            attr("rel", "a11y:certifierReport"),
            attr("href", report.as_str()),
        ];
        xml.empty("link", &attributes);
        xml.line();
    }
}
