//! Keyness: the units that tell one set of articles from another.

use super::Archive;
use super::association::{log_likelihood, log_ratio};
use super::frequency::{self, Two, Unit};
use super::query::Query;
use crate::answer::{Answer, Cell, Column, Figure, Kind};
use anyhow::Result;

/// Holds a unit and how it tells the sets apart.
#[derive(Debug, Clone, PartialEq)]
pub struct Key {
    /// The syllable, or pair of folded syllables.
    pub unit: String,
    /// How often it stands in each set.
    pub count: Two,
    /// Log-likelihood ratio; negative when it is typical of the second set.
    pub log_likelihood: f64,
    /// Binary logarithm of the ratio of relative frequencies.
    pub log_ratio: f64,
}

/// Compares two sets of articles: the units that stand at least `least` times, the most telling first; and the units of each.
///
/// # Errors
/// When the index is damaged.
pub fn keyness(archive: &Archive, first: &Query, second: &Query, least: u64, unit: Unit) -> Result<(Vec<Key>, Two)> {
    let (counts, totals) = frequency::in_two(archive, first, second, unit, least)?;
    let mut keys: Vec<_> = counts
        .into_iter()
        .map(|(unit, count)| Key {
            log_likelihood: log_likelihood(count.first, totals.first, count.second, totals.second),
            log_ratio: log_ratio(count.first, totals.first, count.second, totals.second),
            unit,
            count,
        })
        .collect();
    keys.sort_by(|a, b| b.log_likelihood.abs().total_cmp(&a.log_likelihood.abs()).then_with(|| a.unit.cmp(&b.unit)));
    Ok((keys, totals))
}

/// Columns of [`answer`].
pub const COLUMNS: [Column; 7] = [
    Column::new("first", Kind::Integer, "Times in the first set", "Số lần ở tập thứ nhất"),
    Column::new("first_per_million", Kind::Number, "Times in a million units there", "Số lần trên một triệu đơn vị"),
    Column::new("second", Kind::Integer, "Times in the second set", "Số lần ở tập thứ hai"),
    Column::new("second_per_million", Kind::Number, "Times in a million units there", "Số lần trên một triệu đơn vị"),
    Column::new(
        "log_likelihood",
        Kind::Number,
        "Log-likelihood G²; below 0 when typical of the second set",
        "G²; âm khi đặc trưng cho tập thứ hai",
    ),
    Column::new(
        "log_ratio",
        Kind::Number,
        "Binary logarithm of the ratio of relative frequencies",
        "Logarit cơ số 2 của tỷ số tần suất",
    ),
    Column::new("unit", Kind::Text, "What is counted", "Đơn vị được đếm"),
];

/// Answers what tells two sets of articles apart.
///
/// # Errors
/// When the index is damaged.
pub fn answer(archive: &Archive, first: &Query, second: &Query, least: u64, unit: Unit) -> Result<Answer> {
    let (keys, totals) = keyness(archive, first, second, least, unit)?;
    let million = |count: u64, total: u64| Cell::rounded(count as f64 / (total as f64).max(1.0) * 1e6, 2);
    let row = |key: Key| {
        vec![
            Cell::count(key.count.first),
            million(key.count.first, totals.first),
            Cell::count(key.count.second),
            million(key.count.second, totals.second),
            Cell::rounded(key.log_likelihood, 2),
            Cell::rounded(key.log_ratio, 2),
            key.unit.into(),
        ]
    };
    let mut answer = archive.answer("keyness", first, &COLUMNS, keys.into_iter().map(row).collect())?;
    let against = archive.count(second)?;
    answer.figures = vec![
        Figure::count("units", "Units in the articles found", totals.first),
        Figure::count("against_articles", "Articles of the second set", against),
        Figure::count("against_units", "Units in them", totals.second),
    ];
    answer.summary = format!(
        "{} articles ({} units): {first}; against {against} ({} units): {second}",
        answer.total.found, totals.first, totals.second
    );
    Ok(answer)
}
