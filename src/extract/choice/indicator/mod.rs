//! What a figure measures: of all stretches between two boundaries, left and right of it, and none.

mod features;

use super::words::Known;
use super::{Candidate, Space, Values, Wide};
use crate::extract::lexicon::*;
use features::View;
use std::ops::Range;
use std::sync::LazyLock;

/// Features of the choice.
pub const SPACE: Space = Space {
    name: "indicator",
    joint: None,
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
        ("list-before-left", Values::Numbers),
        ("list-before-right", Values::Numbers),
        ("list-first-left", Values::Names(LIST)),
        ("list-first-right", Values::Names(LIST)),
        ("list-behind-left", Values::Numbers),
        ("list-behind-right", Values::Numbers),
        ("holds-left", Values::Numbers),
        ("holds-right", Values::Numbers),
        ("edges-left", Values::Names(EDGES)),
        ("edges-right", Values::Names(EDGES)),
    ],
    wide: &[
        ("word-before-left", Wide::Words),
        ("word-before-right", Wide::Words),
        ("word-first-left", Wide::Words),
        ("word-first-right", Wide::Words),
        ("word-last-left", Wide::Words),
        ("word-last-right", Wide::Words),
        ("word-next-left", Wide::Words),
        ("word-next-right", Wide::Words),
        ("word-between", Wide::Words),
        ("first-and-next-left", Wide::Pair(Values::Tags, Values::Tags)),
        ("first-and-next-right", Wide::Pair(Values::Tags, Values::Tags)),
    ],
};

/// Classes of the shares of uses in which the words at its ends begin and end a phrase.
const EDGES: &[&str] = &[
    "first-opens-0",
    "first-opens-1",
    "first-opens-2",
    "first-opens-3",
    "first-opens-4",
    "first-opens-5",
    "last-closes-0",
    "last-closes-1",
    "last-closes-2",
    "last-closes-3",
    "last-closes-4",
    "last-closes-5",
    "before-closes-0",
    "before-closes-1",
    "before-closes-2",
    "before-closes-3",
    "before-closes-4",
    "before-closes-5",
    "next-opens-0",
    "next-opens-1",
    "next-opens-2",
    "next-opens-3",
    "next-opens-4",
    "next-opens-5",
];

/// What the part before a comma begins with, behind which the phrase begins.
const LIST: &[&str] = &["as-phrase", "otherwise", "rate", "no-rate"];

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
    /// What is known of their words.
    pub words: &'a [Known],
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
    let view = View::new(figure, first, last);
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
