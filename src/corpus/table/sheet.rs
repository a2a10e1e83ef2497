//! Workbooks of Excel and LibreOffice: each sheet with a column for the text is a table; titles may stand above its header.
//!
//! Invariant: a day or time of the sheet is handed on as ISO 8601, never as the number that the file holds.

use super::{Mapping, Rows, Shape};
use anyhow::{Context, Result, bail};
use calamine::{Data, ExcelDateTime, Reader, open_workbook_auto};
use serde_json::{Value, json};
use std::path::Path;

/// Rows from the top among which the header is looked for.
const HEADER_ROWS: usize = 20;

/// Takes each row of each sheet as a line of JSON, with the number that the sheet shows beside it.
pub(super) fn read(path: &Path, mapping: &Mapping, rows: &mut Rows<'_, '_>) -> Result<()> {
    let mut book = open_workbook_auto(path).context("not a workbook, or one broken off")?;
    let (mut read, mut left) = (0, Vec::new());
    for name in book.sheet_names() {
        let sheet = match book.worksheet_range(&name) {
            Ok(sheet) => sheet,
            Err(error) => {
                left.push(format!("{name} ({error})"));
                continue;
            }
        };
        // Rows are numbered from the first that is not empty, the sheet's from its top.
        let top = sheet.start().map_or(0, |(row, _)| u64::from(row));
        let found = sheet.rows().take(HEADER_ROWS).enumerate().find_map(|(at, row)| {
            let columns: Vec<String> = row.iter().map(|cell| cell.to_string().trim().to_string()).collect();
            Some((at, Shape::of(columns.clone(), mapping).ok()?, columns))
        });
        let Some((header, shape, columns)) = found else {
            left.push(name);
            continue;
        };
        read += 1;
        rows.note(shape.note(&columns).map(|note| format!("sheet {name}: {note}")));
        for (at, row) in sheet.rows().enumerate().skip(header + 1) {
            if row.iter().all(|cell| matches!(cell, Data::Empty)) {
                continue;
            }
            let cells: Vec<_> = row.iter().map(value).collect();
            if !rows.take(top + at as u64 + 1, shape.line(&cells)) {
                return Ok(());
            }
        }
    }
    match (read, left.is_empty()) {
        (0, true) => bail!("the workbook has no sheet with rows"),
        (0, false) => bail!(
            "no sheet has a column for the text; say which holds it with --map body=COLUMN (sheets: {})",
            left.join(", ")
        ),
        (_, true) => Ok(()),
        (_, false) => {
            rows.note(Some(format!("sheets without a column for the text are passed over: {}", left.join(", "))));
            Ok(())
        }
    }
}

fn value(cell: &Data) -> Value {
    match cell {
        Data::Empty | Data::Error(_) => Value::Null,
        Data::String(text) => json!(text),
        Data::Int(number) => json!(number),
        // A whole number is one, as spreadsheets show it: an id of 12 is not 12.0.
        Data::Float(number) if number.fract() == 0.0 && number.abs() < 9e15 => json!(*number as i64),
        Data::Float(number) => json!(number),
        Data::Bool(truth) => json!(truth),
        Data::DateTime(moment) => json!(moment_text(moment)),
        Data::DateTimeIso(text) | Data::DurationIso(text) => json!(text),
    }
}

/// Writes a day, or a day with its time.
fn moment_text(moment: &ExcelDateTime) -> String {
    if moment.is_duration() {
        return moment.as_f64().to_string();
    }
    let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
    let date = format!("{year:04}-{month:02}-{day:02}");
    if (hour, minute, second) == (0, 0, 0) { date } else { format!("{date}T{hour:02}:{minute:02}:{second:02}") }
}
