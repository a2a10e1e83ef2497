//! What one must know before quoting a number.

use crate::index::INDEX_VERSION;
use crate::serve::gate::Cost;
use crate::serve::problem::Problem;
use crate::serve::request::Request;
use crate::serve::route::{Data, Route, Shown};
use crate::serve::{html, words};
use maud::{Markup, html};

/// The route.
pub static ROUTE: Route = Route {
    name: "about",
    item: false,
    title: words::T_ABOUT,
    about: words::A_ABOUT,
    parameters: &[],
    cost: Cost::Page,
    shown: Shown::Foot,
    page,
    data: Data::None,
    picture: None,
};

fn page(request: &Request) -> Result<Markup, Problem> {
    let texts = [
        words::ABOUT_COUNTS,
        words::ABOUT_CITE,
        words::ABOUT_ACCURACY,
        words::ABOUT_TEXTS,
        words::ABOUT_FACTS,
        words::ABOUT_LOCAL,
    ];
    let main = html! {
        section.narrow {
            h1 { (request.text(ROUTE.title)) }
            @for text in texts { p { (request.text(text)) } }
            dl {
                dt { (request.text(words::VERSION)) } dd.num { "baotinh " (env!("CARGO_PKG_VERSION")) }
                dt { (request.text(words::INDEX_VERSION)) } dd.num { (INDEX_VERSION) }
                dt { (request.text(words::SNAPSHOT)) } dd.num { (request.snapshot.id()) }
            }
        }
    };
    Ok(html::page(request, request.text(ROUTE.title), None, main))
}
