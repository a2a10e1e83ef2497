//! What is refused before anything is looked up, and the headers that every answer has.
//!
//! Invariant: a page of another site can neither read an answer nor learn whether there is one.

use super::handle;
use super::problem::Problem;
use super::request::Site;
use super::words;
use axum::extract::{Request, State};
use axum::http::header::{
    ALLOW, CONTENT_LENGTH, CONTENT_SECURITY_POLICY, HOST, HeaderMap, HeaderValue, ORIGIN, REFERRER_POLICY,
    X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderName, Method};
use axum::middleware::Next;
use axum::response::Response;
use std::sync::Arc;
use std::time::Instant;

/// Bytes that an address may have: proxies cut at 8 K.
pub const LONGEST_ADDRESS: usize = 7_500;

/// No script, style, picture or frame but ours, and no string that becomes markup.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; \
    connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; \
    require-trusted-types-for 'script'; trusted-types 'none'";

const HEADERS: [(HeaderName, &str); 6] = [
    (CONTENT_SECURITY_POLICY, POLICY),
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (REFERRER_POLICY, "no-referrer"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=()"),
];

/// Refuses what is none of ours, else hands the request on; adds the headers and writes a line of the log.
pub async fn guard(State(site): State<Arc<Site>>, request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let (method, uri) = (request.method().clone(), request.uri().clone());
    let refused = refuse(&site, &request);
    let mut response = match refused {
        Some(problem) => handle::problem(&site, uri.path(), &problem),
        None => next.run(request).await,
    };
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if response.status().as_u16() == 405 {
        response.headers_mut().insert(ALLOW, HeaderValue::from_static("GET, HEAD"));
    }
    let path = match uri.query() {
        Some(query) if site.options.log_queries => format!("{}?{query}", uri.path()),
        _ => uri.path().to_string(),
    };
    let length = response.headers().get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()).unwrap_or("-");
    let took = begun.elapsed().as_millis();
    let (now, status) = (jiff::Timestamp::now().strftime("%FT%TZ"), response.status().as_u16());
    (site.options.log)(&format!("{now} {method} {path} {status} {took} ms {length} bytes"));
    response
}

fn refuse(site: &Site, request: &Request) -> Option<Problem> {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return Some(Problem::new(405, "method", words::ERROR_METHOD));
    }
    let headers = request.headers();
    let mut hosts = headers.get_all(HOST).iter();
    let host = hosts.next().and_then(|host| host.to_str().ok());
    let named = request.uri().authority().map(|authority| authority.as_str());
    let known = |host: &str| site.hosts.iter().any(|known| known.eq_ignore_ascii_case(host));
    if hosts.next().is_some() || !host.is_some_and(known) || named.is_some_and(|named| !known(named)) {
        return Some(Problem::new(421, "host", words::ERROR_HOST));
    }
    if request.uri().to_string().len() > LONGEST_ADDRESS {
        return Some(Problem::new(414, "address-too-long", words::ERROR_LONG));
    }
    comes_from_elsewhere(site, headers).then(|| Problem::new(403, "cross-site", words::ERROR_CROSS_SITE))
}

/// Says whether a page of another site asks; a link that is followed is no such thing.
fn comes_from_elsewhere(site: &Site, headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    let followed = text("sec-fetch-mode") == Some("navigate") && text("sec-fetch-dest") == Some("document");
    let elsewhere = matches!(text("sec-fetch-site"), Some(from) if !["same-origin", "none"].contains(&from));
    let origin = headers.get(ORIGIN).map(|origin| origin.to_str().unwrap_or("?"));
    let ours = |origin: &str| {
        let host = origin.strip_prefix("http://").or_else(|| origin.strip_prefix("https://"));
        host.is_some_and(|host| site.hosts.iter().any(|known| known.eq_ignore_ascii_case(host)))
    };
    (elsewhere && !followed) || origin.is_some_and(|origin| !ours(origin))
}
