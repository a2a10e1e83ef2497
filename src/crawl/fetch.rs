//! One request and its answer: no redirect is followed, no coding undone, and nothing is read without a limit.
//!
//! Invariant: the request record says exactly what was sent; the client adds nothing of its own. What browsers bear is
//! borne: header lines that are none, a length that disagrees with a body that is whole.

use super::address::{self, Gate, NotPublic};
use super::cookies::Jar;
use super::discover::links::refresh;
use super::heavy::heavy;
use crate::corpus::warc::{coding, is_html};
use anyhow::{Context, Result};
use jiff::Timestamp;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use std::error::Error as _;
use std::fmt;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;
use url::Url;

/// Most bytes of a body as sent.
pub const LARGEST: usize = 20 << 20;
/// How long more is waited for when a page has ended and its server keeps the connection open.
const LINGER: Duration = Duration::from_secs(5);
const ACCEPT: &str = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.5";

/// Asks servers, one connection a host.
#[derive(Clone)]
pub struct Client {
    http: reqwest::Client,
    agent: String,
    allow_private: bool,
    cookies: Arc<Jar>,
}

/// Holds what makes a request conditional, as the last answer gave it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Validators {
    /// `ETag`.
    pub etag: Option<String>,
    /// `Last-Modified`.
    pub modified: Option<String>,
}

/// Holds an answer whole.
#[derive(Debug, Clone)]
pub struct Answer {
    /// When its first bytes came.
    pub at: Timestamp,
    /// Status code.
    pub status: u16,
    /// Address of the machine.
    pub address: Option<IpAddr>,
    /// Request line and headers as sent.
    pub request: String,
    /// Status line and headers; chunks are joined and not announced any more.
    pub head: String,
    /// Body, codings not undone; empty when it was not wanted.
    pub body: Vec<u8>,
    /// Whether the body is whole although its announced length says otherwise.
    pub odd_length: bool,
    /// Whether it set a cookie that was not known.
    pub new_cookie: bool,
    headers: HeaderMap,
}

/// Says why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// The address is not public.
    NotPublic(IpAddr),
    /// Not all of it came in time.
    Timeout,
    /// More bytes than a page may have.
    TooLarge,
    /// The body is of a kind that is not wanted; it was not read.
    Media(String),
    /// There is no connection: name not found, connection refused, TLS refused. The server has said nothing.
    NoConnection(String),
    /// The answer is no HTTP, or broken off.
    Broken(String),
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::NotPublic(address) => NotPublic(*address).fmt(f),
            Failure::Timeout => f.write_str("timeout"),
            Failure::TooLarge => write!(f, "larger than {} MiB", LARGEST >> 20),
            Failure::Media(kind) => write!(f, "not a page: {kind}"),
            Failure::NoConnection(reason) => write!(f, "no connection: {reason}"),
            Failure::Broken(reason) => write!(f, "broken answer: {reason}"),
        }
    }
}

impl Client {
    /// Makes a client that names itself with a contact address.
    ///
    /// # Errors
    /// When the contact cannot stand in a header or TLS cannot be set up.
    pub fn new(contact: Option<&str>, timeout: Duration, allow_private: bool) -> Result<Client> {
        // Fails only when a provider is there already, which is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let contact = contact.unwrap_or("contact not given");
        let agent = format!("baotinh/{} ({contact})", env!("CARGO_PKG_VERSION"));
        HeaderValue::from_str(&agent)
            .with_context(|| format!("--contact {contact:?} cannot stand in a request header"))?;
        let http = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .no_proxy()
            .referer(false)
            .http1_only()
            .http1_ignore_invalid_headers_in_responses(true)
            .http1_allow_spaces_after_header_name_in_responses(true)
            .http1_allow_obsolete_multiline_headers_in_responses(true)
            .pool_max_idle_per_host(1)
            .connect_timeout(timeout.min(Duration::from_secs(10)))
            .timeout(timeout)
            .dns_resolver(Arc::new(Gate { allow_private }))
            .build()
            .context("the HTTP client cannot be set up")?;
        Ok(Client { http, agent, allow_private, cookies: Arc::default() })
    }

    /// Asks for a URL; `wanted` says by status and content type whether the body is read.
    ///
    /// # Errors
    /// Says why there is no whole answer.
    pub async fn get(
        &self,
        url: &Url,
        validators: &Validators,
        wanted: fn(u16, &str) -> bool,
    ) -> Result<Answer, Failure> {
        if let (false, Some(NotPublic(address))) = (self.allow_private, address::refuse_literal(url)) {
            return Err(Failure::NotPublic(address));
        }
        let mut headers = vec![
            ("user-agent", self.agent.clone()),
            ("accept", ACCEPT.to_string()),
            ("accept-encoding", "gzip, deflate, br, zstd".to_string()),
            ("accept-language", "vi,en;q=0.5".to_string()),
        ];
        headers.extend(self.cookies.header(url).map(|value| ("cookie", value)));
        headers.extend(validators.etag.clone().map(|value| ("if-none-match", value)));
        headers.extend(validators.modified.clone().map(|value| ("if-modified-since", value)));
        let (mut sent, mut map) = (format!("GET {} HTTP/1.1\r\n", &url[url::Position::BeforePath..]), HeaderMap::new());
        for (name, value) in headers {
            if let Ok(value) = HeaderValue::from_str(&value) {
                sent.push_str(&format!("{name}: {}\r\n", String::from_utf8_lossy(value.as_bytes())));
                map.insert(HeaderName::from_static(name), value);
            }
        }
        let port = url.port().map_or(String::new(), |port| format!(":{port}"));
        sent.push_str(&format!("host: {}{port}\r\n\r\n", url.host_str().unwrap_or_default()));

        let response = self.http.get(url.clone()).headers(map).send().await.map_err(failure)?;
        let (status, headers) = (response.status(), response.headers().clone());
        let set = headers.get_all("set-cookie").iter().map(HeaderValue::as_bytes);
        let answer = Answer {
            at: Timestamp::now(),
            status: status.as_u16(),
            address: response.remote_addr().map(|address| address.ip()),
            request: sent,
            head: head(status, &headers),
            body: Vec::new(),
            odd_length: false,
            new_cookie: self.cookies.learn(url, set),
            headers,
        };
        let kind = answer.content_type().unwrap_or("").to_string();
        if !wanted(answer.status, &kind) {
            return Err(Failure::Media(kind.split(';').next().unwrap_or("").trim().to_string()));
        }
        if response.content_length().is_some_and(|length| length > LARGEST as u64) {
            return Err(Failure::TooLarge);
        }
        let answer = with_body(answer, response).await?;
        tracing::debug!(%url, status = answer.status, bytes = answer.body.len(), "answered");
        Ok(answer)
    }
}

/// Reads the body of an answer; one that breaks off is kept when it is whole by what it says.
async fn with_body(mut answer: Answer, mut response: reqwest::Response) -> Result<Answer, Failure> {
    loop {
        let next = if coding::is_complete(&answer.body) {
            match tokio::time::timeout(LINGER, response.chunk()).await {
                Ok(next) => next,
                Err(_) => return Ok(Answer { odd_length: true, ..answer }),
            }
        } else {
            response.chunk().await
        };
        match next {
            Ok(Some(chunk)) if answer.body.len() + chunk.len() > LARGEST => return Err(Failure::TooLarge),
            Ok(Some(chunk)) => answer.body.extend_from_slice(&chunk),
            Ok(None) => return Ok(answer),
            Err(error) => {
                let failure = failure(error);
                let ended = failure != Failure::Timeout;
                let checked = heavy(move || answer.is_whole(ended).then_some(answer)).await;
                let whole = checked.ok().flatten().ok_or(failure)?;
                return Ok(Answer { odd_length: true, ..whole });
            }
        }
    }
}

impl Answer {
    /// Returns the first header of a name, when it is ASCII.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// Returns `Content-Type`.
    pub fn content_type(&self) -> Option<&str> {
        self.header("content-type")
    }

    /// Returns the body with its codings undone.
    ///
    /// # Errors
    /// When they cannot be undone within the limit.
    pub fn decoded(&self) -> Result<Vec<u8>, coding::Error> {
        let codings: Vec<&str> =
            self.headers.get_all("content-encoding").iter().filter_map(|value| value.to_str().ok()).collect();
        coding::decode(&self.body, &codings.join(","), coding::LIMIT)
    }

    /// Says whether a decoded body is an HTML document.
    pub fn is_html(&self, body: &[u8]) -> bool {
        is_html(self.content_type(), body)
    }

    /// Says whether the body is whole: its codings and its markup end, or it is lines of text and the server `ended` it.
    fn is_whole(&self, ended: bool) -> bool {
        let Ok(body) = self.decoded() else { return false };
        let is_coded = self.headers.contains_key("content-encoding") && body != self.body;
        let is_lines = self.content_type().is_some_and(|kind| kind.starts_with("text/plain"));
        is_coded || coding::is_complete(&body) || (ended && is_lines && body.ends_with(b"\n"))
    }

    /// Returns where a `Refresh` header leads, which browsers follow as they follow the element of a page.
    pub fn refresh(&self, url: &Url) -> Option<Url> {
        url.join(refresh(self.header("refresh")?)?).ok()
    }

    /// Returns where a redirect leads; `None` when it leads nowhere.
    pub fn location(&self, url: &Url) -> Option<Url> {
        let value = self.headers.get("location")?;
        url.join(std::str::from_utf8(value.as_bytes()).ok()?.trim()).ok()
    }

    /// Returns for how long the server asks to be left alone: seconds or a date.
    pub fn retry_after(&self) -> Option<Duration> {
        let value = self.header("retry-after")?.trim();
        let is_number = !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit());
        match is_number {
            true => Some(Duration::from_secs(value.parse().unwrap_or(u64::MAX))),
            false => {
                let until = jiff::fmt::rfc2822::parse(value).ok()?.timestamp();
                Duration::try_from(until.duration_since(self.at)).ok()
            }
        }
    }

    /// Returns what makes the next request for the page conditional.
    pub fn validators(&self) -> Validators {
        let own = |name: &str| self.header(name).map(str::to_string);
        Validators { etag: own("etag"), modified: own("last-modified") }
    }
}

fn head(status: reqwest::StatusCode, headers: &HeaderMap) -> String {
    let mut head = format!("HTTP/1.1 {} {}\r\n", status.as_str(), status.canonical_reason().unwrap_or(""));
    for (name, value) in headers.iter().filter(|(name, _)| *name != "transfer-encoding") {
        head.push_str(&format!("{name}: {}\r\n", String::from_utf8_lossy(value.as_bytes())));
    }
    head.push_str("\r\n");
    head
}

fn failure(error: reqwest::Error) -> Failure {
    if error.is_timeout() {
        return Failure::Timeout;
    }
    let mut innermost: &dyn std::error::Error = &error;
    let mut cause = error.source();
    while let Some(inner) = cause {
        if let Some(NotPublic(address)) = inner.downcast_ref() {
            return Failure::NotPublic(*address);
        }
        innermost = inner;
        cause = inner.source();
    }
    let reason = innermost.to_string();
    if error.is_connect() { Failure::NoConnection(reason) } else { Failure::Broken(reason) }
}
