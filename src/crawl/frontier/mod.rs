//! The frontier: a state machine in one SQLite file, `corpus/crawl.sqlite`.
//!
//! Invariant: bodies never go into it, and nothing in it names bytes of a WARC that are not yet on the disk.

mod bounds;
mod commit;
mod outside;
mod queue;
mod shards;

pub use commit::Asked;
pub use queue::{Host, Next};
pub use shards::Shards;

use crate::corpus::file::{create_folder, sync_folder};
use anyhow::{Context, Result, bail, ensure};
use jiff::Timestamp;
use rusqlite::{Connection, OpenFlags, OptionalExtension, params};
use std::collections::{HashMap, HashSet};
use std::fs::{self, File, TryLockError};
use std::path::Path;

/// Version of the schema, kept as `user_version`.
const VERSION: i64 = 2;
const SCHEMA: &str = include_str!("schema.sql");
const FROM_1: &str = include_str!("from_1.sql");

/// Holds the open state of a crawl, and the lock that nobody else crawls into the same corpus.
pub struct Frontier {
    db: Connection,
    _lock: File,
    run: i64,
    /// Hosts met since the start, by origin.
    hosts: HashMap<String, i64>,
    /// Some of the keys that are in the frontier: most links lead to what is known, and need not be looked up.
    known: HashSet<[u8; 16]>,
    /// How many addresses stand under what bounds them.
    bounds: bounds::Counts,
    /// What was left out.
    outside: outside::Outside,
    /// Highest row of an address: what has a higher one is new.
    newest: i64,
    /// Folders of the WARCs of hosts, by row.
    folders: HashMap<i64, String>,
}

/// Opens a crawl's state to look at it, also while a crawl goes on; `None` when there is none.
///
/// # Errors
/// When the file is no crawl's state, or of another version.
pub fn look(path: &Path) -> Result<Option<Connection>> {
    if !path.is_file() {
        return Ok(None);
    }
    let named = || path.display().to_string();
    let mut db = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY).with_context(named)?;
    db.busy_timeout(std::time::Duration::from_secs(10)).with_context(named)?;
    if version(&db).is_ok_and(|version| version == 1) {
        drop(db);
        migrate(&mut Connection::open(path).with_context(named)?).with_context(named)?;
        db = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY).with_context(named)?;
        db.busy_timeout(std::time::Duration::from_secs(10)).with_context(named)?;
    }
    check_version(&db, path)?;
    Ok(Some(db))
}

fn version(db: &Connection) -> rusqlite::Result<i64> {
    db.query_row("PRAGMA user_version", [], |row| row.get(0))
}

/// Makes a state of version 1 one of this version; nothing that was fetched is touched.
fn migrate(db: &mut Connection) -> rusqlite::Result<()> {
    let transaction = db.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    if version(&transaction)? == 1 {
        transaction.execute_batch(FROM_1)?;
        transaction.pragma_update(None, "user_version", VERSION)?;
    }
    transaction.commit()
}

fn check_version(db: &Connection, path: &Path) -> Result<()> {
    let version = version(db).with_context(|| {
        format!("{}: not the state of a crawl; move it away and the crawl begins anew", path.display())
    })?;
    ensure!(
        version == VERSION,
        "{}: state of version {version} where this program keeps {VERSION}; move it away and the crawl begins anew",
        path.display()
    );
    Ok(())
}

impl Frontier {
    /// Opens the state of a corpus, made when it is missing.
    ///
    /// # Errors
    /// When another crawl holds it, or it cannot be read.
    pub fn open(path: &Path) -> Result<Frontier> {
        let named = || path.display().to_string();
        let folder = path.parent().unwrap_or(Path::new("."));
        create_folder(folder).with_context(|| folder.display().to_string())?;
        let lock = lock(&path.with_extension("lock"))?;
        let fresh = !path.exists() || fs::metadata(path).is_ok_and(|found| found.len() == 0);
        let mut db = Connection::open(path).with_context(named)?;
        db.pragma_update(None, "journal_mode", "wal").with_context(named)?;
        db.pragma_update(None, "synchronous", "full").with_context(named)?;
        db.pragma_update(None, "cache_size", -65_536).with_context(named)?;
        db.set_prepared_statement_cache_capacity(64);
        let version = version(&db).with_context(named)?;
        let tables: i64 =
            db.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0)).with_context(named)?;
        if fresh || (version == 0 && tables == 0) {
            let transaction = db.transaction().with_context(named)?;
            transaction.execute_batch(SCHEMA).with_context(named)?;
            transaction.pragma_update(None, "user_version", VERSION).with_context(named)?;
            transaction.commit().with_context(named)?;
            // The name of a new file is durable only when its folder is.
            sync_folder(folder).with_context(named)?;
        }
        if version == 1 {
            migrate(&mut db).with_context(named)?;
        }
        check_version(&db, path)?;
        let newest = db.query_row("SELECT coalesce(max(id), 0) FROM url", [], |row| row.get(0)).with_context(named)?;
        Ok(Frontier {
            db,
            _lock: lock,
            run: 0,
            hosts: HashMap::new(),
            known: HashSet::new(),
            bounds: bounds::Counts::default(),
            outside: outside::Outside::default(),
            newest,
            folders: HashMap::new(),
        })
    }

    /// Goes on with the run of a command that did not end, or begins a new one; answers whether it is new.
    ///
    /// # Errors
    /// When the state cannot be written.
    pub fn begin(&mut self, command: &str) -> Result<bool> {
        let last: Option<i64> = self
            .db
            .query_row(
                "SELECT id FROM run WHERE command = ?1 AND ended IS NULL ORDER BY id DESC LIMIT 1",
                [command],
                |row| row.get(0),
            )
            .optional()?;
        if let Some(run) = last {
            self.run = run;
            return Ok(false);
        }
        self.db.execute(
            "INSERT INTO run (command, started) VALUES (?1, ?2)",
            params![command, Timestamp::now().to_string()],
        )?;
        self.run = self.db.last_insert_rowid();
        Ok(true)
    }

    /// Ends the run: the same command begins a new one.
    ///
    /// # Errors
    /// When the state cannot be written.
    pub fn end(&mut self) -> Result<()> {
        self.db.execute("UPDATE run SET ended = ?1 WHERE id = ?2", params![Timestamp::now().to_string(), self.run])?;
        Ok(())
    }

    /// Returns how many pages the run has fetched.
    ///
    /// # Errors
    /// When the state cannot be read.
    pub fn pages(&self) -> Result<u64> {
        Ok(self.db.query_row("SELECT pages FROM run WHERE id = ?1", [self.run], |row| row.get::<_, i64>(0))? as u64)
    }

    /// Returns the database, to be read.
    pub fn db(&self) -> &Connection {
        &self.db
    }
}

/// Takes the lock of a corpus, which the system gives back when the process dies.
fn lock(path: &Path) -> Result<File> {
    let file = File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(path)
        .with_context(|| path.display().to_string())?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => {
            bail!("{}: another crawl is at work in this corpus; wait for its end", path.display())
        }
        Err(TryLockError::Error(error)) => Err(error).with_context(|| path.display().to_string()),
    }
}

/// Returns a moment as Unix milliseconds.
pub fn millis(at: Timestamp) -> i64 {
    at.as_millisecond()
}
