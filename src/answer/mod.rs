//! Answers: what a question comes to, as a value that the command line prints, the page renders and a file holds.
//!
//! An [`Answer`] has typed rows under described columns, the query in its canonical text, and what the numbers are of
//! and out of. Invariant: whoever shows an answer shows these numbers; none is computed a second time.

mod text;
mod write;

pub use write::{Format, RowWriter};

use jiff::civil::Date;
use serde::ser::{Serialize, SerializeMap, SerializeStruct, Serializer};
use std::io::{self, Write};

/// Holds the answer to one question.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Answer {
    /// Name of the question: that of its command (`facets`, `trend`).
    pub name: &'static str,
    /// The query, when there was one.
    pub query: Option<Asked>,
    /// What was counted.
    pub total: Total,
    /// Further numbers that the rows are of or out of, by name: `occurrences`, `units`.
    pub figures: Vec<Figure>,
    /// The columns, in their order.
    pub columns: Vec<Column>,
    /// The rows shown, a cell for each column.
    pub rows: Vec<Vec<Cell>>,
    /// Rows in all, those that are not shown among them.
    pub of_rows: u64,
    /// The totals in one English sentence.
    pub summary: String,
    /// What is left out or must be known to read the numbers, a sentence each.
    pub notes: Vec<String>,
}

/// Holds a query as it was understood.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize)]
pub struct Asked {
    /// Canonical text: it reads back as the same query.
    pub canonical: String,
    /// Abbreviations that stand for their words too, with those words.
    pub expanded: Vec<(String, Vec<String>)>,
}

/// Counts the articles that an answer is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize)]
pub struct Total {
    /// Articles that the query finds.
    pub found: u64,
    /// Articles there are.
    pub of: u64,
    /// Articles found that have no day of publication, where time plays a part.
    pub undated: Option<u64>,
}

/// Holds one number with its meaning.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Figure {
    /// Name, snake_case.
    pub name: &'static str,
    /// What it counts, in English.
    pub english: &'static str,
    /// The number.
    pub value: f64,
}

/// Describes one column of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Name, snake_case.
    pub name: &'static str,
    /// Type of its cells.
    pub kind: Kind,
    /// What it means, in English.
    pub english: &'static str,
    /// What it means, in Vietnamese.
    pub vietnamese: &'static str,
    /// Where it is shown.
    pub shown: Shown,
    /// What stands for an unknown value in a table for reading.
    pub unknown: &'static str,
}

/// Says where a column is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// Everywhere.
    Always,
    /// In tables for reading only.
    Reading,
    /// In files for programs only.
    Files,
}

/// Names the types of columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// UTF-8 text.
    Text,
    /// List of texts: a list in JSON, joined by `|` in CSV and TSV, their number in a table for reading.
    Texts,
    /// Whole number.
    Integer,
    /// Number with a fraction.
    Number,
    /// Calendar day.
    Day,
    /// Yes or no.
    Boolean,
}

/// Holds one value of a row.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Unknown, or not asked for.
    Null,
    /// Text.
    Text(String),
    /// List of texts.
    Texts(Vec<String>),
    /// Whole number.
    Integer(i64),
    /// Number with a fraction.
    Number(f64),
    /// Calendar day.
    Day(Date),
    /// Yes or no.
    Boolean(bool),
}

impl Kind {
    /// Returns the type's name, as in the data dictionary.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Text => "text",
            Kind::Texts => "list of text",
            Kind::Integer => "integer",
            Kind::Number => "number",
            Kind::Day => "date",
            Kind::Boolean => "boolean",
        }
    }
}

impl Column {
    /// Makes a column that is shown everywhere.
    pub const fn new(name: &'static str, kind: Kind, english: &'static str, vietnamese: &'static str) -> Column {
        Column { name, kind, english, vietnamese, shown: Shown::Always, unknown: "" }
    }

    /// Makes the same column with a word for what is unknown, in tables for reading.
    pub const fn or(self, unknown: &'static str) -> Column {
        Column { unknown, ..self }
    }

    /// Makes the same column for files only.
    pub const fn in_files(self) -> Column {
        Column { shown: Shown::Files, ..self }
    }

    /// Makes the same column for reading only.
    pub const fn for_reading(self) -> Column {
        Column { shown: Shown::Reading, ..self }
    }
}

impl Cell {
    /// Makes a cell of a count.
    pub fn count(count: impl TryInto<i64>) -> Cell {
        count.try_into().map_or(Cell::Null, Cell::Integer)
    }

    /// Makes a cell of a number, rounded to so many decimals; one that is not finite is unknown.
    pub fn rounded(number: f64, decimals: i32) -> Cell {
        let unit = 10f64.powi(decimals);
        let rounded = (number * unit).round() / unit;
        if rounded.is_finite() { Cell::Number(rounded) } else { Cell::Null }
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Cell {
        Cell::Text(text.to_string())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Cell {
        Cell::Text(text)
    }
}

impl From<Date> for Cell {
    fn from(day: Date) -> Cell {
        Cell::Day(day)
    }
}

impl<T: Into<Cell>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Cell {
        value.map_or(Cell::Null, Into::into)
    }
}

impl Figure {
    /// Makes a figure of a count.
    pub fn count(name: &'static str, english: &'static str, value: u64) -> Figure {
        Figure { name, english, value: value as f64 }
    }
}

impl Answer {
    /// Keeps the first `most` rows; 0 keeps all.
    pub fn first(mut self, most: usize) -> Answer {
        if most > 0 {
            self.rows.truncate(most);
        }
        self
    }

    /// Writes the rows in a format.
    ///
    /// # Errors
    /// When they cannot be written.
    pub fn write(&self, out: impl Write, format: Format) -> io::Result<()> {
        let mut rows = RowWriter::new(out, format, &self.columns)?;
        for row in &self.rows {
            rows.row(row)?;
        }
        rows.finish().map(drop)
    }
}

impl Serialize for Cell {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Cell::Null => serializer.serialize_none(),
            Cell::Text(text) => serializer.serialize_str(text),
            Cell::Texts(texts) => serializer.collect_seq(texts),
            Cell::Integer(number) => serializer.serialize_i64(*number),
            Cell::Number(number) => serializer.serialize_f64(*number),
            Cell::Day(day) => serializer.collect_str(day),
            Cell::Boolean(value) => serializer.serialize_bool(*value),
        }
    }
}

impl Serialize for Column {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut column = serializer.serialize_struct("Column", 4)?;
        column.serialize_field("name", self.name)?;
        column.serialize_field("type", self.kind.name())?;
        column.serialize_field("en", self.english)?;
        column.serialize_field("vi", self.vietnamese)?;
        column.end()
    }
}

/// A row as an object with its fields in the order of the columns.
pub(crate) struct Object<'a>(pub &'a [Column], pub &'a [Cell]);

impl Serialize for Object<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_map(None)?;
        for (column, cell) in self.0.iter().zip(self.1).filter(|(column, _)| column.shown != Shown::Reading) {
            object.serialize_entry(column.name, cell)?;
        }
        object.end()
    }
}

/// Writes the whole answer as one object: the same keys always, null when unknown.
impl Serialize for Answer {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        struct Figures<'a>(&'a [Figure]);
        impl Serialize for Figures<'_> {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_map(self.0.iter().map(|figure| (figure.name, figure.value)))
            }
        }
        let columns: Vec<_> = self.columns.iter().filter(|column| column.shown != Shown::Reading).collect();
        let items: Vec<_> = self.rows.iter().map(|row| Object(&self.columns, row)).collect();
        let mut answer = serializer.serialize_struct("Answer", 9)?;
        answer.serialize_field("name", self.name)?;
        answer.serialize_field("query", &self.query)?;
        answer.serialize_field("total", &self.total)?;
        answer.serialize_field("figures", &Figures(&self.figures))?;
        answer.serialize_field("columns", &columns)?;
        answer.serialize_field("items", &items)?;
        answer.serialize_field("of_items", &self.of_rows)?;
        answer.serialize_field("summary", &self.summary)?;
        answer.serialize_field("notes", &self.notes)?;
        answer.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const COLUMNS: [Column; 3] = [
        Column::new("articles", Kind::Integer, "Articles", "Số bài"),
        Column::new("papers", Kind::Texts, "Newspapers", "Các báo"),
        Column::new("key", Kind::Text, "Key", "Khóa").in_files(),
    ];

    fn answer() -> Answer {
        let row = |count, papers: &[&str], key: Option<&str>| {
            vec![Cell::count(count), Cell::Texts(papers.iter().map(|name| name.to_string()).collect()), key.into()]
        };
        let rows = vec![row(12, &["a", "b|c"], Some("x,y")), row(3, &[], None)];
        Answer { name: "test", columns: COLUMNS.to_vec(), rows, of_rows: 2, ..Answer::default() }
    }

    fn written(format: Format) -> String {
        let mut out = Vec::new();
        answer().write(&mut out, format).expect("written");
        String::from_utf8(out).expect("UTF-8")
    }

    #[test]
    fn every_format_holds_the_same_rows() {
        assert_eq!(written(Format::Csv), "articles,papers,key\r\n12,a|b\\|c,\"x,y\"\r\n3,,\r\n");
        assert_eq!(written(Format::Tsv), "articles\tpapers\tkey\n12\ta|b\\|c\tx,y\n3\t\t\n");
        let lines = "{\"articles\":12,\"papers\":[\"a\",\"b|c\"],\"key\":\"x,y\"}\n{\"articles\":3,\"papers\":[],\"key\":null}\n";
        assert_eq!(written(Format::Jsonl), lines);
        assert_eq!(written(Format::Text), "articles  papers\n      12       2\n       3       0\n");
        let array: serde_json::Value = serde_json::from_str(&written(Format::Json)).expect("JSON");
        assert_eq!(array[0]["papers"][1], "b|c");
    }

    #[test]
    fn an_answer_says_what_its_columns_mean() {
        let whole = serde_json::to_value(answer()).expect("JSON");
        assert_eq!(whole["columns"][0]["vi"], "Số bài");
        assert_eq!(whole["items"][1]["key"], serde_json::Value::Null);
        assert_eq!(whole["query"], serde_json::Value::Null);
    }
}
