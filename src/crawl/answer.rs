//! What an answer comes to: the state of its address, what goes into the WARC, and the addresses found in it. Pure.

use super::canonical;
use super::discover::{feed, links, sitemap};
use super::fetch::{Answer, Failure, Validators};
use super::outcome::{Job, Learned, Outcome, State};
use super::pace::Sign;
use super::scope::{Found, Kind, Scope};
use crate::article::{DateCandidate, DateSource, When};
use crate::corpus::warc::digest;
use crate::corpus::warc::exchange::{ANNOUNCED_CONFIDENCE, Earlier, Exchange};
use crate::panics;
use crate::text::charset;
use jiff::Timestamp;
use std::collections::BTreeMap;
use url::Url;

/// Redirects that are followed from one address.
pub const MOST_HOPS: u32 = 5;
/// Times an address is tried in one run.
const MOST_TRIES: u32 = 3;
/// Pages below this size, in bytes, may be a challenge for robots instead of a page.
const CHALLENGE: usize = 24 << 10;
/// What stands in challenges, in lower case; sorted.
const CHALLENGES: &[&str] = &[
    "cf-browser-verification",
    "cf-chl-",
    "challenge-platform",
    "checking your browser",
    "ddos-guard",
    "enable javascript and cookies to continue",
    "g-recaptcha",
    "h-captcha",
    "verify you are human",
];

/// Says what an answer means for the pace of its host.
pub fn sign(answer: &Result<Answer, Failure>) -> Sign {
    match answer {
        Ok(answer) if matches!(answer.status, 428 | 429 | 503) => Sign::Trouble,
        Err(Failure::Timeout | Failure::Broken(_)) => Sign::Trouble,
        _ => Sign::Fine,
    }
}

/// Returns the outcome for an address that robots.txt denies; nothing was asked.
pub fn denied(job: Job, rule: String, pace: Learned) -> Outcome {
    let reason = if rule.starts_with("robots.txt") { rule.clone() } else { "robots.txt".to_string() };
    Outcome { rule: Some(rule), ..outcome(job, State::Denied, reason, pace) }
}

/// Returns what an answer comes to; `rule` is the rule of robots.txt that allowed it.
pub fn judge(job: Job, answer: Result<Answer, Failure>, rule: Option<String>, pace: Learned, scope: &Scope) -> Outcome {
    let answer = match answer {
        Ok(answer) => answer,
        Err(failure) => {
            let state = match failure {
                Failure::NotPublic(_) | Failure::TooLarge | Failure::Media(_) => State::Refused,
                Failure::Timeout | Failure::Broken(_) => tried(&job),
            };
            let reason = if let Failure::NotPublic(_) = failure {
                "address not public".to_string()
            } else {
                failure.to_string()
            };
            return Outcome { rule, ..outcome(job, state, reason, pace) };
        }
    };
    let media =
        answer.content_type().and_then(|kind| kind.split(';').next()).map(|kind| kind.trim().to_ascii_lowercase());
    let base = Outcome {
        at: answer.at,
        status: Some(answer.status),
        media,
        rule,
        ..outcome(job, State::Gone, answer.status.to_string(), pace)
    };
    match answer.status {
        304 => unchanged(base, answer),
        200..=299 => fetched(base, answer, scope),
        300..=399 => redirected(base, answer, scope),
        408 | 425 | 428 | 429 | 500..=599 => Outcome { state: tried(&base.job), ..base },
        _ => {
            let exchange = Some(exchange(&base, answer, None));
            Outcome { exchange, ..base }
        }
    }
}

fn outcome(job: Job, state: State, reason: String, pace: Learned) -> Outcome {
    Outcome {
        job,
        at: Timestamp::now(),
        state,
        reason,
        status: None,
        media: None,
        exchange: None,
        validators: Validators::default(),
        moved: None,
        found: Vec::new(),
        left: Vec::new(),
        canonical: None,
        rule: None,
        pace,
    }
}

/// Returns whether an address that was tried in vain is tried again.
fn tried(job: &Job) -> State {
    if job.tries + 1 < MOST_TRIES { State::Queued } else { State::Failed }
}

fn unchanged(base: Outcome, answer: Answer) -> Outcome {
    let Some(kept) = &base.job.earlier else {
        return Outcome { state: State::Failed, reason: "304 to a request without condition".to_string(), ..base };
    };
    let earlier =
        Earlier { url: base.job.url.to_string(), fetched: kept.at, digest: kept.digest.clone(), not_modified: true };
    let validators = answer.validators();
    let exchange = Some(exchange(&base, answer, Some(earlier)));
    Outcome { state: State::Fetched, reason: "unchanged: 304".to_string(), exchange, validators, ..base }
}

fn redirected(mut base: Outcome, answer: Answer, scope: &Scope) -> Outcome {
    let target = answer.location(&base.job.url);
    base.exchange = Some(exchange(&base, answer, None));
    let refused =
        |base: Outcome, reason: &str| Outcome { state: State::Refused, reason: format!("redirect: {reason}"), ..base };
    let Some(target) = target else { return refused(base, "no address given") };
    if base.job.hops >= MOST_HOPS {
        return refused(base, "too many");
    }
    let judged = match base.job.kind {
        Kind::Feed | Kind::Sitemap | Kind::Child => scope.source(target, base.job.kind),
        _ => scope.page(target, &base.job.url, base.job.depth),
    };
    match judged {
        Ok(moved) if moved.url == base.job.url => refused(base, "to itself"),
        Ok(mut moved) => {
            if base.job.kind == Kind::Start {
                moved.kind = Kind::Start;
            }
            moved.announced = base.job.announced.clone();
            Outcome { state: State::Redirected, moved: Some(moved), ..base }
        }
        Err(reason) => refused(base, reason),
    }
}

fn fetched(mut base: Outcome, answer: Answer, scope: &Scope) -> Outcome {
    let body = match answer.decoded() {
        Ok(body) => body,
        Err(error) => return Outcome { state: State::Refused, reason: error.to_string(), ..base },
    };
    base.state = State::Fetched;
    base.reason = if base.job.earlier.is_some() { "changed" } else { "new" }.to_string();
    if let Err(reason) = panics::contain(|| read(&mut base, &body, &answer, scope)) {
        base.reason = format!("kept, its links {reason}");
    }
    base.validators = answer.validators();
    let same = base.job.earlier.as_ref().filter(|kept| kept.digest == digest(&answer.body)).map(|kept| Earlier {
        url: base.job.url.to_string(),
        fetched: kept.at,
        digest: kept.digest.clone(),
        not_modified: false,
    });
    if same.is_some() && base.state == State::Fetched {
        base.reason = "unchanged: same bytes".to_string();
    }
    base.exchange = Some(exchange(&base, answer, same));
    base
}

/// Judges what a body says: the links of a page, the entries of a feed or a sitemap.
fn read(base: &mut Outcome, body: &[u8], answer: &Answer, scope: &Scope) {
    let is_html = answer.is_html(body);
    match (base.job.kind, is_html) {
        (Kind::Feed | Kind::Sitemap | Kind::Child, _) | (_, false) => {
            if let Err(reason) = sources(base, body, answer.content_type(), scope) {
                base.state = State::Refused;
                base.reason = reason;
            }
        }
        (_, true) if is_challenge(body) => {
            base.state = State::Refused;
            base.reason = "a challenge for robots instead of the page".to_string();
        }
        (_, true) => match charset::decode(body, answer.content_type(), &mut Vec::new()) {
            Ok(html) => page(base, &html, scope),
            Err(reason) => (base.state, base.reason) = (State::Refused, reason),
        },
    }
}

fn is_challenge(body: &[u8]) -> bool {
    if body.len() > CHALLENGE {
        return false;
    }
    let text = String::from_utf8_lossy(body).to_lowercase();
    CHALLENGES.iter().any(|mark| text.contains(mark))
}

/// Judges the links of a page.
fn page(base: &mut Outcome, html: &str, scope: &Scope) {
    let Job { url, kind, depth, .. } = &base.job;
    let links = links::read(html, url);
    let mut left = BTreeMap::new();
    for link in links.pages {
        match scope.page(link.clone(), url, depth + 1) {
            Ok(found) if found.key == base.job.key => {}
            Ok(found) => base.found.push(found),
            Err(reason) => left.entry(reason).or_insert((0, link.to_string())).0 += 1,
        }
    }
    // Articles announce feeds of their comments; lists announce the feeds that are worth reading.
    if matches!(kind, Kind::Start | Kind::Section) {
        base.found.extend(links.feeds.into_iter().filter_map(|feed| scope.source(feed, Kind::Feed).ok()));
    }
    if links.more > 0 {
        left.insert("trap: too many links on one page", (links.more as u64, url.to_string()));
    }
    base.left = left.into_iter().map(|(reason, (count, example))| (reason, count, example)).collect();
    base.canonical = links
        .canonical
        .and_then(canonical::clean)
        .filter(|other| canonical::key(other) != base.job.key)
        .map(String::from);
}

/// Reads a feed or a sitemap, whichever the body is.
///
/// # Errors
/// Says that it is neither.
fn sources(base: &mut Outcome, body: &[u8], content_type: Option<&str>, scope: &Scope) -> Result<(), String> {
    let Job { url, kind, .. } = &base.job;
    let sitemap_first = matches!(kind, Kind::Sitemap | Kind::Child);
    let feed = || feed::read(body, content_type, url);
    let (entries, children): (Vec<Announced>, Vec<Child>) = match (sitemap_first, sitemap::read(body, url)) {
        (_, Ok(entries)) => {
            let (children, pages): (Vec<_>, Vec<_>) = entries.into_iter().partition(|entry| entry.is_sitemap);
            let pages = pages.into_iter().map(|entry| (entry.url, entry.published, entry.modified));
            (pages.collect(), children.into_iter().map(|entry| (entry.url, entry.modified)).collect())
        }
        (true, Err(error)) => {
            (feed().map_err(|_| error)?.into_iter().map(|(url, when)| (url, when, None)).collect(), Vec::new())
        }
        (false, Err(_)) if is_page(*kind) && !body.trim_ascii_start().starts_with(b"<") => {
            return Err(format!("not a page: {}", content_type.unwrap_or("no content type")));
        }
        (false, Err(_)) => (feed()?.into_iter().map(|(url, when)| (url, when, None)).collect(), Vec::new()),
    };
    let source = if sitemap_first || !children.is_empty() { "news-sitemap" } else { "feed" };
    let mut left = BTreeMap::new();
    let mut leave = |reason, url: &Url| left.entry(reason).or_insert((0, url.to_string())).0 += 1;
    for (address, published, modified) in entries {
        match scope.page(address.clone(), url, 1) {
            Ok(found) => {
                let skipped = scope.outside(published.as_ref(), modified.as_ref());
                base.found.push(Found { announced: published.map(|when| (source, when)), modified, skipped, ..found });
            }
            Err(reason) => leave(reason, &address),
        }
    }
    for (address, modified) in newest_first(children) {
        match scope.source(address.clone(), Kind::Child) {
            Ok(found) => base.found.push(Found { skipped: scope.outside(None, modified.as_ref()), modified, ..found }),
            Err(reason) => leave(reason, &address),
        }
    }
    base.left = left.into_iter().map(|(reason, (count, example))| (reason, count, example)).collect();
    Ok(())
}

/// An address with its day of publication and of its last change.
type Announced = (Url, Option<When>, Option<When>);
/// A further sitemap and the day of its last change.
type Child = (Url, Option<When>);

fn is_page(kind: Kind) -> bool {
    matches!(kind, Kind::Article | Kind::Page | Kind::Section)
}

fn newest_first(mut children: Vec<Child>) -> Vec<Child> {
    children.sort_by_key(|(_, modified)| std::cmp::Reverse(modified.as_ref().map(When::last_day)));
    children
}

fn exchange(base: &Outcome, answer: Answer, unchanged: Option<Earlier>) -> Exchange {
    let job = &base.job;
    let via = job.via.clone().map(|via| ("via", via));
    let hops = (job.hops > 0).then(|| ("redirects", job.hops.to_string()));
    let rule = base.rule.clone().map(|rule| ("robots", rule));
    let announced = job.announced.iter().map(|(source, value)| DateCandidate {
        value: value.clone(),
        source: if *source == "feed" { DateSource::Feed } else { DateSource::NewsSitemap },
        confidence: ANNOUNCED_CONFIDENCE,
    });
    Exchange {
        url: job.url.to_string(),
        fetched: answer.at,
        address: answer.address,
        request: answer.request,
        head: answer.head,
        body: if unchanged.is_some() { Vec::new() } else { answer.body },
        unchanged,
        notes: [via, hops, rule].into_iter().flatten().collect(),
        announced: announced.collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_of_challenges_is_sorted_and_in_lower_case() {
        assert!(CHALLENGES.is_sorted() && CHALLENGES.iter().all(|mark| mark.to_lowercase() == *mark));
    }

    #[test]
    fn a_long_page_that_names_a_challenge_is_a_page() {
        assert!(is_challenge(b"<title>Just a moment</title><div class=cf-chl-widget>"));
        assert!(!is_challenge("<p>Checking your browser</p>".repeat(1000).as_bytes()));
    }
}
