//! The OpenAPI 3.1 description, made of the table of routes and parameters.

use super::file;
use super::parameter::{Kind, Parameter};
use super::request::Site;
use super::route::{AT, Data, ROUTES, Route};
use serde_json::{Map, Value, json};

/// Returns the description.
pub fn description(site: &Site) -> Value {
    let mut paths = Map::new();
    for route in ROUTES {
        for ending in route.endings() {
            let item = if route.item { "/{id}" } else { "" };
            paths.insert(format!("/{}{item}.{ending}", route.name), json!({"get": operation(route, ending)}));
        }
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "baotinh",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "Vietnamese provincial newspapers as data: search, counts, and files that are whole.",
            "license": {"name": "MIT OR Apache-2.0", "url": "https://spdx.org/licenses/"},
        },
        "servers": [{"url": site.options.base.trim_end_matches('/')}],
        "paths": paths,
        "components": {"schemas": {"Answer": file::envelope_schema(), "Problem": problem()}},
    })
}

fn operation(route: &Route, ending: &str) -> Value {
    let parameters = route.parameters.iter().copied().chain([&AT]).map(parameter);
    let id = json!({"name": "id", "in": "path", "required": true, "schema": {"type": "string", "minLength": 1}});
    let parameters: Vec<Value> = route.item.then_some(id).into_iter().chain(parameters).collect();
    let answer = ending == "json" && matches!(route.data, Data::Rows(_) | Data::Stream { .. });
    let schema = if answer { json!({"$ref": "#/components/schemas/Answer"}) } else { json!({}) };
    let type_ = if ending == "svg" { "image/svg+xml" } else { file::content_type(route, ending) };
    let mut responses = Map::new();
    responses.insert("200".into(), json!({"description": route.about.en, "content": {(type_): {"schema": schema}}}));
    responses.insert("304".into(), json!({"description": "not modified"}));
    for (status, why) in [
        ("400", "wrong parameter or query"),
        ("404", "no such article"),
        ("409", "another snapshot"),
        ("414", "address too long"),
        ("422", "over a limit"),
        ("503", "busy, or too slow"),
    ] {
        let problem = json!({"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}});
        responses.insert(status.into(), json!({"description": why, "content": problem}));
    }
    let name = if route.name.is_empty() { "home" } else { route.name };
    json!({
        "operationId": format!("{}-{ending}", name),
        "summary": route.about.en,
        "parameters": parameters,
        "responses": responses,
    })
}

fn parameter(parameter: &Parameter) -> Value {
    let mut schema = match parameter.kind {
        Kind::Query => json!({"type": "string"}),
        Kind::Text => json!({"type": "string"}),
        Kind::Whole(least, most) => json!({"type": "integer", "minimum": least, "maximum": most}),
        Kind::Choice(values) => {
            json!({"type": "string", "enum": values.iter().map(|(value, _)| *value).collect::<Vec<_>>()})
        }
    };
    if !parameter.default.is_empty() {
        schema["default"] = match parameter.kind {
            Kind::Whole(..) => parameter.default.parse::<u64>().unwrap_or_default().into(),
            _ => parameter.default.into(),
        };
    }
    json!({"name": parameter.name, "in": "query", "description": parameter.words.en, "schema": schema})
}

fn problem() -> Value {
    json!({
        "type": "object",
        "required": ["type", "title", "status", "instance"],
        "properties": {
            "type": {"type": "string", "format": "uri"},
            "title": {"type": "string"},
            "status": {"type": "integer"},
            "instance": {"type": "string"},
            "detail": {"type": "string"},
            "query": {"type": "string"},
            "character": {"type": "integer"},
        },
    })
}
