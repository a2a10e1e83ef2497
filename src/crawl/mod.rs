//! Crawling: Site to Pages. Frontier, robots, discovery, one polite fetch, WARC append.
//!
//! ```text
//! frontier --take--> host (robots, pace, fetch) --answer--> judge --outcome--> committer: WARC, sync, commit --found--> frontier
//! ```
//! Invariant: the same command, given again after any interruption, resumes; what was committed is never lost and never
//! asked twice, and at most [`WINDOW`] requests a host (one, when there is a delay) were under way and are asked again.

mod address;
mod answer;
mod canonical;
pub mod cdxj;
mod committer;
mod cookies;
pub mod discover;
mod fetch;
mod frontier;
mod heavy;
mod host;
mod outcome;
mod pace;
mod revisit;
mod robots;
mod scope;
pub mod status;
pub mod verify;

pub use frontier::{Asked, Host};
pub use host::WINDOW;
pub use outcome::{Outcome, State};
pub use scope::Bounds;

use crate::corpus::Corpus;
use crate::site::Site;
use anyhow::{Context, Result, anyhow, ensure};
use committer::Committer;
use fetch::Client;
use frontier::{Frontier, Shards};
use jiff::civil::Date;
use jiff::{Timestamp, Zoned};
use scope::{Found, Kind, Scope};
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{mpsc, watch};
use tokio::task::JoinSet;
use url::Url;

/// Says what to crawl and how.
#[derive(Debug, Clone)]
pub struct Plan {
    /// Newspapers.
    pub sites: Vec<&'static Site>,
    /// Addresses to begin at; their hosts belong to the crawl.
    pub starts: Vec<Url>,
    /// Where it goes.
    pub corpus: Corpus,
    /// Pages to fetch at most.
    pub max_pages: Option<u64>,
    /// First day of publication.
    pub since: Option<Date>,
    /// Last day of publication.
    pub until: Option<Date>,
    /// Delay between two requests to one host.
    pub delay: Duration,
    /// Longest time for one answer.
    pub timeout: Duration,
    /// Address to write to about the crawl, in the User-Agent.
    pub contact: Option<String>,
    /// Servers on private addresses may be asked.
    pub allow_private: bool,
    /// All pages known are asked again, not only those whose time has come.
    pub refetch: bool,
    /// Hosts that wait (`Retry-After`, a pause after trouble, an unreachable robots.txt) are tried at once.
    pub retry_now: bool,
    /// How much of one host is asked.
    pub bounds: Bounds,
    /// Bytes at which a WARC file is full.
    pub largest_warc: u64,
}

/// Counts what a run did and what is left to do.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Progress {
    /// Requests since the program began.
    pub requests: u64,
    /// Pages kept since the program began.
    pub pages: u64,
    /// Addresses that wait.
    pub queued: u64,
    /// Hosts where some wait and that are not asked now: left for now, or pausing.
    pub waiting: u64,
}

/// Tells what happens, as it happens.
#[derive(Debug)]
pub enum Event<'a> {
    /// The crawl begins, or resumes where it was interrupted.
    Begun {
        /// It resumes.
        resumed: bool,
    },
    /// How the crawl stands, about once a second.
    Progress(&'a Progress),
    /// An outcome is committed.
    Done(&'a Outcome),
    /// A robots.txt was judged.
    Robots(&'a Asked),
    /// A host is left for now, with the reason.
    Left(&'a Host, &'a str),
}

/// Callback for events of a crawl.
pub type Observer<'a> = dyn FnMut(&Event<'_>) + Send + 'a;

/// Says how a run ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ended {
    /// It was stopped before its end; the same command resumes.
    pub stopped: bool,
    /// Pages that it fetched, also before it was interrupted.
    pub pages: u64,
    /// Why the answers of some hosts could not be written; the other hosts were crawled.
    pub unwritten: Vec<String>,
}

/// Crawls, until nothing is left to ask, the number of pages is reached, or `stop` turns true.
///
/// # Errors
/// When the plan names nothing, another crawl is at work in the corpus, or the disk refuses.
pub fn crawl(plan: &Plan, stop: watch::Receiver<bool>, observe: &mut Observer<'_>) -> Result<Ended> {
    let scope = Arc::new(scope(plan)?);
    let client = Client::new(plan.contact.as_deref(), plan.timeout, plan.allow_private)?;
    let mut frontier = Frontier::open(&plan.corpus.crawl_state())?;
    let about = format!(
        "software: baotinh/{}\r\nformat: WARC File Format 1.1\r\nrobots: obey (RFC 9309)\r\n",
        env!("CARGO_PKG_VERSION")
    );
    let mut shards = Shards::of(&plan.corpus, about, plan.largest_warc);
    shards.cut_back(frontier.db())?;
    let resumed = !frontier.begin(&command(plan))?;
    if !resumed {
        frontier.requeue(&scope, plan.refetch)?;
        frontier.seed(&seeds(plan, &scope), &scope)?;
    }
    frontier.take_back(&scope)?;
    frontier.lift_waits(&scope, plan.retry_now)?;
    observe(&Event::Begun { resumed });
    let pages = plan.max_pages.map_or(u64::MAX, |most| most.saturating_sub(frontier.pages().unwrap_or(0)));

    let (wake, woken) = mpsc::unbounded_channel();
    let mut committer = Committer::new(frontier, shards, Arc::clone(&scope), pages, wake);
    committer.begin()?;
    let (handle, line) = committer::line();
    let cores = std::thread::available_parallelism().map_or(2, usize::from).min(4);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(cores)
        .enable_all()
        .build()
        .context("the runtime cannot be started")?;
    let (delay, told) = (plan.delay, stop.clone());
    // Owns the only way to the committer that outlives a task: with it the committer's line ends.
    let task = move |id| host::Task {
        id,
        client: client.clone(),
        committer: handle.clone(),
        scope: Arc::clone(&scope),
        delay,
        stop: told.clone(),
    };
    let (asked, kept) = std::thread::scope(|threads| {
        let keeping = threads.spawn(|| committer.serve(line, observe));
        let asked = runtime.block_on(hosts(woken, task));
        drop(runtime);
        (asked, keeping.join())
    });
    // The committer knows the cause when the tasks only know that it has gone.
    let committer = kept.map_err(|_| anyhow!("the committer of the crawl broke off; please report it"))??;
    asked?;
    let (mut frontier, mut unwritten) = (committer.frontier, committer.unwritten.into_values().collect::<Vec<_>>());
    unwritten.dedup();
    let stopped = *stop.borrow();
    if !stopped {
        frontier.end()?;
    }
    cdxj::write(&plan.corpus, frontier.db())?;
    Ok(Ended { stopped, pages: frontier.pages()?, unwritten })
}

/// Runs a task a host, until none is left and none is woken; a host without connection is tried again while others work.
async fn hosts(mut woken: mpsc::UnboundedReceiver<i64>, task: impl Fn(i64) -> host::Task) -> Result<()> {
    let mut tasks = JoinSet::new();
    let mut waiting: BTreeSet<(i64, i64)> = BTreeSet::new();
    loop {
        while let Ok(id) = woken.try_recv() {
            tasks.spawn(task(id).run());
        }
        let pause = waiting.first().map_or(i64::MAX, |(at, _)| at.saturating_sub(now()));
        let pause = Duration::from_millis(u64::try_from(pause).unwrap_or(0));
        tokio::select! {
            Some(id) = woken.recv(), if !tasks.is_empty() => drop(tasks.spawn(task(id).run())),
            () = tokio::time::sleep(pause), if !tasks.is_empty() && !waiting.is_empty() => {
                if let Some((_, id)) = waiting.pop_first() {
                    task(id).committer.wake(id)?;
                }
            }
            ended = tasks.join_next() => match ended {
                Some(result) => {
                    let retry = result.context("a host's task broke off; please report it")??;
                    waiting.extend(retry.map(|(id, at)| (at, id)));
                }
                // A host is woken before the last task that could wake it ends.
                None => match woken.try_recv() {
                    Ok(id) => drop(tasks.spawn(task(id).run())),
                    Err(_) => return Ok(()),
                },
            },
        }
    }
}

fn scope(plan: &Plan) -> Result<Scope> {
    ensure!(!plan.sites.is_empty() || !plan.starts.is_empty(), "nothing to crawl: name a newspaper or an address");
    let latest = Zoned::now().date().checked_add(jiff::Span::new().days(2)).ok();
    let mut scope = Scope::of(plan.since, plan.until, latest, plan.bounds);
    for site in &plan.sites {
        scope.add_site(site);
    }
    for start in &plan.starts {
        ensure!(
            canonical::clean(start.clone()).is_some(),
            "{start}: not an address that can be crawled; it begins with http:// or https://"
        );
        scope.add_host(start);
    }
    Ok(scope)
}

/// Returns where a crawl begins: home pages, feeds, sitemaps and sections of newspapers, and what was named by hand.
fn seeds(plan: &Plan, scope: &Scope) -> Vec<Found> {
    let mut seeds: Vec<Found> = Vec::new();
    let mut add = |url: &str, kind| {
        let Ok(url) = Url::parse(url) else { return };
        let page = || scope.page(url.clone(), &url, 0).map(|found| Found { kind, certain: true, ..found });
        let found = match kind {
            // What is no page may be a sitemap: a text file, or one that is compressed.
            Kind::Start => page().or_else(|_| scope.source(url.clone(), Kind::Sitemap, &url)),
            Kind::Section => page(),
            _ => scope.source(url.clone(), kind, &url),
        };
        seeds.extend(found.ok());
    };
    for start in &plan.starts {
        add(start.as_str(), Kind::Start);
    }
    for site in &plan.sites {
        // The first domain is the newest.
        if let Some(domain) = site.domains.first() {
            add(&format!("https://{}/", domain.host), Kind::Start);
        }
        site.feeds.iter().for_each(|feed| add(&feed.url, Kind::Feed));
        site.sitemaps.iter().for_each(|sitemap| add(sitemap, Kind::Sitemap));
        site.sections.iter().for_each(|section| add(section, Kind::Section));
    }
    seeds
}

/// Writes what makes two commands the same: what is crawled, not how fast.
fn command(plan: &Plan) -> String {
    let mut words: Vec<String> = plan.sites.iter().map(|site| format!("--site {}", site.id)).collect();
    words.extend(plan.starts.iter().map(|start| format!("--start {start}")));
    words.sort();
    words.extend(plan.max_pages.map(|most| format!("--max-pages {most}")));
    words.extend(plan.since.map(|day| format!("--since {day}")));
    words.extend(plan.until.map(|day| format!("--until {day}")));
    words.extend(plan.refetch.then(|| "--refetch".to_string()));
    words.join(" ")
}

/// Returns the time in Unix milliseconds.
fn now() -> i64 {
    Timestamp::now().as_millisecond()
}

/// Writes Unix milliseconds for a person.
fn moment(millis: i64) -> String {
    Timestamp::from_millisecond(millis)
        .map_or("another day".to_string(), |at| at.strftime("%Y-%m-%d %H:%M:%SZ").to_string())
}
