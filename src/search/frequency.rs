//! How often units stand in the texts of an archive, from the index's own counts.

use super::Archive;
use super::query::Query;
use anyhow::Result;
use std::collections::HashMap;
use std::ops::ControlFlow;
use tantivy::postings::Postings;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocSet, TERMINATED, Term};

/// Names what is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// One syllable, with its diacritics.
    Syllable,
    /// Two neighbouring syllables, folded: mostly a word.
    Pair,
}

impl Unit {
    fn field(self, archive: &Archive) -> Field {
        match self {
            Unit::Syllable => archive.fields.text_exact,
            Unit::Pair => archive.fields.text_pairs,
        }
    }
}

/// Returns the number of units in the archive.
///
/// # Errors
/// When the index is damaged.
pub fn total(archive: &Archive, unit: Unit) -> Result<u64> {
    let mut total = 0;
    for segment in archive.searcher.segment_readers() {
        total += segment.inverted_index(unit.field(archive))?.total_num_tokens();
    }
    Ok(total)
}

/// Returns how often a unit stands in the archive.
///
/// # Errors
/// When the index is damaged.
pub fn of(archive: &Archive, unit: Unit, text: &str) -> Result<u64> {
    let term = Term::from_field_text(unit.field(archive), text);
    let mut count = 0;
    for segment in archive.searcher.segment_readers() {
        let Some(mut postings) =
            segment.inverted_index(unit.field(archive))?.read_postings(&term, IndexRecordOption::WithFreqs)?
        else {
            continue;
        };
        while postings.doc() != TERMINATED {
            if !segment.is_deleted(postings.doc()) {
                count += u64::from(postings.term_freq());
            }
            postings.advance();
        }
    }
    Ok(count)
}

/// Holds how often a unit stands in two sets of articles.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Two {
    /// In the first set.
    pub first: u64,
    /// In the second set.
    pub second: u64,
}

/// Counts every unit in two sets of articles, and the units of each set; an article in both counts for both.
///
/// # Errors
/// When the index is damaged.
pub fn in_two(
    archive: &Archive,
    first: &Query,
    second: &Query,
    unit: Unit,
    least: u64,
) -> Result<(HashMap<String, Two>, Two)> {
    let (mut counts, mut totals) = (HashMap::<String, Two>::new(), Two::default());
    let sets = [bitmaps(archive, first)?, bitmaps(archive, second)?];
    for (ordinal, segment) in archive.searcher.segment_readers().iter().enumerate() {
        let index = segment.inverted_index(unit.field(archive))?;
        let mut terms = index.terms().stream()?;
        while terms.advance() {
            let mut postings = index.read_postings_from_terminfo(terms.value(), IndexRecordOption::WithFreqs)?;
            let mut here = Two::default();
            while postings.doc() != TERMINATED {
                let (doc, count) = (postings.doc() as usize, u64::from(postings.term_freq()));
                here.first += if sets[0][ordinal][doc] { count } else { 0 };
                here.second += if sets[1][ordinal][doc] { count } else { 0 };
                postings.advance();
            }
            totals.first += here.first;
            totals.second += here.second;
            if here != Two::default()
                && let Ok(term) = std::str::from_utf8(terms.key())
            {
                let sum = match counts.get_mut(term) {
                    Some(sum) => sum,
                    None => counts.entry(term.to_string()).or_default(),
                };
                sum.first += here.first;
                sum.second += here.second;
            }
        }
    }
    counts.retain(|_, count| count.first + count.second >= least);
    Ok((counts, totals))
}

/// Returns which articles of each segment a query finds.
fn bitmaps(archive: &Archive, query: &Query) -> Result<Vec<Vec<bool>>> {
    let mut found: Vec<Vec<bool>> =
        archive.searcher.segment_readers().iter().map(|segment| vec![false; segment.max_doc() as usize]).collect();
    archive.each_address(query, &mut |address| {
        found[address.segment_ord as usize][address.doc_id as usize] = true;
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(found)
}
