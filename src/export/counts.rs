//! What a set of records holds, counted: articles and mentions by kind, by newspaper and by year of publication.

use super::select::{self, Selection};
use crate::answer::{Answer, Cell, Column, Kind, Total};
use crate::article::Record;
use crate::mention::Fact;
use crate::report::Report;
use anyhow::Result;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

/// Counts articles and their mentions.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Count {
    /// Articles: rows of the table of articles.
    pub articles: u64,
    /// Articles with at least one mention.
    pub with_mentions: u64,
    /// Mentions of documents.
    pub citations: u64,
    /// Percentages.
    pub percents: u64,
    /// Dates.
    pub dates: u64,
    /// Articles and documents cited in them: rows of the table of citations.
    pub documents: u64,
    /// Code points of the bodies: a denominator.
    pub characters: u64,
}

impl Count {
    /// Returns the number of mentions: rows of the table of mentions.
    pub fn mentions(&self) -> u64 {
        self.citations + self.percents + self.dates
    }

    fn add(&mut self, other: &Count) {
        self.articles += other.articles;
        self.with_mentions += other.with_mentions;
        self.citations += other.citations;
        self.percents += other.percents;
        self.dates += other.dates;
        self.documents += other.documents;
        self.characters += other.characters;
    }

    fn of(record: &Record) -> Count {
        let mut count =
            Count { articles: 1, characters: record.article.body.chars().count() as u64, ..Count::default() };
        for mention in &record.mentions {
            match mention.fact {
                Fact::Citation(_) => count.citations += 1,
                Fact::Percent(_) => count.percents += 1,
                Fact::Date(_) => count.dates += 1,
            }
        }
        count.with_mentions = u64::from(!record.mentions.is_empty());
        count.documents = super::citations::edges(record).len() as u64;
        count
    }
}

/// Holds the counts of a set of records.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Of all.
    pub total: Count,
    /// By newspaper: its id, else the name of the source; `unknown` when there is neither.
    pub by_site: BTreeMap<String, Count>,
    /// By year of publication (+07:00); `unknown` for undated articles.
    pub by_year: BTreeMap<String, Count>,
    /// Versions of the rules that made the records; more than one means that they should be made again.
    pub rules_versions: BTreeSet<String>,
}

impl Counts {
    /// Counts one record.
    pub fn add(&mut self, record: &Record) {
        let count = Count::of(record);
        let article = &record.article;
        let unknown = || UNKNOWN.to_string();
        let site = article.site.clone().or_else(|| article.source.clone()).unwrap_or_else(unknown);
        let year = article.published_day().map_or_else(unknown, |day| format!("{:04}", day.year()));
        self.total.add(&count);
        self.by_site.entry(site).or_default().add(&count);
        self.by_year.entry(year).or_default().add(&count);
        if !self.rules_versions.contains(&record.rules_version) {
            self.rules_versions.insert(record.rules_version.clone());
        }
    }
}

/// Columns of [`Counts::answer`].
pub const COLUMNS: [Column; 9] = [
    Column::new("by", Kind::Text, "total, year or newspaper", "total (tổng), year (năm) hoặc newspaper (báo)"),
    Column::new("value", Kind::Text, "The year or newspaper; unknown when an article has none", "Năm hoặc báo")
        .or("(unknown)"),
    Column::new("articles", Kind::Integer, "Articles", "Số bài"),
    Column::new("with_mentions", Kind::Integer, "Articles with at least one mention", "Số bài có ít nhất một đề cập"),
    Column::new("citations", Kind::Integer, "Mentions of documents", "Số lần viện dẫn văn bản"),
    Column::new("percentages", Kind::Integer, "Percentages", "Số tỷ lệ phần trăm"),
    Column::new("dates", Kind::Integer, "Dates", "Số mốc thời gian"),
    Column::new("documents", Kind::Integer, "Articles and documents cited in them, as pairs", "Số cặp bài và văn bản"),
    Column::new("characters", Kind::Integer, "Code points of the bodies", "Số điểm mã của thân bài"),
];

impl Counts {
    /// Returns the counts as rows: the total, then each year, then each newspaper.
    pub fn answer(&self) -> Answer {
        let row = |by: &str, value: Option<&str>, count: &Count| {
            let numbers = [
                count.articles,
                count.with_mentions,
                count.citations,
                count.percents,
                count.dates,
                count.documents,
                count.characters,
            ];
            [by.into(), value.into()].into_iter().chain(numbers.into_iter().map(Cell::count)).collect::<Vec<_>>()
        };
        let known = |value: &'_ str| (value != UNKNOWN).then(|| value.to_string());
        let years = self.by_year.iter().map(|(year, count)| row("year", known(year).as_deref(), count));
        let sites = self.by_site.iter().map(|(site, count)| row("newspaper", known(site).as_deref(), count));
        let rows: Vec<_> = std::iter::once(row("total", None, &self.total)).chain(years).chain(sites).collect();
        let undated = self.by_year.get(UNKNOWN).map_or(0, |count| count.articles);
        let found = self.total.articles;
        Answer {
            name: "stats",
            total: Total { found, of: found, undated: Some(undated) },
            of_rows: rows.len() as u64,
            columns: COLUMNS.to_vec(),
            rows,
            summary: format!("{found} articles, {undated} of them undated"),
            ..Answer::default()
        }
    }
}

/// Key of articles without a year or newspaper.
const UNKNOWN: &str = "unknown";

/// Counts the wanted records of the files.
///
/// # Errors
/// Never by itself: what cannot be read is in the report.
pub fn count(files: &[PathBuf], selection: &Selection) -> Result<(Counts, Report)> {
    let mut counts = Counts::default();
    let report = select::each(files, selection, &mut |record| {
        counts.add(record);
        Ok(())
    })?;
    Ok((counts, report))
}
