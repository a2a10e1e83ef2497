//! Where one begins: what the archive holds, examples to follow, and the documents cited most.

use super::stats;
use crate::answer::Cell;
use crate::search::Query;
use crate::search::cited::{self, Wanted};
use crate::search::query::Condition;
use crate::serve::gate::Cost;
use crate::serve::problem::Problem;
use crate::serve::request::Request;
use crate::serve::route::{Data, Route, Shown};
use crate::serve::{html, table, words};
use maud::{Markup, html};

/// Queries to begin with.
pub const EXAMPLES: [&str; 4] = ["tỷ lệ hộ nghèo", "\"nghị quyết\"", "pct:>=70", "UBND"];
/// Documents that are named.
const DOCUMENTS: usize = 10;

/// The route.
pub static ROUTE: Route = Route {
    name: "",
    item: false,
    title: words::T_HOME,
    about: words::A_HOME,
    parameters: &[],
    cost: Cost::Page,
    shown: Shown::Inside,
    page,
    data: Data::None,
    picture: None,
};

fn page(request: &Request) -> Result<Markup, Problem> {
    let held = stats::answer(request)?;
    let cited =
        request.snapshot.answer("cited-by-all", || cited::answer(&request.archive, &Query::All, &Wanted::default()))?;
    let link = |column: &str, row: &[Cell]| {
        let value = table::text(&cited, row, "id").filter(|_| column == "document")?;
        let query = Query::Condition(Condition::cites(value));
        Some(request.page("search", &[("q", &query.to_string())]))
    };
    let years = held.rows.iter().filter_map(|row| table::text(&held, row, "year"));
    let span = years.clone().min().zip(years.max());
    let main = html! {
        section.narrow {
            h1 { (request.text(words::TAGLINE)) }
            p.leading { (request.text(words::HOME_LEAD)) }
            @if request.archive.is_empty() { p.empty { (request.text(words::EMPTY_ARCHIVE)) } }
            h2 { (request.text(words::HOME_TRY)) }
            ul.examples { @for example in EXAMPLES {
                li { a href=(request.page("search", &[("q", example)])) lang="vi" { (example) } }
            } }
            h2 { (request.text(words::HOME_HOLDS)) }
            (stats::totals(request, &held))
            @if let Some((first, last)) = span {
                p.meta { (words::FROM_TO.with(request.language, &[("first", first), ("last", last)])) " · "
                    a href=(request.page("stats", &[])) { (request.text(words::T_STATS)) } }
            }
        }
        @if !cited.rows.is_empty() {
            section {
                h2 { (request.text(words::MOST_CITED)) }
                (table::table(request, &cited, &super::cited::SHORT, DOCUMENTS, request.text(words::MOST_CITED), &link))
                p.meta { a href=(request.page("cited", &[])) { (request.text(words::SHOW_ALL)) } }
            }
        }
    };
    Ok(html::page(request, request.text(words::NAME), None, main))
}
