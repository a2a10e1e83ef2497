//! Building: record shards into the index, incrementally, so that a kill at any point does no harm.
//!
//! Invariant: a commit names the shards it holds with the hash of their bytes, and holds exactly their records: of each
//! article the revision fetched last, of equals the one in the later shard.

use super::document::{self, Indexable};
use super::segment::SegmentBuilder;
use super::superseded::SegmentOrder;
use super::{Manifest, Opened};
use crate::article::Record;
use crate::corpus::records::Reader;
use crate::panics;
use crate::report::Report;
use anyhow::{Context, Result, anyhow, bail};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::thread;
use tantivy::{DocId, IndexWriter, Term};

/// Memory that a segment takes before it is written, in bytes.
const MEMORY: usize = 256 << 20;
/// Memory of tantivy's own writer in bytes: the least that it takes. It is given no document, only finished segments.
const WRITER_MEMORY: usize = 15 << 20;
/// Bytes of record files between two commits, at least.
const COMMIT_BYTES: u64 = 64 << 20;
/// Records handed over at once.
const BATCH: usize = 16;

/// A record file and the name that the index knows it by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shard {
    /// Name in the index: its path, as it was given.
    pub name: String,
    /// Where it lies.
    pub path: PathBuf,
}

/// Says what a build did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Built {
    /// Shards read.
    pub shards: u64,
    /// Shards that the index held already.
    pub unchanged: u64,
    /// Shards taken out.
    pub removed: u64,
    /// Records added (done), records older than what is held (skipped), and what could not be read.
    pub records: Report,
    /// Bytes of text of the records added.
    pub bytes: u64,
}

/// Brings the shards into the index, and takes those named in `gone` out.
///
/// Shards whose bytes did not change are passed over. `progress` is called with bytes of record files read.
///
/// # Errors
/// When the index cannot be written or another program writes to it; bad lines are in the report.
pub fn build(opened: &Opened, shards: &[Shard], gone: &[String], progress: &mut dyn FnMut(u64)) -> Result<Built> {
    let mut build = Build::start(opened)?;
    for name in gone {
        build.remove(name)?;
    }
    let mut uncommitted = 0;
    for shard in shards {
        let size = shard.path.metadata().map_or(0, |file| file.len());
        match hash(&shard.path) {
            Ok(hash) if build.manifest.shards.get(&shard.name) == Some(&hash) => build.built.unchanged += 1,
            Ok(hash) => {
                build.remove(&shard.name)?;
                build.add(shard, &|_| true)?;
                tracing::debug!(shard = shard.name, hash, "read");
                build.built.shards += 1;
                build.manifest.shards.insert(shard.name.clone(), hash);
                uncommitted += size;
            }
            Err(error) => {
                build.built.records.fail(shard.path.display().to_string(), format!("{:#}", error.root_cause()))
            }
        }
        progress(size);
        if uncommitted >= COMMIT_BYTES {
            build.commit()?;
            uncommitted = 0;
        }
    }
    build.bring_back(shards)?;
    build.commit()?;
    build.finish()
}

/// A build under way.
struct Build<'a> {
    opened: &'a Opened,
    writer: IndexWriter,
    /// The segment that takes documents, and the number in it of each article that it holds.
    segment: Option<SegmentBuilder>,
    in_segment: HashMap<String, DocId>,
    segment_order: SegmentOrder,
    manifest: Manifest,
    /// Of each article in the index: when its page was fetched, and the shard it came from.
    held: HashMap<String, (i64, String)>,
    /// Articles that lost the revision that was held; an older one may lie in a shard that did not change.
    lost: HashSet<String>,
    built: Built,
    changed: bool,
}

impl<'a> Build<'a> {
    fn start(opened: &'a Opened) -> Result<Build<'a>> {
        let writer = opened.index.writer_with_num_threads(1, WRITER_MEMORY).map_err(|error| match error {
            tantivy::TantivyError::LockFailure(..) => {
                anyhow!("{}: another program is writing to this index; wait for its end", opened.folder.display())
            }
            error => anyhow::Error::from(error).context(opened.folder.display().to_string()),
        })?;
        Ok(Build {
            opened,
            writer,
            segment: None,
            in_segment: HashMap::new(),
            segment_order: SegmentOrder::default(),
            manifest: opened.manifest()?,
            held: held(opened)?,
            lost: HashSet::new(),
            built: Built::default(),
            changed: false,
        })
    }

    /// Takes a shard out, if it is in.
    fn remove(&mut self, name: &str) -> Result<()> {
        if self.manifest.shards.remove(name).is_none() {
            return Ok(());
        }
        self.changed = true;
        self.built.removed += 1;
        self.delete(Term::from_field_text(self.opened.fields.shard, name))?;
        let (lost, kept) = std::mem::take(&mut self.held).into_iter().partition(|(_, (_, shard))| shard == name);
        self.held = kept;
        self.lost.extend(HashMap::into_keys(lost));
        Ok(())
    }

    /// Deletes what holds a term in the segments that are written.
    fn delete(&self, term: Term) -> Result<()> {
        self.writer
            .delete_query(Box::new(self.segment_order.existing(term)))
            .with_context(|| self.opened.folder.display().to_string())?;
        Ok(())
    }

    /// Adds the wanted records of a shard.
    fn add(&mut self, shard: &Shard, wanted: &(dyn Fn(&str) -> bool + Sync)) -> Result<()> {
        self.changed = true;
        let fields = &self.opened.fields;
        let (made, documents) = mpsc::sync_channel::<Vec<Result<Made>>>(2);
        thread::scope(|scope| -> Result<()> {
            scope.spawn(move || read(shard, fields, wanted, &made));
            for made in documents.into_iter().flatten() {
                match made {
                    Ok(made) => self.take(made, &shard.name)?,
                    Err(error) => {
                        let reasons: Vec<_> = error.chain().skip(1).map(ToString::to_string).collect();
                        self.built.records.fail(error.to_string(), reasons.join(": "));
                    }
                }
            }
            Ok(())
        })
    }

    fn take(&mut self, made: Made, shard: &str) -> Result<()> {
        if let Some((fetched, _)) = self.held.get(&made.id) {
            if *fetched > made.fetched {
                self.built.records.skipped += 1;
                return Ok(());
            }
            match (self.in_segment.get(&made.id), &mut self.segment) {
                (Some(doc), Some(segment)) => segment.supersede(*doc),
                _ => self.delete(Term::from_field_text(self.opened.fields.id, &made.id))?,
            }
        }
        let named = || self.opened.folder.display().to_string();
        let segment = match &mut self.segment {
            Some(segment) => segment,
            None => self.segment.insert(SegmentBuilder::new(&self.writer, &self.opened.fields).with_context(named)?),
        };
        let doc = segment.add(&made.indexable).with_context(named)?;
        let full = segment.memory() >= MEMORY;
        self.lost.remove(&made.id);
        self.in_segment.insert(made.id.clone(), doc);
        self.held.insert(made.id, (made.fetched, shard.to_string()));
        self.built.records.done += 1;
        self.built.bytes += made.bytes;
        if full { self.write_segment() } else { Ok(()) }
    }

    /// Writes the segment that took documents, and hands it to the index.
    fn write_segment(&mut self) -> Result<()> {
        let Some(segment) = self.segment.take() else { return Ok(()) };
        self.in_segment.clear();
        self.segment_order.add(segment.id());
        let written = segment.finish(self.writer.commit_opstamp()).and_then(|meta| self.writer.add_segment(meta));
        written.with_context(|| not_written(self.opened))
    }

    /// Looks in the other shards for the revisions of articles that were lost with a shard.
    fn bring_back(&mut self, shards: &[Shard]) -> Result<()> {
        if self.lost.is_empty() {
            return Ok(());
        }
        let lost = std::mem::take(&mut self.lost);
        for shard in shards.iter().filter(|shard| shard.path.exists()) {
            self.add(shard, &|id| lost.contains(id))?;
        }
        Ok(())
    }

    fn commit(&mut self) -> Result<()> {
        if !std::mem::take(&mut self.changed) {
            return Ok(());
        }
        self.write_segment()?;
        let named = || not_written(self.opened);
        let mut prepared = self.writer.prepare_commit().with_context(named)?;
        prepared.set_payload(&serde_json::to_string(&self.manifest)?);
        prepared.commit().with_context(named)?;
        tracing::debug!(index = %self.opened.folder.display(), shards = self.manifest.shards.len(), "committed");
        Ok(())
    }

    fn finish(self) -> Result<Built> {
        self.writer.wait_merging_threads().with_context(|| self.opened.folder.display().to_string())?;
        Ok(self.built)
    }
}

fn not_written(opened: &Opened) -> String {
    format!("{}: the index could not be written; what it held before is kept", opened.folder.display())
}

/// A record ready to be added.
struct Made {
    id: String,
    fetched: i64,
    indexable: Indexable,
    bytes: u64,
}

/// Reads the records of a shard and makes their documents.
fn read(
    shard: &Shard,
    fields: &super::Fields,
    wanted: &(dyn Fn(&str) -> bool + Sync),
    made: &mpsc::SyncSender<Vec<Result<Made>>>,
) {
    let make = |record: Record| {
        let article = &record.article;
        let bytes = (article.body.len()
            + article.title.as_ref().map_or(0, String::len)
            + article.lead.as_ref().map_or(0, String::len)) as u64;
        let (id, fetched) = (article.id.clone(), document::fetched(&record));
        let indexable = document::indexable(fields, record, &shard.name)?;
        Ok(Made { id, fetched, indexable, bytes })
    };
    let mut batch = Vec::with_capacity(BATCH);
    let records: Box<dyn Iterator<Item = Result<Record>>> = match Reader::open(&shard.path) {
        Ok(reader) => Box::new(reader),
        Err(error) => Box::new(std::iter::once(Err(error))),
    };
    for record in records {
        match record {
            Ok(record) if !wanted(&record.article.id) => {}
            record => batch.push(record.and_then(|record| {
                let id = record.article.id.clone();
                panics::contain(|| make(record)).unwrap_or_else(|reason| Err(anyhow!(reason).context(id)))
            })),
        }
        if batch.len() == BATCH && made.send(std::mem::replace(&mut batch, Vec::with_capacity(BATCH))).is_err() {
            return;
        }
    }
    // The receiver is gone only when its own error is told already.
    let _ = made.send(batch);
}

/// Returns what the index holds: of each article when it was fetched and its shard.
pub(super) fn held(opened: &Opened) -> Result<HashMap<String, (i64, String)>> {
    let mut held = HashMap::new();
    each_held(opened, &mut |id, fetched, shard| {
        held.insert(id.to_string(), (fetched, shard.to_string()));
    })?;
    Ok(held)
}

/// Calls `take` with the id of each article, when it was fetched, and its shard.
pub(super) fn each_held(opened: &Opened, take: &mut dyn FnMut(&str, i64, &str)) -> Result<()> {
    let reader = opened.index.reader()?;
    for segment in reader.searcher().segment_readers() {
        let fast = segment.fast_fields();
        let (Some(ids), Some(shards), fetched) = (fast.str("id")?, fast.str("shard")?, fast.i64("fetched")?) else {
            continue;
        };
        let (mut id, mut shard) = (String::new(), String::new());
        for doc in segment.doc_ids_alive() {
            let (Some(id_ord), Some(shard_ord)) = (ids.term_ords(doc).next(), shards.term_ords(doc).next()) else {
                continue;
            };
            ids.ord_to_str(id_ord, &mut id)?;
            shards.ord_to_str(shard_ord, &mut shard)?;
            take(&id, fetched.first(doc).unwrap_or(0), &shard);
        }
    }
    Ok(())
}

/// Returns the hash of a file's bytes, as the manifest holds it.
///
/// # Errors
/// When the file cannot be read.
pub fn hash(path: &Path) -> Result<String> {
    if path == Path::new("-") {
        bail!("standard input has no name to come back to; write the records to a file");
    }
    let mut file = File::open(path).with_context(|| path.display().to_string())?;
    let mut hash = xxhash_rust::xxh3::Xxh3::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        match file.read(&mut buffer).with_context(|| path.display().to_string())? {
            0 => return Ok(format!("{:032x}", hash.digest128())),
            count => hash.update(&buffer[..count]),
        }
    }
}

/// Names the shards of the index that are not among these and lie below a folder.
pub fn gone(manifest: &BTreeMap<String, String>, shards: &[Shard], below: &str) -> Vec<String> {
    let there: HashSet<_> = shards.iter().map(|shard| shard.name.as_str()).collect();
    manifest.keys().filter(|name| name.starts_with(below) && !there.contains(name.as_str())).cloned().collect()
}
