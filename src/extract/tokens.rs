//! A sentence as tokens without gaps: entries of the lexicon, other words and signs, with figures and dates among them.
//!
//! Invariant: tokens stand in the order of the text, and nothing but blanks lies between two of them.

use super::lexicon::*;
use std::ops::Range;

/// Fills the gaps between the lexicon's tokens of a sentence with the words and signs that stand there, and marks what
/// lies in a figure or a date; `own` is the figure that is read.
pub fn fill(
    text: &str,
    sentence: &Range<usize>,
    entries: &[Token],
    figures: &[Range<usize>],
    dates: &[Range<usize>],
    own: &Range<usize>,
) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(entries.len() * 3);
    let mut at = sentence.start;
    for entry in entries {
        words(text, at..entry.start.max(at), &mut tokens);
        let mut entry = *entry;
        if text[entry.start..].starts_with(char::is_uppercase) {
            entry.roles = entry.roles.or(CAPITAL);
        }
        tokens.push(entry);
        at = entry.end;
    }
    words(text, at..sentence.end.max(at), &mut tokens);
    spread(&mut tokens, figures, |token| token.roles = FIGURE);
    spread(&mut tokens, dates, |token| token.roles = token.roles.or(DATE));
    spread(&mut tokens, std::slice::from_ref(own), |token| token.roles = FIGURE.or(SELF));
    tokens
}

/// Appends the words and signs of a gap.
fn words(text: &str, gap: Range<usize>, tokens: &mut Vec<Token>) {
    let mut chars = text[gap.clone()].char_indices().peekable();
    while let Some((offset, first)) = chars.next() {
        let start = gap.start + offset;
        let mut end = start + first.len_utf8();
        let roles = match first {
            '\n' => NEWLINE,
            '"' | '“' | '”' | '\'' | '‘' | '’' => QUOTE,
            '-' | '–' | '—' => HYPHEN,
            _ if first.is_whitespace() => continue,
            _ if first.is_alphanumeric() => {
                while let Some((_, next)) = chars.next_if(|(_, next)| next.is_alphanumeric()) {
                    end += next.len_utf8();
                }
                if first.is_uppercase() { WORD.or(CAPITAL) } else { WORD }
            }
            _ => MARK,
        };
        tokens.push(Token { start, end, roles });
    }
}

/// Changes the tokens that lie in any of some ranges, both in the order of the text.
fn spread(tokens: &mut [Token], ranges: &[Range<usize>], change: impl Fn(&mut Token)) {
    let mut ranges = ranges.iter().peekable();
    for token in tokens {
        while ranges.next_if(|range| range.end <= token.start).is_some() {}
        if ranges.peek().is_some_and(|range| range.start < token.end) {
            change(token);
        }
    }
}
