//! What was found of a word, for the next time it comes.
//!
//! Enters: a word, and how to find what isn't known of it. Leaves: what was found. Promise: it changes no result,
//! only when it is found; threads rarely wait for each other; memory has a bound.

use rustc_hash::FxBuildHasher;
use smol_str::SmolStr;
use std::collections::HashMap;
use std::hash::BuildHasher;
use std::sync::{Mutex, PoisonError};

/// Shards, so that threads rarely wait for each other.
const SHARDS: usize = 16;
/// Words that a shard keeps; beyond that it starts anew, so that memory has a bound.
const KEPT: usize = 8_192;

/// What is known of words.
#[derive(Debug)]
pub(super) struct Remembered<T> {
    shards: [Mutex<HashMap<SmolStr, T, FxBuildHasher>>; SHARDS],
}

impl<T> Default for Remembered<T> {
    fn default() -> Self {
        Remembered { shards: Default::default() }
    }
}

impl<T: Clone> Remembered<T> {
    /// What is known of a word, or what is found.
    pub(super) fn of(&self, word: &str, find: impl FnOnce() -> T) -> T {
        // The hash's upper bits: the map uses the lower ones.
        let shard = usize::try_from(FxBuildHasher.hash_one(word) >> 48).unwrap_or(0);
        let Some(words) = self.shards.get(shard % SHARDS) else { return find() };
        if let Some(found) = words.lock().unwrap_or_else(PoisonError::into_inner).get(word) {
            return found.clone();
        }
        // Found outside the lock: two threads may look at one word, which is cheaper than waiting.
        let found = find();
        let mut words = words.lock().unwrap_or_else(PoisonError::into_inner);
        if words.len() >= KEPT {
            words.clear();
        }
        words.insert(word.into(), found.clone());
        found
    }
}
