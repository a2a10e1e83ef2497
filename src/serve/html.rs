//! What every page has around it: head, query, what the query was read as, foot. All text is escaped by the templates.

use super::language::Language;
use super::parameter::{Asked, Kind};
use super::problem::Problem;
use super::request::{Request, Site};
use super::route::{self, ROUTES, Shown};
use super::{asset, gate, words};
use crate::search::{Query, expansions, narrow};
use maud::{DOCTYPE, Markup, html};
use std::sync::Arc;

/// Makes a page of its heading and what stands on it; `query` is what the parameter `q` was read as.
pub fn page(request: &Request, title: &str, query: Option<&Query>, main: Markup) -> Markup {
    let name = request.text(words::NAME);
    html! {
        (DOCTYPE)
        html lang=(request.language.code()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { @if title != name { (title) " · " } (name) }
                link rel="stylesheet" href=(request.root(&format!("assets/{}", asset::STYLE.name)));
                link rel="icon" type="image/svg+xml" href=(request.root(&format!("assets/{}", asset::ICON.name)));
                script defer src=(request.root(&format!("assets/{}", asset::SCRIPT.name))) {}
            }
            body {
                a.skip href="#main" { (request.text(words::SKIP)) }
                header.head { div {
                    div.bar {
                        a.name href=(request.page("", &[])) { (name) }
                        (navigation(request))
                        a.language lang=(request.language.other().code()) hreflang=(request.language.other().code())
                            href=(request.other_language()) { (words::OTHER_LANGUAGE.in_(request.language)) }
                    }
                    (form(request))
                    @if let Some(query) = query { (read_as(request, query)) }
                } }
                main #main { (notices(request)) (main) }
                (foot(request))
            }
        }
    }
}

fn navigation(request: &Request) -> Markup {
    let here = |name: &str| (request.route.name == name).then_some("page");
    html! {
        nav aria-label=(request.text(words::PAGES)) {
            @for route in ROUTES.iter().filter(|route| route.shown == Shown::Head) {
                a href=(request.about(route.name, request.asked.get("q"))) aria-current=[here(route.name)] {
                    (request.text(route.title))
                }
            }
        }
    }
}

/// Makes the form with the query; what else the page was asked for stays.
fn form(request: &Request) -> Markup {
    let stays = request.route.takes("q") && !request.route.item;
    let action = if stays { request.path() } else { "search".to_string() };
    let others = request.asked.pairs().into_iter().filter(|(name, _)| stays && !["q", "page", "at"].contains(name));
    html! {
        form.ask role="search" action=(request.page(&action, &[])) {
            input type="search" name="q" value=(request.asked.get("q")) aria-label=(request.text(words::QUERY))
                autocomplete="off" autocapitalize="none" spellcheck="false";
            @for (name, value) in others { input type="hidden" name=(name) value=(value); }
            button { (request.text(words::ASK)) }
        }
    }
}

/// Shows the canonical query, its conditions as chips that can be taken out, and what abbreviations stand for.
fn read_as(request: &Request, query: &Query) -> Markup {
    let (conditions, expanded) = (narrow::conditions(query), expansions(query));
    let can_switch = request.route.takes("expand");
    html! {
        div.read {
            span { (request.text(words::READ_AS)) " " code { (query) } }
            @for (condition, without) in &conditions {
                @let label = words::WITHOUT.with(request.language, &[("condition", condition)]);
                span.chip { (condition) a href=(request.this("q", &without.to_string())) aria-label=(label) { "×" } }
            }
            @for (name, forms) in &expanded {
                @let values = [("name", name.as_str()), ("forms", &forms.join(", "))];
                span { (words::EXPANDED.with(request.language, &values)) }
            }
            @if can_switch && !expanded.is_empty() {
                a href=(request.this("expand", "no")) { (request.text(words::NOT_EXPANDED)) }
            } @else if can_switch && !request.asked.is_on("expand") {
                a href=(request.this("expand", "")) { (request.text(words::EXPAND_AGAIN)) }
            }
        }
    }
}

/// Says what must be known before any number is read.
fn notices(request: &Request) -> Markup {
    let (cited, now) = (request.asked.get("at"), request.snapshot.id());
    html! {
        @if let Some(reason) = request.site.current.trouble() {
            p.doubt role="status" { (words::STALE.with(request.language, &[("reason", &reason)])) }
        }
        @if !cited.is_empty() && cited != now {
            p.doubt role="status" {
                (words::OTHER_SNAPSHOT.with(request.language, &[("asked", cited), ("now", now)]))
            }
        }
    }
}

fn foot(request: &Request) -> Markup {
    let language = request.language;
    html! {
        footer.foot {
            span { (request.text(words::SNAPSHOT)) " " span.num { (request.snapshot.id()) } }
            span { (words::ARTICLES.of(language, request.archive.len())) }
            @for route in ROUTES.iter().filter(|route| route.shown == Shown::Foot) {
                a href=(request.page(route.name, &[])) { (request.text(route.title)) }
            }
        }
    }
}

/// Makes the form with the further parameters of a page.
pub fn options(request: &Request) -> Markup {
    let kept = ["q", "page", "at", "expand"];
    let parameters = || request.route.parameters.iter().filter(|parameter| !kept.contains(&parameter.name));
    html! {
        form.options action=(request.page(&request.path(), &[])) {
            @for (name, value) in request.asked.pairs().into_iter().filter(|(name, _)| ["q", "expand"].contains(name)) {
                input type="hidden" name=(name) value=(value);
            }
            @for parameter in parameters() {
                @let value = request.asked.get(parameter.name);
                label {
                    span { (request.text(parameter.words)) }
                    @match parameter.kind {
                        Kind::Choice(values) => select name=(parameter.name) {
                            @for (known, words) in values {
                                option value=(known) selected[*known == value] { (request.text(*words)) }
                            }
                        },
                        Kind::Whole(least, most) =>
                            input type="number" name=(parameter.name) value=(value) min=(least) max=(most);,
                        Kind::Query | Kind::Text =>
                            input type="text" name=(parameter.name) value=(value) autocomplete="off";,
                    }
                }
            }
            button.quiet { (request.text(words::APPLY)) }
        }
    }
}

/// Says on a page about a query that it needs one.
pub fn ask(request: &Request) -> Markup {
    html! {
        section.narrow {
            h1 { (request.text(request.route.title)) }
            p { (request.text(request.route.about)) }
            ul { @for example in super::page::home::EXAMPLES {
                li { a href=(request.about(request.route.name, example)) { code { (example) } } }
            } }
            p { a href=(request.page("help-query", &[])) { (request.text(words::HELP_LINK)) } }
        }
    }
}

/// Makes the line with the numbers of an answer, its files and the way to cite it.
pub fn found(request: &Request, numbers: Markup, query: Option<&Query>) -> Markup {
    html! {
        div.found {
            p { (numbers) }
            div.acts {
                (files(request))
                @if let Some(query) = query {
                    a.button.quiet href=(request.about("cite", &query.to_string())) { (request.text(words::CITE)) }
                }
            }
        }
    }
}

/// Makes the links to the data of a page.
pub fn files(request: &Request) -> Markup {
    html! {
        span.files {
            (request.text(words::DATA)) ": "
            @for ending in request.route.endings() {
                a href=(request.data(ending)) { (ending.to_uppercase()) }
            }
        }
    }
}

/// Makes the links to the pages before and behind.
pub fn pages(request: &Request, next: Option<u64>) -> Markup {
    let page = request.asked.number("page").max(1);
    html! {
        @if page > 1 || next.is_some() {
            nav.pages aria-label=(request.text(words::PAGE)) {
                @if page > 1 {
                    a rel="prev" href=(request.this("page", &shown(page - 1))) { "← " (request.text(words::PREVIOUS)) }
                }
                span { (words::PAGE_OF.with(request.language, &[("page", &request.number(page))])) }
                @if let Some(next) = next {
                    a rel="next" href=(request.this("page", &shown(next))) { (request.text(words::NEXT)) " →" }
                }
            }
        }
    }
}

/// Returns the number of a page as a parameter; the first one needs none.
fn shown(page: u64) -> String {
    if page <= 1 { String::new() } else { page.to_string() }
}

/// Makes the page that says why there is none.
pub fn problem(site: &Arc<Site>, language: Language, name: &str, q: &str, problem: &Problem) -> Markup {
    let snapshot = site.current.get();
    let route = route::find(name).filter(|route| !route.item).unwrap_or(&super::page::search::ROUTE);
    let asked = Asked::of(route.parameters, &[("q", q)]);
    let (watch, _asking) = gate::watch(None);
    let archive = snapshot.archive.watched(watch);
    let request = Request { site: Arc::clone(site), snapshot, archive, language, route, item: None, asked };
    let title = problem.title(language);
    let main = html! {
        section.narrow {
            h1 { (title) }
            @if let Some(detail) = problem.detail.as_ref().filter(|_| problem.status.as_u16() != 500) {
                p { span lang="en" { (detail) } }
            }
            @if let Some((query, at)) = &problem.place {
                p { (words::ERROR_QUERY_AT.with(language, &[("at", &language.number(*at as u64 + 1))])) }
                pre.wrong { code {
                    (query.chars().take(*at).collect::<String>())
                    mark { (query.chars().nth(*at).map_or_else(|| "…".to_string(), String::from)) }
                    (query.chars().skip(at + 1).collect::<String>())
                } }
            }
            p { a href=(request.page("help-query", &[])) { (request.text(words::HELP_LINK)) } }
        }
    };
    page(&request, &title, None, main)
}
