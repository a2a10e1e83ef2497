//! The one pass over the text: where digits, signs and cue words start. Rules run there and nowhere else.

use aho_corasick::automaton::{Automaton, StateID};
use aho_corasick::{Anchored, MatchKind, PatternID, dfa::DFA};
use std::ops::Range;
use std::sync::LazyLock;

/// Marks a place where a rule may start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Anchor {
    /// First byte.
    pub start: usize,
    /// Byte after the last: of the run of digits or of the cue word.
    pub end: usize,
    /// What stands there.
    pub what: What,
    /// Which cue word, whatever its spelling: the number that [`word`] gives; 0 for digits.
    pub word: u16,
}

/// Says what an anchor is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// A run of ASCII digits, whole.
    Digits,
    /// A cue word, whole; the kinds that look for it.
    Cue(Kinds),
}

/// Holds the set of kinds that look for a cue word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kinds(u8);

impl Kinds {
    /// Cue of a citation.
    pub const CITATION: Kinds = Kinds(1);
    /// Cue of a percentage.
    pub const PERCENT: Kinds = Kinds(2);
    /// Cue of a date.
    pub const DATE: Kinds = Kinds(4);
    /// Cue of a mask.
    pub const MASK: Kinds = Kinds(8);

    /// Says whether a kind is among these.
    pub fn has(self, kind: Kinds) -> bool {
        self.0 & kind.0 != 0
    }
}

struct Cues {
    automaton: DFA,
    /// State in which a search starts.
    start: StateID,
    /// Kinds and number of the word of each spelling, as the automaton counts spellings.
    spelled: Vec<(Kinds, u16)>,
    /// Words in lower case; number `n` is at `n - 1`.
    words: Vec<&'static str>,
}

static CUES: LazyLock<Cues> = LazyLock::new(|| {
    let mut words: Vec<(&'static str, Kinds)> = Vec::new();
    let kinds = [
        (super::citation::CUES, Kinds::CITATION),
        (super::percent::CUES, Kinds::PERCENT),
        (super::mask::CUES, Kinds::MASK),
    ];
    for (cues, kind) in kinds.into_iter().chain(super::date::CUES.iter().map(|cues| (*cues, Kinds::DATE))) {
        for word in cues {
            match words.iter_mut().find(|(known, _)| known == word) {
                Some((_, kinds)) => kinds.0 |= kind.0,
                None => words.push((word, kind)),
            }
        }
    }
    let mut patterns: Vec<(String, Kinds, u16)> = Vec::new();
    for (&(word, kinds), number) in words.iter().zip(1..) {
        patterns.extend(spellings(word).into_iter().map(|spelling| (spelling, kinds, number)));
    }
    let automaton =
        DFA::builder().match_kind(MatchKind::LeftmostLongest).build(patterns.iter().map(|(spelling, ..)| spelling));
    let spelled = patterns.into_iter().map(|(_, kinds, word)| (kinds, word)).collect();
    let words = words.into_iter().map(|(word, _)| word).collect();
    let Ok(automaton) = automaton else { unreachable!("few and short cue words") };
    let Ok(start) = automaton.start_state(Anchored::No) else { unreachable!("a search may start anywhere") };
    Cues { automaton, start, spelled, words }
});

/// Returns the number of a cue word given in lower case, as anchors carry it; 0 when it is none.
pub fn word(cue: &str) -> u16 {
    CUES.words.iter().zip(1..).find(|&(known, _)| *known == cue).map_or(0, |(_, number)| number)
}

/// Returns the spellings of a cue word (given in lower case) that stand in print: `ngày`, `Ngày`, `NGÀY`; `thứ hai`, `Thứ hai`, `Thứ Hai`, `THỨ HAI`.
pub fn spellings(word: &str) -> Vec<String> {
    let capital = |word: &str| {
        word.chars().next().map_or(String::new(), |first| first.to_uppercase().chain(word.chars().skip(1)).collect())
    };
    let title = word.split(' ').map(capital).collect::<Vec<_>>().join(" ");
    let mut all = vec![word.to_string(), capital(word), title, word.to_uppercase()];
    all.sort();
    all.dedup();
    all
}

/// Returns the anchors of a text, in order. A cue word is whole: no letter touches it, but a lower-case letter before a
/// capital cue is let through, because lost blanks glue words (`nhân dânNăm 2022`), and digits may touch it (`số19`).
pub fn scan(text: &str) -> Vec<Anchor> {
    let cues = cues(text);
    let mut anchors = Vec::with_capacity(text.len() / 32);
    // No cue word holds a digit: the runs of digits are merged in between.
    let mut runs = Digits { bytes: text.as_bytes(), at: 0 }.peekable();
    for cue in cues {
        while let Some(run) = runs.next_if(|run| run.start < cue.start) {
            anchors.push(run);
        }
        anchors.push(cue);
    }
    anchors.extend(runs);
    anchors
}

/// Returns the cue words of a text, in order.
fn cues(text: &str) -> Vec<Anchor> {
    // No cue word holds a line break, so the text may be parted at one. A step waits for the step before it, but not for
    // that of another walk: two in turn are done sooner than one after the other.
    let middle = text[..text.floor_char_boundary(text.len() / 2)].rfind('\n').unwrap_or(0);
    let [mut first, mut second] = [0..middle, middle..text.len()].map(|stretch| Walk::new(text, stretch));
    let automaton = &CUES.automaton;
    while first.at < first.end && second.at < second.end {
        let (mut one, mut other, mut steps) = (first.state, second.state, 0);
        for (&a, &b) in first.rest().iter().zip(second.rest()) {
            one = automaton.next_state(Anchored::No, one, a);
            other = automaton.next_state(Anchored::No, other, b);
            steps += 1;
            if automaton.is_special(one) || automaton.is_special(other) {
                break;
            }
        }
        first.go(one, steps);
        second.go(other, steps);
    }
    let mut found = first.finish();
    found.append(&mut second.finish());
    found
}

/// Walks the automaton over a stretch of text.
struct Walk<'a> {
    text: &'a str,
    /// The next byte.
    at: usize,
    /// Byte after the last of the stretch.
    end: usize,
    state: StateID,
    /// The longest spelling so far and where it ends; it is taken when the automaton finds that nothing longer follows.
    longest: Option<(PatternID, usize)>,
    found: Vec<Anchor>,
}

impl<'a> Walk<'a> {
    fn new(text: &'a str, stretch: Range<usize>) -> Walk<'a> {
        let found = Vec::with_capacity(stretch.len() / 64);
        Walk { text, at: stretch.start, end: stretch.end, state: CUES.start, longest: None, found }
    }

    /// Returns the bytes that lie ahead.
    fn rest(&self) -> &'a [u8] {
        &self.text.as_bytes()[self.at..self.end]
    }

    /// Goes on by some steps, the last of which led to a state.
    fn go(&mut self, state: StateID, steps: usize) {
        self.state = state;
        self.at += steps;
        if CUES.automaton.is_match(state) {
            self.longest = Some((CUES.automaton.match_pattern(state, 0), self.at));
        } else if CUES.automaton.is_dead(state) {
            self.take();
        }
    }

    /// Takes the longest spelling, if it is whole, and starts anew behind it.
    fn take(&mut self) {
        let Some((spelling, end)) = self.longest.take() else { return };
        let start = end - CUES.automaton.pattern_len(spelling);
        self.state = CUES.start;
        if whole(self.text, start, end) {
            let (kinds, word) = CUES.spelled[spelling.as_usize()];
            self.found.push(Anchor { start, end, what: What::Cue(kinds), word });
            self.at = end;
        } else {
            // The end of a longer word may run into a cue: `tờ khai tháng 12` holds `hai tháng`.
            self.at = start + self.text[start..].chars().next().map_or(1, char::len_utf8);
        }
    }

    /// Walks to the end; returns what was found.
    fn finish(mut self) -> Vec<Anchor> {
        while self.at < self.end || self.longest.is_some() {
            let (mut state, mut steps) = (self.state, 0);
            for &byte in self.rest() {
                state = CUES.automaton.next_state(Anchored::No, state, byte);
                steps += 1;
                if CUES.automaton.is_special(state) {
                    break;
                }
            }
            self.go(state, steps);
            if self.at == self.end {
                self.take();
            }
        }
        self.found
    }
}

/// Says whether a word stands alone: no letter touches it, but a lower-case letter may stand before a capital one.
pub fn whole(text: &str, start: usize, end: usize) -> bool {
    let word = &text[start..end];
    let (first, last) = (word.chars().next(), word.chars().next_back());
    let before = text[..start].chars().next_back();
    let after = text[end..].chars().next();
    // A blank or a mark of ASCII touches nothing; most words stand between two.
    if before.is_none_or(apart) && after.is_none_or(apart) {
        return true;
    }
    let touches = |inside: Option<char>, outside: Option<char>| {
        inside.is_some_and(char::is_alphabetic) && outside.is_some_and(char::is_alphabetic)
    };
    let glued = before.is_some_and(char::is_lowercase) && first.is_some_and(char::is_uppercase);
    (!touches(first, before) || glued) && !touches(last, after)
}

fn apart(c: char) -> bool {
    c.is_ascii() && !c.is_ascii_alphabetic()
}

/// Walks over the runs of digits of a text.
struct Digits<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Iterator for Digits<'_> {
    type Item = Anchor;

    fn next(&mut self) -> Option<Anchor> {
        /// Bytes that are looked at together: without a digit among them none is looked at alone.
        const BLOCK: usize = 32;
        let mut rest = self.bytes.get(self.at..)?;
        while let Some((block, after)) = rest.split_at_checked(BLOCK) {
            if block.iter().fold(false, |any, byte| any | byte.is_ascii_digit()) {
                break;
            }
            rest = after;
        }
        let skipped = self.bytes.len() - rest.len();
        let start = skipped + rest.iter().position(u8::is_ascii_digit)?;
        let end = self.bytes[start..]
            .iter()
            .position(|byte| !byte.is_ascii_digit())
            .map_or(self.bytes.len(), |length| start + length);
        self.at = end;
        Some(Anchor { start, end, what: What::Digits, word: 0 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn anchors_are_in_order_and_whole() {
        let text = "số19 ngày 31/8/2022, NGÀY mai; ngàya";
        let anchors = scan(text);
        assert!(anchors.is_sorted_by_key(|anchor| anchor.start));
        let digits: Vec<_> = anchors.iter().filter(|a| a.what == What::Digits).map(|a| &text[a.start..a.end]).collect();
        assert_eq!(digits, ["19", "31", "8", "2022"]);
    }

    #[test]
    fn both_walks_together_find_what_each_finds_alone() {
        for text in ["", "\n", "ngày", "năm\nngày", "a ngày\nnăm học", "ngày b\n", "\nnăm", "quý I\n\nquý II năm\nnăm"]
        {
            let spans = |from: usize, text: &str| {
                cues(text).iter().map(|cue| (from + cue.start, from + cue.end)).collect::<Vec<_>>()
            };
            let mut from = 0;
            let mut alone = Vec::new();
            for line in text.split_inclusive('\n') {
                alone.extend(spans(from, line.trim_end_matches('\n')));
                from += line.len();
            }
            assert_eq!(spans(0, text), alone, "{text:?}");
        }
    }

    #[test]
    fn a_cue_is_found_behind_a_word_whose_end_runs_into_it() {
        let text = "tờ khai tháng 12/2018";
        let cues: Vec<_> =
            scan(text).iter().filter(|a| a.what != What::Digits).map(|a| &text[a.start..a.end]).collect();
        assert!(cues.contains(&"tháng"), "{cues:?}");
    }
}
