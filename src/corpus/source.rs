//! What a record shard was made of: length and hash of its WARC, in a small file beside the shard.
//!
//! Invariant: a shard is current by content; a page appended while the WARC was read makes it outdated, whatever the clocks say.

use super::file::AtomicFile;
use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;
use xxhash_rust::xxh3::Xxh3;

/// Describes a WARC as it was before it was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// Bytes.
    length: u64,
    /// Hash (XXH3) of these bytes.
    hash: String,
    /// Time of change, by which a file that stands untouched is known without reading it.
    modified: Option<SystemTime>,
}

impl Source {
    /// Describes a file.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn of(file: &Path) -> Result<Source> {
        let named = || file.display().to_string();
        let found = fs::metadata(file).with_context(named)?;
        let hash = hash(file, found.len()).with_context(named)?;
        Ok(Source { length: found.len(), hash, modified: found.modified().ok() })
    }

    /// Reads what a record shard was made of; nothing where that is not known.
    pub fn noted(shard: &Path) -> Option<Source> {
        serde_json::from_slice(&fs::read(place(shard)).ok()?).ok()
    }

    /// Notes it beside a record shard.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn note(&self, shard: &Path) -> Result<()> {
        let mut file = AtomicFile::create(&place(shard))?;
        serde_json::to_writer(&mut file, self)?;
        file.write_all(b"\n")?;
        file.finish()
    }

    /// Says whether a file is still the one described.
    pub fn is(&self, file: &Path) -> bool {
        let Ok(found) = fs::metadata(file) else { return false };
        found.len() == self.length
            && (self.modified.is_some() && found.modified().ok() == self.modified
                || hash(file, self.length).is_ok_and(|hash| hash == self.hash))
    }
}

/// Returns the file beside a record shard: `<name>.source.json`.
fn place(shard: &Path) -> PathBuf {
    let name = shard.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    shard.with_file_name(format!("{}.source.json", name.trim_end_matches(".zst").trim_end_matches(".jsonl")))
}

/// Hashes the first bytes of a file.
fn hash(file: &Path, length: u64) -> io::Result<String> {
    let (mut file, mut hash, mut buffer) = (File::open(file)?.take(length), Xxh3::new(), vec![0; 1 << 18]);
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok(format!("{:016x}", hash.digest())),
            read => hash.update(&buffer[..read]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_the_same_by_its_content_and_not_by_its_time() {
        let folder = tempfile::tempdir().expect("a folder");
        let (warc, shard) = (folder.path().join("a.warc.gz"), folder.path().join("a.jsonl.zst"));
        fs::write(&warc, "one").expect("written");
        Source::of(&warc).expect("described").note(&shard).expect("noted");
        let source = Source::noted(&shard).expect("there");
        assert!(source.is(&warc));
        // Copied elsewhere and back: another time, the same content.
        let hour_before = SystemTime::now() - std::time::Duration::from_secs(3600);
        File::options().write(true).open(&warc).expect("opened").set_modified(hour_before).expect("set");
        assert!(source.is(&warc));
        fs::write(&warc, "two").expect("written");
        File::options().write(true).open(&warc).expect("opened").set_modified(hour_before).expect("set");
        assert!(!source.is(&warc), "other bytes of the same length");
        fs::write(&warc, "one and more").expect("written");
        assert!(!source.is(&warc));
        assert_eq!(Source::noted(&folder.path().join("b.jsonl.zst")), None);
    }
}
