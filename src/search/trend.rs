//! A query over time: articles and occurrences by month or year, with what they are a share of.

use super::Archive;
use super::facet::{self, By};
use super::occurrence::{self, PartText, Sought};
use super::query::{Part, Query};
use super::scan::{self, Text};
use crate::answer::{Answer, Cell, Column, Kind};
use anyhow::Result;
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::ops::ControlFlow;

/// Names the periods.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Period {
    /// Calendar months.
    Month,
    /// Calendar years.
    Year,
}

/// Counts one period; the periods are those that the archive has articles of.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Point {
    /// Articles that the query finds.
    pub articles: u64,
    /// Articles of the archive.
    pub all_articles: u64,
    /// Occurrences of the words and phrases, when they were asked for.
    pub occurrences: u64,
    /// Syllables of the archive, when occurrences were asked for.
    pub syllables: u64,
}

/// Counts a query by period; `None` are the undated articles. Occurrences cost a pass over the texts.
///
/// # Errors
/// When the index is damaged.
pub fn trend(
    archive: &Archive,
    query: &Query,
    period: Period,
    occurrences: bool,
) -> Result<BTreeMap<Option<String>, Point>> {
    let by = if period == Period::Month { By::Month } else { By::Year };
    let counts = facet::facets(archive, query, by)?;
    let mut points: BTreeMap<_, _> = counts
        .into_iter()
        .map(|(name, count)| (name, Point { articles: count.found, all_articles: count.all, ..Point::default() }))
        .collect();
    if !occurrences {
        return Ok(points);
    }
    let sought = occurrence::sought(query);
    scan::scan(
        archive,
        query,
        |text| (text.date, count(&text, &sought)),
        |(date, count)| {
            points.entry(name(date, period)).or_default().occurrences += count;
            Ok(ControlFlow::Continue(()))
        },
    )?;
    archive.each_segment(&Query::All, &mut |segment, docs| {
        let (dates, syllables) = (segment.fast_fields().date("date")?, segment.fast_fields().i64("syllables")?);
        docs(&mut |doc| {
            let point = points.entry(name(dates.first(doc).map(super::day), period)).or_default();
            point.syllables += syllables.first(doc).unwrap_or(0).unsigned_abs();
            Ok(ControlFlow::Continue(()))
        })
    })?;
    Ok(points)
}

impl Point {
    /// Returns the articles found as a share of all, in per cent.
    pub fn per_cent(&self) -> f64 {
        share(self.articles, self.all_articles, 100.0)
    }

    /// Returns the occurrences in a million syllables.
    pub fn per_million(&self) -> f64 {
        share(self.occurrences, self.syllables, 1e6)
    }
}

fn share(part: u64, whole: u64, unit: f64) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 * unit }
}

/// Columns of [`answer`]; the last three when occurrences are counted.
pub const COLUMNS: [Column; 7] = [
    Column::new("period", Kind::Text, "Period of publication", "Thời kỳ đăng").or("(unknown)"),
    Column::new("articles", Kind::Integer, "Articles that the query finds", "Số bài tìm thấy"),
    Column::new("all_articles", Kind::Integer, "Articles of the period", "Số bài trong thời kỳ"),
    Column::new("per_cent", Kind::Number, "Share of the articles of the period", "Tỷ lệ trên số bài của thời kỳ"),
    Column::new("occurrences", Kind::Integer, "Occurrences of the words and phrases", "Số lần xuất hiện"),
    Column::new("syllables", Kind::Integer, "Syllables of the period", "Số tiếng của thời kỳ"),
    Column::new("per_million", Kind::Number, "Occurrences in a million syllables", "Số lần trên một triệu tiếng"),
];

/// Answers how often a query is found over time: a row a period, the undated articles last.
///
/// # Errors
/// When the index is damaged.
pub fn answer(archive: &Archive, query: &Query, period: Period, occurrences: bool) -> Result<Answer> {
    let mut points: Vec<_> = trend(archive, query, period, occurrences)?.into_iter().collect();
    points.sort_by_key(|(name, _)| name.is_none());
    let columns = &COLUMNS[..if occurrences { 7 } else { 4 }];
    let undated = points.iter().find(|(name, _)| name.is_none()).map_or(0, |(_, point)| point.articles);
    let row = |(name, point): (Option<String>, Point)| {
        let mut row = vec![
            name.into(),
            Cell::count(point.articles),
            Cell::count(point.all_articles),
            Cell::rounded(point.per_cent(), 4),
        ];
        if occurrences {
            row.extend([
                Cell::count(point.occurrences),
                Cell::count(point.syllables),
                Cell::rounded(point.per_million(), 4),
            ]);
        }
        row
    };
    let mut answer = archive.answer("trend", query, columns, points.into_iter().map(row).collect())?;
    answer.total.undated = Some(undated);
    Ok(answer)
}

/// Counts the occurrences in title, lead and body.
fn count(text: &Text, sought: &[Sought]) -> u64 {
    let parts = [(&text.title, Part::Title), (&text.lead, Part::Text), (&text.body, Part::Text)];
    parts.into_iter().map(|(text, part)| PartText::new(text).occurrences(sought, part).len() as u64).sum()
}

fn name(day: Option<Date>, period: Period) -> Option<String> {
    day.map(|day| match period {
        Period::Month => format!("{:04}-{:02}", day.year(), day.month()),
        Period::Year => format!("{:04}", day.year()),
    })
}
