//! Sentences: where one ends, with the full stops of numbers, abbreviations and list marks left alone.

use std::ops::Range;

/// Words that end in a full stop without ending a sentence, folded.
const ABBREVIATIONS: &[&str] = &[
    "bs", "cn", "dr", "gs", "hcm", "ks", "mr", "mrs", "ong", "p", "pgs", "q", "st", "t", "th", "ths", "tp", "tr", "ts",
    "tt", "tx", "vs",
];

/// Returns the byte ranges of the sentences, in order, blanks at their ends left out; together they cover every word.
///
/// A line break always ends a sentence; `.`, `!`, `?`, `…` and `;` do not unless what follows looks like a beginning:
/// a blank and then no lower-case letter, or a capital glued to the stop (`năm 2013.Nhân viên`). `;` never ends one.
///
/// ```
/// let text = "TP.HCM có 5,1%. Ông T. nói thêm!";
/// let found: Vec<_> = baotinh::text::sentences(text).into_iter().map(|range| &text[range]).collect();
/// assert_eq!(found, ["TP.HCM có 5,1%.", "Ông T. nói thêm!"]);
/// ```
pub fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::with_capacity(text.len() / 128 + 1);
    let mut line_start = 0;
    for line_end in memchr::memchr_iter(b'\n', text.as_bytes()).chain([text.len()]) {
        split_line(text, line_start..line_end, &mut found);
        line_start = line_end + 1;
    }
    found
}

fn split_line(text: &str, line: Range<usize>, found: &mut Vec<Range<usize>>) {
    let mut start = line.start;
    let mut passed = line.start;
    for stop in stops(&text[line.clone()]).map(|at| at + line.start) {
        if stop < passed {
            continue;
        }
        let mark = if text.as_bytes()[stop] == ELLIPSIS[0] { ELLIPSIS.len() } else { 1 };
        let end = stop + mark + closing(&text[stop + mark..line.end]);
        if begins(&text[end..line.end], &text[start..stop], text.as_bytes()[stop]) {
            push(found, text, start..end);
            start = end;
        }
        passed = end;
    }
    push(found, text, start..line.end);
}

/// Bytes of `…`.
const ELLIPSIS: &[u8] = "…".as_bytes();

/// Returns the offsets of `.`, `!`, `?` and `…` in a line, in order.
fn stops(line: &str) -> impl Iterator<Item = usize> + '_ {
    let mut marks = memchr::memchr3_iter(b'.', b'!', b'?', line.as_bytes()).peekable();
    let mut ellipses = memchr::memchr_iter(ELLIPSIS[0], line.as_bytes())
        .filter(|&at| line.as_bytes()[at..].starts_with(ELLIPSIS))
        .peekable();
    std::iter::from_fn(move || match (marks.peek(), ellipses.peek()) {
        (Some(mark), Some(ellipsis)) if mark > ellipsis => ellipses.next(),
        (Some(_), _) => marks.next(),
        (None, _) => ellipses.next(),
    })
}

/// Returns the length of further stops, quotes and brackets that close the sentence.
fn closing(rest: &str) -> usize {
    rest.find(|c| !matches!(c, '.' | '!' | '?' | '…' | '"' | '”' | '’' | ')' | ']' | '»')).unwrap_or(rest.len())
}

/// Says whether what follows a stop is the beginning of a sentence.
fn begins(rest: &str, before: &str, stop: u8) -> bool {
    let mut after = rest.chars();
    let Some(next) = after.next() else { return true };
    if next.is_uppercase() {
        // Glued: `2013.Nhân viên` ends a sentence, `TP.HCM` and `Th.S` do not.
        return stop != b'.'
            || (after.next().is_some_and(char::is_lowercase)
                && before.chars().next_back().is_some_and(|c| {
                    c.is_lowercase() || c.is_numeric() || matches!(c, '%' | ')' | '”') || spelled(before)
                })
                && !abbreviated(before));
    }
    if !next.is_whitespace() {
        return false;
    }
    let Some(first) = rest.trim_start().chars().next() else { return true };
    !first.is_lowercase() && !(stop == b'.' && (abbreviated(before) || is_list_mark(before)))
}

/// Says whether a text ends in three capitals or more, which no title or place is shortened to: `30% GDP.Tỉ lệ`.
fn spelled(before: &str) -> bool {
    before.chars().rev().take_while(|c| c.is_uppercase()).count() >= 3
}

fn abbreviated(before: &str) -> bool {
    let word = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    let capital = word.chars().next().is_some_and(char::is_uppercase);
    capital && word.len() <= 8 && ABBREVIATIONS.binary_search(&super::fold(word).as_str()).is_ok()
}

/// Says whether the sentence so far is only the mark of a list item: `1`, `a`, `IV`.
fn is_list_mark(before: &str) -> bool {
    let mark = before.trim();
    !mark.is_empty() && mark.len() <= 4 && mark.chars().all(char::is_alphanumeric)
}

fn push(found: &mut Vec<Range<usize>>, text: &str, range: Range<usize>) {
    let part = &text[range.clone()];
    let start = range.start + part.len() - part.trim_start().len();
    let end = range.start + part.trim_end().len();
    if start < end {
        found.push(start..end);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        sentences(text).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn stops_in_numbers_and_abbreviations_end_nothing() {
        assert_eq!(
            split("TP. Hạ Long có 1.240 hộ, ThS. Lan nói. Năm 2022 tăng 0.5%."),
            ["TP. Hạ Long có 1.240 hộ, ThS. Lan nói.", "Năm 2022 tăng 0.5%."]
        );
    }

    #[test]
    fn a_glued_capital_begins_a_sentence() {
        assert_eq!(
            split("vào ngày 27/5/2013.Nhân viên cứu hộ ở TP.HCM đến."),
            ["vào ngày 27/5/2013.", "Nhân viên cứu hộ ở TP.HCM đến."]
        );
        assert_eq!(
            split("chiếm 1,99%.Những 30% GDP.Tỉ lệ (2%).Đây là PGS.Lan."),
            ["chiếm 1,99%.", "Những 30% GDP.", "Tỉ lệ (2%).", "Đây là PGS.Lan."]
        );
    }

    #[test]
    fn lines_end_sentences_and_quotes_close_them() {
        assert_eq!(
            split("Ông nói: “Được.” Rồi đi…\n1. Một việc\n\nHai"),
            ["Ông nói: “Được.”", "Rồi đi…", "1. Một việc", "Hai"]
        );
    }

    #[test]
    fn abbreviations_are_sorted() {
        assert!(ABBREVIATIONS.is_sorted());
    }
}
