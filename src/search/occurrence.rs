//! Where the words of a query stand in a text: for snippets, concordances and counts.
//!
//! Invariant: an occurrence here is what the index counts as one; both read the same analysis.

use super::query::{Form, Part, Query, Terms, Word};
use crate::index::analysis::{self, Analysed, Place};
use std::ops::Range;

/// Returns the words and phrases whose occurrences show why a query found an article; what it excludes is not among them.
pub fn sought(query: &Query) -> Vec<&Terms> {
    fn add<'a>(query: &'a Query, sought: &mut Vec<&'a Terms>) {
        match query {
            Query::Words(words) => {
                for word in words {
                    match word {
                        Word::Terms(terms) => sought.push(terms),
                        Word::Abbreviation(_, forms) => sought.extend(forms),
                        Word::Number(..) => {}
                    }
                }
            }
            Query::Phrase(terms) => sought.push(terms),
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
    pub fn occurrences(&self, sought: &[&Terms], part: Part) -> Vec<Range<usize>> {
        let mut found: Vec<Range<usize>> = Vec::new();
        for terms in sought.iter().filter(|terms| part == Part::Title || terms.part == Part::Text) {
            let form = if terms.form == Form::Exact { &self.analysed.exact } else { &self.analysed.folded };
            each(form, terms, &mut |first, last| found.push(self.places[first].start..self.places[last].end));
        }
        found.sort_by_key(|range| (range.start, std::cmp::Reverse(range.end)));
        let mut end = 0;
        found.retain(|range| {
            let kept = range.end > end;
            end = end.max(range.end);
            kept
        });
        found
    }
}

/// Says whether the terms stand in analysed text.
pub fn contains(analysed: &Analysed, terms: &Terms) -> bool {
    let form = if terms.form == Form::Exact { &analysed.exact } else { &analysed.folded };
    let mut found = false;
    each(form, terms, &mut |_, _| found = true);
    found
}

/// Calls `take` with the first and last index of the entries of each occurrence.
fn each(form: &str, terms: &Terms, take: &mut dyn FnMut(usize, usize)) {
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
