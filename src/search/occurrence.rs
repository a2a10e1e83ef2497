//! Where the words of a query stand in a text: for snippets, concordances and counts.
//!
//! Invariant: an occurrence here is what the index counts as one; both read the same analysis.

use super::near::within;
use super::query::{Form, Part, Query, Terms, Word};
use crate::index::analysis::{self, Analysed, Place};
use std::ops::Range;

/// Names what an occurrence is one of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sought<'a> {
    /// Terms in a row.
    Terms(&'a Terms),
    /// Two rows of terms near one another, with what stands between them.
    Near(&'a Terms, &'a Terms, usize),
}

/// Returns the words and phrases whose occurrences show why a query found an article; what it excludes is not among them.
pub fn sought(query: &Query) -> Vec<Sought<'_>> {
    fn add<'a>(query: &'a Query, sought: &mut Vec<Sought<'a>>) {
        match query {
            Query::Words(words) => {
                for word in words {
                    match word {
                        Word::Terms(terms) => sought.push(Sought::Terms(terms)),
                        Word::Abbreviation(_, forms) => sought.extend(forms.iter().map(Sought::Terms)),
                        Word::Number(..) => {}
                    }
                }
            }
            Query::Phrase(terms) => sought.push(Sought::Terms(terms)),
            Query::Near(one, other, distance) => sought.push(Sought::Near(one, other, *distance)),
            Query::And(queries) | Query::Or(queries) => queries.iter().for_each(|query| add(query, sought)),
            Query::Not(_) | Query::All | Query::Condition(_) => {}
        }
    }
    let mut sought = Vec::new();
    add(query, &mut sought);
    sought
}

/// Holds one part of an article, analysed.
pub struct PartText<'a> {
    /// The text.
    pub text: &'a str,
    analysed: Analysed,
    places: Vec<Place>,
}

impl<'a> PartText<'a> {
    /// Analyses a text.
    pub fn new(text: &'a str) -> PartText<'a> {
        let (analysed, places) = analysis::analyse_with_places(text);
        PartText { text, analysed, places }
    }

    /// Returns the byte ranges where one of these stands, in order, none within another.
    pub fn occurrences(&self, sought: &[Sought], part: Part) -> Vec<Range<usize>> {
        self.entries(sought, part)
            .into_iter()
            .map(|(first, last)| self.places[first].start..self.places[last].end)
            .collect()
    }

    /// Returns the first and last entry of each occurrence, in order, none within another.
    fn entries(&self, sought: &[Sought], part: Part) -> Vec<(usize, usize)> {
        let mut found = Vec::new();
        for sought in sought {
            match *sought {
                Sought::Terms(terms) if part == Part::Text && terms.part == Part::Title => {}
                Sought::Terms(terms) => each(&self.analysed, terms, &mut |first, last| found.push((first, last))),
                Sought::Near(one, other, distance) => self.near_entries(one, other, distance, &mut found),
            }
        }
        found.sort_by_key(|&(first, last)| (self.places[first].start, std::cmp::Reverse(self.places[last].end)));
        let mut end = 0;
        found.retain(|&(_, last)| {
            let kept = self.places[last].end > end;
            end = end.max(self.places[last].end);
            kept
        });
        found
    }

    /// Adds the stretches from one row of terms to another near it.
    fn near_entries(&self, one: &Terms, other: &Terms, distance: usize, found: &mut Vec<(usize, usize)>) {
        let rows = [one, other].map(|terms| {
            let mut row = Vec::new();
            each(&self.analysed, terms, &mut |first, last| row.push((first, last)));
            row
        });
        let positions = |&(first, last): &(usize, usize)| self.places[first].position..=self.places[last].position;
        for one in &rows[0] {
            for other in rows[1].iter().filter(|other| within(&positions(one), &positions(other), distance)) {
                found.push((one.0.min(other.0), one.1.max(other.1)));
            }
        }
    }

    /// Calls `take` with every exact syllable, or folded pair of syllables, within `window` positions of an occurrence but not
    /// in it, and returns the number of occurrences. What is near two occurrences is near each.
    pub fn near(&self, sought: &[Sought], part: Part, window: usize, pairs: bool, take: &mut dyn FnMut(&str)) -> u64 {
        let entries = self.entries(sought, part);
        if entries.is_empty() {
            return 0;
        }
        let form = if pairs { self.analysed.folded() } else { &self.analysed.exact };
        let terms: Vec<_> = analysis::terms(form).collect();
        let position = |at: usize| self.places[at].position;
        // The percentage that shares the position of its number is the same unit.
        let first_there = |at: usize| at == 0 || position(at - 1) != position(at);
        for &(first, last) in &entries {
            let from = self.places.partition_point(|place| place.position + window < position(first));
            let to = self.places.partition_point(|place| place.position <= position(last) + window);
            for at in (from..to)
                .filter(|&at| first_there(at) && (position(at) < position(first) || position(at) > position(last)))
            {
                if !pairs {
                    take(terms[at].1);
                    continue;
                }
                let next = (at + 1..to).find(|&next| first_there(next));
                // Both of a pair stand on one side, one behind the other.
                if let Some(next) = next.filter(|&next| {
                    analysis::is_pair(terms[at].1, terms[next].0, terms[next].1)
                        && !(position(first)..=position(last)).contains(&position(next))
                }) {
                    take(&format!("{} {}", terms[at].1, terms[next].1));
                }
            }
        }
        entries.len() as u64
    }
}

/// Says whether the terms stand in analysed text.
pub fn contains(analysed: &Analysed, terms: &Terms) -> bool {
    let mut found = false;
    each(analysed, terms, &mut |_, _| found = true);
    found
}

/// Calls `take` with the first and last index of the entries of each occurrence.
fn each(analysed: &Analysed, terms: &Terms, take: &mut dyn FnMut(usize, usize)) {
    let form = if terms.form == Form::Exact { &analysed.exact } else { analysed.folded() };
    let count = terms.terms.len();
    let matches = |at: usize, term: &str| {
        let wanted = &terms.terms[at];
        if terms.prefix && at + 1 == count { term.starts_with(wanted.as_str()) } else { term == wanted }
    };
    // Of each beginning: how many terms stand already, where it began, and the position it has come to.
    let mut open: Vec<(usize, usize, usize)> = Vec::new();
    let mut position = 0;
    for (index, (mark, term)) in analysis::terms(form).enumerate() {
        position += analysis::step(mark);
        let mut next = Vec::new();
        for &(matched, first, at) in &open {
            if at + 1 == position && matches(matched, term) {
                if matched + 1 == count { take(first, index) } else { next.push((matched + 1, first, position)) }
            } else if at + 1 >= position {
                // The other term of this position may still come.
                next.push((matched, first, at));
            }
        }
        if matches(0, term) {
            if count == 1 { take(index, index) } else { next.push((1, index, position)) }
        }
        open = next;
    }
}
