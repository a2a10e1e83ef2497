//! Scoring: extracted mentions against gold marks, so that anyone can publish their own accuracy.
//!
//! A prediction is *found* when it overlaps a gold mark of its kind, *right* when its value is equal too, *exact* when the
//! span is equal as well. Each mark and each prediction is matched once, best match first. Marks with `"optional": true`
//! count neither for nor against.

use serde_json::Value;
use std::collections::{BTreeMap, HashMap, HashSet};
use unicode_normalization::UnicodeNormalization;

/// Kinds that are scored, with the fields compared on found mentions.
const KINDS: [(&str, &[&str]); 3] = [
    ("citation", &["type", "shape", "issued", "issuer", "place"]),
    ("percent", &["unit", "bound", "sense", "period"]),
    ("date", &["role"]),
];

/// Holds the figures of one run.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Scores {
    /// Articles in the gold file.
    pub articles: usize,
    /// Articles without a prediction.
    pub missing: usize,
    /// Articles whose body differs from the gold's, so that offsets cannot agree.
    pub differing: usize,
    /// Counts a kind, in the order citation, percent, date.
    pub kinds: Vec<(&'static str, Counts)>,
    /// Right and marked a field, on found mentions: `citation.type`.
    pub fields: BTreeMap<String, (usize, usize)>,
    /// What went wrong, in the order of the gold.
    pub errors: Vec<Error>,
}

/// Counts the marks and predictions of one kind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Gold marks that count.
    pub gold: usize,
    /// Predictions that count.
    pub predicted: usize,
    /// Marks that a prediction overlaps.
    pub found: usize,
    /// Found with the right value.
    pub right: usize,
    /// Right with the same span.
    pub exact: usize,
}

/// Describes one disagreement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    /// Kind of the mention.
    pub kind: &'static str,
    /// `missed`, `wrong value` or `false`.
    pub what: &'static str,
    /// Article, text, and the values as JSON.
    pub row: String,
}

impl Counts {
    /// Returns precision, recall and F1 of `hits` among the predictions and the gold.
    pub fn rates(&self, hits: usize) -> [f64; 3] {
        let part = |of: usize| if of == 0 { 0.0 } else { hits as f64 / of as f64 };
        let (precision, recall) = (part(self.predicted), part(self.gold));
        let sum = precision + recall;
        [precision, recall, if sum == 0.0 { 0.0 } else { 2.0 * precision * recall / sum }]
    }
}

/// Scores records against gold articles `{"id", "body", "gold": [marks]}`, matched by id; marks have `kind`, `start`, `end`, `value`.
///
/// ```
/// use serde_json::json;
///
/// let gold = json!({"id": "1", "body": "Còn 0,34%", "gold": [{"kind": "percent", "start": 4, "end": 9, "value": 0.34}]});
/// let record = json!({"id": "1", "body": "Còn 0,34%", "mentions": [{"kind": "percent", "start": 4, "end": 9, "value": 0.34}]});
/// let scores = baotinh::score::score(&[gold], &[record]);
/// assert_eq!(scores.kinds[1].1.right, 1);
/// ```
pub fn score(gold: &[Value], records: &[Value]) -> Scores {
    let by_id: HashMap<String, &Value> = records.iter().map(|record| (id(record), record)).collect();
    let mut scores = Scores {
        articles: gold.len(),
        kinds: KINDS.map(|(kind, _)| (kind, Counts::default())).to_vec(),
        ..Scores::default()
    };
    for article in gold {
        let record = by_id.get(&id(article));
        scores.missing += usize::from(record.is_none());
        scores.differing +=
            usize::from(record.is_some_and(|record| record["body"].is_string() && record["body"] != article["body"]));
        // What was not marked counts neither way.
        let marked: HashSet<&str> =
            article["gold"].as_array().into_iter().flatten().map(part).chain(["body"]).collect();
        for (row, (kind, fields)) in KINDS.iter().enumerate() {
            let marks = of_kind(&article["gold"], kind);
            let mut found = record.map_or(Vec::new(), |record| of_kind(&record["mentions"], kind));
            found.retain(|mention| marked.contains(part(mention)));
            compare(article, kind, fields, row, &marks, &found, &mut scores);
        }
    }
    scores
}

fn compare(
    article: &Value,
    kind: &'static str,
    fields: &[&str],
    row: usize,
    marks: &[&Value],
    found: &[&Value],
    scores: &mut Scores,
) {
    let matches = best_matches(kind, marks, found);
    let taken: HashSet<usize> = matches.iter().flatten().map(|m| m.prediction).collect();
    let mut error = |what, row: String| scores.errors.push(Error { kind, what, row: format!("{} {row}", id(article)) });
    let counts = &mut scores.kinds[row].1;
    let mut excused = 0;
    for (mark, matched) in marks.iter().zip(&matches) {
        let optional = mark["optional"].as_bool().unwrap_or(false);
        counts.gold += usize::from(!optional);
        match matched {
            Some(_) if optional => excused += 1,
            Some(matched) => {
                let prediction = found[matched.prediction];
                counts.found += 1;
                counts.right += usize::from(matched.equal);
                counts.exact += usize::from(matched.equal && matched.exact);
                if !matched.equal {
                    error(
                        "wrong value",
                        format!(
                            "{} gold {} got {} by {}",
                            mark["text"], mark["value"], prediction["value"], prediction["rule"]
                        ),
                    );
                }
                score_fields(kind, fields, mark, prediction, &mut scores.fields);
            }
            None if optional => {}
            None => error("missed", format!("{} {}", mark["text"], mark["value"])),
        }
    }
    counts.predicted += found.len() - excused;
    for (_, prediction) in found.iter().enumerate().filter(|(at, _)| !taken.contains(at)) {
        error("false", format!("{} {} by {}", prediction["text"], prediction["value"], prediction["rule"]));
    }
}

struct Match {
    prediction: usize,
    equal: bool,
    exact: bool,
}

/// Pairs marks with predictions that overlap them: equal values first, then equal spans, then the longest overlap.
fn best_matches(kind: &str, marks: &[&Value], found: &[&Value]) -> Vec<Option<Match>> {
    let mut pairs = Vec::new();
    for (mark_at, mark) in marks.iter().enumerate() {
        for (found_at, prediction) in found.iter().enumerate() {
            let overlap = offset(mark, "end").min(offset(prediction, "end"))
                - offset(mark, "start").max(offset(prediction, "start"));
            if overlap > 0 && part(mark) == part(prediction) {
                let exact = offset(mark, "start") == offset(prediction, "start")
                    && offset(mark, "end") == offset(prediction, "end");
                pairs.push((!same_value(kind, mark, prediction), !exact, -overlap, mark_at, found_at));
            }
        }
    }
    pairs.sort_unstable();
    let mut matches: Vec<Option<Match>> = marks.iter().map(|_| None).collect();
    let mut taken = HashSet::new();
    for (differs, inexact, _, mark, prediction) in pairs {
        if matches[mark].is_none() && taken.insert(prediction) {
            matches[mark] = Some(Match { prediction, equal: !differs, exact: !inexact });
        }
    }
    matches
}

fn score_fields(
    kind: &str,
    fields: &[&str],
    mark: &Value,
    prediction: &Value,
    scores: &mut BTreeMap<String, (usize, usize)>,
) {
    let mut count = |field: &str, right: bool| {
        let entry = scores.entry(format!("{kind}.{field}")).or_default();
        entry.0 += usize::from(right);
        entry.1 += 1;
    };
    for field in fields {
        let Some(wanted) = mark.get(field) else { continue };
        // A clause that names the day is optional to read.
        let optional = *field == "issued"
            && wanted.is_null()
            && prediction["flags"].as_array().is_some_and(|flags| flags.contains(&Value::from("issued-from-clause")));
        if !optional {
            count(
                field,
                prediction[*field] == *wanted || (*field == "period" && is_whole_span(wanted, &prediction[*field])),
            );
        }
    }
    if let Some(wanted) = mark["indicator"].as_str().filter(|wanted| kind == "percent" && !wanted.is_empty()) {
        let (wanted, got) = (wanted.to_lowercase(), prediction["indicator"].as_str().unwrap_or("").to_lowercase());
        let (a, b): (HashSet<_>, HashSet<_>) = (wanted.split_whitespace().collect(), got.split_whitespace().collect());
        count("indicator complete", wanted.trim() == got.trim());
        count("indicator partial", !a.is_empty() && a.intersection(&b).count() * 2 >= a.len().max(b.len()));
    }
}

/// Says whether a period is the span from the start of the year up to the marked day or month, as of a running total.
fn is_whole_span(marked: &Value, got: &Value) -> bool {
    let (Some(marked), Some(got)) = (marked.as_str(), got.as_str()) else { return false };
    let first = match marked.len() {
        10 => "-01-01/",
        7 if !marked[5..].starts_with(['Q', 'H']) => "-01/",
        _ => return false,
    };
    marked.is_ascii() && got == format!("{}{first}{marked}", &marked[..4])
}

fn same_value(kind: &str, mark: &Value, prediction: &Value) -> bool {
    match kind {
        "percent" => numbers(mark) == numbers(prediction),
        "citation" => name(mark) == name(prediction),
        _ => text(mark) == text(prediction),
    }
}

/// Reads the value of a percentage, or the ends of a range, in millionths.
fn numbers(mention: &Value) -> Vec<Option<i64>> {
    let rounded = |number: &Value| number.as_f64().map(|number| (number * 1e6).round() as i64);
    match &mention["value"] {
        Value::Array(ends) => ends.iter().map(rounded).collect(),
        Value::Null if !mention["low"].is_null() => vec![rounded(&mention["low"]), rounded(&mention["high"])],
        value => vec![rounded(value)],
    }
}

fn text(mention: &Value) -> String {
    match &mention["value"] {
        Value::String(value) => value.trim().nfc().collect(),
        value => value.to_string(),
    }
}

/// Reads the value of a citation; `Luật X 2024` is `Luật X năm 2024`.
fn name(mention: &Value) -> String {
    let mut words: Vec<String> = text(mention).split_whitespace().map(str::to_string).collect();
    let is_year = words.last().is_some_and(|last| last.len() == 4 && last.bytes().all(|b| b.is_ascii_digit()));
    if is_year && words.len() > 1 && words[words.len() - 2] != "năm" {
        words.insert(words.len() - 1, "năm".to_string());
    }
    words.join(" ")
}

fn of_kind<'a>(mentions: &'a Value, kind: &str) -> Vec<&'a Value> {
    mentions.as_array().map_or(Vec::new(), |all| all.iter().filter(|mention| mention["kind"] == kind).collect())
}

/// Returns the part of the article that a mark or mention stands in.
fn part(mention: &Value) -> &str {
    mention["part"].as_str().unwrap_or("body")
}

fn offset(mention: &Value, field: &str) -> i64 {
    mention[field].as_i64().unwrap_or(0)
}

fn id(article: &Value) -> String {
    match &article["id"] {
        Value::String(id) => id.clone(),
        id => id.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn found_right_and_exact_are_told_apart() {
        let gold = json!({"id": 1, "body": "x", "gold": [
            {"kind": "date", "start": 0, "end": 10, "text": "a", "value": "2022-08-31"},
            {"kind": "date", "start": 20, "end": 30, "text": "b", "value": "2022"},
            {"kind": "date", "start": 40, "end": 50, "text": "c", "value": "2023"},
            {"kind": "date", "start": 60, "end": 70, "text": "d", "value": "2024", "optional": true}]});
        let record = json!({"id": "1", "body": "y", "mentions": [
            {"kind": "date", "start": 0, "end": 10, "value": "2022-08-31"},
            {"kind": "date", "start": 20, "end": 28, "value": "2022"},
            {"kind": "date", "start": 80, "end": 85, "value": "2025"},
            {"kind": "date", "start": 60, "end": 70, "value": "1999"}]});
        let scores = score(&[gold], &[record]);
        assert_eq!(scores.kinds[2].1, Counts { gold: 3, predicted: 3, found: 2, right: 2, exact: 1 });
        assert_eq!(scores.differing, 1);
        assert_eq!(scores.errors.iter().map(|error| error.what).collect::<Vec<_>>(), ["missed", "false"]);
    }

    #[test]
    fn a_range_is_equal_by_its_ends_and_a_law_with_or_without_the_word_for_year() {
        let range = json!({"value": null, "low": 3.0, "high": 5.0});
        assert!(same_value("percent", &json!({"value": [3, 5]}), &range));
        assert!(!same_value("percent", &json!({"value": 3}), &range));
        assert!(same_value(
            "citation",
            &json!({"value": "Luật Đất đai 2024"}),
            &json!({"value": "Luật Đất đai năm 2024"})
        ));
    }
}
