//! The citation network: articles and the documents that they cite, documents cited together, relations between them.
//!
//! Invariant: a node is an article or one document; words that say no single document are none and have no edge.

use super::gather::Digest;
use super::registry::Registry;
use jiff::civil::{Date, date};
use std::collections::{BTreeMap, BTreeSet};

/// Names what edges stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ties {
    /// An article cites a document: directed, its weight the citations.
    Citations,
    /// Two documents are cited in one article: undirected, its weight the articles.
    Together,
    /// One document acts on another, as articles tell: directed, its weight the articles.
    Relations,
}

/// Names the periods that edges are counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// A calendar year of publication.
    Year,
    /// A calendar month.
    Month,
}

/// Holds one node.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Node {
    /// Id of the article or document.
    pub id: String,
    /// Headline, or canonical number or name.
    pub label: String,
    /// `article` or `document`.
    pub kind: &'static str,
    /// Type of a document.
    pub type_: Option<String>,
    /// Issuer of a document.
    pub issuer: Option<String>,
    /// Place of a document's issuer; province of an article's newspaper, of before 1 July 2025.
    pub place: Option<String>,
    /// Newspaper of an article.
    pub source: Option<String>,
    /// Day of publication of an article.
    pub day: Option<Date>,
    /// Articles of the network that cite the document.
    pub articles: u64,
}

/// Holds one edge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edge {
    /// Index of the node that it starts at.
    pub source: usize,
    /// Index of the node that it ends at.
    pub target: usize,
    /// `cites`, `cited_with`, or the name of a relation.
    pub kind: &'static str,
    /// Citations or articles.
    pub weight: u64,
    /// First and last day of the period that it is counted in.
    pub period: Option<(Date, Date)>,
}

/// Holds a network.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Network {
    /// Whether edges have a direction.
    pub directed: bool,
    /// Nodes, in the order of their ids.
    pub nodes: Vec<Node>,
    /// Edges, in the order of their ends, kinds and periods.
    pub edges: Vec<Edge>,
    /// Articles that periods leave out because they have no day.
    pub undated: u64,
}

/// Ends and kind of an edge, and the first day of its period.
type Key = (usize, usize, &'static str, Option<Date>);

/// Makes a network of articles that come one by one.
pub struct Builder<'a> {
    registry: &'a Registry,
    ties: Ties,
    by: Option<By>,
    /// Number of each node by its id.
    numbers: BTreeMap<String, usize>,
    nodes: Vec<Node>,
    weights: BTreeMap<Key, u64>,
    undated: u64,
}

impl<'a> Builder<'a> {
    /// Begins a network of the documents of a registry.
    pub fn new(registry: &'a Registry, ties: Ties, by: Option<By>) -> Builder<'a> {
        let (numbers, nodes, weights) = (BTreeMap::new(), Vec::new(), BTreeMap::new());
        Builder { registry, ties, by, numbers, nodes, weights, undated: 0 }
    }

    /// Adds an article.
    pub fn add(&mut self, digest: &Digest, title: Option<&str>) {
        let period = match (self.by, digest.citing.day) {
            (None, _) => None,
            (Some(By::Year), Some(day)) => Some(date(day.year(), 1, 1)),
            (Some(By::Month), Some(day)) => Some(day.first_of_month()),
            (Some(_), None) => {
                self.undated += u64::from(!digest.cites.is_empty());
                return;
            }
        };
        let mut citations: BTreeMap<usize, u64> = BTreeMap::new();
        let mut of_mention: BTreeMap<usize, usize> = BTreeMap::new();
        for cite in &digest.cites {
            if let Some(number) = self.document(&cite.key) {
                *citations.entry(number).or_default() += 1;
                of_mention.insert(cite.mention, number);
            }
        }
        citations.keys().for_each(|&document| self.nodes[document].articles += 1);
        match self.ties {
            Ties::Citations if citations.is_empty() => {}
            Ties::Citations => {
                let article = self.article(digest, title);
                for (document, count) in citations {
                    *self.weights.entry((article, document, "cites", period)).or_default() += count;
                }
            }
            Ties::Together => {
                let documents: Vec<usize> = citations.into_keys().collect();
                for (at, &one) in documents.iter().enumerate() {
                    for &other in &documents[at + 1..] {
                        *self.weights.entry((one, other, "cited_with", period)).or_default() += 1;
                    }
                }
            }
            Ties::Relations => {
                let ends = |place: &usize| of_mention.get(place).copied();
                let told: BTreeSet<Key> = digest
                    .relations
                    .iter()
                    .filter_map(|told| Some((ends(&told.from)?, ends(&told.to)?, told.type_.name(), period)))
                    .filter(|(from, to, ..)| from != to)
                    .collect();
                told.into_iter().for_each(|key| *self.weights.entry(key).or_default() += 1);
            }
        }
    }

    /// Returns the node of a document by a key of it; none of words that say no single one.
    fn document(&mut self, key: &str) -> Option<usize> {
        let (head, _) = self.registry.find(key)?;
        let id = head.id.as_ref()?;
        let number = *self.numbers.entry(id.clone()).or_insert(self.nodes.len());
        if number == self.nodes.len() {
            self.nodes.push(Node {
                id: id.clone(),
                label: head.value.clone(),
                kind: "document",
                type_: head.type_.clone(),
                issuer: head.issuer.clone(),
                place: head.place.clone(),
                source: None,
                day: None,
                articles: 0,
            });
        }
        Some(number)
    }

    fn article(&mut self, digest: &Digest, title: Option<&str>) -> usize {
        let number = *self.numbers.entry(digest.id.clone()).or_insert(self.nodes.len());
        if number == self.nodes.len() {
            self.nodes.push(Node {
                id: digest.id.clone(),
                label: title.unwrap_or(&digest.id).to_string(),
                kind: "article",
                type_: None,
                issuer: None,
                place: digest.citing.province.clone(),
                source: digest.citing.source.clone(),
                day: digest.citing.day,
                articles: 0,
            });
        }
        number
    }

    /// Ends the network: edges of at least this weight, and the nodes that they join.
    pub fn finish(mut self, min_weight: u64) -> Network {
        let weights = std::mem::take(&mut self.weights).into_iter();
        let kept: Vec<(Key, u64)> = weights.filter(|(_, weight)| *weight >= min_weight).collect();
        let joined: BTreeSet<usize> = kept.iter().flat_map(|((from, to, ..), _)| [*from, *to]).collect();
        let mut order: Vec<usize> = joined.into_iter().collect();
        order.sort_by(|&a, &b| self.nodes[a].id.cmp(&self.nodes[b].id));
        let place: BTreeMap<usize, usize> = order.iter().enumerate().map(|(place, &number)| (number, place)).collect();
        let directed = self.ties != Ties::Together;
        let mut edges: Vec<Edge> = kept
            .into_iter()
            .map(|((from, to, kind, begin), weight)| {
                let (from, to) = (place[&from], place[&to]);
                // Which end of an edge without direction comes first does not hang on the order of the articles.
                let (source, target) = if directed { (from, to) } else { (from.min(to), from.max(to)) };
                Edge { source, target, kind, weight, period: begin.map(|begin| (begin, self.last(begin))) }
            })
            .collect();
        edges.sort_by_key(|edge| (edge.source, edge.target, edge.kind, edge.period));
        let nodes = order.into_iter().map(|number| self.nodes[number].clone()).collect();
        Network { directed, nodes, edges, undated: self.undated }
    }

    /// Returns the last day of a period.
    fn last(&self, begin: Date) -> Date {
        match self.by {
            Some(By::Month) => begin.last_of_month(),
            _ => date(begin.year(), 12, 31),
        }
    }
}
