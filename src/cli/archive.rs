//! The arguments that commands about a query share.

use super::say;
use anyhow::Result;
use baotinh::index::{self, freshness};
use baotinh::search::{self, Archive, Query};
use std::path::PathBuf;

/// Arguments that name an index and how a query is read.
#[derive(clap::Args)]
#[group(skip)]
pub struct Args {
    /// Index folder
    #[arg(long, value_name = "DIR", default_value = "index")]
    pub index: PathBuf,
    /// Take abbreviations (UBND) as they are, not for their words too
    #[arg(long)]
    pub no_expand: bool,
}

impl Args {
    /// Opens the index, and says on standard error when the corpus is newer.
    ///
    /// # Errors
    /// When there is none, or it was made by another version.
    pub fn open(&self) -> Result<Archive> {
        let archive = Archive::open(&self.index)?;
        if let Some(note) = freshness::behind(&index::open(&self.index)?)?.note() {
            say(&format!("note: {note}"));
        }
        Ok(archive)
    }

    /// Reads a query and says on standard error which abbreviations stand for their words too.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn query(&self, text: &str) -> Result<Query> {
        let query = search::parse(text, !self.no_expand)?;
        for (name, forms) in search::expansions(&query) {
            say(&format!("đã mở rộng: {name} = {}", forms.join(", ")));
        }
        Ok(query)
    }
}
