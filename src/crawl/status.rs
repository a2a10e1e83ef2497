//! What a crawl has come to, read from its state at any time, also while it goes on.

use super::frontier;
use super::{moment, now};
use crate::corpus::Corpus;
use anyhow::Result;
use rusqlite::Connection;
use serde::Serialize;

/// Counts the addresses of one state and reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Group {
    /// State.
    pub state: String,
    /// Reason.
    pub reason: String,
    /// Addresses.
    pub count: i64,
}

/// Says how one host stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HostStatus {
    /// Scheme, host and port.
    pub origin: String,
    /// Addresses that wait.
    pub queued: i64,
    /// Addresses whose answers are kept.
    pub fetched: i64,
    /// Addresses that failed.
    pub failed: i64,
    /// Delay between two requests, in milliseconds.
    pub delay_ms: i64,
    /// Troubles in a row.
    pub troubles: i64,
    /// Milliseconds until the host may be asked again; 0 when it may be now.
    pub wait_ms: i64,
    /// When it is tried next; null when it may be asked now.
    pub next_try: Option<String>,
    /// Why it was left although something waits there.
    pub left_for: Option<String>,
    /// What its robots.txt was judged to be, with the reason.
    pub robots: Option<String>,
}

/// Holds the whole picture.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Status {
    /// What the newest run was told to do.
    pub command: Option<String>,
    /// When it began.
    pub started: Option<String>,
    /// When it ended; null while it goes on or was broken off.
    pub ended: Option<String>,
    /// Pages it fetched.
    pub pages: i64,
    /// Addresses by state and reason.
    pub groups: Vec<Group>,
    /// Links that did not enter the frontier, by reason.
    pub left_out: Vec<Group>,
    /// Hosts, those with most to do first.
    pub hosts: Vec<HostStatus>,
    /// WARC files and their committed bytes.
    pub warcs: i64,
    /// Bytes in them.
    pub warc_bytes: i64,
}

/// Longest wait that a host is shown with, in milliseconds: none is waited for longer.
const LONGEST: i64 = super::pace::LONGEST_WAIT.as_millis() as i64;

/// Reads how a crawl stands; `None` when nothing was crawled.
///
/// # Errors
/// When the state cannot be read.
pub fn status(corpus: &Corpus) -> Result<Option<Status>> {
    let Some(db) = frontier::look(&corpus.crawl_state())? else { return Ok(None) };
    let mut status = Status::default();
    let mut run = db.prepare("SELECT command, started, ended, pages FROM run ORDER BY id DESC LIMIT 1")?;
    let mut rows = run.query([])?;
    if let Some(row) = rows.next()? {
        (status.command, status.started, status.ended, status.pages) =
            (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?);
    }
    // What waits has the reason of its host, where that was left.
    let sql = "SELECT state, coalesce(iif(state = 'queued', left_for, reason), ''), count(*)
               FROM url JOIN host ON host.id = url.host GROUP BY 1, 2 ORDER BY 1, 3 DESC, 2";
    status.groups = groups(&db, sql)?;
    status.left_out = groups(&db, "SELECT 'left out', reason, count FROM left_out ORDER BY count DESC, reason")?;
    status.hosts = hosts(&db)?;
    (status.warcs, status.warc_bytes) =
        db.query_row("SELECT count(*), coalesce(sum(length), 0) FROM warc", [], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(Some(status))
}

/// Says what became of one address, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Address {
    /// Address.
    pub url: String,
    /// What was asked for.
    pub kind: String,
    /// State.
    pub state: String,
    /// Reason.
    pub reason: Option<String>,
    /// The rule of robots.txt that decided; null where none is about the address, or it was not asked yet.
    pub robots: Option<String>,
    /// What the robots.txt of its host was judged to be.
    pub robots_txt: Option<String>,
    /// Status of the last answer.
    pub status: Option<i64>,
    /// When the answer came that is kept.
    pub fetched: Option<String>,
    /// WARC file that keeps it, in the folder of WARCs.
    pub warc: Option<String>,
    /// Where in the file.
    pub offset: Option<i64>,
}

/// Hands every address to `each`: those of the frontier in the order in which they were found, then those that were left
/// out, the first ten thousand of each reason; answers whether anything was crawled.
///
/// # Errors
/// When the state cannot be read, or `each` fails.
pub fn addresses(corpus: &Corpus, mut each: impl FnMut(&Address) -> Result<()>) -> Result<bool> {
    let Some(db) = frontier::look(&corpus.crawl_state())? else { return Ok(false) };
    let known = "SELECT url, kind, state, coalesce(reason, iif(state = 'queued', left_for, NULL)), robots, robots_access || ' (' || robots_reason || ')',
                        status, fetched, path, offset
                 FROM url JOIN host ON host.id = url.host LEFT JOIN warc ON warc.id = url.warc ORDER BY url.id";
    // A later run may have asked what an earlier one left out.
    let outside = "SELECT url, 'link', 'left out', reason, NULL, NULL, NULL, NULL, NULL, NULL FROM outside
                   WHERE NOT EXISTS (SELECT 1 FROM url WHERE url.key = outside.key) ORDER BY reason, via, url";
    for sql in [known, outside] {
        rows_of(&db, sql, &mut each)?;
    }
    Ok(true)
}

fn rows_of(db: &Connection, sql: &str, each: &mut impl FnMut(&Address) -> Result<()>) -> Result<()> {
    let mut query = db.prepare(sql)?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        each(&Address {
            url: row.get(0)?,
            kind: row.get(1)?,
            state: row.get(2)?,
            reason: row.get(3)?,
            robots: row.get(4)?,
            robots_txt: row.get(5)?,
            status: row.get(6)?,
            fetched: row.get(7)?,
            warc: row.get(8)?,
            offset: row.get(9)?,
        })?;
    }
    Ok(())
}

fn groups(db: &Connection, sql: &str) -> Result<Vec<Group>> {
    let mut query = db.prepare(sql)?;
    let rows = query.query_map([], |row| Ok(Group { state: row.get(0)?, reason: row.get(1)?, count: row.get(2)? }))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn hosts(db: &Connection) -> Result<Vec<HostStatus>> {
    let sql = "SELECT origin, sum(state = 'queued'), sum(state = 'fetched'), sum(state = 'failed'), max(learned_ms, base_ms), troubles,
                      next_ms, robots_access, robots_reason, robots_until_ms, left_for
               FROM host JOIN url ON url.host = host.id GROUP BY host.id ORDER BY 2 DESC, 1";
    let mut query = db.prepare(sql)?;
    let rows = query.query_map([], |row| {
        let (access, reason): (Option<String>, Option<String>) = (row.get(7)?, row.get(8)?);
        let (next, until, queued): (i64, i64, i64) = (row.get(6)?, row.get(9)?, row.get(1)?);
        let until = if access.as_deref() == Some("unreachable") { until } else { 0 };
        let wait = next.max(until).saturating_sub(now()).clamp(0, LONGEST);
        let next_try = (wait > 0 && queued > 0).then(|| moment(now() + wait));
        Ok(HostStatus {
            origin: row.get(0)?,
            queued: row.get(1)?,
            fetched: row.get(2)?,
            failed: row.get(3)?,
            delay_ms: row.get(4)?,
            troubles: row.get(5)?,
            wait_ms: wait,
            next_try,
            left_for: row.get(10)?,
            robots: access.map(|access| format!("{access} ({})", reason.unwrap_or_default())),
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
