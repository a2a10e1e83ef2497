//! The subject of the verb that governs a figure, across the parts of its sentence.
//!
//! Verbs with numbers of their own and remarks in brackets are passed over; at most [`PARTS`] parts are searched.

use super::indicator::{RESTATING, begins};
use super::phrase::{self, BREAKS, part_start};
use super::phrase_bounds::trimmed;
use super::sentence::{FILLERS, Reading, Sentence};
use crate::extract::lexicon::*;
use std::ops::Range;

/// Verbs that take a figure.
const VERBS: Roles = RISE.or(FALL).or(REACH).or(IS).or(SHARE).or(EXCEED).or(HAVE).or(TO).or(VERB);

/// Verbs of decision right before another verb: `đề xuất tăng 3%`.
const LEANING: &[&str] =
    &["kiến nghị", "quyết định", "quy định", "yêu cầu", "áp dụng", "điều chỉnh", "đề nghị", "đề xuất"];

/// Parts of a sentence that are searched for the subject of a verb.
const PARTS: usize = 8;

/// Returns the subject of the verb that governs the figure, from the same part of the sentence or from one before, and
/// the first verb with a number of its own between them.
pub fn subject(clause: &Sentence<'_>, reading: &Reading) -> Option<(Range<usize>, Option<Token>)> {
    let (mut edge, mut count) = (reading.start, reading.before);
    let mut apart = false;
    let mut passed = None;
    // Light words, and verbs that lean on the one just passed: `đề xuất tăng`, `tăng thấp hơn`.
    let leans = |token: &Token| {
        let word = clause.word(token);
        token.is(AUX.or(HAVE).or(FROM).or(RISE).or(FALL)) && !token.is(RATE)
            || LEANING.contains(&word)
            || RESTATING.contains(&word)
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
        let clauses = (first + 1..count)
            .rev()
            .find(|&at| phrase::is_rate(clause, at, clause.tokens[at]) && phrase::subordinate(clause, at));
        let first = clauses.unwrap_or(first);
        // `giảm 9% và nhập khẩu đạt 24 tỷ USD, giảm 0,5%`: a clause of its own begins behind the figure before.
        let figure = (first..count).rev().find(|&at| clause.tokens[at].is(FIGURE));
        let own = figure.and_then(|at| joined(clause, at, count, edge));
        let first = own.unwrap_or(first);
        if first > 0 && (apart && amount(clause, first, count) || number_of(clause, first, count, edge)) {
            (edge, count, apart) = (clause.tokens[first - 1].end, first, true);
            continue;
        }
        if apart && let Some(words) = ratio(clause, first, count, edge) {
            return Some((words, None));
        }
        let Some(verb) = (first..count).rev().find(|&at| takes_number(clause, at, count)) else {
            // `vượt trên 16,1% so với cùng kỳ`: an earlier figure with what it is compared to; its subject stands before.
            let earlier = figure.filter(|&at| {
                own.is_none() && clause.right(at + 1, clause.tokens[at].end).is_some_and(|t| t.is(COMPARE))
            });
            if let Some(at) = earlier {
                (edge, count, apart) = (clause.tokens[at].start, at, true);
                while let Some(token) =
                    clause.left(count, edge).filter(|token| token.is(ABOUT.or(OVER).or(UNDER).or(AT_LEAST).or(AT_MOST)))
                {
                    (edge, count) = (token.start, count - 1);
                }
                continue;
            }
            let Some(words) = phrase::subject(clause, first, count, edge, apart) else {
                // `thị trường sụt giảm mạnh (năm 2012 giảm 20%)`: the part only says when; what is measured stands before.
                let before = first.checked_sub(1).filter(|_| phrase::when(clause, first, count, edge))?;
                let told = clause.tokens[part_start(clause, before)..before].iter().any(|token| token.is(FIGURE));
                let opener = Some(clause.tokens[before]).filter(|sign| sign.is(OPEN.or(COMMA)) && !told)?;
                (edge, count, apart) = (opener.start, before, true);
                continue;
            };
            // `cao hơn Bắc thơm số 7 từ 10%`: a verb of change and what it is measured against.
            let at = clause.before(words.start);
            let verb = clause
                .right(at, words.start)
                .filter(|verb| verb.start == words.start && verb.is(RISE.or(FALL)) && !verb.is(RATE));
            let Some(verb) = verb else { return Some((words, passed)) };
            passed = passed.or(Some(verb));
            (edge, count, apart) = (verb.start, at, true);
            continue;
        };
        let token = clause.tokens[verb];
        // `ngành có mức tăng trưởng khá, đạt 5,5%`: the noun of growth without a number of its own.
        if token.is(GROWTH.or(SHRINKING))
            && token.is(RATE)
            && apart
            && reading.verb_is(REACH.or(IS))
            && unnumbered(clause, verb)
        {
            return Some((token.start..token.end, passed));
        }
        if apart && let Some(words) = remaining(clause, first, verb, count, edge) {
            return Some((words, None));
        }
        if apart
            && token.is(HAVE.or(VERB))
            && !clause.word(&token).ends_with("đạt")
            && clause.word(&token) != "với"
            && let Some(words) = counted(clause, first_count(clause, first, verb), count, edge)
        {
            return Some((words, None));
        }
        passed = passed.or(Some(token));
        (edge, count, apart) = (token.start, verb, true);
    }
    None
}

/// Returns the token behind the conjunction that ends the clause of an earlier figure, when another subject stands there:
/// `giảm 9% và nhập khẩu đạt …`, `A (chiếm 42%) và B (chiếm 5%)`.
fn joined(clause: &Sentence<'_>, figure: usize, count: usize, edge: usize) -> Option<usize> {
    let shut = clause.right(figure + 1, clause.tokens[figure].end).filter(|token| token.is(CLOSE));
    let (at, end) = shut.map_or((figure + 1, clause.tokens[figure].end), |shut| (figure + 2, shut.end));
    let joint = clause.right(at, end).filter(|token| at < count && token.is(CONJUNCTION))?;
    // `trong quý I (giảm 29%) và quý II (giảm 32%)`: another time of the same thing.
    if shut.is_some() && clause.right(at + 1, joint.end).is_some_and(|time| time.is(TIME)) {
        return None;
    }
    let verb = (at + 1..count).find(|&at| takes_number(clause, at, count));
    (!clause.is_blank(joint.end, verb.map_or(edge, |verb| clause.tokens[verb].start))).then_some(at + 1)
}

/// Says whether a noun of growth has no number behind it in its part of the sentence.
fn unnumbered(clause: &Sentence<'_>, at: usize) -> bool {
    let next =
        clause.tokens[at + 1..].iter().take_while(|token| !token.is(BREAKS)).find(|token| token.is(NUMBER.or(FIGURE)));
    next.is_none() && clause.left(at, clause.tokens[at].start).is_some_and(|have| have.is(HAVE))
}

/// Says whether a part of a sentence only gives an amount: `khoảng 702 triệu đồng/m² cho các thửa giáp mặt đường`.
fn amount(clause: &Sentence<'_>, first: usize, count: usize) -> bool {
    let (mut at, mut end) = (first, clause.tokens[first - 1].end);
    while let Some(token) =
        clause.right(at, end).filter(|token| at < count && token.is(ABOUT.or(OVER).or(UNDER).or(AUX)))
    {
        (at, end) = (at + 1, token.end);
    }
    let number = clause.right(at, end).filter(|token| token.is(NUMBER));
    number.is_some_and(|number| at < count && clause.right(at + 1, number.end).is_some_and(|unit| unit.is(SCALE)))
}

/// Says whether a verb has its own number, or ends its part of the sentence as only a verb of change does.
fn takes_number(clause: &Sentence<'_>, at: usize, count: usize) -> bool {
    let token = clause.tokens[at];
    if !token.is(VERBS) || token.is(RATE) && !token.is(RISE.or(FALL)) {
        return false;
    }
    if token.is(SHARE) || token.is(IS) && clause.word(&token).starts_with("ở mức ") {
        return true;
    }
    let light =
        FILLERS.or(ABOUT).or(OVER).or(UNDER).or(AT_LEAST).or(AT_MOST).or(LEVEL).or(FROM).or(TO).or(UNTIL).or(IS);
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

/// Words of what is counted, with the clause that says which.
const COUNTED: usize = 14;

/// Says whether a part behind a colon is only the number of what the label names: `Hộ cận nghèo: 3.204 hộ, chiếm 6%`.
fn number_of(clause: &Sentence<'_>, first: usize, count: usize, edge: usize) -> bool {
    let Some(colon) = first.checked_sub(1).map(|before| clause.tokens[before]).filter(|token| token.is(COLON)) else {
        return false;
    };
    let number = clause.right(first, colon.end).filter(|token| first < count && token.is(NUMBER));
    number.is_some_and(|number| {
        let unit = clause.text[number.end..edge].trim();
        first + 1 == count && !unit.is_empty() && unit.split(' ').count() <= 2
    })
}

/// Returns what a ratio counts, whatever the verb before it: `điều tra, làm rõ 212/240 vụ phạm pháp hình sự, đạt 88%`.
fn ratio(clause: &Sentence<'_>, first: usize, count: usize, edge: usize) -> Option<Range<usize>> {
    let at = (first..count).find(|&at| clause.tokens[at].is(NUMBER) && counts(clause.word(&clause.tokens[at])))?;
    let number = clause.tokens[at];
    // `tỷ lệ hồ sơ đúng hạn 12/15 hồ sơ` names itself; `chiếm 1/3 tổng nợ` is a share; `tháng 5/12`, `(1-15/12)` are times.
    let named = |at: usize| {
        let token = clause.tokens[at];
        token.is(SHARE.or(TIME).or(UNTIL).or(FROM)) || phrase::is_rate(clause, at, token) && !token.is(WEAK)
    };
    let apart = clause.text[..number.start].ends_with(' ') && clause.text[number.end..].starts_with(' ');
    // `số doanh nghiệp thua lỗ là 74/343 doanh nghiệp`: the name stands before.
    let apart = apart && clause.left(at, number.start).is_none_or(|verb| clause.word(&verb) != "là");
    if !apart || (first..at).any(named) { None } else { counted(clause, at.checked_sub(1)?, count, edge) }
}

/// Says whether `73/73` counts parts of a whole; `1/2013` and `12/5` may be a date.
pub fn counts(ratio: &str) -> bool {
    ratio
        .split_once('/')
        .is_some_and(|(_, whole)| !(whole.len() == 4 && (whole.starts_with("19") || whole.starts_with("20"))))
}

/// Returns the first verb of a part that says how many there are: `có 900 người tiêm ít nhất 1 mũi` counts people.
fn first_count(clause: &Sentence<'_>, first: usize, verb: usize) -> usize {
    let has = |&at: &usize| {
        let token = clause.tokens[at];
        token.is(HAVE)
            && clause.word(&token).ends_with("có")
            && clause.right(at + 1, token.end).is_some_and(|next| next.is(NUMBER))
    };
    // `có 900 tờ khai nhưng chỉ phát hiện 36 tờ khai vi phạm`: the second verb has its own count.
    let other = |at: usize| (at + 1..verb).any(|at| clause.tokens[at].is(AUX.or(TENSE).or(REPORT).or(CLOSE)));
    (first..verb).find(has).filter(|&at| !other(at)).unwrap_or(verb)
}

/// Returns what is left of something in a place: `hộ nghèo` of `toàn huyện còn 1.284 hộ nghèo`.
fn remaining(clause: &Sentence<'_>, first: usize, verb: usize, count: usize, edge: usize) -> Option<Range<usize>> {
    let token = clause.tokens[verb];
    let place =
        phrase::subject(clause, first, verb, token.start, true).filter(|_| clause.word(&token).ends_with("còn"))?;
    let whole = WHOLE.iter().any(|whole| clause.text[place.clone()].starts_with(whole));
    let words = counted(clause, verb, count, edge).filter(|_| whole || begins(clause, &place, PLACE))?;
    clause.text[words.clone()].contains(' ').then_some(words)
}

/// Words before the name of a place that mean all of it.
const WHOLE: &[&str] = &["Cả ", "Toàn ", "cả ", "toàn "];

/// Returns what a verb counts: `đất nông nghiệp` of `có khoảng 46.700 ha đất nông nghiệp`; money counts nothing.
fn counted(clause: &Sentence<'_>, verb: usize, count: usize, edge: usize) -> Option<Range<usize>> {
    let mut at = (verb + 1..count).find(|&at| clause.tokens[at].is(NUMBER))?;
    let mut start = clause.tokens[at].end;
    while let Some(unit) = clause.right(at + 1, start).filter(|unit| at + 1 < count && unit.is(SCALE)) {
        if ["đồng", "usd", "USD", "điểm", "euro"].iter().any(|money| clause.word(&unit).ends_with(money)) {
            return None;
        }
        (at, start) = (at + 1, unit.end);
    }
    // `hộ được dùng nước sạch`: the clause says which; `lúa và ngô`: one count.
    let brief = clause.text[start..edge].split(' ').count() <= COUNTED;
    let ends = |&at: &usize| {
        let token = clause.tokens[at];
        let next = clause.right(at + 1, token.end).filter(|_| at + 1 < count);
        let tied = next.is_some_and(|next| next.is(NUMBER)) && clause.text[token.end..edge].contains("trở lên");
        let joint = token.is(CONJUNCTION) && !clause.tokens[at + 1..count].iter().any(|later| later.is(NUMBER));
        // `cơ sở vi phạm quy định về an toàn thực phẩm`: what it is about.
        let within = joint || tied || (token.is(TENSE) || clause.word(&token) == "về") && brief;
        let stops = token.is(COMPARE) || token.is(TENSE) && !brief || token.is(LEAD) && !within;
        stops && !token.is(RATE) || clause.word(&token) == "trong tổng số"
    };
    let stop = (at + 1..count).find(ends).map(|at| clause.tokens[at].start);
    trimmed(clause, start, stop.unwrap_or(edge))
}

/// Returns what is measured of a place that opens a list: `tỷ lệ hộ nghèo cao, như Yên Bái còn 59,98%`, `… rất thấp: Đồng Tháp đạt 2%`.
pub fn holder(clause: &Sentence<'_>, place: &Range<usize>) -> Option<Range<usize>> {
    let name = &clause.text[place.clone()];
    let capitals = name.split(' ').filter(|word| word.starts_with(char::is_uppercase)).count();
    let named = (2..=4).contains(&capitals) && name.split(' ').count() == capitals;
    let count = clause.before(place.start);
    let opener =
        clause.left(count, place.start).filter(|token| token.is(COLON) || LISTING.contains(&clause.word(token)))?;
    if !named && !begins(clause, place, PLACE) {
        return None;
    }
    let mut count = count - 1;
    let mut edge = opener.start;
    while let Some(token) =
        clause.left(count, edge).filter(|token| token.is(COMMA.or(COLON)) || LISTING.contains(&clause.word(token)))
    {
        (edge, count) = (token.start, count - 1);
    }
    let first = part_start(clause, count);
    let words = phrase::subject(clause, first, count, edge, true)?;
    let degree = [" rất cao", " còn cao", " cao", " rất thấp", " còn thấp", " thấp"];
    let length =
        degree.iter().find_map(|degree| clause.text[words.clone()].strip_suffix(degree)).map_or(words.len(), str::len);
    begins(clause, &words, RATE).then_some(words.start..words.start + length)
}

/// Words that open a list of examples.
const LISTING: &[&str] = &[
    "chẳng hạn",
    "chẳng hạn như",
    "cụ thể",
    "cụ thể là",
    "gồm",
    "như",
    "ví dụ",
    "điển hình",
    "điển hình như",
    "đơn cử",
];

#[cfg(test)]
mod tests {
    use crate::extract::percent::tests::measured;

    #[test]
    fn the_subject_stands_before_counts_brackets_and_verbs_of_the_budget() {
        for (text, indicators) in [
            // What is left in a place is counted; what is left of a number is its own name.
            ("Toàn huyện còn 950 hộ cận nghèo, chiếm 4,1%.", &[Some("hộ cận nghèo")] as &[_]),
            ("Số hộ cận nghèo còn 950 hộ, chiếm 4,1%.", &[Some("Số hộ cận nghèo")]),
            // The budget's verbs as nouns, and as verbs.
            ("Chi sự nghiệp môi trường chiếm 3% tổng chi.", &[Some("Chi sự nghiệp môi trường")]),
            ("Xã thu 12 tỷ đồng, đạt 90% dự toán.", &[Some("Xã")]),
            // A bracket that says when; a noun of growth behind a semicolon.
            ("Nhu cầu xi măng sụt giảm mạnh (năm 2012 giảm 8%).", &[Some("Nhu cầu xi măng")]),
            (
                "Dư nợ chiếm 9% tổng vốn; tốc độ tăng trưởng bình quân đạt 6%.",
                &[Some("Dư nợ"), Some("tốc độ tăng trưởng bình quân")],
            ),
            ("Dư nợ đạt 9 tỷ đồng, tốc độ tăng trưởng đạt 6%.", &[Some("Dư nợ")]),
            ("Sản lượng cá tra sụt giảm mạnh, quý II giảm 6%.", &[Some("Sản lượng cá tra")]),
            ("Cá tra tăng 9% ở Mỹ, quý II giảm 6%.", &[Some("Cá tra"); 2]),
            ("Vốn tư nhân tăng gấp 3 lần, chiếm 40% tổng vốn.", &[Some("Vốn tư nhân")]),
            ("Có 6/90 hộ vi phạm quy định về bảo vệ rừng, chiếm 6,7%.", &[Some("hộ vi phạm quy định về bảo vệ rừng")]),
            ("Vốn dân góp chiếm 60%, còn lại 40% là vốn tỉnh.", &[Some("Vốn dân góp"), Some("vốn tỉnh")]),
            ("Rừng trồng chiếm 60%, rừng tự nhiên còn lại 40%.", &[Some("Rừng trồng"), Some("rừng tự nhiên")]),
            ("Cây ăn quả chiếm tỷ trọng lớn nhất (38%).", &[Some("Cây ăn quả")]),
            ("Hồ chứa đáp ứng được 70% nhu cầu tưới.", &[Some("Hồ chứa")]),
        ] {
            assert_eq!(measured(text), indicators, "{text}");
        }
    }
}
