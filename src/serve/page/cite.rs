//! What is quoted of a query so that others find the same articles.

use crate::search::Query;
use crate::serve::gate::Cost;
use crate::serve::language::Language;
use crate::serve::problem::Problem;
use crate::serve::request::Request;
use crate::serve::route::{Data, EXPAND, Q, Route, Shown};
use crate::serve::{html, words};
use crate::{answer::Total, article::VIETNAM};
use jiff::Timestamp;
use jiff::civil::Date;
use maud::{Markup, html};
use serde_json::json;

/// The route.
pub static ROUTE: Route = Route {
    name: "cite",
    item: false,
    title: words::T_CITE,
    about: words::A_CITE,
    parameters: &[&Q, &EXPAND],
    cost: Cost::Page,
    shown: Shown::Inside,
    page,
    data: Data::Texts(
        &[
            ("json", "application/json"),
            ("bib", "application/x-bibtex"),
            ("ris", "application/x-research-info-systems"),
        ],
        text,
    ),
    picture: None,
};

/// Holds what is quoted.
struct Quoted {
    canonical: String,
    total: Total,
    fingerprint: String,
    day: Date,
    address: String,
    command: String,
}

fn quoted(request: &Request) -> Result<Quoted, Problem> {
    let query = request.query()?;
    let (asked, total) = request.archive.total(&query)?;
    let expands = request.asked.is_on("expand");
    let mut pairs = vec![("q", asked.canonical.as_str())];
    pairs.extend((!expands).then_some(("expand", "no")));
    pairs.push(("at", request.snapshot.id()));
    let host = request.site.hosts.last().filter(|_| !request.site.options.hosts.is_empty());
    let host = host.or(request.site.hosts.get(1)).cloned().unwrap_or_default();
    let address = format!("http://{host}{}", request.page("search", &pairs));
    let switch = if expands { "" } else { " --no-expand" };
    let command = format!("baotinh facets{switch} '{}'", asked.canonical.replace('\'', "'\\''"));
    let day = VIETNAM.to_datetime(Timestamp::now()).date();
    Ok(Quoted {
        fingerprint: request.archive.fingerprint(&query)?,
        canonical: asked.canonical,
        total,
        day,
        address,
        command,
    })
}

impl Quoted {
    fn note(&self, request: &Request) -> String {
        format!(
            "{} of {} articles; snapshot {}, fingerprint {}; baotinh {}",
            self.total.found,
            self.total.of,
            request.snapshot.id(),
            self.fingerprint,
            env!("CARGO_PKG_VERSION")
        )
    }

    fn bibtex(&self, request: &Request) -> String {
        // A brace or backslash of the query must not end the field.
        let tex = |text: &str| text.replace(['{', '}', '\\'], " ");
        format!(
            "@misc{{baotinh-{},\n  title = {{{{{}}}}},\n  howpublished = {{baotinh}},\n  date = {{{}}},\n  year = {{{}}},\n  \
             url = {{{}}},\n  note = {{{}}},\n}}\n",
            self.fingerprint,
            tex(&self.canonical),
            self.day,
            self.day.year(),
            tex(&self.address),
            self.note(request)
        )
    }

    fn ris(&self, request: &Request) -> String {
        let line = |text: &str| text.replace(['\n', '\r'], " ");
        format!(
            "TY  - DATA\r\nTI  - {}\r\nPB  - baotinh\r\nDA  - {}\r\nUR  - {}\r\nN1  - {}\r\nER  - \r\n",
            line(&self.canonical),
            self.day.strftime("%Y/%m/%d"),
            self.address,
            self.note(request)
        )
    }
}

fn text(request: &Request, ending: &str) -> Result<String, Problem> {
    let quoted = quoted(request)?;
    Ok(match ending {
        "bib" => quoted.bibtex(request),
        "ris" => quoted.ris(request),
        _ => json!({
            "canonical": quoted.canonical,
            "total": quoted.total,
            "snapshot": request.snapshot.id(),
            "fingerprint": quoted.fingerprint,
            "version": env!("CARGO_PKG_VERSION"),
            "day": quoted.day.to_string(),
            "address": quoted.address,
            "command": quoted.command,
        })
        .to_string(),
    })
}

fn page(request: &Request) -> Result<Markup, Problem> {
    let (query, quoted): (Query, Quoted) = (request.query()?, quoted(request)?);
    let found = words::ARTICLES.of(request.language, quoted.total.found);
    let all = request.number(quoted.total.of);
    let (copy, copied) = match request.language {
        Language::Vietnamese => ("Sao chép", "Đã chép"),
        Language::English => ("Copy", "Copied"),
    };
    let main = html! {
        section.narrow {
            h1 { (request.text(ROUTE.title)) }
            p { (request.text(words::CITE_LEAD)) }
            dl {
                dt { (request.text(words::CANONICAL)) } dd { code { (quoted.canonical) } }
                dt { (request.text(words::COUNTS)) }
                dd { (found) " " (words::OF_ALL.with(request.language, &[("all", &all)])) }
                dt { (request.text(words::SNAPSHOT)) } dd.num { (request.snapshot.id()) }
                dt { (request.text(words::FINGERPRINT)) }
                dd { span.num { (quoted.fingerprint) } " " span.meta { (request.text(words::FINGERPRINT_NOTE)) } }
                dt { (request.text(words::VERSION)) } dd.num { "baotinh " (env!("CARGO_PKG_VERSION")) }
                dt { (request.text(words::TODAY)) } dd { (request.language.day(quoted.day)) }
                dt { (request.text(words::ADDRESS)) } dd data-copy=(copy) data-copied=(copied) { code { (quoted.address) } }
                dt { (request.text(words::COMMAND)) } dd data-copy=(copy) data-copied=(copied) { code { (quoted.command) } }
            }
            div data-copy=(copy) data-copied=(copied) { pre { (quoted.bibtex(request)) } }
            p { (html::files(request)) }
        }
    };
    Ok(html::page(request, request.text(ROUTE.title), Some(&query), main))
}
