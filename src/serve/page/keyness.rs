//! What tells the articles of a query from others.

use super::collocates::unit;
use crate::answer::{Answer, Cell};
use crate::search::frequency::Unit;
use crate::search::{Query, keyness, parse};
use crate::serve::gate::Cost;
use crate::serve::parameter::{Kind, Parameter};
use crate::serve::problem::Problem;
use crate::serve::request::Request;
use crate::serve::route::{Data, EXPAND, MIN_COUNT, Q, Route, Shown, UNIT};
use crate::serve::{html, table, words};
use maud::{Markup, html};
use std::sync::Arc;

/// Units of a page.
const PAGE: usize = 100;

/// Columns in the order of the page.
const ORDER: [&str; 7] =
    ["unit", "first", "first_per_million", "second", "second_per_million", "log_likelihood", "log_ratio"];

static AGAINST: Parameter = Parameter::new("against", Kind::Query, "", words::AGAINST);

/// The route.
pub static ROUTE: Route = Route {
    name: "keyness",
    item: false,
    title: words::T_KEYNESS,
    about: words::A_KEYNESS,
    parameters: &[&Q, &EXPAND, &AGAINST, &UNIT, &MIN_COUNT],
    cost: Cost::Scan,
    shown: Shown::Head,
    page,
    data: Data::Rows(answer),
    picture: None,
};

fn answer(request: &Request) -> Result<Arc<Answer>, Problem> {
    let (first, least) = (request.query()?, request.asked.number("min-count"));
    let second = match request.asked.get("against") {
        "" => Query::Not(Box::new(first.clone())),
        against => request.read(against)?,
    };
    request.answer(|archive| keyness::answer(archive, &first, &second, least, unit(request)))
}

fn page(request: &Request) -> Result<Markup, Problem> {
    let query = request.query()?;
    if request.asked.get("q").is_empty() {
        return Ok(html::page(request, request.text(ROUTE.title), None, html::ask(request)));
    }
    let answer = answer(request)?;
    let figure =
        |name: &str| answer.figures.iter().find(|figure| figure.name == name).map_or(0, |figure| figure.value as u64);
    let language = request.language;
    let (found, against) =
        (words::ARTICLES.of(language, answer.total.found), words::ARTICLES.of(language, figure("against_articles")));
    let values = [
        ("first", request.number(figure("units"))),
        ("found", found),
        ("against", against),
        ("second", request.number(figure("against_units"))),
    ];
    let values: Vec<_> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let numbers = html! {
        strong { (words::UNITS.of(language, answer.of_rows)) }
        " · " (words::KEYNESS_NOTE.with(language, &values))
    };
    let link = |column: &str, row: &[Cell]| {
        let text = table::text(&answer, row, "unit").filter(|_| column == "unit")?;
        let mark = if unit(request) == Unit::Pair { '~' } else { '=' };
        let word = parse(&format!("{mark}\"{text}\""), true).ok()?;
        let both = Query::And(match &query {
            Query::All => vec![word],
            Query::And(queries) => queries.iter().cloned().chain([word]).collect(),
            query => vec![query.clone(), word],
        });
        Some(request.about("search", &both.to_string()))
    };
    let main = html! {
        h1 { (request.text(ROUTE.title)) }
        (html::found(request, numbers, Some(&query)))
        (html::options(request))
        (table::table(request, &answer, &ORDER, PAGE, request.text(ROUTE.title), &link))
    };
    Ok(html::page(request, request.asked.get("q"), Some(&query), main))
}
