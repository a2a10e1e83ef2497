//! From an address to an answer: finds the route, reads the parameters, waits for a turn, and renders in a thread that may wait.

use super::gate::{self, Cost};
use super::language::Language;
use super::parameter::{Asked, written};
use super::problem::Problem;
use super::request::{Request, Site, decoded};
use super::route::{self, Route};
use super::{asset, file, html, openapi, words};
use axum::body::Body;
use axum::extract::State;
use axum::http::header::{
    ACCEPT_LANGUAGE, CACHE_CONTROL, CONTENT_LANGUAGE, CONTENT_TYPE, ETAG, HeaderMap, IF_NONE_MATCH, LOCATION,
    RETRY_AFTER, VARY,
};
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use std::sync::Arc;
use url::form_urlencoded;
use xxhash_rust::xxh3::xxh3_64;

/// What an address asks for.
enum Target {
    /// A page in a language.
    Page(Language, &'static Route, Option<String>),
    /// Data with an ending.
    Data(&'static Route, Option<String>, &'static str),
    /// A page in the language that the browser prefers.
    AnyLanguage,
}

/// Answers a request that passed the guard.
pub async fn handle(State(site): State<Arc<Site>>, request: axum::extract::Request) -> Response {
    let (uri, headers) = (request.uri().clone(), request.headers().clone());
    let query = uri.query().unwrap_or("");
    match answer(&site, uri.path(), query, &headers).await {
        Ok(response) => response,
        Err(problem) => {
            if problem.status == StatusCode::INTERNAL_SERVER_ERROR {
                (site.options.log)(&format!("error: {}", problem.detail.as_deref().unwrap_or("unknown")));
            }
            self::problem_of(&site, uri.path(), query, &problem)
        }
    }
}

async fn answer(site: &Arc<Site>, path: &str, query: &str, headers: &HeaderMap) -> Result<Response, Problem> {
    let missing = || Problem::new(404, "not-found", words::ERROR_NOT_FOUND);
    let below = path.strip_prefix(site.options.base.as_str()).ok_or_else(missing)?;
    if let Some(response) = fixed(site, below) {
        return response;
    }
    let (route, item, ending, language) = match target(below).ok_or_else(missing)? {
        Target::AnyLanguage => return Ok(to_language(site, below, query, headers)),
        Target::Page(language, route, item) => (route, item, None, language),
        Target::Data(route, item, ending) => (route, item, Some(ending), Language::English),
    };
    let table: Vec<_> = route.parameters.iter().copied().chain([&route::AT]).collect();
    let asked = Asked::read(&table, query)?;
    if ending.is_none() && !asked.is_spelled(query) {
        return Ok(redirect(&format!("{path}{}", written(&asked.pairs()))));
    }
    let snapshot = site.current.get();
    let cited = asked.get("at");
    if ending.is_some() && !cited.is_empty() && cited != snapshot.id() {
        return Err(Problem::new(409, "snapshot", words::ERROR_SNAPSHOT).with("now", snapshot.id()));
    }
    let state = format!("{} {} {path}?{query} {:?}", snapshot.id(), env!("CARGO_PKG_VERSION"), site.current.trouble());
    let tag = format!("W/\"{:016x}\"", xxh3_64(state.as_bytes()));
    if headers.get(IF_NONE_MATCH).and_then(|tags| tags.to_str().ok()).is_some_and(|tags| tags.contains(&tag)) {
        return Ok(with_headers(StatusCode::NOT_MODIFIED, &tag, Body::empty()));
    }
    let streams = ending.is_some_and(|ending| file::streams(route, ending));
    let cost = if streams { Cost::File } else { route.cost };
    let permit = site.gate.enter(cost).await?;
    let (watch, asking) = gate::watch((!streams).then_some(site.options.limits.page));
    let archive = snapshot.archive.watched(watch);
    let request = Request { site: Arc::clone(site), snapshot, archive, language, route, item, asked };
    let mut response = match ending {
        Some(ending) if streams => file::stream(request, ending, permit, asking)?,
        _ => {
            let made = tokio::task::spawn_blocking(move || {
                let _permit = permit;
                crate::panics::contain(|| match ending {
                    Some(ending) => file::whole(&request, ending),
                    None => page(&request),
                })
            });
            let lost = |why: String| Problem::new(500, "internal", words::ERROR_INTERNAL).because(why);
            let made = made.await.map_err(|error| lost(error.to_string()))?.map_err(|why| lost(why.into()))?;
            drop(asking);
            made?
        }
    };
    response.headers_mut().insert(ETAG, header(&tag));
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    Ok(response)
}

/// Answers what needs no archive.
fn fixed(site: &Arc<Site>, below: &str) -> Option<Result<Response, Problem>> {
    if let Some(name) = below.strip_prefix("assets/") {
        let missing = || Problem::new(404, "not-found", words::ERROR_NOT_FOUND);
        return Some(asset::find(name).ok_or_else(missing).map(|asset| {
            let mut response = typed(asset.type_, asset.bytes);
            let for_ever = HeaderValue::from_static("public, max-age=31536000, immutable");
            response.headers_mut().insert(CACHE_CONTROL, for_ever);
            response
        }));
    }
    match below {
        "robots.txt" => Some(Ok(typed("text/plain; charset=utf-8", "User-agent: *\nDisallow: /\n"))),
        "openapi.json" => Some(Ok(typed("application/json", openapi::description(site).to_string()))),
        _ => None,
    }
}

fn target(below: &str) -> Option<Target> {
    let (first, rest) = below.split_once('/').unwrap_or((below, ""));
    if let Some(language) = Language::of(first).filter(|_| below.contains('/')) {
        let (route, item) = named(rest)?;
        return Some(Target::Page(language, route, item));
    }
    if let Some((name, ending)) = below.rsplit_once('.')
        && let Some((route, item)) = named(name)
        && let Some(ending) = route.endings().into_iter().find(|known| *known == ending)
    {
        return Some(Target::Data(route, item, ending));
    }
    named(below).map(|_| Target::AnyLanguage)
}

/// Finds the route of a path without language and ending, and what follows its name.
fn named(path: &str) -> Option<(&'static Route, Option<String>)> {
    let (name, item) = path.split_once('/').map_or((path, None), |(name, item)| (name, Some(item)));
    let route = route::find(name).filter(|route| route.item == item.is_some())?;
    let item = match item {
        // A browser may have written a character of the item in its own way.
        Some(item) => Some(decoded(&item.replace('%', "~")).filter(|item| !item.is_empty())?),
        None => None,
    };
    Some((route, item))
}

fn page(request: &Request) -> Result<Response, Problem> {
    let page = (request.route.page)(request)?.into_string();
    let mut response = typed("text/html; charset=utf-8", page);
    response.headers_mut().insert(CONTENT_LANGUAGE, HeaderValue::from_static(request.language.code()));
    Ok(response)
}

/// Answers why there is no answer: a page where a page was asked for, else JSON.
pub fn problem(site: &Arc<Site>, path: &str, problem: &Problem) -> Response {
    problem_of(site, path, "", problem)
}

fn problem_of(site: &Arc<Site>, path: &str, query: &str, problem: &Problem) -> Response {
    let below = path.strip_prefix(site.options.base.as_str()).unwrap_or("");
    let language = Language::of(below.split('/').next().unwrap_or("")).filter(|_| below.contains('/'));
    let is_page = language.is_some() || !below.contains('.');
    let mut response = if is_page {
        let asked = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "q").map(|(_, q)| q);
        let language = language.unwrap_or(Language::Vietnamese);
        let name = below.split('/').nth(1).unwrap_or("");
        let page = html::problem(site, language, name, asked.as_deref().unwrap_or(""), problem);
        typed("text/html; charset=utf-8", page.into_string())
    } else {
        typed("application/problem+json", problem.json(path).to_string())
    };
    *response.status_mut() = problem.status;
    if let Some(seconds) = problem.retry_after {
        response.headers_mut().insert(RETRY_AFTER, header(&seconds.to_string()));
    }
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

fn to_language(site: &Site, below: &str, query: &str, headers: &HeaderMap) -> Response {
    let preferred = Language::preferred(headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()));
    let mark = if query.is_empty() { "" } else { "?" };
    let mut response = redirect(&format!("{}{}/{below}{mark}{query}", site.options.base, preferred.code()));
    response.headers_mut().insert(VARY, HeaderValue::from_static("accept-language"));
    response
}

fn redirect(to: &str) -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::FOUND;
    response.headers_mut().insert(LOCATION, header(to));
    response
}

fn with_headers(status: StatusCode, tag: &str, body: Body) -> Response {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    response.headers_mut().insert(ETAG, header(tag));
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    response
}

/// Makes an answer of one type.
pub fn typed(type_: &'static str, body: impl Into<Body>) -> Response {
    let mut response = Response::new(body.into());
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(type_));
    response
}

/// Makes the value of a header; what no header can hold is left out.
pub fn header(text: &str) -> HeaderValue {
    HeaderValue::from_str(text).unwrap_or_else(|_| HeaderValue::from_static(""))
}
