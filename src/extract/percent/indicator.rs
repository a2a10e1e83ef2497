//! What a percentage measures: the noun phrase left of its verb, right after the figure, or of the clause before.
//!
//! The words are those of the text; what is found is a byte range of the body inside the figure's own sentence.

use super::clause::{Clause, FILLERS, Reading, WINDOW};
use super::lexicon::*;
use super::phrase::{self, BREAKS, owned, part_start};
use std::ops::Range;

/// Verbs that take a figure.
const VERBS: Roles = RISE.or(FALL).or(REACH).or(IS).or(SHARE).or(EXCEED).or(HAVE).or(TO).or(VERB);

/// Verbs that restate in percent what the verb before said: `tăng 12 điểm, tương ứng 2,4%`.
const RESTATING: &[&str] = &["lần lượt", "lần lượt là", "tương đương", "tương đương với", "tương ứng", "tương ứng với", "tức", "tức là"];

/// Verbs of decision right before another verb: `đề xuất tăng 3%`.
const LEANING: &[&str] = &["kiến nghị", "quyết định", "quy định", "yêu cầu", "áp dụng", "điều chỉnh", "đề nghị", "đề xuất"];

/// Parts of a sentence that are searched for the subject of a verb.
const PARTS: usize = 8;

/// Says where an indicator was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Left of the verb that governs the figure.
    Subject,
    /// Right before the figure, without a verb between.
    Before,
    /// Right after the figure.
    After,
    /// Taken over from the figure before.
    Inherited,
}

/// Holds an indicator and what came with it.
#[derive(Debug, Clone, PartialEq)]
pub struct Indicator {
    /// Byte range in the body.
    pub words: Range<usize>,
    /// Where it was found.
    pub place: Place,
    /// The verb of change that governs the figure from afar: `giảm` of `giảm giá 30%`, `tăng` of `tăng 4 điểm (2%)`.
    pub verb: Option<Token>,
}

/// Finds what a figure measures; `previous` is the indicator of the figure before in the same sentence.
pub fn find(clause: &Clause<'_>, figure: &Range<usize>, reading: &Reading, previous: Option<&Indicator>) -> Option<Indicator> {
    let inherited = || previous.map(|previous| Indicator { place: Place::Inherited, verb: None, ..previous.clone() });
    let found = |words, place| Indicator { words, place, verb: None };
    if reading.listed {
        let own = || phrase::after(clause, figure.end, true).map(|words| found(words, Place::After));
        return match previous {
            Some(previous) if previous.place == Place::After && reading.verb.is_none() => own().or_else(inherited),
            Some(_) => inherited(),
            None => own(),
        };
    }
    let restated = reading.verb.is_some_and(|verb| RESTATING.contains(&clause.word(&verb)));
    if restated || reading.verb.is_none_or(|verb| verb.is(HAVE) && !verb.is(IS)) {
        let own = phrase::after(clause, figure.end, prenominal(clause, reading)).map(|words| found(words, Place::After));
        if reading.verb.is_none()
            && let Some(before) = before(clause, reading).filter(|before| own.is_none() || begins(clause, &before.words, RATE))
        {
            return match previous {
                Some(earlier) if elliptic(clause, &before.words, reading, earlier) => inherited(),
                _ => Some(before),
            };
        }
        if own.is_some() {
            return own;
        }
        let object = clause.left(reading.before, reading.start).filter(|token| token.is(VERB));
        if reading.verb.is_none() && !reading.bracketed && object.is_none() && previous.is_some() {
            return inherited();
        }
        // `73/73 (100%) cơ sở`: what is counted follows the bracket.
        let ratio =
            clause.left(reading.before, reading.start).is_some_and(|number| number.is(NUMBER) && clause.word(&number).contains('/'));
        let closing = clause.right(clause.before(figure.end), figure.end).filter(|token| token.is(CLOSE));
        if let Some(words) = closing.filter(|_| reading.bracketed && ratio).and_then(|token| phrase::after(clause, token.end, false)) {
            return Some(found(words, Place::After));
        }
    }
    // `giảm 50% thuế GTGT`, `tăng 19,3% về vốn đăng ký`: what changes follows.
    if reading.verb_is(RISE.or(FALL)) && !reading.to {
        let about = clause.right(clause.before(figure.end), figure.end).filter(|token| clause.word(token) == "về");
        let words = phrase::after(clause, about.map_or(figure.end, |about| about.end), false);
        if let Some(words) = words {
            return Some(found(words, Place::After));
        }
    }
    // `ngân sách chỉ phải chi 50%`: the subject of `chi`.
    let mut reading = reading.clone();
    if reading.verb.is_none()
        && let Some(verb) = clause.left(reading.before, reading.start).filter(|token| token.is(VERB))
        && clause.left(reading.before - 1, verb.start).is_some_and(|light| light.is(AUX))
    {
        (reading.start, reading.before) = (verb.start, reading.before - 1);
    }
    let reading = &reading;
    let restates = restated || reading.verb.is_none();
    match (subject(clause, reading), previous) {
        (Some((words, _)), Some(earlier)) if elliptic(clause, &words, reading, earlier) => inherited(),
        (Some((words, passed)), _) => {
            let verb = passed.filter(|verb| restates && verb.is(RISE.or(FALL)));
            Some(Indicator { verb, ..found(words, Place::Subject) })
        }
        (None, Some(_)) => inherited(),
        (None, None) => {
            growth(clause, reading).or_else(|| phrase::after(clause, figure.end, false)).map(|words| found(words, Place::After))
        }
    }
}

/// Returns what the figure is a share of: `diện tích đất toàn tỉnh` of `chiếm 50,43% diện tích đất toàn tỉnh`.
pub fn base(clause: &Clause<'_>, figure: &Range<usize>) -> Option<Range<usize>> {
    let link = clause.right(clause.before(figure.end), figure.end);
    let from = match link.map(|token| (token, clause.word(&token))) {
        Some((token, "của" | "trong" | "trên")) => token.end,
        Some((token, "trong tổng số" | "trên tổng số" | "trong tổng" | "trên tổng")) => token.start + "trong".len(),
        _ => figure.end,
    };
    let words = phrase::after(clause, from, false)?;
    // `17% áp dụng đối với …`: a verb is no base.
    let verb = clause.right(clause.before(words.start), words.start).is_some_and(|token| token.is(VERB) && !token.is(RATE));
    (!verb || owned(clause, clause.before(words.start))).then_some(words)
}

/// Says whether the figure and what follows are the subject of the clause.
fn prenominal(clause: &Clause<'_>, reading: &Reading) -> bool {
    let opener = BREAKS.or(LEAD).or(REPORT).or(CONJUNCTION).or(TARGET);
    let opens = clause.left(reading.before, reading.start).is_none_or(|token| token.is(opener) && !token.is(VERB));
    reading.verb.is_none() && opens || reading.verb_is(HAVE)
}

/// Returns the noun phrase that touches the figure from the left: `lãi suất 6,5%`.
fn before(clause: &Clause<'_>, reading: &Reading) -> Option<Indicator> {
    let (edge, count) = (reading.start, reading.before);
    if let Some(token) = clause.left(count, edge) {
        if token.is(COLON) {
            let words = phrase::subject(clause, part_start(clause, count - 1), count - 1, token.start, true)?;
            return carried(clause, words, None);
        }
        if !token.is(RATE.or(LEVEL).or(SCALE).or(CLOSE).or(NONE).or(PLAN).or(PLACE).or(TIME)) || token.is(VERB) && !token.is(RATE) {
            return None;
        }
    }
    let first = part_start(clause, count);
    let begin = first.checked_sub(1).map_or(clause.range.start, |before| clause.tokens[before].end);
    if clause.is_blank(begin, edge) {
        return None;
    }
    // The last verb before the figure ends the phrase to its left; its object is what stands between.
    let floor = count.saturating_sub(WINDOW).max(first);
    let governs = VERB.or(RISE).or(FALL).or(HAVE).or(REPORT).or(IS).or(EXCEED);
    let verb = (floor..count).rev().find(|&at| {
        let token = clause.tokens[at];
        token.is(governs) && !token.is(RATE) && !clause.is_blank(token.end, edge) && !owned(clause, at)
    });
    let Some(at) = verb else { return carried(clause, phrase::subject(clause, first, count, edge, false)?, None) };
    let token = clause.tokens[at];
    if token.is(EXCEED) || clause.word(&token) == "vượt quá" || compares(clause, at) {
        // `giá cao hơn so với … nhưng không quá 50%`, `vượt quá tải trọng từ 10%`: the subject of that verb.
        let governed = Reading { start: token.start, before: at, verb: Some(token), ..Reading::default() };
        let (words, _) = subject(clause, &governed)?;
        return Some(Indicator { words, place: Place::Before, verb: compares(clause, at).then_some(token) });
    }
    let headed = clause.right(at + 1, token.end).is_some_and(|next| next.is(RATE));
    let from = if !headed && (floor..at).any(|at| clause.tokens[at].is(RATE)) { first } else { at + 1 };
    let words = phrase::subject(clause, from, count, edge, false)?;
    let change = token.is(RISE.or(FALL)) && !begins(clause, &words, LEVEL);
    carried(clause, words, change.then_some(token))
}

/// Returns a phrase as indicator; a bare `mức`, `tỷ lệ` only carries the figure of what stands before it.
fn carried(clause: &Clause<'_>, words: Range<usize>, verb: Option<Token>) -> Option<Indicator> {
    let at = clause.before(words.start);
    if begins(clause, &words, LEVEL) && clause.tokens[at].end == words.end {
        let carrier = Reading { start: words.start, before: at, ..Reading::default() };
        if let Some((words, _)) = subject(clause, &carrier) {
            return Some(Indicator { words, place: Place::Before, verb });
        }
    }
    Some(Indicator { words, place: Place::Before, verb })
}

/// Returns the subject of the verb that governs the figure, from the same part of the sentence or from one before, and
/// the first verb with a number of its own between them.
fn subject(clause: &Clause<'_>, reading: &Reading) -> Option<(Range<usize>, Option<Token>)> {
    let (mut edge, mut count) = (reading.start, reading.before);
    let mut apart = false;
    let mut passed = None;
    // Light words, and verbs that lean on the one just passed: `đề xuất tăng`, `tăng thấp hơn`.
    let leans =
        |token: &Token| token.is(AUX.or(HAVE).or(FROM).or(RISE).or(FALL)) && !token.is(RATE) || LEANING.contains(&clause.word(token));
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
        if apart && first > 0 && amount(clause, first, count) {
            (edge, count) = (clause.tokens[first - 1].end, first);
            continue;
        }
        let Some(verb) = (first..count).rev().find(|&at| takes_number(clause, at, count)) else {
            return phrase::subject(clause, first, count, edge, apart).map(|words| (words, passed));
        };
        let token = clause.tokens[verb];
        if apart
            && token.is(HAVE.or(VERB))
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
    phrase::trimmed(clause, start, stop.map_or(edge, |stop| stop.start))
}

/// Returns the noun of growth that is the verb itself: `mức tăng bình quân 4,3%`.
fn growth(clause: &Clause<'_>, reading: &Reading) -> Option<Range<usize>> {
    let verb = reading.verb.filter(|verb| verb.is(GROWTH.or(SHRINKING)))?;
    let at = clause.before(verb.end);
    let end = clause.right(at, verb.end).filter(|next| next.is(ADVERB)).map_or(verb.end, |next| next.end);
    Some(verb.start..end)
}

/// Says whether a subject is only another holder of the indicator before: `tố cáo là 87,5%` after `tỷ lệ giải quyết …`.
fn elliptic(clause: &Clause<'_>, words: &Range<usize>, reading: &Reading, earlier: &Indicator) -> bool {
    let later = earlier.place != Place::After && words.start > earlier.words.start;
    if !later || begins(clause, words, RATE) || !begins(clause, &earlier.words, RATE) {
        return false;
    }
    let length = clause.text[words.clone()].split(' ').count();
    if reading.verb_is(RISE.or(FALL)) && !reading.to {
        return begins(clause, words, PLACE) && length <= 8;
    }
    length <= 6 && !reading.verb_is(SHARE)
}

/// Says whether a phrase starts with a word of some parts.
fn begins(clause: &Clause<'_>, words: &Range<usize>, roles: Roles) -> bool {
    clause.right(clause.before(words.start), words.start).is_some_and(|token| token.is(roles) && token.start == words.start)
}

/// Says whether a verb of change is followed by what it is compared to.
fn compares(clause: &Clause<'_>, at: usize) -> bool {
    clause.tokens[at].is(RISE.or(FALL)) && clause.right(at + 1, clause.tokens[at].end).is_some_and(|next| next.is(COMPARE))
}
