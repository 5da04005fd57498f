//! "Page", "Chapter", "Note" in the book's language: one table for all editions.
