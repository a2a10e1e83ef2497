//! Bounds on what one host may bring into the frontier: a limit on the number of steps, where each step has its own.
//!
//! Invariant: a count is on the disk in the same commit as the addresses it counts.

use super::Frontier;
use crate::crawl::scope::{Bounds, Found, Kind, NUMBERED, list_page};
use anyhow::Result;
use rusqlite::{OptionalExtension, params};
use std::collections::{HashMap, HashSet};
use url::Position;
use xxhash_rust::xxh3::xxh3_128;

/// Counts that are remembered.
const MOST_KNOWN: usize = 1 << 18;

pub(super) const SOURCES: &str = "trap: too many sitemaps of one host (--max-sitemaps)";
pub(super) const LINKED: &str = "trap: too many addresses of one host (--max-links)";
pub(super) const CERTAIN: &str = "too many addresses of one host in feeds and sitemaps";
pub(super) const FOLDER: &str = "trap: too many addresses below one folder (--max-links)";
pub(super) const QUERIES: &str = "trap: too many queries of one path (--max-queries)";
/// Reasons that end when a bound is raised.
pub(super) const REASONS: [&str; 5] = [SOURCES, LINKED, CERTAIN, FOLDER, QUERIES];

/// Remembers counts, and which of them are not on the disk yet.
#[derive(Default)]
pub(super) struct Counts {
    known: HashMap<[u8; 16], u64>,
    changed: HashSet<[u8; 16]>,
}

/// What counts an address: the name of the count, how many it may hold, and the reason to leave more out.
pub(super) struct Group {
    name: [u8; 16],
    most: u64,
    pub(super) reason: &'static str,
}

/// Returns the groups that an address counts in.
pub(super) fn groups(found: &Found, bounds: &Bounds) -> Vec<Group> {
    let url = &found.url;
    let host = &url[Position::BeforeHost..Position::AfterPort];
    let group = |name: String, most, reason| Group { name: xxh3_128(name.as_bytes()).to_be_bytes(), most, reason };
    match found.kind {
        Kind::Sitemap | Kind::Child | Kind::Feed => {
            return vec![group(format!("sources {host}"), bounds.sources, SOURCES)];
        }
        _ if found.certain => return vec![group(format!("certain {host}"), bounds.certain, CERTAIN)],
        _ => {}
    }
    let mut groups = vec![group(format!("linked {host}"), bounds.linked, LINKED)];
    let mut folders = url.path_segments().into_iter().flatten();
    if let (Some(first), Some(_)) = (folders.next(), folders.next()) {
        groups.push(group(format!("folder {host}/{first}"), bounds.linked.div_ceil(2), FOLDER));
    }
    if let Some(query) = url.query().filter(|_| list_page(url).is_none()) {
        let numbered = |pair: &str| {
            let value = pair.split_once('=').map_or(pair, |(_, value)| value);
            !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit())
        };
        // A single number is what articles are known by; two of them are a table turned in every direction.
        let is_number = query.split('&').filter(|pair| numbered(pair)).count() == 1;
        let most = if is_number { bounds.queries.saturating_mul(NUMBERED) } else { bounds.queries };
        groups.push(group(
            format!("queries {} {is_number}", &url[Position::BeforeHost..Position::AfterPath]),
            most,
            QUERIES,
        ));
    }
    groups
}

impl Frontier {
    /// Returns the first group that is full, if one is.
    pub(super) fn full(&mut self, groups: &[Group]) -> Result<Option<&'static str>> {
        for group in groups {
            if self.counted(group.name)? >= group.most {
                return Ok(Some(group.reason));
            }
        }
        Ok(None)
    }

    /// Counts an address that entered.
    pub(super) fn count_in(&mut self, groups: &[Group]) -> Result<()> {
        for group in groups {
            let count = self.counted(group.name)?;
            self.bounds.known.insert(group.name, count + 1);
            self.bounds.changed.insert(group.name);
        }
        Ok(())
    }

    fn counted(&mut self, name: [u8; 16]) -> Result<u64> {
        if let Some(count) = self.bounds.known.get(&name) {
            return Ok(*count);
        }
        let sql = "SELECT count FROM counted WHERE name = ?1";
        let count: Option<i64> = self.db.prepare_cached(sql)?.query_row([&name[..]], |row| row.get(0)).optional()?;
        let count = u64::try_from(count.unwrap_or(0)).unwrap_or(0);
        self.bounds.known.insert(name, count);
        Ok(count)
    }

    /// Writes the counts that changed; part of the commit of what they count.
    pub(super) fn write_counts(&mut self) -> Result<()> {
        let sql = "INSERT INTO counted (name, count) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET count = ?2";
        let mut statement = self.db.prepare_cached(sql)?;
        for name in self.bounds.changed.drain() {
            let count = self.bounds.known.get(&name).copied().unwrap_or(0);
            statement.execute(params![&name[..], i64::try_from(count).unwrap_or(i64::MAX)])?;
        }
        if self.bounds.known.len() > MOST_KNOWN {
            self.bounds.known.clear();
        }
        Ok(())
    }
}
