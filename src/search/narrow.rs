//! Narrower and wider queries: a condition added for a value that was counted, or one taken out.
//!
//! Invariant: a narrower query finds just the articles that were counted for the value; where the language cannot say
//! that, there is none.

use super::facet::By;
use super::query::{Condition, Name, Query};
use super::value;

/// Returns the query that finds, of the articles of `query`, those counted for a value.
pub fn narrow(query: &Query, by: By, counted: &str) -> Option<Query> {
    let named = |name| Some(Condition::Name(name, counted.to_string()));
    let condition = match by {
        By::ProvinceOld => named(Name::ProvinceOld),
        By::ProvinceNew => named(Name::ProvinceNew),
        By::Source => named(Name::Source),
        By::Section => named(Name::Section),
        By::Author => named(Name::Author),
        By::Month | By::Year => match value::condition("date", None, counted) {
            Ok(Query::Condition(condition)) => Some(condition),
            _ => None,
        },
        // Beside another condition on citations it would be one of the same citation.
        By::Type | By::Issuer | By::Document if asks_for_citations(query) => None,
        By::Type => Some(Condition::Type(counted.to_string())),
        By::Issuer => Some(Condition::Issuer(counted.to_string())),
        By::Document => Some(Condition::cites(counted)),
    }?;
    // A value in quotes cannot hold a quote.
    (!counted.contains(['"', '\n'])).then(|| with(query, condition))
}

/// Returns the query with a condition more.
pub fn with(query: &Query, condition: Condition) -> Query {
    let condition = Query::Condition(condition);
    match query {
        Query::All => condition,
        Query::And(queries) => Query::And(queries.iter().cloned().chain([condition]).collect()),
        query => Query::And(vec![query.clone(), condition]),
    }
}

/// Returns the conditions that stand beside all else in a query, each with the query without it.
pub fn conditions(query: &Query) -> Vec<(String, Query)> {
    let parts: &[Query] = match query {
        Query::And(queries) => queries,
        Query::Condition(_) => std::slice::from_ref(query),
        _ => return Vec::new(),
    };
    let without = |at: usize| {
        let mut rest: Vec<Query> = parts.to_vec();
        rest.remove(at);
        match (rest.pop(), rest.is_empty()) {
            (None, _) => Query::All,
            (Some(last), true) => last,
            (Some(last), false) => Query::And(rest.into_iter().chain([last]).collect()),
        }
    };
    let conditions = parts.iter().enumerate().filter(|(_, part)| matches!(part, Query::Condition(_)));
    conditions.map(|(at, part)| (part.to_string(), without(at))).collect()
}

fn asks_for_citations(query: &Query) -> bool {
    let parts: &[Query] = match query {
        Query::And(queries) => queries,
        query => std::slice::from_ref(query),
    };
    let of_citations = |part: &Query| {
        matches!(part, Query::Condition(Condition::Cites(..) | Condition::Type(_) | Condition::Issuer(_)))
    };
    parts.iter().any(of_citations)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::parse;

    fn read(text: &str) -> Query {
        parse(text, true).expect("a query")
    }

    #[test]
    fn a_condition_goes_in_and_comes_out_again() {
        for (query, by, value, narrowed) in [
            ("*", By::Year, "2024", "date:2024-01-01..2024-12-31"),
            ("mía OR chè", By::Source, "Báo Lào Cai", "(mía OR chè) AND source:\"Báo Lào Cai\""),
            ("\"hộ nghèo\"", By::Month, "2024-02", "\"hộ nghèo\" AND date:2024-02-01..2024-02-29"),
            ("pct:>=70 AND mía", By::Type, "NQ", "pct:>=70 AND mía AND type:\"NQ\""),
        ] {
            let narrow = narrow(&read(query), by, value).expect("a query");
            assert_eq!(narrow.to_string(), narrowed);
            assert_eq!(read(narrowed), narrow, "the text reads back");
            let (_, wider) = conditions(&narrow).pop().expect("a condition");
            assert_eq!(wider, read(query));
        }
    }

    #[test]
    fn what_the_language_cannot_say_gives_no_query() {
        assert_eq!(narrow(&read("type:NQ"), By::Issuer, "HĐND"), None);
        assert_eq!(narrow(&read("*"), By::Section, "a \"b\""), None);
        assert!(conditions(&read("mía OR type:NQ")).is_empty());
    }
}
