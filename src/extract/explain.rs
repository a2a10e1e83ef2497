//! What a rule is, by the name that its mentions carry: its pattern and an example, for whoever asks why a mention is there.
//!
//! Invariant: every name that a mention can carry is known here.

use super::lexicon::{Roles, Token};
use super::percent::meaning::{Reading, Seen};
use super::{ArticleText, Parts, citation, date, find_watched, percent};
use crate::article::Article;
use crate::mention::Part;
use crate::text::CodePoints;
use serde::Serialize;

/// Holds what a rule reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Explained {
    /// Pattern as the rule's row writes it: of a citation for people, else a regular expression with named fragments in braces.
    pub pattern: &'static str,
    /// First example of the row: a text, and what the rule reads in it.
    pub example: (&'static str, &'static [&'static str]),
}

/// Lists what has no row because it is made of two readings: the ends of an interval.
const JOINED: &[(&str, Explained)] = &[
    ("from-until", Explained { pattern: "A đến B, A tới B", example: ("từ năm 2016 đến năm 2020", &["2016/2020"]) }),
    ("interval", Explained { pattern: "A - B", example: ("26/4 - 1/5", &["XXXX-04-26/XXXX-05-01"]) }),
];

/// Returns the rule of a name; `None` when no rule of this version has it.
pub fn rule(name: &str) -> Option<Explained> {
    let citations = citation::FORMS.iter().map(|row| (row.name, row.pattern, row.examples));
    let percents = percent::RULES.iter().map(|row| (row.name, row.pattern, row.examples));
    let dates = date::RULES.iter().copied().flatten().map(|row| (row.name, row.pattern, row.examples));
    let row = citations.chain(percents).chain(dates).find(|(known, ..)| *known == name);
    match row {
        Some((_, pattern, examples)) => {
            Some(Explained { pattern, example: examples.first().copied().unwrap_or(("", &[])) })
        }
        None => JOINED.iter().find(|(known, _)| *known == name).map(|(_, joined)| *joined),
    }
}

/// Holds one choice of what a percentage means: all that it was among.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Choice {
    /// Where the percentage stands.
    pub part: Part,
    /// Its first code point in the part.
    pub start: usize,
    /// The code point after its last.
    pub end: usize,
    /// What is chosen: `indicator`, `sense`, `period` or `place`.
    pub choice: &'static str,
    /// What it was among.
    pub candidates: Vec<Reading>,
    /// The sentence as it was read, of the choice of the indicator: the others have none.
    pub tokens: Vec<Tagged>,
}

/// Holds one token of a sentence with its tags.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Tagged {
    /// First code point in the part of the article.
    pub start: usize,
    /// Words or sign, as printed.
    pub text: String,
    /// Names of its tags, those of the lexicon among them.
    pub tags: Vec<&'static str>,
}

/// Returns the choices of what each percentage of an article means, figure by figure, each with all that it was among.
pub fn choices(article: &Article) -> Vec<Choice> {
    let parts = Parts::of(article);
    let scene = ArticleText::of(&parts, article.published_day(), article.province.as_deref());
    let mut seen = Vec::new();
    let finds = find_watched(&scene, Some(&mut seen));
    let points = CodePoints::new(scene.text);
    let choice = |seen: Seen| {
        let span = &finds.percents[seen.figure].span;
        let (part, range) = scene.part(span.start);
        let origin = points.at(range.start);
        let (start, end) = (points.at(span.start) - origin, points.at(span.end) - origin);
        let tagged = |token: &Token| Tagged {
            start: points.at(token.start) - origin,
            text: scene.text[token.start..token.end].to_string(),
            tags: token.roles.bits().filter_map(Roles::name).collect(),
        };
        let tokens = seen.tokens.iter().map(tagged).collect();
        Choice { part, start, end, choice: seen.choice, candidates: seen.candidates, tokens }
    };
    seen.into_iter().map(choice).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::find;

    #[test]
    fn every_rule_that_makes_a_mention_can_be_explained() {
        let rows = citation::FORMS.iter().flat_map(|row| row.examples.iter().map(|(text, _)| *text));
        let rows = rows.chain(percent::RULES.iter().flat_map(|row| row.examples.iter().map(|(text, _)| *text)));
        let rows = rows
            .chain(date::RULES.iter().copied().flatten().flat_map(|row| row.examples.iter().map(|(text, _)| *text)));
        for text in rows.chain(JOINED.iter().map(|(_, joined)| joined.example.0)) {
            let finds = find(&ArticleText::new(text, "2024-04-25".parse().ok(), None));
            let citations = finds.citations.iter().map(|found| found.rule);
            for name in citations
                .chain(finds.percents.iter().map(|found| found.rule))
                .chain(finds.dates.iter().map(|found| found.rule))
            {
                assert!(rule(name).is_some(), "{name}: {text}");
            }
        }
        assert_eq!(rule("no-such-rule"), None);
    }
}
