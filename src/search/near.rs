//! Two words or phrases near one another, as a query of tantivy's.
//!
//! Between them stand at most so many words; punctuation marks and ends of paragraphs have positions and are not counted.
//! Invariant: what is found here is what [`super::occurrence`] finds in the text; both ask [`within`].

use crate::index::analysis;
use std::ops::RangeInclusive;
use tantivy::index::SegmentReader;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::query::{ConstScorer, EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, Score, TERMINATED, Term};

/// Says whether two stretches of positions have at most `distance` words between them and no position in common; `signs`
/// counts the punctuation marks between two positions, both left out.
pub fn within(
    one: &RangeInclusive<usize>,
    other: &RangeInclusive<usize>,
    distance: usize,
    signs: &mut dyn FnMut(usize, usize) -> usize,
) -> bool {
    let (first, second) = if one.start() <= other.start() { (one, other) } else { (other, one) };
    if second.start() <= first.end() {
        return false;
    }
    let between = second.start() - first.end() - 1;
    between <= distance || between - signs(*first.end(), *second.start()) <= distance
}

/// Finds articles in which two rows of terms stand near one another, in either order.
#[derive(Debug, Clone)]
pub struct NearQuery {
    /// The terms of each row.
    pub rows: [Vec<Term>; 2],
    /// Positions that may stand between.
    pub distance: usize,
}

impl Query for NearQuery {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(self.clone()))
    }
}

impl Weight for NearQuery {
    fn scorer(&self, segment: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let mut rows = [Vec::new(), Vec::new()];
        for (row, terms) in rows.iter_mut().zip(&self.rows) {
            for term in terms {
                let index = segment.inverted_index(term.field())?;
                match index.read_postings(term, IndexRecordOption::WithFreqsAndPositions)? {
                    Some(postings) => row.push(postings),
                    None => return Ok(Box::new(EmptyScorer)),
                }
            }
        }
        let signs = Signs::of(segment, &self.rows)?;
        let mut found = NearDocs { rows, signs, distance: self.distance, doc: 0 };
        found.doc = found.settle(0);
        Ok(Box::new(ConstScorer::new(found, boost)))
    }

    fn explain(&self, segment: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let mut scorer = self.scorer(segment, 1.0)?;
        let found = scorer.doc() <= doc && scorer.seek(doc) == doc;
        Ok(Explanation::new("near", if found { 1.0 } else { 0.0 }))
    }
}

/// Goes over the articles of a segment in which the rows stand near one another.
struct NearDocs {
    rows: [Vec<SegmentPostings>; 2],
    signs: Signs,
    distance: usize,
    doc: DocId,
}

/// The punctuation marks of a segment, and where they stand in the article that was last asked for.
struct Signs {
    postings: Vec<SegmentPostings>,
    doc: DocId,
    positions: Vec<u32>,
}

impl Signs {
    fn of(segment: &SegmentReader, rows: &[Vec<Term>; 2]) -> tantivy::Result<Signs> {
        let mut postings = Vec::new();
        if let Some(term) = rows.iter().flatten().next() {
            let index = segment.inverted_index(term.field())?;
            let (first, behind) = ([analysis::SIGN as u8], [analysis::SIGN as u8 + 1]);
            let mut terms = index.terms().range().ge(first).lt(behind).into_stream()?;
            while terms.advance() {
                let option = IndexRecordOption::WithFreqsAndPositions;
                postings.push(index.read_postings_from_terminfo(terms.value(), option)?);
            }
        }
        Ok(Signs { postings, doc: TERMINATED, positions: Vec::new() })
    }

    /// Counts the marks of an article between two positions.
    fn between(&mut self, doc: DocId, from: usize, to: usize) -> usize {
        if self.doc != doc {
            self.doc = doc;
            self.positions.clear();
            let mut here = Vec::new();
            for postings in &mut self.postings {
                let at = if postings.doc() < doc { postings.seek(doc) } else { postings.doc() };
                if at == doc {
                    postings.positions(&mut here);
                    self.positions.append(&mut here);
                }
            }
            self.positions.sort_unstable();
        }
        let place = |position: usize| self.positions.partition_point(|&at| (at as usize) < position);
        place(to) - place(from + 1)
    }
}

impl NearDocs {
    /// Moves to the first article from `target` on that holds every term and has the rows near one another.
    fn settle(&mut self, mut target: DocId) -> DocId {
        while target < TERMINATED {
            let mut aligned = true;
            for postings in self.rows.iter_mut().flatten() {
                let doc = if postings.doc() < target { postings.seek(target) } else { postings.doc() };
                if doc > target {
                    (target, aligned) = (doc, false);
                    break;
                }
            }
            if aligned && self.is_near() {
                return target;
            }
            target += u32::from(aligned);
        }
        TERMINATED
    }

    fn is_near(&mut self) -> bool {
        let [first, second] = self.rows.each_mut().map(|row| stretches(row));
        let (doc, distance) = (self.rows[0].first().map_or(TERMINATED, DocSet::doc), self.distance);
        let mut signs = |from, to| self.signs.between(doc, from, to);
        first.iter().any(|one| second.iter().any(|other| within(one, other, distance, &mut signs)))
    }
}

/// Returns where the terms of a row stand one behind the other in the article that all are at.
fn stretches(row: &mut [SegmentPostings]) -> Vec<RangeInclusive<usize>> {
    let length = row.len();
    let mut positions = Vec::new();
    let mut starts: Option<Vec<u32>> = None;
    for (at, postings) in row.iter_mut().enumerate() {
        // Counted back to where the row would start.
        postings.positions(&mut positions);
        let here = positions.iter().filter_map(|position| position.checked_sub(at as u32));
        starts = Some(match starts {
            None => here.collect(),
            Some(starts) => here.filter(|start| starts.binary_search(start).is_ok()).collect(),
        });
    }
    starts.unwrap_or_default().into_iter().map(|start| start as usize..=start as usize + length - 1).collect()
}

impl DocSet for NearDocs {
    fn advance(&mut self) -> DocId {
        if self.doc != TERMINATED {
            self.doc = self.settle(self.doc + 1);
        }
        self.doc
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc < target {
            self.doc = self.settle(target);
        }
        self.doc
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        self.rows.iter().flatten().map(DocSet::size_hint).min().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_between_count_and_marks_and_the_order_do_not() {
        for (one, other, distance, signs, near) in [
            (1..=2, 3..=3, 0, 0, true),
            (3..=3, 1..=2, 0, 0, true),
            (1..=2, 5..=5, 1, 0, false),
            (1..=2, 5..=5, 1, 1, true),
            (1..=2, 5..=5, 2, 0, true),
            (1..=3, 3..=4, 9, 0, false),
            (1..=1, 1..=1, 9, 0, false),
        ] {
            assert_eq!(within(&one, &other, distance, &mut |_, _| signs), near, "{one:?} {other:?} {distance}");
        }
    }
}
