//! The commit: outcomes to WARC, disk and database, in this order, many at a time.
//!
//! Invariant: an outcome is in the database only when its records are on the disk; a batch is committed whole or not at all.

use super::queue::Entered;
use super::{Frontier, Shards};
use crate::corpus::warc::exchange;
use crate::crawl::outcome::{Outcome, State};
use crate::crawl::revisit;
use crate::crawl::robots::{Access, Ruling};
use crate::crawl::scope::{Found, Scope};
use anyhow::{Context, Result};
use jiff::Timestamp;
use rusqlite::params;
use std::collections::BTreeSet;
use url::Url;

/// Keys that are remembered.
const MOST_KNOWN: usize = 1 << 20;

/// Says where the record of an outcome lies.
struct Recorded {
    warc: i64,
    offset: i64,
    length: i64,
    digest: String,
    revisit: bool,
}

impl Frontier {
    /// Commits outcomes; answers the hosts where something waits now that did not before.
    ///
    /// # Errors
    /// When a WARC or the database cannot be written; none of the outcomes counts then.
    pub fn commit(&mut self, shards: &mut Shards, outcomes: &[&Outcome], scope: &Scope) -> Result<BTreeSet<i64>> {
        let mut recorded = Vec::with_capacity(outcomes.len());
        for outcome in outcomes {
            recorded.push(self.append(shards, outcome, scope)?);
        }
        let lengths = shards.sync()?;
        self.db.execute_batch("BEGIN IMMEDIATE")?;
        let mut woken = BTreeSet::new();
        let result = (|| -> Result<()> {
            for (outcome, recorded) in outcomes.iter().zip(&recorded) {
                self.apply(outcome, recorded.as_ref(), scope, &mut woken)?;
            }
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
        Ok(woken)
    }

    fn append(&self, shards: &mut Shards, outcome: &Outcome, scope: &Scope) -> Result<Option<Recorded>> {
        let Some(exchange) = &outcome.exchange else { return Ok(None) };
        let site = scope.folder(&outcome.job.url).context("the address was judged to be in scope")?;
        let (warc, writer) = shards.writer(&self.db, site)?;
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
        let due = revisit::due(outcome, interval);
        // The same article at another address: the row moves on, and keeps its identity.
        let itself = outcome.moved.as_ref().filter(|moved| moved.key == job.key);
        let (state, tries) = match (itself, outcome.state) {
            (Some(_), State::Redirected) => (State::Queued, 0),
            (_, State::Queued) => (State::Queued, job.tries + 1),
            (_, state) => (state, job.tries),
        };
        let hops = job.hops + u32::from(itself.is_some());
        let url = itself.map_or(&job.url, |moved| &moved.url);
        let host = self.host_of(url, scope)?;
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
        if let Some(moved) = outcome.moved.as_ref().filter(|moved| moved.key != job.key)
            && let Entered::Queued(host) = self.enter(moved, Some(job.id), job.hops + 1, scope)?
        {
            woken.insert(host);
        }
        for found in &outcome.found {
            if found.announced.is_none() && self.known.contains(&found.key) {
                continue;
            }
            match self.enter(found, Some(job.id), 0, scope)? {
                Entered::Queued(host) => drop(woken.insert(host)),
                Entered::Variant => {
                    self.leave("trap: too many queries of one path", 1, found.url.as_str())?;
                    continue;
                }
                Entered::Known => {}
            }
            self.remember(found.key);
        }
        for (reason, count, example) in &outcome.left {
            self.leave(reason, *count, example)?;
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

    fn leave(&self, reason: &str, count: u64, example: &str) -> Result<()> {
        let sql = "INSERT INTO left_out (reason, count, example) VALUES (?1, ?2, ?3) ON CONFLICT (reason) DO UPDATE SET count = count + ?2";
        self.db.prepare_cached(sql)?.execute(params![reason, count as i64, example])?;
        Ok(())
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
                self.enter(found, None, 0, scope)?;
            }
            Ok(())
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
