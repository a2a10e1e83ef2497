//! A few words of an article that show why it was found.

use super::occurrence;
use super::occurrence::PartText;
use super::query::{Part, Query};
use crate::article::Record;
use crate::facts::identity::{Identity, identities};
use crate::index::number;
use crate::mention::{self, Fact, Mention};
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
    let sought = occurrence::sought(query);
    let text = PartText::new(body);
    let points = CodePoints::new(body);
    let mut marks: Vec<Range<usize>> = text
        .occurrences(&sought, Part::Text)
        .into_iter()
        .map(|range| points.at(range.start)..points.at(range.end))
        .collect();
    let in_body = cited(record, query).into_iter().filter(|mention| mention.part == mention::Part::Body);
    marks.extend(in_body.map(|mention| mention.start..mention.end));
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

/// Returns the mentions of the documents that a query asks for, in title, lead and body; an archive knows the documents
/// ([`super::Archive::resolved`]).
pub fn cited<'r>(record: &'r Record, query: &Query) -> Vec<&'r Mention> {
    let (numbers, documents) = (super::numbers(query), super::documents_asked(query));
    if numbers.is_empty() && documents.is_empty() {
        return Vec::new();
    }
    let is_sought = |mention: &Mention, identity: Option<Identity>| match &mention.fact {
        Fact::Citation(citation) => {
            numbers.contains(&number::key(&citation.value).as_str())
                || identity.is_some_and(|identity| documents.contains(&identity.key.to_string().as_str()))
        }
        _ => false,
    };
    let mentions = record.mentions.iter().zip(identities(record));
    mentions.filter(|(mention, identity)| is_sought(mention, identity.clone())).map(|(mention, _)| mention).collect()
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
