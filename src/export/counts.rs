//! What a set of records holds, counted: articles and mentions by kind, by newspaper and by year of publication.

use super::select::{self, Selection};
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
        let unknown = || "unknown".to_string();
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
