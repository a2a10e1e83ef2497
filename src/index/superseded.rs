//! Deleting what is superseded, and not what supersedes it.
//!
//! tantivy applies a deletion to every segment that is added ready made, even when the segment is added later. Invariant:
//! a query made here matches only in segments that existed when it was made.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use tantivy::index::{SegmentId, SegmentReader};
use tantivy::query::{EmptyScorer, EnableScoring, Explanation, Query, Scorer, TermQuery, Weight};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, Score, Term};

/// The segments that a build has made, in order.
#[derive(Debug, Clone, Default)]
pub struct SegmentOrder(Arc<Mutex<HashMap<SegmentId, usize>>>);

impl SegmentOrder {
    /// Registers the next segment, before it is added to the index.
    pub fn add(&self, segment: SegmentId) {
        let mut order = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let position = order.len();
        order.insert(segment, position);
    }

    /// Makes the query of a term in the segments that exist now.
    pub fn existing(&self, term: Term) -> ExistingSegments {
        let made = self.0.lock().unwrap_or_else(PoisonError::into_inner).len();
        ExistingSegments { query: TermQuery::new(term, IndexRecordOption::Basic), order: self.clone(), made }
    }

    fn order(&self, segment: SegmentId) -> Option<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&segment).copied()
    }
}

/// Matches a term only in segments that existed when the query was built.
#[derive(Debug, Clone)]
pub struct ExistingSegments {
    query: TermQuery,
    order: SegmentOrder,
    /// Segments that the build had made.
    made: usize,
}

impl Query for ExistingSegments {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(ExistingSegmentsWeight {
            weight: self.query.weight(scoring)?,
            order: self.order.clone(),
            made: self.made,
        }))
    }
}

struct ExistingSegmentsWeight {
    weight: Box<dyn Weight>,
    order: SegmentOrder,
    made: usize,
}

impl Weight for ExistingSegmentsWeight {
    fn scorer(&self, segment: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        // A segment that the build did not make was there before it, or is merged of such as had their deletions done.
        match self.order.order(segment.segment_id()) {
            Some(order) if order >= self.made => Ok(Box::new(EmptyScorer)),
            _ => self.weight.scorer(segment, boost),
        }
    }

    fn explain(&self, segment: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        self.weight.explain(segment, doc)
    }
}
