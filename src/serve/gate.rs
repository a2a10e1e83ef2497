//! Bounded work: how many questions are under way at once, how long one waits for its turn, and when it must end.
//!
//! Invariant: a question over its time is an error; it never answers with what it has so far.

use super::Limits;
use super::problem::Problem;
use super::words;
use crate::search::watch::Watch;
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Names what a route costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cost {
    /// A look into columns and a few articles.
    Page,
    /// A pass over texts.
    Scan,
    /// A file of any length.
    File,
}

/// Lets so many questions of each cost in at once.
pub struct Gate {
    pages: Arc<Semaphore>,
    scans: Arc<Semaphore>,
    files: Arc<Semaphore>,
    wait: Duration,
}

impl Gate {
    /// Makes the gate of the limits.
    pub fn new(limits: &Limits) -> Gate {
        let of = |count| Arc::new(Semaphore::new(count));
        Gate { pages: of(limits.pages), scans: of(limits.scans), files: of(limits.files), wait: limits.queue }
    }

    /// Waits for a turn; it ends when what is returned is dropped.
    ///
    /// # Errors
    /// When the turn does not come in time.
    pub async fn enter(&self, cost: Cost) -> Result<OwnedSemaphorePermit, Problem> {
        let semaphore = match cost {
            Cost::Page => &self.pages,
            Cost::Scan => &self.scans,
            Cost::File => &self.files,
        };
        match tokio::time::timeout(self.wait, Arc::clone(semaphore).acquire_owned()).await {
            Ok(Ok(permit)) => Ok(permit),
            _ => Err(Problem::new(503, "busy", words::ERROR_BUSY).after(2)),
        }
    }
}

/// Says that a question was ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// It took more time than it may.
    Late(Duration),
    /// Whoever asked has gone.
    Alone,
}

impl fmt::Display for Ended {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Ended::Late(time) => write!(f, "the query takes longer than {} s", time.as_secs_f32()),
            Ended::Alone => f.write_str("the reader has gone"),
        }
    }
}

impl std::error::Error for Ended {}

/// Ends a question when it is dropped, as it is when whoever asked has gone.
pub struct Asking(Arc<AtomicBool>);

impl Drop for Asking {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// Makes a watch that ends a question after a time, or when what is returned beside it is dropped.
pub fn watch(time: Option<Duration>) -> (Watch, Asking) {
    let (gone, begun) = (Arc::new(AtomicBool::new(false)), Instant::now());
    let asking = Asking(Arc::clone(&gone));
    let watch = Watch::new(move || {
        if gone.load(Ordering::Relaxed) {
            return Err(Ended::Alone.into());
        }
        match time {
            Some(time) if begun.elapsed() > time => Err(Ended::Late(time).into()),
            _ => Ok(()),
        }
    });
    (watch, asking)
}
