//! The articles that a query finds: how many, when, of what kind, and the first of them with what was found in each.

use super::{facets, facts, timeline};
use crate::answer::{Answer, Cell};
use crate::search::hits::{self, EVERY, Found, Order, Shown as Hit};
use crate::search::snippet::Snippet;
use crate::search::{Query, facet::By};
use crate::serve::file::TakeRow;
use crate::serve::gate::Cost;
use crate::serve::html;
use crate::serve::parameter::{Kind, Parameter};
use crate::serve::problem::Problem;
use crate::serve::request::Request;
use crate::serve::route::{Data, EXPAND, Q, Route, Shown};
use crate::serve::words;
use maud::{Markup, html};

/// Articles of a page.
const PAGE: usize = 20;
/// Rank of the last article that pages show.
const LAST: usize = 1_000;

static SORT: Parameter = Parameter::new(
    "sort",
    Kind::Choice(&[("score", words::SORT_SCORE), ("date", words::SORT_DATE)]),
    "score",
    words::SORT,
);
static PAGES: Parameter = Parameter::new("page", Kind::Whole(1, (LAST / PAGE) as u64), "1", words::PAGE);

/// The route.
pub static ROUTE: Route = Route {
    name: "search",
    item: false,
    title: words::T_SEARCH,
    about: words::A_SEARCH,
    parameters: &[&Q, &EXPAND, &SORT, &PAGES],
    cost: Cost::Page,
    shown: Shown::Head,
    page,
    data: Data::Stream { page: json, columns: &EVERY, rows },
    picture: Some(timeline::picture),
};

fn found(request: &Request, query: &Query) -> Result<Found, Problem> {
    let by_date = request.asked.get("sort") == "date" || *query == Query::All;
    let order = if by_date { Order::Date } else { Order::Score };
    let from = (request.asked.number("page") as usize).saturating_sub(1) * PAGE;
    Ok(hits::page(&request.archive, query, order, from, PAGE)?)
}

/// Returns the number of the next page, when there may be one.
fn next(request: &Request, found: &Found) -> Option<u64> {
    let page = request.asked.number("page");
    (found.hits.len() == PAGE && page < (LAST / PAGE) as u64).then_some(page + 1)
}

fn json(request: &Request) -> Result<(Answer, Option<u64>), Problem> {
    let found = found(request, &request.query()?)?;
    let (next, from) = (next(request, &found), (request.asked.number("page") as i64 - 1) * PAGE as i64);
    let mut answer = found.answer();
    for row in &mut answer.rows {
        if let Some(Cell::Integer(rank)) = row.first_mut() {
            *rank += from;
        }
    }
    Ok((answer, next))
}

fn rows(request: &Request, take: &mut TakeRow) -> anyhow::Result<()> {
    hits::every(&request.archive, &request.query()?, take)
}

fn page(request: &Request) -> Result<Markup, Problem> {
    let query = request.query()?;
    let (found, months) = (found(request, &query)?, timeline::slots(request, &query)?);
    let title = if request.asked.get("q").is_empty() { request.text(ROUTE.title) } else { request.asked.get("q") };
    let main = html! {
        h1.unseen { (request.text(ROUTE.title)) }
        @if request.archive.is_empty() {
            p.empty { (request.text(words::EMPTY_ARCHIVE)) }
        } @else {
            div.two {
                aside.side { details open { summary { (request.text(words::FILTER)) }
                    @for by in [By::ProvinceNew, By::Source, By::Year, By::Section, By::Type, By::Issuer] {
                        (facets::short(request, &query, by)?)
                    }
                } }
                div {
                    (html::found(request, numbers(request, &found, months.undated), Some(&query)))
                    (timeline::figure(request, &query, &months))
                    (sorts(request, months.undated))
                    (list(request, &found))
                    (html::pages(request, next(request, &found)))
                    @if found.total > LAST as u64 {
                        @let last = request.number(LAST as u64);
                        p.meta { (words::LAST_RANK.with(request.language, &[("n", &last)])) }
                    }
                }
            }
        }
    };
    Ok(html::page(request, title, Some(&query), main))
}

fn numbers(request: &Request, found: &Found, undated: u64) -> Markup {
    let all = request.number(found.of);
    html! {
        strong { (words::ARTICLES.of(request.language, found.total)) }
        " " (words::OF_ALL.with(request.language, &[("all", &all)]))
        @if undated > 0 { " · " (words::UNDATED.of(request.language, undated)) }
    }
}

fn sorts(request: &Request, undated: u64) -> Markup {
    let by_date = request.asked.get("sort") == "date";
    html! {
        p.sorts {
            (request.text(words::SORT)) ": "
            @if by_date {
                a href=(request.this("sort", "")) { (request.text(words::SORT_SCORE)) } " · "
                strong { (request.text(words::SORT_DATE)) }
                @if undated > 0 {
                    @let undated = words::UNDATED.of(request.language, undated);
                    span.meta { " " (words::BY_DATE_NOTE.with(request.language, &[("undated", &undated)])) }
                }
            } @else {
                strong { (request.text(words::SORT_SCORE)) } " · "
                a href=(request.this("sort", "date")) { (request.text(words::SORT_DATE)) }
            }
        }
    }
}

fn list(request: &Request, found: &Found) -> Markup {
    html! {
        @if found.hits.is_empty() {
            div.empty {
                p { (request.text(words::NOTHING)) }
                p { (request.text(words::NOTHING_HINT)) }
            }
        }
        ol.hits { @for hit in &found.hits { (article(request, hit)) } }
    }
}

fn article(request: &Request, hit: &Hit) -> Markup {
    let about = [hit.source.as_deref(), hit.section.as_deref()];
    html! {
        li {
            h2 { a href=(request.article(&hit.id)) lang="vi" {
                (hit.title.as_deref().unwrap_or(request.text(words::NO_TITLE)))
            } }
            p.meta {
                (request.day(hit.day))
                @for text in about.into_iter().flatten() { " · " span lang="vi" { (text) } }
                @if !hit.complete { " · " span.lacks { (request.text(words::LACKS)) } }
            }
            p.snip lang="vi" { (marked(&hit.snippet)) }
            (facts::chips(request, &hit.id, &hit.mentions))
        }
    }
}

/// Makes a snippet with what was sought in it marked; words side by side are one mark.
fn marked(snippet: &Snippet) -> Markup {
    let text: Vec<char> = snippet.text.chars().collect();
    let mut marks: Vec<(usize, usize)> = Vec::new();
    for &(start, end) in &snippet.marks {
        let (start, end) = (start - snippet.start, (end - snippet.start).min(text.len()));
        match marks.last_mut() {
            Some(last) if start <= last.1 || (start == last.1 + 1 && text.get(last.1) == Some(&' ')) => {
                last.1 = end.max(last.1);
            }
            _ => marks.push((start, end)),
        }
    }
    let mut at = 0;
    html! {
        @for (start, end) in marks {
            (piece(&text, at, start)) mark { (piece(&text, start, end)) }
            @let () = at = end;
        }
        (piece(&text, at, text.len()))
    }
}

/// Returns a piece of a text on one line.
fn piece(text: &[char], from: usize, to: usize) -> String {
    let piece = text.get(from..to.max(from)).unwrap_or_default().iter();
    piece.map(|&c| if c == '\n' || c == '\t' { ' ' } else { c }).collect()
}
