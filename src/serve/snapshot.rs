//! The state of the archive that answers are of, and the look-out for a newer one.
//!
//! Invariant: a new state is made whole before it takes the old one's place; one that cannot be opened leaves the old one.

use super::request::Site;
use crate::answer::Answer;
use crate::search::Archive;
use anyhow::Result;
use std::collections::VecDeque;
use std::fs;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::SystemTime;

/// Answers kept of one state.
const KEPT: usize = 32;

/// Holds one state of the archive and what was found out about it.
pub struct Snapshot {
    /// The archive.
    pub archive: Archive,
    /// Answers that cost a pass over the texts, by address, the newest first.
    kept: Mutex<VecDeque<(String, Arc<Answer>)>>,
}

impl Snapshot {
    /// Makes the state of an archive that is open.
    pub fn new(archive: Archive) -> Snapshot {
        Snapshot { archive, kept: Mutex::default() }
    }

    /// Returns its id.
    pub fn id(&self) -> &str {
        self.archive.snapshot()
    }

    /// Returns the answer under a key, made when it is not there.
    pub fn answer(&self, key: &str, make: impl FnOnce() -> Result<Answer>) -> Result<Arc<Answer>> {
        let lock = || self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, answer)) = lock().iter().find(|(known, _)| known == key) {
            return Ok(Arc::clone(answer));
        }
        let answer = Arc::new(make()?);
        let mut kept = lock();
        kept.push_front((key.to_string(), Arc::clone(&answer)));
        kept.truncate(KEPT);
        Ok(answer)
    }
}

/// Holds the newest state that could be opened.
pub struct Current {
    snapshot: RwLock<Arc<Snapshot>>,
    trouble: RwLock<Option<String>>,
}

impl Current {
    /// Begins with a state.
    pub fn new(snapshot: Snapshot) -> Current {
        Current { snapshot: RwLock::new(Arc::new(snapshot)), trouble: RwLock::default() }
    }

    /// Returns the state that holds now.
    pub fn get(&self) -> Arc<Snapshot> {
        Arc::clone(&self.snapshot.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Returns why the index on the disk cannot be read, when it cannot.
    pub fn trouble(&self) -> Option<String> {
        self.trouble.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn set(&self, opened: Result<Archive>) -> Option<String> {
        let trouble = match opened {
            Ok(archive) => {
                let mut held = self.snapshot.write().unwrap_or_else(PoisonError::into_inner);
                if held.id() != archive.snapshot() {
                    *held = Arc::new(Snapshot::new(archive));
                }
                None
            }
            Err(error) => Some(format!("{error:#}")),
        };
        *self.trouble.write().unwrap_or_else(PoisonError::into_inner) = trouble.clone();
        trouble
    }
}

/// Looks at the index until the server ends, and takes a newer state up.
pub async fn watch(site: Arc<Site>) {
    let mut seen = stamp(&site.options.index);
    loop {
        tokio::time::sleep(site.options.limits.reload).await;
        let now = stamp(&site.options.index);
        if now == seen {
            continue;
        }
        seen = now;
        let opening = Arc::clone(&site);
        let opened = tokio::task::spawn_blocking(move || {
            let opened = crate::panics::contain(|| Archive::open(&opening.options.index));
            let opened = opened.unwrap_or_else(|_| Err(anyhow::anyhow!("{}", opening.options.index.display())));
            opening.current.set(opened)
        });
        match opened.await {
            Ok(Some(trouble)) => (site.options.log)(&format!("the old index stays: {trouble}")),
            Ok(None) => (site.options.log)(&format!("snapshot {}", site.current.get().id())),
            Err(error) => (site.options.log)(&format!("the index could not be looked at: {error}")),
        }
    }
}

/// Returns what changes when the index is written.
fn stamp(index: &Path) -> Option<(SystemTime, u64)> {
    let file = fs::metadata(index.join("meta.json")).ok()?;
    Some((file.modified().ok()?, file.len()))
}
