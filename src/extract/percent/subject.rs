//! The subject of the verb that governs a figure, across the parts of its sentence.
//!
//! Verbs with numbers of their own and remarks in brackets are passed over; at most [`PARTS`] parts are searched.

use super::clause::{Clause, FILLERS, Reading};
use super::indicator::{RESTATING, begins};
use super::lexicon::*;
use super::phrase::{self, BREAKS, part_start};
use super::trim::trimmed;
use std::ops::Range;

/// Verbs that take a figure.
const VERBS: Roles = RISE.or(FALL).or(REACH).or(IS).or(SHARE).or(EXCEED).or(HAVE).or(TO).or(VERB);

/// Verbs of decision right before another verb: `đề xuất tăng 3%`.
const LEANING: &[&str] = &["kiến nghị", "quyết định", "quy định", "yêu cầu", "áp dụng", "điều chỉnh", "đề nghị", "đề xuất"];

/// Parts of a sentence that are searched for the subject of a verb.
const PARTS: usize = 8;

/// Returns the subject of the verb that governs the figure, from the same part of the sentence or from one before, and
/// the first verb with a number of its own between them.
pub fn subject(clause: &Clause<'_>, reading: &Reading) -> Option<(Range<usize>, Option<Token>)> {
    let (mut edge, mut count) = (reading.start, reading.before);
    let mut apart = false;
    let mut passed = None;
    // Light words, and verbs that lean on the one just passed: `đề xuất tăng`, `tăng thấp hơn`.
    let leans = |token: &Token| {
        let word = clause.word(token);
        token.is(AUX.or(HAVE).or(FROM).or(RISE).or(FALL)) && !token.is(RATE) || LEANING.contains(&word) || RESTATING.contains(&word)
    };
    for _ in 0..PARTS {
        while let Some(token) = clause.left(count, edge).filter(leans) {
            (edge, count) = (token.start, count - 1);
        }
        match clause.left(count, edge) {
            Some(token) if token.is(SEMICOLON.or(COMPARE).or(FIGURE)) => return None,
            Some(token) if token.is(BREAKS.or(CONJUNCTION)) => {
                (edge, count, apart) = (token.start, count - 1, true);
                continue;
            }
            Some(token) if token.is(CLOSE) => {
                let open = clause.opening(count - 1)?;
                (edge, count) = (clause.tokens[open].start, open);
                continue;
            }
            _ => {}
        }
        if clause.is_blank(clause.range.start, edge) {
            return None;
        }
        let first = part_start(clause, count);
        let clauses =
            (first + 1..count).rev().find(|&at| phrase::is_rate(clause, at, clause.tokens[at]) && phrase::subordinate(clause, at));
        let first = clauses.unwrap_or(first);
        // `giảm 9% và nhập khẩu đạt 24 tỷ USD, giảm 0,5%`: a clause of its own begins behind the figure before.
        let figure = (first..count).rev().find(|&at| clause.tokens[at].is(FIGURE));
        let own = figure.filter(|&at| joins(clause, at, count, edge)).map(|at| at + 2);
        let first = own.unwrap_or(first);
        if apart && first > 0 && amount(clause, first, count) {
            (edge, count) = (clause.tokens[first - 1].end, first);
            continue;
        }
        let Some(verb) = (first..count).rev().find(|&at| takes_number(clause, at, count)) else {
            // `vượt trên 16,1% so với cùng kỳ`: an earlier figure with what it is compared to; its subject stands before.
            let earlier = figure.filter(|&at| own.is_none() && clause.right(at + 1, clause.tokens[at].end).is_some_and(|t| t.is(COMPARE)));
            if let Some(at) = earlier {
                (edge, count, apart) = (clause.tokens[at].start, at, true);
                while let Some(token) = clause.left(count, edge).filter(|token| token.is(ABOUT.or(OVER).or(UNDER).or(AT_LEAST).or(AT_MOST)))
                {
                    (edge, count) = (token.start, count - 1);
                }
                continue;
            }
            let words = phrase::subject(clause, first, count, edge, apart)?;
            // `cao hơn Bắc thơm số 7 từ 10%`: a verb of change and what it is measured against.
            let at = clause.before(words.start);
            let verb = clause.right(at, words.start).filter(|verb| verb.start == words.start && verb.is(RISE.or(FALL)) && !verb.is(RATE));
            let Some(verb) = verb else { return Some((words, passed)) };
            passed = passed.or(Some(verb));
            (edge, count, apart) = (verb.start, at, true);
            continue;
        };
        let token = clause.tokens[verb];
        // `ngành có mức tăng trưởng khá, đạt 5,5%`: the noun of growth without a number of its own.
        if token.is(GROWTH.or(SHRINKING)) && token.is(RATE) && apart && reading.verb_is(REACH.or(IS)) && unnumbered(clause, verb) {
            return Some((token.start..token.end, passed));
        }
        if apart
            && token.is(HAVE.or(VERB))
            && !clause.word(&token).ends_with("đạt")
            && clause.word(&token) != "với"
            && let Some(words) = counted(clause, verb, count, edge)
        {
            return Some((words, None));
        }
        passed = passed.or(Some(token));
        (edge, count, apart) = (token.start, verb, true);
    }
    None
}

/// Says whether an earlier figure ends its clause before a conjunction, behind which another subject stands.
fn joins(clause: &Clause<'_>, figure: usize, count: usize, edge: usize) -> bool {
    let Some(joint) = clause.right(figure + 1, clause.tokens[figure].end).filter(|token| token.is(CONJUNCTION)) else { return false };
    let verb = (figure + 2..count).find(|&at| takes_number(clause, at, count));
    figure + 1 < count && !clause.is_blank(joint.end, verb.map_or(edge, |verb| clause.tokens[verb].start))
}

/// Says whether a noun of growth has no number behind it in its part of the sentence.
fn unnumbered(clause: &Clause<'_>, at: usize) -> bool {
    let next = clause.tokens[at + 1..].iter().take_while(|token| !token.is(BREAKS)).find(|token| token.is(NUMBER.or(FIGURE)));
    next.is_none() && clause.left(at, clause.tokens[at].start).is_some_and(|have| have.is(HAVE))
}

/// Says whether a part of a sentence only gives an amount: `khoảng 702 triệu đồng/m² cho các thửa giáp mặt đường`.
fn amount(clause: &Clause<'_>, first: usize, count: usize) -> bool {
    let (mut at, mut end) = (first, clause.tokens[first - 1].end);
    while let Some(token) = clause.right(at, end).filter(|token| at < count && token.is(ABOUT.or(OVER).or(UNDER).or(AUX))) {
        (at, end) = (at + 1, token.end);
    }
    let number = clause.right(at, end).filter(|token| token.is(NUMBER));
    number.is_some_and(|number| at < count && clause.right(at + 1, number.end).is_some_and(|unit| unit.is(SCALE)))
}

/// Says whether a verb has its own number, or ends its part of the sentence as only a verb of change does.
fn takes_number(clause: &Clause<'_>, at: usize, count: usize) -> bool {
    let token = clause.tokens[at];
    if !token.is(VERBS) || token.is(RATE) && !token.is(RISE.or(FALL)) {
        return false;
    }
    if token.is(SHARE) || token.is(IS) && clause.word(&token).starts_with("ở mức ") {
        return true;
    }
    let light = FILLERS.or(ABOUT).or(OVER).or(UNDER).or(AT_LEAST).or(AT_MOST).or(LEVEL).or(FROM).or(TO).or(UNTIL).or(IS);
    let (mut next, mut end) = (at + 1, token.end);
    while let Some(follower) = clause.right(next, end) {
        // A noun such as `lãi suất vay` may touch the figure that is asked about.
        if follower.is(NUMBER.or(FIGURE)) {
            return next < count || !token.is(VERB);
        }
        if token.is(RISE.or(FALL)) && follower.is(COMPARE.or(BREAKS)) && next <= count {
            return true;
        }
        if !follower.is(light) {
            return false;
        }
        (next, end) = (next + 1, follower.end);
    }
    false
}

/// Returns what a verb counts: `đất nông nghiệp` of `có khoảng 46.700 ha đất nông nghiệp`; money counts nothing.
fn counted(clause: &Clause<'_>, verb: usize, count: usize, edge: usize) -> Option<Range<usize>> {
    let mut at = (verb + 1..count).find(|&at| clause.tokens[at].is(NUMBER))?;
    let mut start = clause.tokens[at].end;
    while let Some(unit) = clause.right(at + 1, start).filter(|unit| at + 1 < count && unit.is(SCALE)) {
        if ["đồng", "usd", "USD", "điểm", "euro"].iter().any(|money| clause.word(&unit).ends_with(money)) {
            return None;
        }
        (at, start) = (at + 1, unit.end);
    }
    let ends = |token: &&Token| token.is(TENSE.or(COMPARE).or(LEAD)) && !token.is(RATE) || clause.word(token) == "trong tổng số";
    let stop = clause.tokens[at + 1..count].iter().find(ends);
    trimmed(clause, start, stop.map_or(edge, |stop| stop.start))
}

/// Returns what is measured of a place that opens a list: `tỷ lệ hộ nghèo cao, như Yên Bái còn 59,98%`, `… rất thấp: Đồng Tháp đạt 2%`.
pub fn holder(clause: &Clause<'_>, place: &Range<usize>) -> Option<Range<usize>> {
    let name = &clause.text[place.clone()];
    let capitals = name.split(' ').filter(|word| word.starts_with(char::is_uppercase)).count();
    let named = (2..=4).contains(&capitals) && name.split(' ').count() == capitals;
    let count = clause.before(place.start);
    let opener = clause.left(count, place.start).filter(|token| token.is(COLON) || LISTING.contains(&clause.word(token)))?;
    if !named && !begins(clause, place, PLACE) {
        return None;
    }
    let mut count = count - 1;
    let mut edge = opener.start;
    while let Some(token) = clause.left(count, edge).filter(|token| token.is(COMMA.or(COLON)) || LISTING.contains(&clause.word(token))) {
        (edge, count) = (token.start, count - 1);
    }
    let first = part_start(clause, count);
    let words = phrase::subject(clause, first, count, edge, true)?;
    let degree = [" rất cao", " còn cao", " cao", " rất thấp", " còn thấp", " thấp"];
    let length = degree.iter().find_map(|degree| clause.text[words.clone()].strip_suffix(degree)).map_or(words.len(), str::len);
    begins(clause, &words, RATE).then_some(words.start..words.start + length)
}

/// Words that open a list of examples.
const LISTING: &[&str] =
    &["chẳng hạn", "chẳng hạn như", "cụ thể", "cụ thể là", "gồm", "như", "ví dụ", "điển hình", "điển hình như", "đơn cử"];
