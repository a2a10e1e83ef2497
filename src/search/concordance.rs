//! Concordance: every occurrence of a query with the words around it (key word in context).
//!
//! Invariant: all hits, never a sample, and memory that does not grow with them; a sorted concordance is merged from
//! runs on disk.

use super::Archive;
use super::occurrence::{self, PartText, Sought};
use super::query::{Part, Query};
use super::scan::{self, Text};
use crate::answer::{Cell, Column, Kind};
use crate::text::{CodePoints, fold};
use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Seek, Write};
use std::ops::ControlFlow;

/// Lines of a sorted run that is kept in memory.
const RUN: usize = 50_000;

/// Holds one occurrence with what stands around it, each on one line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Id of the article.
    pub id: String,
    /// Newspaper.
    pub source: Option<String>,
    /// Vietnamese day of publication.
    pub date: Option<String>,
    /// `title`, `lead` or `body`.
    pub part: String,
    /// First code point of the occurrence in the part.
    pub start: usize,
    /// Code point after it.
    pub end: usize,
    /// What stands before it.
    pub left: String,
    /// The occurrence.
    pub hit: String,
    /// What stands behind it.
    pub right: String,
}

/// Columns of a concordance.
pub const COLUMNS: [Column; 9] = [
    Column::new("id", Kind::Text, "Id of the article", "Mã bài"),
    Column::new("source", Kind::Text, "Newspaper", "Báo"),
    Column::new("date", Kind::Day, "Day of publication", "Ngày đăng"),
    Column::new("part", Kind::Text, "title, lead or body", "title (nhan đề), lead (sapô) hoặc body (thân bài)"),
    Column::new(
        "start",
        Kind::Integer,
        "First code point of the occurrence in the part",
        "Điểm mã đầu tiên trong phần",
    ),
    Column::new("end", Kind::Integer, "Code point after it", "Điểm mã ngay sau"),
    Column::new("left", Kind::Text, "What stands before it", "Ngữ cảnh trái"),
    Column::new("hit", Kind::Text, "The occurrence", "Chỗ xuất hiện"),
    Column::new("right", Kind::Text, "What stands behind it", "Ngữ cảnh phải"),
];

impl Line {
    /// Returns the cells of the line under [`COLUMNS`].
    pub fn cells(&self) -> Vec<Cell> {
        vec![
            self.id.clone().into(),
            self.source.clone().into(),
            self.date.clone().into(),
            self.part.clone().into(),
            Cell::count(self.start),
            Cell::count(self.end),
            self.left.clone().into(),
            self.hit.clone().into(),
            self.right.clone().into(),
        ]
    }
}

/// Names the orders of a concordance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// As the index holds them.
    Index,
    /// By the words before, the nearest first.
    Left,
    /// By the words behind.
    Right,
    /// By day of publication; undated ones last.
    Date,
}

/// Hands every occurrence to `take` until it breaks off; `width` code points stand on each side at most.
///
/// # Errors
/// When the index is damaged or a temporary file cannot be written; passes on the error of `take`.
pub fn concordance(
    archive: &Archive,
    query: &Query,
    width: usize,
    order: Order,
    take: &mut dyn FnMut(Line) -> Result<ControlFlow<()>>,
) -> Result<()> {
    let sought = occurrence::sought(query);
    let map = |text: Text| lines(&text, &sought, width);
    let each = |line: &mut dyn FnMut(Line) -> Result<ControlFlow<()>>| {
        scan::scan(archive, query, map, |lines| {
            for found in lines {
                if line(found)?.is_break() {
                    return Ok(ControlFlow::Break(()));
                }
            }
            Ok(ControlFlow::Continue(()))
        })
    };
    if order == Order::Index {
        return each(take);
    }
    let mut sorter = Sorter { order, limit: RUN, run: Vec::new(), runs: Vec::new(), next: 0 };
    each(&mut |line| sorter.add(line).map(ControlFlow::Continue))?;
    sorter.merge(take)
}

/// Returns the occurrences in one article.
fn lines(text: &Text, sought: &[Sought], width: usize) -> Vec<Line> {
    let mut lines = Vec::new();
    for (name, part, kind) in
        [("title", &text.title, Part::Title), ("lead", &text.lead, Part::Text), ("body", &text.body, Part::Text)]
    {
        let found = PartText::new(part).occurrences(sought, kind);
        if found.is_empty() {
            continue;
        }
        let points = CodePoints::new(part);
        for range in found {
            let before = part[..range.start].char_indices().rev().take(width).last().map_or(range.start, |(at, _)| at);
            let after = part[range.end..].char_indices().nth(width).map_or(part.len(), |(at, _)| range.end + at);
            lines.push(Line {
                id: text.id.clone(),
                source: text.source.clone(),
                date: text.date.map(|day| day.to_string()),
                part: name.into(),
                start: points.at(range.start),
                end: points.at(range.end),
                left: on_one_line(&part[before..range.start]),
                hit: on_one_line(&part[range.clone()]),
                right: on_one_line(&part[range.end..after]),
            });
        }
    }
    lines
}

fn on_one_line(text: &str) -> String {
    text.replace(['\n', '\t'], " ")
}

/// A line behind its sort key and its number in the order of the index.
type Entry = (String, u64, Line);

/// Sorts lines in runs, the full ones on disk.
struct Sorter {
    order: Order,
    /// Lines of a run.
    limit: usize,
    run: Vec<Entry>,
    runs: Vec<File>,
    next: u64,
}

impl Sorter {
    fn add(&mut self, line: Line) -> Result<()> {
        self.run.push((key(&line, self.order), self.next, line));
        self.next += 1;
        if self.run.len() == self.limit {
            self.spill()?;
        }
        Ok(())
    }

    fn spill(&mut self) -> Result<()> {
        let named = || "a temporary file for sorting could not be written".to_string();
        self.run.sort_by(|a, b| (&a.0, a.1).cmp(&(&b.0, b.1)));
        let mut out = BufWriter::new(tempfile::tempfile().with_context(named)?);
        for entry in self.run.drain(..) {
            serde_json::to_writer(&mut out, &entry).with_context(named)?;
            out.write_all(b"\n").with_context(named)?;
        }
        let mut file = out.into_inner().map_err(|error| error.into_error()).with_context(named)?;
        file.rewind().with_context(named)?;
        self.runs.push(file);
        Ok(())
    }

    /// Hands the lines over in order.
    fn merge(mut self, take: &mut dyn FnMut(Line) -> Result<ControlFlow<()>>) -> Result<()> {
        self.run.sort_by(|a, b| (&a.0, a.1).cmp(&(&b.0, b.1)));
        let mut runs: Vec<Box<dyn Iterator<Item = Result<Entry>>>> = vec![Box::new(self.run.into_iter().map(Ok))];
        for file in self.runs {
            let entries = BufReader::new(file).lines().map(|line| Ok(serde_json::from_str(&line?)?));
            runs.push(Box::new(entries));
        }
        let mut heads = BinaryHeap::new();
        let mut waiting: Vec<Option<Line>> = Vec::new();
        for (at, run) in runs.iter_mut().enumerate() {
            waiting.push(None);
            if let Some((key, number, line)) = run.next().transpose()? {
                waiting[at] = Some(line);
                heads.push(Reverse((key, number, at)));
            }
        }
        while let Some(Reverse((_, _, at))) = heads.pop() {
            let Some(line) = waiting[at].take() else { continue };
            if take(line)?.is_break() {
                break;
            }
            if let Some((key, number, line)) = runs[at].next().transpose()? {
                waiting[at] = Some(line);
                heads.push(Reverse((key, number, at)));
            }
        }
        Ok(())
    }
}

/// Returns what a line is sorted by.
fn key(line: &Line, order: Order) -> String {
    let words = |text: &str| {
        fold(text)
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(String::from)
            .collect::<Vec<_>>()
    };
    match order {
        Order::Index => String::new(),
        Order::Left => {
            let mut words = words(&line.left);
            words.reverse();
            words.join(" ")
        }
        Order::Right => words(&line.right).join(" "),
        Order::Date => line.date.clone().unwrap_or_else(|| "~".into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_on_disk_merge_into_one_order_and_equals_keep_theirs() {
        let line = |left: &str, at| Line {
            id: "a".into(),
            source: None,
            date: None,
            part: "body".into(),
            start: at,
            end: at + 1,
            left: left.into(),
            hit: "x".into(),
            right: String::new(),
        };
        let mut sorter = Sorter { order: Order::Left, limit: 2, run: Vec::new(), runs: Vec::new(), next: 0 };
        for (at, left) in ["xã Đồi", "a, b", "hộ bé", "c b!", "", "Đồi", "b"].into_iter().enumerate() {
            sorter.add(line(left, at)).expect("written");
        }
        assert_eq!(sorter.runs.len(), 3);
        let mut order = Vec::new();
        sorter
            .merge(&mut |line| {
                order.push((line.left, line.start));
                Ok(ControlFlow::Continue(()))
            })
            .expect("merged");
        let want = [("", 4), ("b", 6), ("a, b", 1), ("c b!", 3), ("hộ bé", 2), ("Đồi", 5), ("xã Đồi", 0)];
        assert_eq!(order, want.map(|(left, at)| (left.to_string(), at)));
    }
}
