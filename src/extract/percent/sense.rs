//! What a percentage says: a level, a growth or fall, a share of a plan, an aim.
//!
//! The verb decides first; plans and aims around it may take over, with the direction kept as a flag.

use super::indicator::Indicator;
use super::sentence::{Reading, Sentence, WINDOW};
use crate::extract::lexicon::*;
use crate::mention::{Flag, Sense};
use std::ops::Range;

/// Reads the sense of a figure and what must be flagged of it.
pub fn read(
    clause: &Sentence<'_>,
    figure: &Range<usize>,
    reading: &Reading,
    indicator: Option<&Indicator>,
) -> (Sense, Option<Flag>) {
    let words = indicator.map_or("", |indicator| &clause.text[indicator.words.clone()]);
    let verb = indicator
        .and_then(|indicator| indicator.verb)
        .or_else(|| superlative(clause, reading))
        .or(reading.verb)
        .or_else(|| compound(clause, reading));
    let verb_is = |roles| verb.is_some_and(|verb: Token| verb.is(roles));
    let planned = planned(clause, figure);
    let direction = direction(clause, figure, reading, indicator, verb);
    if aimed(clause, figure, reading) {
        return (Sense::Target, direction.and_then(direction_flag));
    }
    if verb_is(EXCEED) {
        let plan = planned || !compared(clause, figure);
        return if plan { (Sense::Completion, Some(Flag::Excess)) } else { (Sense::Increase, None) };
    }
    if let Some(direction) = direction {
        return (direction, None);
    }
    let done = verb.is_some_and(|verb| verb.is(REACH) && !clause.word(&verb).to_lowercase().contains("đạt"));
    let rate_of_completion = (["giải ngân", "tiến độ"].iter().any(|cue| words.contains(cue)) || finishes(words))
        && !verb_is(SHARE)
        && indicator.is_some_and(|i| i.place != super::indicator::Place::After);
    // `5 tháng thu ngân sách mới đạt 36,6%`: what is collected reaches a part of what was planned.
    let collected = verb.is_some_and(|verb| clause.word(&verb).ends_with("đạt"))
        && COLLECTED.iter().any(|cue| words.starts_with(cue))
        && !clause.text[figure.end..].trim_start().starts_with("GDP");
    if (planned && !verb_is(SHARE)) || done || rate_of_completion || collected {
        return (Sense::Completion, None);
    }
    (Sense::Level, None)
}

/// Says whether it is measured how much is finished: `tỷ lệ hoàn thành`, `khối lượng công việc hoàn thành`; of
/// `tỷ lệ học sinh hoàn thành chương trình` it is measured how many finish.
fn finishes(words: &str) -> bool {
    let lower = words.to_lowercase();
    let rest = ["tỷ lệ ", "tỉ lệ ", "mức ", "mức độ ", "khối lượng "]
        .iter()
        .find_map(|head| lower.strip_prefix(head))
        .unwrap_or(&lower);
    // `hoàn thành tốt nhiệm vụ` is a grade.
    let graded = ["tốt", "xuất sắc"]
        .iter()
        .any(|grade| rest.strip_prefix("hoàn thành ").is_some_and(|rest| rest.starts_with(grade)));
    rest.starts_with("hoàn thành") && !graded || rest.ends_with("hoàn thành")
}

/// Heads of what is collected.
const COLLECTED: &[&str] = &["Thu NSNN", "Thu ngân sách", "Thu nội địa", "thu NSNN", "thu ngân sách", "thu nội địa"];

/// Returns the flag that keeps the direction of an aim.
pub fn direction_flag(sense: Sense) -> Option<Flag> {
    match sense {
        Sense::Increase => Some(Flag::Increase),
        Sense::Decrease => Some(Flag::Decrease),
        _ => None,
    }
}

/// Returns the verb of change before a word of degree and `với`: `giảm nhiều nhất với 0,47%`.
fn superlative(clause: &Sentence<'_>, reading: &Reading) -> Option<Token> {
    let with = reading.verb.filter(|verb| clause.word(verb) == "với")?;
    let before = clause.text[clause.range.start..with.start].trim_end();
    let end = clause.range.start + MOST.iter().find_map(|most| before.strip_suffix(most))?.trim_end().len();
    clause.left(clause.before(end), end).filter(|verb| verb.is(RISE.or(FALL)))
}

/// Words of degree between a verb of change and `với`.
const MOST: &[&str] = &["nhiều nhất", "mạnh nhất", "cao nhất", "ít nhất", "thấp nhất", "sâu nhất", "nhanh nhất"];

/// Returns the verb of change before another verb that touches the figure: `tăng thu 20%`.
fn compound(clause: &Sentence<'_>, reading: &Reading) -> Option<Token> {
    let object = clause.left(reading.before, reading.start).filter(|object| object.is(VERB))?;
    clause.left(reading.before - 1, object.start).filter(|verb| verb.is(RISE.or(FALL).or(EXCEED)))
}

/// Returns growth or fall, from the verb, the sign, or a noun of growth.
fn direction(
    clause: &Sentence<'_>,
    figure: &Range<usize>,
    reading: &Reading,
    indicator: Option<&Indicator>,
    verb: Option<Token>,
) -> Option<Sense> {
    match clause.text[..figure.start].chars().next_back() {
        Some('+') => return Some(Sense::Increase),
        Some('-' | '−' | '–') => {
            let before = clause.text[..figure.start].trim_end_matches(['-', '−', '–']);
            if before.is_empty() || before.ends_with([' ', '(', '*']) {
                return Some(Sense::Decrease);
            }
        }
        _ => {}
    }
    if reading.to && !verb.is_some_and(|verb| verb.is(GROWTH)) {
        return None;
    }
    if let Some(verb) = verb {
        if verb.is(FALL) {
            return Some(Sense::Decrease);
        }
        if verb.is(RISE) {
            return Some(Sense::Increase);
        }
        // `mức tăng trưởng khá, đóng góp 80% tăng trưởng chung` is a share.
        if verb.is(SHARE.or(EXCEED)) || clause.word(&verb).starts_with("đóng góp") {
            return None;
        }
    }
    let words = &indicator?.words;
    let head = clause.right(clause.before(words.start), words.start).filter(|token| token.start == words.start)?;
    if head.is(SHRINKING) {
        Some(Sense::Decrease)
    } else if head.is(GROWTH) {
        Some(Sense::Increase)
    } else {
        None
    }
}

/// Says whether the figure is a share of a plan: `102% dự toán`, `108,1% so với NQ`.
fn planned(clause: &Sentence<'_>, figure: &Range<usize>) -> bool {
    let mut at = clause.before(figure.end);
    let mut end = figure.end;
    for _ in 0..4 {
        let Some(token) = clause.right(at, end) else { return false };
        if token.is(PLAN) || clause.word(&token).starts_with("kế hoạch") {
            return true;
        }
        // `lên 41,3% trong dự toán năm 2013`: where it is written, not what it is a share of.
        if !token.is(COMPARE.or(PREPOSITION).or(RATE).or(ADVERB)) || clause.word(&token) == "trong" {
            return false;
        }
        (at, end) = (at + 1, token.end);
    }
    false
}

/// Says whether the figure is compared to a time or another value.
fn compared(clause: &Sentence<'_>, figure: &Range<usize>) -> bool {
    clause.right(clause.before(figure.end), figure.end).is_some_and(|token| token.is(COMPARE))
}

/// Words of aim that keep it even before a share of a plan: `phấn đấu đạt 105% kế hoạch`.
const AIMING: &[&str] = &["hướng tới", "hướng đến", "mục tiêu", "phải đạt", "phấn đấu", "quyết tâm"];

/// Prepositions before an aim that is still to be reached.
const TOWARDS: &[&str] = &["cho", "theo", "trong", "tới", "về", "vì", "với", "đến", "để"];

/// Words before a verb of arrival that has not come about.
const AHEAD: &[&str] = &["cần", "góp phần", "nhằm", "phấn đấu", "phải", "quyết tâm", "sẽ", "để"];

/// Tokens of a sentence that may stand between its first word of aim and a figure.
const AIMS: usize = 120;

/// Says whether the sentence begins with its aim and tells nothing done before the token `until`:
/// `Mục tiêu đến năm 2025 thành lập 10.000 tổ hợp tác; thu hút 8 triệu thành viên; 100% hợp tác xã …`.
fn headed(clause: &Sentence<'_>, until: usize) -> bool {
    let first = clause.tokens.iter().take(3).find(|token| !token.is(DASH.or(OPEN).or(CLOSE).or(NUMBER)));
    let opens = first.is_some_and(|first| {
        let before = clause.text[clause.range.start..first.start].chars().filter(|c| c.is_alphanumeric()).count();
        before <= 2 && ["mục tiêu", "phấn đấu"].contains(&clause.word(first).to_lowercase().as_str())
    });
    let past = |token: &Token| PAST.contains(&clause.word(token)) || clause.word(token).starts_with("ước");
    until <= AIMS && opens && !clause.tokens[..until].iter().any(past)
}

/// Words after which a clause tells what came about.
const PAST: &[&str] = &[
    "dù",
    "hiện nay",
    "hiện đã",
    "mặc dù",
    "song",
    "thực tế",
    "trong khi",
    "trong khi đó",
    "tuy nhiên",
    "tính đến nay",
    "đã",
    "đã có",
    "đã được",
    "đến nay",
];

/// Says whether the figure is an aim: a word of aim before it in the clause that is not itself reached.
fn aimed(clause: &Sentence<'_>, figure: &Range<usize>, reading: &Reading) -> bool {
    // `Chỉ tiêu này = (C8 x 20%)`: a term of a formula.
    if clause.text[..figure.start].trim_end().ends_with(" x") {
        return false;
    }
    let count = clause.before(figure.start);
    let mut inside = count;
    let mut crossed = false;
    for at in (count.saturating_sub(WINDOW / 2)..count).rev() {
        let token = clause.tokens[at];
        // `51,84% chỉ tiêu (chỉ tiêu 67.000 tỷ đồng), đóng góp 17,6%`: a remark in brackets aims at nothing outside.
        if token.is(CLOSE) {
            inside = inside.min(clause.opening(at).unwrap_or(at));
        }
        if at >= inside && inside < count {
            continue;
        }
        // `được giao chỉ tiêu 115 tỷ đồng, đến nay đã thu 83 tỷ đồng, giảm 15%`: what is told since is no aim.
        if PAST.contains(&clause.word(&token)) {
            return false;
        }
        if figure.start - token.end > 160 {
            return headed(clause, at);
        }
        crossed |= token.is(SEMICOLON);
        if token.is(TARGET) {
            // `phấn đấu có 3 triệu doanh nghiệp; đóng góp 60% GDP`: an effort goes on behind a semicolon, a share of a plan does not.
            if crossed && planned(clause, figure) {
                return false;
            }
            if crossed && clause.word(&token).to_lowercase() != "phấn đấu" {
                return headed(clause, at);
            }
            // `có 14/17 chỉ tiêu đạt và vượt`, `3 chỉ tiêu chưa đạt`: what is counted is no aim.
            let number = clause.left(at, token.start).filter(|number| number.is(NUMBER));
            let met = || clause.right(at + 1, token.end).is_some_and(|next| next.is(REACH.or(EXCEED).or(TENSE)));
            if number.is_some_and(|number| clause.word(&number).contains('/') || met()) {
                return false;
            }
            // `Chỉ tiêu [21]`: a field of a form.
            if clause.text[token.end..].trim_start().starts_with('[') {
                return false;
            }
            let before = clause.left(at, token.start);
            if before.is_some_and(|before| before.is(TARGET)) {
                continue;
            }
            // `nhiệm vụ thu ngân sách …, đạt 91% chỉ tiêu` tells how far it came.
            if planned(clause, figure)
                && reading.verb_is(REACH)
                && !AIMING.contains(&clause.word(&token).to_lowercase().as_str())
            {
                return false;
            }
            let done = REACH.or(EXCEED).or(IS).or(COMPARE).or(FALL).or(PREPOSITION).or(FIGURE).or(PLAN);
            // `nhằm đạt được mục tiêu tăng trưởng 5,5%`: not reached yet.
            let ahead = before.filter(|before| before.is(REACH)).and_then(|reach| clause.left(at - 1, reach.start));
            let ahead = ahead.is_some_and(|before| AHEAD.contains(&clause.word(&before)));
            // `mục tiêu là phấn đấu giảm 50%`.
            let token_is_effort = clause.word(&token) == "phấn đấu";
            let reached = !ahead
                && before.is_some_and(|before| {
                    // `với mục tiêu tăng trưởng đạt 8%` aims.
                    let word = clause.word(&before);
                    before.is(done)
                        && !(before.is(IS) && token_is_effort)
                        && !TOWARDS.contains(&word.to_lowercase().as_str())
                        || word == "giao"
                });
            return !reached || reading.bracketed;
        }
        // What was done before is no aim.
        if token.is(FIGURE) && clause.tokens[at + 1..count].iter().any(|next| next.is(COMMA)) {
            return false;
        }
    }
    false
}
