//! Parquet: any flat table; days and times become ISO 8601, lists of text stay lists.

use super::{Mapping, Rows, Shape};
use anyhow::{Context, Result};
use jiff::Timestamp;
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use parquet::basic::{LogicalType, TimeUnit};
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;
use parquet::schema::types::Type;
use serde_json::{Value, json};
use std::fs::File;
use std::path::Path;

/// Takes each row as a line of JSON, with its number from 1.
pub(super) fn read(path: &Path, mapping: &Mapping, rows: &mut Rows<'_, '_>) -> Result<()> {
    let file = File::open(path).with_context(|| path.display().to_string())?;
    let reader = SerializedFileReader::new(file).context("not a Parquet file, or one broken off")?;
    let columns: Vec<_> =
        reader.metadata().file_metadata().schema().get_fields().iter().map(|column| Column::of(column)).collect();
    let names: Vec<String> = columns.iter().map(|column| column.name.clone()).collect();
    let shape = Shape::of(names.clone(), mapping)?;
    rows.note(shape.note(&names));
    for (number, row) in (1..).zip(reader.get_row_iter(None)?) {
        let row = row.with_context(|| format!("row {number}: broken"))?;
        let cells: Vec<_> =
            row.get_column_iter().zip(&columns).map(|((_, field), column)| column.value(field)).collect();
        if !rows.take(number, shape.line(&cells)) {
            break;
        }
    }
    Ok(())
}

/// Holds what the fields of a column do not say themselves.
struct Column {
    name: String,
    /// A time without a zone: a Vietnamese one.
    local: bool,
    /// Nanoseconds, which are read as bare numbers.
    nanoseconds: bool,
}

impl Column {
    fn of(column: &Type) -> Column {
        let (mut local, mut nanoseconds) = (false, false);
        if let Some(LogicalType::Timestamp(time)) = column.get_basic_info().logical_type_ref() {
            local = !time.is_adjusted_to_u_t_c;
            nanoseconds = matches!(time.unit, TimeUnit::NANOS);
        }
        Column { name: column.name().to_string(), local, nanoseconds }
    }

    fn value(&self, field: &Field) -> Value {
        match field {
            Field::Null => Value::Null,
            Field::Bool(truth) => json!(truth),
            Field::Byte(number) => json!(number),
            Field::Short(number) => json!(number),
            Field::Int(number) => json!(number),
            Field::Long(number) if self.nanoseconds => self.time(Timestamp::from_nanosecond((*number).into())),
            Field::Long(number) => json!(number),
            Field::UByte(number) => json!(number),
            Field::UShort(number) => json!(number),
            Field::UInt(number) => json!(number),
            Field::ULong(number) => json!(number),
            Field::Float(number) => json!(number),
            Field::Double(number) => json!(number),
            Field::Str(text) => json!(text),
            // A column of text without its annotation, as some writers leave it.
            Field::Bytes(bytes) => bytes.as_utf8().map_or(Value::Null, |text| json!(text)),
            Field::Date(days) => day(*days).map_or(Value::Null, |day| json!(day.to_string())),
            Field::TimestampMillis(time) => self.time(Timestamp::from_millisecond(*time)),
            Field::TimestampMicros(time) => self.time(Timestamp::from_microsecond(*time)),
            Field::ListInternal(list) => list.elements().iter().map(|field| self.value(field)).collect(),
            other => json!(other.to_string()),
        }
    }

    fn time(&self, moment: Result<Timestamp, jiff::Error>) -> Value {
        match moment {
            Ok(moment) if self.local => json!(moment.to_zoned(TimeZone::UTC).datetime().to_string()),
            Ok(moment) => json!(moment.to_string()),
            Err(_) => Value::Null,
        }
    }
}

fn day(days: i32) -> Option<Date> {
    date(1970, 1, 1).checked_add(jiff::Span::new().try_days(days).ok()?).ok()
}
