//! Taking addresses out and putting them in: hosts, the order of their queues, and what is asked again.

use super::bounds::groups;
use super::{Frontier, millis};
use crate::crawl::canonical;
use crate::crawl::fetch::Validators;
use crate::crawl::outcome::{Job, Kept, Learned, State};
use crate::crawl::robots::{Access, Ruling};
use crate::crawl::scope::{Found, Kind, Scope};
use anyhow::{Context, Result};
use jiff::Timestamp;
use rusqlite::{OptionalExtension, Row, params};
use std::collections::HashSet;
use url::Url;

/// A host that may be asked within this time is at work, in milliseconds.
const SOON: i64 = 5000;

/// Holds what is kept of one host.
#[derive(Debug, Clone)]
pub struct Host {
    /// Row.
    pub id: i64,
    /// Scheme, host and port, as a URL.
    pub origin: Url,
    /// Pace at the last request.
    pub pace: Learned,
    /// Last judgement of its robots.txt, and until when it holds (Unix milliseconds).
    pub robots: Option<(Ruling, i64)>,
}

/// Says what a host's queue holds.
#[derive(Debug)]
pub enum Next {
    /// Addresses to ask, in order.
    Jobs(Vec<Job>),
    /// Nothing before this time (Unix milliseconds).
    Wait(i64),
    /// Nothing.
    Nothing,
}

/// Names what an insertion did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entered {
    /// It waits now on this host.
    Queued(i64),
    /// It was there, or is not to be asked.
    Known,
    /// A bound leaves it out, for this reason.
    Left(&'static str),
}

impl Frontier {
    /// Returns the row of the host of a URL, made when it is missing; a host that is none of the crawl's keeps its answers
    /// with those of the host that named it.
    pub(super) fn host_of(&mut self, url: &Url, scope: &Scope, named_by: Option<i64>) -> Result<i64> {
        let origin = url.origin().ascii_serialization();
        if let Some(id) = self.hosts.get(&origin) {
            return Ok(*id);
        }
        let site = match (scope.folder(url), named_by) {
            (Some(folder), _) => folder.to_string(),
            (None, Some(host)) => self.folder(host)?.to_string(),
            (None, None) => canonical::folder(&canonical::host(url)),
        };
        self.db
            .execute("INSERT INTO host (origin, site) VALUES (?1, ?2) ON CONFLICT DO NOTHING", params![origin, site])?;
        let id = self.db.query_row("SELECT id FROM host WHERE origin = ?1", [&origin], |row| row.get(0))?;
        self.hosts.insert(origin, id);
        Ok(id)
    }

    /// Returns the folder of the WARCs of a host.
    pub(super) fn folder(&mut self, host: i64) -> Result<&str> {
        if !self.folders.contains_key(&host) {
            let site: String = self.db.query_row("SELECT site FROM host WHERE id = ?1", [host], |row| row.get(0))?;
            self.folders.insert(host, canonical::folder(&site));
        }
        self.folders.get(&host).map(String::as_str).context("the folder was entered above")
    }

    /// Returns what is kept of a host.
    ///
    /// # Errors
    /// When the state cannot be read.
    pub fn host(&self, id: i64) -> Result<Host> {
        let read = |row: &Row<'_>| {
            let access: Option<String> = row.get(4)?;
            let ruling = match access.as_deref().and_then(Access::named) {
                Some(access) => Some((Ruling { access, reason: row.get(5)?, text: row.get(6)? }, row.get(7)?)),
                None => None,
            };
            let delay: i64 = row.get(1)?;
            let pace = Learned { delay: delay as u64, troubles: row.get(2)?, next: row.get(3)? };
            Ok((row.get::<_, String>(0)?, pace, ruling))
        };
        let sql =
            "SELECT origin, learned_ms, troubles, next_ms, robots_access, robots_reason, robots_text, robots_until_ms
                   FROM host WHERE id = ?1";
        let (origin, pace, robots) = self.db.prepare_cached(sql)?.query_row([id], read)?;
        Ok(Host { id, origin: Url::parse(&origin).context("origin of a host")?, pace, robots })
    }

    /// Returns the hosts of a scope where something waits.
    ///
    /// # Errors
    /// When the state cannot be read.
    pub fn waiting(&self, scope: &Scope) -> Result<Vec<i64>> {
        let sql = "SELECT id, origin, site FROM host WHERE EXISTS (SELECT 1 FROM url WHERE host = host.id AND state = 'queued') ORDER BY id";
        self.covered(sql, scope)
    }

    /// Returns the hosts of a query (row, origin, folder) that belong to a scope.
    fn covered(&self, sql: &str, scope: &Scope) -> Result<Vec<i64>> {
        let mut query = self.db.prepare(sql)?;
        let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        let mut hosts = Vec::new();
        for row in rows {
            let (id, origin, site): (i64, String, String) = row?;
            if scope.covers(&origin, &site) {
                hosts.push(id);
            }
        }
        Ok(hosts)
    }

    /// Lets hosts be tried at once that were never reached when they were tried last; with `all`, all that wait.
    ///
    /// # Errors
    /// When the state cannot be written.
    pub fn lift_waits(&self, scope: &Scope, all: bool) -> Result<()> {
        let sql = "UPDATE host SET next_ms = 0, learned_ms = 0, troubles = 0,
                                   robots_until_ms = iif(robots_access = 'unreachable', 0, robots_until_ms)
                   WHERE id = ?1 AND (?2 OR left_for LIKE 'no connection%'
                     OR (robots_access = 'unreachable' AND (robots_reason LIKE 'no connection%' OR robots_reason LIKE '% is no public address')))";
        for host in self.covered("SELECT id, origin, site FROM host", scope)? {
            self.db.execute(sql, params![host, all])?;
        }
        Ok(())
    }

    /// Takes up to `most` addresses of a host that are not in `taken`; of pages at most `pages`.
    ///
    /// # Errors
    /// When the state cannot be read.
    pub fn take(&self, host: i64, most: usize, pages: u64, taken: &HashSet<i64>) -> Result<Next> {
        let sql = "SELECT url.id, url.url, url.key, url.kind, url.depth, url.hops, url.tries, via.url, url.announced,
                          url.fetched, url.digest, url.etag, url.modified, url.interval_h, url.due_ms
                   FROM url LEFT JOIN url AS via ON via.id = url.via
                   WHERE url.host = ?1 AND url.state = 'queued' ORDER BY url.priority, url.id LIMIT ?2";
        let now = millis(Timestamp::now());
        let mut query = self.db.prepare_cached(sql)?;
        let mut rows = query.query(params![host, (most + taken.len() + 64) as i64])?;
        let (mut jobs, mut soonest, mut pages) = (Vec::new(), None::<i64>, pages);
        while let Some(row) = rows.next()? {
            let (id, due): (i64, i64) = (row.get(0)?, row.get(14)?);
            if taken.contains(&id) {
                continue;
            }
            if due > now {
                soonest = Some(soonest.map_or(due, |other| other.min(due)));
                continue;
            }
            let Some(job) = job(row, host)? else { continue };
            // A further sitemap is read when all that the one before named has been asked.
            if job.kind == Kind::Child && !(jobs.is_empty() && taken.is_empty()) {
                break;
            }
            if job.kind.is_page() {
                if pages == 0 {
                    continue;
                }
                pages -= 1;
            }
            jobs.push(job);
            if jobs.len() == most || jobs.last().is_some_and(|job| job.kind == Kind::Child) {
                break;
            }
        }
        Ok(match (jobs.is_empty(), soonest) {
            (false, _) => Next::Jobs(jobs),
            (true, Some(due)) => Next::Wait(due),
            (true, None) => Next::Nothing,
        })
    }

    /// Enters an address that was found at `via` on the host `named_by`, unless it is known.
    pub(super) fn enter(
        &mut self,
        found: &Found,
        via: Option<i64>,
        hops: u32,
        scope: &Scope,
        named_by: Option<i64>,
    ) -> Result<Entered> {
        let groups = groups(found, &scope.bounds);
        if let Some(reason) = self.full(&groups)?
            && !self.db.prepare_cached("SELECT 1 FROM url WHERE key = ?1")?.exists([&found.key[..]])?
        {
            return Ok(Entered::Left(reason));
        }
        let host = self.host_of(&found.url, scope, named_by)?;
        let sql = "INSERT INTO url (key, url, host, kind, priority, depth, hops, via, announced, state, reason)
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
                   ON CONFLICT (key) DO UPDATE SET
                     state = iif(url.state IN ('skipped', 'queued'), excluded.state, url.state),
                     reason = iif(url.state IN ('skipped', 'queued'), excluded.reason, url.reason),
                     announced = excluded.announced
                   WHERE excluded.announced IS NOT NULL AND (url.announced IS NULL OR url.announced LIKE 'changed %')
                   RETURNING id";
        let state = if found.skipped.is_some() { State::Skipped } else { State::Queued };
        // A link without a date says nothing against the date that a feed gave.
        let announced = found.announced.as_ref().map(|(source, when)| format!("{source} {when}"));
        let changed = || found.skipped.and(found.modified.as_ref()).map(|when| format!("changed {when}"));
        let announced = announced.or_else(changed);
        let values = params![
            &found.key[..],
            found.url.as_str(),
            host,
            found.kind.name(),
            found.kind.priority(),
            found.depth,
            hops,
            via,
            announced,
            state.name(),
            found.skipped,
        ];
        let row: Option<i64> = self.db.prepare_cached(sql)?.query_row(values, |row| row.get(0)).optional()?;
        if let Some(id) = row.filter(|&id| id > self.newest) {
            self.newest = id;
            self.count_in(&groups)?;
        }
        Ok(if row.is_some() && state == State::Queued { Entered::Queued(host) } else { Entered::Known })
    }

    /// Enters the addresses that a new run begins with; those that are known are asked again.
    ///
    /// # Errors
    /// When the state cannot be written.
    pub fn seed(&mut self, seeds: &[Found], scope: &Scope) -> Result<()> {
        self.db.execute_batch("BEGIN IMMEDIATE")?;
        for seed in seeds {
            self.enter(seed, None, 0, scope, None)?;
            let sql = "UPDATE url SET state = 'queued', reason = NULL, due_ms = 0, tries = 0, hops = 0, kind = ?2, priority = ?3, depth = 0
                       WHERE key = ?1";
            self.db.execute(sql, params![&seed.key[..], seed.kind.name(), seed.kind.priority()])?;
        }
        self.write_counts()?;
        self.db.execute_batch("COMMIT")?;
        Ok(())
    }

    /// Puts back into the queues what a new run asks again: feeds and sections always, the rest when its time has come.
    ///
    /// With `all`, every page that was fetched.
    ///
    /// # Errors
    /// When the state cannot be written.
    pub fn requeue(&mut self, scope: &Scope, all: bool) -> Result<()> {
        let now = millis(Timestamp::now());
        let sql = "UPDATE url SET state = 'queued', reason = NULL, tries = 0, hops = 0, due_ms = 0
                   WHERE host = ?1 AND state NOT IN ('queued', 'skipped')
                     AND (due_ms <= ?2 OR (state = 'fetched' AND (?3 OR kind IN ('start', 'section', 'feed'))))";
        for id in self.covered("SELECT id, origin, site FROM host", scope)? {
            self.db.execute(sql, params![id, now, all])?;
            self.requeue_skipped(id, scope)?;
        }
        Ok(())
    }

    /// Puts back what an earlier run left because of its day, where this run asks for that day.
    fn requeue_skipped(&mut self, host: i64, scope: &Scope) -> Result<()> {
        let mut query = self
            .db
            .prepare("SELECT id, announced FROM url WHERE host = ?1 AND state = 'skipped' AND announced IS NOT NULL")?;
        let rows = query.query_map([host], |row| Ok((row.get(0)?, row.get(1)?)))?;
        for row in rows.collect::<rusqlite::Result<Vec<(i64, String)>>>()? {
            let (source, when) = row.1.split_once(' ').unwrap_or_default();
            let when = when.parse().ok();
            let (published, modified) = if source == "changed" { (None, when.as_ref()) } else { (when.as_ref(), None) };
            if scope.outside(published, modified).is_none() {
                self.db.execute("UPDATE url SET state = 'queued', reason = NULL WHERE id = ?1", [row.0])?;
            }
        }
        Ok(())
    }

    /// Counts the addresses that wait, and the hosts where some do and that are not asked now or soon.
    ///
    /// # Errors
    /// When the state cannot be read.
    pub fn queued(&self, is_active: impl Fn(i64) -> bool) -> Result<(u64, u64)> {
        let sql = "SELECT host, count(*), (SELECT next_ms - 2 * max(base_ms, learned_ms) FROM host AS own WHERE own.id = url.host)
                   FROM url WHERE state = 'queued' GROUP BY host";
        let soon = millis(Timestamp::now()) + SOON;
        let mut query = self.db.prepare_cached(sql)?;
        let mut rows = query.query([])?;
        let (mut queued, mut waiting) = (0, 0);
        while let Some(row) = rows.next()? {
            let (host, count, next): (i64, i64, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
            queued += count as u64;
            waiting += u64::from(!is_active(host) || next > soon);
        }
        Ok((queued, waiting))
    }

    /// Notes why a host is left although something waits there; `None` when it is taken up again.
    ///
    /// # Errors
    /// When the state cannot be written.
    pub fn left_for(&self, host: i64, reason: Option<&str>) -> Result<()> {
        self.db
            .prepare_cached("UPDATE host SET left_for = ?2 WHERE id = ?1 AND left_for IS NOT ?2")?
            .execute(params![host, reason])?;
        Ok(())
    }

    /// Notes when a host may be asked again, before it is asked.
    ///
    /// # Errors
    /// When the state cannot be written.
    pub fn will_ask(&self, host: i64, next: i64) -> Result<()> {
        self.db
            .prepare_cached("UPDATE host SET next_ms = max(next_ms, ?2) WHERE id = ?1")?
            .execute(params![host, next])?;
        Ok(())
    }
}

/// Reads a row of the queue; `None` when its address cannot be read, which this program does not write.
fn job(row: &Row<'_>, host: i64) -> Result<Option<Job>> {
    let (url, kind, key): (String, String, Vec<u8>) = (row.get(1)?, row.get(3)?, row.get(2)?);
    let (Ok(url), Some(kind), Ok(key)) = (Url::parse(&url), Kind::named(&kind), key.try_into()) else {
        return Ok(None);
    };
    let announced: Option<String> = row.get(8)?;
    let announced = announced.as_deref().and_then(|text| text.split_once(' ')).and_then(|(source, when)| {
        // What was last changed on a day was not published on it.
        let source = ["feed", "news-sitemap"].into_iter().find(|known| *known == source)?;
        Some((source, when.parse().ok()?))
    });
    let (fetched, digest): (Option<String>, Option<String>) = (row.get(9)?, row.get(10)?);
    let validators = Validators { etag: row.get(11)?, modified: row.get(12)? };
    let interval = row.get(13)?;
    let earlier = fetched.and_then(|at| Some(Kept { at: at.parse().ok()?, digest: digest?, validators, interval }));
    Ok(Some(Job {
        id: row.get(0)?,
        host,
        url,
        key,
        kind,
        depth: row.get(4)?,
        hops: row.get(5)?,
        tries: row.get(6)?,
        via: row.get(7)?,
        announced,
        earlier,
    }))
}
