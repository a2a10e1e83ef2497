//! The index beside each WARC, by which pywb replays it: a line a record, sorted (CDXJ).

use super::canonical::sort_friendly;
use crate::corpus::Corpus;
use crate::corpus::file::AtomicFile;
use anyhow::{Context, Result};
use jiff::Timestamp;
use rusqlite::Connection;
use serde_json::json;
use std::io::Write;
use std::path::Path;
use url::Url;

/// Writes the indexes of the WARCs that have none, or one of another length than is committed.
///
/// # Errors
/// When an index cannot be written.
pub fn write(corpus: &Corpus, db: &Connection) -> Result<()> {
    let mut files = db.prepare("SELECT id, path, length, indexed FROM warc ORDER BY id")?;
    let rows = files.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?;
    for (id, path, length, indexed) in rows.collect::<rusqlite::Result<Vec<(i64, String, i64, Option<i64>)>>>()? {
        let warc = corpus.warcs().join(&path);
        let index = warc.with_file_name(path.rsplit('/').next().unwrap_or(&path).replace(".warc.gz", ".cdxj"));
        if length > 0 && (indexed != Some(length) || !index.is_file()) {
            one(db, id, &path, &index)?;
            db.execute("UPDATE warc SET indexed = ?2 WHERE id = ?1", [id, length])?;
        }
    }
    Ok(())
}

fn one(db: &Connection, warc: i64, path: &str, index: &Path) -> Result<()> {
    let name = path.rsplit('/').next().unwrap_or(path);
    let sql =
        "SELECT url.url, fetch.at, fetch.status, fetch.record, fetch.offset, fetch.length, fetch.digest, fetch.media
               FROM fetch JOIN url ON url.id = fetch.url WHERE fetch.warc = ?1";
    let mut query = db.prepare(sql)?;
    let mut rows = query.query([warc])?;
    let mut lines = Vec::new();
    while let Some(row) = rows.next()? {
        let (url, at, status, record): (String, String, Option<i64>, String) =
            (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?);
        let (offset, length, digest): (i64, i64, String) = (row.get(4)?, row.get(5)?, row.get(6)?);
        let (Ok(parsed), Ok(at)) = (Url::parse(&url), at.parse::<Timestamp>()) else { continue };
        let media: Option<String> = row.get(7)?;
        let mime = if record == "revisit" { "warc/revisit" } else { media.as_deref().unwrap_or("unk") };
        let fields = json!({
            "url": url, "mime": mime, "status": status.map(|status| status.to_string()), "digest": digest,
            "length": length.to_string(), "offset": offset.to_string(), "filename": name,
        });
        lines.push(format!("{} {} {fields}", sort_friendly(&parsed), at.strftime("%Y%m%d%H%M%S")));
    }
    lines.sort();
    let mut file = AtomicFile::create(index)?;
    for line in lines {
        writeln!(file, "{line}").with_context(|| index.display().to_string())?;
    }
    file.finish()
}
