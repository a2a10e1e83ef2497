//! Workbooks for Excel and LibreOffice: a bold header that stays in view, typed columns, text as text.
//!
//! Invariant: a row beyond Excel's last goes to the next sheet, a text beyond its longest is cut, and both are said; memory
//! does not grow with the rows.

use super::csv::joined;
use super::facts::{Facts, Linked};
use super::keep::Keep;
use super::rows::{Cell, Column, Row, Table};
use super::{Options, Writer};
use crate::answer;
use crate::article::Record;
use anyhow::{Context, Result};
use jiff::civil::Date;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet};
use std::borrow::Cow;
use std::io::Write;
use std::sync::Arc;

/// Rows of a sheet, its header among them.
const ROWS: u32 = 1_048_576;
/// UTF-16 units of a cell.
const LONGEST_TEXT: usize = 32_767;
/// Whole numbers above this lose digits as a spreadsheet holds them.
const LARGEST_WHOLE: u64 = 1 << 53;

/// Holds one value of a sheet.
#[derive(Debug, Clone, PartialEq)]
enum Value<'a> {
    Empty,
    Text(Cow<'a, str>),
    Number(f64),
    Day(Date),
    Boolean(bool),
}

/// Writes rows under one header to sheets of a workbook.
struct Sheets {
    book: Workbook,
    name: String,
    header: Vec<&'static str>,
    day: Format,
    /// Next row of the sheet under way.
    row: u32,
    sheets: u32,
    written: u64,
    /// Texts that were longer than a cell holds.
    cut: u64,
}

impl Sheets {
    fn new(name: &str, header: Vec<&'static str>) -> Result<Sheets> {
        let day = Format::new().set_num_format("yyyy-mm-dd");
        let book = Workbook::new();
        let mut sheets = Sheets { book, name: name.to_string(), header, day, row: 0, sheets: 0, written: 0, cut: 0 };
        sheets.begin()?;
        Ok(sheets)
    }

    /// Begins a sheet with its header.
    fn begin(&mut self) -> Result<()> {
        self.sheets += 1;
        let name = if self.sheets == 1 { self.name.clone() } else { format!("{} {}", self.name, self.sheets) };
        let sheet = self.book.add_worksheet_with_constant_memory()?.set_name(name)?.set_freeze_panes(1, 0)?;
        let bold = Format::new().set_bold();
        for (at, name) in (0..).zip(&self.header) {
            sheet.write_string_with_format(0, at, *name, &bold)?;
        }
        self.row = 1;
        Ok(())
    }

    fn row<'a>(&mut self, values: impl Iterator<Item = Value<'a>>) -> Result<()> {
        if self.row == ROWS {
            self.begin()?;
        }
        let sheet = self.book.worksheet_from_index(self.sheets as usize - 1)?;
        for (at, value) in (0..).zip(values) {
            self.cut += u64::from(put(sheet, (self.row, at), value, &self.day)?);
        }
        self.row += 1;
        self.written += 1;
        Ok(())
    }

    /// Says what Excel's limits did.
    fn notes(&self) -> Vec<String> {
        let mut notes = Vec::new();
        if self.sheets > 1 {
            let most = ROWS - 1;
            notes.push(format!("a sheet of Excel holds {most} rows: these are on {} sheets", self.sheets));
        }
        if self.cut > 0 {
            notes.push(format!(
                "{} texts are longer than the {LONGEST_TEXT} characters of a cell of Excel and were cut; Parquet, CSV and JSON hold them whole",
                self.cut
            ));
        }
        notes
    }

    fn finish<W: Write + Send>(mut self, mut out: W) -> Result<W> {
        self.book.save_to_writer(&mut out).context("the workbook could not be written")?;
        Ok(out)
    }
}

/// Puts a value in its cell; answers whether it had to be cut.
fn put(sheet: &mut Worksheet, (row, at): (u32, u16), value: Value<'_>, day: &Format) -> Result<bool> {
    match value {
        Value::Empty => {}
        Value::Number(number) => {
            sheet.write_number(row, at, number)?;
        }
        Value::Boolean(truth) => {
            sheet.write_boolean(row, at, truth)?;
        }
        // Excel knows no day before 1900.
        Value::Day(date) if date.year() < 1900 => {
            sheet.write_string(row, at, date.to_string())?;
        }
        Value::Day(date) => {
            let (year, month, of_month) = (date.year().unsigned_abs(), date.month(), date.day());
            let date = ExcelDateTime::from_ymd(year, month.unsigned_abs(), of_month.unsigned_abs())?;
            sheet.write_datetime_with_format(row, at, &date, day)?;
        }
        Value::Text(text) => {
            let whole = fitting(&text);
            if !whole.is_empty() {
                sheet.write_string(row, at, whole)?;
            }
            return Ok(whole.len() < text.len());
        }
    }
    Ok(false)
}

/// Returns as much of a text as a cell holds.
fn fitting(text: &str) -> &str {
    // A character of UTF-8 is at least as many bytes as units of UTF-16.
    if text.len() <= LONGEST_TEXT {
        return text;
    }
    let mut units = 0;
    let end = text.char_indices().find(|(_, c)| {
        units += c.len_utf16();
        units > LONGEST_TEXT
    });
    end.map_or(text, |(end, _)| &text[..end])
}

/// Returns a whole number as one, or as text where a spreadsheet would round it.
fn whole<'a>(number: i64) -> Value<'a> {
    if number.unsigned_abs() > LARGEST_WHOLE {
        Value::Text(number.to_string().into())
    } else {
        Value::Number(number as f64)
    }
}

fn of_row<'a>(cell: Cell<'a>) -> Value<'a> {
    match cell {
        Cell::Null => Value::Empty,
        Cell::Text(text) => Value::Text(text),
        Cell::Texts(texts) => Value::Text(joined(&texts).into()),
        Cell::Json(value) => Value::Text(value.to_string().into()),
        Cell::Integer(number) => whole(number),
        Cell::Number(number) => Value::Number(number),
        Cell::Day(day) => Value::Day(day),
        // A sheet knows no zones: the text keeps it.
        Cell::Moment(moment) => Value::Text(moment.to_string().into()),
    }
}

fn of_answer(cell: &answer::Cell) -> Value<'_> {
    match cell {
        answer::Cell::Null => Value::Empty,
        answer::Cell::Text(text) => Value::Text(text.into()),
        answer::Cell::Texts(texts) => {
            Value::Text(joined(&texts.iter().map(|text| text.as_str().into()).collect::<Vec<_>>()).into())
        }
        answer::Cell::Integer(number) => whole(*number),
        answer::Cell::Number(number) => Value::Number(*number),
        answer::Cell::Day(day) => Value::Day(*day),
        answer::Cell::Boolean(truth) => Value::Boolean(*truth),
    }
}

/// Writes the rows of one table of records.
pub(super) struct SheetWriter<W> {
    out: W,
    table: Table,
    columns: Vec<&'static Column>,
    facts: Option<Arc<Facts>>,
    keep: Keep,
    sheets: Sheets,
}

impl<W: Write + Send> SheetWriter<W> {
    /// Begins with the header.
    ///
    /// # Errors
    /// When a field is not known, or no temporary file can be made.
    pub(super) fn new(out: W, table: Table, options: &Options) -> Result<Self> {
        let columns = table.select(&options.fields)?;
        let sheets = Sheets::new(table.name(), columns.iter().map(|column| column.name).collect())?;
        let (facts, keep) = (options.facts.clone(), options.keep.clone());
        Ok(SheetWriter { out, table, columns, facts, keep, sheets })
    }

    fn row(&mut self, row: &Row<'_>) -> Result<()> {
        self.sheets.row(self.columns.iter().map(|column| of_row((column.cell)(row))))
    }
}

impl<W: Write + Send> Writer<W> for SheetWriter<W> {
    fn record(&mut self, record: &Record) -> Result<()> {
        let (table, keep, facts) = (self.table, self.keep.clone(), self.facts.clone());
        table.rows(record, &keep, facts.as_deref(), &mut |row| self.row(row))
    }

    fn document(&mut self, document: &Linked) -> Result<()> {
        self.row(&document.row())
    }

    fn written(&self) -> u64 {
        self.sheets.written
    }

    fn notes(&self) -> Vec<String> {
        self.sheets.notes()
    }

    fn finish(self: Box<Self>) -> Result<W> {
        self.sheets.finish(self.out)
    }
}

/// Writes the rows of an answer that come one at a time.
pub struct AnswerSheet<W> {
    out: W,
    columns: Vec<answer::Column>,
    sheets: Sheets,
}

impl<W: Write + Send> AnswerSheet<W> {
    /// Begins a sheet of a name with its header.
    ///
    /// # Errors
    /// When no temporary file can be made.
    pub fn new(out: W, name: &str, columns: &[answer::Column]) -> Result<AnswerSheet<W>> {
        let shown = columns.iter().filter(|column| column.shown != answer::Shown::Reading);
        let sheets =
            Sheets::new(if name.is_empty() { "rows" } else { name }, shown.map(|column| column.name).collect())?;
        Ok(AnswerSheet { out, columns: columns.to_vec(), sheets })
    }

    /// Writes a row: a cell for each column.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn row(&mut self, cells: &[answer::Cell]) -> Result<()> {
        let shown = self.columns.iter().zip(cells).filter(|(column, _)| column.shown != answer::Shown::Reading);
        self.sheets.row(shown.map(|(_, cell)| of_answer(cell)))
    }

    /// Returns the number of rows so far.
    pub fn rows(&self) -> u64 {
        self.sheets.written
    }

    /// Ends the workbook; gives back what it was written to, and what Excel's limits did.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn finish(self) -> Result<(W, Vec<String>)> {
        let notes = self.sheets.notes();
        Ok((self.sheets.finish(self.out)?, notes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_where_a_cell_ends_and_between_characters() {
        let long = "ế".repeat(LONGEST_TEXT + 1);
        assert_eq!(fitting(&long).chars().count(), LONGEST_TEXT);
        let pairs = "𝄞".repeat(LONGEST_TEXT);
        assert_eq!(fitting(&pairs).encode_utf16().count(), LONGEST_TEXT - 1);
        assert_eq!(fitting("ngắn"), "ngắn");
    }

    #[test]
    fn rows_beyond_the_last_of_a_sheet_go_to_the_next_and_that_is_said() {
        let mut sheets = Sheets::new("mentions", vec!["value"]).expect("begun");
        sheets.row([Value::Number(1.0)].into_iter()).expect("written");
        sheets.row = ROWS;
        sheets.row([Value::Number(2.0)].into_iter()).expect("written");
        assert_eq!((sheets.sheets, sheets.row, sheets.written), (2, 2, 2));
        assert!(sheets.notes()[0].contains("1048575 rows: these are on 2 sheets"));
        assert!(sheets.finish(Vec::new()).expect("written").starts_with(b"PK"));
    }
}
