//! Noun phrases without a parser: where one starts and ends between the words of a clause.
//!
//! A phrase is a byte range of the body without blanks, quotes or light words at its ends.

use super::phrase_bounds::trimmed;
use super::sentence::{Sentence, WINDOW, is_blank};
use crate::extract::lexicon::*;
use std::ops::Range;

/// Signs that may end a part of a sentence.
pub const BREAKS: Roles = COMMA.or(SEMICOLON).or(COLON).or(OPEN).or(DASH);

/// Words that stand before a noun phrase without belonging to it.
const OPENERS: Roles = LEAD.or(PREPOSITION).or(AUX).or(CONJUNCTION).or(TIME).or(FROM);

/// Words that make a part of a sentence more than the first half of a noun phrase.
const PREDICATES: Roles =
    RISE.or(FALL).or(SHARE).or(REACH).or(REPORT).or(COMPARE).or(FIGURE).or(EXCEED).or(TIME).or(IS);

/// Returns the noun phrase that ends at `edge`, inside the part of the sentence that starts with token `first`.
///
/// `count` tokens lie left of `edge`. `apart` says that other words stand between the phrase and its figure, so that a
/// verb of its own may have to be cut off.
pub fn subject(clause: &Sentence<'_>, first: usize, count: usize, edge: usize, apart: bool) -> Option<Range<usize>> {
    // What stands before an earlier figure or before a verb of speech or aim is another clause.
    let inner = (first..count).rev().find(|&at| {
        clause.tokens[at].is(REPORT.or(FIGURE).or(TARGET)) && !clause.is_blank(clause.tokens[at].end, edge)
    });
    let first = inner.map_or(first, |inner| inner + 1);
    let begin = first.checked_sub(1).map_or(clause.range.start, |before| clause.tokens[before].end);
    // `còn- -0,34%`: the opener's dash reaches the figure, and nothing stands between.
    let mut start = Some(opened(clause, first, count, begin)).filter(|&start| start < edge)?;
    let mut from = clause.before(start);
    let opens_with_rate = clause.right(from, start).is_some_and(|token| is_rate(clause, from, token));
    if let Some(at) =
        (from + 1..count).rev().find(|&at| is_rate(clause, at, clause.tokens[at]) && subordinate(clause, at))
    {
        (start, from) = (clause.tokens[at].start, at);
    } else if let Some(at) = (from..count).rev().find(|&at| {
        is_rate(clause, at, clause.tokens[at])
            && clause.left(at, clause.tokens[at].start).is_some_and(|t| clause.word(&t) == "với")
    }) {
        // `xuất khẩu gạo với sản lượng tăng 13%`.
        (start, from) = (clause.tokens[at].start, at);
    } else if let Some(at) = inner_object(clause, from, count).filter(|_| opens_with_rate) {
        // `giá vàng đã không tăng sau quyết định duy trì lãi suất ở mức gần 0%`.
        (start, from) = (clause.tokens[at].start, at);
    } else if !opens_with_rate {
        if let Some(at) = (from..count).rev().find(|&at| {
            heads(clause, at)
                && clause.left(at, clause.tokens[at].start).is_some_and(|verb| verb.is(HAVE.or(VERB).or(AUX)))
        }) {
            (start, from) = (clause.tokens[at].start, at);
        } else if let Some(wider) = widened(clause, first, start, edge) {
            (start, from) = (wider, clause.before(wider));
        } else if let Some(at) = (from..count).find(|&at| heads(clause, at)) {
            (start, from) = (clause.tokens[at].start, at);
        } else if let Some(at) =
            (from..count).rev().find(|&at| clause.tokens[at].is(HAVE) && !clause.is_blank(clause.tokens[at].end, edge))
        {
            // `X có Y tăng`: Y; `sang Mỹ với`: Mỹ.
            start = opened(clause, at + 1, count, clause.tokens[at].end);
            from = clause.before(start);
        }
    }
    let whole = clause.right(from, start).is_some_and(|token| token.start == start && token.is(RATE));
    let end = ended(clause, from, count, start, edge, apart && !whole);
    trimmed(clause, start, end).filter(|words| named(clause, words))
}

/// Says whether a phrase may name what is measured: not when it opens with what a figure is compared to or aimed at, nor
/// with a plan behind a figure (`so với chỉ tiêu được giao`, `phấn đấu`, `84% kế hoạch`), nor when it is the unit of a
/// number (`điểm`, `nghìn lượt người`, `tạ/ha`).
pub fn named(clause: &Sentence<'_>, words: &Range<usize>) -> bool {
    let count = clause.before(words.start);
    if ["Trong tổng", "trong tổng", "Trong số", "trong số"]
        .iter()
        .any(|cue| clause.text[words.clone()].starts_with(cue))
    {
        return false;
    }
    let Some(head) = clause.right(count, words.start).filter(|head| head.start == words.start && !head.is(RATE)) else {
        return true;
    };
    let before = clause.left(count, words.start);
    let unit =
        head.is(SCALE) && (before.is_some_and(|before| before.is(NUMBER)) || clause.text[..words.start].ends_with('/'));
    let plan = head.is(PLAN) && before.is_some_and(|before| before.is(FIGURE));
    // `3 chỉ tiêu chưa đạt`: counted, not aimed at.
    let counted = head.is(TARGET) && before.is_some_and(|before| before.is(NUMBER));
    !unit && !plan && (counted || !head.is(COMPARE.or(TARGET).or(REPORT)))
}

/// Says whether a token is a noun of a rate or amount here: `số` before a number is not.
pub fn is_rate(clause: &Sentence<'_>, at: usize, token: Token) -> bool {
    token.is(RATE)
        && !(clause.word(&token) == "số" && clause.right(at + 1, token.end).is_some_and(|next| next.is(NUMBER)))
}

/// Says whether a noun of a rate heads a phrase in the middle of its part: after a verb, or by its own weight.
fn heads(clause: &Sentence<'_>, at: usize) -> bool {
    let token = clause.tokens[at];
    if !is_rate(clause, at, token) {
        return false;
    }
    match clause.left(at, token.start) {
        Some(before) if before.is(VERB.or(HAVE).or(LEAD).or(TIME).or(NUMBER).or(CLOSE)) => {
            // `tỷ lệ thu lãi`: a verb inside the noun.
            let inside = before.is(VERB)
                && !before.is(HAVE)
                && clause.left(at - 1, before.start).is_some_and(|noun| noun.is(LEVEL));
            clause.word(&before) != "của" && !before.is(RATE) && !inside
        }
        Some(before) if before.is(PREPOSITION.or(RATE).or(OPEN)) => false,
        _ => !token.is(WEAK),
    }
}

/// Returns the last noun of a rate that is the object of a verb behind the predicate of another: `… đã … duy trì lãi suất`.
fn inner_object(clause: &Sentence<'_>, from: usize, count: usize) -> Option<usize> {
    let tense = (from..count).find(|&at| matches!(clause.word(&clause.tokens[at]), "đã" | "sẽ" | "đang"))?;
    (tense + 2..count).rev().find(|&at| {
        let verb = clause.left(at, clause.tokens[at].start);
        heads(clause, at)
            && verb.is_some_and(|verb| verb.is(VERB) && !verb.is(RATE) && verb.start > clause.tokens[tense].end)
    })
}

/// Says whether a word before a noun opens a clause of its own: `vì số thu`, `nhưng giá`.
pub fn subordinate(clause: &Sentence<'_>, at: usize) -> bool {
    let opener = clause.left(at, clause.tokens[at].start);
    opener.is_some_and(|opener| match clause.word(&opener) {
        "vì" | "do" | "bởi" | "nhưng" | "khi" | "nếu" | "nên" | "mà" | "thì" => true,
        // `kim ngạch chiếm tỷ trọng lớn, với tổng kim ngạch …`: a clause stands before.
        "với" => clause.tokens[part_start(clause, at)..at]
            .iter()
            .any(|verb| verb.is(SHARE.or(REACH).or(RISE).or(FALL)) && !verb.is(RATE)),
        _ => false,
    })
}

/// Returns where the noun phrase starts after leads, times and numbers at the start of a part of a sentence.
fn opened(clause: &Sentence<'_>, first: usize, count: usize, begin: usize) -> usize {
    // Marks of list items are no words.
    let begin = if first == 0 { begin + list_mark(&clause.text[begin..clause.range.end]) } else { begin };
    let rest = &clause.text[begin..clause.range.end];
    let first = if first == 0 { clause.before(begin) } else { first };
    let mut start = begin
        + (rest.len()
            - rest.trim_start_matches(|c: char| is_blank(c) || matches!(c, '-' | '–' | '+' | '•' | '.')).len());
    let rest_of_list = first.checked_sub(1).is_some_and(|before| clause.tokens[before].is(COMMA));
    let verb = if rest_of_list { NUMBER } else { NUMBER.or(VERB) };
    let mut at = first;
    while at < count {
        let token = clause.tokens[at];
        let opener = OPENERS.or(ABOUT).or(OVER).or(verb);
        // `bình quân mỗi năm giảm 1,1%`: how it is counted is no name.
        let counted = token.is(ADVERB) && YEARLY.iter().any(|cue| clause.word(&token).to_lowercase().starts_with(cue));
        let opens = token.is(opener) || counted;
        // `Trong số 1.245 cán bộ`: how many there are.
        let number =
            token.is(RATE) && !is_rate(clause, at, token) && at > first && clause.tokens[at - 1].is(PREPOSITION);
        if !clause.is_blank(start, token.start)
            || is_rate(clause, at, token)
            || !(opens || number)
            || owned(clause, at)
            || budgeted(clause, at)
        {
            break;
        }
        at += 1;
        start = token.end;
        if token.is(TIME) {
            while let Some(rest) =
                clause.right(at, start).filter(|rest| at < count && rest.is(TIME.or(NUMBER).or(UNTIL).or(FROM)))
            {
                start = rest.end;
                at += 1;
            }
            // `quý II`, `quý I/2018`.
            let rest = clause.text[start..clause.range.end].trim_start_matches(' ');
            let after = rest.trim_start_matches(|c: char| matches!(c, 'I' | 'V' | 'X' | '/') || c.is_ascii_digit());
            if clause.word(&token).ends_with("uý") && !after.starts_with(char::is_alphanumeric) {
                start = clause.range.end - after.len();
                at = at.max(clause.before(start));
            }
        }
    }
    start
}

/// Says whether a part of a sentence only says when: `riêng năm 2012`, `đến tháng 9`.
pub fn when(clause: &Sentence<'_>, first: usize, count: usize, edge: usize) -> bool {
    let begin = first.checked_sub(1).map_or(clause.range.start, |before| clause.tokens[before].end);
    let timed = clause.tokens[first..count].iter().any(|token| token.is(TIME));
    timed && clause.is_blank(opened(clause, first, count, begin), edge)
}

/// Says whether a verb of the budget is a noun here: `Chi sự nghiệp giáo dục`, `Thu khác ngân sách`; `chi 30 tỷ đồng` is none.
fn budgeted(clause: &Sentence<'_>, at: usize) -> bool {
    let token = clause.tokens[at];
    let verb = ["Chi", "Thu", "chi", "thu"].contains(&clause.word(&token));
    verb && clause.right(at + 1, token.end).is_none_or(|next| next.is(NONE) || clause.word(&next) == "cho")
}

/// Words that say how a figure is averaged over time.
const YEARLY: &[&str] = &["bình quân", "hàng năm", "hằng năm", "mỗi năm", "trung bình"];

/// Returns the length of the mark of a list item: `(15)** `, `a) `, `1. `.
fn list_mark(text: &str) -> usize {
    let mark = text.trim_start_matches(|c: char| is_blank(c) || c == '(');
    let rest = mark.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == 'đ');
    let stopped =
        rest.strip_prefix([')', '.']).filter(|rest| rest.starts_with([' ', '*']) && mark.len() - rest.len() <= 4);
    stopped.map_or(0, |rest| text.len() - rest.len())
}

/// Says whether a verb is a noun here: `đóng góp của nông nghiệp`.
pub fn owned(clause: &Sentence<'_>, at: usize) -> bool {
    clause.right(at + 1, clause.tokens[at].end).is_some_and(|next| clause.word(&next) == "của")
}

/// Returns where a phrase starts whose first part stands before a comma: `tổng lượt khách tham quan, du lịch đến …`,
/// `Máy vi tính, sản phẩm điện tử và linh kiện`.
fn widened(clause: &Sentence<'_>, first: usize, start: usize, edge: usize) -> Option<usize> {
    let mut comma = first.checked_sub(1)?;
    let mut begin = start;
    let listed = clause.text[start..edge].contains(" và ");
    let number = clause.tokens[clause.before(start)..]
        .iter()
        .find(|token| token.is(NUMBER))
        .map_or(edge, |number| number.start.min(edge));
    let short = clause.text[start..number].trim().split(' ').count() <= 3;
    for _ in 0..3 {
        let token = clause.tokens.get(comma).filter(|token| token.is(COMMA))?;
        // Only the rest of a phrase follows a comma in lower case, without an opener.
        let next = clause.text[token.end..].trim_start_matches(is_blank).chars().next()?;
        if !next.is_lowercase() || !clause.is_blank(token.end, begin) {
            return None;
        }
        let earlier = part_start(clause, comma);
        let part = earlier.checked_sub(1).map_or(clause.range.start, |before| clause.tokens[before].end);
        begin = opened(clause, earlier, comma, part);
        let mut from = clause.before(begin);
        // `các dự án có tỷ lệ bồi thường, giải tỏa đạt 50%`: the rate that the part before has.
        let owner = |&at: &usize| {
            heads(clause, at) && clause.left(at, clause.tokens[at].start).is_some_and(|verb| verb.is(HAVE))
        };
        let placed = clause.right(comma + 1, token.end).is_some_and(|next| next.is(PLACE));
        if let Some(at) = (from + 1..comma).rev().find(owner).filter(|&at| !placed && clause.tokens[at].is(LEVEL)) {
            (begin, from) = (clause.tokens[at].start, at);
        }
        // `thương nghiệp có 2.116 doanh nghiệp, vốn đăng ký …`, `hỗ trợ 60 triệu đồng, thiệt hại …`: clauses of their own.
        let counts = (from..comma).any(|at| {
            let next = clause.right(at + 1, clause.tokens[at].end);
            clause.tokens[at].is(NUMBER) && next.is_some_and(|next| next.is(SCALE))
                || clause.tokens[at].is(HAVE) && next.is_some_and(|next| next.is(NUMBER))
        });
        // `Bên cạnh than, xăng dầu đạt …`, `Trong mức tăng chung, lương thực tăng …`: what is set aside is no part of the subject.
        let beside = |token: &Token| {
            matches!(clause.word(token).to_lowercase().as_str(), "bên cạnh" | "ngoài" | "theo" | "trong")
        };
        // `tỷ lệ chất thải được thu gom, xử lý`, `tỷ trọng chi cho nông nghiệp, nông thôn`: inside one phrase.
        let rate = clause.right(from, begin).is_some_and(|token| token.start == begin && token.is(LEVEL));
        let pure = !clause.tokens[from..comma].iter().any(|token| {
            let apart = token.is(PREDICATES) && !(rate && token.is(TENSE));
            let apart = apart || token.is(TENSE) && !rate || token.is(LEAD) && !(rate && token.is(PREPOSITION));
            apart && !token.is(RATE.or(CONJUNCTION))
        });
        if !pure || counts || clause.tokens[earlier..from].iter().any(beside) || begin >= token.start {
            return None;
        }
        if clause.right(from, begin).is_some_and(|token| token.is(RATE)) {
            return Some(begin);
        }
        // A list from the start of the clause; its first part has nothing before it.
        let bare = clause.is_blank(part, begin) && clause.text[begin..token.start].split(' ').count() <= 7;
        let opens = earlier.checked_sub(1).is_none_or(|before| {
            let sign = clause.tokens[before];
            // `i) Xây dựng, vận tải và …`; `khai khoáng giảm 2,1%, công nghiệp chế biến, chế tạo tăng …`.
            sign.is(SEMICOLON.or(COLON))
                || sign.is(CLOSE) && before == 0
                || sign.is(COMMA)
                    && clause.left(before, sign.start).is_some_and(|token| token.is(FIGURE.or(LEAD).or(REPORT)))
        });
        if bare && opens && (listed || short) {
            return Some(begin);
        }
        comma = earlier.checked_sub(1)?;
    }
    None
}

/// Returns the index of the first token of the part of the sentence that holds the tokens before `count`.
pub fn part_start(clause: &Sentence<'_>, count: usize) -> usize {
    let mut at = count;
    for _ in 0..WINDOW {
        let Some(before) = at.checked_sub(1) else { return 0 };
        let token = clause.tokens[before];
        if token.is(CLOSE) {
            match clause.opening(before) {
                Some(open) => at = open,
                None => return at,
            }
            continue;
        }
        let counted = token.is(COMMA)
            && clause.left(before, token.start).is_some_and(|t| t.is(NUMBER))
            && clause.right(at, token.end).is_some_and(|t| t.is(NUMBER));
        if token.is(BREAKS) && !counted && !(token.is(DASH) && compound(clause, before)) {
            return at;
        }
        at = before;
    }
    at
}

/// Says whether a dash joins words of one phrase: neither side touches a verb or a number.
fn compound(clause: &Sentence<'_>, at: usize) -> bool {
    let dash = clause.tokens[at];
    let verb =
        |token: Token| token.is(RISE.or(FALL).or(SHARE).or(REACH).or(NUMBER).or(FIGURE).or(EXCEED).or(LEAD).or(IS));
    !clause.right(at + 1, dash.end).is_some_and(verb) && !clause.left(at, dash.start).is_some_and(verb)
}

/// Returns where a phrase ends: before a time, a verb of its own, or at `edge`.
fn ended(clause: &Sentence<'_>, from: usize, count: usize, start: usize, edge: usize, apart: bool) -> usize {
    for at in from..count {
        let token = clause.tokens[at];
        if token.start <= start {
            continue;
        }
        if timed(clause, at)
            || (apart && token.is(TENSE))
            || (token.is(FROM) && amount_from(clause, at, edge))
            || token.is(COMPARE)
            || clause.word(&token) == "như"
            || (token.is(NUMBER) && (measured(clause, at, edge) || numbered(clause, at, count, edge)))
        {
            return token.start;
        }
    }
    edge
}

/// Says whether an amount follows from which something changed: `kim ngạch từ 351 tỷ USD năm 2016 lên …`.
fn amount_from(clause: &Sentence<'_>, at: usize, edge: usize) -> bool {
    let number = clause.right(at + 1, clause.tokens[at].end).filter(|next| next.is(NUMBER));
    let unit =
        number.and_then(|number| clause.right(at + 2, number.end)).filter(|unit| unit.is(SCALE) && unit.end <= edge);
    unit.is_some_and(|unit| !clause.text[unit.end..edge].contains("trở lên"))
}

/// Says whether a number and its measure end the phrase: `BĐS khoảng 1,6 triệu tỷ đồng`.
fn measured(clause: &Sentence<'_>, at: usize, edge: usize) -> bool {
    let (mut next, mut end) = (at + 1, clause.tokens[at].end);
    while let Some(unit) = clause.right(next, end).filter(|unit| unit.is(SCALE)) {
        (next, end) = (next + 1, unit.end);
    }
    next > at + 1 && end <= edge && clause.is_blank(end, edge)
}

/// Says whether a number with its noun ends the phrase before a bracket: `tín nhiệm cao 41 phiếu (82%)`, `mầm non 9/14 trường (64%)`.
fn numbered(clause: &Sentence<'_>, at: usize, count: usize, edge: usize) -> bool {
    let number = clause.tokens[at];
    let unit = clause.text.get(number.end..edge).map_or("", str::trim);
    let alone = (at + 1..count).all(|at| clause.tokens[at].is(SCALE.or(PLACE)));
    let told = clause.right(count, edge).is_some_and(|open| open.is(OPEN));
    // `gói thầu số 3`, `trẻ dưới 5 tuổi`, `khu vực 2`: part of the name.
    let part = RATE.or(PLACE).or(ABOUT).or(UNDER).or(OVER).or(FROM).or(TIME).or(UNTIL);
    let named = clause.left(at, number.start).is_some_and(|before| before.is(part))
        || !clause.text[..number.start].ends_with(' ');
    told && alone
        && !named
        && !unit.is_empty()
        && unit.split(' ').count() <= 2
        && !NO_UNITS.iter().any(|word| unit.starts_with(word))
}

/// Words after a number that is part of a name.
const NO_UNITS: &[&str] = &["năm", "sao", "tháng", "trở", "tuổi"];

/// Says whether a phrase of time starts with a token: `năm 2019`, `đến 31/10/2020`, `đến nay`.
pub fn timed(clause: &Sentence<'_>, at: usize) -> bool {
    let token = clause.tokens[at];
    let word = clause.word(&token);
    let next = clause.right(at + 1, token.end);
    let number = next.is_some_and(|next| next.is(NUMBER));
    if token.is(TIME) {
        let latin = clause.text[token.end..].trim_start().starts_with(['I', 'V', 'X']);
        return number
            || latin
            || (word.contains(' ') && !word.starts_with("những") && !word.starts_with("các"))
            || next.is_some_and(|next| next.is(TIME));
    }
    // `đến 31/10/2020`, `9 tháng đầu năm`.
    if token.is(UNTIL.or(FROM).or(PREPOSITION)) {
        return next.is_some_and(|next| {
            next.is(TIME) && timed(clause, at + 1) || next.is(NUMBER) && clause.word(&next).contains('/')
        }) || next.is_some_and(|next| next.is(NUMBER))
            && clause
                .right(at + 2, next.map_or(0, |next| next.end))
                .is_some_and(|unit| unit.is(TIME) && clause.word(&unit).starts_with("tháng"));
    }
    // `kỳ hạn 6 tháng`, `kỳ hạn trên 12 tháng` is a kind of loan, no time; `bình quân 5 năm 2021 - 2025` is one.
    let lent = clause.text[clause.range.start..token.start].trim_end();
    let lent = ["kỳ hạn", "kỳ hạn trên", "kỳ hạn dưới", "kỳ hạn từ", "đến", "-"].iter().any(|cue| lent.ends_with(cue));
    token.is(NUMBER)
        && !lent
        && next.is_some_and(|next| match clause.word(&next) {
            "tháng" => !clause.text[next.end..].starts_with(" tuổi"),
            "năm" => clause.right(at + 2, next.end).is_some_and(|year| year.is(NUMBER)),
            _ => false,
        })
}
