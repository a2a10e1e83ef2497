//! Rules are values: a name, a pattern tried at an anchor, how to read a match, and examples that a test runs.

use super::ArticleText;
use regex::{Captures, Match, Regex, RegexSet};

/// Bytes of the body that a rule sees from its anchor on; no mention is as long.
const WINDOW: usize = 256;

/// Describes one form of mention. A new form is a new row.
pub struct Rule<T: 'static> {
    /// Name, kept in every mention the rule makes; kebab-case.
    pub name: &'static str,
    /// Pattern, tried where an anchor starts: it matches there or not at all. Case is ignored; `^` is added; `\d` is a
    /// digit of ASCII, as anchors are.
    pub pattern: &'static str,
    /// Reads a match; `None` refuses it. The number is the byte offset in the body where the match starts.
    pub value: fn(&Groups<'_>, usize, &ArticleText<'_>) -> Option<T>,
    /// Texts, and the values that the rule reads in each, in order.
    pub examples: &'static [(&'static str, &'static [&'static str])],
    /// Texts in which the rule must read nothing.
    pub counterexamples: &'static [&'static str],
}

/// Holds a match of a pattern, its groups by name.
pub struct Groups<'a> {
    captures: Captures<'a>,
    /// Name and number of each group. So few are found sooner by looking at all than by hashing.
    names: &'a [(String, usize)],
}

impl<'a> Groups<'a> {
    /// Returns what a named group matched, if the pattern has the group and it matched.
    pub fn name(&self, name: &str) -> Option<Match<'a>> {
        let (_, number) = self.names.iter().find(|(known, _)| known == name)?;
        self.captures.get(*number)
    }

    /// Returns what the group of a number matched; 0 is the whole match.
    pub fn get(&self, number: usize) -> Option<Match<'a>> {
        self.captures.get(number)
    }

    /// Returns the whole match.
    pub fn whole(&self) -> Match<'a> {
        self.captures.get_match()
    }
}

/// Holds a compiled pattern with the names of its groups.
struct Pattern {
    regex: Regex,
    names: Vec<(String, usize)>,
}

impl Pattern {
    fn read<'a>(&'a self, window: &'a str) -> Option<Groups<'a>> {
        Some(Groups { captures: self.regex.captures(window)?, names: &self.names })
    }
}

/// Holds the rules of a kind with their patterns, compiled once.
pub struct Compiled<T: 'static> {
    rows: &'static [Rule<T>],
    patterns: Vec<Pattern>,
    /// All patterns at once: one pass tells which of them match, so that groups are looked for in those only.
    any: RegexSet,
}

impl<T> Compiled<T> {
    /// Compiles the rules of a kind; a test runs all of them, so a bad pattern never leaves the house.
    pub fn new(rows: &'static [Rule<T>]) -> Self {
        Self::with(rows, &[])
    }

    /// Compiles rules whose patterns name shared fragments in braces (`{day}`). With fragments a blank in a pattern
    /// stands for one to three blanks of any kind; in a class it is written `\x20`.
    pub fn with(rows: &'static [Rule<T>], fragments: &[(&str, &str)]) -> Self {
        let whole: Vec<String> = rows
            .iter()
            .map(|rule| format!("^(?i:{})", expand(rule.pattern, fragments).replace(r"\d", "[0-9]")))
            .collect();
        let compile = |(rule, pattern): (&Rule<T>, &String)| match Regex::new(pattern) {
            Ok(regex) => {
                let names = regex
                    .capture_names()
                    .enumerate()
                    .filter_map(|(number, name)| Some((name?.to_string(), number)))
                    .collect();
                Pattern { regex, names }
            }
            Err(error) => unreachable!("rule {}: {error}", rule.name),
        };
        let patterns = rows.iter().zip(&whole).map(compile).collect();
        match RegexSet::new(&whole) {
            Ok(any) => Compiled { rows, patterns, any },
            Err(error) => unreachable!("rules that compile one by one: {error}"),
        }
    }

    /// Returns what the first rule that reads anything reads at a byte offset of the body.
    pub fn read(&self, at: usize, scene: &ArticleText<'_>) -> Option<(&'static Rule<T>, T)> {
        let rest = &scene.text[at..];
        let window = &rest[..rest.floor_char_boundary(WINDOW)];
        self.any.matches(window).into_iter().find_map(|row| {
            let found = self.patterns[row].read(window)?;
            let rule = &self.rows[row];
            Some((rule, (rule.value)(&found, at, scene)?))
        })
    }
}

/// Writes out the fragments of a pattern; a fragment may name others.
fn expand(pattern: &str, fragments: &[(&str, &str)]) -> String {
    if fragments.is_empty() {
        return pattern.to_string();
    }
    let mut whole = pattern.to_string();
    while let Some((name, text)) = fragments.iter().find(|(name, _)| whole.contains(&format!("{{{name}}}"))) {
        whole = whole.replace(&format!("{{{name}}}"), text);
    }
    whole.replace(' ', r"(?:[\x20\t\n]{1,3})")
}
