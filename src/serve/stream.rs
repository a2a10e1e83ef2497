//! A file as it is made: pieces through a short channel, so that a slow reader slows the maker and one who leaves ends it.
//!
//! Invariant: a failure after the first byte cuts the answer before its closing chunk; nobody takes it for whole.

use axum::body::Bytes;
use hyper::body::{Body, Frame};
use std::io::{self, Write};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::runtime::Handle;
use tokio::sync::mpsc;

/// Bytes of a piece.
const PIECE: usize = 64 * 1024;
/// Pieces that wait to be taken.
const WAITING: usize = 4;

/// Takes what is written, on a thread that may wait.
pub struct Sink {
    buffer: Vec<u8>,
    pieces: mpsc::Sender<io::Result<Bytes>>,
    time: Duration,
    runtime: Handle,
    whole: bool,
}

/// The body of an answer.
pub struct Pieces(mpsc::Receiver<io::Result<Bytes>>);

/// Makes both ends; a piece that is not taken within `time` ends the file.
pub fn stream(time: Duration, runtime: Handle) -> (Sink, Pieces) {
    let (pieces, taken) = mpsc::channel(WAITING);
    (Sink { buffer: Vec::with_capacity(PIECE), pieces, time, runtime, whole: false }, Pieces(taken))
}

impl Sink {
    fn send(&mut self, piece: io::Result<Bytes>) -> io::Result<()> {
        let sent = self.runtime.block_on(async { tokio::time::timeout(self.time, self.pieces.send(piece)).await });
        match sent {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) => Err(io::Error::new(io::ErrorKind::BrokenPipe, "the reader has gone")),
            Err(_) => Err(io::Error::new(io::ErrorKind::TimedOut, "the reader takes nothing")),
        }
    }

    /// Ends the file as whole.
    ///
    /// # Errors
    /// When the rest is not taken.
    pub fn finish(mut self) -> io::Result<()> {
        self.flush()?;
        self.whole = true;
        Ok(())
    }
}

/// A file that was not ended as whole is cut, so that it reads as broken.
impl Drop for Sink {
    fn drop(&mut self) {
        if !self.whole {
            let _ = self.send(Err(io::Error::other("the file is not whole")));
        }
    }
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.buffer.extend_from_slice(bytes);
        if self.buffer.len() >= PIECE {
            self.flush()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.buffer.is_empty() {
            return Ok(());
        }
        let piece = Bytes::from(std::mem::replace(&mut self.buffer, Vec::with_capacity(PIECE)));
        self.send(Ok(piece))
    }
}

impl Body for Pieces {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        self.0.poll_recv(context).map(|piece| piece.map(|piece| piece.map(Frame::data)))
    }
}
