//! Search: a query to articles, best first, all of them, or counted.
//!
//! 1. [`parse`] reads a [`Query`], whose canonical text reads back as itself.
//! 2. [`compile`] makes two queries of it: the set of articles it finds, and the order in which a person sees them.
//! 3. [`Archive`] runs them: [`Archive::search`] gives the best, [`Archive::each`] every article with its record.
//!
//! Invariant: what is counted and exported is the set, exact and never capped; the order never changes it.

pub mod abbreviation;
pub mod association;
pub mod cited;
pub mod citing;
pub mod collocation;
pub mod compile;
pub mod concordance;
pub mod documents;
pub mod error;
pub mod evidence;
mod excluded;
pub mod facet;
mod fact;
pub mod frequency;
pub mod hits;
pub mod holdings;
pub mod identity;
pub mod keyness;
pub mod language;
mod lexer;
pub mod line_order;
pub mod listing;
pub mod narrow;
mod near;
pub mod network;
pub mod occurrence;
pub mod page;
mod parser;
mod phrase;
pub mod query;
pub mod relations;
pub mod scan;
pub mod series;
pub mod snippet;
mod sorter;
pub mod suggest;
pub mod trend;
pub mod value;
pub mod watch;

pub use error::QueryError;
pub use parser::{parse, parse_plain};
pub use query::Query;

use crate::answer::{Answer, Asked, Cell, Column, Total};
use crate::article::Record;
use crate::index::{self, Fields, document};
use anyhow::{Context, Result};
use documents::Documents;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::Offset;
use query::{Condition, Word};
use std::collections::HashSet;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::{Arc, OnceLock};
use tantivy::collector::{Count, TopDocs};
use tantivy::index::SegmentReader;
use tantivy::query::{EnableScoring, Weight};
use tantivy::{DateTime, DocAddress, DocId, Order, Searcher, TERMINATED, TantivyDocument};

/// Holds an index that is open for search: what its last commit held when it was opened.
#[derive(Clone)]
pub struct Archive {
    searcher: Searcher,
    fields: Fields,
    /// The documents that the articles cite, when a question has asked for them.
    documents: OnceLock<Arc<Documents>>,
    /// Articles, pages of another kind left out.
    articles: u64,
    /// Id of what the index holds.
    snapshot: String,
    /// All articles by value, counted once.
    denominators: Arc<facet::Denominators>,
    watch: Option<watch::Watch>,
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
        let (searcher, snapshot) = identity::searcher(&opened).with_context(|| folder.display().to_string())?;
        let (documents, denominators) = (OnceLock::new(), Arc::default());
        let fields = opened.fields;
        let mut archive = Archive { searcher, fields, documents, articles: 0, snapshot, denominators, watch: None };
        archive.articles = archive.count(&Query::All)?;
        Ok(archive)
    }

    /// Returns the number of articles; pages of another kind are none.
    pub fn len(&self) -> u64 {
        self.articles
    }

    /// Says whether there is no article.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Returns the articles that a query finds, best first, and behind them, when there is room, such as lack some of the
    /// words or have them apart.
    ///
    /// # Errors
    /// When the index is damaged.
    pub fn search(&self, query: &Query, count: usize) -> Result<Vec<Hit>> {
        let query = &*self.resolved(query)?;
        let best = compile::best(&self.fields, query);
        let order = || TopDocs::with_limit(self.at_most(count)).order_by_score();
        let hit = |(score, address)| Hit { score, address };
        let mut hits: Vec<Hit> = match phrase::apart(query) {
            None => Vec::new(),
            Some(_) => {
                let exact = compile::both(compile::articles(&self.fields, query), best.box_clone());
                self.searcher.search(&exact, &order())?.into_iter().map(hit).collect()
            }
        };
        if hits.len() < count {
            let seen: HashSet<DocAddress> = hits.iter().map(|hit| hit.address).collect();
            let more = self.searcher.search(&best, &order())?.into_iter().map(hit);
            hits.extend(more.filter(|hit| !seen.contains(&hit.address)));
        }
        hits.truncate(count);
        Ok(hits)
    }

    /// Returns how many articles are collected when so many are asked for: no more than there are, and at least one.
    fn at_most(&self, count: usize) -> usize {
        count.min(self.searcher.num_docs() as usize).max(1)
    }

    /// Says of each article whether the query finds it; else it lacks some of the words, and no count holds it.
    ///
    /// # Errors
    /// When the index is damaged.
    pub fn finds(&self, query: &Query, hits: &[Hit]) -> Result<Vec<bool>> {
        let strict = compile::articles(&self.fields, &*self.resolved(query)?);
        let weight = strict.weight(EnableScoring::disabled_from_searcher(&self.searcher))?;
        let finds = |hit: &Hit| {
            let DocAddress { segment_ord, doc_id } = hit.address;
            let mut found = weight.scorer(self.searcher.segment_reader(segment_ord), 1.0)?;
            Ok(found.doc() <= doc_id && found.seek(doc_id) == doc_id)
        };
        hits.iter().map(finds).collect()
    }

    /// Returns the articles that a query finds, the latest first; undated ones are none of them.
    ///
    /// # Errors
    /// When the index is damaged.
    pub fn latest(&self, query: &Query, count: usize) -> Result<Vec<Hit>> {
        let by_date = TopDocs::with_limit(self.at_most(count)).order_by_fast_field::<DateTime>("date", Order::Desc);
        let latest = self.searcher.search(&compile::articles(&self.fields, &*self.resolved(query)?), &by_date)?;
        let dated = latest.into_iter().filter(|(date, _)| date.is_some());
        Ok(dated.take(count).map(|(_, address)| Hit { score: 0.0, address }).collect())
    }

    /// Returns how many articles a query finds.
    ///
    /// # Errors
    /// When the index is damaged.
    pub fn count(&self, query: &Query) -> Result<u64> {
        Ok(self.searcher.search(&compile::articles(&self.fields, &*self.resolved(query)?), &Count)? as u64)
    }

    /// Returns what a query asks, and what it finds of how many articles.
    ///
    /// # Errors
    /// When the index is damaged.
    pub fn total(&self, query: &Query) -> Result<(Asked, Total)> {
        let asked = Asked { canonical: query.to_string(), expanded: expansions(query) };
        Ok((asked, Total { found: self.count(query)?, of: self.len(), undated: None }))
    }

    /// Makes the answer to a query of its rows, all of them.
    pub(crate) fn answer(
        &self,
        name: &'static str,
        query: &Query,
        columns: &[Column],
        rows: Vec<Vec<Cell>>,
    ) -> Result<Answer> {
        let (asked, total) = self.total(query)?;
        let summary = format!("{} of {} articles: {query}", total.found, total.of);
        let of_rows = rows.len() as u64;
        let (columns, notes, query) = (columns.to_vec(), self.notes(query)?, Some(asked));
        Ok(Answer { name, query, total, columns, rows, of_rows, summary, notes, ..Answer::default() })
    }

    /// Returns the query with its runs of words taken apart, and how many articles have all the words, wherever they stand;
    /// nothing when it has no run.
    ///
    /// # Errors
    /// When the index is damaged.
    pub fn apart(&self, query: &Query) -> Result<Option<(Query, u64)>> {
        phrase::apart(query).map(|apart| Ok((apart.clone(), self.count(&apart)?))).transpose()
    }

    /// Returns the id of an article.
    ///
    /// # Errors
    /// When the index is damaged.
    pub fn id(&self, address: DocAddress) -> Result<String> {
        self.name("id", address)?.context("the index holds an article without an id; make it again")
    }

    /// Reads the record of an article.
    ///
    /// # Errors
    /// When the index is damaged.
    pub fn record(&self, address: DocAddress) -> Result<Record> {
        document::record(&self.fields, &self.searcher.doc::<TantivyDocument>(address)?)
    }

    /// Returns the record of an article by its id, if there is one.
    ///
    /// # Errors
    /// When the index is damaged.
    pub fn find(&self, id: &str) -> Result<Option<Record>> {
        let mut found = None;
        self.each(&Query::Condition(Condition::Id(id.to_string())), &mut |record| {
            found = Some(record);
            Ok(ControlFlow::Break(()))
        })?;
        Ok(found)
    }

    /// Calls `take` with every record that a query finds, in the order of the index, until it breaks off.
    ///
    /// # Errors
    /// When the index is damaged; passes on the error of `take`.
    pub fn each(&self, query: &Query, take: &mut dyn FnMut(Record) -> Result<ControlFlow<()>>) -> Result<()> {
        self.each_address(query, &mut |address| take(self.record(address)?))
    }

    /// Calls `take` with the place of every article that a query finds, in the order of the index, until it breaks off.
    ///
    /// # Errors
    /// When the index is damaged; passes on the error of `take`.
    pub fn each_address(
        &self,
        query: &Query,
        take: &mut dyn FnMut(DocAddress) -> Result<ControlFlow<()>>,
    ) -> Result<()> {
        let strict = compile::articles(&self.fields, &*self.resolved(query)?);
        let weight = strict.weight(EnableScoring::disabled_from_searcher(&self.searcher))?;
        for (ordinal, segment) in self.searcher.segment_readers().iter().enumerate() {
            let flow =
                self.each_doc(weight.as_ref(), segment, &mut |doc| take(DocAddress::new(ordinal as u32, doc)))?;
            if flow.is_break() {
                break;
            }
        }
        Ok(())
    }

    /// Calls `take` with every segment, and with a function that goes over the articles in it that a query finds.
    fn each_segment(&self, query: &Query, take: &mut dyn FnMut(&SegmentReader, &Docs) -> Result<()>) -> Result<()> {
        let strict = compile::articles(&self.fields, &*self.resolved(query)?);
        let weight = strict.weight(EnableScoring::disabled_from_searcher(&self.searcher))?;
        for segment in self.searcher.segment_readers() {
            take(segment, &|each| self.each_doc(weight.as_ref(), segment, each).map(|_| ()))?;
        }
        Ok(())
    }

    fn each_doc(&self, weight: &dyn Weight, segment: &SegmentReader, take: EachDoc<'_>) -> Result<ControlFlow<()>> {
        let mut found = weight.scorer(segment, 1.0)?;
        let mut doc = found.doc();
        let mut seen = 0;
        while doc != TERMINATED {
            if let Some(watch) = self.watch.as_ref().filter(|_| seen % watch::STEP == 0) {
                watch.ask()?;
            }
            seen += 1;
            if !segment.is_deleted(doc) && take(doc)?.is_break() {
                return Ok(ControlFlow::Break(()));
            }
            doc = found.advance();
        }
        Ok(ControlFlow::Continue(()))
    }

    /// Returns the value that an article has in a column of names.
    fn name(&self, column: &str, address: DocAddress) -> Result<Option<String>> {
        let Some(column) = self.searcher.segment_reader(address.segment_ord).fast_fields().str(column)? else {
            return Ok(None);
        };
        let Some(ordinal) = column.term_ords(address.doc_id).next() else { return Ok(None) };
        let mut name = String::new();
        column.ord_to_str(ordinal, &mut name)?;
        Ok(Some(name))
    }
}

type EachDoc<'a> = &'a mut dyn FnMut(DocId) -> Result<ControlFlow<()>>;

/// Goes over the articles of a segment.
type Docs<'a> = dyn Fn(EachDoc<'_>) -> Result<()> + 'a;

/// Returns the day that the index holds as its midnight UTC.
fn day(moment: DateTime) -> Date {
    let seconds = Timestamp::from_second(moment.into_timestamp_secs()).unwrap_or(Timestamp::UNIX_EPOCH);
    Offset::UTC.to_datetime(seconds).date()
}

/// Returns the abbreviations of a query that stand for their words too, with those words.
pub fn expansions(query: &Query) -> Vec<(String, Vec<String>)> {
    match query {
        Query::Words(words) => words
            .iter()
            .filter_map(|word| match word {
                Word::Abbreviation(name, forms) => {
                    Some((name.to_string(), forms.iter().skip(1).map(|form| form.words()).collect()))
                }
                _ => None,
            })
            .collect(),
        Query::And(queries) | Query::Or(queries) => queries.iter().flat_map(expansions).collect(),
        Query::Not(query) => expansions(query),
        _ => Vec::new(),
    }
}
