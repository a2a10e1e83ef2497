//! How often units stand in the texts of an archive, from the index's own counts.

use super::Archive;
use super::query::Query;
use crate::index::analysis::SIGN;
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

/// Says whether a term of the index is a unit: no punctuation mark, and no percentage that stands beside its number.
fn is_unit(term: &[u8]) -> bool {
    !(term.first() == Some(&(SIGN as u8)) || term.ends_with(b"%"))
}

/// Returns the number of units in the articles of the archive.
///
/// # Errors
/// When the index is damaged.
pub fn total(archive: &Archive, unit: Unit) -> Result<u64> {
    let (mut total, name) = (0, if unit == Unit::Syllable { "syllables" } else { "pair_count" });
    archive.each_segment(&Query::All, &mut |segment, docs| {
        let counts = segment.fast_fields().i64(name)?;
        docs(&mut |doc| {
            total += counts.first(doc).unwrap_or(0).unsigned_abs();
            Ok(ControlFlow::Continue(()))
        })
    })?;
    Ok(total)
}

/// Returns how often each of these units stands in the articles of the archive.
///
/// # Errors
/// When the index is damaged.
pub fn of(archive: &Archive, unit: Unit, texts: &[&str]) -> Result<Vec<u64>> {
    let articles = bitmaps(archive, &Query::All)?;
    let mut counts = vec![0; texts.len()];
    for (articles, segment) in articles.iter().zip(archive.searcher.segment_readers()) {
        let index = segment.inverted_index(unit.field(archive))?;
        for (count, text) in counts.iter_mut().zip(texts) {
            let term = Term::from_field_text(unit.field(archive), text);
            let Some(mut postings) = index.read_postings(&term, IndexRecordOption::WithFreqs)? else { continue };
            while postings.doc() != TERMINATED {
                *count += if articles[postings.doc() as usize] { u64::from(postings.term_freq()) } else { 0 };
                postings.advance();
            }
        }
    }
    Ok(counts)
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
            if !is_unit(terms.key()) {
                continue;
            }
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
