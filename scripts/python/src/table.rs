//! A table as Python sees it: Arrow for data frames, dicts for reading, and what its numbers are of.

use anyhow::Result;
use arrow_array::builder::{
    ArrayBuilder, BooleanBuilder, Date32Builder, Float64Builder, Int64Builder, ListBuilder, StringBuilder,
    TimestampMicrosecondBuilder,
};
use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_array::{Array, ArrayRef, RecordBatch, RecordBatchIterator, cast::AsArray, types};
use arrow_schema::{DataType, Field, Schema, TimeUnit};
use baotinh::answer::{self, Answer};
use baotinh::export::rows;
use jiff::civil::{Date, date};
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyDict, PyList};
use std::collections::HashMap;
use std::sync::Arc;

/// Rows with described columns, and what was counted; `pyarrow.table(t)`, `polars.DataFrame(t)` and pandas take it without a copy.
#[pyclass(frozen)]
pub struct Table {
    batch: RecordBatch,
    /// Canonical text of the query, when there was one.
    #[pyo3(get)]
    query: Option<String>,
    /// What the numbers are of and out of, in one sentence.
    #[pyo3(get)]
    summary: String,
    /// What must be known to read them.
    #[pyo3(get)]
    notes: Vec<String>,
}

impl Table {
    /// Makes the table of an answer.
    pub fn of(answer: Answer) -> Result<Table> {
        let columns = answer.columns.iter().map(|column| (column.name, kind(column.kind), column.english));
        let mut builder = Builder::new(columns);
        for row in &answer.rows {
            for (cells, cell) in builder.cells.iter_mut().zip(row) {
                cells.push(cell);
            }
        }
        let mut table = builder.finish(answer.summary, answer.query.map(|asked| asked.canonical))?;
        table.notes = answer.notes;
        Ok(table)
    }
}

/// Names the Arrow types of columns.
#[derive(Clone, Copy)]
enum Kind {
    Text,
    Texts,
    Integer,
    Number,
    Day,
    Moment,
    Boolean,
}

fn kind(kind: answer::Kind) -> Kind {
    match kind {
        answer::Kind::Text => Kind::Text,
        answer::Kind::Texts => Kind::Texts,
        answer::Kind::Integer => Kind::Integer,
        answer::Kind::Number => Kind::Number,
        answer::Kind::Day => Kind::Day,
        answer::Kind::Boolean => Kind::Boolean,
    }
}

fn kind_of_row(kind: rows::Kind) -> Kind {
    match kind {
        rows::Kind::Text | rows::Kind::Json => Kind::Text,
        rows::Kind::Texts => Kind::Texts,
        rows::Kind::Integer => Kind::Integer,
        rows::Kind::Number => Kind::Number,
        rows::Kind::Day => Kind::Day,
        rows::Kind::Moment => Kind::Moment,
    }
}

/// Collects rows column by column.
pub struct Builder {
    schema: Vec<Field>,
    cells: Vec<Cells>,
    columns: Vec<&'static rows::Column>,
}

enum Cells {
    Text(StringBuilder),
    Texts(ListBuilder<StringBuilder>),
    Integer(Int64Builder),
    Number(Float64Builder),
    Day(Date32Builder),
    Moment(TimestampMicrosecondBuilder),
    Boolean(BooleanBuilder),
}

impl Builder {
    fn new(columns: impl Iterator<Item = (&'static str, Kind, &'static str)>) -> Builder {
        let (mut schema, mut cells) = (Vec::new(), Vec::new());
        for (name, kind, english) in columns {
            let made = Cells::new(kind);
            let description = HashMap::from([("description".to_string(), english.to_string())]);
            schema.push(Field::new(name, made.data_type(), true).with_metadata(description));
            cells.push(made);
        }
        Builder { schema, cells, columns: Vec::new() }
    }

    /// Begins a table of these columns of an export.
    pub fn of_rows(columns: &[&'static rows::Column]) -> Builder {
        let described = columns.iter().map(|column| (column.name, kind_of_row(column.kind), column.english));
        Builder { columns: columns.to_vec(), ..Builder::new(described) }
    }

    /// Takes a row of an export.
    pub fn row(&mut self, row: &rows::Row<'_>) -> Result<()> {
        for (cells, column) in self.cells.iter_mut().zip(&self.columns) {
            cells.push_row((column.cell)(row));
        }
        Ok(())
    }

    /// Ends the table.
    pub fn finish(mut self, summary: String, query: Option<String>) -> Result<Table> {
        let arrays: Vec<ArrayRef> = self.cells.iter_mut().map(Cells::finish).collect();
        let batch = RecordBatch::try_new(Arc::new(Schema::new(self.schema)), arrays)?;
        Ok(Table { batch, query, summary, notes: Vec::new() })
    }
}

fn days(day: Date) -> i32 {
    (day - date(1970, 1, 1)).get_days()
}

impl Cells {
    fn new(kind: Kind) -> Cells {
        match kind {
            Kind::Text => Cells::Text(StringBuilder::new()),
            Kind::Texts => Cells::Texts(ListBuilder::new(StringBuilder::new())),
            Kind::Integer => Cells::Integer(Int64Builder::new()),
            Kind::Number => Cells::Number(Float64Builder::new()),
            Kind::Day => Cells::Day(Date32Builder::new()),
            Kind::Moment => Cells::Moment(TimestampMicrosecondBuilder::new().with_timezone("UTC")),
            Kind::Boolean => Cells::Boolean(BooleanBuilder::new()),
        }
    }

    fn data_type(&self) -> DataType {
        match self {
            Cells::Text(_) => DataType::Utf8,
            Cells::Texts(_) => DataType::List(Arc::new(Field::new_list_field(DataType::Utf8, true))),
            Cells::Integer(_) => DataType::Int64,
            Cells::Number(_) => DataType::Float64,
            Cells::Day(_) => DataType::Date32,
            Cells::Moment(_) => DataType::Timestamp(TimeUnit::Microsecond, Some("UTC".into())),
            Cells::Boolean(_) => DataType::Boolean,
        }
    }

    fn push(&mut self, cell: &answer::Cell) {
        match (self, cell) {
            (Cells::Text(cells), answer::Cell::Text(text)) => cells.append_value(text),
            (Cells::Texts(cells), answer::Cell::Texts(texts)) => cells.append_value(texts.iter().map(Some)),
            (Cells::Integer(cells), answer::Cell::Integer(number)) => cells.append_value(*number),
            (Cells::Number(cells), answer::Cell::Number(number)) => cells.append_value(*number),
            (Cells::Day(cells), answer::Cell::Day(day)) => cells.append_value(days(*day)),
            (Cells::Boolean(cells), answer::Cell::Boolean(value)) => cells.append_value(*value),
            (cells, _) => cells.push_null(),
        }
    }

    fn push_row(&mut self, cell: rows::Cell<'_>) {
        match (self, cell) {
            (Cells::Text(cells), rows::Cell::Text(text)) => cells.append_value(text),
            (Cells::Text(cells), rows::Cell::Json(value)) => cells.append_value(value.to_string()),
            (Cells::Texts(cells), rows::Cell::Texts(texts)) => cells.append_value(texts.iter().map(Some)),
            (Cells::Integer(cells), rows::Cell::Integer(number)) => cells.append_value(number),
            (Cells::Number(cells), rows::Cell::Number(number)) => cells.append_value(number),
            (Cells::Day(cells), rows::Cell::Day(day)) => cells.append_value(days(day)),
            (Cells::Moment(cells), rows::Cell::Moment(moment)) => cells.append_value(moment.as_microsecond()),
            (cells, _) => cells.push_null(),
        }
    }

    fn push_null(&mut self) {
        match self {
            Cells::Text(cells) => cells.append_null(),
            Cells::Texts(cells) => cells.append_null(),
            Cells::Integer(cells) => cells.append_null(),
            Cells::Number(cells) => cells.append_null(),
            Cells::Day(cells) => cells.append_null(),
            Cells::Moment(cells) => cells.append_null(),
            Cells::Boolean(cells) => cells.append_null(),
        }
    }

    fn finish(&mut self) -> ArrayRef {
        match self {
            Cells::Text(cells) => ArrayBuilder::finish(cells),
            Cells::Texts(cells) => ArrayBuilder::finish(cells),
            Cells::Integer(cells) => ArrayBuilder::finish(cells),
            Cells::Number(cells) => ArrayBuilder::finish(cells),
            Cells::Day(cells) => ArrayBuilder::finish(cells),
            Cells::Moment(cells) => ArrayBuilder::finish(cells),
            Cells::Boolean(cells) => ArrayBuilder::finish(cells),
        }
    }
}

/// Returns a cell as Python reads it: days and moments as text in ISO 8601.
fn value<'py>(py: Python<'py>, column: &ArrayRef, at: usize) -> PyResult<Bound<'py, PyAny>> {
    if column.is_null(at) {
        return Ok(py.None().into_bound(py));
    }
    Ok(match column.data_type() {
        DataType::Utf8 => column.as_string::<i32>().value(at).into_pyobject(py)?.into_any(),
        DataType::Int64 => column.as_primitive::<types::Int64Type>().value(at).into_pyobject(py)?.into_any(),
        DataType::Float64 => column.as_primitive::<types::Float64Type>().value(at).into_pyobject(py)?.into_any(),
        DataType::Boolean => column.as_boolean().value(at).into_pyobject(py)?.to_owned().into_any(),
        DataType::Date32 => {
            let days = column.as_primitive::<types::Date32Type>().value(at);
            let day = date(1970, 1, 1).saturating_add(jiff::Span::new().days(days));
            day.to_string().into_pyobject(py)?.into_any()
        }
        DataType::Timestamp(..) => {
            let moment = column.as_primitive::<types::TimestampMicrosecondType>().value(at);
            let moment = jiff::Timestamp::from_microsecond(moment).unwrap_or_default();
            moment.to_string().into_pyobject(py)?.into_any()
        }
        _ => {
            let texts = column.as_list::<i32>().value(at);
            let texts: Vec<&str> = texts.as_string::<i32>().iter().flatten().collect();
            PyList::new(py, texts)?.into_any()
        }
    })
}

#[pymethods]
impl Table {
    #[getter]
    fn columns(&self) -> Vec<String> {
        self.batch.schema().fields().iter().map(|field| field.name().clone()).collect()
    }

    fn __len__(&self) -> usize {
        self.batch.num_rows()
    }

    fn __repr__(&self) -> String {
        format!("<baotinh.Table of {} rows: {}>", self.batch.num_rows(), self.summary)
    }

    /// Returns the rows as dicts; days and moments as ISO 8601.
    fn rows<'py>(&self, py: Python<'py>) -> PyResult<Vec<Bound<'py, PyDict>>> {
        let schema = self.batch.schema();
        let row = |at: usize| {
            let row = PyDict::new(py);
            for (field, column) in schema.fields().iter().zip(self.batch.columns()) {
                row.set_item(field.name(), value(py, column, at)?)?;
            }
            Ok(row)
        };
        (0..self.batch.num_rows()).map(row).collect()
    }

    /// Hands the table over by the Arrow PyCapsule interface.
    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        // The protocol allows to hand over the table's own schema whatever is asked for.
        drop(requested_schema);
        let batches = RecordBatchIterator::new([Ok(self.batch.clone())], self.batch.schema());
        let stream = FFI_ArrowArrayStream::new(Box::new(batches));
        PyCapsule::new(py, stream, Some(c"arrow_array_stream".to_owned()))
    }
}
