//! Rows to a stream, one at a time; only a table for reading waits for all of them, to align them.

use super::{Cell, Column, Object, Shown, text};
use std::io::{self, Write};

/// Names the formats of rows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Format {
    /// Aligned columns for reading.
    #[default]
    Text,
    /// RFC 4180 with a header.
    Csv,
    /// Tab separated with a header; tabs and line breaks in a text are blanks.
    Tsv,
    /// One array of objects.
    Json,
    /// One object a line.
    Jsonl,
}

/// Writes rows under their columns.
pub struct RowWriter<W: Write> {
    out: W,
    format: Format,
    columns: Vec<Column>,
    /// Rows that a table for reading waits for.
    waiting: Vec<Vec<Cell>>,
    rows: u64,
}

impl<W: Write> RowWriter<W> {
    /// Begins with the header, where the format has one.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn new(mut out: W, format: Format, columns: &[Column]) -> io::Result<RowWriter<W>> {
        let names = columns.iter().filter(|column| column.shown != Shown::Reading).map(|column| column.name);
        match format {
            Format::Csv => csv_line(&mut out, names)?,
            Format::Tsv => writeln!(out, "{}", names.collect::<Vec<_>>().join("\t"))?,
            Format::Text | Format::Json | Format::Jsonl => {}
        }
        Ok(RowWriter { out, format, columns: columns.to_vec(), waiting: Vec::new(), rows: 0 })
    }

    /// Writes a row: a cell for each column.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn row(&mut self, cells: &[Cell]) -> io::Result<()> {
        let shown = || {
            let shown = self.columns.iter().zip(cells).filter(|(column, _)| column.shown != Shown::Reading);
            shown.map(|(_, cell)| field(cell))
        };
        match self.format {
            Format::Text => self.waiting.push(cells.to_vec()),
            Format::Csv => csv_line(&mut self.out, shown())?,
            Format::Tsv => {
                let fields: Vec<_> = shown().map(|text| text.replace(['\t', '\n', '\r'], " ")).collect();
                writeln!(self.out, "{}", fields.join("\t"))?;
            }
            Format::Json => {
                self.out.write_all(if self.rows == 0 { b"[\n  " } else { b",\n  " })?;
                serde_json::to_writer(&mut self.out, &Object(&self.columns, cells))?;
            }
            Format::Jsonl => {
                serde_json::to_writer(&mut self.out, &Object(&self.columns, cells))?;
                self.out.write_all(b"\n")?;
            }
        }
        self.rows += 1;
        Ok(())
    }

    /// Returns the number of rows so far.
    pub fn rows(&self) -> u64 {
        self.rows
    }

    /// Hands on what is written so far, so that a reader sees it at once.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }

    /// Ends the rows and gives back what they were written to.
    ///
    /// # Errors
    /// When the rest cannot be written.
    pub fn finish(mut self) -> io::Result<W> {
        match (self.format, self.rows) {
            (Format::Text, _) => text::write(&mut self.out, &self.columns, &self.waiting)?,
            (Format::Json, 0) => self.out.write_all(b"[]\n")?,
            (Format::Json, _) => self.out.write_all(b"\n]\n")?,
            _ => {}
        }
        self.out.flush()?;
        Ok(self.out)
    }
}

fn csv_line(out: &mut impl Write, fields: impl Iterator<Item = impl AsRef<[u8]>>) -> io::Result<()> {
    let mut line = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
    line.write_record(fields).map_err(io::Error::from)?;
    line.flush()
}

/// Returns a cell as the text of a field; unknown is empty, a list is joined by `|`, which is written `\|` in a text.
pub(super) fn field(cell: &Cell) -> String {
    match cell {
        Cell::Null => String::new(),
        Cell::Text(text) => text.clone(),
        Cell::Texts(texts) => {
            texts.iter().map(|text| text.replace('\\', r"\\").replace('|', r"\|")).collect::<Vec<_>>().join("|")
        }
        Cell::Integer(number) => number.to_string(),
        Cell::Number(number) => {
            serde_json::Number::from_f64(*number).map_or_else(String::new, |number| number.to_string())
        }
        Cell::Day(day) => day.to_string(),
        Cell::Boolean(value) => value.to_string(),
    }
}
