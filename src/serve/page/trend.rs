//! A query over time: the share of articles, or occurrences in a million syllables, with the totals of each period.

use crate::answer::{Answer, Cell};
use crate::search::Query;
use crate::search::facet::By;
use crate::search::narrow::narrow;
use crate::search::trend::{self, Period};
use crate::serve::chart::{self, Slot};
use crate::serve::gate::Cost;
use crate::serve::parameter::{Kind, Parameter};
use crate::serve::problem::Problem;
use crate::serve::request::Request;
use crate::serve::route::{Data, EXPAND, Q, Route, Shown};
use crate::serve::{html, table, words};
use maud::{Markup, html};
use std::sync::Arc;

static BY: Parameter =
    Parameter::new("by", Kind::Choice(&[("year", words::BY_YEAR), ("month", words::BY_MONTH)]), "year", words::BY);
static OCCURRENCES: Parameter = Parameter::switch("per-million", "no", words::OCCURRENCES_SWITCH);

/// The route.
pub static ROUTE: Route = Route {
    name: "trend",
    item: false,
    title: words::T_TREND,
    about: words::A_TREND,
    parameters: &[&Q, &EXPAND, &BY, &OCCURRENCES],
    cost: Cost::Scan,
    shown: Shown::Head,
    page,
    data: Data::Rows(answer),
    picture: Some(picture),
};

fn period(request: &Request) -> (Period, By) {
    match request.asked.get("by") {
        "month" => (Period::Month, By::Month),
        _ => (Period::Year, By::Year),
    }
}

fn answer(request: &Request) -> Result<Arc<Answer>, Problem> {
    let (query, occurrences) = (request.query()?, request.asked.is_on("per-million"));
    request.answer(|archive| trend::answer(archive, &query, period(request).0, occurrences))
}

/// Returns the column that is drawn.
fn drawn(request: &Request) -> &'static str {
    if request.asked.is_on("per-million") { "per_million" } else { "per_cent" }
}

fn slots(request: &Request, query: &Query, answer: &Answer) -> Vec<Slot> {
    let by = period(request).1;
    let slot = |row: &Vec<Cell>| {
        let period = table::text(answer, row, "period")?.to_string();
        let href = narrow(query, by, &period).map(|query| request.about("search", &query.to_string()));
        let (found, all) = (table::count(answer, row, "articles"), table::count(answer, row, "all_articles"));
        Some(Slot { period, height: table::number(answer, row, drawn(request)), found, all, href })
    };
    chart::without_holes(answer.rows.iter().filter_map(slot).collect())
}

fn unit(request: &Request, height: f64) -> String {
    let number = request.language.decimal(height, 2);
    if drawn(request) == "per_cent" { format!("{number} %") } else { number }
}

fn title(request: &Request) -> &'static str {
    request.text(if drawn(request) == "per_cent" { words::SHARE_CHART } else { words::MILLION_CHART })
}

fn picture(request: &Request) -> Result<String, Problem> {
    let (query, answer) = (request.query()?, answer(request)?);
    let source = format!("{} {}", request.text(words::SNAPSHOT), request.snapshot.id());
    let title = words::CHART_TITLE.with(request.language, &[("query", &query.to_string()), ("what", title(request))]);
    Ok(chart::picture(&title, &source, &slots(request, &query, &answer), &|height| unit(request, height)))
}

fn page(request: &Request) -> Result<Markup, Problem> {
    let query = request.query()?;
    if request.asked.get("q").is_empty() {
        return Ok(html::page(request, request.text(ROUTE.title), None, html::ask(request)));
    }
    let answer = answer(request)?;
    let slots = slots(request, &query, &answer);
    let all = request.number(answer.total.of);
    let undated = answer.total.undated.unwrap_or(0);
    let numbers = html! {
        strong { (words::ARTICLES.of(request.language, answer.total.found)) }
        " " (words::OF_ALL.with(request.language, &[("all", &all)]))
        @if undated > 0 { " · " (words::UNDATED.of(request.language, undated)) }
    };
    let link = |column: &str, row: &[Cell]| {
        let period = table::text(&answer, row, "period").filter(|_| column == "articles")?;
        Some(request.about("search", &narrow(&query, self::period(request).1, period)?.to_string()))
    };
    let main = html! {
        h1 { (title(request)) }
        (html::found(request, numbers, Some(&query)))
        (html::options(request))
        @if slots.iter().any(|slot| slot.found > 0) {
            figure {
                (chart::columns(request, title(request), &slots, &|height| unit(request, height)))
                figcaption {
                    span { (request.text(words::GAP)) }
                    span { a href=(request.data("svg")) data-png="trend.png" { "SVG" } }
                }
            }
        } @else { p.empty { (request.text(words::NOTHING)) } }
        (table::table(request, &answer, &[], usize::MAX, title(request), &link))
    };
    Ok(html::page(request, request.asked.get("q"), Some(&query), main))
}
