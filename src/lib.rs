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
//! The stages that fill and read the model come next, in this order: sources, markdown, resolve,
//! style and fonts, layout, editions, proof, cli. The library neither prints nor reads the clock.

pub mod diagnostics;
pub mod measure;
pub mod model;
pub mod span;
