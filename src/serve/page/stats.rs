//! What the archive holds: articles of each newspaper and year as a heat table, and the numbers of mentions.

use crate::answer::Answer;
use crate::search::{Query, facet::By, holdings, narrow::narrow};
use crate::serve::gate::Cost;
use crate::serve::problem::Problem;
use crate::serve::request::Request;
use crate::serve::route::{Data, Route, Shown};
use crate::serve::{html, table, words};
use maud::{Markup, html};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Shades of the heat table.
const SHADES: u32 = 5;

/// The route.
pub static ROUTE: Route = Route {
    name: "stats",
    item: false,
    title: words::T_STATS,
    about: words::A_STATS,
    parameters: &[],
    cost: Cost::Page,
    shown: Shown::Head,
    page,
    data: Data::Rows(answer),
    picture: None,
};

/// Returns what the archive holds, counted once a snapshot.
pub fn answer(request: &Request) -> Result<Arc<Answer>, Problem> {
    Ok(request.snapshot.answer("stats", || holdings::answer(&request.archive))?)
}

/// Makes the list of the numbers of all articles and mentions.
pub fn totals(request: &Request, answer: &Answer) -> Markup {
    let columns = [("citations", 3), ("percentages", 4), ("dates", 5)];
    let figure = |name: &str| answer.figures.iter().find(|it| it.name == name).map_or(0, |it| it.value as u64);
    html! {
        dl.totals {
            div { dt { (table::heading(request, &answer.columns[2])) } dd { (request.number(answer.total.found)) } }
            @for (name, at) in columns {
                div { dt { (table::heading(request, &answer.columns[at])) } dd { (request.number(figure(name))) } }
            }
        }
    }
}

/// Articles by newspaper and year.
type Cells<'a> = BTreeMap<(Option<&'a str>, Option<&'a str>), u64>;

fn page(request: &Request) -> Result<Markup, Problem> {
    let answer = answer(request)?;
    let mut cells = Cells::new();
    for row in &answer.rows {
        let key = (table::text(&answer, row, "source"), table::text(&answer, row, "year"));
        *cells.entry(key).or_default() += table::count(&answer, row, "articles");
    }
    let undated = answer.total.undated.unwrap_or(0);
    let numbers = html! {
        strong { (words::ARTICLES.of(request.language, answer.total.found)) }
        @if undated > 0 { " · " (words::UNDATED.of(request.language, undated)) }
    };
    let main = html! {
        h1 { (request.text(words::STATS_HEAD)) }
        (html::found(request, numbers, None))
        (totals(request, &answer))
        h2 { (request.text(words::PAPERS_BY_YEAR)) }
        p.meta { (request.text(words::STATS_NOTE)) }
        (heat(request, &cells))
    };
    Ok(html::page(request, request.text(ROUTE.title), None, main))
}

/// Makes the heat table; every number leads to its articles.
fn heat(request: &Request, cells: &Cells) -> Markup {
    let mut years: Vec<Option<&str>> =
        cells.keys().map(|(_, year)| *year).collect::<BTreeSet<_>>().into_iter().collect();
    years.sort_by_key(|year| (year.is_none(), *year));
    let mut sources: Vec<Option<&str>> =
        cells.keys().map(|(source, _)| *source).collect::<BTreeSet<_>>().into_iter().collect();
    sources.sort_by_key(|source| source.is_none());
    let highest = cells.values().copied().max().unwrap_or(1).max(1);
    let name = |value: Option<&str>| value.map_or_else(|| request.text(words::UNKNOWN).to_string(), String::from);
    let sum =
        |source: Option<&str>| cells.iter().filter(|((of, _), _)| *of == source).map(|(_, count)| count).sum::<u64>();
    html! {
        div.scroll role="region" tabindex="0" aria-label=(request.text(words::PAPERS_BY_YEAR)) { table.heat {
            thead { tr {
                th scope="col" { (request.text(words::PAPER)) }
                @for year in &years { th.r scope="col" { (name(*year)) } }
                th.r scope="col" { (request.text(words::TOTAL)) }
            } }
            tbody { @for source in &sources { tr {
                th scope="row" lang="vi" { (name(*source)) }
                @for year in &years { (cell(request, *source, *year, cells.get(&(*source, *year)).copied(), highest)) }
                td.r { (request.number(sum(*source))) }
            } } }
        } }
    }
}

fn cell(request: &Request, source: Option<&str>, year: Option<&str>, count: Option<u64>, highest: u64) -> Markup {
    let Some(count) = count else { return html! { td.r { "–" } } };
    let query = source.and_then(|source| narrow(&Query::All, By::Source, source));
    let query = query.and_then(|query| narrow(&query, By::Year, year?));
    // Newspapers differ by orders of magnitude, so shades follow the logarithm.
    let shade = ((count as f64).ln_1p() / (highest as f64).ln_1p() * f64::from(SHADES)).ceil() as u32;
    html! {
        td class=(format!("r h{}", shade.clamp(1, SHADES))) {
            @match query {
                Some(query) => a href=(request.page("search", &[("q", &query.to_string())])) { (request.number(count)) },
                None => (request.number(count)),
            }
        }
    }
}
