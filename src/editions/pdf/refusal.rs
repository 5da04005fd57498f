//! What krilla refuses, in the author's terms.
//!
//! Enters: an error of krilla's, with the node it names. Leaves: diagnostics with a place. Promise:
//! each says whether the manuscript or Aldine is to blame, and what to do.

use super::draw::{Press, span_of};
use super::tags::{self, Ways};
use super::words::short;
use crate::diagnostics::{Code, Diagnostic};
use crate::layout::{Layout, Node, NodeId, Tag};
use crate::span::Span;
use krilla::configure::ValidationError;
use krilla::error::KrillaError;
use krilla::surface::Location;
use krilla::text::Font;

/// What to say of what no author can have caused.
const FAULT: &str = "this is a fault of Aldine, not of the manuscript: please report it";
/// What to say of what is too large.
const SPLIT: &str = "make two books of it, or leave something out";

/// What is known when an error comes.
pub(super) struct Judge<'j, 'a> {
    pub(super) layout: &'j Layout,
    pub(super) ways: &'j Ways,
    pub(super) press: &'j Press<'a>,
}

/// An edition that Aldine made wrong.
pub(super) fn fault(span: Span, message: impl Into<String>) -> Diagnostic {
    Diagnostic::new(Code::EditionRefused, span, message).hint(FAULT)
}

fn refused(span: Span, message: impl Into<String>, hint: impl Into<String>) -> Diagnostic {
    Diagnostic::new(Code::EditionRefused, span, message).hint(hint)
}

impl Judge<'_, '_> {
    /// All that an error says.
    pub(super) fn say(&self, error: &KrillaError) -> Vec<Diagnostic> {
        match error {
            KrillaError::Validation(found) => found.iter().map(|(error, _)| self.violation(error)).collect(),
            KrillaError::Font(font, why) => {
                let message = format!("the font “{}” can't be put into the PDF: {why}", self.face(font));
                vec![refused(self.named(font), message, "use another font file")]
            }
            KrillaError::Image(image, location, why) => {
                let known = self.press.image_of(image);
                let span = known.map_or_else(|| self.span(*location), |image| image.span);
                let path = known.map_or("", |image| image.path.as_str());
                let message = format!("the image `{path}` can't be put into the PDF: {why}");
                vec![refused(span, message, "open it in an image program and save it again")]
            }
            KrillaError::SixteenBitImage(_, location) => {
                vec![refused(self.span(*location), "this image has too many shades", "save it with 8 bits")]
            }
            KrillaError::Limit(limit) => {
                vec![refused(Span::NONE, format!("the book is too large for one PDF: {limit}"), SPLIT)]
            }
            KrillaError::DuplicateNamedDestination(name) => {
                vec![fault(Span::NONE, format!("the PDF has the name `{name}` twice"))]
            }
            KrillaError::DuplicateTagId(_, location) | KrillaError::UnknownTagId(_, location) => {
                vec![fault(self.span(*location), "the PDF's structure has a name twice, or lacks one")]
            }
        }
    }

    fn span(&self, location: Option<Location>) -> Span {
        let node = location.and_then(tags::node);
        node.map_or(Span::NONE, |node| span_of(self.layout, self.ways, node))
    }

    fn face(&self, font: &Font) -> &str {
        self.press.face_of(font).map_or("of a drawing", |face| face.name())
    }

    /// Where the settings name the font's file.
    fn named(&self, font: &Font) -> Span {
        self.press.face_of(font).map_or(Span::NONE, |face| face.span())
    }

    /// A drawing did it: where krilla names no place, the only one there is, or the first.
    fn drawing(&self, location: Option<Location>, what: &str, hint: &str) -> Diagnostic {
        let mut drawings = self.press.svgs();
        let (first, more) = (drawings.next(), drawings.next().is_some());
        let span = self.span(location);
        let (span, which) = match first {
            Some(image) if !more => (image.span, format!("the drawing `{}`", image.path)),
            Some(_) if !span.is_none() => (span, "this drawing".to_owned()),
            Some(image) => (image.span, "this or a later drawing".to_owned()),
            None => (span, "a drawing".to_owned()),
        };
        refused(span, format!("{which} {what}, which PDF/A forbids"), hint)
    }

    fn violation(&self, error: &ValidationError) -> Diagnostic {
        match error {
            ValidationError::TooLongString
            | ValidationError::TooLongName
            | ValidationError::TooLongArray
            | ValidationError::TooLongDictionary
            | ValidationError::TooLargeFloat
            | ValidationError::TooManyIndirectObjects => {
                refused(Span::NONE, "the book has something too large for a PDF", SPLIT)
            }
            ValidationError::TooHighQNestingLevel => self.drawing(
                None,
                "nests its groups more than 28 deep",
                "ungroup it in a drawing program, or save it as PNG",
            ),
            ValidationError::ContainsPostScript(location) => self.drawing(
                *location,
                "has a gradient that repeats or turns around a point",
                "use a plain gradient, or save it as PNG",
            ),
            ValidationError::MissingCMYKProfile => self.drawing(
                None,
                "holds an image in the colours of print (CMYK)",
                "convert that image to RGB",
            ),
            ValidationError::ImageInterpolation(location) => {
                self.drawing(*location, "asks for its pixels to be smoothed", "save it as PNG")
            }
            ValidationError::RestrictedLicense(font) => {
                let message =
                    format!("the font “{}” may not be embedded: its maker forbids it", self.face(font));
                refused(self.named(font), message, "use another font")
            }
            ValidationError::MissingAltText(location) => refused(
                self.span(*location),
                "this figure has no words for those who can't see it",
                "write what it shows between the brackets: `![words](path)`",
            ),
            ValidationError::NoDocumentTitle => {
                refused(Span::NONE, "the book has no title", "set `title` in the settings")
            }
            ValidationError::ContainsNotDefGlyph(..)
            | ValidationError::NoCodepointMapping(..)
            | ValidationError::InvalidCodepointMapping(..)
            | ValidationError::UnicodePrivateArea(..) => self.character(error),
            ValidationError::MissingHeadingTitle => {
                fault(self.heading(), "this heading has no words to be named by")
            }
            ValidationError::NoDocumentLanguage
            | ValidationError::InconsistentSeparationFallback(_)
            | ValidationError::MissingDocumentOutline
            | ValidationError::MissingAnnotationAltText(_)
            | ValidationError::MissingDocumentDate
            | ValidationError::Transparency(_)
            | ValidationError::EmbeddedFile(..)
            | ValidationError::MissingTagging
            | ValidationError::EmbeddedPDF(_)
            | ValidationError::RequiresNewerPdfVersion(..) => {
                fault(self.place(error), format!("the PDF would break its standard: {error:?}"))
            }
        }
    }

    /// The first heading that krilla, which names no place, can mean.
    fn heading(&self) -> Span {
        let empty = |node: &Node| matches!(&node.tag, Tag::Heading { title, .. } if short(title).is_empty());
        let mut headings = self.layout.structure.nodes.iter().zip(0..).filter(|(node, _)| empty(node));
        let first = headings.next().map(|(_, at)| NodeId(at));
        first.map_or(Span::NONE, |node| span_of(self.layout, self.ways, node))
    }

    /// Where an error that is our own fault shows.
    #[expect(clippy::wildcard_enum_match_arm, reason = "most errors have no place")]
    fn place(&self, error: &ValidationError) -> Span {
        match error {
            ValidationError::MissingAnnotationAltText(location)
            | ValidationError::Transparency(location)
            | ValidationError::EmbeddedFile(_, location)
            | ValidationError::EmbeddedPDF(location)
            | ValidationError::RequiresNewerPdfVersion(_, location) => self.span(*location),
            _ => Span::NONE,
        }
    }

    /// A glyph that says nothing, or what it may not say.
    #[expect(clippy::wildcard_enum_match_arm, reason = "the caller picks these four")]
    fn character(&self, error: &ValidationError) -> Diagnostic {
        match error {
            ValidationError::ContainsNotDefGlyph(font, location, text) => {
                let message = format!("the font “{}” has no sign for “{text}”", self.face(font));
                refused(self.span(*location), message, "add a font that has it to `fonts` in the settings")
            }
            ValidationError::InvalidCodepointMapping(font, _, c, location)
            | ValidationError::UnicodePrivateArea(font, _, c, location) => {
                let message =
                    format!("a sign of the font “{}” stands for U+{:04X}", self.face(font), u32::from(*c));
                refused(
                    self.span(*location),
                    message,
                    "a PDF for all can't say that character: write another",
                )
            }
            ValidationError::NoCodepointMapping(font, glyph, location) => {
                let number = glyph.to_u32();
                let message = format!("sign {number} of the font “{}” stands for no text", self.face(font));
                fault(self.span(*location), message)
            }
            _ => fault(Span::NONE, format!("the PDF would break its standard: {error:?}")),
        }
    }
}
