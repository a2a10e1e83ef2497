//! Freshness: whether an index lags behind the record shards that it was made of.

use super::{Opened, writer};
use crate::corpus::file;
use anyhow::Result;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Folder of a corpus that its record shards lie in.
const RECORDS: &str = "records";

/// Says what an index does not hold yet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Behind {
    /// Nothing was ever committed: it is being made for the first time, or that was broken off.
    pub is_unwritten: bool,
    /// Shards whose bytes are others now.
    pub changed: Vec<String>,
    /// Shards of the same corpora that are not in it.
    pub new: Vec<String>,
}

impl Behind {
    /// Says it in a sentence, with the remedy; none when the index lags behind nothing.
    pub fn note(&self) -> Option<String> {
        let remedy = "`baotinh index` brings them in";
        match (self.is_unwritten, self.changed.len(), self.new.len()) {
            (true, ..) => Some(
                "the index holds nothing yet: it is being made, or that was broken off; `baotinh index` goes on".into(),
            ),
            (false, 0, 0) => None,
            (false, changed, new) => Some(format!(
                "the corpus is newer than the index: {changed} record shards changed, {new} are not in it; {remedy}"
            )),
        }
    }
}

/// Compares an index with its record shards. Shards whose time of change is not after the index's are taken for unchanged.
///
/// # Errors
/// When the index cannot be read.
pub fn behind(opened: &Opened) -> Result<Behind> {
    let manifest = opened.manifest()?;
    if manifest.shards.is_empty() {
        return Ok(Behind { is_unwritten: opened.index.load_metas()?.payload.is_none(), ..Behind::default() });
    }
    let time = |path: &Path| fs::metadata(path).and_then(|file| file.modified()).ok();
    let written = time(&opened.folder.join("meta.json"));
    let mut behind = Behind::default();
    for (name, hash) in &manifest.shards {
        let is_later = time(Path::new(name)) > written;
        if is_later && writer::hash(Path::new(name)).is_ok_and(|now| now != *hash) {
            behind.changed.push(name.clone());
        }
    }
    let folders: BTreeSet<PathBuf> =
        manifest.shards.keys().filter_map(|name| records_folder(Path::new(name))).collect();
    for folder in folders {
        // A folder that has gone has no new shard.
        let shards = file::list(&folder, &|name| name.ends_with(".jsonl.zst")).unwrap_or_default();
        let names = shards.iter().map(|shard| shard.display().to_string());
        behind.new.extend(names.filter(|name| !manifest.shards.contains_key(name)));
    }
    Ok(behind)
}

/// Returns the folder of a corpus' records that a shard lies in.
fn records_folder(shard: &Path) -> Option<PathBuf> {
    shard.ancestors().skip(1).find(|folder| folder.ends_with(RECORDS)).map(Path::to_path_buf)
}
