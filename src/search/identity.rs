//! What makes an answer citable: which state of the archive it is of, and which set of articles it found.

use super::Archive;
use super::query::Query;
use crate::index::Opened;
use anyhow::Result;
use std::ops::ControlFlow;
use tantivy::Searcher;
use xxhash_rust::xxh3::xxh3_64;

impl Archive {
    /// Returns the id of the state of the archive: 16 hexadecimal digits of the hash of the index' version and of the
    /// record shards it holds. The same records give the same id on every machine.
    pub fn snapshot(&self) -> &str {
        &self.snapshot
    }

    /// Returns the fingerprint of the articles that a query finds: 16 hexadecimal digits, whatever the order.
    ///
    /// # Errors
    /// When the index is damaged.
    pub fn fingerprint(&self, query: &Query) -> Result<String> {
        let mut sum = 0u64;
        self.each_segment(query, &mut |segment, docs| {
            let Some(ids) = segment.fast_fields().str("id")? else { return Ok(()) };
            let mut id = String::new();
            docs(&mut |doc| {
                for ordinal in ids.term_ords(doc) {
                    id.clear();
                    ids.ord_to_str(ordinal, &mut id)?;
                    sum = sum.wrapping_add(xxh3_64(id.as_bytes()));
                }
                Ok(ControlFlow::Continue(()))
            })
        })?;
        Ok(format!("{sum:016x}"))
    }
}

/// Opens a searcher with the id of its state; a commit between the two is met by another look.
pub(super) fn searcher(opened: &Opened) -> Result<(Searcher, String)> {
    let mut manifest = opened.manifest()?;
    loop {
        let searcher = opened.index.reader()?.searcher();
        let now = opened.manifest()?;
        if now == manifest {
            let text = serde_json::to_string(&manifest)?;
            return Ok((searcher, format!("{:016x}", xxh3_64(text.as_bytes()))));
        }
        manifest = now;
    }
}
