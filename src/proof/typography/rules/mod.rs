//! The rules, a file for each group.
//!
//! Enters: a volume. Leaves: rows of the report. Promise: each rule is measured by itself, from places
//! on the pages alone.

pub(super) mod breaks;
pub(super) mod furniture;
pub(super) mod notes;
pub(super) mod setting;
pub(super) mod texture;
pub(super) mod turns;
