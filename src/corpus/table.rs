//! Tables of articles: Parquet, CSV and sheets of others, read as lines of JSON that `extract` takes; and our own exports.
//!
//! Invariant: a row of our own table of articles becomes the record it was made of, with its id, dates and origin; a row
//! of any other table becomes the fields of an article, by the names of its columns or by a [`Mapping`].

mod delimited;
mod sheet;
mod typed;

use super::fields::{Mapping, Places};
use super::input::{Aside, Each, Item};
use crate::article::Origin;
use crate::report::Failure;
use anyhow::{Result, ensure};
use serde::Serializer;
use serde_json::Value;
use std::path::Path;

/// Says whether a file of this lower-case ending is a workbook of sheets.
pub(super) fn is_workbook(ending: &str) -> bool {
    matches!(ending, "xlsx" | "xlsm" | "xlsb" | "xls" | "ods")
}

/// Hands every row of a table to `each`; `each` answers whether to go on.
///
/// # Errors
/// When the file cannot be read as a table, or has no column for the body.
pub(super) fn read(path: &Path, mapping: &Mapping, each: Each<'_>) -> Result<()> {
    let name = path.to_string_lossy();
    let mut rows = Rows { name: &name, each };
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
    match ending.as_str() {
        "parquet" => typed::read(path, mapping, &mut rows),
        ending if is_workbook(ending) => sheet::read(path, mapping, &mut rows),
        _ => delimited::read(path, mapping, &mut rows),
    }
}

/// Takes the rows of one file.
struct Rows<'a, 'b> {
    name: &'a str,
    each: Each<'b>,
}

impl Rows<'_, '_> {
    /// Hands on one row, numbered from 1 after the header; answers whether to go on.
    fn take(&mut self, line: u64, row: Result<Vec<u8>>) -> bool {
        (self.each)(match row {
            Ok(json) => {
                Ok(Item::Line { json, origin: Origin { path: self.name.to_string(), offset: None, line: Some(line) } })
            }
            Err(error) => {
                Err(Aside::Failure(Failure { place: format!("{}:{line}", self.name), reason: format!("{error:#}") }))
            }
        })
    }

    /// Says how the file is read.
    fn note(&mut self, note: Option<String>) {
        if let Some(note) = note {
            (self.each)(Err(Aside::Note(format!("{}: {note}", self.name))));
        }
    }
}

/// Takes rows to lines of JSON, by the columns that a table has.
pub(super) enum Shape {
    /// Our own table of articles, whose columns are the fields of a record.
    Ours(Vec<String>),
    /// Another table: fields, and the places of their columns.
    Others(Places),
}

impl Shape {
    /// Finds the fields among columns.
    ///
    /// # Errors
    /// When no column holds the text, or a mapped one is not there.
    pub(super) fn of(columns: Vec<String>, mapping: &Mapping) -> Result<Shape> {
        let has = |name: &str| columns.iter().any(|column| column == name);
        if mapping.is_empty() && ["schema_version", "id", "revision", "origin_path"].into_iter().all(has) {
            ensure!(
                has("body"),
                "the table has no texts (a table of mentions or citations, or a snapshot without text); give the articles"
            );
            return Ok(Shape::Ours(columns));
        }
        Ok(Shape::Others(Places::of(&columns, mapping)?))
    }

    /// Says what was guessed of the columns.
    pub(super) fn note(&self, columns: &[String]) -> Option<String> {
        match self {
            Shape::Ours(_) => None,
            Shape::Others(places) => places.note(columns),
        }
    }

    /// Writes one row as a line of JSON.
    ///
    /// # Errors
    /// When a cell of our own table is not what its column holds.
    pub(super) fn line(&self, cells: &[Value]) -> Result<Vec<u8>> {
        match self {
            Shape::Ours(columns) => record(columns, cells),
            Shape::Others(places) => object(places.fields.iter().filter_map(|&(field, at)| {
                let cell = given(field, cells.get(at)?)?;
                // A text in a column of another name may be the piece of a page that a system keeps.
                let markup = field == "body" && places.is_guess(field) && cell.as_str().is_some_and(is_markup);
                Some((if markup { "html" } else { field }, cell))
            })),
        }
    }
}

/// Makes a field of an article of a cell; nothing of an unknown one.
fn given(field: &str, cell: &Value) -> Option<Value> {
    match cell {
        Value::Null => None,
        Value::String(text) if text.trim().is_empty() && !["body", "html"].contains(&field) => None,
        Value::String(text) if field == "tags" => Some(tags(text).into()),
        Value::String(_) => Some(cell.clone()),
        Value::Array(_) if field == "tags" => Some(cell.clone()),
        Value::Array(items) => {
            let texts: Vec<_> = items.iter().filter_map(plain).collect();
            Some(Value::String(texts.join(if field == "body" { "\n" } else { ", " })))
        }
        other => plain(other).map(Value::String),
    }
}

/// Returns the text of a value that stands for one: `{"rendered": …}`, `{"name": …}`, `{"$date": …}`.
fn plain(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        Value::Object(object) => {
            let inner = ["rendered", "name", "$date", "$oid", "$numberLong", "title", "#text"]
                .iter()
                .find_map(|name| object.get(*name));
            inner.map_or_else(|| Some(value.to_string()), plain)
        }
        other => Some(other.to_string()),
    }
}

/// Splits tags at the sign that a list of words has: a bar as in our exports, else a semicolon, else a comma.
fn tags(text: &str) -> Vec<String> {
    let sign = if text.contains(';') { ';' } else { ',' };
    let parts = if text.contains('|') { split(text) } else { text.split(sign).map(str::to_string).collect() };
    parts.iter().map(|part| part.trim().to_string()).filter(|part| !part.is_empty()).collect()
}

fn is_markup(text: &str) -> bool {
    ["<p>", "<p ", "<br>", "<br/>", "<br />", "<div", "</"].iter().any(|mark| text.contains(mark))
}

/// Makes a record of a row of our own table: what CSV and Parquet flattened is put together again.
fn record(columns: &[String], cells: &[Value]) -> Result<Vec<u8>> {
    let mut origin = serde_json::Map::new();
    let mut fields = Vec::with_capacity(columns.len());
    for (column, cell) in columns.iter().zip(cells) {
        let text = match cell {
            Value::Null => continue,
            Value::String(text) if text.is_empty() => continue,
            Value::String(text) => Some(text.as_str()),
            _ => None,
        };
        let value = match (column.as_str(), text) {
            (
                "origin_offset"
                | "origin_line"
                | "schema_version"
                | "published_confidence"
                | "images"
                | "published_candidates",
                Some(text),
            ) => serde_json::from_str(text).map_err(|error| anyhow::anyhow!("column {column}: {error}"))?,
            ("tags" | "warnings", Some(text)) => split(text).into(),
            _ => cell.clone(),
        };
        match column.as_str() {
            // Counted again from the mentions, or from `published`.
            "characters" | "citations" | "percents" | "dates" | "published_day" | "rules_version" => {}
            "schema_version" => fields.insert(0, ("schema_version", value)),
            "origin_path" | "origin_offset" | "origin_line" => {
                origin.insert(column["origin_".len()..].to_string(), value);
            }
            _ => fields.push((column.as_str(), value)),
        }
    }
    fields.push(("origin", origin.into()));
    object(fields)
}

/// Writes an object with its fields in order: a record is known by its first.
fn object<'a>(fields: impl IntoIterator<Item = (&'a str, Value)>) -> Result<Vec<u8>> {
    let mut line = Vec::new();
    serde_json::Serializer::new(&mut line).collect_map(fields)?;
    Ok(line)
}

/// Splits a list as exports join it: by `|`, where `\|` and `\\` are the characters themselves.
fn split(text: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut characters = text.chars();
    while let Some(c) = characters.next() {
        match c {
            '|' => parts.push(String::new()),
            c => {
                let c = if c == '\\' { characters.next().unwrap_or(c) } else { c };
                if let Some(part) = parts.last_mut() {
                    part.push(c);
                }
            }
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn columns(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| name.to_string()).collect()
    }

    #[test]
    fn columns_are_found_by_name_or_by_mapping() {
        let mapping: Mapping = "body=content,title=headline".parse().expect("a mapping");
        let shape = Shape::of(columns(&["headline", "url", "content", "views"]), &mapping).expect("a shape");
        let line = shape.line(&[json!("Tít"), json!("https://a.vn/1"), json!("Năm 2022."), json!(7)]).expect("a line");
        let line: Value = serde_json::from_slice(&line).expect("JSON");
        assert_eq!(line, json!({ "title": "Tít", "url": "https://a.vn/1", "body": "Năm 2022." }));
        let refusal = Shape::of(columns(&["headline"]), &Mapping::default()).err().expect("no body").to_string();
        assert!(refusal.contains("--map body=COLUMN") && refusal.contains("headline"), "{refusal}");
        assert!(Shape::of(columns(&["body"]), &mapping).is_err());
    }

    #[test]
    fn a_list_comes_apart_as_it_was_joined() {
        assert_eq!(split(r"nông thôn mới|a\|b\\c"), ["nông thôn mới", r"a|b\c"]);
    }

    #[test]
    fn a_table_of_mentions_holds_no_articles() {
        let refusal =
            Shape::of(columns(&["id", "mention", "revision", "origin_path", "schema_version"]), &Mapping::default());
        assert!(refusal.err().expect("refused").to_string().contains("no texts"));
    }
}
