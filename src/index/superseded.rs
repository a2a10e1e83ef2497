//! Deleting what is superseded, and not what supersedes it.
//!
//! tantivy tells what to delete to every segment that is handed to it ready made, also if that came later. Invariant: what
//! a query of here finds lies in segments that were there when it was asked for.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use tantivy::index::{SegmentId, SegmentReader};
use tantivy::query::{EmptyScorer, EnableScoring, Explanation, Query, Scorer, TermQuery, Weight};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, Score, Term};

/// The segments that a build has made, in order.
#[derive(Debug, Clone, Default)]
pub struct Births(Arc<Mutex<HashMap<SegmentId, usize>>>);

impl Births {
    /// Tells of the next segment, before the index is told.
    pub fn add(&self, segment: SegmentId) {
        let mut births = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let order = births.len();
        births.insert(segment, order);
    }

    /// Finds the documents that hold a term in the segments of now.
    pub fn until_now(&self, term: Term) -> UntilNow {
        let made = self.0.lock().unwrap_or_else(PoisonError::into_inner).len();
        UntilNow { query: TermQuery::new(term, IndexRecordOption::Basic), births: self.clone(), made }
    }

    fn order(&self, segment: SegmentId) -> Option<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&segment).copied()
    }
}

/// Finds what holds a term in the segments that were there when it was made.
#[derive(Debug, Clone)]
pub struct UntilNow {
    query: TermQuery,
    births: Births,
    /// Segments that the build had made.
    made: usize,
}

impl Query for UntilNow {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(UntilNowWeight {
            weight: self.query.weight(scoring)?,
            births: self.births.clone(),
            made: self.made,
        }))
    }
}

struct UntilNowWeight {
    weight: Box<dyn Weight>,
    births: Births,
    made: usize,
}

impl Weight for UntilNowWeight {
    fn scorer(&self, segment: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        // A segment that the build did not make was there before it, or is merged of such as had their deletions done.
        match self.births.order(segment.segment_id()) {
            Some(order) if order >= self.made => Ok(Box::new(EmptyScorer)),
            _ => self.weight.scorer(segment, boost),
        }
    }

    fn explain(&self, segment: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        self.weight.explain(segment, doc)
    }
}
