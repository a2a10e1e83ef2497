//! What a percentage measures: the noun phrase left of its verb, right after the figure, or of the clause before.
//!
//! The words are those of the text; what is found is a byte range of the body inside the figure's own sentence.

use super::after;
use super::phrase::{self, BREAKS, owned, part_start};
use super::sentence::{Reading, Sentence, WINDOW};
use super::subject::{counts, holder, subject};
use crate::extract::lexicon::*;
use std::ops::Range;

/// Verbs that restate in percent what the verb before said: `tăng 12 điểm, tương ứng 2,4%`.
pub const RESTATING: &[&str] =
    &["lần lượt", "lần lượt là", "tương đương", "tương đương với", "tương ứng", "tương ứng với", "tức", "tức là"];

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
pub fn find(
    clause: &Sentence<'_>,
    figure: &Range<usize>,
    reading: &Reading,
    previous: Option<&Indicator>,
) -> Option<Indicator> {
    let inherited = || previous.map(|previous| Indicator { place: Place::Inherited, verb: None, ..previous.clone() });
    let found = |words, place| Indicator { words, place, verb: None };
    // `1.490.000 đồng x 30%` reckons, and measures nothing.
    if FORMULA.iter().any(|sign| clause.text[..reading.start].trim_end().ends_with(sign)) {
        return None;
    }
    // `ít nhất hai mươi phần trăm (20%) tổng số đại biểu`: the same figure twice.
    let count = clause.before(figure.end);
    let open = clause.right(count, figure.end).filter(|token| token.is(OPEN));
    let again = open.and_then(|open| clause.right(count + 1, open.end)).filter(|token| token.is(FIGURE));
    if let Some(shut) = again.and_then(|again| clause.right(count + 2, again.end)).filter(|token| token.is(CLOSE))
        && let Some(words) = follower(clause, shut.end, false)
    {
        return Some(found(words, Place::After));
    }
    if reading.bracketed
        && reading.verb.is_none()
        && clause.text[..reading.start].trim_end().ends_with("phần trăm")
        && previous.is_some()
    {
        return inherited();
    }
    if baseline(clause, reading) && previous.is_some() {
        return inherited();
    }
    // `tăng 75% về số lượng và 121% về giá trị`.
    let about = clause.right(clause.before(figure.end), figure.end).filter(|token| clause.word(token) == "về");
    if let Some(words) = about
        .filter(|_| reading.verb.is_none() && previous.is_some_and(|previous| previous.place == Place::After))
        .and_then(|about| follower(clause, about.end, false))
    {
        return Some(found(words, Place::After));
    }
    let is = clause.right(clause.before(figure.end), figure.end).filter(|token| clause.word(token) == "là");
    let is_what = || is.and_then(|is| follower(clause, is.end, false));
    // `vốn vay chiếm 60%, còn lại 40% là vốn tỉnh`: what the rest is follows the verb.
    let rest = reading.verb.is_some_and(|verb| clause.word(&verb).to_lowercase() == "còn lại");
    if let Some(words) = is_what().filter(|_| rest) {
        return Some(found(words, Place::After));
    }
    if reading.listed {
        // `đạt 99%, 100% số hộ được dùng nước sạch`; `tăng 5%, 7% và 9%`.
        // `lần lượt bằng 70%, 60% mức đóng của người thứ nhất`: of what it is a share.
        let share = |words: &Range<usize>| {
            previous.is_some_and(|previous| previous.place != Place::After)
                && begins(clause, words, RATE)
                && !clause.text[words.clone()].starts_with("số")
        };
        let own =
            || follower(clause, figure.end, true).filter(|words| !share(words)).map(|words| found(words, Place::After));
        return match previous {
            Some(_) if reading.verb.is_none() => own().or_else(inherited),
            Some(_) => inherited(),
            None => own(),
        };
    }
    let restated = reading.verb.is_some_and(|verb| RESTATING.contains(&clause.word(&verb)));
    // `hoàn thành 50% kết cấu nhà ga`, `thực hiện 100% nhiệm vụ được giao`: what is done follows.
    let done = reading.verb_is(REACH)
        && reading.verb.is_some_and(|verb| DOING.contains(&clause.word(&verb).to_lowercase().as_str()));
    if restated || done || reading.verb.is_none_or(|verb| verb.is(HAVE) && !verb.is(IS)) {
        let own = follower(clause, figure.end, prenominal(clause, reading)).map(|words| found(words, Place::After));
        // `nâng lượng cổ phiếu nắm giữ lên 3 triệu, tương đương 6% vốn`: the share of what stands before.
        // `vốn huy động: 257 tỷ đồng (tương đương 79,5% tổng vốn đầu tư)`.
        let total = own.as_ref().is_some_and(|own| clause.text[own.words.clone()].starts_with("tổng"));
        let shared = |words: &Range<usize>| own.is_some() && (total || begins(clause, words, RATE));
        if restated && let Some((words, _)) = subject(clause, reading).filter(|(words, _)| shared(words)) {
            return Some(found(words, Place::Subject));
        }
        if reading.verb.is_none()
            && let Some(before) =
                before(clause, reading).filter(|before| own.is_none() || begins(clause, &before.words, RATE))
        {
            return match previous {
                Some(earlier) if elliptic(clause, &before.words, reading, earlier) => inherited(),
                _ => Some(before),
            };
        }
        if own.is_some() {
            return own;
        }
        // `hơn 70% là vốn vay`: what the share is follows the verb.
        if let Some(words) = is_what().filter(|_| reading.verb.is_none()) {
            return Some(found(words, Place::After));
        }
        let object = clause.left(reading.before, reading.start).filter(|token| token.is(VERB));
        if reading.verb.is_none() && !reading.bracketed && object.is_none() && previous.is_some() {
            return inherited();
        }
        // `73/73 (100%) cơ sở`: what is counted follows the bracket.
        let ratio = clause
            .left(reading.before, reading.start)
            .is_some_and(|number| number.is(NUMBER) && counts(clause.word(&number)));
        let closing = clause.right(clause.before(figure.end), figure.end).filter(|token| token.is(CLOSE));
        if let Some(words) =
            closing.filter(|_| reading.bracketed && ratio).and_then(|token| follower(clause, token.end, false))
        {
            return Some(found(words, Place::After));
        }
    }
    // `giảm 50% thuế GTGT`, `tăng 19,3% về vốn đăng ký`: what changes follows.
    // `tăng từ 32,8% tổng chi lên 36%`: what changes stands before.
    let start = reading.from && !clause.text[figure.clone()].contains(['-', '–', 'n']);
    if reading.verb_is(RISE.or(FALL)) && !reading.to && !start {
        let about = clause.right(clause.before(figure.end), figure.end).filter(|token| clause.word(token) == "về");
        let words = after::after(clause, about.map_or(figure.end, |about| about.end), false).filter(|words| {
            reading.verb_is(FALL) && begins(clause, words, PLAN)
                || phrase::named(clause, words) && !is_whole(&clause.text[words.clone()])
        });
        if let Some(words) = words {
            return Some(found(words, Place::After));
        }
    }
    // `ngân sách chỉ phải chi 50%`: the subject of `chi`.
    let mut reading = reading.clone();
    if reading.verb.is_none()
        && let Some(verb) = clause.left(reading.before, reading.start).filter(|token| token.is(VERB))
        && (clause.left(reading.before - 1, verb.start).is_some_and(|light| light.is(AUX))
            || is_whole(&clause.text[figure.end..]))
    {
        (reading.start, reading.before) = (verb.start, reading.before - 1);
    }
    let reading = &reading;
    let restates = restated || reading.verb.is_none();
    match (subject(clause, reading).map(|(words, passed)| (holder(clause, &words).unwrap_or(words), passed)), previous)
    {
        (Some((words, _)), Some(earlier)) if elliptic(clause, &words, reading, earlier) => inherited(),
        (Some((words, passed)), _) => {
            let verb = passed.filter(|verb| restates && verb.is(RISE.or(FALL)));
            Some(Indicator { verb, ..found(words, Place::Subject) })
        }
        // `…, chiếm 99%; tốc độ tăng trưởng bình quân đạt 11%`: the noun of growth opens a clause of its own.
        (None, Some(_)) if opens_clause(clause, reading) => {
            growth(clause, reading).map(|words| found(words, Place::Subject)).or_else(inherited)
        }
        (None, Some(_)) => inherited(),
        (None, None) => growth(clause, reading)
            .or_else(|| follower(clause, figure.end, false))
            .map(|words| found(words, Place::After)),
    }
}

/// Says whether a figure is what the one before is compared to: `đạt 5,5%, so với mức 3,8% cùng kỳ`, `12% thay vì 15%`.
pub fn baseline(clause: &Sentence<'_>, reading: &Reading) -> bool {
    let (mut start, mut count) = (reading.start, reading.before);
    if let Some(level) = clause.left(count, start).filter(|token| token.is(LEVEL)) {
        (start, count) = (level.start, count - 1);
    }
    reading.verb.is_none()
        && clause.left(count, start).is_some_and(|token| token.is(COMPARE) && clause.word(&token).contains(' '))
}

/// Signs of a formula before a figure.
const FORMULA: [&str; 3] = [" x", ")x", "×"];

/// Tokens before a figure among which a comparison with a year stands.
const YEAR: usize = 5;

/// Verbs of work whose object is what the figure measures.
const DOING: &[&str] = &["hoàn thành", "thực hiện", "thực hiện được"];

/// Wholes of which something is a share whenever they follow a figure: `4,6% GDP`.
const WHOLES: &[&str] = &["GDP", "GRDP", "tổng sản phẩm quốc nội", "tổng sản phẩm trong nước"];

/// Returns the noun phrase after a figure when it can be what is measured: no plan and no whole that it is a share of.
fn follower(clause: &Sentence<'_>, at: usize, whole: bool) -> Option<Range<usize>> {
    let words = after::after(clause, at, whole).filter(|words| phrase::named(clause, words))?;
    if NO_NOUNS.iter().any(|verb| clause.text[words.clone()].starts_with(verb)) {
        return None;
    }
    (!is_whole(&clause.text[words.clone()])).then_some(words)
}

/// Verbs right after a figure that say where it applies: `75% quy định tại điểm a`.
const NO_NOUNS: &[&str] = &["ngay", "phù hợp", "quy định", "theo", "tùy", "xác định", "áp dụng"];

/// Says whether a text starts with the name of a whole.
fn is_whole(text: &str) -> bool {
    let text = text.trim_start();
    WHOLES.iter().any(|name| text.strip_prefix(name).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric)))
}

/// Returns what the figure is a share of: `diện tích đất toàn tỉnh` of `chiếm 50,43% diện tích đất toàn tỉnh`.
pub fn base(clause: &Sentence<'_>, figure: &Range<usize>) -> Option<Range<usize>> {
    // `chiếm từ 10% trở lên trên tổng doanh thu`.
    let next = clause.right(clause.before(figure.end), figure.end);
    let end = next.filter(|limit| clause.word(limit).starts_with("trở ")).map_or(figure.end, |limit| limit.end);
    let link = clause.right(clause.before(end), end);
    let from = match link.map(|token| (token, clause.word(&token))) {
        Some((token, "của" | "trong" | "trên")) => token.end,
        Some((token, "trong tổng số" | "trên tổng số" | "trong tổng" | "trên tổng")) => {
            token.start + "trong".len()
        }
        _ => end,
    };
    let words = after::after(clause, from, false).filter(|words| {
        let words = &clause.text[words.clone()];
        !words.ends_with('?') && !NO_BASES.iter().chain(NO_NOUNS).any(|other| words.starts_with(other))
    })?;
    // `17% áp dụng đối với …`: a verb is no base.
    let verb =
        clause.right(clause.before(words.start), words.start).is_some_and(|token| token.is(VERB) && !token.is(RATE));
    (!verb || owned(clause, clause.before(words.start))).then_some(words)
}

/// Words behind a figure that name neither a whole nor a thing.
const NO_BASES: &[&str] = &["hướng dẫn", "ngoại trừ", "này", "suốt", "trừ", "tài khóa", "tất cả", "đó"];

/// Says whether the figure and what follows are the subject of the clause.
fn prenominal(clause: &Sentence<'_>, reading: &Reading) -> bool {
    let opener = BREAKS.or(LEAD).or(REPORT).or(CONJUNCTION).or(TARGET);
    // `bố trí 20% quỹ đất`: a word of no list stands before.
    let opens = match clause.left(reading.before, reading.start) {
        Some(token) => token.is(opener) && !token.is(VERB),
        None => clause.text[clause.range.start..reading.start].chars().filter(|c| c.is_alphabetic()).count() <= 1,
    };
    reading.verb.is_none() && opens || reading.verb_is(HAVE)
}

/// Returns the noun phrase that touches the figure from the left: `lãi suất 6,5%`.
fn before(clause: &Sentence<'_>, reading: &Reading) -> Option<Indicator> {
    let (edge, count) = (reading.start, reading.before);
    if let Some(token) = clause.left(count, edge) {
        if token.is(COLON) {
            let words = phrase::subject(clause, part_start(clause, count - 1), count - 1, token.start, true)?;
            return carried(clause, words, None);
        }
        // `thấp hơn cùng kỳ năm 2015 từ 10-15%`: the year belongs to what is compared to.
        let year = token.is(NUMBER) && clause.left(count - 1, token.start).is_some_and(|time| time.is(TIME));
        let compared = || (count.saturating_sub(YEAR)..count).any(|at| compares(clause, at));
        let noun =
            token.is(RATE.or(LEVEL).or(SCALE).or(CLOSE).or(NONE).or(PLAN).or(PLACE).or(TIME)) || year && compared();
        if !noun || token.is(VERB) && !token.is(RATE) {
            return None;
        }
    }
    // `nộp hàng quý theo mức thuế suất 15%`: the rate after `theo` is what the figure is.
    let rate = clause.left(count, edge).filter(|token| token.is(RATE) && !token.is(LEVEL));
    if let Some(rate) =
        rate.filter(|rate| clause.left(count - 1, rate.start).is_some_and(|theo| clause.word(&theo) == "theo"))
    {
        return Some(Indicator { words: rate.start..rate.end, place: Place::Before, verb: None });
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
    // `thấp hơn bình quân cả nước (29,39%)`: the bracket tells what is compared to.
    let value = RATE.or(LEVEL).or(PLAN).or(ADVERB);
    let told = reading.bracketed
        && clause.word(&token).ends_with(" hơn")
        && clause.right(at + 1, token.end).is_some_and(|next| next.is(value))
        && !clause.tokens[at + 1..count].iter().any(|token| token.is(NUMBER.or(FIGURE)));
    if told {
        return Some(Indicator {
            words: phrase::subject(clause, at + 1, count, edge, false)?,
            place: Place::Before,
            verb: None,
        });
    }
    if token.is(EXCEED) || clause.word(&token) == "vượt quá" || compares(clause, at) {
        // `giá cao hơn so với … nhưng không quá 50%`, `vượt quá tải trọng từ 10%`: the subject of that verb.
        let governed = Reading { start: token.start, before: at, verb: Some(token), ..Reading::default() };
        let (words, _) = subject(clause, &governed)?;
        return Some(Indicator { words, place: Place::Before, verb: token.is(RISE.or(FALL)).then_some(token) });
    }
    let headed = clause.right(at + 1, token.end).is_some_and(|next| next.is(RATE));
    let from = if !headed && (floor..at).any(|at| clause.tokens[at].is(RATE)) { first } else { at + 1 };
    let words = phrase::subject(clause, from, count, edge, false)?;
    // `giảm nhẹ so với mức thâm hụt 4,6%`: what is compared to did not change.
    let compared = clause.tokens[at..count].iter().any(|token| token.is(COMPARE));
    let change = token.is(RISE.or(FALL)) && !begins(clause, &words, LEVEL) && !compared;
    carried(clause, words, change.then_some(token))
}

/// Returns a phrase as indicator; a bare `mức`, `tỷ lệ` only carries the figure of what stands before it.
fn carried(clause: &Sentence<'_>, words: Range<usize>, verb: Option<Token>) -> Option<Indicator> {
    let at = clause.before(words.start);
    if begins(clause, &words, LEVEL) && clause.tokens[at].end == words.end {
        let carrier = Reading { start: words.start, before: at, ..Reading::default() };
        if let Some((words, _)) = subject(clause, &carrier) {
            return Some(Indicator { words, place: Place::Before, verb });
        }
    }
    Some(Indicator { words, place: Place::Before, verb })
}

/// Says whether a noun of growth is the first word behind a semicolon.
fn opens_clause(clause: &Sentence<'_>, reading: &Reading) -> bool {
    reading.verb_is(RATE) && clause.left(reading.before, reading.start).is_some_and(|sign| sign.is(SEMICOLON))
}

/// Returns the noun of growth that is the verb itself: `mức tăng bình quân 4,3%`.
fn growth(clause: &Sentence<'_>, reading: &Reading) -> Option<Range<usize>> {
    let verb = reading.verb.filter(|verb| verb.is(GROWTH.or(SHRINKING)))?;
    let at = clause.before(verb.end);
    let end = clause.right(at, verb.end).filter(|next| next.is(ADVERB)).map_or(verb.end, |next| next.end);
    Some(verb.start..end)
}

/// Says whether a subject is only another holder of the indicator before: `tố cáo là 87,5%` after `tỷ lệ giải quyết …`.
fn elliptic(clause: &Sentence<'_>, words: &Range<usize>, reading: &Reading, earlier: &Indicator) -> bool {
    let later = earlier.place != Place::After && words.start > earlier.words.start;
    if !later || begins(clause, words, RATE.or(VERB).or(NONE)) || !begins(clause, &earlier.words, RATE) {
        return false;
    }
    // `tỷ lệ hồ sơ đúng hạn đạt 98%, hồ sơ trễ hạn còn 2%`: the same noun again has its own figure.
    let (mut own, mut head) = (clause.text[words.clone()].split(' '), clause.text[earlier.words.clone()].split(' '));
    let length = clause.text[words.clone()].split(' ').count();
    let again = own.next().is_some_and(|noun| head.by_ref().take(HEAD).any(|word| word == noun));
    if again && length > 1 && !begins(clause, words, PLACE) {
        return false;
    }
    if reading.verb_is(RISE.or(FALL)) && !reading.to {
        // `khu vực công nghiệp tăng 11%` of a growth of the whole economy is its own.
        let sector = SECTORS.iter().any(|sector| clause.text[words.clone()].contains(sector));
        return !sector && begins(clause, words, PLACE) && length <= 10;
    }
    length <= 6 && !reading.verb_is(SHARE)
}

/// Words of an indicator among which the noun stands that its rate is of: `tỷ lệ huy động trẻ`.
const HEAD: usize = 5;

/// Words of the sectors of an economy.
const SECTORS: &[&str] = &[
    "công nghiệp",
    "doanh nghiệp",
    "dịch vụ",
    "FDI",
    "kinh tế",
    "nhà nước",
    "nông",
    "thủy sản",
    "trong nước",
    "tư nhân",
    "vốn",
    "xây dựng",
];

/// Says whether a figure with its noun follows another with its own: `cắt giảm 30% thời gian, 30% chi phí`.
pub fn continues(
    clause: &Sentence<'_>,
    reading: &Reading,
    own: Option<&Indicator>,
    earlier: Option<&Indicator>,
) -> bool {
    let (Some(own), Some(earlier)) = (own, earlier) else { return false };
    let joint = clause.left(reading.before, reading.start).filter(|token| token.is(COMMA.or(CONJUNCTION)));
    let both = own.place == Place::After && earlier.place == Place::After;
    both && joint
        .is_some_and(|joint| clause.is_blank(earlier.words.end, joint.start) && earlier.words.end <= joint.start)
}

/// Says whether a phrase starts with a word of some parts.
pub fn begins(clause: &Sentence<'_>, words: &Range<usize>, roles: Roles) -> bool {
    clause
        .right(clause.before(words.start), words.start)
        .is_some_and(|token| token.is(roles) && token.start == words.start)
}

/// Says whether a verb of change is followed by what it is compared to: `cao hơn so với …`, `cao hơn Bắc thơm số 7`.
fn compares(clause: &Sentence<'_>, at: usize) -> bool {
    let verb = clause.tokens[at];
    let next = clause.right(at + 1, verb.end);
    verb.is(RISE.or(FALL)) && (next.is_some_and(|next| next.is(COMPARE)) || clause.word(&verb).ends_with(" hơn"))
}
