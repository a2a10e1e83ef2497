//! Export: records to JSON, JSONL, CSV, TSV, Parquet and XLSX, and the description that makes them citable.
//!
//! 1. [`select::each`] goes over record files once and hands over the wanted records in order.
//! 2. A [`rows::Table`] makes rows of a record: [`rows::Column`]s are values that name, describe and read a cell.
//! 3. A [`Writer`] takes them to a file as a stream.
//!
//! Invariant: complete and never capped, in memory that does not grow with the result; the same records give the same bytes.

mod articles;
pub mod audit;
pub mod bibliography;
mod citations;
pub mod counts;
mod csv;
pub mod dictionary;
mod documents;
pub mod facts;
mod figures;
pub mod graph;
mod json;
pub mod keep;
mod mentions;
mod parquet;
mod relations;
pub mod ro_crate;
pub mod rows;
pub mod select;
pub mod sheet;

pub use csv::is_formula;

use crate::article::Record;
use crate::report::Report;
use anyhow::{Context, Result};
use facts::{Facts, Linked};
use keep::Keep;
use rows::Table;
use select::Selection;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tempfile::NamedTempFile;

/// Names the formats.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// One array.
    Json,
    /// One object a line.
    Jsonl,
    /// RFC 4180.
    Csv,
    /// The same with tabs for commas.
    Tsv,
    /// Apache Parquet.
    Parquet,
    /// A workbook of Excel.
    Xlsx,
}

/// Says what is written of each record, and how.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Table; without one JSON and JSONL hold the records as they are, CSV and Parquet the articles.
    pub table: Option<Table>,
    /// Fields in the order wanted; none: all.
    pub fields: Vec<String>,
    /// A byte order mark before CSV, by which Excel knows UTF-8.
    pub bom: bool,
    /// In CSV a `'` before text that a spreadsheet would take for a formula.
    pub neutralise_formulas: bool,
    /// The documents of all records, where the rows have ids of documents.
    pub facts: Option<Arc<Facts>>,
    /// Mentions that become rows of the tables of mentions, citations and figures.
    pub keep: Keep,
}

/// Writes records to one file as a stream.
pub trait Writer<W> {
    /// Writes what the table has of a record.
    ///
    /// # Errors
    /// When it cannot be written.
    fn record(&mut self, record: &Record) -> Result<()>;

    /// Writes the row of a document, which is of no record.
    ///
    /// # Errors
    /// When it cannot be written.
    fn document(&mut self, document: &Linked) -> Result<()>;

    /// Returns the number of rows so far.
    fn written(&self) -> u64;

    /// Says what the format made of the rows that it could not hold as they are.
    fn notes(&self) -> Vec<String> {
        Vec::new()
    }

    /// Ends the file and gives back what it was written to.
    ///
    /// # Errors
    /// When the rest cannot be written.
    fn finish(self: Box<Self>) -> Result<W>;
}

/// Starts a file of a format.
///
/// # Errors
/// When a field is not known, or the file cannot be written.
///
/// ```
/// use baotinh::article::Record;
/// use baotinh::export::{Format, Options, writer};
///
/// let mut csv = writer(Format::Csv, &Options::default(), Vec::new())?;
/// csv.record(&Record::default())?;
/// let text = String::from_utf8(csv.finish()?)?;
/// assert_eq!(text.lines().count(), 2, "a header and one row");
/// # Ok::<(), anyhow::Error>(())
/// ```
pub fn writer<W: Write + Send + 'static>(format: Format, options: &Options, out: W) -> Result<Box<dyn Writer<W>>> {
    let table = options.table.unwrap_or(Table::Articles);
    Ok(match format {
        Format::Json | Format::Jsonl => Box::new(json::JsonWriter::new(out, format, options)?),
        Format::Csv => Box::new(csv::CsvWriter::new(out, b',', table, options)?),
        Format::Tsv => Box::new(csv::CsvWriter::new(out, b'\t', table, options)?),
        Format::Xlsx => Box::new(sheet::SheetWriter::new(out, table, options)?),
        Format::Parquet => Box::new(parquet::ParquetWriter::new(out, table, options)?),
    })
}

/// Says what an export did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exported {
    /// Records taken and left out, and what could not be read.
    pub records: Report,
    /// Rows written.
    pub rows: u64,
    /// What the format could not hold as it is.
    pub notes: Vec<String>,
}

/// Exports the wanted records of the files, and gives back what was written to.
///
/// # Errors
/// When a field is not known or the result cannot be written; input that cannot be read is in the report.
pub fn export<W: Write + Send + 'static>(
    files: &[PathBuf],
    selection: &Selection,
    format: Format,
    options: &Options,
    out: W,
) -> Result<(W, Exported)> {
    let needs = options.table.is_some_and(|table| table.needs_documents(&options.fields));
    let input = Input::of(files, needs)?;
    let mut gathered = if needs { Some(facts::gather(input.files(), selection)?) } else { None };
    let known = gathered.as_ref().map(|gathered| Arc::new(Facts::of(gathered.registry.clone())));
    let mut writer = writer(format, &Options { facts: known.or(options.facts.clone()), ..options.clone() }, out)?;
    let records = select::each(input.files(), selection, &mut |record| writer.record(record))?;
    if let (Some(Table::Documents), Some(gathered)) = (options.table, &mut gathered) {
        facts::documents(gathered)?.iter().try_for_each(|document| writer.document(document))?;
    }
    let exported = Exported { records, rows: writer.written(), notes: writer.notes() };
    Ok((writer.finish()?, exported))
}

/// Files that can be read as often as is needed.
struct Input {
    files: Vec<PathBuf>,
    /// What came from standard input, until the export is done.
    _copy: Option<NamedTempFile>,
}

impl Input {
    /// Takes files; standard input is copied to a temporary one when it is read `twice`.
    fn of(files: &[PathBuf], twice: bool) -> Result<Input> {
        let mut input = Input { files: files.to_vec(), _copy: None };
        let standard = |path: &&mut PathBuf| path.as_path() == Path::new("-");
        if let Some(path) = input.files.iter_mut().find(standard).filter(|_| twice) {
            let mut copy = NamedTempFile::new().context("no temporary file could be made; TMPDIR names the folder")?;
            io::copy(&mut io::stdin().lock(), &mut copy).context("standard input could not be copied")?;
            *path = copy.path().to_path_buf();
            input._copy = Some(copy);
        }
        Ok(input)
    }

    fn files(&self) -> &[PathBuf] {
        &self.files
    }
}
