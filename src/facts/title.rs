//! The title of a document among what articles print after `về …`: chosen by what stands around it, never composed.

use crate::mention::{Citation, Flag, Mention};
use crate::text::fold;
use std::collections::BTreeMap;

/// Words of news and questions where a title has ended, folded; the longest first.
const ENDS: &[&str] = &[
    " do quoc hoi ",
    " do chinh phu ",
    " do bo ",
    " do thu tuong ",
    " do ubnd ",
    " do hdnd ",
    " ban hanh ngay ",
    " ra sao",
    " nhu the nao",
    " co neu",
    " neu ro",
    " quy dinh nhu sau",
    " quyet nghi",
    " bao gom",
    " gom ",
    " co hieu luc",
    " the nao",
    " la gi",
    " chi tiet",
    " moi nhat",
    " thi ",
    " (hinh tu",
    " vua duoc",
    " da duoc",
    " vua ",
    " de ra ",
    " duoc ban hanh",
    " duoc thong qua",
    " |",
    " cu the",
    " tai day",
    " theo do",
];
/// Fewest characters of a title.
const SHORTEST: usize = 12;

/// Counts what speaks for each wording of a title.
#[derive(Debug, Clone, Default)]
pub struct Titles(BTreeMap<String, (i64, u64)>);

/// Returns the wording of a title that a citation gives and its score; `None` of what is cut off or no title.
pub fn wording(citation: &Citation, mention: &Mention, before: &str) -> Option<(String, i64)> {
    let printed = citation.title.as_deref()?.trim();
    if printed.ends_with(['…', '.']) && !printed.ends_with("v.v.") && printed.ends_with('…') || printed.ends_with("...")
    {
        return None;
    }
    let folded = fold(printed);
    let end = ENDS.iter().filter_map(|word| folded.find(word)).min().unwrap_or(folded.len());
    // Folding keeps the count of characters.
    let characters = folded.get(..end)?.chars().count();
    let title: String = printed.chars().take(characters).collect();
    let title = title.trim().trim_end_matches([',', '.', ';', ':', '?', '–', '-']).trim_end().to_string();
    if title.chars().count() < SHORTEST || title.ends_with('…') {
        return None;
    }
    let before = fold(before);
    let mut score = 1;
    if citation.issued.is_some() && !mention.flags.contains(&Flag::IssuedFromClause) {
        score += 2;
    }
    if ["ban hanh", "ky", "can cu", "thong qua"]
        .iter()
        .any(|word| before.ends_with(word) || before.ends_with(&format!("{word} ")))
    {
        score += 2;
    }
    if citation.provision.is_some() {
        score -= 3;
    }
    // A capital about shows the text of the document itself.
    if printed.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase) {
        score -= 1;
    }
    if folded.contains('?') {
        score -= 2;
    }
    Some((title, score))
}

impl Titles {
    /// Adds a wording with its score.
    pub fn add(&mut self, title: &str, score: i64) {
        let votes = self.0.entry(title.to_string()).or_default();
        votes.0 += score;
        votes.1 += 1;
    }

    /// Returns the wording that most speaks for, and how many citations have it or its beginning.
    ///
    /// Wordings that begin alike support each other, and the longest of those that are told twice or with a date wins.
    pub fn best(&self) -> Option<(String, u64)> {
        let folded: Vec<(String, &String, i64, u64)> =
            self.0.iter().map(|(title, &(score, count))| (key(title), title, score, count)).collect();
        let support = |one: &str| -> (i64, u64) {
            let alike = folded.iter().filter(|(other, ..)| one.starts_with(other.as_str()) || other.starts_with(one));
            alike.fold((0, 0), |(sum, all), (_, _, score, count)| (sum + score, all + count))
        };
        let mut best: Option<(i64, i64, usize, &String, u64)> = None;
        for (one, title, own, _) in &folded {
            let (score, count) = support(one);
            let candidate = (score, *own, title.len(), *title, count);
            if score > 0
                && *own > 0
                && best.as_ref().is_none_or(|best| (candidate.0, candidate.1, candidate.2) > (best.0, best.1, best.2))
            {
                best = Some(candidate);
            }
        }
        best.map(|(_, _, _, title, count)| (title.clone(), count))
    }
}

/// Returns a title without what spellings differ in.
fn key(title: &str) -> String {
    let folded = fold(title);
    let bare = folded.strip_prefix("ve viec ").or_else(|| folded.strip_prefix("ve ")).unwrap_or(&folded);
    bare.chars().filter(|c| c.is_alphanumeric()).collect()
}
