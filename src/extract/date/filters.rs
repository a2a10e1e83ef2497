//! Look-alikes: what has the digits of a date and is none. Scores, ratios, ranges of measures, house numbers, streets
//! named after a day, versions, days that recur every year.

use super::calendar::DateValue;
use super::lexicon::{
    DAY_FOLLOWS, HABITUAL, HOLIDAY_FOLLOWS, MEASURES, NAMED_AFTER, NO_MONEY, OTHER_FOLLOWS, RECURS, YEARLY,
};
use super::reading::Reading;
use super::words;
use crate::extract::ArticleText;
use crate::extract::rule::Groups;
use std::ops::Range;

/// Says whether a match ends where a date may end: no letter or digit glued to it, no further mark and digit.
pub fn ends(text: &str, span: &Range<usize>) -> bool {
    let bytes = text.as_bytes();
    let last = bytes[span.end - 1];
    let mut after = text[span.end..].chars();
    match (after.next(), after.next()) {
        (None, _) => true,
        // `27/1/2025-31/1/2025`: after a whole date a dash begins the next.
        (Some('-'), Some(next))
            if next.is_ascii_digit() && bytes[..span.end].iter().rev().take(4).all(u8::is_ascii_digit) =>
        {
            span.len() >= 8
        }
        (Some('/' | '.' | ',' | '-' | ':'), Some(next)) if last.is_ascii_digit() && next.is_ascii_digit() => false,
        (Some('/' | '-'), Some(next)) if last.is_ascii_digit() && next.is_alphabetic() => false,
        (Some('%' | '‰'), _) => false,
        (Some(next), second) if last.is_ascii_digit() => {
            // Lost blanks glue the next sentence: `31-8-2013Nhân viên`.
            !next.is_alphanumeric()
                || next.is_uppercase() && second.is_some_and(|c| c.is_lowercase()) && span.len() >= 8
        }
        (Some(next), _) => !next.is_alphanumeric() || next.is_uppercase(),
    }
}

/// Says whether digits may start a date where they stand: not inside a longer number, code or word.
pub fn starts(text: &str, at: usize) -> bool {
    let mut before = text[..at].chars().rev();
    match (before.next(), before.next()) {
        (None, _) => true,
        (Some('/' | '.' | ',' | ':' | '+' | '_' | '='), Some(second)) if second.is_alphanumeric() => false,
        // `19/8/1945-19/8/2025`: behind a whole date a dash begins the next.
        (Some(dash @ ('-' | '–' | '−')), Some(second)) if second.is_ascii_alphanumeric() => {
            whole_day(&text[..at - dash.len_utf8()])
        }
        (Some('$' | '#' | '@' | '&'), _) => false,
        (Some(first), _) => !first.is_alphanumeric(),
    }
}

/// Says whether a text ends in a day of digits with its year: `19/8/1945`.
fn whole_day(before: &str) -> bool {
    let mut parts = before.rsplit(['/', '.', '-']);
    let mut number = |least: usize, most: usize, whole: bool| {
        parts.next().is_some_and(|part| {
            let digits = part.bytes().rev().take_while(u8::is_ascii_digit).count();
            (least..=most).contains(&digits) && (!whole || digits == part.len())
        })
    };
    number(4, 4, true) && number(1, 2, true) && number(1, 2, false)
}

/// Says whether the words around a day or a span of months make it one that comes every year: `20/9 hằng năm`,
/// `mùa mưa từ tháng 5 đến tháng 10`.
pub fn yearly(scene: &ArticleText<'_>, reading: &Reading) -> bool {
    const CLAUSE: usize = 60;
    let Range { start, end } = reading.span;
    let spanned = reading.until.is_some() && matches!(reading.said, DateValue::Month { .. });
    let clause = || {
        let before = &scene.text[words::back(scene.text, start, CLAUSE).max(scene.sentence(start).start)..start];
        before.rsplit([';', '\n']).next().unwrap_or(before).to_lowercase()
    };
    reading.said.lacks_year()
        && (words::follows_one(scene.text, end, YEARLY)
            || spanned && HABITUAL.iter().any(|words| clause().contains(words)))
}

/// Says whether what stands before makes a day the name of a street, a school or a work: `đường 3 tháng 2`, `phố 30/4, 19/8`.
pub fn names_place(text: &str, at: usize) -> bool {
    const LONGEST: usize = 64;
    let mut before = &text[words::back(text, at, LONGEST)..at];
    loop {
        if words::word_before(before, NAMED_AFTER) {
            return true;
        }
        // The members of a list share the word before the first.
        let Some(list) = before.trim_end().strip_suffix(',').or_else(|| before.trim_end().strip_suffix(" và")) else {
            return false;
        };
        let member = list.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '/' | '-' | '.'));
        if member.len() + 3 > list.len() {
            return false;
        }
        before = member;
    }
}

/// Says whether the words after a day make it one that comes every month.
pub fn recurs(text: &str, end: usize) -> bool {
    words::follows_one(text, end, RECURS)
}

/// Says whether a number stands before a byte offset, so that what follows counts with it: `3 tháng 5 ngày`.
pub fn counted(text: &str, at: usize) -> bool {
    text[..at].trim_end().ends_with(|c: char| c.is_ascii_digit()) && text[..at].ends_with(' ')
}

/// Says whether a day after a cue word is one: dashes and dots after a part of the day may part measures.
pub fn cued(scene: &ArticleText<'_>, found: &Groups<'_>, read: &Reading, sep: Option<char>) -> bool {
    let end = read.span.end;
    if recurs(scene.text, end) {
        return false;
    }
    // A range of measures grows: `ngày 29-5 trận` holds none.
    let falls = sep == Some('-') && matches!(read.said, DateValue::Day { day, month: Some(month), .. } if day > month);
    let dated = found.whole().as_str().to_lowercase().contains("ngày");
    let firm = sep == Some('/') || read.said.year().is_some() || falls && dated;
    firm || found.name("day").is_some_and(|_| !measured(scene.text, end))
}

/// Day and month of the national day, which is written without a cue word and is larger than no whole: `diễu binh 2/9`.
const NATIONAL_DAY: (i8, i8) = (2, 9);

/// Holidays that a score or a decimal number might be too; after the word or the name of a feast they are none: `dịp lễ 2-9`.
const HOLIDAYS: &[(i8, i8)] = &[(1, 5), (1, 6), NATIONAL_DAY, (5, 6), (7, 5), (9, 11), (10, 10)];

/// Says whether a text ends in the name of a day: `Ngày Nhà giáo Việt Nam `. Nothing parts the name and its word.
fn names_day(before: &str) -> bool {
    const MARKS: [char; 9] = [',', '.', ';', ':', '\n', '(', '"', '“', '”'];
    let clause = before.rsplit(MARKS).next().unwrap_or(before);
    let Some(name) = ["Ngày ", "ngày "]
        .iter()
        .filter_map(|word| clause.rfind(word).map(|at| &clause[at + word.len()..]))
        .min_by_key(|name| name.len())
    else {
        return false;
    };
    name.starts_with(char::is_uppercase)
        && name.ends_with(' ')
        && name.trim_end().ends_with(char::is_alphabetic)
        && !name.contains(|c: char| c.is_ascii_digit())
}

/// Says whether two numbers are one of several such pairs in a row, as the sets of a match are: of three of any kind
/// (`6-7, 6-4, 7-6`), or of two that are scores of a won set (`7-6 & 7-5`).
fn scored(text: &str, span: &Range<usize>) -> bool {
    const MARKS: [char; 2] = [',', '&'];
    let pair = |pair: &str| {
        let parts: Vec<&str> = pair.trim_matches([' ', '(', ')']).split(['-', '/']).collect();
        match parts[..] {
            [one, other] => match (one.as_bytes(), other.as_bytes()) {
                ([a @ b'0'..=b'7'], [b @ b'0'..=b'7']) => Some((*a.max(b), *a.min(b))),
                _ => None,
            },
            _ => None,
        }
    };
    let set = |(most, least): (u8, u8)| most == b'7' && least >= b'5' || most == b'6' && least <= b'4';
    let Some(own) = pair(&text[span.clone()]) else { return false };
    let mut until = (span.end + 24).min(text.len());
    while !text.is_char_boundary(until) {
        until -= 1;
    }
    let before = text[words::back(text, span.start, 24)..span.start].rsplit(MARKS).skip(1).map_while(pair);
    let first = |part: &'_ str| part.split(['.', ';', ' ', ')']).find(|part| !part.is_empty()).and_then(pair);
    let after = text[span.end..until].split(MARKS).skip(1).map_while(first);
    let others: Vec<_> = before.chain(after).collect();
    others.len() >= 2 || set(own) && others.first().is_some_and(|&other| set(other))
}

/// Says whether a day without a cue word is one, by what stands around it.
pub fn bare(scene: &ArticleText<'_>, read: &Reading, sep: Option<char>, whole: bool) -> bool {
    let Range { start, end } = read.span;
    let DateValue::Day { day, month: Some(month), .. } = read.said else { return false };
    if !starts(scene.text, start) || recurs(scene.text, end) || !whole && names_place(scene.text, start) {
        return false;
    }
    if whole || read.lunar {
        return true;
    }
    if scored(scene.text, &read.span) {
        return false;
    }
    let before = &scene.text[words::back(scene.text, start, 24)..start];
    // A part is not larger than its whole: what `đến 31/12` announces is no ratio.
    let measured = measured(scene.text, end)
        && !(sep == Some('/') && day > 12 && words::word_before(before, &["đến", "hết", "trước"]));
    if measured || words::word_before(before, OTHER_FOLLOWS) || sep == Some('/') && (day, month) == (24, 7) {
        return false;
    }
    let named = sep != Some('/') && names_day(&scene.text[words::back(scene.text, start, 64)..start]);
    let announced = named || words::word_before(before, DAY_FOLLOWS) || after_date(before);
    let holiday = HOLIDAYS.contains(&(day, month)) && words::word_before(before, HOLIDAY_FOLLOWS);
    let near = nearby(scene, read);
    let beside = near && scene.text[..start].trim_end().ends_with(['(', ',']);
    let closed = scene.text[end..].starts_with([',', '.', ';', ')'])
        || ["này", "tới", "sắp tới", "vừa"].iter().any(|word| words::follows(scene.text, end, word));
    let reaches = words::word_before(before, &["từ"]) && reaches(scene.text, end, sep);
    match sep {
        _ if reaches => true,
        // A part is not larger than its whole: `17/5` is no ratio.
        Some('/') => announced || near || day > month || (day, month) == NATIONAL_DAY,
        _ if named || holiday || day > 12 && closed && in_brackets(scene.text, &read.span) => true,
        Some('-') if (day, month) == NATIONAL_DAY && words::word_before(before, &["trước", "sau"]) => true,
        Some('-') => announced && (day > month || near && closed || after_date(before)) || beside,
        // `dịp 30.4 và 1.5`, but not `2.5 và 1.5`.
        _ => {
            beside
                || announced
                    && (day > 12
                        || after_date(before) && ["dịp", "lễ", "ngày"].iter().any(|word| before.contains(word)))
        }
    }
}

/// Says whether a day fills the brackets behind words that tell of a day: `ngày mở cửa lại du lịch (15-3)`.
fn in_brackets(text: &str, span: &Range<usize>) -> bool {
    let before = &text[words::back(text, span.start, 80)..span.start];
    let clause = before.rsplit([',', '.', ';', ':', '\n']).next().unwrap_or(before).to_lowercase();
    clause.ends_with('(')
        && text[span.end..].starts_with(')')
        && ["ngày ", "dịp ", "lễ ", "hôm ", "kỷ niệm "].iter().any(|word| clause.contains(word))
}

/// Says whether behind the first of two days, which `từ` opens, stands one that is sure, by its own numbers or by a word:
/// `từ 1-6 đến 31-8`, `từ 5.6 đến hết 15.6`.
fn reaches(text: &str, end: usize, sep: Option<char>) -> bool {
    let Some(rest) = [" đến ", " tới "].iter().find_map(|joint| text[end..].strip_prefix(joint)) else {
        return false;
    };
    let day = ["hết ngày ", "hết ", "ngày "].iter().find_map(|word| rest.strip_prefix(word));
    let number = |text: &str| {
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        Some((text[..digits].parse::<u8>().ok()?, text.len() - digits))
    };
    let last = day.unwrap_or(rest);
    let Some((date, left)) = number(last) else { return false };
    let behind = &last[last.len() - left..];
    let Some((month, left)) = behind.strip_prefix(['-', '–', '.', '/']).and_then(number) else { return false };
    let possible = (1..=31).contains(&date) && (1..=12).contains(&month) && !measured(text, text.len() - left);
    possible && (day.is_some() || sep == Some('-') && behind.starts_with(['-', '–']) && date > month)
}

/// Says whether a text ends in a date and a joint, so that what follows is the other end: `ngày 31-8 đến `.
fn after_date(before: &str) -> bool {
    let before = before.trim_end();
    let Some(before) = ["đến hết", "đến", "tới", "và", "-", "–"].iter().find_map(|joint| before.strip_suffix(joint))
    else {
        return false;
    };
    let before = before.trim_end();
    let digits = before.bytes().rev().take_while(u8::is_ascii_digit).count();
    let Some(rest) = before[..before.len() - digits].strip_suffix(['/', '-', '.']) else { return false };
    let first = rest.trim_end_matches(|c: char| c.is_ascii_digit());
    let number = |text: &str| text.parse::<u8>().unwrap_or(0);
    // `Lào 2-0 và 3-1`: a score before a score.
    let score = digits < 3
        && before[rest.len()..].starts_with('-')
        && (number(&before[rest.len() + 1..]) == 0
            || number(&rest[first.len()..]) <= 12 && !words::word_before(first, DAY_FOLLOWS));
    matches!(digits, 1 | 2 | 4) && first.len() < rest.len() && !score
}

/// Says whether bare numbers before a month may be its days.
pub fn bare_chain(scene: &ArticleText<'_>, span: &Range<usize>, listed: bool) -> bool {
    let start = span.start;
    let before = &scene.text[words::back(scene.text, start, 24)..start];
    !measured(scene.text, span.end)
        && starts(scene.text, start)
        && !words::word_before(before, OTHER_FOLLOWS)
        && !words::word_before(before, &["tháng"])
        && !names_place(scene.text, start)
        && (listed || !counted(scene.text, start))
}

/// Says whether a day is within ten days of publication.
fn nearby(scene: &ArticleText<'_>, read: &Reading) -> bool {
    let (DateValue::Day { day, month: Some(month), .. }, Some(published)) = (read.said, scene.published) else {
        return false;
    };
    let near = |year: i16| {
        jiff::civil::Date::new(year, month, day).is_ok_and(|date| (date - published).get_days().abs() <= 10)
    };
    [published.year() - 1, published.year(), published.year() + 1].into_iter().any(near)
}

/// Says whether a word of measure follows.
pub fn measured(text: &str, end: usize) -> bool {
    words::follows_one(text, end, MEASURES) && !words::follows_one(text, end, NO_MONEY)
}

/// Says whether a text ends in a word that numbers of things follow.
pub fn announces_count(before: &str) -> bool {
    words::word_before(before, OTHER_FOLLOWS)
}

/// Says whether money follows. A name (`năm 2024 Đồng Nai`) is none.
pub fn money(text: &str, end: usize) -> bool {
    let money = words::follows_one(text, end, &["đồng", "triệu", "tỷ", "tỉ", "nghìn", "ngàn", "usd", "vnd", "đ"]);
    let named = || text[end..].trim_start_matches([' ', '\t']).starts_with("Đồng ");
    money && !named() && !words::follows_one(text, end, NO_MONEY)
}

/// Says whether a number of four digits counts or measures something.
pub fn counts(text: &str, span: &Range<usize>) -> bool {
    measured(text, span.end) || money(text, span.end) || text[..span.start].ends_with("số ")
}

/// Says whether a list goes on with a number: ` và 9`, `, 10`.
pub fn listed(text: &str, end: usize) -> bool {
    let rest = text[end..].trim_start_matches([' ', ',']);
    let rest = rest.strip_prefix("và ").unwrap_or(rest);
    rest.len() < text.len() - end
        && rest.starts_with(|c: char| c.is_ascii_digit())
        && !text[end..].starts_with(['/', '-'])
}
