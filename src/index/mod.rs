//! Index: records into a folder that `search` reads.
//!
//! 1. [`analysis`] makes terms of a text, exact and folded, in one pass; [`spelling`] and [`number`] make one of many spellings.
//! 2. [`schema`] names the fields, [`document`] fills them from a record and reads the record back.
//! 3. [`segment`] makes a segment of documents; [`writer`] brings record shards in, [`merge`] makes one index of several, [`check`] says whether all is well;
//!    [`quickwit`] describes the same index to a cluster.
//!
//! Invariant: the index can always be made again from the record shards; a commit says which of them it holds.

pub mod analysis;
pub mod check;
pub mod document;
pub mod freshness;
pub mod merge;
pub mod number;
pub mod quickwit;
pub mod schema;
pub mod segment;
pub mod spelling;
pub mod superseded;
pub mod tokenizer;
pub mod writer;

pub use schema::{Fields, INDEX_VERSION};

use anyhow::{Context, Result, bail};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use tantivy::directory::MmapDirectory;
use tantivy::{Index, IndexSettings};

/// Holds an index folder that is open, with its fields.
pub struct Opened {
    /// The index.
    pub index: Index,
    /// Its fields.
    pub fields: Fields,
    /// Its folder.
    pub folder: PathBuf,
}

/// Says what a commit holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// [`INDEX_VERSION`] of the program that wrote it.
    pub index_version: u32,
    /// Record shards by name, with the hash of their bytes (XXH3, 128 bits).
    pub shards: BTreeMap<String, String>,
}

impl Default for Manifest {
    fn default() -> Self {
        Manifest { index_version: INDEX_VERSION, shards: BTreeMap::new() }
    }
}

/// Opens an index for reading.
///
/// # Errors
/// When there is none, or it was made by another version of the program.
pub fn open(folder: &Path) -> Result<Opened> {
    if !folder.join("meta.json").exists() {
        bail!("{}: no index here; make one with `baotinh index`", folder.display());
    }
    let mut index =
        Index::open_in_dir(folder).with_context(|| format!("{}: the index cannot be opened", folder.display()))?;
    let (schema, fields) = Fields::schema();
    let version = index
        .load_metas()
        .ok()
        .and_then(|metas| metas.payload)
        .and_then(|payload| serde_json::from_str::<Manifest>(&payload).ok());
    if index.schema() != schema || version.is_some_and(|manifest| manifest.index_version != INDEX_VERSION) {
        bail!(
            "{}: this index was made by another version of the program (this one makes version {INDEX_VERSION}); delete the folder and run `baotinh index` again",
            folder.display()
        );
    }
    index.set_tokenizers(tokenizer::tokenizers());
    Ok(Opened { index, fields, folder: folder.to_path_buf() })
}

/// Opens an index for writing; it is made when there is none.
///
/// # Errors
/// When the folder cannot be made, or holds an index of another version.
pub fn open_or_create(folder: &Path) -> Result<Opened> {
    if folder.join("meta.json").exists() {
        return open(folder);
    }
    fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    let (schema, fields) = Fields::schema();
    let settings = IndexSettings { docstore_blocksize: 1 << 16, ..IndexSettings::default() };
    let directory = MmapDirectory::open(folder).with_context(|| folder.display().to_string())?;
    let mut index = Index::create(directory, schema, settings).with_context(|| folder.display().to_string())?;
    index.set_tokenizers(tokenizer::tokenizers());
    Ok(Opened { index, fields, folder: folder.to_path_buf() })
}

impl Opened {
    /// Returns what the last commit holds.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn manifest(&self) -> Result<Manifest> {
        let named = || self.folder.display().to_string();
        match self.index.load_metas().with_context(named)?.payload {
            Some(payload) => serde_json::from_str(&payload).with_context(named),
            None => Ok(Manifest::default()),
        }
    }
}
