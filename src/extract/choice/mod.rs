//! Stage 4: where several readings are possible each is a candidate with named features, and fitted weights choose.
//!
//! A feature is a group and a value (`before-left:comma`); its weight stands in `weights.tsv`, which `scripts/fit-weights`
//! makes from the candidates of marked figures. A candidate's sum is that of the weights of its features.

pub mod indicator;
pub mod period;
pub mod place;
pub mod sense;

use super::tags::Roles;
use std::collections::HashMap;
use std::sync::LazyLock;

/// The weights: choice, feature and weight parted by tabs, sorted. Lines with `#` say what they were fitted on.
const WEIGHTS: &str = include_str!("weights.tsv");

/// Values that a group may have: the bits of a set of tags, numbers below 64, or names from a list.
const VALUES: usize = 64;

/// Says what the values of a group are called.
#[derive(Debug, Clone, Copy)]
pub enum Values {
    /// Tags of the lexicon.
    Tags,
    /// Numbers.
    Numbers,
    /// Names.
    Names(&'static [&'static str]),
}

/// Describes the features of one choice.
#[derive(Debug)]
pub struct Space {
    /// Name of the choice.
    pub name: &'static str,
    /// Names of the groups and of their values.
    pub groups: &'static [(&'static str, Values)],
}

impl Space {
    /// Returns the name of a feature.
    pub fn feature(&self, feature: u16) -> String {
        let (group, value) = (feature as usize / VALUES, feature as usize % VALUES);
        let Some((name, values)) = self.groups.get(group) else { return feature.to_string() };
        match values {
            Values::Tags => format!("{name}:{}", Roles::name(value).unwrap_or("?")),
            Values::Numbers => format!("{name}:{value}"),
            Values::Names(names) => format!("{name}:{}", names.get(value).copied().unwrap_or("?")),
        }
    }

    /// Reads the weights of this choice.
    fn weights(&self) -> Vec<f32> {
        let known = &*BY_CHOICE;
        let named = known.get(self.name);
        let of = |feature: usize| named.and_then(|named| named.get(self.feature(feature as u16).as_str()).copied());
        (0..self.groups.len() * VALUES).map(|feature| of(feature).unwrap_or(0.0)).collect()
    }
}

/// Weights by choice and feature.
static BY_CHOICE: LazyLock<HashMap<&'static str, HashMap<&'static str, f32>>> = LazyLock::new(|| {
    let mut known: HashMap<_, HashMap<_, _>> = HashMap::new();
    for (choice, feature, weight) in rows() {
        known.entry(choice).or_default().insert(feature, weight);
    }
    known
});

/// Returns the rows of the table of weights.
fn rows() -> impl Iterator<Item = (&'static str, &'static str, f32)> {
    WEIGHTS.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
        let mut cells = line.split('\t');
        Some((cells.next()?, cells.next()?, cells.next()?.parse().ok()?))
    })
}

/// Holds the features of one candidate.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Features(pub Vec<u16>);

impl Features {
    /// Adds a value of a group.
    pub fn add(&mut self, group: usize, value: usize) {
        self.0.push((group * VALUES + value.min(VALUES - 1)) as u16);
    }

    /// Adds each tag of a set.
    pub fn tags(&mut self, group: usize, tags: Roles) {
        self.0.extend(tags.bits().map(|bit| (group * VALUES + bit) as u16));
    }
}

/// Holds one reading of several.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate<T> {
    /// What is read.
    pub reading: T,
    /// What speaks for and against it.
    pub features: Features,
}

/// Returns the sum of the weights of some features.
pub fn sum(weights: &[f32], features: &Features) -> f32 {
    features.0.iter().map(|&feature| weights[feature as usize]).sum()
}

/// Returns the candidate with the highest sum; of equals the first.
pub fn choose<T>(weights: &[f32], candidates: Vec<Candidate<T>>) -> Option<T> {
    let mut best: Option<(f32, T)> = None;
    for candidate in candidates {
        let sum = sum(weights, &candidate.features);
        if best.as_ref().is_none_or(|(most, _)| sum > *most) {
            best = Some((sum, candidate.reading));
        }
    }
    best.map(|(_, reading)| reading)
}

/// Puts a count into one of a few classes.
pub fn class(count: usize) -> usize {
    match count {
        0..=3 => count,
        4..=5 => 4,
        6..=9 => 5,
        10..=15 => 6,
        16..=23 => 7,
        _ => 8,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_weight_is_of_a_known_feature() {
        let spaces = [&indicator::SPACE, &period::SPACE, &place::SPACE, &sense::SPACE];
        for (choice, feature, _) in rows() {
            let space = spaces.iter().find(|space| space.name == choice).expect("a choice");
            let known = (0..space.groups.len() * VALUES).any(|of| space.feature(of as u16) == feature);
            assert!(known, "{choice} {feature}");
        }
    }

    #[test]
    fn the_highest_sum_is_chosen() {
        let candidate = |reading, feature| Candidate { reading, features: Features(vec![feature]) };
        assert_eq!(choose(&[0.5, 2.0, -1.0], vec![candidate("a", 0), candidate("b", 1), candidate("c", 2)]), Some("b"));
    }
}
