//! The audit sheet: random mentions of each kind in their sentence, for a person to judge right or wrong.

use super::is_formula;
use crate::answer::{Answer, Cell, Column, Kind};
use crate::article::Record;
use crate::mention::{Fact, Mention};
use crate::text::offset::slice;
use anyhow::Result;
use std::collections::BTreeSet;
use std::io::Write;

/// Columns of the sheet.
pub const COLUMNS: [Column; 12] = [
    Column::new("right", Kind::Text, "For the reader: right or wrong", "Người đọc ghi: right (đúng) hoặc wrong (sai)"),
    Column::new("kind", Kind::Text, "citation, percent or date", "citation, percent hoặc date"),
    Column::new("text", Kind::Text, "The mention as printed", "Đề cập như trên báo"),
    Column::new("value", Kind::Text, "Its canonical form", "Dạng chuẩn"),
    Column::new("fields", Kind::Text, "Its other fields, as JSON", "Các trường khác, dạng JSON"),
    Column::new("rule", Kind::Text, "Rule that found it", "Quy tắc tìm ra"),
    Column::new("flags", Kind::Text, "Flags", "Cờ"),
    Column::new("sentence", Kind::Text, "Its sentence", "Câu chứa nó"),
    Column::new("article", Kind::Text, "Id of the article", "Mã bài"),
    Column::new("start", Kind::Integer, "First code point in its part", "Điểm mã đầu tiên trong phần"),
    Column::new("end", Kind::Integer, "Code point after it", "Điểm mã ngay sau"),
    Column::new("url", Kind::Text, "Address", "Địa chỉ"),
];

const KINDS: [&str; 3] = ["citation", "percent", "date"];

/// Holds one mention that may be drawn; ordered by the draw.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Row {
    /// Random number of the mention, fixed by the seed, the article and the place: the smallest are drawn.
    lot: u64,
    cells: [String; COLUMNS.len()],
}

/// Returns the mentions of a record with their lots.
pub fn rows(record: &Record, seed: u64) -> Vec<Row> {
    let article = &record.article;
    let row = |mention: &Mention| {
        let kind = KINDS[match mention.fact {
            Fact::Citation(_) => 0,
            Fact::Percent(_) => 1,
            Fact::Date(_) => 2,
        }];
        let mut fields = serde_json::to_value(&mention.fact).unwrap_or_default();
        if let Some(fields) = fields.as_object_mut() {
            fields.retain(|name, value| !value.is_null() && name != "kind" && name != "value");
        }
        let flags = mention
            .flags
            .iter()
            .map(|flag| serde_json::to_string(flag).unwrap_or_default().replace('"', ""))
            .collect::<Vec<_>>()
            .join(" ");
        let key = format!("{}\u{0}{:?}\u{0}{}\u{0}{kind}", article.id, mention.part, mention.start);
        Row {
            lot: xxhash_rust::xxh3::xxh3_64_with_seed(key.as_bytes(), seed),
            cells: [
                String::new(),
                kind.to_string(),
                mention.text.clone(),
                mention.value().into_owned(),
                fields.to_string(),
                mention.rule.to_string(),
                flags,
                slice(article.part(mention.part), mention.sentence_start, mention.sentence_end)
                    .unwrap_or("")
                    .to_string(),
                article.id.clone(),
                mention.start.to_string(),
                mention.end.to_string(),
                article.url.clone().unwrap_or_default(),
            ],
        }
    };
    record.mentions.iter().map(row).collect()
}

/// Draws a number of mentions of each kind, whatever the order they come in.
pub struct Draw {
    count: usize,
    drawn: [BTreeSet<Row>; KINDS.len()],
}

impl Draw {
    /// Draws at most `count` of each kind.
    pub fn new(count: usize) -> Draw {
        Draw { count, drawn: Default::default() }
    }

    /// Lets mentions take part.
    pub fn add(&mut self, rows: Vec<Row>) {
        for row in rows {
            let Some(kind) = KINDS.iter().position(|kind| *kind == row.cells[1]) else { continue };
            self.drawn[kind].insert(row);
            if self.drawn[kind].len() > self.count {
                self.drawn[kind].pop_last();
            }
        }
    }

    /// Returns the sheet as rows.
    pub fn answer(&self) -> Answer {
        let cell = |(column, text): (&Column, &String)| match column.kind {
            Kind::Integer => text.parse().map_or(Cell::Null, Cell::Integer),
            _ => text.as_str().into(),
        };
        let rows: Vec<Vec<Cell>> =
            self.drawn.iter().flatten().map(|row| COLUMNS.iter().zip(&row.cells).map(cell).collect()).collect();
        Answer { name: "audit", of_rows: rows.len() as u64, columns: COLUMNS.to_vec(), rows, ..Answer::default() }
    }

    /// Writes the sheet as CSV, with a `'` before what a spreadsheet would take for a formula, or as an HTML table.
    ///
    /// # Errors
    /// When the output cannot be written.
    pub fn write(&self, out: &mut impl Write, html: bool) -> Result<()> {
        let rows = self.drawn.iter().flatten();
        if !html {
            let mut sheet = csv::Writer::from_writer(out);
            sheet.write_record(COLUMNS.iter().map(|column| column.name))?;
            for row in rows {
                // A person opens the sheet in a spreadsheet: that is what it is for.
                let safe = |cell: &String| if is_formula(cell) { format!("'{cell}") } else { cell.clone() };
                sheet.write_record(row.cells.iter().map(safe))?;
            }
            return Ok(sheet.flush()?);
        }
        writeln!(out, "<!doctype html><meta charset=\"utf-8\"><title>Audit</title>")?;
        writeln!(
            out,
            "<style>td{{vertical-align:top;border-top:1px solid #ccc;padding:4px}}mark{{background:#fd6}}</style><table><tr>"
        )?;
        for column in COLUMNS {
            write!(out, "<th>{}", column.name)?;
        }
        for row in rows {
            write!(
                out,
                "<tr><td><label><input type=radio name={0}>right</label> <label><input type=radio name={0}>wrong</label>",
                row.lot
            )?;
            for (column, cell) in COLUMNS.iter().zip(&row.cells).skip(1) {
                let shown = if column.name == "sentence" { marked(cell, &row.cells[2]) } else { escape(cell) };
                write!(out, "<td>{shown}")?;
            }
            writeln!(out)?;
        }
        Ok(writeln!(out, "</table>")?)
    }
}

/// Marks the first place of the mention in its sentence.
fn marked(sentence: &str, mention: &str) -> String {
    match sentence.split_once(mention) {
        Some((before, after)) => format!("{}<mark>{}</mark>{}", escape(before), escape(mention), escape(after)),
        None => escape(sentence),
    }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(lot: u64, kind: &str) -> Row {
        let mut cells: [String; COLUMNS.len()] = Default::default();
        cells[1] = kind.to_string();
        Row { lot, cells }
    }

    #[test]
    fn the_same_mentions_are_drawn_in_whatever_order_they_come() {
        let rows: Vec<Row> = (0..100).map(|lot| row(lot * 7919 % 101, "date")).collect();
        let (mut one, mut other) = (Draw::new(5), Draw::new(5));
        one.add(rows.clone());
        other.add(rows.into_iter().rev().collect());
        assert_eq!(one.drawn[2], other.drawn[2]);
        assert_eq!(one.drawn[2].len(), 5);
    }

    #[test]
    fn markup_in_a_sentence_is_shown_and_not_obeyed() {
        assert_eq!(marked("a <b> 5% c", "5%"), "a &lt;b&gt; <mark>5%</mark> c");
    }
}
