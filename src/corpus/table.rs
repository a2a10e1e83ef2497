//! Tables of articles: Parquet and CSV of others, read as lines of JSON that `extract` takes; and our own exports.
//!
//! Invariant: a row of our own table of articles becomes the record it was made of, with its id, dates and origin; a row
//! of any other table becomes the fields of an article, by the names of its columns or by a [`Mapping`].

mod delimited;
mod typed;

use super::input::Item;
use crate::article::Origin;
use crate::report::Failure;
use anyhow::{Result, ensure};
use serde::Serializer;
use serde_json::Value;
use std::path::Path;
use std::str::FromStr;

/// Fields of an article that a column of another table may stand for.
const FIELDS: &[&str] = &[
    "author",
    "body",
    "fetched",
    "html",
    "id",
    "language",
    "lead",
    "province",
    "published",
    "section",
    "source",
    "tags",
    "title",
    "url",
];

/// Says which column stands for which field, where their names differ.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mapping {
    pairs: Vec<(String, String)>,
}

impl FromStr for Mapping {
    type Err = String;

    /// Reads `field=column,…`.
    fn from_str(text: &str) -> Result<Mapping, String> {
        let mut pairs: Vec<(String, String)> = Vec::new();
        for pair in text.split(',') {
            let Some((field, column)) = pair.split_once('=') else {
                return Err(format!("{pair:?} is not FIELD=COLUMN"));
            };
            let (field, column) = (field.trim(), column.trim());
            if !FIELDS.contains(&field) {
                return Err(format!("an article has no field {field:?}; it has {}", FIELDS.join(", ")));
            }
            if pairs.iter().any(|(known, _)| known == field) {
                return Err(format!("the field {field:?} is given twice"));
            }
            pairs.push((field.to_string(), column.to_string()));
        }
        Ok(Mapping { pairs })
    }
}

impl Mapping {
    /// Finds the place of each field's column; none is found twice.
    fn places(&self, columns: &[String]) -> Result<Vec<(&'static str, usize)>> {
        let place = |name: &str| columns.iter().position(|column| column == name);
        for (_, column) in &self.pairs {
            ensure!(place(column).is_some(), "no column {column:?}; there are {}", columns.join(", "));
        }
        let mapped = |field: &str| {
            self.pairs.iter().find(|(name, _)| name == field).map_or(field, |(_, column)| column.as_str()).to_string()
        };
        let places: Vec<_> = FIELDS.iter().filter_map(|&field| place(&mapped(field)).map(|at| (field, at))).collect();
        ensure!(
            places.iter().any(|&(field, _)| field == "body" || field == "html"),
            "no column is called \"body\"; say which holds the text with --map body=COLUMN, or its markup with html=COLUMN (there are {})",
            columns.join(", ")
        );
        Ok(places)
    }
}

/// Hands every row of a table to `each`; `each` answers whether to go on.
///
/// # Errors
/// When the file cannot be read as a table, or has no column for the body.
pub fn read(path: &Path, mapping: &Mapping, each: &mut dyn FnMut(Result<Item, Failure>) -> bool) -> Result<()> {
    let name = path.to_string_lossy();
    if name.to_lowercase().ends_with(".parquet") {
        typed::read(path, mapping, &mut |line, row| each(item(&name, line, row)))
    } else {
        delimited::read(path, mapping, &mut |line, row| each(item(&name, line, row)))
    }
}

fn item(name: &str, line: u64, row: Result<Vec<u8>>) -> Result<Item, Failure> {
    match row {
        Ok(json) => Ok(Item::Line { json, origin: Origin { path: name.to_string(), offset: None, line: Some(line) } }),
        Err(error) => Err(Failure { place: format!("{name}:{line}"), reason: format!("{error:#}") }),
    }
}

/// Takes rows to lines of JSON, by the columns that a table has.
enum Shape {
    /// Our own table of articles, whose columns are the fields of a record.
    Ours(Vec<String>),
    /// Another table: fields, and the places of their columns.
    Others(Vec<(&'static str, usize)>),
}

impl Shape {
    fn of(columns: Vec<String>, mapping: &Mapping) -> Result<Shape> {
        let has = |name: &str| columns.iter().any(|column| column == name);
        if mapping.pairs.is_empty() && ["schema_version", "id", "revision", "origin_path"].into_iter().all(has) {
            ensure!(
                has("body"),
                "the table has no texts (a table of mentions or citations, or a snapshot without text); give the articles"
            );
            return Ok(Shape::Ours(columns));
        }
        Ok(Shape::Others(mapping.places(&columns)?))
    }

    /// Writes one row as a line of JSON.
    fn line(&self, cells: &[Value]) -> Result<Vec<u8>> {
        match self {
            Shape::Ours(columns) => record(columns, cells),
            Shape::Others(places) => {
                let fields = places.iter().filter_map(|&(field, at)| {
                    cells.get(at).and_then(|cell| given(field, cell)).map(|cell| (field, cell))
                });
                object(fields)
            }
        }
    }
}

/// Makes a field of an article of a cell; nothing of an unknown one.
fn given(field: &str, cell: &Value) -> Option<Value> {
    match cell {
        Value::Null => None,
        Value::String(text) if text.is_empty() && !["body", "html"].contains(&field) => None,
        Value::String(text) if field == "tags" => Some(split(text).into()),
        Value::Array(_) | Value::String(_) => Some(cell.clone()),
        Value::Number(_) if field == "id" => Some(cell.clone()),
        other => Some(Value::String(other.to_string())),
    }
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
    fn a_mapping_names_fields_that_exist_once() {
        assert!("title=headline, body=content".parse::<Mapping>().is_ok());
        for wrong in ["headline", "titel=headline", "title=a,title=b", ""] {
            assert!(wrong.parse::<Mapping>().is_err(), "{wrong}");
        }
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
