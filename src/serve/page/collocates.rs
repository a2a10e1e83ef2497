//! What stands near the occurrences of a query.

use crate::answer::{Answer, Cell};
use crate::search::collocation::{self, By};
use crate::search::frequency::Unit;
use crate::search::{self, Query};
use crate::serve::gate::Cost;
use crate::serve::parameter::{Kind, Parameter};
use crate::serve::problem::Problem;
use crate::serve::request::Request;
use crate::serve::route::{Data, EXPAND, MIN_COUNT, Q, Route, Shown, UNIT};
use crate::serve::{html, table, words};
use maud::{Markup, html};
use std::sync::Arc;

/// Collocates of a page.
const PAGE: usize = 100;

static WINDOW: Parameter = Parameter::new("window", Kind::Whole(1, 100), "5", words::WINDOW);
static SORT: Parameter = Parameter::new(
    "sort",
    Kind::Choice(&[("log-likelihood", words::SORT_LL), ("log-dice", words::SORT_LD)]),
    "log-likelihood",
    words::SORT,
);

/// The route.
pub static ROUTE: Route = Route {
    name: "collocates",
    item: false,
    title: words::T_COLLOCATES,
    about: words::A_COLLOCATES,
    parameters: &[&Q, &EXPAND, &WINDOW, &UNIT, &MIN_COUNT, &SORT],
    cost: Cost::Scan,
    shown: Shown::Head,
    page,
    data: Data::Rows(answer),
    picture: None,
};

/// Returns what is counted.
pub fn unit(request: &Request) -> Unit {
    if request.asked.get("unit") == "pair" { Unit::Pair } else { Unit::Syllable }
}

fn answer(request: &Request) -> Result<Arc<Answer>, Problem> {
    let by = if request.asked.get("sort") == "log-dice" { By::LogDice } else { By::LogLikelihood };
    let (query, window) = (request.query()?, request.asked.number("window") as usize);
    let least = request.asked.number("min-count");
    request.answer(|archive| collocation::answer(archive, &query, window, least, unit(request), by))
}

/// Returns the concordance of a query with a unit near it, where the language can say that.
fn near(request: &Request, query: &Query, unit_text: &str) -> Option<String> {
    let quoted = if unit(request) == Unit::Pair { format!("~\"{unit_text}\"") } else { format!("=\"{unit_text}\"") };
    let text = format!("({query}) NEAR/{} {quoted}", request.asked.get("window"));
    let near = search::parse(&text, request.asked.is_on("expand")).ok()?;
    Some(request.about("kwic", &near.to_string()))
}

fn page(request: &Request) -> Result<Markup, Problem> {
    let query = request.query()?;
    if request.asked.get("q").is_empty() {
        return Ok(html::page(request, request.text(ROUTE.title), None, html::ask(request)));
    }
    let answer = answer(request)?;
    let figure =
        |name: &str| answer.figures.iter().find(|figure| figure.name == name).map_or(0, |figure| figure.value as u64);
    let lines = words::LINES.of(request.language, figure("occurrences"));
    let values =
        [("lines", lines.as_str()), ("near", &request.number(figure("near"))), ("all", &request.number(figure("all")))];
    let numbers = html! {
        strong { (words::COLLOCATES.of(request.language, answer.of_rows)) }
        " · " (words::COLLOCATES_NOTE.with(request.language, &values))
    };
    let link = |column: &str, row: &[Cell]| {
        near(request, &query, table::text(&answer, row, "collocate").filter(|_| column == "collocate")?)
    };
    let main = html! {
        h1 { (request.text(ROUTE.title)) }
        (html::found(request, numbers, Some(&query)))
        (html::options(request))
        (table::table(request, &answer, &["collocate", "near", "all", "log_likelihood", "log_dice"], PAGE, request.text(ROUTE.title), &link))
    };
    Ok(html::page(request, request.asked.get("q"), Some(&query), main))
}
