//! Sources to [`Draft`]: comrak parses every source once, and its types end here.
