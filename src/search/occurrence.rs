//! Where the words of a query stand in a text: for snippets, concordances and counts.
//!
//! Invariant: an occurrence here is what the index counts as one; both read the same analysis.

use super::near::within;
use super::phrase::{self, Read};
use super::query::{Form, Part, Query, Terms, Word};
use crate::index::analysis::{self, Analysed, Place};
use std::ops::Range;

/// Names what an occurrence is one of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sought {
    /// Terms in a row.
    Terms(Terms),
    /// Two rows of terms near one another, with what stands between them.
    Near(Terms, Terms, usize),
}

/// Returns the words and phrases whose occurrences show why a query found an article; what it excludes is not among them.
pub fn sought(query: &Query) -> Vec<Sought> {
    fn add(query: &Query, sought: &mut Vec<Sought>) {
        match query {
            Query::Words(words) => match phrase::phrases(words) {
                Read::One(Word::Terms(terms)) => sought.push(Sought::Terms(terms.clone())),
                Read::One(Word::Abbreviation(_, forms)) => sought.extend(forms.iter().cloned().map(Sought::Terms)),
                Read::One(Word::Number(..)) => {}
                Read::Parts(parts) | Read::Any(parts) => parts.iter().for_each(|part| add(part, sought)),
            },
            Query::Phrase(terms) => sought.push(Sought::Terms(terms.clone())),
            Query::Near(one, other, distance) => sought.push(Sought::Near(one.clone(), other.clone(), *distance)),
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
            match sought {
                Sought::Terms(terms) if part == Part::Text && terms.part == Part::Title => {}
                Sought::Terms(terms) => each(&self.analysed, terms, &mut |first, last| found.push((first, last))),
                Sought::Near(one, other, distance) => self.near_entries(one, other, *distance, &mut found),
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
        if rows.iter().any(Vec::is_empty) {
            return;
        }
        let signs = self.signs();
        let place = |position: usize| signs.partition_point(|&at| at < position);
        let mut between = |from: usize, to: usize| place(to) - place(from + 1);
        for one in &rows[0] {
            for other in &rows[1] {
                if within(&positions(one), &positions(other), distance, &mut between) {
                    found.push((one.0.min(other.0), one.1.max(other.1)));
                }
            }
        }
    }

    /// Returns the positions of the punctuation marks, in order.
    fn signs(&self) -> Vec<usize> {
        let terms = analysis::terms(&self.analysed.exact).zip(&self.places);
        terms.filter(|((_, term), _)| !analysis::is_word(term)).map(|(_, place)| place.position).collect()
    }

    /// Calls `take` with every exact syllable, or folded pair of syllables, within `window` syllables of an occurrence but
    /// not in it, and returns the number of occurrences. What is near two occurrences is near once.
    pub fn near(&self, sought: &[Sought], part: Part, window: usize, pairs: bool, take: &mut dyn FnMut(&str)) -> u64 {
        let entries = self.entries(sought, part);
        if entries.is_empty() {
            return 0;
        }
        let form = if pairs { self.analysed.folded() } else { &self.analysed.exact };
        let terms: Vec<_> = analysis::terms(form).collect();
        // Words by their entry; the percentage that shares the position of its number is the same word.
        let words: Vec<usize> =
            (0..terms.len()).filter(|&at| terms[at].0 != analysis::SAME && analysis::is_word(terms[at].1)).collect();
        let word = |entry: usize| words.partition_point(|&at| at < entry);
        let mut taken = vec![Use::Far; words.len()];
        for &(first, last) in &entries {
            let (from, to) = (word(first), word(last + 1));
            for use_ in &mut taken[from.saturating_sub(window)..(to + window).min(words.len())] {
                *use_ = (*use_).max(Use::Near);
            }
            taken[from..to].fill(Use::Inside);
        }
        for at in (0..words.len()).filter(|&at| taken[at] == Use::Near) {
            let (_, left) = terms[words[at]];
            if !pairs {
                take(left);
            } else if let Some(&next) = words.get(at + 1).filter(|_| taken[at + 1] == Use::Near)
                && analysis::is_pair(left, terms[next].0, terms[next].1)
                && self.places[next].position == self.places[words[at]].position + 1
            {
                take(&format!("{left} {}", terms[next].1));
            }
        }
        entries.len() as u64
    }
}

/// How a word stands to the occurrences of a query.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Use {
    Far,
    Near,
    Inside,
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
    let matches = |at: usize, term: &str| terms.terms[at].matches(term);
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
