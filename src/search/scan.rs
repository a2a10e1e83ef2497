//! One pass over the texts that a query finds, on all cores, handed over in the order of the index.
//!
//! Invariant: memory is flat in what is found: some hundred articles are under way, whatever the query.

use super::Archive;
use super::query::Query;
use anyhow::Result;
use jiff::civil::Date;
use rayon::prelude::*;
use std::ops::ControlFlow;
use tantivy::schema::Value;
use tantivy::{DocAddress, TantivyDocument};

/// Articles in the first batch, so that the first line comes soon, and in the largest.
const FIRST: usize = 8;
const LARGEST: usize = 256;

/// Holds the texts of an article and what they are cited by.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Text {
    /// Id of the article.
    pub id: String,
    /// Newspaper, by name or id.
    pub source: Option<String>,
    /// Vietnamese day of publication.
    pub date: Option<Date>,
    /// Title, empty when there is none.
    pub title: String,
    /// Lead, empty when there is none.
    pub lead: String,
    /// Body.
    pub body: String,
}

/// Maps the texts of every article that a query finds and hands the results to `take`, in order, until it breaks off.
///
/// # Errors
/// When the index is damaged; passes on the error of `take`.
pub fn scan<T: Send>(
    archive: &Archive,
    query: &Query,
    map: impl Fn(Text) -> T + Sync,
    mut take: impl FnMut(T) -> Result<ControlFlow<()>>,
) -> Result<()> {
    let (mut batch, mut size, mut ended) = (Vec::with_capacity(LARGEST), FIRST, false);
    let mut flush = |batch: &mut Vec<DocAddress>| -> Result<ControlFlow<()>> {
        let made: Vec<Result<T>> = batch.par_drain(..).map(|address| text(archive, address).map(&map)).collect();
        for made in made {
            if take(made?)?.is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
        Ok(ControlFlow::Continue(()))
    };
    archive.each_address(query, &mut |address| {
        batch.push(address);
        if batch.len() < size {
            return Ok(ControlFlow::Continue(()));
        }
        size = (size * 2).min(LARGEST);
        let flow = flush(&mut batch)?;
        ended = flow.is_break();
        Ok(flow)
    })?;
    if !ended {
        let _ = flush(&mut batch)?;
    }
    Ok(())
}

fn text(archive: &Archive, address: DocAddress) -> Result<Text> {
    let document: TantivyDocument = archive.searcher.doc(address)?;
    let stored = |field| document.get_first(field).and_then(|value| value.as_str()).unwrap_or("").to_string();
    let columns = archive.searcher.segment_reader(address.segment_ord).fast_fields();
    let source = match archive.name("source", address)? {
        Some(source) => Some(source),
        None => archive.name("site", address)?,
    };
    Ok(Text {
        id: archive.id(address)?,
        source,
        date: columns.date("date")?.first(address.doc_id).map(super::day),
        title: stored(archive.fields.title),
        lead: stored(archive.fields.lead),
        body: stored(archive.fields.body),
    })
}
