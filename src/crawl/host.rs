//! One host: its robots.txt, its pace, one request at a time over one connection.
//!
//! Invariant: before each request the pace has been waited for and robots.txt has been asked; with a delay set, the
//! outcome before is committed too.

use super::answer;
use super::committer::Handle;
use super::fetch::{Answer, Client, Failure, Validators};
use super::frontier::{Asked, Next};
use super::heavy::heavy;
use super::outcome::{Job, Learned};
use super::pace::{LONGEST_WAIT, Pace, Sign};
use super::robots::{self, Access, Robots, Ruling};
use super::scope::{Kind, Scope};
use super::{moment, now, outcome::Outcome};
use crate::site::sites;
use anyhow::{Context, Result};
use jiff::Timestamp;
use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc, oneshot, watch};
use url::Url;

/// Requests that may be uncommitted when no delay is asked for.
pub const WINDOW: usize = 64;
/// Longest wait that a run sits through; a host that asks for more is left until the next run, in milliseconds.
const PATIENCE: i64 = 600_000;
/// How long a robots.txt holds, and after how long one that could not be had is asked for again, in milliseconds.
const ROBOTS_HOLD: i64 = 24 * 3_600_000;
const ROBOTS_AGAIN: i64 = 3_600_000;
/// Times that a robots.txt is asked for in a row.
const ROBOTS_TRIES: u32 = 3;

/// Holds what the task of a host works with.
pub struct Task {
    /// Row of the host.
    pub id: i64,
    /// Asks.
    pub client: Client,
    /// Keeps.
    pub committer: Handle,
    /// What belongs to the crawl.
    pub scope: Arc<Scope>,
    /// Delay between two requests.
    pub delay: Duration,
    /// True when the run is to end.
    pub stop: watch::Receiver<bool>,
}

/// An answer on its way to being judged, with all that is known of its request.
type Raw = (Job, Result<Answer, Failure>, Option<String>, Learned, OwnedSemaphorePermit);

/// Says why a host is left although something may wait there, and when it may be tried again in this run.
struct Left {
    reason: String,
    retry: Option<i64>,
}

impl Left {
    fn because(reason: impl Into<String>) -> Left {
        Left { reason: reason.into(), retry: None }
    }

    /// Says that a host waits until a time: in this run, if others are at work, else in the next.
    fn until(why: &str, at: i64) -> Left {
        Left { reason: format!("{why}; next try {}", moment(at)), retry: Some(at) }
    }

    /// Says that a server asks to be left alone.
    fn patience(until: i64) -> Left {
        let reason = format!("the server asks for patience until {} (--retry-now asks at once)", moment(until));
        Left { reason, retry: Some(until) }
    }
}

/// Holds what changes while a host is asked.
struct State {
    origin: Url,
    pace: Pace,
    /// When the host may be asked again (Unix milliseconds).
    next: i64,
    robots: Robots,
    robots_until: i64,
    /// Why the last request met with no connection.
    no_connection: Option<String>,
}

impl Task {
    /// Asks for what waits on the host until nothing does, the run is to end, or the host is to be left alone.
    ///
    /// Returns the host and when it may be tried again in this run, where that is worth while.
    ///
    /// # Errors
    /// When the committer has stopped.
    pub async fn run(mut self) -> Result<Option<(i64, i64)>> {
        let (raws, judging) = mpsc::channel(WINDOW);
        let judge = tokio::spawn(judge(judging, self.committer.clone(), Arc::clone(&self.scope)));
        let left = self.ask(&raws).await?;
        drop(raws);
        judge.await.context("the judging of answers broke off")??;
        let Some(Left { reason, retry }) = left else { return Ok(None) };
        self.committer.leave(self.id, reason)?;
        Ok(retry.map(|at| (self.id, at)))
    }

    /// Asks; answers why the host is left although something may wait there.
    async fn ask(&mut self, raws: &mpsc::Sender<Raw>) -> Result<Option<Left>> {
        let mut state = self.begin().await?;
        // An answer that no file can be had is no answer about the pages: they wait with their host.
        if state.robots.is_unreachable() && now() < state.robots_until {
            let why = state.robots.refusal().unwrap_or_default().to_string();
            return Ok(Some(Left::until(&why, state.robots_until)));
        }
        if now() >= state.robots_until
            && let Some(reason) = self.ask_robots(&mut state).await?
        {
            return Ok(Some(reason));
        }
        // With a delay each outcome is committed before the next request; without, a bounded number may be under way.
        let window = if state.pace.base.is_zero() { WINDOW } else { 1 };
        let permits = Arc::new(Semaphore::new(window));
        let (mut jobs, mut ahead): (VecDeque<Job>, Option<oneshot::Receiver<Next>>) = (VecDeque::new(), None);
        loop {
            if now() >= state.robots_until
                && let Some(reason) = self.ask_robots(&mut state).await?
            {
                return Ok(Some(reason));
            }
            if window > 1 && jobs.len() <= window / 2 && ahead.is_none() {
                ahead = Some(self.committer.take(self.id, window, None)?);
            }
            if jobs.is_empty() {
                if let Some(Next::Jobs(more)) = ahead_of(&mut ahead).await? {
                    jobs.extend(more);
                    continue;
                }
                // Only when all is committed does "nothing" mean that nothing is left.
                drop(permits.acquire_many(window as u32).await);
                let delay = i64::try_from(state.pace.delay().as_millis()).unwrap_or(PATIENCE);
                let again = (delay > 0).then_some(state.next.max(now()) + delay);
                match self.committer.take(self.id, 1, again)?.await.context("the committer has stopped")? {
                    Next::Jobs(more) => jobs.extend(more),
                    Next::Wait(until) if until - now() > PATIENCE => {
                        return Ok(Some(Left::because("nothing is due soon")));
                    }
                    Next::Wait(until) => {
                        if self.sleep_until(until).await {
                            return Ok(Some(Left::because("stopped")));
                        }
                    }
                    Next::Nothing => return Ok(None),
                }
                continue;
            }
            let Some(job) = jobs.pop_front() else { continue };
            // A sitemap may name 50,000 addresses: no two of them are held at once.
            let share = if matches!(job.kind, Kind::Sitemap | Kind::Child) { window } else { 1 };
            let permit =
                Arc::clone(&permits).acquire_many_owned(share as u32).await.context("permits are never closed")?;
            let rule = match state.robots.rule(&job.url) {
                Ok(rule) => rule,
                Err(rule) => {
                    self.committer.done(answer::denied(job, rule, state.learned()), permit)?;
                    continue;
                }
            };
            if state.next - now() > PATIENCE {
                return Ok(Some(match &state.no_connection {
                    Some(reason) => Left::until(reason, state.next),
                    None => Left::patience(state.next),
                }));
            }
            if self.sleep_until(state.next).await {
                return Ok(Some(Left::because("stopped")));
            }
            let validators = job.earlier.as_ref().map(|kept| kept.validators.clone()).unwrap_or_default();
            let answer = self.client.get(&job.url, &validators, wanted).await;
            state.learn(answer::sign(&answer), answer.as_ref().ok().and_then(Answer::retry_after));
            state.no_connection = match &answer {
                Err(failure @ Failure::NoConnection(_)) => Some(failure.to_string()),
                _ => None,
            };
            raws.send((job, answer, rule, state.learned(), permit))
                .await
                .context("the judging of answers broke off")?;
        }
    }

    /// Takes up what the state keeps of the host; its robots.txt is asked for when the judgement is too old.
    async fn begin(&mut self) -> Result<State> {
        let host = self.committer.host(self.id).await?;
        let (ruling, until) = host.robots.unwrap_or((
            Ruling { access: Access::Unreachable, reason: "not asked yet".to_string(), text: String::new() },
            0,
        ));
        let robots = Robots::of(&ruling);
        if let Some(delay) = sites().by_host(host.origin.host_str().unwrap_or("")).and_then(|site| site.delay) {
            self.delay = self.delay.max(Duration::try_from_secs_f64(delay).unwrap_or_default());
        }
        let learned = Duration::from_millis(host.pace.delay);
        let pace = Pace { base: self.delay.max(robots.delay()), learned, troubles: host.pace.troubles };
        let next = host.pace.next.min(now().saturating_add(LONGEST_WAIT.as_millis() as i64));
        Ok(State { origin: host.origin, pace, next, robots, robots_until: until, no_connection: None })
    }

    /// Asks for the robots.txt until it is had or was tried often enough; answers why the host is left.
    async fn ask_robots(&mut self, state: &mut State) -> Result<Option<Left>> {
        for attempt in 1.. {
            if state.next - now() > PATIENCE {
                return Ok(Some(Left::patience(state.next)));
            }
            let Some(answer) = self.fetch_robots(state).await? else { return Ok(Some(Left::because("stopped"))) };
            let (answer, ruling) = heavy(move || {
                let ruling = robots::judge(&answer);
                (answer, ruling)
            })
            .await?;
            let unreachable = ruling.access == Access::Unreachable;
            let sign = match answer::sign(&answer) {
                Sign::Fine if unreachable => Sign::Trouble,
                sign => sign,
            };
            // Nobody answered, so nobody is asked again and again: the host waits, and is tried again in a while.
            let silent = matches!(answer, Err(Failure::NoConnection(_) | Failure::NotPublic(_)));
            let last = silent || attempt == ROBOTS_TRIES;
            let rules = Robots::of(&ruling);
            if !unreachable {
                state.pace.base = self.delay.max(rules.delay());
            }
            state.learn(sign, answer.as_ref().ok().and_then(Answer::retry_after));
            let until = match (unreachable, silent) {
                (false, _) => now() + ROBOTS_HOLD,
                (true, false) => now() + ROBOTS_AGAIN,
                (true, true) => state.next,
            };
            let sitemaps = self.sitemaps(&state.origin, &rules, &ruling);
            let asked = Asked {
                at: Timestamp::now(),
                url: state.origin.join("/robots.txt").context("the origin is a base")?,
                ruling: ruling.clone(),
                until: if unreachable && !last { 0 } else { until },
                base: i64::try_from(state.pace.base.as_millis()).unwrap_or(i64::MAX),
                next: state.learned(),
                sitemaps,
            };
            self.committer.robots(self.id, asked).await?;
            // What is kept now: the new rules, or older ones that go on.
            let kept = self.begin().await?;
            if !unreachable || !kept.robots.is_shut() {
                state.robots = kept.robots;
                state.robots_until = until;
                return Ok(None);
            }
            if let Err(Failure::NotPublic(_)) = answer {
                let reason = format!("{} (--allow-private-hosts asks it all the same)", ruling.reason);
                return Ok(Some(Left::because(reason)));
            }
            if last {
                return Ok(Some(Left::until(&format!("robots.txt unreachable: {}", ruling.reason), until)));
            }
        }
        Ok(None)
    }

    /// Fetches the robots.txt, over at most five redirects to any host; `None` when the run is to end.
    async fn fetch_robots(&mut self, state: &State) -> Result<Option<Result<Answer, Failure>>> {
        let mut url = state.origin.join("/robots.txt").context("the origin is a base")?;
        if self.sleep_until(state.next).await {
            return Ok(None);
        }
        let delay = i64::try_from(state.pace.delay().as_millis()).unwrap_or(PATIENCE);
        self.committer.asks(self.id, now() + delay).await?;
        for hop in 0.. {
            let answer = self.client.get(&url, &Validators::default(), |_, _| true).await;
            let location = answer
                .as_ref()
                .ok()
                .filter(|answer| (300..400).contains(&answer.status))
                .and_then(|answer| answer.location(&url));
            match location {
                Some(target) if hop < answer::MOST_HOPS && matches!(target.scheme(), "http" | "https") => url = target,
                _ => return Ok(Some(answer)),
            }
            if self.sleep_until(now() + delay).await {
                return Ok(None);
            }
        }
        Ok(None)
    }

    /// Returns the sitemaps that a robots.txt names; where it names none, the usual place.
    fn sitemaps(&self, origin: &Url, rules: &Robots, ruling: &Ruling) -> Vec<super::scope::Found> {
        if matches!(ruling.access, Access::Denied | Access::Unreachable) {
            return Vec::new();
        }
        let named = rules.sitemaps(origin);
        // A host that is asked only for a sitemap that another names has no say of its own.
        if self.scope.folder(origin).is_none() {
            return Vec::new();
        }
        let usual = origin.join("/sitemap.xml").ok().filter(|_| named.is_empty());
        named.into_iter().chain(usual).filter_map(|url| self.scope.named_sitemap(url).ok()).collect()
    }

    /// Waits until a time; answers whether the run is to end.
    async fn sleep_until(&mut self, until: i64) -> bool {
        let wait = u64::try_from(until - now()).unwrap_or(0);
        if *self.stop.borrow() || wait == 0 {
            return *self.stop.borrow();
        }
        // Waking up in time is no stop; a sender that has gone will not stop us any more.
        tokio::time::timeout(Duration::from_millis(wait), self.stop.wait_for(|stop| *stop))
            .await
            .is_ok_and(|stop| stop.is_ok())
    }
}

impl State {
    fn learn(&mut self, sign: Sign, retry_after: Option<Duration>) {
        let wait = self.pace.learn(sign, retry_after).as_millis();
        self.next = now().saturating_add(i64::try_from(wait).unwrap_or(i64::MAX));
    }

    fn learned(&self) -> Learned {
        let delay = u64::try_from(self.pace.learned.as_millis()).unwrap_or(u64::MAX);
        Learned { delay, troubles: self.pace.troubles, next: self.next }
    }
}

/// Returns what was asked for ahead, if anything was.
async fn ahead_of(ahead: &mut Option<oneshot::Receiver<Next>>) -> Result<Option<Next>> {
    match ahead.take() {
        Some(next) => next.await.map(Some).context("the committer has stopped"),
        None => Ok(None),
    }
}

/// Judges answers in the order of their requests and brings the outcomes to the committer.
async fn judge(mut raws: mpsc::Receiver<Raw>, committer: Handle, scope: Arc<Scope>) -> Result<()> {
    while let Some((job, answer, rule, pace, permit)) = raws.recv().await {
        let scope = Arc::clone(&scope);
        let outcome: Outcome = heavy(move || answer::judge(job, answer, rule, pace, &scope)).await?;
        committer.done(outcome, permit)?;
    }
    Ok(())
}

/// Says whether a body may be a page, a feed or a sitemap.
fn wanted(status: u16, content_type: &str) -> bool {
    let kind = content_type.split(';').next().unwrap_or("").trim().to_ascii_lowercase();
    status != 200
        || kind.is_empty()
        || kind.starts_with("text/")
        || ["xml", "json", "gzip", "octet-stream"].iter().any(|part| kind.contains(part))
}
