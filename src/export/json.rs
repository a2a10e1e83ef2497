//! JSON and JSONL: records as they are, or the rows of a table as flat objects.

use super::facts::{Facts, Linked};
use super::keep::Keep;
use super::rows::{Column, Object, Table};
use super::{Format, Options, Writer};
use crate::article::Record;
use anyhow::{Result, bail};
use serde_json::{Map, Value};
use std::io::Write;
use std::sync::Arc;

/// Writes one JSON value a line, for JSON within one array.
pub(super) struct JsonWriter<W> {
    values: Values<W>,
    content: Content,
    facts: Option<Arc<Facts>>,
    keep: Keep,
}

/// Holds the file and what stands between its values.
struct Values<W> {
    out: W,
    array: bool,
    written: u64,
}

enum Content {
    /// Records as they are.
    Records,
    /// Records cut down to these top-level fields.
    Fields(Vec<String>),
    /// Rows of a table.
    Rows(Table, Vec<&'static Column>),
}

impl<W: Write> JsonWriter<W> {
    /// Starts a file.
    ///
    /// # Errors
    /// When a field is not known, or the file cannot be written.
    pub(super) fn new(out: W, format: Format, options: &Options) -> Result<Self> {
        let fields = &options.fields;
        let content = match options.table {
            Some(table) => Content::Rows(table, table.select(fields)?),
            None if fields.is_empty() => Content::Records,
            None => Content::Fields(known(fields)?),
        };
        let mut values = Values { out, array: format == Format::Json, written: 0 };
        if values.array {
            values.out.write_all(b"[")?;
        }
        Ok(JsonWriter { values, content, facts: options.facts.clone(), keep: options.keep.clone() })
    }
}

impl<W: Write> Values<W> {
    fn put(&mut self, value: &impl serde::Serialize) -> Result<()> {
        if self.array {
            self.out.write_all(if self.written == 0 { b"\n" } else { b",\n" })?;
        }
        serde_json::to_writer(&mut self.out, value).map_err(std::io::Error::from)?;
        if !self.array {
            self.out.write_all(b"\n")?;
        }
        self.written += 1;
        Ok(())
    }
}

impl<W: Write> Writer<W> for JsonWriter<W> {
    fn record(&mut self, record: &Record) -> Result<()> {
        match &self.content {
            Content::Records => self.values.put(record),
            Content::Fields(fields) => self.values.put(&cut(record, fields)?),
            Content::Rows(table, columns) => {
                table.rows(record, &self.keep, self.facts.as_deref(), &mut |row| self.values.put(&Object(columns, row)))
            }
        }
    }

    fn document(&mut self, document: &Linked) -> Result<()> {
        match &self.content {
            Content::Rows(_, columns) => self.values.put(&Object(columns, &document.row())),
            Content::Records | Content::Fields(_) => Ok(()),
        }
    }

    fn written(&self) -> u64 {
        self.values.written
    }

    fn finish(self: Box<Self>) -> Result<W> {
        let Values { mut out, array, written } = self.values;
        if array {
            out.write_all(if written == 0 { b"]\n" } else { b"\n]\n" })?;
        }
        Ok(out)
    }
}

/// Checks that a record has the fields.
fn known(fields: &[String]) -> Result<Vec<String>> {
    let Value::Object(record) = serde_json::to_value(Record::default())? else { bail!("a record is an object") };
    for field in fields {
        if !record.contains_key(field) {
            bail!(
                "a record has no field {field:?}; it has {}",
                record.keys().map(String::as_str).collect::<Vec<_>>().join(", ")
            );
        }
    }
    Ok(fields.to_vec())
}

/// Holds some fields of a record in the order asked for.
struct Cut<'a>(&'a [String], Map<String, Value>);

impl serde::Serialize for Cut<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|field| (field, self.1.get(field))))
    }
}

fn cut<'a>(record: &Record, fields: &'a [String]) -> Result<Cut<'a>> {
    match serde_json::to_value(record)? {
        Value::Object(object) => Ok(Cut(fields, object)),
        _ => bail!("a record is an object"),
    }
}
