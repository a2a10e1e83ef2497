//! When an address is asked again: what changes soon, what does not later and later. Pure.

use super::outcome::{Outcome, State};
use super::scope::Kind;
use jiff::Timestamp;

/// Hours to the first visit after the first, and the bounds of what becomes of them.
const FIRST: u32 = 24;
const SHORTEST: u32 = 2;
const LONGEST: u32 = 90 * 24;

/// Returns the hours to the next visit of a page: doubled when nothing changed, halved when something did.
pub fn interval(before: Option<u32>, unchanged: bool) -> u32 {
    match before {
        None => FIRST,
        Some(hours) if unchanged => (hours * 2).min(LONGEST),
        Some(hours) => (hours / 2).max(SHORTEST),
    }
}

/// Returns when an address may be asked again (Unix milliseconds); a new run asks for what is due.
pub fn due(outcome: &Outcome, interval: u32) -> i64 {
    let hours = match outcome.state {
        State::Queued | State::Skipped => return 0,
        State::Fetched => match outcome.job.kind {
            // A new run asks feeds and sections whatever stands here.
            Kind::Start | Kind::Section | Kind::Feed => SHORTEST,
            Kind::Sitemap | Kind::Child => interval.min(7 * 24),
            Kind::Article | Kind::Page => interval,
        },
        State::Denied => 24,
        State::Failed => 48,
        State::Redirected => 14 * 24,
        State::Gone if outcome.job.kind == Kind::Feed => 60 * 24,
        State::Gone | State::Refused => LONGEST,
    };
    after(outcome.at, hours)
}

fn after(at: Timestamp, hours: u32) -> i64 {
    at.as_millisecond().saturating_add(i64::from(hours) * 3_600_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unchanged_page_is_asked_ever_more_rarely() {
        let mut hours = interval(None, false);
        let mut all = vec![hours];
        for unchanged in [true, true, true, true, true, true, true, true, false] {
            hours = interval(Some(hours), unchanged);
            all.push(hours);
        }
        assert_eq!(all, [24, 48, 96, 192, 384, 768, 1536, 2160, 2160, 1080]);
    }
}
