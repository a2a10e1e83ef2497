//! Conditions on what an article mentions, answered from the index's columns.
//!
//! Invariant: conditions of one kind that stand beside one another are of one mention: `pct:>=70 indicator:"hộ nghèo"`
//! finds a percentage of 70 or more whose indicator is hộ nghèo, not two of which each is half right.

use super::occurrence::contains;
use super::query::{Condition, Query};
use crate::index::analysis::analyse;
use crate::index::document::day_number;
use crate::index::tokenizer::name_term;
use std::collections::HashSet;
use std::ops::{Bound, RangeBounds};
use tantivy::DocId;
use tantivy::columnar::{Column, StrColumn};
use tantivy::index::SegmentReader;
use tantivy::query::Query as Tantivy;
use tantivy::query::doc_predicate_query::{DocPredicateQuery, FunctionPredicate};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Citation,
    Percent,
    Date,
}

fn kind(condition: &Condition) -> Option<Kind> {
    match condition {
        Condition::Cites(..) | Condition::Type(_) | Condition::Issuer(_) => Some(Kind::Citation),
        Condition::Percent(..) | Condition::Indicator(_) => Some(Kind::Percent),
        Condition::Mentions(_) => Some(Kind::Date),
        _ => None,
    }
}

/// Returns the groups of conditions among these that are of one mention, where there are at least two of a kind.
pub fn joint(queries: &[Query]) -> Vec<Vec<&Condition>> {
    let conditions: Vec<_> = queries
        .iter()
        .filter_map(|query| if let Query::Condition(condition) = query { Some(condition) } else { None })
        .collect();
    [Kind::Citation, Kind::Percent]
        .into_iter()
        .map(|wanted| {
            conditions.iter().copied().filter(|condition| kind(condition) == Some(wanted)).collect::<Vec<_>>()
        })
        // Two documents cited are two citations.
        .filter(|group| {
            group.len() > 1 && group.iter().filter(|condition| matches!(condition, Condition::Cites(..))).count() <= 1
        })
        .collect()
}

/// Makes the query of conditions that one mention must all meet; there is at least one, and they are of one kind.
pub fn query(conditions: &[&Condition]) -> Box<dyn Tantivy> {
    let conditions: Vec<Condition> = conditions.iter().map(|&condition| condition.clone()).collect();
    let predicate = FunctionPredicate::from(move |segment: &SegmentReader| -> tantivy::Result<_> {
        let tests: Vec<Test> =
            conditions.iter().map(|condition| Test::of(condition, segment)).collect::<tantivy::Result<_>>()?;
        Ok(move |doc: DocId| match tests.split_first() {
            Some((first, others)) => {
                (0..first.count(doc)).any(|at| first.holds(doc, at) && others.iter().all(|test| test.holds(doc, at)))
            }
            None => false,
        })
    });
    Box::new(DocPredicateQuery::from(predicate))
}

/// A condition on the n-th mention of a document, bound to the columns of a segment.
enum Test {
    /// The value is one of these.
    OneOf(Column<u64>, HashSet<u64>),
    /// The span of two numbers touches the bounds, and the unit is per cent.
    Within {
        low: Column<f64>,
        high: Column<f64>,
        unit: Column<u64>,
        percent: Option<u64>,
        bounds: (Bound<f64>, Bound<f64>),
    },
    /// The span of two days lies within.
    Days { begin: Column<i64>, end: Column<i64>, from: Option<i64>, to: Option<i64> },
    /// The segment has no such column.
    Never,
}

impl Test {
    fn of(condition: &Condition, segment: &SegmentReader) -> tantivy::Result<Test> {
        let columns = segment.fast_fields();
        let one_of = |name: &str, wanted: &dyn Fn(&str) -> bool| -> tantivy::Result<Test> {
            let Some(column) = columns.str(name)? else { return Ok(Test::Never) };
            Ok(Test::OneOf(column.ords().clone(), ordinals(&column, wanted)?))
        };
        match condition {
            Condition::Cites(document) => one_of("cite_key", &|key| document.keys.iter().any(|one| one == key)),
            Condition::Type(name) => one_of("cite_type", &|value| name_term(value) == name_term(name)),
            Condition::Issuer(name) => one_of("cite_issuer", &|value| name_term(value) == name_term(name)),
            Condition::Indicator(terms) => one_of("percent_indicator", &|value| contains(&analyse(value), terms)),
            Condition::Percent(low, high) => {
                let Some(unit) = columns.str("percent_unit")? else { return Ok(Test::Never) };
                Ok(Test::Within {
                    low: columns.f64("percent_low")?,
                    high: columns.f64("percent_high")?,
                    percent: ordinals(&unit, &|value| value == "%")?.into_iter().next(),
                    unit: unit.ords().clone(),
                    bounds: (*low, *high),
                })
            }
            Condition::Mentions(days) => Ok(Test::Days {
                begin: columns.i64("date_begin")?,
                end: columns.i64("date_end")?,
                from: days.from.map(day_number),
                to: days.to.map(day_number),
            }),
            _ => Ok(Test::Never),
        }
    }

    /// Returns how many mentions of the kind a document has.
    fn count(&self, doc: DocId) -> usize {
        match self {
            Test::OneOf(column, _) => column.values_for_doc(doc).count(),
            Test::Within { low, .. } => low.values_for_doc(doc).count(),
            Test::Days { begin, .. } => begin.values_for_doc(doc).count(),
            Test::Never => 0,
        }
    }

    fn holds(&self, doc: DocId, at: usize) -> bool {
        match self {
            Test::OneOf(column, wanted) => {
                column.values_for_doc(doc).nth(at).is_some_and(|value| wanted.contains(&value))
            }
            Test::Within { low, high, unit, percent, bounds } => {
                let span = low.values_for_doc(doc).nth(at).zip(high.values_for_doc(doc).nth(at));
                unit.values_for_doc(doc).nth(at) == *percent && span.is_some_and(|span| touches(span, *bounds))
            }
            Test::Days { begin, end, from, to } => {
                let span = begin.values_for_doc(doc).nth(at).zip(end.values_for_doc(doc).nth(at));
                span.is_some_and(|(begin, end)| from.is_none_or(|from| begin >= from) && to.is_none_or(|to| end <= to))
            }
            Test::Never => false,
        }
    }
}

/// Says whether a value of the span lies within the bounds.
fn touches((low, high): (f64, f64), bounds: (Bound<f64>, Bound<f64>)) -> bool {
    (bounds.0, Bound::Unbounded).contains(&high) && (Bound::Unbounded, bounds.1).contains(&low)
}

/// Returns the ordinals of the values that are wanted.
fn ordinals(column: &StrColumn, wanted: &dyn Fn(&str) -> bool) -> tantivy::Result<HashSet<u64>> {
    let mut found = HashSet::new();
    let mut values = column.dictionary().stream()?;
    while values.advance() {
        if std::str::from_utf8(values.key()).is_ok_and(wanted) {
            found.insert(values.term_ord());
        }
    }
    Ok(found)
}
