//! Claims weighed against each other: what agrees is raised, what others contradict or leave open is lowered.
//!
//! Invariant: no claim is lost but repetitions; a date that two editions dispute stays below the confidence that publishes it.

use super::ENOUGH;
use crate::article::{DateCandidate, DateSource};
use jiff::civil::Date;
use std::collections::BTreeSet;

/// Days by which a second date may differ from the first and still be of the same edition.
const SAME_EDITION: i32 = 2;
/// Days after which an updated article is another text than the one published.
const OTHER_TEXT: i32 = 3 * 365;
/// Highest confidence of a date that others leave open.
const OPEN: f32 = 0.45;

/// Raises what others agree with, lowers what they contradict, and sorts, best first.
pub fn weigh(claims: &mut Vec<DateCandidate>) {
    let days: Vec<_> = claims.iter().map(|claim| (claim.value.day(), claim.source, claim.confidence)).collect();
    for claim in claims.iter_mut() {
        let day = claim.value.day();
        let agree = days.iter().any(|&(other, source, _)| other == day && source != claim.source);
        let stronger = days.iter().any(|&(other, source, confidence)| {
            other != day && source != claim.source && confidence >= claim.confidence
        });
        claim.confidence += if agree { (1.0 - claim.confidence) * 0.5 } else { 0.0 };
        claim.confidence -= if stronger && !agree { 0.2 } else { 0.0 };
        claim.confidence = (claim.confidence * 100.0).round() / 100.0;
    }
    claims.sort_by(|a, b| {
        b.confidence.total_cmp(&a.confidence).then(a.source.cmp(&b.source)).then(a.value.day().cmp(&b.value.day()))
    });
    let mut kept: Vec<DateCandidate> = Vec::new();
    for claim in claims.drain(..) {
        if !kept.iter().any(|other| other.source == claim.source && other.value == claim.value) {
            kept.push(claim);
        }
    }
    *claims = kept;
}

/// Lowers what the dates of other editions contradict.
///
/// A date line that is earlier than the system's lone claim is the publication, and the claim that of a move; so is one that
/// has another element beside it against a lone meta element. One that is the day of an update leaves open which edition was
/// published when, as does an update years after the publication.
pub fn doubt(claims: &mut [DateCandidate], updates: &[Date], update: Option<Date>) {
    let shown = |claim: &DateCandidate| matches!(claim.source, DateSource::Visible | DateSource::Time);
    let said =
        claims.iter().find(|claim| !shown(claim) && claim.source != DateSource::Url).map(|claim| claim.value.day());
    let cap = |claims: &mut [DateCandidate], day: Date| {
        claims
            .iter_mut()
            .filter(|claim| claim.value.day() == day)
            .for_each(|claim| claim.confidence = claim.confidence.min(OPEN));
    };
    let line =
        claims.iter().filter(|claim| shown(claim) && claim.confidence >= ENOUGH).map(|claim| claim.value.day()).next();
    let days = |from: Date, to: Date| (to - from).get_days();
    match (said, line) {
        (Some(said), Some(line)) if days(said, line).abs() > SAME_EDITION => {
            let sources = |day: Date| -> BTreeSet<_> {
                claims.iter().filter(|claim| claim.value.day() == day).map(|claim| claim.source).collect()
            };
            let (alone, doubtful) = (sources(said).len() == 1, sources(said).contains(&DateSource::Meta));
            if updates.iter().any(|&day| days(day, line).abs() <= 1) {
                cap(claims, said);
                cap(claims, line);
            } else if alone && (line < said || doubtful && sources(line).len() > 1) {
                cap(claims, said);
                claims
                    .iter_mut()
                    .filter(|claim| claim.value.day() == line && shown(claim))
                    .for_each(|claim| claim.confidence = claim.confidence.max(0.7));
            }
        }
        (Some(said), _) if update.is_some_and(|update| days(said, update) > OTHER_TEXT) => cap(claims, said),
        // The system calls published what the page itself calls an update.
        (None, Some(line)) if update == Some(line) && claims.iter().any(|claim| claim.source == DateSource::Time) => {
            cap(claims, line)
        }
        _ => {}
    }
    claims.sort_by(|a, b| b.confidence.total_cmp(&a.confidence));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_line_is_weighed_against_the_claims_of_the_system() {
        let day = |text: &str| text.parse::<Date>().expect("a day");
        let claim = |value: &str, source, confidence| DateCandidate {
            value: value.parse().expect("a date"),
            source,
            confidence,
        };
        let best = |said: &[(&str, DateSource)], line: &str, updates: &[Date], update: Option<Date>| {
            let mut claims: Vec<_> = said.iter().map(|&(value, source)| claim(value, source, 0.9)).collect();
            claims.push(claim(line, DateSource::Visible, 0.6));
            doubt(&mut claims, updates, update);
            Some(claims[0].value.day().to_string()).filter(|_| claims[0].confidence >= ENOUGH)
        };
        let (meta, written) = (DateSource::Meta, DateSource::Jsonld);
        assert_eq!(best(&[("2024-08-07", meta)], "2013-12-30", &[], None).as_deref(), Some("2013-12-30"), "moved");
        assert_eq!(
            best(&[("2024-08-07", meta), ("2024-08-07", written)], "2013-12-30", &[], None).as_deref(),
            Some("2024-08-07")
        );
        assert_eq!(best(&[("2024-08-07", written)], "2025-01-02", &[], None).as_deref(), Some("2024-08-07"));
        assert_eq!(
            best(&[("2024-08-07", written)], "2025-01-02", &[day("2025-01-02")], None),
            None,
            "which edition is open"
        );
        assert_eq!(
            best(&[("2015-04-06", written)], "2015-04-06", &[], Some(day("2025-09-28"))),
            None,
            "another text by now"
        );
    }

    #[test]
    fn agreement_is_worth_more_than_one_voice() {
        let claim = |value: &str, source, confidence| DateCandidate {
            value: value.parse().expect("a date"),
            source,
            confidence,
        };
        let mut claims = vec![
            claim("2024-04-26", DateSource::Meta, 0.65),
            claim("2024-04-25", DateSource::Visible, 0.6),
            claim("2024-04-25", DateSource::Url, 0.6),
        ];
        weigh(&mut claims);
        assert_eq!(claims[0].value.to_string(), "2024-04-25");
        assert_eq!(claims.len(), 3);
    }
}
