//! The commit: outcomes to WARC, disk and database, in this order, many at a time.
//!
//! Invariant: an outcome is in the database only when its records are on the disk; a batch is committed whole or not at all.

use super::queue::Entered;
use super::{Frontier, Shards};
use crate::corpus::warc::exchange;
use crate::crawl::outcome::{LeftOut, Outcome, State};
use crate::crawl::revisit;
use crate::crawl::robots::{Access, Ruling};
use crate::crawl::scope::{Found, Scope};
use anyhow::{Context, Result};
use jiff::Timestamp;
use rusqlite::{OptionalExtension, params};
use std::collections::BTreeSet;
use url::Url;

/// Keys that are remembered.
const MOST_KNOWN: usize = 1 << 20;

/// Says what a commit brought.
#[derive(Debug, Default)]
pub struct Committed {
    /// Hosts where something waits now that did not before.
    pub woken: BTreeSet<i64>,
    /// Outcomes that do not count because their WARC cannot be written: row of the address, of the host, and why.
    pub unwritten: Vec<(i64, i64, String)>,
}

/// Says where the record of an outcome lies.
struct Recorded {
    warc: i64,
    offset: i64,
    length: i64,
    digest: String,
    revisit: bool,
}

impl Frontier {
    /// Commits outcomes; one whose WARC cannot be written does not count, and the others do.
    ///
    /// # Errors
    /// When a WARC cannot be synced or the database cannot be written; none of the outcomes counts then.
    pub fn commit(&mut self, shards: &mut Shards, outcomes: &[&Outcome], scope: &Scope) -> Result<Committed> {
        let mut committed = Committed::default();
        let mut recorded = Vec::with_capacity(outcomes.len());
        for outcome in outcomes {
            match self.append(shards, outcome) {
                Ok(record) => recorded.push((*outcome, record)),
                Err(error) => committed.unwritten.push((outcome.job.id, outcome.job.host, format!("{error:#}"))),
            }
        }
        let lengths = shards.sync()?;
        self.db.execute_batch("BEGIN IMMEDIATE")?;
        let result = (|| -> Result<()> {
            for (outcome, recorded) in &recorded {
                self.apply(outcome, recorded.as_ref(), scope, &mut committed.woken)?;
            }
            self.write_counts()?;
            for (id, length) in lengths {
                self.db
                    .prepare_cached("UPDATE warc SET length = ?2 WHERE id = ?1")?
                    .execute(params![id, length as i64])?;
            }
            Ok(())
        })();
        if let Err(error) = result {
            let _ = self.db.execute_batch("ROLLBACK");
            return Err(error);
        }
        self.db.execute_batch("COMMIT").context("the state of the crawl cannot be written")?;
        Ok(committed)
    }

    fn append(&mut self, shards: &mut Shards, outcome: &Outcome) -> Result<Option<Recorded>> {
        let Some(exchange) = &outcome.exchange else { return Ok(None) };
        let site = self.folder(outcome.job.host)?.to_string();
        let (warc, writer) = shards.writer(&self.db, &site)?;
        let (place, digest) = exchange::append(writer, exchange)?;
        let revisit = exchange.unchanged.is_some();
        Ok(Some(Recorded { warc, offset: place.offset as i64, length: place.length as i64, digest, revisit }))
    }

    fn apply(
        &mut self,
        outcome: &Outcome,
        recorded: Option<&Recorded>,
        scope: &Scope,
        woken: &mut BTreeSet<i64>,
    ) -> Result<()> {
        let job = &outcome.job;
        let at = outcome.at.to_string();
        let unchanged = recorded.is_some_and(|recorded| recorded.revisit);
        let interval = revisit::interval(job.earlier.as_ref().map(|kept| kept.interval), unchanged);
        // The same article at another address: the row moves on, and keeps its identity; it is asked at once.
        let itself = outcome.moved.as_ref().filter(|moved| moved.key == job.key);
        let due = if itself.is_some() { 0 } else { revisit::due(outcome, interval) };
        let (state, tries) = match (itself, outcome.state) {
            (Some(_), State::Redirected) => (State::Queued, 0),
            (_, State::Queued) => (State::Queued, job.tries + u32::from(outcome.asked)),
            (_, state) => (state, job.tries),
        };
        let hops = job.hops + u32::from(itself.is_some());
        let url = itself.map_or(&job.url, |moved| &moved.url);
        let host = self.host_of(url, scope, Some(job.host))?;
        self.db
            .prepare_cached(
                "UPDATE url SET state = ?2, reason = ?3, robots = ?4, due_ms = ?5, tries = ?6, status = ?7, hops = ?8, url = ?9, host = ?10,
                                canonical = coalesce(?11, canonical) WHERE id = ?1",
            )?
            .execute(params![
                job.id,
                state.name(),
                outcome.reason,
                outcome.rule,
                due,
                tries,
                outcome.status,
                hops,
                url.as_str(),
                host,
                outcome.canonical
            ])?;
        if state == State::Queued {
            woken.insert(host);
        }
        self.keep(outcome, recorded, interval, &at)?;
        if let Some(moved) = outcome.moved.as_ref().filter(|moved| moved.key != job.key) {
            match self.enter(moved, Some(job.id), job.hops + 1, scope, Some(job.host))? {
                Entered::Queued(host) => drop(woken.insert(host)),
                Entered::Left(reason) => {
                    self.leave_out(&LeftOut { reason, url: moved.url.to_string(), count: None }, Some(job.id))?;
                }
                Entered::Known if outcome.new_cookie => woken.extend(self.ask_with_cookie(moved, job.hops + 1)?),
                Entered::Known => {}
            }
        }
        for found in &outcome.found {
            if found.announced.is_none() && self.known.contains(&found.key) {
                continue;
            }
            match self.enter(found, Some(job.id), 0, scope, Some(job.host))? {
                Entered::Queued(host) => drop(woken.insert(host)),
                Entered::Left(reason) => {
                    self.leave_out(&LeftOut { reason, url: found.url.to_string(), count: None }, Some(job.id))?;
                    continue;
                }
                Entered::Known => {}
            }
            self.remember(found.key);
        }
        for left in &outcome.left {
            self.leave_out(left, Some(job.id))?;
        }
        self.db
            .prepare_cached("UPDATE host SET learned_ms = ?2, troubles = ?3, next_ms = ?4 WHERE id = ?1")?
            .execute(params![job.host, outcome.pace.delay as i64, outcome.pace.troubles, outcome.pace.next])?;
        if outcome.state == State::Fetched && job.kind.is_page() {
            self.db.prepare_cached("UPDATE run SET pages = pages + 1 WHERE id = ?1")?.execute([self.run])?;
        }
        Ok(())
    }

    /// Remembers that a key is in the frontier. A batch that cannot be committed ends the crawl, and the memory with it.
    fn remember(&mut self, key: [u8; 16]) {
        if self.known.len() >= MOST_KNOWN {
            self.known.clear();
        }
        self.known.insert(key);
    }

    /// Notes the record of an answer, and makes it the one that stands for the page when it is a page's newest.
    fn keep(&self, outcome: &Outcome, recorded: Option<&Recorded>, interval: u32, at: &str) -> Result<()> {
        let job = &outcome.job;
        let record = recorded.map(|recorded| if recorded.revisit { "revisit" } else { "response" });
        let (warc, offset, length) = match recorded {
            Some(recorded) => (Some(recorded.warc), Some(recorded.offset), Some(recorded.length)),
            None => (None, None, None),
        };
        let digest = recorded.map(|recorded| recorded.digest.as_str());
        if outcome.state == State::Fetched {
            let validators = &outcome.validators;
            let sql = if record == Some("revisit") {
                "UPDATE url SET etag = coalesce(?2, etag), modified = coalesce(?3, modified), interval_h = ?4 WHERE id = ?1"
            } else {
                "UPDATE url SET etag = ?2, modified = ?3, interval_h = ?4, warc = ?5, offset = ?6, length = ?7, digest = ?8, fetched = ?9,
                                revisions = revisions + 1 WHERE id = ?1"
            };
            let mut statement = self.db.prepare_cached(sql)?;
            if record == Some("revisit") {
                statement.execute(params![job.id, validators.etag, validators.modified, interval])?;
            } else {
                statement.execute(params![
                    job.id,
                    validators.etag,
                    validators.modified,
                    interval,
                    warc,
                    offset,
                    length,
                    digest,
                    at
                ])?;
            }
        }
        // What robots.txt denies was not asked, so it is no fetch.
        if outcome.state != State::Denied {
            self.db
                .prepare_cached(
                    "INSERT INTO fetch (run, url, at, status, state, reason, robots, record, warc, offset, length, digest, media)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
                )?
                .execute(params![
                    self.run,
                    job.id,
                    at,
                    outcome.status,
                    outcome.state.name(),
                    outcome.reason,
                    outcome.rule,
                    record,
                    warc,
                    offset,
                    length,
                    digest,
                    outcome.media
                ])?;
        }
        Ok(())
    }

    /// Asks once more for an address that led to a page which sets a cookie, now that the cookie is there.
    fn ask_with_cookie(&self, moved: &Found, hops: u32) -> Result<Option<i64>> {
        let sql = "UPDATE url SET state = 'queued', reason = NULL, due_ms = 0, hops = ?2
                   WHERE key = ?1 AND state = 'redirected' RETURNING host";
        Ok(self.db.prepare_cached(sql)?.query_row(params![&moved.key[..], hops], |row| row.get(0)).optional()?)
    }

    /// Commits the judgement of a host's robots.txt, and enters the sitemaps it names.
    ///
    /// # Errors
    /// When the state cannot be written.
    pub fn commit_robots(&mut self, host: i64, asked: &Asked, scope: &Scope) -> Result<()> {
        let Asked { at, ruling, until, base, next, sitemaps, .. } = asked;
        self.db.execute_batch("BEGIN IMMEDIATE")?;
        let result = (|| -> Result<()> {
            let (access, time) = (ruling.access.name(), at.to_string());
            self.db.execute(
                "INSERT INTO robots (host, at, access, reason, text) VALUES (?1, ?2, ?3, ?4, ?5)",
                params![host, time, access, ruling.reason, ruling.text],
            )?;
            // Older rules go on while the file cannot be had.
            let older = ruling.access == Access::Unreachable
                && self.db.query_row(
                    "SELECT robots_access IN ('parsed', 'absent') FROM host WHERE id = ?1",
                    [host],
                    |row| Ok(row.get::<_, Option<bool>>(0)?.unwrap_or(false)),
                )?;
            if !older {
                self.db.execute(
                    "UPDATE host SET robots_access = ?2, robots_reason = ?3, robots_text = ?4, robots_at = ?5 WHERE id = ?1",
                    params![host, access, ruling.reason, ruling.text, time],
                )?;
            }
            self.db.execute(
                "UPDATE host SET robots_until_ms = ?2, base_ms = ?3, next_ms = ?4, learned_ms = ?5, troubles = ?6 WHERE id = ?1",
                params![host, until, base, next.next, next.delay as i64, next.troubles],
            )?;
            for found in sitemaps {
                if let Entered::Left(reason) = self.enter(found, None, 0, scope, Some(host))? {
                    self.leave_out(&LeftOut { reason, url: found.url.to_string(), count: None }, None)?;
                }
            }
            self.write_counts()
        })();
        match result {
            Ok(()) => self.db.execute_batch("COMMIT")?,
            Err(error) => {
                let _ = self.db.execute_batch("ROLLBACK");
                return Err(error);
            }
        }
        Ok(())
    }
}

/// Holds what asking for a robots.txt came to.
#[derive(Debug, Clone)]
pub struct Asked {
    /// When.
    pub at: Timestamp,
    /// Address of the file.
    pub url: Url,
    /// What was found.
    pub ruling: Ruling,
    /// Until when it holds (Unix milliseconds).
    pub until: i64,
    /// Delay between two requests, in milliseconds.
    pub base: i64,
    /// Pace of the host from now on.
    pub next: crate::crawl::outcome::Learned,
    /// Sitemaps that the file names.
    pub sitemaps: Vec<Found>,
}
