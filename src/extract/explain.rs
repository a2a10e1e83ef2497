//! What a rule is, by the name that its mentions carry: its pattern and an example, for whoever asks why a mention is there.
//!
//! Invariant: every name that a mention can carry is known here.

use super::percent::meaning::Seen;
use super::{ArticleText, citation, date, find_watched, percent};

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

/// Appends what each choice of the meaning of a figure was among, figure by figure.
pub fn choices(scene: &ArticleText<'_>, seen: &mut Vec<Seen>) {
    find_watched(scene, Some(seen));
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
