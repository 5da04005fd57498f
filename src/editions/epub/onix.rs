//! The EPUB's accessibility for shops: the part of an ONIX 3 record that says it.
//!
//! Enters: the [`Facts`], and what the settings claim. Leaves: a `DescriptiveDetail` with a product form feature of type
//! 09 for each value of code list 196. Promise: it says what the package says, from the same facts; what an ONIX
//! record must have besides (identifiers, title, price) is the publisher's own.

use super::facts::Facts;
use super::xml::{Attribute, Xml, attr};
use crate::model::Conformance;

const SPACE: &str = "http://ns.editeur.org/onix/3.0/reference";

/// The file.
pub(super) fn detail(facts: &Facts, conformance: Option<&Conformance>) -> Vec<u8> {
    let mut xml = Xml::document();
    xml.open("DescriptiveDetail", &[attr("xmlns", SPACE)]);
    xml.line();
    // A single product, a digital download, an EPUB (lists 2, 150 and 175).
    xml.element("ProductComposition", &[], "00");
    xml.element("ProductForm", &[], "ED");
    xml.element("ProductFormDetail", &[], "E101");
    let summary = facts.summary();
    feature(&mut xml, "00", Some((&[attr("language", "eng")][..], summary.as_str())));
    if let Some(conformance) = conformance {
        let version = match conformance.wcag.version {
            "2.0" => "80",
            "2.1" => "81",
            _ => "82",
        };
        let level = match conformance.wcag.level {
            "A" => "84",
            "AA" => "85",
            _ => "86",
        };
        feature(&mut xml, "04", conformance.report.as_deref().map(|report| (&[][..], report)));
        feature(&mut xml, version, None);
        feature(&mut xml, level, None);
    }
    for value in facts.claims().into_iter().filter_map(|claim| claim.onix) {
        feature(&mut xml, value, None);
    }
    xml.close_line("DescriptiveDetail");
    xml.finish()
}

fn feature(xml: &mut Xml, value: &str, said: Option<(&[Attribute<'_>], &str)>) {
    xml.open("ProductFormFeature", &[]);
    xml.line();
    xml.element("ProductFormFeatureType", &[], "09");
    xml.element("ProductFormFeatureValue", &[], value);
    if let Some((attributes, said)) = said {
        xml.element("ProductFormFeatureDescription", attributes, said);
    }
    xml.close_line("ProductFormFeature");
}
