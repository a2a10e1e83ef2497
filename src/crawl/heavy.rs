//! Work on bodies, off the threads that talk to servers: no host's answers slow the requests of another.

use anyhow::{Context, Result};
use tokio::sync::Semaphore;

/// Bodies that are worked on at a time; each may take a few times its largest size of memory.
const TURNS: usize = 4;
static TURN: Semaphore = Semaphore::const_new(TURNS);

/// Does a piece of work on a thread made for waiting; turns are given in the order of asking.
///
/// # Errors
/// When the work panics.
pub async fn heavy<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    let _turn = TURN.acquire().await.context("turns are never closed")?;
    tokio::task::spawn_blocking(work).await.context("the work on an answer broke off")
}
