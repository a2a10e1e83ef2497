//! One pass over the texts that a query finds, on all cores, handed over in the order of the index.
//!
//! Invariant: memory is flat in what is found: some hundred articles are under way, whatever the query.

use super::Archive;
use super::evidence::Evidence;
use super::occurrence::{PartText, Sought};
use super::query::{Part, Query};
use crate::index::document;
use crate::mention::{self, Mention};
use crate::text::CodePoints;
use anyhow::Result;
use jiff::civil::Date;
use rayon::prelude::*;
use std::cmp::Reverse;
use std::ops::{ControlFlow, Range};
use tantivy::schema::Value;
use tantivy::{DocAddress, TantivyDocument};

/// Articles in the first batch, so that the first line comes soon, and in the largest.
const FIRST: usize = 8;
const LARGEST: usize = 256;

/// Holds the texts of an article and what they are cited by.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Text {
    /// Id of the article.
    pub id: String,
    /// Newspaper, by name or id.
    pub source: Option<String>,
    /// Vietnamese day of publication.
    pub date: Option<Date>,
    /// Province of the newspaper before 1 July 2025.
    pub province: Option<String>,
    /// Section.
    pub section: Option<String>,
    /// Address of the page.
    pub url: Option<String>,
    /// Title, empty when there is none.
    pub title: String,
    /// Lead, empty when there is none.
    pub lead: String,
    /// Body.
    pub body: String,
    /// Mentions that meet the conditions of the query.
    pub evidence: Vec<Mention>,
}

impl Text {
    /// Returns the name and text of each part in which what is sought stands, and the byte ranges of its occurrences in
    /// order: words, phrases and mentions, none within another.
    pub fn occurrences(&self, sought: &[Sought]) -> Vec<(&'static str, &str, Vec<Range<usize>>)> {
        let parts = [
            ("title", &self.title, Part::Title, mention::Part::Title),
            ("lead", &self.lead, Part::Text, mention::Part::Lead),
            ("body", &self.body, Part::Text, mention::Part::Body),
        ];
        let found = parts.into_iter().map(|(name, text, words, mentions)| {
            let mut found = PartText::new(text).occurrences(sought, words);
            let mut here = self.evidence.iter().filter(|mention| mention.part == mentions).peekable();
            if here.peek().is_some() {
                let points = CodePoints::new(text);
                found.extend(here.filter_map(|mention| Some(points.byte(mention.start)?..points.byte(mention.end)?)));
                found.sort_by_key(|range| (range.start, Reverse(range.end)));
                let mut end = 0;
                found.retain(|range| {
                    let kept = range.end > end;
                    end = end.max(range.end);
                    kept
                });
            }
            (name, text.as_str(), found)
        });
        found.filter(|(_, _, found)| !found.is_empty()).collect()
    }
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
    let query = &*archive.resolved(query)?;
    let evidence = Evidence::of(query);
    let (mut batch, mut size, mut ended) = (Vec::with_capacity(LARGEST), FIRST, false);
    let mut flush = |batch: &mut Vec<DocAddress>| -> Result<ControlFlow<()>> {
        let made: Vec<Result<T>> =
            batch.par_drain(..).map(|address| text(archive, address, &evidence).map(&map)).collect();
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

fn text(archive: &Archive, address: DocAddress, evidence: &Evidence) -> Result<Text> {
    let mut mentions = Vec::new();
    if !evidence.is_empty() {
        let record = archive.record(address)?;
        mentions = evidence.mentions(&record).into_iter().cloned().collect();
    }
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
        province: archive.name("province_old", address)?,
        section: archive.name("section", address)?,
        url: document::url(&archive.fields, &document),
        title: stored(archive.fields.title),
        lead: stored(archive.fields.lead),
        body: stored(archive.fields.body),
        evidence: mentions,
    })
}
