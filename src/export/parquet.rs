//! Parquet: typed columns, zstd, statistics a page; the memory is that of one row group, whatever the result's size.
//!
//! Nothing of the clock or the machine is written: the same rows give the same bytes.

use super::facts::{Facts, Linked};
use super::keep::Keep;
use super::rows::{Cell, Column, Kind, Row, Table};
use super::{Options, Writer};
use crate::article::{Record, SCHEMA_VERSION};
use anyhow::{Context, Result, bail};
use arrow_array::builder::{
    Date32Builder, Float64Builder, Int64Builder, ListBuilder, StringBuilder, TimestampMicrosecondBuilder,
};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{DataType, Field, Schema, TimeUnit};
use jiff::civil::{Date, date};
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::metadata::KeyValue;
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use std::collections::HashMap;
use std::io::Write;
use std::sync::Arc;

/// Rows, or bytes of text, taken to the encoder at once.
const BATCH_ROWS: usize = 2048;
const BATCH_BYTES: usize = 8 << 20;
/// Encoded bytes in memory at which a row group is closed.
const GROUP_BYTES: usize = 32 << 20;
/// The day from which Parquet counts days.
const EPOCH: Date = date(1970, 1, 1);

/// Writes the rows of one table.
pub(super) struct ParquetWriter<W: Write + Send> {
    out: ArrowWriter<W>,
    schema: Arc<Schema>,
    table: Table,
    columns: Vec<&'static Column>,
    facts: Option<Arc<Facts>>,
    keep: Keep,
    cells: Vec<Cells>,
    pending_rows: usize,
    pending_bytes: usize,
    written: u64,
}

impl<W: Write + Send> ParquetWriter<W> {
    /// Starts a file.
    ///
    /// # Errors
    /// When a field is not known, or the file cannot be written.
    pub(super) fn new(out: W, table: Table, options: &Options) -> Result<Self> {
        let columns = table.select(&options.fields)?;
        let described = |column: &Column| {
            let description = HashMap::from([("description".to_string(), column.english.to_string())]);
            Field::new(column.name, data_type(column.kind), true).with_metadata(description)
        };
        let schema = Arc::new(Schema::new(columns.iter().map(|column| described(column)).collect::<Vec<_>>()));
        let properties = WriterProperties::builder()
            .set_created_by(format!("baotinh {}", env!("CARGO_PKG_VERSION")))
            .set_compression(Compression::ZSTD(ZstdLevel::try_new(3)?))
            .set_statistics_enabled(EnabledStatistics::Page)
            .set_key_value_metadata(Some(vec![
                KeyValue::new("baotinh.table".to_string(), table.name().to_string()),
                KeyValue::new("baotinh.schema_version".to_string(), SCHEMA_VERSION.to_string()),
            ]))
            .build();
        let out = ArrowWriter::try_new(out, schema.clone(), Some(properties))?;
        let cells = columns.iter().map(|column| Cells::new(column.kind)).collect();
        let (facts, keep) = (options.facts.clone(), options.keep.clone());
        let (pending_rows, pending_bytes, written) = (0, 0, 0);
        Ok(ParquetWriter { out, schema, table, columns, facts, keep, cells, pending_rows, pending_bytes, written })
    }

    fn row(&mut self, row: &Row<'_>) -> Result<()> {
        for (column, cells) in self.columns.iter().zip(&mut self.cells) {
            self.pending_bytes += cells.push((column.cell)(row)).with_context(|| format!("column {}", column.name))?;
        }
        self.pending_rows += 1;
        self.written += 1;
        Ok(())
    }

    fn encode_when_full(&mut self) -> Result<()> {
        let full = self.pending_rows >= BATCH_ROWS || self.pending_bytes >= BATCH_BYTES;
        if full { self.encode() } else { Ok(()) }
    }

    fn encode(&mut self) -> Result<()> {
        let arrays = self.cells.iter_mut().map(Cells::finish).collect();
        self.out.write(&RecordBatch::try_new(self.schema.clone(), arrays)?)?;
        (self.pending_rows, self.pending_bytes) = (0, 0);
        if self.out.in_progress_size() > GROUP_BYTES {
            self.out.flush()?;
        }
        Ok(())
    }
}

impl<W: Write + Send> Writer<W> for ParquetWriter<W> {
    fn record(&mut self, record: &Record) -> Result<()> {
        let (table, keep, facts) = (self.table, self.keep.clone(), self.facts.clone());
        table.rows(record, &keep, facts.as_deref(), &mut |row| self.row(row))?;
        self.encode_when_full()
    }

    fn document(&mut self, document: &Linked) -> Result<()> {
        self.row(&document.row())?;
        self.encode_when_full()
    }

    fn written(&self) -> u64 {
        self.written
    }

    fn finish(mut self: Box<Self>) -> Result<W> {
        if self.pending_rows > 0 {
            self.encode()?;
        }
        Ok(self.out.into_inner()?)
    }
}

/// Returns the Parquet type of a column.
fn data_type(kind: Kind) -> DataType {
    match kind {
        Kind::Text | Kind::Json => DataType::Utf8,
        Kind::Texts => DataType::List(Arc::new(Field::new_list_field(DataType::Utf8, true))),
        Kind::Integer => DataType::Int64,
        Kind::Number => DataType::Float64,
        Kind::Day => DataType::Date32,
        Kind::Moment => DataType::Timestamp(TimeUnit::Microsecond, Some("UTC".into())),
    }
}

/// Gathers the cells of one column until they are encoded.
enum Cells {
    Text(StringBuilder),
    Texts(ListBuilder<StringBuilder>),
    Integer(Int64Builder),
    Number(Float64Builder),
    Day(Date32Builder),
    Moment(TimestampMicrosecondBuilder),
}

impl Cells {
    fn new(kind: Kind) -> Cells {
        match kind {
            Kind::Text | Kind::Json => Cells::Text(StringBuilder::new()),
            Kind::Texts => Cells::Texts(ListBuilder::new(StringBuilder::new())),
            Kind::Integer => Cells::Integer(Int64Builder::new()),
            Kind::Number => Cells::Number(Float64Builder::new()),
            Kind::Day => Cells::Day(Date32Builder::new()),
            Kind::Moment => Cells::Moment(TimestampMicrosecondBuilder::new().with_timezone("UTC")),
        }
    }

    /// Adds a cell; returns the bytes of its text.
    fn push(&mut self, cell: Cell<'_>) -> Result<usize> {
        match (self, cell) {
            (Cells::Text(cells), Cell::Text(text)) => {
                cells.append_value(&text);
                return Ok(text.len());
            }
            (Cells::Text(cells), Cell::Json(value)) => {
                let text = value.to_string();
                cells.append_value(&text);
                return Ok(text.len());
            }
            (Cells::Texts(cells), Cell::Texts(texts)) => {
                cells.append_value(texts.iter().map(Some));
                return Ok(texts.iter().map(|text| text.len()).sum());
            }
            (Cells::Integer(cells), Cell::Integer(number)) => cells.append_value(number),
            (Cells::Number(cells), Cell::Number(number)) => cells.append_value(number),
            (Cells::Day(cells), Cell::Day(day)) => cells.append_value((day - EPOCH).get_days()),
            (Cells::Moment(cells), Cell::Moment(moment)) => cells.append_value(moment.as_microsecond()),
            (Cells::Text(cells), Cell::Null) => cells.append_null(),
            (Cells::Texts(cells), Cell::Null) => cells.append_null(),
            (Cells::Integer(cells), Cell::Null) => cells.append_null(),
            (Cells::Number(cells), Cell::Null) => cells.append_null(),
            (Cells::Day(cells), Cell::Null) => cells.append_null(),
            (Cells::Moment(cells), Cell::Null) => cells.append_null(),
            (_, cell) => bail!("{cell:?} is of another type than its column"),
        }
        Ok(0)
    }

    fn finish(&mut self) -> ArrayRef {
        match self {
            Cells::Text(cells) => Arc::new(cells.finish()),
            Cells::Texts(cells) => Arc::new(cells.finish()),
            Cells::Integer(cells) => Arc::new(cells.finish()),
            Cells::Number(cells) => Arc::new(cells.finish()),
            Cells::Day(cells) => Arc::new(cells.finish()),
            Cells::Moment(cells) => Arc::new(cells.finish()),
        }
    }
}
