//! What speaks for and against each stretch that may be the indicator.

use super::*;
use crate::extract::choice::{Features, class};

/// Tokens of a part of the sentence that is looked at as a member of a list.
const PART: usize = 12;

/// Tags of what no member of a list of nouns holds.
const PREDICATES: Roles = RISE
    .or(FALL)
    .or(REACH)
    .or(IS)
    .or(SHARE)
    .or(EXCEED)
    .or(AUX)
    .or(TENSE)
    .or(REPORT)
    .or(VERBAL)
    .or(VERB)
    .or(HAVE)
    .or(LEAD)
    .or(TIME)
    .or(DATE);

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
    pub const LIST_BEFORE: usize = 33;
    pub const LIST_FIRST: usize = 35;
    pub const LIST_BEHIND: usize = 37;
    pub const HOLDS: usize = 39;
    pub const EDGES: usize = 41;
    // Wide ones.
    pub const WORD_BEFORE: usize = 0;
    pub const WORD_FIRST: usize = 2;
    pub const WORD_LAST: usize = 4;
    pub const WORD_NEXT: usize = 6;
    pub const WORD_BETWEEN: usize = 8;
    pub const FIRST_NEXT: usize = 9;
}

/// Describes the stretches around one figure.
pub(super) struct View<'a> {
    figure: &'a Figure<'a>,
    first: usize,
    last: usize,
    govern: Roles,
    behind: Roles,
}

impl<'a> View<'a> {
    /// Looks at the figure that lies in the tokens `first..=last`.
    pub fn new(figure: &'a Figure<'a>, first: usize, last: usize) -> Self {
        View { figure, first, last, govern: govern(figure.tokens, first), behind: behind(figure.tokens, last) }
    }

    /// Describes the stretch of the tokens `start..=end`.
    pub fn candidate(&self, start: usize, end: usize) -> Candidate<Option<Range<usize>>> {
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
        self.list(start, end, right, &mut features);
        self.words(start, end, right, &mut features);
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

    /// Says what the parts are like that a comma or a conjunction joins to the stretch: members of one list have no verb.
    fn list(&self, start: usize, end: usize, right: usize, features: &mut Features) {
        let tokens = self.figure.tokens;
        let verbal = |part: &[Token]| usize::from(part.iter().any(|token| token.is(PREDICATES)));
        if let Some(joint) = start.checked_sub(1).filter(|&joint| tokens[joint].is(COMMA.or(CONJUNCTION))) {
            let most = joint.saturating_sub(PART);
            let from = tokens[..joint].iter().rposition(|token| token.is(SIGNS)).map_or(0, |sign| sign + 1).max(most);
            let part = &tokens[from..joint];
            let edge = match from.checked_sub(1) {
                None => 0,
                Some(sign) if tokens[sign].is(COMMA) => 1,
                Some(_) => 2,
            };
            features.add(group::LIST_BEFORE + right, (verbal(part) * 3 + edge) * 5 + part.len().min(4));
            let opens = part.first().map_or(Roles::default(), |first| first.roles);
            let alike = opens.any(tokens[start].roles.without(WORD.or(CAPITAL)));
            features.add(group::LIST_FIRST + right, usize::from(!alike));
            features.add(group::LIST_FIRST + right, 2 + usize::from(!opens.any(RATE)));
        }
        if tokens.get(end + 1).is_some_and(|joint| joint.is(COMMA.or(CONJUNCTION))) {
            let rest = &tokens[end + 2..(end + 2 + PART).min(tokens.len())];
            let part = &rest[..rest.iter().position(|token| token.is(SIGNS)).unwrap_or(rest.len())];
            let edge = match rest.get(part.len()) {
                None => 0,
                Some(sign) if sign.is(SELF) => 1,
                Some(sign) if sign.is(FIGURE) => 2,
                Some(sign) if sign.is(COMMA) => 3,
                Some(_) => 4,
            };
            features.add(group::LIST_BEHIND + right, verbal(part) * 5 + edge);
        }
        let inner = tokens.get(start + 1..=end).unwrap_or(&[]);
        let of = |tags: Roles| inner.iter().filter(|token| token.is(tags)).count().min(3);
        let verbs = VERBAL.or(TENSE).or(AUX).or(REACH).or(RISE).or(FALL);
        for (number, count) in [of(COMMA), of(verbs), of(PREPOSITION)].into_iter().enumerate() {
            features.add(group::HOLDS + right, number * 4 + count);
        }
    }

    /// Says which words stand at the ends of the stretch, and between it and the figure.
    fn words(&self, start: usize, end: usize, right: usize, features: &mut Features) {
        let (tokens, words) = (self.figure.tokens, self.figure.words);
        let mut add = |group: usize, at: Option<usize>| {
            if let Some(word) = at.and_then(|at| words.get(at)?.number) {
                features.wide(&SPACE, group, word.into());
            }
        };
        add(group::WORD_BEFORE + right, start.checked_sub(1));
        add(group::WORD_FIRST + right, Some(start));
        add(group::WORD_LAST + right, Some(end));
        add(group::WORD_NEXT + right, Some(end + 1));
        if right == 0 && self.first - end <= 3 {
            (end + 1..self.first).for_each(|at| add(group::WORD_BETWEEN, Some(at)));
        }
        let known = |at: usize| words.get(at).copied().unwrap_or_default();
        let before = start.checked_sub(1).map(known).unwrap_or_default();
        let edges = [known(start).opens, known(end).closes, before.closes, known(end + 1).opens];
        for (number, class) in edges.into_iter().enumerate() {
            if let Some(class) = class {
                features.add(group::EDGES + right, number * 6 + usize::from(class));
            }
        }
        let lowest = |roles: Roles| roles.without(CAPITAL.or(INNER)).bits().next();
        let next = tokens.get(end + 1).map_or(EDGE, |next| next.roles);
        if let (Some(one), Some(next)) = (lowest(tokens[start].roles), lowest(next)) {
            features.pair(&SPACE, group::FIRST_NEXT + right, one, next);
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
    pub fn odd(&self, rule: &Range<usize>) -> Candidate<Option<Range<usize>>> {
        let mut features = Features::default();
        features.add(group::RULE, 7);
        features.tags(group::GOVERN_RULE, self.govern);
        features.tags(group::GOVERN + usize::from(rule.start > self.figure.tokens[self.first].start), self.govern);
        self.known(rule, &mut features);
        Candidate { reading: Some(rule.clone()), features }
    }

    /// Describes that the text does not say it.
    pub fn none(&self) -> Candidate<Option<Range<usize>>> {
        let mut features = Features::default();
        features.tags(group::GOVERN + 2, self.govern);
        features.tags(group::BEHIND + 2, self.behind);
        features.add(group::RULE, if self.figure.rule.is_none() { 6 } else { 5 });
        Candidate { reading: None, features }
    }
}
