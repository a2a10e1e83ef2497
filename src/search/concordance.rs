//! Concordance: every occurrence of a query, words and mentions alike, with what stands around it (key word in context).
//!
//! Invariant: all hits, or as many of them as were asked for, drawn from all; memory does not grow with them.

use super::Archive;
use super::line_order::{self, Place};
use super::occurrence::{self, Sought};
use super::query::Query;
use super::scan::{self, Text};
use super::sorter::Sorter;
use crate::answer::{Answer, Cell, Column, Figure, Kind};
use crate::text::{CodePoints, sentences};
use anyhow::Result;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::ops::{ControlFlow, Range};
use std::sync::atomic::{AtomicU64, Ordering};
use xxhash_rust::xxh3::xxh3_64_with_seed;

/// Holds one occurrence with what stands around it, each on one line.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Id of the article.
    pub id: String,
    /// Newspaper.
    pub source: Option<String>,
    /// Vietnamese day of publication.
    pub date: Option<String>,
    /// Province of the newspaper before 1 July 2025.
    pub province: Option<String>,
    /// Section.
    pub section: Option<String>,
    /// Title of the article.
    pub title: String,
    /// Address of its page.
    pub url: Option<String>,
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
pub const COLUMNS: [Column; 13] = [
    Column::new("id", Kind::Text, "Id of the article", "Mã bài"),
    Column::new("source", Kind::Text, "Newspaper", "Báo"),
    Column::new("date", Kind::Day, "Day of publication", "Ngày đăng"),
    Column::new(
        "province",
        Kind::Text,
        "Province of the newspaper, of before 1 July 2025",
        "Tỉnh của báo, trước 1/7/2025",
    )
    .in_files(),
    Column::new("section", Kind::Text, "Section", "Chuyên mục").in_files(),
    Column::new("title", Kind::Text, "Title of the article", "Nhan đề bài").in_files(),
    Column::new("url", Kind::Text, "Address of the page", "Địa chỉ trang").in_files(),
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
            self.province.clone().into(),
            self.section.clone().into(),
            self.title.clone().into(),
            self.url.clone().into(),
            self.part.clone().into(),
            Cell::count(self.start),
            Cell::count(self.end),
            self.left.clone().into(),
            self.hit.clone().into(),
            self.right.clone().into(),
        ]
    }
}

/// Says how a concordance is to be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    /// What stands around each occurrence.
    pub context: Context,
    /// What the lines are sorted by, one place after the other; none: as the index holds them.
    pub order: Vec<Place>,
    /// The lines that are drawn; none: all.
    pub sample: Option<Sample>,
}

/// Names how much stands around an occurrence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Context {
    /// So many code points on each side at most.
    Characters(usize),
    /// The sentence that it stands in.
    Sentence,
}

/// Says which lines are drawn: a seed draws the same lines of the same articles, in whatever order the index holds them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sample {
    /// Lines that are drawn.
    pub size: usize,
    /// Seed of the draw.
    pub seed: u64,
}

type Take<'a> = &'a mut dyn FnMut(Line) -> Result<ControlFlow<()>>;

/// Hands the lines to `take` until it breaks off; returns how many occurrences there are, those not drawn among them (as
/// many as were gone over, when `take` breaks off an unsorted concordance).
///
/// # Errors
/// When the index is damaged or a temporary file cannot be written; passes on the error of `take`.
pub fn concordance(archive: &Archive, query: &Query, view: &View, take: Take<'_>) -> Result<u64> {
    if let Some(sample) = view.sample {
        let (count, mut drawn) = draw(archive, query, view.context, sample)?;
        if !view.order.is_empty() {
            drawn.sort_by_cached_key(|line| line_order::key(line, &view.order));
        }
        for line in drawn {
            if take(line)?.is_break() {
                break;
            }
        }
        return Ok(count);
    }
    if view.order.is_empty() {
        return each(archive, query, view.context, take);
    }
    let mut sorter = Sorter::default();
    let count = each(archive, query, view.context, &mut |line| {
        sorter.add(line_order::key(&line, &view.order), line).map(ControlFlow::Continue)
    })?;
    sorter.merge(take)?;
    Ok(count)
}

/// Answers with the first `most` lines of a concordance, and counts all.
///
/// # Errors
/// When the index is damaged or a temporary file cannot be written.
pub fn answer(archive: &Archive, query: &Query, view: &View, most: usize) -> Result<Answer> {
    let mut rows = Vec::new();
    let count = concordance(archive, query, view, &mut |line| {
        if rows.len() < most {
            rows.push(line.cells());
        }
        Ok(ControlFlow::Continue(()))
    })?;
    let mut answer = archive.answer("kwic", query, &COLUMNS, rows)?;
    answer.of_rows = count;
    answer.figures = vec![Figure::count("occurrences", "Occurrences of the query", count)];
    answer.summary = format!("{count} occurrences in {}", answer.summary);
    Ok(answer)
}

/// Hands over all lines as the index holds them, and counts them.
fn each(archive: &Archive, query: &Query, context: Context, take: Take<'_>) -> Result<u64> {
    let (sought, mut count) = (occurrence::sought(query), 0);
    let map = |text: Text| lines(&text, &sought, context, &|_, _| true);
    scan::scan(archive, query, map, |(_, lines)| {
        for line in lines {
            count += 1;
            if take(line)?.is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(count)
}

/// Draws lines and counts all: those of the smallest hashes of where they stand, in the order of the index.
fn draw(archive: &Archive, query: &Query, context: Context, sample: Sample) -> Result<(u64, Vec<Line>)> {
    let sought = occurrence::sought(query);
    // Of what lies above the largest hash that is drawn so far, no line is made.
    let largest = AtomicU64::new(u64::MAX);
    let hash = |id: &str, part: &str, start: usize| {
        xxh3_64_with_seed(format!("{id}\n{part}\n{start}").as_bytes(), sample.seed)
    };
    let map = |text: Text| {
        let is_near = |part: &str, start: usize| hash(&text.id, part, start) <= largest.load(Ordering::Relaxed);
        lines(&text, &sought, context, &is_near)
    };
    let (mut count, mut number, mut drawn) = (0, 0, BTreeMap::new());
    scan::scan(archive, query, map, |(found, lines)| {
        count += found;
        for line in lines {
            drawn.insert((hash(&line.id, &line.part, line.start), number), line);
            number += 1;
        }
        while drawn.len() > sample.size {
            drawn.pop_last();
        }
        if let Some(((last, _), _)) = drawn.last_key_value().filter(|_| drawn.len() == sample.size) {
            largest.store(*last, Ordering::Relaxed);
        }
        Ok(ControlFlow::Continue(()))
    })?;
    let mut drawn: Vec<_> = drawn.into_iter().map(|((_, number), line)| (number, line)).collect();
    drawn.sort_by_key(|(number, _)| *number);
    Ok((count, drawn.into_iter().map(|(_, line)| line).collect()))
}

/// Counts the occurrences in one article and makes the lines of those that are wanted, by their part and first code point.
fn lines(
    text: &Text,
    sought: &[Sought],
    context: Context,
    is_wanted: &dyn Fn(&str, usize) -> bool,
) -> (u64, Vec<Line>) {
    let (mut count, mut lines) = (0, Vec::new());
    for (name, part, found) in text.occurrences(sought) {
        count += found.len() as u64;
        let points = CodePoints::new(part);
        let mut around = Around::new(part, context);
        for range in found {
            let start = points.at(range.start);
            if !is_wanted(name, start) {
                continue;
            }
            let shown = around.of(&range);
            lines.push(Line {
                id: text.id.clone(),
                source: text.source.clone(),
                date: text.date.map(|day| day.to_string()),
                province: text.province.clone(),
                section: text.section.clone(),
                title: on_one_line(&text.title),
                url: text.url.clone(),
                part: name.into(),
                start,
                end: points.at(range.end),
                left: on_one_line(&part[shown.start..range.start]),
                hit: on_one_line(&part[range.clone()]),
                right: on_one_line(&part[range.end..shown.end]),
            });
        }
    }
    (count, lines)
}

/// Finds what is shown around the occurrences of a part, one after the other.
struct Around<'a> {
    part: &'a str,
    width: usize,
    sentences: Vec<Range<usize>>,
}

impl<'a> Around<'a> {
    fn new(part: &'a str, context: Context) -> Around<'a> {
        match context {
            Context::Characters(width) => Around { part, width, sentences: Vec::new() },
            Context::Sentence => Around { part, width: 0, sentences: sentences(part) },
        }
    }

    /// Returns the byte range: an occurrence over several sentences has them all.
    fn of(&mut self, range: &Range<usize>) -> Range<usize> {
        let (part, width) = (self.part, self.width);
        let first = self.sentences.partition_point(|sentence| sentence.end <= range.start);
        let last = self.sentences.partition_point(|sentence| sentence.start < range.end);
        if let Some([first, .., last] | [first @ last]) = self.sentences.get(first..last) {
            return first.start.min(range.start)..last.end.max(range.end);
        }
        let before = part[..range.start].char_indices().rev().take(width).last().map_or(range.start, |(at, _)| at);
        let after = part[range.end..].char_indices().nth(width).map_or(part.len(), |(at, _)| range.end + at);
        before..after
    }
}

fn on_one_line(text: &str) -> String {
    text.replace(['\n', '\t'], " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_context_is_the_sentence_or_so_many_characters() {
        let part = "Tỉnh có 5 xã. Tỷ lệ hộ nghèo\ncòn 3%. Năm nay giảm.";
        let at = part.find("hộ nghèo").expect("there");
        let range = at..at + "hộ nghèo".len();
        let shown = |context| &part[Around::new(part, context).of(&range)];
        assert_eq!(shown(Context::Characters(6)), "Tỷ lệ hộ nghèo\ncòn 3");
        assert_eq!(shown(Context::Sentence), "Tỷ lệ hộ nghèo");
    }
}
