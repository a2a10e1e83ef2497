//! Work on bodies, off the threads that talk to servers: no host's answers slow the requests of another.
//!
//! A few threads of its own do it: on many threads, each keeps what it freed and memory grows with their number.

use anyhow::{Context, Result};
use rayon::{ThreadPool, ThreadPoolBuilder};
use std::sync::LazyLock;
use tokio::sync::oneshot;

/// Bodies that are processed at a time; each may take a few times its largest size of memory.
const THREADS: usize = 2;

static POOL: LazyLock<Option<ThreadPool>> =
    LazyLock::new(|| ThreadPoolBuilder::new().num_threads(THREADS).thread_name(|at| format!("body-{at}")).build().ok());

/// Runs a piece of work on one of the threads for bodies, in the order of asking.
///
/// # Errors
/// When the work panics, or no thread could be started.
pub async fn heavy<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    let (done, result) = oneshot::channel();
    let pool = POOL.as_ref().context("the threads for bodies could not be started")?;
    pool.spawn_fifo(move || {
        if let Ok(result) = crate::panics::contain(work) {
            let _ = done.send(result);
        }
    });
    result.await.context("the work on an answer failed")
}
