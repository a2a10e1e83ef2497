//! What a figure measures: of all stretches between two boundaries, left and right of it, and none.

use super::{Candidate, Features, Space, Values, class};
use crate::extract::lexicon::*;
use std::ops::Range;
use std::sync::LazyLock;

/// Features of the choice.
pub const SPACE: Space = Space {
    name: "indicator",
    groups: &[
        ("before-left", Values::Tags),
        ("before-right", Values::Tags),
        ("first-left", Values::Tags),
        ("first-right", Values::Tags),
        ("last-left", Values::Tags),
        ("last-right", Values::Tags),
        ("next-left", Values::Tags),
        ("next-right", Values::Tags),
        ("inside", Values::Tags),
        ("inside-right", Values::Tags),
        ("crossed-left", Values::Tags),
        ("crossed-left-twice", Values::Tags),
        ("crossed-right", Values::Tags),
        ("govern-left", Values::Tags),
        ("govern-right", Values::Tags),
        ("govern-none", Values::Tags),
        ("govern-rate", Values::Tags),
        ("govern-rule", Values::Tags),
        ("govern-previous", Values::Tags),
        ("behind-left", Values::Tags),
        ("behind-right", Values::Tags),
        ("behind-none", Values::Tags),
        ("length-left", Values::Numbers),
        ("length-right", Values::Numbers),
        ("distance-left", Values::Numbers),
        ("distance-right", Values::Numbers),
        ("verbs-crossed", Values::Numbers),
        ("rule", Values::Names(RULE)),
        ("previous", Values::Names(&["start", "end", "whole", "behind-figure", "beyond-figure"])),
        ("nearest-left", Values::Names(NEAREST)),
        ("nearest-right", Values::Names(NEAREST)),
        ("shape-left", Values::Names(SHAPE)),
        ("shape-right", Values::Names(SHAPE)),
    ],
};

/// How a phrase stands to what the rules take.
const RULE: &[&str] = &["start", "end", "whole", "overlaps", "same-side", "none", "is-none", "odd", "holds", "within"];

/// How it lies in its part of the sentence.
const NEAREST: &[&str] = &["start-of-part", "first-of-part", "last-of-part"];

/// What it is like.
const SHAPE: &[&str] = &[
    "with-predicate",
    "of-all-with-predicate",
    "before-predicate",
    "of-all-before-predicate",
    "bracket-open",
    "one-word",
    "rate-inside",
    "begins-like-previous",
    "behind-previous-figure",
    "verbal-at-figure",
    "joined-further",
    "number-inside",
];

/// Weights of the features.
pub static WEIGHTS: LazyLock<Vec<f32>> = LazyLock::new(|| SPACE.weights());

/// Tags that part phrases: a phrase may begin behind one and end before one.
const BOUNDARIES: Roles = COMMA
    .or(SEMICOLON)
    .or(COLON)
    .or(OPEN)
    .or(CLOSE)
    .or(NUMBER)
    .or(FIGURE)
    .or(RISE)
    .or(FALL)
    .or(REACH)
    .or(IS)
    .or(SHARE)
    .or(EXCEED)
    .or(HAVE)
    .or(TO)
    .or(FROM)
    .or(UNTIL)
    .or(LEVEL)
    .or(AUX)
    .or(ADVERB)
    .or(ABOUT)
    .or(OVER)
    .or(UNDER)
    .or(AT_LEAST)
    .or(AT_MOST)
    .or(PLAN)
    .or(TARGET)
    .or(COMPARE)
    .or(LEAD)
    .or(REPORT)
    .or(VERB)
    .or(TENSE)
    .or(PREPOSITION)
    .or(CONJUNCTION)
    .or(TIME)
    .or(SCALE)
    .or(DASH)
    .or(DATE)
    .or(MARK)
    .or(NEWLINE)
    .or(QUOTE)
    .or(VERBAL)
    .or(HYPHEN);

/// Signs that part the sentence.
const SIGNS: Roles = COMMA.or(SEMICOLON).or(COLON).or(OPEN).or(CLOSE).or(FIGURE).or(NEWLINE).or(MARK).or(DASH);

/// Verbs between a phrase and its figure.
const VERBS: Roles = RISE.or(FALL).or(REACH).or(IS).or(SHARE).or(EXCEED);

/// Tokens on either side of a figure among which a phrase lies.
const WINDOW: usize = 40;

/// Tokens of a phrase.
const LONGEST: usize = 32;

/// Tokens before a figure among which the word that governs it stands.
const GOVERN: usize = 5;

/// Holds what the choice knows of a figure.
#[derive(Debug)]
pub struct Figure<'a> {
    /// Tokens of its sentence.
    pub tokens: &'a [Token],
    /// What the rules take for the indicator, as bytes of the text.
    pub rule: Option<Range<usize>>,
    /// Says that it is 100 %.
    pub all: bool,
    /// What the rules take for that of the figure before in the sentence, and where that figure stands.
    pub previous: Option<(Option<Range<usize>>, Range<usize>)>,
}

/// Returns the stretches that may be the indicator of a figure, as bytes of the text.
pub fn candidates(figure: &Figure<'_>) -> Vec<Candidate<Option<Range<usize>>>> {
    let tokens = figure.tokens;
    let own = |token: &Token| token.is(SELF);
    let (Some(first), Some(last)) = (tokens.iter().position(own), tokens.iter().rposition(own)) else {
        return Vec::new();
    };
    let view = View { figure, first, last, govern: govern(tokens, first), behind: behind(tokens, last) };
    let (from, to) = (first.saturating_sub(WINDOW), (last + WINDOW).min(tokens.len()));
    let mut found = Vec::new();
    let mut rule_seen = figure.rule.is_none();
    for start in (from..to).filter(|&start| begins(tokens, start) && !(first..=last).contains(&start)) {
        let until = if start < first { first } else { to }.min(start + LONGEST);
        for end in (start..until).filter(|&end| ends(tokens, end)) {
            let words = tokens[start].start..tokens[end].end;
            rule_seen |= figure.rule.as_ref() == Some(&words);
            found.push(view.candidate(start, end));
        }
    }
    if let Some(rule) = figure.rule.as_ref().filter(|_| !rule_seen) {
        found.push(view.odd(rule));
    }
    found.push(view.none());
    found
}

fn begins(tokens: &[Token], at: usize) -> bool {
    let token = tokens[at];
    let sign = token.roles.any(SIGNS.or(HYPHEN)) || token.roles.or(DATE).or(CAPITAL) == NUMBER.or(DATE).or(CAPITAL);
    let open = at.checked_sub(1).is_none_or(|before| tokens[before].is(BOUNDARIES));
    !sign && !token.is(INNER) && (open || token.is(RATE))
}

fn ends(tokens: &[Token], at: usize) -> bool {
    let stops = |next: &Token| next.is(BOUNDARIES.or(NONE)) && !next.is(INNER);
    !tokens[at].is(SIGNS.or(HYPHEN)) && tokens.get(at + 1).is_none_or(stops)
}

/// Returns the tags of the nearest word before the figure that may govern it.
pub fn govern(tokens: &[Token], figure: usize) -> Roles {
    let weighty = SIGNS.or(VERBS).or(HAVE).or(TO).or(VERB).or(FROM).or(TARGET).or(PLAN).or(COMPARE).or(CONJUNCTION);
    let weighty = weighty.or(PREPOSITION).or(RATE).or(LEVEL);
    let near = tokens[figure.saturating_sub(GOVERN)..figure].iter().rev().find(|token| token.is(weighty));
    near.map_or(if figure == 0 { EDGE } else { WORD }, |token| token.roles)
}

/// Returns the tags of the word behind the figure.
pub fn behind(tokens: &[Token], figure: usize) -> Roles {
    tokens.get(figure + 1).map_or(EDGE, |token| token.roles)
}

/// Groups of [`SPACE`].
mod group {
    pub const BEFORE: usize = 0;
    pub const FIRST: usize = 2;
    pub const LAST: usize = 4;
    pub const NEXT: usize = 6;
    pub const INSIDE: usize = 8;
    pub const CROSSED: usize = 10;
    pub const TWICE: usize = 11;
    pub const CROSSED_RIGHT: usize = 12;
    pub const GOVERN: usize = 13;
    pub const GOVERN_RATE: usize = 16;
    pub const GOVERN_RULE: usize = 17;
    pub const GOVERN_PREVIOUS: usize = 18;
    pub const BEHIND: usize = 19;
    pub const LENGTH: usize = 22;
    pub const DISTANCE: usize = 24;
    pub const VERBS: usize = 26;
    pub const RULE: usize = 27;
    pub const PREVIOUS: usize = 28;
    pub const NEAREST: usize = 29;
    pub const SHAPE: usize = 31;
}

struct View<'a> {
    figure: &'a Figure<'a>,
    first: usize,
    last: usize,
    govern: Roles,
    behind: Roles,
}

impl View<'_> {
    /// Describes the stretch of the tokens `start..=end`.
    fn candidate(&self, start: usize, end: usize) -> Candidate<Option<Range<usize>>> {
        let tokens = self.figure.tokens;
        let right = usize::from(start > self.last);
        let mut features = Features(Vec::with_capacity(48));
        features.tags(group::GOVERN + right, self.govern);
        features.tags(group::BEHIND + right, self.behind);
        features.tags(group::BEFORE + right, start.checked_sub(1).map_or(EDGE, |before| tokens[before].roles));
        features.tags(group::FIRST + right, tokens[start].roles);
        features.tags(group::LAST + right, tokens[end].roles);
        features.tags(group::NEXT + right, tokens.get(end + 1).map_or(EDGE, |next| next.roles));
        let inside = tokens[start + 1..=end].iter().fold(Roles::default(), |all, token| all.or(token.roles));
        features.tags(group::INSIDE, inside);
        let gap = if right == 0 { end + 1..self.first } else { self.last + 1..start };
        let (mut once, mut twice) = (Roles::default(), Roles::default());
        let mut verbs = 0;
        for token in &tokens[gap.clone()] {
            twice = twice.or(once.and(token.roles));
            once = once.or(token.roles);
            verbs += usize::from(token.is(VERBS));
        }
        if right == 0 {
            features.tags(group::CROSSED, once);
            features.tags(group::TWICE, twice);
            features.add(group::VERBS, verbs.min(3));
        } else {
            features.tags(group::INSIDE + 1, inside);
            features.tags(group::CROSSED_RIGHT, once);
        }
        features.add(group::LENGTH + right, class(end - start));
        features.add(group::DISTANCE + right, class(gap.len()));
        if tokens[start].is(RATE) {
            features.tags(group::GOVERN_RATE, self.govern);
        }
        self.nearest(start, end, right, &mut features);
        self.shape(start, end, right, &mut features);
        let words = tokens[start].start..tokens[end].end;
        self.known(&words, &mut features);
        Candidate { reading: Some(words), features }
    }

    /// Says how the stretch lies in its part of the sentence: from one sign to the next.
    fn nearest(&self, start: usize, end: usize, right: usize, features: &mut Features) {
        let tokens = self.figure.tokens;
        let part = tokens[..start].iter().rposition(|token| token.is(SIGNS)).map_or(0, |sign| sign + 1);
        let light = |token: &Token| token.is(LEAD.or(AUX).or(ADVERB).or(TIME).or(DATE).or(CONJUNCTION).or(QUOTE));
        if part == start {
            features.add(group::NEAREST + right, 0);
        } else if tokens[part..start].iter().all(light) {
            features.add(group::NEAREST + right, 1);
        }
        let stops = if right == 0 { VERBS.or(SIGNS).or(TO).or(TENSE) } else { SIGNS };
        if tokens.get(end + 1).is_none_or(|next| next.is(stops)) {
            features.add(group::NEAREST + right, 2);
        }
    }

    /// Says what the stretch is like: whether a predicate belongs to it, what it leaves open.
    fn shape(&self, start: usize, end: usize, right: usize, features: &mut Features) {
        let tokens = self.figure.tokens;
        let predicate = TENSE.or(AUX).or(VERBAL).or(REACH);
        let inner = &tokens[start + 1..=end];
        let next = tokens.get(end + 1).map_or(EDGE, |next| next.roles);
        let further = tokens.get(end + 1..(end + 4).min(tokens.len())).unwrap_or(&[]);
        let joined = next.any(CONJUNCTION.or(COMMA)) && !further.iter().any(|token| token.is(FIGURE.or(VERBS)));
        let within = |tags: Roles| inner.iter().any(|token| token.is(tags));
        let with = within(predicate) && next.any(SIGNS.or(EDGE));
        let before = next.any(predicate);
        let figure = tokens[self.first].start;
        let previous = self.figure.previous.as_ref();
        let like = previous.and_then(|(rule, _)| rule.as_ref()).is_some_and(|rule| {
            let first = tokens.iter().find(|token| token.start == rule.start);
            first.is_some_and(|first| first.roles == tokens[start].roles && first.is(RATE))
        });
        let facts = [
            with,
            with && self.figure.all,
            before,
            before && self.figure.all,
            inner.iter().filter(|token| token.is(OPEN)).count() > inner.iter().filter(|token| token.is(CLOSE)).count(),
            start == end,
            within(RATE),
            like,
            previous.is_some_and(|(_, at)| tokens[start].start >= at.end && tokens[start].start < figure),
            right == 0 && end + 1 == self.first && tokens[end].is(VERBAL),
            joined,
            within(NUMBER),
        ];
        for (number, _) in facts.iter().enumerate().filter(|(_, there)| **there) {
            features.add(group::SHAPE + right, number);
        }
    }

    /// Compares the stretch to what the rules take, for this figure and the one before.
    fn known(&self, words: &Range<usize>, features: &mut Features) {
        match &self.figure.rule {
            None => features.add(group::RULE, 5),
            Some(rule) => {
                let same = [rule.start == words.start, rule.end == words.end];
                if same[0] {
                    features.add(group::RULE, 0);
                }
                if same[1] {
                    features.add(group::RULE, 1);
                }
                if same == [true; 2] {
                    features.add(group::RULE, 2);
                    features.tags(group::GOVERN_RULE, self.govern);
                }
                if words.start < rule.end && rule.start < words.end {
                    features.add(group::RULE, 3);
                }
                if words.start <= rule.start && rule.end <= words.end && same != [true; 2] {
                    features.add(group::RULE, 8);
                }
                if rule.start <= words.start && words.end <= rule.end && same != [true; 2] {
                    features.add(group::RULE, 9);
                }
                let own = self.figure.tokens[self.first].start;
                if (rule.start < own) == (words.start < own) {
                    features.add(group::RULE, 4);
                }
            }
        }
        let Some((rule, at)) = &self.figure.previous else { return };
        if let Some(rule) = rule {
            let same = [rule.start == words.start, rule.end == words.end];
            if same[0] {
                features.add(group::PREVIOUS, 0);
            }
            if same[1] {
                features.add(group::PREVIOUS, 1);
            }
            if same == [true; 2] {
                features.add(group::PREVIOUS, 2);
                features.tags(group::GOVERN_PREVIOUS, self.govern);
            }
        }
        features.add(group::PREVIOUS, if words.end <= at.start { 4 } else { 3 });
    }

    /// Describes what the rules take and no stretch is.
    fn odd(&self, rule: &Range<usize>) -> Candidate<Option<Range<usize>>> {
        let mut features = Features::default();
        features.add(group::RULE, 7);
        features.tags(group::GOVERN_RULE, self.govern);
        features.tags(group::GOVERN + usize::from(rule.start > self.figure.tokens[self.first].start), self.govern);
        self.known(rule, &mut features);
        Candidate { reading: Some(rule.clone()), features }
    }

    /// Describes that the text does not say it.
    fn none(&self) -> Candidate<Option<Range<usize>>> {
        let mut features = Features::default();
        features.tags(group::GOVERN + 2, self.govern);
        features.tags(group::BEHIND + 2, self.behind);
        features.add(group::RULE, if self.figure.rule.is_none() { 6 } else { 5 });
        Candidate { reading: None, features }
    }
}
