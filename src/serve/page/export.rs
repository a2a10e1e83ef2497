//! Tables of records to take away: columns before the download, files that are whole.

use crate::export::facts::Facts;
use crate::export::keep::Keep;
use crate::export::rows::Table;
use crate::export::{self, Format, Options};
use crate::search::evidence::Evidence;
use crate::serve::gate::Cost;
use crate::serve::language::{Language, Words};
use crate::serve::parameter::{Kind, Parameter};
use crate::serve::problem::Problem;
use crate::serve::request::Request;
use crate::serve::route::{Data, EXPAND, Q, Route, Shown};
use crate::serve::stream::Sink;
use crate::serve::{html, words};
use maud::{Markup, html};
use std::ops::ControlFlow;
use std::sync::Arc;

const TABLES: &[(&str, Words)] =
    &[("articles", words::TABLE_ARTICLES), ("mentions", words::TABLE_MENTIONS), ("citations", words::TABLE_CITATIONS)];

static TABLE: Parameter = Parameter::new("table", Kind::Choice(TABLES), "articles", words::EXPORT_TABLE);
static BOM: Parameter = Parameter::switch("bom", "no", words::BOM);
static FORMULAS: Parameter = Parameter::switch("neutralise-formulas", "no", words::FORMULAS);

/// The route.
pub static ROUTE: Route = Route {
    name: "export",
    item: false,
    title: words::T_EXPORT,
    about: words::A_EXPORT,
    parameters: &[&Q, &EXPAND, &TABLE, &BOM, &FORMULAS],
    cost: Cost::Page,
    shown: Shown::Head,
    page,
    data: Data::Files(&["csv", "jsonl", "json", "parquet"], write),
    picture: None,
};

fn table(request: &Request) -> Table {
    match request.asked.get("table") {
        "mentions" => Table::Mentions,
        "citations" => Table::Citations,
        _ => Table::Articles,
    }
}

fn write(request: &Request, ending: &str, sink: Sink) -> anyhow::Result<()> {
    let format = match ending {
        "csv" => Format::Csv,
        "json" => Format::Json,
        "parquet" => Format::Parquet,
        _ => Format::Jsonl,
    };
    let csv = format == Format::Csv;
    let table = table(request);
    let query = request.archive.resolved(&request.query()?)?.into_owned();
    let evidence = Evidence::of(&query);
    let mut keep = Keep::default();
    if table.is_of_mentions() && !evidence.is_empty() {
        keep.asked = Some(Arc::new(move |record| evidence.holds(record)));
    }
    let documents =
        if table.needs_documents(&[]) { Some(request.archive.documents()?.registry().clone()) } else { None };
    let options = Options {
        keep,
        table: Some(table),
        facts: documents.map(|registry| Arc::new(Facts::of(registry))),
        fields: Vec::new(),
        bom: csv && request.asked.is_on("bom"),
        neutralise_formulas: csv && request.asked.is_on("neutralise-formulas"),
    };
    let mut writer = export::writer(format, &options, sink)?;
    request.archive.each(&query, &mut |mut record| {
        // Mentions keep their sentences: those are quotations.
        if !request.site.options.with_text && table == Table::Articles {
            (record.article.lead, record.article.body) = (None, String::new());
        }
        writer.record(&record)?;
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(writer.finish()?.finish()?)
}

fn page(request: &Request) -> Result<Markup, Problem> {
    let (query, table) = (request.query()?, table(request));
    let found = request.archive.count(&query)?;
    let all = request.number(request.archive.len());
    let numbers = html! {
        strong { (words::ARTICLES.of(request.language, found)) }
        " " (words::OF_ALL.with(request.language, &[("all", &all)]))
    };
    let main = html! {
        h1 { (request.text(ROUTE.title)) }
        p { (request.text(words::EXPORT_LEAD)) }
        (html::found(request, numbers, Some(&query)))
        (html::options(request))
        p.downloads { @for ending in request.route.endings() {
            a.button.quiet href=(request.data(ending)) { (request.text(words::DOWNLOAD)) " " (ending.to_uppercase()) }
        } }
        (code(request))
        div.scroll role="region" tabindex="0" aria-label=(request.text(words::COLUMN)) { table.rows {
            thead { tr {
                th scope="col" { (request.text(words::COLUMN)) }
                th scope="col" { (request.text(words::TYPE)) }
                th scope="col" { (request.text(words::MEANING)) }
            } }
            tbody { @for column in table.columns() { tr {
                td data-label=(request.text(words::COLUMN)) { code { (column.name) } }
                td data-label=(request.text(words::TYPE)) { (column.kind.name()) }
                td data-label=(request.text(words::MEANING)) {
                    (if request.language == Language::English { column.english } else { column.vietnamese })
                }
            } } }
        } }
    };
    Ok(html::page(request, request.text(ROUTE.title), Some(&query), main))
}

/// Shows how a program takes the same file.
fn code(request: &Request) -> Markup {
    let host = request.site.hosts.get(1).cloned().unwrap_or_default();
    let address = format!("http://{host}{}", request.data("csv"));
    let lines = [
        (words::CODE_R, format!("url <- \"{address}\"\nrows <- read.csv(url, encoding = \"UTF-8\")\nhead(rows)")),
        (words::CODE_PYTHON, format!("import pandas\nrows = pandas.read_csv(\"{address}\")\nprint(rows.head())")),
        (words::CODE_SHELL, format!("curl -sS -o rows.csv \\\n  '{}'\nhead -3 rows.csv", address.replace('\'', "%27"))),
    ];
    html! {
        div.codes { @for (name, text) in lines { section { h2 { (request.text(name)) } pre { code { (text) } } } } }
    }
}
