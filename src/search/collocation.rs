//! Collocates: what stands near the occurrences of a query more often than chance would have it.

use super::Archive;
use super::association::{log_dice, log_likelihood};
use super::frequency::{self, Unit};
use super::occurrence::{self, PartText};
use super::query::{Part, Query};
use super::scan;
use crate::answer::{Answer, Cell, Column, Figure, Kind};
use anyhow::Result;
use std::collections::HashMap;
use std::ops::ControlFlow;

/// Holds a collocate.
#[derive(Debug, Clone, PartialEq)]
pub struct Collocate {
    /// The syllable, or pair of folded syllables.
    pub unit: String,
    /// How often it stands near.
    pub near: u64,
    /// How often it stands anywhere in the archive.
    pub all: u64,
    /// Log-likelihood ratio; negative when it avoids the query.
    pub log_likelihood: f64,
    /// logDice.
    pub log_dice: f64,
}

/// Holds the collocates of a query and what they were reckoned from.
#[derive(Debug, Clone, PartialEq)]
pub struct Collocates {
    /// Occurrences of the query.
    pub occurrences: u64,
    /// Units near them.
    pub near: u64,
    /// Units of the archive.
    pub all: u64,
    /// The collocates, the strongest by log-likelihood first.
    pub collocates: Vec<Collocate>,
}

/// Finds what stands within `window` syllables of the occurrences, at least `least` times.
///
/// # Errors
/// When the index is damaged.
pub fn collocates(archive: &Archive, query: &Query, window: usize, least: u64, unit: Unit) -> Result<Collocates> {
    let sought = occurrence::sought(query);
    let (mut counts, mut occurrences): (HashMap<String, u64>, u64) = (HashMap::new(), 0);
    let near = |text: scan::Text| {
        let (mut near, mut occurrences) = (HashMap::<String, u64>::new(), 0);
        for (part, kind) in [(&text.title, Part::Title), (&text.lead, Part::Text), (&text.body, Part::Text)] {
            let part = PartText::new(part);
            occurrences += part.near(&sought, kind, window, unit == Unit::Pair, &mut |unit| {
                match near.get_mut(unit) {
                    Some(count) => *count += 1,
                    None => drop(near.insert(unit.to_string(), 1)),
                };
            });
        }
        (near, occurrences)
    };
    scan::scan(archive, query, near, |(near, found)| {
        occurrences += found;
        for (unit, count) in near {
            *counts.entry(unit).or_default() += count;
        }
        Ok(ControlFlow::Continue(()))
    })?;
    let (near, all) = (counts.values().sum(), frequency::total(archive, unit)?);
    let mut near_units: Vec<(String, u64)> = counts.into_iter().filter(|(_, count)| *count >= least).collect();
    near_units.sort();
    let texts: Vec<&str> = near_units.iter().map(|(unit, _)| unit.as_str()).collect();
    let everywhere = frequency::of(archive, unit, &texts)?;
    let mut collocates = Vec::new();
    for ((unit_text, count), anywhere) in near_units.into_iter().zip(everywhere) {
        let anywhere = anywhere.max(count);
        collocates.push(Collocate {
            near: count,
            all: anywhere,
            log_likelihood: log_likelihood(count, near, anywhere - count, all.saturating_sub(near)),
            log_dice: log_dice(count, occurrences, anywhere),
            unit: unit_text,
        });
    }
    collocates.sort_by(|a, b| b.log_likelihood.total_cmp(&a.log_likelihood).then_with(|| a.unit.cmp(&b.unit)));
    Ok(Collocates { occurrences, near, all, collocates })
}

/// Columns of [`answer`].
pub const COLUMNS: [Column; 5] = [
    Column::new("near", Kind::Integer, "Times near the query", "Số lần ở gần truy vấn"),
    Column::new("all", Kind::Integer, "Times in the archive", "Số lần trong toàn kho"),
    Column::new(
        "log_likelihood",
        Kind::Number,
        "Log-likelihood G²; below 0 when it avoids the query",
        "G²; âm khi tránh truy vấn",
    ),
    Column::new("log_dice", Kind::Number, "logDice, at most 14", "logDice, tối đa 14"),
    Column::new("collocate", Kind::Text, "What stands near", "Đơn vị ở gần"),
];

/// Names the orders of collocates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// By log-likelihood: what is certain.
    LogLikelihood,
    /// By logDice: what is typical.
    LogDice,
}

/// Answers what stands near a query.
///
/// # Errors
/// When the index is damaged.
pub fn answer(archive: &Archive, query: &Query, window: usize, least: u64, unit: Unit, by: By) -> Result<Answer> {
    let mut found = collocates(archive, query, window, least, unit)?;
    if by == By::LogDice {
        found.collocates.sort_by(|a, b| b.log_dice.total_cmp(&a.log_dice).then_with(|| a.unit.cmp(&b.unit)));
    }
    let row = |collocate: Collocate| {
        vec![
            Cell::count(collocate.near),
            Cell::count(collocate.all),
            Cell::rounded(collocate.log_likelihood, 2),
            Cell::rounded(collocate.log_dice, 2),
            collocate.unit.into(),
        ]
    };
    let mut answer = archive.answer("collocates", query, &COLUMNS, found.collocates.into_iter().map(row).collect())?;
    answer.figures = vec![
        Figure::count("occurrences", "Occurrences of the query", found.occurrences),
        Figure::count("near", "Units near them", found.near),
        Figure::count("all", "Units of the archive", found.all),
    ];
    answer.summary = format!(
        "{} occurrences with {} units near them, of {}; {} collocates: {query}",
        found.occurrences, found.near, found.all, answer.of_rows
    );
    Ok(answer)
}
