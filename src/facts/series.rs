//! Series: figures of one indicator side by side, a point each place and period, every value with those who say it.
//!
//! Invariant: nothing is averaged and no value wins; targets and forecasts are never among measured values; what has no
//! place or period, is about a body or a part, is counted and in no point.

use super::figure::{Figure, Nature};
use super::indicators::Measure;
use super::period::Period;
use crate::mention::{Bound, Unit};
use crate::text::fold;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Says which figures are wanted.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// Place: a province's name is that province alone, never a place in it.
    pub place: Option<String>,
    /// Measure.
    pub measure: Option<Measure>,
    /// Nature; none: all.
    pub nature: Option<Nature>,
}

/// What of an indicator a series is of: two figures that differ in any of this are never compared.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Line {
    /// Measured, target or forecast.
    pub nature: Nature,
    /// Place.
    pub place: String,
    /// Measure.
    pub measure: Measure,
    /// Unit: points of a rate and per cent of it are two.
    pub unit: String,
    /// What a change is against.
    pub compared_to: Option<String>,
}

/// Holds one value of a point.
#[derive(Debug, Clone, PartialEq)]
pub struct Value {
    /// Its series.
    pub line: Line,
    /// Period.
    pub period: Period,
    /// Lower and upper end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// How exact it is said to be.
    pub bound: Bound,
    /// SDMX statuses of the figures.
    pub statuses: BTreeSet<char>,
    /// Figures that say it.
    pub figures: u64,
    /// Articles that say it, reprints of one text counted once.
    pub articles: u64,
    /// First and last day of publication.
    pub days: Option<(Date, Date)>,
    /// Who says it.
    pub said_by: BTreeSet<String>,
    /// Articles, with the sentence of each.
    pub sentences: Vec<(String, String)>,
    /// Values that the point has.
    pub of_values: usize,
}

/// Counts figures of the indicator that are in no point.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// About a body or a country abroad.
    pub entity: u64,
    /// About a part of the indicator.
    pub subgroup: u64,
    /// Without a place, or with one that is a hint.
    pub unplaced: u64,
    /// Without a period.
    pub undated: u64,
    /// Of another nature than wanted.
    pub other_nature: [u64; 3],
    /// Of another place or measure than wanted.
    pub other: u64,
    /// Articles that are reprints of another.
    pub reprints: u64,
}

/// Holds a figure with what is needed of its article.
#[derive(Debug, Clone)]
pub struct Told {
    /// The figure.
    pub figure: Figure,
    /// Id of the article.
    pub article: String,
    /// Day of publication.
    pub day: Option<Date>,
    /// Sentence.
    pub sentence: String,
    /// Decimals in print: how far it is rounded.
    pub decimals: usize,
}

/// Returns the decimals of a figure in print: 1 of `5,1%`.
pub fn decimals(text: &str) -> usize {
    let number: String = text.chars().take_while(|c| c.is_ascii_digit() || matches!(c, ',' | '.')).collect();
    number.rsplit_once([',', '.']).map_or(0, |(_, decimals)| decimals.len())
}

/// Puts figures of one indicator side by side; `original` names the article that one is a reprint of.
pub fn series(told: Vec<Told>, wanted: &Wanted, original: &HashMap<String, String>) -> (Vec<Value>, LeftOut) {
    let mut left = LeftOut::default();
    let mut points: BTreeMap<(Line, Period), Vec<Told>> = BTreeMap::new();
    let mut reprints = BTreeSet::new();
    for told in told {
        let Some(key) = point(&told.figure, wanted, &mut left) else { continue };
        if original.get(&told.article).is_some_and(|first| *first != told.article) {
            reprints.insert(told.article.clone());
        }
        points.entry(key).or_default().push(told);
    }
    left.reprints = reprints.len() as u64;
    let mut values = Vec::new();
    for ((line, period), told) in points {
        let found = values_of(&line, period, told, original);
        let of_values = found.len();
        values.extend(found.into_iter().map(|value| Value { of_values, ..value }));
    }
    (values, left)
}

/// Returns the point that a figure is of, or counts why it is of none.
fn point(figure: &Figure, wanted: &Wanted, left: &mut LeftOut) -> Option<(Line, Period)> {
    let period = figure.period.as_deref().and_then(Period::read);
    let place = figure.place.clone().filter(|_| figure.is_placed());
    let is_of = |wanted: &String| place.as_ref().is_some_and(|place| is_place(place, wanted));
    if wanted.measure.is_some_and(|measure| measure != figure.measure) {
        left.other += 1;
    } else if figure.entity.is_some() {
        left.entity += 1;
    } else if figure.subgroup.is_some() {
        left.subgroup += 1;
    } else if place.is_none() {
        left.unplaced += 1;
    } else if !wanted.place.as_ref().is_none_or(is_of) {
        left.other += 1;
    } else if period.is_none() {
        left.undated += 1;
    } else if wanted.nature.is_some_and(|nature| nature != figure.nature) {
        left.other_nature[figure.nature as usize] += 1;
    } else {
        let line = Line {
            nature: figure.nature,
            place: place?,
            measure: figure.measure,
            unit: unit(figure.unit).to_string(),
            compared_to: figure.compared_to.clone(),
        };
        return Some((line, period?));
    }
    None
}

/// Says whether a place is the one asked for: by its whole name, or its own name without the districts and provinces it
/// is of.
fn is_place(place: &str, wanted: &str) -> bool {
    let wanted = fold(wanted);
    let whole = ["ca nuoc", "viet nam", "toan quoc"].contains(&wanted.as_str()) && place == super::figure::COUNTRY;
    let own = place.split(", ").next().unwrap_or_default();
    let bare = |name: &str| {
        name.trim_start_matches("tinh ").trim_start_matches("thanh pho ").trim_start_matches("tp. ").to_string()
    };
    whole || fold(place) == wanted || fold(own) == wanted || (own == place && bare(&fold(own)) == bare(&wanted))
}

fn unit(unit: Unit) -> &'static str {
    match unit {
        Unit::Percent => "%",
        Unit::Points => "pp",
        Unit::PerMille => "‰",
    }
}

/// Groups what is told of one point by value: equal at the coarser rounding is one.
fn values_of(line: &Line, period: Period, mut told: Vec<Told>, original: &HashMap<String, String>) -> Vec<Value> {
    told.sort_by(|a, b| (b.decimals, a.day, &a.article).cmp(&(a.decimals, b.day, &b.article)));
    let mut groups: Vec<Vec<Told>> = Vec::new();
    for one in told {
        let same = |group: &&mut Vec<Told>| {
            let first = &group[0];
            let unit = 10f64.powi(i32::try_from(one.decimals).unwrap_or(0));
            let equal = |a: f64, b: f64| ((a * unit).round() - (b * unit).round()).abs() < 0.5;
            first.figure.bound == one.figure.bound
                && equal(first.figure.low, one.figure.low)
                && equal(first.figure.high, one.figure.high)
        };
        match groups.iter_mut().find(same) {
            Some(group) => group.push(one),
            None => groups.push(vec![one]),
        }
    }
    let mut values: Vec<Value> = groups.into_iter().map(|group| value(line, period, group, original)).collect();
    values.sort_by(|a, b| b.articles.cmp(&a.articles).then(a.low.total_cmp(&b.low)));
    values
}

fn value(line: &Line, period: Period, told: Vec<Told>, original: &HashMap<String, String>) -> Value {
    let first = &told[0].figure;
    let texts: BTreeSet<&String> = told.iter().map(|one| original.get(&one.article).unwrap_or(&one.article)).collect();
    let days = told.iter().filter_map(|one| one.day);
    let mut sentences: Vec<(Option<Date>, String, String)> =
        told.iter().map(|one| (one.day, one.article.clone(), one.sentence.clone())).collect();
    sentences.sort_by(|a, b| (a.0.is_none(), a).cmp(&(b.0.is_none(), b)));
    sentences.dedup();
    Value {
        line: line.clone(),
        period,
        low: first.low,
        high: first.high,
        bound: first.bound,
        statuses: told.iter().map(|one| one.figure.status).collect(),
        figures: told.len() as u64,
        articles: texts.len() as u64,
        days: days.clone().min().zip(days.max()),
        said_by: told.iter().filter_map(|one| one.figure.said_by.clone()).collect(),
        sentences: sentences.into_iter().map(|(_, article, sentence)| (article, sentence)).collect(),
        of_values: 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_province_is_no_place_in_it() {
        assert!(is_place("Quảng Ninh", "quang ninh") && is_place("Quảng Ninh", "tỉnh Quảng Ninh"));
        assert!(!is_place("xã Sóng Giả, Quảng Ninh", "Quảng Ninh"));
        assert!(is_place("huyện Bá Thước, Thanh Hóa", "huyện Bá Thước"));
        assert!(is_place("Việt Nam", "cả nước") && !is_place("Hà Nội", "cả nước"));
    }

    #[test]
    fn decimals_are_those_in_print() {
        assert_eq!([decimals("5,1%"), decimals("12%"), decimals("0,345 %"), decimals("5-6%")], [1, 0, 3, 0]);
    }
}
