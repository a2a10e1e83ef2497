//! Keyness: the units that tell one set of articles from another.

use super::Archive;
use super::association::{log_likelihood, log_ratio};
use super::frequency::{self, Two, Unit};
use super::query::Query;
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
