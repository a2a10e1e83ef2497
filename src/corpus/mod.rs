//! A corpus folder: WARC shards of what was fetched, record shards of what was read in it, and the crawl's state.
//!
//! ```text
//! corpus/warc/<site>/<name>.warc.gz          pages as fetched, kept for ever, never rewritten
//! corpus/records/<site>/<name>.jsonl.zst     records of that shard, recomputed at will
//! corpus/records/<site>/<name>.source.json   what the records were made of
//! corpus/crawl.sqlite                        frontier, hosts, fetch log
//! ```
//! Invariant: a record shard is written beside its place and renamed when whole; a half-written one is never seen.

#[cfg(feature = "pages")]
mod decoded;
#[cfg(feature = "pages")]
pub mod feed;
#[cfg(feature = "pages")]
pub mod fields;
pub mod file;
#[cfg(feature = "pages")]
mod folder;
#[cfg(feature = "pages")]
pub mod input;
#[cfg(feature = "pages")]
mod json;
pub mod records;
#[cfg(feature = "pages")]
mod saved;
pub mod source;
#[cfg(feature = "pages")]
mod table;
pub mod temporary;
pub mod warc;

use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};

/// Names the folders and files of a corpus.
#[derive(Debug, Clone)]
pub struct Corpus {
    root: PathBuf,
}

impl Corpus {
    /// Names the corpus at a folder, which need not exist yet.
    pub fn at(root: impl Into<PathBuf>) -> Corpus {
        Corpus { root: root.into() }
    }

    /// Returns the corpus folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Returns the folder of the WARC shards.
    pub fn warcs(&self) -> PathBuf {
        self.root.join("warc")
    }

    /// Returns the folder of the record shards.
    pub fn records(&self) -> PathBuf {
        self.root.join("records")
    }

    /// Returns the file of the crawl's state.
    pub fn crawl_state(&self) -> PathBuf {
        self.root.join("crawl.sqlite")
    }

    /// Lists the WARC shards, sorted by path.
    ///
    /// # Errors
    /// When a folder cannot be read.
    pub fn warc_shards(&self) -> Result<Vec<PathBuf>> {
        file::list(&self.warcs(), &|name| name.ends_with(".warc.gz") || name.ends_with(".warc"))
    }

    /// Lists the record shards, sorted by path.
    ///
    /// # Errors
    /// When a folder cannot be read.
    pub fn record_shards(&self) -> Result<Vec<PathBuf>> {
        file::list(&self.records(), &|name| name.ends_with(".jsonl.zst"))
    }

    /// Returns the record shard that belongs to a WARC shard of this corpus.
    ///
    /// # Errors
    /// When the WARC does not lie in this corpus.
    pub fn record_shard_of(&self, warc: &Path) -> Result<PathBuf> {
        let inside = warc
            .strip_prefix(self.warcs())
            .with_context(|| format!("{} is not in {}", warc.display(), self.warcs().display()))?;
        let Some(name) = inside.to_str().map(|name| name.trim_end_matches(".gz").trim_end_matches(".warc")) else {
            bail!("{}: the file name is not UTF-8; rename it", warc.display())
        };
        Ok(self.records().join(format!("{name}.jsonl.zst")))
    }
}
