//! A table for reading: aligned columns, numbers to the right, the last column as it is.

use super::write::field;
use super::{Cell, Column, Shown};
use crate::text::shown;
use std::io::{self, Write};

/// Writes the columns that are for reading.
pub(super) fn write(out: &mut impl Write, columns: &[Column], rows: &[Vec<Cell>]) -> io::Result<()> {
    let visible: Vec<usize> = (0..columns.len()).filter(|&at| columns[at].shown != Shown::Files).collect();
    let cells: Vec<Vec<String>> =
        rows.iter().map(|row| visible.iter().map(|&at| readable(&row[at], columns[at].unknown)).collect()).collect();
    let header: Vec<String> = visible.iter().map(|&at| columns[at].name.replace('_', " ")).collect();
    let count = |text: &str| text.chars().count();
    let widths: Vec<usize> = (0..visible.len())
        .map(|at| cells.iter().map(|row| count(&row[at])).max().unwrap_or(0).max(count(&header[at])))
        .collect();
    let right: Vec<bool> = visible
        .iter()
        .map(|&at| rows.iter().any(|row| matches!(row[at], Cell::Integer(_) | Cell::Number(_) | Cell::Texts(_))))
        .collect();
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

/// Returns a cell for reading: of a list its length, a text on one line.
fn readable(cell: &Cell, unknown: &str) -> String {
    match cell {
        Cell::Null => unknown.to_string(),
        Cell::Texts(texts) => texts.len().to_string(),
        // A title or an id may hold what moves a terminal's cursor.
        Cell::Text(text) => shown(&text.replace(['\n', '\t'], " ")).into_owned(),
        cell => field(cell),
    }
}
