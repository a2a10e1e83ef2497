//! The ends of a noun phrase: blanks, light words, remarks in brackets and cells of a table go.
//!
//! What is left begins and ends with a word, or nothing is.

use super::sentence::{Sentence, is_blank};
use crate::extract::lexicon::*;
use std::ops::Range;

/// Bytes that a phrase may have; what is longer is no phrase.
const LONGEST: usize = 260;

/// Words that no phrase ends with.
const LIGHT: Roles =
    AUX.or(PREPOSITION).or(CONJUNCTION).or(LEAD).or(OPEN).or(ABOUT).or(OVER).or(UNDER).or(REPORT).or(RISE).or(FALL);

/// Cuts blanks, light words and brackets off the ends of a phrase; `None` when nothing is left or too much.
pub fn trimmed(clause: &Sentence<'_>, start: usize, end: usize) -> Option<Range<usize>> {
    let (mut start, mut end) = (start, end);
    // What a condition says stands before `thì`, what follows from it after.
    if let Some(at) = clause.text.get(start..end)?.rfind(" thì ") {
        start += at + " thì ".len();
    }
    // The cells of a table: the first names its row.
    let cells = clause.text.get(start..end)?;
    let lead = cells.len() - cells.trim_start_matches(|c: char| is_blank(c) || c == '|').len();
    start += lead;
    end = clause.text[start..end].find('|').map_or(end, |bar| start + bar);
    loop {
        let part = clause.text.get(start..end)?;
        if let Some(cut) = TAILS.iter().find_map(|tail| part.trim_end_matches(is_blank).strip_suffix(tail)) {
            end = start + cut.len();
            continue;
        }
        let cut = part.trim_end_matches(|c: char| is_blank(c) || matches!(c, ',' | ';' | ':' | '-' | '–' | '(' | '.'));
        end = start + cut.len();
        if end <= start {
            return None;
        }
        let count = clause.before(end);
        if cut.ends_with(')') {
            let closing = count.checked_sub(1)?;
            let open = clause.tokens[clause.opening(closing)?].start;
            // A short form stays: `(IIP)`; a remark goes.
            if open > start && (clause.text[open..end].contains(' ') || clause.text[open..end].len() > 16) {
                end = open;
                continue;
            }
        } else if let Some(last) = clause.left(count, end).filter(|last| last.end == end && last.start > start)
            && last.is(LIGHT)
            && !last.is(RATE)
        {
            end = last.start;
            continue;
        }
        break;
    }
    // `và NTP`: what joins equals is no part of the second.
    if let Some(joint) =
        clause.right(clause.before(start), start).filter(|joint| joint.is(CONJUNCTION) && joint.end < end)
    {
        start = joint.end;
    }
    let part = &clause.text[start..end];
    start += part.len()
        - part.trim_start_matches(|c: char| is_blank(c) || matches!(c, '-' | '–' | '+' | '.' | ',' | ')' | '/')).len();
    // `(giảm 4%) và lợi nhuận`: the bracket hid what joins.
    let part = clause.text.get(start..end)?;
    start += part.len() - part.strip_prefix("và ").unwrap_or(part).len();
    let part = clause.text.get(start..end)?;
    let formula = part.contains(['=', '×', '[']) || part.contains(" x ") || part.starts_with("x ");
    let formula = formula || part.chars().filter(|c| c.is_alphabetic()).count() < 2;
    if formula || dated(part) || BARE.contains(&part.to_lowercase().as_str()) {
        return None;
    }
    (start < end && end - start <= LONGEST && part.starts_with(char::is_alphanumeric)).then_some(start..end)
}

/// Words between a noun phrase and its verb that no word list holds, with the blank before them.
const TAILS: &[&str] = &[
    " còn rất thấp",
    " còn thấp",
    " luôn ở mức",
    " ở mức cao",
    " ở mức rất cao",
    " ở mức rất thấp",
    " ở mức thấp",
    " ở mức",
    " ở các mức",
    " là",
    " là bao nhiêu",
    " đạt mức",
    " được xác định",
    " được tính",
    " được áp dụng",
    " áp dụng theo mức",
    " theo mức",
    " chỉ đạt",
    " đạt được",
    " đạt",
    " trên lý thuyết",
    " thu được sau",
    " sau",
    " +",
];

/// Words that name nothing when they stand alone: what is left of a time, a comparison or a count. Sorted.
const BARE: &[&str] = &[
    "bình quân",
    "ck",
    "cả năm",
    "cùng kỳ",
    "kh",
    "lần",
    "mỗi năm",
    "nay",
    "này",
    "trung bình",
    "trở lên",
    "trở xuống",
    "đó",
];

/// Says whether a phrase is nothing but a time: `năm 2012`, `tháng 5/2013`.
fn dated(part: &str) -> bool {
    let mut words = part.split(' ');
    let first = words
        .next()
        .is_some_and(|word| ["năm", "tháng", "quý", "ngày", "tuần"].contains(&word.to_lowercase().as_str()));
    let mut rest = 0;
    first
        && words.all(|word| {
            rest += 1;
            word.starts_with(|c: char| c.is_ascii_digit()) || ["năm", "tháng", "I", "II", "III", "IV"].contains(&word)
        })
        && rest > 0
}
