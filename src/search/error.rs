//! A query that cannot be read: what is wrong, and at which character.

use std::fmt;

/// Says what is wrong with a query and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueryError {
    /// The query.
    pub query: String,
    /// First code point that is wrong, from 0.
    pub at: usize,
    /// What is wrong, and what to do.
    pub reason: String,
}

/// Code points of the query that are shown before and after the place.
const SHOWN: usize = 40;

impl fmt::Display for QueryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let line = |text: String| text.replace(['\n', '\t', '\r'], " ");
        let before = line(self.query.chars().take(self.at).skip(self.at.saturating_sub(SHOWN)).collect());
        let after = line(self.query.chars().skip(self.at).take(SHOWN).collect());
        write!(f, "query, character {}: {} (at ➤ in: {before}➤{after})", self.at + 1, self.reason)
    }
}

impl std::error::Error for QueryError {}
