//! Remedies where a query finds nothing: words that no article has, and values that nobody has, each with the nearest.
//!
//! Invariant: what is proposed stands in the index, so that asking for it finds something.

use super::Archive;
use super::query::{Condition, Name, Query, Term, Terms, Word};
use crate::index::tokenizer::name_term;
use crate::text::fold;
use anyhow::Result;
use std::collections::HashSet;

/// Proposals for one word or value.
const PROPOSED: usize = 3;
/// How near a proposal must be, from 0 to 1; of two or three letters one may be another.
const NEAR: f64 = 0.72;
const NEAR_OF_FEW: f64 = 0.5;
const FEW: usize = 3;

/// Says of a query that finds nothing which of its words and values the index does not have, and what is near to them.
///
/// # Errors
/// When the index is damaged.
pub fn suggestions(archive: &Archive, query: &Query) -> Result<Vec<String>> {
    let mut asked = Asked::default();
    asked.add(query);
    let mut notes = Vec::new();
    for word in &asked.words {
        notes.extend(unknown_word(archive, word)?);
    }
    for (field, columns, value) in &asked.values {
        notes.extend(unknown_value(archive, field, columns, value)?);
    }
    Ok(notes)
}

/// The words and values of a query; what it excludes is none of them.
#[derive(Default)]
struct Asked {
    words: Vec<String>,
    values: Vec<(&'static str, &'static [&'static str], String)>,
}

impl Asked {
    fn add(&mut self, query: &Query) {
        match query {
            Query::And(queries) | Query::Or(queries) => queries.iter().for_each(|query| self.add(query)),
            Query::Words(words) => words.iter().for_each(|word| {
                if let Word::Terms(terms) = word {
                    self.add_terms(terms)
                }
            }),
            Query::Phrase(terms) => self.add_terms(terms),
            Query::Near(one, other, _) => {
                self.add_terms(one);
                self.add_terms(other);
            }
            Query::Condition(condition) => self.values.extend(value(condition)),
            Query::All | Query::Not(_) => {}
        }
    }

    fn add_terms(&mut self, terms: &Terms) {
        let plain = terms.terms.iter().filter_map(|term| if let Term::Is(text) = term { Some(text) } else { None });
        for term in plain.filter(|term| crate::index::analysis::is_word(term)) {
            if !self.words.contains(term) {
                self.words.push(term.clone());
            }
        }
    }
}

/// Returns the field, the columns and the value of a condition on a name.
fn value(condition: &Condition) -> Option<(&'static str, &'static [&'static str], String)> {
    let (field, columns, value): (_, &[&str], _) = match condition {
        Condition::Name(Name::Source, value) => ("source", &["source", "site"], value),
        Condition::Name(name @ Name::Province, value) => (name.field(), &["province_old", "province_new"], value),
        Condition::Name(name @ Name::ProvinceOld, value) => (name.field(), &["province_old"], value),
        Condition::Name(name @ Name::ProvinceNew, value) => (name.field(), &["province_new"], value),
        Condition::Name(name @ Name::Section, value) => (name.field(), &["section"], value),
        Condition::Name(name @ Name::Author, value) => (name.field(), &["author"], value),
        Condition::Name(name @ Name::Kind, value) => (name.field(), &["kind"], value),
        Condition::Type(value) => ("type", &["cite_type"], value),
        Condition::Issuer(value) => ("issuer", &["cite_issuer"], value),
        _ => return None,
    };
    Some((field, columns, value.clone()))
}

fn unknown_word(archive: &Archive, word: &str) -> Result<Option<String>> {
    let mut nearest = Nearest::of(word);
    for segment in archive.searcher.segment_readers() {
        let index = segment.inverted_index(archive.fields.text_exact)?;
        let mut terms = index.terms().stream()?;
        while terms.advance() {
            if let Ok(term) = std::str::from_utf8(terms.key()) {
                nearest.meet(term, u64::from(terms.value().doc_freq));
            }
        }
    }
    Ok(nearest.note(&format!("no article has the word {word:?}")))
}

fn unknown_value(archive: &Archive, field: &str, columns: &[&str], value: &str) -> Result<Option<String>> {
    let mut nearest = Nearest::of(value);
    for segment in archive.searcher.segment_readers() {
        for name in columns {
            let Some(column) = segment.fast_fields().str(name)? else { continue };
            let mut values = column.dictionary().stream()?;
            while values.advance() {
                if let Ok(value) = std::str::from_utf8(values.key()) {
                    nearest.meet(value, 1);
                }
            }
        }
    }
    Ok(nearest.note(&format!("no article has {field}:{value:?}")))
}

/// Keeps what is nearest to a word or value, and whether it is there itself.
struct Nearest {
    wanted: String,
    folded: String,
    is_there: bool,
    /// How near, how frequent, and what.
    best: Vec<(f64, u64, String)>,
    seen: HashSet<String>,
}

impl Nearest {
    fn of(wanted: &str) -> Nearest {
        let (folded, wanted) = (fold(wanted), name_term(wanted));
        Nearest { wanted, folded, is_there: false, best: Vec::new(), seen: HashSet::new() }
    }

    fn meet(&mut self, value: &str, weight: u64) {
        let folded = fold(value);
        // A word that was typed without diacritics is there with any.
        if name_term(value) == self.wanted || self.wanted == self.folded && folded == self.folded {
            self.is_there = true;
        }
        if self.is_there || folded.len().abs_diff(self.folded.len()) > self.folded.len() / 2 + 1 {
            return;
        }
        let near = strsim::normalized_damerau_levenshtein(&self.folded, &folded);
        let least = if self.folded.len() <= FEW { NEAR_OF_FEW } else { NEAR };
        let is_near = near >= least || self.folded.len() > 3 && folded.contains(self.folded.as_str());
        if is_near && self.seen.insert(value.to_string()) {
            self.best.push((near, weight, value.to_string()));
            self.best.sort_by(|a, b| b.0.total_cmp(&a.0).then(b.1.cmp(&a.1)).then(a.2.cmp(&b.2)));
            self.best.truncate(PROPOSED);
        }
    }

    /// Makes the note; none when what was wanted is there.
    fn note(self, unknown: &str) -> Option<String> {
        let names: Vec<_> = self.best.iter().map(|(_, _, value)| value.as_str()).collect();
        match (self.is_there, names.is_empty()) {
            (true, _) => None,
            (false, true) => Some(unknown.to_string()),
            (false, false) => Some(format!("{unknown}; near it: {}", names.join(", "))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn note(wanted: &str, there: &[&str]) -> Option<String> {
        let mut nearest = Nearest::of(wanted);
        there.iter().for_each(|value| nearest.meet(value, 1));
        nearest.note(wanted)
    }

    #[test]
    fn what_is_there_needs_no_note_and_what_is_not_gets_the_nearest() {
        assert_eq!(note("nghèo", &["nghèo", "nghe"]), None);
        assert_eq!(note("ngheo", &["nghèo"]), None, "typed without diacritics");
        assert_eq!(note("nghòe", &["nghèo", "xã"]), Some("nghòe; near it: nghèo".into()));
        assert_eq!(
            note("Báo Quảng Nin", &["Báo Quảng Ninh", "Báo Lào Cai"]),
            Some("Báo Quảng Nin; near it: Báo Quảng Ninh".into())
        );
        assert_eq!(note("Quảng Ninh", &["Báo Quảng Ninh"]), Some("Quảng Ninh; near it: Báo Quảng Ninh".into()));
        assert_eq!(note("xyzxyz", &["nghèo"]), Some("xyzxyz".into()));
    }
}
