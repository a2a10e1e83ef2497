//! Analysis: text to terms, each in its exact form, from which the folded one follows.
//!
//! A term is a run of letters, digits and combining marks, mostly a Vietnamese syllable; a number keeps its decimal mark
//! and has its percentage beside it (`0,34` and `0,34%` share one position). A punctuation mark and the end of a paragraph
//! are terms too, so that a phrase goes across one only when the query has it; a single line break is a blank. Invariant: text
//! and query go through the same function, so what a person types is what was indexed.

use super::spelling;
use crate::text::fold_char;
use std::sync::{LazyLock, OnceLock};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::canonical_combining_class;

/// Stands before a term at the next position.
pub const NEXT: u8 = b' ';
/// Stands before a term at the position of the one before it.
pub const SAME: u8 = b'\t';
/// Stands before the first term of another part (title, lead, body): nothing goes across.
pub const PART: u8 = b'\r';

/// First character of a term that is a punctuation mark: no letter, and before all of them in order.
pub const SIGN: char = '\u{1}';
/// The term that stands between two paragraphs.
pub const PARAGRAPH: &str = "\u{1}¶";

/// Returns the positions from the term before to one that stands behind a mark.
pub const fn step(mark: u8) -> usize {
    match mark {
        SAME => 0,
        NEXT => 1,
        _ => 200,
    }
}

/// Says whether a term is a syllable, word or number, and no punctuation mark.
pub fn is_word(term: &str) -> bool {
    !term.starts_with(SIGN)
}

/// Says whether a term is a number without its percent sign: `1.240,5`.
pub fn is_number(term: &str) -> bool {
    term.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b',')) && is_word(term)
}

/// Holds analysed text: the terms behind their marks, in two forms of equal count, as the index's tokenizers read them.
#[derive(Debug, Default, Clone)]
pub struct Analysed {
    /// Lower case, diacritics kept, one spelling of the tone mark: ` nghị quyết`.
    pub exact: String,
    /// Positions that hold a word.
    pub count: usize,
    folded: OnceLock<String>,
}

/// Says where a term stands: its position and its bytes in the text that was analysed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Position, comparable within one text.
    pub position: usize,
    /// First byte.
    pub start: usize,
    /// Byte after the last one; the sign of a percentage is part of it.
    pub end: usize,
}

/// Analyses normalised text.
pub fn analyse(text: &str) -> Analysed {
    let mut analysed = Analysed::with_capacity(text.len() + 16);
    analysed.add(text, NEXT, &mut |_, _| {});
    analysed
}

/// Analyses normalised text and says where each term stands.
pub fn analyse_with_places(text: &str) -> (Analysed, Vec<Place>) {
    let mut analysed = Analysed::with_capacity(text.len() + 16);
    let mut places = Vec::with_capacity(text.len() / 5);
    analysed.add(text, NEXT, &mut |start, end| places.push((start, end)));
    let mut position = 0;
    let marks = terms(&analysed.exact).map(|(mark, _)| mark);
    let places = places
        .into_iter()
        .zip(marks)
        .map(|((start, end), mark)| {
            position += step(mark);
            Place { position, start, end }
        })
        .collect();
    (analysed, places)
}

/// Goes over the terms of one form: the mark before each, and the term.
pub fn terms(form: &str) -> impl Iterator<Item = (u8, &str)> {
    let mut rest = form;
    std::iter::from_fn(move || {
        let mark = *rest.as_bytes().first()?;
        let end = rest.bytes().skip(1).position(is_mark).map_or(rest.len(), |at| at + 1);
        let term = &rest[1..end];
        rest = &rest[end..];
        Some((mark, term))
    })
}

/// Says whether a byte of a form parts terms; no letter, digit or sign of a term is one.
pub fn is_mark(byte: u8) -> bool {
    matches!(byte, NEXT | SAME | PART)
}

/// Says whether a term makes a pair with the one before it: two words side by side, with no number and no punctuation mark.
pub fn is_pair(left: &str, mark: u8, term: &str) -> bool {
    let is_word = |term: &str| term.bytes().next().is_some_and(|byte| !byte.is_ascii_digit() && byte != SIGN as u8);
    mark == NEXT && is_word(left) && is_word(term)
}

/// Returns the one form of a punctuation mark that is written in many.
fn sign(c: char) -> char {
    match c {
        '“' | '”' => '"',
        '‘' | '’' | '`' | '´' => '\'',
        '‐' | '‑' | '‒' | '–' | '—' | '−' => '-',
        '…' => '.',
        c => c,
    }
}

/// Folds analysed text, or one term of it: its marks stay, the tones and marks of its letters go.
pub fn fold_form(exact: &str) -> String {
    exact.chars().map(|c| letter(c).map_or(c, |(_, folded)| folded)).filter(|&c| c != NO_LETTER).collect()
}

impl Analysed {
    /// Makes room for text of so many bytes.
    pub fn with_capacity(bytes: usize) -> Analysed {
        Analysed { exact: String::with_capacity(bytes), ..Analysed::default() }
    }

    /// Returns the form without tones and marks: ` nghi quyet`. It is made when it is first asked for.
    pub fn folded(&self) -> &str {
        self.folded.get_or_init(|| fold_form(&self.exact))
    }

    fn sign(&mut self, mark: u8, sign: char) {
        self.exact.extend([mark as char, SIGN, sign]);
    }

    /// Analyses more text behind what is there; `first` is the mark before its first term.
    pub fn add(&mut self, text: &str, first: u8, take: &mut impl FnMut(usize, usize)) {
        let bytes = text.as_bytes();
        let mut mark = first;
        let mut chars = text.char_indices().peekable();
        // The sign that the term before is, and the line breaks behind it: two end a paragraph, one wraps a line.
        let (mut before, mut breaks, mut begun): (Option<char>, Vec<usize>, bool) = (None, Vec::new(), false);
        while let Some((start, c)) = chars.next() {
            // A mark that follows no letter is no term.
            let found = letter(c).filter(|&(_, folded)| folded != NO_LETTER);
            if found.is_none() && (c.is_whitespace() || letter(c).is_some()) {
                if c == '\n' && begun {
                    breaks.push(start);
                }
                continue;
            }
            if let [at, _, ..] = breaks[..] {
                self.sign(mark, '¶');
                take(at, at + 1);
                before = None;
            }
            breaks.clear();
            begun = true;
            let Some((letter, _)) = found else {
                // `...` is one mark.
                if before != Some(sign(c)) {
                    self.sign(mark, sign(c));
                    take(start, start + c.len_utf8());
                    (before, mark) = (Some(sign(c)), NEXT);
                }
                continue;
            };
            before = None;
            let from = self.exact.len();
            self.exact.push(mark as char);
            self.exact.push(letter);
            let mut digits = c.is_ascii_digit();
            let mut marked = false;
            let mut end = start + c.len_utf8();
            while let Some(&(at, c)) = chars.peek() {
                match self::letter(c) {
                    Some((letter, _)) => {
                        self.exact.push(letter);
                        digits &= c.is_ascii_digit();
                        marked |= is_mark_of_letter(c);
                    }
                    // `1.240,5` is one number.
                    None if digits && matches!(c, '.' | ',') && bytes.get(at + 1).is_some_and(u8::is_ascii_digit) => {
                        self.exact.push(c);
                    }
                    None => break,
                }
                end = at + c.len_utf8();
                chars.next();
            }
            if marked {
                compose(&mut self.exact, from + 1);
            }
            if !digits {
                spelling::unify(&mut self.exact, from + 1);
            }
            let sign = if digits { percent_sign(&text[end..]) } else { None };
            if let Some(length) = sign {
                end += length;
                while chars.next_if(|&(at, _)| at < end).is_some() {}
            }
            self.count += 1;
            take(start, end);
            if sign.is_some() {
                let to = self.exact.len();
                self.exact.push(SAME as char);
                self.exact.extend_from_within(from + 1..to);
                self.exact.push('%');
                take(start, end);
            }
            mark = NEXT;
        }
    }
}

/// Says whether a character combines with the letter before it; Vietnamese text is composed and has none.
fn is_mark_of_letter(c: char) -> bool {
    c >= '\u{300}' && !('\u{1e00}'..='\u{1eff}').contains(&c) && canonical_combining_class(c) != 0
}

/// Composes a term whose small letter takes a mark that its capital did not: `Ώ` and U+0345 are `ῴ`.
fn compose(form: &mut String, start: usize) {
    let composed: String = form[start..].nfc().collect();
    form.truncate(start);
    form.push_str(&composed);
}

/// Returns the length of a percent sign behind a number, a blank before it included.
fn percent_sign(rest: &str) -> Option<usize> {
    if rest.starts_with('%') {
        Some(1)
    } else if rest.starts_with(" %") {
        Some(2)
    } else {
        None
    }
}

/// Stands in the table for a combining mark: it is kept in the exact form and dropped in the folded one.
const NO_LETTER: char = '\0';
/// Code points below this are looked up; Vietnamese ends at U+1EF9.
const TABLE: usize = 0x1f00;

static LETTERS: LazyLock<Vec<Option<(char, char)>>> =
    LazyLock::new(|| (0..TABLE as u32).map(|c| char::from_u32(c).and_then(letter_slowly)).collect());

/// Says whether a character is one that terms are made of.
pub fn is_letter(c: char) -> bool {
    letter(c).is_some()
}

/// Returns a character of a term in lower case and folded; `None` when it parts terms.
fn letter(c: char) -> Option<(char, char)> {
    LETTERS.get(c as usize).copied().unwrap_or_else(|| letter_slowly(c))
}

fn letter_slowly(c: char) -> Option<(char, char)> {
    if c.is_alphanumeric() {
        Some((c.to_lowercase().next().unwrap_or(c), fold_char(c)))
    } else if canonical_combining_class(c) != 0 {
        Some((c, NO_LETTER))
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exact(text: &str) -> String {
        analyse(text).exact
    }

    #[test]
    fn a_text_has_two_forms() {
        let analysed = analyse("Nghị quyết của HĐND, số 5.");
        assert_eq!(analysed.exact, " nghị quyết của hđnd \u{1}, số 5 \u{1}.");
        assert_eq!(analysed.folded(), " nghi quyet cua hdnd \u{1}, so 5 \u{1}.");
        assert_eq!(analysed.count, 6);
    }

    #[test]
    fn numbers_are_kept_whole_and_a_percentage_stands_beside_its_number() {
        assert_eq!(
            exact("còn 0,34%, tăng 1.240,5 tỷ; 76,95 %. Năm 2022, 5G"),
            " còn 0,34\t0,34% \u{1}, tăng 1.240,5 tỷ \u{1}; 76,95\t76,95% \u{1}. năm 2022 \u{1}, 5g"
        );
    }

    #[test]
    fn a_term_is_composed_after_it_was_made_small() {
        assert_eq!(exact("\u{38f}\u{345}"), " \u{1ff4}");
    }

    #[test]
    fn the_end_of_a_paragraph_is_a_term_and_a_mark_said_twice_is_one() {
        assert_eq!(exact("một...\n\n– hai “ba”"), " một \u{1}. \u{1}¶ \u{1}- hai \u{1}\" ba \u{1}\"");
        assert_eq!(exact("một\nhai,\n \nba"), " một hai \u{1}, \u{1}¶ ba");
        let (_, places) = analyse_with_places("tăng 5 %\n\nhai");
        assert_eq!(
            places,
            [(1, 0, 5), (2, 6, 9), (2, 6, 9), (3, 9, 10), (4, 11, 14)].map(|(position, start, end)| Place {
                position,
                start,
                end
            })
        );
    }

    #[test]
    fn places_lead_back_to_the_text() {
        let text = "Ủy ban nhân dân: 12,5% (KT-XH)";
        let (analysed, places) = analyse_with_places(text);
        let words: Vec<_> = places.iter().map(|place| &text[place.start..place.end]).collect();
        assert_eq!(words, ["Ủy", "ban", "nhân", "dân", ":", "12,5%", "12,5%", "(", "KT", "-", "XH", ")"]);
        assert_eq!(terms(&analysed.exact).count(), words.len());
        assert_eq!(terms(analysed.folded()).count(), words.len());
    }
}
