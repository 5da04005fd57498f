//! Aldine: one Markdown manuscript in, three editions of the same book out.
//!
//! The crate is one way through the house. What stands today:
//!
//! | module | takes | gives |
//! |---|---|---|
//! | [`span`] | the texts that were read | places an author can find again |
//! | [`measure`] | points, or a measure as typed | exact lengths in scaled points |
//! | [`diagnostics`] | problems of all stages | a list by place, errors and warnings told apart |
//! | [`model`] | nothing: it is types | the draft and the book, without parser, style or page |
//!
//! | [`sources`] | a folder, behind a port | texts in reading order, settings |
//! | [`markdown`] | sources | the draft |
//! | [`resolve`] | the draft | the one book |
//! | [`phrases`] | a language | the words editions add |
//! | [`ascii`](mod@ascii) | text | the same in ASCII |
//! | [`style`], [`fonts`] | a style file, font files | the theme, the faces |
//! | [`layout`] | book, theme, fonts | pages, and where in the text they begin |
//! | [`editions`] | book, theme, layout | the PDF, the EPUB, the text, the cover |
//! | [`proof`] | finished editions | what they say, held against each other |
//! | [`build`](mod@build) | a request | every stage, once, in order |
//! | [`cli`] | arguments | messages, files, an exit code |
//!
//! The library neither prints nor reads the clock or the environment, and touches no disk: it asks
//! the [`Resources`](sources::Resources) port, and time comes in as a value. Other programs run through the
//! [`Programs`](programs::Programs) port, which refuses unless the command line stands behind it.

pub mod ascii;
pub mod build;
pub mod cli;
pub mod diagnostics;
pub mod editions;
pub mod fonts;
pub mod layout;
pub mod markdown;
pub mod measure;
pub mod model;
pub mod phrases;
pub mod programs;
pub mod proof;
pub mod resolve;
pub mod sources;
pub mod span;
pub mod style;
