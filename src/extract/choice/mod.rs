//! Stage 4: where several readings are possible each is a candidate with named features, and fitted weights choose.
//!
//! A feature is a group and a value (`before-left:comma`); its weight stands in `weights.tsv`, which `scripts/fit-weights`
//! makes from the candidates of marked figures. A candidate's sum is that of the weights of its features.

pub mod indicator;
pub mod period;
pub mod place;
pub mod sense;
pub mod words;

use super::tags::Roles;
use std::borrow::Cow;

/// The weights: choice, feature and weight parted by tabs, sorted. Lines with `#` say what they were fitted on.
const WEIGHTS: &str = include_str!("weights.tsv");

/// Values that a group may have: the bits of a set of tags, numbers below 64, or names from a list.
const VALUES: usize = 64;

/// Values that a wide group may have: pairs of values, or words.
const WIDE: usize = VALUES * VALUES;

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

impl Values {
    fn name(self, value: usize) -> Option<Cow<'static, str>> {
        match self {
            Values::Tags => Roles::name(value).map(Cow::Borrowed),
            Values::Numbers => Some(Cow::Owned(value.to_string())),
            Values::Names(names) => names.get(value).copied().map(Cow::Borrowed),
        }
    }

    fn number(self, name: &str) -> Option<usize> {
        match self {
            Values::Tags => Roles::named(name)?.bits().next(),
            Values::Numbers => name.parse().ok().filter(|number| *number < VALUES),
            Values::Names(names) => names.iter().position(|known| *known == name),
        }
    }
}

/// Says what the values of a wide group are called.
#[derive(Debug, Clone, Copy)]
pub enum Wide {
    /// Two values.
    Pair(Values, Values),
    /// Words of the lexicon.
    Words,
}

/// Says when a value is sure enough to be given: a wrong one is worse than none. Measured on articles that the weights
/// were not fitted on.
#[derive(Debug, Clone, Copy)]
pub struct Joint {
    /// What is taken off the sum of the candidate without a value.
    pub against_none: f32,
    /// Probability that a value must have.
    pub least: f32,
}

/// Describes the features of one choice.
#[derive(Debug)]
pub struct Space {
    /// Name of the choice.
    pub name: &'static str,
    /// How candidates of one value count together, where several may have one.
    pub joint: Option<Joint>,
    /// Names of the groups and of their values.
    pub groups: &'static [(&'static str, Values)],
    /// Names of the wide groups, numbered from 0, and of their values.
    pub wide: &'static [(&'static str, Wide)],
}

impl Space {
    /// Returns the name of a feature.
    pub fn feature(&self, feature: u32) -> String {
        let feature = feature as usize;
        let name = match feature.checked_sub(self.groups.len() * VALUES) {
            None => self
                .groups
                .get(feature / VALUES)
                .and_then(|(group, values)| Some(format!("{group}:{}", values.name(feature % VALUES)?))),
            Some(feature) => self.wide.get(feature / WIDE).and_then(|(group, values)| match values {
                Wide::Words => Some(format!("{group}:{}", words::name(feature % WIDE)?)),
                Wide::Pair(one, next) => {
                    let (one, next) = (one.name(feature % WIDE / VALUES)?, next.name(feature % VALUES)?);
                    Some(format!("{group}:{one}+{next}"))
                }
            }),
        };
        name.unwrap_or_else(|| feature.to_string())
    }

    /// Returns the number of a feature by its name.
    fn number(&self, feature: &str) -> Option<usize> {
        let (group, value) = feature.split_once(':')?;
        if let Some(at) = self.groups.iter().position(|(name, _)| *name == group) {
            return Some(at * VALUES + self.groups[at].1.number(value)?);
        }
        let at = self.wide.iter().position(|(name, _)| *name == group)?;
        let value = match self.wide[at].1 {
            Wide::Words => words::number(value)? as usize,
            Wide::Pair(one, next) => {
                let (first, second) = value.split_once('+')?;
                one.number(first)? * VALUES + next.number(second)?
            }
        };
        Some(self.groups.len() * VALUES + at * WIDE + value)
    }

    /// Reads the weights of this choice.
    fn weights(&self) -> Vec<f32> {
        let mut weights = vec![0.0; self.groups.len() * VALUES + self.wide.len() * WIDE];
        for (_, feature, weight) in rows().filter(|(choice, ..)| *choice == self.name) {
            if let Some(number) = self.number(feature) {
                weights[number] = weight;
            }
        }
        weights
    }
}

/// Returns the rows of the table of weights.
fn rows() -> impl Iterator<Item = (&'static str, &'static str, f32)> {
    WEIGHTS.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
        let mut cells = line.split('\t');
        Some((cells.next()?, cells.next()?, cells.next()?.parse().ok()?))
    })
}

/// Holds the features of one candidate.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Features(pub Vec<u32>);

impl Features {
    /// Adds a value of a group.
    pub fn add(&mut self, group: usize, value: usize) {
        self.0.push((group * VALUES + value.min(VALUES - 1)) as u32);
    }

    /// Adds each tag of a set.
    pub fn tags(&mut self, group: usize, tags: Roles) {
        self.0.extend(tags.bits().map(|bit| (group * VALUES + bit) as u32));
    }

    /// Adds a value of a wide group of a space.
    pub fn wide(&mut self, space: &Space, group: usize, value: usize) {
        self.0.push((space.groups.len() * VALUES + group * WIDE + value.min(WIDE - 1)) as u32);
    }

    /// Adds a pair of values of a wide group of a space.
    pub fn pair(&mut self, space: &Space, group: usize, one: usize, next: usize) {
        self.wide(space, group, one * VALUES + next);
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

/// Returns the number of the candidate with the highest sum; of equals the first.
pub fn best(sums: &[f32]) -> Option<usize> {
    let higher = |one: usize, next: usize| if sums[next] > sums[one] { next } else { one };
    (0..sums.len()).reduce(higher)
}

/// Returns the number of the best candidate of the most probable value, candidates of one value counted together; that
/// of no value when none is probable enough.
pub fn likeliest<K: PartialEq>(joint: Joint, sums: &[f32], value: impl Fn(usize) -> Option<K>) -> Option<usize> {
    let most = sums[best(sums)?];
    let mut values: Vec<(Option<K>, f32, usize)> = Vec::new();
    for (at, sum) in sums.iter().enumerate() {
        let value = value(at);
        let against = if value.is_none() { joint.against_none } else { 0.0 };
        let share = (sum - most - against).exp();
        match values.iter_mut().find(|(known, ..)| *known == value) {
            Some((_, shares, first)) => {
                *shares += share;
                if sums[at] > sums[*first] {
                    *first = at;
                }
            }
            None => values.push((value, share, at)),
        }
    }
    let total: f32 = values.iter().map(|(_, share, _)| share).sum();
    let none = values.iter().find(|(value, ..)| value.is_none()).map(|(.., at)| *at);
    let (value, share, at) = values.into_iter().reduce(|one, next| if next.1 > one.1 { next } else { one })?;
    if value.is_some() && share < joint.least * total { none } else { Some(at) }
}

/// Says which parts of an article hold readings, sixteen sets, and how many values there are.
const FOUND: &[&str] = &[
    "nowhere",
    "left",
    "right",
    "left-right",
    "above",
    "left-above",
    "right-above",
    "left-right-above",
    "headline",
    "left-headline",
    "right-headline",
    "left-right-headline",
    "above-headline",
    "left-above-headline",
    "right-above-headline",
    "everywhere",
    "no-value",
    "one-value",
    "two-values",
    "three-values",
    "more-values",
];

/// Returns the numbers in [`FOUND`]: of what there is left, right, above and in the headline, and of the count of values.
fn found<'v>(parts: [bool; 4], values: impl Iterator<Item = &'v String>) -> [usize; 2] {
    let parts = parts.into_iter().enumerate().map(|(bit, there)| usize::from(there) << bit).sum();
    let mut known: Vec<&String> = values.collect();
    known.sort_unstable();
    known.dedup();
    [parts, 16 + known.len().min(4)]
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
            let number = space.number(feature).and_then(|number| u32::try_from(number).ok());
            assert_eq!(number.map(|number| space.feature(number)).as_deref(), Some(feature), "{choice}");
        }
    }

    #[test]
    fn the_highest_sum_is_chosen_and_equal_values_count_together() {
        let sums = [1.0, 1.2, 1.1, 0.9];
        let values = [Some("2019"), Some("2020"), Some("2019"), None];
        assert_eq!(best(&sums), Some(1));
        let chosen = |against_none, least| likeliest(Joint { against_none, least }, &sums, |at| values[at]);
        assert_eq!(chosen(0.0, 0.0), Some(2));
        assert_eq!(chosen(0.0, 0.5), Some(3));
        assert_eq!(chosen(1.0, 0.5), Some(2));
        assert_eq!(likeliest(Joint { against_none: 0.0, least: 0.0 }, &[], Some), None);
    }
}
