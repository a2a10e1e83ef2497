//! CSV as RFC 4180 says: a header, CRLF after each row, quotes where needed; UTF-8. TSV is the same with tabs.

use super::facts::{Facts, Linked};
use super::keep::Keep;
use super::rows::{Cell, Column, Row, Table};
use super::{Options, Writer};
use crate::article::Record;
use anyhow::Result;
use std::borrow::Cow;
use std::io::Write;
use std::sync::Arc;

/// Writes the rows of one table.
pub(super) struct CsvWriter<W: Write> {
    out: csv::Writer<W>,
    table: Table,
    columns: Vec<&'static Column>,
    facts: Option<Arc<Facts>>,
    keep: Keep,
    neutralise: bool,
    written: u64,
}

impl<W: Write> CsvWriter<W> {
    /// Writes the byte order mark, if wanted, and the header.
    ///
    /// # Errors
    /// When a field is not known, or the file cannot be written.
    pub(super) fn new(mut out: W, delimiter: u8, table: Table, options: &Options) -> Result<Self> {
        let columns = table.select(&options.fields)?;
        if options.bom {
            out.write_all("\u{feff}".as_bytes())?;
        }
        let mut out = csv::WriterBuilder::new().delimiter(delimiter).terminator(csv::Terminator::CRLF).from_writer(out);
        out.write_record(columns.iter().map(|column| column.name)).map_err(io_error)?;
        let (facts, keep, neutralise) = (options.facts.clone(), options.keep.clone(), options.neutralise_formulas);
        Ok(CsvWriter { out, table, columns, facts, keep, neutralise, written: 0 })
    }
}

impl<W: Write> CsvWriter<W> {
    fn row(&mut self, row: &Row<'_>) -> Result<()> {
        for column in &self.columns {
            let cell = (column.cell)(row);
            self.out.write_field(field(&cell, self.neutralise).as_bytes()).map_err(io_error)?;
        }
        self.written += 1;
        self.out.write_record(None::<&[u8]>).map_err(io_error)
    }
}

impl<W: Write> Writer<W> for CsvWriter<W> {
    fn record(&mut self, record: &Record) -> Result<()> {
        let (table, keep, facts) = (self.table, self.keep.clone(), self.facts.clone());
        table.rows(record, &keep, facts.as_deref(), &mut |row| self.row(row))
    }

    fn document(&mut self, document: &Linked) -> Result<()> {
        self.row(&document.row())
    }

    fn written(&self) -> u64 {
        self.written
    }

    fn finish(self: Box<Self>) -> Result<W> {
        self.out.into_inner().map_err(|error| error.into_error().into())
    }
}

/// Takes an error of the csv crate back to the I/O error it is, so that a closed pipe is known as one.
fn io_error(error: csv::Error) -> anyhow::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error.into(),
        other => anyhow::anyhow!("{other:?}"),
    }
}

/// Writes a cell as a field; unknown is empty.
fn field<'a>(cell: &'a Cell<'_>, neutralise: bool) -> Cow<'a, str> {
    let text: Cow<'_, str> = match cell {
        Cell::Null => Cow::Borrowed(""),
        Cell::Text(text) => Cow::Borrowed(text),
        Cell::Texts(texts) => Cow::Owned(joined(texts)),
        Cell::Json(value) => Cow::Owned(value.to_string()),
        Cell::Integer(number) => return Cow::Owned(number.to_string()),
        Cell::Number(number) => return Cow::Owned(number.to_string()),
        Cell::Day(day) => return Cow::Owned(day.to_string()),
        Cell::Moment(moment) => return Cow::Owned(moment.to_string()),
    };
    if neutralise && is_formula(&text) { Cow::Owned(format!("'{text}")) } else { text }
}

/// Says whether a spreadsheet takes a text of a CSV for a formula (OWASP, CSV injection).
pub fn is_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'])
}

/// Joins a list by `|`; the sign itself is written `\|`, a backslash `\\`.
pub(super) fn joined(texts: &[Cow<'_, str>]) -> String {
    texts.iter().map(|text| text.replace('\\', r"\\").replace('|', r"\|")).collect::<Vec<_>>().join("|")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_says_which_bar_is_its_own() {
        assert_eq!(joined(&["nông thôn mới".into(), r"a|b\c".into()]), r"nông thôn mới|a\|b\\c");
    }

    #[test]
    fn formulas_are_neutralised_in_text_and_only_there() {
        for text in ["=1+1", "+84 203", "-5%", "@ai", "\t=1"] {
            assert_eq!(field(&Cell::text(Some(text)), true), format!("'{text}"));
            assert_eq!(field(&Cell::text(Some(text)), false), text);
        }
        assert_eq!(field(&Cell::Number(-0.5), true), "-0.5");
        assert_eq!(field(&Cell::text(Some("Tỷ lệ = 5%")), true), "Tỷ lệ = 5%");
    }
}
