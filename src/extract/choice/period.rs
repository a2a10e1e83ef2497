//! The time that a figure is for: the dates of its sentence, of the text before, of title and lead, running totals up to
//! them, and none.

use super::{Candidate, Features, Space, Values, class};
use crate::mention::{Grain, Sense};
use std::sync::LazyLock;

/// Features of the choice.
pub const SPACE: Space = Space {
    name: "period",
    groups: &[
        ("where", Values::Names(REGIONS)),
        ("rank-left", Values::Numbers),
        ("rank-right", Values::Numbers),
        ("rank-above", Values::Numbers),
        ("rank-title", Values::Numbers),
        ("rank-lead", Values::Numbers),
        ("use-left", Values::Names(USES)),
        ("use-right", Values::Names(USES)),
        ("use-above", Values::Names(USES)),
        ("use-title", Values::Names(USES)),
        ("use-lead", Values::Names(USES)),
        ("grain-left", Values::Names(GRAINS)),
        ("grain-right", Values::Names(GRAINS)),
        ("grain-above", Values::Names(GRAINS)),
        ("grain-title", Values::Names(GRAINS)),
        ("grain-lead", Values::Names(GRAINS)),
        ("form", Values::Names(FORMS)),
        (
            "rule",
            Values::Names(&[
                "is-value",
                "same-value",
                "none",
                "other",
                "compared",
                "compared-value",
                "previous-same",
                "previous-other",
            ]),
        ),
        ("figures-crossed", Values::Numbers),
        ("distance", Values::Numbers),
        ("fact", Values::Names(FACTS)),
        ("cue-left", Values::Names(CUES)),
        ("cue-right", Values::Names(CUES)),
        ("cue-above", Values::Names(CUES)),
        ("cue-title", Values::Names(CUES)),
        ("cue-lead", Values::Names(CUES)),
        ("none", Values::Names(NONE)),
        ("none-sense", Values::Names(SENSES)),
        ("form-sense", Values::Numbers),
        ("form-state", Values::Numbers),
    ],
};

/// Where a date stands.
pub const REGIONS: &[&str] = &["left", "right", "above", "title", "lead"];

/// What a date is to its sentence.
const USES: &[&str] = &["free", "compared", "spoken", "planned", "aimed"];

const GRAINS: &[&str] = &["day", "month", "quarter", "half", "year", "decade", "century", "interval"];

const SENSES: &[&str] = &["level", "increase", "decrease", "difference", "completion", "target"];

/// How a value is read off a date.
const FORMS: &[&str] =
    &["plain", "plain-until", "total-until", "total-bare", "months", "open", "last-day", "year-filled", "plain-from"];

const FACTS: &[&str] = &[
    "issued",
    "inferred",
    "after-publication",
    "same-year",
    "years-before",
    "undated",
    "of-document",
    "opens-sentence",
    "same-paragraph",
    "bracket",
    "semicolon-crossed",
    "comma-crossed",
    "target-ahead",
    "result-ahead",
    "spoken",
    "list-crossed",
    "act-in-title",
    "rate",
    "plan-in-title",
    "commonest-year",
];

const CUES: &[&str] =
    &["trong", "từ", "đến", "vào", "của", "ngày", "so với", "cùng kỳ", "trước", "sau", "nothing", "comma", "other"];

const NONE: &[&str] = &[
    "sentence-without",
    "sentence-with",
    "rule-none",
    "rule-some",
    "title-with",
    "above-with",
    "compared",
    "rate",
    "listed",
    "anything",
];

/// Weights of the features.
pub static WEIGHTS: LazyLock<Vec<f32>> = LazyLock::new(|| SPACE.weights());

/// Holds what the choice knows of one date near a figure.
#[derive(Debug, Clone, Default)]
pub struct Near {
    /// Value that the figure would be for.
    pub value: String,
    /// Number of the region in [`REGIONS`].
    pub region: usize,
    /// Dates of the region between it and the figure.
    pub rank: usize,
    /// Number in `USES`.
    pub usage: usize,
    /// Grain of the date.
    pub grain: Grain,
    /// Number in `FORMS`.
    pub form: usize,
    /// Numbers in the group `rule`.
    pub rule: Vec<usize>,
    /// Figures between it and the figure.
    pub figures: usize,
    /// Bytes between.
    pub distance: usize,
    /// Numbers in `FACTS`.
    pub facts: Vec<usize>,
    /// Words right before it.
    pub before: String,
    /// Says that the indicator is a state, as rates and stocks are, not a flow.
    pub state: bool,
}

/// Returns the times that a figure may be for.
pub fn candidates(near: Vec<Near>, none: &[usize], sense: Sense) -> Vec<Candidate<Option<String>>> {
    let sense = super::sense::SENSES.iter().position(|known| *known == sense).unwrap_or(0);
    let mut found: Vec<Candidate<Option<String>>> = near.into_iter().map(|date| candidate(date, sense)).collect();
    let mut features = Features::default();
    for fact in none {
        features.add(26, *fact);
    }
    features.add(27, sense);
    found.push(Candidate { reading: None, features });
    found
}

fn candidate(date: Near, sense: usize) -> Candidate<Option<String>> {
    let mut features = Features(Vec::with_capacity(16));
    features.add(0, date.region);
    features.add(1 + date.region, date.rank.min(5));
    features.add(6 + date.region, date.usage);
    features.add(11 + date.region, grain(date.grain));
    features.add(16, date.form);
    for rule in &date.rule {
        features.add(17, *rule);
    }
    features.add(18, class(date.figures));
    features.add(19, class(date.distance / 12));
    for fact in &date.facts {
        features.add(20, *fact);
    }
    features.add(21 + date.region, cue(&date.before));
    features.add(28, date.form * 6 + sense);
    features.add(29, date.form * 2 + usize::from(date.state));
    Candidate { reading: Some(date.value), features }
}

fn grain(grain: Grain) -> usize {
    match grain {
        Grain::Day => 0,
        Grain::Month => 1,
        Grain::Quarter => 2,
        Grain::Half => 3,
        Grain::Year => 4,
        Grain::Decade => 5,
        Grain::Century => 6,
        Grain::Interval => 7,
    }
}

/// Returns the number of the cue that the words before a date end in.
fn cue(before: &str) -> usize {
    let before = before.trim_end().to_lowercase();
    if before.is_empty() || before.ends_with(['.', '\n', '-', ':', '(']) {
        return 10;
    }
    if before.ends_with([',', ';']) {
        return 11;
    }
    CUES[..10].iter().position(|cue| before.ends_with(cue)).unwrap_or(12)
}
