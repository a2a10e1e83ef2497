//! Search: a query to articles, best first, all of them, or counted.
//!
//! 1. [`parse`] reads a [`Query`], whose canonical text reads back as itself.
//! 2. [`compile`] makes two queries of it: the set of articles it finds, and the order in which a person sees them.
//! 3. [`Archive`] runs them: [`Archive::search`] gives the best, [`Archive::each`] every article with its record.
//!
//! Invariant: what is counted and exported is the set, exact and never capped; the order never changes it.

pub mod abbreviation;
pub mod compile;
pub mod error;
mod fact;
mod lexer;
pub mod occurrence;
mod parser;
pub mod query;
pub mod snippet;
pub mod value;

pub use error::QueryError;
pub use parser::{parse, parse_plain};
pub use query::Query;

use crate::article::Record;
use crate::index::{self, Fields, document};
use anyhow::{Context, Result};
use query::{Condition, Word};
use std::ops::ControlFlow;
use std::path::Path;
use tantivy::collector::{Count, TopDocs};
use tantivy::index::SegmentReader;
use tantivy::query::EnableScoring;
use tantivy::{DocAddress, DocId, Searcher, TERMINATED, TantivyDocument};

/// Holds an index that is open for search: what its last commit held when it was opened.
pub struct Archive {
    searcher: Searcher,
    fields: Fields,
}

/// Holds an article that was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// How well it fits; comparable within one search.
    pub score: f32,
    /// Where it lies in the index.
    pub address: DocAddress,
}

impl Archive {
    /// Opens the index in a folder.
    ///
    /// # Errors
    /// When there is none, or it was made by another version of the program.
    pub fn open(folder: &Path) -> Result<Archive> {
        let opened = index::open(folder)?;
        let reader = opened.index.reader().with_context(|| folder.display().to_string())?;
        Ok(Archive { searcher: reader.searcher(), fields: opened.fields })
    }

    /// Returns the number of articles.
    pub fn len(&self) -> u64 {
        self.searcher.num_docs()
    }

    /// Says whether there is no article.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Returns the best articles, best first; such as lack some of the words come after, where there is room.
    ///
    /// # Errors
    /// When the index is damaged.
    pub fn search(&self, query: &Query, count: usize) -> Result<Vec<Hit>> {
        let ranked = compile::ranked(&self.fields, query);
        let best = self.searcher.search(&ranked, &TopDocs::with_limit(count.max(1)).order_by_score())?;
        Ok(best.into_iter().take(count).map(|(score, address)| Hit { score, address }).collect())
    }

    /// Returns how many articles a query finds.
    ///
    /// # Errors
    /// When the index is damaged.
    pub fn count(&self, query: &Query) -> Result<u64> {
        Ok(self.searcher.search(&compile::strict(&self.fields, query), &Count)? as u64)
    }

    /// Returns the id of an article.
    ///
    /// # Errors
    /// When the index is damaged.
    pub fn id(&self, address: DocAddress) -> Result<String> {
        let segment = self.searcher.segment_reader(address.segment_ord);
        let ids = segment.fast_fields().str("id")?.context("the index holds no ids; make it again")?;
        let mut id = String::new();
        if let Some(ordinal) = ids.term_ords(address.doc_id).next() {
            ids.ord_to_str(ordinal, &mut id)?;
        }
        Ok(id)
    }

    /// Reads the record of an article.
    ///
    /// # Errors
    /// When the index is damaged.
    pub fn record(&self, address: DocAddress) -> Result<Record> {
        document::record(&self.fields, &self.searcher.doc::<TantivyDocument>(address)?)
    }

    /// Calls `take` with every record that a query finds, in the order of the index, until it breaks off.
    ///
    /// # Errors
    /// When the index is damaged; passes on the error of `take`.
    pub fn each(&self, query: &Query, take: &mut dyn FnMut(Record) -> Result<ControlFlow<()>>) -> Result<()> {
        self.each_address(query, &mut |address, _| take(self.record(address)?))
    }

    /// Calls `take` with the place of every article that a query finds, and the segment it lies in.
    fn each_address(&self, query: &Query, take: &mut dyn FnMut(DocAddress, &SegmentReader) -> Result<ControlFlow<()>>) -> Result<()> {
        let strict = compile::strict(&self.fields, query);
        let weight = strict.weight(EnableScoring::disabled_from_searcher(&self.searcher))?;
        for (ordinal, segment) in self.searcher.segment_readers().iter().enumerate() {
            let mut found = weight.scorer(segment, 1.0)?;
            let mut doc: DocId = found.doc();
            while doc != TERMINATED {
                if !segment.is_deleted(doc) && take(DocAddress::new(ordinal as u32, doc), segment)?.is_break() {
                    return Ok(());
                }
                doc = found.advance();
            }
        }
        Ok(())
    }
}

/// Returns the keys of the documents that a query asks for.
pub fn keys(query: &Query) -> Vec<&str> {
    match query {
        Query::Words(words) => {
            words.iter().filter_map(|word| if let Word::Number(key, _) = word { Some(key.as_str()) } else { None }).collect()
        }
        Query::Condition(Condition::Cites(key, _)) => vec![key],
        Query::And(queries) | Query::Or(queries) => queries.iter().flat_map(keys).collect(),
        _ => Vec::new(),
    }
}

/// Returns the abbreviations of a query that stand for their words too, with those words.
pub fn expansions(query: &Query) -> Vec<(&'static str, Vec<String>)> {
    match query {
        Query::Words(words) => words
            .iter()
            .filter_map(|word| match word {
                Word::Abbreviation(name, forms) => Some((*name, forms.iter().skip(1).map(|form| form.terms.join(" ")).collect())),
                _ => None,
            })
            .collect(),
        Query::And(queries) | Query::Or(queries) => queries.iter().flat_map(expansions).collect(),
        Query::Not(query) => expansions(query),
        _ => Vec::new(),
    }
}
