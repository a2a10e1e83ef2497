//! What a batch stage did: done, skipped, failed with a reason each. One bad page never stops a run.

use std::fmt;

/// Counts the items of a batch and keeps the reason of each failure.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// Items done.
    pub done: u64,
    /// Items left out on purpose.
    pub skipped: u64,
    /// Items that failed, in order.
    pub failed: Vec<Failure>,
}

/// Says what failed and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// File with line, record offset or URL: `articles.jsonl:12`.
    pub place: String,
    /// Reason, and what to do where something helps.
    pub reason: String,
}

impl Report {
    /// Notes a failure.
    pub fn fail(&mut self, place: impl Into<String>, reason: impl fmt::Display) {
        self.failed.push(Failure { place: place.into(), reason: reason.to_string() });
    }

    /// Adds what another report counted.
    pub fn add(&mut self, other: Report) {
        self.done += other.done;
        self.skipped += other.skipped;
        self.failed.extend(other.failed);
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.reason)
    }
}
