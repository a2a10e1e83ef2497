//! The documents that the articles of an archive cite, as `facts` knows them: one registry for all that names or counts them.
//!
//! Invariant: `cited`, `cites`, `documents`, `document`, a facet and a condition on a document count by the keys of one
//! head, so that they agree.

use super::query::{Condition, Document, Query};
use super::{Archive, suggest};
use crate::facts::ask::{Asked, ask};
use crate::facts::registry::{Evidence, Head, Registry};
use anyhow::Result;
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::ops::ControlFlow;
use std::sync::Arc;
use tantivy::columnar::StrColumn;

/// Documents that a note names.
const NAMED: usize = 8;

/// Holds the documents of an archive.
#[derive(Debug, Default)]
pub struct Documents {
    registry: Arc<Registry>,
}

impl Documents {
    /// Makes the registry of all articles of an archive.
    ///
    /// # Errors
    /// When the index is damaged.
    pub(super) fn of(archive: &Archive) -> Result<Documents> {
        let mut evidence: HashMap<String, Evidence> = HashMap::new();
        archive.each_segment(&Query::All, &mut |segment, docs| {
            let columns = segment.fast_fields();
            let names = ["cite_key", "cite_value", "cite_type", "cite_issuer", "cite_place"];
            let columns: Vec<StrColumn> =
                names.iter().map(|name| columns.str(name)).filter_map(Result::transpose).collect::<Result<_, _>>()?;
            let [keys, said @ ..] = &columns[..] else { return Ok(()) };
            // What citations say is counted by numbers; names are read once.
            let (mut articles, mut citations): (HashMap<u64, u64>, HashMap<Vec<u64>, u64>) = Default::default();
            docs(&mut |doc| {
                let mut each: Vec<_> = said.iter().map(|column| column.term_ords(doc)).collect();
                let mut seen = HashSet::new();
                for key in keys.term_ords(doc) {
                    if seen.insert(key) {
                        *articles.entry(key).or_default() += 1;
                    }
                    let row = std::iter::once(key).chain(each.iter_mut().filter_map(Iterator::next)).collect();
                    *citations.entry(row).or_default() += 1;
                }
                Ok(ControlFlow::Continue(()))
            })?;
            for (key, count) in articles {
                evidence.entry(text(keys, key)?).or_default().articles += count;
            }
            for (row, count) in citations {
                let [key, value, type_, issuer, place] = row[..] else { continue };
                let said = [(0, value), (1, type_), (2, issuer), (3, place)];
                let said = said.into_iter().map(|(at, number)| text(&columns[at + 1], number));
                let said = said.collect::<Result<Vec<_>>>()?;
                if let (Some(votes), [value, type_, issuer, place]) = (evidence.get_mut(&text(keys, key)?), &said[..]) {
                    votes.add([value, type_, issuer, place], count);
                }
            }
            Ok(())
        })?;
        Ok(Documents { registry: Arc::new(Registry::of(&evidence)) })
    }

    /// Returns the registry, to share it.
    pub fn registry(&self) -> &Arc<Registry> {
        &self.registry
    }

    /// Returns the documents, and the words that stand for none, in the order of their keys.
    pub fn heads(&self) -> &[Head] {
        self.registry.heads()
    }

    /// Returns the document of a key.
    pub fn find(&self, key: &str) -> Option<usize> {
        self.registry.find(key).map(|(_, resolved)| resolved.head)
    }

    /// Reads a question for a document in any spelling.
    pub fn ask(&self, text: &str) -> Asked {
        ask(&self.registry, text)
    }

    /// Returns the condition that an article cites one of these documents.
    pub fn condition(&self, said: &str, heads: &[usize]) -> Query {
        Query::Condition(Condition::Cites(Document { said: said.to_string(), keys: self.registry.keys(heads) }))
    }

    /// Names documents in a line.
    pub fn names(&self, heads: &[usize]) -> String {
        let name = |&at: &usize| {
            let head = &self.heads()[at];
            format!("{} [{}]", head.value, head.name())
        };
        let mut names: Vec<_> = heads.iter().take(NAMED).map(name).collect();
        if heads.len() > NAMED {
            names.push(format!("{} more", heads.len() - NAMED));
        }
        names.join(", ")
    }

    /// Says what must be known of a question that is not of one document alone; `None` when it is.
    pub fn note(&self, said: &str, asked: &Asked) -> Option<String> {
        match asked {
            Asked::One(_, others) if others.is_empty() => None,
            Asked::One(one, others) => {
                Some(format!("{said:?} is taken for {}; it may also be {}", self.names(&[*one]), self.names(others)))
            }
            Asked::Several(several) => Some(format!(
                "{said:?} is {} documents: {}; name one by what stands in brackets, or with its place or date",
                several.len(),
                self.names(several)
            )),
            Asked::Nothing(nearest) if nearest.is_empty() => Some(format!("no article cites a document {said:?}")),
            Asked::Nothing(nearest) => {
                Some(format!("no article cites a document {said:?}; near it: {}", self.names(nearest)))
            }
        }
    }

    /// Returns the documents of the keys in a segment's column, by the numbers of the keys.
    pub(super) fn by_number(&self, keys: &StrColumn) -> Result<HashMap<u64, usize>> {
        let mut found = HashMap::new();
        let mut values = keys.dictionary().stream()?;
        while values.advance() {
            if let Some(head) = std::str::from_utf8(values.key()).ok().and_then(|key| self.find(key)) {
                found.insert(values.term_ord(), head);
            }
        }
        Ok(found)
    }

    /// Returns a query whose conditions on documents know them, and notes on those that are not of one document.
    fn resolve(&self, query: &Query, notes: &mut Vec<String>) -> Query {
        let mut all = |queries: &[Query]| queries.iter().map(|query| self.resolve(query, notes)).collect::<Vec<_>>();
        match query {
            Query::Condition(Condition::Cites(Document { said, .. })) => {
                let asked = self.ask(said);
                notes.extend(self.note(said, &asked));
                match asked {
                    Asked::One(one, _) => self.condition(said, &[one]),
                    Asked::Several(several) => self.condition(said, &several),
                    Asked::Nothing(_) => query.clone(),
                }
            }
            Query::And(queries) => Query::And(all(queries)),
            Query::Or(queries) => Query::Or(all(queries)),
            Query::Not(query) => Query::Not(Box::new(self.resolve(query, notes))),
            _ => query.clone(),
        }
    }
}

impl Archive {
    /// Returns the documents that the articles cite; made once.
    ///
    /// # Errors
    /// When the index is damaged.
    pub fn documents(&self) -> Result<&Documents> {
        if let Some(documents) = self.documents.get() {
            return Ok(documents);
        }
        let documents = Documents::of(self)?;
        Ok(self.documents.get_or_init(|| Arc::new(documents)))
    }

    /// Returns a query whose conditions on documents know the documents of this archive.
    ///
    /// # Errors
    /// When the index is damaged.
    pub fn resolved<'q>(&self, query: &'q Query) -> Result<Cow<'q, Query>> {
        if !asks_for_a_document(query) {
            return Ok(Cow::Borrowed(query));
        }
        Ok(Cow::Owned(self.documents()?.resolve(query, &mut Vec::new())))
    }

    /// Says what must be known of the conditions of a query that are not of one document alone, and of a query that finds
    /// nothing what the index does not have.
    ///
    /// # Errors
    /// When the index is damaged.
    pub fn notes(&self, query: &Query) -> Result<Vec<String>> {
        let mut notes = Vec::new();
        if asks_for_a_document(query) {
            self.documents()?.resolve(query, &mut notes);
        }
        let mut found = false;
        self.each_address(query, &mut |_| {
            found = true;
            Ok(ControlFlow::Break(()))
        })?;
        if !found && !self.is_empty() {
            notes.extend(suggest::suggestions(self, query)?);
        }
        Ok(notes)
    }
}

/// Says whether a query has a condition on a document that is not known yet.
fn asks_for_a_document(query: &Query) -> bool {
    match query {
        Query::Condition(Condition::Cites(document)) => document.keys.is_empty(),
        Query::And(queries) | Query::Or(queries) => queries.iter().any(asks_for_a_document),
        Query::Not(query) => asks_for_a_document(query),
        _ => false,
    }
}

/// Returns the text of a number in a column.
pub(super) fn text(column: &StrColumn, number: u64) -> Result<String> {
    let mut text = String::new();
    column.ord_to_str(number, &mut text)?;
    Ok(text)
}
