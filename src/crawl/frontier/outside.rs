//! What did not enter the frontier: counted by reason, and the first addresses of each reason by name.

use super::Frontier;
use super::bounds::REASONS;
use super::queue::Entered;
use crate::crawl::canonical;
use crate::crawl::outcome::LeftOut;
use crate::crawl::scope::{Kind, Scope};
use anyhow::Result;
use rusqlite::params;
use std::collections::{HashMap, HashSet};
use url::Url;
use xxhash_rust::xxh3::xxh3_128;

/// Addresses of one reason that are kept by name; more are only counted.
pub const MOST_NAMED: i64 = 10_000;
/// Keys that are remembered.
const MOST_KNOWN: usize = 1 << 18;
/// Longest address that is kept by name, in bytes.
const LONGEST: usize = 1100;

/// Remembers what was left out, so that most of it needs no look at the disk.
#[derive(Default)]
pub(super) struct Outside {
    known: HashSet<[u8; 16]>,
    named: HashMap<String, i64>,
}

impl Frontier {
    /// Notes an address that is not asked, once.
    pub(super) fn leave_out(&mut self, left: &LeftOut, via: Option<i64>) -> Result<()> {
        if let Some(count) = left.count {
            return self.count_left(left, count);
        }
        let key = Url::parse(&left.url).ok().and_then(canonical::clean);
        let key = key.map_or_else(|| xxh3_128(left.url.as_bytes()).to_be_bytes(), |url| canonical::key(&url));
        if !self.outside.known.insert(key) {
            return Ok(());
        }
        if self.outside.known.len() > MOST_KNOWN {
            self.outside.known.clear();
        }
        if !self.outside.named.contains_key(left.reason) {
            let sql = "SELECT count(*) FROM outside WHERE reason = ?1";
            let named = self.db.query_row(sql, [left.reason], |row| row.get(0))?;
            self.outside.named.insert(left.reason.to_string(), named);
        }
        let named = self.outside.named.entry(left.reason.to_string()).or_default();
        if *named < MOST_NAMED {
            let url = &left.url[..left.url.floor_char_boundary(LONGEST)];
            let sql = "INSERT OR IGNORE INTO outside (key, url, reason, via) VALUES (?1, ?2, ?3, ?4)";
            if self.db.prepare_cached(sql)?.execute(params![&key[..], url, left.reason, via])? == 0 {
                return Ok(());
            }
            *named += 1;
        }
        self.count_left(left, 1)
    }

    fn count_left(&self, left: &LeftOut, count: u64) -> Result<()> {
        let sql = "INSERT INTO left_out (reason, count, example) VALUES (?1, ?2, ?3) ON CONFLICT (reason) DO UPDATE SET count = count + ?2";
        self.db.prepare_cached(sql)?.execute(params![left.reason, count as i64, left.url])?;
        Ok(())
    }

    /// Enters what a bound left out, as far as the bounds of this run allow it.
    ///
    /// # Errors
    /// When the state cannot be written.
    pub fn take_back(&mut self, scope: &Scope) -> Result<()> {
        let rows: Vec<(Vec<u8>, String, String, Option<i64>)> = {
            let mut query = self.db.prepare("SELECT key, url, reason, via FROM outside")?;
            let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?;
            rows.collect::<rusqlite::Result<_>>()?
        };
        self.db.execute_batch("BEGIN IMMEDIATE")?;
        for (key, url, reason, via) in rows.into_iter().filter(|row| REASONS.contains(&row.2.as_str())) {
            let Ok(url) = Url::parse(&url) else { continue };
            let judged = match reason.as_str() {
                super::bounds::SOURCES => scope.source(url.clone(), Kind::Child, &url),
                _ => scope.page(url.clone(), &url, 1),
            };
            let Ok(found) = judged else { continue };
            if let Entered::Left(_) = self.enter(&found, via, 0, scope, None)? {
                continue;
            }
            self.db.prepare_cached("DELETE FROM outside WHERE key = ?1")?.execute([&key])?;
            self.db.prepare_cached("UPDATE left_out SET count = count - 1 WHERE reason = ?1")?.execute([&reason])?;
        }
        self.db.execute("DELETE FROM left_out WHERE count <= 0", [])?;
        self.write_counts()?;
        self.db.execute_batch("COMMIT")?;
        Ok(())
    }
}
