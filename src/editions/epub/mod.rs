//! The epub edition.
