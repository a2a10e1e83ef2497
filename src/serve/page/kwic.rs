//! Every occurrence of a query in its context, in the order asked for.

use crate::answer::{Answer, Cell, Figure};
use crate::search::Query;
use crate::search::concordance::{self, COLUMNS, Line, Order};
use crate::serve::file::TakeRow;
use crate::serve::gate::Cost;
use crate::serve::parameter::{Kind, Parameter};
use crate::serve::problem::Problem;
use crate::serve::request::Request;
use crate::serve::route::{Data, EXPAND, Q, Route, Shown};
use crate::serve::{html, table, words};
use maud::{Markup, html};
use std::ops::ControlFlow;
use std::sync::Arc;

/// Lines of a page.
const PAGE: usize = 50;
/// Lines that pages show.
const LAST: usize = 10_000;

static SORT: Parameter = Parameter::new(
    "sort",
    Kind::Choice(&[
        ("index", words::SORT_INDEX),
        ("left1", words::SORT_LEFT),
        ("right1", words::SORT_RIGHT),
        ("date", words::SORT_DAY),
    ]),
    "index",
    words::SORT,
);
static WIDTH: Parameter = Parameter::new("width", Kind::Whole(5, 200), "60", words::WIDTH);
static PAGES: Parameter = Parameter::new("page", Kind::Whole(1, (LAST / PAGE) as u64), "1", words::PAGE);

/// The route.
pub static ROUTE: Route = Route {
    name: "kwic",
    item: false,
    title: words::T_KWIC,
    about: words::A_KWIC,
    parameters: &[&Q, &EXPAND, &SORT, &WIDTH, &PAGES],
    cost: Cost::Scan,
    shown: Shown::Head,
    page,
    data: Data::Stream { page: json, columns: &COLUMNS, rows },
    picture: None,
};

fn order(request: &Request) -> Order {
    match request.asked.get("sort") {
        "left1" => Order::Left,
        "right1" => Order::Right,
        "date" => Order::Date,
        _ => Order::Index,
    }
}

/// Hands over the lines of a request; of every article there are none.
fn lines(
    request: &Request,
    query: &Query,
    take: &mut dyn FnMut(Line) -> anyhow::Result<ControlFlow<()>>,
) -> anyhow::Result<()> {
    let width = request.asked.number("width") as usize;
    concordance::concordance(&request.archive, query, width, order(request), take)
}

fn rows(request: &Request, take: &mut TakeRow) -> anyhow::Result<()> {
    let query = request.query()?;
    lines(request, &query, &mut |line| take(line.cells()))
}

/// Returns all lines that pages show, with the number of all there are.
fn all(request: &Request, query: &Query) -> Result<Arc<Answer>, Problem> {
    request.answer(|archive| {
        let (mut rows, mut count) = (Vec::new(), 0);
        lines(request, query, &mut |line| {
            count += 1;
            if rows.len() < LAST {
                rows.push(line.cells());
            }
            Ok(ControlFlow::Continue(()))
        })?;
        let mut answer = archive.answer("kwic", query, &COLUMNS, rows)?;
        answer.of_rows = count;
        answer.figures = vec![Figure::count("occurrences", "Occurrences of the query", count)];
        answer.summary = format!("{count} occurrences in {}", answer.summary);
        Ok(answer)
    })
}

/// Returns the lines of the page, and the number of the next.
fn one(request: &Request, query: &Query) -> Result<(Answer, Option<u64>), Problem> {
    let (all, page) = (all(request, query)?, request.asked.number("page"));
    let from = ((page as usize - 1) * PAGE).min(all.rows.len());
    let to = (from + PAGE).min(all.rows.len());
    let rows = all.rows[from..to].to_vec();
    let next = (to < all.rows.len()).then_some(page + 1);
    let (columns, notes, figures) = (all.columns.clone(), all.notes.clone(), all.figures.clone());
    let (query, summary) = (all.query.clone(), all.summary.clone());
    Ok((
        Answer {
            name: all.name,
            total: all.total,
            of_rows: all.of_rows,
            query,
            summary,
            columns,
            notes,
            figures,
            rows,
        },
        next,
    ))
}

fn json(request: &Request) -> Result<(Answer, Option<u64>), Problem> {
    one(request, &request.query()?)
}

fn page(request: &Request) -> Result<Markup, Problem> {
    let query = request.query()?;
    if request.asked.get("q").is_empty() {
        return Ok(html::page(request, request.text(ROUTE.title), None, html::ask(request)));
    }
    let (answer, next) = one(request, &query)?;
    let found = words::ARTICLES.of(request.language, answer.total.found);
    let values = [("found", found.as_str()), ("all", &request.number(answer.total.of))];
    let numbers = html! {
        strong { (words::LINES.of(request.language, answer.of_rows)) }
        " " (words::IN_ARTICLES.with(request.language, &values))
    };
    let main = html! {
        h1.unseen { (request.text(ROUTE.title)) }
        (html::found(request, numbers, Some(&query)))
        (html::options(request))
        @if answer.of_rows == 0 {
            p.empty { (request.text(if answer.total.found == 0 { words::NOTHING } else { words::NO_OCCURRENCES })) }
        } @else {
            (concordance(request, &answer))
        }
        (html::pages(request, next))
        @if answer.of_rows > LAST as u64 {
            p.meta { (words::LAST_LINE.with(request.language, &[("n", &request.number(LAST as u64))])) }
        }
    };
    Ok(html::page(request, request.asked.get("q"), Some(&query), main))
}

fn concordance(request: &Request, answer: &Answer) -> Markup {
    html! {
        table.kwic {
            thead { tr {
                th.before scope="col" { (request.text(words::BEFORE)) }
                th scope="col" { (request.text(words::HIT)) }
                th scope="col" { (request.text(words::AFTER)) }
                th scope="col" { (request.text(words::WHERE)) }
            } }
            tbody { @for row in &answer.rows { (line(request, answer, row)) } }
        }
    }
}

fn line(request: &Request, answer: &Answer, row: &[Cell]) -> Markup {
    let text = |name: &str| table::text(answer, row, name).unwrap_or_default();
    let (part, start) = (text("part"), table::count(answer, row, "start"));
    let href = format!("{}#{part}-{start}", request.article(text("id")));
    let day = row.iter().find_map(|cell| if let Cell::Day(day) = cell { Some(*day) } else { None });
    let day = day.or_else(|| text("date").parse().ok());
    html! {
        tr {
            td.before lang="vi" { bdi { (text("left")) } }
            td.node lang="vi" { a href=(href) { (text("hit")) } }
            td lang="vi" { bdi { (text("right")) } }
            td.where { (request.day(day)) " · " span lang="vi" { (text("source")) } }
        }
    }
}
