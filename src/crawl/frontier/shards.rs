//! The WARC shards of a crawl: one open file a newspaper, numbered, changed when it is full.
//!
//! Invariant: a file is entered in the state before it is made, and cut to its committed length when it is opened.

use crate::corpus::Corpus;
use crate::corpus::warc::Writer;
use anyhow::{Context, Result, bail};
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::{HashMap, HashSet};
use std::path::PathBuf;

/// Appends to the shards of a corpus.
pub struct Shards {
    root: PathBuf,
    about: String,
    largest: u64,
    open: HashMap<String, (i64, Writer)>,
    dirty: HashSet<String>,
    /// Files left since the last commit, with their lengths.
    full: Vec<(i64, u64)>,
    /// Newspapers whose files cannot be written, with the reason.
    broken: HashMap<String, String>,
}

impl Shards {
    /// Names the shards of a corpus, each full at `largest` bytes; `about` goes into each file's warcinfo record.
    pub fn of(corpus: &Corpus, about: String, largest: u64) -> Shards {
        Shards {
            root: corpus.warcs(),
            about,
            largest,
            open: HashMap::new(),
            dirty: HashSet::new(),
            full: Vec::new(),
            broken: HashMap::new(),
        }
    }

    /// Cuts every shard to what was committed, and keeps the newest of each newspaper open; a newspaper whose files cannot
    /// be written is left out until the next run.
    ///
    /// # Errors
    /// When the newest is shorter than what was committed.
    pub fn cut_back(&mut self, db: &Connection) -> Result<()> {
        let mut query = db.prepare("SELECT id, site, path, length FROM warc ORDER BY site, number")?;
        let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?;
        let mut newest = HashMap::new();
        for row in rows {
            let (id, site, path, length): (i64, String, String, i64) = row?;
            let path = self.root.join(path);
            if std::fs::metadata(&path).is_ok_and(|found| found.len() > length as u64) {
                let cut = Writer::open(&path, length as u64, &self.about).and_then(|writer| writer.sync());
                if let Err(error) = cut {
                    self.broken.insert(site.clone(), format!("{error:#}"));
                }
            }
            newest.insert(site, (id, path, length));
        }
        for (site, (id, path, length)) in newest {
            let is_short = std::fs::metadata(&path).map_or(0, |found| found.len()) < length as u64;
            match Writer::open(&path, length as u64, &self.about) {
                Ok(writer) => drop(self.open.insert(site, (id, writer))),
                Err(error) if is_short => return Err(error),
                Err(error) => drop(self.broken.insert(site, format!("{error:#}"))),
            }
        }
        Ok(())
    }

    /// Returns the file to append to for a newspaper, and its row.
    ///
    /// # Errors
    /// When a new file cannot be entered or made.
    pub fn writer(&mut self, db: &Connection, site: &str) -> Result<(i64, &mut Writer)> {
        if let Some(reason) = self.broken.get(site) {
            bail!("{reason}");
        }
        let full = self.open.get(site).is_none_or(|(_, writer)| writer.length() >= self.largest);
        if full {
            let last: Option<i64> = db
                .query_row("SELECT max(number) FROM warc WHERE site = ?1", [site], |row| row.get(0))
                .optional()?
                .flatten();
            let number = last.unwrap_or(0) + 1;
            let path = format!("{site}/{site}-{number:05}.warc.gz");
            db.execute("INSERT INTO warc (site, number, path) VALUES (?1, ?2, ?3)", params![site, number, path])?;
            let id = db.last_insert_rowid();
            let writer = Writer::open(&self.root.join(path), 0, &self.about).or_else(|error| {
                db.execute("DELETE FROM warc WHERE id = ?1", [id])?;
                Err(error)
            })?;
            if let Some((row, old)) = self.open.insert(site.to_string(), (id, writer)) {
                old.sync()?;
                self.full.push((row, old.length()));
            }
        }
        self.dirty.insert(site.to_string());
        let (id, writer) = self.open.get_mut(site).context("the shard was opened above")?;
        Ok((*id, writer))
    }

    /// Waits until all that was appended is on the disk, and returns the lengths to commit by row.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn sync(&mut self) -> Result<Vec<(i64, u64)>> {
        let mut lengths = std::mem::take(&mut self.full);
        for site in self.dirty.drain() {
            if let Some((id, writer)) = self.open.get(&site) {
                writer.sync()?;
                lengths.push((*id, writer.length()));
            }
        }
        Ok(lengths)
    }
}
