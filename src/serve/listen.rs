//! The accept loop: so many connections at once, a time for the head of a request, and an end that waits a while.

use super::request::Site;
use super::{guard, handle, snapshot};
use anyhow::Result;
use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::sync::{Semaphore, oneshot};
use tokio::task::JoinSet;
use tokio::time::timeout;

/// Bytes that the head of a request may have.
const HEAD: usize = 16 * 1024;

/// Answers connections until `stopped` comes or its sender has gone.
///
/// # Errors
/// When a setting of the connection is refused.
pub async fn listen(listener: TcpListener, site: Arc<Site>, mut stopped: oneshot::Receiver<()>) -> Result<()> {
    let limits = site.options.limits;
    let looking = tokio::spawn(snapshot::watch(Arc::clone(&site)));
    let router = Router::new()
        .fallback(handle::handle)
        .layer(axum::middleware::from_fn_with_state(Arc::clone(&site), guard::guard))
        .with_state(site);
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(limits.head).max_buf_size(HEAD).half_close(false);
    let (places, ending) = (Arc::new(Semaphore::new(limits.connections)), GracefulShutdown::new());
    let mut connections = JoinSet::new();
    loop {
        let accepted = async {
            let place = Arc::clone(&places).acquire_owned().await;
            (listener.accept().await, place)
        };
        let (accepted, place) = tokio::select! {
            accepted = accepted => accepted,
            _ = &mut stopped => break,
            Some(_) = connections.join_next() => continue,
        };
        // A connection that broke before it was taken is no reason to stop.
        let Ok((stream, _)) = accepted else { continue };
        let _ = stream.set_nodelay(true);
        let connection = http.serve_connection(TokioIo::new(stream), TowerToHyperService::new(router.clone()));
        let connection = ending.watch(connection);
        connections.spawn(async move {
            let _ = connection.await;
            drop(place);
        });
    }
    drop(listener);
    looking.abort();
    let _ = timeout(limits.drain, ending.shutdown()).await;
    connections.shutdown().await;
    Ok(())
}
