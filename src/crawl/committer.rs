//! The committer: one thread that owns the state and the WARCs, and commits what the hosts' tasks bring, many at a time.
//!
//! Invariant: what is handed out after a commit stood in it; what was handed out and is not committed is asked again after a kill.

use super::frontier::{Asked, Frontier, Host, Next, Shards};
use super::outcome::{Outcome, State};
use super::scope::Scope;
use super::{Event, Observer, Progress};
use anyhow::{Context, Result, anyhow};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};
use tokio::sync::mpsc::UnboundedSender;
use tokio::sync::{OwnedSemaphorePermit, oneshot};

/// Most orders that are served with one commit.
const BATCH: usize = 256;
/// Wait when other hosts have taken all the pages that the run still may fetch, in milliseconds.
const SHARED_WAIT: i64 = 50;
/// How often the progress is told at most.
const TELL: Duration = Duration::from_secs(1);

/// Names what the tasks ask of the committer.
enum Order {
    /// What is kept of a host.
    Host(i64, oneshot::Sender<Host>),
    /// Addresses to ask; the time to note first when the host will be asked again.
    Take { host: i64, most: usize, again: Option<i64>, reply: oneshot::Sender<Next> },
    /// The host will be asked, and may be asked again at this time.
    Asks(i64, i64, oneshot::Sender<()>),
    /// What came of one; the permit is given back when it is committed.
    Done(Box<Outcome>, OwnedSemaphorePermit),
    /// What came of asking for a robots.txt.
    Robots(i64, Box<Asked>, oneshot::Sender<()>),
    /// The host is left for now; what it has taken goes back.
    Leave(i64, String),
    /// A host that was left is to be taken up again.
    Wake(i64),
}

/// Speaks to the committer.
#[derive(Clone)]
pub struct Handle(Sender<Order>);

impl Handle {
    /// Returns what is kept of a host.
    ///
    /// # Errors
    /// When the committer has stopped.
    pub async fn host(&self, host: i64) -> Result<Host> {
        let (reply, answer) = oneshot::channel();
        self.send(Order::Host(host, reply))?;
        answer.await.context("the committer has stopped")
    }

    /// Asks for up to `most` addresses of a host; the answer comes when what was brought before is committed.
    ///
    /// # Errors
    /// When the committer has stopped.
    pub fn take(&self, host: i64, most: usize, again: Option<i64>) -> Result<oneshot::Receiver<Next>> {
        let (reply, answer) = oneshot::channel();
        self.send(Order::Take { host, most, again, reply })?;
        Ok(answer)
    }

    /// Notes when a host may be asked again, before it is asked.
    ///
    /// # Errors
    /// When the committer has stopped.
    pub async fn asks(&self, host: i64, again: i64) -> Result<()> {
        let (reply, answer) = oneshot::channel();
        self.send(Order::Asks(host, again, reply))?;
        answer.await.context("the committer has stopped")
    }

    /// Brings what came of a request.
    ///
    /// # Errors
    /// When the committer has stopped.
    pub fn done(&self, outcome: Outcome, permit: OwnedSemaphorePermit) -> Result<()> {
        self.send(Order::Done(Box::new(outcome), permit))
    }

    /// Brings what came of asking for a robots.txt, and waits until it is committed.
    ///
    /// # Errors
    /// When the committer has stopped.
    pub async fn robots(&self, host: i64, asked: Asked) -> Result<()> {
        let (reply, answer) = oneshot::channel();
        self.send(Order::Robots(host, Box::new(asked), reply))?;
        answer.await.context("the committer has stopped")
    }

    /// Leaves a host for now, with the reason.
    ///
    /// # Errors
    /// When the committer has stopped.
    pub fn leave(&self, host: i64, reason: String) -> Result<()> {
        self.send(Order::Leave(host, reason))
    }

    /// Takes a host up again that was left.
    ///
    /// # Errors
    /// When the committer has stopped.
    pub fn wake(&self, host: i64) -> Result<()> {
        self.send(Order::Wake(host))
    }

    fn send(&self, order: Order) -> Result<()> {
        self.0.send(order).map_err(|_| anyhow!("the committer has stopped"))
    }
}

/// Returns a way to speak to a committer, and what the committer listens to.
pub fn line() -> (Handle, Inbox) {
    let (sender, receiver) = std::sync::mpsc::channel();
    (Handle(sender), Inbox(receiver))
}

/// What the committer listens to.
pub struct Inbox(Receiver<Order>);

/// Owns the state of a crawl.
pub struct Committer {
    /// The state.
    pub frontier: Frontier,
    /// The WARCs.
    pub shards: Shards,
    /// What belongs to the crawl.
    pub scope: Arc<Scope>,
    /// Pages that the run may still fetch.
    pub pages: u64,
    /// Addresses handed out by host, and which of them are pages.
    taken: HashMap<i64, HashMap<i64, bool>>,
    /// Hosts that have a task.
    active: HashSet<i64>,
    /// Hosts whose answers cannot be written, with the reason: they are left until the next run.
    pub unwritten: BTreeMap<i64, String>,
    /// Wakes a host that has none.
    wake: UnboundedSender<i64>,
    progress: Progress,
    /// When the progress is told next.
    tell: Instant,
}

impl Committer {
    /// Makes the committer of a state; `wake` hears of hosts that need a task.
    pub fn new(
        frontier: Frontier,
        shards: Shards,
        scope: Arc<Scope>,
        pages: u64,
        wake: UnboundedSender<i64>,
    ) -> Committer {
        Committer {
            frontier,
            shards,
            scope,
            pages,
            taken: HashMap::new(),
            active: HashSet::new(),
            unwritten: BTreeMap::new(),
            wake,
            progress: Progress::default(),
            tell: Instant::now() + TELL,
        }
    }

    /// Wakes the hosts where something waits.
    ///
    /// # Errors
    /// When the state cannot be read.
    pub fn begin(&mut self) -> Result<()> {
        for host in self.frontier.waiting(&self.scope)? {
            self.frontier.left_for(host, None)?;
            self.wake_up(host);
        }
        Ok(())
    }

    /// Serves orders until nobody can give any, and returns the state.
    ///
    /// # Errors
    /// When the state or a WARC cannot be written: what is not committed is lost with it, and asked again.
    pub fn serve(mut self, line: Inbox, observe: &mut Observer<'_>) -> Result<Committer> {
        loop {
            match line.0.recv_timeout(TELL) {
                Ok(first) => {
                    let mut orders = vec![first];
                    orders.extend(line.0.try_iter().take(BATCH - 1));
                    self.batch(orders, observe)?;
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return Ok(self),
            }
            if Instant::now() >= self.tell {
                self.tell_progress(observe)?;
            }
        }
    }

    /// Tells how the crawl stands; the more there is to count, the more rarely.
    fn tell_progress(&mut self, observe: &mut Observer<'_>) -> Result<()> {
        let begun = Instant::now();
        let active = &self.active;
        (self.progress.queued, self.progress.waiting) = self.frontier.queued(|host| active.contains(&host))?;
        observe(&Event::Progress(&self.progress));
        self.tell = Instant::now() + TELL.max(begun.elapsed() * 50);
        Ok(())
    }

    fn batch(&mut self, orders: Vec<Order>, observe: &mut Observer<'_>) -> Result<()> {
        let (mut done, mut rest) = (Vec::new(), Vec::new());
        for order in orders {
            match order {
                Order::Done(outcome, permit) => done.push((outcome, permit)),
                other => rest.push(other),
            }
        }
        if !done.is_empty() {
            let outcomes: Vec<&Outcome> = done.iter().map(|(outcome, _)| &**outcome).collect();
            let committed = self.frontier.commit(&mut self.shards, &outcomes, &self.scope)?;
            let lost: HashSet<i64> = committed.unwritten.iter().map(|(id, ..)| *id).collect();
            for outcome in outcomes {
                let is_kept = !lost.contains(&outcome.job.id);
                self.give_back(outcome, is_kept);
                if is_kept {
                    observe(&Event::Done(outcome));
                }
            }
            for (_, host, reason) in committed.unwritten {
                if self.unwritten.insert(host, reason.clone()).is_none() {
                    self.frontier.left_for(host, Some(&reason))?;
                    observe(&Event::Left(&self.frontier.host(host)?, &reason));
                }
            }
            for host in committed.woken {
                self.wake_up(host);
            }
        }
        // The permits go back only now.
        drop(done);
        rest.into_iter().try_for_each(|order| self.one(order, observe))
    }

    fn one(&mut self, order: Order, observe: &mut Observer<'_>) -> Result<()> {
        match order {
            Order::Host(host, reply) => drop(reply.send(self.frontier.host(host)?)),
            Order::Take { host, most, again, reply } => {
                let next = self.take(host, most)?;
                match (&next, again) {
                    (Next::Jobs(_), Some(again)) => self.frontier.will_ask(host, again)?,
                    // A task that still works on what it took stays the only one of its host.
                    (Next::Nothing, _) if self.taken.get(&host).is_none_or(HashMap::is_empty) => {
                        self.active.remove(&host);
                    }
                    _ => {}
                }
                let _ = reply.send(next);
            }
            Order::Asks(host, again, reply) => {
                self.frontier.will_ask(host, again)?;
                let _ = reply.send(());
            }
            Order::Robots(host, asked, reply) => {
                self.frontier.commit_robots(host, &asked, &self.scope)?;
                self.progress.requests += 1;
                // A robots.txt may name a sitemap on a host that nobody has asked yet.
                for other in self.frontier.waiting(&self.scope)? {
                    self.wake_up(other);
                }
                observe(&Event::Robots(&asked));
                let _ = reply.send(());
            }
            Order::Leave(host, reason) => {
                self.taken.remove(&host);
                self.active.remove(&host);
                self.frontier.left_for(host, Some(&reason))?;
                observe(&Event::Left(&self.frontier.host(host)?, &reason));
            }
            Order::Wake(host) => self.wake_up(host),
            Order::Done(..) => {}
        }
        Ok(())
    }

    fn take(&mut self, host: i64, most: usize) -> Result<Next> {
        if self.unwritten.contains_key(&host) {
            return Ok(Next::Nothing);
        }
        let promised: u64 = self.taken.values().flat_map(HashMap::values).filter(|is_page| **is_page).count() as u64;
        let taken: HashSet<i64> =
            self.taken.get(&host).map(|taken| taken.keys().copied().collect()).unwrap_or_default();
        let left = self.pages.saturating_sub(promised);
        let next = self.frontier.take(host, most, left, &taken)?;
        Ok(match next {
            Next::Jobs(jobs) => {
                self.taken.entry(host).or_default().extend(jobs.iter().map(|job| (job.id, job.kind.is_page())));
                Next::Jobs(jobs)
            }
            // Others may yet give pages back.
            Next::Nothing if left == 0 && promised > 0 => Next::Wait(super::now() + SHARED_WAIT),
            other => other,
        })
    }

    fn give_back(&mut self, outcome: &Outcome, is_kept: bool) {
        if let Some(taken) = self.taken.get_mut(&outcome.job.host) {
            taken.remove(&outcome.job.id);
        }
        self.progress.requests += u64::from(outcome.state != State::Denied);
        if is_kept && outcome.state == State::Fetched && outcome.job.kind.is_page() {
            self.progress.pages += 1;
            self.pages = self.pages.saturating_sub(1);
        }
    }

    fn wake_up(&mut self, host: i64) {
        if !self.unwritten.contains_key(&host) && self.active.insert(host) {
            let _ = self.wake.send(host);
        }
    }
}
