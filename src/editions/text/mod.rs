//! The text edition.
