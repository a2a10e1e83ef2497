//! Phrases looked up where they start, without regard to case, diacritics or commas: names of laws and organs.

use crate::text::{fold, fold_char};
use aho_corasick::{AhoCorasick, AhoCorasickKind, Anchored, Input, MatchKind, StartKind};

/// Characters of text that a window folds.
const WINDOW: usize = 128;

/// Stands for a letter that does not fold to ASCII; no text holds it.
const OTHER: u8 = 0x1a;

/// Holds the beginning of a stretch of text, folded to ASCII, commas dropped, runs of blanks made one.
pub struct Window {
    folded: [u8; WINDOW],
    /// Byte offset in the text after each folded character.
    ends: [usize; WINDOW],
    length: usize,
}

impl Window {
    /// Folds the text from a byte offset on, to the end of the paragraph or of the window. A line that goes on in lower
    /// case is the same paragraph: legal texts are printed with broken lines.
    pub fn new(text: &str, at: usize) -> Self {
        let mut window = Window { folded: [0; WINDOW], ends: [0; WINDOW], length: 0 };
        let mut end = at;
        let mut rest = text[at..].chars();
        while let Some(c) = rest.next() {
            end += c.len_utf8();
            let next = rest.clone().next();
            let folded = match c {
                ',' if next.is_some_and(char::is_whitespace) => continue,
                ',' => ' ',
                '\n' if !next.is_some_and(char::is_lowercase) => break,
                c if c.is_whitespace() => ' ',
                c => fold_char(c),
            };
            if folded == ' ' && window.length > 0 && window.folded[window.length - 1] == b' ' {
                continue;
            }
            window.folded[window.length] = match folded {
                c if c.is_ascii() => c as u8,
                c if c.is_alphanumeric() => OTHER,
                // `Luật Đất đai…`: a mark ends a word.
                _ => b'.',
            };
            window.ends[window.length] = end;
            window.length += 1;
            if window.length == WINDOW {
                break;
            }
        }
        window
    }
}

/// Holds a list of phrases, compiled once.
pub struct Phrases {
    automaton: AhoCorasick,
}

impl Phrases {
    /// Compiles phrases; the number of a phrase is its place among them.
    pub fn new<'a>(phrases: impl Iterator<Item = &'a str>) -> Self {
        let folded = phrases.map(|phrase| fold(phrase).replace(',', ""));
        let built = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .kind(Some(AhoCorasickKind::DFA))
            .start_kind(StartKind::Anchored)
            .build(folded);
        match built {
            Ok(automaton) => Phrases { automaton },
            Err(error) => unreachable!("phrases: {error}"),
        }
    }

    /// Returns the number of the longest phrase at the start of the window that ends with a word, and the byte offset after it.
    pub fn longest(&self, window: &Window) -> Option<(usize, usize)> {
        let folded = &window.folded[..window.length];
        let mut upto = folded.len();
        loop {
            let found = self.automaton.find(Input::new(&folded[..upto]).anchored(Anchored::Yes))?;
            let end = found.end();
            if !folded.get(end).is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == OTHER) {
                return Some((found.pattern().as_usize(), window.ends[end - 1]));
            }
            upto = end - 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_whole_phrase_is_found() {
        let phrases = Phrases::new(["đầu tư", "đầu tư công", "phòng, chống ma túy"].into_iter());
        let find =
            |text: &str| phrases.longest(&Window::new(text, 0)).map(|(number, end)| (number, text[..end].to_string()));
        assert_eq!(find("Đầu tư  công năm"), Some((1, "Đầu tư  công".to_string())));
        assert_eq!(find("đầu tư công2"), Some((0, "đầu tư".to_string())));
        assert_eq!(find("phòng chống ma tuý"), Some((2, "phòng chống ma tuý".to_string())));
        assert_eq!(find("đầu tưởng"), None);
        assert_eq!(find("đầu tư?"), Some((0, "đầu tư".to_string())));
        assert_eq!(find("đầu tư…"), Some((0, "đầu tư".to_string())));
        assert_eq!(find("đầu tư,trừ"), Some((0, "đầu tư".to_string())));
        assert_eq!(find("đầu tư\ncông số 58"), Some((1, "đầu tư\ncông".to_string())));
        assert_eq!(find("đầu tư\nCông ty"), Some((0, "đầu tư".to_string())));
    }
}
