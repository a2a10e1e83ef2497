//! The place that a figure is about: those of its indicator, its sentence, the text before, title and lead, the
//! newspaper's province, and none.

use super::{Candidate, Features, Space, Values, class};
use crate::extract::places::Kind;
use crate::mention::{PlaceFrom, Sense};
use std::sync::LazyLock;

/// Features of the choice.
pub const SPACE: Space = Space {
    name: "place",
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
    let mut found: Vec<Candidate<_>> = near.into_iter().map(candidate).collect();
    let mut features = Features::default();
    for fact in none {
        features.add(16, *fact);
    }
    if sense == Sense::Target {
        features.add(16, 9);
    }
    found.push(Candidate { reading: None, features });
    found
}

fn candidate(place: Near) -> Candidate<Option<(String, PlaceFrom)>> {
    let mut features = Features(Vec::with_capacity(12));
    features.add(0, place.region);
    features.add(1 + place.region, place.kind as usize);
    if let 1..=4 = place.region {
        features.add(7 + place.region, place.rank.min(5));
    }
    features.add(12, class(place.figures));
    features.add(13 + usize::from(place.region > 2), before(&place.before));
    for fact in &place.facts {
        features.add(15, *fact);
    }
    Candidate { reading: Some((place.name, place.from)), features }
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
