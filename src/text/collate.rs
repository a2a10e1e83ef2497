//! Collation: words in the order of a Vietnamese dictionary.
//!
//! Invariant: letters decide first (a ă â b c d đ e ê …), then the tone (ba bà bả bã bá bạ), each syllable before the next.

use unicode_normalization::UnicodeNormalization;

/// The alphabet in its order, with the letters of foreign words among them.
const LETTERS: &str = "0123456789aăâbcdđeêfghijklmnoôơpqrstuưvwxyz";
/// Tones in their order, as combining marks; no mark comes before all.
const TONES: [char; 5] = ['\u{300}', '\u{309}', '\u{303}', '\u{301}', '\u{323}'];
/// Stands for the first letter in a key; what parts letters from a tone, and syllables, lies below it.
const FIRST: u32 = 0x20;
const TONE: char = '\u{2}';
const NEXT: char = '\u{1}';

/// Returns a key by whose code points words sort as in a Vietnamese dictionary; case does not count, and what is neither
/// letter nor digit only parts syllables.
///
/// ```
/// let mut words = ["đá", "da", "bạ", "bà", "ăn", "bác", "ba", "an toàn", "âm"];
/// words.sort_by_cached_key(|word| baotinh::text::collation_key(word));
/// assert_eq!(words, ["an toàn", "ăn", "âm", "ba", "bà", "bạ", "bác", "da", "đá"]);
/// ```
pub fn collation_key(text: &str) -> String {
    let syllables = text.split(|c: char| !c.is_alphanumeric() && !is_mark(c)).filter(|part| !part.is_empty());
    let mut key = String::with_capacity(text.len() + 8);
    for syllable in syllables {
        if !key.is_empty() {
            key.push(NEXT);
        }
        add(syllable, &mut key);
    }
    key
}

fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

/// Adds the letters of a syllable, then its tone.
fn add(syllable: &str, key: &mut String) {
    let mut tone = 0;
    let without_tone: String = syllable
        .nfd()
        .filter(|c| match TONES.iter().position(|mark| mark == c) {
            Some(at) => {
                tone = at + 1;
                false
            }
            None => true,
        })
        .nfc()
        .collect();
    let rank = |letter: char| match LETTERS.chars().position(|other| other == letter) {
        Some(at) => char::from_u32(FIRST + at as u32).unwrap_or(letter),
        None => letter.max('\u{80}'),
    };
    key.extend(without_tone.to_lowercase().chars().map(rank));
    if tone > 0 {
        key.push(TONE);
        key.extend(char::from_digit(tone as u32, 10));
    } else {
        key.push(TONE);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted<'a>(words: &[&'a str]) -> Vec<&'a str> {
        let mut sorted = words.to_vec();
        sorted.sort_by_cached_key(|word| collation_key(word));
        sorted
    }

    #[test]
    fn letters_come_before_tones_and_tones_before_the_next_syllable() {
        let order = ["ma", "mà", "mả", "mã", "má", "mạ", "ma túy", "mác", "mă", "mâm", "na"];
        let mut turned = order;
        turned.reverse();
        let want = ["ma", "ma túy", "mà", "mả", "mã", "má", "mạ", "mác", "mă", "mâm", "na"];
        assert_eq!(sorted(&turned), want);
    }

    #[test]
    fn case_form_and_marks_of_punctuation_do_not_count() {
        assert_eq!(collation_key("Đồng Tháp,"), collation_key("đồng  tháp"));
        let apart: String = "Đồng Tháp".nfd().collect();
        assert_eq!(collation_key(&apart), collation_key("Đồng Tháp"));
    }
}
