//! Articles counted by a value: ten beside the hits, all of them on a page of their own.

use crate::answer::Answer;
use crate::search::Query;
use crate::search::facet::{self, By};
use crate::search::narrow::narrow;
use crate::serve::gate::Cost;
use crate::serve::language::Words;
use crate::serve::parameter::{Kind, Parameter};
use crate::serve::problem::Problem;
use crate::serve::request::Request;
use crate::serve::route::{Data, EXPAND, Q, Route, Shown};
use crate::serve::{html, table, words};
use maud::{Markup, html};
use std::sync::Arc;

/// Values beside the hits.
const SHORT: usize = 10;
/// Values of a page.
const LONG: usize = 1_000;

/// Names of what is counted by, as the command line has them.
const NAMES: &[(By, &str, Words)] = &[
    (By::Source, "source", words::PAPER),
    (By::ProvinceNew, "province-new", words::PROVINCE_NEW),
    (By::ProvinceOld, "province-old", words::PROVINCE_OLD),
    (By::Section, "section", words::SECTION),
    (By::Author, "author", words::AUTHOR),
    (By::Year, "year", words::YEAR),
    (By::Month, "month", words::MONTH),
    (By::Type, "type", words::DOCUMENT_TYPE),
    (By::Issuer, "issuer", words::ISSUER),
];

static BY: Parameter = Parameter::new(
    "by",
    Kind::Choice(&[
        ("source", words::PAPER),
        ("province-new", words::PROVINCE_NEW),
        ("province-old", words::PROVINCE_OLD),
        ("section", words::SECTION),
        ("author", words::AUTHOR),
        ("year", words::YEAR),
        ("month", words::MONTH),
        ("type", words::DOCUMENT_TYPE),
        ("issuer", words::ISSUER),
    ]),
    "source",
    words::FACET_BY,
);

/// The route.
pub static ROUTE: Route = Route {
    name: "facets",
    item: false,
    title: words::T_FACETS,
    about: words::A_FACETS,
    parameters: &[&Q, &EXPAND, &BY],
    cost: Cost::Page,
    shown: Shown::Inside,
    page,
    data: Data::Rows(answer),
    picture: None,
};

fn row_of(name: &str) -> (By, &'static str, Words) {
    NAMES.iter().find(|(_, known, _)| *known == name).copied().unwrap_or(NAMES[0])
}

fn answer(request: &Request) -> Result<Arc<Answer>, Problem> {
    let (query, (by, ..)) = (request.query()?, row_of(request.asked.get("by")));
    Ok(Arc::new(facet::answer(&request.archive, &query, by)?))
}

/// Makes the ten values of a facet that stand beside the hits; others and unknown complete the sum.
pub fn short(request: &Request, query: &Query, by: By) -> Result<Markup, Problem> {
    let Some((_, name, words)) = NAMES.iter().find(|(known, ..)| *known == by).copied() else { return Ok(html! {}) };
    let mut answer = facet::answer(&request.archive, query, by)?;
    if by == By::Year {
        let unknown = answer.rows.len() - answer.rows.iter().filter(|row| is_known(&answer, row)).count();
        let known = answer.rows.len() - unknown;
        answer.rows[..known].reverse();
    }
    let highest = answer.rows.iter().map(|row| table::count(&answer, row, "articles")).max().unwrap_or(0);
    let (known, unknown): (Vec<_>, Vec<_>) = answer.rows.iter().partition(|row| is_known(&answer, row));
    let text = query.to_string();
    let mut pairs = vec![("q", text.as_str())];
    pairs.extend(request.asked.pairs().into_iter().filter(|(name, _)| *name == "expand"));
    pairs.push(("by", name));
    Ok(html! {
        @if !known.is_empty() {
            section.facet {
                h2 { (request.text(words)) }
                ul { @for row in known.iter().take(SHORT).chain(&unknown) { (line(request, query, by, &answer, row, highest)) } }
                @if known.len() > SHORT {
                    @let others = words::OTHERS.of(request.language, (known.len() - SHORT) as u64);
                    p.more { a href=(request.page("facets", &pairs)) { (others) " · " (request.text(words::SHOW_ALL)) } }
                }
                @if matches!(by, By::Type | By::Issuer) { p.meta { (request.text(words::MANY_VALUES)) } }
            }
        }
    })
}

fn is_known(answer: &Answer, row: &[crate::answer::Cell]) -> bool {
    table::text(answer, row, "value").is_some()
}

fn line(
    request: &Request,
    query: &Query,
    by: By,
    answer: &Answer,
    row: &[crate::answer::Cell],
    highest: u64,
) -> Markup {
    let (found, all) = (table::count(answer, row, "articles"), table::count(answer, row, "all_articles"));
    let value = table::text(answer, row, "value");
    let href = value.and_then(|value| narrow(query, by, value));
    let shown = value.map_or_else(|| request.text(words::UNKNOWN).to_string(), |value| named(request, by, value));
    html! {
        li {
            @match href {
                Some(query) => a href=(request.about("search", &query.to_string())) { (shown) },
                None => span { (shown) },
            }
            span.n { (request.number(found)) " / " (request.number(all)) }
            meter min="0" max=(highest.max(1)) value=(found) aria-label=(shown) { (request.number(found)) }
        }
    }
}

/// Writes a value as it is read.
fn named(request: &Request, by: By, value: &str) -> String {
    if by == By::Month { request.language.period(value) } else { value.to_string() }
}

fn page(request: &Request) -> Result<Markup, Problem> {
    let (query, answer) = (request.query()?, answer(request)?);
    let (by, _, words) = row_of(request.asked.get("by"));
    let link = |column: &str, row: &[crate::answer::Cell]| {
        let value = table::text(&answer, row, "value").filter(|_| column == "articles")?;
        Some(request.about("search", &narrow(&query, by, value)?.to_string()))
    };
    let (found, of) = (answer.total.found, request.number(answer.total.of));
    let numbers = html! {
        strong { (words::ARTICLES.of(request.language, found)) }
        " " (words::OF_ALL.with(request.language, &[("all", &of)]))
    };
    let main = html! {
        h1 { (request.text(words)) }
        (html::found(request, numbers, Some(&query)))
        (html::options(request))
        @if matches!(by, By::Type | By::Issuer | By::Author) { p.meta { (request.text(words::MANY_VALUES)) } }
        (table::table(request, &answer, &["value", "articles", "all_articles", "per_cent"], LONG, request.text(words), &link))
    };
    Ok(html::page(request, request.text(words), Some(&query), main))
}
