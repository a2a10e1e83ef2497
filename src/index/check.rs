//! Checking: whether an index is whole, and whether it still says what the record shards say.

use super::{Opened, writer};
use crate::answer::{Answer, Cell, Column, Kind, Total};
use anyhow::{Context, Result};
use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

/// Says how an index stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Checked {
    /// Articles in it.
    pub articles: u64,
    /// Its shards with the number of articles that each gave.
    pub shards: BTreeMap<String, u64>,
    /// Files of the index whose bytes are not those that were written.
    pub damaged: Vec<PathBuf>,
    /// Ids that it holds more than once.
    pub doubled: Vec<String>,
    /// Shards that changed since they were indexed.
    pub changed: Vec<String>,
    /// Shards that are gone.
    pub missing: Vec<String>,
}

/// Columns of [`Checked::answer`].
pub const COLUMNS: [Column; 2] = [
    Column::new("articles", Kind::Integer, "Articles that the shard gave", "Số bài lấy từ tệp"),
    Column::new("shard", Kind::Text, "Record shard", "Tệp bản ghi"),
];

impl Checked {
    /// Returns the shards as rows.
    pub fn answer(&self) -> Answer {
        let row = |(name, count): (&String, &u64)| vec![Cell::count(*count), name.as_str().into()];
        let rows: Vec<_> = self.shards.iter().map(row).collect();
        Answer {
            name: "index check",
            total: Total { found: self.articles, of: self.articles, undated: None },
            of_rows: rows.len() as u64,
            columns: COLUMNS.to_vec(),
            rows,
            summary: format!(
                "{} articles from {} shards; {} faults, {} shards changed, {} gone",
                self.articles,
                self.shards.len(),
                self.damaged.len() + self.doubled.len(),
                self.changed.len(),
                self.missing.len()
            ),
            ..Answer::default()
        }
    }
}

/// Checks the bytes of an index, its ids and its shards.
///
/// # Errors
/// When the index is damaged so far that it cannot be read.
pub fn check(opened: &Opened) -> Result<Checked> {
    let named = || opened.folder.display().to_string();
    let manifest = opened.manifest()?;
    let mut checked =
        Checked { shards: manifest.shards.keys().map(|name| (name.clone(), 0)).collect(), ..Checked::default() };
    checked.damaged = opened
        .index
        .validate_checksum()
        .with_context(named)?
        .into_iter()
        .map(|file| opened.folder.join(file))
        .collect();
    checked.damaged.sort();
    for (name, hash) in &manifest.shards {
        match writer::hash(Path::new(name)) {
            Ok(now) if now == *hash => {}
            Ok(_) => checked.changed.push(name.clone()),
            Err(_) => checked.missing.push(name.clone()),
        }
    }
    if !checked.damaged.is_empty() {
        return Ok(checked);
    }
    let mut seen: HashMap<String, u64> = HashMap::new();
    writer::each_held(opened, &mut |id, _, shard| {
        checked.articles += 1;
        *checked.shards.entry(shard.to_string()).or_default() += 1;
        *seen.entry(id.to_string()).or_default() += 1;
    })
    .with_context(named)?;
    checked.doubled = seen.into_iter().filter(|(_, count)| *count > 1).map(|(id, _)| id).collect();
    checked.doubled.sort();
    Ok(checked)
}
