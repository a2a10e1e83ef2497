//! Tables as values: a [`Column`] is a name, a type, what it means in two languages, and how it is read off a row.
//!
//! Every format writes the same columns in the same order, and the data dictionary is printed from them, so that no
//! format can say something else than another.

use super::facts::{Above, Facts};
use super::keep::Keep;
use super::{articles, citations, documents, figures, mentions, relations};
use crate::article::Record;
use crate::mention::{Mention, Part};
use crate::text::CodePoints;
use anyhow::{Result, bail};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::ser::{Serialize, SerializeMap, Serializer};
use std::borrow::Cow;

/// Names the flat tables that records are exported as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Table {
    /// One row an article.
    Articles,
    /// One row a mention, with the keys of its article.
    Mentions,
    /// One row an article and document cited in it: the edges of the citation graph.
    Citations,
    /// One row a document that articles cite, or words that say no single one.
    Documents,
    /// One row a telling of a relation between two documents, with the keys of its article.
    Relations,
    /// One row a percentage of a known indicator, with the keys of its article.
    Figures,
}

impl Table {
    /// All tables.
    pub const ALL: [Table; 6] =
        [Table::Articles, Table::Mentions, Table::Citations, Table::Documents, Table::Relations, Table::Figures];

    /// Returns the table's name, which is its file's name.
    pub fn name(self) -> &'static str {
        match self {
            Table::Articles => "articles",
            Table::Mentions => "mentions",
            Table::Citations => "citations",
            Table::Documents => "documents",
            Table::Relations => "relations",
            Table::Figures => "figures",
        }
    }

    /// Returns the columns, in the order they are written.
    pub fn columns(self) -> Vec<&'static Column> {
        match self {
            Table::Articles => articles::COLUMNS.iter().collect(),
            Table::Mentions => mentions::COLUMNS.iter().chain(articles::keys()).collect(),
            Table::Citations => citations::COLUMNS.iter().chain(articles::keys()).collect(),
            Table::Documents => documents::COLUMNS.iter().collect(),
            Table::Relations => relations::COLUMNS.iter().chain(articles::keys()).collect(),
            Table::Figures => figures::COLUMNS.iter().chain(articles::keys()).collect(),
        }
    }

    /// Returns the named columns in the order asked for; all when none is named.
    ///
    /// # Errors
    /// Names a field that the table does not have, and those it has.
    pub fn select(self, fields: &[String]) -> Result<Vec<&'static Column>> {
        let all = self.columns();
        if fields.is_empty() {
            return Ok(all);
        }
        let mut chosen: Vec<&Column> = Vec::with_capacity(fields.len());
        for field in fields {
            let Some(column) = all.iter().find(|column| column.name == field) else {
                let names: Vec<_> = all.iter().map(|column| column.name).collect();
                bail!("the table {} has no field {field:?}; it has {}", self.name(), names.join(", "))
            };
            if chosen.iter().any(|other| other.name == column.name) {
                bail!("the field {field:?} is asked for twice");
            }
            chosen.push(column);
        }
        Ok(chosen)
    }

    /// Says whether its rows are made of mentions, which may be chosen ([`Keep`]).
    pub fn is_of_mentions(self) -> bool {
        matches!(self, Table::Mentions | Table::Citations | Table::Figures)
    }

    /// Says whether rows with these fields need the documents of all records.
    pub fn needs_documents(self, fields: &[String]) -> bool {
        let has = |column: &str| fields.is_empty() || fields.iter().any(|field| field == column);
        match self {
            Table::Articles | Table::Figures => false,
            Table::Mentions | Table::Citations => has("document_id"),
            Table::Documents => true,
            Table::Relations => has("from_id") || has("to_id"),
        }
    }

    /// Calls `take` with each row that a record has in this table, in the order of title, lead and body, of the mentions
    /// those that are kept (an article stays whatever becomes of its mentions); without `facts` no document has an id. The rows of documents are of no record ([`super::Writer::document`]).
    ///
    /// # Errors
    /// Passes on the first error of `take`.
    pub fn rows(
        self,
        record: &Record,
        keep: &Keep,
        facts: Option<&Facts>,
        take: &mut dyn FnMut(&Row<'_>) -> Result<()>,
    ) -> Result<()> {
        let kept = if keep.is_all() { None } else { Some(keep.of(record)) };
        let is_kept = |place: usize| kept.as_ref().is_none_or(|kept| kept[place]);
        match self {
            Table::Articles => take(&Row::of(record)),
            Table::Mentions => mentions::rows(record, &is_kept, facts, take),
            Table::Citations => citations::rows(record, &is_kept, facts, take),
            Table::Documents => Ok(()),
            Table::Relations => relations::rows(record, facts, take),
            Table::Figures => figures::rows(record, &is_kept, take),
        }
    }
}

/// Holds what the columns of one row are read off.
pub struct Row<'a> {
    /// The record the row belongs to.
    pub record: &'a Record,
    /// Code points of title, lead and body, where sentences are cut.
    pub points: Option<&'a [CodePoints<'a>; Part::ALL.len()]>,
    /// The row's mention (the first of a document's, in the table of citations).
    pub mention: Option<&'a Mention>,
    /// Indices into the record's mentions that the row stands for.
    pub places: &'a [usize],
    /// Ids of the documents that the record's mentions are of; empty when nobody asked.
    pub documents: &'a [Option<&'a str>],
    /// What stands above the record.
    pub above: Above<'a>,
}

impl<'a> Row<'a> {
    /// Makes the row of a record as a whole.
    pub fn of(record: &'a Record) -> Row<'a> {
        Row { record, points: None, mention: None, places: &[], documents: &[], above: Above::Nothing }
    }

    /// Returns the id of the document that a mention of the record is of.
    pub(super) fn document(&self, place: usize) -> Cell<'a> {
        Cell::text(self.documents.get(place).copied().flatten())
    }
}

/// Describes one column.
#[derive(Debug)]
pub struct Column {
    /// Name, snake_case; never renamed without a new schema version.
    pub name: &'static str,
    /// Type of its cells.
    pub kind: Kind,
    /// What it means, in English.
    pub english: &'static str,
    /// What it means, in Vietnamese.
    pub vietnamese: &'static str,
    /// Reads the cell off a row.
    pub cell: for<'a> fn(&Row<'a>) -> Cell<'a>,
}

/// Names the types of columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// UTF-8 text.
    Text,
    /// List of texts; in CSV joined by `|`, with `\|` and `\\` for those characters in a text.
    Texts,
    /// Whole number of 64 bits.
    Integer,
    /// Number of double precision.
    Number,
    /// Calendar day.
    Day,
    /// Moment in UTC.
    Moment,
    /// Nested JSON; text in CSV and Parquet.
    Json,
}

impl Kind {
    /// Returns the type's name in the data dictionary.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Text => "text",
            Kind::Texts => "list of text",
            Kind::Integer => "integer",
            Kind::Number => "number",
            Kind::Day => "date",
            Kind::Moment => "timestamp",
            Kind::Json => "json",
        }
    }
}

/// Holds one value of a table.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell<'a> {
    /// Unknown.
    Null,
    /// Of [`Kind::Text`].
    Text(Cow<'a, str>),
    /// Of [`Kind::Texts`].
    Texts(Vec<Cow<'a, str>>),
    /// Of [`Kind::Integer`].
    Integer(i64),
    /// Of [`Kind::Number`].
    Number(f64),
    /// Of [`Kind::Day`].
    Day(Date),
    /// Of [`Kind::Moment`].
    Moment(Timestamp),
    /// Of [`Kind::Json`].
    Json(serde_json::Value),
}

impl<'a> Cell<'a> {
    /// Makes a cell of a text that may be unknown.
    pub fn text(text: Option<&'a str>) -> Cell<'a> {
        text.map_or(Cell::Null, |text| Cell::Text(Cow::Borrowed(text)))
    }

    /// Makes a cell of a list of texts.
    pub fn texts<T: AsRef<str>>(texts: &'a [T]) -> Cell<'a> {
        Cell::Texts(texts.iter().map(|text| Cow::Borrowed(text.as_ref())).collect())
    }

    /// Makes a cell of a count or offset.
    pub fn count(count: impl TryInto<i64>) -> Cell<'a> {
        count.try_into().map_or(Cell::Null, Cell::Integer)
    }

    /// Makes a cell of a number that may be unknown.
    pub fn number(number: Option<f64>) -> Cell<'a> {
        number.map_or(Cell::Null, Cell::Number)
    }

    /// Makes a cell of the name that a value has in JSON (`at_least`, `inferred-year`).
    pub fn name(value: impl Serialize) -> Cell<'a> {
        match serde_json::to_value(value) {
            Ok(serde_json::Value::String(name)) => Cell::Text(Cow::Owned(name)),
            _ => Cell::Null,
        }
    }

    /// Makes a cell of nested data.
    pub fn json(value: impl Serialize) -> Cell<'a> {
        serde_json::to_value(value).map_or(Cell::Null, Cell::Json)
    }
}

impl Serialize for Cell<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Cell::Null => serializer.serialize_none(),
            Cell::Text(text) => serializer.serialize_str(text),
            Cell::Texts(texts) => serializer.collect_seq(texts),
            Cell::Integer(number) => serializer.serialize_i64(*number),
            Cell::Number(number) => serializer.serialize_f64(*number),
            Cell::Day(day) => serializer.collect_str(day),
            Cell::Moment(moment) => serializer.collect_str(moment),
            Cell::Json(value) => value.serialize(serializer),
        }
    }
}

/// Writes a row as one JSON object with the columns in their order.
pub struct Object<'a, 'r>(pub &'a [&'static Column], pub &'a Row<'r>);

impl Serialize for Object<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_map(Some(self.0.len()))?;
        for column in self.0 {
            object.serialize_entry(column.name, &(column.cell)(self.1))?;
        }
        object.end()
    }
}
