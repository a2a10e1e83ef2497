//! Which keys are one document: what the articles of a corpus say together where one alone leaves it open.
//!
//! Invariant: the registry is a function of the set of keys with their counts, so that the order of records does not matter
//! and an index gives the same one as the records that it was made of.

use super::identity::{Key, SHORT, UNDATED, UNPLACED, YEARLESS};
use super::laws::{Law, laws};
use crate::place;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// How many times as many articles one of several documents must have for an undated number to be its.
pub(super) const DOMINANT: u64 = 5;

/// Counts what the articles of a corpus say of one key.
#[derive(Debug, Clone, Default)]
pub struct Evidence {
    /// Articles with the key.
    pub articles: u64,
    /// Canonical numbers or names, with their mentions.
    pub values: BTreeMap<String, u64>,
    /// Types, with their mentions.
    pub types: BTreeMap<String, u64>,
    /// Issuers, with their mentions.
    pub issuers: BTreeMap<String, u64>,
    /// Places, with their mentions.
    pub places: BTreeMap<String, u64>,
}

impl Evidence {
    /// Adds citations that say the same: their value, type, issuer and place, each empty when unknown. The caller counts
    /// the articles.
    pub fn add(&mut self, said: [&str; 4], citations: u64) {
        let votes = [&mut self.values, &mut self.types, &mut self.issuers, &mut self.places];
        for (votes, text) in votes.into_iter().zip(said).filter(|(_, text)| !text.is_empty()) {
            if let Some(count) = votes.get_mut(text) {
                *count += citations;
            } else {
                votes.insert(text.to_string(), citations);
            }
        }
    }
}

/// Names what is doubtful about a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Doubt {
    /// Articles give different issue days.
    DatesDiffer,
    /// The year of an issue date is not that of the number, or of most articles.
    YearAndDateDiffer,
    /// A law by name alone, of which nothing says which year is meant: no document.
    UndatedName,
    /// A number without a year that may be of several documents, or whose date no article gives: no document.
    UndatedNumber,
    /// A type and a number, of which nothing says whose they are: no document.
    ShortForm,
    /// A local body's document without its place: no document.
    Unplaced,
    /// A symbol with characters that no symbol has; never joined by likeness.
    Misprint,
}

impl Doubt {
    /// Returns the name of the doubt, as in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Doubt::DatesDiffer => "dates-differ",
            Doubt::YearAndDateDiffer => "year-and-date-differ",
            Doubt::UndatedName => "undated-name",
            Doubt::UndatedNumber => "undated-number",
            Doubt::ShortForm => "short-form",
            Doubt::Unplaced => "unplaced",
            Doubt::Misprint => "misprint",
        }
    }
}

/// Holds what a document is known by, or a number or name that stands for no single document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// `place/issuer/type/year/number`; none when the words stand for no single document.
    pub id: Option<String>,
    /// Key of the document, or of the words.
    pub key: Key,
    /// Commonest canonical number or name.
    pub value: String,
    /// Type.
    pub type_: Option<String>,
    /// Issuer.
    pub issuer: Option<String>,
    /// Place of the issuer, of local bodies.
    pub place: Option<String>,
    /// What is doubtful.
    pub doubts: BTreeSet<Doubt>,
    /// Articles of its keys added up, one with two spellings of one document twice: an order, no count.
    pub weight: u64,
}

impl Head {
    /// Returns what the document is called by: its id, else the key of the words.
    pub fn name(&self) -> String {
        self.id.clone().unwrap_or_else(|| self.key.to_string())
    }
}

/// Knows the document of every key of a corpus.
#[derive(Debug, Default)]
pub struct Registry {
    heads: Vec<Head>,
    of: HashMap<String, Resolved>,
}

/// Says which document a key is of and by which rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Resolved {
    /// Index of the head.
    pub head: usize,
    /// Rule that settled what the key leaves open; none when it is whole.
    pub rule: Option<&'static str>,
}

/// A key of a document, its counts, and the rule that settled what it leaves open.
type Member<'a> = (&'a Key, &'a Evidence, Option<&'static str>);

impl Registry {
    /// Makes the registry of keys.
    pub fn of(evidence: &HashMap<String, Evidence>) -> Registry {
        let mut keys: Vec<(Key, &Evidence)> =
            evidence.iter().filter_map(|(key, evidence)| Some((Key::read(key)?, evidence))).collect();
        keys.sort_by(|(a, _), (b, _)| a.cmp(b));
        let (whole, open): (Vec<_>, Vec<_>) = keys.into_iter().partition(|(key, _)| key.is_whole());
        let roots = Roots::of(&whole);
        let mut groups: BTreeMap<Key, Vec<Member<'_>>> = BTreeMap::new();
        for (key, evidence) in &whole {
            let root = roots.term.get(key).unwrap_or(key);
            let rule = (root != key).then_some("one-term");
            groups.entry(root.clone()).or_default().push((key, evidence, rule));
        }
        for (key, evidence) in &open {
            let (root, rule) = match roots.settle(key) {
                Some((root, rule)) => (root.clone(), Some(rule)),
                None => (unsettled(key), None),
            };
            groups.entry(root).or_default().push((key, evidence, rule));
        }
        let mut registry = Registry::default();
        for (root, members) in groups {
            let place = registry.heads.len();
            for (key, _, rule) in &members {
                registry.of.insert(key.to_string(), Resolved { head: place, rule: *rule });
            }
            registry.heads.push(head(root, &members));
        }
        registry
    }

    /// Returns the document of a key; `None` of a key that the corpus does not have.
    pub fn find(&self, key: &str) -> Option<(&Head, Resolved)> {
        let resolved = *self.of.get(key)?;
        Some((&self.heads[resolved.head], resolved))
    }

    /// Returns all documents, and the words that stand for none, in the order of their keys.
    pub fn heads(&self) -> &[Head] {
        &self.heads
    }

    /// Returns the keys of heads, sorted.
    pub fn keys(&self, heads: &[usize]) -> Vec<String> {
        let mut keys: Vec<_> =
            self.of.iter().filter(|(_, resolved)| heads.contains(&resolved.head)).map(|(key, _)| key.clone()).collect();
        keys.sort_unstable();
        keys
    }
}

/// The documents that are fully named.
struct Roots<'a> {
    /// By number without marks.
    by_number: HashMap<String, Vec<(&'a Key, u64)>>,
    /// Of a Party document given several years of one term, the one most articles give.
    term: HashMap<Key, Key>,
}

impl<'a> Roots<'a> {
    fn of(whole: &'a [(Key, &'a Evidence)]) -> Roots<'a> {
        let mut terms: BTreeMap<(Key, i16), Vec<(&Key, u64)>> = BTreeMap::new();
        for (key, evidence) in whole {
            if let Some(term) = term(key) {
                let same = Key { year: String::new(), ..key.clone() };
                terms.entry((same, term)).or_default().push((key, evidence.articles));
            }
        }
        let mut term = HashMap::new();
        for keys in terms.into_values().filter(|keys| keys.len() > 1) {
            let most = keys.iter().copied().max_by_key(|&(key, articles)| (articles, std::cmp::Reverse(key)));
            let Some((most, _)) = most else { continue };
            term.extend(keys.into_iter().map(|(key, _)| (key.clone(), most.clone())));
        }
        let mut by_number: HashMap<String, Vec<(&Key, u64)>> = HashMap::new();
        for (key, evidence) in whole {
            if term.get(key).is_none_or(|most| most == key) {
                by_number.entry(bare(&key.number).to_string()).or_default().push((key, evidence.articles));
            }
        }
        Roots { by_number, term }
    }

    /// Returns the document that a key leaves open, and the rule that says so.
    fn settle(&self, key: &Key) -> Option<(&'a Key, &'static str)> {
        if key.place == UNPLACED {
            return None;
        }
        let short = key.number.starts_with(SHORT);
        let undated = key.year.starts_with(UNDATED);
        if short && undated && key.issuer == "-" {
            let known = self.known_short(key)?;
            return Some((known, "known-short-form"));
        }
        let mut found: Vec<(&Key, u64)> =
            self.by_number.get(bare(&key.number))?.iter().filter(|(root, _)| asks_for(key, root)).copied().collect();
        found.sort_by_key(|&(root, articles)| (std::cmp::Reverse(articles), root));
        let open_place = key.place.ends_with(UNPLACED);
        match found.as_slice() {
            [] => None,
            [(root, _)] => Some((root, if open_place { "place-of-the-day" } else { "resolved-corpus" })),
            [(root, most), (_, next), ..] if undated && !short && *most >= 3 && *most >= DOMINANT * next => {
                Some((root, "resolved-corpus"))
            }
            _ => None,
        }
    }

    /// Returns the document of a short form that is one everywhere: `Thông tư 200`.
    fn known_short(&self, key: &Key) -> Option<&'a Key> {
        let (year, issuer) = laws().short(&key.type_, bare(&key.number))?;
        let mut found = self.by_number.get(bare(&key.number))?.iter();
        found
            .find(|(root, _)| root.type_ == key.type_ && root.year == year && root.issuer == issuer)
            .map(|(root, _)| *root)
    }
}

/// Says whether a key with parts left open may be a document.
pub(super) fn asks_for(key: &Key, root: &Key) -> bool {
    let place = match key.place.strip_suffix(UNPLACED) {
        Some("") => root.place != "vn",
        Some(open) => same_today(open, &root.place),
        None => key.place == root.place,
    };
    let year = match key.year.strip_prefix(UNDATED) {
        Some(article) => article.parse::<i16>().ok().zip(root.year.parse::<i16>().ok()).is_none_or(|(at, of)| of <= at),
        None => key.year == root.year,
    };
    let number = match key.number.strip_prefix(SHORT) {
        Some(number) => number == bare(&root.number),
        None => key.number == root.number,
    };
    let type_ = key.type_ == root.type_ || key.type_ == "-";
    place && year && number && type_ && (key.issuer == root.issuer || key.issuer == "-")
}

/// Says whether two provinces of before 1 July 2025 are one since.
fn same_today(one: &str, other: &str) -> bool {
    let today = |slug: &str| {
        let name = slug.split(':').next().unwrap_or_default().replace('-', " ");
        place::find(&name).map(|province| province.new)
    };
    let within = |slug: &str| slug.split_once(':').map(|(_, within)| within.to_string());
    today(one).is_some() && today(one) == today(other) && within(one) == within(other)
}

/// Returns the number without the mark of a short form or of a number without year.
fn bare(number: &str) -> &str {
    let number = number.trim_start_matches(SHORT);
    number.strip_prefix(YEARLESS).unwrap_or(number)
}

/// Returns the first year of the Party's term that a document of its central bodies is of: numbers restart each term.
fn term(key: &Key) -> Option<i16> {
    const TERMS: [i16; 6] = [2026, 2021, 2016, 2011, 2006, 2001];
    let year: i16 = key.year.parse().ok()?;
    let party = key.place == "vn" && key.issuer.ends_with("tw") && key.number.starts_with(|c: char| c.is_ascii_digit());
    TERMS.into_iter().find(|first| *first <= year).filter(|_| party)
}

/// Returns the key under which words stand that are no single document.
pub(super) fn unsettled(key: &Key) -> Key {
    let year = if key.year.starts_with(UNDATED) { UNDATED.to_string() } else { key.year.clone() };
    Key { year, ..key.clone() }
}

fn head(root: Key, members: &[Member<'_>]) -> Head {
    let own: Vec<&Evidence> =
        members.iter().filter(|(_, _, rule)| rule.is_none_or(|rule| rule == "one-term")).map(|(_, e, _)| *e).collect();
    let all: Vec<&Evidence> = members.iter().map(|(_, evidence, _)| *evidence).collect();
    let value = commonest(&own, |evidence| &evidence.values).unwrap_or_default();
    let law = law(&root);
    let type_ = law.map(|law| law.type_().to_string()).or_else(|| commonest(&all, |evidence| &evidence.types));
    let mut doubts = BTreeSet::new();
    let named = !root.number.trim_start_matches(SHORT).starts_with(|c: char| c.is_ascii_digit())
        && !root.number.starts_with(YEARLESS);
    if root.place.ends_with(UNPLACED) && root.place.len() == UNPLACED.len() {
        doubts.insert(Doubt::Unplaced);
    } else if root.number.starts_with(SHORT) {
        doubts.insert(Doubt::ShortForm);
    } else if root.year.starts_with(UNDATED) {
        doubts.insert(if named { Doubt::UndatedName } else { Doubt::UndatedNumber });
    }
    let id = doubts.is_empty().then(|| root.to_string().replace(UNPLACED, ""));
    if id.is_some() && has_a_misprint(&root) {
        doubts.insert(Doubt::Misprint);
    }
    Head {
        id,
        value: law.map_or(value, |law| law.number.clone()),
        type_,
        issuer: commonest(&all, |evidence| &evidence.issuers),
        place: commonest(&own, |evidence| &evidence.places),
        weight: all.iter().map(|evidence| evidence.articles).sum(),
        key: root,
        doubts,
    }
}

/// Returns the row of the register that a key is of.
pub fn law(key: &Key) -> Option<&'static Law> {
    let known = ["luat", "pl"].contains(&key.type_.as_str()) && ["qh", "ubtvqh"].contains(&key.issuer.as_str());
    let number = || format!("{}/{}/{}", key.number, key.year, key.issuer.to_uppercase());
    if known { laws().numbered(&number()) } else { None }
}

/// Says whether the symbol has a digit in its letters: `TT0`.
fn has_a_misprint(key: &Key) -> bool {
    let digit = |slug: &str| slug.trim_end_matches(|c: char| c.is_ascii_digit()).contains(|c: char| c.is_ascii_digit());
    digit(&key.type_) || key.issuer.split('-').any(|part| part.starts_with("tt0") || digit(part))
}

/// Returns the text with the most votes, of equals the first.
fn commonest(evidence: &[&Evidence], votes: fn(&Evidence) -> &BTreeMap<String, u64>) -> Option<String> {
    let mut sums: BTreeMap<&str, u64> = BTreeMap::new();
    for (text, count) in evidence.iter().flat_map(|evidence| votes(evidence)).filter(|(text, _)| !text.is_empty()) {
        *sums.entry(text).or_default() += count;
    }
    sums.into_iter().rev().max_by_key(|(_, count)| *count).map(|(text, _)| text.to_string())
}
