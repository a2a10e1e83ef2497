//! What a rule reads before its neighbours are looked at, and the fragments and groups that the patterns share.
//!
//! A pattern names its parts (`{day}`, `{month}`, `{year}` …); the readers here turn the named groups into a [`DateValue`].

use super::calendar::DateValue;
use crate::extract::ArticleText;
use crate::extract::rule::Groups;
use crate::mention::PartOfDay;
use crate::text::number::{parse_roman, parse_words};
use jiff::civil::{Date, Weekday};
use std::ops::Range;

/// Holds what one match says.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// Byte range in the body.
    pub span: Range<usize>,
    /// The point, or the first of an interval.
    pub said: DateValue,
    /// The last of an interval.
    pub until: Option<DateValue>,
    /// Part of the day.
    pub part_of_day: Option<PartOfDay>,
    /// Says that the numbers are lunar.
    pub lunar: bool,
    /// Says that it was resolved against the publication date.
    pub relative: bool,
    /// Says that it comes every year, so that no year is missing: `ngày 20/9 hằng năm`.
    pub yearly: bool,
    /// Name of the rule, set when the rule has fired.
    pub rule: &'static str,
}

impl Reading {
    /// Makes a plain reading of a span.
    pub fn new(span: Range<usize>, said: DateValue) -> Reading {
        Reading { span, said, until: None, part_of_day: None, lunar: false, relative: false, yearly: false, rule: "" }
    }
}

/// Fragments that patterns write in braces.
pub const FRAGMENTS: &[(&str, &str)] = &[
    ("day", r"(?<day>\d{1,2})"),
    ("month", r"(?<month>\d{1,2})"),
    ("year", r"(?<year>[12]\d{3})"),
    ("until", r"(?<until>[12]\d{3})"),
    ("sep", r"[\x20\t]{0,2}[/.\-‐‑–—−][\x20\t]{0,2}"),
    ("dash", r"[\x20\t]{0,2}[\-‐‑–—−][\x20\t]{0,2}"),
    ("join", r"(?:[\x20\t]{0,2}(?:[,;&\-‐‑–—−]|, và)[\x20\t]{0,2}| và | hoặc | đến | tới | đến hết )"),
    ("part", r"(?<part>rạng sáng|sáng sớm|sáng|trưa|đầu giờ chiều|chiều tối|chiều muộn|chiều|tối muộn|tối|đêm|khuya)"),
    ("weekday", r"(?<weekday>thứ ?(?:hai|ba|tư|năm|sáu|bảy|bẩy|[2-7])|chủ ?nhật|CN)"),
    ("words", r"(?:không|hăm|một|mốt|hai|ba|bốn|tư|năm|lăm|sáu|bảy|bẩy|tám|chín|mười|mươi|trăm|linh|lẻ|nghìn|ngàn)"),
    ("monthname", r"(?<monthname>giêng|chạp|một|hai|ba|tư|năm|sáu|bảy|bẩy|tám|chín|mười một|mười hai|mười)"),
    ("roman", r"(?:X{1,2}(?:IX|IV|V?I{0,3})|IX|IV|VI{0,3}|I{1,3})(?-u:\b)"),
    ("thisyear", r"(?<thisyear>năm nay|năm ngoái|năm sau|năm tới|năm trước)"),
    (
        "canchi",
        r"(?:giáp|ất|bính|đinh|mậu|kỷ|kỉ|canh|tân|nhâm|quý|quí) (?:tý|tí|sửu|dần|mão|mẹo|thìn|tỵ|tị|ngọ|mùi|thân|dậu|tuất|hợi)",
    ),
    ("cue", r"(?:{part} )?(?:(?:hôm )?{weekday} ?,? ?)?(?:(?:vào |hôm )?(?:các )?ngày ?|hôm )?(?:mùng |mồng )?"),
    // A year of the sixty is lunar, and so are the day and month before it.
    (
        "lunarword",
        r"(?:[\x20\t]?(?:\((?:âm lịch|ÂL|AL)\)|(?:âm lịch|ÂL|AL)(?-u:\b))|(?:[\x20\t]nhuận)?[\x20\t]năm {canchi}|[\x20\t]nhuận)",
    ),
    ("lunar", r"(?<lunar>{lunarword})"),
    ("lunarfirst", r"(?<lunarfirst>{lunarword})"),
];

/// Returns a named group as digits, a Roman numeral or number words.
pub fn number(found: &Groups<'_>, group: &str) -> Option<i16> {
    let text = found.name(group)?.as_str();
    if text.as_bytes().first().is_some_and(u8::is_ascii_digit) {
        return text.parse().ok();
    }
    let number = parse_roman(&text.to_uppercase()).or_else(|| parse_words(text))?;
    i16::try_from(number).ok()
}

/// Returns the byte range of the whole match in the body.
pub fn span(found: &Groups<'_>, at: usize) -> Range<usize> {
    at..at + found.whole().end()
}

/// Returns the year that a match says in digits, in words or as `năm ngoái`; the second value tells the last kind.
pub fn year(found: &Groups<'_>, scene: &ArticleText<'_>) -> (Option<i16>, bool) {
    if let Some(text) = found.name("shortyear") {
        return (text.as_str().parse().ok().map(|year| century_of(year, scene.published)), false);
    }
    if let Some(year) = ["year", "yearof", "yearof2", "yearwords"].into_iter().find_map(|group| number(found, group)) {
        return (Some(year), false);
    }
    let Some(word) = found.name("thisyear").or_else(|| found.name("thisyear2")) else { return (None, false) };
    (scene.published.map(|day| day.year() + years_from_now(word.as_str())), true)
}

/// Returns how many years `năm ngoái`, `năm nay`, `năm tới` lie from the year of publication.
pub fn years_from_now(word: &str) -> i16 {
    match word.rsplit([' ', '\t', '\n']).next().map(str::to_lowercase).as_deref() {
        Some("nay" | "này") => 0,
        Some("sau" | "tới") => 1,
        Some("kia") => -2,
        _ => -1,
    }
}

/// Completes a year of two digits: the latest that is not more than ten years after publication.
fn century_of(year: i16, published: Option<Date>) -> i16 {
    let now = published.map_or(2026, Date::year);
    let year = now / 100 * 100 + year;
    if year > now + 10 { year - 100 } else { year }
}

/// Returns the part of the day that a word names.
pub fn part_of_day(word: &str) -> Option<PartOfDay> {
    let word = word.to_lowercase();
    Some(match () {
        () if word.contains("sáng") => PartOfDay::Morning,
        () if word.contains("trưa") => PartOfDay::Noon,
        () if word.contains("chiều") => PartOfDay::Afternoon,
        () if word.contains("tối") => PartOfDay::Evening,
        () if word.contains("đêm") || word.contains("khuya") => PartOfDay::Night,
        () => return None,
    })
}

/// Returns the weekday that a word names.
pub fn weekday(word: &str) -> Option<Weekday> {
    let word = word.to_lowercase();
    let word = word.strip_prefix("thứ").map_or(word.as_str(), str::trim);
    Some(match word {
        "hai" | "2" => Weekday::Monday,
        "ba" | "3" => Weekday::Tuesday,
        "tư" | "4" => Weekday::Wednesday,
        "năm" | "5" => Weekday::Thursday,
        "sáu" | "6" => Weekday::Friday,
        "bảy" | "bẩy" | "7" => Weekday::Saturday,
        "chủ nhật" | "chủnhật" | "cn" => Weekday::Sunday,
        _ => return None,
    })
}

/// Returns the month that a word names, and whether the name is lunar.
pub fn month_name(word: &str) -> Option<(i8, bool)> {
    match word.to_lowercase().as_str() {
        "giêng" => Some((1, true)),
        "chạp" => Some((12, true)),
        word => Some((i8::try_from(parse_words(word)?).ok()?, false)),
    }
}

/// Reads a day that can be on a calendar.
pub fn day(found: &Groups<'_>, at: usize, scene: &ArticleText<'_>) -> Option<Vec<Reading>> {
    any_day(found, at, scene).filter(|read| read[0].said.possible())
}

/// Reads a day, possible or not: the groups `day` (or `daywords`), `month` (or `monthname`), `year`, `part`, `lunar`.
pub fn any_day(found: &Groups<'_>, at: usize, scene: &ArticleText<'_>) -> Option<Vec<Reading>> {
    let day = i8::try_from(number(found, "day").or_else(|| number(found, "daywords"))?).ok()?;
    let named = found.name("monthname").and_then(|name| month_name(name.as_str()));
    let month = number(found, "month").and_then(|month| i8::try_from(month).ok()).or(named.map(|(month, _)| month));
    let (year, relative) = year(found, scene);
    let said = DateValue::Day { day, month, year };
    let part_of_day = found.name("part").and_then(|part| part_of_day(part.as_str()));
    let lunar =
        found.name("lunar").or_else(|| found.name("lunarfirst")).is_some() || named.is_some_and(|(_, lunar)| lunar);
    Some(vec![Reading { part_of_day, lunar, relative, ..Reading::new(span(found, at), said) }])
}
