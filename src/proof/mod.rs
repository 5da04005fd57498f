//! Reads finished editions back and holds them against the book and each other.
