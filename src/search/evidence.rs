//! Evidence: the mentions by which an article meets the conditions of a query on what it mentions.
//!
//! Invariant: an article that is found by such a condition has evidence of it; the index is asked the same of its columns.

use super::fact;
use super::occurrence::contains;
use super::query::{Condition, Query, Word};
use crate::article::Record;
use crate::facts::identity::identities;
use crate::index::analysis::analyse;
use crate::index::document::{day_number, unit};
use crate::index::{number, tokenizer::name_term};
use crate::mention::{Fact, Mention};

/// Holds the conditions of a query on mentions, in groups that one mention meets together; an archive must have said what
/// documents the query asks for ([`super::Archive::resolved`]).
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Evidence {
    groups: Vec<Vec<Condition>>,
    /// Numbers of documents among the words.
    numbers: Vec<String>,
}

impl Evidence {
    /// Takes the conditions out of a query; what it excludes is none of them.
    pub fn of(query: &Query) -> Evidence {
        let mut evidence = Evidence::default();
        evidence.add(query);
        evidence
    }

    fn add(&mut self, query: &Query) {
        match query {
            Query::And(queries) => {
                let joint = fact::joint(queries);
                let is_joint = |one: &Condition| joint.iter().flatten().any(|&other| std::ptr::eq(one, other));
                for query in queries.iter().filter(|query| !matches!(query, Query::Condition(one) if is_joint(one))) {
                    self.add(query);
                }
                self.groups.extend(joint.into_iter().map(|group| group.into_iter().cloned().collect()));
            }
            Query::Or(queries) => queries.iter().for_each(|query| self.add(query)),
            Query::Condition(condition) if fact::is_of_mention(condition) => self.groups.push(vec![condition.clone()]),
            Query::Words(words) => self.numbers.extend(words.iter().filter_map(|word| match word {
                Word::Number(key, _) => Some(key.clone()),
                _ => None,
            })),
            Query::All | Query::Phrase(_) | Query::Near(..) | Query::Condition(_) | Query::Not(_) => {}
        }
    }

    /// Says whether the query asks for no mention.
    pub fn is_empty(&self) -> bool {
        self.groups.is_empty() && self.numbers.is_empty()
    }

    /// Returns the groups of conditions.
    pub fn groups(&self) -> &[Vec<Condition>] {
        &self.groups
    }

    /// Returns the mentions of a record, in title, lead and body, that meet the conditions of one group.
    pub fn mentions<'r>(&self, record: &'r Record) -> Vec<&'r Mention> {
        record.mentions.iter().zip(self.holds(record)).filter(|(_, holds)| *holds).map(|(mention, _)| mention).collect()
    }

    /// Says of each mention of a record whether it meets the conditions of one group.
    pub fn holds(&self, record: &Record) -> Vec<bool> {
        if self.is_empty() {
            return vec![false; record.mentions.len()];
        }
        let asks_for_documents =
            self.groups.iter().flatten().any(|condition| matches!(condition, Condition::Cites(..)));
        let keys: Vec<Option<String>> = match asks_for_documents {
            true => identities(record).into_iter().map(|found| found.map(|found| found.key.to_string())).collect(),
            false => vec![None; record.mentions.len()],
        };
        let holds = |mention: &Mention, key: Option<&str>| {
            self.groups.iter().any(|group| group.iter().all(|condition| meets(mention, key, condition)))
                || self.has_number(mention)
        };
        record.mentions.iter().zip(&keys).map(|(mention, key)| holds(mention, key.as_deref())).collect()
    }

    fn has_number(&self, mention: &Mention) -> bool {
        match &mention.fact {
            Fact::Citation(citation) if !self.numbers.is_empty() => {
                self.numbers.contains(&number::key(&citation.value))
            }
            _ => false,
        }
    }
}

/// Says whether a mention meets a condition; `key` is that of the document, of a citation.
fn meets(mention: &Mention, key: Option<&str>, condition: &Condition) -> bool {
    let is = |value: Option<&str>, name: &str| name_term(value.unwrap_or("")) == name_term(name);
    match (&mention.fact, condition) {
        (Fact::Citation(_), Condition::Cites(document)) => {
            key.is_some_and(|key| document.keys.iter().any(|one| one == key))
        }
        (Fact::Citation(citation), Condition::Type(name)) => is(citation.type_.as_deref(), name),
        (Fact::Citation(citation), Condition::Issuer(name)) => is(citation.issuer.as_deref(), name),
        (Fact::Percent(percent), Condition::Indicator(terms)) => {
            percent.indicator.as_deref().is_some_and(|indicator| contains(&analyse(indicator), terms))
        }
        (Fact::Percent(percent), Condition::Percent(low, high)) => {
            unit(percent.unit) == "%" && fact::touches((percent.low, percent.high), (*low, *high))
        }
        (Fact::Date(date), Condition::Mentions(days)) => date
            .date_begin
            .zip(date.date_end)
            .map(|(begin, end)| (day_number(begin), day_number(end)))
            .is_some_and(|span| fact::lies_within(span, (days.from.map(day_number), days.to.map(day_number)))),
        _ => false,
    }
}
