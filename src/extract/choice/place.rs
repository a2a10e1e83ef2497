//! The place that a figure is about: those of its indicator, its sentence, the text before, title and lead, the
//! newspaper's province, and none.

use super::{Candidate, FOUND, Features, Joint, Space, Values, Wide, class, found};
use crate::extract::places::Kind;
use crate::mention::{PlaceFrom, Sense};
use std::sync::LazyLock;

/// Features of the choice.
pub const SPACE: Space = Space {
    name: "place",
    joint: Some(Joint { against_none: 0.5, least: 0.5 }),
    groups: &[
        ("where", Values::Names(REGIONS)),
        ("kind-indicator", Values::Names(KINDS)),
        ("kind-left", Values::Names(KINDS)),
        ("kind-right", Values::Names(KINDS)),
        ("kind-above", Values::Names(KINDS)),
        ("kind-title", Values::Names(KINDS)),
        ("kind-lead", Values::Names(KINDS)),
        ("kind-source", Values::Names(KINDS)),
        ("rank-left", Values::Numbers),
        ("rank-right", Values::Numbers),
        ("rank-above", Values::Numbers),
        ("rank-title", Values::Numbers),
        ("figures-crossed", Values::Numbers),
        ("before-in-sentence", Values::Names(BEFORE)),
        ("before-elsewhere", Values::Names(BEFORE)),
        ("fact", Values::Names(FACTS)),
        ("none", Values::Names(NONE)),
        ("fact-near", Values::Names(FACTS)),
        ("fact-above", Values::Names(FACTS)),
        ("fact-title", Values::Names(FACTS)),
        ("fact-lead", Values::Names(FACTS)),
        ("fact-source", Values::Names(FACTS)),
        ("crossed-near", Values::Numbers),
        ("crossed-above", Values::Numbers),
        ("found-indicator", Values::Names(FOUND)),
        ("found-left", Values::Names(FOUND)),
        ("found-right", Values::Names(FOUND)),
        ("found-above", Values::Names(FOUND)),
        ("found-title", Values::Names(FOUND)),
        ("found-lead", Values::Names(FOUND)),
        ("found-source", Values::Names(FOUND)),
        ("found-none", Values::Names(FOUND)),
        ("given", Values::Numbers),
    ],
    wide: &[
        ("kind-and-before-in-sentence", Wide::Pair(Values::Names(KINDS), Values::Names(BEFORE))),
        ("kind-and-before-elsewhere", Wide::Pair(Values::Names(KINDS), Values::Names(BEFORE))),
    ],
};

/// Where a place stands.
const REGIONS: &[&str] = &["indicator", "left", "right", "above", "title", "lead", "source"];

const KINDS: &[&str] =
    &["nation", "country", "region", "province", "district", "commune", "body", "generic", "agency", "acronym"];

/// Words right before the name of a place.
const BEFORE: &[&str] = &[
    "so với",
    "thị trường",
    "sang",
    "từ",
    "với",
    "tại",
    "ở",
    "của",
    "địa bàn",
    "trong",
    "đến",
    "vào",
    "và",
    "ông",
    "bà",
    "chủ tịch",
    "bí thư",
    "giám đốc",
    "ubnd",
    "hđnd",
    "sở",
    "công an",
    "hải quan",
    "ngân hàng",
    "hàng",
    "người",
    "theo",
    "nothing",
    "comma",
    "other",
];

const FACTS: &[&str] = &[
    "same-as-title",
    "same-as-source",
    "repeated",
    "semicolon-crossed",
    "opens-sentence",
    "only-in-region",
    "generic-word",
    "same-paragraph",
    "inside-name",
    "bracket",
    "same-as-previous",
    "far",
];

const NONE: &[&str] = &[
    "anything",
    "indicator-with",
    "sentence-with",
    "above-with",
    "title-with",
    "source-known",
    "act",
    "previous-none",
    "previous-some",
    "target",
];

/// Weights of the features.
pub static WEIGHTS: LazyLock<Vec<f32>> = LazyLock::new(|| SPACE.weights());

/// Holds what the choice knows of one place near a figure.
#[derive(Debug, Clone)]
pub struct Near {
    /// Canonical name.
    pub name: String,
    /// Where it was read.
    pub from: PlaceFrom,
    /// Number of the region in the group `where`.
    pub region: usize,
    /// What it is.
    pub kind: Kind,
    /// Places of the region between it and the figure.
    pub rank: usize,
    /// Figures between it and the figure.
    pub figures: usize,
    /// Numbers in the group `fact`.
    pub facts: Vec<usize>,
    /// Words right before it.
    pub before: String,
}

/// Returns the places that a figure may be about.
pub fn candidates(near: Vec<Near>, none: &[usize], sense: Sense) -> Vec<Candidate<Option<(String, PlaceFrom)>>> {
    let has = |regions: &[usize]| near.iter().any(|place| regions.contains(&place.region));
    let all = found([has(&[0, 1]), has(&[2]), has(&[3]), has(&[4, 5])], near.iter().map(|place| &place.name));
    let given = |name: &String| near.iter().filter(|place| place.name == *name).count();
    let one = |place: &Near| {
        let mut candidate = candidate(place);
        all.iter().for_each(|known| candidate.features.add(24 + place.region, *known));
        candidate.features.add(32, given(&place.name).min(4));
        candidate
    };
    let mut candidates: Vec<Candidate<_>> = near.iter().map(one).collect();
    let mut features = Features::default();
    none.iter().for_each(|fact| features.add(16, *fact));
    if sense == Sense::Target {
        features.add(16, 9);
    }
    all.iter().for_each(|known| features.add(31, *known));
    candidates.push(Candidate { reading: None, features });
    candidates
}

fn candidate(place: &Near) -> Candidate<Option<(String, PlaceFrom)>> {
    let mut features = Features(Vec::with_capacity(12));
    features.add(0, place.region);
    features.add(1 + place.region, place.kind as usize);
    if let 1..=4 = place.region {
        features.add(7 + place.region, place.rank.min(5));
    }
    features.add(12, class(place.figures));
    let (elsewhere, words) = (usize::from(place.region > 2), before(&place.before));
    features.add(13 + elsewhere, words);
    features.pair(&SPACE, elsewhere, place.kind as usize, words);
    let part = place.region.saturating_sub(2);
    for fact in &place.facts {
        features.add(15, *fact);
        features.add(17 + part, *fact);
    }
    if part < 2 {
        features.add(22 + part, class(place.figures));
    }
    Candidate { reading: Some((place.name.clone(), place.from)), features }
}

/// Returns the number of the words that those before a place end in.
fn before(before: &str) -> usize {
    let before = before.trim_end().to_lowercase();
    let before =
        ["tỉnh", "thành phố", "nước", "huyện"].iter().find_map(|kind| before.strip_suffix(kind)).unwrap_or(&before);
    let before = before.trim_end();
    if before.is_empty() || before.ends_with(['.', '\n', '-', ':', '(']) {
        return 27;
    }
    if before.ends_with([',', ';']) {
        return 28;
    }
    BEFORE[..27].iter().position(|word| before.ends_with(word)).unwrap_or(29)
}
