//! The pdf edition.
