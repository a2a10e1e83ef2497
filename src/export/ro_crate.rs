//! A snapshot: tables, counts, query and hashes in one folder, described as RO-Crate 1.1, so that a count can be cited.
//!
//! Nothing of the clock or the machine goes in: the same records, arguments and program give the same bytes.
//! Source of the description: <https://w3id.org/ro/crate/1.1>.

use super::counts::Counts;
use super::facts::{self, Facts};
use super::rows::Table;
use super::select::{self, Selection};
use super::{Format, Options, Writer, dictionary, writer};
use crate::article::{SCHEMA_VERSION, VIETNAM};
use crate::corpus::file::{self, AtomicFile, AtomicFolder};
use crate::report::Report;
use anyhow::{Context, Result, ensure};
use jiff::civil::Date;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Says what a snapshot is of.
#[derive(Debug, Clone)]
pub struct Snapshot {
    /// Name: the folder's, and the title of the crate.
    pub name: String,
    /// The query and limits as they were given, in words for people.
    pub query: Value,
    /// Day of publication; without one the latest day that the records know of.
    pub date: Option<Date>,
    /// Leaves lead and body out, so that the newspapers' texts are not passed on.
    pub without_text: bool,
}

const LICENCE: &str = "# Licence note / Ghi chú bản quyền

The texts of the articles (title, lead, body and the sentences quoted) belong to the newspapers and authors named in
each row. They are kept here for analysis and quotation; passing the full texts on needs the newspaper's leave. What was
extracted (numbers, dates, references to documents, counts) are facts. Whoever publishes this folder adds a licence
for their own part.

Nội dung bài viết (tít, sapô, thân bài và câu trích) thuộc về các báo và tác giả ghi ở từng dòng, lưu ở đây để phân tích
và trích dẫn; phổ biến lại toàn văn cần được báo đồng ý. Các dữ kiện trích xuất (con số, ngày tháng, viện dẫn văn bản,
số đếm) là sự kiện.
";

/// Writes a snapshot of the wanted records to a folder that must not exist; it appears there only when whole.
///
/// # Errors
/// When the folder exists or cannot be written, a shard cannot be hashed, or no day is known.
pub fn snapshot(
    folder: &Path,
    snapshot: &Snapshot,
    files: &[PathBuf],
    selection: &Selection,
) -> Result<(Counts, Report)> {
    let folder = AtomicFolder::create(folder)?;
    let room = folder.room();
    let (counts, latest, report) = tables(room, snapshot, files, selection)?;
    let date = snapshot.date.or(latest).context("no record has a date; give the day of the snapshot with --date")?;
    put(room, "counts.json", &format!("{:#}\n", json!(counts)))?;
    put(room, "query.json", &format!("{:#}\n", snapshot.query))?;
    put(room, "LICENCE.md", LICENCE)?;
    for (name, text) in dictionary::files() {
        put(room, name, &text)?;
    }
    let shards = files.iter().map(|path| Hashed::of(path, &path.display().to_string())).collect::<Result<Vec<_>>>()?;
    let mut parts = Vec::new();
    for path in file::list(room, &|name| !name.starts_with('.'))? {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_string();
        parts.push(Hashed::of(&path, &name)?);
    }
    let metadata = describe(snapshot, date, &counts, &shards, &parts);
    put(room, "ro-crate-metadata.json", &format!("{metadata:#}\n"))?;
    folder.finish()?;
    Ok((counts, report))
}

/// Writes the tables, in a pass behind the one that gathers the documents; returns the counts and the latest day that the records know of.
fn tables(
    room: &Path,
    snapshot: &Snapshot,
    files: &[PathBuf],
    selection: &Selection,
) -> Result<(Counts, Option<Date>, Report)> {
    let mut writers: Vec<(Table, Box<dyn Writer<AtomicFile>>)> = Vec::new();
    let mut gathered = facts::gather(files, selection)?;
    let facts = Arc::new(Facts::of(gathered.registry.clone()));
    for table in Table::ALL {
        let mut options = Options { table: Some(table), facts: Some(facts.clone()), ..Options::default() };
        if snapshot.without_text {
            let kept = table.columns().into_iter().filter(|column| !["lead", "body"].contains(&column.name));
            options.fields = kept.map(|column| column.name.to_string()).collect();
        }
        let file = AtomicFile::create(&room.join(format!("{}.parquet", table.name())))?;
        writers.push((table, writer(Format::Parquet, &options, file)?));
    }
    let (mut counts, mut latest) = (Counts::default(), None);
    let report = select::each(files, selection, &mut |record| {
        counts.add(record);
        let fetched = record.article.fetched.map(|moment| VIETNAM.to_datetime(moment).date());
        latest = latest.max(fetched).max(record.article.published_day());
        writers.iter_mut().try_for_each(|(_, writer)| writer.record(record))
    })?;
    for (table, mut writer) in writers {
        if table == Table::Documents {
            facts::documents(&mut gathered)?.iter().try_for_each(|document| writer.document(document))?;
        }
        writer.finish()?.finish()?;
    }
    Ok((counts, latest, report))
}

fn put(room: &Path, name: &str, text: &str) -> Result<()> {
    let mut file = AtomicFile::create(&room.join(name))?;
    file.write_all(text.as_bytes())?;
    file.finish()
}

/// Holds what identifies the bytes of a file.
struct Hashed {
    name: String,
    size: u64,
    sha256: String,
}

impl Hashed {
    fn of(path: &Path, name: &str) -> Result<Hashed> {
        ensure!(
            path.as_os_str() != "-",
            "a snapshot names the hashes of its sources: give record files, not standard input"
        );
        let mut file = File::open(path).with_context(|| path.display().to_string())?;
        let (mut hash, mut size, mut buffer) = (Sha256::new(), 0, vec![0; 1 << 16]);
        loop {
            let length = file.read(&mut buffer).with_context(|| path.display().to_string())?;
            if length == 0 {
                break;
            }
            hash.update(&buffer[..length]);
            size += length as u64;
        }
        let sha256 = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        Ok(Hashed { name: name.to_string(), size, sha256 })
    }
}

/// Makes the crate's description.
fn describe(snapshot: &Snapshot, date: Date, counts: &Counts, shards: &[Hashed], parts: &[Hashed]) -> Value {
    let ids = |names: Vec<String>| names.into_iter().map(|id| json!({ "@id": id })).collect::<Vec<_>>();
    let part_ids = || ids(parts.iter().map(|part| part.name.clone()).collect());
    let shard_ids = || ids((1..=shards.len()).map(|number| format!("#source-{number}")).collect());
    let total = &counts.total;
    let rules: Vec<_> = counts.rules_versions.iter().map(String::as_str).collect();
    let mut graph = vec![
        json!({
            "@id": "ro-crate-metadata.json", "@type": "CreativeWork",
            "conformsTo": { "@id": "https://w3id.org/ro/crate/1.1" }, "about": { "@id": "./" },
        }),
        json!({
            "@id": "./", "@type": "Dataset", "name": snapshot.name, "datePublished": date.to_string(), "inLanguage": "vi",
            "description": format!(
                "Articles of Vietnamese newspapers with the documents, percentages and dates that they mention: {} articles, {} citations, {} percentages, {} dates.",
                total.articles, total.citations, total.percents, total.dates
            ),
            "license": { "@id": "LICENCE.md" }, "hasPart": part_ids(), "isBasedOn": shard_ids(), "mentions": [{ "@id": "#snapshot" }],
        }),
        json!({
            "@id": "#baotinh", "@type": "SoftwareApplication", "name": "baotinh", "softwareVersion": env!("CARGO_PKG_VERSION"),
            "description": format!("record schema version {SCHEMA_VERSION}; extraction rules version {}", rules.join(", ")),
        }),
        json!({
            "@id": "#snapshot", "@type": "CreateAction", "name": format!("baotinh snapshot {}", snapshot.name),
            "instrument": { "@id": "#baotinh" }, "object": shard_ids(), "result": part_ids(),
        }),
    ];
    for part in parts {
        graph.push(json!({
            "@id": part.name, "@type": "File", "name": part.name, "encodingFormat": media_type(&part.name),
            "contentSize": part.size.to_string(), "sha256": part.sha256,
        }));
    }
    for (number, shard) in shards.iter().enumerate() {
        graph.push(json!({
            "@id": format!("#source-{}", number + 1), "@type": "CreativeWork", "name": shard.name,
            "description": format!("Record file that the tables were made of, {} bytes", shard.size), "sha256": shard.sha256,
        }));
    }
    json!({
        "@context": ["https://w3id.org/ro/crate/1.1/context", { "sha256": "https://schema.org/sha256" }],
        "@graph": graph,
    })
}

fn media_type(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("parquet") => "application/vnd.apache.parquet",
        Some("json") => "application/json",
        _ => "text/markdown",
    }
}
