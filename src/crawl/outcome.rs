//! What became of an address: exactly one state, with its reason.

use super::fetch::Validators;
use super::scope::{Found, Kind};
use crate::article::When;
use crate::corpus::warc::exchange::Exchange;
use jiff::Timestamp;
use url::Url;

/// Names what became of an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum State {
    /// It waits to be asked.
    Queued,
    /// Its answer lies in a WARC, or repeats one that does.
    Fetched,
    /// The answer leads to another address, which has a state of its own.
    Redirected,
    /// The server says that there is nothing for us.
    Gone,
    /// robots.txt denies it; it was never asked.
    Denied,
    /// The gate, a limit or its kind refuses it.
    Refused,
    /// It lies outside the days asked for; it was never asked.
    Skipped,
    /// It was tried up to the retry limit.
    Failed,
}

impl State {
    /// Lists all states, in the order of reports.
    pub const ALL: [State; 8] = [
        State::Fetched,
        State::Redirected,
        State::Gone,
        State::Denied,
        State::Refused,
        State::Skipped,
        State::Failed,
        State::Queued,
    ];

    /// Returns the name in the crawl's state and reports.
    pub fn name(self) -> &'static str {
        match self {
            State::Queued => "queued",
            State::Fetched => "fetched",
            State::Redirected => "redirected",
            State::Gone => "gone",
            State::Denied => "denied",
            State::Refused => "refused",
            State::Skipped => "skipped",
            State::Failed => "failed",
        }
    }
}

/// Holds one address to ask, as taken from the frontier.
#[derive(Debug, Clone)]
pub struct Job {
    /// Row of the address.
    pub id: i64,
    /// Row of its host.
    pub host: i64,
    /// Address.
    pub url: Url,
    /// What it is known by.
    pub key: [u8; 16],
    /// What is asked for.
    pub kind: Kind,
    /// Steps from where the crawl began.
    pub depth: u32,
    /// Redirects that led here.
    pub hops: u32,
    /// Times it was tried in vain.
    pub tries: u32,
    /// The page that named it.
    pub via: Option<String>,
    /// Publication date that a feed or news sitemap claims.
    pub announced: Option<(&'static str, When)>,
    /// The answer that lies in a WARC, if there is one.
    pub earlier: Option<Kept>,
}

/// Holds what is known of an answer that lies in a WARC.
#[derive(Debug, Clone)]
pub struct Kept {
    /// When it came.
    pub at: Timestamp,
    /// Digest of its body.
    pub digest: String,
    /// What makes a request conditional.
    pub validators: Validators,
    /// Hours from the last visit to the next.
    pub interval: u32,
}

/// Holds all that one request came to; it counts only when it is committed whole.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// What was asked.
    pub job: Job,
    /// When the answer came, or was given up.
    pub at: Timestamp,
    /// What became of the address; [`State::Queued`] when it is to be tried again.
    pub state: State,
    /// Why.
    pub reason: String,
    /// Status code, when there was an answer.
    pub status: Option<u16>,
    /// Media type of the answer.
    pub media: Option<String>,
    /// What goes into the WARC.
    pub exchange: Option<Exchange>,
    /// What makes the next request conditional.
    pub validators: Validators,
    /// Where a redirect leads.
    pub moved: Option<Found>,
    /// Addresses found in the answer, judged.
    pub found: Vec<Found>,
    /// Addresses that are not asked.
    pub left: Vec<LeftOut>,
    /// Whether the answer set a cookie that was not known.
    pub new_cookie: bool,
    /// Whether a server was asked; false where there was no connection.
    pub asked: bool,
    /// The address that the page calls canonical, where it differs.
    pub canonical: Option<String>,
    /// The rule of robots.txt that decided.
    pub rule: Option<String>,
    /// What was learnt of the host's pace, and when it may be asked again.
    pub pace: Learned,
}

/// Names an address that is not asked; or, with a count, says how many more a page holds than are taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// Why.
    pub reason: &'static str,
    /// The address; of a count, where it was taken.
    pub url: String,
    /// How many where they are only counted; `None` for the address itself.
    pub count: Option<u64>,
}

/// Holds the pace of a host as it is kept on disk; times are Unix milliseconds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Learned {
    /// Delay that troubles taught, in milliseconds.
    pub delay: u64,
    /// Troubles in a row.
    pub troubles: u32,
    /// When the host may be asked again.
    pub next: i64,
}
