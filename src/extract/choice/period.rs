//! The time that a figure is for: the dates of its sentence, of the text before, of title and lead, running totals up to
//! them, and none.

use super::{Candidate, FOUND, Features, Joint, Space, Values, class, found};
use crate::mention::{Grain, Sense};
use std::sync::LazyLock;

/// Features of the choice.
pub const SPACE: Space = Space {
    name: "period",
    joint: Some(Joint { against_none: 0.5, least: 0.5 }),
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
        ("rule", Values::Names(RULES)),
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
        ("fact-near", Values::Names(FACTS)),
        ("fact-above", Values::Names(FACTS)),
        ("fact-title", Values::Names(FACTS)),
        ("fact-lead", Values::Names(FACTS)),
        ("form-near", Values::Names(FORMS)),
        ("form-above", Values::Names(FORMS)),
        ("form-title", Values::Names(FORMS)),
        ("form-lead", Values::Names(FORMS)),
        ("rule-near", Values::Names(RULES)),
        ("rule-above", Values::Names(RULES)),
        ("rule-title", Values::Names(RULES)),
        ("rule-lead", Values::Names(RULES)),
        ("crossed-near", Values::Numbers),
        ("crossed-above", Values::Numbers),
        ("found-left", Values::Names(FOUND)),
        ("found-right", Values::Names(FOUND)),
        ("found-above", Values::Names(FOUND)),
        ("found-title", Values::Names(FOUND)),
        ("found-lead", Values::Names(FOUND)),
        ("found-none", Values::Names(FOUND)),
        ("given", Values::Numbers),
    ],
    wide: &[],
};

/// What the rules of links say of a date.
const RULES: &[&str] =
    &["is-value", "same-value", "none", "other", "compared", "compared-value", "previous-same", "previous-other"];

/// Where a date stands.
pub const REGIONS: &[&str] = &["left", "right", "above", "title", "lead"];

/// What a date is to its sentence.
const USES: &[&str] = &["free", "compared", "spoken", "planned", "aimed"];

const GRAINS: &[&str] = &["day", "month", "quarter", "half", "year", "decade", "century", "interval"];

const SENSES: &[&str] = &["level", "increase", "decrease", "difference", "completion", "target"];

/// How a value is read off a date.
const FORMS: &[&str] = &[
    "plain",
    "plain-until",
    "total-until",
    "total-bare",
    "months",
    "open",
    "last-day",
    "year-filled",
    "plain-from",
    "pair",
];

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
    let has = |regions: &[usize]| near.iter().any(|date| regions.contains(&date.region));
    let all = found([has(&[0]), has(&[1]), has(&[2]), has(&[3, 4])], near.iter().map(|date| &date.value));
    let given = |value: &String| near.iter().filter(|date| date.value == *value).count();
    let one = |date: &Near| {
        let mut candidate = candidate(date, sense);
        all.iter().for_each(|known| candidate.features.add(44 + date.region, *known));
        candidate.features.add(50, given(&date.value).min(4));
        candidate
    };
    let mut candidates: Vec<Candidate<Option<String>>> = near.iter().map(one).collect();
    let mut features = Features::default();
    none.iter().for_each(|fact| features.add(26, *fact));
    features.add(27, sense);
    all.iter().for_each(|known| features.add(49, *known));
    candidates.push(Candidate { reading: None, features });
    candidates
}

fn candidate(date: &Near, sense: usize) -> Candidate<Option<String>> {
    let mut features = Features(Vec::with_capacity(16));
    features.add(0, date.region);
    features.add(1 + date.region, date.rank.min(5));
    features.add(6 + date.region, date.usage);
    features.add(11 + date.region, grain(date.grain));
    features.add(16, date.form);
    for rule in &date.rule {
        features.add(17, *rule);
    }
    let crossed = class(date.figures);
    features.add(18, crossed);
    features.add(19, class(date.distance / 12));
    for fact in &date.facts {
        features.add(20, *fact);
    }
    features.add(21 + date.region, cue(&date.before));
    features.add(28, date.form * 6 + sense);
    features.add(29, date.form * 2 + usize::from(date.state));
    let class = date.region.saturating_sub(1);
    date.facts.iter().for_each(|fact| features.add(30 + class, *fact));
    features.add(34 + class, date.form);
    date.rule.iter().for_each(|rule| features.add(38 + class, *rule));
    if class < 2 {
        features.add(42 + class, crossed);
    }
    Candidate { reading: Some(date.value.clone()), features }
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
