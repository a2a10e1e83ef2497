//! The page and the HTTP API over an index: HTML made here, readable without scripts, in Vietnamese and English.
//!
//! 1. `listen` takes connections, `guard` refuses what is none of ours, `handle` finds the route and renders it.
//! 2. `route` is the one table of addresses and parameters: pages, files, forms and the OpenAPI description read it.
//! 3. `page` has a file a page; each shows an [`Answer`](crate::answer::Answer) of `search` or `export`, none computes one.
//!
//! Invariant: GET and HEAD only, and no path of a request ever names a file. An answer is of one snapshot of the index.

mod asset;
mod chart;
mod file;
mod gate;
mod guard;
mod handle;
mod html;
mod language;
mod listen;
mod openapi;
mod page;
mod parameter;
mod problem;
mod request;
mod route;
mod snapshot;
mod stream;
mod table;
mod words;

use crate::search::Archive;
use anyhow::{Context, Result, bail, ensure};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc;
use std::thread::JoinHandle;
use std::time::Duration;
use tokio::sync::oneshot;

/// What takes the lines of the log.
pub type Log = Arc<dyn Fn(&str) + Send + Sync>;

/// Says what is served, where, and within which limits.
#[derive(Clone)]
pub struct Options {
    /// Index folder.
    pub index: PathBuf,
    /// Address to listen on; not a loopback one only with `hosts`.
    pub address: IpAddr,
    /// Port; 0 takes a free one.
    pub port: u16,
    /// Host names answered to, besides those of the loopback; with their port, if they have one.
    pub hosts: Vec<String>,
    /// Path that all addresses begin with, with a slash at both ends.
    pub base: String,
    /// Full texts of articles are shown.
    pub with_text: bool,
    /// The log holds queries.
    pub log_queries: bool,
    /// Takes the lines of the log.
    pub log: Log,
    /// Limits.
    pub limits: Limits,
}

/// Bounds what one request, and all together, may cost.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Time for a page.
    pub page: Duration,
    /// Time that a file may pass without a piece of it being taken.
    pub file: Duration,
    /// Time that a request waits for its turn.
    pub queue: Duration,
    /// Time for the head of a request.
    pub head: Duration,
    /// Time for what is under way at the end.
    pub drain: Duration,
    /// Time between two looks at the index.
    pub reload: Duration,
    /// Connections at once.
    pub connections: usize,
    /// Pages at once.
    pub pages: usize,
    /// Passes over texts at once.
    pub scans: usize,
    /// Files at once.
    pub files: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        Limits {
            page: Duration::from_secs(10),
            file: Duration::from_secs(60),
            queue: Duration::from_secs(2),
            head: Duration::from_secs(10),
            drain: Duration::from_secs(10),
            reload: Duration::from_secs(2),
            connections: 256,
            pages: 4 * cores,
            scans: cores,
            files: 2,
        }
    }
}

impl Options {
    /// Serves an index on the loopback with everything else as usual.
    pub fn new(index: impl Into<PathBuf>) -> Options {
        Options {
            index: index.into(),
            address: IpAddr::V4(Ipv4Addr::LOCALHOST),
            port: 8642,
            hosts: Vec::new(),
            base: "/".to_string(),
            with_text: true,
            log_queries: false,
            log: Arc::new(|_| ()),
            limits: Limits::default(),
        }
    }
}

/// A server that answers until it is stopped or dropped.
pub struct Server {
    address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<Result<()>>>,
}

impl Server {
    /// Opens the index, listens, and answers on threads of its own.
    ///
    /// # Errors
    /// When the index cannot be opened, the port is taken, or the options are not safe.
    pub fn start(options: Options) -> Result<Server> {
        ensure!(
            options.address.is_loopback() || !options.hosts.is_empty(),
            "{}: an address that others reach needs the name they use: give --host NAME",
            options.address
        );
        if !(options.base.starts_with('/') && options.base.ends_with('/')) {
            bail!("{:?} is not a base path; it begins and ends with a slash: /archive/", options.base);
        }
        let archive = Archive::open(&options.index)?;
        let wanted = SocketAddr::new(options.address, options.port);
        let listener = std::net::TcpListener::bind(wanted)
            .with_context(|| format!("{wanted}: the port cannot be opened; take another one with --port"))?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let site = Arc::new(request::Site::new(options, address, archive));
        let (stop, stopped) = oneshot::channel();
        let (ready, is_ready) = mpsc::channel();
        let thread = std::thread::Builder::new().name("serve".into()).spawn(move || {
            let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
            let served = runtime.block_on(async {
                let listener = tokio::net::TcpListener::from_std(listener)?;
                let _ = ready.send(());
                listen::listen(listener, site, stopped).await
            });
            // A question that is still under way ends at its deadline; nobody waits for it.
            runtime.shutdown_background();
            served
        })?;
        // When the thread has ended already, joining it says why.
        let _ = is_ready.recv();
        Ok(Server { address, stop: Some(stop), thread: Some(thread) })
    }

    /// Returns the address it listens on.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Accepts no more, lets what is under way end within the limit, and returns.
    ///
    /// # Errors
    /// When the server could not run.
    pub fn stop(mut self) -> Result<()> {
        self.end()
    }

    /// Waits for an interruption (Ctrl-C, SIGTERM), then stops.
    ///
    /// # Errors
    /// When signals cannot be heard, or the server could not run.
    pub fn until_interrupted(self) -> Result<()> {
        tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(interrupted())?;
        self.stop()
    }

    fn end(&mut self) -> Result<()> {
        drop(self.stop.take());
        match self.thread.take().map(JoinHandle::join) {
            Some(Ok(served)) => served,
            Some(Err(_)) => bail!("the server ended because of an internal error"),
            None => Ok(()),
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.end();
    }
}

async fn interrupted() -> Result<()> {
    #[cfg(unix)]
    {
        let mut ended = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())?;
        tokio::select! {
            pressed = tokio::signal::ctrl_c() => pressed?,
            _ = ended.recv() => (),
        }
    }
    #[cfg(not(unix))]
    tokio::signal::ctrl_c().await?;
    Ok(())
}
