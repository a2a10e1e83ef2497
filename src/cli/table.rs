//! Rows on standard output: aligned for people, CSV, JSON or JSONL for programs.

use super::stdout;
use anyhow::Result;
use serde::{Serialize, Serializer};
use serde_json::Value;
use std::io::{self, Write};

/// Names the formats of rows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// Columns for reading
    #[default]
    Text,
    /// RFC 4180 with a header
    Csv,
    /// One array of objects
    Json,
    /// One object a line
    Jsonl,
}

/// A row as an object with its fields in the order of the columns.
struct Object<'a> {
    columns: &'a [&'a str],
    row: &'a [Value],
}

impl Serialize for Object<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        serializer.collect_map(self.columns.iter().zip(self.row))
    }
}

/// Prints rows of these columns.
///
/// # Errors
/// When standard output cannot be written.
pub fn print(format: Format, columns: &[&str], rows: &[Vec<Value>]) -> Result<()> {
    let mut out = stdout();
    let object = |row| Object { columns, row };
    match format {
        Format::Text => text(&mut out, columns, rows)?,
        Format::Csv => {
            let mut csv = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(&mut out);
            csv.write_record(columns).map_err(io::Error::from)?;
            for row in rows {
                csv.write_record(row.iter().map(cell)).map_err(io::Error::from)?;
            }
            csv.flush()?;
        }
        Format::Json => {
            serde_json::to_writer_pretty(&mut out, &rows.iter().map(|row| object(row)).collect::<Vec<_>>())
                .map_err(io::Error::from)?;
            writeln!(out)?;
        }
        Format::Jsonl => {
            for row in rows {
                serde_json::to_writer(&mut out, &object(row)).map_err(io::Error::from)?;
                writeln!(out)?;
            }
        }
    }
    out.flush()?;
    Ok(())
}

/// Returns a value as the text of a cell; unknown is empty, a list is joined by `|`.
pub fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(values) => values.iter().map(cell).collect::<Vec<_>>().join("|"),
        other => other.to_string(),
    }
}

/// Prints aligned columns: numbers to the right, the last column as it is.
fn text(out: &mut impl Write, columns: &[&str], rows: &[Vec<Value>]) -> Result<()> {
    let cells: Vec<Vec<String>> = rows.iter().map(|row| row.iter().map(cell).collect()).collect();
    let count = |text: &str| text.chars().count();
    let widths: Vec<usize> = columns
        .iter()
        .enumerate()
        .map(|(at, name)| cells.iter().map(|row| count(&row[at])).max().unwrap_or(0).max(count(name)))
        .collect();
    let right: Vec<bool> = (0..columns.len()).map(|at| rows.iter().any(|row| row[at].is_number())).collect();
    let header: Vec<String> = columns.iter().map(|name| name.replace('_', " ")).collect();
    for row in std::iter::once(&header).chain(&cells) {
        let mut line = String::new();
        for (at, cell) in row.iter().enumerate() {
            let blanks = " ".repeat(widths[at] - count(cell));
            line += &if right[at] { format!("{blanks}{cell}  ") } else { format!("{cell}{blanks}  ") };
        }
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}
