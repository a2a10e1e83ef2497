//! The data of a page: JSON with its totals, files of rows, whole or visibly not.

use super::gate::Asking;
use super::handle::{header, typed};
use super::problem::Problem;
use super::request::Request;
use super::route::{Data, Route};
use super::stream::{self, Sink};
use super::words;
use crate::answer::{Answer, Cell, Format, RowWriter};
use anyhow::Result;
use axum::body::Body;
use axum::http::HeaderName;
use axum::http::header::CONTENT_DISPOSITION;
use axum::response::Response;
use serde_json::{Value, json};
use std::ops::ControlFlow;
use tokio::runtime::Handle;
use tokio::sync::OwnedSemaphorePermit;

/// Takes the rows of a file, one at a time.
pub type TakeRow<'a> = dyn FnMut(Vec<Cell>) -> Result<ControlFlow<()>> + 'a;

/// Header with the number of rows of a file, where it is known before the first of them.
const ROWS: HeaderName = HeaderName::from_static("baotinh-rows");
/// Header with the snapshot that an answer is of.
const SNAPSHOT: HeaderName = HeaderName::from_static("baotinh-snapshot");

/// Says whether data comes as a stream of any length.
pub fn streams(route: &Route, ending: &str) -> bool {
    match route.data {
        Data::Stream { .. } => !["json", "svg"].contains(&ending),
        Data::Files(..) => true,
        _ => false,
    }
}

/// Makes data that is made whole before its first byte is sent.
pub fn whole(request: &Request, ending: &'static str) -> Result<Response, Problem> {
    if let (Some(picture), "svg") = (request.route.picture, ending) {
        return Ok(labelled(request, ending, typed("image/svg+xml", picture(request)?)));
    }
    let response = match &request.route.data {
        Data::Rows(make) => rows(request, &*make(request)?, ending)?,
        Data::Stream { page, .. } => {
            let (answer, next) = page(request)?;
            let next = next.map(|next| {
                let asked = request.asked.with("page", &next.to_string()).with("at", request.snapshot.id());
                request.file(&request.path(), "json", &asked.pairs())
            });
            typed("application/json", envelope(request, &answer, next).to_string())
        }
        Data::Texts(_, make) => typed(content_type(request.route, ending), make(request, ending)?),
        Data::Files(..) | Data::None => return Err(Problem::new(404, "not-found", words::ERROR_NOT_FOUND)),
    };
    Ok(labelled(request, ending, response))
}

fn rows(request: &Request, answer: &Answer, ending: &'static str) -> Result<Response, Problem> {
    let Some(format) = format(ending) else {
        return Ok(typed("application/json", envelope(request, answer, None).to_string()));
    };
    let mut bytes = Vec::new();
    answer.write(&mut bytes, format).map_err(anyhow::Error::from)?;
    let mut response = typed(content_type(request.route, ending), bytes);
    response.headers_mut().insert(ROWS, header(&answer.rows.len().to_string()));
    Ok(response)
}

/// Returns an answer as one object, with what it is of.
pub fn envelope(request: &Request, answer: &Answer, next: Option<String>) -> Value {
    let mut object = serde_json::to_value(answer).unwrap_or_default();
    object["snapshot"] = request.snapshot.id().into();
    object["next"] = next.into();
    match object.get_mut("query") {
        Some(Value::Object(query)) => drop(query.insert("given".into(), request.asked.get("q").into())),
        _ => object["query"] = Value::Null,
    }
    object
}

/// Begins a file and goes on with it on a thread of its own, until it is whole or nobody takes it.
pub fn stream(
    request: Request,
    ending: &'static str,
    permit: OwnedSemaphorePermit,
    asking: Asking,
) -> Result<Response, Problem> {
    request.query()?;
    let (sink, pieces) = stream::stream(request.site.options.limits.file, Handle::current());
    let response = labelled(&request, ending, typed(content_type(request.route, ending), Body::new(pieces)));
    tokio::task::spawn_blocking(move || {
        let (_permit, _asking) = (permit, asking);
        let made = crate::panics::contain(|| write(&request, ending, sink));
        let why = match made {
            Ok(Ok(())) => return,
            Ok(Err(error)) => format!("{error:#}"),
            Err(why) => why.to_string(),
        };
        (request.site.options.log)(&format!("{}.{ending} was cut: {why}", request.path()));
    });
    Ok(response)
}

fn write(request: &Request, ending: &str, sink: Sink) -> Result<()> {
    match &request.route.data {
        Data::Stream { columns, rows, .. } => {
            let mut writer = RowWriter::new(sink, format(ending).unwrap_or(Format::Jsonl), columns)?;
            rows(request, &mut |row| {
                writer.row(&row)?;
                Ok(ControlFlow::Continue(()))
            })?;
            Ok(writer.finish()?.finish()?)
        }
        Data::Files(_, write) => write(request, ending, sink),
        _ => Ok(()),
    }
}

fn labelled(request: &Request, ending: &str, mut response: Response) -> Response {
    let name = request.path().replace(['/', ':', '~'], "-");
    let headers = response.headers_mut();
    headers.insert(SNAPSHOT, header(request.snapshot.id()));
    if !["json", "svg"].contains(&ending) {
        headers.insert(CONTENT_DISPOSITION, header(&format!("attachment; filename=\"{name}.{ending}\"")));
    }
    response
}

fn format(ending: &str) -> Option<Format> {
    match ending {
        "csv" => Some(Format::Csv),
        "tsv" => Some(Format::Tsv),
        "jsonl" => Some(Format::Jsonl),
        _ => None,
    }
}

/// Returns the type of a file by its ending.
pub fn content_type(route: &Route, ending: &str) -> &'static str {
    if let Data::Texts(endings, _) = route.data
        && let Some((_, type_)) = endings.iter().find(|(known, _)| *known == ending)
    {
        return type_;
    }
    match ending {
        "csv" => "text/csv; charset=utf-8; header=present",
        "tsv" => "text/tab-separated-values; charset=utf-8",
        "jsonl" => "application/jsonl",
        "parquet" => "application/vnd.apache.parquet",
        _ => "application/json",
    }
}

/// Describes the envelope of [`envelope`] for programs that read the OpenAPI description.
pub fn envelope_schema() -> Value {
    let nullable = |kind: &str| json!({"type": [kind, "null"]});
    json!({
        "type": "object",
        "required": ["name", "snapshot", "query", "total", "figures", "columns", "items", "of_items", "notes", "summary", "next"],
        "properties": {
            "name": {"type": "string"},
            "snapshot": {"type": "string", "pattern": "^[0-9a-f]{16}$"},
            "query": {"type": ["object", "null"], "properties": {
                "given": {"type": "string"}, "canonical": {"type": "string"}, "expanded": {"type": "array"},
            }},
            "total": {"type": "object", "properties": {
                "found": {"type": "integer"}, "of": {"type": "integer"}, "undated": nullable("integer"),
            }},
            "figures": {"type": "object", "additionalProperties": {"type": "number"}},
            "columns": {"type": "array", "items": {"type": "object", "properties": {
                "name": {"type": "string"}, "type": {"type": "string"}, "en": {"type": "string"}, "vi": {"type": "string"},
            }}},
            "items": {"type": "array", "items": {"type": "object"}},
            "of_items": {"type": "integer"},
            "notes": {"type": "array", "items": {"type": "string"}},
            "summary": {"type": "string"},
            "next": nullable("string"),
        },
    })
}
