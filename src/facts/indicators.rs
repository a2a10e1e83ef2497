//! The closed list of indicators (`indicators.toml`): which words of a newspaper are which statistic.
//!
//! Invariant: a figure is of an indicator only when its words, without places and times, are a synonym; likeness counts for
//! nothing. A wrong row names itself, and every row's examples are run.

use crate::place;
use crate::text::fold;
use anyhow::{Result, ensure};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

/// Names what of an indicator a figure is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// The rate or share itself.
    Level,
    /// Its growth or fall.
    Change,
    /// The share of a plan that is reached.
    Completion,
}

impl Measure {
    /// All measures.
    pub const ALL: [Measure; 3] = [Measure::Level, Measure::Change, Measure::Completion];

    /// Returns the name, as in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Measure::Level => "level",
            Measure::Change => "change",
            Measure::Completion => "completion",
        }
    }
}

/// Holds one indicator.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Indicator {
    /// Stable id: `poverty`.
    pub id: String,
    /// Name in Vietnamese.
    pub name: String,
    /// Name in English.
    pub english: String,
    /// Words that are it.
    synonyms: Vec<String>,
    /// Words that are it where the text around has one of `context`.
    #[serde(default)]
    in_context: Vec<String>,
    #[serde(default)]
    context: Vec<String>,
    /// Words that make it another statistic.
    #[serde(default)]
    refused: Vec<String>,
    /// What it must be a share of, when only such a share is meant.
    #[serde(default)]
    base: Vec<String>,
    /// What is taken of it, the first that of a bare target.
    pub measures: Vec<Measure>,
    /// What a bare level of it says.
    #[serde(default)]
    pub level_is: Option<Measure>,
    /// Whether its terms differ so much that its figures make no series.
    #[serde(default)]
    pub terms: bool,
    /// Chapter of the national list of statistical indicators.
    #[serde(default)]
    pub group: Option<String>,
    /// Texts that have a figure of it.
    pub examples: Vec<String>,
    /// Texts that have none.
    pub counterexamples: Vec<String>,
}

/// Words that stand before a figure and say what it is, folded.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Cues {
    pub forecast: Vec<String>,
    pub forecast_near: Vec<String>,
    pub target: Vec<String>,
    pub target_near: Vec<String>,
    pub estimated: Vec<String>,
    pub preliminary: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    openers: Vec<String>,
    whole: Vec<String>,
    growth: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    abbreviations: BTreeMap<String, String>,
    words: Words,
    cues: Cues,
    indicators: Vec<Indicator>,
}

/// Holds the list and finds indicators in it.
#[derive(Debug)]
pub struct Indicators {
    rows: Vec<Indicator>,
    abbreviations: Vec<(String, String)>,
    words: Words,
    pub(super) cues: Cues,
    /// By synonym: the row, and whether it needs its context.
    by_words: HashMap<String, (usize, bool)>,
}

/// Holds what the words of a figure are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matched {
    /// Row of the list.
    pub row: usize,
    /// What is left of the words: the part of the indicator that the figure is about.
    pub subgroup: Option<String>,
    /// Whether the words say growth.
    pub growth: bool,
}

static INDICATORS: LazyLock<Indicators> = LazyLock::new(|| match read(include_str!("indicators.toml")) {
    Ok(indicators) => indicators,
    Err(error) => unreachable!("indicators.toml is checked by a test: {error:#}"),
});

/// Returns the list of the program.
pub fn indicators() -> &'static Indicators {
    &INDICATORS
}

/// Reads a list.
///
/// # Errors
/// Names the row that is wrong.
pub fn read(text: &str) -> Result<Indicators> {
    let mut file: File = toml::from_str(text)?;
    let words = &mut file.words;
    for list in [&mut words.openers, &mut words.whole, &mut words.growth] {
        fold_all(list);
        list.sort_by_key(|words| std::cmp::Reverse(words.len()));
    }
    let cues = &mut file.cues;
    let lists = [&mut cues.forecast, &mut cues.forecast_near, &mut cues.target, &mut cues.target_near];
    lists.into_iter().chain([&mut cues.estimated, &mut cues.preliminary]).for_each(|words| fold_all(words));
    let abbreviations = file.abbreviations.into_iter().map(|(short, full)| (fold(&short), full)).collect();
    let mut list =
        Indicators { rows: Vec::new(), abbreviations, words: file.words, cues: file.cues, by_words: HashMap::new() };
    for mut row in file.indicators {
        let at = list.rows.len();
        ensure!(!row.measures.is_empty(), "{}: no measure", row.id);
        ensure!(!list.rows.iter().any(|other| other.id == row.id), "{}: two rows", row.id);
        ensure!(row.in_context.is_empty() == row.context.is_empty(), "{}: in_context and context go together", row.id);
        ensure!(
            !row.examples.is_empty() && !row.counterexamples.is_empty(),
            "{}: no example or no counterexample",
            row.id
        );
        for (words, in_context) in
            row.synonyms.iter().map(|words| (words, false)).chain(row.in_context.iter().map(|words| (words, true)))
        {
            let words = joined(&list.bare(words));
            let says = !words.is_empty() && !list.words.growth.contains(&words);
            ensure!(says, "{}: a synonym says nothing but growth", row.id);
            let known = *list.by_words.entry(words.clone()).or_insert((at, in_context));
            ensure!(known.0 == at, "{words:?} is a synonym of {} and of {}", list.rows[known.0].id, row.id);
        }
        [&mut row.context, &mut row.refused, &mut row.base].into_iter().for_each(|words| fold_all(words));
        list.rows.push(row);
    }
    Ok(list)
}

fn fold_all(words: &mut [String]) {
    words.iter_mut().for_each(|words| *words = fold(words));
}

impl Indicators {
    /// Returns all rows, in the order of the list.
    pub fn rows(&self) -> &[Indicator] {
        &self.rows
    }

    /// Returns the row of an id, whatever its case, or of a name.
    pub fn find(&self, text: &str) -> Option<usize> {
        let wanted = fold(text);
        let by_id = self
            .rows
            .iter()
            .position(|row| row.id == wanted || fold(&row.name) == wanted || fold(&row.english) == wanted);
        by_id.or_else(|| self.by_words.get(&joined(&self.bare(text))).map(|(row, _)| *row))
    }

    /// Finds the indicator of the words of a figure; `base` is what it is a share of, `before` what stands before the words,
    /// `around` the text that may say the rest.
    pub fn matched(
        &self,
        words: &str,
        base: Option<&str>,
        before: &str,
        around: &dyn Fn() -> String,
    ) -> Option<Matched> {
        let bare = self.bare(words);
        let (row, in_context, length) = (1..=bare.len()).rev().find_map(|length| {
            let (row, in_context) = self.by_words.get(&joined(&bare[..length]))?;
            Some((*row, *in_context, length))
        })?;
        let indicator = &self.rows[row];
        let said = format!("{} {}", plain(words), base.map(plain).unwrap_or_default());
        let has = |text: &str, words: &[String]| words.iter().any(|words| contains(text, words));
        let before = format!(" {}", plain(before));
        let is_before = indicator.refused.iter().any(|words| before.ends_with(&format!(" {}", plain(words))));
        if is_before || has(&said, &indicator.refused) || (in_context && !has(&plain(&around()), &indicator.context)) {
            return None;
        }
        if !indicator.base.is_empty() && !has(&said, &indicator.base) {
            return None;
        }
        let rest = bare[length..].iter().map(|word| word.said.as_str()).collect::<Vec<_>>().join(" ");
        // `chiếm 35,4% tổng kim ngạch` is a share, whatever it is said of.
        let growth = base.is_none() && has(&said, &self.words.growth);
        Some(Matched { row, subgroup: (!rest.is_empty()).then_some(rest), growth })
    }

    /// Returns the words of a text, abbreviations written out, without places, times, brackets, and what says the whole.
    fn bare(&self, text: &str) -> Vec<Word> {
        let mut words = words(&without_places(text));
        for (short, full) in &self.abbreviations {
            while let Some(at) = position(&words, short) {
                words.splice(at..at + short.split(' ').count(), self::words(full));
            }
        }
        let text = format!(" {}", joined(&words));
        for time in TIMES.find_iter(&text).collect::<Vec<_>>().into_iter().rev() {
            let blanks = |until: usize| text[..until].matches(' ').count();
            words.drain(blanks(time.start())..blanks(time.end()));
        }
        loop {
            let before = words.len();
            for opener in &self.words.openers {
                let count = opener.split(' ').count();
                if words.len() > count && joined(&words[..count]) == *opener {
                    words.drain(..count);
                }
            }
            for whole in self.words.whole.iter().map(String::as_str).chain(ENDS) {
                let count = whole.split(' ').count();
                if words.len() > count && joined(&words[words.len() - count..]) == *whole {
                    words.truncate(words.len() - count);
                }
            }
            if words.len() == before {
                return words;
            }
        }
    }
}

/// A word in lower case, and folded.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Word {
    said: String,
    folded: String,
}

/// Returns the words of a text that stand in no brackets.
fn words(text: &str) -> Vec<Word> {
    let mut depth = 0;
    let shown: String = text
        .chars()
        .map(|c| match c {
            '(' => {
                depth += 1;
                ' '
            }
            ')' => {
                depth = (depth - 1).max(0);
                ' '
            }
            c if depth == 0 && c.is_alphanumeric() => c,
            _ => ' ',
        })
        .collect();
    shown.to_lowercase().split_whitespace().map(|said| Word { said: said.to_string(), folded: fold(said) }).collect()
}

fn joined(words: &[Word]) -> String {
    words.iter().map(|word| word.folded.as_str()).collect::<Vec<_>>().join(" ")
}

/// Returns where folded words stand one after the other.
fn position(words: &[Word], sought: &str) -> Option<usize> {
    let count = sought.split(' ').count();
    (0..(words.len() + 1).saturating_sub(count)).find(|&at| joined(&words[at..at + count]) == sought)
}

/// Words that a phrase does not end with.
const ENDS: [&str; 12] = ["cua", "o", "tai", "tren", "trong", "den", "vao", "va", "la", "so voi", "tinh", "cung ky"];

static TIMES: LazyLock<regex::Regex> = LazyLock::new(|| {
    // A blank stands before each word.
    let pattern = r" (?:(?:trong |cua |vao |den |het |cuoi |dau )*(?:(?:[0-9]+ )?(?:thang|quy|ngay|nam|giai doan)(?: (?:[0-9][0-9 ]*|[ivx]+\b|dau nam|cuoi nam|nay|truoc|qua|nam))+|nam (?:nay|truoc|ngoai)|dau nam))\b";
    match regex::Regex::new(pattern) {
        Ok(regex) => regex,
        Err(error) => unreachable!("a test reads it: {error}"),
    }
});

/// Returns text without the places that it names.
fn without_places(text: &str) -> String {
    let (mut kept, mut from) = (String::new(), 0);
    for (at, place) in place::places(text) {
        let Some((_, end)) = place::read(text, at).filter(|_| place.is_named() && at >= from) else { continue };
        kept += &text[from..at];
        from = end;
    }
    kept + &text[from..]
}

/// Returns text folded, its words with one blank between, without brackets.
pub(super) fn plain(text: &str) -> String {
    joined(&words(text))
}

/// Says whether a text has words as whole words.
fn contains(text: &str, words: &str) -> bool {
    let plain = plain(words);
    format!(" {text} ").contains(&format!(" {plain} "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sound() {
        let list = read(include_str!("indicators.toml")).expect("indicators.toml");
        assert!(list.rows().len() > 40);
        assert_eq!(list.find("poverty"), list.find("tỷ lệ hộ nghèo"));
        assert_eq!(list.find("no such thing"), None);
    }

    #[test]
    fn places_and_times_do_not_make_another_indicator() {
        let list = indicators();
        let matched = |words: &str| {
            list.matched(words, None, "", &String::new).map(|found| (list.rows()[found.row].id.clone(), found.subgroup))
        };
        for words in [
            "tỷ lệ hộ nghèo",
            "Tỉ lệ hộ nghèo toàn tỉnh",
            "tỷ lệ hộ nghèo của tỉnh Cao Bằng",
            "tỷ lệ hộ nghèo đa chiều năm 2023",
            "tỷ lệ hộ nghèo trên địa bàn huyện",
        ] {
            assert_eq!(matched(words), Some(("poverty".into(), None)), "{words}");
        }
        assert_eq!(
            matched("tỷ lệ hộ nghèo dân tộc thiểu số"),
            Some(("poverty".into(), Some("dân tộc thiểu số".into())))
        );
        assert_eq!(matched("tỷ lệ hộ thoát nghèo"), None);
        assert_eq!(matched("tỷ lệ giải ngân"), None);
    }
}
