//! A question for a document, in any spelling, to the documents of a registry.
//!
//! 1. The extractor reads it as it reads a citation; a type or law written without its marks is completed first.
//! 2. What it leaves open may be several documents. They are told one by one, never as one.

use super::identity::{Key, SHORT, UNDATED, identities};
use super::laws::laws;
use super::registry::{DOMINANT, Head, Registry, asks_for, law, unsettled};
use crate::article::{Article, Record};
use crate::extract::{self, citation};
use crate::text::{fold, normalize};
use std::cmp::Reverse;

/// Documents named to a question that finds none.
const NEAREST: usize = 5;

/// Says which documents a question names: indices of heads, the most cited first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asked {
    /// One, and what else its words might mean but hardly do.
    One(usize, Vec<usize>),
    /// Several of one number or name.
    Several(Vec<usize>),
    /// None; those whose numbers are nearest.
    Nothing(Vec<usize>),
}

/// Reads a question.
pub fn ask(registry: &Registry, text: &str) -> Asked {
    let text = normalize(text.trim());
    let heads = registry.heads();
    if let Some(head) = heads.iter().position(|head| head.name() == text.as_ref()) {
        return Asked::One(head, Vec::new());
    }
    let Some(key) = key(&text).or_else(|| key(&completed(&text)?)) else {
        return Asked::Nothing(nearest(heads, &text));
    };
    if let Some((_, known)) = registry.find(&key.to_string()).filter(|_| key.is_whole()) {
        return Asked::One(known.head, Vec::new());
    }
    let by_weight = |found: &mut Vec<usize>| found.sort_by_key(|&at| (Reverse(heads[at].weight), at));
    let mut found: Vec<usize> =
        (0..heads.len()).filter(|&at| heads[at].id.is_some() && may_be(&key, &heads[at])).collect();
    let words = unsettled(&key);
    let mut open: Vec<usize> =
        (0..heads.len()).filter(|&at| heads[at].id.is_none() && may_be_words(&words, &heads[at].key)).collect();
    by_weight(&mut found);
    by_weight(&mut open);
    let is_open = key.number.starts_with(SHORT) || (key.place == "vn" && key.year.starts_with(UNDATED));
    match found[..] {
        [] if open.len() == 1 => Asked::One(open[0], Vec::new()),
        [] if open.is_empty() => Asked::Nothing(nearest(heads, &text)),
        [one] => Asked::One(one, open),
        [one, next, ..] if is_open && heads[one].weight >= 3 && heads[one].weight >= DOMINANT * heads[next].weight => {
            Asked::One(one, [&found[1..], &open].concat())
        }
        _ => Asked::Several([found, open].concat()),
    }
}

/// Returns the key of the first citation of a text.
fn key(text: &str) -> Option<Key> {
    let article = Article { body: text.to_string(), ..Article::default() };
    let record = Record { mentions: extract::extract(&article), article, ..Record::default() };
    identities(&record).into_iter().flatten().next().map(|identity| identity.key)
}

/// Says whether a question may mean a document.
fn may_be(key: &Key, head: &Head) -> bool {
    // A law by its name alone may be any of that name.
    if let Some(law) = law(&head.key) {
        let name = laws().name(&law.name);
        if key.year.starts_with(UNDATED) && key.type_ == head.key.type_ && key.number == name.bare && !name.amending {
            return true;
        }
    }
    asks_for(&anywhere(key, &head.key), &head.key)
}

/// Says whether a question may be words that say no single document.
fn may_be_words(key: &Key, words: &Key) -> bool {
    let issuer = key.issuer == "-" || key.issuer == words.issuer;
    let bare = |number: &str| number.trim_start_matches(SHORT).to_string();
    let year = key.year.starts_with(UNDATED) || key.year == words.year;
    let place = anywhere(key, words).place == words.place || words.place.starts_with(&key.place);
    issuer && year && place && key.type_ == words.type_ && bare(&key.number) == bare(&words.number)
}

/// Returns the key of a question; one that names no body names no place either.
fn anywhere(key: &Key, other: &Key) -> Key {
    let place = if key.issuer == "-" && key.place == "vn" { &other.place } else { &key.place };
    Key { place: place.clone(), ..key.clone() }
}

/// Returns a question with its type word, its sign, or the name of a law, as it is in print: `luat dat dai 2024`, `NQ-57`,
/// `57 nq/tw`.
fn completed(text: &str) -> Option<String> {
    if text.starts_with(|c: char| c.is_ascii_digit()) {
        return Some(text.split_whitespace().collect::<Vec<_>>().join("-"));
    }
    let (word, length) = citation::beginning(text)?;
    if let Some(law) = law_name(text) {
        return Some(law);
    }
    let rest: String = text.chars().skip(length).collect();
    let rest = rest.trim_start_matches([' ', '-', '.', ':', '/']);
    let number = ["số", "so"].iter().find_map(|word| rest.strip_prefix(word)).unwrap_or(rest).trim_start();
    let mut letters = word.chars();
    let first = letters.next()?.to_uppercase();
    Some(format!("{first}{} {number}", letters.as_str()))
}

/// Returns the name of a law of the register that a text without marks has.
fn law_name(text: &str) -> Option<String> {
    let plain = |text: &str| fold(text).replace(',', " ").split_whitespace().collect::<Vec<_>>().join(" ");
    let text = plain(text);
    let year =
        text.rsplit_once(' ').map(|(_, last)| last).filter(|year| year.len() == 4 && year.parse::<u16>().is_ok());
    let name = year.map_or(text.as_str(), |year| text.trim_end_matches(year).trim_end().trim_end_matches(" nam"));
    let law = laws().rows().iter().find(|law| plain(&law.name) == name)?;
    Some(year.map_or_else(|| law.name.clone(), |year| format!("{} năm {year}", law.name)))
}

/// Returns the documents whose numbers or names are nearest to a text.
fn nearest(heads: &[Head], text: &str) -> Vec<usize> {
    let wanted = letters(text);
    let mut near: Vec<(usize, Reverse<u64>, usize)> = Vec::new();
    for (at, head) in heads.iter().enumerate().filter(|(_, head)| head.id.is_some()) {
        let value = letters(&head.value);
        let number = letters(head.key.number.as_str());
        let edits = edits(&wanted, &value);
        // The same number in another symbol is as near as a slip in it.
        let same = !number.is_empty() && wanted.windows(number.len()).any(|part| part == number);
        let limit = if same { wanted.len().max(value.len()) / 2 } else { wanted.len() / 4 };
        if edits <= limit.max(2) {
            near.push((edits, Reverse(head.weight), at));
        }
    }
    near.sort_unstable();
    near.into_iter().take(NEAREST).map(|(.., at)| at).collect()
}

fn letters(text: &str) -> Vec<char> {
    fold(text).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Counts the characters to change, add or take away to make one text of another.
fn edits(one: &[char], other: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (at, c) in one.iter().enumerate() {
        let mut before = std::mem::replace(&mut row[0], at + 1);
        for (to, d) in other.iter().enumerate() {
            let changed = before + usize::from(c != d);
            before = row[to + 1];
            row[to + 1] = changed.min(before + 1).min(row[to] + 1);
        }
    }
    row[other.len()]
}
