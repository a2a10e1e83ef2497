//! What an answer comes to: the state of its address, what goes into the WARC, and the addresses found in it. Pure.

use super::canonical;
use super::discover::{feed, links, sitemap};
use super::fetch::{Answer, Failure, Validators};
use super::outcome::{Job, Learned, LeftOut, Outcome, State};
use super::pace::Sign;
use super::scope::{Found, Kind, Scope};
use crate::article::{DateCandidate, DateSource, When};
use crate::corpus::warc::digest;
use crate::corpus::warc::exchange::{ANNOUNCED_CONFIDENCE, Earlier, Exchange};
use crate::panics;
use crate::text::charset;
use jiff::Timestamp;
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
        Err(Failure::NoConnection(_)) => Sign::NoConnection,
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
                // Nobody was asked: it waits with its host, and the try does not count.
                Failure::NoConnection(_) => State::Queued,
            };
            let reason = if let Failure::NotPublic(_) = failure {
                "address not public".to_string()
            } else {
                failure.to_string()
            };
            let asked = !matches!(failure, Failure::NoConnection(_));
            return Outcome { rule, asked, ..outcome(job, state, reason, pace) };
        }
    };
    let media =
        answer.content_type().and_then(|kind| kind.split(';').next()).map(|kind| kind.trim().to_ascii_lowercase());
    let base = Outcome {
        at: answer.at,
        status: Some(answer.status),
        media,
        rule,
        new_cookie: answer.new_cookie,
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
        asked: true,
        new_cookie: false,
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
        Kind::Feed | Kind::Sitemap | Kind::Child => scope.source(target.clone(), base.job.kind, &base.job.url),
        _ => scope.page(target.clone(), &base.job.url, base.job.depth),
    };
    match judged {
        Ok(mut moved) => {
            if moved.url == base.job.url {
                // A server that leads to no page without a session in the address gets it; one that set a cookie, that.
                match canonical::plain(target).filter(|target| *target != base.job.url) {
                    Some(target) => moved.url = target,
                    None if base.new_cookie => {}
                    None => return refused(base, "to itself"),
                }
            }
            moved.certain |= base.job.kind == Kind::Start;
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
    if answer.odd_length {
        base.reason.push_str(", not of the length announced");
    }
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
            Ok(html) => page(base, &html, answer.refresh(&base.job.url), scope),
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

/// Judges the links of a page; `refresh` is where a header of its answer leads on.
fn page(base: &mut Outcome, html: &str, refresh: Option<Url>, scope: &Scope) {
    let Job { url, kind, depth, .. } = &base.job;
    let links = links::read(html, url);
    for link in links.onward.into_iter().chain(refresh) {
        match scope.page(link.clone(), url, *depth) {
            Ok(found) if found.key == base.job.key => {}
            // What a front page leads on to is the front page.
            Ok(found) if *kind == Kind::Start => base.found.push(Found { kind: Kind::Start, certain: true, ..found }),
            Ok(found) => base.found.push(found),
            Err(reason) => base.left.push(LeftOut { reason, url: link.into(), count: None }),
        }
    }
    for link in links.pages {
        match scope.page(link.clone(), url, depth + 1) {
            Ok(found) if found.key == base.job.key => {}
            Ok(found) => base.found.push(found),
            Err(reason) => base.left.push(LeftOut { reason, url: link.into(), count: None }),
        }
    }
    // Articles announce feeds of their comments; lists announce the feeds that are worth reading.
    if matches!(kind, Kind::Start | Kind::Section) {
        base.found.extend(links.feeds.into_iter().filter_map(|feed| scope.source(feed, Kind::Feed, url).ok()));
    }
    if links.more > 0 {
        let (reason, count) = ("trap: too many links on one page", Some(links.more as u64));
        base.left.push(LeftOut { reason, url: url.to_string(), count });
    }
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
    let listed = listed(*kind, body, content_type, url)?;
    let source = if matches!(kind, Kind::Sitemap | Kind::Child) || !listed.children.is_empty() {
        "news-sitemap"
    } else {
        "feed"
    };
    for (address, published, modified) in listed.pages {
        match scope.page(address.clone(), url, 1) {
            Ok(found) => {
                let skipped = scope.outside(published.as_ref(), modified.as_ref());
                let announced = published.filter(|when| scope.is_believable(when)).map(|when| (source, when));
                base.found.push(Found { announced, modified, skipped, certain: true, ..found });
            }
            Err(reason) => base.left.push(LeftOut { reason, url: address.into(), count: None }),
        }
    }
    for (address, modified) in newest_first(listed.children) {
        match scope.source(address.clone(), Kind::Child, url) {
            Ok(found) => base.found.push(Found { skipped: scope.outside(None, modified.as_ref()), modified, ..found }),
            Err(reason) => base.left.push(LeftOut { reason, url: address.into(), count: None }),
        }
    }
    for (reason, count) in
        [("entry without a readable address", listed.unread), ("more entries than a sitemap may have", listed.more)]
    {
        if count > 0 {
            base.left.push(LeftOut { reason, url: url.to_string(), count: Some(count as u64) });
        }
    }
    if listed.damaged {
        base.reason.push_str(", damaged: what could be read was taken");
    }
    Ok(())
}

/// What a feed or a sitemap lists.
#[derive(Default)]
struct Listed {
    pages: Vec<Announced>,
    children: Vec<Child>,
    unread: usize,
    more: usize,
    damaged: bool,
}

/// Reads a body as what its kind says, and as the other when it is not that.
fn listed(kind: Kind, body: &[u8], content_type: Option<&str>, url: &Url) -> Result<Listed, String> {
    let as_feed = || {
        let feed = feed::read(body, content_type, url)?;
        let pages = feed.entries.into_iter().map(|(url, when)| (url, when, None)).collect();
        Ok(Listed { pages, unread: feed.unread, damaged: feed.damaged, ..Listed::default() })
    };
    let is_source = matches!(kind, Kind::Start | Kind::Feed | Kind::Sitemap | Kind::Child);
    let is_markup = body.trim_ascii_start().starts_with(b"<") || body.starts_with(b"\xef\xbb\xbf");
    // Only where a sitemap was asked for may it be a text file of addresses.
    let may_be_sitemap = is_markup || is_source || body.starts_with(b"\x1f\x8b");
    let sitemap = if may_be_sitemap { sitemap::read(body, url) } else { Err(String::new()) };
    match (kind, sitemap) {
        (_, Ok(sitemap)) => {
            let (children, pages): (Vec<_>, Vec<_>) = sitemap.entries.into_iter().partition(|entry| entry.is_sitemap);
            Ok(Listed {
                pages: pages.into_iter().map(|entry| (entry.url, entry.published, entry.modified)).collect(),
                children: children.into_iter().map(|entry| (entry.url, entry.modified)).collect(),
                unread: sitemap.unread,
                more: sitemap.more,
                damaged: sitemap.damaged,
            })
        }
        (Kind::Sitemap | Kind::Child, Err(error)) => as_feed().map_err(|_: String| error),
        (_, Err(_)) if !is_source && !is_markup => {
            Err(format!("not a page: {}", content_type.unwrap_or("no content type")))
        }
        (_, Err(_)) => as_feed(),
    }
}

/// An address with its day of publication and of its last change.
type Announced = (Url, Option<When>, Option<When>);
/// A further sitemap and the day of its last change.
type Child = (Url, Option<When>);

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
