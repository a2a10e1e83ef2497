//! The proof: frontier and WARCs say the same, record by record.
//!
//! Invariant: all is read of one moment, so that a crawl may be at work meanwhile; no file is held whole, and none twice.

use super::frontier;
use super::outcome::State;
use crate::corpus::Corpus;
use crate::corpus::warc::{Kind, Record, digest, read_to};
use crate::report::Report;
use anyhow::Result;
use rusqlite::Connection;

/// Counts what was compared, and names what does not agree.
#[derive(Debug, Clone, Default)]
pub struct Verified {
    /// Addresses in the frontier.
    pub addresses: i64,
    /// Addresses that still wait.
    pub queued: i64,
    /// WARC files.
    pub files: usize,
    /// Records of answers in them.
    pub records: u64,
    /// What does not agree.
    pub report: Report,
}

/// Holds what the state says of one record.
struct Claim {
    url: String,
    record: String,
    length: i64,
    digest: String,
}

/// Compares the state of a crawl with its WARCs; `None` when nothing was crawled.
///
/// # Errors
/// When the state cannot be read; what does not agree is in the report.
pub fn verify(corpus: &Corpus) -> Result<Option<Verified>> {
    let Some(mut db) = frontier::look(&corpus.crawl_state())? else { return Ok(None) };
    // One read transaction: rows and lengths are those of the moment of its first read.
    let moment = db.transaction()?;
    let mut verified = Verified::default();
    states(&moment, &mut verified)?;
    let mut files = moment.prepare("SELECT id, path, length FROM warc ORDER BY id")?;
    let files = files.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    for file in files.collect::<rusqlite::Result<Vec<(i64, String, i64)>>>()? {
        verified.files += 1;
        one(corpus, &moment, file, &mut verified)?;
    }
    Ok(Some(verified))
}

/// Checks that every address is in one known state, and has its record where the state needs one.
fn states(db: &Connection, verified: &mut Verified) -> Result<()> {
    let mut query = db.prepare("SELECT state, count(*) FROM url GROUP BY state")?;
    for row in query.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?)))? {
        let (state, count) = row?;
        verified.addresses += count;
        verified.queued += if state == State::Queued.name() { count } else { 0 };
        if !State::ALL.iter().any(|known| known.name() == state) {
            verified.report.fail(format!("{count} addresses"), format!("{state:?} is no state"));
        }
    }
    // The index on the place of records makes this one look an address.
    let sql = "SELECT url FROM url WHERE state = 'fetched'
               AND NOT EXISTS (SELECT 1 FROM fetch WHERE fetch.warc = url.warc AND fetch.offset = url.offset AND fetch.url = url.id)";
    let mut query = db.prepare(sql)?;
    for url in query.query_map([], |row| row.get::<_, String>(0))? {
        verified.report.fail(url?, "is fetched, but no request of it left a record");
    }
    Ok(())
}

fn one(
    corpus: &Corpus,
    db: &Connection,
    (id, path, length): (i64, String, i64),
    verified: &mut Verified,
) -> Result<()> {
    let file = corpus.warcs().join(&path);
    let (there, report) = (std::fs::metadata(&file).map(|found| found.len()), &mut verified.report);
    match there {
        Ok(there) if there < length as u64 => {
            report.fail(&path, format!("has {there} bytes where {length} were committed; put the whole file back"));
        }
        Ok(_) => {}
        // Entered in the state, and nothing committed to it yet.
        Err(_) if length == 0 => return Ok(()),
        Err(error) => {
            report.fail(&path, format!("{error}; put the file back"));
            return Ok(());
        }
    }
    let sql = "SELECT fetch.offset, url.url, fetch.record, fetch.length, fetch.digest
               FROM fetch JOIN url ON url.id = fetch.url WHERE fetch.warc = ?1 ORDER BY fetch.offset";
    let mut query = db.prepare_cached(sql)?;
    let mut claims = query.query_map([id], |row| {
        let claim = Claim { url: row.get(1)?, record: row.get(2)?, length: row.get(3)?, digest: row.get(4)? };
        Ok((row.get::<_, i64>(0)?, claim))
    })?;
    let mut next = claims.next().transpose()?;
    // What stands after the committed length is being written, or is cut off when the crawl resumes.
    for record in read_to(&file, length as u64)? {
        let record = match record {
            Ok(record) if matches!(record.kind, Kind::Response | Kind::Revisit) => record,
            Ok(_) => continue,
            Err(error) => {
                report.fail(&path, format!("{error:#}"));
                continue;
            }
        };
        verified.records += 1;
        let offset = record.offset as i64;
        while let Some((claimed, claim)) = next.take_if(|(claimed, _)| *claimed < offset) {
            report.fail(format!("{path}@{claimed}"), missing(&claim));
            next = claims.next().transpose()?;
        }
        let place = format!("{path}@{offset}");
        match next.take_if(|(claimed, _)| *claimed == offset) {
            Some((_, claim)) => {
                check(&place, &record, &claim, report);
                next = claims.next().transpose()?;
            }
            None => report.fail(place, "the state knows of no such record"),
        }
    }
    while let Some((offset, claim)) = next {
        report.fail(format!("{path}@{offset}"), missing(&claim));
        next = claims.next().transpose()?;
    }
    Ok(())
}

fn missing(claim: &Claim) -> String {
    format!("no record here, where the answer of {} should be", claim.url)
}

fn check(place: &str, record: &Record, claim: &Claim, report: &mut Report) {
    if record.kind.name() != claim.record {
        report.fail(place, format!("a {} where the state has a {}", record.kind.name(), claim.record));
    }
    if record.length as i64 != claim.length {
        report.fail(place, format!("{} bytes where the state has {}", record.length, claim.length));
    }
    if record.field("WARC-Payload-Digest") != Some(&claim.digest) {
        report.fail(place, "another digest than the state's");
    }
    let body = record.message().map(|message| digest(message.body));
    if record.kind == Kind::Response && body.as_deref() != Some(&claim.digest) {
        report.fail(place, "the bytes are not those of the digest");
    }
}
