//! A sentence as tokens without gaps: entries of the lexicon, other words and signs, with figures and dates among them.
//!
//! Invariant: tokens stand in the order of the text, and nothing but blanks lies between two of them.

use super::lexicon::*;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

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
    shares(text, &mut tokens);
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

/// Tags words of no entry that are mostly verbs or nouns: two syllables before one.
fn shares(text: &str, tokens: &mut [Token]) {
    let mut at = 0;
    while at < tokens.len() {
        let (token, next) = (tokens[at], tokens.get(at + 1).copied());
        at += 1;
        if !token.is(WORD) {
            continue;
        }
        if let Some(next) = next.filter(|next| next.is(WORD) && next.start == token.end + 1)
            && let Some(tags) = share(&text[token.start..next.end])
        {
            tokens[at - 1].roles = token.roles.or(tags);
            tokens[at].roles = next.roles.or(tags).or(INNER);
            at += 1;
        } else if let Some(tags) = share(&text[token.start..token.end]) {
            tokens[at - 1].roles = token.roles.or(tags);
        }
    }
}

fn share(word: &str) -> Option<Roles> {
    if word.starts_with(char::is_uppercase) { SHARES.get(word.to_lowercase().as_str()) } else { SHARES.get(word) }
        .copied()
}

/// Words that are mostly verbs or nouns, a line each: word, a tab, tag. `scripts/verb-shares` counts them.
static SHARES: LazyLock<HashMap<&'static str, Roles>> = LazyLock::new(|| {
    let rows = include_str!("verbs.tsv").lines().filter(|line| !line.starts_with('#'));
    rows.filter_map(|line| line.split_once('\t')).filter_map(|(word, tag)| Some((word, Roles::named(tag)?))).collect()
});

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_sorted_and_of_known_tags() {
        let rows: Vec<&str> = include_str!("verbs.tsv").lines().filter(|line| !line.starts_with('#')).collect();
        assert!(rows.is_sorted_by(|one, next| one < next));
        assert_eq!(SHARES.len(), rows.len());
    }

    #[test]
    fn a_verb_of_two_syllables_is_tagged_and_its_second_is_no_beginning() {
        let text = "lượng khách phục hồi 80%";
        let figure = text.find("80%").map_or(0..0, |at| at..text.len());
        let tokens = fill(text, &(0..text.len()), &[], std::slice::from_ref(&figure), &[], &figure);
        let tagged =
            |word: &str, tag| tokens.iter().any(|token| &text[token.start..token.end] == word && token.is(tag));
        assert!(tagged("phục", VERBAL) && tagged("hồi", VERBAL) && tagged("hồi", INNER));
        assert!(!tagged("phục", INNER) && tagged("80", SELF));
    }
}
