//! The query language, each example a link to what it finds.

use crate::search::language::{self, FIELDS, LANGUAGE};
use crate::serve::gate::Cost;
use crate::serve::language::Language;
use crate::serve::problem::Problem;
use crate::serve::request::Request;
use crate::serve::route::{Data, Route, Shown};
use crate::serve::{html, words};
use maud::{Markup, html};
use std::sync::Arc;

/// The route.
pub static ROUTE: Route = Route {
    name: "help-query",
    item: false,
    title: words::T_HELP,
    about: words::A_HELP,
    parameters: &[],
    cost: Cost::Page,
    shown: Shown::Foot,
    page,
    data: Data::Rows(|_| Ok(Arc::new(language::answer()))),
    picture: None,
};

fn page(request: &Request) -> Result<Markup, Problem> {
    let words_rows = LANGUAGE.iter().map(|row| (row.form, row.english, row.vietnamese)).collect::<Vec<_>>();
    let fields = FIELDS.iter().map(|row| (row.example, row.english, row.vietnamese)).collect::<Vec<_>>();
    let main = html! {
        section.narrow {
            h1 { (request.text(ROUTE.title)) }
            p { (request.text(words::HELP_TONES)) }
            h2 { (request.text(words::HELP_WORDS)) }
            (rows(request, &words_rows))
            h2 { (request.text(words::HELP_FIELDS)) }
            (rows(request, &fields))
            p { (request.text(words::HELP_JOINT)) }
            p { (request.text(words::HELP_COUNTS)) }
            p { (html::files(request)) }
        }
    };
    Ok(html::page(request, request.text(ROUTE.title), None, main))
}

fn rows(request: &Request, rows: &[(&str, &str, &str)]) -> Markup {
    html! {
        table.rows {
            thead { tr {
                th scope="col" { (request.text(words::HELP_FORM)) }
                th scope="col" { (request.text(words::HELP_FINDS)) }
            } }
            tbody { @for (form, english, vietnamese) in rows { tr {
                td data-label=(request.text(words::HELP_FORM)) {
                    // Two blanks stand between two examples.
                    @for example in form.split("  ") { a.example href=(request.page("search", &[("q", example)])) { code { (example) } } " " }
                }
                td data-label=(request.text(words::HELP_FINDS)) {
                    (if request.language == Language::English { english } else { vietnamese })
                }
            } } }
        }
    }
}
