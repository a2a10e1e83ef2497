//! Words around a number: whether they stand before or after it, whatever their case.
//!
//! Invariant: nothing is allocated; most words are passed over by a look at one letter.

use super::lexicon::{BRANCHES, STEMS};

/// Says whether words follow at a byte offset, after blanks, whole.
pub fn follows(text: &str, end: usize, words: &str) -> bool {
    follows_one(text, end, &[words])
}

/// Says whether one of some words follows at a byte offset, after blanks, whole.
pub fn follows_one(text: &str, end: usize, words: &[&str]) -> bool {
    let rest = text[end..].trim_start_matches([' ', '\t']);
    words.iter().any(|words| begins(rest, words) && !rest[words.len()..].starts_with(char::is_alphanumeric))
}

/// Says whether a text begins with some words in lower case, whatever its own case.
pub fn begins(text: &str, words: &str) -> bool {
    matches!((text.as_bytes(), words.as_bytes()), ([a, ..], [b, ..]) if near(*a, *b))
        && text.get(..words.len()).is_some_and(|start| same(start, words))
}

/// Says whether one of some words stands at the end of a text, whole; brackets and quotes between are passed over.
pub fn word_before(before: &str, words: &[&str]) -> bool {
    let before = before.trim_end_matches([' ', '\t', '\n', '(', '*', '"', '“']);
    let Some(last) = before.bytes().next_back() else { return false };
    words.iter().any(|word| {
        word.bytes().next_back().is_some_and(|letter| near(letter, last))
            && before.len() >= word.len()
            && before.is_char_boundary(before.len() - word.len())
            && same(&before[before.len() - word.len()..], word)
            && !touches(&before[..before.len() - word.len()], &before[before.len() - word.len()..])
    })
}

/// Says whether a text ends in the name of a year of the sixty: `Tết Giáp Thìn `.
pub fn sexagenary(before: &str) -> bool {
    let mut words = before.trim_end_matches(' ').rsplit(' ');
    let mut is = |list: &[&str]| words.next().is_some_and(|word| list.iter().any(|known| same(word, known)));
    is(BRANCHES) && is(STEMS)
}

/// Says whether a name in lower case is that of a year of the sixty; 4 is giáp tý.
pub fn is_sexagenary(name: &str, year: i16) -> bool {
    const IN_ORDER: ([&str; 10], [&str; 12]) = (
        ["giáp", "ất", "bính", "đinh", "mậu", "kỷ", "canh", "tân", "nhâm", "quý"],
        ["tý", "sửu", "dần", "mão", "thìn", "tỵ", "ngọ", "mùi", "thân", "dậu", "tuất", "hợi"],
    );
    let usual = |word: &str| match word {
        "kỉ" => "kỷ".to_string(),
        "quí" => "quý".to_string(),
        "tí" => "tý".to_string(),
        "mẹo" => "mão".to_string(),
        "tị" => "tỵ".to_string(),
        word => word.to_string(),
    };
    let from = (year - 4).rem_euclid(60) as usize;
    let mut words = name.split_whitespace().map(usual);
    words.next().as_deref() == Some(IN_ORDER.0[from % 10]) && words.next().as_deref() == Some(IN_ORDER.1[from % 12])
}

/// Says whether a text ends in the number of a document that holds no year, so that the one behind is its year:
/// `118/KH-UBND `, `57-NQ/TW `.
pub fn numbered(before: &str) -> bool {
    let Some(number) = before.strip_suffix(' ').and_then(|before| before.rsplit([' ', '\n', '(']).next()) else {
        return false;
    };
    let symbol = number.trim_start_matches(|c: char| c.is_ascii_digit());
    let code = symbol.strip_prefix(['/', '-']).unwrap_or_default();
    symbol.len() < number.len()
        && code.contains(['/', '-'])
        && code.chars().take(2).all(char::is_uppercase)
        && !code.ends_with(['/', '-'])
}

/// Says whether two bytes may be of one letter, whatever its case: the cheap look before [`same`].
fn near(a: u8, b: u8) -> bool {
    a.eq_ignore_ascii_case(&b) || !a.is_ascii() && !b.is_ascii()
}

/// Says whether a text is some words in lower case, whatever its own case; the first letter that differs decides.
fn same(text: &str, words: &str) -> bool {
    text == words || text.chars().flat_map(char::to_lowercase).eq(words.chars())
}

/// Says whether a word is the rest of a longer one; a capital after a small letter begins a word whose blank was lost.
fn touches(before: &str, word: &str) -> bool {
    let lost = word.starts_with(char::is_uppercase) && before.ends_with(char::is_lowercase);
    before.ends_with(char::is_alphanumeric) && !lost
}

/// Returns the byte offset up to `length` bytes before another, on a character border.
pub fn back(text: &str, at: usize, length: usize) -> usize {
    let mut start = at.saturating_sub(length);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    start
}
