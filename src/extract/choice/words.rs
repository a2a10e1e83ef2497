//! What is known of the words of a sentence beside their tags: numbers, so that a word can be a feature, and how often
//! phrases begin and end with their syllables.

use crate::extract::lexicon::{self, Token};
use crate::extract::tokens;
use std::collections::HashMap;
use std::sync::LazyLock;

/// Syllables, a tab, class of the share of uses behind a sign, a tab, class of that before one. `scripts/phrase-edges`
/// counts them.
const EDGES: &str = include_str!("edges.tsv");

/// Holds what is known of a token's words.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Known {
    /// Number of the word, when it has one.
    pub number: Option<u16>,
    /// Class of the share of uses in which the first syllable begins a phrase: 0 the most, 5 the least.
    pub opens: Option<u8>,
    /// Class of the share of uses in which the last syllable ends one.
    pub closes: Option<u8>,
}

/// Returns what is known of the words of tokens.
pub fn known(text: &str, tokens: &[Token]) -> Vec<Known> {
    tokens.iter().map(|token| of(&text[token.start..token.end])).collect()
}

fn of(words: &str) -> Known {
    let lower;
    let words = if words.contains(char::is_uppercase) {
        lower = words.to_lowercase();
        lower.as_str()
    } else {
        words
    };
    let first = words.split(' ').next().unwrap_or(words);
    let last = words.rsplit(' ').next().unwrap_or(words);
    Known {
        number: NUMBERS.get(words).copied(),
        opens: SHARES.get(first).map(|(opens, _)| *opens),
        closes: SHARES.get(last).map(|(_, closes)| *closes),
    }
}

/// Returns the rows of the table of edges.
fn edges() -> impl Iterator<Item = Option<(&'static str, (u8, u8))>> {
    EDGES.lines().filter(|line| !line.starts_with('#')).map(|line| {
        let mut cells = line.split('\t');
        Some((cells.next()?, (cells.next()?.parse().ok()?, cells.next()?.parse().ok()?)))
    })
}

static SHARES: LazyLock<HashMap<&'static str, (u8, u8)>> = LazyLock::new(|| edges().flatten().collect());

/// The words in lower case, sorted.
static WORDS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let counted = tokens::counted().filter(|word| !word.contains(' ')).map(str::to_string);
    let mut words: Vec<String> = lexicon::words().map(str::to_lowercase).chain(counted).collect();
    words.sort_unstable();
    words.dedup();
    words
});

/// Numbers of the words.
static NUMBERS: LazyLock<HashMap<&'static str, u16>> =
    LazyLock::new(|| WORDS.iter().zip(0..).map(|(word, number)| (word.as_str(), number)).collect());

/// Returns the number of a word in lower case.
pub fn number(word: &str) -> Option<u16> {
    NUMBERS.get(word).copied()
}

/// Returns the word of a number.
pub fn name(number: usize) -> Option<&'static str> {
    WORDS.get(number).map(String::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_have_numbers_that_a_wide_group_holds() {
        assert!(WORDS.len() < super::super::WIDE, "{}", WORDS.len());
        assert_eq!(number("tăng").and_then(|at| name(at.into())), Some("tăng"));
        assert_eq!(number("xyzzy"), None);
    }

    #[test]
    fn edges_are_sorted_and_their_classes_below_six() {
        let rows: Vec<_> = edges().map(|row| row.expect("a syllable and two classes")).collect();
        assert!(rows.is_sorted_by(|one, next| one.0 < next.0));
        assert!(rows.iter().all(|(_, (opens, closes))| *opens < 6 && *closes < 6));
        assert_eq!(of("Trong đó").closes, of("đó").closes);
    }
}
