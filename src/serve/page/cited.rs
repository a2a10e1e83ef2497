//! The documents that the articles of a query cite.

use crate::answer::{Answer, Cell};
use crate::search::cited::{self, Wanted};
use crate::search::narrow;
use crate::search::query::Condition;
use crate::serve::gate::Cost;
use crate::serve::parameter::{Kind, Parameter};
use crate::serve::problem::Problem;
use crate::serve::request::Request;
use crate::serve::route::{Data, EXPAND, Q, Route, Shown};
use crate::serve::{html, table, words};
use maud::{Markup, html};
use std::sync::Arc;

/// Documents of a page.
const PAGE: usize = 100;

/// Columns in the order of the page: what it is about first.
const COLUMNS: [&str; 8] = ["document", "articles", "citations", "first", "last", "papers", "provinces", "place"];
/// Columns of a short list.
pub const SHORT: [&str; 5] = ["document", "articles", "citations", "first", "last"];

static TYPE: Parameter = Parameter::new("type", Kind::Text, "", words::DOCUMENT_TYPE_FILTER);
static ISSUER: Parameter = Parameter::new("issuer", Kind::Text, "", words::ISSUER_FILTER);

/// The route.
pub static ROUTE: Route = Route {
    name: "cited",
    item: false,
    title: words::T_CITED,
    about: words::A_CITED,
    parameters: &[&Q, &EXPAND, &TYPE, &ISSUER],
    cost: Cost::Page,
    shown: Shown::Head,
    page,
    data: Data::Rows(answer),
    picture: None,
};

fn answer(request: &Request) -> Result<Arc<Answer>, Problem> {
    let given = |name| Some(request.asked.get(name).to_string()).filter(|value| !value.is_empty());
    let (query, wanted) =
        (request.query()?, Wanted { type_: given("type"), issuer: given("issuer"), ..Wanted::default() });
    request.answer(|archive| cited::answer(archive, &query, &wanted))
}

fn page(request: &Request) -> Result<Markup, Problem> {
    let (query, answer) = (request.query()?, answer(request)?);
    let link = |column: &str, row: &[Cell]| {
        let value = table::text(&answer, row, "id").filter(|_| column == "document")?;
        let condition = Condition::cites(value);
        Some(request.about("search", &narrow::with(&query, condition).to_string()))
    };
    let found = words::ARTICLES.of(request.language, answer.total.found);
    let values = [("found", found.as_str()), ("all", &request.number(answer.total.of))];
    let numbers = html! {
        strong { (words::DOCUMENTS.of(request.language, answer.of_rows)) }
        " " (words::IN_ARTICLES.with(request.language, &values))
    };
    let main = html! {
        h1 { (request.text(ROUTE.title)) }
        (html::found(request, numbers, Some(&query)))
        (html::options(request))
        (table::table(request, &answer, &COLUMNS, PAGE, request.text(ROUTE.title), &link))
    };
    Ok(html::page(request, request.text(ROUTE.title), Some(&query), main))
}
