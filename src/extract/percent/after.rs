//! The noun phrase right after a figure: `30% tiền thuê đất`, `100% xã đã có điện`.
//!
//! It ends at the first time, comparison, bracket or verb; with `whole` its own verb belongs to it.

use super::phrase::{BREAKS, timed};
use super::phrase_bounds::trimmed;
use super::sentence::{Sentence, WINDOW};
use crate::extract::lexicon::*;
use std::ops::Range;

/// Returns the noun phrase right after a figure; with `whole` its verb too: `100% địa phương đã hoàn thành nhiệm vụ`.
pub fn after(clause: &Sentence<'_>, figure_end: usize, whole: bool) -> Option<Range<usize>> {
    let rest = &clause.text[figure_end..clause.range.end];
    // `giảm 0,5%/năm lãi suất cho vay`.
    let rest = ["/năm", "/ năm", "/tháng"]
        .iter()
        .find_map(|every| rest.strip_prefix(every))
        .unwrap_or(rest)
        .trim_start_matches(' ');
    let rest = ["trở lên", "trở xuống"]
        .iter()
        .find_map(|limit| rest.strip_prefix(limit))
        .unwrap_or(rest)
        .trim_start_matches(' ');
    let start = clause.range.end - rest.len();
    if !clause.text[start..clause.range.end].starts_with(|c: char| c.is_alphabetic() || matches!(c, '“' | '"')) {
        return None;
    }
    let first = clause.before(start);
    let shut = COMPARE
        .or(AUX)
        .or(TIME)
        .or(RISE)
        .or(FALL)
        .or(SHARE)
        .or(EXCEED)
        .or(REACH)
        .or(IS)
        .or(TO)
        .or(FROM)
        .or(UNTIL)
        .or(LEAD)
        .or(PREPOSITION)
        .or(CONJUNCTION)
        .or(TENSE)
        .or(HAVE)
        .or(ADVERB)
        .or(UNDER)
        .or(ABOUT)
        .or(OVER)
        .or(REPORT);
    // `0,05% trên tổng số tiền phạt`: of what it is a share.
    let total =
        |token: &Token| clause.word(token).starts_with("trên tổng") || clause.word(token).starts_with("trong tổng");
    if clause.right(first, start).is_some_and(|token| token.is(shut) && !token.is(RATE) || total(&token)) {
        return None;
    }
    let mut end = clause.range.end;
    let mut verb = false;
    for at in first..(first + WINDOW).min(clause.tokens.len()) {
        let token = clause.tokens[at];
        if token.start == start {
            continue;
        }
        let word = clause.word(&token);
        let between = |clause: &Sentence<'_>| {
            clause.left(at, token.start).is_some_and(|t| t.is(NUMBER))
                && clause.right(at + 1, token.end).is_some_and(|t| t.is(NUMBER))
        };
        if token.is(OPEN.or(CLOSE).or(SEMICOLON).or(COLON).or(COMPARE).or(FIGURE).or(REPORT))
            || token.is(DASH) && !between(clause)
        {
            end = token.start;
            break;
        }
        let counted = token.is(COMMA)
            && clause.right(at + 1, token.end).is_some_and(|next| next.is(NUMBER))
            && clause.left(at, token.start).is_some_and(|next| next.is(NUMBER));
        // `100% xã, phường, thị trấn có bể bơi`.
        let places = whole
            && clause.left(at, token.start).is_some_and(|place| place.is(PLACE))
            && clause.right(at + 1, token.end).is_some_and(|place| place.is(PLACE));
        if token.is(COMMA) && !counted && !places {
            let later = clause.tokens[at + 1..].iter().take_while(|next| !next.is(BREAKS)).any(|next| next.is(TENSE));
            // `50% đảng viên dự học, nay đã tăng 80%`: another clause.
            let next = clause.right(at + 1, token.end);
            let fresh = next.is_some_and(|next| {
                next.is(LEAD.or(AUX).or(TIME).or(TENSE).or(NUMBER).or(OVER).or(ABOUT)) && !next.is(RATE)
            });
            // `với 100% đại biểu tán thành, Quốc hội đã thông qua`.
            let fresh = fresh || clause.text[token.end..].trim_start().starts_with(char::is_uppercase);
            if !whole || verb || !later || fresh {
                end = token.start;
                break;
            }
        }
        verb |= token.is(TENSE);
        let tied = word == "của"
            || word == "về"
            || word == "trên"
            || word == "đến"
            || word == "tới"
            || word == "từ" && clause.right(at + 1, token.end).is_some_and(|next| next.is(NUMBER));
        let stop = timed(clause, at)
            || word == "thì"
            || word == "dưới hình thức"
            || token.is(AT_LEAST.or(AT_MOST)) && clause.right(at + 1, token.end).is_some_and(|next| next.is(NUMBER))
            || token.is(TENSE.or(IS).or(REACH).or(SHARE).or(EXCEED).or(RISE).or(FALL).or(LEAD)) && !token.is(RATE)
            || token.is(PREPOSITION) && !tied;
        if (!whole && stop && !tied)
            || (whole && (timed(clause, at) || word == "thì" || token.is(IS.or(SHARE)) && !token.is(TENSE)))
        {
            end = token.start;
            break;
        }
    }
    // `30% diện tích trở lên thì được hỗ trợ`: the limit ends what is measured.
    let limit = [" trở lên", " trở xuống"].iter().filter_map(|limit| clause.text.get(start..end)?.find(limit)).min();
    trimmed(clause, start, limit.map_or(end, |at| start + at))
}

#[cfg(test)]
mod tests {
    use crate::extract::percent::tests::measured;

    #[test]
    fn a_phrase_behind_a_figure_ends_at_the_next_clause_or_limit() {
        for (text, indicators) in [
            // Pairs with a comma are one noun; a number behind a comma is another clause; a limit in numbers ends the phrase.
            ("Có 12% cán bộ, công chức chưa đạt chuẩn.", &[Some("cán bộ, công chức chưa đạt chuẩn")] as &[_]),
            ("100% xóm có điện, hơn 30 km đường đã được cứng hóa.", &[Some("xóm có điện")]),
            ("Giảm 50% tiền thuê kho tối đa 6 tháng.", &[Some("tiền thuê kho")]),
            ("Bằng 50% mức phạt tối đa.", &[Some("mức phạt tối đa")]),
        ] {
            assert_eq!(measured(text), indicators, "{text}");
        }
    }
}
