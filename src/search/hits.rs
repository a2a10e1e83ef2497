//! The articles that a person sees first, as an answer: how many the query finds, and of each what is shown of it.

use super::query::Query;
use super::{Archive, Hit, snippet};
use crate::answer::{Answer, Cell, Column, Kind, Total};
use crate::mention::{Mention, Part};
use anyhow::Result;
use serde::Serialize;
use std::ops::ControlFlow;

/// Names the orders of hits.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Order {
    /// The best first; behind those that the query finds stand articles that lack some words or have them apart.
    #[default]
    Score,
    /// The latest first, only articles that the query finds and that have a date.
    Date,
}

/// Holds the hits of a query with its totals.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Found {
    /// Canonical text of the query.
    pub query: String,
    /// Abbreviations that stand for their words too, with those words.
    pub expanded: Vec<(String, Vec<String>)>,
    /// Articles that the query finds.
    pub total: u64,
    /// Articles there are.
    pub of: u64,
    /// The query with its runs of words taken apart, and how many articles have all the words, wherever they stand.
    pub apart: Option<(String, u64)>,
    /// The articles shown.
    pub hits: Vec<Shown>,
}

/// Holds what is shown of an article.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Shown {
    /// Id of the article.
    pub id: String,
    /// How well it fits; comparable within one search.
    pub score: f32,
    /// Whether the query finds it; else it lacks some of the words, and no count holds it.
    pub complete: bool,
    /// Headline.
    pub title: Option<String>,
    /// Address.
    pub url: Option<String>,
    /// Newspaper.
    pub source: Option<String>,
    /// Province of the newspaper.
    pub province: Option<String>,
    /// Publication as the article has it.
    pub published: Option<String>,
    /// Vietnamese day of publication.
    #[serde(skip)]
    pub day: Option<jiff::civil::Date>,
    /// A piece of the body with what was sought in it.
    pub snippet: snippet::Snippet,
    /// Section of the newspaper.
    #[serde(skip)]
    pub section: Option<String>,
    /// What is mentioned in that piece.
    #[serde(skip)]
    pub mentions: Vec<Mention>,
}

/// Returns the first `count` hits of a query in an order.
///
/// # Errors
/// When the index is damaged.
pub fn hits(archive: &Archive, query: &Query, order: Order, count: usize) -> Result<Found> {
    page(archive, query, order, 0, count)
}

/// Returns `count` hits of a query in an order, those before place `from` (counted from 0) left out.
///
/// # Errors
/// When the index is damaged.
pub fn page(archive: &Archive, query: &Query, order: Order, from: usize, count: usize) -> Result<Found> {
    let query = &*archive.resolved(query)?;
    let most = from.saturating_add(count);
    let mut hits = match order {
        Order::Score => archive.search(query, most)?,
        Order::Date => archive.latest(query, most)?,
    };
    hits.drain(..from.min(hits.len()));
    let found = archive.finds(query, &hits)?;
    let (asked, total) = archive.total(query)?;
    let shown = hits.iter().zip(found).map(|(hit, complete)| Shown::of(archive, hit, complete, query));
    let hits = shown.collect::<Result<Vec<_>>>()?;
    let apart = archive.apart(query)?.map(|(query, count)| (query.to_string(), count));
    Ok(Found { query: asked.canonical, expanded: asked.expanded, total: total.found, of: total.of, apart, hits })
}

impl Shown {
    fn of(archive: &Archive, hit: &Hit, complete: bool, query: &Query) -> Result<Shown> {
        let record = archive.record(hit.address)?;
        let snippet = snippet::snippet(&record, query);
        let shown = snippet.start..snippet.start + snippet.text.chars().count();
        let in_it = |mention: &Mention| {
            mention.part == Part::Body && shown.contains(&mention.start) && mention.end <= shown.end
        };
        let mentions = record.mentions.into_iter().filter(in_it).collect();
        let day = record.article.published_day();
        let article = record.article;
        Ok(Shown {
            id: article.id,
            score: hit.score,
            complete,
            title: article.title,
            url: article.url,
            source: article.source.or(article.site),
            province: article.province,
            published: article.published.map(|when| when.to_string()),
            day,
            snippet,
            section: article.section,
            mentions,
        })
    }
}

/// Columns of [`Found::answer`].
pub const COLUMNS: [Column; 10] = [
    Column::new("rank", Kind::Integer, "Place in the order", "Thứ hạng"),
    Column::new("id", Kind::Text, "Id of the article", "Mã bài"),
    Column::new(
        "score",
        Kind::Number,
        "How well it fits; comparable within one search",
        "Điểm phù hợp trong lần tìm này",
    ),
    Column::new(
        "complete",
        Kind::Boolean,
        "Whether the query finds it; else no count holds it",
        "Bài có thỏa truy vấn không",
    ),
    Column::new("date", Kind::Day, "Day of publication", "Ngày đăng"),
    Column::new("source", Kind::Text, "Newspaper", "Báo"),
    Column::new("province", Kind::Text, "Province of the newspaper", "Tỉnh của báo"),
    Column::new("title", Kind::Text, "Headline", "Nhan đề"),
    Column::new("url", Kind::Text, "Address", "Địa chỉ"),
    Column::new("snippet", Kind::Text, "Piece of the body", "Đoạn trích"),
];

/// Columns of [`every`].
pub const EVERY: [Column; 7] = [COLUMNS[1], COLUMNS[4], COLUMNS[5], COLUMNS[6], COLUMNS[7], COLUMNS[8], COLUMNS[9]];

/// Hands over a row of [`EVERY`] for every article that a query finds, in the order of the index, until `take` breaks off.
///
/// # Errors
/// When the index is damaged; passes on the error of `take`.
pub fn every(
    archive: &Archive,
    query: &Query,
    take: &mut dyn FnMut(Vec<Cell>) -> Result<ControlFlow<()>>,
) -> Result<()> {
    archive.each_address(query, &mut |address| {
        let hit = Shown::of(archive, &Hit { score: 0.0, address }, true, query)?;
        let (text, day) = (hit.snippet.text, hit.day);
        take(vec![
            hit.id.into(),
            day.into(),
            hit.source.into(),
            hit.province.into(),
            hit.title.into(),
            hit.url.into(),
            text.into(),
        ])
    })
}

impl Found {
    /// Returns the hits as rows.
    pub fn answer(self) -> Answer {
        let row = |(at, hit): (usize, Shown)| {
            vec![
                Cell::count(at + 1),
                hit.id.into(),
                Cell::rounded(f64::from(hit.score), 4),
                Cell::Boolean(hit.complete),
                hit.day.into(),
                hit.source.into(),
                hit.province.into(),
                hit.title.into(),
                hit.url.into(),
                hit.snippet.text.into(),
            ]
        };
        let summary = self.summary();
        Answer {
            name: "search",
            total: Total { found: self.total, of: self.of, undated: None },
            of_rows: self.total,
            columns: COLUMNS.to_vec(),
            rows: self.hits.into_iter().enumerate().map(row).collect(),
            query: Some(crate::answer::Asked { canonical: self.query, expanded: self.expanded }),
            summary,
            ..Answer::default()
        }
    }

    /// Returns the totals in one sentence.
    pub fn summary(&self) -> String {
        let apart = match &self.apart {
            Some((query, count)) => format!("; {count} have all the words, wherever they stand: {query}"),
            None => String::new(),
        };
        format!("{} of {} articles: {}{apart}", self.total, self.of, self.query)
    }
}
