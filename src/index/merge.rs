//! Merging: indexes made apart, as on a cluster, into one.
//!
//! Invariant: the merged index holds what one build of all their shards would: of each article the revision fetched
//! last, of equals the one in the later shard by name; no trace of the others is left in any count.

use super::{Manifest, Opened, open, tokenizer, writer};
use crate::corpus::file::AtomicFolder;
use anyhow::{Context, Result, bail, ensure};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use tantivy::directory::MmapDirectory;
use tantivy::query::{BooleanQuery, Occur, Query, TermQuery};
use tantivy::schema::IndexRecordOption;
use tantivy::{Index, IndexWriter, Term};

/// Memory of the writer that takes older revisions out, in bytes.
const MEMORY: usize = 64 << 20;

/// Says what a merge did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Merged {
    /// Articles in the merged index.
    pub articles: u64,
    /// Older revisions that were left out.
    pub older: u64,
}

/// Merges index folders into a new one.
///
/// # Errors
/// When one cannot be opened, two hold the same shard, or the new folder exists or cannot be written.
pub fn merge(parts: &[PathBuf], into: &Path) -> Result<Merged> {
    let room = AtomicFolder::create(into)?;
    let opened = parts.iter().map(|part| open(part)).collect::<Result<Vec<_>>>()?;
    let manifest = manifest(&opened)?;
    let (articles, older) = revisions(&opened)?;
    let filled: Vec<Index> = opened
        .iter()
        .map(|part| Ok((part, part.index.searchable_segment_ids()?)))
        .filter_map(|found: tantivy::Result<_>| {
            found.map(|(part, segments)| (!segments.is_empty()).then(|| part.index.clone())).transpose()
        })
        .collect::<tantivy::Result<_>>()?;
    ensure!(!filled.is_empty(), "there is no article in any of these indexes");
    let directory = MmapDirectory::open(room.room()).with_context(|| into.display().to_string())?;
    let mut index = tantivy::indexer::merge_indices(&filled, directory).with_context(|| into.display().to_string())?;
    index.set_tokenizers(tokenizer::tokenizers());
    let mut writer: IndexWriter = index.writer_with_num_threads(1, MEMORY)?;
    let fields = opened[0].fields;
    for (id, shard) in &older {
        let is = |field, text: &str| -> (Occur, Box<dyn Query>) {
            (Occur::Must, Box::new(TermQuery::new(Term::from_field_text(field, text), IndexRecordOption::Basic)))
        };
        writer.delete_query(Box::new(BooleanQuery::new(vec![is(fields.id, id), is(fields.shard, shard)])))?;
    }
    let mut prepared = writer.prepare_commit()?;
    prepared.set_payload(&serde_json::to_string(&manifest)?);
    prepared.commit()?;
    if !older.is_empty() {
        // What is only marked as deleted still counts in the frequencies that rank.
        writer.merge(&index.searchable_segment_ids()?).wait()?;
    }
    writer.wait_merging_threads()?;
    room.finish()?;
    Ok(Merged { articles, older: older.len() as u64 })
}

/// Joins what the parts say they hold.
fn manifest(parts: &[Opened]) -> Result<Manifest> {
    let mut whole = Manifest::default();
    for part in parts {
        for (shard, hash) in part.manifest()?.shards {
            if whole.shards.insert(shard.clone(), hash).is_some() {
                bail!("{}: the shard {shard} is in another of these indexes too", part.folder.display());
            }
        }
    }
    Ok(whole)
}

/// Counts the articles of all parts, and names the revisions that are not the last by article and shard.
fn revisions(parts: &[Opened]) -> Result<(u64, Vec<(String, String)>)> {
    let (mut last, mut older) = (HashMap::<String, (i64, String)>::new(), Vec::new());
    for part in parts {
        for (id, revision) in writer::held(part)? {
            match last.get_mut(&id) {
                None => drop(last.insert(id, revision)),
                Some(known) if *known < revision => older.push((id, std::mem::replace(known, revision).1)),
                Some(_) => older.push((id, revision.1)),
            }
        }
    }
    Ok((last.len() as u64, older))
}
