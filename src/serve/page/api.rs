//! The addresses for programs, off the same table that answers them.

use crate::serve::gate::Cost;
use crate::serve::parameter::{Kind, Parameter};
use crate::serve::problem::Problem;
use crate::serve::request::Request;
use crate::serve::route::{AT, Data, ROUTES, Route, Shown};
use crate::serve::{html, words};
use maud::{Markup, html};

/// The route.
pub static ROUTE: Route = Route {
    name: "api",
    item: false,
    title: words::T_API,
    about: words::A_API,
    parameters: &[],
    cost: Cost::Page,
    shown: Shown::Foot,
    page,
    data: Data::None,
    picture: None,
};

fn page(request: &Request) -> Result<Markup, Problem> {
    let main = html! {
        section.narrow {
            h1 { (request.text(ROUTE.title)) }
            p { (request.text(words::API_LEAD)) }
            p { (request.text(words::API_ERRORS)) }
            p { (request.text(words::API_SNAPSHOT)) }
            p { a href=(request.root("openapi.json")) { (request.text(words::API_OPENAPI)) } }
            @for route in ROUTES.iter().filter(|route| !route.endings().is_empty()) { (described(request, route)) }
        }
    };
    Ok(html::page(request, request.text(ROUTE.title), None, main))
}

fn described(request: &Request, route: &Route) -> Markup {
    let item = if route.item { "/ID" } else { "" };
    html! {
        section.route {
            h2 { code { (request.root(route.name)) (item) } }
            p { (request.text(route.about)) }
            dl {
                dt { (request.text(words::ENDINGS)) }
                dd { @for ending in route.endings() { code { "." (ending) } " " } }
                @for parameter in route.parameters.iter().copied().chain([&AT]) {
                    dt { code { (parameter.name) } }
                    dd { (request.text(parameter.words)) (values(request, parameter)) }
                }
            }
        }
    }
}

fn values(request: &Request, parameter: &Parameter) -> Markup {
    html! {
        @match parameter.kind {
            Kind::Choice(values) => { ": " @for (value, _) in values { code { (value) } " " } }
            Kind::Whole(least, most) => { ": " (request.number(least)) "–" (request.number(most)) }
            Kind::Query | Kind::Text => {}
        }
        @if !parameter.default.is_empty() {
            span.meta { " (" (words::DEFAULT.with(request.language, &[("value", parameter.default)])) ")" }
        }
    }
}
