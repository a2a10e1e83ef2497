//! A few words of an article that show why it was found.

use super::evidence::Evidence;
use super::occurrence::{self, PartText};
use super::phrase;
use super::query::{Part, Query};
use crate::article::Record;
use crate::mention;
use crate::text::CodePoints;
use serde::Serialize;
use std::ops::Range;

/// Code points of a snippet, about.
const LENGTH: usize = 220;

/// Holds a piece of the body with what was sought in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Snippet {
    /// The piece, as it stands in the body.
    pub text: String,
    /// First code point of the piece in the body.
    pub start: usize,
    /// Where what was sought stands: code points of the body, half open.
    pub marks: Vec<(usize, usize)>,
}

/// Makes the snippet of an article: the window of the body that holds the most of what was sought.
pub fn snippet(record: &Record, query: &Query) -> Snippet {
    let body = record.article.body.as_str();
    let text = PartText::new(body);
    let points = CodePoints::new(body);
    let mut found = text.occurrences(&occurrence::sought(query), Part::Text);
    if found.is_empty()
        && let Some(apart) = phrase::apart(query)
    {
        found = text.occurrences(&occurrence::sought(&apart), Part::Text);
    }
    let mut marks: Vec<_> = found.into_iter().map(|range| points.at(range.start)..points.at(range.end)).collect();
    let cited = Evidence::of(query).mentions(record).into_iter().filter(|mention| mention.part == mention::Part::Body);
    marks.extend(cited.map(|mention| mention.start..mention.end));
    marks.sort_by_key(|mark| mark.start);
    let (start, end) = window(&marks, points.at(body.len()));
    let (start, end) = (border(body, &points, start, false), border(body, &points, end, true));
    let marks = marks
        .into_iter()
        .filter(|mark| mark.start >= start && mark.end <= end)
        .map(|mark| (mark.start, mark.end))
        .collect();
    Snippet { text: points.slice(start, end).unwrap_or("").to_string(), start, marks }
}

/// Returns where the words and phrases of a query stand in one part of an article: code points, half open.
pub fn marks(text: &str, part: mention::Part, query: &Query) -> Vec<Range<usize>> {
    let (sought, points) = (occurrence::sought(query), CodePoints::new(text));
    let part = if part == mention::Part::Title { Part::Title } else { Part::Text };
    let found = PartText::new(text).occurrences(&sought, part);
    found.into_iter().map(|range| points.at(range.start)..points.at(range.end)).collect()
}

/// Finds the window with the most marks of different length of text; without marks the beginning.
fn window(marks: &[Range<usize>], length: usize) -> (usize, usize) {
    let mut best = (0, 0..0);
    for (at, mark) in marks.iter().enumerate() {
        let held = marks[at..].iter().take_while(|other| other.end <= mark.start + LENGTH * 3 / 4);
        let weight: usize = held.map(|mark| mark.len()).sum();
        if weight > best.0 {
            best = (weight, mark.clone());
        }
    }
    let start = best.1.start.saturating_sub(LENGTH / 4);
    (start, (start + LENGTH).min(length))
}

/// Moves a cut out of a word.
fn border(body: &str, points: &CodePoints, at: usize, forward: bool) -> usize {
    let Some(byte) = points.byte(at) else { return at };
    let is_blank = |c: char| c.is_whitespace();
    let word = if forward {
        body[byte..].chars().take(20).take_while(|&c| !is_blank(c)).count()
    } else {
        body[..byte].chars().rev().take(20).take_while(|&c| !is_blank(c)).count()
    };
    if word == 20 {
        at
    } else if forward {
        at + word
    } else {
        at - word
    }
}
